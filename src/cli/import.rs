//! `tickler import`

mod desk;

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use jiff::civil::Date;
use serde::Serialize;
use tickler::export::returned::{Flaw, Returned};
use tickler::export::workbook::{self, BadWorkbook};
use tickler::source;

use super::agenda::count;
use super::app::App;
use super::clean::{clean, short};
use super::exit::{SOME_FAILED, Usage, words};
use super::export::map;
use super::filter::date;
use super::tell::Telling;
use super::{Format, log, table};
use desk::{Asked, Desk};

/// Largest file that is read, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Say what people typed into an exported workbook, or in a CRM
///
/// Of the sheet Contracts, Owner and Backup come back; of Decisions, Decision (renew, renegotiate, end or undecided); of
/// Review, Confirm (yes where the value is right). Rows and columns may be sorted, filtered and hidden. With --map, the file
/// is a CSV file that another system exported, and the fields of the map with `back = true` come back: owner, backup, and
/// the decision on the next renewal, option or break. Where something else was said since the export, nothing is
/// overwritten: the cell is listed as a conflict.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "What cannot be said is listed with its cell, and does not stop the rest; the exit code is then 1. `tickler \
    undo` takes a statement back.\n\nExamples:\n  \
    tickler export --format xlsx -o contracts.xlsx && tickler import contracts.xlsx --dry-run\n  \
    tickler import contracts.xlsx --by 'Ann Field' --why 'meeting of 3 May'\n  \
    tickler export --map salesforce -o crm.csv && tickler import crm.csv --map salesforce --dry-run"
)]
pub(super) struct Args {
    /// Workbook (.xlsx), or with --map a CSV file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The file is CSV with the field names of another system: a map, such as salesforce, or its file
    #[arg(long, value_name = "MAP")]
    map: Option<PathBuf>,
    /// Day on which the rows were exported, where no field of the map (`from = "as_exported"`) tells what they held
    ///
    /// What was said of a contract on that day or later is a conflict with what the file has.
    #[arg(long, value_name = "DAY", value_parser = date, requires = "map")]
    exported: Option<Date>,
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
    /// Something else was said since the export.
    Conflict,
    /// It cannot be said.
    Refused,
}

/// A row that somebody changed.
#[derive(Debug, Serialize)]
struct Line {
    /// Null in a CSV file.
    sheet: Option<&'static str>,
    /// The row, or the line of a CSV file.
    row: u32,
    /// Such as `O12`, or the heading of the column in a CSV file; null for what is wrong with a whole row or sheet.
    cell: Option<String>,
    file_name: Option<String>,
    state: State,
    /// What was said, or why not.
    what: String,
}

impl Line {
    /// Where it stands: `Contracts!O12`, or `line 12, Owner_Name__c`.
    fn place(&self) -> String {
        let Self { sheet, row, cell, .. } = self;
        match (sheet, cell) {
            (Some(sheet), Some(cell)) => format!("{sheet}!{cell}"),
            (Some(sheet), None) => format!("{sheet}!row {row}"),
            (None, Some(cell)) => format!("line {row}, {}", clean(cell)),
            (None, None) => format!("line {row}"),
        }
    }
}

#[derive(Serialize)]
struct Report {
    dry_run: bool,
    /// Rows that say nothing new.
    unchanged: usize,
    /// Rows without the ID of a contract, which came from elsewhere.
    foreign: usize,
    lines: Vec<Line>,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let path = args.file.display();
    let size = fs::metadata(&args.file).map_err(|e| Usage(format!("cannot open {path}: {e}")))?.len();
    if size > LARGEST {
        return Err(Usage(format!("{path} is larger than {} MiB", LARGEST / 1024 / 1024)).into());
    }
    let Returned { rows, flaws, mut unchanged, foreign } = args.read()?;
    // Nobody can say anything between the look at what is there and what is said.
    let mut store = if args.dry_run { app.read_store()? } else { app.store_to_tell()? };
    let (mut lines, mut sayings) = (flaws.into_iter().map(flaw).collect::<Vec<Line>>(), Vec::new());
    {
        let mut desk = Desk::new(app, &store, args.exported)?;
        // A line of a CSV file can ask for two things.
        for rows in rows.chunk_by(|a, b| (a.sheet, a.number) == (b.sheet, b.number)) {
            let before = lines.len();
            for row in rows {
                let (file_name, asked) = desk.content(row);
                let (state, what, content) = match asked {
                    Ok(Asked::Same) => continue,
                    Ok(Asked::Say(said)) => (State::Said, log::in_words(&said.1), Some(said)),
                    Ok(Asked::Conflict(what)) => (State::Conflict, what, None),
                    Err(error) if super::exit::is_users(&error) => (State::Refused, words(&error), None),
                    Err(error) => return Err(error),
                };
                let changed = row.cells.iter().find(|cell| cell.was.is(&cell.now) != Some(true));
                let cell = changed.map(|cell| cell.at.clone());
                sayings.extend(content);
                lines.push(Line { sheet: row.sheet, row: row.number, cell, file_name, state, what });
            }
            unchanged += usize::from(lines.len() == before);
        }
    }
    let telling = Telling { why: Some(args.why()), ..args.telling.clone() };
    for said in sayings.into_iter().filter(|_| !args.dry_run) {
        let (row, content) = *said;
        telling.tell(app, &mut store, &row, content)?;
    }
    let all_said = lines.iter().all(|line| line.state == State::Said);
    let report = Report { dry_run: args.dry_run, unchanged, foreign, lines };
    match args.telling.format {
        Format::Json => app.json(&report)?,
        Format::Text => print(&report, app)?,
    }
    Ok(if all_said { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}

impl Args {
    /// What came back.
    fn read(&self) -> anyhow::Result<Returned> {
        let path = self.file.display();
        let bytes = fs::read(&self.file)?;
        if let Some(map) = &self.map {
            return map::load(map)?.read(&bytes).map_err(|why| Usage(format!("{path}: {why}")).into());
        }
        if source::is_called(&self.file, "csv") {
            let problem =
                format!("{path} is no workbook; name the map that it was exported with, such as --map salesforce");
            return Err(Usage(problem).into());
        }
        let bad = |e: BadWorkbook| Usage(format!("{path}: {}", words(&e.into())));
        Ok(workbook::read(&bytes).map_err(bad)?)
    }

    /// Why, for the log: the file is the reason where nobody names another.
    fn why(&self) -> String {
        let name = self.file.file_name().unwrap_or_default().to_string_lossy();
        self.telling.why.clone().unwrap_or_else(|| format!("from {name}"))
    }
}

fn flaw(flaw: Flaw) -> Line {
    let Flaw { sheet, number, at, message } = flaw;
    Line { sheet, row: number, cell: at, file_name: None, state: State::Refused, what: message }
}

fn print(report: &Report, app: &mut App) -> anyhow::Result<()> {
    let Report { dry_run, unchanged, foreign, lines } = report;
    if !lines.is_empty() {
        let mut shown = table::table(&["CELL", "FILE", "RESULT", "WHAT"]);
        for line in lines {
            let result = match line.state {
                State::Said if *dry_run => "would be said",
                State::Said => "said",
                State::Conflict => "CONFLICT",
                State::Refused => "REFUSED",
            };
            let file = short(line.file_name.as_deref().unwrap_or_default(), 48);
            table::row(&mut shown, &[&line.place(), &file, result, &clean(&line.what)]);
        }
        writeln!(app.out, "{}", table::text(&shown).trim_end())?;
    }
    let number = |state: State| lines.iter().filter(|line| line.state == state).count();
    let said = if *dry_run { "would be said" } else { "said" };
    let (conflicts, refused) = (count(number(State::Conflict), "conflict", "conflicts"), number(State::Refused));
    writeln!(
        app.out,
        "{} {said}, {conflicts}, {refused} refused; {} nothing new.",
        number(State::Said),
        count(*unchanged, "row says", "rows say")
    )?;
    if *foreign > 0 {
        writeln!(app.out, "{} of no contract here: without an ID.", count(*foreign, "row is", "rows are"))?;
    }
    Ok(())
}
