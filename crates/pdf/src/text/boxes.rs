//! Boxes to tick, as form fields or as they are drawn. A character stands for each in the text, so that the rules read
//! them as those that are typed.

use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Rect, Shape as _};
use hayro_interpret::util::RectExt as _;
use hayro_interpret::{DrawMode, FillRule};
use hayro_syntax::object::{Dict, Name, Rect as PdfRect};

use super::glyph::{FreeGlyph, NOTHING};

/// Sides of a box, in points.
const SIDES: std::ops::Range<f64> = 5.0..20.0;
/// Boxes and marks of one page that are remembered.
const MOST: usize = 1_000;
/// A label stands at most this many sizes away.
const NEAR: f32 = 2.2;
/// Bit of the field flags of a button that keeps no state.
const PUSH_BUTTON: u32 = 1 << 16;
/// Marks of dingbat fonts that are written into a box, with the letters under which such fonts keep them.
const MARKS: &str =
    "xX\u{2713}\u{2714}\u{2715}\u{2716}\u{2717}\u{2718}\u{2612}\u{2611}\u{25a0}\u{25cf}\u{2022}\u{fffd}";

const TICKED: char = '\u{2612}';
const EMPTY: char = '\u{2610}';

/// Whether a character stands for a box.
pub(crate) fn is_box(c: char) -> bool {
    [TICKED, EMPTY].contains(&c)
}

/// A box that a form field is; `ticked` says whether it is on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Button {
    pub(super) place: Rect,
    pub(super) ticked: bool,
}

/// The check boxes and radio buttons among the annotations of a page.
pub(super) fn buttons(annotations: &[Dict<'_>], to_page: Affine) -> Vec<Button> {
    let mut out = Vec::new();
    for widget in annotations {
        let parent = widget.get::<Dict<'_>>(b"Parent");
        let name = |key: &[u8]| {
            let above = || parent.as_ref().and_then(|parent| parent.get::<Name<'_>>(key));
            widget.get::<Name<'_>>(key).or_else(above)
        };
        let flags = widget.get::<u32>(b"Ff").or_else(|| parent.as_ref().and_then(|parent| parent.get::<u32>(b"Ff")));
        if name(b"FT").is_none_or(|kind| kind.as_ref() != b"Btn") || flags.unwrap_or(0) & PUSH_BUTTON != 0 {
            continue;
        }
        let Some(rect) = widget.get::<PdfRect>(b"Rect") else { continue };
        let state = widget.get::<Name<'_>>(b"AS").or_else(|| {
            // Without a state of its own, the value of the field names one of its appearances.
            let value = name(b"V")?;
            let looks = widget.get::<Dict<'_>>(b"AP")?.get::<Dict<'_>>(b"N")?;
            looks.contains_key(value.as_ref()).then_some(value)
        });
        let ticked = state.is_some_and(|state| state.as_ref() != b"Off");
        out.push(Button { place: to_page.transform_rect_bbox(rect.to_kurbo()), ticked });
    }
    out
}

/// What may be boxes and marks in them.
#[derive(Debug, Default)]
pub(super) struct Boxes {
    frames: Vec<Rect>,
    /// With whether they are open lines, as a tick is.
    marks: Vec<(Rect, bool)>,
    /// Squares and discs of the size of a box that are filled with ink.
    solids: Vec<Rect>,
}

fn is_square(place: Rect) -> bool {
    SIDES.contains(&place.width())
        && SIDES.contains(&place.height())
        && (0.8..1.25).contains(&(place.width() / place.height()))
}

impl Boxes {
    /// Notes a rectangle that is drawn at `place`; `inked` says whether it is dark on the paper.
    pub(super) fn rect(&mut self, place: Rect, mode: &DrawMode, inked: bool) {
        if matches!(mode, DrawMode::Stroke(_)) && is_square(place) {
            self.frame(place);
        } else {
            self.mark(place, false);
            self.solid(place, inked);
        }
    }

