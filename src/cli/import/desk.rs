//! What a row that came back asks for, against what is there now.

use std::cell::OnceCell;
use std::collections::HashMap;

use clap::ValueEnum as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use tickler::export::returned::{Row, Typed, Was, Which, Wish};
use tickler::export::workbook::cell_text;
use tickler::record::{DocumentId, FactRef};
use tickler::said::{Content, Decision, Plan};
use tickler::schedule::{ScheduleEntry, Standing};
use tickler::store::{ContractRow, Store};

use crate::cli::app::App;
use crate::cli::current::{Current, Planned};
use crate::cli::exit::Usage;
use crate::cli::export::Counted;
use crate::cli::{assign, confirm, decide, tell};

/// What people type where a value is right.
const YES: [&str; 6] = ["yes", "y", "x", "ok", "true", "1"];

/// What a row asks for.
pub(super) enum Asked {
    /// What is there already.
    Same,
    Say(Box<(ContractRow, Content)>),
    Conflict(String),
}

impl Asked {
    fn say(contract: ContractRow, content: Content) -> Self {
        Self::Say(Box::new((contract, content)))
    }
}

/// The store, and what was asked for of it.
pub(super) struct Desk<'a> {
    app: &'a App,
    store: &'a Store,
    current: Current<'a>,
    counted: Counted,
    /// The row of `counted` that counts for an agreement, by the ID of its contract.
    agreements: OnceCell<HashMap<String, usize>>,
    /// The day of the export, where rows do not tell what they held.
    exported: Option<Date>,
    planned: HashMap<DocumentId, Planned>,
    /// What the rows before say: of which sheet, agreement and part of it.
    seen: HashMap<(Option<&'static str>, DocumentId, String), Vec<String>>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(app: &'a App, store: &'a Store, exported: Option<Date>) -> anyhow::Result<Self> {
        let (current, counted) = (Current::new(store, None)?, Counted::of(store, &store.list()?)?);
        let (agreements, planned, seen) = (OnceCell::new(), HashMap::new(), HashMap::new());
        Ok(Self { app, store, current, counted, agreements, exported, planned, seen })
    }

    /// The row of an agreement, whichever file of it counts now.
    fn agreement(&self, contract: &str) -> Option<&ContractRow> {
        let agreements = self.agreements.get_or_init(|| {
            let mut out = HashMap::new();
            for (at, row) in self.counted.rows.iter().enumerate() {
                out.entry(self.counted.contract(&row.id).as_str().to_owned()).or_insert(at);
            }
            out
        });
        self.counted.rows.get(*agreements.get(contract)?)
    }

    /// The name of the file that a row is about, and what it asks for.
    pub(super) fn content(&mut self, row: &Row) -> (Option<String>, anyhow::Result<Asked>) {
        match self.contract(row) {
            Ok(contract) => (Some(contract.file_name.clone()), self.asked(row, contract)),
            Err(error) => (None, Err(error)),
        }
    }

    fn contract(&self, row: &Row) -> anyhow::Result<ContractRow> {
        let unknown = || Usage(format!("no contract of the store has the ID {:?}", row.contract));
        let contract = if row.sheet.is_some() {
            let mut found = if row.contract.len() < 4 { Vec::new() } else { self.store.find(&row.contract)? };
            let one = found.pop().filter(|one| found.is_empty() && one.id.as_str().starts_with(&row.contract));
            one.ok_or_else(unknown)?
        } else {
            self.agreement(&row.contract).cloned().ok_or_else(unknown)?
        };
        if contract.replaced {
            return Err(Usage("another file took the place of this one; export the workbook again".to_owned()).into());
        }
        let base = self.current.families.base(&contract.id);
        let is_of_agreement = row.wish == Wish::Assign || row.sheet.is_none();
        if is_of_agreement && *base != contract.id {
            // The agreement has the owner.
            return self.store.find(base.as_str())?.pop().ok_or_else(tell::gone);
        }
        Ok(contract)
    }

    fn asked(&mut self, row: &Row, contract: ContractRow) -> anyhow::Result<Asked> {
        let agreement = self.current.said.agreement(&contract.id).clone();
        let said = row.cells.iter().map(|cell| cell.now.clone()).collect::<Vec<String>>();
        let about = match &row.wish {
            Wish::Assign => "owner",
            Wish::Decide(Which::Next(_)) => "next",
            Wish::Decide(Which::Entry(about)) | Wish::Confirm { fact: about, .. } => about,
        };
        match self.seen.insert((row.sheet, agreement, about.to_owned()), said.clone()) {
            Some(before) if before == said => return Ok(Asked::Same),
            Some(_) => return Err(Usage("another row says something else of the same agreement".to_owned()).into()),
            None => {}
        }
        match (&row.wish, row.cells.as_slice()) {
            (Wish::Assign, [owner, rest @ ..]) => self.owner(contract, owner, rest.first()),
            (Wish::Decide(which), [cell]) => self.decision(contract, which, cell),
            (Wish::Confirm { fact, shown }, [cell]) => self.confirmed(contract, fact, shown, &cell.now),
            _ => Err(anyhow::anyhow!("this row has other columns")),
        }
    }

    fn owner(&self, contract: ContractRow, owner: &Typed, backup: Option<&Typed>) -> anyhow::Result<Asked> {
        let present = self.current.owner(&contract, &self.app.settings);
        let present = present.map_or_else(Default::default, |o| [Some(o.name), o.backup]);
        // Without a column for it, whoever stands in goes on doing so, but not for nobody and not for themselves.
        let stays = present[1].as_deref().filter(|name| !owner.now.is_empty() && *name != self.app.person(&owner.now));
        let second = backup.map_or(stays, |cell| Some(&*cell.now));
        let (new_owner, new_backup) = assign::owners(self.app, Some(&owner.now), second)?;
        if present == [new_owner.clone(), new_backup.clone()] {
            return Ok(Asked::Same);
        }
        let shown = present.map(|name| name.map_or_else(String::new, |name| cell_text(&name).trim().to_owned()));
        let cells = [owner].into_iter().chain(backup).zip(&shown);
        let is_owner = |content: &Content| matches!(content, Content::Owner { .. });
        if self.changed(&contract, cells, is_owner)? {
            let [owner, backup] = shown;
            let present = if owner.is_empty() { "nobody".to_owned() } else { owner };
            let backup = if backup.is_empty() { backup } else { format!(", with {backup}") };
            return Ok(Asked::Conflict(format!("{present}{backup} answers for it since the export")));
        }
        Ok(Asked::say(contract, Content::Owner { owner: new_owner, backup: new_backup }))
    }

    /// Whether something else was said here since the export: of cells, each with what it would hold now, and by statements
    /// of a kind.
    fn changed<'c>(
        &self,
        contract: &ContractRow,
        mut cells: impl Iterator<Item = (&'c Typed, &'c String)>,
        kind: impl Fn(&Content) -> bool,
    ) -> anyhow::Result<bool> {
        let mut is_unknown = false;
        let is_other = cells.any(|(cell, present)| {
            is_unknown |= cell.was == Was::Unknown;
            cell.was.is(present) == Some(false)
        });
        if is_other || !is_unknown {
            return Ok(is_other);
        }
        let Some(exported) = self.exported else {
            let problem = "the file does not tell what this row held when it was exported; name the day of the export with \
                           --exported, or let a field of the map hold it (from = \"as_exported\")";
            return Err(Usage(problem.to_owned()).into());
        };
        let from = exported.to_zoned(TimeZone::system())?.timestamp();
        let story = self.current.said.story(&contract.id);
        let undoes = |content: &Content| match content {
            Content::Undone { statement } => story.iter().any(|s| s.id == *statement && kind(&s.content)),
            content => kind(content),
        };
        Ok(story.iter().any(|s| s.at >= from && undoes(&s.content)))
    }

    fn decision(&mut self, contract: ContractRow, which: &Which, cell: &Typed) -> anyhow::Result<Asked> {
        let now = cell.now.as_str();
        let bad = |_| Usage(format!("{now:?} is no decision; write renew, renegotiate, end or undecided"));
        let wanted = if now.is_empty() { "undecided" } else { now };
        let wanted = Decision::from(decide::Choice::from_str(wanted, true).map_err(bad)?);
        let today = self.app.today;
        // The day that the decision was about.
        let was = match which {
            Which::Next(Some(day)) => Some(Was::Digest(day.clone())),
            Which::Next(None) => self.next_then(&contract)?.map(Was::Text),
            Which::Entry(_) => None,
        };
        let Planned { plan, .. } = self.planned(&contract)?;
        let entry: &ScheduleEntry = match which {
            Which::Entry(id) => tell::decision(plan, Some(id), today)?,
            Which::Next(_) => {
                let next = next(plan, today);
                let act_by = day_of(next);
                if was.is_some_and(|was| was.is(&act_by) == Some(false)) {
                    let next = if act_by.is_empty() { "no day".to_owned() } else { act_by };
                    return Ok(Asked::Conflict(format!("the next day to act is another one since the export: {next}")));
                }
                match next {
                    Some(next) => next,
                    None if wanted == Decision::Undecided => return Ok(Asked::Same),
                    None => tell::decision(plan, None, today)?,
                }
            }
        };
        let present = plan.said_of(entry).and_then(|said| said.decision.as_ref()).map(|d| d.decision);
        let present = present.unwrap_or(Decision::Undecided);
        if present == wanted {
            return Ok(Asked::Same);
        }
        let content = decide::decided(plan, entry, wanted, None);
        // A cell is empty where nothing is decided; what people type of it is read as that.
        let word = if present == Decision::Undecided { String::new() } else { present.as_str().to_owned() };
        let is_undecided = |was: &Was| was.is(Decision::Undecided.as_str()) == Some(true);
        let is_same = word.is_empty() && is_undecided(&cell.was);
        let is_decision = |content: &Content| matches!(content, Content::Decided { .. } | Content::Sent { .. });
        if !is_same && self.changed(&contract, [(cell, &word)].into_iter(), is_decision)? {
            let present = present.as_str();
            return Ok(Asked::Conflict(format!("it was decided since the export: {present}")));
        }
        Ok(Asked::say(contract, content))
    }

    fn confirmed(&self, contract: ContractRow, fact: &str, shown: &str, now: &str) -> anyhow::Result<Asked> {
        if now.is_empty() {
            return Ok(Asked::Same);
        }
        if !YES.contains(&&*now.to_lowercase()) {
            let problem = format!(
                "{now:?} confirms nothing: write yes where the value is right; `tickler set` gives another, `tickler \
                 dismiss` says that there is none"
            );
            return Err(Usage(problem).into());
        }
        let view = self.current.view(&contract.id)?.ok_or_else(tell::gone)?;
        let facts = view.contract.facts();
        let value = facts.iter().find(|known| known.id.as_str() == fact).and_then(FactRef::words);
        if value.is_none() && shown.is_empty() {
            return Err(Usage("there is no value to confirm; `tickler set` gives one".to_owned()).into());
        }
        if value.is_none_or(|value| cell_text(&value).trim() != shown) {
            return Ok(Asked::Conflict("the value is another one since the export".to_owned()));
        }
        if view.corrections.iter().any(|told| told.fact.as_str() == fact && told.conflict.is_none()) {
            // Somebody confirmed it meanwhile, or set it to the same.
            return Ok(Asked::Same);
        }
        let mut values = confirm::values(&view, fact)?;
        let value = values.pop().filter(|_| values.is_empty());
        let (.., said) = value.ok_or_else(|| Usage("this ID means more than one value".to_owned()))?;
        Ok(Asked::say(contract, Content::Value(said)))
    }

    /// The next day to act as it was on the day of the export, where that is named; empty where there was none.
    fn next_then(&self, contract: &ContractRow) -> anyhow::Result<Option<String>> {
        let Some(exported) = self.exported else { return Ok(None) };
        let then = self.current.planned(&contract.id, tell::far_ahead(self.app, exported), false)?;
        Ok(then.map(|then| day_of(next(&then.plan, exported))))
    }

    /// The entries of a contract for years ahead.
    fn planned(&mut self, contract: &ContractRow) -> anyhow::Result<&Planned> {
        if !self.planned.contains_key(&contract.id) {
            let planned = self
                .current
                .planned(&contract.id, tell::far_ahead(self.app, self.app.today), false)?
                .ok_or_else(tell::gone)?;
            self.planned.insert(contract.id.clone(), planned);
        }
        self.planned.get(&contract.id).ok_or_else(tell::gone)
    }
}

/// The next decision on a day, as the flat tables count it.
fn next(plan: &Plan, day: Date) -> Option<&ScheduleEntry> {
    let ahead = |e: &&ScheduleEntry| matches!(e.standing(day), Standing::Now | Standing::Ahead);
    plan.entries.iter().filter(|e| e.kind.is_decision()).find(ahead)
}

fn day_of(entry: Option<&ScheduleEntry>) -> String {
    entry.map(|entry| entry.act_by.to_string()).unwrap_or_default()
}
