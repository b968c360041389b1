//! Times to pay as people who are no lawyers say them.

use super::{said, terms};

#[test]
fn times_in_plain_words() {
    let mut wrong = Vec::new();
    for (text, want) in [
        (
            "The Client has ten (10) days, counted from the date on the invoice, in which to pay it.",
            "10 days from date on the invoice",
        ),
        ("The Buyer pays undisputed invoices within 45 days after it gets them.", "45 days from it gets the invoices"),
        ("The Owner pays each statement within 30 days of its date.", "30 days from date of the statement"),
        (
            "The Dealer's time to pay is thirty (30) days, but they start only when the month in which the invoice came has ended.",
            "30 days from end of the month in which the invoice came has ended",
        ),
        ("$1,875 a month, in the month after use, 30 days from the invoice date.", "30 days from invoice date"),
        (
            "Each visit is billed after it has taken place; pay the bill in 30 days after you receive it.",
            "30 days from you receive the bill",
        ),
        ("Term of payment 14 days net from the date of the invoice.", "14 days from date of the invoice"),
        (
            "Settlement is made by transfer at 45 days end of month as from the date of the invoice.",
            "45 days from end of month as from the date of the invoice",
        ),
        (
            "The Authority shall pay the sums due no later than a period of thirty (30) days from the date on which it accepts the invoice.",
            "30 days from date on which it accepts the invoice",
        ),
        ("Bills for a month shall be passed within 15 days of their submission.", "15 days from their submission"),
    ] {
        let got = terms(text).first().map(said_of).unwrap_or_default();
        if got != want {
            wrong.push(format!("{text}: {got} not {want}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn said_of(term: &super::PaymentTerm) -> String {
    let due = term.due.map(|p| p.to_string()).unwrap_or_default();
    format!("{due} from {}", term.from.as_deref().unwrap_or("?"))
}

#[test]
fn terms_that_nobody_made() {
    for text in [
        "That would be another engagement, for which the usual terms (payment within 30 days of the bill) would have to be agreed.",
        "The Contractor shall clear the site within 14 days after the invoice for demolition.",
    ] {
        assert_eq!(said(text), "", "{text}");
    }
}
