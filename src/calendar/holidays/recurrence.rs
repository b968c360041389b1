//! How a calendar file says on which day a holiday falls: `4 July`, `3rd Monday in January`, `last Monday in May`,
//! `Easter - 2`, `Monday before 25 May`.

use jiff::civil::{Date, Weekday};

use crate::calendar::{MONTHS, shift_days};

/// The rule of a holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Recurrence {
    /// A day of a month.
    Fixed { month: i8, day: i8 },
    /// The n-th such weekday of a month; the last one for -1.
    Nth { n: i8, weekday: Weekday, month: i8 },
    /// Days after Easter Sunday, before it when negative.
    Easter(i64),
    /// The last such weekday before a day.
    Before { weekday: Weekday, month: i8, day: i8 },
}

impl Recurrence {
    /// `None` for words that are no rule.
    pub(super) fn parse(words: &str) -> Option<Self> {
        let words: Vec<&str> = words.split_whitespace().collect();
        Some(match words[..] {
            ["Easter", sign, days] => {
                let days: i64 = days.parse().ok()?;
                Self::Easter(if sign == "-" { -days } else { days })
            }
            [n, name, "in", month_name] => {
                let n = if n == "last" { -1 } else { n.get(..1)?.parse().ok()? };
                Self::Nth { n, weekday: weekday(name)?, month: month(month_name)? }
            }
            [name, "before", day, month_name] => {
                Self::Before { weekday: weekday(name)?, month: month(month_name)?, day: day.parse().ok()? }
            }
            [day, month_name] => Self::Fixed { month: month(month_name)?, day: day.parse().ok()? },
            _ => return None,
        })
    }

    /// The day in `year`.
    pub(super) fn date(self, year: i16) -> Option<Date> {
        match self {
            Self::Fixed { month, day } => Date::new(year, month, day).ok(),
            Self::Nth { n, weekday, month } => Date::new(year, month, 1).ok()?.nth_weekday_of_month(n, weekday).ok(),
            Self::Easter(days) => shift_days(easter(year)?, days),
            Self::Before { weekday, month, day } => Date::new(year, month, day).ok()?.nth_weekday(-1, weekday).ok(),
        }
    }
}

/// Easter Sunday of the Gregorian calendar, by the anonymous method of 1876 (Meeus, Astronomical Algorithms, chapter 8).
#[expect(clippy::many_single_char_names, reason = "the names of the published method")]
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e, g) = (b / 4, b % 4, (8 * b + 13) / 25);
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn weekday(name: &str) -> Option<Weekday> {
    use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
    let days = [Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday];
    days.into_iter().find(|day| format!("{day:?}") == name)
}

fn month(name: &str) -> Option<i8> {
    MONTHS.iter().position(|&m| m == name).and_then(|i| i8::try_from(i + 1).ok())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn rules_name_days() {
        for (words, year, want) in [
            ("4 July", 2025, date(2025, 7, 4)),
            ("3rd Monday in January", 2025, date(2025, 1, 20)),
            ("last Monday in May", 2025, date(2025, 5, 26)),
            ("4th Thursday in November", 2024, date(2024, 11, 28)),
            ("Easter - 2", 2025, date(2025, 4, 18)),
            ("Easter + 39", 2024, date(2024, 5, 9)),
            // A day that is such a weekday itself does not count as before it.
            ("Monday before 25 May", 2026, date(2026, 5, 18)),
            ("Wednesday before 23 November", 2024, date(2024, 11, 20)),
        ] {
            assert_eq!(Recurrence::parse(words).and_then(|r| r.date(year)), Some(want), "{words}");
        }
        for nonsense in ["", "4 Juli", "Easter", "5 Monday of May", "some Monday in May"] {
            assert_eq!(Recurrence::parse(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn easter_of_known_years() {
        // Book of Common Prayer, table to find Easter day; the earliest and latest of the years covered are 2008 and 2038.
        for (year, month, day) in
            [(2000, 4, 23), (2008, 3, 23), (2016, 3, 27), (2024, 3, 31), (2038, 4, 25), (2050, 4, 10)]
        {
            assert_eq!(easter(year), Some(date(year, month, day)));
        }
    }
}
