//! What stands in a cell of a flat table.

use jiff::civil::Date;
use serde::ser::{Serialize, Serializer};

use crate::lexicon::Decimal;

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::export) enum Kind {
    Text,
    /// A day, as `YYYY-MM-DD`.
    Day,
    /// A moment, in RFC 3339.
    Time,
    Whole,
    Number,
    Flag,
}

/// A value, or none.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::export) enum Cell {
    Empty,
    Text(String),
    Day(Date),
    Time(String),
    Whole(u32),
    Number(Decimal),
    Flag(bool),
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        // No database takes this character.
        if text.is_empty() { Self::Empty } else { Self::Text(text.replace('\0', "\u{fffd}")) }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<Date> for Cell {
    fn from(day: Date) -> Self {
        Self::Day(day)
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Whole(number)
    }
}

impl From<Decimal> for Cell {
    fn from(number: Decimal) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Cell {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Empty => serializer.serialize_none(),
            Self::Text(text) | Self::Time(text) => serializer.serialize_str(text),
            Self::Day(day) => serializer.collect_str(day),
            Self::Whole(number) => serializer.serialize_u32(*number),
            Self::Number(number) => number.serialize(serializer),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
        }
    }
}
