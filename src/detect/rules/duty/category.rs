//! What a duty is about, from its words and the heading above it.

use std::sync::LazyLock;

use super::super::pattern::{Pattern, pattern};
use crate::record::value::DutyCategory as C;

/// A category and the words that tell it, the most telling first.
type Table = LazyLock<Vec<(C, Pattern)>>;

fn table<const N: usize>(lists: [(C, &str); N]) -> Vec<(C, Pattern)> {
    lists.map(|(category, list)| (category, Pattern::new(&format!("{{{list}}}")))).into()
}

/// Topics that settle the category wherever they stand in the clause.
static TOPICS: Table = LazyLock::new(|| {
    table([
        (C::Insurance, "topic_insurance"),
        (C::DataProtection, "topic_data"),
        (C::DataProtection, "topic_erasure"),
        (C::Transition, "topic_transition"),
        (C::Governance, "topic_governance"),
        (C::Governance, "topic_talks"),
    ])
});
/// What is done, from the verb and its object.
static ACTS: Table = LazyLock::new(|| {
    table([
        (C::Notice, "act_notice"),
        (C::Audit, "act_audit"),
        (C::Payment, "act_payment"),
        (C::Confidentiality, "act_secrecy"),
        (C::Reporting, "act_report"),
        (C::Records, "act_records"),
        (C::Support, "act_support"),
        (C::Compliance, "act_compliance"),
        (C::Delivery, "act_delivery"),
    ])
});
/// Things that are due.
static DUE: Table = LazyLock::new(|| table([(C::Reporting, "report_due"), (C::Delivery, "delivery_due")]));
/// Headings that settle what the duties under them are about.
static HEADINGS: Table = LazyLock::new(|| {
    table([
        (C::Insurance, "head_insurance"),
        (C::Confidentiality, "head_secrecy"),
        (C::Governance, "head_governance"),
        (C::Audit, "head_audit"),
        (C::Transition, "head_transition"),
        (C::DataProtection, "head_data"),
        (C::Payment, "head_payment"),
        (C::Reporting, "head_report"),
        (C::Records, "head_records"),
        (C::Support, "head_support"),
        (C::Compliance, "head_compliance"),
        (C::Delivery, "head_delivery"),
    ])
});
// Amounts in dispute are paid, not discussed.
pattern!(
    OWED,
    at_words(b""),
    r"\b(?:shall|will|must|is|are)\s+(?:be\s+)?(?:[a-z]+ly\s+)?(?:paid|due|payable|invoiced|billed|reimburse|pay)\b"
);

/// The category of a duty whose clause is `words`, whose verb and object are `action`, under `heading`.
pub(super) fn category(action: &str, words: &str, heading: &str) -> C {
    let first = |list: &Table, words: &str| list.iter().find(|(_, p)| p.is_match(words)).map(|(c, _)| *c);
    // "The report is due on 1 May": what is due is no money.
    if let Some(category) = first(&DUE, words) {
        return category;
    }
    if OWED.is_match(words) {
        return C::Payment;
    }
    first(&TOPICS, words)
        .or_else(|| first(&HEADINGS, heading).filter(|c| matches!(c, C::Insurance)))
        .or_else(|| first(&ACTS, action))
        .or_else(|| first(&ACTS, words))
        .or_else(|| first(&HEADINGS, heading))
        .unwrap_or(C::Other)
}

/// Whether a heading speaks of confidentiality.
pub(super) fn is_secret(heading: &str) -> bool {
    HEADINGS.iter().any(|(c, p)| *c == C::Confidentiality && p.is_match(heading))
}
