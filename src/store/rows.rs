//! What the store answers with.

use serde::Serialize;

use crate::provenance::DocumentId;

/// A contract in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContractRow {
    /// The document.
    pub id: DocumentId,
    /// Name of the file.
    pub file_name: String,
    /// Where it was first seen.
    pub uri: String,
    /// Title as printed.
    pub title: Option<String>,
    /// Kind of contract.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Names of the parties.
    pub parties: Vec<String>,
    /// Governing law.
    pub governing_law: Option<String>,
    /// Effective date, else the date that the document bears; `YYYY-MM-DD`.
    pub effective_date: Option<String>,
    /// End of the initial term: `YYYY-MM-DD` or `perpetual`.
    pub expiration_date: Option<String>,
    /// Kind of renewal.
    pub renewal: Option<String>,
    /// Number of pages.
    pub pages: u32,
    /// Whether the record is of the version that the last ingest wanted; false when reading it again failed.
    pub current: bool,
}

/// A path that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FailureRow {
    /// The path.
    pub uri: String,
    /// The content, where its bytes could be read.
    pub document: Option<String>,
    /// Stable short name of the reason.
    pub code: String,
    /// The reason in words.
    pub message: String,
}

/// What can happen to a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// Read for the first time.
    Ingested,
    /// Read again, because tickler or its settings changed.
    ReExtracted,
    /// Seen under another path.
    PathAdded,
    /// Could not be read.
    Failed,
    /// Taken out of the store.
    Removed,
}

impl EventKind {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Ingested => "ingested",
            Self::ReExtracted => "re_extracted",
            Self::PathAdded => "path_added",
            Self::Failed => "failed",
            Self::Removed => "removed",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        [Self::Ingested, Self::ReExtracted, Self::PathAdded, Self::Failed, Self::Removed]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}

/// One line of the store's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    /// Number, always rising.
    pub id: i64,
    /// When, in RFC 3339.
    pub at: String,
    /// What happened.
    pub kind: EventKind,
    /// To which document.
    pub document: Option<DocumentId>,
    /// Path or reason.
    pub detail: Option<String>,
}
