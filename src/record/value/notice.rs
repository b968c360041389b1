//! Notice about renewal.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Renewal;
use crate::calendar::{MONTHS, Period, Unit};

/// Which terms a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeTerm {
    /// The end of the first term only.
    Initial,
    /// The ends of renewal terms only.
    Renewal,
    /// The end of every term.
    #[default]
    Any,
}

/// A day that a contract names for notice: one day (`2026-08-31`), or a day of each year (`--10-01`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct NoticeDay {
    year: Option<i16>,
    month: i8,
    day: i8,
}

impl NoticeDay {
    /// The day `month`/`day` of `year`, or of each year; `None` for a day that no year has.
    #[must_use]
    pub fn new(year: Option<i16>, month: i8, day: i8) -> Option<Self> {
        // 29 February is a day of some years.
        Date::new(year.unwrap_or(2000), month, day).ok().map(|_| Self { year, month, day })
    }

    /// The one day, or the last day of that name before `end`; 28 February where 29 is missing.
    #[must_use]
    pub fn before(self, end: Date) -> Option<Date> {
        if let Some(year) = self.year {
            return Date::new(year, self.month, self.day).ok();
        }
        let of = |year: i16| {
            let first = Date::new(year, self.month, 1).ok()?;
            Date::new(year, self.month, self.day.min(first.days_in_month())).ok()
        };
        of(end.year()).filter(|d| *d < end).or_else(|| of(end.year().checked_sub(1)?))
    }

    /// Whether it comes every year.
    #[must_use]
    pub const fn recurs(self) -> bool {
        self.year.is_none()
    }
}

impl NoticeDay {
    /// The day in plain English: `2026-08-31`, or `1 October of each year`.
    #[must_use]
    pub(crate) fn words(self) -> String {
        match usize::try_from(self.month - 1).ok().and_then(|m| MONTHS.get(m)) {
            Some(month) if self.recurs() => format!("{} {month} of each year", self.day),
            _ => self.to_string(),
        }
    }
}

impl fmt::Display for NoticeDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}-{:02}-{:02}", self.month, self.day),
            None => write!(f, "--{:02}-{:02}", self.month, self.day),
        }
    }
}

impl FromStr for NoticeDay {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        let wrong = || format!("not a day of the form YYYY-MM-DD or --MM-DD: {s:?}");
        let (year, rest) = if let Some(rest) = s.strip_prefix("--") {
            (None, rest)
        } else {
            let (year, rest) = s.split_once('-').ok_or_else(wrong)?;
            (Some(year.parse().map_err(|_| wrong())?), rest)
        };
        let (month, day) = rest.split_once('-').ok_or_else(wrong)?;
        let (month, day) = (month.parse().map_err(|_| wrong())?, day.parse().map_err(|_| wrong())?);
        Self::new(year, month, day).ok_or_else(wrong)
    }
}

impl TryFrom<String> for NoticeDay {
    type Error = String;

    fn try_from(s: String) -> Result<Self, String> {
        s.parse()
    }
}

impl From<NoticeDay> for String {
    fn from(day: NoticeDay) -> Self {
        day.to_string()
    }
}

/// One way to give notice: who, about which term, and by when.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct RenewalNotice {
    /// Who may give it: `either`, or a role or name.
    pub by: Option<String>,
    /// The terms whose end it is about.
    pub term: NoticeTerm,
    /// How long before the end.
    pub period: Option<Period>,
    /// What the figure says where words and figure differ; `period` has the words.
    pub figure: Option<Period>,
    /// The day by which it must be given, where the contract names one.
    pub on: Option<NoticeDay>,
    /// Earliest moment, counted back from the end.
    pub window_opens: Option<Period>,
    /// The first day on which it counts, where the contract names one.
    #[serde(default)]
    pub opens_on: Option<NoticeDay>,
    /// Words before the period or the day, such as `at least` or `on or before`.
    pub comparator: Option<String>,
}

