//! Arithmetic that writes down what it does.

use jiff::civil::Date;

use super::arithmetic::{add, shift_days, subtract_conservative, subtract_literal};
use super::business::{Calendar, Roll, WEEKDAYS_ONLY};
use super::{Basis, Derivation, Period, Readings, Rule, Step, Unit};

/// Most holidays that one note names.
const MAX_NAMED: usize = 12;

/// Builds a [`Derivation`]: each method does one step of arithmetic and records it with its rule and a sentence that a
/// person can check, such as `2026-01-01 minus 60 days = 2025-11-02 (R3)`.
///
/// A step that has no result (a count that leaves the calendar) records nothing and answers `None`.
#[derive(Debug, Clone)]
pub struct DerivationBuilder {
    calendar: Calendar,
    basis: Basis,
    steps: Vec<Step>,
    assumptions: Vec<String>,
}

impl Default for DerivationBuilder {
    fn default() -> Self {
        Self { calendar: Calendar::default(), basis: Basis::Stated, steps: Vec::new(), assumptions: Vec::new() }
    }
}

impl DerivationBuilder {
    /// No steps yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Goes on from the arithmetic behind an earlier date.
    #[must_use]
    pub fn after(derivation: &Derivation) -> Self {
        let Derivation { steps, assumptions, basis, .. } = derivation;
        Self { basis: *basis, steps: steps.clone(), assumptions: assumptions.clone(), ..Self::default() }
    }

    /// Counts business days by `calendar` from here on (R10); until then they are Monday to Friday. `why` says what chose
    /// the calendar, and is noted with its name where it has holidays.
    pub fn business_days(&mut self, calendar: Calendar, why: &str) {
        if !calendar.holidays().is_empty() {
            let ids: Vec<String> = calendar.holidays().iter().map(|c| c.id().to_owned()).collect();
            let names: Vec<String> = calendar.holidays().iter().map(|c| format!("{} [{}]", c.name(), c.id())).collect();
            let (rule, names) = (Rule::R10, names.join(" and "));
            let note = format!("Business days: Monday to Friday without the holidays of {names}; {why} ({rule})");
            self.record("calendar", ids, rule, note);
        }
        self.calendar = calendar;
    }

    /// Says something that bears on the date without moving it; `input` is what it speaks of.
    pub fn remark(&mut self, input: impl Into<String>, rule: Rule, note: impl Into<String>) {
        self.record("note", vec![input.into()], rule, note.into());
    }

    /// Notes the date that the count starts from; `what` names it, such as `Expiration date`.
    pub fn anchor(&mut self, date: Date, what: &str, rule: Rule) -> Date {
        self.record("anchor", vec![date.to_string()], rule, format!("{what}: {date}"));
        date
    }

    /// [`add`], by R1 for days and R6 for months.
    pub fn add(&mut self, date: Date, period: Period) -> Option<Date> {
        let result = match period.unit {
            Unit::BusinessDay => self.calendar.add(date, period.count),
            _ => add(date, period),
        }?;
        let rule = if period.months().is_some() { Rule::R6 } else { day_rule(period, Rule::R1) };
        self.count("add", "plus", date, period, result, rule);
        Some(result)
    }

    /// The end of `renewals` further periods, `total` after `anchor`, counted in one go (R8).
    pub fn add_renewals(&mut self, anchor: Date, total: Period, renewals: u32) -> Option<Date> {
        let result = add(anchor, total)?;
        let rule = Rule::R8;
        let note = format!("{anchor} plus {total}, up to the end of renewal term {renewals} = {result} ({rule})");
        self.record("add", vec![anchor.to_string(), total.to_string()], rule, note);
        Some(result)
    }

    /// [`subtract_literal`], by R3 for days and R7 for months.
    pub fn subtract_literal(&mut self, end: Date, period: Period) -> Option<Date> {
        let result = match period.unit {
            Unit::BusinessDay => self.calendar.subtract(end, period.count),
            _ => subtract_literal(end, period),
        }?;
        self.count("subtract", "minus", end, period, result, back_rule(period));
        Some(result)
    }

    /// [`subtract_conservative`], by R3 for days and R7 for months.
    pub fn subtract_conservative(&mut self, end: Date, period: Period) -> Option<Date> {
        let result = match period.unit {
            Unit::BusinessDay => self.calendar.subtract(end, period.count),
            _ => subtract_conservative(end, period),
        }?;
        self.count("subtract", "minus", end, period, result, back_rule(period));
        Some(result)
    }

    /// One day earlier, so that the days between are clear (R4).
    pub fn clear_day(&mut self, date: Date) -> Option<Date> {
        let (result, rule) = (shift_days(date, -1)?, Rule::R4);
        let note = format!("{date} minus 1 day, so that the days between are clear = {result} ({rule})");
        self.record("exclude_day", vec![date.to_string()], rule, note);
        Some(result)
    }

