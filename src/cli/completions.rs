//! `tickler completions`

use std::process::ExitCode;

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::Cli;
use super::app::App;

/// Print shell completions
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    source <(tickler completions bash)      # for this shell; add the line to ~/.bashrc for every shell\n  \
    tickler completions zsh > _tickler      # put the file into a folder of your $fpath")]
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
