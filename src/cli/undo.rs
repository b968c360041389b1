//! `tickler undo`

use std::io::Write as _;
use std::process::ExitCode;

use tickler::said::{Content, Statement};

use super::Format;
use super::app::{App, one};
use super::clean::clean;
use super::exit::Usage;
use super::log::in_words;
use super::tell::{Telling, Told};

/// Take back what was said last of a contract
///
/// Nothing is deleted: the log keeps the statement and tells who took it back.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tickler confirm office-lease renewal && tickler undo office-lease\n  \
    tickler confirm office-lease parties && tickler undo office-lease --statement 3")]
pub(crate) struct Args {
    /// File name or a part of it, path, or first digits of the ID
    pub(crate) contract: String,
    /// Number of the statement in `tickler log` [default: the last one]
    #[arg(long, value_name = "N")]
    pub(crate) statement: Option<i64>,
    #[command(flatten)]
    pub(crate) telling: Telling,
}

pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let mut store = app.store_to_tell()?;
    let row = one(&store, &args.contract)?;
    let said = store.said()?;
    let wanted = |statement: &&Statement| args.statement.is_none_or(|id| statement.id == id);
    let Some(found) = said.standing(&row.id).rev().find(wanted).cloned() else {
        let problem = match args.statement {
            Some(id) => format!("no statement {id} of this contract stands; `tickler log` lists them"),
            None => "nothing that was said of this contract stands".to_owned(),
        };
        return Err(Usage(problem).into());
    };
    let statement = args.telling.tell(app, &mut store, &row, Content::Undone { statement: found.id })?;
    if args.telling.format == Format::Json {
        app.json(&Told { file_name: &row.file_name, statement })?;
    } else {
        writeln!(app.out, "Taken back: {} ({}).", clean(&in_words(&found.content)), clean(found.speaker()))?;
    }
    Ok(ExitCode::SUCCESS)
}
