//! Segments and their shapes.

use crate::record::{Diagnostic, Span};

/// A numbered or headed part of the contract: an article, a clause, a list item, a schedule, or the preamble.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The whole number path as people cite it, such as `4.2(a)`, `Article IX`, `Schedule A`; none for unnumbered text.
    pub number: Option<String>,
    /// Heading without its number.
    pub heading: Option<String>,
    /// Index of the section that holds this one.
    pub parent: Option<usize>,
    /// Depth in the tree, 0 for the top.
    pub level: u8,
    /// Own text: number, heading and body, up to the next section (children are sections of their own).
    pub span: Span,
    /// Whether it belongs to a schedule, exhibit or annex rather than to the body of the agreement.
    pub attachment: bool,
}

/// A sentence, a list item or a table row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Its text.
    pub span: Span,
    /// Index of its section.
    pub section: usize,
    /// Index of the sentence that leads in the list to which this one belongs ("The Supplier shall:").
    pub lead_in: Option<usize>,
}

/// A term in quotes that the contract defines, such as `("Customer")` or `"Term" means`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The term, without quotes.
    pub term: String,
    /// The term in the text, without quotes.
    pub span: Span,
    /// The sentence in which it is defined.
    pub sentence: usize,
}

/// A document cut into sections and sentences, in reading order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Segments {
    /// The tree of sections in document order; the first section is the preamble (title and recitals).
    pub sections: Vec<Section>,
    /// The sentences.
    pub sentences: Vec<Sentence>,
    /// The defined terms.
    pub definitions: Vec<Definition>,
    /// What was cut, or left out.
    pub remarks: Vec<Diagnostic>,
}

impl Segments {
    /// Heading of a section, or of the nearest section above it that has one.
    #[must_use]
    pub fn heading(&self, section: usize) -> Option<&str> {
        self.headed(section).find_map(|c| self.sections[c].heading.as_deref())
    }

    /// The sections with a heading over the text of a section: itself or the first above it, then those above that.
    pub fn headed(&self, section: usize) -> impl Iterator<Item = usize> {
        let parent = |c: &usize| self.sections.get(*c).and_then(|c| c.parent);
        let up = std::iter::successors(Some(section), parent);
        up.filter(|c| self.sections.get(*c).is_some_and(|c| c.heading.is_some()))
    }
}
