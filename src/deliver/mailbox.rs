//! Messages as files. The name of a file follows from the name of the message, so that none is there twice.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::{DeliverError, mime};
use crate::private::{self, Draft};
use crate::remind::Digest;

/// A folder of messages.
#[derive(Debug)]
pub(super) struct Mailbox {
    path: PathBuf,
    /// Whether it has the folders `tmp`, `new` and `cur`.
    maildir: bool,
    from: Option<String>,
}

impl Mailbox {
    /// A folder with one `.eml` file a message.
    pub(super) fn folder(path: PathBuf, from: Option<String>) -> Self {
        Self { path, maildir: false, from }
    }

    /// A Maildir, as mail programs read it.
    pub(super) fn maildir(path: PathBuf, from: Option<String>) -> Self {
        Self { path, maildir: true, from }
    }

    /// Puts the message there, unless it is there.
    pub(super) fn deliver(&self, digest: &Digest) -> Result<String, DeliverError> {
        let message = mime::compose(digest, self.from.as_deref())?.formatted();
        let put = if self.maildir { self.put_maildir(digest, &message) } else { self.put_file(digest, &message) };
        put.map_err(|source| DeliverError::Folder { path: self.path.clone(), source })?;
        Ok(format!("{} in {}", digest.recipient, self.path.display()))
    }

    fn put_file(&self, digest: &Digest, message: &[u8]) -> io::Result<()> {
        private::create_folder(&self.path)?;
        let target = self.path.join(format!("{}.eml", digest.id));
        if target.try_exists()? {
            return Ok(());
        }
        let mut draft = Draft::of(&target)?;
        draft.file().write_all(message)?;
        draft.publish()?;
        private::sync_folder(&self.path)
    }

    /// Writes to `tmp` and moves to `new`. A mail program moves what was read to `cur` and adds marks to its name.
    fn put_maildir(&self, digest: &Digest, message: &[u8]) -> io::Result<()> {
        let [tmp, new, cur] = ["tmp", "new", "cur"].map(|name| self.path.join(name));
        [&tmp, &new, &cur].into_iter().try_for_each(|folder| private::create_folder(folder))?;
        let name = format!("{}.{}.tickler", digest.at.as_second(), digest.id);
        // Of one that was killed while it wrote; nobody else uses this name.
        let draft = tmp.join(&name);
        if has(&new, &name)? || has(&cur, &name)? {
            return private::remove_file(&draft);
        }
        let mut file = private::open(&draft)?;
        file.set_len(0)?;
        // Lines in a Maildir end as those of other files of the system do.
        let lines = String::from_utf8_lossy(message).replace("\r\n", "\n");
        file.write_all(lines.as_bytes())?;
        file.sync_all()?;
        fs::rename(&draft, new.join(&name))?;
        private::sync_folder(&new)
    }
}

/// Whether a folder has a message of this name, with any marks.
fn has(folder: &Path, name: &str) -> io::Result<bool> {
    for entry in fs::read_dir(folder)? {
        let found = entry?.file_name();
        let found = found.to_string_lossy();
        if found.split_once(':').map_or(&*found, |(name, _)| name) == name {
            return Ok(true);
        }
    }
    Ok(false)
}
