//! The terms of a contract with what people said of their values.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Said, Statement, ValueSaid, fact_key, follow};
use crate::record::{
    Cited, Confidence, Contract, Describe, DocumentId, Editor, Evidence, Fact, FactId, Field, Many, One, Origin,
    ReviewItem, ReviewReason,
};

/// What stands between a value that somebody gave and the contract as it is read now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Conflict {
    /// The program reads another value than when the person spoke, and not the person's.
    ReadingChanged,
    /// The contract does not have the words any more that prove the value.
    QuoteGone,
}

/// A value that somebody confirmed or set, beside the one that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Correction {
    /// Field of the record, such as `expiration_date`.
    pub field: String,
    /// The fact that has the value.
    pub fact: FactId,
    /// The value that counts.
    pub value: Value,
    /// What the program reads.
    pub read: Option<Value>,
    /// The same in words.
    pub read_words: Option<String>,
    /// The words of the contract in which it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_quote: Option<String>,
    /// Their page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_page: Option<u32>,
    /// Who said it.
    pub who: Option<String>,
    /// When, in RFC 3339.
    pub at: String,
    /// Why, in that person's words.
    pub why: Option<String>,
    /// Whether the value is the one that the program had read.
    pub confirmed: bool,
    /// Why somebody should look at it again.
    pub conflict: Option<Conflict>,
}

impl Correction {
    /// What a person should look at, when it is in conflict with the contract as it is read now.
    #[must_use]
    pub fn to_review(&self, contract: &Contract) -> Option<ReviewItem> {
        let conflict = self.conflict?;
        let facts = contract.facts();
        let fact = facts.iter().find(|f| *f.id == self.fact)?;
        let told = fact.words().unwrap_or_default();
        let raw = match (conflict, &self.read_words) {
            (Conflict::ReadingChanged, Some(read)) => format!("{told}; now read: {read}"),
            (Conflict::ReadingChanged, None) => format!("{told}; nothing is read any more"),
            (Conflict::QuoteGone, _) => format!("{told}; its words are not in the contract any more"),
        };
        Some(ReviewItem {
            fact: self.fact.clone(),
            field: self.field.clone(),
            reason: ReviewReason::ToldOtherwise,
            confidence: fact.confidence,
            raw,
            page: fact.evidence.first().map_or(1, Evidence::page),
        })
    }
}

/// Where the proof of a value is looked up.
pub trait Proofs {
    /// The words `quote`, on `page` where one is given, in the documents of the agreement; `None` where they are not.
    fn find(&self, quote: &str, page: Option<u32>) -> Option<Evidence>;
}

/// Puts the values that people gave in the place of those that were read, and computes anew what follows from them.
///
/// With `then`, the terms are those of an earlier day, of which only what was read as it is read now is known to people.
pub fn correct(
    contract: &mut Contract,
    document: &DocumentId,
    said: &Said,
    proofs: &impl Proofs,
    then: bool,
) -> Vec<Correction> {
    let (values, events) = (said.values(document), said.events(document));
    if values.is_empty() {
        follow::happened(contract, &events);
        return Vec::new();
    }
    let before = follow::Start::of(contract);
    let mut out = Vec::new();
    for (statement, value) in values {
        let Some(field) = Field::named(&value.field) else { continue };
        let mut put = Put { statement, said: value, document, proofs, then, out: None };
        contract.edit(field, &mut put);
        out.extend(put.out);
    }
    follow::follow(contract, &before, &out);
    follow::happened(contract, &events);
    out
}

/// One value on its way into the contract.
struct Put<'a, P> {
    statement: &'a Statement,
    said: &'a ValueSaid,
    document: &'a DocumentId,
    proofs: &'a P,
    then: bool,
    out: Option<Correction>,
}

