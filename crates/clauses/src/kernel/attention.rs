//! Attention, head by head.
//!
//! Queries, keys, values and weights are 16-bit integers here: sums of integers are exact on every machine and cost
//! less than products of floats that must not be fused, and the error (about 1e-4 of the largest value) is far below
//! that of the dense layers.

use super::math::{exp, larger, largest, low_word, reduce, steps, sum};
use super::{COLUMNS, Isa, Job, LANES, Machine, Pairs, ROWS, Sums};

/// Tokens or dimensions of one call of the micro kernel.
const WIDTH: usize = COLUMNS / 2;
/// Attention weights are counted in this fraction of their sum: with values of 15 bits the sum of products is below
/// 2^31.
const PARTS: f32 = 32_000.0;
/// The most tokens for which rounding cannot take the sum of products over 2^31.
const MAX_TOKENS: usize = 60_000;

/// Fused attention: scores, softmax and weighted sum.
#[derive(Clone, Copy)]
pub(in super::super) struct Attention {
    /// Heads, and dimensions of each.
    pub(in super::super) heads: usize,
    pub(in super::super) size: usize,
}

impl Attention {
    /// `input` is row-major `[tokens][3][heads][size]` (query, key, value), the tokens of windows of these `lengths` one after
    /// the other; the result `[tokens][heads][size]`. `None` if that is not its size, or if a window has too many tokens.
    pub(in super::super) fn apply(self, machine: Machine, input: &[f32], lengths: &[usize]) -> Option<Vec<f32>> {
        let width = self.heads.checked_mul(self.size)?;
        let tokens: usize = lengths.iter().sum();
        if lengths.iter().any(|&n| n > MAX_TOKENS) || tokens.checked_mul(width.checked_mul(3)?)? != input.len() {
            return None;
        }
        let mut output = vec![0.0; tokens * width];
        machine.run(Heads { shape: self, input, lengths, output: &mut output });
        Some(output)
    }
}

struct Heads<'a> {
    shape: Attention,
    input: &'a [f32],
    lengths: &'a [usize],
    output: &'a mut [f32],
}

impl Job for Heads<'_> {
    #[inline(always)]
    fn run<I: Isa>(self, isa: I) {
        let Attention { heads, size } = self.shape;
        let width = heads * size;
        let (mut input, mut output) = (self.input, self.output);
        for &tokens in self.lengths {
            let (window, others) = input.split_at(tokens * 3 * width);
            let (attended, left) = output.split_at_mut(tokens * width);
            (input, output) = (others, left);
            let mut scratch = Scratch::new(tokens, size);
            for head in 0..heads {
                // Loops of a known length need no code for odd ends.
                if size == WIDTH {
                    scratch.load(window, head, heads, WIDTH);
                    scratch.weigh(isa, attended, head, heads, WIDTH);
                } else {
                    scratch.load(window, head, heads, size);
                    scratch.weigh(isa, attended, head, heads, size);
                }
            }
        }
    }
}

/// One head, quantised.
struct Scratch {
    tokens: usize,
    /// `[tokens][size/2]`, and the step of each token, with 1/sqrt(size) in it.
    queries: Vec<[i16; 2]>,
    query_steps: Vec<f32>,
    /// `[tokens/32][size/2][32][2]`, and the step of each token.
    keys: Vec<Pairs>,
    key_steps: Vec<f32>,
    /// `[size/32][tokens/2][32][2]`, and the step of each dimension.
    values: Vec<Pairs>,
    value_steps: Vec<f32>,
    /// Of the rows at hand: `[rows][tokens]` in floats, and as parts of their sum.
    scores: Vec<f32>,
    parts: Vec<[i16; 2]>,
}

