//! Dates in all the forms that contracts use (R16).

mod filled;
mod missing;
mod weekday;
mod yearless;

use std::ops::Range;

use jiff::civil::Date;

pub use missing::missing_days;

use super::number::{ordinal_at, suffix, words};
use super::token::{Kind, Tokens};
use super::{DateOrder, DateStyle, Found, Reading};
use crate::calendar::MONTHS;
use tickler_pdf::cite::Part as _;

/// A date as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateText {
    /// The date, or why it is not known.
    pub reading: Reading<Date>,
    /// The other date that the same figures can mean, when nothing settles the order of day and month.
    pub other: Option<Date>,
}

/// All dates in `text`, in order. Month and day without a year are not a date.
#[must_use]
pub fn dates(text: &str, style: DateStyle) -> Vec<Found<DateText>> {
    let filled = filled::filled(text);
    let text = filled.as_deref().unwrap_or(text);
    let tokens = Tokens::of(text);
    let scan = Scan { tokens: &tokens, style };
    let mut out = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let before = || out.last().and_then(|date: &Found<DateText>| date.value.reading.known());
        let hit = match tokens.kind(i) {
            Some(Kind::Digits) => scan.numeric(i).or_else(|| scan.day_first(i)).or_else(|| scan.derived(i, before())),
            Some(Kind::Word) => scan.month_first(i).or_else(|| scan.day_first(i)).or_else(|| scan.derived(i, before())),
            Some(Kind::Blank | Kind::Redacted) => scan.day_first(i).or_else(|| scan.bare_year(i)),
            _ => None,
        };
        if let Some((value, next)) = hit {
            out.push(Found { value, range: range(&tokens, i, next) });
            i = next.max(i + 1);
        } else {
            i += 1;
        }
    }
    out
}

fn range(tokens: &Tokens<'_>, first: usize, next: usize) -> Range<usize> {
    let start = tokens.get(first).map_or(0, |t| t.start);
    start..tokens.end(next - 1).max(start)
}

/// A month name at token `i`, and the token after it.
pub(super) fn month_at(tokens: &Tokens<'_>, i: usize) -> Option<(i8, usize)> {
    Scan { tokens, style: DateStyle::default() }.month(i)
}

/// Whether a year stands at token `i`, after what may part it from a day: then the day is part of a date.
pub(super) fn year_follows(tokens: &Tokens<'_>, i: usize) -> bool {
    Scan { tokens, style: DateStyle::default() }.year(i, false).is_some()
}

/// One part of a date: known, or a gap in the text.
type Part<T> = Reading<T>;

struct Scan<'a> {
    tokens: &'a Tokens<'a>,
    style: DateStyle,
}

