use crate::common::{Bench, CONTRACTS};

/// An event that a duty of the first contract waits for, as the contract words it.
fn awaited(bench: &Bench) -> String {
    let shown = bench.json(&["event", CONTRACTS[0], "--format", "json"]);
    assert_eq!(shown["events"].as_array().unwrap().len(), 0);
    let all = shown["awaited"].as_array().unwrap();
    all.iter().map(|a| a.as_str().unwrap()).find(|a| a.contains("invoice")).unwrap().to_owned()
}

fn due(bench: &Bench) -> Vec<serde_json::Value> {
    let args = ["schedule", "--all", "--kind", "obligation-due", "--as-of", "2026-03-01", "--format", "json"];
    let all = bench.json(&args).as_array().unwrap().clone();
    let from_event = |e: &serde_json::Value| {
        // A duty without a date has no derivation.
        let mut steps = e["derivation"]["steps"].as_array().into_iter().flatten();
        steps.any(|s| s["op"] == "anchor" && s["inputs"][0] == "2026-03-02")
    };
    all.into_iter().filter(from_event).collect()
}

#[test]
fn an_event_makes_obligations_due_until_it_is_withdrawn() {
    let bench = Bench::ingested();
    let event = awaited(&bench);
    assert!(due(&bench).is_empty());
    let told = bench.json(&["event", CONTRACTS[0], &event, "2026-03-02", "--format", "json"]);
    assert_eq!(told["recorded"]["on"], "2026-03-02");
    let ids = |list: &[serde_json::Value]| list.iter().map(|e| e["id"].clone()).collect::<Vec<_>>();
    let first = told["due"].as_array().unwrap();
    assert!(!first.is_empty());
    assert_eq!(ids(&due(&bench)), ids(first));
    // The export and `explain` know it too.
    let id = first[0]["id"].as_str().unwrap();
    assert!(bench.out(&["explain", id]).contains("2026-03-02"));
    assert!(bench.out(&["export", "--format", "csv", "--table", "schedule"]).contains(id));

    bench.run(&["event", CONTRACTS[0], &event, "2026-03-02", "--withdraw"]).assert().success();
    assert!(due(&bench).is_empty());
    let (code, message) = bench.fails(&["event", CONTRACTS[0], &event, "2026-03-02", "--withdraw"]);
    assert_eq!(code, 2);
    assert!(message.contains("is recorded"), "{message}");
}

#[test]
fn an_event_that_makes_nothing_due_is_recorded() {
    let bench = Bench::ingested();
    let out = bench.out(&["event", CONTRACTS[0], "the  arrival of spring", "2026-03-20"]);
    assert!(
        out.contains("the arrival of spring on 2026-03-20. No obligation of this contract depends on it."),
        "{out}"
    );
    assert!(bench.out(&["event", CONTRACTS[0]]).contains("the arrival of spring"));
    for args in [&["event", CONTRACTS[0], "spring"][..], &["event", CONTRACTS[0], "spring", "soon"]] {
        assert_eq!(bench.fails(args).0, 2);
    }
}

#[test]
fn obligations_are_shown_and_exported() {
    let bench = Bench::ingested();
    let out = bench.out(&["show", CONTRACTS[0]]);
    assert!(out.contains("Obligations") && out.contains("without a time"), "{out}");
    let every = bench.out(&["show", CONTRACTS[0], "--obligations"]);
    assert!(every.len() > out.len());
    let csv = bench.out(&["export", "--format", "csv", "--table", "obligations"]);
    assert!(csv.lines().next().unwrap().contains("obligor"));
    assert!(csv.lines().count() > 10, "{csv}");
}
