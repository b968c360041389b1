//! Where names end, and what is none.

use super::*;

fn name(s: &str) -> Option<&str> {
    name_len(s).map(|n| s.part(..n))
}

#[test]
fn ends_of_names() {
    let cases = [
        ("Acme Tools, Inc., a Delaware corporation", "Acme Tools, Inc."),
        ("Acme Tools, Inc. and Beta LLC", "Acme Tools, Inc."),
        ("Blue Harbor Co., Ltd. (“Seller”)", "Blue Harbor Co., Ltd."),
        ("Blue (Shanghai) Trading Co., Ltd., a company", "Blue (Shanghai) Trading Co., Ltd."),
        ("First Harbor Bank and Trust Company, as agent", "First Harbor Bank and Trust Company"),
        ("Harold Q. Stone, Jr. (“Executive”)", "Harold Q. Stone, Jr."),
        ("NORTHERN LIGHT S.A., with offices", "NORTHERN LIGHT S.A."),
        ("The Harbor Trust (the “Trust”)", "The Harbor Trust"),
        ("University of Eastland, an institution", "University of Eastland"),
        ("Stone, Reed & Vale CPAs, PLLC, an Ohio company", "Stone, Reed & Vale CPAs, PLLC"),
        ("Stone, Reed, Vale & Moor Limited (“Agent”)", "Stone, Reed, Vale & Moor Limited"),
        ("Stone, Reed & Vale LLP (“Counsel”)", "Stone, Reed & Vale LLP"),
        ("eHarbor.com, Inc. (“e”)", "eHarbor.com, Inc."),
        ("Anna Reed, an individual", "Anna Reed"),
        ("Harbor Works N.V., having", "Harbor Works N.V."),
        ("Harbor Lifts Limited, incorporated and registered in England", "Harbor Lifts Limited"),
        ("Harbor Lifts, Incorporated, a company", "Harbor Lifts, Incorporated"),
        ("The Harbor Schools\nTrust, a charity", "The Harbor Schools\nTrust"),
        ("NORTH TIMBER & FREIGHT\nGROUP, LLC, a company", "NORTH TIMBER & FREIGHT\nGROUP, LLC"),
        ("Harland, Wool and Co., including its subsidiaries", "Harland, Wool and Co."),
        ("Harbor\nBratislava a.s., Mill Road 1", "Harbor\nBratislava a.s."),
        ("2205925 Ontario Limited, a company", "2205925 Ontario Limited"),
        ("551 HB Associates, LLC a company", "551 HB Associates, LLC"),
        ("Acme Systems (Africa) (Pty) Limited, of", "Acme Systems (Africa) (Pty) Limited"),
        ("ACME SMELTERS << Pty >> Ltd, of", "ACME SMELTERS << Pty >> Ltd"),
        ("Driver and Vehicle Standards Agency", "Driver and Vehicle Standards Agency"),
        ("Office for Students and Skills, of", "Office for Students and Skills"),
        (
            "Department for Levelling Up, Housing and Communities (the",
            "Department for Levelling Up, Housing and Communities",
        ),
        ("Mill Agency of Horizon House, Deanery Road", "Mill Agency"),
        ("CHIEF A. REED of No. 7 Marina Road", "CHIEF A. REED"),
        ("Bank of the Quay, a bank", "Bank of the Quay"),
        ("Acme and Harbor Council", "Acme"),
        ("M/s. Stone Traders, a firm", "M/s. Stone Traders"),
        ("Acme, S. A. de C.V., a company", "Acme, S. A. de C.V."),
        ("Anna Reed, Ph. D., an individual", "Anna Reed, Ph. D."),
        ("Mill Paediatrics, P.S.C., a company", "Mill Paediatrics, P.S.C."),
        ("Harbor Fund II, L.P. (\"Fund\")", "Harbor Fund II, L.P."),
    ];
    for (text, want) in cases {
        assert_eq!(name(text), Some(want), "{text}");
    }
}

#[test]
fn not_names() {
    for text in [
        "WHEREAS, Acme",
        "DRAFT ONLY - DO NOT SIGN",
        "THE COMPANY & HARBOR",
        "Companies Act, 1956",
        "None",
        "accounts.payable@acme.example PO",
        "N/A",
        "TBC",
        "Same as above",
        "the Company",
        "Company and",
        "its affiliates",
        "Party A (",
        "________",
    ] {
        assert_eq!(name(text), None, "{text}");
    }
}

#[test]
fn kinds() {
    assert_eq!(kind("Acme Tools, Inc."), NameKind::Company);
    assert_eq!(kind("Anna B. Reed"), NameKind::Person);
    assert_eq!(kind("Harold Q. Stone, Jr."), NameKind::Person);
}
