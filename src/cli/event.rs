//! `tickler event`

use std::io::Write as _;
use std::process::ExitCode;

use jiff::civil::Date;
use serde::Serialize;
use tickler::record::DocumentId;
use tickler::schedule::{self, EventDate, ScheduleEntry};

use super::Format;
use super::agenda::away;
use super::app::{App, BOLD, DIM, one};
use super::clean::clean;
use super::current::Current;
use super::exit::Usage;
use super::filter::date;

/// Tell when something happened that a contract only names, and see what falls due
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tickler event cloud-msa.pdf                                  what has happened, and what duties wait for\n  \
    tickler event cloud-msa.pdf \"receipt of invoice\" 2026-03-01\n  \
    tickler event cloud-msa.pdf \"receipt of invoice\" 2026-03-01 --withdraw\n\n\
    Name the event in words that the contract uses. `tickler schedule` lists what falls due from then on.")]
pub(super) struct Args {
    /// File name, path, or first digits of the identity
    contract: String,
    /// What happened
    #[arg(requires = "date", value_name = "EVENT")]
    event: Option<String>,
    /// When, as YYYY-MM-DD
    #[arg(value_name = "DATE", value_parser = date)]
    date: Option<Date>,
    /// Take back what was recorded before
    #[arg(long, requires = "event")]
    withdraw: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// What is printed of a contract's events.
#[derive(Serialize)]
struct Shown<'a> {
    contract: DocumentId,
    recorded: Option<&'a EventDate>,
    due: Vec<ScheduleEntry>,
    events: Vec<EventDate>,
    awaited: Vec<&'a str>,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let event = args.event.as_deref().zip(args.date).map(|(event, on)| EventDate { event: tidy(event), on });
    if event.as_ref().is_some_and(|e| e.event.is_empty()) {
        return Err(Usage("an event has a name, such as \"receipt of invoice\"".to_owned()).into());
    }
    // Looking needs no lock.
    let mut store = if event.is_some() { app.write_store()? } else { app.read_store()? };
    let row = one(&store, &args.contract)?;
    let view = Current::new(&store, None)?.view(&row.id)?;
    let Some(contract) = view.map(|v| v.contract) else {
        anyhow::bail!("the contract was taken out of the store meanwhile");
    };
    if let Some(event) = &event {
        if args.withdraw && !store.event_dates(&row.id)?.contains(event) {
            return Err(Usage(format!("no {:?} on {} is recorded for this contract", event.event, event.on)).into());
        }
        store.note_event_date(&row.id, event, !args.withdraw, app.now)?;
    }
    let recorded = event.as_ref().filter(|_| !args.withdraw);
    let shown = Shown {
        contract: row.id.clone(),
        recorded,
        due: recorded.map_or_else(Vec::new, |e| schedule::falls_due(&contract, e, Some(app.today), &app.settings)),
        events: store.event_dates(&row.id)?,
        awaited: schedule::awaited(&contract),
    };
    if args.format == Format::Json {
        app.json(&shown)?;
        return Ok(ExitCode::SUCCESS);
    }
    let today = app.today;
    let out = &mut app.out;
    match &event {
        Some(e) if args.withdraw => writeln!(out, "Taken back: {} on {}.", clean(&e.event), e.on)?,
        Some(e) if shown.due.is_empty() => {
            writeln!(out, "Recorded: {} on {}. No duty of this contract hangs on it.", clean(&e.event), e.on)?;
        }
        Some(e) => {
            writeln!(out, "Recorded: {} on {}. Then falls due:", clean(&e.event), e.on)?;
            for entry in &shown.due {
                let when = away(today, entry.date);
                writeln!(out, "  {}  {}  {DIM}{when}, {}{DIM:#}", entry.date, clean(&entry.label), entry.id)?;
            }
        }
        None => {
            for e in &shown.events {
                writeln!(out, "  {}  {}", e.on, clean(&e.event))?;
            }
        }
    }
    if shown.due.is_empty() && !args.withdraw && !shown.awaited.is_empty() {
        writeln!(out, "{BOLD}Duties wait for{BOLD:#}")?;
        for anchor in &shown.awaited {
            writeln!(out, "  {}", clean(anchor))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The name with single spaces, so that it is found again however it is typed.
fn tidy(event: &str) -> String {
    event.split_whitespace().collect::<Vec<_>>().join(" ")
}
