//! `tickler export`

use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use tickler::config::Settings;
use tickler::export::{self, Record};
use tickler::store::{ContractRow, StoreError};

use super::app::App;
use super::current::Current;
use super::extract::confidence;
use super::filter::{Chosen, date};
use super::sink;

/// Hand the contracts in the store to another program
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tickler export --format ndjson -o contracts.ndjson\n  \
    tickler export --format csv --table schedule -o deadlines.csv\n  \
    tickler export --format ics -o deadlines.ics    import it again to update the events")]
pub(super) struct Args {
    #[command(flatten)]
    chosen: Chosen,
    /// What to write
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// With csv: one row a contract, one row a date, or one row a duty
    #[arg(long, value_enum, default_value_t)]
    table: Table,
    /// Write to this file, which appears whole or not at all [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Least confidence of a value, 0 to 1 [default: that of the settings, 0.5]
    #[arg(long, value_name = "P", value_parser = confidence)]
    min_confidence: Option<f32>,
    /// Day up to which terms are listed [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    /// One array
    #[default]
    Json,
    /// One record a line
    Ndjson,
    /// Comma-separated values
    Csv,
    /// A calendar
    Ics,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Table {
    #[default]
    Contracts,
    Schedule,
    Obligations,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let store = app.read_store()?;
    let as_of = args.as_of.unwrap_or(app.today);
    let current = args.chosen.current(&store)?;
    let rows = args.chosen.rows(app, &store, &current, as_of)?;
    let mut settings = app.settings.clone();
    settings.min_confidence = args.min_confidence.unwrap_or(settings.min_confidence);
    let json = matches!(args.format, Format::Json | Format::Ndjson);
    sink::write(app, args.output.as_deref(), json, |mut out| {
        let mut records = Records::new(&current, &rows, as_of, &settings, |r| r);
        match (args.format, args.table) {
            (Format::Json, _) => export::json(&mut records, &mut out)?,
            (Format::Ndjson, _) => export::ndjson(&mut records, &mut out)?,
            (Format::Csv, Table::Contracts) => export::contracts_csv(&mut records, &mut out)?,
            (Format::Csv, Table::Schedule) => export::schedule_csv(&mut records, &mut out)?,
            (Format::Csv, Table::Obligations) => export::obligations_csv(&mut records, &mut out)?,
            (Format::Ics, _) => export::ics(&mut records, stamp(as_of)?, &mut out)?,
        }
        records.finish()
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The time that a calendar bears: the beginning of the day it was made for, so that the same day gives the same bytes.
pub(super) fn stamp(as_of: Date) -> anyhow::Result<Timestamp> {
    Ok(as_of.to_zoned(TimeZone::UTC)?.timestamp())
}

/// The records of stored contracts, one at a time. Ends early when the store fails, which [`Self::finish`] tells.
pub(super) struct Records<'a, F> {
    current: &'a Current<'a>,
    rows: std::slice::Iter<'a, ContractRow>,
    as_of: Date,
    settings: &'a Settings,
    make: F,
    error: Option<StoreError>,
}

impl<'a, F: FnMut(Record) -> Record> Records<'a, F> {
    /// The records of `rows`, each put through `make`.
    pub(super) fn new(
        current: &'a Current<'a>,
        rows: &'a [ContractRow],
        as_of: Date,
        settings: &'a Settings,
        make: F,
    ) -> Self {
        Self { current, rows: rows.iter(), as_of, settings, make, error: None }
    }

    /// Whether all records were read.
    pub(super) fn finish(self) -> anyhow::Result<()> {
        self.error.map_or(Ok(()), |e| Err(e.into()))
    }
}

impl<F: FnMut(Record) -> Record> Iterator for Records<'_, F> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        loop {
            let row = self.rows.next()?;
            match self.current.record(&row.id, self.as_of, self.settings) {
                Ok(Some(record)) => return Some((self.make)(record)),
                // Taken out by another process since the list was made.
                Ok(None) => {}
                Err(error) => {
                    self.error = Some(error);
                    self.rows = [].iter();
                    return None;
                }
            }
        }
    }
}
