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
        (
            "Any invoice that is not disputed falls due forty-five days from the date it bears.",
            "45 days from date of the invoice",
        ),
        (
            "The balance of the price is payable by the Client thirty-five days after Acceptance.",
            "35 days from Acceptance",
        ),
        (
            "The period of payment is changed from sixty days after receipt of the invoice to forty-five days after receipt of the invoice.",
            "45 days from receipt of the invoice",
        ),
        (
            "Each invoice properly rendered is to be settled by the Client, by transfer to the account printed on it, not later than 28 days after the invoice reaches its office.",
            "28 days from invoice reaches its office",
        ),
        (
            "Invoices that comply with this clause will be settled by the Client no later than 42 days from the day of their receipt.",
            "42 days from day of their receipt",
        ),
        (
            "The Client is to settle, by funds transfer, each invoice not later than 28 days after it arrives.",
            "28 days from it arrives",
        ),
        (
            "Invoices are payable by bank transfer 45 days from the end of the month in which the invoice was issued.",
            "45 days from end of the month in which the invoice was issued",
        ),
        (
            "The Buyer settles the Seller's invoices 45 days from the last day of the month of delivery.",
            "45 days from last day of the month of delivery",
        ),
        (
            "Bills are to be settled, by credit transfer, 21 days after their receipt.",
            "21 days from receipt of the bills",
        ),
        ("Accounts are to be settled within 21 days of the date of the account.", "21 days from date of the account"),
        ("Each account is settled, by bank transfer, 28 days after it is rendered.", "28 days from it is rendered"),
        ("Every invoice is met within 21 days of its date.", "21 days from date of the invoice"),
        ("The Client meets each invoice within 14 days of its receipt.", "14 days from receipt of the invoice"),
        (
            "We pay suppliers on 21 day terms from the date the invoice reaches us.",
            "21 days from date the invoice reaches us",
        ),
        ("The Client has 20 days from acceptance in which to pay the invoice.", "20 days from acceptance"),
        ("Invoices are to be paid within 14 days of receipt instead of 30 days.", "14 days from receipt"),
        ("Old payment terms: 30 days from receipt\nNew payment terms: 14 days from receipt", "14 days from receipt"),
        ("The payment period in clause 5 is reduced to 14 days.", "14 days from ?"),
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
        "Reports are due within 15 days of the end of the quarter.",
        "The parties meet each quarter within 15 days of the end of the quarter.",
        "The Contractor shall clear the site within 14 days after the invoice for demolition.",
    ] {
        assert_eq!(said(text), "", "{text}");
    }
}
