//! The file that a record speaks of.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Confidence, DocumentId, Fact};

/// Where the text of a document came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TextSource {
    /// Text in the file.
    Embedded,
    /// Optical character recognition.
    Ocr,
    /// Some pages of each.
    Mixed,
}

/// How scanned pages were read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OcrInfo {
    /// The pages, from 1.
    pub pages: Vec<u32>,
    /// Mean certainty of their words, 0 to 1. The confidence of each value counts those of its own evidence.
    pub confidence: Confidence,
    /// Name and version of the program that read them.
    pub program: String,
}

/// The pages of a file on which a contract stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PageRange {
    /// The first one, from 1.
    pub first: u32,
    /// The last one.
    pub last: u32,
}

impl PageRange {
    /// Whether `page` is one of them.
    #[must_use]
    pub fn holds(self, page: u32) -> bool {
        (self.first..=self.last).contains(&page)
    }
}

impl std::fmt::Display for PageRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.first == self.last {
            write!(f, "page {}", self.first)
        } else {
            write!(f, "pages {}\u{2013}{}", self.first, self.last)
        }
    }
}

/// The file that a record speaks of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentInfo {
    /// BLAKE3 of the bytes; of a contract that is not the first of its file, of that and the page on which it begins.
    pub id: DocumentId,
    /// Name of the file, without its folder; `bundle.pdf#page=5` of a contract that begins on page 5 of that file.
    pub file_name: String,
    /// Where it was read, as a path; with `#page=5`, too.
    pub uri: String,
    /// SHA-256 of the bytes, for other systems.
    pub sha256: String,
    /// Number of pages of the file.
    pub pages: u32,
    /// The pages of this contract; null where the file holds no other.
    #[serde(default)]
    pub page_range: Option<PageRange>,
    /// Title of the contract as printed on it.
    pub title: Option<Fact<String>>,
    /// Kind of contract, such as `msa`, `nda`, `lease`.
    #[serde(rename = "type")]
    pub kind: Option<Fact<String>>,
    /// The contract's own reference number.
    pub reference: Option<Fact<String>>,
    /// Program that made the file, from its metadata.
    pub producer: Option<String>,
    /// Where the text came from.
    pub text_source: TextSource,
    /// How scanned pages were read; null when there are none, or none was read.
    #[serde(default)]
    pub ocr: Option<OcrInfo>,
}

impl DocumentInfo {
    /// A file of one page of which nothing but its text is known.
    #[must_use]
    pub fn named(id: DocumentId, file_name: &str) -> Self {
        Self {
            id,
            file_name: file_name.to_owned(),
            uri: file_name.to_owned(),
            sha256: String::new(),
            pages: 1,
            page_range: None,
            title: None,
            kind: None,
            reference: None,
            producer: None,
            text_source: TextSource::Embedded,
            ocr: None,
        }
    }
}
