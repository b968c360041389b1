//! The kernels as operations of candle's graph. Each takes and gives matrices with a row for each token.

use candle_core::{CpuStorage, CustomOp1, CustomOp2, Layout, Result, Shape};

use super::super::kernel::{Attention, Machine, Norm, Packed};

/// A dense layer, with GELU after it where the model has it.
pub(super) struct Dense {
    pub(super) machine: Machine,
    pub(super) layer: Packed,
    pub(super) gelu: bool,
}

impl Dense {
    fn rows(&self, input: &[f32]) -> Vec<f32> {
        self.layer.apply(self.machine, input, self.gelu)
    }
}

impl CustomOp1 for Dense {
    fn name(&self) -> &'static str {
        "dense"
    }

    fn cpu_fwd(&self, storage: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let (input, rows, columns) = matrix(storage, layout)?;
        if columns != self.layer.depth() {
            return Err(sizes("dense", layout));
        }
        Ok((CpuStorage::F32(self.rows(input)), (rows, self.layer.columns()).into()))
    }
}

/// Tokens that go through both layers of a feed-forward block at once: the weights of these and what lies between them fit the
/// cache of one core.
const CHUNK: usize = 64;

/// The two dense layers of a feed-forward block.
pub(super) struct FeedForward<'a> {
    pub(super) up: &'a Dense,
    pub(super) down: &'a Dense,
}

impl CustomOp1 for FeedForward<'_> {
    fn name(&self) -> &'static str {
        "feed-forward"
    }

    fn cpu_fwd(&self, storage: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let (input, rows, columns) = matrix(storage, layout)?;
        let width = self.down.layer.columns();
        if columns != self.up.layer.depth() || self.up.layer.columns() != self.down.layer.depth() {
            return Err(sizes("feed-forward", layout));
        }
        let mut output = Vec::with_capacity(rows * width);
        for chunk in input.chunks(CHUNK * columns) {
            output.extend(self.down.rows(&self.up.rows(chunk)));
        }
        Ok((CpuStorage::F32(output), (rows, width).into()))
    }
}

/// Attention in integers, within each of the windows that `lengths` cuts the rows into.
pub(super) struct Attend<'a> {
    pub(super) machine: Machine,
    pub(super) shape: Attention,
    pub(super) lengths: &'a [usize],
}

impl CustomOp1 for Attend<'_> {
    fn name(&self) -> &'static str {
        "attention"
    }

    fn cpu_fwd(&self, storage: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let (input, rows, columns) = matrix(storage, layout)?;
        let output = self.shape.apply(self.machine, input, self.lengths);
        let output =
            output.filter(|output| output.len() * 3 == input.len()).ok_or_else(|| sizes("attention", layout))?;
        Ok((CpuStorage::F32(output), (rows, columns / 3).into()))
    }
}

/// The norm of a sum.
pub(super) struct AddNorm {
    pub(super) machine: Machine,
    pub(super) norm: Norm,
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
    ) -> Result<(CpuStorage, Shape)> {
        let (left, rows, columns) = matrix(left, left_layout)?;
        let (right, ..) = matrix(right, right_layout)?;
        if left.len() != right.len() || columns != self.norm.weight.len() {
            return Err(sizes("add-norm", right_layout));
        }
        Ok((CpuStorage::F32(self.norm.apply(self.machine, left, right)), (rows, columns).into()))
    }
}

/// The values of a matrix that lies in one piece, with its rows and columns.
fn matrix<'a>(storage: &'a CpuStorage, layout: &Layout) -> Result<(&'a [f32], usize, usize)> {
    let (rows, columns) = layout.shape().dims2()?;
    let (start, end) = layout.contiguous_offsets().ok_or_else(|| sizes("contiguous", layout))?;
    let values = storage.as_slice::<f32>()?.get(start..end).ok_or_else(|| sizes("contiguous", layout))?;
    Ok((values, rows, columns))
}

fn sizes(op: &str, layout: &Layout) -> candle_core::Error {
    candle_core::Error::Msg(format!("{op}: a tensor of sizes {:?} does not fit", layout.dims())).bt()
}
