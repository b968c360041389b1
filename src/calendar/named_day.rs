//! Days that come again by their name: the 25th of each month, its last working day, 25 March of each year.

use jiff::civil::{Date, Weekday};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Calendar;

/// Which days of a month are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// All of them.
    Day,
    /// Days on which business is done (R10).
    BusinessDay,
    /// Its Mondays.
    Monday,
    /// Its Tuesdays.
    Tuesday,
    /// Its Wednesdays.
    Wednesday,
    /// Its Thursdays.
    Thursday,
    /// Its Fridays.
    Friday,
    /// Its Saturdays.
    Saturday,
    /// Its Sundays.
    Sunday,
}

impl DayKind {
    /// The day of the week, where it is one.
    #[must_use]
    pub const fn weekday(self) -> Option<Weekday> {
        match self {
            Self::Day | Self::BusinessDay => None,
            Self::Monday => Some(Weekday::Monday),
            Self::Tuesday => Some(Weekday::Tuesday),
            Self::Wednesday => Some(Weekday::Wednesday),
            Self::Thursday => Some(Weekday::Thursday),
            Self::Friday => Some(Weekday::Friday),
            Self::Saturday => Some(Weekday::Saturday),
            Self::Sunday => Some(Weekday::Sunday),
        }
    }
}

/// A day of each month, or of each year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct NamedDay {
    /// The month of the year, 1 to 12; null for a day of every month.
    pub month: Option<i8>,
    /// Which one of the month, from 1; -1 is the last.
    pub nth: i8,
    /// What is counted.
    pub of: DayKind,
}

impl NamedDay {
    /// The `nth` day of every month.
    #[must_use]
    pub const fn monthly(nth: i8, of: DayKind) -> Self {
        Self { month: None, nth, of }
    }

    /// A day of the year.
    #[must_use]
    pub const fn yearly(month: i8, day: i8) -> Self {
        Self { month: Some(month), nth: day, of: DayKind::Day }
    }

    /// The day in a month of `year`; a shorter month gives its last day (R6). `None` where the month has no such day.
    #[must_use]
    pub fn date(self, year: i16, month: i8, business: &Calendar) -> Option<Date> {
        let first = Date::new(year, month, 1).ok()?;
        let last = first.last_of_month();
        let date = match (self.of, self.of.weekday(), u32::try_from(self.nth)) {
            (_, Some(weekday), _) => first.nth_weekday_of_month(self.nth, weekday).ok()?,
            (DayKind::BusinessDay, _, Ok(n)) => business.add(first.yesterday().ok()?, n)?,
            (DayKind::BusinessDay, ..) => business.subtract(last.tomorrow().ok()?, 1)?,
            (_, _, Ok(_)) => first.with().day(self.nth.clamp(1, last.day())).build().ok()?,
            _ => last,
        };
        (first..=last).contains(&date).then_some(date)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_of_a_month() {
        let plain = Calendar::weekdays();
        for (nth, of, year, month, want) in [
            (25, DayKind::Day, 2026, 2, Some(date(2026, 2, 25))),
            (31, DayKind::Day, 2026, 2, Some(date(2026, 2, 28))),
            (-1, DayKind::Day, 2028, 2, Some(date(2028, 2, 29))),
            (1, DayKind::BusinessDay, 2026, 8, Some(date(2026, 8, 3))),
            (-1, DayKind::BusinessDay, 2026, 5, Some(date(2026, 5, 29))),
            (30, DayKind::BusinessDay, 2026, 5, None),
            (1, DayKind::Monday, 2026, 9, Some(date(2026, 9, 7))),
            (-1, DayKind::Friday, 2026, 9, Some(date(2026, 9, 25))),
            (5, DayKind::Friday, 2026, 9, None),
        ] {
            assert_eq!(NamedDay::monthly(nth, of).date(year, month, &plain), want, "{nth} {of:?} {year}-{month}");
        }
        let irish = Calendar::of(&["gb-nir"]);
        // 17 March 2025 is a holiday in Northern Ireland; the first business day of March is not moved by it.
        assert_eq!(NamedDay::monthly(11, DayKind::BusinessDay).date(2025, 3, &irish), Some(date(2025, 3, 18)));
    }
}
