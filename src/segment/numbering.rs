//! Numbers at the beginning of clauses and list items.

use crate::record::Part as _;

/// How a number is written. Styles nest: a style seen for the first time opens a level below the current one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// `Schedule A`, `Exhibit 10`, `Annex I`: outside the body of the agreement.
    Attachment,
    /// `Article IX`, `ARTICLE 4`.
    Article,
    /// `4.`, `4.2`, `Section 4.2.1`: the number of parts is the depth.
    Decimal(u8),
    /// `(a)`, `a)`, `a.`: lower-case letters; `paren` tells `(a)` from `a.`.
    Lower { paren: bool },
    /// `(A)`, `A.`.
    Upper { paren: bool },
    /// `(i)`, `ii.`.
    Roman { paren: bool },
    /// `I.`, `IV.`.
    UpperRoman { paren: bool },
    /// `(1)`, `1)`.
    ParenDigit,
    /// `•`, `-`, `–`, `o`.
    Bullet,
}

/// A number at the beginning of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marker {
    pub style: Style,
    /// The number as people cite it: `4.2`, `(a)`, `Article IX`; empty for a bullet.
    pub label: String,
    /// Bytes that it takes at the beginning of the text, with the white space after it.
    pub len: usize,
}

const ATTACHMENTS: [&str; 7] = ["schedule", "exhibit", "annex", "appendix", "attachment", "addendum", "annexure"];

/// The marker with which `text` begins.
pub(super) fn marker(text: &str) -> Option<Marker> {
    let word = text.split([' ', '\t']).next()?;
    let found = |style, label: String, used: usize| {
        let rest = text.part(used..);
        let space = rest.len() - rest.trim_start().len();
        Some(Marker { style, label, len: used + space })
    };
    if matches!(word, "\u{2022}" | "\u{25e6}" | "-" | "\u{2013}" | "\u{2014}" | "*" | "o" | "\u{2610}" | "\u{2611}") {
        return found(Style::Bullet, String::new(), word.len());
    }
    if let Some((style, label, used)) = worded(text, word) {
        return found(style, label, used);
    }
    let (style, label) = parenthesised(word).or_else(|| plain(word)).or_else(|| bare_number(text, word))?;
    found(style, label, word.len())
}

/// `Article IX`, `Section 4.2`, `Schedule A`: a word and a number.
fn worded(text: &str, word: &str) -> Option<(Style, String, usize)> {
    let lower = word.to_ascii_lowercase();
    let rest = text.get(word.len() + 1..)?;
    let number = rest.split([' ', '\t']).next()?;
    let used = word.len() + 1 + number.len();
    let core = number.trim_end_matches(['.', ':', ',', '-', '\u{2013}']);
    let is_number = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-');
    let is_roman = |s: &str| roman(s).is_some();
    if ATTACHMENTS.contains(&lower.as_str()) {
        // A heading, not the beginning of a sentence such as "Exhibit A sets out the fees.".
        let name = core.trim_matches(['"', '(', ')']);
        let short =
            name.len() <= 5 && !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-.".contains(c));
        let named = short && name.chars().all(|c| !c.is_ascii_lowercase());
        let heading = text.len() < 120 && !text.trim_end().ends_with('.');
        return (named && heading).then(|| (Style::Attachment, format!("{} {name}", title_case(&lower)), used));
    }
    match lower.as_str() {
        "article" if is_number(core) || is_roman(core) => Some((Style::Article, format!("Article {core}"), used)),
        "article" if text.len() < 40 && spelled(core) => Some((Style::Article, format!("Article {core}"), used)),
        "section" | "sec." | "\u{a7}" | "clause" | "paragraph" if is_number(core) => {
            let (style, label) = decimal(core)?;
            // "Section 4.2 of this Agreement shall ..." is a sentence.
            let tail = text.part(used..).trim_start();
            (!tail.starts_with(|c: char| c.is_lowercase() || c == ',')).then_some((style, label, used))
        }
        "section" if is_roman(core) => Some((Style::Article, format!("Section {core}"), used)),
        _ => None,
    }
}

