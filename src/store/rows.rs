//! The rows that the store returns.

use serde::{Deserialize, Serialize};

use crate::record::value::worth::Worth;
use crate::record::{Contract, DocumentId, Fact};

/// A contract in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Whether the record has the version of the last ingest; false when reading the file again failed.
    pub current: bool,
    /// Whether another content has taken its place in the folder: it is history, and has no dates any more.
    pub replaced: bool,
    /// Whether the last ingest of its folder did not find its file.
    pub gone: bool,
    /// The file of the same agreement that counts, when it is not this one.
    pub copy_of: Option<DocumentId>,
}

impl ContractRow {
    /// Whether it is the file of its agreement that counts. The dates of the others are those of this one.
    #[must_use]
    pub fn counts(&self) -> bool {
        !self.replaced && self.copy_of.is_none()
    }

    /// Takes the values of the terms in force.
    pub fn take(&mut self, terms: InForce) {
        self.title = terms.title;
        self.kind = terms.kind;
        self.parties = terms.parties.lines().map(str::to_owned).collect();
        self.governing_law = terms.law;
        self.effective_date = terms.effective;
        self.expiration_date = terms.expiration;
        self.renewal = terms.renewal;
    }
}

/// The values of a row that amendments and people change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InForce {
    title: Option<String>,
    kind: Option<String>,
    /// Names, one a line.
    parties: String,
    law: Option<String>,
    effective: Option<String>,
    expiration: Option<String>,
    renewal: Option<String>,
    /// What it is worth in all.
    pub contract_value: Option<Worth>,
    /// What is paid in a year.
    pub annual_value: Option<Worth>,
}

impl InForce {
    /// The values of `contract`, the terms in force.
    #[must_use]
    pub fn of(contract: &Contract) -> Self {
        let Columns { title, kind, parties, law, effective, expiration, renewal, .. } = Columns::of(contract);
        let worth = |fact: &Option<Fact<Worth>>| fact.as_ref().and_then(Fact::value).cloned();
        let (contract_value, annual_value) = (worth(&contract.contract_value), worth(&contract.annual_value));
        Self { title, kind, parties, law, effective, expiration, renewal, contract_value, annual_value }
    }
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

/// The kinds of events.
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
    /// Removed from the store.
    Removed,
    /// Sealed when the store was brought up to date.
    Sealed,
    /// Linked by hand, in an earlier version.
    Linked,
    /// The day of an event was recorded, in an earlier version.
    Dated,
    /// It became one of the files of an agreement, or was set apart.
    Joined,
    /// Its file is not there any more.
    Gone,
    /// Its file is not there any more, and it is found elsewhere.
    Left,
    /// It has the name of the place where it is found now.
    Renamed,
    /// Somebody said something of it.
    Stated,
    /// A reminder of one of its dates was written.
    Reminded,
    /// Somebody began to send a message, which takes no more reminders from then on.
    Sending,
    /// A reminder was delivered.
    Delivered,
    /// A reminder became moot before it was sent.
    Lapsed,
    /// Reminders were looked for.
    Filled,
    /// What the record of a contract says was found to be something else than before.
    Revised,
    /// The command of a hook has heard of something.
    Hooked,
    /// A calendar was written, and its events were remembered.
    Exported,
}

impl EventKind {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Ingested => "ingested",
            Self::ReExtracted => "re_extracted",
            Self::PathAdded => "path_added",
            Self::Failed => "failed",
            Self::Removed => "removed",
            Self::Sealed => "sealed",
            Self::Linked => "linked",
            Self::Dated => "dated",
            Self::Joined => "joined",
            Self::Gone => "gone",
            Self::Left => "left",
            Self::Renamed => "renamed",
            Self::Stated => "stated",
            Self::Reminded => "reminded",
            Self::Sending => "sending",
            Self::Delivered => "delivered",
            Self::Lapsed => "lapsed",
            Self::Filled => "filled",
            Self::Revised => "revised",
            Self::Hooked => "hooked",
            Self::Exported => "exported",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        let reading = [Self::Ingested, Self::ReExtracted, Self::PathAdded, Self::Failed, Self::Removed];
        let files = [Self::Joined, Self::Gone, Self::Left, Self::Renamed];
        let others = [Self::Sealed, Self::Linked, Self::Dated, Self::Stated, Self::Exported];
        let reminders = [Self::Reminded, Self::Sending, Self::Delivered, Self::Lapsed, Self::Filled];
        let told = [Self::Revised, Self::Hooked];
        reading.into_iter().chain(files).chain(others).chain(reminders).chain(told).find(|kind| kind.name() == name)
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

/// The columns by which contracts are listed and filtered.
pub(super) struct Columns {
    pub(super) title: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) parties: String,
    pub(super) law: Option<String>,
    pub(super) effective: Option<String>,
    pub(super) expiration: Option<String>,
    pub(super) renewal: Option<String>,
}

impl Columns {
    pub(super) fn of(contract: &Contract) -> Self {
        let doc = &contract.document;
        let text = |fact: &Option<Fact<String>>| fact.as_ref().and_then(|f| f.value().cloned());
        let names: Vec<&str> = contract.parties.iter().filter_map(|p| p.value()).map(|p| p.name.as_str()).collect();
        let start = contract.effective_date.as_ref().and_then(|f| f.value());
        let start = start.or_else(|| contract.agreement_date.as_ref().and_then(|f| f.value()));
        let renewal = contract.renewal.as_ref().and_then(|f| f.value());
        let renewal = renewal.and_then(|r| serde_json::to_value(r.kind).ok());
        Self {
            title: text(&doc.title),
            kind: text(&doc.kind),
            // A name is the text of one block, so it has no line feed.
            parties: names.join("\n"),
            law: text(&contract.governing_law),
            effective: start.map(ToString::to_string),
            expiration: contract.expiration_date.as_ref().and_then(|f| f.value()).map(ToString::to_string),
            renewal: renewal.and_then(|v| v.as_str().map(str::to_owned)),
        }
    }
}
