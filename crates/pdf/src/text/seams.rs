//! Which gaps of a line are word spaces.
//!
//! Where the file writes its spaces, a gap without one is a space only if it is about as wide as theirs. Where it writes
//! none, the gaps of the line tell: those between words stand apart from those between letters.

use super::lines::Placed;

/// A gap wider than this part of the font size separates words, unless the line tells otherwise: wider than kerning,
/// narrower than a word space.
const WORD_GAP: f32 = 0.16;
/// No narrower gap separates words.
pub(super) const LEAST_GAP: f32 = 0.1;
/// Spaces that a line needs to tell how wide they are.
const ENOUGH: usize = 3;

/// The gaps of the line that is being read, in font sizes.
#[derive(Debug, Default)]
pub(super) struct Seams {
    /// Where a space may stand: index of its character, width, and whether the file writes it.
    spaces: Vec<(usize, f32, bool)>,
    /// Widest gap between two letters of a word, and number of such gaps.
    letters: (f32, usize),
}

impl Seams {
    /// Notes a gap before the character at `at`.
    pub(super) fn space(&mut self, at: usize, width: f32, written: bool) {
        self.spaces.push((at, width, written));
    }

    /// Notes a gap inside a word.
    pub(super) fn letter(&mut self, width: f32) {
        self.letters = (self.letters.0.max(width), self.letters.1 + 1);
    }

    /// Ends the line: takes out the spaces that are none.
    pub(super) fn close(&mut self, chars: &mut Vec<Placed>) {
        let least = self.least();
        let mut none = self.spaces.iter().filter(|s| !s.2 && s.1 <= least).map(|s| s.0).peekable();
        if none.peek().is_some() {
            let mut at = 0;
            chars.retain(|_| {
                let gone = none.next_if_eq(&at).is_some();
                at += 1;
                !gone
            });
        }
        self.spaces.clear();
        self.letters = (0.0, 0);
    }

    /// The width above which a gap that the file does not write as a space is one all the same.
    fn least(&self) -> f32 {
        if self.spaces.iter().all(|s| s.2) {
            return WORD_GAP;
        }
        let sorted = |written: bool| {
            let mut widths: Vec<f32> = self.spaces.iter().filter(|s| s.2 == written).map(|s| s.1).collect();
            widths.sort_by(f32::total_cmp);
            widths
        };
        let (written, gaps) = (sorted(true), sorted(false));
        let spaced_out = gaps.len() > ENOUGH && gaps.len() > 2 * self.letters.1;
        if let Some(space) = written.get(written.len() / 2).filter(|_| spaced_out && gaps.len() > 2 * written.len()) {
            // Letters that are spaced out stand apart by less than the spaces that are written.
            let letters = gaps[gaps.len() / 2];
            if *space > 1.3 * letters {
                return WORD_GAP.max(f32::midpoint(*space, letters));
            }
        }
        if written.len() >= ENOUGH {
            return WORD_GAP.max((0.75 * written[written.len() / 2]).min(0.24));
        }
        // Without them, the widest step between two gaps is that from letters to words.
        if spaced_out {
            let step = gaps.windows(2).max_by(|a, b| (a[1] - a[0]).total_cmp(&(b[1] - b[0])));
            return step.filter(|w| w[1] > 1.5 * w[0]).map_or(WORD_GAP, |w| f32::midpoint(w[0], w[1]));
        }
        // Narrow spaces of a justified line: all of them stand clear of the gaps inside words.
        let narrow =
            gaps.len() >= ENOUGH && gaps[0] > self.letters.0.max(0.0) + 0.05 && self.letters.1 > 2 * gaps.len();
        if narrow { LEAST_GAP } else { WORD_GAP }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str, gaps: &[(f32, bool)], letters: f32) -> String {
        let (mut seams, mut chars, mut gaps) = (Seams::default(), Vec::<Placed>::new(), gaps.iter());
        for c in words.chars() {
            let inside = chars.last().is_some_and(|p| p.c != ' ');
            match gaps.as_slice().first().filter(|_| c == ' ') {
                Some(gap) => {
                    seams.space(chars.len(), gap.0, gap.1);
                    gaps.next();
                }
                None if inside => seams.letter(letters),
                None => {}
            }
            chars.push(Placed { c, x0: 0.0, x1: 0.0, confidence: 100 });
        }
        seams.close(&mut chars);
        chars.iter().map(|p| p.c).collect()
    }

    #[test]
    fn gaps_inside_words_and_between() {
        let space = (0.28, true);
        assert_eq!(read("the loa ns of it", &[space, (0.18, false), space, space], 0.0), "the loans of it");
        assert_eq!(read("the lo ans of it", &[space, (0.27, false), space, space], 0.0), "the lo ans of it");
        let narrow = (0.14, false);
        assert_eq!(read("Because Samuel pays it", &[narrow; 3], 0.0), "Because Samuel pays it");
        assert_eq!(read("AV ATAR", &[(0.12, false)], 0.0), "AVATAR");
        let (letter, word) = ((0.2, false), (0.5, false));
        let spaced = [letter, letter, letter, word, letter, letter, letter];
        assert_eq!(read("T E R M E N D S", &spaced, 0.0), "TERM ENDS");
        // The same where the file writes its spaces.
        let (letter, word) = ((0.3, false), (0.88, true));
        let spaced = [letter, letter, letter, word, letter, word, letter, letter, letter, letter];
        assert_eq!(read("T E R M O F L O A N S", &spaced, 0.0), "TERM OF LOANS");
    }
}
