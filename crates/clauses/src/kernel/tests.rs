#![allow(clippy::cast_possible_truncation, reason = "numbers of tests are small")]

use super::math::{exp, gelu};
use super::{Attention, Machine, Norm, Packed};

/// Numbers in -1..1, the same on every run.
fn random(count: usize, seed: u64) -> Vec<f32> {
    let mut state = seed;
    let next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / 8_388_608.0 - 1.0
    };
    std::iter::repeat_with(next).take(count).collect()
}

fn layer(columns: usize, depth: usize) -> (Packed, Vec<i8>, Vec<f32>, Vec<f32>) {
    let weights: Vec<i8> = random(columns * depth, 3).iter().map(|x| (x * 127.4) as i8).collect();
    let scale: Vec<f32> = random(columns, 4).iter().map(|x| 0.01 + 0.005 * x).collect();
    let bias = random(columns, 5);
    let packed = Packed::new(&weights, &scale, &bias, depth).expect("sizes agree");
    (packed, weights, scale, bias)
}

fn bits(values: &[f32]) -> Vec<u32> {
    values.iter().map(|x| x.to_bits()).collect()
}

/// The results of `kernel` on all machines, which have to be one.
fn agreed(kernel: impl Fn(Machine) -> Vec<f32>) -> Vec<f32> {
    let portable = kernel(Machine::Portable);
    for machine in Machine::all() {
        assert_eq!(bits(&kernel(machine)), bits(&portable), "{machine:?}");
    }
    portable
}

#[test]
fn dense_layers_agree_with_float_arithmetic_on_every_machine() {
    for (rows, columns, depth) in
        [(1, 1, 1), (2, 16, 4), (5, 65, 7), (7, 130, 33), (13, 64, 96), (6, 200, 1536), (35, 130, 64)]
    {
        let (packed, weights, scale, bias) = layer(columns, depth);
        let input: Vec<f32> = random(rows * depth, 6).iter().map(|x| x * x * x * 3.0).collect();
        for with_gelu in [false, true] {
            let output = agreed(|machine| packed.apply(machine, &input, with_gelu));
            assert_eq!(output.len(), rows * columns);
            for (row, output) in input.chunks(depth).zip(output.chunks(columns)) {
                let step = f64::from(row.iter().fold(0.0_f32, |a, x| a.max(x.abs()))) / 127.0;
                for (column, y) in output.iter().enumerate() {
                    let w = &weights[column * depth..][..depth];
                    let code = |x: f32| (f64::from(x) / step).round_ties_even() * step;
                    let sum: f64 = row.iter().zip(w).map(|(&x, &w)| code(x) * f64::from(w)).sum();
                    let mut expected = sum * f64::from(scale[column]) + f64::from(bias[column]);
                    if with_gelu {
                        let u = (2.0 / std::f64::consts::PI).sqrt() * (expected + 0.044_715 * expected.powi(3));
                        expected *= 0.5 * (1.0 + u.tanh());
                    }
                    // A value half way between two codes may fall to either side.
                    let slack = step * 127.0 * f64::from(scale[column]) + 1e-5;
                    assert!((f64::from(*y) - expected).abs() < slack, "{y} {expected} at {rows} {columns} {depth}");
                }
            }
        }
    }
}

#[test]
fn rows_of_zeros_and_of_tiny_values_give_the_bias() {
    let (packed, _, _, bias) = layer(20, 9);
    for x in [0.0, 1e-38, -1e-42] {
        assert_eq!(agreed(|machine| packed.apply(machine, &[x; 18], false)), [&bias[..], &bias].concat());
    }
}

#[test]
fn odd_inputs_do_not_panic() {
    let (packed, ..) = layer(70, 9);
    for x in [f32::NAN, f32::INFINITY, f32::MAX, f32::MIN] {
        for machine in Machine::all() {
            assert_eq!(packed.apply(machine, &[x; 18], true).len(), 140);
            assert!(Attention { heads: 1, size: 3 }.apply(machine, &[x; 18], &[2]).is_some());
        }
    }
}

