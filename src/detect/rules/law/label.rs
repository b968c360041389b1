//! The law as a row of key terms: "Governing law: X".

use super::super::pattern::pattern;
use super::{FILLER, LawCandidate, pick};
use crate::lexicon::jurisdiction::places;
use crate::record::{Part as _, Span};
use crate::text::DocumentText;

pattern!(
    pub(super) LABEL,
    exact,
    r"(?i)^\W*(?:item\s+)?(?:\d[\d.]*\s+)?(?:(?:governing|applicable|proper|controlling|choice\s+of)\s+(?:law|laws|jurisdiction|state)|law(?:\s+of\s+(?:the\s+|this\s+)?(?:contract|agreement|lease))?)"
);
// What a label ends with: more that it names, and its mark.
pattern!(
    LABEL_END,
    exact,
    r"(?i)^(?:\s*(?:and|&|/)\s*(?:venue|jurisdiction|courts?|forum|law))?\s*(?:\([^()]{0,40}\)\s*)?[:\t|.–—-]+\s*"
);

/// A row of key terms: "Governing law: X".
pub(super) fn labelled(text: &DocumentText, span: Span) -> Option<LawCandidate> {
    let s = text.slice(span);
    let label = LABEL.prefix_len(s);
    let skip = label + LABEL_END.prefix_len(s.part(label..));
    if label == 0 || s.len() > skip + 160 {
        return None;
    }
    // "Governing law: English law" and "Governing law: Ireland".
    let value = s.part(skip..);
    let adjective = places(value).into_iter().next().filter(|p| p.range.start < 5 && p.adjective);
    let named = adjective.map(|p| (p.name, Span::from(p.range)));
    let (name, at) = named.or_else(|| pick(value, FILLER.prefix_len(value)))?;
    // A column of labels needs no mark, but then nothing else stands in the row.
    if skip == label && value.trim_end().len() > at.end() {
        return None;
    }
    Some(LawCandidate {
        score: 7,
        name,
        place: at.shift(span.start() + skip),
        clause: span,
        rule: "law.label",
        confidence: 0.9,
    })
}
