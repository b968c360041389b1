//! Wordings: lists of ways to say something, each short enough to read, written as words and not as an expression.
//!
//! `shall/will (not) renew ~2 term/terms`: words apart by white space, `a/b` for either, `(a/b)` for what may be missing,
//! `end*` for any ending, `~2` for at most two words, `..40` for at most 40 bytes of the same clause, `^` and `$` for the
//! start and the end of the text. A hyphen in a word stands for a hyphen, white space or nothing; `'` for any apostrophe.

use std::fmt::Write as _;

/// The expression that finds any of `ways`; one string may hold several, apart by commas.
pub(super) fn expression(ways: &[&str]) -> String {
    let all: Vec<String> = ways.iter().flat_map(|line| line.split(", ")).map(one).collect();
    format!("(?:{})", all.join("|"))
}

/// The expression of one way: a part that ends with a word needs white space before the next.
fn one(way: &str) -> String {
    let mut out = String::new();
    let mut spaced = false;
    let mut glued = true;
    for item in way.split(' ') {
        let gap = if spaced { r"\s+" } else { "" };
        let edge = if spaced || !glued { "" } else { r"\b" };
        if let Some(most) = item.strip_prefix("..") {
            let _ = write!(out, "[^.;]{{0,{most}}}?");
            (spaced, glued) = (false, true);
        } else if let Some(most) = item.strip_prefix('~') {
            let _ = write!(out, r"{gap}{edge}(?:[\w'’-]+\s+){{0,{most}}}?");
            (spaced, glued) = (false, false);
        } else if let Some(inside) = item.strip_prefix('(').and_then(|i| i.strip_suffix(')')) {
            let _ = write!(out, r"{gap}{edge}(?:{}\s+)?", either(inside));
            (spaced, glued) = (false, false);
        } else if item == "^" {
            out.push_str(r"^\W*");
        } else if item == "$" {
            out.push_str(r#"[\s"“”(_:]*$"#);
            (spaced, glued) = (false, false);
        } else {
            let _ = write!(out, "{gap}{edge}{}", either(item));
            (spaced, glued) = (true, true);
        }
    }
    if spaced { out + r"\b" } else { out }
}

/// `a/b` as an expression.
fn either(words: &str) -> String {
    let word = |w: &str| w.replace('.', r"\.").replace('-', r"[\s-]?").replace('\'', "['’]").replace('*', r"\w*");
    let all: Vec<String> = words.split('/').map(word).collect();
    if all.len() == 1 { all.concat() } else { format!("(?:{})", all.join("|")) }
}

#[cfg(test)]
mod tests {
    use crate::detect::rules::pattern::Pattern;

    #[test]
    fn ways_are_found() {
        let pattern =
            Pattern::any_of(&["shall/will (not) renew ~2 term/terms", "non-compet* ..20 period", "^ if", "by $"]);
        for words in [
            "It shall renew the term",
            "it will not  renew for\nterms",
            "a noncompete of a period",
            "non competition, the period",
            "- if so",
            "given by ",
        ] {
            assert!(pattern.is_match(words), "{words}");
        }
        for words in
            ["it shall renewterm", "will renew for a long new term", "non compete. A period", "what if", "by it"]
        {
            assert!(!pattern.is_match(words), "{words}");
        }
    }
}
