//! Whether a sentence runs on from one line to the next, told by the words on either side of the line break.

use crate::cite::Part as _;
use crate::{MONTHS, NUMBERS};

/// Words that cannot end a sentence or a heading.
const OPEN: [&str; 64] = [
    "the", "of", "and", "or", "to", "a", "an", "in", "by", "for", "with", "at", "from", "that", "this", "its", "such",
    "any", "shall", "be", "as", "on", "not", "is", "before", "until", "after", "than", "each", "every", "will", "must",
    "giving", "within", "into", "upon", "under", "per", "least", "may", "has", "have", "been", "are", "were", "was",
    "if", "unless", "when", "which", "who", "whose", "their", "during", "either", "neither", "nor", "but", "because",
    "provided", "where", "without", "against", "said",
];

/// Words that only sentences have.
const VERBS: [&str; 24] = [
    "shall", "may", "will", "must", "is", "are", "was", "were", "be", "has", "have", "had", "does", "do", "can",
    "cannot", "agrees", "agree", "means", "begins", "ends", "renews", "expires", "pays",
];

/// Those of them that follow the subject of a clause.
const MODALS: [&str; 8] = ["shall", "may", "will", "must", "is", "are", "has", "agrees"];

/// Units that follow a number.
const UNITS: [&str; 13] = [
    "day",
    "month",
    "year",
    "week",
    "hour",
    "minute",
    "calendar",
    "business",
    "working",
    "consecutive",
    "successive",
    "percent",
    "dollar",
];

/// Words that a number or a letter follows: "Section 12", "No. 7".
const REFERENCES: [&str; 16] = [
    "section",
    "article",
    "clause",
    "paragraph",
    "exhibit",
    "schedule",
    "annex",
    "appendix",
    "attachment",
    "rule",
    "item",
    "part",
    "no.",
    "nos.",
    "\u{a7}",
    "number",
];

/// Words of the shortest line that is taken for a sentence.
const SENTENCE: usize = 6;

/// Whether a sentence runs on from `last` to `line`: it is not ended, and goes on in lower case or after a word that
/// asks for more.
pub(super) fn flows_on(last: &str, line: &str) -> bool {
    if continues(last, line) {
        return true;
    }
    let comma = last.ends_with([',', '-', '\u{ad}']);
    let wants_more = comma || ends_open(last) || opens_bracket(last);
    !ends_sentence(last)
        && (starts_lower(line) || starts_aside(line) && !last.starts_with('(') || wants_more && !looks_numbered(line))
}

/// Whether the line break cuts what is one whatever its lines look like: a number and its figure ("thirty / (30)") or
/// its unit ("12 / Months"), a date ("January 1, / 2026"), a reference ("Section / 12").
pub(super) fn continues(last: &str, line: &str) -> bool {
    let (Some(tail), Some(head)) = (last.split_whitespace().next_back(), line.split_whitespace().next()) else {
        return false;
    };
    let before = last.split_whitespace().rev().nth(1);
    repeats_number(last, tail, head)
        || is_number(tail) && before.is_some() && is_unit(head)
        || splits_date(before, tail, line)
        || is_reference(before, tail) && names_part(head)
}

