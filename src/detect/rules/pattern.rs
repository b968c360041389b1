//! Patterns: regular expressions whose `\b`, `\w`, `\s` and `\d` mean ASCII, over text that is UTF-8.
//!
//! Contracts are full of curly quotes, and at the first of them the Unicode `\b` makes the regex engine leave its fast
//! path; and a long `[^.;]{0,160}` over Unicode characters takes a hundred times as long to compile as over bytes. So a
//! pattern ignores case and runs over bytes; its matches are widened to whole characters. Where case tells something, or
//! characters are counted, a pattern is `exact`: taken as it is written, over characters.
//!
//! `{name}` in a pattern stands for any word of that list of the lexicon.

use std::ops::Range;

use regex::bytes::Regex;

use crate::lexicon::with_lists;
use crate::record::Part as _;

#[cfg(test)]
mod tests;
mod wording;

/// Declares a pattern that is compiled once, at first use: `pattern!(NAME, r"...")` for [`Pattern::new`],
/// `pattern!(NAME, exact, r"...")` and `pattern!(NAME, at_words(b""), r"...")` for the others, and
/// `pattern!(NAME, ["...", "..."])` for a list of [wordings](wording).
macro_rules! pattern {
    ($vis:vis $name:ident, [$($way:literal),* $(,)?]) => {
        pattern!(@ $vis $name, any_of(&[$($way),*]));
    };
    ($vis:vis $name:ident, exact, $source:expr) => {
        pattern!(@ $vis $name, exact($source));
    };
    ($vis:vis $name:ident, at_words($marks:expr), $source:expr) => {
        pattern!(@ $vis $name, at_words($source, $marks));
    };
    ($vis:vis $name:ident, $source:expr) => {
        pattern!(@ $vis $name, new($source));
    };
    (@ $vis:vis $name:ident, $make:ident($($argument:expr),*)) => {
        $vis static $name: std::sync::LazyLock<$crate::detect::rules::pattern::Pattern> =
            std::sync::LazyLock::new(|| $crate::detect::rules::pattern::Pattern::$make($($argument),*));
    };
}
pub(super) use pattern;

/// A compiled pattern.
#[derive(Debug)]
pub(super) struct Pattern(Search);

#[derive(Debug)]
enum Search {
    Anywhere(Regex),
    AtWords(AtWords),
}

/// A search that tries each word by itself.
///
/// One search for all starts keeps each of them alive through a gap such as `[^.;]{0,140}`, and the regex engine then
/// builds new states at almost every byte. From one start there are few, and most words fail at their first letter.
#[derive(Debug)]
struct AtWords {
    /// At the start of the text.
    first: Regex,
    /// Behind it, where `^` never holds.
    later: Regex,
    /// Bytes outside words at which a match can begin too.
    marks: &'static [u8],
}

/// Where a pattern matched.
#[derive(Debug, Clone, Copy)]
pub(super) struct Match<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

/// The groups of a match.
#[derive(Debug)]
pub(super) struct Captures<'t> {
    text: &'t str,
    /// Where the search began.
    from: usize,
    inner: regex::bytes::Captures<'t>,
}

impl Pattern {
    /// A pattern that ignores case and runs over bytes.
    pub(super) fn new(source: &str) -> Self {
        Self(Search::Anywhere(compile(source, &folded(&with_lists(source), "^"))))
    }

    /// A pattern that finds any of some [wordings](wording).
    pub(super) fn any_of(ways: &[&str]) -> Self {
        Self::new(&wording::expression(ways))
    }

    /// A pattern taken as it is written, over characters.
    pub(super) fn exact(source: &str) -> Self {
        Self(Search::Anywhere(compile(source, &exact(&with_lists(source)))))
    }

    /// As [`Pattern::new`], with matches that begin at the first letter of a word, at the start of the text or at one of
    /// `marks`, which are ASCII or the first byte of a character. Faster for patterns with gaps.
    pub(super) fn at_words(source: &str, marks: &'static [u8]) -> Self {
        let anchored = |caret| compile(source, &format!("^(?:{})", folded(&with_lists(source), caret)));
        Self(Search::AtWords(AtWords { first: anchored("^"), later: anchored(r"[^\x00-\xFF]"), marks }))
    }

