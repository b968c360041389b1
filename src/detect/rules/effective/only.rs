//! The start of a contract that gives it no name: the day from which the term is counted, else the one day on which anything
//! begins. "The Operator shall deliver the papers from D", "I started on your books on D", "Access opens on D".

use jiff::civil::Date;

use crate::detect::Findings;
use crate::detect::labels::Label;
use crate::detect::rules::pattern::{contains_fold, pattern};
use crate::detect::rules::reader::{DateHit, Reader, known, tail};
use crate::lexicon::label::Field;
use crate::lexicon::{Class, among, bound};
use crate::record::value::{Anchor, DateValue, TermEnd};
use crate::record::{Fact, Part as _};

use super::begins::{bare, is_denied};
use super::{LEAVES, OTHER};

/// Longest document in which the start of anything that a party does is that of the contract, in bytes.
const SHORT: usize = 9_000;

// What costs something from a day.
pattern!(
    PRICES,
    [
        "price/prices/priced/rent/fee/fees/charge/charges/rate/rates/salary/wage/wages/royalt*/interest/increase*/steps/rises",
        "pay/paid/payable/payment*/invoice*/instalment*/installment*/discount/budget/fiscal/financial/tax/taxes",
    ]
);
// What begins beside the contract, or is only thought of.
pattern!(
    BESIDE,
    [
        "prize/prizes/competition/raffle/promotion, warrant*/guarantee*/insur*/policy/policies/probation*/trial/option/renew*/extension*/extended/notice",
        "review/reviews/appraisal/receiver/administrator/website, works/construction/principal-photography/meeting*/hearing/training/holiday*/closed/shut/closure/leave",
        "expected/planned/scheduled/hopes/intends/if/should/unless/whereas/would/had/since/until/expires/ends/terminat*",
        "formerly/previous*/replac*/supersed*/incorporated/founded/established/registered/born/law/act/regulation",
    ]
);
// "From the reopening of schools on D", "begins with the meter reading of D".
pattern!(
    FROM_EVENT,
    r"\b(?:from|(?:begins?|starts?|commences?|began|started|commenced)\s+(?:on|with|at))\s+(?:(?:the|your|our|its)\s+)?(?:[\w-]+\s+){1,5}(?:on|of)\s+$"
);
pattern!(AS_OF, r"\bas\s+(?:of|from)\s+$");
// What is made or valued as of a day does not begin on it.
pattern!(
    MADE,
    [
        "made/entered/dated/executed/signed/agree*/between/among/amended/balance/balances/value/values/deliver*/effective"
    ]
);
// Right behind a day: "is the first day of this agreement".
pattern!(
    FIRST_DAY,
    r"^\s*(?:is|shall\s+be|will\s+be|was)\s+(?:the|its)\s+(?:first\s+day|start(?:ing)?(?:\s+(?:date|day))?|commencement(?:\s+date)?)\b"
);
// What was, and has not begun on the day.
pattern!(WAS, ["was/were/been ..60 $"]);
pattern!(BEGAN, ["began/started/commenced ..30 $"]);

/// The day that the contract gives under the name from which its term is counted: "five years counted from Day One", "24 months
/// from the date of acceptance".
pub(super) fn anchored(findings: &Findings) -> Option<Fact<DateValue>> {
    let Some(TermEnd::After { anchor, .. }) = findings.term_ends.first()?.value() else { return None };
    let date = match anchor {
        Anchor::Named(name) => findings.day_named(name),
        Anchor::Event(event) => findings.day_of_event(event),
        _ => None,
    };
    let date = date.filter(|f| f.origin().id != "term.start")?;
    Some(Reader::restate(date, "effective_date", "effective.anchor", 0.6))
}

/// The labelled day on which what is ordered begins: "Installation date", "Data room opens".
pub(super) fn opened(reader: &Reader<'_>) -> Option<Fact<DateValue>> {
    const OPENS: &str = "installation installed connection activation launch move handover possession opening opens begins \
        starts commences occupation arrival";
    let opens = |label: &Label| {
        let name = reader.text.slice(label.name);
        name.split(|c: char| !c.is_alphabetic()).any(|w| among(OPENS, &w.to_ascii_lowercase()))
            && !PRICES.is_match(name)
    };
    let found = reader.dates_of(Field::OtherDate);
    let mut found =
        found.iter().filter(|(label, hit)| opens(label) && known(hit).is_some() && !reader.attached(hit.sentence));
    let (_, hit) = found.next()?;
    found
        .all(|(_, other)| known(other) == known(hit))
        .then(|| reader.date_fact("effective_date", hit, "effective.opened", 0.6))
}

/// The day of the delivery from which a hire runs: "Hire period: from delivery until returned", "Delivery date: D".
pub(super) fn delivered(reader: &Reader<'_>) -> Option<Fact<DateValue>> {
    const EVENTS: [&str; 5] = ["delivery", "collection", "installation", "handover", "possession"];
    let from = |label: &Label| {
        let value = reader.text.slice(label.value).trim_start().to_ascii_lowercase();
        let event = value.strip_prefix("from ").map(|e| e.trim_start_matches("the ").trim_start_matches("date of "))?;
        EVENTS.into_iter().find(|name| event.starts_with(name))
    };
    let event = reader.labels.all(Field::Length).find_map(from)?;
    let named = |label: &Label| contains_fold(reader.text.slice(label.name), event);
    let dates = reader.dates_of(Field::OtherDate);
    let (_, hit) = dates.into_iter().find(|(label, hit)| named(label) && known(hit).is_some())?;
    Some(reader.date_fact("effective_date", hit, "effective.opened", 0.6))
}

