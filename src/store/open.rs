//! Opening the store for reading or writing.

use std::cell::RefCell;
use std::fs::{File, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension as _};

use super::migrate::{migrate, version};
use super::rights::tighten;
use super::schema::harden;
use super::{MadePart, PassedOver, StoreError};
use crate::private;

pub(super) const DATABASE: &str = "tickler.db";
/// Endings of the files in which SQLite keeps changes that are not in the database yet, or the pages that they replaced.
pub(super) const JOURNALS: [&str; 2] = ["-wal", "-journal"];
pub(super) const LOCK: &str = "lock";
pub(super) const INDEX: &str = "index";
/// The index while it is built.
pub(super) const NEW_INDEX: &str = "index.new";
/// The index while it is deleted, as [`private::remove_folder`] names it.
pub(super) const OLD_INDEX: &str = "index.old";

/// An open store.
#[derive(Debug)]
pub struct Store {
    pub(super) db: Connection,
    pub(super) path: PathBuf,
    pub(super) dir: PathBuf,
    /// Held for as long as the store is open for writing.
    pub(super) lock: Option<File>,
    pub(super) passed: PassedOver,
    /// Parts of the overview that had to be made.
    pub(super) made: RefCell<Vec<MadePart>>,
    /// Names of the companies of the user; `None` leaves the records as they were read.
    pub(super) us: Option<Vec<String>>,
}

impl Store {
    /// Whether `dir` holds a store.
    #[must_use]
    pub fn exists(dir: &Path) -> bool {
        dir.join(DATABASE).exists()
    }

    /// The store around an open database.
    pub(super) fn around(db: Connection, path: PathBuf, dir: PathBuf, lock: Option<File>) -> Self {
        Self { db, path, dir, lock, passed: PassedOver::default(), made: RefCell::default(), us: None }
    }

    /// The same store for the user with these companies: records tell which parties are among them now, whatever was known
    /// when they were read.
    #[must_use]
    pub fn of_us(mut self, us: &[String]) -> Self {
        self.us = Some(us.to_vec());
        self
    }

    /// Opens the store in the folder `dir` for writing. Creates it if it is missing; `now` is then its date.
    ///
    /// # Errors
    /// [`StoreError`]: in use by another writer, of a newer version, not writable, or damaged.
    pub fn write(dir: &Path, now: Timestamp) -> Result<Self, StoreError> {
        private::create_folder(dir).map_err(|source| StoreError::Folder { path: dir.to_owned(), source })?;
        let lock = take_lock(dir)?;
        let path = dir.join(DATABASE);
        not_emptied(&path)?;
        // Created here, because SQLite would let others read it. The journals get the rights of the database.
        if !path.exists() {
            private::open(&path).map_err(|source| StoreError::Folder { path: path.clone(), source })?;
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(&path, flags).map_err(|e| StoreError::sql(&path, e))?;
        let sql = |e| StoreError::sql(&path, e);
        harden(&db).map_err(sql)?;
        // Before anything is written: a newer database must stay as it is.
        version(&db, &path)?;
        db.busy_timeout(Duration::from_secs(10)).map_err(sql)?;
        db.pragma_update(None, "journal_mode", "WAL").map_err(sql)?;
        db.pragma_update(None, "synchronous", "NORMAL").map_err(sql)?;
        db.pragma_update(None, "foreign_keys", true).map_err(sql)?;
        let mut store = Self::around(db, path.clone(), dir.to_owned(), Some(lock));
        // A trigger of somebody else's would change what is written.
        let found = store.meddling()?;
        if !found.is_empty() {
            return Err(StoreError::Foreign { path, found: found.join(", ") });
        }
        migrate(&mut store.db, &path, now)?;
        let sql = |e| StoreError::sql(&path, e);
        let created = "INSERT OR IGNORE INTO meta (key, value) VALUES ('created', ?1)";
        store.db.execute(created, [now.to_string()]).map_err(sql)?;
        Ok(store)
    }

    /// Opens the store in the folder `dir` for reading. A database of an earlier version is updated first, which takes the
    /// lock for a moment.
    ///
    /// # Errors
    /// [`StoreError`]: missing, of a newer version, or damaged.
    pub fn read(dir: &Path, now: Timestamp) -> Result<Self, StoreError> {
        let path = dir.join(DATABASE);
        let db = open_reader(&path)?;
        if version(&db, &path)? < super::SCHEMA_VERSION {
            drop(db);
            drop(Self::write(dir, now)?);
            return Ok(Self::around(open_reader(&path)?, path, dir.to_owned(), None));
        }
        Ok(Self::around(db, path, dir.to_owned(), None))
    }

    /// Takes the lock of a store that is open for reading, to write its index.
    ///
    /// # Errors
    /// [`StoreError::Locked`] when another process has it.
    pub fn lock(&mut self) -> Result<(), StoreError> {
        if self.lock.is_none() {
            self.lock = Some(take_lock(&self.dir)?);
        }
        Ok(())
    }

    /// The database file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder of the search index.
    #[must_use]
    pub fn index_dir(&self) -> PathBuf {
        self.dir.join(INDEX)
    }

    /// The folder in which the search index is built, before it takes the place of [`Self::index_dir`].
    #[must_use]
    pub fn new_index_dir(&self) -> PathBuf {
        self.dir.join(NEW_INDEX)
    }

    /// When the store was created. The index uses it as the identity of the store.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn created(&self) -> Result<String, StoreError> {
        let found = self.db.query_row("SELECT value FROM meta WHERE key = 'created'", [], |r| r.get(0)).optional();
        Ok(found.map_err(|e| StoreError::sql(&self.path, e))?.unwrap_or_default())
    }

