//! Boxes to tick: `[ ] 6 months [X] 12 months`. What stands behind an empty box is not said.

use std::ops::Range;

use tickler_pdf::cite::Part as _;

use super::blanked;

/// Empty boxes and ticked ones.
const EMPTY: [&str; 9] = ["[ ]", "[]", "[_]", "( )", "☐", "□", "❏", "❑", "❒"];
const TICKED: [&str; 11] = ["[x]", "[X]", "(x)", "(X)", "[✓]", "[✔]", "[*]", "☒", "☑", "■", "✓"];
/// What says the same where it begins a line: elsewhere these are marks of other things, or bullets.
const TICKED_FIRST: [&str; 5] = ["✔", "✗", "✘", "✕", "✖"];
const EMPTY_CIRCLES: [&str; 2] = ["○", "◯"];
const TICKED_CIRCLES: [&str; 3] = ["◉", "⦿", "•"];
/// Marks that are typed on a row of underscores.
const TYPED: [char; 4] = ['x', 'X', '✓', '✔'];
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

/// A block of a document: its place in the text, and where its first line begins, in points from the left of the page.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    pub(crate) place: Range<usize>,
    pub(crate) indent: f32,
}

/// What a block begins with.
#[derive(Debug, Clone, Copy)]
struct Mark {
    kind: Kind,
    ticked: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Box,
    Circle,
    /// A mark without a frame, or a blank with or without a mark on it.
    Loose,
}

impl Mark {
    fn of(words: &str) -> Option<Self> {
        // The box may stand behind the letter of a list.
        let marker =
            words.find(' ').filter(|n| *n <= 5 && words.starts_with(|c: char| c == '(' || c.is_alphanumeric()));
        let rest = marker.map(|n| words.part(n..).trim_start());
        std::iter::once(words).chain(rest).find_map(Self::first)
    }

    /// A box right of its choice, whose words go on in the next line: "The agreement is renewed, unless a ☐ party says no".
    fn beside(words: &str) -> Option<Self> {
        const DRAWN: [char; 5] = ['☐', '□', '☒', '☑', '■'];
        let mut boxes = words.chars().filter(|c| DRAWN.contains(c));
        let only = boxes.next().filter(|_| boxes.next().is_none())?;
        Some(Self { kind: Kind::Box, ticked: !matches!(only, '☐' | '□') })
    }

    fn first(words: &str) -> Option<Self> {
        let begins = |boxes: &[&str]| boxes.iter().any(|b| words.starts_with(b));
        let mark = |kind, ticked| Some(Self { kind, ticked });
        if begins(&EMPTY) || begins(&TICKED) {
            return mark(Kind::Box, begins(&TICKED));
        }
        if begins(&EMPTY_CIRCLES) || begins(&TICKED_CIRCLES) {
            return mark(Kind::Circle, begins(&TICKED_CIRCLES));
        }
        if begins(&TICKED_FIRST) {
            return mark(Kind::Loose, true);
        }
        let behind = words.trim_start_matches('_');
        let rest = behind.trim_start_matches(TYPED);
        let (blank, ticked) = (words.len() - behind.len(), behind.len() > rest.len());
        let ends = rest.trim_start_matches('_').starts_with(' ');
        (blank > usize::from(!ticked) && ends).then_some(Self { kind: Kind::Loose, ticked })
    }
}

/// The choices of a whole document that are not ticked: inside a block where another is, and blocks that begin with an
/// empty box where a block near them begins with a ticked one. Circles and marks without a frame may be bullets of a list
/// inside a list, so they have to stand below each other.
pub(crate) fn not_chosen(text: &str, blocks: &[Choice]) -> Vec<Range<usize>> {
    let holds = |block: &Choice, boxes: &[&str]| boxes.iter().any(|b| text.part(block.place.clone()).contains(b));
    let marks: Vec<_> = blocks
        .iter()
        .map(|b| text.get(b.place.clone()).and_then(|w| Mark::of(w).or_else(|| Mark::beside(w))))
        .collect();
    let mut out = Vec::new();
    for (i, block) in blocks.iter().enumerate() {
        if holds(block, &EMPTY) && holds(block, &TICKED) {
            let start = block.place.start;
            out.extend(unticked(text.part(block.place.clone())).into_iter().map(|r| start + r.start..start + r.end));
            continue;
        }
        let Some(mark) = marks[i].filter(|mark| !mark.ticked) else { continue };
        let near = |j: usize| {
            let other = marks[j].filter(|other| other.ticked && !holds(&blocks[j], &EMPTY));
            let below = || (blocks[j].indent - block.indent).abs() < BELOW;
            other.is_some_and(|other| match (mark.kind, other.kind) {
                (Kind::Box, Kind::Box) => true,
                (Kind::Box | Kind::Loose, Kind::Loose) | (Kind::Circle, Kind::Circle) => below(),
                _ => false,
            })
        };
        // Lines of the choices may stand between.
        if (i.saturating_sub(NEAR)..i).rev().any(near) || (i + 1..blocks.len().min(i + 1 + NEAR)).any(near) {
            out.push(block.place.clone());
            // A box may stand over its choice.
            let alone = text.part(block.place.clone()).trim().chars().nth(1).is_none();
            if let Some(next) = blocks.get(i + 1).filter(|_| alone && marks[i + 1].is_none()) {
                out.push(next.place.clone());
            }
        }
    }
    out
}

/// Blocks whose first lines begin within so many points stand below each other.
const BELOW: f32 = 4.0;
/// A choice is at most so many blocks away from the next.
const NEAR: usize = 4;

/// `text` with blanks in place of what is not ticked.
pub(crate) fn chosen(text: &str) -> String {
    blanked(text, unticked(text))
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
            ("❏ It renews.\n✔ It does not renew.", &["❏ It renews."]),
            ("___ It renews.\n_X_ It does not renew.", &["___ It renews."]),
            ("○ It renews.\n• It does not renew.", &["○ It renews."]),
            ("___ day of ____\n__ day of ___", &[]),
            ("☐\nIt renews.\n☒\nIt does not renew.", &["☐", "It renews."]),
            // A list inside a list.
            ("• Goods.\n ○ Bolts.\n ○ Nuts.", &[]),
            ("☐ Goods.\n• Bolts.", &[]),
        ] {
            let mut at = 0;
            let block = |line: &str| {
                let start = at;
                at += line.len() + 1;
                let space = line.len() - line.trim_start().len();
                Choice { place: start + space..start + line.len(), indent: 72.0 + 18.0 * space as f32 }
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
