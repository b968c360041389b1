//! Queries.

use jiff::civil::Date;
use rusqlite::types::{Type, ValueRef};
use rusqlite::{OptionalExtension as _, Row};
use serde::Serialize;

use super::{ContractRow, Event, EventKind, FailureRow, Store, StoreError, StoredText};
use crate::record::{Contract, DocumentId};

/// Which contracts to list. Text is compared without regard to case; empty means all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Part of the name of a party.
    pub party: Option<String>,
    /// Kind of contract.
    pub kind: Option<String>,
    /// Part of the name of the governing law.
    pub law: Option<String>,
    /// Kind of renewal, such as `automatic`.
    pub renewal: Option<String>,
    /// Effective on this day or later.
    pub effective_after: Option<Date>,
    /// Effective on this day or earlier.
    pub effective_before: Option<Date>,
    /// First term ends on this day or later.
    pub expires_after: Option<Date>,
    /// First term ends on this day or earlier.
    pub expires_before: Option<Date>,
}

impl Filter {
    /// Whether a contract fits.
    #[must_use]
    pub fn admits(&self, row: &ContractRow) -> bool {
        let within = |part: &Option<String>, whole: &str| {
            part.as_ref().is_none_or(|p| whole.to_lowercase().contains(&p.to_lowercase()))
        };
        let same = |wanted: &Option<String>, found: &Option<String>| {
            wanted.as_ref().is_none_or(|w| found.as_ref().is_some_and(|f| f.eq_ignore_ascii_case(w)))
        };
        // A filter by date excludes contracts without the date: "perpetual" has no end.
        let between = |after: Option<Date>, before: Option<Date>, found: &Option<String>| {
            let day: Option<Date> = found.as_ref().and_then(|d| d.parse().ok());
            after.is_none_or(|a| day.is_some_and(|d| d >= a)) && before.is_none_or(|b| day.is_some_and(|d| d <= b))
        };
        (self.party.is_none() || row.parties.iter().any(|p| within(&self.party, p)))
            && same(&self.kind, &row.kind)
            && within(&self.law, row.governing_law.as_deref().unwrap_or_default())
            && same(&self.renewal, &row.renewal)
            && between(self.effective_after, self.effective_before, &row.effective_date)
            && between(self.expires_after, self.expires_before, &row.expiration_date)
    }
}

/// How much the store holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// Contracts.
    pub contracts: u64,
    /// Their pages.
    pub pages: u64,
    /// Contracts that could not be read again by the present version.
    pub outdated: u64,
    /// Contracts whose file was replaced by another content.
    pub replaced: u64,
    /// Paths that could not be read.
    pub failures: u64,
    /// Events in the log.
    pub events: u64,
}

const COLUMNS: &str = "d.id, d.file_name, d.uri, c.title, c.type, c.parties, c.law, c.effective, c.expiration, c.renewal, \
     d.pages, d.status = 'current', d.id NOT IN (SELECT document FROM paths)";

