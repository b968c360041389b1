//! The store under fire: killed, stopped, without room, without leave to write, and used by two at once.
//!
//! What may differ from run to run is where a process is cut short; what is asserted holds wherever that is.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

use crate::common::{Bench, CONTRACTS};

/// Small contracts, so that many of them can be read many times.
pub(crate) const SMALL: [&str; 8] = [
    "carrier-agreement-evergreen.pdf",
    "sow-form-fields.pdf",
    "security-services-fixed-notice-date.pdf",
    "one-way-nda-letter.pdf",
    "equipment-purchase-agreement.pdf",
    "consulting-agreement-individual.pdf",
    "mutual-nda-perpetual.pdf",
    "coworking-month-to-month.pdf",
];

/// How many processes are killed: `TICKLER_KILLS`, or a few dozen.
pub(crate) fn kills() -> u32 {
    kills_or(36)
}

/// The same, where it is quick to kill more than a few dozen.
pub(crate) fn kills_or(usual: u32) -> u32 {
    std::env::var("TICKLER_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

/// Numbers that are the same in every run (SplitMix64), or those of another seed, `TICKLER_SEED`.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new() -> Self {
        Self(std::env::var("TICKLER_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(6))
    }

    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }
}

/// What the program reads on standard input: the file `stdin` where the bench has one.
pub(crate) fn input(bench: &Bench) -> Stdio {
    fs::File::open(bench.path("stdin")).map_or_else(|_| Stdio::null(), Stdio::from)
}

/// Starts the program without a place to print to.
pub(crate) fn start(bench: &Bench, args: &[&str]) -> Child {
    bench.process(args).stdin(input(bench)).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Waits until `ready`, or until the process ended; says whether it still runs.
pub(crate) fn wait(child: &mut Child, mut ready: impl FnMut() -> bool) -> bool {
    loop {
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        if ready() {
            return true;
        }
        std::thread::sleep(Duration::from_micros(200));
    }
}

/// Starts the program and kills it at a moment that the dice choose, within `most`. Says whether it still ran, and whether it
/// ended well.
pub(crate) fn kill_within(bench: &Bench, args: &[&str], most: Duration, dice: &mut Dice) -> (bool, bool) {
    let mut child = start(bench, args);
    let until = Instant::now() + Duration::from_micros(dice.below(u64::try_from(most.as_micros()).unwrap()));
    let alive = wait(&mut child, || Instant::now() >= until);
    let _ = child.kill();
    (alive, child.wait().unwrap().success())
}

/// Kills the process at a moment that the dice choose: after a time, after so many writes to the database, or after the
/// first files of a new search index. Says whether it still ran.
fn kill(child: &mut Child, bench: &Bench, dice: &mut Dice, whole: Duration) -> bool {
    let pause = |most: u64, dice: &mut Dice| {
        let until = Instant::now() + Duration::from_micros(dice.below(most.max(1)));
        move || Instant::now() >= until
    };
    let state = |path: &Path| fs::metadata(path).ok().map(|m| (m.len(), m.mtime_nsec()));
    let store = bench.path("store");
    let alive = match dice.below(4) {
        0 => {
            let most = u64::try_from(whole.as_micros()).unwrap();
            wait(child, pause(most, dice))
        }
        1 | 2 => {
            let (wal, writes) = (store.join("tickler.db-wal"), 1 + dice.below(12));
            let (mut seen, mut last) = (0, state(&wal));
            let written = wait(child, || {
                let now = state(&wal);
                seen += u64::from(now != last);
                last = now;
                seen >= writes
            });
            written && wait(child, pause(3_000, dice))
        }
        _ => {
            let folders = [store.join("index.new"), store.join("index/meta.json")];
            let before = folders.each_ref().map(|f| state(f));
            let begun = wait(child, || folders.each_ref().map(|f| state(f)) != before);
            begun && wait(child, pause(40_000, dice))
        }
    };
    let _ = child.kill();
    child.wait().unwrap();
    alive
}

/// Everything in the store that must not be lost.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Held {
    /// Record and text of each document.
    pub(crate) documents: BTreeMap<String, (String, Vec<u8>)>,
    /// What people said, row by row.
    pub(crate) said: Vec<String>,
    /// The log. Its hashes are what `verify` checks; they become others when a store of an earlier version is sealed.
    pub(crate) events: Vec<String>,
}

impl Held {
    /// What the store holds, read beside tickler. A store that was not begun holds nothing.
    pub(crate) fn of(bench: &Bench) -> Self {
        let path = bench.path("store/tickler.db");
        if !path.exists() {
            return Self::default();
        }
        // Only read, so that it is tickler that has to mend what the killed one left.
        let db = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        let sound: String = db.query_row("PRAGMA integrity_check", [], |r| r.get(0)).unwrap();
        assert_eq!(sound, "ok");
        let version: u32 = db.query_row("PRAGMA user_version", [], |r| r.get(0)).unwrap();
        if version == 0 {
            return Self::default();
        }
        if version < tickler::store::SCHEMA_VERSION {
            drop(db);
            bench.run(&["list"]).assert().success();
            return Self::of(bench);
        }
        let documents = "SELECT d.id, c.record, t.body FROM documents d
            LEFT JOIN contracts c ON c.document = d.id LEFT JOIN texts t ON t.document = d.id";
        let events = "SELECT concat_ws('|', id, at, kind, document, detail) FROM events ORDER BY id";
        let said =
            "SELECT concat_ws('|', id, at, who, why, agreement, kind, content, seal) FROM statements ORDER BY id";
        let lines = |sql: &str| -> Vec<String> {
            db.prepare(sql).unwrap().query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect()
        };
        Self {
            documents: db
                .prepare(documents)
                .unwrap()
                .query_map([], |r| Ok((r.get(0)?, (r.get(1)?, r.get(2)?))))
                .unwrap()
                .collect::<Result<_, _>>()
                .unwrap(),
            said: lines(said),
            events: lines(events),
        }
    }

    /// Asserts that nothing of `before` is missing or different.
    pub(crate) fn keeps(&self, before: &Self, when: &str) {
        assert!(self.events.starts_with(&before.events), "{when}: events were lost");
        assert!(self.said.starts_with(&before.said), "{when}: statements were lost");
        for (id, held) in &before.documents {
            assert!(self.documents.get(id) == Some(held), "{when}: document {id} was lost or changed");
        }
    }
}

pub(crate) fn verify(bench: &Bench, documents: usize) {
    let report = bench.json(&["verify", "--format", "json"]);
    assert_eq!((&report["sound"], &report["documents"]), (&Value::Bool(true), &documents.into()), "{report}");
}

#[test]
#[expect(clippy::print_stderr, reason = "how many were killed in time, for who asks with --nocapture")]
fn killed_at_any_moment_an_ingest_loses_nothing() {
    let (mut dice, wanted) = (Dice::new(), kills());
    let (mut done, mut cut_short, mut stores) = (0, 0, 0);
    // How long one takes here, so that the kills fall everywhere in it.
    let whole = {
        let bench = Bench::empty();
        bench.add(&SMALL);
        let begun = Instant::now();
        bench.run(&["ingest", "in"]).assert().success();
        begun.elapsed()
    };
    while done < wanted {
        let bench = Bench::empty();
        bench.add(&SMALL);
        let mut before = Held::default();
        for _ in 0..12.min(wanted - done) {
            let all = before.documents.len() == SMALL.len();
            let (force, one) = (all || dice.below(4) == 0, dice.below(2) == 0);
            if !before.events.is_empty() && dice.below(6) == 0 {
                bench.make_older();
            }
            let mut args = vec!["ingest", "in"];
            args.extend(force.then_some("--force"));
            args.extend(one.then_some("--jobs=1"));
            let mut child = start(&bench, &args);
            cut_short += u32::from(kill(&mut child, &bench, &mut dice, whole));
            done += 1;
            let when = format!("kill {done} of {args:?}");
            let after = Held::of(&bench);
            after.keeps(&before, &when);
            if dice.below(4) == 0 && bench.path("store/tickler.db").exists() {
                verify(&bench, after.documents.len());
            }
            before = after;
        }
        let last = bench.json(&["ingest", "in", "--format", "json"]);
        assert!(last["failed"].as_array().unwrap().is_empty(), "{last}");
        let after = Held::of(&bench);
        after.keeps(&before, "the last ingest");
        verify(&bench, SMALL.len());
        assert!(bench.json(&["search", "agreement", "--format", "json"])["total"].as_u64().unwrap() > 0);
        stores += 1;
    }
    eprintln!("{done} ingests killed in {stores} stores, {cut_short} of them before their end; nothing lost");
}

#[test]
fn killed_at_any_moment_a_restore_leaves_the_old_store_or_the_new_one() {
    let bench = Bench::ingested();
    let mut dice = Dice::new();
    bench.run(&["backup", "three.db"]).assert().success();
    let three = Held::of(&bench);
    bench.run(&["remove", CONTRACTS[1]]).assert().success();
    bench.run(&["backup", "two.db"]).assert().success();
    let two = Held::of(&bench);
    assert_eq!((three.documents.len(), two.documents.len()), (3, 2));
    let begun = Instant::now();
    bench.run(&["restore", "two.db"]).assert().success();
    let whole = begun.elapsed();
    for n in 0..kills() {
        let file = if n % 2 == 0 { "three.db" } else { "two.db" };
        kill_within(&bench, &["restore", file], whole, &mut dice);
        let after = Held::of(&bench);
        assert!(after == three || after == two, "kill {n}: neither the one nor the other");
        if n % 4 == 0 {
            bench.run(&["search", "notice"]).assert().success();
        }
        if n % 8 == 0 {
            verify(&bench, after.documents.len());
        }
    }
    bench.run(&["restore", "three.db"]).assert().success();
    assert!(Held::of(&bench) == three);
    verify(&bench, 3);
    for entry in fs::read_dir(bench.path("store")).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_string_lossy().contains("before-restore") {
            let db = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
            let sound: String = db.query_row("PRAGMA integrity_check", [], |r| r.get(0)).unwrap();
            assert_eq!(sound, "ok", "{}", path.display());
        }
    }
}

