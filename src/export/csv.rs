//! CSV for spreadsheets: one row per contract, date, obligation, or file that could not be read.
//!
//! IDs begin with a word, as in the flat tables: a spreadsheet takes some of the bare ones for numbers, and rounds them.
//!
//! Contracts are untrusted, and a spreadsheet runs a cell that looks like a formula; such cells are made harmless.

use std::borrow::Borrow;
use std::io::{self, Write};

use ::csv::{QuoteStyle, Writer};

use super::row::send_by;
use super::{Record, is_unprintable};
use crate::record::value::Obligation;
use crate::record::{EntryId, Evidence, Fact, Field, variant};
use crate::schedule::{EntryKind, OpenEntry, ScheduleEntry, Standing};
use tickler_pdf::cite::Part as _;

/// What a CSV file begins with for programs that would not take it for UTF-8 otherwise, such as Excel.
pub const BOM: &str = "\u{feff}";

/// Columns of the table of contracts: those of a field, or one that is made of the whole record.
enum Columns {
    Of(Field),
    Made(&'static str, fn(&Record) -> String),
}

use Columns::{Made, Of};

/// The table of contracts from left to right. Columns of fields that are not named here follow at the end, so that none
/// of these ever moves.
const CONTRACT_COLUMNS: [Columns; 28] = [
    Made("document_id", |r| r.contract.document.id.to_string()),
    Made("file_name", |r| r.contract.document.file_name.clone()),
    Made("uri", |r| r.contract.document.uri.clone()),
    Of(Field::title),
    Of(Field::kind),
    Of(Field::reference),
    Of(Field::parties),
    Of(Field::agreement_date),
    Of(Field::effective_date),
    Of(Field::initial_term),
    Of(Field::expiration_date),
    Of(Field::renewal),
    Made("term_number", |r| text(term(r).map(|t| t.occurrence))),
    Made("term_last_day", |r| text(term(r).map(|t| t.date))),
    Made("notice_deadline", |r| text(notice(r).map(|n| n.date))),
    Made("notice_deadline_literal", |r| text(notice(r).map(|n| n.literal_date))),
    Of(Field::governing_law),
    Of(Field::execution),
    Of(Field::signatures),
    Of(Field::amends),
    Made("text_source", |r| variant(&r.contract.document.text_source)),
    Made("pages", |r| r.contract.document.pages.to_string()),
    Made("diagnostics", |r| r.contract.diagnostics.iter().map(|d| d.code.as_str()).collect::<Vec<_>>().join("; ")),
    Made("owner", |r| owner(r).to_owned()),
    Made("backup", |r| r.owner.as_ref().and_then(|o| o.backup.clone()).unwrap_or_default()),
    Made("act_by", |r| text(notice(r).map(|n| n.act_by))),
    Made("send_by", |r| notice(r).map(send_by).unwrap_or_default()),
    Made("perpetual", |r| {
        text(r.contract.expiration_date.as_ref().and_then(Fact::value).map(|end| end.date().is_none()))
    }),
];

const SCHEDULE_COLUMNS: [&str; 21] = [
    "entry_id",
    "document_id",
    "file_name",
    "title",
    "parties",
    "act_by",
    "date",
    "literal_date",
    "kind",
    "occurrence",
    "label",
    "basis",
    "reminders",
    "derivation",
    "assumptions",
    "quote",
    "page",
    "owner",
    "send_by",
    "standing",
    "follows",
];

const OBLIGATION_COLUMNS: [&str; 17] = [
    "fact_id",
    "document_id",
    "file_name",
    "title",
    "parties",
    "obligor",
    "obligee",
    "modality",
    "action",
    "condition",
    "exception",
    "category",
    "timing_kind",
    "timing",
    "confidence",
    "quote",
    "page",
];

/// Writes one row per contract, with its main fields. An empty cell is a value that is not known; the status columns say
/// why. The term and its notice deadline are those of the latest term in the schedule.
///
/// # Errors
/// Those of `out`.
pub fn contracts_csv<R: Borrow<Record>>(records: impl IntoIterator<Item = R>, out: &mut impl Write) -> io::Result<()> {
    let columns = contract_columns();
    let names: Vec<_> = columns.iter().map(|(name, _)| *name).collect();
    table(&names, out, |rows| {
        for record in records {
            let record = record.borrow();
            let row: Vec<_> = columns.iter().map(|(_, cell)| cell(record)).collect();
            rows.write(&row)?;
        }
        Ok(())
    })
}

/// A row of the table of dates.
pub struct ScheduleRow {
    /// Its entry.
    pub id: EntryId,
    cells: [String; 21],
}

/// Writes rows of the table of dates.
///
/// # Errors
/// Those of `out`.
pub fn schedule_csv(rows: impl IntoIterator<Item = ScheduleRow>, out: &mut impl Write) -> io::Result<()> {
    table(&SCHEDULE_COLUMNS, out, |to| rows.into_iter().try_for_each(|row| to.write(&row.cells)))
}

/// One row per entry of a record: the dated ones, of which `stands` tells where each stands and what followed from it, then
/// those without a date.
#[must_use]
pub fn schedule_rows(
    record: &Record,
    stands: impl Fn(&ScheduleEntry) -> (Standing, Option<String>),
) -> Vec<ScheduleRow> {
    let dated = record.schedule.iter().map(|entry| schedule_row(record, entry, stands(entry)));
    dated.chain(record.open.iter().map(|entry| open_row(record, entry))).collect()
}

/// Writes one row per duty or prohibition.
///
/// # Errors
/// Those of `out`.
pub fn obligations_csv<R: Borrow<Record>>(
    records: impl IntoIterator<Item = R>,
    out: &mut impl Write,
) -> io::Result<()> {
    table(&OBLIGATION_COLUMNS, out, |rows| {
        for record in records {
            let record = record.borrow();
            for fact in &record.contract.obligations {
                if let Some(duty) = fact.value() {
                    rows.write(&obligation_row(record, fact, duty))?;
                }
            }
        }
        Ok(())
    })
}

/// Writes one row per file that could not be read: its path, the short name of the reason, and the reason in words.
///
/// # Errors
/// Those of `out`.
pub fn failures_csv<'a>(failures: impl IntoIterator<Item = [&'a str; 3]>, out: &mut impl Write) -> io::Result<()> {
    table(&["path", "code", "message"], out, |rows| {
        failures.into_iter().try_for_each(|failure| rows.write(&failure.map(str::to_owned)))
    })
}

