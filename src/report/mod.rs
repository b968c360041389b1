//! A report on a portfolio: what it holds, what is to be decided, what is at stake, and what has changed.
//!
//! The figures are gathered by whoever has the store open; this module counts and draws them. The same figures give the same
//! file.

mod chart;
mod html;
mod part;
mod pdf;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use crate::lexicon::Decimal;
use crate::measure::Outcome;
use crate::record::DocumentId;
use crate::record::value::worth::Worth;
use crate::said::Decision;
use crate::schedule::{EntryKind, Standing, State};

pub use html::{PARTS_STYLE, content, html};
pub use pdf::pdf;

/// How many months the report looks ahead.
const MONTHS: usize = 12;

/// A contract as the report counts it.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// The document that it was read from.
    pub id: DocumentId,
    /// Name of its file.
    pub file_name: String,
    /// Whom it is with and what it is, in words.
    pub name: String,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Where it stands in its life.
    pub state: State,
    /// What it is worth in all.
    pub contract_value: Option<Worth>,
    /// What is paid in a year.
    pub annual_value: Option<Worth>,
    /// How many key values a person should look at.
    pub to_review: usize,
    /// The measured values that are kept.
    pub measured: Vec<Outcome>,
}

impl Line {
    /// What a decision about it is about: what is paid in a year, else its whole value.
    #[must_use]
    pub fn at_stake(&self) -> Option<(&str, Decimal)> {
        let mut worths = [&self.annual_value, &self.contract_value].into_iter().flatten();
        worths.find_map(|worth| Some((worth.currency.as_str(), worth.adds_up()?)))
    }

    /// Whether it still binds anybody.
    #[must_use]
    pub fn is_live(&self) -> bool {
        !self.state.is_over()
    }
}

/// An entry of a schedule as the report counts it.
#[derive(Debug, Clone, Serialize)]
pub struct Deadline {
    /// Place of its contract among the lines.
    pub contract: usize,
    /// What happens.
    pub kind: EntryKind,
    /// The day to act by.
    pub act_by: Date,
    /// What it says.
    pub label: String,
    /// Where it stands.
    pub standing: Standing,
    /// What was decided.
    pub decision: Option<Decision>,
}

impl Deadline {
    /// Whether somebody still has to decide.
    #[must_use]
    pub fn is_undecided(&self) -> bool {
        self.kind.is_decision()
            && self.decision.is_none()
            && !matches!(self.standing, Standing::Settled | Standing::Past)
    }
}

/// A change since the last report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What kind of change, such as `new`.
    pub kind: ChangeKind,
    /// When, as a day or a time.
    pub at: String,
    /// Who, where somebody said something.
    pub who: Option<String>,
    /// The contract; null for a file that was never one.
    pub contract: Option<DocumentId>,
    /// Name of the file.
    pub file_name: String,
    /// What, in words.
    pub what: String,
}

/// What can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// A contract was read for the first time.
    New,
    /// A file has a new version, another place, or was read again.
    Changed,
    /// A file is not there any more, or was removed from the store.
    Gone,
    /// A file could not be read.
    Failed,
    /// Somebody said something.
    Said,
    /// A deadline came within reach.
    WithinReach,
    /// A deadline passed.
    Passed,
}

impl ChangeKind {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 7] =
        [Self::Passed, Self::WithinReach, Self::New, Self::Changed, Self::Gone, Self::Failed, Self::Said];

    /// As a heading.
    #[must_use]
    pub const fn heading(self) -> &'static str {
        match self {
            Self::New => "New contracts",
            Self::Changed => "Changed files",
            Self::Gone => "Files that are gone",
            Self::Failed => "Files that could not be read",
            Self::Said => "What people said",
            Self::WithinReach => "Deadlines that came within reach",
            Self::Passed => "Deadlines that passed",
        }
    }
}

/// Everything that a report tells.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Whose contracts it is on, in words; not there where it is on all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub whose: Option<String>,
    /// The day that counts as today.
    pub as_of: Date,
    /// From which day changes are told.
    pub since: Date,
    /// The contracts, amendments not counted.
    pub contracts: Vec<Line>,
    /// Their entries of the next twelve months, and what was missed.
    pub deadlines: Vec<Deadline>,
    /// What changed.
    pub changes: Vec<Change>,
}

/// A month with what is to be decided in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Month {
    /// Its first day.
    pub first: Date,
    /// The days to act by, with how many decisions there are.
    pub days: BTreeMap<i8, usize>,
    /// What is at stake, by currency.
    pub at_stake: BTreeMap<String, Decimal>,
    /// How many of its decisions are about contracts of which no value is known.
    pub unvalued: usize,
}

impl Report {
    /// The contracts that still bind, with their place.
    pub fn live(&self) -> impl Iterator<Item = (usize, &Line)> {
        self.contracts.iter().enumerate().filter(|(_, line)| line.is_live())
    }

    /// How many contracts are in each state.
    #[must_use]
    pub fn states(&self) -> Vec<(State, usize)> {
        let mut out: Vec<(State, usize)> = Vec::new();
        for line in &self.contracts {
            match out.iter_mut().find(|(state, _)| *state == line.state) {
                Some((_, n)) => *n += 1,
                None => out.push((line.state, 1)),
            }
        }
        out.sort_by_key(|(state, n)| (std::cmp::Reverse(*n), state.as_str()));
        out
    }

