//! When duties fall due: on a day that the contract names, counted from a date that it gives, again and again, or from an
//! event whose day the user has told.

mod anchors;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use jiff::ToSpan as _;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use anchors::{is_anniversary, is_beginning, is_own_year, is_strange_anniversary, known};

use super::asked::{Asked, Year};
use super::business_calendar::BusinessCalendar;
use super::{EntryDraft, EntryKind, ScheduleEntry, reminders, terms};
use crate::calendar::{Bound, DerivationBuilder, NamedDay, Period, Readings, Roll, Rule, Unit, last_day_within};
use crate::config::Settings;
use crate::contract::Awaited;
use crate::record::value::{Direction, Modality, Obligation, RenewalKind, TimingKind};
use crate::record::{Contract, Fact};

/// Most dates of one recurring duty: a year of months.
const MAX_SERIES: usize = 12;

/// What comes more often is routine, and has no dates.
const FORTNIGHT: u32 = 14;

/// What is assumed where a contract speaks of quarters or years and does not say which.
const CALENDAR_PERIODS: &str = "Months, quarters and years are those of the calendar.";

/// A date of a series: its number, its arithmetic, its readings.
type Occurrence = (u32, DerivationBuilder, Readings);

/// The day on which something happened that the contract only names, such as the receipt of an invoice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct EventDate {
    /// What happened, in words that the contract uses.
    pub event: String,
    /// When.
    #[schemars(with = "String", extend("format" = "date"))]
    pub on: Date,
}

impl EventDate {
    /// Whether it is the event that a contract names so.
    pub(crate) fn is(&self, named: &str) -> bool {
        let happened = stems(&self.event);
        !happened.is_empty() && happened.is_subset(&stems(named))
    }
}

/// The dates of all duties of `contract`: those it settles by itself, and those that follow from `events`.
///
/// Recurring duties of a month or longer give their dates of one year, from `as_of` on or else from the start of the
/// contract; shorter ones (daily, weekly) and duties that last for a time give none. A duty whose event has not happened
/// stays a rule without a date.
pub(super) fn entries(
    contract: &Contract,
    events: &[EventDate],
    asked: &Asked,
    settings: &Settings,
) -> Vec<ScheduleEntry> {
    let business_calendar = BusinessCalendar::of(contract, settings);
    let mut out = Vec::new();
    for fact in &contract.obligations {
        let Some(duty) = fact.value().filter(|d| dated(d)) else { continue };
        let due = Due { contract, fact, duty, asked, settings, business_calendar: &business_calendar };
        match duty.timing.kind {
            TimingKind::Absolute => out.extend(due.on_a_day()),
            TimingKind::Relative => {
                out.extend(due.after_a_date());
                out.extend(events.iter().filter_map(|e| due.after_event(e)));
            }
            TimingKind::Recurring => due.series(&mut out),
            TimingKind::None => {}
        }
    }
    out
}

/// What falls due because of `event` alone.
#[must_use]
pub fn falls_due(
    contract: &Contract,
    event: &EventDate,
    as_of: Option<Date>,
    settings: &Settings,
) -> Vec<ScheduleEntry> {
    let (business_calendar, asked) = (&BusinessCalendar::of(contract, settings), &Asked::on(as_of));
    let duties = contract.obligations.iter().filter_map(|fact| Some((fact, fact.value().filter(|d| dated(d))?)));
    let mut out: Vec<ScheduleEntry> = duties
        .filter_map(|(fact, duty)| Due { contract, fact, duty, asked, settings, business_calendar }.after_event(event))
        .collect();
    out.sort_by(|a, b| (a.date, &a.id).cmp(&(b.date, &b.id)));
    out
}

/// The events that the term and duties of `contract` wait for, in the words of the contract, each once and in the order of the text.
#[must_use]
pub fn awaited(contract: &Contract) -> Vec<&str> {
    let open = contract.expiration_date.as_ref().is_none_or(|fact| fact.value().is_none());
    let mut out: Vec<&str> = Awaited::of(contract).filter(|_| open).map(Awaited::words).into_iter().collect();
    for duty in contract.obligations.iter().filter_map(Fact::value).filter(|d| dated(d)) {
        let waits = duty.timing.kind == TimingKind::Relative && known(contract, &duty.timing).is_none();
        if let Some(anchor) = duty.timing.anchor.as_deref().filter(|a| waits && !out.contains(a)) {
            out.push(anchor);
        }
    }
    out
}

