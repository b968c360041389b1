//! A text in one piece, to carry it from one process to another.
//!
//! The other process has parsed an untrusted file, so what comes in is checked: the methods of
//! [`DocumentText`] rely on places that lie inside the text and follow each other.

use std::borrow::Cow;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::super::{Hidden, PageInfo};
use super::{Block, DocumentText, OcrRun, Run};
use crate::cite::{DocumentId, PageRegion};

/// Bytes of one pair of edges.
const EDGE: usize = 8;

/// [`DocumentText`], field by field.
#[derive(Serialize, Deserialize)]
struct Parts<'a> {
    document: Cow<'a, DocumentId>,
    #[serde(borrow)]
    text: Cow<'a, str>,
    runs: Cow<'a, [Run]>,
    /// Little-endian floats: by far the largest part, and fastest as plain bytes.
    #[serde(borrow)]
    edges: Bytes<'a>,
    blocks: Cow<'a, [Block]>,
    margins: Cow<'a, [Block]>,
    pages: Cow<'a, [PageInfo]>,
    ocr_runs: Cow<'a, [OcrRun]>,
    drawings: Cow<'a, [PageRegion]>,
    hidden: Cow<'a, [Hidden]>,
}

/// Bytes as one value, not as a sequence.
struct Bytes<'a>(Cow<'a, [u8]>);

impl Serialize for Bytes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Bytes<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <&'a [u8]>::deserialize(deserializer).map(|bytes| Self(Cow::Borrowed(bytes)))
    }
}

impl Serialize for DocumentText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut edges = Vec::with_capacity(self.edges.len() * EDGE);
        for [left, right] in &self.edges {
            edges.extend_from_slice(&left.to_le_bytes());
            edges.extend_from_slice(&right.to_le_bytes());
        }
        Parts {
            document: Cow::Borrowed(&self.document),
            text: Cow::Borrowed(&self.text),
            runs: Cow::Borrowed(&self.runs),
            edges: Bytes(Cow::Owned(edges)),
            blocks: Cow::Borrowed(&self.blocks),
            margins: Cow::Borrowed(&self.margins),
            pages: Cow::Borrowed(&self.pages),
            ocr_runs: Cow::Borrowed(&self.ocr_runs),
            drawings: Cow::Borrowed(&self.drawings),
            hidden: Cow::Borrowed(&self.hidden),
        }
        .serialize(serializer)
    }
}

/// Reads formats that lend their input, as postcard does.
impl<'de> Deserialize<'de> for DocumentText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let parts = Parts::deserialize(deserializer)?;
        let float = |bytes: &[u8]| bytes.try_into().map_or(f32::NAN, f32::from_le_bytes);
        let edges = &parts.edges.0;
        let text = Self {
            document: parts.document.into_owned(),
            text: parts.text.into_owned(),
            runs: parts.runs.into_owned(),
            edges: edges.chunks_exact(EDGE).map(|pair| [float(&pair[..4]), float(&pair[4..])]).collect(),
            blocks: parts.blocks.into_owned(),
            margins: parts.margins.into_owned(),
            pages: parts.pages.into_owned(),
            ocr_runs: parts.ocr_runs.into_owned(),
            drawings: parts.drawings.into_owned(),
            hidden: parts.hidden.into_owned(),
        };
        text.check().map_err(D::Error::custom)?;
        Ok(text)
    }
}

impl DocumentText {
    /// Whether all places lie inside the text, on its pages, and in order.
    fn check(&self) -> Result<(), &'static str> {
        let on_a_page = |page: u32| page >= 1 && page as usize <= self.pages.len();
        let (mut start, mut end) = (0, 0);
        for run in &self.runs {
            let ordered = start <= run.start && end <= run.end && run.start <= run.end;
            if !ordered || run.end as usize > self.text.len() || !on_a_page(run.page) {
                return Err("a line lies outside the text");
            }
            (start, end) = (run.start, run.end);
        }
        let mut end = 0;
        for run in &self.ocr_runs {
            if run.start < end || run.end < run.start || run.end as usize > self.text.len() {
                return Err("characters of a scan lie outside the text");
            }
            end = run.end;
        }
        if !self.edges.is_empty() && self.edges.len() != self.text.len() {
            return Err("edges and characters differ in number");
        }
        if !self.hidden.iter().all(|hidden| on_a_page(hidden.region.page)) {
            return Err("hidden words lie outside the pages");
        }
        let mut end = 0;
        for block in self.blocks.iter().chain(&self.margins) {
            if block.span.start() < end || self.text.get(block.span.range()).is_none() || !on_a_page(block.page) {
                return Err("a block lies outside the text");
            }
            end = block.span.end();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cite::Span;

    fn sample() -> DocumentText {
        DocumentText::from_plain(DocumentId::of(b"t"), "§ 1 Term\tone year\u{c}2 Notice – sixty (60) days\nEnd")
    }

    fn carried(text: &DocumentText) -> Result<DocumentText, postcard::Error> {
        postcard::from_bytes(&postcard::to_stdvec(text).unwrap())
    }

    #[test]
    fn a_text_arrives_as_it_was() {
        let text = sample();
        let back = carried(&text).unwrap();
        // Edges are not numbers here, and so not equal to themselves.
        assert_eq!(format!("{back:?}"), format!("{text:?}"));
    }

    #[test]
    fn places_outside_the_text_are_refused() {
        let spoil: [fn(&mut DocumentText); 8] = [
            |t| t.blocks[0].span = Span::new(0, 10_000),
            |t| t.blocks[0].span = Span::new(1, 4),
            |t| t.blocks.swap(0, 1),
            |t| t.blocks[0].page = 0,
            |t| t.runs[0].end = 10_000,
            |t| t.runs[0].page = 3,
            |t| t.edges.truncate(3),
            |t| t.ocr_runs.push(OcrRun { start: 3, end: 10_000, confidence: 50 }),
        ];
        for (i, spoil) in spoil.iter().enumerate() {
            let mut text = sample();
            spoil(&mut text);
            assert!(carried(&text).is_err(), "case {i}");
        }
    }
}
