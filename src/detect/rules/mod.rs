//! The rule families, one a file.

mod anchor;
mod date;
mod effective;
mod notice;
mod pattern;
mod reader;
mod renewal;
mod term;
#[cfg(test)]
mod tests;

use super::Findings;
use crate::segment::Segments;
use crate::text::DocumentText;

/// Runs the families in the order in which they need each other.
pub(super) fn run(text: &DocumentText, segments: &Segments, findings: &mut Findings) {
    let reader = reader::Reader::new(text, segments);
    date::find(&reader, findings);
    term::find(&reader, findings);
    effective::find(&reader, findings);
    renewal::find(&reader, findings);
}
