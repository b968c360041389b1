use jiff::civil::date;

use super::anchors::is_end;
use super::*;
use crate::calendar::{Basis, DayKind, NamedDay, Unit};
use crate::record::testing::{contract, fact};
use crate::record::value::{DateValue, DutyCategory, Renewal, Timing};

fn duty(timing: Timing) -> Contract {
    let value = Obligation {
        obligor: Some("Client".to_owned()),
        obligee: Some("Vendor".to_owned()),
        modality: Modality::Duty,
        action: "pay".to_owned(),
        condition: None,
        exception: None,
        category: DutyCategory::Payment,
        timing,
    };
    Contract {
        effective_date: Some(fact("effective_date", DateValue::On(date(2025, 1, 15)), "Effective Date")),
        expiration_date: Some(fact("expiration_date", DateValue::Perpetual, "Term")),
        obligations: vec![fact("obligation", value, "notice must be given")],
        ..contract()
    }
}

fn relative(days: u32, direction: Direction, anchor: &str) -> Timing {
    Timing {
        kind: TimingKind::Relative,
        offset: Some(Period::new(days, Unit::Day)),
        direction: Some(direction),
        anchor: Some(anchor.to_owned()),
        ..Timing::default()
    }
}

fn every(months: u32, anchor: Option<&str>, offset: Option<u32>) -> Timing {
    Timing {
        kind: TimingKind::Recurring,
        every: Some(Period::new(months, Unit::Month)),
        anchor: anchor.map(str::to_owned),
        offset: offset.map(|n| Period::new(n, Unit::Day)),
        ..Timing::default()
    }
}

fn literal(timing: Timing, events: &[EventDate], as_of: Option<Date>) -> Vec<Date> {
    entries(&duty(timing), events, &Asked::on(as_of), &Settings::default()).iter().map(|e| e.literal_date).collect()
}

#[test]
fn named_days_and_known_dates() {
    let on = Timing { kind: TimingKind::Absolute, date: Some(date(2025, 6, 30)), ..Timing::default() };
    assert_eq!(literal(on.clone(), &[], None), [date(2025, 6, 30)]);
    let before = Timing { direction: Some(Direction::Before), ..on };
    assert_eq!(literal(before, &[], None), [date(2025, 6, 29)]);
    assert_eq!(literal(relative(60, Direction::Within, "Effective Date"), &[], None), [date(2025, 3, 16)]);
    // Five years after the end is how long a duty lasts, not when it is due.
    assert_eq!(literal(relative(60, Direction::After, "Effective Date"), &[], None), []);
}

#[test]
fn a_due_day_on_a_weekend_is_acted_on_before() {
    let found =
        entries(&duty(relative(60, Direction::Within, "Effective Date")), &[], &Asked::on(None), &Settings::default());
    assert_eq!(found[0].date, date(2025, 3, 14));
    assert!(found[0].derivation.steps.iter().any(|s| s.rule == Rule::R12));
}

#[test]
fn events_make_rules_into_dates() {
    let timing = relative(30, Direction::Within, "receipt of the applicable invoice");
    assert_eq!(literal(timing.clone(), &[], None), []);
    let contract = duty(timing.clone());
    assert_eq!(awaited(&contract), ["receipt of the applicable invoice"]);
    let event = |name: &str, day| EventDate { event: name.to_owned(), on: day };
    let two = [event("receipt of invoice", date(2026, 3, 1)), event("Receiving an invoice", date(2026, 4, 1))];
    assert_eq!(literal(timing.clone(), &two, None), [date(2026, 3, 31), date(2026, 5, 1)]);
    assert_eq!(literal(timing, &[event("acceptance", date(2026, 3, 1))], None), []);
    let due = falls_due(&contract, &two[0], None, &Settings::default());
    assert_eq!(due[0].label, "Client: pay");
    assert_ne!(due[0].id, falls_due(&contract, &two[1], None, &Settings::default())[0].id);
}

