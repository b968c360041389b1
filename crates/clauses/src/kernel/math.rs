//! Sums in a fixed order, rounding, exponentials and GELU.

use super::LANES;

/// Adding this to a float below 2^22 in size rounds it to an integer (half to even), found in the low bits.
const ROUND: f32 = 12_582_912.0;

/// Partial results to one, in a fixed order.
#[inline(always)]
pub(super) fn reduce(mut lanes: [f32; LANES], join: impl Fn(f32, f32) -> f32) -> f32 {
    for half in [8, 4, 2, 1] {
        for i in 0..half {
            lanes[i] = join(lanes[i], lanes[i + half]);
        }
    }
    lanes[0]
}

/// The sum of `term` over `values`, lane by lane.
#[inline(always)]
pub(super) fn sum(values: &[f32], term: impl Fn(f32) -> f32) -> f32 {
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
pub(super) fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// The largest size among `values`.
#[inline(always)]
pub(super) fn largest(values: &[f32]) -> f32 {
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
pub(super) fn steps(largest: f32, limit: f32) -> (f32, f32) {
    if largest > 1e-30 { (largest / limit, limit / largest) } else { (0.0, 0.0) }
}

/// `x` as an integer, rounded half to even; good for what fits.
#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "the low bits are the integer")]
pub(super) fn low_byte(x: f32) -> u8 {
    (x + ROUND).to_bits() as u8
}

/// `x` as an integer, rounded half to even; good for what fits.
#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "the low bits are the integer")]
pub(super) fn low_word(x: f32) -> i16 {
    (x + ROUND).to_bits() as i16
}

/// e^x to 2e-7, for x in -87..=88; outside, the value at the end of that range.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
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
pub(super) fn gelu(x: f32) -> f32 {
    x / (1.0 + exp(x * (-1.595_769 - 0.071_354_814 * (x * x))))
}
