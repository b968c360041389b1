//! Time of each stage on the fixture contracts: `cargo bench`.

use std::hint::black_box;
use std::path::PathBuf;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::Timestamp;
use tickler::config::Settings;
use tickler::index::{Index, Query};
use tickler::pipeline::{self, ReadOptions, Reading};
use tickler::signature::Trust;
use tickler::store::Store;
use tickler::{detect, segment, text};

/// The fixture contracts: name and bytes.
fn contracts() -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/contracts");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("the fixtures").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let name = |path: &PathBuf| path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    paths.iter().map(|path| (name(path), std::fs::read(path).expect("a contract"))).collect()
}

fn readings(contracts: &[(String, Vec<u8>)]) -> Vec<Reading> {
    let settings = Settings::default();
    contracts
        .iter()
        .filter_map(|(name, bytes)| {
            pipeline::read(
                bytes,
                name,
                name,
                ReadOptions {
                    settings: &settings,
                    model: None,
                    engines: &text::InProcess,
                    scans: text::Scans::Leave,
                    trust: &Trust::default(),
                },
            )
            .ok()
        })
        .flatten()
        .collect()
}

fn stages(c: &mut Criterion) {
    let contracts = contracts();
    let readings = readings(&contracts);
    c.bench_function("text", |b| {
        b.iter(|| contracts.iter().filter_map(|(_, bytes)| text::extract(black_box(bytes)).ok()).count());
    });
    c.bench_function("segment", |b| {
        b.iter(|| readings.iter().map(|r| segment::segment(black_box(&r.text)).sentences.len()).sum::<usize>());
    });
    c.bench_function("detect", |b| {
        b.iter(|| {
            readings.iter().map(|r| detect::detect(black_box(&r.text), &r.segments).facts.parties.len()).sum::<usize>()
        });
    });
}

fn search(c: &mut Criterion) {
    let readings = readings(&contracts());
    let folder = std::env::temp_dir().join(format!("tickler-bench-{}", std::process::id()));
    let now = Timestamp::UNIX_EPOCH;
    let mut store = Store::write(&folder, now).expect("a store");
    let run = store.begin_run("bench", now).expect("a run");
    for reading in &readings {
        store.save(reading, 0, run, "bench", now).expect("a saved contract");
    }
    c.bench_function("index", |b| b.iter(|| Index::rebuild(&mut store).expect("an index").1));
    let (index, _) = Index::open(&mut store).expect("an index");
    let query = Query::parse("\"written notice\" renewal").expect("a query");
    c.bench_function("search", |b| b.iter(|| index.search(black_box(&query), None, 20).expect("results")));
    drop(index);
    drop(store);
    std::fs::remove_dir_all(&folder).expect("the folder of the bench");
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).measurement_time(Duration::from_secs(5));
    targets = stages, search
}
criterion_main!(benches);
