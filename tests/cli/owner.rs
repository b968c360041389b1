//! Who answers for a contract.

use std::fs;

use serde_json::Value;

use crate::common::{Bench, CONTRACTS, DAY};

const MSA: &str = CONTRACTS[0];
const LEASE: &str = CONTRACTS[1];

fn bench(settings: &str) -> Bench {
    let bench = Bench::ingested();
    fs::create_dir_all(bench.path("home/.config/tickler")).unwrap();
    bench.write("home/.config/tickler/tickler.toml", settings);
    bench
}

fn files(bench: &Bench, args: &[&str]) -> Vec<String> {
    let all = bench.json(&[args, &["--format", "json"]].concat());
    all.as_array().unwrap().iter().map(|row| row["file_name"].as_str().unwrap().to_owned()).collect()
}

/// Jobs of `cron` have no variable that tells who the user is; the system knows it.
#[test]
#[cfg(unix)]
fn without_variables_the_system_tells_who_the_user_is() {
    let bench = bench("");
    let output = std::process::Command::new("id").arg("-un").output().unwrap();
    let user = String::from_utf8(output.stdout).unwrap().trim().to_owned();
    bench.out(&["note", MSA, "a note"]);
    assert!(bench.out(&["log", MSA]).contains(&user), "{user}");
    bench.run(&["note", MSA, "another"]).env("LOGNAME", "zoe").assert().success();
    assert!(bench.out(&["log", MSA]).contains("zoe"));
}

/// The five steps of README.md, from an empty folder: whatever the day is, nothing is left at their end.
#[test]
fn a_newcomer_ends_with_an_owner_and_a_decision_for_every_contract() {
    let bench = Bench::empty();
    let read = bench.out(&["ingest", crate::common::fixture("").to_str().unwrap()]);
    assert!(read.starts_with("36 new"), "{read}");
    assert!(!files(&bench, &["list", "--unowned"]).is_empty());
    fs::create_dir_all(bench.path("home/.config/tickler")).unwrap();
    let rules = "[[owner]]\ntype = \"lease\"\nowner = \"Lee Moss\"\n\n[[owner]]\nfolder = \"contracts\"\nowner = \"Ann Field\"\n";
    bench.write("home/.config/tickler/tickler.toml", rules);
    let undecided: &[&str] = &["schedule", "--undecided", "--within", "10y"];
    let open = files(&bench, undecided);
    assert!(open.len() > 5, "{open:?}");
    for (file, choice) in open.iter().zip(["renew", "renegotiate", "end"].into_iter().cycle()) {
        let name = file.trim_end_matches(".pdf");
        assert!(bench.out(&["decide", name, choice]).starts_with(&format!("Decided: {choice}")), "{name}");
    }
    assert_eq!(files(&bench, &["list", "--unowned"]), [""; 0]);
    assert_eq!(files(&bench, undecided), [""; 0]);
    assert!(bench.out(undecided).contains("Nothing waits for a decision"));
    assert_eq!(files(&bench, &["list", "--undecided"]), [""; 0]);
}

#[test]
fn a_contract_has_one_owner_who_is_told_everywhere() {
    let bench = bench("me = \"Ann Field\"\n");
    assert_eq!(files(&bench, &["list", "--unowned"]).len(), 3);
    assert!(!bench.out(&["list"]).contains("OWNER"));
    let said = bench.out(&["assign", MSA, "me", "--backup", "Bo Lind"]);
    assert!(said.contains("Ann Field answers for it, Bo Lind stands in"), "{said}");
    for args in [&["list", "--owner", "me"][..], &["list", "--owner", "ann"]] {
        assert_eq!(files(&bench, args), [MSA], "{args:?}");
    }
    assert!(bench.out(&["list"]).contains("OWNER"));
    assert_eq!(files(&bench, &["list", "--unowned"]).len(), 2);
    let schedule = bench.json(&["schedule", "--owner", "Ann", "--as-of", DAY, "--within", "1y", "--format", "json"]);
    let schedule = schedule.as_array().unwrap();
    assert!(!schedule.is_empty() && schedule.iter().all(|e| e["owner"] == "Ann Field" && e["backup"] == "Bo Lind"));
    assert!(schedule.iter().all(|e| e["file_name"] == MSA));
    let text = bench.out(&["schedule", "--as-of", DAY, "--within", "1y"]);
    assert!(text.contains("OWNER") && text.contains("Ann Field"), "{text}");
    let today = bench.json(&["today", "--owner", "me", "--as-of", "2026-11-22", "--format", "json"]);
    assert_eq!(today["this_week"][0]["owner"], "Ann Field", "{today}");
    let free = bench.json(&["today", "--unowned", "--as-of", "2026-11-22", "--format", "json"]);
    assert!(!free.to_string().contains("Ann Field"));
    let review = bench.json(&["review", "--unowned", "--format", "json"]);
    assert!(review.as_array().unwrap().iter().all(|i| i["owner"] == Value::Null));
    let csv = bench.out(&["export", "--format", "csv"]);
    assert!(csv.lines().next().unwrap().contains(",owner,backup") && csv.contains("Bo Lind"), "{csv}");
    assert!(bench.out(&["show", MSA]).contains("Owner: Ann Field, backup Bo Lind"));
    assert_eq!(bench.json(&["show", MSA, "--format", "json"])["owner"]["by"], "statement");
    // It stays, and can be taken back.
    bench.run(&["ingest", "in", "--force"]).assert().success();
    assert_eq!(files(&bench, &["list", "--owner", "me"]), [MSA]);
    bench.run(&["undo", MSA]).assert().success();
    assert_eq!(files(&bench, &["list", "--unowned"]).len(), 3);
    assert!(bench.out(&["log", MSA]).contains("taken back: owner: Ann Field, backup: Bo Lind"));
}

