//! Rows that are passed over: one that cannot be read stops no other, and is told.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Row;
use rusqlite::types::ValueRef;

use super::query::{CHANGED, lossy};
use super::seal::Sealed;
use super::{Store, StoreError};
use crate::record::DocumentId;

/// What could not be read of a store and was passed over, each with its reason and its remedy.
#[derive(Debug, Clone, Default)]
pub struct PassedOver(Arc<Mutex<BTreeMap<String, String>>>);

impl PassedOver {
    /// Takes what was passed over: the name of each file, and the reason.
    #[must_use]
    pub fn take(&self) -> BTreeMap<String, String> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Store {
    /// What this store passes over; the list fills while the store is read.
    #[must_use]
    pub fn passed_over(&self) -> PassedOver {
        self.passed.clone()
    }

    /// Remembers that something could not be read.
    pub(super) fn pass_over(&self, name: &str, why: &StoreError) {
        let mut passed = self.passed.0.lock().unwrap_or_else(PoisonError::into_inner);
        passed.entry(name.to_owned()).or_insert_with(|| why.to_string());
    }

    /// What `read` makes of the rows that `sql` selects of a table; those that are not as they were written are passed over.
    pub(super) fn whole<T>(
        &self,
        table: &Sealed,
        sql: &str,
        read: impl Fn(&Row<'_>) -> Result<T, String>,
    ) -> Result<Vec<T>, StoreError> {
        let (mut out, mut passed) = (Vec::new(), Vec::new());
        let mut select = || -> rusqlite::Result<()> {
            let mut statement = self.db.prepare(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let found = if table.holds(row)? { read(row) } else { Err(CHANGED.to_owned()) };
                match found {
                    Ok(found) => out.push(found),
                    Err(reason) => passed.push((key(row), reason)),
                }
            }
            Ok(())
        };
        select().map_err(|e| StoreError::sql(&self.path, e))?;
        for (key, reason) in passed {
            self.pass_over(&format!("{} {key}", table.what), &self.row_error(table.what, "", &reason));
        }
        Ok(out)
    }

    /// What was read of a document. If its rows cannot be read, it is passed over: `None`.
    ///
    /// # Errors
    /// [`StoreError`] when more than this document is concerned.
    pub fn or_pass_over<T>(&self, document: &DocumentId, read: Result<T, StoreError>) -> Result<Option<T>, StoreError> {
        match read {
            Ok(read) => Ok(Some(read)),
            Err(error) if error.is_of_one() => {
                let sql = "SELECT file_name FROM documents WHERE id = ?1";
                let name = self.db.query_row(sql, [document.as_str()], |r| r.get::<_, String>(0));
                self.pass_over(&name.unwrap_or_else(|_| document.to_string()), &error);
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

/// The key of a row, its first column.
fn key(row: &Row<'_>) -> String {
    match row.get_ref(0) {
        Ok(ValueRef::Integer(id)) => id.to_string(),
        _ => lossy(row, 0),
    }
}
