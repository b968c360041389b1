//! The stages for one document, in order.

use crate::config::Settings;
use crate::contract;
use crate::detect;
use crate::detect::model::{Classifier, Embeddings};
use crate::record::{
    Confidence, Contract, Diagnostic, DocumentFailure, DocumentId, DocumentInfo, OcrInfo, PageRange, Severity, Stage,
    TextSource,
};
use crate::segment::{Segments, bundle, segment};
use crate::signature::{DigitalSignature, Trust, may_be_signed, names_bytes};
use crate::source;
use crate::text::{DocumentText, Engines, Scanned, Scans};

/// Version of the reading: a hash over the sources that decide what is read (`build.rs`). The next ingest reads a
/// document again if its record has another version.
pub const READING_VERSION: i64 = match i64::from_str_radix(env!("TICKLER_READING_VERSION"), 16) {
    Ok(version) => version,
    Err(_) => panic!("build.rs gives twelve hexadecimal digits"),
};

/// What documents are read with.
#[derive(Debug, Clone, Copy)]
pub struct ReadOptions<'a> {
    /// The settings.
    pub settings: &'a Settings,
    /// The model that classifies sentences; none to use the rules only.
    pub model: Option<&'a dyn Classifier>,
    /// Where PDFs are parsed.
    pub engines: &'a dyn Engines,
    /// What to do with pages that are images without text.
    pub scans: Scans<'a>,
    /// The certificates that the user trusts.
    pub trust: &'a Trust,
}

/// Everything made from one document.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The record.
    pub contract: Contract,
    /// The text that its evidence cites.
    pub text: DocumentText,
    /// The clauses, for the index.
    pub segments: Segments,
    /// Embeddings of its sentences, for the search; none without the encoder.
    pub embeddings: Option<Embeddings>,
}

/// Reads one file. `file_name` is its name without folder, `uri` the path it came from. A file that holds several contracts
/// gives as many readings, the first contract first.
///
/// # Errors
/// [`DocumentFailure`] when the bytes are not a readable PDF; a problem with a part of it is a diagnostic in the record.
pub fn read(
    bytes: &[u8],
    file_name: &str,
    uri: &str,
    options: ReadOptions<'_>,
) -> Result<Vec<Reading>, DocumentFailure> {
    let extraction = crate::text::extract_with(bytes, options.engines, options.scans)?;
    let file = DocumentInfo {
        id: DocumentId::of(bytes),
        file_name: file_name.to_owned(),
        uri: uri.to_owned(),
        sha256: crate::source::sha256(bytes),
        pages: extraction.pages,
        page_range: None,
        title: None,
        kind: None,
        reference: None,
        producer: extraction.producer,
        text_source: match &extraction.scanned {
            None => TextSource::Embedded,
            Some(scanned) if scanned.mixed => TextSource::Mixed,
            Some(_) => TextSource::Ocr,
        },
        ocr: extraction.scanned.map(|Scanned { pages, confidence, program, .. }| OcrInfo {
            pages,
            confidence: Confidence::new(confidence),
            program,
        }),
    };
    let (digital, trouble) = digital(bytes, options);
    let bundle = bundle(&extraction.text);
    let text = extraction.text;
    let told = extraction.diagnostics.into_iter().chain(trouble).chain(bundle.diagnostics.iter().cloned()).collect();
    let common = Common { digital, told, copies: &bundle.copies, options };
    if bundle.contracts.len() < 2 {
        return Ok(vec![common.read(file, text)]);
    }
    let read = |(n, &range): (usize, &PageRange)| {
        let mut info = DocumentInfo { page_range: Some(range), ..file.clone() };
        if n > 0 {
            info.id = file.id.beginning_on(range.first);
            info.file_name = source::at_page(file_name, range.first);
            info.uri = source::at_page(uri, range.first);
        }
        let own = text.without_pages(&bundle.others(range)).named(info.id.clone());
        common.read(info, own)
    };
    Ok(bundle.contracts.iter().enumerate().map(read).collect())
}

/// What the contracts of one file have in common.
struct Common<'a> {
    digital: Vec<DigitalSignature>,
    /// What is to be said of the file.
    told: Vec<Diagnostic>,
    /// Pages that say once more what others say: the search finds them, and they decide nothing.
    copies: &'a [u32],
    options: ReadOptions<'a>,
}

impl Common<'_> {
    /// Reads one contract, whose text is all that `text` holds.
    fn read(&self, info: DocumentInfo, text: DocumentText) -> Reading {
        let (segments, model) = (segment(&text), self.options.model);
        let mut findings = if self.copies.is_empty() {
            detect::detect_with(&text, &segments, model)
        } else {
            let own = text.without_pages(self.copies);
            detect::detect_with(&own, &segment(&own), model)
        };
        let embeddings = findings.embeddings.take();
        let (range, read_from_pictures) = (info.page_range, info.ocr.is_some());
        let mut contract = contract::assemble(info, findings, &self.digital, &text, self.options.settings);
        if read_from_pictures {
            // A value is at most as certain as the words that prove it.
            contract = contract.weighed(|evidence| text.ocr_confidence(evidence.span()));
        }
        let page = |told: &Diagnostic| told.location.as_ref().and_then(|place| place.page);
        let elsewhere = |told: &Diagnostic| page(told).zip(range).is_some_and(|(page, range)| !range.holds(page));
        contract.diagnostics.splice(0..0, self.told.iter().filter(|told| !elsewhere(told)).cloned());
        Reading { contract, text, segments, embeddings }
    }
}

/// The digital signatures of a file, or the reason why they cannot be read.
fn digital(bytes: &[u8], options: ReadOptions<'_>) -> (Vec<DigitalSignature>, Option<Diagnostic>) {
    if !may_be_signed(bytes) {
        return (Vec::new(), None);
    }
    match options.engines.signatures(bytes, options.trust) {
        Ok(digital) => (digital, None),
        Err(error) => {
            let why = Diagnostic { severity: Severity::Warning, stage: Stage::Signature, ..error.into_diagnostic() };
            // A signature that cannot be checked may be that of anybody.
            let unread = names_bytes(bytes).then(|| DigitalSignature::unread(&why.message));
            (unread.into_iter().collect(), Some(why))
        }
    }
}
