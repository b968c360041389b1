//! `tickler decide`

use std::io::Write as _;
use std::process::ExitCode;

use clap::ValueEnum;
use jiff::civil::Date;
use tickler::said::{Content, Decision, Plan, entry_key};
use tickler::schedule::{Renews, ScheduleEntry};

use super::Format;
use super::agenda::away;
use super::app::App;
use super::clean::clean;
use super::exit::Usage;
use super::filter::date;
use super::tell::{self, Telling, Told};

/// Say what is wanted at the next renewal, option or break
///
/// What needs a notice then stays on top of `tickler today` and `tickler schedule` until `tickler sent` tells that it was
/// sent; what comes about by silence is settled.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "`tickler schedule` lists the IDs of what can be decided. `tickler undo` takes a decision back.\n\nExamples:\n  \
    tickler decide cloud-msa end --why 'moving to another provider' --until 2026-11-20\n  \
    tickler decide hosting-agreement-capped-renewals renew --by 'Ann Field'\n  \
    tickler decide cloud-msa undecided"
)]
pub(crate) struct Args {
    /// File name or a part of it, path, or first digits of the ID
    pub(crate) contract: String,
    /// What is wanted
    pub(crate) decision: Choice,
    /// ID of the renewal, option or break, or its first digits [default: the next one]
    #[arg(long, value_name = "ID")]
    pub(crate) entry: Option<String>,
    /// Day by which what follows from it is to be done
    #[arg(long, value_name = "DAY", value_parser = date)]
    pub(crate) until: Option<Date>,
    #[command(flatten)]
    pub(crate) telling: Telling,
}

/// The choices, as people type them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Choice {
    /// The contract goes on
    Renew,
    /// It goes on with other terms, or not at all
    Renegotiate,
    /// It ends
    End,
    /// Nothing is decided any more
    Undecided,
}

impl From<Choice> for Decision {
    fn from(choice: Choice) -> Self {
        match choice {
            Choice::Renew => Self::Renew,
            Choice::Renegotiate => Self::Renegotiate,
            Choice::End => Self::End,
            Choice::Undecided => Self::Undecided,
        }
    }
}

/// That something was decided about an entry.
pub(super) fn decided(plan: &Plan, entry: &ScheduleEntry, decision: Decision, until: Option<Date>) -> Content {
    Content::Decided { entry: entry_key(&plan.entries, entry), act_by: entry.act_by, decision, until }
}

pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let mut store = app.store_to_tell()?;
    let (row, contract, plan) = tell::planned(app, &store, &args.contract, app.today)?;
    let entry = tell::decision(&plan, args.entry.as_deref(), app.today)?;
    if args.until.is_some_and(|until| until > entry.last_day()) {
        return Err(Usage(format!("--until lies behind the last day to act, {}", entry.act_by)).into());
    }
    let decision = Decision::from(args.decision);
    let content = decided(&plan, entry, decision, args.until);
    let statement = args.telling.tell(app, &mut store, &row, content)?;
    if args.telling.format == Format::Json {
        app.json(&Told { file_name: &row.file_name, statement })?;
        return Ok(ExitCode::SUCCESS);
    }
    let when = away(app.today, entry.act_by);
    writeln!(app.out, "Decided: {}. {}: {}", decision.as_str(), clean(&entry.label), entry.act_by)?;
    let what_now = match decision.needs_notice(Renews::of(&contract), entry.kind) {
        _ if entry.last_day() < app.today => format!("That day has passed ({when})."),
        Some(true) if entry.act_by < app.today => format!(
            "The last safe day to send notice, {}, has passed; by the plain count there is time until {}. `tickler letter` \
             drafts it, and `tickler sent` tells that it was sent.",
            entry.act_by,
            entry.last_day()
        ),
        Some(true) => format!(
            "Notice must be sent by {} ({when}); `tickler letter` drafts it, and `tickler sent` tells that it was sent.",
            entry.act_by
        ),
        Some(false) => "Nothing needs to be sent: this comes about by itself.".to_owned(),
        None => format!("The day to act stays {} ({when}).", entry.act_by),
    };
    writeln!(app.out, "{what_now}")?;
    Ok(ExitCode::SUCCESS)
}
