//! Handing records on to other programs: JSON, CSV, calendars, and the schema of it all.
//!
//! Every writer takes an iterator and keeps one record in memory at a time. Errors are those of the sink; a broken pipe
//! keeps its [`std::io::ErrorKind`], so that the caller can take it for the reader's wish to stop.

mod csv;
mod ics;
mod json;
mod record;
mod schema;

pub use csv::{contracts_csv, failures_csv, obligations_csv, schedule_csv};
pub use ics::ics;
pub use json::{json, ndjson};
pub use record::{Record, SCHEMA_VERSION};
pub use schema::schema;
