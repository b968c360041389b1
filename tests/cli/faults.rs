//! Every command that writes, killed or refused by the operating system: what was stored stays, and the command says so.
//!
//! `TICKLER_KILLS=300 cargo test --test cli faults` does it 600 times; `benches/faults.py` injects errors into single calls.

use std::fs;
use std::process::{Command, Output};
use std::time::Duration;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use rusqlite::{Connection, OpenFlags};

use crate::common::Bench;
use crate::fire::{Dice, Held, SMALL, input, kill_within, kills, verify};
use crate::remind::{PEOPLE, configure};

/// A contract with service levels.
const LEVELS: &str = "service-level-agreement.pdf";
/// Stands for the first duty of the first contract.
const DUTY: &str = "{duty}";
/// Stands for a day that comes later each time, so that there is something to remind of.
const DAY: &str = "{day}";

/// What an assistant says to `mcp`.
const SAYINGS: &str = concat!(
    r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"#,
    r#""clientInfo":{"name":"test","version":"1"}}}"#,
    "\n",
    r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
    "\n",
    r#"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"assign","arguments":"#,
    r#"{"contract":"one-way-nda-letter.pdf","owner":"Cy Dale"}}}"#,
    "\n",
    r#"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"note","arguments":"#,
    r#"{"contract":"one-way-nda-letter.pdf","text":"looked at"}}}"#,
    "\n",
);

/// The commands that write, and what they may do to what was stored.
const COMMANDS: [(&[&str], May); 43] = [
    (&["ingest", "in"], May::Add),
    (&["ingest", "in", "--force", "--jobs=1"], May::Add),
    (&["link", SMALL[1], SMALL[2]], May::Add),
    (&["link", SMALL[1], SMALL[3], "--copy"], May::Add),
    (&["link", SMALL[1], "--none"], May::Add),
    (&["link", SMALL[1], "--automatic"], May::Add),
    (&["event", SMALL[2], "delivery", "2026-03-02"], May::Add),
    (&["event", SMALL[2], "delivery", "2026-03-02", "--withdraw"], May::Add),
    (&["assign", SMALL[3], "Ann Field", "--backup", "Bo Lind"], May::Add),
    (&["set", SMALL[3], "governing_law", "Ohio", "--why", "side letter"], May::Add),
    (&["unset", SMALL[3], "governing_law"], May::Add),
    (&["confirm", SMALL[6], "parties", "governing_law"], May::Add),
    (&["dismiss", SMALL[0], "execution"], May::Add),
    (&["done", SMALL[0], DUTY], May::Add),
    (&["snooze", SMALL[0], DUTY, "--until", "2190-03-02"], May::Add),
    (&["note", SMALL[7], "asked for another price"], May::Add),
    (&["decide", SMALL[5], "end"], May::Add),
    (&["letter", SMALL[5], "--from", "Marrowstone", "--output", "letter.docx"], May::Nothing),
    (&["sent", SMALL[5], "--way", "courier", "--on", "2026-02-02"], May::Add),
    (&["undo", SMALL[5]], May::Add),
    (&["undo", SMALL[6]], May::Add),
    (&["reindex"], May::Nothing),
    (&["backup", "--force", "b.db"], May::Nothing),
    (&["restore", "b.db"], May::Restore),
    (&["export", "--output", "out.json"], May::Nothing),
    (&["export", "--format", "xlsx", "--output", "new.xlsx"], May::Nothing),
    (&["export", "--format", "tables", "--output", "tables"], May::Nothing),
    (&["export", "--format", "sql", "--output", "out.sql"], May::Nothing),
    (&["export", "--format", "ics", "--by-owner", "--output", "calendars"], May::Add),
    (&["export", "--map", "salesforce", "--output", "new.csv"], May::Nothing),
    (&["export", "--format", "ndjson", "--since", "start", "--output", "since.ndjson"], May::Add),
    (&["report", "--out", "report.html"], May::Nothing),
    (&["report", "--out", "report.pdf"], May::Nothing),
    (&["measure", "--csv", "measured.csv", "--save"], May::Add),
    (&["import", "back.csv", "--map", "salesforce"], May::Add),
    (&["undo", SMALL[7]], May::Add),
    (&["import", "back.xlsx"], May::Add),
    (&["undo", SMALL[4]], May::Add),
    (&["mcp", "--write"], May::Add),
    (&["hooks"], May::Add),
    (&["remind", "--as-of", DAY], May::Add),
    (&["send"], May::Add),
    (&["remove", SMALL[0]], May::Remove),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum May {
    Nothing,
    Add,
    Remove,
    Restore,
}

/// Runs the program where the operating system refuses something: files beyond so many blocks, or more files at a time.
fn refused(bench: &Bench, limit: &str, args: &[&str]) -> Output {
    let program = bench.process(args);
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("trap '' XFSZ; ulimit {limit}; exec \"$@\"")]).arg("sh").arg(program.get_program());
    shell.args(program.get_args()).current_dir(program.get_current_dir().unwrap()).env_clear();
    shell.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    shell.stdin(input(bench)).output().unwrap()
}

