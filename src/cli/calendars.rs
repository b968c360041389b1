//! `tickler calendars`

use std::io::Write;
use std::process::ExitCode;

use jiff::civil::Date;
use serde::Serialize;
use tickler::calendar::holidays::{self, Holidays};

use super::Format;
use super::app::App;
use super::exit::Usage;
use super::table;

/// List the holiday calendars, or the holidays of one
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Business days are Monday to Friday without these holidays. The calendar of a contract follows from its \
    definition of a business day, else from its governing law, else from the setting `calendar`.\n\nExamples:\n  \
    tickler calendars\n  \
    tickler calendars us-federal --year 2026\n  \
    tickler calendars gb-eng --format json"
)]
pub(super) struct Args {
    /// ID of a calendar, such as gb-eng
    #[arg(value_name = "ID")]
    id: Option<String>,
    /// List only the holidays of YEAR [default: 2000 to 2050]
    #[arg(long, value_name = "YEAR", requires = "id", value_parser = clap::value_parser!(i16).range(2000..=2050))]
    year: Option<i16>,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// A calendar, and its days where they are asked for.
#[derive(Serialize)]
struct Listed<'a> {
    id: &'a str,
    name: &'a str,
    source: &'a str,
    note: Option<&'a str>,
    /// Years whose moon-dependent days are published.
    published: Option<(i16, i16)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<Vec<Day<'a>>>,
}

#[derive(Serialize)]
struct Day<'a> {
    date: Date,
    name: &'a str,
}

impl<'a> Listed<'a> {
    fn of(calendar: &'a Holidays, days: Option<Vec<Day<'a>>>) -> Self {
        let (id, name, source) = (calendar.id(), calendar.name(), calendar.source());
        Self { id, name, source, note: calendar.note(), published: calendar.listed(), days }
    }
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let Some(id) = &args.id else {
        let all: Vec<Listed<'_>> = holidays::all().iter().map(|c| Listed::of(c, None)).collect();
        match args.format {
            Format::Json => app.json(&all)?,
            Format::Text => {
                let mut out = table::table(&["ID", "NAME", "SOURCE"]);
                for c in &all {
                    table::row(&mut out, &[c.id, c.name, c.source]);
                }
                write!(app.out, "{}", table::text(&out))?;
            }
        }
        return Ok(ExitCode::SUCCESS);
    };
    let Some(calendar) = holidays::find(id) else {
        let known: Vec<&str> = holidays::all().iter().map(Holidays::id).collect();
        return Err(Usage(format!("there is no calendar {id:?}; the calendars are {}", known.join(", "))).into());
    };
    let wanted = calendar.days().iter().filter(|(date, _)| args.year.is_none_or(|y| date.year() == y));
    let days: Vec<Day<'_>> = wanted.map(|(&date, name)| Day { date, name }).collect();
    match args.format {
        Format::Json => app.json(&Listed::of(calendar, Some(days)))?,
        Format::Text => {
            writeln!(app.out, "{} [{}]\nSource: {}", calendar.name(), calendar.id(), calendar.source())?;
            let doubt = args.year.and_then(|year| calendar.doubts(year));
            for remark in calendar.note().into_iter().chain(doubt.as_deref()) {
                writeln!(app.out, "{remark}")?;
            }
            let mut out = table::table(&["DATE", "DAY", "HOLIDAY"]);
            for day in &days {
                table::row(&mut out, &[&day.date.to_string(), &day.date.strftime("%A").to_string(), day.name]);
            }
            write!(app.out, "{}", table::text(&out))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
