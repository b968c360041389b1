//! Scanned contracts, read with the program tesseract, which these tests need: apt install tesseract-ocr.

use std::path::Path;
use std::sync::OnceLock;

use serde_json::Value;

use crate::common::{Bench, CONTRACTS, DAY};

fn scan(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/scans").join(name).to_string_lossy().into_owned()
}

/// The program, with the places where programs are: the others do without.
fn run(bench: &Bench, args: &[&str]) -> assert_cmd::Command {
    let mut command = bench.run(args);
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command
}

fn extract(bench: &Bench, args: &[&str]) -> String {
    let output = run(bench, &[&["extract", "--as-of", DAY], args].concat()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "these tests need the program tesseract with English data: {said}");
    String::from_utf8(output.stdout).unwrap()
}

/// The records of all scans, made once: a page takes seconds.
fn records() -> &'static [Value] {
    static RECORDS: OnceLock<Vec<Value>> = OnceLock::new();
    RECORDS.get_or_init(|| {
        let lines = extract(&Bench::empty(), &[&scan("")]);
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    })
}

fn record(name: &str) -> &'static Value {
    records().iter().find(|r| r["document"]["file_name"] == name).unwrap()
}

fn original(name: &str) -> Value {
    let bench = Bench::empty();
    bench.add(&[name]);
    serde_json::from_str(&extract(&bench, &["in"])).unwrap()
}

/// The names of the parties and the plain fields.
fn values(record: &Value) -> Vec<Value> {
    let mut parties: Vec<Value> =
        record["parties"].as_array().unwrap().iter().map(|p| p["value"]["name"].clone()).collect();
    parties.sort_by_key(Value::to_string);
    let fields = ["agreement_date", "effective_date", "expiration_date", "initial_term", "governing_law"];
    parties.extend(fields.map(|field| record[field]["value"].clone()));
    parties.push(record["renewal"]["value"]["kind"].clone());
    parties.push(record["renewal"]["value"]["notice_period"].clone());
    parties
}

#[test]
fn scans_say_what_their_originals_say() {
    for (name, of) in [
        ("clean.pdf", "coworking-month-to-month.pdf"),
        ("dark-edges.pdf", "mutual-nda-perpetual.pdf"),
        ("sideways.pdf", "maintenance-agreement-amendment-1.pdf"),
        ("punched.pdf", "coworking-month-to-month.pdf"),
        ("stamped.pdf", "mutual-nda-perpetual.pdf"),
        ("mixed.pdf", "sponsorship-no-renewal.pdf"),
    ] {
        assert_eq!(values(record(name)), values(&original(of)), "{name}");
    }
    // Its second page, with the law and the signatures, was not scanned.
    let letter = record("skewed-noisy.pdf");
    assert_eq!(values(letter)[..3], values(&original("one-way-nda-letter.pdf"))[..3]);
}

#[test]
fn a_text_that_is_not_that_of_the_picture_is_told() {
    let record = record("layered.pdf");
    let remarks = record["diagnostics"].as_array().unwrap();
    let told: Vec<&Value> = remarks.iter().filter(|d| d["code"] == "text.layer_differs").collect();
    assert!(told.len() == 1 && record["document"]["text_source"] == "embedded", "{remarks:?}");
    let message = told[0]["message"].as_str().unwrap();
    assert!(["page 1", "28 2039", "18 2023"].iter().all(|part| message.contains(part)), "{message}");
}

#[test]
fn records_say_where_the_text_comes_from() {
    for (name, source, pages) in [
        ("clean.pdf", "ocr", vec![1, 2]),
        ("sideways.pdf", "ocr", vec![1, 2]),
        ("skewed-noisy.pdf", "ocr", vec![1]),
        ("mixed.pdf", "mixed", vec![4]),
    ] {
        let document = &record(name)["document"];
        assert_eq!(document["text_source"], source, "{name}");
        assert_eq!(document["ocr"]["pages"], Value::from(pages), "{name}");
        assert!(document["ocr"]["program"].as_str().unwrap().starts_with("tesseract"), "{name}");
        let sure = document["ocr"]["confidence"].as_f64().unwrap();
        assert!((0.8..1.0).contains(&sure), "{name}: {sure}");
    }
    assert_eq!(original(CONTRACTS[0])["document"]["ocr"], Value::Null);
    // Words that were read from a picture are less sure, and so is what they prove.
    let sure = |record: &Value| record["parties"][0]["confidence"].as_f64().unwrap();
    assert!(sure(record("clean.pdf")) < sure(&original("coworking-month-to-month.pdf")));
}

/// The boxes of the words of the facts in `fields`, with the words.
fn boxes(record: &Value) -> Vec<(String, Vec<Vec<f64>>)> {
    let fields = ["governing_law", "expiration_date", "renewal", "agreement_date", "effective_date"];
    let facts = fields.iter().map(|f| &record[*f]).chain(record["parties"].as_array().unwrap());
    let evidence = facts.filter_map(|f| f["evidence"].as_array()).flatten();
    evidence
        .map(|e| (e["quote"].as_str().unwrap().to_owned(), serde_json::from_value(e["regions"].clone()).unwrap()))
        .collect()
}

