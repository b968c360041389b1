//! Backing up the database to one file, and restoring it.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::backup::StepResult;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use serde::Serialize;

use super::migrate::{migrate, version};
use super::open::{DATABASE, INDEX, JOURNALS, beside, open_reader, take_lock};
use super::{Counts, Store, StoreError};
use crate::private::{self, Draft};

/// How many times a copy waits a tenth of a second for another program that has locked the database.
const PATIENCE: u32 = 100;

/// A copy of a database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Backup {
    /// The file.
    pub file: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// Version of the database in it.
    pub database_version: u32,
    /// What it holds.
    #[serde(flatten)]
    pub counts: Counts,
    /// What is not as it was written: [`Store::restore`] refuses such a file.
    pub problems: Vec<String>,
}

/// A database that was restored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Restored {
    /// What the store holds now.
    #[serde(flatten)]
    pub now: Backup,
    /// Where the previous database is kept.
    pub kept: Option<PathBuf>,
    /// Parts of the backup that tickler never makes, such as triggers. They were left out.
    pub left_out: Vec<String>,
}

impl Store {
    /// Copies the database of the store in the folder `dir` to the file `to`. The copy shows one moment; others may read
    /// and write meanwhile. The file is never left half-written; an existing file is replaced only if `replace`. Rows that are
    /// not as they were written are in it, and told.
    ///
    /// # Errors
    /// [`StoreError`]: no store, of a newer version, damaged, or no place to write to.
    pub fn backup(dir: &Path, to: &Path, replace: bool) -> Result<Backup, StoreError> {
        let path = dir.join(DATABASE);
        // An old database is not updated first: people make a backup before an update.
        let db = open_reader(&path)?;
        if version(&db, &path)? == 0 {
            return Err(StoreError::Missing { path });
        }
        let trouble = |source| file_error(to, "write", source);
        // Replace the target of a link, not the link.
        let target = fs::canonicalize(to).unwrap_or_else(|_| to.to_owned());
        if fs::metadata(&target).is_ok_and(|m| !m.is_file()) {
            return Err(trouble(io::Error::other("not a regular file")));
        }
        let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if fs::canonicalize(folder).map_err(trouble)? == fs::canonicalize(dir).map_err(trouble)? {
            return Err(trouble(io::Error::other("a backup inside the store would be lost with it")));
        }
        let free =
            || if !replace && target.exists() { Err(StoreError::Exists { path: to.to_owned() }) } else { Ok(()) };
        free()?;
        // Created here, because the error of the operating system says more than that of SQLite.
        let draft = Draft::of(&target).map_err(trouble)?;
        let from = Store::around(db, path, dir.to_owned(), None);
        let mut made = finish(draft.path(), to, |copy| copy_pages(&from, copy, to), &from)?;
        // One that cannot even be checked is kept all the same.
        made.problems = wrong_rows(draft.path(), &from.path).unwrap_or_else(|error| vec![error.to_string()]);
        free()?;
        draft.publish().map_err(trouble)?;
        sync_folder(folder);
        Ok(made)
    }

    /// Replaces the database of the store in the folder `dir` with the backup `from`. The previous database is kept
    /// beside it. The search index is deleted; the next command that needs it builds it.
    ///
    /// An interruption at any moment leaves the old database or the new one.
    ///
    /// # Errors
    /// [`StoreError`]: no backup, of a newer version, damaged, with rows that are not as they were written, or a store that is in use or not writable.
    pub fn restore(dir: &Path, from: &Path) -> Result<Restored, StoreError> {
        let source = open_backup(from)?;
        private::create_folder(dir).map_err(|source| StoreError::Folder { path: dir.to_owned(), source })?;
        let lock = take_lock(dir)?;
        let path = dir.join(DATABASE);
        if fs::canonicalize(&path).is_ok_and(|there| fs::canonicalize(from).is_ok_and(|from| from == there)) {
            return Err(not_backup(from, &"it is the database of the store"));
        }
        let trouble = |source| file_error(&path, "replace", source);
        // A new file, into which rows alone are taken.
        let draft = Draft::of(&path).map_err(trouble)?;
        let left_out = source.foreign()?;
        let made = finish(draft.path(), &path, |copy| source.copy_rows(copy, &path), &source)?;
        drop(source);
        let problems = wrong_rows(draft.path(), from)?;
        if let Some(problem) = first_of(&problems) {
            return Err(StoreError::Unsound { path: from.to_owned(), problem });
        }
        // The index follows the events by number, and after a restore other events will have these numbers.
        private::remove_folder(&dir.join(INDEX)).map_err(trouble)?;
        let kept = keep(&path)?;
        // SQLite would apply an old journal to the new database, so the journals are deleted first.
        for suffix in JOURNALS.into_iter().chain(["-shm"]) {
            private::remove_file(&beside(&path, suffix)).map_err(trouble)?;
        }
        sync_folder(dir);
        draft.publish().map_err(trouble)?;
        sync_folder(dir);
        drop(lock);
        Ok(Restored { now: made, kept, left_out })
    }
}

