//! Quotes with their places on the page, and values that carry them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{DocumentId, Span};

/// A rectangle on a page, in PDF points with the origin at the top left of the page as it is displayed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "(u32, f64, f64, f64, f64)", into = "(u32, f64, f64, f64, f64)")]
#[schemars(with = "(u32, f64, f64, f64, f64)")]
pub struct PageRegion {
    /// Page number, from 1.
    pub page: u32,
    /// Left edge.
    pub x0: f32,
    /// Top edge.
    pub y0: f32,
    /// Right edge.
    pub x1: f32,
    /// Bottom edge.
    pub y1: f32,
}

impl From<(u32, f64, f64, f64, f64)> for PageRegion {
    fn from((page, x0, y0, x1, y1): (u32, f64, f64, f64, f64)) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "page coordinates fit f32")]
        let [x0, y0, x1, y1] = [x0, y0, x1, y1].map(|v| v as f32);
        Self { page, x0, y0, x1, y1 }
    }
}

/// Written to a tenth of a point: a hair's breadth, and alike on every machine.
impl From<PageRegion> for (u32, f64, f64, f64, f64) {
    fn from(r: PageRegion) -> Self {
        let [x0, y0, x1, y1] = [r.x0, r.y0, r.x1, r.y1].map(|v| (f64::from(v) * 10.0).round() / 10.0);
        (r.page, x0, y0, x1, y1)
    }
}

/// Proof of a value: the exact quote, where it stands in the text, and where it stands on the page.
///
/// Made only by [`crate::text::DocumentText::cite`] and, where a person quotes a text whose places are not kept, by
/// [`Evidence::in_text`] and [`Evidence::of_document`]; the quote is always the text of the span.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    document: DocumentId,
    page: u32,
    quote: String,
    span: Span,
    regions: Vec<PageRegion>,
}

impl Evidence {
    pub(crate) fn new(document: DocumentId, page: u32, quote: String, span: Span, regions: Vec<PageRegion>) -> Self {
        Self { document, page, quote, span, regions }
    }

    /// The proof at `span` of the `text` of a document, without its place on `page`; `None` where `span` cuts a character.
    #[must_use]
    pub fn in_text(document: DocumentId, text: &str, span: Span, page: u32) -> Option<Self> {
        let quote = text.get(span.range())?.to_owned();
        Some(Self { document, page, quote, span, regions: Vec::new() })
    }

    /// A document as a whole, for a value that somebody gave and for which no words of it stand.
    #[must_use]
    pub fn of_document(document: DocumentId) -> Self {
        Self { document, page: 1, quote: String::new(), span: Span::new(0, 0), regions: Vec::new() }
    }

    /// The document quoted.
    #[must_use]
    pub fn document(&self) -> &DocumentId {
        &self.document
    }

    /// Page on which the quote begins, from 1.
    #[must_use]
    pub fn page(&self) -> u32 {
        self.page
    }

    /// The words, exactly as in the normalised text.
    #[must_use]
    pub fn quote(&self) -> &str {
        &self.quote
    }

    /// The place in the normalised text.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// One rectangle for each visual line that the quote touches.
    #[must_use]
    pub fn regions(&self) -> &[PageRegion] {
        &self.regions
    }
}

/// A value with at least one piece of evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Cited<T> {
    value: T,
    evidence: Vec<Evidence>,
}

impl<T> Cited<T> {
    /// A value proved by `evidence`.
    #[must_use]
    pub fn new(value: T, evidence: Evidence) -> Self {
        Self { value, evidence: vec![evidence] }
    }

    /// The value.
    #[must_use]
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The evidence, at least one piece.
    #[must_use]
    pub fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }

    /// Another piece of evidence for the same value.
    #[must_use]
    pub fn with(mut self, evidence: Evidence) -> Self {
        if !self.evidence.contains(&evidence) {
            self.evidence.push(evidence);
        }
        self
    }

    /// Changes the value and keeps the evidence.
    #[must_use]
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Cited<U> {
        Cited { value: f(self.value), evidence: self.evidence }
    }

    /// The value and its evidence, at least one piece.
    #[must_use]
    pub fn into_parts(self) -> (T, Vec<Evidence>) {
        (self.value, self.evidence)
    }
}
