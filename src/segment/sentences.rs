//! Sentences that survive legal abbreviations and numbering.

use crate::record::{Part as _, Span};

/// Abbreviations whose full stop does not end a sentence, in lower case.
const ABBREVIATIONS: [&str; 72] = [
    "no", "nos", "sec", "secs", "art", "arts", "par", "para", "ch", "cl", "vol", "fig", "ex", "mr", "mrs", "ms", "dr",
    "messrs", "prof", "a.d", "st", "jr", "sr", "vs", "v", "e.g", "i.e", "cf", "viz", "approx", "dept", "ave", "blvd",
    "rd", "ste", "attn", "al", "u.s", "u.k", "p.o", "a.m", "p.m", "jan", "feb", "mar", "apr", "jun", "jul", "aug",
    "sep", "sept", "oct", "nov", "dec", "tel", "ext", "hon", "gen", "esq", "reg", "seq", "op", "bldg", "civ", "proc",
    "stat", "rev", "ann", "w.e.f", "rs", "ksh", "kshs",
];

/// Abbreviations at the end of names: they end a sentence only before a word that begins one.
const NAME_ENDS: [&str; 17] = [
    "inc", "corp", "ltd", "co", "llc", "l.l.c", "l.p", "lp", "llp", "l.l.p", "n.a", "s.a", "b.v", "n.v", "plc", "p.c",
    "etc",
];

/// Words that begin sentences of contracts.
const STARTERS: [&str; 34] = [
    "the",
    "this",
    "these",
    "such",
    "each",
    "either",
    "neither",
    "any",
    "all",
    "if",
    "in",
    "upon",
    "except",
    "no",
    "notwithstanding",
    "unless",
    "for",
    "as",
    "at",
    "on",
    "where",
    "when",
    "subject",
    "provided",
    "to",
    "it",
    "both",
    "after",
    "during",
    "nothing",
    "without",
    "following",
    "within",
    "however",
];

/// Longest sentence in bytes. Those of real contracts, tables and lists without a full stop included, stay far below.
pub(super) const LONGEST: usize = 10 * 1024;

/// Cuts sentences that are too long, each at the last white space before its limit; tells whether there was one.
pub(super) fn bound(text: &str, offset: usize, spans: Vec<Span>) -> (Vec<Span>, bool) {
    if spans.iter().all(|s| s.len() <= LONGEST) {
        return (spans, false);
    }
    let mut out = Vec::new();
    for span in spans {
        let (mut from, to) = (span.start() - offset, span.end() - offset);
        while to - from > LONGEST {
            let piece = text.part(from..from + LONGEST);
            let end = piece.rfind([' ', '\t', '\n']).filter(|&at| at > 0).unwrap_or(piece.len());
            push(&mut out, text, from, from + end, offset);
            from += end;
        }
        push(&mut out, text, from, to, offset);
    }
    (out, true)
}

/// Cuts `text`, which begins at byte `offset` of the document, into sentences. White space around them is left out.
pub(super) fn split(text: &str, offset: usize) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    for (i, b) in bytes.iter().enumerate() {
        if !matches!(b, b'.' | b'?' | b'!') {
            continue;
        }
        // Closing quotes and brackets belong to the sentence.
        let mut end = i + 1;
        while bytes.get(end).is_some_and(|b| matches!(b, b'"' | b'\'' | b')' | b']')) {
            end += 1;
        }
        if bytes.get(end) != Some(&b' ') || !ends_here(text, start, i, end + 1) {
            continue;
        }
        push(&mut out, text, start, end, offset);
        start = end + 1;
    }
    push(&mut out, text, start, text.len(), offset);
    out
}

fn push(out: &mut Vec<Span>, text: &str, start: usize, end: usize, offset: usize) {
    let part = text.part(start..end);
    let lead = part.len() - part.trim_start().len();
    if !part.trim().is_empty() {
        let from = start + lead;
        out.push(Span::new(from, from + part.trim().len()).shift(offset));
    }
}

/// Whether the stop at `stop` ends the sentence that began at `start`; the next one would begin at `next`.
fn ends_here(text: &str, start: usize, stop: usize, next: usize) -> bool {
    let after = text.part(next..).trim_start();
    let Some(first) = after.chars().next() else { return false };
    let opens = first.is_uppercase() || first.is_ascii_digit() || matches!(first, '"' | '(' | '[' | '\'' | '\u{2022}');
    if !opens {
        return false;
    }
    if text.as_bytes()[stop] != b'.' {
        return true;
    }
    let head = text.part(start..stop);
    let word = head.rsplit([' ', '(', '"', '\t']).next().unwrap_or_default();
    let lower = word.to_ascii_lowercase();
    // Only a number so far: "4.2. The term".
    if super::numbering::marker(text.part(start..=stop)).is_some_and(|m| m.len >= stop - start) {
        return false;
    }
    if ABBREVIATIONS.contains(&lower.as_str()) {
        return false;
    }
    let next_word: String = after.chars().take_while(|c| c.is_alphabetic()).collect::<String>().to_ascii_lowercase();
    let starter = STARTERS.contains(&next_word.as_str());
    if NAME_ENDS.contains(&lower.as_str()) {
        return starter;
    }
    // Initials: "John F. Kennedy", "U. S. A.".
    let initial = word.len() == 1 && word.bytes().all(|b| b.is_ascii_uppercase());
    !initial || starter
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> Vec<&str> {
        split(text, 0).into_iter().map(|s| text.part(s.range())).collect()
    }

    #[test]
    fn legal_abbreviations_and_numbers() {
        let cases: [(&str, &[&str]); 9] = [
            ("The term is one year. It renews.", &["The term is one year.", "It renews."]),
            ("Acme Inc. and Beta Corp. agree.", &["Acme Inc. and Beta Corp. agree."]),
            ("Sold to Acme Inc. The price is due.", &["Sold to Acme Inc.", "The price is due."]),
            ("4.2. The term is fixed. See Sec. 4.", &["4.2. The term is fixed.", "See Sec. 4."]),
            (
                "Signed by John F. Kennedy in the U.S. Virgin Islands.",
                &["Signed by John F. Kennedy in the U.S. Virgin Islands."],
            ),
            ("It is called \"Acme.\" The rest", &["It is called \"Acme.\"", "The rest"]),
            ("at 99.9 percent. (b) Next", &["at 99.9 percent.", "(b) Next"]),
            ("A rent of Rs. 5,000 is paid. Then", &["A rent of Rs. 5,000 is paid.", "Then"]),
            ("No. 5 applies, e.g. Monday. Then", &["No. 5 applies, e.g. Monday.", "Then"]),
        ];
        for (text, expected) in cases {
            assert_eq!(sentences(text), expected, "{text}");
        }
    }
}
