//! Words that are not part of a text, in the store.

use std::collections::HashSet;

use jiff::Timestamp;
use rusqlite::types::ValueRef;
use rusqlite::{Row, Transaction};
use serde::Serialize;

use super::chain::{Entry, log};
use super::ledger::Ledger;
use super::query::CHANGED;
use super::seal::{self, HIDDEN};
use super::{EventKind, Store, StoreError};
use crate::record::DocumentId;
use crate::text::Hidden;

/// Words of one line that are not part of the text of their document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StoredHidden {
    /// The document.
    pub document: DocumentId,
    /// Name of its file.
    pub file_name: String,
    /// Page, from 1.
    pub page: u32,
    /// Why they are not part of it, in words.
    pub reason: String,
    /// The words.
    pub words: String,
}

impl Store {
    /// The lines of hidden words that contain all of `words`, without regard to case, in the documents `only` (all when
    /// `None`): by document, in the order of the pages. A line that is not as it was written is passed over.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn hidden(&self, words: &[String], only: Option<&[DocumentId]>) -> Result<Vec<StoredHidden>, StoreError> {
        // The values that the seal covers and the seal, as `Sealed::holds` expects them.
        let sql = "SELECT document, page, reason, words, seal, file_name FROM hidden
                   JOIN documents ON documents.id = document ORDER BY file_name, document, hidden.rowid";
        let only: Option<HashSet<&DocumentId>> = only.map(|only| only.iter().collect());
        let wanted: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
        let fits = |line: &StoredHidden| {
            let text = line.words.to_lowercase();
            only.as_ref().is_none_or(|only| only.contains(&line.document)) && wanted.iter().all(|w| text.contains(w))
        };
        let mut passed = Vec::new();
        let mut read = || -> rusqlite::Result<Vec<StoredHidden>> {
            let mut statement = self.db.prepare(sql)?;
            let mut rows = statement.query([])?;
            let mut out = Vec::new();
            while let Some(row) = rows.next()? {
                match line(row) {
                    Ok(line) => out.extend(Some(line).filter(fits)),
                    Err(reason) => passed.push((super::query::lossy(row, 0), super::query::lossy(row, 5), reason)),
                }
            }
            Ok(out)
        };
        let lines = read().map_err(|e| StoreError::sql(&self.path, e))?;
        for (id, name, reason) in passed {
            self.pass_over(&name, &self.row_error(HIDDEN.what, &id, &reason));
        }
        Ok(lines)
    }
}

/// The line of a row; why it is none.
fn line(row: &Row<'_>) -> Result<StoredHidden, String> {
    let read = || -> rusqlite::Result<Option<StoredHidden>> {
        let document = super::query::document_id(row, 0)?;
        let (page, reason, words) = (row.get(1)?, row.get(2)?, row.get(3)?);
        let line = StoredHidden { document, file_name: row.get(5)?, page, reason, words };
        Ok(HIDDEN.holds(row)?.then_some(line))
    };
    read().map_err(|e| e.to_string())?.ok_or_else(|| CHANGED.to_owned())
}

/// Replaces the hidden words of a document.
pub(super) fn put(tx: &Transaction<'_>, document: &str, hidden: &[Hidden]) -> rusqlite::Result<()> {
    tx.execute("DELETE FROM hidden WHERE document = ?1", [document])?;
    for line in hidden {
        let page = ValueRef::Integer(line.region.page.into());
        HIDDEN.put(tx, &[document.into(), page, line.by.words().into(), line.text.as_str().into()])?;
    }
    Ok(())
}

/// Seals the hidden words of a store of an earlier version. Documents that are not as they were written stay so: they get no
/// new seal, and are found.
pub(super) fn begin(tx: &Transaction<'_>, now: Timestamp) -> rusqlite::Result<()> {
    let ledger = Ledger::of(tx)?;
    let documents: Vec<String> = tx
        .prepare("SELECT DISTINCT document FROM hidden ORDER BY document")?
        .query_map([], |r| r.get(0))?
        .collect::<Result<_, _>>()?;
    for document in documents {
        let Some(known) = ledger.documents.get(&document) else { continue };
        if known.seal != Some(seal::of_visible(tx, &document, &[])?) {
            continue;
        }
        HIDDEN.begin(tx, &document)?;
        let status = if known.outdated { "outdated" } else { "current" };
        let seal = seal::of_document(tx, &document)?;
        log(tx, now, &Entry { seal: Some(&seal), ..Entry::of(EventKind::Sealed, Some(&document), Some(status)) })?;
    }
    Ok(())
}
