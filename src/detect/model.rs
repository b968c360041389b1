//! The clause model's side of the pipeline: segments go in, clauses with their places come out.

pub use tickler_clauses::{Classifier, Cut, Effort, Embedding, Judgement, Model, ModelError, Passages};
use tickler_clauses::{Passage, Section};

use super::Findings;
use super::cut::{self, CutWords};
use crate::record::Span;
use crate::segment::Segments;
use crate::text::DocumentText;

/// Probability from which a clause counts as found.
pub const FOUND: f32 = 0.5;

/// Most words that rules cut for one category that are compared with each other. Of 406 contracts of CUAD, the most are 48.
const MOST_CUT: usize = 200;

/// A clause with its probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScoredClause {
    /// Number of its category in [`Classifier::categories`].
    pub category: usize,
    /// Its words.
    pub span: Span,
    /// Calibrated probability, 0 to 1.
    pub probability: f32,
}

/// The embeddings of the sentences of a document that a model read closely.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embeddings {
    /// Name of the model: only its own embeddings can be compared with them.
    pub model: String,
    /// The sentences, in the order of the text.
    pub sentences: Vec<(Span, Embedding)>,
}

/// The sentences of a document as the model reads them.
#[must_use]
pub fn passages<'a>(text: &'a DocumentText, segments: &'a Segments) -> Passages<'a> {
    let passage = |s: &crate::segment::Sentence| Passage {
        text: text.slice(s.span),
        section: s.section,
        lead_in: s.lead_in,
        opens_section: segments.sections[s.section].span.start() == s.span.start(),
    };
    let section = |c: &'a crate::segment::Section| Section {
        heading: c.heading.as_deref(),
        parent: c.parent,
        attachment: c.attachment,
    };
    Passages {
        passages: segments.sentences.iter().map(passage).collect(),
        sections: segments.sections.iter().map(section).collect(),
    }
}

/// The clauses with a probability of at least `least`, by category, then in the order of the text.
#[must_use]
pub fn clauses(
    model: &dyn Classifier,
    judgement: &Judgement,
    text: &DocumentText,
    segments: &Segments,
    findings: &Findings,
    least: f32,
) -> Vec<ScoredClause> {
    let mut out = Vec::new();
    let words = cut::candidates(text, segments, findings);
    // A model may have been trained for other categories.
    let column = |cut: Cut| Some((cut, model.categories().iter().position(|c| c == cut.category())?));
    let inside: Vec<(Cut, usize)> = Cut::WHOLE.into_iter().filter_map(column).collect();
    for (at, &probability) in judgement.probabilities.iter().enumerate() {
        let (sentence, category) = (at / judgement.columns, at % judgement.columns);
        if probability >= least && !inside.iter().any(|(_, c)| *c == category) {
            out.push(ScoredClause { category, span: segments.sentences[sentence].span, probability });
        }
    }
    for (whole, category) in inside {
        let mut candidates: Vec<CutWords> =
            words.iter().filter(|c| c.cut.category() == whole.category()).take(MOST_CUT).copied().collect();
        candidates.extend(cut::whole(whole, category, judgement, segments));
        let given: Vec<_> = candidates.iter().map(|c| c.candidate(text)).collect();
        let probabilities = model.words(&given, category, judgement);
        for (i, (candidate, probability)) in candidates.iter().zip(probabilities).enumerate() {
            // Of a sentence that a rule cut as it is, the rule's candidate stands for both.
            if probability >= least && !candidates[..i].iter().any(|c| c.span == candidate.span) {
                out.push(ScoredClause { category, span: candidate.span, probability });
            }
        }
    }
    out.sort_by_key(|c| (c.category, c.span.start(), c.span.end()));
    out
}
