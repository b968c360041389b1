use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Stdio};

use serde_json::Value;
use tickler::export::Record;

use crate::common::{Bench, CONTRACTS, DAY};

/// Reads records back as strictly as they were written: nothing unknown, nothing lost.
pub(crate) fn strict(line: &str) -> Record {
    let record: Record = serde_json::from_str(line).unwrap();
    // Not `assert_eq`: a record is pages long.
    assert!(serde_json::to_string(&record).unwrap() == line, "not the same when written again: {line:.200}");
    record
}

#[test]
fn output_does_not_depend_on_the_number_of_jobs() {
    let bench = Bench::new();
    bench.write("in/broken.pdf", "nothing");
    let run = |jobs: &str| {
        let args = ["extract", "in", "--jobs", jobs, "--as-of", DAY, "--min-confidence", "0"];
        let output = bench.run(&args).assert().code(1).get_output().clone();
        (output.stdout, output.stderr)
    };
    let one = run("1");
    assert_eq!(one, run("2"));
    assert_eq!(one, run("7"));
    let text = String::from_utf8(one.0).unwrap();
    let names: Vec<String> = text.lines().map(|l| strict(l).contract.document.file_name).collect();
    let mut sorted = CONTRACTS.to_vec();
    sorted.sort_unstable();
    assert_eq!(names, sorted);
    assert!(String::from_utf8(one.1).unwrap().contains("in/broken.pdf"));
}

#[test]
fn json_is_one_array() {
    let bench = Bench::new();
    let records: Vec<Record> =
        serde_json::from_str(&bench.out(&["extract", "in", "--format", "json", "--as-of", DAY])).unwrap();
    assert_eq!(records.len(), 3);
    assert!(!bench.path("store").exists(), "no store is made");
}

#[test]
fn confidence_keeps_only_the_certain() {
    let bench = Bench::new();
    let facts = |least: &str| bench.out(&["extract", "in", "--min-confidence", least, "--as-of", DAY]).len();
    assert!(facts("1") <= facts("0"));
    assert_eq!(bench.fails(&["extract", "in", "--min-confidence", "1.5"]).0, 2);
}

#[test]
fn a_reader_that_stops_is_no_error() {
    let bench = Bench::new();
    let program = assert_cmd::cargo::cargo_bin!("tickler");
    let mut child = std::process::Command::new(program)
        .args(["extract", "in", "--as-of", DAY])
        .current_dir(bench.path("."))
        .env("TICKLER_MODEL", "none")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn nothing_to_read_is_said() {
    let bench = Bench::empty();
    let (code, message) = bench.fails(&["extract", "no-such-*.pdf"]);
    assert_eq!(code, 1);
    assert!(message.contains("no file matches"), "{message}");
    assert_eq!(bench.fails(&["extract"]).0, 2);
}

fn streaming(bench: &Bench, more: &[&str]) -> Child {
    let args = [&["extract", "--stream", "--as-of", DAY], more].concat();
    bench.process(&args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn answers(child: Child) -> Vec<Value> {
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_stream_answers_each_path_in_order_failures_too() {
    let bench = Bench::new();
    bench.write("in/broken.pdf", "nothing");
    bench.write("in/empty.pdf", "");
    let first = format!("in/{}", CONTRACTS[0]);
    let asked = ["in/none.pdf", &first, "in", "in/broken.pdf", "", "in/empty.pdf", &first];
    let mut child = streaming(&bench, &["--jobs", "3"]);
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(asked.join("\n").as_bytes()).unwrap();
    drop(stdin);
    let all = answers(child);
    let inputs: Vec<&str> = all.iter().map(|a| a["input"].as_str().unwrap()).collect();
    assert_eq!(inputs, asked);
    let codes: Vec<Option<&str>> = all.iter().map(|a| a["error"]["code"].as_str()).collect();
    assert_eq!(codes[0], Some("source.not_found"));
    assert_eq!((codes[1], codes[6]), (None, None), "the same document may be asked for again");
    assert_eq!(
        (codes[2], codes[4], codes[5]),
        (Some("source.not_a_file"), Some("source.not_found"), Some("source.empty"))
    );
    assert!(codes[3].is_some());
    for answer in &all {
        assert_eq!(answer["ok"], answer["error"].is_null());
        assert_eq!(answer["ok"], answer["record"].is_object());
    }
    assert_eq!(all[1]["record"]["document"]["file_name"], CONTRACTS[0]);
}

#[test]
fn a_stream_answers_before_the_next_question_comes() {
    let bench = Bench::new();
    let mut child = streaming(&bench, &[]);
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for name in CONTRACTS {
        writeln!(stdin, "in/{name}").unwrap();
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let answer: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(answer["record"]["document"]["file_name"], name);
    }
    // Who goes away while the program waits for a question ends it with the next one.
    drop(stdout);
    writeln!(stdin, "in/{}", CONTRACTS[0]).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    drop(stdin);
}

#[test]
fn a_stream_of_bytes_is_answered_by_number() {
    let bench = Bench::new();
    let bytes = std::fs::read(bench.path("in").join(CONTRACTS[0])).unwrap();
    let mut child = streaming(&bench, &["--framed"]);
    let mut stdin = child.stdin.take().unwrap();
    for document in [&bytes[..], b"no PDF", b"", &bytes] {
        stdin.write_all(&(document.len() as u64).to_be_bytes()).unwrap();
        stdin.write_all(document).unwrap();
    }
    stdin.write_all(&[0, 0, 0]).unwrap();
    drop(stdin);
    let all = answers(child);
    let told: Vec<(u64, bool)> =
        all.iter().map(|a| (a["input"].as_u64().unwrap(), a["ok"].as_bool().unwrap())).collect();
    assert_eq!(told, [(0, true), (1, false), (2, false), (3, true), (4, false)]);
    assert_eq!(all[0]["record"]["document"]["id"], all[3]["record"]["document"]["id"]);
    assert_eq!(all[4]["error"]["code"], "source.unreadable", "the list is cut off");
}

#[test]
fn options_that_a_stream_cannot_have_are_refused() {
    let bench = Bench::new();
    for args in [
        &["extract", "--stream", "in"][..],
        &["extract", "--stream", "--output", "x"],
        &["extract", "--stream", "--format", "json"],
        &["extract", "--framed", "in"],
        &["extract", "--stream", "--framed", "-0"],
    ] {
        assert_eq!(bench.fails(args).0, 2, "{args:?}");
    }
}