impl<P: Proofs> Put<'_, P> {
    /// What becomes of the fact that was read; `None` where the statement does not count.
    fn apply<T: Describe + PartialEq>(&mut self, field: Field, read: Option<Fact<T>>) -> Option<Fact<T>> {
        if self.said.value.is_null() {
            return self.strike(field, read);
        }
        // A value that the type of the field has no place for is one of another version: what is read stays.
        let Ok(value) = serde_json::from_value::<T>(self.said.value.clone()) else { return read };
        let now = read.as_ref().and_then(|fact| fact.value());
        let read_value = now.and_then(|value| serde_json::to_value(value).ok());
        let read_words = now.map(Describe::words);
        let as_then = read_value == self.said.read;
        if self.then && !as_then {
            return read;
        }
        // The proof of what was confirmed and is read as it was then stands beside the value already.
        let quote = self.said.quote.as_deref().filter(|_| !(self.said.confirmed && as_then));
        let found = quote.map(|quote| self.proofs.find(quote, self.said.page));
        let conflict = if !as_then && read_value.as_ref() != Some(&self.said.value) {
            Some(Conflict::ReadingChanged)
        } else {
            found.as_ref().filter(|found| found.is_none()).map(|_| Conflict::QuoteGone)
        };
        let (who, evidence) = (self.statement.speaker(), found.flatten());
        let proof = read.as_ref().and_then(|fact| fact.evidence().first()).filter(|proof| !proof.quote().is_empty());
        let (read_quote, read_page) = (proof.map(|p| p.quote().to_owned()), proof.map(Evidence::page));
        // The words that say something else prove nothing. A value among several is known by its words, and keeps them.
        let unproved = now != Some(&value) && self.said.fact.is_none();
        let evidence = evidence.or_else(|| unproved.then(|| Evidence::of_document(self.document.clone())));
        let fact = if let Some(fact) = read {
            fact.told(value, evidence, who)
        } else {
            let evidence = evidence.unwrap_or_else(|| Evidence::of_document(self.document.clone()));
            // Those among several are told apart by their words.
            let among = self.said.fact.is_some() && evidence.quote().is_empty();
            let raw = if among { value.words() } else { evidence.quote().to_owned() };
            let cited = Cited::new(value, evidence);
            let origin = Origin::reviewer(who);
            Fact::found(field.name(), cited, &raw, origin, Confidence::new(1.0))
        };
        self.out = Some(Correction {
            field: field.name().to_owned(),
            fact: fact.id().clone(),
            value: self.said.value.clone(),
            read: read_value,
            read_words,
            read_quote,
            read_page,
            who: self.statement.who.clone(),
            at: self.statement.at.to_string(),
            why: self.statement.why.clone(),
            confirmed: self.said.confirmed,
            conflict,
        });
        Some(fact)
    }
}

impl<P: Proofs> Put<'_, P> {
    /// Takes out a value that was read and is none.
    fn strike<T: Describe + PartialEq>(&mut self, field: Field, read: Option<Fact<T>>) -> Option<Fact<T>> {
        let fact = read?;
        let now = fact.value();
        self.out = Some(Correction {
            field: field.name().to_owned(),
            fact: fact.id().clone(),
            value: Value::Null,
            read: now.and_then(|value| serde_json::to_value(value).ok()),
            read_words: now.map(Describe::words),
            read_quote: fact.evidence().first().map(|proof| proof.quote().to_owned()),
            read_page: fact.evidence().first().map(Evidence::page),
            who: self.statement.who.clone(),
            at: self.statement.at.to_string(),
            why: self.statement.why.clone(),
            confirmed: false,
            conflict: None,
        });
        None
    }
}

impl<P: Proofs> Editor for Put<'_, P> {
    fn one<T: Describe + PartialEq>(&mut self, field: Field, slot: &mut One<T>) {
        *slot = self.apply(field, slot.take());
    }

    fn many<T: Describe + PartialEq>(&mut self, field: Field, slot: &mut Many<T>) {
        let is_it = |fact: &Fact<T>| Some(fact_key(fact.raw())) == self.said.fact;
        match slot.iter().position(is_it) {
            Some(at) => {
                let read = slot.remove(at);
                if let Some(fact) = self.apply(field, Some(read)) {
                    slot.insert(at, fact);
                }
            }
            None => slot.extend(self.apply(field, None)),
        }
    }
}
