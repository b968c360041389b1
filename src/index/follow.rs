//! Opening the index and updating it from the store.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, TantivyError};

use super::IndexError;
use super::checked::check;
use super::fields::{ANALYSER, Fields, VERSION, analyser};
use crate::private;
use crate::record::DocumentId;
use crate::store::{EventKind, Store, StoreError};
use tickler_pdf::contained;

/// Memory of the writer, in bytes.
const BUDGET: usize = 96_000_000;

/// The search index of one store.
pub struct Index {
    pub(super) reader: IndexReader,
    pub(super) fields: Fields,
    pub(super) path: PathBuf,
}

/// What had to be done to update the index from its store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Followed {
    /// Nothing.
    Fresh,
    /// Some contracts were added, replaced or removed.
    Updated {
        /// How many.
        contracts: usize,
    },
    /// It was rebuilt.
    Rebuilt {
        /// With so many contracts.
        contracts: usize,
    },
    /// It could not be updated, because another tickler is writing to the store; it may lack the newest documents.
    Behind,
    /// It could not be written, so a temporary one was built in memory.
    InMemory,
}

/// The store and the event up to which an index is complete; stored in the index.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    version: u32,
    store: String,
    event: i64,
    /// The hash of that event: in a database that somebody restored by hand, another event may have its number.
    #[serde(default)]
    hash: Option<String>,
}

