//! Leaving out what is not certain enough.

use super::{Contract, DocumentInfo};
use crate::provenance::Fact;

impl Contract {
    /// The contract with only those facts whose confidence is at least `least` (0 to 1).
    #[must_use]
    pub fn confident(self, least: f32) -> Self {
        fn keep<T>(fact: Option<Fact<T>>, least: f32) -> Option<Fact<T>> {
            fact.filter(|f| f.confidence().get() >= least)
        }
        fn all<T>(mut facts: Vec<Fact<T>>, least: f32) -> Vec<Fact<T>> {
            facts.retain(|f| f.confidence().get() >= least);
            facts
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
            terminations,
            payment_terms,
            service_levels,
            service_credits,
            credit_terms,
            governing_law,
            amends,
            diagnostics,
        } = self;
        Self {
            document: DocumentInfo {
                title: keep(document.title, least),
                kind: keep(document.kind, least),
                reference: keep(document.reference, least),
                ..document
            },
            parties: all(parties, least),
            agreement_date: keep(agreement_date, least),
            effective_date: keep(effective_date, least),
            expiration_date: keep(expiration_date, least),
            initial_term: keep(initial_term, least),
            renewal: keep(renewal, least),
            terminations: all(terminations, least),
            payment_terms: all(payment_terms, least),
            service_levels: all(service_levels, least),
            service_credits: all(service_credits, least),
            credit_terms: keep(credit_terms, least),
            governing_law: keep(governing_law, least),
            amends: keep(amends, least),
            diagnostics,
        }
    }
}
