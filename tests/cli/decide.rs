//! Decisions, notices that were sent, and duties that were seen to.

use std::fs;

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::Value;
use tickler::record::Part as _;

use crate::common::{Bench, CONTRACTS};

const MSA: &str = CONTRACTS[0];

/// Today, as the program has it. Decisions are about what lies ahead, so the tests make contracts that do.
fn today() -> Date {
    let output = std::process::Command::new("date").arg("+%Y-%m-%d").output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().parse().unwrap()
}

/// A store whose first contract ends so many days from now.
fn ending_in(days: i32) -> Bench {
    let bench = Bench::ingested();
    fs::create_dir_all(bench.path("home/.config/tickler")).unwrap();
    bench.write("home/.config/tickler/tickler.toml", "me = \"Ann Field\"\n");
    let end = today().saturating_add(days.days()).to_string();
    bench.run(&["set", MSA, "expiration_date", &end, "--why", "for this test"]).assert().success();
    bench
}

fn notice(bench: &Bench) -> Option<Value> {
    let all = bench.json(&["schedule", "--within", "2y", "--format", "json"]);
    let first = |e: &&Value| e["file_name"] == MSA && e["kind"] == "notice_deadline";
    all.as_array().unwrap().iter().find(first).cloned()
}

fn state(bench: &Bench) -> String {
    let rows = bench.json(&["list", "--format", "json"]);
    let row = rows.as_array().unwrap().iter().find(|r| r["file_name"] == MSA).unwrap().clone();
    row["life"]["state"].as_str().unwrap().to_owned()
}

#[test]
fn a_decision_to_end_stays_on_top_until_its_notice_is_sent() {
    let bench = ending_in(300);
    let told = bench.out(&["decide", MSA, "end", "--why", "too dear"]);
    assert!(told.contains("Decided: end") && told.contains("tickler sent"), "{told}");
    // Its day is months ahead, and it comes first all the same.
    let today = bench.json(&["today", "--format", "json"]);
    assert_eq!(today["to_send"][0]["said"]["decision"]["decision"], "end", "{today}");
    assert!(bench.out(&["today"]).contains("Decided: send the notice"));
    let list = bench.json(&["schedule", "--format", "json"]);
    assert_eq!(list[0]["said"]["to_send"], true, "{list}");
    // Not for who asks for some days, or for what is overdue.
    for narrow in [&["--within", "7d"][..], &["--overdue"]] {
        let list = bench.json(&[&["schedule", "--format", "json"], narrow].concat());
        assert!(!list.as_array().unwrap().iter().any(|e| e["said"]["to_send"] == true), "{list}");
    }
    let text = bench.out(&["schedule"]);
    assert!(text.contains("SEND THE NOTICE") && text.contains("decided: end (Ann Field)"), "{text}");
    bench.run(&["ingest", "in", "--force"]).assert().success();
    assert_eq!(state(&bench), "in_force");

    let sent = bench.out(&["sent", MSA, "--way", "courier"]);
    assert!(sent.contains("IN TIME") && sent.contains("The deadline is closed."), "{sent}");
    assert_eq!(bench.json(&["today", "--format", "json"])["to_send"], Value::Array(Vec::new()));
    assert_eq!(state(&bench), "notice_given");
    let settled = notice(&bench).unwrap();
    assert_eq!((&settled["standing"], &settled["reminders"]), (&"settled".into(), &Value::Array(Vec::new())));
    let record = bench.json(&["show", MSA, "--format", "json"]);
    let kinds = record["schedule"].as_array().unwrap().iter();
    assert!(!kinds.clone().any(|e| e["kind"] == "renewal"), "what ends does not renew");
    assert_eq!(record["said"][settled["id"].as_str().unwrap()]["notice"]["way"], "courier");
    assert_eq!(record["life"]["state"], "notice_given");
    assert!(bench.out(&["show", MSA]).contains("State: notice given, notice was sent on"));
    let log = bench.out(&["log", MSA]);
    assert!(log.contains("decided: end") && log.contains("by courier, in time") && log.contains("(too dear)"), "{log}");

    // There is no other notice to send, least of all about a term of long ago.
    let (code, why) = bench.fails(&["sent", MSA, "--way", "courier"]);
    assert!(code == 2 && why.contains("sent already"), "{why}");
    bench.run(&["undo", MSA]).assert().success();
    assert_eq!(state(&bench), "in_force");
    assert_eq!(bench.json(&["today", "--format", "json"])["to_send"].as_array().unwrap().len(), 1);
    bench.run(&["decide", MSA, "undecided"]).assert().success();
    assert_eq!(notice(&bench).unwrap()["said"]["to_send"], false);
    assert_eq!(bench.json(&["verify", "--format", "json"])["sound"], true);
}

