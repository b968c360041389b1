//! A schedule with what people decided, sent and did.

use std::cell::LazyCell;
use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Content, Decided, Decision, DutyKey, DutySaid, DutyState, Said, Sent, entry_key, moved, notice_renews};
use crate::calendar::add;
use crate::config::Settings;
use crate::measure;
use crate::record::{Contract, DocumentId, EntryId, ReviewItem};
use crate::schedule::{
    self, Dated, EntryKind, Life, OpenEntry, Openness, Renews, ScheduleEntry, Standing, State, Timely,
};

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

/// What people said of the entries of a schedule, and what follows from it for the agreement.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// What was said of which entry.
    pub entries: HashMap<EntryId, EntrySaid>,
    /// Where the agreement stands after a notice that counts.
    pub life: Option<Life>,
    /// What was said of deadlines that there are no more.
    lost: Vec<EntrySaid>,
    /// The last term and its end, where notice was given in time that none comes after it.
    last: Option<(u32, Date)>,
}

impl Told {
    /// What was said of the `entries` of an agreement that stands at `life` without it; `key` names a duty and its date, and
    /// `judge` tells whether a notice is in time for a deadline that is on another day than when it was sent.
    #[must_use]
    pub fn of<E: Dated>(
        about: (&Said, &DocumentId),
        renews: Renews,
        entries: &[E],
        key: impl Fn(&E) -> Option<DutyKey>,
        judge: impl Fn(&E, &Sent) -> Option<Timely>,
        (life, today): (&Life, Date),
    ) -> Self {
        let mut told = Self::default();
        choices(about, entries, judge, &mut told);
        duties(about, entries, key, &mut told.entries);
        for entry in entries.iter().filter(|e| e.kind().is_decision()) {
            let Some(one) = told.entries.get_mut(entry.id()) else { continue };
            settle(renews, entry.kind(), one);
            if let Some(sent) = one.notice_given() {
                let stands = told.life.as_ref().unwrap_or(life);
                let after = noticed(renews, entries, entry, (sent, one.decision.as_ref()), stands, today);
                told.life = after.or(told.life);
            }
        }
        let last = last_term(renews, entries, &told.entries);
        told.last = last.map(|last| (last, end_of(entries, last).unwrap_or(Date::MAX)));
        told
    }

    /// What was said of an entry.
    #[must_use]
    pub fn of_entry(&self, entry: &EntryId) -> Option<&EntrySaid> {
        self.entries.get(entry)
    }

    /// Whether a notice was sent for a deadline that is on another day now.
    #[must_use]
    pub fn has_moved_notice(&self) -> bool {
        self.entries.values().any(|one| one.notice.as_ref().is_some_and(|sent| sent.sent_for.is_some()))
    }

    /// Whether no notice has made an entry void.
    #[must_use]
    pub fn keeps(&self, entry: &impl Dated) -> bool {
        self.last.is_none_or(|(last, end)| match entry.kind() {
            EntryKind::PriceChange => entry.date() <= end,
            kind => entry.occurrence() <= last || !is_of_term(kind),
        })
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
    /// What was said of deadlines that there are no more.
    lost: Vec<EntrySaid>,
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
        let life = schedule::life(contract, &entries, today, settings);
        let document = &contract.document.id;
        if said.story(document).is_empty() {
            return Self { entries, said: HashMap::new(), life, lost: Vec::new() };
        }
        let claims = measure::claims(contract, &said.measured(document), today, settings);
        if !claims.is_empty() {
            entries.extend(claims);
            entries.sort_by(|a, b| a.order().cmp(&b.order()));
        }
        if let Some(on) = said.ending(document) {
            entries.extend(schedule::ending(contract, on, today, settings));
            entries.sort_by(|a, b| a.order().cmp(&b.order()));
        }
        let facts = LazyCell::new(|| contract.facts());
        let key = |entry: &ScheduleEntry| DutyKey::of(&facts, entry);
        let judge = |entry: &ScheduleEntry, sent: &Sent| {
            let way = (sent.way, sent.timely.counts());
            Some(schedule::judge(contract, &entries, entry, sent.on, way, settings)?.timely)
        };
        let told = Told::of((said, document), Renews::of(contract), &entries, key, judge, (&life, today));
        for entry in &mut entries {
            if told.of_entry(&entry.id).is_some_and(|one| one.settled) {
                entry.reminders.clear();
            }
        }
        entries.retain(|entry| told.keeps(entry));
        Self { entries, life: told.life.unwrap_or(life), said: told.entries, lost: told.lost }
    }

