//! What the commands of hooks hear of.
//!
//! An event has a subject (a contract, a date, a decision, a signature) and a state. It is told to a hook when the state is not
//! the one that was last told to it. So an event is told whenever hooks are run next, however long that takes, and what changed
//! and changed back in between is not. The ID of an event is a hash over these, and over the one that was told before: telling it
//! again, because the command failed, gives the same ID.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::config::{Hook, HookEvent};
use crate::export::Record;
use crate::export::tables::Row;
use crate::record::{DocumentId, Fact, Part as _};
use crate::schedule::{ScheduleEntry, State};
use crate::signature::Integrity;
use crate::store::{Known, Told};

/// The state of what is not there any more.
const GONE: &str = "gone";

/// Something that a hook has not heard of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Event {
    /// What is kept of it.
    #[serde(flatten)]
    pub told: Told,
    /// What kind of event it is.
    pub event: HookEvent,
    /// What else there is to say.
    #[serde(flatten)]
    pub details: Map<String, Value>,
}

/// Gathers the events of one hook.
pub struct Listener<'a> {
    hook: &'a Hook,
    known: &'a Known,
    as_of: Date,
    seen: BTreeSet<String>,
    events: Vec<Event>,
}

impl<'a> Listener<'a> {
    /// One that has heard what is `known`; `as_of` is the day that counts as today.
    #[must_use]
    pub const fn new(hook: &'a Hook, known: &'a Known, as_of: Date) -> Self {
        Self { hook, known, as_of, seen: BTreeSet::new(), events: Vec::new() }
    }

    /// Hears what the record of a contract says; `row` is its row among the contracts.
    pub fn hear(&mut self, contract: &DocumentId, row: &Row, record: &Record) {
        let with = |details: Value| {
            let mut all = json!({ "contract": row });
            if let (Some(all), Value::Object(details)) = (all.as_object_mut(), details) {
                all.extend(details);
            }
            all
        };
        match self.hook.event {
            HookEvent::Contract => {
                let revision = record.revision.as_deref().unwrap_or_default();
                let details = with(json!({ "change": "changed", "revision": revision }));
                self.tell(contract, contract.to_string(), revision.to_owned(), details);
            }
            HookEvent::Deadline => {
                let near: Vec<_> = record.schedule.iter().filter(|entry| self.is_near(record, entry)).collect();
                for entry in near {
                    let left = (entry.act_by - self.as_of).get_days();
                    let details = with(json!({ "days_left": left, "deadline": entry }));
                    self.tell(contract, format!("{contract}/{}", entry.id), entry.act_by.to_string(), details);
                }
            }
            HookEvent::Decision => {
                for entry in &record.schedule {
                    let said = record.said.get(&entry.id);
                    let Some(decided) = said.and_then(|said| said.decision.as_ref()) else { continue };
                    let details = with(json!({ "change": "decided", "decision": decided, "deadline": entry }));
                    self.tell(contract, format!("{contract}/{}", entry.id), decided.at.clone(), details);
                }
            }
            HookEvent::Signature => {
                for fact in &record.contract.signatures {
                    let integrity = fact.value().and_then(|signature| signature.integrity);
                    let bad = integrity.filter(|i| matches!(i, Integrity::Broken | Integrity::ChangedAfterSigning));
                    let Some(bad) = bad else { continue };
                    let details = with(json!({ "signature": fact }));
                    self.tell(
                        contract,
                        format!("{contract}/{}", Fact::id(fact)),
                        crate::record::variant(&bad),
                        details,
                    );
                }
            }
        }
    }

    /// The events. What was told before and was not heard of now is gone, unless its contract is `unread`, that is damaged.
    #[must_use]
    pub fn end(mut self, unread: &BTreeSet<DocumentId>) -> Vec<Event> {
        let change = match self.hook.event {
            HookEvent::Contract => "removed",
            HookEvent::Decision => "withdrawn",
            // A day that has passed and a signature that is good are no news.
            HookEvent::Deadline | HookEvent::Signature => return self.events,
        };
        for ((hook, subject), told) in self.known {
            if *hook == self.hook.name && !self.seen.contains(subject) && !unread.contains(&told.contract_id) {
                self.tell(
                    &told.contract_id,
                    subject.clone(),
                    GONE.to_owned(),
                    json!({ "change": change, "contract": null }),
                );
            }
        }
        self.events
    }

    /// Whether somebody must act on an entry within the days of the hook.
    fn is_near(&self, record: &Record, entry: &ScheduleEntry) -> bool {
        let until = self.as_of.saturating_add(i64::from(self.hook.within_days()).days());
        let is_over = record.life.as_ref().is_some_and(|life| State::is_over(life.state));
        let settled = record.said.get(&entry.id).is_some_and(|said| said.settled);
        let asks = entry.kind.is_decision() || entry.kind.is_task();
        asks && !is_over && !settled && entry.act_by <= until && entry.last_day() >= self.as_of
    }

    fn tell(&mut self, contract: &DocumentId, subject: String, state: String, details: Value) {
        self.seen.insert(subject.clone());
        let before = self.known.get(&(self.hook.name.clone(), subject.clone()));
        if before.is_some_and(|told| told.state == state) {
            return;
        }
        let mut hasher = blake3::Hasher::new();
        for part in [&*self.hook.name, &*subject, &*state, before.map_or("", |told| &told.id)] {
            // The length comes first, so that two different contents never give the same bytes.
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
        }
        let Value::Object(details) = details else { return };
        let told = Told {
            id: hasher.finalize().to_hex().part(..32).to_owned(),
            hook: self.hook.name.clone(),
            contract_id: contract.clone(),
            subject,
            state,
        };
        self.events.push(Event { told, event: self.hook.event, details });
    }
}
