//! Pages as a reader sees them, for the comparison of two revisions of a file.

use hayro_syntax::Pdf;
use hayro_syntax::page::Page;

use super::glyph::{Glyph, Sheet};
use super::lines;

/// More characters than any contract has.
const MAX_GLYPHS: usize = 3_000_000;
/// Most pixels of the longer side of a page.
const LONGEST: f32 = 1600.0;

/// One character on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Mark {
    pub(crate) c: char,
    /// Left, top, right and bottom edge on the page as displayed, in points.
    pub(crate) edges: [f32; 4],
}

/// What the text engine reads on one page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Look {
    /// Characters of the page itself.
    pub(crate) page: Vec<Mark>,
    /// Characters of fields and annotations.
    pub(crate) fields: Vec<Mark>,
    /// Words of the page itself, in reading order.
    pub(crate) words: Vec<String>,
    /// Words of fields and annotations.
    pub(crate) field_words: Vec<String>,
}

/// All pages of a file; none where it has more than can be compared.
pub(crate) fn looks(pdf: &Pdf) -> Option<Vec<Look>> {
    let mut out = Vec::new();
    super::hayro::read_pages(pdf, MAX_GLYPHS, |sheet| out.push(look(sheet))).then_some(out)
}

fn look(mut sheet: Sheet) -> Look {
    let marks = |glyphs: &[Glyph]| glyphs.iter().map(|g| mark(g, &sheet)).collect::<Vec<_>>();
    let (page, fields) = (marks(&sheet.glyphs), marks(&sheet.fields));
    // The page is read without its fields, and they without the page.
    let apart = std::mem::take(&mut sheet.fields);
    let words = words_of(&sheet);
    sheet.glyphs = apart;
    Look { page, fields, words, field_words: words_of(&sheet) }
}

fn words_of(sheet: &Sheet) -> Vec<String> {
    let text: Vec<String> = lines::rows(sheet).iter().map(lines::Row::text).collect();
    text.iter().flat_map(|row| row.split_whitespace()).map(str::to_owned).collect()
}

fn mark(g: &Glyph, sheet: &Sheet) -> Mark {
    let info = &sheet.info;
    let corner = |x, y| info.rotation.displayed((x, y), info.width, info.height);
    let (a, b) = (corner(g.x0, g.y - 0.7 * g.size), corner(g.x1, g.y));
    Mark { c: g.c, edges: [a.0.min(b.0), a.1.min(b.1), a.0.max(b.0), a.1.max(b.1)] }
}

/// A page in colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Drawing {
    pub(crate) width: usize,
    pub(crate) pixels: Vec<[u8; 3]>,
}

/// Pixels of a point of a page.
pub(crate) fn scale(page: &Page<'_>) -> f32 {
    let (width, height) = page.render_dimensions();
    (LONGEST / width.max(height)).min(1.0)
}

/// Draws a page as large as it is printed; none where it has no size.
pub(crate) fn draw(page: &Page<'_>) -> Option<Drawing> {
    let map = super::render::draw(page, scale(page))?;
    let pixels = map.data().iter().map(|p| [p.r, p.g, p.b]).collect();
    Some(Drawing { width: usize::from(map.width()), pixels })
}
