//! Days and lengths that are not those of the contract: of forms, signatures, promotions and least times.

use super::front::day;
use super::terms::contract;
use crate::record::value::RenewalKind;

/// Date of the contract, its start, its end and its law.
fn frame(text: &str) -> [Option<String>; 4] {
    let c = contract(text);
    [
        day(c.agreement_date.as_ref()),
        day(c.effective_date.as_ref()),
        day(c.expiration_date.as_ref()),
        c.governing_law.as_ref().and_then(|f| f.value().cloned()),
    ]
}

fn all(cases: &[(&str, [Option<&str>; 4])]) {
    let mut wrong = Vec::new();
    for (text, want) in cases {
        let got = frame(text);
        if got.each_ref().map(|s| s.as_deref()) != *want {
            wrong.push(format!("{text}: {got:?} not {want:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn dates_of_forms_and_signatures() {
    all(&[
        (
            "GAS SUPPLY\n\nCustomer Name: Harbour Bakery Limited\nStart Date: 1 March 2026\nEnd Date: 28 February 2027",
            [None, Some("2026-03-01"), Some("2027-02-28"), None],
        ),
        (
            "PROCESSING\n\nbetween Nord GmbH and Weser GmbH\n\n1. The fee is 500.\n\nPlace/Date Controller: Hamburg, 14 January \
             2025\n\nPlace/Date Processor: Bremen, 16 January 2025",
            [Some("2025-01-16"), None, None, None],
        ),
        (
            "SERVICES\n\nEffective Date: June 25, 2026\n\nThis Agreement is entered into as of the date first written above by and \
             between Kite LLC and Orbit Corp.\n\nIt shall start on the Effective Date and remain active until its formal expiration \
             date set for December 31, 2029.",
            [Some("2026-06-25"), Some("2026-06-25"), Some("2029-12-31"), None],
        ),
    ]);
}

#[test]
fn promotions_are_no_term() {
    let none = [None, None, None, None];
    all(&[
        ("TERMS OF MEMBERSHIP\n\nThe promotion period is 3 May 2026 to 9 June 2026.", none),
        ("TERMS OF MEMBERSHIP\n\nThe prize running from 1st October - 30th November 2014 is for 2 flights.", none),
        ("TERMS OF MEMBERSHIP\n\nThe offer period is 3 May 2026 to 9 June 2026.", none),
    ]);
}

#[test]
fn the_least_time_of_an_open_hire() {
    all(&[(
        "HIRE\n\nOwner: Tower Hire Ltd\nHirer: Redbrick Ltd\nDelivery date: 21 June 2026\nMinimum hire period: 6 weeks\nHire period: \
         from delivery until either of us ends it",
        [None, Some("2026-06-21"), Some("perpetual"), None],
    )]);
}

#[test]
fn law_under_which_something_is_provided() {
    let of = |law| [None, None, None, Some(law)];
    all(&[
        ("All Products and Services are provided to you under New Zealand law.", of("New Zealand")),
        ("The services are supplied under Scots law.", of("Scotland")),
        ("This agreement has been concluded under the laws of Kenya.", of("Kenya")),
    ]);
}

#[test]
fn words_that_only_sound_like_renewals() {
    let kind = |text: &str| contract(text).renewal.as_ref().and_then(|f| f.value().map(|r| r.kind));
    for text in [
        "The term shall begin on 3 May 2026 and shall continue for a period of 24 months thereafter, unless earlier terminated.",
        "Both parties agree to be bound by the additional terms in Schedule II (if any).",
        "The parties agree to the additional terms set out in the Appendix.",
    ] {
        assert_eq!(kind(text), None, "{text}");
    }
    let on = "The contract runs for 24 months and thereafter until either party ends it by notice.";
    assert_eq!(kind(on), Some(RenewalKind::Evergreen));
}

#[test]
fn a_time_to_pay_in_words_and_another_figure_is_doubted() {
    let found = contract("The Buyer shall pay each invoice within thirty (45) days from the date of the invoice.");
    let all: Vec<_> = found.payment_terms.iter().map(crate::record::Fact::status).collect();
    assert_eq!(all, [crate::record::Status::Conflicting]);
}
