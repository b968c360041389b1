use crate::common::{Bench, DAY, fixture};
use crate::hostile;

const PARENT: &str = "maintenance-agreement-parent.pdf";
const AMENDMENT: &str = "maintenance-agreement-amendment-1.pdf";

fn family() -> Bench {
    let bench = Bench::empty();
    for name in [PARENT, AMENDMENT] {
        std::fs::copy(fixture(name), bench.path("in").join(name)).unwrap();
    }
    bench.run(&["ingest", "in"]).assert().success();
    bench
}

#[test]
fn an_amendment_is_folded_into_its_agreement() {
    let bench = family();
    let links = bench.json(&["link", "--format", "json"]);
    assert_eq!(links.as_array().unwrap().len(), 1);
    assert_eq!((&links[0]["file_name"], &links[0]["parent"]["file_name"]), (&AMENDMENT.into(), &PARENT.into()));
    assert_eq!(links[0]["how"], "reference");
    let show = |extra: &[&str]| {
        let args = [&["show", PARENT, "--format", "json", "--as-of", DAY], extra].concat();
        bench.json(&args)
    };
    let now = show(&[]);
    assert_eq!(now["expiration_date"]["value"], "2027-06-30");
    assert_ne!(now["expiration_date"]["evidence"][0]["document"], now["document"]["id"]);
    // The Client's notice was lengthened from three months to four, the Contractor's was not.
    let notices: Vec<_> =
        now["schedule"].as_array().unwrap().iter().filter(|e| e["kind"] == "notice_deadline").collect();
    let days: Vec<_> = notices.iter().take(2).map(|e| e["literal_date"].as_str().unwrap()).collect();
    // Six months before 30 June reach back to 31 December (R7).
    assert_eq!(days, ["2026-12-31", "2027-02-28"]);
    let displaced = &now["family"]["displaced"].as_array().unwrap()[0];
    assert_eq!((&displaced["field"], &displaced["document"]), (&"expiration_date".into(), &now["document"]["id"]));
    // Before the amendment had effect.
    let then = show(&["--version-as-of", "2024-10-31"]);
    assert_eq!(then["expiration_date"]["value"], "2025-04-30");
    assert_eq!(show(&["--version-as-of", "2024-11-01"])["expiration_date"]["value"], "2027-06-30");
    // What fell can still be explained, and text for people names the documents.
    bench.out(&["explain", displaced["fact"].as_str().unwrap()]);
    let shown = bench.out(&["show", PARENT]);
    assert!(shown.contains(&format!("Amended by {AMENDMENT}")) && shown.contains("was replaced by"), "{shown}");
    assert!(bench.out(&["search", "lift", "-n", "100"]).contains("(amended since)"));
    // Its dates are listed once, with the agreement's name.
    let due = bench.json(&["schedule", "--all", "--format", "json", "--kind", "expiration", "--as-of", DAY]);
    let files: Vec<_> = due.as_array().unwrap().iter().map(|i| i["file_name"].as_str().unwrap()).collect();
    assert_eq!(files, [PARENT]);
    assert_eq!(due[0]["literal_date"], "2027-06-30");
    let late = bench.json(&["list", "--expires-after", "2027-01-01", "--format", "json"]);
    assert_eq!(late.as_array().unwrap().len(), 2);
}

#[test]
fn people_have_the_last_word() {
    let bench = family();
    bench.run(&["link", AMENDMENT, "--none"]).assert().success();
    let end = |bench: &Bench| bench.json(&["show", PARENT, "--format", "json"])["expiration_date"]["value"].clone();
    assert_eq!(end(&bench), "2025-04-30");
    bench.run(&["link", AMENDMENT, PARENT]).assert().success();
    assert_eq!(end(&bench), "2027-06-30");
    assert_eq!(bench.json(&["link", "--format", "json"])[0]["how"], "hand");
    // It stays said when the document is read again, and can be taken back.
    bench.run(&["ingest", "in", "--force"]).assert().success();
    assert_eq!(bench.json(&["link", "--format", "json"])[0]["how"], "hand");
    bench.run(&["link", AMENDMENT, "--automatic"]).assert().success();
    assert_eq!(bench.json(&["link", "--format", "json"])[0]["how"], "reference");
    for wrong in
        [&["link", PARENT, PARENT][..], &["link", PARENT, AMENDMENT], &["link", PARENT], &["link", "x.pdf", PARENT]]
    {
        assert_eq!(bench.fails(wrong).0, 2, "{wrong:?}");
    }
}

#[test]
fn later_versions_take_the_places_of_earlier_ones() {
    for how in ["reference", "hand"] {
        let bench = family();
        if how == "hand" {
            bench.run(&["link", AMENDMENT, PARENT]).assert().success();
        }
        for name in [PARENT, AMENDMENT, PARENT] {
            let path = bench.path("in").join(name);
            let mut bytes = std::fs::read(&path).unwrap();
            bytes.extend(b"\n% saved again\n");
            std::fs::write(path, bytes).unwrap();
            bench.run(&["ingest", "in"]).assert().success();
            assert_eq!(bench.json(&["show", PARENT, "--format", "json"])["expiration_date"]["value"], "2027-06-30");
            let links = bench.json(&["link", "--format", "json"]);
            assert_eq!(links.as_array().unwrap().len(), 1, "an amendment is folded in once: {links}");
            assert_eq!((&links[0]["how"], &links[0]["parent"]["file_name"]), (&how.into(), &PARENT.into()));
        }
        bench.run(&["verify"]).assert().code(0);
    }
}

