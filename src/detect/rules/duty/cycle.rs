//! Times that come again by words that stand apart: the rhythm of a thing beside "the end of the month", a first day and how
//! often it comes after that.

use super::super::pattern::{contains_fold, pattern};
use super::super::reader::around;
use super::frequency::cycle;
use super::timing::{FIRST_ON, Time};
use crate::calendar::NamedDay;
use crate::lexicon::count;
use crate::record::Part as _;
use crate::record::value::{Direction, TimingKind};

// "In twelve equal monthly instalments".
pattern!(
    INSTALMENTS,
    r"\b(?:([a-z-]+)\s+)?(\(?[0-9]+\)?\s+)?(?:(?:substantially|equal|consecutive|successive|monthly|quarterly|annual|half-yearly|and)[\s,]+)*(?:instal?lments|payments)\b"
);
/// Whether a time comes again and is not counted from anything.
fn recurs(time: &Time) -> bool {
    time.timing.kind == TimingKind::Recurring && time.timing.offset.is_none()
}

/// "Monthly, within ten days after the end of the month": the rhythm stands elsewhere in the sentence.
pub(super) fn of_the_cycle(words: &str, out: &mut [Time]) {
    pattern!(THE_CYCLE, r"^(?:the\s+)?{edge}\s+of\s+(?:the|such|that)\s+(?:{kinds_of_period}\s+)*({returning})$");
    // "Every quarter, within 15 days of its end".
    pattern!(ITS_END, r"^(?:its|the)\s+{edge}$");
    // "After that month has ended".
    pattern!(
        ENDED,
        r"^(?:the|such|that)\s+(?:{kinds_of_period}\s+)*({returning})\s+(?:has\s+(?:ended|closed|passed)|ends|closes|is\s+over)$"
    );
    // "The end of the month it covers", "to which it relates".
    pattern!(
        COVERED,
        r"\s+(?:(?:to|for)\s+which\s+(?:it|they)\s+(?:relates?|(?:is|are)\s+made)|(?:(?:that|which)\s+)?(?:it|they)\s+(?:covers?|describes?|relates?\s+to|concerns?|reports?\s+on)|covered|concerned|in\s+question)$"
    );
    // "A monthly return is made within 20 days": the rhythm is that of the thing.
    pattern!(
        OF_THE_THING,
        r"\b(?:(?:each|every|any)\s+(?:{kinds_of_period}\s+)*({returning})|({adverbs_of_time})\s+(?:[\w-]+\s+){0,3}?(?:{papers}|{labels_of_money}))\b"
    );
    let told = out.iter().find(|t| recurs(t)).and_then(|t| t.timing.every);
    let of_the_thing = || {
        let from = out.iter().find(|t| t.timing.kind == TimingKind::Relative)?.range.start;
        // "The refund of the monthly fee": nothing that comes each month.
        let aside = ["refund", "error", "credit"].iter().any(|word| contains_fold(words.part(..from), word));
        let found = OF_THE_THING.captures(words.part(..from)).filter(|_| !aside)?;
        cycle(found.get(1).or_else(|| found.get(2))?.as_str())
    };
    let Some(every) = told.or_else(of_the_thing) else { return };
    let within = |t: &&mut Time| t.timing.kind == TimingKind::Relative && t.timing.direction == Some(Direction::Within);
    for time in out.iter_mut().filter(within) {
        let Some(anchor) = time.timing.anchor.as_deref() else { continue };
        let anchor = COVERED.find(anchor).map_or(anchor, |m| anchor.part(..m.start()));
        let found = THE_CYCLE.captures(anchor).or_else(|| ENDED.captures(anchor));
        let unit = found.and_then(|c| c.get(1)).and_then(|m| cycle(m.as_str()));
        let its_end = told.is_some() && ITS_END.is_match(anchor);
        if its_end || unit.is_some_and(|u| u.months() == every.months()) {
            time.timing.kind = TimingKind::Recurring;
            time.timing.every = Some(every);
        }
    }
}

/// "Every six months, the first on 31 March 2025", "in twelve monthly instalments starting on 16 June 2026": the date is the
/// first of the series.
pub(super) fn series(words: &str, out: &mut Vec<Time>) {
    // "On 31 August 2025 and every six months after that date".
    pattern!(AND, r"^\s*,?\s*and\s+(?:(?:then|thereafter|again|also|at)\s+)*$");
    let goes_on = |t: &Time| {
        let next = out.iter().find(|n| n.range.start >= t.range.end && recurs(n) && n.timing.days.is_empty());
        next.is_some_and(|n| AND.is_match(words.part(t.range.end..n.range.start)))
    };
    let first = out.iter().position(|t| {
        let named = t.timing.kind == TimingKind::Absolute;
        named && (FIRST_ON.is_match(around(words, &t.range, 60).0) || goes_on(t))
    });
    let Some(first) = first.filter(|_| out.iter().any(recurs)) else { return };
    let (date, end) = (out[first].timing.date, out.remove(first).range.end);
    let Some(time) = out.iter_mut().find(|t| recurs(t)) else { return };
    time.timing.date = date;
    // A yearly sum in twelve parts goes on in the next year, and so do rent and wages.
    let yearly = ["annual", "yearly", "per annum", "each year", "per year", "a year"].iter();
    let yearly = yearly.chain(["rent", "salary", "wage"].iter().filter(|_| !time.timing.days.is_empty()));
    let yearly = yearly.into_iter().any(|w| contains_fold(words, w));
    let monthly = matches!(time.timing.days.as_slice(), [] | [NamedDay { month: None, .. }]);
    if monthly && !yearly {
        let parts = INSTALMENTS.captures(words);
        let number = |i: usize| parts.as_ref().and_then(|c| c.get(i)).and_then(|m| count(m.as_str()));
        time.timing.times = number(1).or_else(|| number(2)).map(|n| n.value).filter(|n| *n > 1);
    }
    time.range = time.range.start.min(end)..time.range.end;
}
