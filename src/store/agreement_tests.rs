//! Versions, copies, and files that are renamed or gone.

use jiff::Timestamp;

use super::tests::reading;
use super::*;
use crate::pipeline::Reading;
use crate::record::DocumentId;
use crate::record::value::RenewalKind;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

/// A folder with files, and the store of them.
struct Bench {
    store: Store,
    dir: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::write(&dir.path().join("store"), NOW).unwrap();
        Self { store, dir }
    }

    fn path(&self, name: &str) -> String {
        self.dir.path().join("in").join(name).to_str().unwrap().to_owned()
    }

    /// One ingest of a folder with these files, each a name and its text.
    fn ingest(&mut self, files: &[(&str, &str)]) {
        let folder = self.path("");
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir(&folder).unwrap();
        let run = self.store.begin_run("h", NOW).unwrap();
        for (name, text) in files {
            std::fs::write(self.path(name), text).unwrap();
            let mut reading: Reading = reading(name, text, "Beta GmbH", RenewalKind::None, "2024-01-01");
            reading.contract.document.uri = self.path(name);
            if self.store.list().unwrap().iter().any(|row| row.id == reading.contract.document.id) {
                self.store.note_path(&reading.contract.document.id, &self.path(name), NOW).unwrap();
            } else {
                self.store.save(&reading, 10, run, "h", NOW).unwrap();
            }
        }
        self.store.settle(&[folder.trim_end_matches('/').to_owned()], NOW).unwrap();
        let found = self.store.verify_rows();
        assert_eq!(found.problems(), 0, "{:?}", found.findings);
    }

    /// Each document as the list tells it: its name, and what is behind it.
    fn listed(&self) -> Vec<String> {
        let told = |row: ContractRow| {
            let copy = row.copy_of.is_some();
            let state = [(row.replaced, " replaced"), (row.gone, " gone"), (copy, " copy")];
            row.file_name + &state.iter().filter(|(is, _)| *is).map(|(_, word)| *word).collect::<String>()
        };
        let mut out: Vec<String> = self.store.list().unwrap().into_iter().map(told).collect();
        out.sort();
        out
    }

    fn agreement(&self, text: &str) -> DocumentId {
        self.store.agreement(&id(text)).unwrap()
    }
}

fn id(text: &str) -> DocumentId {
    DocumentId::of(text.as_bytes())
}

const ONE: &str = "The first contract says that oranges are delivered on each Monday of the year";
const OTHER: &str = "Something else is what the second one says: bread and nothing besides";
const LATER: &str = "After the talks, pears are delivered to the door whenever they are ripe";

#[test]
fn a_file_that_was_replaced_is_an_earlier_version() {
    let mut bench = Bench::new();
    bench.ingest(&[("a.pdf", ONE), ("b.pdf", OTHER)]);
    assert_eq!(bench.listed(), ["a.pdf", "b.pdf"]);
    bench.ingest(&[("a.pdf", LATER), ("b.pdf", OTHER)]);
    assert_eq!(bench.listed(), ["a.pdf", "a.pdf replaced", "b.pdf"]);
    assert_eq!((bench.agreement(LATER), bench.agreement(OTHER)), (id(ONE), id(OTHER)));
    // A third one, and back to the first.
    bench.ingest(&[("a.pdf", "Third time lucky: plums"), ("b.pdf", OTHER)]);
    assert_eq!(bench.agreement("Third time lucky: plums"), id(ONE));
    bench.ingest(&[("a.pdf", ONE), ("b.pdf", OTHER)]);
    assert_eq!(bench.listed(), ["a.pdf", "a.pdf replaced", "a.pdf replaced", "b.pdf"]);
    // The name of the agreement outlives its first document.
    bench.ingest(&[("a.pdf", LATER), ("b.pdf", OTHER)]);
    bench.store.remove(&id(ONE), NOW).unwrap();
    assert_eq!(bench.agreement(LATER), id(ONE));
    assert_eq!(bench.store.agreements().unwrap().get(&id(LATER)), Some(&id(ONE)));
}

#[test]
fn a_replaced_file_whose_heir_is_known_belongs_to_it() {
    let mut bench = Bench::new();
    bench.ingest(&[("a.pdf", ONE), ("b.pdf", OTHER)]);
    bench.ingest(&[("a.pdf", OTHER), ("b.pdf", OTHER)]);
    assert_eq!(bench.listed(), ["a.pdf replaced", "b.pdf"]);
    assert_eq!(bench.agreement(ONE), id(OTHER));
}

#[test]
fn a_renamed_file_keeps_its_identity_and_gets_its_name() {
    let mut bench = Bench::new();
    bench.ingest(&[("a.pdf", ONE), ("b.pdf", OTHER)]);
    bench.ingest(&[("new.pdf", ONE), ("b.pdf", OTHER)]);
    assert_eq!(bench.listed(), ["b.pdf", "new.pdf"]);
    let row = bench.store.find("new.pdf").unwrap().remove(0);
    assert_eq!((row.uri, bench.store.paths(&id(ONE)).unwrap()), (bench.path("new.pdf"), vec![bench.path("new.pdf")]));
    assert_eq!(bench.store.contract(&id(ONE)).unwrap().unwrap().document.file_name, "new.pdf");
    // Another contract under the old name is no version of it.
    bench.ingest(&[("new.pdf", ONE), ("b.pdf", OTHER), ("a.pdf", LATER)]);
    assert_eq!(bench.listed(), ["a.pdf", "b.pdf", "new.pdf"]);
    assert_eq!(bench.agreement(LATER), id(LATER));
    // Names that are exchanged.
    bench.ingest(&[("new.pdf", OTHER), ("b.pdf", ONE), ("a.pdf", LATER)]);
    let name = |text: &str| bench.store.find(id(text).as_str()).unwrap().remove(0).file_name;
    assert_eq!((name(ONE), name(OTHER)), ("b.pdf".to_owned(), "new.pdf".to_owned()));
    assert!(bench.store.agreements().unwrap().is_empty());
}

