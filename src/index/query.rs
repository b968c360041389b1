//! The query that people type.

use super::fields::analyser;
use tickler_pdf::cite::Part as _;

/// Maximum number of characters and parts of a query: more is a document pasted by mistake.
const MAX_LENGTH: usize = 2_000;
const MAX_PARTS: usize = 64;

/// Why a query cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// A phrase without a closing quotation mark.
    #[error("the query has an opening quotation mark without a closing one")]
    OpenQuote,
    /// No word to search for.
    #[error("the query has no word to search for; give at least one word without a minus")]
    Nothing,
    /// Too much.
    #[error("the query is too long; give at most {MAX_PARTS} words or phrases and {MAX_LENGTH} characters")]
    TooLong,
}

/// A word, or a phrase, as the stems of its words in order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Part(pub(super) Vec<String>);

/// A query: words and `"phrases"` that are wanted, and those that are not (`-word`, `-"some words"`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    pub(super) wanted: Vec<Part>,
    pub(super) unwanted: Vec<Part>,
}

impl Query {
    /// Reads a query. Case and endings of words do not matter; a word with a hyphen or a stop in it, such as
    /// `non-renewal` or `99.9`, is looked for as a phrase.
    ///
    /// # Errors
    /// [`QueryError`] when it is not closed, empty, or too long.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        if text.chars().count() > MAX_LENGTH {
            return Err(QueryError::TooLong);
        }
        let mut analyser = analyser();
        let mut query = Self { wanted: Vec::new(), unwanted: Vec::new() };
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let minus = rest.strip_prefix('-').filter(|r| r.starts_with(|c: char| c.is_alphanumeric() || is_quote(c)));
            let excluded = minus.is_some();
            rest = minus.unwrap_or(rest);
            let words;
            let mut chars = rest.chars();
            if chars.next().is_some_and(is_quote) {
                let inner = chars.as_str();
                let end = inner.find(is_quote).ok_or(QueryError::OpenQuote)?;
                words = inner.part(..end);
                rest = inner.part(end..).trim_start_matches(is_quote);
            } else {
                let end = rest.find(|c: char| c.is_whitespace() || is_quote(c)).unwrap_or(rest.len());
                (words, rest) = rest.split_at(end);
            }
            rest = rest.trim_start();
            let mut stems = Vec::new();
            analyser.token_stream(words).process(&mut |token| stems.push(token.text.clone()));
            let part = Part(stems);
            let list = if excluded { &mut query.unwanted } else { &mut query.wanted };
            if !part.0.is_empty() && !list.contains(&part) {
                list.push(part);
            }
        }
        if query.wanted.is_empty() {
            return Err(QueryError::Nothing);
        }
        if query.wanted.len() + query.unwanted.len() > MAX_PARTS {
            return Err(QueryError::TooLong);
        }
        Ok(query)
    }
}

/// Straight and typographic quotation marks: queries are pasted from documents. Apostrophes are not among them.
fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parts(list: &[Part]) -> Vec<String> {
        list.iter().map(|p| p.0.join(" ")).collect()
    }

    #[test]
    fn words_phrases_and_exclusions() {
        let q = Query::parse("Renewals \"written notice of\" -terminated -\u{201c}for cause\u{201d} non-renewal 99.9%")
            .unwrap();
        assert_eq!(parts(&q.wanted), ["renew", "written notic of", "non renew", "99 9"]);
        assert_eq!(parts(&q.unwanted), ["termin", "for caus"]);
    }

    #[test]
    fn odd_queries_have_clear_errors() {
        assert_eq!(Query::parse("\"open"), Err(QueryError::OpenQuote));
        for nothing in ["", "   ", "-", "-only", "***", "\"\"", "()[]{}^~:?\\/"] {
            assert_eq!(Query::parse(nothing), Err(QueryError::Nothing), "{nothing:?}");
        }
        assert_eq!(Query::parse(&"a".repeat(MAX_LENGTH + 1)), Err(QueryError::TooLong));
        let many: Vec<String> = (0..=MAX_PARTS).map(|i| i.to_string()).collect();
        assert_eq!(Query::parse(&many.join(" ")), Err(QueryError::TooLong));
        assert_eq!(parts(&Query::parse("a - b a").unwrap().wanted), ["a", "b"]);
    }

    proptest! {
        #[test]
        fn no_query_panics(text in "\\PC{0,80}|[\"\\- a\u{201c}é]{0,40}") {
            let _ = Query::parse(&text);
        }
    }
}
