use std::path::Path;

use jiff::Timestamp;

use super::chain::{Entry, log};
use super::*;
use crate::config::Settings;
use crate::detect::model::{Embedding, Embeddings};
use crate::pipeline::Reading;
use crate::record::value::{DateValue, Party, Renewal, RenewalKind};
use crate::record::{
    Confidence, Contract, Diagnostic, DocumentId, DocumentInfo, Fact, Facts, Origin, Severity, Span, Stage, testing,
};
use crate::said::{ByHand, Content, Said, Saying, ValueSaid};
use crate::text::{DocumentText, Hidden, HiddenBy};
use tickler_pdf::cite::PageRegion;
use tickler_pdf::cite::Part as _;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn fact<T>(text: &DocumentText, kind: &str, value: T) -> Fact<T> {
    let cited = text.cited(value, Span::new(0, 3));
    Fact::found(kind, cited, "raw", Origin::rule("test"), Confidence::new(0.9))
}

/// A reading of plain text with the facts that lists are filtered by.
pub(crate) fn reading(name: &str, text: &str, party: &str, kind: RenewalKind, starts: &str) -> Reading {
    let document = DocumentText::from_plain(DocumentId::of(text.as_bytes()), text);
    let whole = Span::new(0, 3);
    let segments = crate::segment::segment(&document);
    let info = DocumentInfo {
        file_name: name.to_owned(),
        uri: format!("/contracts/{name}"),
        sha256: String::new(),
        ..testing::document(document.document().clone())
    };
    let facts = Facts {
        title: Some(fact(&document, "title", format!("Title of {name}"))),
        kind: Some(fact(&document, "type", "msa".to_owned())),
        parties: vec![fact(&document, "party", Party { name: party.to_owned(), ..Party::default() })],
        governing_law: Some(fact(&document, "law", "New York".to_owned())),
        effective_date: Some(fact(&document, "effective", starts.parse::<DateValue>().unwrap())),
        renewal: Some(fact(&document, "renewal", Renewal::of(kind))),
        ..Facts::default()
    };
    // As the contract stage leaves a document that says nothing.
    let empty = crate::detect::Findings::default();
    let remarks = crate::contract::assemble(info.clone(), empty, &[], &document, &Settings::default()).diagnostics;
    let contract = Contract::new(info, facts, remarks);
    assert_eq!(document.slice(whole).len(), 3);
    Reading { contract, text: document, segments, embeddings: None }
}

fn store(dir: &Path) -> Store {
    Store::write(dir, NOW).unwrap()
}

#[test]
fn saving_twice_replaces_and_is_logged() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = store(dir.path());
    let run = store.begin_run("h", NOW).unwrap();
    let a = reading("a.pdf", "The agreement\u{c}Page two", "Österreich GmbH", RenewalKind::Automatic, "2024-01-01");
    let id = a.contract.document.id.clone();
    assert_eq!(store.save(&a, 10, run, "h", NOW).unwrap(), Saved::New);
    assert_eq!(store.save(&a, 10, run, "h", NOW).unwrap(), Saved::Again);
    assert!(store.up_to_date("h").unwrap().contains(&id));
    assert!(store.up_to_date("other settings").unwrap().is_empty());
    assert_eq!(store.contract(&id).unwrap().unwrap(), a.contract);
    let text = store.text(&id).unwrap().unwrap();
    assert_eq!(text.text, a.text.as_str());
    assert_eq!(text.page_at(text.text.len() - 1), 2);
    let kinds: Vec<_> = store.events(0).unwrap().iter().map(|e| e.kind).collect();
    assert_eq!(kinds, [EventKind::Ingested, EventKind::ReExtracted]);
}