#[test]
fn what_comes_about_by_silence_is_settled() {
    let bench = ending_in(80);
    assert_eq!(notice(&bench).unwrap()["standing"], "ahead");
    let told = bench.out(&["decide", MSA, "renew", "--by", "Bo Lind"]);
    assert!(told.contains("Nothing needs to be sent"), "{told}");
    let entry = notice(&bench).unwrap();
    assert_eq!((&entry["standing"], &entry["said"]["decision"]["by"]), (&"settled".into(), &"Bo Lind".into()));
    assert!(!bench.json(&["today", "--format", "json"]).to_string().contains("notice_deadline"));
    // Who also writes that it goes on ends nothing.
    bench.run(&["sent", MSA, "--way", "courier"]).assert().success();
    let record = bench.json(&["show", MSA, "--format", "json"]);
    assert!(record["schedule"].as_array().unwrap().iter().any(|e| e["kind"] == "renewal"), "{}", record["schedule"]);
    bench.run(&["undo", MSA]).assert().success();
    bench.run(&["decide", MSA, "renegotiate"]).assert().success();
    assert_eq!(notice(&bench).unwrap()["standing"], "ahead", "it is open again");
}

/// What was decided or sent is cancelled in calendars, and comes back when that is taken back.
#[test]
fn what_is_settled_is_cancelled_in_calendars() {
    let bench = ending_in(300);
    let id = notice(&bench).unwrap()["id"].as_str().unwrap().to_owned();
    // Status, number and words of its event.
    let told = || {
        bench.out(&["export", "--format", "ics", "-o", "file.ics"]);
        let calendar = fs::read_to_string(bench.path("file.ics")).unwrap().replace("\r\n ", "");
        let (_, event) = calendar.split_once(&format!("UID:{id}\r\n")).unwrap();
        let (event, _) = event.split_once("END:VEVENT").unwrap();
        ["STATUS:", "SEQUENCE:", "SUMMARY:"].map(|part| {
            let line = event.lines().find_map(|line| line.strip_prefix(part));
            line.unwrap_or_default().to_owned()
        })
    };
    let [status, sequence, summary] = told();
    assert_eq!((&*status, &*sequence), ("", "0"));
    let settled = ["CANCELLED", "1", &format!("Settled: {summary}")].map(str::to_owned);
    bench.out(&["decide", MSA, "renew"]);
    assert_eq!([told(), told()], [settled.clone(), settled], "once");
    bench.out(&["undo", MSA]);
    assert_eq!(told(), ["", "2", &summary]);
    // To end it, notice must be sent: only then nothing is left to do.
    bench.out(&["decide", MSA, "end"]);
    assert_eq!(told(), ["", "2", &summary]);
    bench.out(&["sent", MSA, "--way", "courier"]);
    assert_eq!(told()[..2], ["CANCELLED", "3"]);
}