/// The way that must be kept first at the end of the first term: the longest period.
fn strictest(ways: &[RenewalNotice]) -> Option<&RenewalNotice> {
    let first: Vec<_> = ways.iter().filter(|w| w.term != NoticeTerm::Renewal).collect();
    // Among equals the one that stands first in the text.
    first.iter().rev().copied().max_by_key(|w| w.period.map(days)).or_else(|| ways.first())
}

/// A period in days, roughly: to compare periods of different units.
pub(crate) fn days(period: Period) -> u32 {
    let per_unit = match period.unit {
        Unit::Year => 365,
        Unit::Quarter => 91,
        Unit::Month => 30,
        Unit::Week => 7,
        _ => 1,
    };
    period.count.saturating_mul(per_unit)
}

impl Renewal {
    /// Takes `notices` as all ways to give notice; the fields of a single notice then say the strictest of them.
    pub fn set_notices(&mut self, notices: Vec<RenewalNotice>) {
        let way = strictest(&notices).cloned();
        let way = way.as_ref();
        // Notice at any time before the end has no length.
        self.notice_period = way.and_then(|n| n.period).filter(|period| period.count > 0);
        self.window_opens = way.and_then(|n| n.window_opens);
        self.notice_by = way.and_then(|n| n.by.clone());
        self.comparator = way.and_then(|n| n.comparator.clone());
        self.notice_on = way.and_then(|n| n.on);
        self.notices = notices;
    }

    /// The one way of a record of an early version, which has no list of them.
    pub(crate) fn single(&self) -> RenewalNotice {
        RenewalNotice {
            by: self.notice_by.clone(),
            period: self.notice_period,
            on: self.notice_on,
            window_opens: self.window_opens,
            comparator: self.comparator.clone(),
            ..RenewalNotice::default()
        }
    }

    /// The notices about the end of the first term (`first`) or of a renewal term, each way once.
    #[must_use]
    pub fn notices_about(&self, first: bool) -> Vec<RenewalNotice> {
        let other = if first { NoticeTerm::Renewal } else { NoticeTerm::Initial };
        let mut out: Vec<RenewalNotice> = Vec::new();
        for notice in self.notices.iter().filter(|n| n.term != other) {
            let same = |n: &RenewalNotice| n.period == notice.period && n.on == notice.on;
            if !out.iter().any(same) {
                out.push(notice.clone());
            }
        }
        if self.notices.is_empty() && (self.notice_period.is_some() || self.notice_on.is_some()) {
            out.push(self.single());
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn days_as_text() {
        for text in ["2026-08-31", "--10-01", "--02-29"] {
            assert_eq!(text.parse::<NoticeDay>().unwrap().to_string(), text);
        }
        for wrong in ["", "--13-01", "2025-02-29", "10-01", "--10"] {
            assert!(wrong.parse::<NoticeDay>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_last_such_day_before_the_end() {
        let october = NoticeDay::new(None, 10, 1).unwrap();
        assert_eq!(october.before(date(2024, 12, 31)), Some(date(2024, 10, 1)));
        assert_eq!(october.before(date(2025, 3, 31)), Some(date(2024, 10, 1)));
        assert_eq!(october.before(date(2025, 10, 1)), Some(date(2024, 10, 1)));
        let leap = NoticeDay::new(None, 2, 29).unwrap();
        assert_eq!(leap.before(date(2025, 6, 30)), Some(date(2025, 2, 28)));
    }

    proptest! {
        #[test]
        fn a_recurring_day_lies_within_the_year_before_the_end(days in 0i32..60_000, month in 1i8..=12, day in 1i8..=28) {
            let end = date(1970, 1, 1).saturating_add(jiff::Span::new().days(days));
            let found = NoticeDay::new(None, month, day).unwrap().before(end).unwrap();
            let apart = (end - found).get_days();
            prop_assert!((1..=366).contains(&apart), "{found} {end}");
        }
    }
}
