//! Bytes of a PDF to its text, with whichever engine can read it.

use super::engine::{Engine, EngineError, EngineOutput, Engines, InProcess, Layout};
use super::ocr::{self, Ocr, OcrError, Scan, Scans};
use super::{DocumentText, hidden, layered, quality};
use crate::cite::{Diagnostic, DocumentFailure, Severity, Stage};

/// Letters of a text that is one.
const LEAST: usize = 20;
/// The part of a scanned page that its image covers is larger than this.
const MOSTLY: f32 = 0.6;

/// More characters of a page that the file does not name are words.
const UNREAD: u32 = 5;
/// Where these are less than this part of a page, the rest of it is read from the file.
const MENDED: usize = 3;

/// What the text stage makes of a file.
#[derive(Debug, Clone)]
pub struct Extraction {
    /// The text.
    pub text: DocumentText,
    /// Number of pages.
    pub pages: u32,
    /// Program that made the file.
    pub producer: Option<String>,
    /// What was read from pictures, if anything was.
    pub scanned: Option<Scanned>,
    /// Remarks.
    pub diagnostics: Vec<Diagnostic>,
}

/// Pages that were read from pictures.
#[derive(Debug, Clone, PartialEq)]
pub struct Scanned {
    /// Their numbers, from 1, in order.
    pub pages: Vec<u32>,
    /// Whether other pages have text of their own.
    pub mixed: bool,
    /// Mean OCR confidence of their words, 0 to 1.
    pub confidence: f32,
    /// Name and version of the program that read them.
    pub program: String,
}

/// Reads the text of a PDF in this process.
///
/// # Errors
/// As [`extract_with`].
pub fn extract(bytes: &[u8]) -> Result<Extraction, DocumentFailure> {
    extract_with(bytes, &InProcess, Scans::Leave)
}

/// Reads the text of a PDF: with the first engine, and with the second where the first fails or its text is broken. Of
/// pages that are only pictures `scans` decides.
///
/// # Errors
/// [`DocumentFailure`] when nothing of it can be read: codes `source.empty`, `source.not_pdf`, `text.encrypted`,
/// `text.damaged`, `text.no_text_layer`, `text.no_text`, and those of the `engines` when they could not end their work.
pub fn extract_with(bytes: &[u8], engines: &dyn Engines, scans: Scans<'_>) -> Result<Extraction, DocumentFailure> {
    check_signature(bytes)?;
    let mut lost = None;
    let EngineOutput { mut text, producer, mut diagnostics } = match engines.read(Engine::First, bytes, &[]) {
        Ok(output) => output,
        Err(EngineError::Refused(diagnostic)) => return Err(DocumentFailure { diagnostic }),
        Err(EngineError::Lost(why)) => {
            lost = Some(why);
            EngineOutput::default()
        }
    };
    let read = text.as_ref().map(|layout| Pictures::read(layout, bytes, engines, scans, &mut diagnostics));
    let read = read.unwrap_or_default();
    if let (Some(layout), Scans::Read { ocr, every_page: false }) = (&text, scans) {
        diagnostics.extend(compared(layout, bytes, engines, ocr, &read));
    }
    if !read.scans.is_empty() {
        match engines.read(Engine::First, bytes, &read.scans) {
            Ok(output) => text = output.text,
            Err(error) => lost = Some(error.into_diagnostic()),
        }
    }
    if text.as_ref().is_none_or(|t| quality::is_broken(t.text.as_str())) {
        // Where the first engine was lost, an empty text says nothing of the file.
        let least = if lost.is_some() { LEAST } else { 0 };
        match second_engine(bytes, engines, &read.scans, text.as_ref(), least) {
            Ok(Some((better, remarks))) => {
                text = Some(better);
                diagnostics.extend(remarks);
            }
            Ok(None) => {}
            // What the first engine met is the better reason.
            Err(error) => lost = lost.or_else(|| Some(error.into_diagnostic())),
        }
    }
    let Some(Layout { text, covers, unread, .. }) = text else {
        let damaged = || failure("text.damaged", "the PDF is damaged beyond reading; ask for a fresh copy");
        return Err(lost.map_or_else(damaged, |diagnostic| DocumentFailure { diagnostic }));
    };
    diagnostics.extend(lost.map(|why| Diagnostic { severity: Severity::Warning, ..why }));
    check_pages(&text, &covers, &read, &mut diagnostics)?;
    check_fonts(&unread, &read, &mut diagnostics);
    diagnostics.extend(hidden::remarks(text.hidden()));
    quality::check(&text, &mut diagnostics);
    let pages = u32::try_from(text.pages().len()).unwrap_or(u32::MAX);
    let scanned = read.summary(&text);
    Ok(Extraction { text, pages, producer, scanned, diagnostics })
}

