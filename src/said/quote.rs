//! Looking up the words of a quote in a text.

use std::ops::Range;

use crate::record::{Part as _, Span};

/// Words to the left and right of the nearest passage in a message.
const AROUND: usize = 3;

/// A quote that the text does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotQuoted {
    /// It has no words.
    #[error("the quote has no words")]
    Empty,
    /// No words of the text are like it.
    #[error("the contract does not say this")]
    Nowhere,
    /// The text says something like it.
    #[error("the contract does not say this; the nearest words are on page {page}: \"{words}\"")]
    Near {
        /// The page, from 1.
        page: u32,
        /// What the text says there.
        words: String,
    },
    /// The quote stands on other pages than the one asked for.
    #[error("these words are not on that page, but on page {page}")]
    Elsewhere {
        /// The first page that has them.
        page: u32,
    },
    /// It stands in several places.
    #[error("these words stand {count} times in the contract; name the page with --page, or quote more of them")]
    Often {
        /// How often.
        count: usize,
    },
}

/// A word of a text: its letters and digits in lower case, and its place.
struct Word {
    folded: String,
    range: Range<usize>,
}

/// The words of a text. What stands between them does not matter: line breaks, kinds of quotation marks and dashes.
fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                out.push(Word { folded: text.part(from..at).to_lowercase(), range: from..at });
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// The place of `quote` in `text`, on `page` where one is given; `page_at` tells the page of a byte.
///
/// # Errors
/// [`NotQuoted`] when the text does not have it, or has it more than once.
pub fn find_quote(
    text: &str,
    page_at: impl Fn(usize) -> u32,
    quote: &str,
    page: Option<u32>,
) -> Result<Span, NotQuoted> {
    let (all, wanted) = (words(text), words(quote));
    if wanted.is_empty() {
        return Err(NotQuoted::Empty);
    }
    let same = |window: &[Word]| window.iter().zip(&wanted).all(|(a, b)| a.folded == b.folded);
    let found: Vec<Span> = all
        .windows(wanted.len())
        .filter(|window| same(window))
        .map(|window| Span::new(window[0].range.start, window[wanted.len() - 1].range.end))
        .collect();
    let page_of = |span: &Span| page_at(span.start());
    let here: Vec<&Span> = found.iter().filter(|span| page.is_none_or(|page| page_of(span) == page)).collect();
    match (here.as_slice(), found.first()) {
        ([one], _) => Ok(with_marks(text, **one)),
        // On the page that was named, the first place is as good as the others.
        ([first, ..], _) if page.is_some() => Ok(with_marks(text, **first)),
        ([_, ..], _) => Err(NotQuoted::Often { count: here.len() }),
        ([], Some(elsewhere)) => Err(NotQuoted::Elsewhere { page: page_of(elsewhere) }),
        ([], None) => Err(nearest(text, page_at, &all, &wanted)),
    }
}

/// The place with the mark that ends its last word, such as a full stop or a closing bracket, and with the sign of a currency
/// before its first one.
fn with_marks(text: &str, span: Span) -> Span {
    let more = text.part(span.end()..).chars().next().filter(|c| matches!(c, '.' | ')' | '%' | '"' | '\u{201d}'));
    let sign = text.part(..span.start()).chars().next_back().filter(|c| matches!(c, '$' | '£' | '€' | '¥' | '₹'));
    Span::new(span.start() - sign.map_or(0, char::len_utf8), span.end() + more.map_or(0, char::len_utf8))
}

/// The passage of the text that shares most words with the quote.
fn nearest(text: &str, page_at: impl Fn(usize) -> u32, all: &[Word], wanted: &[Word]) -> NotQuoted {
    let size = wanted.len().min(all.len());
    if size == 0 {
        return NotQuoted::Nowhere;
    }
    // Rare words tell more than "the" and "of", which every passage has.
    let tells = |word: &str| wanted.iter().any(|w| w.folded == word) && word.len() > 3;
    let hits: Vec<usize> = all.iter().map(|w| usize::from(tells(&w.folded))).collect();
    let mut sum: usize = hits[..size].iter().sum();
    let mut best = (sum, 0);
    for end in size..hits.len() {
        sum = sum + hits[end] - hits[end - size];
        if sum > best.0 {
            best = (sum, end + 1 - size);
        }
    }
    if best.0 == 0 {
        return NotQuoted::Nowhere;
    }
    let (from, to) = (best.1.saturating_sub(AROUND), (best.1 + size + AROUND).min(all.len()) - 1);
    let range = all[from].range.start..all[to].range.end;
    NotQuoted::Near {
        page: page_at(all[best.1].range.start),
        words: text.part(range).split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_found_whatever_its_marks() {
        let text =
            "The term ends on \u{201c}31 May\n2027\u{201d}. Notice is sixty (60) days.\nNotice is given in writing.";
        let second = text.find("Notice is given").unwrap();
        let find = |quote: &str, page| find_quote(text, |at| if at < second { 1 } else { 2 }, quote, page);
        let says = |quote: &str, page| find(quote, page).map(|s| text.part(s.range()).to_owned());
        assert_eq!(says("ends on \"31 May 2027\"", None).unwrap(), "ends on \u{201c}31 May\n2027\u{201d}");
        assert_eq!(says("Notice is", None), Err(NotQuoted::Often { count: 2 }));
        assert_eq!(says("notice IS", Some(2)).unwrap(), "Notice is");
        assert_eq!(says("31 May 2027", Some(2)), Err(NotQuoted::Elsewhere { page: 1 }));
        assert_eq!(says(" - ", None), Err(NotQuoted::Empty));
        assert_eq!(says("volcano", None), Err(NotQuoted::Nowhere));
        let fee = "The fee is $795.00 per month (€700).";
        let paid = |quote| find_quote(fee, |_| 1, quote, None).map(|span| fee.part(span.range()).to_owned()).unwrap();
        assert_eq!((paid("795.00 per month"), paid("$795.00")), ("$795.00 per month".to_owned(), "$795.00".to_owned()));
        assert_eq!(paid("€700"), "€700)");
        let Err(NotQuoted::Near { page, words }) = says("Notice shall be ninety (90) days", None) else { panic!() };
        assert!(page == 1 && words.contains("sixty (60) days"), "{words}");
    }
}
