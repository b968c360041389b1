//! `tickler event`

use std::io::Write as _;
use std::process::ExitCode;

use jiff::civil::Date;
use serde::Serialize;
use tickler::family::View;
use tickler::record::{Contract, DocumentId};
use tickler::said::Content;
use tickler::schedule::{self, EventDate, ScheduleEntry};

use super::Format;
use super::agenda::away;
use super::app::{App, BOLD, DIM};
use super::clean::clean;
use super::current::Current;
use super::exit::Usage;
use super::filter::date;
use super::tell::{self, Telling};

/// Record an event and list what it makes due
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Name the event in the words of the contract. `tickler schedule` then lists the obligations that it makes \
    due. Without an event, the command lists the recorded events and those that obligations wait for.\n\nExamples:\n  \
    tickler event cloud-msa-auto-renewal.pdf\n  \
    tickler event cloud-msa-auto-renewal.pdf 'it receives the invoice' 2026-03-02\n  \
    tickler event cloud-msa-auto-renewal.pdf 'it receives the invoice' 2026-03-02 --withdraw"
)]
pub(crate) struct Args {
    /// File name or a part of it, path, or first digits of the ID
    pub(crate) contract: String,
    /// Name of the event
    #[arg(requires = "date", value_name = "EVENT")]
    pub(crate) event: Option<String>,
    /// Day of the event, as YYYY-MM-DD
    #[arg(value_name = "DATE", value_parser = date)]
    pub(crate) date: Option<Date>,
    /// Undo an event that was recorded
    #[arg(long, requires = "event")]
    pub(crate) withdraw: bool,
    #[command(flatten)]
    pub(crate) telling: Telling,
}

/// What is printed of a contract's events.
#[derive(Serialize)]
struct Shown<'a> {
    contract: DocumentId,
    recorded: Option<&'a EventDate>,
    /// The end of the term that waited for it.
    term_ends: Option<Date>,
    due: Vec<ScheduleEntry>,
    events: Vec<EventDate>,
    awaited: Vec<&'a str>,
}

pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let event = args.event.as_deref().zip(args.date).map(|(event, on)| EventDate { event: tidy(event), on });
    if event.as_ref().is_some_and(|e| e.event.is_empty()) {
        return Err(Usage("give the event a name, such as \"receipt of invoice\"".to_owned()).into());
    }
    // Reading needs no lock.
    let mut store = if event.is_some() { app.store_to_tell()? } else { app.read_store()? };
    let (row, current, View { contract, .. }) = tell::viewed(&store, &args.contract)?;
    if let Some(event) = &event {
        if args.withdraw && !current.said.events(&row.id).contains(event) {
            return Err(Usage(format!("no {:?} on {} is recorded for this contract", event.event, event.on)).into());
        }
        let content = Content::Event { event: event.event.clone(), on: event.on, happened: !args.withdraw };
        args.telling.tell(app, &mut store, &row, content)?;
    }
    let recorded = event.as_ref().filter(|_| !args.withdraw);
    let ends = |contract: &Contract| contract.expiration_date.as_ref().and_then(|fact| fact.value()?.date());
    let after = Current::new(&store, None)?.view(&row.id)?;
    let term_ends = after.filter(|_| recorded.is_some()).and_then(|view| ends(&view.contract));
    let term_ends = term_ends.filter(|day| ends(&contract) != Some(*day));
    let shown = Shown {
        contract: row.id.clone(),
        recorded,
        term_ends,
        due: recorded.map_or_else(Vec::new, |e| schedule::falls_due(&contract, e, Some(app.today), &app.settings)),
        events: store.said()?.events(&row.id),
        awaited: schedule::awaited(&contract),
    };
    if args.telling.format == Format::Json {
        app.json(&shown)?;
        return Ok(ExitCode::SUCCESS);
    }
    let today = app.today;
    let out = &mut app.out;
    match &event {
        Some(e) if args.withdraw => writeln!(out, "Withdrawn: {} on {}.", clean(&e.event), e.on)?,
        Some(e) if shown.due.is_empty() => {
            let what = match shown.term_ends {
                Some(day) => format!("The term that is counted from it ends on {day}."),
                None => "No obligation of this contract depends on it.".to_owned(),
            };
            writeln!(out, "Recorded: {} on {}. {what}", clean(&e.event), e.on)?;
        }
        Some(e) => {
            let ends = shown.term_ends.map_or_else(String::new, |day| format!("The term ends on {day}. "));
            writeln!(out, "Recorded: {} on {}. {ends}It makes due:", clean(&e.event), e.on)?;
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
    if shown.due.is_empty() && shown.term_ends.is_none() && !args.withdraw && !shown.awaited.is_empty() {
        writeln!(out, "{BOLD}The term or obligations wait for{BOLD:#}")?;
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
