//! Derives the version of the reading: a hash over everything that decides what is read from a document. And that of the
//! schedules, which also covers what is computed from it.
//!
//! A stored record made by another version is read again at the next ingest. Nobody has to remember to bump a number.

#![expect(clippy::unwrap_used, reason = "a build whose own sources cannot be read must stop")]

use std::fs;
use std::path::{Path, PathBuf};

/// Sources of the stages from bytes to record. The manifest of the model names the hashes of its weights.
const SOURCES: [&str; 10] = [
    "crates/pdf/src",
    "crates/clauses/src",
    "models/clauses/manifest.json",
    "src/calendar",
    "src/contract",
    "src/detect",
    "src/lexicon",
    "src/phrase",
    "src/record",
    "src/segment",
];

/// Sources of what is computed from records: terms in force and dates. Kept dates are computed anew when one changes.
const COMPUTED: [&str; 4] = ["src/family", "src/said", "src/schedule", "src/store"];

fn main() {
    let mut hasher = blake3::Hasher::new();
    for source in SOURCES {
        watch(source, &mut hasher);
    }
    // Twelve digits: a number that SQLite stores as an integer.
    println!("cargo::rustc-env=TICKLER_READING_VERSION={}", hasher.finalize().to_hex().get(..12).unwrap());
    for source in COMPUTED {
        watch(source, &mut hasher);
    }
    println!("cargo::rustc-env=TICKLER_SCHEDULE_VERSION={}", hasher.finalize().to_hex().get(..12).unwrap());
}

fn watch(source: &str, hasher: &mut blake3::Hasher) {
    println!("cargo::rerun-if-changed={source}");
    add(Path::new(source), hasher);
}

/// Adds a file, or the files of a folder in the order of their names. Tests do not count.
fn add(path: &Path, hasher: &mut blake3::Hasher) {
    if path.is_dir() {
        let mut entries: Vec<PathBuf> = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        let is_test = |path: &PathBuf| path.file_stem().is_some_and(|name| name == "tests");
        entries.iter().filter(|path| !is_test(path)).for_each(|path| add(path, hasher));
    } else {
        // The same on every system: names with slashes, lines without carriage returns.
        hasher.update(path.to_string_lossy().replace('\\', "/").as_bytes());
        let bytes = fs::read(path).unwrap();
        let text: Vec<u8> = bytes.into_iter().filter(|byte| *byte != b'\r').collect();
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(&text);
    }
}
