//! The typeface of the report: how wide a text is, and where its lines break.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Face, UnicodeBuffer};

use super::BadPdf;
use crate::export::is_unprintable;

/// A line may also end behind these, which stand in the names of files.
const BREAKS: [char; 3] = ['-', '/', '_'];

/// Regular or bold letters.
pub(super) struct Letters {
    face: Face<'static>,
    pub(super) font: Font,
}

/// A line as it is drawn.
#[derive(Clone)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) glyphs: Vec<KrillaGlyph>,
    /// In parts of the size of the letters.
    pub(super) width: f32,
}

impl Letters {
    pub(super) fn new(file: &'static [u8]) -> Result<Self, BadPdf> {
        let (face, font) = (Face::from_slice(file, 0), Font::new(file.into(), 0));
        let (Some(face), Some(font)) = (face, font) else { return Err(BadPdf("the typeface is damaged".to_owned())) };
        Ok(Self { face, font })
    }

    /// A text in one line.
    pub(super) fn run(&self, text: &str) -> Run {
        let text: String = text.chars().map(|c| if is_unprintable(c) { ' ' } else { c }).collect();
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text);
        buffer.guess_segment_properties();
        let shaped = rustybuzz::shape(&self.face, &[], buffer);
        // Each glyph stands for the text from its place to the next one.
        let mut places: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        places.sort_unstable();
        let end = |from: usize| places.iter().copied().find(|place| *place > from).unwrap_or(text.len());
        let em = self.face.units_per_em() as f32;
        let glyphs: Vec<KrillaGlyph> = shaped
            .glyph_infos()
            .iter()
            .zip(shaped.glyph_positions())
            .map(|(info, at)| {
                let [x, dx, dy, y] = [at.x_advance, at.x_offset, at.y_offset, at.y_advance].map(|n| n as f32 / em);
                let from = info.cluster as usize;
                KrillaGlyph::new(GlyphId::new(info.glyph_id), x, dx, dy, y, from..end(from), None)
            })
            .collect();
        let width = shaped.glyph_positions().iter().map(|at| at.x_advance as f32 / em).sum();
        Run { text, glyphs, width }
    }

    /// How wide a text is in letters of a size.
    pub(super) fn width(&self, text: &str, size: f32) -> f32 {
        self.run(text).width * size
    }

    /// The width of its widest word.
    pub(super) fn widest(&self, text: &str, size: f32) -> f32 {
        pieces(text).map(|(piece, _)| self.width(&piece, size)).fold(0.0, f32::max)
    }

    /// A text in lines that are no wider than `room`. A word that is wider is broken, and nothing is cut.
    pub(super) fn lines(&self, text: &str, size: f32, room: f32) -> Vec<Run> {
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        let mut is_apart = false;
        for (piece, ends_word) in pieces(text) {
            let joint = if is_apart && !line.is_empty() { " " } else { "" };
            let longer = format!("{line}{joint}{piece}");
            if self.width(&longer, size) <= room {
                line = longer;
            } else {
                if !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                }
                for c in piece.chars() {
                    let longer = format!("{line}{c}");
                    if self.width(&longer, size) > room && !line.is_empty() {
                        lines.push(std::mem::take(&mut line));
                    }
                    line.push(c);
                }
            }
            is_apart = ends_word;
        }
        if !line.is_empty() || lines.is_empty() {
            lines.push(line);
        }
        lines.iter().map(|line| self.run(line)).collect()
    }
}

/// What must stand in one line: words and their parts, each with whether a space follows.
fn pieces(text: &str) -> impl Iterator<Item = (String, bool)> {
    text.split_whitespace().flat_map(|word| {
        let parts: Vec<&str> = word.split_inclusive(BREAKS).collect();
        let last = parts.len() - 1;
        parts.into_iter().map(str::to_owned).enumerate().map(move |(at, part)| (part, at == last)).collect::<Vec<_>>()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_lose_no_letter() {
        let letters = Letters::new(dejavu::sans::regular()).unwrap();
        for text in [
            "Zoë Müller and Łukasz Żółć answer for security-services-fixed-notice-days.pdf",
            "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
            "",
            "  two   spaces ",
        ] {
            for room in [20.0, 60.0, 500.0] {
                let lines = letters.lines(text, 9.0, room);
                let told: String = lines.iter().map(|line| line.text.as_str()).collect();
                let plain = |text: &str| text.split_whitespace().collect::<String>();
                assert_eq!(plain(&told), plain(text));
                assert!(lines.iter().all(|line| line.width * 9.0 <= room), "{text} in {room}");
            }
        }
        assert_eq!(letters.lines("one two", 9.0, 500.0).len(), 1);
    }
}
