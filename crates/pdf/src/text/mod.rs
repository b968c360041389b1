//! Text with provenance: glyphs to words, lines and paragraphs, and one normalised text per document whose every
//! character leads back to its page and box.
//!
//! The normalised text is made of blocks separated by one line feed. A block is a paragraph, or one row of a table
//! whose cells are separated by a tab. Inside a block, words are separated by one space.
//!
//! ```text
//! render -> ocr (scanned pages) ----+
//!                                   v
//! hayro / pdf_extract -----------> glyph -> lines (columns, tables) -> furniture -> paragraph (normalise) -> document
//! ```

mod annotations;
mod bands;
mod bidi;
mod blanks;
mod boxes;
mod columns;
mod document;
mod doubt;
mod drawn;
mod engine;
mod extract;
mod fields;
mod flow;
mod fonts;
mod frame;
mod furniture;
mod glyph;
mod hayro;
mod hidden;
mod image;
mod ink;
mod late;
mod later;
mod layered;
mod layers;
mod lines;
mod look;
mod normalise;
mod notes;
mod ocr;
mod owner;
mod page;
mod paragraph;
mod pdf_extract;
mod pictures;
mod quality;
mod render;
mod seams;
mod strike;
mod tables;
#[cfg(test)]
mod tests;
mod turn;
mod unread;

pub(crate) use boxes::is_box;
use document::TextBuilder;
pub use document::{Block, BlockKind, DocumentText};
pub use engine::{Drawn, Engine, EngineError, EngineOutput, Engines, InProcess, Layout};
pub(crate) use engine::{Opened, image, open, render, text_string};
pub use extract::{Extraction, Scanned, extract, extract_with};
pub use hidden::{Hidden, HiddenBy};
pub use image::{PageBoxes, PageImage};
pub(crate) use look::{Drawing, Look, Mark, draw, looks, scale};
pub use ocr::{Ocr, OcrError, OcrPage, Picture, Rotation, Scan, Scans, Tesseract, Word};
pub use page::PageInfo;
#[cfg(test)]
pub(crate) use tests::written;
pub use turn::Turn;
