//! The local model: finds clauses by their meaning, and says how sure it is.
//!
//! A linear first stage reads every sentence in microseconds and passes a part of them on; the encoder reads those in
//! their context; a small calibrated stack joins both. Rules cut names and dates inside the sentences.

pub mod encoder;
pub mod features;
mod files;
mod first;
pub mod inside;
mod kernel;
mod meaning;
mod rivals;
mod second;
mod stack;
mod tensors;
#[cfg(test)]
mod tests;
mod trees;
mod window;

use std::path::Path;

use safetensors::SafeTensors;

pub use files::ModelError;
pub use meaning::{Meaning, Meanings};

use self::encoder::Precision;
use self::features::Vocabulary;
use self::files::Files;
use self::first::FirstStage;
use self::inside::{Candidate, Cut};
use self::second::SecondStage;
use self::stack::{Judges, sigmoid};
use self::tensors::Tensors;
use super::Findings;
use crate::provenance::Span;
use crate::segment::Segments;
use crate::text::DocumentText;

/// Probability from which a clause counts as found.
pub const FOUND: f32 = 0.5;
/// Most sentences of a document that the second stage reads, the likeliest first: a text of nothing but clauses takes no
/// longer than that. Of 406 contracts of CUAD, the longest has 404.
const MOST_READ: usize = 500;

/// Most words that rules cut for one category that are compared with each other. Of 406 contracts of CUAD, the most are 48.
const MOST_CUT: usize = 200;

/// A clause with its probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Clause {
    /// Number of its category in [`Classifier::categories`].
    pub category: usize,
    /// Its words.
    pub span: Span,
    /// Calibrated probability, 0 to 1.
    pub probability: f32,
}

/// What a model thinks of a document's sentences.
#[derive(Debug, Clone, Default)]
pub struct Judgement {
    /// Number of categories.
    pub columns: usize,
    /// Probability that a sentence is a clause of a category, row after row of categories.
    pub probabilities: Vec<f32>,
    /// Logits of the first stage, likewise.
    pub first: Vec<f32>,
    /// Logits of the second stage, for each sentence; none where it did not read.
    pub second: Vec<Option<Vec<f32>>>,
    /// The sentences that the second stage read, ascending, and what they mean.
    pub meanings: Vec<(usize, Meaning)>,
}

/// Judges the sentences of a document: the seam between the pipeline and the model.
pub trait Classifier: std::fmt::Debug + Send + Sync {
    /// Name and version, for the record's origin.
    fn name(&self) -> &str;

    /// The categories of clauses.
    fn categories(&self) -> &[String];

    /// Judges every sentence for every category.
    ///
    /// # Errors
    /// When the model cannot run.
    fn judge(&self, text: &DocumentText, segments: &Segments) -> Result<Judgement, ModelError>;

    /// Probabilities that the words of these candidates, all there are for this category, are clauses of it.
    fn words(&self, candidates: &[Candidate], category: usize, text: &DocumentText, judgement: &Judgement) -> Vec<f32>;

    /// What a question means, to be compared with the meanings of sentences; none when this model gives no meanings.
    ///
    /// # Errors
    /// When the model cannot run.
    fn meaning(&self, question: &str) -> Result<Option<Meaning>, ModelError>;
}

/// How much of the model runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// The first stage alone.
    Fast,
    /// Both stages.
    Full,
}

/// The model that comes with the program, or one of the same kind from a folder.
#[derive(Debug)]
pub struct Model {
    name: String,
    categories: Vec<String>,
    first: FirstStage,
    second: Option<SecondStage>,
    judges: Judges,
    threshold: f32,
}

impl Model {
    /// The model built into the program.
    ///
    /// # Errors
    /// [`ModelError::Missing`] when the program was built without one.
    pub fn embedded(effort: Effort) -> Result<Self, ModelError> {
        #[cfg(feature = "embedded-model")]
        return Self::new(&Files::embedded()?, effort, Precision::Int8);
        #[cfg(not(feature = "embedded-model"))]
        {
            let _ = effort;
            Err(ModelError::Missing)
        }
    }

    /// The model of a folder, whose files must have the hashes that its manifest names.
    ///
    /// # Errors
    /// When a file is missing, damaged, or made for another version of the program.
    pub fn read(folder: &Path, effort: Effort) -> Result<Self, ModelError> {
        Self::new(&Files::read(folder)?, effort, Precision::Int8)
    }

