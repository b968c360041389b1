//! tickler reads signed contracts and turns them into dated obligations, with proof for every value.
//!
//! The stages, in the order in which data flows through them:
//!
//! 1. [`source`] finds documents and reads their bytes;
//! 2. [`text`] makes one normalised text whose every character leads back to its page and box; its PDF engines run in
//!    the processes of [`worker`];
//! 3. [`segment`] cuts it into sections, sentences and defined terms;
//! 4. [`detect`] turns sentences into facts: `phrase` reads each once into typed phrases, and the rules compare forms;
//! 5. [`contract`] puts the facts of a document together;
//! 6. [`said`] puts what people say of it beside what was read, and [`schedule`] computes deadlines and reminders;
//! 7. [`remind`] tells what is due for whom;
//! 8. [`store`] keeps documents, records and texts; [`index`] makes them searchable; [`export`] writes them for other
//!    programs, [`report`] draws a portfolio, and [`deliver`] sends reminders.
//!
//! [`record`], [`calendar`], [`lexicon`] and [`config`] are the vocabulary that the stages share; [`pipeline`] names
//! the stages for one document and [`batch`] maps them over many. [`offline`] blocks the network; [`private`] keeps the
//! files from other users.
//!
//! Months go to the corresponding day, or to the last day of a shorter month (rule R6 of `docs/rules.md`):
//!
//! ```
//! use jiff::civil::date;
//! use tickler::calendar::{Period, Unit, add};
//!
//! assert_eq!(add(date(2024, 1, 31), Period::new(1, Unit::Month)), Some(date(2024, 2, 29)));
//! ```

pub mod batch;
pub mod calendar;
pub mod config;
pub mod contract;
pub mod deliver;
pub mod detect;
pub mod export;
pub mod family;
pub mod hook;
pub mod index;
pub mod lexicon;
pub mod measure;
pub mod offline;
mod phrase;
pub mod pipeline;
pub mod private;
pub mod record;
pub mod remind;
pub mod report;
pub mod said;
pub mod schedule;
pub mod segment;
pub mod source;
pub mod store;

#[cfg(unix)]
pub use tickler_pdf::worker;
pub use tickler_pdf::{signature, text};