impl Scan<'_> {
    /// A month name at `i`: "January", "Jan.", "Sept", and names torn in two ("Janu ary").
    fn month(&self, i: usize) -> Option<(i8, usize)> {
        let t = self.tokens;
        let word = t.word(i)?;
        if word.len() < 2 || word.len() > 9 || !word.is_ascii() {
            return None;
        }
        let number = |n: usize| i8::try_from(n + 1).unwrap_or(1);
        let starts = |m: &str| m.len() >= word.len() && m.part(..word.len()).eq_ignore_ascii_case(word);
        // Two letters are no month; "ma" might begin two of them.
        let found = MONTHS.iter().position(|m| starts(m))?;
        // "November (month), 2021 (year)": the prompts of a form.
        let prompt = |at: usize| {
            let named = t.is(at, Kind::Open) && t.is_word(at + 1, &["month"]) && t.is(at + 2, Kind::Close);
            if named { at + 3 } else { at }
        };
        let dot = |at: usize| prompt(if t.is_mark(at, ".") && t.glued(at) { at + 1 } else { at });
        if word.len() == MONTHS[found].len() {
            return Some((number(found), dot(i + 1)));
        }
        if let Some(tail) = t.word(i + 1) {
            let torn = MONTHS.iter().position(|m| {
                starts(m) && word.len() + tail.len() == m.len() && m.part(word.len()..).eq_ignore_ascii_case(tail)
            });
            if let Some(m) = torn {
                return Some((number(m), dot(i + 2)));
            }
        }
        let abbreviated = word.len() == 3 || word.eq_ignore_ascii_case("sept");
        (abbreviated && !word.eq_ignore_ascii_case("mar") || word == "Mar" || word == "MAR")
            .then(|| (number(found), dot(i + 1)))
    }

    /// A day of the month at `i`: "5", "5th", "20t h", "twenty-first", "first", or a gap.
    fn day(&self, i: usize) -> Option<(Part<i8>, usize)> {
        let t = self.tokens;
        if let Some(gap) = t.gap(i) {
            // "[***]th", "___ st".
            return Some((retype(gap), suffix(t, i + 1).unwrap_or(i + 1)));
        }
        let (value, mut next) = if let Some((n, next)) = ordinal_at(t, i) {
            (n, next)
        } else {
            let digits = t.digits(i).filter(|d| d.len() <= 2)?;
            (digits.parse().ok()?, i + 1)
        };
        // "30 t h" comes as one ordinal; a lone suffix may follow a gap of its own: "5 th".
        next = suffix(t, next).unwrap_or(next);
        let value = i8::try_from(value).ok().filter(|d| (1..=31).contains(d))?;
        Some((Reading::Known(value), next))
    }

    /// A year at `i`, after "," or "of" or "in the year": "2024", "'98", "20 14", "two thousand and four", "20__", a gap.
    fn year(&self, i: usize, loose: bool) -> Option<(Part<i16>, usize)> {
        let t = self.tokens;
        let mut at = i;
        // "June 5th, 2012", "March 18. 2021", "day of May , 2010", "8th , of June of 2012".
        while t.is_mark(at, ",.;") && at < i + 2 {
            at += 1;
        }
        at += usize::from(t.is_word(at, &["of", "in"]));
        if t.is_word(at, &["the"]) && t.is_word(at + 1, &["year"]) {
            at += 2;
            // "in the year of our Lord two thousand and four".
            at += 3 * usize::from(t.is_word(at, &["of"]) && t.is_word(at + 2, &["lord"]));
        } else if t.is_word(at, &["year"]) {
            at += 1;
        }
        // "January, A.D. 2025".
        if t.is_word(at, &["a"]) && t.is_word(at + 2, &["d"]) && t.is_mark(at + 1, ".") {
            at += 3 + usize::from(t.is_mark(at + 3, "."));
        }
        at += usize::from(t.is_mark(at, ",'’‘"));
        if let Some(gap) = t.gap(at) {
            return Some((retype(gap), at + 1));
        }
        if let Some(digits) = t.digits(at) {
            // "20__".
            if digits.len() <= 3 && t.is(at + 1, Kind::Blank) && (digits.starts_with("20") || digits.starts_with('1')) {
                return Some((Reading::Blank, at + 2));
            }
            let mut joined = digits.to_owned();
            let mut next = at + 1;
            // A year torn apart by the typesetting: "20 14", "2 0 14", "200 5".
            while joined.len() < 4 {
                let Some(more) = t.digits(next).filter(|m| joined.len() + m.len() <= 4) else { break };
                joined.push_str(more);
                next += 1;
            }
            if joined.len() == 4 {
                let year: i16 = joined.parse().ok().filter(|y| (1900..2100).contains(y))?;
                return Some((Reading::Known(year), next));
            }
            // Two digits are a year only where a date cannot be meant otherwise.
            if loose && digits.len() == 2 && !t.is_mark(at + 1, ":%/") && !t.is(at + 1, Kind::Open) && !self.counts(at)
            {
                // "19" or "20" alone: the rest was to be filled in.
                if digits == "19" || digits == "20" && !t.is_mark(at - 1, "'’") {
                    return Some((Reading::Blank, at + 1));
                }
                return Some((Reading::Known(self.style.expand(digits.parse().ok()?)), at + 1));
            }
            return None;
        }
        let (value, mut next) = words(t, at)?;
        let value = match value {
            1900..2100 => value,
            // "nineteen ninety-nine", "twenty twenty-four".
            19 | 20 => {
                let (rest, after) = words(t, next)?;
                next = after;
                value * 100 + rest
            }
            // "nineteen hundred" and "two thousand" stop before "and"; `words` takes both as one number.
            _ => return None,
        };
        // "two thousand and four (2004)".
        if t.is(next, Kind::Open) && t.digits(next + 1).is_some() && t.is(next + 2, Kind::Close) {
            next += 3;
        }
        Some((Reading::Known(i16::try_from(value).ok()?), next))
    }

    /// Whether the number at `i` is a day or counts something: "25 March, 24 June", "1 May, 30 days after".
    fn counts(&self, i: usize) -> bool {
        const COUNTED: [&str; 9] =
            ["day", "days", "week", "weeks", "month", "months", "working", "business", "calendar"];
        let of = usize::from(self.tokens.is_word(i + 1, &["of"]));
        self.month(i + 1 + of).is_some() || self.tokens.is_word(i + 1, &COUNTED)
    }

    /// "January 5, 2024", "June __, 2012", "Sept. 1st 2005".
    fn month_first(&self, i: usize) -> Option<(DateText, usize)> {
        let t = self.tokens;
        let (month, mut at) = self.month(i)?;
        at += usize::from(t.is_mark(at, ",") && t.digits(at + 1).is_some_and(|d| d.len() <= 2));
        at += usize::from(t.is_word(at, &["the"]));
        if t.is(at, Kind::Dash) {
            // "Jun-04-2012".
            let (day, next) = self.day(at + 1)?;
            let (year, next) = self.year(next + usize::from(t.is(next, Kind::Dash)), true)?;
            return Some((build(year, Reading::Known(month), day)?, next));
        }
        // "June , 2012": the day is a hole without a line.
        if t.is_mark(at, ",")
            && let Some((year @ Reading::Known(_), next)) = self.year(at, false)
            && next == at + 2
        {
            return Some((build(year, Reading::Known(month), Reading::Blank)?, next));
        }
        let (day, next) = self.day(at)?;
        let comma = t.is_mark(next, ",");
        let (year, next) = self.year(next, comma || t.is_mark(next, "'’"))?;
        Some((build(year, Reading::Known(month), day)?, next))
    }

    /// "5 January 2024", "5th day of January, 2024", "first day of July, 2017", "4-Jun-12", "[ ] day of [ ], 2020".
    fn day_first(&self, i: usize) -> Option<(DateText, usize)> {
        let t = self.tokens;
        if t.is_word(i, &["day"]) && t.is_word(i + 1, &["of"]) {
            return self.hole_before_day(i);
        }
        let (day, mut at) = self.day(i)?;
        let mut formal = false;
        at += usize::from(t.is_mark(at, ".,") && self.month(at + 1).is_some());
        if t.is_word(at, &["day"]) {
            formal = true;
            at += 1;
        }
        if t.is_word(at, &["of"]) {
            at += 1;
            // "the 2nd day of the month of May".
            at +=
                3 * usize::from(t.is_word(at, &["the"]) && t.is_word(at + 1, &["month"]) && t.is_word(at + 2, &["of"]));
        }
        let dash = t.is(at, Kind::Dash);
        at += usize::from(dash);
        let (month, mut at) = match self.month(at) {
            Some((m, next)) => (Reading::Known(m), next),
            None if formal => (retype(t.gap(at)?), at + 1),
            None => return None,
        };
        // A lone gap before a month is a gap for something else unless the date is formal.
        if day.known().is_none() && !formal && month.known().is_none() {
            return None;
        }
        at += usize::from(dash && t.is(at, Kind::Dash));
        // "the 20 March day of 1998": a form filled in before its words.
        at += 2 * usize::from(!formal && t.is_word(at, &["day"]) && t.is_word(at + 1, &["of"]));
        let (year, next) = self.year(at, true)?;
        // "1 September 15, 2024": a numbered row; 15 is the day.
        let whole =
            |i: usize| t.digits(i).is_some_and(|d| d.len() == 4 && (d.starts_with("19") || d.starts_with("20")));
        if t.digits(next - 1).is_some_and(|d| d.len() == 2) && t.is_mark(next, ",") && whole(next + 1) {
            return None;
        }
        Some((build(year, month, day)?, next))
    }

    /// A day that other words of the text give: the weekday of a month, the year of the date behind it or `before` it.
    fn derived(&self, i: usize, before: Option<Date>) -> Option<(DateText, usize)> {
        let named = self.day_and_month(i);
        let yearless = named.and_then(|day| self.yearless(day).or_else(|| self.relative(i, day, before?)));
        yearless.or_else(|| self.nth_weekday(i))
    }

    /// "this day of , 19": a form with nothing filled in, whose holes left no trace.
    fn hole_before_day(&self, i: usize) -> Option<(DateText, usize)> {
        let t = self.tokens;
        if i > 0 && t.digits(i - 1).is_some() {
            return None;
        }
        let mut at = i + 2;
        let mut month = None;
        if let Some((m, next)) = self.month(at) {
            month = Some(m);
            at = next;
        } else if t.gap(at).is_some() {
            at += 1;
        }
        let punctuated = t.is_mark(at, ",");
        let (_, next) = self.year(at, true)?;
        (punctuated || month.is_some()).then_some((DateText { reading: Reading::Blank, other: None }, next))
    }

    /// "August 2029", "August, 2029".
    fn bare_month(&self, i: usize) -> Option<(Date, usize)> {
        let t = self.tokens;
        let (month, at) = self.month(i)?;
        let (year, next) = self.year(at, false)?;
        // "June , 2012" is a hole, "June, 2012" a month.
        let comma = t.is_mark(at, ",") && t.glued(at);
        let whole = next == at + 1 || comma || t.is_word(at, &["of"]);
        let year = year.known().filter(|_| whole && t.digits(next - 1).is_some_and(|d| d.len() == 4))?;
        Some((civil(year, i16::from(month), 1)?, next))
    }

    /// "__________, 2015": everything but the year is a gap.
    fn bare_year(&self, i: usize) -> Option<(DateText, usize)> {
        let t = self.tokens;
        if !t.is_mark(i + 1, ",") {
            return None;
        }
        let (_, next) = self.year(i + 1, false)?;
        let reading = retype(t.gap(i)?);
        Some((DateText { reading, other: None }, next))
    }

    /// "01/02/2024", "31.01.2024", "2024-06-04", "2/10/14", "12-23-2019".
    fn numeric(&self, i: usize) -> Option<(DateText, usize)> {
        let t = self.tokens;
        if i > 0 && t.glued(i) && !matches!(t.kind(i - 1), Some(Kind::Open | Kind::Mark('"' | '“' | ':' | ',' | '\'')))
        {
            return None;
        }
        let separator = t.kind(i + 1).filter(|k| matches!(k, Kind::Dash | Kind::Mark('/' | '.')))?;
        if t.kind(i + 3) != Some(separator) {
            return None;
        }
        let parts = [t.digits(i)?, t.digits(i + 2)?, t.digits(i + 4)?];
        if separator == Kind::Mark('.') && parts[2].len() != 4 && !self.is_dotted_date(i, parts) {
            return None;
        }
        // A longer chain is a reference number or a telephone number.
        let chain = t.kind(i + 5) == Some(separator) && t.digits(i + 6).is_some() && t.glued(i + 6);
        if chain || parts[1].len() > 2 || t.is_mark(i + 5, "%") {
            return None;
        }
        let int = |s: &str| s.parse::<i16>().ok();
        let next = i + 5;
        if parts[0].len() == 4 && parts[2].len() <= 2 && separator != Kind::Mark('.') {
            let date = civil(int(parts[0])?, int(parts[1])?, int(parts[2])?)?;
            return Some((DateText { reading: Reading::Known(date), other: None }, next));
        }
        if parts[0].len() > 2 || !(parts[2].len() == 2 || parts[2].len() == 4) {
            return None;
        }
        let year = if parts[2].len() == 4 { int(parts[2])? } else { self.style.expand(int(parts[2])?) };
        let (first, second) = (int(parts[0])?, int(parts[1])?);
        let month_first = civil(year, first, second);
        let day_first = civil(year, second, first);
        // Dots are the mark of day-first countries.
        let order = if separator == Kind::Mark('.') { DateOrder::DayFirst } else { self.style.order };
        let (date, other) = match (month_first, day_first, order) {
            (Some(us), Some(eu), DateOrder::Unknown) if us != eu => (us, Some(eu)),
            (_, Some(eu), DateOrder::DayFirst) | (None, Some(eu), _) => (eu, None),
            (Some(us), ..) => (us, None),
            (None, None, _) => return None,
        };
        Some((DateText { reading: Reading::Known(date), other }, next))
    }
}