#[test]
fn a_file_that_is_gone_is_told_and_comes_back() {
    let mut bench = Bench::new();
    bench.ingest(&[("a.pdf", ONE), ("b.pdf", OTHER)]);
    let before = bench.store.last_event().unwrap();
    bench.ingest(&[("b.pdf", OTHER)]);
    assert_eq!(bench.listed(), ["a.pdf gone", "b.pdf"]);
    let told: Vec<EventKind> = bench.store.events(before).unwrap().into_iter().map(|event| event.kind).collect();
    assert_eq!(told, [EventKind::Gone]);
    bench.ingest(&[("b.pdf", OTHER)]);
    assert_eq!(bench.store.last_event().unwrap(), before + 1, "it is told once");
    bench.ingest(&[("b.pdf", OTHER), ("sub.pdf", ONE)]);
    assert_eq!(bench.listed(), ["b.pdf", "sub.pdf"]);
    bench.ingest(&[("b.pdf", OTHER)]);
    bench.ingest(&[("b.pdf", OTHER), ("sub.pdf", ONE)]);
    assert_eq!(bench.listed(), ["b.pdf", "sub.pdf"]);
    // A folder that was not named is not looked at.
    std::fs::remove_file(bench.path("sub.pdf")).unwrap();
    bench.store.settle(&["/elsewhere".to_owned(), bench.path("su")], NOW).unwrap();
    assert_eq!(bench.listed(), ["b.pdf", "sub.pdf"]);
}

#[test]
fn files_with_the_same_words_are_one_agreement() {
    let mut bench = Bench::new();
    let spaced = ONE.replace("oranges are", "oranges  are");
    bench.ingest(&[("a.pdf", ONE), ("b.pdf", OTHER)]);
    bench.ingest(&[("a.pdf", ONE), ("b.pdf", OTHER), ("signed.pdf", &spaced)]);
    assert_eq!(bench.listed(), ["a.pdf", "b.pdf", "signed.pdf copy"]);
    assert_eq!(bench.agreement(&spaced), id(ONE));
    // Without the first, the other one counts.
    bench.ingest(&[("b.pdf", OTHER), ("signed.pdf", &spaced)]);
    assert_eq!(bench.listed(), ["a.pdf gone copy", "b.pdf", "signed.pdf"]);
    bench.store.set_apart(&id(&spaced), true, NOW).unwrap();
    assert_eq!(bench.listed(), ["a.pdf gone", "b.pdf", "signed.pdf"]);
    bench.store.set_apart(&id(&spaced), false, NOW).unwrap();
    assert_eq!(bench.agreement(&spaced), id(ONE));
    // By hand, and back.
    bench.store.join(&id(OTHER), &id(ONE), NOW).unwrap();
    assert_eq!(bench.agreement(OTHER), id(ONE));
    bench.store.set_apart(&id(OTHER), false, NOW).unwrap();
    assert_eq!(bench.agreement(OTHER), id(OTHER));
    assert_eq!(bench.store.verify_rows().problems(), 0);
}

#[test]
fn what_was_set_apart_stays_apart() {
    let mut bench = Bench::new();
    bench.ingest(&[("scan.pdf", ONE)]);
    bench.ingest(&[("scan.pdf", OTHER)]);
    bench.store.set_apart(&id(OTHER), true, NOW).unwrap();
    bench.ingest(&[("scan.pdf", OTHER)]);
    assert_eq!(bench.listed(), ["scan.pdf", "scan.pdf gone"]);
    assert_eq!((bench.agreement(ONE), bench.agreement(OTHER)), (id(ONE), id(OTHER)));
}

#[test]
fn the_signed_file_counts() {
    use crate::record::value::signature::Execution;
    let mut bench = Bench::new();
    let spaced = ONE.replace("oranges are", "oranges  are");
    bench.ingest(&[("draft.pdf", ONE), ("signed.pdf", &spaced)]);
    assert_eq!(bench.listed(), ["draft.pdf", "signed.pdf copy"]);
    let mut card: crate::family::Card = {
        let sql = "SELECT card FROM contracts WHERE document = ?1";
        let json: String = bench.store.db.query_row(sql, [id(&spaced).as_str()], |r| r.get(0)).unwrap();
        serde_json::from_str(&json).unwrap()
    };
    card.execution = Some(Execution::Signed);
    let json = serde_json::to_string(&card).unwrap();
    let sql = "UPDATE contracts SET card = ?2 WHERE document = ?1";
    bench.store.db.execute(sql, [id(&spaced).as_str(), &json]).unwrap();
    assert_eq!(bench.listed(), ["draft.pdf copy", "signed.pdf"]);
}

#[test]
fn the_file_whose_blanks_are_filled_in_counts() {
    let mut bench = Bench::new();
    let words =
        "The Supplier delivers oranges, and the Buyer pays each invoice within thirty days of its receipt. ".repeat(3);
    let [form, filled] =
        ["________", "28 February 2027"].map(|end| format!("{words} The term ends on {end}. Nothing else is agreed."));
    bench.ingest(&[("form.pdf", &form), ("other.pdf", &filled)]);
    assert_eq!(bench.agreement(&filled), id(&form));
    assert_eq!(bench.listed(), ["form.pdf copy", "other.pdf"]);
    // Its name says nothing of its blanks.
    bench.ingest(&[("renamed.pdf", &form), ("other.pdf", &filled)]);
    assert_eq!(bench.listed(), ["other.pdf", "renamed.pdf copy"]);
}
