//! The way back: what people typed into the sheets of a workbook.
//!
//! A hidden column tells of each row what it held when it was exported. So what was typed is told from what was there, in
//! whatever order the rows and columns are now, and without the workbook as it was.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx, XlsxError};
use rust_xlsxwriter::utility::row_col_to_cell;
use serde::{Deserialize, Serialize};

use crate::export::returned::{Flaw, Returned, Row, Typed, Was, Which, Wish, digest};

/// The hidden column.
pub(super) const MARK: &str = "As exported";

/// A sheet that comes back.
pub(super) struct Back {
    name: &'static str,
    /// The columns that people fill in.
    pub(super) typed: &'static [&'static str],
    /// The words that those take; names of people where there are none.
    pub(super) words: &'static [&'static str],
    /// The column with the ID of the contract, and that of what the row is about.
    contract: &'static str,
    about: Option<&'static str>,
    /// The column with what people say something of.
    shown: Option<&'static str>,
}

/// All of them.
const SHEETS: [Back; 3] = [
    Back { name: "Contracts", typed: &["Owner", "Backup"], words: &[], contract: "ID", about: None, shown: None },
    Back {
        name: "Decisions",
        typed: &["Decision"],
        words: &["renew", "renegotiate", "end", "undecided"],
        contract: "Contract ID",
        about: Some("Entry ID"),
        shown: None,
    },
    Back {
        name: "Review",
        typed: &["Confirm"],
        words: &["yes"],
        contract: "Contract ID",
        about: Some("Fact ID"),
        shown: Some("Value"),
    },
];

impl Back {
    /// The sheet of this name, if it comes back.
    pub(super) fn of(name: &str) -> Option<&'static Self> {
        SHEETS.iter().find(|sheet| sheet.name == name)
    }

    /// What the hidden column tells of a row with these cells, each with its heading.
    pub(super) fn mark<'a>(&self, cells: impl Iterator<Item = (&'static str, &'a str)>) -> String {
        let mut mark = Mark { typed: Vec::new(), rest: Vec::new() };
        for (heading, text) in cells {
            if self.typed.contains(&heading) {
                mark.typed.push((heading.to_owned(), text.trim().to_owned()));
            } else {
                mark.rest.push((heading.to_owned(), digest(text)));
            }
        }
        serde_json::to_string(&mark).unwrap_or_default()
    }
}

/// What a row held.
#[derive(Serialize, Deserialize)]
struct Mark {
    /// The cells that people fill in, by heading.
    typed: Vec<(String, String)>,
    /// Of the others it is enough to know whether they are the same.
    rest: Vec<(String, String)>,
}

/// Why a file is no workbook that can come back.
#[derive(Debug, thiserror::Error)]
pub enum BadWorkbook {
    /// It is no workbook, or is damaged.
    #[error("it is no workbook of Excel (.xlsx), or is damaged")]
    Broken(#[from] XlsxError),
    /// None of the sheets is there.
    #[error("it has no sheet Contracts, Decisions or Review; `tickler export --format xlsx` writes them")]
    Other,
}

/// Reads what people typed into a workbook that `tickler export` wrote.
///
/// # Errors
/// [`BadWorkbook`] where the file is none of them.
pub fn read(bytes: &[u8]) -> Result<Returned, BadWorkbook> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes))?;
    let names = book.sheet_names();
    let mut out = Returned::default();
    let sheets: Vec<&Back> = SHEETS.iter().filter(|sheet| names.iter().any(|name| name == sheet.name)).collect();
    if sheets.is_empty() {
        return Err(BadWorkbook::Other);
    }
    for sheet in sheets {
        let range = book.worksheet_range(sheet.name)?;
        let (first, left) = range.start().unwrap_or_default();
        let mut rows = (first..).zip(range.rows());
        // Somebody may have put a title above the headings.
        let Some((number, headings)) = rows.find(|(_, cells)| cells.iter().any(|cell| text(cell) == MARK)) else {
            let message = format!(
                "the hidden column \u{201c}{MARK}\u{201d} is missing, so what was typed cannot be told from what was there; \
                 export the workbook again"
            );
            out.flaws.push(Flaw { sheet: Some(sheet.name), number: first + 1, at: None, message });
            continue;
        };
        let headings: Vec<String> = headings.iter().map(text).collect();
        let grid = Grid { sheet, headings, left };
        if let Some(missing) = grid.missing() {
            let message = format!("the column \u{201c}{missing}\u{201d} is missing; export the workbook again");
            out.flaws.push(Flaw { sheet: Some(sheet.name), number: number + 1, at: None, message });
            continue;
        }
        for (number, cells) in rows.filter(|(_, cells)| cells.iter().any(|cell| !text(cell).is_empty())) {
            grid.read(number, cells, &mut out);
        }
    }
    Ok(out)
}

