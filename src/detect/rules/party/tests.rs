mod bodies;
mod forms;
mod openings;
mod signed_for;

use super::*;
use crate::record::DocumentId;

fn names(plain: &str) -> Vec<String> {
    let text = DocumentText::from_plain(DocumentId::of(plain.as_bytes()), plain);
    let segments = crate::segment::segment(&text);
    parties(&text, &segments).iter().filter_map(|f| f.value().map(|p| p.name.clone())).collect()
}

#[test]
fn us_in_any_spelling() {
    let us = ["Acme Tools, Inc.".to_owned()];
    for name in
        ["ACME TOOLS INC", "Acme Tools, Incorporated", "acme tools", "The Acme Tools Company", "Acme Tools, Inc"]
    {
        assert_eq!(is_us(name, &us), Some(true), "{name}");
    }
    for name in ["Acme Tool Hire, Inc.", "Acme", ""] {
        assert_eq!(is_us(name, &us), Some(false), "{name}");
    }
    assert_eq!(is_us("Acme Tools, Inc.", &[]), None);
    assert_eq!(is_us("Harbor S A", &["Harbor S.A.".to_owned()]), Some(true));
    assert_eq!(is_us("Harbor Pty Ltd", &["HARBOR PTY. LIMITED".to_owned()]), Some(true));
}

#[test]
fn headings_behind_between_do_not_silence_labels() {
    let s = "COOPERATION AGREEMENT\nParty A: Acme Tools Co., Ltd.\nAddress: Room 2, 1 Quay\nParty B: Harbor Works Co., \
             Ltd.\nAddress: Room 3, 9 Mill Road\nThe difference between Chapter One Purpose and Definitions is small.";
    assert_eq!(names(s), ["Acme Tools Co., Ltd.", "Harbor Works Co., Ltd."]);
}

#[test]
fn parties_by_label() {
    for (text, want) in [
        (
            "ORDER FORM\nFrom the Buyer: Calder Housing Association\nTo the Supplier: Fernhill Metering Limited",
            ["Calder Housing Association", "Fernhill Metering Limited"],
        ),
        (
            "LEASE PARTICULARS\n(c) Name of landlord: Marram Estates Limited\n(d) Name of tenant: Otto Lindqvist",
            ["Marram Estates Limited", "Otto Lindqvist"],
        ),
        (
            "ORDER FORM\nVendor Pinegrove Analytics, Inc. 900 Timber Way\tCustomer Lakeshore Credit LLC 15 Marina Plaza",
            ["Pinegrove Analytics, Inc.", "Lakeshore Credit LLC"],
        ),
        (
            "HIRE AGREEMENT\nLessor\tCairn Finance Limited\tLessee\tDee Partners LLP",
            ["Cairn Finance Limited", "Dee Partners LLP"],
        ),
        (
            "ORDER\nCustomer:\tStone, Reed & Vale CPAs, PLLC\nProvider:\tAcme Tools, Inc.",
            ["Stone, Reed & Vale CPAs, PLLC", "Acme Tools, Inc."],
        ),
    ] {
        assert_eq!(names(text), want, "{text}");
    }
}

#[test]
fn persons_and_public_bodies_by_label() {
    for (text, want) in [
        (
            "TENANCY AGREEMENT\nLandlord: Maeve Doherty\nTenant(s): Otto Lindqvist and Ana Reed\nProperty: 4 Mill Road",
            &["Maeve Doherty", "Otto Lindqvist", "Ana Reed"][..],
        ),
        (
            "RESIDENTIAL TENANCY\nTenant 1: Anna Smith\nTenant 2: Otto Lindqvist\nLandlord: Marram Estates Limited",
            &["Anna Smith", "Otto Lindqvist", "Marram Estates Limited"],
        ),
        (
            "CONTRACT\nContracting Authority: Ministry of Works\nContractor: Dee Builders Pty Ltd (ABN 12 345 678 901)",
            &["Ministry of Works", "Dee Builders Pty Ltd"],
        ),
        ("GYM MEMBERSHIP\nClub\tIronworks Ltd\nMember\tAnna Smith", &["Ironworks Ltd", "Anna Smith"]),
    ] {
        assert_eq!(names(text), want, "{text}");
    }
}

