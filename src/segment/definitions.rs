//! Defined terms: quotes where contracts put their definitions.

use std::sync::LazyLock;

use regex::Regex;

use super::segments::{Definition, Segments};
use crate::record::{Part as _, Span};
use crate::text::DocumentText;

/// A quoted term of at most 60 characters, on one line.
static QUOTED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#""([^"\n\t]{1,60})""#).expect("a valid pattern"));

/// Words after a term that make its definition.
const AFTER: [&str; 9] = [
    "means",
    "shall mean",
    "will mean",
    "has the meaning",
    "shall have the meaning",
    "refers to",
    "is defined",
    "includes",
    "shall be",
];

/// Words before a term that make it a name for what precedes.
const BEFORE: [&str; 6] = ["referred to as", "called", "known as", "defined as", "hereinafter", "hereafter"];

/// Finds the terms and adds them to `segments`.
pub(super) fn find(text: &DocumentText, segments: &mut Segments) {
    let whole = text.as_str();
    for found in QUOTED.captures_iter(whole) {
        let (Some(quote), Some(term)) = (found.get(0), found.get(1)) else { continue };
        if !term.as_str().starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || !defines(whole, quote.range())
        {
            continue;
        }
        let span = Span::from(term.range());
        let after = segments.sentences.partition_point(|s| s.span.start() <= span.start());
        let Some(sentence) = after.checked_sub(1) else { continue };
        let term = term.as_str().trim().trim_end_matches([',', '.']).to_owned();
        segments.definitions.push(Definition { term, span, sentence });
    }
}

/// How far before a term its open bracket may stand, in bytes.
const NEAR: usize = 119;
/// How far before a term the words may stand that make it a name.
const CALLED: usize = 40;

fn defines(whole: &str, quote: std::ops::Range<usize>) -> bool {
    let after = whole.part(quote.end..).trim_start_matches([' ', ',']);
    if AFTER.iter().any(|w| after.starts_with(w)) {
        return true;
    }
    let before = whole.part(quote.start.saturating_sub(NEAR)..quote.start);
    let before = before.rsplit('\n').next().unwrap_or(before);
    // Inside brackets that have not been closed: (the "Customer").
    let bracket = before.rfind('(').is_some_and(|open| !before.part(open..).contains(')'));
    let called = before.part(before.len().saturating_sub(CALLED)..);
    bracket || BEFORE.iter().any(|w| called.contains(w))
}