fn obligation_row(record: &Record, fact: &Fact<Obligation>, duty: &Obligation) -> [String; 17] {
    let (quote, page) = proof(Some(fact.evidence()));
    [
        format!("fact-{}", fact.id()),
        record.contract.document.id.to_string(),
        record.contract.document.file_name.clone(),
        record.title().to_owned(),
        parties(record),
        text(duty.obligor.as_ref()),
        text(duty.obligee.as_ref()),
        variant(&duty.modality),
        duty.action.clone(),
        text(duty.condition.as_ref()),
        text(duty.exception.as_ref()),
        variant(&duty.category),
        variant(&duty.timing.kind),
        duty.timing.to_string(),
        format!("{:.3}", fact.confidence().get()),
        quote,
        page,
    ]
}

fn schedule_row(
    record: &Record,
    entry: &ScheduleEntry,
    (standing, follows): (Standing, Option<String>),
) -> ScheduleRow {
    let steps: Vec<_> = entry.derivation.steps.iter().map(|s| s.note.as_str()).collect();
    let reminders: Vec<_> = entry.reminders.iter().map(ToString::to_string).collect();
    let (quote, page) = proof(entry.facts.first().map(|id| record.evidence(id)));
    let cells = [
        format!("entry-{}", entry.id),
        record.contract.document.id.to_string(),
        record.contract.document.file_name.clone(),
        record.title().to_owned(),
        parties(record),
        entry.act_by.to_string(),
        entry.date.to_string(),
        entry.literal_date.to_string(),
        entry.kind.to_string(),
        entry.occurrence.to_string(),
        entry.label.clone(),
        variant(&entry.basis),
        reminders.join("; "),
        steps.join("; "),
        entry.derivation.assumptions.join(" "),
        quote,
        page,
        owner(record).to_owned(),
        send_by(entry),
        variant(&standing),
        follows.unwrap_or_default(),
    ];
    ScheduleRow { id: entry.id.clone(), cells }
}

/// What stands in the place of a date that cannot be told: why there is none.
fn open_row(record: &Record, entry: &OpenEntry) -> ScheduleRow {
    let (quote, _) = proof(entry.facts.first().map(|id| record.evidence(id)));
    let mut cells: [String; 21] = Default::default();
    let told = [
        ("entry_id", format!("entry-{}", entry.id)),
        ("document_id", record.contract.document.id.to_string()),
        ("file_name", record.contract.document.file_name.clone()),
        ("title", record.title().to_owned()),
        ("parties", parties(record)),
        ("kind", entry.kind.to_string()),
        ("label", format!("{}: {}", entry.label, entry.missing)),
        ("quote", quote),
        ("page", entry.page.to_string()),
        ("owner", owner(record).to_owned()),
        ("standing", variant(&entry.why)),
    ];
    for (cell, column) in cells.iter_mut().zip(SCHEDULE_COLUMNS) {
        *cell = told.iter().find(|(name, _)| *name == column).map_or_else(String::new, |(_, text)| text.clone());
    }
    ScheduleRow { id: entry.id.clone(), cells }
}

