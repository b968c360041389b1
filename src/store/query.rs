//! Queries.

use jiff::civil::Date;
use rusqlite::types::{Type, ValueRef};
use rusqlite::{OptionalExtension as _, Row};
use serde::Serialize;

use super::seal::{CONTRACTS, Sealed, TEXTS};
use super::{ContractRow, Event, EventKind, FailureRow, LARGE, Overview, Store, StoreError, StoredText};
use crate::detect::rules::party::is_us;
use crate::record::value::Party;
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

pub(super) const COLUMNS: &str = "d.id, d.file_name, d.uri, c.title, c.type, c.parties, c.law, c.effective, c.expiration, c.renewal, \
     d.pages, d.status = 'current', d.id NOT IN (SELECT document FROM paths), d.id NOT IN (SELECT document FROM paths WHERE gone = 0)";

impl Store {
    /// All contracts, sorted by file name, then identity.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn list(&self) -> Result<Vec<ContractRow>, StoreError> {
        let state = self.state()?;
        if let Some(rows) = self.overview(Overview::Rows, &state)? {
            return Ok(rows);
        }
        let (rows, all) = self.listed()?;
        // What cannot be read is told each time.
        if all && rows.len() >= LARGE {
            self.made_overview(Overview::Rows, &state, &state, &rows);
        }
        Ok(rows)
    }

    /// The same, read anew, and whether these are all.
    pub(super) fn listed(&self) -> Result<(Vec<ContractRow>, bool), StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM documents d JOIN contracts c INDEXED BY contracts_listed ON c.document = d.id ORDER BY d.file_name, d.id"
        );
        self.rows_of(&sql, [])
    }

    /// All documents, also those whose row of the list cannot be read.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn documents(&self) -> Result<Vec<DocumentId>, StoreError> {
        let read = || -> rusqlite::Result<Vec<String>> {
            self.db.prepare("SELECT id FROM documents ORDER BY id")?.query_map([], |r| r.get(0))?.collect()
        };
        let ids = read().map_err(|e| StoreError::sql(&self.path, e))?;
        // What is no ID is told where the contracts are listed.
        Ok(ids.into_iter().filter_map(|id| id.parse().ok()).collect())
    }

    /// The rows that can be read; the others are passed over.
    pub(super) fn contract_rows(
        &self,
        sql: &str,
        parameters: impl rusqlite::Params,
    ) -> Result<Vec<ContractRow>, StoreError> {
        self.rows_of(sql, parameters).map(|(rows, _)| rows)
    }

    /// The same, and whether these are all.
    fn rows_of(&self, sql: &str, parameters: impl rusqlite::Params) -> Result<(Vec<ContractRow>, bool), StoreError> {
        let mut passed = Vec::new();
        let read = || -> rusqlite::Result<Vec<ContractRow>> {
            let mut statement = self.db.prepare_cached(sql)?;
            let mut rows = statement.query(parameters)?;
            let mut out = Vec::new();
            while let Some(row) = rows.next()? {
                match contract_row(row) {
                    Ok(row) => out.push(row),
                    Err(error) => passed.push((lossy(row, 0), lossy(row, 1), error)),
                }
            }
            Ok(out)
        };
        let rows = read().map_err(|e| StoreError::sql(&self.path, e))?;
        let all = passed.is_empty();
        for (id, name, error) in passed {
            self.pass_over(&name, &self.row_error("row of the list", &id, &error));
        }
        Ok((self.with_agreements(rows)?, all))
    }

    /// The record of a document.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails, or the record is not as it was written.
    pub fn contract(&self, id: &DocumentId) -> Result<Option<Contract>, StoreError> {
        let Some((json, holds)) = self.record_of(id)? else { return Ok(None) };
        if !holds {
            return Err(self.row_error("record", id.as_str(), &CHANGED));
        }
        let mut contract: Contract =
            serde_json::from_str(&json).map_err(|e| self.row_error("record", id.as_str(), &e))?;
        self.tell_us(&mut contract);
        Ok(Some(contract))
    }

    /// Says which parties are companies of the user.
    pub(super) fn tell_us(&self, contract: &mut Contract) {
        let Some(us) = &self.us else { return };
        let told = |mut party: Party| {
            party.is_us = is_us(&party.name, us);
            party
        };
        contract.parties = std::mem::take(&mut contract.parties).into_iter().map(|fact| fact.map(told)).collect();
    }

    /// The record of a document as JSON, and whether its row is as it was written.
    pub(super) fn record_of(&self, id: &DocumentId) -> Result<Option<(String, bool)>, StoreError> {
        let row = |r: &Row<'_>| Ok((r.get(1)?, CONTRACTS.holds(r)?));
        self.sealed_row(&CONTRACTS, id, row)
    }

    /// The text of a document.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails, or the text is not as it was written.
    pub fn text(&self, id: &DocumentId) -> Result<Option<StoredText>, StoreError> {
        match self.text_of(id)? {
            Some((_, false)) => Err(self.row_error("text", id.as_str(), &CHANGED)),
            found => Ok(found.map(|(text, _)| text)),
        }
    }

    /// The text of a document, and whether its row is as it was written.
    pub(super) fn text_of(&self, id: &DocumentId) -> Result<Option<(StoredText, bool)>, StoreError> {
        let row = |r: &Row<'_>| Ok((r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?, TEXTS.holds(r)?));
        let found: Option<(i64, Vec<u8>, String, String, bool)> = self.sealed_row(&TEXTS, id, row)?;
        let Some((length, body, pages, clauses, holds)) = found else { return Ok(None) };
        let damaged = |reason: &dyn std::fmt::Display| self.row_error("text", id.as_str(), reason);
        // The length is not trusted: memory is taken only for as much as so many bytes can become.
        let length = usize::try_from(length).ok().filter(|length| *length <= body.len().saturating_mul(LZ4_MOST));
        let length = length.ok_or_else(|| damaged(&"its length is not that of its bytes"))?;
        let bytes = lz4_flex::block::decompress(&body, length).map_err(|e| damaged(&e))?;
        let text = String::from_utf8(bytes).map_err(|e| damaged(&e))?;
        let pages = serde_json::from_str(&pages).map_err(|e| damaged(&e))?;
        let clauses = serde_json::from_str(&clauses).map_err(|e| damaged(&e))?;
        Ok(Some((StoredText { text, pages, clauses }, holds)))
    }

    /// The row of a document in a table of sealed rows.
    fn sealed_row<T>(
        &self,
        table: &Sealed,
        id: &DocumentId,
        row: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, StoreError> {
        let found = self.db.prepare_cached(&table.sql()).and_then(|mut s| s.query_row([id.as_str()], row).optional());
        found.map_err(|e| match StoreError::sql(&self.path, e) {
            // A value of another kind, such as bytes that are no text.
            StoreError::Damaged { source, .. } if source.sqlite_error_code().is_none() => {
                self.row_error(table.what, id.as_str(), &source)
            }
            error => error,
        })
    }

    /// The paths at which a document is found, sorted, and those at which it was until its file was gone.
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
        let sql = "SELECT (SELECT count(*) FROM contracts), (SELECT coalesce(sum(pages), 0) FROM documents WHERE pages BETWEEN 0 AND 4294967295),
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
        let sql = "SELECT uri FROM paths WHERE document = ?1 ORDER BY uri";
        let uri = self.db.query_row(sql, [document], |r| r.get(0)).ok();
        let (path, document) = (self.path.clone(), document.to_owned());
        StoreError::Row { path, what, document, uri, reason: reason.to_string() }
    }
}

/// What is wrong with a row whose seal is not that of its values.
pub(super) const CHANGED: &str = "it is not as it was written";
/// How many bytes a byte of an LZ4 block can become at most.
const LZ4_MOST: usize = 255;

/// The text in column `i`, whatever it is.
pub(super) fn lossy(r: &Row<'_>, i: usize) -> String {
    match r.get_ref(i) {
        Ok(ValueRef::Text(text)) => String::from_utf8_lossy(text).into_owned(),
        _ => String::new(),
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
        gone: r.get(13)?,
        copy_of: None,
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
