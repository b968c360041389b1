//! Glyphs to pieces of lines, and pieces to rows.
//!
//! Content order is kept, because producers write text in reading order far more often than its height on the page
//! tells. What is put right is local: pieces of one visual line, cells of one table row, and two columns that were
//! written line by line across the page.

use std::collections::HashMap;

use super::glyph::{FULL_CONFIDENCE, GAP, Glyph, Sheet};
use super::normalise::{Spelling, spell};
use super::seams::{LEAST_GAP, Seams};

/// A gap wider than this many font sizes separates cells.
const CELL_GAP: f32 = 2.0;

/// A character with its left and right edge; white space that was not on the page has no edges (NaN).
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    pub c: char,
    pub x0: f32,
    pub x1: f32,
    /// As in [`Glyph`].
    pub confidence: u8,
}

/// A piece of one visual line: characters that follow each other on one baseline without a wide gap.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub chars: Vec<Placed>,
    pub x0: f32,
    pub x1: f32,
    /// Baseline.
    pub y: f32,
    pub size: f32,
    pub bold: bool,
}

impl Piece {
    pub(super) fn text(&self) -> String {
        self.chars.iter().map(|p| p.c).collect()
    }

    fn same_baseline(&self, other: &Self) -> bool {
        (self.y - other.y).abs() < 0.3 * self.size.max(other.size)
    }

    /// Appends `other` after one space.
    pub(super) fn join(&mut self, other: Self) {
        let other_len = other.chars.len();
        self.chars.push(Placed { c: ' ', x0: f32::NAN, x1: f32::NAN, confidence: FULL_CONFIDENCE });
        self.chars.extend(other.chars);
        self.x1 = self.x1.max(other.x1);
        self.x0 = self.x0.min(other.x0);
        self.bold &= other.bold;
        // The longer part speaks for the line: a number in the margin or a footnote mark does not.
        if other_len * 2 > self.chars.len() {
            (self.size, self.y) = (other.size, other.y);
        }
    }

    /// Width of the first word.
    pub(super) fn first_word_width(&self) -> f32 {
        let last = self.chars.iter().take_while(|p| p.c != ' ').last();
        last.map_or(0.0, |p| p.x1 - self.x0)
    }
}

/// One line of running text, or one row of a table: cells of one or more visual lines.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub cells: Vec<Vec<Piece>>,
}

impl Row {
    pub(super) fn single(piece: Piece) -> Self {
        Self { cells: vec![vec![piece]] }
    }

    /// The piece, when this is a line of running text.
    pub(super) fn line(&self) -> Option<&Piece> {
        match self.cells.as_slice() {
            [cell] => cell.first().filter(|_| cell.len() == 1),
            _ => None,
        }
    }

    fn pieces(&self) -> impl Iterator<Item = &Piece> {
        self.cells.iter().flatten()
    }

    pub(super) fn top(&self) -> f32 {
        self.pieces().map(|p| p.y - p.size).fold(f32::MAX, f32::min)
    }

    pub(super) fn bottom(&self) -> f32 {
        self.pieces().map(|p| p.y).fold(f32::MIN, f32::max)
    }

    pub(super) fn x0(&self) -> f32 {
        self.pieces().map(|p| p.x0).fold(f32::MAX, f32::min)
    }

    pub(super) fn x1(&self) -> f32 {
        self.pieces().map(|p| p.x1).fold(f32::MIN, f32::max)
    }

    pub(super) fn size(&self) -> f32 {
        self.cells[0][0].size
    }

    pub(super) fn text(&self) -> String {
        let cells = self.cells.iter().map(|cell| cell.iter().map(Piece::text).collect::<Vec<_>>().join(" "));
        cells.collect::<Vec<_>>().join("\t")
    }
}

/// The rows of a page in reading order.
pub(super) fn rows(sheet: &Sheet) -> Vec<Row> {
    let body = super::columns::reorder(in_order(pieces(&sheet.glyphs)));
    let mut lines = super::columns::of_text(merge_baselines(body));
    super::furniture::strip_line_numbers(&mut lines);
    super::late::place(&mut lines);
    let mut placed: Vec<(f32, f32)> = Vec::new();
    for field in pieces(&sheet.fields) {
        let end = (field.x1, field.y);
        place_field(&mut lines, field, &placed);
        placed.push(end);
    }
    super::columns::table_rows(super::tables::rows(lines), sheet.info.height)
}

