//! `tickler man`

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::CommandFactory as _;

use super::Cli;
use super::app::App;

/// Write the manual, one page for each command
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tickler man ~/.local/share/man/man1    # then `man tickler` and `man tickler-ingest` show it")]
pub(super) struct Args {
    /// Folder for the pages, such as /usr/local/share/man/man1
    folder: PathBuf,
}

pub(super) fn run(args: &Args, app: &App) -> anyhow::Result<ExitCode> {
    let folder = &args.folder;
    let write = || -> std::io::Result<()> {
        std::fs::create_dir_all(folder)?;
        clap_mangen::generate_to(Cli::command(), folder)
    };
    write().with_context(|| format!("cannot write the manual to {}", folder.display()))?;
    app.note(&format!("the manual is in {}", folder.display()))?;
    Ok(ExitCode::SUCCESS)
}
