//! The dates that are kept beside the records. They are derived data: a row that does not fit is as good as none.

use std::collections::HashMap;
use std::rc::Rc;

use rusqlite::{OptionalExtension as _, Transaction};
use serde::{Deserialize, Serialize};

use super::seal::DATES;
use super::{InForce, Store, StoreError};
use crate::record::DocumentId;
use crate::schedule::Digest;

/// What lists need of an agreement beyond its row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dates {
    /// Its schedule.
    pub digest: Digest,
    /// The values in force.
    pub terms: InForce,
}

/// Dates on their way into the store.
#[derive(Debug, Clone)]
pub struct MadeDates {
    /// The agreement.
    pub document: DocumentId,
    /// Hash over everything that they were computed from.
    pub made_of: String,
    /// The dates.
    pub dates: Rc<Dates>,
}

impl Store {
    /// The kept dates of an agreement, if they were made of this and are as they were written.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn dates(&self, document: &DocumentId, made_of: &str) -> Result<Option<Dates>, StoreError> {
        let row = |r: &rusqlite::Row<'_>| {
            // A value of another kind makes no row unreadable, only useless.
            let fits = r.get_ref(1)?.as_str() == Ok(made_of) && DATES.holds(r)?;
            Ok(r.get_ref(2)?.as_blob().ok().filter(|_| fits).and_then(|bytes| postcard::from_bytes(bytes).ok()))
        };
        let read = || self.db.prepare_cached(&DATES.sql())?.query_row([document.as_str()], row).optional();
        read().map(Option::flatten).map_err(|e| StoreError::sql(&self.path, e))
    }

    /// Keeps dates.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written.
    pub fn keep_dates(&mut self, made: &[MadeDates]) -> Result<(), StoreError> {
        if made.is_empty() {
            return Ok(());
        }
        self.change(|tx| made.iter().try_for_each(|made| put(tx, made)))
    }

    /// The seals of all records, by which one is known without being read.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn seals(&self) -> Result<HashMap<String, String>, StoreError> {
        let sql = "SELECT document, seal FROM contracts INDEXED BY contracts_seals WHERE seal IS NOT NULL";
        let read = || -> rusqlite::Result<_> {
            self.db.prepare_cached(sql)?.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect()
        };
        read().map_err(|e| StoreError::sql(&self.path, e))
    }

    /// The seal of the text of a document.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn text_seal(&self, document: &DocumentId) -> Result<Option<String>, StoreError> {
        let sql = "SELECT seal FROM texts WHERE document = ?1";
        let read = || self.db.prepare_cached(sql)?.query_row([document.as_str()], |r| r.get(0)).optional();
        read().map(Option::flatten).map_err(|e| StoreError::sql(&self.path, e))
    }
}

fn put(tx: &Transaction<'_>, made: &MadeDates) -> rusqlite::Result<()> {
    let MadeDates { document, made_of, dates } = made;
    let known = "SELECT 1 FROM documents WHERE id = ?1";
    // It may have been removed since its record was read.
    if !tx.prepare_cached(known)?.exists([document.as_str()])? {
        return Ok(());
    }
    let Ok(bytes) = postcard::to_stdvec(&**dates) else { return Ok(()) };
    DATES.put(tx, &[document.as_str().into(), made_of.as_str().into(), (&*bytes).into()])
}
