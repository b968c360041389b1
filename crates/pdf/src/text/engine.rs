//! The two PDF engines, and what each makes of a file.
//!
//! Everything here parses untrusted bytes; the program runs it in worker processes (`worker/`).

use std::collections::HashSet;
use std::fmt;
use std::time::Duration;

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf, PdfData};
use serde::{Deserialize, Serialize};

use super::furniture::Mark;
use super::glyph::Sheet;
use super::image::PageImage;
use super::lines::{self, Row};
use super::ocr::{Picture, Scan};
use super::paragraph::Placement;
use super::{DocumentText, Hidden, PageInfo, TextBuilder, fields, fonts, furniture, notes, paragraph};
use crate::cite::{Diagnostic, DocumentId, PageRegion, Severity, Stage};
use crate::contained;
use crate::signature::{DigitalSignature, Trust, signatures};

/// More characters than any contract has: 5,000 pages. The rest is left out and the record says so.
const MAX_GLYPHS: usize = 10_000_000;
/// More pages than any contract has, for files whose pages are empty.
pub(super) const MAX_PAGES: usize = 20_000;

/// A PDF parser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Engine {
    /// hayro.
    First,
    /// pdf-extract, for files that the first cannot read.
    Second,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::First => "the first PDF engine",
            Self::Second => "the second PDF engine",
        })
    }
}

/// Where the engines run: the seam between the text stage and the processes that keep it safe.
pub trait Engines: fmt::Debug + Send + Sync {
    /// Reads a PDF with one engine. `scans` are pages, in order, that were read from pictures; they take the place of what
    /// the file says of these pages.
    ///
    /// # Errors
    /// [`EngineError`] when the engine gives no answer, or says that no engine can read the file.
    fn read(&self, engine: Engine, bytes: &[u8], scans: &[Scan]) -> Result<EngineOutput, EngineError>;

    /// Draws page `page`, counted from 1.
    ///
    /// # Errors
    /// [`EngineError`] when it cannot be drawn.
    fn render(&self, bytes: &[u8], page: u32) -> Result<Drawn, EngineError>;

    /// Draws page `page`, counted from 1, for people.
    ///
    /// # Errors
    /// [`EngineError`] when it cannot be drawn, or the file needs a password that nobody gave.
    fn image(&self, bytes: &[u8], page: u32) -> Result<PageImage, EngineError>;

    /// The digital signatures of a PDF; see [`signatures`].
    ///
    /// # Errors
    /// [`EngineError`] when they cannot be checked. The text of the file is read all the same.
    fn signatures(&self, bytes: &[u8], trust: &Trust) -> Result<Vec<DigitalSignature>, EngineError>;
}

/// The engines in this process, without limits: for tests, benchmarks and trusted files.
#[derive(Debug, Clone, Copy)]
pub struct InProcess;

impl Engines for InProcess {
    fn read(&self, engine: Engine, bytes: &[u8], scans: &[Scan]) -> Result<EngineOutput, EngineError> {
        engine.read(bytes.to_vec(), scans, &[])
    }

    fn render(&self, bytes: &[u8], page: u32) -> Result<Drawn, EngineError> {
        Ok(Drawn { picture: render(bytes.to_vec(), page, &[])?, work: Duration::ZERO })
    }

    fn image(&self, bytes: &[u8], page: u32) -> Result<PageImage, EngineError> {
        image(bytes.to_vec(), page, &[])
    }

    fn signatures(&self, bytes: &[u8], trust: &Trust) -> Result<Vec<DigitalSignature>, EngineError> {
        contained(|| signatures(bytes, trust, &[])).map_err(|message| EngineError::internal(&message))
    }
}

/// A page that was drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// What is seen.
    pub picture: Picture,
    /// The processor time that it took, where that is known.
    pub work: Duration,
}

/// What one engine makes of a file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct EngineOutput {
    /// The text, unless the engine found none.
    pub text: Option<Layout>,
    /// Program that made the file.
    pub producer: Option<String>,
    /// Remarks.
    pub diagnostics: Vec<Diagnostic>,
}

/// A text, and what is known of its pages beside it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Layout {
    /// The text.
    pub text: DocumentText,
    /// Part of each page that its largest image covers, 0 to 1.
    pub covers: Vec<f32>,
    /// Number of characters of each page of which the file does not say what they are.
    pub unread: Vec<u32>,
    /// Whether most of the text of each page is without ink, as that of a scan is that somebody else has read.
    pub layered: Vec<bool>,
}

