//! Calendars of what has to be decided, and remembering what they held.

use std::collections::HashSet;
use std::io::Write;
use std::path::Path;

use jiff::ToSpan as _;
use jiff::civil::Date;
use tickler::calendar::Basis;
use tickler::config::Settings;
use tickler::export::{CALENDAR, Calendar, Record};
use tickler::record::EntryId;
use tickler::schedule::{ScheduleEntry, Standing};
use tickler::store::{ContractRow, Feed, Store, Written};

use super::agenda::count;
use super::app::App;
use super::current::{Asked, Current};
use super::export::{Records, stamp};
use super::sink;

/// A calendar that is wanted.
pub(crate) struct Wanted<'a> {
    pub(crate) as_of: Date,
    pub(crate) settings: &'a Settings,
    pub(crate) whose: Whose<'a>,
    /// The name under which is remembered what it holds. Where it goes is not always known: then nothing is.
    pub(crate) name: Option<String>,
    /// The address of the page, for those who subscribe to a calendar of it.
    pub(crate) site: Option<&'a str>,
}

/// Whose contracts a calendar is for. What somebody else answers for now falls away from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose<'a> {
    Everybody,
    Owner(&'a str),
    Nobody,
}

impl Whose<'_> {
    /// What programs show the calendar as.
    fn title(self) -> String {
        match self {
            Self::Owner(name) if !name.is_empty() => format!("{CALENDAR}: {name}"),
            Self::Nobody => format!("{CALENDAR} without an owner"),
            Self::Everybody | Self::Owner(_) => CALENDAR.to_owned(),
        }
    }

    /// Whether a contract is one of them.
    pub(crate) fn has(self, current: &Current<'_>, row: &ContractRow, settings: &Settings) -> bool {
        let owner = || current.owner(row, settings).map(|owner| owner.name);
        match self {
            Self::Everybody => true,
            Self::Owner(name) => owner().as_deref() == Some(name),
            Self::Nobody => owner().is_none(),
        }
    }
}

/// A calendar that was written.
pub(crate) struct Told {
    name: Option<String>,
    before: Feed,
    now: Feed,
    /// Dates that are not in it, because they are only assumed.
    assumed: usize,
}

/// Leaves of a record what has to be decided still. What is settled stays as long as it could be decided, so that a calendar
/// that held it can cancel it; what has passed is history, in the calendar as well.
pub(crate) fn decisions(as_of: Date) -> impl FnMut(Record) -> Record {
    move |mut record| {
        let is_over = record.life.as_ref().is_some_and(|life| life.state.is_over());
        let open = |e: &ScheduleEntry| matches!(e.standing(as_of), Standing::Ahead | Standing::Now);
        record.schedule.retain(|e| e.kind.is_decision() && open(e) && !is_over);
        record
    }
}

/// Writes the schedules of records as a calendar. It tells what changed since it was written the last time, and what fell
/// away.
pub(crate) fn write(
    store: &Store,
    current: &Current<'_>,
    wanted: Wanted<'_>,
    mut records: Records<'_, impl FnMut(Record) -> Record>,
    out: &mut dyn Write,
) -> anyhow::Result<Told> {
    let Wanted { as_of, settings, whose, name, site } = wanted;
    let before = name.as_deref().map_or_else(|| Ok(Feed::new()), |name| store.feed(name))?;
    // Only what a calendar held can have fallen away.
    let all = if before.is_empty() { Vec::new() } else { store.list()? };
    let live = all.into_iter().filter(|row| row.counts() && whose.has(current, row, settings));
    let live: HashSet<_> = live.map(|row| row.id).collect();
    let stands = |id: &EntryId, old: &Written| -> anyhow::Result<bool> {
        if !live.contains(&old.document) || current.is_folded(&old.document) {
            return Ok(false);
        }
        let until = old.day.max(as_of).saturating_add(1.year());
        let asked = Asked { as_of, until, settings };
        let outlook = current.outlook(&old.document, asked, false)?;
        Ok(outlook.is_none_or(|outlook| !outlook.is_over(until) && outlook.has(id, old.day, until)))
    };
    let mut calendar = Calendar::begin(out, &whose.title(), stamp(as_of)?, &settings.us, before.clone())?;
    if let Some(site) = site {
        calendar = calendar.of_page(site);
    }
    let mut assumed = 0;
    for record in &mut records {
        assumed += record.schedule.iter().filter(|e| e.basis == Basis::Assumed && !record.is_settled(e)).count();
        calendar.add(&record)?;
    }
    records.finish()?;
    // What cannot be told must not be cancelled.
    let (now, _) = calendar.end(as_of, |id, old| stands(id, old).unwrap_or(true))?;
    Ok(Told { name, before, now, assumed })
}

impl Told {
    /// Remembers what the calendar holds, for the next time.
    pub(crate) fn keep(&self, app: &App) -> anyhow::Result<()> {
        let Some(name) = self.name.as_deref().filter(|_| self.now != self.before) else { return Ok(()) };
        let kept = app.write_store().and_then(|mut store| Ok(store.keep_feed(name, &self.now, app.now)?));
        if let Err(error) = kept {
            app.note(&format!(
                "what this calendar holds cannot be remembered, so the next one cancels nothing: {error:#}"
            ))?;
        }
        Ok(())
    }
}

/// Writes a calendar to a file, or to standard output, and gives how many dates are not in it, because they are only assumed.
pub(super) fn to_file(
    app: &mut App,
    (store, current): (&Store, &Current<'_>),
    as_of: Date,
    whose: Whose<'_>,
    output: Option<&Path>,
    records: Records<'_, impl FnMut(Record) -> Record>,
) -> anyhow::Result<usize> {
    let (settings, name) = (app.settings.clone(), output.filter(|path| path.as_os_str() != "-").map(name));
    let wanted = Wanted { as_of, settings: &settings, whose, name, site: None };
    let mut told = None;
    sink::write(app, output, false, |out| {
        told = Some(write(store, current, wanted, records, out)?);
        Ok(())
    })?;
    let Some(told) = told else { return Ok(0) };
    told.keep(app)?;
    Ok(told.assumed)
}

/// Tells that some dates are not in calendars.
pub(super) fn tell_assumed(app: &App, assumed: usize) -> anyhow::Result<()> {
    if assumed > 0 {
        let words = count(assumed, "date is only assumed and is", "dates are only assumed and are");
        app.note(&format!("{words} not in the calendar; `tickler schedule` lists decisions among them"))?;
    }
    Ok(())
}

/// The name of the calendar in a file: its path.
pub(super) fn name(path: &Path) -> String {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    std::fs::canonicalize(&absolute).unwrap_or(absolute).to_string_lossy().into_owned()
}
