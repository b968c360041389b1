//! What can go wrong with the store.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Trouble with the store. Every message names the path.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no store yet.
    #[error("there is no store at {}; `tickler ingest` creates it", path.display())]
    Missing {
        /// The database file.
        path: PathBuf,
    },
    /// The folder or a file in it cannot be made.
    #[error("cannot use {} as a store: {source}; make it writable, or name another store with --store", path.display())]
    Folder {
        /// The folder or file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Another process writes to the store.
    #[error("the store {} is in use by another tickler{}; wait for it to finish", path.display(), holder.as_ref().map_or_else(String::new, |p| format!(" (process {p})")))]
    Locked {
        /// The store folder.
        path: PathBuf,
        /// Process that holds it, where known.
        holder: Option<u32>,
    },
    /// Made by a later tickler.
    #[error(
        "the store {} was written by a newer tickler (database version {found}; this one supports up to {known}); \
         update tickler, or name another store with --store",
        path.display()
    )]
    Newer {
        /// The database file.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The newest version that this program knows.
        known: u32,
    },
    /// No room left; what was stored before is intact.
    #[error(
        "the disk is full: cannot write to {}; what was stored before is intact; free some space and run the command again",
        path.display()
    )]
    Full {
        /// The database file.
        path: PathBuf,
    },
    /// The file, its folder or the disk may not be written to.
    #[error(
        "cannot write to {}: the file or its folder is read-only; make it writable, or name another store with --store",
        path.display()
    )]
    ReadOnly {
        /// The database file.
        path: PathBuf,
    },
    /// The file may not be opened.
    #[error("cannot open {}: {source}", path.display())]
    Open {
        /// The database file.
        path: PathBuf,
        /// SQLite's reason.
        source: rusqlite::Error,
    },
    /// The file is damaged, or no database.
    #[error(
        "{} is damaged or not a database: {source}; `tickler restore FILE` replaces it with a backup; without a backup, \
         move the file away and ingest the contracts again",
        path.display()
    )]
    Damaged {
        /// The database file.
        path: PathBuf,
        /// SQLite's reason.
        source: rusqlite::Error,
    },
    /// A stored row is not as it was written.
    #[error(
        "the store {} has an unreadable {what}{}: {reason}; {}",
        path.display(),
        if document.is_empty() { String::new() } else { format!(" for document {document}") },
        remedy(uri.as_deref())
    )]
    Row {
        /// The database file.
        path: PathBuf,
        /// What it should be.
        what: &'static str,
        /// Whose it is.
        document: String,
        /// Where the document was seen.
        uri: Option<String>,
        /// What is wrong.
        reason: String,
    },
    /// The operating system refused to read or write, such as beyond a limit on the size of files.
    #[error(
        "cannot read or write {}: {source}; what was stored before is intact; check the disk and its limits and run the \
         command again",
        path.display()
    )]
    Disk {
        /// The database file.
        path: PathBuf,
        /// SQLite's reason.
        source: rusqlite::Error,
    },
    /// A writer was interrupted. Its changes must be completed or undone first, which needs the right to write.
    #[error(
        "the last tickler that wrote to {} was interrupted, and the folder is read-only; make it writable for one \
         command, such as `tickler list`, or copy the whole folder and name the copy with --store",
        path.display()
    )]
    Unfinished {
        /// The database file.
        path: PathBuf,
    },
    /// A backup with rows that are not as they were written.
    #[error(
        "{} is not as tickler wrote it: {problem}; nothing was replaced; restore another backup, or copy this one as tickler.db \
         into an empty folder and name the folder with --store: `tickler verify` there lists what is wrong, and the other \
         contracts can be used",
        path.display()
    )]
    Unsound {
        /// The backup.
        path: PathBuf,
        /// What is wrong with it first.
        problem: String,
    },
    /// A backup would replace a file.
    #[error("{} exists already; name another file, or replace it with --force", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// A file outside the store cannot be used.
    #[error("cannot {doing} {}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What was tried.
        doing: &'static str,
        /// Why not.
        source: io::Error,
    },
    /// The database has parts that tickler never makes, such as triggers, or lacks some of its own.
    #[error(
        "the database {} has other parts than those that tickler makes ({found}), so nothing is written to it; `tickler \
         backup FILE` and `tickler restore FILE` keep its rows and leave the other parts out",
        path.display()
    )]
    Foreign {
        /// The database file.
        path: PathBuf,
        /// The parts.
        found: String,
    },
    /// A file that cannot be restored.
    #[error("cannot restore {}: {reason}; the store was left as it is", path.display())]
    NotBackup {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Anything else that SQLite reports.
    #[error("the store {} failed: {source}", path.display())]
    Sql {
        /// The database file.
        path: PathBuf,
        /// SQLite's reason.
        source: rusqlite::Error,
    },
}

/// How to mend a row that is not as it was written.
fn remedy(uri: Option<&str>) -> String {
    let backup = "`tickler restore FILE` replaces the store with a backup";
    match uri {
        Some(uri) => format!("`tickler ingest --force '{uri}'` reads the document again, {backup}"),
        None => backup.to_owned(),
    }
}

impl StoreError {
    /// Whether it is about the rows of one document: others can be read.
    pub(super) fn is_of_one(&self) -> bool {
        matches!(self, Self::Row { .. } | Self::Damaged { .. })
    }

    /// The error of SQLite on the database at `path`, told apart by its code.
    pub(super) fn sql(path: &Path, source: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full { path },
            Some(ErrorCode::ReadOnly) => Self::ReadOnly { path },
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Self::Open { path, source },
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged { path, source },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked { path, holder: None },
            Some(ErrorCode::SystemIoFailure) => Self::Disk { path, source },
            // A value of a kind that tickler never writes.
            None if matches!(
                source,
                rusqlite::Error::FromSqlConversionFailure(..)
                    | rusqlite::Error::IntegralValueOutOfRange(..)
                    | rusqlite::Error::InvalidColumnType(..)
                    | rusqlite::Error::Utf8Error(..)
            ) =>
            {
                Self::Damaged { path, source }
            }
            _ => Self::Sql { path, source },
        }
    }

    /// Whether the user can solve it by naming another store, waiting, or changing permissions.
    #[must_use]
    pub fn is_users(&self) -> bool {
        !matches!(
            self,
            Self::Full { .. } | Self::Disk { .. } | Self::Damaged { .. } | Self::Row { .. } | Self::Sql { .. }
        )
    }
}
