//! Rows to paragraphs, and paragraphs to the normalised text.

use std::collections::HashSet;

use super::flow::{
    continues, ends_open, ends_sentence, flows_on, high_item, is_labelled, is_number, is_unit, is_within_sentence,
    looks_numbered, starts_lower,
};
use super::lines::{Piece, Row};
use super::{Block, BlockKind, PageInfo, TextBuilder};
use crate::cite::{PageRegion, Part as _, Span};

/// A row with the page it stands on.
#[derive(Debug, Clone)]
pub(super) struct Placement {
    pub row: Row,
    pub page: u32,
    /// The page turned upright for this row, where that is not the way most of the page is read.
    pub frame: Option<PageInfo>,
}

impl Placement {
    /// A row in the direction of its page.
    pub(super) fn upright(row: Row, page: u32) -> Self {
        Self { row, page, frame: None }
    }
}

/// The rows of one paragraph, or one table row.
pub(super) type Paragraph = Vec<Placement>;

/// Groups the rows of one page, with their texts, into paragraphs; `usual` is the [`line_pitch`] of the document.
pub(super) fn paragraphs(rows: Vec<Row>, texts: &[String], page: u32, usual: Option<f32>) -> Vec<Paragraph> {
    let starts = starts(&rows, texts, usual);
    let mut out: Vec<Paragraph> = Vec::new();
    for (row, start) in rows.into_iter().zip(starts) {
        let placed = Placement::upright(row, page);
        match out.last_mut() {
            Some(last) if !start => last.push(placed),
            _ => out.push(vec![placed]),
        }
    }
    out
}

/// The paragraphs of text that runs in another direction than its page.
pub(super) fn turned(rows: Vec<Row>, page: u32, frame: PageInfo) -> Vec<Paragraph> {
    let texts = texts(&rows);
    let mut out = paragraphs(rows, &texts, page, None);
    for placed in out.iter_mut().flatten() {
        placed.frame = Some(frame);
    }
    out
}

/// Puts what stands beside the running text of its page after the paragraph that ends there or runs over to the next.
pub(super) fn insert(body: Vec<Paragraph>, asides: Vec<Paragraph>) -> Vec<Paragraph> {
    if asides.is_empty() {
        return body;
    }
    let mut out = Vec::with_capacity(body.len() + asides.len());
    let mut asides = asides.into_iter().peekable();
    let page = |p: &Paragraph| p[0].page;
    for paragraph in body {
        while let Some(aside) = asides.next_if(|a| page(a) < page(&paragraph)) {
            out.push(aside);
        }
        out.push(paragraph);
    }
    out.extend(asides);
    out
}

/// Which rows begin a paragraph.
fn starts(rows: &[Row], texts: &[String], usual: Option<f32>) -> Vec<bool> {
    let pitch = Pitch::of(rows, texts, usual);
    let mut first = 0;
    let mut out = vec![true; rows.len()];
    for i in 1..rows.len() {
        let pair = Pair { rows: &rows[i - 1..=i], texts: &texts[i - 1..=i], before: &texts[first..i] };
        out[i] = pair.begins_paragraph(pitch, || right_margin(rows, i - 1))
            && !is_stray_item(texts, i)
            && !counts_units(texts, i);
        if out[i] {
            first = i;
        }
    }
    out
}

/// Whether a line begins with a figure in brackets, such as `(30)`, that no list on the page comes to.
fn is_stray_item(texts: &[String], i: usize) -> bool {
    let Some(number) = high_item(&texts[i]).filter(|_| !ends_sentence(&texts[i - 1])) else { return false };
    let previous = format!("({})", number - 1);
    !texts[..i].iter().any(|t| t.starts_with(&previous)) && !texts[i - 1].contains('\t')
}

/// Whether a line is the number between a sentence and its unit: "for successive / 12 / months".
fn counts_units(texts: &[String], i: usize) -> bool {
    let unit = texts.get(i + 1).and_then(|next| next.split(' ').next()).is_some_and(is_unit);
    unit && is_number(&texts[i]) && !ends_sentence(&texts[i - 1]) && !texts[i - 1].contains('\t')
}

/// The usual distance of two baselines on a page, in parts of the font size.
#[derive(Debug, Clone, Copy)]
struct Pitch {
    lines: f32,
    /// Whether words tell it, and not only the distances themselves.
    told: bool,
}

