//! What the model reads: the sentences of a document, in reading order, and the sections over them.

/// A sentence, a list item or a table row.
#[derive(Debug, Clone, Copy)]
pub struct Passage<'a> {
    /// Its words.
    pub text: &'a str,
    /// Index of its section; the first section is the preamble.
    pub section: usize,
    /// Index of the passage that leads in the list to which this one belongs ("The Supplier shall:").
    pub lead_in: Option<usize>,
    /// Whether its section begins with it.
    pub opens_section: bool,
}

/// A numbered or headed part of the document.
#[derive(Debug, Clone, Copy)]
pub struct Section<'a> {
    /// Heading without its number.
    pub heading: Option<&'a str>,
    /// Index of the section that holds this one.
    pub parent: Option<usize>,
    /// Whether it belongs to a schedule, exhibit or annex.
    pub attachment: bool,
}

/// A document, cut into passages.
#[derive(Debug, Clone, Default)]
pub struct Passages<'a> {
    /// In reading order.
    pub passages: Vec<Passage<'a>>,
    /// The sections that they name.
    pub sections: Vec<Section<'a>>,
}

impl<'a> Passages<'a> {
    /// The sections with a heading over the text of a section, the nearest first: their indexes and headings.
    pub(crate) fn headings(&self, section: usize) -> impl Iterator<Item = (usize, &'a str)> {
        let parent = |s: &usize| self.sections.get(*s).and_then(|s| s.parent);
        let up = std::iter::successors(Some(section), parent);
        up.filter_map(|s| Some((s, self.sections.get(s)?.heading?)))
    }
}
