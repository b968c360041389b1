//! The terms in force: an agreement with its amendments folded into it.

pub(super) mod whole;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::calendar::{DerivationBuilder, NamedDay, Period, Readings, Rule};
use crate::lexicon::{DateOrder, DateStyle, Decimal, dates, named_days, periods, sum};
use crate::record::value::change::{Change, ChangeAction};
use crate::record::value::payment::PaymentTerm;
use crate::record::value::termination::Termination;
use crate::record::value::worth::Worth;
use crate::record::value::{DateValue, Obligation, Renewal, Timing};
use crate::record::{
    Cited, Confidence, Contract, Describe, DocumentId, Evidence, Fact, FactId, FactRef, Field, Folder, Many, One,
    Sieve, Span, Status,
};
use crate::said::Correction;

use super::{Card, Part};

/// Least confidence of a value in an amendment that displaces one of the agreement.
const SURE: f32 = 0.5;

/// A value that was in force once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Displaced {
    /// Field of the record, such as `renewal`.
    pub field: String,
    /// The fact that stood there.
    pub fact: FactId,
    /// Its words.
    pub raw: String,
    /// The document it comes from.
    pub document: DocumentId,
    /// The document that displaced it.
    pub by: DocumentId,
}

/// An agreement as it stands after its amendments.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// The terms in force. Every fact's evidence names the document it comes from, the one in force first.
    pub contract: Contract,
    /// What they displaced, in the order in which it fell.
    pub displaced: Vec<Displaced>,
    /// The values that people confirmed or set, which are among the terms.
    pub corrections: Vec<Correction>,
}

impl View {
    /// `base` with `amendments` folded in, in their order. `sections` are the numbered clauses of `base` and their
    /// places in its text; by them "Section 9.2 is deleted" is understood.
    #[must_use]
    pub fn of(base: Contract, sections: &[(String, Span)], amendments: impl IntoIterator<Item = Contract>) -> Self {
        let document = base.document.id.clone();
        let mut view = Self { contract: base, displaced: Vec::new(), corrections: Vec::new() };
        for amendment in amendments {
            Fold { view: &mut view, base: &document, sections, by: amendment.document.id.clone() }.apply(amendment);
        }
        view
    }
}

/// One amendment on its way into the view.
struct Fold<'a> {
    view: &'a mut View,
    base: &'a DocumentId,
    sections: &'a [(String, Span)],
    by: DocumentId,
}

