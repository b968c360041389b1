//! Digital signatures through the program and its workers: see `fixtures/sign.py` for what was done to each file.

use serde_json::Value;

use crate::common::Bench;

fn fixture(name: &str) -> String {
    format!("{}/fixtures/signatures/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn signed(names: &[&str]) -> Bench {
    let bench = Bench::empty();
    for name in names {
        std::fs::copy(fixture(name), bench.path("in").join(name)).unwrap();
    }
    bench
}

/// Status of execution; kind, whether signed, integrity and trust of each signatory.
fn said(record: &Value) -> (String, Vec<String>) {
    let words = |v: &Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
    let signatures = record["signatures"].as_array().unwrap().iter().map(|fact| {
        let v = &fact["value"];
        assert!(!fact["evidence"].as_array().unwrap().is_empty());
        let parts = [&v["kind"], &v["signed"], &v["signer"], &v["integrity"], &v["certificate"]["trust"]];
        parts.map(words).join(" ")
    });
    (words(&record["execution"]["value"]), signatures.collect())
}

#[test]
fn every_fixture_is_judged_in_a_worker() {
    let stone = "block false Harold Stone unsigned null";
    let reed = |words: &str| format!("digital {words}");
    let cases: [(&str, &str, Vec<String>); 16] = [
        ("unsigned", "unsigned", vec!["block false Alice Reed unsigned null".into(), stone.into()]),
        ("empty-fields", "unsigned", vec!["block false Alice Reed unsigned null".into(), stone.into()]),
        ("rsa-pkcs1", "partially_signed", vec![reed("true Alice Reed intact trusted"), stone.into()]),
        ("rsa-pss", "partially_signed", vec![reed("true Alice Reed intact trusted"), stone.into()]),
        ("ecdsa-p384", "partially_signed", vec![reed("true Miriam Vale intact trusted"), stone.into()]),
        ("brainpool-p256", "partially_signed", vec![reed("true Jonas Brandt intact trusted"), stone.into()]),
        ("brainpool-p384", "partially_signed", vec![reed("true Karla Weiss intact trusted"), stone.into()]),
        ("sha1", "partially_signed", vec![reed("true Alice Reed intact trusted"), stone.into()]),
        ("timestamped", "partially_signed", vec![reed("true Alice Reed intact trusted"), stone.into()]),
        ("expired", "partially_signed", vec![reed("true Otto Lapsed intact untrusted"), stone.into()]),
        (
            "ecdsa-p256",
            "partially_signed",
            vec!["block false Alice Reed unsigned null".into(), reed("true Harold Stone intact trusted")],
        ),
        (
            "two-signatures",
            "signed",
            vec![reed("true Alice Reed intact trusted"), reed("true Harold Stone intact trusted")],
        ),
        (
            "changed-after-signing",
            "partially_signed",
            vec![reed("true Alice Reed changed_after_signing trusted"), stone.into()],
        ),
        (
            "changed-between",
            "signed",
            vec![reed("true Alice Reed changed_after_signing trusted"), reed("true Harold Stone intact trusted")],
        ),
        ("broken", "unknown", vec![reed("null Alice Reed broken untrusted"), stone.into()]),
        ("corrupt-cms", "unknown", vec![reed("null Alice Reed broken null"), stone.into()]),
    ];
    let bench = Bench::empty();
    let mut args = vec!["extract".to_owned(), "--trust".to_owned(), fixture("keys/authority.pem")];
    args.extend(cases.iter().map(|(name, ..)| fixture(&format!("{name}.pdf"))));
    let lines = bench.out(&args.iter().map(String::as_str).collect::<Vec<_>>());
    for ((name, status, signatures), line) in cases.iter().zip(lines.lines()) {
        let record: Value = serde_json::from_str(line).unwrap();
        assert_eq!(said(&record), ((*status).to_owned(), signatures.clone()), "{name}");
    }
    assert_eq!(lines.lines().count(), cases.len());
}

#[test]
fn what_is_wrong_is_there_to_review_and_to_filter() {
    let names = ["unsigned.pdf", "two-signatures.pdf", "changed-after-signing.pdf", "broken.pdf", "sha1.pdf"];
    let bench = signed(&names);
    bench.run(&["ingest", "in"]).assert().success();
    let review = bench.json(&["review", "--field", "execution", "--field", "signatures", "--format", "json"]);
    let mut found: Vec<String> = review
        .as_array()
        .unwrap()
        .iter()
        .map(|i| format!("{} {}", i["file_name"], i["reason"]).replace('"', ""))
        .collect();
    found.sort();
    assert_eq!(
        found,
        [
            "broken.pdf broken_signature",
            "changed-after-signing.pdf changed_after_signing",
            "changed-after-signing.pdf partially_signed",
            "sha1.pdf doubtful_signature",
            "sha1.pdf partially_signed",
            "unsigned.pdf unsigned",
        ]
    );
    let listed = |status: &str| {
        let rows = bench.json(&["list", "--signed", status, "--format", "json"]);
        rows.as_array().unwrap().iter().map(|r| r["file_name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(listed("unsigned"), ["unsigned.pdf"]);
    assert_eq!(listed("partially-signed"), ["changed-after-signing.pdf", "sha1.pdf"]);
    assert_eq!(listed("signed"), ["two-signatures.pdf"]);
    let shown = bench.out(&["show", "two-signatures.pdf"]);
    for words in ["Execution  Signed", "Signature", "Alice Reed", "2024-03-27", "intact"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let csv = bench.out(&["export", "--format", "csv"]);
    assert!(csv.contains("Alice Reed (2024-03-14); Harold Stone (2024-03-27)"), "{csv}");
}

#[test]
fn other_certificates_make_records_anew() {
    let bench = signed(&["rsa-pkcs1.pdf"]);
    let trust = |bench: &Bench| {
        let record = bench.json(&["show", "rsa-pkcs1.pdf", "--format", "json"]);
        record["signatures"][0]["value"]["certificate"]["trust"].as_str().unwrap().to_owned()
    };
    bench.run(&["ingest", "in"]).assert().success();
    assert_eq!(trust(&bench), "untrusted");
    std::fs::copy(fixture("keys/authority.pem"), bench.path("signers.pem")).unwrap();
    bench.write("tickler.toml", "trust = \"signers.pem\"\n");
    // Where it lies with the contracts, it may be a stranger's.
    assert!(bench.out(&["ingest", "in"]).contains("1 unchanged"));
    assert!(bench.out(&["ingest", "in", "--config", "tickler.toml"]).contains("1 read again"));
    assert_eq!(trust(&bench), "trusted");
    assert!(bench.out(&["ingest", "in", "--config", "tickler.toml"]).contains("1 unchanged"));
    // The same path, and somebody else's certificates.
    std::fs::copy(fixture("keys/stranger.pem"), bench.path("signers.pem")).unwrap();
    assert!(bench.out(&["ingest", "in", "--config", "tickler.toml"]).contains("1 read again"));
    assert_eq!(trust(&bench), "untrusted");
}

#[test]
fn a_bundle_that_is_none_is_an_error_of_use() {
    let bench = signed(&["rsa-pkcs1.pdf"]);
    bench.write("notes.pem", "no certificates here");
    for file in ["notes.pem", "nowhere.pem"] {
        let output = bench.run(&["extract", "in", "--trust", file]).assert().code(2).get_output().clone();
        assert!(String::from_utf8(output.stderr).unwrap().contains(file));
    }
}

#[test]
fn certificates_of_signing_platforms_say_who_signed() {
    let bench = Bench::empty();
    let names = ["certificate-completed", "certificate-pending", "unsigned"];
    let files: Vec<String> = names.iter().map(|name| fixture(&format!("{name}.pdf"))).collect();
    let args: Vec<&str> = std::iter::once("extract").chain(files.iter().map(String::as_str)).collect();
    let records: Vec<Value> = bench.out(&args).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let reed = "platform true Alice Reed null null".to_owned();
    assert_eq!(
        said(&records[0]),
        ("signed".to_owned(), vec![reed.clone(), "platform true Harold Stone null null".to_owned()])
    );
    assert_eq!(
        said(&records[1]),
        ("partially_signed".to_owned(), vec![reed, "platform false Harold Stone null null".to_owned()])
    );
    for (record, day, pages) in
        [(&records[0], "2024-03-05", "pages 2 to 3 are"), (&records[1], "2024-03-05", "page 2 is")]
    {
        let first = &record["signatures"][0];
        assert_eq!(first["value"]["signed_on"], day);
        assert_eq!(first["value"]["title"], "President");
        assert_eq!(first["value"]["party"], "Larkfield Instruments Inc.");
        // The event proves it, with its place on the page; the block says for whom.
        let proof = &first["evidence"][0];
        assert!(proof["quote"].as_str().unwrap().to_lowercase().contains("signed"), "{proof}");
        assert_eq!((&proof["page"], proof["regions"].as_array().unwrap().is_empty()), (&Value::from(2), false));
        let remarks = record["diagnostics"].as_array().unwrap();
        let remark = remarks.iter().find(|d| d["code"] == "signature.certificate").unwrap();
        assert_eq!(remark["severity"], "info");
        assert!(remark["message"].as_str().unwrap().starts_with(pages), "{remark}");
        // What the pages say is no part of the contract: all else is as in the same contract without them.
        for field in [
            "parties",
            "agreement_date",
            "effective_date",
            "expiration_date",
            "renewal",
            "obligations",
            "governing_law",
        ] {
            assert_eq!(values(&record[field]), values(&records[2][field]), "{field}");
        }
    }
}

/// The values of a field: their proofs are of another document.
fn values(field: &Value) -> Vec<Value> {
    match field {
        Value::Array(facts) => facts.iter().map(|f| f["value"].clone()).collect(),
        fact => vec![fact["value"].clone()],
    }
}

/// What is wrong with the verdicts on one case of `fixtures/attacks/cases.json`; `None` where all are right.
fn wrong(case: &Value, record: Option<&Value>) -> Option<String> {
    let Some(record) = record else { return Some("no record".to_owned()) };
    let values = record["signatures"].as_array().unwrap().iter().map(|fact| &fact["value"]);
    let verdicts: Vec<&Value> = values.filter(|v| v["kind"] == "digital").map(|v| &v["integrity"]).collect();
    let expect = &case["expect"];
    let told = |what: &str| Some(format!("{what}, got {verdicts:?}"));
    if expect["signatures"].as_u64().is_some_and(|n| n != verdicts.len() as u64) {
        return told("another number of signatures");
    }
    if expect["not_intact"] == true && (verdicts.is_empty() || verdicts.contains(&&Value::from("intact"))) {
        return told("must not be intact");
    }
    let right: Vec<&Value> = match &expect["integrity"] {
        Value::Null => return None,
        Value::Array(any) => any.iter().collect(),
        one => vec![one],
    };
    let all = !verdicts.is_empty() && verdicts.iter().all(|v| right.contains(v));
    if all { None } else { told("integrity") }
}

/// 161 files that were altered after signing, for each way of `fixtures/attacks.py` at least one, and 36 honest ones. Eleven of
/// them are encrypted, and three of these open with a password only.
#[test]
fn what_was_altered_after_signing_is_never_intact() {
    let folder = format!("{}/fixtures/attacks", env!("CARGO_MANIFEST_DIR"));
    let cases = std::fs::read_to_string(format!("{folder}/cases.json")).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&cases).unwrap();
    assert!(cases.len() > 190, "{}", cases.len());
    assert_eq!(cases.iter().filter(|case| case["password"].is_string()).count(), 3);
    let bench = Bench::empty();
    bench.write("passwords.txt", "plover\n");
    let read =
        ["extract", "--no-model", "--format", "ndjson", "--min-confidence", "0", "--password-file", "passwords.txt"];
    let out = bench.run(&[&read[..], &[&folder]].concat()).output().unwrap();
    let records: Vec<Value> =
        String::from_utf8(out.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let record = |name: &Value| records.iter().find(|record| record["document"]["file_name"] == *name);
    let failed: Vec<String> = cases
        .iter()
        .filter_map(|case| Some(format!("{}: {}", case["file"], wrong(case, record(&case["file"]))?)))
        .collect();
    assert!(failed.is_empty(), "{} of {}:\n{}", failed.len(), cases.len(), failed.join("\n"));
}

/// The program's record of one of these files, and its text.
fn read_attack(bench: &Bench, name: &str) -> (Value, String, String) {
    let file = format!("{}/fixtures/attacks/{name}.pdf", env!("CARGO_MANIFEST_DIR"));
    let record = bench.out(&["extract", "--no-model", "--format", "ndjson", "--min-confidence", "0", &file]);
    let record = serde_json::from_str(record.trim()).unwrap();
    (record, bench.out(&["text", &file]), bench.out(&["text", "--hidden", &file]))
}

#[test]
fn what_a_later_signature_says_is_no_part_of_the_contract() {
    let bench = Bench::empty();
    for name in ["rsa-pss", "own"] {
        let (record, text, hidden) = read_attack(&bench, &format!("second-signature-says-a-term-{name}"));
        assert!(
            !text.contains("2039") && hidden.contains("The term ends on December 31, 2039."),
            "{name}: {text}{hidden}"
        );
        let remarks = record["diagnostics"].as_array().unwrap();
        let told: Vec<&Value> = remarks.iter().filter(|d| d["code"] == "text.later").collect();
        assert!(told.len() == 1 && told[0]["message"].as_str().unwrap().contains("2039"), "{name}: {remarks:?}");
        let mut rest = record.clone();
        rest["diagnostics"] = Value::Null;
        assert!(!rest.to_string().contains("2039"), "{name}");
        // Both are honest, and the day of the second is that of its signature.
        let second = record["signatures"].as_array().unwrap().last().unwrap()["value"].clone();
        assert_eq!((&second["integrity"], second["signed_on"].is_string()), (&Value::from("intact"), true), "{name}");
    }
}

#[test]
fn what_the_first_signature_shows_stays_in_the_text() {
    let bench = Bench::empty();
    let (_, both, hidden) = read_attack(&bench, "countersigned-rsa-pkcs1");
    assert_eq!(bench.out(&["text", &fixture("rsa-pkcs1.pdf")]), both);
    assert!(hidden.contains("Signed digitally by"), "{hidden}");
}
