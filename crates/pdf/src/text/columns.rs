//! Columns of text and columns of tables.

use super::flow;
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

/// Puts rows that are the lines of columns of text, written across the page, into reading order: in each column sentences
/// run on from line to line, which they do not in the cells of a table.
pub(super) fn of_text(rows: Vec<Row>) -> Vec<Row> {
    if rows.iter().filter(|r| r.cells.len() > 1).take(LINES).count() < LINES {
        return rows;
    }
    let mut out: Vec<Row> = Vec::with_capacity(rows.len());
    let mut rest = rows.as_slice();
    while let Some(row) = rest.first() {
        let starts: Vec<f32> = row.cells.iter().map(|c| c[0].x0).collect();
        let near = |i: usize| i == 0 || rest[i].top() < rest[i - 1].bottom() + 1.2 * rest[i].size();
        let run = (0..rest.len().min(200)).take_while(|&i| near(i) && stands_in(&rest[i], &starts)).count();
        if starts.len() > 1 && run >= LINES && is_running_text(&rest[..run], &starts) {
            for start in &starts {
                let cells = rest[..run].iter().flat_map(|r| &r.cells).filter(|c| (c[0].x0 - start).abs() < COLUMN);
                out.extend(cells.cloned().map(|cell| Row { cells: vec![cell] }));
            }
            rest = &rest[run..];
        } else {
            out.push(row.clone());
            rest = &rest[1..];
        }
    }
    out
}

/// Rows that make columns of text.
const LINES: usize = 6;
/// Left edges of one column differ by less, in points.
const COLUMN: f32 = 6.0;

/// Whether every cell of a row begins at the edge of a column and ends before the next.
fn stands_in(row: &Row, starts: &[f32]) -> bool {
    row.cells.iter().all(|cell| {
        let at = starts.iter().position(|s| (s - cell[0].x0).abs() < COLUMN);
        at.is_some_and(|i| cell.len() == 1 && starts.get(i + 1).is_none_or(|next| cell[0].x1 < *next))
    })
}

fn is_running_text(rows: &[Row], starts: &[f32]) -> bool {
    starts.iter().all(|start| {
        let cells = rows.iter().flat_map(|r| &r.cells).filter(|c| (c[0].x0 - start).abs() < COLUMN);
        let lines: Vec<String> = cells.map(|c| c[0].text()).collect();
        let long = lines.iter().filter(|l| l.len() > 18).count();
        let flowing = lines.windows(2).filter(|w| flow::flows_on(&w[0], &w[1])).count();
        lines.len() >= LINES / 2 && long * 2 > lines.len() && flowing * 5 >= lines.len() * 2
    })
}

/// Joins the visual lines of table cells: a line that goes back up the page, to the right of what was just written and
/// level with its beginning, is the next cell of the same row.
pub(super) fn table_rows(lines: Vec<Row>, page_height: f32) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::with_capacity(lines.len());
    let mut rest = lines.into_iter();
    while let Some(row) = rest.next() {
        if continues_cell(out.last(), &row) {
            append_to_cell(&mut out, row);
            continue;
        }
        let Some(first) = cell_start(&out, &row, page_height).or_else(|| centred_start(&out, &row, rest.as_slice()))
        else {
            out.push(row);
            continue;
        };
        let left: Vec<Row> = out.drain(first..).collect();
        let mut cells = vec![flatten(&left)];
        if row.line().is_none() {
            cells.extend(row.cells);
            out.push(Row { cells });
            continue;
        }
        let mut cell = vec![row];
        while let Some(next) = rest.as_slice().first() {
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

/// Index of the row with which the cell to the left of `row` begins, when its lines and those of the cell that begins with
/// `row` are centred on one height.
fn centred_start(out: &[Row], row: &Row, ahead: &[Row]) -> Option<usize> {
    const LINES: usize = 12;
    let (last, size) = (out.last()?, row.size());
    if row.top() > last.top() + 0.2 * size {
        return None;
    }
    let x0 = row.x0();
    let below = |above: &Row, r: &Row| (0.8 * size..1.5 * size).contains(&(r.bottom() - above.bottom()));
    let mut bottom = row;
    for next in ahead.iter().take(LINES).take_while(|_| row.line().is_some()) {
        if next.line().is_none() || (next.x0() - x0).abs() > 3.0 || !below(bottom, next) {
            break;
        }
        bottom = next;
    }
    let mut first = out.len();
    while let Some(above) = first.checked_sub(1).and_then(|i| out.get(i)) {
        let joined = first == out.len() || below(above, &out[first]);
        if above.line().is_none() || above.x1() > x0 || !joined || out.len() - first >= LINES {
            break;
        }
        first -= 1;
    }
    let left = out.get(first)?;
    let centre = |top: &Row, bottom: &Row| f32::midpoint(top.bottom(), bottom.bottom());
    ((centre(left, last) - centre(row, bottom)).abs() < 0.3 * size).then_some(first)
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
            let columns = || row.cells.iter().filter(|c| c.len() >= LINES && flows(c)).count() > 1;
            let few = row.cells.len() < 3;
            tall(row) && (columns() || few && !neighbours.filter(|n| n.cells.len() > 1).any(|n| aligned(row, n)))
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

/// Whether the lines of a cell are running text.
fn flows(cell: &[Piece]) -> bool {
    let lines: Vec<String> = cell.iter().map(Piece::text).collect();
    lines.windows(2).filter(|w| flow::flows_on(&w[0], &w[1])).count() * 5 >= lines.len() * 2
}

fn aligned(a: &Row, b: &Row) -> bool {
    a.cells[1..].iter().any(|c| b.cells[1..].iter().any(|d| (c[0].x0 - d[0].x0).abs() < 3.0))
}
