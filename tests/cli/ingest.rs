use crate::common::{Bench, CONTRACTS, DAY};

fn events(bench: &Bench) -> u64 {
    bench.json(&["doctor", "--format", "json"])["counts"]["events"].as_u64().unwrap()
}

#[test]
fn a_second_ingest_does_nothing() {
    let bench = Bench::new();
    let first = bench.json(&["ingest", "in", "--as-of", DAY, "--format", "json"]);
    assert_eq!(first["new"], CONTRACTS.len());
    let before = events(&bench);
    let second = bench.json(&["ingest", "in", "--as-of", DAY, "--format", "json"]);
    assert_eq!((&second["new"], &second["unchanged"]), (&0.into(), &CONTRACTS.len().into()));
    assert_eq!(second["next"], first["next"]);
    assert_eq!(events(&bench), before, "nothing is written to the log");
}

#[test]
fn a_cut_short_ingest_goes_on() {
    let bench = Bench::new();
    let one = format!("in/{}", CONTRACTS[0]);
    bench.run(&["ingest", &one]).assert().success();
    let rest = bench.json(&["ingest", "in", "--format", "json"]);
    assert_eq!((&rest["new"], &rest["unchanged"]), (&2.into(), &1.into()));
    let forced = bench.json(&["ingest", "in", "--force", "--format", "json"]);
    assert_eq!(forced["read_again"], 3);
}

#[test]
fn settings_that_change_reading_read_again() {
    let bench = Bench::ingested();
    bench.write("tickler.toml", "reminders = [10]\n");
    assert_eq!(bench.json(&["ingest", "in", "--format", "json"])["unchanged"], 3);
    std::fs::create_dir_all(bench.path("home/.config/tickler")).unwrap();
    bench.write("home/.config/tickler/tickler.toml", "ocr = \"never\"\n");
    assert_eq!(bench.json(&["ingest", "in", "--format", "json"])["read_again"], 3);
}

#[test]
fn failures_are_listed_and_the_rest_is_read() {
    let bench = Bench::new();
    bench.write("in/broken.pdf", "%PDF-1.7 nothing of the sort");
    bench.write("in/empty.pdf", "");
    let output = bench.run(&["ingest", "in", "gone.pdf", "--format", "json"]).assert().code(1).get_output().clone();
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(summary["new"], 3);
    let failed: Vec<_> = summary["failed"].as_array().unwrap().iter().map(|f| f["uri"].as_str().unwrap()).collect();
    for name in ["gone.pdf", "broken.pdf", "empty.pdf"] {
        assert!(failed.iter().any(|uri| uri.ends_with(name)), "{name}: {failed:?}");
    }
    let text = bench.out(&["list", "--failures"]);
    assert!(text.contains("broken.pdf") && text.contains("no such file or folder"), "{text}");
    // `doctor` names them later, too, and what is passed over.
    bench.write("in/offer.docx", "no PDF");
    let doctor = bench.out(&["doctor", "--contracts"]);
    for part in ["Failed", "broken.pdf", "Skipped", "offer.docx"] {
        assert!(doctor.contains(part), "{part}: {doctor}");
    }
    std::fs::remove_file(bench.path("in/offer.docx")).unwrap();
    let again = bench.run(&["ingest", "in"]).assert().code(1).get_output().clone();
    assert!(String::from_utf8_lossy(&again.stdout).contains("3 unchanged, 0 read again, 2 failed"));
    // A file that is put right is no failure any more.
    std::fs::remove_file(bench.path("in/broken.pdf")).unwrap();
    std::fs::copy(bench.path("in").join(CONTRACTS[0]), bench.path("in/empty.pdf")).unwrap();
    bench.run(&["ingest", "in"]).assert().success();
    assert!(!bench.out(&["list", "--failures"]).contains("empty.pdf"));
}

#[test]
fn copies_are_one_contract_with_two_paths() {
    let bench = Bench::new();
    std::fs::copy(bench.path("in").join(CONTRACTS[0]), bench.path("in/zz-copy.pdf")).unwrap();
    let summary = bench.json(&["ingest", "in", "--format", "json"]);
    assert_eq!((&summary["new"], &summary["duplicates"]), (&3.into(), &1.into()));
    let shown = bench.json(&["show", CONTRACTS[0], "--format", "json"]);
    assert_eq!(shown["paths"].as_array().unwrap().len(), 2);
}