#[test]
fn rules_name_owners_and_a_statement_stands_over_them() {
    let rules = "[[owner]]\ntype = \"lease\"\nowner = \"Lee Moss\"\nbackup = \"Bo Lind\"\n\
                 [[owner]]\nparty = \"holloway\"\nowner = \"Ann Field\"\n[[owner]]\nfolder = \"in\"\nowner = \"Rest\"\n";
    let bench = bench(rules);
    let owner = |file: &str| {
        let rows = bench.json(&["list", "--format", "json"]);
        rows.as_array().unwrap().iter().find(|r| r["file_name"] == file).unwrap()["owner"].clone()
    };
    assert_eq!((&owner(MSA)["name"], &owner(MSA)["by"]), (&"Ann Field".into(), &"rule".into()));
    assert_eq!((&owner(LEASE)["name"], &owner(LEASE)["backup"]), (&"Lee Moss".into(), &"Bo Lind".into()));
    assert_eq!(owner(CONTRACTS[2])["name"], "Rest");
    bench.run(&["assign", MSA, "Cy Dale", "--by", "Ann Field"]).assert().success();
    assert_eq!((&owner(MSA)["name"], &owner(MSA)["by"]), (&"Cy Dale".into(), &"statement".into()));
    bench.run(&["assign", MSA, "--nobody", "--why", "left"]).assert().success();
    assert_eq!(files(&bench, &["list", "--unowned"]), [MSA]);
    // Owners are no part of what is read.
    let again = bench.json(&["ingest", "in", "--format", "json"]);
    assert!(again.to_string().contains("\"unchanged\":3") || again["unchanged"] == 3, "{again}");
}

#[test]
fn a_table_of_owners_needs_no_other_settings() {
    let bench = Bench::ingested();
    fs::create_dir_all(bench.path("home/.config/tickler")).unwrap();
    bench.write("home/.config/tickler/owners.csv", "type,owner\nlease,Lee Moss\n");
    assert_eq!(files(&bench, &["list", "--owner", "Lee Moss"]), [LEASE]);
    assert!(bench.out(&["doctor"]).contains("owners.csv"));
    assert_eq!(
        bench.fails(&["list", "--config", "home/.config/tickler/tickler.toml"]).0,
        2,
        "a file that is named is read"
    );
}

#[test]
fn who_is_unknown_is_refused() {
    let bench = bench("");
    bench.run(&["assign", MSA, "Ann Field"]).assert().success();
    for (args, says) in [
        (&["list", "--owner", "Zed"][..], "there are Ann Field"),
        (&["assign", MSA], "OWNER"),
        (&["assign", MSA, " "], "a name"),
        (&["assign", MSA, "Bo", "--backup", "Bo"], "somebody else"),
        (&["list", "--owner", "Ann", "--unowned"], "cannot be used with"),
    ] {
        let (code, message) = bench.fails(args);
        assert!(code == 2 && message.contains(says), "{args:?}: {message}");
    }
    bench.write("home/.config/tickler/tickler.toml", "[[owner]]\ntype = \"nda\"\n");
    let (code, message) = bench.fails(&["list"]);
    assert!(code == 2 && message.contains("owner = "), "{message}");
}
