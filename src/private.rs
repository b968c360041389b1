//! Files that only their owner may read: contracts are confidential.
//!
//! On Unix folders are made with the rights 0700 and files with 0600, whatever the umask. Elsewhere the rights of the
//! folder above them hold.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

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
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, FOLDER);
    builder.create(path)
}

/// Opens a file for reading and writing. It is made if it is missing; a file that exists keeps its content.
///
/// # Errors
/// What the operating system says.
pub fn open(path: &Path) -> io::Result<File> {
    options().truncate(false).open(path)
}

/// Makes an empty file, or empties the one that exists.
///
/// # Errors
/// What the operating system says.
pub fn create_file(path: &Path) -> io::Result<File> {
    let file = options().truncate(true).open(path)?;
    // A file that exists may have wider rights.
    restrict(path);
    Ok(file)
}

fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, FILE);
    options
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
    std::fs::metadata(path).is_ok_and(|meta| meta.permissions().mode() & OTHERS != 0)
}

#[cfg(unix)]
fn take_rights(path: &Path) -> io::Result<()> {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;
    let mut rights = fs::metadata(path)?.permissions();
    rights.set_mode(rights.mode() & 0o7777 & !OTHERS);
    fs::set_permissions(path, rights)
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