/// Whether a line that is too short to end in the middle of a sentence does so all the same: `before`, the paragraph up
/// to here, is a sentence without its end, and `line` begins nothing of its own.
pub(super) fn is_within_sentence(before: &str, line: &str) -> bool {
    let words: Vec<&str> = before.split_whitespace().collect();
    let has_verb = || words.iter().any(|w| VERBS.contains(&core(w).to_ascii_lowercase().as_str()));
    let lower = words.iter().filter(|w| w.starts_with(|c: char| !c.is_uppercase())).count();
    let capitals = |text: &str| !text.chars().any(char::is_lowercase);
    let all_capitals = capitals(before);
    let prose = words.len() >= SENTENCE
        && (all_capitals && words.len() > SENTENCE + 2 || lower * 3 >= words.len())
        && has_verb();
    prose
        && !ends_sentence(before)
        && !looks_numbered(line)
        && !is_labelled(line)
        && (all_capitals || !capitals(line))
        && !(starts_with_digit(line) && starts_with_digit(before.rsplit('\n').next().unwrap_or_default()))
        && !is_clause(line)
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a line begins with a subject and its verb: "The Supplier shall".
fn is_clause(line: &str) -> bool {
    line.starts_with(char::is_uppercase) && line.split_whitespace().skip(1).take(5).any(|w| MODALS.contains(&w))
}

/// Whether the line ends with a word that cannot end a sentence or a heading.
pub(super) fn ends_open(text: &str) -> bool {
    let word = text.rsplit(' ').next().unwrap_or_default().trim_start_matches('(');
    OPEN.contains(&word)
        || matches!(word, "The" | "This" | "Each" | "Any" | "If" | "Unless" | "When" | "Within" | "Such")
}

/// Whether the line ends inside brackets.
fn opens_bracket(text: &str) -> bool {
    text.rfind('(').is_some_and(|open| !text.part(open..).contains(')'))
}

pub(super) fn ends_sentence(text: &str) -> bool {
    // A line of a table of contents, with its row of dots, stands for itself.
    if text.contains("....") {
        return true;
    }
    let last = text.chars().rev().find(|c| !matches!(c, '"' | '\'' | ')' | ']' | ' '));
    last.is_some_and(|c| matches!(c, '.' | ';' | ':' | '?' | '!' | '_'))
}

pub(super) fn starts_lower(text: &str) -> bool {
    text.starts_with(char::is_lowercase) && !looks_numbered(text)
}

/// `(the "Term")`, `("Supplier")`: words about what stands before them.
fn starts_aside(text: &str) -> bool {
    let mut inside = text.strip_prefix('(').unwrap_or_default().chars();
    inside.next().is_some_and(|c| c.is_lowercase() || c == '"') && !looks_numbered(text)
}

/// Whether a line begins like a list item or a section: `1.`, `4.2`, `(a)`, `(iv)`, `a)`, `•`, `Section 3`, `ARTICLE IX`.
pub(super) fn looks_numbered(text: &str) -> bool {
    let first = text.split(' ').next().unwrap_or_default();
    let core = first.trim_matches(|c: char| matches!(c, '(' | ')' | '.' | ':' | '"'));
    let marked = first.starts_with('(') && first.ends_with(')') || first.ends_with('.') || first.ends_with(')');
    // A year is no number of a clause.
    let digits = !core.is_empty() && core.split('.').all(|p| p.len() <= 3 && p.bytes().all(|b| b.is_ascii_digit()));
    let short_letters = core.len() <= 4 && core.len() < first.len() && core.bytes().all(|b| b.is_ascii_alphabetic());
    let roman = short_letters && core.bytes().all(|b| matches!(b.to_ascii_lowercase(), b'i' | b'v' | b'x'));
    (digits && core.len() <= 8 && (marked || core.contains('.')))
        || (marked && (roman || core.len() == 1 && short_letters || core.len() == 2 && first.starts_with('(')))
        || matches!(first, "\u{2022}" | "\u{25e6}" | "\u{2013}" | "-" | "*")
        || first.starts_with('\u{b7}')
        || matches!(first, "Section" | "SECTION" | "Article" | "ARTICLE" | "Schedule" | "Exhibit" | "EXHIBIT")
}

/// The number of a list item of two digits or more, such as `(30)`: few lists come so far.
pub(super) fn high_item(text: &str) -> Option<u32> {
    let number = text.strip_prefix('(')?.split(')').next()?;
    number.parse().ok().filter(|n| *n >= 10)
}

/// Whether a line begins with a label and has its value: "Start date: 1 May 2026". The lines of a signature belong together.
pub(super) fn is_labelled(text: &str) -> bool {
    const WORDS: usize = 5;
    const SIGNED: [&str; 8] = ["By", "Name", "Title", "Date", "Signature", "Signed", "Its", "Print Name"];
    let Some((label, value)) = text.split_once(": ") else { return false };
    let words = label.split(' ').count();
    let plain = label.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '/' | '\'' | '’' | '(' | ')'));
    words <= WORDS && plain && !SIGNED.contains(&label) && label.starts_with(char::is_uppercase) && !value.is_empty()
}

