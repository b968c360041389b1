//! Business days: Monday to Friday without the holidays of one or several places, and the conventions that move a date
//! to one (R10, R11).

use std::borrow::Cow;
use std::sync::Arc;

use jiff::civil::{Date, Weekday};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::arithmetic::shift_days;
use super::holidays::{self, Holidays};

/// The assumption behind business days where no calendar of holidays is known.
pub const WEEKDAYS_ONLY: &str = "Business days are taken to be Monday to Friday; public holidays are not known (R10).";

/// How a date that is no business day is moved, by the names of FpML (R11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Roll {
    /// To the next business day.
    Following,
    /// To the next business day, or, where that lies in the next month, to the one before.
    ModFollowing,
    /// To the business day before.
    Preceding,
    /// To the business day before, or, where that lies in the month before, to the next one.
    ModPreceding,
    /// From a Sunday or a Monday to the next business day, else to the one before.
    Nearest,
    /// It stays.
    None,
}

impl Roll {
    /// The FpML name, such as `MODFOLLOWING`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Following => "FOLLOWING",
            Self::ModFollowing => "MODFOLLOWING",
            Self::Preceding => "PRECEDING",
            Self::ModPreceding => "MODPRECEDING",
            Self::Nearest => "NEAREST",
            Self::None => "NONE",
        }
    }
}

/// A calendar of business days: Monday to Friday, or the days of the week that the contract leaves, without the holidays of
/// its places. A day that is a holiday in any of them is no business day. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    parts: Arc<Parts>,
}

#[derive(Debug, Default)]
struct Parts {
    holidays: Vec<&'static Holidays>,
    /// Weekdays that are holidays, in order.
    closed: Vec<Date>,
    /// The weekend, where it is another one than Saturday and Sunday.
    weekend: Vec<Weekday>,
}

impl Calendar {
    /// Monday to Friday, without holidays.
    #[must_use]
    pub fn weekdays() -> Self {
        Self::default()
    }

    /// The union of the calendars of these identities; an unknown one is left out (see [`holidays::find`]).
    #[must_use]
    pub fn of<S: AsRef<str>>(ids: &[S]) -> Self {
        let mut parts: Vec<&'static Holidays> = ids.iter().filter_map(|id| holidays::find(id.as_ref())).collect();
        parts.dedup_by_key(|c| c.id());
        Self::build(parts, Vec::new())
    }

    /// The same holidays with the weekend that a contract defines; the usual one where `weekend` is empty.
    #[must_use]
    pub fn with_weekend(&self, weekend: &[Weekday]) -> Self {
        Self::build(self.parts.holidays.clone(), weekend.to_vec())
    }

    fn build(holidays: Vec<&'static Holidays>, weekend: Vec<Weekday>) -> Self {
        let mut parts = Parts { holidays, closed: Vec::new(), weekend };
        let days = parts.holidays.iter().flat_map(|c| c.days().keys().copied());
        let mut closed: Vec<Date> = days.filter(|&d| parts.works(d.weekday())).collect();
        closed.sort_unstable();
        closed.dedup();
        parts.closed = closed;
        Self { parts: Arc::new(parts) }
    }

    /// Its calendars of holidays; none for [`Calendar::weekdays`].
    #[must_use]
    pub fn holidays(&self) -> &[&'static Holidays] {
        &self.parts.holidays
    }

    /// Whether business is done on `date`.
    #[must_use]
    pub fn is_business_day(&self, date: Date) -> bool {
        self.parts.works(date.weekday()) && self.parts.closed.binary_search(&date).is_err()
    }

