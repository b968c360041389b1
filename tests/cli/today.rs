use crate::common::{Bench, CONTRACTS, DAY, fixture};

fn lines(bench: &Bench, args: &[&str]) -> Vec<serde_json::Value> {
    let all = bench.json(&[&["schedule", "--format", "json"], args].concat());
    all.as_array().unwrap().clone()
}

fn texts<'a>(lines: &'a [serde_json::Value], key: &str) -> Vec<&'a str> {
    lines.iter().filter_map(|l| l[key].as_str()).collect()
}

#[test]
fn today_shows_decisions_first_and_counts_duties() {
    let bench = Bench::ingested();
    let text = bench.out(&["today", "--as-of", "2026-11-10"]);
    assert!(text.starts_with("Tuesday, 10 November 2026\n"), "{text}");
    let (_, month) = text.split_once("This month").unwrap();
    assert!(month.contains("2026-11-25  Notice to end: cloud-msa-auto-renewal.pdf"), "{text}");
    assert!(month.contains("must arrive by 2026-12-01"), "{text}");
    assert!(text.lines().all(|l| l.chars().count() <= 80 || l.is_empty()), "{text}");
    // Without a command it is the same, where there is a store.
    assert!(bench.out(&["--quiet"]).contains("20"));
    let json = bench.json(&["today", "--as-of", "2026-11-10", "--format", "json"]);
    assert_eq!(json["this_month"][0]["act_by"], "2026-11-25");
    assert!(json["duties"].as_array().unwrap().iter().all(|d| d["due"].as_u64().unwrap() > 0));
}

#[test]
fn contracts_whose_files_have_one_name_are_counted_apart() {
    let bench = Bench::empty();
    for (folder, name) in [("north", "carrier-agreement-evergreen.pdf"), ("south", "managed-cloud-services.pdf")] {
        std::fs::create_dir_all(bench.path("in").join(folder)).unwrap();
        std::fs::copy(fixture(name), bench.path("in").join(folder).join("contract.pdf")).unwrap();
    }
    bench.run(&["ingest", "in"]).assert().success();
    let duties = bench.json(&["today", "--as-of", "2026-11-10", "--format", "json"])["duties"].clone();
    let due: Vec<u64> = duties.as_array().unwrap().iter().filter_map(|d| d["due"].as_u64()).collect();
    assert_eq!(due.len(), 2, "{duties}");
    assert!(duties.as_array().unwrap().iter().all(|d| d["file_name"] == "contract.pdf"), "{duties}");
}

#[test]
fn without_a_store_the_help_is_printed() {
    let bench = Bench::empty();
    let output = bench.run(&[]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stdout).unwrap().contains("Usage: tickler"));
}

