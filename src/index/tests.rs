use jiff::Timestamp;

use super::*;
use crate::detect::model::{Embedding, Embeddings};
use crate::record::Span;
use crate::record::value::RenewalKind;
use crate::store::Store;
use crate::store::tests::reading;
use tickler_pdf::cite::Part as _;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn save(store: &mut Store, name: &str, text: &str, party: &str) -> crate::record::DocumentId {
    let reading = reading(name, text, party, RenewalKind::Automatic, "2024-01-01");
    store.save(&reading, 1, 1, "h", NOW).unwrap();
    reading.contract.document.id
}

fn filled(dir: &std::path::Path) -> Store {
    let mut store = Store::write(dir, NOW).unwrap();
    store.begin_run("h", NOW).unwrap();
    save(
        &mut store,
        "hosting.pdf",
        "Renewal\nThis Agreement renews unless written notice is given.\u{c}Termination\nEither party may terminate for cause.",
        "Acme Corporation",
    );
    save(
        &mut store,
        "lease.pdf",
        "Rent\nThe Tenant shall pay rent monthly. No notice of renewal is needed.",
        "Beta GmbH",
    );
    store
}

fn files(index: &Index, query: &str) -> Vec<String> {
    let results = index.search(&Query::parse(query).unwrap(), None, 10).unwrap();
    assert!(!results.partial, "{query}");
    let mut names: Vec<String> = results.hits.into_iter().map(|h| h.file_name).collect();
    names.sort();
    names
}

#[test]
fn words_phrases_exclusions_and_names() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = filled(dir.path());
    let (index, followed) = Index::open(&mut store).unwrap();
    assert_eq!(followed, Followed::Rebuilt { contracts: 2 });
    assert_eq!(files(&index, "renewing"), ["hosting.pdf", "lease.pdf"]);
    assert_eq!(files(&index, "\"written notice\""), ["hosting.pdf"]);
    assert_eq!(files(&index, "\"notice written\""), Vec::<String>::new());
    assert_eq!(files(&index, "renewal -rent"), ["hosting.pdf"]);
    assert_eq!(files(&index, "renewal -\"notice of renewal\""), ["hosting.pdf"]);
    assert_eq!(files(&index, "acme notice"), ["hosting.pdf"]);
    assert_eq!(files(&index, "lease"), ["lease.pdf"], "the name of the file counts");
}

#[test]
fn hits_lead_to_the_page_and_mark_the_words() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = filled(dir.path());
    let (index, _) = Index::open(&mut store).unwrap();
    let results = index.search(&Query::parse("terminate \"for cause\"").unwrap(), None, 10).unwrap();
    let hit = &results.hits[0];
    assert_eq!(hit.page, 2);
    let marked: Vec<&str> = hit.marks.iter().map(|(a, b)| hit.snippet.part(*a..*b)).collect();
    assert!(marked.contains(&"terminate") && marked.contains(&"for cause"), "{marked:?}");
}

#[test]
fn some_words_are_better_than_none_and_are_said_to_be() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = filled(dir.path());
    let (index, _) = Index::open(&mut store).unwrap();
    let results = index.search(&Query::parse("rent zebra").unwrap(), None, 10).unwrap();
    assert!(results.partial && results.hits[0].file_name == "lease.pdf");
    let none = index.search(&Query::parse("zebra").unwrap(), None, 10).unwrap();
    assert!(none.total == 0 && !none.partial && none.hits.is_empty());
}

#[test]
fn only_the_contracts_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = filled(dir.path());
    let lease = store.find("lease.pdf").unwrap()[0].id.clone();
    let (index, _) = Index::open(&mut store).unwrap();
    let query = Query::parse("notice").unwrap();
    assert_eq!(index.search(&query, None, 10).unwrap().total, 2);
    assert_eq!(index.search(&query, Some(&[lease]), 10).unwrap().total, 1);
    assert_eq!(index.search(&query, Some(&[]), 10).unwrap().total, 0);
}

#[test]
fn follows_the_store() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = filled(dir.path());
    let (_, first) = Index::open(&mut store).unwrap();
    assert_eq!(first, Followed::Rebuilt { contracts: 2 });
    assert_eq!(Index::open(&mut store).unwrap().1, Followed::Fresh);
    let id = save(&mut store, "nda.pdf", "Secrets\nKeep everything confidential.", "Gamma");
    let (index, followed) = Index::open(&mut store).unwrap();
    assert_eq!(followed, Followed::Updated { contracts: 1 });
    assert_eq!(files(&index, "confidentiality"), ["nda.pdf"]);
    store.remove(&id, NOW).unwrap();
    let (index, _) = Index::open(&mut store).unwrap();
    assert!(files(&index, "confidentiality").is_empty());
}

