//! What lists need of a contract's schedule, small enough to be kept for every contract of a store.
//!
//! A digest holds for a stretch of days, not for one: it is made of a schedule that notes for which days it is the same
//! ([`super::asked`]). What still depends on the day within that stretch, such as whether a deadline was missed, is told
//! from the entries when they are read.

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::ahead::Ahead;
use super::asked::Asked;
use super::life::life_on;
use super::{Dated, EntryKind, EventDate, Life, OpenEntry, Renews, ScheduleEntry, SendBy, Standing, open, schedule};
use crate::calendar::Basis;
use crate::config::Settings;
use crate::record::{Contract, EntryId, fact_key};

/// Version of the computation: a hash over everything that decides what a digest holds.
pub const VERSION: &str = env!("TICKLER_SCHEDULE_VERSION");

/// For how many days a digest holds at most.
const MOST: i32 = 92;

/// How far a digest looks ahead of its last day, in days: as far as `--within 1y`.
const AHEAD: i32 = 366;

/// What a list shows of a schedule entry. The fields are those of [`ScheduleEntry`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "documented at ScheduleEntry")]
pub struct Brief {
    pub id: EntryId,
    pub kind: EntryKind,
    #[serde(with = "packed")]
    pub act_by: Date,
    #[serde(with = "packed")]
    pub date: Date,
    #[serde(with = "packed")]
    pub literal_date: Date,
    pub occurrence: u32,
    pub basis: Basis,
    pub send_by: Vec<SendBy>,
    /// The place of its label among those of the digest: those of a series are the same.
    label: u32,
    /// After how many further terms it appears.
    round: u32,
    /// The place of the name of its duty among those of the digest.
    duty: Option<u32>,
}

impl Dated for Brief {
    fn id(&self) -> &EntryId {
        &self.id
    }

    fn kind(&self) -> EntryKind {
        self.kind
    }

    fn date(&self) -> Date {
        self.date
    }

    fn occurrence(&self) -> u32 {
        self.occurrence
    }
}

impl Brief {
    /// The part of an entry that lists show, but for its label.
    #[must_use]
    pub fn of(entry: &ScheduleEntry) -> Self {
        let ScheduleEntry { id, send_by, .. } = entry;
        let ScheduleEntry { kind, act_by, date, literal_date, occurrence, basis, .. } = *entry;
        let (id, send_by) = (id.clone(), send_by.clone());
        Self { id, kind, act_by, date, literal_date, occurrence, basis, send_by, label: 0, round: 0, duty: None }
    }

    /// Where the entry stands on `today`.
    #[must_use]
    pub fn standing(&self, today: Date) -> Standing {
        Standing::of(self.kind, self.act_by, self.last_day(), today)
    }

    /// The last day by any reading.
    #[must_use]
    pub fn last_day(&self) -> Date {
        self.literal_date.max(self.date)
    }
}

/// What a list tells of a contract in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glance {
    /// The day to act by of the next decision.
    pub next_deadline: Option<Date>,
    /// What of it cannot be dated.
    pub open: Option<OpenEntry>,
    /// Where it stands in its life.
    pub life: Life,
    /// It is in a language that is not read.
    pub foreign: bool,
}

/// What a schedule with so many further terms tells as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Whole {
    rounds: u32,
    open: Vec<OpenEntry>,
    over: bool,
}

/// The schedule of a contract as lists need it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// The first day on which it holds.
    #[serde(with = "packed")]
    first: Date,
    /// The last day on which it holds.
    #[serde(with = "packed")]
    last: Date,
    /// How far ahead it looks.
    #[serde(with = "packed")]
    horizon: Date,
    /// The last end of a term before each further term.
    ends: Vec<Date>,
    labels: Vec<String>,
    /// The names of the duties behind entries ([`fact_key`]), by which people speak of them.
    duties: Vec<String>,
    renews: Renews,
    /// By the day to act.
    entries: Vec<Brief>,
    /// What the schedule as a whole tells; further terms may tell otherwise, with which a new one begins.
    whole: Vec<Whole>,
    /// Where it stands in its life, by the schedule without further terms.
    life: Life,
    foreign: bool,
}

