//! Days on which the contract can be ended.

use super::{breaks, facts};
use crate::record::{Describe, Fact};

#[test]
fn breaks_on_a_day_with_a_name() {
    breaks(&[
        (
            "Break Date: 24 March 2028.\n\nThe Tenant may terminate this lease by serving a Break Notice on the Landlord at least six months before the Break Date.",
            "2028-03-24",
        ),
        (
            "\"Break Date\" means 24 March 2028.\n\nThe Tenant may determine this lease on the Break Date by six months' notice.",
            "2028-03-24",
        ),
        (
            "Tenant's Break Date: 24 March 2028\n\nIf the Tenant wishes to end this lease on the Tenant's Break Date it shall give at least six months' notice in writing.",
            "2028-03-24",
        ),
        (
            "Early Exit Date: 24 March 2028.\n\nThe Tenant may end this lease by six months' notice prior to the Early Exit Date.",
            "2028-03-24",
        ),
    ]);
}

#[test]
fn breaks_in_the_passive() {
    breaks(&[
        (
            "The term shall be determinable by the Buyer on 31 March 2027 upon at least 90 days' notice in writing.",
            "2027-03-31",
        ),
        (
            "If notice of at least six months is given by the Tenant, this Lease shall end on 31 March 2027.",
            "2027-03-31",
        ),
        ("This Agreement may be terminated by the Buyer on 31 March 2027 by six months' written notice.", "2027-03-31"),
    ]);
}

#[test]
fn ends_that_come_again() {
    const QUARTERS: &str = "the end of March, the end of June, the end of September or the end of December of any year";
    for (text, want) in [
        (
            "It may be terminated by either party with six months' notice to the end of a calendar year.",
            "the end of December of any year",
        ),
        (
            "Either party may terminate this contract by giving three months' notice effective as of the end of any calendar quarter.",
            QUARTERS,
        ),
        ("Each party may terminate it with a notice period of three months to the end of a quarter.", QUARTERS),
        (
            "Either party may terminate this agreement with effect from the end of any calendar half-year by giving at least 90 days' notice.",
            "the end of June or the end of December of any year",
        ),
        (
            "Either party may determine it by not less than three months' written notice expiring on 31 March, 30 June, 30 September or 31 December in any year.",
            "31 March, 30 June, 30 September or 31 December of any year",
        ),
        (
            "It shall continue until ended by either party on not less than six months' written notice ending on 31 August in any year.",
            "31 August of any year",
        ),
        (
            "It begins on 1 February 2024. Either party may determine it by three months' notice in writing expiring on any anniversary \
             of the start.",
            "1 February of any year from 1 year after the start on",
        ),
        (
            "It begins on 1 February 2024. The Client may terminate it with effect from the second anniversary of the start, and from \
             each anniversary after that, on three months' notice.",
            "1 February of any year from 2 years after the start on",
        ),
        (
            "It begins on 1 February 2024. Either party may terminate it at the end of the third Contract Year, or at the end of any \
             later Contract Year, by giving 90 days' notice.",
            "1 February of any year from 3 years after the start on",
        ),
        (
            "Either party may bring it to an end on any 29 September by giving not less than twelve months' notice.",
            "29 September of any year",
        ),
    ] {
        let found = facts(text);
        let words: Vec<String> = found.iter().filter_map(Fact::value).map(Describe::words).collect();
        assert!(words.iter().any(|words| words.contains(&format!(" on {want} with "))), "{text}: {words:?}");
    }
    // The end of any month is no day to wait for, a year of the contract none of the calendar, and money has its own days.
    for text in [
        "Either party may terminate this agreement on one month's notice to the end of a calendar month.",
        "Either party may terminate this agreement on ninety days' notice to the end of any contract year.",
        "The Owner may terminate this agreement on 30 days' notice; all reports are due at the end of each calendar quarter.",
    ] {
        let found = facts(text);
        assert!(found.iter().filter_map(Fact::value).all(|right| right.breaks.is_empty()), "{text}");
    }
}

#[test]
fn breaks_of_the_particulars_and_beside_their_name() {
    breaks(&[
        (
            "Break date: 24 March 2028 (Tenant only)\nBreak notice: not less than 6 months before the break date",
            "2028-03-24",
        ),
        ("Tenant's break date: 24 March 2028\nBreak notice: 6 months", "2028-03-24"),
        (
            "Either party may terminate this lease by serving a Break Notice on the other at least nine months before the Break Date, which is 24 March 2028.",
            "2028-03-24",
        ),
        ("The Licensee may, by a notice in writing of at least three months, withdraw on 24 March 2028.", "2028-03-24"),
    ]);
}

#[test]
fn breaks_on_a_day_and_every_later_anniversary() {
    let text = "The Tenant may bring this Lease to an end on 24 June 2027 or on any later anniversary of that date, by giving the Landlord twelve months' notice.";
    let found = facts(text);
    let days = &found[0].value().unwrap().breaks;
    assert_eq!((days.len(), days[0].each.map(|d| (d.month, d.nth))), (1, Some((Some(6), 24))));
    assert_eq!(days[0].on, Some(jiff::civil::date(2027, 6, 24)));
}

#[test]
fn the_ending_itself_has_its_day() {
    breaks(&[
        (
            "Tenant shall have a one-time right to terminate this Lease, such termination to be effective on 31 August 2029 and on no other date. Tenant shall exercise the right, if at all, by delivering written notice to Landlord not less than nine (9) full months before the effective date of termination.",
            "2029-08-31",
        ),
        (
            "The Tenant shall have the right to cancel this Lease, such cancellation to be effective as of 30 September 2027. The Tenant shall exercise such right by giving the Landlord written notice at least six months before that date.",
            "2027-09-30",
        ),
        (
            "So long as no Event of Default exists, Tenant may terminate this Lease on 30 September 2027 by written notice delivered no later than 31 March 2027.",
            "2027-09-30",
        ),
    ]);
    let at_once =
        "If the Landlord is in breach the Tenant may terminate this Lease on 30 September 2027 by a month's notice.";
    assert!(facts(at_once).iter().filter_map(Fact::value).all(|right| right.breaks.is_empty()));
}

#[test]
fn breaks_where_notice_has_been_given() {
    breaks(&[
        (
            "If the Lessee has, at least nine months before that day, served on the Lessor a break notice in writing, this Lease shall come to an end on 30 June 2029.",
            "2029-06-30",
        ),
        (
            "If the Tenant wishes to bring this underlease to an end on 24 June 2029 and gives the Landlord at least nine months' notice of that wish, the underlease shall cease on that date.",
            "2029-06-24",
        ),
        ("If the Tenant gives nine months' notice in writing, the lease shall end on 30 June 2029.", "2029-06-30"),
        (
            "Where the Lessee, by notice served not less than six months beforehand, so requires, the term shall end on 30 June 2029.",
            "2029-06-30",
        ),
        (
            "On the Tenant's giving at least six months' notice the tenancy shall terminate on 30 June 2029.",
            "2029-06-30",
        ),
        (
            "The Tenant has a one-time right to terminate this Lease effective June 30, 2029. To use it, the Tenant shall deliver a termination notice to the Landlord at least 240 days before that date.",
            "2029-06-30",
        ),
    ]);
}

#[test]
fn breaks_that_a_party_wishes_for() {
    breaks(&[(
        "Should the Lessee wish this Lease to come to an end on 24 March 2028, it must serve written notice at least eight months before.",
        "2028-03-24",
    )]);
}
