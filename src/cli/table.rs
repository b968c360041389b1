//! Tables for people, at most as wide as the terminal.

use comfy_table::{ContentArrangement, Table, presets};

use super::clean::clean;

/// A table without rules. Where output is not a terminal it is as wide as its content, so that no cell is wrapped.
pub(super) fn table(header: &[&str]) -> Table {
    let mut table = bare();
    table.set_header(header.to_vec());
    table
}

/// The same without a header.
pub(super) fn bare() -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table
}

/// The width of the terminal; `None` where output is no terminal.
pub(super) fn screen() -> Option<u16> {
    bare().width()
}

/// Adds a row and makes control characters harmless.
pub(super) fn row(table: &mut Table, cells: &[&str]) {
    table.add_row(cells.iter().map(|c| clean(c)).collect::<Vec<_>>());
}

/// The table as text, indented by two and without white space at the ends of lines.
pub(super) fn text(table: &Table) -> String {
    table.lines().fold(String::new(), |out, line| out + " " + line.trim_end() + "\n")
}
