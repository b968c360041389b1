//! Bytes of a PDF to its text, with whichever engine can read it.

use super::engine::{Draft, Engine, Engines, InProcess, Layout, Setback};
use super::{DocumentText, quality};
use crate::pipeline::DocumentFailure;
use crate::provenance::{Diagnostic, Severity, Stage};

/// Letters of a text that is one.
const LEAST: usize = 20;

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

/// Reads the text of a PDF in this process.
///
/// # Errors
/// As [`extract_with`].
pub fn extract(bytes: &[u8]) -> Result<Extraction, DocumentFailure> {
    extract_with(bytes, &InProcess)
}

/// Reads the text of a PDF: with the first engine, and with the second where the first fails or its text is broken.
///
/// # Errors
/// [`DocumentFailure`] when nothing of it can be read: codes `source.empty`, `source.not_pdf`, `text.encrypted`,
/// `text.damaged`, `text.no_text_layer`, `text.no_text`, and those of the `engines` when they could not end their work.
pub fn extract_with(bytes: &[u8], engines: &dyn Engines) -> Result<Extraction, DocumentFailure> {
    check_signature(bytes)?;
    let mut lost = None;
    let Draft { mut text, producer, mut diagnostics } = match engines.read(Engine::First, bytes) {
        Ok(draft) => draft,
        Err(Setback::Refused(diagnostic)) => return Err(DocumentFailure { diagnostic }),
        Err(Setback::Lost(why)) => {
            lost = Some(why);
            Draft::default()
        }
    };
    if text.as_ref().is_none_or(|t| quality::is_broken(t.text.as_str())) {
        match engines.read(Engine::Second, bytes) {
            Ok(draft) => {
                let length = |t: &Layout| quality::letters(t.text.as_str());
                // Where the first engine was lost, an empty text says nothing of the file.
                let least = if lost.is_some() { LEAST } else { 0 };
                let better = |s: &Layout| length(s) >= least && text.as_ref().is_none_or(|t| length(s) > length(t));
                if let Some(second) = draft.text.filter(better) {
                    let message = "the first PDF engine could not read this file; a second one did";
                    diagnostics.push(Diagnostic::new("text.second_engine", Severity::Warning, Stage::Text, message));
                    diagnostics.extend(draft.diagnostics);
                    text = Some(second);
                }
            }
            // What the first engine met is the better reason.
            Err(Setback::Refused(why) | Setback::Lost(why)) => lost = lost.or(Some(why)),
        }
    }
    let Some(Layout { text, covers }) = text else {
        let damaged = || failure("text.damaged", "the PDF is damaged beyond reading; ask for a fresh copy");
        return Err(lost.map_or_else(damaged, |diagnostic| DocumentFailure { diagnostic }));
    };
    diagnostics.extend(lost.map(|why| Diagnostic { severity: Severity::Warning, ..why }));
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
    if quality::letters(text.as_str()) < LEAST {
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
