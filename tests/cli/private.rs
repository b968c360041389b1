//! Only their owner can read the files that the program writes.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::common::{Bench, CONTRACTS};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// Folders that are not 0700 and files that are not 0600, at `path` and below.
fn wide(path: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(path).into_iter().map(Result::unwrap) {
        let wanted = if entry.file_type().is_dir() { 0o700 } else { 0o600 };
        let mode = mode(entry.path());
        if mode != wanted {
            found.push(format!("{} {mode:o}", entry.path().display()));
        }
    }
    found
}

/// Runs the program under a umask that takes no rights away.
fn open_handed(bench: &Bench, args: &[&str]) {
    let program = bench.process(args);
    let mut shell = std::process::Command::new("bash");
    shell.args(["-c", "umask 000; exec \"$0\" \"$@\""]).arg(program.get_program()).args(args);
    shell.current_dir(program.get_current_dir().unwrap()).env_clear();
    shell.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let output = shell.output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn what_is_written_is_private_whatever_the_umask() {
    let bench = Bench::new();
    fs::create_dir(bench.path("shared")).unwrap();
    fs::set_permissions(bench.path("shared"), fs::Permissions::from_mode(0o755)).unwrap();
    // The store lies in folders that do not exist yet; one contract is added later, so that the index is updated.
    let run = |args: &[&str]| open_handed(&bench, &[&["--store", "data/tickler"], args].concat());
    run(&["ingest", &format!("in/{}", CONTRACTS[0])]);
    run(&["ingest", "in"]);
    run(&["search", "notice"]);
    // A reader keeps the journals of SQLite there.
    let reader = rusqlite::Connection::open(bench.path("data/tickler/tickler.db")).unwrap();
    let count = |sql| reader.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("SELECT count(*) FROM documents"), 3);
    run(&["event", CONTRACTS[0], "spring", "2026-03-20"]);
    assert!(bench.path("data/tickler/tickler.db-wal").exists());
    assert_eq!(wide(&bench.path("data")), [""; 0]);
    drop(reader);

    run(&["backup", "shared/copy.db"]);
    run(&["export", "-o", "shared/records.json"]);
    run(&["export", "--format", "csv", "-o", "shared/records.csv"]);
    run(&["schedule", "--format", "ics", "-o", "shared/deadlines.ics"]);
    run(&["extract", "in", "-o", "shared/extracted.ndjson"]);
    run(&["ingest", "in", "--report", "shared/failed.csv"]);
    run(&["restore", "shared/copy.db"]);
    run(&["search", "notice"]);
    assert_eq!(wide(&bench.path("data")), [""; 0]);
    let files: Vec<_> = fs::read_dir(bench.path("shared")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 6);
    assert!(files.iter().all(|file| wide(file).is_empty()), "{files:?}");
    assert_eq!(mode(&bench.path("shared")), 0o755, "a folder of the user keeps its rights");

    // What makes a folder, and what goes out to people.
    fs::create_dir_all(bench.path("home/.config/tickler")).unwrap();
    let maildir = bench.path("Maildir");
    let settings = format!("{}[send]\nmaildir = {maildir:?}\n", crate::remind::PEOPLE);
    bench.write("home/.config/tickler/tickler.toml", settings);
    run(&["assign", CONTRACTS[0], "Ann Field"]);
    for (args, to) in [
        (&["export", "--format", "tables"][..], "tables"),
        (&["export", "--format", "xlsx"], "contracts.xlsx"),
        (&["export", "--format", "sql"], "contracts.sql"),
        (&["export", "--format", "ics", "--by-owner"], "calendars"),
        (&["export", "--map", "salesforce"], "crm.csv"),
        (&["export", "--format", "ndjson", "--since", "start"], "since.ndjson"),
        (&["letter", CONTRACTS[0], "--from", "Holloway", "--on", "2026-03-01"], "notice.docx"),
    ] {
        let to = format!("shared/{to}");
        run(&[args, &["-o", &to]].concat());
        assert_eq!(wide(&bench.path(&to)), [""; 0]);
    }
    for to in ["shared/report.html", "shared/report.pdf"] {
        run(&["report", "--out", to]);
        assert_eq!(wide(&bench.path(to)), [""; 0]);
    }
    run(&["remind", "--as-of", "2026-11-12"]);
    run(&["send"]);
    assert!(fs::read_dir(maildir.join("new")).unwrap().next().is_some());
    assert_eq!(wide(&maildir), [""; 0]);
    assert_eq!(wide(&bench.path("data")), [""; 0]);
}

#[test]
fn a_store_that_others_can_read_is_told_and_closed() {
    let bench = Bench::ingested();
    for (name, rights) in [("store", 0o755), ("store/tickler.db", 0o644), ("store/index", 0o755)] {
        fs::set_permissions(bench.path(name), fs::Permissions::from_mode(rights)).unwrap();
    }
    let output = bench.run(&["doctor"]).assert().code(1).get_output().clone();
    let said = String::from_utf8(output.stdout).unwrap();
    let store = bench.path("store").display().to_string();
    for part in [format!("can read {store}"), format!("chmod -R go-rwx {store}")] {
        assert!(said.contains(&part), "{said}");
    }
    bench.run(&["list"]).assert().success();
    assert_eq!(mode(&bench.path("store")), 0o755, "reading changes no rights");
    bench.run(&["ingest", "in"]).assert().success();
    assert_eq!(wide(&bench.path("store")), [""; 0]);
    bench.run(&["doctor"]).assert().success();
}

#[test]
fn a_folder_with_other_files_keeps_its_rights() {
    let bench = Bench::new();
    fs::set_permissions(bench.path("in"), fs::Permissions::from_mode(0o755)).unwrap();
    bench.run(&["ingest", "in", "--store", "in"]).assert().success();
    bench.run(&["ingest", "in", "--store", "in"]).assert().success();
    assert_eq!(mode(&bench.path("in")), 0o755);
    assert_eq!(mode(&bench.path("in/tickler.db")), 0o600);
    assert_eq!(wide(&bench.path("in/index")), [""; 0]);
    bench.run(&["doctor", "--store", "in"]).assert().success();
}
