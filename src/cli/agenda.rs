//! The schedule entries of many contracts, sorted by date.

mod groups;
mod lines;
mod wanted;

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;
use serde::Serialize;
use tickler::calendar::Basis;
use tickler::export::Record;
use tickler::family::View;
use tickler::record::{DocumentId, EntryId};
use tickler::said::{EntrySaid, Owner, Told};
use tickler::schedule::{self, Brief, EntryKind, Glance, OpenEntry, ScheduleEntry, Standing};
use tickler::store::{ContractRow, Dates, Store};

use super::app::App;
use super::current::{Asked, Current, Outlook, Planned};

pub(crate) use groups::{By, Sort, grouped, sort};
pub(crate) use lines::{LEGEND, count, left_out, mark, name, parties, short_line, table, ways, whom};
pub(crate) use tickler::calendar::away;
pub(crate) use wanted::Wanted;
use wanted::{Line, aftermath, goes_on};

/// The contract that a line of a list belongs to.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Whose {
    /// The contract document.
    pub(crate) contract: DocumentId,
    /// Name of its file.
    pub(crate) file_name: String,
    /// Its title.
    pub(crate) title: Option<String>,
    /// Its parties.
    pub(crate) parties: Vec<String>,
    /// Who answers for it.
    pub(crate) owner: Option<String>,
    /// Who stands in.
    pub(crate) backup: Option<String>,
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

/// What a list shows of a schedule entry, the contract it belongs to, and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) whose: Whose,
    /// Where it stands on the day asked about.
    pub(crate) standing: Standing,
    /// What follows, or followed, from a decision that was missed, if no notice was given.
    pub(crate) follows: Option<String>,
    /// Whether the contract goes on by itself on that day, so that nobody has to do anything.
    pub(crate) goes_on: bool,
    /// What it says, in words for people.
    pub(crate) label: String,
    /// What people said of it.
    pub(crate) said: Option<EntrySaid>,
    /// The entry.
    pub(crate) entry: Brief,
}

impl Item {
    /// Whether a decision waits for its notice to be sent.
    pub(crate) fn is_to_send(&self) -> bool {
        self.said.as_ref().is_some_and(|said| said.to_send) && self.standing != Standing::Missed
    }

    /// Whether its day rests on an assumption.
    pub(crate) fn is_assumed(&self) -> bool {
        self.entry.basis == Basis::Assumed
    }

    /// Of several contracts: what was decided and not sent, then by the day to act and kind, then by file.
    fn order(&self) -> (bool, Date, Date, EntryKind, &str, &EntryId) {
        let Self { whose, entry, .. } = self;
        (!self.is_to_send(), entry.act_by, entry.date, entry.kind, &whose.file_name, &entry.id)
    }
}

/// An [`Item`] with everything that programs may want of its entry.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FullItem {
    #[serde(flatten)]
    pub(crate) whose: Whose,
    pub(crate) standing: Standing,
    pub(crate) follows: Option<String>,
    pub(crate) said: Option<EntrySaid>,
    #[serde(flatten)]
    pub(crate) entry: ScheduleEntry,
}

/// An open entry and the contract it belongs to.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct OpenItem {
    #[serde(flatten)]
    pub(crate) whose: Whose,
    /// Null, as the next four: each line of a list has these keys.
    act_by: Option<Date>,
    date: Option<Date>,
    standing: Option<Standing>,
    follows: Option<String>,
    basis: Option<Basis>,
    /// What people said is said of days.
    said: Option<EntrySaid>,
    /// The entry.
    #[serde(flatten)]
    pub(crate) entry: OpenEntry,
}

/// A glance at each contract; an amendment that is folded into its agreement has none.
pub(crate) fn glances(
    app: &App,
    current: &Current<'_>,
    rows: &[ContractRow],
    as_of: Date,
) -> anyhow::Result<BTreeMap<DocumentId, Glance>> {
    let asked = Asked { as_of, until: as_of, settings: &app.settings };
    let mut out = BTreeMap::new();
    for row in rows.iter().filter(|row| !current.is_folded(&row.id)) {
        let outlook = current.outlook(&row.id, asked, false)?;
        out.extend(outlook.map(|outlook| (row.id.clone(), outlook.glance(as_of))));
    }
    Ok(out)
}

/// What a list holds, and what it leaves out.
#[derive(Debug, Default)]
pub(crate) struct Agenda {
    /// The dated entries, by the day to act.
    pub(crate) items: Vec<Item>,
    /// The open ones, by file.
    pub(crate) open: Vec<OpenItem>,
    /// The entries about duties that lie in the range and are not among the items, by contract.
    pub(crate) due: Vec<Due>,
    /// How many other entries do.
    pub(crate) others: usize,
    /// How many contracts were left out because they have ended.
    pub(crate) ended: usize,
}

