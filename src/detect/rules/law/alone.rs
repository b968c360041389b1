//! Law in passing: a place and nothing else under a heading about the law, "6. Law. New Zealand.", and services that are
//! provided under a law.

use super::super::pattern::pattern;
use super::label::LABEL;
use super::{FILLER, LawCandidate, pick};
use crate::record::{Part as _, Span};
use crate::text::DocumentText;

// "The services are provided to you under Ohio law".
pattern!(
    pub(super) PROVIDED,
    exact,
    r"(?i)\b(?:services?|products?|goods|terms|contract|agreement|membership|account|everything)\b[^.;]{0,80}\b(?:provided|supplied|sold|offered|delivered|made|concluded|entered\s+into)\b[^.;]{0,30}\bunder\s+(?:the\s+)?$"
);

// "It is the law of X to which this agreement is subject".
pattern!(
    pub(super) TO_WHICH,
    exact,
    r"(?i)^[^.;]{0,80}\b(?:to|by)\s+which\s+(?:this|the)\s+{governed_papers}\s+(?:is|shall\s+be)\s+(?:subject|governed)\b"
);

/// Longest sentence that is nothing but a place, in bytes.
const LONGEST: usize = 60;

// "Belgian law.", "Art. 9 The law of Ireland.", with nothing beside it.
pattern!(
    BARE,
    exact,
    r"^\W*(?:(?:Art(?:icle)?|Clause|Section)\.?\s+)?(?:(?:[0-9][0-9.]*|[IVX]+)[.)]?\s+)?(?:(?:[A-Z][A-Za-z]+\s+){1,3}(?:[Ll]aw|LAW)|(?:The\s+l|L)aws?\s+of\s+(?:the\s+)?(?:[A-Z][\w]+(?:\s+(?:and|of|the))?\s*){1,5})\W*$"
);

/// Whether a sentence is nothing but the name of a law.
pub(super) fn is_bare(s: &str) -> bool {
    s.len() < LONGEST && BARE.is_match(s)
}

/// Whether a sentence is only the label of a law, which the next one gives: "5.2 Choice of law."
pub(super) fn announces(s: &str) -> bool {
    let label = LABEL.prefix_len(s);
    label > 0 && !s.part(label..).contains(char::is_alphanumeric)
}

/// The place that is the whole of a sentence.
pub(super) fn alone(text: &DocumentText, span: Span) -> Option<LawCandidate> {
    let s = text.slice(span);
    let (name, at) = pick(s, FILLER.prefix_len(s)).filter(|_| s.len() < LONGEST)?;
    let rest = s.part(at.end()..).trim_matches(|c: char| !c.is_alphanumeric());
    rest.is_empty().then(|| LawCandidate {
        score: 4,
        name,
        place: at.shift(span.start()),
        clause: span,
        rule: "law.headed",
        confidence: 0.8,
    })
}
