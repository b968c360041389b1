//! Rows that are passed over: one that cannot be read stops no other, and is told.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

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
