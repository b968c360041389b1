//! `tickler remind`

mod dates;
mod last;
mod moot;
mod print;
mod unit;

use std::collections::BTreeMap;
use std::process::ExitCode;

use jiff::civil::Date;
use serde::Serialize;
use tickler::remind::{self, Digest, Due, Known, Recipient, Reminder, Wanted};
use tickler::store::{Posted, Store};

use super::Format;
use super::app::App;
use super::current::Current;
use super::exit::SOME_FAILED;
use super::filter::date;
use dates::{Dates, Written};
use unit::Unit;

pub(super) use last::Last;

/// Write down whom to remind of what; `tickler send` delivers it
///
/// The owner of a contract is reminded before the day to act, on it, and again while it is overdue; who stands in as well,
/// when nobody reacts. It is safe to run it as often as you like: what was told is not told again, and what was missed while the
/// computer was off is told late rather than never.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Whom and when: `[[person]]`, `[remind]` and `reminders` in the settings (docs/reminders.md).\n\nExamples:\n  \
    tickler remind --dry-run\n  \
    tickler remind && tickler send\n  \
    tickler remind --list\n  \
    tickler remind --unit systemd    # print what runs both every morning"
)]
pub(super) struct Args {
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// List the reminders that were written, and whether they were sent
    #[arg(long, conflicts_with_all = ["dry_run", "as_of"])]
    list: bool,
    /// Print what makes this system run `remind` and `send` every morning
    #[arg(long, value_enum, value_name = "SYSTEM", conflicts_with_all = ["dry_run", "as_of", "list", "format"])]
    unit: Option<Unit>,
    /// Day that counts as today [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// What one run does, as JSON.
#[derive(Serialize)]
struct Report {
    as_of: Date,
    dry_run: bool,
    /// The reminders that were written.
    reminders: Vec<Reminder>,
    /// Those that waited and are moot, each with why.
    moot: BTreeMap<String, &'static str>,
    /// Who should be told and has no address.
    without_address: Vec<String>,
    /// How many wait to be sent now.
    waiting: usize,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    if let Some(unit) = args.unit {
        unit.print(app)?;
        return Ok(ExitCode::SUCCESS);
    }
    if args.list {
        let posted: Vec<Posted> = app.read_store()?.outbox()?;
        match args.format {
            Format::Json => app.json(&posted)?,
            Format::Text => print::list(&posted, app)?,
        }
        return Ok(ExitCode::SUCCESS);
    }
    let as_of = args.as_of.unwrap_or(app.today);
    let mut store = if args.dry_run { app.read_store()? } else { app.store_to_tell()? };
    let report = look(app, &store, as_of, args.dry_run)?;
    if !args.dry_run {
        store.fill(&report.reminders, &report.moot, as_of, app.now)?;
    }
    let without = &report.without_address;
    for name in without {
        app.failed(name, "has no address, so another one is told; add a [[person]] with this name to the settings")?;
    }
    let code = if without.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) };
    match args.format {
        Format::Json => app.json(&report)?,
        Format::Text => print::report(&report, app)?,
    }
    Ok(code)
}

/// What is to be written on a day.
fn look(app: &App, store: &Store, as_of: Date, dry_run: bool) -> anyhow::Result<Report> {
    let current = Current::new(store, None)?;
    let since = store.last_fill()?.map_or(as_of, |last| last.day);
    let (known, waiting) = (store.reminded()?, store.waiting()?);
    let dates = Dates::of(app, store, &current, &known, (since, as_of))?;
    let due: Vec<Due<'_>> = dates.items.iter().map(|item| dates::due(item, as_of)).collect();
    let everybody = everybody(app);
    let (wanted, without_address) = remind::wanted(&due, &known, &app.settings, &everybody, as_of);
    let begun = store.begun()?;
    let open = waiting.iter().filter(|one| !begun.contains(&one.message)).cloned();
    let open = remind::digests(open.collect());
    let reminders = write(app, &dates, &current, wanted, (&known, &open), as_of)?;
    let moot = moot::moot(app, &dates, &current, &waiting, &reminders, &everybody, as_of)?;
    let waiting = waiting.len() - moot.len() + reminders.len();
    Ok(Report { as_of, dry_run, reminders, moot, without_address, waiting })
}

/// Who is told what concerns nobody else: the address of the settings, else the user of this computer.
fn everybody(app: &App) -> Recipient {
    if let Some(to) = &app.settings.remind.to {
        return Recipient::mail("everybody", to);
    }
    let me = app.me();
    let words: Vec<String> =
        me.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    Recipient::mail(&me, &format!("{}@localhost", words.join(".")))
}

/// The reminders that are wanted, with their words; those of one recipient are one message, with those that still wait in
/// one of the messages `open`.
fn write(
    app: &App,
    dates: &Dates,
    current: &Current<'_>,
    wanted: Vec<Wanted>,
    (known, open): (&Known, &[Digest]),
    as_of: Date,
) -> anyhow::Result<Vec<Reminder>> {
    let mut messages: BTreeMap<Recipient, Vec<&str>> = BTreeMap::new();
    for one in &wanted {
        messages.entry(one.recipient.clone()).or_default().push(&one.key);
    }
    let named = |(recipient, keys): (Recipient, Vec<&str>)| {
        let own = open.iter().find(|one| (one.channel, &one.recipient) == (recipient.channel, &recipient.address));
        (recipient, own.map_or_else(|| remind::message(keys), |own| own.id.clone()))
    };
    let messages: BTreeMap<Recipient, String> = messages.into_iter().map(named).collect();
    let mut written = Written::new(app, dates, current, known, as_of);
    let mut out = Vec::with_capacity(wanted.len());
    for one in wanted {
        let item = &dates.items[one.of];
        // Its record cannot be read, and it is passed over.
        let Some(words) = written.words(item, &one)? else { continue };
        out.push(Reminder {
            at: app.now,
            message: messages.get(&one.recipient).cloned().unwrap_or_default(),
            channel: one.recipient.channel,
            document: item.whose.contract.clone(),
            entry: item.entry.id.clone(),
            act_by: item.entry.act_by,
            day: one.day,
            told: as_of,
            key: one.key,
            recipient: one.recipient.address,
            words,
        });
    }
    Ok(out)
}
