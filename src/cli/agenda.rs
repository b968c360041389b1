//! The schedule entries of many contracts, sorted by date.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Serialize;
use tickler::calendar::Basis;
use tickler::config::Settings;
use tickler::family::View;
use tickler::record::{Contract, DocumentId, EntryId};
use tickler::said::{EntrySaid, Owner, Plan};
use tickler::schedule::{self, EntryKind, EventDate, Life, OpenEntry, Openness, ScheduleEntry, Standing};
use tickler::store::ContractRow;

use super::app::App;
use super::clean::short;
use super::current::Current;
use super::log::entry_words;
use super::table;

/// For how many days a missed decision is told of after its term has ended.
const REMEMBERED: i32 = 30;

/// Most days of a month.
const MONTH: i32 = 31;

/// How many terms after the current one are computed at most.
const MAX_TERMS: usize = 120;

/// The contract that a line of a list belongs to.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Whose {
    /// The contract document.
    pub(super) contract: DocumentId,
    /// Name of its file.
    pub(super) file_name: String,
    /// Its title.
    pub(super) title: Option<String>,
    /// Its parties.
    pub(super) parties: Vec<String>,
    /// Who answers for it.
    pub(super) owner: Option<String>,
    /// Who stands in.
    pub(super) backup: Option<String>,
}

impl Whose {
    fn of(row: &ContractRow, owner: Option<Owner>) -> Self {
        let (owner, backup) = owner.map_or((None, None), |owner| (Some(owner.name), owner.backup));
        Self {
            owner,
            backup,
            contract: row.id.clone(),
            file_name: row.file_name.clone(),
            title: row.title.clone(),
            parties: row.parties.clone(),
        }
    }
}

/// A schedule entry, the contract it belongs to, and where it stands.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Item {
    #[serde(flatten)]
    pub(super) whose: Whose,
    /// Where it stands on the day asked about.
    pub(super) standing: Standing,
    /// What follows, or followed, from a decision that was missed.
    pub(super) follows: Option<String>,
    /// What people said of it.
    pub(super) said: Option<EntrySaid>,
    /// The entry.
    #[serde(flatten)]
    pub(super) entry: ScheduleEntry,
}

impl Item {
    /// Whether a decision waits for its notice to be sent.
    pub(super) fn is_to_send(&self) -> bool {
        self.said.as_ref().is_some_and(|said| said.to_send) && self.standing != Standing::Missed
    }

    /// Of several contracts: what was decided and not sent, then by the day to act and kind, then by file.
    fn order(&self) -> (bool, Date, Date, EntryKind, &str, &EntryId) {
        let Self { whose, entry, .. } = self;
        (!self.is_to_send(), entry.act_by, entry.date, entry.kind, &whose.file_name, &entry.id)
    }
}

/// An open entry and the contract it belongs to.
#[derive(Debug, Clone, Serialize)]
pub(super) struct OpenItem {
    #[serde(flatten)]
    pub(super) whose: Whose,
    /// Null: each line of a list has these keys.
    act_by: Option<Date>,
    /// Null as well.
    date: Option<Date>,
    /// The entry.
    #[serde(flatten)]
    pub(super) entry: OpenEntry,
}

/// Which entries a list has.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
pub(super) struct Wanted<'a> {
    /// The day that counts as today.
    pub(super) as_of: Date,
    /// The days from and to which it reaches; `None` for all.
    pub(super) range: Option<(Date, Date)>,
    /// Only these kinds; empty for all but duties.
    pub(super) kinds: &'a [EntryKind],
    /// With what parties must do.
    pub(super) duties: bool,
    /// With dates of duties that are only assumed.
    pub(super) assumed: bool,
    /// Only decisions that were missed, or are nearly.
    pub(super) overdue: bool,
    /// With contracts that have ended.
    pub(super) ended: bool,
}