/// `thirty / (30)`, `one hundred and twenty / [120]`: the figure repeats the end of the words.
fn repeats_number(last: &str, tail: &str, head: &str) -> bool {
    let figure = head.trim_start_matches(['(', '[']);
    let digits: String = figure.chars().take_while(char::is_ascii_digit).collect();
    let (Some(words), Ok(figure), true) = (spelled(tail), digits.parse::<u32>(), figure.len() < head.len()) else {
        return false;
    };
    // "ARTICLE ONE" is a heading.
    let heading = last.split_whitespace().count() <= 3 && looks_numbered(last);
    !heading && figure % 10u32.pow(words.max(1).ilog10() + 1) == words
}

/// Value of one word of a number in words: "twenty-one", "Hundred". That of a longer number ends with it.
fn spelled(word: &str) -> Option<u32> {
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let word = core(word).to_ascii_lowercase();
    let small = |w: &str| (0..).zip(NUMBERS).find_map(|(n, s)| (s == w).then_some(n));
    let tens = |w: &str| (2..).zip(TENS).find_map(|(n, s)| (s == w).then_some(10 * n));
    match word.as_str() {
        // What is over is told by the words before.
        "hundred" | "thousand" => Some(0),
        _ => match word.split_once('-') {
            Some((ten, one)) => Some(tens(ten)? + small(one).or_else(|| ordinal(one))?),
            None => small(&word).or_else(|| tens(&word)).or_else(|| ordinal(&word)),
        },
    }
}

/// Value of the ordinals that contracts use.
fn ordinal(word: &str) -> Option<u32> {
    const ORDINALS: [(&str, u32); 13] = [
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
        ("fifteenth", 15),
        ("twentieth", 20),
        ("thirtieth", 30),
    ];
    ORDINALS.iter().find_map(|(w, n)| (*w == word).then_some(*n))
}

