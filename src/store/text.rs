//! Normalised texts in the store.

use serde::{Deserialize, Serialize};

use crate::pipeline::Reading;
use crate::record::{DocumentId, Evidence, Span};
use crate::said::{NotQuoted, find_quote};
use crate::text::DocumentText;

/// A clause of a stored text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredClause {
    /// Number as people cite it.
    pub number: Option<String>,
    /// Its heading, or that of the clause above it.
    pub heading: Option<String>,
    /// Page on which it begins, from 1.
    pub page: u32,
    /// Its place in the text.
    pub span: Span,
}

/// The text of a document with its clauses and the pages they stand on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredText {
    /// The normalised text.
    pub text: String,
    /// Where the page changes: from this byte on, the text stands on this page. Sorted by byte.
    pub pages: Vec<(u32, u32)>,
    /// The clauses in document order.
    pub clauses: Vec<StoredClause>,
}

impl StoredText {
    /// The part of the text of a reading that is stored.
    #[must_use]
    pub fn of(reading: &Reading) -> Self {
        let text = &reading.text;
        let clauses = reading.segments.sections.iter().enumerate().map(|(i, clause)| StoredClause {
            number: clause.number.clone(),
            heading: reading.segments.heading(i).map(str::to_owned),
            page: text.page_at(clause.span.start()),
            span: clause.span,
        });
        Self { text: text.as_str().to_owned(), pages: page_changes(text), clauses: clauses.collect() }
    }

    /// Page of the character at byte `offset`.
    #[must_use]
    pub fn page_at(&self, offset: usize) -> u32 {
        let after = self.pages.partition_point(|(start, _)| *start as usize <= offset);
        self.pages.get(after.saturating_sub(1)).map_or(1, |(_, page)| *page)
    }

    /// The words `quote` as evidence, on `page` where one is given; the text is that of `document`.
    ///
    /// # Errors
    /// [`NotQuoted`] when the text does not have them, or has them more than once.
    pub fn quoted(&self, document: &DocumentId, quote: &str, page: Option<u32>) -> Result<Evidence, NotQuoted> {
        let span = find_quote(&self.text, |at| self.page_at(at), quote, page)?;
        Evidence::in_text(document.clone(), &self.text, span, self.page_at(span.start())).ok_or(NotQuoted::Nowhere)
    }
}

fn page_changes(text: &DocumentText) -> Vec<(u32, u32)> {
    let mut changes: Vec<(u32, u32)> = Vec::new();
    // A page never changes within a word.
    let mut starts_word = true;
    for (i, byte) in text.as_str().bytes().enumerate() {
        if starts_word {
            let page = text.page_at(i);
            if changes.last().is_none_or(|(_, last)| *last != page) {
                changes.push((u32::try_from(i).unwrap_or(u32::MAX), page));
            }
        }
        starts_word = byte.is_ascii_whitespace();
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_kept() {
        let text = DocumentText::from_plain(DocumentId::of(b"x"), "one two\nthree\u{c}four\n");
        let kept = StoredText { text: text.as_str().to_owned(), pages: page_changes(&text), clauses: Vec::new() };
        for i in 0..kept.text.len() {
            if kept.text.is_char_boundary(i) && !kept.text.as_bytes()[i].is_ascii_whitespace() {
                assert_eq!(kept.page_at(i), text.page_at(i), "byte {i}");
            }
        }
        assert_eq!(kept.pages.len(), 2);
    }
}