/// What was said for one day is not taken for another: the notice is judged anew, and `review` tells.
#[test]
fn what_was_said_of_a_deadline_that_moves_is_told_for_review() {
    let conflicts = |bench: &Bench| -> Vec<String> {
        let all = bench.json(&["review", "--format", "json"]);
        let told = all.as_array().unwrap().iter().filter(|item| item["reason"] == "told_otherwise");
        told.map(|item| item["raw"].as_str().unwrap().to_owned()).collect()
    };
    let bench = ending_in(300);
    let early = today().saturating_sub(20.days()).to_string();
    bench.out(&["decide", MSA, "end"]);
    bench.out(&["sent", MSA, "--on", &early, "--way", "courier"]);
    assert_eq!((state(&bench), conflicts(&bench)), ("notice_given".to_owned(), Vec::new()));
    // Longer notice: it had to be sent before the day on which it was.
    let told = bench.out(&["set", MSA, "renewal.notice_period", "330 days"]);
    assert!(told.contains("This day is now missed: Last day for notice"), "{told}");
    let entry = notice(&bench).unwrap();
    assert_eq!((&entry["said"]["notice"]["timely"], &entry["standing"]), (&"late".into(), &"missed".into()));
    assert_eq!(state(&bench), "in_force");
    let told = conflicts(&bench);
    assert!(told.len() == 2 && told[0].starts_with("decided: end, to act by "), "{told:?}");
    assert!(told[1].starts_with(&format!("notice sent on {early} by courier")), "{told:?}");
    assert!(told[1].ends_with("too late"), "{told:?}");
    bench.out(&["unset", MSA, "renewal"]);
    assert_eq!((state(&bench), conflicts(&bench)), ("notice_given".to_owned(), Vec::new()));

    // That nothing is to be done was said of this end, and not of one years later.
    let bench = ending_in(300);
    bench.out(&["decide", MSA, "renew"]);
    let later = today().saturating_add(500.days()).to_string();
    bench.out(&["set", MSA, "expiration_date", &later]);
    assert_eq!(notice(&bench).unwrap()["standing"], "ahead");
    assert_eq!(conflicts(&bench).len(), 1);
    // Said again, it holds for the new day.
    bench.out(&["decide", MSA, "renew"]);
    assert_eq!((&notice(&bench).unwrap()["standing"], conflicts(&bench)), (&"settled".into(), Vec::new()));
}

#[test]
fn a_late_notice_is_kept_and_closes_nothing() {
    let bench = ending_in(40);
    let entry = notice(&bench).unwrap();
    assert_eq!(entry["standing"], "missed");
    let id = entry["id"].as_str().unwrap();
    let output = bench.run(&["sent", MSA, "--way", "post", "--entry", id]).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("TOO LATE") && said.contains("last safe day"), "{said}");
    let entry = notice(&bench).unwrap();
    assert_eq!((&entry["standing"], &entry["said"]["notice"]["timely"]), (&"missed".into(), &"late".into()));
    assert_ne!(state(&bench), "notice_given");
    // What is decided is about the next day, and says so.
    bench.out(&["undo", MSA]);
    let told = bench.out(&["decide", MSA, "end"]);
    assert!(told.contains("Before it a day was missed") && told.contains(&format!("--entry {id}")), "{told}");
}

/// The MSA takes notice by courier or certified mail: e-mail alone closes nothing, unless the other party accepted it.
#[test]
fn a_notice_in_a_way_that_is_not_named_closes_nothing() {
    let bench = ending_in(300);
    let output = bench.run(&["sent", MSA, "--way", "email"]).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("NOT NAME") && said.contains("--accept") && said.contains("stays open"), "{said}");
    let entry = notice(&bench).unwrap();
    assert_eq!((&entry["standing"], &entry["said"]["notice"]["timely"]), (&"ahead".into(), &"other_way".into()));
    assert_eq!(state(&bench), "in_force");
    let said = bench.out(&["sent", MSA, "--way", "email", "--accept"]);
    assert!(said.contains("IN TIME") && said.contains("it was accepted") && said.contains("is closed"), "{said}");
    assert_eq!((&notice(&bench).unwrap()["standing"], &*state(&bench)), (&"settled".into(), "notice_given"));
}

#[test]
fn what_cannot_be_decided_is_refused() {
    let bench = ending_in(300);
    let far = today().saturating_add(999.days()).to_string();
    let tomorrow = today().saturating_add(1.days()).to_string();
    for (args, says) in [
        (&["decide", MSA, "maybe"][..], "renegotiate"),
        (&["decide", MSA, "end", "--until", &far], "behind the last day"),
        (&["decide", MSA, "end", "--entry", "ffffffff"], "tickler schedule"),
        (&["decide", CONTRACTS[2], "end"], "no renewal, option or break"),
        (&["sent", MSA, "--way", "pigeon"], "certified-mail"),
        (&["sent", MSA, "--way", "post", "--on", &tomorrow], "lies ahead"),
        (&["sent", MSA, "--way", "post", "--on", "2019-01-01"], "before the contract"),
        (&["done", MSA, "ffffffff"], "--obligations"),
        (&["snooze", MSA, "ffffffff", "--until", "2020-01-01"], "lies ahead"),
        (&["note", MSA, " "], "empty"),
    ] {
        let (code, message) = bench.fails(args);
        assert!(code == 2 && message.contains(says), "{args:?}: {message}");
    }
}

