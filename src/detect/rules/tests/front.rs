//! Dates, starts and ends that stand before the first clause, on labels and beside signatures, or wait for an event.

use super::terms::contract;
use crate::record::Contract;
use crate::record::value::DateValue;

pub(super) fn day(fact: Option<&crate::record::Fact<DateValue>>) -> Option<String> {
    fact.and_then(|f| f.value().map(ToString::to_string))
}

/// Each text gives this day in the field that `of` takes.
fn all(of: fn(&Contract) -> Option<String>, cases: &[(&str, Option<&str>)]) {
    let mut wrong = Vec::new();
    for &(text, want) in cases {
        let got = of(&contract(text));
        if got.as_deref() != want {
            wrong.push(format!("{text}: {got:?} not {want:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_date_before_the_first_clause() {
    let want = Some("2026-05-04");
    all(
        |c| day(c.agreement_date.as_ref()),
        &[
            (
                "LEASE AGREEMENT\n\nKarachi, 4 May 2026. Landlord: Mrs. Iqbal. Tenant: Orchid Surgery.\n\n2. Rent is 500.",
                want,
            ),
            ("LETTER OF INTENT\n\nRotterdam, 4 May 2026\n\nFrom: Delf B.V.\n\n1. The fee is 500.", want),
            (
                "WATER LEASE\n\nLessor: Elk Bench Company. Lessee: Turf Farm LLC. Dated May 4, 2026.\n\n1. Rent is 500.",
                want,
            ),
            ("OFFICE LEASE\n\nLandlord: Sutro LLC. Lease dated May 4, 2026. The rent is 500.", want),
            (
                "SERVICES\n\nBetween Granite Co. (the \"Customer\") and Loomis LLC (the \"Vendor\"), May 4, 2026.\n\n1. Fee.",
                want,
            ),
            (
                "AGREEMENT\n\nSigned and dated 4 May 2026 between Keystone Ltd and Lionel Bey.\n\n1. The fee is 500.",
                want,
            ),
            ("AGREEMENT\n\nAgreed on 4 May 2026 between Keystone Ltd and Lionel Bey.\n\n1. The fee is 500.", want),
            ("MERCHANT TERMS\n\nAccepted electronically on 4 May 2026 by Kalypso E.E. (\"Merchant\")\n\n1. Fee.", want),
            ("CONTRACT\n\nDone at Nairobi on 4 May 2026 between Keystone Ltd and Lionel Bey.\n\n1. Fee.", want),
            ("LICENCE (4 May 2026)\n\nKeystone Ltd and Lionel Bey agree as follows.\n\n1. Fee.", want),
            ("The fee is 500.\nDone at Douala, on 4 May 2026, in two originals.", want),
            ("ORDER FORM\n\nDate of sign-up: 4 May 2026\nPlan: Growth", want),
            // What is not the date of the contract.
            ("LEASE\n\nThe rent was last reviewed in Leeds. Quotation of 4 May 2026.\n\n1. The rent is 500.", None),
            ("LEASE\n\nApproved by the council on 4 May 2026.\n\n1. The rent is 500.", None),
        ],
    );
}

#[test]
fn dates_beside_signatures() {
    all(
        |c| day(c.agreement_date.as_ref()),
        &[
            (
                "The fee is 500.\nSigned for Zeewier B.V.: 4 August 2026\nSigned for Corraline Ltd: 11 August 2026",
                Some("2026-08-11"),
            ),
            (
                "The fee is 500.\nFor MERIDIAN LIFTS\nDate: 24 August 2026\nAccepted by\nFor Shanti Ltd.\nDate: 28 August 2026",
                Some("2026-08-28"),
            ),
            (
                "The fee is 500.\n\nSIGNED at Paarl on this the 14th day of April 2025.\nFor: Karoo (Pty) Ltd\n\nSIGNED at Ceres on \
                 this the 15th day of April 2025.\nFor: Ntuli CC",
                Some("2025-04-15"),
            ),
            ("3.1 The list current at the date of this Agreement is dated 1 December 2025. The fee is 500.", None),
            ("The fee is 500.\nSigned: Gurpreet Dhaliwal\nDate: January 9, 2026", Some("2026-01-09")),
            // A term that ends near the names of those who sign is no signature.
            (
                "NAME: Tan Sook Yee\nThe term is extended with effect from 14 June 2025 and expiring on 14 June 2027.\n\
                 Signature\nTan Sook Yee\nDate: 2 June 2025",
                Some("2025-06-02"),
            ),
        ],
    );
}

#[test]
fn starts_by_other_words() {
    let made = "This Agreement is made on 4 May 2026 between Acme Tools, Inc. (\"Acme\") and Harbor LLC (\"Buyer\").\n";
    let of = |clause: &str| contract(&format!("{made}{clause}"));
    for clause in [
        "The loan begins on the date of this agreement and ends on 3 May 2027.",
        "This Agreement is in force on the day of signing and runs for two years.",
        "This Agreement takes effect on signature and lasts two years.",
        "This agreement starts today and ends two years from today.",
        "Acme agrees to employ the Buyer for the period commencing on the date hereof and expiring on 3 May 2027.",
        "This Agreement commences on the Effective Date and continues for 12 months.",
    ] {
        assert_eq!(day(of(clause).effective_date.as_ref()).as_deref(), Some("2026-05-04"), "{clause}");
    }
    for clause in [
        "Period of insurance: from 1 June 2026 to 31 May 2027",
        "Acme is pleased to confirm the offer of employment starting from 1 June 2026.",
    ] {
        assert_eq!(day(of(clause).effective_date.as_ref()).as_deref(), Some("2026-06-01"), "{clause}");
    }
}

#[test]
fn ends_by_other_words() {
    let made = "This Agreement is made on 4 May 2026 between Acme Tools, Inc. (\"Acme\") and Harbor LLC (\"Buyer\").\n";
    let mut wrong = Vec::new();
    for (clause, want) in [
        ("This lease is for ten years less three days from and including 25 March 2019.", Some("2029-03-21")),
        ("The term is one year less one day from 1 March 2026.", Some("2027-02-28")),
        ("The term is two years (less the last three days) from 25 March 2026.", Some("2028-03-22")),
        (
            "The Agreement shall automatically renew on 15 March 2027 unless notice is given 60 days before.",
            Some("2027-03-15"),
        ),
        ("This LOI shall remain valid until 28 February 2027, after which it shall lapse.", Some("2027-02-28")),
        (
            "The Lease shall commence on 1 May 2025 and shall thereafter continue for a period of 24 months.",
            Some("2027-05-01"),
        ),
        ("The term of the Lease is renewed for a period of 3 years from 1 June 2026.", Some("2029-06-01")),
        ("Commencement date: 2 November 2026\nCompletion date: 30 April 2027", Some("2027-04-30")),
        ("Tenancy Term: One Year Fixed.\nTenancy Period: January 11, 2027, to January 10, 2028", Some("2028-01-10")),
        // A notice period, a warranty and an offer are no terms.
        ("8. NOTICE PERIOD\nThe notice period shall be 30 calendar days.", None),
        ("9. NOTICE PERIOD\nDuring the first two years: 1 month.", None),
        ("9.2 Warranty Period\nAcme will fix bugs at no charge for 30 days after deployment.", None),
        ("Quote date: September 8, 2026\nValid until: September 30, 2026", None),
        // A start that has not come.
        (
            "The term begins on the Commencement Date, which is the date on which Acme delivers the premises, and continues for 61 months.",
            None,
        ),
        (
            "\"Commencement Date\" means the day on which the Buyer opens for business. The term of this lease is 61 months from the Commencement Date.",
            None,
        ),
        (
            "The Commencement Date will be fixed by a memorandum. The term of this lease is 61 months from the Commencement Date.",
            None,
        ),
        (
            "The term shall commence upon the issue of the occupation certificate and shall continue for three years.",
            None,
        ),
    ] {
        let got = day(contract(&format!("{made}{clause}")).expiration_date.as_ref());
        if got.as_deref() != want {
            wrong.push(format!("{clause}: {got:?} not {want:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