impl Fold<'_> {
    fn apply(&mut self, mut amendment: Contract) {
        let card = Card::of(&amendment);
        // What nobody signed and dated changes nothing; `review` tells of it.
        if card.is_draft {
            return;
        }
        let alone = card.part == Part::Subordinate;
        let (parties, counts) = (amendment.parties.clone(), whole::counts(&amendment));
        let changes = std::mem::take(&mut amendment.changes);
        // What has terms of its own only does to the agreement what it says.
        if !alone {
            self.fold(amendment, &changes);
        }
        for change in changes.iter().filter(|_| counts) {
            match change.value().map(|c| c.action) {
                Some(ChangeAction::Ended) => self.end(change),
                Some(ChangeAction::Extended) if alone => self.extend(change),
                Some(ChangeAction::PartyReplaced) => self.replace_party(&parties, change),
                _ => {}
            }
        }
    }

    /// Folds the terms of an amendment in, and the `changes` that it makes.
    fn fold(&mut self, mut amendment: Contract, changes: &[Fact<Change>]) {
        whole::without_own(&mut amendment, changes);
        let whole = |c: &Change| c.action == ChangeAction::Replaced && c.section.is_none();
        if changes.iter().filter_map(Fact::value).any(whole) {
            return self.restate(amendment);
        }
        for change in changes.iter().filter_map(Fact::value) {
            if let (ChangeAction::Deleted | ChangeAction::Replaced, Some(section)) = (change.action, &change.section) {
                self.strike(section);
            }
        }
        let extends = |c: &Change| c.action == ChangeAction::Extended;
        if changes.iter().filter_map(Fact::value).any(extends) {
            // An amendment that extends a term counts from its end, which only the agreement knows.
            amendment.expiration_date = None;
            amendment.initial_term = None;
        }
        for begun in changes.iter().filter(|c| c.value().is_some_and(|c| c.action == ChangeAction::Begun)) {
            self.begin(begun);
        }
        let mut fallen = Fallen { out: &mut self.view.displaced, by: &self.by };
        self.view.contract.fold(amendment, &mut fallen);
        for change in changes {
            match change.value().map(|c| c.action) {
                Some(ChangeAction::Reworded) => self.reword(change),
                Some(ChangeAction::Extended) => self.extend(change),
                _ => {}
            }
        }
    }

    /// Everything is restated; what the restatement does not say stays open, except who the document is.
    fn restate(&mut self, restated: Contract) {
        let restated = Contract { document: self.view.contract.document.clone(), ..restated };
        let old = std::mem::replace(&mut self.view.contract, restated);
        let title = [Field::title, Field::kind, Field::reference];
        let fallen = old.facts().into_iter().filter(|f| !title.contains(&f.field));
        self.view.displaced.extend(fallen.map(|f| Displaced::of(f, &self.by)));
    }

    /// Takes out what a deleted section of the agreement says.
    fn strike(&mut self, section: &str) {
        let Some(spans) = self.places(section) else { return };
        let fallen = Fallen { out: &mut self.view.displaced, by: &self.by };
        self.view.contract.sift(&mut Strike { fallen, base: self.base, spans: &spans });
    }

    /// Where a section of the agreement and everything below it stands; `None` when it has no such section.
    fn places(&self, section: &str) -> Option<Vec<Span>> {
        let plain = |s: &str| s.trim_end_matches('.').to_lowercase();
        let wanted = plain(section);
        let below = |number: &str| {
            let number = plain(number);
            let number = number.strip_prefix("article ").or(number.strip_prefix("section ")).unwrap_or(&number);
            number.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '(']))
        };
        let found: Vec<Span> = self.sections.iter().filter(|(n, _)| below(n)).map(|(_, span)| *span).collect();
        (!found.is_empty()).then_some(found)
    }

    /// "replacing 'sixty (60) days' with 'ninety (90) days'".
    fn reword(&mut self, change: &Fact<Change>) {
        let Some(Change { section, old: Some(old), new: Some(new), .. }) = change.value() else { return };
        let spans = section.as_deref().and_then(|s| self.places(s));
        let fold = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let words = fold(old);
        let (base, by) = (self.base, &self.by);
        let stands = |evidence: &[Evidence]| {
            evidence.iter().any(|e| {
                let in_section = || spans.as_ref().is_none_or(|s| s.iter().any(|s| holds(*s, e.span())));
                // An amendment changes other documents, not itself.
                e.document() != by && fold(e.quote()).contains(&words) && (e.document() != base || in_section())
            })
        };
        let mut fallen = Fallen { out: &mut self.view.displaced, by: &self.by };
        let contract = &mut self.view.contract;
        let rewording = Rewording { change, new, stands: &stands };
        if let (Some(from), Some(to)) = (period(old), period(new)) {
            if let Some(fact) = contract.renewal.as_ref().filter(|f| stands(f.evidence()))
                && let Some(renewal) = fact.value().and_then(|r| reworded(r, from, to))
            {
                let fact = taken(fact, "renewal", renewal, change, new);
                fallen.displace(Field::renewal, &mut contract.renewal, Some(fact));
            }
            if let Some(fact) = contract.initial_term.as_ref().filter(|f| stands(f.evidence()))
                && fact.value() == Some(&from)
            {
                let fact = taken(fact, "initial_term", to, change, new);
                fallen.displace(Field::initial_term, &mut contract.initial_term, Some(fact));
                if let Some(end) = ends_after(contract, to, change) {
                    fallen.displace(Field::expiration_date, &mut contract.expiration_date, Some(end));
                }
            }
            let due = |t: &PaymentTerm| (t.due == Some(from)).then(|| PaymentTerm { due: Some(to), ..t.clone() });
            rewording.each(&mut fallen, (Field::payment_terms, "payment_term"), &mut contract.payment_terms, due);
            let ends = |t: &Termination| {
                let swap = |p: Option<Period>| if p == Some(from) { Some(to) } else { p };
                let changed = Termination { notice: swap(t.notice), cure: swap(t.cure), ..t.clone() };
                (changed != *t).then_some(changed)
            };
            rewording.each(&mut fallen, (Field::terminations, "termination"), &mut contract.terminations, ends);
            let owes = |o: &Obligation| {
                let timing = Timing { offset: Some(to), ..o.timing.clone() };
                (o.timing.offset == Some(from)).then(|| Obligation { timing, ..o.clone() })
            };
            rewording.each(&mut fallen, (Field::obligations, "obligation"), &mut contract.obligations, owes);
        }
        if let (Some(from), Some(to)) = (price(old), price(new)) {
            rewording.price(
                &mut fallen,
                (Field::contract_value, "contract_value"),
                &mut contract.contract_value,
                from,
                to,
            );
            rewording.price(&mut fallen, (Field::annual_value, "annual_value"), &mut contract.annual_value, from, to);
        }
        if let (Some(from), Some(to)) = (day_of_month(old), day_of_month(new)) {
            let owes = |o: &Obligation| {
                let swap = |day: &NamedDay| if *day == from { to } else { *day };
                let timing = Timing { days: o.timing.days.iter().map(swap).collect(), ..o.timing.clone() };
                (timing != o.timing).then(|| Obligation { timing, ..o.clone() })
            };
            rewording.each(&mut fallen, (Field::obligations, "obligation"), &mut contract.obligations, owes);
        }
        if let Some(to) = day(new)
            && let Some(fact) = contract.expiration_date.as_ref().filter(|f| stands(f.evidence()))
        {
            let fact = taken(fact, "expiration_date", DateValue::On(to), change, new);
            fallen.displace(Field::expiration_date, &mut contract.expiration_date, Some(fact));
        }
    }

    /// "the Term is extended through 31 May 2027", "for a further two years".
    fn extend(&mut self, change: &Fact<Change>) {
        let Some(Change { until, by: length, .. }) = change.value() else { return };
        let contract = &mut self.view.contract;
        let evidence = change.evidence()[0].clone();
        let fact = if let Some(until) = until {
            let cited = Cited::new(DateValue::On(*until), evidence);
            Some(Fact::found("expiration_date", cited, change.raw(), change.origin().clone(), change.confidence()))
        } else {
            let end = contract.expiration_date.as_ref();
            let from = end.and_then(|f| f.value()).and_then(|d| d.date());
            match (end, from, *length) {
                (Some(end), Some(from), Some(length)) => {
                    let mut builder = DerivationBuilder::new();
                    builder.anchor(from, "End of the term before the amendment", Rule::C7);
                    builder.add(from, length).map(|day| {
                        let derivation = builder.finish(day, Readings { literal: day, conservative: day });
                        let cited = Cited::new(DateValue::On(day), evidence).with(end.evidence()[0].clone());
                        let sure = least(change.confidence(), end.confidence());
                        let origin = change.origin().clone();
                        Fact::computed("expiration_date", cited, change.raw(), origin, sure, derivation)
                    })
                }
                _ => None,
            }
        };
        let mut fallen = Fallen { out: &mut self.view.displaced, by: &self.by };
        fallen.displace(Field::expiration_date, &mut contract.expiration_date, fact);
    }
}

