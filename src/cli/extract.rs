//! `tickler extract`

use std::io::stdin;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc;

use clap::ValueEnum;
use jiff::civil::Date;
use tickler::batch::{self, Copies, Outcome};
use tickler::export::{self, Record};
use tickler::source;

use super::app::App;
use super::exit::SOME_FAILED;
use super::filter::date;
use super::reading::ReadingArgs;
use super::sink;

/// Read files and print their records, without a store
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Records come in the order of the files, whatever the number of jobs. A file that cannot be read is\n\
    named on standard error, and the exit code is 1.\n\nExamples:\n  \
    tickler extract contract.pdf --format json\n  \
    tickler extract ~/contracts --format ndjson > contracts.ndjson\n  \
    find . -name '*.pdf' | tickler extract -"
)]
pub(super) struct Args {
    /// Files, folders, patterns such as 'contracts/*.pdf', or - for a list of paths on standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// What to write
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Least confidence of a value, 0 to 1 [default: that of the settings, 0.5]
    #[arg(long, value_name = "P", value_parser = confidence)]
    min_confidence: Option<f32>,
    /// Day up to which terms are listed [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    #[command(flatten)]
    reading: ReadingArgs,
    /// Write to this file, which appears whole or not at all [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    /// One array
    Json,
    /// One record a line
    #[default]
    Ndjson,
}

/// A confidence between 0 and 1.
pub(super) fn confidence(text: &str) -> Result<f32, String> {
    text.parse().ok().filter(|p| (0.0..=1.0).contains(p)).ok_or_else(|| "a confidence lies between 0 and 1".to_owned())
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let found = source::expand(&args.paths, stdin().lock());
    let mut failed = !found.failures.is_empty();
    for failure in &found.failures {
        app.failed(&failure.path().to_string_lossy(), &failure.to_string())?;
    }
    for folder in &found.empty_folders {
        app.note(&format!("{}: no PDF files in this folder", folder.display()))?;
    }
    let reading = args.reading.load(app)?;
    let mut settings = app.settings.clone();
    settings.min_confidence = args.min_confidence.unwrap_or(settings.min_confidence);
    let as_of = args.as_of.unwrap_or(app.today);
    // A short queue between reading and writing: a slow reader of our output slows us down, and fills no memory.
    let (sender, receiver) = mpsc::sync_channel::<Result<Record, (String, String)>>(1);
    let (files, settings) = (&found.files, &settings);
    let (options, jobs) = (reading.options(settings), reading.jobs);
    let read = std::thread::scope(|scope| -> anyhow::Result<()> {
        let worker = scope.spawn(move || {
            let uri = |path: &std::path::Path| path.to_string_lossy().into_owned();
            let end = batch::documents(files, jobs, options, Copies::Each, |_| false, uri, |path, outcome| {
                let sent = match outcome {
                    Outcome::Read(reading, _) => {
                        sender.send(Ok(Record::new(reading.contract, Some(as_of), settings)))
                    }
                    Outcome::Failed(_, why) => sender.send(Err((uri(path), why.message))),
                    Outcome::Known(id) | Outcome::Duplicate(id) => {
                        tracing::info!(path = %path.display(), id = id.short(), "the same content as an earlier file");
                        Ok(())
                    }
                };
                // Nobody listens any more.
                if sent.is_err() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
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
        // The batch contains panics in documents; one in the batch itself is a mistake of ours and goes on as one.
        let end = worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        written.and(end.map_err(Into::into)).and(complaint.map_err(Into::into))
    });
    read?;
    Ok(if failed { ExitCode::from(SOME_FAILED) } else { ExitCode::SUCCESS })
}
