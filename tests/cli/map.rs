//! Contracts under the field names of other systems.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::common::{Bench, DAY, fixture};

type Rows = Vec<BTreeMap<String, String>>;

fn csv(text: &str) -> Rows {
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

fn whole() -> Bench {
    let bench = Bench::empty();
    bench.run(&["ingest", fixture("").to_str().unwrap()]).assert().success();
    bench
}

/// What Data Loader takes: the names of the fields in the first line, ISO days, whole numbers, and nothing where nothing is known.
#[test]
fn salesforce_gets_what_its_fields_can_hold() {
    let bench = whole();
    bench.run(&["assign", "cloud-msa", "Ann Field"]).assert().success();
    let rows = csv(&bench.out(&["export", "--map", "salesforce", "--as-of", DAY]));
    let records = bench.json(&["export", "--as-of", DAY]);
    let records = records.as_array().unwrap();
    let is_part = |r: &&Value| !r["family"].is_null() && r["family"]["agreement"] != r["document"]["id"];
    assert_eq!(rows.len(), records.len() - records.iter().filter(is_part).count());
    assert!(rows.len() < records.len(), "an amendment is part of its agreement");
    let ids: std::collections::BTreeSet<&str> = rows.iter().map(|row| &*row["Tickler_Id__c"]).collect();
    assert_eq!(ids.len(), rows.len());
    let (mut whole_months, mut others) = (0, 0);
    for row in &rows {
        let record = records.iter().find(|r| r["document"]["id"] == *row["Tickler_Id__c"]).unwrap();
        for column in ["StartDate", "EndDate", "Act_By__c", "Notice_Deadline__c"] {
            assert!(
                row[column].is_empty() || row[column].parse::<jiff::civil::Date>().is_ok(),
                "{column}: {}",
                row[column]
            );
        }
        assert!(row["Name"].chars().count() <= 80);
        let term = &record["initial_term"]["value"];
        let months = match term["unit"].as_str() {
            Some("month") => term["count"].as_u64(),
            Some("quarter") => term["count"].as_u64().map(|n| n * 3),
            Some("year") => term["count"].as_u64().map(|n| n * 12),
            _ => None,
        };
        assert_eq!(row["ContractTerm"], months.map_or_else(String::new, |n| n.to_string()), "{term}");
        *(if months.is_some() { &mut whole_months } else { &mut others }) += 1;
    }
    assert!(whole_months > 0 && others > 0, "{whole_months} {others}");
    let cloud = rows.iter().find(|row| row["Source_File__c"].starts_with("cloud-msa")).unwrap();
    assert_eq!(
        (&*cloud["ContractTerm"], &*cloud["EndDate"], &*cloud["Owner_Name__c"]),
        ("36", "2027-01-31", "Ann Field")
    );
    assert!(!cloud.contains_key("OwnerExpirationNotice") && cloud["Renewal__c"] == "Automatic");
    let only = csv(&bench.out(&["export", "--map", "salesforce", "--owner", "Ann", "--as-of", DAY]));
    assert_eq!(only, std::slice::from_ref(cloud));
}

#[test]
fn navigator_names_lead_into_objects_and_lists() {
    let bench = whole();
    let text = bench.out(&["export", "--map", "docusign-navigator", "--as-of", DAY]);
    let all: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let cloud = all.iter().find(|a| a["fileName"] == "cloud-msa-auto-renewal.pdf").unwrap();
    let provisions = &cloud["provisions"];
    let told = [&provisions["termLength"], &provisions["renewalNoticePeriod"], &provisions["effectiveDate"]];
    assert_eq!(told, [&Value::from("P3Y"), &"P60D".into(), &"2024-02-01".into()]);
    assert_eq!(cloud["parties"][0]["nameInAgreement"], "Brightwater Analytics, Inc.");
    let parts = all.iter().filter(|a| !a["relatedAgreementDocuments"]["parentAgreementDocumentId"].is_null());
    assert!(parts.count() > 0);
}

#[test]
fn a_map_of_ones_own_has_any_table_and_says_what_it_does_not_know() {
    let bench = Bench::ingested();
    let map = "format = \"csv\"\ntable = \"deadlines\"\nonly = { kind = [\"notice_deadline\", \"option_deadline\"] }\n\
               field = [{ name = \"Workspace\", from = \"contracts.title\", longest = 10 }, { name = \"Due\", from = \"act_by\" },\n\
               { name = \"Term\", from = \"contracts.renewal_period_iso\", as = \"days\" },\n\
               { name = \"Type\", from = \"kind\", values = { notice_deadline = \"Notice\" } }]";
    bench.write("ariba.toml", map);
    bench.run(&["export", "--map", "ariba.toml", "-o", "ariba.csv", "--as-of", DAY]).assert().success();
    let rows = csv(&std::fs::read_to_string(bench.path("ariba.csv")).unwrap());
    assert!(rows.iter().all(|row| row["Workspace"].chars().count() <= 10 && row["Term"].is_empty()));
    assert!(rows.iter().any(|row| row["Type"] == "Notice") && rows.iter().any(|row| row["Type"].is_empty()));
    bench.write("bad.toml", map.replace("act_by", "act"));
    let (code, why) = bench.fails(&["export", "--map", "bad.toml"]);
    assert!(code == 2 && why.contains("bad.toml") && why.contains("no column \"act\"; it has contract_id,"), "{why}");
    let (code, why) = bench.fails(&["export", "--map", "none.toml"]);
    assert!(code == 2 && why.contains("none.toml") && why.contains("salesforce"), "{why}");
    assert_eq!(bench.fails(&["export", "--map", "salesforce", "--format", "json"]).0, 2);
}
