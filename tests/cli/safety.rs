//! Backup, restore and verify.

use std::fs;

use rusqlite::Connection;
use serde_json::Value;

use crate::common::{Bench, CONTRACTS};

fn database(bench: &Bench) -> Connection {
    Connection::open(bench.path("store/tickler.db")).unwrap()
}

/// Changes the log although it is final, and leaves everything else as it was.
fn change_log(db: &Connection, sql: &str) -> usize {
    let triggers = "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'events'";
    let triggers: Vec<String> =
        db.prepare(triggers).unwrap().query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect();
    db.execute_batch("DROP TRIGGER events_are_kept; DROP TRIGGER events_are_final;").unwrap();
    let changed = db.execute(sql, []).unwrap();
    db.execute_batch(&triggers.join(";")).unwrap();
    changed
}

/// Exit code and findings of `tickler verify`.
fn verified(bench: &Bench) -> (i32, Value) {
    let output = bench.run(&["verify", "--format", "json"]).output().unwrap();
    (output.status.code().unwrap(), serde_json::from_slice(&output.stdout).unwrap())
}

/// What `tickler verify` says when exactly one thing is wrong.
fn problem(bench: &Bench) -> (String, String) {
    let (code, report) = verified(bench);
    let problems: Vec<_> =
        report["findings"].as_array().unwrap().iter().filter(|f| f["severity"] == "error").cloned().collect();
    assert_eq!((code, problems.len(), &report["sound"]), (1, 1, &Value::Bool(false)), "{report}");
    let text = |key: &str| problems[0][key].as_str().unwrap().to_owned();
    (text("part"), text("message"))
}

fn listed(bench: &Bench) -> usize {
    bench.json(&["list", "--format", "json"]).as_array().unwrap().len()
}

fn found(bench: &Bench, words: &str) -> u64 {
    bench.json(&["search", words, "--format", "json"])["total"].as_u64().unwrap()
}

#[test]
fn a_sound_store_verifies() {
    let bench = Bench::ingested();
    let (code, report) = verified(&bench);
    assert_eq!((code, &report["sound"]), (0, &Value::Bool(true)), "{report}");
    assert_eq!(
        (&report["documents"], &report["files"]["unchanged"], &report["events"]),
        (&3.into(), &3.into(), &3.into())
    );
    assert!(report["quotes"].as_u64().unwrap() > 30, "{report}");
    assert_eq!(report["head"].as_str().unwrap().len(), 64);
    let text = bench.out(&["verify"]);
    assert!(text.contains("chain intact") && text.contains("3 unchanged"), "{text}");
}

/// Puts a row of kept dates with the seal that it needs: each value with its kind and its length.
fn put_dates(db: &Connection, document: &str, made_of: &str, digest: &[u8]) {
    let mut hasher = blake3::Hasher::new();
    for (kind, bytes) in [(3, document.as_bytes()), (3, made_of.as_bytes()), (4, digest)] {
        hasher.update(&[kind]).update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
    }
    let seal = hasher.finalize().to_hex().to_string();
    let sql = "UPDATE dates SET digest = ?2, seal = ?3 WHERE document = ?1";
    assert_eq!(db.execute(sql, rusqlite::params![document, digest, seal]).unwrap(), 1);
}

#[test]
fn kept_dates_that_are_not_those_of_their_record_are_found() {
    let bench = Bench::ingested();
    let db = database(&bench);
    let row = |r: &rusqlite::Row<'_>| Ok((r.get(0)?, r.get(1)?, r.get(2)?));
    let sql = "SELECT document, made_of, digest FROM dates ORDER BY document";
    let rows: Vec<(String, String, Vec<u8>)> =
        db.prepare(sql).unwrap().query_map([], row).unwrap().map(Result::unwrap).collect();
    assert_eq!(rows.len(), CONTRACTS.len());
    // As it is, with the same seal: nothing changes.
    put_dates(&db, &rows[0].0, &rows[0].1, &rows[0].2);
    assert_eq!(verified(&bench).0, 0);
    put_dates(&db, &rows[0].0, &rows[0].1, &rows[1].2);
    let (part, message) = problem(&bench);
    assert!(part == "kept" && message.contains("not those of its record"), "{part}: {message}");
    assert!(bench.run(&["verify"]).output().unwrap().stdout.windows(7).any(|words| words == b"reindex"));
    bench.run(&["reindex"]).assert().success();
    assert_eq!(verified(&bench).0, 0);
    // A row whose seal is broken is no row, and does no harm.
    bench.run(&["ingest", "in"]).assert().success();
    assert_eq!(db.execute("UPDATE dates SET digest = x'00'", []).unwrap(), CONTRACTS.len());
    assert_eq!(verified(&bench).0, 0);
}

