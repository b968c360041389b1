//! The worked cases of the rules R1 to R17, each with its source: what a lawyer would check first.

use jiff::civil::{Date, date};

use super::{EntryKind, ScheduleEntry, build};
use crate::calendar::{
    Bound, Calendar, Period, Roll, Start, Unit, add, last_day_of_period, last_day_within, nth, subtract_clear,
    subtract_conservative, subtract_literal,
};
use crate::config::Settings;
use crate::lexicon::{DateOrder, DateStyle, Reading, dates, periods};
use crate::record::Contract;
use crate::record::testing::{contract, fact, running, until};
use crate::record::value::{
    BusinessDay, DateRoll, DateValue, Delivery, DeliveryMethod, Effective, Notices, Renewal, RenewalKind,
};

const fn days(n: u32) -> Period {
    Period::new(n, Unit::Day)
}

const fn months(n: u32) -> Period {
    Period::new(n, Unit::Month)
}

fn automatic(notice: Period) -> Renewal {
    Renewal {
        period: Some(Period::new(1, Unit::Year)),
        notice_period: Some(notice),
        ..Renewal::of(RenewalKind::Automatic)
    }
}

fn by(contract: Contract, calendars: &[&str]) -> Contract {
    let calendars: Vec<String> = calendars.iter().map(|&id| id.to_owned()).collect();
    let value = BusinessDay { places: calendars.clone(), calendars, banks: false, weekend: Vec::new() };
    Contract { business_day: Some(fact("business_day", value, "Initial Term")), ..contract }
}

fn notice(contract: &Contract, settings: &Settings) -> ScheduleEntry {
    let entries = build(contract, None, settings);
    entries.into_iter().find(|e| e.kind.is_notice()).unwrap()
}

fn plain(contract: &Contract) -> ScheduleEntry {
    notice(contract, &Settings::default())
}

fn notes(entry: &ScheduleEntry) -> String {
    entry.derivation.steps.iter().map(|s| s.note.as_str()).collect::<Vec<_>>().join("\n")
}

/// Lester v Garland (1808) 15 Ves 248, quoted in Dodds v Walker \[1981\] 1 WLR 1027; FRCP 6(a)(1)(A).
#[test]
fn r1_the_day_of_the_event_does_not_count() {
    assert_eq!(add(date(2025, 3, 10), days(30)), Some(date(2025, 4, 9)));
}

/// Cal. Civ. Code s. 10 and 11, example of the CEB: notice on 4 June, 30 days, 4 July is a holiday, so 5 July. Only a clause
/// or a statute moves it; in 2018 the 5th is a Thursday.
#[test]
fn r1_notice_on_4_june_ends_on_5_july_under_the_californian_roll() {
    let last = add(date(2018, 6, 4), days(30)).unwrap();
    assert_eq!(last, date(2018, 7, 4));
    assert_eq!(Calendar::of(&["us-federal"]).roll(last, Roll::Following), Some(date(2018, 7, 5)));
}

/// Regulation (EEC) 1182/71, article 3(1); Pinsent Masons, "Calculating time in contracts".
#[test]
fn r2_words_of_beginning_and_end() {
    let day = date(2025, 6, 30);
    let end = |words| Start::from_words(words).and_then(|s| last_day_of_period(day, days(10), s));
    assert_eq!(end("from and including"), Some(date(2025, 7, 9)));
    assert_eq!(end("from"), Some(date(2025, 7, 10)));
    let within =
        |words| Bound::from_words(words).and_then(|b| last_day_within(b, day)).map(|r| (r.literal, r.conservative));
    assert_eq!(within("on or before"), Some((day, day)));
    assert_eq!(within("until"), Some((day, date(2025, 6, 29))));
    assert_eq!(within("prior to"), Some((date(2025, 6, 29), date(2025, 6, 29))));
}

