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
    after_help = "The backup shows the store at one moment, even while an ingest runs. It holds what was read from the \
    contracts, not the PDF files. Only you can read the file. The search index is not in it; tickler \
    rebuilds it.\n\nExamples:\n  \
    tickler backup tickler-backup.db\n  \
    tickler backup --force tickler-backup.db     # replace the file\n  \
    tickler restore tickler-backup.db            # replace the store with the backup"
)]
pub(super) struct Args {
    /// File to write
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Replace the file if it exists
    #[arg(long)]
    force: bool,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let dir = app.store_dir()?;
    let made = app.patiently(|| Store::backup(&dir, &args.file, args.force))?;
    match args.format {
        Format::Json => app.json(&made)?,
        Format::Text => {
            let (contracts, file) = (made.counts.contracts, clean(&made.file.to_string_lossy()));
            writeln!(app.out, "Copied {contracts} contracts to {file}, {} bytes.", made.bytes)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
