use std::path::Path;

use jiff::Timestamp;

use super::*;
use crate::config::Settings;
use crate::detect::model::{Embedding, Embeddings};
use crate::pipeline::Reading;
use crate::record::value::{DateValue, Party, Renewal, RenewalKind};
use crate::record::{
    Confidence, Contract, Diagnostic, DocumentId, DocumentInfo, Fact, Facts, Origin, Severity, Span, Stage, testing,
};
use crate::text::DocumentText;
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

pub(super) fn store(dir: &Path) -> Store {
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
fn who_the_user_is_is_told_when_a_record_is_shown() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = store(dir.path());
    let run = store.begin_run("h", NOW).unwrap();
    let a = reading("a.pdf", "aaa", "Acme Tools, Inc.", RenewalKind::None, "2024-01-01");
    store.save(&a, 3, run, "h", NOW).unwrap();
    let id = &a.contract.document.id;
    let mut told = |us: &[&str]| {
        let us: Vec<String> = us.iter().map(|name| (*name).to_owned()).collect();
        store = Store::read(dir.path(), NOW).unwrap().of_us(&us);
        let families = store.families(&store.said().unwrap(), &store.state().unwrap()).unwrap();
        let view = store.view(&families, &store.said().unwrap(), id, None).unwrap().unwrap();
        let own = store.contract(id).unwrap().unwrap();
        let [shown, own] = [view.contract, own].map(|contract| contract.parties[0].value().unwrap().is_us);
        assert_eq!(shown, own);
        shown
    };
    assert_eq!(
        [told(&[]), told(&["Acme Tools"]), told(&["Bolt Ltd"]), told(&[])],
        [None, Some(true), Some(false), None]
    );
    assert_eq!(store.verify().problems(), 0);
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