#[test]
fn series_of_one_year() {
    let months = literal(every(1, None, None), &[], Some(date(2025, 3, 1)));
    assert_eq!((months.len(), months[0], months[11]), (12, date(2025, 3, 15), date(2026, 2, 15)));
    let on = |days: &[NamedDay], months: u32| Timing { days: days.to_vec(), ..every(months, Some("named days"), None) };
    let fifth = literal(on(&[NamedDay::monthly(5, DayKind::Day)], 1), &[], Some(date(2025, 3, 1)));
    assert_eq!((fifth.len(), fifth[0]), (12, date(2025, 3, 5)));
    let last = literal(on(&[NamedDay::monthly(-1, DayKind::Day)], 1), &[], Some(date(2025, 2, 1)));
    assert_eq!(last[..2], [date(2025, 2, 28), date(2025, 3, 31)]);
    let halves = [NamedDay::yearly(6, 30), NamedDay::yearly(12, 31)];
    assert_eq!(literal(on(&halves, 6), &[], Some(date(2025, 7, 1))), [date(2025, 12, 31), date(2026, 6, 30)]);
    let before = Timing { direction: Some(Direction::Before), ..on(&[NamedDay::yearly(10, 1)], 12) };
    assert_eq!(literal(before, &[], Some(date(2025, 3, 1))), [date(2025, 9, 30)]);
    let after = Timing { offset: Some(Period::new(60, Unit::Day)), ..on(&[NamedDay::yearly(12, 31)], 12) };
    assert_eq!(literal(after, &[], Some(date(2025, 2, 1))), [date(2025, 3, 1)]);
    let quarters = literal(every(3, Some("end of each calendar quarter"), Some(45)), &[], Some(date(2025, 4, 1)));
    assert_eq!(quarters, [date(2025, 5, 15), date(2025, 8, 14), date(2025, 11, 14), date(2026, 2, 14)]);
    let daily = Timing { every: Some(Period::new(1, Unit::Day)), ..every(1, None, None) };
    assert_eq!(literal(daily, &[], None), []);
}

/// Where nobody knows when the contract ends, the next date is all that can be promised, also of one that is said to renew.
#[test]
fn a_series_without_a_known_end_has_one_date() {
    let dates = |renewal: Option<RenewalKind>| {
        let renewal = renewal.map(|kind| fact("renewal", Renewal::of(kind), "Term"));
        let contract = Contract { expiration_date: None, renewal, ..duty(every(1, None, None)) };
        entries(&contract, &[], &Asked::on(Some(date(2025, 3, 1))), &Settings::default()).len()
    };
    assert_eq!([dates(None), dates(Some(RenewalKind::Automatic)), dates(Some(RenewalKind::Option))], [1; 3]);
    assert_eq!(dates(Some(RenewalKind::MonthToMonth)), 12);
}

#[test]
fn a_series_from_a_named_first_day() {
    let from = |first, months, times| Timing { date: Some(first), times, ..every(months, None, None) };
    let halves = literal(from(date(2025, 3, 31), 6, None), &[], Some(date(2025, 4, 1)));
    assert_eq!(halves, [date(2025, 9, 30), date(2026, 3, 31)]);
    // From the end of a month to the end of a month.
    let ends = literal(from(date(2025, 4, 30), 1, None), &[], Some(date(2025, 5, 1)));
    assert_eq!(ends[..2], [date(2025, 5, 31), date(2025, 6, 30)]);
    let twelve = literal(from(date(2025, 6, 16), 1, Some(12)), &[], Some(date(2026, 3, 1)));
    assert_eq!(twelve, [date(2026, 3, 16), date(2026, 4, 16), date(2026, 5, 16)]);
}

#[test]
fn a_series_without_an_end_promises_one_date() {
    let mut contract = duty(Timing { days: vec![NamedDay::monthly(5, DayKind::Day)], ..every(1, None, None) });
    contract.expiration_date = None;
    assert_eq!(entries(&contract, &[], &Asked::on(None), &Settings::default()).len(), 1);
}

#[test]
fn only_a_day_that_is_not_stated_is_assumed() {
    let basis = |timing| entries(&duty(timing), &[], &Asked::on(None), &Settings::default())[0].basis;
    assert_eq!(basis(every(1, None, None)), Basis::Assumed);
    let fifth = Timing { days: vec![NamedDay::monthly(5, DayKind::Day)], ..every(1, None, None) };
    assert_eq!(basis(fifth), Basis::Stated);
    assert_eq!(basis(every(3, Some("end of each calendar quarter"), Some(45))), Basis::Computed);
    assert_eq!(basis(every(12, Some("each anniversary of the Effective Date"), None)), Basis::Computed);
}

