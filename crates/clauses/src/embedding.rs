//! Embeddings of sentences and questions: vectors whose cosine similarity says how alike two texts are.

/// The vector of a sentence or a question, in signed bytes.
///
/// Only its direction counts, not its length. Embeddings of different models cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embedding(Box<[i8]>);

impl Embedding {
    /// Of a vector of any length; its largest value becomes 127.
    #[must_use]
    pub fn of(values: &[f32]) -> Self {
        let most = values.iter().fold(f32::MIN_POSITIVE, |most, x| most.max(x.abs()));
        #[expect(clippy::cast_possible_truncation, reason = "between -127 and 127")]
        let byte = |x: &f32| (x * 127.0 / most).round() as i8;
        Self(values.iter().map(byte).collect())
    }

    /// The similarity of this and the embedding with these bytes: the cosine of the angle between them, from -1 to 1, and
    /// 0 where one of them is zero or their sizes differ.
    #[must_use]
    pub fn similarity(&self, bytes: &[u8]) -> f32 {
        if bytes.len() != self.0.len() {
            return 0.0;
        }
        let (mut product, mut own, mut other) = (0i32, 0i32, 0i32);
        for (a, b) in self.0.iter().zip(bytes) {
            let (a, b) = (i32::from(*a), i32::from(b.cast_signed()));
            product += a * b;
            own += a * a;
            other += b * b;
        }
        if own == 0 || other == 0 { 0.0 } else { product as f32 / ((own as f32).sqrt() * (other as f32).sqrt()) }
    }

    /// Its bytes, as they are stored.
    pub fn bytes(&self) -> impl Iterator<Item = u8> {
        self.0.iter().map(|x| x.cast_unsigned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn similarity_is_the_cosine() {
        let bytes = |m: &Embedding| m.bytes().collect::<Vec<_>>();
        let a = Embedding::of(&[3.0, 4.0, 0.0]);
        assert!((a.similarity(&bytes(&a)) - 1.0).abs() < 1e-6);
        assert!((a.similarity(&bytes(&Embedding::of(&[-30.0, -40.0, 0.0]))) + 1.0).abs() < 1e-6, "length says nothing");
        assert!((a.similarity(&bytes(&Embedding::of(&[4.0, 3.0, 0.0]))) - 0.96).abs() < 0.01);
        assert!(a.similarity(&bytes(&Embedding::of(&[0.0, 0.0, 1.0]))).abs() < 1e-6);
        assert!(a.similarity(&[1, 2]).abs() < 1e-6, "of another size");
        assert!(a.similarity(&[0, 0, 0]).abs() < 1e-6);
    }
}