/// Compares the boxes of the same quotes in a scan and its original, whose places `moved` leads, by page, to
/// those of the scan.
fn same_boxes(name: &str, of: &str, slack: f64, moved: impl Fn(f64, f64, f64) -> (f64, f64)) {
    let (read, original) = (boxes(record(name)), boxes(&original(of)));
    let mut compared = 0;
    for (quote, there) in &read {
        let Some((_, here)) = original.iter().find(|(q, _)| q == quote) else { continue };
        // Of the whole quote on its first page: lines may be cut into several boxes.
        let around = |regions: &[Vec<f64>], moved: &dyn Fn(f64, f64, f64) -> (f64, f64)| {
            let page = regions[0][0];
            let corners = regions.iter().filter(|r| (r[0] - page).abs() < 0.5);
            let corners: Vec<_> = corners.flat_map(|r| [moved(page, r[1], r[2]), moved(page, r[3], r[4])]).collect();
            let of = |pick: fn(&(f64, f64)) -> f64, fold: fn(f64, f64) -> f64, start: f64| {
                corners.iter().map(pick).fold(start, fold)
            };
            [
                of(|c| c.0, f64::min, f64::MAX),
                of(|c| c.1, f64::min, f64::MAX),
                of(|c| c.0, f64::max, f64::MIN),
                of(|c| c.1, f64::max, f64::MIN),
            ]
        };
        let (a, b) = (around(there, &|_, x, y| (x, y)), around(here, &moved));
        for (a, b) in a.iter().zip(b) {
            assert!((a - b).abs() < slack, "{name}: {quote:?} at {there:?}, not {here:?}");
        }
        compared += 1;
    }
    assert!(compared >= 3, "{name}: only {compared} of {} quotes are alike", read.len());
}

#[test]
fn boxes_lie_on_the_words() {
    same_boxes("clean.pdf", "coworking-month-to-month.pdf", 4.0, |_, x, y| (x, y));
}

#[test]
fn boxes_of_a_page_on_its_side_lie_on_the_words() {
    // The first page was turned clockwise: what was at the top is at the right. The second one the other way.
    let (width, height) = (595.3, 841.9);
    let moved = move |page: f64, x, y| if page < 1.5 { (height - y, x) } else { (y, width - x) };
    same_boxes("sideways.pdf", "maintenance-agreement-amendment-1.pdf", 5.0, moved);
}

#[test]
fn the_same_scan_gives_the_same_record() {
    let again = extract(&Bench::empty(), &[&scan("skewed-noisy.pdf"), "--jobs", "3"]);
    let again: Value = serde_json::from_str(&again).unwrap();
    assert!(again == *record("skewed-noisy.pdf"));
}

#[test]
fn without_the_program_scans_are_listed_with_what_to_do() {
    let bench = Bench::empty();
    let nowhere = |args: &[&str]| {
        let mut command = bench.run(args);
        command.env("PATH", bench.path("in"));
        command.output().unwrap()
    };
    let output = nowhere(&["extract", &scan("clean.pdf"), &scan("mixed.pdf")]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("clean.pdf") && said.contains("apt install tesseract-ocr"), "{said}");
    let mixed: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(mixed["document"]["text_source"], "embedded");
    let codes: Vec<_> = mixed["diagnostics"].as_array().unwrap().iter().map(|d| d["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"ocr.unavailable") && codes.contains(&"text.scanned_page"), "{codes:?}");
    let doctor = String::from_utf8(nowhere(&["doctor"]).stdout).unwrap();
    assert!(doctor.contains("apt install tesseract-ocr"), "{doctor}");
    let doctor = String::from_utf8(run(&bench, &["doctor"]).output().unwrap().stdout).unwrap();
    assert!(doctor.contains("read by tesseract"), "{doctor}");
}

#[test]
fn scans_are_left_alone_when_told_so() {
    let bench = Bench::empty();
    let output = run(&bench, &["extract", &scan("clean.pdf"), "--ocr", "never"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("--ocr auto"), "{said}");
    let (code, said) = bench.fails(&["extract", "in", "--ocr-language", "../eng"]);
    assert_eq!(code, 2, "{said}");
    let unknown = run(&bench, &["extract", &scan("clean.pdf"), "--ocr-language", "xyzzy"]).output().unwrap();
    let said = String::from_utf8_lossy(&unknown.stderr);
    assert!(said.contains("tesseract-ocr-xyzzy"), "{said}");
}

#[test]
fn documents_are_read_again_when_scans_are_read_otherwise() {
    let bench = Bench::empty();
    bench.add(&CONTRACTS[..1]);
    assert!(bench.out(&["ingest", "in"]).contains("1 new"));
    assert!(bench.out(&["ingest", "in"]).contains("1 unchanged"));
    assert!(bench.out(&["ingest", "in", "--ocr", "never"]).contains("1 read again"));
    bench.write("tickler.toml", "ocr = \"never\"\n");
    assert!(bench.out(&["--config", "tickler.toml", "ingest", "in"]).contains("1 unchanged"));
}
