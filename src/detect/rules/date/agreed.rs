//! Days on which the parties say that they agree, and words that hold nothing but the day: "NOW, THEREFORE, on this 2nd day
//! of November, 2026 the parties agree", "Given at Letterkenny on 2 February 2026", "6. Dated 15 June 2026.", and before the
//! first clause "Karachi, 14 November 2026. Landlord:", "Services Agreement of 4 May 2026".

use super::{is_act, own};
use crate::detect::Findings;
use crate::detect::rules::pattern::pattern;
use crate::detect::rules::reader::{DateHit, Reader, known, tail};
use crate::lexicon::bound;
use crate::lexicon::label::Field;
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
pattern!(SIGNED_AT, r"^\W*(?:thus\s+)?signed\s+(?:at|in|on)\b");
pattern!(ON, r"\b(?:on|as\s+of)\s+(?:this\s+|the\s+)*$");
// "Done at Douala, on 20 March 2026, in two originals".
pattern!(
    ORIGINALS,
    r"^,?\s+in\s+(?:duplicate|triplicate|(?:[\w()]+\s+){1,3}(?:originals?|copies|counterparts|exemplars))\b"
);
// Before the first clause: a making verb with its place, a place, or the title alone.
pattern!(
    FRONT,
    [
        "^ these terms are/were made/agreed/signed/concluded (and) (made/agreed/signed) (as-of/on) (the) $",
        "^ (this) (duly) (lease/agreement/contract/deed/order/letter) (was/is/as) dated/made/signed/executed/concluded/agreed/accepted/entered-into (and) (dated/signed/delivered/accepted) (electronically/digitally/online) (this/as-of/on/of/in/at) (the) $",
        "^ dated/made/signed/done/given/executed/concluded/agreed/accepted at/in ~3 on/this (the) $",
        "^ (the) ~5 agreement/contract/lease/deed/order/addendum/memorandum/letter of $",
    ]
);
pattern!(PLACE, exact, r"^[\s(]*(?:[A-Z][\w'’-]+[ ,]+){0,4}$");
// What stands right behind a day that is told before the first clause.
pattern!(CLOSES, r"^[\s,]*(?:$|[.;)\n\t(]|\s{2}|(?:by\s+and\s+)?(?:between|by|with|among)\b)");

/// The first such day that is not beside a signature.
pub(super) fn agreed(reader: &Reader<'_>, findings: &Findings) -> Option<Fact<DateValue>> {
    let says = |hit: &DateHit| {
        let before = reader.before(hit, 300);
        let after = reader.after(hit, 120);
        let ends = after.trim().trim_matches(['.', ',', ')', '_']).is_empty() || ORIGINALS.is_match(after);
        let near = tail(before, 160);
        ends && before.len() < 120 && BARE.is_match(before)
            || AGREES.is_match(near)
            || THEREFORE.is_match(near)
            || ON.is_match(near) && FOLLOWS.is_match(after)
    };
    let own = |hit: &&DateHit| !reader.attached(hit.sentence) && known(hit).is_some() && !findings.signs_at(hit.span);
    let mut hits = reader.dates.iter().filter(own);
    // "SIGNED at Paarl on 14 April 2025 … SIGNED at Ceres on 15 April 2025": the last of them, as of signatures.
    let signed = |hit: &&DateHit| SIGNED_AT.is_match(reader.before(hit, 300)) && says(hit);
    let last = |hit| Some(hit).filter(signed).and_then(|_| hits.clone().filter(signed).max_by_key(|h| known(h)));
    let said = hits.clone().find(|hit| says(hit)).map(|hit| last(hit).unwrap_or(hit));
    let hit = said.or_else(|| {
        let end = front(reader);
        let mut hits = hits.by_ref().take_while(|hit| hit.span.start() < end);
        hits.find(|hit| heads(reader, hit))
    })?;
    Some(reader.date_fact("agreement_date", hit, "date.agreed", 0.85))
}

/// Where the first clause begins: the words before it are the title, the parties and the date.
fn front(reader: &Reader<'_>) -> usize {
    const LONGEST: usize = 1_500;
    pattern!(
        CLAUSE,
        r"^(?:(?:article|section|clause)\s+)?(?:[0-9]{1,2}(?:\.[0-9]+)*|[ivx]+|[a-z])[.):]?\s+[a-z]|^whereas\b"
    );
    let clause = reader.text.blocks().iter().skip(1).find(|b| CLAUSE.is_match(reader.text.slice(b.span)));
    clause.map_or(LONGEST, |b| b.span.start()).min(LONGEST)
}

/// Whether the words around a day, up to the next stops, hold nothing but a verb of making or a place.
fn heads(reader: &Reader<'_>, hit: &DateHit) -> bool {
    let before = reader.before(hit, 160);
    let limb = before.rsplit(['.', ';', '\n', '\t', '(', ')']).next().unwrap_or(before);
    let bare = limb.trim_matches([' ', ',']).is_empty();
    let told = FRONT.is_match(limb) || (bare && !before.trim().is_empty() || !bare && PLACE.is_match(limb));
    let labels = [Field::OtherDate, Field::End, Field::Start, Field::Signed];
    told && CLOSES.is_match(reader.after(hit, 40))
        && !is_act(before)
        && !bound::is_foreign(before)
        && own(before)
        && !labels.iter().any(|&field| reader.labels.is_value(field, hit.span))
}
