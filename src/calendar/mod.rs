//! Calendar arithmetic on civil dates, and the record of how a date was reached.
//!
//! Dates have no zone and never pass through UTC. [`Rule`] names the rules of `docs/rules.md`.

mod arithmetic;
mod bounds;
mod builder;
mod business;
mod derivation;
pub mod holidays;
mod named_day;
mod period;
mod rule;
mod words;

pub use arithmetic::{add, nth, shift_days, subtract_clear, subtract_conservative, subtract_literal};
pub use bounds::{Bound, Start, last_day_of_period, last_day_within};
pub use builder::DerivationBuilder;
pub use business::{Calendar, Roll, WEEKDAYS_ONLY};
pub use derivation::{Basis, Derivation, Readings, Step};
pub use named_day::{DayKind, NamedDay};
pub use period::{Period, Unit};
pub use rule::Rule;
pub(crate) use tickler_pdf::MONTHS;
pub use words::away;
pub(crate) use words::{day_in_words, month_number};