    /// Why `date` is no business day: the name of the holiday, or of the day of the weekend; `None` for a business day.
    #[must_use]
    pub fn closed(&self, date: Date) -> Option<Cow<'static, str>> {
        let holiday = self.parts.holidays.iter().find_map(|c| Some(format!("{}, {}", c.on(date)?, c.id())));
        let weekday = date.weekday();
        holiday.map(Cow::Owned).or_else(|| (!self.parts.works(weekday)).then(|| format!("a {weekday:?}").into()))
    }

    /// The weekdays from `from` to `to`, both counted, that are holidays.
    #[must_use]
    pub fn holidays_between(&self, from: Date, to: Date) -> &[Date] {
        let closed = &self.parts.closed;
        let start = closed.partition_point(|&d| d < from);
        let end = closed.partition_point(|&d| d <= to);
        closed.get(start..end).unwrap_or_default()
    }

    /// The `n`-th business day after `event`, which is not counted itself (R10). `None` outside the years 1 to 9999.
    #[must_use]
    pub fn add(&self, event: Date, n: u32) -> Option<Date> {
        if !self.parts.weekend.is_empty() {
            return self.by_the_day(event, n, 1);
        }
        count(event, n, add_weekdays, |date| Some(self.holidays_between(event.tomorrow().ok()?, date)))
    }

    /// The `n`-th business day before `event`, which is not counted itself (R10). `None` outside the years 1 to 9999.
    #[must_use]
    pub fn subtract(&self, event: Date, n: u32) -> Option<Date> {
        if !self.parts.weekend.is_empty() {
            return self.by_the_day(event, n, -1);
        }
        count(event, n, subtract_weekdays, |date| Some(self.holidays_between(date, event.yesterday().ok()?)))
    }

    /// Counts one day after the other, for a weekend of the contract's own; `None` for more days than ten years have.
    fn by_the_day(&self, event: Date, n: u32, direction: i64) -> Option<Date> {
        let (mut date, mut left) = (event, n);
        for _ in 0..3_660 {
            if left == 0 {
                return Some(date);
            }
            date = shift_days(date, direction)?;
            left -= u32::from(self.is_business_day(date));
        }
        None
    }

    /// `date` moved to a business day as `roll` says; itself when it is one (R11). `None` outside the years 1 to 9999.
    #[must_use]
    pub fn roll(&self, date: Date, roll: Roll) -> Option<Date> {
        if roll == Roll::None || self.is_business_day(date) {
            return Some(date);
        }
        let following = || self.add(date, 1);
        let preceding = || self.subtract(date, 1);
        let same_month = |d: &Date| (d.year(), d.month()) == (date.year(), date.month());
        match roll {
            Roll::Following => following(),
            Roll::ModFollowing => following().filter(same_month).or_else(preceding),
            Roll::ModPreceding => preceding().filter(same_month).or_else(following),
            Roll::Nearest if matches!(date.weekday(), Weekday::Sunday | Weekday::Monday) => following(),
            Roll::Preceding | Roll::Nearest => preceding(),
            Roll::None => Some(date),
        }
    }
}

impl Parts {
    /// Whether the day of the week is outside the weekend.
    fn works(&self, weekday: Weekday) -> bool {
        if self.weekend.is_empty() {
            return !matches!(weekday, Weekday::Saturday | Weekday::Sunday);
        }
        !self.weekend.contains(&weekday)
    }
}

/// Counts weekdays with `go`, then one more for every holiday `passed`, until no further one is.
fn count<'a>(
    event: Date,
    n: u32,
    go: impl Fn(Date, u32) -> Option<Date>,
    passed: impl Fn(Date) -> Option<&'a [Date]>,
) -> Option<Date> {
    let mut date = go(event, n)?;
    let mut counted = 0;
    if n == 0 {
        return Some(date);
    }
    loop {
        let holidays = u32::try_from(passed(date)?.len()).ok()?;
        if holidays == counted {
            return Some(date);
        }
        date = go(date, holidays - counted)?;
        counted = holidays;
    }
}

