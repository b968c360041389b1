//! The values that facts can have.

pub mod change;
mod duty;
mod notice;
pub mod payment;
pub mod price;
pub mod service;
pub mod signature;
pub mod termination;
pub mod worth;

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::calendar::{DayKind, Period, Roll};
pub use duty::{Direction, DutyCategory, Modality, Obligation, Timing, TimingKind};
pub(crate) use notice::days;
pub use notice::{NoticeDay, NoticeTerm, RenewalNotice};

/// A clause of one of CUAD's 41 categories.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Clause {
    /// Name of the category, such as `Governing Law`.
    pub category: String,
}

/// A date of a contract, or the word that it never ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub enum DateValue {
    /// A day.
    On(Date),
    /// Runs until somebody ends it.
    Perpetual,
}

impl DateValue {
    /// The day, if there is one.
    #[must_use]
    pub const fn date(self) -> Option<Date> {
        match self {
            Self::On(d) => Some(d),
            Self::Perpetual => None,
        }
    }
}

impl fmt::Display for DateValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::On(d) => write!(f, "{d}"),
            Self::Perpetual => f.write_str("perpetual"),
        }
    }
}

impl FromStr for DateValue {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        if s == "perpetual" {
            return Ok(Self::Perpetual);
        }
        s.parse().map(Self::On).map_err(|_| format!("not a date of the form YYYY-MM-DD: {s:?}"))
    }
}

impl TryFrom<String> for DateValue {
    type Error = String;

    fn try_from(s: String) -> Result<Self, String> {
        s.parse()
    }
}

impl From<DateValue> for String {
    fn from(d: DateValue) -> Self {
        d.to_string()
    }
}

/// A contracting party.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Party {
    /// Full name as written.
    pub name: String,
    /// Defined role, such as `Customer`.
    pub role: Option<String>,
    /// Other defined names for the party.
    pub aliases: Vec<String>,
    /// Legal form in the words of the contract, such as `limited liability company`.
    pub entity_type: Option<String>,
    /// Where it is organised, such as `Delaware`.
    pub jurisdiction: Option<String>,
    /// Address as written.
    pub address: Option<String>,
    /// Whether it is one of the user's own companies; null when the user named none.
    pub is_us: Option<bool>,
}

/// How a contract goes on after its first term. Rule C1 of docs/rules.md.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RenewalKind {
    /// Renews unless somebody stops it.
    Automatic,
    /// A party may renew it by notice; silence ends it.
    Option,
    /// Renews only if both agree.
    MutualAgreement,
    /// Runs on until terminated.
    Evergreen,
    /// Each month is a term.
    MonthToMonth,
    /// Says that it does not renew.
    None,
}

/// The renewal terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Renewal {
    /// What happens at the end of the term.
    pub kind: RenewalKind,
    /// Length of a renewal term.
    pub period: Option<Period>,
    /// How often it may renew; null means no limit is stated.
    pub max_renewals: Option<u32>,
    /// How long before the end notice must be given: to stop an automatic renewal, or to exercise an option. Where
    /// parties or terms differ, the strictest for the first term; `notices` has them all.
    pub notice_period: Option<Period>,
    /// Earliest moment for notice, counted back from the end, where the contract gives a window.
    pub window_opens: Option<Period>,
    /// Who may give notice: `either`, or a role or name.
    pub notice_by: Option<String>,
    /// Words before the period, such as `at least` or `no later than`.
    pub comparator: Option<String>,
    /// The day by which notice must be given, where the contract names one: `2026-08-31`, or `--10-01` for each year.
    #[serde(default)]
    pub notice_on: Option<NoticeDay>,
    /// Every way to give notice, in the order of the text.
    #[serde(default)]
    pub notices: Vec<RenewalNotice>,
    /// Condition on which renewal hangs, in the words of the contract.
    pub condition: Option<String>,
}

