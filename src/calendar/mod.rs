//! Calendar arithmetic on civil dates, and the record of how a date was reached.
//!
//! Dates have no zone and never pass through UTC. Rule names (R1 to R17) are those of ARCHITECTURE.md.

mod derivation;
mod period;

pub use derivation::{Derivation, Readings, Step};
pub use period::{Period, Unit};
