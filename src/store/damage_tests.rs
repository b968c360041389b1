//! What is not as it was written: it is found, told, and stops nothing else.

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::{Date, date};

use super::chain::{Entry, log};
use super::tests::{reading, store};
use super::*;
use crate::config::Settings;
use crate::detect::model::{Embedding, Embeddings};
use crate::export::{Calendar, Record};
use crate::record::value::RenewalKind;
use crate::record::{Diagnostic, DocumentId, EntryId, Severity, Span, Stage};
use crate::remind::{self, Channel, Reminder, Words};
use crate::said::{ByHand, Content, Said, Saying, ValueSaid};
use crate::text::{Hidden, HiddenBy};
use tickler_pdf::cite::PageRegion;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

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

/// The same with what is kept of calendars and reminders, and for lists.
fn full(dir: &Path) -> (Store, [DocumentId; 2]) {
    let (mut store, ids) = peopled(dir);
    let words = Words {
        name: "Ann".to_owned(),
        owner: None,
        what: "Send notice".to_owned(),
        overdue: false,
        notes: Vec::new(),
        confirmed: false,
        place: "a.pdf".to_owned(),
        event: String::new(),
    };
    let entry: EntryId = "0123456789abcdef".parse().unwrap();
    let key = |recipient: &str| remind::key(&entry, TODAY, TODAY, Channel::Mail, recipient);
    let reminder = |recipient: &str| Reminder {
        key: key(recipient),
        at: NOW,
        message: "m".to_owned(),
        channel: Channel::Mail,
        recipient: recipient.to_owned(),
        document: ids[0].clone(),
        entry: entry.clone(),
        act_by: TODAY,
        day: TODAY,
        told: TODAY,
        words: words.clone(),
    };
    let none = std::collections::BTreeMap::new();
    store.fill(&["ann@example.com", "bo@example.com"].map(reminder), &none, TODAY, NOW).unwrap();
    store.delivered([&*key("ann@example.com")], "mail", NOW).unwrap();
    // Two calendars, with dates that are none any more: the next ones cancel them.
    let written = |sequence: u32, cancelled: bool| {
        let (document, content) = (ids[0].clone(), format!("c{sequence}"));
        Written { document, day: date(2030, 1, 1), sequence, modified: NOW, content, cancelled }
    };
    let other: EntryId = "fedcba9876543210".parse().unwrap();
    let held: Feed = [(entry, written(1, false)), (other, written(2, true))].into();
    store.keep_feed("/other.ics", &held, NOW).unwrap();
    store.keep_feed(CALENDAR, &held, NOW).unwrap();
    let (said, state) = (store.said().unwrap(), store.state().unwrap());
    let families = store.families(&said, &state).unwrap();
    store.made_overview(Overview::Rows, &state, &state, &store.listed().unwrap().0);
    store.made_overview(Overview::Families, &state, &state, &families);
    let parts = store.take_overview();
    store.keep_overview(&parts).unwrap();
    let made = ids.clone().map(|document| MadeDates {
        dates: dates(&store, &document).unwrap().into(),
        document,
        made_of: "made".to_owned(),
    });
    store.keep_dates(&made).unwrap();
    (store, ids)
}

const TODAY: Date = date(2025, 6, 1);
const CALENDAR: &str = "/contracts.ics";

/// What was told before, which has no order of its own.
fn in_order(known: remind::Known) -> impl std::fmt::Debug {
    let mut keys: Vec<String> = known.keys.into_iter().collect();
    keys.sort();
    (keys, known.first.into_iter().collect::<std::collections::BTreeMap<_, _>>())
}

/// The dates of a contract, from where they are kept, else computed.
fn dates(store: &Store, document: &DocumentId) -> Result<Dates, StoreError> {
    if let Some(kept) = store.dates(document, "made")? {
        return Ok(kept);
    }
    let contract = store.contract(document)?.ok_or(StoreError::Missing { path: store.path().to_owned() })?;
    let digest = crate::schedule::Digest::of(&contract, &[], TODAY, date(2030, 1, 1), &Settings::default());
    Ok(Dates { digest, terms: InForce::of(&contract) })
}

/// A calendar that is written again, and what it holds then.
fn calendar(store: &Store, feed: &str) -> Result<(String, Feed), StoreError> {
    let mut calendar = Calendar::begin(Vec::new(), "Deadlines", NOW, &[], store.feed(feed)?).unwrap();
    for row in store.list()? {
        if let Some(contract) = store.contract(&row.id)? {
            calendar.add(&Record::new(contract, Some(TODAY), &Settings::default())).unwrap();
        }
    }
    let (held, out) = calendar.end(TODAY, |_, _| false).unwrap();
    Ok((String::from_utf8(out).unwrap(), held))
}

fn say(store: &mut Store, document: &DocumentId, content: Content) {
    let saying = Saying { who: "Ann".to_owned(), why: Some("as agreed".to_owned()), content };
    store.say(document, &saying, NOW).unwrap();
}

