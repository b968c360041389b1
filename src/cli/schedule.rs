//! `tickler schedule`

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use jiff::ToSpan as _;
use jiff::civil::Date;
use tickler::config::Settings;
use tickler::export::{self as written, ScheduleRow};
use tickler::record::{DocumentId, EntryId};
use tickler::schedule::{EntryKind, OpenEntry, ScheduleEntry, Standing};

use super::agenda::{self, Agenda, By, FullItem, OpenItem, Sort, Wanted};
use super::app::App;
use super::filter::{Chosen, Within, date, within};
use super::{export, feed, sink};

/// How many days ahead the list looks unless it is told.
const AHEAD: i32 = 180;

/// List what has to be decided, by the day to act
#[derive(Debug, clap::Args)]
#[command(
    after_help = "ACT BY is the last safe day: to send notice where the contract says when notices count, else the \
    conservative reading of the deadline. A decision that was missed stays listed while its term runs; what renews, can \
    be renewed or can be ended and cannot be dated is listed as open. `tickler explain` with an ID of the list shows the \
    computation. A calendar (ics) has one event for each decision; written to the same file again, it tells what changed \
    and cancels what fell away.\n\nExamples:\n  \
    tickler schedule --within 90d\n  \
    tickler schedule --within -30d..90d --duties\n  \
    tickler schedule --within 30d --all --by contract\n  \
    tickler schedule --by month --sort party\n  \
    tickler schedule --overdue\n  \
    tickler schedule --undecided --within 5y\n  \
    tickler schedule --kind notice-deadline --party Holloway\n  \
    tickler schedule --within 1y --format ics -o deadlines.ics"
)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
pub(super) struct Args {
    /// How far to look ahead, such as 90d, 12w, 6m or 2y, or from when to when, such as -30d..90d [default: 180d]
    #[arg(long, value_parser = within, value_name = "SPAN", allow_hyphen_values = true)]
    within: Option<Within>,
    /// List everything: duties, windows, renewals, changes of prices, reviews, and contracts that have ended; without
    /// --within past dates, too
    #[arg(long, conflicts_with = "undecided")]
    all: bool,
    /// List only decisions that were missed, or that are late by the conservative reading
    #[arg(long, conflicts_with = "undecided")]
    overdue: bool,
    /// List what parties must do, too
    #[arg(long, conflicts_with = "undecided")]
    duties: bool,
    /// List the dates of duties that rest on an assumption, such as the day of a monthly report
    #[arg(long, conflicts_with = "undecided")]
    assumed: bool,
    /// List contracts that have ended, too
    #[arg(long)]
    ended: bool,
    /// List only dates of this kind, such as notice-deadline or expiration; repeatable
    #[arg(long, value_parser = kind, value_name = "KIND")]
    kind: Vec<EntryKind>,
    /// Day that counts as today [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    /// Put lines under headings
    #[arg(long, value_enum)]
    by: Option<By>,
    /// Order of the lines
    #[arg(long, value_enum, default_value_t)]
    sort: Sort,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Write to FILE [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    // Last: its heading is for all options after it.
    #[command(flatten)]
    chosen: Chosen,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    #[default]
    Text,
    Json,
    Csv,
    Ics,
}

fn kind(text: &str) -> Result<EntryKind, String> {
    serde_json::from_value(text.to_lowercase().replace('-', "_").into()).map_err(|_| {
        "use notice-deadline, notice-window-opens, option-deadline, break-deadline, expiration, renewal, obligation-due, \
         claim-deadline, price-change or review"
            .to_owned()
    })
}

/// A line of the list, dated or open.
#[derive(serde::Serialize)]
#[serde(untagged)]
enum Line<'a> {
    Dated(&'a FullItem),
    Open(&'a OpenItem),
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let store = app.read_store()?;
    let as_of = args.as_of.unwrap_or(app.today);
    let current = args.chosen.current(&store)?;
    let rows = args.chosen.rows(app, &store, &current, as_of)?;
    let mut range = match args.within {
        Some(within) => Some(within.around(as_of)),
        None if args.all => None,
        None => Some((as_of, as_of.saturating_add(AHEAD.days()))),
    };
    let undecided = args.chosen.undecided();
    if let Some((from, _)) = range.as_mut().filter(|_| undecided) {
        // The safe day of a decision may have passed while its last day lies ahead.
        *from = from.saturating_sub(1.year());
    }
    let wanted = Wanted {
        as_of,
        quiet: as_of,
        range,
        kinds: &args.kind,
        duties: args.duties || args.all || args.assumed,
        days_of_duties: false,
        others: args.all,
        assumed: args.assumed,
        overdue: args.overdue,
        // Who names a span of days wants no others.
        to_send: args.within.is_none(),
        ended: args.ended || args.all,
    };
    let mut found = agenda::agenda(app, &current, &rows, &wanted)?;
    if undecided {
        found.keep_undecided(as_of);
    }
    agenda::sort(&mut found.items, args.sort, &app.settings.us);
    let output = args.output.as_deref();
    match args.format {
        Format::Json => {
            let items = agenda::in_full(app, &current, found.items, &wanted)?;
            let lines = items.iter().map(Line::Dated).chain(found.open.iter().map(Line::Open));
            let lines: Vec<Line<'_>> = lines.collect();
            sink::write(app, output, true, |mut out| {
                serde_json::to_writer_pretty(&mut out, &lines)?;
                Ok(writeln!(out)?)
            })?;
        }
        Format::Text if undecided && found.items.is_empty() => {
            writeln!(app.out, "Nothing waits for a decision until {}.", wanted.until())?;
        }
        Format::Text => {
            let us = app.settings.us.clone();
            sink::page(app, output, |out| Ok(print(&found, &wanted, args.by, &us, out)?))?;
        }
        Format::Csv | Format::Ics => {
            let settings = Settings { min_confidence: 0.0, ..app.settings.clone() };
            let mut listed: HashMap<DocumentId, (Vec<ScheduleEntry>, Vec<OpenEntry>)> = HashMap::new();
            // A table is in the order of the list, a calendar in that of the contracts.
            let mut places: HashMap<EntryId, (usize, Standing, Option<String>)> = HashMap::new();
            // A calendar is for what has to be decided, unless more is asked for.
            let more = args.format == Format::Csv || args.duties || args.all || !args.kind.is_empty();
            found.items.retain(|item| more || item.entry.kind.is_decision());
            for FullItem { whose, standing, follows, entry, .. } in
                agenda::in_full(app, &current, found.items, &wanted)?
            {
                places.insert(entry.id.clone(), (places.len(), standing, follows));
                listed.entry(whose.contract).or_default().0.push(entry);
            }
            for OpenItem { whose, entry, .. } in found.open {
                listed.entry(whose.contract).or_default().1.push(entry);
            }
            let rows: Vec<_> = rows.into_iter().filter(|row| listed.contains_key(&row.id)).collect();
            let make = |mut record: tickler::export::Record| {
                (record.schedule, record.open) = listed.remove(&record.contract.document.id).unwrap_or_default();
                record
            };
            let mut records = export::Records::new(&current, &rows, as_of, &settings, make);
            if args.format == Format::Ics {
                let place = (&store, &current);
                let assumed = feed::to_file(app, place, as_of, feed::Whose::Everybody, output, records)?;
                feed::tell_assumed(app, assumed)?;
            } else {
                let last = places.len();
                let place = |id: &EntryId| places.get(id).map_or(last, |(place, ..)| *place);
                let stands = |entry: &ScheduleEntry| {
                    let told = places.get(&entry.id).map(|(_, standing, follows)| (*standing, follows.clone()));
                    told.unwrap_or_else(|| (entry.standing(as_of), None))
                };
                let mut rows: Vec<ScheduleRow> =
                    records.by_ref().flat_map(|record| written::schedule_rows(&record, stands)).collect();
                rows.sort_by_key(|row| place(&row.id));
                sink::write(app, output, false, |mut out| {
                    written::schedule_csv(rows, &mut out)?;
                    records.finish()
                })?;
            }
        }
    }
    app.keep_dates(&current, as_of);
    Ok(ExitCode::SUCCESS)
}

fn print(found: &Agenda, wanted: &Wanted<'_>, by: Option<By>, us: &[String], out: &mut dyn Write) -> io::Result<()> {
    if found.items.is_empty() && found.open.is_empty() {
        match wanted.range {
            _ if wanted.overdue => writeln!(out, "Nothing is overdue.")?,
            Some((_, until)) => writeln!(out, "Nothing is due until {until}.")?,
            None => writeln!(out, "Nothing is due.")?,
        }
    } else if let Some(by) = by {
        for group in agenda::grouped(&found.items, &found.open, by, us) {
            writeln!(out, "{}", group.heading)?;
            writeln!(out, "{}", agenda::table(group.items, group.open, wanted.as_of, us))?;
        }
    } else {
        write!(out, "{}", agenda::table(&found.items, &found.open, wanted.as_of, us))?;
    }
    let duties = found.duties();
    if duties > 0 && !wanted.overdue {
        writeln!(out, "{}; --duties lists them.", agenda::count(duties, "duty is due", "duties are due"))?;
    }
    if found.others > 0 && !wanted.overdue {
        let words = agenda::count(found.others, "other date lies", "other dates lie");
        writeln!(out, "{words} in this time, such as renewals and windows; --all lists them.")?;
    }
    agenda::left_out(found.ended).map_or(Ok(()), |words| writeln!(out, "{words}"))
}