#[test]
fn filters_and_names_find_contracts() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = store(dir.path());
    let run = store.begin_run("h", NOW).unwrap();
    let a = reading("a.pdf", "aaa", "Österreich GmbH", RenewalKind::Automatic, "2024-01-01");
    let b = reading("b.pdf", "bbb", "Beta Inc.", RenewalKind::Evergreen, "perpetual");
    for r in [&b, &a] {
        store.save(r, 1, run, "h", NOW).unwrap();
    }
    let names = |f: Filter| -> Vec<String> {
        store.list().unwrap().into_iter().filter(|r| f.admits(r)).map(|r| r.file_name).collect()
    };
    assert_eq!(names(Filter::default()), ["a.pdf", "b.pdf"]);
    assert_eq!(names(Filter { party: Some("ÖSTERREICH".to_owned()), ..Filter::default() }), ["a.pdf"]);
    assert_eq!(names(Filter { renewal: Some("evergreen".to_owned()), ..Filter::default() }), ["b.pdf"]);
    assert_eq!(
        names(Filter { law: Some("york".to_owned()), kind: Some("MSA".to_owned()), ..Filter::default() }).len(),
        2
    );
    let after = Filter { effective_after: Some("2024-01-01".parse().unwrap()), ..Filter::default() };
    assert_eq!(names(after), ["a.pdf"], "a contract without a date fits no bound");
    let before = Filter { effective_before: Some("2023-12-31".parse().unwrap()), ..Filter::default() };
    assert!(names(before).is_empty());
    assert!(names(Filter { party: Some("%' OR 1=1 --".to_owned()), ..Filter::default() }).is_empty());

    let found = |name: &str| store.find(name).unwrap().len();
    let id = a.contract.document.id.as_str();
    assert_eq!((found(id), found(id.part(..6)), found("a.pdf"), found("a"), found("A")), (1, 1, 1, 1, 1));
    assert_eq!((found("/contracts/a.pdf"), found("zz.pdf"), found(id.part(..3)), found("")), (1, 0, 0, 0));
}

#[test]
fn paths_failures_and_removal() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = store(dir.path());
    let run = store.begin_run("h", NOW).unwrap();
    let a = reading("a.pdf", "aaa", "A", RenewalKind::None, "2024-01-01");
    let id = a.contract.document.id.clone();
    let why = Diagnostic::new("text.broken", Severity::Error, Stage::Text, "broken");
    store.fail("/contracts/a.pdf", Some(&id), &why, NOW).unwrap();
    store.fail("/contracts/a.pdf", Some(&id), &why, NOW).unwrap();
    assert_eq!(store.failures().unwrap().len(), 1);
    store.save(&a, 3, run, "h", NOW).unwrap();
    assert!(store.failures().unwrap().is_empty(), "a path that can be read is no failure");
    assert!(store.note_path(&id, "/copy.pdf", NOW).unwrap());
    assert!(!store.note_path(&id, "/copy.pdf", NOW).unwrap());
    assert_eq!(store.paths(&id).unwrap(), ["/contracts/a.pdf", "/copy.pdf"]);
    store.fail("/copy.pdf", Some(&id), &why, NOW).unwrap();
    assert_eq!(store.counts().unwrap().outdated, 1);
    assert!(store.up_to_date("h").unwrap().is_empty(), "an outdated record is tried again");
    assert!(store.remove(&id, NOW).unwrap());
    assert!(!store.remove(&id, NOW).unwrap());
    assert!(store.contract(&id).unwrap().is_none() && store.text(&id).unwrap().is_none());
    assert!(store.paths(&id).unwrap().is_empty());
    let kinds: Vec<_> = store.events(0).unwrap().iter().map(|e| e.kind).collect();
    assert_eq!(
        kinds,
        [EventKind::Failed, EventKind::Ingested, EventKind::PathAdded, EventKind::Failed, EventKind::Removed]
    );
    assert!(store.db.execute("DELETE FROM events", []).is_err(), "the log is append-only");
    assert!(store.check().unwrap().is_empty());
}

#[test]
fn a_second_writer_is_refused_and_readers_are_not() {
    let dir = tempfile::tempdir().unwrap();
    let first = store(dir.path());
    let second = Store::write(dir.path(), NOW).unwrap_err();
    let text = second.to_string();
    assert!(matches!(second, StoreError::Locked { holder: Some(_), .. }), "{text}");
    assert!(text.contains(&std::process::id().to_string()));
    let mut reader = Store::read(dir.path(), NOW).unwrap();
    assert!(reader.list().unwrap().is_empty());
    assert!(reader.lock().is_err());
    drop(first);
    reader.lock().unwrap();
}

#[test]
fn a_newer_database_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let first = store(dir.path());
    first.db.pragma_update(None, "user_version", 999).unwrap();
    drop(first);
    for error in [Store::write(dir.path(), NOW).unwrap_err(), Store::read(dir.path(), NOW).unwrap_err()] {
        assert!(matches!(error, StoreError::Newer { found: 999, .. }), "{error}");
    }
}

