//! Field maps: the flat tables under the names of another system, such as a CRM.
//!
//! A map is a TOML file. It names a table, and for each field of the other system the column that fills it. What the other
//! system cannot hold is left empty there, and nothing is made to fit.

mod back;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use serde::Deserialize;
use serde_json::{Map, Value};

use super::returned::Returned;
use super::tables::{Cell, Row, Table, csv_cells};
use back::{AS_EXPORTED, Back};

/// The maps that the program brings along, by name.
pub const SHIPPED: [(&str, &str); 2] = [
    ("salesforce", include_str!("../../contrib/maps/salesforce.toml")),
    ("docusign-navigator", include_str!("../../contrib/maps/docusign-navigator.toml")),
];

/// A map that fits the tables.
#[derive(Debug, Clone)]
pub struct FieldMap {
    file: File,
    /// Where the value of each field stands.
    fields: Vec<Filled>,
    /// The same, for the fields of each list.
    lists: Vec<Vec<Filled>>,
    only: Vec<Only>,
    /// What comes back of it.
    back: Option<Back>,
}

/// What stands in the file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: Form,
    #[serde(default)]
    table: Named,
    /// Which rows are written: those in whose column stands one of the values; an empty one stands for null.
    #[serde(default)]
    only: BTreeMap<String, Vec<String>>,
    field: Vec<Field>,
    #[serde(default)]
    list: Vec<List>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Form {
    Csv,
    Ndjson,
}

/// A table by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
struct Named(Table);

impl Default for Named {
    fn default() -> Self {
        Self(Table::Contracts)
    }
}

impl TryFrom<String> for Named {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        let known = || Table::ALL.map(Table::name).join(", ");
        let found = Table::ALL.into_iter().find(|table| table.name() == name);
        found.map(Self).ok_or_else(|| format!("no table is called {name:?}; there are {}", known()))
    }
}

/// A field of the other system.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Field {
    /// Its name; in NDJSON a dot leads into an object.
    name: String,
    /// The column that fills it: of the table, or of the contract as `contracts.title`.
    from: String,
    /// How the value is written.
    #[serde(rename = "as")]
    form: Option<As>,
    /// What stands for each value there; a value that is not named is left empty.
    values: Option<BTreeMap<String, String>>,
    /// When it is filled: where another column has one of these values.
    #[serde(default)]
    only: BTreeMap<String, Vec<String>>,
    /// Most characters that the field holds; a longer text is cut.
    longest: Option<usize>,
    /// Whether what people fill in there comes back.
    #[serde(default)]
    back: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum As {
    /// A length of time in whole months; empty for one that is not made of months.
    Months,
    /// A length of time in whole days; empty for one that is not made of days.
    Days,
}

/// A list inside of each object, in NDJSON.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    name: String,
    table: Named,
    field: Vec<Field>,
}

/// What fills a field.
#[derive(Debug, Clone, Copy)]
enum Source {
    /// The column at this place of the row.
    OfRow(usize),
    /// That of its contract.
    OfContract(usize),
    /// What tells, when the row comes back, what it held.
    AsExported,
}

/// A column, and the values that it must have one of.
type Only = (Source, Vec<String>);

/// What fills a field, and when.
#[derive(Debug, Clone)]
struct Filled {
    from: Source,
    only: Vec<Only>,
}

