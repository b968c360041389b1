//! What isolation costs: the contracts of a folder read in this process and in a worker, turn about, on one thread.
//!
//! `cargo bench --bench isolation -- FOLDER` (default: our fixtures)

#![expect(clippy::print_stdout, reason = "a bench prints its table")]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use tickler::text::{Engine, Engines, InProcess};
use tickler::worker::{Limits, Pool};
use tickler::{detect, segment};

const ROUNDS: usize = 5;

fn main() {
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let folder =
        folder.map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/contracts"), PathBuf::from);
    let paths = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let files: Vec<Vec<u8>> =
        paths.filter(|path| path.is_file()).map(|path| std::fs::read(path).expect("a file")).collect();
    let program = PathBuf::from(env!("CARGO_BIN_EXE_tickler"));
    let pool = Pool::start(program, vec!["worker".into()], Limits::default()).expect("workers");
    let read = |engines: &dyn Engines| -> Duration {
        let start = Instant::now();
        for bytes in &files {
            let _ = std::hint::black_box(engines.read(Engine::First, bytes, &[]));
        }
        start.elapsed()
    };
    let rules = || -> Duration {
        let texts: Vec<_> = files
            .iter()
            .filter_map(|bytes| InProcess.read(Engine::First, bytes, &[]).ok()?.text)
            .map(|layout| layout.text)
            .collect();
        let start = Instant::now();
        for text in &texts {
            std::hint::black_box(detect::detect(text, &segment::segment(text)));
        }
        start.elapsed()
    };
    // The least of several rounds: other programs only ever add.
    let [here, there, rest] = (0..ROUNDS).fold([Duration::MAX; 3], |[here, there, rest], _| {
        [here.min(read(&InProcess)), there.min(read(&pool)), rest.min(rules())]
    });
    let each = |time: Duration| time.as_secs_f64() * 1e3 / files.len() as f64;
    let ratio = |other: Duration| (here + other).as_secs_f64() / (there + other).as_secs_f64();
    println!(
        "{} files, ms each: in this process {:.1}, in a worker {:.1}, rules {:.1}",
        files.len(),
        each(here),
        each(there),
        each(rest)
    );
    println!(
        "throughput with isolation, of that without: text alone {:.2}, with rules {:.2}",
        ratio(Duration::ZERO),
        ratio(rest)
    );
}
