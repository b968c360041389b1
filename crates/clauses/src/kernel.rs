//! The arithmetic of the encoder: int8 dense layers, layer norm, GELU and the quantisation of activations.
//!
//! Every result is the same, bit for bit, on every machine. Sums of products are integers, and integers do not care
//! about order; float sums keep [`LANES`] partial sums that are added in one fixed order. Each kernel is written once,
//! as plain Rust in a [`Job`]; [`Machine::run`] compiles it for the widest vectors the processor has.
#![allow(clippy::inline_always, reason = "a kernel is compiled with the instructions of its caller only if inlined")]

mod attention;
#[cfg(target_arch = "x86_64")]
mod x86;

pub(super) use attention::{Attention, Softmax};

/// Float sums are kept in this many partial sums.
const LANES: usize = 16;
/// Columns (outputs of a dense layer) of one panel of packed weights: four vectors of AVX-512.
const COLUMNS: usize = 64;
/// Rows (tokens) a micro kernel is given at once. AVX-512 takes 6 of them at a time: 6 x 4 vectors of sums fill three quarters
/// of the 32 registers.
const ROWS: usize = 16;
/// The deepest dense layer: 255 * 127 * depth has to fit in an `i32`.
pub(super) const MAX_DEPTH: usize = 65_536;
/// Adding this to a float below 2^22 in size rounds it to an integer (half to even), found in the low bits.
const ROUND: f32 = 12_582_912.0;

/// Weights of the columns of a panel at four steps of depth.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Quads([[i8; 4]; COLUMNS]);

/// 16-bit values of half as many columns at two steps of depth.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Pairs([[i16; 2]; COLUMNS / 2]);

/// Sums of one row, for the columns of a micro kernel.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Sums([i32; COLUMNS]);

/// A set of vector instructions. A value of a type that needs more than the target guarantees is only made once the
/// processor is known to have it.
trait Isa: Copy {
    /// Sums of products of `count` (up to [`ROWS`]) rows of bytes with a panel of weights. `rows` is `[row][depth]`; a
    /// step of depth is four bytes.
    fn bytes(self, rows: &[[u8; 4]], count: usize, panel: &[Quads], sums: &mut [Sums; ROWS]);

    /// The same for 16-bit values in steps of two: the first half of each of `sums`; the other is left alone.
    fn words(self, rows: &[[i16; 2]], count: usize, panel: &[Pairs], sums: &mut [Sums; ROWS]);
}

/// A kernel with its arguments, written once for every instruction set. `run` has to be `#[inline(always)]`, so that
/// it is compiled with the instructions of its caller.
trait Job {
    fn run<I: Isa>(self, isa: I);
}

/// What any processor of the target can do.
#[derive(Clone, Copy, Debug)]
struct Portable;

impl Isa for Portable {
    #[inline(always)]
    fn bytes(self, rows: &[[u8; 4]], count: usize, panel: &[Quads], sums: &mut [Sums; ROWS]) {
        for (row, sums) in rows.chunks_exact(panel.len()).take(count).zip(sums) {
            sums.0 = [0; COLUMNS];
            for (x, quads) in row.iter().zip(panel) {
                let x = x.map(i32::from);
                for (sum, w) in sums.0.iter_mut().zip(&quads.0) {
                    let w = w.map(i32::from);
                    *sum += x[0] * w[0] + x[1] * w[1] + x[2] * w[2] + x[3] * w[3];
                }
            }
        }
    }

    #[inline(always)]
    fn words(self, rows: &[[i16; 2]], count: usize, panel: &[Pairs], sums: &mut [Sums; ROWS]) {
        for (row, sums) in rows.chunks_exact(panel.len()).take(count).zip(sums) {
            sums.0[..COLUMNS / 2].fill(0);
            for (x, pairs) in row.iter().zip(panel) {
                let x = x.map(i32::from);
                for (sum, w) in sums.0.iter_mut().zip(&pairs.0) {
                    *sum += x[0] * i32::from(w[0]) + x[1] * i32::from(w[1]);
                }
            }
        }
    }
}

/// The instructions the kernels use.
#[derive(Clone, Copy, Debug)]
pub(super) enum Machine {
    /// What any processor of the target can do.
    Portable,
    /// More than that.
    #[cfg(target_arch = "x86_64")]
    X86(x86::Level),
}

impl Machine {
    /// The best this processor has.
    pub(super) fn detect() -> Self {
        #[cfg(target_arch = "x86_64")]
        if let Some(level) = x86::Level::detect() {
            return Self::X86(level);
        }
        Self::Portable
    }

    /// All that this processor has.
    #[cfg(test)]
    pub(super) fn all() -> Vec<Self> {
        #[cfg(target_arch = "x86_64")]
        let levels = x86::Level::all().into_iter().map(Self::X86);
        #[cfg(not(target_arch = "x86_64"))]
        let levels = [];
        std::iter::once(Self::Portable).chain(levels).collect()
    }

    fn run(self, job: impl Job) {
        match self {
            Self::Portable => job.run(Portable),
            #[cfg(target_arch = "x86_64")]
            Self::X86(level) => level.run(job),
        }
    }
}

