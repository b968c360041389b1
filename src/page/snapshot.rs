//! What lists show of the whole store, made once and kept until something is written or the day changes: a store of
//! thousands of contracts is not read anew for each page.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::ToSpan as _;
use jiff::civil::Date;
use tickler::record::DocumentId;
use tickler::report::Report;
use tickler::store::{ContractRow, Store};

use super::{Desk, Site};
use crate::cli::agenda::{self, Item, Wanted};
use crate::cli::app::App;
use crate::cli::current::{Current, Known};
use crate::cli::filter::{Chosen, Owned};
use crate::cli::list::{self, Line};
use crate::cli::report;
use crate::cli::today::{self, Today};

/// The store as lists show it.
pub(super) struct Snapshot {
    /// The last event of the store when it was made, with its hash, and the day.
    stamp: (i64, Option<String>, Date),
    pub(super) known: Known,
    /// The files that count, by name.
    pub(super) lines: Vec<Line>,
    /// By document; amendments are there, too.
    places: HashMap<DocumentId, usize>,
    pub(super) today: Today<Item>,
    /// What has to be decided within a year.
    pub(super) year: Vec<Item>,
    /// The last report that was asked for, and of whose contracts.
    report: Mutex<Option<(Option<String>, Arc<Report>)>>,
    /// Whose next decision is open, once somebody asked.
    undecided: Mutex<Option<Arc<HashSet<DocumentId>>>>,
}

impl Snapshot {
    /// The line of a contract.
    pub(super) fn line(&self, document: &DocumentId) -> Option<&Line> {
        self.places.get(document).map(|at| &self.lines[*at])
    }

    /// The contracts about whose next renewal, option or break nobody has decided. Few lists ask, so they are found when one does.
    pub(super) fn undecided(&self, desk: &Desk<'_>) -> anyhow::Result<Arc<HashSet<DocumentId>>> {
        let mut kept = self.undecided.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = &*kept {
            return Ok(Arc::clone(known));
        }
        let rows: Vec<ContractRow> = self.lines.iter().map(|line| line.row.clone()).collect();
        let made = Arc::new(agenda::undecided(&desk.app, &desk.current(), &rows, desk.app.today)?);
        *kept = Some(Arc::clone(&made));
        Ok(made)
    }

    /// The report of a desk on the contracts of `owner`, or of all, with the changes since a day. It looks at every contract,
    /// so the last one is kept.
    pub(super) fn report(&self, desk: &Desk<'_>, owner: Option<&str>, since: Date) -> anyhow::Result<Arc<Report>> {
        let mut kept = self.report.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = kept.as_ref().filter(|(of, known)| known.since == since && of.as_deref() == owner) {
            return Ok(Arc::clone(known));
        }
        let (theirs, current) = (Owned::of(owner), desk.current());
        let made = Arc::new(report::gather(&desk.app, desk.store, &current, &theirs, since, desk.app.today)?);
        *kept = Some((owner.map(str::to_owned), Arc::clone(&made)));
        Ok(made)
    }
}

/// The present one.
pub(super) fn of(site: &Site, app: &App, store: &Store) -> anyhow::Result<Arc<Snapshot>> {
    let last = store.last_event()?;
    let stamp = (last, store.event_hash(last)?, app.today);
    // Whoever comes meanwhile waits for the one that is being made.
    let mut kept = site.snapshot.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = kept.as_ref().filter(|known| known.stamp == stamp) {
        return Ok(Arc::clone(known));
    }
    let made = Arc::new(make(app, store, stamp)?);
    *kept = Some(Arc::clone(&made));
    Ok(made)
}

fn make(app: &App, store: &Store, stamp: (i64, Option<String>, Date)) -> anyhow::Result<Snapshot> {
    let current = Current::new(store, None)?;
    let rows = Chosen::default().rows(app, store, &current, app.today)?;
    let today = Today::of(agenda::agenda(app, &current, &rows, &today::wanted(app.today))?, app.today);
    let wanted = Wanted::between(app.today, app.today.saturating_add(1.year()));
    let year = agenda::agenda(app, &current, &rows, &wanted)?.items;
    let rows = rows.into_iter().filter(|row| !row.replaced).collect();
    let lines = list::lines(app, &current, rows, app.today)?;
    app.keep_dates(&current, app.today);
    let places = lines.iter().enumerate().map(|(at, line)| (line.row.id.clone(), at)).collect();
    let known = current.known();
    Ok(Snapshot { stamp, known, lines, places, today, year, report: Mutex::default(), undecided: Mutex::default() })
}
