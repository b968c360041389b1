//! Whether a day named in a contract belongs to the time it bounds (R2, R5).

use jiff::civil::Date;

use super::arithmetic::{add, shift_days};
use super::{Period, Readings};

/// Whether the day on which a period begins is its first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// "after", "following", "from": the count begins on the next day (R1).
    Excluded,
    /// "commencing on", "beginning on", "from and including": it counts (R2).
    Included,
}

impl Start {
    /// How the words before the day are read; `None` for words that do not speak of a start.
    #[must_use]
    pub fn from_words(words: &str) -> Option<Self> {
        let words = words.trim().to_ascii_lowercase();
        Some(match words.as_str() {
            "after" | "following" | "from" | "from and after" | "from the date of" => Self::Excluded,
            "from and including" | "commencing" | "commencing on" | "commencing from" | "beginning"
            | "beginning on" | "starting" | "starting on" | "effective" | "effective on" | "as of" => Self::Included,
            _ => return None,
        })
    }
}

/// How a day bounds a time at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// "through", "to and including", "up to and including", "by", "on or before": the day is the last one.
    Through,
    /// "until", "to": the words leave it open.
    Until,
    /// "before", "prior to": the day before it is the last one.
    Before,
}

impl Bound {
    /// How the words before the day are read; `None` for words that do not speak of an end.
    #[must_use]
    pub fn from_words(words: &str) -> Option<Self> {
        let words = words.trim().to_ascii_lowercase();
        Some(match words.as_str() {
            "through"
            | "through and including"
            | "to and including"
            | "up to and including"
            | "until and including"
            | "by"
            | "no later than"
            | "not later than"
            | "on or before"
            | "ending on"
            | "expiring on" => Self::Through,
            "until" | "till" | "to" | "up to" => Self::Until,
            "before" | "prior to" | "in advance of" => Self::Before,
            _ => return None,
        })
    }
}

/// The last day of a period that begins at `start` (R1, R2): start + N, one day less when the first day counts.
///
/// `None` as for [`add`].
#[must_use]
pub fn last_day_of_period(start: Date, period: Period, counting: Start) -> Option<Date> {
    let end = add(start, period)?;
    match counting {
        Start::Excluded => Some(end),
        Start::Included => shift_days(end, -1),
    }
}

/// The last day that lies within a time bounded by `day` (R2). "Until" is taken to include the day, and conservatively
/// not to. `None` before the year 1.
#[must_use]
pub fn last_day_within(bound: Bound, day: Date) -> Option<Readings> {
    let before = || shift_days(day, -1);
    Some(match bound {
        Bound::Through => Readings { literal: day, conservative: day },
        Bound::Until => Readings { literal: day, conservative: before()? },
        Bound::Before => Readings { literal: before()?, conservative: before()? },
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::calendar::Unit;

    #[test]
    fn r2_including_words_count_the_first_day() {
        let start = date(2025, 1, 1);
        let year = Period::new(1, Unit::Year);
        let read = |words| last_day_of_period(start, year, Start::from_words(words).unwrap());
        assert_eq!(read("from and including"), Some(date(2025, 12, 31)));
        assert_eq!(read("commencing on"), Some(date(2025, 12, 31)));
        assert_eq!(read("from"), Some(date(2026, 1, 1)));
        assert_eq!(read("After"), Some(date(2026, 1, 1)));
        assert_eq!(Start::from_words("under"), None);
    }

    #[test]
    fn r2_words_of_an_end() {
        let day = date(2027, 6, 30);
        let eve = date(2027, 6, 29);
        for (words, literal, conservative) in [
            ("through", day, day),
            ("to and including", day, day),
            ("by", day, day),
            ("on or before", day, day),
            ("until", day, eve),
            ("to", day, eve),
            ("before", eve, eve),
            ("prior to", eve, eve),
        ] {
            let read = last_day_within(Bound::from_words(words).unwrap(), day).unwrap();
            assert_eq!((read.literal, read.conservative), (literal, conservative), "{words}");
        }
        assert_eq!(Bound::from_words("about"), None);
    }
}
