//! What other sentences say of a change of prices: the notice of it, a change that is allowed after a time without one, and the
//! day of it in a line of its own.

use super::{CHANGES, ELSE, NOTICE_AFTER, PriceChange, PriceChangeKind, PriceDraft, STAYS, day};
use crate::calendar::{Period, Unit};
use crate::detect::rules::pattern::{contains_fold, pattern};
use crate::detect::rules::reader::{Reader, head, tail};
use crate::lexicon::{DateStyle, Found, PeriodText, dates, periods};
use crate::record::Part as _;

/// How many sentences lie at most between a change and the line with its day.
pub(super) const LABEL_REACH: usize = 8;

// Words by which somebody is told something.
pattern!(
    TELLS,
    r"\b(?:notice|noti(?:fy|fies|fied)|inform(?:ed|s)?|tell|told|announce|advise|write\s+to|let\s+(?:[\w-]+\s+){1,3}know|hear\s+from)\b"
);
pattern!(NEW_PRICE, r"\b(?:new|increased|changed|revised|higher)\s+(?:[\w-]+\s+){0,2}?(?:{prices}|tariffs?)");
pattern!(
    THE_CHANGE,
    r"\b(?:the|any|each|such|that|this|no)\s+(?:\w+\s+){0,2}?(?:increase|change|adjustment|rise|uplift|revision)\b"
);
pattern!(
    BEFORE_IT,
    [
        "before/in-advance-of that/such/the day/date/change/increase",
        "before they/it do/does/go/goes/rise/rises/change/changes"
    ]
);
// Words behind a length by which it is one before the change.
pattern!(
    AHEAD,
    r"^[\s'’]*s?['’]?\s*(?:\([^()]{0,12}\)\s*)?(?:{notice_words}[\s,'’]+){0,5}(?:notice|before|prior\s+to|in\s+advance|ahead|beforehand)\b"
);
// "Until 45 days after the Customer was told of it".
pattern!(AFTER_TOLD, r"^[\s'’]*s?['’]?\s*(?:after|from)\b[^.;]{0,40}?\b(?:told|notif\w+|informed|notice)\b");
pattern!(ASIDE, r"^\W*(?:[0-9.]+\W+)?(?:if|should|where|unless)\b|\b(?:terminat|cancel|reject|object)");
// A change that somebody may make, of which nothing can be counted yet.
pattern!(
    ALLOWS,
    r"\b(?:may|can|could|right\s+to|entitled\s+to|free\s+to)\s+(?:[\w,-]+\s+){0,6}?(?:{raises}|put\s+up\b)"
);
pattern!(PRICED, r"\b(?:{prices}|tariffs?|subscription|premiums?)\b");
// Prices that stay for a time.
pattern!(KEPT, r"\b(?:is|are|be|stays?|remains?)\s+(?:fixed|firm|frozen|unchanged|the\s+same|held)\b");
pattern!(FOR_A_TIME, r"\b(?:until|till|for|in|during|through(?:out)?|before)\b");
// What is allowed when that time is over: "After that we may, if we give you 30 days' notice".
pattern!(
    LATER_MAY,
    r"^\W*(?:(?:after|from)\s+(?:that|this|it|then)(?:\s+on)?|thereafter|afterwards|then|later)\b,?\s+[^.;,]{0,40}?\b(?:may|can|could)\b([^.;]{0,60})"
);
pattern!(
    DOES_SO,
    r"^\s*(?:(?:only\s+)?do\s+(?:so|that|it)|(?:{raises}|put)\s+(?:it|them|that|this|those)(?:\s+up)?)?\s*,?\s*(?:only\s+)?(?:if|on|by|with|upon|provided|after|subject|giving)\b"
);
// "First escalation date: 1 February 2027", in a line of its own.
pattern!(
    DAY_LABEL,
    r"^\W*(?:[0-9.]+\W+)?(?:first\s+|next\s+|annual\s+)?(?:(?:rent|fee|price)\s+)?(?:escalation|increase|review|adjustment|indexation)\s+dates?\b[^:\t.;]{0,40}[:\t]"
);

/// "The Vendor must send written notice of the new fee at least 90 days before that day": the notice of the change that the sentence
/// before allows.
pub(super) fn ahead(draft: &mut PriceDraft, i: usize, words: &str) {
    if i - draft.last != 1 || draft.value.notice.is_some() {
        return;
    }
    let Some((notice, _)) = notice_of_change(words) else { return };
    draft.value.notice = Some(notice);
    draft.more.push(i);
    draft.last = i;
}

/// The notice of a change that a sentence asks for.
fn notice_of_change(words: &str) -> Option<(Period, std::ops::Range<usize>)> {
    let of_change = || [&*NEW_PRICE, &THE_CHANGE, &BEFORE_IT].iter().any(|p| p.is_match(words));
    if ASIDE.is_match(words) || !TELLS.is_match(words) || !of_change() {
        return None;
    }
    let leads = |p: &Found<PeriodText>| {
        let after = head(words.part(p.range.end..), 60);
        AHEAD.is_match(after) || AFTER_TOLD.is_match(after)
    };
    told(words, leads)
}

