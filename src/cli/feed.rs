//! Writing calendars, and remembering what they held.

use std::collections::HashSet;
use std::path::Path;

use jiff::ToSpan as _;
use jiff::civil::Date;
use tickler::calendar::Basis;
use tickler::export::{Calendar, Record};
use tickler::record::EntryId;
use tickler::store::{ContractRow, Feed, Store, Written};

use super::agenda::count;
use super::app::App;
use super::current::{Asked, Current};
use super::export::{Records, stamp};
use super::sink;

/// Writes the schedules of `records` as a calendar. What a file held is remembered, so that the next time tells what changed
/// and what fell away; where standard output goes is not known, so nothing is told of it.
pub(super) fn write(
    app: &mut App,
    store: &Store,
    current: &Current<'_>,
    as_of: Date,
    output: Option<&Path>,
    mut records: Records<'_, impl FnMut(Record) -> Record>,
) -> anyhow::Result<()> {
    let feed = output.filter(|path| path.as_os_str() != "-").map(name);
    let before = feed.as_deref().map_or_else(|| Ok(Feed::new()), |feed| store.feed(feed))?;
    let settings = app.settings.clone();
    // Only what a calendar held can have fallen away.
    let rows = if before.is_empty() { Vec::new() } else { store.list()? };
    let live: HashSet<_> = rows.into_iter().filter(ContractRow::counts).map(|row| row.id).collect();
    let stands = |id: &EntryId, old: &Written| -> anyhow::Result<bool> {
        if !live.contains(&old.document) || current.is_folded(&old.document) {
            return Ok(false);
        }
        let until = old.day.max(as_of).saturating_add(1.year());
        let asked = Asked { as_of, until, settings: &settings };
        let outlook = current.outlook(&old.document, asked, false)?;
        Ok(outlook.is_none_or(|outlook| !outlook.is_over(until) && outlook.has(id, old.day, until)))
    };
    let (mut now, mut assumed) = (Feed::new(), 0);
    sink::write(app, output, false, |out| {
        let mut calendar = Calendar::begin(out, stamp(as_of)?, &settings.us, before.clone())?;
        for record in &mut records {
            assumed += record.schedule.iter().filter(|e| e.basis == Basis::Assumed).count();
            calendar.add(&record)?;
        }
        records.finish()?;
        // What cannot be told must not be cancelled.
        (now, _) = calendar.end(as_of, |id, old| stands(id, old).unwrap_or(true))?;
        Ok(())
    })?;
    if assumed > 0 {
        let words = count(assumed, "date is only assumed and is", "dates are only assumed and are");
        app.note(&format!("{words} not in the calendar; `tickler schedule` lists decisions among them"))?;
    }
    match feed {
        Some(feed) if now != before => keep(app, &feed, &now),
        _ => Ok(()),
    }
}

/// The name of a calendar: the path of its file.
fn name(path: &Path) -> String {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    std::fs::canonicalize(&absolute).unwrap_or(absolute).to_string_lossy().into_owned()
}

fn keep(app: &App, feed: &str, now: &Feed) -> anyhow::Result<()> {
    let kept = app.write_store().and_then(|mut store| Ok(store.keep_feed(feed, now)?));
    if let Err(error) = kept {
        app.note(&format!(
            "what this calendar holds cannot be remembered, so the next one cancels nothing: {error:#}"
        ))?;
    }
    Ok(())
}
