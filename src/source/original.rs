//! The file that a document was read from, as long as it is still that file.

use super::{SourceError, document_in, path_of, read_limited};
use crate::record::DocumentId;

/// Why the file of a document cannot be looked at.
#[derive(Debug, thiserror::Error)]
pub enum NotAsRead {
    /// Its path belongs to another content now.
    #[error("another file has taken its place; this document is an earlier version")]
    Replaced,
    /// It is not there any more.
    #[error("it is not at {path} any more; put it back, or run `tickler ingest` on the folder where it is now")]
    Gone {
        /// Where it was.
        path: String,
    },
    /// Another content is there.
    #[error("{path} has changed since it was read; run `tickler ingest` to read it as it is now")]
    Changed {
        /// Where it is.
        path: String,
    },
    /// It is there and cannot be read.
    #[error("{path}: {source}")]
    Unreadable {
        /// Where it is.
        path: String,
        /// Why not.
        source: SourceError,
    },
}

impl NotAsRead {
    /// Of several paths, the one of which most is known tells why.
    fn weight(&self) -> u8 {
        match self {
            Self::Replaced => 0,
            Self::Gone { .. } => 1,
            Self::Unreadable { .. } => 2,
            Self::Changed { .. } => 3,
        }
    }
}

/// The bytes of `document` from the first of `paths` that still has them: never those of another document.
///
/// # Errors
/// [`NotAsRead`] when none has, or the file has more than `limit` bytes.
pub fn original(document: &DocumentId, paths: &[String], limit: u64) -> Result<Vec<u8>, NotAsRead> {
    let mut why = NotAsRead::Replaced;
    for path in paths {
        let path = path.clone();
        let reason = match read_limited(&path_of(&path), limit) {
            Ok(bytes) if document_in(&bytes, &path) == *document => return Ok(bytes),
            Ok(_) | Err(SourceError::Empty { .. }) => NotAsRead::Changed { path },
            Err(SourceError::NotFound { .. }) => NotAsRead::Gone { path },
            Err(source) => NotAsRead::Unreadable { path, source },
        };
        if reason.weight() > why.weight() {
            why = reason;
        }
    }
    Err(why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_bytes_that_were_read_are_given() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name).to_string_lossy().into_owned();
        let (good, other, gone) = (path("good.pdf"), path("other.pdf"), path("gone.pdf"));
        std::fs::write(&good, b"one").unwrap();
        std::fs::write(&other, b"two").unwrap();
        let id = DocumentId::of(b"one");
        let look = |paths: &[&String]| {
            original(&id, &paths.iter().map(|p| (*p).clone()).collect::<Vec<_>>(), 100).map_err(|why| why.to_string())
        };
        assert_eq!(look(&[&other, &gone, &good]).unwrap(), b"one");
        assert!(look(&[&gone, &other]).unwrap_err().contains("other.pdf has changed"));
        assert!(look(&[&gone]).unwrap_err().contains("not at"));
        assert!(look(&[]).unwrap_err().contains("earlier version"));
        assert!(original(&id, &[good], 2).unwrap_err().to_string().contains("larger than the limit"));
    }
}
