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
    assert_eq!(provisions["expirationDate"], "2027-01-31");
    // Once it has renewed, the present term ends later.
    let later = bench.out(&["export", "--map", "docusign-navigator", "--as-of", "2027-06-01"]);
    let later: Vec<Value> = later.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let cloud = later.iter().find(|a| a["fileName"] == "cloud-msa-auto-renewal.pdf").unwrap();
    assert_eq!(cloud["provisions"]["expirationDate"], "2028-01-31");
    let parts = all.iter().filter(|a| !a["relatedAgreementDocuments"]["parentAgreementDocumentId"].is_null());
    assert!(parts.count() > 0);
}

/// The names of a map are those that its maker documents, or the fields that the map says must be made first.
#[test]
fn maps_name_documented_fields() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("contrib/maps");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let documented = read("documented.txt");
    for system in ["salesforce", "docusign-navigator"] {
        let map = read(&format!("{system}.toml"));
        // "Make these fields first", and what is no field: the head of the map says both.
        let head: String = map.lines().take_while(|line| !line.starts_with("format")).collect();
        let (mut list, mut checked) = (String::new(), 0);
        for entry in map.split("\n[[").skip(1) {
            let part = |key: &str| {
                let start = format!("{key} = ");
                let line = entry.lines().find_map(|line| line.strip_prefix(&start));
                line.map(|value| value.trim_matches('"').to_owned())
            };
            let name = part("name").unwrap();
            if entry.starts_with("list]]") {
                list = format!("{name}.");
                continue;
            }
            let name = if entry.starts_with("list.field]]") { format!("{list}{name}") } else { name };
            let mut lines = documented.lines().filter_map(|line| line.strip_prefix(system)?.strip_prefix(' '));
            let found = lines.find(|line| line.split(' ').next() == Some(&name));
            let own = name.contains('_') && head.contains(&name);
            assert!(found.is_some() || own, "{system}: {name} is not documented");
            // No text that is longer than what the field takes.
            if let Some(most) = found.and_then(|line| line.split_once(' ')?.1.parse::<u32>().ok()) {
                let longest = part("longest").and_then(|longest| longest.parse::<u32>().ok());
                assert!(longest.is_some_and(|longest| longest <= most), "{system}: {name} takes {most} characters");
            }
            checked += 1;
        }
        assert!(checked > 10, "{system}: {checked}");
    }
}