#[test]
fn killed_at_any_moment_a_backup_leaves_the_one_before() {
    let bench = Bench::ingested();
    let mut dice = Dice::new();
    let begun = Instant::now();
    bench.run(&["backup", "b.db"]).assert().success();
    let whole = begun.elapsed();
    let first = fs::read(bench.path("b.db")).unwrap();
    for n in 0..kills() / 3 {
        kill_within(&bench, &["backup", "--force", "b.db"], whole, &mut dice);
        assert!(
            fs::read(bench.path("b.db")).unwrap() == first,
            "kill {n}: the backup of an unchanged store is the same"
        );
    }
    verify(&bench, 3);
}

fn signal(child: &Child, name: &str) {
    let status = Command::new("sh").args(["-c", &format!("kill -{name} {}", child.id())]).status().unwrap();
    assert!(status.success());
}

#[test]
fn beside_a_running_ingest_one_reads_and_backs_up_but_does_not_write() {
    let bench = Bench::new();
    bench.add(&SMALL);
    bench.run(&["ingest", "in"]).assert().success();
    let before = Held::of(&bench);
    // Stopped while it holds the lock, so that it runs for as long as the test wants.
    let mut first = start(&bench, &["ingest", "in", "--force", "--jobs=1"]);
    let pid = first.id().to_string();
    let holds = wait(&mut first, || fs::read_to_string(bench.path("store/lock")).is_ok_and(|holder| holder == pid));
    assert!(holds);
    // Where it is stopped while it opens the database, nobody can read that: it goes on for a moment.
    for _ in 0..20 {
        signal(&first, "STOP");
        if bench.run(&["list"]).output().unwrap().status.success() {
            break;
        }
        signal(&first, "CONT");
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(first.try_wait().unwrap().is_none());

    for args in [&["ingest", "in"][..], &["remove", SMALL[0]], &["restore", "b.db"]] {
        bench.run(&["backup", "--force", "b.db"]).assert().success();
        let (code, message) = bench.fails(args);
        assert!(code == 2 && message.contains("in use by another tickler"), "{args:?}: {message}");
        assert!(message.contains(&pid) && message.contains("wait for it"), "{args:?}: {message}");
    }
    for args in [&["list"][..], &["search", "notice"], &["schedule"], &["verify"]] {
        bench.run(args).assert().success();
    }
    bench.run(&["restore", "b.db", "--store", "copy"]).assert().success();
    bench.run(&["verify", "--store", "copy"]).assert().success();
    signal(&first, "CONT");
    assert!(first.wait().unwrap().success());
    Held::of(&bench).keeps(&before, "two at once");
    verify(&bench, before.documents.len());
}

#[test]
fn of_two_ingests_at_once_each_ends_well_or_says_in_use() {
    let bench = Bench::new();
    bench.add(&SMALL);
    for _ in 0..4 {
        let run = |args: &[&str]| bench.process(args).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let both = [run(&["ingest", "in", "--force"]), run(&["ingest", "in", "--force"])];
        let ends: Vec<Output> = both.into_iter().map(|child| child.wait_with_output().unwrap()).collect();
        assert!(ends.iter().any(|end| end.status.success()));
        for end in ends.iter().filter(|end| !end.status.success()) {
            let message = String::from_utf8_lossy(&end.stderr);
            assert!(end.status.code() == Some(2) && message.contains("in use by another tickler"), "{message}");
        }
    }
    verify(&bench, Held::of(&bench).documents.len());
    bench.run(&["ingest", "in"]).assert().success();
    // One of the small ones is among the three.
    verify(&bench, CONTRACTS.len() + SMALL.len() - 1);
}

/// Runs the program where no file may grow beyond `blocks` blocks of 512 bytes, as on a disk that has no more room.
fn confined(bench: &Bench, blocks: u64, args: &[&str]) -> Output {
    let program = bench.process(args);
    let mut shell = Command::new("sh");
    // Ignored, the signal becomes an error of the call that writes.
    shell.args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"")]).arg("sh").arg(program.get_program());
    shell.args(program.get_args()).current_dir(program.get_current_dir().unwrap()).env_clear();
    shell.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?)))).output().unwrap()
}

