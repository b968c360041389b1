//! `tickler export`

mod calendars;
mod counted;
pub(super) mod map;
mod since;
mod sql;
mod tables;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use tickler::config::Settings;
use tickler::export::map::FieldMap;
use tickler::export::{self, BOM, Record, Workbook};
use tickler::store::{ContractRow, Cursor, Store, StoreError};

pub(super) use counted::Counted;

use super::app::App;
use super::current::Current;
use super::exit::Usage;
use super::extract::confidence;
use super::feed::Whose;
use super::filter::{Chosen, date};
use super::{agenda, feed, sink};

/// Export contracts as JSON, NDJSON, CSV, flat tables, a workbook or a calendar
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Only you can read a file that --output writes. A calendar has one event for each day by which somebody must decide; \
    written to the same file again, it tells what changed since, and cancels what fell away or is settled.\n\nExamples:\n  \
    tickler export --format ndjson -o contracts.ndjson\n  \
    tickler export --format ndjson --since start -o changes.ndjson\n  \
    tickler export --format csv --table schedule -o deadlines.csv --bom    # for Excel\n  \
    tickler export --format xlsx -o contracts.xlsx\n  \
    tickler export --format tables -o tables    # contracts.csv, contracts.ndjson, deadlines.csv, ...\n  \
    tickler export --format sql -o contracts.sql    # then: psql -f contracts.sql\n  \
    tickler export --map salesforce -o contracts-crm.csv\n  \
    tickler export --format ics -o deadlines.ics    # import it again to update the calendar\n  \
    tickler export --format ics --by-owner -o calendars"
)]
pub(super) struct Args {
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Rows of the CSV file: contracts, dates of the schedule, or obligations
    #[arg(long, value_enum, default_value_t)]
    table: Table,
    /// Write to FILE [default: standard output]; of tables, to the folder of this name
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write contracts under the field names of another system: a map, such as salesforce or docusign-navigator, or its file
    #[arg(long, value_name = "MAP", conflicts_with_all = ["format", "table", "since"])]
    map: Option<PathBuf>,
    /// Write only what has changed since CURSOR: `start`, or the cursor of a line of an earlier export
    ///
    /// Each line of NDJSON is a contract that is new or has changed, or is gone (`removed`), in the order in which this was
    /// found, with its cursor. Goes with `--format ndjson` alone, and looks at all contracts.
    #[arg(long, value_name = "CURSOR")]
    since: Option<Cursor>,
    /// Begin CSV files with the mark by which Excel knows UTF-8, so that it shows accents as they are
    #[arg(long, requires = "output")]
    bom: bool,
    /// Write a calendar for each owner into the folder that --output names
    #[arg(long, requires = "output")]
    by_owner: bool,
    /// Leave out values below this confidence, 0 to 1 [default: that of the settings, 0.5]
    #[arg(long, value_name = "P", value_parser = confidence)]
    min_confidence: Option<f32>,
    /// Day that counts as today [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    // Last: its heading is for all options after it.
    #[command(flatten)]
    chosen: Chosen,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Format {
    /// One JSON array
    #[default]
    Json,
    /// One JSON record per line
    Ndjson,
    /// Comma-separated values
    Csv,
    /// Workbook (Excel) of contracts, decisions, what has no day, duties, service levels and what to review
    Xlsx,
    /// Calendar (iCalendar)
    Ics,
    /// Folder of flat tables, each as NDJSON and CSV, for DuckDB, pandas and Polars
    Tables,
    /// Script for psql, which makes the tables of a PostgreSQL database what the store holds
    Sql,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Table {
    #[default]
    Contracts,
    Schedule,
    Obligations,
}

/// What is exported, as of when, and where to.
#[derive(Clone, Copy)]
struct Asked<'a> {
    store: &'a Store,
    current: &'a Current<'a>,
    rows: &'a [ContractRow],
    as_of: Date,
    settings: &'a Settings,
    output: Option<&'a Path>,
    /// What CSV files begin with.
    bom: &'a str,
}

impl<'a> Asked<'a> {
    /// The records of some of the rows.
    fn records(self, rows: &'a [ContractRow]) -> Records<'a, fn(Record) -> Record> {
        Records::new(self.current, rows, self.as_of, self.settings, |record| record)
    }
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let as_of = args.as_of.unwrap_or(app.today);
    let output = args.output.as_deref();
    let mut settings = app.settings.clone();
    settings.min_confidence = args.min_confidence.unwrap_or(settings.min_confidence);
    if args.by_owner && args.format != Format::Ics {
        return Err(Usage("--by-owner is for calendars: add --format ics".to_owned()).into());
    }
    if (args.since.is_some() || args.format == Format::Sql) && !args.chosen.is_whole() {
        let problem = "--since and SQL look at the whole store, because what they leave out counts as removed; leave out the filters";
        return Err(Usage(problem.to_owned()).into());
    }
    if let Some(since) = &args.since {
        if args.format != Format::Ndjson {
            return Err(Usage("--since writes one line a change: add --format ndjson".to_owned()).into());
        }
        return since::run(app, since, as_of, &settings, output);
    }
    let map = args.map.as_deref().map(map::load).transpose()?;
    let bom = args.bom(map.as_ref())?;
    let store = app.read_store()?;
    let current = args.chosen.current(&store)?;
    let rows = args.chosen.rows(app, &store, &current, as_of)?;
    let asked = Asked { store: &store, current: &current, rows: &rows, as_of, settings: &settings, output, bom };
    if args.has_counterparty(map.as_ref()) && knows_no_counterparty(&rows, &settings.us) {
        app.note(
            "no party of these contracts is known to be yours, so each stands with all of its parties; name your companies in \
             tickler.toml, us = [\"Your Company Ltd\"]; `tickler doctor` tells where it is",
        )?;
    }
    if args.format == Format::Ics {
        return match output {
            Some(folder) if args.by_owner => asked.calendars(app, folder),
            _ => asked.calendar(app, output),
        };
    }
    if let Some(map) = &map {
        return map::run(app, map, asked);
    }
    match args.format {
        Format::Xlsx => return workbook(app, asked),
        Format::Tables => return tables::run(asked),
        Format::Sql => return sql::run(app, asked),
        _ => {}
    }
    let json = matches!(args.format, Format::Json | Format::Ndjson);
    sink::write(app, output, json, |mut out| {
        let revised = |record: Record| if json { record.revised() } else { record };
        let mut records = Records::new(&current, &rows, as_of, &settings, revised);
        out.write_all(bom.as_bytes())?;
        match (args.format, args.table) {
            (Format::Json, _) => export::json(&mut records, &mut out)?,
            (Format::Ndjson, _) => export::ndjson(&mut records, &mut out)?,
            (_, Table::Contracts) => export::contracts_csv(&mut records, &mut out)?,
            (_, Table::Schedule) => {
                let rows = records
                    .by_ref()
                    .flat_map(|record| export::schedule_rows(&record, |entry| agenda::stands(&record, entry, as_of)));
                export::schedule_csv(rows, &mut out)?;
            }
            (_, Table::Obligations) => export::obligations_csv(&mut records, &mut out)?,
        }
        records.finish()
    })?;
    Ok(ExitCode::SUCCESS)
}

impl Args {
    /// Whether what is written tells whom a contract is with.
    fn has_counterparty(&self, map: Option<&FieldMap>) -> bool {
        let by_format = matches!(self.format, Format::Xlsx | Format::Ics | Format::Tables | Format::Sql);
        map.map_or(by_format, FieldMap::has_counterparty)
    }

