//! What strangers leave around: settings, names, links, rows and cells that mean harm or are merely odd.

use std::ffi::OsStr;
use std::fs::{self, File, Permissions};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use serde_json::Value;

use crate::common::{Bench, CONTRACTS, DAY, fixture};

fn stderr(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Commands that look at all contracts.
const ALL: [&[&str]; 8] = [
    &["list"],
    &["schedule", "--all"],
    &["review"],
    &["export"],
    &["export", "--format", "csv"],
    &["clauses"],
    &["link"],
    &["search", "notice"],
];

#[test]
fn one_bad_row_stops_nothing_and_is_told_with_its_remedy() {
    for damage in [
        "UPDATE contracts SET record = json_remove(record, '$.renewal') WHERE document = ?1",
        "UPDATE contracts SET record = 'x' WHERE document = ?1",
        "UPDATE texts SET length = 4611686018427387904 WHERE document = ?1",
    ] {
        let bench = Bench::ingested();
        let db = Connection::open(bench.path("store/tickler.db")).unwrap();
        let sql = "SELECT id FROM documents WHERE file_name = ?1";
        let id: String = db.query_row(sql, [CONTRACTS[0]], |r| r.get(0)).unwrap();
        assert_eq!(db.execute(damage, [&id]).unwrap(), 1);
        drop(db);
        fs::remove_dir_all(bench.path("store/index")).unwrap();
        let record = damage.contains("contracts");
        for args in ALL {
            let output = bench.run(args).output().unwrap();
            // Only some read the damaged row: lists have the dates that were kept when it was whole.
            let reads = match args[0] {
                "search" => true,
                "link" | "list" | "schedule" => false,
                _ => record,
            };
            assert_eq!(output.status.code(), Some(i32::from(reads)), "{damage} {args:?}: {}", stderr(&output));
            let said = stderr(&output);
            assert!(!reads || said.contains(CONTRACTS[0]) && said.contains("ingest --force '"), "{args:?}: {said}");
            assert!(!output.stdout.is_empty());
        }
        if record {
            let output = bench.run(&["export", "--format", "ndjson"]).output().unwrap();
            assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 2);
            let (code, message) = bench.fails(&["show", CONTRACTS[0]]);
            assert!(code > 0 && message.contains("ingest --force '"), "{message}");
        }
        bench.run(&["show", CONTRACTS[1]]).assert().success();
        bench.run(&["verify"]).assert().code(1);
        bench.run(&["ingest", "--force", &format!("in/{}", CONTRACTS[0])]).assert().success();
        bench.run(&["verify"]).assert().success();
        for args in ALL {
            bench.run(args).assert().success();
        }
    }
}

#[test]
fn a_trigger_of_a_backup_does_not_come_along() {
    let bench = Bench::ingested();
    bench.run(&["backup", "b.db"]).assert().success();
    let sql = "CREATE TRIGGER later AFTER INSERT ON events BEGIN
                   UPDATE contracts SET record = replace(record, '2027', '2037'); END";
    Connection::open(bench.path("b.db")).unwrap().execute_batch(sql).unwrap();
    let before = bench.json(&["export", "--as-of", DAY]);
    let output = bench.run(&["restore", "b.db"]).assert().success().get_output().clone();
    assert!(stderr(&output).contains("trigger \"later\""), "{}", stderr(&output));
    bench.run(&["ingest", "--force", &format!("in/{}", CONTRACTS[0])]).assert().success();
    assert_eq!(bench.json(&["export", "--as-of", DAY]), before);
    bench.run(&["verify"]).assert().success();
    // In the store itself it is found, and nothing is written with it.
    Connection::open(bench.path("store/tickler.db")).unwrap().execute_batch(sql).unwrap();
    bench.run(&["verify"]).assert().code(1);
    bench.run(&["doctor"]).assert().code(1);
    let (code, message) = bench.fails(&["ingest", "in"]);
    assert!(code == 2 && message.contains("later") && message.contains("tickler backup"), "{message}");
    bench.run(&["backup", "--force", "c.db"]).assert().success();
    bench.run(&["restore", "c.db"]).assert().success();
    bench.run(&["ingest", "in"]).assert().success();
    bench.run(&["verify"]).assert().success();
}

