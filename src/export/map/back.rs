//! The way back: what people filled in in the other system, from a CSV file that it exported.
//!
//! A field of the map can hold what the row held when it was exported ([`AS_EXPORTED`]). So what was filled in there is told
//! from what was there, as in a workbook.

use csv::{Position, Reader, ReaderBuilder, StringRecord};

use super::{Field, File, Form, Named, place, plain};
use crate::export::csv::disarm;
use crate::export::returned::{Flaw, Returned, Row, Typed, Was, Which, Wish, digest};
use crate::export::tables::{self, Table};

/// Under this name a map asks for the field that tells what a row held.
pub(super) const AS_EXPORTED: &str = "as_exported";

/// The column whose day tells which decision a row is about.
const DAY: &str = "act_by";

const DECISION: &str = "decision";

/// What can come back, by the column that it is exported from.
const COLUMNS: [&str; 3] = ["owner", "backup", DECISION];

/// What separates the cells of a line, in the order in which it is tried.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// What comes back of a map.
#[derive(Debug, Clone)]
pub(super) struct Back {
    /// The name of the field with the ID of the contract.
    contract: String,
    /// The name of the field that tells what the row held.
    mark: Option<String>,
    /// The fields that people fill in, in the order of [`COLUMNS`].
    fields: Vec<Typing>,
    /// The place of [`DAY`].
    day: usize,
}

/// A field that people fill in.
#[derive(Debug, Clone)]
struct Typing {
    column: &'static str,
    /// The place of the column.
    at: usize,
    field: Field,
}

impl Back {
    /// That of a map; `None` where nothing comes back.
    pub(super) fn of(file: &File) -> Result<Option<Self>, String> {
        let lists = file.list.iter().flat_map(|list| &list.field);
        let Some(first) = file.field.iter().chain(lists).find(|field| field.back) else { return Ok(None) };
        let Named(table) = file.table;
        if file.format != Form::Csv || table != Table::Contracts {
            return Err(format!("{} cannot come back: only the fields of a CSV file of contracts do", first.name));
        }
        if let Some(other) = file.field.iter().find(|f| f.back && !COLUMNS.contains(&&*f.from)) {
            let known = COLUMNS.join(", ");
            return Err(format!("{} does not come back, because nobody says it; what does is {known}", other.from));
        }
        let named = |from: &str| file.field.iter().find(|field| field.from == from).map(|field| field.name.clone());
        let contract = named("contract_id");
        let contract = contract.ok_or("what comes back names its contract: add a field with from = \"contract_id\"")?;
        let fields: Vec<Typing> =
            COLUMNS.into_iter().filter_map(|column| Typing::of(file, column).transpose()).collect::<Result<_, _>>()?;
        if fields.iter().any(|f| f.column == "backup") && !fields.iter().any(|f| f.column == "owner") {
            return Err("a backup comes back with the owner alone: say back = true there, too".to_owned());
        }
        let day = place(table, DAY).ok_or_else(|| format!("no column is called {DAY}"))?;
        Ok(Some(Self { contract, mark: named(AS_EXPORTED), fields, day }))
    }

    /// What tells of the row of a contract what it held, such as `owner=3fa2c1 decision=af1349 act_by=09b7d2`.
    pub(super) fn mark(&self, contract: &tables::Row) -> String {
        let held = |at: usize| contract.cells.get(at).map(plain).unwrap_or_default();
        let mut parts: Vec<String> = Vec::new();
        for typing in &self.fields {
            let value = held(typing.at);
            // A value that the map has no word for leaves the field empty, and comes back so.
            let unsaid = typing.field.values.as_ref().is_some_and(|values| !values.contains_key(&value));
            let value = if unsaid { String::new() } else { typing.field.cut(value) };
            parts.push(format!("{}={}", typing.column, digest(&value)));
            if typing.column == DECISION {
                parts.push(format!("{DAY}={}", digest(&held(self.day))));
            }
        }
        parts.join(" ")
    }

    /// What came back in a file.
    pub(super) fn read(&self, bytes: &[u8]) -> Result<Returned, String> {
        let text = str::from_utf8(bytes).map_err(|_| "it is not UTF-8: save it as \"CSV UTF-8\"")?;
        // The reader counts lines by these ends alone.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
        let sheet = SEPARATORS.iter().find_map(|separator| Sheet::of(self, &text, *separator));
        let sheet = sheet.ok_or_else(|| format!("it has no column {:?} with the IDs of contracts", self.contract))?;
        sheet.read(self)
    }
}

impl Typing {
    /// The field of a map that comes back as a column, if there is one.
    fn of(file: &File, column: &'static str) -> Result<Option<Self>, String> {
        let mut found = file.field.iter().filter(|field| field.back && field.from == column);
        let Some(field) = found.next().cloned() else { return Ok(None) };
        if found.next().is_some() {
            return Err(format!("{column} comes back from two fields"));
        }
        if field.form.is_some() {
            return Err(format!("{} has a form, so that it cannot come back", field.name));
        }
        let mut words: Vec<String> = field.values.iter().flatten().map(|(_, word)| plain_name(word)).collect();
        words.sort_unstable();
        if words.windows(2).any(|pair| pair.first() == pair.last()) {
            return Err(format!("in {} one word stands for two values, so that it cannot come back", field.name));
        }
        let at = place(Table::Contracts, column).ok_or_else(|| format!("no column is called {column}"))?;
        Ok(Some(Self { column, at, field }))
    }
}

