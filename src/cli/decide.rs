//! `tickler decide`

use std::io::Write as _;
use std::process::ExitCode;

use clap::ValueEnum;
use jiff::civil::Date;
use tickler::record::Contract;
use tickler::said::{Content, Decision, Plan, entry_key};
use tickler::schedule::{self, Renews, ScheduleEntry};

use super::Format;
use super::agenda::away;
use super::app::App;
use super::clean::clean;
use super::exit::{Usage, is_users, words};
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
    tickler decide coworking end --ends 2030-06-30    # it can be ended at any time\n  \
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
    /// Day on which a contract is to end that can be ended at any time; goes with `end`
    #[arg(long, value_name = "DAY", value_parser = date, conflicts_with = "entry")]
    pub(crate) ends: Option<Date>,
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
    Content::Decided { entry: entry_key(&plan.entries, entry), act_by: entry.act_by, decision, until, ends: None }
}

/// The last day for notice so that a contract ends on a day that somebody names.
fn ending(app: &App, contract: &Contract, decision: Decision, ends: Date) -> anyhow::Result<ScheduleEntry> {
    let today = app.today;
    if decision != Decision::End {
        return Err(Usage("--ends says when it ends: decide end".to_owned()).into());
    }
    let Some(first) = schedule::ends_from(contract, today) else {
        let problem = "no right to end this contract at any time was read; `tickler schedule` lists the days on which it can be \
                       ended";
        return Err(Usage(problem.to_owned()).into());
    };
    if ends < today {
        return Err(Usage(format!("{ends} has passed; name a day that lies ahead")).into());
    }
    if ends < first {
        return Err(Usage(format!("it can end on {first} at the earliest: its first term runs until then")).into());
    }
    let entry = schedule::ending(contract, ends, today, &app.settings);
    let far = || Usage(format!("the last day for notice for {ends} lies beyond the calendars; name an earlier day"));
    let entry = entry.ok_or_else(far)?;
    if entry.last_day() < today {
        let last = entry.last_day();
        return Err(Usage(format!("for that day notice had to be given by {last}; name a later one")).into());
    }
    Ok(entry)
}

/// An error that there is nothing to decide, with what can be decided of a contract that can be ended at any time.
fn hinted(error: anyhow::Error, contract: &Contract, app: &App) -> anyhow::Error {
    match schedule::ends_from(contract, app.today) {
        Some(_) if is_users(&error) => {
            let hint = "it can be ended at any time: `tickler decide ... end --ends DAY` says when";
            Usage(format!("{}; {hint}", words(&error))).into()
        }
        _ => error,
    }
}

pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let mut store = app.store_to_tell()?;
    let (row, contract, plan) = tell::planned(app, &store, &args.contract, app.today)?;
    let decision = Decision::from(args.decision);
    // The page asks without the parser of the command line.
    if args.entry.is_some() && args.ends.is_some() {
        return Err(
            Usage("--ends is about the contract, --entry about one of its days: give one of them".to_owned()).into()
        );
    }
    let chosen = args.ends.map(|ends| ending(app, &contract, decision, ends)).transpose()?;
    let entry = match &chosen {
        Some(entry) => entry,
        None => {
            tell::decision(&plan, args.entry.as_deref(), app.today).map_err(|error| hinted(error, &contract, app))?
        }
    };
    if args.until.is_some_and(|until| until > entry.last_day()) {
        return Err(Usage(format!("--until lies behind the last day to act, {}", entry.act_by)).into());
    }
    let (act_by, until, ends) = (entry.act_by, args.until, args.ends);
    let content = match &chosen {
        Some(entry) => Content::Decided { entry: entry_key(&[], entry), act_by, decision, until, ends },
        None => decided(&plan, entry, decision, until),
    };
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
    if let Some(missed) = tell::missed_before(&plan, entry, app.today).filter(|_| args.entry.is_none()) {
        let (label, day, id) = (clean(&missed.label), missed.act_by, &missed.id);
        writeln!(
            app.out,
            "Before it a day was missed: {label}: {day}. --entry {id} tells what was decided about that one."
        )?;
    }
    Ok(ExitCode::SUCCESS)
}