impl Store {
    /// All contracts, sorted by file name, then identity.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn list(&self) -> Result<Vec<ContractRow>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM documents d JOIN contracts c INDEXED BY contracts_listed ON c.document = d.id ORDER BY d.file_name, d.id"
        );
        let read = || -> rusqlite::Result<Vec<ContractRow>> {
            self.db.prepare_cached(&sql)?.query_map([], contract_row)?.collect()
        };
        read().map_err(|e| StoreError::sql(&self.path, e))
    }

    /// The contracts that a person means by `name`: an ID or its first digits (at least four), a path, or a file name with
    /// or without its extension. An exact match wins over the first digits of an ID.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn find(&self, name: &str) -> Result<Vec<ContractRow>, StoreError> {
        let base = format!(
            "SELECT {COLUMNS} FROM documents d JOIN contracts c INDEXED BY contracts_listed ON c.document = d.id WHERE"
        );
        let run = |condition: &str, value: &str| {
            let read = || -> rusqlite::Result<Vec<ContractRow>> {
                let sql = format!("{base} {condition} ORDER BY d.file_name, d.id");
                self.db.prepare_cached(&sql)?.query_map([value], contract_row)?.collect()
            };
            read().map_err(|e| StoreError::sql(&self.path, e))
        };
        let exact =
            run("(d.id = ?1 OR d.file_name = ?1 OR d.id IN (SELECT document FROM paths WHERE uri = ?1))", name)?;
        if !exact.is_empty() {
            return Ok(exact);
        }
        let digits = name.to_ascii_lowercase();
        if digits.len() >= 4 && digits.len() <= 64 && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            let found = run("substr(d.id, 1, length(?1)) = ?1", &digits)?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        run("lower(d.file_name) = lower(?1 || '.pdf')", name)
    }

    /// The contracts whose file name contains `part`, in any case, else whose title or party does, else those with that
    /// reference number.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn find_part(&self, part: &str) -> Result<Vec<ContractRow>, StoreError> {
        let part = part.to_lowercase();
        let holds = |text: &str| text.to_lowercase().contains(&part);
        let rows = self.list()?;
        let of = |wanted: &dyn Fn(&ContractRow) -> bool| rows.iter().filter(|r| wanted(r)).cloned().collect::<Vec<_>>();
        let mut found = of(&|row| holds(&row.file_name));
        if found.is_empty() {
            found = of(&|row| row.title.as_deref().is_some_and(holds) || row.parties.iter().any(|p| holds(p)));
        }
        if found.is_empty() {
            for row in rows {
                let reference = self.contract(&row.id)?.and_then(|c| c.document.reference);
                if reference.and_then(|f| f.value().cloned()).is_some_and(|r| r.to_lowercase() == part) {
                    found.push(row);
                }
            }
        }
        Ok(found)
    }

    /// The record of a document.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails, or the record is unreadable.
    pub fn contract(&self, id: &DocumentId) -> Result<Option<Contract>, StoreError> {
        let sql = "SELECT record FROM contracts WHERE document = ?1";
        let found: Option<String> = self
            .db
            .prepare_cached(sql)
            .and_then(|mut s| s.query_row([id.as_str()], |r| r.get(0)).optional())
            .map_err(|e| StoreError::sql(&self.path, e))?;
        found.map(|json| self.parse("record", id.as_str(), &json)).transpose()
    }

    /// The text of a document.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails, or the text is unreadable.
    pub fn text(&self, id: &DocumentId) -> Result<Option<StoredText>, StoreError> {
        let sql = "SELECT length, body, pages, clauses FROM texts WHERE document = ?1";
        let found: Option<(i64, Vec<u8>, String, String)> = self
            .db
            .prepare_cached(sql)
            .and_then(|mut s| {
                s.query_row([id.as_str()], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?))).optional()
            })
            .map_err(|e| StoreError::sql(&self.path, e))?;
        let Some((length, body, pages, clauses)) = found else { return Ok(None) };
        let damaged = |reason: &dyn std::fmt::Display| self.row_error("text", id.as_str(), reason);
        let length = usize::try_from(length).map_err(|e| damaged(&e))?;
        let bytes = lz4_flex::block::decompress(&body, length).map_err(|e| damaged(&e))?;
        let text = String::from_utf8(bytes).map_err(|e| damaged(&e))?;
        let pages = self.parse("text", id.as_str(), &pages)?;
        let clauses = self.parse("text", id.as_str(), &clauses)?;
        Ok(Some(StoredText { text, pages, clauses }))
    }

    /// The paths under which a document was seen, sorted.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn paths(&self, id: &DocumentId) -> Result<Vec<String>, StoreError> {
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut statement = self.db.prepare_cached("SELECT uri FROM paths WHERE document = ?1 ORDER BY uri")?;
            statement.query_map([id.as_str()], |r| r.get(0))?.collect()
        };
        read().map_err(|e| StoreError::sql(&self.path, e))
    }

    /// The paths that could not be read, sorted.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn failures(&self) -> Result<Vec<FailureRow>, StoreError> {
        let read = || -> rusqlite::Result<Vec<FailureRow>> {
            let mut statement = self.db.prepare("SELECT uri, document, code, message FROM failures ORDER BY uri")?;
            let rows = statement.query_map([], |r| {
                Ok(FailureRow { uri: r.get(0)?, document: r.get(1)?, code: r.get(2)?, message: r.get(3)? })
            })?;
            rows.collect()
        };
        read().map_err(|e| StoreError::sql(&self.path, e))
    }

    /// The events after number `after`, in order.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn events(&self, after: i64) -> Result<Vec<Event>, StoreError> {
        let read = || -> rusqlite::Result<Vec<Event>> {
            let mut statement =
                self.db.prepare("SELECT id, at, kind, document, detail FROM events WHERE id > ?1 ORDER BY id")?;
            statement.query_map([after], event)?.collect()
        };
        read().map_err(|e| StoreError::sql(&self.path, e))
    }

    /// Number of the last event; 0 for a new store.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn last_event(&self) -> Result<i64, StoreError> {
        self.db
            .query_row("SELECT coalesce(max(id), 0) FROM events", [], |r| r.get(0))
            .map_err(|e| StoreError::sql(&self.path, e))
    }

    /// How much the store holds.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn counts(&self) -> Result<Counts, StoreError> {
        let sql = "SELECT (SELECT count(*) FROM contracts), (SELECT coalesce(sum(pages), 0) FROM documents),
                (SELECT count(*) FROM documents WHERE status = 'outdated'),
                (SELECT count(*) FROM documents WHERE id NOT IN (SELECT document FROM paths)),
                (SELECT count(*) FROM failures), (SELECT count(*) FROM events)";
        let count = |r: &Row<'_>, i| r.get::<_, i64>(i).map(i64::unsigned_abs);
        let read = |r: &Row<'_>| {
            Ok(Counts {
                contracts: count(r, 0)?,
                pages: count(r, 1)?,
                outdated: count(r, 2)?,
                replaced: count(r, 3)?,
                failures: count(r, 4)?,
                events: count(r, 5)?,
            })
        };
        self.db.query_row(sql, [], read).map_err(|e| StoreError::sql(&self.path, e))
    }

    pub(super) fn row_error(&self, what: &'static str, document: &str, reason: &dyn std::fmt::Display) -> StoreError {
        StoreError::Row { path: self.path.clone(), what, document: document.to_owned(), reason: reason.to_string() }
    }

    pub(super) fn parse<T: serde::de::DeserializeOwned>(
        &self,
        what: &'static str,
        document: &str,
        json: &str,
    ) -> Result<T, StoreError> {
        serde_json::from_str(json).map_err(|e| self.row_error(what, document, &e))
    }
}

