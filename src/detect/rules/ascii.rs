//! Case-insensitive patterns over ASCII, for text that is UTF-8.
//!
//! Contracts are full of curly quotes, and at the first of them the Unicode `\b` makes the regex engine leave its fast
//! path; and a long `[^.;]{0,160}` over Unicode characters takes a hundred times as long to compile as over bytes. So the
//! patterns run over bytes, `\b`, `\w`, `\s` and `\d` mean ASCII, and matches are widened to whole characters.

use std::ops::Range;

use regex::bytes::Regex;

/// A compiled pattern.
#[derive(Debug)]
pub(super) struct Pattern(Regex);

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
    inner: regex::bytes::Captures<'t>,
}

/// A pattern that is tried at each word by itself.
///
/// One search for all starts keeps each of them alive through a gap such as `[^.;]{0,140}`, and the regex engine then
/// builds new states at almost every byte. From one start there are few, and most words fail at their first letter.
#[derive(Debug)]
pub(super) struct WordPattern {
    /// At the start of the text.
    first: Regex,
    /// Behind it, where `^` never holds.
    later: Regex,
    /// Bytes outside words at which a match can begin too.
    marks: &'static [u8],
}

/// Compiles a pattern.
pub(super) fn pattern(source: &str) -> Pattern {
    Pattern(compile(source, &translate(source, "^")))
}

/// Compiles a pattern whose matches begin at the first letter of a word, at the start of the text or at one of `marks`,
/// which are ASCII or the first byte of a character.
pub(super) fn at_words(source: &str, marks: &'static [u8]) -> WordPattern {
    let anchored = |caret| compile(source, &format!("^(?:{})", translate(source, caret)));
    WordPattern { first: anchored("^"), later: anchored(r"[^\x00-\xFF]"), marks }
}

fn compile(source: &str, translated: &str) -> Regex {
    // Every pattern of the rules is run by the tests, so a wrong one never leaves them.
    Regex::new(translated).unwrap_or_else(|e| unreachable!("{source}: {e}"))
}

/// `source` as the regex crate reads it, with `caret` for the start of the text.
fn translate(source: &str, caret: &str) -> String {
    let mut out = String::with_capacity(source.len() * 2 + 8);
    out.push_str("(?i-u)");
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        if c == '[' {
            let end = class_end(rest);
            let class = expand(&rest[..end]);
            if class.is_ascii() {
                out.push_str(&class);
            } else {
                out.push_str("(?u:");
                out.push_str(&class);
                out.push(')');
            }
            rest = &rest[end..];
        } else if c == '\\' {
            let end = 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
            out.push_str(match &rest[..end] {
                r"\W" => "[^0-9A-Za-z_]",
                escape => escape,
            });
            rest = &rest[end..];
        } else if c == '^' {
            out.push_str(caret);
            rest = &rest[1..];
        } else if c.is_ascii() {
            out.push(c);
            rest = &rest[1..];
        } else {
            out.push_str("(?u:");
            out.push(c);
            out.push(')');
            rest = &rest[c.len_utf8()..];
        }
    }
    out
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

/// The ASCII meaning of the short classes inside a class, which may hold characters beyond ASCII beside them.
fn expand(class: &str) -> String {
    class.replace(r"\w", "0-9A-Za-z_").replace(r"\s", r"\t\n\r ").replace(r"\d", "0-9").replace(r"\W", "")
}

impl Pattern {
    pub(super) fn is_match(&self, text: &str) -> bool {
        self.0.is_match(text.as_bytes())
    }

    pub(super) fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.0.find(text.as_bytes()).map(|m| Match::new(text, m.range()))
    }

    pub(super) fn find_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Match<'t>> {
        self.0.find_iter(text.as_bytes()).map(|m| Match::new(text, m.range()))
    }

    pub(super) fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.0.captures(text.as_bytes()).map(|inner| Captures { text, inner })
    }
}

impl WordPattern {
    pub(super) fn is_match(&self, text: &str) -> bool {
        self.find(text).is_some()
    }

    pub(super) fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.find_iter(text).next()
    }

    pub(super) fn find_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Match<'t>> {
        let bytes = text.as_bytes();
        let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
        let mut free = 0;
        (0..bytes.len()).filter_map(move |at| {
            let starts = at == 0 || word(bytes[at]) && !word(bytes[at - 1]) || self.marks.contains(&bytes[at]);
            if at < free || !starts {
                return None;
            }
            let regex = if at == 0 { &self.first } else { &self.later };
            let found = regex.find(&bytes[at..])?;
            free = at + found.end();
            Some(Match::new(text, at..free))
        })
    }
}

impl<'t> Captures<'t> {
    pub(super) fn get(&self, i: usize) -> Option<Match<'t>> {
        self.inner.get(i).map(|m| Match::new(self.text, m.range()))
    }
}

impl<'t> Match<'t> {
    fn new(text: &'t str, range: Range<usize>) -> Self {
        let (mut start, mut end) = (range.start, range.end);
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        while !text.is_char_boundary(end) {
            end += 1;
        }
        Self { text, start, end }
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
        &self.text[self.start..self.end]
    }
}

#[cfg(test)]
mod tests {
    use super::{at_words, pattern};

    #[test]
    fn a_pattern_at_words_finds_what_a_search_finds() {
        let source = r"\bif\b[^.]{0,40}\bpaid\b|^the\s+fee|(?:^|[\s,(])(?:net|the\s+sum)\b";
        let texts = [
            "the fee; the fee, if not paid, the sum",
            "(net) if “net” or if unpaid, paid. motif paid",
            "sum-net net\tthe sum net",
            "é net, if é paid if paid",
            "",
        ];
        for text in texts {
            let plain: Vec<_> = pattern(source).find_iter(text).map(|m| m.range()).collect();
            let words: Vec<_> = at_words(source, b" \t\n\r,(").find_iter(text).map(|m| m.range()).collect();
            assert_eq!(words, plain, "{text}");
        }
        assert_eq!(at_words(source, b" ").find_iter(texts[0]).count(), 3);
    }

    #[test]
    fn matches_are_whole_characters() {
        let m = pattern("b[^.;]{0,2}");
        assert_eq!(m.find("a bé.").map(|m| m.as_str()), Some("bé"));
        assert_eq!(m.find("a b€€.").map(|m| m.as_str()), Some("b€"));
        assert!(pattern(r#"[\s"“”]+TERM\b"#).is_match("the “term”"));
    }
}
