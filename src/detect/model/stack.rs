//! The stack: one small calibrated model over both stages, and over what rules cut inside sentences.
//!
//! Its features and weights come from `models/train/stack.py`. Weights are shared by all categories, but each has a bias
//! of its own and a slope for the stage that leads.

use serde::Deserialize;

use super::Judgement;
use super::files::ModelError;
use super::inside::Candidate;

/// Logits beyond this say no more.
const CLIP: f32 = 12.0;
/// Ways to cut words.
const CUTS: usize = 10;

/// All weights.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Coefficients {
    /// For the first stage alone.
    pub(super) fast: Judges,
    /// For both stages.
    pub(super) full: Judges,
}

/// Weights for one way to run.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Judges {
    /// For sentences that the second stage read; none when it reads nothing.
    read: Option<Shared>,
    unread: Shared,
    cuts: Words,
}

/// Logistic regression over the features of a sentence and a category. A feature that is not named weighs nothing.
#[derive(Debug, Clone, Deserialize)]
struct Shared {
    features: Weights,
    bias: Vec<f32>,
    slope: Vec<f32>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Weights {
    first: f32,
    second: f32,
    probability: f32,
    first_gap: f32,
    second_gap: f32,
    rank: f32,
    neighbour: f32,
    rival: f32,
    best: f32,
    words: f32,
    place: f32,
    early: f32,
}

/// Logistic regression over words inside a sentence.
#[derive(Debug, Clone, Deserialize)]
struct Words {
    bias: f32,
    /// By kind of cut; then confidence, both logits, length and place; then logit by kind, and length by kind.
    weights: Vec<f32>,
}

impl Judges {
    /// Whether the weights are made for so many categories.
    pub(super) fn check(&self, categories: usize) -> Result<(), ModelError> {
        let fits = |s: &Shared| s.bias.len() == categories && s.slope.len() == categories;
        if fits(&self.unread) && self.read.as_ref().is_none_or(fits) && self.cuts.weights.len() == 3 * CUTS + 5 {
            return Ok(());
        }
        Err(ModelError::Tensor("weights of the stack for every category".to_owned()))
    }

    /// Probabilities that each sentence is a clause of each category, row after row; `words` counts
    /// those of each sentence.
    pub(super) fn sentences(&self, logits: &Judgement, words: &[usize]) -> Vec<f32> {
        let (n, columns) = (words.len(), logits.columns);
        let first: Vec<f32> = logits.first.iter().map(|x| x.clamp(-CLIP, CLIP)).collect();
        // What was not read counts as the least.
        let row = |r: &Option<Vec<f32>>| match r {
            Some(r) => r.iter().map(|x| x.clamp(-CLIP, CLIP)).collect(),
            None => vec![-CLIP; columns],
        };
        let second: Vec<f32> = logits.second.iter().flat_map(row).collect();
        let (best_first, best_second) = (best(&first, columns), best(&second, columns));
        let (rank_first, rank_second) = (ranks(&first, columns), ranks(&second, columns));
        let mut out = Vec::with_capacity(n * columns);
        for (i, &count) in words.iter().enumerate() {
            let judges = self.read.as_ref().filter(|_| logits.second[i].is_some());
            let read = judges.is_some();
            let judges = judges.unwrap_or(&self.unread);
            let w = &judges.features;
            let place = w.words * (1.0 + count as f32).ln()
                + w.place * (i as f32 / n as f32)
                + w.early * (i.min(10) as f32 / 10.0);
            // The stage that leads.
            let (lead, rank, top) =
                if read { (&second, &rank_second, &best_second) } else { (&first, &rank_first, &best_first) };
            let row = &lead[i * columns..(i + 1) * columns];
            for k in 0..columns {
                let at = i * columns + k;
                let mut z = judges.bias[k] + judges.slope[k] * row[k] + place;
                z += w.first * first[at] + w.first_gap * (first[at] - best_first[k]);
                z += w.rank * rank[at] + w.rival * rival(row, k) + w.best * top[k];
                if read {
                    let before = i.checked_sub(1).map_or(-CLIP, |j| second[j * columns + k]);
                    let after = if i + 1 < n { second[at + columns] } else { -CLIP };
                    let x = second[at];
                    z += w.second * x + w.probability * sigmoid(x) + w.second_gap * (x - best_second[k]);
                    z += w.neighbour * before.max(after);
                }
                out.push(sigmoid(z));
            }
        }
        out
    }

    /// Probability that words inside a sentence are the clause; `category` is that of the cut, `words` their number.
    pub(super) fn words(&self, candidate: &Candidate, category: usize, words: usize, logits: &Judgement) -> f32 {
        let kind = candidate.cut as usize;
        let sentence = candidate.sentence;
        let sure = candidate.confidence.clamp(0.01, 0.99);
        let first = logits.first[sentence * logits.columns + category].clamp(-CLIP, CLIP);
        let second = logits.second[sentence].as_ref().map_or(-CLIP, |r| r[category].clamp(-CLIP, CLIP));
        let length = (1.0 + words as f32).ln();
        let tail = [(sure / (1.0 - sure)).ln(), first, second, length, sentence.min(20) as f32 / 20.0];
        let w = |k: usize| self.cuts.weights[k];
        let shared: f32 = tail.iter().enumerate().map(|(k, x)| w(CUTS + k) * x).sum();
        let own = w(kind) + w(CUTS + tail.len() + kind) * second + w(2 * CUTS + tail.len() + kind) * length;
        sigmoid(self.cuts.bias + shared + own)
    }
}

/// The largest value of each column.
fn best(x: &[f32], columns: usize) -> Vec<f32> {
    let mut out = vec![f32::NEG_INFINITY; columns];
    for row in x.chunks_exact(columns) {
        out.iter_mut().zip(row).for_each(|(best, x)| *best = best.max(*x));
    }
    out
}

/// Logarithm of one more than the number of values that stand above, in each column; of equals the earlier is above.
fn ranks(x: &[f32], columns: usize) -> Vec<f32> {
    let n = x.len() / columns;
    let mut out = vec![0.0; x.len()];
    let mut order: Vec<usize> = Vec::with_capacity(n);
    for k in 0..columns {
        order.clear();
        order.extend(0..n);
        order.sort_by(|&i, &j| x[j * columns + k].total_cmp(&x[i * columns + k]));
        for (rank, &i) in order.iter().enumerate() {
            out[i * columns + k] = (1.0 + rank as f32).ln();
        }
    }
    out
}

/// The largest value of another column.
fn rival(row: &[f32], k: usize) -> f32 {
    row.iter().enumerate().filter(|(j, _)| *j != k).map(|(_, x)| *x).fold(f32::NEG_INFINITY, f32::max)
}

pub(super) fn sigmoid(z: f32) -> f32 {
    1.0 / (1.0 + (-z).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_and_rivals() {
        let x = [1.0, 5.0, 3.0, 4.0, 2.0, 9.0];
        let expected = [2.0, 1.0, 0.0, 2.0, 1.0, 0.0].map(|r: f32| (1.0 + r).ln());
        assert_eq!(ranks(&x, 2), expected);
        assert_eq!(best(&x, 2), [3.0, 9.0]);
        assert!((rival(&[1.0, 3.0, 2.0], 1) - 2.0).abs() < 1e-6);
    }
}