fn spelled(word: &str) -> bool {
    const WORDS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    WORDS.contains(&word.to_ascii_lowercase().as_str())
}

fn title_case(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |c| c.to_ascii_uppercase().to_string() + chars.as_str())
}

/// `(a)`, `(iv)`, `(2)`, `a)`, `1)`.
fn parenthesised(word: &str) -> Option<(Style, String)> {
    let core = word.trim_end_matches(['.', ':']).strip_suffix(')')?;
    let core = core.strip_prefix('(').unwrap_or(core);
    lettered(core, true).map(|style| (style, format!("({core})")))
}

fn lettered(core: &str, paren: bool) -> Option<Style> {
    if core.is_empty() || core.len() > 5 || !core.is_ascii() {
        return None;
    }
    if core.bytes().all(|b| b.is_ascii_digit()) {
        return (paren && core.len() <= 2).then_some(Style::ParenDigit);
    }
    let lower = core.bytes().all(|b| b.is_ascii_lowercase());
    let upper = core.bytes().all(|b| b.is_ascii_uppercase());
    if (lower || upper) && roman(core).is_some() {
        return Some(if lower { Style::Roman { paren } } else { Style::UpperRoman { paren } });
    }
    let repeated = core.bytes().all(|b| b == core.as_bytes()[0]);
    match (core.len() <= 2 && repeated, lower, upper) {
        (true, true, _) => Some(Style::Lower { paren }),
        (true, _, true) => Some(Style::Upper { paren }),
        _ => None,
    }
}

/// `4.`, `4.2`, `4.2.1.`, `A.`, `iv.`, `4.2(a)`.
fn plain(word: &str) -> Option<(Style, String)> {
    let dotted = word.ends_with(['.', ':']);
    let core = word.trim_end_matches(['.', ':']);
    if core.bytes().all(|b| b.is_ascii_digit() || b == b'.') && core.bytes().any(|b| b.is_ascii_digit()) {
        return (dotted || core.contains('.')).then(|| decimal(core)).flatten();
    }
    if let Some((number, tail)) = core.split_once('(') {
        let (style, label) = decimal(number)?;
        let Style::Decimal(depth) = style else { return None };
        return tail.ends_with(')').then(|| (Style::Decimal(depth + 1), format!("{label}({tail}")));
    }
    dotted.then(|| lettered(core, false)).flatten().map(|style| (style, format!("{core}.")))
}

fn decimal(core: &str) -> Option<(Style, String)> {
    let parts: Vec<&str> = core.trim_matches('.').split('.').collect();
    let good = parts.iter().all(|p| !p.is_empty() && p.len() <= 3 && p.bytes().all(|b| b.is_ascii_digit()));
    // "12.50" is an amount as often as a number; clause numbers rarely have leading zeros ("1.01" excepted).
    let depth = u8::try_from(parts.len()).ok().filter(|d| good && *d <= 6)?;
    Some((Style::Decimal(depth), core.trim_matches('.').to_owned()))
}

/// `12 Governing law`: a number without a dot before a capitalised word, in a short line; or before a heading that a sentence
/// follows, `8 Break. The Firm may end`.
fn bare_number(text: &str, word: &str) -> Option<(Style, String)> {
    let digits = word.len() <= 2 && !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    let rest = text.get(word.len() + 1..)?;
    let heading = (rest.len() < 70 || heads_sentence(rest)) && rest.starts_with(|c: char| c.is_ascii_uppercase());
    // "30 June 2024", "12 Months": a value, not a heading.
    let next = rest.split(' ').next().unwrap_or_default().to_ascii_lowercase();
    let units =
        ["day", "month", "year", "week", "hour", "business", "working", "calendar", "consecutive", "successive"];
    let value = units.iter().any(|u| next.starts_with(u)) || month(&next);
    (digits && heading && !value).then(|| (Style::Decimal(1), word.to_owned()))
}