#[test]
fn duties_are_done_date_by_date_and_stay_done() {
    let bench = ending_in(900);
    let list = |more: &[&str]| {
        let args = [&["schedule", "--within", "2y", "--duties", "--kind", "obligation-due", "--format", "json"], more]
            .concat();
        bench.json(&args).as_array().unwrap().iter().filter(|e| !e["act_by"].is_null()).cloned().collect::<Vec<_>>()
    };
    let before = list(&[]);
    let first = before.first().expect("a duty with a date").clone();
    let (file, id) = (first["file_name"].as_str().unwrap(), first["id"].as_str().unwrap());
    let told = bench.out(&["done", file, id.part(..10), "--evidence", "https://example.org/receipt"]);
    assert!(told.contains("done on") && told.contains("https://example.org/receipt"), "{told}");
    let gone = || !list(&[]).iter().any(|e| e["id"] == *id);
    assert!(gone());
    bench.run(&["ingest", "in", "--force"]).assert().success();
    assert!(gone());
    assert_eq!(list(&[]).len(), before.len() - 1, "the other dates stay");
    bench.run(&["undo", file]).assert().success();
    assert_eq!(list(&[]).len(), before.len());
    let later = today().saturating_add(30.days()).to_string();
    bench.run(&["snooze", file, id, "--until", &later]).assert().success();
    assert!(gone());
    bench.run(&["undo", file]).assert().success();
    // The duty as a whole, by the ID of the obligation.
    let duty = first["facts"][0].as_str().unwrap();
    bench.run(&["done", file, duty, "--not-ours"]).assert().success();
    assert!(!list(&[]).iter().any(|e| e["facts"][0] == *duty));
    bench.run(&["undo", file]).assert().success();
    bench.run(&["note", file, "ask Bo first", "--about", id]).assert().success();
    let noted = list(&[]).into_iter().find(|e| e["id"] == *id).unwrap();
    assert_eq!(noted["said"]["notes"][0], "ask Bo first");
    assert!(bench.out(&["log", file]).contains("note: ask Bo first"));
}

#[test]
fn a_letter_is_drafted_from_the_contract() {
    let bench = ending_in(300);
    let (code, message) = bench.fails(&["letter", MSA]);
    assert!(code == 2 && message.contains("--from") && message.contains("Holloway"), "{message}");
    let draft = bench.out(&["letter", MSA, "--from", "Holloway"]);
    for part in [
        "DRAFT",
        "NOTICE OF NON-RENEWAL",
        "Holloway Freight Partners LLC\n77 Depot Lane",
        "Brightwater Analytics, Inc.\n418 Fulton Pier Road",
        "Under Section ",
        "dated 5 January 2024 (reference BWA-MSA-2024-0117)",
        "Attention: General Counsel legal@brightwater-lanes.example",
        "The address of Brightwater Analytics, Inc. is that for notices in Section 10",
        "For the sender, no part of the letter",
        "must be sent by",
    ] {
        assert!(draft.contains(part), "{part}: {draft}");
    }
    let by_role = bench.out(&["letter", MSA, "--from", "provider"]);
    assert!(by_role.contains("For Brightwater Analytics, Inc."), "{by_role}");
    bench.write("home/.config/tickler/tickler.toml", "us = [\"Holloway Freight Partners LLC\"]\n");
    bench.run(&["ingest", "in"]).assert().success();
    bench.run(&["letter", MSA, "-o", "notice.txt"]).assert().success();
    assert!(fs::read_to_string(bench.path("notice.txt")).unwrap().contains("For Holloway"));
    for args in [&["-o", "notice.pdf"][..], &["-o", "notice.docx", "--format", "text"]] {
        let (code, message) = bench.fails(&[&["letter", MSA], args].concat());
        assert!(code == 2 && message.contains(".docx") && !bench.path(args[1]).exists(), "{message}");
    }
    let json = bench.json(&["letter", MSA, "--format", "json"]);
    assert!(json["draft"].as_str().unwrap().starts_with("DRAFT of"));
    assert_eq!(bench.json(&["today", "--format", "json"])["to_send"], Value::Array(Vec::new()), "a draft says nothing");
    bench.out(&["decide", MSA, "renegotiate"]);
    let draft = bench.out(&["letter", MSA]);
    assert!(draft.contains("go on under other terms") && draft.contains("decided to renegotiate"), "{draft}");
    // What renews by itself needs no letter.
    bench.out(&["decide", MSA, "renew"]);
    let (code, why) = bench.fails(&["letter", MSA, "-o", "none.txt"]);
    assert!(code == 2 && why.contains("no notice is needed") && !bench.path("none.txt").exists(), "{why}");
}

