//! Layer norm.

use super::math::sum;
use super::{Isa, Job, Machine};

/// Layer norm over each row: weight, bias (both `[width]`).
pub(in super::super) struct Norm {
    pub(in super::super) weight: Vec<f32>,
    pub(in super::super) bias: Vec<f32>,
}

/// BERT's epsilon.
const EPSILON: f32 = 1e-12;

impl Norm {
    /// The norm of `left + right`, both row-major `[rows][width]`.
    pub(in super::super) fn apply(&self, machine: Machine, left: &[f32], right: &[f32]) -> Vec<f32> {
        let mut output = vec![0.0; left.len()];
        machine.run(AddNorm { norm: self, left, right, output: &mut output });
        output
    }
}

struct AddNorm<'a> {
    norm: &'a Norm,
    left: &'a [f32],
    right: &'a [f32],
    output: &'a mut [f32],
}

impl Job for AddNorm<'_> {
    #[inline(always)]
    fn run<I: Isa>(self, _isa: I) {
        let width = self.norm.weight.len();
        let rows = self.left.chunks_exact(width).zip(self.right.chunks_exact(width));
        for ((left, right), output) in rows.zip(self.output.chunks_exact_mut(width)) {
            for ((y, a), b) in output.iter_mut().zip(left).zip(right) {
                *y = a + b;
            }
            let mean = sum(output, |x| x) / width as f32;
            let variance = sum(output, |x| (x - mean) * (x - mean)) / width as f32;
            let inverse = 1.0 / (variance + EPSILON).sqrt();
            for ((y, weight), bias) in output.iter_mut().zip(&self.norm.weight).zip(&self.norm.bias) {
                *y = (*y - mean) * inverse * weight + bias;
            }
        }
    }
}
