//! Days whose year another date gives: "27 March to 31 October 2027", "1 July 2026 to the following 30 June".

use jiff::civil::Date;

use super::{DateText, Reading, Scan, civil};
use crate::lexicon::named_day::weekday_at;
use crate::lexicon::token::Kind;

const TO: [&str; 5] = ["to", "until", "till", "through", "thru"];

const NEXT: [&str; 4] = ["following", "next", "succeeding", "ensuing"];
const EACH: [&str; 4] = ["each", "every", "any", "all"];

/// A day, its month and the token behind them.
type DayAndMonth = (i8, i8, usize);

impl Scan<'_> {
    /// A day and month at token `i` that count from the date `before` them, and the token behind: "the following 30 June",
    /// "31 March of the next year", "31 December of that year".
    pub(super) fn relative(
        &self,
        i: usize,
        (day, month, next): DayAndMonth,
        before: Date,
    ) -> Option<(DateText, usize)> {
        let t = self.tokens;
        let in_year = |year| civil(year, i16::from(month), i16::from(day));
        let first_after = || in_year(before.year()).filter(|day| *day > before).or_else(|| in_year(before.year() + 1));
        let known = |date, next| Some((DateText { reading: Reading::Known(date), other: None }, next));
        // "Each following 1 July" is no single day.
        let led = i > 0 && t.is_word(i - 1, &NEXT) && !(i > 1 && t.is_word(i - 2, &EACH));
        let mut at = next + usize::from(t.is_mark(next, ","));
        if t.is_word(at, &["next"]) && t.is_word(at + 1, &["following"]) {
            return known(first_after()?, at + 2);
        }
        at += usize::from(t.is_word(at, &["of", "in"]));
        let same = t.is_word(at, &["that"]) || t.is_word(at, &["the"]) && t.is_word(at + 1, &["same"]);
        let later = t.is_word(at, &["the"]) && t.is_word(at + 1, &NEXT);
        let end = at + if t.is_word(at, &["that"]) { 1 } else { 2 };
        let end = end + usize::from(t.is_word(end, &["calendar"]));
        if (same || later) && t.is_word(end, &["year"]) {
            return known(in_year(before.year() + i16::from(later))?, end + 1);
        }
        if led { known(first_after()?, next) } else { None }
    }

    /// A day and month that the next date gives the year, and the token after it.
    pub(super) fn yearless(&self, (day, month, next): DayAndMonth) -> Option<(DateText, usize)> {
        let t = self.tokens;
        let mut at = next;
        if t.is_word(at, &TO) {
            at += 1;
            at += 2 * usize::from(t.is_word(at, &["and"]) && t.is_word(at + 1, &["including"]));
        } else if t.is(at, Kind::Dash) {
            at += 1;
        } else {
            return None;
        }
        at += usize::from(t.is_word(at, &["the"]));
        at += usize::from(weekday_at(t, at).is_some());
        at += usize::from(t.is_mark(at, ","));
        let (last, _) = self.day_first(at).or_else(|| self.month_first(at))?;
        let last = last.reading.known()?;
        let in_year = |year| civil(year, i16::from(month), i16::from(day));
        // "1 October to 31 March 2027" begins in the year before.
        let first = in_year(last.year()).filter(|first| *first < last).or_else(|| in_year(last.year() - 1))?;
        Some((DateText { reading: Reading::Known(first), other: None }, next))
    }

    /// A day and its month in either order, without a year.
    pub(super) fn day_and_month(&self, i: usize) -> Option<DayAndMonth> {
        let t = self.tokens;
        if let Some((month, at)) = self.month(i) {
            let (day, next) = self.day(at)?;
            return Some((day.known()?, month, next));
        }
        let (day, at) = self.day(i)?;
        let at = at + usize::from(t.is_word(at, &["day"]));
        let (month, next) = self.month(at + usize::from(t.is_word(at, &["of"])))?;
        Some((day.known()?, month, next))
    }
}
