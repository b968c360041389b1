//! The model: both stages and the stack over them.

use std::path::Path;

use safetensors::SafeTensors;

use crate::candidate::Candidate;
use crate::embedding::Embedding;
use crate::features::Vocabulary;
use crate::files::{Files, ModelError};
use crate::first::FirstStage;
use crate::passages::Passages;
use crate::rerank;
use crate::second::SecondStage;
use crate::stack::{Stack, sigmoid};
use crate::tensors::Tensors;

/// Most sentences of a document that the second stage reads, the likeliest first: a text of nothing but clauses takes no
/// longer than that. Of 406 contracts of CUAD, the longest has 404.
const MOST_READ: usize = 500;

/// The scores of a document's sentences, by both stages and by the stack.
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
    /// The sentences that the second stage read, ascending, with their embeddings.
    pub embeddings: Vec<(usize, Embedding)>,
}

/// Classifies the sentences of a document: the interface between the pipeline and a model.
pub trait Classifier: std::fmt::Debug + Send + Sync {
    /// Name and version, for the record's origin.
    fn name(&self) -> &str;

    /// The categories of clauses.
    fn categories(&self) -> &[String];

    /// Scores every sentence for every category.
    ///
    /// # Errors
    /// When the model cannot run.
    fn judge(&self, document: &Passages<'_>) -> Result<Judgement, ModelError>;

    /// Probabilities that these candidates, all there are for this category, are clauses of it.
    fn words(&self, candidates: &[Candidate<'_>], category: usize, judgement: &Judgement) -> Vec<f32>;

    /// The embedding of a question, to be compared with those of sentences; none when this model makes none.
    ///
    /// # Errors
    /// When the model cannot run.
    fn embed(&self, question: &str) -> Result<Option<Embedding>, ModelError>;
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
    stack: Stack,
    threshold: f32,
}

impl Model {
    /// The model built into the program.
    ///
    /// # Errors
    /// [`ModelError::Missing`] when the program was built without one.
    pub fn embedded(effort: Effort) -> Result<Self, ModelError> {
        #[cfg(feature = "embedded-model")]
        return Self::new(&Files::embedded()?, effort);
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
        Self::new(&Files::read(folder)?, effort)
    }

    pub(crate) fn new(files: &Files, effort: Effort) -> Result<Self, ModelError> {
        let manifest = &files.manifest;
        let tensors = SafeTensors::deserialize(&files.weights)?;
        let tensors = Tensors(&tensors);
        let second = match effort {
            Effort::Fast => None,
            Effort::Full => Some(SecondStage::load(files, tensors)?),
        };
        let (regressions, name) =
            if second.is_some() { (&manifest.stack.full, "stack.full") } else { (&manifest.stack.fast, "stack.fast") };
        Ok(Self {
            name: manifest.name.clone(),
            first: FirstStage::load(tensors, manifest.categories.len())?,
            second,
            stack: Stack::load(regressions, tensors, name, manifest.categories.len())?,
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

    fn judge(&self, document: &Passages<'_>) -> Result<Judgement, ModelError> {
        let (n, columns) = (document.passages.len(), self.categories.len());
        let first = self.first.logits(&Vocabulary::new(document), n);
        let mut second = vec![None; n];
        let mut embeddings = Vec::new();
        if let Some(stage) = &self.second {
            let likely = |row: &[f32]| row.iter().copied().map(sigmoid).sum::<f32>();
            let rows = first.chunks_exact(columns).map(likely).enumerate();
            let mut likely: Vec<(usize, f32)> = rows.filter(|(_, sum)| *sum >= self.threshold).collect();
            likely.sort_by(|(i, a), (j, b)| b.total_cmp(a).then(i.cmp(j)));
            let mut kept: Vec<usize> = likely.into_iter().take(MOST_READ).map(|(i, _)| i).collect();
            kept.sort_unstable();
            for (i, prediction) in kept.iter().copied().zip(stage.predict(document, &kept)?) {
                second[i] = Some(prediction.logits);
                embeddings.push((i, prediction.embedding));
            }
        }
        let words: Vec<usize> = document.passages.iter().map(|p| p.text.split_whitespace().count()).collect();
        let mut judgement = Judgement { columns, probabilities: Vec::new(), first, second, embeddings };
        judgement.probabilities = self.stack.sentences(&judgement, &words);
        Ok(judgement)
    }

    fn words(&self, candidates: &[Candidate<'_>], category: usize, judgement: &Judgement) -> Vec<f32> {
        let rows = rerank::features(candidates, category, judgement);
        rows.iter().map(|row| self.stack.candidate(row)).collect()
    }

    fn embed(&self, question: &str) -> Result<Option<Embedding>, ModelError> {
        self.second.as_ref().map(|stage| stage.embed(question)).transpose()
    }
}
