//! What a person must look at because of another document.

use crate::record::{Confidence, DocumentId, FactId, Field, ReviewItem, ReviewReason, Span};

use super::{Act, Card, Part};

/// What one document does, or may do, to another one, and what a person must look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt<'a> {
    /// The document that does it.
    pub card: &'a Card,
    /// What it says it does; `None` where it amends or replaces it.
    pub act: Option<&'a Act>,
    /// Whether it is linked: then its act is not taken in as it stands, or is a notice of one side.
    pub is_linked: bool,
}

impl Doubt<'_> {
    /// What `review` tells of it at a document, which does it or to which it is done.
    #[must_use]
    pub fn to_review(&self, document: &DocumentId) -> ReviewItem {
        let Self { card, act, is_linked } = self;
        let does = match act {
            Some(act) => act.words.clone(),
            None if card.part == Part::Amendment => "it amends the agreement".to_owned(),
            None => "it takes the place of the agreement".to_owned(),
        };
        let what = match (is_linked, act) {
            (false, _) => "not linked: see `tickler link`",
            (true, None) => "it is not signed, or bears no later day: nothing was changed",
            (true, Some(_)) => "check that it is valid, and the values that follow from it",
        };
        let raw = format!("{}: {does} ({what})", card.file_name);
        let here = card.document == *document;
        let fact = match act.filter(|_| here) {
            Some(act) => act.fact.clone(),
            None => FactId::of(document, "family", Span::new(0, 0), &raw),
        };
        ReviewItem {
            fact,
            field: act.map_or(Field::amends.name(), |act| act.field.as_str()).to_owned(),
            reason: ReviewReason::OtherDocument,
            confidence: Confidence::new(0.0),
            raw,
            page: act.filter(|_| here).map_or(1, |act| act.page),
        }
    }
}
