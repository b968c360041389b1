//! Reminders, from the store to a person.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use rusqlite::Connection;
use serde_json::Value;

use crate::common::{Bench, CONTRACTS};

pub(crate) const MSA: &str = CONTRACTS[0];
/// The decision of this contract is to be made by 25 November 2026.
pub(crate) const ACT_BY: &str = "2026-11-25";
pub(crate) const ENTRY: &str = "99f8e282b635e675";

pub(crate) fn bench(settings: &str) -> Bench {
    let bench = Bench::ingested();
    configure(&bench, settings);
    bench
}

pub(crate) fn configure(bench: &Bench, settings: &str) {
    fs::create_dir_all(bench.path("home/.config/tickler")).unwrap();
    bench.write("home/.config/tickler/tickler.toml", settings);
}

pub(crate) const PEOPLE: &str = "us = [\"Holloway\"]\n[remind]\nto = \"all@example.com\"\n\
    [[person]]\nname = \"Ann Field\"\nemail = \"ann@example.com\"\n\
    [[person]]\nname = \"Bo Lind\"\nemail = \"bo@example.com\"\n";

/// The reminders that a run writes.
pub(crate) fn remind(bench: &Bench, day: &str) -> Vec<Value> {
    let report = bench.json(&["remind", "--as-of", day, "--format", "json"]);
    report["reminders"].as_array().unwrap().clone()
}

/// Those about the decision of the one contract: to whom, and for which day.
pub(crate) fn about(reminders: &[Value]) -> Vec<(&str, &str)> {
    let ours = reminders.iter().filter(|one| one["act_by"] == ACT_BY);
    ours.map(|one| (one["recipient"].as_str().unwrap(), one["day"].as_str().unwrap())).collect()
}

pub(crate) fn files(folder: PathBuf) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let mut all: Vec<(String, String)> = entries
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap()))
        .collect();
    all.sort();
    all
}

/// The states of the outbox, by how often they occur.
pub(crate) fn states(bench: &Bench, state: &str) -> usize {
    let all = bench.json(&["remind", "--list", "--format", "json"]);
    all.as_array().unwrap().iter().filter(|one| one["state"] == state).count()
}

/// The program forgets what was delivered.
pub(crate) fn forget_deliveries(bench: &Bench) {
    let db = Connection::open(bench.path("store/tickler.db")).unwrap();
    db.execute("DELETE FROM deliveries", []).unwrap();
}

#[test]
fn a_reminder_becomes_a_message_in_a_folder() {
    let bench = bench(PEOPLE);
    bench.run(&["assign", MSA, "Ann Field", "--backup", "Bo Lind"]).assert().success();
    assert!(!bench.out(&["today"]).contains("Reminders") && !bench.out(&["doctor"]).contains("Reminders"));
    let dry = bench.out(&["remind", "--as-of", "2026-11-12", "--dry-run"]);
    assert!(dry.contains("ann@example.com: ") && dry.contains("Nothing was written"), "{dry}");
    assert!(dry.lines().all(|line| line.chars().count() <= 80), "{dry}");
    assert!(bench.out(&["remind", "--list"]).contains("No reminder was written yet"));
    let first = remind(&bench, "2026-11-12");
    assert_eq!(about(&first), [("ann@example.com", "2026-11-11")]);
    let sent = bench.out(&["send"]);
    assert!(sent.contains("ann@example.com in "), "{sent}");
    let messages = files(bench.path("store/mail"));
    let (name, message) =
        messages.iter().find(|(_, text)| text.contains("To: \"Ann Field\" <ann@example.com>")).unwrap();
    let id = name.strip_suffix(".eml").unwrap();
    assert!(message.contains(&format!("Message-ID: <{id}@localhost>\r\n")), "{message}");
    assert!(message.contains("Auto-Submitted: auto-generated\r\n"), "{message}");
    for part in ["25 November 2026 (in 13 days) *", "It must arrive by 2026-12-01.", "page 3", "BEGIN:VCALENDAR"] {
        assert!(message.contains(part), "{part}: {message}");
    }
    assert!(message.contains("DTSTART;VALUE=3DDATE:20261125"), "{message}");
    // What is sent is told in the log, and the store is sound.
    let log = bench.out(&["log", MSA]);
    assert!(log.contains("reminder written: mail to ann@example.com") && log.contains("reminder delivered"), "{log}");
    assert_eq!(bench.json(&["verify", "--format", "json"])["sound"], true);
    assert_eq!((states(&bench, "waiting"), states(&bench, "delivered")), (0, first.len()));
    assert!(bench.out(&["send"]).contains("Nothing waits to be sent"));
    for command in ["today", "doctor"] {
        assert!(bench.out(&[command]).contains("last looked for 20"), "{command}");
    }
    let list = bench.out(&["remind", "--list"]);
    assert!(list.contains("sent") && list.contains(ACT_BY), "{list}");
}