impl Wanted<'_> {
    /// Decisions and what happens, between two days.
    pub(super) fn between(as_of: Date, until: Date) -> Self {
        Self {
            as_of,
            range: Some((as_of, until)),
            kinds: &[],
            duties: false,
            assumed: false,
            overdue: false,
            ended: false,
        }
    }

    /// Whether entries of a kind are listed.
    fn kind(&self, kind: EntryKind) -> bool {
        if self.kinds.is_empty() { self.duties || !kind.is_duty() } else { self.kinds.contains(&kind) }
    }

    /// Whether an entry lies in the range, or still needs a person although its day has passed.
    fn holds(&self, entry: &ScheduleEntry, plan: &Plan) -> bool {
        let (all, standing) = (&plan.entries, plan.standing(entry, self.as_of));
        let said = plan.said_of(entry);
        if self.range.is_some() && said.is_some_and(|said| self.is_quiet(entry, said)) {
            return false;
        }
        // What was decided stays until it is done, however far ahead its day is.
        if said.is_some_and(|said| said.to_send) && matches!(standing, Standing::Now | Standing::Ahead) {
            return true;
        }
        if self.range.is_some() && is_routine(entry, all) {
            return false;
        }
        let inside = self.range.is_none_or(|(from, until)| entry.act_by >= from && entry.act_by <= until);
        match standing {
            Standing::Now => true,
            Standing::Missed => inside || self.range.is_some() && is_remembered(entry, all, self.as_of),
            Standing::Ahead | Standing::Past | Standing::Settled => inside && !self.overdue,
        }
    }

    /// Whether nobody wants to hear of an entry: a duty that was seen to, or that is put off.
    fn is_quiet(&self, entry: &ScheduleEntry, said: &EntrySaid) -> bool {
        entry.kind.is_duty() && said.settled || said.snoozed_until.is_some_and(|day| day > self.as_of)
    }
}

/// The day of the entry of a kind that belongs to a term.
fn of_term(all: &[ScheduleEntry], kind: EntryKind, number: u32) -> Option<Date> {
    all.iter().find(|e| e.kind == kind && e.occurrence == number).map(|e| e.date)
}

/// Whether an entry only says that a contract goes on from month to month.
fn is_routine(entry: &ScheduleEntry, all: &[ScheduleEntry]) -> bool {
    let number = entry.occurrence;
    let near = |day: Date| (entry.date - day).get_days().abs() <= MONTH;
    match entry.kind {
        EntryKind::Expiration => {
            number > 0
                && of_term(all, EntryKind::Renewal, number.saturating_add(1)).is_some()
                && of_term(all, EntryKind::Renewal, number).is_some_and(near)
        }
        EntryKind::Renewal => number > 1 && of_term(all, EntryKind::Expiration, number).is_some_and(near),
        _ => false,
    }
}

/// Whether a missed decision still matters: its term has not ended, or it was missed only days ago.
fn is_remembered(entry: &ScheduleEntry, all: &[ScheduleEntry], as_of: Date) -> bool {
    // Where notice is possible each month, the next day for it is what matters.
    let soon = |e: &&ScheduleEntry| e.kind == entry.kind && e.act_by > entry.act_by;
    if all.iter().filter(soon).any(|e| (e.act_by - entry.act_by).get_days() < 2 * MONTH) {
        return false;
    }
    let end = of_term(all, EntryKind::Expiration, entry.occurrence);
    let running = entry.kind.is_notice() && end.is_some_and(|end| end >= as_of);
    running || entry.act_by.checked_add(REMEMBERED.days()).is_ok_and(|day| day >= as_of)
}

/// What follows from a decision that nobody is known to have made.
fn aftermath(entry: &ScheduleEntry, all: &[ScheduleEntry], as_of: Date) -> Option<String> {
    let end = of_term(all, EntryKind::Expiration, entry.occurrence);
    match entry.kind {
        EntryKind::NoticeDeadline => {
            let Some(begins) = of_term(all, EntryKind::Renewal, entry.occurrence + 1) else {
                return end.map(|end| format!("the first term ends on {end}, and the contract runs on"));
            };
            let verb = if begins <= as_of { "renewed" } else { "renews" };
            let to = of_term(all, EntryKind::Expiration, entry.occurrence + 1);
            let to = to.map_or(String::new(), |to| format!(" to {to}"));
            Some(format!("it {verb} on {begins}{to}, as no notice is recorded"))
        }
        EntryKind::OptionDeadline => end.map(|end| format!("the contract ends on {end}, as no notice is recorded")),
        EntryKind::BreakDeadline => Some("the contract goes on, as no notice is recorded".to_owned()),
        _ => None,
    }
}

