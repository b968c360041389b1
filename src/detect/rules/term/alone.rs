//! The one end that anything has, where nothing tells the term by its name: "Monitoring is from D to D", "the concession ends
//! on D", "The Seller may offer invoices from D until D".

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::words::{CAN_END, NAMED_BEFORE};
use super::{Ending, SERVED, TermCandidate, start, tells_of_another};
use crate::detect::Findings;
use crate::detect::rules::pattern::{contains_fold, pattern};
use crate::detect::rules::reader::{Reader, head, tail};
use crate::detect::rules::title::changes_another;
use crate::lexicon::bound::{self, Bound};
use crate::lexicon::{Class, DateText, Found, Reading, dates, months};
use crate::phrase::Phrase;
use crate::record::value::TermEnd;
use crate::record::{Fact, Part as _, Span};

/// Fewest days that a contract lasts of which only one day tells the end.
const FEWEST: i32 = 28;
/// Longest sentence that is read, and longest document in which two days that bound anything bound the contract, in bytes.
const LONGEST: usize = 400;
const SHORT: usize = 12_000;

// A sentence of what was.
pattern!(
    pub(super) PAST,
    [
        "was/were/had/ended/paid/been, has expired/lapsed, has/have ~1 occupied/used/rented/held/worked/served",
        "expected/planned/likely/hoped to close/end/finish/stop",
    ]
);
// In a document that changes another, the end that it moves: "which would end on D".
pattern!(FORMER, ["would ~2 end/expire/terminate/lapse/run/last"]);
// What has an end of its own beside a contract, and is none.
pattern!(
    pub(super) PAPERS,
    [
        "prize/prizes/competition/raffle/promotion/campaign-period/sale, policy/permit/passport/visa/certificate/commission/compensation/bonus/warrant/warrants/quotation/quote/offer/valid/price/prices/discount",
        "taxable/fiscal/financial year/years, whereas, records/registers/report*/trial/office/holiday*/closed/shut/amend*/allow*/downloaded",
    ]
);
// Right behind a day: "is the last day of this agreement", "the last".
pattern!(
    LAST_DAY,
    r"^,?\s*(?:when|on\s+which\s+(?:day|date)|at\s+which\s+(?:time|point))\s+(?:it|this|the)\s+(?:\w+\s+){0,3}?(?:ends|expires|terminates|lapses|stops|is\s+over|(?:comes\s+to|is\s+at)\s+an\s+end)\b|^\s*(?:(?:is|shall\s+be|will\s+be)\s+)?(?:the|its)\s+(?:last|final)(?:\s+(?:day|one)\b|\s*[,.;]|\s*$)|^\s*(?:is|shall\s+be|will\s+be)\s+(?:the|its)\s+(?:end|expiry|expiration)(?:\s+date)?\b"
);
// Two days that bound something beside the contract.
pattern!(
    BESIDE,
    [
        "holiday/holidays/closed/shut/closure/closures/trial/price/prices/priced/locked/quote/quotation/discount/warrant*/guarantee*",
        "probation*/vacation/leave/sick/weekend/exhibition/opening-hours/blackout/promotion*/fiscal/financial/census/report/reports",
        "previous*/former*/expired/lapsed/amend*/whereas, would ~2 end/expire/run/last, if/should",
        "prize/prizes/competition/competitions/raffle/draw/lottery/voucher/vouchers/promotional/sale/winner/winners",
    ]
);

/// An end and what tells the first day with it.
struct End {
    sentence: usize,
    words: Span,
    day: Date,
    start: Option<(usize, Found<DateText>)>,
}

/// Adds the one day on which anything ends, else the one time that two days bound. A document with several does not say which
/// of them is meant.
pub(super) fn find(reader: &Reader<'_>, findings: &mut Findings, out: &mut Vec<TermCandidate>) {
    let agreed = findings.facts.agreement_date.as_ref().and_then(|f| f.value()?.date());
    let kind = findings.facts.kind.as_ref().and_then(Fact::value);
    let mut ends = ends(reader, kind.is_some_and(|k| changes_another(k)));
    if ends.is_empty() && reader.text.as_str().len() <= SHORT {
        ends = times(reader);
    }
    let Some(first) = ends.first() else { return };
    let late = agreed.is_none_or(|agreed| first.day >= agreed.saturating_add(FEWEST.days()));
    if !late || ends.iter().any(|end| end.day != first.day) {
        return;
    }
    if let Some((sentence, (offset, start))) = ends.iter().find_map(|end| Some((end.sentence, end.start.as_ref()?))) {
        start::begins(reader, findings, sentence, *offset, start);
    }
    let end = Ending::Known(TermEnd::On(first.day));
    let (sentence, words) = (first.sentence, first.words);
    out.push(TermCandidate { score: SERVED, sentence, words, end, rule: "term.alone", disputed: false });
}

