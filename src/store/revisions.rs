//! Revisions: what was last told of the record of each contract.
//!
//! A record hangs on the file, on its amendments, on what people say, on settings and on the day. So it is known by a hash of
//! what it says, and the log has an event for each time that this hash was found to be another one. The number of the event
//! puts the changes in order, and its hash shows whether a reader's place in the log is one of this store.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;

use super::chain::{Entry, log};
use super::{EventKind, Store, StoreError};
use crate::record::{DocumentId, Part as _};

/// What the log says of a contract that is gone.
const GONE: &str = "gone";
/// So many digits of the hash of an event stand in a cursor.
const DIGITS: usize = 16;

/// The place of a reader in the log: the event that was read last. Written as `812-0123456789abcdef`, or `start`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cursor {
    /// The number of the event; 0 for the start.
    pub event: i64,
    hash: String,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.event == 0 { f.write_str("start") } else { write!(f, "{}-{}", self.event, self.hash) }
    }
}

impl FromStr for Cursor {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "start" {
            return Ok(Self::default());
        }
        let hash = |hash: &&str| hash.len() == DIGITS && hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        let parts = text.split_once('-').filter(|(_, digits)| hash(digits));
        let event = parts.and_then(|(event, _)| event.parse().ok()).filter(|event| *event > 0);
        let cursor = event.zip(parts).map(|(event, (_, hash))| Self { event, hash: hash.to_owned() });
        cursor.ok_or("give `start`, or the cursor of a line of an earlier export")
    }
}

/// The last change of the record of a contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revised {
    /// The contract: the name of its agreement.
    pub contract: DocumentId,
    /// What its record said; `None` where the contract is gone.
    pub revision: Option<String>,
    /// The place of this change in the log.
    pub cursor: Cursor,
}

impl Store {
    /// The last change of each contract that was ever told, in the order of the changes.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn revisions(&self) -> Result<Vec<Revised>, StoreError> {
        type Last = BTreeMap<String, (i64, Option<String>, String)>;
        let read = || -> rusqlite::Result<Last> {
            let sql =
                "SELECT document, id, detail, hash FROM events WHERE kind = ?1 AND document IS NOT NULL ORDER BY id";
            let mut statement = self.db.prepare(sql)?;
            let rows = statement
                .query_map([EventKind::Revised.name()], |r| Ok((r.get(0)?, (r.get(1)?, r.get(2)?, r.get(3)?))))?;
            rows.collect()
        };
        let last = read().map_err(|e| StoreError::sql(&self.path, e))?;
        let revised = |(contract, (event, detail, hash)): (String, (i64, Option<String>, String))| {
            Some(Revised {
                contract: contract.parse().ok()?,
                revision: detail.filter(|detail| detail != GONE),
                cursor: Cursor { event, hash: hash.part(..DIGITS.min(hash.len())).to_owned() },
            })
        };
        let mut all: Vec<Revised> = last.into_iter().filter_map(revised).collect();
        all.sort_by_key(|revised| revised.cursor.event);
        Ok(all)
    }

    /// Notes what the records of contracts say now, in this order; `None` for one that is gone.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be written.
    pub fn revise(&mut self, changes: &[(DocumentId, Option<String>)], now: Timestamp) -> Result<(), StoreError> {
        if changes.is_empty() {
            return Ok(());
        }
        self.change(|tx| {
            changes.iter().try_for_each(|(contract, revision)| {
                let detail = revision.as_deref().unwrap_or(GONE);
                log(tx, now, &Entry::of(EventKind::Revised, Some(contract.as_str()), Some(detail)))
            })
        })
    }

    /// Whether a cursor is a place in the log of this store.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn knows(&self, cursor: &Cursor) -> Result<bool, StoreError> {
        let is_start = cursor.event == 0;
        Ok(is_start || self.event_hash(cursor.event)?.is_some_and(|hash| hash.starts_with(&cursor.hash)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_are_read_as_they_are_written() {
        for text in ["start", "812-0123456789abcdef"] {
            assert_eq!(text.parse::<Cursor>().unwrap().to_string(), text);
        }
        for bad in
            ["", "0", "812", "812-", "812-0123", "0-0123456789abcdef", "-1-0123456789abcdef", "812-0123456789ABCDEF"]
        {
            assert!(bad.parse::<Cursor>().is_err(), "{bad}");
        }
    }

    #[test]
    fn the_last_change_of_each_contract_counts_in_the_order_of_the_log() {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::write(dir.path(), Timestamp::UNIX_EPOCH).unwrap();
        let [a, b] = ["a", "b"].map(|name| DocumentId::of(name.as_bytes()));
        let told = [(a.clone(), Some("1".to_owned())), (b.clone(), Some("1".to_owned())), (a.clone(), None)];
        store.revise(&told, Timestamp::UNIX_EPOCH).unwrap();
        let found = store.revisions().unwrap();
        let seen: Vec<_> = found.iter().map(|r| (&r.contract, r.revision.as_deref(), r.cursor.event)).collect();
        assert_eq!(seen, [(&b, Some("1"), 2), (&a, None, 3)]);
        assert!(found.iter().all(|r| store.knows(&r.cursor).unwrap()));
        assert!(!store.knows(&"3-0123456789abcdef".parse().unwrap()).unwrap());
        assert!(!store.knows(&Cursor { event: 4, ..found[0].cursor.clone() }).unwrap());
    }
}
