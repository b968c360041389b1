//! Facts of any kind, for people.

use tickler::record::{Confidence, Contract, FactRef, Field, Origin, OriginKind, Status};
use tickler::said::{Conflict, Correction};

/// Fields in the order in which people ask for them; fields not named here follow.
const ORDER: [Field; 11] = [
    Field::title,
    Field::kind,
    Field::reference,
    Field::amends,
    Field::replaces,
    Field::parties,
    Field::agreement_date,
    Field::effective_date,
    Field::initial_term,
    Field::expiration_date,
    Field::renewal,
];

/// All facts of a contract.
pub(crate) fn of(contract: &Contract) -> Vec<FactRef<'_>> {
    let mut facts = contract.facts();
    // Stable: facts of one field stay in the order of the text.
    facts.sort_by_key(|f| ORDER.iter().position(|field| *field == f.field).unwrap_or(ORDER.len()));
    facts
}

/// The value in words; why there is none, where there is none.
pub(crate) fn value(fact: &FactRef<'_>) -> String {
    match (fact.words(), fact.status) {
        (Some(words), Status::Conflicting) => format!("{words} (the contract also says otherwise)"),
        (Some(words), _) => words,
        (None, Status::Redacted) => "redacted in the document".to_owned(),
        (None, _) => "not settled by the document".to_owned(),
    }
}

/// What people call the field of this name.
pub(crate) fn label(name: &str) -> &str {
    match Field::named(name) {
        Some(field) => field.label(),
        None => name,
    }
}

/// Confidence as a percentage.
pub(crate) fn percent(confidence: Confidence) -> String {
    format!("{:.0} %", confidence.get() * 100.0)
}

/// What found a fact.
pub(crate) fn origin(origin: &Origin) -> String {
    match origin.kind {
        OriginKind::Rule => format!("rule {}", origin.id),
        OriginKind::Model => format!("model, {}", origin.id),
        OriginKind::RuleAndModel => format!("rule {}, and the model agrees", origin.id),
        OriginKind::Reviewer => origin.id.clone(),
    }
}

/// Who gave a value, when and why, and what was read.
pub(crate) fn told(correction: &Correction) -> String {
    let Correction { who, at, why, confirmed, read_words, conflict, .. } = correction;
    let (who, day) = (who.as_deref().unwrap_or("somebody"), at.split('T').next().unwrap_or_default());
    let why = why.as_ref().map_or_else(String::new, |why| format!(": {why}"));
    let read = match read_words {
        _ if *confirmed && conflict.is_none() => String::new(),
        Some(read) => format!(" Read: {read}."),
        None => " Nothing was read.".to_owned(),
    };
    let verb = if *confirmed { "Confirmed" } else { "Set" };
    let look = match conflict {
        Some(Conflict::ReadingChanged) => " The reading has changed since.",
        Some(Conflict::QuoteGone) => " The contract does not have the words any more that proved it.",
        None => "",
    };
    format!("{verb} by {who} on {day}{why}.{read}{look}")
}

/// How a value came to be known, or why it is not.
pub(crate) const fn status(status: Status) -> &'static str {
    match status {
        Status::Found => "Found",
        Status::Computed => "Computed",
        Status::Unresolved => "Unresolved",
        Status::Conflicting => "Conflicting",
        Status::Redacted => "Redacted",
    }
}
