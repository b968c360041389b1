//! `tickler changes`

use std::collections::HashMap;
use std::io::Write as _;
use std::process::ExitCode;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use serde::Serialize;
use tickler::record::DocumentId;
use tickler::report::{Change, ChangeKind};
use tickler::schedule::Standing;
use tickler::store::{ContractRow, Event, EventKind, Joined, Store};

use super::agenda::{self, Wanted, Whose};
use super::app::{App, BOLD};
use super::clean::{clean, short};
use super::current::Current;
use super::filter::{Owned, Since, date, since};
use super::wrap::Wrap;
use super::{Format, log};

/// List what has changed: contracts, what people said, and deadlines
///
/// New, changed and gone contracts and what people said are read from the log, which `tickler verify` proves. A deadline has
/// come within reach when its first reminder is due.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tickler changes\n  \
    tickler changes --since 2026-11-01 --owner me\n  \
    tickler changes --since 2026-01-31 --format json")]
pub(super) struct Args {
    /// From DAY on: a date, a length of time before today, such as 7d or 1m, or `last`, the day of the last report
    #[arg(long, value_name = "DAY", default_value = "7d", value_parser = since)]
    since: Since,
    /// Day that counts as today [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    // Last: its heading is for all options after it.
    #[command(flatten)]
    owned: Owned,
}

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the names of the JSON")]
struct Changes {
    since: Date,
    as_of: Date,
    changes: Vec<Change>,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let store = app.read_store()?;
    let as_of = args.as_of.unwrap_or(app.today);
    let since = args.since.day(app, as_of)?;
    let current = Current::new(&store, None)?;
    let mut rows = store.list()?;
    args.owned.keep(app, &current, &mut rows)?;
    let changes = changes(app, &store, &current, (&rows, args.owned.is_all()), since, as_of)?;
    let changes = Changes { since, as_of, changes };
    match args.format {
        Format::Json => app.json(&changes)?,
        Format::Text => print(&changes, app)?,
    }
    app.keep_dates(&current, as_of);
    Ok(ExitCode::SUCCESS)
}

/// What changed of contracts between two days; where they are `all`, of files that are not there any more, too.
pub(super) fn changes(
    app: &App,
    store: &Store,
    current: &Current<'_>,
    (rows, all): (&[ContractRow], bool),
    since: Date,
    as_of: Date,
) -> anyhow::Result<Vec<Change>> {
    let from = since.to_zoned(TimeZone::system()).map(|day| day.timestamp())?;
    let mut out = deadlines(app, current, rows, since, as_of)?;
    out.extend(events(store, (rows, all), from)?);
    out.extend(statements(current, rows, from));
    Ok(out)
}

/// The deadlines whose first reminder, or whose day, lies between two days.
fn deadlines(
    app: &App,
    current: &Current<'_>,
    rows: &[ContractRow],
    since: Date,
    as_of: Date,
) -> anyhow::Result<Vec<Change>> {
    let lead = app.settings.reminders.iter().copied().max().unwrap_or_default();
    let lead = i32::try_from(lead).unwrap_or(i32::MAX).days();
    let (reach_from, reach) = (since.saturating_add(lead), as_of.saturating_add(lead));
    let wanted = Wanted { range: Some((since, reach)), duties: true, ..Wanted::between(as_of, reach) };
    let found = agenda::agenda(app, current, rows, &wanted)?;
    let change = |item: agenda::Item| {
        let day = item.entry.act_by;
        let kind = match item.standing {
            Standing::Settled => return None,
            _ if day >= since && day < as_of => ChangeKind::Passed,
            // Of duties there are too many to tell so long before.
            Standing::Ahead if item.entry.kind.is_decision() && day > reach_from && day <= reach => {
                ChangeKind::WithinReach
            }
            _ => return None,
        };
        let what = format!("{}, {}", short(&item.label, 120), agenda::away(as_of, day));
        let Whose { contract, file_name, owner: who, .. } = item.whose;
        Some(Change { kind, at: day.to_string(), who, contract: Some(contract), file_name, what })
    };
    Ok(found.items.into_iter().filter_map(change).collect())
}