impl Digest {
    /// The digest of a contract with the days of `events`, made on a day. It looks ahead as far as `until` at least.
    #[must_use]
    pub fn of(contract: &Contract, events: &[EventDate], today: Date, until: Date, settings: &Settings) -> Self {
        let asked = Asked::on(Some(today));
        let now = schedule(contract, events, &asked, settings);
        let life = life_on(&asked, contract, &now, settings);
        let last = asked.same().1.min(today.saturating_add(MOST.days()));
        let horizon = until.max(last.saturating_add(AHEAD.days()));
        let whole = |all: &[ScheduleEntry], rounds| {
            let over = life_on(&asked, contract, all, settings).state.is_over();
            Whole { rounds: number(rounds), open: open(contract, all), over }
        };
        let mut wholes = vec![whole(&now, 0)];
        let mut ahead = Ahead::of(contract, now, settings);
        let (mut ends, mut counts) = (Vec::new(), vec![ahead.all.len()]);
        while let Some(end) = ahead.last_end().filter(|end| *end < horizon) {
            if !ahead.further() {
                break;
            }
            ends.push(end);
            counts.push(ahead.all.len());
            let next = whole(&ahead.all, ends.len());
            if wholes.last().is_none_or(|w| (&w.open, w.over) != (&next.open, next.over)) {
                wholes.push(next);
            }
        }
        let (first, last_same) = asked.same();
        let last = last.min(last_same);
        let foreign = contract.not_read().is_some();
        let (labels, duties, entries, renews) = (Vec::new(), Vec::new(), Vec::new(), Renews::of(contract));
        let mut out =
            Self { first, last, horizon, ends, labels, duties, renews, entries, whole: wholes, life, foreign };
        out.add(contract, ahead.all, &counts);
        out
    }

    /// Adds entries; `counts` are the numbers of those with no further term, with one, and so on.
    fn add(&mut self, contract: &Contract, entries: Vec<ScheduleEntry>, counts: &[usize]) {
        let facts = contract.facts();
        let duty = |entry: &ScheduleEntry| {
            let id = entry.facts.first().filter(|_| entry.kind.is_task())?;
            Some(fact_key(facts.iter().find(|fact| fact.id == id)?.raw))
        };
        let mut numbered: Vec<(usize, ScheduleEntry)> = entries.into_iter().enumerate().collect();
        numbered.sort_by(|(_, a), (_, b)| a.order().cmp(&b.order()));
        for (n, entry) in numbered {
            let round = counts.partition_point(|count| *count <= n);
            let brief = Brief::of(&entry);
            let duty = duty(&entry).map(|name| place(&mut self.duties, name));
            let label = place(&mut self.labels, entry.label);
            self.entries.push(Brief { label, round: number(round), duty, ..brief });
        }
    }

    /// Whether it holds on a day, and looks ahead as far as `until`.
    #[must_use]
    pub fn serves(&self, today: Date, until: Date) -> bool {
        self.first <= today && today <= self.last && until <= self.horizon
    }

    /// How many further terms a schedule until a day has.
    fn rounds(&self, until: Date) -> u32 {
        number(self.ends.iter().take_while(|end| **end < until).count())
    }

    /// The entries of [`super::until`].
    #[must_use]
    pub fn until(&self, until: Date) -> Vec<&Brief> {
        let rounds = self.rounds(until);
        self.entries.iter().filter(|e| e.round <= rounds).collect()
    }

    /// The name of the duty behind an entry, by which people speak of it.
    #[must_use]
    pub fn duty(&self, entry: &Brief) -> Option<&str> {
        self.duties.get(entry.duty? as usize).map(String::as_str)
    }

    /// How the contract goes on after a term.
    #[must_use]
    pub fn renews(&self) -> Renews {
        self.renews
    }

    /// Where it stands in its life, by the schedule without further terms.
    #[must_use]
    pub fn life(&self) -> &Life {
        &self.life
    }

    fn whole(&self, until: Date) -> Option<&Whole> {
        let rounds = self.rounds(until);
        self.whole.iter().take_while(|w| w.rounds <= rounds).last()
    }

    /// What an entry says, in words for people.
    #[must_use]
    pub fn label(&self, entry: &Brief) -> &str {
        self.labels.get(entry.label as usize).map_or("", String::as_str)
    }

    /// What has no date in the schedule until a day.
    #[must_use]
    pub fn open(&self, until: Date) -> &[OpenEntry] {
        self.whole(until).map_or(&[], |w| &w.open)
    }

    /// Whether the contract has ended, by the schedule until a day.
    #[must_use]
    pub fn is_over(&self, until: Date) -> bool {
        self.whole(until).is_some_and(|w| w.over)
    }

    /// The contract in one line, as of a day; of decisions only those that are `left` count.
    #[must_use]
    pub fn glance(&self, today: Date, left: impl Fn(&Brief) -> bool) -> Glance {
        let ahead = |e: &&Brief| matches!(e.standing(today), Standing::Now | Standing::Ahead) && left(e);
        let next = self.entries.iter().filter(|e| e.round == 0 && e.kind.is_decision()).find(ahead);
        let open = self.whole.first().and_then(|w| w.open.iter().find(|e| !e.kind.is_duty()));
        Glance {
            next_deadline: next.map(|e| e.act_by),
            open: open.cloned(),
            life: self.life.clone(),
            foreign: self.foreign,
        }
    }
}