#[test]
fn a_full_disk_keeps_what_was_stored() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = store(dir.path());
    let run = store.begin_run("h", NOW).unwrap();
    let a = reading("a.pdf", "aaa", "A", RenewalKind::None, "2024-01-01");
    store.save(&a, 3, run, "h", NOW).unwrap();
    // Pages that migrations left free would have room.
    store.db.execute_batch("VACUUM").unwrap();
    let pages: i64 = store.db.query_row("PRAGMA page_count", [], |r| r.get(0)).unwrap();
    store.db.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(())).unwrap();
    let noise: String =
        (0..400_000u32).map(|i| char::from(b'a' + (i.wrapping_mul(2_654_435_761) >> 27) as u8 % 26)).collect();
    let b = reading("b.pdf", &noise, "B", RenewalKind::None, "2024-01-01");
    let error = store.save(&b, 3, run, "h", NOW).unwrap_err();
    assert!(matches!(error, StoreError::Full { .. }), "{error}");
    assert!(error.to_string().contains("tickler.db"));
    assert_eq!(store.list().unwrap().len(), 1);
    assert_eq!(store.contract(&a.contract.document.id).unwrap().unwrap(), a.contract);
    assert!(store.check().unwrap().is_empty());
}

#[test]
fn places_that_can_hold_no_store() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    std::fs::write(&file, "x").unwrap();
    let error = Store::write(&file.join("store"), NOW).unwrap_err();
    assert!(matches!(error, StoreError::Folder { .. }) && error.to_string().contains("file/store"), "{error}");
    assert!(matches!(Store::read(&file.join("store"), NOW), Err(StoreError::Missing { .. })));
    assert!(matches!(Store::read(dir.path(), NOW), Err(StoreError::Missing { .. })));
    std::fs::write(dir.path().join("tickler.db"), "this is no database, whatever its name says").unwrap();
    for error in [Store::read(dir.path(), NOW).unwrap_err(), Store::write(dir.path(), NOW).unwrap_err()] {
        assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
    }
}

#[test]
fn a_killed_writer_leaves_a_readable_store() {
    let dir = tempfile::tempdir().unwrap();
    let mut first = store(dir.path());
    let run = first.begin_run("h", NOW).unwrap();
    let a = reading("a.pdf", "aaa", "A", RenewalKind::None, "2024-01-01");
    first.save(&a, 3, run, "h", NOW).unwrap();
    // The files as they lie there while the writer lives, its log not yet folded in.
    let copy = tempfile::tempdir().unwrap();
    for name in ["tickler.db", "tickler.db-wal"] {
        std::fs::copy(dir.path().join(name), copy.path().join(name)).unwrap();
    }
    let reader = Store::read(copy.path(), NOW).unwrap();
    assert_eq!(reader.list().unwrap().len(), 1);
}

#[test]
fn the_closest_sentences_come_first() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = store(dir.path());
    let run = store.begin_run("h", NOW).unwrap();
    let mut save = |name: &str, model: Option<&str>, vectors: &[[f32; 2]]| {
        let mut reading = reading(name, name, "Acme", RenewalKind::None, "2024-01-01");
        let sentences =
            (0..).step_by(2).zip(vectors).map(|(at, v)| (Span::new(at, at + 2), Embedding::of(v))).collect();
        reading.embeddings = model.map(|model| Embeddings { model: model.to_owned(), sentences });
        store.save(&reading, 1, run, "h", NOW).unwrap();
        reading.contract.document.id
    };
    let a = save("first.pdf", Some("m"), &[[1.0, 0.1], [0.0, 1.0]]);
    let b = save("second.pdf", Some("m"), &[[1.0, 0.5]]);
    let c = save("third.pdf", Some("another"), &[[1.0, 0.0]]);
    let d = save("fourth.pdf", None, &[]);
    let question = Embedding::of(&[1.0, 0.0]);
    let ask = |store: &Store, only: Option<&[DocumentId]>, most| {
        let closest = store.closest("m", &question, only, most).unwrap();
        let places: Vec<_> = closest.sentences.iter().map(|s| (s.document.clone(), s.span.start())).collect();
        (places, closest.unread)
    };
    assert_eq!(ask(&store, None, 9), (vec![(a.clone(), 0), (b.clone(), 0), (a.clone(), 2)], 2));
    assert_eq!(ask(&store, None, 1), (vec![(a.clone(), 0)], 2));
    assert_eq!(ask(&store, Some(&[b.clone(), d]), 9), (vec![(b, 0)], 1));
    assert_eq!(ask(&store, Some(&[c]), 9), (vec![], 1), "numbers of another model say nothing");
    // Read again without a model, a document has no embeddings; removed, nothing is left of it.
    let plain = reading("first.pdf", "first.pdf", "Acme", RenewalKind::None, "2024-01-01");
    store.save(&plain, 1, run, "h", NOW).unwrap();
    assert_eq!(ask(&store, Some(&[a]), 9), (vec![], 1));
}

