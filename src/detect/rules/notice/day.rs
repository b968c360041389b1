//! Notice by a day that the contract names: "by 31 August 2026", "on or before October 1 of each year".

use std::sync::LazyLock;

use jiff::civil::Date;

use super::{head, tail};
use crate::calendar::{MONTHS, month_number};
use crate::detect::rules::pattern::{Captures, pattern};
use crate::lexicon::ordinal;
use crate::record::Part as _;
use crate::record::value::{NoticeDay, RenewalNotice};

/// The names of the months, as a group.
static MONTH: LazyLock<String> = LazyLock::new(|| format!("({})", MONTHS.join("|")));
/// The time of a day, or its name, before it: "5 pm on Friday", "close of business on".
const CLOCK: &str = r"(?:(?:[0-9][0-9:.]{0,4}\s*(?:[ap]\.?m\.?|hours|hrs)?|noon|midnight|(?:the\s+)?close\s+of\s+business)\s+on\s+)?(?:the\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\s*,?\s+)?";
/// A day of a month, with its year or without one: day and month, or month and day, and the year.
static NAMED: LazyLock<String> = LazyLock::new(|| {
    let day = r"[0-9]{1,2}(?:\s?(?:st|nd|rd|th))?|[a-z]+(?:-[a-z]+)?\s*(?:\([^()]{1,6}\)\s*)?(?:day\s+)?of";
    let year = r"(?:\s*,?\s*(?:of\s+)?((?:19|20)[0-9]{2})\b)?";
    let month = &*MONTH;
    format!(
        r"(?:the\s+)?(?:(?:preceding|previous|prior)\s+)?(?:({day})\s+(?:day\s+)?(?:of\s+)?{month}|{month}\s+([0-9]{{1,2}})(?:\s?(?:st|nd|rd|th))?)\b{year}"
    )
});
// A day after words that make it the last one.
pattern!(
    DAY,
    &format!(
        r"\b((?:last|latest|final)\s+(?:day|date)[^.;]{{0,70}}?\b(?:is|be|being)|on\s+or\s+before|on\s+or\s+prior\s+to|no\s+later\s+than|not\s+later\s+than|not\s+after|at\s+the\s+latest\s+(?:by|on)|latest\s+by|prior\s+to|before|by)\s+{CLOCK}{}",
        *NAMED
    )
);
// "Up to 30 September at the latest".
pattern!(LATEST, &format!(r"\b(up\s+to|until|till|on)\s+{CLOCK}{}\s*,?\s+at\s+the\s+(?:very\s+)?latest\b", *NAMED));
// "Exercisable in writing up to 31 December 2027".
pattern!(
    EXERCISED,
    &format!(r"\bexercis\w+\s+(?:[\w’']+\s+){{0,4}}?(up\s+to|until|till)\s+(?:and\s+including\s+)?{CLOCK}{}", *NAMED)
);
// Two days between which notice counts.
pattern!(
    BETWEEN,
    &format!(
        r"\b(?:between|from|not\s+before|not?\s+earlier\s+than|on\s+or\s+after)\s+{}\s*,?\s+(?:and|to|until|through|but|nor)\s+(?:(?:not?\s+)?(?:after|later\s+than)\s+|on\s+or\s+before\s+)?{}",
        *NAMED, *NAMED
    )
);
// A month in which alone it counts.
pattern!(
    DURING,
    &format!(
        r"\b(?:during|in)\s+(?:the\s+month\s+of\s+)?{}(?:\s+(?:of|in)\s+(?:that|each|every|any|the|a)\b|\s+(?:19|20)[0-9]{{2}}\b)?",
        *MONTH
    )
);
// Words of telling the other side.
pattern!(
    TELLS,
    [
        "notif*/notice*/advise*/inform*/elect/elects/object*/exercis*/cancel*/declar*/letter/letters/e-mail*",
        "tell/tells/told/telling/say/says/write/writes/writing/written/serve/served/serves/serving",
        "hear/hears/heard/spoken, in writing, in text form, opt/opts out, let/lets/letting ..30 know, terminated/termination, message",
    ]
);
// A time before a day.
pattern!(COUNTED_BACK, r"\b(?:days?|weeks?|months?)[’']?\s+(?:(?:written|prior|previous|clear)\s+)*(?:notice\s+)?$");
// The day is that of something else.
pattern!(OTHER_DAY, r"\b(?:dated|paid|pay|payment|invoice\w*|delivery|effective|reports?|budget)\b");

