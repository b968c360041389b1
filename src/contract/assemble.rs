//! Facts to one contract: dates that hang on other dates are settled here.

use super::{Contract, DocumentInfo, term};
use crate::config::Settings;
use crate::detect::Findings;

/// Puts the findings of one document together.
#[must_use]
pub fn assemble(mut document: DocumentInfo, mut findings: Findings, _settings: &Settings) -> Contract {
    let (expiration_date, initial_term) = term::settle(&mut findings);
    document.title = findings.title;
    document.kind = findings.kind;
    document.reference = findings.reference;
    Contract {
        document,
        parties: findings.parties,
        agreement_date: findings.agreement_date,
        effective_date: findings.effective_date,
        expiration_date,
        initial_term,
        renewal: findings.renewal,
        governing_law: findings.governing_law,
        amends: findings.amends,
        diagnostics: findings.diagnostics,
    }
}