/// Prints the header of a .docx file that all pages have.
const HEADER: &str = r#"
import re, sys, zipfile
files = zipfile.ZipFile(sys.argv[1])
body, targets = (files.read('word/' + name).decode() for name in ('document.xml', '_rels/document.xml.rels'))
[tag] = re.findall('<w:headerReference[^>]*>', body)
assert 'w:type="default"' in tag and 'titlePg' not in body, body
name = re.search('Id="%s"[^>]*Target="([^"]+)"' % re.search('r:id="([^"]+)"', tag)[1], targets)[1]
print(''.join(re.findall('<w:t[^>]*>([^<]*)</w:t>', files.read('word/' + name).decode())))
"#;

/// People go on writing it in their word processor: LibreOffice reads every line, and the mark on each page.
#[test]
fn a_letter_opens_in_a_word_processor() {
    let bench = ending_in(300);
    let letter =
        |more: &[&str]| bench.run(&[&["letter", MSA, "--from", "Holloway", "--on", "2026-03-01"], more].concat());
    letter(&["-o", "notice.docx"]).assert().success();
    letter(&["--format", "docx", "-o", "other"]).assert().success();
    let file = fs::read(bench.path("notice.docx")).unwrap();
    assert!(file == fs::read(bench.path("other")).unwrap(), "the same draft gives the same file");
    let draft = String::from_utf8(letter(&[]).assert().success().get_output().stdout.clone()).unwrap();
    let (mark, rest) = draft.split_once("\n\n").unwrap();
    let (body, advice) = rest.split_once(&"-".repeat(60)).unwrap();

    crate::tools::office(&bench, "txt:Text (encoded):UTF8", "notice.docx");
    let read = fs::read_to_string(bench.path("read/notice.txt")).unwrap();
    let filled =
        |text: &str| text.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let told = filled(&format!("{body}\n{advice}"));
    assert!(told.len() > 20, "{told:?}");
    assert_eq!(filled(read.trim_start_matches('\u{feff}')), told);

    // The advice stands on a page of its own, and the mark in the header of all pages.
    crate::tools::office(&bench, "pdf", "notice.docx");
    let second = bench.out(&["text", "read/notice.pdf", "--pages", "2", "--layout"]);
    assert!(second.contains("For the sender") && !second.contains("Yours faithfully"), "{second}");
    let header = crate::tools::python(HEADER, &bench.path("notice.docx"));
    assert_eq!(header.trim(), mark);
    let (code, message) = bench.fails(&["letter", MSA, "--from", "Holloway", "--format", "docx"]);
    assert!(code == 2 && message.contains("--output"), "{message}");
}

