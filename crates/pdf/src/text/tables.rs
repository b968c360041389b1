//! Tables whose cells are set on baselines of their own.
//!
//! A row with three cells or more, or two like rows in a row, opens a table and gives its columns. Producers write
//! tables cell by cell, so that the column of each piece tells the rows apart even where cells are centred in height: a
//! step back to an earlier column begins a new row.

use super::lines::{Piece, Row};

/// Pieces belong to a column when their left edges differ by less than this, in points.
const ALIGNED: f32 = 2.5;

/// Cuts the tables among `lines` into rows of cells.
pub(super) fn rows(lines: Vec<Row>) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::with_capacity(lines.len());
    let mut rest = lines.into_iter().peekable();
    while let Some(row) = rest.next() {
        let next_alike = rest.peek().is_some_and(|next| next.cells.len() == 2 && starts(next) == starts(&row));
        let goes_on = rest.peek().is_some_and(|next| row.cells.len() == 2 && hangs(next, &row));
        let opens = row.cells.len() >= 3 || row.cells.len() == 2 && next_alike || goes_on;
        if !opens {
            out.push(row);
            continue;
        }
        let mut columns: Vec<f32> = row.cells.iter().map(|c| c[0].x0).collect();
        let mut table = vec![row];
        while let Some(next) = rest.peek() {
            if !belongs(next, &table, &columns) {
                break;
            }
            let added = new_columns(next, beside(next, &table), &columns);
            columns.extend(added);
            columns.sort_by(f32::total_cmp);
            table.extend(rest.next());
        }
        if table.len() == 1 {
            out.append(&mut table);
        } else {
            out.extend(cut(table, &columns));
        }
    }
    out
}

/// Left edges in whole points, for comparing two rows.
fn starts(row: &Row) -> Vec<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "a place on a page")]
    row.cells.iter().map(|c| (f64::from(c[0].x0) / 2.0).round() as i64).collect()
}

fn column(x0: f32, columns: &[f32]) -> Option<usize> {
    columns.iter().position(|c| (c - x0).abs() < ALIGNED)
}

/// Whether a line goes on with the table: near it, and with its pieces in the columns.
fn belongs(row: &Row, table: &[Row], columns: &[f32]) -> bool {
    let bottom = table.iter().map(Row::bottom).fold(f32::MIN, f32::max);
    let top = table[0].top();
    let size = row.size();
    if row.top() > bottom + 2.2 * size || row.top() < top - 1.5 * size {
        return false;
    }
    if beside(row, table) || table.last().is_some_and(|last| hangs(row, last)) {
        return true;
    }
    let fits = |p: &Piece| {
        let at = column(p.x0, columns)?;
        // Running text may begin in the first column, but it does not stop before the second.
        let next = columns.get(at + 1).copied().unwrap_or(f32::MAX);
        (p.x1 < next + 1.0 || split_points(p, columns).len() > 1).then_some(())
    };
    let fitting = row.cells.iter().filter(|c| fits(&c[0]).is_some()).count();
    if row.cells.len() == 1 { fitting == 1 } else { fitting >= 2 || fitting * 2 >= row.cells.len() }
}

/// Whether a line goes on with the sentence of the last cell of `row` and stands below it, further to the right: a clause
/// beside its side head, whose number stands out.
fn hangs(line: &Row, row: &Row) -> bool {
    let (Some(line), Some([.., last])) = (line.line(), row.cells.last().map(Vec::as_slice)) else { return false };
    let indent = line.x0 - last.x0;
    let below = (0.0..1.6 * last.size).contains(&(line.y - last.y));
    (ALIGNED..4.0 * last.size).contains(&indent) && below && super::flow::flows_on(&last.text(), &line.text())
}

/// Whether a line holds further cells of the last row, to the right of it and on a baseline of their own.
fn beside(row: &Row, table: &[Row]) -> bool {
    table.last().is_some_and(|last| row.x0() > last.x1() && (row.top() - last.top()).abs() < 1.6 * row.size())
}

/// Columns that a later row adds: a header may leave some cells empty.
fn new_columns(row: &Row, beside: bool, columns: &[f32]) -> Vec<f32> {
    if row.cells.len() < 3 && !beside {
        return Vec::new();
    }
    row.cells.iter().map(|c| c[0].x0).filter(|x| column(*x, columns).is_none()).collect()
}

/// Indices of the characters at which a piece enters a column: cells whose gap was too narrow to tell.
fn split_points(piece: &Piece, columns: &[f32]) -> Vec<usize> {
    let mut points = vec![0];
    for (i, trio) in piece.chars.windows(3).enumerate() {
        let gap = trio[2].x0 - trio[0].x1;
        let enters = columns.iter().any(|c| (c - trio[2].x0).abs() < 1.2);
        if trio[1].c == ' ' && gap > 0.4 * piece.size && enters {
            points.push(i + 2);
        }
    }
    points
}

/// The parts of a piece that stand in different columns.
fn split(piece: Piece, columns: &[f32]) -> Vec<Piece> {
    let points = split_points(&piece, columns);
    if points.len() == 1 {
        return vec![piece];
    }
    let ends = points.iter().skip(1).copied().chain([piece.chars.len()]);
    let part = |(from, to): (usize, usize)| {
        let mut chars = piece.chars[from..to].to_vec();
        while chars.last().is_some_and(|p| p.c == ' ') {
            chars.pop();
        }
        let (x0, x1) = (chars.first()?.x0, chars.last()?.x1);
        Some(Piece { chars, x0, x1, y: piece.y, size: piece.size, bold: piece.bold })
    };
    points.iter().copied().zip(ends).filter_map(part).collect()
}

/// Deals the pieces of a table out to rows and columns.
fn cut(table: Vec<Row>, columns: &[f32]) -> Vec<Row> {
    let mut out = Vec::new();
    let mut cells: Vec<Vec<Piece>> = vec![Vec::new(); columns.len()];
    let mut last = 0;
    let pieces = table.into_iter().flat_map(|row| row.cells).flatten();
    for piece in pieces.flat_map(|p| split(p, columns)) {
        // A number set flush right begins somewhere inside its column.
        let at = column(piece.x0, columns)
            .unwrap_or_else(|| columns.iter().rposition(|c| *c <= piece.x0 + ALIGNED).unwrap_or_default());
        let below = cells[at].last().map(|above: &Piece| (piece.y - above.y) / piece.size);
        let next_line = below.is_some_and(|lines| (0.0..1.45).contains(&lines));
        let same_line = below.is_some_and(|lines| lines.abs() < 0.3);
        let goes_on = at > last || same_line || next_line && (at == last || at > 0);
        if !goes_on && cells.iter().any(|c| !c.is_empty()) {
            push(&mut out, &mut cells);
        }
        cells[at].push(piece);
        last = at;
    }
    push(&mut out, &mut cells);
    out
}

fn push(out: &mut Vec<Row>, cells: &mut [Vec<Piece>]) {
    let cells: Vec<Vec<Piece>> = cells.iter_mut().map(std::mem::take).filter(|c| !c.is_empty()).collect();
    if !cells.is_empty() {
        out.push(Row { cells });
    }
}
