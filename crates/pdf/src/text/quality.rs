//! Whether a text can be trusted.

use super::DocumentText;
use crate::cite::{Diagnostic, Severity, Stage};

/// Number of letters.
pub(super) fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// Whether the text is missing, or so full of unknown characters that another engine should try.
pub(super) fn is_broken(text: &str) -> bool {
    let (mut unknown, mut visible, mut spaces) = (0usize, 0usize, 0usize);
    for c in text.chars() {
        if c.is_whitespace() {
            spaces += 1;
        } else {
            visible += 1;
            unknown += usize::from(matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}'));
        }
    }
    visible < 20 || unknown * 20 > visible || (visible > 2000 && spaces * 30 < visible)
}

/// Whether the text of a page says nothing although there is enough of it: characters that the font does not name, or
/// letters that make no words in any language of Latin script.
pub(super) fn is_garbled(text: &str) -> bool {
    /// Letters that are enough to tell.
    const ENOUGH: usize = 150;
    let (mut visible, mut unknown, mut latin, mut vowels) = (0usize, 0usize, 0usize, 0usize);
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        visible += 1;
        unknown += usize::from(matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}'));
        latin += usize::from(c.is_ascii_alphabetic());
        vowels += usize::from(matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y'));
    }
    visible >= 20 && unknown * 10 > visible || latin >= ENOUGH && latin * 2 > visible && vowels * 5 < latin
}

/// Words that hardly any English paragraph does without.
const ENGLISH: [&str; 8] = ["the", "of", "and", "to", "in", "by", "this", "shall"];

/// Remarks on text that is broken or not English.
pub(super) fn check(text: &DocumentText, diagnostics: &mut Vec<Diagnostic>) {
    if is_broken(text.as_str()) {
        let message = "many characters of the text could not be read: the file hides its character codes";
        diagnostics.push(Diagnostic::new("text.broken", Severity::Warning, Stage::Text, message));
    }
    let (mut words, mut english) = (0usize, 0usize);
    for word in text.as_str().split_ascii_whitespace().take(4000) {
        let word = word.trim_matches(|c: char| !c.is_alphabetic());
        if !word.is_empty() {
            words += 1;
            english += usize::from(ENGLISH.iter().any(|e| word.eq_ignore_ascii_case(e)));
        }
    }
    if words > 100 && english * 20 < words {
        let message = "the text is not in English, the only language that is read: terms and deadlines of this document are missing or \
                       unreliable";
        diagnostics.push(Diagnostic::new("text.not_english", Severity::Warning, Stage::Text, message));
    }
}

#[cfg(test)]
mod tests {
    use super::is_garbled;
    use crate::cite::Part as _;

    #[test]
    fn garbled_pages() {
        let text = "The term of this agreement begins on the first day of March and ends after three years. ".repeat(4);
        assert!(!is_garbled(&text));
        let shifted: String =
            text.chars().map(|c| if matches!(c, ' ' | '.') { c } else { char::from(c as u8 - 29) }).collect();
        assert!(is_garbled(&shifted), "{shifted}");
        assert!(is_garbled(&format!("{}{}", "\u{fffd}".repeat(30), shifted.part(..20))));
        assert!(!is_garbled(
            "Le pr\u{e9}sent contrat prend effet le premier mars et se renouvelle par tacite reconduction. "
                .repeat(4)
                .as_str()
        ));
        assert!(!is_garbled("XK-4711 PRT-99 "));
    }
}
