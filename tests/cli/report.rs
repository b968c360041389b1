use crate::common::{Bench, DAY, fixture};

#[test]
fn changes_tell_what_is_new_said_near_and_past() {
    let bench = Bench::ingested();
    let of = |changes: &serde_json::Value, kind: &str| {
        let all = changes["changes"].as_array().unwrap().clone();
        all.into_iter()
            .filter(|c| c["kind"] == kind)
            .map(|c| c["file_name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let changes = bench.json(&["changes", "--format", "json"]);
    assert_eq!(of(&changes, "new").len(), 3, "{changes}");
    assert!(of(&changes, "said").is_empty());

    bench.out(&["assign", "cloud-msa", "Ann Field", "--by", "Bo"]);
    let changes = bench.json(&["changes", "--format", "json"]);
    assert_eq!(of(&changes, "said"), ["cloud-msa-auto-renewal.pdf"]);
    assert!(changes["changes"].as_array().unwrap().iter().all(|c| c["contract"].is_string()), "{changes}");
    let text = bench.out(&["changes"]);
    assert!(text.contains("What people said") && text.contains("owner: Ann Field (Bo)"), "{text}");

    // Its last day for notice, as the schedule has it, comes within reach 90 days before, and passes.
    let next = |as_of: &str| {
        let all = bench.json(&[
            "schedule",
            "--kind",
            "notice-deadline",
            "--within",
            "3y",
            "--as-of",
            as_of,
            "--format",
            "json",
        ]);
        let all = all.as_array().unwrap().clone();
        let own = all.into_iter().find(|e| e["file_name"] == "cloud-msa-auto-renewal.pdf").unwrap();
        own["act_by"].as_str().unwrap().parse::<jiff::civil::Date>().unwrap()
    };
    let act_by = next(DAY);
    let on = |days: i32| act_by.saturating_add(jiff::Span::new().days(days)).to_string();
    let told = |as_of: String, kind: &str| {
        of(&bench.json(&["changes", "--as-of", &as_of, "--format", "json"]), kind)
            .contains(&"cloud-msa-auto-renewal.pdf".to_owned())
    };
    assert!(told(on(-88), "within_reach") && !told(on(-95), "within_reach") && !told(on(-60), "within_reach"));
    assert!(told(on(3), "passed") && !told(on(0), "passed"));

    std::fs::remove_file(bench.path("in/mutual-nda-perpetual.pdf")).unwrap();
    bench.out(&["remove", "mutual-nda-perpetual.pdf"]);
    assert_eq!(of(&bench.json(&["changes", "--format", "json"]), "gone").len(), 1);
    assert_eq!(bench.fails(&["changes", "--since", "lately"]).0, 2);
}

/// Each report goes on from the last one that was written to a file.
#[test]
fn a_report_tells_what_has_changed_since_the_last_one() {
    let bench = Bench::ingested();
    let since = |day: &str, more: &[&str]| {
        let args = [&["report", "--as-of", day, "--format", "json"], more].concat();
        bench.json(&args)["since"].as_str().unwrap().to_owned()
    };
    assert_eq!(since("2026-03-31", &[]), "2026-02-28", "none was written");
    let (code, message) = bench.fails(&["changes", "--since", "last"]);
    assert!(code == 2 && message.contains("--since"), "{message}");
    bench.out(&["report", "--as-of", "2026-03-01", "--out", "r.html"]);
    bench.out(&["report", "--as-of", "2026-03-01", "--out", "r.html"]);
    assert_eq!((since("2026-03-31", &[]), since("2026-03-01", &[])), ("2026-03-01".into(), "2026-02-01".into()));
    assert_eq!(since("2026-03-31", &["--since", "1w"]), "2026-03-24");
    let changes = bench.json(&["changes", "--since", "last", "--as-of", "2026-03-31", "--format", "json"]);
    assert_eq!(changes["since"], "2026-03-01");

    // A report on some of the contracts has theirs alone, and is not the one to go on from.
    bench.out(&["assign", "cloud-msa", "Ann Field"]);
    bench.out(&["report", "--as-of", "2026-03-20", "--owner", "Ann", "--out", "ann.html"]);
    let html = std::fs::read_to_string(bench.path("ann.html")).unwrap();
    assert!(html.contains("Contracts of Ann as of 20 March 2026") && !html.contains("office-lease"), "{html}");
    assert_eq!(since("2026-03-31", &["--unowned"]), "2026-03-01");
    for (whose, count) in [(&["--owner", "Ann"][..], 1), (&["--unowned"], 2), (&[], 3)] {
        let report = bench.json(&[&["report", "--format", "json"], whose].concat());
        assert_eq!(report["contracts"].as_array().unwrap().len(), count, "{whose:?}");
        let changes = bench.json(&[&["changes", "--format", "json"], whose].concat());
        let new = changes["changes"].as_array().unwrap().iter().filter(|c| c["kind"] == "new").count();
        assert_eq!(new, count, "{whose:?}");
    }
}

#[test]
fn a_report_is_one_private_file() {
    let bench = Bench::ingested();
    bench.out(&["assign", "cloud-msa", "Ann Field"]);
    let told = bench.out(&["report", "--as-of", DAY, "--out", "r.html"]);
    assert!(told.starts_with("r.html: "), "{told}");
    let page = std::fs::read_to_string(bench.path("r.html")).unwrap();
    for part in ["Contracts as of 1 March 2026", "Ann Field", "Value at stake by month", "Changes since", "</html>"] {
        assert!(page.contains(part), "{part}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(bench.path("r.html")).unwrap().permissions().mode() & 0o077, 0);
    }
    let figures = bench.json(&["report", "--as-of", DAY, "--format", "json"]);
    assert_eq!(figures["contracts"].as_array().unwrap().len(), 3);
    let list = bench.json(&["list", "--format", "json"]);
    assert!(list.as_array().unwrap().iter().all(|row| row.get("annual_value").is_some()));
}

#[test]
fn names_of_files_reorder_and_hide_nothing_in_a_report() {
    let bench = Bench::empty();
    let name = "nda-\u{202e}fdp.\u{9b}31m\u{1b}[2J.pdf";
    std::fs::copy(fixture("mutual-nda-perpetual.pdf"), bench.path("in").join(name)).unwrap();
    bench.run(&["ingest", "in"]).assert().success();
    for file in ["r.html", "r.pdf"] {
        bench.out(&["report", "--out", file]);
    }
    let page = std::fs::read_to_string(bench.path("r.html")).unwrap();
    let printed = bench.out(&["text", "r.pdf"]);
    assert!(page.contains("\\u{202e}fdp") && printed.contains("fdp"), "{page}{printed}");
    for text in [page, printed] {
        assert!(!text.chars().any(|c| matches!(c, '\u{202e}' | '\u{9b}' | '\u{1b}')), "{text:?}");
    }
}

/// What a PDF says, without its line ends.
fn text_of(bench: &Bench, file: &str) -> String {
    bench.out(&["text", file]).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_report_is_printed_as_pdf() {
    let bench = Bench::empty();
    bench.run(&["ingest", fixture("").to_str().unwrap()]).assert().success();
    bench.out(&["assign", "cloud-msa", "Zoë Łukasz-Müller"]);
    bench.out(&["decide", "cloud-msa", "end"]);
    let report = |more: &[&str]| bench.out(&[&["report", "--as-of", "2026-11-22"], more].concat());
    assert!(report(&["--out", "r.pdf"]).starts_with("r.pdf: "));
    report(&["--format", "pdf", "--out", "again"]);
    let file = std::fs::read(bench.path("r.pdf")).unwrap();
    assert!(file == std::fs::read(bench.path("again")).unwrap(), "the same figures give the same file");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(bench.path("r.pdf")).unwrap().permissions().mode() & 0o077, 0);
    }

    let told = text_of(&bench, "r.pdf");
    let figures = bench.json(&["report", "--as-of", "2026-11-22", "--format", "json"]);
    let contracts = figures["contracts"].as_array().unwrap();
    // Every contract without an owner is named, and whoever has one by the accents of their name.
    let unowned = contracts.iter().filter(|c| c["owner"].is_null() && c["state"] != "ended");
    // Where a line broke behind a hyphen, the text has a space.
    let joined = |text: &str| text.replace(' ', "");
    let all = joined(&told);
    let mut named = 0;
    for contract in unowned {
        named += usize::from(all.contains(&joined(contract["name"].as_str().unwrap())));
    }
    assert!(named > 25, "{named}: {told}");
    for part in [
        "Contracts as of 22 November 2026",
        "contracts that bind",
        "Days to act by in the next twelve months",
        "Value at stake by month",
        "Zoë Łukasz-Müller",
        "Duties of the next 30 days",
        "No measured values are kept; tickler measure --save keeps them.",
        "Changes since 22 October 2026",
        "owner: Zoë Łukasz-Müller",
        "Page 1 of ",
    ] {
        assert!(all.contains(&joined(part)), "{part}: {told}");
    }
    let pages: usize = told.split("Page 1 of ").nth(1).unwrap().split_whitespace().next().unwrap().parse().unwrap();
    assert!(pages > 2, "{pages}");
    // Both files say the same: each decision with its day.
    report(&["--out", "r.html"]);
    let page = std::fs::read_to_string(bench.path("r.html")).unwrap();
    let days: Vec<&str> =
        page.split("<td class=\"day\">").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
    assert!(days.len() > 10 && days.iter().all(|day| told.contains(day)), "{days:?}");
}

#[test]
fn a_contract_of_high_value_gets_a_list_to_review() {
    let bench = Bench::new();
    bench.write("limits.toml", "high_value_above = [\"USD 1\", \"EUR 1\", \"GBP 1\"]\n");
    bench.out(&["ingest", "in"]);
    let points = |config: &[&str]| {
        let args = [
            &["schedule", "--kind", "review", "--within", "-9y..1y", "--ended", "--format", "json", "--as-of", DAY],
            config,
        ];
        let all = bench.json(&args.concat());
        let all = all.as_array().unwrap().clone();
        all.iter().filter(|e| e["label"].as_str().unwrap().starts_with("Review of ")).cloned().collect::<Vec<_>>()
    };
    bench.out(&["set", "cloud-msa", "annual_value", "USD 250,000"]);
    assert!(points(&[]).is_empty());
    let limits = ["--config", "limits.toml"];
    let own = |points: &[serde_json::Value]| {
        points.iter().filter(|e| e["file_name"] == "cloud-msa-auto-renewal.pdf").cloned().collect::<Vec<_>>()
    };
    let listed = own(&points(&limits));
    assert_eq!(listed.len(), 3, "{listed:?}");
    let id = listed[0]["id"].as_str().unwrap();
    bench.write("minutes.txt", "");
    bench.out(&[&["done", "cloud-msa", id, "--evidence", "minutes.txt"], &limits[..]].concat());
    assert_eq!(own(&points(&limits)).len(), 2, "one point is seen to, and the others are not");
}