/// Monday to Friday.
fn is_weekday(date: Date) -> bool {
    !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// The `n`-th weekday after `event`. `None` outside the years 1 to 9999.
pub(super) fn add_weekdays(event: Date, n: u32) -> Option<Date> {
    if n == 0 {
        return Some(event);
    }
    // From a weekend the count begins on Monday, as it does from the Friday before.
    let friday = match event.weekday() {
        Weekday::Saturday => shift_days(event, -1)?,
        Weekday::Sunday => shift_days(event, -2)?,
        _ => event,
    };
    step(shift_days(friday, i64::from(n / 5) * 7)?, n % 5, 1)
}

/// The `n`-th weekday before `event`. `None` outside the years 1 to 9999.
pub(super) fn subtract_weekdays(event: Date, n: u32) -> Option<Date> {
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

/// Moves from one weekday over `n` others, at most four of them.
fn step(mut date: Date, n: u32, direction: i64) -> Option<Date> {
    for _ in 0..n {
        date = shift_days(date, direction)?;
        while !is_weekday(date) {
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
        let weekdays = Calendar::weekdays();
        assert_eq!(weekdays.add(date(2025, 7, 3), 1), Some(date(2025, 7, 4)));
        assert_eq!(weekdays.add(date(2025, 7, 3), 2), Some(date(2025, 7, 7)));
        assert_eq!(weekdays.add(date(2025, 7, 5), 1), Some(date(2025, 7, 7)));
        assert_eq!(weekdays.subtract(date(2025, 7, 7), 1), Some(date(2025, 7, 4)));
        assert_eq!(weekdays.subtract(date(2025, 7, 6), 5), Some(date(2025, 6, 30)));
        // With Independence Day the same counts end a day further on.
        let federal = Calendar::of(&["us-federal"]);
        assert_eq!(federal.add(date(2025, 7, 3), 1), Some(date(2025, 7, 7)));
        assert_eq!(federal.subtract(date(2025, 7, 7), 1), Some(date(2025, 7, 3)));
        assert_eq!(federal.closed(date(2025, 7, 4)).as_deref(), Some("Independence Day, us-federal"));
        assert_eq!(federal.closed(date(2025, 7, 5)).as_deref(), Some("a Saturday"));
        assert_eq!(federal.closed(date(2025, 7, 3)), None);
    }

    #[test]
    fn a_union_is_closed_where_any_part_is() {
        let both = Calendar::of(&["us-banks", "gb-eng"]);
        // Thanksgiving in New York, Boxing Day in London.
        assert!(!both.is_business_day(date(2024, 11, 28)) && !both.is_business_day(date(2024, 12, 26)));
        assert_eq!(both.add(date(2024, 12, 24), 1), Some(date(2024, 12, 27)));
        assert_eq!(both.holidays().len(), 2);
    }

    #[test]
    fn r10_the_weekend_of_the_contract() {
        let gulf = Calendar::of(&["ae"]).with_weekend(&[Weekday::Friday, Weekday::Saturday]);
        // 2 December 2026 is a Wednesday and a holiday, as is the 3rd; Friday and Saturday follow.
        assert_eq!(gulf.add(date(2026, 12, 1), 1), Some(date(2026, 12, 6)));
        assert_eq!(gulf.subtract(date(2026, 12, 6), 1), Some(date(2026, 12, 1)));
        assert_eq!(gulf.closed(date(2026, 12, 4)).as_deref(), Some("a Friday"));
        assert_eq!(gulf.roll(date(2026, 11, 29), Roll::Preceding), Some(date(2026, 11, 29)));
        let six_days = Calendar::weekdays().with_weekend(&[Weekday::Sunday]);
        assert_eq!(six_days.add(date(2026, 11, 27), 2), Some(date(2026, 11, 30)));
    }

    #[test]
    fn r11_rolls() {
        use Roll::{Following, ModFollowing, ModPreceding, Nearest, None, Preceding};
        let eng = Calendar::of(&["gb-eng"]);
        for (from, roll, to) in [
            // 29 March 2024 is Good Friday, 1 April Easter Monday.
            (date(2024, 3, 29), Following, date(2024, 4, 2)),
            (date(2024, 3, 29), ModFollowing, date(2024, 3, 28)),
            (date(2024, 3, 29), Preceding, date(2024, 3, 28)),
            (date(2024, 4, 1), ModPreceding, date(2024, 4, 2)),
            (date(2024, 4, 1), Preceding, date(2024, 3, 28)),
            (date(2024, 4, 1), Nearest, date(2024, 4, 2)),
            (date(2024, 3, 30), Nearest, date(2024, 3, 28)),
            (date(2024, 3, 31), None, date(2024, 3, 31)),
            (date(2024, 4, 3), Following, date(2024, 4, 3)),
        ] {
            assert_eq!(eng.roll(from, roll), Some(to), "{from} {}", roll.as_str());
        }
        assert_eq!(serde_json::to_value(ModFollowing).unwrap(), "MODFOLLOWING");
    }

    #[test]
    fn r12_a_deadline_on_a_weekend_moves_earlier() {
        let back = |d| Calendar::weekdays().roll(d, Roll::Preceding);
        assert_eq!(back(date(2025, 11, 1)), Some(date(2025, 10, 31)));
        assert_eq!(back(date(2025, 11, 2)), Some(date(2025, 10, 31)));
        assert_eq!(back(date(2025, 11, 3)), Some(date(2025, 11, 3)));
    }

    /// The rule as it is said, one day at a time.
    fn by_hand(calendar: &Calendar, mut date: Date, n: u32, direction: i64) -> Date {
        let mut left = n;
        while left > 0 {
            date = shift_days(date, direction).unwrap();
            left -= u32::from(calendar.is_business_day(date));
        }
        date
    }

    proptest! {
        #[test]
        fn leaps_equal_days_at_a_time(offset in 0_i64..20_000, n in 0_u32..300, pick in 0_usize..4) {
            let ids: [&[&str]; 4] = [&[], &["us-federal"], &["gb-eng", "us-banks"], &["hk", "sg", "de-by"]];
            let calendar = Calendar::of(ids[pick]);
            let start = shift_days(date(2000, 1, 1), offset).unwrap();
            prop_assert_eq!(calendar.add(start, n), Some(by_hand(&calendar, start, n, 1)));
            prop_assert_eq!(calendar.subtract(start, n), Some(by_hand(&calendar, start, n, -1)));
        }

        #[test]
        fn rolls_end_on_business_days(offset in 0_i64..18_000) {
            let calendar = Calendar::of(&["gb-sct", "us-banks"]);
            let day = shift_days(date(2000, 1, 3), offset).unwrap();
            let roll = |r| calendar.roll(day, r).unwrap();
            for r in [Roll::Following, Roll::ModFollowing, Roll::Preceding, Roll::ModPreceding, Roll::Nearest] {
                prop_assert!(calendar.is_business_day(roll(r)));
            }
            prop_assert!(roll(Roll::Preceding) <= day && roll(Roll::Following) >= day);
            prop_assert_eq!(roll(Roll::ModFollowing).month(), day.month());
            prop_assert_eq!(roll(Roll::ModPreceding).month(), day.month());
        }
    }
}
