//! Single flipped bits in a store as `ingest` makes it: each is found, or changes nothing.
//!
//! `TICKLER_FLIPS=1000 cargo test --test cli flips` flips a thousand; `src/store/damage_tests.rs` does so in a store whose rows
//! are of every kind.

use std::fs;
use std::path::Path;
use std::process::Output;

use jiff::Timestamp;
use jiff::civil::Date;
use tickler::config::Settings;
use tickler::export::Record;
use tickler::store::{Store, StoreError};

use crate::common::{Bench, CONTRACTS, DAY};
use crate::fire::Dice;
use crate::remind::{PEOPLE, configure};

/// Every so many flips the program itself is asked as well.
const ASKED: u64 = 20;
/// What it is asked.
const QUESTIONS: [&[&str]; 6] = [
    &["export", "--as-of", DAY],
    &["list", "--as-of", DAY],
    &["schedule", "--all", "--as-of", DAY],
    &["search", "notice", "--as-of", DAY],
    &["log"],
    &["remind", "--list"],
];

/// What the store holds, as the commands read it.
fn held(dir: &Path) -> Result<String, StoreError> {
    let store = Store::read(dir, Timestamp::UNIX_EPOCH)?;
    let said = store.said()?;
    let families = store.families(&said, &store.state()?)?;
    let day: Date = DAY.parse().unwrap();
    let mut out = Vec::new();
    for row in store.list()? {
        let view = store.view(&families, &said, &row.id, None)?;
        let record =
            view.map(|view| Record::with_events(view.contract, said.events(&row.id), Some(day), &Settings::default()));
        out.push(format!("{row:?} {}", serde_json::to_string(&record).unwrap()));
        out.push(format!("{:?}", store.text(&row.id)?));
        out.push(format!("{:?}", store.paths(&row.id)?));
    }
    out.push(format!("{:?} {:?} {:?}", store.outbox()?, store.failures()?, store.hidden(&[], None)?));
    out.push(format!("{:?} {:?}", store.agreements()?, families.links().collect::<Vec<_>>()));
    Ok(out.join("\n"))
}

/// What the program answers, without what it says beside it.
fn asked(bench: &Bench) -> Vec<Output> {
    QUESTIONS.iter().map(|args| bench.process(args).output().unwrap()).collect()
}

#[test]
#[expect(clippy::print_stderr, reason = "how many were found, for who asks with --nocapture")]
fn a_flipped_bit_in_a_store_that_ingest_made_is_found_or_changes_nothing() {
    let bench = Bench::ingested();
    configure(&bench, PEOPLE);
    bench.add(&["sow-form-fields.pdf"]);
    bench.write("in/broken.pdf", "no PDF");
    bench.run(&["ingest", "in"]).assert().code(1);
    for args in [
        &["assign", CONTRACTS[0], "Ann Field", "--backup", "Bo Lind"][..],
        &["decide", CONTRACTS[0], "end", "--why", "too dear"],
        &["set", CONTRACTS[1], "governing_law", "Ohio", "--why", "side letter"],
        &["confirm", CONTRACTS[0], "renewal", "parties"],
        &["event", CONTRACTS[2], "delivery", "2026-02-02"],
        &["link", CONTRACTS[2], CONTRACTS[0]],
        &["remind", "--as-of", "2026-11-12"],
        &["send"],
        &["remind", "--as-of", "2026-11-26"],
        &["schedule", "--format", "ics", "--all", "-o", "dates.ics", "--as-of", DAY],
        &["list", "--as-of", DAY],
    ] {
        bench.run(args).assert().success();
    }
    // All of it in one file, so that every bit of the store is a bit of that file.
    let path = bench.path("store/tickler.db");
    let db = rusqlite::Connection::open(&path).unwrap();
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    drop(db);
    let dir = bench.path("store");
    let sound = |dir: &Path| Store::read(dir, Timestamp::UNIX_EPOCH).is_ok_and(|store| store.verify().problems() == 0);
    let original = fs::read(&path).unwrap();
    assert!(sound(&dir));
    let (right, answers) = (held(&dir).unwrap(), asked(&bench));
    assert!(answers.iter().all(|answer| answer.status.success()), "{answers:?}");
    let (mut dice, mut found, mut silent) = (Dice::new(), 0, Vec::new());
    let most: u64 = std::env::var("TICKLER_FLIPS").ok().and_then(|n| n.parse().ok()).unwrap_or(200);
    for n in 0..most {
        let bit = usize::try_from(dice.below(original.len() as u64 * 8)).unwrap();
        let mut bytes = original.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        for end in ["-wal", "-shm"] {
            let _ = fs::remove_file(dir.join(format!("tickler.db{end}")));
        }
        fs::write(&path, bytes).unwrap();
        if !sound(&dir) {
            found += 1;
            continue;
        }
        let same = |now: &Output, before: &Output| !now.status.success() || now.stdout == before.stdout;
        let program = n % ASKED > 0 || asked(&bench).iter().zip(&answers).all(|(now, before)| same(now, before));
        if !program || !held(&dir).is_ok_and(|now| now == right) {
            silent.push(bit);
        }
    }
    assert!(silent.is_empty(), "{} of {most} changed an answer and were not found: {silent:?}", silent.len());
    assert!(found > most / 10, "only {found} were found at all");
    eprintln!("{most} bits flipped in {} kB: {found} found, the others without effect", original.len() / 1000);
}