/// Latimore v Lloyd \[2020\] QSC 136: "7 days prior to" 22 April is 15 April. Elements v FK \[2023\] EWHC 726 (TCC): "not
/// later than 4 days prior to" 25 October was met on 21 October.
#[test]
fn r3_days_before() {
    assert_eq!(subtract_literal(date(2020, 4, 22), days(7)), Some(date(2020, 4, 15)));
    assert_eq!(subtract_literal(date(2022, 10, 25), days(4)), Some(date(2022, 10, 21)));
}

/// Re Railway Sleepers Supply Co (1885) 29 Ch D 204: both end days are left out of clear days.
#[test]
fn r4_clear_days() {
    assert_eq!(subtract_clear(date(2020, 4, 22), days(7)), Some(date(2020, 4, 14)));
    let entry = plain(&until(date(2025, 10, 15), automatic(days(30))));
    assert_eq!((entry.literal_date, entry.date), (date(2025, 9, 15), date(2025, 9, 12)), "the 14th is a Sunday");
}

/// The example of R5: "at least 60 days prior to expiration" of one year from 1 January 2025.
#[test]
fn r5_both_readings_of_an_expiration() {
    let entry = plain(&running(date(2025, 1, 1), Period::new(1, Unit::Year), automatic(days(60))));
    assert_eq!((entry.literal_date, entry.date), (date(2025, 11, 2), date(2025, 10, 31)));
}

/// Dodds v Walker \[1981\] 1 WLR 1027; New York General Construction Law s. 30; My Contracts v 74 Hamilton Terrace (TCC
/// 2025), where 2 July 2023 was a Sunday and notice on the 3rd was late.
#[test]
fn r6_months_end_on_the_corresponding_day() {
    assert_eq!(add(date(1978, 9, 30), months(4)), Some(date(1979, 1, 30)));
    assert_eq!(add(date(2023, 3, 2), months(4)), Some(date(2023, 7, 2)));
    assert_eq!(add(date(2024, 1, 31), months(1)), Some(date(2024, 2, 29)));
}

/// The examples of R7: counting back is not the inverse of counting forward.
#[test]
fn r7_months_before() {
    let end = date(2025, 2, 28);
    assert_eq!(subtract_literal(end, months(6)), Some(date(2024, 8, 31)));
    assert_eq!(subtract_conservative(end, months(6)), Some(date(2024, 8, 28)));
    assert_eq!(subtract_literal(date(2024, 8, 31), months(6)), Some(date(2024, 2, 29)));
}

/// The examples of R8: from the anchor, never from the last end.
#[test]
fn r8_renewals_do_not_drift() {
    assert_eq!(nth(date(2025, 1, 31), months(1), 2), Some(date(2025, 3, 31)));
    assert_eq!(nth(date(2024, 2, 29), Period::new(1, Unit::Year), 4), Some(date(2028, 2, 29)));
}

/// New York General Construction Law s. 30: a month is a calendar month, and so many days are not.
#[test]
fn r9_units_stay() {
    let start = date(2025, 1, 31);
    assert_ne!(add(start, days(30)), add(start, months(1)));
    assert_eq!(add(start, Period::new(1, Unit::Quarter)), add(start, months(3)));
    assert_eq!(add(start, Period::new(24, Unit::Hour)), None, "hours are no dates");
    // What may be two months or half a month is not read as a period.
    assert!(periods("bi-monthly").is_empty() && periods("biweekly").is_empty());
}

/// The definition of R10, "a day other than Saturday, Sunday or a day banks in X are closed", for New York.
#[test]
fn r10_business_days_of_the_contract() {
    let five = Period::new(5, Unit::BusinessDay);
    // Five business days before 5 January 2026: 2 January, 31, 30, 29 and 26 December; not New Year's Day.
    let contract = by(until(date(2026, 1, 5), automatic(five)), &["us-banks"]);
    let entry = plain(&contract);
    assert_eq!(entry.literal_date, date(2025, 12, 26));
    // Clear of it: Christmas Day is none either, so Christmas Eve.
    assert_eq!(entry.date, date(2025, 12, 24));
    assert!(notes(&entry).contains("not counted: 2026-01-01 (New Year's Day, us-banks)"), "{}", notes(&entry));
    assert!(notes(&entry).contains("2025-12-25 is no business day (Christmas Day, us-banks)"), "{}", notes(&entry));
    assert!(entry.facts.contains(contract.business_day.as_ref().unwrap().id()));
}

