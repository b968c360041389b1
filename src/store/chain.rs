//! The chain of events: each event has a hash over its content and the hash of the event before it.
//!
//! If another program changes, adds or deletes an event, the chain breaks at that event. The chain is not a signature:
//! somebody who also recomputes all later hashes leaves no trace in the store. But the last hash is then a different
//! one, which a copy of it kept elsewhere shows.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row, Transaction, params};

use super::{EventKind, Store, StoreError};

/// The result of checking the chain of events.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chain {
    /// Events in the log.
    pub events: u64,
    /// The hash of the last one, which depends on all before it.
    pub head: Option<String>,
    /// What is wrong with it, in order.
    pub broken: Vec<String>,
}

/// The content of an event, as its hash covers it.
struct Link {
    id: i64,
    at: String,
    kind: String,
    document: Option<String>,
    detail: Option<String>,
    /// What the event left in the tables ([`super::seal`]).
    seal: Option<String>,
    hash: Option<String>,
}

impl Link {
    const SQL: &str = "SELECT id, at, kind, document, detail, seal, hash FROM events ORDER BY id";
    /// The same in the versions before seals.
    const UNSEALED: &str = "SELECT id, at, kind, document, detail, NULL, hash FROM events ORDER BY id";

    fn of(r: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: r.get(0)?,
            at: r.get(1)?,
            kind: r.get(2)?,
            document: r.get(3)?,
            detail: r.get(4)?,
            seal: r.get(5)?,
            hash: r.get(6)?,
        })
    }

    /// The hash that it must have after an event with the hash `before`.
    fn after(&self, before: Option<&str>) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.id.to_le_bytes());
        let parts = [before, Some(&self.at), Some(&self.kind), self.document.as_deref(), self.detail.as_deref()];
        for part in parts {
            // The length comes first, so that two different contents never give the same bytes.
            match part {
                None => hasher.update(&u64::MAX.to_le_bytes()),
                Some(part) => hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes()),
            };
        }
        // Events of earlier versions have none, and keep the hash that they had.
        if let Some(seal) = &self.seal {
            hasher.update(&(seal.len() as u64).to_le_bytes()).update(seal.as_bytes());
        }
        hasher.finalize().to_hex().to_string()
    }
}

/// An event to be logged.
pub(super) struct Entry<'a> {
    pub(super) kind: EventKind,
    pub(super) document: Option<&'a str>,
    pub(super) detail: Option<&'a str>,
    /// What it leaves in the tables.
    pub(super) seal: Option<&'a str>,
}

impl<'a> Entry<'a> {
    /// An event that seals nothing.
    pub(super) const fn of(kind: EventKind, document: Option<&'a str>, detail: Option<&'a str>) -> Self {
        Self { kind, document, detail, seal: None }
    }
}

/// Adds an event to the end of the chain.
pub(super) fn log(tx: &Transaction<'_>, now: Timestamp, entry: &Entry<'_>) -> rusqlite::Result<()> {
    // The hash covers the number, so it is chosen here, in the same way as by AUTOINCREMENT.
    let sql = "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'events'), 0) + 1,
                      (SELECT hash FROM events ORDER BY id DESC LIMIT 1)";
    let (id, before): (i64, Option<String>) = tx.prepare_cached(sql)?.query_row([], |r| Ok((r.get(0)?, r.get(1)?)))?;
    let link = Link {
        id,
        at: now.to_string(),
        kind: entry.kind.name().to_owned(),
        document: entry.document.map(str::to_owned),
        detail: entry.detail.map(str::to_owned),
        seal: entry.seal.map(str::to_owned),
        hash: None,
    };
    let hash = link.after(before.as_deref());
    let sql = "INSERT INTO events (id, at, kind, document, detail, seal, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let row = params![id, link.at, link.kind, link.document, link.detail, link.seal, hash];
    tx.prepare_cached(sql)?.execute(row).map(drop)
}

/// Gives the events of a store of an earlier version their hashes.
pub(super) fn begin(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    let links: Vec<Link> = tx.prepare(Link::UNSEALED)?.query_map([], Link::of)?.collect::<Result<_, _>>()?;
    let mut set = tx.prepare("UPDATE events SET hash = ?2 WHERE id = ?1")?;
    let mut before: Option<String> = None;
    for link in links {
        let hash = link.after(before.as_deref());
        set.execute(params![link.id, hash])?;
        before = Some(hash);
    }
    Ok(())
}