#[test]
fn layers_that_do_not_fit_are_refused() {
    assert!(Packed::new(&[1; 6], &[1.0; 2], &[1.0; 2], 3).is_some());
    assert!(Packed::new(&[1; 5], &[1.0; 2], &[1.0; 2], 3).is_none());
    assert!(Packed::new(&[1; 6], &[1.0; 2], &[1.0; 3], 3).is_none());
    assert!(Packed::new(&[], &[], &[], 3).is_none());
    assert!(Packed::new(&[], &[1.0], &[1.0], 0).is_none());
    assert!(Packed::new(&vec![1; 70_000], &[1.0], &[1.0], 70_000).is_none());
    assert!(Attention { heads: 2, size: 4 }.apply(Machine::Portable, &[0.0; 23], &[1]).is_none());
    assert!(Attention { heads: 0, size: 4 }.apply(Machine::Portable, &[0.0; 24], &[2]).is_none());
}

#[test]
fn attention_agrees_with_float_arithmetic_on_every_machine() {
    for (tokens, heads, size) in [(1, 1, 32), (2, 3, 5), (33, 2, 32), (64, 1, 32), (71, 2, 40), (192, 1, 32)] {
        let width = heads * size;
        let input: Vec<f32> = random(tokens * 3 * width, 7).iter().map(|x| x * 3.0).collect();
        let output =
            agreed(|machine| Attention { heads, size }.apply(machine, &input, &[tokens]).expect("sizes agree"));
        let at = |token: usize, part: usize, head: usize| &input[(token * 3 + part) * width + head * size..][..size];
        for (token, head) in (0..tokens).flat_map(|token| (0..heads).map(move |head| (token, head))) {
            let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| f64::from(a * b)).sum::<f64>();
            let score = |other: usize| dot(at(token, 0, head), at(other, 1, head)) / (size as f64).sqrt();
            let weights: Vec<f64> = (0..tokens).map(|other| score(other).exp()).collect();
            let total: f64 = weights.iter().sum();
            for (i, y) in output[token * width + head * size..][..size].iter().enumerate() {
                let sum: f64 = (0..tokens).map(|other| weights[other] * f64::from(at(other, 2, head)[i])).sum();
                assert!((f64::from(*y) - sum / total).abs() < 3e-3, "{y} {} at {tokens} {heads} {size}", sum / total);
            }
        }
    }
}

#[test]
fn attention_weights_sum_to_one_for_scores_of_any_size() {
    for (tokens, size) in [(1, 8), (37, 32), (64, 32)] {
        let random = random(tokens * 3 * size, 8);
        // The values are all 1: their weighted sum is the sum of the weights.
        let input = random.iter().enumerate().map(|(i, x)| if i / size % 3 == 2 { 1.0 } else { x * 40.0 - 20.0 });
        let input: Vec<f32> = input.collect();
        let output =
            agreed(|machine| Attention { heads: 1, size }.apply(machine, &input, &[tokens]).expect("sizes agree"));
        assert!(output.iter().all(|sum| (sum - 1.0).abs() < 1e-3), "{output:?}");
    }
}

#[test]
fn layer_norm_agrees_with_float_arithmetic_on_every_machine() {
    for width in [1, 3, 16, 50, 384] {
        let (left, right) = (random(4 * width, 9), random(4 * width, 10));
        let norm = Norm { weight: random(width, 11), bias: random(width, 12) };
        let output = agreed(|machine| norm.apply(machine, &left, &right));
        for (row, output) in output.chunks(width).enumerate() {
            let x: Vec<f64> = (0..width).map(|i| f64::from(left[row * width + i] + right[row * width + i])).collect();
            let mean = x.iter().sum::<f64>() / width as f64;
            let deviation = (x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / width as f64 + 1e-12).sqrt();
            for i in 0..width {
                let expected = (x[i] - mean) / deviation * f64::from(norm.weight[i]) + f64::from(norm.bias[i]);
                assert!((f64::from(output[i]) - expected).abs() < 2e-5, "{} {expected} at {width}", output[i]);
            }
        }
    }
}

#[test]
fn exp_and_gelu_are_accurate() {
    for i in -86_900..=87_900 {
        let x = i as f32 / 1000.0;
        let expected = f64::from(x).exp();
        assert!((f64::from(exp(x)) / expected - 1.0).abs() < 4e-7, "{x}");
    }
    assert!(exp(-1e30) < 2e-38 && exp(f32::NEG_INFINITY) < 2e-38);
    for i in -12_000..12_000 {
        let x = f64::from(i) / 1000.0;
        let u = (2.0 / std::f64::consts::PI).sqrt() * (x + 0.044_715 * x.powi(3));
        let expected = 0.5 * x * (1.0 + u.tanh());
        assert!((f64::from(gelu(x as f32)) - expected).abs() < 1e-6 * (1.0 + x.abs()), "{x}");
    }
}
