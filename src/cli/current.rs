//! Contracts as they stand after their amendments.

use jiff::civil::Date;
use tickler::config::Settings;
use tickler::export::Record;
use tickler::family::{Families, View};
use tickler::record::DocumentId;
use tickler::schedule::EventDate;
use tickler::store::{Store, StoreError};

/// The documents of a store in the version of a day.
pub(super) struct Current<'a> {
    store: &'a Store,
    pub(super) families: Families,
    day: Option<Date>,
}

impl<'a> Current<'a> {
    /// As of `day`, or with every amendment known.
    pub(super) fn new(store: &'a Store, day: Option<Date>) -> Result<Self, StoreError> {
        Ok(Self { store, families: store.families()?, day })
    }

    /// A document with its amendments folded in; `None` when it is not in the store.
    pub(super) fn view(&self, document: &DocumentId) -> Result<Option<View>, StoreError> {
        self.store.view(&self.families, document, self.day)
    }

    /// The days of events that the user has told for a document.
    pub(super) fn events(&self, document: &DocumentId) -> Result<Vec<EventDate>, StoreError> {
        self.store.event_dates(document)
    }

    /// Whether the terms of a document count in the agreement that it amends, and not by themselves.
    pub(super) fn is_folded(&self, document: &DocumentId) -> bool {
        self.families.base(document) != document
    }

    /// The record of a document. One that amends another has no schedule of its own: its dates are in that one's.
    pub(super) fn record(
        &self,
        document: &DocumentId,
        as_of: Date,
        settings: &Settings,
    ) -> Result<Option<Record>, StoreError> {
        let Some(View { contract, displaced }) = self.view(document)? else { return Ok(None) };
        let mut record = Record::with_events(contract, self.events(document)?, Some(as_of), settings);
        if self.is_folded(document) {
            record.schedule.clear();
        }
        record.family = self.families.kinship(document, displaced);
        Ok(Some(record))
    }
}
