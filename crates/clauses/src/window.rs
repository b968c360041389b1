//! What the second stage reads: each kept sentence by itself, with the heading above it and the words that lead it in.
//!
//! ```text
//! [CLS] heading [SEP] lead-in [SEP] sentence [SEP]
//! ```
//!
//! Token type 0 is the sentence, 1 is context. Sequences have their own lengths, so nothing is padded and nothing masked.
//! `models/train/windows.py` does the same for training.

use std::ops::Range;

/// Most tokens of a sentence, of the end that is kept of a sentence that is too long, of a heading, and of a lead-in.
const SENTENCE: usize = 128;
const TAIL: usize = 16;
const HEADING: usize = 16;
const LEAD_IN: usize = 24;
/// The special pieces stand first in the vocabulary.
pub(super) const UNKNOWN: u32 = 1;
const CLS: u32 = 2;
const SEP: u32 = 3;

/// One sequence for the encoder.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) tokens: Vec<u32>,
    pub(super) types: Vec<u8>,
    /// Tokens of the sentence, its `[SEP]` included.
    pub(super) sentence: Range<usize>,
}

/// The sequence of a sentence; heading and lead-in may be empty. A question is read like a sentence without context.
pub(super) fn window(heading: &[u32], lead_in: &[u32], sentence: &[u32]) -> Window {
    let mut tokens = vec![CLS];
    for context in [&heading[..heading.len().min(HEADING)], &lead_in[lead_in.len().saturating_sub(LEAD_IN)..]] {
        if !context.is_empty() {
            tokens.extend_from_slice(context);
            tokens.push(SEP);
        }
    }
    let start = tokens.len();
    match sentence {
        [] => tokens.push(UNKNOWN),
        _ if sentence.len() <= SENTENCE => tokens.extend_from_slice(sentence),
        _ => {
            tokens.extend_from_slice(&sentence[..SENTENCE - TAIL]);
            tokens.extend_from_slice(&sentence[sentence.len() - TAIL..]);
        }
    }
    tokens.push(SEP);
    let mut types = vec![1; start];
    types.resize(tokens.len(), 0);
    Window { sentence: start..tokens.len(), types, tokens }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_and_lead_ins_are_context() {
        let w = window(&[7, 8], &[20, 21], &[10, 11]);
        assert_eq!(w.tokens, [CLS, 7, 8, SEP, 20, 21, SEP, 10, 11, SEP]);
        assert_eq!(w.types, [1, 1, 1, 1, 1, 1, 1, 0, 0, 0]);
        assert_eq!(w.sentence, 7..10);
        assert_eq!(window(&[], &[], &[10]).tokens, [CLS, 10, SEP]);
        assert_eq!(window(&[], &[], &[]).tokens, [CLS, UNKNOWN, SEP]);
    }

    #[test]
    fn what_is_too_long_is_clipped() {
        let long: Vec<u32> = (100..400).collect();
        let w = window(&long, &long, &long);
        assert_eq!(w.tokens.len(), 1 + HEADING + 1 + LEAD_IN + 1 + SENTENCE + 1);
        assert_eq!(w.tokens.len(), w.types.len());
        assert_eq!(w.tokens[1], 100, "the start of a heading");
        assert_eq!(w.tokens[1 + HEADING + LEAD_IN], 399, "the end of a lead-in");
        assert_eq!(w.tokens[w.sentence.end - 2], 399, "the end of a sentence");
        assert_eq!(w.tokens[w.sentence.start], 100, "and its start");
    }
}