#[test]
fn what_waits_for_one_person_is_one_message() {
    let bench = bench(PEOPLE);
    bench.run(&["assign", MSA, "Ann Field"]).assert().success();
    let names = |day: &str| -> BTreeSet<String> {
        let to_ann = |one: &Value| one["recipient"] == "ann@example.com";
        remind(&bench, day).iter().filter(|one| to_ann(one)).map(|one| one["message"].to_string()).collect()
    };
    let first = names("2026-08-05");
    assert_eq!(first.len(), 1, "{first:?}");
    assert_eq!(names("2026-08-27"), first, "nobody has begun to send it");
    bench.run(&["send"]).assert().success();
    let messages = files(bench.path("store/mail"));
    let to_ann: Vec<_> = messages.iter().filter(|(_, text)| text.contains("<ann@example.com>")).collect();
    let [(_, text)] = to_ann.as_slice() else { panic!("{to_ann:?}") };
    assert!(text.contains("Contract dates for Ann Field, Thursday, 27 August 2026"), "{text}");
    assert_eq!(bench.json(&["verify", "--format", "json"])["sound"], true);
    // What may have arrived takes nothing more: a repeat of it must be the same.
    configure(
        &bench,
        &format!("{PEOPLE}[send]\nfrom = \"a@example.com\"\n[send.smtp]\nhost = \"localhost\"\nport = 1\n"),
    );
    let begun = names("2026-10-27");
    assert_eq!(begun.len(), 1, "{begun:?}");
    assert_eq!(bench.fails(&["send"]).0, 1);
    assert!(names("2026-11-25").is_disjoint(&begun));
}

/// Whoever begins with many contracts gets one message: what is to come, each once, and decisions that can still be mended, but
/// no duties of a past in which nobody looked.
#[test]
fn the_first_message_is_about_what_is_to_come() {
    let bench = bench(PEOPLE);
    let added = |day: &str, most: usize| {
        let told = remind(&bench, day);
        let messages: BTreeSet<String> = told.iter().map(|one| one["message"].to_string()).collect();
        let what = |one: &Value| format!("{} {} {}", one["document"], one["what"], one["overdue"]);
        let entries: BTreeSet<String> = told.iter().map(what).collect();
        assert!(messages.len() <= 1 && entries.len() == told.len() && told.len() <= most, "{day}: {told:?}");
        for one in told.iter().filter(|one| one["overdue"] == true) {
            assert!(one["what"].as_str().unwrap().starts_with("Notice to"), "{day}: {one}");
        }
        told.len()
    };
    added("2026-03-01", 10);
    // Many more come, and each of them with its past.
    bench.run(&["ingest", crate::common::fixture("").to_str().unwrap()]).assert().success();
    assert!(added("2026-03-01", 25) > 10);
    added("2026-03-02", 8);
}

