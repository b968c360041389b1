//! Starts and ends of contracts, by clause and by label, with what they mean.

use super::terms::contract;
use crate::record::Status;

/// The agreement bears 10 January 2026.
const MADE: &str = "SERVICES AGREEMENT\nThis Services Agreement (this \"Agreement\") is made as of January 10, 2026 by and between \
                    Harlow Foods, Inc. (\"Customer\") and Tessel Systems LLC (\"Vendor\").\n";

/// Start and end of a contract with the clause.
fn span(clause: &str) -> (Option<String>, Option<String>) {
    let got = contract(&format!("{MADE}{clause}"));
    let day = |f: Option<crate::record::Fact<crate::record::value::DateValue>>| {
        f.and_then(|f| f.value().map(ToString::to_string))
    };
    (day(got.effective_date), day(got.expiration_date))
}

/// Tells all rows that are wrong, not the first only.
pub(super) fn check(table: &[(&str, Option<&str>, Option<&str>)]) {
    let wrong: Vec<_> = table
        .iter()
        .map(|(clause, start, end)| (clause, (start.map(str::to_owned), end.map(str::to_owned)), span(clause)))
        .filter(|(_, want, got)| want != got)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn ranges() {
    let (a, b) = (Some("2026-02-01"), Some("2028-01-31"));
    check(&[
        ("1. Term. The term of this Agreement shall be February 1, 2026 through January 31, 2028.", a, b),
        ("1. Term. The term of this Agreement is from February 1, 2026 to January 31, 2028 inclusive.", a, b),
        ("1. Term. The period of performance is February 1, 2026 - January 31, 2028.", a, b),
        ("1. Term. This Agreement is for the period February 1, 2026 – January 31, 2028.", a, b),
        ("1. Term. This Agreement covers the period commencing February 1, 2026 and ending January 31, 2028.", a, b),
        ("1. Term. This Agreement runs from 1 February 2026 until 31 January 2028.", a, b),
        ("1. Term. This Agreement shall be in force between 1 February 2026 and 31 January 2028 (inclusive).", a, b),
        (
            "1. Term. This Agreement commences on 1 February 2026 and, unless terminated earlier, expires on 31 January 2028.",
            a,
            b,
        ),
        ("1. Term. This Agreement is valid from 01.02.26 to 31.01.28.", a, b),
        ("1. Term. The term begins on [02/01/2026] and ends on [01/31/2028].", a, b),
        ("1. Term. This Agreement begins on Feb. 1st, 2026 and continues up to and including 31st January 2028.", a, b),
        ("1. Term. The lease term is twenty-four months from and including 1 February 2026.", a, b),
        ("1. Term. The term shall run for two years beginning on and including February 1, 2026.", a, b),
        ("1. Term. The initial term is from February 1, 2026 through January 2028.", a, b),
        ("1. Term. The hire period starts on 1 February 2026 and finishes on 31 January 2028.", a, b),
    ]);
}

#[test]
fn labels() {
    let (a, b) = (Some("2026-02-01"), Some("2028-01-31"));
    let open = Some("2028-02-01");
    check(&[
        ("Start Date: 1 February 2026\nEnd Date: 31 January 2028", a, b),
        ("Commencement Date\t1 February 2026\nExpiry Date\t31 January 2028", a, b),
        ("Contract start date\t1 February 2026\tContract end date\t31 January 2028", a, b),
        ("Product\tStart date\tEnd date\nPumps\t02/01/2026\t01/31/2028\nFans\t02/01/2026\t01/31/2028", a, b),
        ("(a) Date of commencement: 1st February 2026\n(b) Date of expiry: 31st January 2028", a, b),
        ("Subscription Start Date: February 1, 2026\nSubscription Term: 24 months", a, open),
        ("Start date:\n1 February 2026\nInitial term:\nTwo (2) years", a, open),
        ("Term: 1 February 2026 to 31 January 2028", a, b),
        ("Term (months)\t24\nTerm start\t1 February 2026", a, open),
        ("Lease starts on: 1 February 2026\nLength of lease: 24 months", a, open),
        ("Call-Off start date: 1 February 2026\nCall-Off expiry date: 31 January 2028", a, b),
        ("Effective Date: February 1, 2026\nExpiration: January 31, 2028", a, b),
        ("Minimum term\t24 months from the Go-Live Date\nGo-Live Date\t1 February 2026", a, open),
        ("Quote valid until: 06/30/2026\nStart date: 02/01/2026\nTerm: 24 months", a, open),
        ("Insurance expiry date: 30 June 2026\nStart date: 1 February 2026\nEnd date: 31 January 2028", a, b),
    ]);
}

#[test]
fn starts() {
    let a = Some("2026-02-01");
    check(&[
        ("1. This Agreement comes into force on 1 February 2026.", a, None),
        ("1. This Agreement has effect from 1 February 2026.", a, None),
        ("1. The tenancy commences on 1 February 2026.", a, None),
        ("1. Your employment with us begins on 1 February 2026.", a, None),
        ("1. Your employment will start on 1 February 2026.", a, None),
        ("1. The services under this Agreement begin on 1 February 2026.", a, None),
        ("1. This contract starts on 1 February 2026.", a, None),
        ("1. Payments begin on 1 February 2026.", None, None),
        ("1. The Commencement Date of this Agreement will be 1st February 2026.", a, None),
    ]);
}

#[test]
fn anchors() {
    check(&[
        (
            "1. Term. The initial term is five years from the Commencement Date.\n4. The Commencement Date is 16 June 2026.",
            Some("2026-06-16"),
            Some("2031-06-16"),
        ),
        (
            "1. Term. The term is three years from the Launch Date.\n2. \"Launch Date\" means 1 May 2026.",
            Some("2026-05-01"),
            Some("2029-05-01"),
        ),
        (
            "1. Hire. The hire period is 36 months from the delivery date.\nDelivery date\t2 April 2026",
            Some("2026-04-02"),
            Some("2029-04-02"),
        ),
        (
            "1. Term. The term ends on the last day of the twelfth (12th) full calendar month after the Commencement Date.\n\
             2. The Commencement Date is 14 April 2026.",
            Some("2026-04-14"),
            Some("2027-04-30"),
        ),
        (
            "1. Term. The term ends on the last day of the twelfth (12th) full calendar month after the Commencement Date.\n\
             2. The Commencement Date is 1 May 2026.",
            Some("2026-05-01"),
            Some("2027-04-30"),
        ),
    ]);
}

#[test]
fn what_is_no_end() {
    check(&[
        (
            "1. Term. This Agreement commences on 1 April 2026 for an indefinite time and may be terminated by either party \
             with six weeks' notice to the end of the calendar year.",
            Some("2026-04-01"),
            Some("perpetual"),
        ),
        ("1. Term. The total term of this Agreement shall not exceed five (5) years.", None, None),
        ("2. This offer is valid until 30 June 2026.", None, None),
        ("2. The Consultant, holder of passport no. 5 valid until 3 May 2029, accepts.", None, None),
        ("2. The Vendor shall keep insurance in force until 31 December 2027.", None, None),
    ]);
}

#[test]
fn one_of_several_ends() {
    for (clause, flagged) in [
        (
            "1. Term. This Agreement ends on the later of 31 January 2028 and the completion of the last work order.",
            true,
        ),
        (
            "1. Term. This Agreement shall expire upon the later of (a) the end of the season and (b) January 31, 2028.",
            true,
        ),
        (
            "1. Term. This Agreement continues until the earlier of January 31, 2028 and completion of the Services.",
            true,
        ),
        (
            "1. Term. This Agreement continues until the earlier of January 31, 2028 or termination under Section 9.",
            false,
        ),
    ] {
        let got = contract(&format!("{MADE}{clause}"));
        let end = got.expiration_date.unwrap();
        assert_eq!(end.value().map(ToString::to_string).as_deref(), Some("2028-01-31"), "{clause}");
        assert_eq!(end.status() == Status::Conflicting, flagged, "{clause}");
        assert_eq!(got.diagnostics.iter().any(|d| d.code == "term.one_of_several"), flagged, "{clause}");
    }
}

#[test]
fn an_amendment_names_the_old_end_and_the_new() {
    for clause in [
        "1. Original Termination Date: May 20, 2026\n2. New Termination Date: June 15, 2026",
        "Current expiry date\tMay 20, 2026\nRevised expiry date\tJune 15, 2026",
    ] {
        let head = "AMENDMENT NO. 1\nThis Amendment No. 1 to the Services Agreement dated January 10, 2026 is made as of April 15, \
                    2026 between Harlow Foods, Inc. and Tessel Systems LLC.\n";
        let got = contract(&format!("{head}{clause}"));
        let end = got.expiration_date.and_then(|f| f.value().map(ToString::to_string));
        assert_eq!(end.as_deref(), Some("2026-06-15"), "{clause}");
    }
}

#[test]
fn forms_of_the_public_sector_and_others() {
    let (a, b) = (Some("2026-02-01"), Some("2028-01-31"));
    let open = Some("2028-02-01");
    check(&[
        (
            "Part A: Order Form\nCall-Off Contract reference\tRM-5\nStart date\t1 February 2026\nEnd date\t31 January 2028",
            a,
            b,
        ),
        ("Contract term\tThe contract term is 24 months\nContract start date\t1 February 2026", a, open),
        ("Contract Period:\t1 February 2026 – 31 January 2028", a, b),
        ("starting date\t1 February 2026\ncompletion date\t31 January 2028", a, b),
        ("1. Start Date – 1 February 2026\n2. Term – 24 months", a, open),
        ("Tenancy start date: 1 February 2026 Tenancy end date: 31 January 2028", a, b),
        ("Fixed term of: 24 months\nCommencing on: 1 February 2026", a, open),
        ("Membership begins: 02/01/2026\nCommitment period: 24 months", a, open),
        ("Commencement Date: 1 February 2026\nExpiration Date: [●]", a, None),
        ("Expiry Date: Twenty-four months from the Commencement Date\nCommencement Date: 1 February 2026", a, open),
        ("Minimum hire period\t24 months from the commencement date\nCommencement date\t1 February 2026", a, open),
        ("Hire Start: 1 Feb 2026\nHire End: 31 Jan 2028", a, b),
        ("Employment start date: 1 February 2026", a, None),
        ("Lease Term: 24 months, beginning February 1, 2026 and ending January 31, 2028", a, b),
        (
            "Initial Subscription Term: 24 months commencing on the Subscription Start Date\nSubscription Start Date: 2026-02-01",
            a,
            open,
        ),
        ("Duration: until 31 January 2028\nStart: 1 February 2026", a, b),
    ]);
}

#[test]
fn bounds_in_sentences() {
    let (a, b) = (Some("2026-02-01"), Some("2028-01-31"));
    check(&[
        (
            "2. Term. This Lease shall begin on the 1st day of February 2026 and end on the 31st day of January 2028.",
            a,
            b,
        ),
        (
            "2. Term. The appointment will commence on 1 February 2026 and will terminate automatically on 31 January 2028.",
            a,
            b,
        ),
        ("2. Term. This Agreement takes effect on 1 February 2026 and remains in force until 31 January 2028.", a, b),
        (
            "2. Term. The initial term of this Agreement is from 1 February 2026 up to and including 31 January 2028.",
            a,
            b,
        ),
        ("2. Duration. The contract is concluded for the period from 1 February 2026 to 31 January 2028.", a, b),
        ("2. Term. The engagement runs from 1 February 2026 to 31 January 2028.", a, b),
        (
            "2. Term. The licence period starts on 1 February 2026 and shall expire at midnight on 31 January 2028.",
            a,
            b,
        ),
        (
            "2. Term. The fixed term begins on 1 February 2026 and lasts for a period of two years.",
            a,
            Some("2028-02-01"),
        ),
        ("2. Term. The tenancy is for a fixed term of 24 months commencing on 1 February 2026.", a, Some("2028-02-01")),
        ("2. Term. The tenancy is for a term of 24 months from and including 1 February 2026.", a, b),
        ("2. Term. The Term of this Agreement is February 1, 2026 through and including January 31, 2028.", a, b),
        ("2. Term. Unless terminated sooner, this Agreement will end on January 31, 2028.", None, b),
        ("2. Term. The contract shall come into force on 1 February 2026 and shall expire on 31 January 2028.", a, b),
        ("2. Term. This Agreement shall be effective for the period of February 1, 2026 to January 31, 2028.", a, b),
    ]);
}