#[test]
fn a_decision_stays_visible_between_its_readings_and_after() {
    let bench = Bench::ingested();
    let at = |day: &str| lines(&bench, &["--within", "60d", "--kind", "notice-deadline", "--as-of", day]);
    let now = at("2026-11-28");
    assert_eq!(texts(&now, "standing"), ["now"]);
    assert_eq!(texts(&now, "act_by"), ["2026-11-25"]);
    let text = bench.out(&["schedule", "--within", "60d", "--as-of", "2026-11-28"]);
    assert!(text.contains("ACT NOW") && text.contains("by hand until 2026-12-01"), "{text}");
    assert!(text.contains("too late by"), "{text}");
    assert!(bench.out(&["today", "--as-of", "2026-11-28"]).contains("too late by"));
    assert!(bench.out(&["list", "--as-of", "2026-11-28"]).contains("2026-11-25 (now)"));
    let missed = at("2026-12-10");
    assert_eq!(texts(&missed, "standing"), ["missed"]);
    assert!(texts(&missed, "follows")[0].contains("renews on 2027-02-01"), "{missed:?}");
    let overdue = lines(&bench, &["--overdue", "--as-of", "2026-12-10"]);
    assert_eq!(texts(&overdue, "standing"), ["missed"]);
    // Once the contract has renewed, too.
    let later = lines(&bench, &["--overdue", "--kind", "notice-deadline", "--as-of", "2027-06-10"]);
    assert!(texts(&later, "follows").iter().any(|f| f.contains("renewed on 2027-02-01")), "{later:?}");
    for command in ["schedule", "today"] {
        let text = bench.out(&[command, "--as-of", "2027-06-10"]);
        assert!(text.contains("renewed on 2027-02-01"), "{text}");
    }
    // Somebody said what happened: nothing is left to tell.
    let id =
        later.iter().find(|e| e["follows"].as_str().is_some_and(|f| f.contains("2027-02-01"))).unwrap()["id"].clone();
    bench.out(&["decide", CONTRACTS[0], "renew", "--entry", id.as_str().unwrap()]);
    assert!(!bench.out(&["today", "--as-of", "2027-06-10"]).contains("renewed on 2027-02-01"));
    bench.out(&["undo", CONTRACTS[0]]);
    // Looking back shows what was missed in an earlier term.
    let back = lines(&bench, &["--within", "-400d..0d", "--kind", "notice-deadline", "--as-of", "2027-12-15"]);
    assert!(texts(&back, "follows").iter().any(|f| f.contains("renewed on 2027-02-01")), "{back:?}");
}

/// After the last of the renewals that it allows a contract has ended.
#[test]
fn renewals_that_are_used_up_end_a_contract() {
    let bench = Bench::empty();
    bench.add(&["hosting-agreement-capped-renewals.pdf"]);
    bench.run(&["ingest", "in"]).assert().success();
    let list = bench.json(&["list", "--format", "json", "--as-of", "2031-01-01"]);
    assert_eq!(list[0]["life"]["state"], "ended", "{list}");
    assert!(list[0].get("act_by").is_some() && list[0].get("backup").is_some(), "{list}");
}

