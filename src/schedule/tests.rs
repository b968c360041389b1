use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::{EntryKind, ScheduleEntry, Standing, build};
use crate::calendar::{Calendar, Period, Rule, Unit, WEEKDAYS_ONLY, subtract_literal};
use crate::config::Settings;
use crate::record::testing::{contract, fact, running, until};
use crate::record::value::{DateValue, NoticeTerm, Renewal, RenewalKind, RenewalNotice};
use crate::record::{Contract, Status};

const YEAR: Period = Period::new(1, Unit::Year);

fn days(n: u32) -> Period {
    Period::new(n, Unit::Day)
}

fn months(n: u32) -> Period {
    Period::new(n, Unit::Month)
}

fn automatic(period: Period, notice: Period) -> Renewal {
    Renewal { period: Some(period), notice_period: Some(notice), ..Renewal::of(RenewalKind::Automatic) }
}

fn schedule(contract: &Contract, as_of: Option<Date>) -> Vec<ScheduleEntry> {
    build(contract, as_of, &Settings::default())
}

fn get(entries: &[ScheduleEntry], kind: EntryKind, occurrence: u32) -> &ScheduleEntry {
    entries.iter().find(|e| e.kind == kind && e.occurrence == occurrence).unwrap()
}

fn kinds(entries: &[ScheduleEntry]) -> Vec<(EntryKind, u32)> {
    entries.iter().map(|e| (e.kind, e.occurrence)).collect()
}

#[test]
fn r5_the_worked_example() {
    let entries = schedule(&running(date(2025, 1, 1), YEAR, automatic(YEAR, days(60))), None);
    assert_eq!(
        kinds(&entries),
        [(EntryKind::Review, 0), (EntryKind::NoticeDeadline, 0), (EntryKind::Expiration, 0), (EntryKind::Renewal, 1)]
    );
    let notice = get(&entries, EntryKind::NoticeDeadline, 0);
    assert_eq!((notice.literal_date, notice.date), (date(2025, 11, 2), date(2025, 10, 31)));
    assert_eq!(notice.label, "Last day for notice of non-renewal");
    let notes: Vec<_> = notice.derivation.steps.iter().map(|s| s.note.as_str()).collect();
    assert_eq!(
        notes,
        [
            "Effective date: 2025-01-01",
            "2025-01-01 plus 1 year = 2026-01-01 (R6)",
            "Expiration date: 2026-01-01",
            "The term begins with its first day, so its last day is 2026-01-01 minus 1 day = 2025-12-31 (R5)",
            "2026-01-01 minus 60 days = 2025-11-02 (R3)",
            "2025-12-31 minus 60 days = 2025-11-01 (R3)",
            "2025-11-01 minus 1 day, so that the days between are clear = 2025-10-31 (R4)",
        ]
    );
    assert!(notice.derivation.assumptions.iter().any(|a| a == WEEKDAYS_ONLY));
    assert_eq!(notice.derivation.result, notice.date);
    assert_eq!(notice.reminders.first(), Some(&date(2025, 8, 2)));
    assert_eq!(notice.facts.len(), 4);

    let end = get(&entries, EntryKind::Expiration, 0);
    assert_eq!((end.literal_date, end.date), (date(2026, 1, 1), date(2025, 12, 31)));
    assert!(end.reminders.is_empty());
    assert_eq!(get(&entries, EntryKind::Renewal, 1).date, date(2026, 1, 1));
    // R17, the review after signing.
    assert_eq!(get(&entries, EntryKind::Review, 0).date, date(2025, 1, 31));
}

#[test]
fn r5_a_stated_end_is_the_last_day_itself() {
    let entries = schedule(&until(date(2027, 6, 30), automatic(YEAR, months(3))), None);
    let end = get(&entries, EntryKind::Expiration, 0);
    assert_eq!((end.literal_date, end.date), (date(2027, 6, 30), date(2027, 6, 30)));
    let notice = get(&entries, EntryKind::NoticeDeadline, 0);
    // R7: 31 March + 3 months is 30 June; the careful count gives 30 March, clear of it 29 March, a Monday.
    assert_eq!((notice.literal_date, notice.date), (date(2027, 3, 31), date(2027, 3, 29)));
    assert_eq!(get(&entries, EntryKind::Renewal, 1).date, date(2027, 7, 1));
}

