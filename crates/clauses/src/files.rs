//! The files of a model: where they come from, and that they are whole.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// Name of the manifest in a model's folder; it names the other files.
const MANIFEST: &str = "manifest.json";
/// Layout of the files that this program reads.
const FORMAT: u32 = 3;

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// A file of the model is missing or cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The manifest is no manifest.
    #[error("{MANIFEST} of the model cannot be read: {0}")]
    Manifest(#[from] serde_json::Error),
    /// Made for another version of the program.
    #[error("the model has format {found}, this program reads {FORMAT}: use the model that came with the program")]
    Format {
        /// Format that the manifest names.
        found: u32,
    },
    /// A file is not the one that the manifest describes.
    #[error("{file} of the model is damaged or of another model: its BLAKE3 hash is not the one in {MANIFEST}")]
    Hash {
        /// The file.
        file: String,
    },
    /// The weights are no safetensors file.
    #[error("the weights of the model cannot be read: {0}")]
    Weights(#[from] safetensors::SafeTensorError),
    /// Coefficients of the manifest do not fit its categories.
    #[error("{MANIFEST} of the model lacks {0}")]
    Tensor(String),
    /// The vocabulary cannot be used.
    #[error("the vocabulary of the model cannot be used: {0}")]
    Vocabulary(String),
    /// A tensor is missing or does not fit, or the encoder cannot run.
    #[error("the weights of the model: {0}")]
    Encoder(#[from] super::encoder::EncoderError),
    /// The program was built without a model.
    #[error(
        "this program was built without a model: name its folder with --model DIR, or run rules alone with --no-model"
    )]
    Missing,
}

/// What a model is: the shape of its files and what their numbers mean.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Manifest {
    /// Name and version, such as `clauses-1`.
    pub(super) name: String,
    /// Names of the clause categories, in the order of the outputs.
    pub(super) categories: Vec<String>,
    /// Attention heads.
    pub(super) heads: usize,
    /// A sentence goes to the second stage when its probabilities by the first add up to this.
    pub(super) threshold: f32,
    /// BLAKE3 of the files, by name.
    files: std::collections::BTreeMap<String, String>,
    /// The regressions of the calibrated stacks; their trees are among the weights.
    pub(super) stack: super::stack::Coefficients,
}

/// The files of one model.
#[derive(Debug)]
pub(super) struct Files {
    pub(super) manifest: Manifest,
    pub(super) weights: Cow<'static, [u8]>,
    pub(super) vocabulary: Cow<'static, [u8]>,
}

impl Files {
    /// The model built into the program.
    #[cfg(feature = "embedded-model")]
    pub(super) fn embedded() -> Result<Self, ModelError> {
        // Whole by construction: the build put them here. Its hashes are checked by a test, not at every start.
        let manifest = manifest(include_bytes!("../../../models/clauses/manifest.json"))?;
        Ok(Self {
            manifest,
            weights: Cow::Borrowed(include_bytes!("../../../models/clauses/weights.safetensors")),
            vocabulary: Cow::Borrowed(include_bytes!("../../../models/clauses/vocab.txt")),
        })
    }

    /// The model of a folder, with its hashes checked.
    pub(super) fn read(folder: &Path) -> Result<Self, ModelError> {
        let manifest = manifest(&read(&folder.join(MANIFEST))?)?;
        let checked = |name: &str| {
            let bytes = read(&folder.join(name))?;
            let hash = blake3::hash(&bytes).to_hex();
            match manifest.files.get(name) {
                Some(expected) if *expected == *hash => Ok(Cow::Owned(bytes)),
                _ => Err(ModelError::Hash { file: name.to_owned() }),
            }
        };
        let (weights, vocabulary) = (checked("weights.safetensors")?, checked("vocab.txt")?);
        Ok(Self { manifest, weights, vocabulary })
    }
}

fn read(path: &Path) -> Result<Vec<u8>, ModelError> {
    std::fs::read(path).map_err(|source| ModelError::Read { path: path.to_owned(), source })
}

fn manifest(bytes: &[u8]) -> Result<Manifest, ModelError> {
    /// The format is read first: the rest may have another shape in another one.
    #[derive(Deserialize)]
    struct Head {
        format: u32,
    }
    let Head { format } = serde_json::from_slice(bytes)?;
    if format != FORMAT {
        return Err(ModelError::Format { found: format });
    }
    let manifest: Manifest = serde_json::from_slice(bytes)?;
    Ok(manifest)
}
