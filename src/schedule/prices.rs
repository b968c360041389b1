//! The days on which prices change: anniversaries, the turn of the year, renewals.

use jiff::civil::Date;

use super::asked::{Asked, Year};
use super::duties::last_day;
use super::terms::{self, Terms};
use super::{EntryDraft, EntryKind, ScheduleEntry, reminders};
use crate::calendar::{DerivationBuilder, Period, Readings, Rule, Unit};
use crate::config::Settings;
use crate::lexicon::{DateStyle, dates, ordinal};
use crate::record::value::price::{PriceChange, PriceDay};
use crate::record::{Contract, Fact};

/// Most years that are looked through for the next change.
const MAX_YEARS: u32 = 200;

/// The next change of each price whose day the contract names: within a year from `as_of`, or from its start.
pub(super) fn entries(contract: &Contract, asked: &Asked, settings: &Settings) -> Vec<ScheduleEntry> {
    let next = |change: &PriceChange| match (first_day(change), change.on) {
        // A first day with its year is the day of every later change, too.
        (Some(first), _) => from_first(contract, change, first, asked),
        (None, None) => None,
        (None, Some(PriceDay::Renewal)) => at_renewal(contract, asked),
        (None, Some(PriceDay::Anniversary)) => yearly(contract, change, asked, anniversary),
        (None, Some(PriceDay::CalendarYear)) => yearly(contract, change, asked, new_year),
        (None, Some(PriceDay::OfYear { month, day })) => {
            yearly(contract, change, asked, |start, k| named(start, k, month, day))
        }
    };
    let entry = |fact: &Fact<PriceChange>| {
        let change = fact.value()?;
        let (occurrence, date, builder) = next(change)?;
        let how = change.to_string();
        let draft = EntryDraft {
            kind: EntryKind::PriceChange,
            key: fact.id().to_string().into(),
            occurrence,
            label: if how.is_empty() { "Prices may change".to_owned() } else { format!("Prices may change: {how}") },
            readings: Readings { literal: date, conservative: date },
            builder,
            send_by: Vec::new(),
            reminders: reminders::before(date, &settings.reminders, asked.day()),
            facts: vec![fact.id().clone()],
        };
        Some(draft.entry(contract))
    };
    contract.price_changes.iter().filter_map(entry).collect()
}

/// Number, day and arithmetic of one change.
type Made = (u32, Date, DerivationBuilder);

/// The first day of the renewal term after the term that holds `as_of`.
fn at_renewal(contract: &Contract, asked: &Asked) -> Option<Made> {
    let terms = Terms::of(contract)?;
    let term = terms.list(asked).into_iter().next_back().filter(|t| terms.renews_after(t.number))?;
    let mut builder = term.builder;
    let date = builder.day_after(term.last_day)?;
    Some((term.number.checked_add(1)?, date, builder))
}

/// The date that the contract gives for the first change.
fn first_day(change: &PriceChange) -> Option<Date> {
    let words = change.first.as_deref()?;
    dates(words, DateStyle::default()).into_iter().next().filter(|d| d.value.other.is_none())?.value.reading.known()
}

/// A length in whole years: "every 24 months" are two.
fn years(length: Period) -> Option<u32> {
    length.months().filter(|months| months % 12 == 0).map(|months| months / 12)
}

/// The next change counted from the day of the first one, and its number.
fn from_first(contract: &Contract, change: &PriceChange, first: Date, asked: &Asked) -> Option<Made> {
    let year = Year::of(asked, Some(first), last_day(contract))?;
    let years = change.every.and_then(years).filter(|years| *years > 0);
    let most = if years.is_some() { MAX_YEARS } else { 1 };
    let nth = |k: u32| {
        let mut builder = DerivationBuilder::new();
        builder.anchor(first, "First change named in the contract", Rule::C5);
        let period = Period::new(k.checked_mul(years.unwrap_or(1))?, Unit::Year);
        let date = if k == 0 { first } else { builder.add(first, period)? };
        Some((k + 1, date, builder))
    };
    (0..most).map_while(nth).find(|(_, day, _)| year.reaches_back_to(*day)).filter(|(_, day, _)| year.reaches(*day))
}

/// The next date of a yearly change, and its number.
fn yearly(
    contract: &Contract,
    change: &PriceChange,
    asked: &Asked,
    nth: impl Fn(Date, u32) -> Option<(Date, DerivationBuilder)>,
) -> Option<Made> {
    let step = change.every.map_or(Some(1), years).filter(|n| *n > 0)?;
    let (start, _) = terms::start(contract)?;
    let first = match &change.first {
        None => step,
        Some(words) => first_year(words)?,
    };
    // "On the second anniversary" alone is one day, however far it lies.
    if change.every.is_none() && change.first.is_some() {
        let (date, builder) = nth(start, first)?;
        let year = Year::of(asked, Some(date), last_day(contract))?;
        return (year.reaches_back_to(date) && year.reaches(date)).then_some((first, date, builder));
    }
    // A first change in later years lies beyond the year.
    let year = Year::of(asked, Some(start), last_day(contract))?;
    let numbers = (0..MAX_YEARS).map_while(|k| first.checked_add(k.checked_mul(step)?));
    let (k, (date, builder)) =
        numbers.map_while(|k| Some((k, nth(start, k)?))).find(|(_, (day, _))| year.reaches_back_to(*day))?;
    year.reaches(date).then_some((k, date, builder))
}

