//! Looking at all facts of a contract alike.

use std::fmt;

use serde_json::Value;

use super::{Confidence, Contract, Describe, Evidence, Fact, FactId, Field, Origin, Part as _, Status};

/// A field that holds at most one fact.
pub type One<T> = Option<Fact<T>>;
/// A field that holds a list of facts.
pub type Many<T> = Vec<Fact<T>>;

/// A fact of any kind.
#[derive(Debug, Clone, Copy)]
pub struct FactRef<'a> {
    /// Field of the record that holds it.
    pub field: Field,
    /// Stable identifier.
    pub id: &'a FactId,
    /// How the value came to be known, or why it is not.
    pub status: Status,
    /// How likely it is right.
    pub confidence: Confidence,
    /// The words of the value itself.
    pub raw: &'a str,
    /// What found it.
    pub origin: &'a Origin,
    /// The proof, at least one piece.
    pub evidence: &'a [Evidence],
    fact: &'a dyn Told,
}

/// A name for one of several values of a field, made of the words of the contract, so that the same words have the same
/// name in the next version of the file: eight digits.
#[must_use]
pub fn fact_key(raw: &str) -> String {
    let words = raw.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let words = words.map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    blake3::hash(words.as_bytes()).to_hex().part(..8).to_owned()
}

impl<'a> FactRef<'a> {
    pub(crate) fn of<T: Describe>(field: Field, fact: &'a Fact<T>) -> Self {
        Self {
            field,
            id: fact.id(),
            status: fact.status(),
            confidence: fact.confidence(),
            raw: fact.raw(),
            origin: fact.origin(),
            evidence: fact.evidence(),
            fact,
        }
    }

    /// The value in plain English; `None` when it is unresolved or redacted.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        self.fact.words()
    }

    /// The fact with its value as it stands in the record.
    ///
    /// # Errors
    /// Those of the serialisation.
    pub fn to_json(&self) -> serde_json::Result<Fact<Value>> {
        self.fact.to_json()
    }
}

/// A fact whose type is forgotten.
trait Told: fmt::Debug {
    fn words(&self) -> Option<String>;
    fn to_json(&self) -> serde_json::Result<Fact<Value>>;
}

impl<T: Describe> Told for Fact<T> {
    fn words(&self) -> Option<String> {
        self.value().map(Describe::words)
    }

    fn to_json(&self) -> serde_json::Result<Fact<Value>> {
        serde_json::from_value(serde_json::to_value(self)?)
    }
}

/// What a field of the record is: [`One`] or [`Many`].
pub(super) trait Slot {
    /// The type of its values.
    type Value;

    /// Puts what it holds through `sieve`.
    fn sift(&mut self, sieve: impl FnMut(Fact<Self::Value>) -> Option<Fact<Self::Value>>);

    /// Hands itself to `editor`.
    fn edit(&mut self, field: Field, editor: &mut impl Editor)
    where
        Self::Value: Describe + PartialEq;
}

impl<T> Slot for One<T> {
    type Value = T;

    fn sift(&mut self, sieve: impl FnMut(Fact<T>) -> Option<Fact<T>>) {
        *self = self.take().and_then(sieve);
    }

    fn edit(&mut self, field: Field, editor: &mut impl Editor)
    where
        T: Describe + PartialEq,
    {
        editor.one(field, self);
    }
}

impl<T> Slot for Many<T> {
    type Value = T;

    fn sift(&mut self, sieve: impl FnMut(Fact<T>) -> Option<Fact<T>>) {
        *self = std::mem::take(self).into_iter().filter_map(sieve).collect();
    }

    fn edit(&mut self, field: Field, editor: &mut impl Editor)
    where
        T: Describe + PartialEq,
    {
        editor.many(field, self);
    }
}

/// What becomes of a fact of any kind.
pub(crate) trait Sieve {
    /// The fact, perhaps changed, or none to leave it out.
    fn pass<T: Describe>(&mut self, field: Field, fact: Fact<T>) -> Option<Fact<T>>;
}

/// What changes one field, whatever its type.
pub(crate) trait Editor {
    /// A field that holds at most one fact.
    fn one<T: Describe + PartialEq>(&mut self, field: Field, slot: &mut One<T>);

    /// A field that holds a list of facts.
    fn many<T: Describe + PartialEq>(&mut self, field: Field, slot: &mut Many<T>);
}

/// What folds the fields of an amendment into its agreement.
pub(crate) trait Folder {
    /// Lets `new` take the place of `old`.
    fn displace<T: Describe + PartialEq>(&mut self, field: Field, old: &mut One<T>, new: One<T>);

    /// Adds `new` to `old`; an old value gives way to a new one for which `same(new, old)` holds.
    fn join<T: Describe>(&mut self, field: Field, old: &mut Many<T>, new: Many<T>, same: impl Fn(&T, &T) -> bool);
}

impl Contract {
    /// The contract with only those facts whose confidence is at least `least` (0 to 1).
    #[must_use]
    pub fn confident(mut self, least: f32) -> Self {
        self.sift(&mut Least(least));
        self
    }

    /// The contract with the confidence of each fact times the mean of `weight` (0 to 1) over its evidence.
    #[must_use]
    pub fn weighed(mut self, weight: impl Fn(&Evidence) -> f32) -> Self {
        self.sift(&mut Weighed(weight));
        self
    }
}

/// Leaves out what is less sure.
struct Least(f32);

impl Sieve for Least {
    fn pass<T: Describe>(&mut self, _: Field, fact: Fact<T>) -> Option<Fact<T>> {
        (fact.confidence().get() >= self.0).then_some(fact)
    }
}

/// Makes facts as sure as their evidence.
struct Weighed<F>(F);

impl<F: Fn(&Evidence) -> f32> Sieve for Weighed<F> {
    fn pass<T: Describe>(&mut self, _: Field, fact: Fact<T>) -> Option<Fact<T>> {
        let weight = fact.evidence().iter().map(&self.0).sum::<f32>() / fact.evidence().len() as f32;
        let confidence = Confidence::new(fact.confidence().get() * weight);
        Some(fact.with_confidence(confidence))
    }
}
