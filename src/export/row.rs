//! What the rows of tables are about, for the workbook and the flat tables.

use jiff::civil::Date;

use super::{Record, others};
use crate::record::value::Obligation;
use crate::record::{Fact, variant};
use crate::said::EntrySaid;
use crate::schedule::{OpenEntry, ScheduleEntry, SendBy, Standing};

/// A row about a contract, or about a part of it.
#[expect(clippy::struct_field_names, reason = "as_of is the day, everywhere")]
pub(super) struct Of<'a, T> {
    pub(super) record: &'a Record,
    pub(super) us: &'a [String],
    pub(super) as_of: Date,
    pub(super) what: T,
}

/// Something to decide: on a day, or on one that is not known.
pub(super) enum Decision<'a> {
    Dated(&'a ScheduleEntry),
    Open(&'a OpenEntry),
}

/// What is to be decided by a day, in order.
pub(super) fn dated(record: &Record) -> impl Iterator<Item = &ScheduleEntry> {
    record.schedule.iter().filter(|e| e.kind.is_decision())
}

/// What would be decided by a day that is not known, or that is not fixed.
pub(super) fn open(record: &Record) -> impl Iterator<Item = &OpenEntry> {
    record.open.iter().filter(|e| !e.kind.is_duty())
}

/// The last day to send notice by each way: `2026-11-25 courier; 2026-11-20 certified_mail`.
pub(super) fn send_by(entry: &ScheduleEntry) -> String {
    let by = |way: &SendBy| way.method.map(|method| format!("{} {}", way.date, variant(&method)));
    entry.send_by.iter().filter_map(by).collect::<Vec<_>>().join("; ")
}

impl<'a> Decision<'a> {
    /// All that is to be decided about a contract: first what has a day, in order.
    pub(super) fn all(record: &'a Record) -> impl Iterator<Item = Self> {
        dated(record).map(Self::Dated).chain(open(record).map(Self::Open))
    }
}

impl<'a, T> Of<'a, T> {
    /// The other party in short; all parties where it is not known which one is the user.
    pub(super) fn with(&self) -> String {
        let parties: Vec<&str> = self.record.party_names().collect();
        others(&parties, self.us)
    }

    /// Where an entry stands, with what people said of it.
    pub(super) fn standing(&self, entry: &ScheduleEntry) -> Standing {
        let settled = self.record.said.get(&entry.id).is_some_and(|said| said.settled);
        if settled { Standing::Settled } else { entry.standing(self.as_of) }
    }

    /// The next decision: what was missed and nobody saw to is told among the decisions.
    pub(super) fn next(&self) -> Option<&'a ScheduleEntry> {
        let open = |e: &&ScheduleEntry| matches!(e.standing(self.as_of), Standing::Now | Standing::Ahead);
        dated(self.record).find(open)
    }
}

impl<'a> Of<'a, &'a ScheduleEntry> {
    /// What people said of the entry.
    pub(super) fn said(&self) -> Option<&'a EntrySaid> {
        self.record.said.get(&self.what.id)
    }
}

impl<'a> Of<'a, Decision<'a>> {
    pub(super) fn entry(&self) -> Option<&'a ScheduleEntry> {
        if let Decision::Dated(entry) = self.what { Some(entry) } else { None }
    }

    pub(super) fn said(&self) -> Option<&'a EntrySaid> {
        self.record.said.get(&self.entry()?.id)
    }
}

impl<'a> Of<'a, &'a Fact<Obligation>> {
    pub(super) fn duty(&self) -> Option<&'a Obligation> {
        self.what.value()
    }

    /// Its next day; where none lies ahead, the last one.
    pub(super) fn entry(&self) -> Option<&'a ScheduleEntry> {
        let mut entries = self.record.schedule.iter().filter(|e| e.kind.is_duty() && e.facts.contains(self.what.id()));
        let last = entries.clone().next_back();
        entries.find(|e| e.act_by >= self.as_of).or(last)
    }
}
