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
