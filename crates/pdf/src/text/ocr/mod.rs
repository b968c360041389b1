//! Scanned pages: pictures of them, the program that reads pictures, and the glyphs made of its words.
//!
//! ```text
//! render (in a worker) -> Picture -> edges (cut) -> skew (turned, deskewed) -> Ocr (tesseract) -> Word -> Scan -> glyphs
//! ```
//!
//! The program that reads never sees the PDF, only pixels that were written here.

mod correct;
mod edges;
mod glyphs;
mod mend;
mod picture;
mod read;
mod skew;
mod tesseract;
mod tsv;

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use picture::Picture;
pub use skew::Rotation;
pub use tesseract::Tesseract;

pub(super) use picture::as_bytes;
pub(super) use read::{Setting, mean_confidence, read_pages};

/// A program that reads pictures of pages: the seam between the text stage and tesseract.
pub trait Ocr: fmt::Debug + Send + Sync {
    /// Name and version, for the record.
    ///
    /// # Errors
    /// [`OcrError`] when it is not there.
    fn name(&self) -> Result<String, OcrError>;

    /// The words of an upright page, in reading order, and what they cost.
    ///
    /// # Errors
    /// [`OcrError`] when it cannot read, or does not end.
    fn words(&self, picture: &Picture) -> Result<OcrPage, OcrError>;

    /// Called after each page, for whoever waits.
    fn page_done(&self) {}
}

/// What is done with scanned pages.
#[derive(Debug, Clone, Copy)]
pub enum Scans<'a> {
    /// They are left out, and the record says so.
    Leave,
    /// They are read.
    Read {
        /// With this program.
        ocr: &'a dyn Ocr,
        /// And so are the other pages, whose own text is not used.
        every_page: bool,
    },
}

/// One look at a picture.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OcrPage {
    /// The words.
    pub words: Vec<Word>,
    /// Processor time that it took.
    pub work: Duration,
}

/// A word on a picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Word {
    /// Its characters, no white space.
    pub text: String,
    /// Left edge, in pixels.
    pub x0: f32,
    /// Top.
    pub y0: f32,
    /// Right edge.
    pub x1: f32,
    /// Bottom.
    pub y1: f32,
    /// Number of its line; words of a line follow each other.
    pub line: u32,
    /// Confidence of the program that it is this word, 0 to 100 %.
    pub confidence: u8,
}

/// A page as it was read from its picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scan {
    /// Page number, from 1.
    pub page: u32,
    /// Width of the upright page in points.
    pub width: f32,
    /// Its height.
    pub height: f32,
    /// How the text was rotated on the page as displayed.
    pub rotation: Rotation,
    /// Its words, with places in points.
    pub words: Vec<Word>,
    /// Whether they only stand for glyphs of which the file does not say what they are; the rest of the page is read from
    /// the file.
    pub mends: bool,
}

/// Why a picture was not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OcrError {
    /// The program is not installed.
    #[error(
        "reading scans needs the program tesseract; install it (Debian, Ubuntu: apt install tesseract-ocr; Fedora: dnf \
         install tesseract; macOS: brew install tesseract)"
    )]
    Missing,
    /// It does not know the language.
    #[error("tesseract has no data for the language {0}; install it (Debian, Ubuntu: apt install tesseract-ocr-{0})")]
    Language(String),
    /// It took too long.
    #[error("tesseract takes more than {0} s for one page")]
    Time(u64),
    /// It ended badly; what it said.
    #[error("tesseract could not read the page: {0}")]
    Failed(String),
}

impl OcrError {
    /// Whether another page would fare no better.
    pub(super) fn is_lasting(&self) -> bool {
        matches!(self, Self::Missing | Self::Language(_))
    }
}
