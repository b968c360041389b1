//! Business days. Here they are Monday to Friday: public holidays are not known, and whoever uses these functions notes
//! [`WEEKDAYS_ONLY`] among the assumptions. The contract's own definition and its city's calendar (R10) are the next
//! step; they would answer [`is_business_day`].

use jiff::civil::{Date, Weekday};

use super::arithmetic::shift_days;

/// The assumption behind every business day in this module.
pub const WEEKDAYS_ONLY: &str = "Business days are taken to be Monday to Friday; public holidays are not known (R10).";

/// Whether business is done on `date`: Monday to Friday.
#[must_use]
pub fn is_business_day(date: Date) -> bool {
    !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// `date` itself when it is a business day, else the last business day before it (R12, PRECEDING).
///
/// Acting earlier is always in time; acting on the next business day is not, unless a statute or the contract says so.
/// `None` before the year 1.
#[must_use]
pub fn preceding_business_day(date: Date) -> Option<Date> {
    match date.weekday() {
        Weekday::Saturday => shift_days(date, -1),
        Weekday::Sunday => shift_days(date, -2),
        _ => Some(date),
    }
}

/// The `n`-th business day after `event`, which is not counted itself (R10). `None` outside the years 1 to 9999.
pub(super) fn add_business_days(event: Date, n: u32) -> Option<Date> {
    if n == 0 {
        return Some(event);
    }
    // From a weekend the count begins on Monday, as it does from the Friday before.
    let date = shift_days(preceding_business_day(event)?, i64::from(n / 5) * 7)?;
    step(date, n % 5, 1)
}

/// The `n`-th business day before `event`, which is not counted itself (R10). `None` outside the years 1 to 9999.
pub(super) fn subtract_business_days(event: Date, n: u32) -> Option<Date> {
    if n == 0 {
        return Some(event);
    }
    let monday = match event.weekday() {
        Weekday::Saturday => shift_days(event, 2)?,
        Weekday::Sunday => shift_days(event, 1)?,
        _ => event,
    };
    step(shift_days(monday, -i64::from(n / 5) * 7)?, n % 5, -1)
}

/// Moves from one business day over `n` others, at most four of them.
fn step(mut date: Date, n: u32, direction: i64) -> Option<Date> {
    for _ in 0..n {
        date = shift_days(date, direction)?;
        while !is_business_day(date) {
            date = shift_days(date, direction)?;
        }
    }
    Some(date)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn r10_only_business_days_count() {
        // 3 July 2025 is a Thursday.
        assert_eq!(add_business_days(date(2025, 7, 3), 1), Some(date(2025, 7, 4)));
        assert_eq!(add_business_days(date(2025, 7, 3), 2), Some(date(2025, 7, 7)));
        assert_eq!(add_business_days(date(2025, 7, 5), 1), Some(date(2025, 7, 7)));
        assert_eq!(subtract_business_days(date(2025, 7, 7), 1), Some(date(2025, 7, 4)));
        assert_eq!(subtract_business_days(date(2025, 7, 6), 5), Some(date(2025, 6, 30)));
    }

    #[test]
    fn r12_a_deadline_on_a_weekend_moves_earlier() {
        assert_eq!(preceding_business_day(date(2025, 11, 1)), Some(date(2025, 10, 31)));
        assert_eq!(preceding_business_day(date(2025, 11, 2)), Some(date(2025, 10, 31)));
        assert_eq!(preceding_business_day(date(2025, 11, 3)), Some(date(2025, 11, 3)));
    }

    /// The rule as it is said, one day at a time.
    fn by_hand(mut date: Date, n: u32, direction: i64) -> Date {
        let mut left = n;
        while left > 0 {
            date = shift_days(date, direction).unwrap();
            left -= u32::from(is_business_day(date));
        }
        date
    }

    proptest! {
        #[test]
        fn weeks_at_a_time_equal_days_at_a_time(offset in 0_i64..20_000, n in 0_u32..60) {
            let start = shift_days(date(2000, 1, 1), offset).unwrap();
            prop_assert_eq!(add_business_days(start, n), Some(by_hand(start, n, 1)));
            prop_assert_eq!(subtract_business_days(start, n), Some(by_hand(start, n, -1)));
        }
    }
}
