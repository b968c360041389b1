//! Flat tables, read by the programs that people use for them.

use std::path::Path;
use std::process::Command;

use crate::common::{Bench, CONTRACTS, DAY, fixture};
use crate::tools::{interpreter, printed};

/// The Python that has the packages, in the folder of a bench.
fn python(bench: &Bench) -> Command {
    let mut command = Command::new(interpreter());
    command.current_dir(bench.path("."));
    command
}

#[test]
fn other_programs_read_the_tables_without_options() {
    let bench = Bench::empty();
    bench.run(&["ingest", fixture("").to_str().unwrap()]).assert().success();
    bench.run(&["assign", "cloud-msa", "=HYPERLINK(\"x\")", "--backup", "Ørsted, \"Bo\"\n+1"]).assert().success();
    bench.run(&["decide", "cloud-msa", "end", "--why=-1; @x"]).assert().success();
    bench.run(&["export", "--format", "tables", "-o", "tables", "--as-of", DAY]).assert().success();
    let mut check = python(&bench);
    check.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python/tables.py")).arg("tables");
    let counts: serde_json::Value = serde_json::from_str(&printed(&mut check)).unwrap();
    let records = bench.json(&["export", "--as-of", DAY]);
    let sum = |list: &str| -> usize {
        records.as_array().unwrap().iter().map(|record| record[list].as_array().unwrap().len()).sum()
    };
    assert_eq!(counts["contracts"], records.as_array().unwrap().len());
    assert_eq!(counts["parties"], sum("parties"));
    assert_eq!(counts["deadlines"], sum("schedule"));
    let read = std::fs::read(bench.path("tables/contracts.csv")).unwrap();
    bench.run(&["export", "--format", "tables", "-o", "tables", "--as-of", DAY]).assert().success();
    assert_eq!(std::fs::read(bench.path("tables/contracts.csv")).unwrap(), read, "the same day gives the same bytes");
}

/// The recipes of the documents, in their order, in one folder.
#[test]
fn the_recipes_of_the_documents_run() {
    let bench = Bench::ingested();
    bench.run(&["export", "--format", "tables", "-o", "tables", "--as-of", DAY]).assert().success();
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/engineer.md")).unwrap();
    let recipes: Vec<&str> = text.split("```python\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(recipes.len() > 1, "docs/engineer.md has recipes");
    for recipe in recipes {
        printed(python(&bench).args(["-c", recipe]));
    }
    for name in ["contracts", "parties", "deadlines", "duties", "levels", "decisions"] {
        assert!(bench.path("tables").join(name).with_extension("parquet").is_file(), "{name}");
    }
}

#[test]
fn of_the_versions_of_a_file_one_counts_and_the_contract_keeps_its_id() {
    let bench = Bench::empty();
    let column = |name: &str| {
        bench.run(&["export", "--format", "tables", "-o", "tables", "--as-of", DAY]).assert().success();
        let text = std::fs::read_to_string(bench.path("tables/contracts.ndjson")).unwrap();
        let rows: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        rows.iter().map(|row| row[name].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let put = |version: &str| {
        std::fs::copy(fixture(version), bench.path("in/contract.pdf")).unwrap();
        bench.run(&["ingest", "in"]).assert().success();
    };
    put(CONTRACTS[0]);
    let (contract, document) = (column("contract_id"), column("document_id"));
    assert_eq!(contract, document);
    put(CONTRACTS[1]);
    assert_eq!(column("contract_id"), contract);
    assert_ne!(column("document_id"), document);
}

#[test]
fn tables_need_a_folder() {
    let bench = Bench::ingested();
    for args in [&["export", "--format", "tables"][..], &["export", "--format", "tables", "-o", "-"]] {
        let (code, message) = bench.fails(args);
        assert!(code == 2 && message.contains("--output"), "{message}");
    }
    bench.write("file", "x");
    let (code, message) = bench.fails(&["export", "--format", "tables", "-o", "file"]);
    assert!(code == 2 && message.contains("file is a file; name a folder"), "{message}");
}
