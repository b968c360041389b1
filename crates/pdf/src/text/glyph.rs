//! Glyphs as a PDF engine hands them over: characters with their place on the page, in content order.

use super::{PageInfo, Rotation};

/// One character placed on a page. A ligature glyph becomes several of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    /// The character; U+FFFD when the font does not tell.
    pub c: char,
    /// Left edge, in points from the left of the page as displayed.
    pub x0: f32,
    /// Right edge.
    pub x1: f32,
    /// Baseline, in points from the top.
    pub y: f32,
    /// Font size in points, as displayed.
    pub size: f32,
    /// Whether the font is bold.
    pub bold: bool,
    /// Confidence that this is the character, 0 to 100 %: [`FULL_CONFIDENCE`] where the file says so, less from OCR.
    pub confidence: u8,
}

/// Confidence of a character that was not read from a picture.
pub(super) const FULL_CONFIDENCE: u8 = 100;

/// One page: its size and its glyphs.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub info: PageInfo,
    /// Upright text, in content order.
    pub glyphs: Vec<Glyph>,
    /// The same of form fields and annotations, which are drawn over the page.
    pub fields: Vec<Glyph>,
    /// Part of the page that its largest image covers, 0 to 1.
    pub image_cover: f32,
    /// Left, top, right and bottom edge of each image, and of each drawing with curves.
    pub drawings: Vec<[f32; 4]>,
    /// The text that runs in another direction than most of the page, each direction as a page that is turned upright.
    pub turned: Vec<Sheet>,
}

impl Sheet {
    pub(super) fn new(width: f32, height: f32) -> Self {
        let info = PageInfo { width, height, rotation: Rotation::default() };
        Self {
            info,
            glyphs: Vec::new(),
            fields: Vec::new(),
            image_cover: 0.0,
            drawings: Vec::new(),
            turned: Vec::new(),
        }
    }
}

/// A glyph whose line of writing may point anywhere.
#[derive(Debug, Clone, Copy)]
pub(super) struct FreeGlyph {
    pub c: char,
    /// Origin on the page.
    pub x: f32,
    pub y: f32,
    /// Vector of the advance.
    pub dx: f32,
    pub dy: f32,
    pub size: f32,
    pub bold: bool,
}

/// The orientation of a line of writing, as in [`Rotation`].
fn orientation_of(g: &FreeGlyph) -> usize {
    if g.dx.abs() >= g.dy.abs() {
        if g.dx >= 0.0 { 0 } else { 2 }
    } else if g.dy > 0.0 {
        1
    } else {
        3
    }
}

/// Turns the page so that most of its text is upright: a landscape table on a portrait page is the common case. What
/// runs in another direction becomes a page of its own; slanted watermarks are left out.
pub(super) fn upright(sheet: &mut Sheet, page: &[FreeGlyph], fields: &[FreeGlyph]) {
    let mut votes = [0usize; 4];
    for g in page.iter().chain(fields).filter(|g| !g.c.is_whitespace()) {
        votes[orientation_of(g)] += 1;
    }
    let orientation = (0..4).max_by_key(|&o| (votes[o], 3 - o)).unwrap_or(0);
    let (w, h) = (sheet.info.width, sheet.info.height);
    sheet.glyphs = turned(page, orientation, w, h);
    sheet.fields = turned(fields, orientation, w, h);
    if orientation % 2 == 1 {
        (sheet.info.width, sheet.info.height) = (h, w);
    }
    sheet.info.rotation.orientation = u8::try_from(orientation).unwrap_or(0);
    for other in (0..4).filter(|&o| o != orientation && votes[o] > 0) {
        let mut part = if other % 2 == 1 { Sheet::new(h, w) } else { Sheet::new(w, h) };
        part.info.rotation.orientation = u8::try_from(other).unwrap_or(0);
        (part.glyphs, part.fields) = (turned(page, other, w, h), turned(fields, other, w, h));
        sheet.turned.push(part);
    }
    if orientation != 0 && !sheet.drawings.is_empty() {
        // Where they are once the page is turned does not matter enough to compute.
        sheet.drawings = vec![[0.0, 0.0, sheet.info.width, sheet.info.height]];
    }
}

fn turned(free: &[FreeGlyph], orientation: usize, w: f32, h: f32) -> Vec<Glyph> {
    let mut out = Vec::with_capacity(free.len());
    for g in free.iter().filter(|g| orientation_of(g) == orientation) {
        let (x, y, advance) = match orientation {
            0 => (g.x, g.y, g.dx),
            1 => (g.y, w - g.x, g.dy),
            2 => (w - g.x, h - g.y, -g.dx),
            _ => (h - g.y, g.x, -g.dy),
        };
        // A watermark or a slanted stamp: not part of the running text.
        let slant = if orientation.is_multiple_of(2) {
            g.dy.abs() / (g.dx.abs() + 0.01)
        } else {
            g.dx.abs() / (g.dy.abs() + 0.01)
        };
        if slant < 0.2 {
            out.push(Glyph {
                c: g.c,
                x0: x,
                x1: x + advance,
                y,
                size: g.size,
                bold: g.bold,
                confidence: FULL_CONFIDENCE,
            });
        }
    }
    out
}
