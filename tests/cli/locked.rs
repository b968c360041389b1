//! Files with a password.

use std::path::Path;

use crate::common::{Bench, fixture};

const PASSWORD: &str = "open-sesame";

/// A folder with one file that needs a password.
fn locked() -> Bench {
    let bench = Bench::empty();
    std::fs::copy(fixture("../bad/encrypted.pdf"), bench.path("in/locked.pdf")).unwrap();
    bench
}

/// Whether any file under `folder` has these bytes.
fn holds(folder: &Path, needle: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return holds(&path, needle);
        }
        std::fs::read(path).unwrap().windows(needle.len()).any(|w| w == needle)
    })
}

#[test]
fn a_password_of_the_file_opens_it_and_is_kept_nowhere() {
    let bench = locked();
    let output = bench.run(&["ingest", "in"]).assert().code(1).get_output().clone();
    assert!(String::from_utf8_lossy(&output.stdout).contains("--password-file"));

    bench.write("passwords", "hunter2\r\n\nopen-sesame\n");
    let output = bench.run(&["-vv", "ingest", "in", "--password-file", "passwords"]).assert().success();
    let output = output.get_output();
    let said = [&output.stdout[..], &output.stderr[..]].concat();
    assert!(String::from_utf8_lossy(&said).contains("1 new"), "{}", String::from_utf8_lossy(&said));
    assert!(!String::from_utf8_lossy(&said).contains(PASSWORD));
    assert!(!holds(&bench.path("store"), PASSWORD.as_bytes()));
    let records = bench.json(&["export", "--format", "json"]);
    assert_eq!(records[0]["diagnostics"][0]["code"], "text.password");
    // Once read, it needs none.
    assert!(bench.out(&["ingest", "in"]).contains("1 unchanged"));
}

#[test]
fn wrong_passwords_are_said() {
    let bench = locked();
    bench.write("passwords", "hunter2\n");
    let (code, said) = bench.fails(&["extract", "in", "--password-file", "passwords"]);
    assert!(code == 1 && said.contains("none of the passwords"), "{said}");
    assert!(!said.contains("hunter2"));
}

#[test]
fn a_file_of_passwords_that_is_none_is_a_usage_error() {
    let bench = locked();
    bench.write("empty", "\n");
    bench.write("binary", [0xff, 0xfe, 0]);
    for (file, why) in [("empty", "one password per line"), ("binary", "not UTF-8"), ("missing", "missing")] {
        let (code, said) = bench.fails(&["extract", "in", "--password-file", file]);
        assert!(code == 2 && said.contains(why), "{said}");
    }
}
