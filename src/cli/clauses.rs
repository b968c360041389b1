//! `tickler clauses`

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::ExitCode;

use jiff::civil::Date;
use serde::Serialize;
use tickler::detect::model::FOUND;
use tickler::record::value::Clause;
use tickler::record::{Contract, DocumentId, Fact};

use super::Format;
use super::app::{App, BOLD, DIM};
use super::clean::{clean, short};
use super::exit::Usage;
use super::extract::confidence;
use super::filter::{Chosen, date};
use super::table;

/// From this probability on, a clause is worth a look.
pub(super) const PERHAPS: f32 = 0.2;

/// List the clauses that the model found, by category
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Without a category, it lists the categories and the number of contracts that have such a clause. The \
    percentage is the calibrated probability of the model: of clauses with 70 %, seven in ten are right.\n\nExamples:\n  \
    tickler clauses\n  \
    tickler clauses insurance\n  \
    tickler clauses 'governing law' --party Holloway --least 0.2"
)]
pub(super) struct Args {
    /// Category or the beginning of its name, such as 'governing law' or 'cap'
    category: Option<String>,
    /// Lowest probability to list, 0 to 1
    #[arg(long, value_name = "P", value_parser = confidence, default_value_t = FOUND)]
    least: f32,
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

/// A clause of a contract.
#[derive(Serialize)]
struct Line {
    contract: DocumentId,
    file_name: String,
    category: String,
    page: u32,
    confidence: f32,
    quote: String,
    fact: String,
}

#[derive(Serialize)]
struct Count {
    category: String,
    contracts: usize,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let store = app.read_store()?;
    let current = args.chosen.current(&store)?;
    let rows = args.chosen.rows(app, &store, &current, args.as_of.unwrap_or(app.today))?;
    let wanted = args.category.as_deref().map(str::to_lowercase);
    let mut lines = Vec::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows {
        let Some(view) = current.view(&row.id)? else { continue };
        let file_name = clean(&row.file_name);
        for fact in best(&view.contract, PERHAPS.min(args.least)) {
            let Some(Clause { category }) = fact.value() else { continue };
            let count = counts.entry(category.clone()).or_default();
            *count += usize::from(fact.confidence().get() >= args.least);
        }
        let chosen = |f: &&Fact<Clause>| {
            let category = f.value().map_or_else(String::new, |c| c.category.to_lowercase());
            f.confidence().get() >= args.least && wanted.as_ref().is_some_and(|w| category.starts_with(w.as_str()))
        };
        lines.extend(view.contract.clauses.iter().filter(chosen).filter_map(|f| {
            Some(Line {
                contract: row.id.clone(),
                file_name: file_name.clone(),
                category: f.value()?.category.clone(),
                page: f.evidence().first()?.page(),
                confidence: f.confidence().get(),
                quote: f.raw().to_owned(),
                fact: f.id().to_string(),
            })
        }));
    }
    match wanted {
        None => print_counts(counts, args.format, app)?,
        Some(wanted) if !counts.keys().any(|c| c.to_lowercase().starts_with(&wanted)) => {
            let known: Vec<String> = counts.into_keys().collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            return Err(Usage(format!(
                "these contracts have no clause of the category {wanted:?}; their categories: {known}"
            ))
            .into());
        }
        Some(_) => print_lines(&lines, args.format, app)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// For each category the clause with the highest probability, if it reaches `least`; in the order of the document.
pub(super) fn best(contract: &Contract, least: f32) -> Vec<&Fact<Clause>> {
    let mut out: Vec<&Fact<Clause>> = Vec::new();
    for fact in contract.clauses.iter().filter(|f| f.confidence().get() >= least) {
        match out.iter_mut().find(|o| o.value() == fact.value()) {
            Some(other) if other.confidence() < fact.confidence() => *other = fact,
            Some(_) => {}
            None => out.push(fact),
        }
    }
    out
}

fn print_counts(counts: BTreeMap<String, usize>, format: Format, app: &mut App) -> anyhow::Result<()> {
    let mut counts: Vec<Count> = counts
        .into_iter()
        .map(|(category, contracts)| Count { category, contracts })
        .filter(|c| c.contracts > 0)
        .collect();
    counts.sort_by(|a, b| b.contracts.cmp(&a.contracts).then_with(|| a.category.cmp(&b.category)));
    if format == Format::Json {
        return app.json(&counts);
    }
    let mut out = table::table(&["CONTRACTS", "CLAUSE"]);
    for c in &counts {
        table::row(&mut out, &[&c.contracts.to_string(), &c.category]);
    }
    write!(app.out, "{}", table::text(&out))?;
    Ok(())
}

fn print_lines(lines: &[Line], format: Format, app: &mut App) -> anyhow::Result<()> {
    if format == Format::Json {
        return app.json(&lines);
    }
    for l in lines {
        let percent = 100.0 * l.confidence;
        writeln!(
            app.out,
            "{BOLD}{}{BOLD:#}  page {}  {}  {DIM}{percent:.0} %, {}{DIM:#}",
            l.file_name,
            l.page,
            clean(&l.category),
            l.fact
        )?;
        writeln!(app.out, "    \u{201c}{}\u{201d}", short(&l.quote, 300))?;
    }
    let noun = if lines.len() == 1 { "clause" } else { "clauses" };
    writeln!(app.out, "{DIM}{} {noun}{DIM:#}", lines.len())?;
    Ok(())
}
