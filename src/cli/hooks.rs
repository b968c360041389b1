//! `tickler hooks`

use std::io::{Seek as _, Write as _};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use jiff::civil::Date;
use serde::Serialize;
use tickler::config::{Hook, HookEvent};
use tickler::export::Record;
use tickler::hook::{Event, Listener};
use tickler::offline;

use super::Format;
use super::agenda::count;
use super::app::App;
use super::clean::clean;
use super::current::Current;
use super::exit::SOME_FAILED;
use super::export::{Counted, Records};
use super::filter::date;

/// How long a command may take.
const PATIENCE: Duration = Duration::from_mins(10);

/// Run your own commands on new contracts, near deadlines and decisions
///
/// Bad signatures are told, too. Each `[[hook]]` of the settings gets its events on standard input, one line of JSON each. If its command fails, the same
/// events with the same IDs are told the next time. This reads the store without a network; only the commands may use it.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Hooks, and what their commands get: docs/engineer.md. The exit code is 1 when a command failed.\n\nExamples:\n  \
    tickler hooks --dry-run\n  \
    tickler hooks               # from cron, behind `tickler ingest`"
)]
pub(super) struct Args {
    /// Print the events that would be told, and run nothing
    #[arg(long)]
    dry_run: bool,
    /// Day that counts as today [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// What became of the events of a hook, as JSON.
#[derive(Serialize)]
struct Line<'a> {
    hook: &'a str,
    event: HookEvent,
    events: &'a [Event],
    /// Whether its command has heard of them; null where nothing was run.
    told: Option<bool>,
    /// Why not.
    error: Option<String>,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let as_of = args.as_of.unwrap_or(app.today);
    let hooks = app.settings.hook.clone();
    // Contracts are read where the network is refused; only this thread, which starts the commands, keeps it.
    let reader = &mut *app;
    let gathered = std::thread::scope(|scope| {
        let sealed = scope.spawn(|| {
            offline::seal();
            gather(reader, &hooks, as_of)
        });
        sealed.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })?;
    let mut lines = Vec::new();
    for (hook, events) in hooks.iter().zip(&gathered) {
        let mut line = Line { hook: &hook.name, event: hook.event, events, told: None, error: None };
        if !args.dry_run && !events.is_empty() {
            match tell(hook, events) {
                Ok(()) => {
                    app.store_to_tell()?.tell(events.iter().map(|event| &event.told), app.now)?;
                    line.told = Some(true);
                }
                Err(why) => {
                    app.failed(&format!("hook {}", hook.name), &format!("{why}; its events are told again next time"))?;
                    (line.told, line.error) = (Some(false), Some(why));
                }
            }
        }
        lines.push(line);
    }
    let failed = lines.iter().any(|line| line.error.is_some());
    match args.format {
        Format::Json => app.json(&lines)?,
        Format::Text => print(&lines, app)?,
    }
    Ok(if failed { ExitCode::from(SOME_FAILED) } else { ExitCode::SUCCESS })
}

/// The events that each hook has not heard of.
fn gather(app: &mut App, hooks: &[Hook], as_of: Date) -> anyhow::Result<Vec<Vec<Event>>> {
    let store = app.read_store()?;
    let known = store.told()?;
    let (current, rows) = (Current::new(&store, None)?, store.list()?);
    let mut counted = Counted::of(&store, &rows)?;
    let mut unread = std::mem::take(&mut counted.unread);
    let tables = counted.tables(&app.settings.us, as_of);
    let mut listeners: Vec<Listener<'_>> = hooks.iter().map(|hook| Listener::new(hook, &known, as_of)).collect();
    let mut records = Records::new(&current, &counted.rows, as_of, &app.settings, Record::revised);
    for record in &mut records {
        let contract = tables.contract(&record.contract.document.id);
        unread.remove(contract);
        // The first one is that of the contract itself.
        if let Some(row) = tables.rows(&record).first() {
            for listener in &mut listeners {
                listener.hear(contract, row, &record);
            }
        }
    }
    records.finish()?;
    Ok(listeners.into_iter().map(|listener| listener.end(&unread)).collect())
}

/// Runs the command of a hook on its events; what is wrong where it fails.
fn tell(hook: &Hook, events: &[Event]) -> Result<(), String> {
    let [program, args @ ..] = &*hook.command else { return Err("it has no command".to_owned()) };
    // A file, because a command that does not read would stop whoever writes to a pipe.
    let input = || -> anyhow::Result<std::fs::File> {
        let mut file = tempfile::tempfile()?;
        for event in events {
            serde_json::to_writer(&mut file, event)?;
            writeln!(file)?;
        }
        file.rewind()?;
        Ok(file)
    };
    let input = input().map_err(|e| format!("its input cannot be written: {e}"))?;
    let mut command = Command::new(program);
    // Standard output is that of this program.
    command.args(args).stdin(input).stdout(std::io::stderr()).env("TICKLER_HOOK", &hook.name);
    let mut child = command.spawn().map_err(|e| format!("{program} cannot be started: {e}"))?;
    let begun = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => return Err(format!("{program} failed ({status})")),
            Ok(None) if begun.elapsed() < PATIENCE => std::thread::sleep(Duration::from_millis(20)),
            Ok(None) => {
                let (_, _) = (child.kill(), child.wait());
                return Err(format!("{program} did not end within {} minutes", PATIENCE.as_secs() / 60));
            }
            Err(e) => return Err(format!("{program} cannot be waited for: {e}")),
        }
    }
}

fn print(lines: &[Line<'_>], app: &mut App) -> anyhow::Result<()> {
    let out = &mut app.out;
    if lines.is_empty() {
        writeln!(out, "The settings have no [[hook]].")?;
    }
    for line in lines {
        let events = count(line.events.len(), "event", "events");
        let hook = clean(line.hook);
        match line.told {
            Some(true) => writeln!(out, "{hook}: {events} told")?,
            Some(false) => writeln!(out, "{hook}: {events} not told")?,
            None if line.events.is_empty() => writeln!(out, "{hook}: nothing new")?,
            None => writeln!(out, "{hook}: {events} to tell")?,
        }
        for event in line.events.iter().filter(|_| line.told.is_none()) {
            let of = |key: &str, name: &str| event.details.get(key).and_then(|v| v.get(name)?.as_str()).unwrap_or("");
            let what = [of("contract", "title"), of("deadline", "label"), of("decision", "decision")];
            let what: Vec<&str> = what.into_iter().filter(|part| !part.is_empty()).collect();
            let change = event.details.get("change").and_then(|v| v.as_str()).unwrap_or(line.event.as_str());
            let short = event.told.contract_id.short();
            writeln!(out, "  {short}  {change}  {}", clean(&what.join(": ")))?;
        }
    }
    Ok(())
}
