//! Bytes of a PDF to its text.

use super::{DocumentText, PageInfo};
use crate::pipeline::DocumentFailure;
use crate::provenance::Diagnostic;

/// What the text stage makes of a file.
#[derive(Debug, Clone)]
pub struct Extraction {
    /// The text.
    pub text: DocumentText,
    /// Number of pages.
    pub pages: u32,
    /// Program that made the file.
    pub producer: Option<String>,
    /// Remarks.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the text of a PDF.
///
/// # Errors
/// [`DocumentFailure`] when nothing of it can be read.
pub fn extract(_bytes: &[u8]) -> Result<Extraction, DocumentFailure> {
    let _ = PageInfo { width: 0.0, height: 0.0 };
    unimplemented!()
}
