//! `tickler backup`

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use tickler::store::Store;

use super::Format;
use super::app::App;
use super::clean::clean;

/// Copy the store into one file
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The copy is of one moment, also while an ingest runs, and the file appears whole or not at all. It holds all that\n\
    was read from the contracts, not the contracts themselves; the search index is made anew from it.\n\nExamples:\n  \
    tickler backup tickler-backup.db\n  \
    tickler backup --force /mnt/backup/tickler.db\n  \
    tickler restore tickler-backup.db    puts it back"
)]
pub(super) struct Args {
    /// File to write
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Replace the file if it is there
    #[arg(long)]
    force: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let made = Store::backup(&app.store_dir()?, &args.file, args.force)?;
    match args.format {
        Format::Json => app.json(&made)?,
        Format::Text => {
            let (contracts, file) = (made.counts.contracts, clean(&made.file.to_string_lossy()));
            writeln!(app.out, "Copied {contracts} contracts to {file}, {} bytes.", made.bytes)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
