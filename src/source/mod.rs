//! Finding documents and reading their bytes.

mod expand;
mod list;
mod name;
mod original;
mod read;
mod skipped;

use sha2::{Digest, Sha256};

pub use expand::{Ask, Expansion, expand};
pub use list::{framed, paths};
pub use name::{at_page, base_name, document_in, file_name, is_called, name_of, path_of, split_page};
pub use original::{NotAsRead, original};
pub use read::{SourceError, read_limited};
pub use skipped::{Skipped, Why};

/// SHA-256 of `bytes` as 64 hexadecimal digits, which other systems use too.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// `bytes` as hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}