#[test]
fn a_damaged_missing_or_foreign_index_is_made_anew() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = filled(dir.path());
    Index::open(&mut store).unwrap();
    let folder = store.index_dir();
    let rebuilt = Followed::Rebuilt { contracts: 2 };

    std::fs::write(folder.join("meta.json"), "{").unwrap();
    assert_eq!(Index::open(&mut store).unwrap().1, rebuilt);

    for file in std::fs::read_dir(&folder).unwrap().map(|f| f.unwrap().path()) {
        if file.extension().is_some_and(|e| e == "idx" || e == "term") {
            std::fs::write(file, "short").unwrap();
        }
    }
    let (index, followed) = Index::open(&mut store).unwrap();
    assert_eq!(followed, rebuilt);
    assert_eq!(files(&index, "rent"), ["lease.pdf"]);

    // Bytes in the middle of a file, which its ends do not tell.
    for kind in ["idx", "pos", "store", "term", "fast", "fieldnorm"] {
        for file in std::fs::read_dir(&folder).unwrap().map(|f| f.unwrap().path()) {
            let mut bytes = std::fs::read(&file).unwrap();
            if file.extension().is_some_and(|e| e == kind) {
                let (middle, length) = (bytes.len() / 3, bytes.len() / 6 + 1);
                bytes[middle..middle + length].iter_mut().for_each(|byte| *byte = !*byte);
                std::fs::write(file, bytes).unwrap();
            }
        }
        let (index, followed) = Index::open(&mut store).unwrap();
        assert_eq!(followed, rebuilt, "{kind}");
        assert_eq!(files(&index, "rent"), ["lease.pdf"], "{kind}");
    }

    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(Index::open(&mut store).unwrap().1, rebuilt);

    let other = tempfile::tempdir().unwrap();
    let mut second = Store::write(other.path(), Timestamp::from_second(1).unwrap()).unwrap();
    std::fs::create_dir_all(second.index_dir()).unwrap();
    for file in std::fs::read_dir(&folder).unwrap().map(|f| f.unwrap().path()) {
        std::fs::copy(&file, second.index_dir().join(file.file_name().unwrap())).unwrap();
    }
    assert_eq!(Index::open(&mut second).unwrap().1, Followed::Rebuilt { contracts: 0 });
}

#[test]
fn files_are_compared_again_when_they_changed() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = filled(dir.path());
    Index::open(&mut store).unwrap();
    let kept = store.index_dir().join("checked.json");
    let stamps = || -> serde_json::Value { serde_json::from_slice(&std::fs::read(&kept).unwrap()).unwrap() };
    let first = stamps();
    assert_eq!(first.as_object().unwrap().len(), 6, "{first}");
    // A new segment is compared when it is written.
    let id = save(&mut store, "nda.pdf", "Secrets\nKeep everything confidential.", "Gamma");
    Index::open(&mut store).unwrap();
    assert_eq!(stamps().as_object().unwrap().len(), 12);
    // The segment of the removed contract is gone.
    store.remove(&id, NOW).unwrap();
    Index::open(&mut store).unwrap();
    let last = stamps();
    assert_eq!(last, first);

    // A file that was only touched is compared, and is found whole.
    let (name, _) = last.as_object().unwrap().iter().next().unwrap();
    let file = std::fs::File::options().append(true).open(store.index_dir().join(name)).unwrap();
    file.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
    assert_eq!(Index::open(&mut store).unwrap().1, Followed::Fresh);
    assert_eq!(stamps()[name]["changed"], 0);

    // Without the list, or with a damaged one, all are compared again.
    std::fs::write(&kept, "{").unwrap();
    assert_eq!(Index::open(&mut store).unwrap().1, Followed::Fresh);
    assert_eq!(stamps().as_object().unwrap().len(), last.as_object().unwrap().len());
}

#[test]
fn an_index_that_cannot_be_written_is_made_in_memory() {
    let dir = tempfile::tempdir().unwrap();
    drop(filled(dir.path()));
    std::fs::write(dir.path().join("index.new"), "a file where a folder must be").unwrap();
    let mut store = Store::read(dir.path(), NOW).unwrap();
    let (index, followed) = Index::open(&mut store).unwrap();
    assert_eq!(followed, Followed::InMemory);
    assert_eq!(files(&index, "rent"), ["lease.pdf"]);
}

