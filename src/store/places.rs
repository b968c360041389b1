//! Files that are gone, and files that have another name.

use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use jiff::Timestamp;

use super::chain::{Entry, log};
use super::seal::CONTRACTS;
use super::{EventKind, Store, StoreError, seal, write};
use crate::family::Card;
use crate::record::{Contract, DocumentId};
use crate::source;

/// Most pages of a file on which a contract is looked for: what the database says of their number may be damaged.
const MOST_PAGES: u32 = 20_000;

impl Store {
    /// Ends an ingest of the folders `roots`, absolute paths: what is not found there any more is gone, a file with another
    /// name is called by it, and what has another content in its place is an earlier version of it.
    ///
    /// Whatever an interrupted ingest did not settle is settled by the next one.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written.
    pub fn settle(&mut self, roots: &[String], now: Timestamp) -> Result<(), StoreError> {
        self.miss(roots, now)?;
        self.settle_versions(now)?;
        self.rename(now)
    }

    /// Marks the files below `roots` that are not there any more.
    fn miss(&mut self, roots: &[String], now: Timestamp) -> Result<(), StoreError> {
        let below =
            |path: &str| roots.iter().any(|root| path.strip_prefix(&**root).is_some_and(|rest| rest.starts_with('/')));
        let missing = || -> rusqlite::Result<Vec<(String, String)>> {
            let mut statement = self.db.prepare("SELECT uri, document FROM paths WHERE gone = 0 ORDER BY uri")?;
            let rows = statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?;
            let absent = |(uri, _): &(String, String)| {
                below(uri) && source::path_of(uri).symlink_metadata().is_err_and(|error| is_absent(&error))
            };
            rows.filter(|row| row.as_ref().map_or(true, absent)).collect()
        };
        let missing = missing().map_err(|e| StoreError::sql(&self.path, e))?;
        if missing.is_empty() {
            return Ok(());
        }
        self.change(|tx| missing.iter().try_for_each(|(uri, document)| leave(tx, now, uri, document)))
    }

    /// Marks the contracts inside the file `uri` that are not among `found`: it holds others now.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written.
    pub fn miss_contracts(&mut self, uri: &str, found: &[&str], now: Timestamp) -> Result<(), StoreError> {
        let places = inside(&self.db, uri).map_err(|e| StoreError::sql(&self.path, e))?;
        let missing: Vec<_> = places.into_iter().filter(|(place, _)| !found.contains(&place.as_str())).collect();
        if missing.is_empty() {
            return Ok(());
        }
        self.change(|tx| missing.iter().try_for_each(|(place, document)| leave(tx, now, place, document)))
    }

    /// The other contracts of the file whose first contract is `id`, each with the page on which it begins.
    pub(super) fn bound_with(&self, id: &DocumentId) -> Result<Vec<(DocumentId, u32)>, StoreError> {
        let read = || -> rusqlite::Result<Vec<(DocumentId, u32)>> {
            let sql = "SELECT pages FROM documents WHERE id = ?1";
            let pages: Option<u32> = self.db.prepare_cached(sql)?.query_row([id.as_str()], |r| r.get(0)).optional()?;
            let mut is_kept = self.db.prepare_cached("SELECT 1 FROM documents WHERE id = ?1")?;
            let others = (2..=pages.unwrap_or(0).min(MOST_PAGES)).map(|page| (id.beginning_on(page), page));
            let kept = others.map(|other| Ok(is_kept.exists([other.0.as_str()])?.then_some(other)));
            kept.filter_map(Result::transpose).collect()
        };
        read().map_err(|e| StoreError::sql(&self.path, e))
    }

    /// Calls the documents that are found only elsewhere by the names that they have there.
    fn rename(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let moved = || -> rusqlite::Result<Vec<(String, String)>> {
            let sql = "SELECT d.id, min(p.uri) FROM documents d JOIN paths p ON p.document = d.id AND p.gone = 0
                       WHERE NOT EXISTS (SELECT 1 FROM paths q WHERE q.uri = d.uri AND q.document = d.id AND q.gone = 0)
                       GROUP BY d.id ORDER BY d.id";
            self.db.prepare(sql)?.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect()
        };
        let moved = moved().map_err(|e| StoreError::sql(&self.path, e))?;
        if moved.is_empty() {
            return Ok(());
        }
        self.change(|tx| moved.iter().try_for_each(|(document, uri)| rename(tx, now, document, uri)))
    }
}

/// The contracts inside the file `uri` after its first, those that are gone left out: places and documents.
fn inside(db: &Connection, uri: &str) -> rusqlite::Result<Vec<(String, String)>> {
    let sql = "SELECT uri, document FROM paths WHERE uri >= ?1 || '#page=' AND uri < ?1 || '#page>' AND gone = 0 ORDER BY uri";
    db.prepare_cached(sql)?.query_map([uri], |r| Ok((r.get(0)?, r.get(1)?)))?.collect()
}

/// Whether the file is not there. A folder that may not be read says nothing of its files.
fn is_absent(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory)
}

/// Takes note that a document is not at this path any more.
fn leave(tx: &Transaction<'_>, now: Timestamp, uri: &str, document: &str) -> rusqlite::Result<()> {
    let sql = "SELECT 1 FROM paths WHERE document = ?1 AND uri <> ?2 AND gone = 0";
    let elsewhere: Option<i64> = tx.query_row(sql, [document, uri], |r| r.get(0)).optional()?;
    let kind = if elsewhere.is_some() {
        tx.execute("DELETE FROM paths WHERE uri = ?1", [uri])?;
        EventKind::Left
    } else {
        tx.execute("UPDATE paths SET gone = 1 WHERE uri = ?1", [uri])?;
        EventKind::Gone
    };
    log(tx, now, &Entry::of(kind, Some(document), Some(uri)))
}

/// A record that is not as it was written keeps its name: it is told as damaged, and not sealed anew.
fn rename(tx: &Transaction<'_>, now: Timestamp, document: &str, uri: &str) -> rusqlite::Result<()> {
    let record = |r: &rusqlite::Row<'_>| -> rusqlite::Result<Option<(String, Option<String>)>> {
        if CONTRACTS.holds(r)? { Ok(Some((r.get("record")?, r.get("card")?))) } else { Ok(None) }
    };
    let found = tx.prepare_cached(&CONTRACTS.sql())?.query_row([document], record).optional()?.flatten();
    let Some((record, card)) = found else { return Ok(()) };
    let Ok(mut contract) = serde_json::from_str::<Contract>(&record) else { return Ok(()) };
    let card = card.and_then(|json| serde_json::from_str::<Card>(&json).ok());
    let name = source::base_name(uri);
    tx.execute("UPDATE documents SET uri = ?2, file_name = ?3 WHERE id = ?1", params![document, uri, name])?;
    contract.document.file_name = name;
    uri.clone_into(&mut contract.document.uri);
    write::put_contract(tx, &contract, card.map_or(0, |card| card.blanks))?;
    // A place where it was before and is not any more.
    for old in gone_places(tx, document)? {
        leave(tx, now, &old, document)?;
    }
    let seal = seal::of_document(tx, document)?;
    log(tx, now, &Entry { seal: Some(&seal), ..Entry::of(EventKind::Renamed, Some(document), Some(uri)) })
}

fn gone_places(tx: &Transaction<'_>, document: &str) -> rusqlite::Result<Vec<String>> {
    let sql = "SELECT uri FROM paths WHERE document = ?1 AND gone = 1 ORDER BY uri";
    tx.prepare_cached(sql)?.query_map([document], |r| r.get(0))?.collect()
}
