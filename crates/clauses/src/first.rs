//! The first stage: a linear model over hashed features, some microseconds a sentence.

use super::encoder::EncoderError;
use super::features::{BUCKETS, Vocabulary};
use super::tensors::Tensors;

/// One logistic regression a category, one byte a weight.
#[derive(Debug)]
pub(super) struct FirstStage {
    /// Row after row: the weights of one bucket for all categories.
    weights: Vec<i8>,
    /// What a weight of 1 stands for, by category.
    scale: Vec<f32>,
    bias: Vec<f32>,
    /// How rare each bucket is: its inverse document frequency.
    idf: Vec<f32>,
}

impl FirstStage {
    pub(super) fn load(tensors: Tensors<'_>, categories: usize) -> Result<Self, EncoderError> {
        let buckets = Some(BUCKETS as usize);
        let categories = Some(categories);
        Ok(Self {
            weights: tensors.bytes("first.weights", buckets, categories)?.1,
            scale: tensors.floats("first.scale", &[categories])?.1,
            bias: tensors.floats("first.bias", &[categories])?.1,
            idf: tensors.floats("first.idf", &[buckets])?.1,
        })
    }

    /// Logits of every sentence, row after row of categories.
    pub(super) fn logits(&self, vocabulary: &Vocabulary<'_>, sentences: usize) -> Vec<f32> {
        let categories = self.scale.len();
        let mut out = Vec::with_capacity(sentences * categories);
        let mut features = Vec::new();
        let mut sums = vec![0.0_f32; categories];
        for i in 0..sentences {
            vocabulary.features(i, &mut features);
            sums.fill(0.0);
            let mut square = 0.0;
            for &(bucket, weight) in &features {
                let bucket = bucket as usize;
                let x = weight * self.idf[bucket];
                square += x * x;
                let row = &self.weights[bucket * categories..][..categories];
                for (sum, &w) in sums.iter_mut().zip(row) {
                    *sum += x * f32::from(w);
                }
            }
            let length = if square > 0.0 { square.sqrt() } else { 1.0 };
            out.extend(sums.iter().zip(&self.scale).zip(&self.bias).map(|((s, scale), b)| s * scale / length + b));
        }
        out
    }
}