#[test]
fn settings_that_came_with_the_contracts_hide_nothing() {
    let bench = Bench::ingested();
    let args: [&[&str]; 3] = [&["export", "--as-of", DAY], &["review"], &["schedule", "--all", "--as-of", DAY]];
    let before = args.map(|args| bench.out(args));
    let settings = "trust = \".x\"\nmin_confidence = 1.0\nreview_below = 0.0\nmax_file_mib = 1\nmodel = \"nowhere\"\nocr = \"never\"\n";
    bench.write("tickler.toml", settings);
    assert_eq!(args.map(|args| bench.out(args)), before);
    let said = stderr(bench.run(&["list"]).assert().success().get_output());
    for part in ["tickler.toml", "do not count", "trust", "min_confidence", "--config"] {
        assert!(said.contains(part), "{said}");
    }
    let report = bench.json(&["doctor", "--format", "json"]);
    let file = &report["settings"][0];
    assert_eq!((&file["working_folder"], file["ignored"].as_array().unwrap().len()), (&Value::Bool(true), 6), "{file}");
    // What is harmless counts, and is said; the user's own settings stay.
    fs::create_dir_all(bench.path("home/.config/tickler")).unwrap();
    bench.write("home/.config/tickler/tickler.toml", "review_below = 0.99\nreminders = [5]\n");
    bench.write("tickler.toml", "reminders = [3]\nreview_below = 0.0\n");
    let said = stderr(bench.run(&["list"]).assert().success().get_output());
    assert!(said.contains("in force: reminders"), "{said}");
    assert_ne!(bench.out(&["review"]), "Nothing to review.\n");
    let calendar = bench.out(&["schedule", "--all", "--format", "ics", "--as-of", DAY]);
    assert!(calendar.contains("TRIGGER:-P2DT15H") && !calendar.contains("TRIGGER:-P4DT15H"), "{calendar}");
    let doctor = bench.out(&["doctor"]);
    assert!(doctor.contains("in this folder: reminders") && doctor.contains(".config/tickler"), "{doctor}");
    // One that is not valid stops nothing.
    for (text, why) in [
        ("reminders = [3]\nremind = 3\n", "line 2"),
        ("calendar = [\"atlantis\"]", "atlantis"),
        ("\u{1b}[2J", "line 1"),
    ] {
        bench.write("tickler.toml", text);
        let said = stderr(bench.run(&["list"]).assert().success().get_output());
        assert!(said.contains("do not count") && said.contains(why) && !said.contains('\u{1b}'), "{said}");
        assert!(bench.out(&["doctor"]).contains("none counts"), "{why}");
    }
    bench.write("tickler.toml", "reminders = [3]\nreview_below = 0.0\n");
    // Named, all of them count.
    assert_eq!(
        bench.out(&["--config", "tickler.toml", "review", "--field", "governing_law", "--below", "0"]),
        "Nothing to review.\n"
    );
}

#[test]
fn names_that_are_not_utf_8_stay_distinct() {
    let bench = Bench::empty();
    for (name, from) in [(&b"V\xe9rif.pdf"[..], CONTRACTS[0]), (b"V\xe8rif.pdf", CONTRACTS[1])] {
        fs::copy(fixture(from), bench.path("in").join(OsStr::from_bytes(name))).unwrap();
    }
    for run in 0..3 {
        let summary = bench.json(&["ingest", "in", "--format", "json"]);
        let (new, same) = (&summary["new"], &summary["unchanged"]);
        assert_eq!((new.as_u64(), same.as_u64()), if run == 0 { (Some(2), Some(0)) } else { (Some(0), Some(2)) });
    }
    let report = bench.json(&["verify", "--format", "json"]);
    assert_eq!(
        (&report["sound"], &report["events"], &report["files"]["unchanged"]),
        (&true.into(), &2.into(), &2.into())
    );
    let listed = bench.out(&["list"]);
    assert!(listed.contains("V\\xE9rif.pdf") && listed.contains("V\\xE8rif.pdf"), "{listed}");
}

