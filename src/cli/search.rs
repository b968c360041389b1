//! `tickler search`

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

use jiff::civil::Date;
use tickler::detect::model::Classifier as _;
use tickler::index::{Hit, Index, Query, Question, Results};
use tickler::record::DocumentId;
use tickler::store::Store;

use super::Format;
use super::app::{App, BOLD, DIM};
use super::clean::clean;
use super::exit::Usage;
use super::filter::{Chosen, date};
use super::model::ModelArgs;

/// Find clauses
#[derive(Debug, clap::Args)]
#[command(
    after_help = "All words must occur in a clause, in any grammatical form. Words in quotation marks are a phrase; a\n\
    minus excludes. Names of parties and titles may be among the words.\n\nExamples:\n  \
    tickler search terminate convenience\n  \
    tickler search '\"most favored customer\" -supplier'\n  \
    tickler search assignment --not consent --type lease\n  \
    tickler search renewal --party acme --notice-before 2026-12-31\n  \
    tickler search --semantic 'can they raise the price?'"
)]
pub(super) struct Args {
    /// Words and "phrases" to look for
    #[arg(required = true, value_name = "WORD")]
    query: Vec<String>,
    /// A word or phrase that must not occur; can be given several times
    #[arg(long, value_name = "WORD")]
    not: Vec<String>,
    /// Find by meaning: a question or a description, of which no word has to occur. Looks at the sentences that the model
    /// read closely, those that may be clauses, and at the words of all others
    #[arg(long)]
    semantic: bool,
    #[command(flatten)]
    model: ModelArgs,
    #[command(flatten)]
    chosen: Chosen,
    /// How many clauses to show
    #[arg(short = 'n', long, default_value_t = 10, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=10_000))]
    limit: u16,
    /// Day from which deadlines are counted [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    /// How to print
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let mut text = args.query.join(" ");
    for word in &args.not {
        let _ = write!(text, " -\"{}\"", word.replace('"', " "));
    }
    let query = Query::parse(&text)?;
    let mut store = app.read_store()?;
    let as_of = args.as_of.unwrap_or(app.today);
    let current = args.chosen.current(&store)?;
    let only = if args.chosen.is_all() {
        None
    } else {
        let rows = args.chosen.rows(app, &store, &current, as_of)?;
        Some(rows.into_iter().map(|row| row.id).collect::<Vec<_>>())
    };
    let families = current.families;
    let index = app.index(&mut store)?;
    let limit = usize::from(args.limit);
    let results = if args.semantic {
        by_meaning(args, app, &store, &index, &query, only.as_deref(), limit)?
    } else {
        index.search(&query, only.as_deref(), limit)?
    };
    if args.format == Format::Json {
        app.json(&results)?;
        return Ok(ExitCode::SUCCESS);
    }
    if results.partial {
        app.note("no clause has all the words; these have some of them")?;
    }
    for hit in &results.hits {
        // A clause is quoted as it was signed; the terms in force may be others.
        let note = if families.is_amended(&hit.contract) { "  (amended since)" } else { "" };
        print(hit, note, app)?;
    }
    let shown = results.hits.len();
    match results.total {
        0 => writeln!(app.out, "Nothing found.")?,
        total if total > shown => writeln!(app.out, "{DIM}{shown} of {total} clauses; more with --limit{DIM:#}")?,
        1 => writeln!(app.out, "{DIM}1 clause{DIM:#}")?,
        total => writeln!(app.out, "{DIM}{total} clauses{DIM:#}")?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The clauses that answer the question best.
fn by_meaning(
    args: &Args,
    app: &mut App,
    store: &Store,
    index: &Index,
    query: &Query,
    only: Option<&[DocumentId]>,
    limit: usize,
) -> anyhow::Result<Results> {
    let none = || Usage("--semantic needs the full model: leave out --no-model and --model fast".to_owned());
    let model = args.model.load(app)?.ok_or_else(none)?;
    let embedding = model.embed(&args.query.join(" "))?.ok_or_else(none)?;
    let question = Question { model: model.name(), embedding: &embedding };
    let (results, unread) = index.semantic_search(store, query, &question, only, limit)?;
    if unread > 0 {
        app.note(&format!(
            "{unread} contracts were read without this model and are found by their words alone; `tickler ingest` reads them again"
        ))?;
    }
    Ok(results)
}

fn print(hit: &Hit, note: &str, app: &mut App) -> anyhow::Result<()> {
    let clause = match (&hit.number, &hit.heading) {
        (Some(number), Some(heading)) => format!("{number} {heading}"),
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (None, None) => String::new(),
    };
    let id = hit.contract.short();
    writeln!(
        app.out,
        "{BOLD}{}{BOLD:#}  page {}  {}  {DIM}{id}{note}{DIM:#}",
        clean(&hit.file_name),
        hit.page,
        clean(&clause)
    )?;
    let mut line = String::new();
    let mut done = 0;
    for (start, end) in &hit.marks {
        let (before, word) = (&hit.snippet[done..*start], &hit.snippet[*start..*end]);
        let _ = write!(line, "{}{BOLD}{}{BOLD:#}", clean(before), clean(word));
        done = *end;
    }
    line.push_str(&clean(&hit.snippet[done..]));
    writeln!(app.out, "    {line}\n")?;
    Ok(())
}
