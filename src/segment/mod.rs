//! The tree of sections, sentences and defined terms of a document.
//!
//! Numbers and headings at the beginning of blocks make the tree; each block is cut into sentences; quotes in their
//! defining positions make the terms.

mod bundle;
mod definitions;
mod heading;
mod numbering;
mod segments;
mod sentences;
mod tree;

pub use bundle::{Bundle, bundle};
pub use segments::{Definition, Section, Segments, Sentence};

use crate::text::DocumentText;

/// Cuts a document into segments.
#[must_use]
pub fn segment(text: &DocumentText) -> Segments {
    let mut segments = tree::build(text);
    definitions::find(text, &mut segments);
    segments
}