    /// The decisions, by day. Of what recurs each month the next one is enough.
    #[must_use]
    pub fn decisions(&self) -> Vec<&Deadline> {
        let mut seen = BTreeSet::new();
        let mut out: Vec<&Deadline> = self.deadlines.iter().filter(|d| d.kind.is_decision()).collect();
        out.retain(|d| d.standing != Standing::Ahead || seen.insert((d.contract, d.kind, &d.label)));
        out
    }

    /// The next twelve months with the decisions that are still open. What a contract is worth counts once, in the month of
    /// its first decision.
    #[must_use]
    pub fn months(&self) -> Vec<Month> {
        let first = self.as_of.first_of_month();
        let month = |n: usize| {
            let n = i32::try_from(n).unwrap_or_default();
            let first = first.saturating_add(jiff::Span::new().months(n));
            Month { first, days: BTreeMap::new(), at_stake: BTreeMap::new(), unvalued: 0 }
        };
        let mut out: Vec<Month> = (0..MONTHS).map(month).collect();
        let mut counted = vec![false; self.contracts.len()];
        let open = |d: &&Deadline| d.is_undecided() && d.standing != Standing::Missed;
        for deadline in self.decisions().into_iter().filter(open) {
            let Some(month) = out.iter_mut().find(|m| m.first == deadline.act_by.first_of_month()) else { continue };
            *month.days.entry(deadline.act_by.day()).or_default() += 1;
            let (Some(line), Some(counted)) =
                (self.contracts.get(deadline.contract), counted.get_mut(deadline.contract))
            else {
                continue;
            };
            if std::mem::replace(counted, true) {
                continue;
            }
            match line.at_stake() {
                Some((currency, amount)) => {
                    let sum = month.at_stake.entry(currency.to_owned()).or_default();
                    *sum = sum.saturating_add(amount);
                }
                None => month.unvalued += 1,
            }
        }
        out
    }

    /// Duties of the next 30 days by owner; those of nobody under an empty name.
    #[must_use]
    pub fn duties(&self) -> BTreeMap<&str, usize> {
        let until = self.as_of.saturating_add(jiff::Span::new().days(30));
        let mut out = BTreeMap::new();
        let due = |d: &&Deadline| d.kind.is_task() && d.standing == Standing::Ahead && d.act_by <= until;
        for deadline in self.deadlines.iter().filter(due) {
            let owner = self.contracts.get(deadline.contract).and_then(|line| line.owner.as_deref());
            *out.entry(owner.unwrap_or_default()).or_default() += 1;
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::record::value::worth::WorthKind;

    fn line(name: &str, worth: Option<(u32, WorthKind)>) -> Line {
        let annual_value = worth.map(|(amount, kind)| Worth {
            amount: Decimal::whole(amount),
            currency: "GBP".to_owned(),
            kind,
            unit: None,
            with_tax: None,
            arithmetic: None,
        });
        Line {
            id: DocumentId::of(name.as_bytes()),
            file_name: format!("{name}.pdf"),
            name: name.to_owned(),
            owner: None,
            state: State::InForce,
            contract_value: None,
            annual_value,
            to_review: 0,
            measured: Vec::new(),
        }
    }

    fn report() -> Report {
        let decision = |contract, day| Deadline {
            contract,
            kind: EntryKind::NoticeDeadline,
            act_by: day,
            label: "Last day for notice of non-renewal".to_owned(),
            standing: Standing::Ahead,
            decision: None,
        };
        Report {
            whose: None,
            as_of: date(2026, 3, 15),
            since: date(2026, 2, 15),
            contracts: vec![
                line("a<b>", Some((1_000, WorthKind::Stated))),
                line("b", Some((9_000, WorthKind::Ceiling))),
                line("c", Some((500, WorthKind::Estimated))),
            ],
            deadlines: vec![
                decision(0, date(2026, 3, 31)),
                decision(0, date(2026, 4, 30)),
                decision(1, date(2026, 3, 31)),
                Deadline { decision: Some(Decision::Renew), ..decision(2, date(2026, 5, 1)) },
            ],
            changes: Vec::new(),
        }
    }

    #[test]
    fn what_is_at_stake_counts_once_and_a_ceiling_is_no_value() {
        let months = report().months();
        assert_eq!(months.len(), 12);
        // Of the first contract the next day is enough.
        assert_eq!((months[0].days.get(&31), months[1].days.len()), (Some(&2), 0));
        assert_eq!(months[0].at_stake.get("GBP"), Some(&Decimal::whole(1_000)));
        assert_eq!((months[0].unvalued, months[1].at_stake.len()), (1, 0));
        // What was decided is at stake no more.
        assert!(months[2].days.is_empty());
    }

    #[test]
    fn the_file_stands_alone_and_nothing_of_a_contract_is_markup() {
        let page = html(&report());
        assert!(page.starts_with("<!DOCTYPE html>") && page.contains("<svg"), "{page}");
        for foreign in ["<script", "http://", "https://", "src=", "@import", "url("] {
            let inside = page.replace("http://www.w3.org/2000/svg", "");
            assert!(!inside.contains(foreign), "{foreign}");
        }
        assert!(page.contains("a&lt;b&gt;") && !page.contains("a<b>"));
        assert_eq!(page, html(&report()), "the same figures give the same file");
    }
}
