//! Adding and subtracting periods. Every function answers `None` instead of leaving the years 1 to 9999, so that a
//! hostile count such as 99999 years costs nothing and breaks nothing.
//!
//! Adding and subtracting months are not inverse of each other: months have different lengths and the corresponding day
//! may not exist. That is why counting back has two readings (R7).

use jiff::Span;
use jiff::civil::Date;

use super::business::{add_weekdays, subtract_weekdays};
use super::{Period, Unit};

/// A period in the unit that its arithmetic is done in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Length {
    Months(u32),
    Days(u32),
    BusinessDays(u32),
}

impl Length {
    /// `None` for hours and minutes, which are shorter than a date can say (R13), and for counts that overflow.
    fn of(period: Period) -> Option<Self> {
        match period.unit {
            Unit::Month | Unit::Quarter | Unit::Year => period.months().map(Self::Months),
            Unit::Day | Unit::Week => period.days().map(Self::Days),
            Unit::BusinessDay => Some(Self::BusinessDays(period.count)),
            Unit::Minute | Unit::Hour | Unit::BusinessHour => None,
        }
    }
}

/// The day `period` after `event`: the last day of "within N days after E" (R1), or the corresponding day of a later
/// month (R6).
///
/// The day of the event is not counted (*Lester v Garland*, 1808; FRCP 6(a)(1)(A)). A day that the later month does not
/// have becomes the last day of that month, and a last day does not stick to last days: 30 September + 4 months is
/// 30 January (*Dodds v Walker* \[1981\] 1 WLR 1027). Business days are Monday to Friday here; those of a place are counted
/// by [`Calendar::add`](super::Calendar::add).
///
/// `None` when the result lies outside the years 1 to 9999, or the unit is shorter than a day.
#[must_use]
pub fn add(event: Date, period: Period) -> Option<Date> {
    match Length::of(period)? {
        Length::Months(n) => shift_months(event, i64::from(n)),
        Length::Days(n) => shift_days(event, i64::from(n)),
        Length::BusinessDays(n) => add_weekdays(event, n),
    }
}

/// The end of the `k`-th period after `anchor`, counted in one go from the anchor (R8).
///
/// Chaining would drift: 31 January, 28 February, 28 March. From the anchor the third is 31 March again.
///
/// `None` as for [`add`].
#[must_use]
pub fn nth(anchor: Date, period: Period, k: u32) -> Option<Date> {
    add(anchor, Period::new(period.count.checked_mul(k)?, period.unit))
}

/// The latest day from which `period` still ends on or before `end`: the plain count back (R3 for days, R7 for months).
///
/// "7 days prior to" 22 April is 15 April (*Latimore v Lloyd* \[2020\] QSC 136). Six months before 28 February 2025 is
/// 31 August 2024, because six months from any later day end after it.
///
/// `None` as for [`add`].
#[must_use]
pub fn subtract_literal(end: Date, period: Period) -> Option<Date> {
    match Length::of(period)? {
        Length::Months(n) => {
            let day = shift_months(end, -i64::from(n))?;
            // Every later day of that month is cut back to the last day of the end's month, and so still in time.
            Some(if end == end.last_of_month() { day.last_of_month() } else { day })
        }
        Length::Days(n) => shift_days(end, -i64::from(n)),
        Length::BusinessDays(n) => subtract_weekdays(end, n),
    }
}

/// The day `period` before `end` by the calendar: the corresponding day of the earlier month, or its last day (R7). For
/// days it is the plain count back (R3). Never later than [`subtract_literal`].
///
/// Six months before 28 February 2025 is 28 August 2024 here.
///
/// `None` as for [`add`].
#[must_use]
pub fn subtract_conservative(end: Date, period: Period) -> Option<Date> {
    match Length::of(period)? {
        Length::Months(n) => shift_months(end, -i64::from(n)),
        Length::Days(n) => shift_days(end, -i64::from(n)),
        Length::BusinessDays(n) => subtract_weekdays(end, n),
    }
}

/// The last day that leaves `period` clear between itself and `end`: both end days are excluded, one day earlier than
/// [`subtract_conservative`] (R4).
///
/// English and Australian courts often read "at least N days" so (*Re Railway Sleepers Supply Co*, 1885).
///
/// `None` as for [`add`].
#[must_use]
pub fn subtract_clear(end: Date, period: Period) -> Option<Date> {
    shift_days(subtract_conservative(end, period)?, -1)
}