impl Scan<'_> {
    /// Whether "01.04.26" is a date: section numbers such as 3.1.12 look alike, but have no noughts before their figures,
    /// and a section that they number follows them.
    fn is_dotted_date(&self, i: usize, parts: [&str; 3]) -> bool {
        const LEADS: [&str; 11] =
            ["from", "until", "till", "through", "dated", "date", "on", "since", "by", "am", "vom"];
        let t = self.tokens;
        let two = parts.iter().all(|p| p.len() == 2);
        let led = i > 0 && (t.is_word(i - 1, &LEADS) || t.is_mark(i - 1, ":"));
        let numbers = i == 0 && t.word(i + 5).is_some_and(|w| w.starts_with(char::is_uppercase));
        two && !numbers || led && parts[2].len() == 2
    }
}

/// The months in `text` that are given by name and year without a day, "August 2029" or "Aug. of 2029": the first of each.
#[must_use]
pub fn months(text: &str, style: DateStyle) -> Vec<Found<Date>> {
    let tokens = Tokens::of(text);
    let scan = Scan { tokens: &tokens, style };
    let mut out = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let whole = scan.day_first(i).or_else(|| scan.month_first(i)).or_else(|| scan.nth_weekday(i));
        if let Some((_, next)) = whole.filter(|(d, _)| d.reading.known().is_some()) {
            i = next.max(i + 1);
        } else if let Some((date, next)) = scan.bare_month(i) {
            out.push(Found { value: date, range: range(&tokens, i, next) });
            i = next;
        } else {
            i += 1;
        }
    }
    out
}

fn retype<T>(gap: Reading<()>) -> Reading<T> {
    if gap == Reading::Redacted { Reading::Redacted } else { Reading::Blank }
}

fn civil(year: i16, month: i16, day: i16) -> Option<Date> {
    if !(1900..2100).contains(&year) {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The date of three parts; a gap in any of them makes a gap of the whole.
fn build(year: Part<i16>, month: Part<i8>, day: Part<i8>) -> Option<DateText> {
    let reading = match (year, month, day) {
        (Reading::Known(y), Reading::Known(m), Reading::Known(d)) => {
            Reading::Known(civil(y, i16::from(m), i16::from(d))?)
        }
        (Reading::Redacted, ..) | (_, Reading::Redacted, _) | (.., Reading::Redacted) => Reading::Redacted,
        _ => Reading::Blank,
    };
    Some(DateText { reading, other: None })
}

#[cfg(test)]
mod tests;
