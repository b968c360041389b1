//! Bodies, families, trustees and numbered companies as parties.

use super::wrong;

#[test]
fn persons_in_a_row() {
    let wrong = wrong(&[
        (
            "DEED OF LEASE\nBETWEEN\nHUGH MOANA REED, farmer, and RUTH REED, veterinary surgeon, both of Hinds, together with STONE \
             TRUSTEES (2014) LIMITED, as trustees of the Reed Family Trust (\"the Lessor\")\nAND\nFERN DAIRIES LIMITED at Hinds (\"the \
             Lessee\")\nBACKGROUND",
            &["HUGH MOANA REED", "RUTH REED", "STONE TRUSTEES (2014) LIMITED", "FERN DAIRIES LIMITED"],
        ),
        (
            "LICENCE\nBETWEEN\n(1) MRS. ADA REED, aged about 68 years, PAN ABXPD4471K, and (2) MR. OTTO REED, aged about 41 years, \
             PAN ALQPD9032C, both residing at 14, Mill Road, through their attorney Mr. N. Vale (hereinafter jointly called \"the \
             LICENSORS\") of the ONE PART\nAND\nM/S. STONE, IYER & LOBO, a partnership firm, through its partner Mr. B. Lobo \
             (hereinafter called \"the LICENSEE\") of the OTHER PART.",
            &["ADA REED", "OTTO REED", "STONE, IYER & LOBO"],
        ),
        (
            "TENANCY BETWEEN ADA REED (ID No. 22334455) and OTTO REED (ID No. 22334456) both of P.O. Box 12, Nakuru (hereinafter jointly \
             referred to as \"the Landlord\") and IDA VALE (ID No. 1199887) of P.O. Box 77, Kisumu (hereinafter \"the Tenant\").",
            &["ADA REED", "OTTO REED", "IDA VALE"],
        ),
        (
            "TENANCY BETWEEN WONG SIU MING (Holder of HKID Card No. A123456(7)) and LEE MEI FONG (Holder of HKID Card No. B654321(0)) \
             both of 8 Mill Street (collectively \"the Landlord\") and NOODLE LIMITED (the \"Tenant\").",
            &["WONG SIU MING", "LEE MEI FONG", "NOODLE LIMITED"],
        ),
        (
            "LEASE dated 3 May 2026\n(1) ALAN REED of 4 Mill Road, Leeds LS1 1AA and JEAN REED of the same address (\"the \
             Landlord\")\n(2) CORNER BOOKS LIMITED (Co. Reg. No. 07654321) (\"the Tenant\")",
            &["ALAN REED", "JEAN REED", "CORNER BOOKS LIMITED"],
        ),
        (
            "LEASE DEED between (i) Sri A. K. Rao, aged 60 years, (ii) Sri B. K. Rao, aged 55 years, both residing at 4 Temple Road \
             (hereinafter jointly referred to as the LESSORS) and M/s. Tulsi Stores (hereinafter the LESSEE).",
            &["A. K. Rao", "B. K. Rao", "Tulsi Stores"],
        ),
        (
            "LEASE\nParties\nKelp Nominees Pty Ltd ACN 004 111 222 as trustee for the Kelp Family Trust (Lessor) Surf Cafe Pty Ltd ACN \
             604 111 333 (Lessee)\nDean Wolf and Kim Wolf, both of 9 Reef Street, Torquay VIC 3228 (Guarantor)",
            &["Kelp Nominees Pty Ltd", "Surf Cafe Pty Ltd", "Dean Wolf", "Kim Wolf"],
        ),
    ]);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn who_acts_for_a_party_is_none() {
    let wrong = wrong(&[
        (
            "LEASE BETWEEN the Estate of Bola Ade, acting by its administrators Kemi Ade and Femi Ade (the \"Lessor\") and Otto Foods \
             Ltd (the \"Lessee\").",
            &["Estate of Bola Ade", "Otto Foods Ltd"],
        ),
        (
            "PARTIES\nThe State of Queensland acting through the Department of Transport and Main Roads ABN 39 407 690 291 \
             (Principal)\nReef Civil Pty Ltd ABN 12 345 678 901 (Contractor)",
            &["The State of Queensland", "Reef Civil Pty Ltd"],
        ),
        (
            "AGREEMENT dated 3 May 2026 between Acme Grid Ltd of London and Leeds (the \"Supplier\") and Otto Vale, a trader, of Paris and Lyon \
             (the \"Customer\").",
            &["Acme Grid Ltd", "Otto Vale"],
        ),
        (
            "TENANCY\nLandlord: Ursula Kent\nTenant: Pavel Novak\nManaging agent (who is not a party): Keys Lettings Ltd",
            &["Ursula Kent", "Pavel Novak"],
        ),
        (
            "CONTRAT / CONTRACT\nClient / Customer: Les Saules Inc.\nEntrepreneur / Contractor: Acme Lifts & Fils inc.\n1. The contractor \
             inspects the lifts each month and replaces worn parts of them.\nClient / Customer: Anne Poitras, \
             administratrice\nEntrepreneur / Contractor: Otto Reed",
            &["Les Saules Inc.", "Acme Lifts & Fils inc."],
        ),
    ]);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn bodies_and_numbers() {
    let wrong = wrong(&[
        (
            "BETWEEN:\n1184502 ALBERTA LTD., a body corporate carrying on business under the firm name and style of \"MILL STORAGE\", of \
             Nisku\n(hereinafter called the \"Warehouser\")\nOF THE FIRST PART\n- and -\n9187-4412 QUÉBEC INC., a body \
             corporate\n(hereinafter called the \"Depositor\")\nOF THE SECOND PART\nWHEREAS",
            &["1184502 ALBERTA LTD.", "9187-4412 QUÉBEC INC."],
        ),
        (
            "THIS TENANCY AGREEMENT is made BETWEEN\nCHIEF (MRS.) ADA REED-COLE of 22, Mill Crescent, Lagos (hereinafter \"the \
             Landlord\") of the one part\nAND\nACME COLD LIMITED of Plot 6, Creek Road (hereinafter \"the Tenant\") of the other part.",
            &["CHIEF (MRS.) ADA REED-COLE", "ACME COLD LIMITED"],
        ),
        (
            "PARTIES\nACME BIO A/S, of Mill 11, Denmark (Sponsor);\nHARBOR HOSPITALS NHS FOUNDATION TRUST, of Mill Hill, Harbor GM1 4TT \
             (Trust); and\nTHE CHANCELLOR, MASTERS AND SCHOLARS OF THE UNIVERSITY OF EASTLAND, whose offices are at Old Street, Eastland \
             (University).\nThe Sponsor has appointed Tessel ApS, which is not a party.",
            &[
                "ACME BIO A/S",
                "HARBOR HOSPITALS NHS FOUNDATION TRUST",
                "THE CHANCELLOR, MASTERS AND SCHOLARS OF THE UNIVERSITY OF EASTLAND",
            ],
        ),
        (
            "This Lease is made by and between Acme Inc. (\"Lessor\") and the United States of America, acting by and through the General \
             Services Agency (\"Government\").",
            &["Acme Inc.", "United States of America"],
        ),
        (
            "LOAN\nDated 3 May 2026\nAda Reed of 4 Mill Road, Hull (Lender)\nAcme Ltd, incorporated in England with number 07654321 \
             (Borrower)",
            &["Ada Reed", "Acme Ltd"],
        ),
        (
            "DEED OF GUARANTEE\nThe fee is 500.\nSIGNED as a deed by ADA REED in the presence of: B. Moor\nEXECUTED as a deed by ACME \
             BOATS LTD acting by its director: C. Dunn",
            &["ADA REED", "ACME BOATS LTD"],
        ),
        (
            "CLEANING\nThe fee is 500.\nFor Acme Data Ltd: Ada Reed, 3 May 2026\nSigned for and on behalf of Mill Foods Limited by its \
             director: Otto Vale",
            &["Acme Data Ltd", "Mill Foods Limited"],
        ),
    ]);
    assert!(wrong.is_empty(), "{wrong:#?}");
}
