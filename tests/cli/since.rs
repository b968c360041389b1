//! What has changed since an earlier export.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::common::{Bench, CONTRACTS, DAY};

fn since(bench: &Bench, cursor: &str, day: &str) -> Vec<Value> {
    let text = bench.out(&["export", "--format", "ndjson", "--since", cursor, "--as-of", day]);
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn cursor(lines: &[Value]) -> String {
    lines.last().unwrap()["cursor"].as_str().unwrap().to_owned()
}

fn names(lines: &[Value]) -> Vec<&str> {
    lines.iter().map(|line| line["record"]["document"]["file_name"].as_str().unwrap_or("-")).collect()
}

#[test]
fn a_reader_hears_of_every_change_once_and_in_order() {
    let bench = Bench::ingested();
    let first = since(&bench, "start", DAY);
    assert_eq!(first.len(), CONTRACTS.len());
    assert!(first.iter().all(|line| line["change"] == "changed" && line["record"]["revision"].is_string()));
    let seen = cursor(&first);
    assert!(since(&bench, &seen, DAY).is_empty(), "nothing has changed");
    assert_eq!(since(&bench, "start", DAY), first, "whoever lost all begins anew");
    // What a record is, by its revision.
    let records = bench.json(&["export", "--as-of", DAY]);
    let of = |record: &Value| record["revision"].as_str().unwrap().to_owned();
    let exported: Vec<String> = records.as_array().unwrap().iter().map(of).collect();
    assert_eq!(first.iter().map(|line| of(&line["record"])).collect::<Vec<_>>(), exported);

    // Said, read anew, gone, and with the day: each is one line.
    bench.run(&["assign", CONTRACTS[0], "Ann Field"]).assert().success();
    let told = since(&bench, &seen, DAY);
    assert_eq!(names(&told), [CONTRACTS[0]]);
    assert_eq!(told[0]["record"]["owner"]["name"], "Ann Field");
    bench.add(&["sponsorship-no-renewal.pdf"]);
    std::fs::copy(bench.path("in").join(CONTRACTS[2]), bench.path("in/copy.pdf")).unwrap();
    bench.run(&["ingest", "in"]).assert().success();
    let after = cursor(&told);
    let more = since(&bench, &after, DAY);
    assert_eq!(names(&more), ["sponsorship-no-renewal.pdf"], "a copy is no contract of its own");
    bench.run(&["remove", "sponsorship-no-renewal.pdf"]).assert().success();
    let gone = since(&bench, &cursor(&more), DAY);
    assert_eq!((gone.len(), &gone[0]["change"], &gone[0]["record"]), (1, &"removed".into(), &Value::Null));
    assert_eq!(gone[0]["contract_id"], more[0]["contract_id"]);
    let later = since(&bench, &cursor(&gone), "2027-03-01");
    assert_eq!(names(&later), [CONTRACTS[0], CONTRACTS[1]], "their terms have ended");

    // Who was away hears the last state of each, however far back the cursor lies.
    let all = since(&bench, &seen, "2027-03-01");
    assert_eq!(names(&all), ["-", CONTRACTS[0], CONTRACTS[1]]);
    let events: Vec<i64> =
        all.iter().map(|l| l["cursor"].as_str().unwrap().split('-').next().unwrap().parse().unwrap()).collect();
    assert!(events.is_sorted());
    bench.run(&["verify"]).assert().success();
}

/// A copy that follows the lines is the export.
#[test]
fn a_copy_that_follows_is_what_the_store_holds() {
    let bench = Bench::empty();
    bench.add(&[CONTRACTS[0], "maintenance-agreement-parent.pdf", "maintenance-agreement-amendment-1.pdf"]);
    let mut copy: BTreeMap<String, Value> = BTreeMap::new();
    let mut place = "start".to_owned();
    let steps: [&[&str]; 6] = [
        &["ingest", "in"],
        &["set", CONTRACTS[0], "governing_law", "Ohio", "--why", "x"],
        &["undo", CONTRACTS[0]],
        &["decide", CONTRACTS[0], "renew"],
        &["remove", "maintenance-agreement-amendment-1.pdf"],
        &["ingest", "in"],
    ];
    for step in steps {
        bench.run(step).assert().success();
        let lines = since(&bench, &place, DAY);
        assert!(!lines.is_empty(), "{step:?}");
        for line in &lines {
            let id = line["contract_id"].as_str().unwrap().to_owned();
            match line["change"].as_str().unwrap() {
                "changed" => drop(copy.insert(id, line["record"].clone())),
                "removed" => assert!(copy.remove(&id).is_some()),
                other => panic!("{other}"),
            }
        }
        place = cursor(&lines);
        let records = bench.json(&["export", "--as-of", DAY]);
        let held: BTreeMap<&str, &Value> =
            records.as_array().unwrap().iter().map(|r| (r["document"]["id"].as_str().unwrap(), r)).collect();
        let copied: BTreeMap<&str, &Value> =
            copy.values().map(|r| (r["document"]["id"].as_str().unwrap(), r)).collect();
        assert_eq!(copied, held, "{step:?}");
    }
}

#[test]
fn a_cursor_of_elsewhere_is_refused() {
    let (bench, other) = (Bench::ingested(), Bench::new());
    let place = cursor(&since(&bench, "start", DAY));
    other.run(&["ingest", &format!("in/{}", CONTRACTS[0])]).assert().success();
    let ask = |bench: &Bench, cursor: &str| bench.fails(&["export", "--format", "ndjson", "--since", cursor]);
    let (code, why) = ask(&other, &place);
    assert!(code == 2 && why.contains("--since start"), "{why}");
    for bad in ["", "yesterday", "12", place.trim_end_matches(|c: char| c.is_ascii_hexdigit()), &format!("{place}0")] {
        let (code, why) = ask(&bench, bad);
        assert!(code == 2 && why.contains("`start`"), "{bad}: {why}");
    }
    let (code, why) = bench.fails(&["export", "--since", "start"]);
    assert!(code == 2 && why.contains("ndjson"), "{why}");
    let (code, why) = bench.fails(&["export", "--format", "ndjson", "--since", "start", "--unowned"]);
    assert!(code == 2 && why.contains("whole store"), "{why}");
    // Of a store that is restored, what came after the backup is not known.
    bench.run(&["backup", "backup.db"]).assert().success();
    bench.run(&["assign", CONTRACTS[0], "Ann"]).assert().success();
    let later = cursor(&since(&bench, &place, DAY));
    bench.run(&["restore", "backup.db"]).assert().success();
    assert_eq!(ask(&bench, &later).0, 2);
}

#[test]
fn a_damaged_contract_is_not_gone_and_is_told_when_it_is_mended() {
    let bench = Bench::ingested();
    let place = cursor(&since(&bench, "start", DAY));
    let db = rusqlite::Connection::open(bench.path("store/tickler.db")).unwrap();
    let change = |seal: &str| {
        let sql = format!(
            "UPDATE contracts SET seal = {seal} WHERE document = (SELECT id FROM documents WHERE file_name = ?1)"
        );
        db.execute(&sql, [CONTRACTS[1]]).unwrap();
    };
    change("'x' || seal");
    let output = bench.run(&["export", "--format", "ndjson", "--since", &place, "--as-of", DAY]).assert().code(1);
    let text = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    let line: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&line["change"], &line["record"]), (&"damaged".into(), &Value::Null));
    change("substr(seal, 2)");
    assert_eq!(names(&since(&bench, line["cursor"].as_str().unwrap(), DAY)), [CONTRACTS[1]]);
}
