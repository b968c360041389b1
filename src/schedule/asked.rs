//! The day that a schedule is asked for, and for which other days its answers are the same.
//!
//! Schedules are kept beside the records, so that a list of many contracts need not compute them anew. A kept one may be
//! used on another day only if that day gives the same. So the code that makes schedules does not compare with the day
//! itself: it asks here, and each answer narrows the days for which all answers so far hold. Only reminders depend on the
//! day in another way; they are not kept.

use std::cell::Cell;

use jiff::ToSpan as _;
use jiff::civil::Date;

/// The day that counts as today, or none for a schedule from the start of the contract.
#[derive(Debug)]
pub(super) struct Asked {
    day: Option<Date>,
    /// The first and the last day with the same answers.
    same: Cell<(Date, Date)>,
}

impl Asked {
    pub(super) fn on(day: Option<Date>) -> Self {
        Self { day, same: Cell::new((Date::MIN, Date::MAX)) }
    }

    /// The day itself, for reminders.
    pub(super) fn day(&self) -> Option<Date> {
        self.day
    }

    /// The first and the last day for which all answers so far are the same.
    pub(super) fn same(&self) -> (Date, Date) {
        self.same.get()
    }

    /// Whether the day has come, `day` itself included. Without a day asked for, none has.
    pub(super) fn has_come(&self, day: Date) -> bool {
        let Some(today) = self.day else { return false };
        if today >= day {
            self.narrow(day, Date::MAX);
        } else if let Ok(before) = day.yesterday() {
            self.narrow(Date::MIN, before);
        }
        today >= day
    }

    /// Whether the day has passed.
    pub(super) fn has_passed(&self, day: Date) -> bool {
        day.tomorrow().is_ok_and(|next| self.has_come(next))
    }

    /// The year of the day asked for.
    pub(super) fn year(&self) -> Option<i16> {
        let today = self.day?;
        self.narrow(today.first_of_year(), today.last_of_year());
        Some(today.year())
    }

    fn narrow(&self, from: Date, until: Date) {
        let (first, last) = self.same.get();
        self.same.set((first.max(from), last.min(until)));
    }
}

/// The year from the day asked for, or from the start of something that begins later, up to an end.
pub(super) struct Year<'a> {
    asked: &'a Asked,
    /// The later start, when the year begins with it.
    start: Option<Date>,
    end: Option<Date>,
    first: Date,
    last: Date,
}

impl<'a> Year<'a> {
    /// `None` when neither a day was asked for nor a start is known, and at the end of the calendar.
    pub(super) fn of(asked: &'a Asked, start: Option<Date>, end: Option<Date>) -> Option<Self> {
        let fixed = start.filter(|start| !asked.has_passed(*start));
        let first = fixed.or(asked.day())?;
        let last = first.checked_add(1.year()).ok()?;
        Some(Self { asked, start: fixed, end, first, last })
    }

    /// Whether it begins on `day` or earlier.
    pub(super) fn reaches_back_to(&self, day: Date) -> bool {
        match self.start {
            Some(start) => start <= day,
            None => !self.asked.has_passed(day),
        }
    }

    /// Whether it, and what runs until `end`, reach `day`.
    pub(super) fn reaches(&self, day: Date) -> bool {
        if self.end.is_some_and(|end| end < day) {
            return false;
        }
        match (self.start, year_before(day)) {
            (Some(_), _) => day <= self.last,
            (None, Some(from)) => self.asked.has_come(from),
            (None, None) => true,
        }
    }

    /// How many whole periods of `months` calendar months have begun and ended between a start and the month of its first day.
    pub(super) fn periods_since(&self, start: Date, months: u32) -> u32 {
        let index = |day: Date| i64::from(day.year()) * 12 + i64::from(day.month()) - 1;
        let (months, begin) = (i64::from(months), index(start));
        let passed = (index(self.first) - begin) / months;
        if self.start.is_none() {
            // The first of the month with this index.
            let first = |n: i64| {
                Date::new(i16::try_from(n.div_euclid(12)).ok()?, i8::try_from(n.rem_euclid(12) + 1).ok()?, 1).ok()
            };
            let until = first(begin + (passed + 1) * months).and_then(|next| next.yesterday().ok());
            self.asked.narrow(first(begin + passed * months).unwrap_or(Date::MIN), until.unwrap_or(Date::MAX));
        }
        u32::try_from(passed).unwrap_or(0)
    }

    /// The calendar years in which it lies.
    pub(super) fn years(&self) -> (i16, i16) {
        if self.start.is_none() {
            self.asked.year();
        }
        (self.first.year(), self.end.map_or(self.last, |end| end.min(self.last)).year())
    }
}

/// The first day whose year reaches `day`.
fn year_before(day: Date) -> Option<Date> {
    let back = day.checked_sub(1.year()).ok()?;
    // The year of 28 February ends on 28 February.
    if back.checked_add(1.year()).is_ok_and(|end| end >= day) { Some(back) } else { back.tomorrow().ok() }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::shift_days;

    #[test]
    fn answers_narrow_the_days() {
        let asked = Asked::on(Some(date(2026, 5, 10)));
        assert!(asked.has_come(date(2026, 5, 1)) && !asked.has_passed(date(2026, 5, 20)));
        assert_eq!(asked.same(), (date(2026, 5, 1), date(2026, 5, 20)));
        assert_eq!(asked.year(), Some(2026));
        assert_eq!(asked.same(), (date(2026, 5, 1), date(2026, 5, 20)));
        assert!(asked.has_come(date(2026, 5, 10)));
        assert_eq!(asked.same(), (date(2026, 5, 10), date(2026, 5, 20)));
        assert!(!Asked::on(None).has_come(date(1, 1, 1)));
    }

    proptest! {
        /// Whatever is asked, every day of the narrowed range gives the same answers.
        #[test]
        fn a_range_answers_alike(today in 0_i64..2_000, start in 0_i64..2_000, day in 0_i64..2_000, shift in 0_i64..800) {
            let at = |n: i64| shift_days(date(2023, 1, 1), n).unwrap();
            let answers = |today: Date| {
                let asked = Asked::on(Some(today));
                let year = Year::of(&asked, Some(at(start)), None).unwrap();
                let periods = year.periods_since(at(start), 3);
                let said = (year.reaches_back_to(at(day)), year.reaches(at(day)), year.years(), periods);
                (said, asked.same())
            };
            let (said, (first, last)) = answers(at(today));
            prop_assert!(first <= at(today) && at(today) <= last);
            prop_assert_eq!(said.0, at(today).max(at(start)) <= at(day));
            prop_assert_eq!(said.1, at(today).max(at(start)).checked_add(1.year()).unwrap() >= at(day));
            let other = at(today + shift - 400);
            if first <= other && other <= last {
                prop_assert_eq!(answers(other).0, said);
            }
        }
    }
}
