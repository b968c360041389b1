//! Facts: values with identity, origin, confidence and proof.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Cited, Evidence, FactId};
use crate::calendar::Derivation;

/// How a value came to be what it is, or why it is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Read in the text.
    Found,
    /// Calculated from values read in the text; the derivation says how.
    Computed,
    /// The text promises a value that cannot be settled from it (a blank, a future event).
    Unresolved,
    /// The text gives two different values.
    Conflicting,
    /// The value was removed from the text on purpose (`[***]`).
    Redacted,
}

/// What found a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OriginKind {
    /// A rule of [`crate::detect::rules`].
    Rule,
    /// The local model.
    Model,
    /// A rule and the model, in agreement.
    RuleAndModel,
    /// A person.
    Reviewer,
}

/// What found a fact, and which one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Origin {
    /// Kind of finder.
    pub kind: OriginKind,
    /// Name of the rule, model label or reviewer, such as `renewal.automatic`.
    pub id: String,
}

impl Origin {
    /// The rule named `id`.
    #[must_use]
    pub fn rule(id: &str) -> Self {
        Self { kind: OriginKind::Rule, id: id.to_owned() }
    }

    /// The person named `who`.
    #[must_use]
    pub fn reviewer(who: &str) -> Self {
        Self { kind: OriginKind::Reviewer, id: who.to_owned() }
    }
}

/// How likely a value is right: 0 to 1, rounded to three digits so that it prints alike everywhere.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema)]
#[serde(from = "f64", into = "f64")]
#[schemars(with = "f64")]
pub struct Confidence(f32);

impl From<f64> for Confidence {
    fn from(p: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "three digits are kept")]
        Self::new(p as f32)
    }
}

impl From<Confidence> for f64 {
    fn from(p: Confidence) -> Self {
        (Self::from(p.0) * 1000.0).round() / 1000.0
    }
}

impl Confidence {
    /// Confidence `p`, clamped to 0..=1; not-a-number counts as 0.
    #[must_use]
    pub fn new(p: f32) -> Self {
        let p = if p.is_nan() { 0.0 } else { p.clamp(0.0, 1.0) };
        Self((p * 1000.0).round() / 1000.0)
    }

    /// The number, 0 to 1.
    #[must_use]
    pub const fn get(self) -> f32 {
        self.0
    }
}

/// A value of a contract with its proof.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Fact_{T}")]
pub struct Fact<T> {
    id: FactId,
    /// Null when `status` is `unresolved` or `redacted`.
    value: Option<T>,
    raw: String,
    status: Status,
    confidence: Confidence,
    origin: Origin,
    /// How a computed value was reached; null for a value that was read.
    derivation: Option<Derivation>,
    evidence: Vec<Evidence>,
}

impl<T> Fact<T> {
    /// A fact of `kind` read by rule `origin`; `raw` is the text of the value itself, often shorter than its quote.
    ///
    /// The identity rests on the first piece of evidence.
    #[must_use]
    pub fn found(kind: &str, cited: Cited<T>, raw: &str, origin: Origin, confidence: Confidence) -> Self {
        Self::build(kind, cited.map(Some), raw, Status::Found, origin, confidence, None)
    }

    /// A fact whose value was calculated as `derivation` says.
    #[must_use]
    pub fn computed(
        kind: &str,
        cited: Cited<T>,
        raw: &str,
        origin: Origin,
        confidence: Confidence,
        derivation: Derivation,
    ) -> Self {
        Self::build(kind, cited.map(Some), raw, Status::Computed, origin, confidence, Some(derivation))
    }

    /// A fact whose value the text announces but does not give: `status` is unresolved or redacted.
    #[must_use]
    pub fn unknown(
        kind: &str,
        evidence: Evidence,
        raw: &str,
        status: Status,
        origin: Origin,
        confidence: Confidence,
    ) -> Self {
        Self::build(kind, Cited::new(None, evidence), raw, status, origin, confidence, None)
    }

