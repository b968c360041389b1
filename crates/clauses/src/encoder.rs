//! The sentence encoder: a small BERT, run on the processor.

use candle_core::{CpuStorage, CustomOp1, CustomOp2, Device, Layout, Shape, Tensor};
use safetensors::{Dtype, SafeTensors};
use thiserror::Error;

use super::kernel::{Attention, Finish, MAX_DEPTH, Machine, Norm, Packed, Softmax};
use super::tensors::Tensors;

/// The arithmetic of the dense layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// Bytes: fast, and the same results on every machine.
    Int8,
    /// Floats, by candle's matrix product: for comparison.
    F32,
}

/// Why an encoder cannot be loaded or used.
#[derive(Debug, Error)]
pub enum EncoderError {
    /// The file lacks a tensor.
    #[error("tensor {0} is missing")]
    Missing(String),
    /// A tensor has another type than the encoder reads.
    #[error("tensor {name}: expected {expected:?}, found {found:?}")]
    Type {
        /// Its name.
        name: String,
        /// The type the encoder reads.
        expected: Dtype,
        /// The type in the file.
        found: Dtype,
    },
    /// A tensor has sizes that do not fit the others.
    #[error("tensor {name}: expected sizes {expected}, found {found:?}")]
    Shape {
        /// Its name.
        name: String,
        /// What would fit.
        expected: String,
        /// The sizes in the file.
        found: Vec<usize>,
    },
    /// A tensor holds an infinite value or none.
    #[error("tensor {0} holds a value that is not a finite number")]
    NotFinite(String),
    /// The width cannot be shared among the heads.
    #[error("{width} values cannot be shared among {heads} heads")]
    Heads {
        /// Values of a token.
        width: usize,
        /// Heads asked for.
        heads: usize,
    },
    /// A window is empty, too long, or has another number of types than of tokens.
    #[error("a window has 1 to {limit} tokens and as many types, not {tokens} and {types}")]
    Window {
        /// The most tokens.
        limit: usize,
        /// Tokens given.
        tokens: usize,
        /// Types given.
        types: usize,
    },
    /// A token that the vocabulary lacks.
    #[error("token {token} is outside the vocabulary of {vocabulary}")]
    Token {
        /// The token.
        token: u32,
        /// Tokens of the vocabulary.
        vocabulary: usize,
    },
    /// A type that the encoder lacks.
    #[error("type {0} is neither 0 nor 1")]
    TokenType(u8),
    /// The graph failed.
    #[error(transparent)]
    Graph(#[from] candle_core::Error),
}

/// A BERT encoder with its weights.
pub struct Encoder {
    machine: Machine,
    embeddings: Embeddings,
    layers: Vec<Layer>,
}

struct Layer {
    qkv: Dense,
    attention: Attention,
    output: Dense,
    norm1: AddNorm,
    up: Dense,
    down: Dense,
    norm2: AddNorm,
}

impl Encoder {
    /// Reads the weights; as many layers as `tensors` holds.
    ///
    /// With [`Precision::F32`] this also tells candle's matrix product, for the whole process, to start no threads.
    ///
    /// # Errors
    /// A tensor is missing or does not fit, or `heads` does not.
    pub fn load(tensors: &SafeTensors<'_>, heads: usize, precision: Precision) -> Result<Self, EncoderError> {
        if precision == Precision::F32 {
            gemm::set_threading_threshold(usize::MAX);
        }
        let machine = Machine::detect();
        let read = Reader { tensors: Tensors(tensors), machine, precision };
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
                attention,
                output: read.dense(&name("output"), Some(width), width, false)?,
                norm1: AddNorm { machine, norm: read.norm(&name("norm1"), width)? },
                down: read.dense(&name("down"), Some(width), up.columns, false)?,
                up,
                norm2: AddNorm { machine, norm: read.norm(&name("norm2"), width)? },
            });
        }
        Ok(Self { machine, embeddings, layers })
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
            let qkv = layer.qkv.apply(&states)?;
            let attended = match layer.qkv.weights {
                Weights::Packed(_) => {
                    qkv.apply_op1_no_bwd(&Attend { machine: self.machine, shape: layer.attention, lengths: &lengths })?
                }
                Weights::Float { .. } => self.attend(layer.attention, &qkv, &lengths)?,
            };
            let output = layer.output.apply(&attended)?;
            states = states.apply_op2_no_bwd(&output, &layer.norm1)?;
            let output = match layer.up.weights {
                Weights::Packed(_) => states.apply_op1_no_bwd(&FeedForward { up: &layer.up, down: &layer.down })?,
                Weights::Float { .. } => layer.down.apply(&layer.up.apply(&states)?)?,
            };
            states = states.apply_op2_no_bwd(&output, &layer.norm2)?;
        }
        Ok(states.flatten_all()?.to_vec1()?)
    }

    /// Attention in floats, window by window.
    fn attend(&self, shape: Attention, qkv: &Tensor, lengths: &[usize]) -> Result<Tensor, EncoderError> {
        let Attention { heads, size } = shape;
        let mut attended = Vec::with_capacity(lengths.len());
        let mut start = 0;
        for &tokens in lengths {
            let window = qkv.narrow(0, start, tokens)?;
            start += tokens;
            let parts = window.reshape((tokens, 3, heads, size))?.permute((1, 2, 0, 3))?.contiguous()?;
            let scores = (parts.get(0)? * (1.0 / (size as f64).sqrt()))?.matmul(&parts.get(1)?.t()?)?;
            let weights = scores.apply_op1_no_bwd(&Soften { machine: self.machine })?;
            attended.push(weights.matmul(&parts.get(2)?)?.transpose(0, 1)?.reshape((tokens, heads * size))?);
        }
        Ok(Tensor::cat(&attended, 0)?)
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

/// A dense layer, with GELU after it where the model has it.
struct Dense {
    machine: Machine,
    columns: usize,
    gelu: bool,
    weights: Weights,
}

enum Weights {
    Packed(Packed),
    /// `[depth][columns]`, and the bias.
    Float {
        weights: Tensor,
        bias: Vec<f32>,
    },
}

impl Dense {
    fn apply(&self, input: &Tensor) -> candle_core::Result<Tensor> {
        match &self.weights {
            Weights::Packed(_) => input.apply_op1_no_bwd(self),
            Weights::Float { weights, .. } => input.matmul(weights)?.apply_op1_no_bwd(self),
        }
    }
}

impl CustomOp1 for Dense {
    fn name(&self) -> &'static str {
        "dense"
    }

    fn cpu_fwd(&self, storage: &CpuStorage, layout: &Layout) -> candle_core::Result<(CpuStorage, Shape)> {
        let (input, rows, columns) = matrix(storage, layout)?;
        let output = match &self.weights {
            Weights::Packed(layer) if columns == layer.depth() => layer.apply(self.machine, input, self.gelu),
            Weights::Float { bias, .. } if columns == bias.len() => {
                let mut rows = input.to_vec();
                Finish { rows: &mut rows, bias, gelu: self.gelu }.apply(self.machine);
                rows
            }
            _ => return Err(sizes("dense", layout)),
        };
        Ok((CpuStorage::F32(output), (rows, self.columns).into()))
    }
}