/// Everything that an export of a store depends on.
fn exported(store: &Store) -> Result<String, StoreError> {
    let said = store.said()?;
    let families = store.families(&said, &store.state()?)?;
    let mut out = Vec::new();
    for row in store.list()? {
        let view = store.view(&families, &said, &row.id, None)?.map(|view| (view.contract, view.displaced));
        out.push(format!("{row:?} {view:?} {:?}", said.events(&row.id)));
        out.push(format!("{:?}", postcard::to_stdvec(&dates(store, &row.id)?).unwrap()));
    }
    out.push(calendar(store, CALENDAR)?.0);
    out.push(calendar(store, "/other.ics")?.0);
    out.push(format!("{:?} {:?} {:?}", store.outbox()?, store.waiting()?, in_order(store.reminded()?)));
    out.push(format!("{:?}", families.links().collect::<Vec<_>>()));
    out.push(format!("{:?} {:?} {:?}", store.failures()?, store.hidden(&[], None)?, store.agreements()?));
    Ok(out.join("\n"))
}

#[test]
fn a_flipped_bit_is_found_or_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    drop(full(dir.path()));
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
        "UPDATE feeds SET day = '2036-01-01'",
        "UPDATE feeds SET feed = 'elsewhere.ics' WHERE feed = '/other.ics'",
        "UPDATE feeds SET seal = NULL",
        "DELETE FROM feeds WHERE feed = '/other.ics'",
        "DELETE FROM feeds WHERE entry = '0123456789abcdef'",
        "INSERT INTO feeds SELECT 'new.ics', entry, document, day, sequence, modified, content, cancelled, seal FROM feeds
         WHERE feed = '/other.ics'",
        "UPDATE outbox SET recipient = 'eve@example.com' WHERE recipient LIKE 'ann%'",
        "DELETE FROM outbox WHERE recipient LIKE 'ann%'",
        "UPDATE deliveries SET state = 'lapsed'",
        "DELETE FROM deliveries",
        "CREATE TRIGGER t AFTER INSERT ON runs BEGIN UPDATE contracts SET title = 'x'; END",
        "CREATE VIEW v AS SELECT 1",
        "DROP TRIGGER events_are_kept",
    ] {
        let dir = tempfile::tempdir().unwrap();
        let (store, _) = full(dir.path());
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
    store.families(&Said::default(), &store.state().unwrap()).unwrap();
    assert_eq!(store.passed_over().take().len(), 3, "the seal of the record is broken by it, too");
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
            "CREATE TABLE more (a); CREATE VIEW v AS SELECT 1; CREATE VIRTUAL TABLE words USING fts5(a);
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
    // A virtual table has tables of its own.
    let (words, others): (Vec<&String>, Vec<&String>) = restored.left_out.iter().partition(|it| it.contains("\"words"));
    assert_eq!(others, ["table \"more\"", "trigger \"later\"", "view \"v\""]);
    assert!(words.iter().any(|it| *it == "table \"words\""), "{words:?}");
    let mut store = Store::write(other.path(), NOW).unwrap();
    let left = "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'words%' OR sql LIKE '%VIRTUAL%'";
    assert_eq!(store.db.query_row(left, [], |row| row.get::<_, u32>(0)), Ok(0));
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

#[test]
fn an_event_of_a_calendar_that_was_changed_is_passed_over() {
    let dir = tempfile::tempdir().unwrap();
    let (mut store, _) = full(dir.path());
    let before = store.feed(CALENDAR).unwrap();
    let sql = "UPDATE feeds SET day = '2029-01-01' WHERE feed = ?1 AND entry = '0123456789abcdef'";
    assert_eq!(store.db.execute(sql, [CALENDAR]).unwrap(), 1);
    assert_eq!(store.feed(CALENDAR).unwrap().len(), before.len() - 1);
    let passed = store.passed_over().take();
    assert!(passed.keys().next().is_some_and(|name| name.contains(CALENDAR)), "{passed:?}");
    assert_eq!(store.verify().problems(), 1);
    // What is written next is whole again, and a calendar without events is one of which nothing is kept.
    store.keep_feed(CALENDAR, &before, NOW).unwrap();
    assert_eq!((store.verify().problems(), store.feed(CALENDAR).unwrap()), (0, before));
    store.keep_feed(CALENDAR, &Feed::new(), NOW).unwrap();
    assert_eq!((store.verify().problems(), store.feed(CALENDAR).unwrap().len()), (0, 0));
}

#[test]
fn a_restore_derives_anew_what_is_derived() {
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = full(dir.path());
    let file = dir.path().with_extension("derived");
    let right = exported(&store).unwrap();
    drop(store);
    assert!(Store::backup(dir.path(), &file, false).unwrap().problems.is_empty());
    let other = tempfile::tempdir().unwrap();
    Store::restore(other.path(), &file).unwrap();
    std::fs::remove_file(&file).unwrap();
    let store = Store::read(other.path(), NOW).unwrap();
    assert_eq!(exported(&store).unwrap(), right);
    let kept: i64 = store
        .db
        .query_row("SELECT (SELECT count(*) FROM overview) + (SELECT count(*) FROM dates)", [], |r| r.get(0))
        .unwrap();
    assert_eq!(kept, 0);
}
