//! Latency of searches inside the process, over a store that is already filled:
//!
//! `tickler --store DIR ingest FOLDER`, then `TICKLER_STORE=DIR cargo bench --bench search`

#![expect(clippy::print_stdout, reason = "a bench prints its table")]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tickler::index::{Index, Query};
use tickler::store::Store;

/// Words and phrases that people look for, rare and common ones.
const QUERIES: [&str; 16] = [
    "renewal",
    "\"notice of termination\"",
    "\"written notice\" terminate",
    "indemnify -patent",
    "audit rights books records",
    "\"change of control\"",
    "limitation of liability",
    "\"governing law\" Delaware",
    "price increase CPI",
    "exclusive territory",
    "\"service credits\"",
    "confidential information return destroy",
    "insurance certificate",
    "\"most favored\"",
    "payment within thirty days",
    "the agreement",
];

fn main() {
    // `cargo test` runs benches too, to see that they work: without a store there is nothing to measure.
    let Some(dir) = std::env::var_os("TICKLER_STORE").filter(|_| !std::env::args().any(|a| a == "--test")) else {
        println!("set TICKLER_STORE to a filled store");
        return;
    };
    let mut store = Store::read(&PathBuf::from(dir), Timestamp::UNIX_EPOCH).expect("a store");
    let (index, _) = Index::open(&mut store).expect("an index");
    let mut times: Vec<Duration> = Vec::new();
    println!("{} clauses", index.entries());
    for text in QUERIES {
        let query = Query::parse(text).expect("a query");
        let mut own: Vec<Duration> = (0..50)
            .map(|_| {
                let start = Instant::now();
                index.search(&query, None, 10).expect("results");
                start.elapsed()
            })
            .collect();
        own.sort();
        println!("{text:44} median {:>7.2} ms", own[own.len() / 2].as_secs_f64() * 1000.0);
        times.extend(own);
    }
    times.sort();
    let at = |part: usize| times[(times.len() * part / 100).min(times.len() - 1)].as_secs_f64() * 1000.0;
    println!("all: median {:.2} ms, p95 {:.2} ms, p99 {:.2} ms", at(50), at(95), at(99));
}