#[test]
fn paths_come_from_standard_input() {
    let bench = Bench::new();
    let list = format!("in/{}\n\nin/missing.pdf\n", CONTRACTS[1]);
    let output =
        bench.run(&["ingest", "-", "--format", "json"]).write_stdin(list).assert().code(1).get_output().clone();
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&summary["new"], summary["failed"].as_array().unwrap().len()), (&1.into(), 1));
}

#[test]
fn an_empty_folder_is_remarked_on() {
    let bench = Bench::empty();
    let output = bench.run(&["ingest", "in"]).assert().success().get_output().clone();
    assert!(String::from_utf8_lossy(&output.stderr).contains("no PDF files in this folder"));
}

#[test]
fn who_the_user_is_changes_what_is_shown_and_reads_nothing_again() {
    let bench = Bench::ingested();
    let line = |args: &[&str]| -> String {
        let said = bench.out(args);
        said.lines().find(|line| line.contains(CONTRACTS[0])).unwrap_or_default().to_owned()
    };
    let lists: [&[&str]; 2] = [&["list"], &["schedule", "--as-of", crate::common::DAY, "--within", "2y"]];
    for list in lists {
        let line = line(list);
        assert!(line.contains("Brightwater Analytics, Inc.") && line.contains("Holloway"), "{line}");
    }
    bench.write("tickler.toml", "us = [\"Holloway Freight Partners LLC\"]\n");
    for list in lists {
        let line = line(list);
        assert!(line.contains("Brightwater Analytics  ") && !line.contains("Holloway"), "{line}");
    }
    assert!(bench.out(&["review", "--below", "1"]).contains("Brightwater Analytics"));
    let shown = bench.json(&["show", CONTRACTS[0], "--format", "json"]);
    let parties = shown["parties"].as_array().unwrap();
    let ours = parties.iter().filter(|party| party["value"]["is_us"] == true);
    assert_eq!(ours.count(), 1, "{parties:?}");
    let summary = bench.json(&["ingest", "in", "--format", "json"]);
    assert_eq!((&summary["unchanged"], &summary["read_again"]), (&3.into(), &0.into()));
    assert!(bench.out(&["verify"]).contains("Dates      those of the records"));
}

#[test]
fn what_is_no_contract_is_named() {
    let bench = Bench::new();
    let letter = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/bad/not-a-contract.pdf");
    std::fs::copy(letter, bench.path("in/news.pdf")).unwrap();
    let said = bench.out(&["ingest", "in", "--report", "report.csv"]);
    assert!(said.contains("Perhaps no contracts") && said.contains("news.pdf"), "{said}");
    let report = std::fs::read_to_string(bench.path("report.csv")).unwrap();
    assert!(report.contains("news.pdf\",\"contract.not_recognised\"") && report.lines().count() == 2, "{report}");
    let summary = bench.json(&["ingest", "in", "--force", "--format", "json"]);
    assert_eq!(summary["no_contract"].as_array().unwrap().len(), 1, "{summary}");
}

#[test]
fn a_contract_in_another_language_is_named_everywhere() {
    let bench = Bench::empty();
    let german = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/bad/german.pdf");
    std::fs::copy(german, bench.path("in/german.pdf")).unwrap();
    let said = bench.out(&["ingest", "in", "--report", "report.csv"]);
    assert!(said.contains("Not in English") && said.contains("german.pdf"), "{said}");
    let report = std::fs::read_to_string(bench.path("report.csv")).unwrap();
    assert!(report.contains("german.pdf\",\"text.not_english\""), "{report}");
    for command in ["list", "review"] {
        let said = bench.out(&[command]);
        assert!(said.contains("not in English"), "{command}: {said}");
    }
}

