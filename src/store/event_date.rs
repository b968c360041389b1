//! The dates of events that contracts name without a date.

use jiff::Timestamp;
use rusqlite::params;

use super::{EventKind, Store, StoreError, seal};
use crate::record::DocumentId;
use crate::schedule::EventDate;

impl Store {
    /// Records that `event` happened for the contract `document`, or, if `happened` is false, withdraws the record.
    /// Rows are only added, never changed.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written.
    pub fn note_event_date(
        &mut self,
        document: &DocumentId,
        event: &EventDate,
        happened: bool,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let kind = if happened { "happened" } else { "withdrawn" };
        self.change(|tx| {
            let sql = "INSERT INTO event_dates (at, document, kind, event, day) VALUES (?1, ?2, ?3, ?4, ?5)";
            tx.execute(sql, params![now.to_string(), document.as_str(), kind, event.event, event.on.to_string()])?;
            seal::log_row(tx, now, EventKind::Dated, document.as_str(), seal::EVENT_DATES)
        })
    }

    /// The events recorded for a contract, by day, then name.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn event_dates(&self, document: &DocumentId) -> Result<Vec<EventDate>, StoreError> {
        let sql = "SELECT event, day FROM event_dates WHERE kind = 'happened' AND id IN
                       (SELECT max(id) FROM event_dates WHERE document = ?1 GROUP BY lower(event), day)
                   ORDER BY day, event";
        let read = || -> rusqlite::Result<Vec<(String, String)>> {
            self.db.prepare_cached(sql)?.query_map([document.as_str()], |r| Ok((r.get(0)?, r.get(1)?)))?.collect()
        };
        let rows = read().map_err(|e| StoreError::sql(&self.path, e))?;
        rows.into_iter()
            .map(|(event, day)| {
                let on = day.parse().map_err(|e| self.row_error("event date", document.as_str(), &e))?;
                Ok(EventDate { event, on })
            })
            .collect()
    }
}
