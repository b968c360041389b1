//! The normalised text of one document and its map back to the pages.

mod parts;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::glyph::FULL_CONFIDENCE;
use super::{Hidden, PageInfo, Rotation};
use crate::cite::{Cited, DocumentId, Evidence, PageRegion, Part as _, Span};

/// What a block of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockKind {
    /// Running text, or a heading.
    Paragraph,
    /// One row of a table; cells are separated by tabs.
    TableRow,
}

/// A paragraph or a table row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// Its text, without the line feed that ends it.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
    /// Page on which it begins, from 1.
    pub page: u32,
    /// Size of most of its characters, in points; 0 where the text came without layout.
    pub size: f32,
    /// Whether all of it is bold.
    pub bold: bool,
    /// Whether it is centred between the margins.
    pub centered: bool,
    /// Distance of its first line from the left edge of the page, in points.
    pub indent: f32,
}

/// A run of characters on one visual line of one page.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Run {
    start: u32,
    end: u32,
    page: u32,
    y0: f32,
    y1: f32,
}

/// A run of characters that were read from a picture, with one confidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct OcrRun {
    start: u32,
    end: u32,
    /// Confidence of the OCR program that the characters are these, 0 to 99 %.
    confidence: u8,
}

/// The normalised text of one document.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentText {
    document: DocumentId,
    text: String,
    runs: Vec<Run>,
    /// Left and right edge of the character that each byte belongs to; empty where the text came without layout.
    edges: Vec<[f32; 2]>,
    blocks: Vec<Block>,
    margins: Vec<Block>,
    pages: Vec<PageInfo>,
    /// In order. Text outside of them comes from the file itself.
    ocr_runs: Vec<OcrRun>,
    drawings: Vec<PageRegion>,
    hidden: Vec<Hidden>,
}

impl DocumentText {
    /// A document from plain text, for tests: one block a line, without boxes. A form feed starts a new page.
    #[must_use]
    pub fn from_plain(document: DocumentId, plain: &str) -> Self {
        let mut builder = TextBuilder::new(document);
        let mut page = 0;
        for sheet in plain.split('\u{c}') {
            page += 1;
            builder.page(PageInfo { width: 0.0, height: 0.0, rotation: Rotation::default() });
            for line in sheet.lines().map(str::trim_end).filter(|l| !l.trim().is_empty()) {
                let kind = if line.contains('\t') { BlockKind::TableRow } else { BlockKind::Paragraph };
                builder.begin_block();
                builder.push_unplaced(line, page);
                builder.end_block(plain_block(kind, page));
            }
        }
        builder.finish()
    }

    /// The document.
    #[must_use]
    pub fn document(&self) -> &DocumentId {
        &self.document
    }

