//! Text behind and before pictures.

use hayro_interpret::kurbo::{Point, Rect};

use super::glyph::FreeGlyph;
use super::hidden::HiddenBy;

/// Pictures over this part of a page make it a scan.
const SCAN: f64 = 0.6;
/// A picture over this part of a page can have text of its own.
const PICTURE: f64 = 0.1;

/// A picture.
#[derive(Debug)]
pub(super) struct Picture {
    pub(super) place: Rect,
    /// Glyphs drawn before it.
    pub(super) after: usize,
    /// Whether nothing shows through it.
    pub(super) solid: bool,
}

/// Decides on the text behind and before the pictures of a page of this area. Gives the glyphs without ink that are taken for
/// the text of one.
pub(super) fn settle(pictures: &[Picture], page: f64, glyphs: &mut [FreeGlyph]) -> Vec<usize> {
    let page = page.max(1.0);
    let area: f64 = pictures.iter().map(|p| p.place.area()).sum();
    if area >= SCAN * page {
        // One scan, in one piece or in strips.
        return settle_as(Shows::Page, pictures, glyphs);
    }
    let mut layer = Vec::new();
    for picture in pictures {
        let shows = if picture.place.area() >= PICTURE * page { Shows::Words } else { Shows::Nothing };
        layer.extend(settle_as(shows, std::slice::from_ref(picture), glyphs));
    }
    layer
}

/// What pictures that belong together can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shows {
    /// A scan of the page: what lies under it is its text.
    Page,
    /// Words without ink are its text; ink under it is covered.
    Words,
    /// It has no text of its own.
    Nothing,
}

/// Decides on the text behind and before pictures that belong together. Text without ink in the place of a picture is the
/// text of the picture, unless the picture is a ground on which more words are written. Gives the glyphs of such text.
fn settle_as(shows: Shows, pictures: &[Picture], glyphs: &mut [FreeGlyph]) -> Vec<usize> {
    let by_picture =
        |g: &FreeGlyph| matches!(g.hidden, Some(HiddenBy::Invisible | HiddenBy::Transparency | HiddenBy::Colour));
    let (mut read, mut written) = (Vec::new(), 0);
    let mut under = Vec::new();
    for (i, g) in glyphs.iter().enumerate().filter(|(_, g)| !g.c.is_whitespace()) {
        let [x, y] = g.middle();
        let middle = Point::new(f64::from(x), f64::from(y));
        let mut over = pictures.iter().filter(|p| p.place.contains(middle)).peekable();
        if over.peek().is_none() {
            continue;
        }
        if by_picture(g) {
            read.push(i);
        } else if g.hidden.is_none() {
            let covers = over.any(|p| p.solid && p.after > i && p.place.inflate(1.0, 1.0).contains_rect(g.ink()));
            if covers {
                under.push(i);
            } else {
                written += usize::from(g.c.is_alphanumeric());
            }
        }
    }
    let is_text = shows != Shows::Nothing && read.len() + under.len() >= written.max(1);
    if is_text {
        for &i in &read {
            glyphs[i].hidden = None;
        }
    } else {
        read.clear();
    }
    if !is_text || shows == Shows::Words {
        for i in under {
            glyphs[i].hidden = Some(HiddenBy::Cover);
        }
    } else {
        read.extend(under);
        read.sort_unstable();
    }
    read
}
