//! Names that definitions belong to.

use super::*;

fn names(s: &str) -> Vec<String> {
    defined(s).iter().map(|f| s.part(f.span.start()..f.span.start() + f.name_len).to_owned()).collect()
}

#[test]
fn definitions_in_a_letter() {
    let s = "In consideration of your employment with Acme Tools, Inc. and its affiliates (collectively, the “Company”), you, \
             Anna Reed (“you”), agree as follows. Information about Harbor LLC (the “Transaction”) is secret.";
    assert_eq!(names(s), ["Acme Tools, Inc.", "Anna Reed"]);
}

#[test]
fn posts_before_the_employer() {
    let s = "We appoint you as Clerk - II in Harbor Softlabs Private Limited (\"the Company\") from today.";
    assert_eq!(names(s), ["Harbor Softlabs Private Limited"]);
}

#[test]
fn short_forms_of_the_name() {
    let s = "Harbor Works Corporation, a Nevada corporation (“Harbor”), has asked Northern Bank and Trust Company (“NBT”) to act.";
    assert_eq!(names(s), ["Harbor Works Corporation", "Northern Bank and Trust Company"]);
}
