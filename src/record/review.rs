//! What a person should look at before relying on it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::value::signature::Execution;
use super::{Confidence, Contract, Diagnostic, Evidence, FactId, FactRef, Field, Span, Status};
use crate::signature::Integrity;

/// Code of the remark that a document is not in English.
pub const NOT_ENGLISH: &str = "text.not_english";

/// Beginning of the codes of remarks on what was not read; the family of the clause follows.
pub const UNREAD: &str = "unread.";

/// Why a person should look at a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReviewReason {
    /// The contract announces a value that cannot be settled from it.
    Unresolved,
    /// The contract gives two values.
    Conflicting,
    /// The value was removed from the text.
    Redacted,
    /// The value was read with little certainty.
    Uncertain,
    /// No signature block of the contract is signed.
    Unsigned,
    /// A signature block of the contract is empty.
    PartiallySigned,
    /// The file was changed after somebody signed it.
    ChangedAfterSigning,
    /// A digital signature does not fit the file.
    BrokenSignature,
    /// A digital signature cannot be checked, or was made in a weak way.
    DoubtfulSignature,
    /// The document is in a language that is not read.
    NotEnglish,
    /// A clause on the life of the contract or on payment names a time or a day that no value holds.
    NotRead,
    /// The value is one of several times and days of its sentence, and one of them was not read.
    PartlyRead,
}

/// A value that a person should look at before relying on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReviewItem {
    /// The fact; it is not in the record when its confidence is below the least that was asked for.
    pub fact: FactId,
    /// Field of the record, such as `expiration_date`.
    pub field: String,
    /// Why.
    pub reason: ReviewReason,
    /// How likely the value is right.
    pub confidence: Confidence,
    /// The words of the value.
    pub raw: String,
    /// Page on which its evidence begins, from 1.
    pub page: u32,
}

impl ReviewItem {
    fn of(fact: &FactRef<'_>, reason: ReviewReason) -> Self {
        Self {
            fact: fact.id.clone(),
            field: fact.field.name().to_owned(),
            reason,
            confidence: fact.confidence,
            raw: fact.raw.to_owned(),
            page: fact.evidence.first().map_or(1, Evidence::page),
        }
    }
}

