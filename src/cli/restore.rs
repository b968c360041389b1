//! `tickler restore`

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use tickler::store::Store;

use super::Format;
use super::app::App;
use super::clean::clean;

/// Put a backup in place of the store
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The backup is checked first. The database that was there, damaged or not, is kept beside the new one as\n\
    tickler.db.before-restore, and can itself be restored. An ingest of your folders then reads what is newer than\n\
    the backup.\n\nExamples:\n  \
    tickler restore tickler-backup.db\n  \
    tickler restore tickler-backup.db --store /tmp/look    looks into a backup beside the store in use"
)]
pub(super) struct Args {
    /// A file that `tickler backup` wrote
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let restored = Store::restore(&app.store_dir()?, &args.file)?;
    match args.format {
        Format::Json => app.json(&restored)?,
        Format::Text => {
            let (contracts, file) = (restored.now.counts.contracts, clean(&args.file.to_string_lossy()));
            writeln!(app.out, "Restored {contracts} contracts from {file}.")?;
            if let Some(kept) = &restored.kept {
                writeln!(app.out, "The database that was there is kept as {}.", clean(&kept.to_string_lossy()))?;
            }
            writeln!(app.out, "The search index is made anew by the next command that needs it.")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
