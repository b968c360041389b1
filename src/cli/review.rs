//! `tickler review`

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

use jiff::civil::Date;
use serde::Serialize;
use tickler::export::counterparty;
use tickler::record::{DocumentId, Field, ReviewItem, ReviewReason};
use tickler::store::ContractRow;

use super::agenda;
use super::app::{App, BOLD};
use super::clean::short;
use super::current::Asked;
use super::exit::Usage;
use super::extract::confidence;
use super::filter::{Chosen, date};
use super::wrap::wrapped;
use super::{Format, table};

/// A screen of so many columns has room for a table.
const WIDE: u16 = 160;

/// List the values that a person should check
///
/// The contract with the nearest deadline comes first, and of each contract what its life hangs on: what is open,
/// contradicted, not found or not read, then what is uncertain.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "`tickler explain` with an ID of the list shows the text behind a value. What was looked at leaves \
    the list: `tickler confirm` a value that is right, `tickler set` one that is wrong or missing, `tickler dismiss` \
    what needs no value.\n\nExamples:\n  \
    tickler review --party Holloway\n  \
    tickler review --field expiration_date --field renewal\n  \
    tickler review --below 0.9 --format json"
)]
pub(super) struct Args {
    /// List only values of this field of the record; repeatable
    #[arg(long, value_name = "FIELD")]
    field: Vec<String>,
    /// List every value, also of duties, levels and other terms, which one line stands for otherwise
    #[arg(long)]
    all: bool,
    /// List values below this confidence, 0 to 1 [default: that of the settings, 0.75]
    #[arg(long, value_name = "P", value_parser = confidence)]
    below: Option<f32>,
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
    contract: DocumentId,
    file_name: String,
    /// Who answers for the contract.
    owner: Option<String>,
    /// The other party, where it is known which one is the user.
    #[serde(skip)]
    with: Option<String>,
    #[serde(flatten)]
    item: ReviewItem,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let store = app.read_store()?;
    let sure = args.below.unwrap_or(app.settings.review_below);
    let mut lines = Vec::new();
    let mut fields: BTreeSet<String> = Field::ALL.iter().map(|f| f.name().to_owned()).collect();
    let current = args.chosen.current(&store)?;
    let as_of = args.as_of.unwrap_or(app.today);
    let mut rows = args.chosen.rows(app, &store, &current, as_of)?;
    // The contract that must be acted on first is looked at first.
    let glances = agenda::glances(app, &current, &rows, as_of)?;
    let deadline = |row: &ContractRow| glances.get(&row.id).and_then(|g| g.next_deadline);
    rows.sort_by_key(|row| (deadline(row).is_none(), deadline(row)));
    for row in rows.into_iter().filter(|row| !row.replaced) {
        let Some(view) = current.view(&row.id)? else { continue };
        let owner = current.owner(&row, &app.settings).map(|owner| owner.name);
        let with = counterparty(&row.parties, &app.settings.us);
        // The words of a copy are looked at once; its signatures are its own.
        let own = |i: &ReviewItem| row.counts() || i.reason.is_of_file();
        let wanted = |i: &ReviewItem| own(i) && (args.field.is_empty() || args.field.contains(&i.field));
        let items = current.to_review(&row.id, &view, sure, Asked::far(as_of, &app.settings));
        fields.extend(items.iter().map(|item| item.field.clone()));
        for item in items.into_iter().filter(wanted) {
            let (contract, file_name) = (row.id.clone(), row.file_name.clone());
            lines.push(Line { contract, file_name, owner: owner.clone(), with: with.clone(), item });
        }
    }
    if let Some(unknown) = args.field.iter().find(|name| !fields.contains(*name)) {
        let known: Vec<&str> = fields.iter().map(String::as_str).collect();
        return Err(Usage(format!("no field is called {unknown:?}; the fields are {}", known.join(", "))).into());
    }
    match args.format {
        Format::Json => app.json(&lines)?,
        Format::Text if lines.is_empty() => writeln!(app.out, "Nothing to review.")?,
        Format::Text if table::screen().is_some_and(|width| width < WIDE) => {
            let width = table::screen().map_or(80, usize::from).max(80);
            write!(app.out, "{}", narrow(&lines, args, width))?;
        }
        Format::Text => {
            let header = ["FILE", "FIELD", "REASON", "CONFIDENCE", "PAGE", "TEXT", "ID", "WITH"];
            // A column that would be empty is left out.
            let columns = if lines.iter().any(|line| line.with.is_some()) { 8 } else { 7 };
            let mut out = table::table(&header[..columns]);
            for of_contract in lines.chunk_by(|a, b| a.contract == b.contract) {
                let (shown, more) = parted(of_contract, args);
                for line in shown {
                    row(&mut out, line, columns);
                }
                if let Some(text) = more {
                    let file = short(&of_contract[0].file_name, 48);
                    table::row(&mut out, &[&*file, "others", "", "", "", &text, "", ""][..columns]);
                }
            }
            write!(app.out, "{}", table::text(&out))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The lines of a contract that are shown, and the words that stand for those of its duties, unless somebody asks for them.
fn parted<'l>(of_contract: &'l [Line], args: &Args) -> (Vec<&'l Line>, Option<String>) {
    let is_asked_for = |line: &&Line| line.item.is_key() || args.all || !args.field.is_empty();
    let (shown, others): (Vec<&Line>, Vec<&Line>) = of_contract.iter().partition(is_asked_for);
    let more = others.len();
    (shown, (more > 0).then(|| format!("{more} more, of duties and other terms; --all lists them")))
}

/// A heading for each contract, and for each value its ID whole and its words below.
fn narrow(lines: &[Line], args: &Args, width: usize) -> String {
    let mut out = String::new();
    for of_contract in lines.chunk_by(|a, b| a.contract == b.contract) {
        let Line { file_name, with, .. } = &of_contract[0];
        let other = with.as_ref().map_or_else(String::new, |other| format!(", with {other}"));
        let _ = writeln!(out, "{BOLD}{}{BOLD:#}", short(&format!("{file_name}{other}"), width));
        let (shown, more) = parted(of_contract, args);
        for Line { item, .. } in shown {
            let certain = certain(item).map_or_else(String::new, |percent| format!(", {percent}"));
            let (field, why) = (item.field.replace('_', " "), why(item.reason));
            let _ = writeln!(out, "  {}  {field}: {why}{certain}, page {}", item.fact, item.page);
            for line in wrapped(&short(&item.raw, 200), width - 6).iter().filter(|line| !line.is_empty()) {
                let _ = writeln!(out, "      {line}");
            }
        }
        let _ = more.map(|text| writeln!(out, "  {text}"));
    }
    out
}

/// How likely a value is right; nothing of what was not read.
fn certain(item: &ReviewItem) -> Option<String> {
    let read = !matches!(item.reason, ReviewReason::NotRead | ReviewReason::NotFound);
    read.then(|| format!("{:.0} %", item.confidence.get() * 100.0))
}

/// The line of one value.
fn row(out: &mut comfy_table::Table, line: &Line, columns: usize) {
    let Line { file_name, item, with, .. } = line;
    let certain = certain(item).unwrap_or_default();
    let page = item.page.to_string();
    let field = item.field.replace('_', " ");
    let id = item.fact.as_str();
    let (file, text) = (short(file_name, 48), short(&item.raw, 72));
    let with = with.as_deref().map_or_else(String::new, |with| short(with, 24));
    let cells = [&*file, &field, why(item.reason), &certain, &page, &text, id, &with];
    table::row(out, &cells[..columns]);
}

/// The reason in words.
pub(crate) fn why(reason: ReviewReason) -> &'static str {
    match reason {
        ReviewReason::Unresolved => "unresolved",
        ReviewReason::Conflicting => "conflicting values",
        ReviewReason::Redacted => "redacted",
        ReviewReason::Uncertain => "uncertain",
        ReviewReason::Unsigned => "not signed",
        ReviewReason::PartiallySigned => "partially signed",
        ReviewReason::ChangedAfterSigning => "changed after signing",
        ReviewReason::BrokenSignature => "broken signature",
        ReviewReason::DoubtfulSignature => "doubtful signature",
        ReviewReason::NotEnglish => "not in English",
        ReviewReason::NotRead => "not read",
        ReviewReason::PartlyRead => "partly read",
        ReviewReason::NotFound => "not found",
        ReviewReason::ToldOtherwise => "told otherwise",
        ReviewReason::OtherDocument => "another document",
    }
}
