//! How a contract goes on, as far as decisions about it need to know.

use serde::{Deserialize, Serialize};

use super::EntryKind;
use crate::calendar::Period;
use crate::record::value::RenewalKind;
use crate::record::{Contract, Fact};

/// How a contract goes on after a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renews {
    /// The kind of renewal.
    pub kind: Option<RenewalKind>,
    /// The length of a further term.
    pub period: Option<Period>,
}

impl Renews {
    /// That of a contract.
    #[must_use]
    pub fn of(contract: &Contract) -> Self {
        let renewal = contract.renewal.as_ref().and_then(Fact::value);
        Self { kind: renewal.map(|r| r.kind), period: renewal.and_then(|r| r.period) }
    }

    /// Whether the contract ends when nobody says anything about an entry of this `kind`.
    #[must_use]
    pub fn silence_ends(self, kind: EntryKind) -> bool {
        match kind {
            EntryKind::OptionDeadline => true,
            EntryKind::NoticeDeadline => self.kind == Some(RenewalKind::MutualAgreement),
            _ => false,
        }
    }
}