/// Days on which something falls due.
#[derive(Debug)]
pub(crate) struct Due {
    pub(crate) whose: Whose,
    pub(crate) days: Vec<Date>,
}

impl Agenda {
    /// How many entries about duties lie in the range and are not among the items.
    pub(crate) fn duties(&self) -> usize {
        self.due.iter().map(|due| due.days.len()).sum()
    }

    fn add_due(&mut self, whose: &Whose, days: Vec<Date>) {
        match self.due.last_mut().filter(|due| due.whose.contract == whose.contract) {
            _ if days.is_empty() => {}
            Some(due) => due.days.extend(days),
            None => self.due.push(Due { whose: whose.clone(), days }),
        }
    }

    /// Leaves the next decision of each contract, where nobody has decided about it.
    pub(crate) fn keep_undecided(&mut self, as_of: Date) {
        let ahead = |item: &Item| matches!(item.entry.standing(as_of), Standing::Now | Standing::Ahead);
        self.items.retain(|item| item.entry.kind.is_decision() && ahead(item));
        self.items.sort_by_key(|item| item.entry.act_by);
        let mut seen = HashSet::new();
        let decided = |item: &Item| item.said.as_ref().is_some_and(|said| said.decision.is_some() || said.settled);
        self.items.retain(|item| seen.insert(item.whose.contract.clone()) && !decided(item));
        self.open.clear();
        self.due.clear();
        self.others = 0;
    }
}

/// The wanted entries of `rows`.
pub(crate) fn agenda(
    app: &App,
    current: &Current<'_>,
    rows: &[ContractRow],
    wanted: &Wanted<'_>,
) -> anyhow::Result<Agenda> {
    let mut out = Agenda::default();
    for row in rows.iter().filter(|row| row.counts() && !current.is_folded(&row.id)) {
        let Some(outlook) = current.outlook(&row.id, wanted.asked(app), wanted.assumed)? else { continue };
        if !wanted.ended && outlook.is_over(wanted.until()) {
            out.ended += 1;
            continue;
        }
        let whose = Whose::of(row, current.owner(row, &app.settings));
        match outlook {
            Outlook::Dates(dates, told) => out.add(&whose, &dates, &told, wanted),
            Outlook::Planned(planned) => {
                out.add_planned(&whose, &planned, wanted);
                continue;
            }
        }
        if wanted.assumed
            && let Some(View { contract, .. }) = current.view(&row.id)?
        {
            for entry in schedule::assumed(&contract, &[], Some(wanted.as_of), &app.settings) {
                let line = Line { entry: &Brief::of(&entry), label: &entry.label, said: None };
                out.add_line(&whose, line, &[], wanted);
            }
        }
    }
    out.items.sort_by(|a, b| a.order().cmp(&b.order()));
    Ok(out)
}

/// The contracts about whose next renewal, option or break nobody has decided.
pub(crate) fn undecided(
    app: &App,
    current: &Current<'_>,
    rows: &[ContractRow],
    as_of: Date,
) -> anyhow::Result<HashSet<DocumentId>> {
    let wanted = Wanted { range: None, ..Wanted::between(as_of, as_of) };
    let mut found = agenda(app, current, rows, &wanted)?;
    found.keep_undecided(as_of);
    Ok(found.items.into_iter().map(|item| item.whose.contract).collect())
}

/// Computes the dates that the store keeps anew where they are no longer right: after a change.
pub(crate) fn refresh(app: &App, store: &mut Store) -> anyhow::Result<()> {
    let current = Current::new(store, None)?;
    let asked = Asked { as_of: app.today, until: app.today, settings: &app.settings };
    let rows = store.list()?;
    for row in rows.iter().filter(|row| row.counts() && !current.is_folded(&row.id)) {
        current.outlook(&row.id, asked, false)?;
    }
    let (made, parts) = (current.take_made(), current.take_overview()?);
    drop(current);
    store.keep_dates(&made)?;
    Ok(store.keep_overview(&parts)?)
}

impl Agenda {
    /// Adds the wanted entries of a contract whose dates are kept.
    fn add(&mut self, whose: &Whose, dates: &Dates, told: &Told, wanted: &Wanted<'_>) {
        let digest = &dates.digest;
        // What was said of a duty may hide it from a list.
        let each = wanted.lists_duties() || !told.entries.is_empty();
        let mut all = if each { digest.until(wanted.until()) } else { digest.without_duties(wanted.until()) };
        all.retain(|entry| told.keeps(entry));
        for entry in &all {
            let line = Line { entry, label: digest.label(entry), said: told.of_entry(&entry.id) };
            self.add_line(whose, line, &all, wanted);
        }
        if !each && wanted.kinds.is_empty() && !wanted.overdue {
            self.add_due(whose, digest.due(wanted.range, wanted.until()));
        }
        self.add_open(whose, digest.open(wanted.until()), wanted);
    }

