//! `tickler extract`

use std::io::stdin;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc;

use clap::ValueEnum;
use jiff::civil::Date;
use tickler::batch::{self, Copies, Outcome};
use tickler::config::Settings;
use tickler::export::{self, Record};
use tickler::pipeline::Reading;
use tickler::source;

use super::app::App;
use super::exit::SOME_FAILED;
use super::filter::date;
use super::reading::{ReadingArgs, SourceArgs};
use super::{sink, stream};

/// Read contracts and print their records, without a store
#[derive(Debug, clap::Args)]
#[command(
    after_help = "It prints the records in the order of the files. It names files that cannot be read on standard error, \
    and the exit code is then 1.\n\nExamples:\n  \
    tickler extract fixtures/contracts/cloud-msa-auto-renewal.pdf --format json\n  \
    tickler extract 'fixtures/contracts/*nda*.pdf' --format ndjson > contracts.ndjson\n  \
    find fixtures/contracts -name 's*.pdf' | tickler extract - -o contracts.ndjson\n  \
    printf '%s\\n' fixtures/contracts/mutual-nda-perpetual.pdf no.pdf | tickler extract --stream"
)]
pub(super) struct Args {
    /// Files, folders or patterns such as 'contracts/*.pdf'; - reads a list of paths from standard input
    #[arg(required_unless_present = "stream", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Read paths from standard input, one a line, and answer each at once with one line of JSON, failures too
    ///
    /// The answers come in the order of the paths: {"input": PATH, "ok": true, "error": null, "record": {...}}, or "ok": false
    /// with the "code" and "message" of the "error". A document that cannot be read does not change the exit code. It ends
    /// when standard input does.
    #[arg(long, conflicts_with_all = ["paths", "format", "output", "follow_links"])]
    stream: bool,
    /// With --stream: standard input has the documents themselves, each behind its length in bytes (8 bytes, highest first)
    ///
    /// The "input" of an answer is then the number of the document, from 0.
    #[arg(long, requires = "stream", conflicts_with_all = ["null", "paths"])]
    framed: bool,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Leave out values below this confidence, 0 to 1 [default: that of the settings, 0.5]
    #[arg(long, value_name = "P", value_parser = confidence)]
    min_confidence: Option<f32>,
    /// Day that counts as today [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    #[command(flatten)]
    source: SourceArgs,
    #[command(flatten)]
    reading: ReadingArgs,
    /// Write to FILE [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    /// One JSON array
    Json,
    /// One JSON record per line
    #[default]
    Ndjson,
}

/// A confidence between 0 and 1.
pub(super) fn confidence(text: &str) -> Result<f32, String> {
    text.parse().ok().filter(|p| (0.0..=1.0).contains(p)).ok_or_else(|| "give a number from 0 to 1".to_owned())
}

fn settings(args: &Args, app: &App) -> Settings {
    let min_confidence = args.min_confidence.unwrap_or(app.settings.min_confidence);
    Settings { min_confidence, ..app.settings.clone() }
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    if args.stream {
        let reading = args.reading.load(app)?;
        let settings = settings(args, app);
        let asked = stream::Asked { nul: args.source.ask().nul, framed: args.framed };
        return stream::run(asked, &reading, &settings, args.as_of.unwrap_or(app.today), app);
    }
    let found = source::expand(&args.paths, stdin().lock(), args.source.ask());
    let mut failed = !found.failures.is_empty();
    for failure in &found.failures {
        app.failed(&source::name_of(failure.path()), &failure.to_string())?;
    }
    for skipped in &found.skipped {
        app.note(&format!("skipped: {}: {}", source::name_of(&skipped.path), skipped.why.words()))?;
    }
    for folder in &found.empty_folders {
        app.note(&format!("{}: no PDF files in this folder", folder.display()))?;
    }
    let reading = args.reading.load(app)?;
    let settings = settings(args, app);
    let as_of = args.as_of.unwrap_or(app.today);
    // A short queue between reading and writing: where writing is slow, reading waits and does not fill the memory.
    let (sender, receiver) = mpsc::sync_channel::<Result<Record, (String, String)>>(1);
    let (files, settings) = (&found.files, &settings);
    let (options, jobs) = (reading.options(settings), reading.jobs);
    let read = std::thread::scope(|scope| -> anyhow::Result<()> {
        let worker = scope.spawn(move || {
            let uri = source::name_of;
            let end = batch::documents(files, jobs, options, Copies::Each, |_| false, uri, |path, outcome| {
                let is_sent = match outcome {
                    Outcome::Read(readings, _) => {
                        let record = |reading: Reading| Record::new(reading.contract, Some(as_of), settings);
                        readings.into_iter().map(record).all(|record| sender.send(Ok(record)).is_ok())
                    }
                    Outcome::Failed(_, why) => sender.send(Err((uri(path), why.message))).is_ok(),
                    Outcome::Known(id) | Outcome::Duplicate(id) => {
                        tracing::info!(path = %path.display(), id = id.short(), "the same content as an earlier file");
                        true
                    }
                };
                // Else the receiver is gone: writing has failed.
                if is_sent { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            });
            end.map(|_| ())
        });
        let mut complaint = Ok(());
        let mut failures = Vec::new();
        let records = receiver.iter().filter_map(|message| message.map_err(|f| failures.push(f)).ok());
        let written = sink::write(app, args.output.as_deref(), true, |mut out| {
            match args.format {
                Format::Json => export::json(records, &mut out)?,
                Format::Ndjson => export::ndjson(records, &mut out)?,
            }
            Ok(())
        });
        drop(receiver);
        for (path, why) in &failures {
            failed = true;
            complaint = complaint.and(app.failed(path, why));
        }
        // The batch catches panics in documents. A panic of the batch itself is a bug, so it is raised again.
        let end = worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        written.and(end.map_err(Into::into)).and(complaint.map_err(Into::into))
    });
    read?;
    Ok(if failed { ExitCode::from(SOME_FAILED) } else { ExitCode::SUCCESS })
}