    /// The version of the database.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn version(&self) -> Result<u32, StoreError> {
        version(&self.db, &self.path)
    }

    /// What SQLite finds wrong with the file; empty when it is sound.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails.
    pub fn check(&self) -> Result<Vec<String>, StoreError> {
        let run = || -> rusqlite::Result<Vec<String>> {
            let mut found: Vec<String> =
                self.db.prepare("PRAGMA integrity_check")?.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?;
            found.retain(|line| line != "ok");
            let mut statement = self.db.prepare("PRAGMA foreign_key_check")?;
            let orphans = statement.query_map([], |r| r.get::<_, String>(0))?;
            for table in orphans {
                found.push(format!("a row of {} belongs to no document", table?));
            }
            Ok(found)
        };
        run().map_err(|e| StoreError::sql(&self.path, e))
    }
}

pub(super) fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    match std::fs::metadata(path) {
        Ok(_) => {}
        Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Err(StoreError::Missing { path: path.to_owned() });
        }
        Err(source) => return Err(StoreError::Folder { path: path.to_owned(), source }),
    }
    not_emptied(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open_as = |flags| -> rusqlite::Result<Connection> {
        let db = Connection::open_with_flags(path, flags)?;
        harden(&db)?;
        db.busy_timeout(Duration::from_secs(10))?;
        db.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get::<_, i64>(0))?;
        Ok(db)
    };
    let open = || open_as(flags);
    let refused = |e: &rusqlite::Error| {
        matches!(e.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied))
    };
    match open() {
        // A writer was interrupted. Its changes must be completed or undone first, which needs the right to write.
        Err(e)
            if refused(&e)
                && JOURNALS.iter().any(|j| std::fs::metadata(beside(path, j)).is_ok_and(|m| m.len() > 0)) =>
        {
            let writing = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            open_as(writing).and_then(|_| open()).map_err(|error| {
                tracing::debug!(%error, "cannot complete the changes of an interrupted writer");
                StoreError::Unfinished { path: path.to_owned() }
            })
        }
        // On a read-only disk SQLite cannot create its shared memory. Nobody else can write there either, so the file
        // can be opened as one that does not change.
        Err(e) if refused(&e) => {
            let fixed = || -> rusqlite::Result<Connection> {
                let text = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
                let db = Connection::open_with_flags(
                    format!("file:{text}?immutable=1"),
                    flags | OpenFlags::SQLITE_OPEN_URI,
                )?;
                harden(&db)?;
                db.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get::<_, i64>(0))?;
                Ok(db)
            };
            fixed().map_err(|_| StoreError::sql(path, e))
        }
        other => other.map_err(|e| StoreError::sql(path, e)),
    }
}

/// SQLite takes an empty file for a new database. If there is an index, the file is a database that was lost.
fn not_emptied(path: &Path) -> Result<(), StoreError> {
    let empty = std::fs::metadata(path).is_ok_and(|m| m.len() == 0);
    if empty && path.with_file_name(INDEX).is_dir() {
        let code = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_NOTADB);
        let source = rusqlite::Error::SqliteFailure(code, Some("the file is empty".to_owned()));
        return Err(StoreError::Damaged { path: path.to_owned(), source });
    }
    Ok(())
}

/// The file beside `path` whose name ends in `suffix` as well.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

pub(super) fn take_lock(dir: &Path) -> Result<File, StoreError> {
    let path = dir.join(LOCK);
    let trouble = |source| StoreError::Folder { path: path.clone(), source };
    // A link that somebody planted would have another file emptied.
    if std::fs::symlink_metadata(&path).is_ok_and(|meta| meta.is_symlink()) {
        return Err(trouble(io::Error::other("it is a link")));
    }
    let mut file = private::open(&path).map_err(trouble)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            let _ = file.read_to_string(&mut holder);
            return Err(StoreError::Locked { path: dir.to_owned(), holder: holder.trim().parse().ok() });
        }
        Err(TryLockError::Error(source)) => return Err(trouble(source)),
    }
    tighten(dir);
    private::clear_drafts(&dir.join(DATABASE));
    // The process number is only for the error message of a second writer; the lock works without it.
    let note = |file: &mut File| -> io::Result<()> {
        file.set_len(0)?;
        file.rewind()?;
        write!(file, "{}", std::process::id())
    };
    if let Err(error) = note(&mut file) {
        tracing::debug!(%error, "cannot note the process in the lock file");
    }
    Ok(file)
}