impl Mark {
    fn of(store: &Store) -> Result<Self, StoreError> {
        let event = store.last_event()?;
        Ok(Self { version: VERSION, store: store.created()?, event, hash: store.event_hash(event)? })
    }
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Index {
    /// Opens the index of `store` and updates it; an update takes the lock of the store.
    ///
    /// # Errors
    /// [`IndexError`] when it can be neither read nor rebuilt.
    pub fn open(store: &mut Store) -> Result<(Self, Followed), IndexError> {
        let path = store.index_dir();
        let now = Mark::of(store)?;
        // Tantivy panics on some damaged files.
        let old =
            contained(|| open_dir(&path)).ok().and_then(Result::ok).and_then(|index| Some((mark(&index)?, index)));
        let old = old.filter(|(mark, _)| {
            (mark.version, &mark.store) == (now.version, &now.store)
                && mark.event <= now.event
                && store.event_hash(mark.event).is_ok_and(|hash| hash == mark.hash)
        });
        match old {
            Some((mark, index)) if mark.event == now.event => Ok((Self::reading(&index, path)?, Followed::Fresh)),
            Some((mark, index)) => {
                if store.lock().is_err() {
                    return Ok((Self::reading(&index, path)?, Followed::Behind));
                }
                let done = contained(|| catch_up(store, &index, &mark));
                let damaged = |message| Err(IndexError::Damaged { path: path.clone(), message });
                match done.unwrap_or_else(damaged) {
                    Ok(contracts) => Ok((Self::reading(&index, path)?, Followed::Updated { contracts })),
                    Err(error) => {
                        tracing::warn!(%error, "the search index cannot be updated; it is rebuilt");
                        drop(index);
                        Self::rebuild_or_memory(store)
                    }
                }
            }
            None => Self::rebuild_or_memory(store),
        }
    }

    /// Rebuilds the index of `store`.
    ///
    /// # Errors
    /// [`IndexError`] when the store is in use by another writer, or the index cannot be written.
    pub fn rebuild(store: &mut Store) -> Result<(Self, usize), IndexError> {
        store.lock()?;
        let path = store.index_dir();
        // Built beside the old index, which stays usable for other searches and after a crash.
        let fresh = store.new_index_dir();
        let folder = |source| IndexError::Folder { path: path.clone(), source };
        private::remove_folder(&fresh).map_err(folder)?;
        private::create_folder(&fresh).map_err(folder)?;
        let (schema, fields) = Fields::schema();
        let tantivy = |source| IndexError::Tantivy { path: path.clone(), source };
        let index = tantivy::Index::create_in_dir(&fresh, schema).map_err(tantivy)?;
        let contracts = fill(store, &index, fields, &path)?;
        drop(index);
        private::tighten(&fresh);
        private::remove_folder(&path).map_err(folder)?;
        fs::rename(&fresh, &path).map_err(folder)?;
        let index = open_dir(&path).map_err(tantivy)?;
        Ok((Self::reading(&index, path)?, contracts))
    }

    /// Number of entries: clauses, and passages of long clauses.
    #[must_use]
    pub fn entries(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    fn rebuild_or_memory(store: &mut Store) -> Result<(Self, Followed), IndexError> {
        match Self::rebuild(store) {
            Ok((index, contracts)) => Ok((index, Followed::Rebuilt { contracts })),
            // Without the lock or a writable folder, the user can still search.
            Err(
                error @ (IndexError::Folder { .. }
                | IndexError::Tantivy { .. }
                | IndexError::Store(StoreError::Locked { .. } | StoreError::Folder { .. })),
            ) => {
                tracing::warn!(%error, "the search index cannot be written; a temporary one is built in memory");
                let (schema, fields) = Fields::schema();
                let index = tantivy::Index::create_in_ram(schema);
                let path = store.index_dir();
                fill(store, &index, fields, &path)?;
                Ok((Self::reading(&index, path)?, Followed::InMemory))
            }
            Err(error) => Err(error),
        }
    }

    fn reading(index: &tantivy::Index, path: PathBuf) -> Result<Self, IndexError> {
        index.tokenizers().register(ANALYSER, analyser());
        let (_, fields) = Fields::schema();
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
        match reader {
            Ok(reader) => Ok(Self { reader, fields, path }),
            Err(source) => Err(IndexError::Tantivy { path, source }),
        }
    }

    pub(super) fn error(&self, source: TantivyError) -> IndexError {
        IndexError::Tantivy { path: self.path.clone(), source }
    }
}

fn open_dir(path: &Path) -> Result<tantivy::Index, TantivyError> {
    let index = tantivy::Index::open_in_dir(path)?;
    let (schema, _) = Fields::schema();
    if index.schema() != schema {
        return Err(TantivyError::SchemaError("of another version".to_owned()));
    }
    index.tokenizers().register(ANALYSER, analyser());
    check(&index, path)?;
    index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map(|_: IndexReader| ())?;
    Ok(index)
}

fn mark(index: &tantivy::Index) -> Option<Mark> {
    serde_json::from_str(&index.load_metas().ok()?.payload?).ok()
}

/// Every contract of the store into an empty index, as one segment.
fn fill(store: &Store, index: &tantivy::Index, fields: Fields, path: &Path) -> Result<usize, IndexError> {
    let tantivy = |source| IndexError::Tantivy { path: path.to_owned(), source };
    index.tokenizers().register(ANALYSER, analyser());
    // Before the contracts: what is stored in the meantime is added by the next update.
    let mark = Mark::of(store)?;
    // One thread, so that the same store gives the same index.
    let mut writer: IndexWriter = index.writer_with_num_threads(1, BUDGET).map_err(tantivy)?;
    let rows = store.list()?;
    for row in &rows {
        add(store, &writer, fields, &row.id, path)?;
    }
    commit(&mut writer, &mark).map_err(tantivy)?;
    let segments = index.searchable_segment_ids().map_err(tantivy)?;
    if segments.len() > 1 {
        writer.merge(&segments).wait().map_err(tantivy)?;
    }
    writer.wait_merging_threads().map_err(tantivy)?;
    Ok(rows.len())
}

/// Adds the changes of the store since `from`.
fn catch_up(store: &Store, index: &tantivy::Index, from: &Mark) -> Result<usize, IndexError> {
    let path = store.index_dir();
    let tantivy = |source| IndexError::Tantivy { path: path.clone(), source };
    let (_, fields) = Fields::schema();
    let now = Mark::of(store)?;
    let changes = [EventKind::Ingested, EventKind::ReExtracted, EventKind::Removed, EventKind::Renamed];
    let touched: BTreeSet<DocumentId> = store
        .events(from.event)?
        .into_iter()
        .filter(|e| changes.contains(&e.kind))
        .filter_map(|e| e.document)
        .collect();
    let mut writer: IndexWriter = index.writer_with_num_threads(1, BUDGET).map_err(tantivy)?;
    for id in &touched {
        writer.delete_term(fields.document(id));
        add(store, &writer, fields, id, &path)?;
    }
    commit(&mut writer, &now).map_err(tantivy)?;
    writer.wait_merging_threads().map_err(tantivy)?;
    private::tighten(&path);
    // While the new files are in memory; the next search need not read them.
    check(index, &path).map_err(tantivy)?;
    Ok(touched.len())
}

/// The entries of one document, if the store still has it.
fn add(store: &Store, writer: &IndexWriter, fields: Fields, id: &DocumentId, path: &Path) -> Result<(), IndexError> {
    // What cannot be read is passed over; once it is read again, an event tells of it.
    let contract = store.or_pass_over(id, store.contract(id))?.flatten();
    let text = store.or_pass_over(id, store.text(id))?.flatten();
    if let (Some(contract), Some(text)) = (contract, text) {
        for entry in fields.entries(&contract, &text) {
            let entry: TantivyDocument = entry;
            writer.add_document(entry).map_err(|source| IndexError::Tantivy { path: path.to_owned(), source })?;
        }
    }
    Ok(())
}

fn commit(writer: &mut IndexWriter, mark: &Mark) -> Result<(), TantivyError> {
    let mut prepared = writer.prepare_commit()?;
    let payload = serde_json::to_string(mark).map_err(|e| TantivyError::InternalError(e.to_string()))?;
    prepared.set_payload(&payload);
    prepared.commit()?;
    Ok(())
}
