//! The terms of a contract: where each ends, and which of them to list.

use jiff::civil::Date;

use super::asked::Asked;
use crate::calendar::{DerivationBuilder, Period, Rule, add, shift_days};
use crate::record::value::{DateValue, Renewal, RenewalKind};
use crate::record::{Contract, Fact, FactId, Status};

/// Most terms listed for one contract. Beyond it the middle is left out: the first term and the latest ones remain, so
/// that a contract of daily terms cannot fill the disk.
const MAX_TERMS: u32 = 120;

/// Most terms listed of a contract that goes on from month to month: the first, the one before now, and the current one.
const MONTHLY_TERMS: u32 = 3;

/// One term of a contract.
#[derive(Debug, Clone)]
pub(super) struct Term {
    /// 0 for the first, k for the k-th renewal.
    pub(super) number: u32,
    /// The end as contracts count it: start + length, or the day stated. Literal readings start here.
    pub(super) end: Date,
    /// The last day of the term. Conservative readings start here (R5).
    pub(super) last_day: Date,
    /// How both were reached.
    pub(super) builder: DerivationBuilder,
}

/// How the terms of a contract follow each other.
#[derive(Debug)]
pub(super) struct Terms<'a> {
    contract: &'a Contract,
    first_end: Date,
    computed: bool,
    /// What renewal ends are counted from, and the length of the first term when that is the start of the contract.
    anchor: (Date, Option<Period>),
    /// Length of a renewal term, when the contract goes on by itself.
    renewal_period: Option<Period>,
    max_renewals: u32,
    /// Terms are whole months: the first begins on a first and ends on the last day of a month, and so do the others.
    whole_months: bool,
}

impl<'a> Terms<'a> {
    /// `None` when the contract has no dated end: perpetual, unresolved, or none found.
    pub(super) fn of(contract: &'a Contract) -> Option<Self> {
        let expiration = contract.expiration_date.as_ref()?;
        let first_end = expiration.value()?.date()?;
        let renewal = contract.renewal.as_ref().and_then(|f| f.value());
        let (renewal_period, max_renewals) = rolling(renewal);
        // A conflicting date that was computed keeps its derivation, and with it the open last day. A count that was
        // moved to the last day of a month, or to the day before, has reached the last day already.
        let counted = expiration.derivation().and_then(|d| d.steps.last()).is_none_or(|step| step.op == "add");
        let computed = expiration.status() == Status::Computed || expiration.derivation().is_some();
        let computed = computed && counted || until_corresponding(contract, expiration, first_end);
        let anchor = match (start(contract), contract.initial_term.as_ref().and_then(|f| f.value())) {
            // From the start of the contract, not from the first end: 31 January + 1 month + 1 month is 31 March (R8).
            (Some((start, _)), Some(&initial))
                if computed
                    && add(start, initial) == Some(first_end)
                    && renewal_period.is_none_or(|p| sum(initial, p).is_some()) =>
            {
                (start, Some(initial))
            }
            _ => (first_end, None),
        };
        let whole_months = !computed
            && first_end == first_end.last_of_month()
            && start(contract).is_some_and(|(start, _)| start.day() == 1)
            && renewal_period.is_some_and(|p| p.months().is_some());
        Some(Self { contract, first_end, computed, anchor, renewal_period, max_renewals, whole_months })
    }

    /// Whether the contract renews by itself at the end of term `number`.
    pub(super) fn renews_after(&self, number: u32) -> bool {
        number < self.max_renewals
    }

    /// The facts that the ends rest on, besides the renewal clause.
    pub(super) fn facts(&self) -> Vec<FactId> {
        let mut ids: Vec<FactId> = self.contract.expiration_date.iter().map(|f| f.id().clone()).collect();
        if self.computed {
            ids.extend(self.contract.initial_term.iter().map(|f| f.id().clone()));
            ids.extend(start(self.contract).map(|(_, id)| id));
        }
        ids
    }

    /// The first term and those up to the one that contains the day `asked` for, at most [`MAX_TERMS`] of them.
    pub(super) fn list(&self, asked: &Asked) -> Vec<Term> {
        let last = asked.day().map_or(0, |_| self.containing(asked));
        // Of terms that follow each other month by month only the last ones still matter.
        let most = if self.renewal_period.is_some_and(is_month) { MONTHLY_TERMS } else { MAX_TERMS };
        let from = last.saturating_sub(most - 2).max(1);
        std::iter::once(0).chain(from..=last).filter_map(|k| self.term(k)).collect()
    }

    /// The term after `term`, when the contract renews by itself.
    pub(super) fn after(&self, term: &Term) -> Option<Term> {
        if self.renewal_period.is_some() && self.renews_after(term.number) { self.term(term.number + 1) } else { None }
    }

