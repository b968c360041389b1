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

use super::Findings;
use super::hints::Hints;
use crate::segment::Segments;
use crate::text::DocumentText;

/// Runs the families in the order in which they need each other.
pub(super) fn run(text: &DocumentText, segments: &Segments, hints: Option<Hints<'_>>, findings: &mut Findings) {
    let title::Identity { title, kind, reference } = title::identity(text);
    let value = |f: &Option<crate::record::Fact<String>>| f.as_ref().and_then(|f| f.value().cloned());
    findings.facts.amends =
        amends::amends(text, value(&kind).as_deref(), value(&title).as_deref(), value(&reference).as_deref());
    findings.facts.changes = change::changes(text, segments, value(&kind).as_deref(), value(&title).as_deref());
    (findings.facts.title, findings.facts.kind, findings.facts.reference) = (title, kind, reference);
    findings.facts.parties = party::parties(text, segments);
    findings.facts.governing_law = law::governing_law(text, segments);
    let law = findings.facts.governing_law.as_ref().and_then(|f| f.value()).map(String::as_str);
    let reader = reader::Reader::new(text, segments, law, hints);
    date::find(&reader, findings);
    term::find(&reader, findings);
    effective::find(&reader, findings);
    renewal::find(&reader, findings);
    term::ended(findings);
    business_day::find(&reader, findings);
    delivery::find(&reader, findings);
    duty::find(&reader, findings);
    service_level::find(&reader, findings);
    service_credit::find(&reader, findings);
    termination::find(&reader, findings);
    payment::find(&reader, findings);
    price_change::find(&reader, findings);
    provision::find(&reader, findings);
    signatory::find(&reader, findings);
    quantity::find(&reader, findings);
}
