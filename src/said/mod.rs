//! What people say of an agreement: values that they confirm or correct, links, days on which things happened, who owns it,
//! what was decided, what was done.
//!
//! A statement is an event: it is only ever added, with who, when and why. What was read is never changed by it; the terms
//! that people see are made of both ([`correct()`]). A statement is keyed to the agreement and to a fact by names that
//! survive a new reading and a new version of the file ([`fact_key`]). Where the reading changes under a value that somebody
//! confirmed or set, that value stays, and the change is told for review.

mod correct;
mod decision;
mod duty;
mod follow;
mod item;
mod moved;
mod owner;
mod plan;
mod quote;
mod statement;
mod value;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

pub use correct::{Conflict, Correction, Proofs, correct};
pub use decision::{Decided, Decision, Sent, entry_key, notice_renews};
pub use duty::{DutyKey, DutySaid, DutyState};
pub use item::item_key;
pub use owner::{OwnedBy, Owner, Traits, owner};
pub use plan::{EntrySaid, Plan, Told};
pub use quote::{NotQuoted, find_quote};
pub use statement::{ByHand, Content, Saying, Statement, ValueSaid};
pub use value::{BadValue, is_settable, parse, words};

pub use crate::record::fact_key;

use crate::measure::{Measurement, latest};
use crate::record::DocumentId;
use crate::schedule::EventDate;

/// All that was said, by agreement.
#[derive(Debug, Clone, Default)]
pub struct Said {
    statements: BTreeMap<DocumentId, Vec<Statement>>,
    /// The agreement of each document, where it is not the document itself.
    agreements: BTreeMap<DocumentId, DocumentId>,
    undone: BTreeSet<i64>,
}

impl Said {
    /// What `statements` say, which are in their order; `agreements` leads from documents to the agreements that they are
    /// files of.
    #[must_use]
    pub fn new(statements: impl IntoIterator<Item = Statement>, agreements: BTreeMap<DocumentId, DocumentId>) -> Self {
        let mut out = Self { agreements, ..Self::default() };
        for statement in statements {
            if let Content::Undone { statement } = statement.content {
                out.undone.insert(statement);
            }
            // One of an earlier version was kept for the document itself.
            let agreement = out.agreement(&statement.agreement).clone();
            out.statements.entry(agreement).or_default().push(statement);
        }
        out
    }

    /// The agreement that a document is a file of.
    #[must_use]
    pub fn agreement<'a>(&'a self, document: &'a DocumentId) -> &'a DocumentId {
        self.agreements.get(document).unwrap_or(document)
    }

    /// Whether nothing was said at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.statements.is_empty()
    }

    /// All statements on the agreement of a document, in order.
    #[must_use]
    pub fn story(&self, document: &DocumentId) -> &[Statement] {
        self.statements.get(self.agreement(document)).map_or(&[], Vec::as_slice)
    }

    /// Whether a statement was taken back.
    #[must_use]
    pub fn is_undone(&self, statement: &Statement) -> bool {
        self.undone.contains(&statement.id)
    }

    /// The statements on the agreement of a document that were not taken back, in order.
    #[must_use]
    pub fn standing(&self, document: &DocumentId) -> impl DoubleEndedIterator<Item = &Statement> {
        self.story(document).iter().filter(|s| !self.is_undone(s) && !matches!(s.content, Content::Undone { .. }))
    }

    /// What `of` makes of the last of the standing statements of which it makes something.
    pub fn last<'a, T>(&'a self, document: &DocumentId, of: impl Fn(&'a Content) -> Option<T>) -> Option<T> {
        self.standing(document).rev().find_map(|s| of(&s.content))
    }

    /// The values that were confirmed or set and still count, each field and fact once.
    #[must_use]
    pub fn values(&self, document: &DocumentId) -> Vec<(&Statement, &ValueSaid)> {
        let mut out: BTreeMap<(&str, Option<&str>), (&Statement, &ValueSaid)> = BTreeMap::new();
        for statement in self.standing(document) {
            match &statement.content {
                Content::Value(said) => drop(out.insert((&said.field, said.fact.as_deref()), (statement, said))),
                Content::Unset { field, fact } => drop(out.remove(&(field.as_str(), fact.as_deref()))),
                _ => {}
            }
        }
        out.into_values().collect()
    }

    /// The names of what was dismissed from review.
    #[must_use]
    pub fn dismissed(&self, document: &DocumentId) -> BTreeSet<&str> {
        self.standing(document)
            .filter_map(|s| match &s.content {
                Content::Dismissed { item, .. } => Some(item.as_str()),
                _ => None,
            })
            .collect()
    }

    /// The measured values that are kept, the last one of each level and period.
    #[must_use]
    pub fn measured(&self, document: &DocumentId) -> Vec<&Measurement> {
        latest(self.standing(document).filter_map(|s| match &s.content {
            Content::Measured(measurement) => Some(measurement),
            _ => None,
        }))
    }

    /// The day on which a contract that can be ended at any time is to end, where that was decided last.
    #[must_use]
    pub fn ending(&self, document: &DocumentId) -> Option<Date> {
        let key = decision::ending_key();
        self.last(document, |content| match content {
            Content::Decided { entry, ends, .. } if *entry == key => Some(*ends),
            _ => None,
        })?
    }

    /// What was said of where a document belongs.
    #[must_use]
    pub fn link(&self, document: &DocumentId) -> Option<&ByHand> {
        self.last(document, |content| match content {
            Content::Link { parent } => Some(parent),
            _ => None,
        })
    }

    /// The days of events, by day, then name.
    #[must_use]
    pub fn events(&self, document: &DocumentId) -> Vec<EventDate> {
        let mut out: BTreeMap<(Date, String), EventDate> = BTreeMap::new();
        for statement in self.standing(document) {
            if let Content::Event { event, on, happened } = &statement.content {
                let key = (*on, event.to_lowercase());
                if *happened {
                    out.insert(key, EventDate { event: event.clone(), on: *on });
                } else {
                    out.remove(&key);
                }
            }
        }
        out.into_values().collect()
    }
}
