//! `tickler doctor`

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Serialize;
use tickler::config::SettingsFile;
use tickler::detect::model::{Classifier as _, Effort, Model};
use tickler::index::Index;
use tickler::offline;
use tickler::pipeline::READING_VERSION;
use tickler::source::{Ask, expand};
use tickler::store::{ContractRow, Counts, FailureRow, SCHEMA_VERSION, Store, StoreError};

use super::Format;
use super::app::{App, BOLD};
use super::clean::clean;
use super::exit::SOME_FAILED;
use super::gaps::{Gap, gaps};
use super::remind::Last;
use super::wrap::Wrap;
use super::{ingest, list, scans, table, worker};

/// So many bad rows are named.
const SHOWN: usize = 5;
const SEALED: &str = "refused by the operating system, to this program and every program that it starts";
const OPEN: &str = "not used; this operating system offers no way to refuse it";

/// Check the store, the index and the environment
#[derive(Debug, clap::Args)]
#[command(after_help = "The exit code is 1 when it finds a problem.\n\nExamples:\n  \
    tickler doctor\n  \
    tickler doctor --contracts\n  \
    tickler doctor --format json | grep problems")]
pub(super) struct Args {
    /// List the contracts that no list of dates names, and why
    #[arg(long)]
    contracts: bool,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Serialize)]
