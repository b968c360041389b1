//! Flat tables for other programs: contracts, parties, deadlines, duties, service levels and decisions.
//!
//! The columns stand in `columns.rs`, once for all formats: NDJSON, CSV, their description, and SQL ([`super::sql`]). A column
//! has one type in all rows, and what is not known is null. A row is known by its contract and its own ID, which stay the same
//! for a new version of the file or a new reading as far as those of the record do. IDs begin with a word, because a
//! spreadsheet would take one in about 800 IDs of the record for a number.

mod cell;
mod columns;
mod csv;
mod description;

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use serde::ser::{Serialize, SerializeMap as _, Serializer};

pub(super) use cell::{Cell, Kind};
pub(super) use csv::csv_cells;
pub use csv::{csv_head, csv_row};
pub use description::{DESCRIPTION, description};

use super::Record;
use super::row::{Decision, Of};
use crate::record::DocumentId;
use columns::{CONTRACTS, DEADLINES, DECISIONS, DUTIES, Deadline, LEVELS, PARTIES, Place};

/// One of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Table {
    /// Agreements, and the amendments and orders that belong to them.
    Contracts,
    /// Their parties.
    Parties,
    /// Every date of their schedules.
    Deadlines,
    /// What the parties must do or must not do.
    Duties,
    /// Promised levels of service.
    Levels,
    /// What somebody must decide, also what has no date.
    Decisions,
}

/// The head of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Its name, which is the same in all formats.
    pub name: &'static str,
    pub(super) kind: Kind,
    /// What stands there, in words.
    pub about: &'static str,
}

/// A row of a table: a cell for each of its [`Table::heads`].
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The table.
    pub table: Table,
    pub(super) cells: Vec<Cell>,
}

/// What rows are made with.
#[derive(Debug, Clone, Copy)]
pub struct Tables<'a> {
    /// The names of the agreements that documents are files of, where they are not those of the documents.
    pub agreements: &'a BTreeMap<DocumentId, DocumentId>,
    /// The user's own companies.
    pub us: &'a [String],
    /// The day that counts as today.
    pub as_of: Date,
}

const CONTRACT: Head = Head {
    name: "contract_id",
    kind: Kind::Text,
    about: "The contract; it stays the same for new versions of the file",
};

impl Table {
    /// All tables; contracts first, because the others point to them.
    pub const ALL: [Self; 6] =
        [Self::Contracts, Self::Parties, Self::Deadlines, Self::Duties, Self::Levels, Self::Decisions];

    /// Its name, such as `contracts`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Contracts => "contracts",
            Self::Parties => "parties",
            Self::Deadlines => "deadlines",
            Self::Duties => "duties",
            Self::Levels => "levels",
            Self::Decisions => "decisions",
        }
    }

    /// What a row of it is, in words.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Contracts => "One row for each contract, amendment and order, by the file that counts",
            Self::Parties => "One row for each party of a contract",
            Self::Deadlines => "One row for each date of the schedule of a contract",
            Self::Duties => "One row for each duty or prohibition",
            Self::Levels => "One row for each promised level of service",
            Self::Decisions => "One row for each renewal, option or break that somebody must decide about",
        }
    }

    /// The names of the columns by which a row is known.
    #[must_use]
    pub fn key(self) -> &'static [&'static str] {
        match self {
            Self::Contracts => &[CONTRACT.name],
            Self::Parties => &[CONTRACT.name, "party_id"],
            Self::Deadlines => &[CONTRACT.name, "deadline_id"],
            Self::Duties => &[CONTRACT.name, "duty_id"],
            Self::Levels => &[CONTRACT.name, "level_id"],
            Self::Decisions => &[CONTRACT.name, "decision_id"],
        }
    }

    /// The heads of its columns, from left to right.
    #[must_use]
    pub fn heads(self) -> Vec<Head> {
        fn of<F>(columns: &[columns::Column<F>]) -> Vec<Head> {
            columns.iter().map(|(name, kind, about, _)| Head { name, kind: *kind, about }).collect()
        }
        let own = match self {
            Self::Contracts => of(&CONTRACTS),
            Self::Parties => of(&PARTIES),
            Self::Deadlines => of(&DEADLINES),
            Self::Duties => of(&DUTIES),
            Self::Levels => of(&LEVELS),
            Self::Decisions => of(&DECISIONS),
        };
        let id =
            self.key().get(1).map(|name| Head { name, kind: Kind::Text, about: "The row among those of its contract" });
        [CONTRACT].into_iter().chain(id).chain(own).collect()
    }
}