    /// The whole normalised text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text of `span`; of one that cuts a character or lies outside the text, what [`Part`](crate::cite::Part) gives.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.part(span.range())
    }

    /// The paragraphs and table rows, in reading order.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Running headers and footers, each once. They stand at the end of the text, after the last block, and belong to no
    /// clause; a contract's reference number is often printed nowhere else.
    #[must_use]
    pub fn margins(&self) -> &[Block] {
        &self.margins
    }

    /// The pages, the first one at index 0.
    #[must_use]
    pub fn pages(&self) -> &[PageInfo] {
        &self.pages
    }

    /// Where images and curved lines are drawn: what may be a signature in ink. A page of which that is not known is one
    /// drawing.
    #[must_use]
    pub fn drawings(&self) -> &[PageRegion] {
        &self.drawings
    }

    /// Words of the pages that are not part of the text: nobody sees them, or they are struck out.
    #[must_use]
    pub fn hidden(&self) -> &[Hidden] {
        &self.hidden
    }

    /// The same text as that of another document.
    #[must_use]
    pub fn named(self, document: DocumentId) -> Self {
        Self { document, ..self }
    }

    /// The same text with nothing on `pages`: their blocks and hidden words are gone, and blanks stand for their words, so
    /// that every other word keeps its place.
    #[must_use]
    pub fn without_pages(&self, pages: &[u32]) -> Self {
        let on_pages = self.blocks.iter().filter(|block| pages.contains(&block.page));
        let gone: Vec<_> = on_pages.map(|block| block.span.range()).collect();
        let mut out = self.without(&gone);
        out.hidden.retain(|hidden| !pages.contains(&hidden.region.page));
        out
    }

    /// The same text with blanks in place of the words at `places`, which follow each other, so that every other word keeps
    /// its place. A block of which nothing is left is gone.
    #[must_use]
    pub fn without(&self, places: &[Range<usize>]) -> Self {
        let mut out = self.clone();
        let mut text = String::with_capacity(self.text.len());
        for place in places {
            text.push_str(self.text.part(text.len()..place.start));
            text.extend(std::iter::repeat_n(' ', place.len()));
        }
        text.push_str(self.text.part(text.len()..));
        out.blocks.retain(|block| !text.part(block.span.range()).trim().is_empty());
        out.text = text;
        out
    }

    /// The page on which the character at byte `offset` stands, from 1. White space belongs to the word before it.
    #[must_use]
    pub fn page_at(&self, offset: usize) -> u32 {
        let after = self.runs.partition_point(|r| (r.start as usize) <= offset);
        self.runs.get(after.saturating_sub(1)).map_or(1, |r| r.page)
    }

    /// The rectangles that `span` covers, one for each visual line.
    #[must_use]
    pub fn regions(&self, span: Span) -> Vec<PageRegion> {
        let mut out: Vec<PageRegion> = Vec::new();
        if self.edges.is_empty() {
            return out;
        }
        let first = self.runs.partition_point(|r| (r.end as usize) <= span.start());
        for run in self.runs[first..].iter().take_while(|r| (r.start as usize) < span.end()) {
            let (from, to) = (span.start().max(run.start as usize), span.end().min(run.end as usize));
            let edges = self.edges[from..to].iter().filter(|e| e[0].is_finite());
            let (x0, x1) = edges.fold((f32::MAX, f32::MIN), |(a, b), e| (a.min(e[0]), b.max(e[1])));
            if x0 > x1 {
                continue;
            }
            let region = PageRegion { page: run.page, x0, y0: run.y0, x1, y1: run.y1 };
            match out.last_mut() {
                Some(last) if same_line(last, &region) => {
                    last.x0 = last.x0.min(region.x0);
                    last.x1 = last.x1.max(region.x1);
                    last.y0 = last.y0.min(region.y0);
                    last.y1 = last.y1.max(region.y1);
                }
                _ => out.push(region),
            }
        }
        let info = |r: &PageRegion| self.pages.get(r.page as usize - 1);
        let mut out: Vec<_> =
            out.into_iter().flat_map(|r| info(&r).map_or_else(|| vec![r], |page| page.boxes(r))).collect();
        for r in &mut out {
            for v in [&mut r.x0, &mut r.y0, &mut r.x1, &mut r.y1] {
                *v = (*v * 10.0).round() / 10.0;
            }
        }
        out
    }

    /// The visual lines of `span`.
    #[must_use]
    pub fn lines(&self, span: Span) -> Vec<Span> {
        let first = self.runs.partition_point(|r| (r.end as usize) <= span.start());
        let mut out: Vec<(Run, Span)> = Vec::new();
        for run in self.runs[first..].iter().take_while(|r| (r.start as usize) < span.end()) {
            let piece = Span::new(span.start().max(run.start as usize), span.end().min(run.end as usize));
            match out.last_mut() {
                Some((last, line)) if last.page == run.page && (last.y0 - run.y0).abs() < 0.5 * (run.y1 - run.y0) => {
                    *line = line.cover(piece);
                }
                _ => out.push((*run, piece)),
            }
        }
        out.into_iter().map(|(_, line)| line).collect()
    }

    /// OCR confidence of the characters of `span`, 0 to 1: the mean over the words that a scan was read as, each by its
    /// length, and 1 for text of the file itself.
    #[must_use]
    pub fn ocr_confidence(&self, span: Span) -> f32 {
        let (mut sum, mut length) = (0.0, 0.0);
        let first = self.ocr_runs.partition_point(|g| (g.end as usize) <= span.start());
        for run in self.ocr_runs[first..].iter().take_while(|g| (g.start as usize) < span.end()) {
            let (from, to) = (span.start().max(run.start as usize), span.end().min(run.end as usize));
            sum += (to - from) as f32 * f32::from(run.confidence) / 100.0;
            length += (to - from) as f32;
        }
        // White space has no confidence.
        let rest = self.text.part(span.range()).bytes().filter(|b| !b.is_ascii_whitespace()).count() as f32 - length;
        let all = length + rest.max(0.0);
        if length == 0.0 { 1.0 } else { (sum + rest.max(0.0)) / all }
    }

    /// Proof made of the text of `span`, without the white space around it.
    #[must_use]
    pub fn cite(&self, span: Span) -> Evidence {
        // Between characters, so that the quote is the text of the span.
        let start = self.text.floor_char_boundary(span.start());
        let raw = self.text.part(start..span.end());
        let lead = raw.len() - raw.trim_start().len();
        let span = Span::new(start + lead, start + lead + raw.trim().len());
        Evidence::new(
            self.document.clone(),
            self.page_at(span.start()),
            self.slice(span).to_owned(),
            span,
            self.regions(span),
        )
    }

    /// Proof made of a place on page `page`, from 1: the words of the lines inside `edges` (left, top, right, bottom, in
    /// points), or no words and the place itself.
    #[must_use]
    pub fn cite_place(&self, page: u32, edges: Option<[f32; 4]>) -> Evidence {
        let Some([x0, y0, x1, y1]) = edges else { return self.bare(page, Vec::new()) };
        let on_page = self.runs.iter().filter(|r| r.page == page);
        let inside = on_page.filter(|r| {
            let middle = f32::midpoint(r.y0, r.y1);
            let edges = self.edges.get(r.start as usize..r.end as usize).unwrap_or_default();
            let mut edges = edges.iter().filter(|e| e[0].is_finite()).peekable();
            y0 < middle && middle < y1 && edges.peek().is_some() && edges.all(|e| x0 - 2.0 < e[0] && e[1] < x1 + 2.0)
        });
        let mut span: Option<(u32, u32)> = None;
        for run in inside {
            match span {
                // Lines that do not follow each other in the text are of different things.
                Some((_, end)) if run.start > end + 2 => break,
                Some((start, _)) => span = Some((start, run.end)),
                None => span = Some((run.start, run.end)),
            }
        }
        match span.map(|(start, end)| Span::new(start as usize, end as usize)) {
            Some(span) if !self.slice(span).trim().is_empty() => self.cite(span),
            _ => self.bare(page, vec![PageRegion { page, x0, y0, x1, y1 }]),
        }
    }

    /// A place without words.
    fn bare(&self, page: u32, regions: Vec<PageRegion>) -> Evidence {
        let at = self.runs.iter().find(|r| r.page >= page).map_or(0, |r| r.start as usize);
        Evidence::new(self.document.clone(), page, String::new(), Span::new(at, at), regions)
    }

    /// A value proved by the text of `span`.
    #[must_use]
    pub fn cited<T>(&self, value: T, span: Span) -> Cited<T> {
        Cited::new(value, self.cite(span))
    }
}

