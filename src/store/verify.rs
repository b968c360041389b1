//! Checks that the store is as it was written, and that the files are as they were read.

use std::fs;
use std::io;

use serde::{Deserialize as _, Serialize};
use serde_json::Value;

use super::ledger::Ledger;
use super::{Store, StoreError, StoredText};
use crate::record::{Contract, DocumentId, Evidence, Severity};
use crate::source::{self, SourceError};

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The database file.
    Database,
    /// The log of events.
    Events,
    /// The record of a document, or its text.
    Record,
    /// The words that prove a value.
    Evidence,
    /// What is kept for lists beside the records, such as dates.
    Kept,
    /// The file that a document was read from.
    File,
}

/// Something that changed or could not be checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Error: something is wrong. Info: something could not be compared.
    pub severity: Severity,
    /// What it is about.
    pub part: Part,
    /// The document, when it is about one.
    pub document: Option<DocumentId>,
    /// Its file, or the file with the problem.
    pub place: String,
    /// A sentence for people.
    pub message: String,
}

/// The files that documents were read from, by their state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Files {
    /// Unchanged since they were read.
    pub unchanged: u64,
    /// Changed since they were read.
    pub changed: u64,
    /// Missing.
    pub missing: u64,
    /// Cannot be opened.
    pub unreadable: u64,
}

/// The result of checking the whole store.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Verification {
    /// Documents.
    pub documents: u64,
    /// Files they were read from.
    pub files: Files,
    /// Quotes compared with the text that they are from.
    pub quotes: u64,
    /// Events in the log.
    pub events: u64,
    /// Hash of the last event, which depends on all before it. A copy kept elsewhere shows whether the log was rewritten.
    pub head: Option<String>,
    /// What was found, in the order of the database, the log, and the documents.
    pub findings: Vec<Finding>,
}

impl Verification {
    /// Findings that something is wrong.
    #[must_use]
    pub fn problems(&self) -> usize {
        self.findings.iter().filter(|f| f.severity == Severity::Error).count()
    }

    fn found(&mut self, severity: Severity, part: Part, of: Option<&Kept>, place: &str, message: String) {
        let (document, place) = (of.map(|d| d.id.clone()), place.to_owned());
        self.findings.push(Finding { severity, part, document, place, message });
    }
}

/// A row of the table of documents.
struct Kept {
    id: DocumentId,
    file_name: String,
    sha256: String,
    bytes: u64,
}

impl Store {
    /// Checks the whole store: the database, the chain of events, every row against what the events say of it, every
    /// quote against the text, and every file. A problem becomes a finding; the check goes on.
    #[must_use]
    pub fn verify(&self) -> Verification {
        self.check_all(true)
    }

    /// The same without the files, and without parts of the database that are not tickler's: the rows alone.
    pub(super) fn verify_rows(&self) -> Verification {
        self.check_all(false)
    }

    /// What is wrong with the rows of the store, a sentence each.
    #[must_use]
    pub fn wrong_rows(&self) -> Vec<String> {
        let wrong = self.verify_rows().findings.into_iter().filter(|finding| finding.severity == Severity::Error);
        wrong.map(|Finding { place, message, .. }| format!("{place}: {message}")).collect()
    }

