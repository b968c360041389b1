//! The record of one contract: values, facts that prove them, and the list of its fields. Every stage from `detect` on
//! works on these.

mod contract;
mod fact;
mod facts;
pub mod value;

pub use contract::{Contract, DocumentInfo, OcrInfo, TextSource};
pub use fact::{Confidence, Fact, Origin, OriginKind, Status};
pub use facts::{FactRef, ReviewItem, ReviewReason};
pub use tickler_pdf::cite::*;