/// Whether a text begins with a heading of few words, a full stop and a sentence: "Break. The Firm may end".
fn heads_sentence(text: &str) -> bool {
    const LONGEST: usize = 50;
    const WORDS: usize = 5;
    let Some((heading, sentence)) = text.split_once(". ") else { return false };
    let plain = heading.chars().all(|c| c.is_alphabetic() || " ,'’&-".contains(c));
    // "12 St. Mary's Road": the dot shortens a word.
    let words = heading.split(' ').count();
    let whole = heading.len() > 3;
    plain
        && whole
        && heading.len() < LONGEST
        && words <= WORDS
        && sentence.starts_with(|c: char| c.is_ascii_uppercase())
}

fn month(word: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    word.get(..3).is_some_and(|w| MONTHS.contains(&w))
}

/// Value of a Roman numeral of either case, as far as clause numbers go (below 60).
pub(super) fn roman(text: &str) -> Option<u32> {
    let digit = |b: u8| match b.to_ascii_lowercase() {
        b'i' => Some(1),
        b'v' => Some(5),
        b'x' => Some(10),
        b'l' => Some(50),
        _ => None,
    };
    let values: Vec<u32> = text.bytes().map(digit).collect::<Option<_>>()?;
    let mut total = 0;
    for (i, v) in values.iter().enumerate() {
        if values.get(i + 1).is_some_and(|next| next > v) {
            total -= i64::from(*v);
        } else {
            total += i64::from(*v);
        }
    }
    u32::try_from(total).ok().filter(|n| (1..60).contains(n) && !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers() {
        let cases = [
            ("1. Definitions", Style::Decimal(1), "1"),
            ("4.2 Renewal. The term", Style::Decimal(2), "4.2"),
            ("4.2.1. Fees", Style::Decimal(3), "4.2.1"),
            ("ARTICLE IX TERM", Style::Article, "Article IX"),
            ("Article 5. Payment", Style::Article, "Article 5"),
            ("Section 4.2 Renewal", Style::Decimal(2), "4.2"),
            ("SECTION 3. Term", Style::Decimal(1), "3"),
            ("(a) the Supplier", Style::Lower { paren: true }, "(a)"),
            ("(iv) the Supplier", Style::Roman { paren: true }, "(iv)"),
            ("(2) Beta GmbH", Style::ParenDigit, "(2)"),
            ("b) something", Style::Lower { paren: true }, "(b)"),
            ("A. WHEREAS", Style::Upper { paren: false }, "A."),
            ("IV. TERM", Style::UpperRoman { paren: false }, "IV."),
            ("SCHEDULE A", Style::Attachment, "Schedule A"),
            ("Exhibit B-1: Fees", Style::Attachment, "Exhibit B-1"),
            ("12 Governing law", Style::Decimal(1), "12"),
            (
                "8 Break. The Firm may end this agreement on 31 October 2027 by giving not less than six months' notice.",
                Style::Decimal(1),
                "8",
            ),
            ("\u{2022} monthly report", Style::Bullet, ""),
            ("5.1(a) Notice", Style::Decimal(3), "5.1(a)"),
        ];
        for (text, style, label) in cases {
            let m = marker(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((m.style, m.label.as_str()), (style, label), "{text}");
        }
    }

    #[test]
    fn not_markers() {
        for text in [
            "The Supplier shall",
            "30 June 2024",
            "12 Months from",
            "10 Business Days after",
            "Section 4.2 of this Agreement applies",
            "Exhibit A sets out the fees that the Customer owes.",
            "Inc. and Beta",
            "2024 was a good year",
            "12 St. Mary's Road, Newton, in the county of Alder, where the goods are kept, is the Premises of this lease",
            "",
        ] {
            assert_eq!(marker(text), None, "{text}");
        }
    }
}