    fn check_all(&self, whole: bool) -> Verification {
        let mut out = Verification::default();
        // One transaction, so that a writer does not change what is checked.
        let moment = self.db.unchecked_transaction();
        let database = self.path.to_string_lossy().into_owned();
        let broken = |out: &mut Verification, part, message| out.found(Severity::Error, part, None, &database, message);
        match self.check() {
            Ok(problems) => problems.into_iter().for_each(|p| broken(&mut out, Part::Database, p)),
            Err(error) => broken(&mut out, Part::Database, error.to_string()),
        }
        let foreign = if whole { self.foreign() } else { Ok(Vec::new()) };
        match foreign {
            Ok(parts) if parts.is_empty() => {}
            Ok(parts) => {
                let message = format!("it has other parts than those that tickler makes: {}", parts.join(", "));
                broken(&mut out, Part::Database, message);
            }
            Err(error) => broken(&mut out, Part::Database, error.to_string()),
        }
        match self.chain() {
            Ok(chain) => {
                chain.broken.into_iter().for_each(|b| broken(&mut out, Part::Events, b));
                (out.events, out.head) = (chain.events, chain.head);
            }
            Err(error) => broken(&mut out, Part::Events, error.to_string()),
        }
        // A log that was changed tells nothing of the tables.
        let ledger = if out.findings.iter().any(|f| f.part == Part::Events) {
            None
        } else {
            match self.ledger() {
                Ok(ledger) => Some(ledger),
                Err(error) => {
                    broken(&mut out, Part::Events, error.to_string());
                    None
                }
            }
        };
        match ledger.as_ref().map_or_else(|| Ok(Vec::new()), |ledger| self.off_the_ledger(ledger)) {
            Ok(found) => found.into_iter().for_each(|f| broken(&mut out, Part::Database, f)),
            Err(error) => broken(&mut out, Part::Database, error.to_string()),
        }
        match self.kept() {
            Ok(documents) => {
                for document in documents {
                    out.documents += 1;
                    match document {
                        Ok(document) => {
                            self.verify_record(&document, ledger.as_ref(), &mut out);
                            if whole {
                                self.verify_files(&document, &mut out);
                            }
                        }
                        Err(error) => broken(&mut out, Part::Record, error.to_string()),
                    }
                }
            }
            Err(error) => broken(&mut out, Part::Database, error.to_string()),
        }
        drop(moment);
        out
    }

    /// The documents, each as far as its row can be read.
    fn kept(&self) -> Result<Vec<rusqlite::Result<Kept>>, StoreError> {
        let read = || -> rusqlite::Result<Vec<rusqlite::Result<Kept>>> {
            let sql = "SELECT id, file_name, sha256, bytes FROM documents ORDER BY file_name, id";
            let kept = |r: &rusqlite::Row<'_>| {
                Ok(Kept {
                    id: super::query::document_id(r, 0)?,
                    file_name: r.get(1)?,
                    sha256: r.get(2)?,
                    bytes: r.get::<_, i64>(3)?.unsigned_abs(),
                })
            };
            let mut statement = self.db.prepare(sql)?;
            let mut rows = statement.query([])?;
            let mut out = Vec::new();
            while let Some(row) = rows.next()? {
                out.push(kept(row));
            }
            Ok(out)
        };
        read().map_err(|e| StoreError::sql(&self.path, e))
    }

    fn verify_record(&self, document: &Kept, ledger: Option<&Ledger>, out: &mut Verification) {
        let before = out.findings.len();
        self.verify_quotes(document, out);
        // A row that is not as it was written is told, unless more is known of it already.
        if out.findings.len() == before {
            let wrong = self.unsealed(ledger, document.id.as_str()).unwrap_or_else(|error| Some(error.to_string()));
            if let Some(message) = wrong {
                out.found(Severity::Error, Part::Record, Some(document), &document.file_name, message);
            }
        }
    }

    fn verify_quotes(&self, document: &Kept, out: &mut Verification) {
        let wrong = |out: &mut Verification, message: String| {
            out.found(Severity::Error, Part::Record, Some(document), &document.file_name, message);
        };
        let text = match self.text_of(&document.id) {
            Ok(Some((text, _))) => Some(text),
            Ok(None) => {
                wrong(out, "its text is missing".to_owned());
                None
            }
            Err(error) => {
                wrong(out, error.to_string());
                None
            }
        };
        // The record as JSON, so that the proof of every fact is checked.
        let record = match self.record_of(&document.id) {
            Ok(Some((json, _))) => serde_json::from_str::<Value>(&json),
            Ok(None) => return wrong(out, "its record is missing".to_owned()),
            Err(error) => return wrong(out, error.to_string()),
        };
        let record = match record {
            Ok(record) => record,
            Err(error) => return wrong(out, format!("its record cannot be read: {error}")),
        };
        match Contract::deserialize(&record) {
            Err(error) => wrong(out, format!("its record cannot be read: {error}")),
            Ok(contract) if contract.document.id != document.id || contract.document.sha256 != document.sha256 => {
                wrong(out, "its record is that of another document".to_owned());
            }
            Ok(_) => {}
        }
        let Some(text) = text else { return };
        if text.clauses.iter().any(|c| text.text.get(c.span.range()).is_none()) {
            wrong(out, "its clauses are not those of its text".to_owned());
        }
        let (mut quotes, mut false_quotes) = (0, Vec::new());
        each_proof(&record, &mut |proof| {
            quotes += 1;
            if let Err(reason) = holds(proof, &document.id, &text) {
                false_quotes.push(reason);
            }
        });
        out.quotes += quotes;
        if let Some(first) = false_quotes.first() {
            let message = match false_quotes.len() {
                1 => first.clone(),
                n => format!("{n} of {quotes} quotes are not in its text; the first: {first}"),
            };
            out.found(Severity::Error, Part::Evidence, Some(document), &document.file_name, message);
        }
    }

    fn verify_files(&self, document: &Kept, out: &mut Verification) {
        let paths = match self.paths(&document.id) {
            Ok(paths) => paths,
            Err(error) => {
                let (place, message) = (&document.file_name, error.to_string());
                return out.found(Severity::Error, Part::Database, Some(document), place, message);
            }
        };
        for path in paths {
            let mut note = |severity, message: String| out.found(severity, Part::File, Some(document), &path, message);
            match same_file(&path, document) {
                Ok(true) => out.files.unchanged += 1,
                // That the file has changed is told of its first contract.
                Ok(false) if source::split_page(&path).1.is_some() => {
                    note(Severity::Info, "the file does not hold this contract any more".to_owned());
                    out.files.missing += 1;
                }
                Ok(false) => {
                    note(Severity::Error, "the file holds something else than what was read from it".to_owned());
                    out.files.changed += 1;
                }
                Err(SourceError::NotFound { .. }) => {
                    note(Severity::Info, "the file is not there any more".to_owned());
                    out.files.missing += 1;
                }
                Err(error) => {
                    note(Severity::Info, error.to_string());
                    out.files.unreadable += 1;
                }
            }
        }
    }
}