    fn build(
        kind: &str,
        cited: Cited<Option<T>>,
        raw: &str,
        status: Status,
        origin: Origin,
        confidence: Confidence,
        derivation: Option<Derivation>,
    ) -> Self {
        let (value, evidence) = cited.into_parts();
        let first = &evidence[0];
        let id = FactId::of(first.document(), kind, first.span(), &origin.id);
        Self { id, value, raw: raw.to_owned(), status, confidence, origin, derivation, evidence }
    }

    /// The same fact with another status, such as `conflicting`.
    #[must_use]
    pub fn with_status(mut self, status: Status) -> Self {
        self.status = status;
        self
    }

    /// The same fact with another confidence.
    #[must_use]
    pub fn with_confidence(mut self, confidence: Confidence) -> Self {
        self.confidence = confidence;
        self
    }

    /// The same fact with one more piece of evidence.
    #[must_use]
    pub fn with_evidence(mut self, evidence: Evidence) -> Self {
        if !self.evidence.contains(&evidence) {
            self.evidence.push(evidence);
        }
        self
    }

    /// Stable identifier.
    #[must_use]
    pub fn id(&self) -> &FactId {
        &self.id
    }

    /// The value; `None` when it is unresolved or redacted.
    #[must_use]
    pub fn value(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// The words of the value itself.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// How the value came to be known, or why it is not.
    #[must_use]
    pub fn status(&self) -> Status {
        self.status
    }

    /// How likely it is right.
    #[must_use]
    pub fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// What found it.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// How a computed value was reached.
    #[must_use]
    pub fn derivation(&self) -> Option<&Derivation> {
        self.derivation.as_ref()
    }

    /// The proof, at least one piece.
    #[must_use]
    pub fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }

    /// The same fact, found by a rule and now by the model as well: half of what was missing to certainty is gone.
    pub fn confirm(&mut self) {
        self.origin.kind = OriginKind::RuleAndModel;
        self.confidence = Confidence::new(f32::midpoint(self.confidence.get(), 1.0));
    }

    /// The same fact with the value that a person gave, or found right: certain, and proved by `evidence`, where there is
    /// any. What led to the value that was read, and the words that prove it, are kept only where it is the same.
    #[must_use]
    pub fn told(self, value: T, evidence: Option<Evidence>, who: &str) -> Self
    where
        T: PartialEq,
    {
        let same = self.value.as_ref() == Some(&value);
        let raw = match &evidence {
            Some(evidence) if !same => evidence.quote().to_owned(),
            _ => self.raw,
        };
        let mut proof: Vec<Evidence> = evidence.into_iter().collect();
        if same || proof.is_empty() {
            proof.extend(self.evidence.into_iter().filter(|e| !proof.contains(e)).collect::<Vec<_>>());
        }
        Self {
            status: if same && self.derivation.is_some() { Status::Computed } else { Status::Found },
            derivation: self.derivation.filter(|_| same),
            value: Some(value),
            raw,
            confidence: Confidence::new(1.0),
            origin: Origin::reviewer(who),
            evidence: proof,
            id: self.id,
        }
    }

    /// The same fact with a value that was computed anew.
    #[must_use]
    pub fn recomputed(self, value: T, derivation: Derivation) -> Self {
        Self { value: Some(value), status: Status::Computed, derivation: Some(derivation), ..self }
    }

    /// The same fact with its value left open.
    #[must_use]
    pub fn opened(self) -> Self {
        Self { value: None, status: Status::Unresolved, derivation: None, ..self }
    }

    /// Changes the value and keeps everything else.
    #[must_use]
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Fact<U> {
        Fact {
            id: self.id,
            value: self.value.map(f),
            raw: self.raw,
            status: self.status,
            confidence: self.confidence,
            origin: self.origin,
            derivation: self.derivation,
            evidence: self.evidence,
        }
    }
}
