//! Duties: who owes what to whom, and by when.

use std::fmt;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::calendar::{NamedDay, Period};

/// Whether something must be done or must be left undone. What a party merely may do is no obligation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    /// Must do.
    Duty,
    /// Must not do.
    Prohibition,
}

/// What a duty is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DutyCategory {
    /// Paying, invoicing, refunding.
    Payment,
    /// Handing over goods, work or services.
    Delivery,
    /// Reports, statements, forecasts.
    Reporting,
    /// Telling the other party something.
    Notice,
    /// Keeping secrets.
    Confidentiality,
    /// Personal data and the security of data.
    DataProtection,
    /// Taking out and keeping insurance.
    Insurance,
    /// Audits and inspections.
    Audit,
    /// Keeping to laws, standards and warranties.
    Compliance,
    /// Support and maintenance.
    Support,
    /// Meetings, reviews, disputes.
    Governance,
    /// Handing over at the end.
    Transition,
    /// Keeping books and records.
    Records,
    /// None of these.
    Other,
}

impl DutyCategory {
    /// The name used in records, such as `data_protection`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Payment => "payment",
            Self::Delivery => "delivery",
            Self::Reporting => "reporting",
            Self::Notice => "notice",
            Self::Confidentiality => "confidentiality",
            Self::DataProtection => "data_protection",
            Self::Insurance => "insurance",
            Self::Audit => "audit",
            Self::Compliance => "compliance",
            Self::Support => "support",
            Self::Governance => "governance",
            Self::Transition => "transition",
            Self::Records => "records",
            Self::Other => "other",
        }
    }
}

/// How the time of a duty is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimingKind {
    /// On or by a day.
    Absolute,
    /// A length of time from an event.
    Relative,
    /// Again and again.
    Recurring,
    /// No time is given, or none that can be counted ("promptly").
    #[default]
    None,
}

/// On which side of its anchor a relative time lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// At the latest so long after the anchor.
    Within,
    /// At the latest so long before it.
    Before,
    /// For so long after it, or from then on.
    After,
}

/// When a duty is due.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
pub struct Timing {
    /// How the time is given.
    pub kind: TimingKind,
    /// The day, of an absolute time; of a relative one the day that it is counted from, where the contract gives it with its
    /// words; of a recurring one the first, where it is named.
    #[schemars(with = "Option<String>")]
    pub date: Option<Date>,
    /// How long before or after the anchor.
    pub offset: Option<Period>,
    /// On which side of the anchor.
    pub direction: Option<Direction>,
    /// What it is counted from, in the words of the contract.
    pub anchor: Option<String>,
    /// How often, of a recurring time.
    pub every: Option<Period>,
    /// The days of the month or the year on which it recurs; empty where the contract names none.
    pub days: Vec<NamedDay>,
    /// How many times it recurs; null where nothing limits it.
    pub times: Option<u32>,
}

impl Timing {
    /// Whether it recurs on days that the contract names, and not only so often.
    #[must_use]
    pub fn names_its_days(&self) -> bool {
        let anniversary = || self.anchor.as_deref().is_some_and(|a| a.starts_with("anniversary"));
        let told = !self.days.is_empty() || self.offset.is_some() || self.date.is_some();
        self.kind == TimingKind::Recurring && (told || anniversary())
    }
}

/// "within 30 days of receipt of invoice", "every 1 month", "by 2025-06-30"; empty when no time is given.
impl fmt::Display for Timing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let anchor = self.anchor.as_deref();
        if let Some(every) = self.every {
            write!(f, "every {every}")?;
            match (self.offset, anchor) {
                (Some(offset), Some(anchor)) if self.direction == Some(Direction::Before) => {
                    write!(f, ", {offset} before {anchor}")?;
                }
                (Some(offset), Some(anchor)) => write!(f, ", {offset} after {anchor}")?,
                (_, Some(anchor)) => write!(f, ", {anchor}")?,
                _ => {}
            }
            self.date.map_or(Ok(()), |first| write!(f, ", first on {first}"))?;
            return self.times.map_or(Ok(()), |times| write!(f, ", {times} times"));
        }
        let before = self.direction == Some(Direction::Before);
        match (self.date.filter(|_| self.kind == TimingKind::Absolute), self.offset) {
            (Some(date), _) => write!(f, "{} {date}", if before { "before" } else { "by" }),
            (None, Some(offset)) => {
                let (lead, link) = match self.direction {
                    Some(Direction::Before) => ("at least", "before"),
                    Some(Direction::After) => ("for", "after"),
                    Some(Direction::Within) | None => ("within", "of"),
                };
                write!(f, "{lead} {offset}")?;
                anchor.map_or(Ok(()), |anchor| write!(f, " {link} {anchor}"))
            }
            (None, None) => Ok(()),
        }
    }
}

/// A duty or a prohibition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Obligation {
    /// Who owes it: a party by its role or name, `each party`, or a role that either can have, such as
    /// `Receiving Party`; null where the contract does not say.
    pub obligor: Option<String>,
    /// To whom it is owed.
    pub obligee: Option<String>,
    /// To do or not to do.
    pub modality: Modality,
    /// What, in the words of the contract.
    pub action: String,
    /// On what it hangs, in the words of the contract.
    pub condition: Option<String>,
    /// What is left out of it, in the words of the contract.
    pub exception: Option<String>,
    /// What it is about.
    pub category: DutyCategory,
    /// When.
    pub timing: Timing,
}
