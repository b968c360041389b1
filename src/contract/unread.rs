//! What no fact has taken up of the quantities that the clauses of a contract name.
//!
//! A miss that is told is work for a person; one that is not told is a missed deadline.

use std::collections::HashSet;

use crate::detect::{Family, Known, Measure, Quantity};
use crate::record::{
    Confidence, Contract, Describe, Diagnostic, Fact, FactRef, Field, PERHAPS_UNREAD, Part as _, Severity, Sieve, Span,
    Stage, UNREAD,
};
use crate::text::DocumentText;

/// Longest words of a fact that count as its value, in bytes: longer ones are a whole clause.
const VALUE: usize = 60;

/// Most clauses of a contract that a person is asked to look at because of single words.
const GUESSES: usize = 3;

/// The remarks on what was not read, and how much was. What ends at one of `read_again` was read before in other words.
pub(super) fn remarks(
    contract: &Contract,
    quantities: &[Quantity],
    read_again: &[usize],
    text: &DocumentText,
) -> Vec<Diagnostic> {
    let facts = contract.facts();
    // A guess is worth a look where nothing was read of what it may be about.
    let lacks = |q: &Quantity| contract.lacks(q.family.name());
    let belongs = |q: &&Quantity| match q.known {
        Known::ByForm => true,
        Known::ByWords => lacks(q),
        Known::ByPlace(around) => lacks(q) && facts.iter().any(|f| is_of_life(f, around)),
    };
    let is_read = |q: &Quantity| {
        let silent = q.on_life && q.family != Family::Payment && lacks(q);
        read_again.contains(&q.words.end()) || facts.iter().any(|f| takes_up(f, q, silent, text))
    };
    let unread = quantities.iter().filter(belongs).filter(|q| !is_read(q));
    let unread: Vec<_> = unread.collect();
    let shares = Family::ALL.iter().filter_map(|family| {
        let of = |q: &&Quantity| q.family == *family && q.known == Known::ByForm;
        let all = quantities.iter().filter(of).count();
        let missed = unread.iter().copied().filter(of).count();
        (all > 0).then(|| format!("{} {} of {all}", family.name(), all - missed))
    });
    let shares: Vec<String> = shares.collect();
    let message = format!("Times and days that were read, by clause: {}.", shares.join(", "));
    let share = Diagnostic::new("read.quantities", Severity::Info, Stage::Contract, message);
    let share = (!shares.is_empty()).then_some(share);
    // One remark quotes the clause.
    let mut guessed = HashSet::new();
    let told = unread
        .into_iter()
        .filter(|q| q.known == Known::ByForm || guessed.len() < GUESSES && guessed.insert(q.sentence));
    told.map(|q| remark(q, text)).chain(share).collect()
}

/// Makes the key facts less sure of whose sentence something was not read: of the cases, every second of them is wrong.
pub(super) struct Doubt(Vec<Span>);

impl Doubt {
    pub(super) fn of(remarks: &[Diagnostic]) -> Self {
        let unread = remarks.iter().filter(|d| d.code.starts_with(UNREAD));
        Self(unread.filter_map(|d| d.location?.span).collect())
    }
}

impl Sieve for Doubt {
    fn pass<T: Describe>(&mut self, field: Field, fact: Fact<T>) -> Option<Fact<T>> {
        const LESS: f32 = 0.8;
        let key = matches!(field, Field::expiration_date | Field::initial_term | Field::renewal);
        let partly = fact.evidence().first().is_some_and(|e| self.0.iter().any(|&span| e.span().contains(span)));
        let sure = fact.confidence().get();
        Some(if key && partly { fact.with_confidence(Confidence::new(sure * LESS)) } else { fact })
    }
}

/// Whether a fact from the same sentence holds the quantity. Where the contract is `silent` on the renewal or the end of which
/// the sentence speaks, a duty with all of its words is not enough.
fn takes_up(fact: &FactRef<'_>, quantity: &Quantity, silent: bool, text: &DocumentText) -> bool {
    let written = quantity.measure.written();
    let has_value = |told: &str| written.as_deref().is_some_and(|value| holds(told, value));
    // What is said twice is read once.
    let again = match fact.field {
        Field::initial_term => quantity.family == Family::Term,
        Field::renewal => matches!(quantity.family, Family::Renewal | Family::Notice),
        Field::expiration_date => matches!(quantity.measure, Measure::Day(_)),
        _ => false,
    };
    if again && quantity.known == Known::ByForm && fact.words().is_some_and(|told| has_value(&told)) {
        return true;
    }
    if silent && matches!(fact.field, Field::obligations | Field::provisions) {
        return false;
    }
    if fact.field == Field::clauses || !fact.evidence.iter().any(|e| touches(e.span(), quantity.sentence)) {
        return false;
    }
    // A duty is told with all of its words; what it says of the life of the contract is not read by that.
    let duty = (quantity.known == Known::ByWords || matches!(quantity.family, Family::Payment | Family::Notice))
        && keeps(fact);
    if duty && fact.evidence.iter().any(|e| e.span().contains(quantity.words)) {
        return true;
    }
    let words = text.slice(quantity.words);
    let told = fact.words().unwrap_or_default();
    has_value(&told) || holds(&told, words) || keeps(fact) && fact.raw.contains(words)
}

/// Whether a fact on the life of the contract was read in a place.
fn is_of_life(fact: &FactRef<'_>, place: Span) -> bool {
    let life =
        matches!(fact.field, Field::expiration_date | Field::initial_term | Field::renewal | Field::terminations);
    life && fact.evidence.iter().any(|e| place.contains(e.span()))
}

/// Whether the words of a fact are kept as a whole, so that a reader of the record sees all of them.
fn keeps(fact: &FactRef<'_>) -> bool {
    let clause = matches!(
        fact.field,
        Field::obligations | Field::provisions | Field::changes | Field::price_changes | Field::service_levels
    );
    clause || fact.raw.len() <= VALUE
}

fn touches(a: Span, b: Span) -> bool {
    a.start() < b.end() && b.start() < a.end()
}

/// Whether `words` hold `part`, not as the end of a larger number.
fn holds(words: &str, part: &str) -> bool {
    words.match_indices(part).any(|(at, _)| !words.part(..at).ends_with(|c: char| c.is_ascii_digit()))
}

fn remark(quantity: &Quantity, text: &DocumentText) -> Diagnostic {
    const LONGEST: usize = 200;
    let sentence = text.slice(quantity.sentence);
    let from = quantity.words.start() - quantity.sentence.start();
    let start = sentence.floor_char_boundary(from.saturating_sub(LONGEST / 2));
    let end = sentence.floor_char_boundary((start + LONGEST).min(sentence.len()));
    let around = sentence.part(start..end);
    let words = text.slice(quantity.words);
    let (code, on) = match quantity.known {
        Known::ByForm => (UNREAD, "on"),
        Known::ByWords | Known::ByPlace(_) => (PERHAPS_UNREAD, "that may be on"),
    };
    let message = format!("Not read: \"{words}\" in a clause {on} {}: \"{around}\".", quantity.family.topic());
    Diagnostic::new(&format!("{code}{}", quantity.family.name()), Severity::Info, Stage::Contract, message)
        .on_page(text.cite(quantity.words).page())
        .at(quantity.words)
}
