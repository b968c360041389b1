//! `tickler verify`

use std::io::Write as _;
use std::process::ExitCode;

use serde::Serialize;
use tickler::record::{DocumentId, Severity};
use tickler::store::{Finding, Part, Store, Verification};

use super::Format;
use super::app::{App, BOLD, DIM};
use super::clean::{clean, short};
use super::current::Current;
use super::exit::SOME_FAILED;

/// Check that the store and the contract files are unchanged
#[derive(Debug, clap::Args)]
#[command(
    after_help = "It checks the database, the log of events, every row against the log, every quote against the text of its \
    document, the dates that are kept for lists against the records, and the files. A file that changed is a problem; a file that is missing is a note. Each event holds a hash of the event \
    before it: keep the hash of the last one elsewhere to find out later whether the log was rewritten. \
    The exit code is 1 when it finds a problem.\n\nExamples:\n  \
    tickler verify\n  \
    tickler verify --format json | grep '\"head\"'"
)]
pub(super) struct Args {
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Serialize)]
struct Report<'a> {
    sound: bool,
    #[serde(flatten)]
    verification: &'a Verification,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let store = app.read_store()?;
    let mut verification = store.verify();
    // Dates can only be compared with records that are sound; what became of the files says nothing of them.
    let is_sound = |f: &Finding| f.severity != Severity::Error || f.part == Part::File;
    if verification.findings.iter().all(is_sound) {
        verification.findings.extend(kept(app, &store)?);
    }
    let sound = verification.problems() == 0;
    match args.format {
        Format::Json => app.json(&Report { sound, verification: &verification })?,
        Format::Text => print(&verification, app)?,
    }
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}

/// What is wrong with what is kept for lists: it must be what is computed from the records.
fn kept(app: &App, store: &Store) -> anyhow::Result<Vec<Finding>> {
    let current = Current::new(store, None)?;
    let finding = |document: Option<DocumentId>, place: String, message: &str| Finding {
        severity: Severity::Error,
        part: Part::Kept,
        document,
        place,
        message: message.to_owned(),
    };
    let database = || store.path().to_string_lossy().into_owned();
    let mut out: Vec<Finding> =
        store.wrong_overview(&current.said)?.into_iter().map(|message| finding(None, database(), message)).collect();
    let wrong = current.wrong_dates(store.list()?, app.today, &app.settings)?;
    let dates = "its dates, as they are kept for lists, are not those of its record";
    out.extend(wrong.into_iter().map(|row| finding(Some(row.id), row.file_name, dates)));
    Ok(out)
}

fn print(found: &Verification, app: &mut App) -> anyhow::Result<()> {
    let wrong = |part: Part| found.findings.iter().any(|f| f.severity == Severity::Error && f.part == part);
    let word = |part| if wrong(part) { "damaged" } else { "sound" };
    let out = &mut app.out;
    writeln!(out, "Database   {}", word(Part::Database))?;
    write!(out, "Events     {}, {}", found.events, if wrong(Part::Events) { "chain broken" } else { "chain intact" })?;
    match &found.head {
        Some(head) => writeln!(out, ", the last is {}", clean(head))?,
        None => writeln!(out)?,
    }
    writeln!(out, "Records    {}, {}", found.documents, word(Part::Record))?;
    writeln!(
        out,
        "Quotes     {}, {}",
        found.quotes,
        if wrong(Part::Evidence) { "not all in the text" } else { "all in the text" }
    )?;
    writeln!(
        out,
        "Dates      {}",
        if wrong(Part::Kept) { "not those of the records" } else { "those of the records" }
    )?;
    let files = found.files;
    write!(out, "Files      {} unchanged, {} changed, {} missing", files.unchanged, files.changed, files.missing)?;
    match files.unreadable {
        0 => writeln!(out)?,
        n => writeln!(out, ", {n} not readable")?,
    }
    for finding in &found.findings {
        let name = finding.document.as_ref().map_or_else(String::new, |id| format!(" ({})", id.short()));
        let (place, message) = (clean(&finding.place), short(&finding.message, 400));
        if finding.severity == Severity::Error {
            writeln!(out, "{BOLD}Problem{BOLD:#}    {place}{name}: {message}")?;
        } else {
            writeln!(out, "{DIM}Note{DIM:#}       {place}{name}: {message}")?;
        }
    }
    for (parts, advice) in [
        (&[Part::Database][..], "`tickler restore FILE` replaces a damaged database with a backup"),
        (
            &[Part::Events],
            "`tickler restore FILE` replaces the store with a backup; later events are only in the broken log",
        ),
        (&[Part::Kept], "`tickler reindex` forgets them, and lists compute them anew"),
        (&[Part::Record, Part::Evidence], "`tickler ingest --force PATH` reads the documents again"),
        (
            &[Part::File],
            "`tickler ingest PATH` reads the changed files; `tickler list` shows what they contained before",
        ),
    ] {
        if parts.iter().any(|part| wrong(*part)) {
            writeln!(out, "{DIM}{advice}{DIM:#}")?;
        }
    }
    Ok(())
}
