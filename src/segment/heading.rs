//! Headings: whole blocks, and the words before the first full stop of a section.

use crate::record::Part as _;
use crate::text::{Block, BlockKind};

/// Longest heading in bytes.
const MAX: usize = 110;

/// Whether a block, its number removed, is a heading and nothing else.
pub(super) fn is_heading(body: &str, block: &Block, numbered: bool) -> bool {
    let text = body.trim();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 3 || text.len() > MAX || block.kind != BlockKind::Paragraph || text.ends_with([',', ';']) {
        return false;
    }
    let upper = text.chars().filter(|c| c.is_uppercase()).count();
    let capitals = upper * 10 >= letters * 9;
    let stops = text.ends_with(['.', ':']);
    let inner = text.trim_end_matches(['.', ':']).contains(". ");
    if numbered {
        return !inner
            && (capitals || block.bold || titled(text) && text.len() < 80)
            && (!stops || titled(text) || capitals);
    }
    !inner && !stops && (capitals || block.bold && titled(text)) && !field(text)
}

/// The heading without the dashes and stops around it.
pub(super) fn clean(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ':' | '-' | '\u{2013}' | '\u{2014}'))
}

/// `By: ____`, `Name:`, `/s/`: lines of a signature block are no headings, whatever their type.
fn field(text: &str) -> bool {
    text.contains("__") || text.contains("/s/") || text.contains(':') || text.starts_with("By ")
}

/// Whether most words that carry meaning begin with a capital.
fn titled(text: &str) -> bool {
    const SMALL: [&str; 16] =
        ["of", "and", "the", "to", "for", "in", "on", "or", "by", "with", "a", "an", "at", "from", "upon", "as"];
    let words: Vec<&str> = text.split([' ', '/', '\t']).filter(|w| w.chars().any(char::is_alphabetic)).collect();
    let big = words.iter().filter(|w| !SMALL.contains(&w.to_ascii_lowercase().trim_matches(',')));
    let (mut all, mut capital) = (0, 0);
    for word in big {
        all += 1;
        capital += usize::from(word.trim_start_matches(['"', '(', '\'']).starts_with(|c: char| c.is_uppercase()));
    }
    words.len() <= 14 && all > 0 && capital * 4 >= all * 3
}

/// Length of the heading with which a section begins, such as `Term. ` or `Governing Law: `, without its full stop.
/// `None` when the section begins with a sentence.
pub(super) fn run_in(body: &str) -> Option<usize> {
    let head = body.get(..body.len().min(MAX)).unwrap_or_else(|| {
        let cut = (0..=MAX).rev().find(|&i| body.is_char_boundary(i)).unwrap_or(0);
        body.part(..cut)
    });
    let mut ends = head.char_indices().filter(|(_, c)| matches!(c, '.' | ':' | '\u{2014}' | '\u{2013}'));
    let (end, _) = ends.find(|&(i, c)| {
        let after = body.part(i + c.len_utf8()..);
        after.starts_with([' ', '\t']) || after.is_empty() || !c.is_ascii()
    })?;
    let text = head.part(..end).trim();
    let after = body.part(end..).trim_start_matches(|c: char| !c.is_alphanumeric() && c != '(' && c != '"' && c != '[');
    let starts = after.starts_with(|c: char| c.is_uppercase() || matches!(c, '(' | '"' | '[')) || after.is_empty();
    let words = text.split(' ').count();
    (text.len() >= 3 && words <= 9 && titled(text) && starts && !text.contains('"')).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn run_in_headings() {
        assert_eq!(run_in("Term. The term of this Agreement is one year."), Some(4));
        assert_eq!(run_in("Governing Law: This Agreement is governed"), Some(13));
        assert_eq!(run_in("Limitation of Liability. IN NO EVENT"), Some(23));
        assert_eq!(run_in("The term of this Agreement is one year. It renews."), None);
        assert_eq!(run_in("Acme shall pay. Beta shall deliver."), None);
    }
}
