//! What a person should look at before relying on it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::value::signature::Execution;
use super::value::{Renewal, RenewalKind};
use super::{Confidence, Contract, Diagnostic, Evidence, FactId, FactRef, Field, Span, Status};
use crate::signature::Integrity;

/// Code of the remark that a document is not in English.
pub const NOT_ENGLISH: &str = "text.not_english";
/// Code of the remark that a document does not read like a contract.
const NOT_RECOGNISED: &str = "contract.not_recognised";

/// Beginning of the codes of remarks on what was not read; the family of the clause follows.
pub const UNREAD: &str = "unread.";

/// The same where no form says what the clause is about, only words of it.
pub const PERHAPS_UNREAD: &str = "perhaps_unread.";

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
    /// Every contract has such a value, and none was found in this one.
    NotFound,
    /// A person gave another value than the one that is read now, or its words are not in the contract any more.
    ToldOtherwise,
    /// Another document ends, extends, moves or replaces the contract, or may do so, and that is not in the terms, or only on the word
    /// of one party.
    OtherDocument,
}

impl ReviewReason {
    /// Whether it is about the signatures of a file, and not about its words, which its copies have as well.
    #[must_use]
    pub const fn is_of_file(self) -> bool {
        matches!(
            self,
            Self::Unsigned
                | Self::PartiallySigned
                | Self::ChangedAfterSigning
                | Self::BrokenSignature
                | Self::DoubtfulSignature
        )
    }
}

