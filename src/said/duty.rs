//! What became of a duty.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fact_key;
use crate::record::FactRef;
use crate::schedule::ScheduleEntry;

/// Where a duty stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DutyState {
    /// It was performed.
    Done,
    /// The other party does not ask for it.
    Waived,
    /// It is not the user's to perform.
    NotOurs,
    /// It is to be performed, whatever was said before.
    Open,
}

impl DutyState {
    /// In words.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Waived => "waived",
            Self::NotOurs => "not ours",
            Self::Open => "open",
        }
    }
}

/// A duty, or one date of a duty that recurs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct DutyKey {
    /// Name of the duty ([`fact_key`]).
    pub duty: String,
    /// Its number in the series and its day; null for the duty as a whole.
    #[schemars(with = "Option<(u32, String)>")]
    pub date: Option<(u32, Date)>,
}

impl DutyKey {
    /// The name of the duty behind an entry, which is one of the `facts` of its contract.
    #[must_use]
    pub fn of(facts: &[FactRef<'_>], entry: &ScheduleEntry) -> Option<Self> {
        let id = entry.facts.first()?;
        let fact = facts.iter().find(|fact| fact.id == id)?;
        Some(Self { duty: fact_key(fact.raw), date: Some((entry.occurrence, entry.date)) })
    }

    /// Whether what was said of `self` is about `date`. A date that has moved is known by its number, as long as no other
    /// date has that number.
    #[must_use]
    pub fn means(&self, date: &Self, alone: bool) -> bool {
        self.duty == date.duty
            && match (self.date, date.date) {
                (None, _) => true,
                (Some((n, day)), Some((m, other))) => n == m && (day == other || alone),
                (Some(_), None) => false,
            }
    }
}

/// What became of a duty, or of one of its dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DutySaid {
    /// Where it stands.
    pub state: DutyState,
    /// When it was performed.
    #[schemars(with = "Option<String>")]
    pub on: Option<Date>,
    /// What proves it: the name of a file or a link. Only this is kept, not what stands there.
    pub evidence: Option<String>,
    /// Who said so.
    pub by: Option<String>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}
