//! When duties are due.

use super::*;
use crate::calendar::{Period, Unit};

/// Each text gives one duty with this time.
fn all_times(table: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for &(text, want) in table {
        let got: Vec<String> = read(text).iter().map(|o| o.timing.to_string()).collect();
        if got != [want] {
            wrong.push(format!("{got:?} not {want:?} for {text}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn times() {
    all_times(&[
        (
            "The Client shall pay each invoice within thirty (30) days after receipt of the invoice.",
            "within 30 days of receipt of the invoice",
        ),
        (
            "At least ten (10) Business Days before any planned outage, the Supplier shall notify the Client.",
            "at least 10 business days before any planned outage",
        ),
        (
            "The Supplier shall give the Client at least 60 days' prior written notice of any price change.",
            "at least 60 days before any price change",
        ),
        ("The Supplier shall deliver the plan no later than 30 June 2021.", "by 2021-06-30"),
        ("The Supplier shall deliver the plan before July 1, 2021.", "before 2021-07-01"),
        (
            "The Supplier shall retain the logs for a period of two (2) years after termination of this Agreement.",
            "for 2 years after termination of this Agreement",
        ),
        ("The Supplier shall submit monthly status reports to the Client.", "every 1 month"),
        (
            "The Client shall pay the rent on the first day of each calendar month.",
            "every 1 month, first day of each calendar month",
        ),
        ("The Supplier shall test the backups twice a year.", "every 6 months"),
        ("The Supplier shall test the backups every six (6) months.", "every 6 months"),
        ("The Supplier shall review the plan on a quarterly basis.", "every 3 months"),
        (
            "Within 45 days after the end of each calendar quarter, the Supplier shall deliver a statement.",
            "every 3 months, 45 days after end of each calendar quarter",
        ),
        ("The Supplier will inspect the equipment annually.", "every 1 year"),
        ("The Supplier shall promptly repair the equipment.", ""),
        ("The Supplier shall invoice the monthly service fee.", ""),
        (
            "The Client shall pay the monthly fee on or before the 5th day of each month.",
            "every 1 month, 5th day of each month",
        ),
        (
            "The Supplier shall submit a monthly report within fifteen (15) days after the end of each month.",
            "every 1 month, 15 days after end of each month",
        ),
        (
            "The Client shall pay rent in monthly installments in advance on or before the 1st day of each month.",
            "every 1 month, 1st day of each month",
        ),
        (
            "The Client shall pay the fee on the last working day of each month.",
            "every 1 month, last working day of each month",
        ),
        (
            "The Supplier shall submit a report no later than March 31 of each year.",
            "every 1 year, March 31 of each year",
        ),
        ("The Supplier shall furnish a certificate annually on or before October 1.", "every 1 year, October 1"),
        (
            "By 30 September each year the Supplier must give to the Client accounts for the year that ended on 30 June.",
            "every 1 year, 30 September each year",
        ),
        (
            "The Client shall pay the fee on January 1, April 1, July 1 and October 1.",
            "every 3 months, January 1, April 1, July 1 and October 1",
        ),
        ("The Client shall pay the quarterly rent on the usual quarter days.", "every 3 months, usual quarter days"),
        (
            "The Supplier shall deliver a certificate every six months, the first on 31 March 2025.",
            "every 6 months, first on 2025-03-31",
        ),
        (
            "The Client shall pay the price in 12 equal monthly instalments starting with Jun 16, 2026.",
            "every 1 month, first on 2026-06-16, 12 times",
        ),
        (
            "The Client shall pay the price in twelve equal monthly instalments, the first on 2 December 2026.",
            "every 1 month, first on 2026-12-02, 12 times",
        ),
        ("The Client shall pay the fee monthly in advance, on the 1st.", "every 1 month, 1st"),
        (
            "The Supplier shall deliver accounts within 60 days after 31 December in each year.",
            "every 1 year, 60 days after 31 December in each year",
        ),
        ("The Supplier shall deliver the plan on or before 30 June 2021.", "by 2021-06-30"),
        ("The Supplier shall deliver the plan prior to July 1, 2021.", "before 2021-07-01"),
        (
            "The Client shall release the deposit within thirty (30) days after January 15, 2027.",
            "within 30 days of January 15, 2027",
        ),
        (
            "Terms are net 30 days: the Client shall pay within 30 days after the end of the calendar month in which the \
             invoice is dated.",
            "within 30 days of end of the calendar month in which the invoice is dated",
        ),
        (
            "The Supplier shall produce the policy to the Client on 1 May in every year.",
            "every 1 year, 1 May in every year",
        ),
        ("Rent: $900 payable on the 1st day of each calendar month", "every 1 month, 1st day of each calendar month"),
        (
            "The Supplier invoices on the last day of each month, and the Client must pay within 30 days after receipt.",
            "within 30 days of receipt",
        ),
        (
            "The Client shall pay the fee on or before the 10th day of each English calendar month.",
            "every 1 month, 10th day of each English calendar month",
        ),
        ("Progress reports due: 31 May and 30 November each year", "every 6 months, 31 May and 30 November each year"),
        ("Rent due: 1st day of each month", "every 1 month, 1st day of each month"),
        ("Payment dates: 1st and 15th of each month", "every 1 month, 1st and 15th of each month"),
        (
            "Reporting dates: 31 March and 30 September in each year",
            "every 6 months, 31 March and 30 September in each year",
        ),
        ("Deadline for the annual accounts: 30 June each year", "every 1 year, 30 June each year"),
        ("Invoice date: last working day of each month", "every 1 month, last working day of each month"),
        ("Licence fee payable: 5th day of each calendar month", "every 1 month, 5th day of each calendar month"),
        ("Inspection dates: 1 April and 1 October each year", "every 6 months, 1 April and 1 October each year"),
        ("Final report due: by 30 June 2022", "by 2022-06-30"),
        ("Report due date: 30 June 2022", "by 2022-06-30"),
        ("The Supplier shall use the days by June 30 of the following year.", "every 1 year, June 30"),
        ("The Supplier shall maintain 99.9% uptime of the platform in each month.", ""),
        ("The Supplier shall provide up to twenty cartons in each month.", ""),
        ("The Supplier shall keep the log up to date at the end of each week.", "every 1 week"),
        ("The Supplier shall keep the hours below an average of 40 in each month.", ""),
    ]);
}

#[test]
fn times_in_other_words() {
    all_times(&[
        (
            "The Supplier shall notify the Client within 24 hours after becoming aware of a spill.",
            "within 24 hours of becoming aware of a spill",
        ),
        ("The Supplier will report any accident to the Client within seventy-two (72) hours.", "within 72 hours"),
        (
            "The Supplier shall report accidents not later than 72 hours after they happen.",
            "within 72 hours of they happen",
        ),
        (
            "The Supplier must supply the figures no later than the fifth Business Day of each month.",
            "every 1 month, fifth Business Day of each month",
        ),
        (
            "The Supplier shall send a report by the 5th working day of every month.",
            "every 1 month, 5th working day of every month",
        ),
        (
            "The Supplier shall send the summary on the last working day of the month.",
            "every 1 month, last working day of the month",
        ),
        (
            "The Supplier shall service the boiler twice a year, in May and November.",
            "every 6 months, end of May and November",
        ),
        ("The Supplier shall clean the gutters each May and November.", "every 6 months, end of May and November"),
        ("The Supplier shall clean the windows every other Friday.", "every 2 weeks"),
        ("The Supplier shall clean the windows every second week.", "every 2 weeks"),
        ("The Supplier shall clean the windows every other month.", "every 2 months"),
        ("The Supplier shall empty the bins every Monday.", "every 1 week"),
        ("The Supplier shall empty the bins each Monday and Thursday.", "every 1 week"),
        (
            "The Supplier shall submit a report within 10 days after the end of each calendar quarter.",
            "every 3 months, 10 days after end of each calendar quarter",
        ),
        (
            "The Supplier shall submit a report within ten days of each quarter end.",
            "every 3 months, 10 days after each quarter end",
        ),
        (
            "The Supplier shall submit accounts within 90 days following the close of its financial year.",
            "every 1 year, 90 days after close of its financial year",
        ),
        (
            "The Supplier shall submit accounts within six months of its year end.",
            "every 1 year, 6 months after year end",
        ),
        (
            "The Supplier shall deliver the accounts not later than 120 days after each financial year.",
            "every 1 year, 120 days after each financial year",
        ),
        ("The Supplier shall provide a certificate of insurance each year on renewal of the policy.", "every 1 year"),
        ("The Supplier shall provide evidence of insurance once every calendar year.", "every 1 year"),
        (
            "The Supplier shall provide a certificate of insurance upon each anniversary of the Effective Date.",
            "every 1 year, anniversary of the Effective Date",
        ),
        ("The Supplier shall provide quarterly performance reports.", "every 3 months"),
        ("Quarterly, the Supplier shall provide performance figures.", "every 3 months"),
        ("The Supplier shall, every six months, test the alarm.", "every 6 months"),
        ("The Supplier shall test the alarm half-yearly.", "every 6 months"),
        ("The Supplier shall test the alarm at six-monthly intervals.", "every 6 months"),
        ("The Supplier shall test the alarm at intervals of not more than six months.", "every 6 months"),
        ("The Supplier shall test the alarm at least once in every three month period.", "every 3 months"),
        ("The Supplier shall test the alarm four times a year.", "every 3 months"),
        ("The Supplier shall test the alarm on a weekly basis.", "every 1 week"),
        (
            "The Client shall return the tools within 14 days of the end of the Term.",
            "within 14 days of end of the Term",
        ),
        (
            "The Client shall, no later than 30 days after expiry of this Agreement, return the tools.",
            "within 30 days of expiry of this Agreement",
        ),
        (
            "The Client shall return the tools not more than 14 days after the end of the Term.",
            "within 14 days of end of the Term",
        ),
        ("The Client shall allow an audit on ten (10) days' prior notice.", "at least 10 days"),
        ("The Supplier shall deliver the drawings on or before 15 March 2027.", "by 2027-03-15"),
        ("The Supplier shall have delivered the drawings by 15 March 2027.", "by 2027-03-15"),
        ("The drawings must be with the Client by 15 March 2027.", "by 2027-03-15"),
        ("By no later than 15 March 2027 the Supplier shall deliver the drawings.", "by 2027-03-15"),
        ("The Supplier shall bill the Client at the end of every month.", "every 1 month, end of every month"),
        (
            "The Supplier shall pay the premium on the first Monday of each month.",
            "every 1 month, first Monday of each month",
        ),
        (
            "The Supplier shall pay the premium on the 1st and the 15th of each month.",
            "every 1 month, 1st and the 15th of each month",
        ),
        ("The Supplier shall answer each request in writing within five working days.", "within 5 business days"),
        ("The Supplier shall fortnightly send a list of the hours.", "every 2 weeks"),
        ("The Supplier shall permit an audit not more than once a year.", ""),
        ("Each quarter the Supplier shall send the Client a list of faults.", "every 3 months"),
        (
            "The Supplier shall send a list of faults monthly, within ten days after the end of the month.",
            "every 1 month, 10 days after end of the month",
        ),
        ("The Supplier shall hand over the keys by the last day of April 2027.", "by 2027-04-30"),
        (
            "The Supplier shall send the Client a list of faults at the end of each quarter.",
            "every 3 months, end of each quarter",
        ),
        (
            "The Supplier shall tell the Client of a loss as soon as possible and in any event within two working days.",
            "within 2 business days",
        ),
        (
            "The Supplier shall tell the Client of a loss without delay, and no later than 48 hours after learning of it.",
            "within 48 hours of learning of it",
        ),
        (
            "The Client will give the Supplier not less than 14 days' written notice of each visit.",
            "at least 14 days before each visit",
        ),
        ("The Supplier shall give five clear days' notice before each visit.", "at least 5 days before each visit"),
        (
            "The Supplier shall renew the policy not later than 10 days before it expires.",
            "at least 10 days before it expires",
        ),
        ("The Supplier shall on 1 April in each year deliver a certificate.", "every 1 year, 1 April in each year"),
        ("The Supplier shall deliver a certificate by 1 April each year.", "every 1 year, 1 April each year"),
        ("The Supplier shall report on or before the 20th of each month.", "every 1 month, 20th of each month"),
        (
            "The Supplier shall report by the 10th day following the end of each month.",
            "every 1 month, 10 days after end of each month",
        ),
        (
            "The Supplier shall return the deposit no more than one month after the Term ends.",
            "within 1 month of Term ends",
        ),
        ("The Supplier shall complete the works by the end of March 2027.", "by 2027-03-31"),
        ("The Supplier shall hand in the plan on Friday, 5 March 2027.", "by 2027-03-05"),
        ("The Supplier shall inspect the lift once a month.", "every 1 month"),
        ("The Supplier shall inspect the lift every 90 days.", "every 90 days"),
        ("The Supplier shall inspect the lift at least annually.", "every 1 year"),
        ("The Supplier shall make a yearly inspection of the lift.", "every 1 year"),
        ("The Supplier shall report weekly, each Friday.", "every 1 week"),
        ("The Supplier shall report on Mondays.", ""),
    ]);
}

#[test]
fn times_of_a_series_told_apart() {
    all_times(&[
        (
            "A monthly return shall be made by the Supplier to the Client within 20 days of the end of the month it covers.",
            "every 1 month, 20 days after end of the month it covers",
        ),
        (
            "The Supplier shall submit an annual statement within 90 days of the end of the year to which it relates.",
            "every 1 year, 90 days after end of the year to which it relates",
        ),
        (
            "The Client shall pay a fee of $9,250 for each calendar quarter within fifteen days after the close of the quarter.",
            "every 3 months, 15 days after close of the quarter",
        ),
        (
            "The Client must pay the price in equal monthly instalments, each of them due on the 3rd day of its month.",
            "every 1 month, 3rd day of its month",
        ),
        (
            "The Client shall pay the fee within the first five days of each month.",
            "every 1 month, first five days of each month",
        ),
    ]);
    for text in [
        "The Supplier shall test each crane on 31 August 2025 and every six months after that date.",
        "The Supplier shall test each crane on 31 August 2025, and then at intervals of six months.",
    ] {
        let timing = one(text).timing;
        assert_eq!(
            (timing.date, timing.every),
            (Some(jiff::civil::date(2025, 8, 31)), Some(Period::new(6, Unit::Month))),
            "{text}"
        );
    }
    let renewed = one(
        "The Supplier's policy expires on 28 February 2027, and the Supplier shall send the Client the next by 5 March 2027.",
    );
    assert_eq!(
        (renewed.timing.to_string().as_str(), renewed.action.as_str()),
        ("by 2027-03-05", "send the Client the next by 5 March 2027")
    );
}

#[test]
fn days_that_the_contract_defines() {
    let body = "1. Hand-over. The Supplier shall hand the shop over on January 15, 2027 (the \"Handover Date\").\n\
        2. Keys. The Supplier shall deliver the keys within twenty (20) days after the Handover Date.";
    let found = read(body);
    let keys = found.iter().find(|o| o.action.contains("keys")).unwrap();
    assert_eq!(keys.timing.date, Some(jiff::civil::date(2027, 1, 15)));
    assert_eq!(keys.timing.to_string(), "within 20 days of Handover Date");
    let lease = "1. Quarter Days: 1 January, 1 April, 1 July and 1 October.\n\
        2. Rent. The Client shall pay the rent on each Quarter Day.";
    let rent = read(lease).into_iter().find(|o| o.action.contains("rent")).unwrap();
    assert_eq!(rent.timing.days.first().map(|d| (d.month, d.nth)), Some((Some(1), 1)));
}

#[test]
fn anniversaries() {
    all_times(&[
        (
            "The Client shall pay an annual fee of £300 on or before each anniversary of the Effective Date.",
            "every 1 year, anniversary of the Effective Date",
        ),
        (
            "The Supplier shall deliver a certificate on the anniversary of the Commencement Date in each year.",
            "every 1 year, anniversary of the Commencement Date",
        ),
        (
            "The Supplier shall provide proof of cover on the Commencement Date and annually thereafter.",
            "every 1 year, anniversary of the Commencement Date",
        ),
        (
            "The Supplier shall send the plan no later than 30 days before each anniversary of the Effective Date.",
            "every 1 year, 30 days before each anniversary of the Effective Date",
        ),
        (
            "The Supplier shall repay the advance on or before the second anniversary of the Effective Date.",
            "within 2 years of Effective Date",
        ),
    ]);
}

#[test]
fn days_of_the_year_and_of_periods() {
    all_times(&[
        ("The Client shall sow a cover crop by November 1.", "every 1 year, November 1"),
        (
            "The Client shall send its forecast at least 15 days before the beginning of each calendar quarter.",
            "every 3 months, 15 days before beginning of each calendar quarter",
        ),
        (
            "The Supplier shall pay the royalty within 30 days of the end of March and September in each year.",
            "every 6 months, 30 days after end of March and September in each year",
        ),
        ("The Supplier shall clean the windows on alternate Mondays.", "every 2 weeks"),
        (
            "The Client shall pay a fee of Rs. 85,000/- (Rupees Eighty-five Thousand only) on or before the 7th day of each month.",
            "every 1 month, 7th day of each month",
        ),
    ]);
    let pool = "The Supplier shall close the pool by 1 October of each year and open it by 1 May of each year.";
    let found: Vec<_> = read(pool).iter().map(|o| o.timing.to_string()).collect();
    assert_eq!(found, ["every 1 year, 1 October of each year", "every 1 year, 1 May of each year"]);
    let cheques = "The Client shall pay the rent by three cheques dated 1 April 2027, 1 July 2027 and 1 October 2027.";
    let found: Vec<_> = read(cheques).iter().map(|o| o.timing.to_string()).collect();
    assert_eq!(found, ["by 2027-04-01", "by 2027-07-01", "by 2027-10-01"]);
    assert!(read("For example, a report for June shall be delivered by 15 July of each year.").is_empty());
}

#[test]
fn events_that_are_defined_as_days() {
    let body = "1. Definitions. \"Go-Live\" means 7 September 2026. \"Handover Date\" means 14 June 2026.\n\
        2. Manuals. The Supplier shall deliver the manuals within five (5) days after Go-Live.\n\
        3. Checks. The Supplier shall inspect the plant on each anniversary of the Handover Date.";
    let found = read(body);
    let of = |word: &str| found.iter().find(|o| o.action.contains(word)).unwrap().timing.clone();
    assert_eq!(of("manuals").date, Some(jiff::civil::date(2026, 9, 7)));
    assert_eq!(of("plant").date, Some(jiff::civil::date(2027, 6, 14)));
}