#[test]
fn r12_a_weekend_moves_the_deadline_earlier_only() {
    // 86 days before 30 September 2025 is Sunday 6 July; clear it is Saturday 5 July, and before that Friday 4 July.
    let entries = schedule(&until(date(2025, 9, 30), automatic(YEAR, days(86))), None);
    let notice = get(&entries, EntryKind::NoticeDeadline, 0);
    assert_eq!((notice.literal_date, notice.date), (date(2025, 7, 6), date(2025, 7, 4)));
    assert!(notice.derivation.steps.iter().any(|s| s.rule == Rule::R12));
}

#[test]
fn automatic_renewal_rolls_to_the_term_of_today() {
    let contract = running(date(2022, 1, 1), YEAR, automatic(YEAR, days(30)));
    let entries = schedule(&contract, Some(date(2024, 6, 1)));
    let ends: Vec<_> =
        entries.iter().filter(|e| e.kind == EntryKind::Expiration).map(|e| (e.occurrence, e.literal_date)).collect();
    assert_eq!(ends, [(0, date(2023, 1, 1)), (1, date(2024, 1, 1)), (2, date(2025, 1, 1))]);
    assert_eq!(get(&entries, EntryKind::NoticeDeadline, 2).literal_date, date(2024, 12, 2));
    assert!(get(&entries, EntryKind::NoticeDeadline, 1).reminders.is_empty());
    assert_eq!(get(&entries, EntryKind::Renewal, 3).date, date(2025, 1, 1));
    // The last day of a term is in it, the day after is not.
    assert_eq!(schedule(&contract, Some(date(2023, 12, 31))).iter().map(|e| e.occurrence).max(), Some(2));
    assert_eq!(schedule(&contract, Some(date(2024, 1, 1))).iter().map(|e| e.occurrence).max(), Some(3));
}

#[test]
fn renewals_end_with_their_limit() {
    let capped = Renewal { max_renewals: Some(2), ..automatic(YEAR, days(30)) };
    let entries = schedule(&running(date(2015, 1, 1), YEAR, capped), Some(date(2024, 6, 1)));
    assert_eq!(get(&entries, EntryKind::Expiration, 2).literal_date, date(2018, 1, 1));
    assert!(!kinds(&entries).contains(&(EntryKind::NoticeDeadline, 2)), "nothing is left to stop");
    assert_eq!(entries.iter().map(|e| e.occurrence).max(), Some(2));
}

#[test]
fn r8_month_to_month_does_not_drift() {
    let monthly = Renewal { notice_period: Some(days(10)), ..Renewal::of(RenewalKind::MonthToMonth) };
    let entries = schedule(&running(date(2025, 1, 31), months(1), monthly), Some(date(2025, 4, 15)));
    let ends: Vec<_> = entries.iter().filter(|e| e.kind == EntryKind::Expiration).map(|e| e.literal_date).collect();
    assert_eq!(ends, [date(2025, 2, 28), date(2025, 3, 31), date(2025, 4, 30)]);
    let last = get(&entries, EntryKind::Expiration, 2);
    assert!(
        last.derivation
            .steps
            .iter()
            .any(|s| s.note.starts_with("2025-01-31 plus 3 months, up to the end of renewal term 2")),
        "{last:?}"
    );
}

#[test]
fn without_a_period_only_the_first_term_is_known() {
    let unknown = Renewal { notice_period: Some(days(60)), ..Renewal::of(RenewalKind::Automatic) };
    let entries = schedule(&running(date(2020, 1, 1), YEAR, unknown), Some(date(2025, 6, 1)));
    assert_eq!(
        kinds(&entries),
        [(EntryKind::Review, 0), (EntryKind::NoticeDeadline, 0), (EntryKind::Expiration, 0), (EntryKind::Renewal, 1)]
    );
}

