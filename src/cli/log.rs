//! `tickler log`

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::ExitCode;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;
use tickler::measure::Measurement;
use tickler::record::{DocumentId, Field};
use tickler::said::{ByHand, Content, DutyKey, EntrySaid, Said, Statement, ValueSaid, words};
use tickler::store::{ContractRow, Event, EventKind, Joined, Store};

use super::app::{App, one};
use super::clean::short;
use super::{Format, table};

/// Print what happened to a contract and what people said of it
///
/// The readings of the file and its versions, confirmed and corrected values, links, events, each with who, when and why.
/// `tickler verify` proves that nothing was changed or taken out since.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tickler log cloud-msa\n  \
    tickler log cloud-msa --format json\n  \
    tickler log                # what was said of all contracts")]
pub(super) struct Args {
    /// File name or a part of it, path, or first digits of the ID [default: all contracts]
    contract: Option<String>,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// A line of the story.
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum Line {
    Said {
        file_name: String,
        #[serde(flatten)]
        statement: Statement,
        /// Whether it was taken back.
        undone: bool,
    },
    Happened {
        file_name: String,
        at: Timestamp,
        kind: EventKind,
        document: Option<DocumentId>,
        detail: Option<String>,
    },
}

impl Line {
    /// Whether it is something that was said and can be taken back.
    pub(crate) fn stands(&self) -> bool {
        matches!(self, Self::Said { statement, undone: false, .. } if !matches!(statement.content, Content::Undone { .. }))
    }