impl Displaced {
    fn of(fact: FactRef<'_>, by: &DocumentId) -> Self {
        Self {
            field: fact.field.name().to_owned(),
            fact: fact.id.clone(),
            raw: fact.raw.to_owned(),
            document: fact.evidence[0].document().clone(),
            by: by.clone(),
        }
    }
}

/// Where the facts go that an amendment displaces.
struct Fallen<'a> {
    out: &'a mut Vec<Displaced>,
    by: &'a DocumentId,
}

impl Fallen<'_> {
    fn push<T: Describe>(&mut self, field: Field, was: &Fact<T>) {
        self.out.push(Displaced::of(FactRef::of(field, was), self.by));
    }
}

impl Folder for Fallen<'_> {
    /// Only another value displaces one, and only if it can be relied on.
    fn displace<T: Describe + PartialEq>(&mut self, field: Field, old: &mut One<T>, new: One<T>) {
        let Some(new) = new.filter(|f| f.value().is_some() && f.confidence().get() >= SURE) else { return };
        if old.as_ref().is_some_and(|was| was.value() == new.value()) {
            return;
        }
        if let Some(was) = old.replace(new) {
            self.push(field, &was);
        }
    }

    fn join<T: Describe>(&mut self, field: Field, old: &mut Many<T>, mut new: Many<T>, same: impl Fn(&T, &T) -> bool) {
        new.retain(|f| f.confidence().get() >= SURE);
        let falls = |was: &Fact<T>| was.value().is_some_and(|w| new.iter().filter_map(Fact::value).any(|n| same(n, w)));
        for was in old.extract_if(.., |f| falls(f)) {
            self.push(field, &was);
        }
        old.extend(new);
    }
}

/// Takes out the values whose proof stands in one of `spans` of the agreement.
struct Strike<'a> {
    fallen: Fallen<'a>,
    base: &'a DocumentId,
    spans: &'a [Span],
}

impl Sieve for Strike<'_> {
    fn pass<T: Describe>(&mut self, field: Field, fact: Fact<T>) -> Option<Fact<T>> {
        let at = &fact.evidence()[0];
        let stood = at.document() == self.base && self.spans.iter().any(|s| holds(*s, at.span()));
        if !field.is_folded() || !stood {
            return Some(fact);
        }
        self.fallen.push(field, &fact);
        None
    }
}

/// Whether `outer` holds the beginning of `inner`.
fn holds(outer: Span, inner: Span) -> bool {
    outer.start() <= inner.start() && inner.start() < outer.end()
}

