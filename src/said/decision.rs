//! What was decided about a renewal, an option or a break, and which notice was sent.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::record::value::DeliveryMethod;
use crate::schedule::{Dated, ENDING_TERM, EntryKind, Renews, Timely};

/// What somebody wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// The contract goes on.
    Renew,
    /// It goes on with other terms, or not at all: nothing is settled.
    Renegotiate,
    /// It ends.
    End,
    /// Nothing is decided, or no more.
    Undecided,
}

impl Decision {
    /// In words.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Renew => "renew",
            Self::Renegotiate => "renegotiate",
            Self::End => "end",
            Self::Undecided => "undecided",
        }
    }

    /// Whether nothing comes of it unless notice is sent; `None` where it is no decision.
    #[must_use]
    pub fn needs_notice(self, renews: Renews, kind: EntryKind) -> Option<bool> {
        let ends = match self {
            Self::End => true,
            Self::Renew => false,
            Self::Renegotiate | Self::Undecided => return None,
        };
        Some(ends != renews.silence_ends(kind))
    }
}

/// Whether a notice renews the contract, rather than ends it: where silence ends it, or where renewal was `decided`.
#[must_use]
pub fn notice_renews(renews: Renews, kind: EntryKind, decided: Option<Decision>) -> bool {
    decided == Some(Decision::Renew) || renews.silence_ends(kind)
}

/// A decision, of one entry of a schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Decided {
    /// What.
    pub decision: Decision,
    /// Who decided.
    pub by: Option<String>,
    /// When it was said, in RFC 3339.
    pub at: String,
    /// Why.
    pub why: Option<String>,
    /// By when what follows from it is to be done.
    #[schemars(with = "Option<String>")]
    pub until: Option<Date>,
    /// The day to act by for which it was decided, where that is another day now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub decided_for: Option<Date>,
}

/// A notice that was sent about one entry of a schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sent {
    /// The day on which it was sent.
    #[schemars(with = "String", extend("format" = "date"))]
    pub on: Date,
    /// How.
    pub way: DeliveryMethod,
    /// Whether it is in time, for the deadline as it is now.
    pub timely: Timely,
    /// Who said so.
    pub by: Option<String>,
    /// The day to act by for which it was sent, where that is another day now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub sent_for: Option<Date>,
}

/// A name for an entry about which something is decided, that is the same for the next version of the file: its kind, its
/// term, and among several breaks its place.
#[must_use]
pub fn entry_key<E: Dated>(schedule: &[E], entry: &E) -> String {
    let (kind, occurrence) = (entry.kind(), entry.occurrence());
    let like = |e: &&E| e.kind() == kind && e.occurrence() == occurrence;
    // What the parties must say of one term is decided once; breaks are decided one by one.
    let place = match kind {
        EntryKind::BreakDeadline => schedule.iter().filter(like).position(|e| e.id() == entry.id()).unwrap_or_default(),
        _ => 0,
    };
    format!("{kind}/{occurrence}/{place}")
}

/// The name of the end of a contract that can be ended at any time, on a day that was decided.
pub(super) fn ending_key() -> String {
    format!("{}/{ENDING_TERM}/0", EntryKind::BreakDeadline)
}