/// The fallbacks of R10: the law, then the settings, then Monday to Friday; each is said.
#[test]
fn r10_where_the_contract_names_no_place() {
    // 30 clear days before 26 January 2026 leave 26 December 2025: Boxing Day, a Friday.
    let bare = until(date(2026, 1, 26), automatic(days(30)));
    assert_eq!(plain(&bare).date, date(2025, 12, 26));
    let law = Contract {
        governing_law: Some(fact("governing_law", "England and Wales".to_owned(), "Bolt GmbH")),
        ..bare.clone()
    };
    let entry = plain(&law);
    assert_eq!(entry.date, date(2025, 12, 24));
    assert!(entry.derivation.assumptions.iter().any(|a| a.contains("place whose law governs")));
    let settings = Settings { calendar: vec!["gb-eng".to_owned()], ..Settings::default() };
    let entry = notice(&bare, &settings);
    assert_eq!(entry.date, date(2025, 12, 24));
    assert!(entry.derivation.assumptions.iter().any(|a| a.contains("calendar of the settings")));
}

/// FpML business day conventions; the example of each is in `calendar`. Here the explicit clause of R11: the plain count
/// moves on, the careful reading does not.
#[test]
fn r11_the_clause_moves_the_plain_count_only() {
    // 30 days before 5 August 2025 is Sunday 6 July.
    let bare = by(until(date(2025, 8, 5), automatic(days(30))), &["us-federal"]);
    assert_eq!(plain(&bare).literal_date, date(2025, 7, 6));
    let clause = DateRoll { roll: Roll::Following };
    let moved = Contract { date_roll: Some(fact("date_roll", clause, "in writing")), ..bare };
    let entry = plain(&moved);
    assert_eq!(entry.literal_date, date(2025, 7, 7));
    // Clear of it is Saturday the 5th; Friday the 4th is Independence Day.
    assert_eq!(entry.date, date(2025, 7, 3));
    assert!(notes(&entry).contains("FOLLOWING, = 2025-07-07 (R11)"), "{}", notes(&entry));
    assert!(entry.facts.contains(moved.date_roll.as_ref().unwrap().id()));
}

/// FRCP 6(a)(5) counts backward periods on in the same direction; NY GCL s. 25 and My Contracts v 74 Hamilton Terrace are
/// why a weekend is never relied on to gain time: the careful reading moves earlier.
#[test]
fn r12_the_careful_reading_moves_earlier() {
    let entry = plain(&until(date(2025, 9, 30), automatic(days(86))));
    assert_eq!((entry.literal_date, entry.date), (date(2025, 7, 6), date(2025, 7, 4)));
    let federal = plain(&by(until(date(2025, 9, 30), automatic(days(86))), &["us-federal"]));
    assert_eq!(federal.date, date(2025, 7, 3));
}

fn notices(methods: &[(DeliveryMethod, Effective, Option<Period>)], cut_off: Option<&str>) -> Notices {
    let one = |&(method, after, delay)| Delivery { method, after, delay };
    Notices { methods: methods.iter().map(one).collect(), cut_off: cut_off.map(str::to_owned) }
}

fn with_notices(contract: Contract, value: Notices) -> Contract {
    Contract { notices: Some(fact("notices", value, "notice must be given")), ..contract }
}

/// FRCP 6(a)(4): the last day ends at midnight, unless an hour is set; what comes later counts on the next business day.
#[test]
fn r13_an_hour_of_the_day() {
    let clause = notices(&[(DeliveryMethod::Email, Effective::Dispatch, Some(days(0)))], Some("5:00 p.m."));
    let entry = plain(&with_notices(until(date(2025, 12, 31), automatic(days(60))), clause));
    assert_eq!(entry.date, date(2025, 10, 31));
    assert!(notes(&entry).contains("by 5:00 p.m. on 2025-10-31"), "{}", notes(&entry));
}

