//! Arithmetic that writes down what it does.

use jiff::civil::Date;

use super::arithmetic::{add, shift_days, subtract_conservative, subtract_literal};
use super::business::{WEEKDAYS_ONLY, preceding_business_day};
use super::{Derivation, Period, Readings, Step, Unit};

/// Builds a [`Derivation`]: each method does one step of arithmetic and records it with its rule and a sentence that a
/// person can check, such as `2026-01-01 minus 60 days = 2025-11-02 (R3)`.
///
/// A step that has no result (a count that leaves the calendar) records nothing and answers `None`.
#[derive(Debug, Clone, Default)]
pub struct DerivationBuilder {
    steps: Vec<Step>,
    assumptions: Vec<String>,
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
        Self { steps: derivation.steps.clone(), assumptions: derivation.assumptions.clone() }
    }

    /// Notes the date that the count starts from; `what` names it, such as `Expiration date`.
    pub fn anchor(&mut self, date: Date, what: &str, rule: &str) -> Date {
        self.record("anchor", vec![date.to_string()], rule, format!("{what}: {date}"));
        date
    }

    /// [`add`], by R1 for days and R6 for months.
    pub fn add(&mut self, date: Date, period: Period) -> Option<Date> {
        let result = add(date, period)?;
        let rule = if period.months().is_some() { "R6" } else { day_rule(period, "R1") };
        self.count("add", "plus", date, period, result, rule);
        Some(result)
    }

    /// The end of `renewals` further periods, `total` after `anchor`, counted in one go (R8).
    pub fn add_renewals(&mut self, anchor: Date, total: Period, renewals: u32) -> Option<Date> {
        let result = add(anchor, total)?;
        self.record(
            "add",
            vec![anchor.to_string(), total.to_string()],
            "R8",
            format!("{anchor} plus {total}, up to the end of renewal term {renewals} = {result} (R8)"),
        );
        Some(result)
    }

    /// [`subtract_literal`], by R3 for days and R7 for months.
    pub fn subtract_literal(&mut self, end: Date, period: Period) -> Option<Date> {
        let result = subtract_literal(end, period)?;
        self.count("subtract", "minus", end, period, result, back_rule(period));
        Some(result)
    }

    /// [`subtract_conservative`], by R3 for days and R7 for months.
    pub fn subtract_conservative(&mut self, end: Date, period: Period) -> Option<Date> {
        let result = subtract_conservative(end, period)?;
        self.count("subtract", "minus", end, period, result, back_rule(period));
        Some(result)
    }

    /// One day earlier, so that the days between are clear (R4).
    pub fn clear_day(&mut self, date: Date) -> Option<Date> {
        let result = shift_days(date, -1)?;
        let note = format!("{date} minus 1 day, so that the days between are clear = {result} (R4)");
        self.record("exclude_day", vec![date.to_string()], "R4", note);
        Some(result)
    }

    /// The last day of a term whose next one would begin on `end` (R5).
    pub fn last_day_of_term(&mut self, end: Date) -> Option<Date> {
        let result = shift_days(end, -1)?;
        let note = format!("The term begins with its first day, so its last day is {end} minus 1 day = {result} (R5)");
        self.record("last_day", vec![end.to_string()], "R5", note);
        Some(result)
    }

    /// The day after `date`, on which what ended with it is followed by the next.
    pub fn day_after(&mut self, date: Date) -> Option<Date> {
        let result = shift_days(date, 1)?;
        self.record("add", vec![date.to_string()], "R5", format!("The day after {date} = {result} (R5)"));
        Some(result)
    }

    /// [`preceding_business_day`]; recorded only when it moves the date (R12).
    pub fn roll_back(&mut self, date: Date) -> Option<Date> {
        let result = preceding_business_day(date)?;
        self.assume(WEEKDAYS_ONLY);
        if result != date {
            let note = format!("{date} is no business day; the business day before it = {result} (R12)");
            self.record("roll", vec![date.to_string()], "R12", note);
        }
        Some(result)
    }

    /// Notes what is assumed because the contract does not say, once.
    pub fn assume(&mut self, assumption: impl Into<String>) {
        let assumption = assumption.into();
        if !self.assumptions.contains(&assumption) {
            self.assumptions.push(assumption);
        }
    }

    /// The derivation of `result` with its two readings.
    #[must_use]
    pub fn finish(self, result: Date, readings: Readings) -> Derivation {
        Derivation { result, steps: self.steps, assumptions: self.assumptions, readings }
    }

    fn count(&mut self, op: &str, sign: &str, date: Date, period: Period, result: Date, rule: &str) {
        if period.unit == Unit::BusinessDay {
            self.assume(WEEKDAYS_ONLY);
        }
        let note = format!("{date} {sign} {period} = {result} ({rule})");
        self.record(op, vec![date.to_string(), period.to_string()], rule, note);
    }

    fn record(&mut self, op: &str, inputs: Vec<String>, rule: &str, note: String) {
        let step = Step { op: op.to_owned(), inputs, rule: rule.to_owned(), note };
        // Two readings often share a step; it is said once.
        if !self.steps.contains(&step) {
            self.steps.push(step);
        }
    }
}

fn back_rule(period: Period) -> &'static str {
    if period.months().is_some() { "R7" } else { day_rule(period, "R3") }
}

fn day_rule(period: Period, calendar: &'static str) -> &'static str {
    if period.unit == Unit::BusinessDay { "R10" } else { calendar }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn steps_say_what_was_done() {
        let mut b = DerivationBuilder::new();
        let end = b.anchor(date(2026, 1, 1), "Expiration date", "R5");
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
        b.roll_back(day);
        let d = b.finish(day, Readings { literal: day, conservative: day });
        let rules: Vec<_> = d.steps.iter().map(|s| s.rule.as_str()).collect();
        assert_eq!(rules, ["R1", "R6", "R7", "R10", "R12"]);
        assert_eq!(d.assumptions, [WEEKDAYS_ONLY]);
    }
}
