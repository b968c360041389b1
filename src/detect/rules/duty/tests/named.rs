//! Days with a name, lines of a list, and what is counted from the years of a contract.

use super::{one, read};
use jiff::civil::{Date, date};

/// The first day of every timing as month and day.
fn days(text: &str) -> Vec<(i8, i8)> {
    let found = read(text).into_iter().flat_map(|o| o.timing.days);
    found.map(|d| (d.month.unwrap_or(0), d.nth)).collect()
}

fn dates(text: &str) -> Vec<Date> {
    read(text).into_iter().filter_map(|o| o.timing.date).collect()
}

#[test]
fn beginnings_and_ends_of_the_year_of_the_books() {
    const YEAR: &str =
        "In this Agreement a \"financial year\" begins on 1 July and ends on 30 June of the year after. ";
    for (text, want) in [
        (
            "The Supplier shall lay a budget before the board not later than two months before the commencement of each financial year.",
            (7, 1),
        ),
        ("The Supplier shall submit the plan at least 30 days before the start of every financial year.", (7, 1)),
        ("The Supplier shall deliver the budget by the first day of each financial year.", (7, 1)),
        ("The Supplier shall send the accounts within 90 days after each financial year.", (6, 30)),
        ("The Supplier shall file the return within 3 months of its financial year end.", (6, 30)),
    ] {
        assert_eq!(days(&format!("{YEAR}{text}")), [want], "{text}");
    }
    let told = "The fiscal year ends on 31 December. The Supplier shall send its accounts within 120 days after the end of each fiscal year.";
    assert_eq!(days(told), [(12, 31)]);
}

#[test]
fn days_that_come_again_by_name() {
    let quarters = [(1, 1), (4, 1), (7, 1), (10, 1)];
    for text in [
        "Gale Days: 1 January, 1 April, 1 July and 1 October in each year.\nThe Client shall pay the rent by equal quarterly payments in advance on the Gale Days.",
        "Rent Payment Dates: 1 January, 1 April, 1 July and 1 October\nThe Client shall pay the rent in advance on each Rent Payment Date.",
        "The \"Fee Days\" are 1 January, 1 April, 1 July and 1 October.\nThe Client must pay the fee on every Fee Day.",
    ] {
        assert_eq!(days(text), quarters, "{text}");
    }
    let first = "First Rental Date\t7 February 2027\nThe Client shall pay the first rental on the first rental date and each following rental on the seventh day of every succeeding month.";
    assert_eq!(dates(first), [date(2027, 2, 7)]);
}

#[test]
fn what_takes_place_on_a_day() {
    const EVENT: &str = "\"Event\" means the Valley Run, to be held on 19 June 2027.\n";
    let opens = "The show opens on Friday, 19 March 2027 (\"Opening Night\"). The Supplier shall deliver the set ten days before Opening Night.";
    assert_eq!(dates(opens), [date(2027, 3, 19)]);
    for text in [
        "The Supplier shall report within 28 days after the Event.",
        "The Client shall pay the balance 14 days prior to the Event.",
    ] {
        assert_eq!(dates(&format!("{EVENT}{text}")), [date(2027, 6, 19)], "{text}");
    }
    assert_eq!(dates("The rent shall be $4,000 a month, rising to $4,200 on 1 June 2027."), []);
    let yearly = "The Client shall pay a licence fee of £5,000 per annum, due on 1 February.";
    assert_eq!(days(yearly), [(2, 1)]);
    let counted = "The Supplier must lodge the certificate within 21 days of each anniversary of 1 June 2026.";
    assert_eq!(days(counted), [(6, 1)]);
}

#[test]
fn lines_that_a_duty_leads_in() {
    let want = [date(2027, 2, 26), date(2027, 6, 30), date(2027, 11, 19)];
    for text in [
        "The Supplier shall deliver to the Client the following items no later than the dates shown:\nSite packet: February 26, 2027\nInterim report – June 30, 2027\nFinal forms, by November 19, 2027",
        "The Supplier shall complete the work as follows:\n26 February 2027: Inception report\n30 June 2027: Draft study\n19 November 2027: Final study",
        "The Supplier will provide these by the dates below:\n(a) Pump drawing: 26 February 2027;\n(b) Training manual: 30 June 2027; and\n(c) Close-out letter: 19 November 2027.",
    ] {
        assert_eq!(dates(text), want, "{text}");
    }
    assert_eq!(dates("These are the key dates of the venue:\nDoors open: May 5, 2027\nDoors close: May 9, 2027"), []);
}

#[test]
fn parts_of_a_sum_in_any_money() {
    let want = [date(2027, 2, 1), date(2027, 6, 30)];
    for text in [
        "The Client shall pay the fee in two instalments: ZAR 400 000 on 1 February 2027 and ZAR 250 000 on 30 June 2027.",
        "The Client shall pay AED 40,000 on 1 February 2027 and a final AED 10,000 on 30 June 2027.",
        "The Client must pay a deposit of Rs. 50,000 by 1 February 2027 and the balance of Rs. 2,50,000 by 30 June 2027.",
        "The Client will pay one half on 1 February 2027 and another half on 30 June 2027.",
        "Instalment dates: 1 February 2027 and 30 June 2027",
    ] {
        assert_eq!(dates(text), want, "{text}");
    }
}

#[test]
fn instalments_on_a_day_of_the_month_are_counted() {
    let loan = one(
        "The Client shall repay the loan in eighteen (18) equal monthly instalments, the first on 5 January 2027 and the others on the fifth day of each following month.",
    );
    assert_eq!((loan.timing.times, loan.timing.date), (Some(18), Some(date(2027, 1, 5))));
    let rent = one(
        "The Client shall pay the rent in twelve monthly instalments on the fifth day of each month, the first on 5 January 2027.",
    );
    assert_eq!(rent.timing.times, None);
}

#[test]
fn who_acts_in_other_passives() {
    let washed = one("Every tanker must be steam-cleaned by the Supplier before 1 August 2027.");
    assert_eq!(washed.obligor.as_deref(), Some("Supplier"));
    let rent = one(
        "All rent that the Supplier collects in a month shall be paid over by the Supplier to the Client no later than the ninth day of the next month.",
    );
    assert_eq!((rent.obligor.as_deref(), rent.timing.days.len()), (Some("Supplier"), 1));
    assert!(read("The Client shall have a one-time right to end the lease as of 30 April 2031.").is_empty());
}