impl Scratch {
    fn new(tokens: usize, size: usize) -> Self {
        let (halves, padded) = (size.div_ceil(2), tokens.next_multiple_of(WIDTH));
        let (pairs, wide) = (tokens.div_ceil(2), size.next_multiple_of(WIDTH));
        Self {
            tokens,
            queries: vec![[0; 2]; tokens * halves],
            query_steps: vec![0.0; tokens],
            keys: vec![Pairs([[0; 2]; WIDTH]); padded / WIDTH * halves],
            key_steps: vec![0.0; padded],
            values: vec![Pairs([[0; 2]; WIDTH]); wide / WIDTH * pairs],
            value_steps: vec![0.0; wide],
            scores: vec![0.0; ROWS * padded],
            parts: vec![[0; 2]; ROWS * pairs],
        }
    }

    /// Quantises a head of `input`.
    #[inline(always)]
    fn load(&mut self, input: &[f32], head: usize, heads: usize, size: usize) {
        // Sums over `size` products have to stay below 2^31.
        let limit = (0x7fff_ffff / size).isqrt().min(32_767) as f32;
        let root = 1.0 / (size as f32).sqrt();
        let (width, halves, pairs) = (heads * size, size.div_ceil(2), self.tokens.div_ceil(2));
        let rows = input.chunks_exact(3 * width);
        let (mut codes, none) = (vec![[0; 2]; halves], vec![0.0; size]);
        for (token, row) in rows.clone().enumerate() {
            let query = &row[head * size..][..size];
            let (step, inverse) = steps(largest(query), limit);
            self.query_steps[token] = step * root;
            quantise(query, inverse, self.queries[token * halves..][..halves].as_flattened_mut());

            let key = &row[width + head * size..][..size];
            let (step, inverse) = steps(largest(key), limit);
            self.key_steps[token] = step;
            quantise(key, inverse, codes.as_flattened_mut());
            for (pairs, code) in self.keys[token / WIDTH * halves..].iter_mut().zip(&codes) {
                pairs.0[token % WIDTH] = *code;
            }
        }
        let mut inverses = vec![0.0; size];
        let steps_and_inverses = self.value_steps.chunks_mut(LANES).zip(inverses.chunks_mut(LANES));
        for (block, (value_steps, inverses)) in steps_and_inverses.enumerate() {
            let mut peaks = [0.0; LANES];
            for row in rows.clone() {
                let values = &row[2 * width + head * size..][..size][block * LANES..];
                for (peak, x) in peaks.iter_mut().zip(&values[..inverses.len()]) {
                    *peak = larger(x.abs(), *peak);
                }
            }
            for ((step, inverse), peak) in value_steps.iter_mut().zip(inverses).zip(peaks) {
                let both = steps(peak, 32_767.0);
                *step = both.0 / PARTS;
                *inverse = both.1;
            }
        }
        for pair in 0..pairs {
            let value =
                |token: usize| input.get((3 * token + 2) * width + head * size..).and_then(|row| row.get(..size));
            let (Some(first), second) = (value(2 * pair), value(2 * pair + 1).unwrap_or(&none)) else { break };
            let blocks = first.chunks(WIDTH).zip(second.chunks(WIDTH)).zip(inverses.chunks(WIDTH)).enumerate();
            for (block, ((first, second), inverses)) in blocks {
                let codes = &mut self.values[block * pairs + pair].0[..first.len()];
                map(codes, (first, second, inverses), |x, y, inverse| [low_word(x * inverse), low_word(y * inverse)]);
            }
        }
    }