#[test]
fn files_that_changed_are_problems_and_files_that_are_gone_are_notes() {
    let bench = Bench::ingested();
    fs::remove_file(bench.path("in").join(CONTRACTS[0])).unwrap();
    let (code, report) = verified(&bench);
    assert_eq!((code, &report["files"]["missing"]), (0, &1.into()), "{report}");
    let changed = bench.path("in").join(CONTRACTS[1]);
    let mut bytes = fs::read(&changed).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&changed, bytes).unwrap();
    let (part, message) = problem(&bench);
    assert!(part == "file" && message.contains("something else"), "{message}");
    fs::write(&changed, "longer or shorter").unwrap();
    assert_eq!(problem(&bench).0, "file");
    let text = String::from_utf8(bench.run(&["verify"]).output().unwrap().stdout).unwrap();
    assert!(text.contains("1 unchanged, 1 changed, 1 missing") && text.contains("tickler ingest"), "{text}");
}

#[test]
fn a_changed_quote_text_or_event_shows() {
    let swap = "UPDATE contracts SET record = replace(record, 'a', 'o') WHERE document = \
                (SELECT document FROM contracts ORDER BY document LIMIT 1)";
    let quote = r#"UPDATE contracts SET record = replace(record, '"page":1,', '"page":2,')
                   WHERE document = (SELECT document FROM contracts ORDER BY document LIMIT 1)"#;
    let body = "UPDATE texts SET body = (SELECT body FROM texts ORDER BY document DESC LIMIT 1), \
                length = (SELECT length FROM texts ORDER BY document DESC LIMIT 1) WHERE document = \
                (SELECT document FROM texts ORDER BY document LIMIT 1)";
    for (sql, part) in [
        (quote, "evidence"),
        ("UPDATE events SET detail = '/elsewhere.pdf' WHERE id = 1", "events"),
        ("DELETE FROM events WHERE id = 2", "events"),
        ("DELETE FROM events WHERE id = 3", "events"),
    ] {
        let bench = Bench::ingested();
        let db = database(&bench);
        assert!(change_log(&db, sql) > 0, "{sql}");
        drop(db);
        assert_eq!(problem(&bench).0, part, "{sql}");
    }
    for sql in [swap, body] {
        let bench = Bench::ingested();
        assert_eq!(database(&bench).execute(sql, []).unwrap(), 1);
        let (code, report) = verified(&bench);
        assert_eq!(code, 1, "{report}");
        assert!(bench.run(&["verify"]).output().unwrap().stdout.ends_with(b"reads the documents again\n"));
        bench.run(&["ingest", "--force", "in"]).assert().success();
        assert_eq!(verified(&bench).0, 0, "reading again mends it");
    }
}

#[test]
fn an_older_store_is_brought_up_to_date_and_its_events_are_chained() {
    let bench = Bench::ingested();
    bench.make_older();
    bench.run(&["backup", "old.db"]).assert().success();
    assert_eq!(listed(&bench), 3);
    assert_eq!(verified(&bench).0, 0);
    bench.run(&["ingest", "--force", "in"]).assert().success();
    let (code, report) = verified(&bench);
    // Each document was sealed by an event.
    assert_eq!((code, &report["events"]), (0, &9.into()), "{report}");
    // A backup of the version before is brought up to date as well.
    bench.run(&["restore", "old.db"]).assert().success();
    let (code, report) = verified(&bench);
    assert_eq!((code, &report["events"]), (0, &6.into()), "{report}");
}