impl FieldMap {
    /// The map in `text`.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|e| e.to_string().trim_end().to_owned())?;
        let Named(table) = file.table;
        if file.format == Form::Csv && !file.list.is_empty() {
            return Err("a CSV file has no lists: remove [[list]], or set format = \"ndjson\"".to_owned());
        }
        let names: BTreeSet<&str> =
            file.field.iter().map(|f| &*f.name).chain(file.list.iter().map(|l| &*l.name)).collect();
        if names.len() < file.field.len() + file.list.len() {
            return Err("two fields have the same name".to_owned());
        }
        let filled = |table, f: &Field| Ok(Filled { from: source(table, &f.from)?, only: only(table, &f.only)? });
        let all = |table, fields: &[Field]| -> Result<Vec<Filled>, String> {
            fields.iter().map(|field| filled(table, field)).collect()
        };
        let fields = all(table, &file.field)?;
        let lists = file.list.iter().map(|list| all(list.table.0, &list.field)).collect::<Result<_, _>>()?;
        let only = only(table, &file.only)?;
        let back = Back::of(&file)?;
        Ok(Self { file, fields, lists, only, back })
    }

    /// Whether it writes JSON.
    #[must_use]
    pub fn is_json(&self) -> bool {
        self.file.format == Form::Ndjson
    }

    /// Whether a field tells whom a contract is with.
    #[must_use]
    pub fn has_counterparty(&self) -> bool {
        let lists = self.file.list.iter().flat_map(|list| &list.field);
        let mut columns = self.file.field.iter().chain(lists).map(|field| &*field.from);
        columns.any(|column| column.rsplit('.').next() == Some("counterparty"))
    }

    /// Reads what the other system exported under the names of this map.
    ///
    /// # Errors
    /// Why nothing can come back of this map, or of this file, in words.
    pub fn read(&self, csv: &[u8]) -> Result<Returned, String> {
        let back = self.back.as_ref();
        back.ok_or("no field of this map comes back: say back = true for those that people fill in there")?.read(csv)
    }

    /// Writes what stands before the rows.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn head(&self, out: &mut impl Write) -> io::Result<()> {
        if self.is_json() {
            return Ok(());
        }
        let names = self.file.field.iter().map(|field| Cell::from(field.name.as_str()));
        writeln!(out, "{}", csv_cells(&names.collect::<Vec<_>>()))
    }

    /// Writes the rows of a contract.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, rows: &[Row], out: &mut impl Write) -> io::Result<()> {
        let Some(contract) = rows.iter().find(|row| row.table == Table::Contracts) else { return Ok(()) };
        for row in rows.iter().filter(|row| row.table == self.file.table.0) {
            if !self.fits(&self.only, row, contract) {
                continue;
            }
            let fill = |row, field: &Field, filled: &Filled| {
                let fits = self.fits(&filled.only, row, contract);
                if fits { field.fill(&self.cell(filled.from, row, contract)) } else { Cell::Empty }
            };
            let cells = |row, fields: &[Field], filled: &[Filled]| -> Vec<Cell> {
                fields.iter().zip(filled).map(|(field, filled)| fill(row, field, filled)).collect()
            };
            let filled = cells(row, &self.file.field, &self.fields);
            if !self.is_json() {
                writeln!(out, "{}", csv_cells(&filled))?;
                continue;
            }
            let mut object = object(&self.file.field, filled)?;
            for (list, sources) in self.file.list.iter().zip(&self.lists) {
                let of = rows.iter().filter(|row| row.table == list.table.0);
                let items =
                    of.map(|row| Ok(Value::Object(self::object(&list.field, cells(row, &list.field, sources))?)));
                put(&mut object, &list.name, Value::Array(items.collect::<io::Result<_>>()?));
            }
            serde_json::to_writer(&mut *out, &object)?;
            writeln!(out)?;
        }
        Ok(())
    }

    /// Whether a row has one of the wanted values in each of these columns.
    fn fits(&self, only: &[Only], row: &Row, contract: &Row) -> bool {
        only.iter().all(|(source, values)| values.contains(&plain(&self.cell(*source, row, contract))))
    }

    /// What fills a field of a row.
    fn cell(&self, source: Source, row: &Row, contract: &Row) -> Cell {
        let of = |row: &Row, at: usize| row.cells.get(at).cloned().unwrap_or(Cell::Empty);
        match source {
            Source::OfRow(at) => of(row, at),
            Source::OfContract(at) => of(contract, at),
            Source::AsExported => self.back.as_ref().map(|back| back.mark(contract)).into(),
        }
    }
}

/// What fills a field that a map fills from this name: a column of a table, or of that of the contracts.
fn source(table: Table, name: &str) -> Result<Source, String> {
    if name == AS_EXPORTED {
        return Ok(Source::AsExported);
    }
    let prefix = format!("{}.", Table::Contracts.name());
    let of_contract = name.strip_prefix(&*prefix);
    let table = if of_contract.is_some() { Table::Contracts } else { table };
    let wanted = of_contract.unwrap_or(name);
    let known = || table.heads().iter().map(|head| head.name).collect::<Vec<_>>().join(", ");
    let at = place(table, wanted);
    let at = at.ok_or_else(|| format!("the table {} has no column {wanted:?}; it has {}", table.name(), known()))?;
    Ok(if of_contract.is_some() { Source::OfContract(at) } else { Source::OfRow(at) })
}

/// The columns that must have one of some values.
fn only(table: Table, wanted: &BTreeMap<String, Vec<String>>) -> Result<Vec<Only>, String> {
    wanted.iter().map(|(name, values)| Ok((source(table, name)?, values.clone()))).collect()
}

/// The place of a column.
fn place(table: Table, name: &str) -> Option<usize> {
    table.heads().iter().position(|head| head.name == name)
}

impl Field {
    /// What stands in the field for a value.
    fn fill(&self, cell: &Cell) -> Cell {
        let value = match &self.values {
            Some(values) => values.get(&plain(cell)).map(String::as_str).into(),
            None => cell.clone(),
        };
        let value = match self.form {
            None => value,
            Some(form) => form.of(&plain(&value)).into(),
        };
        match value {
            Cell::Text(text) => Cell::Text(self.cut(text)),
            value => value,
        }
    }

