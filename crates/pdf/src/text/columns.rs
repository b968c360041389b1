//! Columns of text and columns of tables.

use super::lines::{Piece, Row};

/// Puts the pieces of a page that was written across two columns, line by line, into reading order.
///
/// A page counts as such when half of its lines or more have two long pieces on either side of one gutter.
pub(super) fn reorder(pieces: Vec<Piece>) -> Vec<Piece> {
    let pairs: Vec<(&Piece, &Piece)> = pieces
        .windows(2)
        .map(|w| (&w[0], &w[1]))
        .filter(|(a, b)| (a.y - b.y).abs() < 0.3 * a.size && b.x0 > a.x1 && a.chars.len() > 18 && b.chars.len() > 18)
        .collect();
    if pairs.len() < 12 || pairs.len() * 3 < pieces.len() {
        return pieces;
    }
    let mut starts: Vec<f32> = pairs.iter().map(|(_, b)| b.x0).collect();
    starts.sort_by(f32::total_cmp);
    let gutter = starts[starts.len() / 2];
    let aligned = pairs.iter().filter(|(a, b)| (b.x0 - gutter).abs() < 8.0 && a.x1 < gutter).count();
    if aligned * 10 < pairs.len() * 8 {
        return pieces;
    }
    let (mut out, mut right) = (Vec::with_capacity(pieces.len()), Vec::new());
    for piece in pieces {
        if piece.x0 >= gutter - 8.0 {
            right.push(piece);
        } else if piece.x1 < gutter {
            out.push(piece);
        } else {
            // A heading across both columns: what stands above it comes first.
            out.append(&mut right);
            out.push(piece);
        }
    }
    out.append(&mut right);
    out
}

/// Joins the visual lines of table cells: a line that goes back up the page, to the right of what was just written and
/// level with its beginning, is the next cell of the same row.
pub(super) fn table_rows(lines: Vec<Row>, page_height: f32) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::with_capacity(lines.len());
    let mut rest = lines.into_iter().peekable();
    while let Some(row) = rest.next() {
        if continues_cell(out.last(), &row) {
            append_to_cell(&mut out, row);
            continue;
        }
        let Some(first) = cell_start(&out, &row, page_height) else {
            out.push(row);
            continue;
        };
        let left: Vec<Row> = out.drain(first..).collect();
        let mut cells = vec![flatten(&left)];
        let mut cell = vec![row];
        while let Some(next) = rest.peek() {
            let start = &cell[0];
            let (last, x0) = (&cell[cell.len() - 1], start.x0());
            let below = next.top() > last.top() && next.top() < last.bottom() + 1.2 * last.size();
            if below && next.x0() > x0 - 3.0 && next.x0() < start.x1() + 40.0 && cell.len() < 12 {
                cell.extend(rest.next());
            } else if level(next, start) && next.x0() > cell.iter().map(Row::x1).fold(x0, f32::max) - 1.0 {
                cells.push(flatten(&cell));
                cell = rest.next().into_iter().collect();
            } else {
                break;
            }
        }
        cells.push(flatten(&cell));
        out.push(Row { cells });
    }
    confirm(out)
}

fn level(a: &Row, b: &Row) -> bool {
    (a.top() - b.top()).abs() < 0.7 * a.size()
}

fn flatten(rows: &[Row]) -> Vec<Piece> {
    rows.iter().flat_map(|r| r.cells.iter().flatten().cloned()).collect()
}

/// Index of the row with which the cell to the left of `row` begins, when `row` jumps back up to it.
fn cell_start(out: &[Row], row: &Row, page_height: f32) -> Option<usize> {
    let last = out.last()?;
    if row.line().is_none() || row.top() > last.top() - 0.5 * row.size() {
        return None;
    }
    let x0 = row.x0();
    let back = out.iter().rev().take(10).take_while(|r| r.line().is_some() && r.x1() < x0 + 1.0).count();
    let first = out[out.len() - back..].iter().position(|r| level(r, row))? + out.len() - back;
    let height = last.bottom() - out[first].top();
    (height < 0.25 * page_height).then_some(first)
}

/// Whether a line goes on with a cell, other than the first, of the row before it.
fn continues_cell(before: Option<&Row>, row: &Row) -> bool {
    let (Some(before), Some(line)) = (before.filter(|r| r.cells.len() > 1), row.line()) else { return false };
    let near = row.top() > before.top() && row.top() < before.bottom() + 0.8 * line.size;
    near && cell_below(before, line).is_some_and(|i| i > 0)
}

fn cell_below(before: &Row, line: &Piece) -> Option<usize> {
    let after = |i: usize| before.cells.get(i + 1).map_or(f32::MAX, |c| c[0].x0);
    before.cells.iter().enumerate().position(|(i, c)| (c[0].x0 - line.x0).abs() < 3.0 && line.x1 < after(i))
}

fn append_to_cell(out: &mut [Row], row: Row) {
    let Some(before) = out.last_mut() else { return };
    let Some(at) = row.line().and_then(|line| cell_below(before, line)) else { return };
    before.cells[at].extend(row.cells.into_iter().flatten());
}

/// Rows built of several lines stay rows only beside a row with the same columns; otherwise they were columns of text,
/// or signature blocks side by side, and are read one after the other.
fn confirm(rows: Vec<Row>) -> Vec<Row> {
    let tall = |r: &Row| r.cells.len() > 1 && r.cells.iter().any(|c| c.len() > 1);
    let doubtful: Vec<bool> = (0..rows.len())
        .map(|i| {
            let row = &rows[i];
            let neighbours = [i.checked_sub(1), Some(i + 1)].into_iter().flatten().filter_map(|n| rows.get(n));
            tall(row) && row.cells.len() < 3 && !neighbours.filter(|n| n.cells.len() > 1).any(|n| aligned(row, n))
        })
        .collect();
    let mut out = Vec::with_capacity(rows.len());
    for (row, doubtful) in rows.into_iter().zip(doubtful) {
        if doubtful {
            out.extend(row.cells.into_iter().flatten().map(|p| Row { cells: vec![vec![p]] }));
        } else {
            out.push(row);
        }
    }
    out
}

fn aligned(a: &Row, b: &Row) -> bool {
    a.cells[1..].iter().any(|c| b.cells[1..].iter().any(|d| (c[0].x0 - d[0].x0).abs() < 3.0))
}
