//! Glyphs of which the file does not say what characters they are.

use super::glyph::{FreeGlyph, NOTHING, UNREAD};
use super::normalise::{Spelling, spell};

/// So many different codes in a row make words; a bullet or an ornament is alone.
const CODES: usize = 4;

/// Whether the file does not say what this glyph is: it has no character, one of nobody's, or none that shows.
fn is_unread(c: char) -> bool {
    let private = matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10fffd}');
    c != NOTHING && (c == UNREAD || (private && spell(c) == Spelling::One(c)) || c.is_control())
}

/// Whether glyphs are of so many kinds that they make words.
fn are_words<'a>(glyphs: impl Iterator<Item = &'a FreeGlyph>) -> bool {
    let mut codes: Vec<u32> = glyphs.map(|g| g.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.len() >= CODES
}

/// Puts [`UNREAD`] in place of the glyphs of a page that cannot be read, if words are among them.
pub(super) fn mark(glyphs: &mut [FreeGlyph]) {
    let blank = |c: char| c.is_whitespace() && !c.is_control();
    let mut words = false;
    let mut start = 0;
    while start < glyphs.len() {
        let run = glyphs[start..].iter().take_while(|g| is_unread(g.c) || blank(g.c)).count();
        let found = &glyphs[start..start + run];
        if run >= CODES {
            words |= are_words(found.iter().filter(|g| !blank(g.c)));
            // A font whose letters are all called a space.
            if found.iter().all(|g| blank(g.c)) && are_words(found.iter()) {
                words = true;
                glyphs[start..start + run].iter_mut().for_each(|g| g.c = UNREAD);
            }
        }
        start += run + 1;
    }
    for glyph in glyphs.iter_mut().filter(|g| words && is_unread(g.c)) {
        glyph.c = UNREAD;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str) -> String {
        let glyph = |c: char| FreeGlyph {
            c,
            x: 0.0,
            y: 0.0,
            dx: 5.0,
            dy: 0.0,
            size: 10.0,
            bold: false,
            code: u32::from(c),
            hidden: None,
        };
        let mut glyphs: Vec<FreeGlyph> = text.chars().map(glyph).collect();
        mark(&mut glyphs);
        glyphs.iter().map(|g| g.c).collect()
    }

    #[test]
    fn words_without_characters_are_noticed_and_bullets_are_not() {
        let date = "until \u{e033}\u{e014} \u{e044}\u{e055} or \u{e019}";
        assert_eq!(marked(date), "until \u{fffd}\u{fffd} \u{fffd}\u{fffd} or \u{fffd}");
        for same in [
            "\u{f0b7} one \u{f0b7} two",
            "\u{f076}\u{f076}\u{f076}\u{f076} four times",
            "\u{e001} x \u{e002} y \u{e003} \u{e004}",
        ] {
            assert_eq!(marked(same), same);
        }
        // A font of spaces.
        assert_eq!(marked("a\u{2000}\u{2001}\u{2002}\u{2003}b"), "a\u{fffd}\u{fffd}\u{fffd}\u{fffd}b");
        assert_eq!(marked("a    b"), "a    b");
    }
}
