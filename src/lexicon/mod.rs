//! Words that mean values: numbers, lengths of time and dates, as contracts write them.
//!
//! Every parser takes a piece of text, returns values with the byte range of their words within it, and never fails:
//! what cannot be read is not returned. Blanks ("June __, 2012") and removed words (`[***] days`) are returned as such,
//! because a user must see that the contract promises a value there.

pub(crate) mod bound;
mod date;
pub mod jurisdiction;
pub(crate) mod label;
mod lists;
mod money;
mod named_day;
mod number;
mod percent;
mod period;
mod style;
pub(crate) mod subject;
pub(crate) mod tick;
mod token;
mod vocabulary;

use std::ops::Range;

pub use date::{DateText, dates, missing_days, months};
pub(crate) use lists::{ways, with_lists};
pub use money::{DOLLARS, Money, sum, sums};
pub(crate) use named_day::is_weekday;
pub use named_day::{NamedDays, SCOTTISH_QUARTER_DAYS, named_days, yearless};
pub use number::{Number, count, is_number, ordinal};
pub use percent::{Decimal, percents};
pub use period::{PeriodText, disputed_figure, periods};
pub use style::{DateOrder, DateStyle};
pub use vocabulary::{Class, Words, classes};

/// A value and the place of its words in the text that was searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<T> {
    /// What the words mean.
    pub value: T,
    /// Where they stand, in bytes of the input.
    pub range: Range<usize>,
}

/// Whether `word` is one of the words of `list`, which are in lower case and parted by a space.
pub(crate) fn among(list: &str, word: &str) -> bool {
    list.as_bytes().split(|&b| b == b' ').any(|w| w.eq_ignore_ascii_case(word.as_bytes()))
}

/// `text` with blanks in these places; everything else stays where it is.
pub(crate) fn blanked(text: &str, places: impl IntoIterator<Item = Range<usize>>) -> String {
    let mut out = text.to_owned();
    for place in places {
        out.replace_range(place.clone(), &" ".repeat(place.len()));
    }
    out
}

/// A value as far as the text gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading<T> {
    /// It is there.
    Known(T),
    /// A place was left to fill in: `____`, `[DATE]`.
    Blank,
    /// It was removed on purpose: `[***]`.
    Redacted,
}

impl<T> Reading<T> {
    /// The value, if it is there.
    #[must_use]
    pub fn known(self) -> Option<T> {
        match self {
            Self::Known(v) => Some(v),
            Self::Blank | Self::Redacted => None,
        }
    }
}