    /// What CSV files begin with.
    fn bom(&self, map: Option<&FieldMap>) -> anyhow::Result<&'static str> {
        if !self.bom {
            return Ok("");
        }
        let is_csv = map.map_or(matches!(self.format, Format::Csv | Format::Tables), |map| !map.is_json());
        if !is_csv || self.output.as_deref().is_some_and(|path| path.as_os_str() == "-") {
            return Err(Usage("--bom is for CSV files: add --format csv, and a file with --output".to_owned()).into());
        }
        Ok(BOM)
    }
}

/// Whether all contracts are between others, as far as the settings tell.
fn knows_no_counterparty(rows: &[ContractRow], us: &[String]) -> bool {
    !rows.is_empty() && rows.iter().all(|row| export::counterparty(&row.parties, us).is_none())
}

impl Asked<'_> {
    /// Writes the calendar of all contracts.
    fn calendar(&self, app: &mut App, output: Option<&Path>) -> anyhow::Result<ExitCode> {
        let assumed = self.write(app, output, Whose::Everybody, self.rows)?;
        feed::tell_assumed(app, assumed)?;
        Ok(ExitCode::SUCCESS)
    }

    /// Writes one calendar, and gives how many dates are not in it, because they are only assumed.
    fn write(
        &self,
        app: &mut App,
        output: Option<&Path>,
        whose: Whose<'_>,
        rows: &[ContractRow],
    ) -> anyhow::Result<usize> {
        let Self { store, current, as_of, settings, .. } = *self;
        let records = Records::new(current, rows, as_of, settings, feed::decisions(as_of));
        feed::to_file(app, (store, current), as_of, whose, output, records)
    }
}

