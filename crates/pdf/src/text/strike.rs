//! Words with a line through them: they are not in force.

use std::ops::Range;

use hayro_interpret::kurbo::{Affine, Point, Rect};
use hayro_interpret::util::RectExt as _;
use hayro_syntax::object::{Array, Dict, Name, Rect as PdfRect};

use super::bands::Bands;
use super::glyph::{FreeGlyph, NOTHING};
use super::hidden::HiddenBy;

/// A line strikes a glyph out between these heights over its baseline, in parts of its size: above underlines, and below
/// the rules of the row above.
const LOW: f32 = 0.14;
const HIGH: f32 = 0.5;
/// It is at most this thick.
const THICK: f64 = 0.25;
/// It ends with the words: rules of tables and lines to write on go further, in parts of the size. One that goes further
/// strikes words out that fill so much of it, through their middle.
const OVERHANG: f64 = 0.8;
const FILLED: f64 = 0.7;
const MIDDLE: Range<f32> = 0.2..0.4;
/// Letters of the longest word.
const LONGEST: usize = 100;
/// Words further apart are not struck out by one line.
const APART: f64 = 1.3;

/// A line of a pen goes up and down by at most this part of the size.
const WAVES: f64 = 0.6;
/// Pieces of one line lie at most this far apart, in points: dashes, and the pieces that a line is written in.
const PIECES: f64 = 1.6;
/// Numbers of one stroke of an annotation that are looked at.
const MOST_NUMBERS: usize = 2_000;
/// Letters and signs that are typed over words, and least number of them in a row.
const TYPED: [char; 8] = ['x', 'X', '-', '\u{2013}', '\u{2014}', '=', '/', '#'];
const LEAST_TYPED: usize = 4;
/// Most such rows of a page.
const MOST_TYPED: usize = 500;

/// Marks the glyphs that one of the `lines`, of the lines of a pen, or of the `marked` places strikes out, and those that
/// are typed over.
pub(super) fn strike(glyphs: &mut [FreeGlyph], lines: &[Rect], pen: &[Rect], marked: &[Rect]) {
    let mut bands = Bands::default();
    let over = typed(glyphs);
    if (lines.is_empty() && pen.is_empty() && marked.is_empty() && over.is_empty()) || glyphs.is_empty() {
        return;
    }
    bands.fill(glyphs);
    for range in over {
        type_over(glyphs, &bands, range);
    }
    let lines = joined(lines);
    let thin = lines.iter().map(|line| (line, THICK));
    for (line, thick) in thin.chain(pen.iter().map(|line| (line, WAVES))) {
        for i in struck(glyphs, &bands, line, thick) {
            glyphs[i].hidden = Some(HiddenBy::Strike);
        }
    }
    for place in marked {
        let inside: Vec<usize> = bands.between(place.y0, place.y1).collect();
        for i in inside {
            let [x, y] = glyphs[i].middle();
            if place.contains((f64::from(x), f64::from(y))) {
                glyphs[i].hidden = Some(HiddenBy::Strike);
            }
        }
    }
}

/// The lines, with the pieces of a line joined.
fn joined(lines: &[Rect]) -> Vec<Rect> {
    let mut sorted = lines.to_vec();
    sorted.sort_by(|a, b| (a.y0.round(), a.x0).partial_cmp(&(b.y0.round(), b.x0)).unwrap_or(std::cmp::Ordering::Equal));
    let mut out: Vec<Rect> = Vec::with_capacity(sorted.len());
    for line in sorted {
        let level = line.width() >= line.height();
        match out.last_mut() {
            Some(last)
                if level
                    && last.width() >= last.height()
                    && (last.y0 - line.y0).abs() < 0.4
                    && (last.y1 - line.y1).abs() < 0.4
                    && line.x0 - last.x1 < PIECES =>
            {
                *last = last.union(line);
            }
            _ => out.push(line),
        }
    }
    out
}