    /// The number of the term that contains the day: the first whose last day has not passed, or the last there is.
    fn containing(&self, asked: &Asked) -> u32 {
        if self.renewal_period.is_none() {
            return 0;
        }
        // Ends never come earlier with a higher number, so the first that lies ahead is found by halving. An end that
        // leaves the calendar lies ahead.
        let ahead = |k: u32| self.end(k).and_then(|end| self.last_day(end)).is_none_or(|last| !asked.has_passed(last));
        let (mut low, mut high) = (0, self.max_renewals);
        while low < high {
            let middle = low + (high - low) / 2;
            if ahead(middle) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }

    /// Everything about term `number`; `None` when it leaves the calendar.
    fn term(&self, number: u32) -> Option<Term> {
        let expiration = self.contract.expiration_date.as_ref()?;
        let mut builder = match expiration.derivation() {
            Some(derivation) => DerivationBuilder::after(derivation),
            None => DerivationBuilder::new(),
        };
        builder.anchor(self.first_end, "Expiration date", Rule::R5);
        if expiration.status() == Status::Conflicting {
            builder.assume("The contract gives different expiration dates; this one was taken.");
        }
        let end = if number == 0 {
            self.first_end
        } else {
            let (anchor, total) = (self.anchor.0, self.total(number)?);
            if anchor != self.first_end {
                builder.anchor(anchor, "Start of the first term", Rule::R8);
            }
            if !self.computed && !self.whole_months && total.months().is_some() && anchor == anchor.last_of_month() {
                builder.assume(
                    "A renewal term ends on the corresponding day; one meant to end with its month may end later (R6).",
                );
            }
            let day = builder.add_renewals(anchor, total, number)?;
            let end = self.to_month_end(day);
            if end != day {
                builder.anchor(end, "End of the month, as the terms are whole months", Rule::R6);
            }
            end
        };
        let last_day = if self.computed { builder.last_day_of_term(end)? } else { end };
        if self.computed {
            builder
                .assume("The first day of the term counts, so it ends on the day before the corresponding day (R5).");
        }
        // The reading of the end that the contract stage settled on may be earlier still.
        let settled = expiration.derivation().filter(|_| number == 0).map(|d| d.readings.conservative);
        let last_day = match settled {
            Some(earlier) if earlier < last_day => builder.anchor(earlier, "Conservative reading of the end", Rule::R5),
            _ => last_day,
        };
        Some(Term { number, end, last_day, builder })
    }

    fn last_day(&self, end: Date) -> Option<Date> {
        if self.computed { shift_days(end, -1) } else { Some(end) }
    }

    fn end(&self, number: u32) -> Option<Date> {
        if number == 0 {
            return Some(self.first_end);
        }
        Some(self.to_month_end(add(self.anchor.0, self.total(number)?)?))
    }

    /// The last day of the month of `day` where terms are whole months, else the day itself.
    fn to_month_end(&self, day: Date) -> Date {
        if self.whole_months { day.last_of_month() } else { day }
    }

    /// From the anchor to the end of renewal term `number`.
    fn total(&self, number: u32) -> Option<Period> {
        let period = self.renewal_period?;
        let renewals = Period::new(period.count.checked_mul(number)?, period.unit);
        match self.anchor.1 {
            Some(initial) => sum(initial, renewals),
            None => Some(renewals),
        }
    }
}

/// Whether the contract runs "until" the day that corresponds to its first: from 1 September until 1 September two years
/// on. By the careful reading it has run full on the day before (R2).
fn until_corresponding(contract: &Contract, expiration: &Fact<DateValue>, end: Date) -> bool {
    let quote = expiration.evidence()[0].quote();
    let included = ["includ", "inclusive", "through"].iter().any(|w| quote.contains(w));
    let start = contract.effective_date.as_ref().and_then(|f| f.value()?.date());
    !included && start.is_some_and(|s| s.day() == end.day() && s.month() == end.month() && s < end)
}

/// The start of the first term and the fact that gives it: the effective date, else the date that the document bears.
pub(super) fn start(contract: &Contract) -> Option<(Date, FactId)> {
    let dated = |fact: &Option<crate::record::Fact<crate::record::value::DateValue>>| {
        fact.as_ref().and_then(|f| Some((f.value()?.date()?, f.id().clone())))
    };
    dated(&contract.effective_date).or_else(|| dated(&contract.agreement_date))
}

/// [`start`], noted in `builder`. A date of the document that stands for its start is assumed.
pub(super) fn begin(contract: &Contract, builder: &mut DerivationBuilder, rule: Rule) -> Option<(Date, FactId)> {
    let (start, fact) = start(contract)?;
    builder.anchor(start, "Start of the contract", rule);
    if contract.effective_date.as_ref().is_none_or(|effective| *effective.id() != fact) {
        builder.presume("No start of the contract is given; the date that the document bears is taken.");
    }
    Some((start, fact))
}

/// Length of a renewal term and their number, for a contract that goes on by itself. A period of no length is none.
fn rolling(renewal: Option<&Renewal>) -> (Option<Period>, u32) {
    use crate::calendar::Unit::Month;
    let Some(renewal) = renewal else { return (None, 0) };
    let stated = renewal.period.filter(|p| p.count > 0 && (p.months().is_some() || p.days().is_some()));
    let max = renewal.max_renewals.unwrap_or(u32::MAX);
    match renewal.kind {
        RenewalKind::Automatic => (stated, max),
        RenewalKind::MonthToMonth => (stated.or(Some(Period::new(1, Month))), max),
        RenewalKind::Option | RenewalKind::MutualAgreement | RenewalKind::Evergreen | RenewalKind::None => (None, 0),
    }
}

/// Whether terms of this length follow each other month by month.
fn is_month(period: Period) -> bool {
    period.months() == Some(1)
}

/// Two periods as one, when they are of one kind: both of months or both of days (R9).
fn sum(a: Period, b: Period) -> Option<Period> {
    use crate::calendar::Unit::{Day, Month};
    if a.unit == b.unit {
        return Some(Period::new(a.count.checked_add(b.count)?, a.unit));
    }
    match (a.months(), b.months(), a.days(), b.days()) {
        (Some(a), Some(b), ..) => Some(Period::new(a.checked_add(b)?, Month)),
        (.., Some(a), Some(b)) => Some(Period::new(a.checked_add(b)?, Day)),
        _ => None,
    }
}
