//! Days that come again by their name: "the 25th of each month", "last working day", "March 31 of each year", "25 March, 24
//! June, 29 September and 25 December", "the usual quarter days", "the 15th day after the end of each quarter".

mod feast;
mod of_year;

use std::sync::LazyLock;

use regex::Regex;

use super::Found;
use super::date::year_follows;
use super::number::{number, ordinal_at};
use super::token::{Kind, Tokens};
use crate::calendar::{DayKind, MONTHS, NamedDay, Period, Unit};
use of_year::{anniversary, counted_days, month_day, month_days, whole_months};
use tickler_pdf::cite::Part as _;

/// Days of the month or of the year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedDays {
    /// Which days; none where they are counted from the end of a period.
    pub days: Vec<NamedDay>,
    /// How often they come; `None` where only the rest of the sentence can say ("monthly, on the 5th").
    pub every: Option<Period>,
    /// So long after the end of each calendar period.
    pub offset: Option<Period>,
    /// Quarter days that are named and not listed.
    pub quarter_days: bool,
}

/// The usual quarter days of England and Wales, and of Ireland.
const QUARTER_DAYS: [NamedDay; 4] =
    [NamedDay::yearly(3, 25), NamedDay::yearly(6, 24), NamedDay::yearly(9, 29), NamedDay::yearly(12, 25)];
/// The quarter days of Scotland, by the Term and Quarter Days (Scotland) Act 1990, section 1.
pub const SCOTTISH_QUARTER_DAYS: [NamedDay; 4] =
    [NamedDay::yearly(2, 28), NamedDay::yearly(5, 28), NamedDay::yearly(8, 28), NamedDay::yearly(11, 28)];

/// Words without which no day is named: units, months, and figures with an ending.
static NAMING: LazyLock<Regex> = LazyLock::new(|| {
    let months = MONTHS.join("|");
    let short = "jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec";
    let units = "day|month|quarter|week|year|annual";
    Regex::new(&format!(r"(?i){units}|mas\b|whitsun|[0-9]\s?(?:st|nd|rd|th)|{months}|\b(?:{short})"))
        .unwrap_or_else(|e| unreachable!("{e}"))
});

/// All named days in `text`, in order. A day of a given year is a date and no named day.
#[must_use]
pub fn named_days(text: &str) -> Vec<Found<NamedDays>> {
    if !NAMING.is_match(text) {
        return Vec::new();
    }
    let tokens = Tokens::of(text);
    let t = &tokens;
    let mut out = Vec::new();
    let mut i = 0;
    while let Some(first) = t.get(i) {
        let hit = quarter_days(t, i)
            .or_else(|| anniversary(t, i))
            .or_else(|| counted_days(t, i))
            .or_else(|| month_days(t, i))
            .or_else(|| whole_months(t, i))
            .or_else(|| first_days(t, i))
            .or_else(|| of_a_month(t, i))
            .or_else(|| edge(t, i));
        if let Some((value, next)) = hit {
            out.push(Found { value, range: first.start..t.end(next - 1) });
            i = next.max(i + 1);
        } else {
            // A date is passed as a whole, or its day would be taken for one of the month.
            i = dated(t, i).map_or(i + 1, |next| next.max(i + 1));
        }
    }
    out
}

/// The days of a list that ends with `text` and gives no year, in order: of "on 1 February, 1 June and" both.
#[must_use]
pub fn yearless(text: &str) -> Vec<Found<NamedDay>> {
    let near = text.char_indices().rev().nth(REACH).map_or(0, |(at, _)| at);
    let tokens = Tokens::of(text.part(near..));
    let t = &tokens;
    // Between two of them stand only marks and joining words.
    let joins = |from: usize, to: usize| (from..to).all(|k| t.is_mark(k, ",;&") || t.is_word(k, &JOINS));
    let (mut out, mut i, mut end) = (Vec::new(), 0, 0);
    while let Some(first) = t.get(i) {
        let Some((month, day, next)) = month_day(t, i).filter(|&(.., next)| !year_follows(t, next)) else {
            i += 1;
            continue;
        };
        if !joins(end, i) {
            out.clear();
        }
        out.push(Found { value: NamedDay::yearly(month, day), range: near + first.start..near + t.end(next - 1) });
        (i, end) = (next, next);
    }
    let is_open = end < t.len() && joins(end, t.len());
    if is_open { out } else { Vec::new() }
}

