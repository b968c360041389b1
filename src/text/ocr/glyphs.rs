//! The words of a scan as glyphs, so that lines, tables and paragraphs are found as in any other page.

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
    pub(in super::super) fn sheet(&self) -> Sheet {
        let mut sheet = Sheet::new(self.width, self.height);
        sheet.info.tilt = self.tilt;
        sheet.image_cover = 1.0;
        let lines: Vec<&[Word]> = self.words.chunk_by(|a, b| a.line == b.line).collect();
        let body = body(&lines);
        for line in lines {
            let size = snapped(size(line), body);
            let y = baseline(line, size);
            for word in line {
                spread(word, y, size, &mut sheet.glyphs);
            }
        }
        sheet
    }
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

fn median(mut values: Vec<f32>) -> Option<f32> {
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
    median(lines.iter().flat_map(|line| line.iter().filter(|w| tells(w)).map(|_| size(line))).collect()).unwrap_or(10.0)
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
fn spread(word: &Word, y: f32, size: f32, out: &mut Vec<Glyph>) {
    let whole: f32 = word.text.chars().map(width).sum();
    let unit = (word.x1 - word.x0) / whole.max(0.1);
    let mut x = word.x0;
    for c in word.text.chars() {
        let x1 = x + unit * width(c);
        out.push(Glyph { c, x0: x, x1, y, size, bold: false, sure: word.sure });
        x = x1;
    }
    out.push(Glyph { c: ' ', x0: x, x1: x, y, size, bold: false, sure: word.sure });
}

#[cfg(test)]
mod tests {
    use super::super::Tilt;
    use super::*;

    fn word(text: &str, x0: f32, y: f32, line: u32) -> Word {
        // As printed in 10 points on the baseline `y`.
        let top = if text.chars().any(is_tall) { TALL } else { SMALL };
        let deep = if text.chars().any(is_deep) { DEEP } else { 0.0 };
        let x1 = x0 + 5.0 * text.len() as f32;
        Word { text: text.to_owned(), x0, y0: y - 10.0 * top, x1, y1: y + 10.0 * deep, line, sure: 90 }
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
        let scan = Scan { page: 1, width: 612.0, height: 792.0, tilt: Tilt::default(), words };
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
