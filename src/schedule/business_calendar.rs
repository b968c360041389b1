//! The business calendar of a contract, and what chose it (R10): its own definition, else its law, else the settings, else
//! Monday to Friday.

use jiff::civil::Weekday;

use crate::calendar::{Calendar, DerivationBuilder, holidays};
use crate::config::Settings;
use crate::record::{Contract, FactId};

/// The [`Calendar`] that the business days of one contract are counted by, and what chose it.
#[derive(Debug)]
pub(crate) struct BusinessCalendar {
    calendar: Calendar,
    why: String,
    assumption: Option<String>,
    fact: Option<FactId>,
}

impl BusinessCalendar {
    pub(crate) fn of(contract: &Contract, settings: &Settings) -> Self {
        let mut out = Self::of_places(contract, settings);
        let days = contract.business_day.as_ref().and_then(|f| f.value()).map_or(&[][..], |b| &b.weekend);
        let weekend: Vec<Weekday> = days.iter().filter_map(|d| d.weekday()).collect();
        if !weekend.is_empty() {
            out.calendar = out.calendar.with_weekend(&weekend);
        }
        out
    }

    fn of_places(contract: &Contract, settings: &Settings) -> Self {
        let definition = contract.business_day.as_ref().and_then(|f| Some((f.value()?, f.id())));
        if let Some((value, id)) = definition.filter(|(value, _)| !value.calendars.is_empty()) {
            let unknown: Vec<&str> = value
                .places
                .iter()
                .map(String::as_str)
                .filter(|p| holidays::of_place(p, value.banks).is_none())
                .collect();
            let why = format!("the contract defines its business days by {}", value.places.join(" and "));
            let plain = |p: &&str| !p.to_ascii_lowercase().contains("federal");
            let unknown: Vec<&str> = unknown.into_iter().filter(plain).collect();
            let assumption = (!unknown.is_empty()).then(|| {
                format!("Holidays of {} are not known and not taken into account (R10).", unknown.join(" and "))
            });
            return Self { calendar: Calendar::of(&value.calendars), why, assumption, fact: Some(id.clone()) };
        }
        let law = contract.governing_law.as_ref().and_then(|f| Some((f.value()?, f.id())));
        if let Some((place, id)) = law
            && let Some(calendar) = holidays::of_place(place, false)
        {
            let why = format!("the contract names no place for them, and the law of {place} governs it");
            let assumption = "Business days follow the place whose law governs the contract, which does not define them by a \
                              place of its own (R10).";
            let calendar = Calendar::of(&[calendar.id()]);
            return Self { calendar, why, assumption: Some(assumption.to_owned()), fact: Some(id.clone()) };
        }
        if !settings.calendar.is_empty() {
            let assumption =
                "Business days follow the calendar of the settings; the contract says nothing about them (R10).";
            return Self {
                calendar: Calendar::of(&settings.calendar),
                why: "the settings choose them, for the contract does not".to_owned(),
                assumption: Some(assumption.to_owned()),
                fact: None,
            };
        }
        Self { calendar: Calendar::weekdays(), why: String::new(), assumption: None, fact: None }
    }

    /// The days on which business is done.
    pub(crate) fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// Lets `builder` count by this calendar, and says what chose it. Returns the fact that the choice rests on.
    pub(crate) fn apply(&self, builder: &mut DerivationBuilder) -> Option<FactId> {
        builder.business_days(self.calendar.clone(), &self.why);
        if let Some(assumption) = &self.assumption {
            builder.assume(assumption.clone());
        }
        self.fact.clone()
    }
}