#[test]
fn each_stage_is_told_once_and_late_rather_than_never() {
    let bench = bench(PEOPLE);
    bench.run(&["assign", MSA, "Ann Field", "--backup", "Bo Lind"]).assert().success();
    for (day, told) in [
        ("2026-08-26", &[][..]),
        ("2026-08-27", &[("ann@example.com", "2026-08-27")]),
        ("2026-08-27", &[]),
        ("2026-09-20", &[]),
        // The computer was off for four weeks, in which sixty and thirty days were left; nobody reacted since August.
        ("2026-10-27", &[("ann@example.com", "2026-10-26"), ("bo@example.com", "2026-10-26")]),
        ("2026-11-25", &[("ann@example.com", "2026-11-25"), ("bo@example.com", "2026-11-25")]),
        ("2026-11-26", &[("ann@example.com", "2026-11-26"), ("bo@example.com", "2026-11-26")]),
        ("2026-12-02", &[]),
        ("2026-12-03", &[("ann@example.com", "2026-12-03"), ("bo@example.com", "2026-12-03")]),
    ] {
        assert_eq!(about(&remind(&bench, day)), told, "{day}");
    }
    // Somebody reacts.
    bench.run(&["decide", MSA, "renew", "--entry", ENTRY]).assert().success();
    assert_eq!(about(&remind(&bench, "2026-12-10")), []);
    assert_eq!(bench.json(&["verify", "--format", "json"])["sound"], true);
}

#[test]
fn a_decision_that_passed_while_the_computer_was_off_is_told() {
    // Its term goes on, or it was long ago: both are told once.
    for day in ["2026-12-20", "2027-06-20"] {
        let bench = bench(PEOPLE);
        assert_eq!(about(&remind(&bench, "2026-08-20")), []);
        let told = remind(&bench, day);
        let ours = told.iter().find(|one| one["act_by"] == ACT_BY).unwrap_or_else(|| panic!("{day}: {told:?}"));
        assert_eq!(ours["overdue"], true);
    }
}

#[test]
fn what_waits_lapses_when_it_is_moot() {
    let bench = bench(PEOPLE);
    let first = remind(&bench, "2026-11-12");
    assert_eq!(about(&first), [("all@example.com", "2026-11-11")]);
    // A week later the next stage says the same.
    let report = bench.json(&["remind", "--as-of", "2026-11-18", "--format", "json"]);
    assert!(report["moot"].to_string().contains("a later one tells of the same date"), "{report}");
    // The date moves.
    bench.run(&["set", MSA, "renewal.notice_period", "90 days", "--why", "side letter"]).assert().success();
    let report = bench.json(&["remind", "--as-of", "2026-11-18", "--format", "json"]);
    assert!(report["moot"].to_string().contains("its date has moved or fallen away"), "{report}");
    let moved = report["reminders"].as_array().unwrap().iter().find(|one| one["document"] == first[0]["document"]);
    assert!(moved.is_some_and(|one| one["overdue"] == true), "{report}");
    // Somebody sees to it.
    bench.run(&["decide", MSA, "renew", "--entry", ENTRY]).assert().success();
    let report = bench.json(&["remind", "--as-of", "2026-11-18", "--format", "json"]);
    assert!(report["moot"].to_string().contains("somebody saw to it"), "{report}");
    bench.run(&["send"]).assert().success();
    let sent = files(bench.path("store/mail"));
    assert!(sent.iter().all(|(_, text)| !text.contains("25 November 2026")), "{sent:?}");
    assert_eq!(bench.json(&["verify", "--format", "json"])["sound"], true);
    // With its contract a reminder goes.
    bench.run(&["remove", MSA]).assert().success();
    assert!(!bench.out(&["remind", "--list"]).contains(ACT_BY));
    assert_eq!(bench.json(&["verify", "--format", "json"])["sound"], true);
}

