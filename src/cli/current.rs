//! Contracts with the terms in force after their amendments.

use jiff::civil::Date;
use tickler::config::Settings;
use tickler::export::Record;
use tickler::family::{Families, View};
use tickler::record::DocumentId;
use tickler::schedule::EventDate;
use tickler::store::{Store, StoreError};

/// The documents of a store, with the terms in force on a day.
pub(super) struct Current<'a> {
    store: &'a Store,
    pub(super) families: Families,
    day: Option<Date>,
}

impl<'a> Current<'a> {
    /// With the terms in force on `day`, or with all amendments.
    pub(super) fn new(store: &'a Store, day: Option<Date>) -> Result<Self, StoreError> {
        Ok(Self { store, families: store.families()?, day })
    }

    /// A document with its amendments applied; `None` when it is not in the store, or cannot be read and is passed over:
    /// terms without one of their amendments would be wrong.
    pub(super) fn view(&self, document: &DocumentId) -> Result<Option<View>, StoreError> {
        let view = self.store.view(&self.families, document, self.day);
        Ok(self.store.or_pass_over(document, view)?.flatten())
    }

    /// The events that the user recorded for a document.
    pub(super) fn events(&self, document: &DocumentId) -> Result<Vec<EventDate>, StoreError> {
        Ok(self.store.or_pass_over(document, self.store.event_dates(document))?.unwrap_or_default())
    }

    /// Whether the document amends another one, so that its terms are part of that one.
    pub(super) fn is_folded(&self, document: &DocumentId) -> bool {
        self.families.base(document) != document
    }

    /// The record of a document. An amendment has no schedule: the schedule of its agreement has its dates.
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
            record.open.clear();
        }
        record.family = self.families.kinship(document, displaced);
        Ok(Some(record))
    }
}