    /// What is still open of these entries: a contract of which somebody decided when it ends has a day.
    #[must_use]
    pub fn open(&self, mut open: Vec<OpenEntry>) -> Vec<OpenEntry> {
        if self.entries.iter().any(schedule::is_ending) {
            open.retain(|entry| entry.why != Openness::Rolling);
        }
        open
    }

    /// What was decided or sent for days that are others now, for people to look at.
    #[must_use]
    pub fn to_review(&self, contract: &Contract, today: Date) -> Vec<ReviewItem> {
        let of_entries = self.entries.iter().filter_map(|entry| Some((self.said_of(entry)?, Some(entry))));
        let mut out: Vec<ReviewItem> = Vec::new();
        for (one, entry) in of_entries.chain(self.lost.iter().map(|one| (one, None))) {
            for item in moved::to_review(contract, one, entry, today) {
                // Notices in several ways about one term are decided once.
                if !out.iter().any(|other| other.raw == item.raw) {
                    out.push(item);
                }
            }
        }
        out
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
fn end_of<E: Dated>(entries: &[E], term: u32) -> Option<Date> {
    entries.iter().find(|e| e.kind() == EntryKind::Expiration && e.occurrence() == term).map(Dated::date)
}

/// What was decided and sent.
fn choices<E: Dated>(
    (said, document): (&Said, &DocumentId),
    entries: &[E],
    judge: impl Fn(&E, &Sent) -> Option<Timely>,
    told: &mut Told,
) {
    let mut keyed = None;
    let mut by_key: BTreeMap<String, EntrySaid> = BTreeMap::new();
    for statement in said.standing(document) {
        let (Content::Decided { entry, act_by, .. } | Content::Sent { entry, act_by, .. }) = &statement.content else {
            continue;
        };
        let keyed = keyed.get_or_insert_with(|| {
            let decisions = entries.iter().filter(|e| e.kind().is_decision());
            decisions.map(|e| (entry_key(entries, e), e)).collect::<Vec<_>>()
        });
        let (key, said_for) = moved::meant(keyed, entry, *act_by);
        let one = by_key.entry(key.to_owned()).or_default();
        match &statement.content {
            Content::Decided { decision, until, .. } => {
                let decided = Decided {
                    decision: *decision,
                    by: statement.who.clone(),
                    at: statement.at.to_string(),
                    why: statement.why.clone(),
                    until: *until,
                    decided_for: said_for,
                };
                one.decision = Some(decided).filter(|d| d.decision != Decision::Undecided);
            }
            Content::Sent { on, way, timely, .. } => {
                let by = statement.who.clone();
                let mut sent = Sent { on: *on, way: *way, timely: *timely, by, sent_for: said_for };
                let entry = keyed.iter().find(|(k, _)| said_for.is_some() && k == key);
                sent.timely = entry.and_then(|(_, entry)| judge(entry, &sent)).unwrap_or(sent.timely);
                // A second notice that is late does not undo a first one that was in time.
                if one.notice_given().is_none() || sent.timely.counts() {
                    one.notice = Some(sent);
                }
            }
            _ => {}
        }
    }
    for (key, entry) in keyed.iter().flatten() {
        if let Some(one) = by_key.get(key) {
            told.entries.insert(entry.id().clone(), one.clone());
        }
    }
    by_key.retain(|key, _| !keyed.iter().flatten().any(|(k, _)| k == key));
    told.lost = by_key.into_values().collect();
}

/// What is left to do about a decision. That nothing is to be done was said for one day and does not hold for another.
fn settle(renews: Renews, kind: EntryKind, one: &mut EntrySaid) {
    let sent = one.notice_given().is_some();
    let needs = one.decision.as_ref().and_then(|d| d.decision.needs_notice(renews, kind));
    let moved = one.decision.as_ref().is_some_and(|d| d.decided_for.is_some());
    one.to_send = needs == Some(true) && !sent;
    one.settled = sent || needs == Some(false) && !moved;
}

/// What became of duties, and what was noted.
fn duties<E: Dated>(
    (said, document): (&Said, &DocumentId),
    entries: &[E],
    key: impl Fn(&E) -> Option<DutyKey>,
    told: &mut HashMap<EntryId, EntrySaid>,
) {
    if !said.standing(document).any(|s| s.content.is_about_duty()) {
        return;
    }
    let keys: Vec<(&E, DutyKey)> =
        entries.iter().filter(|e| e.kind().is_task()).filter_map(|e| Some((e, key(e)?))).collect();
    let number = |key: &DutyKey| key.date.map(|(n, _)| n);
    for (entry, key) in &keys {
        let alone = keys.iter().filter(|(_, k)| k.duty == key.duty && number(k) == number(key)).count() == 1;
        for statement in said.standing(document) {
            match &statement.content {
                Content::Duty { duty, state, on, evidence, .. } if duty.means(key, alone) => {
                    let one = told.entry(entry.id().clone()).or_default();
                    let (on, evidence, by) = (*on, evidence.clone(), statement.who.clone());
                    one.settled = *state != DutyState::Open;
                    one.duty = Some(DutySaid { state: *state, on, evidence, by, why: statement.why.clone() });
                }
                Content::Snoozed { duty, until, .. } if duty.means(key, alone) => {
                    told.entry(entry.id().clone()).or_default().snoozed_until = Some(*until);
                }
                Content::Noted { duty: Some(duty), text, .. } if duty.means(key, alone) => {
                    told.entry(entry.id().clone()).or_default().notes.push(text.clone());
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
fn last_term<E: Dated>(renews: Renews, entries: &[E], told: &HashMap<EntryId, EntrySaid>) -> Option<u32> {
    let stops = |entry: &&E| {
        entry.kind() == EntryKind::NoticeDeadline
            && told.get(entry.id()).is_some_and(|one| {
                let decided = one.decision.as_ref().map(|d| d.decision);
                one.notice_given().is_some() && !notice_renews(renews, entry.kind(), decided)
            })
    };
    entries.iter().filter(stops).map(Dated::occurrence).min()
}

/// Where an agreement that stands at `life` stands after a notice that counts; `None` where that changes nothing.
fn noticed<E: Dated>(
    renews: Renews,
    entries: &[E],
    entry: &E,
    (sent, decided): (&Sent, Option<&Decided>),
    life: &Life,
    today: Date,
) -> Option<Life> {
    let ends = end_of(entries, entry.occurrence());
    let doubt = if sent.timely == Timely::PlainCountOnly { ", in time by the plain count only" } else { "" };
    let given = format!("notice was sent on {} {}{doubt}", sent.on, sent.way.in_words());
    // Of a notice about renewal by agreement it is not known what it says, unless somebody decided.
    if notice_renews(renews, entry.kind(), decided.map(|d| d.decision)) {
        let until = ends.zip(renews.period).and_then(|(end, period)| add(end, period));
        let until = until.filter(|until| *until >= today)?;
        let reason = format!("{given}; it goes on until {until}");
        return Some(Life { state: State::InForce, reason, term_ends: Some(until) });
    }
    // A break ends it on a day of its own, which its entry tells.
    let is_break = entry.kind() == EntryKind::BreakDeadline;
    let (state, reason) = match ends.filter(|_| !is_break) {
        Some(end) if end < today => (State::Ended, format!("it ended on {end}; {given}")),
        Some(end) => (State::NoticeGiven, format!("{given}; it ends on {end}")),
        None => (State::NoticeGiven, given),
    };
    let term_ends = if is_break { life.term_ends } else { ends };
    Some(Life { state, reason, term_ends })
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::ToSpan as _;
    use jiff::civil::date;

    use super::*;
    use crate::calendar::{Period, Unit};
    use crate::record::testing::{fact, running};
    use crate::record::value::{
        DeliveryMethod, DutyCategory, Modality, Obligation, Renewal, RenewalKind, Timing, TimingKind,
    };
    use crate::said::Statement;
    use crate::schedule::{Brief, Digest, until};

    fn agreement(kind: RenewalKind) -> Contract {
        let every = Some(Period::new(1, Unit::Month));
        let anchor = Some("anniversary".to_owned());
        let pay = Obligation {
            obligor: None,
            obligee: None,
            modality: Modality::Duty,
            action: "pay".to_owned(),
            condition: None,
            exception: None,
            category: DutyCategory::Payment,
            timing: Timing { kind: TimingKind::Recurring, every, anchor, ..Timing::default() },
        };
        let renewal = Renewal {
            period: Some(Period::new(1, Unit::Year)),
            notice_period: Some(Period::new(45, Unit::Day)),
            window_opens: Some(Period::new(90, Unit::Day)),
            ..Renewal::of(kind)
        };
        let plain = running(date(2024, 3, 1), Period::new(1, Unit::Year), renewal);
        Contract { obligations: vec![fact("obligation", pay, "notice must be given")], ..plain }
    }

    /// What somebody may say of the entries of a schedule, one thing or several.
    fn stories(contract: &Contract, entries: &[ScheduleEntry]) -> Vec<Vec<Content>> {
        let mut out = Vec::new();
        let decisions = entries.iter().filter(|e| e.kind.is_decision());
        for entry in decisions {
            let (key, act_by) = (entry_key(entries, entry), entry.act_by);
            let decided = |decision| Content::Decided { entry: key.clone(), act_by, decision, until: None, ends: None };
            for decision in [Decision::Renew, Decision::End, Decision::Renegotiate, Decision::Undecided] {
                out.push(vec![decided(decision)]);
                for timely in [Timely::InTime, Timely::PlainCountOnly, Timely::Late] {
                    let (on, way) = (act_by, DeliveryMethod::Courier);
                    let sent = Content::Sent { entry: key.clone(), act_by, on, way, timely };
                    out.push(vec![decided(decision), sent]);
                }
            }
        }
        let facts = contract.facts();
        if let Some((entry, duty)) = entries.iter().find_map(|e| Some((e, DutyKey::of(&facts, e)?))) {
            let (on, evidence, label) = (Some(entry.date), None, String::new());
            let became =
                |duty, state| Content::Duty { duty, label: label.clone(), state, on, evidence: evidence.clone() };
            out.push(vec![became(duty.clone(), DutyState::Done)]);
            out.push(vec![became(DutyKey { date: None, ..duty.clone() }, DutyState::Waived)]);
            out.push(vec![Content::Snoozed { duty, label, until: date(2025, 6, 1) }]);
        }
        out
    }

    #[test]
    fn what_is_said_of_kept_dates_is_what_is_said_of_the_schedule() {
        let (settings, today) = (Settings::default(), date(2025, 1, 10));
        let mut settled = 0;
        for kind in [RenewalKind::Automatic, RenewalKind::Option, RenewalKind::MutualAgreement, RenewalKind::None] {
            let contract = agreement(kind);
            let digest = Digest::of(&contract, &[], today, today, &settings);
            for goal in [0, 400].map(|days| today.saturating_add(days.days())) {
                let entries = until(&contract, &[], today, goal, &settings);
                for story in stories(&contract, &entries) {
                    let statements = story.iter().zip(1..).map(|(content, id)| Statement {
                        id,
                        at: Timestamp::UNIX_EPOCH,
                        who: Some("Ann".to_owned()),
                        why: None,
                        agreement: contract.document.id.clone(),
                        content: content.clone(),
                    });
                    let said = Said::new(statements, BTreeMap::new());
                    let plan = Plan::of(&said, &contract, entries.clone(), today, &settings);
                    let mut briefs = digest.until(goal);
                    let key = |e: &&Brief| {
                        Some(DutyKey { duty: digest.duty(e)?.to_owned(), date: Some((e.occurrence, e.date)) })
                    };
                    let about = (&said, &contract.document.id);
                    let told = Told::of(about, digest.renews(), &briefs, key, |_, _| None, (digest.life(), today));
                    briefs.retain(|brief| told.keeps(brief));
                    let ids = |entries: &[ScheduleEntry]| entries.iter().map(|e| e.id.clone()).collect::<Vec<_>>();
                    let kept: Vec<_> = briefs.iter().map(|e| e.id.clone()).collect();
                    assert_eq!(kept, ids(&plan.entries), "{kind:?} {story:?}");
                    assert_eq!(told.entries, plan.said, "{kind:?} {story:?}");
                    assert!(told.life.is_none_or(|life| life == plan.life), "{kind:?} {story:?}");
                    settled += plan.said.values().filter(|said| said.settled).count();
                }
            }
        }
        assert!(settled > 20, "{settled}");
    }
}
