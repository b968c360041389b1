//! What the model thinks, for the rules: where a sentence is likely a clause, a rule looks closer.

use super::model::{Classifier, Judgement};

/// Categories that rules ask about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Topic {
    Expiration,
    Renewal,
}

impl Topic {
    const ALL: [Self; 2] = [Self::Expiration, Self::Renewal];

    const fn category(self) -> &'static str {
        match self {
            Self::Expiration => "Expiration Date",
            Self::Renewal => "Renewal Term",
        }
    }
}

/// Probabilities by sentence and topic.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hints<'a> {
    judgement: &'a Judgement,
    columns: [Option<usize>; Topic::ALL.len()],
}

impl<'a> Hints<'a> {
    pub(crate) fn new(model: &dyn Classifier, judgement: &'a Judgement) -> Self {
        let column = |t: Topic| model.categories().iter().position(|c| c == t.category());
        Self { judgement, columns: Topic::ALL.map(column) }
    }

    /// Probability that sentence `i` is a clause on this topic.
    pub(crate) fn of(&self, i: usize, topic: Topic) -> Option<f32> {
        let column = self.columns[topic as usize]?;
        self.judgement.probabilities.get(i * self.judgement.columns + column).copied()
    }
}
