//! What a folder holds and is not read, so that it can be told.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// How much of a file is looked at. The header of a PDF may stand anywhere in the first 1,024 bytes (ISO 32000-1, annex H).
const HEAD: u64 = 1024;

/// A file or a folder that is passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Where it is.
    pub path: PathBuf,
    /// Why.
    pub why: Why,
}

/// Why something is passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// A PDF whose name does not end in `.pdf`.
    NoExtension,
    /// A PDF whose name begins with a dot.
    HiddenFile,
    /// A folder whose name begins with a dot.
    HiddenFolder,
    /// An archive, which may hold contracts.
    Archive,
    /// A link that leads out of the folder.
    LinkOut,
    /// Files of the system or devices.
    System,
}

impl Why {
    /// Stable short name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoExtension => "source.skipped_no_extension",
            Self::HiddenFile => "source.skipped_hidden_file",
            Self::HiddenFolder => "source.skipped_hidden_folder",
            Self::Archive => "source.skipped_archive",
            Self::LinkOut => "source.skipped_link",
            Self::System => "source.skipped_system",
        }
    }

    /// The reason in words, with what to do about it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::NoExtension => "a PDF whose name does not end in .pdf; name the file to read it",
            Self::HiddenFile => "a hidden PDF; name the file to read it",
            Self::HiddenFolder => "a hidden folder; name it to read what is in it",
            Self::Archive => "an archive; unpack it to read what is in it",
            Self::LinkOut => "a link that leads out of the folder; --follow-links follows it",
            Self::System => "a link to a device or to files of the system",
        }
    }
}

/// Why a regular file of a folder, which is not to be read, should be told: what it is by its first bytes.
pub(super) fn told(path: &Path, hidden: bool) -> Option<Why> {
    let mut head = Vec::new();
    File::open(path).ok()?.take(HEAD).read_to_end(&mut head).ok()?;
    if head.windows(5).any(|w| w == b"%PDF-") {
        return Some(if hidden { Why::HiddenFile } else { Why::NoExtension });
    }
    (is_archive(&head) && !hidden).then_some(Why::Archive)
}

/// Whether a file begins as an archive does. Office documents are archives too, but not of contracts.
fn is_archive(head: &[u8]) -> bool {
    const MARKS: [&[u8]; 7] = [
        b"PK\x03\x04",
        b"7z\xbc\xaf\x27\x1c",
        b"Rar!\x1a\x07",
        b"\x1f\x8b",
        b"BZh",
        b"\xfd7zXZ\0",
        b"\x28\xb5\x2f\xfd",
    ];
    const OFFICE: [&[u8]; 5] = [b"[Content_Types].xml", b"mimetype", b"_rels/", b"docProps/", b"META-INF/"];
    let office = head.get(30..).is_some_and(|name| OFFICE.iter().any(|office| name.starts_with(office)));
    let tar = head.get(257..262) == Some(b"ustar");
    (MARKS.iter().any(|mark| head.starts_with(mark)) && !office) || tar
}

/// Whether a path lies among the files of the system, reading which may never end or do harm.
pub(super) fn is_system(path: &Path) -> bool {
    cfg!(unix) && (path == Path::new("/") || ["/proc", "/sys", "/dev"].iter().any(|root| path.starts_with(root)))
}
