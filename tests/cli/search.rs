use crate::common::{Bench, CONTRACTS, DAY};

fn files(bench: &Bench, args: &[&str]) -> Vec<String> {
    let all = [&["search"], args, &["--format", "json", "-n", "200", "--as-of", DAY]].concat();
    let results = bench.json(&all);
    let mut names: Vec<String> =
        results["hits"].as_array().unwrap().iter().map(|h| h["file_name"].as_str().unwrap().to_owned()).collect();
    names.sort();
    names.dedup();
    names
}

#[test]
fn words_phrases_exclusions_and_filters() {
    let bench = Bench::ingested();
    let (lease, nda) = (CONTRACTS[1], CONTRACTS[2]);
    assert_eq!(files(&bench, &["landlord"]), [lease]);
    assert_eq!(files(&bench, &["\"renewal terms\""]).len(), 2, "in any grammatical form");
    assert!(!files(&bench, &["notice -landlord -tenant"]).contains(&lease.to_owned()));
    assert!(!files(&bench, &["notice", "--not", "landlord", "--not", "tenant"]).contains(&lease.to_owned()));
    assert!(files(&bench, &["notice", "--expires-before", "1990-01-01"]).is_empty());
    assert!(files(&bench, &["notice", "--notice-before", "1990-01-01"]).is_empty());
    assert_eq!(bench.fails(&["search", "notice", "--party", "nobody of that name"]).0, 2);
    let by_renewal = files(&bench, &["notice", "--renewal", "automatic"]);
    assert!(!by_renewal.contains(&nda.to_owned()) && by_renewal.len() <= 1, "{by_renewal:?}");
}

#[test]
fn filters_of_list_and_search_agree() {
    let bench = Bench::ingested();
    for filter in [&["--party", "Inc"][..], &["--law", "york"], &["--renewal", "automatic"], &["--type", "nda"]] {
        let listed = bench.json(&[&["list", "--format", "json"], filter].concat());
        let listed: Vec<&str> = listed.as_array().unwrap().iter().map(|r| r["file_name"].as_str().unwrap()).collect();
        for file in files(&bench, &[&["agreement"], filter].concat()) {
            assert!(listed.contains(&file.as_str()), "{filter:?}: {file}");
        }
    }
}

#[test]
fn hits_have_place_and_marks() {
    let bench = Bench::ingested();
    let results = bench.json(&["search", "option to renew", "--format", "json"]);
    let hit = &results["hits"][0];
    assert_eq!(hit["file_name"], CONTRACTS[1]);
    assert!(hit["page"].as_u64().unwrap() >= 1);
    let (text, marks) = (hit["snippet"].as_str().unwrap(), hit["marks"].as_array().unwrap());
    assert!(!marks.is_empty());
    for mark in marks {
        let at = |i: usize| usize::try_from(mark[i].as_u64().unwrap()).unwrap();
        let range = at(0)..at(1);
        assert!(text.get(range).is_some_and(|m| !m.trim().is_empty()));
    }
}

#[test]
fn odd_queries_are_usage_errors() {
    let bench = Bench::ingested();
    for query in ["\"open", "***", "", "\u{1b}[31m"] {
        let result = bench.run(&["search", "--", query]).assert().get_output().clone();
        let code = result.status.code().unwrap();
        assert!(code == 2 || code == 0, "{query:?} gives {code}");
        assert!(!String::from_utf8_lossy(&result.stderr).contains("panicked"));
    }
    assert_eq!(bench.fails(&["search", "\"open"]).0, 2);
    assert_eq!(bench.fails(&["search", "--renewal", "sometimes", "x"]).0, 2);
    assert_eq!(bench.fails(&["search", "--notice-before", "31.12.2026", "x"]).0, 2);
}

#[test]
fn the_index_is_mended() {
    let bench = Bench::ingested();
    std::fs::remove_dir_all(bench.path("store/index")).unwrap();
    assert_eq!(files(&bench, &["landlord"]), [CONTRACTS[1]]);
    bench.write("store/index/meta.json", "{}");
    assert_eq!(files(&bench, &["landlord"]), [CONTRACTS[1]]);
    let done = bench.json(&["reindex", "--format", "json"]);
    assert_eq!(done["contracts"], 3);
}

/// Ranks hang on the clauses alone: not on the order in which files came, nor on how often the index was written.
#[test]
fn a_search_finds_the_same_whatever_the_order_of_ingest() {
    const FILES: [&str; 6] = [
        "carrier-agreement-evergreen.pdf",
        "cloud-msa-auto-renewal.pdf",
        "consulting-agreement-individual.pdf",
        "mutual-nda-perpetual.pdf",
        "office-lease-option.pdf",
        "one-way-nda-letter.pdf",
    ];
    const QUERIES: [&str; 37] = [
        "renew",
        "renewal",
        "notice",
        "\"written notice\"",
        "terminate",
        "termination",
        "days",
        "\"thirty days\"",
        "term",
        "fee",
        "fees",
        "payment",
        "invoice",
        "confidential",
        "\"confidential information\"",
        "law",
        "\"governing law\"",
        "Texas",
        "insurance",
        "premises",
        "rent",
        "services",
        "deliver",
        "delivery",
        "liability",
        "indemnify",
        "assign",
        "breach",
        "cure",
        "option",
        "extend",
        "month",
        "year",
        "party",
        "agreement",
        "notice -renewal",
        "either party may terminate",
    ];
    let found = |bench: &Bench| -> Vec<String> {
        let place = bench.path("").display().to_string();
        let ask = |query: &&str| {
            bench.out(&["search", query, "--format", "json", "--as-of", "2026-03-01"]).replace(&place, "")
        };
        QUERIES.iter().map(ask).collect()
    };
    let at_once = Bench::empty();
    at_once.add(&FILES);
    at_once.run(&["ingest", "in"]).assert().success();
    let right = found(&at_once);
    assert!(right.iter().filter(|hits| hits.contains("\"page\"")).count() > 25, "most queries find something");
    let one_by_one = Bench::empty();
    for name in FILES.iter().rev() {
        one_by_one.add(&[name]);
        one_by_one.run(&["ingest", "in"]).assert().success();
    }
    // Read again, and so written again.
    one_by_one.run(&["ingest", &format!("in/{}", FILES[2]), "--force"]).assert().success();
    for when in ["one by one", "after reindex"] {
        for (query, (now, right)) in QUERIES.iter().zip(found(&one_by_one).iter().zip(&right)) {
            assert_eq!(now, right, "{query}, {when}");
        }
        one_by_one.run(&["reindex"]).assert().success();
    }
}
