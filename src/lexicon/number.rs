//! Numbers in words and figures: "sixty (60)", "twenty-first", "one and one-half".

use tickler_pdf::NUMBERS;

use super::Found;
use super::token::{Kind, Tokens};

/// A number as a contract writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// The number in thousandths, so that "one and one-half" has a place: 1500.
    pub thousandths: u64,
    /// Whether the words and the figure beside them differ. The words are taken, as courts do (R16).
    pub disputed: bool,
}

impl Number {
    /// The number, if it is whole.
    #[must_use]
    pub fn whole(self) -> Option<u32> {
        self.thousandths.is_multiple_of(1000).then(|| u32::try_from(self.thousandths / 1000).ok()).flatten()
    }
}

/// The first whole number in `text`, such as the 2 of "two (2) additional terms".
#[must_use]
pub fn count(text: &str) -> Option<Found<u32>> {
    let tokens = Tokens::of(text);
    (0..tokens.len()).find_map(|i| {
        let (number, next) = number(&tokens, i)?;
        let value = number.whole()?;
        Some(Found { value, range: tokens.get(i)?.start..tokens.end(next - 1) })
    })
}

/// The first ordinal in `text`, such as the 7 of "the seventh (7th) anniversary".
#[must_use]
pub fn ordinal(text: &str) -> Option<Found<u32>> {
    let tokens = Tokens::of(text);
    (0..tokens.len()).find_map(|i| {
        let (value, next) = ordinal_at(&tokens, i)?;
        Some(Found { value, range: tokens.get(i)?.start..tokens.end(next - 1) })
    })
}

/// With the misspellings that contracts repeat.
const TENS: [(&str, u64); 10] = [
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fourty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("ninty", 90),
];
const ORDINALS: [(&str, u32); 27] = [
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
    ("eleventh", 11),
    ("twelfth", 12),
    ("thirteenth", 13),
    ("fourteenth", 14),
    ("fifteenth", 15),
    ("sixteenth", 16),
    ("seventeenth", 17),
    ("eighteenth", 18),
    ("nineteenth", 19),
    ("twentieth", 20),
    ("thirtieth", 30),
    ("fortieth", 40),
    ("fiftieth", 50),
    ("sixtieth", 60),
    ("seventieth", 70),
    ("eightieth", 80),
    ("ninetieth", 90),
];

/// Whether a word is a number between one and ninety.
#[must_use]
pub fn is_number(word: &str) -> bool {
    small(word).is_some() || tens(word).is_some()
}

/// Whether a word can be a number: most fail at their first letter or their length.
fn is_like_number(word: &str) -> bool {
    (3..=9).contains(&word.len()) && matches!(word.as_bytes()[0] | 0x20, b'z' | b'o' | b't' | b'f' | b's' | b'e' | b'n')
}

fn small(word: &str) -> Option<u64> {
    if !is_like_number(word) {
        return None;
    }
    NUMBERS.iter().position(|w| w.eq_ignore_ascii_case(word)).map(|n| n as u64)
}

fn tens(word: &str) -> Option<u64> {
    if !is_like_number(word) {
        return None;
    }
    TENS.iter().find(|(w, _)| w.eq_ignore_ascii_case(word)).map(|&(_, n)| n)
}