/// Whether the file still has the content that was read from it.
fn same_file(name: &str, document: &Kept) -> Result<bool, SourceError> {
    let path = &source::path_of(name);
    // The size first: a file that became huge need not be read.
    match fs::metadata(path) {
        Ok(meta) if !meta.is_file() || meta.len() != document.bytes => return Ok(false),
        Ok(_) => {}
        Err(source) if matches!(source.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Err(SourceError::NotFound { path: path.clone() });
        }
        Err(source) => return Err(SourceError::Io { path: path.clone(), source }),
    }
    match source::read_limited(path, document.bytes) {
        Ok(bytes) => Ok(source::sha256(&bytes) == document.sha256 && source::document_in(&bytes, name) == document.id),
        Err(SourceError::Empty { .. } | SourceError::TooLarge { .. } | SourceError::NotAFile { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Calls `f` with every proof in a record: an object with a quote and a span.
fn each_proof(value: &Value, f: &mut impl FnMut(&Value)) {
    match value {
        Value::Object(fields) if fields.contains_key("quote") && fields.contains_key("span") => f(value),
        Value::Object(fields) => fields.values().for_each(|v| each_proof(v, f)),
        Value::Array(items) => items.iter().for_each(|v| each_proof(v, f)),
        _ => {}
    }
}

/// Whether a proof agrees with the text at its span, as [`crate::text::DocumentText::cite`] made it.
fn holds(proof: &Value, document: &DocumentId, text: &StoredText) -> Result<(), String> {
    let proof = Evidence::deserialize(proof).map_err(|e| format!("a quote cannot be read: {e}"))?;
    let (span, quote) = (proof.span(), proof.quote());
    let at = format!("{quote:?} at {}..{}", span.start(), span.end());
    if proof.document() != document {
        return Err(format!("{at} is quoted from another document"));
    }
    match text.text.get(span.range()) {
        None => return Err(format!("{at} lies outside the text")),
        Some(words) if words != quote => return Err(format!("{at}: the text says {words:?}")),
        Some(_) => {}
    }
    let page = text.page_at(span.start());
    if !span.is_empty() && proof.page() != page {
        return Err(format!("{at} is on page {page}, not {}", proof.page()));
    }
    Ok(())
}