/// Whether a duty has a last day: one that lasts for a time ("for five years after"), and a prohibition, have none.
fn dated(duty: &Obligation) -> bool {
    duty.modality == Modality::Duty && duty.timing.direction != Some(Direction::After)
}

/// Whether a duty recurs on days that the contract does not name: each month, each quarter. Daily and weekly ones have no
/// dates; those of each fortnight have them where the first is named.
pub(super) fn is_undated_series(duty: &Obligation) -> bool {
    let timing = &duty.timing;
    dated(duty)
        && timing.kind == TimingKind::Recurring
        && timing.days.is_empty()
        && timing.date.is_none()
        && timing.offset.is_none()
        && !is_anniversary(timing)
        && timing.every.and_then(Period::months).is_some_and(|months| months > 0)
}

/// One duty on its way into the schedule.
struct Due<'a> {
    contract: &'a Contract,
    fact: &'a Fact<Obligation>,
    duty: &'a Obligation,
    asked: &'a Asked,
    settings: &'a Settings,
    business_calendar: &'a BusinessCalendar,
}

impl Due<'_> {
    /// An empty derivation that counts by the contract's business days.
    fn begin(&self) -> DerivationBuilder {
        let mut builder = DerivationBuilder::new();
        self.business_calendar.apply(&mut builder);
        builder
    }

    fn on_a_day(&self) -> Option<ScheduleEntry> {
        let day = self.duty.timing.date?;
        let mut builder = self.begin();
        builder.anchor(day, "Day named in the contract", Rule::C6);
        let before = self.duty.timing.direction == Some(Direction::Before);
        let readings = last_day_within(if before { Bound::Before } else { Bound::Through }, day)?;
        if before {
            builder.assume(format!("\"Before {day}\" leaves that day out (R2)."));
        }
        let conservative = builder.roll(readings.conservative, Roll::Preceding, Rule::R12)?;
        Some(self.entry("", 0, builder, Readings { conservative, ..readings }, &self.settings.reminders))
    }

    /// From a date that the contract itself gives.
    fn after_a_date(&self) -> Option<ScheduleEntry> {
        let (name, day) = known(self.contract, &self.duty.timing)?;
        let mut builder = self.begin();
        builder.anchor(day, name, Rule::C6);
        self.counted("", builder, day)
    }

    /// From the day of an event, if the duty hangs on it.
    fn after_event(&self, event: &EventDate) -> Option<ScheduleEntry> {
        let timing = &self.duty.timing;
        let anchor = timing.anchor.as_deref().filter(|_| timing.kind == TimingKind::Relative)?;
        if !event.is(anchor) {
            return None;
        }
        let mut builder = self.begin();
        builder.anchor(event.on, &event.event, Rule::C6);
        builder.assume(format!("The day of \"{}\" is the one that was recorded.", event.event));
        // One duty can fall due many times: each event day is an entry of its own.
        self.counted(&event.on.to_string(), builder, event.on)
    }

    fn counted(&self, key: &str, mut builder: DerivationBuilder, day: Date) -> Option<ScheduleEntry> {
        let readings = self.offset(&mut builder, day, self.duty.timing.offset?)?;
        Some(self.entry(key, 0, builder, readings, &self.settings.reminders))
    }

    /// So long after a day, or before it.
    fn offset(&self, builder: &mut DerivationBuilder, day: Date, period: Period) -> Option<Readings> {
        if self.duty.timing.direction == Some(Direction::Before) {
            let literal = builder.subtract_literal(day, period)?;
            let back = builder.subtract_conservative(day, period)?;
            let clear = builder.clear_day(back)?;
            return Some(Readings { literal, conservative: builder.roll(clear, Roll::Preceding, Rule::R12)? });
        }
        let literal = builder.add(day, period)?;
        Some(Readings { literal, conservative: builder.roll(literal, Roll::Preceding, Rule::R12)? })
    }

    /// The dates of a year, from the day asked for or the start of the contract.
    fn series(&self, out: &mut Vec<ScheduleEntry>) {
        let timing = &self.duty.timing;
        let Some(every) = timing.every else { return };
        let months = every.months().filter(|m| *m > 0);
        let named = timing.days.is_empty().then_some(timing.date).flatten();
        let weeks = named.and(every.days()).filter(|days| *days >= FORTNIGHT);
        // A reminder months ahead of a monthly duty would be one for another month.
        let Some(ahead) = months.map(|m| m * 7).or(weeks.map(|days| days / 4)) else { return };
        let start = timing.date.or_else(|| terms::start(self.contract).map(|(day, _)| day));
        let Some(year) = Year::of(self.asked, start, last_day(self.contract)) else { return };
        // Where nobody knows when the contract ends, one date is all that can be promised.
        let most = if timing.times.is_none() && is_end_unknown(self.contract) { 1 } else { MAX_SERIES };
        let near: Vec<u32> = self.settings.reminders.iter().copied().filter(|n| *n <= ahead).collect();
        let dates = match (months, weeks, start) {
            (Some(months), ..) if !timing.days.is_empty() => self.on_named_days(&year, months, start),
            (Some(months), _, Some(start)) => self.counted_from(start, &year, months),
            (None, Some(days), Some(start)) => self.by_weeks(start, &year, days),
            _ => Vec::new(),
        };
        for (k, builder, readings) in dates.into_iter().take(most) {
            out.push(self.entry("", k, builder, readings, &near));
        }
    }

    /// Every so many `days` from the first one, which the contract names.
    fn by_weeks(&self, start: Date, year: &Year<'_>, days: u32) -> Vec<Occurrence> {
        let day = |k: u32| start.checked_add((i64::from(days) * i64::from(k)).days()).ok();
        let all = (0..self.duty.timing.times.unwrap_or(u32::MAX)).map_while(|k| Some((k, day(k)?)));
        let ahead = all.skip_while(|(_, day)| !year.reaches_back_to(*day)).take_while(|(_, day)| year.reaches(*day));
        let dated = ahead.take(MAX_SERIES).map_while(|(k, _)| {
            let mut builder = self.begin();
            let first = builder.anchor(start, "First day named in the contract", Rule::C6);
            let literal = builder.add(first, Period::new(days.saturating_mul(k), Unit::Day))?;
            let conservative = builder.roll(literal, Roll::Preceding, Rule::R12)?;
            Some((k, builder, Readings { literal, conservative }))
        });
        dated.collect()
    }

    /// The days that the contract names, within a year.
    fn on_named_days(&self, within: &Year<'_>, months: u32, start: Option<Date>) -> Vec<Occurrence> {
        let timing = &self.duty.timing;
        let (anchor, business) = (timing.anchor.as_deref().unwrap_or_default(), self.business_calendar.calendar());
        let of_the_year = timing.days.iter().any(|d| d.month.is_some());
        // Where the contract says when its fiscal year ends, the day is that.
        let edge = |d: &NamedDay| matches!((d.month, d.nth), (None, _) | (Some(12), -1) | (Some(1), 1));
        let of_the_calendar = timing.days.iter().all(edge);
        let fiscal = of_the_calendar && ["fiscal", "financial"].iter().any(|w| anchor.contains(w));
        // A quarterly day of the month: in every third month from the first.
        let phase = start.map_or(1, |s| i32::from(s.month()));
        let since = start.map_or(2_000 * 12 + 1, |s| i32::from(s.year()) * 12 + i32::from(s.month()));
        let step = i32::try_from(months).unwrap_or(12).max(1);
        let mut out = Vec::new();
        let (first, last) = within.years();
        // An offset may lead from a day of the year before, or to one of the next.
        for (year, month) in (first - 1..=last + 1).flat_map(|y| (1..=12).map(move |m| (y, m))) {
            for (i, day) in timing.days.iter().enumerate() {
                let due = day.month.map_or((i32::from(month) - phase) % step == 0, |m| m == month);
                let Some(date) = day.date(year, month, business).filter(|_| due) else { continue };
                let mut builder = self.begin();
                builder.anchor(date, &format!("The {anchor}"), Rule::C6);
                if fiscal {
                    builder.presume("The fiscal year is taken to be that of the calendar.");
                } else if !of_the_year && months > 1 {
                    builder.assume(CALENDAR_PERIODS);
                }
                let Some(readings) = self.on_named_day(&mut builder, date) else { continue };
                if within.reaches_back_to(readings.literal) && within.reaches(readings.literal) {
                    let passed = (i32::from(year) * 12 + i32::from(month)) - since;
                    let n = i32::try_from(timing.days.len()).unwrap_or(1);
                    let k = passed * n + i32::try_from(i).unwrap_or(0);
                    // What is counted from a day before the start has a number of its own.
                    let k = u32::try_from(k).unwrap_or(u32::MAX - k.unsigned_abs());
                    out.push((k, builder, readings));
                }
            }
        }
        // "In eighteen monthly instalments, the first on 5 January 2027": the last of them ends the series.
        let parts = timing.date.zip(timing.times.and_then(|times| times.checked_sub(1)));
        if let Some(last) = parts.and_then(|(first, more)| shifted(first, months, more)) {
            out.retain(|(_, _, readings)| readings.literal <= last.last_of_month());
        }
        out.sort_by_key(|(_, _, readings)| readings.literal);
        out
    }

    /// On a named day, before it, or so long after or before it.
    fn on_named_day(&self, builder: &mut DerivationBuilder, day: Date) -> Option<Readings> {
        let before = self.duty.timing.direction == Some(Direction::Before);
        let literal = match self.duty.timing.offset {
            Some(offset) => return self.offset(builder, day, offset),
            None if before => {
                builder.assume("\"Before\" a day leaves that day out (R2).");
                last_day_within(Bound::Before, day)?.literal
            }
            None => day,
        };
        Some(Readings { literal, conservative: builder.roll(literal, Roll::Preceding, Rule::R12)? })
    }

    /// Periods counted from the start of the contract or from the day that begins the series, or so long after the end of a
    /// period of the calendar.
    fn counted_from(&self, start: Date, year: &Year<'_>, months: u32) -> Vec<Occurrence> {
        // The first period that can end in the year or later; counted from the start, never chained (R8).
        let first = year.periods_since(start, months).saturating_sub(1);
        let last = self.duty.timing.times.unwrap_or(u32::MAX);
        let dates = (first..last).map_while(|k| self.nth(start, months, k).map(|(builder, r)| (k, builder, r)));
        let after = dates.skip_while(|(_, _, r)| !year.reaches_back_to(r.literal));
        after.take_while(|(_, _, r)| year.reaches(r.literal)).take(MAX_SERIES).collect()
    }

    /// The `k`-th date of such a series.
    fn nth(&self, start: Date, months: u32, k: u32) -> Option<(DerivationBuilder, Readings)> {
        let timing = &self.duty.timing;
        let mut builder = self.begin();
        let every = timing.every?;
        if timing.offset.is_some() && is_strange_anniversary(timing) {
            return None;
        }
        if let Some(offset) = timing.offset {
            let close = self.close(start, months, k.checked_add(1)?, &mut builder)?;
            let readings = self.offset(&mut builder, close, offset)?;
            return Some((builder, readings));
        }
        let count = if timing.date.is_some() { k } else { k.checked_add(1)? };
        if timing.date.is_some() {
            builder.anchor(start, "First day named in the contract", Rule::C6);
        } else {
            builder.anchor(start, "Start of the contract", Rule::C6);
        }
        if timing.date.is_none() && !is_anniversary(timing) {
            builder.presume("The contract does not say on which day; the periods are counted from its start.");
        }
        let plain = builder.add(start, Period::new(every.count.checked_mul(count)?, every.unit))?;
        // A series that begins on the last day of a month keeps to last days (R8).
        let ends = timing.date == Some(start.last_of_month());
        let literal = if ends { plain.last_of_month() } else { plain };
        let conservative = builder.roll(plain, Roll::Preceding, Rule::R12)?;
        Some((builder, Readings { literal, conservative }))
    }

    /// The day that closes the `nth` period, from 1: an anniversary or the last day of a year of the contract where it speaks of them,
    /// else the last day of a period of the calendar.
    fn close(&self, start: Date, months: u32, nth: u32, builder: &mut DerivationBuilder) -> Option<Date> {
        let anniversary = || shifted(start, months, nth);
        if is_anniversary(&self.duty.timing) {
            return Some(builder.anchor(anniversary()?, "Anniversary of the start", Rule::C6));
        }
        if is_own_year(&self.duty.timing) {
            builder.assume("The years of the contract are counted from its start.");
            if is_beginning(&self.duty.timing) {
                return Some(builder.anchor(anniversary()?, "Start of a year of the contract", Rule::C6));
            }
            let close = anniversary()?.yesterday().ok()?;
            return Some(builder.anchor(close, "End of a year of the contract", Rule::C6));
        }
        builder.assume(CALENDAR_PERIODS);
        let next = shifted(calendar_start(start, months)?, months, nth)?;
        if is_beginning(&self.duty.timing) {
            return Some(builder.anchor(next, "Start of the calendar period", Rule::C6));
        }
        let close = next.yesterday().ok()?;
        Some(builder.anchor(close, "End of the calendar period", Rule::C6))
    }

    fn entry(
        &self,
        key: &str,
        occurrence: u32,
        builder: DerivationBuilder,
        readings: Readings,
        days_before: &[u32],
    ) -> ScheduleEntry {
        let label = match &self.duty.obligor {
            Some(obligor) => format!("{obligor}: {}", self.duty.action),
            None => self.duty.action.clone(),
        };
        EntryDraft {
            kind: EntryKind::ObligationDue,
            key: format!("{}{key}", self.fact.id()).into(),
            occurrence,
            label,
            readings,
            builder,
            send_by: Vec::new(),
            reminders: reminders::before(readings.conservative, days_before, self.asked.day()),
            facts: vec![self.fact.id().clone()],
        }
        .entry(self.contract)
    }
}