/// `date` moved by `days` calendar days; `None` outside the years 1 to 9999.
#[must_use]
pub fn shift_days(date: Date, days: i64) -> Option<Date> {
    let span = Span::new().try_days(days).ok()?;
    date.checked_add(span).ok().filter(|&d| in_range(d))
}

/// jiff cuts a day that the month does not have back to its last day, which is R6.
fn shift_months(date: Date, months: i64) -> Option<Date> {
    let span = Span::new().try_months(months).ok()?;
    date.checked_add(span).ok().filter(|&d| in_range(d))
}

/// Years that every format we write can hold in four digits.
fn in_range(date: Date) -> bool {
    date.year() >= 1
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn days(n: u32) -> Period {
        Period::new(n, Unit::Day)
    }

    fn months(n: u32) -> Period {
        Period::new(n, Unit::Month)
    }

    fn years(n: u32) -> Period {
        Period::new(n, Unit::Year)
    }

    #[test]
    fn r1_the_day_of_the_event_is_not_counted() {
        // Cal. Civ. Code §10 (CEB): notice on 4 June, 30 days, 4 July; the holiday is not our rule.
        assert_eq!(add(date(2025, 6, 4), days(30)), Some(date(2025, 7, 4)));
        assert_eq!(add(date(2024, 2, 28), days(1)), Some(date(2024, 2, 29)));
    }

    #[test]
    fn r3_days_before_are_a_plain_count() {
        // Latimore v Lloyd [2020] QSC 136.
        assert_eq!(subtract_literal(date(2020, 4, 22), days(7)), Some(date(2020, 4, 15)));
        // Elements v FK [2023] EWHC 726 (TCC).
        assert_eq!(subtract_literal(date(2022, 10, 25), days(4)), Some(date(2022, 10, 21)));
    }

    #[test]
    fn r4_clear_days_exclude_both_ends() {
        assert_eq!(subtract_clear(date(2020, 4, 22), days(7)), Some(date(2020, 4, 14)));
        assert_eq!(subtract_clear(date(2025, 12, 31), days(60)), Some(date(2025, 10, 31)));
    }

    #[test]
    fn r6_months_end_on_the_corresponding_day() {
        for (from, n, to) in [
            // Dodds v Walker [1981] 1 WLR 1027: 30 January, not 31.
            (date(1978, 9, 30), 4, date(1979, 1, 30)),
            // My Contracts v 74 Hamilton Terrace (TCC 2025): a Sunday does not move it.
            (date(2023, 3, 2), 4, date(2023, 7, 2)),
            (date(2025, 1, 31), 1, date(2025, 2, 28)),
            (date(2024, 1, 31), 1, date(2024, 2, 29)),
            (date(2025, 2, 28), 1, date(2025, 3, 28)),
            (date(2025, 8, 31), 1, date(2025, 9, 30)),
        ] {
            assert_eq!(add(from, months(n)), Some(to), "{from} + {n} months");
        }
    }

    #[test]
    fn r7_counting_months_back_is_not_the_inverse() {
        let end = date(2025, 2, 28);
        assert_eq!(subtract_literal(end, months(6)), Some(date(2024, 8, 31)));
        assert_eq!(subtract_conservative(end, months(6)), Some(date(2024, 8, 28)));
        for (end, to) in [(date(2025, 8, 31), date(2025, 2, 28)), (date(2024, 8, 31), date(2024, 2, 29))] {
            assert_eq!(subtract_literal(end, months(6)), Some(to));
            assert_eq!(subtract_conservative(end, months(6)), Some(to));
        }
        assert_eq!(subtract_literal(date(2026, 1, 1), months(2)), Some(date(2025, 11, 1)));
    }

    #[test]
    fn r8_renewals_do_not_drift() {
        let anchor = date(2025, 1, 31);
        let ends: Vec<_> = (1..=3).filter_map(|k| nth(anchor, months(1), k)).collect();
        assert_eq!(ends, [date(2025, 2, 28), date(2025, 3, 31), date(2025, 4, 30)]);
        let leap = date(2024, 2, 29);
        assert_eq!(nth(leap, years(1), 1), Some(date(2025, 2, 28)));
        assert_eq!(nth(leap, years(1), 4), Some(date(2028, 2, 29)));
    }

    #[test]
    fn r9_units_stay_what_they_are() {
        let start = date(2025, 1, 31);
        assert_ne!(add(start, days(30)), add(start, months(1)));
        assert_eq!(add(start, months(12)), add(start, years(1)));
        assert_eq!(add(start, Period::new(2, Unit::Week)), add(start, days(14)));
        assert_eq!(add(start, Period::new(1, Unit::Quarter)), add(start, months(3)));
        assert_eq!(add(start, Period::new(24, Unit::Hour)), None);
    }

    #[test]
    fn hostile_counts_have_no_date() {
        let today = date(2025, 1, 1);
        for unit in [Unit::Day, Unit::Week, Unit::Month, Unit::Quarter, Unit::Year, Unit::BusinessDay] {
            for count in [99_999_999, u32::MAX] {
                let period = Period::new(count, unit);
                assert_eq!(add(today, period), None, "{period}");
                assert_eq!(subtract_literal(today, period), None, "{period}");
                assert_eq!(subtract_conservative(today, period), None, "{period}");
                assert_eq!(subtract_clear(today, period), None, "{period}");
                assert_eq!(nth(today, period, u32::MAX), None, "{period}");
            }
        }
        assert_eq!(add(today, years(99_999)), None);
        assert_eq!(subtract_literal(today, years(2025)), None);
        assert_eq!(add(Date::MAX, days(1)), None);
    }

    fn any_date() -> impl Strategy<Value = Date> {
        // 1583 to 2399: every shape of year, leap centuries included.
        (1583_i16..2400, 1_i8..=12, 1_i8..=31).prop_filter_map("no such day", |(y, m, d)| Date::new(y, m, d).ok())
    }

    fn any_period() -> impl Strategy<Value = Period> {
        prop_oneof![
            (0_u32..4000).prop_map(days),
            (0_u32..200).prop_map(|n| Period::new(n, Unit::Week)),
            (0_u32..240).prop_map(months),
            (0_u32..40).prop_map(|n| Period::new(n, Unit::Quarter)),
            (0_u32..100).prop_map(years),
            (0_u32..400).prop_map(|n| Period::new(n, Unit::BusinessDay)),
        ]
    }

    proptest! {
        #[test]
        fn adding_months_stays_in_the_month_meant(start in any_date(), n in 0_u32..600) {
            let end = add(start, months(n)).unwrap();
            let meant = i64::from(start.year()) * 12 + i64::from(start.month()) - 1 + i64::from(n);
            prop_assert_eq!(i64::from(end.year()) * 12 + i64::from(end.month()) - 1, meant);
            prop_assert_eq!(end.day(), start.day().min(end.days_in_month()));
        }

        #[test]
        fn adding_days_agrees_with_jiff(start in any_date(), n in 0_u32..40_000) {
            let end = add(start, days(n)).unwrap();
            prop_assert_eq!(start.until(end).unwrap().get_days(), i32::try_from(n).unwrap());
        }

        #[test]
        fn literal_is_the_latest_day_in_time(end in any_date(), period in any_period()) {
            prop_assume!(period.unit != Unit::BusinessDay);
            let last = subtract_literal(end, period).unwrap();
            prop_assert!(add(last, period).unwrap() <= end);
            prop_assert!(add(last.tomorrow().unwrap(), period).unwrap() > end);
        }

        #[test]
        fn conservative_is_never_later(end in any_date(), period in any_period()) {
            let literal = subtract_literal(end, period).unwrap();
            let conservative = subtract_conservative(end, period).unwrap();
            prop_assert!(conservative <= literal);
            prop_assert!(subtract_clear(end, period).unwrap() < conservative);
        }

        #[test]
        fn conservative_months_agree_with_jiff(end in any_date(), n in 0_i32..240) {
            let reference = end.checked_sub(Span::new().months(n)).unwrap();
            prop_assert_eq!(subtract_conservative(end, months(u32::try_from(n).unwrap())), Some(reference));
        }

        #[test]
        fn the_kth_renewal_keeps_the_anchors_day(anchor in any_date(), n in 1_u32..24, k in 0_u32..60) {
            let end = nth(anchor, months(n), k).unwrap();
            prop_assert_eq!(end.day(), anchor.day().min(end.days_in_month()));
            prop_assert!(nth(anchor, months(n), k + 1).unwrap() > end);
        }

        #[test]
        fn nothing_panics(start in any_date(), count in any::<u32>(), k in any::<u32>()) {
            for unit in [Unit::Day, Unit::Week, Unit::Month, Unit::Quarter, Unit::Year, Unit::BusinessDay] {
                let period = Period::new(count, unit);
                let _ = (add(start, period), nth(start, period, k), subtract_clear(start, period));
            }
        }
    }
}
