//! What people say: it counts, it stays, it can be taken back, and it is told.

use std::fs;

use serde_json::Value;
use tickler::record::Part as _;

use crate::common::{Bench, CONTRACTS, DAY, fixture};

const MSA: &str = CONTRACTS[0];

/// A store whose user has a name.
fn bench() -> Bench {
    let bench = Bench::ingested();
    fs::create_dir_all(bench.path("home/.config/tickler")).unwrap();
    bench.write("home/.config/tickler/tickler.toml", "me = \"Ann Field\"\n");
    bench
}

fn shown(bench: &Bench, contract: &str) -> Value {
    bench.json(&["show", contract, "--as-of", DAY, "--format", "json"])
}

/// The day to act on the notice about the first term.
fn act_by(bench: &Bench) -> String {
    let record = shown(bench, MSA);
    let first = |e: &&Value| e["kind"] == "notice_deadline" && e["occurrence"] == 0;
    let entry = record["schedule"].as_array().unwrap().iter().find(first).unwrap().clone();
    entry["act_by"].as_str().unwrap().to_owned()
}

fn sound(bench: &Bench) {
    assert_eq!(bench.json(&["verify", "--format", "json"])["sound"], true);
}

/// Puts another version of the file in its place, which says the same.
fn new_version(bench: &Bench, name: &str) {
    let path = bench.path("in").join(name);
    let mut bytes = fs::read(&path).unwrap();
    bytes.extend(b"\n% another version\n");
    fs::write(path, bytes).unwrap();
}