impl Tables<'_> {
    /// The contract that a document is a file of.
    #[must_use]
    pub fn contract<'a>(&'a self, document: &'a DocumentId) -> &'a DocumentId {
        self.agreements.get(document).unwrap_or(document)
    }

    /// The rows of a contract, in the order of [`Table::ALL`]. Duties and levels of an amendment are those of its agreement.
    #[must_use]
    pub fn rows(&self, record: &Record) -> Vec<Row> {
        let document = &record.contract.document.id;
        let contract = self.contract(document);
        let agreement = record.family.as_ref().map(|family| &family.agreement).filter(|base| *base != document);
        let mut rows = Rows { tables: self, record, contract, seen: HashMap::new(), done: Vec::new() };
        let part_of = agreement.map(|base| self.contract(base).clone());
        rows.add(Table::Contracts, None, part_of, &CONTRACTS);
        for (number, party) in (1..).zip(&record.contract.parties) {
            rows.add(Table::Parties, Some(format!("fact-{}", party.id())), Place { number, party }, &PARTIES);
        }
        for entry in &record.schedule {
            rows.add(Table::Deadlines, Some(columns::entry_id(&entry.id)), Deadline(entry), &DEADLINES);
        }
        let parts = agreement.is_none();
        for duty in record.contract.obligations.iter().filter(|_| parts) {
            rows.add(Table::Duties, Some(format!("fact-{}", duty.id())), duty, &DUTIES);
        }
        for level in record.contract.service_levels.iter().filter(|_| parts) {
            rows.add(Table::Levels, Some(format!("fact-{}", level.id())), level, &LEVELS);
        }
        for decision in Decision::all(record) {
            let id = match &decision {
                Decision::Dated(entry) => &entry.id,
                Decision::Open(entry) => &entry.id,
            };
            rows.add(Table::Decisions, Some(columns::entry_id(id)), decision, &DECISIONS);
        }
        rows.done
    }
}

/// The rows of a contract on the way.
struct Rows<'a> {
    tables: &'a Tables<'a>,
    record: &'a Record,
    contract: &'a DocumentId,
    /// How often each ID came, so that no two rows of a table have the same one.
    seen: HashMap<(Table, String), u32>,
    done: Vec<Row>,
}

impl<'a> Rows<'a> {
    fn add<T>(
        &mut self,
        table: Table,
        id: Option<String>,
        what: T,
        columns: &[columns::Column<impl Fn(&Of<'a, T>) -> Cell>],
    ) {
        let of = Of { record: self.record, us: self.tables.us, as_of: self.tables.as_of, what };
        let mut cells: Vec<Cell> = Vec::with_capacity(columns.len() + 2);
        cells.push(self.contract.as_str().into());
        if let Some(id) = id {
            let times = self.seen.entry((table, id.clone())).or_default();
            *times += 1;
            cells.push(if *times == 1 { id } else { format!("{id}-{times}") }.into());
        }
        cells.extend(columns.iter().map(|(.., cell)| cell(&of)));
        self.done.push(Row { table, cells });
    }
}

/// One object with all columns in their order.
impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.cells.len()))?;
        for (head, cell) in self.table.heads().iter().zip(&self.cells) {
            map.serialize_entry(head.name, cell)?;
        }
        map.end()
    }
}
