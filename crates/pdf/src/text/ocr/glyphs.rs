//! The words of a scan as glyphs, so that lines, tables and paragraphs are found as in any other page.

use std::iter::repeat_n;

use super::super::glyph::{Glyph, Sheet};
use super::{Scan, Word};

/// Heights in parts of the font size, of faces that contracts are printed in: small letters, capitals and tall letters,
/// and what hangs below the line.
const SMALL: f32 = 0.46;
const TALL: f32 = 0.69;
const DEEP: f32 = 0.21;
/// Lines whose size differs less from that of most text have the same one: boxes are good to a pixel or two.
const ALIKE: f32 = 0.18;

impl Scan {
    /// The page as the engines hand pages over.
    pub(super) fn sheet(&self) -> Sheet {
        let mut sheet = Sheet::new(self.width, self.height);
        sheet.info.rotation = self.rotation;
        sheet.image_cover = 1.0;
        let lines: Vec<&[Word]> = self.words.chunk_by(|a, b| a.line == b.line).collect();
        let body = body(&lines);
        let set = |line| {
            let size = snapped(size(line), body);
            Set { words: line, size, y: baseline(line, size) }
        };
        for line in across(lines.into_iter().map(set).collect()) {
            for word in line.words {
                spread(word, line.y, line.size, &mut sheet.glyphs);
            }
        }
        sheet
    }
}

/// A line with its size and baseline.
struct Set<'a> {
    words: &'a [Word],
    size: f32,
    y: f32,
}

impl Set<'_> {
    fn x0(&self) -> f32 {
        self.words.iter().map(|w| w.x0).fold(f32::MAX, f32::min)
    }

    fn x1(&self) -> f32 {
        self.words.iter().map(|w| w.x1).fold(f32::MIN, f32::max)
    }

    /// Whether the other line goes on to the right of this one, at its height.
    fn beside(&self, other: &Self) -> bool {
        (self.y - other.y).abs() < LEVEL * self.size.min(other.size) && other.x0() > self.x1()
    }

    fn is_long(&self) -> bool {
        self.words.iter().map(|w| w.text.chars().count() + 1).sum::<usize>() > LONG
    }
}

/// Baselines that differ by less than this part of the size are one.
const LEVEL: f32 = 0.3;
/// More characters than a cell of a table has, mostly.
const LONG: usize = 24;
/// So many pairs of long lines side by side make columns of text.
const COLUMNS: usize = 6;

/// The lines as they stand across the page. tesseract takes the columns of a table for columns of text and reads one after
/// the other, which tears its rows; columns of text stay as it read them.
fn across(mut lines: Vec<Set<'_>>) -> Vec<Set<'_>> {
    let long = lines.iter().filter(|a| a.is_long() && lines.iter().any(|b| b.is_long() && a.beside(b))).count();
    if long >= COLUMNS {
        return lines;
    }
    lines.sort_by(|a, b| a.y.total_cmp(&b.y));
    // Rows: each line that is level with the first of its row.
    let mut rows: Vec<Vec<Set<'_>>> = Vec::new();
    for line in lines {
        match rows.last_mut() {
            Some(row) if (line.y - row[0].y).abs() < LEVEL * line.size.min(row[0].size) => row.push(line),
            _ => rows.push(vec![line]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.x0().total_cmp(&b.x0()));
    }
    rows.into_iter().flatten().collect()
}

fn is_tall(c: char) -> bool {
    c.is_uppercase()
        || c.is_ascii_digit()
        || matches!(c, 'b' | 'd' | 'f' | 'h' | 'k' | 'l' | 't' | 'i' | 'j' | '(' | '/' | '$')
}

fn is_deep(c: char) -> bool {
    matches!(
        c,
        'g' | 'j' | 'p' | 'q' | 'y' | 'Q' | ',' | ';' | '(' | ')' | '[' | ']' | '$' | '/' | '_' | '|' | '{' | '}'
    )
}

/// Whether the box of a word tells its size: it holds a letter or digit.
fn tells(word: &Word) -> bool {
    word.text.chars().any(char::is_alphanumeric)
}

fn size_of(word: &Word) -> f32 {
    let above = if word.text.chars().any(is_tall) { TALL } else { SMALL };
    let below = if word.text.chars().any(is_deep) { DEEP } else { 0.0 };
    (word.y1 - word.y0) / (above + below)
}

pub(super) fn median(mut values: Vec<f32>) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}

/// Font size of a line, in points: that of most of its words.
fn size(line: &[Word]) -> f32 {
    let telling: Vec<f32> = line.iter().filter(|w| tells(w)).map(size_of).collect();
    let any = || line.iter().map(|w| w.y1 - w.y0).fold(0.0, f32::max);
    median(telling).unwrap_or_else(any)
}

/// Font size of most words of the page.
fn body(lines: &[&[Word]]) -> f32 {
    let sizes = |line: &&[Word]| repeat_n(size(line), line.iter().filter(|w| tells(w)).count());
    median(lines.iter().flat_map(sizes).collect()).unwrap_or(10.0)
}

fn snapped(size: f32, body: f32) -> f32 {
    if (size - body).abs() < ALIKE * body { body } else { size }
}

fn baseline(line: &[Word], size: f32) -> f32 {
    let stands = |w: &&Word| tells(w) && !w.text.chars().any(is_deep);
    let hangs = |w: &Word| if w.text.chars().any(is_deep) { w.y1 - DEEP * size } else { w.y1 };
    median(line.iter().filter(stands).map(|w| w.y1).collect())
        .or_else(|| median(line.iter().map(hangs).collect()))
        .unwrap_or_default()
}

/// Width of a character beside that of others.
fn width(c: char) -> f32 {
    match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ';' | ':' | '\'' | '!' | '|' => 0.5,
        'f' | 'r' | 't' | '(' | ')' | '[' | ']' | '-' | '"' | '/' => 0.7,
        'm' | 'w' | 'M' | 'W' => 1.6,
        c if c.is_uppercase() => 1.3,
        _ => 1.0,
    }
}