/// Reads the file with the second engine: its text and remarks, where it finds at least `least` letters and more than
/// there are in `first`, the text of the first engine.
///
/// It is a request of its own, and not a part of the first one, because it must not share the process: what the first
/// engine makes of a bad file can end that process, or use up its time.
fn second_engine(
    bytes: &[u8],
    engines: &dyn Engines,
    scans: &[Scan],
    first: Option<&Layout>,
    least: usize,
) -> Result<Option<(Layout, Vec<Diagnostic>)>, EngineError> {
    let EngineOutput { text, diagnostics, .. } = engines.read(Engine::Second, bytes, scans)?;
    let letters = |t: &Layout| quality::letters(t.text.as_str());
    // What the first engine found and nobody sees is no reason to look for more.
    let found = |first: &Layout| {
        letters(first) + first.text.hidden().iter().map(|line| quality::letters(&line.text)).sum::<usize>()
    };
    let better = |t: &Layout| letters(t) >= least && first.is_none_or(|first| letters(t) > found(first));
    Ok(text.filter(better).map(|text| {
        let message = "the first PDF engine could not read this file; a second one did";
        let used = Diagnostic::new("text.second_engine", Severity::Warning, Stage::Text, message);
        (text, std::iter::once(used).chain(diagnostics).collect())
    }))
}

/// What became of the pages that are only pictures.
#[derive(Debug, Default)]
struct Pictures {
    scans: Vec<Scan>,
    /// Name of the program.
    program: String,
    /// Why none was read.
    why_not: Option<OcrError>,
}

impl Pictures {
    /// Reads the pages of `layout` that are pictures, or all of them, as `scans` says.
    fn read(
        layout: &Layout,
        bytes: &[u8],
        engines: &dyn Engines,
        scans: Scans<'_>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let garbled = garbled(&layout.text, layout.covers.len());
        let Scans::Read { ocr, every_page } = scans else {
            diagnostics.extend(garbled.into_iter().map(|i| unread_page(i, "; --ocr auto reads its picture")));
            return Self::default();
        };
        let letters = letters(&layout.text, layout.covers.len());
        let mut pages = pictures(&letters, &layout.covers);
        let unread = unread(&layout.unread);
        // Of the others, most of what the file says is right.
        let few = |i: &usize| layout.unread[*i] as usize * MENDED < letters[*i] && !garbled.contains(i);
        let mended: Vec<u32> = unread.iter().copied().filter(few).map(number).collect();
        pages.extend(unread);
        if every_page {
            pages = (0..layout.covers.len()).collect();
        } else {
            diagnostics.extend(garbled.iter().map(|i| unread_page(*i, ", so its picture was read")));
            pages.extend(garbled);
        }
        pages.sort_unstable();
        pages.dedup();
        if pages.is_empty() {
            return Self::default();
        }
        let pages: Vec<u32> = pages.into_iter().map(number).collect();
        let setting = ocr::Setting { engines, bytes, ocr };
        let read = ocr.name().and_then(|name| Ok((name, ocr::read_pages(&setting, &pages, diagnostics)?)));
        match read {
            Ok((program, mut scans)) => {
                for scan in &mut scans {
                    scan.mends = !every_page && mended.contains(&scan.page);
                }
                Self { scans, program, why_not: None }
            }
            Err(error) => {
                let (severity, message) = (Severity::Warning, error.to_string());
                diagnostics.push(Diagnostic::new("ocr.unavailable", severity, Stage::Text, message));
                Self { why_not: Some(error), ..Self::default() }
            }
        }
    }

    fn has(&self, page: u32) -> bool {
        self.scans.iter().any(|scan| scan.page == page)
    }