impl Renewal {
    /// A renewal of `kind` of which nothing else is said.
    #[must_use]
    pub const fn of(kind: RenewalKind) -> Self {
        Self {
            kind,
            period: None,
            max_renewals: None,
            notice_period: None,
            window_opens: None,
            notice_by: None,
            comparator: None,
            notice_on: None,
            notices: Vec::new(),
            condition: None,
        }
    }
}

/// What the contract means by a business day, beyond Monday to Friday (R10).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct BusinessDay {
    /// Calendars of holidays of the places it names, such as `gb-eng`; empty when it names none that is known.
    pub calendars: Vec<String>,
    /// Places it names, in the words of the contract.
    pub places: Vec<String>,
    /// Whether it is the banks of the place that must be open.
    pub banks: bool,
    /// The days of the weekend, where the contract names others than Saturday and Sunday; else empty.
    pub weekend: Vec<DayKind>,
}

/// The clause that moves a last day which is no business day (R11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DateRoll {
    /// How it moves.
    pub roll: Roll,
}

/// A way to send notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryMethod {
    /// By hand.
    Personal,
    /// Courier or overnight service.
    Courier,
    /// Certified, registered or recorded mail.
    CertifiedMail,
    /// Ordinary mail.
    Mail,
    /// Fax, telecopy, telex.
    Fax,
    /// Electronic mail.
    Email,
}

impl DeliveryMethod {
    /// The way in words, as the end of a sentence.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Personal => "by hand",
            Self::Courier => "by courier",
            Self::CertifiedMail => "by certified mail",
            Self::Mail => "by ordinary mail",
            Self::Fax => "by fax",
            Self::Email => "by email",
        }
    }
}

/// When notice counts as given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Effective {
    /// Some time after it is sent.
    Dispatch,
    /// When it arrives.
    Receipt,
}

/// What the contract says about one way to send notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Delivery {
    /// The way.
    pub method: DeliveryMethod,
    /// What the delay is counted from.
    pub after: Effective,
    /// How long after it notice counts as given; null when it is on arrival.
    pub delay: Option<Period>,
}

/// When notices count as given (R14).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Notices {
    /// Each way once, in a fixed order.
    pub methods: Vec<Delivery>,
    /// Hour of the day, or `business hours`, after which notice counts on the next business day (R13).
    pub cut_off: Option<String>,
}

/// An agreement that another one names, because it changes it or takes its place.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Amends {
    /// Its reference number.
    pub reference: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Its date.
    #[schemars(with = "Option<String>")]
    pub date: Option<Date>,
}

/// What a term is counted from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anchor {
    /// The effective date.
    EffectiveDate,
    /// The date that the document bears.
    AgreementDate,
    /// The date of the last signature.
    LastSignature,
    /// A date that the contract defines under a name, such as `Commencement Date`.
    Named(String),
    /// Something that happens, in the words of the contract: first commercial sale, delivery.
    Event(String),
    /// The end of something else, such as a service or a disclosure. What is counted from it is no length of the term.
    Ending(String),
    /// The contract does not say; the effective date, else the agreement date, is taken and the assumption noted.
    Unstated,
}

/// The day on which a counted term ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndOf {
    /// The day that the count reaches.
    Day,
    /// The last day of its month: "the end of the month in which the third anniversary falls".
    Month,
    /// 31 December of its year.
    Year,
    /// The day before, because the first day counts: "twelve months from and including 1 March" (R2).
    DayBefore,
    /// So many days before: "ten years less three days".
    Less(u32),
    /// The last day of the Nth whole month after the anchor: "the end of the 24th full calendar month".
    FullMonth,
}

/// How the initial term ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TermEnd {
    /// On a day.
    On(Date),
    /// A period after an anchor; an Nth anniversary is N years after it.
    After {
        /// Length of the term.
        period: Period,
        /// What it is counted from.
        anchor: Anchor,
        /// The day itself, or the end of its month or year.
        to: EndOf,
    },
    /// Runs until somebody ends it.
    UntilTerminated,
    /// With an event, in the words of the contract.
    Event(String),
}