/// Puts the value of a form field where a reader sees it: after the label on its line, in a cell of its own behind another value
/// in a row of them, else below the line above it. `placed` are the ends of the values before it.
fn place_field(rows: &mut Vec<Row>, field: Piece, placed: &[(f32, f32)]) {
    let level = |r: &Row| r.bottom() > field.y - 0.9 * field.size && r.top() < field.y;
    let label = rows.iter_mut().filter(|r| level(r) && r.x0() < field.x0).max_by(|a, b| a.x0().total_cmp(&b.x0()));
    if let Some(row) = label {
        let at = row.cells.partition_point(|cell| cell[0].x0 <= field.x0);
        match at.checked_sub(1).and_then(|i| row.cells.get_mut(i)).and_then(|cell| cell.last_mut()) {
            Some(left) if !follows_value(left, &field, placed) => left.join(field),
            _ => row.cells.insert(at, vec![field]),
        }
        return;
    }
    let above = rows.iter().rposition(|r| r.bottom() < field.y).map_or(0, |i| i + 1);
    rows.insert(above, Row::single(field));
}

/// Whether the words left of a value end with another one, some way off: "May 1, 2026" and "36" under their labels.
fn follows_value(left: &Piece, field: &Piece, placed: &[(f32, f32)]) -> bool {
    let level = |y: f32| (y - field.y).abs() < 0.5 * field.size;
    field.x0 - left.x1 > CELL_GAP * field.size && placed.iter().any(|&(x, y)| (x - left.x1).abs() < 0.1 && level(y))
}

/// Groups glyphs into pieces.
fn pieces(glyphs: &[Glyph]) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut current: Option<Piece> = None;
    let mut bold = 0usize;
    let mut space = false;
    let mut high = false;
    let mut seams = Seams::default();
    for g in glyphs {
        if g.c == GAP {
            if let Some(piece) = current.as_mut().filter(|p| follows(p, g)) {
                piece.x1 = piece.x1.max(g.x1);
                space = true;
            }
            continue;
        }
        // "the ¹⁹ᵗʰ day": a number that is raised as a whole is no mark.
        let mark = current.as_ref().filter(|_| !space && !high).and_then(|piece| note_mark(piece, g));
        high = mark.is_none() && current.as_ref().is_some_and(|piece| is_raised(piece, g));
        let spelling = mark.unwrap_or_else(|| spell(g.c));
        if spelling == Spelling::Space {
            space = true;
            continue;
        }
        if spelling == Spelling::Nothing {
            continue;
        }
        if let Some(piece) = &mut current {
            let gap = g.x0 - piece.x1;
            let big = piece.size.max(g.size);
            let raised = g.size < 0.9 * piece.size || piece.size < 0.9 * g.size;
            let level = (g.y - piece.y).abs() < if raised { 0.6 * big } else { 0.25 * big };
            if level && gap < 0.0 && repeats(piece, spelling, g, if gap < -0.3 * big { usize::MAX } else { 1 }) {
                continue;
            }
            if !level || gap > CELL_GAP * big || gap < -0.6 * big {
                finish(&mut out, current.take(), bold, &mut seams);
                bold = 0;
                space = false;
            } else if !space
                && (spelling == Spelling::SoftHyphen || piece.chars.last().is_some_and(|p| p.c == '\u{ad}'))
            {
                // It stands inside a word, whatever room it takes.
            } else if space || gap > LEAST_GAP * big {
                seams.space(piece.chars.len(), gap / big, space);
                if piece.chars.last().is_some_and(|p| p.c != ' ') {
                    piece.chars.push(Placed {
                        c: ' ',
                        x0: piece.x1,
                        x1: g.x0.max(piece.x1),
                        confidence: FULL_CONFIDENCE,
                    });
                }
                space = false;
            } else {
                seams.letter(gap / big);
            }
        }
        let piece = current.get_or_insert_with(|| {
            space = false;
            Piece { chars: Vec::with_capacity(96), x0: g.x0, x1: g.x1, y: g.y, size: g.size, bold: false }
        });
        put(&mut piece.chars, spelling, g);
        bold += usize::from(g.bold);
        piece.x1 = g.x1.max(piece.x1);
        if g.size > piece.size {
            (piece.size, piece.y) = (g.size, g.y);
        }
    }
    finish(&mut out, current, bold, &mut seams);
    drop_stray_ordinals(&mut out);
    drop_overdrawn(&mut out);
    out
}

/// A small raised digit right behind a character is the mark of a note, and no digit of a number: "36²" is not 362.
fn note_mark(piece: &Piece, g: &Glyph) -> Option<Spelling> {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digit = usize::try_from(g.c.to_digit(10)?).ok()?;
    let near = (-0.3..0.15).contains(&((g.x0 - piece.x1) / piece.size));
    (near && is_raised(piece, g)).then(|| Spelling::One(RAISED[digit]))
}

