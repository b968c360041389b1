//! The rule families, one a file.

use super::Findings;
use crate::segment::Segments;
use crate::text::DocumentText;

/// Runs the families in the order in which they need each other.
pub(super) fn run(_text: &DocumentText, _segments: &Segments, _findings: &mut Findings) {}
