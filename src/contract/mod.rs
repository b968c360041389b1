//! The findings of one document become its contract record.

mod assemble;
mod certified;
mod execution;
mod sanity;
mod term;
mod unread;

pub use assemble::assemble;
pub use term::Awaited;