#[test]
fn silence_ends_an_option_and_the_label_says_so() {
    let option = Renewal {
        period: Some(YEAR),
        notice_period: Some(days(90)),
        window_opens: Some(days(180)),
        ..Renewal::of(RenewalKind::Option)
    };
    let entries = schedule(&running(date(2022, 1, 1), YEAR, option), Some(date(2025, 6, 1)));
    let notice = get(&entries, EntryKind::OptionDeadline, 0);
    assert!(notice.label.contains("silence loses the right"));
    assert_eq!(get(&entries, EntryKind::NoticeWindowOpens, 0).date, date(2022, 7, 5));
    assert!(entries.iter().all(|e| e.occurrence == 0 && e.kind != EntryKind::Renewal));
}

#[test]
fn no_end_is_invented() {
    let evergreen = Renewal { notice_period: Some(days(30)), ..Renewal::of(RenewalKind::Evergreen) };
    let perpetual = Contract {
        effective_date: Some(fact("effective_date", DateValue::On(date(2024, 1, 1)), "Effective Date")),
        expiration_date: Some(fact("expiration_date", DateValue::Perpetual, "Initial Term")),
        renewal: Some(fact("renewal", evergreen.clone(), "It renews")),
        ..contract()
    };
    assert_eq!(kinds(&schedule(&perpetual, Some(date(2025, 1, 1)))), [(EntryKind::Review, 0)]);
    assert_eq!(schedule(&contract(), None), []);
    // A first term that then runs on has an end, and a last day for notice that ends the contract with it; later notice
    // can be given on any day.
    let entries = schedule(&running(date(2024, 1, 1), YEAR, evergreen), Some(date(2030, 1, 1)));
    assert_eq!(kinds(&entries), [(EntryKind::Review, 0), (EntryKind::NoticeDeadline, 0), (EntryKind::Expiration, 0)]);
    let notice = get(&entries, EntryKind::NoticeDeadline, 0);
    assert_eq!(notice.literal_date, date(2024, 12, 2));
    assert!(notice.label.contains("with its first term"));
}

#[test]
fn a_contract_that_does_not_renew_is_reminded_of_before_its_end() {
    let entries = schedule(&until(date(2026, 6, 30), Renewal::of(RenewalKind::None)), Some(date(2026, 6, 1)));
    assert_eq!(entries[0].label, "Term ends");
    assert_eq!(entries[0].reminders, [date(2026, 6, 16), date(2026, 6, 23), date(2026, 6, 29)]);
}

#[test]
fn doubts_about_the_clause_are_said() {
    let doubtful = Renewal { condition: Some("no Event of Default".to_owned()), ..automatic(months(1), days(5)) };
    let mut contract = until(date(2027, 6, 30), doubtful);
    contract.renewal = contract.renewal.map(|f| f.with_status(Status::Conflicting));
    contract.expiration_date = contract.expiration_date.map(|f| f.with_status(Status::Conflicting));
    let entries = schedule(&contract, Some(date(2027, 7, 15)));
    let notice = get(&entries, EntryKind::NoticeDeadline, 1);
    assert_eq!(get(&entries, EntryKind::Expiration, 1).date, date(2027, 7, 30));
    for said in ["different expiration dates", "different renewal terms", "no Event of Default", "end with its month"] {
        assert!(notice.derivation.assumptions.iter().any(|a| a.contains(said)), "{said}");
    }
}

/// One way to give notice.
fn way(by: &str, term: NoticeTerm, period: Option<Period>, on: Option<&str>) -> RenewalNotice {
    RenewalNotice {
        by: Some(by.to_owned()),
        term,
        period,
        figure: None,
        on: on.map(|d| d.parse().unwrap()),
        window_opens: None,
        opens_on: None,
        comparator: Some("on or before".to_owned()),
    }
}

#[test]
fn each_party_has_its_own_deadline() {
    let notices = vec![
        way("Seller", NoticeTerm::Any, Some(months(6)), None),
        way("Buyer", NoticeTerm::Any, Some(months(3)), None),
    ];
    let renewal = Renewal { notices, ..automatic(YEAR, months(6)) };
    let entries = schedule(&until(date(2027, 6, 30), renewal), None);
    let deadlines: Vec<_> = entries.iter().filter(|e| e.kind == EntryKind::NoticeDeadline).collect();
    let got: Vec<_> = deadlines.iter().map(|e| (e.literal_date, e.label.as_str())).collect();
    assert_eq!(
        got,
        [
            (date(2026, 12, 31), "Last day for notice of non-renewal, by Seller"),
            (date(2027, 3, 31), "Last day for notice of non-renewal, by Buyer")
        ]
    );
    assert_ne!(deadlines[0].id, deadlines[1].id);
}

