//! Whether a notice that was sent is in time (R14).

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BusinessCalendar, EntryKind, ScheduleEntry, delivery};
use crate::calendar::DerivationBuilder;
use crate::config::Settings;
use crate::record::Contract;
use crate::record::value::DeliveryMethod;

/// Whether a notice is in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Timely {
    /// By every reading.
    InTime,
    /// By the plain count, but not by the careful one.
    PlainCountOnly,
    /// By none.
    Late,
    /// It was sent before notice counts.
    TooEarly,
    /// In time, but in a way that the contract does not name: it may not count at all.
    OtherWay,
}

impl Timely {
    /// Whether the notice can be relied on to have an effect, by one reading at least.
    #[must_use]
    pub const fn counts(self) -> bool {
        matches!(self, Self::InTime | Self::PlainCountOnly)
    }

    /// In words.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InTime => "in time",
            Self::PlainCountOnly => "in time by the plain count only",
            Self::Late => "too late",
            Self::TooEarly => "too early",
            Self::OtherWay => "in a way that the contract does not name",
        }
    }
}

/// What there is to say of a notice that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// Whether it is in time.
    pub timely: Timely,
    /// The last safe day to send it in this way.
    pub last_day: Date,
    /// The last day by the plain count.
    pub plain_last_day: Date,
    /// The first day on which it counts, where the contract has one.
    pub opens: Option<Date>,
    /// Whether the contract names this way; `None` where it names none at all.
    pub named: Option<bool>,
}

/// Whether a notice about `entry` that was sent on day `on` by `way` is in time: so that it counts as given by the deadline,
/// as the contract says for that way, else with the time on the way that a careful sender allows. Where the contract names
/// other ways and not this one, it counts only if the other party has `accepted` it. `None` where the calendar ends.
#[must_use]
pub fn judge(
    contract: &Contract,
    schedule: &[ScheduleEntry],
    entry: &ScheduleEntry,
    on: Date,
    (way, accepted): (DeliveryMethod, bool),
    settings: &Settings,
) -> Option<Judged> {
    let mut builder = DerivationBuilder::new();
    BusinessCalendar::of(contract, settings).apply(&mut builder);
    let (last_day, named) = delivery::last_to_send(contract, way, entry.date, &mut builder)?;
    let (plain_last_day, _) = delivery::last_to_send(contract, way, entry.last_day(), &mut builder)?;
    let opens = |e: &&ScheduleEntry| e.kind == EntryKind::NoticeWindowOpens && e.occurrence == entry.occurrence;
    let opens = schedule.iter().find(opens).filter(|_| entry.kind.is_notice()).map(|e| e.date);
    let timely = if opens.is_some_and(|first| on < first) {
        Timely::TooEarly
    } else if on > last_day.max(plain_last_day) {
        Timely::Late
    } else if named == Some(false) && !accepted {
        Timely::OtherWay
    } else if on <= last_day {
        Timely::InTime
    } else {
        Timely::PlainCountOnly
    };
    Some(Judged { timely, last_day, plain_last_day, opens, named })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::calendar::{Period, Unit};
    use crate::record::testing::{fact, running};
    use crate::record::value::{Delivery, Effective, Notices, Renewal, RenewalKind};
    use crate::schedule::build;

    #[test]
    fn a_notice_is_in_time_as_its_way_of_sending_has_it() {
        let year = Period::new(1, Unit::Year);
        let days = |n| Some(Period::new(n, Unit::Day));
        let renewal = Renewal {
            period: Some(year),
            notice_period: days(60),
            window_opens: days(120),
            ..Renewal::of(RenewalKind::Automatic)
        };
        let mut contract = running(date(2025, 1, 1), year, renewal);
        let judged = |contract: &Contract, on, way| {
            let settings = Settings::default();
            let schedule = build(contract, Some(date(2025, 6, 1)), &settings);
            let entry = schedule.iter().find(|e| e.kind == EntryKind::NoticeDeadline).unwrap();
            judge(contract, &schedule, entry, on, (way, false), &settings).unwrap()
        };
        let timely = |contract: &Contract, on, way| judged(contract, on, way).timely;
        // The end is 2026-01-01, its last day 2025-12-31; 60 clear days before that is 2025-10-31, and 2025-11-02 by the
        // plain count.
        let by_hand = judged(&contract, date(2025, 10, 31), DeliveryMethod::Personal);
        assert_eq!((by_hand.timely, by_hand.last_day, by_hand.named), (Timely::InTime, date(2025, 10, 31), None));
        assert_eq!(timely(&contract, date(2025, 9, 1), DeliveryMethod::Personal), Timely::TooEarly);
        assert_eq!(timely(&contract, date(2025, 11, 10), DeliveryMethod::Email), Timely::Late);
        // A letter is seven business days on its way, where the contract says nothing.
        assert_eq!(judged(&contract, date(2025, 10, 1), DeliveryMethod::Mail).last_day, date(2025, 10, 22));
        let courier = Delivery { method: DeliveryMethod::Courier, after: Effective::Dispatch, delay: days(2) };
        let notices = Notices { methods: vec![courier], cut_off: None };
        contract.notices = Some(fact("notices", notices, "notice must be given"));
        let courier = judged(&contract, date(2025, 10, 29), DeliveryMethod::Courier);
        assert_eq!((courier.timely, courier.named), (Timely::InTime, Some(true)));
        assert_eq!(
            timely(&contract, courier.last_day.tomorrow().unwrap(), DeliveryMethod::Courier),
            Timely::PlainCountOnly
        );
        let fax = judged(&contract, date(2025, 10, 1), DeliveryMethod::Fax);
        assert_eq!((fax.timely, fax.named), (Timely::OtherWay, Some(false)));
        assert!(!fax.timely.counts());
    }
}
