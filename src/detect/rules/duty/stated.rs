//! Duties that no word binds: said in the present tense ("the Operator pays the royalty on the tenth of each month"), as a
//! request ("Send us a report by 31 January in every year"), or as a line that says what is due and when ("Rent: £7,000 in two
//! halves on 6 April and 11 October", "on 15 January 2027 £6,000"). Each must name its days.

use super::super::pattern::{contains_fold, pattern};
use super::super::reader::tail;
use super::actor::Who;
use super::timing::Time;
use super::{Bound, Finder, action};
use crate::calendar::{DayKind, NamedDay, Period, Unit, month_number};
use crate::lexicon::{Reading, among, dates, sums};
use crate::record::value::{DutyCategory, Timing, TimingKind};
use crate::record::{Part as _, Span};

// What somebody does, and what is done, in the present tense.
pattern!(DOES, r"\b(?:{hands_over_now}\s|gives?\s+(?:[\w'’]+\s+){0,4}?{papers})");
pattern!(
    DONE,
    r"\b(?:(?:is|are)\s+(?:then\s+|each\s+)?(?:paid|due|debited|collected|transferred|handed\s+in|delivered|submitted|sent|furnished)|falls?\s+due)\b|[,:–-]\s*(?:paid|payable|due|charged|debited)\s"
);
pattern!(GETS, r"\b(?:receives?|gets?)\s");
// A line about money.
pattern!(OF_MONEY, r"^\W*(?:[0-9.]+\W+|[a-z]\W\s*)?(?:[\w-]+\s+){0,2}{labels_of_money}");
// A line about what is handed over.
pattern!(
    OF_DEEDS,
    r"^\W*(?:[0-9.]+\W+)?(?:[\w-]+\s+){0,2}(?:delivery|deliveries|submission|completion|handover|hand-over|installation|reports?|accounts)\b"
);
// The label of a line about papers, which are due.
pattern!(
    OF_PAPERS,
    r"^\W*(?:[0-9.]+\W+)?(?:[\w-]+\s+){0,2}(?:reporting|returns?|statements?|certificates?|insurance|forecasts?|budgets?)(?:\s+of\s+[\w-]+)?\s*[:\t]"
);
// Papers that are handed over, in the passive: "a balance sheet is presented to the Client by".
pattern!(
    HANDED,
    r"\b{papers}\b[^.;:]{0,60}?\b(?:is|are)\s+(?:then\s+|also\s+|each\s+time\s+|[a-z]+ly\s+)?({handed_over})\b"
);
// Words of money that is paid.
pattern!(
    MONEY,
    r"\b(?:charges?|royalt(?:y|ies)|salary|wages?|premiums?|contributions?|retainers?|subscriptions?|interest|commissions?|stipend|allowance)\b"
);
pattern!(LABELS, r"^\W*(?:[0-9.]+\s+)?[^.;:\t]{2,48}[:\t]\s*");
// What is asked of somebody.
pattern!(
    ASKED,
    r"^\W*(?:please\b|(?:let\s+us\s+have|send|pay|give|return|submit|provide|file|deliver|hand\s+in|bring)\s)"
);
// "Report by 29 January 2027".
pattern!(
    DEED_BY,
    r"^\W*(?:and\s+)?(?:[\w-]+\s+)?(?:delivery|submission|completion|handover|installation|report|accounts)\s+(?:by|no\s+later|not\s+later|on\s+or\s+before)\b"
);
// "Delivered by the 5th business day of each month", below the name of what is delivered.
pattern!(
    DONE_BY,
    r"^\W*(?:to\s+be\s+)?(?:delivered|submitted|provided|issued|sent|furnished|filed)\s+(?:by|on|within|before|no\s+later|not\s+later|at)\b"
);
// The rent that a deed of letting reserves: "YIELDING AND PAYING therefor the yearly rent of".
pattern!(
    RESERVES,
    r"\b(?:(?:yielding|rendering)(?:\s+and\s+paying)?|paying\s+therefor(?:e)?)\b[^.;]{0,80}?\b((?:(?:yearly|annual|monthly|clear|ground)\s+)*(?:rents?|sum)\b)"
);
// The day is one by which, or on which, something is done.
pattern!(
    ON_DAY,
    r"\b(?:on|by|before|than)\s+(?:the\s+|its\s+)?$|\b(?:delivery|completion|handover|installation)\s+date\s*[:\t]\s*$"
);
// What is only billed is not due yet.
pattern!(
    BILLS,
    r"\b(?:sends?|submits?|provides?)\s+(?:[\w'’]+\s+){0,4}?(?:statements?|invoices?|bills?)\b|\b(?:invoiced|billed)\s+(?:to\s+\w+\s+)?(?:within|by|no\s+later|not\s+later)\b[^,;]*$"
);
// Nobody is bound by what is denied, past, or a condition.
pattern!(UNBOUND, r"^\W*(?:if|where|when|should|unless|as)\b|\b(?:not|no|never|neither|was|were|had)\b");
// A preamble under a title of money: "This retainer is agreed on 5 January 2026 between".
pattern!(MADE, ["is/are (hereby) agreed/made/concluded/signed/executed/entered/dated ..60 between"]);
// A label of prices that change: nobody does anything on that day.
pattern!(
    ADJUSTS,
    [
        "^ (annual) price/prices/fee/fees/rent/rate/rates adjustment/review/increase/escalation/indexation, ^ indexation/escalation"
    ]
);
// Words about paying above the lines of a plan.
pattern!(PLAN, r"\b(?:pay\w*|paid|instal?ments?|cheques?|rent|fees?|price|milestones?|due)\b");

