//! Days in words.

use jiff::civil::Date;

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