/// A CSV file.
struct Sheet<'a> {
    reader: Reader<&'a [u8]>,
    headings: StringRecord,
    contract: usize,
}

impl<'a> Sheet<'a> {
    /// The file with this separator, where that makes columns of it.
    fn of(back: &Back, text: &'a str, separator: u8) -> Option<Self> {
        let mut reader = ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes());
        let headings = reader.headers().ok()?.clone();
        let contract = column(&headings, &back.contract)?;
        Some(Self { reader, headings, contract })
    }

    fn read(mut self, back: &Back) -> Result<Returned, String> {
        let Self { headings, contract, .. } = &self;
        for name in back.fields.iter().map(|f| &f.field.name).chain(&back.mark).chain([&back.contract]) {
            if headings.iter().filter(|heading| same(heading, name)).count() > 1 {
                return Err(format!("two of its columns are called {name:?}"));
            }
        }
        let columns: Vec<(usize, &Typing)> =
            back.fields.iter().filter_map(|f| Some((column(headings, &f.field.name)?, f))).collect();
        if !columns.iter().any(|(_, typing)| typing.column != "backup") {
            let names: Vec<&str> = back.fields.iter().map(|f| &*f.field.name).collect();
            return Err(format!("it has none of the columns that come back: {}", names.join(", ")));
        }
        let mark = back.mark.as_ref().and_then(|name| column(headings, name));
        let (contract, width) = (*contract, headings.len());
        let mut out = Returned::default();
        let mut line = StringRecord::new();
        while self.reader.read_record(&mut line).map_err(|e| e.to_string())? {
            let number = line.position().map(Position::line).and_then(|n| u32::try_from(n).ok()).unwrap_or_default();
            let cell = |at: usize| line.get(at).unwrap_or_default().trim();
            if line.len() != width {
                let message = format!("this line has {} cells, and the first one {width}", line.len());
                out.flaws.push(Flaw { sheet: None, number, at: None, message });
                continue;
            }
            if cell(contract).is_empty() {
                out.foreign += 1;
                continue;
            }
            let held = Held(mark.map(cell).unwrap_or_default());
            let flaws = out.flaws.len();
            let (mut owners, mut decisions) = (Vec::new(), Vec::new());
            for (at, Typing { column, field, .. }) in &columns {
                match field.value_of(cell(*at)) {
                    Ok(now) => {
                        let typed = Typed { at: field.name.clone(), was: held.was(column), now };
                        if *column == DECISION { &mut decisions } else { &mut owners }.push(typed);
                    }
                    Err(message) => {
                        out.flaws.push(Flaw { sheet: None, number, at: Some(field.name.clone()), message });
                    }
                }
            }
            let next = Which::Next(held.of(DAY).map(str::to_owned));
            let wishes = [(Wish::Assign, owners), (Wish::Decide(next), decisions)];
            let rows = wishes.into_iter().filter(|(_, cells)| !cells.is_empty()).map(|(wish, cells)| {
                let contract = cell(contract).to_ascii_lowercase();
                Row { sheet: None, number, contract, wish, cells }
            });
            let changed: Vec<Row> = rows.filter(|row| !row.is_unchanged()).collect();
            out.unchanged += usize::from(changed.is_empty() && out.flaws.len() == flaws);
            out.rows.extend(changed);
        }
        Ok(out)
    }
}

/// What a row held, by its mark.
struct Held<'a>(&'a str);

impl<'a> Held<'a> {
    fn of(&self, column: &str) -> Option<&'a str> {
        let mut parts = self.0.split_whitespace().filter_map(|part| part.split_once('='));
        parts.find(|(name, _)| *name == column).map(|(_, digest)| digest)
    }

    fn was(&self, column: &str) -> Was {
        self.of(column).map_or(Was::Unknown, |digest| Was::Digest(digest.to_owned()))
    }
}

impl Field {
    /// The value that stands behind a word there.
    fn value_of(&self, there: &str) -> Result<String, String> {
        let Some(values) = &self.values else { return Ok(armed(there)) };
        match values.iter().find(|(_, word)| same(word, there)) {
            Some((value, _)) => Ok(value.clone()),
            // What has no word there is left empty.
            None if there.is_empty() => Ok(String::new()),
            None => {
                let words: Vec<&str> = values.values().map(String::as_str).collect();
                Err(format!("the map says nothing of {there:?}; it has {}", words.join(", ")))
            }
        }
    }
}

/// A text without what the export added so that no spreadsheet takes it for a formula.
fn armed(there: &str) -> String {
    there.strip_prefix('\'').filter(|text| disarm(text) == there).unwrap_or(there).to_owned()
}

/// The place of a column. Programs write the names of fields in small and capital letters as they like.
fn column(headings: &StringRecord, name: &str) -> Option<usize> {
    headings.iter().position(|heading| same(heading, name))
}

fn same(one: &str, other: &str) -> bool {
    plain_name(one) == plain_name(other)
}

fn plain_name(name: &str) -> String {
    name.trim().to_lowercase()
}