impl Contract {
    /// The values that a person should look at: those that the contract leaves open, contradicts or hides, and those
    /// whose confidence is below `sure` (0 to 1).
    #[must_use]
    pub fn needs_review(&self, sure: f32) -> Vec<ReviewItem> {
        let reason = |f: &FactRef<'_>| match f.status {
            Status::Unresolved => Some(ReviewReason::Unresolved),
            Status::Conflicting => Some(ReviewReason::Conflicting),
            Status::Redacted => Some(ReviewReason::Redacted),
            Status::Found | Status::Computed => (f.confidence.get() < sure).then_some(ReviewReason::Uncertain),
        };
        let item = |f: FactRef<'_>| Some(ReviewItem::of(&f, reason(&f)?));
        // A clause of low probability is one that is likely not there.
        let mut items: Vec<_> =
            self.facts().into_iter().filter(|f| f.field != Field::clauses).filter_map(item).collect();
        items.extend(self.unread_to_review());
        items.extend(self.execution_to_review());
        items.extend(self.language_to_review());
        items
    }

    /// The remark that the document is in a language that is not read.
    #[must_use]
    pub fn not_read(&self) -> Option<&Diagnostic> {
        self.diagnostics.iter().find(|d| d.code == NOT_ENGLISH)
    }

    /// That the document could not be read because of its language.
    fn language_to_review(&self) -> Option<ReviewItem> {
        let remark = self.not_read()?;
        Some(ReviewItem {
            fact: FactId::of(&self.document.id, "language", Span::new(0, 0), &remark.code),
            field: "language".to_owned(),
            reason: ReviewReason::NotEnglish,
            confidence: Confidence::new(1.0),
            raw: remark.message.clone(),
            page: 1,
        })
    }

    /// What was not read in the clauses on the life of the contract and on payment: the value from the same sentence, else
    /// the words themselves.
    fn unread_to_review(&self) -> Vec<ReviewItem> {
        let facts = self.facts();
        let unread = self.diagnostics.iter().filter_map(|d| Some((d, d.code.strip_prefix(UNREAD)?, d.location?)));
        let mut items = Vec::new();
        for (remark, family, place) in unread {
            let (Some(span), Some(words)) = (place.span, remark.message.split('"').nth(1)) else { continue };
            let field = match family {
                "term" => Field::expiration_date,
                "termination" => Field::terminations,
                "payment" => Field::payment_terms,
                _ => Field::renewal,
            };
            let beside = |f: &&FactRef<'_>| f.field == field && f.evidence.iter().any(|e| e.span().contains(span));
            items.push(match facts.iter().find(beside) {
                Some(fact) => {
                    let told = fact.words().unwrap_or_else(|| fact.raw.to_owned());
                    let raw = format!("read: {told}; not read: {words}");
                    ReviewItem { raw, ..ReviewItem::of(fact, ReviewReason::PartlyRead) }
                }
                None => ReviewItem {
                    fact: FactId::of(&self.document.id, "unread", span, &remark.code),
                    field: field.name().to_owned(),
                    reason: ReviewReason::NotRead,
                    confidence: Confidence::new(0.0),
                    raw: words.to_owned(),
                    page: place.page.unwrap_or(1),
                },
            });
        }
        items
    }

    /// What is wrong with how the contract was signed.
    fn execution_to_review(&self) -> impl Iterator<Item = ReviewItem> {
        let execution = self.execution.iter().filter_map(|f| match f.value()? {
            Execution::Unsigned => Some(ReviewItem::of(&FactRef::of(Field::execution, f), ReviewReason::Unsigned)),
            Execution::PartiallySigned => {
                Some(ReviewItem::of(&FactRef::of(Field::execution, f), ReviewReason::PartiallySigned))
            }
            Execution::Signed | Execution::Unknown => None,
        });
        let signatures = self.signatures.iter().filter_map(|f| {
            let signature = f.value()?;
            let reason = match signature.integrity? {
                Integrity::ChangedAfterSigning => ReviewReason::ChangedAfterSigning,
                Integrity::Broken => ReviewReason::BrokenSignature,
                Integrity::Unverified => ReviewReason::DoubtfulSignature,
                Integrity::Intact if signature.weak => ReviewReason::DoubtfulSignature,
                Integrity::Intact | Integrity::Unsigned => return None,
            };
            Some(ReviewItem::of(&FactRef::of(Field::signatures, f), reason))
        });
        execution.chain(signatures)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::record::testing::{contract, fact};
    use crate::record::value::DateValue;
    use crate::record::{Fact, Origin};

    #[test]
    fn what_is_open_or_unsure_needs_a_look() {
        let dated = |p: f32| {
            fact("date", DateValue::On(date(2024, 5, 1)), "Effective Date").with_confidence(Confidence::new(p))
        };
        let evidence = dated(0.9).evidence()[0].clone();
        let (open, rule, sure) = (Status::Unresolved, Origin::rule("test"), Confidence::new(0.9));
        let contract = Contract {
            parties: Vec::new(),
            agreement_date: Some(dated(0.95)),
            effective_date: Some(dated(0.6)),
            expiration_date: Some(Fact::unknown("expiration_date", evidence, "______", open, rule, sure)),
            renewal: None,
            ..contract()
        };
        let found = contract.needs_review(0.75);
        let found: Vec<_> = found.iter().map(|i| (i.field.as_str(), i.reason)).collect();
        assert_eq!(found, [("effective_date", ReviewReason::Uncertain), ("expiration_date", ReviewReason::Unresolved)]);
        assert_eq!(contract.confident(0.75).effective_date, None);
    }
}