/// Why an engine gives no result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum EngineError {
    /// The engine refuses the file, for a reason that holds for every engine: a password is missing.
    #[error("{}", .0.message)]
    Refused(Diagnostic),
    /// The engine was lost on the way: it panicked, or its process died or was ended. Another engine may succeed.
    #[error("{}", .0.message)]
    Lost(Diagnostic),
}

impl EngineError {
    /// The reason, as the record shows it.
    #[must_use]
    pub fn into_diagnostic(self) -> Diagnostic {
        match self {
            Self::Refused(why) | Self::Lost(why) => why,
        }
    }

    /// A panic ended the work.
    pub(crate) fn internal(message: &str) -> Self {
        let text = format!("internal error while reading: {message}");
        Self::Lost(Diagnostic::new("pipeline.internal_error", Severity::Error, Stage::Text, text))
    }
}

/// Pages as an engine left them: rows, height of the page, and what else is known of it.
#[derive(Default)]
pub(super) struct Pages<'a> {
    /// Pages whose text comes from pictures.
    pub(super) scans: &'a [Scan],
    pub(super) rows: Vec<(Vec<Row>, f32)>,
    pub(super) infos: Vec<PageInfo>,
    pub(super) covers: Vec<f32>,
    pub(super) unread: Vec<u32>,
    pub(super) layered: Vec<bool>,
    pub(super) drawings: Vec<PageRegion>,
    pub(super) hidden: Vec<Hidden>,
    /// Text in another direction than most of its page: number of the page, rows, and the page turned upright for it.
    pub(super) turned: Vec<(u32, Vec<Row>, PageInfo)>,
}

impl Pages<'_> {
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn add(&mut self, sheet: &Sheet) {
        let number = self.rows.len() + 1;
        let page = u32::try_from(number).unwrap_or(u32::MAX);
        // Nobody sees these in the picture of the page either.
        self.hidden.extend(sheet.hidden.iter().cloned().map(|mut hidden| {
            hidden.region.page = page;
            hidden
        }));
        self.unread.push(u32::try_from(sheet.unread).unwrap_or(u32::MAX));
        let scan = self.scans.iter().find(|scan| scan.page as usize == number).map(|scan| scan.sheet_for(sheet));
        let sheet = scan.as_ref().unwrap_or(sheet);
        self.rows.push((lines::rows(sheet), sheet.info.height));
        self.infos.push(sheet.info);
        self.covers.push(sheet.image_cover);
        self.layered.push(sheet.layered);
        let regions = sheet.drawings.iter().map(|&[x0, y0, x1, y1]| PageRegion { page, x0, y0, x1, y1 });
        self.drawings.extend(regions);
        let turned = sheet.turned.iter().map(|part| (page, lines::rows(part), part.info));
        self.turned.extend(turned.filter(|(_, rows, _)| !rows.is_empty()));
    }
}

impl Engine {
    /// Reads a PDF in this process. Where it needs a password, each of `passwords` is tried.
    ///
    /// # Errors
    /// [`EngineError::Refused`] with `text.encrypted` for a file that none of them opens.
    pub fn read(self, bytes: Vec<u8>, scans: &[Scan], passwords: &[String]) -> Result<EngineOutput, EngineError> {
        let document = DocumentId::of(&bytes);
        match self {
            Self::First => first(bytes, document, scans, passwords),
            Self::Second => Ok(second(&bytes, document, scans)),
        }
    }
}

/// Draws page `page`, counted from 1, in this process.
///
/// # Errors
/// [`EngineError::Refused`] for a file that none of `passwords` opens, [`EngineError::Lost`] with `render.failed` when the
/// page cannot be drawn.
pub(crate) fn render(bytes: Vec<u8>, page: u32, passwords: &[String]) -> Result<Picture, EngineError> {
    drawn(bytes, passwords, |pdf| super::render::page(pdf, page))
}

/// Draws page `page`, counted from 1, for people, in this process.
///
/// # Errors
/// Those of [`render`].
pub(crate) fn image(bytes: Vec<u8>, page: u32, passwords: &[String]) -> Result<PageImage, EngineError> {
    drawn(bytes, passwords, |pdf| super::render::image(pdf, page))
}

