//! What the commands share with which people say something of a contract.

use jiff::civil::Date;
use serde::Serialize;
use tickler::family::View;
use tickler::record::{Contract, FactRef, Field};
use tickler::said::{Content, Plan, Saying, Statement};
use tickler::schedule::{ScheduleEntry, Standing};
use tickler::store::{ContractRow, Store};

use super::Format;
use super::app::{App, one};
use super::clean::clean;
use super::current::{Asked, Current, Planned};
use super::exit::Usage;

/// Options of every such command.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Telling {
    /// Why, for the log
    #[arg(long, value_name = "TEXT")]
    pub(crate) why: Option<String>,
    /// Who says so [default: `me` of the settings, else the user of this system]
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// What was said, and of which contract, as JSON.
#[derive(Serialize)]
pub(crate) struct Told<'a> {
    pub(crate) file_name: &'a str,
    #[serde(flatten)]
    pub(crate) statement: Statement,
}

impl Telling {
    /// Keeps `content` as said of a contract.
    pub(crate) fn tell(
        &self,
        app: &App,
        store: &mut Store,
        row: &ContractRow,
        content: Content,
    ) -> anyhow::Result<Statement> {
        let who = self.by.clone().filter(|name| !name.trim().is_empty()).unwrap_or_else(|| app.me());
        let saying = Saying { who, why: self.why.clone(), content };
        let id = store.say(&row.id, &saying, app.now)?;
        let Saying { who, why, content } = saying;
        Ok(Statement { id, at: app.now, who: Some(who), why, agreement: store.agreement(&row.id)?, content })
    }
}

/// The contract that somebody names, with its terms and what they were looked up in.
pub(crate) fn viewed<'a>(store: &'a Store, name: &str) -> anyhow::Result<(ContractRow, Current<'a>, View)> {
    let row = one(store, name)?;
    let current = Current::new(store, None)?;
    let view = current.view(&row.id)?.ok_or_else(gone)?;
    Ok((row, current, view))
}

/// The contract that somebody names, with its terms and its schedule from a day on, for years ahead, with what people said
/// of it.
pub(crate) fn planned(
    app: &App,
    store: &Store,
    name: &str,
    from: Date,
) -> anyhow::Result<(ContractRow, Contract, Plan)> {
    let row = one(store, name)?;
    let planned = Current::new(store, None)?.planned(&row.id, far_ahead(app, from), false)?;
    let Planned { plan, contract, .. } = planned.ok_or_else(gone)?;
    Ok((row, contract, plan))
}

/// Entries from a day on, as far ahead as most people look.
pub(crate) fn far_ahead(app: &App, from: Date) -> Asked<'_> {
    Asked { as_of: from, ..Asked::far(app.today, &app.settings) }
}

/// A field that somebody names, with the part of its value, such as `renewal.notice_period`; the field may be written as
/// people read it, such as "Expiration date".
pub(crate) fn field(name: &str) -> Option<(Field, Option<&str>)> {
    let (field, part) = name.split_once('.').map_or((name, None), |(field, part)| (field, Some(part)));
    let plain = field.trim().to_lowercase().replace([' ', '-'], "_");
    let is_it = |f: &&Field| f.name() == plain || f.label().to_lowercase().replace([' ', '-'], "_") == plain;
    Field::ALL.iter().find(is_it).map(|field| (*field, part))
}

/// Whether an ID begins with `digits`; fewer than four name nothing.
pub(crate) fn begins(id: &str, digits: &str) -> bool {
    digits.len() >= 4 && id.starts_with(&digits.to_ascii_lowercase())
}

/// The facts that somebody names by their field, or by the first digits of an ID.
pub(crate) fn facts<'a>(view: &'a View, name: &str) -> anyhow::Result<Vec<FactRef<'a>>> {
    let all = view.contract.facts();
    let found: Vec<FactRef<'a>> = match field(name) {
        Some((_, Some(_))) => {
            let problem = format!("{name:?} is a part of a value; name the whole, {:?}", name.split('.').next());
            return Err(Usage(problem).into());
        }
        Some((field, None)) => all.into_iter().filter(|f| f.field == field).collect(),
        None if name.len() >= 4 && name.bytes().all(|b| b.is_ascii_hexdigit()) => {
            all.into_iter().filter(|f| begins(f.id.as_str(), name)).collect()
        }
        None => return Err(unknown_field(name).into()),
    };
    if found.is_empty() {
        let problem = format!("nothing was read for {name:?}; `tickler set` gives a field a value");
        return Err(Usage(problem).into());
    }
    Ok(found)
}

