use super::*;

fn names(s: &str) -> Vec<String> {
    after_cue(s).iter().map(|f| s.part(f.span.start()..f.span.start() + f.name_len).to_owned()).collect()
}

#[test]
fn between_two_companies() {
    let s = "This Supply Agreement (this “Agreement”) is made as of May 2, 2019 by and between Acme Tools, Inc., a Delaware \
             corporation with offices at 12 Mill Road and Pier 4, Newark (“Acme”), and Harbor and Sons Ltd., a company \
             organised under the laws of England (“Buyer”). Acme and Buyer are each a “Party”.";
    assert_eq!(names(s), ["Acme Tools, Inc.", "Harbor and Sons Ltd."]);
}

#[test]
fn parties_without_definitions() {
    assert_eq!(
        names("AGREEMENT BETWEEN\nACME TOOLS, INC.\nAND\nHARBOR LLC\nDated May 1"),
        ["ACME TOOLS, INC.", "HARBOR LLC"]
    );
    assert_eq!(names("made between Acme Tools and Harbor Works. WHEREAS"), ["Acme Tools", "Harbor Works"]);
}

#[test]
fn numbered_list() {
    let s = "THIS DEED is made on 1 May 2020 BETWEEN:\n(1) ACME TOOLS LIMITED, a company registered in England \
             (the “Supplier”); and\n(2) HARBOR WORKS PLC whose office is at 1 Quay (the “Customer”).\nBACKGROUND\n(A) The Supplier";
    assert_eq!(names(s), ["ACME TOOLS LIMITED", "HARBOR WORKS PLC"]);
}

#[test]
fn several_and_an_individual() {
    let s = "by and among Acme Tools, Inc., a Nevada corporation (“Acme”), Harbor LLC, a Utah limited liability company \
             (“Harbor”), and Anna B. Reed, an individual (“Reed”). WHEREAS, the parties";
    assert_eq!(names(s), ["Acme Tools, Inc.", "Harbor LLC", "Anna B. Reed"]);
}

#[test]
fn lettered_and_semicolons() {
    let s = "by and among (a) Acme, S.A. (“Acme”), a company of Spain, (b) Blue (BVI) Limited (“Blue”), whose seat is at 1 \
             Quay; YGP, LLC, a Utah company (“YGP”) and Harbor LLC (“H”). WHEREAS";
    assert_eq!(names(s), ["Acme, S.A.", "Blue (BVI) Limited", "YGP, LLC", "Harbor LLC"]);
}

#[test]
fn roles_alone_are_no_parties() {
    assert_eq!(names("a dispute between the Company and the Employee shall be settled"), Vec::<String>::new());
}
