//! Reminders that reach a person: what is due for whom, and the digest that tells it.
//!
//! A date is told in stages ([`stage()`]): so many days before the day to act, on the day, and again while it is overdue. The
//! stage is the latest one that has come, whether or not the program ran on its day, and it is told unless it was told
//! already: a machine that was off catches up, and a contract that is new is told at once. What was told has a [`key`], a hash
//! over the entry, its day to act, the day of the stage, and whom it was told how.

mod digest;
mod due;
mod people;
mod stage;

pub use digest::{Digest, digests};
pub use due::{Due, Known, Wanted, wanted};
pub use people::{Chain, Recipient, chain};
pub use stage::{furthest, stage};

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::record::{DocumentId, EntryId, Part as _};

/// How a reminder reaches somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A message to an address.
    Mail,
    /// A request to the webhook of this name.
    Webhook,
}

impl Channel {
    /// The name used in the store and in output.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Webhook => "webhook",
        }
    }

    /// The channel of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Mail, Self::Webhook].into_iter().find(|channel| channel.as_str() == name)
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a digest says of one date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Name of the one who is told.
    pub name: String,
    /// Who answers for the contract.
    pub owner: Option<String>,
    /// What there is to do, and with whom.
    pub what: String,
    /// Whether the day to act has passed.
    pub overdue: bool,
    /// What is to be known besides, one sentence each.
    pub notes: Vec<String>,
    /// Whether a person confirmed all values that the date rests on.
    pub confirmed: bool,
    /// The file and the page that speak of it.
    pub place: String,
    /// The event for a calendar; empty for a date that is only assumed.
    pub event: String,
}

/// A reminder in the outbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reminder {
    /// Its key.
    pub key: String,
    /// When it was put there.
    pub at: Timestamp,
    /// The message that it is a part of.
    pub message: String,
    /// How it reaches the recipient.
    pub channel: Channel,
    /// An address, or the name of a webhook.
    pub recipient: String,
    /// The contract.
    pub document: DocumentId,
    /// The entry of its schedule.
    pub entry: EntryId,
    /// The day on which somebody must act.
    pub act_by: Date,
    /// The day for which the reminder is.
    pub day: Date,
    /// The day as of which it was written.
    pub told: Date,
    /// What it says.
    #[serde(flatten)]
    pub words: Words,
}

/// The name of a reminder: the same date, told to the same recipient at the same stage, has the same name.
#[must_use]
pub fn key(entry: &EntryId, act_by: Date, day: Date, channel: Channel, recipient: &str) -> String {
    hash(&[entry.as_str(), &act_by.to_string(), &day.to_string(), channel.as_str(), recipient])
}

/// The name of the message that carries reminders: a hash over their keys, in any order.
#[must_use]
pub fn message<'a>(keys: impl IntoIterator<Item = &'a str>) -> String {
    let mut keys: Vec<&str> = keys.into_iter().collect();
    keys.sort_unstable();
    hash(&keys)
}

fn hash(parts: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
    }
    hasher.finalize().to_hex().part(..32).to_owned()
}
