//! Facts to one contract: dates that hang on other dates are settled here.

use super::{Contract, DocumentInfo};
use crate::config::Settings;
use crate::detect::Findings;

/// Puts the findings of one document together.
#[must_use]
pub fn assemble(mut document: DocumentInfo, findings: Findings, _settings: &Settings) -> Contract {
    document.title = findings.title;
    document.kind = findings.kind;
    document.reference = findings.reference;
    Contract {
        document,
        parties: findings.parties,
        agreement_date: findings.agreement_date,
        effective_date: findings.effective_date,
        expiration_date: None,
        initial_term: None,
        renewal: findings.renewal,
        governing_law: findings.governing_law,
        amends: findings.amends,
        diagnostics: findings.diagnostics,
    }
}
