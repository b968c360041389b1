//! The record of one contract: the facts that the rest of the program works on.

mod assemble;
mod confident;
mod record;
mod term;

pub use assemble::assemble;
pub use record::{Contract, DocumentInfo, TextSource};
