//! Service levels and the credits for missing them. Wording: C4.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::calendar::Period;
use crate::lexicon::Decimal;

/// What a service level measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// Share of the time in which a service can be used.
    Availability,
    /// Time to a first answer. A response is not a resolution: neither is ever read from the other.
    ResponseTime,
    /// Time to a solution.
    ResolutionTime,
    /// Time until the service works again, if need be by a workaround.
    RestoreTime,
    /// Share of errors.
    ErrorRate,
    /// Time of one transaction or packet.
    Latency,
    /// Work done in a time.
    Throughput,
    /// Time to a delivery.
    DeliveryTime,
    /// Something else; see the name.
    Other,
}

/// On which side of its target a measured value must lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Comparator {
    /// The target or more.
    #[serde(rename = ">=")]
    AtLeast,
    /// The target or less.
    #[serde(rename = "<=")]
    AtMost,
    /// The target exactly.
    #[serde(rename = "=")]
    Equal,
}

/// Unit of a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LevelUnit {
    /// Hundredths.
    Percent,
    /// Second.
    Second,
    /// Minute of the clock.
    Minute,
    /// Hour of the clock.
    Hour,
    /// Hour within the contract's business hours.
    BusinessHour,
    /// Calendar day.
    Day,
    /// Day on which business is done.
    BusinessDay,
    /// Seven days.
    Week,
    /// Number of things.
    Count,
}

impl LevelUnit {
    /// Its length in seconds; `None` for what is no time of the clock. Hours of work are not hours of the clock.
    #[must_use]
    pub fn seconds(self) -> Option<i64> {
        match self {
            Self::Second => Some(1),
            Self::Minute => Some(60),
            Self::Hour => Some(3_600),
            Self::Day => Some(86_400),
            Self::Week => Some(604_800),
            Self::Percent | Self::BusinessHour | Self::BusinessDay | Self::Count => None,
        }
    }
}

/// How long a service may be down within one window: (100 % - target) of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AllowedDowntime {
    /// In minutes.
    pub minutes: Decimal,
    /// The arithmetic in a sentence, with the length assumed for the window.
    pub derivation: String,
}

/// A promised level of service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ServiceLevel {
    /// What is measured.
    pub metric: Metric,
    /// What the contract calls it.
    pub name: String,
    /// Which side of the target is good.
    pub comparator: Comparator,
    /// The target.
    pub target: Decimal,
    /// Its unit.
    pub unit: LevelUnit,
    /// Severity or priority to which it applies, as the contract calls it.
    pub severity: Option<String>,
    /// Time over which it is measured, such as `calendar month`.
    pub window: Option<String>,
    /// Who owes it.
    pub obligor: Option<String>,
    /// For availability: how long the service may be down.
    pub allowed_downtime: Option<AllowedDowntime>,
}

/// One end of a tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Bound {
    /// The value, in the unit of the service level.
    pub value: Decimal,
    /// Whether the value itself is in the tier.
    pub inclusive: bool,
}

/// What the customer gets back when a measured value lies in a tier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ServiceCredit {
    /// What is measured.
    pub metric: Metric,
    /// Severity or priority to which it applies, as the contract calls it; null means all.
    #[serde(default)]
    pub severity: Option<String>,
    /// Lower end of the tier; null means no lower end.
    pub from: Option<Bound>,
    /// Upper end of the tier; null means no upper end.
    pub to: Option<Bound>,
    /// The credit.
    pub credit: Decimal,
    /// What the credit is counted in, such as `percent of the monthly fee`.
    pub unit: String,
    /// What each further credit is given for, where it grows with the shortfall: `hour of downtime`.
    pub per: Option<String>,
}

/// What the contract says about credits as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct CreditTerms {
    /// Most that is credited in one window, in percent of the fees.
    pub cap: Option<Decimal>,
    /// How long there is to claim; null where nothing is said.
    pub claim_within: Option<Period>,
    /// What the time to claim runs from, in the words of the contract.
    pub claim_from: Option<String>,
    /// Whether a late claim is lost.
    pub forfeits_if_late: bool,
    /// Whether the credit is the only remedy; null where nothing is said.
    pub sole_remedy: Option<bool>,
    /// Whether the credit is paid without a claim.
    pub automatic: bool,
}
