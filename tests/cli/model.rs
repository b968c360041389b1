//! Clauses found by the model.

use crate::common::Bench;

const FIXTURE: &str = "cloud-msa-auto-renewal.pdf";

#[test]
fn clauses_are_found_listed_and_shown() {
    let bench = Bench::new();
    bench.out(&["ingest", "in", "--model", "fast"]);
    let counts = bench.json(&["clauses", "--format", "json"]);
    assert!(counts.as_array().unwrap().iter().any(|c| c["category"] == "Governing Law"), "{counts}");
    let lines = bench.json(&["clauses", "governing", "--format", "json"]);
    let quote = lines[0]["quote"].as_str().unwrap();
    assert!(quote.contains("law"), "{quote}");
    assert!(bench.out(&["clauses", "Governing Law"]).contains("Governing Law"));
    assert!(bench.out(&["show", FIXTURE]).contains("found by the model"));
    let fact = lines[0]["fact"].as_str().unwrap();
    assert!(bench.out(&["explain", fact]).contains("model, clauses-"));
    let (code, error) = bench.fails(&["clauses", "nonsense"]);
    assert!(code == 2 && error.contains("Governing Law"), "{error}");
    // Rules alone: the same contract is read again, and has none.
    bench.out(&["ingest", "in", "--no-model"]);
    assert_eq!(bench.json(&["clauses", "--format", "json"]).as_array().unwrap().len(), 0);
}

#[test]
fn a_search_by_meaning_says_what_it_needs() {
    let bench = Bench::new();
    bench.out(&["ingest", "in"]);
    let (code, error) = bench.fails(&["search", "--semantic", "--no-model", "can we leave?"]);
    assert!(code == 2 && error.contains("--semantic needs the full model"), "{error}");
    let (code, error) = bench.fails(&["search", "--semantic", "--model", "fast", "can we leave?"]);
    assert!(code == 2 && error.contains("--semantic needs the full model"), "{error}");
}

#[test]
fn a_folder_without_a_model_is_said() {
    let bench = Bench::new();
    let (code, error) = bench.fails(&["extract", "in", "--model", "nowhere"]);
    assert!(code == 2 && error.contains("manifest.json"), "{error}");
}
