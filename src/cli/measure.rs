//! `tickler measure`

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Serialize;
use tickler::config::Settings;
use tickler::measure::{self, Measurement, Outcome, Problem, ReadError};
use tickler::record::value::service::{Comparator, ServiceLevel};
use tickler::record::{Contract, DocumentId, Evidence};
use tickler::said::{Content, Saying};
use tickler::store::{ContractRow, Store};

use super::Format;
use super::agenda::count;
use super::app::{App, BOLD, DIM, find};
use super::clean::{clean, short};
use super::current::Current;
use super::exit::{SOME_FAILED, Usage};
use super::wrap::Wrap;
use super::{table, tell};

/// Compare measured values with service levels: breaches, credits and claim deadlines
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The CSV file has the columns contract, metric, severity, period and value. Name a contract by its file \
    name, path, ID, title or reference number. A period is 2026-03, 2026-Q1 or 2026. A value may have a \
    unit, such as 99.2% or 90 minutes. A column about (or site, circuit, service) tells levels apart by what \
    they are about.\n\nExamples:\n  \
    tickler measure --csv fixtures/metrics.csv\n  \
    tickler measure --csv fixtures/metrics.csv --save    # claims become dates with an owner\n  \
    tickler measure --history service-level-agreement"
)]
pub(super) struct Args {
    /// CSV file of measured values
    #[arg(long, value_name = "FILE", required_unless_present = "history")]
    csv: Option<PathBuf>,
    /// Keep the values: the last days to claim then stand in the schedule
    #[arg(long, requires = "csv")]
    save: bool,
    /// Show the values of a contract that are kept, by level and period
    #[arg(long, value_name = "CONTRACT", conflicts_with = "csv")]
    history: Option<String>,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// A row that was compared, with its contract.
#[derive(Serialize)]
struct Judged {
    contract: ContractRow,
    #[serde(flatten)]
    outcome: Outcome,
}

#[derive(Serialize)]
struct Report {
    outcomes: Vec<Judged>,
    problems: Vec<Problem>,
    /// How many values are new among those that are kept; null where nobody asked to keep them.
    kept: Option<usize>,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let mut report = match (&args.history, &args.csv) {
        (Some(name), _) => history(app, name)?,
        (None, csv) => compared(app, csv.as_deref().unwrap_or_else(|| Path::new("")))?,
    };
    if args.save {
        report.kept = Some(save(app, &report.outcomes)?);
    }
    match args.format {
        Format::Json => app.json(&report)?,
        Format::Text if args.history.is_some() && report.outcomes.is_empty() && report.problems.is_empty() => {
            writeln!(app.out, "No measured value of this contract is kept; --save keeps those of a file.")?;
        }
        Format::Text => print(&report, app)?,
    }
    Ok(if report.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}

/// The rows of a file, compared with the contracts that they name.
fn compared(app: &App, csv: &Path) -> anyhow::Result<Report> {
    let path = csv.display();
    let file = File::open(csv).map_err(|e| Usage(format!("cannot open {path}: {e}")))?;
    judged(app, file).map_err(|e| if e.is::<ReadError>() { Usage(format!("{path}: {e}")).into() } else { e })
}

fn judged(app: &App, table: impl Read) -> anyhow::Result<Report> {
    let store = app.read_store()?;
    let rows = measure::read(table)?;
    let mut report = Report { outcomes: Vec::new(), problems: Vec::new(), kept: None };
    let mut known = Known::new(&store, &app.settings)?;
    for row in rows {
        match row.and_then(|row| known.judge(&row)) {
            Ok(judged) => report.outcomes.push(judged),
            Err(problem) => report.problems.push(problem),
        }
    }
    Ok(report)
}

/// The values of a contract that are kept, judged by the terms in force.
fn history(app: &App, name: &str) -> anyhow::Result<Report> {
    let store = app.read_store()?;
    let (row, current, view) = tell::viewed(&store, name)?;
    let (outcomes, problems) = kept(&current, &row, &view.contract, &app.settings);
    let judged = |outcome| Judged { contract: row.clone(), outcome };
    Ok(Report { outcomes: outcomes.into_iter().map(judged).collect(), problems, kept: None })
}

/// The values of a contract that are kept, judged by its terms, and why some cannot be judged.
pub(crate) fn kept(
    current: &Current<'_>,
    row: &ContractRow,
    contract: &Contract,
    settings: &Settings,
) -> (Vec<Outcome>, Vec<Problem>) {
    let (mut outcomes, mut problems) = (Vec::new(), Vec::new());
    for measured in current.said.measured(&row.id) {
        match measure::judge(contract, measured, settings) {
            Ok(outcome) => outcomes.push(outcome),
            Err(problem) => problems.push(problem),
        }
    }
    (outcomes, problems)
}

/// A value of a level of a contract, as the page says it.
pub(crate) struct One {
    /// The contract, by its ID.
    pub(crate) contract: String,
    /// The level, by the ID of its fact.
    pub(crate) level: String,
    /// What it was measured at, where the level holds for several things.
    pub(crate) about: Option<String>,
    pub(crate) period: String,
    pub(crate) value: String,
}

/// Keeps one value, as `--save` keeps those of a file.
pub(crate) fn one(args: One, app: &mut App) -> anyhow::Result<ExitCode> {
    let store = app.read_store()?;
    let (_, _, view) = tell::viewed(&store, &args.contract)?;
    let mut levels = view.contract.service_levels.iter().filter(|fact| fact.id().as_str() == args.level);
    let level =
        levels.find_map(|fact| fact.value()).ok_or_else(|| Usage("the contract has no such level".to_owned()))?;
    let severity = level.severity.clone().unwrap_or_default();
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["contract", "metric", "severity", "about", "period", "value"])?;
    table.write_record([
        args.contract,
        measure::metric(level),
        severity,
        args.about.unwrap_or_default(),
        args.period,
        args.value,
    ])?;
    let report = judged(app, &*table.into_inner()?)?;
    if let Some(problem) = report.problems.into_iter().next() {
        return Err(Usage(problem.message).into());
    }
    save(app, &report.outcomes)?;
    for Judged { outcome, .. } in &report.outcomes {
        let (told, raw) = (outcome.measurement.told(), &outcome.measurement.raw);
        let period = outcome.measurement.period.map_or_else(String::new, |period| format!(" in {period}"));
        write!(app.out, "Kept: {}{period}: {}, ", clean(&told), clean(raw))?;
        match (&outcome.credit, outcome.met) {
            (_, true) => writeln!(app.out, "met.")?,
            (Some(credit), false) => writeln!(app.out, "BREACH; the credit is {}.", clean(&credit.to_string()))?,
            (None, false) => writeln!(app.out, "BREACH; the contract names no credit for it.")?,
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Keeps the values that are not kept yet; gives their number.
fn save(app: &App, outcomes: &[Judged]) -> anyhow::Result<usize> {
    let mut store = app.store_to_tell()?;
    let said = store.said()?;
    // What was told by this file, the last one of each level and period.
    let mut told: BTreeMap<(&DocumentId, String), &Measurement> = BTreeMap::new();
    let mut kept = 0;
    for Judged { contract, outcome: Outcome { measurement, .. } } in outcomes {
        let of = (said.agreement(&contract.id), measurement.key());
        let before = || said.measured(&contract.id).into_iter().find(|m| m.key() == of.1);
        let last = told.get(&of).copied().or_else(before);
        if last.is_some_and(|m| (&m.raw, m.value) == (&measurement.raw, measurement.value)) {
            continue;
        }
        let saying = Saying { who: app.me(), why: None, content: Content::Measured(measurement.clone()) };
        store.say(&contract.id, &saying, app.now)?;
        told.insert(of, measurement);
        kept += 1;
    }
    Ok(kept)
}

/// The contracts of the store, read once each.
struct Known<'a> {
    store: &'a Store,
    settings: &'a Settings,
    all: Vec<(ContractRow, Contract)>,
    names: BTreeMap<String, Option<usize>>,
}

impl<'a> Known<'a> {
    fn new(store: &'a Store, settings: &'a Settings) -> anyhow::Result<Self> {
        let current = Current::new(store, None)?;
        let mut all = Vec::new();
        for row in store.list()? {
            if let Some(view) = current.view(&row.id)? {
                all.push((row, view.contract));
            }
        }
        Ok(Self { store, settings, all, names: BTreeMap::new() })
    }

    fn judge(&mut self, row: &Measurement) -> Result<Judged, Problem> {
        let at = if let Some(&at) = self.names.get(&row.contract) {
            at
        } else {
            let at = self.find(&row.contract);
            self.names.insert(row.contract.clone(), at);
            at
        };
        let Some((found, contract)) = at.and_then(|at| self.all.get(at)) else {
            let message = format!("No contract or more than one contract is called {:?}.", row.contract);
            return Err(Problem { line: row.line, code: "measure.unknown_contract", message });
        };
        Ok(Judged { contract: found.clone(), outcome: measure::judge(contract, row, self.settings)? })
    }

    /// The one contract called `name`, as other commands find it.
    fn find(&self, name: &str) -> Option<usize> {
        let name = name.trim();
        if name.is_empty() {
            return None;
        }
        let found = find(self.store, name).ok()?;
        let [row] = &*found else { return None };
        self.all.iter().position(|(known, _)| known.id == row.id)
    }
}

fn print(report: &Report, app: &mut App) -> anyhow::Result<()> {
    let out = &mut Wrap::screen(&mut app.out);
    let breaches = report.outcomes.iter().filter(|j| !j.outcome.met).count();
    let mut shown =
        table::table(&["CONTRACT", "LEVEL", "PERIOD", "MEASURED", "TARGET", "RESULT", "CREDIT", "CLAIM BY"]);
    for judged in &report.outcomes {
        let o = &judged.outcome;
        let m = &o.measurement;
        let period = m.period.map_or_else(String::new, |p| p.to_string());
        let claim = match (&o.claim_by, o.automatic && o.credit.is_some()) {
            (_, true) => "automatic".to_owned(),
            (Some(d), false) => d.readings.conservative.to_string(),
            (None, false) => String::new(),
        };
        table::row(
            &mut shown,
            &[
                &judged.contract.file_name,
                &m.told(),
                &period,
                &m.raw,
                &promised(&o.level),
                if o.met { "met" } else { "BREACH" },
                &o.credit.as_ref().map_or_else(String::new, ToString::to_string),
                &claim,
            ],
        );
    }
    write!(out, "{}", table::text(&shown))?;
    for judged in report.outcomes.iter().filter(|j| !j.outcome.met) {
        let o = &judged.outcome;
        writeln!(
            out,
            "\n{BOLD}{}: {} {}{BOLD:#}",
            clean(&judged.contract.file_name),
            clean(&o.measurement.metric),
            clean(&o.measurement.raw)
        )?;
        let proof = o.evidence.iter().chain(o.credit.iter().flat_map(|c| &c.evidence));
        for e in proof {
            quote(e, out)?;
        }
        if let Some(how) = o.credit.as_ref().and_then(|c| c.arithmetic.as_deref()) {
            writeln!(out, "  {DIM}{}{DIM:#}", clean(how))?;
        }
        for step in o.claim_by.iter().flat_map(|d| &d.steps) {
            writeln!(out, "  {DIM}{}{DIM:#}", clean(&step.note))?;
        }
        for assumption in o.claim_by.iter().flat_map(|d| &d.assumptions) {
            writeln!(out, "  {DIM}Assumption: {}{DIM:#}", clean(assumption))?;
        }
        if o.forfeits_if_late && o.claim_by.is_some() {
            writeln!(out, "  A claim after this day is lost.")?;
        }
    }
    if !report.problems.is_empty() {
        writeln!(out, "\n{BOLD}Problems{BOLD:#}")?;
    }
    for p in &report.problems {
        writeln!(out, "  line {}: {} {DIM}({}){DIM:#}", p.line, clean(&p.message), p.code)?;
    }
    let (rows, judged) = (report.outcomes.len() + report.problems.len(), report.outcomes.len());
    let (rows, breaches) = (count(rows, "row", "rows"), count(breaches, "breach", "breaches"));
    writeln!(out, "\n{rows}, {judged} compared, {breaches}")?;
    if let Some(kept) = report.kept {
        writeln!(
            out,
            "{} kept; `tickler measure --history` lists them.",
            count(kept, "new value is", "new values are")
        )?;
    }
    Ok(())
}

fn quote(e: &Evidence, out: &mut impl std::io::Write) -> anyhow::Result<()> {
    Ok(writeln!(out, "  page {}: \u{201c}{}\u{201d}", e.page(), short(e.quote(), 160))?)
}

/// A level in a few characters: `>= 99.9 percent`.
pub(crate) fn promised(level: &ServiceLevel) -> String {
    let sign = match level.comparator {
        Comparator::AtLeast => ">=",
        Comparator::AtMost => "<=",
        Comparator::Equal => "=",
    };
    let unit = serde_json::to_value(level.unit).ok().and_then(|v| v.as_str().map(|s| s.replace('_', " ")));
    format!("{sign} {} {}", level.target, unit.unwrap_or_default())
}
