//! The shape of one dated line of a contract's schedule.

use std::fmt;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::calendar::{Basis, Derivation};
use crate::record::value::DeliveryMethod;
use crate::record::{EntryId, FactId};

/// What happens on the date of a [`ScheduleEntry`]. The order is that in which entries of one day are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// First day on which notice counts.
    NoticeWindowOpens,
    /// Last day to stop a renewal: silence goes on.
    NoticeDeadline,
    /// Last day to exercise an option to renew: silence loses it.
    OptionDeadline,
    /// Last day for notice to end the contract on a break date: silence goes on.
    BreakDeadline,
    /// Last day of a term.
    Expiration,
    /// First day of a renewal term.
    Renewal,
    /// Last day to perform an obligation.
    ObligationDue,
    /// Last day to claim a credit.
    ClaimDeadline,
    /// Day on which a price changes.
    PriceChange,
    /// Day on which a person should look at the contract.
    Review,
}

impl EntryKind {
    /// Whether it is the last day for notice about a renewal.
    #[must_use]
    pub const fn is_notice(self) -> bool {
        matches!(self, Self::NoticeDeadline | Self::OptionDeadline)
    }

    /// Whether somebody must decide by it: what happens to the contract afterwards hangs on what is done until then.
    #[must_use]
    pub const fn is_decision(self) -> bool {
        matches!(self, Self::NoticeDeadline | Self::OptionDeadline | Self::BreakDeadline)
    }

    /// Whether it is something that a party must do, rather than something to decide or to know.
    #[must_use]
    pub const fn is_duty(self) -> bool {
        matches!(self, Self::ObligationDue | Self::ClaimDeadline)
    }

    /// Whether somebody can say that it was done: a duty, or a review.
    #[must_use]
    pub const fn is_task(self) -> bool {
        self.is_duty() || matches!(self, Self::Review)
    }

    /// The name used in records, such as `notice_deadline`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoticeWindowOpens => "notice_window_opens",
            Self::NoticeDeadline => "notice_deadline",
            Self::OptionDeadline => "option_deadline",
            Self::BreakDeadline => "break_deadline",
            Self::Expiration => "expiration",
            Self::Renewal => "renewal",
            Self::ObligationDue => "obligation_due",
            Self::ClaimDeadline => "claim_deadline",
            Self::PriceChange => "price_change",
            Self::Review => "review",
        }
    }
}

impl fmt::Display for EntryKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The last day to send notice, so that it counts as given by the deadline (R14).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SendBy {
    /// How it is sent; null for any of the ways that the contract names.
    pub method: Option<DeliveryMethod>,
    /// The last day to send it.
    #[schemars(with = "String", extend("format" = "date"))]
    pub date: Date,
}

/// One date that matters, with the arithmetic behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ScheduleEntry {
    /// Stable identifier: it does not change with the date or the wording of the label.
    pub id: EntryId,
    /// What happens.
    pub kind: EntryKind,
    /// The day on which somebody must act at the latest: the last day to send notice that is in time by any way, else
    /// `date`.
    #[schemars(with = "String", extend("format" = "date"))]
    pub act_by: Date,
    /// The deadline itself, by the conservative reading. For an expiration, the last day of the term.
    #[schemars(with = "String", extend("format" = "date"))]
    pub date: Date,
    /// The plain count. For an expiration, the expiration date of the record.
    #[schemars(with = "String", extend("format" = "date"))]
    pub literal_date: Date,
    /// The term it belongs to: 0 for the first term, k for the k-th renewal term. A renewal has the number of the term
    /// that begins.
    pub occurrence: u32,
    /// What happens, in words for people.
    pub label: String,
    /// What the dates rest on.
    pub basis: Basis,
    /// How the dates were reached.
    pub derivation: Derivation,
    /// Last days to send notice: first the one that is in time by any way, then those of the single ways. Empty where the
    /// contract does not say when notices count as given.
    pub send_by: Vec<SendBy>,
    /// Days on which to remind, in order.
    #[schemars(with = "Vec<String>", extend("items" = { "type": "string", "format": "date" }))]
    pub reminders: Vec<Date>,
    /// The facts that the dates rest on, the most telling first.
    pub facts: Vec<FactId>,
}

