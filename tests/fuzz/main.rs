//! Replays the corpus of `fuzz/`: inputs that fuzzing found worth keeping, and those that once broke something.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a corpus that cannot be read fails the test, which names it"
)]
#![cfg(unix)]

use std::path::Path;

#[path = "../../fuzz/checks.rs"]
mod checks;

fn replay(target: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut count = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        println!("{}", path.display());
        check(&std::fs::read(path).unwrap());
        count += 1;
    }
    assert!(count > 0, "no corpus in {}", folder.display());
}

#[test]
fn drawn_pages() {
    replay("text", checks::text);
}

#[test]
fn sections_and_sentences() {
    replay("segments", checks::segments);
}

#[test]
fn dates_and_periods() {
    replay("words", checks::words);
}

#[test]
fn rules_and_schedules() {
    replay("record", checks::record);
}

#[test]
fn queries() {
    replay("query", checks::query);
}

#[test]
fn messages_of_workers() {
    replay("protocol", checks::protocol);
}
