//! What the second stage reads: the kept sentences in their order, packed into windows.
//!
//! ```text
//! [CLS] heading sentence [SEP] sentence [SEP] [MASK] heading sentence [SEP] ...
//! ```
//!
//! Token type 0 is what is judged, 1 is context: the heading where it changes, the end of a lead-in that was not kept.
//! `[MASK]` stands where sentences were left out. Neighbours share one window, so each token is read once and sees its
//! context; windows have their own lengths, so nothing is padded and nothing masked. The idea of one pass for several
//! sentences, each with its own separator, is that of Cohan et al., "Pretrained Language Models for Sequential Sentence
//! Classification" (2019). `models/train/windows.py` does the same for training.

use std::ops::Range;

/// Most tokens of a window, of a sentence, of the end that is kept of a sentence that is too long, of a heading, and of a lead-in.
pub(super) const WINDOW: usize = 192;
const SENTENCE: usize = 128;
const TAIL: usize = 16;
const HEADING: usize = 16;
const LEAD_IN: usize = 24;
/// The special pieces stand first in the vocabulary.
pub(super) const UNKNOWN: u32 = 1;
const CLS: u32 = 2;
const SEP: u32 = 3;
const MASK: u32 = 4;

/// A sentence as tokens.
#[derive(Debug, Clone)]
pub(super) struct Tokens {
    pub(super) body: Vec<u32>,
    pub(super) heading: Vec<u32>,
    /// Tokens of the sentence that leads in, where it was not kept.
    pub(super) lead_in: Option<Vec<u32>>,
}

/// One sequence for the encoder.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) tokens: Vec<u32>,
    pub(super) types: Vec<u8>,
    /// Tokens of each sentence, its `[SEP]` included, and which of the kept sentences it is.
    pub(super) sentences: Vec<(Range<usize>, usize)>,
}

/// Packs sentences, given with their index in the document in ascending order.
pub(super) fn pack(kept: &[(usize, Tokens)]) -> Vec<Window> {
    let mut out: Vec<Window> = Vec::new();
    let mut heading: &[u32] = &[];
    let mut last: Option<usize> = None;
    for (k, (index, tokens)) in kept.iter().enumerate() {
        let body = clipped(&tokens.body);
        let gap = last.is_some_and(|l| *index != l + 1);
        let context = |fresh: bool, heading: &[u32]| {
            let mut c = Vec::new();
            if gap && !fresh {
                c.push(MASK);
            }
            if fresh || tokens.heading != heading {
                c.extend(tokens.heading.iter().take(HEADING));
            }
            if let Some(lead) = &tokens.lead_in {
                c.extend(&lead[lead.len().saturating_sub(LEAD_IN)..]);
            }
            c
        };
        let continued = context(false, heading);
        let fits = out.last().is_some_and(|w| w.tokens.len() + continued.len() + body.len() < WINDOW);
        let before = if fits { continued } else { context(true, heading) };
        if !fits {
            out.push(Window { tokens: vec![CLS], types: vec![1], sentences: Vec::new() });
        }
        if let Some(window) = out.last_mut() {
            window.types.resize(window.tokens.len() + before.len(), 1);
            window.tokens.extend(before);
            let start = window.tokens.len();
            window.tokens.extend(body);
            window.tokens.push(SEP);
            window.types.resize(window.tokens.len(), 0);
            window.sentences.push((start..window.tokens.len(), k));
        }
        heading = &tokens.heading;
        last = Some(*index);
    }
    out
}

/// A sentence without its middle, where it is too long.
fn clipped(tokens: &[u32]) -> Vec<u32> {
    if tokens.len() <= SENTENCE {
        return tokens.to_vec();
    }
    [&tokens[..SENTENCE - TAIL], &tokens[tokens.len() - TAIL..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(body: &[u32], heading: &[u32], lead_in: Option<&[u32]>) -> Tokens {
        Tokens { body: body.to_vec(), heading: heading.to_vec(), lead_in: lead_in.map(<[u32]>::to_vec) }
    }

    #[test]
    fn headings_gaps_and_lead_ins_are_context() {
        let kept = [
            (3, tokens(&[10, 11], &[7], None)),
            (4, tokens(&[12], &[7], None)),
            (6, tokens(&[13], &[8], Some(&[20, 21]))),
        ];
        let windows = pack(&kept);
        assert_eq!(windows.len(), 1);
        assert_eq!(windows[0].tokens, [CLS, 7, 10, 11, SEP, 12, SEP, MASK, 8, 20, 21, 13, SEP]);
        assert_eq!(windows[0].types, [1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0]);
        assert_eq!(windows[0].sentences, [(2..5, 0), (5..7, 1), (11..13, 2)]);
    }

    #[test]
    fn long_sentences_are_clipped_and_windows_end_in_time() {
        let long: Vec<u32> = (100..400).collect();
        let kept: Vec<_> = (0..5).map(|i| (i, tokens(&long, &[7], None))).collect();
        let windows = pack(&kept);
        assert_eq!(windows.len(), 5, "two do not fit into one");
        assert!(windows.iter().all(|w| w.tokens.len() <= WINDOW && w.tokens.len() == w.types.len()));
        let (range, _) = &windows[0].sentences[0];
        assert_eq!(range.len(), SENTENCE + 1);
        assert_eq!(windows[0].tokens[range.end - 2], 399, "the end of the sentence is kept");
        assert!(pack(&[]).is_empty());
    }
}
