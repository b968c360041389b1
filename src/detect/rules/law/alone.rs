//! Law in passing: a place and nothing else under a heading about the law, "6. Law. New Zealand.", and services that are
//! provided under a law.

use super::super::pattern::pattern;
use super::{FILLER, LawCandidate, pick};
use crate::record::{Part as _, Span};
use crate::text::DocumentText;

// "The services are provided to you under Ohio law".
pattern!(
    pub(super) PROVIDED,
    exact,
    r"(?i)\b(?:services?|products?|goods|terms|contract|agreement|membership|account|everything)\b[^.;]{0,80}\b(?:provided|supplied|sold|offered|delivered|made|concluded|entered\s+into)\b[^.;]{0,30}\bunder\s+(?:the\s+)?$"
);

/// Longest sentence that is nothing but a place, in bytes.
const LONGEST: usize = 60;

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