impl Backup {
    /// What is not as it was written, in short; `None` where all is.
    #[must_use]
    pub fn problem(&self) -> Option<String> {
        first_of(&self.problems)
    }
}

/// The first of some problems, and how many there are besides.
fn first_of(problems: &[String]) -> Option<String> {
    let (first, more) = problems.split_first()?;
    Some(if more.is_empty() { first.clone() } else { format!("{first}; and {} more", more.len()) })
}

/// Opens a file that is to be restored, and checks it.
fn open_backup(from: &Path) -> Result<Store, StoreError> {
    let wrong = |reason: &dyn std::fmt::Display| not_backup(from, reason);
    let meta = fs::metadata(from).map_err(|source| file_error(from, "restore", source))?;
    if !meta.is_file() {
        return Err(wrong(&"it is not a file; name the file that `tickler backup` wrote"));
    }
    let damaged = |e: StoreError| match e {
        StoreError::Damaged { source, .. } => wrong(&format_args!("it is damaged or not a database ({source})")),
        e => e,
    };
    let db = open_reader(from).map_err(damaged)?;
    let known = version(&db, from).map_err(damaged)?;
    let store = Store::around(db, from.to_owned(), PathBuf::new(), None);
    if known == 0 || !store.has_tables().map_err(damaged)? {
        return Err(wrong(&"it is a database, but not one of tickler's"));
    }
    match store.check().map_err(damaged)?.first() {
        None => Ok(store),
        Some(problem) => Err(wrong(&format_args!("it is damaged ({problem})"))),
    }
}

/// What is wrong with the rows of the database at `copy`, made of `from`, by their seals and its log. One of an earlier version
/// is brought up to date for that, in a file that is thrown away.
fn wrong_rows(copy: &Path, from: &Path) -> Result<Vec<String>, StoreError> {
    let sql = |e| StoreError::sql(copy, e);
    let mut db = Connection::open(copy).map_err(sql)?;
    let scratch;
    if version(&db, copy)? < super::SCHEMA_VERSION {
        scratch = Draft::of(copy).map_err(|source| file_error(copy, "write", source))?;
        let mut later = Connection::open(scratch.path()).map_err(sql)?;
        let old = Store::around(db, copy.to_owned(), PathBuf::new(), None);
        copy_pages(&old, &mut later, copy)?;
        migrate(&mut later, copy, Timestamp::UNIX_EPOCH)?;
        db = later;
    }
    Ok(Store::around(db, from.to_owned(), PathBuf::new(), None).wrong_rows())
}

/// Fills the database file `to` with `fill`, and checks it. Errors name it `goal`, its final path; damage is one of `from`.
fn finish(
    to: &Path,
    goal: &Path,
    fill: impl FnOnce(&mut Connection) -> Result<(), StoreError>,
    from: &Store,
) -> Result<Backup, StoreError> {
    let sql = |e: rusqlite::Error| StoreError::sql(goal, e);
    let mut db = Connection::open(to).map_err(sql)?;
    fill(&mut db)?;
    // One file, without journals.
    db.pragma_update(None, "journal_mode", "DELETE").map_err(sql)?;
    let copy = Store::around(db, goal.to_owned(), PathBuf::new(), None);
    let problems = copy.check()?;
    if let Some(problem) = problems.into_iter().next() {
        let source =
            rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT), Some(problem));
        return Err(StoreError::Damaged { path: from.path.clone(), source });
    }
    let (database_version, counts) = (copy.version()?, copy.counts()?);
    drop(copy);
    let size = || -> io::Result<u64> {
        let copy = OpenOptions::new().write(true).open(to)?;
        copy.sync_all()?;
        Ok(copy.metadata()?.len())
    };
    let bytes = size().map_err(|source| file_error(goal, "write", source))?;
    Ok(Backup { file: goal.to_owned(), bytes, database_version, counts, problems: Vec::new() })
}