/// Gives a document words that cannot be seen, as a reading does.
fn hide(store: &mut Store, id: &DocumentId, words: &[&str]) {
    let region = PageRegion { page: 1, x0: 1.0, y0: 2.0, x1: 3.0, y1: 4.0 };
    let line = |text: &&str| Hidden { by: HiddenBy::Cover, text: (*text).to_owned(), region };
    let hidden: Vec<Hidden> = words.iter().map(line).collect();
    store
        .change(|tx| {
            hidden::put(tx, id.as_str(), &hidden)?;
            let seal = seal::of_document(tx, id.as_str())?;
            let entry = Entry::of(EventKind::ReExtracted, Some(id.as_str()), Some("/contracts/a.pdf"));
            log(tx, NOW, &Entry { seal: Some(&seal), ..entry })
        })
        .unwrap();
}

/// Two contracts, of which one is linked to the other, with hidden words, an event, a failure and an earlier version.
fn peopled(dir: &Path) -> (Store, [DocumentId; 2]) {
    let mut store = store(dir);
    let run = store.begin_run("h", NOW).unwrap();
    let text = "The agreement begins here and goes on for a while.\u{c}Page two";
    let mut a = reading("a.pdf", text, "Österreich GmbH", RenewalKind::Automatic, "2024-01-01");
    let sentences = vec![(Span::new(0, 3), Embedding::of(&[1.0, 0.5]))];
    a.embeddings = Some(Embeddings { model: "m".to_owned(), sentences });
    let b = reading("b.pdf", "bbb of another agreement", "Beta Inc.", RenewalKind::Evergreen, "2025-02-03");
    for reading in [&a, &b] {
        store.save(reading, 10, run, "h", NOW).unwrap();
    }
    let ids = [a, b].map(|reading| reading.contract.document.id);
    hide(&mut store, &ids[0], &["ninety days", "until 2031"]);
    let old = reading("c.pdf", "ccc of an earlier version", "Gamma Ltd", RenewalKind::None, "2023-02-03");
    store.save(&old, 10, run, "h", NOW).unwrap();
    let new = reading("c.pdf", "ddd is what it says now and here", "Gamma Ltd", RenewalKind::None, "2026-02-03");
    store.save(&new, 10, run, "h", NOW).unwrap();
    store.settle(&[], NOW).unwrap();
    let on = "2026-03-02".parse().unwrap();
    say(&mut store, &ids[1], Content::Link { parent: ByHand::To(ids[0].clone()) });
    say(&mut store, &ids[0], Content::Event { event: "delivery".to_owned(), on, happened: true });
    let value = ValueSaid {
        field: "governing_law".to_owned(),
        fact: None,
        value: "Austria".into(),
        read: None,
        quote: Some("begins here".to_owned()),
        page: Some(1),
        confirmed: false,
    };
    say(&mut store, &ids[0], Content::Value(value));
    store.note_path(&ids[0], "/copy.pdf", NOW).unwrap();
    let why = Diagnostic::new("text.broken", Severity::Error, Stage::Text, "broken");
    store.fail("/broken.pdf", None, &why, NOW).unwrap();
    (store, ids)
}

fn say(store: &mut Store, document: &DocumentId, content: Content) {
    let saying = Saying { who: "Ann".to_owned(), why: Some("as agreed".to_owned()), content };
    store.say(document, &saying, NOW).unwrap();
}

/// Everything that an export of a store depends on.
fn exported(store: &Store) -> Result<String, StoreError> {
    let said = store.said()?;
    let families = store.families(&said)?;
    let mut out = Vec::new();
    for row in store.list()? {
        let view = store.view(&families, &said, &row.id, None)?.map(|view| (view.contract, view.displaced));
        out.push(format!("{row:?} {view:?} {:?}", said.events(&row.id)));
    }
    out.push(format!("{:?}", families.links().collect::<Vec<_>>()));
    out.push(format!("{:?} {:?} {:?}", store.failures()?, store.hidden(&[], None)?, store.agreements()?));
    Ok(out.join("\n"))
}

