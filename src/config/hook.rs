//! Settings of hooks: which command hears of what.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a hook hears of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HookEvent {
    /// The record of a contract is new or another one, or the contract is gone.
    Contract,
    /// A deadline has come so near.
    Deadline,
    /// Somebody decided about a renewal, an option or a break, or took it back.
    Decision,
    /// A digital signature is broken, or the file was changed after signing.
    Signature,
}

impl HookEvent {
    /// As in the settings, such as `deadline`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Contract => "contract",
            Self::Deadline => "deadline",
            Self::Decision => "decision",
            Self::Signature => "signature",
        }
    }
}

/// A command that hears of what happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hook {
    /// Its name. What was told is remembered by it: under another name everything is told again.
    pub name: String,
    /// `event = "contract"`, `"deadline"`, `"decision"` or `"signature"`.
    pub event: HookEvent,
    /// Of deadlines, how many days before the day to act: `within_days = 30`.
    pub within_days: Option<u32>,
    /// The program and its arguments: `command = ["/usr/local/bin/to-crm", "--quiet"]`. No shell takes part.
    pub command: Vec<String>,
}

impl Hook {
    /// How many days before the day to act it hears of a deadline.
    #[must_use]
    pub fn within_days(&self) -> u32 {
        self.within_days.unwrap_or(30)
    }

    /// What is wrong with it.
    pub(super) fn problem(&self) -> Option<&'static str> {
        if self.name.trim().is_empty() || self.name.chars().any(char::is_control) {
            return Some("needs a name in one line");
        }
        if self.command.first().is_none_or(|program| program.trim().is_empty()) {
            return Some("needs a command, such as command = [\"/usr/local/bin/to-crm\"]");
        }
        let near = self.within_days.is_none() || self.event == HookEvent::Deadline;
        (!near).then_some("has within_days, which only deadlines have")
    }
}