#[test]
fn those_signed_for_in_a_contract_of_many() {
    let s = "CABLE AGREEMENT\nThis Agreement is between the Parties named in Schedule A.\nIN WITNESS WHEREOF\nFor and on \
             behalf of Acme Telecom\nBy:\nFor and on behalf of Harbor TEL\nBy:\nFor and on behalf of Northern Light Ltd.\nBy:";
    assert_eq!(names(s), ["Acme Telecom", "Harbor TEL", "Northern Light Ltd."]);
}

#[test]
fn the_parties_of_another_agreement_are_not_ours() {
    let s = "This Amendment is made by and among (1) Acme Tools, Inc., a Utah corporation (“Acme”) and (2) Harbor LLC, an \
             Ohio company (“Harbor”), as an amendment to that certain Agreement by and among Stone, Inc. (“Stone”) and \
             Reed, Inc. (“Reed”).";
    assert_eq!(names(s), ["Acme Tools, Inc.", "Harbor LLC"]);
}

#[test]
fn degrees_are_no_part_of_a_name() {
    let s = "This Agreement is between Acme Tools, Inc., a Utah corporation (“Acme”), and Anna B. Reed, M.D., Ph.D. (“Reed”).";
    assert_eq!(names(s), ["Acme Tools, Inc.", "Anna B. Reed"]);
}

/// What is wrong among texts and the names that they should give.
fn wrong(cases: &[(&str, &[&str])]) -> Vec<String> {
    let judged = cases.iter().map(|(text, want)| (text, want, names(text)));
    judged.filter(|(_, want, got)| got != *want).map(|(text, _, got)| format!("{got:?} for {text}")).collect()
}

