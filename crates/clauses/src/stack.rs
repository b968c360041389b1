//! The stack: one small calibrated model over both stages, and over what rules cut inside sentences.
//!
//! Its features and weights come from `models/train/stack.py`: a regression with weights shared by all categories, but for
//! each a bias of its own and a slope for the stage that leads, and boosted trees over the same features.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Judgement;
use super::files::ModelError;
use super::rerank;
use super::tensors::Tensors;
use super::trees::Trees;

/// Logits beyond this say no more.
pub(super) const CLIP: f32 = 12.0;
/// Logit below which nothing is found, and trees are not asked.
const FLOOR: f32 = -6.0;
/// Features of a sentence that the second stage read, and of one that it did not, in the order of the trees.
const READ: [&str; 12] = [
    "first",
    "second",
    "probability",
    "first_gap",
    "second_gap",
    "rank",
    "neighbour",
    "rival",
    "best",
    "words",
    "place",
    "early",
];
const UNREAD: [&str; 8] = ["first", "first_gap", "rank", "rival", "best", "words", "place", "early"];

/// The regressions of both ways to run.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Coefficients {
    /// For the first stage alone.
    pub(super) fast: Regressions,
    /// For both stages.
    pub(super) full: Regressions,
}

/// The regressions of one way to run.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Regressions {
    /// For sentences that the second stage read; none when it reads nothing.
    read: Option<Regression>,
    unread: Regression,
}

/// Logistic regression over the features of a sentence and a category. A feature that is not named weighs nothing.
#[derive(Debug, Clone, Deserialize)]
struct Regression {
    features: BTreeMap<String, f32>,
    bias: Vec<f32>,
    slope: Vec<f32>,
}

/// All that judges.
#[derive(Debug, Clone)]
pub(super) struct Judges {
    read: Option<Shared>,
    unread: Shared,
    words: Trees,
}

/// A regression and trees that see its logit, half and half.
#[derive(Debug, Clone)]
struct Shared {
    weights: Vec<f32>,
    bias: Vec<f32>,
    slope: Vec<f32>,
    trees: Trees,
}

impl Shared {
    fn load(from: &Regression, names: &[&str], trees: Trees, categories: usize) -> Result<Self, ModelError> {
        if from.bias.len() != categories || from.slope.len() != categories {
            return Err(ModelError::Tensor("weights of the stack for every category".to_owned()));
        }
        let weights = names.iter().map(|&name| from.features.get(name).copied().unwrap_or(0.0)).collect();
        Ok(Self { weights, bias: from.bias.clone(), slope: from.slope.clone(), trees })
    }

    /// Probability by the features of a sentence in the order of the names, and the logit of category `k` by the stage that
    /// leads. The last of `features` is free, for the trees.
    fn probability(&self, features: &mut [f32], lead: f32, k: usize) -> f32 {
        let sum: f32 = features.iter().zip(&self.weights).map(|(x, w)| x * w).sum();
        let z = sum + self.bias[k] + self.slope[k] * lead;
        if z <= FLOOR {
            return sigmoid(z);
        }
        if let Some(last) = features.last_mut() {
            *last = z;
        }
        sigmoid(z.midpoint(self.trees.logit(features)))
    }
}

impl Judges {
    /// Puts together the regressions and the trees of this `name` among the weights.
    pub(super) fn load(
        from: &Regressions,
        tensors: Tensors<'_>,
        name: &str,
        categories: usize,
    ) -> Result<Self, ModelError> {
        let trees = |part: &str, features: usize| Trees::load(tensors, &format!("{name}.{part}"), features);
        let read = from.read.as_ref();
        let read = read.map(|r| Shared::load(r, &READ, trees("read", READ.len() + 1)?, categories)).transpose()?;
        Ok(Self {
            read,
            unread: Shared::load(&from.unread, &UNREAD, trees("unread", UNREAD.len() + 1)?, categories)?,
            words: trees("cuts", rerank::FEATURES)?,
        })
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
            let (words, place, early) = ((count as f32).ln_1p(), i as f32 / n as f32, i.min(10) as f32 / 10.0);
            let read = self.read.as_ref().filter(|_| logits.second[i].is_some());
            let row = if read.is_some() { &second } else { &first };
            let row = &row[i * columns..(i + 1) * columns];
            for k in 0..columns {
                let at = i * columns + k;
                let (a, a_gap) = (first[at], first[at] - best_first[k]);
                out.push(if let Some(judge) = read {
                    let b = second[at];
                    let before = i.checked_sub(1).map_or(-CLIP, |j| second[j * columns + k]);
                    let neighbour = before.max(if i + 1 < n { second[at + columns] } else { -CLIP });
                    let (gap, rank, best) = (b - best_second[k], rank_second[at], best_second[k]);
                    let rival = rival(row, k);
                    let mut x = [a, b, sigmoid(b), a_gap, gap, rank, neighbour, rival, best, words, place, early, 0.0];
                    judge.probability(&mut x, b, k)
                } else {
                    let mut x = [a, a_gap, rank_first[at], rival(row, k), best_first[k], words, place, early, 0.0];
                    self.unread.probability(&mut x, a, k)
                });
            }
        }
        out
    }

    /// Probability that words are the clause they are a candidate for.
    pub(super) fn words(&self, features: &[f32; rerank::FEATURES]) -> f32 {
        sigmoid(self.words.logit(features))
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