    fn new(files: &Files, effort: Effort, precision: Precision) -> Result<Self, ModelError> {
        let manifest = &files.manifest;
        let tensors = SafeTensors::deserialize(&files.weights)?;
        let tensors = Tensors(&tensors);
        let second = match effort {
            Effort::Fast => None,
            Effort::Full => Some(SecondStage::load(files, tensors, precision)?),
        };
        let (judges, name) =
            if second.is_some() { (&manifest.stack.full, "stack.full") } else { (&manifest.stack.fast, "stack.fast") };
        Ok(Self {
            name: manifest.name.clone(),
            first: FirstStage::load(tensors, manifest.categories.len())?,
            second,
            judges: Judges::load(judges, tensors, name, manifest.categories.len())?,
            threshold: manifest.threshold,
            categories: manifest.categories.clone(),
        })
    }
}

impl Classifier for Model {
    fn name(&self) -> &str {
        &self.name
    }

    fn categories(&self) -> &[String] {
        &self.categories
    }

    fn judge(&self, text: &DocumentText, segments: &Segments) -> Result<Judgement, ModelError> {
        let (n, columns) = (segments.sentences.len(), self.categories.len());
        let first = self.first.logits(&Vocabulary::new(text, segments), n);
        let mut second = vec![None; n];
        let mut meanings = Vec::new();
        if let Some(stage) = &self.second {
            let likely = |row: &[f32]| row.iter().copied().map(sigmoid).sum::<f32>();
            let rows = first.chunks_exact(columns).map(likely).enumerate();
            let mut likely: Vec<(usize, f32)> = rows.filter(|(_, sum)| *sum >= self.threshold).collect();
            likely.sort_by(|(i, a), (j, b)| b.total_cmp(a).then(i.cmp(j)));
            let mut kept: Vec<usize> = likely.into_iter().take(MOST_READ).map(|(i, _)| i).collect();
            kept.sort_unstable();
            for (i, judged) in kept.iter().copied().zip(stage.judge(text, segments, &kept)?) {
                second[i] = Some(judged.logits);
                meanings.push((i, judged.meaning));
            }
        }
        let words: Vec<usize> =
            segments.sentences.iter().map(|s| text.slice(s.span).split_whitespace().count()).collect();
        let mut judgement = Judgement { columns, probabilities: Vec::new(), first, second, meanings };
        judgement.probabilities = self.judges.sentences(&judgement, &words);
        Ok(judgement)
    }

    fn words(&self, candidates: &[Candidate], category: usize, text: &DocumentText, judgement: &Judgement) -> Vec<f32> {
        let rows = rivals::features(candidates, category, text, judgement);
        rows.iter().map(|row| self.judges.words(row)).collect()
    }

    fn meaning(&self, question: &str) -> Result<Option<Meaning>, ModelError> {
        self.second.as_ref().map(|stage| stage.meaning(question)).transpose()
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
) -> Vec<Clause> {
    let mut out = Vec::new();
    let cut = inside::candidates(text, segments, findings);
    // A model may have been trained for other categories.
    let column = |cut: Cut| Some((cut, model.categories().iter().position(|c| c == cut.category())?));
    let inside: Vec<(Cut, usize)> = Cut::WHOLE.into_iter().filter_map(column).collect();
    for (at, &probability) in judgement.probabilities.iter().enumerate() {
        let (sentence, category) = (at / judgement.columns, at % judgement.columns);
        if probability >= least && !inside.iter().any(|(_, c)| *c == category) {
            out.push(Clause { category, span: segments.sentences[sentence].span, probability });
        }
    }
    for (whole, category) in inside {
        let mut candidates: Vec<Candidate> =
            cut.iter().filter(|c| c.cut.category() == whole.category()).take(MOST_CUT).copied().collect();
        candidates.extend(inside::whole(whole, category, judgement, segments));
        let probabilities = model.words(&candidates, category, text, judgement);
        for (i, (candidate, probability)) in candidates.iter().zip(probabilities).enumerate() {
            // Of a sentence that a rule cut as it is, the rule's candidate stands for both.
            if probability >= least && !candidates[..i].iter().any(|c| c.span == candidate.span) {
                out.push(Clause { category, span: candidate.span, probability });
            }
        }
    }
    out.sort_by_key(|c| (c.category, c.span.start(), c.span.end()));
    out
}
