//! Words that paint of a kind that is not followed may hide: patterns, masks, blending, shapes in shapes. Whether they are
//! seen is told by the picture of the page.

use std::ops::Range;

use hayro_interpret::kurbo::Rect;
use hayro_syntax::page::Page;

use super::glyph::FreeGlyph;
use super::hidden::HiddenBy;
use super::look::{Drawing, draw, scale};
use crate::contained;

/// Brightness of a letter and its ground differ by more than this, of 255.
const CONTRAST: u8 = 20;
/// The same under something that was drawn later: where two areas meet, a little shows through.
const CONTRAST_UNDER: u8 = 60;

/// Glyphs of one line of the text of a scan are set off from each other by at most this part of their size.
const LINE: f32 = 0.5;
/// How far from its words in the picture it lies, in points.
const NEAR: f64 = 4.0;

/// Places of doubt of one page; a page with more is a drawing.
const MOST: usize = 200;

/// What paint that is not followed may hide on a page.
#[derive(Debug, Default)]
pub(super) struct Doubts {
    /// Places of such paint, and the number of glyphs before it.
    places: Vec<(Rect, usize)>,
    /// Glyphs that are drawn with it or on it, and how they may be hidden.
    drawn: Vec<(Range<usize>, HiddenBy)>,
}

impl Doubts {
    /// Notes such paint at a place, after so many glyphs.
    pub(super) fn under(&mut self, place: Rect, glyphs: usize) {
        if glyphs > 0 && self.places.len() < MOST && place.width() > 0.0 && place.height() > 0.0 {
            self.places.push((place, glyphs));
        }
    }

    /// Notes glyphs that are drawn with it or on it, and how they may be hidden.
    pub(super) fn drawn(&mut self, glyphs: Range<usize>, by: HiddenBy) {
        match self.drawn.last_mut() {
            _ if glyphs.is_empty() => {}
            Some((last, how)) if last.end == glyphs.start && *how == by => last.end = glyphs.end,
            _ => self.drawn.push((glyphs, by)),
        }
    }

    /// The glyphs that may be hidden by it, and how.
    pub(super) fn glyphs(&self, glyphs: &[FreeGlyph]) -> Vec<(usize, HiddenBy)> {
        let counts = |i: &usize| glyphs[*i].hidden.is_none() && !glyphs[*i].c.is_whitespace();
        let of = |(range, by): &(Range<usize>, HiddenBy)| {
            let by = *by;
            (range.start..range.end.min(glyphs.len())).map(move |i| (i, by))
        };
        let mut out: Vec<_> = self.drawn.iter().flat_map(of).filter(|(i, _)| counts(i)).collect();
        if !self.places.is_empty() {
            let under = |i: &usize| {
                let middle = glyphs[*i].ink().center();
                self.places.iter().any(|(place, after)| i < after && place.contains(middle))
            };
            out.extend((0..glyphs.len()).filter(counts).filter(under).map(|i| (i, HiddenBy::Cover)));
        }
        out
    }
}

/// Hides those of the `doubtful` glyphs that are not seen in the picture of the page, and the lines of `layer`, the text of
/// a picture, of which the picture shows nothing. What is no letter and no digit has too little ink to tell, and goes with the
/// one before.
pub(super) fn settle(page: &Page<'_>, doubtful: &[(usize, HiddenBy)], layer: &[usize], glyphs: &mut [FreeGlyph]) {
    let Some(drawing) = contained(|| draw(page)).ok().flatten() else { return };
    let scale = f64::from(scale(page));
    let mut unseen = false;
    let mut next = usize::MAX;
    for &(i, by) in doubtful {
        let glyph = &glyphs[i];
        unseen &= i == next;
        next = i + 1;
        if glyph.c.is_alphanumeric() {
            let least = if by == HiddenBy::Cover { CONTRAST_UNDER } else { CONTRAST };
            unseen = !is_inked(&drawing, glyph.ink(), scale, least);
        }
        if unseen {
            glyphs[i].hidden = Some(by);
        }
    }
    let one_line = |a: &usize, b: &usize| glyphs[*a].to(&glyphs[*b]).1.abs() < LINE;
    let lines: Vec<&[usize]> = layer.chunk_by(one_line).collect();
    for line in lines {
        // The text of a scan lies near its words, and not always on them.
        let is_shown = |&i: &usize| is_inked(&drawing, glyphs[i].ink().inflate(NEAR, NEAR), scale, CONTRAST);
        if !line.iter().any(is_shown) {
            for &i in line {
                glyphs[i].hidden = Some(HiddenBy::Invisible);
            }
        }
    }
}

/// Whether brightness differs by more than this in the picture there.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "places on a page fit")]
fn is_inked(drawing: &Drawing, place: Rect, scale: f64, contrast: u8) -> bool {
    let place = place.inflate(1.0, 1.0);
    let [x0, y0, x1, y1] = [(place.x0, 0.0), (place.y0, 0.0), (place.x1, 1.0), (place.y1, 1.0)]
        .map(|(v, up)| (v * scale + up).max(0.0) as usize);
    let (mut least, mut most) = ([u8::MAX; 3], [0u8; 3]);
    for row in drawing.pixels.chunks(drawing.width.max(1)).take(y1).skip(y0) {
        for pixel in row.iter().take(x1).skip(x0) {
            least = std::array::from_fn(|n| least[n].min(pixel[n]));
            most = std::array::from_fn(|n| most[n].max(pixel[n]));
        }
    }
    // Nothing of it lies on the page.
    least[0] <= most[0] && (0..3).any(|n| most[n] - least[n] > contrast)
}
