//! Changing the store. Every call is one transaction.

use std::collections::HashSet;

use jiff::Timestamp;
use rusqlite::types::ValueRef;
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::agreement::{self, Joined};
use super::chain::{Entry, log};
use super::rows::Columns;
use super::seal::{CONTRACTS, TEXTS};
use super::{EventKind, Store, StoreError, StoredText, embeddings, hidden, seal};
use crate::family::{Card, blanks};
use crate::pipeline::{READING_VERSION, Reading};
use crate::record::{Contract, Diagnostic, DocumentId};
use crate::source;

/// What saving a reading did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// The document is new.
    New,
    /// The document was in the store already; its record was replaced.
    Again,
}

impl Store {
    /// Starts an ingest and gives its number.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written.
    pub fn begin_run(&mut self, settings_hash: &str, now: Timestamp) -> Result<i64, StoreError> {
        self.change(|tx| {
            tx.execute(
                "INSERT INTO runs (at, pipeline_version, settings_hash) VALUES (?1, ?2, ?3)",
                params![now.to_string(), READING_VERSION, settings_hash],
            )?;
            Ok(tx.last_insert_rowid())
        })
    }

    /// The documents whose record was made by this version of the pipeline with these settings.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn up_to_date(&self, settings_hash: &str) -> Result<HashSet<DocumentId>, StoreError> {
        let sql = "SELECT id FROM documents WHERE pipeline_version = ?1 AND settings_hash = ?2 AND status = 'current'";
        let read = || -> rusqlite::Result<HashSet<DocumentId>> {
            let mut statement = self.db.prepare(sql)?;
            let rows = statement.query_map(params![READING_VERSION, settings_hash], |r| r.get::<_, String>(0))?;
            // What is not an ID is no document that is known.
            rows.filter_map(|id| id.map(|id| id.parse().ok()).transpose()).collect()
        };
        read().map_err(|e| StoreError::sql(&self.path, e))
    }

    /// Stores what was read from a document of `bytes` bytes in ingest `run`.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written; nothing of the document is kept then.
    pub fn save(
        &mut self,
        reading: &Reading,
        bytes: u64,
        run: i64,
        settings_hash: &str,
        now: Timestamp,
    ) -> Result<Saved, StoreError> {
        let contract = &reading.contract;
        let (doc, id) = (&contract.document, contract.document.id.as_str());
        let row = |reason: serde_json::Error| self.row_error("record", id, &reason);
        let text = StoredText::of(reading);
        let pages = serde_json::to_string(&text.pages).map_err(row)?;
        let clauses = serde_json::to_string(&text.clauses).map_err(row)?;
        let body = lz4_flex::block::compress(text.text.as_bytes());
        let length = i64::try_from(text.text.len()).unwrap_or(i64::MAX);
        let known: Option<i64> = self
            .db
            .query_row("SELECT 1 FROM documents WHERE id = ?1", [id], |r| r.get(0))
            .optional()
            .map_err(|e| StoreError::sql(&self.path, e))?;
        let agreement = if known.is_none() { self.same_words(contract, &text.text)? } else { None };
        self.change(|tx| {
            // The name and the path under which it was first seen stay.
            tx.execute(
                "INSERT INTO documents (id, file_name, uri, sha256, bytes, pages, run, pipeline_version, settings_hash, status)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'current')
                 ON CONFLICT (id) DO UPDATE SET sha256 = ?4, bytes = ?5, pages = ?6, run = ?7, pipeline_version = ?8,
                     settings_hash = ?9, status = 'current'",
                params![
                    id,
                    doc.file_name,
                    doc.uri,
                    doc.sha256,
                    i64::try_from(bytes).unwrap_or(i64::MAX),
                    doc.pages,
                    run,
                    READING_VERSION,
                    settings_hash
                ],
            )?;
            put_contract(tx, contract, blanks(&text.text))?;
            let values = [id.into(), ValueRef::Integer(length), (&*body).into(), (&*pages).into(), (&*clauses).into()];
            TEXTS.put(tx, &values)?;
            embeddings::put(tx, id, reading.embeddings.as_ref())?;
            hidden::put(tx, id, reading.text.hidden())?;
            put_path(tx, id, &doc.uri)?;
            let (saved, kind) = match known {
                None => (Saved::New, EventKind::Ingested),
                Some(_) => (Saved::Again, EventKind::ReExtracted),
            };
            let seal = seal::of_document(tx, id)?;
            log(tx, now, &Entry { seal: Some(&seal), ..Entry::of(kind, Some(id), Some(&doc.uri)) })?;
            if let Some(agreement) = agreement {
                agreement::put(tx, now, id, agreement.as_str(), Joined::Copy)?;
            }
            Ok(saved)
        })
    }

    /// Records that a known document was seen at `uri`, and the other contracts of its file with it; returns whether the path
    /// is new.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written.
    pub fn note_path(&mut self, id: &DocumentId, uri: &str, now: Timestamp) -> Result<bool, StoreError> {
        let same: Option<String> = self
            .db
            .query_row("SELECT document FROM paths WHERE uri = ?1 AND gone = 0", [uri], |r| r.get(0))
            .optional()
            .map_err(|e| StoreError::sql(&self.path, e))?;
        // An ingest that finds nothing new writes nothing.
        if same.as_deref() == Some(id.as_str()) {
            return Ok(false);
        }
        let bound = self.bound_with(id)?.into_iter().map(|(other, page)| (other, source::at_page(uri, page)));
        let places: Vec<_> = bound.chain([(id.clone(), uri.to_owned())]).collect();
        let found: Vec<&str> = places.iter().map(|(_, place)| place.as_str()).collect();
        self.miss_contracts(uri, &found, now)?;
        self.change(|tx| {
            for (document, place) in &places {
                put_path(tx, document.as_str(), place)?;
                log(tx, now, &Entry::of(EventKind::PathAdded, Some(document.as_str()), Some(place)))?;
            }
            Ok(true)
        })
    }

    /// Records that the file at `uri` could not be read. An earlier record of the same content is kept, as outdated.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written.
    pub fn fail(
        &mut self,
        uri: &str,
        id: Option<&DocumentId>,
        why: &Diagnostic,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.change(|tx| {
            let id = id.map(DocumentId::as_str);
            let same: Option<i64> = tx
                .query_row(
                    "SELECT 1 FROM failures WHERE uri = ?1 AND document IS ?2 AND code = ?3 AND message = ?4",
                    params![uri, id, why.code, why.message],
                    |r| r.get(0),
                )
                .optional()?;
            let outdated = match id {
                Some(id) => {
                    let sql = "UPDATE documents SET status = 'outdated' WHERE id = ?1 AND status = 'current'";
                    tx.execute(sql, [id])? > 0
                }
                None => false,
            };
            if same.is_none() {
                tx.execute(
                    "INSERT OR REPLACE INTO failures (uri, document, code, message, at) VALUES (?1, ?2, ?3, ?4, ?5)",
                    params![uri, id, why.code, why.message, now.to_string()],
                )?;
            }
            if same.is_none() || outdated {
                let sql = format!("{} WHERE uri = ?1", seal::FAILURES);
                let seal = tx.query_row(&sql, [uri], seal::of_row)?;
                let detail = seal::failure_detail(uri, &why.message);
                log(tx, now, &Entry { seal: Some(&seal), ..Entry::of(EventKind::Failed, id, Some(&detail)) })?;
            }
            Ok(())
        })
    }

    /// Removes a document from the store, but not its file. Returns whether it was in the store.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written.
    pub fn remove(&mut self, id: &DocumentId, now: Timestamp) -> Result<bool, StoreError> {
        self.change(|tx| {
            let gone = tx.execute("DELETE FROM documents WHERE id = ?1", [id.as_str()])? > 0;
            if gone {
                log(tx, now, &Entry::of(EventKind::Removed, Some(id.as_str()), None))?;
            }
            Ok(gone)
        })
    }

    pub(super) fn change<T>(
        &mut self,
        f: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let run = || {
            let tx = self.db.unchecked_transaction()?;
            let out = f(&tx)?;
            tx.commit()?;
            Ok(out)
        };
        run().map_err(|e| StoreError::sql(&self.path, e))
    }
}

