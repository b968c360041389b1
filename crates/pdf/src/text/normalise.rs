//! One spelling for each character: what rules and searches can rely on.

use unicode_normalization::UnicodeNormalization;

/// What becomes of one character of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelling {
    /// It stands for itself or for another character.
    One(char),
    /// It is a ligature or a compatibility form: several characters.
    Many(&'static str),
    /// It is white space.
    Space,
    /// It is a hyphen that shows only at the end of a line.
    SoftHyphen,
    /// It has no meaning in text.
    Nothing,
}

/// The normal spelling of `c`: straight quotes, plain hyphens and spaces, ligatures taken apart.
pub(super) fn spell(c: char) -> Spelling {
    match c {
        ' '..='~' if c != ' ' => Spelling::One(c),
        '\u{ad}' => Spelling::SoftHyphen,
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{2032}' | '\u{b4}' | '`' | '\u{2b9}' | '\u{2bc}' => {
            Spelling::One('\'')
        }
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '\u{2033}' | '\u{2ba}' => Spelling::One('"'),
        '\u{2010}' | '\u{2011}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' => Spelling::One('-'),
        // Bullets of symbol fonts live in the private use area.
        '\u{f0b7}' | '\u{f0a7}' | '\u{25cf}' | '\u{25aa}' | '\u{2023}' | '\u{2043}' => Spelling::One('\u{2022}'),
        // So do the boxes and circles of Wingdings and Wingdings 2.
        '\u{f0a8}' | '\u{f06f}' | '\u{f071}' | '\u{f072}' | '\u{f0a3}' => Spelling::One('\u{2610}'),
        '\u{f0fe}' | '\u{f0fc}' | '\u{f052}' => Spelling::One('\u{2611}'),
        '\u{f0fd}' | '\u{f078}' | '\u{f051}' | '\u{f053}' | '\u{f054}' => Spelling::One('\u{2612}'),
        '\u{f0fb}' => Spelling::One('\u{2717}'),
        '\u{f0a1}' => Spelling::One('\u{25cb}'),
        '\u{f0a4}' => Spelling::One('\u{25c9}'),
        // The Greek question mark looks like a semicolon, and converters of office documents write it for one.
        '\u{37e}' => Spelling::One(';'),
        '\u{2215}' | '\u{2044}' => Spelling::One('/'),
        '\u{fb00}' => Spelling::Many("ff"),
        '\u{fb01}' => Spelling::Many("fi"),
        '\u{fb02}' => Spelling::Many("fl"),
        '\u{fb03}' => Spelling::Many("ffi"),
        '\u{fb04}' => Spelling::Many("ffl"),
        '\u{fb05}' | '\u{fb06}' => Spelling::Many("st"),
        '\u{2026}' => Spelling::Many("..."),
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => Spelling::Nothing,
        c if c.is_whitespace() => Spelling::Space,
        c if c.is_control() => Spelling::Nothing,
        // Arabic letters by their form in the word.
        '\u{fb50}'..='\u{fdf1}' | '\u{fe70}'..='\u{fefc}' => {
            let mut plain = c.nfkc();
            plain.next().filter(|_| plain.next().is_none()).map_or(Spelling::One(c), Spelling::One)
        }
        '\u{ff01}'..='\u{ff5e}' => c.nfkc().next().map_or(Spelling::One(c), Spelling::One),
        c => Spelling::One(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings() {
        assert_eq!(spell('\u{201c}'), Spelling::One('"'));
        assert_eq!(spell('\u{fb01}'), Spelling::Many("fi"));
        assert_eq!(spell('\u{a0}'), Spelling::Space);
        assert_eq!(spell('\u{ad}'), Spelling::SoftHyphen);
        assert_eq!(spell('\u{202e}'), Spelling::Nothing);
        assert_eq!(spell('\u{ff21}'), Spelling::One('A'));
        assert_eq!(spell('\u{37e}'), Spelling::One(';'));
        assert_eq!(spell('é'), Spelling::One('é'));
    }
}