#[test]
fn the_first_term_and_the_renewals_have_their_own_notice() {
    let notices = vec![
        way("either", NoticeTerm::Initial, Some(days(120)), None),
        way("either", NoticeTerm::Renewal, Some(days(60)), None),
    ];
    let renewal = Renewal { notices, ..automatic(YEAR, days(120)) };
    let entries = schedule(&running(date(2025, 1, 1), YEAR, renewal), Some(date(2026, 3, 1)));
    assert_eq!(get(&entries, EntryKind::NoticeDeadline, 0).literal_date, date(2025, 9, 3));
    assert_eq!(get(&entries, EntryKind::NoticeDeadline, 1).literal_date, date(2026, 11, 2));
    assert_eq!(get(&entries, EntryKind::NoticeDeadline, 1).label, "Last day for notice of non-renewal");
}

#[test]
fn notice_by_a_day_that_the_contract_names() {
    let every = Renewal {
        period: Some(YEAR),
        notices: vec![way("either", NoticeTerm::Any, None, Some("--10-01"))],
        ..Renewal::of(RenewalKind::Automatic)
    };
    let entries = schedule(&until(date(2024, 12, 31), every), Some(date(2025, 3, 1)));
    assert_eq!(get(&entries, EntryKind::NoticeDeadline, 0).literal_date, date(2024, 10, 1));
    assert_eq!(get(&entries, EntryKind::NoticeDeadline, 1).literal_date, date(2025, 10, 1));
    let rules: Vec<_> = entries[0].derivation.steps.iter().map(|s| s.rule).collect();
    assert!(rules.contains(&Rule::R2), "{rules:?}");

    // A day with its year is the day of the first term; one after the end is none.
    let once = |day: &str| Renewal {
        period: Some(YEAR),
        notices: vec![way("either", NoticeTerm::Any, None, Some(day))],
        ..Renewal::of(RenewalKind::Automatic)
    };
    // 30 August 2026 is a Sunday: the conservative reading is the Friday before.
    let entries = schedule(&until(date(2026, 11, 30), once("2026-08-30")), Some(date(2027, 3, 1)));
    let notice = get(&entries, EntryKind::NoticeDeadline, 0);
    assert_eq!((notice.literal_date, notice.date), (date(2026, 8, 30), date(2026, 8, 28)));
    assert!(entries.iter().all(|e| e.kind != EntryKind::NoticeDeadline || e.occurrence == 0));
    let late = schedule(&until(date(2026, 11, 30), once("2027-08-30")), None);
    assert!(late.iter().all(|e| e.kind != EntryKind::NoticeDeadline));
}

#[test]
fn what_is_unknown_stays_unknown() {
    // A deadline in hours has no date; nor has one that is redacted.
    let hours = Renewal { notice_period: Some(Period::new(48, Unit::Hour)), ..Renewal::of(RenewalKind::Automatic) };
    let entries = schedule(&until(date(2027, 6, 30), hours), None);
    assert_eq!(kinds(&entries), [(EntryKind::Expiration, 0), (EntryKind::Renewal, 1)]);
    assert_eq!(entries[0].reminders.len(), 6, "without a deadline for notice, the end is reminded of");
}

#[test]
fn identity_survives_a_change_of_dates() {
    let id = |notice| {
        let entries = schedule(&running(date(2025, 1, 1), YEAR, automatic(YEAR, days(notice))), None);
        get(&entries, EntryKind::NoticeDeadline, 0).id.clone()
    };
    assert_eq!(id(30), id(90));
}