/// The fact that `change` makes of `fact`: the amendment proves it, the agreement's words stand beside.
fn taken<T>(fact: &Fact<T>, kind: &str, value: T, change: &Fact<Change>, raw: &str) -> Fact<T> {
    let cited = Cited::new(value, change.evidence()[0].clone()).with(fact.evidence()[0].clone());
    Fact::found(kind, cited, raw, change.origin().clone(), least(fact.confidence(), change.confidence()))
}

/// Words of the agreement that give way to others.
struct Rewording<'a, F> {
    change: &'a Fact<Change>,
    /// The new words.
    new: &'a str,
    /// Whether the old words stand in a proof.
    stands: F,
}

impl<F: Fn(&[Evidence]) -> bool> Rewording<'_, F> {
    /// Replaces each fact of a list that the old words prove, by what `make` makes of its value.
    fn each<T: Describe>(
        &self,
        fallen: &mut Fallen<'_>,
        (field, kind): (Field, &str),
        list: &mut Many<T>,
        make: impl Fn(&T) -> Option<T>,
    ) {
        for fact in list.iter_mut().filter(|f| (self.stands)(f.evidence())) {
            let Some(value) = fact.value().and_then(&make) else { continue };
            let new = taken(fact, kind, value, self.change, self.new);
            fallen.push(field, &std::mem::replace(fact, new));
        }
    }
}

impl<F: Fn(&[Evidence]) -> bool> Rewording<'_, F> {
    /// Replaces a price. A sum that was computed from the old one is not true any more.
    fn price(
        &self,
        fallen: &mut Fallen<'_>,
        (field, kind): (Field, &str),
        slot: &mut One<Worth>,
        from: Decimal,
        to: Decimal,
    ) {
        let Some(fact) = slot.as_ref().filter(|f| (self.stands)(f.evidence())) else { return };
        let Some(worth) = fact.value() else { return };
        let new = (worth.amount == from)
            .then(|| taken(fact, kind, Worth { amount: to, ..worth.clone() }, self.change, self.new));
        if new.is_some() || worth.arithmetic.is_some() {
            fallen.push(field, fact);
            *slot = new;
        }
    }
}

fn least(a: Confidence, b: Confidence) -> Confidence {
    if a.get() < b.get() { a } else { b }
}

/// The renewal with the period `from` changed into `to`.
fn reworded(renewal: &Renewal, from: Period, to: Period) -> Option<Renewal> {
    let mut renewal = renewal.clone();
    // Notice is what the schedule counts by; a renewal term of the same length is meant only where no notice is.
    let mut notices = std::mem::take(&mut renewal.notices);
    let mut changed = false;
    for notice in &mut notices {
        for slot in [&mut notice.period, &mut notice.window_opens].into_iter().filter(|slot| **slot == Some(from)) {
            *slot = Some(to);
            changed = true;
        }
    }
    if changed {
        renewal.set_notices(notices);
        return Some(renewal);
    }
    renewal.notices = notices;
    let slots = [&mut renewal.notice_period, &mut renewal.period, &mut renewal.window_opens];
    let slot = slots.into_iter().find(|slot| **slot == Some(from))?;
    *slot = Some(to);
    Some(renewal)
}

/// The end of a first term of length `term`, counted from the contract's start.
fn ends_after(contract: &Contract, term: Period, change: &Fact<Change>) -> Option<Fact<DateValue>> {
    let end = contract.expiration_date.as_ref().filter(|f| f.status() == Status::Computed)?;
    let start = contract.effective_date.as_ref().or(contract.agreement_date.as_ref())?;
    let from: Date = start.value()?.date()?;
    let mut builder = DerivationBuilder::new();
    builder.anchor(from, "Start of the term", Rule::C3);
    let day = builder.add(from, term)?;
    let derivation = builder.finish(day, Readings { literal: day, conservative: day });
    let cited = Cited::new(DateValue::On(day), change.evidence()[0].clone()).with(start.evidence()[0].clone());
    let origin = change.origin().clone();
    Some(Fact::computed("expiration_date", cited, change.raw(), origin, end.confidence(), derivation))
}

fn period(words: &str) -> Option<Period> {
    periods(words).into_iter().next()?.value.reading.known()
}

fn day(words: &str) -> Option<Date> {
    let found = dates(words, DateStyle::of(words, DateOrder::Unknown)).into_iter().next()?.value;
    found.reading.known().filter(|_| found.other.is_none())
}

fn price(words: &str) -> Option<Decimal> {
    sum(words)?.value.amount.known()
}

/// "15th day", "the last working day": a day of each month, as duties have it.
fn day_of_month(words: &str) -> Option<NamedDay> {
    let words = words.trim().trim_start_matches("the ");
    let found = named_days(&format!("on the {words} of each month")).into_iter().next()?;
    found.value.days.first().copied().filter(|day| day.month.is_none())
}