#[test]
fn a_flipped_bit_is_found_or_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    drop(peopled(dir.path()));
    let path = dir.path().join("tickler.db");
    let (sound, right) = {
        let store = Store::read(dir.path(), NOW).unwrap();
        let found = store.verify();
        assert_eq!(found.problems(), 0, "{found:?}");
        (std::fs::read(&path).unwrap(), exported(&store).unwrap())
    };
    let mut seed = 7u64;
    let mut silent = Vec::new();
    let mut found = 0;
    let most = std::env::var("TICKLER_FLIPS").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000);
    for _ in 0..most {
        // SplitMix64.
        seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        let bit = usize::try_from(z % (sound.len() as u64 * 8)).unwrap();
        let mut bytes = sound.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        for end in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(dir.path().join(format!("tickler.db{end}")));
        }
        std::fs::write(&path, bytes).unwrap();
        let Ok(store) = Store::read(dir.path(), NOW) else {
            found += 1;
            continue;
        };
        if store.verify().problems() > 0 {
            found += 1;
        } else if !exported(&store).is_ok_and(|now| now == right) {
            silent.push(bit);
        }
    }
    assert!(silent.is_empty(), "{} of {most} changed the export and were not found: {silent:?}", silent.len());
    assert!(found > most / 10, "only {found} were found at all");
}

#[test]
fn every_table_is_under_the_chain() {
    for sql in [
        "UPDATE contracts SET record = json_remove(record, '$.renewal')",
        "UPDATE contracts SET record = json_set(record, '$.unknown', 1)",
        "UPDATE contracts SET title = 'another'",
        "UPDATE contracts SET seal = replace(seal, 'a', 'b')",
        "DELETE FROM contracts WHERE document = (SELECT max(document) FROM contracts)",
        "UPDATE texts SET pages = '[[0,2]]'",
        "UPDATE meanings SET model = 'n'",
        "DELETE FROM meanings",
        "UPDATE hidden SET words = 'sixty days' WHERE words = 'ninety days'",
        "UPDATE hidden SET page = 2",
        "UPDATE hidden SET seal = NULL",
        "DELETE FROM hidden WHERE words = 'ninety days'",
        "INSERT INTO hidden SELECT * FROM hidden WHERE words = 'ninety days'",
        "UPDATE agreements SET apart = 1",
        "UPDATE agreements SET agreement = document",
        "DELETE FROM agreements",
        "INSERT INTO agreements SELECT id, id, 'copy', 0 FROM documents WHERE file_name = 'a.pdf'",
        "UPDATE paths SET gone = 1 WHERE uri = '/copy.pdf'",
        "UPDATE documents SET file_name = 'c.pdf' WHERE file_name = 'a.pdf'",
        "UPDATE documents SET status = 'outdated'",
        "UPDATE documents SET pipeline_version = 1",
        "DELETE FROM documents WHERE file_name = 'a.pdf'",
        "UPDATE paths SET uri = '/other.pdf' WHERE uri = '/copy.pdf'",
        "DELETE FROM paths WHERE uri = '/copy.pdf'",
        "UPDATE failures SET message = 'x'",
        "DELETE FROM failures",
        "UPDATE statements SET who = 'Bob' WHERE id = 1",
        "UPDATE statements SET content = replace(content, '2026', '2036')",
        "DELETE FROM statements WHERE id = 2",
        "INSERT INTO statements (at, agreement, kind, content, seal) VALUES ('', 'x', 'event', '{}', '')",
        "CREATE TRIGGER t AFTER INSERT ON runs BEGIN UPDATE contracts SET title = 'x'; END",
        "CREATE VIEW v AS SELECT 1",
        "DROP TRIGGER events_are_kept",
    ] {
        let dir = tempfile::tempdir().unwrap();
        let (store, _) = peopled(dir.path());
        assert_eq!(store.verify().problems(), 0);
        // What is only ever added is changed all the same, and everything else left as it was.
        let triggers = "SELECT group_concat(sql, ';'), group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_schema
                        WHERE type = 'trigger' AND tbl_name = 'statements'";
        let (make, drop): (String, String) = store.db.query_row(triggers, [], |r| Ok((r.get(0)?, r.get(1)?))).unwrap();
        store.db.execute_batch(&format!("PRAGMA foreign_keys = ON; {drop}; {sql}")).unwrap();
        assert!(store.db.changes() > 0 || sql.starts_with("CREATE") || sql.starts_with("DROP"), "{sql}");
        store.db.execute_batch(&make).unwrap();
        assert!(store.verify().problems() > 0, "{sql}");
    }
}