#[test]
fn a_list_goes_on_behind_a_path_that_is_not_utf_8() {
    let bench = Bench::new();
    let path = |name: &str| format!("in/{name}").into_bytes();
    let list = [path(CONTRACTS[0]), b"/nowhere/V\xe9rif.pdf".to_vec(), path(CONTRACTS[1]), path(CONTRACTS[2])];
    let output = bench.run(&["ingest", "-"]).write_stdin(list.join(&b'\n')).assert().code(1).get_output().clone();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.starts_with("3 new, 0 unchanged, 0 read again, 1 failed") && said.contains("V\\xE9rif"), "{said}");
    let output = bench.run(&["ingest", "-0", "-"]).write_stdin(list.join(&0)).assert().code(1).get_output().clone();
    assert!(output.stdout.starts_with(b"0 new, 3 unchanged, 0 read again, 1 failed"));
}

#[test]
fn what_is_passed_over_is_told() {
    let bench = Bench::new();
    fs::copy(fixture(CONTRACTS[0]), bench.path("in/scan")).unwrap();
    fs::create_dir(bench.path("in/.hidden")).unwrap();
    bench.write("in/old.zip", b"PK\x03\x04");
    bench.write("in/notes.txt", "nothing");
    bench.write("in/draft.docx", "a draft");
    bench.write("in/mail.eml", "From: Ann");
    bench.write("in/scan.tiff", b"II*\0");
    assert!(std::process::Command::new("mkfifo").arg(bench.path("in/pipe")).status().unwrap().success());
    symlink("/proc", bench.path("in/proc")).unwrap();
    symlink("/", bench.path("in/root")).unwrap();
    symlink("/dev/zero", bench.path("in/zero.pdf")).unwrap();
    let summary = bench.json(&["ingest", "in", "--format", "json", "--report", "report.csv"]);
    let codes: Vec<_> = summary["skipped"].as_array().unwrap().iter().map(|s| s["code"].as_str().unwrap()).collect();
    let code = |name| format!("source.skipped_{name}");
    let want = [
        "hidden_folder",
        "document",
        "mail",
        "archive",
        "pipe",
        "system",
        "system",
        "no_extension",
        "picture",
        "system",
    ];
    assert_eq!(codes, want.map(code));
    assert_eq!((&summary["new"], &summary["other_files"]), (&3.into(), &1.into()));
    assert_eq!(fs::read_to_string(bench.path("report.csv")).unwrap().lines().count(), 11);
    let text = bench.out(&["ingest", "in"]);
    assert!(
        text.contains("Skipped") && text.contains("unpack it") && text.contains("1 other file is no PDF"),
        "{text}"
    );
}

#[test]
fn an_existing_file_keeps_its_narrower_mode_and_new_ones_are_private() {
    let bench = Bench::ingested();
    for (old, new) in [(0o400, 0o400), (0o644, 0o600), (0o600, 0o600)] {
        bench.write("out.csv", "x");
        fs::set_permissions(bench.path("out.csv"), Permissions::from_mode(old)).unwrap();
        bench.run(&["export", "--format", "csv", "-o", "out.csv"]).assert().success();
        bench.write("b.db", "x");
        fs::set_permissions(bench.path("b.db"), Permissions::from_mode(old)).unwrap();
        bench.run(&["backup", "b.db", "--force"]).assert().success();
        for name in ["out.csv", "b.db"] {
            let mode = fs::metadata(bench.path(name)).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode, new, "{name} {old:o}");
            fs::remove_file(bench.path(name)).unwrap();
        }
    }
}

