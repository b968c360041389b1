//! Facts to one contract: dates that hang on other dates are settled here.

use super::{execution, sanity, term, unread};
use crate::config::Settings;
use crate::detect::Findings;
use crate::detect::rules::party::is_us;
use crate::record::value::{DateValue, Party, RenewalKind};
use crate::record::{Contract, Diagnostic, DocumentInfo, Fact, Severity, Stage};
use crate::signature::DigitalSignature;
use crate::text::DocumentText;

/// Puts the findings of one document together, and the `digital` signatures of its file. `text` is what the findings
/// were made of.
#[must_use]
pub fn assemble(
    document: DocumentInfo,
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
    sanity::refuse_long_notice(&mut findings, expiration_date.as_ref());
    findings.diagnostics.extend(open_end(&findings, expiration_date.as_ref()));
    let mark_us = |mut party: Party| {
        party.is_us = is_us(&party.name, &settings.us);
        party
    };
    let mut facts = findings.facts;
    facts.parties = facts.parties.into_iter().map(|fact| fact.map(mark_us)).collect();
    (facts.expiration_date, facts.initial_term) = (expiration_date, initial_term);
    (facts.execution, facts.signatures) = (execution, signatures);
    let mut contract = Contract::new(document, facts, findings.diagnostics);
    let unread = unread::remarks(&contract, &findings.quantities, &findings.read_again, text);
    contract.sift(&mut unread::Doubt::of(&unread));
    contract.diagnostics.extend(unread);
    contract
}

/// The remark that a contract renews, or can be renewed, and the end of its term is not known: it has no deadline then.
fn open_end(findings: &Findings, expiration: Option<&Fact<DateValue>>) -> Option<Diagnostic> {
    let renewal = findings.facts.renewal.as_ref()?;
    let dated = expiration.and_then(|f| f.value()).is_some();
    let what = match renewal.value()?.kind {
        RenewalKind::Automatic => "renews automatically",
        RenewalKind::Option => "can be renewed by an option",
        _ => return None,
    };
    let message =
        format!("The contract {what}, but the end of its term is not known: no last day for notice can be computed.");
    let remark = Diagnostic::new("renewal.end_open", Severity::Warning, Stage::Contract, message);
    (!dated).then(|| remark.at(renewal.evidence()[0].span()))
}

/// Whether the rules found nothing of what every contract has.
fn is_unlike_a_contract(findings: &Findings) -> bool {
    let facts = &findings.facts;
    facts.title.is_none()
        && facts.parties.is_empty()
        && facts.agreement_date.is_none()
        && facts.effective_date.is_none()
        && facts.governing_law.is_none()
        && findings.term_ends.is_empty()
}
