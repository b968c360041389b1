//! The small pieces that the parsers of this module read: words, digits and the marks between them.

use super::Reading;
use tickler_pdf::cite::Part as _;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters.
    Word,
    /// ASCII digits.
    Digits,
    /// A hyphen or a dash of any kind.
    Dash,
    /// `(`, `[` or `{`.
    Open,
    /// `)`, `]` or `}`.
    Close,
    /// A run of underscores, or brackets around nothing but a filler: a place to fill in.
    Blank,
    /// Asterisks, bare or in brackets: words removed on purpose.
    Redacted,
    /// Any other mark.
    Mark(char),
}

/// A token and its place in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A tokenised piece of text.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    text: &'a str,
    list: Vec<Token>,
}

impl<'a> Tokens<'a> {
    /// Cuts `text` into tokens; white space only separates.
    pub(super) fn of(text: &'a str) -> Self {
        let mut list: Vec<Token> = Vec::with_capacity(text.len() / 5);
        let mut chars = text.char_indices().peekable();
        while let Some((start, c)) = chars.next() {
            // The mark of a note stands beside a number and is none of it.
            if c.is_whitespace() || matches!(c, '⁰' | '¹' | '²' | '³' | '⁴'..='⁹') {
                continue;
            }
            let class = class(c);
            let mut end = start + c.len_utf8();
            if matches!(class, Kind::Word | Kind::Digits | Kind::Blank | Kind::Redacted) {
                while let Some(&(at, next)) = chars.peek() {
                    if self::class(next) != class || next.is_whitespace() {
                        break;
                    }
                    end = at + next.len_utf8();
                    chars.next();
                }
            }
            list.push(Token { kind: class, start, end });
            if class == Kind::Close {
                fold_brackets(text, &mut list);
            }
        }
        Self { text, list }
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn get(&self, i: usize) -> Option<Token> {
        self.list.get(i).copied()
    }

    pub(super) fn kind(&self, i: usize) -> Option<Kind> {
        self.list.get(i).map(|t| t.kind)
    }

    pub(super) fn is(&self, i: usize, kind: Kind) -> bool {
        self.kind(i) == Some(kind)
    }

    pub(super) fn is_mark(&self, i: usize, marks: &str) -> bool {
        matches!(self.kind(i), Some(Kind::Mark(c)) if marks.contains(c))
    }

    /// The letters of a word token.
    pub(super) fn word(&self, i: usize) -> Option<&'a str> {
        self.list.get(i).filter(|t| t.kind == Kind::Word).map(|t| self.text.part(t.start..t.end))
    }

    pub(super) fn is_word(&self, i: usize, words: &[&str]) -> bool {
        self.word(i).is_some_and(|w| words.iter().any(|x| w.eq_ignore_ascii_case(x)))
    }

    /// The digits of a digit token.
    pub(super) fn digits(&self, i: usize) -> Option<&'a str> {
        self.list.get(i).filter(|t| t.kind == Kind::Digits).map(|t| self.text.part(t.start..t.end))
    }

    /// Whether token `i` follows the one before it without white space.
    pub(super) fn glued(&self, i: usize) -> bool {
        i > 0 && matches!((self.list.get(i - 1), self.list.get(i)), (Some(a), Some(b)) if a.end == b.start)
    }

    /// End of token `i`, in bytes.
    pub(super) fn end(&self, i: usize) -> usize {
        self.list.get(i).map_or(self.text.len(), |t| t.end)
    }

    /// Whether token `i` is a place to fill in, or a removed word.
    pub(super) fn gap(&self, i: usize) -> Option<Reading<()>> {
        match self.kind(i) {
            Some(Kind::Blank) => Some(Reading::Blank),
            Some(Kind::Redacted) => Some(Reading::Redacted),
            _ => None,
        }
    }
}

fn class(c: char) -> Kind {
    match c {
        '0'..='9' => Kind::Digits,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '~' | '\u{ad}' => Kind::Dash,
        '(' | '[' | '{' => Kind::Open,
        ')' | ']' | '}' => Kind::Close,
        '_' => Kind::Blank,
        '*' => Kind::Redacted,
        c if c.is_alphabetic() => Kind::Word,
        c => Kind::Mark(c),
    }
}

/// Turns brackets that hold only a filler into one blank or redaction: `[ ]`, `[●]`, `[DATE]`, `[* * *]`, `(__)`.
fn fold_brackets(text: &str, list: &mut Vec<Token>) {
    let Some(open) = list.iter().rposition(|t| t.kind == Kind::Open) else { return };
    let inner = &list[open + 1..list.len() - 1];
    let square = text.part(list[open].start..).starts_with('[');
    let kind = if inner.is_empty() {
        if !square {
            return;
        }
        Kind::Blank
    } else if inner.iter().all(|t| t.kind == Kind::Redacted) {
        Kind::Redacted
    } else if inner.iter().all(|t| matches!(t.kind, Kind::Blank | Kind::Mark('●' | '•' | '·' | '.' | '…' | '○')))
    {
        Kind::Blank
    } else if square && inner.iter().all(|t| t.kind == Kind::Word) {
        let filler = |t: &Token| {
            [
                "date",
                "day",
                "month",
                "year",
                "insert",
                "to",
                "be",
                "inserted",
                "effective",
                "signature",
                "number",
                "the",
                "of",
            ]
            .iter()
            .any(|w| text.part(t.start..t.end).eq_ignore_ascii_case(w))
        };
        let removed = |t: &Token| {
            ["redacted", "omitted", "confidential", "deleted"]
                .iter()
                .any(|w| text.part(t.start..t.end).eq_ignore_ascii_case(w))
        };
        if inner.iter().all(filler) {
            Kind::Blank
        } else if inner.iter().any(removed) {
            Kind::Redacted
        } else {
            return;
        }
    } else {
        return;
    };
    let token = Token { kind, start: list[open].start, end: list[list.len() - 1].end };
    list.truncate(open);
    list.push(token);
}
