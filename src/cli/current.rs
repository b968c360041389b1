//! Contracts with the terms in force after their amendments.

use jiff::civil::Date;
use tickler::config::Settings;
use tickler::export::Record;
use tickler::family::{Families, View};
use tickler::record::{DocumentId, ReviewItem};
use tickler::said::{Owner, Plan, Said, Traits, item_key, owner};
use tickler::store::{ContractRow, Store, StoreError};

/// The documents of a store, with the terms in force on a day.
pub(super) struct Current<'a> {
    store: &'a Store,
    pub(super) families: Families,
    /// What people said.
    pub(super) said: Said,
    day: Option<Date>,
}

impl<'a> Current<'a> {
    /// With the terms in force on `day`, or with all amendments.
    pub(super) fn new(store: &'a Store, day: Option<Date>) -> Result<Self, StoreError> {
        let said = store.said()?;
        Ok(Self { store, families: store.families(&said)?, said, day })
    }

    /// A document with its amendments applied; `None` when it is not in the store, or cannot be read and is passed over:
    /// terms without one of their amendments would be wrong.
    pub(super) fn view(&self, document: &DocumentId) -> Result<Option<View>, StoreError> {
        let view = self.store.view(&self.families, &self.said, document, self.day);
        Ok(self.store.or_pass_over(document, view)?.flatten())
    }

    /// Whether the terms of a document are others than those that were read from it alone.
    pub(super) fn is_changed(&self, document: &DocumentId) -> bool {
        self.families.is_amended(document) || !self.said.values(document).is_empty()
    }

    /// Who answers for a contract; for an amendment, who answers for its agreement.
    pub(super) fn owner(&self, row: &ContractRow, settings: &Settings) -> Option<Owner> {
        let traits = Traits {
            path: &row.uri,
            parties: &row.parties,
            kind: row.kind.as_deref(),
            law: row.governing_law.as_deref(),
        };
        owner(&self.said, &settings.owner, self.families.base(&row.id), traits)
    }

    /// What a person should look at in a document with this `view`, and has not dismissed.
    pub(super) fn to_review(&self, document: &DocumentId, view: &View, sure: f32) -> Vec<ReviewItem> {
        let told: Vec<ReviewItem> = view.corrections.iter().filter_map(|c| c.to_review(&view.contract)).collect();
        let dismissed = self.said.dismissed(document);
        let mut items = view.contract.needs_review(sure);
        // What a person gave is looked at already, unless the contract has changed under it.
        items.retain(|item| !view.corrections.iter().any(|c| c.fact == item.fact));
        told.into_iter().chain(items).filter(|item| !dismissed.contains(&*item_key(item))).collect()
    }

    /// Whether the document amends another one, so that its terms are part of that one.
    pub(super) fn is_folded(&self, document: &DocumentId) -> bool {
        self.families.base(document) != document
    }

    /// The record of a document. An amendment has no schedule: the schedule of its agreement has its dates.
    pub(super) fn record(
        &self,
        row: &ContractRow,
        as_of: Date,
        settings: &Settings,
    ) -> Result<Option<Record>, StoreError> {
        let document = &row.id;
        let Some(view) = self.view(document)? else { return Ok(None) };
        let needs_review = self.to_review(document, &view, settings.review_below);
        let View { contract, displaced, corrections } = view;
        let mut record = Record::with_events(contract, self.said.events(document), Some(as_of), settings);
        let schedule = std::mem::take(&mut record.schedule);
        let plan = Plan::of(&self.said, &record.contract, schedule, as_of, settings);
        record.schedule = plan.entries;
        record.said = plan.said.into_iter().collect();
        record.owner = self.owner(row, settings);
        record.needs_review = needs_review;
        record.corrections = corrections;
        if self.is_folded(document) {
            record.schedule.clear();
            record.open.clear();
        }
        record.family = self.families.kinship(document, displaced);
        Ok(Some(record))
    }
}
