//! What can go wrong with the index.

use std::io;
use std::path::PathBuf;

use tantivy::TantivyError;

use crate::store::StoreError;

/// Trouble with the search index.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The index cannot be read or written.
    #[error("the search index {} failed: {source}", path.display())]
    Tantivy {
        /// Its folder.
        path: PathBuf,
        /// The reason.
        source: TantivyError,
    },
    /// A file of the index is damaged in a way that tantivy does not expect.
    #[error("the search index {} is damaged ({message}); `tickler reindex` rebuilds it", path.display())]
    Damaged {
        /// Its folder.
        path: PathBuf,
        /// What broke.
        message: String,
    },
    /// Its folder cannot be made or replaced.
    #[error("cannot write the search index {}: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// The store that it is made from.
    #[error(transparent)]
    Store(#[from] StoreError),
}