    pub(super) fn is_match(&self, text: &str) -> bool {
        match &self.0 {
            Search::Anywhere(regex) => regex.is_match(text.as_bytes()),
            Search::AtWords(_) => self.find(text).is_some(),
        }
    }

    pub(super) fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.find_at(text, 0)
    }

    /// The first match that begins at `from` or behind it; what stands before it is seen.
    pub(super) fn find_at<'t>(&self, text: &'t str, from: usize) -> Option<Match<'t>> {
        let bytes = text.as_bytes();
        let range = match &self.0 {
            Search::Anywhere(regex) => regex.find_at(bytes, from)?.range(),
            Search::AtWords(words) => {
                words.starts(bytes).filter(|&at| at >= from).find_map(|at| words.find(bytes, at))?
            }
        };
        Some(Match::new(text, range))
    }

    pub(super) fn find_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Match<'t>> {
        let bytes = text.as_bytes();
        let (anywhere, at_words) = match &self.0 {
            Search::Anywhere(regex) => (Some(regex.find_iter(bytes).map(|m| m.range())), None),
            Search::AtWords(words) => (None, Some(words.find_iter(bytes))),
        };
        let ranges = anywhere.into_iter().flatten().chain(at_words.into_iter().flatten());
        ranges.map(|range| Match::new(text, range))
    }

    pub(super) fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        let bytes = text.as_bytes();
        match &self.0 {
            Search::Anywhere(regex) => regex.captures(bytes).map(|inner| Captures { text, from: 0, inner }),
            Search::AtWords(words) => words.starts(bytes).find_map(|at| words.captures(text, at)),
        }
    }

    pub(super) fn captures_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Captures<'t>> {
        let bytes = text.as_bytes();
        let (anywhere, at_words) = match &self.0 {
            Search::Anywhere(regex) => (Some(regex.captures_iter(bytes)), None),
            Search::AtWords(words) => {
                (None, Some(words.find_iter(bytes).filter_map(|m| words.captures(text, m.start))))
            }
        };
        let anywhere = anywhere.into_iter().flatten().map(|inner| Captures { text, from: 0, inner });
        anywhere.chain(at_words.into_iter().flatten())
    }

    /// Length of the match of an anchored pattern at the start of `text`; 0 without one.
    pub(super) fn prefix_len(&self, text: &str) -> usize {
        self.find(text).map_or(0, |m| m.end())
    }
}

impl AtWords {
    /// The places where a match can begin.
    fn starts(&self, bytes: &[u8]) -> impl Iterator<Item = usize> {
        let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
        (0..bytes.len())
            .filter(move |&at| at == 0 || word(bytes[at]) && !word(bytes[at - 1]) || self.marks.contains(&bytes[at]))
    }

    fn anchored(&self, at: usize) -> &Regex {
        if at == 0 { &self.first } else { &self.later }
    }

    fn find(&self, bytes: &[u8], at: usize) -> Option<Range<usize>> {
        self.anchored(at).find(&bytes[at..]).map(|m| at..at + m.end())
    }

    fn captures<'t>(&self, text: &'t str, from: usize) -> Option<Captures<'t>> {
        self.anchored(from).captures(&text.as_bytes()[from..]).map(|inner| Captures { text, from, inner })
    }

    fn find_iter(&self, bytes: &[u8]) -> impl Iterator<Item = Range<usize>> {
        let mut free = 0;
        self.starts(bytes).filter_map(move |at| {
            if at < free {
                return None;
            }
            let range = self.find(bytes, at)?;
            free = range.end;
            Some(range)
        })
    }
}

impl<'t> Captures<'t> {
    pub(super) fn get(&self, i: usize) -> Option<Match<'t>> {
        self.inner.get(i).map(|m| self.matched(&m))
    }

    pub(super) fn name(&self, name: &str) -> Option<Match<'t>> {
        self.inner.name(name).map(|m| self.matched(&m))
    }

    fn matched(&self, m: &regex::bytes::Match<'t>) -> Match<'t> {
        Match::new(self.text, self.from + m.start()..self.from + m.end())
    }
}