/// A day alone under a heading on the start: "When we start. 1 June 2026."
pub(super) fn headed(reader: &Reader<'_>) -> Option<Fact<DateValue>> {
    const SHORT: usize = 40;
    pattern!(STARTS, r"\b(?:start|starting|starts|commence|commencement|commencing|begin|begins|beginning)\b");
    let alone = |hit: &DateHit| {
        let rest = [reader.before(hit, 40), reader.after(hit, 40)].concat();
        rest.chars().all(|c| !c.is_alphanumeric())
    };
    let above = |hit: &DateHit| hit.sentence.checked_sub(1).map_or("", |i| reader.sentence(i));
    let headed = |words: &str| words.len() <= SHORT && STARTS.is_match(words);
    let mut hits = reader.dates.iter().filter(|hit| !reader.attached(hit.sentence) && known(hit).is_some());
    let hit = hits.find(|hit| alone(hit) && (headed(above(hit)) || headed(reader.heading(hit.sentence))))?;
    Some(reader.date_fact("effective_date", hit, "effective.opened", 0.6))
}

/// The one day on which anything begins; of several, the one of what speaks most clearly of the contract.
pub(super) fn only(reader: &Reader<'_>, findings: &Findings) -> Option<Fact<DateValue>> {
    let kind = findings.facts.kind.as_ref().and_then(Fact::value);
    if kind.is_some_and(|k| super::super::title::changes_another(k)) {
        return None;
    }
    let end = findings.term_ends.first().and_then(Fact::value).and_then(|end| match end {
        TermEnd::On(day) => Some(*day),
        _ => None,
    });
    let short = reader.text.as_str().len() <= SHORT;
    let least = if short { 3 } else { 1 };
    let hits = reader.dates.iter().filter(|hit| !reader.attached(hit.sentence));
    let mut found: Vec<(u8, Date, &DateHit)> =
        hits.filter_map(|hit| Some((rank(reader, hit, end, short)?, known(hit)?, hit))).collect();
    found.retain(|(rank, day, _)| *rank <= least && end.is_none_or(|end| *day < end));
    let best = found.iter().map(|(rank, ..)| *rank).min()?;
    found.retain(|(rank, ..)| *rank == best);
    let (_, day, hit) = *found.first()?;
    let alone = found.iter().all(|other| other.1 == day);
    alone.then(|| reader.date_fact("effective_date", hit, "effective.only", if best < 2 { 0.6 } else { 0.52 }))
}

/// How clearly a date is the start of the contract: 0 with its last day, 1 of a word for the contract, 2 of a party, 3 of
/// anything else. `None` for a date that is no start, or that of something else.
fn rank(reader: &Reader<'_>, hit: &DateHit, end: Option<Date>, short: bool) -> Option<u8> {
    let left = reader.before(hit, 240);
    let before = bare(left);
    let as_of = || short && AS_OF.is_match(before) && !MADE.is_match(left);
    let starts = bound::is_start(left) || FROM_EVENT.is_match(before) || as_of();
    let after = reader.after(hit, 160);
    let starts = starts || FIRST_DAY.is_match(after);
    // A definition speaks of something else: “Bill of Sale” means the one that is effective as of D.
    let foreign = left.contains(" means ") || bound::is_foreign(left) || OTHER.is_match(left) || LEAVES.is_match(left);
    let labelled = [Field::OtherDate, Field::End, Field::AgreementDate, Field::Signed];
    if !starts || is_denied(left) || foreign || labelled.iter().any(|&f| reader.labels.is_value(f, hit.span)) {
        return None;
    }
    let dates = reader.dates_of_sentence(hit.sentence);
    let next = dates.iter().find(|d| d.span.start() >= hit.span.end());
    let closes = next.filter(|d| {
        let between = reader.text.as_str().part(hit.span.end()..d.span.start());
        bound::is_range(left, between) && end.is_some() && known(d) == end
    });
    if closes.is_some() {
        return Some(0);
    }
    // "Not valid after D", "between D and D" are no start of the one time that there is.
    let last = left.trim_end().rsplit(' ').next().unwrap_or("").to_ascii_lowercase();
    let past = WAS.is_match(tail(left, 70)) && !BEGAN.is_match(tail(left, 40));
    if past || PRICES.is_match(left) || BESIDE.is_match(left) || matches!(&*last, "after" | "between") {
        return None;
    }
    let at = hit.span.start() - reader.span(hit.sentence).start();
    let phrases = reader.phrases(hit.sentence);
    let near = if FIRST_DAY.is_match(after) { usize::MAX } else { at };
    let held = |class: Class| phrases.list().iter().any(|p| p.is(class) && p.range.end <= near);
    // "Valid from D the list price is": what it is about stands behind.
    if !held(Class::Party) && !held(Class::Contract) && !held(Class::Thing) && PRICES.is_match(after) {
        return None;
    }
    Some(if held(Class::Contract) || held(Class::Thing) {
        1
    } else if held(Class::Party) {
        2
    } else {
        3
    })
}