#[test]
fn a_decision_stands_between_its_two_readings() {
    // 90 days before 1 March 2027 is 1 December 2026; by clear business days it is Friday 27 November.
    let entries = schedule(&running(date(2026, 3, 1), YEAR, automatic(YEAR, days(90))), Some(date(2026, 11, 28)));
    let notice = get(&entries, EntryKind::NoticeDeadline, 0);
    assert_eq!((notice.act_by, notice.literal_date), (date(2026, 11, 27), date(2026, 12, 1)));
    let on = |day| notice.standing(date(2026, if day > 20 { 11 } else { 12 }, day));
    assert_eq!([on(27), on(28), on(1), on(2)], [Standing::Ahead, Standing::Now, Standing::Now, Standing::Missed]);
    let end = get(&entries, EntryKind::Expiration, 0);
    assert_eq!(end.standing(date(2027, 5, 1)), Standing::Past);
    // When the day has passed by every reading, the next one is there.
    let later = schedule(&running(date(2026, 3, 1), YEAR, automatic(YEAR, days(90))), Some(date(2026, 12, 2)));
    assert_eq!(get(&later, EntryKind::NoticeDeadline, 1).literal_date, date(2027, 12, 2));
    assert!(!kinds(&later).contains(&(EntryKind::Expiration, 1)));
}

#[test]
fn hostile_lengths_cost_nothing() {
    let forever = Period::new(u32::MAX, Unit::Year);
    let entries = schedule(&running(date(2025, 1, 1), YEAR, automatic(forever, forever)), Some(Date::MAX));
    assert!(!kinds(&entries).contains(&(EntryKind::NoticeDeadline, 0)));
    let daily = schedule(&running(date(2000, 1, 1), days(1), automatic(days(1), days(1))), Some(date(9000, 1, 1)));
    assert!(daily.len() < 500, "{}", daily.len());
    assert!(daily.iter().any(|e| e.kind == EntryKind::Expiration && e.date == date(9000, 1, 1)));
    let nothing = schedule(&running(date(2025, 1, 1), YEAR, automatic(days(0), days(0))), Some(date(2030, 1, 1)));
    assert_eq!(nothing.iter().filter(|e| e.kind == EntryKind::Expiration).count(), 1);
}

proptest! {
    #[test]
    fn every_schedule_holds_its_promises(
        start in (1990_i16..2040, 1_i8..=12, 1_i8..=28),
        term in 1_u32..72,
        renew in 1_u32..36,
        notice in prop_oneof![(0_u32..400).prop_map(days), (0_u32..24).prop_map(months)],
        today in prop::option::of((1990_i16..2060, 1_i8..=12, 1_i8..=28)),
    ) {
        let day = |(y, m, d): (i16, i8, i8)| date(y, m, d);
        let contract = running(day(start), months(term), automatic(months(renew), notice));
        let as_of = today.map(day);
        let entries = schedule(&contract, as_of);
        prop_assert!(entries.is_sorted_by_key(|e| (e.act_by, e.date, e.kind, e.occurrence)));
        for e in &entries {
            prop_assert!(e.date <= e.literal_date);
            prop_assert!(e.reminders.iter().all(|&r| r <= e.date && as_of.is_none_or(|t| r >= t)));
            prop_assert_eq!(e.derivation.result, e.date);
            prop_assert!(e.derivation.steps.iter().any(|s| s.note.contains(&e.date.to_string())));
            if e.kind == EntryKind::NoticeDeadline {
                // The notice about the next term stands there without that term.
                let of_term = |x: &&ScheduleEntry| x.kind == EntryKind::Expiration && x.occurrence == e.occurrence;
                if let Some(end) = entries.iter().find(of_term) {
                    prop_assert_eq!(Some(e.literal_date), subtract_literal(end.literal_date, notice));
                }
                prop_assert!(Calendar::weekdays().is_business_day(e.date));
            }
        }
        // Somebody who looks on any day finds a day to act that has not passed.
        let ahead = |e: &ScheduleEntry| e.kind.is_notice() && e.literal_date >= as_of.unwrap_or(Date::MIN);
        if entries.iter().any(|e| e.kind.is_notice()) && notice.count > 0 && renew > 1 {
            prop_assert!(entries.iter().any(ahead));
        }
        let mut ids: Vec<_> = entries.iter().map(|e| &e.id).collect();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), entries.len());
    }
}
