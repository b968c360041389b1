//! Several contracts in one file: each has a record of its own, with the page on which it begins in its name.

use serde_json::Value;

use crate::common::Bench;
use crate::hostile::{pdf, stream};

const NDA: &str = "MUTUAL NON-DISCLOSURE AGREEMENT
This Agreement is made as of January 5, 2026 between Alder Works Limited and Birch Trading Limited.
1. Secrets. Each party keeps the other's information secret.
2. Term. This Agreement ends on January 4, 2028.
By: /s/ A. Quill
Name: A. Quill";
const SUPPLY: &str = "SUPPLY AGREEMENT
This Supply Agreement is made as of March 1, 2026 between Alder Works Limited and Birch Trading Limited.
1. Supply. Alder supplies boards to Birch.
2. Term. This Agreement ends on December 31, 2028. It renews automatically for a year at a time unless a party gives notice
at least 60 days before its end.
By: /s/ A. Quill
Name: A. Quill";
const LEASE: &str = "LEASE AGREEMENT
This Lease is made as of June 1, 2026 between Alder Works Limited and Cedar Estates Limited.
1. Term. This Lease ends on May 31, 2031.
By: /s/ C. Marsh
Name: C. Marsh";

/// A PDF with these pages, a line of text each line.
fn file(pages: &[&str]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|n| format!("{} 0 R", 4 + 2 * n)).collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), kids.len()).into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
    ];
    for (n, page) in pages.iter().enumerate() {
        let lines: Vec<String> = page.lines().map(|line| format!("({line}) Tj 0 -22 Td")).collect();
        let content = format!("BT /F1 9 Tf 50 740 Td {} ET", lines.join(" "));
        let (media, fonts) = ("/MediaBox [0 0 612 792]", "/Resources << /Font << /F1 3 0 R >> >>");
        let contents = 5 + 2 * n;
        objects.push(format!("<< /Type /Page /Parent 2 0 R {media} {fonts} /Contents {contents} 0 R >>").into_bytes());
        objects.push(stream("", content.as_bytes()));
    }
    pdf(&objects)
}

/// Name and end of each contract that counts.
fn listed(bench: &Bench) -> Vec<(String, String)> {
    let rows = bench.json(&["list", "--ended", "--format", "json"]);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let all = rows.as_array().unwrap().iter();
    let counts = all.filter(|row| row["replaced"] != true && row["gone"] != true);
    let mut out: Vec<_> = counts.map(|row| (text(&row["file_name"]), text(&row["expiration_date"]))).collect();
    out.sort();
    out
}

fn names(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, end)| ((*name).to_owned(), (*end).to_owned())).collect()
}

#[test]
fn each_contract_of_a_file_has_its_record() {
    let bench = Bench::empty();
    bench.write("in/bundle.pdf", file(&[NDA, SUPPLY]));
    assert_eq!(bench.json(&["ingest", "in", "--format", "json"])["new"], 2);
    let both = names(&[("bundle.pdf", "2028-01-04"), ("bundle.pdf#page=2", "2028-12-31")]);
    assert_eq!(listed(&bench), both);
    let supply = bench.json(&["show", "bundle.pdf#page=2", "--format", "json"]);
    assert_eq!(supply["document"]["page_range"], serde_json::json!({"first": 2, "last": 2}));
    assert_eq!(supply["expiration_date"]["evidence"][0]["page"], 2, "pages are those of the file");
    assert_eq!(supply["renewal"]["value"]["kind"], "automatic");
    let nda = bench.json(&["show", "bundle.pdf", "--format", "json"]);
    assert_eq!(nda["renewal"], Value::Null);
    assert!(nda["diagnostics"].to_string().contains("segment.several_contracts"));
    assert!(bench.out(&["search", "boards"]).contains("bundle.pdf#page=2"));
    bench.run(&["verify"]).assert().success();
    // Nothing new.
    let again = bench.json(&["ingest", "in", "--format", "json"]);
    assert_eq!((&again["unchanged"], &again["new"]), (&1.into(), &0.into()));
    assert_eq!(listed(&bench), both);
}

#[test]
fn contracts_follow_their_file() {
    let bench = Bench::empty();
    bench.write("in/bundle.pdf", file(&[NDA, SUPPLY]));
    bench.run(&["ingest", "in"]).assert().success();
    std::fs::rename(bench.path("in/bundle.pdf"), bench.path("in/signed.pdf")).unwrap();
    bench.run(&["ingest", "in"]).assert().success();
    assert_eq!(listed(&bench), names(&[("signed.pdf", "2028-01-04"), ("signed.pdf#page=2", "2028-12-31")]));
    // The file holds another contract in the place of the second.
    bench.write("in/signed.pdf", file(&[NDA, LEASE]));
    bench.run(&["ingest", "in"]).assert().success();
    assert_eq!(listed(&bench), names(&[("signed.pdf", "2028-01-04"), ("signed.pdf#page=2", "2031-05-31")]));
    // It holds one only.
    bench.write("in/signed.pdf", file(&[NDA]));
    bench.run(&["ingest", "in"]).assert().success();
    assert_eq!(listed(&bench), names(&[("signed.pdf", "2028-01-04")]));
    bench.run(&["verify"]).assert().success();
    std::fs::remove_file(bench.path("in/signed.pdf")).unwrap();
    bench.run(&["ingest", "in"]).assert().success();
    assert!(listed(&bench).is_empty());
    // The file of before comes back, elsewhere.
    bench.write("in/old.pdf", file(&[NDA, SUPPLY]));
    bench.run(&["ingest", "in"]).assert().success();
    assert_eq!(listed(&bench), names(&[("old.pdf", "2028-01-04"), ("old.pdf#page=2", "2028-12-31")]));
    bench.run(&["verify"]).assert().success();
}

#[test]
fn other_programs_get_all_contracts() {
    let bench = Bench::empty();
    bench.write("in/bundle.pdf", file(&[NDA, SUPPLY]));
    let records = bench.out(&["extract", "in"]);
    let names: Vec<Value> = records
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["document"]["file_name"].clone())
        .collect();
    assert_eq!(names, ["bundle.pdf", "bundle.pdf#page=2"]);
    let output = bench.run(&["extract", "--stream"]).write_stdin("in/bundle.pdf\n").assert().success();
    let answers = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    let answer: Value = serde_json::from_str(answers.trim()).unwrap();
    assert_eq!(answer["record"]["document"]["file_name"], "bundle.pdf");
    assert_eq!(answer["others"][0]["document"]["file_name"], "bundle.pdf#page=2");
}
