//! Days on which the parties say that they agree, and lines of nothing but the day: "NOW, THEREFORE, on this 2nd day of
//! November, 2026 the parties agree", "Given at Letterkenny on 2 February 2026", "6. Dated 15 June 2026."

use crate::detect::Findings;
use crate::detect::rules::pattern::pattern;
use crate::detect::rules::reader::{DateHit, Reader, known, tail};
use crate::record::Fact;
use crate::record::value::DateValue;

// A verb of making and a place before the day.
pattern!(
    BARE,
    r"^\W*(?:[0-9]{1,2}(?:\.[0-9]+)*[.)]?\s+)?(?:thus\s+|and\s+)?(?:signed|dated|given|done|made|executed|concluded|drawn\s+up|sealed|agreed)\b(?:[^.;:0-9]{0,60}?\b(?:on|this|at|as\s+of|day\s+of|in)\b)?(?:[\s,:]|\bthe\b)*$"
);
pattern!(
    AGREES,
    r"\b(?:agree[sd]?\s+as\s+follows|(?:makes?|made|signs?|conclude|enter\s+into)\s+(?:and\s+\w+\s+)?this\s+(?:[\w-]+\s+){0,4}?{own_document}),?\s+(?:on|as\s+of|effective)\s+(?:this\s+|the\s+)*$"
);
pattern!(THEREFORE, r"\bnow,?\s+therefore\b[^.;0-9]{0,60}\b(?:on|as\s+of)\s+(?:this\s+|the\s+)*$");
pattern!(
    FOLLOWS,
    r"^[\s,]*(?:the\s+|both\s+)?(?:(?:under)?signed\s+)?(?:parties\s+|they\s+|we\s+)?(?:hereto\s+)?(?:have\s+|hereby\s+)*agreed?\b"
);
pattern!(ON, r"\b(?:on|as\s+of)\s+(?:this\s+|the\s+)*$");

/// The first such day that is not beside a signature.
pub(super) fn agreed(reader: &Reader<'_>, findings: &Findings) -> Option<Fact<DateValue>> {
    let signed =
        |hit: &DateHit| findings.signature_dates.iter().any(|s| s.date.evidence()[0].span().overlaps(hit.span));
    let says = |hit: &DateHit| {
        let before = reader.before(hit, 300);
        let after = reader.after(hit, 120);
        let ends = after.trim().trim_matches(['.', ',', ')', '_']).is_empty();
        let near = tail(before, 160);
        ends && before.len() < 120 && BARE.is_match(before)
            || AGREES.is_match(near)
            || THEREFORE.is_match(near)
            || ON.is_match(near) && FOLLOWS.is_match(after)
    };
    let hits = reader.dates.iter().filter(|hit| !reader.attached(hit.sentence) && known(hit).is_some());
    let hit = hits.filter(|hit| !signed(hit)).find(|hit| says(hit))?;
    Some(reader.date_fact("agreement_date", hit, "date.agreed", 0.85))
}