impl Store {
    /// The hash of event number `id`; `None` when there is no such event.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn event_hash(&self, id: i64) -> Result<Option<String>, StoreError> {
        let found = self.db.query_row("SELECT hash FROM events WHERE id = ?1", [id], |r| r.get(0)).optional();
        Ok(found.map_err(|e| StoreError::sql(&self.path, e))?.flatten())
    }

    /// Follows the chain of events from the first to the last.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn chain(&self) -> Result<Chain, StoreError> {
        let follow = || -> rusqlite::Result<Chain> {
            let mut chain = Chain::default();
            let mut last = 0;
            let mut statement = self.db.prepare(Link::SQL)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let link = Link::of(row)?;
                if link.id != last + 1 {
                    chain.broken.push(missing(last + 1, link.id - 1));
                } else if link.hash.as_deref() != Some(&link.after(chain.head.as_deref())) {
                    let id = link.id;
                    chain.broken.push(format!("event {id} is not as it was written, or the one before it is not"));
                }
                last = link.id;
                chain.events += 1;
                // Go on with the stored hash, so that one wrong event is one finding.
                chain.head = link.hash;
            }
            let sql = "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'events'), 0)";
            let written: i64 = self.db.query_row(sql, [], |r| r.get(0))?;
            if written > last {
                chain.broken.push(missing(last + 1, written));
            }
            Ok(chain)
        };
        follow().map_err(|e| StoreError::sql(&self.path, e))
    }
}

fn missing(from: i64, to: i64) -> String {
    if from >= to { format!("event {from} is missing") } else { format!("events {from} to {to} are missing") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Diagnostic, Severity, Stage};

    fn three() -> (tempfile::TempDir, Store) {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::write(dir.path(), Timestamp::UNIX_EPOCH).unwrap();
        for name in ["a.pdf", "b.pdf", "c.pdf"] {
            let why = Diagnostic::new("text.broken", Severity::Error, Stage::Text, "broken");
            store.fail(name, None, &why, Timestamp::UNIX_EPOCH).unwrap();
        }
        (dir, store)
    }

    /// The findings after another program ran `sql`.
    fn after(sql: &str) -> Vec<String> {
        let (_dir, store) = three();
        store.db.execute_batch("DROP TRIGGER events_are_kept; DROP TRIGGER events_are_final;").unwrap();
        store.db.execute_batch(sql).unwrap();
        store.chain().unwrap().broken
    }

    #[test]
    fn whatever_is_done_to_the_log_shows() {
        let (_dir, store) = three();
        let chain = store.chain().unwrap();
        assert_eq!((chain.events, chain.broken.len()), (3, 0), "{chain:?}");
        assert_eq!(chain.head.unwrap().len(), 64);
        for (sql, finding) in [
            ("UPDATE events SET detail = 'd.pdf' WHERE id = 2", "event 2 is not as it was written"),
            ("UPDATE events SET at = '2020-01-01T00:00:00Z' WHERE id = 3", "event 3 is not"),
            ("UPDATE events SET document = '' WHERE id = 1", "event 1 is not"),
            ("UPDATE events SET hash = 'abc' WHERE id = 2", "event 2 is not"),
            ("UPDATE events SET seal = 'abc' WHERE id = 2", "event 2 is not"),
            ("UPDATE events SET seal = NULL WHERE id = 2", "event 2 is not"),
            ("DELETE FROM events WHERE id = 1", "event 1 is missing"),
            ("DELETE FROM events WHERE id = 2", "event 2 is missing"),
            ("DELETE FROM events WHERE id > 1", "events 2 to 3 are missing"),
            ("DELETE FROM events", "events 1 to 3 are missing"),
            ("DELETE FROM events WHERE id = 2; UPDATE events SET id = 2 WHERE id = 3", "event 2 is not"),
        ] {
            let found = after(sql);
            assert!(found.first().is_some_and(|f| f.starts_with(finding)), "{sql}: {found:?}");
        }
    }

    #[test]
    fn an_event_is_never_without_its_hash() {
        let (_dir, store) = three();
        let sql = "INSERT INTO events (at, kind) VALUES ('', 'failed')";
        assert!(store.db.execute(sql, []).is_err());
        assert!(store.db.execute("UPDATE events SET detail = ''", []).is_err());
    }
}
