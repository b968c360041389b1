//! The rule families, one a file.

mod amends;
mod anchor;
mod business_day;
mod change;
mod date;
mod delivery;
mod duty;
mod effective;
mod law;
mod missing_day;
mod notice;
pub mod party;
mod pattern;
mod payment;
pub(super) mod platform;
mod price_change;
mod provision;
mod quantity;
pub(super) mod reader;
mod renewal;
mod service_credit;
mod service_level;
mod signatory;
pub(crate) mod signed;
mod term;
mod termination;
#[cfg(test)]
mod tests;
pub(crate) mod title;
mod worth;

use tickler_pdf::contained;

use super::Findings;
use super::hints::Hints;
use crate::record::{Diagnostic, Fact, Severity, Stage};
use crate::segment::Segments;
use crate::text::DocumentText;

/// A family: what it reads, in words for people, and how.
type Family = (&'static str, fn(&reader::Reader<'_>, &mut Findings));

/// The families that need dates and phrases, in the order in which they need each other.
const FAMILIES: [Family; 18] = [
    ("dates", date::find),
    ("days that do not exist", missing_day::find),
    ("the term", term::find),
    ("the effective date", effective::find),
    ("renewal", renewal::find),
    ("the end of the term", |_, findings| term::ended(findings)),
    ("business days", business_day::find),
    ("deliveries", delivery::find),
    ("duties", duty::find),
    ("service levels", service_level::find),
    ("service credits", service_credit::find),
    ("termination", termination::find),
    ("payment", payment::find),
    ("price changes", price_change::find),
    ("provisions", provision::find),
    ("the value", worth::find),
    ("signatories", signatory::find),
    ("quantities", quantity::find),
];

/// Runs the families in the order in which they need each other.
pub(super) fn run(text: &DocumentText, segments: &Segments, hints: Option<Hints<'_>>, findings: &mut Findings) {
    family("the title", findings, |findings| {
        let title::Identity { title, kind, reference } = title::identity(text);
        (findings.facts.title, findings.facts.kind, findings.facts.reference) = (title, kind, reference);
    });
    let value = |f: &Option<Fact<String>>| f.as_ref().and_then(|f| f.value().cloned());
    let facts = &findings.facts;
    let (title, kind, reference) = (value(&facts.title), value(&facts.kind), value(&facts.reference));
    family("the amended agreement", findings, |findings| {
        findings.facts.amends = amends::amends(text, kind.as_deref(), title.as_deref(), reference.as_deref());
    });
    family("the replaced agreements", findings, |findings| {
        let replaces = amends::replaced::replaces(text, segments);
        // What restates an agreement is folded into it.
        if title.as_deref().is_some_and(change::restates) && findings.facts.amends.is_none() {
            findings.facts.amends = replaces.first().and_then(amends::replaced::restated);
        }
        findings.facts.replaces = replaces;
    });
    family("amendments", findings, |findings| {
        findings.facts.changes = {
            let amends = findings.facts.amends.as_ref();
            change::changes(text, segments, kind.as_deref(), title.as_deref(), amends)
        };
        findings.facts.kind = amends::of_letter(&findings.facts).or_else(|| findings.facts.kind.take());
    });
    family("parties", findings, |findings| findings.facts.parties = party::parties(text, segments));
    family("the governing law", findings, |findings| {
        findings.facts.governing_law = law::governing_law(text, segments);
    });
    let law = value(&findings.facts.governing_law);
    let mut reader = None;
    family("dates and labels", findings, |_| {
        reader = Some(reader::Reader::new(text, segments, law.as_deref(), hints));
    });
    let Some(reader) = reader else { return };
    for what in reader.full() {
        findings.diagnostics.push(limited(what));
    }
    for (name, find) in FAMILIES {
        family(name, findings, |findings| find(&reader, findings));
    }
}

/// The remark that a document holds more of something than any contract.
fn limited(what: &str) -> Diagnostic {
    let message = format!("this document has more {what} than any contract: those from some place on were not read");
    Diagnostic::new("detect.limited", Severity::Warning, Stage::Detect, message)
}

/// Runs one family. If it panics, what it found so far stays, the rest is told as lost, and the other families go on: a
/// mistake in the rules of one kind of clause must not cost the whole contract.
fn family(name: &str, findings: &mut Findings, find: impl FnOnce(&mut Findings)) {
    if let Err(message) = contained(|| find(findings)) {
        let message = format!("an internal error in the rules for {name}: {message}; what they read is missing");
        findings.diagnostics.push(Diagnostic::new("detect.failed", Severity::Error, Stage::Detect, message));
    }
}