/// Whether a glyph is small and stands above the line of a piece.
fn is_raised(piece: &Piece, g: &Glyph) -> bool {
    g.size < 0.85 * piece.size && (0.15..0.7).contains(&((piece.y - g.y) / piece.size))
}

/// Leaves out what was drawn a second time at its place, a whole line or page later.
fn drop_overdrawn(pieces: &mut Vec<Piece>) {
    // More of one length and end on a page are a pattern, and no text.
    const MOST: usize = 32;
    // By length and last character: where such a piece begins, and which it is.
    type Alike = Vec<(f32, f32, usize)>;
    let mut seen: HashMap<(usize, Option<char>), Alike> = HashMap::new();
    let mut again = Vec::new();
    for (i, piece) in pieces.iter().enumerate() {
        let alike = seen.entry((piece.chars.len(), piece.chars.last().map(|p| p.c))).or_default();
        let near = |a: f32, b: f32| (a - b).abs() < 0.12 * piece.size;
        let same = |j: usize| pieces[j].chars.iter().zip(&piece.chars).all(|(a, b)| a.c == b.c);
        if alike.iter().any(|&(x, y, j)| near(x, piece.x0) && near(y, piece.y) && same(j)) {
            again.push(i);
        } else if alike.len() < MOST {
            alike.push((piece.x0, piece.y, i));
        }
    }
    for i in again.into_iter().rev() {
        pieces.remove(i);
    }
}

/// Whether a glyph stands behind a piece on its line.
fn follows(piece: &Piece, g: &Glyph) -> bool {
    let gap = g.x0 - piece.x1;
    (g.y - piece.y).abs() < 0.25 * piece.size && (-0.6 * piece.size..CELL_GAP * piece.size).contains(&gap)
}

/// Leaves out raised `st`, `nd`, `rd` and `th` that were written apart from their number: they say nothing, and would
/// stand as lines of their own.
fn drop_stray_ordinals(pieces: &mut Vec<Piece>) {
    let mut sizes: Vec<f32> = pieces.iter().map(|p| p.size).collect();
    sizes.sort_by(f32::total_cmp);
    let Some(&median) = sizes.get(sizes.len() / 2) else { return };
    let ordinal = |p: &Piece| p.chars.len() == 2 && matches!(p.text().as_str(), "st" | "nd" | "rd" | "th");
    let raised = |number: &Piece, p: &Piece| {
        let follows =
            number.chars.last().is_some_and(|last| last.c.is_ascii_digit() && (p.x0 - last.x1).abs() < 0.3 * p.size);
        follows && (0.15..0.9).contains(&((number.y - p.y) / p.size))
    };
    let stray = |i: usize| {
        ordinal(&pieces[i]) && (pieces[i].size <= 0.9 * median || i > 0 && raised(&pieces[i - 1], &pieces[i]))
    };
    let strays: Vec<bool> = (0..pieces.len()).map(stray).collect();
    let mut strays = strays.into_iter();
    pieces.retain(|_| !strays.next().unwrap_or_default());
}

/// Fewer pieces of a page have no order that tells.
const ENOUGH: usize = 40;

/// The pieces by their place, where most of them do not follow each other as a reader goes, to the right or down: some
/// programs write the words of a page in any order.
fn in_order(mut pieces: Vec<Piece>) -> Vec<Piece> {
    let jumps = |pair: &&[&Piece]| {
        let (a, b) = (pair[0], pair[1]);
        let right = a.same_baseline(b) && b.x0 > a.x0;
        let down = b.y > a.y && b.y < a.y + 4.0 * a.size.max(b.size);
        !right && !down
    };
    // Rows of dots are drawn in any order.
    let words: Vec<&Piece> = pieces.iter().filter(|p| p.chars.iter().any(|c| c.c.is_alphanumeric())).collect();
    let count = words.windows(2).filter(jumps).count();
    if words.len() < ENOUGH || count * 10 < words.len() * 6 {
        return pieces;
    }
    pieces.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut from = 0;
    while from < pieces.len() {
        let line = pieces[from..].iter().take_while(|p| p.same_baseline(&pieces[from])).count().max(1);
        pieces[from..from + line].sort_by(|a, b| a.x0.total_cmp(&b.x0));
        from += line;
    }
    pieces
}

