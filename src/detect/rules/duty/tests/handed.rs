//! Papers that are handed over and sums that fall due, said without a word that binds; and items that name a party.

use super::read;

/// Who owes what by when, in short.
fn said(text: &str) -> Vec<String> {
    let one = |o: &crate::record::value::Obligation| format!("{}: {}", o.obligor.as_deref().unwrap_or("-"), o.timing);
    read(text).iter().map(one).collect()
}

#[test]
fn what_falls_due_without_a_word_that_binds() {
    let mut wrong = Vec::new();
    for (text, want) in [
        (
            "A balance sheet is presented to the Client by 31 March of each year.",
            "Supplier: every 1 year, 31 March of each year",
        ),
        (
            "Audited accounts are sent to the Client by 30 September every year.",
            "Supplier: every 1 year, 30 September every year",
        ),
        ("A certificate of insurance is provided to the Client each 1 April.", "Supplier: every 1 year, 1 April"),
        (
            "The Supplier reports to the Client every quarter, by the fifteenth of January, April, July and October.",
            "Supplier: every 3 months, fifteenth of January, April, July and October",
        ),
        (
            "By the 5th of each month the Client gives the Supplier its forecast.",
            "Client: every 1 month, 5th of each month",
        ),
        ("Insurance: proof of cover every year by 1 June", "Supplier: every 1 year, 1 June"),
        ("Pay. £43,200 a year, paid on the 27th of each month.", "Client: every 1 month, 27th of each month"),
        ("Rent is £950, and it's due the 5th of the month.", "Client: every 1 month, 5th of the month"),
        ("Fee: £1,500 per month, due on the 3rd.", "Client: every 1 month, 3rd"),
        (
            "Service charge is collected by direct debit on the first of every month.",
            "Client: every 1 month, first of every month",
        ),
        (
            "The annual charge is invoiced on 1 March and payable by 31 March each year.",
            "Client: every 1 year, 31 March each year",
        ),
        (
            "It is payable yearly in advance on 29 September, whether or not a reminder has been sent.",
            "Client: every 1 year, 29 September",
        ),
        ("The Client binds itself to pay the rent on 1 May in each year.", "Client: every 1 year, 1 May in each year"),
        (
            "The Client's forecast shall reach the Supplier by the 10th of each month.",
            "Client: every 1 month, 10th of each month",
        ),
        (
            "Rent is to be paid at Candlemas, Whitsunday, Lammas and Martinmas.",
            "Client: every 3 months, Candlemas, Whitsunday, Lammas and Martinmas",
        ),
    ] {
        let got = said(text);
        if got != [want] {
            wrong.push(format!("{text}: {got:?} not {want}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for text in [
        "Prices are adjusted on 1 January of each year.",
        "The certificate of insurance is valid from 1 April each year.",
        "The statement given by the Client on 1 April of each year is binding.",
        "Either party gives the other notice by 1 October of each year.",
        "The accounts are made up to 31 March in each year.",
        "The Client will have the use of the land from 1 May 2027 to 31 October 2027.",
    ] {
        assert_eq!(said(text), [""; 0], "{text}");
    }
}

#[test]
fn parts_of_a_price() {
    let three = ["Client: by 2027-02-01", "Client: by 2027-06-01", "Client: by 2027-10-01"];
    for text in [
        "The Client shall pay it in three instalments: 30% by 1 February 2027; 40%, after the samples but in any case no later than 1 June 2027; and the balance of 30% no later than 1 October 2027.",
        "The price is payable as to 20% on 1 February 2027, as to 30% on 1 June 2027 and as to the balance on 1 October 2027.",
        "The Client shall pay £5,000 on 1 February 2027 and £2,000 on each of 1 June 2027 and 1 October 2027.",
    ] {
        assert_eq!(said(text), three, "{text}");
    }
}

#[test]
fn items_that_name_a_party() {
    let two = ["Supplier: by 2027-05-03", "Client: by 2027-05-10"];
    for text in [
        "Responsibilities and due dates:\n(a) of Supplier - to hand over the manuals, 3 May 2027;\n(b) of Client - to nominate the trainees, 10 May 2027.",
        "Milestones: Supplier to hand over the manuals by 3 May 2027; Client to nominate the trainees by 10 May 2027.",
    ] {
        assert_eq!(said(text), two, "{text}");
    }
}
