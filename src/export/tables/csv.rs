//! Flat tables as CSV.
//!
//! Text stands in quotation marks and everything else does not, so that programs tell a text from a number, and an empty cell
//! (null) from an empty text. As in the other CSV files, no cell is a formula.

use std::io::{self, Write};

use super::super::csv::disarm;
use super::{Cell, Row, Table};

/// Writes the names of the columns.
///
/// # Errors
/// Those of `out`.
pub fn csv_head(table: Table, out: &mut impl Write) -> io::Result<()> {
    let names: Vec<_> = table.heads().iter().map(|head| head.name).collect();
    writeln!(out, "{}", names.join(","))
}

/// Writes a row.
///
/// # Errors
/// Those of `out`.
pub fn csv_row(row: &Row, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}", csv_cells(&row.cells))
}

/// A line of cells, without its end.
pub(in crate::export) fn csv_cells(cells: &[Cell]) -> String {
    cells.iter().map(cell).collect::<Vec<_>>().join(",")
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => format!("\"{}\"", disarm(text).replace('"', "\"\"")),
        Cell::Day(day) => day.to_string(),
        Cell::Time(time) => time.clone(),
        Cell::Whole(number) => number.to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::Flag(flag) => flag.to_string(),
    }
}
