//! Values that were drawn over the blanks of a page: what form fillers and signing platforms add when a form is made
//! part of the page stands at the end of its content, but on the page it stands in the blank.

use super::lines::{Piece, Placed, Row};

/// Underscores or dots that make a blank.
const BLANK: usize = 4;
/// Blanks of a page that are looked at; a page with more is no form.
const MOST: usize = 400;
/// Characters of the longest value that goes into the space behind a label.
const LONGEST: usize = 60;
/// Widest space between words of a sentence and a value, in font sizes.
const SPACE: f32 = 10.0;
/// Widest space between words of a sentence and its last words, which were drawn apart from it.
const WORD_SPACE: f32 = 1.0;
/// Widest space between a label and its value.
const LABEL_SPACE: f32 = 18.0;

/// A row of underscores.
#[derive(Debug, Clone, Copy)]
struct Blank {
    row: usize,
    cell: usize,
    from: usize,
    to: usize,
}

/// Puts the lines that lie on blanks, or behind the label of an earlier line, where they lie.
pub(super) fn place(rows: &mut Vec<Row>) {
    early(rows);
    let mut i = 1;
    while i < rows.len() {
        let is_late = rows[i].bottom() < rows[i - 1].bottom() + 0.6 * rows[i].size();
        let values: Vec<Piece> = if is_late { rows[i].cells.iter().flatten().cloned().collect() } else { Vec::new() };
        if values.is_empty() || values.iter().any(|value| place_of(&rows[..i], value).is_none()) {
            i += 1;
            continue;
        }
        rows.remove(i);
        for value in values {
            // The first may have changed the place of the next.
            match place_of(&rows[..i], &value) {
                Some(place) => place.put(rows, value),
                None => rows.insert(i, Row::single(value)),
            }
        }
    }
}

/// Puts the last words of a sentence behind it that were drawn before it.
fn early(rows: &mut Vec<Row>) {
    for i in (0..rows.len().saturating_sub(1)).rev() {
        let is_early = rows[i + 1].bottom() < rows[i].bottom() - 0.6 * rows[i].size();
        let Some(value) = rows[i].line().filter(|_| is_early).cloned() else { continue };
        if let Some(place @ Place::Behind { last: true, .. }) = behind_label(&rows[i + 1..], &value) {
            place.put(&mut rows[i + 1..], value);
            rows.remove(i);
        }
    }
}

/// Where a value belongs.
enum Place {
    Blank(Blank),
    /// Behind this cell of a row.
    /// `between`: what follows goes on with the same sentence. `last`: nothing follows on that line, and it ends in the middle of
    /// the sentence.
    Behind {
        row: usize,
        cell: usize,
        between: bool,
        last: bool,
    },
}

impl Place {
    fn put(self, rows: &mut [Row], value: Piece) {
        match self {
            Self::Blank(blank) => {
                let piece = &mut rows[blank.row].cells[blank.cell][0];
                let mut chars = value.chars;
                let space = |x: f32| Placed { c: ' ', x0: x, x1: x, confidence: 100 };
                if blank.from > 0 && piece.chars[blank.from - 1].c != ' ' {
                    chars.insert(0, space(value.x0));
                }
                if piece.chars.get(blank.to).is_some_and(|next| next.c.is_alphanumeric()) {
                    chars.push(space(value.x1));
                }
                piece.chars.splice(blank.from..blank.to, chars);
            }
            Self::Behind { row, cell, between, .. } => {
                let cells = &mut rows[row].cells;
                cells[cell][0].join(value);
                // What followed across the space now follows the value.
                if cell + 1 < cells.len() && cells[cell + 1].len() == 1 {
                    let next = cells.remove(cell + 1).remove(0);
                    if between || next.x0 - cells[cell][0].x1 < 2.0 * next.size {
                        cells[cell][0].join(next);
                    } else {
                        cells.insert(cell + 1, vec![next]);
                    }
                }
            }
        }
    }
}

fn place_of(earlier: &[Row], value: &Piece) -> Option<Place> {
    blank_below(earlier, value).map(Place::Blank).or_else(|| behind_label(earlier, value))
}

/// The blank on which a value lies.
fn blank_below(rows: &[Row], value: &Piece) -> Option<Blank> {
    let mut seen = 0;
    for (row, cells) in rows.iter().enumerate().map(|(i, r)| (i, &r.cells)) {
        for (cell, lines) in cells.iter().enumerate() {
            let [piece] = lines.as_slice() else { continue };
            if (piece.y - value.y).abs() > 0.8 * piece.size.max(value.size)
                || piece.x1 < value.x0
                || piece.x0 > value.x1
            {
                continue;
            }
            for (from, to) in blanks(piece) {
                let (x0, x1) = (piece.chars[from].x0, piece.chars[to - 1].x1);
                let common = value.x1.min(x1) - value.x0.max(x0);
                if common > 0.5 * (value.x1 - value.x0).min(x1 - x0) {
                    return Some(Blank { row, cell, from, to });
                }
                seen += 1;
                if seen > MOST {
                    return None;
                }
            }
        }
    }
    None
}

/// The rows of underscores or dots of a line, from and to.
fn blanks(piece: &Piece) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut from = 0;
    for to in 0..=piece.chars.len() {
        let mark = |i: usize| piece.chars.get(i).map(|p| p.c).filter(|c| matches!(c, '_' | '.'));
        if mark(to).is_none() || to > from && mark(to) != mark(from) {
            if to >= from + BLANK {
                out.push((from, to));
            }
            from = if mark(to).is_some() { to } else { to + 1 };
        }
    }
    out
}

/// The label of an earlier line behind which a short value stands, or the words on both sides of it.
fn behind_label(rows: &[Row], value: &Piece) -> Option<Place> {
    let text = value.text();
    if text.chars().count() > LONGEST || text.ends_with(':') || text.contains(": ") {
        return None;
    }
    let size = value.size;
    let level = |r: &Row| r.cells.iter().flatten().all(|p| (p.y - value.y).abs() < 0.5 * size.max(p.size));
    let row = rows.iter().rposition(level)?;
    let cells = &rows[row].cells;
    let cell = cells.partition_point(|c| c[0].x0 <= value.x0).checked_sub(1)?;
    let [left] = cells[cell].as_slice() else { return None };
    // What was covered or struck out counts for the width of a line, and is where a value may stand.
    let edge = left.chars.last().map_or(left.x1, |last| last.x1);
    let on_covered = value.x0 < left.x1 && edge < left.x1 - size;
    let room = value.x0 - edge;
    let next = cells.get(cell + 1).map(|c| c[0].x0);
    let fits = room > -0.3 * size && next.is_none_or(|x| value.x1 < x + 0.3 * size);
    let between = next.is_some_and(|x| x - value.x1 < SPACE * size) && !is_label(&cells[cell + 1][0]);
    let end = left.text();
    let label = end.ends_with(':') && room < LABEL_SPACE * size;
    let open = super::flow::ends_open(&end);
    let between = open && between && room < SPACE * size;
    // Where the next line goes on with the sentence, nothing is missing in this one.
    let goes_on = || rows.get(row + 1).is_some_and(|next| super::flow::starts_lower(&next.text()));
    let last = open && next.is_none() && room < WORD_SPACE * size && !goes_on();
    let belongs = label || between || last || open && on_covered;
    (fits && belongs).then_some(Place::Behind { row, cell, between, last })
}

fn is_label(piece: &Piece) -> bool {
    piece.text().contains(':')
}
