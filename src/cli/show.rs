//! `tickler show`

use std::io::Write as _;
use std::process::ExitCode;

use jiff::civil::Date;
use serde::Serialize;
use tickler::config::Settings;
use tickler::export::Record;
use tickler::provenance::{Evidence, Severity};
use tickler::schedule;

use super::Format;
use super::agenda::away;
use super::app::{App, BOLD, DIM, one_like};
use super::clean::{clean, short};
use super::facts;
use super::filter::date;

/// Show what is known of one contract, with the words that prove it
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  tickler show cloud-msa.pdf\n  tickler show 3f2a9c0b --quotes\n\n\
    `tickler explain ID` says more about one value or date.")]
pub(super) struct Args {
    /// File name or a part of it, path, or first digits of the identity
    contract: String,
    /// Quote the document in full
    #[arg(long)]
    quotes: bool,
    /// Day from which deadlines are counted [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Serialize)]
struct Shown {
    paths: Vec<String>,
    #[serde(flatten)]
    record: Record,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let store = app.read_store()?;
    let row = one_like(&store, &args.contract)?;
    let paths = store.paths(&row.id)?;
    let as_of = args.as_of.unwrap_or(app.today);
    let Some(contract) = store.contract(&row.id)? else {
        anyhow::bail!("the contract was taken out of the store meanwhile");
    };
    if args.format == Format::Json {
        let settings = Settings { min_confidence: 0.0, ..app.settings.clone() };
        let record = Record::new(contract, Some(as_of), &settings);
        app.json(&Shown { paths, record })?;
        return Ok(ExitCode::SUCCESS);
    }
    let out = &mut app.out;
    let name = row.title.as_deref().unwrap_or(&row.file_name);
    writeln!(out, "{BOLD}{}{BOLD:#}", clean(name))?;
    let pages = if row.pages == 1 { "1 page".to_owned() } else { format!("{} pages", row.pages) };
    writeln!(out, "{DIM}{}, {pages}, {}{DIM:#}", clean(&row.file_name), row.id.short())?;
    for path in &paths {
        writeln!(out, "{DIM}{}{DIM:#}", clean(path))?;
    }
    writeln!(out)?;
    for view in facts::of(&contract)? {
        writeln!(out, "{BOLD}{}{BOLD:#}  {}", view.label, clean(&view.value()))?;
        let evidence = view.fact.evidence();
        let first = evidence.first().map_or(1, Evidence::page);
        let (percent, id) = (view.percent(), view.fact.id());
        writeln!(out, "    {DIM}page {first}, {percent}, {id}{DIM:#}")?;
        for e in evidence.iter().take(if args.quotes { usize::MAX } else { 1 }) {
            let quote = if args.quotes { clean(e.quote()) } else { short(e.quote(), 160) };
            writeln!(out, "    \u{201c}{quote}\u{201d}")?;
        }
    }
    let entries = schedule::build(&contract, Some(as_of), &app.settings);
    if !entries.is_empty() {
        writeln!(out, "\n{BOLD}Dates{BOLD:#}")?;
    }
    for e in entries {
        let when = away(as_of, e.date);
        writeln!(out, "  {}  {}  {DIM}{when}, {}{DIM:#}", e.date, clean(&e.label), e.id)?;
        if e.literal_date != e.date {
            writeln!(out, "              {DIM}{} by the plain count{DIM:#}", e.literal_date)?;
        }
    }
    let remarks: Vec<_> = contract.diagnostics.iter().filter(|d| d.severity > Severity::Info).collect();
    if !remarks.is_empty() {
        writeln!(out, "\n{BOLD}Remarks{BOLD:#}")?;
    }
    for d in remarks {
        let page = d.location.and_then(|l| l.page).map_or_else(String::new, |p| format!("page {p}: "));
        writeln!(out, "  {page}{} {DIM}({}){DIM:#}", clean(&d.message), clean(&d.code))?;
    }
    Ok(ExitCode::SUCCESS)
}