/// A value that a person should look at before relying on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReviewItem {
    /// The fact; it is not in the record when its confidence is below the least that was asked for. What was not read, or
    /// not found, has a stable name here and no fact.
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
        items.retain(|item| !is_fragment(item));
        items.extend(self.unread_to_review());
        items.extend(self.missing_to_review());
        items.extend(self.execution_to_review());
        items.extend(self.language_to_review());
        items.sort_by_key(rank);
        items
    }

    /// The key values that were not found: a contract has parties, a start and an end, or the word that it has none.
    fn missing_to_review(&self) -> Vec<ReviewItem> {
        // An amendment leaves them to its agreement; of another language nothing is read.
        if self.amends.is_some() || self.not_read().is_some() {
            return Vec::new();
        }
        // What runs from month to month has no end to find.
        let runs_on = self
            .renewal
            .as_ref()
            .and_then(|f| f.value())
            .is_some_and(|r| matches!(r.kind, RenewalKind::MonthToMonth | RenewalKind::Evergreen));
        let missing = [
            (Field::expiration_date, self.expiration_date.is_none() && !runs_on),
            (Field::effective_date, self.effective_date.is_none()),
            (Field::parties, self.parties.len() < 2),
        ];
        let absent = missing.into_iter().filter(|&(_, is_missing)| is_missing);
        // What renews, and of which the last day to stop it is unknown.
        let renews = self.renewal.as_ref().filter(|f| f.value().is_some() && self.lacks("notice"));
        let no_notice = renews.map(|fact| {
            let raw = "no time for notice was found".to_owned();
            ReviewItem { raw, ..ReviewItem::of(&FactRef::of(Field::renewal, fact), ReviewReason::NotFound) }
        });
        absent
            .map(|(field, _)| ReviewItem {
                fact: FactId::of(&self.document.id, "missing", Span::new(0, 0), field.name()),
                field: field.name().to_owned(),
                reason: ReviewReason::NotFound,
                confidence: Confidence::new(0.0),
                raw: String::new(),
                page: 1,
            })
            .chain(no_notice)
            .collect()
    }

    /// The remark that the document is in a language that is not read.
    #[must_use]
    pub fn not_read(&self) -> Option<&Diagnostic> {
        self.diagnostics.iter().find(|d| d.code == NOT_ENGLISH)
    }

    /// The remark that the document does not read like a contract.
    #[must_use]
    pub fn not_recognised(&self) -> Option<&Diagnostic> {
        self.diagnostics.iter().find(|d| d.code == NOT_RECOGNISED)
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
        let unread = self.diagnostics.iter().filter_map(|d| {
            // A person may have said since what nobody could read.
            let guess = || d.code.strip_prefix(PERHAPS_UNREAD).filter(|family| self.lacks(family));
            Some((d, d.code.strip_prefix(UNREAD).or_else(guess)?, d.location?))
        });
        let mut items = Vec::new();
        for (remark, family, place) in unread {
            let (Some(span), Some(words)) = (place.span, remark.message.split('"').nth(1)) else { continue };
            let clause = remark.message.split_once(": \"").and_then(|(_, rest)| rest.split_once(": \""));
            let clause = clause.map(|(_, clause)| clause.trim_end_matches("\"."));
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
                // The words with the clause around them, as the remark has them.
                None => ReviewItem {
                    fact: FactId::of(&self.document.id, "unread", span, &remark.code),
                    field: field.name().to_owned(),
                    reason: ReviewReason::NotRead,
                    confidence: Confidence::new(0.0),
                    raw: clause.map_or_else(|| words.to_owned(), |clause| format!("{words} in \"{clause}\"")),
                    page: place.page.unwrap_or(1),
                },
            });
        }
        items
    }

    /// Whether nothing was read of what clauses of a family (`renewal`, `notice`, `termination`, `term`) say.
    #[must_use]
    pub fn lacks(&self, family: &str) -> bool {
        match family {
            "renewal" | "notice" => {
                let kinds = [RenewalKind::Automatic, RenewalKind::Option];
                let notice =
                    |r: &Renewal| r.notice_period.is_some() || r.notice_on.is_some() || !kinds.contains(&r.kind);
                !self.renewal.as_ref().and_then(|f| f.value()).is_some_and(notice)
            }
            "termination" => self.terminations.is_empty(),
            _ => self.expiration_date.is_none() && self.initial_term.is_none(),
        }
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

/// The fields on which the life of a contract hangs, in the order in which a person looks at them. What follows behind them
/// are duties, levels and the like.
const KEY: [Field; 11] = [
    Field::expiration_date,
    Field::renewal,
    Field::terminations,
    Field::effective_date,
    Field::parties,
    Field::contract_value,
    Field::annual_value,
    Field::initial_term,
    Field::agreement_date,
    Field::payment_terms,
    Field::governing_law,
];

/// What must be known first: the language, how the file was signed, the key fields, the rest; what is open, contradicted or
/// not read before what is only uncertain.
fn rank(item: &ReviewItem) -> (usize, usize) {
    let field = KEY.iter().position(|f| f.name() == item.field);
    let doubt = usize::from(item.reason == ReviewReason::Uncertain);
    match item.reason {
        ReviewReason::NotEnglish => (0, 0),
        ReviewReason::ToldOtherwise | ReviewReason::OtherDocument => (1, 1),
        ReviewReason::ChangedAfterSigning | ReviewReason::BrokenSignature => (1, 0),
        _ => field.map_or((4, 0), |at| (2 + doubt, at)),
    }
}

impl ReviewItem {
    /// Whether the item is about a key field, not about a duty, a level or another term.
    #[must_use]
    pub fn is_key(&self) -> bool {
        rank(self).0 < 4
    }
}

/// Whether an uncertain duty is no more than a few words, such as "thirty (30) days": nothing that a person could judge.
fn is_fragment(item: &ReviewItem) -> bool {
    const FEWEST: usize = 4;
    item.reason == ReviewReason::Uncertain
        && item.field == Field::obligations.name()
        && item.raw.split_whitespace().count() < FEWEST
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
        // What is open comes before what is uncertain, and a contract without parties has not been read.
        let want = [
            ("expiration_date", ReviewReason::Unresolved),
            ("parties", ReviewReason::NotFound),
            ("effective_date", ReviewReason::Uncertain),
        ];
        assert_eq!(found, want);
        assert_eq!(contract.confident(0.75).effective_date, None);
    }

    #[test]
    fn what_was_not_read_is_told_beside_what_was() {
        let remark = |at: Span| {
            let message = "Not read: \"60 days\" in a clause on renewal: \"unless 60 days or 30 days before\".";
            Diagnostic::new("unread.renewal", crate::record::Severity::Info, crate::record::Stage::Contract, message)
                .on_page(2)
                .at(at)
        };
        let renewal = fact("renewal", Renewal::of(RenewalKind::Automatic), "It renews; notice must be given");
        let beside = renewal.evidence()[0].span();
        let with = |span: Span| {
            Contract { diagnostics: vec![remark(span)], renewal: Some(renewal.clone()), ..contract() }.needs_review(0.0)
        };
        let reasons = |items: &[ReviewItem]| items.iter().map(|i| (i.reason, i.raw.clone())).collect::<Vec<_>>();
        let partly = reasons(&with(beside));
        assert!(
            partly.iter().any(|(r, raw)| *r == ReviewReason::PartlyRead && raw.ends_with("not read: 60 days")),
            "{partly:?}"
        );
        let apart = reasons(&with(Span::new(900_000, 900_007)));
        let want = (ReviewReason::NotRead, "60 days in \"unless 60 days or 30 days before\"".to_owned());
        assert!(apart.contains(&want), "{apart:?}");
    }
}
