//! The arithmetic of the encoder: int8 dense layers, layer norm, GELU and the quantisation of activations.
//!
//! Every result is the same, bit for bit, on every machine. Sums of products are integers, and integers do not care
//! about order; float sums keep [`LANES`] partial sums that are added in one fixed order. Each kernel is written once,
//! as plain Rust in a [`Job`]; [`Machine::run`] compiles it for the widest vectors the processor has.
#![allow(clippy::inline_always, reason = "a kernel is compiled with the instructions of its caller only if inlined")]

mod attention;
mod dense;
mod math;
mod norm;
#[cfg(test)]
mod tests;
#[cfg(target_arch = "x86_64")]
mod x86;

pub(super) use attention::Attention;
pub(super) use dense::{Head, Packed};
pub(super) use norm::Norm;

/// Float sums are kept in this many partial sums.
const LANES: usize = 16;
/// Columns (outputs of a dense layer) of one panel of packed weights: four vectors of AVX-512.
const COLUMNS: usize = 64;
/// Rows (tokens) a micro kernel is given at once. AVX-512 takes 6 of them at a time: 6 x 4 vectors of sums fill three quarters
/// of the 32 registers.
const ROWS: usize = 16;
/// The deepest dense layer: 255 * 127 * depth has to fit in an `i32`.
pub(super) const MAX_DEPTH: usize = 65_536;

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