/// A block of which nothing is known but its kind and page.
pub(super) fn plain_block(kind: BlockKind, page: u32) -> Block {
    Block { span: Span::new(0, 0), kind, page, size: 0.0, bold: false, centered: false, indent: 0.0 }
}

fn same_line(a: &PageRegion, b: &PageRegion) -> bool {
    let overlap = a.y1.min(b.y1) - a.y0.max(b.y0);
    // A table cell's second line, or the next column, starts again at the left of what came before.
    a.page == b.page && overlap > 0.5 * (a.y1 - a.y0).min(b.y1 - b.y0) && b.x0 > a.x0
}

/// Builds a [`DocumentText`] block by block.
#[derive(Debug)]
pub(super) struct TextBuilder {
    out: DocumentText,
    block_start: usize,
}

impl TextBuilder {
    /// An empty text of `document`.
    pub(super) fn new(document: DocumentId) -> Self {
        let out = DocumentText {
            document,
            text: String::new(),
            runs: Vec::new(),
            edges: Vec::new(),
            blocks: Vec::new(),
            margins: Vec::new(),
            pages: Vec::new(),
            ocr_runs: Vec::new(),
            drawings: Vec::new(),
            hidden: Vec::new(),
        };
        Self { out, block_start: 0 }
    }

    /// Adds a page.
    pub(super) fn page(&mut self, info: PageInfo) {
        self.out.pages.push(info);
    }

