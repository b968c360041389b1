//! Lists of words that patterns share, by name: "{index}" in a pattern is any way of `index` in `lists.txt`.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

static LISTS: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let paragraphs = include_str!("lists.txt").split("\n\n").map(str::trim_start);
    let named = paragraphs.filter_map(|p| p.split_once(':').filter(|(name, _)| !name.starts_with('#')));
    named.map(|(name, ways)| (name, ways.split(',').map(str::trim).collect())).collect()
});

/// The ways of the list `name`, as they are written.
pub(crate) fn ways(name: &str) -> &'static [&'static str] {
    LISTS.get(name).unwrap_or_else(|| unreachable!("no list {name}"))
}

/// `pattern` with the lists that it names written out.
pub(crate) fn with_lists(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        // "{2,3}" and "\x{e0}" are no names.
        let name = |name: &str| name.len() > 2 && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        if let Some((name, behind)) = after.split_once('}').filter(|(inside, _)| name(inside)) {
            let all: Vec<_> = ways(name).iter().map(|way| expression(way)).collect();
            let _ = write!(out, r"(?:\b(?:{}))", all.join("|"));
            rest = behind;
        } else {
            out.push('{');
            rest = after;
        }
    }
    out + rest
}

/// A way as a regular expression.
fn expression(way: &str) -> String {
    let words: Vec<_> = way.split_whitespace().collect();
    let mut out = String::new();
    for (i, word) in words.iter().enumerate() {
        let plain =
            word.trim_matches(['*', '[', ']']).replace('(', "(?:").replace('-', r"[\s-]?").replace('\'', "['’]?");
        // Words that come before another one with nothing but a space between.
        let apart = matches!(words.get(i + 1), Some(next) if !matches!(*next, ".." | "..."));
        let end = if apart { r"\s+" } else { r"\b" };
        let _ = match word.strip_prefix("..") {
            Some("") => write!(out, r"[^.;]{{0,80}}?\b"),
            Some(".") => write!(out, r"[^;]{{0,400}}?\b"),
            Some(most) => write!(out, r"(?:[\w'’()-]+[\s,]+){{0,{most}}}?"),
            None if word.starts_with('[') => write!(out, r"(?:{plain}\s+)?"),
            None if word.ends_with('*') => write!(out, r"{plain}\w*{end}"),
            None => write!(out, "{plain}{end}"),
        };
    }
    with_lists(&out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_means_two_lists() {
        let paragraphs =
            include_str!("lists.txt").split("\n\n").filter(|p| !p.trim().is_empty() && !p.starts_with('#'));
        assert_eq!(LISTS.len(), paragraphs.count());
    }

    #[test]
    fn lists_stand_for_their_ways() {
        assert_eq!(expression("set* [in] force"), r"set\w*\s+(?:in\s+)?force\b");
        assert_eq!(
            expression("polic(y|ies) of ..2 pre-paid"),
            r"polic(?:y|ies)\s+of\s+(?:[\w'’()-]+[\s,]+){0,2}?pre[\s-]?paid\b"
        );
        assert_eq!(expression("data* .. kept"), r"data\w*\b[^.;]{0,80}?\bkept\b");
        assert_eq!(with_lists(r"^\w{2,3}$"), r"^\w{2,3}$");
        assert!(with_lists(r"by {index}$").starts_with(r"by (?:\b(?:"));
    }

    #[test]
    fn ways_are_whole_and_stand_once() {
        for (name, ways) in &*LISTS {
            let wrong = ways
                .iter()
                .enumerate()
                .find(|(i, way)| way.is_empty() || way.ends_with(']') || ways[..*i].contains(way));
            assert_eq!(wrong, None, "{name}");
        }
    }
}
