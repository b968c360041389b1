//! Paths as text. A store and a record hold text, and a path of Unix is any bytes.

use crate::record::Part as _;
use std::path::{Path, PathBuf};

/// A path as text, so that no two paths are the same text: bytes that are not UTF-8 become `\xE9`, and so does a backslash
/// where it would look like the beginning of one. Any other path stays as it is.
#[must_use]
pub fn name_of(path: &Path) -> String {
    #[cfg(unix)]
    {
        use std::fmt::Write as _;
        let mut out = String::new();
        for chunk in std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()).utf8_chunks() {
            let mut rest = chunk.valid();
            while let Some(at) = rest.find('\\') {
                out.push_str(rest.part(..at));
                rest = rest.part(at..);
                out.push_str(if escaped(rest.as_bytes()).is_some() { "\\x5C" } else { "\\" });
                rest = rest.part(1..);
            }
            out.push_str(rest);
            for byte in chunk.invalid() {
                let _ = write!(out, "\\x{byte:02X}");
            }
        }
        out
    }
    #[cfg(not(unix))]
    path.to_string_lossy().into_owned()
}

/// The name of the file at `path`, as [`name_of`] writes it; empty where the path ends in none.
#[must_use]
pub fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name_of(Path::new(name)))
}

/// The path that [`name_of`] made this text of.
#[must_use]
pub fn path_of(name: &str) -> PathBuf {
    #[cfg(unix)]
    {
        let (mut bytes, mut rest) = (Vec::with_capacity(name.len()), name.as_bytes());
        while let Some((first, after)) = rest.split_first() {
            if let Some(byte) = escaped(rest) {
                bytes.push(byte);
                rest = &rest[4..];
            } else {
                bytes.push(*first);
                rest = after;
            }
        }
        PathBuf::from(<std::ffi::OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes))
    }
    #[cfg(not(unix))]
    PathBuf::from(name)
}

/// The byte that `\xE9` at the beginning of `text` stands for.
#[cfg(unix)]
fn escaped(text: &[u8]) -> Option<u8> {
    let [b'\\', b'x', high, low, ..] = text else { return None };
    let digit = |b: &u8| matches!(b, b'0'..=b'9' | b'A'..=b'F').then(|| char::from(*b).to_digit(16)).flatten();
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

#[cfg(all(test, unix))]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_stay_distinct() {
        let name = |bytes: &[u8]| name_of(Path::new(OsStr::from_bytes(bytes)));
        assert_eq!(name("/a/Vérif \\x.pdf".as_bytes()), "/a/Vérif \\x.pdf");
        assert_eq!(name(b"V\xe9rif.pdf"), "V\\xE9rif.pdf");
        assert_ne!(name(b"V\xe9rif.pdf"), name(b"V\xe8rif.pdf"));
        assert_ne!(name(b"V\xe9rif.pdf"), name(b"V\\xE9rif.pdf"));
    }

    proptest! {
        #[test]
        fn a_name_leads_back_to_its_path(parts in prop::collection::vec(prop_oneof![
            Just(b"\\".to_vec()), Just(b"\\x".to_vec()), Just(b"E9".to_vec()), Just(b"5C".to_vec()),
            prop::collection::vec(any::<u8>(), 1..3),
        ], 1..8)) {
            let path = PathBuf::from(OsStr::from_bytes(&parts.concat()));
            prop_assert_eq!(path_of(&name_of(&path)), path);
        }
    }
}