impl ScheduleEntry {
    /// Where the entry stands on `today`.
    #[must_use]
    pub fn standing(&self, today: Date) -> Standing {
        Standing::of(self.kind, self.act_by, self.last_day(), today)
    }

    /// The last day by any reading.
    #[must_use]
    pub fn last_day(&self) -> Date {
        self.literal_date.max(self.date)
    }

    /// The order of schedules: by the day to act, then by kind and term.
    #[must_use]
    pub fn order(&self) -> (Date, Date, EntryKind, u32, &EntryId) {
        (self.act_by, self.date, self.kind, self.occurrence, &self.id)
    }
}

/// What tells an entry of a schedule from the others.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'e> {
    /// As in [`ScheduleEntry`].
    pub id: &'e EntryId,
    /// As in [`ScheduleEntry`].
    pub kind: EntryKind,
    /// As in [`ScheduleEntry`].
    pub act_by: Date,
    /// As in [`ScheduleEntry`].
    pub date: Date,
    /// As in [`ScheduleEntry`].
    pub occurrence: u32,
}

/// What an entry and its [`super::Brief`] have in common.
pub trait Dated {
    /// What tells it from the others.
    fn moment(&self) -> Moment<'_>;

    /// As in [`ScheduleEntry`].
    fn id(&self) -> &EntryId {
        self.moment().id
    }

    /// As in [`ScheduleEntry`].
    fn kind(&self) -> EntryKind {
        self.moment().kind
    }

    /// As in [`ScheduleEntry`].
    fn act_by(&self) -> Date {
        self.moment().act_by
    }

    /// As in [`ScheduleEntry`].
    fn date(&self) -> Date {
        self.moment().date
    }

    /// As in [`ScheduleEntry`].
    fn occurrence(&self) -> u32 {
        self.moment().occurrence
    }
}

impl Dated for ScheduleEntry {
    fn moment(&self) -> Moment<'_> {
        let Self { kind, act_by, date, occurrence, .. } = *self;
        Moment { id: &self.id, kind, act_by, date, occurrence }
    }
}

impl<E: Dated> Dated for &E {
    fn moment(&self) -> Moment<'_> {
        (**self).moment()
    }
}

/// Where a schedule entry stands on some day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The last day for a decision has passed by every reading.
    Missed,
    /// The careful day for a decision has passed; by the plain count there is time left.
    Now,
    /// Its day has not passed.
    Ahead,
    /// Its day has passed, and nothing had to be decided.
    Past,
    /// Somebody saw to it, and nothing is left to do.
    Settled,
}

impl Standing {
    /// Where an entry of a `kind` stands on `today`, whose careful day is `act_by` and whose last one is `last`.
    pub(super) fn of(kind: EntryKind, act_by: Date, last: Date, today: Date) -> Self {
        match kind.is_decision() {
            _ if today <= act_by => Self::Ahead,
            true if today <= last => Self::Now,
            true => Self::Missed,
            false if today <= last => Self::Ahead,
            false => Self::Past,
        }
    }
}

/// Why an [`OpenEntry`] has no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Openness {
    /// A part of what the day hangs on is not known: somebody should look.
    Unknown,
    /// There is no day by its nature: notice ends the contract at any time.
    Rolling,
    /// It recurs, on a day that the contract does not name.
    DayNotStated,
}

/// What a contract should have a date for and has none: it renews, can be renewed or can be ended, and a part of what the
/// day hangs on is not known, or no day is fixed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OpenEntry {
    /// Stable identifier.
    pub id: EntryId,
    /// What would happen on that day.
    pub kind: EntryKind,
    /// Why it has no date.
    pub why: Openness,
    /// What is known, in words for people.
    pub label: String,
    /// What is missing, in words for people.
    pub missing: String,
    /// The page that speaks of it, counted from 1.
    pub page: u32,
    /// The facts that tell of it, the most telling first.
    pub facts: Vec<FactId>,
}
