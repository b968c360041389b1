//! A place and nothing else, under a heading about the law: "6. Law. New Zealand."

use super::{FILLER, LawCandidate, pick};
use crate::record::{Part as _, Span};
use crate::text::DocumentText;

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
