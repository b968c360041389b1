//! Replays the corpus of `fuzz/`, and runs each target for a while on inputs made from it, the same ones every time.
//!
//! `cargo fuzz run --sanitizer none TARGET` searches further, guided by what it reaches; what it finds belongs in the corpus.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a corpus that cannot be read fails the test, which names it"
)]
#![cfg(unix)]

use std::path::Path;

#[path = "../../fuzz/checks.rs"]
mod checks;

/// Checks the corpus of a target, and `more` inputs made from it.
fn run(target: &str, check: fn(&[u8]), more: usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut paths: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty(), "no corpus in {}", folder.display());
    let corpus: Vec<Vec<u8>> = paths.iter().map(|path| std::fs::read(path).unwrap()).collect();
    for (path, input) in paths.iter().zip(&corpus) {
        println!("{}", path.display());
        check(input);
    }
    let mut draw = Draw(0x5eed);
    for number in 0..more {
        let mut input = draw.of(&corpus).clone();
        for _ in 0..=draw.below(4) {
            change(&mut input, &corpus, &mut draw);
        }
        // Shown when the check fails.
        println!("input {number}: {}", input.escape_ascii());
        check(&input);
    }
}

/// One change: bytes flipped, taken out, said again, put in, or taken from another input.
fn change(input: &mut Vec<u8>, corpus: &[Vec<u8>], draw: &mut Draw) {
    const PIECES: [&[u8]; 12] = [
        b"(",
        b")",
        b"\"",
        b"\n",
        b"\t",
        b"0",
        b"99999999999",
        b"-",
        b"\xff",
        b"\xe2\x80\xa9",
        b"one hundred ",
        b" of ",
    ];
    let from = draw.below(input.len() + 1);
    let to = (from + draw.below(40)).min(input.len());
    match draw.below(5) {
        0 => input[from..to].iter_mut().for_each(|byte| *byte ^= 1 << draw.below(8)),
        1 => drop(input.drain(from..to)),
        2 => {
            let again = input[from..to].repeat(1 + draw.below(20));
            input.splice(to..to, again);
        }
        3 => drop(input.splice(from..from, draw.of(&PIECES).iter().copied())),
        _ => {
            let other = draw.of(corpus);
            let start = draw.below(other.len() + 1);
            input.splice(from..to, other[start..].iter().take(60).copied());
        }
    }
    input.truncate(4096);
}

/// Numbers that look drawn by chance (xorshift).
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % limit
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

#[test]
fn drawn_pages() {
    run("text", checks::text, 300);
}

#[test]
fn sections_and_sentences() {
    run("segments", checks::segments, 1000);
}

#[test]
fn dates_and_periods() {
    run("words", checks::words, 2000);
}

#[test]
fn rules_and_schedules() {
    run("record", checks::record, 200);
}

#[test]
fn queries() {
    run("query", checks::query, 3000);
}

#[test]
fn messages_of_workers() {
    run("protocol", checks::protocol, 3000);
}