/// The schedule of a contract as of a day, with the terms that end by `until` as well.
pub(super) fn entries(
    contract: &Contract,
    events: &[EventDate],
    as_of: Date,
    until: Date,
    settings: &Settings,
) -> Vec<ScheduleEntry> {
    let mut all = schedule::build_with(contract, events, Some(as_of), settings);
    // A schedule ends with the term that holds its day. Asking again for the day after that adds the next term.
    for _ in 0..MAX_TERMS {
        let Some(next) = last_end(&all).filter(|end| *end < until).and_then(|end| end.checked_add(1.day()).ok()) else {
            break;
        };
        let known: HashSet<_> = all.iter().map(|e| e.id.clone()).collect();
        let more = schedule::build(contract, Some(next), settings);
        let before = all.len();
        all.extend(more.into_iter().filter(|e| !known.contains(&e.id)));
        if all.len() == before {
            break;
        }
    }
    all.sort_by(|a, b| a.order().cmp(&b.order()));
    all
}

fn last_end(entries: &[ScheduleEntry]) -> Option<Date> {
    entries.iter().filter(|e| e.kind == EntryKind::Expiration).map(|e| e.date).max()
}

/// What a list tells of a contract beyond its row.
#[derive(Debug, Clone)]
pub(super) struct Glance {
    /// The day to act by of the next decision.
    pub(super) next_deadline: Option<Date>,
    /// What of it cannot be dated.
    pub(super) open: Option<OpenEntry>,
    /// Where it stands in its life.
    pub(super) life: Life,
    /// It is in a language that is not read.
    pub(super) foreign: bool,
}

/// A glance at each contract; an amendment that is folded into its agreement has none.
pub(super) fn glances(
    app: &App,
    current: &Current<'_>,
    rows: &[ContractRow],
    as_of: Date,
) -> anyhow::Result<BTreeMap<DocumentId, Glance>> {
    let mut out = BTreeMap::new();
    for row in rows.iter().filter(|row| !current.is_folded(&row.id)) {
        let Some(View { contract, .. }) = current.view(&row.id)? else { continue };
        let schedule = schedule::build(&contract, Some(as_of), &app.settings);
        let open = schedule::open(&contract, &schedule).into_iter().find(|e| !e.kind.is_duty());
        let plan = Plan::of(&current.said, &contract, schedule, as_of, &app.settings);
        let is_next = |e: &&ScheduleEntry| {
            e.kind.is_decision() && matches!(plan.standing(e, as_of), Standing::Now | Standing::Ahead)
        };
        let glance = Glance {
            next_deadline: plan.entries.iter().find(is_next).map(|e| e.act_by),
            open,
            life: plan.life,
            foreign: contract.not_read().is_some(),
        };
        out.insert(row.id.clone(), glance);
    }
    Ok(out)
}

/// What a list holds, and what it leaves out.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    /// The dated entries, by the day to act.
    pub(super) items: Vec<Item>,
    /// The open ones, by file.
    pub(super) open: Vec<OpenItem>,
    /// How many entries about duties lie in the range and were not asked for.
    pub(super) duties: usize,
    /// How many contracts were left out because they have ended.
    pub(super) ended: usize,
}

/// The wanted entries of `rows`.
pub(super) fn agenda(
    app: &App,
    current: &Current<'_>,
    rows: &[ContractRow],
    wanted: &Wanted<'_>,
) -> anyhow::Result<Agenda> {
    let mut out = Agenda::default();
    for row in rows.iter().filter(|row| row.counts() && !current.is_folded(&row.id)) {
        let Some(View { contract, .. }) = current.view(&row.id)? else { continue };
        let events = current.said.events(&row.id);
        let as_of = wanted.as_of;
        let until = wanted.range.map_or(as_of, |(_, until)| until);
        let mut all = entries(&contract, &events, as_of, until, &app.settings);
        let open = schedule::open(&contract, &all);
        if wanted.assumed {
            all.extend(schedule::assumed(&contract, &events, Some(as_of), &app.settings));
        }
        let plan = Plan::of(&current.said, &contract, all, as_of, &app.settings);
        if !wanted.ended && plan.life.state.is_over() {
            out.ended += 1;
            continue;
        }
        let whose = Whose::of(row, current.owner(row, &app.settings));
        for entry in plan.entries.iter().filter(|entry| wanted.holds(entry, &plan)) {
            if wanted.kind(entry.kind) {
                let standing = plan.standing(entry, as_of);
                let follows = (standing == Standing::Missed).then(|| aftermath(entry, &plan.entries, as_of)).flatten();
                let said = plan.said_of(entry).cloned();
                out.items.push(Item { whose: whose.clone(), standing, follows, said, entry: entry.clone() });
            } else if entry.kind.is_duty() && wanted.kinds.is_empty() {
                out.duties += 1;
            }
        }
        let open = open.into_iter().filter(|e| wanted.kind(e.kind) && !wanted.overdue);
        out.open.extend(open.map(|entry| OpenItem { whose: whose.clone(), act_by: None, date: None, entry }));
    }
    out.items.sort_by(|a, b| a.order().cmp(&b.order()));
    Ok(out)
}