/// Puts the row of a record, whose text has so many blanks.
pub(super) fn put_contract(tx: &Transaction<'_>, contract: &Contract, blanks: usize) -> rusqlite::Result<()> {
    let json = |e: serde_json::Error| rusqlite::Error::ToSqlConversionFailure(e.into());
    let record = serde_json::to_string(contract).map_err(json)?;
    let card = serde_json::to_string(&Card { blanks, ..Card::of(contract) }).map_err(json)?;
    let columns = Columns::of(contract);
    let (parties_folded, law_folded) =
        (columns.parties.to_lowercase(), columns.law.as_ref().map(|law| law.to_lowercase()));
    CONTRACTS.put(
        tx,
        &[
            contract.document.id.as_str().into(),
            (&*record).into(),
            columns.title.as_deref().into(),
            columns.kind.as_deref().into(),
            (&*columns.parties).into(),
            (&*parties_folded).into(),
            columns.law.as_deref().into(),
            law_folded.as_deref().into(),
            columns.effective.as_deref().into(),
            columns.expiration.as_deref().into(),
            columns.renewal.as_deref().into(),
            (&*card).into(),
        ],
    )
}

/// Records the content of a path and deletes an earlier failure of it.
fn put_path(tx: &Transaction<'_>, id: &str, uri: &str) -> rusqlite::Result<()> {
    tx.execute("INSERT OR REPLACE INTO paths (uri, document) VALUES (?1, ?2)", [uri, id])?;
    tx.execute("DELETE FROM failures WHERE uri = ?1", [uri])?;
    Ok(())
}
