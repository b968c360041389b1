//! Parties of forms, deeds and lists of rows.

use super::wrong;

#[test]
fn roles_in_brackets_and_rows_that_name_twice() {
    let wrong = wrong(&[
        (
            "Tenancy of 4 May 2026\n(Managing Agent) Mill Lets Ltd, 9 High Street, Leeds\n(Landlord) Quarry Homes Limited, 2 Mill \
             Street, Leeds\nI / Me (Tenant) Jonas Reed of 4 Palm Street",
            &["Mill Lets Ltd", "Quarry Homes Limited", "Jonas Reed"],
        ),
        (
            "TENANCY\nThe Landlord: Name: LEE MEI FONG\nThe Tenant: Name: WONG SIU MING",
            &["LEE MEI FONG", "WONG SIU MING"],
        ),
        (
            "Paid to the Landlord: FORTY THOUSAND SIX HUNDRED (HK Dollars)\nTENANCY\nLandlord: Lee Mei Fong\nTenant: Wong \
             Siu Ming",
            &["Lee Mei Fong", "Wong Siu Ming"],
        ),
        (
            "LICENCE\nLicensor: Harbour Trustees Limited and Moor Trustees Limited as trustees of the Quay Trust\nLicensee: Dock \
             Coffee Limited",
            &["Harbour Trustees Limited", "Moor Trustees Limited", "Dock Coffee Limited"],
        ),
        (
            "CHILDCARE\nProvider: Little Elms Nursery (Elms Care Ltd)\nParent/Carer 1: Jo Marsh\nParent/Carer 2: Sam Marsh",
            &["Little Elms Nursery (Elms Care Ltd)", "Jo Marsh", "Sam Marsh"],
        ),
        // Who made what is lent is no party.
        (
            "LOAN\nLender's name: Harbour Museum\nBorrower's name: Moor Gallery\nArtist: Pierre Duval\nTitle: The Lamp",
            &["Harbour Museum", "Moor Gallery"],
        ),
    ]);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn lists_in_openings() {
    let wrong = wrong(&[
        (
            "DEED\nThis deed is made between:\n1. Nikhil Shah, aged about 40 years, residing at 4 Law Garden (hereinafter referred \
             to as the First Party)\n2. Rina Mehta, aged about 38 years, residing at 9 Mill Road (hereinafter referred to as the \
             Second Party)\n\n1. The firm is called Shah Traders.",
            &["Nikhil Shah", "Rina Mehta"],
        ),
        (
            "LEASE\nPARTIES\nLandlord: Kahu Holdings Limited (company number 1234567)\nTenant: Stephen Moana and Helen Moana as \
             trustees of the Moana Family Trust\nTerm: 4 years",
            &["Kahu Holdings Limited", "Stephen Moana", "Helen Moana"],
        ),
        (
            "LOAN\nPARTIES\nLender: Kahu Holdings Limited\nBorrower: Moana Limited\nGuarantor: Anna Reed",
            &["Kahu Holdings Limited", "Moana Limited", "Anna Reed"],
        ),
        (
            "This lease is between Prairie Co. (\"Lessor\"), John Stone and Mary Stone, husband and wife (\"Lessee\"), and Gary Vale \
             (\"Guarantor\").\n1. The rent is 500.",
            &["Prairie Co.", "John Stone", "Mary Stone", "Gary Vale"],
        ),
        (
            "AGREEMENT FOR SALE executed at Chennai on this the 12th day of June 2026 by\nMr. R. Venkat, residing at No. 4, Lake Road, \
             Chennai 600033, hereinafter referred to as the VENDOR\nin favour of\nMrs. L. Narayan, residing at No. 9, Temple Street, \
             Chennai 600004, hereinafter referred to as the PURCHASER\n1. The price is 500.",
            &["R. Venkat", "L. Narayan"],
        ),
        (
            "EMPLOYMENT\nParties\nTui Orchards Limited (Employer) Mere Parata (Employee)\n1. You start on 15 June 2026.",
            &["Tui Orchards Limited", "Mere Parata"],
        ),
        (
            "City of Tartu, represented by Liis Kask, hereinafter the Customer, and Puhas Maja OÜ, represented by Jaan Tamm, \
             hereinafter the Contractor, conclude this agreement as follows.",
            &["City of Tartu", "Puhas Maja OÜ"],
        ),
        (
            "This agreement is made between SUNRISE BAKERIES LIMITED (the \"Franchisor\") and OKELLO JAMES T/A OKELLO BREAD HOUSE (the \
             \"Franchisee\").\n1. The fee is 500.",
            &["SUNRISE BAKERIES LIMITED", "OKELLO JAMES"],
        ),
    ]);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn consumers_and_those_who_serve_them() {
    let wrong = wrong(&[
        (
            "SOLE AGENCY\nThese are the terms agreed between you the client (the \"Seller\" or \"You\") and Larch Homes.\nSeller(s): Mr Paul \
             Ash and Mrs Nita Ash\n1. Larch Homes sells. 2. Larch Homes is paid. 3. Larch Homes may advertise.",
            &["Larch Homes", "Paul Ash", "Nita Ash"],
        ),
        (
            "WATER SUPPLY\nCustomer: Harbour Bakery Limited\nThis agreement is with Clear Water Plc, of 3 Lake Street.",
            &["Harbour Bakery Limited", "Clear Water Plc"],
        ),
        (
            "GAS SUPPLY\nCustomer Name: Harbour Bakery Limited\nTidal Gas Limited. Registered Office: 4 Croxley Park. Company number: \
             09999999.\nSigned on behalf of the Customer\nSignature:\nPrint Name: B. Farrow",
            &["Harbour Bakery Limited", "Tidal Gas Limited"],
        ),
        (
            "STORAGE\nBetween Boxed In Storage (\"we\", \"us\") and the customer named below (\"you\")\nCustomer name: Ruth Adair",
            &["Boxed In Storage", "Ruth Adair"],
        ),
    ]);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn clauses_and_signatures_head_no_details() {
    let wrong = wrong(&[(
        "SUPPLY\nPrincipal: Marra Shire Council\nContractor: Pell Nominees Pty Ltd as trustee for the Pell Family Trust\n4. \
         Trustee\n4.1 The Contractor enters into this agreement as the trustee of the Pell Family Trust and in its own \
         right.\nExecuted as an agreement.\nSignature: /s/ L. Teague\nName: Lorraine Teague\nPosition: General Manager",
        &["Marra Shire Council", "Pell Nominees Pty Ltd"],
    )]);
    assert!(wrong.is_empty(), "{wrong:#?}");
}