/// Whether the glyph was drawn before at the same place: some producers embolden text by drawing it twice.
/// `back` letters are looked at.
fn repeats(piece: &Piece, spelling: Spelling, g: &Glyph, back: usize) -> bool {
    let first = match spelling {
        Spelling::One(c) => Some(c),
        Spelling::Many(s) => s.chars().next(),
        _ => None,
    };
    piece.chars.iter().rev().take(back).any(|p| Some(p.c) == first && (p.x0 - g.x0).abs() < 0.12 * g.size)
}

fn put(chars: &mut Vec<Placed>, spelling: Spelling, g: &Glyph) {
    match spelling {
        Spelling::One(c) => {
            // A letter and the accent drawn after it are one character.
            let composed = chars.last().and_then(|p| unicode_normalization::char::compose(p.c, c));
            match (composed, chars.last_mut()) {
                (Some(joined), Some(last)) => last.c = joined,
                _ => chars.push(Placed { c, x0: g.x0, x1: g.x1, confidence: g.confidence }),
            }
        }
        Spelling::Many(s) => {
            let n = s.len() as f32;
            let step = (g.x1 - g.x0) / n;
            for (i, c) in s.chars().enumerate() {
                let x0 = g.x0 + step * i as f32;
                chars.push(Placed { c, x0, x1: x0 + step, confidence: g.confidence });
            }
        }
        // Kept until the line is joined to the next: there it tells that the word goes on.
        Spelling::SoftHyphen => chars.push(Placed { c: '\u{ad}', x0: g.x0, x1: g.x1, confidence: g.confidence }),
        Spelling::Space | Spelling::Nothing => {}
    }
}

fn finish(out: &mut Vec<Piece>, piece: Option<Piece>, bold: usize, seams: &mut Seams) {
    let Some(mut piece) = piece else { return };
    seams.close(&mut piece.chars);
    while piece.chars.last().is_some_and(|p| p.c == ' ') {
        piece.chars.pop();
    }
    if let Some(last) = piece.chars.pop() {
        // A soft hyphen inside a line is never shown.
        piece.chars.retain(|p| p.c != '\u{ad}');
        piece.chars.push(last);
        super::bidi::logical(&mut piece.chars);
        piece.bold = bold * 10 >= piece.chars.len() * 8;
        piece.chars.shrink_to_fit();
        out.push(piece);
    }
}

/// Joins pieces that stand on one baseline: with a space where the first is a list number or the gap is narrow, else as
/// the cells of a row.
fn merge_baselines(pieces: Vec<Piece>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for piece in pieces {
        let Some(row) = rows.last_mut().filter(|r| r.pieces().all(|p| p.same_baseline(&piece))) else {
            rows.push(Row::single(piece));
            continue;
        };
        let at = row.cells.partition_point(|cell| cell[0].x0 <= piece.x0);
        let overlaps = row.pieces().any(|p| piece.x0 < p.x1 - 0.5 * p.size && p.x0 < piece.x1 - 0.5 * p.size);
        if overlaps {
            rows.push(Row::single(piece));
            continue;
        }
        row.cells.insert(at, vec![piece]);
        let left = at.saturating_sub(1);
        for i in [at, left] {
            if i + 1 < row.cells.len() && joins(&row.cells[i][0], &row.cells[i + 1][0]) {
                let next = row.cells.remove(i + 1).remove(0);
                row.cells[i][0].join(next);
            }
        }
    }
    rows
}

fn joins(left: &Piece, right: &Piece) -> bool {
    let gap = right.x0 - left.x1;
    let size = left.size.max(right.size);
    gap < CELL_GAP * size || (gap < 8.0 * size && is_marker(left))
}

/// Whether the piece is only a list number or a bullet, such as `1.`, `4.2`, `(a)`, `Section 3`, `•`.
fn is_marker(piece: &Piece) -> bool {
    let text = piece.text();
    let word = text.strip_prefix("Section ").or_else(|| text.strip_prefix("Article ")).unwrap_or(&text);
    let core = word.trim_matches(|c: char| matches!(c, '(' | ')' | '.' | ':' | '-' | '"'));
    let bullet =
        matches!(text.as_str(), "\u{2022}" | "-" | "o" | "\u{2013}" | "*" | "\u{25e6}" | "\u{2610}" | "\u{2611}");
    let number = !core.is_empty() && core.len() <= 8 && core.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let letter = core.len() <= 5
        && core.len() < text.len()
        && !core.is_empty()
        && (core.len() == 1 && core.bytes().all(|b| b.is_ascii_alphabetic())
            || core.bytes().all(|b| matches!(b.to_ascii_lowercase(), b'i' | b'v' | b'x' | b'l')));
    bullet || number || letter
}
