//! `tickler done`, `tickler snooze` and `tickler note`

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use jiff::ToSpan as _;
use jiff::civil::Date;
use tickler::record::{Contract, Field};
use tickler::said::{Content, DutyKey, DutyState, Plan, fact_key};
use tickler::store::{ContractRow, Store};

use super::Format;
use super::app::{App, one};
use super::clean::{clean, short};
use super::exit::Usage;
use super::filter::date;
use super::tell::{self, Telling, Told};

/// For how many months a duty that has passed can be spoken of by its date.
const LOOKED_BACK: i32 = 13;

/// Say that a duty was performed, is waived, or is not ours
///
/// A duty that recurs is told date by date, by the ID of its entry in `tickler schedule --duties`; the ID of the duty in
/// `tickler show --obligations` means all of its dates. What was seen to leaves the lists.
#[derive(Debug, clap::Args)]
#[command(after_help = "`tickler undo` opens it again.\n\nExamples:\n  \
    tickler schedule --duties --within 1y --party Holloway    # prints the IDs\n  \
    tickler done cloud-msa 37216c21 --evidence https://files.example.com/april.pdf\n  \
    tickler done cloud-msa 37216c21 --not-ours --why 'the provider reports'")]
pub(crate) struct Args {
    /// File name or a part of it, path, or first digits of the ID
    pub(crate) contract: String,
    /// First digits of the ID of an entry of the schedule, or of the obligation
    #[arg(value_name = "DUTY")]
    pub(crate) duty: String,
    /// Day on which it was performed [default: today]
    #[arg(long, value_name = "DAY", value_parser = date)]
    pub(crate) on: Option<Date>,
    /// What proves it: a file or a link. Its name is kept, not what stands there
    #[arg(long, value_name = "FILE-OR-LINK")]
    pub(crate) evidence: Option<String>,
    /// The other party does not ask for it
    #[arg(long, conflicts_with_all = ["not_ours", "on"])]
    pub(crate) waived: bool,
    /// It is not ours to perform
    #[arg(long, conflicts_with = "on")]
    pub(crate) not_ours: bool,
    #[command(flatten)]
    pub(crate) telling: Telling,
}

/// Put a duty off: lists leave it out until a day
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tickler schedule --duties --within 1y --party Holloway    # prints the IDs\n  \
    tickler snooze cloud-msa 37216c21 --until 2045-01-31")]
pub(crate) struct SnoozeArgs {
    /// File name or a part of it, path, or first digits of the ID
    pub(crate) contract: String,
    /// First digits of the ID of an entry of the schedule, or of the obligation
    #[arg(value_name = "DUTY")]
    pub(crate) duty: String,
    /// Day on which it comes back
    #[arg(long, value_name = "DAY", value_parser = date)]
    pub(crate) until: Date,
    #[command(flatten)]
    pub(crate) telling: Telling,
}

/// Note something about a contract or one of its duties
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tickler note cloud-msa 'the provider offers 5 % for two more years'\n  \
    tickler log cloud-msa")]
pub(crate) struct NoteArgs {
    /// File name or a part of it, path, or first digits of the ID
    pub(crate) contract: String,
    /// The note
    pub(crate) text: String,
    /// First digits of the ID of a duty that it is about
    #[arg(long, value_name = "DUTY")]
    pub(crate) about: Option<String>,
    #[command(flatten)]
    pub(crate) telling: Telling,
}

/// A duty that somebody names: its key, and its words.
fn named(plan: &Plan, contract: &Contract, id: &str) -> anyhow::Result<(DutyKey, String)> {
    let id = id.to_ascii_lowercase();
    let facts = contract.facts();
    let mut found = Vec::new();
    for entry in plan.entries.iter().filter(|e| e.kind.is_task() && tell::begins(e.id.as_str(), &id)) {
        found.extend(DutyKey::of(&facts, entry).map(|key| (key, entry.label.clone())));
    }
    for fact in facts {
        if fact.field == Field::obligations && tell::begins(fact.id.as_str(), &id) {
            let words = fact.words().unwrap_or_else(|| fact.raw.to_owned());
            found.push((DutyKey { duty: fact_key(fact.raw), date: None }, words));
        }
    }
    match found.len() {
        1 => Ok(found.swap_remove(0)),
        0 => {
            let problem = format!(
                "no duty of this contract has the ID {id:?}; `tickler schedule --duties` and `tickler show --obligations` list them"
            );
            Err(Usage(problem).into())
        }
        n => Err(Usage(format!("{n} duties have IDs that begin with {id:?}; give more digits")).into()),
    }
}

