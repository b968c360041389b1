//! Values of form fields and notes typed over a page, where they stand inside a line: on a blank, or between two words.

use super::glyph::{GAP, Glyph, Sheet};

/// Fewer blanks in a row are punctuation.
const BLANKS: usize = 3;
/// A value stands so far above or below the baseline of its line, in parts of the size.
const ABOVE: f32 = 0.9;
const BELOW: f32 = 0.6;
/// Part of a value, or of the blank, that the other covers.
const OVERLAP: f32 = 0.5;

/// Moves the values of fields that belong into lines from `sheet.fields` to their places in `sheet.glyphs`.
pub(super) fn fill(sheet: &mut Sheet) {
    if sheet.fields.is_empty() || sheet.glyphs.is_empty() {
        return;
    }
    let values = values(std::mem::take(&mut sheet.fields));
    let blanks = blanks(&sheet.glyphs);
    // By the glyph before which each goes; the last place first, so that the others stay.
    let mut placed: Vec<(usize, f32, Vec<Glyph>)> = Vec::new();
    let mut filled: Vec<Blank> = Vec::new();
    for mut value in values {
        let blank = blanks.iter().filter(|blank| blank.takes(&value));
        let blank = blank.max_by(|a, b| a.shared(&value).total_cmp(&b.shared(&value)));
        let at = match blank {
            Some(blank) => {
                filled.push(*blank);
                // What is left of the blank before and behind the value is a gap.
                let x0 = extent(&value).0;
                let before = sheet.glyphs[blank.from..blank.to].iter().take_while(|g| g.x0 < x0 - 0.1).count();
                Some((blank.from + before, blank.y))
            }
            None => between(&sheet.glyphs, &value),
        };
        match at {
            Some((at, y)) => {
                for glyph in &mut value {
                    glyph.y = y;
                }
                placed.push((at, value[0].x0, value));
            }
            None => sheet.fields.extend(value),
        }
    }
    for blank in &filled {
        sheet.glyphs[blank.from..blank.to].iter_mut().for_each(|g| g.c = GAP);
    }
    placed.sort_by(|a, b| (b.0, b.1).partial_cmp(&(a.0, a.1)).unwrap_or(std::cmp::Ordering::Equal));
    for (at, _, value) in placed {
        sheet.glyphs.splice(at..at, value);
    }
}

/// The glyphs of fields, by value: those that follow each other on one line.
fn values(glyphs: Vec<Glyph>) -> Vec<Vec<Glyph>> {
    let mut out: Vec<Vec<Glyph>> = Vec::new();
    for g in glyphs {
        let last = out.last().and_then(|value| value.last());
        let goes_on = last.is_some_and(|last| {
            let gap = g.x0 - last.x1;
            (g.y - last.y).abs() < 0.3 * last.size && (-last.size..2.0 * last.size).contains(&gap)
        });
        match out.last_mut().filter(|_| goes_on) {
            Some(value) => value.push(g),
            None => out.push(vec![g]),
        }
    }
    out
}

/// A blank to be filled in: glyphs of a page from one index to another.
#[derive(Debug, Clone, Copy)]
struct Blank {
    from: usize,
    to: usize,
    x0: f32,
    x1: f32,
    y: f32,
    size: f32,
}

impl Blank {
    /// Width that a value and the blank have in common.
    fn shared(&self, value: &[Glyph]) -> f32 {
        let (x0, x1) = extent(value);
        x1.min(self.x1) - x0.max(self.x0)
    }

    fn takes(&self, value: &[Glyph]) -> bool {
        let (x0, x1) = extent(value);
        let least = OVERLAP * (x1 - x0).min(self.x1 - self.x0);
        let y = value[0].y;
        self.shared(value) > least.max(0.1)
            && (self.y - ABOVE * self.size..self.y + BELOW * self.size).contains(&y)
            && value.iter().any(|g| !g.c.is_whitespace())
    }
}

fn extent(value: &[Glyph]) -> (f32, f32) {
    value.iter().fold((f32::MAX, f32::MIN), |(x0, x1), g| (x0.min(g.x0), x1.max(g.x1)))
}

