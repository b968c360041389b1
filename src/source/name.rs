//! Paths as text. A store and a record hold text, and a path of Unix is any bytes.
//!
//! A contract that is not the first of its file is named by the page on which it begins, as links to PDFs do (RFC 8118):
//! `bundle.pdf#page=5`.

use crate::record::{DocumentId, Part as _};
use std::path::{Path, PathBuf};

/// What stands between the path of a file and the page on which a contract begins.
const PAGE: &str = "#page=";

/// The name of the contract that begins on `page` of the file with this name.
#[must_use]
pub fn at_page(name: &str, page: u32) -> String {
    format!("{name}{PAGE}{page}")
}

/// The name of the file, and the page on which the contract begins that is not its first.
#[must_use]
pub fn split_page(name: &str) -> (&str, Option<u32>) {
    match name.rsplit_once(PAGE) {
        Some((file, page)) if page.bytes().all(|b| b.is_ascii_digit()) => match page.parse() {
            Ok(page) => (file, Some(page)),
            Err(_) => (name, None),
        },
        _ => (name, None),
    }
}

/// The contract of this name in a file with these bytes.
#[must_use]
pub fn document_in(bytes: &[u8], name: &str) -> DocumentId {
    let file = DocumentId::of(bytes);
    split_page(name).1.map_or_else(|| file.clone(), |page| file.beginning_on(page))
}

/// A path as text, so that no two paths are the same text: bytes that are not UTF-8 become `\xE9`, and so does a backslash
/// where it would look like the beginning of one, and the number sign of a file that is named as a contract inside another.
/// Any other path stays as it is.
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
        if let (file, Some(_)) = split_page(&out) {
            out.replace_range(file.len()..=file.len(), "\\x23");
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

/// The last part of a name: what a list calls the file, or the contract inside it.
#[must_use]
pub fn base_name(name: &str) -> String {
    let path = path_of(name);
    if path.file_name().is_none() {
        return name.to_owned();
    }
    let file = file_name(&path);
    split_page(name).1.map_or_else(|| file.clone(), |page| at_page(&file, page))
}

/// Whether the name of a file ends in `extension`, in letters of either case.
#[must_use]
pub fn is_called(file: &Path, extension: &str) -> bool {
    file.extension().is_some_and(|end| end.eq_ignore_ascii_case(extension))
}

/// The path that [`name_of`] made this text of; of a contract inside a file, that of the file.
#[must_use]
pub fn path_of(name: &str) -> PathBuf {
    let (name, _) = split_page(name);
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
