//! Looking at all facts of a contract alike: what is certain enough, and what a person should look at.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Contract, DocumentInfo};
use crate::record::value::signature::Execution;
use crate::record::{Confidence, Evidence, Fact, FactId, Status};
use crate::signature::Integrity;

/// A fact of any kind, without its value.
#[derive(Debug, Clone, Copy)]
pub struct FactRef<'a> {
    /// Field of the record that holds it, such as `expiration_date`.
    pub field: &'static str,
    /// Stable identifier.
    pub id: &'a FactId,
    /// How the value came to be known, or why it is not.
    pub status: Status,
    /// How likely it is right.
    pub confidence: Confidence,
    /// The words of the value itself.
    pub raw: &'a str,
    /// The proof, at least one piece.
    pub evidence: &'a [Evidence],
}

impl<'a> FactRef<'a> {
    fn of<T>(field: &'static str, fact: &'a Fact<T>) -> Self {
        Self {
            field,
            id: fact.id(),
            status: fact.status(),
            confidence: fact.confidence(),
            raw: fact.raw(),
            evidence: fact.evidence(),
        }
    }
}

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

impl Contract {
    /// Every fact, in the order of the record's fields.
    #[must_use]
    pub fn facts(&self) -> Vec<FactRef<'_>> {
        fn one<'a, T>(out: &mut Vec<FactRef<'a>>, field: &'static str, fact: impl IntoIterator<Item = &'a Fact<T>>)
        where
            T: 'a,
        {
            out.extend(fact.into_iter().map(|f| FactRef::of(field, f)));
        }
        // Taken apart in full, so that a new field cannot be forgotten here.
        let Self {
            document,
            parties,
            agreement_date,
            effective_date,
            expiration_date,
            initial_term,
            renewal,
            obligations,
            terminations,
            payment_terms,
            price_changes,
            provisions,
            service_levels,
            service_credits,
            credit_terms,
            governing_law,
            business_day,
            date_roll,
            notices,
            time_of_essence,
            amends,
            changes,
            execution,
            signatures,
            clauses,
            diagnostics: _,
        } = self;
        let mut out = Vec::new();
        one(&mut out, "title", &document.title);
        one(&mut out, "type", &document.kind);
        one(&mut out, "reference", &document.reference);
        one(&mut out, "parties", parties);
        one(&mut out, "agreement_date", agreement_date);
        one(&mut out, "effective_date", effective_date);
        one(&mut out, "expiration_date", expiration_date);
        one(&mut out, "initial_term", initial_term);
        one(&mut out, "renewal", renewal);
        one(&mut out, "obligations", obligations);
        one(&mut out, "terminations", terminations);
        one(&mut out, "payment_terms", payment_terms);
        one(&mut out, "price_changes", price_changes);
        one(&mut out, "provisions", provisions);
        one(&mut out, "service_levels", service_levels);
        one(&mut out, "service_credits", service_credits);
        one(&mut out, "credit_terms", credit_terms);
        one(&mut out, "governing_law", governing_law);
        one(&mut out, "business_day", business_day);
        one(&mut out, "date_roll", date_roll);
        one(&mut out, "notices", notices);
        one(&mut out, "time_of_essence", time_of_essence);
        one(&mut out, "amends", amends);
        one(&mut out, "changes", changes);
        one(&mut out, "execution", execution);
        one(&mut out, "signatures", signatures);
        one(&mut out, "clauses", clauses);
        out
    }

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
        let item = |f: FactRef<'_>| {
            Some(ReviewItem {
                fact: f.id.clone(),
                field: f.field.to_owned(),
                reason: reason(&f)?,
                confidence: f.confidence,
                raw: f.raw.to_owned(),
                page: f.evidence.first()?.page(),
            })
        };
        // A clause of low probability is one that is likely not there.
        let mut items: Vec<_> = self.facts().into_iter().filter(|f| f.field != "clauses").filter_map(item).collect();
        items.extend(self.execution_to_review());
        items
    }

    /// What is wrong with how the contract was signed.
    fn execution_to_review(&self) -> impl Iterator<Item = ReviewItem> {
        let item = |f: FactRef<'_>, reason| ReviewItem {
            fact: f.id.clone(),
            field: f.field.to_owned(),
            reason,
            confidence: f.confidence,
            raw: f.raw.to_owned(),
            page: f.evidence.first().map_or(1, Evidence::page),
        };
        let execution = self.execution.iter().filter_map(move |f| match f.value()? {
            Execution::Unsigned => Some(item(FactRef::of("execution", f), ReviewReason::Unsigned)),
            Execution::PartiallySigned => Some(item(FactRef::of("execution", f), ReviewReason::PartiallySigned)),
            Execution::Signed | Execution::Unknown => None,
        });
        let signatures = self.signatures.iter().filter_map(move |f| {
            let signature = f.value()?;
            let reason = match signature.integrity? {
                Integrity::ChangedAfterSigning => ReviewReason::ChangedAfterSigning,
                Integrity::Broken => ReviewReason::BrokenSignature,
                Integrity::Unverified => ReviewReason::DoubtfulSignature,
                Integrity::Intact if signature.weak => ReviewReason::DoubtfulSignature,
                Integrity::Intact | Integrity::Unsigned => return None,
            };
            Some(item(FactRef::of("signatures", f), reason))
        });
        execution.chain(signatures)
    }

    /// The contract with only those facts whose confidence is at least `least` (0 to 1).
    #[must_use]
    pub fn confident(self, least: f32) -> Self {
        self.sifted(&Least(least))
    }

    /// The contract with the confidence of each fact times the mean of `weight` (0 to 1) over its evidence.
    #[must_use]
    pub fn weighed(self, weight: impl Fn(&Evidence) -> f32) -> Self {
        self.sifted(&Weighed(weight))
    }

    fn sifted(self, sieve: &impl Sieve) -> Self {
        fn one<T>(fact: Option<Fact<T>>, sieve: &impl Sieve) -> Option<Fact<T>> {
            fact.and_then(|fact| sieve.pass(fact))
        }
        fn all<T>(facts: Vec<Fact<T>>, sieve: &impl Sieve) -> Vec<Fact<T>> {
            facts.into_iter().filter_map(|fact| sieve.pass(fact)).collect()
        }
        // In full, as above.
        let Self {
            document,
            parties,
            agreement_date,
            effective_date,
            expiration_date,
            initial_term,
            renewal,
            obligations,
            terminations,
            payment_terms,
            price_changes,
            provisions,
            service_levels,
            service_credits,
            credit_terms,
            governing_law,
            business_day,
            date_roll,
            notices,
            time_of_essence,
            amends,
            changes,
            execution,
            signatures,
            clauses,
            diagnostics,
        } = self;
        Self {
            document: DocumentInfo {
                title: one(document.title, sieve),
                kind: one(document.kind, sieve),
                reference: one(document.reference, sieve),
                ..document
            },
            parties: all(parties, sieve),
            agreement_date: one(agreement_date, sieve),
            effective_date: one(effective_date, sieve),
            expiration_date: one(expiration_date, sieve),
            initial_term: one(initial_term, sieve),
            renewal: one(renewal, sieve),
            obligations: all(obligations, sieve),
            terminations: all(terminations, sieve),
            payment_terms: all(payment_terms, sieve),
            price_changes: all(price_changes, sieve),
            provisions: all(provisions, sieve),
            service_levels: all(service_levels, sieve),
            service_credits: all(service_credits, sieve),
            credit_terms: one(credit_terms, sieve),
            governing_law: one(governing_law, sieve),
            business_day: one(business_day, sieve),
            date_roll: one(date_roll, sieve),
            notices: one(notices, sieve),
            time_of_essence: one(time_of_essence, sieve),
            amends: one(amends, sieve),
            changes: all(changes, sieve),
            execution: one(execution, sieve),
            signatures: all(signatures, sieve),
            clauses: all(clauses, sieve),
            diagnostics,
        }
    }
}

/// What becomes of a fact of any kind.
trait Sieve {
    /// The fact, perhaps changed, or none to leave it out.
    fn pass<T>(&self, fact: Fact<T>) -> Option<Fact<T>>;
}

/// Leaves out what is less sure.
struct Least(f32);

impl Sieve for Least {
    fn pass<T>(&self, fact: Fact<T>) -> Option<Fact<T>> {
        (fact.confidence().get() >= self.0).then_some(fact)
    }
}

/// Makes facts as sure as their evidence.
struct Weighed<F>(F);

impl<F: Fn(&Evidence) -> f32> Sieve for Weighed<F> {
    fn pass<T>(&self, fact: Fact<T>) -> Option<Fact<T>> {
        let weight = fact.evidence().iter().map(&self.0).sum::<f32>() / fact.evidence().len() as f32;
        let confidence = Confidence::new(fact.confidence().get() * weight);
        Some(fact.with_confidence(confidence))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::record::Origin;
    use crate::record::value::DateValue;
    use crate::schedule::testing::{contract, fact};

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