    /// Notes a path that is drawn at `place`; `inked` as for a rectangle.
    pub(super) fn path(&mut self, path: &BezPath, place: Rect, mode: &DrawMode, inked: bool) {
        let elements = path.elements();
        let curves = elements.iter().filter(|e| matches!(e, PathEl::CurveTo(..))).count();
        let closed = elements.iter().filter(|e| matches!(e, PathEl::ClosePath)).count();
        let parts = elements.iter().filter(|e| matches!(e, PathEl::MoveTo(_))).count();
        let round = curves >= 4 && curves * 3 >= elements.len() * 2;
        let stroked = matches!(mode, DrawMode::Stroke(_));
        // A ring, or a frame drawn as one square around another: there is no ink in its middle.
        let empty = || match (path.winding(path.control_box().center()), mode) {
            (winding, DrawMode::Fill(FillRule::EvenOdd)) => winding % 2 == 0,
            (winding, _) => winding == 0,
        };
        let hollow = || elements.len() <= 32 && parts.max(closed) >= 2 && empty();
        let outline = stroked && (round || closed > 0);
        if is_square(place) && (outline || (!stroked && hollow())) {
            self.frame(place);
        } else {
            self.mark(place, stroked);
            let full = closed > 0 || curves >= 4;
            self.solid(place, inked && !stroked && full && path.winding(path.control_box().center()) != 0);
        }
    }

    fn solid(&mut self, place: Rect, inked: bool) {
        if inked && is_square(place) && self.solids.len() < MOST {
            self.solids.push(place);
        }
    }

    fn frame(&mut self, place: Rect) {
        let same = |f: &&Rect| f.center().distance(place.center()) < 2.0;
        if self.frames.len() < MOST && self.frames.iter().rev().find(same).is_none() {
            self.frames.push(place);
        }
    }

    fn mark(&mut self, place: Rect, open: bool) {
        let size = place.width().max(place.height());
        if self.marks.len() < MOST && (2.0..30.0).contains(&size) && place.width().min(place.height()) >= 1.5 {
            self.marks.push((place, open));
        }
    }

    /// Whether something is drawn into a frame.
    fn is_marked(&self, frame: Rect) -> bool {
        let fills = |(m, open): &(Rect, bool)| {
            let large = m.width() > 0.35 * frame.width() && m.height() > 0.3 * frame.height();
            // What is as large as the frame is its ground.
            let smaller = m.width() < 0.93 * frame.width() || m.height() < 0.93 * frame.height();
            // A cross or a tick of a pen goes far over the edge.
            let reach = if *open { 0.7 } else { 0.4 };
            let around = frame.inflate(reach * frame.width(), reach * frame.height());
            large && (smaller || *open) && around.contains_rect(*m) && frame.contains(m.center())
        };
        self.marks.iter().any(fills)
    }

    /// Makes ticked boxes of the squares and discs of ink that lie in a frame, or are like the frame of another box. Others
    /// are ornaments.
    fn filled(&mut self) -> Vec<Rect> {
        let mut out = Vec::new();
        for solid in std::mem::take(&mut self.solids) {
            let at = |f: &&Rect| f.center().distance(solid.center()) < 2.0;
            let alike = |f: &Rect| (0.85..1.18).contains(&(f.width() / solid.width()));
            let framed = self.frames.iter().any(|f| at(&f) && alike(f));
            if self.frames.iter().any(alike) {
                if !framed {
                    self.frame(solid);
                }
                out.push(solid);
            }
        }
        out
    }

