//! `tickler completions`

use std::process::ExitCode;

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::Cli;
use super::app::App;

/// Print shell completions
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    source <(tickler completions bash)      # this shell; put the line into ~/.bashrc for all\n  \
    tickler completions zsh > _tickler      # put this file into a folder of $fpath")]
pub(super) struct Args {
    /// The shell
    shell: Shell,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    // Into memory first: the generator panics when it cannot write.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "tickler", &mut script);
    std::io::Write::write_all(&mut app.out, &script)?;
    Ok(ExitCode::SUCCESS)
}
