//! Days and months in words.

use jiff::civil::Date;

use super::MONTHS;

/// How far a day is away from another one.
#[must_use]
pub fn away(from: Date, to: Date) -> String {
    let days = from.until(to).map_or(0, |span| span.get_days());
    match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        n if n > 0 => format!("in {n} days"),
        -1 => "yesterday".to_owned(),
        n => format!("{} days ago", -i64::from(n)),
    }
}

/// A day as letters have it.
pub(crate) fn day_in_words(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// The number of a month by its full name, in either case of letters.
pub(crate) fn month_number(name: &str) -> Option<i8> {
    let at = MONTHS.iter().position(|month| month.eq_ignore_ascii_case(name))?;
    i8::try_from(at + 1).ok()
}
