//! What a user should know about a document beyond its facts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Span;

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know.
    Info,
    /// A value may be wrong or missing.
    Warning,
    /// Part of the document could not be used.
    Error,
}

/// The stage that noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Finding and reading bytes.
    Source,
    /// Text and its layout.
    Text,
    /// Digital signatures.
    Signature,
    /// Clauses and sentences.
    Segment,
    /// Rules and model.
    Detect,
    /// The contract record.
    Contract,
    /// Dates and deadlines.
    Schedule,
}

/// The part of the document that a diagnostic speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Location {
    /// Page, from 1.
    pub page: Option<u32>,
    /// Place in the normalised text.
    pub span: Option<Span>,
}

/// One remark on one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Diagnostic {
    /// Stable short name, such as `text.no_text_layer`.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// The stage that noticed.
    pub stage: Stage,
    /// A sentence for people.
    pub message: String,
    /// Where, when it has a place.
    pub location: Option<Location>,
}

impl Diagnostic {
    /// A remark without a place.
    #[must_use]
    pub fn new(code: &str, severity: Severity, stage: Stage, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), severity, stage, message: message.into(), location: None }
    }

    /// The same remark on page `page`.
    #[must_use]
    pub fn on_page(mut self, page: u32) -> Self {
        self.location = Some(Location { page: Some(page), span: self.location.and_then(|l| l.span) });
        self
    }

    /// The same remark at `span`.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.location = Some(Location { page: self.location.and_then(|l| l.page), span: Some(span) });
        self
    }
}

/// A document that could not be read at all.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{}", .diagnostic.message)]
pub struct DocumentFailure {
    /// Why.
    pub diagnostic: Diagnostic,
}
