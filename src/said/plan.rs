//! A schedule with what people decided, sent and did.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Content, Decided, Decision, DutyKey, DutySaid, DutyState, Said, Sent, entry_key, notice_renews};
use crate::calendar::add;
use crate::config::Settings;
use crate::measure;
use crate::record::{Contract, EntryId, Fact};
use crate::schedule::{self, EntryKind, Life, OpenEntry, Openness, ScheduleEntry, Standing, State, Timely};

/// What people said of one entry of a schedule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EntrySaid {
    /// What was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decided>,
    /// The notice that was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<Sent>,
    /// What became of the duty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duty: Option<DutySaid>,
    /// The day until which nobody wants to be reminded of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub snoozed_until: Option<Date>,
    /// What somebody noted about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Notice must be sent so that what was decided comes about.
    pub to_send: bool,
    /// Nothing is left to do.
    pub settled: bool,
}

impl EntrySaid {
    /// The notice that was sent, if it counts.
    #[must_use]
    pub fn notice_given(&self) -> Option<&Sent> {
        self.notice.as_ref().filter(|sent| sent.timely.counts())
    }
}

/// A schedule with what people said of it.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The entries, without those that a notice has made void.
    pub entries: Vec<ScheduleEntry>,
    /// What was said of which entry.
    pub said: HashMap<EntryId, EntrySaid>,
    /// Where the agreement stands.
    pub life: Life,
}

impl Plan {
    /// The `entries` of `contract` as of `today`, with what people said.
    #[must_use]
    pub fn of(
        said: &Said,
        contract: &Contract,
        mut entries: Vec<ScheduleEntry>,
        today: Date,
        settings: &Settings,
    ) -> Self {
        let mut life = schedule::life(contract, &entries, today, settings);
        let mut told: HashMap<EntryId, EntrySaid> = HashMap::new();
        if said.story(&contract.document.id).is_empty() {
            return Self { entries, said: told, life };
        }
        let claims = measure::claims(contract, &said.measured(&contract.document.id), today, settings);
        if !claims.is_empty() {
            entries.extend(claims);
            entries.sort_by(|a, b| a.order().cmp(&b.order()));
        }
        if let Some(on) = said.ending(&contract.document.id) {
            entries.extend(schedule::ending(contract, on, today, settings));
            entries.sort_by(|a, b| a.order().cmp(&b.order()));
        }
        choices(said, contract, &entries, &mut told);
        duties(said, contract, &entries, &mut told);
        for entry in entries.iter().filter(|e| e.kind.is_decision()) {
            let Some(one) = told.get_mut(&entry.id) else { continue };
            settle(contract, entry, one);
            if let Some(sent) = one.notice_given() {
                life = noticed(contract, &entries, entry, sent, one.decision.as_ref(), life, today);
            }
        }
        for entry in &mut entries {
            if told.get(&entry.id).is_some_and(|one| one.settled) {
                entry.reminders.clear();
            }
        }
        if let Some(last) = last_term(contract, &entries, &told) {
            let end = end_of(&entries, last).unwrap_or(Date::MAX);
            entries.retain(|e| match e.kind {
                EntryKind::PriceChange => e.date <= end,
                kind => e.occurrence <= last || !is_of_term(kind),
            });
        }
        Self { entries, said: told, life }
    }

    /// What is still open of these entries: a contract of which somebody decided when it ends has a day.
    #[must_use]
    pub fn open(&self, mut open: Vec<OpenEntry>) -> Vec<OpenEntry> {
        if self.entries.iter().any(schedule::is_ending) {
            open.retain(|entry| entry.why != Openness::Rolling);
        }
        open
    }

    /// What was said of an entry.
    #[must_use]
    pub fn said_of(&self, entry: &ScheduleEntry) -> Option<&EntrySaid> {
        self.said.get(&entry.id)
    }

    /// The day on which a term ends.
    #[must_use]
    pub fn end_of(&self, term: u32) -> Option<Date> {
        end_of(&self.entries, term)
    }

    /// Where an entry stands on `today`.
    #[must_use]
    pub fn standing(&self, entry: &ScheduleEntry, today: Date) -> Standing {
        if self.said_of(entry).is_some_and(|said| said.settled) { Standing::Settled } else { entry.standing(today) }
    }
}

/// The day on which a term ends.
fn end_of(entries: &[ScheduleEntry], term: u32) -> Option<Date> {
    entries.iter().find(|e| e.kind == EntryKind::Expiration && e.occurrence == term).map(|e| e.date)
}

/// What was decided and sent.
fn choices(said: &Said, contract: &Contract, entries: &[ScheduleEntry], told: &mut HashMap<EntryId, EntrySaid>) {
    let mut by_key: BTreeMap<&str, EntrySaid> = BTreeMap::new();
    for statement in said.standing(&contract.document.id) {
        match &statement.content {
            Content::Decided { entry, decision, until, .. } => {
                let decided = Decided {
                    decision: *decision,
                    by: statement.who.clone(),
                    at: statement.at.to_string(),
                    why: statement.why.clone(),
                    until: *until,
                };
                let decided = Some(decided).filter(|d| d.decision != Decision::Undecided);
                by_key.entry(entry).or_default().decision = decided;
            }
            Content::Sent { entry, on, way, timely, .. } => {
                let sent = Sent { on: *on, way: *way, timely: *timely, by: statement.who.clone() };
                let one = by_key.entry(entry).or_default();
                // A second notice that is late does not undo a first one that was in time.
                if one.notice_given().is_none() || timely.counts() {
                    one.notice = Some(sent);
                }
            }
            _ => {}
        }
    }
    if by_key.is_empty() {
        return;
    }
    for entry in entries.iter().filter(|e| e.kind.is_decision()) {
        if let Some(one) = by_key.get(entry_key(entries, entry).as_str()) {
            told.insert(entry.id.clone(), one.clone());
        }
    }
}

