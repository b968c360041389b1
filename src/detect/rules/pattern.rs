//! Patterns compiled once, at first use, and small helpers for byte positions.

/// Declares a static regular expression whose `\b \w \d \s` know ASCII only: several times faster than the Unicode
/// classes, and all that rules for English need. The patterns are constants of the program: one that does not compile
/// is a mistake that the first test of its family shows.
macro_rules! pattern {
    ($name:ident, $re:expr) => {
        static $name: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| {
            regex::Regex::new(&$crate::detect::rules::pattern::ascii($re)).expect("the pattern is valid")
        });
    };
}
pub(super) use pattern;

/// `re` with its short classes spelt out in ASCII.
pub(super) fn ascii(re: &str) -> String {
    let mut out = String::with_capacity(re.len() * 2);
    let mut class = 0_u32;
    let mut chars = re.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                let set = match chars.next() {
                    Some('w') => "0-9A-Za-z_",
                    Some('d') => "0-9",
                    Some('s') => r"\t\n\r ",
                    Some('W') if class == 0 => {
                        out.push_str("[^0-9A-Za-z_]");
                        continue;
                    }
                    Some('b') if class == 0 => {
                        out.push_str(r"(?-u:\b)");
                        continue;
                    }
                    other => {
                        out.push('\\');
                        out.extend(other);
                        continue;
                    }
                };
                if class == 0 {
                    out.push('[');
                    out.push_str(set);
                    out.push(']');
                } else {
                    out.push_str(set);
                }
            }
            '[' => {
                class += 1;
                out.push(c);
            }
            ']' => {
                class = class.saturating_sub(1);
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

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
    let needle = needle.as_bytes();
    // Most places fail at their first letter, in either case the same byte but for one bit.
    let Some(first) = needle.first().map(|b| b | 0x20) else { return true };
    hay.as_bytes().windows(needle.len()).any(|w| w[0] | 0x20 == first && w.eq_ignore_ascii_case(needle))
}
