//! The micro kernels with AVX-512 VNNI and AVX2 instructions, and the choice between them.
#![allow(unsafe_code)]

use std::arch::x86_64::{
    __m256i, __m512i, _mm_loadu_si128, _mm_set1_epi32, _mm256_add_epi32, _mm256_cvtepi8_epi16, _mm256_cvtepu8_epi16,
    _mm256_hadd_epi32, _mm256_loadu_si256, _mm256_madd_epi16, _mm256_permute4x64_epi64, _mm256_set1_epi32,
    _mm256_setzero_si256, _mm256_storeu_si256, _mm512_dpbusd_epi32, _mm512_dpwssd_epi32, _mm512_loadu_si512,
    _mm512_set1_epi32, _mm512_setzero_si512, _mm512_storeu_si512,
};

use super::{Isa, Job, Pairs, Quads, ROWS, Sums};

/// Proof that the processor has AVX-512 F, BW, VL and VNNI: only [`Level`] makes one.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Avx512(());

/// Proof that the processor has AVX2: only [`Level`] makes one.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Avx2(());

/// What this processor has above the portable instructions.
#[derive(Clone, Copy, Debug)]
pub(in super::super) enum Level {
    Avx2(Avx2),
    Avx512(Avx512),
}

impl Level {
    fn avx512() -> Option<Self> {
        (is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512vnni"))
        .then_some(Self::Avx512(Avx512(())))
    }

    fn avx2() -> Option<Self> {
        is_x86_feature_detected!("avx2").then_some(Self::Avx2(Avx2(())))
    }

    /// The best of this processor.
    pub(super) fn detect() -> Option<Self> {
        Self::avx512().or_else(Self::avx2)
    }

    /// All of this processor.
    #[cfg(test)]
    pub(super) fn all() -> Vec<Self> {
        [Self::avx2(), Self::avx512()].into_iter().flatten().collect()
    }

    /// Runs `job`, compiled with the instructions of this level.
    pub(super) fn run(self, job: impl Job) {
        match self {
            // SAFETY: `isa` is proof that the processor has the features.
            Self::Avx2(isa) => unsafe { run_avx2(job, isa) },
            // SAFETY: as above.
            Self::Avx512(isa) => unsafe { run_avx512(job, isa) },
        }
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
fn run_avx512(job: impl Job, isa: impl Isa) {
    job.run(isa);
}

#[target_feature(enable = "avx2")]
fn run_avx2(job: impl Job, isa: Avx2) {
    job.run(isa);
}

/// Calls `$kernel` on up to `$most` rows at a time, with their number as a constant, so that the sums stay in registers.
macro_rules! by_rows {
    ($most:literal, $kernel:ident, $rows:expr, $count:expr, $panel:expr, $sums:expr, [$($constant:literal)*]) => {
        for first in (0..$count).step_by($most) {
            let (rows, sums) = (&$rows[first * $panel.len()..], &mut $sums[first..]);
            match $most.min($count - first) {
                // SAFETY: `self` is proof that the processor has the features.
                $($constant => unsafe { $kernel::<$constant>(rows, $panel, sums) },)*
                _ => {}
            }
        }
    };
}

impl Isa for Avx512 {
    #[inline(always)]
    fn bytes(self, rows: &[[u8; 4]], count: usize, panel: &[Quads], sums: &mut [Sums; ROWS]) {
        by_rows!(6, bytes_avx512, rows, count, panel, sums, [1 2 3 4 5 6]);
    }

    #[inline(always)]
    fn words(self, rows: &[[i16; 2]], count: usize, panel: &[Pairs], sums: &mut [Sums; ROWS]) {
        by_rows!(6, words_avx512, rows, count, panel, sums, [1 2 3 4 5 6]);
    }
}

impl Isa for Avx2 {
    #[inline(always)]
    fn bytes(self, rows: &[[u8; 4]], count: usize, panel: &[Quads], sums: &mut [Sums; ROWS]) {
        by_rows!(3, bytes_avx2, rows, count, panel, sums, [1 2 3]);
    }

    #[inline(always)]
    fn words(self, rows: &[[i16; 2]], count: usize, panel: &[Pairs], sums: &mut [Sums; ROWS]) {
        by_rows!(3, words_avx2, rows, count, panel, sums, [1 2 3]);
    }
}

/// The rows as slices of one length, which spares the checks of an index below it.
#[inline(always)]
fn split<T, const R: usize>(rows: &[T], depth: usize) -> [&[T]; R] {
    let mut split = [&rows[..depth]; R];
    for (i, row) in split.iter_mut().enumerate() {
        *row = &rows[i * depth..][..depth];
    }
    split
}

#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
fn bytes_avx512<const R: usize>(rows: &[[u8; 4]], panel: &[Quads], sums: &mut [Sums]) {
    let rows = split::<_, R>(rows, panel.len());
    let mut totals = [[_mm512_setzero_si512(); 4]; R];
    for (step, quads) in panel.iter().enumerate() {
        let weights: [_; 4] = load_avx512(&quads.0);
        for (row, totals) in rows.iter().zip(&mut totals) {
            let x = _mm512_set1_epi32(i32::from_le_bytes(row[step]));
            for (total, weights) in totals.iter_mut().zip(weights) {
                *total = _mm512_dpbusd_epi32(*total, x, weights);
            }
        }
    }
    for (sums, totals) in sums.iter_mut().zip(totals) {
        store_avx512(&mut sums.0, &totals);
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
fn words_avx512<const R: usize>(rows: &[[i16; 2]], panel: &[Pairs], sums: &mut [Sums]) {
    let rows = split::<_, R>(rows, panel.len());
    let mut totals = [[_mm512_setzero_si512(); 2]; R];
    for (step, pairs) in panel.iter().enumerate() {
        let values: [_; 2] = load_avx512(&pairs.0);
        for (row, totals) in rows.iter().zip(&mut totals) {
            let x = _mm512_set1_epi32(pair(row[step]));
            for (total, values) in totals.iter_mut().zip(values) {
                *total = _mm512_dpwssd_epi32(*total, x, values);
            }
        }
    }
    for (sums, totals) in sums.iter_mut().zip(totals) {
        store_avx512(&mut sums.0, &totals);
    }
}

#[target_feature(enable = "avx2")]
fn bytes_avx2<const R: usize>(rows: &[[u8; 4]], panel: &[Quads], sums: &mut [Sums]) {
    let rows = split::<_, R>(rows, panel.len());
    for quarter in 0..4 {
        // Each vector holds two sums for each of four columns.
        let mut totals = [[_mm256_setzero_si256(); 4]; R];
        for (step, quads) in panel.iter().enumerate() {
            let x = rows.map(|row| _mm256_cvtepu8_epi16(_mm_set1_epi32(i32::from_le_bytes(row[step]))));
            let quads = &quads.0.as_chunks::<4>().0[quarter * 4..][..4];
            for (i, weights) in quads.iter().enumerate() {
                // SAFETY: four times four weights are 16 bytes.
                let weights = _mm256_cvtepi8_epi16(unsafe { _mm_loadu_si128(weights.as_ptr().cast()) });
                for (totals, x) in totals.iter_mut().zip(x) {
                    totals[i] = _mm256_add_epi32(totals[i], _mm256_madd_epi16(x, weights));
                }
            }
        }
        for (sums, totals) in sums.iter_mut().zip(totals) {
            let halves = sums.0[quarter * 16..][..16].as_chunks_mut::<8>().0;
            for (sums, pair) in halves.iter_mut().zip(totals.as_chunks::<2>().0) {
                // Pairs of sums become columns 0 1 4 5 2 3 6 7.
                let columns = _mm256_hadd_epi32(pair[0], pair[1]);
                store_avx2(sums, _mm256_permute4x64_epi64::<0b11_01_10_00>(columns));
            }
        }
    }
}

#[target_feature(enable = "avx2")]
fn words_avx2<const R: usize>(rows: &[[i16; 2]], panel: &[Pairs], sums: &mut [Sums]) {
    let rows = split::<_, R>(rows, panel.len());
    let mut totals = [[_mm256_setzero_si256(); 4]; R];
    for (step, pairs) in panel.iter().enumerate() {
        let x = rows.map(|row| _mm256_set1_epi32(pair(row[step])));
        for (quarter, values) in pairs.0.as_chunks::<8>().0.iter().enumerate() {
            // SAFETY: eight pairs are 32 bytes.
            let values = unsafe { _mm256_loadu_si256(values.as_ptr().cast()) };
            for (totals, x) in totals.iter_mut().zip(x) {
                totals[quarter] = _mm256_add_epi32(totals[quarter], _mm256_madd_epi16(x, values));
            }
        }
    }
    for (sums, totals) in sums.iter_mut().zip(totals) {
        for (sums, total) in sums.0.as_chunks_mut::<8>().0.iter_mut().zip(totals) {
            store_avx2(sums, total);
        }
    }
}

/// Two 16-bit values as one of 32 bits, the first in the low half.
#[inline(always)]
fn pair([low, high]: [i16; 2]) -> i32 {
    i32::from(low) & 0xffff | i32::from(high) << 16
}

/// As many vectors as asked for, of the start of `from`. It has to have them: that is checked when compiling.
#[target_feature(enable = "avx512f")]
fn load_avx512<T: Copy, const N: usize, const V: usize>(from: &[T; N]) -> [__m512i; V] {
    const { assert!(V * 64 <= size_of::<[T; N]>()) };
    let first: *const __m512i = from.as_ptr().cast();
    let mut vectors = [_mm512_setzero_si512(); V];
    for (i, vector) in vectors.iter_mut().enumerate() {
        // SAFETY: the array has `V` times 64 bytes.
        *vector = unsafe { _mm512_loadu_si512(first.add(i)) };
    }
    vectors
}

/// Writes the vectors to the start of `to`.
#[target_feature(enable = "avx512f")]
fn store_avx512<const N: usize, const V: usize>(to: &mut [i32; N], vectors: &[__m512i; V]) {
    const { assert!(V * 16 <= N) };
    let first: *mut __m512i = to.as_mut_ptr().cast();
    for (i, vector) in vectors.iter().enumerate() {
        // SAFETY: the array has `V` times 64 bytes.
        unsafe { _mm512_storeu_si512(first.add(i), *vector) }
    }
}

#[target_feature(enable = "avx2")]
fn store_avx2(to: &mut [i32; 8], value: __m256i) {
    // SAFETY: the array is 32 bytes.
    unsafe { _mm256_storeu_si256(to.as_mut_ptr().cast(), value) }
}
