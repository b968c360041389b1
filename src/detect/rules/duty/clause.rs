//! Sentences cut into clauses that each hold one duty: list items that stand in a line, parts between semicolons, and
//! the reach of each cue.

use std::ops::Range;

use super::super::pattern::pattern;
use super::actor::Actors;
use super::cue::Cue;
use crate::lexicon::among;
use crate::record::Part as _;

/// A part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) range: Range<usize>,
    /// Whether the part is an item of a list that an earlier part of the sentence leads in.
    pub(super) item: bool,
}

// A mark of a list item inside a sentence.
pattern!(MARK, r"(?:^|[\s;:,])\(?(?:[a-z]|[ivx]{2,4}|[0-9]{1,2})\)\s");
// Where, looking back from its verb, the words of a clause can begin.
pattern!(
    EDGE,
    r"(?:[,;:]\s+(?:(?:and|but|or|provided(?:,?\s+(?:however|further|that))*|except\s+that|whereupon|who|in\s+which\s+(?:case|event))\s*,?\s+)?(?:that\s+)?|\s+(?:and|but|that|provided\s+that)\s+|\.\s+)"
);

/// Cuts a sentence at list marks and semicolons. Only a list of at least two items that starts with its first mark is
/// one: "(a)" alone refers to something.
pub(super) fn pieces(words: &str) -> Vec<Piece> {
    let mut cuts: Vec<(usize, bool)> = vec![(0, false)];
    if words.contains(')') {
        let marks: Vec<(usize, &str)> = MARK
            .find_iter(words)
            .map(|m| {
                let text = m.as_str();
                let core = text.trim_matches(|c: char| !c.is_ascii_alphanumeric());
                (m.start() + (text.len() - text.trim_start_matches([' ', '\t', ';', ':', ',']).len()), core)
            })
            .collect();
        let list = in_order(&marks);
        if list.len() > 1 {
            cuts.extend(list.iter().filter(|at| **at > 0).map(|at| (*at, true)));
            cuts[0].1 = list[0] == 0;
        }
    }
    let listed = cuts.len() > 1;
    for (at, _) in words.match_indices("; ") {
        if !cuts.iter().any(|(c, _)| at < *c && *c - at < 12) {
            cuts.push((at + 2, listed && cuts.iter().any(|(c, item)| *item && *c < at)));
        }
    }
    cuts.sort_unstable();
    cuts.dedup_by_key(|c| c.0);
    let mut out = Vec::with_capacity(cuts.len());
    for (i, &(start, item)) in cuts.iter().enumerate() {
        let end = cuts.get(i + 1).map_or(words.len(), |c| c.0);
        let text = words.part(start..end);
        let start = start + (text.len() - text.trim_start().len());
        let end = start + words.part(start..end).trim_end().len();
        if end > start {
            out.push(Piece { range: start..end, item });
        }
    }
    out
}

/// Where the items of one list begin: marks that follow each other from the first, (a) (b) (c) or (i) (ii) (iii).
fn in_order(marks: &[(usize, &str)]) -> Vec<usize> {
    const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    let nth = |first: &str, n: usize| -> String {
        match first {
            "i" => ROMAN.get(n).map_or_else(String::new, |s| (*s).to_owned()),
            "1" => (n + 1).to_string(),
            _ => {
                u8::try_from(n).ok().filter(|n| *n < 26).map_or_else(String::new, |n| char::from(b'a' + n).to_string())
            }
        }
    };
    let Some(first) = marks.iter().position(|(_, core)| matches!(*core, "a" | "i" | "1")) else { return Vec::new() };
    let mut out = Vec::new();
    for (at, core) in &marks[first..] {
        if nth(marks[first].1, out.len()) == *core {
            out.push(*at);
        }
    }
    out
}

/// The reach of each cue in `words`: from where its clause begins to where the next one does. A cue in a clause that hangs
/// on another ("if it shall fail", "that coverage shall not be cancelled") has no reach of its own and gives `None`.
pub(super) fn reaches(words: &str, cues: &[Cue], actors: &Actors) -> Vec<Option<Range<usize>>> {
    let mut starts: Vec<Option<usize>> = Vec::with_capacity(cues.len());
    let mut floor = 0;
    for cue in cues {
        // "The Client agrees that the Supplier shall": the clause is what is agreed, where that names who is bound.
        let agreed = cue.from > floor && actors.subject(words.part(cue.from..cue.range.start)).is_some();
        floor = if agreed { cue.from } else { floor };
        let between = words.part(floor..cue.range.start);
        let first = starts.iter().flatten().next().is_none();
        if first {
            // After a condition that has a cue of its own, the clause begins with the condition.
            starts.push((!depends(between)).then_some(if agreed { floor } else { 0 }));
        } else {
            // The subject may have commas of its own ("Vendor, at its cost, shall"): a party's name leads.
            let subject = actors.subject(between).map_or(between.len(), |m| m.range.start);
            let edge = EDGE.find_iter(between.part(..subject)).last();
            let start = edge.map_or(0, |m| m.end());
            let word = edge.map_or("", |m| m.as_str());
            let hangs = word.trim_start_matches([',', ';']).trim() == "that"
                || depends(between.part(start..))
                || edge.is_none() && subject == between.len();
            starts.push((!hangs).then_some(floor + start));
        }
        floor = cue.range.end;
    }
    (0..cues.len())
        .map(|i| {
            let start = starts[i]?;
            let end = starts[i + 1..].iter().flatten().next().copied().unwrap_or(words.len());
            (end > start).then_some(start..end)
        })
        .collect()
}

/// Whether the clause hangs on another: its cue follows "if", "which" or the like without a comma between.
fn depends(before: &str) -> bool {
    pattern!(HANGS, at_words(b" \t\n\r,("), r"(?:^|[\s,(]){hangs}\s+[^,)]{0,90}$");
    // "As ground rent the Lessee shall pay": what the sum is for.
    pattern!(
        AS_PRICE,
        r"^\W*(?:\w{1,4}\W+)?as\s+(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,2}?(?:rent|consideration|compensation|payment|price|fee|royalty|remuneration|premium|contribution)\b"
    );
    let before = before.part(AS_PRICE.prefix_len(before)..);
    // "Any plant that dies shall be replaced": the words only tell which.
    pattern!(
        TELLS,
        r"^\W*(?:[0-9.]+\W+)?(?:any|each|every|all)\s+(?:the\s+)?(?:[a-z-]+\s+){1,3}(?:that|which|who)\s+((?:the\s+)?[a-z]+)\s+(?:[a-z-]+\s+){0,5}$"
    );
    let tells = TELLS.captures(before).and_then(|c| c.get(1));
    // "All rent that the Agent collects": a party does it.
    let party = |word: &str| word.starts_with("the ") && word.part(4..).starts_with(char::is_uppercase);
    const OTHERS: &str = "it they he she the such no all each any this a an we you i its";
    let plain = |word: &str| !word.contains(' ') && !among(OTHERS, &word.to_ascii_lowercase());
    if tells.is_some_and(|word| plain(word.as_str()) || party(word.as_str())) {
        return false;
    }
    HANGS.is_match(super::super::reader::tail(before, 110))
}
