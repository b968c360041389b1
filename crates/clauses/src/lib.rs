//! The clause model of tickler: finds the sentences of a contract that are clauses, with a probability for each category.
//!
//! A linear first stage ([`features`]) reads every sentence in microseconds and keeps the likeliest; the [`encoder`] reads
//! those with their headings; a small calibrated stack combines both. Names and dates, which rules cut inside sentences,
//! are candidates that are re-ranked.
//!
//! ```text
//! Passages -> features -> first -> (window -> encoder -> second) -> stack -> Judgement
//! Candidates -------------------------------------------- rerank -> stack -> probabilities
//! ```
//!
//! The crate knows nothing of PDFs or records: text goes in as [`Passages`], probabilities come out.

mod candidate;
mod embedding;
pub mod encoder;
pub mod features;
mod files;
mod first;
mod kernel;
mod model;
mod passages;
mod rerank;
mod second;
mod stack;
mod tensors;
#[cfg(test)]
mod tests;
mod trees;
mod window;

pub use candidate::{Candidate, Cut};
pub use embedding::Embedding;
pub use files::ModelError;
pub use model::{Classifier, Effort, Judgement, Model};
pub use passages::{Passage, Passages, Section};
