use std::fs::File;

use crate::common::{Bench, CONTRACTS};

#[test]
fn a_place_that_can_hold_no_store_is_named() {
    let bench = Bench::new();
    bench.write("file", "");
    let (code, message) = bench.fails(&["ingest", "in", "--store", "file/store"]);
    assert_eq!(code, 2);
    assert!(message.contains("file/store"), "{message}");
}

#[test]
fn without_a_store_the_message_says_what_to_do() {
    let bench = Bench::empty();
    for args in [&["list"][..], &["search", "notice"], &["schedule"], &["show", "x"], &["export"], &["reindex"]] {
        let (code, message) = bench.fails(args);
        assert_eq!(code, 2, "{args:?}");
        assert!(message.contains("tickler ingest"), "{message}");
    }
    bench.run(&["doctor"]).assert().success();
}

#[test]
fn a_second_writer_waits_for_nobody() {
    let bench = Bench::ingested();
    let lock = File::options().write(true).open(bench.path("store/lock")).unwrap();
    lock.lock().unwrap();
    let (code, message) = bench.fails(&["ingest", "in"]);
    assert_eq!(code, 2);
    assert!(message.contains("in use by another tickler"), "{message}");
    bench.run(&["list"]).assert().success();
    bench.run(&["search", "notice"]).assert().success();
    drop(lock);
    bench.run(&["ingest", "in"]).assert().success();
}

#[test]
fn a_newer_store_is_refused_and_left_alone() {
    let bench = Bench::ingested();
    let db = rusqlite::Connection::open(bench.path("store/tickler.db")).unwrap();
    db.pragma_update(None, "user_version", 999).unwrap();
    drop(db);
    for args in [&["ingest", "in"][..], &["list"]] {
        let (code, message) = bench.fails(args);
        assert_eq!(code, 2);
        assert!(message.contains("newer tickler") && message.contains("999"), "{message}");
    }
}

#[test]
fn a_damaged_store_is_an_error_not_a_panic() {
    let bench = Bench::ingested();
    bench.write("store/tickler.db", "not a database at all, whatever its name may promise");
    let (code, message) = bench.fails(&["list"]);
    assert_eq!(code, 3);
    assert!(message.contains("tickler.db is damaged"), "{message}");
    let (code, _) = bench.fails(&["doctor"]);
    assert_eq!(code, 1);
}

#[test]
fn removed_contracts_are_gone_from_list_and_search() {
    let bench = Bench::ingested();
    let found = |bench: &Bench| bench.json(&["search", "landlord", "--format", "json"])["total"].as_u64().unwrap();
    assert!(found(&bench) > 0);
    let (code, _) = bench.fails(&["remove", CONTRACTS[1], "misspelt.pdf"]);
    assert_eq!(code, 2);
    assert!(found(&bench) > 0, "one wrong name, nothing removed");
    bench.run(&["remove", CONTRACTS[1]]).assert().success();
    assert_eq!(found(&bench), 0);
    assert_eq!(bench.json(&["list", "--format", "json"]).as_array().unwrap().len(), 2);
}

#[test]
fn doctor_checks_the_store() {
    let bench = Bench::ingested();
    let report = bench.json(&["doctor", "--format", "json"]);
    assert_eq!(report["counts"]["contracts"], 3);
    assert!(report["problems"].as_array().unwrap().is_empty());
    assert!(bench.out(&["doctor"]).contains("Contracts  3"));
}

#[test]
fn a_backup_of_a_store_with_a_bad_row_says_so() {
    let bench = Bench::ingested();
    bench.run(&["backup", "good.db"]).assert().success();
    let db = rusqlite::Connection::open(bench.path("store/tickler.db")).unwrap();
    let sql = "UPDATE contracts SET title = 'x' WHERE document = (SELECT id FROM documents WHERE file_name = ?1)";
    assert_eq!(db.execute(sql, [CONTRACTS[1]]).unwrap(), 1);
    drop(db);
    let (code, told) = bench.fails(&["backup", "bad.db"]);
    assert!(code == 1 && told.contains("restore") && told.contains(CONTRACTS[1]) && told.contains("verify"), "{told}");
    let output = bench.run(&["backup", "--force", "bad.db", "--format", "json"]).assert().code(1).get_output().clone();
    let made: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(made["problems"].as_array().unwrap().len(), 1, "{made}");
    // As it says.
    let (_, told) = bench.fails(&["restore", "bad.db"]);
    assert!(told.contains("nothing was replaced"), "{told}");
    let output = bench.run(&["doctor"]).assert().code(1).get_output().clone();
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.contains(&format!("{}: its record is not as it was written", CONTRACTS[1])), "{told}");
    assert!(told.contains("`tickler verify` lists"), "{told}");
    // And the remedy mends it.
    bench.run(&["ingest", "--force", "in"]).assert().success();
    bench.run(&["backup", "--force", "bad.db"]).assert().success();
    bench.run(&["restore", "bad.db"]).assert().success();
}