    /// Adds the place of a drawing.
    pub(super) fn drawing(&mut self, region: PageRegion) {
        // Rounded as everywhere, so that it is the same after a way through a pipe.
        self.out.drawings.push(PageRegion::from(<(u32, f64, f64, f64, f64)>::from(region)));
    }

    /// Keeps the words that are not part of the text.
    pub(super) fn hidden(&mut self, hidden: Vec<Hidden>) {
        self.out.hidden = hidden;
    }

    /// Starts a block.
    pub(super) fn begin_block(&mut self) {
        if !self.out.text.is_empty() {
            self.separator('\n');
        }
        self.block_start = self.out.text.len();
    }

    /// White space that stands on no page.
    pub(super) fn separator(&mut self, c: char) {
        self.out.text.push(c);
        self.out.edges.resize(self.out.text.len(), [f32::NAN; 2]);
    }

    /// A character of the current line with its left and right edge. Call [`Self::run`] when the line is complete.
    pub(super) fn push(&mut self, c: char, x0: f32, x1: f32) {
        self.out.text.push(c);
        self.out.edges.resize(self.out.text.len(), [x0, x1]);
    }

    /// The same of a character that was read with `confidence`, 0 to 100 %.
    pub(super) fn push_with_confidence(&mut self, c: char, x0: f32, x1: f32, confidence: u8) {
        let start = self.out.text.len();
        self.push(c, x0, x1);
        if confidence >= FULL_CONFIDENCE || c.is_whitespace() {
            return;
        }
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let (start, end) = (clamp(start), clamp(self.out.text.len()));
        match self.out.ocr_runs.last_mut() {
            Some(last) if last.end == start && last.confidence == confidence => last.end = end,
            _ => self.out.ocr_runs.push(OcrRun { start, end, confidence }),
        }
    }

    /// Declares that everything from byte `start` to the end stands on one visual line of page `page`.
    pub(super) fn run(&mut self, start: usize, page: u32, y0: f32, y1: f32) {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        if start < self.out.text.len() {
            self.out.runs.push(Run { start: clamp(start), end: clamp(self.out.text.len()), page, y0, y1 });
        }
    }

    /// Text on page `page` whose place on it is not known.
    pub(super) fn push_unplaced(&mut self, text: &str, page: u32) {
        let start = self.out.text.len();
        self.out.text.push_str(text);
        self.out.edges.resize(self.out.text.len(), [f32::NAN; 2]);
        self.run(start, page, 0.0, 0.0);
    }

    /// Number of bytes so far.
    pub(super) fn len(&self) -> usize {
        self.out.text.len()
    }

    /// The text so far.
    pub(super) fn text(&self) -> &str {
        &self.out.text
    }

    /// The last character so far.
    pub(super) fn last_char(&self) -> Option<char> {
        self.out.text.chars().next_back()
    }

    /// Whether the block has no text yet.
    pub(super) fn at_block_start(&self) -> bool {
        self.out.text.len() == self.block_start
    }

    /// Removes the last character: a hyphen that only marked the end of a line.
    pub(super) fn pop(&mut self) {
        self.out.text.pop();
        let len = self.out.text.len();
        self.out.edges.truncate(len);
        let end = u32::try_from(len).unwrap_or(u32::MAX);
        if let Some(last) = self.out.runs.last_mut() {
            last.end = last.end.min(end);
        }
        if let Some(last) = self.out.ocr_runs.last_mut() {
            last.end = last.end.min(end);
        }
    }

    /// Ends the block; its span is filled in here. An empty block is dropped.
    pub(super) fn end_block(&mut self, block: Block) {
        if let Some(block) = self.ended(block) {
            self.out.blocks.push(block);
        }
    }

    /// Ends the block as a running header or footer. No other block may follow.
    pub(super) fn end_margin(&mut self, block: Block) {
        if let Some(block) = self.ended(block) {
            self.out.margins.push(block);
        }
    }

    fn ended(&mut self, mut block: Block) -> Option<Block> {
        block.span = Span::new(self.block_start, self.out.text.len());
        if block.span.is_empty() && self.out.text.ends_with('\n') {
            self.pop();
        }
        (!block.span.is_empty()).then_some(block)
    }

    /// The finished text.
    pub(super) fn finish(self) -> DocumentText {
        self.out
    }
}