/// How far back a list of days is looked for, in characters.
const REACH: usize = 200;
/// Words between the days of a list.
const JOINS: [&str; 4] = ["and", "the", "on", "by"];

/// The token after a day and month at `i` that a year follows.
fn dated(t: &Tokens<'_>, i: usize) -> Option<usize> {
    let (.., next) = month_day(t, i)?;
    year_follows(t, next).then_some(next)
}

/// A period that comes again.
#[derive(Debug, Clone, Copy)]
struct Cycle {
    months: u32,
    /// Whether it says "each", and so by itself how often.
    each: bool,
    /// Whether the day lies in the month after the period.
    after: bool,
    /// In which month of the period the day lies, from 1, where that is said: "the second month of each quarter".
    month: Option<i8>,
}

const DAY: [&str; 2] = ["day", "days"];
const EACH: [&str; 4] = ["each", "every", "any", "per"];
const NEXT: [&str; 5] = ["following", "next", "succeeding", "subsequent", "ensuing"];
const ENDS: [&str; 8] = ["end", "close", "expiry", "expiration", "conclusion", "completion", "ending", "last"];
/// Words between "each" and a period of the calendar.
const PLAIN: [&str; 13] = [
    "calendar",
    "full",
    "consecutive",
    "successive",
    "relevant",
    "respective",
    "such",
    "fiscal",
    "financial",
    "english",
    "gregorian",
    "single",
    "whole",
];
const WEEKDAYS: [(&str, DayKind); 7] = [
    ("monday", DayKind::Monday),
    ("tuesday", DayKind::Tuesday),
    ("wednesday", DayKind::Wednesday),
    ("thursday", DayKind::Thursday),
    ("friday", DayKind::Friday),
    ("saturday", DayKind::Saturday),
    ("sunday", DayKind::Sunday),
];

/// Whether a word is a day of the week, whatever its case.
pub(crate) fn is_weekday(word: &str) -> bool {
    WEEKDAYS.iter().any(|(name, _)| word.eq_ignore_ascii_case(name))
}

/// The period at token `i`: "of each calendar month", "in every year", "of the following month", "of the month after the end
/// of each quarter". A year of the contract ("each lease year") has no days of the calendar, and is none.
fn cycle(t: &Tokens<'_>, i: usize) -> Option<(Cycle, usize)> {
    let mut at = i;
    at += usize::from(t.is_mark(at, ","));
    at += usize::from(t.is_word(at, &["of", "in", "during", "for"]));
    if let Some(found) = month_within(t, at) {
        return Some(found);
    }
    let each = t.is_word(at, &EACH);
    if !each && !t.is_word(at, &["the", "such", "that", "a", "its", "their"]) {
        return None;
    }
    let article = t.is_word(at, &["a"]);
    at += 1;
    at += 2 * usize::from(each && t.is_word(at, &["and"]) && t.is_word(at + 1, &EACH));
    // "The first of each of the four months".
    if each && t.is_word(at, &["of"]) && t.is_word(at + 1, &["the", "these", "those"]) {
        // Not "each of the months of January and July".
        let counted = t.is_word(at + 3, &["months"]) && !t.is_word(at + 4, &["of"]);
        return counted.then_some((Cycle { months: 1, each: true, after: false, month: None }, at + 4));
    }
    let from = at;
    while t.is_word(at, &PLAIN) || t.is_word(at, &NEXT) {
        at += 1;
    }
    let next_one = (from..at).any(|k| t.is_word(k, &NEXT));
    let (months, at) = unit(t, at)?;
    // "June 30 of the following year" is one day.
    if each || next_one && months < 12 || article && months == 12 {
        return Some((Cycle { months, each: true, after: false, month: None }, at));
    }
    if months != 1 {
        return None;
    }
    if let Some(found) = month_after(t, at).or_else(|| month_before(t, at)) {
        return Some(found);
    }
    // "Of the month subsequent to that of the services".
    if t.is_word(at, &NEXT) && t.is_word(at + 1, &["to", "upon"])
        || t.is_word(at, &["after"]) && t.is_word(at + 1, &["that", "it"])
    {
        return Some((Cycle { months, each: true, after: false, month: None }, at + 2));
    }
    // "Of the month after."
    if t.is_word(at, &["after"]) && (t.get(at + 1).is_none() || t.is_mark(at + 1, ".,;")) {
        return Some((Cycle { months, each: true, after: false, month: None }, at + 1));
    }
    // "Of the month that follows".
    if t.is_word(at, &["that", "which"]) && t.is_word(at + 1, &["follows", "ensues"]) {
        return Some((Cycle { months, each: true, after: false, month: None }, at + 2));
    }
    // "Of the month in which it is received" is no rhythm.
    let tied = t.is_word(at, &NEXT) || t.is_word(at, &["in", "when", "during", "after", "immediately", "of", "that"]);
    (!tied).then_some((Cycle { months, each: true, after: false, month: None }, at))
}