#[test]
fn what_happens_to_a_store_stays_sound() {
    let dir = tempfile::tempdir().unwrap();
    let (mut store, ids) = peopled(dir.path());
    let why = Diagnostic::new("text.broken", Severity::Error, Stage::Text, "broken,\nwith a line");
    let sound = |store: &Store, when: &str| {
        let found = store.verify();
        assert_eq!(found.problems(), 0, "{when}: {:?}", found.findings);
    };
    store.fail("/contracts/a.pdf", Some(&ids[0]), &why, NOW).unwrap();
    sound(&store, "it fails");
    store.fail("/elsewhere\n.pdf", Some(&ids[0]), &why, NOW).unwrap();
    sound(&store, "it fails again elsewhere");
    let run = store.begin_run("h", NOW).unwrap();
    let again = reading("b.pdf", "bbb of another agreement", "Beta GmbH", RenewalKind::None, "2025-02-03");
    store.save(&again, 11, run, "i", NOW).unwrap();
    sound(&store, "it is read again");
    store.fail("/elsewhere\n.pdf", Some(&ids[1]), &why, NOW).unwrap();
    sound(&store, "the other one fails there");
    store.note_path(&ids[1], "/elsewhere\n.pdf", NOW).unwrap();
    say(&mut store, &ids[1], Content::Link { parent: ByHand::Automatic });
    sound(&store, "it is found there, and linked no more");
    store.remove(&ids[0], NOW).unwrap();
    sound(&store, "it is removed");
}

#[test]
fn a_row_that_cannot_be_read_stops_no_other() {
    let dir = tempfile::tempdir().unwrap();
    let (store, [a, b]) = peopled(dir.path());
    let change = |sql: &str| assert_eq!(store.db.execute(sql, [a.as_str()]).unwrap(), 1, "{sql}");
    change("UPDATE contracts SET record = json_remove(record, '$.renewal') WHERE document = ?1");
    let error = store.contract(&a).unwrap_err();
    let text = error.to_string();
    assert!(matches!(error, StoreError::Row { .. }) && text.contains("ingest --force '/contracts/a.pdf'"), "{text}");
    assert!(store.contract(&b).unwrap().is_some());
    assert!(store.or_pass_over(&a, store.contract(&a)).unwrap().is_none());
    let passed = store.passed_over().take();
    assert!(passed.len() == 1 && passed["a.pdf"].contains("record"), "{passed:?}");
    // A card that is none is made of the record, where there is one.
    store.db.execute("UPDATE contracts SET card = 'x'", []).unwrap();
    assert_eq!(store.families(&Said::default()).unwrap().card(&b), None, "the seal of the record is broken by it, too");
    assert_eq!(store.passed_over().take().len(), 3);
    // A row that no document has.
    store
        .db
        .execute_batch("PRAGMA foreign_keys = OFF; UPDATE documents SET pages = -1 WHERE file_name = 'b.pdf'")
        .unwrap();
    assert_eq!(store.list().unwrap().len(), 3);
    assert!(store.passed_over().take().contains_key("b.pdf"));
}

#[test]
fn a_length_is_not_trusted() {
    let dir = tempfile::tempdir().unwrap();
    let (mut store, [a, b]) = peopled(dir.path());
    for length in [i64::MAX, 1 << 45, 1 << 31, 0, -1] {
        store.db.execute("UPDATE texts SET length = ?1 WHERE document = ?2", (length, a.as_str())).unwrap();
        assert!(store.text(&a).is_err(), "{length}");
        assert!(store.verify().problems() > 0);
        // The same by somebody who knows about seals.
        store.change(|tx| seal::TEXTS.begin(tx, a.as_str())).unwrap();
        assert!(store.text(&a).is_err(), "{length}");
        assert!(store.verify().problems() > 0);
    }
    assert!(store.text(&b).unwrap().is_some());
}

