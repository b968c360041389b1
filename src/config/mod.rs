//! `tickler.toml` and the settings made from it.

use serde::{Deserialize, Serialize};

/// What a user can set, with defaults filled in. Made once and passed down; a record is made again when it changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Names of the user's own companies, to tell us from the others.
    pub us: Vec<String>,
    /// Days before a deadline at which to remind.
    pub reminders: Vec<u32>,
    /// Days after the effective date at which a newly signed contract is reviewed.
    pub review_after_days: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { us: Vec::new(), reminders: vec![90, 60, 30, 14, 7, 1], review_after_days: 30 }
    }
}