/// Spreads the characters of a word over its box, and a space after it.
pub(super) fn spread(word: &Word, y: f32, size: f32, out: &mut Vec<Glyph>) {
    let whole: f32 = word.text.chars().map(width).sum();
    let unit = (word.x1 - word.x0) / whole.max(0.1);
    let mut x = word.x0;
    for c in word.text.chars() {
        let x1 = x + unit * width(c);
        out.push(Glyph { c, x0: x, x1, y, size, bold: false, confidence: word.confidence });
        x = x1;
    }
    out.push(Glyph { c: ' ', x0: x, x1: x, y, size, bold: false, confidence: word.confidence });
}

#[cfg(test)]
mod tests {
    use super::super::Rotation;
    use super::*;

    fn word(text: &str, x0: f32, y: f32, line: u32) -> Word {
        // As printed in 10 points on the baseline `y`.
        let top = if text.chars().any(is_tall) { TALL } else { SMALL };
        let deep = if text.chars().any(is_deep) { DEEP } else { 0.0 };
        let x1 = x0 + 5.0 * text.len() as f32;
        Word { text: text.to_owned(), x0, y0: y - 10.0 * top, x1, y1: y + 10.0 * deep, line, confidence: 90 }
    }

    #[test]
    fn rows_of_tables_are_read_across_and_columns_of_text_down() {
        let shown = |words| {
            let scan =
                Scan { page: 1, width: 612.0, height: 792.0, rotation: Rotation::default(), words, mends: false };
            scan.sheet().glyphs.iter().map(|g| g.c).collect::<String>()
        };
        let table = vec![
            word("Term", 72.0, 100.0, 1),
            word("Law", 72.0, 114.0, 2),
            word("36", 300.0, 100.5, 3),
            word("months", 320.0, 100.5, 3),
            word("Delaware", 300.0, 114.2, 4),
        ];
        assert_eq!(shown(table), "Term 36 months Law Delaware ");
        let column = |x: f32, first: u32| {
            let line = move |n: u32| word("abcdefghijklmnopqrstuvwxyz", x, 100.0 + 14.0 * n as f32, first + n);
            (0..8).map(line)
        };
        let mut words: Vec<Word> = column(72.0, 1).collect();
        words.extend(column(330.0, 20));
        words[0].text = "a".repeat(26);
        words[8].text = "b".repeat(26);
        let text = shown(words);
        assert!(text.find("bbb").unwrap() > 7 * 27, "{text}");
    }

    #[test]
    fn words_of_one_line_stand_on_one_baseline_in_one_size() {
        let words = vec![
            word("may", 72.0, 100.0, 1),
            word("renew", 92.0, 100.0, 1),
            word("This", 122.0, 100.0, 1),
            word("a", 72.0, 112.3, 2),
            word("year,", 82.0, 112.3, 2),
        ];
        let scan = Scan { page: 1, width: 612.0, height: 792.0, rotation: Rotation::default(), words, mends: false };
        let sheet = scan.sheet();
        let shown: String = sheet.glyphs.iter().map(|g| g.c).collect();
        assert_eq!(shown, "may renew This a year, ");
        for g in &sheet.glyphs {
            assert!((g.size - 10.0).abs() < 0.2, "{g:?}");
            assert!((g.y - 100.0).abs() < 0.01 || (g.y - 112.3).abs() < 0.01, "{g:?}");
        }
        assert!((sheet.glyphs[0].x0 - 72.0).abs() < 0.01);
        assert!((sheet.glyphs[2].x1 - 87.0).abs() < 0.01);
    }
}