impl Pitch {
    fn of(rows: &[Row], texts: &[String], usual: Option<f32>) -> Self {
        let mut gaps: Vec<f32> = gaps(rows).map(|(_, gap)| gap).collect();
        gaps.sort_by(f32::total_cmp);
        // The lower quartile: in a document of one-line paragraphs the median would be the distance of paragraphs.
        let quartile = gaps.get(gaps.len() / 4).copied().unwrap_or(1.2);
        // On a page of labels over their values even the quartile is that distance.
        let within = median(lines_within(rows, texts)).or(usual);
        Self { lines: within.map_or(quartile, |lines| lines.min(quartile)), told: within.is_some() }
    }
}

/// The distance of two lines of one paragraph in a document, in parts of the font size, where its words tell it.
pub(super) fn line_pitch(pages: &[(Vec<Row>, Vec<String>)]) -> Option<f32> {
    median(pages.iter().flat_map(|(rows, texts)| lines_within(rows, texts)).collect())
}

/// The texts of rows.
pub(super) fn texts(rows: &[Row]) -> Vec<String> {
    rows.iter().map(Row::text).collect()
}

/// The distances of lines that certainly belong to one paragraph: the second goes on in lower case.
fn lines_within(rows: &[Row], texts: &[String]) -> Vec<f32> {
    let goes_on = |i: usize| starts_lower(&texts[i + 1]) && !ends_sentence(&texts[i]);
    gaps(rows).filter(|&(i, _)| goes_on(i)).map(|(_, gap)| gap).collect()
}

/// The distances of the lines that stand one under another, each with the place of the upper one.
fn gaps(rows: &[Row]) -> impl Iterator<Item = (usize, f32)> {
    let lines = rows.windows(2).enumerate().filter(|(_, w)| w[0].line().is_some() && w[1].line().is_some());
    let gap = |w: &[Row]| (w[1].bottom() - w[0].bottom()) / w[1].size().max(1.0);
    lines.map(move |(i, w)| (i, gap(w))).filter(|(_, gap)| (0.8..3.2).contains(gap))
}

fn median(mut values: Vec<f32>) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}

/// The right margin of the column in which row `i` stands, from the lines around it.
fn right_margin(rows: &[Row], i: usize) -> f32 {
    let (x0, x1) = (rows[i].x0(), rows[i].x1());
    let around = &rows[i.saturating_sub(15)..(i + 16).min(rows.len())];
    // A title across both columns begins further right than the column that it overlaps.
    let beside = |r: &&Row| r.x0() < x1.min(x0 + 48.0) && r.x1() > x0;
    let same_column = around.iter().filter(|r| r.line().is_some()).filter(beside);
    same_column.map(Row::x1).fold(x1, f32::max)
}

/// Two rows, one after the other, with their texts and those of the paragraph up to the second.
struct Pair<'a> {
    rows: &'a [Row],
    texts: &'a [String],
    before: &'a [String],
}

impl Pair<'_> {
    /// Whether the second row begins a paragraph, given the usual distance of lines and the right margin at the first.
    fn begins_paragraph(&self, pitch: Pitch, margin: impl Fn() -> f32) -> bool {
        let (Some(last), Some(line)) = (self.rows[0].line(), self.rows[1].line()) else { return true };
        let (end, text) = (self.texts[0].as_str(), self.texts[1].as_str());
        let size = line.size.max(last.size);
        let gap = line.y - last.y;
        if gap < -0.5 * size {
            // The next column: a sentence goes on there.
            return !flows_on(end, text);
        }
        let alike = (line.size - last.size).abs() <= 0.12 * size;
        if gap > (pitch.lines * 1.28).max(1.0) * size || !alike {
            // "For terms of 12 months each", and a free line below it a label.
            if pitch.told && gap > pitch.lines * 1.7 * size {
                return !(continues(end, text) || starts_lower(text) && text.contains(' ') && !ends_sentence(end));
            }
            // Double spacing of one paragraph and space between two look alike; the words decide.
            return gap > 2.6 * size || !flows_on(end, text) || !alike;
        }
        if continues(end, text) {
            return false;
        }
        // A form on a page of short lines has no margin that would tell its lines apart.
        if is_labelled(text) && is_labelled(end) {
            return true;
        }
        let room = margin() - last.x1;
        let short = room > line.first_word_width() + 0.9 * size;
        let ended = ends_sentence(end);
        if short {
            let centered = centered_pair(last, line) && !ends_open(end);
            return ended || centered || !flows_on(end, text) && !self.is_within_sentence(last.bold == line.bold);
        }
        let indented = line.x0 > last.x0 + 0.9 * size;
        ended && (indented || looks_numbered(text)) || (last.bold && !line.bold && !starts_lower(text) && ended)
    }

    fn is_within_sentence(&self, same_weight: bool) -> bool {
        // What stands further up says no more.
        const ENOUGH: usize = 12;
        same_weight
            && is_within_sentence(&self.before[self.before.len().saturating_sub(ENOUGH)..].join("\n"), &self.texts[1])
    }
}

