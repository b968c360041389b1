//! `tickler ingest`

use std::collections::HashMap;
use std::io::{Write as _, stdin};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::civil::Date;
use serde::Serialize;
use tickler::batch::{self, Copies, Outcome};
use tickler::export;
use tickler::pipeline::Reading;
use tickler::record::{Diagnostic, DocumentId, DocumentInfo};
use tickler::schedule::EntryKind;
use tickler::source::{self, Skipped};
use tickler::store::{ContractRow, Event, EventKind, FailureRow, Joined, Saved, Store, StoreError};

use super::Format;
use super::agenda::{self, FullItem, Item, Wanted};
use super::app::{App, BOLD};
use super::clean::short;
use super::current::Current;
use super::exit::SOME_FAILED;
use super::filter::date;
use super::reading::{ReadingArgs, SourceArgs};
use super::{list, sink, table};

/// Deadlines shown after an ingest.
const NEXT: usize = 10;

/// Read contracts into the store
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Files whose content is in the store already are skipped. After an interruption, run the same command \
    again: it continues where it stopped. The files are never changed; the store keeps what was read from \
    them. Only you can read the store.\n\nExamples:\n  \
    tickler ingest fixtures/contracts\n  \
    tickler ingest 'fixtures/contracts/*nda*.pdf' fixtures/contracts/office-lease-option.pdf\n  \
    find fixtures/contracts -name '*.pdf' -print0 | tickler ingest -0 -\n  \
    tickler ingest fixtures/bad --report failed.csv    # exit code 1: some files cannot be read"
)]
pub(super) struct Args {
    /// Files, folders or patterns such as 'contracts/*.pdf'; - reads a list of paths from standard input, one a line
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    source: SourceArgs,
    /// Read files again that are in the store already
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    reading: ReadingArgs,
    /// Day that counts as today [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    /// List the files that could not be read, are no contracts, were skipped or are gone in FILE, as CSV: path, code, message
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Output format of the summary
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// What an ingest did.
#[derive(Debug, Default, Serialize)]
struct Summary {
    new: usize,
    unchanged: usize,
    read_again: usize,
    duplicates: usize,
    failed: Vec<FailureRow>,
    /// Documents that are kept and were not understood, because they are not in English.
    not_read: Vec<FailureRow>,
    /// Documents that are kept, and that do not read like contracts.
    no_contract: Vec<FailureRow>,
    /// What the folders hold and was passed over, although it may be a contract or lead to one.
    skipped: Vec<FailureRow>,
    /// How many other files the folders hold.
    other_files: usize,
    /// Files that have another content, name or place than at the last ingest, and copies with the same words.
    changed: Vec<Changed>,
    next: Vec<FullItem>,
}

/// What happened to a file since the last ingest.
#[derive(Debug, Serialize)]
struct Changed {
    change: Change,
    /// Where the file is, or was.
    path: String,
    document: DocumentId,
    /// The agreement that it is a file of.
    agreement: DocumentId,
    /// The name of the first file of that agreement, where it is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<String>,
}

impl Changed {
    /// The line of the report, for a file that is gone.
    fn report(&self) -> Option<FailureRow> {
        let (code, message) = ("source.gone".to_owned(), "the file is not there any more".to_owned());
        let (uri, document) = (self.path.clone(), Some(self.document.to_string()));
        matches!(self.change, Change::Gone).then_some(FailureRow { uri, document, code, message })
    }
}

#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
enum Change {
    NewVersion,
    Copy,
    Renamed,
    Gone,
}

impl Change {
    fn of(event: &Event) -> Option<Self> {
        match event.kind {
            EventKind::Joined => match Joined::told(event.detail.as_deref()?)? {
                Joined::Version => Some(Self::NewVersion),
                Joined::Copy => Some(Self::Copy),
                Joined::Hand => None,
            },
            EventKind::Renamed => Some(Self::Renamed),
            EventKind::Gone => Some(Self::Gone),
            _ => None,
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::NewVersion => "new version",
            Self::Copy => "copy",
            Self::Renamed => "renamed",
            Self::Gone => "gone",
        }
    }
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let found = source::expand(&args.paths, stdin().lock(), args.source.ask());
    let mut store = app.write_store()?;
    let mut summary = Summary::default();
    for failure in &found.failures {
        let (path, why) = (absolute(failure.path()), failure.diagnostic());
        store.fail(&path, None, &why, app.now)?;
        summary.failed.push(FailureRow { uri: path, document: None, code: why.code, message: why.message });
    }
    summary.other_files = found.others;
    summary.skipped = found.skipped.iter().map(skipped).collect();
    for folder in &found.empty_folders {
        app.note(&format!("{}: no PDF files in this folder", folder.display()))?;
    }
    let before = store.last_event()?;
    let bar = progress(found.files.len(), app);
    let reading = args.reading.load(app)?.watched(page_counter(bar.clone()));
    let settings = app.settings.clone();
    // The file of certificates may change between two runs.
    let hash = settings.reading_hash() + &reading.trust.hash();
    let known = if args.force { std::collections::HashSet::default() } else { store.up_to_date(&hash)? };
    let options = reading.options(&settings);
    let mut keep = Keep { store: &mut store, summary: &mut summary, hash: &hash, now: app.now, run: None };
    let is_known = |id: &DocumentId| known.contains(id);
    let broken =
        batch::documents(&found.files, reading.jobs, options, Copies::Once, is_known, absolute, |path, outcome| {
            bar.set_message(path.file_name().map_or_else(String::new, |n| short(&n.to_string_lossy(), 40)));
            bar.inc(1);
            match keep.outcome(path, outcome) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => ControlFlow::Break(error),
            }
        })?;
    if let Some(error) = broken {
        bar.finish_and_clear();
        return Err(error.into());
    }
    let roots: Vec<String> = args.paths.iter().filter(|path| path.is_dir()).map(|path| absolute(path)).collect();
    store.settle(&roots, app.now)?;
    summary.changed = changed(&store, before)?;
    let gone: Vec<FailureRow> = summary.changed.iter().filter_map(Changed::report).collect();
    if let Some(file) = &args.report {
        let rows = summary
            .failed
            .iter()
            .chain(&summary.not_read)
            .chain(&summary.no_contract)
            .chain(&summary.skipped)
            .chain(&gone)
            .map(|f| [f.uri.as_str(), &f.code, &f.message]);
        sink::write(app, Some(file), false, |mut out| Ok(export::failures_csv(rows, &mut out)?))?;
    }
    bar.set_message("search index");
    app.index(&mut store)?;
    bar.finish_and_clear();