#[test]
fn a_restore_takes_rows_of_known_tables_only() {
    let dir = tempfile::tempdir().unwrap();
    let (first, ids) = peopled(dir.path());
    let file = dir.path().parent().unwrap().join(format!("{}.db", dir.path().file_name().unwrap().to_str().unwrap()));
    first
        .db
        .execute_batch(
            "CREATE TABLE more (a); CREATE VIEW v AS SELECT 1;
             CREATE TRIGGER later AFTER INSERT ON events BEGIN
                 UPDATE contracts SET record = replace(record, '2024', '2034'); END",
        )
        .unwrap();
    let right = exported(&first).unwrap();
    drop(first);
    Store::backup(dir.path(), &file, false).unwrap();
    let error = Store::write(dir.path(), NOW).unwrap_err();
    assert!(matches!(error, StoreError::Foreign { .. }) && error.to_string().contains("later"), "{error}");
    let other = tempfile::tempdir().unwrap();
    let restored = Store::restore(other.path(), &file).unwrap();
    std::fs::remove_file(&file).unwrap();
    assert_eq!(restored.left_out, ["table \"more\"", "trigger \"later\"", "view \"v\""]);
    let mut store = Store::write(other.path(), NOW).unwrap();
    store.note_path(&ids[0], "/third.pdf", NOW).unwrap();
    assert_eq!(exported(&store).unwrap(), right);
    assert_eq!(store.verify().problems(), 0, "{:?}", store.verify());
}

#[test]
fn hidden_words_that_were_changed_are_passed_over() {
    let dir = tempfile::tempdir().unwrap();
    let (store, [a, _]) = peopled(dir.path());
    let words = |store: &Store| store.hidden(&[], None).unwrap().into_iter().map(|l| l.words).collect::<Vec<_>>();
    assert_eq!(words(&store), ["ninety days", "until 2031"]);
    for sql in ["UPDATE hidden SET words = 'sixty days' WHERE words LIKE '%days'", "UPDATE hidden SET reason = x'ff'"] {
        let _ = store.db.execute(sql, []);
        assert!(!words(&store).iter().any(|line| line.contains("days")), "{sql}");
        let passed = store.passed_over().take();
        assert!(passed["a.pdf"].contains("cannot be seen") && passed["a.pdf"].contains("ingest --force"), "{passed:?}");
    }
    assert!(store.contract(&a).unwrap().is_some());
}

#[test]
fn a_bad_record_hides_no_other_from_a_search_by_reference() {
    let dir = tempfile::tempdir().unwrap();
    let (store, [a, _]) = peopled(dir.path());
    store.db.execute("UPDATE contracts SET record = '{}' WHERE document = ?1", [a.as_str()]).unwrap();
    assert!(store.find_part("no such reference").unwrap().is_empty());
    assert!(store.passed_over().take().contains_key("a.pdf"));
}

#[test]
fn a_backup_that_is_not_sound_replaces_nothing() {
    for sql in [
        "UPDATE contracts SET title = 'another' WHERE document = ?1",
        "UPDATE hidden SET words = 'another' WHERE document = ?1",
        "UPDATE texts SET pages = '[[0,2]]' WHERE document = ?1",
        "DELETE FROM paths WHERE document = ?1",
        "UPDATE documents SET bytes = 11 WHERE id = ?1",
    ] {
        let dir = tempfile::tempdir().unwrap();
        let (store, [a, _]) = peopled(dir.path());
        let (good, bad) = (dir.path().with_extension("good"), dir.path().with_extension("bad"));
        Store::backup(dir.path(), &good, false).unwrap();
        let right = exported(&store).unwrap();
        drop(store);
        std::fs::copy(&good, &bad).unwrap();
        let db = rusqlite::Connection::open(&bad).unwrap();
        assert!(db.execute(sql, [a.as_str()]).unwrap() > 0, "{sql}");
        drop(db);
        let error = Store::restore(dir.path(), &bad).unwrap_err();
        assert!(matches!(error, StoreError::Unsound { .. }), "{sql}: {error}");
        assert_eq!(exported(&Store::read(dir.path(), NOW).unwrap()).unwrap(), right);
        assert!(!dir.path().join("tickler.db.before-restore").exists());
        Store::restore(dir.path(), &good).unwrap();
        for file in [good, bad] {
            std::fs::remove_file(file).unwrap();
        }
    }
}
