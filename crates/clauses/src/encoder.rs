//! The sentence encoder: a small BERT, run on the processor.

mod error;
mod ops;
#[cfg(test)]
mod tests;

use candle_core::{Device, Tensor};
use safetensors::SafeTensors;

use super::kernel::{Attention, MAX_DEPTH, Machine, Norm, Packed};
use super::tensors::Tensors;
use ops::{AddNorm, Attend, Dense, FeedForward};

pub use error::EncoderError;

/// A BERT encoder with its weights.
pub struct Encoder {
    machine: Machine,
    embeddings: Embeddings,
    attention: Attention,
    layers: Vec<Layer>,
}

struct Layer {
    qkv: Dense,
    output: Dense,
    norm1: AddNorm,
    up: Dense,
    down: Dense,
    norm2: AddNorm,
}

impl Encoder {
    /// Reads the weights; as many layers as `tensors` holds.
    ///
    /// # Errors
    /// A tensor is missing or does not fit, or `heads` does not.
    pub fn load(tensors: &SafeTensors<'_>, heads: usize) -> Result<Self, EncoderError> {
        let machine = Machine::detect();
        let read = Reader { tensors: Tensors(tensors), machine };
        let embeddings = Embeddings::read(&read)?;
        let width = embeddings.width;
        if heads == 0 || !width.is_multiple_of(heads) {
            return Err(EncoderError::Heads { width, heads });
        }
        let attention = Attention { heads, size: width / heads };
        let mut layers = Vec::new();
        while layers.is_empty() || tensors.tensor(&format!("layers.{}.qkv", layers.len())).is_ok() {
            let name = |part: &str| format!("layers.{}.{part}", layers.len());
            let up = read.dense(&name("up"), None, width, true)?;
            layers.push(Layer {
                qkv: read.dense(&name("qkv"), Some(3 * width), width, false)?,
                output: read.dense(&name("output"), Some(width), width, false)?,
                norm1: AddNorm { machine, norm: read.norm(&name("norm1"), width)? },
                down: read.dense(&name("down"), Some(width), up.layer.columns(), false)?,
                up,
                norm2: AddNorm { machine, norm: read.norm(&name("norm2"), width)? },
            });
        }
        Ok(Self { machine, embeddings, attention, layers })
    }

    /// Values of each token.
    #[must_use]
    pub fn width(&self) -> usize {
        self.embeddings.width
    }

    /// The states of the last layer for a batch of windows, one after the other: row-major `[tokens of all][width]`. A window
    /// is tokens, and 0 or 1 for each as its type. What a window is read with makes no difference to its states, but spares
    /// fetching the weights anew. Works on the calling thread alone.
    ///
    /// # Errors
    /// A window is empty or too long, or holds a token or type that the encoder does not know.
    pub fn encode(&self, windows: &[(&[u32], &[u8])]) -> Result<Vec<f32>, EncoderError> {
        if windows.is_empty() {
            return Ok(Vec::new());
        }
        let lengths: Vec<usize> = windows.iter().map(|(tokens, _)| tokens.len()).collect();
        let mut states = self.embeddings.apply(self.machine, windows)?;
        for layer in &self.layers {
            let qkv = states.apply_op1_no_bwd(&layer.qkv)?;
            let attend = Attend { machine: self.machine, shape: self.attention, lengths: &lengths };
            let attended = qkv.apply_op1_no_bwd(&attend)?;
            let output = attended.apply_op1_no_bwd(&layer.output)?;
            states = states.apply_op2_no_bwd(&output, &layer.norm1)?;
            let output = states.apply_op1_no_bwd(&FeedForward { up: &layer.up, down: &layer.down })?;
            states = states.apply_op2_no_bwd(&output, &layer.norm2)?;
        }
        Ok(states.flatten_all()?.to_vec1()?)
    }
}

/// The embeddings of tokens, positions and types, and their norm.
struct Embeddings {
    width: usize,
    words: Vec<i8>,
    scale: Vec<f32>,
    positions: Vec<f32>,
    types: Vec<f32>,
    norm: Norm,
}

impl Embeddings {
    fn read(read: &Reader<'_>) -> Result<Self, EncoderError> {
        let (sizes, words) = read.tensors.bytes("embeddings.word", None, None)?;
        let [vocabulary, width] = sizes;
        let (_, positions) = read.tensors.floats("embeddings.position", &[None, Some(width)])?;
        Ok(Self {
            width,
            words,
            scale: read.tensors.floats("embeddings.word.scale", &[Some(vocabulary)])?.1,
            positions,
            types: read.tensors.floats("embeddings.type", &[Some(2), Some(width)])?.1,
            norm: read.norm("embeddings.norm", width)?,
        })
    }

    fn apply(&self, machine: Machine, windows: &[(&[u32], &[u8])]) -> Result<Tensor, EncoderError> {
        let width = self.width;
        let limit = self.positions.len() / width;
        let (mut words, mut rest) = (Vec::new(), Vec::new());
        for (tokens, types) in windows {
            if tokens.is_empty() || tokens.len() > limit || tokens.len() != types.len() {
                return Err(EncoderError::Window { limit, tokens: tokens.len(), types: types.len() });
            }
            for ((&token, &kind), position) in tokens.iter().zip(*types).zip(self.positions.chunks_exact(width)) {
                let row = usize::try_from(token).ok().and_then(|row| Some((row, self.scale.get(row)?)));
                let Some((row, scale)) = row else {
                    return Err(EncoderError::Token { token, vocabulary: self.scale.len() });
                };
                let kind = self.types.chunks_exact(width).nth(kind.into()).ok_or(EncoderError::TokenType(kind))?;
                words.extend(self.words[row * width..][..width].iter().map(|&word| f32::from(word) * scale));
                rest.extend(position.iter().zip(kind).map(|(position, kind)| position + kind));
            }
        }
        let rows = words.len() / width;
        Ok(Tensor::from_vec(self.norm.apply(machine, &words, &rest), (rows, width), &Device::Cpu)?)
    }
}

/// Reads the parts of the encoder.
struct Reader<'a> {
    tensors: Tensors<'a>,
    machine: Machine,
}

impl Reader<'_> {
    fn norm(&self, name: &str, width: usize) -> Result<Norm, EncoderError> {
        let weight = self.tensors.floats(&format!("{name}.weight"), &[Some(width)])?.1;
        Ok(Norm { weight, bias: self.tensors.floats(&format!("{name}.bias"), &[Some(width)])?.1 })
    }

    fn dense(&self, name: &str, rows: Option<usize>, depth: usize, gelu: bool) -> Result<Dense, EncoderError> {
        let ([columns, _], weights) = self.tensors.bytes(name, rows, Some(depth))?;
        let scale = self.tensors.floats(&format!("{name}.scale"), &[Some(columns)])?.1;
        let bias = self.tensors.floats(&format!("{name}.bias"), &[Some(columns)])?.1;
        let layer = Packed::new(&weights, &scale, &bias, depth).ok_or_else(|| EncoderError::Shape {
            name: name.to_owned(),
            expected: format!("at most {MAX_DEPTH} columns"),
            found: vec![columns, depth],
        })?;
        Ok(Dense { machine: self.machine, layer, gelu })
    }
}
