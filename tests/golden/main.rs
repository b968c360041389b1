//! Golden records of the fixture contracts, and the text map on real files.
//!
//! `INSTA_UPDATE=always cargo test --test golden` accepts changed records; read the difference before you commit it.

#![expect(clippy::unwrap_used, reason = "a fixture that cannot be read fails the test")]

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tickler::config::Settings;
use tickler::export::Record;
use tickler::pipeline::{self, ReadOptions, Reading};
use tickler::record::{DocumentFailure, Span};
use tickler::signature::Trust;
use tickler::text::{InProcess, Scans};

fn fixtures(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(folder);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn read(path: &Path) -> Result<Reading, DocumentFailure> {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    // Rules alone: what the model says is compared within a tolerance, in `tests/model`.
    let options = ReadOptions {
        settings: &Settings::default(),
        model: None,
        engines: &InProcess,
        scans: Scans::Leave,
        trust: &Trust::default(),
    };
    pipeline::read(&std::fs::read(path).unwrap(), &name, &name, options).map(|mut readings| readings.remove(0))
}

/// The record with its evidence cut to page and quote: boxes and offsets are tested below, and would hide the values.
fn brief(value: Value) -> Value {
    match value {
        Value::Object(mut fields) => {
            if let Some(Value::Array(evidence)) = fields.get_mut("evidence") {
                for e in evidence {
                    *e = json!(format!("p. {}: {}", e["page"], e["quote"].as_str().unwrap_or_default()));
                }
            }
            for key in ["sha256", "derivation", "facts"] {
                fields.remove(key);
            }
            Value::Object(fields.into_iter().map(|(k, v)| (k, brief(v))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(brief).collect()),
        other => other,
    }
}

#[test]
fn records_of_the_fixtures() {
    for path in fixtures("contracts") {
        let reading = read(&path).unwrap();
        let as_of = jiff::civil::date(2024, 7, 1);
        let settings = Settings { min_confidence: 0.0, ..Settings::default() };
        let record = Record::new(reading.contract, Some(as_of), &settings);
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        insta::assert_json_snapshot!(name, brief(serde_json::to_value(&record).unwrap()));
    }
}

#[test]
fn every_character_of_the_fixtures_has_a_place() {
    for path in fixtures("contracts") {
        let text = read(&path).unwrap().text;
        let whole = text.as_str();
        for (at, c) in whole.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            let regions = text.regions(Span::new(at, at + c.len_utf8()));
            assert_eq!(regions.len(), 1, "{path:?}: {c:?} at {at}");
            let (r, page) = (regions[0], text.pages()[regions[0].page as usize - 1]);
            let inside = r.x0 > -1.0 && r.y0 > -1.0 && r.x1 < page.width + 1.0 && r.y1 < page.height + 1.0;
            assert!(inside && r.x1 >= r.x0 && r.y1 > r.y0, "{path:?}: {c:?} at {r:?}");
        }
    }
}

#[test]
fn bad_files_say_what_is_wrong() {
    let codes: Vec<(String, String)> = fixtures("bad")
        .iter()
        .map(|path| {
            let code = match read(path) {
                Ok(reading) => reading.contract.diagnostics.first().map_or("ok".to_owned(), |d| d.code.clone()),
                Err(failure) => failure.diagnostic.code,
            };
            (path.file_name().unwrap().to_string_lossy().into_owned(), code)
        })
        .collect();
    let expected = [
        ("blank.pdf", "text.no_text"),
        ("empty.pdf", "source.empty"),
        ("encrypted.pdf", "text.encrypted"),
        ("german.pdf", "text.not_english"),
        ("not-a-contract.pdf", "contract.not_recognised"),
        ("not-a-pdf.pdf", "source.not_pdf"),
        ("owner-restricted.pdf", "text.restricted"),
        ("scanned.pdf", "text.no_text_layer"),
        ("truncated.pdf", "text.damaged"),
    ];
    let expected = expected.map(|(file, code)| (file.to_owned(), code.to_owned()));
    assert_eq!(codes, expected);
}
