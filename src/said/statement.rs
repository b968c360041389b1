//! What a person can say, and what is kept of it.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Decision, DutyKey, DutyState};
use crate::measure::Measurement;
use crate::record::DocumentId;
use crate::record::value::DeliveryMethod;
use crate::schedule::Timely;

/// Where a document belongs, as somebody said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ByHand {
    /// The document belongs to this one.
    To(DocumentId),
    /// It belongs to no other document.
    Nothing,
    /// What the documents say of each other counts again.
    Automatic,
}

/// A value that somebody confirmed or set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ValueSaid {
    /// Field of the record, such as `expiration_date`.
    pub field: String,
    /// Of a field with several values, which one ([`super::fact_key`]); null for the others.
    pub fact: Option<String>,
    /// The value, as it stands in the record.
    pub value: Value,
    /// What the program had read then; null when it had read nothing.
    pub read: Option<Value>,
    /// The words of the contract that prove it.
    pub quote: Option<String>,
    /// Their page, from 1.
    pub page: Option<u32>,
    /// It is the value that was read, and somebody found it right.
    pub confirmed: bool,
}

/// What somebody said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Content {
    /// A value is right, or is this one.
    Value(ValueSaid),
    /// What is said of a field counts no more.
    Unset {
        /// Field of the record.
        field: String,
        /// Of a field with several values, which one.
        fact: Option<String>,
    },
    /// Something that was up for review needs no more looking at.
    Dismissed {
        /// What it was ([`super::item_key`]).
        item: String,
        /// Its field.
        field: String,
        /// Its words, for the log.
        text: String,
    },
    /// Who answers for the agreement.
    Owner {
        /// Name; null for nobody.
        owner: Option<String>,
        /// Who stands in.
        backup: Option<String>,
    },
    /// What is wanted at a renewal, an option or a break.
    Decided {
        /// Which one ([`super::entry_key`]).
        entry: String,
        /// The day to act by when it was decided.
        act_by: Date,
        /// What.
        decision: Decision,
        /// By when what follows from it is to be done.
        until: Option<Date>,
        /// The day on which a contract that can be ended at any time is to end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ends: Option<Date>,
    },
    /// Notice was sent.
    Sent {
        /// About which entry ([`super::entry_key`]).
        entry: String,
        /// The day to act by when it was sent.
        act_by: Date,
        /// When.
        on: Date,
        /// How.
        way: DeliveryMethod,
        /// Whether it is in time.
        timely: Timely,
    },
    /// What became of a duty.
    Duty {
        /// Which one.
        duty: DutyKey,
        /// Its words, for the log.
        label: String,
        /// Where it stands.
        state: DutyState,
        /// When it was performed.
        on: Option<Date>,
        /// What proves it: a file or a link.
        evidence: Option<String>,
    },
    /// Nobody is to be reminded of a duty before a day.
    Snoozed {
        /// Which one.
        duty: DutyKey,
        /// Its words, for the log.
        label: String,
        /// The day.
        until: Date,
    },
    /// A note.
    Noted {
        /// The duty that it is about; null for the contract.
        duty: Option<DutyKey>,
        /// What was noted.
        text: String,
    },
    /// A level of service was measured.
    Measured(Measurement),
    /// Where the document belongs.
    Link {
        /// Where.
        parent: ByHand,
    },
    /// Something happened that the contract only names, or did not happen after all.
    Event {
        /// What, in words of the contract.
        event: String,
        /// When.
        on: Date,
        /// False where an earlier statement is withdrawn.
        happened: bool,
    },
    /// An earlier statement is taken back.
    Undone {
        /// Its number.
        statement: i64,
    },
}

impl Content {
    /// The kinds of what changes neither terms nor families.
    pub const UNCHANGING: [&str; 8] = ["dismissed", "owner", "decided", "sent", "duty", "snoozed", "noted", "measured"];

    /// Whether it is about a duty, or one of its dates.
    #[must_use]
    pub const fn is_about_duty(&self) -> bool {
        matches!(self, Self::Duty { .. } | Self::Snoozed { .. } | Self::Noted { duty: Some(_), .. })
    }

    /// Its kind, as it stands in the log.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Value(_) => "value",
            Self::Unset { .. } => "unset",
            Self::Dismissed { .. } => "dismissed",
            Self::Owner { .. } => "owner",
            Self::Decided { .. } => "decided",
            Self::Sent { .. } => "sent",
            Self::Duty { .. } => "duty",
            Self::Snoozed { .. } => "snoozed",
            Self::Noted { .. } => "noted",
            Self::Measured(_) => "measured",
            Self::Link { .. } => "link",
            Self::Event { .. } => "event",
            Self::Undone { .. } => "undone",
        }
    }
}

/// Something that somebody said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Its number, always rising.
    pub id: i64,
    /// When it was said.
    pub at: Timestamp,
    /// Who said it; null for what was said before names were kept.
    pub who: Option<String>,
    /// Why, in that person's words.
    pub why: Option<String>,
    /// The agreement that it is about.
    pub agreement: DocumentId,
    /// What was said.
    #[serde(flatten)]
    pub content: Content,
}

impl Statement {
    /// Who said it, for people.
    #[must_use]
    pub fn speaker(&self) -> &str {
        self.who.as_deref().unwrap_or("somebody")
    }
}

/// What a person says, before it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Saying {
    /// Who says it.
    pub who: String,
    /// Why.
    pub why: Option<String>,
    /// What.
    pub content: Content,
}
