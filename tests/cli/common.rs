//! A folder of its own for each test: contracts, store, and home.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

/// Contracts of `fixtures/contracts`, one of each sort that the tests need.
pub(crate) const CONTRACTS: [&str; 3] =
    ["cloud-msa-auto-renewal.pdf", "office-lease-option.pdf", "mutual-nda-perpetual.pdf"];

/// The day on which the tests take place.
pub(crate) const DAY: &str = "2026-03-01";

pub(crate) struct Bench {
    dir: TempDir,
}

impl Bench {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("in")).unwrap();
        Self { dir }
    }

    /// A folder with [`CONTRACTS`] in `in/`.
    pub(crate) fn new() -> Self {
        let bench = Self::empty();
        bench.add(&CONTRACTS);
        bench
    }

    /// Contracts of the fixtures into `in/`.
    pub(crate) fn add(&self, names: &[&str]) {
        for name in names {
            std::fs::copy(fixture(name), self.path("in").join(name)).unwrap();
        }
    }

    /// The same, read into the store.
    pub(crate) fn ingested() -> Self {
        let bench = Self::new();
        bench.run(&["ingest", "in"]).assert().success();
        bench
    }

    /// Makes the store one of version 3, whose events had no hashes and whose rows no seals.
    pub(crate) fn make_older(&self) {
        let db = rusqlite::Connection::open(self.path("store/tickler.db")).unwrap();
        db.execute_batch(
            "BEGIN; DROP TRIGGER events_are_final; DROP TRIGGER events_are_kept;
             CREATE TABLE old_events (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, kind TEXT NOT NULL,
                 document TEXT, detail TEXT) STRICT;
             INSERT INTO old_events SELECT id, at, kind, document, detail FROM events ORDER BY id;
             DROP TABLE events; ALTER TABLE old_events RENAME TO events;
             DROP INDEX contracts_seals; DROP TABLE dates; DROP TABLE feeds; ALTER TABLE contracts DROP COLUMN seal; ALTER TABLE texts DROP COLUMN seal; DROP INDEX contracts_listed; DROP INDEX contracts_cards; DROP TABLE IF EXISTS meanings; DROP TABLE hidden; DROP TABLE statements; DROP TABLE deliveries; DROP TABLE outbox; DROP TABLE overview;
             DROP TABLE agreements; ALTER TABLE paths DROP COLUMN gone; DROP INDEX contracts_by_parties; DROP INDEX contracts_by_title;
             CREATE TABLE links (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, child TEXT NOT NULL, kind TEXT NOT NULL,
                 parent TEXT) STRICT;
             CREATE INDEX links_by_child ON links (child);
             CREATE TABLE event_dates (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, document TEXT NOT NULL,
                 kind TEXT NOT NULL, event TEXT NOT NULL, day TEXT NOT NULL) STRICT;
             CREATE INDEX event_dates_by_document ON event_dates (document); PRAGMA user_version = 3;
             CREATE TRIGGER events_are_kept BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'kept'); END;
             CREATE TRIGGER events_are_final BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'final'); END; COMMIT;",
        )
        .unwrap();
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), content).unwrap();
    }

    /// The program in this folder, with nothing of the real user's around it.
    pub(crate) fn run(&self, args: &[&str]) -> Command {
        Command::from_std(self.process(args))
    }

    /// The same, for tests that stop and kill it.
    pub(crate) fn process(&self, args: &[&str]) -> std::process::Command {
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("tickler"));
        command.args(args).current_dir(self.dir.path()).env_clear();
        command.env("HOME", self.path("home")).env("TICKLER_STORE", self.path("store"));
        // Without optimisation the model takes its time; the tests that need it name it.
        command.env("TICKLER_MODEL", "none");
        command
    }

    /// Standard output of a run that must succeed.
    pub(crate) fn out(&self, args: &[&str]) -> String {
        let output = self.run(args).assert().success().get_output().stdout.clone();
        String::from_utf8(output).unwrap()
    }

    /// The same, as JSON.
    pub(crate) fn json(&self, args: &[&str]) -> serde_json::Value {
        serde_json::from_str(&self.out(args)).unwrap()
    }

    /// Exit code and standard error of a run that must fail.
    pub(crate) fn fails(&self, args: &[&str]) -> (i32, String) {
        let output = self.run(args).assert().failure().get_output().clone();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    }
}

pub(crate) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/contracts").join(name)
}
