//! Bytes of a PDF to its text, with whichever engine can read it.

use std::collections::HashSet;

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::glyph::Sheet;
use super::lines::{self, Row};
use super::{DocumentText, PageInfo, TextBuilder, furniture, paragraph, quality};
use crate::contain::contained;
use crate::pipeline::DocumentFailure;
use crate::provenance::{Diagnostic, DocumentId, Severity, Stage};

/// More characters than any contract has: 5,000 pages. The rest is left out and the record says so.
const MAX_GLYPHS: usize = 10_000_000;

/// What the text stage makes of a file.
#[derive(Debug, Clone)]
pub struct Extraction {
    /// The text.
    pub text: DocumentText,
    /// Number of pages.
    pub pages: u32,
    /// Program that made the file.
    pub producer: Option<String>,
    /// Remarks.
    pub diagnostics: Vec<Diagnostic>,
}

/// Pages as an engine left them: rows, height of the page, and what else is known of it.
#[derive(Default)]
pub(super) struct Pages {
    rows: Vec<(Vec<Row>, f32)>,
    infos: Vec<PageInfo>,
    covers: Vec<f32>,
}

impl Pages {
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn add(&mut self, sheet: &Sheet) {
        self.rows.push((lines::rows(sheet), sheet.info.height));
        self.infos.push(sheet.info);
        self.covers.push(sheet.image_cover);
    }
}

/// Reads the text of a PDF: with hayro, and with pdf-extract where hayro fails or its text is broken.
///
/// # Errors
/// [`DocumentFailure`] when nothing of it can be read: codes `source.empty`, `source.not_pdf`, `text.encrypted`,
/// `text.damaged`, `text.no_text_layer`, `text.no_text`.
pub fn extract(bytes: &[u8]) -> Result<Extraction, DocumentFailure> {
    check_signature(bytes)?;
    let mut diagnostics = Vec::new();
    let (first, producer) = match load(bytes) {
        Ok(pdf) => (first_engine(&pdf, &mut diagnostics), producer(&pdf)),
        Err(LoadPdfError::Decryption(e)) => return Err(encrypted(e)),
        Err(LoadPdfError::Invalid) => (None, None),
    };
    let mut text = first.map(|pages| build(bytes, pages));
    if text.as_ref().is_none_or(|(text, _)| quality::is_broken(text.as_str())) {
        let second = super::pdf_extract::read_pages(bytes, MAX_GLYPHS).map(|pages| build(bytes, pages));
        let length = |t: &(DocumentText, Vec<f32>)| quality::letters(t.0.as_str());
        if let Some(second) = second.filter(|s| text.as_ref().is_none_or(|t| length(s) > length(t))) {
            let message = "the first PDF engine could not read this file; a second one did";
            diagnostics.push(Diagnostic::new("text.second_engine", Severity::Warning, Stage::Text, message));
            text = Some(second);
        }
    }
    let Some((text, covers)) = text else {
        return Err(failure("text.damaged", "the PDF is damaged beyond reading; ask for a fresh copy"));
    };
    check_pages(&text, &covers, &mut diagnostics)?;
    quality::check(&text, &mut diagnostics);
    let pages = u32::try_from(text.pages().len()).unwrap_or(u32::MAX);
    Ok(Extraction { text, pages, producer, diagnostics })
}

fn failure(code: &str, message: &str) -> DocumentFailure {
    DocumentFailure { diagnostic: Diagnostic::new(code, Severity::Error, Stage::Text, message) }
}

/// A PDF says so within its first kilobyte; some mailers put a few lines before it.
fn check_signature(bytes: &[u8]) -> Result<(), DocumentFailure> {
    let head = &bytes[..bytes.len().min(1024)];
    let fail = |code: &str, message: &str| {
        Err(DocumentFailure { diagnostic: Diagnostic::new(code, Severity::Error, Stage::Source, message) })
    };
    if bytes.is_empty() {
        return fail("source.empty", "the file is empty (0 bytes)");
    }
    if head.windows(5).any(|w| w == b"%PDF-") {
        return Ok(());
    }
    let kind = match head {
        [b'P', b'K', ..] => "a ZIP archive or an Office document",
        [0xd0, 0xcf, 0x11, 0xe0, ..] => "an old Office document",
        [0xff, 0xd8, ..] => "a JPEG image",
        [0x89, b'P', b'N', b'G', ..] => "a PNG image",
        [b'{', b'\\', b'r', b't', b'f', ..] => "an RTF document",
        _ if head.iter().all(|b| matches!(b, 9 | 10 | 13 | 32..=126 | 128..)) => "plain text",
        _ => "another kind of file",
    };
    fail("source.not_pdf", &format!("not a PDF: it looks like {kind}; convert it to PDF first"))
}