    fn summary(self, text: &DocumentText) -> Option<Scanned> {
        if self.scans.is_empty() {
            return None;
        }
        let mixed = text.blocks().iter().any(|block| !self.has(block.page));
        let pages = self.scans.iter().map(|scan| scan.page).collect();
        let words = self.scans.iter().flat_map(|scan| &scan.words);
        Some(Scanned { pages, mixed, confidence: ocr::mean_confidence(words) / 100.0, program: self.program })
    }
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

fn number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

/// Remarks on pages of scans whose text, which somebody else made, is not what their picture shows.
fn compared(layout: &Layout, bytes: &[u8], engines: &dyn Engines, ocr: &dyn Ocr, read: &Pictures) -> Vec<Diagnostic> {
    if read.why_not.is_some() || !layout.layered.contains(&true) {
        return Vec::new();
    }
    let words = words(&layout.text, layout.covers.len());
    let pages: Vec<u32> = layered::sample(&layout.layered, &words).into_iter().map(number).collect();
    let pages: Vec<u32> = pages.into_iter().filter(|page| !read.has(*page)).collect();
    if pages.is_empty() {
        return Vec::new();
    }
    // Where it cannot be read, the text of the file stands alone, as it does without OCR.
    let scans = ocr::read_pages(&ocr::Setting { engines, bytes, ocr }, &pages, &mut Vec::new()).unwrap_or_default();
    scans.iter().filter_map(|scan| layered::compare(&words[scan.page as usize - 1], scan)).collect()
}

/// The words of each page.
fn words(text: &DocumentText, pages: usize) -> Vec<String> {
    let mut words = vec![String::new(); pages];
    for block in text.blocks() {
        if let Some(page) = words.get_mut(block.page as usize - 1) {
            page.push_str(text.slice(block.span));
            page.push(' ');
        }
    }
    words
}

/// The pages, counted from 0, whose text says nothing although there is enough of it.
fn garbled(text: &DocumentText, pages: usize) -> Vec<usize> {
    let words = words(text, pages);
    (0..pages).filter(|&i| quality::is_garbled(&words[i])).collect()
}

fn unread_page(index: usize, done: &str) -> Diagnostic {
    let page = number(index);
    let message = format!("the letters of page {page} make no words: its fonts hide their character codes{done}");
    Diagnostic::new("text.garbled_page", Severity::Warning, Stage::Text, message).on_page(page)
}

/// Number of bytes on each page.
fn letters(text: &DocumentText, pages: usize) -> Vec<usize> {
    let mut letters = vec![0usize; pages];
    for block in text.blocks() {
        // A paragraph counts for the page on which it begins.
        if let Some(n) = letters.get_mut(block.page as usize - 1) {
            *n += block.span.len();
        }
    }
    letters
}

/// The pages that are only pictures, counted from 0: hardly a word, and an image over most of the page.
fn pictures(letters: &[usize], covers: &[f32]) -> Vec<usize> {
    (0..covers.len()).filter(|&i| letters[i] < LEAST && covers[i] > MOSTLY).collect()
}

/// The pages with words of which the file does not say what they are, counted from 0.
fn unread(unread: &[u32]) -> Vec<usize> {
    (0..unread.len()).filter(|&i| unread[i] > UNREAD).collect()
}

/// Remarks on pages with such words.
fn check_fonts(counts: &[u32], read: &Pictures, diagnostics: &mut Vec<Diagnostic>) {
    for i in unread(counts) {
        let (page, n) = (number(i), counts[i]);
        let (severity, end) = match &read.why_not {
            _ if read.has(page) => (Severity::Info, "they were read from the picture of the page".to_owned()),
            Some(why) => (Severity::Warning, format!("they were not read: {why}")),
            None => (Severity::Warning, "they were not read; --ocr auto reads them".to_owned()),
        };
        let message = format!("page {page}: {n} characters are in a font that does not say what they are; {end}");
        diagnostics.push(Diagnostic::new("text.font_unreadable", severity, Stage::Text, message).on_page(page));
    }
}

/// Fails for a document without text; remarks on single pages that are only images.
fn check_pages(
    text: &DocumentText,
    covers: &[f32],
    read: &Pictures,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), DocumentFailure> {
    let scanned = pictures(&letters(text, covers.len()), covers);
    if quality::letters(text.as_str()) < LEAST {
        let failed = diagnostics.iter().find(|d| d.code.starts_with("ocr."));
        return Err(match (&read.why_not, failed) {
            _ if scanned.is_empty() => {
                failure("text.no_text", "there is no text in this PDF: its pages are blank or drawn")
            }
            (Some(why), _) => {
                failure("text.no_text_layer", &format!("the pages are scanned images without text, and {why}"))
            }
            (None, Some(why)) => {
                failure("text.no_text_layer", &format!("the pages are scanned images without text: {}", why.message))
            }
            _ if !read.scans.is_empty() => {
                failure("text.no_text", "no words were found on the scanned pages of this PDF")
            }
            _ => failure("text.no_text_layer", "the pages are scanned images without text; --ocr auto reads them"),
        });
    }
    for page in scanned.into_iter().map(number).filter(|page| !read.has(*page)) {
        let message = format!("page {page} is a scanned image and was not read");
        diagnostics.push(Diagnostic::new("text.scanned_page", Severity::Warning, Stage::Text, message).on_page(page));
    }
    Ok(())
}
