//! Facts to one contract: dates that hang on other dates are settled here.

use super::{execution, term};
use crate::config::Settings;
use crate::detect::Findings;
use crate::detect::rules::party::is_us;
use crate::record::value::Party;
use crate::record::{Contract, DocumentInfo};
use crate::record::{Diagnostic, Severity, Stage};
use crate::signature::DigitalSignature;
use crate::text::DocumentText;

/// Puts the findings of one document together, and the `digital` signatures of its file. `text` is what the findings
/// were made of.
#[must_use]
pub fn assemble(
    mut document: DocumentInfo,
    mut findings: Findings,
    digital: &[DigitalSignature],
    text: &DocumentText,
    settings: &Settings,
) -> Contract {
    let signatories = std::mem::take(&mut findings.signatories);
    let certified = findings.certified.take();
    let (execution, signatures) = execution::settle(text, signatories, digital, certified, &mut findings.diagnostics);
    let (expiration_date, initial_term) = term::settle(&mut findings);
    if is_unlike_a_contract(&findings) {
        let message = "nothing here reads like a contract: no title, parties, dates or governing law were found";
        findings.diagnostics.push(Diagnostic::new(
            "contract.not_recognised",
            Severity::Warning,
            Stage::Contract,
            message,
        ));
    }
    let mark_us = |mut party: Party| {
        party.is_us = is_us(&party.name, &settings.us);
        party
    };
    let parties = findings.parties.into_iter().map(|fact| fact.map(mark_us)).collect();
    document.title = findings.title;
    document.kind = findings.kind;
    document.reference = findings.reference;
    Contract {
        document,
        parties,
        agreement_date: findings.agreement_date,
        effective_date: findings.effective_date,
        expiration_date,
        initial_term,
        renewal: findings.renewal,
        obligations: findings.obligations,
        terminations: findings.terminations,
        payment_terms: findings.payment_terms,
        price_changes: findings.price_changes,
        provisions: findings.provisions,
        service_levels: findings.service_levels,
        service_credits: findings.service_credits,
        credit_terms: findings.credit_terms,
        governing_law: findings.governing_law,
        business_day: findings.business_day,
        date_roll: findings.date_roll,
        notices: findings.notices,
        time_of_essence: findings.time_of_essence,
        amends: findings.amends,
        changes: findings.changes,
        execution,
        signatures,
        clauses: findings.clauses,
        diagnostics: findings.diagnostics,
    }
}

/// Whether the rules found nothing of what every contract has.
fn is_unlike_a_contract(findings: &Findings) -> bool {
    findings.title.is_none()
        && findings.parties.is_empty()
        && findings.agreement_date.is_none()
        && findings.effective_date.is_none()
        && findings.term_ends.is_empty()
        && findings.governing_law.is_none()
}