/// Whether two lines are centred on one axis: each line of a title page stands for itself.
fn centered_pair(last: &Piece, line: &Piece) -> bool {
    let axis = |p: &Piece| f32::midpoint(p.x0, p.x1);
    (axis(last) - axis(line)).abs() < 3.0 && (last.x0 - line.x0).abs() > 8.0
}

/// Joins the paragraph that a page break cut in two.
pub(super) fn join_pages(pages: Vec<Vec<Paragraph>>) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::new();
    for page in pages {
        for (i, paragraph) in page.into_iter().enumerate() {
            let last = out.last().filter(|_| i == 0).and_then(|p| p.last()).and_then(|p| p.row.line());
            let runs_on = match (last, paragraph[0].row.line()) {
                (Some(last), Some(line)) => {
                    let alike = (line.size - last.size).abs() < 0.12 * line.size && line.bold == last.bold;
                    let full = out.last().is_some_and(|p| last_line_is_full(p, line));
                    let (end, text) = (last.text(), line.text());
                    let open = full && !ends_sentence(&end) && !looks_numbered(&text);
                    alike && (flows_on(&end, &text) || open)
                }
                _ => false,
            };
            match out.last_mut() {
                Some(last) if runs_on => last.extend(paragraph),
                _ => out.push(paragraph),
            }
        }
    }
    out
}

/// Whether the last line of a paragraph of several lines had no room for the first word of the next line.
fn last_line_is_full(paragraph: &Paragraph, next: &Piece) -> bool {
    let Some(last) = paragraph.last() else { return false };
    let margin = paragraph.iter().filter(|p| p.page == last.page).map(|p| p.row.x1()).fold(0.0, f32::max);
    paragraph.len() > 1 && margin - last.row.x1() < next.first_word_width() + 0.9 * next.size
}

/// Writes paragraphs into the text, joining the words that line ends have cut. `end` ends each as a block or as a margin.
pub(super) fn emit(
    paragraphs: &[Paragraph],
    pages: &[PageInfo],
    builder: &mut TextBuilder,
    end: impl Fn(&mut TextBuilder, Block),
) {
    let words = vocabulary(paragraphs);
    for paragraph in paragraphs {
        builder.begin_block();
        let table = paragraph[0].row.line().is_none();
        for placed in paragraph {
            for (c, cell) in placed.row.cells.iter().enumerate() {
                for (l, piece) in cell.iter().enumerate() {
                    if c > 0 && l == 0 {
                        builder.separator('\t');
                    } else if !builder.at_block_start() {
                        join_line(builder, piece, &words);
                    }
                    match (&placed.frame, pages.get(placed.page as usize - 1)) {
                        (Some(frame), Some(page)) => emit_turned(builder, piece, placed.page, frame, page),
                        _ => emit_piece(builder, piece, placed.page),
                    }
                }
            }
        }
        end(builder, describe(paragraph, table, pages));
    }
}

fn describe(paragraph: &Paragraph, table: bool, pages: &[PageInfo]) -> Block {
    let first = &paragraph[0];
    let width = pages.get(first.page as usize - 1).map_or(0.0, |p| p.width);
    let pieces = || paragraph.iter().flat_map(|p| p.row.cells.iter().flatten());
    let centered = |p: &Piece| {
        let (left, right) = (p.x0, width - p.x1);
        (left - right).abs() < 0.05 * width && left > 0.16 * width
    };
    Block {
        span: Span::new(0, 0),
        kind: if table { BlockKind::TableRow } else { BlockKind::Paragraph },
        page: first.page,
        size: first.row.size(),
        bold: pieces().all(|p| p.bold),
        centered: !table && pieces().all(centered),
        indent: first.row.x0(),
    }
}

