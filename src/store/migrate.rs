//! Versions of the database. A migration is never changed once released; a new one is added.

use std::path::Path;

use jiff::Timestamp;
use rusqlite::Connection;

use super::{StoreError, agreement, chain, feeds, hidden, seal, statements};

const EVENT_CHAIN: &str = include_str!("migrations/0005_event_chain.sql");

const SEALS: &str = include_str!("migrations/0007_seals.sql");

const STATEMENTS: &str = include_str!("migrations/0010_statements.sql");

const FILES: &str = include_str!("migrations/0011_files.sql");

const FEEDS: &str = include_str!("migrations/0014_feeds.sql");

const MIGRATIONS: [&str; 14] = [
    include_str!("migrations/0001_documents.sql"),
    include_str!("migrations/0002_families.sql"),
    include_str!("migrations/0003_event_dates.sql"),
    include_str!("migrations/0004_meanings.sql"),
    EVENT_CHAIN,
    include_str!("migrations/0006_listing.sql"),
    SEALS,
    include_str!("migrations/0008_hidden.sql"),
    include_str!("migrations/0009_dates.sql"),
    STATEMENTS,
    FILES,
    include_str!("migrations/0012_outbox.sql"),
    include_str!("migrations/0013_overview.sql"),
    FEEDS,
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
pub(super) fn migrate(db: &mut Connection, path: &Path, now: Timestamp) -> Result<(), StoreError> {
    migrate_to(LATEST, db, path, now)
}

/// Updates an open database to version `goal`.
pub(super) fn migrate_to(goal: u32, db: &mut Connection, path: &Path, now: Timestamp) -> Result<(), StoreError> {
    let from = version(db, path)?;
    let sql = |e| StoreError::sql(path, e);
    for (step, script) in (1..=goal).zip(MIGRATIONS).skip(from as usize) {
        let tx = db.transaction().map_err(sql)?;
        tx.execute_batch(script).map_err(sql)?;
        // SQLite has no BLAKE3.
        match script {
            EVENT_CHAIN => chain::begin(&tx).map_err(sql)?,
            SEALS => seal::begin(&tx, now).map_err(sql)?,
            STATEMENTS => statements::begin(&tx, now).map_err(sql)?,
            FILES => {
                hidden::begin(&tx, now).map_err(sql)?;
                agreement::settle(&tx, now).map_err(sql)?;
            }
            FEEDS => feeds::begin(&tx, now).map_err(sql)?,
            _ => {}
        }
        tx.pragma_update(None, "user_version", step).map_err(sql)?;
        tx.commit().map_err(sql)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::family::{How, Link};
    use crate::store::Store;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    #[test]
    fn an_empty_database_becomes_the_latest_and_stays_there() {
        let mut db = Connection::open_in_memory().unwrap();
        let path = Path::new("test.db");
        migrate(&mut db, path, NOW).unwrap();
        assert_eq!(version(&db, path).unwrap(), LATEST);
        migrate(&mut db, path, NOW).unwrap();
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
        migrate(&mut db, Path::new("test.db"), NOW).unwrap();
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
        let error = migrate(&mut db, Path::new("test.db"), NOW).unwrap_err();
        assert!(matches!(error, StoreError::Newer { found, .. } if found == LATEST + 1), "{error}");
    }

    /// Versions of which a store was kept as the program of that time wrote it.
    const WRITTEN: [u32; 4] = [13, 12, 8, 6];

    /// A store of an earlier version: two contracts, an event, a link and a failure; those from version 8 on have hidden words,
    /// and that of version 13 has calendars, reminders and agreements. No version was ever released. Those that were not kept
    /// ([`WRITTEN`]) were made once of the others, and stay as they are.
    fn fixture(version: u32) -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fixtures/stores/version-{version}.db"))
    }

    fn earlier(version: u32, path: &Path) {
        std::fs::copy(fixture(version), path).unwrap();
        assert_eq!(super::version(&Connection::open(path).unwrap(), path).unwrap(), version);
    }

    /// Makes the store of a version that was not kept: from a later one with those rows that the version has tables and columns
    /// for, or from an earlier one by its migrations.
    fn make_store(version: u32) {
        let path = fixture(version);
        if let Some(written) = WRITTEN.into_iter().find(|written| *written <= version) {
            std::fs::copy(fixture(written), &path).unwrap();
        }
        let mut db = Connection::open(&path).unwrap();
        migrate_to(version, &mut db, &path, NOW).unwrap();
        if version < 6 {
            db.execute("ATTACH ?1 AS old", [fixture(6).to_str().unwrap()]).unwrap();
            let names = |sql: &str, of: &str| -> Vec<String> {
                db.prepare(sql).unwrap().query_map([of], |r| r.get(0)).unwrap().map(Result::unwrap).collect()
            };
            let tables = "SELECT name FROM main.sqlite_schema WHERE type = ?1 AND name NOT LIKE 'sqlite_%'
                          ORDER BY name <> 'runs', name <> 'documents'";
            for table in names(tables, "table") {
                let columns = names("SELECT name FROM pragma_table_info(?1, 'main') ORDER BY cid", &table).join(", ");
                let copy = format!("INSERT INTO main.{table} ({columns}) SELECT {columns} FROM old.{table}");
                db.execute_batch(&copy).unwrap();
            }
            db.execute_batch("DETACH old").unwrap();
        }
        db.execute_batch("PRAGMA journal_mode = DELETE; VACUUM").unwrap();
    }

    /// Who adds a version makes its store with
    /// `TICKLER_UPDATE_STORES=1 cargo test --lib every_earlier_version_has_its_store`.
    #[test]
    fn every_earlier_version_has_its_store() {
        for version in 1..LATEST {
            if std::env::var_os("TICKLER_UPDATE_STORES").is_some() && !fixture(version).exists() {
                make_store(version);
            }
            assert!(fixture(version).exists(), "fixtures/stores/version-{version}.db is missing");
        }
    }

    #[test]
    fn stores_of_every_version_are_brought_up_to_date() {
        for from in 1..LATEST {
            let dir = tempfile::tempdir().unwrap();
            earlier(from, &dir.path().join("tickler.db"));
            let store = Store::read(dir.path(), NOW).unwrap();
            assert_eq!(store.version().unwrap(), LATEST);
            let found = store.verify();
            assert_eq!((found.problems(), found.documents), (0, 2), "version {from}: {:?}", found.findings);
            let rows = store.list().unwrap();
            assert!(rows.iter().all(|row| store.contract(&row.id).unwrap().is_some()));
            assert!(rows.iter().all(|row| store.text(&row.id).unwrap().is_some()));
            let said = store.said().unwrap();
            let dates: usize = rows.iter().map(|row| said.events(&row.id).len()).sum();
            assert_eq!((dates, store.failures().unwrap().len()), (usize::from(from >= 3), 1), "version {from}");
            let families = store.families(&said, &store.state().unwrap()).unwrap();
            let by_hand = families.links().filter(|(_, link)| matches!(link, Link::To(_, How::Hand))).count();
            assert_eq!(by_hand, usize::from(from >= 2), "version {from}");
            let hidden = store.hidden(&[], None).unwrap();
            assert_eq!(
                (hidden.len(), store.passed_over().take().len()),
                (if from >= 8 { 3 } else { 0 }, 0),
                "{hidden:?}"
            );
            drop(store);
            // And it can be written to.
            let store = Store::write(dir.path(), NOW).unwrap();
            assert_eq!(store.verify().problems(), 0);
        }
    }

    #[test]
    fn what_was_changed_before_an_update_is_told_after_it() {
        let before = u32::try_from(MIGRATIONS.iter().position(|script| *script == STATEMENTS).unwrap()).unwrap();
        for sql in [
            "UPDATE event_dates SET day = '2036-01-01'",
            "UPDATE links SET kind = 'none', parent = NULL",
            "UPDATE links SET parent = 'nobody'",
            "DELETE FROM links",
            "INSERT INTO links (at, child, kind) VALUES ('1', 'x', 'auto')",
        ] {
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().join("tickler.db");
            earlier(before, &path);
            assert!(Connection::open(&path).unwrap().execute(sql, []).unwrap() > 0, "{sql}");
            let store = Store::read(dir.path(), NOW).unwrap();
            assert!(store.verify().problems() > 0, "{sql}");
        }
    }

    #[test]
    fn a_backup_of_an_earlier_version_is_restored() {
        for version in [6, 8, 12, 13] {
            let dir = tempfile::tempdir().unwrap();
            let restored = Store::restore(dir.path(), &fixture(version)).unwrap();
            assert_eq!(
                (restored.now.database_version, restored.left_out.len()),
                (version, 0),
                "{:?}",
                restored.left_out
            );
            let store = Store::read(dir.path(), NOW).unwrap();
            assert_eq!((store.list().unwrap().len(), store.verify().problems()), (2, 0));
        }
    }

    #[test]
    fn calendars_of_an_earlier_version_are_kept_and_sealed() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("tickler.db");
        earlier(13, &path);
        let store = Store::read(dir.path(), NOW).unwrap();
        for feed in ["/calendar.ics", "/other.ics"] {
            let held = store.feed(feed).unwrap();
            let days: Vec<String> = held.values().map(|written| written.day.to_string()).collect();
            assert_eq!(days, ["2028-11-30"], "{feed}");
        }
        assert_eq!((store.outbox().unwrap().len(), store.waiting().unwrap().len()), (2, 1));
        assert_eq!((store.verify().problems(), store.passed_over().take().len()), (0, 0));
        drop(store);
        let db = Connection::open(&path).unwrap();
        assert_eq!(db.execute("UPDATE feeds SET cancelled = 1 WHERE feed = '/other.ics'", []).unwrap(), 1);
        let store = Store::read(dir.path(), NOW).unwrap();
        assert!(store.verify().problems() == 1 && store.feed("/other.ics").unwrap().is_empty());
        assert_eq!(store.feed("/calendar.ics").unwrap().len(), 1);
    }

    #[test]
    fn an_update_does_not_seal_what_was_changed_before_it() {
        for sql in [
            "UPDATE contracts SET title = 'another'",
            "UPDATE documents SET bytes = 7",
            "UPDATE hidden SET words = 'x'",
        ] {
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().join("tickler.db");
            earlier(8, &path);
            Connection::open(&path).unwrap().execute_batch(sql).unwrap();
            let problems = Store::read(dir.path(), NOW).unwrap().verify().problems();
            // Before they had seals, hidden words could be changed unseen.
            assert_eq!(problems > 0, !sql.contains("hidden"), "{sql}");
        }
    }

    #[test]
    fn files_that_were_replaced_in_an_earlier_version_join_their_agreements() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("tickler.db");
        earlier(8, &path);
        let mut db = Connection::open(&path).unwrap();
        let pair = |r: &rusqlite::Row<'_>| Ok((r.get(0)?, r.get(1)?));
        let (old, uri): (String, String) =
            db.query_row("SELECT document, uri FROM paths ORDER BY document LIMIT 1", [], pair).unwrap();
        let sql = "SELECT document FROM paths WHERE document <> ?1";
        let heir: String = db.query_row(sql, [&old], |r| r.get(0)).unwrap();
        let tx = db.transaction().unwrap();
        tx.execute("UPDATE paths SET document = ?1 WHERE uri = ?2", [&heir, &uri]).unwrap();
        let entry = chain::Entry::of(crate::store::EventKind::PathAdded, Some(&heir), Some(&uri));
        chain::log(&tx, NOW, &entry).unwrap();
        tx.commit().unwrap();
        drop(db);
        let store = Store::read(dir.path(), NOW).unwrap();
        let rows = store.list().unwrap();
        assert!(rows.iter().all(|row| row.replaced == (row.id.as_str() == old)), "{rows:?}");
        assert_eq!(store.agreement(&old.parse().unwrap()).unwrap().as_str(), heir);
        assert_eq!(store.verify().problems(), 0);
    }
}
