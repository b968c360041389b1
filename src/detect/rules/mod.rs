//! The rule families, one a file.

mod law;
pub mod party;
mod pattern;

use super::Findings;
use crate::segment::Segments;
use crate::text::DocumentText;

/// Runs the families in the order in which they need each other.
pub(super) fn run(text: &DocumentText, segments: &Segments, findings: &mut Findings) {
    findings.parties = party::parties(text, segments);
    findings.governing_law = law::governing_law(text, segments);
}
