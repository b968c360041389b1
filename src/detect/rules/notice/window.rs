//! Windows for notice: a time that opens and one that closes them, each counted back from the end.

use super::forms::WINDOWS;
use super::runs_on;
use crate::calendar::Period;
use crate::phrase::Phrases;
use crate::record::value::days;

/// A window for notice: when it opens and its last moment, each counted back from the end.
pub(super) struct Window {
    pub(super) opens: Period,
    pub(super) last: Period,
    pub(super) last_phrase: usize,
    /// The phrases of both.
    pub(super) phrases: [usize; 2],
}

impl Window {
    pub(super) fn holds(&self, i: usize) -> bool {
        self.phrases.contains(&i)
    }
}

/// The window that a sentence gives.
pub(super) fn window(phrases: &Phrases) -> Option<Window> {
    let found = WINDOWS.find_at(phrases, 0)?;
    let &[a, b] = found.marked.as_slice() else { return None };
    if runs_on(phrases, b) {
        return None;
    }
    let length = |i| phrases.length(i).and_then(|p| p.value.reading.known());
    let second = length(b)?;
    // "60 but not more than 120 days": the first number shares the unit.
    let first = length(a).or_else(|| Some(Period::new(phrases.number(a)?, second.unit)))?;
    let (opens, last, last_phrase) = if days(first) < days(second) { (second, first, a) } else { (first, second, b) };
    Some(Window { opens, last, last_phrase, phrases: [a, b] })
}