/// Says that contracts which have ended are left out of a list; `None` where none are.
pub(super) fn left_out(ended: usize) -> Option<String> {
    let words = count(ended, "contract that has ended is left out", "contracts that have ended are left out");
    (ended > 0).then(|| format!("{words}; --ended lists them."))
}

/// A number with its words.
pub(super) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Days from one date to another, in words.
pub(super) fn away(from: Date, to: Date) -> String {
    let days = from.until(to).map_or(0, |span| span.get_days());
    match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        n if n > 0 => format!("in {n} days"),
        -1 => "yesterday".to_owned(),
        n => format!("{} days ago", -i64::from(n)),
    }
}

/// What an entry asks for, and where it stands, in words.
fn what(item: &Item, as_of: Date) -> String {
    let e = &item.entry;
    // The label of an obligation quotes the contract; `explain` prints it in full.
    let mut out = if e.kind.is_decision() { e.label.clone() } else { short(&e.label, 84) };
    match item.standing {
        Standing::Missed => {
            out = format!("MISSED: {out}");
            if let Some(follows) = &item.follows {
                let _ = write!(out, "; {follows}");
            }
        }
        Standing::Now => {
            out = format!("ACT NOW: {out}; by the plain count until {}", e.last_day());
            let in_time: Vec<String> = e
                .send_by
                .iter()
                .filter_map(|way| Some((way.method?, way.date)))
                .filter(|(_, day)| *day >= as_of)
                .map(|(method, day)| format!("{} until {day}", method.in_words()))
                .collect();
            if !in_time.is_empty() {
                let _ = write!(out, "; {}", in_time.join(", "));
            }
        }
        Standing::Ahead if e.act_by != e.date => {
            let _ = write!(out, "; must arrive by {}", e.date);
        }
        Standing::Ahead | Standing::Past | Standing::Settled => {}
    }
    match item.said.as_ref().and_then(entry_words) {
        Some(said) if item.is_to_send() => format!("SEND THE NOTICE: {out}; {said}"),
        Some(said) => format!("{out}; {said}"),
        None => out,
    }
}

/// A table of entries, then of the open ones.
pub(super) fn table(items: &[Item], open: &[OpenItem], as_of: Date) -> String {
    // A column that would be empty is left out.
    let owned = items.iter().map(|i| &i.whose).chain(open.iter().map(|o| &o.whose)).any(|w| w.owner.is_some());
    let header = ["ACT BY", "WHEN", "WHAT", "CONTRACT", "PARTIES", "ID", "OWNER"];
    let mut out = table::table(if owned { &header } else { &header[..6] });
    for item in items {
        let e = &item.entry;
        let mark = if e.basis == Basis::Assumed { " (assumed)" } else { "" };
        let day = format!("{}{mark}", e.act_by);
        line(&mut out, &item.whose, [&day, &away(as_of, e.act_by), &what(item, as_of), e.id.as_str()]);
    }
    for item in open {
        let e = &item.entry;
        let text = format!("{}: {} (page {})", short(&e.label, 84), short(&e.missing, 84), e.page);
        let day = if e.why == Openness::Rolling { "any time" } else { "open" };
        line(&mut out, &item.whose, [day, "", &text, e.id.as_str()]);
    }
    table::text(&out)
}

fn line(out: &mut comfy_table::Table, whose: &Whose, [day, when, what, id]: [&str; 4]) {
    let parties = short(&whose.parties.join(", "), 60);
    let owner = whose.owner.as_deref().map_or_else(String::new, |owner| short(owner, 24));
    let mut cells = vec![day, when, what];
    let file = short(&whose.file_name, 48);
    cells.extend([file.as_str(), &parties, id]);
    if out.column_count() > cells.len() {
        cells.push(&owner);
    }
    table::row(out, &cells);
}