fn drawn<T>(bytes: Vec<u8>, passwords: &[String], draw: impl FnOnce(&Pdf) -> Option<T>) -> Result<T, EngineError> {
    let pdf = match open(bytes, passwords) {
        Ok(opened) => Some(opened.pdf),
        Err(LoadPdfError::Decryption(error)) => {
            return Err(EngineError::Refused(not_opened(error, !passwords.is_empty())));
        }
        Err(LoadPdfError::Invalid) => None,
    };
    let drawn = contained(|| draw(pdf.as_ref()?)).ok().flatten();
    drawn.ok_or_else(|| {
        let message = "the page is damaged";
        EngineError::Lost(Diagnostic::new("render.failed", Severity::Error, Stage::Text, message))
    })
}

/// Reads with hayro. A panic inside it ends the reading; the pages before it are kept.
fn first(
    bytes: Vec<u8>,
    document: DocumentId,
    scans: &[Scan],
    passwords: &[String],
) -> Result<EngineOutput, EngineError> {
    let encrypted = memchr::memmem::find(&bytes, b"/Encrypt").is_some();
    let Opened { pdf, locked, mended } = match open(bytes, passwords) {
        Ok(opened) => opened,
        Err(LoadPdfError::Decryption(error)) => {
            return Err(EngineError::Refused(not_opened(error, !passwords.is_empty())));
        }
        Err(LoadPdfError::Invalid) => return Ok(EngineOutput::default()),
    };
    let mut output = EngineOutput { producer: producer(&pdf), ..EngineOutput::default() };
    if locked {
        let message = "the PDF needs a password; one of those given opened it";
        output.diagnostics.push(Diagnostic::new("text.password", Severity::Info, Stage::Text, message));
    }
    if mended > 0 {
        let message = format!(
            "the file is damaged: {mended} of its streams have no end; they were read up to the end of their objects"
        );
        output.diagnostics.push(Diagnostic::new("text.mended", Severity::Info, Stage::Text, message));
    }
    output.diagnostics.extend(contained(|| notes::notes(&pdf, encrypted && !locked)).unwrap_or_default());
    let mut pages = Pages { scans, ..Pages::default() };
    let total = contained(|| pdf.pages().len()).unwrap_or(0);
    let whole = contained(|| super::hayro::read_pages(&pdf, MAX_GLYPHS, |sheet| pages.add(&sheet)));
    let read = pages.rows.len();
    output.diagnostics.extend(contained(|| notes::lost(&pdf)).unwrap_or_default());
    output.diagnostics.extend(contained(|| fonts::remarks(&pdf)).unwrap_or_default());
    output.diagnostics.extend(contained(|| fields::nowhere(&pdf)).unwrap_or_default());
    match whole {
        Ok(true) => {}
        Ok(false) => output.diagnostics.push(too_long(read)),
        Err(_) => {
            let message = format!("page {} of {total} is damaged; it and the pages after it were not read", read + 1);
            output.diagnostics.push(Diagnostic::new("text.damaged_page", Severity::Error, Stage::Text, message));
        }
    }
    output.text = (read > 0).then(|| build(document, pages));
    Ok(output)
}

/// Reads with pdf-extract.
fn second(bytes: &[u8], document: DocumentId, scans: &[Scan]) -> EngineOutput {
    let Some((pages, whole)) = super::pdf_extract::read_pages(bytes, scans, MAX_GLYPHS) else {
        return EngineOutput::default();
    };
    let message = "this engine does not tell which words can be seen: hidden words may be in the text";
    let mut diagnostics = vec![Diagnostic::new("text.visibility_unknown", Severity::Warning, Stage::Text, message)];
    diagnostics.extend((!whole).then(|| too_long(pages.rows.len())));
    EngineOutput { text: Some(build(document, pages)), producer: None, diagnostics }
}

fn too_long(read: usize) -> Diagnostic {
    let message = format!("more than {MAX_GLYPHS} characters or {MAX_PAGES} pages: the text ends on page {read}");
    Diagnostic::new("text.too_long", Severity::Error, Stage::Text, message)
}

/// A PDF that was opened.
pub(crate) struct Opened {
    pub(crate) pdf: Pdf,
    /// Whether that took a password.
    locked: bool,
    /// Streams without an end that were mended.
    mended: usize,
}