    /// The last day of a term whose next one would begin on `end` (R5).
    pub fn last_day_of_term(&mut self, end: Date) -> Option<Date> {
        let (result, rule) = (shift_days(end, -1)?, Rule::R5);
        let note =
            format!("The term begins with its first day, so its last day is {end} minus 1 day = {result} ({rule})");
        self.record("last_day", vec![end.to_string()], rule, note);
        Some(result)
    }

    /// The day before `date`, where the contract says that the first day counts (R2).
    pub fn clear_first_day(&mut self, date: Date) -> Option<Date> {
        let (result, rule) = (shift_days(date, -1)?, Rule::R2);
        let note = format!("The first day counts, so the last one is {date} minus 1 day = {result} ({rule})");
        self.record("last_day", vec![date.to_string()], rule, note);
        Some(result)
    }

    /// The day after `date`, on which what ended with it is followed by the next.
    pub fn day_after(&mut self, date: Date) -> Option<Date> {
        let (result, rule) = (shift_days(date, 1)?, Rule::R5);
        self.record("add", vec![date.to_string()], rule, format!("The day after {date} = {result} ({rule})"));
        Some(result)
    }

    /// [`Calendar::roll`] by `roll`; recorded only when it moves the date. `rule` says what asks for it: R11 for the
    /// contract, R12 for the careful reading.
    pub fn roll(&mut self, date: Date, roll: Roll, rule: Rule) -> Option<Date> {
        let result = self.calendar.roll(date, roll)?;
        self.assume_calendar(date);
        if result != date {
            let why = self.calendar.closed(date).unwrap_or_default();
            let (side, skipped) = if result < date {
                ("before it", self.skipped(result, shift_days(date, -1)?))
            } else {
                ("after it", self.skipped(shift_days(date, 1)?, result))
            };
            let note = format!(
                "{date} is no business day ({why}); the business day {side}, {}, = {result} ({rule}){skipped}",
                roll.as_str()
            );
            self.record("roll", vec![date.to_string(), roll.as_str().to_owned()], rule, note);
        }
        Some(result)
    }

    /// The last day to send what takes `delay` and must be there on `deadline` (R14): counted back, and a business day.
    pub fn send_by(&mut self, deadline: Date, delay: Period, how: &str) -> Option<Date> {
        let back = match delay.unit {
            Unit::BusinessDay => self.calendar.subtract(deadline, delay.count),
            _ => subtract_conservative(deadline, delay),
        }?;
        let result = self.calendar.roll(back, Roll::Preceding)?;
        let moved = self
            .calendar
            .closed(back)
            .map_or_else(String::new, |why| format!("; {back} is no business day ({why}), so {result}"));
        let skipped =
            if delay.unit == Unit::BusinessDay { self.skipped(back, shift_days(deadline, -1)?) } else { String::new() };
        let back = if delay.count == 0 { String::new() } else { format!(", {delay} before {deadline}") };
        let rule = Rule::R14;
        let note = format!("{how}: send by {result}{back} ({rule}){skipped}{moved}");
        self.record("send_by", vec![deadline.to_string(), delay.to_string()], rule, note);
        Some(result)
    }

    /// Notes what is assumed because the contract does not say, once.
    pub fn assume(&mut self, assumption: impl Into<String>) {
        let assumption = assumption.into();
        if !self.assumptions.contains(&assumption) {
            self.assumptions.push(assumption);
        }
    }

    /// Notes what is taken for granted and decides the date, so that it is [`Basis::Assumed`].
    pub fn presume(&mut self, assumption: impl Into<String>) {
        self.assume(assumption);
        self.basis = Basis::Assumed;
    }

    /// The derivation of `result` with its two readings.
    #[must_use]
    pub fn finish(self, result: Date, readings: Readings) -> Derivation {
        Derivation { result, steps: self.steps, assumptions: self.assumptions, readings, basis: self.basis }
    }

    fn count(&mut self, op: &str, sign: &str, date: Date, period: Period, result: Date, rule: Rule) {
        let mut skipped = String::new();
        if period.unit == Unit::BusinessDay {
            self.assume_calendar(result);
            skipped = self.skipped(date.min(result), date.max(result));
        }
        let note = format!("{date} {sign} {period} = {result} ({rule}){skipped}");
        self.record(op, vec![date.to_string(), period.to_string()], rule, note);
    }

    /// What the calendar leaves open about the year of `date`.
    fn assume_calendar(&mut self, date: Date) {
        if self.calendar.holidays().is_empty() {
            self.assume(WEEKDAYS_ONLY);
        }
        for calendar in self.calendar.clone().holidays() {
            if let Some(note) = calendar.note() {
                self.assume(format!("{}: {note}", calendar.name()));
            }
            if let Some(doubt) = calendar.doubts(date.year()) {
                self.assume(doubt);
            }
        }
    }

