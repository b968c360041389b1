//! A page whose file does not say what some of its glyphs are: what was read of its picture stands in their places.

use super::super::glyph::{Glyph, Sheet, UNREAD};
use super::{Rotation, Scan, Word, glyphs};

/// Part of a word's width that has to lie over glyphs that are not known.
const OVER: f32 = 0.5;
/// Glyphs further apart than this, in parts of the size, are not of one run.
const APART: f32 = 1.5;

impl Scan {
    /// The page `own` of the file as it is read after this scan of it.
    pub(in super::super) fn sheet_for(&self, own: &Sheet) -> Sheet {
        let same_size = (own.info.width - self.width).abs() < 2.0 && (own.info.height - self.height).abs() < 2.0;
        let level = |rotation: &Rotation| rotation.orientation == 0 && rotation.skew.abs() < 0.01;
        if self.mends && same_size && level(&self.rotation) && level(&own.info.rotation) {
            let mut sheet = own.clone();
            sheet.glyphs = mended(&own.glyphs, &self.words);
            sheet
        } else {
            self.sheet()
        }
    }
}

/// The glyphs of a page, with words in place of those that are not known.
fn mended(own: &[Glyph], words: &[Word]) -> Vec<Glyph> {
    let mut out = Vec::with_capacity(own.len());
    let mut rest = own;
    while let Some(first) = rest.first() {
        if first.c != UNREAD {
            out.push(*first);
            rest = &rest[1..];
            continue;
        }
        let (run, after) = rest.split_at(run(rest));
        rest = after;
        let (x0, x1) = run.iter().fold((f32::MAX, f32::MIN), |(a, b), g| (a.min(g.x0), b.max(g.x1)));
        let over = |word: &&Word| {
            let middle = f32::midpoint(word.y0, word.y1);
            let shared = word.x1.min(x1) - word.x0.max(x0);
            (first.y - first.size..first.y + 0.3 * first.size).contains(&middle) && shared > OVER * (word.x1 - word.x0)
        };
        let found: Vec<&Word> = words.iter().filter(over).collect();
        if found.is_empty() {
            out.extend(run);
        }
        for word in found {
            glyphs::spread(word, first.y, first.size, &mut out);
        }
    }
    out
}

/// Length of the run of unknown glyphs at the beginning, with the spaces in it.
fn run(glyphs: &[Glyph]) -> usize {
    let mut end = 1;
    for (i, pair) in glyphs.windows(2).enumerate() {
        let (left, g) = (pair[0], pair[1]);
        let gap = g.x0 - left.x1;
        let near = (g.y - left.y).abs() < 0.3 * g.size && (-g.size..APART * g.size).contains(&gap);
        if !near || !(g.c == UNREAD || g.c.is_whitespace()) {
            break;
        }
        if g.c == UNREAD {
            end = i + 2;
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::super::super::glyph::FULL_CONFIDENCE;
    use super::*;

    #[test]
    fn words_of_the_picture_stand_for_glyphs_that_are_not_known() {
        let set = |x: f32, y: f32, text: &str| -> Vec<Glyph> {
            let glyph = |(i, c): (usize, char)| {
                let x0 = x + 5.0 * i as f32;
                Glyph { c, x0, x1: x0 + 5.0, y, size: 10.0, bold: false, confidence: FULL_CONFIDENCE }
            };
            text.chars().enumerate().map(glyph).collect()
        };
        let u = UNREAD;
        let mut page = set(50.0, 100.0, &format!("until {u}{u} {u}{u}{u} {u}{u}{u}{u} only"));
        page.extend(set(50.0, 120.0, &format!("{u}{u} gone")));
        let word = |text: &str, x0: f32, x1: f32, y: f32| Word {
            text: text.to_owned(),
            x0,
            y0: y - 7.0,
            x1,
            y1: y,
            line: 1,
            confidence: 88,
        };
        let words = [
            word("untl", 50.0, 74.0, 100.0),
            word("31", 80.0, 90.0, 100.0),
            word("May", 95.0, 110.0, 100.0),
            word("2029", 115.0, 135.0, 100.0),
            word("only", 140.0, 160.0, 100.0),
        ];
        let out = mended(&page, &words);
        let text: String = out.iter().map(|g| g.c).collect();
        assert_eq!(text.split_whitespace().collect::<Vec<_>>().join(" "), format!("until 31 May 2029 only{u}{u} gone"));
        assert!(out.iter().all(|g| (g.confidence == 88)
            == (g.c != ' ' && (79.0..136.0).contains(&g.x0) && g.y < 110.0 || g.c == ' ' && g.confidence == 88)));
    }
}
