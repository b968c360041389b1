//! Parts of a text, whatever the offsets.

use std::ops::{Bound, RangeBounds};

/// A part of a text that is always there: an index inside a character, or behind the end, ends a program.
pub trait Part {
    /// The text in `range`, in bytes. A bound inside a character moves to its beginning, one behind the end to the end; a
    /// range that ends before it begins is empty.
    fn part(&self, range: impl RangeBounds<usize>) -> &str;
}

impl Part for str {
    #[expect(clippy::string_slice, reason = "both bounds lie between characters, in order, and inside the text")]
    fn part(&self, range: impl RangeBounds<usize>) -> &str {
        let start = match range.start_bound() {
            Bound::Included(&at) => at,
            Bound::Excluded(&at) => at.saturating_add(1),
            Bound::Unbounded => 0,
        };
        let end = match range.end_bound() {
            Bound::Included(&at) => at.saturating_add(1),
            Bound::Excluded(&at) => at,
            Bound::Unbounded => self.len(),
        };
        let end = self.floor_char_boundary(end);
        &self[self.floor_char_boundary(start).min(end)..end]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_range_fails() {
        let text = "aé–\u{1f600}";
        for start in 0..14 {
            for end in 0..14 {
                let part = text.part(start..end);
                assert!(text.contains(part) && (start <= end || part.is_empty()));
                if let Some(exact) = text.get(start..end) {
                    assert_eq!(part, exact);
                }
            }
        }
        assert_eq!((text.part(2..), text.part(..=1)), ("é–\u{1f600}", "a"));
    }
}