    /// The holidays on weekdays from `from` to `to` as the end of a note; at most a few are named.
    fn skipped(&self, from: Date, to: Date) -> String {
        let days = self.calendar.holidays_between(from, to);
        let named = days.iter().take(MAX_NAMED);
        let mut named: Vec<String> =
            named.filter_map(|&d| Some(format!("{d} ({})", self.calendar.closed(d)?))).collect();
        if days.len() > MAX_NAMED {
            named.push(format!("and {} more", days.len() - MAX_NAMED));
        }
        if named.is_empty() { String::new() } else { format!("; not counted: {}", named.join(", ")) }
    }

    fn record(&mut self, op: &str, inputs: Vec<String>, rule: Rule, note: String) {
        // A day that the contract names stays stated when it is moved to a business day.
        if !matches!(op, "anchor" | "roll" | "calendar" | "note" | "send_by") {
            self.basis = self.basis.max(Basis::Computed);
        }
        let step = Step { op: op.to_owned(), inputs, rule, note };
        // Two readings often share a step; it is said once.
        if !self.steps.contains(&step) {
            self.steps.push(step);
        }
    }
}

fn back_rule(period: Period) -> Rule {
    if period.months().is_some() { Rule::R7 } else { day_rule(period, Rule::R3) }
}

fn day_rule(period: Period, days: Rule) -> Rule {
    if period.unit == Unit::BusinessDay { Rule::R10 } else { days }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn steps_say_what_was_done() {
        let mut b = DerivationBuilder::new();
        let end = b.anchor(date(2026, 1, 1), "Expiration date", Rule::R5);
        let literal = b.subtract_literal(end, Period::new(60, Unit::Day)).unwrap();
        let d = b.finish(literal, Readings { literal, conservative: literal });
        let notes: Vec<_> = d.steps.iter().map(|s| s.note.as_str()).collect();
        assert_eq!(notes, ["Expiration date: 2026-01-01", "2026-01-01 minus 60 days = 2025-11-02 (R3)"]);
        assert_eq!(d.steps[1].inputs, ["2026-01-01", "60 days"]);
    }

    #[test]
    fn rules_follow_the_unit() {
        let mut b = DerivationBuilder::new();
        let day = date(2025, 7, 5);
        b.add(day, Period::new(1, Unit::Day));
        b.add(day, Period::new(1, Unit::Month));
        b.subtract_conservative(day, Period::new(1, Unit::Month));
        b.subtract_literal(day, Period::new(1, Unit::BusinessDay));
        b.roll(day, Roll::Preceding, Rule::R12);
        let d = b.finish(day, Readings { literal: day, conservative: day });
        let rules: Vec<_> = d.steps.iter().map(|s| s.rule).collect();
        assert_eq!(rules, [Rule::R1, Rule::R6, Rule::R7, Rule::R10, Rule::R12]);
        assert_eq!(d.assumptions, [WEEKDAYS_ONLY]);
    }

    #[test]
    fn skipped_holidays_are_named() {
        let mut b = DerivationBuilder::new();
        b.business_days(Calendar::of(&["us-federal"]), "the contract defines them so");
        let day = b.subtract_literal(date(2025, 7, 8), Period::new(3, Unit::BusinessDay)).unwrap();
        assert_eq!(day, date(2025, 7, 2));
        assert_eq!(b.roll(date(2025, 7, 5), Roll::Preceding, Rule::R12), Some(date(2025, 7, 3)));
        assert_eq!(b.send_by(date(2025, 7, 7), Period::new(1, Unit::Day), "By post"), Some(date(2025, 7, 3)));
        let d = b.finish(day, Readings { literal: day, conservative: day });
        let notes: Vec<_> = d.steps.iter().map(|s| s.note.as_str()).collect();
        assert_eq!(
            notes,
            [
                "Business days: Monday to Friday without the holidays of United States, federal holidays [us-federal]; \
                 the contract defines them so (R10)",
                "2025-07-08 minus 3 business days = 2025-07-02 (R10); not counted: 2025-07-04 (Independence Day, us-federal)",
                "2025-07-05 is no business day (a Saturday); the business day before it, PRECEDING, = 2025-07-03 (R12); \
                 not counted: 2025-07-04 (Independence Day, us-federal)",
                "By post: send by 2025-07-03, 1 day before 2025-07-07 (R14); 2025-07-06 is no business day (a Sunday), so \
                 2025-07-03",
            ]
        );
        assert!(d.assumptions.iter().any(|a| a.contains("State and city holidays")));
    }
}
