//! The second stage: the encoder over the sentences that the first stage keeps, and small heads over its states.

use tokenizers::models::wordpiece::WordPiece;
use tokenizers::normalizers::bert::BertNormalizer;
use tokenizers::pre_tokenizers::bert::BertPreTokenizer;
use tokenizers::{Model as _, Tokenizer};

use super::embedding::Embedding;
use super::encoder::Encoder;
use super::files::{Files, ModelError};
use super::kernel::{Head, Machine};
use super::passages::Passages;
use super::tensors::Tensors;
use super::window::{UNKNOWN, Window, window};

/// Features of position that the head has beside the encoder's states.
const POSITIONS: usize = 6;
/// Width of the head's middle layer.
const MIDDLE: usize = 256;

/// Most tokens that the encoder reads at once. Each batch fetches the weights from memory or the last cache, because they do
/// not fit the nearer ones; the states of so many tokens do.
const BATCH: usize = 320;

/// Encoder, tokenizer and heads.
pub(super) struct SecondStage {
    tokenizer: Tokenizer,
    encoder: Encoder,
    machine: Machine,
    up: Head,
    down: Head,
    embedding: Head,
}

/// What the second stage predicts for a sentence.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Prediction {
    /// A logit for each category.
    pub(super) logits: Vec<f32>,
    /// Its embedding.
    pub(super) embedding: Embedding,
}

impl std::fmt::Debug for SecondStage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecondStage").finish_non_exhaustive()
    }
}

impl SecondStage {
    pub(super) fn load(files: &Files, tensors: Tensors<'_>) -> Result<Self, ModelError> {
        let encoder = Encoder::load(tensors.0, files.manifest.heads)?;
        let dense = |name: &str, inputs: usize, outputs: usize| -> Result<Head, ModelError> {
            Ok(Head {
                weight: tensors.floats(name, &[Some(inputs), Some(outputs)])?.1,
                bias: tensors.floats(&format!("{name}.bias"), &[Some(outputs)])?.1,
            })
        };
        Ok(Self {
            tokenizer: tokenizer(&files.vocabulary)?,
            up: dense("head.up", 2 * encoder.width() + POSITIONS, MIDDLE)?,
            down: dense("head.down", MIDDLE, files.manifest.categories.len())?,
            // The name that the file of weights has for it.
            embedding: dense("meaning", encoder.width(), encoder.width())?,
            machine: Machine::detect(),
            encoder,
        })
    }

    /// Predictions for the `kept` sentences, given in ascending order.
    pub(super) fn predict(&self, document: &Passages<'_>, kept: &[usize]) -> Result<Vec<Prediction>, ModelError> {
        let mut windows = Vec::with_capacity(kept.len());
        let mut places = Vec::with_capacity(kept.len());
        let mut headed: Option<(usize, Vec<u32>)> = None;
        let n = document.passages.len();
        for &i in kept {
            let passage = document.passages[i];
            let heading = match headed.take() {
                Some((section, heading)) if section == passage.section => heading,
                _ => {
                    let nearest = document.headings(passage.section).next();
                    nearest.map_or_else(|| Ok(Vec::new()), |(_, words)| self.ids(words))?
                }
            };
            let lead_in = match passage.lead_in {
                Some(lead) => self.ids(document.passages[lead].text)?,
                None => Vec::new(),
            };
            let body = self.ids(passage.text)?;
            windows.push(window(&heading, &lead_in, &body));
            headed = Some((passage.section, heading));
            let part = |x: usize, most: usize| x.min(most) as f32 / most as f32;
            places.push([
                i as f32 / n as f32,
                part(i, 40),
                part(n - 1 - i, 40),
                part(body.len(), 128),
                f32::from(passage.lead_in.is_some()),
                f32::from(passage.section == 0),
            ]);
        }
        let mut out = Vec::with_capacity(kept.len());
        for (mut input, places) in self.read(&windows)?.into_iter().zip(places) {
            let embedding = self.embedding_of(&input);
            input.extend(places);
            let logits = self.down.apply(self.machine, &self.up.apply(self.machine, &input, true), false);
            out.push(Prediction { logits, embedding });
        }
        Ok(out)
    }

    /// The embedding of a question or a few words, to be compared with those of sentences.
    pub(super) fn embed(&self, words: &str) -> Result<Embedding, ModelError> {
        let pooled = self.read(&[window(&[], &[], &self.ids(words)?)])?;
        Ok(self.embedding_of(&pooled[0]))
    }

    fn embedding_of(&self, pooled: &[f32]) -> Embedding {
        Embedding::of(&self.embedding.apply(self.machine, &pooled[..self.encoder.width()], false))
    }

    /// Of each window, the mean of the sentence's states, and the state of the opening `[CLS]`.
    fn read(&self, windows: &[Window]) -> Result<Vec<Vec<f32>>, ModelError> {
        let width = self.encoder.width();
        let mut out = Vec::with_capacity(windows.len());
        let mut rest = windows;
        while !rest.is_empty() {
            let mut tokens = 0;
            let fits = |w: &&Window| {
                tokens += w.tokens.len();
                tokens <= BATCH
            };
            let (batch, others) = rest.split_at(rest.iter().take_while(fits).count().max(1));
            rest = others;
            let inputs: Vec<_> = batch.iter().map(|w| (&w.tokens[..], &w.types[..])).collect();
            let states = self.encoder.encode(&inputs)?;
            let mut start = 0;
            for w in batch {
                let states = &states[start * width..(start + w.tokens.len()) * width];
                start += w.tokens.len();
                let mut pooled = vec![0.0; width];
                for row in states[w.sentence.start * width..w.sentence.end * width].chunks_exact(width) {
                    pooled.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
                }
                for x in &mut pooled {
                    *x /= w.sentence.len() as f32;
                }
                pooled.extend_from_slice(&states[..width]);
                out.push(pooled);
            }
        }
        Ok(out)
    }

    fn ids(&self, words: &str) -> Result<Vec<u32>, ModelError> {
        let encoding = self.tokenizer.encode_fast(words, false);
        Ok(encoding.map_err(|e| ModelError::Vocabulary(e.to_string()))?.get_ids().to_vec())
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
