//! The second stage: the encoder over windows of kept sentences, and a small head that judges each sentence.

use tokenizers::models::wordpiece::WordPiece;
use tokenizers::normalizers::bert::BertNormalizer;
use tokenizers::pre_tokenizers::bert::BertPreTokenizer;
use tokenizers::{Model as _, Tokenizer};

use super::encoder::{Encoder, Precision};
use super::files::{Files, ModelError};
use super::kernel::gelu;
use super::tensors::Tensors;
use super::window::{self, Tokens, UNKNOWN};
use crate::segment::Segments;
use crate::text::DocumentText;

/// Numbers of place that the head sees beside the encoder's states.
const PLACES: usize = 6;
/// Width of the head's middle layer.
const MIDDLE: usize = 256;

/// Encoder, tokenizer and head.
pub(super) struct SecondStage {
    tokenizer: Tokenizer,
    encoder: Encoder,
    up: Dense,
    down: Dense,
}

impl std::fmt::Debug for SecondStage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecondStage").finish_non_exhaustive()
    }
}

impl SecondStage {
    pub(super) fn load(files: &Files, tensors: Tensors<'_>, precision: Precision) -> Result<Self, ModelError> {
        let encoder = Encoder::load(tensors.0, files.manifest.heads, precision)?;
        let dense = |name: &str, inputs: usize, outputs: usize| -> Result<Dense, ModelError> {
            Ok(Dense {
                weight: tensors.floats(name, &[Some(inputs), Some(outputs)])?.1,
                bias: tensors.floats(&format!("{name}.bias"), &[Some(outputs)])?.1,
            })
        };
        Ok(Self {
            tokenizer: tokenizer(&files.vocabulary)?,
            up: dense("head.up", 2 * encoder.width() + PLACES, MIDDLE)?,
            down: dense("head.down", MIDDLE, files.manifest.categories.len())?,
            encoder,
        })
    }

    /// Logits of the `kept` sentences, ascending, each a row of categories.
    pub(super) fn logits(
        &self,
        text: &DocumentText,
        segments: &Segments,
        kept: &[usize],
    ) -> Result<Vec<Vec<f32>>, ModelError> {
        let tokens = self.tokens(text, segments, kept)?;
        let mut out = vec![Vec::new(); kept.len()];
        let n = segments.sentences.len();
        for w in window::pack(&tokens) {
            let states = self.encoder.encode(&w.tokens, &w.types)?;
            for (range, k) in w.sentences {
                let (i, sentence) = &tokens[k];
                let mut input = self.pooled(&states, range);
                let s = segments.sentences[*i];
                let part = |x: usize, most: usize| x.min(most) as f32 / most as f32;
                input.extend([
                    *i as f32 / n as f32,
                    part(*i, 40),
                    part(n - 1 - i, 40),
                    part(sentence.body.len(), 128),
                    f32::from(s.lead_in.is_some()),
                    f32::from(s.clause == 0),
                ]);
                let mut middle = self.up.apply(&input);
                for x in &mut middle {
                    *x = gelu(*x);
                }
                out[k] = self.down.apply(&middle);
            }
        }
        Ok(out)
    }

    /// The mean of a sentence's states, and the state of its closing separator.
    fn pooled(&self, states: &[f32], range: std::ops::Range<usize>) -> Vec<f32> {
        let width = self.encoder.width();
        let rows = &states[range.start * width..range.end * width];
        let mut input = vec![0.0; width];
        for row in rows.chunks_exact(width) {
            input.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
        }
        let count = range.len() as f32;
        for x in &mut input {
            *x /= count;
        }
        input.extend_from_slice(&rows[rows.len() - width..]);
        input
    }

    fn tokens(
        &self,
        text: &DocumentText,
        segments: &Segments,
        kept: &[usize],
    ) -> Result<Vec<(usize, Tokens)>, ModelError> {
        let ids = |words: &str| -> Result<Vec<u32>, ModelError> {
            let encoding = self.tokenizer.encode_fast(words, false);
            Ok(encoding.map_err(|e| ModelError::Vocabulary(e.to_string()))?.get_ids().to_vec())
        };
        let mut headed: Option<(usize, Vec<u32>)> = None;
        let mut out = Vec::with_capacity(kept.len());
        for &i in kept {
            let sentence = segments.sentences[i];
            let heading = match &headed {
                Some((clause, heading)) if *clause == sentence.clause => heading.clone(),
                _ => segments.heading(sentence.clause).map_or_else(|| Ok(Vec::new()), ids)?,
            };
            headed = Some((sentence.clause, heading.clone()));
            let mut body = ids(text.slice(sentence.span))?;
            if body.is_empty() {
                body.push(UNKNOWN);
            }
            let lead_in = match sentence.lead_in.filter(|lead| kept.binary_search(lead).is_err()) {
                Some(lead) => Some(ids(text.slice(segments.sentences[lead].span))?),
                None => None,
            };
            out.push((i, Tokens { body, heading, lead_in }));
        }
        Ok(out)
    }
}

/// The tokenizer of BERT without case, over the model's own vocabulary.
fn tokenizer(vocabulary: &[u8]) -> Result<Tokenizer, ModelError> {
    let text = std::str::from_utf8(vocabulary).map_err(|e| ModelError::Vocabulary(e.to_string()))?;
    let pieces = text.lines().enumerate().map(|(i, piece)| (piece.to_owned(), u32::try_from(i).unwrap_or(UNKNOWN)));
    let pieces: ahash::AHashMap<String, u32> = pieces.collect();
    let model = WordPiece::builder().vocab(pieces).unk_token("[UNK]".to_owned()).build();
    let model = model.map_err(|e| ModelError::Vocabulary(e.to_string()))?;
    if model.token_to_id("[UNK]") != Some(UNKNOWN) {
        return Err(ModelError::Vocabulary("[UNK] is not its second piece".to_owned()));
    }
    let mut tokenizer = Tokenizer::new(model);
    let normalised = tokenizer.with_normalizer(Some(BertNormalizer::default()));
    let normalised = normalised.map_err(|e| ModelError::Vocabulary(e.to_string()))?;
    normalised.with_pre_tokenizer(Some(BertPreTokenizer));
    Ok(tokenizer)
}

/// A dense layer, stored column by column: the weights of one input for all outputs.
#[derive(Debug)]
struct Dense {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl Dense {
    fn apply(&self, input: &[f32]) -> Vec<f32> {
        let mut out = self.bias.clone();
        for (x, row) in input.iter().zip(self.weight.chunks_exact(out.len())) {
            out.iter_mut().zip(row).for_each(|(y, w)| *y += x * w);
        }
        out
    }
}