#[test]
fn planted_links_are_not_written_through_and_left_drafts_go() {
    let bench = Bench::ingested();
    bench.write("precious", "precious");
    // The name that earlier versions used, for every process that may come.
    for pid in 1..40_000 {
        let _ = symlink(bench.path("precious"), bench.path(&format!(".out.csv.{pid}.part")));
    }
    bench.run(&["export", "--format", "csv", "-o", "out.csv"]).assert().success();
    assert_eq!(fs::read(bench.path("precious")).unwrap(), b"precious");
    // What killed runs left is removed; what somebody still writes is not.
    bench.write(".out.csv.abcdefghijkl.part", "left");
    bench.write(".out.csv.ABCDEFGHIJKL.part", "in use");
    bench.write(".out.csv.part", "of somebody else");
    let used = File::open(bench.path(".out.csv.ABCDEFGHIJKL.part")).unwrap();
    used.lock().unwrap();
    bench.write("store/.tickler.db.abcdefghijkl.part", "left");
    bench.run(&["export", "--format", "csv", "-o", "out.csv"]).assert().success();
    bench.run(&["ingest", "in"]).assert().success();
    let there = [
        ".out.csv.abcdefghijkl.part",
        ".out.csv.ABCDEFGHIJKL.part",
        ".out.csv.part",
        "store/.tickler.db.abcdefghijkl.part",
    ];
    assert_eq!(there.map(|name| bench.path(name).exists()), [false, true, true, false]);
    // The lock is no way to another file either.
    fs::remove_file(bench.path("store/lock")).unwrap();
    symlink(bench.path("precious"), bench.path("store/lock")).unwrap();
    let (code, message) = bench.fails(&["ingest", "in"]);
    assert!(code == 2 && message.contains("link"), "{message}");
    assert_eq!(fs::read(bench.path("precious")).unwrap(), b"precious");
}

#[test]
fn whatever_the_umask_the_owner_can_use_what_is_written() {
    for umask in ["000", "027", "777"] {
        let bench = Bench::new();
        let program = bench.process(&["ingest", "in", "--store", "a/b"]);
        let mut shell = std::process::Command::new("bash");
        shell
            .args(["-c", &format!("umask {umask}; exec \"$0\" \"$@\"")])
            .arg(program.get_program())
            .args(program.get_args());
        shell.current_dir(program.get_current_dir().unwrap()).env_clear();
        shell.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let output = shell.output().unwrap();
        assert!(output.status.success(), "{umask}: {}", stderr(&output));
        let mode = |name: &str| fs::metadata(bench.path(name)).unwrap().permissions().mode() & 0o777;
        let want = [0o700, 0o700, 0o600, 0o600];
        assert_eq!(["a", "a/b", "a/b/tickler.db", "a/b/lock"].map(mode), want, "{umask}");
    }
}

#[test]
fn one_can_wait_for_a_store_that_is_in_use() {
    let bench = Bench::ingested();
    let lock = File::options().write(true).open(bench.path("store/lock")).unwrap();
    lock.lock().unwrap();
    let begun = Instant::now();
    let (code, message) = bench.fails(&["ingest", "in", "--wait=1"]);
    assert!(code == 2 && message.contains("in use") && begun.elapsed() >= Duration::from_secs(1), "{message}");
    let waiting =
        bench.process(&["remove", CONTRACTS[0], "--wait"]).stderr(std::process::Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(600));
    drop(lock);
    let output = waiting.wait_with_output().unwrap();
    assert!(output.status.success() && stderr(&output).contains("waiting"), "{}", stderr(&output));
    assert_eq!(bench.fails(&["list", "--wait=soon"]).0, 2);
}

#[test]
fn an_index_without_a_file_is_made_anew() {
    let bench = Bench::ingested();
    let found = |bench: &Bench| bench.json(&["search", "renew", "--format", "json"]);
    let before = found(&bench);
    for entry in fs::read_dir(bench.path("store/index")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "pos") {
            fs::remove_file(path).unwrap();
        }
    }
    assert_eq!(found(&bench), before);
}
