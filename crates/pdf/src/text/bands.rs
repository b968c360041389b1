//! The glyphs of a page by their height.

use hayro_interpret::kurbo::Rect;

use super::glyph::FreeGlyph;
use super::hidden::HiddenBy;

/// Height of a band, in points.
const BAND: f64 = 12.0;
/// Bands of the tallest page; what is below shares the last one.
const MOST_BANDS: usize = 2_000;

/// The glyphs of a page by their height, to find those at a place.
#[derive(Debug, Default)]
pub(super) struct Bands {
    bands: Vec<Vec<u32>>,
    /// So many glyphs are in the bands.
    done: usize,
}

impl Bands {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a small number")]
    fn band(y: f64) -> usize {
        (y / BAND).clamp(0.0, MOST_BANDS as f64) as usize
    }

    /// Takes in the glyphs that are seen and new.
    pub(super) fn fill(&mut self, glyphs: &[FreeGlyph]) {
        for (i, glyph) in glyphs.iter().enumerate().skip(self.done).filter(|(_, g)| g.hidden.is_none()) {
            let band = Self::band(f64::from(glyph.middle()[1]));
            if self.bands.len() <= band {
                self.bands.resize(band + 1, Vec::new());
            }
            self.bands[band].push(u32::try_from(i).unwrap_or(u32::MAX));
        }
        self.done = glyphs.len();
    }

    /// The glyphs whose middle may lie between these heights.
    pub(super) fn between(&self, y0: f64, y1: f64) -> impl Iterator<Item = usize> {
        let (from, to) = (Self::band(y0), Self::band(y1));
        self.bands.iter().take(to + 1).skip(from).flatten().map(|&i| i as usize)
    }

    /// What is in them may no longer be so.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    /// Hides the glyphs inside `place` of which `covers` holds, by the place of their ink.
    pub(super) fn cover(&mut self, place: Rect, glyphs: &mut [FreeGlyph], covers: impl Fn(Rect) -> bool) {
        if glyphs.is_empty() {
            return;
        }
        self.fill(glyphs);
        let place = place.inflate(0.5, 0.5);
        let (from, to) = (Self::band(place.y0), Self::band(place.y1));
        for band in self.bands.iter_mut().take(to + 1).skip(from) {
            band.retain(|&i| {
                let glyph = &mut glyphs[i as usize];
                let ink = glyph.ink();
                // Blanks are there to be written on.
                let hides = glyph.c != '_' && place.contains_rect(ink) && covers(ink);
                if hides {
                    glyph.hidden = Some(HiddenBy::Cover);
                }
                !hides
            });
        }
    }

    /// Whether any glyph that is seen has ink inside `place`.
    pub(super) fn touches(&mut self, place: Rect, glyphs: &[FreeGlyph]) -> bool {
        if glyphs.is_empty() {
            return false;
        }
        self.fill(glyphs);
        let has_ink_inside = |i: usize| {
            let shared = glyphs[i].ink().intersect(place);
            glyphs[i].hidden.is_none() && glyphs[i].c != '_' && shared.width() > 0.0 && shared.height() > 0.0
        };
        self.between(place.y0, place.y1).any(has_ink_inside)
    }

    /// Whether the same character is seen at about the same place.
    pub(super) fn has_copy(&self, glyph: &FreeGlyph, glyphs: &[FreeGlyph]) -> bool {
        let [x, y] = glyph.middle();
        let near = 0.35 * glyph.size.max(4.0);
        let at = self.between(f64::from(y - near), f64::from(y + near)).map(|i| &glyphs[i]);
        at.filter(|other| other.c == glyph.c).any(|other| {
            let [ox, oy] = other.middle();
            (ox - x).abs() < near && (oy - y).abs() < near
        })
    }
}
