//! Scans whose text somebody else made: does it say what the picture shows? A sample of pages is read from the picture, and
//! both readings are compared.

use std::collections::HashMap;

use super::ocr::{Scan, Word, mean_confidence};
use crate::cite::{Diagnostic, Severity, Stage};

/// Pages of one document that are compared.
const SAMPLE: usize = 2;
/// Mean confidence, in %, of a page that was read well enough to be compared.
const SURE: f32 = 80.0;
/// The same of a number.
const SURE_NUMBER: u8 = 90;
/// The share of words that two readings of one page have in common.
const COMMON: f64 = 0.6;
/// Fewer words tell nothing.
const FEW: usize = 8;
/// Most words that are told of a difference.
const TOLD: usize = 8;

/// The pages to compare, counted from 0, of those for which `layered` holds: the ones with the most digits.
pub(super) fn sample(layered: &[bool], text: &[String]) -> Vec<usize> {
    let digits = |page: usize| text[page].bytes().filter(u8::is_ascii_digit).count();
    let mut pages: Vec<usize> = (0..layered.len().min(text.len())).filter(|page| layered[*page]).collect();
    pages.sort_by_key(|page| std::cmp::Reverse(digits(*page)));
    pages.truncate(SAMPLE);
    pages.sort_unstable();
    pages
}

/// What is to be said of a page whose text is `layer`, and whose picture says `scan`.
pub(super) fn compare(layer: &str, scan: &Scan) -> Option<Diagnostic> {
    let words: Vec<String> = layer.split_whitespace().map(plain).filter(|word| !word.is_empty()).collect();
    if words.len() < FEW || mean_confidence(&scan.words) < SURE {
        return None;
    }
    let shown: Vec<String> = scan.words.iter().map(|word| plain(&word.text)).collect();
    let other = missing(&words, &shown);
    let page = scan.page;
    let differs = |said: &[String], shown: &[String]| {
        let list = |words: &[String]| words.iter().take(TOLD).map(String::as_str).collect::<Vec<_>>().join(" ");
        let message = format!(
            "page {page} is a scan whose text is not what its picture shows; look at the page. The text says \u{201c}{}\u{201d}, the picture \u{201c}{}\u{201d}",
            list(said),
            list(shown)
        );
        Some(Diagnostic::new("text.layer_differs", Severity::Warning, Stage::Text, message).on_page(page))
    };
    if (other.len() as f64) > (1.0 - COMMON) * words.len() as f64 {
        return differs(&other, &missing(&shown, &words));
    }
    let sure = |word: &&Word| word.confidence >= SURE_NUMBER;
    let shown_surely: Vec<String> = scan.words.iter().filter(sure).map(|word| plain(&word.text)).collect();
    let numbers = |words: Vec<String>| words.into_iter().filter(|word| is_number(word)).collect::<Vec<_>>();
    let (said, shown) = (numbers(other), numbers(missing(&shown_surely, &words)));
    // A number that one of them did not read at all differs from nothing.
    if said.is_empty() || shown.is_empty() { None } else { differs(&said, &shown) }
}

/// A word as it is compared: without case and signs.
fn plain(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_number(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|b| b.is_ascii_digit())
}

/// The words of `a` that are not among those of `b`, each as often as it is not.
fn missing(a: &[String], b: &[String]) -> Vec<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in b {
        *counts.entry(word).or_default() += 1;
    }
    let mut is_missing = |word: &&String| match counts.get_mut(word.as_str()) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    a.iter().filter(|word| is_missing(word)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Rotation;

    const TEXT: &str =
        "This Agreement begins on May 1, 2021 and ends on June 30, 2024 unless the parties agree otherwise.";

    fn scan(text: &str, confidence: u8) -> Scan {
        let word = |text: &str| Word { text: text.to_owned(), x0: 0.0, y0: 0.0, x1: 1.0, y1: 1.0, line: 0, confidence };
        let words = text.split_whitespace().map(word).collect();
        Scan { page: 3, width: 612.0, height: 792.0, rotation: Rotation::default(), words, mends: false }
    }

    #[test]
    fn a_text_that_is_not_that_of_the_picture_is_told() {
        assert_eq!(compare(TEXT, &scan(TEXT, 95)), None);
        // Misread letters, and a number that only one of them has.
        let misread = TEXT.replace("begins", "beg1ns").replace("otherwise", "0therwise");
        assert_eq!(compare(TEXT, &scan(&misread, 95)), None);
        assert_eq!(compare(TEXT, &scan(&TEXT.replace("30, ", ""), 95)), None);
        let lie = TEXT.replace("June 30, 2024", "December 31, 2039");
        let told = compare(&lie, &scan(TEXT, 95)).unwrap();
        assert!(
            told.message.contains("page 3") && told.message.contains("31 2039") && told.message.contains("30 2024")
        );
        // What was read badly contradicts nothing.
        assert_eq!(compare(&lie, &scan(TEXT, 60)), None);
        let other = "Tenant leases the premises at High Street for a rent of nine hundred dollars each month.";
        assert!(compare(other, &scan(TEXT, 95)).is_some());
    }

    #[test]
    fn pages_with_most_digits_are_compared() {
        let text: Vec<String> = ["1", "123", "", "12345", "12"].map(str::to_owned).to_vec();
        assert_eq!(sample(&[true, true, true, false, true], &text), [1, 4]);
        assert_eq!(sample(&[false; 5], &text), Vec::<usize>::new());
    }
}
