//! Duties that no word binds, and days that are said in other ways.

use super::read;

fn timings(text: &str) -> Vec<String> {
    read(text).iter().map(|o| o.timing.to_string()).collect()
}

#[test]
fn said_in_the_present_tense() {
    let mut wrong = Vec::new();
    for (text, want) in [
        (
            "The Client hands in the fee for each month on the twenty-fifth of the month before it.",
            "every 1 month, twenty-fifth of the month",
        ),
        ("Every month is paid in advance on the 12th, and every payment buys one more month.", "every 1 month, 12th"),
        ("Rent: £7,015 a year in two halves on 6 April and 11 October", "every 6 months, 6 April and 11 October"),
        (
            "She receives a stipend of $1,400 on the first of each of the four months.",
            "every 1 month, first of each of the four months",
        ),
        (
            "Once in every month, on its third Wednesday, the Supplier shall hand in the log.",
            "every 1 month, third Wednesday",
        ),
        (
            "The Client shall pay $6,600 a year, in two halves, one not later than May 1 and one not later than November 1 of each year.",
            "every 6 months, May 1 and one not later than November 1 of each year",
        ),
        (
            "Let us have a short report on the year's work by 31 January in every year of the grant.",
            "every 1 year, 31 January in every year",
        ),
        (
            "The Client shall pay the monthly sum, the payment to be made up to the fifth business day of the month subsequent to that of the services.",
            "every 1 month, fifth business day of the month subsequent to",
        ),
        (
            "The fiscal year of the Client ends on June 30. The Client shall deliver its accounts every year, within ninety (90) days after the end of the fiscal year.",
            "every 1 year, 90 days after end of the fiscal year",
        ),
    ] {
        let got = timings(text);
        if got != [want] {
            wrong.push(format!("{text}: {got:?} not {want}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn parts_on_days() {
    let three = ["by 2027-02-01", "by 2027-06-01", "by 2027-10-01"];
    for text in [
        "The Client shall pay £93,000 in three equal parts, on the first day of February, the first day of June and the first day of October 2027.",
        "The Client shall pay it in three parts: one falls due on 1 February 2027, one on 1 June 2027, and one on 1 October 2027.",
        "The Client is to pay in these instalments:\non 1 February 2027 £6,000\non 1 June 2027 £6,000\non 1 October 2027 £9,000",
        "Payment by cheque\nCheque 411 1 February 2027 GBP 32,000\nCheque 412 1 June 2027 GBP 32,000\nCheque 413 1 October 2027 GBP 32,000",
    ] {
        // The duty above the parts has no day of its own.
        let dated: Vec<String> = timings(text).into_iter().filter(|time| !time.is_empty()).collect();
        assert_eq!(dated, three, "{text}");
    }
}

#[test]
fn what_is_stated_and_binds_nobody() {
    for text in [
        "The licence lasts until the patent expires, which, if renewal fees are paid, will be on 3 August 2038.",
        "The index is published on the 15th of each month.",
        "If the Client pays on the first of each month it gets a discount.",
        "The shop is open on the first Monday of each month.",
    ] {
        assert_eq!(timings(text), [""; 0], "{text}");
    }
}

#[test]
fn years_and_quarters_of_the_contract_itself() {
    let mut wrong = Vec::new();
    for (text, days, months) in [
        (
            "\"Quarter\" means each period of three months ending on the last day of February, May, August or November. Within 15 days after the end of each Quarter the Distributor shall send a sales report.",
            vec![(2, -1), (5, -1), (8, -1), (11, -1)],
            3,
        ),
        (
            "\"Financial Year\" means the year from 1 July to 30 June. Within 60 days after the end of each Financial Year the Distributor shall deliver a statement.",
            vec![(6, 30)],
            12,
        ),
        (
            "\"Contract Year\" means a year that begins on 1 December. Within 30 days after the end of each Contract Year the Operator shall deliver a statement.",
            vec![(11, -1)],
            12,
        ),
        (
            "The Borrower shall deliver its accounts within four months of its year end, which is 30 September.",
            vec![(9, 30)],
            12,
        ),
    ] {
        let got: Vec<_> = read(text).into_iter().filter(|o| o.timing.offset.is_some()).map(|o| o.timing).collect();
        let same = got.len() == 1
            && got[0].every.and_then(crate::calendar::Period::months) == Some(months)
            && got[0].days.iter().map(|d| (d.month.unwrap_or(0), d.nth)).eq(days.iter().copied());
        if !same {
            wrong.push(format!("{text}: {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn days_that_have_a_name() {
    let text = "\"Completion Date\" means 29 January 2027. The Buyer shall pay the price on the Completion Date.";
    let got: Vec<_> = read(text).into_iter().filter_map(|o| o.timing.date).collect();
    assert_eq!(got, [jiff::civil::date(2027, 1, 29)]);
}

#[test]
fn days_of_several_years() {
    let three = ["by 2027-02-01", "by 2028-02-01", "by 2029-02-01"];
    for text in [
        "The Client shall pay a fee of £40,000 on 1 February in each of 2027, 2028 and 2029.",
        "The Supplier shall deliver a report by 1 February in 2027, 2028 and 2029.",
        "The Client shall pay the fee on the 1st of February of each of the years 2027, 2028 and 2029.",
        "The Client shall pay the fee on February 1, 2027, 2028 and 2029.",
    ] {
        assert_eq!(timings(text), three, "{text}");
    }
    let range = &read("The Client must pay £40,000 on 1 February in each of the years 2027 to 2031.")[0].timing;
    assert_eq!((range.date, range.times), (Some(jiff::civil::date(2027, 2, 1)), Some(5)));
}

#[test]
fn rent_that_a_deed_reserves() {
    for (text, want) in [
        (
            "TO HOLD the same for ten years YIELDING AND PAYING therefor the yearly rent of £84,000 by equal payments on the first day of January, April, July and October in every year.",
            "every 3 months, first day of January, April, July and October in every year",
        ),
        (
            "Rendering therefor the yearly sum of £5,000 by half-yearly payments on 25 March and 29 September in each year.",
            "every 6 months, 25 March and 29 September in each year",
        ),
        ("Monthly rent: £900\nRent due day: 5th", "every 1 month, 5 of each month"),
    ] {
        assert_eq!(timings(text), [want], "{text}");
    }
}

#[test]
fn what_is_to_be_done_where_it_stands_behind_or_in_no_word() {
    let acts = |text: &str| read(text).into_iter().map(|o| o.action).collect::<Vec<_>>();
    let behind = "The Client shall deliver to the Supplier within 21 days of each anniversary of the 1st day of May 2026 a return of the gas consumed.";
    assert_eq!(acts(behind), ["deliver to the Supplier a return of the gas consumed"]);
    let plan = "Payment by cheque\n411 1 February 2027 GBP 32,000\n412 1 June 2027 GBP 32,500";
    assert_eq!(acts(plan), ["pay GBP 32,000", "pay GBP 32,500"]);
    assert_eq!(acts("The service charge shall escalate at the rate of 5% every year."), [""; 0]);
}

#[test]
fn days_that_are_called_the_last() {
    for text in [
        "The twentieth of each month is the latest day for the Client to pay the levy.",
        "The last date on which the Client may pay the levy is the 20th of each month.",
        "The final day for the Client to pay the levy is the twentieth day of every month.",
    ] {
        let duty = read(text).remove(0);
        assert_eq!((duty.obligor.as_deref(), duty.action.as_str()), (Some("Client"), "pay the levy"), "{text}");
        assert_eq!(duty.timing.days.first().map(|d| d.nth), Some(20), "{text}");
    }
    let rent = "The Client takes the hall, the Client paying (a) the Principal Rent, by four equal instalments in advance on 25 March, 24 June, 29 September and 25 December in each year.";
    assert_eq!(timings(rent), ["every 3 months, 25 March, 24 June, 29 September and 25 December in each year"]);
    assert_eq!(
        timings("RETAINER\n\nThis retainer is agreed on 5 January 2026 between Ash Limited and Burn Limited."),
        [""; 0]
    );
}

#[test]
fn days_in_two_months() {
    for (text, want) in [
        (
            "The Supplier shall test the alarms on the last working day of March and of September each year.",
            "every 6 months, last working day of March and of September each year",
        ),
        (
            "The Supplier shall wash the windows on the first Monday of May and of November in every year.",
            "every 6 months, first Monday of May and of November in every year",
        ),
    ] {
        assert_eq!(timings(text), [want], "{text}");
    }
}

#[test]
fn stages_and_their_days() {
    let want = ["by 2026-10-30", "by 2027-02-26", "by 2027-08-27"];
    for text in [
        "Milestones\nMilestone 1. Field record: due 30 October 2026; £37,150\nMilestone 2. Draft condition report: due 26 February 2027; \
         £37,150\nMilestone 3. Final report and plan: due 27 August 2027; £14,860",
        "Stages\nStage 1: Field record, due 30 October 2026\nStage 2: Draft report, due 26 February 2027\nStage 3: Final report, due 27 \
         August 2027",
        "Stages\nPhase 1 - Field record by 30 October 2026\nPhase 2 - Draft report by 26 February 2027\nPhase 3 - Final report by 27 \
         August 2027",
        "The Client shall pay 20% by 30 October 2026, a further 40% by 26 February 2027 and the remaining 40% by 27 August 2027.",
    ] {
        assert_eq!(timings(text), want, "{text}");
    }
}

#[test]
fn what_is_done_stands_behind_its_time() {
    for (text, want) in [
        (
            "The Supplier shall no later than 5 p.m. on the last Friday of every month send the data file.",
            "send the data file",
        ),
        (
            "The Supplier shall deliver to the Client every year, by 30 April, a statement of account.",
            "deliver to the Client every year a statement of account",
        ),
        (
            "The Supplier shall send the Client each month, on or before the 10th, its list of hours.",
            "send the Client each month its list of hours",
        ),
    ] {
        let found: Vec<_> = read(text).into_iter().map(|o| o.action).collect();
        assert_eq!(found, [want], "{text}");
    }
}
