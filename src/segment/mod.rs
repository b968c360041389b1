//! The clause tree, sentences and defined terms of a document.

mod segments;

pub use segments::{Clause, Definition, Segments, Sentence, segment};