/// What is left to do about a decision.
fn settle(contract: &Contract, entry: &ScheduleEntry, one: &mut EntrySaid) {
    let sent = one.notice_given().is_some();
    let needs = one.decision.as_ref().and_then(|d| d.decision.needs_notice(contract, entry.kind));
    one.to_send = needs == Some(true) && !sent;
    one.settled = sent || needs == Some(false);
}

/// What became of duties, and what was noted.
fn duties(said: &Said, contract: &Contract, entries: &[ScheduleEntry], told: &mut HashMap<EntryId, EntrySaid>) {
    let document = &contract.document.id;
    let about =
        |content: &Content| matches!(content, Content::Duty { .. } | Content::Snoozed { .. } | Content::Noted { .. });
    if !said.standing(document).any(|s| about(&s.content)) {
        return;
    }
    let facts = contract.facts();
    let keys: Vec<(&ScheduleEntry, DutyKey)> =
        entries.iter().filter(|e| e.kind.is_task()).filter_map(|e| Some((e, DutyKey::of(&facts, e)?))).collect();
    let number = |key: &DutyKey| key.date.map(|(n, _)| n);
    for (entry, key) in &keys {
        let alone = keys.iter().filter(|(_, k)| k.duty == key.duty && number(k) == number(key)).count() == 1;
        for statement in said.standing(document) {
            match &statement.content {
                Content::Duty { duty, state, on, evidence, .. } if duty.means(key, alone) => {
                    let one = told.entry(entry.id.clone()).or_default();
                    let (on, evidence, by) = (*on, evidence.clone(), statement.who.clone());
                    one.settled = *state != DutyState::Open;
                    one.duty = Some(DutySaid { state: *state, on, evidence, by });
                }
                Content::Snoozed { duty, until, .. } if duty.means(key, alone) => {
                    told.entry(entry.id.clone()).or_default().snoozed_until = Some(*until);
                }
                Content::Noted { duty: Some(duty), text, .. } if duty.means(key, alone) => {
                    told.entry(entry.id.clone()).or_default().notes.push(text.clone());
                }
                _ => {}
            }
        }
    }
}

/// Whether entries of a kind belong to a term, and are void when the terms end before it.
const fn is_of_term(kind: EntryKind) -> bool {
    matches!(
        kind,
        EntryKind::NoticeWindowOpens
            | EntryKind::NoticeDeadline
            | EntryKind::OptionDeadline
            | EntryKind::Expiration
            | EntryKind::Renewal
    )
}

/// The number of the last term, where notice was given in time that none comes after it.
fn last_term(contract: &Contract, entries: &[ScheduleEntry], told: &HashMap<EntryId, EntrySaid>) -> Option<u32> {
    let stops = |entry: &&ScheduleEntry| {
        entry.kind == EntryKind::NoticeDeadline
            && told.get(&entry.id).is_some_and(|one| {
                let decided = one.decision.as_ref().map(|d| d.decision);
                one.notice_given().is_some() && !notice_renews(contract, entry.kind, decided)
            })
    };
    entries.iter().filter(stops).map(|entry| entry.occurrence).min()
}

/// Where an agreement stands after a notice that counts.
fn noticed(
    contract: &Contract,
    entries: &[ScheduleEntry],
    entry: &ScheduleEntry,
    sent: &Sent,
    decided: Option<&Decided>,
    life: Life,
    today: Date,
) -> Life {
    let ends = end_of(entries, entry.occurrence);
    let doubt = if sent.timely == Timely::PlainCountOnly { ", in time by the plain count only" } else { "" };
    let given = format!("notice was sent on {} {}{doubt}", sent.on, sent.way.in_words());
    // Of a notice about renewal by agreement it is not known what it says, unless somebody decided.
    if notice_renews(contract, entry.kind, decided.map(|d| d.decision)) {
        let period = contract.renewal.as_ref().and_then(Fact::value).and_then(|r| r.period);
        let until = ends.zip(period).and_then(|(end, period)| add(end, period));
        let Some(until) = until.filter(|until| *until >= today) else { return life };
        return Life {
            state: State::InForce,
            reason: format!("{given}; it goes on until {until}"),
            term_ends: Some(until),
        };
    }
    // A break ends it on a day of its own, which its entry tells.
    let (state, reason) = match ends.filter(|_| entry.kind != EntryKind::BreakDeadline) {
        Some(end) if end < today => (State::Ended, format!("it ended on {end}; {given}")),
        Some(end) => (State::NoticeGiven, format!("{given}; it ends on {end}")),
        None => (State::NoticeGiven, given),
    };
    let term_ends = if entry.kind == EntryKind::BreakDeadline { life.term_ends } else { ends };
    Life { state, reason, term_ends }
}