/// Number words from token `i`, and the token after them.
pub(super) fn words(tokens: &Tokens<'_>, i: usize) -> Option<(u64, usize)> {
    let (mut total, mut current, mut seen, mut at) = (0u64, 0u64, false, i);
    let mut end = i;
    // What the last word was worth: after "sixty" only "one" to "nine" may follow, after "two" only "hundred".
    let mut room = u64::MAX;
    while let Some(word) = tokens.word(at) {
        if let Some(n) = small(word) {
            if seen && (n >= 10 && room < 100 || n < 10 && room < 10) {
                break;
            }
            current += n;
            room = 1;
        } else if let Some(n) = tens(word) {
            if seen && room < 100 {
                break;
            }
            current += n;
            room = 10;
        } else if word.eq_ignore_ascii_case("hundred") && seen && current < 100 {
            current = current.max(1) * 100;
            room = 100;
        } else if word.eq_ignore_ascii_case("thousand") && seen && current < 1000 {
            total += current.max(1) * 1000;
            current = 0;
            room = 1000;
        } else if matches!(word, "a" | "A" | "an" | "An") && !seen && tokens.is_word(at + 1, &["hundred", "thousand"]) {
            current = 1;
            room = 1;
        } else {
            break;
        }
        seen = true;
        at += 1;
        end = at;
        // "twenty-four" and "one hundred and eighty".
        let glued = || tokens.is(at, Kind::Dash) && tokens.glued(at) && tokens.glued(at + 1);
        let joins_tens = room == 10 && tokens.is(at, Kind::Dash)
            // "one hundred-twenty", "one-hundred"
            || room == 100 && glued()
            || room == 1 && glued() && tokens.is_word(at + 1, &["hundred", "thousand"]);
        let joins_and = room >= 100 && tokens.is_word(at, &["and"]);
        if joins_tens || joins_and {
            at += 1;
        }
    }
    seen.then_some((total + current, end))
}

/// A figure from token `i`: `60`, `1,000`, `1.5`, in thousandths.
fn figure(tokens: &Tokens<'_>, i: usize) -> Option<(u64, usize)> {
    let head = tokens.digits(i)?;
    if head.len() > 9 {
        return None;
    }
    let mut value: u64 = head.parse().ok()?;
    let mut at = i + 1;
    while tokens.is_mark(at, ",") && tokens.glued(at) && tokens.glued(at + 1) {
        let Some(group) = tokens.digits(at + 1).filter(|d| d.len() == 3) else { break };
        value = value.checked_mul(1000)?.checked_add(group.parse().ok()?)?;
        if value > 1_000_000_000 {
            return None;
        }
        at += 2;
    }
    let mut thousandths = value * 1000;
    if tokens.is_mark(at, ".") && tokens.glued(at) && tokens.glued(at + 1) {
        if let Some(decimals) = tokens.digits(at + 1).filter(|d| d.len() <= 3) {
            let scale = [1000, 100, 10, 1][decimals.len()];
            thousandths += decimals.parse::<u64>().ok()? * scale;
            at += 2;
        }
    } else if tokens.is_mark(at, "½") {
        thousandths += 500;
        at += 1;
    } else if let (Some("1"), true, Some("2")) = (tokens.digits(at), tokens.is_mark(at + 1, "/"), tokens.digits(at + 2))
    {
        thousandths += 500;
        at += 3;
    }
    Some((thousandths, at))
}

/// "and one-half", "and a half" from token `i`: the token after it.
fn half(tokens: &Tokens<'_>, i: usize) -> Option<usize> {
    let mut at = i;
    at += usize::from(tokens.is_word(at, &["and"]));
    at += usize::from(tokens.is_word(at, &["one", "a"]));
    at += usize::from(tokens.is(at, Kind::Dash));
    tokens.is_word(at, &["half"]).then_some(at + 1)
}

/// A number in words, in figures, or in both, from token `i`; and the token after it.
pub(super) fn number(tokens: &Tokens<'_>, i: usize) -> Option<(Number, usize)> {
    // "[20] days": a place that was filled in.
    if tokens.is(i, Kind::Open) {
        let (value, next) = words(tokens, i + 1).map(|(n, next)| (n * 1000, next)).or_else(|| figure(tokens, i + 1))?;
        return tokens.is(next, Kind::Close).then_some((Number { thousandths: value, disputed: false }, next + 1));
    }
    let (first, mut at, in_words) = if let Some((n, next)) = words(tokens, i) {
        (n * 1000, next, true)
    } else {
        let (n, next) = figure(tokens, i)?;
        (n, next, false)
    };
    let mut value = first;
    if let Some(next) = half(tokens, at).filter(|_| tokens.is_word(at, &["and"])) {
        value += 500;
        at = next;
    }
    let mut disputed = false;
    // "sixty (60)", "36 (thirty-six)", "two and one-half (2 1/2)"; the closing bracket may be lost.
    if tokens.is(at, Kind::Open) {
        let second = words(tokens, at + 1).map(|(n, next)| (n * 1000, next)).or_else(|| figure(tokens, at + 1));
        if let Some((other, next)) = second
            && tokens.is(next, Kind::Close)
        {
            disputed = other != value;
            // Words prevail over figures (R16).
            if disputed && !in_words {
                value = other;
            }
            at = next + 1;
        } else if tokens.is_word(at + 1, &["I", "l"]) && tokens.is(at + 2, Kind::Close) && value == 1000 {
            // "one (I) year": a misread figure 1.
            at += 3;
        }
    } else if in_words && tokens.is(at + 1, Kind::Close) {
        // "sixty 60) days": the opening bracket is lost.
        if let Some((_, next)) = figure(tokens, at).filter(|&(other, _)| other == value) {
            at = next + 1;
        }
    }
    Some((Number { thousandths: value, disputed }, at))
}

