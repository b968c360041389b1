//! Words by which the rules of duties tell sentences apart.

use super::super::pattern::pattern;
use crate::record::Part as _;

// Sentences that bind nobody: recitals, definitions, testimonies, examples, forms to fill in.
pattern!(
    pub(super) UNBINDING,
    r#"^\W*(?:whereas|recitals?|witnesseth|in\s+witness|now,?\s+therefore|for\s+(?:example|instance))\b|"[^"]{1,60}"\s*(?:\([^)]*\)\s*)?,?\s*(?:shall\s+|will\s+)?(?:means?|refers?\s+to|has\s+the|have\s+the|is\s+defined|includes?)\b"#
);
// Subjects of which a "shall" only says how things are.
pattern!(
    pub(super) THE_PAPER,
    r"\b(?:this|the|that|such|master|said)\s+(?:[\w-]+\s+){0,3}?{paper}\s*(?:\([^)]*\)\s*)?(?:hereto|hereof|hereunder)?[\s,]*$|(?:\b(?:section|article)\s+[0-9.ivxl]+|{no_actor})\s*$"
);
// A duty that outlives the contract: "the obligations of this Article shall survive for five years".
pattern!(
    pub(super) OUTLIVES,
    at_words(b""),
    r"\b(?:obligations?|confidentiality|restrictions?|covenants?|undertakings?|survival\s+period|article|section|provisions?)\b[^.;]{0,140}\b(?:surviv\w+|continu\w+|remain\w*|appl(?:y|ies)|endure|last)\b"
);
// A level of service: counted with the levels, not the duties.
pattern!(pub(super) SERVICE_LEVEL, r"{service_level}");
// Words by which levels are told apart, and what is measured.
pattern!(pub(super) LEVEL_TABLE, r"{level_table}");
pattern!(pub(super) ANSWER, r"\brespon[sd]\w*|\bresol\w+|\backnowledg\w+|\brestor\w+|\bworkaround");
// "Is due and payable", "are payable": what is owed, with no party as subject.
pattern!(pub(super) DUE, r"\b(?:due|payable)$");
// A verb of outliving, where the subject stands in the clause before.
pattern!(pub(super) SURVIVES, r"^\W*(?:shall|will|must)?\s*(?:surviv|continu|remain)");
// A passive or impersonal verb: the clause need not name who acts.
pattern!(
    pub(super) PASSIVE,
    r"^(?:not\s+)?(?:be|have\s+been)\s+(?:[a-z]+ly\s+|(?:due|made)\s+and\s+)?(?:[a-z]+-[a-z]+ed\b|[a-z]+(?:ed|en|id|lt|pt|ne|nt|ld|ught|ut|de)\b|{participles})|^(?:due|payable)\b"
);
// A price, and that it rises by itself.
pattern!(pub(super) PRICE, r"\b{prices}\s*$");
pattern!(pub(super) GROWS, r"^(?:automatically\s+|then\s+|each\s+year\s+)?(?:escalate|increase|rise|go\s+up|step\s+up)\b");
// Something changes hands.
pattern!(pub(super) HANDS_OVER, r"^(?:then\s+)?(?:pay|remit|deliver|send|provide|submit|give|transfer|hand|return|repay)\b");
// An item that tells when something counts as received, or what counts as a default: an event and no act.
pattern!(
    pub(super) EVENT,
    at_words(b""),
    r"\b(?:if|when|upon|on|after|by|in)\b[^.;]{0,60}{sent_off}|{goes_wrong}"
);
// What follows the binding words of a lead-in that leaves the actions to its items.
pattern!(
    pub(super) OPEN_LEAD,
    r"^\W*(?:(?:do|perform|comply\s+with|provide|undertake|observe|take|each|all|of|the|following|as\s+follows|obligations|actions|steps|things|duties)\s*)*\W*$"
);

/// The noun that stands for the subject in the words before a verb: "the obligations" of "the obligations under this
/// Article".
pub(super) fn thing(before: &str) -> &str {
    pattern!(FIRST, r"\s{behind_a_noun}\s");
    let clause = before.trim_end().trim_end_matches(',');
    let clause = clause.rsplit(", ").next().unwrap_or(clause);
    FIRST.find(clause).map_or(clause, |m| clause.part(..m.start()))
}

/// Whether a sentence leaves a list open.
pub(super) fn ends_open(text: &str) -> bool {
    !text.trim_end().ends_with(['.', '?', '!'])
}