/// The number of the anniversary that `words` name; `None` where they name another day, such as a contract year, of which
/// "following the first" and "beginning with the second" are one.
fn first_year(words: &str) -> Option<u32> {
    let n = ordinal(words)?.value;
    words.to_ascii_lowercase().contains("anniversar").then_some(n)
}

fn anniversary(start: Date, k: u32) -> Option<(Date, DerivationBuilder)> {
    let mut builder = DerivationBuilder::new();
    builder.anchor(start, "Start of the contract", Rule::C5);
    builder.assume("The anniversary is counted from the start of the contract (C5).");
    let date = builder.add(start, Period::new(k, Unit::Year))?;
    Some((date, builder))
}

fn new_year(start: Date, k: u32) -> Option<(Date, DerivationBuilder)> {
    let year = start.year().checked_add(i16::try_from(k).ok()?)?;
    let date = Date::new(year, 1, 1).ok()?;
    let mut builder = DerivationBuilder::new();
    builder.anchor(date, "First of January named in the contract", Rule::C5);
    Some((date, builder))
}

/// The `k`th time that a day of the year comes after the start.
fn named(start: Date, k: u32, month: i8, day: i8) -> Option<(Date, DerivationBuilder)> {
    let later = Date::new(start.year(), month, day).is_ok_and(|first| first > start);
    let years = i16::try_from(k).ok()? - i16::from(later);
    let date = Date::new(start.year().checked_add(years)?, month, day).ok()?;
    let mut builder = DerivationBuilder::new();
    builder.anchor(date, "Day of the year named in the contract", Rule::C5);
    Some((date, builder))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::lexicon::Decimal;
    use crate::record::testing::{contract, fact, running};
    use crate::record::value::price::PriceChangeKind;
    use crate::record::value::{Renewal, RenewalKind};

    fn change(on: PriceDay, first: Option<&str>) -> Vec<Fact<PriceChange>> {
        let value = PriceChange {
            kind: PriceChangeKind::Percent,
            index: None,
            percent: Some(Decimal::whole(3)),
            cap: None,
            floor: None,
            every: Some(Period::new(1, Unit::Year)),
            on: Some(on),
            first: first.map(str::to_owned),
            notice: None,
        };
        vec![fact("price_change", value, "It renews")]
    }

    fn days(contract: &Contract, as_of: Option<Date>) -> Vec<(Date, u32)> {
        let found = entries(contract, &Asked::on(as_of), &Settings::default());
        assert!(found.iter().all(|e| e.kind == EntryKind::PriceChange && e.label == "Prices may change: by 3 %"));
        found.iter().map(|e| (e.date, e.occurrence)).collect()
    }

    #[test]
    fn days_of_change() {
        let three = Period::new(3, Unit::Year);
        let run = |on, first| Contract {
            price_changes: change(on, first),
            ..running(date(2024, 2, 29), three, Renewal::of(RenewalKind::None))
        };
        let yearly = run(PriceDay::Anniversary, None);
        assert_eq!(days(&yearly, None), [(date(2025, 2, 28), 1)]);
        assert_eq!(days(&yearly, Some(date(2025, 3, 1))), [(date(2026, 2, 28), 2)]);
        assert_eq!(days(&yearly, Some(date(2028, 3, 1))), []);
        let later = run(PriceDay::Anniversary, Some("second anniversary of the Effective Date"));
        assert_eq!(days(&later, None), []);
        assert_eq!(days(&later, Some(date(2025, 6, 1))), [(date(2026, 2, 28), 2)]);
        let new_year = run(PriceDay::CalendarYear, None);
        assert_eq!(days(&new_year, Some(date(2025, 6, 1))), [(date(2026, 1, 1), 2)]);
        assert_eq!(days(&run(PriceDay::Renewal, None), None), []);
        assert_eq!(days(&run(PriceDay::CalendarYear, Some("third Contract Year")), None), []);
        let july = run(PriceDay::OfYear { month: 7, day: 1 }, None);
        assert_eq!(days(&july, None), [(date(2024, 7, 1), 1)]);
        assert_eq!(days(&july, Some(date(2025, 7, 2))), [(date(2026, 7, 1), 3)]);
        // The first of January named is that of its year, not the next one.
        let from = run(PriceDay::CalendarYear, Some("January 1, 2026"));
        assert_eq!(days(&from, Some(date(2024, 6, 1))), [(date(2026, 1, 1), 1)]);
        assert_eq!(days(&from, Some(date(2026, 6, 1))), [(date(2027, 1, 1), 2)]);
    }

    #[test]
    fn with_the_renewal() {
        let mut automatic = Renewal::of(RenewalKind::Automatic);
        automatic.period = Some(Period::new(1, Unit::Year));
        let renews = Contract {
            price_changes: change(PriceDay::Renewal, None),
            ..running(date(2024, 5, 1), Period::new(1, Unit::Year), automatic)
        };
        assert_eq!(days(&renews, None), [(date(2025, 5, 1), 1)]);
        assert_eq!(days(&renews, Some(date(2026, 1, 1))), [(date(2026, 5, 1), 2)]);
        assert_eq!(days(&Contract { price_changes: change(PriceDay::Anniversary, None), ..contract() }, None), []);
    }
}