/// The identity in column `i`.
pub(super) fn document_id(r: &Row<'_>, i: usize) -> rusqlite::Result<DocumentId> {
    let text: String = r.get(i)?;
    let bad = |reason: String| rusqlite::Error::FromSqlConversionFailure(i, Type::Text, reason.into());
    text.parse().map_err(bad)
}

fn contract_row(r: &Row<'_>) -> rusqlite::Result<ContractRow> {
    Ok(ContractRow {
        id: document_id(r, 0)?,
        file_name: r.get(1)?,
        uri: r.get(2)?,
        title: r.get(3)?,
        kind: r.get(4)?,
        parties: r.get::<_, String>(5)?.lines().map(str::to_owned).collect(),
        governing_law: r.get(6)?,
        effective_date: r.get(7)?,
        expiration_date: r.get(8)?,
        renewal: r.get(9)?,
        pages: r.get(10)?,
        current: r.get(11)?,
        replaced: r.get(12)?,
    })
}

fn event(r: &Row<'_>) -> rusqlite::Result<Event> {
    let name: String = r.get(2)?;
    let unknown = || rusqlite::Error::FromSqlConversionFailure(2, Type::Text, format!("unknown event {name:?}").into());
    let document = match r.get_ref(3)? {
        ValueRef::Null => None,
        _ => Some(document_id(r, 3)?),
    };
    Ok(Event {
        id: r.get(0)?,
        at: r.get(1)?,
        kind: EventKind::named(&name).ok_or_else(unknown)?,
        document,
        detail: r.get(4)?,
    })
}