// A part of a price, with no sum of its own: "40%, after acceptance", "and the balance of 30%".
pattern!(
    PART,
    r"^\W*(?:[0-9.]+\W+)?(?:and\s+)?(?:the\s+|a\s+|another\s+|one\s+)?(?:(?:further|remaining|final|last|other)\s+)?(?:[0-9.]+\s?%|half|third|quarter|balance|rest|remainder)"
);
/// Words of denying that deny nothing of what is owed.
const DENIES_NOTHING: [&str; 6] =
    ["no later", "not later", "whether or not", "not disputed", "not in dispute", "not already"];

/// How many lines above a label may say what is due.
const NEAR: usize = 6;

impl Finder<'_> {
    /// Reads a part of a sentence without a binding word.
    pub(super) fn stated(&mut self, i: usize, at: usize, text: &str) {
        const LONGEST: usize = 500;
        let plain = DENIES_NOTHING.iter().fold(text.to_owned(), |plain, words| plain.replace(words, ""));
        let unbound = [&UNBOUND, &ADJUSTS, &MADE].iter().any(|p| p.is_match(&plain)) || BILLS.is_match(text);
        if text.len() > LONGEST || unbound || self.defined.lists(text) {
            return;
        }
        if self.day_label(i, at, text) {
            return;
        }
        let mut times = self.times(i, text);
        times.retain(|t| {
            let on_day = ON_DAY.is_match(tail(text.part(..t.range.start), 24));
            t.timing.names_its_days() || t.timing.kind == TimingKind::Absolute && on_day
        });
        if times.is_empty() {
            return;
        }
        let comes_again = times.iter().any(|t| t.timing.kind == TimingKind::Recurring);
        let titles = self.titles(i);
        let labelled = |of: &super::super::pattern::Pattern| {
            let over = |title: &&str| title.len() < 48 && of.is_match(title);
            LABELS.is_match(text) && of.is_match(text) || titles.iter().any(over)
        };
        let bound = Bound::new(i, text, at, 0.6);
        let subject = DOES.find_iter(text).filter(|_| comes_again).find_map(|m| {
            let (acts, who) = self.doer(text.part(..m.start()));
            acts.then_some((m.start(), who))
        });
        let latest = if comes_again { self.latest_day(text, &times) } else { None };
        let handed = HANDED.captures(text).and_then(|c| c.get(1));
        let reserved = RESERVES.captures(text).and_then(|c| c.get(1));
        let bound = if let Some(rent) = reserved {
            let action = Some(format!("pay the {}", action::phrase(text.part(rent.start()..))));
            Bound { action, category: Some(DutyCategory::Payment), ..bound }
        } else if let Some((verb, who)) = subject {
            Bound { who, verb, ..bound }
        } else if let Some((verb, who, action)) = latest {
            Bound { who, verb, action, ..bound }
        } else if ASKED.is_match(text) {
            bound
        } else if self.goes_on_paying(i, text) {
            let who = self.last.clone().map(|(_, who)| who);
            Bound { who, category: Some(DutyCategory::Payment), ..bound }
        } else if labelled(&OF_MONEY) || comes_again && is_paid(text) {
            Bound { category: Some(DutyCategory::Payment), ..bound }
        } else if let Some(verb) = handed {
            Bound { who: self.agent(text.part(verb.start()..)), ..bound }
        } else if OF_PAPERS.is_match(text) {
            bound
        } else if labelled(&OF_DEEDS) || !comes_again && DEED_BY.is_match(text) || DONE_BY.is_match(text) {
            Bound { category: Some(DutyCategory::Delivery), ..bound }
        } else {
            return;
        };
        self.emit(&bound, &times, 0);
    }

    /// What is to be done by a day that is called the last for it, and by whom: "the twentieth of each month is the latest day for
    /// the Hotel to pay the levy", "the last date for payment of the charge is the 8th of each month".
    fn latest_day(&self, text: &str, times: &[Time]) -> Option<(usize, Option<Who>, Option<String>)> {
        pattern!(IS_LAST, r"\b(?:latest|last|final|closing)\s+(?:day|date)\s+(?:for|on\s+which|by\s+which)\s+");
        pattern!(IS, r"^[^.;]{3,80}\b(?:is|falls\s+on)\s+(?:the\s+)?$");
        let last = IS_LAST.find(text)?;
        let behind = text.part(last.end()..);
        let is_it = |t: &Time| {
            let ahead = t.range.end <= last.start();
            ahead || t.range.start >= last.end() && IS.is_match(text.part(last.end()..t.range.start))
        };
        if !times.iter().any(is_it) {
            return None;
        }
        let named = self.actors.mentions(behind).into_iter().next().filter(|m| m.range.start < 5);
        pattern!(TO, r"^\s+(?:to|may|can|must|is\s+to)\s+");
        let verb = match &named {
            Some(named) => named.range.end + TO.find(behind.part(named.range.end..))?.end(),
            None => 0,
        };
        pattern!(UP_TO_DAY, r"^[^.;]{3,80}?\s(?:is|falls\s+on)\s");
        let act = behind.part(verb..);
        let act = UP_TO_DAY
            .find(act)
            .map(|m| act.part(..m.end()).trim_end().trim_end_matches("falls on").trim_end_matches("is"));
        let action = act.map(|act| action::phrase(act.trim_end()));
        Some((last.end() + verb, named.map(|named| named.who), action))
    }

    /// "Due day of each month: 1st", among the particulars of a lease.
    fn day_label(&mut self, i: usize, at: usize, text: &str) -> bool {
        pattern!(
            DAY,
            r"\b((?:rent|due|payment|collection|debit)\s+(?:due\s+)?day(?:\s+(?:of|in)\s+(?:each|every|the)\s+month)?)\s*[:\t]\s*(?:the\s+)?([0-9]{1,2})(?:st|nd|rd|th)?\s*([^.;\t]*)"
        );
        pattern!(EACH, r"^(?:(?:day\s+)?(?:of|in)\s+)?(?:each|every|the)\s+(?:calendar\s+)?month$");
        let whole = |rest: &str| rest.trim().is_empty() || EACH.is_match(rest.trim());
        let found = DAY.captures(text).filter(|c| c.get(3).is_none_or(|rest| whole(rest.as_str())));
        let Some((label, day)) = found.as_ref().and_then(|c| Some((c.get(1)?, c.get(2)?))) else { return false };
        let Some(nth) = day.as_str().parse().ok().filter(|n| (1..=31).contains(n)) else { return false };
        let above = (i.saturating_sub(NEAR)..=i).map(|k| self.reader.sentence(k));
        let rent = [self.reader.heading(i)].into_iter().chain(above).any(|w| contains_fold(w, "rent"));
        let action = Some(if rent { "pay the rent" } else { "pay what is due" }.to_owned());
        let timing = Timing {
            kind: TimingKind::Recurring,
            every: Some(Period::new(1, Unit::Month)),
            anchor: Some(format!("{} of each month", day.as_str())),
            days: vec![NamedDay::monthly(nth, DayKind::Day)],
            ..Timing::default()
        };
        let category = Some(DutyCategory::Payment);
        let bound = Bound { category, action, ..Bound::new(i, text, at, 0.6) };
        self.emit(&bound, &[Time { timing, range: label.start()..day.end() }], 0);
        true
    }

    /// Whether a part of a sentence names the next sum and its day: "$50,000 on 15 January 2027; $50,000 on 15 April 2027".
    fn goes_on_paying(&self, i: usize, text: &str) -> bool {
        const LONGEST: usize = 120;
        let whole = self.reader.sentence(i);
        text.len() < LONGEST
            && text.len() < whole.len()
            && PLAN.is_match(whole)
            && (sums(text).len() == 1 || PART.is_match(text))
    }

    /// The heading over a sentence, and the short line before it that may serve as one.
    fn titles(&self, i: usize) -> [&str; 2] {
        const SHORT: usize = 40;
        let line = i.checked_sub(1).map(|above| self.reader.sentence(above)).filter(|line| line.len() < SHORT);
        [self.reader.heading(i), line.filter(|line| !line.trim_end().ends_with([';', ','])).unwrap_or_default()]
    }

    /// Whether somebody, and no thing, is the subject before a verb in the present tense, and who, where it is not a word that
    /// stands for a party.
    fn doer(&self, before: &str) -> (bool, Option<Who>) {
        pattern!(PRONOUN, r"(?:^|[\s,;])(?:it|they|he|she|we|you|i)\s*$");
        pattern!(NAMED, exact, r"(?:^|[\s,;])the ([A-Z][a-z]{3,20})\s*$");
        pattern!(ALL, r"\b(?:the|both)\s+parties\s*$");
        if ALL.is_match(before) {
            return (true, Some(Who::Each));
        }
        let role = NAMED.captures(before).and_then(|c| c.get(1)).filter(|name| !is_thing(name.as_str()));
        let named = self.actors.subject(before).map(|mention| mention.who);
        let named = named.or_else(|| role.map(|name| Who::Role(name.as_str().to_owned())));
        (named.is_some() || PRONOUN.is_match(before), named)
    }

    /// Reads a line of a plan of payments: one day and one sum, beside another such line. `false` where it is none.
    pub(super) fn part_of_a_plan(&mut self, i: usize, span: Span, words: &str) -> bool {
        const ABOVE: usize = 12;
        let Some(time) = self.day_and_sum(words) else { return false };
        let beside = |at: Option<usize>| at.is_some_and(|at| self.day_and_sum(self.reader.sentence(at)).is_some());
        // "Milestone 3." is a sentence of its own, and no line between two others.
        pattern!(LABEL, r"^\W*(?:milestone|stage|phase|deliverable|instal?ment|payment)\s+[0-9]{1,2}\W*$");
        let label = |at: usize| LABEL.is_match(self.reader.sentence(at));
        let above = i.checked_sub(1).map(|at| if label(at) { at.saturating_sub(1) } else { at });
        let after = Some(if label(i + 1) { i + 2 } else { i + 1 });
        let planned = || (i.saturating_sub(ABOVE)..i).any(|at| PLAN.is_match(self.reader.sentence(at)));
        if !(beside(above) || beside(after)) || !planned() {
            return false;
        }
        let who = self.open.as_ref().and_then(|(_, lead)| lead.who.clone());
        // "15 January 2027 AED 80,000": the year is no part of the sum.
        let apart = [words.part(..time.range.start), words.part(time.range.end..)];
        let paid = apart.iter().find_map(|part| Some(part.part(sums(part).into_iter().next()?.range)));
        // "Factory acceptance test, 28 February, $58,000" says more than its sum.
        let says =
            words.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 3 && month_number(word).is_none());
        let action = paid.filter(|_| says.count() < 2).map(|sum| format!("pay {}", sum.trim()));
        let category = Some(DutyCategory::Payment);
        let bound = Bound { who, category, action, ..Bound::new(i, words, span.start(), 0.6) };
        self.emit(&bound, &[time], 0);
        true
    }

    /// The day of a line that holds one day, one sum and hardly another word.
    fn day_and_sum(&self, words: &str) -> Option<Time> {
        const LONGEST: usize = 90;
        const MOST_WORDS: usize = 4;
        // The label of the line, or of the next: "Milestone 3. Draft report: due 26 February 2027; £3,000".
        const OF_A_STAGE: &str = "milestone stage phase deliverable due payable";
        if words.len() > LONGEST {
            return None;
        }
        let (sums, dates) = (sums(words), dates(words, self.style()));
        let ([sum], [date]) = (sums.as_slice(), dates.as_slice()) else { return None };
        let inside = |at: usize| sum.range.contains(&at) || date.range.contains(&at);
        let mut at = 0;
        let others = words.split_inclusive(char::is_whitespace).filter(|word| {
            let start = at;
            at += word.len();
            let plain = word.trim_end_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
            !inside(start) && word.contains(char::is_alphabetic) && !among(OF_A_STAGE, &plain)
        });
        let Reading::Known(day) = date.value.reading else { return None };
        let plain = date.value.other.is_none() && others.count() <= MOST_WORDS;
        plain.then(|| Time::on(day, date.range.clone()))
    }
}

/// Whether a word with a capital is no person: "the Agreement", "the Index".
fn is_thing(name: &str) -> bool {
    const THINGS: &str = "agreement contract lease licence license term index fee fees rent price prices charges service \
        services goods products platform software system schedule annex exhibit work works site premises property";
    among(THINGS, &name.to_lowercase())
}

/// Whether a sentence says what is paid to somebody: "rent is paid on the 12th", "she receives a stipend".
fn is_paid(text: &str) -> bool {
    let money = !sums(text).is_empty() || PLAN.is_match(text) || MONEY.is_match(text);
    // "Paying the Principal Rent by four equal instalments in advance on 25 March, 24 June ...".
    pattern!(
        IN_PARTS,
        ["rent/rents/fee/fees/price/charge/charges/sum ..50 by/in ~3 instalments/installments/parts/portions ..30 on"]
    );
    money && [&DONE, &GETS, &IN_PARTS].iter().any(|p| p.is_match(text))
}
