//! `tickler completions`

use std::process::ExitCode;

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::Cli;
use super::app::App;

/// Print shell completions
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tickler completions bash > ~/.local/share/bash-completion/completions/tickler\n  \
    tickler completions zsh > ~/.zfunc/_tickler")]
pub(super) struct Args {
    /// The shell
    shell: Shell,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    // Made in memory first: the generator panics when its reader goes away.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "tickler", &mut script);
    std::io::Write::write_all(&mut app.out, &script)?;
    Ok(ExitCode::SUCCESS)
}
