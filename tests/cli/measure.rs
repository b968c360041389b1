use crate::common::{Bench, fixture};

const TABLE: &str = "contract,metric,severity,period,value\n\
    service-level-agreement.pdf,response_time,1,2026-01,20 minutes\n\
    SLA-VA-118,response_time,2,2026-01,25 minutes\n\
    hosting-agreement-capped-renewals.pdf,availability,,2026-01,99.2%\n";

fn bench() -> Bench {
    let bench = Bench::empty();
    for name in ["service-level-agreement.pdf", "hosting-agreement-capped-renewals.pdf"] {
        std::fs::copy(fixture(name), bench.path("in").join(name)).unwrap();
    }
    bench.run(&["ingest", "in"]).assert().success();
    bench
}

#[test]
fn values_are_judged_with_proof() {
    let bench = bench();
    bench.write("metrics.csv", TABLE);
    let report = bench.json(&["measure", "--csv", "metrics.csv", "--format", "json"]);
    let outcomes = report["outcomes"].as_array().unwrap();
    let met: Vec<bool> = outcomes.iter().map(|o| o["met"].as_bool().unwrap()).collect();
    assert_eq!(met, [false, true, false]);
    assert!(outcomes.iter().all(|o| !o["evidence"].as_array().unwrap().is_empty()));
    // 0.8 % of the 744 hours of the month are five full hours, of 5 % each.
    assert_eq!(outcomes[2]["credit"]["credit"], 25.0);
    assert_eq!(outcomes[2]["credit"]["times"], 5);
    assert_eq!(report["problems"].as_array().unwrap().len(), 0);
    let table = bench.out(&["measure", "--csv", "metrics.csv"]);
    assert!(table.contains("BREACH") && table.contains("3 rows, 3 compared, 2 breaches"), "{table}");
}

#[test]
fn rows_that_fit_nothing_are_told() {
    let bench = bench();
    bench.write(
        "metrics.csv",
        format!("{TABLE}nobody.pdf,availability,,,99\nservice-level-agreement.pdf,happiness,,,9\nSLA-VA-118,response_time,1,,soon\n"),
    );
    let output =
        bench.run(&["measure", "--csv", "metrics.csv", "--format", "json"]).assert().code(1).get_output().clone();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let problems = report["problems"].as_array().unwrap();
    let told: Vec<_> = problems.iter().map(|p| (p["line"].as_u64().unwrap(), p["code"].as_str().unwrap())).collect();
    assert_eq!(told, [(5, "measure.unknown_contract"), (6, "measure.unknown_metric"), (7, "measure.value")]);
    assert_eq!(report["outcomes"].as_array().unwrap().len(), 3);
}

#[test]
fn a_file_that_is_no_table_is_a_usage_error() {
    let bench = bench();
    bench.write("metrics.csv", "a,b\n1,2\n");
    let (code, message) = bench.fails(&["measure", "--csv", "metrics.csv"]);
    assert_eq!(code, 2);
    assert!(message.contains("contract"), "{message}");
    assert_eq!(bench.fails(&["measure", "--csv", "missing.csv"]).0, 2);
}

#[test]
fn kept_values_make_claims_with_an_owner() {
    const ROW: &str = "contract,metric,severity,period,value\nmanaged-cloud-services.pdf,availability,,2099-01,99.2%\n";
    let bench = Bench::empty();
    bench.add(&["managed-cloud-services.pdf"]);
    bench.out(&["ingest", "in"]);
    assert!(
        bench.out(&["measure", "--history", "managed-cloud"]).contains("No measured value of this contract is kept")
    );
    bench.write("metrics.csv", ROW);
    let kept = bench.out(&["measure", "--csv", "metrics.csv", "--save"]);
    assert!(kept.contains("1 new value is kept") && kept.contains("1 row, 1 compared, 1 breach\n"), "{kept}");
    let again = bench.json(&["measure", "--csv", "metrics.csv", "--save", "--format", "json"]);
    assert_eq!(again["kept"], 0, "the same value is kept once");

    let history = bench.json(&["measure", "--history", "managed-cloud", "--format", "json"]);
    assert_eq!(history["outcomes"].as_array().unwrap().len(), 1);
    assert_eq!(history["outcomes"][0]["measurement"]["raw"], "99.2%");
    let claim = history["outcomes"][0]["claim_by"]["readings"]["conservative"].as_str().unwrap().to_owned();

    bench.out(&["assign", "managed-cloud", "Ann Field"]);
    let claims = || {
        let all = bench.json(&["schedule", "--kind", "claim-deadline", "--within", "100y", "--format", "json"]);
        let found = all.as_array().unwrap().clone();
        found
            .into_iter()
            .filter(|e| e["label"].as_str().unwrap().contains("Claim the service credit"))
            .collect::<Vec<_>>()
    };
    let found = claims();
    let own: Vec<_> = found.iter().filter(|e| e["file_name"].as_str().unwrap().starts_with("managed-cloud")).collect();
    assert_eq!(own.len(), 1, "{found:?}");
    assert_eq!((&own[0]["act_by"], &own[0]["owner"]), (&claim.into(), &"Ann Field".into()));

    // It is seen to as other duties are. A proof that is not there is a slip of the pen.
    let id = own[0]["id"].as_str().unwrap();
    let (code, message) = bench.fails(&["done", "managed-cloud", id, "--evidence", "claims/7.pdf"]);
    assert!(code == 2 && message.contains("no file \"claims/7.pdf\""), "{message}");
    std::fs::create_dir(bench.path("claims")).unwrap();
    bench.write("claims/7.pdf", "");
    bench.out(&["done", "managed-cloud", id, "--evidence", "claims/7.pdf", "--why", "by mail"]);
    let said = bench.json(&["show", "managed-cloud", "--format", "json"])["said"][id]["duty"].clone();
    assert_eq!((&said["evidence"], &said["why"]), (&"claims/7.pdf".into(), &"by mail".into()));
    assert!(!claims().iter().any(|e| e["file_name"].as_str().unwrap().starts_with("managed-cloud")));

    // A better value takes the place of the first one, and the log tells of both.
    bench.write("metrics.csv", ROW.replace("99.2%", "99.99%"));
    bench.out(&["measure", "--csv", "metrics.csv", "--save"]);
    let history = bench.json(&["measure", "--history", "managed-cloud", "--format", "json"]);
    assert_eq!((history["outcomes"].as_array().unwrap().len(), &history["outcomes"][0]["met"]), (1, &true.into()));
    let log = bench.out(&["log", "managed-cloud"]);
    assert!(log.contains("99.2%") && log.contains("99.99%"), "{log}");
    bench.out(&["verify"]);
}
