//! Values in plain English, as `tickler show` and `tickler explain` print them.
//!
//! Every part of a value is told. A value reads as a sentence without its full stop; what has no place in the sentence
//! follows after a semicolon.

mod deal;
mod money;
mod renewal;
mod service;
mod signing;
#[cfg(test)]
mod tests;

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::value::change::{Change, ChangeAction};
use super::value::{Clause, DateValue};
use crate::calendar::Period;

/// A value that can be told to people.
pub trait Describe: Serialize + DeserializeOwned + fmt::Debug {
    /// The value in plain English.
    fn words(&self) -> String;
}

impl Describe for String {
    fn words(&self) -> String {
        self.clone()
    }
}

impl Describe for bool {
    fn words(&self) -> String {
        if *self { "yes" } else { "no" }.to_owned()
    }
}

impl Describe for Period {
    fn words(&self) -> String {
        self.to_string()
    }
}

impl Describe for DateValue {
    fn words(&self) -> String {
        match self {
            Self::On(day) => day.to_string(),
            Self::Perpetual => "none; runs until a party ends it".to_owned(),
        }
    }
}

impl Describe for Clause {
    fn words(&self) -> String {
        self.category.clone()
    }
}

impl Describe for Change {
    fn words(&self) -> String {
        // "9.2" is a number, "Exhibit A" a name.
        let section = self
            .section
            .as_ref()
            .map(|s| if s.starts_with(|c: char| c.is_ascii_digit()) { format!("Section {s}") } else { s.clone() });
        let lead = match self.action {
            ChangeAction::Replaced => format!("{} is replaced", section.as_deref().unwrap_or("The whole agreement")),
            ChangeAction::Deleted => format!("{} is deleted", section.as_deref().unwrap_or("A section")),
            ChangeAction::Added => format!("{} is added", section.as_deref().unwrap_or("A section")),
            ChangeAction::Reworded => format!("{} is reworded", section.as_deref().unwrap_or("The agreement")),
            ChangeAction::Extended => {
                format!("The term is extended{}", section.map_or_else(String::new, |s| format!(" ({s})")))
            }
            ChangeAction::Ended => "The agreement ends".to_owned(),
            ChangeAction::Begun => "The agreement began".to_owned(),
            ChangeAction::PartyReplaced => "A party is replaced".to_owned(),
        };
        let at = if matches!(self.action, ChangeAction::Ended | ChangeAction::Begun) { "on" } else { "until" };
        let reworded = match (&self.old, &self.new) {
            (Some(old), Some(new)) => Some(format!(": \u{201c}{old}\u{201d} becomes \u{201c}{new}\u{201d}")),
            (Some(old), None) => Some(format!(": \u{201c}{old}\u{201d} is deleted")),
            (None, Some(new)) => Some(format!(": \u{201c}{new}\u{201d} is added")),
            (None, None) => None,
        };
        let until = self.until.map(|day| format!(" {at} {day}"));
        let by = self.by.map(|length| format!(" by {length}"));
        join("", [Some(lead), until, by, reworded])
    }
}

/// The parts that are there, with `between` between them.
fn join<const N: usize>(between: &str, parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(between)
}

/// "a, b and c".
fn and(items: &[String]) -> String {
    listed(items, "and")
}

/// "a, b or c".
fn or(items: &[String]) -> String {
    listed(items, "or")
}

fn listed(items: &[String], word: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

/// "60 days' notice", "1 month's notice"; "notice before the end", where any time before it will do.
fn notice(period: Period) -> String {
    if period.count == 0 {
        return "notice before the end".to_owned();
    }
    format!("{period}{} notice", if period.count == 1 { "'s" } else { "'" })
}

/// "every year", "every 6 months".
fn every(period: Period) -> String {
    let length = period.to_string();
    format!("every {}", length.strip_prefix("1 ").unwrap_or(&length))
}

/// Who has a right, within a sentence.
fn who(by: Option<&str>) -> &str {
    match by {
        Some("either") => "either party",
        Some(by) => by,
        None => "a party",
    }
}

/// The sentence with a capital.
#[must_use]
pub fn capital(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