/// The columns of a sheet as they are now.
struct Grid<'a> {
    sheet: &'a Back,
    headings: Vec<String>,
    /// Number of the first column, from 0.
    left: u32,
}

impl Grid<'_> {
    fn place(&self, heading: &str) -> Option<usize> {
        self.headings.iter().position(|known| known == heading)
    }

    /// A column without which nothing can be read.
    fn missing(&self) -> Option<&'static str> {
        let Back { typed, contract, about, shown, .. } = *self.sheet;
        let mut needed = typed.iter().copied().chain([contract]).chain(about).chain(shown);
        needed.find(|heading| self.place(heading).is_none())
    }

    fn read(&self, number: u32, cells: &[Data], out: &mut Returned) {
        let Back { name, typed, contract, about, shown, .. } = *self.sheet;
        let cell = |heading: &str| self.place(heading).and_then(|at| cells.get(at)).map(text).unwrap_or_default();
        let at = |heading: &str| {
            let column = self.left + u32::try_from(self.place(heading)?).ok()?;
            Some(row_col_to_cell(number, u16::try_from(column).ok()?))
        };
        let mut flaw = |at, message| out.flaws.push(Flaw { sheet: Some(name), number: number + 1, at, message });
        let Ok(mark) = serde_json::from_str::<Mark>(&cell(MARK)) else {
            return flaw(None, "this row was not exported, or its hidden cell was changed".to_owned());
        };
        for (heading, was) in &mark.rest {
            if self.place(heading).is_some() && digest(&cell(heading)) != *was {
                let back = typed.join(" and ");
                let message = format!(
                    "the cell under \u{201c}{heading}\u{201d} was changed; of this sheet only {back} can come back"
                );
                flaw(at(heading), message);
            }
        }
        let was = |heading: &str| mark.typed.iter().find(|(known, _)| known == heading).map(|(_, was)| was.clone());
        let cells = typed.iter().map(|heading| {
            let (at, was) = (at(heading).unwrap_or_default(), was(heading).unwrap_or_default());
            Typed { at, was: Was::Text(was), now: cell(heading) }
        });
        let about = about.map(cell).unwrap_or_default();
        let wish = match (name, shown) {
            (_, Some(shown)) => Wish::Confirm { fact: about, shown: cell(shown) },
            ("Decisions", None) => Wish::Decide(Which::Entry(about)),
            (_, None) => Wish::Assign,
        };
        let row = Row { sheet: Some(name), number: number + 1, contract: cell(contract), wish, cells: cells.collect() };
        if row.is_unchanged() {
            out.unchanged += 1;
        } else {
            out.rows.push(row);
        }
    }
}

/// What a cell holds, as the export counts it.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.trim().to_owned(),
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Bool(yes) => yes.to_string(),
        Data::DateTime(day) => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(text) => text.split('T').next().unwrap_or_default().to_owned(),
        Data::DurationIso(text) => text.clone(),
        Data::Error(error) => error.to_string(),
    }
}