/// The place of `text` in a list, to which it is added if it is not there.
fn place(list: &mut Vec<String>, text: String) -> u32 {
    let known = list.iter().position(|known| *known == text);
    number(known.unwrap_or_else(|| {
        list.push(text);
        list.len() - 1
    }))
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Dates as three small numbers: a digest has hundreds of them, and reading them as text takes longer than all else.
mod packed {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    type Parts = (i16, i8, i8);

    fn parts(date: Date) -> Parts {
        (date.year(), date.month(), date.day())
    }

    fn date<E: serde::de::Error>((year, month, day): Parts) -> Result<Date, E> {
        Date::new(year, month, day).map_err(E::custom)
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
    pub(super) fn serialize<S: Serializer>(date: &Date, to: S) -> Result<S::Ok, S::Error> {
        parts(*date).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
        date(Parts::deserialize(from)?)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::calendar::{Period, Unit};
    use crate::record::testing::{contract, fact, running};
    use crate::record::value::{DutyCategory, Modality, Obligation, Renewal, RenewalKind, Timing, TimingKind};
    use crate::schedule::{build, life, until};

    fn monthly(every: u32) -> Obligation {
        let every = Some(Period::new(every, Unit::Month));
        let timing =
            Timing { kind: TimingKind::Recurring, every, anchor: Some("anniversary".to_owned()), ..Timing::default() };
        let (modality, category) = (Modality::Duty, DutyCategory::Payment);
        let action = "pay".to_owned();
        Obligation {
            obligor: None,
            obligee: None,
            modality,
            action,
            condition: None,
            exception: None,
            category,
            timing,
        }
    }

    /// Contracts of all kinds of renewal, with and without what recurs.
    fn contracts() -> Vec<Contract> {
        let kinds = [
            RenewalKind::None,
            RenewalKind::Automatic,
            RenewalKind::Option,
            RenewalKind::Evergreen,
            RenewalKind::MonthToMonth,
            RenewalKind::MutualAgreement,
        ];
        let mut out = vec![contract()];
        for (kind, months) in kinds.into_iter().flat_map(|kind| [1, 12].map(|months| (kind, months))) {
            let renewal = Renewal {
                period: Some(Period::new(months, Unit::Month)),
                notice_period: Some(Period::new(45, Unit::Day)),
                window_opens: Some(Period::new(90, Unit::Day)),
                ..Renewal::of(kind)
            };
            let plain = running(date(2024, 2, 29), Period::new(1, Unit::Year), renewal);
            let obligations =
                [1, 3, 12].map(|every| fact("obligation", monthly(every), "notice must be given")).to_vec();
            out.push(Contract { obligations, ..plain.clone() });
            out.push(plain);
        }
        out
    }

    #[test]
    fn a_digest_holds_for_as_long_as_it_says() {
        let settings = Settings::default();
        let mut reused = 0;
        for contract in contracts() {
            for made in [date(2023, 12, 1), date(2024, 12, 31), date(2025, 2, 28), date(2036, 6, 1)] {
                let digest = Digest::of(&contract, &[], made, made, &settings);
                let digest: Digest = postcard::from_bytes(&postcard::to_stdvec(&digest).unwrap()).unwrap();
                assert!(digest.serves(made, made.saturating_add(366.days())));
                for (today, ahead) in (0..100).step_by(7).flat_map(|n| [0, 100, 366].map(|ahead| (n, ahead))) {
                    let today = made.saturating_add(today.days());
                    let goal = today.saturating_add(ahead.days());
                    if !digest.serves(today, goal) {
                        continue;
                    }
                    reused += 1;
                    let all = until(&contract, &[], today, goal, &settings);
                    let told: Vec<_> =
                        digest.until(goal).into_iter().map(|e| (e.id.clone(), digest.label(e))).collect();
                    let expected: Vec<_> = all.iter().map(|e| (e.id.clone(), e.label.as_str())).collect();
                    assert_eq!(told, expected, "made {made}, today {today}, until {goal}");
                    assert_eq!(digest.open(goal), open(&contract, &all));
                    assert_eq!(digest.is_over(goal), life(&contract, &all, today, &settings).state.is_over());
                    let now = build(&contract, Some(today), &settings);
                    assert_eq!(digest.glance(today, |_| true).life, life(&contract, &now, today, &settings));
                }
            }
        }
        assert!(reused > 1_000, "{reused}");
    }
}
