//! The record of one contract document, as it is exported.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::config::Settings;
use crate::family::Kinship;
use crate::record::{Contract, EntryId, Evidence, Fact, FactId, Part as _, ReviewItem};
use crate::said::{Correction, EntrySaid, Owner};
use crate::schedule::{self, EventDate, Life, OpenEntry, ScheduleEntry};

/// Version of the record's shape. It changes when a reader of the old shape would misread the new one.
pub const SCHEMA_VERSION: &str = "1";

/// A contract with its schedule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// Version of this shape.
    pub schema_version: String,
    /// A hash of all that the record says, but the days of reminders, which pass. Two records with the same one say the same.
    /// `export` writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<String>,
    /// What was read.
    #[serde(flatten)]
    pub contract: Contract,
    /// Where the agreement stands on the day, and why; not there without a day. An amendment has none in a store: it is part of
    /// its agreement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub life: Option<Life>,
    /// What follows from it, ordered by the day to act.
    pub schedule: Vec<ScheduleEntry>,
    /// What people decided, sent and did about entries of the schedule, by their ID.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub said: BTreeMap<EntryId, EntrySaid>,
    /// What should have a date and has none, with what is missing.
    #[serde(default)]
    pub open: Vec<OpenEntry>,
    /// The days that the user has told of events that the contract only names; duties are counted from them.
    pub events: Vec<EventDate>,
    /// Who answers for it; not there where nobody does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Owner>,
    /// The values that people confirmed or set, which stand among the values, each beside what was read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
    /// What a person should look at before relying on it.
    pub needs_review: Vec<ReviewItem>,
    /// The documents that it belongs with; null outside a store, and for one that stands alone. The values are then
    /// those in force after the amendments.
    pub family: Option<Kinship>,
}

impl Record {
    /// The record of `contract`: the values of at least `settings.min_confidence`, the schedule that follows from them
    /// as of a day (see [`schedule::build`]), and what needs a person's look, among all values.
    #[must_use]
    pub fn new(contract: Contract, as_of: Option<Date>, settings: &Settings) -> Self {
        let mut record = Self::with_events(contract, Vec::new(), as_of, settings);
        record.life = as_of.map(|day| schedule::life(&record.contract, &record.schedule, day, settings));
        record
    }

    /// [`Record::new`], with the duties that fall due because of `events` that have happened, and without its `life`, which
    /// then hangs on what else people said: [`Plan`](crate::said::Plan) has it.
    #[must_use]
    pub fn with_events(contract: Contract, events: Vec<EventDate>, as_of: Option<Date>, settings: &Settings) -> Self {
        let needs_review = contract.needs_review(settings.review_below);
        let contract = contract.confident(settings.min_confidence);
        let schedule = schedule::build_with(&contract, &events, as_of, settings);
        let open = schedule::open(&contract, &schedule);
        let schema_version = SCHEMA_VERSION.to_owned();
        let corrections = Vec::new();
        Self {
            schema_version,
            revision: None,
            contract,
            life: None,
            schedule,
            open,
            events,
            said: BTreeMap::new(),
            owner: None,
            corrections,
            needs_review,
            family: None,
        }
    }

    /// The record with its revision.
    #[must_use]
    pub fn revised(mut self) -> Self {
        self.revision = None;
        let mut said = self.clone();
        said.schedule.iter_mut().for_each(|entry| entry.reminders.clear());
        let json = serde_json::to_vec(&said).unwrap_or_default();
        self.revision = Some(blake3::hash(&json).to_hex().part(..32).to_owned());
        self
    }

    /// Whether nothing is left to do about an entry, by what people said.
    #[must_use]
    pub fn is_settled(&self, entry: &ScheduleEntry) -> bool {
        self.said.get(&entry.id).is_some_and(|said| said.settled)
    }

    /// The name people know the contract by: its title, else the name of its file.
    #[must_use]
    pub fn title(&self) -> &str {
        let document = &self.contract.document;
        document.title.as_ref().and_then(Fact::value).map_or(&document.file_name, |t| t)
    }

    /// The names of the parties, in the order of the text.
    pub fn party_names(&self) -> impl Iterator<Item = &str> {
        self.contract.parties.iter().filter_map(Fact::value).map(|p| p.name.as_str())
    }

    /// The evidence of a fact; empty for one that is not in the record.
    pub(super) fn evidence(&self, id: &FactId) -> &[Evidence] {
        self.contract.facts().into_iter().find(|f| f.id == id).map(|f| f.evidence).unwrap_or_default()
    }
}
