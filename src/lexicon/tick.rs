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

/// The choices of a whole document that are not ticked: inside a block where another is, and blocks that begin with an
/// empty box where a block near them begins with a ticked one. `blocks` are the places of the blocks in `text`.
pub(crate) fn not_chosen(text: &str, blocks: &[Range<usize>]) -> Vec<Range<usize>> {
    let begins = |block: &Range<usize>, boxes: &[&str]| {
        let words = text.get(block.clone()).unwrap_or_default();
        // The box may stand behind the letter of a list.
        let marker =
            words.find(' ').filter(|n| *n <= 5 && words.starts_with(|c: char| c == '(' || c.is_alphanumeric()));
        let rest = marker.map(|n| words.part(n..).trim_start());
        std::iter::once(words).chain(rest).any(|words| boxes.iter().any(|b| words.starts_with(b)))
    };
    let holds = |block: &Range<usize>, boxes: &[&str]| boxes.iter().any(|b| text.part(block.clone()).contains(b));
    let mut out = Vec::new();
    for (i, block) in blocks.iter().enumerate().filter(|(_, block)| text.get(block.start..block.end).is_some()) {
        if !holds(block, &EMPTY) {
            continue;
        }
        if holds(block, &TICKED) {
            out.extend(
                unticked(text.part(block.clone())).into_iter().map(|r| block.start + r.start..block.start + r.end),
            );
        } else if begins(block, &EMPTY) {
            let near = |other: &Range<usize>| begins(other, &TICKED) && !holds(other, &EMPTY);
            // Lines of the choices may stand between.
            let (before, after) = (&blocks[..i], &blocks[i + 1..]);
            if before.iter().rev().take(NEAR).any(near) || after.iter().take(NEAR).any(near) {
                out.push(block.clone());
            }
        }
    }
    out
}

/// A choice is at most so many blocks away from the next.
const NEAR: usize = 4;

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
    fn blocks_that_are_not_ticked_are_found() {
        for (text, want) in [
            ("☐ It renews.\n☒ It does not renew.", &["☐ It renews."][..]),
            ("(a) [X] One year.\n(b) [ ] Two years.\n(c) [ ] Open.", &["(b) [ ] Two years.", "(c) [ ] Open."]),
            ("☐ one year ☑ two years\n☐ Goods", &["☐ one year "]),
            // Boxes that nobody ticked may be bullets, and a tick may say that something was done.
            ("☐ Goods.\n☐ Services.", &[]),
            ("☑ Goods.\n☑ Services.", &[]),
            ("The list [ ] of all.\n[X] Yes.", &[]),
        ] {
            let mut at = 0;
            let block = |line: &str| {
                let start = at;
                at += line.len() + 1;
                start..start + line.len()
            };
            let blocks: Vec<_> = text.lines().map(block).collect();
            let got: Vec<&str> = not_chosen(text, &blocks).into_iter().map(|r| text.part(r)).collect();
            assert_eq!(got, want, "{text}");
        }
    }

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