#[test]
fn meaning_and_words_are_joined() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::write(dir.path(), NOW).unwrap();
    store.begin_run("h", NOW).unwrap();
    let text =
        "1. Price. Fees go up each year.\n\u{c}2. Exit. Either party may leave.\n\n3. Law. The law of Texas applies.";
    let mut read = reading("a.pdf", text, "Acme", RenewalKind::None, "2024-01-01");
    let sentence = |words: &str, v: [f32; 2]| {
        let start = read.text.as_str().find(words).unwrap();
        (Span::new(start, start + words.len()), Embedding::of(&v))
    };
    let sentences =
        vec![sentence("Fees go up each year.", [1.0, 0.2]), sentence("Either party may leave.", [0.2, 1.0])];
    read.embeddings = Some(Embeddings { model: "m".to_owned(), sentences });
    store.save(&read, 1, 1, "h", NOW).unwrap();
    let (index, _) = Index::open(&mut store).unwrap();
    let ask = |words: &str, v: [f32; 2]| {
        let question = Question { model: "m", embedding: &Embedding::of(&v) };
        let query = Query::parse(words).unwrap();
        let (results, unread) = index.semantic_search(&store, &query, &question, None, 10).unwrap();
        assert_eq!(unread, 0);
        results.hits
    };
    let hits = ask("can we quit?", [0.0, 1.0]);
    assert_eq!(hits[0].snippet, "Either party may leave.");
    assert_eq!(hits[0].page, 2);
    assert!(hits[0].similarity.unwrap() > 0.9 && hits[0].text.contains("leave"));
    assert_eq!(hits.len(), 2, "the clause of which the model says nothing has none of the words");
    // Found by its words alone, and joined.
    let hits = ask("law of Texas", [0.0, 1.0]);
    assert!(hits.iter().any(|h| h.snippet.contains("Texas") && h.similarity.is_none() && !h.marks.is_empty()));
    assert!(ask("quit -leave", [0.0, 1.0]).iter().all(|h| !h.text.contains("leave")), "what is excluded stays away");
    let (none, _) = index
        .semantic_search(
            &store,
            &Query::parse("quit").unwrap(),
            &Question { model: "m", embedding: &Embedding::of(&[0.0, 1.0]) },
            Some(&[]),
            10,
        )
        .unwrap();
    assert!(none.hits.is_empty());
}

#[test]
fn a_search_finds_the_same_in_the_same_order_however_the_index_came_to_be() {
    // Twins tie, and are told apart by nothing but their identity.
    let text = |n: usize| {
        let twin = n / 2 * 2;
        let words = ["notice", "renewal", "rent", "notice of renewal"][n / 2 % 4];
        format!(
            "1. Term\nThe {words} is given in {}. {words}.\n\n2. End {n}\nNo {words} ends it.",
            "writing ".repeat(twin)
        )
    };
    let add = |store: &mut Store, n: usize| save(store, &format!("{n}.pdf"), &text(n), ["Acme", "Beta"][n % 2]);
    let ask = |index: &Index| -> Vec<Vec<(String, Option<String>, u32)>> {
        let queries =
            ["notice", "renewal", "notice renewal", "\"notice of renewal\"", "rent -end", "acme notice", "writing"];
        let found = |query, limit| index.search(&Query::parse(query).unwrap(), None, limit).unwrap().hits;
        let told = |h: Hit| (h.file_name, h.number, h.score.to_bits());
        queries.iter().flat_map(|q| [3, 100].map(|most| found(q, most).into_iter().map(told).collect())).collect()
    };
    let mut answers = Vec::new();
    for order in [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], [11, 3, 7, 0, 9, 5, 1, 10, 2, 8, 4, 6]] {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::write(dir.path(), NOW).unwrap();
        store.begin_run("h", NOW).unwrap();
        for n in order {
            add(&mut store, n);
            Index::open(&mut store).unwrap();
        }
        // Some come and go, and some are read again: what was deleted must not count.
        let gone = save(&mut store, "gone.pdf", "1. Notice\nNotice notice renewal rent writing.", "Acme");
        Index::open(&mut store).unwrap();
        for n in [order[0], order[5]] {
            add(&mut store, n);
        }
        store.remove(&gone, NOW).unwrap();
        let (index, _) = Index::open(&mut store).unwrap();
        answers.push(ask(&index));
        drop(index);
        let (index, _) = Index::rebuild(&mut store).unwrap();
        answers.push(ask(&index));
    }
    assert!(answers[0].iter().all(|hits| !hits.is_empty()), "{:?}", answers[0]);
    for other in &answers[1..] {
        assert_eq!(*other, answers[0]);
    }
}

#[test]
fn an_index_without_one_of_its_files_is_made_anew() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = filled(dir.path());
    Index::open(&mut store).unwrap();
    for end in ["pos", "idx", "term", "store", "fast", "fieldnorm"] {
        let files = std::fs::read_dir(store.index_dir()).unwrap().map(|f| f.unwrap().path());
        let file = files.into_iter().find(|f| f.extension().is_some_and(|e| e == end)).unwrap();
        std::fs::remove_file(file).unwrap();
        let (index, followed) = Index::open(&mut store).unwrap();
        assert_eq!(followed, Followed::Rebuilt { contracts: 2 }, "{end}");
        assert_eq!(files_of(&index), ["hosting.pdf"], "{end}");
    }
}

fn files_of(index: &Index) -> Vec<String> {
    files(index, "\"written notice\"")
}
