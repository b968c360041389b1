//! What lists need of a contract's schedule, small enough to be kept for every contract of a store.
//!
//! A digest holds for a stretch of days, not for one: it is made of a schedule that notes for which days it is the same
//! ([`super::asked`]). What still depends on the day within that stretch, such as whether a deadline was missed, is told
//! from the entries when they are read.

use std::cell::OnceCell;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::ahead::Ahead;
use super::asked::Asked;
use super::entry::Moment;
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

const EPOCH: Date = date(1970, 1, 1);

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
    fn moment(&self) -> Moment<'_> {
        let Self { kind, act_by, date, occurrence, .. } = *self;
        Moment { id: &self.id, kind, act_by, date, occurrence }
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

    /// The order of schedules, as [`ScheduleEntry::order`].
    fn order(&self) -> (Date, Date, EntryKind, u32, &EntryId) {
        (self.act_by, self.date, self.kind, self.occurrence, &self.id)
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
    /// Whether that day rests on an assumption.
    pub assumed: bool,
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
    /// All but those of duties, by the day to act.
    entries: Vec<Brief>,
    /// The day to act of each duty as days since 1970, and after how many further terms it appears: what most lists need of
    /// duties, of which there are many.
    due: Vec<(i32, u32)>,
    /// The entries of duties, by the day to act.
    tasks: Packed,
    /// The same, once somebody has asked for them.
    #[serde(skip)]
    unpacked: OnceCell<Vec<Brief>>,
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
        let mut out = Self {
            first,
            last,
            horizon,
            ends,
            labels: Vec::new(),
            duties: Vec::new(),
            renews: Renews::of(contract),
            entries: Vec::new(),
            due: Vec::new(),
            tasks: Packed::default(),
            unpacked: OnceCell::new(),
            whole: wholes,
            life,
            foreign,
        };
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
        let mut tasks = Vec::new();
        for (n, entry) in numbered {
            let round = counts.partition_point(|count| *count <= n);
            let brief = Brief::of(&entry);
            let duty = duty(&entry).map(|name| place(&mut self.duties, name));
            let label = place(&mut self.labels, entry.label);
            let brief = Brief { label, round: number(round), duty, ..brief };
            if brief.kind.is_duty() {
                self.due.push((day_number(brief.act_by), brief.round));
                tasks.push(brief);
            } else {
                self.entries.push(brief);
            }
        }
        self.tasks = Packed::of(&tasks);
    }

    /// Whether it holds on a day, and looks ahead as far as `until`.
    #[must_use]
    pub fn serves(&self, today: Date, until: Date) -> bool {
        self.first <= today && today <= self.last && until <= self.horizon
    }

    /// The day nearest to `today` on which it holds.
    #[must_use]
    pub fn held_on(&self, today: Date) -> Date {
        today.clamp(self.first, self.last)
    }

    /// How far ahead it looks.
    #[must_use]
    pub fn horizon(&self) -> Date {
        self.horizon
    }

    /// Whether another one, which was made on a day on which this one holds and looks at least as far ahead, tells the same.
    #[must_use]
    pub fn agrees(&self, other: &Self) -> bool {
        let until = self.horizon;
        let alike = |own: &Brief, its: &Brief| {
            let fit = |label, duty| Brief { label, duty, ..its.clone() };
            *own == fit(own.label, own.duty) && self.label(own) == other.label(its) && self.duty(own) == other.duty(its)
        };
        let (own, its) = (self.until(until), other.until(until));
        let due =
            |digest: &Self| digest.due.iter().filter(|(_, n)| *n <= digest.rounds(until)).copied().collect::<Vec<_>>();
        let wholes = |digest: &Self| {
            digest.whole.iter().filter(|w| w.rounds <= digest.rounds(until)).cloned().collect::<Vec<_>>()
        };
        own.len() == its.len()
            && own.into_iter().zip(its).all(|(own, its)| alike(own, its))
            && due(self) == due(other)
            && wholes(self) == wholes(other)
            && (&self.life, self.renews, self.foreign) == (&other.life, other.renews, other.foreign)
    }

    /// How many further terms a schedule until a day has.
    fn rounds(&self, until: Date) -> u32 {
        number(self.ends.iter().take_while(|end| **end < until).count())
    }

    /// The entries of [`super::until`].
    #[must_use]
    pub fn until(&self, until: Date) -> Vec<&Brief> {
        let rounds = self.rounds(until);
        let tasks = self.unpacked.get_or_init(|| self.tasks.entries());
        let mut all: Vec<&Brief> = self.entries.iter().chain(tasks).filter(|e| e.round <= rounds).collect();
        all.sort_by(|a, b| a.order().cmp(&b.order()));
        all
    }

    /// The same without those of duties.
    #[must_use]
    pub fn without_duties(&self, until: Date) -> Vec<&Brief> {
        let rounds = self.rounds(until);
        self.entries.iter().filter(|e| e.round <= rounds).collect()
    }

    /// The days to act of the duties among the entries until a day, of those in a `range` where one is given.
    #[must_use]
    pub fn due(&self, range: Option<(Date, Date)>, until: Date) -> Vec<Date> {
        let rounds = self.rounds(until);
        let range = range.map(|(from, until)| day_number(from)..=day_number(until));
        let inside = |day: &i32| range.as_ref().is_none_or(|range| range.contains(day));
        self.due.iter().filter(|(day, round)| *round <= rounds && inside(day)).map(|(day, _)| day_of(*day)).collect()
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
            assumed: next.is_some_and(|e| e.basis == Basis::Assumed),
            open: open.cloned(),
            life: self.life.clone(),
            foreign: self.foreign,
        }
    }
}

/// A day as the number of days since 1970.
fn day_number(day: Date) -> i32 {
    (day - EPOCH).get_days()
}

fn day_of(number: i32) -> Date {
    EPOCH.saturating_add(number.days())
}

/// Entries as bytes, which are read when somebody asks for them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Packed(Vec<u8>);

impl Packed {
    fn of(entries: &[Brief]) -> Self {
        // Nothing in them can fail to be written.
        Self(postcard::to_stdvec(entries).unwrap_or_default())
    }

    /// They are under the seal of the row that holds them.
    fn entries(&self) -> Vec<Brief> {
        postcard::from_bytes(&self.0).unwrap_or_default()
    }
}

impl Serialize for Packed {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Packed {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        <&[u8]>::deserialize(from).map(|bytes| Self(bytes.to_vec()))
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
mod tests;