    /// Puts a character for each box before its label. From `fields` on, the glyphs are those of fields.
    pub(super) fn set(mut self, buttons: &[Button], glyphs: &mut Vec<FreeGlyph>, fields: &mut usize) {
        let filled = self.filled();
        if buttons.is_empty() && self.frames.is_empty() {
            return;
        }
        for button in buttons {
            self.frames.retain(|frame| !button.place.inflate(2.0, 2.0).contains(frame.center()));
            // The look of a field is what the character says.
            for glyph in glyphs.iter_mut().skip(*fields).filter(|g| inside(button.place, g)) {
                glyph.c = NOTHING;
            }
        }
        let mut set: Vec<(usize, FreeGlyph)> = Vec::new();
        for button in buttons {
            if let Some((at, model)) = label(button.place, glyphs, *fields) {
                set.push((at, tick(button.place, button.ticked, &model)));
            } else {
                let model = unlabelled(button.place);
                set.push((glyphs.len(), tick(button.place, button.ticked, &model)));
            }
        }
        let frames = std::mem::take(&mut self.frames);
        for (i, &frame) in frames.iter().enumerate() {
            // Boxes that touch take one letter each, or are cells of a table.
            let near = frame.inflate(1.5, 1.5);
            let touches = |(j, other): (usize, &Rect)| j != i && near.intersect(*other).area() > 0.0;
            if frames.iter().enumerate().any(touches) {
                continue;
            }
            let Some((at, model)) = label(frame, glyphs, *fields) else { continue };
            let mut written = (0..glyphs.len()).filter(|&g| inside(frame, &glyphs[g]) && !glyphs[g].c.is_whitespace());
            let first = written.next();
            let more = written.next().is_some();
            let is_mark = |c: char| MARKS.contains(c) || !(c.is_alphanumeric() || c.is_ascii_punctuation());
            match first {
                Some(g) if !more && is_mark(glyphs[g].c) => {
                    glyphs[g].c = NOTHING;
                    set.push((at, tick(frame, true, &model)));
                }
                // A letter is written into the box.
                Some(_) => {}
                None => {
                    let full = filled.iter().any(|solid| solid.center().distance(frame.center()) < 2.0);
                    set.push((at, tick(frame, full || self.is_marked(frame), &model)));
                }
            }
        }
        set.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        for (at, glyph) in set {
            *fields += usize::from(at < *fields);
            glyphs.insert(at, glyph);
        }
    }
}

fn inside(place: Rect, glyph: &FreeGlyph) -> bool {
    let [x, y] = glyph.middle();
    glyph.hidden.is_none() && glyph.c != NOTHING && place.contains((f64::from(x), f64::from(y)))
}

/// Where the character for a box goes, and the glyph next to it: before the words to its right, or else behind those to
/// its left.
fn label(frame: Rect, glyphs: &[FreeGlyph], fields: usize) -> Option<(usize, FreeGlyph)> {
    #[expect(clippy::cast_possible_truncation, reason = "page coordinates fit f32")]
    let [x0, x1, y1, height] = [frame.x0, frame.x1, frame.y1, frame.height()].map(|v| v as f32);
    let level = |g: &&FreeGlyph| g.hidden.is_none() && g.dx > 0.0 && g.dy == 0.0 && (g.y - y1).abs() < 0.7 * height;
    let page =
        || glyphs.iter().take(fields).enumerate().filter(|(_, g)| level(g) && (g.c.is_alphanumeric() || g.c == '('));
    let right = page().filter(|(_, g)| g.x > x1 - 1.0 && g.x - x1 < NEAR * g.size);
    if let Some((at, model)) = right.min_by(|a, b| a.1.x.total_cmp(&b.1.x)) {
        return Some((at, *model));
    }
    let left = page().filter(|(_, g)| g.x + g.dx < x0 + 1.0 && x0 - g.x - g.dx < NEAR * g.size);
    left.max_by(|a, b| a.1.x.total_cmp(&b.1.x)).map(|(at, model)| (at + 1, *model))
}

/// A glyph to go by where no words are near.
#[expect(clippy::cast_possible_truncation, reason = "page coordinates fit f32")]
fn unlabelled(place: Rect) -> FreeGlyph {
    let size = place.height().clamp(6.0, 12.0);
    let [x, y, size] = [place.x0, place.y1 - 0.2 * size, size].map(|v| v as f32);
    FreeGlyph { c: EMPTY, x, y, dx: size, dy: 0.0, size, bold: false, code: 0, hidden: None }
}

#[expect(clippy::cast_possible_truncation, reason = "page coordinates fit f32")]
fn tick(place: Rect, ticked: bool, model: &FreeGlyph) -> FreeGlyph {
    let c = if ticked { TICKED } else { EMPTY };
    FreeGlyph { c, x: place.x0 as f32, dx: place.width() as f32, dy: 0.0, code: 0, hidden: None, ..*model }
}