/// A word without the marks around it.
fn core(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

pub(super) fn is_number(word: &str) -> bool {
    let inside = core(word);
    spelled(word).is_some_and(|_| ordinal(&inside.to_ascii_lowercase()).is_none())
        || !inside.is_empty() && inside.len() <= 4 && inside.bytes().all(|b| b.is_ascii_digit())
}

pub(super) fn is_unit(word: &str) -> bool {
    let word = core(word).to_ascii_lowercase();
    UNITS.iter().any(|unit| word.strip_prefix(unit).is_some_and(|rest| matches!(rest, "" | "s" | "s'" | "'s")))
}

pub(super) fn is_month(word: &str) -> bool {
    let word = core(word);
    let lower = word.to_ascii_lowercase();
    word.starts_with(char::is_uppercase)
        && lower.get(..3).is_some_and(|start| MONTHS.iter().any(|month| month.part(..3).eq_ignore_ascii_case(start)))
        && (lower.len() <= 4
            || lower.ends_with("ary")
            || lower.ends_with("ber")
            || MONTHS.iter().any(|month| month.eq_ignore_ascii_case(&lower)))
}

/// `17`, `17,`, `17th`: a day of a month.
fn is_day(word: &str) -> bool {
    let word = word.trim_start_matches(['(', '[']).trim_end_matches([',', '.']);
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    matches!(word.part(digits.len()..), "" | "st" | "nd" | "rd" | "th")
        && digits.parse::<u32>().is_ok_and(|d| (1..=31).contains(&d))
}

fn is_year(word: &str) -> bool {
    let word = core(word);
    word.len() == 4 && word.parse::<u32>().is_ok_and(|y| (1900..2200).contains(&y))
}

/// `January / 1, 2026`, `January 1, / 2026`, `1 / January 2026`, `January / 2026`.
fn splits_date(before: Option<&str>, tail: &str, line: &str) -> bool {
    let mut words = line.split_whitespace();
    let head = words.next().unwrap_or_default();
    // "10 / January 1, 2001": a number, and a date.
    let month_and_year = is_month(head) && words.next().is_none_or(|w| !is_day(w));
    is_month(tail) && (is_day(head) || is_year(head))
        || is_day(tail) && (before.is_some_and(is_month) && is_year(head) || month_and_year)
}

/// Whether a line ends with the word before a number, and does not consist of it.
fn is_reference(before: Option<&str>, tail: &str) -> bool {
    let singular = tail.trim_end_matches('s').to_ascii_lowercase();
    let tail = tail.to_ascii_lowercase();
    before.is_some_and(|b| !b.ends_with(['.', ':', ';']))
        && (REFERENCES.contains(&singular.as_str()) || REFERENCES.contains(&tail.as_str()))
}

/// `12`, `4.2(a)`, `IV`, `B-1`: what a reference names.
fn names_part(word: &str) -> bool {
    let word = core(word);
    let letters = word.chars().take_while(char::is_ascii_alphabetic).count();
    !word.is_empty()
        && (letters == 0 || letters == 1 || word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L')))
        && !matches!(word, "I" | "A" | "a")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_line_break_cuts() {
        let cases = [
            ("on not less than thirty", "(30) days' notice"),
            ("on one hundred and twenty", "(120) days' notice"),
            ("for consecutive TWELVE", "(12) MONTH TERMS"),
            ("after three hundred", "[300] days"),
            ("for a term of 12", "Months from the start"),
            ("within ten", "Business Days after"),
            ("within ten (10)", "Working Days after"),
            ("effective as of July", "17, 2023 and"),
            ("ends on January 1,", "2026. It does not renew."),
            ("ends on January 1st,", "2026."),
            ("in force until 28", "February 2029"),
            ("in force until 28 February", "2029 (the end)"),
            ("as said in Section", "12. The"),
            ("under Clauses", "4.2 and 5"),
            ("set out in Schedule", "B and"),
            ("under contract No.", "4711"),
        ];
        for (last, line) in cases {
            assert!(continues(last, line), "{last} / {line}");
        }
        let apart = [
            ("ARTICLE ONE", "(1) The Supplier"),
            ("the number is thirty", "(1) the Supplier"),
            ("SCHEDULE", "1 Prices"),
            ("the Supplier may", "2. Term"),
            ("signed in March", "The Supplier"),
            ("the price of the goods", "12. Term"),
        ];
        for (last, line) in apart {
            assert!(!continues(last, line), "{last} / {line}");
        }
    }

    #[test]
    fn sentences_go_on() {
        let before = "Either party may terminate this agreement by giving";
        assert!(is_within_sentence(before, "Provider not less than"));
        for own in ["2. Fees", "(a) fees", "Fee: 40 a month", "The Supplier shall pay", "GOVERNING LAW"] {
            assert!(!is_within_sentence(before, own), "{own}");
        }
        assert!(!is_within_sentence("Consequences of Termination for the Supplier", "Upon the end"));
        assert!(!is_within_sentence("The term is one year.", "Upon the end"));
        assert!(flows_on("performed services (the", "\"Effective Date\")"));
        assert!(flows_on("performed services", "(the \"Effective Date\")"));
        assert!(!flows_on("The Supplier", "(a) shall deliver"));
    }

    #[test]
    fn years_are_no_numbers_of_clauses() {
        assert!(!looks_numbered("2026. It ends"));
        assert!(!looks_numbered("(2026)"));
        for numbered in ["4.2 Term", "12. Term", "(a) term", "(12) term", "iv. term", "Section 4"] {
            assert!(looks_numbered(numbered), "{numbered}");
        }
        assert_eq!(high_item("(30) days"), Some(30));
        assert_eq!(high_item("(3) days"), None);
    }
}