#[test]
fn a_backup_brings_back_what_was_removed() {
    let bench = Bench::ingested();
    let head = verified(&bench).1["head"].clone();
    let made = bench.json(&["backup", "b.db", "--format", "json"]);
    assert_eq!((&made["contracts"], &made["file"]), (&3.into(), &"b.db".into()));
    assert_eq!(made["bytes"], fs::metadata(bench.path("b.db")).unwrap().len());
    bench.run(&["remove", CONTRACTS[1]]).assert().success();
    assert_eq!((listed(&bench), found(&bench, "landlord")), (2, 0));

    let restored = bench.json(&["restore", "b.db", "--format", "json"]);
    assert_eq!(restored["contracts"], 3);
    assert!(restored["kept"].as_str().unwrap().ends_with("tickler.db.before-restore"), "{restored}");
    assert_eq!(listed(&bench), 3);
    assert!(found(&bench, "landlord") > 0, "the search index is made anew");
    let (code, report) = verified(&bench);
    assert_eq!((code, &report["head"]), (0, &head));

    // What was there can be restored too, and no kept database is ever replaced.
    let text = bench.out(&["restore", "store/tickler.db.before-restore"]);
    assert!(text.contains("Restored 2 contracts") && text.contains("before-restore-2"), "{text}");
    assert_eq!(listed(&bench), 2);
    bench.run(&["restore", "b.db", "--store", "elsewhere"]).assert().success();
    assert_eq!(bench.json(&["list", "--store", "elsewhere", "--format", "json"]).as_array().unwrap().len(), 3);
    let left: Vec<_> = fs::read_dir(bench.path("store")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(!left.iter().any(|n| n.to_string_lossy().contains("restoring")), "{left:?}");
}

#[test]
fn the_index_follows_a_restored_store_and_not_the_one_before() {
    for by_hand in [false, true] {
        let bench = Bench::ingested();
        bench.run(&["backup", "b.db"]).assert().success();
        // Two events that the restored store will not have...
        let (lost, other) = (
            ["sponsorship-no-renewal.pdf", "one-way-nda-letter.pdf"],
            ["carrier-agreement-evergreen.pdf", "coworking-month-to-month.pdf", "sow-form-fields.pdf"],
        );
        bench.add(&lost);
        bench.run(&["ingest", "in"]).assert().success();
        assert!(found(&bench, "sponsor") > 0);
        if by_hand {
            fs::copy(bench.path("b.db"), bench.path("store/tickler.db")).unwrap();
        } else {
            bench.run(&["restore", "b.db"]).assert().success();
        }
        // ...and three with the same numbers that it has instead.
        for name in lost {
            fs::remove_file(bench.path("in").join(name)).unwrap();
        }
        bench.add(&other);
        bench.run(&["ingest", "in"]).assert().success();
        assert_eq!((listed(&bench), found(&bench, "sponsor")), (6, 0));
        assert!(found(&bench, "carrier") > 0);
    }
}

#[test]
fn a_backup_replaces_nothing_unasked() {
    let bench = Bench::ingested();
    bench.write("precious.txt", "precious");
    let (code, message) = bench.fails(&["backup", "precious.txt"]);
    assert!(code == 2 && message.contains("--force"), "{message}");
    assert_eq!(fs::read(bench.path("precious.txt")).unwrap(), b"precious");
    bench.run(&["backup", "precious.txt", "--force"]).assert().success();
    for (file, says) in [
        ("store/tickler.db", "inside the store"),
        ("store/copy.db", "inside the store"),
        ("no/such/folder.db", "no/such/folder.db"),
        ("in", "not a regular file"),
    ] {
        let (code, message) = bench.fails(&["backup", "--force", file]);
        assert!(code == 2 && message.contains(says), "{file}: {message}");
    }
    let (code, message) = bench.fails(&["backup", "x.db", "--store", "nowhere"]);
    assert!(code == 2 && message.contains("tickler ingest"), "{message}");
    assert_eq!(verified(&bench).0, 0);
    let left: Vec<_> = fs::read_dir(bench.path(".")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(!left.iter().any(|n| n.to_string_lossy().contains(".part")), "{left:?}");
}

#[test]
fn only_a_sound_backup_is_restored() {
    let bench = Bench::ingested();
    bench.run(&["backup", "good.db"]).assert().success();
    let good = fs::read(bench.path("good.db")).unwrap();
    let store = fs::read(bench.path("store/tickler.db")).unwrap();
    bench.write("text.db", "no database at all, whatever its name may promise");
    bench.write("half.db", &good[..good.len() / 2]);
    let mut scratched = good.clone();
    let middle = good.len() / 8192 * 4096;
    scratched[middle..middle + 32_768].fill(0xa5);
    bench.write("scratched.db", scratched);
    bench.write("empty.db", "");
    Connection::open(bench.path("other.db")).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
    bench.write("newer.db", &good);
    Connection::open(bench.path("newer.db")).unwrap().pragma_update(None, "user_version", 999).unwrap();
    for (file, says) in [
        ("text.db", "damaged"),
        ("half.db", "damaged"),
        ("scratched.db", "damaged"),
        ("empty.db", "not one of tickler's"),
        ("other.db", "not one of tickler's"),
        ("newer.db", "update tickler"),
        ("gone.db", "gone.db"),
        ("store", "tickler backup"),
        ("store/tickler.db", "database of the store"),
    ] {
        let (code, message) = bench.fails(&["restore", file]);
        assert!(code == 2 && message.contains(says), "{file}: {code} {message}");
        assert!(fs::read(bench.path("store/tickler.db")).unwrap() == store, "{file}: the store is as it was");
    }
    assert_eq!(verified(&bench).0, 0);
}

#[test]
fn a_half_done_change_is_taken_back_before_reading() {
    let bench = Bench::ingested();
    let head = verified(&bench).1["head"].clone();
    // As a process leaves it that is killed while it writes to a database without a write-ahead log.
    let db = database(&bench);
    db.execute_batch(
        "PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1; BEGIN;
         UPDATE texts SET body = zeroblob(length(body)); UPDATE contracts SET record = replace(record, 'a', 'b');",
    )
    .unwrap();
    fs::create_dir(bench.path("copy")).unwrap();
    for name in ["tickler.db", "tickler.db-journal"] {
        assert!(fs::copy(bench.path("store").join(name), bench.path("copy").join(name)).unwrap() > 0);
    }
    drop(db);
    assert!(fs::read(bench.path("copy/tickler.db")).unwrap() != fs::read(bench.path("store/tickler.db")).unwrap());
    let report = bench.json(&["verify", "--store", "copy", "--format", "json"]);
    assert_eq!((&report["sound"], &report["head"]), (&Value::Bool(true), &head), "{report}");
}

#[test]
fn a_damaged_database_is_named_with_the_way_out() {
    let bench = Bench::ingested();
    bench.run(&["backup", "b.db"]).assert().success();
    let backup = fs::read(bench.path("b.db")).unwrap();
    let sound = fs::read(bench.path("store/tickler.db")).unwrap();

    // Bytes overwritten in the middle: what the damage does not touch can still be read.
    let mut scratched = sound.clone();
    let middle = sound.len() / 8192 * 4096;
    scratched[middle..middle + 32_768].fill(0xa5);
    bench.write("store/tickler.db", &scratched);
    let output = bench.run(&["verify"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(1 | 3)) && said.contains("tickler restore"), "{said}");
    bench.fails(&["doctor"]);
    let (code, message) = bench.fails(&["backup", "--force", "b.db"]);
    assert!(code == 3 && message.contains("tickler restore"), "{message}");
    assert!(fs::read(bench.path("b.db")).unwrap() == backup, "a good backup is not replaced by a damaged one");
    bench.run(&["restore", "b.db"]).assert().success();
    assert_eq!(verified(&bench).0, 0);
    // All but its first page, which says how it is journalled.
    let kept = fs::read(bench.path("store/tickler.db.before-restore")).unwrap();
    assert!(kept[4096..] == scratched[4096..], "kept as it was");

    // Cut in half: nothing can be trusted.
    bench.write("store/tickler.db", &sound[..sound.len() / 2]);
    for args in
        [&["list"][..], &["ingest", "in"], &["search", "notice"], &["verify"], &["schedule"], &["backup", "c.db"]]
    {
        let (code, message) = bench.fails(args);
        assert!(code == 3 && message.contains("damaged") && message.contains("tickler restore"), "{args:?}: {message}");
    }
    bench.run(&["restore", "b.db"]).assert().success();
    bench.run(&["ingest", "in"]).assert().success();
    assert_eq!((verified(&bench).0, listed(&bench)), (0, 3));

    // Cut to nothing: no new store is begun where the index says that there was one.
    bench.write("store/tickler.db", "");
    for args in [&["list"][..], &["ingest", "in"]] {
        let (code, message) = bench.fails(args);
        assert!(code == 3 && message.contains("empty") && message.contains("tickler restore"), "{args:?}: {message}");
    }
    bench.run(&["restore", "b.db"]).assert().success();
    assert_eq!((verified(&bench).0, listed(&bench)), (0, 3));
}

/// What becomes of the bytes of a file.
type Damage = fn(&[u8]) -> Vec<u8>;

#[test]
fn a_damaged_index_is_made_anew() {
    let bench = Bench::ingested();
    let before = found(&bench, "notice");
    let damage: [Damage; 3] =
        [|_| b"nonsense".to_vec(), |all| all[..all.len() / 2].to_vec(), |all| vec![0xa5; all.len()]];
    for change in damage {
        for entry in fs::read_dir(bench.path("store/index")).unwrap() {
            let path = entry.unwrap().path();
            let bytes = fs::read(&path).unwrap();
            fs::write(&path, change(&bytes)).unwrap();
        }
        assert_eq!(found(&bench, "notice"), before);
        bench.run(&["ingest", "--force", "in"]).assert().success();
        assert_eq!(found(&bench, "notice"), before);
    }
}

#[test]
fn a_newer_store_is_refused_and_unchanged() {
    let bench = Bench::ingested();
    database(&bench).pragma_update(None, "user_version", 999).unwrap();
    let store = fs::read(bench.path("store/tickler.db")).unwrap();
    for args in [&["ingest", "in"][..], &["list"], &["search", "x"], &["verify"], &["backup", "b.db"], &["reindex"]] {
        let (code, message) = bench.fails(args);
        assert!(code == 2 && message.contains("newer tickler") && message.contains("update tickler"), "{message}");
    }
    assert!(fs::read(bench.path("store/tickler.db")).unwrap() == store);
}

#[test]
fn unreadable_files_are_reported_as_csv() {
    let bench = Bench::new();
    bench.write("in/broken.pdf", "%PDF-1.7 nothing of the sort");
    bench.run(&["ingest", "in", "gone, or never there.pdf", "--report", "failed.csv"]).assert().code(1);
    let mut reader = csv::Reader::from_path(bench.path("failed.csv")).unwrap();
    assert_eq!(reader.headers().unwrap(), vec!["path", "code", "message"]);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2);
    assert!(rows[0][0].ends_with("gone, or never there.pdf") && &rows[0][1] == "source.not_found", "{rows:?}");
    assert!(rows[1][0].ends_with("in/broken.pdf") && !rows[1][2].is_empty(), "{rows:?}");
    // With nothing to report, the report says so.
    fs::remove_file(bench.path("in/broken.pdf")).unwrap();
    bench.run(&["ingest", "in", "--report", "failed.csv"]).assert().success();
    assert_eq!(fs::read_to_string(bench.path("failed.csv")).unwrap(), "path,code,message\n");
}
