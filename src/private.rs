//! Files that only their owner may read: contracts are confidential.
//!
//! On Unix folders are made with the rights 0700 and files with 0600, whatever the umask. Elsewhere the rights of the
//! folder above them hold.

use std::ffi::{OsStr, OsString};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use walkdir::WalkDir;

#[cfg(unix)]
const FOLDER: u32 = 0o700;
#[cfg(unix)]
const FILE: u32 = 0o600;
/// Rights of the group and of everybody else.
#[cfg(unix)]
const OTHERS: u32 = 0o077;

/// Makes a folder, and those above it that are missing. A folder that exists keeps its rights.
///
/// # Errors
/// What the operating system says.
pub fn create_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    if let Some(above) = path.parent().filter(|above| !above.as_os_str().is_empty()) {
        create_folder(above)?;
    }
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, FOLDER);
    match builder.create(path) {
        // The umask may have taken away more than it should.
        Ok(()) => set_mode(path, true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        Err(error) => Err(error),
    }
}

/// Opens a file for reading and writing. It is made if it is missing; a file that exists keeps its content.
///
/// # Errors
/// What the operating system says.
pub fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, FILE);
    match options.clone().create_new(true).open(path) {
        Ok(file) => set_mode(path, false).map(|()| file),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => options.open(path),
        Err(error) => Err(error),
    }
}

/// Removes a file, if it is there.
///
/// # Errors
/// What the operating system says.
pub fn remove_file(path: &Path) -> io::Result<()> {
    or_missing(fs::remove_file(path))
}

/// That something is not there is no error.
fn or_missing(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Writes the names in a folder to the disk, so that they survive a power failure.
///
/// # Errors
/// What the operating system says.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Removes a folder with all that is in it, if it is there. It is renamed first, so that its name never stands for a part
/// of it.
///
/// # Errors
/// What the operating system says.
pub fn remove_folder(path: &Path) -> io::Result<()> {
    let mut old = path.as_os_str().to_owned();
    old.push(".old");
    // What a killed run left.
    or_missing(fs::remove_dir_all(&old))?;
    or_missing(fs::rename(path, &old))?;
    or_missing(fs::remove_dir_all(&old))
}

/// Random characters in the name of a draft, so that nobody can plant a link there.
const RANDOM: usize = 12;
const PART: &str = ".part";

/// A file that is being written, to take the place of another one when it is whole.
///
/// It lies beside its target, under a name that nobody can foresee. Its lock shows that somebody writes it; the system
/// takes the lock from a process that is killed.
#[derive(Debug)]
pub struct Draft {
    file: NamedTempFile,
    target: PathBuf,
}

impl Draft {
    /// A draft for `target`. Drafts that killed runs left there are removed.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn of(target: &Path) -> io::Result<Self> {
        let name = target.file_name().ok_or_else(|| io::Error::from(io::ErrorKind::IsADirectory))?;
        clear_drafts(target);
        let mut builder = tempfile::Builder::new();
        let prefix = prefix(name);
        builder.prefix(&prefix).suffix(PART).rand_bytes(RANDOM);
        let file = builder.tempfile_in(folder_of(target))?;
        set_mode(file.path(), false)?;
        // Where locks bind everybody, SQLite could not open the file.
        if cfg!(unix)
            && let Err(error) = file.as_file().lock()
        {
            tracing::debug!(%error, "cannot lock a draft");
        }
        Ok(Self { file, target: target.to_owned() })
    }

    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// The file, to write to.
    pub fn file(&mut self) -> &mut File {
        self.file.as_file_mut()
    }

    /// Puts the file in the place of its target. Where the target had narrower rights, they stay.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn publish(self) -> io::Result<()> {
        narrow(self.file.path(), &self.target)?;
        self.file.as_file().sync_all()?;
        self.file.persist(&self.target).map(drop).map_err(|error| error.error)
    }
}