    let as_of = args.as_of.unwrap_or(app.today);
    let rows = store.list()?;
    let year = as_of.saturating_add(jiff::Span::new().years(1));
    let kinds = [
        EntryKind::NoticeDeadline,
        EntryKind::OptionDeadline,
        EntryKind::BreakDeadline,
        EntryKind::Expiration,
        EntryKind::ClaimDeadline,
    ];
    let wanted = Wanted { kinds: &kinds, ..Wanted::between(as_of, year) };
    let current = Current::new(&store, None)?;
    let mut next = agenda::agenda(app, &current, &rows, &wanted)?.items;
    next.truncate(NEXT);
    match args.format {
        Format::Json => {
            summary.next = agenda::in_full(app, &current, next, &wanted)?;
            app.json(&summary)?;
        }
        Format::Text => print(&summary, &next, as_of, app)?,
    }
    let (made, parts) = (current.take_made(), current.take_overview()?);
    drop(current);
    store.keep_dates(&made)?;
    store.keep_overview(&parts)?;
    Ok(if summary.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}

/// Puts outcomes into the store.
struct Keep<'a> {
    store: &'a mut Store,
    summary: &'a mut Summary,
    hash: &'a str,
    now: jiff::Timestamp,
    /// Set with the first document that is stored: an ingest without new documents is not logged.
    run: Option<i64>,
}

impl Keep<'_> {
    fn outcome(&mut self, path: &Path, outcome: Outcome) -> Result<(), StoreError> {
        let uri = absolute(path);
        match outcome {
            Outcome::Read(readings, bytes) => {
                let found: Vec<&str> = readings.iter().map(|r| r.contract.document.uri.as_str()).collect();
                self.store.miss_contracts(&uri, &found, self.now)?;
                // The first contract last: by it the next ingest knows whether the file has been read.
                for reading in readings.iter().rev() {
                    self.save(reading, bytes)?;
                }
            }
            Outcome::Known(id) => {
                self.store.note_path(&id, &uri, self.now)?;
                self.summary.unchanged += 1;
            }
            Outcome::Duplicate(id) => {
                self.store.note_path(&id, &uri, self.now)?;
                self.summary.duplicates += 1;
            }
            Outcome::Failed(id, why) => {
                self.store.fail(&uri, id.as_ref(), &why, self.now)?;
                let document = id.map(String::from);
                self.summary.failed.push(FailureRow { uri, document, code: why.code, message: why.message });
            }
        }
        Ok(())
    }

    fn save(&mut self, reading: &Reading, bytes: u64) -> Result<(), StoreError> {
        let DocumentInfo { id, uri, .. } = &reading.contract.document;
        let row = |why: &Diagnostic| {
            let (code, message) = (why.code.clone(), why.message.clone());
            FailureRow { uri: uri.clone(), document: Some(id.to_string()), code, message }
        };
        let Summary { not_read, no_contract, .. } = &mut *self.summary;
        not_read.extend(reading.contract.not_read().map(row));
        no_contract.extend(reading.contract.not_recognised().map(row));
        let run = match self.run {
            Some(run) => run,
            None => *self.run.insert(self.store.begin_run(self.hash, self.now)?),
        };
        match self.store.save(reading, bytes, run, self.hash, self.now)? {
            Saved::New => self.summary.new += 1,
            Saved::Again => self.summary.read_again += 1,
        }
        Ok(())
    }
}

