//! Worker processes for the PDF engines: a file that exhausts memory, loops, or hits a mistake in an engine ends a worker
//! and not the batch.
//!
//! ```text
//! text::extract_with -> Pool --- request: task, limits, bytes ------------> serve (another process) -> Engine, signatures
//!                            <-- answer: EngineOutput, Picture, PageImage, signatures, or EngineError --
//! ```
//!
//! A worker takes one document after another. One that dies, takes too long or answers nonsense is ended and replaced;
//! [`crate::text::extract_with`] then tries the other engine, and gives the document up when that fails too.

mod limits;
mod pool;
pub mod protocol;
mod serve;
mod timed;

pub use limits::{Budget, Isolation, Limits};
pub use pool::{Pool, WorkerError};
pub use serve::serve;
