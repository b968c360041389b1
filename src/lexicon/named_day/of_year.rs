//! Days of the year: "March 31 of each year", "25 March, 24 June, 29 September and 25 December", "in April and October".

use super::feast::{feast, past_name};
use super::{DAY, EACH, NamedDays, counted, cycle, which};
use crate::calendar::{DayKind, NamedDay, Period, Unit};
use crate::lexicon::date::{month_at, year_follows};
use crate::lexicon::number::ordinal_at;
use crate::lexicon::token::Tokens;

/// Words between the days of one year: "one not later than 1 May and one not later than 1 November".
const BETWEEN: [&str; 18] = [
    "and", "or", "on", "by", "at", "the", "one", "another", "other", "half", "not", "no", "later", "than", "second",
    "balance", "each", "every",
];

/// Whether token `i` begins with a capital, which tells May from may.
pub(super) fn is_capital(t: &Tokens<'_>, i: usize) -> bool {
    t.word(i).is_some_and(|w| w.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// The token after "of each year" or "annually" at `i`.
fn each_year(t: &Tokens<'_>, i: usize) -> Option<usize> {
    let comma = i + usize::from(t.is_mark(i, ","));
    let adverb = t.is_word(comma, &["annually", "yearly"]).then_some(comma + 1);
    // "Year in and year out", "year after year".
    let again = t.is_word(comma, &["year"]) && t.is_word(comma + 1, &["in", "after", "by"]);
    let adverb = adverb.or_else(|| again.then_some(comma + 2));
    adverb.or_else(|| cycle(t, i).filter(|(c, _)| c.months == 12).map(|(_, next)| next))
}

/// A day of the year at `i`: its month, its day (-1 for the last), and the token after it.
pub(super) fn month_day(t: &Tokens<'_>, i: usize) -> Option<(i8, i8, usize)> {
    let (month, day, next) = if is_capital(t, i)
        && let Some((month, at)) = month_at(t, i)
    {
        let (day, next) = number(t, at + usize::from(t.is_word(at, &["the"])))?;
        (month, day, next)
    } else {
        let (day, mut at) = match number(t, i) {
            Some(found) => found,
            None if t.is_word(i, &["last", "final"]) && t.is_word(i + 1, &DAY) => (-1, i + 1),
            None if t.is_word(i, &["end", "close"]) && t.is_word(i + 1, &["of"]) => (-1, i + 1),
            None => return None,
        };
        at += usize::from(t.is_word(at, &DAY));
        at += usize::from(t.is_word(at, &["of", "in"]));
        // "The first day of each January and July", and not "items 2 and 3 in each May".
        let plain = at > 1 && t.digits(at - 2).is_some();
        at += usize::from(!plain && t.is_word(at, &EACH));
        let (month, next) = month_at(t, at).filter(|_| is_capital(t, at))?;
        (month, day, next)
    };
    // "May 30 days": a number of something else.
    let counts = t.is_word(next, &["days", "business", "working", "months", "years", "hours", "percent"]);
    (!counts && !t.is_mark(next, ":%/")).then_some((month, day, next))
}

/// A day of the month in figures or as an ordinal.
fn number(t: &Tokens<'_>, i: usize) -> Option<(i8, usize)> {
    let (day, next) = ordinal_at(t, i).map(|(n, next)| (i8::try_from(n).ok(), next)).or_else(|| {
        let digits = t.digits(i).filter(|d| d.len() <= 2)?;
        Some((digits.parse().ok(), i + 1))
    })?;
    day.filter(|d| (1..=31).contains(d)).map(|d| (d, next))
}

/// Days of the year, and how often if that is said with them. A list of them comes every year without saying so.
pub(super) fn month_days(t: &Tokens<'_>, i: usize) -> Option<(NamedDays, usize)> {
    let (mut days, mut at) = (Vec::new(), i);
    while let Some((month, day, next)) = month_day(t, at).or_else(|| feast(t, at, !days.is_empty())) {
        if year_follows(t, next) {
            return None;
        }
        let by_name = feast(t, at, true).is_some();
        let next = past_name(t, next);
        days.push(NamedDay::yearly(month, day));
        let mut more = next;
        while t.is_mark(more, ",;&") || t.is_word(more, &BETWEEN) {
            more += 1;
        }
        at = next;
        if more == next {
            break;
        }
        if month_day(t, more).or_else(|| feast(t, more, true)).is_some() {
            at = more;
            continue;
        }
        // "The last day of March, June and September", "7th of April, of July and of October".
        if !by_name && (!is_capital(t, i) || month_at(t, i).is_none()) {
            let (others, end) = months_alone(t, more + usize::from(t.is_word(more, &["of", "in"])));
            at = if others.is_empty() { next } else { end };
            days.extend(others.into_iter().map(|month| NamedDay::yearly(month, day)));
        }
        break;
    }
    if days.is_empty() {
        return None;
    }
    let told = each_year(t, at);
    let each = i > 0 && t.is_word(i - 1, &EACH) || (i..at).any(|k| t.is_word(k, &EACH));
    let next = told.unwrap_or(at);
    let yearly = told.is_some() || each || days.len() > 1;
    let rhythm = rhythm(&days);
    Some((NamedDays { days, every: yearly.then_some(rhythm), offset: None, quarter_days: false }, next))
}

/// "The first Monday of January and July", "the third Thursday in October of each year", "the last business day of March".
pub(super) fn counted_days(t: &Tokens<'_>, i: usize) -> Option<(NamedDays, usize)> {
    let (nth, at) = which(t, i)?;
    let (kind, at) = counted(t, at);
    let of = kind.filter(|kind| *kind != DayKind::Day && t.is_word(at, &["of", "in"]))?;
    let each = t.is_word(at + 1, &EACH);
    let (months, at) = months_alone(t, at + 1 + usize::from(each));
    let told = each_year(t, at);
    if months.is_empty() || told.is_none() && !each && months.len() == 1 {
        return None;
    }
    let days: Vec<NamedDay> =
        months.into_iter().map(|month| NamedDay { nth, of, ..NamedDay::yearly(month, 1) }).collect();
    let every = Some(rhythm(&days));
    Some((NamedDays { days, every, offset: None, quarter_days: false }, told.unwrap_or(at)))
}

/// The months of a list at `i`, and the token after it; none where a year or a day of the month follows one.
fn months_alone(t: &Tokens<'_>, i: usize) -> (Vec<i8>, usize) {
    let (mut months, mut at, mut next) = (Vec::new(), i, i);
    while let Some((month, end)) = month_at(t, next).filter(|_| is_capital(t, next)) {
        if year_follows(t, end) || number(t, end).is_some() {
            return (Vec::new(), i);
        }
        months.push(month);
        (at, next) = (end, end);
        while t.is_mark(next, ",;&") || t.is_word(next, &["and", "or", "of", "in"]) {
            next += 1;
        }
    }
    (months, at)
}

/// "In April and October of each year", "every March": the last days of these months. A month that a year follows comes once.
pub(super) fn whole_months(t: &Tokens<'_>, i: usize) -> Option<(NamedDays, usize)> {
    let each = i > 0 && t.is_word(i - 1, &EACH);
    let of = i > 2 && t.is_word(i - 1, &["of"]) && t.is_word(i - 2, &["month", "months"]) && t.is_word(i - 3, &["the"]);
    if !(each || of || i > 0 && t.is_word(i - 1, &["in", "during"])) {
        return None;
    }
    let month = |at: usize| {
        let (month, next) = month_at(t, at).filter(|_| is_capital(t, at))?;
        (number(t, next).is_none() && !year_follows(t, next) && t.digits(next).is_none()).then_some((month, next))
    };
    let (first, mut at) = month(i)?;
    let mut months = vec![first];
    loop {
        let mut more = at;
        while t.is_mark(more, ",;&") || t.is_word(more, &["and", "in", "again", "each", "every"]) {
            more += 1;
        }
        let Some((next, end)) = month(more).filter(|_| more > at) else { break };
        months.push(next);
        at = end;
    }
    let told = each_year(t, at);
    if !(each || told.is_some() || months.len() > 1) {
        return None;
    }
    let days: Vec<NamedDay> = months.iter().map(|&month| NamedDay { nth: -1, ..NamedDay::yearly(month, 1) }).collect();
    // "Twice a year, in May and November": the rhythm stands elsewhere, or these are months of one year.
    let every = (each || told.is_some()).then(|| rhythm(&days));
    Some((NamedDays { days, every, offset: None, quarter_days: false }, told.unwrap_or(at)))
}

/// "Each anniversary of 1 April 2026": that day of every year.
pub(super) fn anniversary(t: &Tokens<'_>, i: usize) -> Option<(NamedDays, usize)> {
    let each = i > 0 && t.is_word(i - 1, &EACH) && t.is_word(i, &["anniversary"]) && t.is_word(i + 1, &["of"]);
    let of = i + 2 + usize::from(t.is_word(i + 2, &["the"]));
    let (month, day, next) = month_day(t, of).filter(|&(.., next)| each && year_follows(t, next))?;
    let days = vec![NamedDay::yearly(month, day)];
    let year = next + usize::from(t.is_mark(next, ","));
    Some((NamedDays { days, every: Some(Period::new(1, Unit::Year)), offset: None, quarter_days: false }, year + 1))
}

/// How often days of the year come: every so many months where they are evenly spread, else as a list of each year.
fn rhythm(days: &[NamedDay]) -> Period {
    let months: Vec<i8> = days.iter().filter_map(|d| d.month).collect();
    let n = i8::try_from(months.len()).unwrap_or(1);
    let step = 12 / n.clamp(1, 12);
    let even = n > 1 && 12 % n == 0 && months.windows(2).all(|w| (w[1] - w[0]).rem_euclid(12) == step);
    if even { Period::new(u32::from(step.unsigned_abs()), Unit::Month) } else { Period::new(1, Unit::Year) }
}
