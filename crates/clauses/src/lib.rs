//! The clause model of tickler: which sentence of a contract is a clause of which category, and how likely.
//!
//! A linear first stage ([`features`]) reads every sentence in microseconds and passes a part of them on; the [`encoder`]
//! reads those in their context; a small calibrated stack joins both. Names and dates, which rules cut inside sentences,
//! are ranked again among each other.
//!
//! ```text
//! Passages -> features -> first -> (window -> encoder -> second) -> stack -> Judgement
//! Candidates -------------------------------------------- rerank -> trees -> probabilities
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
