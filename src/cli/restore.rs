//! `tickler restore`

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use tickler::store::Store;

use super::Format;
use super::app::App;
use super::clean::clean;

/// Replace the store with a backup
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The backup is checked first, and only rows of tickler's own tables are taken. The previous database is kept as tickler.db.before-restore, even if it is \
    damaged, and can be restored too. Then ingest your folders again: this reads what is newer than the \
    backup.\n\nExamples:\n  \
    tickler backup tickler-backup.db\n  \
    tickler restore tickler-backup.db\n  \
    tickler restore tickler-backup.db --store other-store    # open a backup beside the store"
)]
pub(super) struct Args {
    /// A file that `tickler backup` wrote
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let dir = app.store_dir()?;
    let restored = app.patiently(|| Store::restore(&dir, &args.file))?;
    for part in &restored.left_out {
        app.note(&format!("the backup has {part}, which tickler never makes; only its rows were taken"))?;
    }
    match args.format {
        Format::Json => app.json(&restored)?,
        Format::Text => {
            let (contracts, file) = (restored.now.counts.contracts, clean(&args.file.to_string_lossy()));
            writeln!(app.out, "Restored {contracts} contracts from {file}.")?;
            if let Some(kept) = &restored.kept {
                writeln!(app.out, "The previous database is kept as {}.", clean(&kept.to_string_lossy()))?;
            }
            writeln!(app.out, "The next search rebuilds the index; `tickler verify` checks what was restored.")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