/// The weights of a dense layer: int8, one scale per column, packed as `[columns/64][depth/4][64][4]`: a micro kernel
/// reads one stream.
pub(super) struct Packed {
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
    pub(super) fn new(weights: &[i8], scale: &[f32], bias: &[f32], depth: usize) -> Option<Self> {
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

    /// Columns of the input.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// `input`, row-major `[rows][depth]`, through the layer: `[rows][columns]`.
    pub(super) fn apply(&self, machine: Machine, input: &[f32], gelu: bool) -> Vec<f32> {
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

/// Adds `bias` to each row and takes GELU where asked, in place.
pub(super) struct Finish<'a> {
    pub(super) rows: &'a mut [f32],
    pub(super) bias: &'a [f32],
    pub(super) gelu: bool,
}

impl Finish<'_> {
    pub(super) fn apply(self, machine: Machine) {
        machine.run(self);
    }
}

impl Job for Finish<'_> {
    #[inline(always)]
    fn run<I: Isa>(self, _isa: I) {
        for row in self.rows.chunks_exact_mut(self.bias.len()) {
            for (x, bias) in row.iter_mut().zip(self.bias) {
                *x += bias;
            }
            if self.gelu {
                for x in row {
                    *x = gelu(*x);
                }
            }
        }
    }
}

/// A dense layer in floats for one row, stored by input: `[inputs][outputs]`.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) weight: Vec<f32>,
    pub(super) bias: Vec<f32>,
}

impl Head {
    /// The outputs, through GELU where asked.
    pub(super) fn apply(&self, machine: Machine, input: &[f32], gelu: bool) -> Vec<f32> {
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

/// Layer norm over each row: weight, bias (both `[width]`).
pub(super) struct Norm {
    pub(super) weight: Vec<f32>,
    pub(super) bias: Vec<f32>,
}

/// BERT's epsilon.
const EPSILON: f32 = 1e-12;

impl Norm {
    /// The norm of `left + right`, both row-major `[rows][width]`.
    pub(super) fn apply(&self, machine: Machine, left: &[f32], right: &[f32]) -> Vec<f32> {
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

/// Partial results to one, in a fixed order.
#[inline(always)]
fn reduce(mut lanes: [f32; LANES], join: impl Fn(f32, f32) -> f32) -> f32 {
    for half in [8, 4, 2, 1] {
        for i in 0..half {
            lanes[i] = join(lanes[i], lanes[i + half]);
        }
    }
    lanes[0]
}

/// The sum of `term` over `values`, lane by lane.
#[inline(always)]
fn sum(values: &[f32], term: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0; LANES];
    let (chunks, rest) = values.as_chunks::<LANES>();
    for chunk in chunks {
        for i in 0..LANES {
            lanes[i] += term(chunk[i]);
        }
    }
    for (lane, x) in lanes.iter_mut().zip(rest) {
        *lane += term(*x);
    }
    reduce(lanes, |a, b| a + b)
}

/// The larger of two numbers; as a plain choice it is one instruction, where `f32::max` has to look for NaN.
#[inline(always)]
fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// The largest size among `values`.
#[inline(always)]
fn largest(values: &[f32]) -> f32 {
    let mut lanes = [0.0; LANES];
    let (chunks, rest) = values.as_chunks::<LANES>();
    for chunk in chunks {
        for i in 0..LANES {
            lanes[i] = larger(chunk[i].abs(), lanes[i]);
        }
    }
    for (lane, x) in lanes.iter_mut().zip(rest) {
        *lane = larger(x.abs(), *lane);
    }
    reduce(lanes, larger)
}

/// The value of one quantisation step, and its inverse, where `largest` is to be `limit` steps. Both are zero for
/// values too small to have an inverse.
#[inline(always)]
fn steps(largest: f32, limit: f32) -> (f32, f32) {
    if largest > 1e-30 { (largest / limit, limit / largest) } else { (0.0, 0.0) }
}

/// `x` as an integer, rounded half to even; good for what fits.
#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "the low bits are the integer")]
fn low_byte(x: f32) -> u8 {
    (x + ROUND).to_bits() as u8
}

/// `x` as an integer, rounded half to even; good for what fits.
#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "the low bits are the integer")]
fn low_word(x: f32) -> i16 {
    (x + ROUND).to_bits() as i16
}

/// e^x to 2e-7, for x in -87..=88; outside, the value at the end of that range.
#[inline(always)]
fn exp(x: f32) -> f32 {
    let x = if x > -87.0 { x } else { -87.0 };
    let x = if x < 88.0 { x } else { 88.0 };
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let whole = shifted - ROUND;
    // ln 2 in two parts, the first with few enough bits for an exact product.
    let r = x - whole * 0.693_359_4 - whole * -2.121_944_4e-4;
    let p = 0.008_297_619;
    let p = p * r + 0.041_915_63;
    let p = p * r + 0.166_675_76;
    let p = p * r + 0.499_988_9;
    let p = p * r + 0.999_999_7;
    let p = p * r + 1.000_000_1;
    // 2^whole, made of its exponent bits.
    p * f32::from_bits((shifted.to_bits() << 23).wrapping_add(0x3f80_0000))
}

/// GELU, tanh form: x / (1 + e^(-2u)) with u = sqrt(2/pi) (x + 0.044715 x^3).
#[inline(always)]
fn gelu(x: f32) -> f32 {
    x / (1.0 + exp(x * (-1.595_769 - 0.071_354_814 * (x * x))))
}

#[cfg(test)]
mod tests;