    /// Scores, softmax and weighted sum of the loaded head.
    #[inline(always)]
    fn weigh<I: Isa>(&mut self, isa: I, output: &mut [f32], head: usize, heads: usize, size: usize) {
        let (halves, pairs, padded) = (size.div_ceil(2), self.tokens.div_ceil(2), self.key_steps.len());
        let mut sums = [Sums([0; COLUMNS]); ROWS];
        let queries = self.queries.chunks(halves * ROWS).zip(self.query_steps.chunks(ROWS));
        for ((queries, query_steps), output) in queries.zip(output.chunks_mut(heads * size * ROWS)) {
            let keys = self.keys.chunks_exact(halves).zip(self.key_steps.as_chunks::<WIDTH>().0);
            for (block, (keys, key_steps)) in keys.enumerate() {
                isa.words(queries, query_steps.len(), keys, &mut sums);
                let scores = self.scores.chunks_exact_mut(padded);
                for ((scores, step), sums) in scores.zip(query_steps).zip(&sums) {
                    let scores = &mut scores[block * WIDTH..][..WIDTH];
                    map(scores, (&sums.0[..WIDTH], key_steps, key_steps), |sum, key, _| sum as f32 * (step * key));
                }
            }
            let rows = query_steps.len();
            let scores = self.scores.chunks_exact_mut(padded).take(rows);
            for (scores, parts) in scores.zip(self.parts.chunks_exact_mut(pairs)) {
                let inverse = PARTS / exponentials(scores, self.tokens);
                quantise(&scores[..2 * pairs], inverse, parts.as_flattened_mut());
            }
            let values = self.values.chunks_exact(pairs).zip(self.value_steps.as_chunks::<WIDTH>().0);
            for (block, (values, value_steps)) in values.enumerate() {
                isa.words(&self.parts, rows, values, &mut sums);
                for (output, sums) in output.chunks_exact_mut(heads * size).zip(&sums) {
                    let output = &mut output[head * size..][..size][block * WIDTH..];
                    let output = &mut output[..WIDTH.min(size - block * WIDTH)];
                    let (sums, steps) = (&sums.0[..output.len()], &value_steps[..output.len()]);
                    map(output, (sums, steps, steps), |sum, step, _| sum as f32 * step);
                }
            }
        }
    }
}

/// `values` in steps of 1/`inverse`, rounded half to even.
#[inline(always)]
fn quantise(values: &[f32], inverse: f32, codes: &mut [i16]) {
    let codes = &mut codes[..values.len()];
    map(codes, (values, values, values), |x, _, _| low_word(x * inverse));
}

/// Fills `output` from three slices of its length. The detour over a block tells the compiler that they do not overlap.
#[inline(always)]
fn map<A: Copy, B: Copy, C: Copy, Y: Copy + Default>(
    output: &mut [Y],
    (first, second, third): (&[A], &[B], &[C]),
    each: impl Fn(A, B, C) -> Y,
) {
    let (outputs, output_rest) = output.as_chunks_mut::<LANES>();
    let (firsts, first_rest) = first.as_chunks::<LANES>();
    let (seconds, second_rest) = second.as_chunks::<LANES>();
    let (thirds, third_rest) = third.as_chunks::<LANES>();
    for (((output, first), second), third) in outputs.iter_mut().zip(firsts).zip(seconds).zip(thirds) {
        let mut block = [Y::default(); LANES];
        for i in 0..LANES {
            block[i] = each(first[i], second[i], third[i]);
        }
        *output = block;
    }
    for (((output, first), second), third) in output_rest.iter_mut().zip(first_rest).zip(second_rest).zip(third_rest) {
        *output = each(*first, *second, *third);
    }
}

/// Takes the first `count` of `scores` to their exponentials, relative to the largest, the rest to zero, and returns
/// the sum. There are full lanes of scores, and at least one counts.
#[inline(always)]
fn exponentials(scores: &mut [f32], count: usize) -> f32 {
    let first = scores[0];
    scores[count..].fill(first);
    let (chunks, _) = scores.as_chunks_mut::<LANES>();
    let mut lanes = [first; LANES];
    for chunk in &*chunks {
        for i in 0..LANES {
            lanes[i] = larger(chunk[i], lanes[i]);
        }
    }
    let peak = reduce(lanes, larger);
    for x in chunks.as_flattened_mut() {
        *x = exp(*x - peak);
    }
    scores[count..].fill(0.0);
    sum(scores, |x| x)
}
