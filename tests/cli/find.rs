//! Finding a contract, by whatever people call it.

use std::os::unix::fs::symlink;

use crate::common::{Bench, CONTRACTS, fixture};

/// The file of the contract that a name leads to.
fn shown(bench: &Bench, name: &str) -> String {
    bench.json(&["show", name, "--format", "json"])["document"]["file_name"].as_str().unwrap().to_owned()
}

#[test]
fn a_path_is_understood_as_the_system_does() {
    let bench = Bench::ingested();
    symlink("in", bench.path("alias")).unwrap();
    symlink(bench.path("in").join(CONTRACTS[1]), bench.path("link.pdf")).unwrap();
    let whole = bench.path("in").join(CONTRACTS[1]);
    let folders = ["in", "./in", "in/../in", "alias"].map(|folder| format!("{folder}/{}", CONTRACTS[1]));
    for name in folders.iter().map(String::as_str).chain(["link.pdf", whole.to_str().unwrap()]) {
        assert_eq!(shown(&bench, name), CONTRACTS[1], "{name}");
    }
    // A file that is there and is no contract of the store.
    bench.write("other.pdf", "nothing");
    assert_eq!(bench.fails(&["show", "other.pdf"]).0, 2);
    // A file that is gone is known by its path still.
    std::fs::remove_file(&whole).unwrap();
    assert_eq!(shown(&bench, &format!("./in/{}", CONTRACTS[1])), CONTRACTS[1]);
}

#[test]
fn a_file_that_was_read_by_way_of_a_link_is_found_where_it_is() {
    let bench = Bench::new();
    symlink("in", bench.path("alias")).unwrap();
    bench.run(&["ingest", "alias"]).assert().success();
    assert_eq!(shown(&bench, &format!("in/{}", CONTRACTS[0])), CONTRACTS[0]);
}

#[test]
fn of_files_with_one_name_the_one_that_is_here_is_meant() {
    let bench = Bench::empty();
    for (n, contract) in CONTRACTS[..2].iter().enumerate() {
        std::fs::create_dir(bench.path(&format!("in/{n}"))).unwrap();
        std::fs::copy(fixture(contract), bench.path(&format!("in/{n}/contract.pdf"))).unwrap();
    }
    bench.run(&["ingest", "in"]).assert().success();
    let (code, told) = bench.fails(&["show", "contract.pdf"]);
    assert!(code == 2 && told.contains("2 contracts are called"), "{told}");
    std::os::unix::fs::symlink("in/1/contract.pdf", bench.path("contract.pdf")).unwrap();
    let id = |name: &str| bench.json(&["show", name, "--format", "json"])["document"]["id"].clone();
    assert_eq!(id("contract.pdf"), id("in/1/contract.pdf"));
    assert_ne!(id("in/0/contract.pdf"), id("in/1/contract.pdf"));
}

#[test]
fn a_part_of_a_name_is_enough_for_every_command() {
    let bench = Bench::ingested();
    assert!(bench.out(&["link", "--copy", "office-lease", "mutual-nda"]).contains("files of one agreement"));
    let (code, told) = bench.fails(&["remove", ".pdf"]);
    assert!(code == 2 && told.contains("3 contracts are called"), "{told}");
    assert!(bench.out(&["remove", "cloud-msa"]).contains(CONTRACTS[0]));
    bench.write("values.csv", format!("contract,metric,period,value\nin/{},uptime,2026-01,99%\n", CONTRACTS[1]));
    let told = String::from_utf8(bench.run(&["measure", "--csv", "values.csv"]).output().unwrap().stdout).unwrap();
    assert!(!told.contains("No contract or more than one"), "{told}");
}
