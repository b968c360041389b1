//! Openings that say what one party does for the other, letters, addresses with postcodes, names in quotes.

use super::wrong;

#[test]
fn what_one_does_for_the_other() {
    let wrong = wrong(&[
        (
            "LEASE\nQuayside Estates Limited, of 4 Harbour Row, Cork, lets to Marlow Bakery Limited, of 9 Mill Street, the shop at 11 \
             Bridge Street.\n1. The rent is 500.",
            &["Quayside Estates Limited", "Marlow Bakery Limited"],
        ),
        (
            "GRANT\nThe Alder Fund, a registered charity (the Fund), makes a grant to Milton School, Perth (the School) on these terms.",
            &["The Alder Fund", "Milton School"],
        ),
        (
            "HALL\nSt Mark's Church, Foxton makes its hall available to Foxton Judo Club on the terms below.\n1. The hall is warm.",
            &["St Mark's Church", "Foxton Judo Club"],
        ),
        (
            "CONSULTANCY\nOakhurst Parish Council engages Dr Helen Marsh, of 3 Elm Close, Oakhurst, to survey its trees.",
            &["Oakhurst Parish Council", "Helen Marsh"],
        ),
        (
            "SALE\nHarrow Vale Farm Ltd sells and Thorn Dairies Ltd buys all the milk of the farm.",
            &["Harrow Vale Farm Ltd", "Thorn Dairies Ltd"],
        ),
        (
            "STORAGE\nWharf Storage Ltd of 3 Dock Road, Hull rents Unit 7 to Brian Kemp of 8 Sea View, Hull.",
            &["Wharf Storage Ltd", "Brian Kemp"],
        ),
        (
            "LOAN\nI, Margaret Ann Doyle of 3 Priory Road, Navan, lend my nephew Kevin Doyle of 7 Mill Lane, Kells, the sum of EUR 9,000.",
            &["Margaret Ann Doyle", "Kevin Doyle"],
        ),
        (
            "LICENCE\nThis licence of 3 May 2026 is given by Marina Trustees Ltd to Jon Bell, and allows him to berth the Heron.",
            &["Marina Trustees Ltd", "Jon Bell"],
        ),
        (
            "LETTING\nThe Rector and Churchwardens of St Ives let Glebe Field to Tom Pascoe of Higher Farm, St Ives.",
            &["The Rector and Churchwardens of St Ives", "Tom Pascoe"],
        ),
        // Labels name the parties, and recitals tell of another contract.
        (
            "MASTER AGREEMENT\nCustomer: Quay Media Ltd\nSupplier: Acme Cloud Ltd\nBackground\nAcme Cloud Ltd provides services to \
             Northern Rail Ltd.",
            &["Quay Media Ltd", "Acme Cloud Ltd"],
        ),
        // What a clause grants names nobody.
        ("TERMS\nThe Licensor grants Exclusive Rights to the Licensee.\nAcme Tools pays to the Bank the price.", &[]),
    ]);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_postcode_is_part_of_an_address() {
    let wrong = wrong(&[
        (
            "CONTRACT\nEmployer: Corrib Foods Limited (CRO No. 528840), Mill Business Park, Galway H91 X7F2 (the \"Company\")\nEmployee: \
             Aoife Daly, 22 Quay Road, Galway (the \"Employee\")",
            &["Corrib Foods Limited", "Aoife Daly"],
        ),
        (
            "CONTRACT\nClient: Prairie Labs Inc., 200 Main Street, Toronto M5V 2T6 (the \"Client\")\nContractor: Isla Reid, 9 Rose \
             Street, Leith EH6 7DX (the \"Contractor\")",
            &["Prairie Labs Inc.", "Isla Reid"],
        ),
        (
            "CONTRACT\nClient: Yarra Labs Pty Ltd, Level 3, Richmond VIC 3121 (the \"Client\")\nContractor: Delta Systems LLC, Austin, TX \
             78701 (the \"Contractor\")",
            &["Yarra Labs Pty Ltd", "Delta Systems LLC"],
        ),
    ]);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn letters_and_forms_in_the_first_person() {
    let wrong = wrong(&[
        (
            "HARBOUR FREIGHT (HK) LIMITED\n9/F, Kwun Tong Plaza\n16 March 2026\nMs. Carol Lau Mei-ling\nFlat 3A, 8 Po On \
             Road, Kowloon\nDear Carol,\nHarbour Freight (HK) Limited (the \"Company\") engages you (the \"Consultant\") as follows.",
            &["Harbour Freight (HK) Limited", "Carol Lau Mei-ling"],
        ),
        (
            "BRIGHTWATER HOUSING ASSOCIATION\n12 Quay Street, Bristol\n3 May 2026\nMr Owen Pugh\n9 Hill Rise\nBristol BS3 5TT\nDear Mr \
             Pugh\nBrightwater Housing Association lets you the flat from 1 June 2026.",
            &["Brightwater Housing Association", "Owen Pugh"],
        ),
        (
            "STRAITS FOODS PTE. LTD.\n21 Quay Way\n18 August 2025\nMs Lim Hui Shan\nBlk 4 Mill Avenue\nDear Hui Shan\nWe are pleased to \
             offer you employment with Straits Foods Pte. Ltd. (\"the Company\").",
            &["Straits Foods Pte. Ltd.", "Lim Hui Shan"],
        ),
        (
            "RENTAL\nSUPPLIER (not Lessor's agent): Delta Imaging Co., 22 Mill Road\nFULL LEGAL NAME OF LESSEE: Whitman Agency, Inc.\n1. \
             You (the Lessee) want us (Stone Bank, N.A., the Lessor) to buy the Equipment.",
            &["Whitman Agency, Inc.", "Stone Bank, N.A."],
        ),
        (
            "LEASE\nLANDLORD: Copper Studios LLC\nTENANT: Bluebird Ceramics LLC\n1. The rent is 500 each month.\nLANDLORD: Ruth Bender, \
             Manager\nTENANT: Anna Reed, Managing Member",
            &["Copper Studios LLC", "Bluebird Ceramics LLC"],
        ),
    ]);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn names_in_lines_and_boxes() {
    let wrong = wrong(&[
        (
            "WORKS\n10 July 2026\nBrae Masons Limited (the Mason), Mill Street, Oban, Co. Argyll\nThe Trustees of St Columba's Chapel, \
             Oban (the Trustees)\n1. The work is done.",
            &["Brae Masons Limited", "The Trustees of St Columba's Chapel"],
        ),
        (
            "PROPOSAL\nFrom\nSky Care Ltd\n77 Mill Quay, Belfast\nFor\nLagan Management Company Limited\n1 Mill Place",
            &["Sky Care Ltd", "Lagan Management Company Limited"],
        ),
        (
            "LEASE\n1. LANDLORD\nThandi Rose Dube\nIdentity number: 710422 0389 08 4\n2. TENANT\n(a) Johan Reed, identity number 880917 \
             5102 08 1\n(b) Carla Reed, identity number 900305 0117 08 6\n3. MANAGING AGENT\nMill Letting CC, which collects the rent. The \
             agent is not a party to this lease.",
            &["Thandi Rose Dube", "Johan Reed", "Carla Reed"],
        ),
        (
            "ORDER\nFrom the Buyer\nMarlow and Teme Valley Fire and Rescue Authority\nSevern Road, Mill SY21 7XX\nTo the Supplier\nHafod \
             Hosting Limited",
            &["Marlow and Teme Valley Fire and Rescue Authority", "Hafod Hosting Limited"],
        ),
        (
            "LEASE\nbetween\nMARLOW ESTATES LIMITED\nand\nTHORNBY ACTUARIAL LLP\nHargest Vale LLP, 4 Booth Street, Manchester M2 4AT\n1. \
             The rent is 500.",
            &["MARLOW ESTATES LIMITED", "THORNBY ACTUARIAL LLP"],
        ),
        (
            "LINE\nbetween Balt Telekom OÜ, Tallinn (the \"Operator\"), and Polder Logistics B.V., Rotterdam (the \"Subscriber\"), signed \
             on 18 August 2026\n1 Subject\n1.1 The Operator provides circuits at Muuga and Maasvlakte (the \"Circuits\").",
            &["Balt Telekom OÜ", "Polder Logistics B.V."],
        ),
        (
            "LICENCE\nBETWEEN\n1) Mr. Arun Joshi, Age: about 61 years, Occupation: Retired, PAN: AAAPJ1234K, and\n2) Mrs. Leela Joshi, \
             Age: about 58 years, PAN: BBBPJ4321L, both residing at 4 Mill Road, HEREINAFTER jointly called \"the Licensors\"\nAND\nMs. \
             Tara Desai, Age: about 30 years, hereinafter called \"the Licensee\".",
            &["Arun Joshi", "Leela Joshi", "Tara Desai"],
        ),
        (
            "AGREEMENT concluded in Opole between \"Odra Meble\" spółka z o.o. with its seat in Opole (the \"Principal\") and Kancelaria \
             Bilans Nowak i Wspólnicy sp.k. with its seat in Opole (the \"Accountant\").",
            &["Odra Meble spółka z o.o.", "Kancelaria Bilans Nowak i Wspólnicy sp.k."],
        ),
        (
            "SALE\nSeller - John Byrne, Ballyduff\nBuyer - Avondale Stables Ltd, Rathdrum\n1. The price is 500.",
            &["John Byrne", "Avondale Stables Ltd"],
        ),
        (
            "LICENCE\nLicensor: The Governing Body of Mill School, Kells\nLicensee: Little Steps Ltd\n1. The fee is 500.",
            &["The Governing Body of Mill School", "Little Steps Ltd"],
        ),
        (
            "DEED\nPARTIES\n(1) ANNA REED and OTTO VALE both of 4 Mill Road (together the \"Owner\") (2) STONE FILMS LTD (company no. \
             07654321), 9 Dock Lane (the \"Licensee\")",
            &["ANNA REED", "OTTO VALE", "STONE FILMS LTD"],
        ),
        (
            "TRANSPORT\nCONTRACTING PARTY: Cafe do Vale S.A.\nCONTRACTED PARTY: Translog Mogiana Ltda.",
            &["Cafe do Vale S.A.", "Translog Mogiana Ltda."],
        ),
        (
            "SPONSORSHIP\nThe Sponsor is Ridgeway Brewery Ltd. The Club is Ridgeway Cricket Club.\n1. The Club plays.",
            &["Ridgeway Brewery Ltd.", "Ridgeway Cricket Club"],
        ),
        (
            "STORAGE\nFacility: Boxwell Storage Pty Ltd, 17 Mill Street\nStorer: Props & Costumes Pty Ltd, 5 Ridge Lane\n1. The \
             Facility lets the Storer put goods into the unit.\n2. The Storer tells the Facility of a new address.",
            &["Boxwell Storage Pty Ltd", "Props & Costumes Pty Ltd"],
        ),
        (
            "FORM\nCustomer (full legal name)\tCity and province\nPrairie Dental Group Inc. Thunder Bay, Ontario\n1. Mill Linen Ltd. \
             (\"Mill\") supplies the items.",
            &["Prairie Dental Group Inc.", "Mill Linen Ltd."],
        ),
        (
            "AGREEMENT\nThis Agreement is signed on June 22, 2026 (date) by Wren Language Services, Inc., of Tucson, Arizona (\"Agency\"), \
             and Tomasz Reed (\"Interpreter\").",
            &["Wren Language Services, Inc.", "Tomasz Reed"],
        ),
    ]);
    assert!(wrong.is_empty(), "{wrong:#?}");
}