/// Of a field with several values one can be added, and one that was read can be taken out.
#[test]
fn a_party_is_added_and_another_one_taken_out() {
    let bench = bench();
    let parties = || -> Vec<String> {
        let list = bench.json(&["list", "--format", "json"]);
        let row = list.as_array().unwrap().iter().find(|row| row["file_name"] == MSA).unwrap().clone();
        row["parties"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
    };
    let read = parties();
    let (code, why) = bench.fails(&["set", MSA, "parties", "Holloway Rail LLC"]);
    assert!(code == 2 && why.contains("--why"), "{why}");
    for name in ["Holloway Rail LLC", "Holloway Air LLC"] {
        bench.out(&["set", MSA, "parties", name, "--why", "joined by letter"]);
    }
    assert_eq!(parties().len(), read.len() + 2);
    assert!(["Holloway Rail LLC", "Holloway Air LLC"].iter().all(|name| parties().contains(&(*name).to_owned())));
    let id = shown(&bench, MSA)["parties"][0]["id"].as_str().unwrap().to_owned();
    let told = bench.out(&["set", MSA, &id, "none", "--why", "left"]);
    assert!(told.contains("struck out"), "{told}");
    assert!(!parties().contains(&read[0]) && parties().len() == read.len() + 1, "{:?}", parties());
    bench.run(&["ingest", "in", "--force"]).assert().success();
    assert!(!parties().contains(&read[0]));
    bench.out(&["unset", MSA, "parties"]);
    assert_eq!(parties(), read);
    sound(&bench);
}

/// Without words of the contract a value of a person has none, and not those in which another one was read.
#[test]
fn a_value_without_a_quote_has_no_proof() {
    let bench = bench();
    let read = shown(&bench, MSA)["renewal"].clone();
    bench.out(&["set", MSA, "renewal.notice_period", "90 days", "--why", "side letter"]);
    let record = shown(&bench, MSA);
    let (renewal, correction) = (&record["renewal"], &record["corrections"][0]);
    assert_eq!((&renewal["raw"], renewal["evidence"].as_array().unwrap().len()), (&"".into(), 1), "{renewal}");
    assert_eq!(renewal["evidence"][0]["quote"], "");
    assert_eq!(correction["read_quote"], read["evidence"][0]["quote"]);
    let entry = record["schedule"].as_array().unwrap().iter().find(|e| e["kind"] == "notice_deadline").unwrap();
    let why = bench.out(&["explain", entry["id"].as_str().unwrap(), "--as-of", DAY]);
    assert!(why.contains("no words of the contract") && why.contains("as Ann Field gave"), "{why}");
    // What is found right keeps its words.
    bench.out(&["unset", MSA, "renewal"]);
    bench.out(&["confirm", MSA, "renewal"]);
    assert_eq!(shown(&bench, MSA)["renewal"]["evidence"], read["evidence"]);
}

#[test]
fn a_corrected_value_counts_everywhere_and_stays() {
    let bench = bench();
    assert_eq!(act_by(&bench), "2026-11-25");
    let quote = "at least sixty (60) days";
    let said = bench.out(&[
        "set",
        MSA,
        "renewal.notice_period",
        "90 days",
        "--page",
        "3",
        "--quote",
        quote,
        "--why",
        "side letter",
    ]);
    assert!(said.contains("90 days") && said.contains("The next day to act is"), "{said}");
    let corrected = act_by(&bench);
    assert!(corrected.as_str() < "2026-11-01", "{corrected}");
    let check = |when: &str| {
        let record = shown(&bench, MSA);
        let renewal = &record["renewal"];
        assert_eq!(renewal["value"]["notice_period"]["iso"], "P90D", "{when}");
        assert_eq!((&renewal["origin"]["kind"], &renewal["origin"]["id"]), (&"reviewer".into(), &"Ann Field".into()));
        let proof = renewal["evidence"].as_array().unwrap();
        assert_eq!((proof.len(), &proof[0]["quote"]), (1, &quote.into()), "{when}: what says 60 days proves no 90");
        let correction = &record["corrections"][0];
        assert!(correction["read_quote"].as_str().unwrap().contains("sixty (60) days"), "{when}: {correction}");
        assert_eq!(correction["read_page"], 3, "{when}");
        assert_eq!(correction["read"]["notice_period"]["iso"], "P60D", "{when}");
        assert_eq!((&correction["who"], &correction["why"]), (&"Ann Field".into(), &"side letter".into()));
        assert_eq!(correction["conflict"], Value::Null, "{when}");
        assert_eq!(act_by(&bench), corrected, "{when}");
        sound(&bench);
    };
    check("at once");
    bench.run(&["ingest", "in", "--force"]).assert().success();
    check("read anew");
    new_version(&bench, MSA);
    bench.run(&["ingest", "in"]).assert().success();
    check("a new version of the file");
    bench.run(&["backup", "b.db"]).assert().success();
    bench.run(&["restore", "b.db"]).assert().success();
    check("restored");

    let out = bench.out(&["show", MSA, "--as-of", DAY]);
    assert!(out.contains("Set by Ann Field on") && out.contains("side letter. Read:"), "{out}");
    let entry = shown(&bench, MSA)["schedule"]
        .as_array()
        .unwrap()
        .iter()
        .find(|e| e["kind"] == "notice_deadline")
        .unwrap()
        .clone();
    let why = bench.out(&["explain", entry["id"].as_str().unwrap(), "--as-of", DAY]);
    assert!(why.contains("as Ann Field gave or confirmed it"), "{why}");
    let log = bench.json(&["log", MSA, "--format", "json"]);
    let kinds: Vec<&str> = log.as_array().unwrap().iter().map(|l| l["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["ingested", "value", "re_extracted", "ingested", "joined"], "{log}");
    let text = bench.out(&["log", MSA]);
    assert!(
        text.contains("Ann Field") && text.contains("(side letter)") && text.contains("read for the first time"),
        "{text}"
    );

    bench.run(&["unset", MSA, "renewal"]).assert().success();
    assert_eq!(act_by(&bench), "2026-11-25");
    bench.run(&["undo", MSA]).assert().success();
    assert_eq!(act_by(&bench), corrected, "an undone undo");
    bench.run(&["undo", MSA]).assert().success();
    assert_eq!(act_by(&bench), "2026-11-25");
    let (code, message) = bench.fails(&["undo", MSA]);
    assert!(code == 2 && message.contains("nothing"), "{message}");
    let log = bench.out(&["log", MSA]);
    assert!(log.contains("taken back: set:") && log.contains("took back"), "{log}");
    sound(&bench);
}

#[test]
fn the_end_follows_a_corrected_start() {
    let bench = bench();
    let end = |bench: &Bench| shown(bench, MSA)["expiration_date"].clone();
    assert_eq!(end(&bench)["value"], "2027-02-01");
    bench.run(&["set", MSA, "effective_date", "2024-03-01", "--why", "started late"]).assert().success();
    let now = end(&bench);
    assert_eq!((&now["value"], &now["status"]), (&"2027-03-01".into(), &"computed".into()));
    let notes = now["derivation"]["assumptions"].to_string();
    assert!(notes.contains("Ann Field"), "{notes}");
    assert!(act_by(&bench).as_str() > "2026-12-01");
    assert!(bench.out(&["list", "--effective-after", "2024-02-15"]).contains(MSA), "lists are filtered by what counts");
    bench.run(&["set", MSA, "initial_term", "2 years", "--why", "amended"]).assert().success();
    assert_eq!(end(&bench)["value"], "2026-03-01");
    bench.run(&["set", MSA, "expiration_date", "2030-06-30", "--why", "agreed"]).assert().success();
    assert_eq!(end(&bench)["value"], "2030-06-30");
}

#[test]
fn a_reading_that_changes_under_what_was_said_is_told() {
    let bench = bench();
    bench.run(&["confirm", MSA, "governing_law", "parties"]).assert().success();
    let law = shown(&bench, MSA)["governing_law"].clone();
    assert_eq!((&law["confidence"], &law["origin"]["kind"]), (&1.0.into(), &"reviewer".into()));
    let conflicts = |bench: &Bench| {
        let items = bench.json(&["review", "--format", "json"]);
        let told = items.as_array().unwrap().iter().filter(|i| i["reason"] == "told_otherwise");
        told.map(|i| i["raw"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert!(conflicts(&bench).is_empty());
    // Another contract in the place of the file: what was confirmed is not there any more.
    fs::copy(fixture("equipment-purchase-agreement.pdf"), bench.path("in").join(MSA)).unwrap();
    bench.run(&["ingest", "in"]).assert().success();
    let found = conflicts(&bench);
    assert!(found.iter().any(|raw| raw.contains("now read:")), "{found:?}");
    assert_eq!(shown(&bench, MSA)["governing_law"]["value"], law["value"], "it is not overwritten");
    let first = bench.json(&["review", "--format", "json"]);
    assert!(bench.out(&["review"]).contains("told otherwise"), "{first}");
    // To take the new reading, the old word is withdrawn.
    bench.run(&["unset", MSA, "governing_law"]).assert().success();
    assert_ne!(shown(&bench, MSA)["governing_law"]["value"], law["value"]);
    sound(&bench);
}

#[test]
fn what_was_looked_at_leaves_the_review_list() {
    let bench = Bench::empty();
    bench.add(&["sow-form-fields.pdf", "framework-call-off-order.pdf"]);
    bench.run(&["ingest", "in"]).assert().success();
    let items = || bench.json(&["review", "--below", "0.99", "--format", "json"]).as_array().unwrap().clone();
    let before = items();
    let item = before.iter().find(|i| i["reason"] != "uncertain").or(before.first()).unwrap();
    let (file, id) = (item["file_name"].as_str().unwrap(), item["fact"].as_str().unwrap());
    bench.run(&["dismiss", file, id.part(..8), "--why", "looked"]).assert().success();
    let gone = |list: &[Value]| !list.iter().any(|i| i["fact"] == item["fact"] && i["reason"] == item["reason"]);
    assert!(gone(&items()));
    bench.run(&["ingest", "in", "--force"]).assert().success();
    assert!(gone(&items()));
    bench.run(&["undo", file]).assert().success();
    assert_eq!(items(), before);
    let (code, message) = bench.fails(&["dismiss", file, "nothing"]);
    assert!(code == 2 && message.contains("tickler review"), "{message}");
}

#[test]
fn what_cannot_be_said_is_refused_with_the_way_out() {
    let bench = bench();
    for (args, says) in [
        (&["set", MSA, "expiration_date", "soon"][..], "YYYY-MM-DD"),
        (&["set", MSA, "colour", "red"], "the fields are"),
        (&["set", MSA, "parties", "Acme"], "--why"),
        (&["set", MSA, "obligations", "pay"], "several values"),
        (
            &[
                "set",
                MSA,
                "renewal.notice_period",
                "90 days",
                "--quote",
                "at least ninety (90) days prior to the end of the then-current Initial Term",
            ],
            "sixty (60) days",
        ),
        (&["set", MSA, "renewal", "automatic", "--quote", "volcano"], "does not say this"),
        (
            &["set", MSA, "renewal", "automatic", "--quote", "automatically renew for successive", "--page", "1"],
            "on page 3",
        ),
        (&["set", MSA, "time_of_essence", "yes"], "--quote"),
        (&["confirm", MSA, "time_of_essence"], "tickler set"),
        (&["confirm", MSA, "renewal.kind"], "a part of a value"),
        (&["confirm", "no-such-contract", "renewal"], "no contract is called"),
        (&["unset", MSA, "renewal"], "nothing was said"),
        (&["undo", MSA, "--statement", "77"], "tickler log"),
    ] {
        let (code, message) = bench.fails(args);
        assert!(code == 2 && message.contains(says), "{args:?}: {message}");
    }
    assert_eq!(bench.json(&["log", "--format", "json"]), Value::Array(Vec::new()), "nothing was kept");
}

#[test]
fn corrections_are_examples() {
    let bench = bench();
    bench.run(&["confirm", MSA, "renewal"]).assert().success();
    bench.run(&["set", MSA, "governing_law", "Ohio", "--why", "test"]).assert().success();
    let lines = |args: &[&str]| {
        let out = bench.out(args);
        out.lines().map(|l| serde_json::from_str::<Value>(l).unwrap()).collect::<Vec<_>>()
    };
    let all = lines(&["corrections"]);
    assert_eq!(all.len(), 2, "{all:?}");
    let renewal = all.iter().find(|e| e["field"] == "renewal").unwrap();
    assert!(
        renewal["right"] == true && renewal["evidence"][0]["quote"].as_str().unwrap().contains("automatically renew")
    );
    let wrong = lines(&["corrections", "--format", "ndjson", "--wrong"]);
    assert_eq!((wrong.len(), &wrong[0]["value"], &wrong[0]["right"]), (1, &"Ohio".into(), &false.into()));
}

#[test]
fn two_who_speak_at_once_are_both_heard() {
    let bench = bench();
    let say = |n: usize| {
        let (name, why) = (format!("Person {n}"), format!("reason {n}"));
        bench.process(&["confirm", MSA, "renewal", "--by", &name, "--why", &why]).spawn().unwrap()
    };
    let all: Vec<_> = (0..6).map(say).collect();
    for child in all {
        assert!(child.wait_with_output().unwrap().status.success());
    }
    let log = bench.json(&["log", "--format", "json"]);
    let who: std::collections::BTreeSet<&str> =
        log.as_array().unwrap().iter().map(|l| l["who"].as_str().unwrap()).collect();
    assert_eq!(who.len(), 6, "{log}");
    sound(&bench);
}

#[test]
fn links_and_events_survive_a_new_version() {
    let bench = bench();
    bench.run(&["event", MSA, "receipt of invoice", "2026-03-02"]).assert().success();
    bench.run(&["link", CONTRACTS[2], MSA, "--why", "same deal"]).assert().success();
    new_version(&bench, MSA);
    new_version(&bench, CONTRACTS[2]);
    bench.run(&["ingest", "in"]).assert().success();
    let rows = bench.json(&["list", "--format", "json"]);
    let current = |name: &str| {
        let row = rows.as_array().unwrap().iter().find(|r| r["file_name"] == name && r["replaced"] == false).unwrap();
        row["id"].as_str().unwrap().to_owned()
    };
    let events = bench.json(&["event", &current(MSA), "--format", "json"]);
    assert_eq!(events["events"][0]["event"], "receipt of invoice");
    let links = bench.json(&["link", "--format", "json"]);
    let linked = links.as_array().unwrap().iter().find(|l| l["document"] == current(CONTRACTS[2])).unwrap();
    assert_eq!(linked["how"], "hand", "{links}");
    let log = bench.out(&["log", &current(MSA)]);
    assert!(log.contains("receipt of invoice: happened on 2026-03-02"), "{log}");
    sound(&bench);
}

#[test]
fn what_was_said_goes_with_every_file_of_the_agreement() {
    let bench = bench();
    let path = |name: &str| bench.path("in").join(name);
    let ingest = || bench.json(&["ingest", "in", "--as-of", DAY, "--format", "json"])["changed"][0]["change"].clone();
    let check = |file: &str, when: &str| {
        let record = shown(&bench, file);
        assert_eq!(record["governing_law"]["value"], "Ohio", "{when}");
        assert_eq!(record["owner"]["name"], "Bo Lind", "{when}");
        sound(&bench);
    };
    bench.run(&["set", MSA, "governing_law", "Ohio", "--why", "side letter"]).assert().success();
    bench.run(&["assign", MSA, "Bo Lind"]).assert().success();
    let first = shown(&bench, MSA)["document"]["id"].clone();
    new_version(&bench, MSA);
    assert_eq!(ingest(), "copy");
    check(MSA, "the same words in its place");
    fs::copy(fixture("hosting-agreement-capped-renewals.pdf"), path(MSA)).unwrap();
    assert_eq!(ingest(), "new_version");
    check(MSA, "a new version");
    fs::rename(path(MSA), path("msa.pdf")).unwrap();
    assert_eq!(ingest(), "renamed");
    check("msa.pdf", "a new name");
    fs::copy(path("msa.pdf"), path("msa-signed.pdf")).unwrap();
    new_version(&bench, "msa-signed.pdf");
    assert_eq!(ingest(), "copy");
    check("msa-signed.pdf", "a copy");
    // What is said of the copy counts for the agreement as well.
    bench.run(&["assign", "msa-signed.pdf", "Cy Marsh"]).assert().success();
    assert_eq!(shown(&bench, "msa.pdf")["owner"]["name"], "Cy Marsh");
    bench.run(&["undo", "msa.pdf"]).assert().success();
    check("msa-signed.pdf", "taken back through the other file");
    // The first file may go.
    bench.run(&["remove", first.as_str().unwrap()]).assert().success();
    check("msa.pdf", "without the first version");
    bench.run(&["backup", "b.db"]).assert().success();
    bench.run(&["restore", "b.db"]).assert().success();
    check("msa.pdf", "restored");
    // A contract of its own is another matter.
    bench.run(&["link", "msa-signed.pdf", "--none"]).assert().success();
    assert_eq!(shown(&bench, "msa-signed.pdf")["owner"], Value::Null);
    bench.run(&["link", "msa-signed.pdf", "msa.pdf", "--copy"]).assert().success();
    check("msa-signed.pdf", "one agreement again");
    check("msa.pdf", "one agreement again");
}