fn emit_piece(builder: &mut TextBuilder, piece: &Piece, page: u32) {
    let start = builder.len();
    for p in &piece.chars {
        builder.push_with_confidence(p.c, p.x0, p.x1, p.confidence);
    }
    builder.run(start, page, piece.y - 0.8 * piece.size, piece.y + 0.22 * piece.size);
}

/// The same of a piece in another direction: each word has a box of its own.
fn emit_turned(builder: &mut TextBuilder, piece: &Piece, page: u32, frame: &PageInfo, upright: &PageInfo) {
    for (i, word) in piece.chars.split(|p| p.c == ' ').enumerate() {
        if i > 0 {
            builder.separator(' ');
        }
        let (Some(first), Some(last)) = (word.first(), word.last()) else { continue };
        let (y0, y1) = (piece.y - 0.8 * piece.size, piece.y + 0.22 * piece.size);
        let place = upright.place_from(frame, PageRegion { page, x0: first.x0, y0, x1: last.x1, y1 });
        let start = builder.len();
        for p in word {
            builder.push_with_confidence(p.c, place.x0, place.x1, p.confidence);
        }
        builder.run(start, page, place.y0, place.y1);
    }
}

/// Puts what belongs between two lines of a paragraph: a space, or nothing where a hyphen cut a word.
fn join_line(builder: &mut TextBuilder, next: &Piece, words: &HashSet<String>) {
    match builder.last_char() {
        Some('\u{ad}') => builder.pop(),
        Some('-') => {
            let left = last_word(builder.text());
            let right = word_at(next.chars.iter().map(|p| p.c));
            let starts_lower = right.chars().next().is_some_and(char::is_lowercase);
            let letter = left.chars().last().is_some_and(char::is_alphabetic);
            if !letter || right.is_empty() {
                builder.separator(' ');
            } else if starts_lower && is_cut_word(&left, &right, words) {
                builder.pop();
            }
        }
        _ => builder.separator(' '),
    }
}

/// Whether `left-right` at a line end is one word cut in two, rather than a compound such as `non-exclusive`.
///
/// The document itself decides: its other words tell whether it writes the joined form, the compound, or the halves.
fn is_cut_word(left: &str, right: &str, words: &HashSet<String>) -> bool {
    let (left, right) = (left.to_lowercase(), right.to_lowercase());
    if words.contains(&format!("{left}{right}")) {
        return true;
    }
    if words.contains(&format!("{left}-{right}")) {
        return false;
    }
    !(words.contains(&left) && words.contains(&right))
}

fn last_word(text: &str) -> String {
    let head = text.strip_suffix('-').unwrap_or(text);
    let start = head
        .rfind(|c: char| !c.is_alphabetic())
        .map_or(0, |i| i + head.part(i..).chars().next().map_or(1, char::len_utf8));
    head.part(start..).to_owned()
}

fn word_at(chars: impl Iterator<Item = char>) -> String {
    chars.take_while(|c| c.is_alphabetic()).collect()
}

/// The words of the document in lower case, with compounds as they stand inside lines.
fn vocabulary(paragraphs: &[Paragraph]) -> HashSet<String> {
    let mut words = HashSet::new();
    let hyphenated = paragraphs
        .iter()
        .flatten()
        .flat_map(|p| p.row.cells.iter().flatten())
        .any(|p| p.chars.last().is_some_and(|last| last.c == '-'));
    // Most documents cut no word at all, and need no vocabulary.
    if !hyphenated {
        return words;
    }
    let mut cut = false;
    for piece in paragraphs.iter().flatten().flat_map(|p| p.row.cells.iter().flatten()) {
        let mut word = String::new();
        // What follows a hyphen at a line end may be the rest of a word.
        let rest = if cut { piece.chars.iter().take_while(|p| p.c.is_alphabetic()).count() } else { 0 };
        cut = piece.chars.last().is_some_and(|p| p.c == '-');
        for p in piece.chars[rest..].iter().chain(std::iter::once(&END)) {
            if p.c.is_alphabetic() || (p.c == '-' && !word.is_empty()) {
                word.extend(p.c.to_lowercase());
            } else if !word.is_empty() {
                if !word.ends_with('-') {
                    words.insert(std::mem::take(&mut word));
                }
                word.clear();
            }
        }
    }
    words
}

/// Ends the last word of a line.
const END: super::lines::Placed = super::lines::Placed { c: ' ', x0: 0.0, x1: 0.0, confidence: 100 };