/// What the log tells of files.
fn events(store: &Store, (rows, all): (&[ContractRow], bool), from: Timestamp) -> anyhow::Result<Vec<Change>> {
    let names: HashMap<&DocumentId, &str> = rows.iter().map(|row| (&row.id, row.file_name.as_str())).collect();
    let change = |Event { at, kind, document, detail, .. }: Event| {
        let time = at.parse::<Timestamp>().ok().filter(|at| *at >= from)?;
        let detail = detail.unwrap_or_default();
        let path = detail.lines().next().unwrap_or_default();
        let (kind, what) = match kind {
            EventKind::Ingested => (ChangeKind::New, "read for the first time".to_owned()),
            EventKind::ReExtracted => (ChangeKind::Changed, "read again".to_owned()),
            EventKind::Joined if Joined::told(path).is_some() => (ChangeKind::Changed, log::joined(path).to_owned()),
            EventKind::Renamed => (ChangeKind::Changed, format!("renamed to {path}")),
            EventKind::Gone => (ChangeKind::Gone, format!("not there any more: {path}")),
            EventKind::Removed => (ChangeKind::Gone, "removed from the store".to_owned()),
            EventKind::Failed => (ChangeKind::Failed, "could not be read".to_owned()),
            _ => return None,
        };
        let known = document.as_ref().and_then(|id| names.get(id)).map(|name| (*name).to_owned());
        if known.is_none() && !all {
            return None;
        }
        let file = known.unwrap_or_else(|| path.rsplit('/').next().unwrap_or_default().to_owned());
        Some(Change { kind, at: day(time), who: None, contract: document, file_name: file, what })
    };
    Ok(store.events(0)?.into_iter().filter_map(change).collect())
}

/// What people said, each agreement under its present file.
fn statements(current: &Current<'_>, rows: &[ContractRow], from: Timestamp) -> Vec<Change> {
    let mut files = log::present(&current.said, rows);
    // Of one moment, by agreement.
    files.sort_by_key(|row| current.said.agreement(&row.id));
    let mut out = Vec::new();
    for row in files {
        for statement in current.said.story(&row.id).iter().filter(|s| s.at >= from) {
            let taken_back = if current.said.is_undone(statement) { "taken back: " } else { "" };
            out.push((
                statement.at,
                Change {
                    kind: ChangeKind::Said,
                    at: day(statement.at),
                    who: Some(statement.speaker().to_owned()),
                    contract: Some(row.id.clone()),
                    file_name: row.file_name.clone(),
                    what: format!("{taken_back}{}", short(&log::in_words(&statement.content), 160)),
                },
            ));
        }
    }
    out.sort_by_key(|(at, _)| *at);
    out.into_iter().map(|(_, change)| change).collect()
}

fn day(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system()).date().to_string()
}

fn print(changes: &Changes, app: &mut App) -> anyhow::Result<()> {
    let out = &mut Wrap::screen(&mut app.out);
    if changes.changes.is_empty() {
        writeln!(out, "Nothing has changed since {}.", changes.since)?;
    }
    let mut first = true;
    for kind in ChangeKind::ALL {
        let of_kind: Vec<&Change> = changes.changes.iter().filter(|c| c.kind == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        let gap = if std::mem::take(&mut first) { "" } else { "\n" };
        writeln!(out, "{gap}{BOLD}{}{BOLD:#}", kind.heading())?;
        for Change { at, who, file_name, what, .. } in of_kind {
            let who = who.as_ref().map_or_else(String::new, |who| format!(" ({who})"));
            writeln!(out, "  {at}  {}", clean(&format!("{}: {what}{who}", short(file_name, 48))))?;
        }
    }
    Ok(())
}