/// The first length that can be one of notice and that `leads` to it.
fn told(words: &str, leads: impl Fn(&Found<PeriodText>) -> bool) -> Option<(Period, std::ops::Range<usize>)> {
    let short = |p: &Period| matches!(p.unit, Unit::Day | Unit::BusinessDay | Unit::Week | Unit::Month);
    let all = periods(words).into_iter().filter(|p| !p.value.article || AHEAD.is_match(words.part(p.range.end..)));
    all.filter(leads).find_map(|p| Some((p.value.reading.known().filter(short)?, p.range)))
}

/// The change that sentence `before` allows at all, or bars for a time, and `i` ties to a notice: "We do not raise your fee in the
/// minimum term. After that we may, if we give you 30 days' notice".
pub(super) fn later(reader: &Reader<'_>, before: usize, i: usize) -> Option<PriceDraft> {
    const LONGEST: usize = 400;
    let (above, words) = (reader.sentence(before), reader.sentence(i));
    let long = above.len() > LONGEST || words.len() > LONGEST;
    if long
        || !reader.share_section(before, i)
        || !PRICED.is_match(above)
        || ELSE.is_match(above)
        || ASIDE.is_match(above)
    {
        return None;
    }
    let stays = (STAYS.is_match(above) || KEPT.is_match(above)) && FOR_A_TIME.is_match(above);
    let afterwards = || LATER_MAY.captures(words).and_then(|c| c.get(1)).filter(|m| DOES_SO.is_match(m.as_str()));
    let (notice, range) = if stays && afterwards().is_some() {
        told(words, |p| NOTICE_AFTER.is_match(head(words.part(p.range.end..), 100)))?
    } else if ALLOWS.is_match(above) && !STAYS.is_match(above) {
        notice_of_change(words).or_else(|| bare_notice(above, words))?
    } else {
        return None;
    };
    let value = PriceChange {
        kind: PriceChangeKind::Other,
        index: None,
        percent: None,
        cap: None,
        floor: None,
        every: None,
        on: None,
        first: None,
        notice: Some(notice),
    };
    Some(PriceDraft { sentence: i, last: i, more: vec![before], range, value })
}

/// The notice that the next sentence gives without saying of what: "We may change the fee. We will give you at least 30 days'
/// notice in writing".
fn bare_notice(above: &str, words: &str) -> Option<(Period, std::ops::Range<usize>)> {
    pattern!(
        GIVES,
        r"^\W*(?:[0-9.]+\W+)?(we|it|they|the\s+[\w-]+)\s+(?:will|shall|must|has\s+to|have\s+to|is\s+to)\s+(?:first\s+)?(?:give|tell|notify|inform|write\s+to|let)\b"
    );
    pattern!(
        GETS,
        r"^\W*(?:[0-9.]+\W+)?you\s+(?:will|shall|must)\s+(?:first\s+)?(?:have|get|receive|be\s+(?:given|told))\b"
    );
    // Nothing else is told: "... notice to leave" is another one.
    pattern!(
        NO_MORE,
        r"\b(?:notice|beforehand|ahead|in\s+advance|before)(?:\s+(?:in\s+writing|by\s+[\w-]+|of\s+(?:it|this|that)|first|from\s+us|to\s+you))*\W*$"
    );
    let own =
        |m: super::super::pattern::Match<'_>| match m.as_str().strip_prefix("the ").or(m.as_str().strip_prefix("The "))
        {
            Some(role) => contains_fold(above, role),
            None => true,
        };
    let told_by = GIVES.captures(words).and_then(|c| c.get(1)).is_some_and(own);
    if !(told_by || GETS.is_match(words))
        || ASIDE.is_match(words)
        || !NO_MORE.is_match(words)
        || !CHANGES.is_match(above)
    {
        return None;
    }
    told(words, |p| AHEAD.is_match(head(words.part(p.range.end..), 60)))
}

/// The day of a change that a line of its own gives.
pub(super) fn on_a_day(draft: &mut PriceDraft, i: usize, words: &str, style: DateStyle) {
    const LONGEST: usize = 140;
    let open = draft.value.first.is_none() && draft.value.on.is_none();
    if !open || i == draft.last || words.len() > LONGEST {
        return;
    }
    let Some(label) = DAY_LABEL.find(words) else { return };
    let value = words.part(label.end()..);
    let known = dates(value, style).into_iter().find(|d| d.value.reading.known().is_some() && d.value.other.is_none());
    let first = known.map(|d| value.part(d.range).to_owned());
    let on = if first.is_none() { day(&format!("on {} each year", tail(value.trim(), 40))) } else { None };
    if first.is_none() && on.is_none() {
        return;
    }
    draft.value.first = first;
    draft.value.on = on;
    draft.more.push(i);
}