struct Report {
    version: &'static str,
    /// Version of the reading, in hexadecimal digits.
    reading_version: String,
    model: String,
    reading: Option<String>,
    network: &'static str,
    /// The files whose settings are in force.
    settings: Vec<SettingsFile>,
    store: PathBuf,
    database_version: Option<u32>,
    newest_database_version: u32,
    counts: Option<Counts>,
    index_entries: Option<u64>,
    /// How scanned pages are read, or what is missing.
    scans: String,
    /// When reminders were last looked for and sent; null where they are not in use.
    reminders: Option<Last>,
    problems: Vec<String>,
    /// Files that could not be read.
    failed: Vec<FailureRow>,
    /// What lies beside the contracts and is passed over, although it may be a contract or lead to one.
    skipped: Vec<FailureRow>,
    /// Contracts without a date and without an open entry; null unless asked for.
    without_dates: Option<Vec<Gap>>,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let mut report = Report {
        version: env!("CARGO_PKG_VERSION"),
        reading_version: format!("{READING_VERSION:012x}"),
        model: match Model::embedded(Effort::Fast) {
            Ok(model) => {
                format!("{}, built in; the settings select {}", model.name(), String::from(app.settings.model.clone()))
            }
            Err(error) => error.to_string(),
        },
        reading: None,
        network: if offline::is_sealed() { SEALED } else { OPEN },
        settings: app.settings_files.clone(),
        store: app.store_dir()?,
        database_version: None,
        newest_database_version: SCHEMA_VERSION,
        counts: None,
        index_entries: None,
        scans: scans::describe(&app.settings),
        reminders: None,
        problems: Vec::new(),
        failed: Vec::new(),
        skipped: Vec::new(),
        without_dates: None,
    };
    match worker::describe() {
        Ok(reading) => report.reading = Some(reading),
        Err(error) => report.problems.push(format!("{error:#}")),
    }
    match app.read_store() {
        // Before the first ingest there is no store, which is no problem.
        Err(error) if matches!(error.downcast_ref(), Some(StoreError::Missing { .. })) => {}
        Err(error) => report.problems.push(error.to_string()),
        Ok(mut store) => {
            report.database_version = Some(store.version()?);
            report.problems.extend(bad_rows(store.wrong_rows()));
            match store.counts() {
                Ok(counts) => report.counts = Some(counts),
                Err(error) => report.problems.push(error.to_string()),
            }
            match store.failures() {
                Ok(failed) => report.failed = failed,
                Err(error) => report.problems.push(error.to_string()),
            }
            report.skipped = beside(&store)?;
            match Index::open(&mut store) {
                Ok((index, _)) => report.index_entries = Some(index.entries()),
                Err(error) => report.problems.push(error.to_string()),
            }
            match store.foreign() {
                Ok(parts) => report.problems.extend(
                    parts
                        .into_iter()
                        .map(|part| format!("the database has another part than those that tickler makes: {part}")),
                ),
                Err(error) => report.problems.push(error.to_string()),
            }
            report.problems.extend(exposed(&store, &report.store));
            match Last::of(&store) {
                Ok(last) => report.reminders = last,
                Err(error) => report.problems.push(error.to_string()),
            }
            report.problems.extend(report.reminders.and_then(|last| last.problem(app.now)));
            if args.contracts {
                report.without_dates = Some(gaps(app, &store)?);
            }
        }
    }
    match args.format {
        Format::Json => app.json(&report)?,
        Format::Text => print(&report, app)?,
    }
    Ok(if report.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}

/// The rows that are not as they were written, as far as they can be read at a glance.
fn bad_rows(mut problems: Vec<String>) -> Vec<String> {
    if problems.is_empty() {
        return problems;
    }
    let more = problems.len().saturating_sub(SHOWN);
    problems.truncate(SHOWN);
    let more = if more == 0 { String::new() } else { format!("{more} more; ") };
    problems.push(format!("{more}`tickler verify` lists what is wrong with the store, and how to mend it"));
    problems
}

/// What the folders of the contracts hold that `ingest` passes over.
fn beside(store: &Store) -> anyhow::Result<Vec<FailureRow>> {
    let folder = |row: &ContractRow| Path::new(&row.uri).parent().map(Path::to_owned).filter(|dir| dir.is_dir());
    let folders: BTreeSet<PathBuf> = store.list()?.iter().filter_map(folder).collect();
    // One within another is looked through with that one.
    let within = |dir: &PathBuf| dir.ancestors().skip(1).any(|above| folders.contains(above));
    let outer: Vec<PathBuf> = folders.iter().filter(|dir| !within(dir)).cloned().collect();
    Ok(expand(&outer, std::io::empty(), Ask::default()).skipped.iter().map(ingest::skipped).collect())
}

/// Says that other users of this computer can read the store, and what to do.
fn exposed(store: &Store, dir: &Path) -> Option<String> {
    let found = store.exposed();
    let (first, more) = (found.first()?.display(), found.len() - 1);
    let more = if more == 0 { String::new() } else { format!(" and {more} more files") };
    let dir = dir.display();
    Some(format!("other users of this computer can read {first}{more}; run `chmod -R go-rwx {dir}`"))
}

fn print(report: &Report, app: &mut App) -> anyhow::Result<()> {
    let out = &mut Wrap::screen(&mut app.out);
    writeln!(out, "tickler {}, reading version {}", report.version, report.reading_version)?;
    writeln!(out, "Model      {}", report.model)?;
    if let Some(reading) = &report.reading {
        writeln!(out, "Reading    {reading}")?;
    }
    writeln!(out, "Network    {}", report.network)?;
    if report.settings.is_empty() {
        writeln!(out, "Settings   none, so the defaults are in force")?;
    }
    for file in &report.settings {
        let (path, in_force) = (clean(&file.path.to_string_lossy()), file.in_force.join(", "));
        let folder = if file.working_folder { " in this folder" } else { "" };
        writeln!(out, "Settings   {path}{folder}: {}", if in_force.is_empty() { "none" } else { &in_force })?;
        if let Some(problem) = &file.problem {
            writeln!(out, "           none counts: {}", clean(problem))?;
        }
        if !file.ignored.is_empty() {
            writeln!(out, "           do not count there: {}", file.ignored.join(", "))?;
        }
    }
    writeln!(out, "Store      {}", clean(&report.store.to_string_lossy()))?;
    match report.database_version {
        None => writeln!(out, "Database   none yet; `tickler ingest` creates it")?,
        Some(v) => writeln!(out, "Database   version {v} (newest supported: {})", report.newest_database_version)?,
    }
    if let Some(c) = report.counts {
        writeln!(out, "Contracts  {} with {} pages; {} files could not be read", c.contracts, c.pages, c.failures)?;
        if c.outdated > 0 {
            writeln!(out, "           {} could not be read again by this version", c.outdated)?;
        }
        if c.replaced > 0 {
            writeln!(out, "           {} whose file has changed", c.replaced)?;
        }
    }
    if let Some(entries) = report.index_entries {
        writeln!(out, "Index      {entries} clauses")?;
    }
    writeln!(out, "Scans      {}", clean(&report.scans))?;
    if let Some(last) = &report.reminders {
        writeln!(out, "Reminders  {}", last.words())?;
    }
    for problem in &report.problems {
        writeln!(out, "{BOLD}Problem{BOLD:#}    {}", clean(problem))?;
    }
    for (heading, files) in [("Failed", &report.failed), ("Skipped", &report.skipped)] {
        if !files.is_empty() {
            write!(out, "\n{BOLD}{heading}{BOLD:#}\n{}", list::failed(files))?;
        }
    }
    if let Some(gaps) = &report.without_dates {
        let mut table = table::table(&["WITHOUT A DATE", "WHY"]);
        for gap in gaps {
            table::row(&mut table, &[&gap.file_name, &gap.why]);
        }
        match gaps.len() {
            0 => writeln!(out, "\nEvery contract has a date or an open entry.")?,
            _ => write!(out, "\n{}", table::text(&table))?,
        }
    }
    Ok(())
}
