//! `tickler backup`

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use tickler::store::Store;

use super::Format;
use super::app::App;
use super::clean::clean;
use super::exit::SOME_FAILED;

/// Copy the store into one file
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The backup shows the store at one moment, even while an ingest runs. It holds what was read from the \
    contracts, not the PDF files. Only you can read the file. The search index is not in it; tickler \
    rebuilds it. Every row is checked, since `restore` takes none that is not as it was written. The exit code is 1 when the \
    store has such rows: `tickler verify` tells how to mend it.\n\nExamples:\n  \
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
    let Some(problem) = made.problem() else { return Ok(ExitCode::SUCCESS) };
    let file = made.file.to_string_lossy();
    app.failed(
        &file,
        &format!(
            "`tickler restore` will refuse this file: {problem}; `tickler verify` lists what is wrong with the store and how to \
             mend it; make the backup again then"
        ),
    )?;
    Ok(ExitCode::from(SOME_FAILED))
}
