//! The dates that may have to be told, and the words for them.

use std::collections::{HashMap, HashSet};

use jiff::ToSpan as _;
use jiff::civil::Date;
use tickler::calendar::Basis;
use tickler::export::{self, Record};
use tickler::record::{DocumentId, EntryId, Evidence, FactId, capital};
use tickler::remind::{Due, Known, Wanted, Words, furthest};
use tickler::said::EntrySaid;
use tickler::schedule::{ScheduleEntry, Standing};
use tickler::store::{ContractRow, Store};

use super::super::agenda::{self, Item, Wanted as Listed, away, short_line};
use super::super::app::App;
use super::super::clean::{clean, short};
use super::super::current::{Asked, Current};
use super::super::export::stamp;
use super::super::log::entry_words;

/// For how many days a duty is told of after its day.
const REMEMBERED: i32 = 30;
/// Most characters of what there is to do; a duty quotes its contract.
const LONGEST: usize = 240;

/// The dates of all contracts that somebody may have to be told of.
pub(super) struct Dates {
    pub(super) items: Vec<Item>,
    /// All contracts of the store.
    pub(super) rows: HashMap<DocumentId, ContractRow>,
}

impl Dates {
    /// Those on a day, and those that passed unseen since an earlier one.
    pub(super) fn of(
        app: &App,
        store: &Store,
        current: &Current<'_>,
        known: &Known,
        (since, as_of): (Date, Date),
    ) -> anyhow::Result<Self> {
        let rows = store.list()?;
        let ahead = as_of.saturating_add(i64::from(furthest(&app.settings)).min(3_660).days());
        let all = Listed { duties: true, others: true, ..Listed::between(as_of, ahead) };
        let mut items = agenda::agenda(app, current, &rows, &all)?.items;
        // Schedules begin with the day that they are asked for: what passed is in those of earlier days. So a duty is told
        // while it is overdue, and what ended since somebody last looked is told as well. What was due before anybody looked, or
        // before the contract came, is old and would only bury the rest.
        let yesterday = as_of.saturating_sub(1.day());
        let duties = !app.settings.remind.duty_days.is_empty();
        let back = if duties { since.min(as_of.saturating_sub(REMEMBERED.days())) } else { since };
        if back <= yesterday {
            let past = Listed { as_of: back, range: Some((back, yesterday)), ..all };
            let is_told = |item: &Item| known.first.contains_key(&(item.entry.id.clone(), item.entry.act_by));
            let unseen = |item: &Item| {
                item.entry.kind.is_duty() && is_told(item) || since < yesterday && item.entry.act_by >= since
            };
            items.extend(agenda::agenda(app, current, &rows, &past)?.items.into_iter().filter(unseen));
        }
        let (mut seen, mut next) = (HashSet::new(), HashSet::new());
        items.retain_mut(|item| {
            let (of, kind, act_by) = (&item.whose.contract, item.entry.kind, item.entry.act_by);
            item.standing = match item.standing {
                Standing::Settled => Standing::Settled,
                _ => item.entry.standing(as_of),
            };
            // What goes on by itself asks nobody; of what recurs, the next one is enough.
            let asks = item.standing != Standing::Settled && !item.goes_on;
            asks && seen.insert((item.entry.id.clone(), act_by))
                && (act_by < as_of || item.is_to_send() || next.insert((of.clone(), kind, item.label.clone())))
        });
        Ok(Self { items, rows: rows.into_iter().map(|row| (row.id.clone(), row)).collect() })
    }
}

/// What decides whether an item is told.
pub(super) fn due(item: &Item, as_of: Date) -> Due<'_> {
    Due {
        entry: &item.entry.id,
        kind: item.entry.kind,
        act_by: item.entry.act_by,
        owner: item.whose.owner.as_deref(),
        backup: item.whose.backup.as_deref(),
        reacted: item.said.as_ref().is_some_and(|said| reacted(said, as_of)),
    }
}

/// Whether somebody saw to an entry, and nothing is left to be sent.
pub(super) fn reacted(said: &EntrySaid, as_of: Date) -> bool {
    let decided = !said.to_send && (said.decision.is_some() || said.notice.is_some());
    said.settled || decided || said.snoozed_until.is_some_and(|day| day > as_of)
}

/// The words for dates; the record of a contract is read once.
pub(super) struct Written<'a> {
    app: &'a App,
    dates: &'a Dates,
    current: &'a Current<'a>,
    known: &'a Known,
    as_of: Date,
    read: HashMap<DocumentId, Option<Read>>,
}

/// What is read of a contract.
struct Read {
    record: Record,
    entries: HashMap<EntryId, ScheduleEntry>,
}