/// Tokens that go through both layers of a feed-forward block at once: the weights of these and what lies between them fit the
/// cache of one core.
const CHUNK: usize = 64;

/// Two dense layers in bytes.
struct FeedForward<'a> {
    up: &'a Dense,
    down: &'a Dense,
}

impl CustomOp1 for FeedForward<'_> {
    fn name(&self) -> &'static str {
        "feed-forward"
    }

    fn cpu_fwd(&self, storage: &CpuStorage, layout: &Layout) -> candle_core::Result<(CpuStorage, Shape)> {
        let (input, rows, columns) = matrix(storage, layout)?;
        let (Weights::Packed(up), Weights::Packed(down)) = (&self.up.weights, &self.down.weights) else {
            return Err(sizes("feed-forward", layout));
        };
        if columns != up.depth() || self.up.columns != down.depth() {
            return Err(sizes("feed-forward", layout));
        }
        let mut output = Vec::with_capacity(rows * self.down.columns);
        for chunk in input.chunks(CHUNK * columns) {
            let middle = up.apply(self.up.machine, chunk, self.up.gelu);
            output.extend(down.apply(self.down.machine, &middle, self.down.gelu));
        }
        Ok((CpuStorage::F32(output), (rows, self.down.columns).into()))
    }
}

/// Attention in integers, within each of the windows that `lengths` cuts the rows into.
struct Attend<'a> {
    machine: Machine,
    shape: Attention,
    lengths: &'a [usize],
}

