//! Reading a file's bytes, with a limit.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::record::{Diagnostic, Severity, Stage};

/// Why a path cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// Nothing is there.
    #[error("no such file or folder")]
    NotFound {
        /// The path.
        path: PathBuf,
    },
    /// A pattern that fits no file.
    #[error("no file matches this pattern")]
    NoMatch {
        /// The pattern.
        path: PathBuf,
    },
    /// A pattern that is not one.
    #[error("not a valid pattern: {reason}")]
    BadPattern {
        /// The pattern.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A pipe, a device or a socket: reading it might never end.
    #[error("not a regular file")]
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// More bytes than the limit.
    #[error("the file is larger than the limit of {limit} bytes")]
    TooLarge {
        /// The path.
        path: PathBuf,
        /// The limit in bytes.
        limit: u64,
    },
    /// The file holds nothing.
    #[error("the file is empty")]
    Empty {
        /// The path.
        path: PathBuf,
    },
    /// The operating system refused.
    #[error("cannot be read: {source}")]
    Io {
        /// The path.
        path: PathBuf,
        /// Its reason.
        source: io::Error,
    },
}

impl SourceError {
    pub(super) fn io(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::NotFound { path },
            _ => Self::Io { path, source },
        }
    }

    /// The path that the error speaks of.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::NotFound { path }
            | Self::NoMatch { path }
            | Self::BadPattern { path, .. }
            | Self::NotAFile { path }
            | Self::TooLarge { path, .. }
            | Self::Empty { path }
            | Self::Io { path, .. } => path,
        }
    }

    /// The same as a remark on a document.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        let code = match self {
            Self::NotFound { .. } => "source.not_found",
            Self::NoMatch { .. } => "source.no_match",
            Self::BadPattern { .. } => "source.bad_pattern",
            Self::NotAFile { .. } => "source.not_a_file",
            Self::TooLarge { .. } => "source.too_large",
            Self::Empty { .. } => "source.empty",
            Self::Io { source, .. } if source.kind() == io::ErrorKind::PermissionDenied => "source.permission_denied",
            Self::Io { .. } => "source.unreadable",
        };
        Diagnostic::new(code, Severity::Error, Stage::Source, self.to_string())
    }
}

/// The bytes of the file at `path`, at most `limit` of them.
///
/// # Errors
/// [`SourceError`] when it is no regular file, is empty, is larger than `limit`, or cannot be read.
pub fn read_limited(path: &Path, limit: u64) -> Result<Vec<u8>, SourceError> {
    // Check before opening: opening a named pipe blocks until somebody writes to it.
    let meta = std::fs::metadata(path).map_err(|e| SourceError::io(path, e))?;
    if !meta.is_file() {
        return Err(SourceError::NotAFile { path: path.to_owned() });
    }
    let too_large = || SourceError::TooLarge { path: path.to_owned(), limit };
    if meta.len() > limit {
        return Err(too_large());
    }
    let file = File::open(path).map_err(|e| SourceError::io(path, e))?;
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or(0));
    // The file may grow while it is read, so the limit also holds for the read.
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| SourceError::io(path, e))?;
    if bytes.len() as u64 > limit {
        return Err(too_large());
    }
    if bytes.is_empty() {
        return Err(SourceError::Empty { path: path.to_owned() });
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limit_is_exact() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.pdf");
        std::fs::write(&file, b"12345").unwrap();
        assert_eq!(read_limited(&file, 5).unwrap(), b"12345");
        assert!(matches!(read_limited(&file, 4), Err(SourceError::TooLarge { limit: 4, .. })));
    }

    #[test]
    fn folders_devices_and_nothing_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(read_limited(dir.path(), 9), Err(SourceError::NotAFile { .. })));
        assert!(matches!(read_limited(&dir.path().join("none"), 9), Err(SourceError::NotFound { .. })));
        let empty = dir.path().join("empty.pdf");
        std::fs::write(&empty, b"").unwrap();
        assert_eq!(read_limited(&empty, 9).unwrap_err().diagnostic().code, "source.empty");
        // A path below a regular file.
        assert!(matches!(read_limited(&empty.join("x.pdf"), 9), Err(SourceError::NotFound { .. })));
    }
}