/// Opens a PDF.
pub(crate) fn open(mut bytes: Vec<u8>, passwords: &[String]) -> Result<Opened, LoadPdfError> {
    let mended = super::frame::mend(&mut bytes);
    let data = PdfData::from(bytes);
    let attempt = |password: &str| {
        contained(|| Pdf::new_with_password(data.clone(), password)).unwrap_or(Err(LoadPdfError::Invalid))
    };
    match attempt("") {
        Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)) => {
            let mut opened = passwords.iter().filter_map(|password| {
                let as_owner = || attempt(&super::owner::user_password(data.as_ref(), password)?).ok();
                attempt(password).ok().or_else(as_owner)
            });
            let locked = LoadPdfError::Decryption(DecryptionError::PasswordProtected);
            opened.next().map(|pdf| Opened { pdf, locked: true, mended }).ok_or(locked)
        }
        other => other.map(|pdf| Opened { pdf, locked: false, mended }),
    }
}

fn not_opened(error: DecryptionError, tried: bool) -> Diagnostic {
    let message = match error {
        DecryptionError::PasswordProtected if tried => {
            "the PDF is encrypted, and none of the passwords given opens it; add its own to the file of passwords"
        }
        DecryptionError::PasswordProtected => {
            "the PDF is encrypted and needs a password; give a file of passwords with --password-file"
        }
        DecryptionError::UnsupportedAlgorithm => "the PDF is encrypted in a way that cannot be read; save a plain copy",
        DecryptionError::MissingIDEntry | DecryptionError::InvalidEncryption => {
            "the PDF is encrypted and its encryption is damaged; save a plain copy"
        }
    };
    Diagnostic::new("text.encrypted", Severity::Error, Stage::Text, message)
}

fn producer(pdf: &Pdf) -> Option<String> {
    let raw = pdf.metadata().producer.as_deref()?;
    let text = text_string(raw);
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    Some(text.trim().to_owned()).filter(|t| !t.is_empty())
}

/// A PDF text string: UTF-16 with a byte order mark, or bytes that are nearly always ASCII.
pub(crate) fn text_string(raw: &[u8]) -> String {
    match raw {
        [0xfe, 0xff, rest @ ..] => {
            let units: Vec<u16> = rest.chunks_exact(2).map(|c| u16::from_be_bytes([c[0], c[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        _ => String::from_utf8_lossy(raw).into_owned(),
    }
}

/// Lays the rows of all pages out as one text.
pub(super) fn build(document: DocumentId, pages: Pages<'_>) -> Layout {
    let marks = furniture::mark(&pages.rows);
    let mut builder = TextBuilder::new(document);
    for info in &pages.infos {
        builder.page(*info);
    }
    for region in &pages.drawings {
        builder.drawing(*region);
    }
    let mut bodies = Vec::with_capacity(pages.rows.len());
    let (mut margins, mut asides) = (Vec::new(), Vec::new());
    let mut seen = HashSet::new();
    for (page, ((rows, _), marks)) in (1..).zip(pages.rows.into_iter().zip(marks)) {
        let mut body = Vec::with_capacity(rows.len());
        for (row, mark) in rows.into_iter().zip(marks) {
            match mark {
                Mark::Body => body.push(row),
                Mark::Once => asides.push(vec![Placement::upright(row, page)]),
                Mark::Furniture if seen.insert(furniture::pattern(&row.text())) => {
                    margins.push(vec![Placement::upright(row, page)]);
                }
                Mark::Furniture => {}
            }
        }
        let texts = paragraph::texts(&body);
        bodies.push((body, texts));
    }
    let usual = paragraph::line_pitch(&bodies);
    let paragraphs = (1..).zip(bodies);
    let paragraphs = paragraphs.map(|(page, (body, texts))| paragraph::paragraphs(body, &texts, page, usual)).collect();
    for (page, rows, frame) in pages.turned {
        let text: String = rows.iter().map(Row::text).collect::<Vec<_>>().join(" ");
        let keep = if furniture::is_of_contract(&text) { &mut asides } else { &mut margins };
        if seen.insert(furniture::pattern(&text)) {
            keep.extend(paragraph::turned(rows, page, frame));
        }
    }
    let body = paragraph::insert(paragraph::join_pages(paragraphs), asides);
    paragraph::emit(&body, &pages.infos, &mut builder, TextBuilder::end_block);
    paragraph::emit(&margins, &pages.infos, &mut builder, TextBuilder::end_margin);
    builder.hidden(pages.hidden);
    Layout { text: builder.finish(), covers: pages.covers, unread: pages.unread, layered: pages.layered }
}
