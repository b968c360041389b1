//! Lengths of time as contracts write them.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Unit of a [`Period`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Minute of the clock.
    Minute,
    /// Hour of the clock.
    Hour,
    /// Hour within the contract's business hours.
    BusinessHour,
    /// Calendar day.
    Day,
    /// Day on which business is done (R10).
    BusinessDay,
    /// Seven days.
    Week,
    /// Calendar month.
    Month,
    /// Three calendar months.
    Quarter,
    /// Twelve calendar months.
    Year,
}

/// A length of time: a count and its unit, kept as written. Thirty days is not a month (R9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(from = "PeriodJson", into = "PeriodJson")]
#[schemars(with = "PeriodJson")]
pub struct Period {
    /// How many units.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Period")]
struct PeriodJson {
    /// How many units.
    count: u32,
    /// Of what.
    unit: Unit,
    /// ISO 8601 duration; null for business days and hours, which ISO 8601 cannot say.
    iso: Option<String>,
}

impl From<PeriodJson> for Period {
    fn from(p: PeriodJson) -> Self {
        Self { count: p.count, unit: p.unit }
    }
}

impl From<Period> for PeriodJson {
    fn from(p: Period) -> Self {
        Self { count: p.count, unit: p.unit, iso: p.iso() }
    }
}

impl Period {
    /// `count` of `unit`.
    #[must_use]
    pub const fn new(count: u32, unit: Unit) -> Self {
        Self { count, unit }
    }

    /// ISO 8601 duration; `None` for business days and hours.
    #[must_use]
    pub fn iso(self) -> Option<String> {
        let n = self.count;
        Some(match self.unit {
            Unit::Minute => format!("PT{n}M"),
            Unit::Hour => format!("PT{n}H"),
            Unit::Day => format!("P{n}D"),
            Unit::Week => format!("P{n}W"),
            Unit::Month => format!("P{n}M"),
            Unit::Quarter => format!("P{}M", u64::from(n) * 3),
            Unit::Year => format!("P{n}Y"),
            Unit::BusinessDay | Unit::BusinessHour => return None,
        })
    }

    /// The period in calendar months, when it is made of them (R9: months, quarters and years are; days are not).
    #[must_use]
    pub fn months(self) -> Option<u32> {
        match self.unit {
            Unit::Month => Some(self.count),
            Unit::Quarter => self.count.checked_mul(3),
            Unit::Year => self.count.checked_mul(12),
            _ => None,
        }
    }

    /// The period in calendar days, when it is made of them: days and weeks.
    #[must_use]
    pub fn days(self) -> Option<u32> {
        match self.unit {
            Unit::Day => Some(self.count),
            Unit::Week => self.count.checked_mul(7),
            _ => None,
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Minute => "minute",
            Unit::Hour => "hour",
            Unit::BusinessHour => "business hour",
            Unit::Day => "day",
            Unit::BusinessDay => "business day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Quarter => "quarter",
            Unit::Year => "year",
        };
        write!(f, "{} {unit}{}", self.count, if self.count == 1 { "" } else { "s" })
    }
}