/// What an hour costs is not what the contract is worth.
#[test]
fn rates_are_no_totals() {
    let bench = Bench::ingested();
    let worth = |amount: u32, kind: &str| format!(r#"{{"amount":{amount},"currency":"USD","kind":"{kind}"}}"#);
    bench.out(&["set", MSA, "contract_value", &worth(145, "rates"), "--why", "for this test"]);
    bench.out(&["set", MSA, "annual_value", &worth(9000, "estimated"), "--why", "for this test"]);
    bench.out(&["set", LEASE, "contract_value", &worth(5000, "stated"), "--why", "for this test"]);
    bench.out(&["set", LEASE, "annual_value", &worth(10, "rates"), "--why", "for this test"]);
    let rows = csv(&bench.out(&["export", "--map", "salesforce"]));
    let text = bench.out(&["export", "--map", "docusign-navigator"]);
    let all: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for (file, total, annual) in [(MSA, None, Some(9000)), (LEASE, Some(5000), None)] {
        let row = rows.iter().find(|row| row["Source_File__c"] == file).unwrap();
        let cells = ["Contract_Value__c", "Contract_Value_Currency__c", "Annual_Value__c", "Annual_Value_Currency__c"];
        let text = |amount: Option<i32>| amount.map_or_else(Default::default, |n| (n.to_string(), "USD".to_owned()));
        let ((total_text, total_currency), (annual_text, annual_currency)) = (text(total), text(annual));
        assert_eq!(cells.map(|cell| row[cell].clone()), [total_text, total_currency, annual_text, annual_currency]);
        let provisions = &all.iter().find(|a| a["fileName"] == file).unwrap()["provisions"];
        let told = ["totalAgreementValue", "annualAgreementValue"].map(|name| provisions[name].as_f64());
        assert_eq!(told, [total, annual].map(|amount| amount.map(f64::from)));
    }
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

/// Nothing says which party is the user: all stand where the other one would, in every export, and that is told once.
#[test]
fn without_us_a_contract_is_with_all_of_its_parties() {
    let bench = Bench::ingested();
    let note = "note: no party of these contracts is known to be yours";
    let export = |args: &[&str]| {
        let output = bench.run(&[&["export", "--as-of", DAY], args].concat()).assert().success().get_output().clone();
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let with = |text: &str, file: &str, column: &str| {
        let row = csv(text).into_iter().find(|row| row[file] == MSA).unwrap();
        row[column].clone()
    };
    let (both, one) = ("Brightwater Analytics / Holloway Freight Partners", "Brightwater Analytics");
    for (us, name, notes) in
        [("", both, 1), ("us = [\"Holloway Freight Partners\"]\n", one, 0), ("us = [\"Hollowed\"]\n", both, 1)]
    {
        crate::remind::configure(&bench, us);
        let (text, said) = export(&["--map", "salesforce"]);
        assert_eq!(
            (with(&text, "Source_File__c", "Account_Name"), said.matches(note).count()),
            (name.to_owned(), notes)
        );
        assert!(said.is_empty() || said.contains("us = [\"Your Company Ltd\"]"), "{said}");
        let (_, said) = export(&["--format", "tables", "-o", "tables"]);
        let text = std::fs::read_to_string(bench.path("tables/contracts.csv")).unwrap();
        assert_eq!((with(&text, "file_name", "counterparty"), said.matches(note).count()), (name.to_owned(), notes));
        for (format, file) in [("sql", "all.sql"), ("ics", "all.ics")] {
            let (_, said) = export(&["--format", format, "-o", file]);
            let text = std::fs::read_to_string(bench.path(file)).unwrap().replace("\r\n ", "");
            assert!(text.contains(name) && said.matches(note).count() == notes, "{format}: {said}");
        }
        for told_elsewhere in [&["--format", "json"][..], &["--format", "csv"], &["--map", "docusign-navigator"]] {
            assert!(!export(told_elsewhere).1.contains(note), "{told_elsewhere:?}");
        }
    }
}

/// A cell of what the other system exports: the file of the contract, the heading, and what is typed there.
pub(crate) type Cell<'a> = (&'a str, &'a str, &'a str);

/// What Data Loader exports: some columns in another order, with their names in capital letters, and what people typed.
pub(crate) fn exported(bench: &Bench, from: &str, columns: &[&str], typed: &[Cell<'_>]) {
    let rows = csv(&std::fs::read_to_string(bench.path(from)).unwrap());
    let mut out = csv::Writer::from_path(bench.path("back.csv")).unwrap();
    out.write_record(columns.iter().map(|column| column.to_uppercase())).unwrap();
    let mut found = 0;
    for row in &rows {
        let cell = |column: &&str| {
            let new = typed.iter().find(|(file, heading, _)| *file == row["Source_File__c"] && heading == column);
            found += usize::from(new.is_some());
            new.map_or(row[*column].clone(), |(.., text)| (*text).to_owned())
        };
        out.write_record(columns.iter().map(cell).collect::<Vec<_>>()).unwrap();
    }
    out.flush().unwrap();
    assert_eq!(found, typed.len());
}

fn import(bench: &Bench, args: &[&str]) -> (i32, Value) {
    let args = [&["import", "back.csv", "--map", "salesforce", "--format", "json"], args].concat();
    let output = bench.run(&args).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let report = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    (output.status.code().unwrap(), report)
}

/// The lines of a report: file, state, column, and what was said or why not.
fn lines(report: &Value) -> Vec<[&str; 4]> {
    let all = report["lines"].as_array().unwrap().iter();
    all.map(|l| ["file_name", "state", "cell", "what"].map(|part| l[part].as_str().unwrap_or_default())).collect()
}

pub(crate) const BACK: [&str; 5] =
    ["Tickler_As_Exported__c", "Decision__c", "Owner_Name__c", "Backup_Name__c", "Tickler_Id__c"];
const MSA: &str = "cloud-msa-auto-renewal.pdf";
const LEASE: &str = "office-lease-option.pdf";
const NDA: &str = "mutual-nda-perpetual.pdf";

#[test]
fn what_people_fill_in_in_a_crm_comes_back() {
    let bench = Bench::ingested();
    bench.out(&["assign", MSA, "Ann Field", "--backup", "Bo Lind"]);
    bench.out(&["export", "--map", "salesforce", "-o", "out.csv"]);
    // As it was exported, it says nothing.
    exported(&bench, "out.csv", &BACK, &[]);
    let (code, report) = import(&bench, &[]);
    assert_eq!((code, lines(&report).len(), report["unchanged"].as_u64()), (0, 0, Some(3)), "{report}");

    let typed = [
        (MSA, "Owner_Name__c", "Zoë Müller"),
        (MSA, "Decision__c", "end"),
        (NDA, "Owner_Name__c", "Cy Dale"),
        (NDA, "Backup_Name__c", "Bo Lind"),
    ];
    exported(&bench, "out.csv", &BACK, &typed);
    let before = bench.out(&["log"]);
    assert_eq!(import(&bench, &["--dry-run"]).0, 0);
    assert_eq!(bench.out(&["log"]), before, "nothing was said");
    let (code, report) = import(&bench, &["--by", "CRM"]);
    assert_eq!(code, 0, "{report}");
    let mut told = lines(&report);
    told.sort_unstable();
    assert_eq!(told.len(), 3, "{report}");
    assert!(told.iter().all(|[_, state, ..]| *state == "said"), "{report}");
    let record = bench.json(&["show", MSA, "--format", "json"]);
    assert_eq!((&record["owner"]["name"], &record["owner"]["backup"]), (&"Zoë Müller".into(), &"Bo Lind".into()));
    let rows = csv(&bench.out(&["export", "--map", "salesforce"]));
    let row = |file: &str| rows.iter().find(|row| row["Source_File__c"] == file).unwrap();
    assert_eq!((&*row(MSA)["Decision__c"], &*row(NDA)["Backup_Name__c"]), ("End", "Bo Lind"));
    assert!(bench.out(&["log"]).contains("from back.csv"));
    // The same file again says nothing more.
    let log = bench.out(&["log"]);
    let (code, again) = import(&bench, &[]);
    assert_eq!((code, lines(&again).len(), bench.out(&["log"])), (0, 0, log), "{again}");
}

#[test]
fn what_was_said_on_both_sides_is_a_conflict() {
    let bench = Bench::ingested();
    bench.out(&["export", "--map", "salesforce", "-o", "out.csv"]);
    let typed = [
        (MSA, "Owner_Name__c", "Ann Field"),
        (MSA, "Decision__c", "End"),
        (LEASE, "Owner_Name__c", "Bo Lind"),
        (NDA, "Owner_Name__c", "Cy Dale"),
    ];
    exported(&bench, "out.csv", &BACK, &typed);
    bench.out(&["assign", MSA, "Dee Moss"]);
    bench.out(&["decide", MSA, "renew"]);
    bench.out(&["assign", NDA, "Cy Dale"]);
    let (code, report) = import(&bench, &[]);
    assert_eq!(code, 1, "{report}");
    let mut told = lines(&report);
    told.sort_unstable();
    assert_eq!(told.len(), 3, "{report}");
    assert!(told[0][1] == "conflict" && told[0][2] == "Decision__c" && told[0][3].contains("renew"), "{report}");
    assert!(told[1][1] == "conflict" && told[1][2] == "Owner_Name__c" && told[1][3].contains("Dee Moss"), "{report}");
    assert_eq!(told[2], [LEASE, "said", "Owner_Name__c", "owner: Bo Lind"]);
    let record = bench.json(&["show", MSA, "--format", "json"]);
    assert_eq!(record["owner"]["name"], "Dee Moss");
}

/// Without what the rows held, the day of the export tells what was said since.
#[test]
fn the_day_of_the_export_stands_in_for_what_rows_held() {
    let bench = Bench::ingested();
    bench.out(&["assign", MSA, "Dee Moss"]);
    bench.out(&["export", "--map", "salesforce", "-o", "out.csv"]);
    let typed = [(MSA, "Owner_Name__c", "Ann Field"), (LEASE, "Owner_Name__c", "Bo Lind")];
    exported(&bench, "out.csv", &["Owner_Name__c", "Tickler_Id__c"], &typed);
    let (code, report) = import(&bench, &[]);
    assert!(
        code == 1
            && lines(&report).iter().all(|[_, state, _, what]| *state == "refused" && what.contains("--exported"))
    );
    let (code, report) = import(&bench, &["--exported", "2020-01-01", "--dry-run"]);
    let of = |report: &Value, file: &str| lines(report).iter().find(|l| l[0] == file).unwrap()[1].to_owned();
    assert_eq!((code, of(&report, MSA), of(&report, LEASE)), (1, "conflict".to_owned(), "said".to_owned()), "{report}");
    let (code, report) = import(&bench, &["--exported", "2999-01-01"]);
    assert_eq!((code, of(&report, MSA)), (0, "said".to_owned()), "{report}");
}

#[test]
fn what_cannot_come_back_is_told_with_line_and_column() {
    let bench = Bench::ingested();
    let id = |file: &str| {
        let list = bench.json(&["list", "--format", "json"]);
        let row = list.as_array().unwrap().iter().find(|row| row["file_name"] == file).unwrap();
        row["id"].as_str().unwrap().to_owned()
    };
    let text = format!(
        "\u{feff}Tickler_Id__c;Owner_Name__c;Decision__c\r\n{};Ann;Perhaps\r\n;Somebody;\r\n{};Bo\r\nffff;Cy;\r\n{};me;Renew\r\n",
        id(MSA),
        id(LEASE),
        id(NDA)
    );
    bench.write("back.csv", text);
    let (code, report) = import(&bench, &["--exported", "2999-01-01", "--dry-run"]);
    assert_eq!((code, report["foreign"].as_u64()), (1, Some(1)), "{report}");
    let all = report["lines"].as_array().unwrap();
    let why = |line: u64, column: Option<&str>| {
        let found = all.iter().find(|l| l["row"] == line && l["cell"].as_str() == column && l["state"] == "refused");
        found.unwrap_or_else(|| panic!("{line} {column:?}: {report}"))["what"].as_str().unwrap().to_owned()
    };
    assert!(why(2, Some("Decision__c")).contains("\"Perhaps\"; it has End, Renegotiate, Renew"), "{report}");
    assert!(why(4, None).contains("2 cells"), "{report}");
    assert!(why(5, Some("Owner_Name__c")).contains("no contract of the store"), "{report}");
    assert!(why(6, Some("Decision__c")).contains("no renewal, option or break"), "{report}");
    let said = all.iter().filter(|l| l["state"] == "said").map(|l| l["row"].as_u64().unwrap());
    assert_eq!(said.collect::<Vec<_>>(), [2, 6], "the rest would be said");
    let text = bench.run(&["import", "back.csv", "--map", "salesforce", "--exported", "2999-01-01", "--dry-run"]);
    let text = String::from_utf8({ text }.assert().code(1).get_output().stdout.clone()).unwrap();
    assert!(text.contains("line 2, Decision__c") && text.contains("1 row is of no contract here"), "{text}");

    for (content, why) in [
        (&b"Owner_Name__c\nx\n"[..], "no column \"Tickler_Id__c\""),
        (b"Tickler_Id__c,Name\nx,y\n", "none of the columns that come back: Owner_Name__c"),
        (b"Tickler_Id__c,Owner_Name__c,OWNER_NAME__C\nx,y,z\n", "two of its columns are called"),
        (b"Tickler_Id__c,Owner_Name__c\nx,M\xfcller\n", "is not UTF-8"),
    ] {
        bench.write("bad.csv", content);
        let (code, told) = bench.fails(&["import", "bad.csv", "--map", "salesforce"]);
        assert!(code == 2 && told.contains(why), "{told}");
    }
    let (code, told) = bench.fails(&["import", "back.csv"]);
    assert!(code == 2 && told.contains("--map salesforce"), "{told}");
    let (code, told) = bench.fails(&["import", "back.csv", "--map", "docusign-navigator"]);
    assert!(code == 2 && told.contains("back = true"), "{told}");
}

/// Excel takes a CSV file for UTF-8 by the mark alone; `import` and other readers pass over it.
#[test]
fn csv_files_begin_with_a_mark_where_excel_needs_it() {
    let bench = Bench::ingested();
    bench.out(&["assign", MSA, "Zoë Müller"]);
    let exports: [(&[&str], &str); 5] = [
        (&["--format", "csv"], "out.csv"),
        (&["--format", "csv", "--table", "schedule"], "out.csv"),
        (&["--format", "csv", "--table", "obligations"], "out.csv"),
        (&["--map", "salesforce"], "out.csv"),
        (&["--format", "tables"], "out/contracts.csv"),
    ];
    for (args, file) in exports {
        let output = file.split('/').next().unwrap();
        let export = |more: &[&str]| {
            bench.out(&[&["export", "--as-of", DAY, "-o", output], args, more].concat());
            std::fs::read_to_string(bench.path(file)).unwrap()
        };
        let (plain, marked) = (export(&[]), export(&["--bom"]));
        assert!(!plain.starts_with('\u{feff}') && marked == format!("\u{feff}{plain}"), "{args:?}");
        if output == "out.csv" {
            std::fs::remove_file(bench.path(output)).unwrap();
        }
    }
    bench.out(&["export", "--map", "salesforce", "--bom", "-o", "back.csv"]);
    let (code, report) = import(&bench, &[]);
    assert_eq!((code, report["unchanged"].as_u64()), (0, Some(3)), "{report}");
    for args in
        [&["--format", "json", "-o", "x"][..], &["--map", "docusign-navigator", "-o", "x"], &["--format", "csv"]]
    {
        assert_eq!(bench.fails(&[&["export", "--bom"], args].concat()).0, 2, "{args:?}");
    }
}
