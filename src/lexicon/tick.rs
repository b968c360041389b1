//! Boxes to tick: `[ ] 6 months [X] 12 months`. What stands behind an empty box is not said.

use std::ops::Range;
use tickler_pdf::cite::Part as _;

/// Empty boxes and ticked ones.
const EMPTY: [&str; 6] = ["[ ]", "[]", "[_]", "( )", "☐", "□"];
const TICKED: [&str; 11] = ["[x]", "[X]", "(x)", "(X)", "[✓]", "[✔]", "[*]", "☒", "☑", "■", "✓"];
/// Words and marks that end the last choice: what follows them holds for every choice.
const ENDS: [&str; 9] = [". ", ";", "\n", "\t", " starting", " commencing", " beginning", " from ", " and ending"];

/// The choices in `text` that are not ticked, where there are boxes to choose from.
pub(crate) fn unticked(text: &str) -> Vec<Range<usize>> {
    let find = |boxes: &[&str], ticked: bool| -> Vec<(usize, bool)> {
        boxes.iter().flat_map(|b| text.match_indices(b).map(move |(at, _)| (at, ticked))).collect()
    };
    let mut boxes = find(&EMPTY, false);
    if boxes.is_empty() {
        return Vec::new();
    }
    boxes.extend(find(&TICKED, true));
    boxes.sort_unstable();
    if boxes.len() < 2 {
        return Vec::new();
    }
    let end = |i: usize, at: usize| {
        let rest = text.part(at..);
        let last = || ENDS.iter().filter_map(|e| rest.find(e)).min().map_or(text.len(), |n| at + n);
        boxes.get(i + 1).map_or_else(last, |next| next.0)
    };
    boxes.iter().enumerate().filter(|(_, b)| !b.1).map(|(i, b)| b.0..end(i, b.0)).collect()
}

/// `text` with blanks in place of what is not ticked.
pub(crate) fn chosen(text: &str) -> String {
    let mut out = text.to_owned();
    for range in unticked(text) {
        out.replace_range(range.clone(), &" ".repeat(range.len()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_ticked_is_left() {
        for (text, want) in [
            ("[ ] 6 months [X] 12 months [ ] other: ____ starting on 1 May", "[X] 12 months starting on 1 May"),
            ("The term is: ☐ one year ☒ two years ☐ three years.", "The term is: ☒ two years"),
            ("[x] 6 months; [ ] 12 months; from 1 May", "[x] 6 months; ; from 1 May"),
            ("( ) fixed ( ) open", ""),
            ("the item [ ] of the list", "the item [ ] of the list"),
        ] {
            let words = chosen(text);
            assert_eq!(words.split_whitespace().collect::<Vec<_>>().join(" "), want, "{text}");
        }
    }
}
