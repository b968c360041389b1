//! Versions of the database. A migration is never changed once released; a new one is added.

use std::path::Path;

use rusqlite::Connection;

use super::{StoreError, chain};

const EVENT_CHAIN: &str = include_str!("migrations/0005_event_chain.sql");

const MIGRATIONS: [&str; 7] = [
    include_str!("migrations/0001_documents.sql"),
    include_str!("migrations/0002_families.sql"),
    include_str!("migrations/0003_event_dates.sql"),
    include_str!("migrations/0004_meanings.sql"),
    EVENT_CHAIN,
    include_str!("migrations/0006_listing.sql"),
    include_str!("migrations/0007_hidden.sql"),
];

/// The version that this program writes.
#[allow(clippy::cast_possible_truncation, reason = "a handful of migrations")]
pub const LATEST: u32 = MIGRATIONS.len() as u32;

/// The version of an open database; 0 for an empty one.
pub(super) fn version(db: &Connection, path: &Path) -> Result<u32, StoreError> {
    let found: u32 = db.query_row("PRAGMA user_version", [], |r| r.get(0)).map_err(|e| StoreError::sql(path, e))?;
    if found > LATEST {
        return Err(StoreError::Newer { path: path.to_owned(), found, known: LATEST });
    }
    Ok(found)
}

/// Updates an open database to [`LATEST`], each step in a transaction.
pub(super) fn migrate(db: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let from = version(db, path)?;
    let sql = |e| StoreError::sql(path, e);
    for (step, script) in (1u32..).zip(MIGRATIONS).skip(from as usize) {
        let tx = db.transaction().map_err(sql)?;
        tx.execute_batch(script).map_err(sql)?;
        if script == EVENT_CHAIN {
            // SQLite has no BLAKE3.
            chain::begin(&tx).map_err(sql)?;
        }
        tx.pragma_update(None, "user_version", step).map_err(sql)?;
        tx.commit().map_err(sql)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_database_becomes_the_latest_and_stays_there() {
        let mut db = Connection::open_in_memory().unwrap();
        let path = Path::new("test.db");
        migrate(&mut db, path).unwrap();
        assert_eq!(version(&db, path).unwrap(), LATEST);
        migrate(&mut db, path).unwrap();
        assert_eq!(version(&db, path).unwrap(), LATEST);
    }

    #[test]
    fn events_of_an_earlier_version_are_chained() {
        let mut db = Connection::open_in_memory().unwrap();
        let before = MIGRATIONS.iter().position(|script| *script == EVENT_CHAIN).unwrap();
        for script in &MIGRATIONS[..before] {
            db.execute_batch(script).unwrap();
        }
        db.pragma_update(None, "user_version", i64::try_from(before).unwrap()).unwrap();
        db.execute_batch("INSERT INTO events (at, kind, detail) VALUES ('1', 'failed', 'a'), ('2', 'removed', NULL)")
            .unwrap();
        migrate(&mut db, Path::new("test.db")).unwrap();
        let sql = "SELECT hash FROM events ORDER BY id";
        let hashes: Vec<String> =
            db.prepare(sql).unwrap().query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect();
        assert!(hashes.len() == 2 && hashes.iter().all(|h| h.len() == 64) && hashes[0] != hashes[1], "{hashes:?}");
        assert!(db.execute("UPDATE events SET detail = ''", []).is_err(), "the log is final again");
    }

    #[test]
    fn a_newer_database_is_refused() {
        let mut db = Connection::open_in_memory().unwrap();
        db.pragma_update(None, "user_version", LATEST + 1).unwrap();
        let error = migrate(&mut db, Path::new("test.db")).unwrap_err();
        assert!(matches!(error, StoreError::Newer { found, .. } if found == LATEST + 1), "{error}");
    }
}
