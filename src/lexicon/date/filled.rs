//! Parts of a date that were filled into the brackets of a form: `[9th] day of [October], [2026]`.

use std::ops::Range;

use crate::calendar::MONTHS;
use tickler_pdf::cite::Part as _;

/// Most bytes between two brackets of one date.
const APART: usize = 10;
/// Longest part of a date with its brackets: `[September]`.
const LONGEST: usize = 12;

/// `text` with spaces for the brackets of dates that were filled in part by part; `None` where there are none.
///
/// A bracket alone is left as it is: it can be the figure beside a word, or the mark of a note.
pub(super) fn filled(text: &str) -> Option<String> {
    let parts: Vec<Range<usize>> = text
        .match_indices('[')
        .filter_map(|(open, _)| {
            let len = text.part(open..).find(']').filter(|&len| len < LONGEST)?;
            is_part(text.part(open + 1..open + len)).then_some(open..open + len)
        })
        .collect();
    let near = |a: &Range<usize>, b: &Range<usize>| b.start.saturating_sub(a.end) <= APART;
    let mut out: Option<String> = None;
    for (i, part) in parts.iter().enumerate() {
        let next = parts.get(i + 1).is_some_and(|b| near(part, b));
        if next || i > 0 && near(&parts[i - 1], part) {
            let out = out.get_or_insert_with(|| text.to_owned());
            out.replace_range(part.start..=part.start, " ");
            out.replace_range(part.end..=part.end, " ");
        }
    }
    out
}

/// Whether a bracket holds a month, a year or a day of the month.
fn is_part(words: &str) -> bool {
    let words = words.trim();
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    MONTHS.iter().any(|m| words.eq_ignore_ascii_case(m))
        || (1..=4).contains(&digits)
            && ["", "st", "nd", "rd", "th"].iter().any(|end| words.part(digits..).eq_ignore_ascii_case(end))
}