#[test]
fn labels_over_names() {
    let cases: &[(&str, &[&str])] = &[
        (
            "LEASE\n(C) LESSOR\nACME LAND PTY LTD ACN 604 341 746 and\nHARBOR CUSTODIAN PTY LIMITED ACN 090 814 645\n(E) LESSEE\nSTONE GROUP PTY LTD ACN 660 155 000\n(F) TENANCY:",
            &["ACME LAND PTY LTD", "HARBOR CUSTODIAN PTY LIMITED", "STONE GROUP PTY LTD"],
        ),
        (
            "SCHEDULE\n2.1 THE LANDLORD\nACME PROPERTY HOLDINGS CC\n2.2 ADDRESS OF LANDLORD\n48 MILL ROAD\n3.1 THE TENANT\nHARBOR MARKETING (PTY) LTD\nREG NUMBER: 2007/031989/07",
            &["ACME PROPERTY HOLDINGS CC", "HARBOR MARKETING (PTY) LTD"],
        ),
        (
            "ORDER\n9. ISSUED BY CODE 36C241\nDepartment of Mines and Harbours, Contracting Office 1, 940 Mill Street\n17a. CONTRACTOR/OFFEROR\nAcme Repair, LLC\n61 Airport Road",
            &["Department of Mines and Harbours", "Acme Repair, LLC"],
        ),
        (
            "ORDER FORM\nBill To\tShip To\nHarbor Regional Credit Union\tHarbor Regional Credit Union\n1180 Mill Avenue\t1180 Mill Avenue\nVendor: Acme, Inc., 500 Quay Road",
            &["Harbor Regional Credit Union", "Acme, Inc."],
        ),
        (
            "WORK ORDER\nBuyer Department of Climate, Energy, the Environment and Water (ABN 63 573 932 849)\nSeller Acme Digital Pty Ltd (ABN 31 100 103 268)",
            &["Department of Climate, Energy, the Environment and Water", "Acme Digital Pty Ltd"],
        ),
        (
            "WORK ORDER\nBuyer\tMill Valley Council (ABN 63 573 932 849)\nSeller\tAcme Digital Pty Ltd (ABN 31 100 103 268)",
            &["Mill Valley Council", "Acme Digital Pty Ltd"],
        ),
        ("MEMBERSHIP\nClub Ironworks Ltd\nMember Anna Smith\nMember: Anna Smith", &["Ironworks Ltd", "Anna Smith"]),
        ("LEASE\nLandlord\nAcme Estates Ltd\nTenant\nAnna Smith\nRent", &["Acme Estates Ltd", "Anna Smith"]),
        (
            "TENANCY\nLandlord: Acme Estates Ltd\nTenant(s): Mr Adam Cole and Miss Bea Holt",
            &["Acme Estates Ltd", "Adam Cole", "Bea Holt"],
        ),
        ("LEASE\nLandlord: Acme Estates Ltd\nTenant: Harbor Ltd\nGuarantor\tNone", &["Acme Estates Ltd", "Harbor Ltd"]),
        ("LEASE\nLandlord: Acme Estates Ltd\nTenant: Harbor Ltd\nGuarantor: N/A", &["Acme Estates Ltd", "Harbor Ltd"]),
        (
            "LEASE\nLandlord: Acme Estates Ltd\nTenant: Harbor Ltd\nGuarantor: Not applicable\nAgent: TBC",
            &["Acme Estates Ltd", "Harbor Ltd"],
        ),
        (
            "LEASE\nLandlord: Acme Estates Ltd\nTenant: Harbor Ltd\nGuarantor: As above\nAgent: Nil",
            &["Acme Estates Ltd", "Harbor Ltd"],
        ),
        (
            "ORDER FORM\nFrom the Buyer\tDriver and Vehicle Standards Agency\nTo the Supplier\tAcme Software Limited",
            &["Driver and Vehicle Standards Agency", "Acme Software Limited"],
        ),
        ("SERVICES\nCustomer Service\nAcme Ltd shall answer the telephone.\nOwner Occupier", &[]),
    ];
    let wrong = wrong(cases);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn openings() {
    let cases: &[(&str, &[&str])] = &[
        (
            "THIS AGREEMENT is made on 18 January 2024 between\nThe Water Agency of Horizon House, Mill Road, Bristol BS1 5AH (the Client) and\nAcme Engineering Limited (company number 02453521) of Stone House, 86 Quay Lane (the Contractor)",
            &["The Water Agency", "Acme Engineering Limited"],
        ),
        (
            "BETWEEN\nCHIEF A. REED of No. 7, Marina Road, Lagos (hereinafter referred to as \"THE LANDLORD\") of the one part\nAND\nACME LOGISTICS LIMITED (RC 1187402) a limited liability company (hereinafter referred to as \"THE TENANT\")",
            &["CHIEF A. REED", "ACME LOGISTICS LIMITED"],
        ),
        (
            "This LEASE DEED is made on 20 August 2022 by and between:\nM/S. Acme Developers and Builders Private Limited, a company incorporated under the (Indian) Companies Act, 1956 having its registered office at D-4, Mill Road (the \"Lessor\")\nAND\nM/s Harbor (India) Pvt. Ltd., a company incorporated under the (Indian) Companies Act, 1956, having its registered office at 19th Floor (the \"Lessee\")",
            &["Acme Developers and Builders Private Limited", "Harbor (India) Pvt. Ltd."],
        ),
        (
            "This Agreement is between Ironworks Ltd trading as Harbor Gym (\"the Club\") and Anna Smith (\"the Member\").",
            &["Ironworks Ltd", "Anna Smith"],
        ),
        (
            "This Contract is made between the Department for Housing, Planning and Communities (\"the Authority\") and Acme Ltd (\"the Supplier\").",
            &["Department for Housing, Planning and Communities", "Acme Ltd"],
        ),
        (
            "This Contract is made between the Ministry of Agriculture and Fisheries (\"the Buyer\") and M/s. Stone Traders (\"the Seller\").",
            &["Ministry of Agriculture and Fisheries", "Stone Traders"],
        ),
    ];
    let wrong = wrong(cases);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn letters_of_appointment() {
    let cases: &[(&str, &[&str])] = &[
        (
            "ACME ENGINEERING PTE. LTD.\nUEN: 200312345K\n2 September 2024\nMs Anna Bo Reed\nBlk 412 Mill Street\nDear Ms Reed,\nWe are pleased to offer you employment with Acme Engineering Pte. Ltd. (UEN: 200312345K) on these terms.",
            &["Acme Engineering Pte. Ltd.", "Anna Bo Reed"],
        ),
        (
            "Bo Media Limited\nUnit 4\n14 March 2025\nMs Anna Reed\n22 Mill Road\nDear Anna,\nYou will be employed as Clerk. The terms of your employment with Bo Media Limited are these.",
            &["Bo Media Limited", "Anna Reed"],
        ),
        (
            "Dear Anna Reed:\nOn behalf of the team I am happy to offer you the position of Clerk at Acme Tools, Inc. from 1 May 2024.",
            &["Acme Tools, Inc.", "Anna Reed"],
        ),
        (
            "Dear Mr Stone\nYour appointment as Fitter by Harbor Works Limited begins on 1 May 2024.\nI, Otto Stone, accept the terms of this letter.",
            &["Harbor Works Limited", "Otto Stone"],
        ),
    ];
    let wrong = wrong(cases);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn forms_and_definitions() {
    let cases: &[(&str, &[&str])] = &[
        (
            "ORDER FORM\nFrom: the Buyer\tHarbor Borough Council\nTo: the Supplier\tAcme Cloud Services Limited\nSupplier's address:\tUnit 6",
            &["Harbor Borough Council", "Acme Cloud Services Limited"],
        ),
        (
            "CONTRACT\nThe Parties\nThe Buyer:\tHarbor Regional Council\nNZBN\t9429041929302\nand\nThe Supplier:\tAcme Ecology Limited\nNZBN\t9429047731190",
            &["Harbor Regional Council", "Acme Ecology Limited"],
        ),
        (
            "ORDER\nThe Customer is:\tMill Angling Trust\nThe Contractor is:\tAcme Boats Limited",
            &["Mill Angling Trust", "Acme Boats Limited"],
        ),
        (
            "AGENCY AGREEMENT\nPARTIES\nPrincipal\nFull Name / Company Name\tDenise May Reed\nAddress\t31 Mill Street\nAgent\nTrading As\tHarbor & Hume Realty",
            &["Denise May Reed", "Harbor & Hume Realty"],
        ),
        (
            "AGENCY AGREEMENT\nPrincipal\nFull Name Denise May Reed\nAgent\nBusiness name: Acme Realty Ltd\nTrading name: Acme",
            &["Denise May Reed", "Acme Realty Ltd"],
        ),
        (
            "LICENCE\nLicensee\nLegal Name: Blue Door Cafe Ltd\nTrading Name: The Blue Door\nLicensor\nLegal Name: Acme Rights Limited",
            &["Blue Door Cafe Ltd", "Acme Rights Limited"],
        ),
        (
            "TENANCY\nLandlord details\nAcme Property Limited as agents for\nthe Reed Family Trust\nTenants\nName:\tHannah Grace Stone\nName:\tOtto Petersen",
            &["Acme Property Limited", "Hannah Grace Stone", "Otto Petersen"],
        ),
        (
            "MAINTENANCE\nCustomer: Daniel R. Stone\nDEFINITIONS\n- \"Company\" means Acme Septic, LLC, a Texas limited liability company.\n- \"Customer\" means the owner.",
            &["Daniel R. Stone", "Acme Septic, LLC"],
        ),
        (
            "STORAGE\nCustomer: Otto Brandt\n1. \"We\" means Acme Storage Limited (company number 01234567).",
            &["Otto Brandt", "Acme Storage Limited"],
        ),
        (
            "LEASE\nLandlord means Acme Estates Limited of 2 Quay Street. Tenant means Harbor Foods Limited of 3 Quay Street.",
            &["Acme Estates Limited", "Harbor Foods Limited"],
        ),
        (
            "STATEMENT OF TERMS\nThis statement sets out the main terms on which Acme Fitness York Ltd, 2 Mill Drive, York YO30 4XE\nEmploys: Daniel James Reed",
            &["Acme Fitness York Ltd", "Daniel James Reed"],
        ),
        (
            "Acme Solutions Inc.\n123 Tech Park\nTo: Arjun Mehta\nDear Arjun,\nWe are pleased to offer you the position of Clerk at Acme Solutions.\nFor Acme Solutions Inc.,\nPriya Rao\nDirector",
            &["Arjun Mehta", "Acme Solutions Inc."],
        ),
        (
            "HARBOR GYM\nMember name: Anna Smith\nConsultant: S. Vale\n1. This is a contract between the member and Harbor Gym.",
            &["Anna Smith", "Harbor Gym"],
        ),
        (
            "LOAN\nFOR THE LENDER (The Archives and Heritage Group)\tFOR THE BORROWER (Mill Gallery)\nSignature: J. Reed\tSignature: P. Stone",
            &["The Archives and Heritage Group", "Mill Gallery"],
        ),
        (
            "CLEANING\nSigned for the Contractor, Acme Ltd: ____________\nSigned for the Client, Stone & Reed LLP: ____________",
            &["Acme Ltd", "Stone & Reed LLP"],
        ),
        (
            "ORDER\nThis Order is entered into by Acme, Inc. (\"Acme\") and City of Mill Valley (\"Customer\") and is governed by (1) the agreement, (2) the statement of work and (3) Managed Support Services (MSS) Policy (the \"Agreement\").",
            &["Acme, Inc.", "City of Mill Valley"],
        ),
        (
            "AGREEMENT\nbetween Green Valley Trust and Dr Lena Fischer\nThe work starts on 1 May 2025.",
            &["Green Valley Trust", "Lena Fischer"],
        ),
        (
            "LEASE\nLR3. Parties to this lease\tLandlord\nAcme Estates Limited (Company No. 01234567)\nTenant\nHarbor Florists Limited (Company No. 07654321)\nLR4. Property\tShop 4",
            &["Acme Estates Limited", "Harbor Florists Limited"],
        ),
        (
            "TENANCY\nSection 2\tName and description of the Landlord\tLim Siew Mei (NRIC 650101)\nSection 3\tName and description of the Tenant\tHarbor Corner Sdn Bhd",
            &["Lim Siew Mei", "Harbor Corner Sdn Bhd"],
        ),
        (
            "TENANCY\nLandlord\tLim Siew Mei (NRIC: 650101)\nTenant\tTan Wei Han (NRIC: 900101) & Goh Li Ting (NRIC: 910101)",
            &["Lim Siew Mei", "Tan Wei Han", "Goh Li Ting"],
        ),
        (
            "LEASE\n1.1 The Landlord is Johannes Stone, Identity Number 65.\n1.2 The Tenant is Thandi Reed, Identity Number 90.",
            &["Johannes Stone", "Thandi Reed"],
        ),
        (
            "LICENCE\nItem 1. Licensor: Acme Malls Pty Ltd ACN 123\nItem 2. Licensee: Harbor Pops Pty Ltd ACN 987",
            &["Acme Malls Pty Ltd", "Harbor Pops Pty Ltd"],
        ),
        (
            "DPA\nThis forms part of the agreement between the customer named in the order, Acme GmbH (\"Controller\"), and Harbor Analytics, Inc. (\"Processor\").",
            &["Acme GmbH", "Harbor Analytics, Inc."],
        ),
        (
            "TERMS\nThese terms are between you and Acme House Limited (company number 0123).\nMember: Anna Reed",
            &["Acme House Limited", "Anna Reed"],
        ),
        (
            "TERMS\nName of member: Anna Reed\n\"we\", \"us\" and \"our\" refer to Acme House Limited.",
            &["Anna Reed", "Acme House Limited"],
        ),
        (
            "AGENCY\nVendor: Chan Tai Man\nEstate Agent: Acme Property Agency Limited",
            &["Chan Tai Man", "Acme Property Agency Limited"],
        ),
        (
            "LOAN\nThe Mill Department of Wildlife (hereinafter \"Lender\") agrees to lend equipment to Robert J. Stone (hereinafter \"Borrower\").",
            &["The Mill Department of Wildlife", "Robert J. Stone"],
        ),
        ("SUBLEASE\nSublessor: Acme Makers LLC\nSublessee: Otto Lind", &["Acme Makers LLC", "Otto Lind"]),
        (
            "BETWEEN\n(1) HARBOR CITY COUNCIL of City Hall, Mill Street (\"the Council\"); and\n(2) JOHN STONE TRADING AS STONE EVENTS of 4 Mill Road (\"the Contractor\").",
            &["HARBOR CITY COUNCIL", "JOHN STONE"],
        ),
        (
            "CONTRACT\nFIRST PARTY: Acme Foods Limited\nSECOND PARTY: Harbor Schools Trust",
            &["Acme Foods Limited", "Harbor Schools Trust"],
        ),
        ("LEASE\nLandlord: Acme Ltd\nAddress of Landlord: Mill House\nTenant: Harbor Ltd", &["Acme Ltd", "Harbor Ltd"]),
        // "Means" of other things.
        (
            "TERMS\n\"Services\" means Acme Hosting Limited support. \"Deliverable\" means Harbor Works Ltd drawings.",
            &[],
        ),
    ];
    let wrong = wrong(cases);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn persons_who_are_one_party() {
    for (text, want) in [
        (
            "THIS LEASE is made between Protea Ridge Holdings (Pty) Ltd (\"the Lessor\") and Thandi Dlamini (ID 9304150182085), \
             Johan Botha (ID 9107225093081) (\"the Tenant\"). The parties agree as follows.",
            &["Protea Ridge Holdings (Pty) Ltd", "Thandi Dlamini", "Johan Botha"][..],
        ),
        (
            "THIS AGREEMENT is made between Robert and Lisa Carmody, herein called \"Landlord,\" and Marcus T. Ellison, herein \
             called \"Tenant.\" Landlord agrees to rent the dwelling.",
            &["Robert and Lisa Carmody", "Marcus T. Ellison"],
        ),
        (
            "TENANCY AGREEMENT between Grace Naidoo (\"the Landlord\") and Peter and Ruth Moyo (\"the Tenants\"). The parties agree.",
            &["Grace Naidoo", "Peter and Ruth Moyo"],
        ),
        (
            "TENANCY AGREEMENT between Harbor Homes Ltd (the \"Landlord\") and Ada Okoro, Emeka Okoro and Tola Okoro (together the \
             \"Tenant\"). The parties agree.",
            &["Harbor Homes Ltd", "Ada Okoro", "Emeka Okoro", "Tola Okoro"],
        ),
        // Two alone: the first may be a company.
        ("CONTRACT between Harbor and Lisa Carmody (the \"Artist\"). The parties agree.", &["Harbor", "Lisa Carmody"]),
    ] {
        assert_eq!(names(text), want, "{text}");
    }
}

#[test]
fn labels_in_a_row_with_names_and_addresses_below() {
    let s = "CONTRACT TERMS\nCONTRACTOR:\tCLIENT:\tWORK LOCATION:\nRiver Mowing\tMill Square\tMill Square\n4614 Hill Drive\t431 \
             George Street\t431 George Street\nThe Contractor mows the lawns.";
    assert_eq!(names(s), ["River Mowing", "Mill Square"]);
}

#[test]
fn parties_of_forms_letters_and_lists() {
    let wrong = wrong(&[
        (
            "SECURITY AGREEMENT\nBETWEEN:\nHARROW GUARDS LIMITED (\"the Service Provider\")\nRegistered Office: Section 38, Allotment 12, Quay \
             Drive, Port Ash, NCD\nDirector: Peter Vale\nAND:\nKESTREL COFFEE LIMITED (\"the Client\")\nAddress: Lot 7, Mill Road",
            &["HARROW GUARDS LIMITED", "KESTREL COFFEE LIMITED"],
        ),
        (
            "LEASE\nBetween\nThe \"Landlord\" HARROW RENTALS (PTY) LTD Registration Number 2014/241873/07\nAnd\nThe \"Tenant\" Anna Reed \
             Passport Number EN 448120",
            &["HARROW RENTALS (PTY) LTD", "Anna Reed"],
        ),
        (
            "CONTRACT\n1. This is a Contract between Harrow Early Learning, Inc. (referred to as the Organization) and the food service company \
             or caterer Kestrel Kitchens LLC (referred to as the Vendor) to provide meals.",
            &["Harrow Early Learning, Inc.", "Kestrel Kitchens LLC"],
        ),
        (
            "We confirm our agreement that Reed Data Pty Ltd (Contractor) has been appointed as a contractor of Harrow Analytics Pty Ltd ABN 70 \
             000 111 222 (Company).",
            &["Reed Data Pty Ltd", "Harrow Analytics Pty Ltd"],
        ),
        (
            "Statement of Terms of Employment\nYour employment with Harrow & Upper Studies Limited begins on 28 June 2026.",
            &["Harrow & Upper Studies Limited"],
        ),
        (
            "LANDSCAPE MAINTENANCE\nCONTRACTOR:\nJames Brook Grounds Management\n4614 Hill Drive\nCLIENT:\nMill Commons Owners \
             Association\n880 Mariner Lane\nThe Contractor mows the lawns.",
            &["James Brook Grounds Management", "Mill Commons Owners Association"],
        ),
        (
            "LANDSCAPE MAINTENANCE\nContractor: James Brook Grounds Management\nClient: Kestrel Coffee Limited\nThe Contractor mows.",
            &["James Brook Grounds Management", "Kestrel Coffee Limited"],
        ),
        (
            "VEHICLE RENTAL\nRentor: Harrow Fleet Rentals (Pty) Ltd\nRentee: Anna Reed\nVehicle: a van",
            &["Harrow Fleet Rentals (Pty) Ltd", "Anna Reed"],
        ),
    ]);
    assert!(wrong.is_empty(), "{wrong:#?}");
}
