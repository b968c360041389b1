//! Full-text search over clauses, with tantivy.
//!
//! The index has no data of its own. It is updated from the log of events of the store, and rebuilt when it is missing,
//! damaged, of another version, or of another store. The store and the schedule select the contracts of a search (party,
//! dates, kind); the index gets their IDs.

mod checked;
mod error;
mod fields;
mod follow;
mod query;
mod search;
mod semantic;
mod snippet;
mod statistics;

#[cfg(test)]
mod tests;

pub use error::IndexError;
pub use follow::{Followed, Index};
pub use query::{Query, QueryError};
pub use search::{Hit, Results};
pub use semantic::Question;