/// What runs on until somebody ends it has no day of its own: whoever decides names one, and the rest is as for other decisions.
#[test]
fn a_contract_that_can_be_ended_at_any_time_is_ended_on_a_day_that_somebody_names() {
    const COWORKING: &str = "coworking-month-to-month.pdf";
    const SPONSORSHIP: &str = "sponsorship-no-renewal.pdf";
    let bench = Bench::empty();
    bench.add(&[COWORKING, SPONSORSHIP]);
    bench.out(&["ingest", "in"]);
    let (code, why) = bench.fails(&["decide", COWORKING, "end"]);
    assert!(code == 2 && why.contains("--ends DAY"), "{why}");
    let day = |days: i32| today().saturating_add(days.days()).to_string();
    let open = || {
        let all = bench.json(&["schedule", "--within", "2y", "--format", "json"]);
        all.as_array().unwrap().iter().filter(|e| e["file_name"] == COWORKING && e["why"] == "rolling").count()
    };
    let chosen = || {
        let all = bench.json(&["schedule", "--within", "2y", "--format", "json"]);
        all.as_array().unwrap().iter().find(|e| e["kind"] == "break_deadline").cloned()
    };
    assert_eq!((open(), chosen()), (1, None));
    for (args, why) in [
        (&["decide", COWORKING, "renew", "--ends", &day(300)][..], "decide end"),
        (&["decide", COWORKING, "end", "--ends", &day(3)], "name a later one"),
        (&["decide", SPONSORSHIP, "end", "--ends", &day(300)], "no right to end this contract at any time"),
    ] {
        let (code, told) = bench.fails(args);
        assert!(code == 2 && told.contains(why), "{args:?}: {told}");
    }
    // The right is that of the other party, where it is known who the user is.

    let told = bench.out(&["decide", COWORKING, "end", "--ends", &day(300), "--why", "too dear"]);
    assert!(told.contains("Decided: end") && told.contains("tickler sent"), "{told}");
    let entry = chosen().unwrap();
    assert_eq!((open(), entry["said"]["to_send"].as_bool()), (0, Some(true)), "{entry}");
    let last: Date = entry["date"].as_str().unwrap().parse().unwrap();
    // The contract wants 30 days of notice; the careful reading has one day more.
    let before = last.until(today().saturating_add(300.days())).unwrap().get_days();
    assert!((30..=36).contains(&before), "{entry}");
    let explained = bench.out(&["explain", entry["id"].as_str().unwrap()]);
    assert!(explained.contains("The end that was decided") && explained.contains("minus 30 days"), "{explained}");
    assert_eq!(bench.json(&["today", "--format", "json"])["to_send"][0]["file_name"], COWORKING);
    assert!(bench.out(&["log", COWORKING]).contains(&format!("decided: end on {}", day(300))));

    let letter = bench.out(&["letter", COWORKING, "--from", "Operator"]);
    for part in
        ["NOTICE OF TERMINATION", "we give you notice that the Agreement ends on", "The clause that gives the right"]
    {
        assert!(letter.contains(part), "{part}: {letter}");
    }
    let sent = bench.out(&["sent", COWORKING, "--way", "hand"]);
    assert!(sent.contains("IN TIME") && sent.contains("The deadline is closed."), "{sent}");
    let rows = bench.json(&["list", "--format", "json"]);
    let row = rows.as_array().unwrap().iter().find(|row| row["file_name"] == COWORKING).unwrap();
    assert_eq!(row["life"]["state"], "notice_given", "{row}");

    // Taken back, it runs on as before.
    bench.out(&["undo", COWORKING]);
    bench.out(&["decide", COWORKING, "undecided"]);
    assert_eq!((open(), chosen()), (1, None));

    // The right that was read is that of the operator, and no one of the member.
    bench.write("us.toml", "us = [\"Ravi Pallister\"]\n");
    bench.out(&["ingest", "in", "--config", "us.toml"]);
    let (code, why) = bench.fails(&["decide", COWORKING, "end", "--ends", &day(300), "--config", "us.toml"]);
    assert!(code == 2 && why.contains("no right to end this contract at any time"), "{why}");
}

#[test]
fn what_nobody_has_decided_is_listed_once_a_contract() {
    let bench = Bench::ingested();
    let undecided = || {
        let all = bench.json(&["schedule", "--undecided", "--within", "10y", "--format", "json"]);
        let files = all.as_array().unwrap().iter().map(|entry| entry["file_name"].as_str().unwrap().to_owned());
        files.filter(|file| file == MSA).count()
    };
    assert_eq!(undecided(), 1, "it renews each year");
    for decision in ["renew", "end"] {
        bench.out(&["decide", MSA, decision]);
        assert_eq!(undecided(), 0, "{decision}");
        bench.out(&["undo", MSA]);
        assert_eq!(undecided(), 1, "{decision}");
    }
    bench.out(&["remove", CONTRACTS[0], CONTRACTS[1]]);
    let text = bench.out(&["schedule", "--undecided", "--within", "10y"]);
    assert!(text.starts_with("Nothing waits for a decision until "), "{text}");
}
