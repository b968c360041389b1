use tickler::record::Part as _;

use crate::common::{Bench, CONTRACTS, DAY};
use crate::extract::strict;

#[test]
fn the_manual_has_a_page_for_each_command() {
    let bench = Bench::empty();
    bench.run(&["man", "manual"]).assert().success();
    let help = bench.out(&["help"]);
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let commands: Vec<&str> = commands.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(commands.len() > 20, "{help}");
    for name in commands.into_iter().filter(|name| *name != "help") {
        let page = std::fs::read_to_string(bench.path("manual").join(format!("tickler-{name}.1"))).unwrap();
        assert!(page.contains(".SH NAME") && page.contains("Examples:"), "{name}");
    }
    assert!(bench.path("manual/tickler.1").exists());
    assert!(!bench.path("manual/tickler-worker.1").exists(), "a hidden command");
    bench.write("file", "");
    let (code, message) = bench.fails(&["man", "file/manual"]);
    assert!(code == 3 && message.contains("file/manual"), "{code} {message}");
}

#[test]
fn an_export_reads_back_and_is_what_extract_says() {
    let bench = Bench::ingested();
    let text = bench.out(&["export", "--format", "ndjson", "--as-of", DAY]);
    let records: Vec<_> = text.lines().map(strict).collect();
    assert_eq!(records.len(), 3);
    let read: Vec<_> = bench.out(&["extract", "in", "--as-of", DAY]).lines().map(strict).collect();
    for (mut stored, fresh) in records.into_iter().zip(read) {
        // The store keeps paths from the root.
        assert!(stored.contract.document.uri.ends_with(&fresh.contract.document.uri));
        stored.contract.document.uri.clone_from(&fresh.contract.document.uri);
        assert!(stored.revision.take().is_some() && fresh.revision.is_none(), "what is kept can change");
        assert_eq!(stored, fresh);
    }
    let array = bench.json(&["export", "--as-of", DAY]);
    assert_eq!(array.as_array().unwrap().len(), 3);
}

/// A folder in place of a file, and a file in place of a folder, are mistakes of whoever asks.
#[test]
fn a_folder_is_no_file_to_write() {
    let bench = Bench::ingested();
    for args in [
        &["export", "-o", "in"][..],
        &["export", "-o", "in", "--format", "csv"],
        &["export", "-o", "in", "--format", "xlsx"],
        &["export", "-o", "in", "--format", "ics"],
        &["export", "-o", "in", "--format", "sql"],
        &["export", "-o", "in", "--map", "salesforce"],
        &["schedule", "-o", "in", "--format", "csv"],
        &["report", "--out", "in"],
    ] {
        let (code, message) = bench.fails(args);
        assert!(code == 2 && message.contains("in is a folder; name a file in it"), "{args:?}: {code} {message}");
    }
    bench.write("file", "");
    let (code, message) = bench.fails(&["export", "--format", "ics", "--by-owner", "-o", "file"]);
    assert!(code == 2 && message.contains("file is a file; name a folder"), "{code} {message}");
}