/// What stands in one column of the table of contracts.
type Cell = Box<dyn Fn(&Record) -> String>;

/// The headings of the table of contracts, and what stands under them.
fn contract_columns() -> Vec<(&'static str, Cell)> {
    let of = |field: Field| {
        field.columns().iter().map(|c| -> (&str, Cell) { (c.name, Box::new(|record| (c.cell)(&record.contract))) })
    };
    let mut columns: Vec<(&str, Cell)> = Vec::new();
    for part in &CONTRACT_COLUMNS {
        match part {
            Of(field) => columns.extend(of(*field)),
            Made(name, cell) => columns.push((name, Box::new(cell))),
        }
    }
    let named = |field: &Field| CONTRACT_COLUMNS.iter().any(|c| matches!(c, Of(f) if f == field));
    columns.extend(Field::ALL.iter().filter(|f| !named(f)).flat_map(|f| of(*f)));
    columns
}

/// The end of the latest term.
fn term(record: &Record) -> Option<&ScheduleEntry> {
    latest(record, |kind| kind == EntryKind::Expiration)
}

/// The deadline for notice about it, or about the next one, when the last day for that has passed.
fn notice(record: &Record) -> Option<&ScheduleEntry> {
    let term = term(record)?;
    latest(record, EntryKind::is_notice).filter(|n| n.occurrence >= term.occurrence)
}

/// The entry of the wanted kind with the highest occurrence.
fn latest(record: &Record, wanted: impl Fn(EntryKind) -> bool) -> Option<&ScheduleEntry> {
    record.schedule.iter().filter(|e| wanted(e.kind)).max_by_key(|e| e.occurrence)
}

/// Who answers for the contract.
fn owner(record: &Record) -> &str {
    record.owner.as_ref().map_or("", |owner| &owner.name)
}

fn parties(record: &Record) -> String {
    record.party_names().collect::<Vec<_>>().join("; ")
}

fn text(value: Option<impl ToString>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

/// Quote and page of the first piece of evidence.
fn proof(evidence: Option<&[Evidence]>) -> (String, String) {
    match evidence.and_then(<[Evidence]>::first) {
        Some(e) => (e.quote().to_owned(), e.page().to_string()),
        None => <_>::default(),
    }
}

/// Makes a cell harmless: no spreadsheet takes it, or a part of it, for a formula, and no terminal obeys it.
///
/// A formula begins with one of `= + - @`, their full-width forms, or a control character that is skipped (OWASP, "CSV
/// Injection"). An apostrophe before it makes it text. It does so also behind what separates cells in other countries and
/// programs: a semicolon, a comma, a tab, a bar or the end of a line.
pub(super) fn disarm(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len() + 2);
    let skipped = |c: char| c.is_whitespace() || c == '"' || is_unprintable(c);
    if cell.trim_start_matches(skipped).starts_with(FORMULA) || cell.starts_with(['\t', '\r', '\n']) {
        out.push('\'');
    }
    let mut separated = false;
    for (at, c) in cell.char_indices() {
        if separated && FORMULA.contains(&c) {
            out.push('\'');
        }
        separated = match c {
            ';' | ',' | '\t' | '|' | '\n' | '\r' => true,
            c => separated && skipped(c),
        };
        match c {
            // It ends a line in some programs, and has a terminal overwrite one.
            '\r' if cell.part(at + 1..).starts_with('\n') => {}
            '\r' => out.push('\n'),
            '\n' | '\t' => out.push(c),
            c if is_unprintable(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}

/// What a formula begins with.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// A CSV writer of rows of cells.
struct Rows<'a, W: Write>(Writer<&'a mut W>);

impl<W: Write> Rows<'_, W> {
    fn write(&mut self, row: &[String]) -> io::Result<()> {
        self.0.write_record(row.iter().map(|cell| disarm(cell))).map_err(sink_error)
    }
}

fn table<W: Write>(
    columns: &[&str],
    out: &mut W,
    body: impl FnOnce(&mut Rows<'_, W>) -> io::Result<()>,
) -> io::Result<()> {
    writeln!(out, "{}", columns.join(","))?;
    // Text in quotation marks is one cell for every program that knows them.
    let mut rows = Rows(::csv::WriterBuilder::new().quote_style(QuoteStyle::NonNumeric).from_writer(out));
    body(&mut rows)?;
    rows.0.flush()
}

/// The error of the sink itself; inside another error it could not be recognised as a broken pipe.
fn sink_error(error: ::csv::Error) -> io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests;
