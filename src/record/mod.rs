//! The record of one contract: values, facts that prove them, and the list of its fields. Every stage from `detect` on
//! works on these.

mod column;
mod document;
mod fact;
mod facts;
mod fields;
mod generate;
mod review;
#[cfg(test)]
pub(crate) mod testing;
pub mod value;
mod words;

pub(crate) use column::variant;
pub use document::{DocumentInfo, OcrInfo, PageRange, TextSource};
pub use fact::{Confidence, Fact, Origin, OriginKind, Status};
pub(crate) use facts::{Editor, Folder, Sieve};
pub use facts::{FactRef, Many, One, fact_key};
pub use fields::{Contract, Facts, Field};
pub use review::{NOT_ENGLISH, PERHAPS_UNREAD, ReviewItem, ReviewReason, UNREAD};
pub use tickler_pdf::cite::*;
pub use words::{Describe, capital};