#[test]
fn an_owner_without_an_address_is_told_and_everybody_gets_it() {
    let bench = bench(PEOPLE);
    bench.run(&["assign", MSA, "Cy Stone"]).assert().success();
    let output = bench.run(&["remind", "--as-of", "2026-11-12", "--format", "json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains("Cy Stone: has no address") && message.contains("[[person]]"), "{message}");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(about(report["reminders"].as_array().unwrap()), [("all@example.com", "2026-11-11")]);
}

#[test]
fn a_changed_reminder_is_passed_over_and_told() {
    let bench = bench(PEOPLE);
    let all = remind(&bench, "2026-11-12");
    let db = Connection::open(bench.path("store/tickler.db")).unwrap();
    db.execute("UPDATE outbox SET recipient = 'mallory@example.com' WHERE act_by = ?1", [ACT_BY]).unwrap();
    drop(db);
    let (code, message) = bench.fails(&["send"]);
    assert_eq!(code, 1);
    assert!(message.contains("reminder") && message.contains("not as it was written"), "{message}");
    let sent = files(bench.path("store/mail"));
    assert!(sent.iter().all(|(_, text)| !text.contains("mallory")), "{sent:?}");
    let db = Connection::open(bench.path("store/tickler.db")).unwrap();
    let sent: u32 = db.query_row("SELECT count(*) FROM deliveries", [], |r| r.get(0)).unwrap();
    assert!(all.len() > 1 && sent as usize == all.len() - 1);
    let found = bench.run(&["verify"]).output().unwrap();
    assert_eq!(found.status.code(), Some(1));
    assert!(String::from_utf8(found.stdout).unwrap().contains("the reminder "));
}

#[test]
fn a_backup_holds_what_was_told() {
    let bench = bench(PEOPLE);
    remind(&bench, "2026-11-12");
    bench.run(&["send"]).assert().success();
    bench.run(&["backup", "b.db"]).assert().success();
    bench.run(&["restore", "b.db"]).assert().success();
    assert!(remind(&bench, "2026-11-12").is_empty());
    assert!(bench.out(&["send"]).contains("Nothing waits"));
    assert_eq!(bench.json(&["verify", "--format", "json"])["sound"], true);
}

#[test]
fn a_maildir_gets_a_message_once() {
    let bench = bench("");
    configure(&bench, &format!("{PEOPLE}[send]\nmaildir = {:?}\n", bench.path("Maildir")));
    remind(&bench, "2026-11-12");
    bench.run(&["send"]).assert().success();
    let new = files(bench.path("Maildir/new"));
    assert_eq!(new.len(), 1);
    assert!(
        !new[0].1.contains('\r') && new[0].1.contains("To: \"everybody\" <all@example.com>\n")
            || new[0].1.contains("To: everybody <all@example.com>\n"),
        "{}",
        new[0].1
    );
    // Somebody read it, and the program forgot that it was delivered.
    fs::rename(bench.path("Maildir/new").join(&new[0].0), bench.path("Maildir/cur").join(format!("{}:2,S", new[0].0)))
        .unwrap();
    forget_deliveries(&bench);
    bench.run(&["send"]).assert().success();
    assert!(files(bench.path("Maildir/new")).is_empty() && files(bench.path("Maildir/tmp")).is_empty());
}

#[test]
fn settings_that_cannot_work_are_refused() {
    let bench = bench("");
    for (settings, part) in [
        ("[remind]\nto = \"nobody\"\n", "addresses"),
        ("[[person]]\nname = \"Ann\"\nemail = \"ann\"\n", "person"),
        ("[send]\nfolder = \"/a\"\nmaildir = \"/b\"\n", "one way"),
        ("[send.smtp]\nhost = \"x\"\n", "send.from and remind.to"),
        ("[[webhook]]\nname = \"x\"\nurl = \"https://example.com\"\n", "whsec_"),
    ] {
        configure(&bench, settings);
        let (code, message) = bench.fails(&["remind", "--dry-run"]);
        assert_eq!(code, 2);
        assert!(message.contains(part), "{message}");
    }
    // An address in the clear on the way is refused before anything is sent.
    configure(
        &bench,
        &format!("{PEOPLE}[[webhook]]\nname = \"x\"\nurl = \"http://example.com\"\nformat = \"slack\"\n"),
    );
    remind(&bench, "2026-11-12");
    assert!(bench.fails(&["send"]).1.contains("https://"));
}

#[test]
fn settings_of_the_working_folder_send_nothing_anywhere() {
    let bench = Bench::ingested();
    bench.write("tickler.toml", "[send]\nfolder = \"stolen\"\n[remind]\nto = \"mallory@example.com\"\n");
    bench.run(&["remind", "--as-of", "2026-11-12"]).assert().success();
    bench.run(&["send"]).assert().success();
    assert!(!bench.path("stolen").exists());
    assert!(files(bench.path("store/mail")).iter().all(|(_, text)| !text.contains("mallory")));
}

#[test]
fn units_name_the_program_and_the_store() {
    let bench = Bench::ingested();
    let store = bench.path("store").to_str().unwrap().to_owned();
    for (unit, part) in [("systemd", "OnCalendar"), ("cron", "0 7 * * *"), ("launchd", "StartCalendarInterval")] {
        let text = bench.out(&["remind", "--unit", unit]);
        assert!(text.contains(part) && text.contains(&store) && text.contains("send"), "{text}");
    }
    // The one of launchd is read by another program, and that of systemd by systemd where it is there.
    bench.write("unit.plist", bench.out(&["remind", "--unit", "launchd"]));
    let read = "import plistlib, sys; unit = plistlib.load(open(sys.argv[1], 'rb')); \
                print(unit['Label'], unit['StartCalendarInterval']['Hour'], *unit['ProgramArguments'], sep='\\n')";
    let output =
        std::process::Command::new("python3").args(["-c", read]).arg(bench.path("unit.plist")).output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && told.contains(&store), "{told}{}", String::from_utf8_lossy(&output.stderr));
    let units = bench.out(&["remind", "--unit", "systemd"]);
    let mut names = Vec::new();
    for part in units.split("# Save as ").skip(1) {
        let (path, unit) = part.split_once('\n').unwrap();
        let name = path.split(',').next().unwrap().rsplit('/').next().unwrap().to_owned();
        bench.write(&name, unit);
        names.push(name);
    }
    assert_eq!(names, ["tickler.service", "tickler.timer"], "{units}");
    let verify =
        std::process::Command::new("systemd-analyze").arg("verify").args(names.iter().map(|n| bench.path(n))).output();
    if let Ok(output) = verify {
        // It also tells of what else is wrong on this computer.
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!names.iter().any(|name| told.contains(name)), "{told}");
    }
    // The line of cron works as it stands.
    let line = bench.out(&["remind", "--unit", "cron"]);
    let command = line.lines().last().unwrap().strip_prefix("0 7 * * * ").unwrap().to_owned();
    let status =
        std::process::Command::new("sh").args(["-c", &command]).env_clear().env("HOME", bench.path("home")).status();
    assert!(status.unwrap().success(), "{command}");
}