fn looked_up(app: &App, store: &Store, name: &str, duty: &str) -> anyhow::Result<(ContractRow, DutyKey, String)> {
    let (row, contract, plan) = tell::planned(app, store, name, app.today)?;
    let (key, label) = match named(&plan, &contract, duty) {
        Ok(found) => found,
        // A schedule begins with the day that it is asked for, and reminders name duties whose day has passed.
        Err(problem) => {
            let (_, _, past) = tell::planned(app, store, name, app.today.saturating_sub(LOOKED_BACK.months()))?;
            named(&past, &contract, duty).map_err(|_| problem)?
        }
    };
    Ok((row, key, label))
}

pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let mut store = app.store_to_tell()?;
    let (row, duty, label) = looked_up(app, &store, &args.contract, &args.duty)?;
    let state = match (args.waived, args.not_ours) {
        (true, _) => DutyState::Waived,
        (_, true) => DutyState::NotOurs,
        _ => DutyState::Done,
    };
    let on = (state == DutyState::Done).then(|| args.on.unwrap_or(app.today));
    if on.is_some_and(|on| on > app.today) {
        return Err(Usage("that day lies ahead; say so when it is done".to_owned()).into());
    }
    let evidence = args.evidence.clone();
    if let Some(name) = evidence.as_deref().filter(|name| app.out.is_standard() && is_missing(name)) {
        return Err(Usage(format!("there is no file {name:?}; name one that is there, or a link")).into());
    }
    let said = Content::Duty { duty, label: label.clone(), state, on, evidence };
    finish(&args.telling, app, &mut store, &row, said)
}

/// Whether a proof looks like the path of a file, and there is none. A number of a letter is no path, and neither is a link.
fn is_missing(proof: &str) -> bool {
    let path = Path::new(proof);
    let is_link = proof.split_once(':').is_some_and(|(scheme, _)| scheme.len() > 1 && scheme.is_ascii());
    let is_name = path.components().count() > 1 || path.extension().is_some() && !proof.contains(char::is_whitespace);
    is_name && !is_link && !path.exists()
}

pub(crate) fn snooze(args: &SnoozeArgs, app: &mut App) -> anyhow::Result<ExitCode> {
    if args.until <= app.today {
        return Err(Usage("name a day that lies ahead".to_owned()).into());
    }
    let mut store = app.store_to_tell()?;
    let (row, duty, label) = looked_up(app, &store, &args.contract, &args.duty)?;
    finish(&args.telling, app, &mut store, &row, Content::Snoozed { duty, label, until: args.until })
}

pub(crate) fn note(args: &NoteArgs, app: &mut App) -> anyhow::Result<ExitCode> {
    let text = args.text.trim();
    if text.is_empty() {
        return Err(Usage("the note is empty".to_owned()).into());
    }
    let mut store = app.store_to_tell()?;
    let (row, duty) = match &args.about {
        Some(id) => {
            let (row, duty, _) = looked_up(app, &store, &args.contract, id)?;
            (row, Some(duty))
        }
        None => (one(&store, &args.contract)?, None),
    };
    finish(&args.telling, app, &mut store, &row, Content::Noted { duty, text: text.to_owned() })
}

/// Keeps what was said, and repeats it.
fn finish(
    telling: &Telling,
    app: &mut App,
    store: &mut Store,
    row: &ContractRow,
    content: Content,
) -> anyhow::Result<ExitCode> {
    let words = super::log::in_words(&content);
    let statement = telling.tell(app, store, row, content)?;
    if telling.format == Format::Json {
        app.json(&Told { file_name: &row.file_name, statement })?;
    } else {
        writeln!(app.out, "{}: {}", clean(&row.file_name), short(&words, 200))?;
    }
    Ok(ExitCode::SUCCESS)
}