    fn at(&self) -> Timestamp {
        match self {
            Self::Said { statement, .. } => statement.at,
            Self::Happened { at, .. } => *at,
        }
    }
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let store = app.read_store()?;
    let said = store.said()?;
    let mut lines = Vec::new();
    if let Some(name) = &args.contract {
        lines = story(&store, &said, &one(&store, name)?)?;
    } else {
        let rows = store.list()?;
        for row in present(&said, &rows) {
            lines.extend(told(&said, &row.id, &row.file_name));
        }
    }
    lines.sort_by_key(Line::at);
    match args.format {
        Format::Json => app.json(&lines)?,
        Format::Text if lines.is_empty() => writeln!(app.out, "Nothing was said yet.")?,
        Format::Text => {
            let header = ["WHEN", "WHO", "WHAT", "FILE", "NO."];
            let mut out = table::table(if args.contract.is_some() { &["WHEN", "WHO", "WHAT", "NO."] } else { &header });
            for line in &lines {
                let mut cells = cells(line);
                if args.contract.is_some() {
                    cells.remove(3);
                }
                table::row(&mut out, &cells.iter().map(String::as_str).collect::<Vec<_>>());
            }
            write!(app.out, "{}", table::text(&out))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Each agreement once, under its present file.
pub(super) fn present<'a>(said: &'a Said, rows: &'a [ContractRow]) -> Vec<&'a ContractRow> {
    let mut files: Vec<&ContractRow> = rows.iter().collect();
    files.sort_by_key(|row| !row.counts());
    let mut seen = BTreeSet::new();
    files.retain(|row| seen.insert(said.agreement(&row.id)));
    files
}

/// What happened to a contract and what was said of it, in order.
pub(crate) fn story(store: &Store, said: &Said, row: &ContractRow) -> anyhow::Result<Vec<Line>> {
    let mut lines = read(store, said, &row.id, &row.file_name)?;
    lines.extend(told(said, &row.id, &row.file_name));
    lines.sort_by_key(Line::at);
    Ok(lines)
}

fn told(said: &Said, document: &DocumentId, file: &str) -> Vec<Line> {
    let line = |statement: &Statement| Line::Said {
        file_name: file.to_owned(),
        undone: said.is_undone(statement),
        statement: statement.clone(),
    };
    said.story(document).iter().map(line).collect()
}

/// What happened to the versions of the file.
fn read(store: &Store, said: &Said, document: &DocumentId, file: &str) -> anyhow::Result<Vec<Line>> {
    let agreement = said.agreement(document);
    let is_its = |event: &Event| {
        !matches!(event.kind, EventKind::Stated | EventKind::Revised | EventKind::Hooked)
            && event.document.as_ref().is_some_and(|id| id == document || said.agreement(id) == agreement)
    };
    let line = |Event { at, kind, document, detail, .. }: Event| {
        Some(Line::Happened { file_name: file.to_owned(), at: at.parse().ok()?, kind, document, detail })
    };
    Ok(store.events(0)?.into_iter().filter(is_its).filter_map(line).collect())
}

/// A time as people here read it, to the minute.
pub(crate) fn when(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// When, who, what, file and number.
pub(crate) fn cells(line: &Line) -> Vec<String> {
    match line {
        Line::Said { file_name, statement, undone } => {
            let mut what = in_words(&statement.content);
            if let Some(why) = &statement.why {
                what = format!("{what} ({why})");
            }
            if *undone {
                what = format!("taken back: {what}");
            }
            let who = short(statement.speaker(), 24);
            vec![when(statement.at), who, short(&what, 160), short(file_name, 48), statement.id.to_string()]
        }
        Line::Happened { file_name, at, kind, document, detail } => {
            let path = detail.as_deref().unwrap_or_default().lines().next().unwrap_or_default();
            let id = document.as_ref().map_or("", |id| id.short());
            let what = match kind {
                EventKind::Ingested => format!("read for the first time, {id}: {path}"),
                EventKind::ReExtracted => format!("read again, {id}: {path}"),
                EventKind::PathAdded => format!("found at {path}"),
                EventKind::Failed => format!("could not be read: {path}"),
                EventKind::Removed => "removed from the store".to_owned(),
                EventKind::Joined => format!("{}, {id}", joined(path)),
                EventKind::Renamed => format!("renamed to {path}"),
                EventKind::Gone => format!("not there any more: {path}"),
                EventKind::Left => format!("moved away from {path}"),
                EventKind::Reminded => format!("reminder written: {}", second(detail.as_deref())),
                EventKind::Sending => "a message was about to be sent".to_owned(),
                EventKind::Delivered => format!("reminder delivered: {}", second(detail.as_deref())),
                EventKind::Lapsed => format!("reminder not sent any more: {}", second(detail.as_deref())),
                EventKind::Filled => "reminders looked for".to_owned(),
                EventKind::Revised => "its record has changed".to_owned(),
                EventKind::Hooked => format!("told to the hook {path}"),
                EventKind::Exported => format!("calendar written: {path}"),
                EventKind::Sealed => "sealed".to_owned(),
                EventKind::Linked | EventKind::Dated | EventKind::Stated => "told".to_owned(),
            };
            vec![when(*at), "tickler".to_owned(), short(&what, 160), short(file_name, 48), String::new()]
        }
    }
}

/// What stands behind the key of a reminder.
fn second(detail: Option<&str>) -> &str {
    detail.unwrap_or_default().lines().nth(1).unwrap_or_default()
}

/// How a file became one of the agreement, by what the event says.
pub(super) fn joined(detail: &str) -> &'static str {
    match Joined::told(detail) {
        _ if detail.ends_with(" 1") => "set apart as a contract of its own",
        Some(Joined::Version) => "a later version of the file",
        Some(Joined::Copy) => "a copy with the same words",
        Some(Joined::Hand) | None => "joined as a file of this agreement",
    }
}

/// What people said of an entry, in words; `None` where they said nothing that still counts.
pub(crate) fn entry_words(said: &EntrySaid) -> Option<String> {
    let by = |who: &Option<String>| who.as_ref().map_or_else(String::new, |who| format!(" ({who})"));
    let mut parts = Vec::new();
    if let Some(decided) = &said.decision {
        let until = to_be_done(decided.until);
        parts.push(format!("decided: {}{}{until}", decided.decision.as_str(), by(&decided.by)));
    }
    if let Some(sent) = &said.notice {
        let timely = sent.timely.as_str();
        parts.push(format!("notice sent {} {}, {timely}{}", sent.on, sent.way.in_words(), by(&sent.by)));
    }
    if let Some(duty) = &said.duty {
        let (on, proof) = (performed(duty.on), see(duty.evidence.as_deref()));
        parts.push(format!("{}{on}{}{proof}", duty.state.as_str(), by(&duty.by)));
    }
    parts.extend(said.snoozed_until.map(|day| format!("put off until {day}")));
    parts.extend(said.notes.iter().map(|note| format!("note: {note}")));
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// What was said, in a few words.
pub(crate) fn in_words(content: &Content) -> String {
    match content {
        Content::Value(said) => value(said),
        Content::Unset { field, .. } => format!("what was said of {} counts no more", label(field)),
        Content::Dismissed { field, text, .. } => format!("dismissed from review: {}, {text}", label(field)),
        Content::Decided { act_by, decision, until, ends, .. } => {
            let ends = ends.map_or_else(String::new, |day| format!(" on {day}"));
            format!("decided: {}{ends} (act by {act_by}){}", decision.as_str(), to_be_done(*until))
        }
        Content::Sent { act_by, on, way, timely, .. } => {
            let timely = timely.as_str();
            format!("notice sent on {on} {}, {timely} (act by {act_by})", way.in_words())
        }
        Content::Duty { duty, label, state, on, evidence } => {
            let (on, proof) = (performed(*on), see(evidence.as_deref()));
            format!("{}{on}: {label}{}{proof}", state.as_str(), due(duty))
        }
        Content::Snoozed { duty, label, until } => format!("put off until {until}: {label}{}", due(duty)),
        Content::Measured(row) => measured(row),
        Content::Noted { text, .. } => format!("note: {text}"),
        Content::Owner { owner: Some(owner), backup: Some(backup) } => format!("owner: {owner}, backup: {backup}"),
        Content::Owner { owner: Some(owner), backup: None } => format!("owner: {owner}"),
        Content::Owner { owner: None, .. } => "owner: nobody".to_owned(),
        Content::Link { parent: ByHand::To(parent) } => format!("belongs to {}", parent.short()),
        Content::Link { parent: ByHand::Nothing } => "belongs to no other document".to_owned(),
        Content::Link { parent: ByHand::Automatic } => "manual link withdrawn".to_owned(),
        Content::Event { event, on, happened: true } => format!("{event}: happened on {on}"),
        Content::Event { event, on, happened: false } => format!("{event}: did not happen on {on}"),
        Content::Undone { statement } => format!("took back {statement}"),
    }
}

/// A measured value in words.
fn measured(row: &Measurement) -> String {
    let what = [row.severity.as_deref(), row.about.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let what = if what.is_empty() { what } else { format!(" ({what})") };
    let period = row.period.map_or_else(String::new, |period| format!(" in {period}"));
    format!("measured: {}{what}{period}: {}", row.metric, row.raw)
}

fn to_be_done(until: Option<Date>) -> String {
    until.map_or_else(String::new, |day| format!(", to be done by {day}"))
}

fn performed(on: Option<Date>) -> String {
    on.map_or_else(String::new, |day| format!(" on {day}"))
}

fn see(proof: Option<&str>) -> String {
    proof.map_or_else(String::new, |proof| format!(", see {proof}"))
}

fn due(duty: &DutyKey) -> String {
    duty.date.map_or_else(String::new, |(_, day)| format!(", due {day}"))
}

fn label(field: &str) -> String {
    super::facts::label(field).to_lowercase()
}

fn value(said: &ValueSaid) -> String {
    let field = Field::named(&said.field);
    let tell = |value| field.and_then(|field| words(field, value)).unwrap_or_else(|| value.to_string());
    let now = tell(&said.value);
    match &said.read {
        Some(read) if said.value.is_null() => format!("struck out: {} {}", label(&said.field), tell(read)),
        _ if said.confirmed => format!("confirmed: {} is {now}", label(&said.field)),
        Some(read) => format!("set: {} is {now}, not {}", label(&said.field), tell(read)),
        None => format!("set: {} is {now}", label(&said.field)),
    }
}