#[test]
fn what_became_of_files_is_told() {
    let bench = Bench::ingested();
    let path = |name: &str| bench.path("in").join(name);
    std::fs::rename(path(CONTRACTS[0]), path("msa.pdf")).unwrap();
    std::fs::remove_file(path(CONTRACTS[1])).unwrap();
    std::fs::copy(crate::common::fixture("one-way-nda-letter.pdf"), path(CONTRACTS[2])).unwrap();
    let said = bench.out(&["ingest", "in", "--as-of", DAY, "--report", "report.csv"]);
    for (change, name) in [("renamed", "msa.pdf"), ("gone", CONTRACTS[1]), ("new version", CONTRACTS[2])] {
        let line = said.lines().find(|line| line.trim_start().starts_with(change)).unwrap_or_default();
        assert!(line.contains(name), "{change}: {said}");
    }
    let report = std::fs::read_to_string(bench.path("report.csv")).unwrap();
    assert!(report.contains(CONTRACTS[1]) && report.contains("source.gone"), "{report}");
    let list = bench.out(&["list", "--ended", "--as-of", DAY]);
    for words in ["msa.pdf ", "mutual-nda-perpetual.pdf (replaced)", "office-lease-option.pdf (gone)"] {
        assert!(list.contains(words), "{words}: {list}");
    }
    assert_eq!(bench.json(&["show", "msa.pdf", "--format", "json"])["document"]["file_name"], "msa.pdf");
    assert!(bench.out(&["search", "notice"]).contains("msa.pdf"), "the index knows the name as well");
    let schedule = bench.out(&["schedule", "--all", "--as-of", DAY]);
    assert!(schedule.contains("office-lease-option.pdf"), "a lease goes on without its file");
    // It is told once, and nothing is written while nothing happens.
    let before = events(&bench);
    let again = bench.json(&["ingest", "in", "--format", "json"]);
    assert_eq!((&again["changed"], events(&bench)), (&serde_json::json!([]), before));
    // A person knows better: the file holds another contract.
    bench.run(&["link", "one-way-nda", "--none"]).assert().failure();
    let id = bench.json(&["list", "--format", "json"]);
    let of = |state: &str| {
        let mut rows = id.as_array().unwrap().iter().filter(|row| row["file_name"] == CONTRACTS[2]);
        let found = rows.find(|row| row["replaced"] == (state == "replaced")).unwrap();
        found["id"].as_str().unwrap().to_owned()
    };
    bench.run(&["link", &of("current"), "--none"]).assert().success();
    let list = bench.out(&["list", "--ended", "--as-of", DAY]);
    assert!(!list.contains("(replaced)") && list.contains("mutual-nda-perpetual.pdf (gone)"), "{list}");
    bench.run(&["link", &of("current"), "--automatic"]).assert().success();
    assert!(bench.out(&["list", "--ended", "--as-of", DAY]).contains("(replaced)"));
    bench.run(&["verify"]).assert().code(0);
}

#[test]
fn a_copy_with_other_bytes_has_no_dates_of_its_own() {
    let bench = Bench::ingested();
    let dates = |bench: &Bench| bench.json(&["schedule", "--all", "--as-of", DAY, "--format", "json"]);
    let before = dates(&bench);
    // Bytes behind the end of a PDF say nothing.
    let mut bytes = std::fs::read(bench.path("in").join(CONTRACTS[0])).unwrap();
    bytes.extend(b"\n% saved again\n");
    bench.write("in/saved-again.pdf", bytes);
    let said = bench.json(&["ingest", "in", "--as-of", DAY, "--format", "json"]);
    let change = &said["changed"][0];
    assert_eq!((&change["change"], &change["of"]), (&"copy".into(), &CONTRACTS[0].into()), "{said}");
    assert_eq!(dates(&bench), before);
    assert!(bench.out(&["list", "--as-of", DAY]).contains("saved-again.pdf (copy)"));
    bench.run(&["link", "saved-again.pdf", "--none"]).assert().success();
    assert!(dates(&bench).to_string().len() > before.to_string().len());
    bench.run(&["link", "saved-again.pdf", CONTRACTS[0], "--copy"]).assert().success();
    assert_eq!(dates(&bench), before);
}
