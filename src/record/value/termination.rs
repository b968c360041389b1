//! Ways to end or suspend a contract early.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::calendar::{NamedDay, Period};

/// Why a contract may be ended early.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TerminationKind {
    /// For no reason.
    Convenience,
    /// Because the other party broke it.
    Breach,
    /// Because the other party does not pay.
    Nonpayment,
    /// Because the other party cannot pay its debts.
    Insolvency,
    /// For another reason; see the event.
    Other,
}

/// What the right does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Ends the contract or a part of it.
    Terminate,
    /// Stops performance until the cause is gone.
    Suspend,
}

/// A right to end or suspend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Termination {
    /// Why.
    pub kind: TerminationKind,
    /// What it does.
    pub effect: Effect,
    /// Who has the right: `either`, or a role or name; null where the clause names nobody.
    pub by: Option<String>,
    /// Notice to give before the end.
    pub notice: Option<Period>,
    /// Time in which the other party may still put it right.
    pub cure: Option<Period>,
    /// For other reasons: what must happen, such as `service_level_failure`, `force_majeure` or `change_of_control`.
    pub event: Option<String>,
    /// The days on which alone the right can end the contract (break dates); empty for any day.
    #[serde(default)]
    pub breaks: Vec<BreakDay>,
}

/// A day on which a party may end a contract that otherwise runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct BreakDay {
    /// The day, where the contract names it.
    #[schemars(with = "Option<String>")]
    pub on: Option<Date>,
    /// How long after the start of the term it lies, where the contract counts: the third anniversary is three years.
    pub after: Option<Period>,
    /// The last day for notice to use it, where the contract names that day.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub notice_on: Option<Date>,
    /// The day of each year, where the contract can be ended on it again and again: 31 December. With `after`, from so long
    /// after the start on; else from the end of the first term on.
    #[serde(default)]
    pub each: Option<NamedDay>,
}
