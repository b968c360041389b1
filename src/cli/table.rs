//! Tables for people, as wide as the terminal.

use comfy_table::{ContentArrangement, Table, presets};

use super::clean::clean;

/// A table without lines. Off a terminal it is as wide as its content, so that lines can be cut by programs.
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

/// Adds a row; control characters are spelt out.
pub(super) fn row(table: &mut Table, cells: &[&str]) {
    table.add_row(cells.iter().map(|c| clean(c)).collect::<Vec<_>>());
}

/// The table as text, without the white space at the ends of lines and with every line moved right by two.
pub(super) fn text(table: &Table) -> String {
    table.lines().fold(String::new(), |out, line| out + " " + line.trim_end() + "\n")
}