fn encrypted(error: DecryptionError) -> DocumentFailure {
    let message = match error {
        DecryptionError::PasswordProtected => "the PDF is encrypted and needs a password; save a copy without it",
        DecryptionError::UnsupportedAlgorithm => "the PDF is encrypted in a way that cannot be read; save a plain copy",
        DecryptionError::MissingIDEntry | DecryptionError::InvalidEncryption => {
            "the PDF is encrypted and its encryption is damaged; save a plain copy"
        }
    };
    failure("text.encrypted", message)
}

fn load(bytes: &[u8]) -> Result<Pdf, LoadPdfError> {
    contained(|| Pdf::new(bytes.to_vec())).unwrap_or(Err(LoadPdfError::Invalid))
}

fn producer(pdf: &Pdf) -> Option<String> {
    let raw = pdf.metadata().producer.as_deref()?;
    let text = text_string(raw);
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    Some(text.trim().to_owned()).filter(|t| !t.is_empty())
}

/// A PDF text string: UTF-16 with a byte order mark, or bytes that are nearly always ASCII.
pub(super) fn text_string(raw: &[u8]) -> String {
    match raw {
        [0xfe, 0xff, rest @ ..] => {
            let units: Vec<u16> = rest.chunks_exact(2).map(|c| u16::from_be_bytes([c[0], c[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        _ => String::from_utf8_lossy(raw).into_owned(),
    }
}

/// Reads with hayro. A panic inside it ends the reading; the pages before it are kept.
fn first_engine(pdf: &Pdf, diagnostics: &mut Vec<Diagnostic>) -> Option<Pages> {
    let mut pages = Pages::default();
    let total = pdf.pages().len();
    let whole = contained(|| super::hayro::read_pages(pdf, MAX_GLYPHS, |sheet| pages.add(&sheet)));
    let read = pages.rows.len();
    match whole {
        Ok(true) => {}
        Ok(false) => {
            let message = format!("more than {MAX_GLYPHS} characters: the text ends on page {read} of {total}");
            diagnostics.push(Diagnostic::new("text.too_long", Severity::Error, Stage::Text, message));
        }
        Err(_) => {
            let message = format!("page {} of {total} is damaged; it and the pages after it were not read", read + 1);
            diagnostics.push(Diagnostic::new("text.damaged_page", Severity::Error, Stage::Text, message));
        }
    }
    (read > 0).then_some(pages)
}

/// Lays the rows of all pages out as one text.
pub(super) fn build(bytes: &[u8], pages: Pages) -> (DocumentText, Vec<f32>) {
    let marks = furniture::mark(&pages.rows);
    let mut builder = TextBuilder::new(DocumentId::of(bytes));
    for info in &pages.infos {
        builder.page(*info);
    }
    let mut paragraphs = Vec::with_capacity(pages.rows.len());
    let mut margins = Vec::new();
    let mut seen = HashSet::new();
    for (page, ((rows, _), marks)) in (1..).zip(pages.rows.into_iter().zip(marks)) {
        let (furniture, body): (Vec<_>, Vec<_>) = rows.into_iter().zip(marks).partition(|(_, furniture)| *furniture);
        paragraphs.push(paragraph::paragraphs(body.into_iter().map(|(row, _)| row).collect(), page));
        let new = furniture.into_iter().map(|(row, _)| row).filter(|row| seen.insert(furniture::pattern(&row.text())));
        margins.extend(new.map(|row| vec![paragraph::Placement { row, page }]));
    }
    paragraph::emit(&paragraph::join_pages(paragraphs), &pages.infos, &mut builder, TextBuilder::end_block);
    paragraph::emit(&margins, &pages.infos, &mut builder, TextBuilder::end_margin);
    (builder.finish(), pages.covers)
}

/// Fails for a document without text; remarks on single pages that are only images.
fn check_pages(text: &DocumentText, covers: &[f32], diagnostics: &mut Vec<Diagnostic>) -> Result<(), DocumentFailure> {
    let mut letters = vec![0usize; covers.len()];
    for block in text.blocks() {
        if let Some(n) = letters.get_mut(block.page as usize - 1) {
            *n += block.span.len();
        }
    }
    // A paragraph counts for the page on which it begins.
    let scanned: Vec<usize> = (0..covers.len()).filter(|&i| letters[i] < 20 && covers[i] > 0.6).collect();
    if quality::letters(text.as_str()) < 20 {
        return Err(if scanned.is_empty() {
            failure("text.no_text", "there is no text in this PDF: its pages are blank or drawn")
        } else {
            failure("text.no_text_layer", "the pages are scanned images without text; run OCR on the file first")
        });
    }
    for i in scanned {
        let page = u32::try_from(i + 1).unwrap_or(u32::MAX);
        let message = format!("page {page} is a scanned image and was not read");
        diagnostics.push(Diagnostic::new("text.scanned_page", Severity::Warning, Stage::Text, message).on_page(page));
    }
    Ok(())
}