/// "The first month of each quarter" at `i`.
fn month_within(t: &Tokens<'_>, i: usize) -> Option<(Cycle, usize)> {
    let last = t.is_word(i + 1, &["last", "final"]).then_some((0, i + 2));
    let (nth, at) = last.or_else(|| ordinal_at(t, i + 1)).filter(|_| t.is_word(i, &["the"]))?;
    let at = at + usize::from(t.is_word(at, &["calendar"]));
    let inside = t.is_word(at, &["month"]) && t.is_word(at + 1, &["of", "in"]);
    let whole = cycle(t, at + 1).or_else(|| any_quarter(t, at + 2));
    let (whole, next) = whole.filter(|(c, _)| inside && c.each && !c.after && matches!(c.months, 3 | 6))?;
    let months = i8::try_from(whole.months).ok()?;
    let month = if nth == 0 { months } else { i8::try_from(nth).ok().filter(|n| (1..=months).contains(n))? };
    Some((Cycle { month: Some(month), ..whole }, next))
}

/// "The calendar quarter" at `i`, which a day inside it makes any of them.
fn any_quarter(t: &Tokens<'_>, i: usize) -> Option<(Cycle, usize)> {
    let mut at = i + usize::from(t.is_word(i, &["the", "such", "that", "a"]));
    while t.is_word(at, &PLAIN) {
        at += 1;
    }
    let (months, next) = unit(t, at).filter(|_| at > i)?;
    Some((Cycle { months, each: true, after: false, month: None }, next))
}

/// "Following the end of each quarter", after "of the month".
fn month_after(t: &Tokens<'_>, i: usize) -> Option<(Cycle, usize)> {
    let mut at = i + usize::from(t.is_word(i, &["immediately", "next"]));
    if !t.is_word(at, &NEXT) && !t.is_word(at, &["after"]) {
        return None;
    }
    at = ended(t, at + 1);
    let each = t.is_word(at, &EACH) || t.is_word(at, &["such", "that", "the"]);
    at += usize::from(each);
    while t.is_word(at, &PLAIN) {
        at += 1;
    }
    let (months, at) = unit(t, at).filter(|_| each)?;
    Some((Cycle { months, each: true, after: true, month: None }, at))
}

/// "Preceding each quarter", "before the start of each quarter", after "of the month": the last month of the one before.
fn month_before(t: &Tokens<'_>, i: usize) -> Option<(Cycle, usize)> {
    let mut at = i + usize::from(t.is_word(i, &["immediately", "next"]));
    let prior = t.is_word(at, &["prior"]) && t.is_word(at + 1, &["to"]);
    if !prior && !t.is_word(at, &["before", "preceding"]) {
        return None;
    }
    at += 1 + usize::from(prior);
    let start = t.is_word(at, &["the"]) && t.is_word(at + 1, &["start", "beginning", "commencement"]);
    at += 3 * usize::from(start && t.is_word(at + 2, &["of"]));
    let each = t.is_word(at, &EACH);
    at += 1;
    while t.is_word(at, &PLAIN) {
        at += 1;
    }
    let (months, at) = unit(t, at).filter(|&(months, _)| each && months > 1)?;
    Some((Cycle { months, each: true, after: false, month: i8::try_from(months).ok() }, at))
}

/// The token after "the end of" at `i`, or `i` itself.
fn ended(t: &Tokens<'_>, i: usize) -> usize {
    let mut at = i + usize::from(t.is_word(i, &["the"]));
    if !t.is_word(at, &ENDS) {
        return i;
    }
    at += 1;
    at += usize::from(t.is_word(at, &DAY));
    if t.is_word(at, &["of"]) { at + 1 } else { i }
}

/// The months of the noun at `i`, and the token after it.
fn unit(t: &Tokens<'_>, i: usize) -> Option<(u32, usize)> {
    let half = usize::from(t.is_word(i, &["half"]) && t.is(i + 1, Kind::Dash));
    let at = i + half;
    let months = match t.word(at)?.to_ascii_lowercase().as_str() {
        "half" if t.is_word(at + 1, &["year"]) => return Some((6, at + 2)),
        "month" => 1,
        "quarter" => 3,
        "year" => 12,
        _ => return None,
    };
    Some((months, at + 1))
}

