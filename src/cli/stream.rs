//! `tickler extract --stream`: one answer for each document that another program asks for.

use std::io::{self, BufReader, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;

use jiff::civil::Date;
use serde::Serialize;
use tickler::batch;
use tickler::config::Settings;
use tickler::export::Record;
use tickler::pipeline::ReadOptions;
use tickler::record::Diagnostic;
use tickler::source::{self, SourceError};

use super::app::App;
use super::clean::Cleaned;
use super::exit;
use super::reading::Reading;

/// How documents are asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    /// Paths end in NUL.
    pub(super) nul: bool,
    /// The bytes come instead of paths.
    pub(super) framed: bool,
}

/// Something to read.
enum Input {
    /// A path, or why the list of paths cannot be read on.
    Path(Result<PathBuf, SourceError>),
    Bytes(usize, Result<Vec<u8>, SourceError>),
}

/// The answer to an [`Input`].
#[derive(Serialize)]
struct Answer {
    input: Name,
    ok: bool,
    error: Option<Failure>,
    record: Option<Box<Record>>,
    /// The other contracts of a file that holds several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    others: Vec<Record>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Name {
    Path(String),
    Number(usize),
}

#[derive(Serialize)]
struct Failure {
    code: String,
    message: String,
}

/// Answers until standard input ends.
pub(super) fn run(
    asked: Asked,
    reading: &Reading,
    settings: &Settings,
    as_of: Date,
    app: &mut App,
) -> anyhow::Result<ExitCode> {
    let limit = settings.max_file_mib.saturating_mul(1024 * 1024);
    let options = reading.options(settings);
    let work = |input| answer(input, limit, options, as_of, settings);
    // The lock of standard input cannot go from thread to thread.
    let list = BufReader::new(io::stdin());
    let inputs: Box<dyn Iterator<Item = Input> + Send> = if asked.framed {
        Box::new(source::framed(list, limit).enumerate().map(|(n, bytes)| Input::Bytes(n, bytes)))
    } else {
        Box::new(source::paths(list, asked.nul).map(Input::Path))
    };
    batch::ordered(inputs, reading.jobs, work, |answer| write(&answer, app))?;
    Ok(ExitCode::SUCCESS)
}

fn answer(input: Input, limit: u64, options: ReadOptions<'_>, as_of: Date, settings: &Settings) -> Answer {
    let (uri, file_name, number, bytes) = match input {
        Input::Path(Ok(path)) => {
            (source::name_of(&path), source::file_name(&path), None, source::read_limited(&path, limit))
        }
        Input::Path(Err(cut_off)) => ("-".to_owned(), String::new(), None, Err(cut_off)),
        Input::Bytes(number, bytes) => (number.to_string(), number.to_string(), Some(number), bytes),
    };
    let bytes = bytes.map_err(|e| e.diagnostic());
    let read = bytes.and_then(|bytes| batch::document(&bytes, &file_name, &uri, options));
    let name = number.map_or(Name::Path(uri), Name::Number);
    let failure = |Diagnostic { code, message, .. }| Failure { code, message };
    match read {
        Ok(readings) => {
            let mut records = readings.into_iter().map(|reading| Record::new(reading.contract, Some(as_of), settings));
            let record = records.next().map(Box::new);
            Answer { input: name, ok: true, error: None, record, others: records.collect() }
        }
        Err(why) => Answer { input: name, ok: false, error: Some(failure(why)), record: None, others: Vec::new() },
    }
}

/// Writes an answer at once: who asked may wait for it before asking again.
fn write(answer: &Answer, app: &mut App) -> ControlFlow<()> {
    let written = serde_json::to_writer(Cleaned::json(&mut app.out), answer)
        .map_err(anyhow::Error::from)
        .and_then(|()| Ok(writeln!(app.out)?))
        .and_then(|()| Ok(app.out.flush()?));
    if let Err(error) = written {
        // Nobody reads the answers. A worker may wait for the next question for ever, so the threads are not waited for.
        std::process::exit(i32::from(exit::told(&error, app.color)));
    }
    ControlFlow::Continue(())
}