/// The settings that docs/reminders.md shows.
#[test]
fn settings_in_the_documents_are_settings() {
    let bench = bench("");
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/reminders.md")).unwrap();
    let blocks: Vec<&str> = text.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert_eq!(blocks.len(), 4);
    for block in blocks {
        configure(&bench, block);
        bench.run(&["remind", "--dry-run"]).assert().success();
    }
}

#[test]
fn a_duty_is_told_until_it_is_done_or_put_off() {
    const FILE: &str = "outsourcing-conditional-renewal.pdf";
    const DUE: &str = "2026-11-12";
    for reaction in [&["done"][..], &["snooze"], &[]] {
        let bench = Bench::empty();
        bench.add(&[FILE]);
        bench.run(&["ingest", "in"]).assert().success();
        let told = |day: &str| -> Vec<String> {
            let all = remind(&bench, day);
            let ours = all.iter().filter(|one| one["act_by"] == DUE);
            ours.map(|one| one["entry"].as_str().unwrap().to_owned()).collect()
        };
        let first = told("2026-11-05");
        assert_eq!(first.len(), 1, "a week before");
        assert_eq!((told("2026-11-11"), told("2026-11-13")), (first.clone(), first.clone()), "a day before and after");
        if let Some(command) = reaction.first() {
            // All dates of the duty: which single ones can be named depends on the day on which this test runs.
            let record = bench.json(&["show", FILE, "--format", "json"]);
            let duties = record["obligations"].as_array().unwrap();
            let duty = duties.iter().find(|duty| duty.to_string().contains("provide a report")).unwrap();
            let until: &[&str] = if *command == "snooze" { &["--until", "2190-11-25"] } else { &[] };
            bench.run(&[&[*command, FILE, duty["id"].as_str().unwrap()], until].concat()).assert().success();
        }
        let again = if reaction.is_empty() { first } else { Vec::new() };
        assert_eq!(told("2026-11-20"), again, "{reaction:?}");
    }
}