/// The days on which something ends; `changes` in a document that changes another.
fn ends(reader: &Reader<'_>, changes: bool) -> Vec<End> {
    let mut out = Vec::new();
    let long = reader.text.as_str().len() > SHORT;
    for (i, place, words) in reader.sentences() {
        if words.len() > LONGEST || reader.attached(i) || reader.dates_of_sentence(i).is_empty() {
            continue;
        }
        let phrases = reader.phrases(i);
        let limb = |at: usize| limb(words, at);
        let other = |at: usize| tells_of_another(limb(at)) || PAPERS.is_match(limb(at));
        if phrases.has(Class::Foreign) {
            continue;
        }
        // "From D to D, and shall not be renewed": what is denied stands behind the days.
        // A long document speaks of much beside its term.
        let told = |left: &str| {
            let near = if long { usize::MAX } else { left.len() };
            let denies = |p: &Phrase| p.is(Class::Not) && p.range.start < near;
            let former = changes && FORMER.is_match(left);
            !former && !phrases.list().iter().any(denies) && !if long { PAST.is_match(words) } else { is_past(left) }
        };
        let ends = |left: &str| bound::before(left) == Some(Bound::End) && told(left);
        let found = dates(words, reader.style);
        let places: Vec<_> = found.iter().map(|d| d.range.clone()).collect();
        let opening = bound::ranges(words, &places);
        for (n, d) in found.iter().enumerate().filter(|(n, _)| !opening.contains(n)) {
            let Reading::Known(day) = d.value.reading else { continue };
            let left = words.part(..d.range.start);
            let first = n.checked_sub(1).filter(|k| opening.contains(k)).map(|k| &found[k]);
            let closes = first.is_some_and(|first| told(words.part(..first.range.start)));
            // "At the latest on D": a day for something to be done.
            let done = contains_fold(tail(left, 24), "latest") && !contains_fold(left, "end");
            // "September 30, 2028 is the last day".
            let last = LAST_DAY.is_match(words.part(d.range.end..)) && told(left);
            let right = [&CAN_END, &NAMED_BEFORE].iter().any(|p| p.is_match(tail(left, 160)))
                || bound::is_foreign(tail(left, 120));
            if done || !closes && !last && !ends(left) || right || !last && other(d.range.start) {
                continue;
            }
            let start = first.map(|first| (place.start(), first.clone()));
            out.push(End { sentence: i, words: Span::from(d.range.clone()).shift(place.start()), day, start });
        }
        // "Up to the last day of September 2028".
        for m in months(words, reader.style).iter().filter(|m| found.iter().all(|d| d.range.start != m.range.start)) {
            let left = words.part(..m.range.start);
            if ends(left) && contains_fold(tail(left, 24), "last day") && !other(m.range.start) {
                let first = found.first().filter(|d| bound::is_start(words.part(..d.range.start)));
                out.push(End {
                    sentence: i,
                    words: Span::from(m.range.clone()).shift(place.start()),
                    day: m.value.last_of_month(),
                    start: first.map(|first| (place.start(), first.clone())),
                });
            }
        }
    }
    out
}

/// The limb of a sentence between semicolons in which byte `at` lies.
fn limb(words: &str, at: usize) -> &str {
    let from = words.part(..at).rfind(';').map_or(0, |at| at + 1);
    let to = words.part(at..).find(';').map_or(words.len(), |len| at + len);
    words.part(from..to)
}

/// Whether the limb before a day tells of what was. An aside is none: "the last day for which you will be paid, will be D".
fn is_past(left: &str) -> bool {
    let limb = left.trim_end_matches([' ', ',']).rsplit(',').find(|limb| limb.trim().contains(' '));
    PAST.is_match(limb.unwrap_or(left))
}

/// The times that two days bound, whatever is done in them.
fn times(reader: &Reader<'_>) -> Vec<End> {
    let mut out = Vec::new();
    for (i, place, words) in reader.sentences() {
        if reader.attached(i) || reader.dates_of_sentence(i).len() < 2 || BESIDE.is_match(head(words, LONGEST)) {
            continue;
        }
        let found = dates(words, reader.style);
        let places: Vec<_> = found.iter().map(|d| d.range.clone()).collect();
        for n in bound::ranges(words, &places) {
            let (Some(first), Some(last)) = (found.get(n), found.get(n + 1)) else { continue };
            let (Reading::Known(from), Reading::Known(day)) = (first.value.reading, last.value.reading) else {
                continue;
            };
            let left = words.part(..first.range.start);
            let denies = |p: &Phrase| p.is(Class::Not) && p.range.start < left.len();
            let long = day >= from.saturating_add(FEWEST.days());
            if long && !bound::is_foreign(tail(left, 120)) && !reader.phrases(i).list().iter().any(denies) {
                let words = Span::from(last.range.clone()).shift(place.start());
                out.push(End { sentence: i, words, day, start: Some((place.start(), first.clone())) });
            }
        }
    }
    out
}