/// "The usual quarter days", "each quarter day".
fn quarter_days(t: &Tokens<'_>, i: usize) -> Option<(NamedDays, usize)> {
    const USUAL: [&str; 8] = ["usual", "normal", "customary", "traditional", "common", "english", "scottish", "rent"];
    let mut at = i;
    while t.is_word(at, &USUAL) {
        at += 1;
    }
    if !t.is_word(at, &["quarter"]) {
        return None;
    }
    let dash = usize::from(t.is(at + 1, Kind::Dash));
    let (many, one) = (t.is_word(at + 1 + dash, &["days"]), t.is_word(at + 1 + dash, &["day"]));
    let each = i > 0 && t.is_word(i - 1, &EACH);
    if !(many || one && (each || at > i)) {
        return None;
    }
    let scottish = (i..at).any(|k| t.is_word(k, &["scottish"]));
    let days = if scottish { SCOTTISH_QUARTER_DAYS } else { QUARTER_DAYS };
    let value = NamedDays {
        days: days.to_vec(),
        every: Some(Period::new(3, Unit::Month)),
        offset: None,
        quarter_days: !scottish,
    };
    Some((value, at + 2 + dash))
}

/// Which one of the month: "first", "15th", "last", and the token after it.
fn which(t: &Tokens<'_>, i: usize) -> Option<(i8, usize)> {
    if t.is_word(i, &["last", "final"]) {
        return Some((-1, i + 1));
    }
    if t.is_word(i, &["day"]) {
        return t.digits(i + 1).and_then(|d| d.parse().ok()).filter(|d| (1..=31).contains(d)).map(|d| (d, i + 2));
    }
    let (n, next) = ordinal_at(t, i)?;
    // "7th (seventh)".
    let again =
        t.is(next, Kind::Open) && ordinal_at(t, next + 1).is_some_and(|(m, at)| m == n && t.is(at, Kind::Close));
    let next = if again { ordinal_at(t, next + 1).map_or(next, |(_, at)| at + 1) } else { next };
    i8::try_from(n).ok().filter(|n| (1..=31).contains(n)).map(|n| (n, next))
}

/// The days that are counted: "business day", "Friday", "day"; `None` where nothing says so.
fn counted(t: &Tokens<'_>, i: usize) -> (Option<DayKind>, usize) {
    let mut at = i + usize::from(t.is_word(i, &["full", "calendar"]));
    let business = t.is_word(at, &["business", "working", "banking", "work"]);
    at += usize::from(business);
    if t.is_word(at, &DAY) {
        return (Some(if business { DayKind::BusinessDay } else { DayKind::Day }), at + 1);
    }
    weekday_at(t, i).map_or((None, i), |kind| (Some(kind), i + 1))
}

/// The day of the week that token `i` names.
pub(super) fn weekday_at(t: &Tokens<'_>, i: usize) -> Option<DayKind> {
    let word = t.word(i)?;
    WEEKDAYS.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)).map(|&(_, kind)| kind)
}

/// "The 1st and 15th day of each month", "last working day of the month", "the 10th day after the end of each quarter".
fn of_a_month(t: &Tokens<'_>, i: usize) -> Option<(NamedDays, usize)> {
    let (first, at) = which(t, i)?;
    let (mut kind, mut at) = counted(t, at);
    let mut nths = vec![first];
    loop {
        let mut more = at;
        while t.is_mark(more, ",&") || t.is_word(more, &["and", "the"]) {
            more += 1;
        }
        let Some((n, next)) = which(t, more).filter(|_| more > at) else { break };
        nths.push(n);
        let (counted, next) = counted(t, next);
        (kind, at) = (counted.or(kind), next);
    }
    if let Some(found) = after_the_end(t, at, first, kind) {
        return Some(found);
    }
    let of = kind.unwrap_or(DayKind::Day);
    if let Some((cycle, next)) = cycle(t, at) {
        let days = nths.iter().flat_map(|&nth| spread(cycle, nth, of)).collect();
        return Some((NamedDays { days, every: Some(every(cycle)), offset: None, quarter_days: false }, next));
    }
    // "Monthly on the 5th": another word of the sentence gives the rhythm.
    let by = i > 1 && t.is_word(i - 1, &["the", "its"]) || i > 0 && t.is_word(i - 1, &["on", "by", "than", "before"]);
    let figure = t.digits(i).is_some() || t.is(at.checked_sub(1)?, Kind::Close);
    if !by || kind.is_none() && !figure || goes_on(t, at) {
        return None;
    }
    let days = nths.iter().map(|&nth| NamedDay::monthly(nth, of)).collect();
    Some((NamedDays { days, every: None, offset: None, quarter_days: false }, at))
}

