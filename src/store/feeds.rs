//! What calendar files held when they were last written.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Row, params};

use super::{Store, StoreError};
use crate::record::{DocumentId, EntryId};

/// What a calendar said of an event when it was last written. Nothing of the contract's text is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The contract.
    pub document: DocumentId,
    /// Its day.
    pub day: Date,
    /// How often it was changed.
    pub sequence: u32,
    /// When it was last changed.
    pub modified: Timestamp,
    /// Hash of what it said.
    pub content: String,
    /// Whether it was cancelled.
    pub cancelled: bool,
}

/// The events that a calendar held when it was last written, by the entries that they are of.
pub type Feed = BTreeMap<EntryId, Written>;

impl Store {
    /// The events that the calendar `feed` held when it was last written. A row that cannot be read counts as none.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn feed(&self, feed: &str) -> Result<Feed, StoreError> {
        let sql = "SELECT entry, document, day, sequence, modified, content, cancelled FROM feeds WHERE feed = ?1";
        let read = || -> rusqlite::Result<Feed> {
            let mut statement = self.db.prepare(sql)?;
            let rows = statement.query_map([feed], |r| Ok(written(r).ok().flatten()))?;
            rows.filter_map(Result::transpose).collect()
        };
        read().map_err(|e| StoreError::sql(&self.path, e))
    }

    /// Keeps what the calendar `feed` holds now.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written.
    pub fn keep_feed(&mut self, feed: &str, now: &Feed) -> Result<(), StoreError> {
        self.change(|tx| {
            tx.execute("DELETE FROM feeds WHERE feed = ?1", [feed])?;
            let sql = "INSERT INTO feeds (feed, entry, document, day, sequence, modified, content, cancelled)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
            let mut insert = tx.prepare(sql)?;
            for (id, w) in now {
                let (day, modified) = (w.day.to_string(), w.modified.to_string());
                let row =
                    params![feed, id.as_str(), w.document.as_str(), day, w.sequence, modified, w.content, w.cancelled];
                insert.execute(row)?;
            }
            Ok(())
        })
    }
}

fn written(r: &Row<'_>) -> rusqlite::Result<Option<(EntryId, Written)>> {
    let text = |i| r.get::<_, String>(i);
    let (id, document, day, modified) = (text(0)?, text(1)?, text(2)?, text(4)?);
    let parsed = || Some((id.parse().ok()?, document.parse().ok()?, day.parse().ok()?, modified.parse().ok()?));
    let Some((id, document, day, modified)) = parsed() else { return Ok(None) };
    let (sequence, content, cancelled) = (r.get(3)?, text(5)?, r.get(6)?);
    Ok(Some((id, Written { document, day, sequence, modified, content, cancelled })))
}
