//! A workbook for people who work with spreadsheets: contracts, decisions, duties, service levels, and what to review.
//!
//! Cells have types (days are days, text is never a formula), the headings stay in sight, every column can be filtered, and
//! the name of a file leads to its page.

use std::io::{self, Write};

use jiff::civil::Date;
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Url, Workbook as Book, Worksheet, XlsxError};

use super::row::{Decision, Of};
use super::{Record, percent_encoded};
use crate::detect::rules::party::is_us;
use crate::record::value::service::ServiceLevel;
use crate::record::value::{DateValue, Obligation};
use crate::record::{Describe, Evidence, Fact, Field, ReviewItem, variant};
use crate::schedule::ScheduleEntry;

/// Most characters of a cell.
const MOST_TEXT: usize = 32_767;
/// Most rows of a sheet, the headings among them.
const MOST_ROWS: u32 = 1_048_576;
/// Most links of a sheet.
const MOST_LINKS: u32 = 65_000;

/// What stands in a cell.
enum Cell {
    Empty,
    Text(String),
    Day(Date),
    Number(f64),
    /// A page of the file that the record is of.
    Page(u32),
    /// The name of that file.
    File,
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<Date> for Cell {
    fn from(day: Date) -> Self {
        Self::Day(day)
    }
}

/// A column: its heading, its width in characters, and what stands there in the row of something.
type Column<F> = (&'static str, f64, F);
type OfContract = fn(&Of<'_, ()>) -> Cell;
type OfDecision = fn(&Of<'_, Decision<'_>>) -> Cell;
type OfDuty = fn(&Of<'_, &Fact<Obligation>>) -> Cell;
type OfLevel = fn(&Of<'_, &Fact<ServiceLevel>>) -> Cell;
type OfItem = fn(&Of<'_, &ReviewItem>) -> Cell;

const CONTRACTS: [Column<OfContract>; 20] = [
    ("ID", 14.0, |r| r.record.contract.document.id.short().into()),
    ("File", 36.0, |_| Cell::File),
    ("Title", 36.0, |r| r.record.title().into()),
    ("Type", 14.0, |r| r.record.contract.document.kind.as_ref().and_then(Fact::value).cloned().into()),
    ("With", 26.0, |r| r.with().into()),
    ("Parties", 44.0, |r| r.record.party_names().collect::<Vec<_>>().join("; ").into()),
    ("Effective", 12.0, |r| day(r.record.contract.effective_date.as_ref())),
    ("Term ends", 12.0, |r| {
        let present = r.record.life.as_ref().and_then(|life| life.term_ends);
        present.map_or_else(|| day(r.record.contract.expiration_date.as_ref()), Cell::Day)
    }),
    ("Perpetual", 10.0, |r| {
        let ends = r.record.contract.expiration_date.as_ref().and_then(Fact::value);
        if ends == Some(&DateValue::Perpetual) { "yes".into() } else { Cell::Empty }
    }),
    ("Renewal", 40.0, |r| words(r.record.contract.renewal.as_ref())),
    ("State", 16.0, |r| r.record.life.as_ref().map(|life| life.state.as_str()).into()),
    ("Act by", 12.0, |r| r.next().map(|e| e.act_by).into()),
    ("Must arrive by", 14.0, |r| r.next().map(|e| e.date).into()),
    ("Decision", 12.0, |r| {
        let said = r.next().and_then(|e| r.record.said.get(&e.id));
        said.and_then(|said| said.decision.as_ref()).map(|d| d.decision.as_str()).into()
    }),
    ("Owner", 18.0, |r| r.record.owner.as_ref().map(|o| o.name.clone()).into()),
    ("Backup", 18.0, |r| r.record.owner.as_ref().and_then(|o| o.backup.clone()).into()),
    ("Governing law", 18.0, |r| words(r.record.contract.governing_law.as_ref())),
    ("Signed", 16.0, |r| words(r.record.contract.execution.as_ref())),
    ("Pages", 8.0, |r| Cell::Number(f64::from(r.record.contract.document.pages))),
    ("To review", 10.0, |r| Cell::Number(r.record.needs_review.len() as f64)),
];

const DECISIONS: [Column<OfDecision>; 17] = [
    ("Act by", 12.0, |d| d.entry().map(|e| e.act_by).into()),
    ("Must arrive by", 14.0, |d| d.entry().map(|e| e.date).into()),
    ("Plain count", 12.0, |d| d.entry().map(|e| e.literal_date).into()),
    ("What", 48.0, |d| match d.what {
        Decision::Dated(entry) => entry.label.as_str().into(),
        Decision::Open(entry) => entry.label.as_str().into(),
    }),
    ("Missing", 36.0, |d| match d.what {
        Decision::Dated(_) => Cell::Empty,
        Decision::Open(entry) => entry.missing.as_str().into(),
    }),
    ("With", 26.0, |d| d.with().into()),
    ("File", 36.0, |_| Cell::File),
    ("Page", 8.0, |d| match d.what {
        Decision::Dated(entry) => page(entry.facts.first().map(|id| d.record.evidence(id)).unwrap_or_default()),
        Decision::Open(entry) => Cell::Page(entry.page),
    }),
    ("Standing", 12.0, |d| d.entry().map(|e| standing(d, e)).into()),
    ("Rests on", 12.0, |d| d.entry().map(|e| variant(&e.basis)).into()),
    ("Decision", 12.0, |d| d.said().and_then(|s| s.decision.as_ref()).map(|d| d.decision.as_str()).into()),
    ("Decided by", 18.0, |d| d.said().and_then(|s| s.decision.as_ref()?.by.clone()).into()),
    ("Notice sent", 12.0, |d| d.said().and_then(|s| s.notice.as_ref()).map(|n| n.on).into()),
    ("In time", 16.0, |d| d.said().and_then(|s| s.notice.as_ref()).map(|n| plain(&variant(&n.timely))).into()),
    ("Owner", 18.0, |d| d.record.owner.as_ref().map(|o| o.name.clone()).into()),
    ("Entry ID", 18.0, |d| match d.what {
        Decision::Dated(entry) => entry.id.as_str().into(),
        Decision::Open(entry) => entry.id.as_str().into(),
    }),
    ("Contract ID", 14.0, |d| d.record.contract.document.id.short().into()),
];

const DUTIES: [Column<OfDuty>; 14] = [
    ("Due", 12.0, |d| d.entry().map(|e| e.act_by).into()),
    ("Rests on", 12.0, |d| d.entry().map(|e| variant(&e.basis)).into()),
    ("Whose", 10.0, |d| {
        let ours = d.duty().and_then(|duty| is_us(duty.obligor.as_deref()?, d.us));
        ours.map(|ours| if ours { "ours" } else { "theirs" }).into()
    }),
    ("Who", 26.0, |d| d.duty().and_then(|duty| duty.obligor.clone()).into()),
    ("Duty", 60.0, |d| d.duty().map(|duty| duty.action.clone()).into()),
    ("When", 30.0, |d| d.duty().map(|duty| duty.timing.to_string()).into()),
    ("Condition", 30.0, |d| d.duty().and_then(|duty| duty.condition.clone()).into()),
    ("State", 10.0, |d| {
        let said = d.entry().and_then(|e| d.record.said.get(&e.id));
        said.and_then(|said| said.duty.as_ref()).map(|duty| plain(&variant(&duty.state))).into()
    }),
    ("With", 26.0, |d| d.with().into()),
    ("File", 36.0, |_| Cell::File),
    ("Page", 8.0, |d| page(d.what.evidence())),
    ("Owner", 18.0, |d| d.record.owner.as_ref().map(|o| o.name.clone()).into()),
    ("Fact ID", 18.0, |d| d.what.id().as_str().into()),
    ("Contract ID", 14.0, |d| d.record.contract.document.id.short().into()),
];

const LEVELS: [Column<OfLevel>; 9] = [
    ("Level", 60.0, |l| l.what.value().map(ServiceLevel::words).into()),
    ("Applies to", 16.0, |l| l.what.value().and_then(|level| level.severity.clone()).into()),
    ("Measured over", 18.0, |l| l.what.value().and_then(|level| level.window.clone()).into()),
    ("Owed by", 26.0, |l| l.what.value().and_then(|level| level.obligor.clone()).into()),
    ("With", 26.0, |l| l.with().into()),
    ("File", 36.0, |_| Cell::File),
    ("Page", 8.0, |l| page(l.what.evidence())),
    ("Fact ID", 18.0, |l| l.what.id().as_str().into()),
    ("Contract ID", 14.0, |l| l.record.contract.document.id.short().into()),
];

const REVIEW: [Column<OfItem>; 9] = [
    ("Field", 20.0, |i| {
        Field::named(&i.what.field).map_or_else(|| i.what.field.clone(), |f| f.label().to_owned()).into()
    }),
    ("Why", 20.0, |i| plain(&variant(&i.what.reason)).into()),
    ("Words", 70.0, |i| i.what.raw.as_str().into()),
    ("Certainty, %", 12.0, |i| Cell::Number(f64::from((i.what.confidence.get() * 100.0).round()))),
    ("File", 36.0, |_| Cell::File),
    ("Page", 8.0, |i| Cell::Page(i.what.page)),
    ("Owner", 18.0, |i| i.record.owner.as_ref().map(|o| o.name.clone()).into()),
    ("Fact ID", 18.0, |i| i.what.fact.as_str().into()),
    ("Contract ID", 14.0, |i| i.record.contract.document.id.short().into()),
];

/// A name of the state or the reason of a record, as words.
fn plain(name: &str) -> String {
    name.replace('_', " ")
}

fn day(fact: Option<&Fact<DateValue>>) -> Cell {
    fact.and_then(Fact::value).and_then(|value| value.date()).into()
}

fn words<T: Describe>(fact: Option<&Fact<T>>) -> Cell {
    fact.and_then(Fact::value).map(Describe::words).into()
}

fn page(evidence: &[Evidence]) -> Cell {
    evidence.first().map_or(Cell::Empty, |e| Cell::Page(e.page()))
}

fn standing<T>(row: &Of<'_, T>, entry: &ScheduleEntry) -> String {
    plain(&variant(&row.standing(entry)))
}

/// A workbook that records are added to.
pub struct Workbook<'a> {
    us: &'a [String],
    as_of: Date,
    styles: Styles,
    contracts: Sheet,
    decisions: Sheet,
    duties: Sheet,
    levels: Sheet,
    review: Sheet,
}

impl<'a> Workbook<'a> {
    /// An empty workbook. `us` are the user's own companies; `as_of` is the day that counts as today.
    ///
    /// # Errors
    /// Never, as far as is known: those of the library that writes it.
    pub fn new(us: &'a [String], as_of: Date) -> io::Result<Self> {
        let styles = Styles::new();
        Ok(Self {
            us,
            as_of,
            contracts: Sheet::new("Contracts", &CONTRACTS, &styles).map_err(broken)?,
            decisions: Sheet::new("Decisions", &DECISIONS, &styles).map_err(broken)?,
            duties: Sheet::new("Duties", &DUTIES, &styles).map_err(broken)?,
            levels: Sheet::new("Levels", &LEVELS, &styles).map_err(broken)?,
            review: Sheet::new("Review", &REVIEW, &styles).map_err(broken)?,
            styles,
        })
    }

    /// Adds the rows of a record.
    ///
    /// # Errors
    /// Those of the library that writes it.
    pub fn add(&mut self, record: &Record) -> io::Result<()> {
        let (us, as_of, styles) = (self.us, self.as_of, &self.styles);
        let file = Linked::of(record);
        let of = Of { record, us, as_of, what: () };
        self.contracts.add(&file, CONTRACTS.iter().map(|(.., cell)| cell(&of)), styles)?;
        for what in Decision::all(record) {
            let of = Of { record, us, as_of, what };
            self.decisions.add(&file, DECISIONS.iter().map(|(.., cell)| cell(&of)), styles)?;
        }
        for what in &record.contract.obligations {
            let of = Of { record, us, as_of, what };
            self.duties.add(&file, DUTIES.iter().map(|(.., cell)| cell(&of)), styles)?;
        }
        for what in &record.contract.service_levels {
            let of = Of { record, us, as_of, what };
            self.levels.add(&file, LEVELS.iter().map(|(.., cell)| cell(&of)), styles)?;
        }
        for what in &record.needs_review {
            let of = Of { record, us, as_of, what };
            self.review.add(&file, REVIEW.iter().map(|(.., cell)| cell(&of)), styles)?;
        }
        Ok(())
    }

    /// Writes the workbook, and gives how many rows had no place in it.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(self, out: &mut impl Write) -> io::Result<u32> {
        let mut book = Book::new();
        let mut left_out = 0;
        for mut sheet in [self.contracts, self.decisions, self.duties, self.levels, self.review] {
            sheet.finish().map_err(broken)?;
            left_out += sheet.left_out;
            book.push_worksheet(*sheet.page);
        }
        // The library must be able to seek, and not every sink can.
        let bytes = book.save_to_buffer().map_err(broken)?;
        out.write_all(&bytes)?;
        Ok(left_out)
    }
}

fn broken(error: XlsxError) -> io::Error {
    io::Error::other(error)
}

/// How cells look.
struct Styles {
    heading: Format,
    text: Format,
    day: Format,
    number: Format,
    link: Format,
}

impl Styles {
    fn new() -> Self {
        let top = || Format::new().set_align(FormatAlign::Top);
        Self {
            heading: Format::new().set_bold().set_background_color("#E8ECF1").set_align(FormatAlign::Top),
            text: top(),
            day: top().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
            number: top().set_num_format("0"),
            link: top().set_font_color("#0B57A4"),
        }
    }
}

/// The file of a record, and where it lies.
struct Linked<'a> {
    name: &'a str,
    address: Option<String>,
}

impl<'a> Linked<'a> {
    fn of(record: &'a Record) -> Self {
        let document = &record.contract.document;
        let path = document.uri.strip_prefix('/');
        let address = path.map(|path| format!("file:///{}", percent_encoded(path, b"/")));
        Self { name: &document.file_name, address }
    }

    /// A link to a page.
    fn page(&self, page: u32) -> Option<Url> {
        self.address.as_ref().map(|address| Url::new(format!("{address}#page={page}")))
    }
}

/// A sheet that rows are added to.
struct Sheet {
    // A large type.
    page: Box<Worksheet>,
    columns: u16,
    rows: u32,
    links: u32,
    /// Rows for which it has no place.
    left_out: u32,
}

impl Sheet {
    fn new<F>(name: &str, columns: &[Column<F>], styles: &Styles) -> Result<Self, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?.set_freeze_panes(1, 0)?;
        sheet.set_landscape().set_repeat_rows(0, 0)?.set_print_fit_to_pages(1, 0);
        let mut at = 0;
        for (heading, width, _) in columns {
            sheet.write_with_format(0, at, *heading, &styles.heading)?.set_column_width(at, *width)?;
            at += 1;
        }
        Ok(Self { page: Box::new(sheet), columns: at, rows: 1, links: 0, left_out: 0 })
    }

    fn add(&mut self, file: &Linked<'_>, cells: impl Iterator<Item = Cell>, styles: &Styles) -> io::Result<()> {
        if self.rows == MOST_ROWS {
            self.left_out += 1;
            return Ok(());
        }
        for (at, cell) in (0..).zip(cells) {
            self.put(at, cell, file, styles).map_err(broken)?;
        }
        self.rows += 1;
        Ok(())
    }

    fn put(&mut self, at: u16, cell: Cell, file: &Linked<'_>, styles: &Styles) -> Result<(), XlsxError> {
        let (page, text) = match cell {
            Cell::Empty => return Ok(()),
            Cell::Text(text) => {
                self.page.write_string_with_format(self.rows, at, harmless(&text), &styles.text)?;
                return Ok(());
            }
            Cell::Number(number) => {
                self.page.write_number_with_format(self.rows, at, number, &styles.number)?;
                return Ok(());
            }
            Cell::Day(day) => {
                // The days of a spreadsheet begin in 1900.
                let (year, month, of_month) = (u16::try_from(day.year()), day.month(), day.day());
                let known = year.ok().filter(|year| *year >= 1900);
                let (month, of_month) = (month.unsigned_abs(), of_month.unsigned_abs());
                match known.map(|year| ExcelDateTime::from_ymd(year, month, of_month)) {
                    Some(Ok(day)) => self.page.write_datetime_with_format(self.rows, at, &day, &styles.day)?,
                    _ => self.page.write_string_with_format(self.rows, at, day.to_string(), &styles.text)?,
                };
                return Ok(());
            }
            Cell::Page(page) => (page, page.to_string()),
            Cell::File => (1, harmless(file.name)),
        };
        match file.page(page).filter(|_| self.links < MOST_LINKS) {
            Some(url) => {
                self.links += 1;
                let url = url.set_text(&text);
                // An address that is too long is no reason to lose the row.
                if self.page.write_url_with_format(self.rows, at, url, &styles.link).is_err() {
                    self.page.write_string_with_format(self.rows, at, text, &styles.text)?;
                }
            }
            None => {
                self.page.write_string_with_format(self.rows, at, text, &styles.text)?;
            }
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), XlsxError> {
        self.page.autofilter(0, 0, self.rows - 1, self.columns.saturating_sub(1))?;
        Ok(())
    }
}

/// A text that a cell can hold: what moves a cursor or reorders text is spelt out, and a long one is cut.
fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => out.push(c),
            c if super::is_unprintable(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    if out.chars().count() > MOST_TEXT {
        out = out.chars().take(MOST_TEXT - 1).chain(['…']).collect();
    }
    out
}