/// "Within the first five (5) days of each month": by the last of them.
fn first_days(t: &Tokens<'_>, i: usize) -> Option<(NamedDays, usize)> {
    let lead = i.checked_sub(1 + usize::from(i > 0 && t.is_word(i - 1, &["the"])))?;
    if !t.is_word(i, &["first"]) || !t.is_word(lead, &["within", "in", "during", "by"]) {
        return None;
    }
    let (nth, at) = number(t, i + 1)?;
    let nth = nth.whole().and_then(|n| i8::try_from(n).ok()).filter(|n| (2..=28).contains(n))?;
    let (kind, at) = counted(t, at);
    let (cycle, next) = cycle(t, at).filter(|(c, _)| c.months == 1 && c.each && !c.after)?;
    let days = spread(cycle, nth, kind?).collect();
    Some((NamedDays { days, every: Some(every(cycle)), offset: None, quarter_days: false }, next))
}

/// Whether a noun follows at `i`, or words that tie the day to something else ("the last day of the Term").
fn goes_on(t: &Tokens<'_>, i: usize) -> bool {
    const FREE: [&str; 16] = [
        "and",
        "or",
        "in",
        "with",
        "by",
        "at",
        "to",
        "if",
        "unless",
        "during",
        "until",
        "commencing",
        "beginning",
        "starting",
        "provided",
        "without",
    ];
    t.word(i).is_some() && !t.is_word(i, &FREE)
}

/// "After the end of each quarter", behind an ordinal.
fn after_the_end(t: &Tokens<'_>, i: usize, nth: i8, kind: Option<DayKind>) -> Option<(NamedDays, usize)> {
    if !t.is_word(i, &["after", "following", "from"]) {
        return None;
    }
    let (cycle, next) = cycle(t, ended(t, i + 1))?;
    let unit = match kind? {
        DayKind::Day => Unit::Day,
        DayKind::BusinessDay => Unit::BusinessDay,
        _ => return None,
    };
    let offset = Period::new(u32::try_from(nth).ok()?, unit);
    let days = Vec::new();
    Some((NamedDays { days, every: Some(every(cycle)), offset: Some(offset), quarter_days: false }, next))
}

/// "By the end of each month", "at the beginning of each quarter", "at month-end".
fn edge(t: &Tokens<'_>, i: usize) -> Option<(NamedDays, usize)> {
    let led = i > 0 && t.is_word(i - 1, &["by", "at", "on", "than", "before"])
        || i > 1 && t.is_word(i - 1, &["the"]) && t.is_word(i - 2, &["by", "at", "on", "than", "before"]);
    let nth = match t.word(i).filter(|_| led)?.to_ascii_lowercase().as_str() {
        "end" | "close" => -1,
        "beginning" | "start" => 1,
        _ => return None,
    };
    let (cycle, next) = cycle(t, i + 1).filter(|(c, _)| c.each && !c.after && t.is_word(i + 1, &["of"]))?;
    let days = spread(cycle, nth, DayKind::Day).collect();
    Some((NamedDays { days, every: Some(every(cycle)), offset: None, quarter_days: false }, next))
}

fn every(cycle: Cycle) -> Period {
    if cycle.months == 12 { Period::new(1, Unit::Year) } else { Period::new(cycle.months, Unit::Month) }
}

/// The `nth` day of each period: of every month, or of the first (the last for -1) month of each quarter or year.
fn spread(cycle: Cycle, nth: i8, of: DayKind) -> impl Iterator<Item = NamedDay> {
    let months = i8::try_from(cycle.months).unwrap_or(12);
    let first = cycle.month.unwrap_or(if nth < 0 && !cycle.after { months } else { 1 });
    let step = usize::try_from(cycle.months).unwrap_or(12).max(1);
    let of_months = (first..=12).step_by(step).map(move |m| NamedDay { month: Some(m), nth, of });
    let every_month = (months == 1).then_some(NamedDay { month: None, nth, of });
    every_month.into_iter().chain(of_months.filter(move |_| months != 1))
}

#[cfg(test)]
mod tests;