impl<'a> Written<'a> {
    pub(super) fn new(app: &'a App, dates: &'a Dates, current: &'a Current<'a>, known: &'a Known, as_of: Date) -> Self {
        Self { app, dates, current, known, as_of, read: HashMap::new() }
    }

    /// What is told of an item; `None` where its contract cannot be read.
    pub(super) fn words(&mut self, item: &Item, wanted: &Wanted) -> anyhow::Result<Option<Words>> {
        let document = &item.whose.contract;
        if !self.read.contains_key(document) {
            let read = self.read(document)?;
            self.read.insert(document.clone(), read);
        }
        let Some(Some(Read { record, entries })) = self.read.get(document) else { return Ok(None) };
        let whole = entries.get(&item.entry.id);
        let (us, as_of) = (&self.app.settings.us, self.as_of);
        let what = short(&short_line(item, us), LONGEST);
        let event = match whole {
            Some(entry) => export::event(record, entry, stamp(as_of)?, us, self.moved(item))?,
            None => String::new(),
        };
        Ok(Some(Words {
            name: wanted.recipient.name.clone(),
            owner: item.whose.owner.clone(),
            what: if item.is_to_send() { format!("Send the notice. {what}") } else { what },
            overdue: as_of > item.entry.act_by,
            notes: notes(item, wanted, as_of).iter().map(|note| clean(note)).collect(),
            confirmed: whole.is_some_and(|entry| is_confirmed(record, entry)),
            place: clean(&place(record, whole)),
            event,
        }))
    }

    fn read(&self, document: &DocumentId) -> anyhow::Result<Option<Read>> {
        let Some(row) = self.dates.rows.get(document) else { return Ok(None) };
        let settings = &self.app.settings;
        let Some(record) = self.current.record(row, self.as_of, settings)? else { return Ok(None) };
        let mine = self.dates.items.iter().filter(|item| item.whose.contract == *document);
        let days = mine.map(|item| item.entry.act_by);
        // From the first to the last day that is told of.
        let (from, until) = days.fold((self.as_of, self.as_of), |(from, until), day| (from.min(day), until.max(day)));
        let asked = Asked { as_of: from, until, settings };
        let planned = self.current.planned(document, asked, false)?;
        let entries = planned.map(|planned| planned.plan.entries).unwrap_or_default();
        Ok(Some(Read { record, entries: entries.into_iter().map(|entry| (entry.id.clone(), entry)).collect() }))
    }

    /// How often the date was told with another day.
    fn moved(&self, item: &Item) -> u32 {
        let other = |(entry, day): &&(EntryId, Date)| *entry == item.entry.id && *day != item.entry.act_by;
        u32::try_from(self.known.first.keys().filter(other).count()).unwrap_or(u32::MAX)
    }
}

/// Whether people confirmed or set all values that an entry rests on, and the contract still says so.
fn is_confirmed(record: &Record, entry: &ScheduleEntry) -> bool {
    let said = |fact: &FactId| record.corrections.iter().any(|c| c.fact == *fact && c.conflict.is_none());
    !entry.facts.is_empty() && entry.facts.iter().all(said)
}

/// The file, and the page that speaks of an entry.
fn place(record: &Record, entry: Option<&ScheduleEntry>) -> String {
    let file = &record.contract.document.file_name;
    let facts = record.contract.facts();
    let page = entry.and_then(|entry| entry.facts.first()).and_then(|id| facts.iter().find(|fact| fact.id == id));
    match page.and_then(|fact| fact.evidence.first()).map(Evidence::page) {
        Some(page) => format!("{file}, page {page}"),
        None => file.clone(),
    }
}

/// What is to be known about an item besides its day, one sentence each.
fn notes(item: &Item, wanted: &Wanted, as_of: Date) -> Vec<String> {
    let e = &item.entry;
    let mut out = Vec::new();
    match (item.standing, &item.follows) {
        (Standing::Missed, Some(follows)) => {
            out.push(format!("Missed {}. No notice is recorded, so {follows}.", away(as_of, e.act_by)));
        }
        (Standing::Missed, None) => out.push(format!("Missed {}.", away(as_of, e.act_by))),
        (Standing::Now, _) => out.push(format!("By the plain count there is time until {}.", e.last_day())),
        _ if e.act_by != e.date => out.push(format!("It must arrive by {}.", e.date)),
        _ => {}
    }
    if e.basis == Basis::Assumed {
        out.push("This day is only assumed.".to_owned());
    }
    if let Some(said) = item.said.as_ref().and_then(entry_words) {
        out.push(format!("{}.", capital(&said)));
    }
    if let Some(name) = &wanted.instead_of {
        out.push(format!("{name} was told, and nobody has said what is done about it."));
    }
    out
}
