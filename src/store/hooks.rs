//! What the commands of hooks have heard of.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::chain::{Entry, log};
use super::{EventKind, Store, StoreError};
use crate::record::DocumentId;

/// Something that a hook has heard of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// A hash: the same one when it is told again.
    pub id: String,
    /// Name of the hook.
    pub hook: String,
    /// The contract, as in the flat tables.
    pub contract_id: DocumentId,
    /// What it is about.
    #[serde(skip)]
    pub subject: String,
    /// Where that stands.
    #[serde(skip)]
    pub state: String,
}

/// What was last told, by the name of the hook and the subject.
pub type Known = BTreeMap<(String, String), Told>;

impl Store {
    /// What was last told to hooks.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn told(&self) -> Result<Known, StoreError> {
        let read = || -> rusqlite::Result<Vec<(String, String)>> {
            let sql = "SELECT document, detail FROM events WHERE kind = ?1 AND document IS NOT NULL ORDER BY id";
            let mut statement = self.db.prepare(sql)?;
            statement.query_map([EventKind::Hooked.name()], |r| Ok((r.get(0)?, r.get(1)?)))?.collect()
        };
        let told = |(contract, detail): (String, String)| {
            let mut lines = detail.lines().map(str::to_owned);
            let (hook, subject, state, id) = (lines.next()?, lines.next()?, lines.next()?, lines.next()?);
            let key = (hook.clone(), subject.clone());
            Some((key, Told { id, hook, contract_id: contract.parse().ok()?, subject, state }))
        };
        let rows = read().map_err(|e| StoreError::sql(&self.path, e))?;
        Ok(rows.into_iter().filter_map(told).collect())
    }

    /// Notes that the command of a hook has heard of these.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written.
    pub fn tell<'a>(&mut self, heard: impl IntoIterator<Item = &'a Told>, now: Timestamp) -> Result<(), StoreError> {
        self.change(|tx| {
            heard.into_iter().try_for_each(|Told { id, hook, contract_id, subject, state }| {
                let detail = [&**hook, subject, state, id].join("\n");
                log(tx, now, &Entry::of(EventKind::Hooked, Some(contract_id.as_str()), Some(&detail)))
            })
        })
    }
}
