//! The same encoder with the operations of candle alone: its matrix product, in floats or quantised, and its elementwise
//! operations for the rest.

use std::cell::Cell;

use candle_core::quantized::{GgmlDType, QMatMul, QTensor};
use candle_core::{D, Device, Module as _, Result, Tensor};
use safetensors::SafeTensors;

use crate::{HEADS, Windows, cpu_seconds};

/// A BERT over the tensors of `weights.safetensors`.
pub(crate) struct Candle {
    words: Tensor,
    positions: Tensor,
    types: Tensor,
    norm: Norm,
    layers: Vec<Layer>,
    products: Cell<f64>,
}

struct Layer {
    qkv: Dense,
    output: Dense,
    norm1: Norm,
    up: Dense,
    down: Dense,
    norm2: Norm,
}

struct Dense {
    weights: QMatMul,
    bias: Tensor,
}

struct Norm {
    weight: Tensor,
    bias: Tensor,
}

impl Norm {
    fn read(file: &SafeTensors<'_>, name: &str) -> Result<Self> {
        Ok(Self { weight: floats(file, &format!("{name}.weight"))?, bias: floats(file, &format!("{name}.bias"))? })
    }

    fn apply(&self, rows: &Tensor) -> Result<Tensor> {
        let rows = rows.broadcast_sub(&rows.mean_keepdim(D::Minus1)?)?;
        let deviation = (rows.sqr()?.mean_keepdim(D::Minus1)? + 1e-12)?.sqrt()?;
        rows.broadcast_div(&deviation)?.broadcast_mul(&self.weight)?.broadcast_add(&self.bias)
    }
}

impl Candle {
    pub(crate) fn load(file: &SafeTensors<'_>, kind: GgmlDType) -> Result<Self> {
        let dense = |name: &str| -> Result<Dense> {
            let weights = QMatMul::from_qtensor(QTensor::quantize(&integers(file, name)?, kind)?)?;
            Ok(Dense { weights, bias: floats(file, &format!("{name}.bias"))? })
        };
        let mut layers = Vec::new();
        while file.tensor(&format!("layers.{}.qkv", layers.len())).is_ok() {
            let name = |part: &str| format!("layers.{}.{part}", layers.len());
            layers.push(Layer {
                qkv: dense(&name("qkv"))?,
                output: dense(&name("output"))?,
                norm1: Norm::read(file, &name("norm1"))?,
                up: dense(&name("up"))?,
                down: dense(&name("down"))?,
                norm2: Norm::read(file, &name("norm2"))?,
            });
        }
        Ok(Self {
            words: integers(file, "embeddings.word")?,
            positions: floats(file, "embeddings.position")?,
            types: floats(file, "embeddings.type")?,
            norm: Norm::read(file, "embeddings.norm")?,
            layers,
            products: Cell::new(0.0),
        })
    }

    /// CPU seconds in matrix products of dense layers so far.
    pub(crate) fn products(&self) -> f64 {
        self.products.get()
    }

    /// As `Encoder::encode`; every type is 0.
    pub(crate) fn encode(&self, windows: Windows<'_>) -> Result<Vec<f32>> {
        let mut states = Vec::new();
        for (tokens, _) in windows {
            let words = self.words.index_select(&Tensor::new(*tokens, &Device::Cpu)?, 0)?;
            let places = (words + self.positions.narrow(0, 0, tokens.len())?)?;
            states.push(places.broadcast_add(&self.types.narrow(0, 0, 1)?)?);
        }
        let mut states = self.norm.apply(&Tensor::cat(&states, 0)?)?;
        for layer in &self.layers {
            let qkv = self.dense(&layer.qkv, &states)?;
            let mut attended = Vec::new();
            let mut start = 0;
            for (tokens, _) in windows {
                attended.push(attend(&qkv.narrow(0, start, tokens.len())?)?);
                start += tokens.len();
            }
            let output = self.dense(&layer.output, &Tensor::cat(&attended, 0)?)?;
            states = layer.norm1.apply(&(states + output)?)?;
            let middle = self.dense(&layer.up, &states)?.gelu()?;
            let output = self.dense(&layer.down, &middle)?;
            states = layer.norm2.apply(&(states + output)?)?;
        }
        states.flatten_all()?.to_vec1()
    }

    fn dense(&self, dense: &Dense, rows: &Tensor) -> Result<Tensor> {
        let start = cpu_seconds();
        let output = dense.weights.forward(rows)?;
        self.products.set(self.products.get() + cpu_seconds() - start);
        output.broadcast_add(&dense.bias)
    }
}

/// Attention within one window: `qkv` is `[tokens][3 * width]`.
fn attend(qkv: &Tensor) -> Result<Tensor> {
    let (tokens, columns) = qkv.dims2()?;
    let size = columns / 3 / HEADS;
    let parts = qkv.reshape((tokens, 3, HEADS, size))?.permute((1, 2, 0, 3))?.contiguous()?;
    let scores = (parts.get(0)? * (1.0 / (size as f64).sqrt()))?.matmul(&parts.get(1)?.t()?)?;
    let weights = scores.broadcast_sub(&scores.max_keepdim(D::Minus1)?)?.exp()?;
    let weights = weights.broadcast_div(&weights.sum_keepdim(D::Minus1)?)?;
    weights.matmul(&parts.get(2)?)?.transpose(0, 1)?.reshape((tokens, columns / 3))
}

/// A tensor of floats.
pub(crate) fn floats(file: &SafeTensors<'_>, name: &str) -> Result<Tensor> {
    let view = file.tensor(name).map_err(candle_core::Error::wrap)?;
    let values = view.data().as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes));
    Tensor::from_vec(values.collect(), view.shape(), &Device::Cpu)
}

/// A matrix of int8 with a scale for each row, as floats.
fn integers(file: &SafeTensors<'_>, name: &str) -> Result<Tensor> {
    let view = file.tensor(name).map_err(candle_core::Error::wrap)?;
    let values = view.data().iter().map(|byte| f32::from(byte.cast_signed()));
    let rows: Tensor = Tensor::from_vec(values.collect(), view.shape(), &Device::Cpu)?;
    rows.broadcast_mul(&floats(file, &format!("{name}.scale"))?.unsqueeze(1)?)
}
