//! The store: one SQLite database, `tickler.db`, in a folder of the user's.
//!
//! It holds what was read from each document, by the ID of its content. Deadlines depend on the day, so they are no part of
//! a record; what lists need of them is kept beside it for as many days as it stays the same. A writer takes a lock, so there is one at a time; readers need no lock. The search index is built from the
//! store and can be rebuilt at any time.

mod agreement;
mod backup;
mod chain;
mod dates;
mod embeddings;
mod error;
mod family;
mod feeds;
mod find;
mod hidden;
mod hooks;
mod ledger;
mod migrate;
mod open;
mod outbox;
mod overview;
mod passed;
mod places;
mod query;
mod revisions;
mod rights;
mod rows;
mod schema;
mod seal;
mod statements;
mod text;
mod verify;
mod write;

#[cfg(test)]
mod agreement_tests;
#[cfg(test)]
mod damage_tests;
#[cfg(test)]
pub(crate) mod tests;

pub use agreement::Joined;
pub use backup::{Backup, Restored};
pub use chain::Chain;
pub use dates::{Dates, MadeDates};
pub use embeddings::{Closest, Similar};
pub use error::StoreError;
pub use feeds::{Feed, Written};
pub use hidden::StoredHidden;
pub use hooks::{Known, Told};
pub use migrate::LATEST as SCHEMA_VERSION;
pub use open::Store;
pub use outbox::{Delivery, Fill, Posted};
pub use overview::{LARGE, MadePart, Part as Overview};
pub use passed::PassedOver;
pub use query::{Counts, Filter};
pub use revisions::{Cursor, Revised};
pub use rows::{ContractRow, Event, EventKind, FailureRow, InForce};
pub use text::{StoredClause, StoredText};
pub use verify::{Files, Finding, Part, Verification};
pub use write::Saved;