/// The way to give notice that `words`, a sentence about renewal, names a day or a time of the year for.
pub(super) fn read(words: &str) -> Option<RenewalNotice> {
    window(words).or_else(|| last_day(words))
}

/// The day with which the value of a label begins: "31 May 2027".
pub(super) fn labelled(value: &str) -> Option<NoticeDay> {
    pattern!(VALUE, &format!(r"^\W{{0,3}}{}", *NAMED));
    named(&VALUE.captures(value)?, 1)
}

/// The last day for notice.
fn last_day(words: &str) -> Option<RenewalNotice> {
    last_date(words).or_else(|| end_of_month(words))
}

/// The last day of a month: "by the end of the preceding December".
fn end_of_month(words: &str) -> Option<RenewalNotice> {
    pattern!(
        END_OF,
        &format!(
            r"\b(by|before|until|up\s+to|on\s+or\s+before|(?:not|no)\s+later\s+than)\s+the\s+(?:end|last\s+day)\s+of\s+(?:the\s+)?(?:(?:preceding|previous)\s+)?{}\b(?:\s+((?:19|20)[0-9]{{2}})\b)?",
            *MONTH
        )
    );
    let c = END_OF.captures(words)?;
    let (place, month) = (c.get(0)?, month_number(c.get(2)?.as_str())?);
    let year = c.get(3).and_then(|y| y.as_str().parse().ok());
    let length = Date::new(year.unwrap_or(2000), month, 1).ok()?.days_in_month();
    let on = Some(NoticeDay::new(year, month, length)?);
    let comparator = c.get(1).map(|m| m.as_str().to_ascii_lowercase());
    is_told(words, place.start(), place.end()).then(|| RenewalNotice { on, comparator, ..RenewalNotice::default() })
}

/// The next day that words make the last one.
fn last_named(words: &str) -> Option<Captures<'_>> {
    DAY.captures(words).or_else(|| LATEST.captures(words)).or_else(|| EXERCISED.captures(words))
}

/// A day given by its date.
fn last_date(words: &str) -> Option<RenewalNotice> {
    let mut from = 0;
    while let Some(c) = last_named(words.part(from..)) {
        let place = c.get(0)?;
        let (start, end) = (from + place.start(), from + place.end());
        from = end;
        // "Forty days before the 31 March in question": the day is that of the end.
        if COUNTED_BACK.is_match(tail(words.part(..start), 40)) {
            continue;
        }
        // "By no later than 30 September 2027 or 30 September in any later year, one of the parties has informed the other".
        if is_told_within(words, start, end, 120) {
            let comparator = c.get(1).map(|m| m.as_str().to_ascii_lowercase());
            return Some(RenewalNotice { comparator, on: Some(named(&c, 2)?), ..RenewalNotice::default() });
        }
    }
    None
}

/// A time of the year in which alone notice counts.
fn window(words: &str) -> Option<RenewalNotice> {
    if let Some(c) = BETWEEN.captures(words) {
        let place = c.get(0)?;
        let (opens, on) = (named(&c, 1)?, named(&c, 6)?);
        // "May extend it for a year, from 1 April 2028 to 31 March 2029, by notice given by 31 December 2027": the days of the new term.
        let behind = || last_day(words.part(place.end()..)).is_some();
        return (is_told(words, place.start(), place.end()) && !behind()).then(|| between(opens, on));
    }
    let c = DURING.captures(words)?;
    let (place, month) = (c.get(0)?, month_number(c.get(1)?.as_str())?);
    let year = place.as_str().get(place.as_str().len().saturating_sub(4)..).and_then(|y| y.parse().ok());
    // Of each year: 29 February is a day of some.
    let length = Date::new(year.unwrap_or(2000), month, 1).ok()?.days_in_month();
    let (opens, on) = (NoticeDay::new(year, month, 1)?, NoticeDay::new(year, month, length)?);
    is_told(words, place.start(), place.end()).then(|| between(opens, on))
}

