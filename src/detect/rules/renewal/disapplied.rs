//! Clauses of general terms that special ones put out of force.

use crate::detect::rules::pattern::pattern;
use crate::detect::rules::reader::Reader;

// A clause of the general terms that is put out of force.
pattern!(
    VOID,
    r"^\W*(?:[a-z]?[0-9.]+\s+)?(?:the\s+)?(?:clause|section|paragraph|article|provision|condition)\b(?:\s+([0-9]+(?:\.[0-9]+)*))?.*\bnot\s+appl(?:y|icable)\W*$"
);

/// Whether a sentence puts a clause out of force: what it tells of that clause does not happen.
pub(super) fn says(words: &str) -> bool {
    VOID.is_match(words)
}

/// The clauses that another one puts out of force: "Clause 3.2 of the General Conditions does not apply".
pub(super) fn clauses(reader: &Reader<'_>) -> Vec<usize> {
    let named = reader.sentences().filter(|(.., words)| words.len() < 160);
    let named = named.filter_map(|(.., words)| Some(VOID.captures(words)?.get(1)?.as_str()));
    let numbers: Vec<&str> = named.collect();
    let sections = reader.segments.sections.iter().enumerate();
    sections.filter(|(_, s)| s.number.as_deref().is_some_and(|n| numbers.contains(&n))).map(|(i, _)| i).collect()
}
