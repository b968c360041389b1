//! On which days somebody is reminded of one date.

use jiff::civil::Date;

use crate::calendar::shift_days;
use crate::config::Settings;
use crate::schedule::EntryKind;

/// The last day, not after `today`, on which one is to be reminded of an entry with this day to act; `None` while the first
/// one has not come.
///
/// What must be decided or done is told again while it is overdue. What only happens, such as the end of a term, is told
/// before and on its day.
#[must_use]
pub fn stage(kind: EntryKind, act_by: Date, settings: &Settings, today: Date) -> Option<Date> {
    let before = days_before(kind, settings)?;
    if today <= act_by {
        let days = before.iter().chain(&[0]).filter_map(|&n| shift_days(act_by, -i64::from(n)));
        return days.filter(|day| *day <= today).max();
    }
    if !is_asked(kind) {
        return Some(act_by);
    }
    let every = i64::from(settings.remind.overdue_every_days.max(1));
    let since = i64::from((today - act_by).get_days()) - 1;
    shift_days(act_by, 1 + since / every * every)
}

/// How many days ahead of its day something is told at the earliest.
#[must_use]
pub fn furthest(settings: &Settings) -> u32 {
    settings.reminders.iter().chain(&settings.remind.duty_days).copied().max().unwrap_or(0)
}

/// Whether somebody is asked to do something by the day, and is asked again when it has passed.
pub(super) const fn is_asked(kind: EntryKind) -> bool {
    kind.is_decision() || kind.is_duty()
}

/// The days before an entry of a kind on which to remind, in any order; `None` where its kind is not told.
fn days_before(kind: EntryKind, settings: &Settings) -> Option<&[u32]> {
    match kind {
        _ if kind.is_duty() => Some(&*settings.remind.duty_days).filter(|days| !days.is_empty()),
        _ if kind.is_decision() => Some(&settings.reminders),
        EntryKind::Expiration | EntryKind::PriceChange => Some(&settings.reminders),
        _ => Some(&[]),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn at(kind: EntryKind, act_by: Date, today: Date) -> Option<Date> {
        stage(kind, act_by, &Settings::default(), today)
    }

    #[test]
    fn a_decision_is_told_before_on_the_day_and_after() {
        let act_by = date(2026, 10, 31);
        for (today, day) in [
            (date(2026, 8, 1), None),
            (date(2026, 8, 2), Some(date(2026, 8, 2))),
            // Whoever was away on the second is told on the third.
            (date(2026, 8, 3), Some(date(2026, 8, 2))),
            (date(2026, 9, 1), Some(date(2026, 9, 1))),
            (date(2026, 10, 29), Some(date(2026, 10, 24))),
            (date(2026, 10, 30), Some(date(2026, 10, 30))),
            (act_by, Some(act_by)),
            (date(2026, 11, 1), Some(date(2026, 11, 1))),
            (date(2026, 11, 7), Some(date(2026, 11, 1))),
            (date(2026, 11, 8), Some(date(2026, 11, 8))),
            (date(2026, 12, 31), Some(date(2026, 12, 27))),
        ] {
            assert_eq!(at(EntryKind::NoticeDeadline, act_by, today), day, "{today}");
        }
    }

    #[test]
    fn kinds_have_days_of_their_own() {
        let act_by = date(2026, 10, 31);
        let month = date(2026, 10, 1);
        assert_eq!(at(EntryKind::ObligationDue, act_by, month), None);
        assert_eq!(at(EntryKind::ObligationDue, act_by, date(2026, 10, 25)), Some(date(2026, 10, 24)));
        assert_eq!(at(EntryKind::Expiration, act_by, month), Some(month));
        assert_eq!(at(EntryKind::Expiration, act_by, date(2026, 11, 20)), Some(act_by), "what has ended asks nobody");
        assert_eq!(at(EntryKind::Review, act_by, month), None);
        assert_eq!(at(EntryKind::Review, act_by, act_by), Some(act_by));
        let mut none = Settings::default();
        none.remind.duty_days.clear();
        assert_eq!(stage(EntryKind::ObligationDue, act_by, &none, act_by), None);
    }

    proptest! {
        /// Day after day, each stage is told on its day, and looking only on some days misses none that is last.
        #[test]
        fn stages_only_move_forward(start in 0_i64..9_000, gap in 1_i64..40) {
            let act_by = shift_days(date(2000, 1, 1), start).unwrap();
            let mut last = None;
            for n in (-120..60).step_by(usize::try_from(gap).unwrap()) {
                let today = shift_days(act_by, n).unwrap();
                let now = at(EntryKind::OptionDeadline, act_by, today);
                prop_assert!(now >= last && now.is_none_or(|day| day <= today));
                prop_assert!(now.is_some() == (n >= -90));
                last = now;
            }
        }
    }
}