fn between(opens: NoticeDay, on: NoticeDay) -> RenewalNotice {
    RenewalNotice { on: Some(on), opens_on: Some(opens), ..RenewalNotice::default() }
}

/// Whether the day at `start..end` is one for telling the other side, by the words before it and those close behind it.
fn is_told(words: &str, start: usize, end: usize) -> bool {
    is_told_within(words, start, end, 60)
}

/// The same, by up to `most` bytes behind it.
fn is_told_within(words: &str, start: usize, end: usize, most: usize) -> bool {
    let before = tail(words.part(..start), 140);
    let told = TELLS.is_match(before) || TELLS.is_match(words.part(start..end));
    (told || TELLS.is_match(head(words.part(end..), most))) && !OTHER_DAY.is_match(tail(before, 50))
}

/// The day in the five groups from `first`.
fn named(c: &Captures<'_>, first: usize) -> Option<NoticeDay> {
    let group = |n: usize| c.get(first + n);
    let month = month_number(group(1).or_else(|| group(2))?.as_str())?;
    let day = group(0).or_else(|| group(3))?.as_str();
    let day = match day.trim_end_matches(|c: char| !c.is_ascii_digit()).parse() {
        Ok(day) => day,
        Err(_) => i8::try_from(ordinal(day)?.value).ok()?,
    };
    NoticeDay::new(group(4).and_then(|y| y.as_str().parse().ok()), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_for_notice() {
        for (words, on, comparator) in [
            (
                "If the Client does not notify the Agency in writing by 31 August 2026 that it ends, it renews.",
                "2026-08-31",
                "by",
            ),
            ("unless either party gives notice on or before October 1 of the current term", "--10-01", "on or before"),
            ("unless notice is given no later than the 15th of March in any year", "--03-15", "no later than"),
            ("by written notice given before the first day of June of each year", "--06-01", "before"),
            ("unless it notifies the other not later than December 31, 2024", "2024-12-31", "not later than"),
            ("if it is not terminated up to 30 September at the latest with effect to its end", "--09-30", "up to"),
            ("the deacons must write to the other side by the first of February of that year", "--02-01", "by"),
            (
                "may extend it for a year, from 1 April 2028 to 31 March 2029, by telling the Contractor so not later than 31 December 2027",
                "2027-12-31",
                "not later than",
            ),
            ("a letter which has to be in its mailbox by the last day of February", "--02-29", "by"),
        ] {
            let notice = read(words).unwrap_or_else(|| panic!("{words}"));
            assert_eq!(notice.on.map(|d| d.to_string()).as_deref(), Some(on), "{words}");
            assert_eq!(notice.comparator.as_deref(), Some(comparator), "{words}");
        }
    }

    #[test]
    fn times_of_the_year() {
        for (words, opens, on) in [
            ("by written notice delivered during the month of October of that year", "--10-01", "--10-31"),
            ("by notice given in February of any year", "--02-01", "--02-29"),
            ("unless it gives notice between September 1, 2027 and October 31, 2027", "2027-09-01", "2027-10-31"),
            ("notice may be given from 1 March to 31 May of each year", "--03-01", "--05-31"),
        ] {
            let notice = read(words).unwrap_or_else(|| panic!("{words}"));
            assert_eq!(notice.on.map(|d| d.to_string()).as_deref(), Some(on), "{words}");
            assert_eq!(notice.opens_on.map(|d| d.to_string()).as_deref(), Some(opens), "{words}");
        }
    }

    #[test]
    fn days_of_something_else() {
        for words in [
            "The term ends by 31 August 2026 and does not renew.",
            "shall renew if the fee is paid by 31 August 2026",
            "by notice given forty days before the 31 March in question",
            "notice may be given by the Manager",
        ] {
            assert!(read(words).is_none(), "{words}");
        }
    }
}