/// Runs of one letter or sign that may be typed over words.
fn typed(glyphs: &[FreeGlyph]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = 0;
    // A row of dashes at the end of a line and one at the beginning of the next are two.
    let one = |a: &FreeGlyph, b: &FreeGlyph| {
        let (along, across) = a.to(b);
        a.c == b.c && across.abs() < 0.3 && along.abs() < 1.0
    };
    for run in glyphs.chunk_by(one) {
        if run.len() >= LEAST_TYPED && TYPED.contains(&run[0].c) {
            out.push(from..from + run.len());
        }
        from += run.len();
    }
    // A page with more is a drawing.
    if out.len() > MOST_TYPED { Vec::new() } else { out }
}

/// Marks the glyphs below a run that is typed over them, and takes the run away; a row of dashes beside words stays.
fn type_over(glyphs: &mut [FreeGlyph], bands: &Bands, run: Range<usize>) {
    let place = |glyph: &FreeGlyph| {
        let [x0, y0, x1, y1] = glyph.bounds(-0.1, 0.6).map(f64::from);
        Rect::new(x0, y0, x1, y1)
    };
    let Some(all) = glyphs[run.clone()].iter().map(place).reduce(|a, b| a.union(b)) else { return };
    // The words may be a little longer.
    let wide = all.inflate(0.5 * all.width() / run.len() as f64, 0.0);
    let below = |&i: &usize| {
        let [x, y] = glyphs[i].middle();
        !run.contains(&i) && !glyphs[i].c.is_whitespace() && wide.contains((f64::from(x), f64::from(y)))
    };
    let below: Vec<usize> = bands.between(all.y0, all.y1).filter(below).collect();
    let width: f64 = below.iter().map(|&i| place(&glyphs[i]).width()).sum();
    if width * 2.0 > all.width() {
        for i in below {
            glyphs[i].hidden = Some(HiddenBy::Strike);
        }
        for glyph in &mut glyphs[run] {
            glyph.c = NOTHING;
        }
    }
}

/// A rectangle with its length first, so that lines down the page are like those across it.
fn along(rect: Rect, level: bool) -> [f64; 4] {
    if level { [rect.x0, rect.x1, rect.y0, rect.y1] } else { [rect.y0, rect.y1, rect.x0, rect.x1] }
}

fn struck(glyphs: &[FreeGlyph], bands: &Bands, line: &Rect, thick: f64) -> Vec<usize> {
    let level = line.width() >= line.height();
    let [from, to, low, high] = along(*line, level);
    let middle = f64::midpoint(low, high);
    let mut hit: Vec<(usize, f64, f64, f64)> = Vec::new();
    let mut through_middle = true;
    for i in bands.between(line.y0 - 2.0 * f64::from(BAND), line.y1 + 2.0 * f64::from(BAND)) {
        let g = &glyphs[i];
        if (g.dx.abs() >= g.dy.abs()) != level || g.c.is_whitespace() || g.hidden.is_some() {
            continue;
        }
        let [x0, y0, x1, y1] = g.bounds(LOW, HIGH).map(f64::from);
        let [start, end, bottom, top] = along(Rect::new(x0, y0, x1, y1), level);
        let size = f64::from(g.size);
        let shared = end.min(to) - start.max(from);
        if (bottom..top).contains(&middle) && high - low <= thick * size && shared > 0.3 * (end - start).max(0.1) {
            hit.push((i, start, end, size));
            let [x0, y0, x1, y1] = g.bounds(MIDDLE.start, MIDDLE.end).map(f64::from);
            let [_, _, bottom, top] = along(Rect::new(x0, y0, x1, y1), level);
            through_middle &= (bottom..top).contains(&middle);
        }
    }
    hit.sort_by(|a, b| a.1.total_cmp(&b.1));
    let (Some(first), Some(last)) = (hit.first(), hit.last()) else { return Vec::new() };
    let whole = hit.windows(2).all(|pair| pair[1].1 - pair[0].2 < APART * pair[0].3);
    let ends = from > first.1 - OVERHANG * first.3 && to < last.2 + OVERHANG * last.3;
    let fills = through_middle && last.2 - first.1 > FILLED * (to - from);
    let out = whole_words(glyphs, &hit.iter().map(|h| h.0).collect::<Vec<_>>());
    let words = out.iter().filter(|i| glyphs[**i].c.is_alphanumeric()).count();
    if words >= 2 && whole && (ends || fills) { out } else { Vec::new() }
}