/// Copies the database of an open store as it is.
fn copy_pages(from: &Store, to: &mut Connection, goal: &Path) -> Result<(), StoreError> {
    // Damage is a problem of the source, everything else one of the copy.
    let sql = |e: rusqlite::Error| {
        let source = matches!(e.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase));
        StoreError::sql(if source { &from.path } else { goal }, e)
    };
    let backup = rusqlite::backup::Backup::new(&from.db, to).map_err(sql)?;
    let mut waited = 0;
    // All pages in one step: this does not block a writer, and a writer cannot make the copy start again.
    loop {
        match backup.step(-1).map_err(sql)? {
            StepResult::Done => return Ok(()),
            StepResult::Busy | StepResult::Locked if waited == PATIENCE => {
                return Err(StoreError::Locked { path: from.path.clone(), holder: None });
            }
            StepResult::Busy | StepResult::Locked => {
                waited += 1;
                std::thread::sleep(Duration::from_millis(100));
            }
            _ => {}
        }
    }
}

/// Keeps the database at `path` under a second name, and returns that name; `None` when there is no database.
fn keep(path: &Path) -> Result<Option<PathBuf>, StoreError> {
    let trouble = |source| file_error(path, "keep", source);
    if !path.try_exists().map_err(trouble)? {
        return Ok(None);
    }
    settle(path)?;
    // Never overwrite one that was kept earlier: of two restores, the first may have been the mistake.
    let mut kept = beside(path, ".before-restore");
    for n in 2u32.. {
        if !kept.try_exists().map_err(trouble)? {
            break;
        }
        kept = beside(path, &format!(".before-restore-{n}"));
    }
    for suffix in JOURNALS {
        let journal = beside(path, suffix);
        if journal.try_exists().map_err(trouble)? {
            duplicate(&journal, &beside(&kept, suffix)).map_err(trouble)?;
        }
    }
    duplicate(path, &kept).map_err(trouble)?;
    Ok(Some(kept))
}

/// Applies the journals to the database and makes sure that nobody has it open. A database that is too damaged for
/// that stays as it is.
fn settle(path: &Path) -> Result<(), StoreError> {
    let run = || -> rusqlite::Result<()> {
        let db =
            Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        db.busy_timeout(Duration::from_secs(10))?;
        db.pragma_update(None, "journal_mode", "DELETE")
    };
    match run().map_err(|e| StoreError::sql(path, e)) {
        Err(error @ StoreError::Locked { .. }) => Err(error),
        Err(error) => {
            tracing::warn!(%error, "the database is kept as it is");
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}

/// A hard link to a file, or a copy where the file system has no hard links.
fn duplicate(from: &Path, to: &Path) -> io::Result<()> {
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    let mut draft = Draft::of(to)?;
    io::copy(&mut File::open(from)?, draft.file())?;
    draft.publish()
}

/// Writes the names in a folder to the disk where the system can.
fn sync_folder(dir: &Path) {
    if let Err(error) = private::sync_folder(dir) {
        tracing::debug!(%error, "cannot sync the folder");
    }
}

fn not_backup(path: &Path, reason: &dyn std::fmt::Display) -> StoreError {
    StoreError::NotBackup { path: path.to_owned(), reason: reason.to_string() }
}

fn file_error(path: &Path, doing: &'static str, source: io::Error) -> StoreError {
    let path = path.to_owned();
    if source.kind() == io::ErrorKind::StorageFull {
        return StoreError::Full { path };
    }
    StoreError::File { path, doing, source }
}