/// The blanks of a page: underscores in a row, also with spaces between them.
fn blanks(glyphs: &[Glyph]) -> Vec<Blank> {
    let mut out = Vec::new();
    let mut start = 0;
    while start < glyphs.len() {
        if glyphs[start].c != '_' {
            start += 1;
            continue;
        }
        let first = glyphs[start];
        let on_line = |g: &&Glyph| matches!(g.c, '_' | ' ' | '\u{a0}') && (g.y - first.y).abs() < 0.3 * first.size;
        let run = glyphs[start..].iter().take_while(on_line).count();
        let lines = glyphs[start..start + run].iter().rposition(|g| g.c == '_').map_or(0, |last| last + 1);
        let run_glyphs = &glyphs[start..start + lines];
        if run_glyphs.iter().filter(|g| g.c == '_').count() >= BLANKS {
            let (x0, x1) = extent(run_glyphs);
            out.push(Blank { from: start, to: start + lines, x0, x1, y: first.y, size: first.size });
        }
        start += run.max(1);
    }
    out
}

/// Where a value stands between two glyphs of one line that follow each other: the index of the second, and the baseline.
fn between(glyphs: &[Glyph], value: &[Glyph]) -> Option<(usize, f32)> {
    let (x0, x1) = extent(value);
    let (y, size) = (value[0].y, value[0].size);
    let slack = 0.25 * size;
    let mut before: Option<Glyph> = None;
    for (i, g) in glyphs.iter().enumerate().filter(|(_, g)| !g.c.is_whitespace()) {
        if let Some(left) = before {
            let one_line = (left.y - g.y).abs() < 0.2 * left.size;
            let level = (g.y - ABOVE * g.size..g.y + BELOW * g.size).contains(&y);
            if one_line && level && left.x1 < x0 + slack && g.x0 > x1 - slack && left.x1 <= g.x0 {
                return Some((i, g.y));
            }
        }
        before = Some(*g);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::glyph::FULL_CONFIDENCE;
    use super::*;

    fn set(x: f32, y: f32, text: &str) -> Vec<Glyph> {
        let glyph = |(i, c): (usize, char)| {
            let x0 = x + 5.0 * i as f32;
            Glyph { c, x0, x1: x0 + 5.0, y, size: 10.0, bold: false, confidence: FULL_CONFIDENCE }
        };
        text.chars().enumerate().map(glyph).collect()
    }

    fn filled(page: &[(f32, f32, &str)], fields: &[(f32, f32, &str)]) -> (String, String) {
        let all = |texts: &[(f32, f32, &str)]| texts.iter().flat_map(|(x, y, text)| set(*x, *y, text)).collect();
        let mut sheet = Sheet::new(600.0, 800.0);
        (sheet.glyphs, sheet.fields) = (all(page), all(fields));
        fill(&mut sheet);
        let words = |glyphs: &[Glyph]| {
            let text: String = glyphs.iter().map(|g| if g.c == GAP { ' ' } else { g.c }).collect();
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        (words(&sheet.glyphs), words(&sheet.fields))
    }

    #[test]
    fn values_stand_where_their_blanks_were() {
        let page = [(0.0, 100.0, "from __________________ until ____________________ only")];
        let (text, rest) = filled(&page, &[(160.0, 98.0, "2 May 2027"), (25.0, 103.0, "1 May 2026")]);
        assert_eq!((&*text, &*rest), ("from 1 May 2026 until 2 May 2027 only", ""));
    }

    #[test]
    fn values_between_words_stand_there_and_others_stay_fields() {
        let page = [(0.0, 100.0, "starts on"), (120.0, 100.0, "and ends"), (0.0, 130.0, "Name:")];
        let (text, rest) = filled(&page, &[(55.0, 99.0, "1 May 2026"), (60.0, 130.0, "Ada Quill")]);
        assert_eq!((&*text, &*rest), ("starts on1 May 2026and endsName:", "Ada Quill"));
        // Nothing to write on, and a value that lies elsewhere.
        let (text, rest) = filled(&[(0.0, 100.0, "a __ b")], &[(10.0, 100.0, "stamp"), (0.0, 300.0, "note")]);
        assert_eq!((&*text, &*rest), ("a __ b", "stampnote"));
    }

    #[test]
    fn values_in_a_row_under_their_labels_are_cells() {
        let all = |texts: &[(f32, f32, &str)]| texts.iter().flat_map(|(x, y, text)| set(*x, *y, text)).collect();
        let mut sheet = Sheet::new(600.0, 800.0);
        sheet.glyphs = all(&[(40.0, 90.0, "Start"), (240.0, 90.0, "Term"), (40.0, 130.0, "Name:")]);
        sheet.fields = all(&[(42.0, 105.0, "1 May 2026"), (242.0, 105.0, "36 months"), (120.0, 130.0, "Ada Quill")]);
        let rows: Vec<String> = super::super::lines::rows(&sheet).iter().map(super::super::lines::Row::text).collect();
        assert_eq!(rows, ["Start\tTerm", "1 May 2026\t36 months", "Name: Ada Quill"]);
    }
}