/// The table of R14: personal the same day, courier one business day, certified mail three days after mailing.
#[test]
fn r14_the_last_day_to_send() {
    let clause = notices(
        &[
            (DeliveryMethod::Personal, Effective::Receipt, None),
            (DeliveryMethod::Courier, Effective::Dispatch, Some(Period::new(1, Unit::BusinessDay))),
            (DeliveryMethod::CertifiedMail, Effective::Dispatch, Some(days(3))),
            (DeliveryMethod::Mail, Effective::Receipt, None),
        ],
        None,
    );
    // The deadline is Thursday 3 July 2025, before Independence Day and its weekend.
    let contract = by(until(date(2025, 9, 30), automatic(days(86))), &["us-federal"]);
    let entry = plain(&with_notices(contract.clone(), clause));
    assert_eq!(entry.date, date(2025, 7, 3));
    let sent: Vec<(Option<DeliveryMethod>, Date)> = entry.send_by.iter().map(|s| (s.method, s.date)).collect();
    assert_eq!(
        sent,
        [
            // Ordinary mail counts on arrival: seven business days are allowed.
            (None, date(2025, 6, 24)),
            (Some(DeliveryMethod::Personal), date(2025, 7, 3)),
            (Some(DeliveryMethod::Courier), date(2025, 7, 2)),
            (Some(DeliveryMethod::CertifiedMail), date(2025, 6, 30)),
            (Some(DeliveryMethod::Mail), date(2025, 6, 24)),
        ]
    );
    // R17: reminders count back from the last day to send; without a clause from the deadline.
    assert_eq!(entry.reminders.last(), Some(&date(2025, 6, 23)));
    let without = plain(&contract);
    assert!(without.send_by.is_empty());
    assert_eq!(without.reminders.last(), Some(&date(2025, 7, 2)));
    assert!(without.derivation.assumptions.iter().any(|a| a.contains("time for delivery is not counted")));
}

/// An option is lost by silence: the rule of the options cases, and of the 25 contracts where time is of the essence.
#[test]
fn r15_silence_loses_an_option() {
    let option = Renewal { notice_period: Some(days(90)), ..Renewal::of(RenewalKind::Option) };
    let bare = until(date(2025, 12, 31), option);
    let entry = plain(&Contract { time_of_essence: Some(fact("time_of_essence", true, "in writing")), ..bare.clone() });
    assert!(entry.label.contains("silence loses the right"), "{}", entry.label);
    assert!(entry.derivation.assumptions.iter().any(|a| a.contains("of the essence")));
    assert!(!plain(&bare).derivation.assumptions.iter().any(|a| a.contains("of the essence")));
}

/// Words prevail over figures; day and month may change places.
#[test]
fn r16_words_and_figures() {
    let found = periods("ninety (60) days");
    assert_eq!(found[0].value.reading, Reading::Known(days(90)));
    assert!(found[0].value.disputed);
    let open = dates("03/04/2019", DateStyle::of("03/04/2019", DateOrder::Unknown));
    assert!(open[0].value.other.is_some());
}

/// Alerts at 90, 60, 30, 14, 7 and 1 days before the last day to act, and a review 30 days after the start.
#[test]
fn r17_reminders_and_the_review() {
    let running = running(date(2025, 1, 1), Period::new(1, Unit::Year), automatic(days(60)));
    let entry = plain(&running);
    assert_eq!(entry.reminders.len(), 6);
    assert_eq!((entry.reminders[0], entry.reminders[5]), (date(2025, 8, 2), date(2025, 10, 30)));
    let entries = build(&running, None, &Settings::default());
    let review = entries.iter().find(|e| e.kind == EntryKind::Review).unwrap();
    assert_eq!(review.date, date(2025, 1, 31));
    let none =
        Contract { effective_date: Some(fact("effective_date", DateValue::Perpetual, "It renews")), ..contract() };
    assert!(build(&none, None, &Settings::default()).is_empty());
}