/// What is in force of the agreement with this file, after its amendment in the folder.
fn folded(parent: &str, amendment: &str) -> serde_json::Value {
    let bench = Bench::empty();
    for name in [parent, amendment] {
        std::fs::copy(fixture(name), bench.path("in").join(name)).unwrap();
    }
    bench.run(&["ingest", "in"]).assert().success();
    bench.json(&["show", parent, "--format", "json", "--as-of", DAY])
}

/// The timing of the duties in whose action these words stand.
fn timings(record: &serde_json::Value, words: &str) -> Vec<serde_json::Value> {
    let duties = record["obligations"].as_array().unwrap().iter().map(|fact| &fact["value"]);
    let named = duties.filter(|duty| duty["action"].as_str().unwrap().contains(words));
    named.map(|duty| duty["timing"].clone()).collect()
}

#[test]
fn an_amendment_changes_what_it_names_and_nothing_else() {
    let lifts = folded(PARENT, AMENDMENT);
    // The credit of one instalment leaves the terms of payment alone.
    let payments: Vec<_> = lifts["payment_terms"].as_array().unwrap().iter().map(|fact| &fact["value"]).collect();
    assert_eq!(payments.len(), 2, "{payments:?}");
    assert!(payments.iter().any(|p| p["due"]["iso"] == "P30D" && p["from"] == "date of the invoice"));
    assert_eq!(lifts["annual_value"]["value"]["amount"], 24400.0);
    let days = |words: &str| timings(&lifts, words).iter().map(|t| t["offset"]["count"].clone()).collect::<Vec<_>>();
    assert_eq!(days("summary of all visits"), [7], "ten business days became seven in clause 2.2");
    assert_eq!(days("before it takes a lift"), [10], "and in no clause of the amendment");
    let refuse = folded("municipal-collection-contract.pdf", "municipal-collection-amendment.pdf");
    assert_eq!(refuse["contract_value"]["value"]["amount"], 17.85);
    assert_eq!(timings(&refuse, "tonnage report")[0]["days"][0]["nth"], 10);
    assert_eq!(refuse["expiration_date"]["value"], "2028-06-30");
}

/// A PDF of one page with these lines.
fn typed(lines: &[&str]) -> Vec<u8> {
    let shown: Vec<String> = lines.iter().map(|line| format!("({line}) Tj 0 -16 Td ")).collect();
    let shown = shown.concat();
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>";
    hostile::pdf(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        page.into(),
        hostile::stream("", format!("BT /F1 10 Tf 50 740 Td {shown}ET").as_bytes()),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
    ])
}

#[test]
fn an_agreement_that_another_one_replaces_is_superseded() {
    let bench = Bench::empty();
    let agreement = |day: &str, more: &str| {
        typed(&[
            "SUPPLY AGREEMENT",
            &format!(
                "This Supply Agreement is dated {day} and made between Alder Works Limited \\(the \"Supplier\"\\)"
            ),
            "and Birch Trading Limited \\(the \"Customer\"\\).",
            &format!(
                "1. Term. This Agreement begins on {day} and continues for two years. It renews automatically for"
            ),
            "further terms of one year unless a party gives notice sixty days before the end of the current term.",
            more,
        ])
    };
    bench.write("in/old.pdf", agreement("1 May 2024", "2. Law. English law governs this Agreement."));
    let replaces = "2. This Agreement supersedes and replaces the Supply Agreement dated 1 May 2024.";
    bench.write("in/new.pdf", agreement("1 June 2026", replaces));
    bench.run(&["ingest", "in"]).assert().success();
    let state = |day: &str| {
        let list = bench.json(&["list", "--format", "json", "--as-of", day]);
        list.as_array().unwrap().iter().find(|row| row["file_name"] == "old.pdf").unwrap()["life"].clone()
    };
    assert_eq!(state("2026-05-01")["state"], "in_force");
    assert_eq!(state("2026-06-01")["state"], "superseded");
    assert_eq!(state("2026-06-01")["reason"], "new.pdf takes its place since 2026-06-01");
    let files = |command: &[&str]| {
        let text = bench.out(&[command, &["--as-of", "2026-06-01"]].concat());
        (text.contains("old.pdf"), text.contains("new.pdf"), text.contains("left out; --ended lists it"))
    };
    for command in [&["list"][..], &["schedule", "--within", "3y"]] {
        assert_eq!(files(command), (false, true, true), "{command:?}");
        assert!(files(&[command, &["--ended"]].concat()).0, "{command:?}");
    }
    let shown = bench.json(&["show", "old.pdf", "--format", "json", "--as-of", "2026-06-01"]);
    assert_eq!(shown["life"]["state"], "superseded");
    let new = bench.json(&["show", "new.pdf", "--format", "json"]);
    assert_eq!(new["replaces"][0]["value"]["date"], "2024-05-01");
    bench.out(&["export", "--format", "ics", "--as-of", "2026-06-01", "-o", "all.ics"]);
    let calendar = std::fs::read_to_string(bench.path("all.ics")).unwrap();
    assert!(calendar.contains("new.pdf") && !calendar.contains("old.pdf"), "{calendar}");
    // A person knows better.
    bench.run(&["link", "new.pdf", "--none"]).assert().success();
    assert_eq!(state("2026-06-01")["state"], "in_force");
    assert_eq!(bench.json(&["verify", "--format", "json"])["sound"], true);
}
