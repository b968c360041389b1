//! Where an agreement stands in its life on a day, by rule, with the reason.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::asked::Asked;
use super::{EntryKind, ScheduleEntry, terms};
use crate::config::Settings;
use crate::record::value::RenewalKind;
use crate::record::{Contract, Fact};

/// A state of an agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Its start lies ahead.
    NotYetBegun,
    /// It has begun and has not ended.
    InForce,
    /// It is in force, and notice about its renewal counts now.
    InNoticeWindow,
    /// Notice to end it was given, and its last day has not passed.
    NoticeGiven,
    /// Its last day has passed, and it does not renew by itself.
    Ended,
    /// It renews by itself, and has done so for longer than anybody can be sure of.
    PresumedEnded,
    /// Another agreement, or a later version of its file, has taken its place.
    Superseded,
    /// Nothing tells when it ends.
    Unknown,
}

impl State {
    /// Whether nothing is to be done about it any more.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Ended | Self::PresumedEnded | Self::Superseded)
    }

    /// In words for people.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotYetBegun => "not yet begun",
            Self::InForce => "in force",
            Self::InNoticeWindow => "in notice window",
            Self::NoticeGiven => "notice given",
            Self::Ended => "ended",
            Self::PresumedEnded => "presumed ended",
            Self::Superseded => "superseded",
            Self::Unknown => "unknown",
        }
    }
}

/// A state with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Life {
    /// The state.
    pub state: State,
    /// Why, in words for people.
    pub reason: String,
    /// Last day of the term that holds the day asked about, or of the last one.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub term_ends: Option<Date>,
}

impl Life {
    /// The life of what something else has taken the place of.
    #[must_use]
    pub fn superseded(self, reason: String) -> Self {
        Self { state: State::Superseded, reason, ..self }
    }
}

/// The state of a contract on `today`, from its `schedule` as of that day.
#[must_use]
pub fn life(contract: &Contract, schedule: &[ScheduleEntry], today: Date, settings: &Settings) -> Life {
    life_on(&Asked::on(Some(today)), contract, schedule, settings)
}

/// [`life`], which notes for which days it gives the same.
pub(super) fn life_on(asked: &Asked, contract: &Contract, schedule: &[ScheduleEntry], settings: &Settings) -> Life {
    let ends = schedule.iter().filter(|e| e.kind == EntryKind::Expiration);
    let (first, term_ends) = (ends.clone().map(|e| e.date).min(), ends.map(|e| e.date).max());
    let is = |state, reason: String| Life { state, reason, term_ends };
    if let Some((start, _)) = terms::start(contract).filter(|(start, _)| !asked.has_come(*start)) {
        return is(State::NotYetBegun, format!("it begins on {start}"));
    }
    let renewal = contract.renewal.as_ref().and_then(Fact::value);
    let kind = renewal.map(|r| r.kind);
    // After the last of the renewals that the contract allows nothing follows.
    let number = schedule.iter().filter(|e| e.kind == EntryKind::Expiration).map(|e| e.occurrence).max();
    let most = renewal.and_then(|r| r.max_renewals).filter(|most| number.is_some_and(|number| number >= *most));
    let runs_on = matches!(kind, Some(RenewalKind::Evergreen | RenewalKind::MonthToMonth)) && most.is_none();
    match term_ends {
        Some(end) if most.is_some() && asked.has_passed(end) => {
            is(State::Ended, format!("its term ended on {end}, and no further renewal is allowed"))
        }
        Some(end) if !runs_on && asked.has_passed(end) => match kind {
            Some(RenewalKind::Automatic) => {
                is(State::Unknown, format!("its term ended on {end}, and the length of the next one is not known"))
            }
            Some(RenewalKind::Option | RenewalKind::MutualAgreement) => {
                is(State::Ended, format!("its term ended on {end}; whether it was renewed is not recorded"))
            }
            _ => is(State::Ended, format!("its term ended on {end}")),
        },
        Some(end) => {
            let years = first.zip(asked.year()).map_or(0, |(first, year)| i32::from(year) - i32::from(first.year()));
            if years > i32::try_from(settings.presume_ended_after_years).unwrap_or(i32::MAX) {
                let reason = format!("it would have renewed by itself for {years} years, and nothing confirms it");
                return is(State::PresumedEnded, reason);
            }
            let mut opens = schedule.iter().filter(|e| e.kind == EntryKind::NoticeWindowOpens);
            let window = opens.any(|opens| {
                let until = schedule.iter().find(|e| e.kind.is_notice() && e.occurrence == opens.occurrence);
                asked.has_come(opens.date) && until.is_some_and(|u| !asked.has_passed(u.literal_date))
            });
            if window {
                return is(State::InNoticeWindow, "notice about its renewal counts now".to_owned());
            }
            if asked.has_passed(end) {
                is(State::InForce, "it runs until somebody ends it".to_owned())
            } else {
                is(State::InForce, format!("its term ends on {end}"))
            }
        }
        None if contract.expiration_date.as_ref().is_some_and(|f| f.value().is_some()) || runs_on => {
            is(State::InForce, "it runs until somebody ends it".to_owned())
        }
        None => is(State::Unknown, "no end of its term is known".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::calendar::{Period, Unit};
    use crate::record::testing::{contract, fact, running};
    use crate::record::value::{DateValue, Renewal};
    use crate::schedule::build;

    fn state(contract: &Contract, today: Date) -> State {
        let settings = Settings::default();
        life(contract, &build(contract, Some(today), &settings), today, &settings).state
    }

    #[test]
    fn states_of_an_agreement() {
        let year = Period::new(1, Unit::Year);
        let after = |kind| running(date(2025, 1, 1), year, Renewal { period: Some(year), ..Renewal::of(kind) });
        let (plain, automatic) = (after(RenewalKind::None), after(RenewalKind::Automatic));
        assert_eq!(state(&plain, date(2024, 12, 31)), State::NotYetBegun);
        assert_eq!(state(&plain, date(2025, 12, 31)), State::InForce);
        assert_eq!(state(&plain, date(2026, 1, 2)), State::Ended);
        assert_eq!(state(&automatic, date(2035, 6, 1)), State::InForce);
        assert_eq!(state(&automatic, date(2036, 6, 1)), State::PresumedEnded);
        assert_eq!(state(&after(RenewalKind::Option), date(2026, 2, 1)), State::Ended);
        assert_eq!(state(&after(RenewalKind::Evergreen), date(2026, 2, 1)), State::InForce);
        let window = Renewal {
            period: Some(year),
            notice_period: Some(Period::new(30, Unit::Day)),
            window_opens: Some(Period::new(90, Unit::Day)),
            ..Renewal::of(RenewalKind::Automatic)
        };
        assert_eq!(state(&running(date(2025, 1, 1), year, window), date(2025, 11, 1)), State::InNoticeWindow);
        assert_eq!(state(&contract(), date(2025, 1, 1)), State::Unknown);
        // Two renewals are all that there are.
        let capped = Renewal { period: Some(year), max_renewals: Some(2), ..Renewal::of(RenewalKind::Automatic) };
        let capped = running(date(2025, 1, 1), year, capped);
        assert_eq!(state(&capped, date(2027, 6, 1)), State::InForce);
        assert_eq!(state(&capped, date(2028, 1, 2)), State::Ended);
        let perpetual = Contract {
            expiration_date: Some(fact("expiration_date", DateValue::Perpetual, "Initial Term")),
            ..contract()
        };
        assert_eq!(state(&perpetual, date(2025, 1, 1)), State::InForce);
    }
}
