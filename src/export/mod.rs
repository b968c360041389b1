//! Exporting records to other programs: JSON, CSV, flat tables, calendars, workbooks, and the JSON Schema.
//!
//! Every writer takes an iterator and keeps one record in memory at a time; only a [`Workbook`] keeps its rows until it is
//! written. Errors are those of the sink. A broken pipe keeps its [`std::io::ErrorKind`], so that the caller can see that the
//! reader stopped.

mod called;
mod csv;
mod ics;
mod json;
pub mod letter;
pub mod map;
mod record;
pub mod returned;
mod row;
mod schema;
pub mod sql;
pub mod tables;
pub mod workbook;

use std::fmt::Write as _;

pub use called::{counterparty, others, plain_title, short_name};
pub use csv::{BOM, ScheduleRow, contracts_csv, failures_csv, obligations_csv, schedule_csv, schedule_rows};
pub use ics::{CALENDAR, Calendar, calendar, event};
pub use json::{json, ndjson};
pub use record::{Record, SCHEMA_VERSION};
pub use schema::schema;
pub use workbook::Workbook;

/// `text` as a part of an address: `%` and two digits stand for every byte but letters, digits, `-`, `.`, `_`, `~` and
/// those in `kept`.
#[must_use]
pub fn percent_encoded(text: &str, kept: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || kept.contains(&byte) {
            out.push(byte.into());
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Whether a character could move the cursor, change colours, or reorder or hide text: control characters (also those of
/// C1), marks of direction, and others without a shape.
#[must_use]
pub fn is_unprintable(c: char) -> bool {
    // Nearly all text is ASCII.
    c.is_control()
        || !c.is_ascii()
            && matches!(c,
            '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
