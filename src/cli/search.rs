//! `tickler search`

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

use jiff::civil::Date;
use tickler::detect::model::{Classifier as _, Model};
use tickler::index::{Hit, Index, Query, Question, Results};
use tickler::record::{DocumentId, Part as _};
use tickler::store::Store;

use super::Format;
use super::app::{App, BOLD, DIM};
use super::clean::clean;
use super::current::Current;
use super::exit::Usage;
use super::filter::{Chosen, date};
use super::model::ModelArgs;

/// Search the clauses of all contracts
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A clause must contain all words, in any grammatical form. Quotation marks make a phrase; a minus \
    excludes a word. Party names and titles count as words of the clause.\n\nExamples:\n  \
    tickler search terminate convenience\n  \
    tickler search '\"written notice\" -landlord'\n  \
    tickler search assignment --not consent --type lease\n  \
    tickler search renewal --party Holloway --notice-before 2026-12-31\n  \
    tickler search --semantic 'can they raise the price?'\n  \
    tickler search --hidden                # words that nobody sees on the page, and struck out words"
)]
pub(super) struct Args {
    /// Words and "phrases" to search for
    #[arg(required_unless_present = "hidden", value_name = "WORD")]
    query: Vec<String>,
    /// Exclude clauses with this word or phrase; repeatable
    #[arg(long, value_name = "WORD")]
    not: Vec<String>,
    /// Search by meaning: ask a question; the clause need not contain its words
    #[arg(long)]
    semantic: bool,
    /// Search the words that are not part of the text, because nobody sees them or they are struck out; without words it
    /// lists all of them
    #[arg(long, conflicts_with_all = ["semantic", "not"])]
    hidden: bool,
    #[command(flatten)]
    model: ModelArgs,
    /// Maximum number of clauses
    #[arg(short = 'n', long, default_value_t = 10, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=10_000))]
    limit: u16,
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

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    if args.hidden {
        return hidden(args, app);
    }
    let mut text = args.query.join(" ");
    for word in &args.not {
        let _ = write!(text, " -\"{}\"", word.replace('"', " "));
    }
    let query = Query::parse(&text)?;
    let mut store = app.read_store()?;
    let current = args.chosen.current(&store)?;
    let only = only(args, app, &store, &current)?;
    let families = current.families;
    let index = app.index(&mut store)?;
    let limit = usize::from(args.limit);
    let results = if args.semantic {
        let none = || Usage("--semantic needs the full model: leave out --no-model and --model fast".to_owned());
        let model = args.model.load(app)?.ok_or_else(none)?;
        let found = by_meaning(&model, &args.query.join(" "), &store, &index, &query, only.as_deref(), limit)?;
        let (results, unread) = found.ok_or_else(none)?;
        if unread > 0 {
            app.note(&format!(
                "{unread} contracts were read without this model, so the search used only their words; `tickler ingest` reads them again"
            ))?;
        }
        results
    } else {
        index.search(&query, only.as_deref(), limit)?
    };
    if args.format == Format::Json {
        app.json(&results)?;
        return Ok(ExitCode::SUCCESS);
    }
    if results.partial {
        app.note("no clause contains all words; these contain some of them")?;
    }
    for hit in &results.hits {
        // The text is that of the signed document; the terms in force may differ.
        let note = if families.is_amended(&hit.contract) { "  (amended since)" } else { "" };
        print(hit, note, app)?;
    }
    let shown = results.hits.len();
    match results.total {
        0 => writeln!(app.out, "Nothing found.")?,
        total if total > shown => writeln!(app.out, "{DIM}{shown} of {total} clauses; --limit shows more{DIM:#}")?,
        1 => writeln!(app.out, "{DIM}1 clause{DIM:#}")?,
        total => writeln!(app.out, "{DIM}{total} clauses{DIM:#}")?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The contracts that are searched; all when `None`.
fn only(args: &Args, app: &App, store: &Store, current: &Current<'_>) -> anyhow::Result<Option<Vec<DocumentId>>> {
    if args.chosen.is_all() {
        return Ok(None);
    }
    let rows = args.chosen.rows(app, store, current, args.as_of.unwrap_or(app.today))?;
    Ok(Some(rows.into_iter().map(|row| row.id).collect()))
}

/// Searches the words that are not part of the texts.
fn hidden(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let store = app.read_store()?;
    let current = args.chosen.current(&store)?;
    let only = only(args, app, &store, &current)?;
    let mut found = store.hidden(&args.query, only.as_deref())?;
    let total = found.len();
    found.truncate(usize::from(args.limit));
    if args.format == Format::Json {
        app.json(&found)?;
        return Ok(ExitCode::SUCCESS);
    }
    for line in &found {
        let (id, file) = (line.document.short(), clean(&line.file_name));
        writeln!(app.out, "{BOLD}{file}{BOLD:#}  page {}  {}  {DIM}{id}{DIM:#}", line.page, line.reason)?;
        writeln!(app.out, "    {}\n", clean(&line.words))?;
    }
    match total {
        0 => writeln!(app.out, "Nothing found.")?,
        total if total > found.len() => {
            writeln!(app.out, "{DIM}{} of {total} lines; --limit shows more{DIM:#}", found.len())?;
        }
        _ => {}
    }
    Ok(ExitCode::SUCCESS)
}

/// The clauses whose meaning is closest to the question, and how many contracts were read without the model; `None` where
/// the model knows no meanings.
pub(crate) fn by_meaning(
    model: &Model,
    question: &str,
    store: &Store,
    index: &Index,
    query: &Query,
    only: Option<&[DocumentId]>,
    limit: usize,
) -> anyhow::Result<Option<(Results, usize)>> {
    let Some(embedding) = model.embed(question)? else { return Ok(None) };
    let question = Question { model: model.name(), embedding: &embedding };
    Ok(Some(index.semantic_search(store, query, &question, only, limit)?))
}

/// The number and the heading of the clause, as far as it has them.
pub(crate) fn clause(hit: &Hit) -> String {
    let parts = [hit.number.as_deref(), hit.heading.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The excerpt: each match with the words before it, then what stands after the last one.
pub(crate) fn excerpt(hit: &Hit) -> (Vec<(&str, &str)>, &str) {
    let mut done = 0;
    let mut parts = Vec::with_capacity(hit.marks.len());
    for (start, end) in &hit.marks {
        parts.push((hit.snippet.part(done..*start), hit.snippet.part(*start..*end)));
        done = *end;
    }
    (parts, hit.snippet.part(done..))
}

fn print(hit: &Hit, note: &str, app: &mut App) -> anyhow::Result<()> {
    let id = hit.contract.short();
    writeln!(
        app.out,
        "{BOLD}{}{BOLD:#}  page {}  {}  {DIM}{id}{note}{DIM:#}",
        clean(&hit.file_name),
        hit.page,
        clean(&clause(hit))
    )?;
    let mut line = String::new();
    let (parts, rest) = excerpt(hit);
    for (before, word) in parts {
        let _ = write!(line, "{}{BOLD}{}{BOLD:#}", clean(before), clean(word));
    }
    line.push_str(&clean(rest));
    writeln!(app.out, "    {line}\n")?;
    Ok(())
}