/// That no field has this name.
pub(crate) fn unknown_field(name: &str) -> Usage {
    let named = |f: &&Field| !matches!(f, Field::obligations | Field::clauses);
    let known: Vec<&str> = Field::ALL.iter().filter(named).map(|f| f.name()).collect();
    Usage(format!("no field is called {name:?}; the fields are {}", known.join(", ")))
}

/// That a contract went while somebody spoke of it.
pub(crate) fn gone() -> anyhow::Error {
    anyhow::anyhow!("the contract cannot be read, or was removed from the store in the meantime")
}

/// The entry that somebody decides about: the one with this ID, else the next one about which no notice was sent.
pub(crate) fn decision<'a>(plan: &'a Plan, id: Option<&str>, today: Date) -> anyhow::Result<&'a ScheduleEntry> {
    if let Some(id) = id {
        return named(plan, id);
    }
    if let Some(next) = next(plan, today) {
        return Ok(next);
    }
    // Of what has passed the latest.
    let all = || plan.entries.iter().filter(|e| e.kind.is_decision());
    all().rfind(|e| !is_sent(plan, e)).or_else(|| all().next_back()).ok_or_else(|| {
        let problem =
            "this contract has no renewal, option or break with a day; `tickler schedule` tells what is missing";
        Usage(problem.to_owned()).into()
    })
}

/// The entry that a notice is about: the one with this ID, else what was decided and waits for its notice, else the next one;
/// where nothing lies ahead, the latest that was missed.
pub(crate) fn to_send<'a>(plan: &'a Plan, id: Option<&str>, on: Date) -> anyhow::Result<&'a ScheduleEntry> {
    if let Some(id) = id {
        return named(plan, id);
    }
    let waits = |e: &&ScheduleEntry| plan.said_of(e).is_some_and(|said| said.to_send) && on <= e.last_day();
    if let Some(entry) = plan.entries.iter().find(waits).or_else(|| next(plan, on)) {
        return Ok(entry);
    }
    let last = decision(plan, None, on)?;
    // What came before a notice that was sent is over, and no later notice is about it.
    let sent = |e: &&ScheduleEntry| e.kind.is_decision() && is_sent(plan, e) && e.act_by >= last.act_by;
    match plan.entries.iter().rfind(sent) {
        None => Ok(last),
        Some(entry) => {
            let problem = format!(
                "notice was sent already ({}: {}), and nothing else waits for one; --entry names another day, and `tickler undo` \
                 takes back what was said",
                clean(&entry.label),
                entry.act_by
            );
            Err(Usage(problem).into())
        }
    }
}

/// The renewal, option or break with this ID.
fn named<'a>(plan: &'a Plan, id: &str) -> anyhow::Result<&'a ScheduleEntry> {
    let id = id.to_ascii_lowercase();
    let found: Vec<_> = plan.entries.iter().filter(|e| e.kind.is_decision() && begins(e.id.as_str(), &id)).collect();
    let [one] = found.as_slice() else {
        let problem =
            format!("no renewal, option or break of this contract has the ID {id:?}; `tickler schedule` lists them");
        return Err(Usage(problem).into());
    };
    Ok(one)
}

/// The next entry about which notice still counts on a day: one that is late by the careful reading goes before those ahead.
fn next(plan: &Plan, on: Date) -> Option<&ScheduleEntry> {
    let left = || plan.entries.iter().filter(|e| e.kind.is_decision() && !is_sent(plan, e));
    let stands = |standing| left().find(|e| e.standing(on) == standing);
    stands(Standing::Now).or_else(|| stands(Standing::Ahead))
}

/// The latest decision that was missed before an `entry`, and of which nobody said anything.
pub(crate) fn missed_before<'a>(plan: &'a Plan, entry: &ScheduleEntry, today: Date) -> Option<&'a ScheduleEntry> {
    let silent =
        |e: &ScheduleEntry| plan.said_of(e).is_none_or(|said| said.decision.is_none() && said.notice.is_none());
    let missed = |e: &&ScheduleEntry| e.kind.is_decision() && e.standing(today) == Standing::Missed && silent(e);
    plan.entries.iter().filter(missed).rfind(|e| e.act_by < entry.act_by)
}

fn is_sent(plan: &Plan, entry: &ScheduleEntry) -> bool {
    plan.said_of(entry).is_some_and(|said| said.notice_given().is_some())
}
