//! Facts of any kind, for people.

use tickler::record::{Confidence, Contract, FactRef, Field, Origin, OriginKind, Status};

/// Fields in the order in which people ask for them; fields not named here follow.
const ORDER: [Field; 10] = [
    Field::title,
    Field::kind,
    Field::reference,
    Field::amends,
    Field::parties,
    Field::agreement_date,
    Field::effective_date,
    Field::initial_term,
    Field::expiration_date,
    Field::renewal,
];

/// All facts of a contract.
pub(super) fn of(contract: &Contract) -> Vec<FactRef<'_>> {
    let mut facts = contract.facts();
    // Stable: facts of one field stay in the order of the text.
    facts.sort_by_key(|f| ORDER.iter().position(|field| *field == f.field).unwrap_or(ORDER.len()));
    facts
}

/// The value in words; why there is none, where there is none.
pub(super) fn value(fact: &FactRef<'_>) -> String {
    match (fact.words(), fact.status) {
        (Some(words), Status::Conflicting) => format!("{words} (the contract also says otherwise)"),
        (Some(words), _) => words,
        (None, Status::Redacted) => "redacted in the document".to_owned(),
        (None, _) => "not settled by the document".to_owned(),
    }
}

/// What people call the field of this name.
pub(super) fn label(name: &str) -> &str {
    Field::ALL.iter().find(|field| field.name() == name).map_or(name, |field| field.label())
}

/// Confidence as a percentage.
pub(super) fn percent(confidence: Confidence) -> String {
    format!("{:.0} %", confidence.get() * 100.0)
}

/// What found a fact.
pub(super) fn origin(origin: &Origin) -> String {
    match origin.kind {
        OriginKind::Rule => format!("rule {}", origin.id),
        OriginKind::Model => format!("model, {}", origin.id),
        OriginKind::RuleAndModel => format!("rule {}, and the model agrees", origin.id),
        OriginKind::Reviewer => format!("set by {}", origin.id),
    }
}

/// How a value came to be known, or why it is not.
pub(super) const fn status(status: Status) -> &'static str {
    match status {
        Status::Found => "Found",
        Status::Computed => "Computed",
        Status::Unresolved => "Unresolved",
        Status::Conflicting => "Conflicting",
        Status::Redacted => "Redacted",
    }
}
