//! `tickler remove`

use std::io::Write as _;
use std::process::ExitCode;

use tickler::store::ContractRow;

use super::Format;
use super::app::{App, one};
use super::clean::clean;

/// Remove contracts from the store; the PDF files stay
#[derive(Debug, clap::Args)]
#[command(after_help = "A contract comes back when its file is ingested again.\n\nExamples:\n  \
    tickler remove office-lease-option.pdf\n  \
    tickler remove 7a2c9d70 efe1e5fa")]
pub(super) struct Args {
    /// File name or a part of it, path, or first digits of the ID
    #[arg(required = true, value_name = "CONTRACT")]
    contracts: Vec<String>,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let mut store = app.write_store()?;
    // Find all contracts before removing one, so that a misspelt name removes nothing.
    let mut rows: Vec<ContractRow> = Vec::new();
    for name in &args.contracts {
        let row = one(&store, name)?;
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    for row in &rows {
        store.remove(&row.id, app.now)?;
    }
    app.index(&mut store)?;
    match args.format {
        Format::Json => app.json(&rows)?,
        Format::Text => {
            for row in &rows {
                writeln!(app.out, "Removed {}  {}", row.id.short(), clean(&row.uri))?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