#[test]
fn a_series_ends_with_the_contract() {
    let mut contract = duty(every(3, None, None));
    contract.expiration_date = Some(fact("expiration_date", DateValue::On(date(2025, 8, 1)), "Initial Term"));
    let found = entries(&contract, &[], &Asked::on(None), &Settings::default());
    let dates: Vec<Date> = found.iter().map(|e| e.literal_date).collect();
    assert_eq!(dates, [date(2025, 4, 15), date(2025, 7, 15)]);
}

#[test]
fn fortnights_are_counted_from_their_first_day() {
    let weeks = |n| Timing {
        kind: TimingKind::Recurring,
        every: Some(Period::new(n, Unit::Week)),
        date: Some(date(2025, 3, 7)),
        ..Timing::default()
    };
    let listed = literal(weeks(2), &[], Some(date(2025, 4, 1)));
    assert_eq!(listed[..3], [date(2025, 4, 4), date(2025, 4, 18), date(2025, 5, 2)]);
    let four = literal(Timing { times: Some(4), ..weeks(2) }, &[], Some(date(2025, 4, 1)));
    assert_eq!(four, [date(2025, 4, 4), date(2025, 4, 18)]);
    // What comes each week is routine, and so is what has no first day.
    assert_eq!(literal(weeks(1), &[], Some(date(2025, 4, 1))), []);
    assert_eq!(literal(Timing { date: None, ..weeks(2) }, &[], Some(date(2025, 4, 1))), []);
}

#[test]
fn the_end_of_the_contract_has_many_names() {
    for anchor in [
        "end of the term",
        "expiry of this agreement",
        "end of the Agreement",
        "end of the tenancy",
        "expiration of the lease term",
        "end of the hire period",
        "Expiry Date",
        "end of the Period of Insurance",
        "end of the policy period",
        "the licence expires",
        "agreement comes to an end",
    ] {
        assert!(is_end(&anchor.to_ascii_lowercase()), "{anchor}");
    }
    for anchor in [
        "end of the month",
        "end of the period",
        "end of each year",
        "expiry of the insurance",
        "end of that period",
        "it expires",
        "warranty expires",
    ] {
        assert!(!is_end(anchor), "{anchor}");
    }
}

#[test]
fn years_that_are_counted_from_the_start() {
    let own = |anchor: &str| literal(every(12, Some(anchor), Some(30)), &[], Some(date(2026, 1, 1)))[0];
    assert_eq!(own("end of each Contract Year"), date(2026, 2, 13));
    assert_eq!(own("anniversary of the Commencement Date"), date(2026, 2, 14));
    assert_eq!(own("end of each year"), date(2026, 1, 30));
    assert_eq!(own("beginning of each Contract Year"), date(2026, 2, 14));
    assert_eq!(own("beginning of each year"), date(2026, 1, 31));
}

#[test]
fn anniversaries_of_the_start_and_of_other_days() {
    let on = |anchor: &str, offset| literal(every(12, Some(anchor), offset), &[], Some(date(2026, 1, 1)));
    assert_eq!(on("anniversary of the Effective Date", None)[0], date(2026, 1, 15));
    assert_eq!(on("anniversary of it", None)[0], date(2026, 1, 15));
    // Nobody knows when the sale closes.
    assert!(is_undated_series(&strange()));
    assert_eq!(on("each anniversary of the Closing", Some(30)), []);
    let before =
        Timing { direction: Some(Direction::Before), ..every(3, Some("beginning of each calendar quarter"), Some(15)) };
    assert_eq!(literal(before, &[], Some(date(2026, 1, 1)))[0], date(2026, 3, 17));
}

fn strange() -> Obligation {
    let contract = duty(every(12, Some("anniversary of the Closing"), None));
    contract.obligations[0].value().unwrap().clone()
}

#[test]
fn instalments_on_a_day_of_the_month_come_to_an_end() {
    let monthly = |times| Timing {
        date: Some(date(2025, 1, 5)),
        days: vec![NamedDay::monthly(5, DayKind::Day)],
        times,
        ..every(1, Some("fifth day of each month"), None)
    };
    let three = literal(monthly(Some(3)), &[], Some(date(2025, 1, 1)));
    assert_eq!(three, [date(2025, 1, 5), date(2025, 2, 5), date(2025, 3, 5)]);
    assert_eq!(literal(monthly(None), &[], Some(date(2025, 1, 1))).len(), 12);
}