/// Asserts that every message that the store calls sent is in its folder.
fn nothing_is_sent_in_words_alone(bench: &Bench, when: &str) {
    let db = Connection::open_with_flags(bench.path("store/tickler.db"), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let told = "SELECT DISTINCT message FROM outbox JOIN deliveries USING (key) WHERE state = 'delivered'";
    let mut told = db.prepare(told).unwrap();
    for name in told.query_map([], |row| row.get::<_, String>(0)).unwrap() {
        let file = format!("store/mail/{}.eml", name.unwrap());
        assert!(bench.path(&file).exists(), "{when}: {file} was not written");
    }
}

/// Renames, replaces, removes and copies files of the folder, so that an ingest has something to tell.
fn shuffle(bench: &Bench, dice: &mut Dice) {
    let path = |i: u64| bench.path("in").join(SMALL[usize::try_from(i).unwrap() % SMALL.len()]);
    let (a, b) = (path(dice.below(4)), path(4 + dice.below(4)));
    match dice.below(5) {
        0 => drop(fs::rename(&a, bench.path("in").join("renamed.pdf"))),
        1 => drop(fs::copy(&a, &b)),
        2 => drop(fs::remove_file(&b)),
        3 => drop(fs::copy(&b, bench.path("in").join("copy.pdf"))),
        _ => bench.add(&SMALL[..4]),
    }
}

/// Asserts that the store is as it was written; the files may have changed since.
fn sound(bench: &Bench) {
    let end = bench.process(&["verify", "--format", "json"]).output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&end.stdout).unwrap();
    let wrong = |finding: &&serde_json::Value| finding["severity"] == "error" && finding["part"] != "file";
    let wrong: Vec<_> = report["findings"].as_array().unwrap().iter().filter(wrong).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// Asserts that a command did to the store what it may, as a whole or not at all.
fn allowed(may: May, before: &Held, after: &Held, backup: &Held, when: &str) {
    match may {
        May::Nothing => assert!(before == after, "{when}: the store changed"),
        May::Restore => assert!(after == before || after == backup, "{when}: neither the old store nor the new one"),
        May::Add | May::Remove => {
            assert!(after.events.starts_with(&before.events), "{when}: events were lost");
            assert!(after.said.starts_with(&before.said), "{when}: statements were lost");
            let stated =
                after.events.iter().skip(before.events.len()).filter(|event| event.contains("|stated|")).count();
            assert_eq!(after.said.len() - before.said.len(), stated, "{when}: each statement has its event");
            let lost = before.documents.keys().filter(|id| !after.documents.contains_key(*id)).count();
            assert!(lost == 0 || may == May::Remove && lost == 1, "{when}: {lost} documents were lost");
            // The record of a renamed file has its new name.
            let same = |(id, (_, text)): (&String, &(String, Vec<u8>))| {
                after.documents.get(id).is_none_or(|(_, now)| now == text)
            };
            assert!(before.documents.iter().all(same), "{when}: a text was changed");
        }
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "how many failed, for who asks with --nocapture")]
fn no_command_that_writes_loses_anything() {
    let (mut dice, rounds) = (Dice::new(), u64::from(kills()) * 2);
    let bench = Bench::empty();
    bench.add(&SMALL);
    bench.add(&[LEVELS]);
    let hook = "[[hook]]\nname = \"crm\"\nevent = \"contract\"\ncommand = [\"/bin/true\"]\n";
    configure(&bench, &format!("{PEOPLE}{hook}"));
    bench.write("stdin", SAYINGS);
    let measured = format!("contract,metric,severity,period,value\n{LEVELS},response_time,1,2026-10,22\n");
    bench.write("measured.csv", measured);
    bench.run(&["ingest", "in"]).assert().success();
    bench.out(&["export", "--map", "salesforce", "-o", "out.csv"]);
    crate::map::exported(&bench, "out.csv", &crate::map::BACK, &[(SMALL[7], "Owner_Name__c", "Ann Field")]);
    bench.out(&["export", "--format", "xlsx", "-o", "out.xlsx"]);
    crate::import::typed(&bench, &[("Contracts", SMALL[4], "Owner", "Bo Lind")]);
    let record = bench.json(&["show", SMALL[0], "--format", "json"]);
    let duty = record["obligations"][0]["id"].as_str().unwrap();
    let mut day = date(2026, 3, 1);
    let fill = |args: &[&'static str], day: Date| -> Vec<String> {
        args.iter().map(|arg| arg.replace(DUTY, duty).replace(DAY, &day.to_string())).collect()
    };
    // What would be refused for another reason would prove nothing.
    for (args, _) in COMMANDS {
        let filled = fill(args, day);
        let filled: Vec<&str> = filled.iter().map(String::as_str).collect();
        let end = bench.process(&filled).stdin(input(&bench)).output().unwrap();
        let told = String::from_utf8_lossy(&end.stdout);
        assert!(end.status.success() && !told.contains("\"isError\":true"), "{filled:?}: {end:?}");
        assert!(args[0] != "mcp" || told.contains("\"id\":3"), "{told}");
    }
    bench.run(&["ingest", "in"]).assert().success();
    bench.run(&["backup", "--force", "b.db"]).assert().success();
    let mut before = Held::of(&bench);
    let mut backup = before.clone();
    let (mut cut_short, mut refusals) = (0, 0);
    for round in 0..rounds {
        let (args, may) = COMMANDS[usize::try_from(dice.below(COMMANDS.len() as u64)).unwrap()];
        if args[0] == "ingest" {
            shuffle(&bench, &mut dice);
        }
        if args[0] == "remind" {
            day = day.saturating_add(i64::try_from(dice.below(9)).unwrap().days());
        }
        let args = fill(args, day);
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let args = &*args;
        let (way, done) = if round % 2 == 0 {
            let most = Duration::from_millis(if args[0] == "ingest" { 2_500 } else { 250 });
            let (alive, done) = kill_within(&bench, args, most, &mut dice);
            cut_short += u32::from(alive);
            ("killed".to_owned(), done)
        } else {
            let limit = match dice.below(3) {
                0 => format!("-n {}", 4 + dice.below(28)),
                _ => {
                    format!("-f {}", dice.below(2 * fs::metadata(bench.path("store/tickler.db")).unwrap().len() / 512))
                }
            };
            let end = refused(&bench, &limit, args);
            let message = String::from_utf8_lossy(&end.stderr).into_owned();
            refusals += u32::from(!end.status.success());
            // 127: not even the program could be opened.
            let code = end.status.code();
            assert!(code.is_some_and(|code| code < 4 || code == 127), "{args:?} under {limit}: {code:?} {message}");
            assert!(!message.contains("panicked at"), "{args:?} under {limit}: {message}");
            (limit, end.status.success())
        };
        let when = format!("round {round}, {args:?}, {way}");
        // A reader must come first: what a killed writer left is for tickler to mend.
        bench.run(&["list"]).assert().success();
        let after = Held::of(&bench);
        allowed(may, &before, &after, &backup, &when);
        nothing_is_sent_in_words_alone(&bench, &when);
        if args[0] == "backup" {
            let db = Connection::open(bench.path("b.db")).unwrap();
            let events: u32 = db.query_row("SELECT count(*) FROM events", [], |r| r.get(0)).unwrap();
            let whole = |held: &Held| held.events.len() == usize::try_from(events).unwrap();
            assert!(if done { whole(&after) } else { whole(&after) || whole(&backup) }, "{when}: half a backup");
            if whole(&after) {
                backup.clone_from(&after);
            }
        }
        if round % 8 == 0 {
            sound(&bench);
            bench.run(&["search", "agreement"]).assert().success();
        }
        before = after;
    }
    bench.add(&SMALL);
    // A draft is removed by the next command that writes the same file.
    let last: [&[&str]; 3] = [&["ingest", "in"], &["backup", "--force", "b.db"], &["decide", SMALL[5], "end"]];
    let files = COMMANDS.iter().map(|(args, _)| *args).filter(|args| args.iter().any(|arg| arg.starts_with("--out")));
    for args in last.into_iter().chain(files) {
        bench.run(args).assert().success();
    }
    let after = Held::of(&bench);
    assert_eq!(after.documents.len(), SMALL.len() + 1);
    verify(&bench, SMALL.len() + 1);
    // Nothing half-written is left behind.
    let left: Vec<String> = walkdir::WalkDir::new(bench.path("."))
        .min_depth(1)
        .max_depth(2)
        .into_iter()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains(".part"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    eprintln!("{rounds} commands: {cut_short} killed before their end, {refusals} refused; nothing lost");
}