#[test]
fn without_room_what_was_stored_stays_and_the_rest_comes_later() {
    let bench = Bench::empty();
    bench.add(&SMALL[..1]);
    // Not even a new store finds room.
    let end = confined(&bench, 8, &["ingest", "in"]);
    let message = String::from_utf8_lossy(&end.stderr).into_owned();
    assert!(end.status.code() == Some(3) && message.contains("tickler.db"), "{message}");
    bench.run(&["ingest", "in"]).assert().success();
    verify(&bench, 1);

    bench.add(&SMALL);
    bench.add(&CONTRACTS);
    let mut before = Held::of(&bench);
    let size = fs::metadata(bench.path("store/tickler.db")).unwrap().len();
    for more in [0, 128, 512, 1024] {
        let end = confined(&bench, size / 512 + more, &["ingest", "in", "--force"]);
        let message = String::from_utf8_lossy(&end.stderr).into_owned();
        assert_eq!(end.status.code(), Some(3), "{message}");
        assert!(message.contains("tickler.db") && message.contains("what was stored before is intact"), "{message}");
        assert!(message.contains("run the command again"), "{message}");
        let after = Held::of(&bench);
        after.keeps(&before, "no room");
        verify(&bench, after.documents.len());
        before = after;
    }
    let end = confined(&bench, size / 1024, &["backup", "b.db"]);
    let message = String::from_utf8_lossy(&end.stderr).into_owned();
    assert!(end.status.code() == Some(3) && message.contains("b.db"), "{message}");
    let left: Vec<_> = fs::read_dir(bench.path(".")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(!left.iter().any(|n| n.to_string_lossy().contains("b.db")), "half a backup: {left:?}");
    bench.run(&["backup", "b.db"]).assert().success();
    let end = confined(&bench, size / 1024, &["restore", "b.db"]);
    assert_eq!(end.status.code(), Some(3), "{}", String::from_utf8_lossy(&end.stderr));
    assert!(Held::of(&bench) == before, "a restore without room changes nothing");

    bench.run(&["ingest", "in"]).assert().success();
    let after = Held::of(&bench);
    after.keeps(&before, "room again");
    verify(&bench, CONTRACTS.len() + SMALL.len() - 1);
}

/// Runs the program as one who may not write to what the test may: for the superuser, as nobody.
fn powerless(bench: &Bench, args: &[&str]) -> Output {
    let mut command = bench.process(args);
    if fs::metadata(bench.path(".")).unwrap().uid() != 0 {
        return command.output().unwrap();
    }
    // Nobody may have no way to where the program was built.
    let program = bench.path("program");
    if !program.exists() {
        fs::copy(command.get_program(), &program).unwrap();
    }
    let mut other = Command::new(program);
    other.args(command.get_args()).current_dir(bench.path(".")).env_clear().uid(65_534).gid(65_534);
    other.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command = other;
    command.output().unwrap()
}

/// Folders that nobody may write to while this lives.
struct ReadOnly(Vec<PathBuf>);

impl ReadOnly {
    fn new(paths: &[PathBuf]) -> Self {
        let guard = Self(paths.to_vec());
        guard.set(0o555);
        guard
    }

    fn set(&self, mode: u32) {
        for path in &self.0 {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        }
    }
}

impl Drop for ReadOnly {
    fn drop(&mut self) {
        self.set(0o755);
    }
}

#[test]
fn a_store_that_may_only_be_read_is_read() {
    let bench = Bench::ingested();
    bench.run(&["search", "notice"]).assert().success();
    // As a killed writer leaves it: the last changes lie beside the database.
    let writer = Connection::open(bench.path("store/tickler.db")).unwrap();
    writer.execute("INSERT INTO meta (key, value) VALUES ('a', 'b')", []).unwrap();
    fs::create_dir(bench.path("cut-short")).unwrap();
    for name in ["tickler.db", "tickler.db-wal"] {
        fs::copy(bench.path("store").join(name), bench.path("cut-short").join(name)).unwrap();
    }
    drop(writer);
    let before = Held::of(&bench);
    fs::set_permissions(bench.path("."), fs::Permissions::from_mode(0o755)).unwrap();
    // The owner lets others read it.
    let files = ["store", "cut-short"].into_iter().flat_map(|name| walkdir::WalkDir::new(bench.path(name)));
    let files: Vec<PathBuf> = files.map(|entry| entry.unwrap().into_path()).collect();
    let guard = ReadOnly::new(&files);
    let said = |end: &Output| String::from_utf8_lossy(&end.stderr).into_owned();
    for args in [&["list"][..], &["search", "notice"], &["schedule"], &["show", CONTRACTS[0]], &["verify"]] {
        let end = powerless(&bench, args);
        assert!(end.status.success(), "{args:?}: {}", said(&end));
    }
    for args in [&["ingest", "in"][..], &["remove", CONTRACTS[0]], &["reindex"]] {
        let end = powerless(&bench, args);
        assert!(end.status.code() == Some(2) && said(&end).contains("--store"), "{args:?}: {}", said(&end));
    }
    // Better no answer than one without the last changes.
    let end = powerless(&bench, &["list", "--store", "cut-short"]);
    assert!(end.status.code() == Some(2) && said(&end).contains("was interrupted"), "{}", said(&end));
    drop(guard);
    assert!(Held::of(&bench) == before);
    bench.run(&["ingest", "in"]).assert().success();
    bench.run(&["list", "--store", "cut-short"]).assert().success();
    verify(&bench, 3);
}
