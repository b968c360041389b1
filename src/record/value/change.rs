//! What an amendment does to the agreement it amends.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::calendar::Period;

/// Kind of change. Wording knowledge: C7.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeAction {
    /// A section, or the whole agreement where no section is named, gets a new text.
    Replaced,
    /// A section is taken out.
    Deleted,
    /// A section is put in.
    Added,
    /// Words within a section give way to others.
    Reworded,
    /// The term runs on.
    Extended,
    /// The agreement ends, on a day of its own or with its term, and renews no more.
    Ended,
    /// It is said when it began, which the agreement left open.
    Begun,
    /// A party gives way to another one: novation, assignment.
    PartyReplaced,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// What is done.
    pub action: ChangeAction,
    /// Number of the section it is done to, as written: `9.2`, `4(b)`, `Exhibit A`.
    pub section: Option<String>,
    /// Words that give way, for a rewording.
    pub old: Option<String>,
    /// Words that take their place.
    pub new: Option<String>,
    /// Day to which the term is extended, on which the agreement ends, or on which it began.
    #[schemars(with = "Option<String>")]
    pub until: Option<Date>,
    /// Length by which it is extended.
    pub by: Option<Period>,
}

impl Change {
    /// Whether it is done to the agreement as a whole, so that nobody may miss it: it ends, begins, or has another party.
    #[must_use]
    pub const fn is_of_whole(&self) -> bool {
        matches!(
            self.action,
            ChangeAction::Ended | ChangeAction::Begun | ChangeAction::PartyReplaced | ChangeAction::Extended
        )
    }

    /// A change of `section` of which nothing else is said.
    #[must_use]
    pub const fn of(action: ChangeAction, section: Option<String>) -> Self {
        Self { action, section, old: None, new: None, until: None, by: None }
    }
}
