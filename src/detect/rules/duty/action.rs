//! What is to be done, on what condition, with what exception: the words of a clause around its verb.

use std::ops::Range;

use super::super::pattern::{Match, Pattern, pattern};
use super::super::reader::head;
use crate::lexicon::among;
use crate::record::Part as _;

/// Longest action in bytes.
const MAX: usize = 110;

// Where the verb phrase ends.
pattern!(STOP, r"[;:]|,\s|\.\s|\.$|\s{ends_action}");
pattern!(CONDITION, at_words(b" \t\n\r,("), r"(?:^|[\s,(]){conditions}\s[^,;:]{4,180}");
pattern!(EXCEPTION, at_words(b" \t\n\r,("), r"(?:^|[\s,(]){exceptions}\s[^,;:]{4,180}");

// The mark of a list item.
pattern!(MARK, r"^(?:\(?(?:[a-z]{1,4}|[0-9]{1,2})\)|(?:[a-z]|[0-9]{1,2})\.|[-•▪●o])\s+");

/// A short verb phrase from `words`, which begin with the verb.
pub(super) fn phrase(words: &str) -> String {
    // At least a verb and what follows it, even where a comma comes early.
    // Of a row, the first cell.
    let words = words.trim_start().split('\t').next().unwrap_or_default();
    let words = MARK.find(words).map_or(words, |m| words.part(m.end()..));
    let skip = words.char_indices().filter(|(_, c)| *c == ' ').nth(1).map_or(words.len(), |(i, _)| i);
    // The point of "Rs. 5,000" and the colon of "12:30" end no phrase.
    let sum = |at: usize| among("Rs Ksh Kshs No", words.part(..skip + at).rsplit(' ').next().unwrap_or_default());
    let hour = |at: usize| words.part(skip + at + 1..).starts_with(|c: char| c.is_ascii_digit());
    let inside = |m: &Match<'_>| m.as_str() == ". " && sum(m.start()) || m.as_str() == ":" && hour(m.start());
    let stop = STOP.find_iter(words.part(skip..)).find(|m| !inside(m));
    let end = stop.map_or(words.len(), |m| skip + m.start());
    let cut = head(words, end.min(MAX));
    let cut = if cut.len() < end && cut.len() > MAX / 2 { cut.rsplit_once(' ').map_or(cut, |(w, _)| w) } else { cut };
    cut.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.' | '(')).to_owned()
}

/// The cells of a row that say what is due, without its number.
pub(super) fn row(words: &str) -> String {
    let cells = words.split('\t').map(str::trim).filter(|cell| !cell.is_empty());
    let numbered = |cell: &&str| cell.len() < 8 && cell.bytes().all(|b| b.is_ascii_digit() || b".()".contains(&b));
    head(&cells.skip_while(numbered).collect::<Vec<_>>().join(", "), MAX).to_owned()
}

/// The words after an opening that only says when ("within ten days after receipt, approve the plan").
pub(super) fn past_intro(words: &str) -> &str {
    pattern!(INTRO, r"^{only_when}[^,;]{4,160},\s+(?:and\s+)?");
    INTRO.find(words).map_or(words, |m| words.part(m.end()..))
}

/// The condition of a clause, and its words.
pub(super) fn condition(words: &str) -> Option<(String, Range<usize>)> {
    slot(&CONDITION, words)
}

/// The exception of a clause.
pub(super) fn exception(words: &str) -> Option<String> {
    slot(&EXCEPTION, words).map(|(text, _)| text)
}

fn slot(pattern: &Pattern, words: &str) -> Option<(String, Range<usize>)> {
    let found = pattern.find(words)?;
    // What parts it from the words before does not belong to it.
    let text = found.as_str().trim_start_matches([' ', '\t', '\n', '\r', ',', '(']);
    let start = found.end() - text.len();
    let text = text.trim_end_matches(['.', ')', ' ']);
    Some((text.to_owned(), start..start + text.len()))
}