/// Removes the drafts for `target` that killed runs left.
pub fn clear_drafts(target: &Path) {
    let Some(name) = target.file_name() else { return };
    let (folder, prefix) = (folder_of(target), prefix(name));
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok) {
        let Some(draft) = draft_of(&entry.file_name(), &prefix) else { continue };
        // A name that is a link was never made here.
        if entry.file_type().is_ok_and(|kind| kind.is_file()) && is_left(&folder.join(draft)) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The name of the draft that has this name, or beside which SQLite keeps the journal that has it.
fn draft_of(name: &OsStr, prefix: &OsStr) -> Option<OsString> {
    let rest = name.as_encoded_bytes().strip_prefix(prefix.as_encoded_bytes())?;
    let (middle, end) = std::str::from_utf8(rest).ok()?.split_once(PART)?;
    let random = middle.len() == RANDOM && middle.bytes().all(|b| b.is_ascii_alphanumeric());
    if !random || !matches!(end, "" | "-journal" | "-wal" | "-shm") {
        return None;
    }
    let mut draft = prefix.to_owned();
    draft.push(middle);
    draft.push(PART);
    Some(draft)
}

/// Whether nobody writes a draft any more.
fn is_left(draft: &Path) -> bool {
    match File::open(draft) {
        Ok(file) => cfg!(unix) && file.try_lock().is_ok(),
        // The journal of a draft that is gone.
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

fn prefix(name: &OsStr) -> OsString {
    let mut prefix = OsString::from(".");
    prefix.push(name);
    prefix.push(".");
    prefix
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Takes the rights of everybody but the owner away from `path`, and from all files in it if it is a folder. A file that
/// belongs to another user stays as it is.
pub fn tighten(path: &Path) {
    for path in exposed(path) {
        restrict(&path);
    }
}

/// Takes the rights of everybody but the owner away from one file or folder.
pub fn restrict(path: &Path) {
    if let Err(error) = take_rights(path) {
        tracing::debug!(%error, path = %path.display(), "cannot make this private");
    }
}

/// The files and folders below `path`, and `path` itself, that others than the owner have rights to. Links are not
/// followed.
#[must_use]
pub fn exposed(path: &Path) -> Vec<PathBuf> {
    let entries = WalkDir::new(path).follow_links(false).follow_root_links(false).sort_by_file_name();
    let open = |entry: walkdir::DirEntry| {
        let wide = !entry.path_is_symlink() && is_exposed(entry.path());
        wide.then(|| entry.into_path())
    };
    entries.into_iter().filter_map(Result::ok).filter_map(open).collect()
}

/// Whether others than the owner have rights to this file or folder.
#[cfg(unix)]
#[must_use]
pub fn is_exposed(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).is_ok_and(|meta| meta.permissions().mode() & OTHERS != 0)
}

#[cfg(unix)]
fn take_rights(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let mut rights = fs::metadata(path)?.permissions();
    rights.set_mode(rights.mode() & 0o7777 & !OTHERS);
    fs::set_permissions(path, rights)
}

/// Gives a new file or folder the rights of its owner alone, whatever the umask.
#[cfg(unix)]
fn set_mode(path: &Path, folder: bool) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(if folder { FOLDER } else { FILE }))
}

/// Takes those rights of the owner away from `path` that the owner of `like` has not.
#[cfg(unix)]
fn narrow(path: &Path, like: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let Ok(meta) = fs::metadata(like) else { return Ok(()) };
    fs::set_permissions(path, fs::Permissions::from_mode(meta.permissions().mode() & FILE))
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: bool) -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn narrow(_: &Path, _: &Path) -> io::Result<()> {
    Ok(())
}

/// Whether others than the owner have rights to this file or folder: this system does not say.
#[cfg(not(unix))]
#[must_use]
pub fn is_exposed(_: &Path) -> bool {
    false
}

#[cfg(not(unix))]
fn take_rights(_: &Path) -> io::Result<()> {
    Ok(())
}
