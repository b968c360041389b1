//! Words that are not part of a text, in the store.

use std::collections::HashSet;

use rusqlite::{Transaction, params};
use serde::Serialize;

use super::{Store, StoreError};
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
    /// `None`): by document, in the order of the pages.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn hidden(&self, words: &[String], only: Option<&[DocumentId]>) -> Result<Vec<StoredHidden>, StoreError> {
        let sql = "SELECT documents.id, file_name, page, reason, words FROM hidden
                   JOIN documents ON documents.id = hidden.document ORDER BY file_name, documents.id, hidden.rowid";
        let only: Option<HashSet<&DocumentId>> = only.map(|only| only.iter().collect());
        let wanted: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
        let read = || -> rusqlite::Result<Vec<StoredHidden>> {
            let mut statement = self.db.prepare(sql)?;
            let rows = statement.query_map([], |row| {
                let document = super::query::document_id(row, 0)?;
                let (file_name, page) = (row.get(1)?, row.get(2)?);
                Ok(StoredHidden { document, file_name, page, reason: row.get(3)?, words: row.get(4)? })
            })?;
            let fits = |line: &StoredHidden| {
                let text = line.words.to_lowercase();
                only.as_ref().is_none_or(|only| only.contains(&line.document))
                    && wanted.iter().all(|w| text.contains(w))
            };
            rows.filter(|line| line.as_ref().map_or(true, fits)).collect()
        };
        read().map_err(|e| StoreError::sql(&self.path, e))
    }
}

/// Replaces the hidden words of a document.
pub(super) fn put(tx: &Transaction<'_>, document: &str, hidden: &[Hidden]) -> rusqlite::Result<()> {
    tx.execute("DELETE FROM hidden WHERE document = ?1", [document])?;
    let mut insert = tx.prepare_cached("INSERT INTO hidden (document, page, reason, words) VALUES (?1, ?2, ?3, ?4)")?;
    for line in hidden {
        insert.execute(params![document, line.region.page, line.by.words(), line.text])?;
    }
    Ok(())
}
