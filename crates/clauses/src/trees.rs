//! Gradient-boosted trees: sums of small decision trees, all of one depth.

use super::encoder::EncoderError;
use super::tensors::Tensors;

/// Trees whose inner nodes ask whether a feature is above a limit. Nodes are stored level by level: those below node `i` are
/// `2i + 1` and, where the feature is above, `2i + 2`.
#[derive(Debug, Clone)]
pub(super) struct Trees {
    /// Inner nodes of one tree; it has one leaf more.
    inner: usize,
    feature: Vec<i8>,
    limit: Vec<f32>,
    leaf: Vec<f32>,
}

impl Trees {
    /// Reads the tensors `NAME.feature` and `NAME.limit`, `[trees][inner nodes]`, and `NAME.leaf`, `[trees][leaves]`.
    ///
    /// # Errors
    /// A tensor is missing or does not fit, or a node asks for a feature beyond those.
    pub(super) fn load(tensors: Tensors<'_>, name: &str, features: usize) -> Result<Self, EncoderError> {
        let part = |part: &str| format!("{name}.{part}");
        let ([trees, inner], feature) = tensors.bytes(&part("feature"), None, None)?;
        let known = |feature: &i8| usize::try_from(*feature).is_ok_and(|feature| feature < features);
        if !(inner + 1).is_power_of_two() || !feature.iter().all(known) {
            let expected = format!("full trees over {features} features");
            return Err(EncoderError::Shape { name: part("feature"), expected, found: vec![trees, inner] });
        }
        let limit = tensors.floats(&part("limit"), &[Some(trees), Some(inner)])?.1;
        let leaf = tensors.floats(&part("leaf"), &[Some(trees), Some(inner + 1)])?.1;
        Ok(Self { inner, feature, limit, leaf })
    }

    /// The sum over all trees for these features, as many as the trees were loaded for.
    pub(super) fn logit(&self, features: &[f32]) -> f32 {
        let nodes = self.feature.chunks_exact(self.inner).zip(self.limit.chunks_exact(self.inner));
        let value = |((feature, limit), leaf): ((&[i8], &[f32]), &[f32])| {
            let mut at = 0;
            while at < self.inner {
                let above = features[usize::from(feature[at].unsigned_abs())] > limit[at];
                at = 2 * at + 1 + usize::from(above);
            }
            leaf[at - self.inner]
        };
        nodes.zip(self.leaf.chunks_exact(self.inner + 1)).map(value).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_goes_right_above_the_limit() {
        let trees = Trees {
            inner: 3,
            feature: vec![0, 1, 1, 0, 0, 0],
            limit: vec![0.5, 0.0, 2.0, 1e30, 1e30, 1e30],
            leaf: vec![1.0, 2.0, 3.0, 4.0, 10.0, 0.0, 0.0, 0.0],
        };
        for (features, expected) in [([0.5, 0.0], 11.0), ([0.5, 0.1], 12.0), ([0.6, 2.0], 13.0), ([0.6, 2.1], 14.0)] {
            assert!((trees.logit(&features) - expected).abs() < 1e-6, "{features:?}");
        }
    }
}
