//! `tickler import`

use std::collections::HashMap;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum as _;
use serde::Serialize;
use tickler::export::workbook::{self, BadWorkbook, Flaw, Row, cell_text};
use tickler::record::{DocumentId, FactRef};
use tickler::said::{Content, Decision};
use tickler::schedule::ScheduleEntry;
use tickler::store::{ContractRow, Store};

use super::agenda::count;
use super::app::App;
use super::clean::{clean, short};
use super::current::{Current, Planned};
use super::exit::{SOME_FAILED, Usage, words};
use super::tell::{self, Telling};
use super::{Format, assign, confirm, decide, log, table};

/// Largest workbook that is read, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// What people type where a value is right.
const YES: [&str; 6] = ["yes", "y", "x", "ok", "true", "1"];

/// Say what people typed into a workbook that `export` wrote
///
/// Of the sheet Contracts, Owner and Backup come back; of Decisions, Decision (renew, renegotiate, end or undecided); of
/// Review, Confirm (yes where the value is right). Rows and columns may be sorted, filtered and hidden. Where something else
/// was said since the workbook was written, nothing is overwritten: the cell is listed as a conflict.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "What cannot be said is listed with its cell, and does not stop the rest; the exit code is then 1. `tickler \
    undo` takes a statement back.\n\nExamples:\n  \
    tickler export --format xlsx -o contracts.xlsx && tickler import contracts.xlsx --dry-run\n  \
    tickler import contracts.xlsx --by 'Ann Field' --why 'meeting of 3 May'"
)]
pub(super) struct Args {
    /// Workbook (.xlsx)
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Tell what would be said, and say nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    telling: Telling,
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    /// It was said, or would be.
    Said,
    /// Something else was said since the workbook was written.
    Conflict,
    /// It cannot be said.
    Refused,
}

/// A row that somebody changed.
#[derive(Debug, Serialize)]
struct Line {
    sheet: &'static str,
    row: u32,
    /// Such as `O12`; null for what is wrong with a whole row or sheet.
    cell: Option<String>,
    file_name: Option<String>,
    state: State,
    /// What was said, or why not.
    what: String,
}

#[derive(Serialize)]
struct Report {
    dry_run: bool,
    /// Rows as they were exported.
    unchanged: usize,
    lines: Vec<Line>,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let path = args.file.display();
    let size = fs::metadata(&args.file).map_err(|e| Usage(format!("cannot open {path}: {e}")))?.len();
    if size > LARGEST {
        return Err(Usage(format!("{path} is larger than {} MiB", LARGEST / 1024 / 1024)).into());
    }
    let bad = |e: BadWorkbook| Usage(format!("{path}: {}", words(&e.into())));
    let returned = workbook::read(&fs::read(&args.file)?).map_err(bad)?;
    // Nobody can say anything between the look at what is there and what is said.
    let mut store = if args.dry_run { app.read_store()? } else { app.store_to_tell()? };
    let (mut lines, mut sayings) = (returned.flaws.into_iter().map(flaw).collect::<Vec<Line>>(), Vec::new());
    {
        let mut desk = Desk::new(app, &store)?;
        for row in &returned.rows {
            let (file_name, asked) = desk.content(row);
            let (state, what, content) = match asked {
                Ok(Asked::Same) => continue,
                Ok(Asked::Say(said)) => (State::Said, log::in_words(&said.1), Some(said)),
                Ok(Asked::Conflict(what)) => (State::Conflict, what, None),
                Err(error) if super::exit::is_users(&error) => (State::Refused, words(&error), None),
                Err(error) => return Err(error),
            };
            let cell = row.cells.iter().find(|cell| cell.was != cell.now).map(|cell| cell.at.clone());
            sayings.extend(content);
            lines.push(Line { sheet: row.sheet, row: row.number, cell, file_name, state, what });
        }
    }
    let telling = Telling { why: Some(args.why()), ..args.telling.clone() };
    for said in sayings.into_iter().filter(|_| !args.dry_run) {
        let (row, content) = *said;
        telling.tell(app, &mut store, &row, content)?;
    }
    let all_said = lines.iter().all(|line| line.state == State::Said);
    let report = Report { dry_run: args.dry_run, unchanged: returned.unchanged, lines };
    match args.telling.format {
        Format::Json => app.json(&report)?,
        Format::Text => print(&report, app)?,
    }
    Ok(if all_said { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}

impl Args {
    /// Why, for the log: the workbook is the reason where nobody names another.
    fn why(&self) -> String {
        let name = self.file.file_name().unwrap_or_default().to_string_lossy();
        self.telling.why.clone().unwrap_or_else(|| format!("from {name}"))
    }
}

fn flaw(flaw: Flaw) -> Line {
    let Flaw { sheet, number, at, message } = flaw;
    Line { sheet, row: number, cell: at, file_name: None, state: State::Refused, what: message }
}

/// What a row asks for.
enum Asked {
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
struct Desk<'a> {
    app: &'a App,
    store: &'a Store,
    current: Current<'a>,
    planned: HashMap<DocumentId, Planned>,
    /// What the rows before say: of which sheet, agreement and part of it.
    seen: HashMap<(&'static str, DocumentId, String), Vec<String>>,
}

impl<'a> Desk<'a> {
    fn new(app: &'a App, store: &'a Store) -> anyhow::Result<Self> {
        let current = Current::new(store, None)?;
        Ok(Self { app, store, current, planned: HashMap::new(), seen: HashMap::new() })
    }

    /// The name of the file that a row is about, and what it asks for.
    fn content(&mut self, row: &Row) -> (Option<String>, anyhow::Result<Asked>) {
        match self.contract(row) {
            Ok(contract) => (Some(contract.file_name.clone()), self.asked(row, contract)),
            Err(error) => (None, Err(error)),
        }
    }

    fn contract(&self, row: &Row) -> anyhow::Result<ContractRow> {
        let mut found = if row.contract.len() < 4 { Vec::new() } else { self.store.find(&row.contract)? };
        let one = found.pop().filter(|one| found.is_empty() && one.id.as_str().starts_with(&row.contract));
        let contract = one.ok_or_else(|| Usage(format!("no contract of the store has the ID {:?}", row.contract)))?;
        if contract.replaced {
            return Err(Usage("another file took the place of this one; export the workbook again".to_owned()).into());
        }
        let base = self.current.families.base(&contract.id);
        if row.sheet == "Contracts" && *base != contract.id {
            // The agreement has the owner.
            return self.store.find(base.as_str())?.pop().ok_or_else(tell::gone);
        }
        Ok(contract)
    }

    fn asked(&mut self, row: &Row, contract: ContractRow) -> anyhow::Result<Asked> {
        let (was, now): (Vec<&str>, Vec<&str>) = row.cells.iter().map(|c| (c.was.as_str(), c.now.as_str())).unzip();
        let agreement = self.current.said.agreement(&contract.id).clone();
        let said = now.iter().map(|text| (*text).to_owned()).collect::<Vec<String>>();
        match self.seen.insert((row.sheet, agreement, row.about.clone()), said.clone()) {
            Some(before) if before == said => return Ok(Asked::Same),
            Some(_) => return Err(Usage("another row says something else of the same agreement".to_owned()).into()),
            None => {}
        }
        match (row.sheet, was.as_slice(), now.as_slice()) {
            ("Contracts", &[owner, backup], &[new_owner, new_backup]) => {
                self.owner(contract, [owner, backup], [new_owner, new_backup])
            }
            ("Decisions", &[was], &[now]) => self.decision(contract, &row.about, was, now),
            (_, _, &[now]) => self.confirmed(contract, row, now),
            _ => Err(anyhow::anyhow!("the sheet {} has other columns", row.sheet)),
        }
    }

    fn owner(&self, contract: ContractRow, was: [&str; 2], now: [&str; 2]) -> anyhow::Result<Asked> {
        let (owner, backup) = assign::owners(self.app, Some(now[0]), Some(now[1]))?;
        let present = self.current.owner(&contract, &self.app.settings);
        let present = present.map_or_else(Default::default, |o| [Some(o.name), o.backup]);
        if present == [owner.clone(), backup.clone()] {
            return Ok(Asked::Same);
        }
        let shown = present.map(|name| name.map_or_else(String::new, |name| cell_text(&name).trim().to_owned()));
        if shown.each_ref().map(String::as_str) != was {
            let [owner, backup] = shown;
            let present = if owner.is_empty() { "nobody".to_owned() } else { owner };
            let backup = if backup.is_empty() { backup } else { format!(", with {backup}") };
            return Ok(Asked::Conflict(format!("{present}{backup} answers for it since the workbook was written")));
        }
        Ok(Asked::say(contract, Content::Owner { owner, backup }))
    }

    fn decision(&mut self, contract: ContractRow, entry: &str, was: &str, now: &str) -> anyhow::Result<Asked> {
        let bad = |_| Usage(format!("{now:?} is no decision; write renew, renegotiate, end or undecided"));
        let wanted = if now.is_empty() { "undecided" } else { now };
        let wanted = Decision::from(decide::Choice::from_str(wanted, true).map_err(bad)?);
        let today = self.app.today;
        let Planned { plan, .. } = self.planned(&contract)?;
        let entry: &ScheduleEntry = tell::decision(plan, Some(entry), today)?;
        let present = plan.said_of(entry).and_then(|said| said.decision.as_ref()).map(|d| d.decision);
        let present = present.unwrap_or(Decision::Undecided);
        if present == wanted {
            return Ok(Asked::Same);
        }
        let was = if was.is_empty() { Decision::Undecided.as_str() } else { was };
        if present.as_str() != was {
            let present = present.as_str();
            return Ok(Asked::Conflict(format!("it was decided since the workbook was written: {present}")));
        }
        let content = decide::decided(plan, entry, wanted, None);
        Ok(Asked::say(contract, content))
    }

    fn confirmed(&self, contract: ContractRow, row: &Row, now: &str) -> anyhow::Result<Asked> {
        let Row { about: fact, shown, .. } = row;
        if ["", "no", "false", "0"].contains(&&*now.to_lowercase()) {
            return Ok(Asked::Same);
        }
        if !YES.contains(&&*now.to_lowercase()) {
            let problem =
                format!("{now:?} confirms nothing: write yes where the value is right; `tickler set` gives another");
            return Err(Usage(problem).into());
        }
        let view = self.current.view(&contract.id)?.ok_or_else(tell::gone)?;
        let facts = view.contract.facts();
        let value = facts.iter().find(|known| known.id.as_str() == fact).and_then(FactRef::words);
        if value.is_none_or(|value| cell_text(&value).trim() != shown) {
            return Ok(Asked::Conflict("the value is another one since the workbook was written".to_owned()));
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

fn print(report: &Report, app: &mut App) -> anyhow::Result<()> {
    let Report { dry_run, unchanged, lines } = report;
    if !lines.is_empty() {
        let mut shown = table::table(&["CELL", "FILE", "RESULT", "WHAT"]);
        for line in lines {
            let cell = line.cell.clone().unwrap_or_else(|| format!("row {}", line.row));
            let result = match line.state {
                State::Said if *dry_run => "would be said",
                State::Said => "said",
                State::Conflict => "CONFLICT",
                State::Refused => "REFUSED",
            };
            let file = short(line.file_name.as_deref().unwrap_or_default(), 48);
            table::row(&mut shown, &[&format!("{}!{cell}", line.sheet), &file, result, &clean(&line.what)]);
        }
        writeln!(app.out, "{}", table::text(&shown).trim_end())?;
    }
    let number = |state: State| lines.iter().filter(|line| line.state == state).count();
    let said = if *dry_run { "would be said" } else { "said" };
    let (conflicts, refused) = (count(number(State::Conflict), "conflict", "conflicts"), number(State::Refused));
    writeln!(
        app.out,
        "{} {said}, {conflicts}, {refused} refused; {} as exported.",
        number(State::Said),
        count(*unchanged, "row", "rows")
    )?;
    Ok(())
}
