use std::process::Stdio;

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