    /// As much of a text as the field holds.
    fn cut(&self, text: String) -> String {
        match self.longest {
            Some(longest) if text.chars().count() > longest => {
                text.chars().take(longest.saturating_sub(1)).chain(['…']).collect()
            }
            _ => text,
        }
    }
}

impl As {
    /// The number of a length of time in ISO 8601 of one unit, as all lengths of the tables are.
    fn of(self, iso: &str) -> Option<u32> {
        let rest = iso.strip_prefix('P')?;
        let unit = rest.chars().last()?;
        let count: u32 = rest.strip_suffix(unit)?.parse().ok()?;
        match (self, unit) {
            (Self::Months, 'M') | (Self::Days, 'D') => Some(count),
            (Self::Months, 'Y') => count.checked_mul(12),
            (Self::Days, 'W') => count.checked_mul(7),
            _ => None,
        }
    }
}

/// A value as a map names it: null is empty.
fn plain(cell: &Cell) -> String {
    match serde_json::to_value(cell) {
        Ok(Value::String(text)) => text,
        Ok(Value::Null) | Err(_) => String::new(),
        Ok(other) => other.to_string(),
    }
}

fn object(fields: &[Field], cells: Vec<Cell>) -> io::Result<Map<String, Value>> {
    let mut out = Map::new();
    for (field, cell) in fields.iter().zip(cells) {
        put(&mut out, &field.name, serde_json::to_value(cell)?);
    }
    Ok(out)
}

/// Puts a value into an object, behind each dot of its name one level deeper.
fn put(object: &mut Map<String, Value>, name: &str, value: Value) {
    match name.split_once('.') {
        None => drop(object.insert(name.to_owned(), value)),
        Some((first, rest)) => {
            let inner = object.entry(first).or_insert_with(|| Value::Object(Map::new()));
            if let Some(inner) = inner.as_object_mut() {
                put(inner, rest, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_maps_fit_the_tables() {
        for (name, text) in SHIPPED {
            FieldMap::parse(text).unwrap_or_else(|why| panic!("{name}: {why}"));
        }
    }

    #[test]
    fn a_map_that_fits_nothing_says_what_there_is() {
        for (text, why) in [
            (
                "format = \"csv\"\nfield = [{ name = \"A\", from = \"tittle\" }]",
                "no column \"tittle\"; it has contract_id,",
            ),
            ("format = \"xml\"\nfield = []", "csv"),
            ("format = \"csv\"\ntable = \"clauses\"\nfield = []", "there are contracts,"),
            (
                "format = \"csv\"\nfield = [{ name = \"A\", from = \"title\" }, { name = \"A\", from = \"type\" }]",
                "same name",
            ),
            ("format = \"csv\"\nfield = []\nlist = [{ name = \"p\", table = \"parties\", field = [] }]", "no lists"),
            ("format = \"csv\"\nfield = []\nonly = { staet = [\"\"] }", "staet"),
            ("format = \"csv\"\nfield = [{ name = \"A\", form = \"title\" }]", "form"),
            ("format = \"csv\"\nfield = [{ name = \"A\", from = \"title\", back = true }]", "title does not come back"),
            ("format = \"csv\"\nfield = [{ name = \"A\", from = \"owner\", back = true }]", "from = \"contract_id\""),
            (
                "format = \"csv\"\nfield = [{ name = \"A\", from = \"contract_id\" }, \
                 { name = \"B\", from = \"backup\", back = true }]",
                "with the owner",
            ),
            (
                "format = \"csv\"\nfield = [{ name = \"A\", from = \"contract_id\" }, { name = \"B\", from = \"decision\", \
                 back = true, values = { renew = \"Go\", renegotiate = \"Go\" } }]",
                "two values",
            ),
            (
                "format = \"ndjson\"\nfield = [{ name = \"A\", from = \"owner\", back = true }]",
                "a CSV file of contracts",
            ),
        ] {
            let told = FieldMap::parse(text).unwrap_err();
            assert!(told.contains(why), "{told}");
        }
    }

    /// A month is not thirty days, and a year and a half is no whole number of years.
    #[test]
    fn only_whole_months_are_months() {
        let months =
            ["P3Y", "P18M", "P30D", "P6W", "PT8H", "", "P1Y6M", "10 business days"].map(|iso| As::Months.of(iso));
        assert_eq!(months, [Some(36), Some(18), None, None, None, None, None, None]);
        let days = ["P30D", "P2W", "P1M", "P1Y"].map(|iso| As::Days.of(iso));
        assert_eq!(days, [Some(30), Some(14), None, None]);
    }
}
