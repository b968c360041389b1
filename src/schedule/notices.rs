//! One way to give notice: by whom, and how its last day is found where the contract names a day.

use std::borrow::Cow;

use jiff::civil::Date;

use super::terms::Term;
use crate::calendar::{Bound, DerivationBuilder, Roll, Rule, last_day_within};
use crate::record::value::{NoticeDay, RenewalNotice};

/// A notice as one of those that a term has.
pub(super) struct Way<'a> {
    pub(super) notice: &'a RenewalNotice,
    /// Its place among them.
    pub(super) n: usize,
    /// The party that gives it, where the parties differ.
    pub(super) whose: Option<&'a str>,
}

impl Way<'_> {
    /// The fixed name of the entry: the first way has that of a contract with one, so that it stays the same entry.
    pub(super) fn key(&self, key: &'static str) -> Cow<'static, str> {
        if self.n == 0 { key.into() } else { format!("{key}.{}", self.n).into() }
    }

    pub(super) fn label(&self, label: &str) -> String {
        self.whose.map_or_else(|| label.to_owned(), |by| format!("{label}, by {by}"))
    }

    /// The last day, literal and conservative, by a day that the contract names. `None` for a day after the end, or one
    /// that names the year of another term.
    pub(super) fn by_day(&self, builder: &mut DerivationBuilder, term: &Term, on: NoticeDay) -> Option<(Date, Date)> {
        let day = on.before(term.end)?;
        if day > term.end || !on.recurs() && term.number > 0 {
            return None;
        }
        let what = if on.recurs() { "Day for notice, the last before the end" } else { "Day for notice" };
        builder.anchor(day, what, Rule::R2);
        let words = self.notice.comparator.as_deref().and_then(Bound::from_words).unwrap_or(Bound::Through);
        let last = last_day_within(words, day)?;
        if last.literal != day {
            builder.anchor(last.literal, "The day before it", Rule::R2);
        }
        Some((last.literal, builder.roll(last.conservative, Roll::Preceding, Rule::R12)?))
    }
}