impl<'t> Match<'t> {
    fn new(text: &'t str, range: Range<usize>) -> Self {
        Self { text, start: floor(text, range.start), end: ceil(text, range.end) }
    }

    pub(super) fn start(&self) -> usize {
        self.start
    }

    pub(super) fn end(&self) -> usize {
        self.end
    }

    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    pub(super) fn as_str(&self) -> &'t str {
        self.text.part(self.start..self.end)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.start == self.end
    }
}

fn compile(source: &str, translated: &str) -> Regex {
    // Every pattern of the rules is run by the tests, so a wrong one never leaves them.
    Regex::new(translated).unwrap_or_else(|e| unreachable!("{source}: {e}"))
}

/// `source` as the regex crate reads it over bytes in any case, with `caret` for the start of the text.
fn folded(source: &str, caret: &str) -> String {
    let mut out = String::with_capacity(source.len() * 2 + 8);
    out.push_str("(?i-u)");
    translate(source, &mut out, |piece, out| match piece {
        "^" => out.push_str(caret),
        piece if piece.is_ascii() => out.push_str(piece),
        piece => {
            out.push_str("(?u:");
            out.push_str(piece);
            out.push(')');
        }
    });
    out
}

/// `source` as the regex crate reads it over characters.
fn exact(source: &str) -> String {
    let mut out = String::with_capacity(source.len() * 2);
    translate(source, &mut out, |piece, out| {
        out.push_str(match piece {
            r"\b" => r"(?-u:\b)",
            r"\w" => "[0-9A-Za-z_]",
            r"\d" => "[0-9]",
            r"\s" => r"[\t\n\r ]",
            piece => piece,
        });
    });
    out
}

/// Writes the pieces of `source`, which are classes, escapes and single characters, with `\W` and the short classes inside
/// classes spelt out in ASCII. A class may hold characters beyond ASCII beside them.
fn translate(source: &str, out: &mut String, write: impl Fn(&str, &mut String)) {
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let escaped = || rest.part(1..).chars().next().map_or(0, char::len_utf8);
        let end = match c {
            '[' => class_end(rest),
            '\\' => 1 + escaped(),
            _ => c.len_utf8(),
        };
        let piece = rest.part(..end);
        match piece {
            r"\W" => write("[^0-9A-Za-z_]", out),
            piece if c == '[' => write(&ascii_class(piece), out),
            piece => write(piece, out),
        }
        rest = rest.part(end..);
    }
}

/// The end of the class that `text` begins with.
fn class_end(text: &str) -> usize {
    let mut escaped = false;
    for (i, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' => return i + 1,
            _ => {}
        }
    }
    text.len()
}

fn ascii_class(class: &str) -> String {
    class.replace(r"\w", "0-9A-Za-z_").replace(r"\s", r"\t\n\r ").replace(r"\d", "0-9").replace(r"\W", "")
}

/// The largest character boundary of `s` that is not after `at`.
pub(super) fn floor(s: &str, at: usize) -> usize {
    let mut at = at.min(s.len());
    while !s.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The smallest character boundary of `s` that is not before `at`.
pub(super) fn ceil(s: &str, at: usize) -> usize {
    let mut at = at.min(s.len());
    while !s.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// Whether `words` begin with `start`, in either case of letters.
pub(super) fn starts_fold(words: &str, start: &str) -> bool {
    words.get(..start.len()).is_some_and(|w| w.eq_ignore_ascii_case(start))
}

/// Whether `hay` holds `needle`, given in lower case, in either case of letters.
pub(super) fn contains_fold(hay: &str, needle: &str) -> bool {
    let needle = needle.as_bytes();
    // Most places fail at their first letter, in either case the same byte but for one bit.
    let Some(first) = needle.first().map(|b| b | 0x20) else { return true };
    hay.as_bytes().windows(needle.len()).any(|w| w[0] | 0x20 == first && w.eq_ignore_ascii_case(needle))
}
