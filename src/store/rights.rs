//! Who may read a store: its owner alone.

use std::fs;
use std::path::{Path, PathBuf};

use super::Store;
use super::open::{DATABASE, INDEX, LOCK, NEW_INDEX, OLD_INDEX};
use crate::private;

impl Store {
    /// Files and folders of the store that others on this machine have a right to.
    #[must_use]
    pub fn exposed(&self) -> Vec<PathBuf> {
        exposed(&self.dir)
    }
}

/// Takes the rights of others away from the store in the folder `dir`.
pub(super) fn tighten(dir: &Path) {
    for path in exposed(dir) {
        private::restrict(&path);
    }
}

fn exposed(dir: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(dir) else { return Vec::new() };
    let (ours, others): (Vec<PathBuf>, Vec<PathBuf>) =
        entries.filter_map(Result::ok).map(|entry| entry.path()).partition(|path| is_ours(path));
    let mut found: Vec<PathBuf> = ours.iter().flat_map(|path| private::exposed(path)).collect();
    // A folder with other files in it may be shared for a reason.
    if others.is_empty() && private::is_exposed(dir) {
        found.push(dir.to_owned());
    }
    found.sort();
    found
}

/// Whether a store has files of this name: the database, what SQLite and `restore` keep beside it, the lock, the index.
fn is_ours(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let draft = name.strip_prefix('.').is_some_and(|name| name.starts_with(DATABASE));
    draft || name.starts_with(DATABASE) || [LOCK, INDEX, NEW_INDEX, OLD_INDEX].contains(&&*name)
}
