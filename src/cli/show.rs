//! `tickler show`

use std::io::{self, Write};
use std::process::ExitCode;

use jiff::civil::Date;
use serde::Serialize;
use tickler::config::Settings;
use tickler::export::Record;
use tickler::family::Kinship;
use tickler::record::value::{Modality, Obligation, TimingKind};
use tickler::record::{Contract, DocumentId, Evidence, Field, Severity};
use tickler::said::Owner;
use tickler::schedule::Life;

use super::Format;
use super::agenda::{away, count};
use super::app::{App, BOLD, DIM, one};
use super::clauses;
use super::clean::{clean, short};
use super::current::Current;
use super::facts;
use super::filter::date;
use super::tell;
use super::wrap::Wrap;

/// Show the values of one contract with their proof
#[derive(Debug, clap::Args)]
#[command(after_help = "`tickler explain` with an ID of the list says more about a value or a date.\n\nExamples:\n  \
    tickler show cloud-msa-auto-renewal.pdf\n  \
    tickler show office-lease --obligations\n  \
    tickler show 7a2c9d70 --quotes")]
pub(super) struct Args {
    /// File name or a part of it, path, or first digits of the ID
    contract: String,
    /// Print quotes in full
    #[arg(long)]
    quotes: bool,
    /// List all obligations, including those without a time
    #[arg(long, alias = "duties")]
    obligations: bool,
    /// Day that counts as today [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    /// Use the terms in force on DATE, without later amendments [default: all amendments]
    #[arg(long, value_name = "DATE", value_parser = date)]
    version_as_of: Option<Date>,
    /// Output format
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
    let row = one(&store, &args.contract)?;
    let paths = store.paths(&row.id)?;
    let as_of = args.as_of.unwrap_or(app.today);
    let current = Current::new(&store, args.version_as_of)?;
    let settings = Settings { min_confidence: 0.0, ..app.settings.clone() };
    let record = current.record(&row, as_of, &settings)?.ok_or_else(tell::gone)?;
    if args.format == Format::Json {
        app.json(&Shown { paths, record })?;
        return Ok(ExitCode::SUCCESS);
    }
    let out = &mut Wrap::screen(&mut app.out);
    let name = row.title.as_deref().unwrap_or(&row.file_name);
    writeln!(out, "{BOLD}{}{BOLD:#}", clean(name))?;
    let pages = count(row.pages as usize, "page", "pages");
    writeln!(out, "{DIM}{}, {pages}, {}{DIM:#}", clean(&row.file_name), row.id.short())?;
    for path in &paths {
        writeln!(out, "{DIM}{}{DIM:#}", clean(path))?;
    }
    let Record { contract, life, schedule, open, family, corrections, owner, .. } = record;
    if let Some(family) = &family {
        relatives(family, &row.id, &current, out)?;
    }
    if let Some(Life { state, reason, .. }) = life {
        writeln!(out, "State: {}{DIM}, {}{DIM:#}", state.as_str(), clean(&reason))?;
    }
    if let Some(Owner { name, backup, .. }) = owner {
        let backup = backup.map_or_else(String::new, |backup| format!(", backup {}", clean(&backup)));
        writeln!(out, "Owner: {}{backup}", clean(&name))?;
    }
    writeln!(out)?;
    for fact in facts::of(&contract).into_iter().filter(|f| !matches!(f.field, Field::obligations | Field::clauses)) {
        writeln!(out, "{BOLD}{}{BOLD:#}  {}", fact.field.label(), clean(&facts::value(&fact)))?;
        let evidence = fact.evidence;
        let first = evidence.first().map_or(1, Evidence::page);
        let from = evidence.first().map(Evidence::document).filter(|d| **d != row.id);
        let from = from
            .and_then(|d| current.families.card(d))
            .map_or_else(String::new, |c| format!(" of {}", clean(&c.file_name)));
        let (percent, id) = (facts::percent(fact.confidence), fact.id);
        writeln!(out, "    {DIM}page {first}{from}, {percent}, {id}{DIM:#}")?;
        if let Some(correction) = corrections.iter().find(|c| c.fact == *id) {
            writeln!(out, "    {DIM}{}{DIM:#}", clean(&facts::told(correction)))?;
        }
        for e in evidence.iter().filter(|e| !e.quote().is_empty()).take(if args.quotes { usize::MAX } else { 1 }) {
            let quote = if args.quotes { clean(e.quote()) } else { short(e.quote(), 160) };
            writeln!(out, "    \u{201c}{quote}\u{201d}")?;
        }
    }
    duties(&contract, args, out)?;
    clauses(&contract, args, out)?;
    if !schedule.is_empty() || !open.is_empty() {
        writeln!(out, "\n{BOLD}Dates{BOLD:#}")?;
    }
    for e in schedule {
        let when = away(as_of, e.act_by);
        writeln!(out, "  {}  {}  {DIM}{when}, {}{DIM:#}", e.act_by, clean(&e.label), e.id)?;
        if e.act_by != e.date {
            writeln!(out, "              {DIM}must arrive by {}{DIM:#}", e.date)?;
        }
        if e.literal_date != e.date {
            writeln!(out, "              {DIM}{} in the literal reading{DIM:#}", e.literal_date)?;
        }
    }
    for e in open {
        let (label, missing) = (clean(&e.label), clean(&e.missing));
        writeln!(out, "  open        {label}: {missing}  {DIM}page {}, {}{DIM:#}", e.page, e.id)?;
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

/// The documents that belong to the same agreement, and the values that amendments replaced.
fn relatives(family: &Kinship, document: &DocumentId, current: &Current<'_>, out: &mut impl Write) -> io::Result<()> {
    let name = |id: &DocumentId| current.families.card(id).map_or_else(String::new, |c| clean(&c.file_name));
    if let Some(parent) = &family.parent {
        writeln!(out, "Belongs to {}", name(parent))?;
    }
    if !family.candidates.is_empty() {
        let names: Vec<String> = family.candidates.iter().map(name).collect();
        writeln!(out, "Belongs to {}; choose one with `tickler link`", names.join(" or "))?;
    }
    if family.agreement != *document {
        writeln!(out, "Its terms are part of {}; these are its own values", name(&family.agreement))?;
    }
    for member in &family.members {
        let what = if current.is_folded(member) { "Amended by" } else { "Related:" };
        writeln!(out, "{what} {}", name(member))?;
    }
    for number in &family.missing {
        writeln!(out, "Amendment {number} is not in the store; the terms below may be out of date")?;
    }
    for gone in &family.displaced {
        let (field, raw) = (facts::label(&gone.field), short(&gone.raw, 80));
        writeln!(
            out,
            "{DIM}{field} \u{201c}{raw}\u{201d} in {} was replaced by {}{DIM:#}",
            name(&gone.document),
            name(&gone.by)
        )?;
    }
    Ok(())
}

/// For each likely category of clause the passage with the highest probability.
fn clauses(contract: &Contract, args: &Args, out: &mut impl Write) -> io::Result<()> {
    let best = clauses::best(contract, clauses::PERHAPS);
    if best.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{BOLD}Clauses{BOLD:#}{DIM} (found by the model; `tickler clauses` lists all){DIM:#}")?;
    for fact in best {
        let category = fact.value().map_or("", |c| c.category.as_str());
        let page = fact.evidence().first().map_or(1, Evidence::page);
        let quote = if args.quotes { clean(fact.raw()) } else { short(fact.raw(), 100) };
        let percent = fact.confidence().get() * 100.0;
        writeln!(out, "  {}  {DIM}page {page}, {percent:.0} %{DIM:#}\n      \u{201c}{quote}\u{201d}", clean(category))?;
    }
    Ok(())
}

/// The obligations. Those without a time are many, so they are listed only on request.
fn duties(contract: &Contract, args: &Args, out: &mut impl Write) -> io::Result<()> {
    let all: Vec<_> = contract.obligations.iter().filter_map(|f| Some((f, f.value()?))).collect();
    let timed = |d: &Obligation| d.timing.kind != TimingKind::None;
    let hidden = if args.obligations { 0 } else { all.iter().filter(|(_, d)| !timed(d)).count() };
    if all.is_empty() {
        return Ok(());
    }
    let more = if hidden > 0 { format!(" (and {hidden} without a time: --obligations)") } else { String::new() };
    writeln!(out, "\n{BOLD}Obligations{BOLD:#}{DIM}{more}{DIM:#}")?;
    for (fact, duty) in all.into_iter().filter(|(_, d)| args.obligations || timed(d)) {
        let who = duty.obligor.as_deref().unwrap_or("no obligor named");
        let not = if duty.modality == Modality::Prohibition { "must not: " } else { "" };
        let when = duty.timing.to_string();
        let when = if when.is_empty() { when } else { format!("; {when}") };
        writeln!(out, "  {}: {not}{}{}", clean(who), clean(&duty.action), clean(&when))?;
        let page = fact.evidence().first().map_or(1, Evidence::page);
        writeln!(out, "      {DIM}page {page}, {}, {}{DIM:#}", duty.category.as_str().replace('_', " "), fact.id())?;
        for e in fact.evidence().iter().filter(|_| args.quotes) {
            writeln!(out, "      \u{201c}{}\u{201d}", clean(e.quote()))?;
        }
    }
    Ok(())
}
