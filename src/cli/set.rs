//! `tickler set` and `tickler unset`

use std::io::Write as _;
use std::process::ExitCode;

use jiff::civil::Date;
use serde_json::Value;
use tickler::config::Settings;
use tickler::family::{Part, View};
use tickler::record::{Contract, Evidence, Field};
use tickler::said::{self, Content, NotQuoted, Statement, ValueSaid, fact_key};
use tickler::schedule::{self, ScheduleEntry, Standing};
use tickler::store::{ContractRow, Store};

use super::Format;
use super::app::App;
use super::clean::clean;
use super::current::Current;
use super::exit::Usage;
use super::log::in_words;
use super::tell::{self, Telling, Told};

/// Correct a value, or give one that was not read
///
/// The value takes the place of the one that was read, in every list, date and export, and stays when the contract is read
/// again. The quote is looked up in the text of the contract and becomes the proof.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A part of a renewal can be set alone: renewal.notice_period, renewal.kind, ... `tickler unset` takes a \
    value back.\n\nExamples:\n  \
    tickler set cloud-msa initial_term '3 years' --why 'clause 3, read by counsel'\n  \
    tickler set cloud-msa renewal.notice_period '60 days' --page 3 --quote 'at least sixty (60) days'\n  \
    tickler set mutual-nda expiration_date 2030-06-30 --why 'letter of 3 May'\n  \
    tickler set cloud-msa parties 'Holloway Rail Limited' --why 'joined by letter of 3 May'"
)]
pub(crate) struct Args {
    /// File name or a part of it, path, or first digits of the ID
    pub(crate) contract: String,
    /// Field, such as expiration_date or renewal.notice_period; of one that holds several values, such as parties, the ID of
    /// one to set to none
    pub(crate) field: String,
    /// Value: a date as YYYY-MM-DD, a length of time such as '90 days', a name, or JSON as `show --format json` prints it
    pub(crate) value: String,
    /// Words of the contract that prove the value
    #[arg(long, value_name = "WORDS")]
    pub(crate) quote: Option<String>,
    /// Page on which they stand, from 1
    #[arg(long, value_name = "N", requires = "quote", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) page: Option<u32>,
    #[command(flatten)]
    pub(crate) telling: Telling,
}

/// Take back what was said of a value
///
/// The value that was read counts again.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
    tickler confirm cloud-msa renewal && tickler unset cloud-msa renewal")]
pub(crate) struct UnsetArgs {
    /// File name or a part of it, path, or first digits of the ID
    pub(crate) contract: String,
    /// Field, such as expiration_date, or first digits of the ID of a value
    pub(crate) field: String,
    #[command(flatten)]
    pub(crate) telling: Telling,
}

pub(crate) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let mut store = app.store_to_tell()?;
    let (row, current, view) = tell::viewed(&store, &args.contract)?;
    let Some((field, part)) = tell::field(&args.field) else {
        let content = struck(&view, args)?;
        let statement = args.telling.tell(app, &mut store, &row, content)?;
        return done(args, app, &row, statement);
    };
    let value = said::parse(&view.contract, field, part, &args.value).map_err(|e| Usage(e.to_string()))?;
    let proof = args.quote.as_deref().map(|quote| quoted(&store, &current, &row, quote, args.page)).transpose()?;
    let several = !said::is_settable(field);
    let read = read_value(&view, field).filter(|_| !several);
    if read.is_none() && proof.is_none() && args.telling.why.is_none() {
        let problem = format!(
            "nothing was read for {} that could prove it: give the words of the contract with --quote, or with --why where the \
             value comes from",
            field.name()
        );
        return Err(Usage(problem).into());
    }
    let content = Content::Value(ValueSaid {
        field: field.name().to_owned(),
        // One more among several, known by its name.
        fact: several.then(|| fact_key(&said::words(field, &value).unwrap_or_default())),
        confirmed: read.as_ref() == Some(&value),
        value: value.clone(),
        read: read.clone(),
        quote: proof.as_ref().map(|e| e.quote().to_owned()),
        page: proof.as_ref().map(Evidence::page),
    });
    let statement = args.telling.tell(app, &mut store, &row, content)?;
    if args.telling.format == Format::Json {
        app.json(&Told { file_name: &row.file_name, statement })?;
        return Ok(ExitCode::SUCCESS);
    }
    let words = |value: &Value| said::words(field, value).unwrap_or_default();
    let was = read.as_ref().map_or_else(|| "nothing was read".to_owned(), |read| format!("read: {}", words(read)));
    let was = if several { "added to those that were read".to_owned() } else { was };
    writeln!(app.out, "Set: {} is {} ({}).", field.label(), clean(&words(&value)), clean(&was))?;
    if let Some(proof) = proof {
        writeln!(app.out, "  page {}: \u{201c}{}\u{201d}", proof.page(), clean(proof.quote()))?;
    }
    consequences(app, &store, &row, &view.contract)?;
    Ok(ExitCode::SUCCESS)
}

/// That a value among several, which is named by its ID, is none.
fn struck(view: &View, args: &Args) -> anyhow::Result<Content> {
    let found = tell::facts(view, &args.field)?;
    let [fact] = found.as_slice() else {
        return Err(Usage(format!("several values have IDs that begin with {:?}; give more digits", args.field)).into());
    };
    if said::is_settable(fact.field) || args.value != "none" {
        let problem = format!(
            "{:?} names one value: `none` takes it out where there are several, else name its field",
            args.field
        );
        return Err(Usage(problem).into());
    }
    Ok(Content::Value(ValueSaid {
        field: fact.field.name().to_owned(),
        fact: Some(fact_key(fact.raw)),
        confirmed: false,
        value: Value::Null,
        read: fact.to_json()?.value().cloned(),
        quote: None,
        page: None,
    }))
}

