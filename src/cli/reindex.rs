//! `tickler reindex`

use std::io::Write as _;
use std::process::ExitCode;

use serde::Serialize;
use tickler::index::Index;

use super::Format;
use super::app::App;

/// Make the search index anew from the store
#[derive(Debug, clap::Args)]
#[command(after_help = "The index is kept up to date and mended by itself; this is for when you doubt it.")]
pub(super) struct Args {
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Serialize)]
struct Done {
    contracts: usize,
    clauses: u64,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let mut store = app.read_store()?;
    let (index, contracts) = Index::rebuild(&mut store)?;
    let done = Done { contracts, clauses: index.entries() };
    match args.format {
        Format::Json => app.json(&done)?,
        Format::Text => writeln!(app.out, "Indexed {} contracts, {} clauses.", done.contracts, done.clauses)?,
    }
    Ok(ExitCode::SUCCESS)
}
