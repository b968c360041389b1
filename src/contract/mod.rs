//! The record of one contract: the facts that the rest of the program works on.

mod assemble;
mod certified;
mod execution;
mod facts;
mod record;
mod term;

pub use assemble::assemble;
pub use facts::{FactRef, ReviewItem, ReviewReason};
pub use record::{Contract, DocumentInfo, OcrInfo, TextSource};
