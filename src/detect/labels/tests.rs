use super::*;
use crate::record::DocumentId;

fn read(plain: &str) -> Vec<(Field, String)> {
    let text = DocumentText::from_plain(DocumentId::of(plain.as_bytes()), plain);
    Labels::of(&text).list.iter().map(|l| (l.field, text.slice(l.value).to_owned())).collect()
}

#[test]
fn places_of_values() {
    use Field::{
        AgreementDate, End, Extension, Law, Length, Notice, OrderDate, Renewal, RenewalNotice, RenewalTerm, Signed,
        Start,
    };
    let table: &[(&str, &[(Field, &str)])] = &[
        ("Start date: 1 April 2026\nExpiry date: 31 March 2028", &[(Start, "1 April 2026"), (End, "31 March 2028")]),
        ("Start date\t1 April 2026\tEnd date\t31 March 2028", &[(Start, "1 April 2026"), (End, "31 March 2028")]),
        ("Commencement Date:\t1 April 2026", &[(Start, "1 April 2026")]),
        (
            "Item\tStart date\tEnd date\nPumps\t1 April 2026\t31 March 2028",
            &[(Start, "1 April 2026"), (End, "31 March 2028")],
        ),
        ("(b) Term of the lease: ten years\n(c) Rent: 5", &[(Length, "ten years")]),
        ("Initial Term\n36 months", &[(Length, "36 months")]),
        ("Extension period:\n12 months", &[(Extension, "12 months")]),
        (
            "Order Date: February 1, 2026 Subscription Period: 2 year(s)",
            &[(OrderDate, "February 1, 2026"), (Length, "2 year(s)")],
        ),
        (
            "Auto-renewal. Non-Renewal Notice Date: At least 60 days before the end of the current term.",
            &[(RenewalNotice, "At least 60 days before the end of the current term.")],
        ),
        (
            "Agreement date 07/03/2025\tStart date 10 March 2025",
            &[(AgreementDate, "07/03/2025"), (Start, "10 March 2025")],
        ),
        ("Lease commencement date May 1, 2026", &[(Start, "May 1, 2026")]),
        ("Contract start date Monday, 4 May 2026", &[(Start, "Monday, 4 May 2026")]),
        ("The starting date is 1 May 2026.", &[(Start, "1 May 2026")]),
        ("The starting date is\t1 May 2026", &[(Start, "1 May 2026")]),
        ("Term 24 months", &[(Length, "24 months")]),
        ("Item 7 Terminating date 31 October 2027", &[(End, "31 October 2027")]),
        ("Item 8 Hosting term\t24 months", &[(Length, "24 months")]),
        ("6 Minimum Period\t36 months\n7 Exit notice\t60 days", &[(Length, "36 months"), (Notice, "60 days")]),
        // Dots that lead to the value, and those that lead to a page.
        ("Effective date ........ 1 May 2026", &[(Start, "1 May 2026")]),
        ("Term ................ Three (3) years", &[(Length, "Three (3) years")]),
        ("Term ................ 12", &[]),
        // The label below its value.
        ("1 May 2026\n(Effective date)\n30 April 2028\n(Expiry)", &[(Start, "1 May 2026"), (End, "30 April 2028")]),
        ("31 January 2029 Expiry\tThree (3) years", &[(End, "31 January 2029")]),
        ("31 January 2029 is the expiry date", &[]),
        ("Renewal automatic, 12 months", &[(Renewal, "automatic, 12 months")]),
        ("Notice 90 days", &[(Notice, "90 days")]),
        ("THE RENEWAL PERIOD 1 Year", &[(RenewalTerm, "1 Year")]),
        ("Governing law England and Wales", &[(Law, "England and Wales")]),
        ("30c. DATE SIGNED 05-28-2026", &[(Signed, "05-28-2026")]),
        ("TERM IN MONTHS: 48 MONTHLY PAYMENT: $1,412.00", &[(Length, "48")]),
        ("Term: 24 Months Monthly Fee: $10", &[(Length, "24 Months")]),
        (
            "Base Year: cleaning, period of performance 05/01/2026 through 04/30/2027",
            &[
                (Length, "cleaning, period of performance 05/01/2026 through 04/30/2027"),
                (Length, "05/01/2026 through 04/30/2027"),
            ],
        ),
        (
            "2. Commencement 1 December 2026; completion 30 November 2029.",
            &[(Start, "1 December 2026"), (End, "30 November 2029")],
        ),
        ("starting on 20/05/2026 and ending on 19/05/2027 [Cross out]", &[(Start, "20/05/2026"), (End, "19/05/2027")]),
        ("Contract Date – 3 May 2026", &[(AgreementDate, "3 May 2026")]),
        ("2.1 Minimum hire period: 36 months from the delivery date", &[(Length, "36 months from the delivery date")]),
    ];
    for (text, want) in table {
        let want: Vec<_> = want.iter().map(|(f, v)| (*f, (*v).to_owned())).collect();
        assert_eq!(read(text), want, "{text}");
    }
}

#[test]
fn no_labels() {
    for text in [
        "Quote date: 04/18/2026 Quote valid until: 06/30/2026",
        "Passport Expiry Date: 3 May 2029",
        "The parties agree on the following term: twelve months of peace.",
        "Option Year 1: cleaning, period of performance 05/01/2027 through 04/30/2028",
        "The notice is given by the Buyer",
        "Renewal is a matter for the parties",
        "Term\n1. Term: see the schedule of fees\tTerm",
        "1. Extension\nThe term of the Agreement is hereby extended for an additional twenty-four months, so that it ends in May.",
    ] {
        assert!(
            read(text).iter().all(|(f, _)| matches!(f, Field::Length | Field::OtherDate)),
            "{text}: {:?}",
            read(text)
        );
    }
}

#[test]
fn columns_of_an_amendment() {
    for heads in ["As signed\tAs amended", "Item\tOriginal\tNew", "\tBefore\tAfter", "Term\tCurrently\tAs varied"] {
        let rows = format!("{heads}\nStart date\t1 May 2026\t1 June 2026\nExpiry date\t30 April 2027\t31 August 2028");
        let found = read(&rows);
        assert!(found.contains(&(Field::End, "31 August 2028".to_owned())), "{heads}: {found:?}");
        assert!(!found.contains(&(Field::End, "30 April 2027".to_owned())), "{heads}: {found:?}");
    }
}