/// Writes a workbook. Contracts that have ended are in it: a sheet can be filtered.
fn workbook(app: &mut App, asked: Asked<'_>) -> anyhow::Result<ExitCode> {
    let Asked { rows, as_of, settings, output, .. } = asked;
    // Standard output is for text: escape codes are removed from it.
    let Some(file) = output.filter(|path| path.as_os_str() != "-") else {
        return Err(Usage("a workbook is no text: give a file with --output".to_owned()).into());
    };
    let mut book = Workbook::new(settings, as_of)?;
    let mut records = asked.records(rows);
    records.try_for_each(|record| book.add(&record))?;
    records.finish()?;
    let mut left_out = 0;
    sink::write(app, Some(file), false, |mut out| {
        left_out = book.write(&mut out)?;
        Ok(())
    })?;
    if left_out > 0 {
        let words = agenda::count(left_out as usize, "row has", "rows have");
        app.note(&format!("{words} no place in a workbook; export fewer contracts, or as CSV"))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The time stamp of a calendar: the beginning of its day, so that the same day gives the same bytes.
pub(super) fn stamp(as_of: Date) -> anyhow::Result<Timestamp> {
    Ok(as_of.to_zoned(TimeZone::UTC)?.timestamp())
}

/// The records of stored contracts, one at a time. When the store fails they end, and [`Self::finish`] gives the error.
pub(crate) struct Records<'a, F> {
    current: &'a Current<'a>,
    rows: std::slice::Iter<'a, ContractRow>,
    as_of: Date,
    settings: &'a Settings,
    make: F,
    error: Option<StoreError>,
}

impl<'a, F: FnMut(Record) -> Record> Records<'a, F> {
    /// The records of `rows`, each put through `make`.
    pub(crate) fn new(
        current: &'a Current<'a>,
        rows: &'a [ContractRow],
        as_of: Date,
        settings: &'a Settings,
        make: F,
    ) -> Self {
        Self { current, rows: rows.iter(), as_of, settings, make, error: None }
    }

    /// Whether all records were read.
    pub(crate) fn finish(self) -> anyhow::Result<()> {
        self.error.map_or(Ok(()), |e| Err(e.into()))
    }
}

impl<F: FnMut(Record) -> Record> Iterator for Records<'_, F> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        loop {
            let row = self.rows.next()?;
            match self.current.record(row, self.as_of, self.settings) {
                Ok(Some(record)) => return Some((self.make)(record)),
                // Removed by another process in the meantime.
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
