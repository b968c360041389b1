//! The model of the program on our fixtures: what it finds, within a tolerance, and that it changes no promise.
//!
//! `TICKLER_UPDATE_MODEL=1 cargo test --test model` accepts changed scores; read the difference before you commit it.

#![expect(clippy::unwrap_used, reason = "a fixture that cannot be read fails the test")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tickler::config::Settings;
use tickler::detect::model::{Classifier, Effort, Model};
use tickler::index::{Index, Query, Question};
use tickler::pipeline::{self, ReadOptions};
use tickler::signature::Trust;
use tickler::store::Store;
use tickler::text::{InProcess, Scans};

/// Scores may differ by so much between platforms, whose logarithms and tangents round differently.
const TOLERANCE: f64 = 0.02;
/// Clauses below this are not compared.
const LEAST: f64 = 0.3;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Clauses of a fixture: category, page and words, to score.
fn clauses(model: &Model, name: &str) -> BTreeMap<String, f64> {
    let settings = Settings::default();
    let bytes = std::fs::read(root().join("fixtures/contracts").join(name)).unwrap();
    let options = ReadOptions {
        settings: &settings,
        model: Some(model),
        engines: &InProcess,
        scans: Scans::Leave,
        trust: &Trust::default(),
    };
    let contract = pipeline::read(&bytes, name, name, options).unwrap().remove(0).contract;
    let line = |f: &tickler::record::Fact<tickler::record::value::Clause>| {
        let quote: String = f.raw().chars().take(60).collect();
        (
            format!("{}, page {}: {quote}", f.value().unwrap().category, f.evidence()[0].page()),
            f.confidence().get().into(),
        )
    };
    contract.clauses.iter().map(line).collect()
}

#[test]
fn scores_on_fixtures_stay_the_same() {
    let model = Model::embedded(Effort::Full).unwrap();
    let path = root().join("tests/model/scores.json");
    let names = ["cloud-msa-auto-renewal.pdf", "distribution-agreement-window.pdf", "mutual-nda-perpetual.pdf"];
    let found: BTreeMap<&str, BTreeMap<String, f64>> = names.iter().map(|n| (*n, clauses(&model, n))).collect();
    if std::env::var_os("TICKLER_UPDATE_MODEL").is_some() {
        let sure: BTreeMap<_, BTreeMap<_, _>> =
            found.iter().map(|(n, all)| (n, all.iter().filter(|(_, p)| **p >= LEAST).collect())).collect();
        std::fs::write(&path, serde_json::to_string_pretty(&sure).unwrap() + "\n").unwrap();
    }
    let expected: BTreeMap<String, BTreeMap<String, f64>> =
        serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    assert_eq!(expected.len(), names.len());
    for (name, clauses) in &expected {
        assert!(clauses.len() > 3, "{name}");
        for (clause, p) in clauses {
            let now = found[name.as_str()].get(clause).copied().unwrap_or_default();
            assert!((now - p).abs() <= TOLERANCE, "{name}: {clause}: {p} before, {now} now");
        }
        for (clause, p) in found[name.as_str()].iter().filter(|(_, p)| **p >= LEAST + TOLERANCE) {
            assert!(clauses.contains_key(clause), "{name}: {clause}: {p} is new");
        }
    }
}

#[test]
fn the_files_of_the_program_are_the_ones_that_the_manifest_names() {
    // Reading them as a folder checks their hashes.
    let folder: &Path = &root().join("models/clauses");
    let read = Model::read(folder, Effort::Full).unwrap();
    let embedded = Model::embedded(Effort::Full).unwrap();
    assert_eq!(read.name(), embedded.name());
    assert_eq!(read.categories().len(), 41);
    let name = "office-lease-option.pdf";
    assert_eq!(clauses(&read, name), clauses(&embedded, name));
    assert!(!clauses(&Model::embedded(Effort::Fast).unwrap(), name).is_empty());
}

#[test]
fn plain_questions_find_clauses_by_their_meaning() {
    let model = Model::embedded(Effort::Full).unwrap();
    let settings = Settings::default();
    let name = "cloud-msa-auto-renewal.pdf";
    let bytes = std::fs::read(root().join("fixtures/contracts").join(name)).unwrap();
    let reading = pipeline::read(
        &bytes,
        name,
        name,
        ReadOptions {
            settings: &settings,
            model: Some(&model),
            engines: &InProcess,
            scans: Scans::Leave,
            trust: &Trust::default(),
        },
    )
    .unwrap()
    .remove(0);
    let folder = tempfile::tempdir().unwrap();
    let now = jiff::Timestamp::UNIX_EPOCH;
    let mut store = Store::write(folder.path(), now).unwrap();
    let run = store.begin_run("h", now).unwrap();
    store.save(&reading, 1, run, "h", now).unwrap();
    let (index, _) = Index::open(&mut store).unwrap();
    let first = |question: &str| {
        let embedding = model.embed(question).unwrap().unwrap();
        let query = Query::parse(question).unwrap();
        let question = Question { model: model.name(), embedding: &embedding };
        let hits = index.semantic_search(&store, &query, &question, None, 3).unwrap().0.hits;
        hits.into_iter().map(|h| h.snippet).collect::<Vec<_>>().join("\n")
    };
    // None of these words stands in the clause.
    let found = first("whose courts and rules decide?");
    assert!(found.contains("governed by"), "{found}");
    let found = first("does it roll over?");
    assert!(found.contains("renew"), "{found}");
}
