//! Why an encoder cannot be loaded or used.

use safetensors::Dtype;
use thiserror::Error;

/// Why an encoder cannot be loaded or used.
#[derive(Debug, Error)]
pub enum EncoderError {
    /// The file lacks a tensor.
    #[error("tensor {0} is missing")]
    Missing(String),
    /// A tensor has another type than the encoder reads.
    #[error("tensor {name}: expected {expected:?}, found {found:?}")]
    Type {
        /// Its name.
        name: String,
        /// The type the encoder reads.
        expected: Dtype,
        /// The type in the file.
        found: Dtype,
    },
    /// A tensor has sizes that do not fit the others.
    #[error("tensor {name}: expected sizes {expected}, found {found:?}")]
    Shape {
        /// Its name.
        name: String,
        /// What would fit.
        expected: String,
        /// The sizes in the file.
        found: Vec<usize>,
    },
    /// A tensor holds an infinite value or none.
    #[error("tensor {0} holds a value that is not a finite number")]
    NotFinite(String),
    /// The width cannot be shared among the heads.
    #[error("{width} values cannot be shared among {heads} heads")]
    Heads {
        /// Values of a token.
        width: usize,
        /// Heads asked for.
        heads: usize,
    },
    /// A window is empty, too long, or has another number of types than of tokens.
    #[error("a window has 1 to {limit} tokens and as many types, not {tokens} and {types}")]
    Window {
        /// The most tokens.
        limit: usize,
        /// Tokens given.
        tokens: usize,
        /// Types given.
        types: usize,
    },
    /// A token that the vocabulary lacks.
    #[error("token {token} is outside the vocabulary of {vocabulary}")]
    Token {
        /// The token.
        token: u32,
        /// Tokens of the vocabulary.
        vocabulary: usize,
    },
    /// A type that the encoder lacks.
    #[error("type {0} is neither 0 nor 1")]
    TokenType(u8),
    /// The graph failed.
    #[error(transparent)]
    Graph(#[from] candle_core::Error),
}