/// An ordinal from token `i`: "seventh", "21st", "twenty-first", "20t h", "fifteenth (15th)"; and the token after it.
pub(super) fn ordinal_at(tokens: &Tokens<'_>, i: usize) -> Option<(u32, usize)> {
    let simple = |at: usize| {
        let word = tokens.word(at)?;
        ORDINALS.iter().find(|(w, _)| w.eq_ignore_ascii_case(word)).map(|&(_, n)| n)
    };
    let (value, mut at) = if let Some(n) = simple(i) {
        (n, i + 1)
    } else if let Some(n) = tokens.word(i).and_then(tens) {
        let next = i + 1 + usize::from(tokens.is(i + 1, Kind::Dash));
        let unit = simple(next).filter(|&u| u < 10)?;
        (u32::try_from(n).ok()? + unit, next + 1)
    } else {
        let digits = tokens.digits(i).filter(|d| d.len() <= 3)?;
        (digits.parse().ok()?, suffix(tokens, i + 1)?)
    };
    // "fifteenth (15th)".
    if tokens.is(at, Kind::Open)
        && tokens.digits(at + 1).is_some()
        && let Some(close) = suffix(tokens, at + 2).or(Some(at + 2)).filter(|&c| tokens.is(c, Kind::Close))
    {
        at = close + 1;
    }
    Some((value, at))
}

/// The letters of an ordinal after its figure, also when a raised "th" was torn apart: "20t h".
pub(super) fn suffix(tokens: &Tokens<'_>, i: usize) -> Option<usize> {
    if tokens.is_word(i, &["st", "nd", "rd", "th"]) {
        return Some(i + 1);
    }
    let torn = [("t", "h"), ("s", "t"), ("n", "d"), ("r", "d")];
    torn.iter().any(|(a, b)| tokens.is_word(i, &[a]) && tokens.is_word(i + 1, &[b])).then_some(i + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (text, want, disputed) in [
            ("sixty (60)", 60_000, false),
            ("sixty(60)", 60_000, false),
            ("thirty [30]", 30_000, false),
            ("[45]", 45_000, false),
            ("one hundred and eighty (180)", 180_000, false),
            ("one hundred twenty", 120_000, false),
            ("one hundred-twenty (120)", 120_000, false),
            ("one-hundred-eighty", 180_000, false),
            ("Thirty-six (36)", 36_000, false),
            ("ninety (60)", 90_000, true),
            ("36 (thirty-six)", 36_000, false),
            ("two and one-half", 2_500, false),
            ("1.5", 1_500, false),
            ("1 ½", 1_500, false),
            ("1,000", 1_000_000, false),
            ("one (I)", 1_000, false),
            ("a hundred", 100_000, false),
            ("fifteen ( 15 )", 15_000, false),
        ] {
            let tokens = Tokens::of(text);
            let (n, next) = number(&tokens, 0).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((n.thousandths, n.disputed, next), (want, disputed, tokens.len()), "{text}");
        }
    }

    #[test]
    fn ordinals() {
        for (text, want) in [
            ("first", 1),
            ("twenty-first", 21),
            ("21st", 21),
            ("fifteenth (15th)", 15),
            ("20t h", 20),
            ("1s t", 1),
            ("thirtieth", 30),
        ] {
            assert_eq!(ordinal(text).map(|f| (f.value, f.range)), Some((want, 0..text.len())), "{text}");
        }
        assert_eq!(count("for up to two (2) further terms").map(|f| f.value), Some(2));
    }
}
