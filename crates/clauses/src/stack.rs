//! The stack: a small calibrated model (stacked generalisation) over the logits of both stages.
//!
//! For sentences it is an ensemble of a logistic regression and boosted trees over the same features. The regression shares
//! its weights among all categories; each category has its own bias, and its own slope for the logit of the later stage.
//! Candidates inside sentences are re-ranked by trees alone ([`rerank`]). `models/train/stack.py` fits all of it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Judgement;
use super::files::ModelError;
use super::rerank;
use super::tensors::Tensors;
use super::trees::Trees;

/// Logits are clipped to this size: beyond it they say no more.
pub(super) const CLIP: f32 = 12.0;
/// Logit below which nothing is found, and trees are not asked.
const FLOOR: f32 = -6.0;
/// Features of a sentence that the second stage read, and of one that it did not, in the order of the trees. The names are
/// keys of the manifest; `rival` is the largest logit of another category.
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

/// The calibrated models of one way to run.
#[derive(Debug, Clone)]
pub(super) struct Stack {
    read: Option<Ensemble>,
    unread: Ensemble,
    candidates: Trees,
}

/// A regression, and trees that have its logit as a feature; the mean of both logits counts.
#[derive(Debug, Clone)]
struct Ensemble {
    weights: Vec<f32>,
    bias: Vec<f32>,
    slope: Vec<f32>,
    trees: Trees,
}

impl Ensemble {
    fn load(from: &Regression, names: &[&str], trees: Trees, categories: usize) -> Result<Self, ModelError> {
        if from.bias.len() != categories || from.slope.len() != categories {
            return Err(ModelError::Tensor("weights of the stack for every category".to_owned()));
        }
        let weights = names.iter().map(|&name| from.features.get(name).copied().unwrap_or(0.0)).collect();
        Ok(Self { weights, bias: from.bias.clone(), slope: from.slope.clone(), trees })
    }

    /// Probability of category `k` by the features of a sentence, in the order of the names, and its logit by the later stage.
    /// The last of `features` is free: the regression's logit goes there, for the trees.
    fn probability(&self, features: &mut [f32], logit: f32, k: usize) -> f32 {
        let sum: f32 = features.iter().zip(&self.weights).map(|(x, w)| x * w).sum();
        let z = sum + self.bias[k] + self.slope[k] * logit;
        if z <= FLOOR {
            return sigmoid(z);
        }
        if let Some(last) = features.last_mut() {
            *last = z;
        }
        sigmoid(z.midpoint(self.trees.logit(features)))
    }
}

impl Stack {
    /// Joins the regressions of the manifest with the trees of this `name` among the weights.
    pub(super) fn load(
        from: &Regressions,
        tensors: Tensors<'_>,
        name: &str,
        categories: usize,
    ) -> Result<Self, ModelError> {
        let trees = |part: &str, features: usize| Trees::load(tensors, &format!("{name}.{part}"), features);
        let read = from.read.as_ref();
        let read = read.map(|r| Ensemble::load(r, &READ, trees("read", READ.len() + 1)?, categories)).transpose()?;
        Ok(Self {
            read,
            unread: Ensemble::load(&from.unread, &UNREAD, trees("unread", UNREAD.len() + 1)?, categories)?,
            candidates: trees("cuts", rerank::FEATURES)?,
        })
    }

    /// Probabilities that each sentence is a clause of each category, row after row; `words` are the lengths of the sentences.
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
                out.push(if let Some(ensemble) = read {
                    let b = second[at];
                    let before = i.checked_sub(1).map_or(-CLIP, |j| second[j * columns + k]);
                    let neighbour = before.max(if i + 1 < n { second[at + columns] } else { -CLIP });
                    let (gap, rank, best) = (b - best_second[k], rank_second[at], best_second[k]);
                    let other = largest_other(row, k);
                    let mut x = [a, b, sigmoid(b), a_gap, gap, rank, neighbour, other, best, words, place, early, 0.0];
                    ensemble.probability(&mut x, b, k)
                } else {
                    let mut x =
                        [a, a_gap, rank_first[at], largest_other(row, k), best_first[k], words, place, early, 0.0];
                    self.unread.probability(&mut x, a, k)
                });
            }
        }
        out
    }

    /// Probability that a candidate is a clause of its category.
    pub(super) fn candidate(&self, features: &[f32; rerank::FEATURES]) -> f32 {
        sigmoid(self.candidates.logit(features))
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
fn largest_other(row: &[f32], k: usize) -> f32 {
    row.iter().enumerate().filter(|(j, _)| *j != k).map(|(_, x)| *x).fold(f32::NEG_INFINITY, f32::max)
}

pub(super) fn sigmoid(z: f32) -> f32 {
    1.0 / (1.0 + (-z).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_and_largest_values() {
        let x = [1.0, 5.0, 3.0, 4.0, 2.0, 9.0];
        let expected = [2.0, 1.0, 0.0, 2.0, 1.0, 0.0].map(|r: f32| (1.0 + r).ln());
        assert_eq!(ranks(&x, 2), expected);
        assert_eq!(best(&x, 2), [3.0, 9.0]);
        assert!((largest_other(&[1.0, 3.0, 2.0], 1) - 2.0).abs() < 1e-6);
    }
}
