//! Days that no calendar has: "30 February 2027", "by April 31", "29 February 2027".

use std::ops::Range;

use super::{Scan, range};
use crate::lexicon::DateStyle;
use crate::lexicon::token::Tokens;

/// Words before a day and month, which tell a day from a number beside a month.
const BEFORE: [&str; 15] = [
    "on", "by", "before", "until", "till", "to", "from", "than", "each", "every", "dated", "through", "the", "after",
    "since",
];

/// The days in `text` that their month does not have, with or without a year.
#[must_use]
pub fn missing_days(text: &str) -> Vec<Range<usize>> {
    let tokens = Tokens::of(text);
    let scan = Scan { tokens: &tokens, style: DateStyle::default() };
    let mut out = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        let next = scan.missing(i);
        out.extend(next.map(|next| range(&tokens, i, next)));
        i = next.unwrap_or(i + 1);
    }
    out
}

impl Scan<'_> {
    /// The token after a day at `i` that its month does not have.
    fn missing(&self, i: usize) -> Option<usize> {
        let t = self.tokens;
        // "Clause 4.31 June": figures of a number.
        if i > 0 && t.glued(i) && t.is_mark(i - 1, ".,/") {
            return None;
        }
        let (month, day, next) = self.month_and_day(i)?;
        let led = i > 0 && t.is_word(i - 1, &BEFORE);
        let year = self.year(next, true).filter(|(year, _)| year.known().is_some());
        let apart = !t.is_mark(next, ":%/") && !self.counts(next);
        let known = year.as_ref().and_then(|(year, _)| year.known());
        let is_missing = day > longest(month, known) && (year.is_some() || led && apart);
        is_missing.then(|| year.map_or(next, |(_, after)| after))
    }

    /// The day and month at `i` in either order, whatever the calendar says: month, day, and the token after both.
    fn month_and_day(&self, i: usize) -> Option<(i8, i8, usize)> {
        let t = self.tokens;
        let capital = |at: usize| t.word(at).is_some_and(|word| word.starts_with(|c: char| c.is_ascii_uppercase()));
        if let Some((month, at)) = self.month(i).filter(|_| capital(i)) {
            let (day, next) = self.day(at + usize::from(t.is_word(at, &["the"])))?;
            return Some((month, day.known()?, next));
        }
        let (day, mut at) = self.day(i)?;
        at += usize::from(t.is_word(at, &["day"]));
        at += usize::from(t.is_word(at, &["of"]));
        let (month, next) = self.month(at).filter(|_| capital(at))?;
        Some((month, day.known()?, next))
    }
}

/// How many days a month has; without a year, in the longest.
fn longest(month: i8, year: Option<i16>) -> i8 {
    jiff::civil::Date::new(year.unwrap_or(2028), month, 1).map_or(31, jiff::civil::Date::days_in_month)
}

#[cfg(test)]
mod tests {
    use tickler_pdf::cite::Part as _;

    use super::missing_days;

    #[test]
    fn days_that_do_not_exist() {
        for (text, want) in [
            ("half on 15 January 2027 and half on 30 February 2027", "30 February 2027"),
            ("by April 31, 2027 at the latest", "April 31, 2027"),
            ("no later than the 31st day of June 2027", "31st day of June 2027"),
            ("ends on 29 February 2027", "29 February 2027"),
            ("on 31 September in each year", "31 September"),
            ("by November 31st", "November 31st"),
            ("from 31 Nov. 2026", "31 Nov. 2026"),
        ] {
            let found: Vec<_> = missing_days(text).into_iter().map(|range| text.part(range)).collect();
            assert_eq!(found, [want], "{text}");
        }
        for text in [
            "on 29 February 2028",
            "by 29 February in each leap year",
            "on 31 May 2027",
            "Clause 4.31 June rent",
            "see items 30 and 31 February fees",
            "it may 31 times",
            "on April 30, 31 days later",
        ] {
            assert!(missing_days(text).is_empty(), "{text}");
        }
    }
}
