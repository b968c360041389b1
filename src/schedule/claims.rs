//! The last day to claim a credit for a level of service that was missed.

use jiff::civil::Date;

use super::{EntryKind, ScheduleEntry, reminders};
use crate::calendar::Derivation;
use crate::config::Settings;
use crate::record::{Contract, EntryId, FactId};

/// The entry of a claim; `key` names the measured value, so that it is the same when the value is judged anew.
#[must_use]
pub fn claim(
    contract: &Contract,
    key: &str,
    label: String,
    derivation: Derivation,
    level: FactId,
    today: Date,
    settings: &Settings,
) -> ScheduleEntry {
    let kind = EntryKind::ClaimDeadline;
    let key = format!("measured/{key}");
    let date = derivation.readings.conservative;
    ScheduleEntry {
        id: EntryId::of(&contract.document.id, kind.as_str(), &key, 0),
        kind,
        act_by: date,
        date,
        literal_date: derivation.readings.literal,
        occurrence: 0,
        label,
        basis: derivation.basis,
        derivation,
        send_by: Vec::new(),
        reminders: reminders::before(date, &settings.reminders, Some(today)),
        facts: vec![level],
    }
}