/// What the log tells since event `before` of files that were there already.
fn changed(store: &Store, before: i64) -> Result<Vec<Changed>, StoreError> {
    let mut out = Vec::new();
    let with_change = |event: Event| Some((Change::of(&event)?, event));
    let events: Vec<(Change, Event)> = store.events(before)?.into_iter().filter_map(with_change).collect();
    if events.is_empty() {
        return Ok(out);
    }
    let rows: HashMap<DocumentId, ContractRow> = store.list()?.into_iter().map(|row| (row.id.clone(), row)).collect();
    for (change, event) in events {
        let Some(row) = event.document.as_ref().and_then(|id| rows.get(id)) else { continue };
        let path = if event.kind == EventKind::Joined { None } else { event.detail };
        let agreement = store.agreement(&row.id)?;
        let of = rows.get(&agreement).filter(|first| first.id != row.id).map(|first| first.file_name.clone());
        let path = path.unwrap_or_else(|| row.uri.clone());
        out.push(Changed { change, path, document: row.id.clone(), agreement, of });
    }
    Ok(out)
}

fn changes(changed: &[Changed]) -> String {
    let mut out = table::table(&["CHANGE", "PATH", "OF"]);
    for line in changed {
        table::row(&mut out, &[line.change.words(), &line.path, line.of.as_deref().unwrap_or_default()]);
    }
    table::text(&out)
}

/// The absolute path, so that the store can be used from every folder.
fn absolute(path: &Path) -> String {
    source::name_of(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()))
}

pub(super) fn skipped(found: &Skipped) -> FailureRow {
    let (code, message) = (found.why.code().to_owned(), found.why.words().to_owned());
    FailureRow { uri: absolute(&found.path), document: None, code, message }
}

/// Shows how many scanned pages were read: each takes seconds.
fn page_counter(bar: ProgressBar) -> impl Fn() + Send + Sync {
    let pages = AtomicUsize::new(0);
    move || match pages.fetch_add(1, Ordering::Relaxed) {
        0 => bar.set_prefix("1 scanned page read"),
        n => bar.set_prefix(format!("{} scanned pages read", n + 1)),
    }
}

fn progress(files: usize, app: &App) -> ProgressBar {
    // Draws only where standard error is a terminal.
    let target = if app.quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let bar = ProgressBar::with_draw_target(Some(files as u64), target);
    match ProgressStyle::with_template("{bar:30} {pos}/{len}  {per_sec}, {eta} left  {msg} {prefix}") {
        Ok(style) => bar.with_style(style.progress_chars("━━╌")),
        Err(_) => bar,
    }
}

fn print(summary: &Summary, next: &[Item], as_of: Date, app: &mut App) -> anyhow::Result<()> {
    let Summary { new, unchanged, read_again, duplicates, failed, not_read, .. } = summary;
    let Summary { no_contract, skipped, other_files, changed, .. } = summary;
    let out = &mut app.out;
    write!(out, "{new} new, {unchanged} unchanged, {read_again} read again, {} failed", failed.len())?;
    match duplicates {
        0 => writeln!(out)?,
        1 => writeln!(out, "; 1 file is a copy of another")?,
        n => writeln!(out, "; {n} files are copies of others")?,
    }
    if !changed.is_empty() {
        write!(out, "\n{BOLD}Changed{BOLD:#}\n{}", changes(changed))?;
    }
    if !failed.is_empty() {
        write!(out, "\n{BOLD}Failed{BOLD:#}\n{}", list::failed(failed))?;
    }
    if !not_read.is_empty() {
        write!(out, "\n{BOLD}Not in English{BOLD:#}\n{}", list::failed(not_read))?;
    }
    if !no_contract.is_empty() {
        write!(out, "\n{BOLD}Perhaps no contracts{BOLD:#}\n{}", list::failed(no_contract))?;
    }
    if !skipped.is_empty() {
        write!(out, "\n{BOLD}Skipped{BOLD:#}\n{}", list::failed(skipped))?;
    }
    match other_files {
        0 => {}
        1 => writeln!(out, "\n1 other file is no PDF.")?,
        n => writeln!(out, "\n{n} other files are no PDFs.")?,
    }
    if !next.is_empty() {
        write!(out, "\n{BOLD}Next deadlines{BOLD:#}\n{}", agenda::table(next, &[], as_of, &app.settings.us))?;
    }
    Ok(())
}
