//! Dense layers: in int8 over many rows, and in floats over one.

use super::math::{gelu, largest, low_byte, steps};
use super::{COLUMNS, Isa, Job, MAX_DEPTH, Machine, Quads, ROWS, Sums};

/// The weights of a dense layer: int8, one scale per column, packed as `[columns/64][depth/4][64][4]`: a micro kernel
/// reads one stream.
pub(in super::super) struct Packed {
    columns: usize,
    depth: usize,
    panels: Vec<Quads>,
    /// Scale, bias and -128 * (sum of the weights) of each column; zero for the columns that fill the last panel.
    scale: Vec<f32>,
    bias: Vec<f32>,
    offset: Vec<i32>,
}

impl Packed {
    /// Packs `weights`, row-major `[columns][depth]`. `None` if the sizes do not agree or the layer is too deep.
    pub(in super::super) fn new(weights: &[i8], scale: &[f32], bias: &[f32], depth: usize) -> Option<Self> {
        let columns = scale.len();
        let fits = weights.len() == columns.checked_mul(depth)? && bias.len() == columns;
        if !fits || columns == 0 || depth == 0 || depth > MAX_DEPTH {
            return None;
        }
        let (steps, padded) = (depth.div_ceil(4), columns.next_multiple_of(COLUMNS));
        let mut panels = vec![Quads([[0; 4]; COLUMNS]); padded / COLUMNS * steps];
        let mut offset = vec![0; padded];
        for (column, row) in weights.chunks_exact(depth).enumerate() {
            let panel = &mut panels[column / COLUMNS * steps..][..steps];
            for (quads, weights) in panel.iter_mut().zip(row.chunks(4)) {
                quads.0[column % COLUMNS][..weights.len()].copy_from_slice(weights);
            }
            offset[column] = -128 * row.iter().map(|&w| i32::from(w)).sum::<i32>();
        }
        let pad = |values: &[f32]| {
            let mut values = values.to_vec();
            values.resize(padded, 0.0);
            values
        };
        Some(Self { columns, depth, panels, scale: pad(scale), bias: pad(bias), offset })
    }

    /// Columns of the output.
    pub(in super::super) fn columns(&self) -> usize {
        self.columns
    }

    /// Columns of the input.
    pub(in super::super) fn depth(&self) -> usize {
        self.depth
    }

    /// `input`, row-major `[rows][depth]`, through the layer: `[rows][columns]`.
    pub(in super::super) fn apply(&self, machine: Machine, input: &[f32], gelu: bool) -> Vec<f32> {
        let rows = input.len() / self.depth;
        let mut output = vec![0.0; rows * self.columns];
        let steps = self.depth.div_ceil(4);
        let (mut codes, mut scales) = (vec![[0; 4]; rows * steps], vec![0.0; rows]);
        machine.run(Quantise { input, depth: self.depth, codes: &mut codes, scales: &mut scales });
        machine.run(Dense { layer: self, codes: &codes, scales: &scales, gelu, output: &mut output });
        output
    }
}

/// Quantises each row to bytes: value = (byte - 128) * scale, with the largest value of the row at 127. Rounds half
/// to even.
struct Quantise<'a> {
    input: &'a [f32],
    depth: usize,
    codes: &'a mut [[u8; 4]],
    scales: &'a mut [f32],
}

impl Job for Quantise<'_> {
    #[inline(always)]
    fn run<I: Isa>(self, _isa: I) {
        let codes = self.codes.as_flattened_mut().chunks_exact_mut(self.depth.next_multiple_of(4));
        for ((row, codes), scale) in self.input.chunks_exact(self.depth).zip(codes).zip(self.scales) {
            let (step, inverse) = steps(largest(row), 127.0);
            *scale = step;
            for (code, x) in codes.iter_mut().zip(row) {
                *code = low_byte(x * inverse) ^ 0x80;
            }
        }
    }
}

/// A dense layer on quantised rows.
struct Dense<'a> {
    layer: &'a Packed,
    codes: &'a [[u8; 4]],
    scales: &'a [f32],
    gelu: bool,
    output: &'a mut [f32],
}

impl Job for Dense<'_> {
    #[inline(always)]
    fn run<I: Isa>(self, isa: I) {
        let (layer, columns) = (self.layer, self.layer.columns);
        let steps = layer.depth.div_ceil(4);
        let mut sums = [Sums([0; COLUMNS]); ROWS];
        let panels = layer.panels.chunks_exact(steps);
        let scale = layer.scale.as_chunks::<COLUMNS>().0.iter();
        let bias = layer.bias.as_chunks::<COLUMNS>().0.iter();
        let offset = layer.offset.as_chunks::<COLUMNS>().0.iter();
        for (group, (((panel, scale), bias), offset)) in panels.zip(scale).zip(bias).zip(offset).enumerate() {
            let first = group * COLUMNS;
            let width = COLUMNS.min(columns - first);
            let tiles = self.codes.chunks(steps * ROWS).zip(self.scales.chunks(ROWS));
            for ((codes, scales), output) in tiles.zip(self.output.chunks_mut(columns * ROWS)) {
                isa.bytes(codes, scales.len(), panel, &mut sums);
                for ((sums, row_scale), output) in sums.iter().zip(scales).zip(output.chunks_exact_mut(columns)) {
                    let value = |i: usize| (sums.0[i] + offset[i]) as f32 * (row_scale * scale[i]) + bias[i];
                    let output = &mut output[first..][..width];
                    if let Some(output) = output.first_chunk_mut::<COLUMNS>() {
                        finish(output, value, self.gelu);
                    } else {
                        let mut values = [0.0; COLUMNS];
                        finish(&mut values, value, self.gelu);
                        output.copy_from_slice(&values[..width]);
                    }
                }
            }
        }
    }
}

/// The outputs of one row and panel.
#[inline(always)]
fn finish(output: &mut [f32; COLUMNS], value: impl Fn(usize) -> f32, with_gelu: bool) {
    if with_gelu {
        for (i, y) in output.iter_mut().enumerate() {
            *y = gelu(value(i));
        }
    } else {
        for (i, y) in output.iter_mut().enumerate() {
            *y = value(i);
        }
    }
}

/// A dense layer in floats for one row, stored by input: `[inputs][outputs]`.
#[derive(Debug)]
pub(in super::super) struct Head {
    pub(in super::super) weight: Vec<f32>,
    pub(in super::super) bias: Vec<f32>,
}

impl Head {
    /// The outputs, through GELU where asked.
    pub(in super::super) fn apply(&self, machine: Machine, input: &[f32], gelu: bool) -> Vec<f32> {
        let mut output = self.bias.clone();
        machine.run(HeadRow { head: self, input, gelu, output: &mut output });
        output
    }
}

struct HeadRow<'a> {
    head: &'a Head,
    input: &'a [f32],
    gelu: bool,
    output: &'a mut [f32],
}

impl Job for HeadRow<'_> {
    #[inline(always)]
    fn run<I: Isa>(self, _isa: I) {
        for (x, row) in self.input.iter().zip(self.head.weight.chunks_exact(self.output.len())) {
            self.output.iter_mut().zip(row).for_each(|(y, w)| *y += x * w);
        }
        if self.gelu {
            for y in self.output {
                *y = gelu(*y);
            }
        }
    }
}
