//! When to remind (R17).

use jiff::civil::Date;

use crate::calendar::shift_days;

/// The days `days_before` a `deadline`, in order and each once.
///
/// Days before `as_of` are dropped; when that leaves none although the deadline itself has not passed, the one reminder
/// is `as_of`: late, but in time. Without days to remind on there are no reminders.
pub(super) fn before(deadline: Date, days_before: &[u32], as_of: Option<Date>) -> Vec<Date> {
    let mut days: Vec<Date> = days_before.iter().filter_map(|&n| shift_days(deadline, -i64::from(n))).collect();
    days.sort_unstable();
    days.dedup();
    let Some(today) = as_of else { return days };
    let wanted = !days.is_empty();
    days.retain(|&day| day >= today);
    if wanted && days.is_empty() && deadline >= today {
        days.push(today);
    }
    days
}

/// A reminder on the day itself, unless it has passed.
pub(super) fn on(day: Date, as_of: Option<Date>) -> Vec<Date> {
    if as_of.is_some_and(|today| day < today) { Vec::new() } else { vec![day] }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    const DAYS: [u32; 6] = [90, 60, 30, 14, 7, 1];

    #[test]
    fn r17_reminders_count_back_from_the_deadline() {
        let deadline = date(2025, 10, 31);
        assert_eq!(
            before(deadline, &DAYS, None),
            [
                date(2025, 8, 2),
                date(2025, 9, 1),
                date(2025, 10, 1),
                date(2025, 10, 17),
                date(2025, 10, 24),
                date(2025, 10, 30)
            ]
        );
        assert_eq!(before(deadline, &DAYS, Some(date(2025, 10, 24))), [date(2025, 10, 24), date(2025, 10, 30)]);
    }

    #[test]
    fn r17_late_reminders_collapse_to_one() {
        let deadline = date(2025, 10, 31);
        assert_eq!(before(deadline, &DAYS, Some(deadline)), [deadline]);
        assert_eq!(before(deadline, &[30], Some(date(2025, 10, 20))), [date(2025, 10, 20)]);
        assert!(before(deadline, &DAYS, Some(date(2025, 11, 1))).is_empty());
        assert!(before(deadline, &[], Some(date(2025, 10, 20))).is_empty());
    }

    proptest! {
        #[test]
        fn reminders_are_in_order_and_in_time(
            offset in 0_i64..10_000,
            days in prop::collection::vec(any::<u32>().prop_map(|n| n % 400), 0..8),
            today in prop::option::of(0_i64..10_000),
        ) {
            let deadline = shift_days(date(2010, 1, 1), offset).unwrap();
            let today = today.and_then(|n| shift_days(date(2010, 1, 1), n));
            let reminders = before(deadline, &days, today);
            prop_assert!(reminders.is_sorted_by(|a, b| a < b));
            prop_assert!(reminders.iter().all(|&r| r <= deadline && today.is_none_or(|t| r >= t)));
        }
    }
}