impl CustomOp1 for Attend<'_> {
    fn name(&self) -> &'static str {
        "attention"
    }

    fn cpu_fwd(&self, storage: &CpuStorage, layout: &Layout) -> candle_core::Result<(CpuStorage, Shape)> {
        let (input, rows, columns) = matrix(storage, layout)?;
        let output = self.shape.apply(self.machine, input, self.lengths);
        let output =
            output.filter(|output| output.len() * 3 == input.len()).ok_or_else(|| sizes("attention", layout))?;
        Ok((CpuStorage::F32(output), (rows, columns / 3).into()))
    }
}

/// Softmax over the last dimension.
struct Soften {
    machine: Machine,
}

impl CustomOp1 for Soften {
    fn name(&self) -> &'static str {
        "softmax"
    }

    fn cpu_fwd(&self, storage: &CpuStorage, layout: &Layout) -> candle_core::Result<(CpuStorage, Shape)> {
        let (input, columns) = (contiguous(storage, layout)?, layout.dims().last().copied().unwrap_or(0));
        let mut scores = input.to_vec();
        if columns > 0 {
            Softmax { scores: &mut scores, columns }.apply(self.machine);
        }
        Ok((CpuStorage::F32(scores), layout.shape().clone()))
    }
}

/// The norm of a sum.
struct AddNorm {
    machine: Machine,
    norm: Norm,
}

impl CustomOp2 for AddNorm {
    fn name(&self) -> &'static str {
        "add-norm"
    }

    fn cpu_fwd(
        &self,
        left: &CpuStorage,
        left_layout: &Layout,
        right: &CpuStorage,
        right_layout: &Layout,
    ) -> candle_core::Result<(CpuStorage, Shape)> {
        let (left, rows, columns) = matrix(left, left_layout)?;
        let (right, ..) = matrix(right, right_layout)?;
        if left.len() != right.len() || columns != self.norm.weight.len() {
            return Err(sizes("add-norm", right_layout));
        }
        Ok((CpuStorage::F32(self.norm.apply(self.machine, left, right)), (rows, columns).into()))
    }
}

/// The values of a tensor that lies in one piece.
fn contiguous<'a>(storage: &'a CpuStorage, layout: &Layout) -> candle_core::Result<&'a [f32]> {
    let (start, end) = layout.contiguous_offsets().ok_or_else(|| sizes("contiguous", layout))?;
    storage.as_slice::<f32>()?.get(start..end).ok_or_else(|| sizes("contiguous", layout))
}

/// The values of a matrix with its rows and columns.
fn matrix<'a>(storage: &'a CpuStorage, layout: &Layout) -> candle_core::Result<(&'a [f32], usize, usize)> {
    let (rows, columns) = layout.shape().dims2()?;
    Ok((contiguous(storage, layout)?, rows, columns))
}

fn sizes(op: &str, layout: &Layout) -> candle_core::Error {
    candle_core::Error::Msg(format!("{op}: a tensor of sizes {:?} does not fit", layout.dims())).bt()
}

/// Reads the parts of the encoder.
struct Reader<'a> {
    tensors: Tensors<'a>,
    machine: Machine,
    precision: Precision,
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
        let weights = match self.precision {
            Precision::Int8 => {
                let packed = Packed::new(&weights, &scale, &bias, depth);
                let found = vec![columns, depth];
                Weights::Packed(packed.ok_or_else(|| EncoderError::Shape {
                    name: name.to_owned(),
                    expected: format!("at most {MAX_DEPTH} columns"),
                    found,
                })?)
            }
            Precision::F32 => {
                let rows = weights.chunks_exact(depth).zip(&scale);
                let floats: Vec<f32> =
                    rows.flat_map(|(row, scale)| row.iter().map(move |&w| f32::from(w) * scale)).collect();
                let weights = Tensor::from_vec(floats, (columns, depth), &Device::Cpu)?.t()?;
                Weights::Float { weights, bias }
            }
        };
        Ok(Dense { machine: self.machine, columns, gelu, weights })
    }
}

#[cfg(test)]
mod tests;
