//! `tickler schedule`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use jiff::civil::Date;
use tickler::config::Settings;
use tickler::schedule::EntryKind;

use super::app::App;
use super::filter::{Chosen, Within, date, within};
use super::{agenda, export, sink};

/// List what is due, by date
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Each date is the last day to act. Where a contract can be read in two ways, it is the conservative \
    reading. `tickler explain` with an ID of the list shows the computation.\n\nExamples:\n  \
    tickler schedule --within 90d\n  \
    tickler schedule --kind notice-deadline --party Holloway\n  \
    tickler schedule --within 1y --format ics -o deadlines.ics"
)]
pub(super) struct Args {
    /// How far to look ahead, such as 90d, 12w, 6m or 2y
    #[arg(long, default_value = "180d", value_parser = within, value_name = "SPAN")]
    within: Within,
    /// List all dates, including past ones
    #[arg(long, conflicts_with = "within")]
    all: bool,
    /// List only dates of this kind, such as notice-deadline or expiration; repeatable
    #[arg(long, value_parser = kind, value_name = "KIND")]
    kind: Vec<EntryKind>,
    /// Day that counts as today [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
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
        "use notice-deadline, notice-window-opens, expiration, renewal, obligation-due, claim-deadline, price-change or \
         review"
            .to_owned()
    })
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let store = app.read_store()?;
    let as_of = args.as_of.unwrap_or(app.today);
    let current = args.chosen.current(&store)?;
    let rows = args.chosen.rows(app, &store, &current, as_of)?;
    let until = args.within.after(as_of);
    let range = (!args.all).then_some((as_of, until));
    let output = args.output.as_deref();
    match args.format {
        Format::Text | Format::Json => {
            let items = agenda::items(app, &current, &rows, as_of, range, &args.kind)?;
            let json = args.format == Format::Json;
            sink::write(app, output, json, |mut out| {
                if json {
                    serde_json::to_writer_pretty(&mut out, &items)?;
                    writeln!(out)?;
                } else if items.is_empty() {
                    writeln!(
                        out,
                        "Nothing is due{}.",
                        if args.all { String::new() } else { format!(" until {until}") }
                    )?;
                } else {
                    write!(out, "{}", agenda::table(&items, as_of))?;
                }
                Ok(())
            })?;
        }
        Format::Csv | Format::Ics => {
            let keep = |e: &tickler::schedule::ScheduleEntry| {
                range.is_none_or(|(from, until)| e.date >= from && e.date <= until)
                    && (args.kind.is_empty() || args.kind.contains(&e.kind))
            };
            let settings = Settings { min_confidence: 0.0, ..app.settings.clone() };
            let make = |mut record: tickler::export::Record| {
                if !current.is_folded(&record.contract.document.id) {
                    let until = range.map_or(as_of, |r| r.1);
                    record.schedule = agenda::entries(&record.contract, &record.events, as_of, until, &settings);
                    record.schedule.retain(keep);
                }
                record
            };
            let mut records = export::Records::new(&current, &rows, as_of, &settings, make);
            let ics = args.format == Format::Ics;
            sink::write(app, output, false, |mut out| {
                if ics {
                    tickler::export::ics(&mut records, export::stamp(as_of)?, &mut out)?;
                } else {
                    tickler::export::schedule_csv(&mut records, &mut out)?;
                }
                records.finish()
            })?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
