use std::path::{Path, PathBuf};

use regex::Regex;

use super::*;

/// The files under `path`, which is a file or a folder, from the root of the repository.
fn files(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_owned()];
    }
    let entries = std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.file_name().is_some_and(|name| name != "target")).flat_map(|path| files(&path)).collect()
}

fn root(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

#[test]
fn rules_and_sections_are_the_same() {
    let document = include_str!("../../../docs/rules.md");
    let heading = Regex::new(r"(?m)^### (\S+): ").unwrap();
    let headings: Vec<&str> = heading.captures_iter(document).map(|found| found.get(1).unwrap().as_str()).collect();
    let rules: Vec<&str> = Rule::ALL.iter().map(|rule| rule.id()).collect();
    assert_eq!(headings, rules);
    assert_eq!(document.matches("\n### ").count(), rules.len(), "a heading is not of the form `### R5: Title`");
    for rule in Rule::ALL {
        assert!(!rule.title().is_empty() && !rule.text().is_empty() && !rule.source().is_empty(), "{rule}");
        assert!(!rule.text().contains("\n#") && !rule.source().contains("\n\n"), "{rule}");
        let examples = rule.text().matches("\n\nExample: ").count();
        assert_eq!(examples, usize::from(*rule >= Rule::R1), "{rule} needs one example if it is a rule of arithmetic");
    }
}

#[test]
fn rules_are_written_as_their_names() {
    for &rule in Rule::ALL {
        let json = serde_json::to_string(&rule).unwrap();
        assert_eq!(json, format!("\"{rule}\""));
        assert_eq!(serde_json::from_str::<Rule>(&json).unwrap(), rule);
        assert_eq!(Rule::find(&rule.id().to_lowercase()), Some(rule));
    }
    for unknown in ["R0", "R18", "r5", "C9", "R05", ""] {
        assert!(serde_json::from_str::<Rule>(&format!("\"{unknown}\"")).is_err(), "{unknown}");
    }
    assert_eq!(Rule::find("R18"), None);
}

#[test]
fn rules_that_files_cite_exist() {
    let cited = Regex::new(r"\b[RC][0-9]+\b").unwrap();
    let mut found = 0;
    for place in ["src", "crates", "docs", "README.md", "ARCHITECTURE.md"] {
        for path in files(&root(place)) {
            let read =
                path.extension().is_some_and(|e| e == "rs" || e == "md") && path != root("src/calendar/rule/tests.rs");
            let text = if read { std::fs::read_to_string(&path).unwrap() } else { String::new() };
            for rule in cited.find_iter(&text) {
                found += 1;
                assert!(Rule::find(rule.as_str()).is_some(), "{}: there is no rule {}", path.display(), rule.as_str());
            }
        }
    }
    assert!(found > 300, "only {found} citations were found");
}

#[test]
fn rules_that_golden_records_cite_exist() {
    // The steps of a date name their rule, and what is assumed ends with its rule in brackets.
    let cited = Regex::new(r#""rule": "([^"]*)"|\(([RC][0-9]+)\)\.?""#).unwrap();
    for path in files(&root("tests/golden/snapshots")) {
        let text = std::fs::read_to_string(&path).unwrap();
        for found in cited.captures_iter(&text) {
            let rule = found.get(1).or(found.get(2)).unwrap().as_str();
            assert!(Rule::find(rule).is_some(), "{}: there is no rule {rule}", path.display());
        }
    }
}