/// The glyphs of the words of which a line goes through most, among those that it goes through.
fn whole_words(glyphs: &[FreeGlyph], hit: &[usize]) -> Vec<usize> {
    let one_word = |a: usize, b: usize| {
        let (Some(left), Some(right)) = (glyphs.get(a), glyphs.get(b)) else { return false };
        let (along, across) = left.to(right);
        left.c.is_alphanumeric() && right.c.is_alphanumeric() && across.abs() < 0.2 && along.abs() < 0.1
    };
    let word = |at: usize| {
        let from = (0..at).rev().take(LONGEST).take_while(|i| one_word(*i, i + 1)).last().unwrap_or(at);
        let to = (at + 1..glyphs.len()).take(LONGEST).take_while(|i| one_word(i - 1, *i)).last().unwrap_or(at);
        from..to + 1
    };
    let mut out = Vec::with_capacity(hit.len());
    // The word that was looked at last.
    let mut done = 0..0;
    for &i in hit {
        if done.contains(&i) {
            continue;
        }
        done = word(i);
        let through = hit.iter().filter(|i| done.contains(i)).count();
        if 2 * through >= done.len() {
            out.extend(done.clone());
        }
    }
    out
}

/// Sizes of text are searched for around a line up to this, in points.
const BAND: f32 = 12.0;

/// The places of annotations of this kind, one for each line of words.
pub(super) fn places(annotations: &[Dict<'_>], kind: &[u8], to_page: Affine) -> Vec<Rect> {
    let mut out = Vec::new();
    let is_kind = |a: &&Dict<'_>| a.get::<Name<'_>>(b"Subtype").is_some_and(|name| name.as_ref() == kind);
    for annotation in annotations.iter().filter(is_kind) {
        let quads: Vec<f64> =
            annotation.get::<Array<'_>>(b"QuadPoints").map(|a| a.iter::<f64>().collect()).unwrap_or_default();
        let (quads, _) = quads.as_chunks::<8>();
        if quads.is_empty() {
            out.extend(annotation.get::<PdfRect>(b"Rect").map(|rect| to_page.transform_rect_bbox(rect.to_kurbo())));
        }
        for &[ax, ay, bx, by, cx, cy, dx, dy] in quads {
            let rect = Rect::from_points((ax, ay), (bx, by)).union_pt((cx, cy)).union_pt((dx, dy));
            out.push(to_page.transform_rect_bbox(rect));
        }
    }
    out
}

/// Where annotations of straight and of hand-drawn lines lie that leave their drawing to the program that shows them.
pub(super) fn annotated_lines(annotations: &[Dict<'_>], to_page: Affine) -> Vec<Rect> {
    let mut out = Vec::new();
    for annotation in annotations.iter().filter(|a| !a.contains_key(b"AP")) {
        let kind = annotation.get::<Name<'_>>(b"Subtype");
        let strokes: Vec<Array<'_>> = match kind.as_deref() {
            Some(b"Line") => annotation.get::<Array<'_>>(b"L").into_iter().collect(),
            Some(b"Ink") => annotation.get::<Array<'_>>(b"InkList").iter().flat_map(Array::iter::<Array<'_>>).collect(),
            _ => continue,
        };
        for stroke in strokes {
            let numbers: Vec<f64> = stroke.iter::<f64>().take(MOST_NUMBERS).collect();
            let points = numbers.as_chunks::<2>().0.iter().map(|&[x, y]| to_page * Point::new(x, y));
            out.extend(points.map(|p| Rect::from_points(p, p)).reduce(|a, b| a.union(b)));
        }
    }
    out.retain(|place| place.width().max(place.height()) > 3.0 * place.width().min(place.height()));
    out
}
