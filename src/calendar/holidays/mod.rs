//! Public holidays of the years 2000 to 2050: data files with their sources, and the days that follow from them.
//!
//! A file lists calendars; a calendar lists holidays, each by a rule (`recurrence.rs`) or by its dates, with the years in which it
//! is kept and what happens to it at a weekend. Holidays that follow the moon are lists of dates as far as they are
//! published; [`Holidays::doubts`] says so for a day beyond them.

mod recurrence;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use jiff::civil::{Date, Weekday};
use serde::Deserialize;

use super::shift_days;
use recurrence::Recurrence;

/// The years that the calendars cover.
pub const YEARS: std::ops::RangeInclusive<i16> = 2000..=2050;

const FILES: [&str; 14] = [
    include_str!("us.toml"),
    include_str!("uk.toml"),
    include_str!("de.toml"),
    include_str!("fr.toml"),
    include_str!("ca.toml"),
    include_str!("au.toml"),
    include_str!("in.toml"),
    include_str!("sg.toml"),
    include_str!("hk.toml"),
    include_str!("ie.toml"),
    include_str!("nl.toml"),
    include_str!("nz.toml"),
    include_str!("za.toml"),
    include_str!("ae.toml"),
];

/// What happens to a holiday that falls on a weekend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Observed {
    /// It stays where it is.
    #[default]
    Stay,
    /// From Saturday to the Friday before, from Sunday to the Monday after.
    Nearest,
    /// From Sunday to the next weekday that is no holiday; from Saturday it does not move.
    Sunday,
    /// To the next weekday that is no holiday.
    Next,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Day {
    name: String,
    on: Option<String>,
    #[serde(default)]
    dates: Vec<Date>,
    #[serde(default)]
    observed: Observed,
    from: Option<i16>,
    to: Option<i16>,
    #[serde(default)]
    except: Vec<i16>,
}

/// The holidays of one place.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holidays {
    id: String,
    name: String,
    source: String,
    note: Option<String>,
    extends: Option<String>,
    banks: Option<String>,
    listed: Option<(i16, i16)>,
    listed_days: Option<String>,
    #[serde(default)]
    places: Vec<String>,
    days: Vec<Day>,
    #[serde(skip)]
    kept: OnceLock<BTreeMap<Date, String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    calendar: Vec<Holidays>,
}

static ALL: LazyLock<Vec<Holidays>> = LazyLock::new(|| {
    let parse = |text: &&str| toml::from_str::<File>(text).unwrap_or_else(|e| unreachable!("a calendar file: {e}"));
    FILES.iter().map(parse).flat_map(|file| file.calendar).collect()
});

/// Every calendar, in the order of the files.
#[must_use]
pub fn all() -> &'static [Holidays] {
    &ALL
}

/// The calendar of the identity `id`, such as `us-federal`.
#[must_use]
pub fn find(id: &str) -> Option<&'static Holidays> {
    ALL.iter().find(|c| c.id == id)
}

/// The calendar of a state, country or city; with `banks` that of its banks, where it is another one.
#[must_use]
pub fn of_place(name: &str, banks: bool) -> Option<&'static Holidays> {
    let found = ALL.iter().find(|c| c.places.iter().any(|p| p == name))?;
    found.banks.as_deref().filter(|_| banks).and_then(find).or(Some(found))
}

/// The names of places that have a calendar.
pub fn places() -> impl Iterator<Item = &'static str> {
    ALL.iter().flat_map(|c| c.places.iter().map(String::as_str))
}

impl Holidays {
    /// Identity, such as `gb-eng`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Name for people.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The statute or official page that the days rest on.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What is left out, if anything.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// The years whose moon-dependent days are listed, where there are such days.
    #[must_use]
    pub fn listed(&self) -> Option<(i16, i16)> {
        self.listed
    }

    /// The holidays in order, with their names: the days on which they are kept, in [`YEARS`].
    #[must_use]
    pub fn days(&self) -> &BTreeMap<Date, String> {
        self.kept.get_or_init(|| {
            let base = self.extends.as_deref().and_then(find).map_or(&[][..], |c| &c.days);
            let all: Vec<&Day> = base.iter().chain(&self.days).collect();
            let mut kept = keep(&all);
            kept.retain(|day, _| YEARS.contains(&day.year()));
            kept
        })
    }

    /// The name of the holiday on `date`.
    #[must_use]
    pub fn on(&self, date: Date) -> Option<&str> {
        self.days().get(&date).map(String::as_str)
    }

    /// What is not known about the holidays of a year, in a sentence.
    #[must_use]
    pub fn doubts(&self, year: i16) -> Option<String> {
        if !YEARS.contains(&year) {
            return Some(format!("Holidays are known for {} to {} only (R10).", YEARS.start(), YEARS.end()));
        }
        let (from, to) = self.listed.filter(|&(from, to)| year < from || year > to)?;
        let days = self.listed_days.as_deref().unwrap_or("some holidays");
        Some(format!(
            "{}: {days} are listed for {from} to {to} only; in {year} they are not taken into account (R10).",
            self.name
        ))
    }
}

/// The days on which holidays are kept, substitutes for weekends included.
fn keep(all: &[&Day]) -> BTreeMap<Date, String> {
    let mut kept = BTreeMap::new();
    let mut moving = Vec::new();
    for day in all {
        let rule = day.on.as_deref().and_then(Recurrence::parse);
        // A New Year's Day on a Saturday is kept in the year before.
        let years = YEARS.start() - 1..=YEARS.end() + 1;
        let in_force = |y: &i16| day.from.is_none_or(|f| *y >= f) && day.to.is_none_or(|t| *y <= t);
        let by_rule = years.filter(|y| in_force(y) && !day.except.contains(y)).filter_map(|y| rule?.date(y));
        for date in by_rule.chain(day.dates.iter().copied()) {
            let moves = match (date.weekday(), day.observed) {
                (_, Observed::Stay) | (Weekday::Saturday, Observed::Sunday) => false,
                (weekday, _) => matches!(weekday, Weekday::Saturday | Weekday::Sunday),
            };
            if moves {
                moving.push((date, *day));
            } else {
                insert(&mut kept, date, day.name.clone());
            }
        }
    }
    // In the order of the days: Christmas finds its substitute before Boxing Day does.
    moving.sort_by_key(|(date, _)| *date);
    for (date, day) in moving {
        let nearest = day.observed == Observed::Nearest;
        let step = if nearest && date.weekday() == Weekday::Saturday { -1 } else { 1 };
        let mut at = shift_days(date, step);
        while let Some(d) = at
            .filter(|d| matches!(d.weekday(), Weekday::Saturday | Weekday::Sunday) || !nearest && kept.contains_key(d))
        {
            at = shift_days(d, step);
        }
        if let Some(at) = at {
            insert(&mut kept, at, format!("{} (observed)", day.name));
        }
    }
    kept
}

fn insert(kept: &mut BTreeMap<Date, String>, date: Date, name: String) {
    kept.entry(date).and_modify(|other| *other = format!("{other}; {name}")).or_insert(name);
}