#[test]
fn lists_take_undecided_and_days_and_refuse_ranges_that_end_before_they_begin() {
    let bench = Bench::ingested();
    let day = ["--as-of", DAY];
    let files = |args: &[&str]| {
        let rows = bench.json(&[args, &day[..], &["--format", "json"]].concat());
        rows.as_array().unwrap().iter().map(|r| r["file_name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert!(files(&["list", "--undecided"]).contains(&CONTRACTS[0].to_owned()));
    assert!(files(&["review", "--undecided", "--below", "1"]).contains(&CONTRACTS[0].to_owned()));
    assert!(bench.out(&["today", "--undecided", "--as-of", "2026-11-22"]).contains(CONTRACTS[0]));
    let next = lines(&bench, &["--undecided", "--within", "1y", "--as-of", DAY]);
    let next = next.iter().find(|line| line["file_name"] == CONTRACTS[0]).unwrap();
    bench.out(&["decide", CONTRACTS[0], "renew", "--entry", next["id"].as_str().unwrap()]);
    assert!(!files(&["list", "--undecided"]).contains(&CONTRACTS[0].to_owned()));
    assert!(!files(&["review", "--undecided", "--below", "1"]).contains(&CONTRACTS[0].to_owned()));
    assert!(!bench.out(&["today", "--undecided", "--as-of", "2026-11-22"]).contains(CONTRACTS[0]));
    for args in [
        &["schedule", "--within", "30d..10d"][..],
        &["list", "--notice-after", "2026-05-01", "--notice-before", "2026-04-01"],
        &["list", "--expires-after", "2026-05-01", "--expires-before", "2026-04-01"],
    ] {
        let (code, why) = bench.fails(args);
        assert!(code == 2 && (why.contains("before it begins") || why.contains("is later than")), "{why}");
    }
}

#[test]
fn what_has_ended_is_left_out_and_counted() {
    let bench = Bench::ingested();
    let day = ["--as-of", "2045-01-01"];
    let list = bench.out(&[&["list"], &day[..]].concat());
    assert!(list.contains("left out; --ended lists them") && !list.contains(CONTRACTS[0]), "{list}");
    let all = bench.out(&[&["list", "--ended"], &day[..]].concat());
    assert!(all.contains("presumed ended") && all.contains(CONTRACTS[0]), "{all}");
    let none = bench.out(&[&["schedule"], &day[..]].concat());
    assert!(none.contains("--ended lists them"), "{none}");
}

#[test]
fn duties_and_assumed_dates_are_listed_when_asked_for() {
    let bench = Bench::empty();
    bench.add(&["managed-cloud-services.pdf", "service-level-agreement.pdf", "coworking-month-to-month.pdf"]);
    bench.run(&["ingest", "in"]).assert().success();
    let kinds = |args: &[&str]| -> Vec<String> {
        let all = lines(&bench, &[&["--as-of", DAY, "--within", "1y"], args].concat());
        texts(&all, "kind").into_iter().map(str::to_owned).collect()
    };
    assert!(!kinds(&[]).contains(&"obligation_due".to_owned()));
    assert!(kinds(&["--duties"]).contains(&"obligation_due".to_owned()));
    let all = lines(&bench, &["--as-of", DAY, "--within", "1y", "--duties"]);
    assert!(all.iter().all(|l| l["kind"] != "obligation_due" || l["basis"] != "assumed"));
    // What runs from month to month has an entry without a day.
    let rolling: Vec<_> = all.iter().filter(|l| l["why"] == "rolling").collect();
    assert!(rolling.iter().any(|l| l["file_name"] == "coworking-month-to-month.pdf"), "{all:?}");
    let id = rolling[0]["id"].as_str().unwrap();
    assert!(bench.out(&["explain", id]).contains("Missing: no day is fixed"));
    let gaps = bench.out(&["doctor", "--contracts"]);
    assert!(gaps.contains("Every contract has a date or an open entry."), "{gaps}");
}

#[test]
fn a_replaced_file_has_no_dates() {
    let bench = Bench::ingested();
    std::fs::copy(bench.path("in").join(CONTRACTS[1]), bench.path("in").join(CONTRACTS[0])).unwrap();
    bench.run(&["ingest", "in"]).assert().success();
    let all = lines(&bench, &["--all", "--as-of", DAY]);
    assert!(!texts(&all, "file_name").contains(&CONTRACTS[0]), "{all:?}");
    assert!(bench.out(&["list", "--ended", "--as-of", DAY]).contains("(replaced)"));
    let list = bench.json(&["list", "--format", "json", "--as-of", DAY]);
    let old = list.as_array().unwrap().iter().find(|row| row["replaced"] == true).unwrap();
    assert_eq!(old["life"]["state"], "superseded", "{old}");
    assert!(!bench.out(&["list", "--as-of", DAY]).contains("(replaced)"), "left out with those that have ended");
}

#[test]
fn contracts_are_found_by_what_people_call_them() {
    let bench = Bench::ingested();
    let id = |name: &str| bench.json(&["show", name, "--format", "json"])["document"]["id"].clone();
    let wanted = id(CONTRACTS[0]);
    for name in ["cloud-msa", "master subscription", "holloway freight", "Brightwater"] {
        assert_eq!(id(name), wanted, "{name}");
    }
    let (code, message) = bench.fails(&["show", "agreement"]);
    assert_eq!(code, 2);
    assert!(message.contains("give an ID") || message.contains("no contract"), "{message}");
}

#[test]
fn a_filter_that_nothing_can_pass_is_a_mistake() {
    let bench = Bench::ingested();
    for (args, known) in [
        (&["schedule", "--party", "Hollowey"][..], "Holloway"),
        (&["list", "--type", "leese"], "lease"),
        (&["schedule", "--law", "Ruritania"], "New York"),
        (&["review", "--field", "obligation"], "obligations"),
    ] {
        let (code, message) = bench.fails(args);
        assert_eq!(code, 2, "{message}");
        assert!(message.contains(known), "{message}");
    }
}
