//! The sheets of a workbook and what stands in their cells.

use std::collections::BTreeSet;
use std::io;

use jiff::civil::Date;
use rust_xlsxwriter::{DataValidation, ExcelDateTime, Format, FormatAlign, Url, Worksheet, XlsxError};

use super::super::{Record, is_unprintable, percent_encoded};
use super::Column;
use super::returned::{Back, MARK};

/// Most characters of a cell.
const MOST_TEXT: usize = 32_767;
/// Most rows of a sheet, the headings among them.
const MOST_ROWS: u32 = 1_048_576;
/// Most links of a sheet.
const MOST_LINKS: u32 = 65_000;

/// The sheet with what others offer to choose from.
const LISTS: &str = "Lists";

/// What the library takes off an address of a file: it would write `file:///tmp/a.pdf` as `tmp/a.pdf`, beside the workbook.
const TAKEN_OFF: &str = "file:///file://";

/// What stands in a cell.
pub(super) enum Cell {
    Empty,
    Text(String),
    Day(Date),
    Number(f64),
    /// A page of the file that the record is of.
    Page(u32),
    /// The name of that file.
    File,
}

impl Cell {
    /// What it holds, as whoever reads the workbook sees it.
    fn text(&self, file: &Linked<'_>) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => cell_text(text),
            Self::Day(day) => day.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Page(page) => page.to_string(),
            Self::File => cell_text(file.name),
        }
    }
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

pub(super) fn broken(error: XlsxError) -> io::Error {
    io::Error::other(error)
}

/// How cells look.
pub(super) struct Styles {
    heading: Format,
    text: Format,
    day: Format,
    number: Format,
    link: Format,
}

impl Styles {
    pub(super) fn new() -> Self {
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
pub(super) struct Linked<'a> {
    name: &'a str,
    address: Option<String>,
}

impl<'a> Linked<'a> {
    pub(super) fn of(record: &'a Record) -> Self {
        let document = &record.contract.document;
        let path = document.uri.strip_prefix('/');
        let address = path.map(|path| format!("file:///{}", percent_encoded(path, b"/")));
        Self { name: &document.file_name, address }
    }

    /// A link to a page.
    fn page(&self, page: u32) -> Option<Url> {
        self.address.as_ref().map(|address| Url::new(format!("{TAKEN_OFF}{address}#page={page}")))
    }
}

/// A sheet that rows are added to.
pub(super) struct Sheet {
    // A large type.
    pub(super) page: Box<Worksheet>,
    /// The headings of its columns.
    headings: Vec<&'static str>,
    /// What comes back of it.
    back: Option<&'static Back>,
    rows: u32,
    links: u32,
    /// Rows for which it has no place.
    pub(super) left_out: u32,
}

impl Sheet {
    pub(super) fn new<F>(name: &str, columns: &[Column<F>], styles: &Styles) -> Result<Self, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?.set_freeze_panes(1, 0)?;
        sheet.set_landscape().set_repeat_rows(0, 0)?.set_print_fit_to_pages(1, 0);
        let (headings, back) = (columns.iter().map(|(heading, ..)| *heading).collect(), Back::of(name));
        for (at, (heading, width, _)) in (0..).zip(columns) {
            sheet.write_with_format(0, at, *heading, &styles.heading)?.set_column_width(at, *width)?;
        }
        let mut sheet = Self { page: Box::new(sheet), headings, back, rows: 1, links: 0, left_out: 0 };
        if back.is_some() {
            let at = sheet.columns();
            sheet.page.write_with_format(0, at, MARK, &styles.heading)?.set_column_hidden(at)?;
        }
        Ok(sheet)
    }

    /// How many columns people see.
    fn columns(&self) -> u16 {
        u16::try_from(self.headings.len()).unwrap_or(u16::MAX)
    }

    pub(super) fn add(
        &mut self,
        file: &Linked<'_>,
        cells: impl Iterator<Item = Cell>,
        styles: &Styles,
    ) -> io::Result<()> {
        if self.rows == MOST_ROWS {
            self.left_out += 1;
            return Ok(());
        }
        let cells: Vec<Cell> = cells.collect();
        if let Some(back) = self.back {
            let texts: Vec<String> = cells.iter().map(|cell| cell.text(file)).collect();
            let mark = back.mark(self.headings.iter().copied().zip(texts.iter().map(String::as_str)));
            self.put(self.columns(), Cell::Text(mark), file, styles).map_err(broken)?;
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
                self.page.write_string_with_format(self.rows, at, cell_text(&text), &styles.text)?;
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
            Cell::File => (1, cell_text(file.name)),
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

    /// Ends it; `people` are those who are known, on [`listed`].
    pub(super) fn finish(&mut self, people: usize) -> Result<(), XlsxError> {
        let last = self.rows - 1;
        self.page.autofilter(0, 0, last, self.columns().saturating_sub(1))?;
        let Some(back) = self.back.filter(|_| last > 0) else { return Ok(()) };
        let choice = match back.words {
            // Somebody else may take over, so that other names are let in as well.
            [] if people > 0 => {
                let names = format!("={LISTS}!$A$1:$A${people}");
                DataValidation::new().allow_list_formula(names.as_str().into()).show_error_message(false)
            }
            [] => return Ok(()),
            words => {
                let told = format!("Write {}, or leave it empty.", words.join(", "));
                DataValidation::new().allow_list_strings(words)?.set_error_message(told)?
            }
        };
        for (at, _) in (0..).zip(&self.headings).filter(|(_, heading)| back.typed.contains(heading)) {
            self.page.add_data_validation(1, at, last, at, &choice)?;
        }
        Ok(())
    }
}

/// A hidden sheet with the names that other sheets offer.
pub(super) fn listed(people: &BTreeSet<String>) -> Result<Worksheet, XlsxError> {
    let mut page = Worksheet::new();
    page.set_name(LISTS)?.set_hidden(true);
    for (row, name) in (0..MOST_ROWS).zip(people) {
        page.write_string(row, 0, cell_text(name))?;
    }
    Ok(page)
}

/// A text as a cell holds it: what moves a cursor or reorders text is spelt out, and a long one is cut.
#[must_use]
pub fn cell_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => out.push(c),
            c if is_unprintable(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    if out.chars().count() > MOST_TEXT {
        out = out.chars().take(MOST_TEXT - 1).chain(['…']).collect();
    }
    out
}
