//! Patterns compiled once, at first use, and small helpers for byte positions.

/// Declares a static regular expression. The patterns are constants of the program: one that does not compile is a
/// mistake that the first test of its family shows.
macro_rules! pattern {
    ($name:ident, $re:expr) => {
        static $name: std::sync::LazyLock<regex::Regex> =
            std::sync::LazyLock::new(|| regex::Regex::new($re).expect("the pattern is valid"));
    };
}
pub(super) use pattern;

/// The largest character boundary of `s` that is not after `at`.
pub(super) fn floor(s: &str, at: usize) -> usize {
    let mut at = at.min(s.len());
    while !s.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The smallest character boundary of `s` that is not before `at`.
pub(super) fn ceil(s: &str, at: usize) -> usize {
    let mut at = at.min(s.len());
    while !s.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// Length of the match of an anchored pattern at the start of `s`; 0 without one.
pub(super) fn prefix_len(re: &regex::Regex, s: &str) -> usize {
    re.find(s).map_or(0, |m| m.end())
}

/// Whether `hay` holds `needle`, given in lower case, in either case of letters.
pub(super) fn contains_fold(hay: &str, needle: &str) -> bool {
    hay.as_bytes().windows(needle.len()).any(|w| w.eq_ignore_ascii_case(needle.as_bytes()))
}
