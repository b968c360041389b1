//! `tickler reindex`

use std::io::Write as _;
use std::process::ExitCode;

use serde::Serialize;
use tickler::index::Index;

use super::Format;
use super::app::App;

/// Rebuild the search index from the store, and forget the dates that are kept for lists
#[derive(Debug, clap::Args)]
#[command(
    after_help = "tickler updates and repairs the index by itself, and computes dates anew when something changes. Use this command if searches \
    look wrong, or if `verify` says that dates are not those of the records.\n\nExamples:\n  \
    tickler reindex"
)]
pub(super) struct Args {
    /// Output format
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
    app.write_store()?.forget_derived()?;
    // Nothing is indexed while somebody writes.
    app.patiently(|| store.lock())?;
    let (index, contracts) = Index::rebuild(&mut store)?;
    let done = Done { contracts, clauses: index.entries() };
    match args.format {
        Format::Json => app.json(&done)?,
        Format::Text => writeln!(app.out, "Indexed {} contracts, {} clauses.", done.contracts, done.clauses)?,
    }
    Ok(ExitCode::SUCCESS)
}