fn done(args: &Args, app: &mut App, row: &ContractRow, statement: Statement) -> anyhow::Result<ExitCode> {
    match args.telling.format {
        Format::Json => app.json(&Told { file_name: &row.file_name, statement })?,
        Format::Text => writeln!(app.out, "Set: {}.", clean(&in_words(&statement.content)))?,
    }
    Ok(ExitCode::SUCCESS)
}

/// What the program reads in a field, whatever people said.
fn read_value(view: &View, field: Field) -> Option<Value> {
    if let Some(correction) = view.corrections.iter().find(|c| c.field == field.name()) {
        return correction.read.clone();
    }
    let facts = view.contract.facts();
    let fact = facts.iter().find(|f| f.field == field)?;
    fact.to_json().ok()?.value().cloned()
}

/// The proof that a quote makes.
fn quoted(
    store: &Store,
    current: &Current<'_>,
    row: &ContractRow,
    quote: &str,
    page: Option<u32>,
) -> anyhow::Result<Evidence> {
    // Those whose terms become part of the agreement; an order has its own.
    let members = current.families.members(&row.id);
    let amends = |part| matches!(part, Part::Amendment | Part::Restatement);
    let amendments = members.iter().filter(|m| amends(m.card.part)).map(|m| m.card.document.clone());
    let mut first = None;
    for document in std::iter::once(row.id.clone()).chain(amendments) {
        let Some(text) = store.or_pass_over(&document, store.text(&document))?.flatten() else { continue };
        match text.quoted(&document, quote, page) {
            Ok(proof) => return Ok(proof),
            // What the agreement itself says is the better hint.
            Err(problem) => first = first.or(Some(problem)),
        }
    }
    Err(Usage(first.unwrap_or(NotQuoted::Nowhere).to_string()).into())
}

/// The next day to act, where it has become another one.
fn consequences(app: &mut App, store: &Store, row: &ContractRow, before: &Contract) -> anyhow::Result<()> {
    let Some(View { contract, .. }) = Current::new(store, None)?.view(&row.id)? else { return Ok(()) };
    let (was, is) = (next(before, app.today, &app.settings), next(&contract, app.today, &app.settings));
    if was != is {
        let day = |day: Option<Date>| day.map_or_else(|| "none".to_owned(), |day| day.to_string());
        writeln!(app.out, "The next day to act is {} (it was {}).", day(is), day(was))?;
    }
    let entries = |contract| schedule::build(contract, Some(app.today), &app.settings);
    let missed = |e: &&ScheduleEntry| e.kind.is_decision() && e.standing(app.today) == Standing::Missed;
    let before = entries(before);
    let was_ahead = |e: &&ScheduleEntry| before.iter().any(|old| old.id == e.id && !missed(&old));
    for entry in entries(&contract).iter().filter(missed).filter(was_ahead) {
        writeln!(app.out, "This day is now missed: {}: {}.", clean(&entry.label), entry.act_by)?;
    }
    Ok(())
}

fn next(contract: &Contract, today: Date, settings: &Settings) -> Option<Date> {
    let ahead = |standing| matches!(standing, Standing::Now | Standing::Ahead);
    let entries = schedule::build(contract, Some(today), settings);
    entries.iter().find(|e| e.kind.is_decision() && ahead(e.standing(today))).map(|e| e.act_by)
}

pub(crate) fn unset(args: &UnsetArgs, app: &mut App) -> anyhow::Result<ExitCode> {
    let mut store = app.store_to_tell()?;
    let (row, current, view) = tell::viewed(&store, &args.contract)?;
    let by_id = view.corrections.iter().find(|c| tell::begins(c.fact.as_str(), &args.field));
    let name = match (tell::field(&args.field), by_id) {
        (Some((field, _)), _) => field.name().to_owned(),
        (None, Some(correction)) => correction.field.clone(),
        (None, None) => return Err(tell::unknown_field(&args.field).into()),
    };
    let is_it = |value: &&ValueSaid| {
        value.field == name && by_id.is_none_or(|c| value.fact.is_none() || c.value == value.value)
    };
    let gone: Vec<Content> = current
        .said
        .values(&row.id)
        .into_iter()
        .map(|(_, value)| value)
        .filter(is_it)
        .map(|value| Content::Unset { field: value.field.clone(), fact: value.fact.clone() })
        .collect();
    if gone.is_empty() {
        let known: Vec<&str> = view.corrections.iter().map(|c| c.field.as_str()).collect();
        let known = if known.is_empty() {
            "any value of this contract".to_owned()
        } else {
            format!("it, only of {}", known.join(", "))
        };
        return Err(Usage(format!("nobody said anything of {name:?}: nothing was said of {known}")).into());
    }
    let mut told = Vec::new();
    for content in gone {
        told.push(Told { file_name: &row.file_name, statement: args.telling.tell(app, &mut store, &row, content)? });
    }
    if args.telling.format == Format::Json {
        app.json(&told)?;
        return Ok(ExitCode::SUCCESS);
    }
    let label = super::facts::label(&name);
    let now = Current::new(&store, None)?.view(&row.id)?;
    let now =
        now.iter().flat_map(|v| v.contract.facts()).find(|f| f.field.name() == name).map(|f| super::facts::value(&f));
    let now = now.unwrap_or_else(|| "not read".to_owned());
    writeln!(app.out, "Unset: what was read counts again. {label}: {}.", clean(&now))?;
    consequences(app, &store, &row, &view.contract)?;
    Ok(ExitCode::SUCCESS)
}
