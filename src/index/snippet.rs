//! The part of a passage that shows best why it was found.

use std::ops::Range;

use super::fields::analyser;
use super::query::Part;
use tickler_pdf::cite::Part as _;

/// Bytes of text to show, about three lines of a terminal.
const LENGTH: usize = 260;
/// Bytes to show before the first match.
const LEAD: usize = 60;
/// Matches to weigh; a clause that repeats a word hundreds of times is understood by then.
const MAX_MATCHES: usize = 400;

/// An excerpt: its place in the passage, and the matches as byte ranges of the excerpt.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Snippet {
    pub(super) range: Range<usize>,
    pub(super) marks: Vec<Range<usize>>,
}

/// The excerpt of `text` that holds the most of `parts`, the rare ones (by `weights`, one a part) before the common.
pub(super) fn snippet(text: &str, parts: &[Part], weights: &[f32]) -> Snippet {
    let found = matches(text, parts);
    let best = best_window(&found, weights);
    let (from, to) = best.map_or((0, 0), |(a, b)| (found[a].0.start, found[b].0.end));
    let range = widen(text, from, to);
    let inside = found.into_iter().map(|(r, _)| r).filter(|r| range.start <= r.start && r.end <= range.end);
    let mut marks: Vec<Range<usize>> = Vec::new();
    for r in inside {
        match marks.last_mut() {
            // A word can belong to two phrases.
            Some(last) if r.start - range.start <= last.end => last.end = last.end.max(r.end - range.start),
            _ => marks.push(r.start - range.start..r.end - range.start),
        }
    }
    Snippet { range, marks }
}

/// The excerpt that begins with the sentence at `range`; no marks, for it is the meaning that fits and no word.
pub(super) fn sentence(text: &str, range: Range<usize>) -> Snippet {
    let start = (0..=range.start.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    let wanted = range.end.min(start + LENGTH).clamp(start, text.len());
    let mut end = (wanted..=text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len());
    if end < range.end {
        end = text.part(start..end).rfind(char::is_whitespace).map_or(end, |i| start + i);
    }
    Snippet { range: start..end, marks: Vec::new() }
}

/// Where the parts stand, in order, each with the number of its part.
fn matches(text: &str, parts: &[Part]) -> Vec<(Range<usize>, usize)> {
    let mut analyser = analyser();
    let mut tokens: Vec<(String, Range<usize>)> = Vec::new();
    analyser.token_stream(text).process(&mut |t| tokens.push((t.text.clone(), t.offset_from..t.offset_to)));
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        for (number, Part(stems)) in parts.iter().enumerate() {
            let Some(run) = tokens.get(at..at + stems.len()) else { continue };
            if run.iter().zip(stems).all(|((token, _), stem)| token == stem)
                && let (Some((_, first)), Some((_, last))) = (run.first(), run.last())
            {
                found.push((first.start..last.end, number));
            }
        }
        if found.len() >= MAX_MATCHES {
            break;
        }
    }
    found
}

/// First and last match of the window with the greatest weight of different parts; the earliest of equals.
fn best_window(found: &[(Range<usize>, usize)], weights: &[f32]) -> Option<(usize, usize)> {
    let mut best: Option<(f32, usize, usize)> = None;
    for (a, (first, _)) in found.iter().enumerate() {
        let mut seen: Vec<usize> = Vec::new();
        let (mut score, mut last) = (0.0, a);
        for (b, (range, part)) in found.iter().enumerate().skip(a) {
            if range.end.saturating_sub(first.start) > LENGTH - LEAD && b > a {
                break;
            }
            let weight = weights.get(*part).copied().unwrap_or(1.0);
            score += if seen.contains(part) { weight * 0.05 } else { weight };
            seen.push(*part);
            last = b;
        }
        if best.is_none_or(|(top, _, _)| score > top) {
            best = Some((score, a, last));
        }
    }
    best.map(|(_, a, b)| (a, b))
}

/// The range `from..to` with some text around it, cut between words.
fn widen(text: &str, from: usize, to: usize) -> Range<usize> {
    let mut start = (0..=from.saturating_sub(LEAD)).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    if start > 0 {
        // On to the next word, unless that word is the match itself; the white space is trimmed below.
        start = text.part(start..from).find(char::is_whitespace).map_or(from, |i| start + i);
    }
    let wanted = (start + LENGTH).max(to).min(text.len());
    let mut end = (wanted..=text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len());
    if end < text.len() {
        end = text.part(to..end).rfind(char::is_whitespace).map_or(end, |i| to + i);
    }
    let shown = text.part(start..end.max(to));
    let lead = shown.len() - shown.trim_start().len();
    start + lead..start + lead + shown.trim().len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Query;
    use super::*;

    fn shown(text: &str, query: &str) -> (String, Vec<String>) {
        let parts = Query::parse(query).unwrap().wanted;
        let weights = vec![1.0; parts.len()];
        let s = snippet(text, &parts, &weights);
        let excerpt = text.part(s.range).to_owned();
        let marks = s.marks.into_iter().map(|m| excerpt.part(m).to_owned()).collect();
        (excerpt, marks)
    }

    #[test]
    fn marks_words_in_any_form_and_phrases_whole() {
        let (excerpt, marks) = shown("Either party may terminate by written notice.", "termination \"written notice\"");
        assert_eq!(excerpt, "Either party may terminate by written notice.");
        assert_eq!(marks, ["terminate", "written notice"]);
    }

    #[test]
    fn prefers_the_place_where_the_words_meet() {
        let far = "notice ".to_owned() + &"filler words here ".repeat(60);
        let text = format!("{far}a notice of renewal is due. {}", "More text. ".repeat(50));
        let (excerpt, marks) = shown(&text, "renewal notice");
        assert!(excerpt.contains("a notice of renewal is due"), "{excerpt}");
        assert_eq!(marks, ["notice", "renewal"]);
        assert!(excerpt.len() <= LENGTH + 20);
    }

    #[test]
    fn a_sentence_is_shown_from_its_start_and_cut_between_words() {
        let text = "First. ".to_owned() + &"Überlange Wörter ".repeat(40);
        let short = sentence(&text, 0..6);
        assert_eq!(text.part(short.range), "First.");
        let long = sentence(&text, 7..text.len());
        assert!(text.part(long.range.clone()).starts_with("Über") && long.range.len() <= LENGTH);
        assert!(text.part(long.range).ends_with(['e', 'r']), "ends with a whole word");
        assert!(sentence(&text, text.len() + 3..text.len() + 9).range.is_empty());
    }

    proptest! {
        #[test]
        fn never_panics_and_marks_lie_on_characters(text in "[a-c éü\n\u{2003}.]{0,900}", query in "[a-c]{1,2}( [a-cé]{1,3}){0,3}") {
            shown(&text, &query);
        }
    }
}
