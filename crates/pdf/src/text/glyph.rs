//! Glyphs as a PDF engine hands them over: characters with their place on the page, in content order.

use hayro_interpret::kurbo::Rect;

use super::hidden::{self, Hidden, HiddenBy};
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
    /// Whether most of its text is without ink, and taken for that of a picture.
    pub layered: bool,
    /// Left, top, right and bottom edge of each image, and of each drawing with curves.
    pub drawings: Vec<[f32; 4]>,
    /// Words that do not count.
    pub hidden: Vec<Hidden>,
    /// Number of glyphs of which the file does not say what characters they are; [`UNREAD`] stands for each.
    pub unread: usize,
    /// The text that runs in another direction than most of the page, each direction as a page that is turned upright.
    pub turned: Vec<Sheet>,
}

/// Stands for a glyph of which the file does not say what character it is.
pub(super) const UNREAD: char = '\u{fffd}';
/// Stands where a word was struck out: the line goes on behind it.
pub(super) const GAP: char = '\u{fffc}';
/// Stands for a glyph that says nothing by itself, as the cross in a box.
pub(super) const NOTHING: char = '\0';

impl Sheet {
    pub(super) fn new(width: f32, height: f32) -> Self {
        let info = PageInfo { width, height, rotation: Rotation::default() };
        Self {
            info,
            glyphs: Vec::new(),
            fields: Vec::new(),
            image_cover: 0.0,
            layered: false,
            drawings: Vec::new(),
            hidden: Vec::new(),
            unread: 0,
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
    /// Code of the character in its font.
    pub code: u32,
    /// Why it does not count, if it does not.
    pub hidden: Option<HiddenBy>,
}

impl FreeGlyph {
    /// Unit vectors along the line of writing, and up from it.
    fn axes(&self) -> ([f32; 2], [f32; 2]) {
        // Nearly all writing is level.
        let length = if self.dy == 0.0 { self.dx.abs() } else { self.dx.hypot(self.dy) };
        let along = if length > 0.0 { [self.dx / length, self.dy / length] } else { [1.0, 0.0] };
        (along, [along[1], -along[0]])
    }

    /// Left, top, right and bottom edge of the part of it between these heights over the baseline, in parts of its size.
    pub(super) fn bounds(&self, low: f32, high: f32) -> [f32; 4] {
        let (_, up) = self.axes();
        let (xs, ys) = ([self.x, self.x + self.dx], [self.y, self.y + self.dy]);
        let (rx, ry) =
            ([low * up[0] * self.size, high * up[0] * self.size], [low * up[1] * self.size, high * up[1] * self.size]);
        let least = |v: [f32; 2]| v[0].min(v[1]);
        let most = |v: [f32; 2]| v[0].max(v[1]);
        [least(xs) + least(rx), least(ys) + least(ry), most(xs) + most(rx), most(ys) + most(ry)]
    }

    /// Its middle.
    pub(super) fn middle(&self) -> [f32; 2] {
        let [x0, y0, x1, y1] = self.bounds(0.05, 0.5);
        [f32::midpoint(x0, x1), f32::midpoint(y0, y1)]
    }

    /// Its middle part, where there is ink in nearly every letter.
    pub(super) fn ink(&self) -> Rect {
        let [x0, y0, x1, y1] = self.bounds(0.08, 0.45).map(f64::from);
        let (dx, dy) = if (x1 - x0) > (y1 - y0) { (0.1 * (x1 - x0), 0.0) } else { (0.0, 0.1 * (y1 - y0)) };
        Rect::new(x0 + dx, y0 + dy, x1 - dx, y1 - dy)
    }

    /// From its end to the origin of `next`: along the line of writing and across it, in parts of its size.
    pub(super) fn to(&self, next: &Self) -> (f32, f32) {
        let (along, up) = self.axes();
        let (x, y) = (next.x - self.x - self.dx, next.y - self.y - self.dy);
        let size = self.size.max(next.size).max(0.01);
        ((x * along[0] + y * along[1]) / size, (x * up[0] + y * up[1]) / size)
    }
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
/// runs in another direction becomes a page of its own; what stands at a slant is left out and told.
pub(super) fn upright(sheet: &mut Sheet, page: &[FreeGlyph], fields: &[FreeGlyph]) {
    let mut votes = [0usize; 4];
    let counts = |g: &&FreeGlyph| !g.c.is_whitespace() && g.hidden.is_none();
    for g in page.iter().chain(fields).filter(counts) {
        votes[orientation_of(g)] += 1;
    }
    let orientation = (0..4).max_by_key(|&o| (votes[o], 3 - o)).unwrap_or(0);
    let (w, h) = (sheet.info.width, sheet.info.height);
    let level = levelled(page);
    sheet.glyphs = turned(level.as_deref().unwrap_or(page), orientation, w, h);
    sheet.fields = turned(fields, orientation, w, h);
    sheet.hidden = hidden::lines(page);
    sheet.hidden.extend(hidden::lines(fields));
    if level.is_none() {
        sheet.hidden.extend(slanted_lines(page.iter().chain(fields)));
    }
    sheet.unread = page.iter().filter(|g| g.c == UNREAD && g.hidden.is_none()).count();
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

/// Text that rises or falls by more than this is left out: its words would be torn among those of other lines.
const SLANT: f32 = 0.08;
/// Watermarks and stamps have fewer words.
const SLANTED_WORDS: usize = 3;

/// How far a line of writing is off its nearest direction along the page.
fn slant(g: &FreeGlyph) -> f32 {
    g.dx.abs().min(g.dy.abs()) / (g.dx.abs().max(g.dy.abs()) + 0.01)
}

/// The lines that stand at a slant.
fn slanted_lines<'a>(glyphs: impl Iterator<Item = &'a FreeGlyph>) -> Vec<Hidden> {
    let slanted = glyphs.filter(|g| g.hidden.is_none() && slant(g) >= SLANT);
    let slanted: Vec<FreeGlyph> = slanted.map(|g| FreeGlyph { hidden: Some(HiddenBy::Slant), ..*g }).collect();
    let mut lines = hidden::lines(&slanted);
    lines.retain(|line| line.text.split(' ').count() >= SLANTED_WORDS);
    lines
}

/// Least and most slope of a page that was laid askew, whose lines are all made level.
const SLOPES: std::ops::Range<f32> = 0.002..0.6;
/// Glyphs of such a page.
const ASKEW: usize = 200;

/// The glyphs with their lines made level, where all the writing of the page is askew by the same small angle. They move up
/// and down around the middle of the page.
fn levelled(page: &[FreeGlyph]) -> Option<Vec<FreeGlyph>> {
    let askew = |g: &FreeGlyph| g.dx > 0.0 && SLOPES.contains(&(g.dy / g.dx).abs());
    let count = page.iter().filter(|g| askew(g)).count();
    if count < ASKEW || count * 10 < page.len() * 9 {
        return None;
    }
    let mut slopes: Vec<f32> = page.iter().filter(|g| askew(g)).map(|g| g.dy / g.dx).collect();
    slopes.sort_by(f32::total_cmp);
    let slope = slopes[slopes.len() / 2];
    let (left, right) = page.iter().fold((f32::MAX, f32::MIN), |(l, r), g| (l.min(g.x), r.max(g.x + g.dx)));
    let middle = f32::midpoint(left, right);
    let level = |g: &FreeGlyph| FreeGlyph { y: g.y - slope * (g.x - middle), dy: g.dy - slope * g.dx, ..*g };
    Some(page.iter().map(level).collect())
}

fn turned(free: &[FreeGlyph], orientation: usize, w: f32, h: f32) -> Vec<Glyph> {
    let mut out = Vec::with_capacity(free.len());
    // A word that is struck out or covered leaves a gap in its line.
    let leaves_gap = |g: &FreeGlyph| matches!(g.hidden, Some(HiddenBy::Strike | HiddenBy::Cover));
    let counts = |g: &&FreeGlyph| g.hidden.is_none() || leaves_gap(g);
    for g in free.iter().filter(counts).filter(|g| orientation_of(g) == orientation) {
        let (x, y, advance) = match orientation {
            0 => (g.x, g.y, g.dx),
            1 => (g.y, w - g.x, g.dy),
            2 => (w - g.x, h - g.y, -g.dx),
            _ => (h - g.y, g.x, -g.dy),
        };
        if slant(g) < SLANT {
            out.push(Glyph {
                c: if g.hidden.is_some() { GAP } else { g.c },
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