    /// Adds the wanted entries of a contract with what people said.
    fn add_planned(&mut self, whose: &Whose, planned: &Planned, wanted: &Wanted<'_>) {
        let plan = &planned.plan;
        let entries: Vec<Brief> = plan.entries.iter().map(Brief::of).collect();
        let all: Vec<&Brief> = entries.iter().collect();
        for (entry, whole) in entries.iter().zip(&plan.entries) {
            self.add_line(whose, Line { entry, label: &whole.label, said: plan.said_of(whole) }, &all, wanted);
        }
        self.add_open(whose, &planned.open, wanted);
    }

    fn add_line(&mut self, whose: &Whose, line: Line<'_>, all: &[&Brief], wanted: &Wanted<'_>) {
        if !wanted.holds(line, all) {
            return;
        }
        let Line { entry, label, said } = line;
        let goes_on = goes_on(entry, all);
        if wanted.kind(entry.kind, goes_on) {
            let standing = line.standing(wanted.as_of);
            let follows = (standing == Standing::Missed).then(|| aftermath(entry, all, wanted.as_of)).flatten();
            let (whose, label, entry) = (whose.clone(), label.to_owned(), entry.clone());
            self.items.push(Item { whose, standing, follows, goes_on, label, said: said.cloned(), entry });
        } else if wanted.kinds.is_empty() {
            if entry.kind.is_duty() {
                self.add_due(whose, vec![entry.act_by]);
            } else {
                self.others += 1;
            }
        }
    }

    fn add_open(&mut self, whose: &Whose, open: &[OpenEntry], wanted: &Wanted<'_>) {
        let item = |entry: &OpenEntry| OpenItem {
            whose: whose.clone(),
            act_by: None,
            date: None,
            standing: None,
            follows: None,
            basis: None,
            said: None,
            entry: entry.clone(),
        };
        self.open.extend(open.iter().filter(|e| wanted.has_open(e.kind)).map(item));
    }
}

/// The whole entries of items, which are computed once for each contract that has any.
pub(crate) struct Wholes<'a> {
    app: &'a App,
    current: &'a Current<'a>,
    wanted: &'a Wanted<'a>,
    known: HashMap<DocumentId, HashMap<EntryId, ScheduleEntry>>,
}

impl<'a> Wholes<'a> {
    pub(crate) fn new(app: &'a App, current: &'a Current<'a>, wanted: &'a Wanted<'a>) -> Self {
        Self { app, current, wanted, known: HashMap::new() }
    }

    /// Items with their whole entries.
    pub(crate) fn of(&mut self, items: Vec<Item>) -> anyhow::Result<Vec<FullItem>> {
        let Self { app, current, wanted, known } = self;
        let mut out = Vec::with_capacity(items.len());
        for Item { whose, standing, follows, said, entry, .. } in items {
            if !known.contains_key(&whose.contract) {
                let planned = current.planned(&whose.contract, wanted.asked(app), wanted.assumed)?;
                let all = planned.map(|planned| planned.plan.entries).unwrap_or_default();
                known.insert(whose.contract.clone(), all.into_iter().map(|e| (e.id.clone(), e)).collect());
            }
            let whole = known.get(&whose.contract).and_then(|all| all.get(&entry.id)).cloned();
            out.extend(whole.map(|entry| FullItem { whose, standing, follows, said, entry }));
        }
        Ok(out)
    }
}

/// Where an entry of a record stands on a day, and what followed from it if it was missed.
pub(crate) fn stands(record: &Record, entry: &ScheduleEntry, as_of: Date) -> (Standing, Option<String>) {
    let line = Line { entry: &Brief::of(entry), label: &entry.label, said: record.said.get(&entry.id) };
    let standing = line.standing(as_of);
    let follows = (standing == Standing::Missed).then(|| {
        let all: Vec<Brief> = record.schedule.iter().map(Brief::of).collect();
        aftermath(line.entry, &all.iter().collect::<Vec<_>>(), as_of)
    });
    (standing, follows.flatten())
}

/// Items of one list with their whole entries.
pub(crate) fn in_full(
    app: &App,
    current: &Current<'_>,
    items: Vec<Item>,
    wanted: &Wanted<'_>,
) -> anyhow::Result<Vec<FullItem>> {
    Wholes::new(app, current, wanted).of(items)
}
