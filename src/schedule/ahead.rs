//! The schedule of a contract further ahead than the term that holds its day.

use std::collections::HashSet;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::asked::Asked;
use super::{EntryKind, EventDate, ScheduleEntry, build, schedule};
use crate::config::Settings;
use crate::record::{Contract, EntryId};

/// How many terms after the current one are computed at most.
const MAX_TERMS: usize = 120;

/// The schedule of a contract as of a day, with the terms that begin by `until` as well, ordered by the day to act.
#[must_use]
pub fn until(
    contract: &Contract,
    events: &[EventDate],
    as_of: Date,
    until: Date,
    settings: &Settings,
) -> Vec<ScheduleEntry> {
    let now = schedule(contract, events, &Asked::on(Some(as_of)), settings);
    let mut ahead = Ahead::of(contract, now, settings);
    while ahead.last_end().is_some_and(|end| end < until) && ahead.further() {}
    ahead.all.sort_by(|a, b| a.order().cmp(&b.order()));
    ahead.all
}

/// A schedule that grows term by term: it ends with the term that holds its day, and asking again for the day after that
/// adds the next one.
pub(super) struct Ahead<'a> {
    contract: &'a Contract,
    settings: &'a Settings,
    /// The entries so far, those of later rounds behind those of earlier ones.
    pub(super) all: Vec<ScheduleEntry>,
    known: HashSet<EntryId>,
    rounds: usize,
}

impl<'a> Ahead<'a> {
    pub(super) fn of(contract: &'a Contract, now: Vec<ScheduleEntry>, settings: &'a Settings) -> Self {
        let known = now.iter().map(|e| e.id.clone()).collect();
        Self { contract, settings, all: now, known, rounds: 0 }
    }

    /// The last day of the last term so far.
    pub(super) fn last_end(&self) -> Option<Date> {
        self.all.iter().filter(|e| e.kind == EntryKind::Expiration).map(|e| e.date).max()
    }

    /// Adds what the day after the last end brings; says whether that is anything.
    pub(super) fn further(&mut self) -> bool {
        let next = self.last_end().and_then(|end| end.checked_add(1.day()).ok());
        let Some(next) = next.filter(|_| self.rounds < MAX_TERMS) else { return false };
        self.rounds += 1;
        let before = self.all.len();
        let more = build(self.contract, Some(next), self.settings);
        self.all.extend(more.into_iter().filter(|e| !self.known.contains(&e.id)));
        self.known.extend(self.all[before..].iter().map(|e| e.id.clone()));
        self.all.len() > before
    }
}
