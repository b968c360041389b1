//! Full-text search over clauses, with tantivy.
//!
//! The index holds nothing that the store does not: it follows the store's log of events, and is made again when it is
//! missing, damaged, of another version, or of another store. Which contracts a search looks at (party, dates, kind) is
//! for the store and the schedule to say; the index is given their identities.

mod error;
mod fields;
mod follow;
mod query;
mod search;
mod semantic;
mod snippet;

#[cfg(test)]
mod tests;

pub use error::IndexError;
pub use follow::{Followed, Index};
pub use query::{Query, QueryError};
pub use search::{Hit, Results};
pub use semantic::Question;
