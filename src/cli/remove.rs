//! `tickler remove`

use std::io::Write as _;
use std::process::ExitCode;

use tickler::store::ContractRow;

use super::Format;
use super::app::{App, one};
use super::clean::clean;

/// Take contracts out of the store; the files themselves are not touched
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  tickler remove lease-2019.pdf\n  tickler remove 3f2a9c0b 77aa01dd\n\n\
    A contract whose file is still in a folder that you ingest comes back at the next ingest.")]
pub(super) struct Args {
    /// File name, path, or first digits of the identity
    #[arg(required = true, value_name = "CONTRACT")]
    contracts: Vec<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let mut store = app.write_store()?;
    // All names are looked up before anything is removed, so that a misspelt one removes nothing.
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
