//! Exporting records to other programs: JSON, CSV, calendars, and the JSON Schema.
//!
//! Every writer takes an iterator and keeps one record in memory at a time. Errors are those of the sink. A broken pipe
//! keeps its [`std::io::ErrorKind`], so that the caller can see that the reader stopped.

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
