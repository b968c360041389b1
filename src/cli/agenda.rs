//! The schedule entries of many contracts, sorted by date.

use std::collections::{BTreeMap, HashSet};

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Serialize;
use tickler::config::Settings;
use tickler::family::View;
use tickler::record::{Contract, DocumentId};
use tickler::schedule::{self, EntryKind, EventDate, ScheduleEntry};
use tickler::store::ContractRow;

use super::app::App;
use super::clean::short;
use super::current::Current;
use super::table;

/// How many terms after the current one are computed at most.
const MAX_TERMS: usize = 120;

/// A schedule entry and the contract it belongs to.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Item {
    /// The contract document.
    pub(super) contract: DocumentId,
    /// Name of its file.
    pub(super) file_name: String,
    /// Its title.
    pub(super) title: Option<String>,
    /// Its parties.
    pub(super) parties: Vec<String>,
    /// The entry.
    #[serde(flatten)]
    pub(super) entry: ScheduleEntry,
}

/// The schedule of a contract as of a day, with the terms that end by `until` as well.
pub(super) fn entries(
    contract: &Contract,
    events: &[EventDate],
    as_of: Date,
    until: Date,
    settings: &Settings,
) -> Vec<ScheduleEntry> {
    let mut all = schedule::build_with(contract, events, Some(as_of), settings);
    // A schedule ends with the term that holds its day. Asking again for the day after that adds the next term.
    for _ in 0..MAX_TERMS {
        let Some(next) = last_end(&all).filter(|end| *end < until).and_then(|end| end.checked_add(1.day()).ok()) else {
            break;
        };
        let known: HashSet<_> = all.iter().map(|e| e.id.clone()).collect();
        let more = schedule::build(contract, Some(next), settings);
        let before = all.len();
        all.extend(more.into_iter().filter(|e| !known.contains(&e.id)));
        if all.len() == before {
            break;
        }
    }
    all.sort_by(|a, b| (a.date, a.kind, a.occurrence, &a.id).cmp(&(b.date, b.kind, b.occurrence, &b.id)));
    all
}

fn last_end(entries: &[ScheduleEntry]) -> Option<Date> {
    entries.iter().filter(|e| e.kind == EntryKind::Expiration).map(|e| e.date).max()
}

/// What a list tells of a contract beyond its row.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Glance {
    pub(super) next_deadline: Option<Date>,
    /// It is in a language that is not read.
    pub(super) foreign: bool,
}

/// A glance at each contract; an amendment that is folded into its agreement has none.
pub(super) fn glances(
    app: &App,
    current: &Current<'_>,
    rows: &[ContractRow],
    as_of: Date,
) -> anyhow::Result<BTreeMap<DocumentId, Glance>> {
    let mut out = BTreeMap::new();
    for row in rows.iter().filter(|row| !current.is_folded(&row.id)) {
        let Some(View { contract, .. }) = current.view(&row.id)? else { continue };
        let next_deadline = next_deadline(&contract, as_of, &app.settings);
        out.insert(row.id.clone(), Glance { next_deadline, foreign: contract.not_read().is_some() });
    }
    Ok(out)
}

/// The next notice deadline: that of the current term, or, once it has passed, that of the next term.
fn next_deadline(contract: &Contract, as_of: Date, settings: &Settings) -> Option<Date> {
    let next = |until| {
        let all = entries(contract, &[], as_of, until, settings);
        let first = all.iter().find(|e| e.kind.is_notice() && e.date >= as_of).map(|e| e.date);
        (first, last_end(&all))
    };
    match next(as_of) {
        (Some(date), _) => Some(date),
        (None, Some(end)) if end >= as_of => next(end.checked_add(1.day()).ok()?).0,
        _ => None,
    }
}

/// The entries of `rows` from `from` to `until`, in the order of their dates.
pub(super) fn items(
    app: &App,
    current: &Current<'_>,
    rows: &[ContractRow],
    as_of: Date,
    range: Option<(Date, Date)>,
    kinds: &[EntryKind],
) -> anyhow::Result<Vec<Item>> {
    let mut out = Vec::new();
    for row in rows.iter().filter(|row| !current.is_folded(&row.id)) {
        let Some(View { contract, .. }) = current.view(&row.id)? else { continue };
        let until = range.map_or(as_of, |(_, until)| until);
        for entry in entries(&contract, &current.events(&row.id)?, as_of, until, &app.settings) {
            let in_range = range.is_none_or(|(from, until)| entry.date >= from && entry.date <= until);
            if in_range && (kinds.is_empty() || kinds.contains(&entry.kind)) {
                out.push(Item {
                    contract: row.id.clone(),
                    file_name: row.file_name.clone(),
                    title: row.title.clone(),
                    parties: row.parties.clone(),
                    entry,
                });
            }
        }
    }
    out.sort_by(|a, b| {
        (a.entry.date, a.entry.kind, &a.file_name, &a.entry.id).cmp(&(
            b.entry.date,
            b.entry.kind,
            &b.file_name,
            &b.entry.id,
        ))
    });
    Ok(out)
}

/// Days from one date to another, in words.
pub(super) fn away(from: Date, to: Date) -> String {
    let days = from.until(to).map_or(0, |span| span.get_days());
    match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        n if n > 0 => format!("in {n} days"),
        -1 => "yesterday".to_owned(),
        n => format!("{} days ago", -i64::from(n)),
    }
}

/// A table of entries.
pub(super) fn table(items: &[Item], as_of: Date) -> String {
    let mut out = table::table(&["DATE", "WHEN", "WHAT", "CONTRACT", "PARTIES", "ID"]);
    for item in items {
        let e = &item.entry;
        let label = match e.send_by.first() {
            Some(first) if first.date != e.date => format!("{} (send by {})", e.label, first.date),
            // The label of an obligation quotes the contract; `explain` prints it in full.
            _ => short(&e.label, 84),
        };
        table::row(
            &mut out,
            &[
                &e.date.to_string(),
                &away(as_of, e.date),
                &label,
                &short(&item.file_name, 48),
                &short(&item.parties.join(", "), 60),
                e.id.as_str(),
            ],
        );
    }
    table::text(&out)
}
