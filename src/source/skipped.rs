//! What a folder holds and is not read, so that it can be told.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::is_called;

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
    /// A document of an office program, which may be a contract.
    Document,
    /// A mail, which may have one with it.
    Mail,
    /// A picture, which may be a scan of one.
    Picture,
    /// A link that leads out of the folder.
    LinkOut,
    /// Files of the system or devices.
    System,
    /// A pipe or a socket.
    Pipe,
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
            Self::Document => "source.skipped_document",
            Self::Mail => "source.skipped_mail",
            Self::Picture => "source.skipped_picture",
            Self::LinkOut => "source.skipped_link",
            Self::System => "source.skipped_system",
            Self::Pipe => "source.skipped_pipe",
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
            Self::Document => "an office document; save it as PDF to read it",
            Self::Mail => "a mail; save the PDF files that came with it to read them",
            Self::Picture => "a picture; save it as PDF to read it",
            Self::LinkOut => "a link that leads out of the folder; --follow-links follows it",
            Self::System => "a link to a device or to files of the system",
            Self::Pipe => "a pipe or a socket, and no file",
        }
    }
}

/// Endings of what office programs write, for what does not begin as such.
const DOCUMENTS: [&str; 12] =
    ["doc", "docm", "docx", "dot", "dotx", "odt", "pages", "ppt", "pptx", "rtf", "xls", "xlsx"];
const MAILS: [&str; 3] = ["eml", "mbox", "msg"];
const PICTURES: [&str; 6] = ["heic", "jpeg", "jpg", "png", "tif", "tiff"];
/// How pictures begin: TIFF of either byte order, JPEG, PNG.
const PICTURE_MARKS: [&[u8]; 4] = [b"II*\0", b"MM\0*", b"\xff\xd8\xff", b"\x89PNG"];

/// Why a regular file of a folder, which is not to be read, should be told: what it is by its first bytes and the end of its
/// name.
pub(super) fn told(path: &Path, hidden: bool) -> Option<Why> {
    let mut head = Vec::new();
    File::open(path).ok()?.take(HEAD).read_to_end(&mut head).ok()?;
    if head.windows(5).any(|w| w == b"%PDF-") {
        return Some(if hidden { Why::HiddenFile } else { Why::NoExtension });
    }
    // Programs leave hidden files of their own, and such ones while a document is open.
    let leftover = hidden || path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"~$"));
    let other = if leftover { None } else { not_pdf(path, &head) };
    other.or_else(|| is_archive(&head).then_some(Why::Archive))
}

/// The kind of a file that begins with `head`, where it may be a contract or hold one in another form than a PDF.
fn not_pdf(path: &Path, head: &[u8]) -> Option<Why> {
    let ends = |list: &[&str]| list.iter().any(|end| is_called(path, end));
    if ends(&MAILS) {
        Some(Why::Mail)
    } else if ends(&DOCUMENTS) || is_office(head) || head.starts_with(b"{\\rtf") {
        Some(Why::Document)
    } else if ends(&PICTURES) || PICTURE_MARKS.iter().any(|mark| head.starts_with(mark)) {
        Some(Why::Picture)
    } else {
        None
    }
}

/// The name of the first file of a ZIP archive.
fn first_in(head: &[u8]) -> Option<&[u8]> {
    head.get(30..).filter(|_| head.starts_with(b"PK\x03\x04"))
}

/// Whether a file begins as office documents do, which are archives.
fn is_office(head: &[u8]) -> bool {
    const OFFICE: [&[u8]; 4] = [b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis", b"_rels/", b"docProps/"];
    first_in(head).is_some_and(|name| OFFICE.iter().any(|office| name.starts_with(office)))
}

/// Whether a file begins as an archive does. Office documents, books and programs are archives too, but not of contracts.
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
    const OTHERS: [&[u8]; 2] = [b"mimetype", b"META-INF/"];
    let other = is_office(head) || first_in(head).is_some_and(|name| OTHERS.iter().any(|o| name.starts_with(o)));
    let tar = head.get(257..262) == Some(b"ustar");
    (MARKS.iter().any(|mark| head.starts_with(mark)) && !other) || tar
}

/// Whether a path lies among the files of the system, reading which may never end or do harm.
pub(super) fn is_system(path: &Path) -> bool {
    cfg!(unix) && (path == Path::new("/") || ["/proc", "/sys", "/dev"].iter().any(|root| path.starts_with(root)))
}
