//! What follows from a value that somebody gave: the end of a term that was counted from its start.

use jiff::civil::Date;

use super::Correction;
use crate::calendar::{DerivationBuilder, Period, Readings, Rule, add, shift_days};
use crate::contract::Awaited;
use crate::record::value::DateValue;
use crate::record::{Cited, Confidence, Contract, Fact, Field, Origin, Status};
use crate::schedule::EventDate;

/// The start and the length of the first term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Start {
    from: Option<Date>,
    term: Option<Period>,
}

impl Start {
    pub(super) fn of(contract: &Contract) -> Self {
        let day = |fact: &Option<Fact<DateValue>>| fact.as_ref().and_then(|f| f.value()?.date());
        Self {
            from: day(&contract.effective_date).or_else(|| day(&contract.agreement_date)),
            term: contract.initial_term.as_ref().and_then(|f| f.value()).copied(),
        }
    }

    /// The day that the count reaches.
    fn end(self) -> Option<Date> {
        add(self.from?, self.term?)
    }
}

/// How an end lies to the day that the count from the start reaches.
#[derive(Clone, Copy)]
enum Lies {
    On,
    DayBefore,
    EndOfMonth,
}

impl Lies {
    fn of(end: Date, counted: Date) -> Option<Self> {
        if end == counted {
            Some(Self::On)
        } else if Some(end) == shift_days(counted, -1) {
            Some(Self::DayBefore)
        } else {
            (end == counted.last_of_month()).then_some(Self::EndOfMonth)
        }
    }
}

/// Computes the end of the first term anew where its start or its length was corrected. An end that was not counted from
/// them in a way that can be followed is left open: the one that was read would be wrong.
pub(super) fn follow(contract: &mut Contract, before: &Start, corrections: &[Correction]) {
    let after = Start::of(contract);
    let told = |field: Field| corrections.iter().find(|c| c.field == field.name());
    if after == *before || told(Field::expiration_date).is_some() {
        return;
    }
    let given = [Field::effective_date, Field::agreement_date, Field::initial_term].into_iter().find_map(told);
    let who = given.and_then(|c| c.who.as_deref()).unwrap_or("somebody");
    match contract.expiration_date.take() {
        Some(end) if end.status() == Status::Computed => {
            let lies = end.value().and_then(|d| d.date()).zip(before.end()).and_then(|(e, c)| Lies::of(e, c));
            contract.expiration_date = Some(match lies.and_then(|lies| count(after, lies, who)) {
                Some((day, derivation)) => end.recomputed(DateValue::On(day), derivation),
                None => end.opened(),
            });
        }
        None => {
            let start = contract.effective_date.as_ref().or(contract.agreement_date.as_ref());
            contract.expiration_date = start.zip(count(after, Lies::On, who)).map(|(start, (day, derivation))| {
                let cited = Cited::new(DateValue::On(day), start.evidence()[0].clone());
                let origin = Origin::rule("said.follows");
                let raw = start.raw().to_owned();
                Fact::computed("expiration_date", cited, &raw, origin, Confidence::new(0.9), derivation)
            });
        }
        stated => contract.expiration_date = stated,
    }
}

/// Computes the end of a term that waits for an event which has happened.
pub(super) fn happened(contract: &mut Contract, events: &[EventDate]) {
    let Some(end) = contract.expiration_date.as_ref().filter(|end| end.value().is_none()) else { return };
    // Of several days the last is the one that was told for good.
    let found = Awaited::of(contract).and_then(|awaited| {
        let event = events.iter().rev().find(|event| event.is(awaited.words()))?;
        let mut builder = DerivationBuilder::new();
        let on = builder.anchor(event.on, &event.event, Rule::C3);
        builder.assume(format!("The day of \"{}\" is the one that was recorded.", event.event));
        let day = match awaited {
            Awaited::End(_) => on,
            Awaited::Start(_) => builder.add(on, *contract.initial_term.as_ref()?.value()?)?,
        };
        Some((day, builder.finish(day, Readings { literal: day, conservative: day })))
    });
    if let Some((day, derivation)) = found {
        let (cited, raw) = (Cited::new(DateValue::On(day), end.evidence()[0].clone()), end.raw().to_owned());
        let origin = Origin::rule("said.event");
        let sure = Confidence::new(0.9);
        contract.expiration_date = Some(Fact::computed("expiration_date", cited, &raw, origin, sure, derivation));
    }
}

/// The end of the first term, counted from its start.
fn count(start: Start, lies: Lies, who: &str) -> Option<(Date, crate::calendar::Derivation)> {
    let (from, term) = (start.from?, start.term?);
    let mut builder = DerivationBuilder::new();
    builder.anchor(from, "Start of the term", Rule::C3);
    let counted = builder.add(from, term)?;
    let day = match lies {
        Lies::On => counted,
        Lies::DayBefore => builder.anchor(shift_days(counted, -1)?, "The day before it", Rule::R2),
        Lies::EndOfMonth => builder.anchor(counted.last_of_month(), "End of its month", Rule::R6),
    };
    builder.assume(format!("The start or the length of the term is what {who} gave; the end was counted anew."));
    Some((day, builder.finish(day, Readings { literal: day, conservative: day })))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::calendar::Unit;
    use crate::record::testing::{contract, fact};
    use crate::record::{Diagnostic, Severity, Stage};

    #[test]
    fn a_term_that_waits_for_an_event_ends_once_it_has_happened() {
        let remark = |message: &str| {
            Diagnostic::new("contract.open_expiration", Severity::Info, Stage::Contract, message.to_owned())
        };
        let ends = |message: &str, event: &str| {
            let mut contract = contract();
            contract.initial_term = Some(fact("initial_term", Period::new(2, Unit::Year), "Initial Term"));
            contract.expiration_date = Some(fact("expiration_date", DateValue::Perpetual, "Initial Term").opened());
            contract.diagnostics.push(remark(message));
            happened(&mut contract, &[EventDate { event: event.to_owned(), on: date(2026, 5, 1) }]);
            contract.expiration_date.unwrap().value().and_then(|end| end.date())
        };
        let from = "The term is counted from the Rig Release Date, whose date is not in the document.";
        assert_eq!(ends(from, "Rig Release Date"), Some(date(2028, 5, 1)));
        assert_eq!(ends(from, "Delivery Date"), None);
        let after = "The term is counted from an event whose date is not in the document: the first shipment.";
        assert_eq!(ends(after, "first shipment"), Some(date(2028, 5, 1)));
        let with = "The term ends with an event: completion of the Works.";
        assert_eq!(ends(with, "completion of works"), Some(date(2026, 5, 1)));
    }
}
