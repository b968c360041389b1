//! How prices change over time, and provisions with a time or an amount. Wording: C5.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::calendar::Period;
use crate::lexicon::Decimal;

/// By what a price changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PriceChangeKind {
    /// With a published index.
    Index,
    /// By a fixed share, or up to one.
    Percent,
    /// With the renewal of the contract.
    RenewalUplift,
    /// In another way, such as by notice alone.
    Other,
}

/// When a price changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PriceDay {
    /// The anniversary of the start of the contract.
    Anniversary,
    /// The first of January.
    CalendarYear,
    /// The first day of a renewal term.
    Renewal,
    /// A day of the year that the contract names.
    OfYear {
        /// The month, 1 to 12.
        month: i8,
        /// The day of the month, 1 to 31.
        day: i8,
    },
}

/// A change of prices that the contract makes or allows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PriceChange {
    /// By what it changes.
    pub kind: PriceChangeKind,
    /// The index, such as `CPI-U`.
    pub index: Option<String>,
    /// The fixed share, in hundredths.
    pub percent: Option<Decimal>,
    /// Most of it, in hundredths: "not to exceed 5 %".
    pub cap: Option<Decimal>,
    /// Least of it, in hundredths; 0 where a price never falls.
    pub floor: Option<Decimal>,
    /// How often.
    pub every: Option<Period>,
    /// On which day, where the contract names one that is known.
    pub on: Option<PriceDay>,
    /// When for the first time, in the words of the contract.
    pub first: Option<String>,
    /// Notice to give before it.
    pub notice: Option<Period>,
}

impl fmt::Display for PriceChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |p: Option<Decimal>| p.map(|p| format!("{p} %"));
        let parts = [
            self.index.as_ref().map(|index| format!("by {index}")),
            percent(self.percent).map(|p| format!("by {p}")),
            percent(self.cap).map(|p| format!("at most {p}")),
            percent(self.floor).map(|p| format!("at least {p}")),
        ];
        f.write_str(&parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }
}

/// What a provision is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProvisionKind {
    /// Insurance to carry: its amount, or how long after the end.
    Insurance,
    /// A right to look at books, records or sites.
    Audit,
    /// How long secrets stay secret.
    ConfidentialityTail,
    /// What outlives the contract.
    Survival,
    /// Data or papers to give back or destroy.
    DataReturn,
    /// Help after the end.
    Transition,
    /// Least to buy or pay.
    MinimumCommitment,
    /// Settling of estimates with what was used.
    TrueUp,
    /// Time to object to an invoice.
    DisputeWindow,
    /// Time without competition.
    NonCompete,
    /// Time without hiring away staff or customers.
    NonSolicitation,
}

/// A provision with a time or an amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Provision {
    /// What it is about.
    pub kind: ProvisionKind,
    /// How long it lasts, or the time in which to act.
    pub period: Option<Period>,
    /// Notice to give first.
    pub notice: Option<Period>,
    /// It may be used once in this time.
    pub every: Option<Period>,
    /// The amount, as written.
    pub amount: Option<String>,
    /// The sections it names, as written.
    #[serde(default)]
    pub sections: Vec<String>,
}
