//! `tickler schema`

use std::process::ExitCode;

use tickler::export;

use super::app::App;

/// Print the JSON Schema of a record
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  tickler schema > record.schema.json")]
pub(super) struct Args {}

pub(super) fn run(_: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    export::schema(&mut app.out)?;
    Ok(ExitCode::SUCCESS)
}