#[test]
fn files_appear_whole_or_not_at_all() {
    let bench = Bench::ingested();
    bench.run(&["export", "--format", "csv", "-o", "out.csv"]).assert().success();
    let csv = std::fs::read_to_string(bench.path("out.csv")).unwrap();
    assert_eq!(csv.lines().filter(|l| l.contains(".pdf")).count(), 3);
    bench.run(&["export", "--format", "ics", "-o", "out.ics", "--as-of", DAY]).assert().success();
    let calendar = std::fs::read(bench.path("out.ics")).unwrap();
    bench.run(&["export", "--format", "ics", "-o", "out.ics", "--as-of", DAY]).assert().success();
    assert_eq!(std::fs::read(bench.path("out.ics")).unwrap(), calendar, "the same day gives the same bytes");
    let (code, message) = bench.fails(&["export", "-o", "no/such/folder.json"]);
    assert_eq!(code, 3);
    assert!(message.contains("no/such/folder.json"), "{message}");
    let left: Vec<_> = std::fs::read_dir(bench.path(".")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(left.iter().all(|n| !n.to_string_lossy().ends_with(".part")), "{left:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_with_a_name() {
    let bench = Bench::ingested();
    let (code, message) = bench.fails(&["export", "-o", "/dev/full"]);
    assert_eq!(code, 3);
    assert!(message.contains("/dev/full") && message.contains("No space left"), "{message}");
}

#[test]
fn schedule_in_every_format() {
    let bench = Bench::ingested();
    let all = ["schedule", "--all", "--as-of", DAY];
    let items = bench.json(&[&all[..], &["--format", "json"]].concat());
    let lines = items.as_array().unwrap();
    // What cannot be dated stands at the end, and not in calendars.
    let items: Vec<_> = lines.iter().filter(|i| !i["act_by"].is_null()).cloned().collect();
    assert!(lines[items.len()..].iter().all(|i| i["act_by"].is_null() && i["missing"].is_string()));
    let dates: Vec<&str> = items.iter().map(|i| i["act_by"].as_str().unwrap()).collect();
    assert!(dates.is_sorted());
    assert!(bench.out(&[&all[..], &["--format", "ics"]].concat()).starts_with("BEGIN:VCALENDAR"));
    // A table has the lines of the list, in its order.
    let table = bench.out(&[&all[..], &["--format", "csv"]].concat());
    let ids: Vec<String> = table.lines().skip(1).map(|row| row.part(..24).to_owned()).collect();
    assert_eq!(ids, lines.iter().map(|i| format!("\"entry-{}\"", i["id"].as_str().unwrap())).collect::<Vec<_>>());
    assert!(table.lines().next().unwrap().ends_with("standing,follows"));
    for line in lines {
        assert!(["standing", "follows", "basis", "said"].iter().all(|key| line.get(key).is_some()), "{line}");
    }
    for kind in ["notice_deadline", "expiration", "review"] {
        let only = bench.json(&[&all[..], &["--format", "json", "--kind", &kind.replace('_', "-")]].concat());
        let expected: Vec<_> = lines.iter().filter(|i| i["kind"] == kind).cloned().collect();
        assert!(!expected.is_empty(), "{kind}");
        assert_eq!(only, serde_json::Value::from(expected));
    }
    let none = ["schedule", "--within", "0d", "--kind", "price-change", "--as-of", "1950-01-01"];
    assert!(bench.out(&none).contains("Nothing is due"));
    assert_eq!(bench.fails(&["schedule", "--within", "soon"]).0, 2);
    for item in &items {
        assert!(bench.out(&["explain", item["id"].as_str().unwrap(), "--as-of", DAY]).contains("Arithmetic"));
    }
}

#[test]
fn every_fact_can_be_explained() {
    let bench = Bench::ingested();
    for name in CONTRACTS {
        let shown = bench.out(&["show", name, "--as-of", DAY]);
        assert!(shown.contains(name));
        let record = bench.json(&["show", name, "--format", "json", "--as-of", DAY]);
        for key in ["effective_date", "renewal", "governing_law"] {
            if let Some(id) = record[key]["id"].as_str() {
                let text = bench.out(&["explain", id]);
                assert!(text.contains("Proof") && text.contains("page "), "{text}");
            }
        }
    }
    assert_eq!(bench.fails(&["explain", "xyz"]).0, 2);
    assert_eq!(bench.fails(&["explain", "0000000000000000"]).0, 2);
    assert_eq!(bench.fails(&["show", "nothing.pdf"]).0, 2);
}

#[test]
fn what_needs_review_is_listed_and_explained() {
    let w = Bench::ingested();
    let all = w.json(&["review", "--below", "1", "--format", "json"]);
    let few = w.json(&["review", "--format", "json"]);
    assert!(all.as_array().unwrap().len() > few.as_array().unwrap().len(), "{few}");
    for item in few.as_array().unwrap() {
        let unsure = item["reason"] == "uncertain" && item["confidence"].as_f64().unwrap() < 0.75;
        assert!(unsure || item["reason"] != "uncertain", "{item}");
        // Of what was not read, or not found, there is no value to explain: the item has the words, or nothing.
        let without = ["not_read", "not_found"].contains(&item["reason"].as_str().unwrap());
        if without {
            assert_eq!(item["raw"].as_str().unwrap().is_empty(), item["reason"] == "not_found", "{item}");
        } else {
            w.out(&["explain", item["fact"].as_str().unwrap()]);
        }
    }
    assert!(few.as_array().unwrap().iter().any(|i| i["reason"] == "not_read"), "{few}");
    // The list for people tells of the duties of a contract in one line, unless all are asked for.
    let (short, long) = (w.out(&["review"]), w.out(&["review", "--all"]));
    assert!(short.lines().count() < long.lines().count() && short.contains("--all lists them"), "{short}");
    let fields = w.json(&["review", "--below", "1", "--field", "renewal", "--format", "json"]);
    assert!(!fields.as_array().unwrap().is_empty());
    assert!(fields.as_array().unwrap().iter().all(|i| i["field"] == "renewal"));
    assert!(w.out(&["review", "--expires-before", "1990-01-01"]).contains("Nothing to review"));
    assert_eq!(w.fails(&["review", "--party", "nobody at all"]).0, 2);
    // The record says the same, even of values that are too uncertain to be in it.
    let exported = w.json(&["export", "--format", "json", "--min-confidence", "1"]);
    let listed: usize = exported.as_array().unwrap().iter().map(|r| r["needs_review"].as_array().unwrap().len()).sum();
    assert_eq!(listed, few.as_array().unwrap().len());
}

#[test]
fn colours_only_where_wanted() {
    let bench = Bench::ingested();
    assert!(!bench.out(&["show", CONTRACTS[0]]).contains('\u{1b}'));
    assert!(bench.out(&["show", CONTRACTS[0], "--color", "always"]).contains('\u{1b}'));
}

#[cfg(unix)]
#[test]
fn control_characters_of_a_file_name_are_spelt_out() {
    let bench = Bench::empty();
    let name = "in/\u{1b}[31mred\u{9b}.pdf";
    std::fs::copy(crate::common::fixture(CONTRACTS[0]), bench.path(name)).unwrap();
    bench.write("in/\u{1b}bad.pdf", "x");
    for args in [&["ingest", "in"][..], &["list"], &["list", "--failures"], &["list", "--format", "json"]] {
        let output = bench.run(args).assert().get_output().clone();
        let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        assert!(!text.contains(['\u{1b}', '\u{9b}']), "{text:?}");
    }
}

#[test]
fn completions_schema_and_help() {
    let bench = Bench::empty();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(bench.out(&["completions", shell]).contains("tickler"));
    }
    let schema = bench.json(&["schema"]);
    assert!(schema["properties"]["schedule"].is_object());
    assert!(bench.out(&["--help"]).contains("Exit codes"));
    assert_eq!(bench.fails(&["no-such-command"]).0, 2);
}

#[test]
fn settings_errors_name_file_and_line() {
    let bench = Bench::new();
    bench.write("tickler.toml", "reminders = [1]\nremind = 3\n");
    let (code, message) = bench.fails(&["extract", "in", "--config", "tickler.toml"]);
    assert_eq!(code, 2);
    for part in ["tickler.toml", "line 2", "remind"] {
        assert!(message.contains(part), "{message}");
    }
    let (code, message) = bench.fails(&["list", "--config", "none.toml"]);
    assert_eq!(code, 2);
    assert!(message.contains("none.toml"), "{message}");
}

#[test]
fn calendars_are_listed_with_their_sources() {
    let bench = Bench::empty();
    let all = bench.json(&["calendars", "--format", "json"]);
    assert!(all.as_array().unwrap().iter().any(|c| c["id"] == "gb-sct" && c["source"].is_string()));
    let days = bench.out(&["calendars", "us-federal", "--year", "2026"]);
    assert!(days.contains("2026-07-03  Friday") && days.contains("5 U.S.C. 6103"), "{days}");
    assert!(!days.contains("2025-"), "{days}");
    let (code, why) = bench.fails(&["calendars", "atlantis"]);
    assert!(code == 2 && why.contains("us-banks"), "{why}");
    bench.write("tickler.toml", "calendar = [\"atlantis\"]");
    let (code, why) = bench.fails(&["schedule", "--config", "tickler.toml"]);
    assert!(code == 2 && why.contains("atlantis") && why.contains("gb-eng"), "{why}");
}

#[test]
fn logs_carry_no_text_of_contracts() {
    let bench = Bench::new();
    let output = bench.run(&["-vvv", "ingest", "in"]).assert().success().get_output().clone();
    let log = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(log.contains("search index"), "it says something: {log}");
    let records = bench.json(&["export", "--format", "json"]);
    let mut names = 0;
    for record in records.as_array().unwrap() {
        for party in record["parties"].as_array().unwrap() {
            let name = party["value"]["name"].as_str().unwrap();
            assert!(!log.contains(name), "{name} in {log}");
            names += 1;
        }
    }
    assert!(names >= 2 * CONTRACTS.len());
}