/// The last day of a contract that does not go on by itself.
pub(super) fn last_day(contract: &Contract) -> Option<Date> {
    let goes_on =
        contract.renewal.as_ref().and_then(Fact::value).is_some_and(|r| {
            matches!(r.kind, RenewalKind::Automatic | RenewalKind::Evergreen | RenewalKind::MonthToMonth)
        });
    if goes_on {
        return None;
    }
    contract.expiration_date.as_ref()?.value()?.date()
}

/// Whether nothing tells until when the contract runs: not that it runs until somebody ends it either.
fn is_end_unknown(contract: &Contract) -> bool {
    let known = |fact: &Fact<crate::record::value::DateValue>| fact.value().is_some();
    let runs_on = contract
        .renewal
        .as_ref()
        .and_then(Fact::value)
        .is_some_and(|r| matches!(r.kind, RenewalKind::Evergreen | RenewalKind::MonthToMonth));
    !runs_on && !contract.expiration_date.as_ref().is_some_and(known)
}

/// The first day of the calendar month, quarter or year that holds `day`.
fn calendar_start(day: Date, months: u32) -> Option<Date> {
    let month = match months {
        3 => (day.month() - 1) / 3 * 3 + 1,
        6 => (day.month() - 1) / 6 * 6 + 1,
        12 => 1,
        _ => day.month(),
    };
    Date::new(day.year(), month, 1).ok()
}

fn shifted(from: Date, months: u32, k: u32) -> Option<Date> {
    from.checked_add(i64::from(months.checked_mul(k)?).months()).ok()
}

/// The beginnings of the words that tell an event: "receipt of the invoice" and "receiving an invoice" agree.
fn stems(words: &str) -> HashSet<String> {
    const EMPTY: [&str; 22] = [
        "the",
        "a",
        "an",
        "of",
        "by",
        "its",
        "their",
        "such",
        "any",
        "each",
        "date",
        "on",
        "which",
        "applicable",
        "that",
        "s",
        "and",
        "or",
        "to",
        "from",
        "for",
        "this",
    ];
    let words = words.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.filter(|w| !w.is_empty() && !EMPTY.contains(&w.as_str())).map(|w| w.chars().take(5).collect()).collect()
}
