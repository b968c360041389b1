//! `tickler list`

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

use jiff::civil::Date;
use serde::Serialize;
use tickler::store::{ContractRow, FailureRow};

use super::Format;
use super::agenda::{self, Glance};
use super::app::App;
use super::clean::short;
use super::filter::{Chosen, date};
use super::table;

/// List the contracts in the store
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tickler list --party Holloway\n  \
    tickler list --renewal automatic --notice-before 2026-12-31\n  \
    tickler list --failures")]
pub(super) struct Args {
    /// List the files that could not be read
    #[arg(long)]
    failures: bool,
    /// Day that counts as today [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    // Last: its heading is for all options after it.
    #[command(flatten)]
    chosen: Chosen,
}

#[derive(Serialize)]
struct Line {
    #[serde(flatten)]
    row: ContractRow,
    next_notice_deadline: Option<Date>,
    #[serde(skip)]
    foreign: bool,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let store = app.read_store()?;
    if args.failures {
        let failures = store.failures()?;
        match args.format {
            Format::Json => app.json(&failures)?,
            Format::Text => write!(app.out, "{}", failed(&failures))?,
        }
        return Ok(ExitCode::SUCCESS);
    }
    let as_of = args.as_of.unwrap_or(app.today);
    let current = args.chosen.current(&store)?;
    let rows = args.chosen.rows(app, &store, &current, as_of)?;
    let glances = agenda::glances(app, &current, &rows, as_of)?;
    let lines = rows.into_iter().map(|row| {
        let Glance { next_deadline, foreign } = glances.get(&row.id).copied().unwrap_or_default();
        Line { row, next_notice_deadline: next_deadline, foreign }
    });
    match args.format {
        Format::Json => app.json(&lines.collect::<Vec<_>>())?,
        Format::Text => {
            let mut out =
                table::table(&["ID", "FILE", "TYPE", "PARTIES", "EFFECTIVE", "EXPIRES", "RENEWAL", "NOTICE BY"]);
            for Line { row, next_notice_deadline, foreign } in lines {
                let text = |s: &Option<String>| s.clone().unwrap_or_default();
                let kind = if foreign { "not in English".to_owned() } else { text(&row.kind) };
                let mut file = short(&row.file_name, 48) + if row.current { "" } else { " (outdated)" };
                if let Some(parent) =
                    current.families.card(current.families.base(&row.id)).filter(|c| c.document != row.id)
                {
                    let _ = write!(file, " (amends {})", short(&parent.file_name, 48));
                }
                table::row(
                    &mut out,
                    &[
                        row.id.short(),
                        &file,
                        &kind,
                        &short(&row.parties.join(", "), 60),
                        &text(&row.effective_date),
                        &text(&row.expiration_date),
                        &text(&row.renewal),
                        &next_notice_deadline.map_or_else(String::new, |d| d.to_string()),
                    ],
                );
            }
            write!(app.out, "{}", table::text(&out))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A table of the files that could not be read.
pub(super) fn failed(failures: &[FailureRow]) -> String {
    let mut out = table::table(&["PATH", "REASON"]);
    for f in failures {
        table::row(&mut out, &[&f.uri, &f.message]);
    }
    table::text(&out)
}
