//! Words in quotes that give way to others: "by replacing “sixty (60) days” with “ninety (90) days”".

use std::ops::Range;

use crate::detect::rules::pattern::contains_fold;
use crate::detect::rules::reader::tail;
use crate::lexicon::{among, periods, sums};
use crate::record::Part as _;

/// Longest words that are changed, in bytes.
const LONGEST: usize = 320;
/// Most bytes of what a time counts from, between it and the one that takes its place.
const NEAR: usize = 80;
/// Most bytes between the old words and the new.
const APART: usize = 100;
/// Verbs before the old words that only say that they go.
const GOES: [&str; 13] = [
    "delet",
    "omit",
    "replac",
    "strik",
    "substitut",
    "remov",
    "chang",
    "amend",
    "out",
    "increas",
    "reduc",
    "lengthen",
    "shorten",
];
/// Words between both that say that the one comes for the other.
const COMES: [&str; 7] = ["replac", "substitut", "insert", "chang", "amend", "in lieu", "in place"];

/// The old and the new words of each change in a sentence.
pub(super) fn rewordings(sentence: &str) -> impl Iterator<Item = (&str, &str)> {
    let quoted = pairs(sentence, &quotes(sentence));
    // "The charge of £26,880 is replaced by £24,400", "the notice period changes from 3 months to 6 months".
    let plain = |places: Vec<Range<usize>>| if quoted.is_empty() { pairs(sentence, &places) } else { Vec::new() };
    let sums = plain(sums(sentence).into_iter().map(|sum| sum.range).collect());
    let periods = plain(from_to(sentence));
    quoted.into_iter().chain(sums).chain(periods)
}

/// The places of two times apart by "to", behind "from".
fn from_to(sentence: &str) -> Vec<Range<usize>> {
    let all: Vec<_> = periods(sentence).into_iter().map(|p| p.range).collect();
    let apart = |a: &Range<usize>, b: &Range<usize>| {
        // "From sixty days after receipt of the invoice to forty-five days".
        let between = sentence.part(a.end..b.start).trim();
        let to = between == "to" || between.ends_with(" to") && between.len() < NEAR && !between.contains([',', '.']);
        to && sentence.part(..a.start).trim_end().ends_with("from")
    };
    all.windows(2).filter(|w| apart(&w[0], &w[1])).flat_map(<[Range<usize>]>::to_vec).collect()
}

/// The old and the new words among these places of a sentence.
fn pairs<'a>(sentence: &'a str, places: &[Range<usize>]) -> Vec<(&'a str, &'a str)> {
    let mut out = Vec::new();
    let mut i = 0;
    while let (Some(a), Some(b)) = (places.get(i), places.get(i + 1)) {
        let (left, between) = (tail(sentence.part(..a.start), 50), sentence.part(a.end..b.start));
        let (first, second) = (inside(sentence.part(a.clone())), inside(sentence.part(b.clone())));
        match order(left, between) {
            Some(true) => out.push((first, second)),
            Some(false) => out.push((second, first)),
            None => {
                i += 1;
                continue;
            }
        }
        i += 2;
    }
    out
}

/// Whether the first of two quotes gives way to the second; `Some(false)` for "substituting B for A".
fn order(left: &str, between: &str) -> Option<bool> {
    let has = |words: &str, all: &[&str]| all.iter().any(|w| contains_fold(words, w));
    if between.len() > APART || between.contains([';', ':']) {
        return None;
    }
    let to = words(between).any(|w| matches!(w.as_str(), "with" | "by" | "to"));
    let swapped = words(between).any(|w| w == "for") && has(left, &["substitut", "insert"]);
    if swapped {
        return Some(false);
    }
    // "Clause 2 shall be read as if “A” were “B”".
    let as_if = has(left, &["read as if", "read as though"])
        && words(between).any(|w| w == "were" || w == "was" || w == "said");
    // "Clause 2 has effect as if “B” stood there instead of “A”", "read “B” in place of “A”".
    let instead = has(between, &["instead of", "in place of", "in lieu of", "rather than"]);
    if instead && (has(left, &["as if", "as though"]) || last(left).is_some_and(|w| among("read reads put insert", &w)))
    {
        return Some(false);
    }
    let read_as = has(between, &["read as", "now reads", "now read", "shall read", "will read", "is to read"]);
    // "For “A” there is substituted “B”".
    let for_it = words(left).any(|w| w == "for") && words(between).any(|w| w == "there") && has(between, &COMES);
    // "For “A” substitute “B”", "in place of “A” read “B”".
    let asked = last(left).is_some_and(|w| among("for of", &w))
        && words(between).next().is_some_and(|w| among("substitute read put insert write", &w));
    let becomes = matches!(between.trim(), "becomes" | "become") || has(between, &["read as references to"]);
    if as_if || read_as || for_it || asked || becomes {
        return Some(true);
    }
    // "“A” are deleted and “B” are inserted": the verb of the new words may stand behind them.
    let gone = has(between, &["deleted", "removed", "struck", "stricken"]) && words(between).any(|w| w == "and");
    (has(left, &GOES) && (to || has(between, &COMES)) || has(between, &COMES) && to || gone).then_some(true)
}

/// The last word of `text`, but for those that say what is quoted: "for the words".
fn last(text: &str) -> Option<String> {
    words(text).filter(|w| !among("the words word figure figures date dates", w)).last()
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase)
}

/// Quoted words without the mark that closes the sentence around them.
fn inside(words: &str) -> &str {
    words.trim_matches(['“', '”', '"']).trim().trim_end_matches([',', '.'])
}

/// Places of quoted words, the marks included.
fn quotes(sentence: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    for (at, mark) in sentence.char_indices().filter(|(_, c)| matches!(c, '“' | '”' | '"')) {
        let end = at + mark.len_utf8();
        match open.take() {
            // "Ash Ltd ("Ash")": a name that is given here is no wording.
            Some(start) if mark != '“' => {
                let before = sentence.part(..start).trim_end();
                let names = before.ends_with('(') || before.ends_with("(the") || before.ends_with("(this");
                out.extend((end - start <= LONGEST && !names).then_some(start..end));
            }
            _ => open = Some(at),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_and_new_words() {
        for sentence in [
            "by replacing “A days” with “B days”.",
            "“A days” is hereby replaced by “B days”",
            "In Section 2.2 the words \"A days\" are deleted and \"B days\" are inserted in their place.",
            "the words “A days” are deleted and replaced with the words “B days”",
            "by deleting “A days” in its entirety and substituting in lieu thereof “B days”",
            "the figure “A days” shall be changed to “B days”",
            "by substituting “B days” for “A days”",
            "striking out the phrase “A days,” where it appears and inserting “B days”",
            "The reference to “A days” is amended to read “B days”",
            "changing “A days” to “B days”",
            "Clause 2 of that agreement shall be read as if “A days” were “B days”.",
            "In clause 4 the words “A days” shall be read as “B days”.",
            "In Article 12 of the Basic Contract, \"A days\" shall read \"B days\", so that it ends then.",
            "In Section 4, “A days” is stricken and “B days” is inserted.",
            "In the particulars, for the Notice Period “A days” there is substituted “B days”.",
            "For the words “A days” in clause 4 there shall be substituted “B days”.",
            "(a) clause 2.1: omit \"A days\" and substitute \"B days\";",
            "In clause 2.3, for “A days” substitute “B days”.",
            "clause 3.2: in place of “A days” read “B days”",
            "Clause 2.1 has effect as if “B days” stood there instead of “A days”.",
            "In paragraph 6 read “B days” in place of “A days”.",
            "In clause 8 “A days” becomes “B days”.",
            "References in clause 3 to “A days” shall be read as references to “B days”.",
            "Clause 4.1: strike out “A days”, insert “B days”.",
        ] {
            assert_eq!(rewordings(sentence).collect::<Vec<_>>(), [("A days", "B days")], "{sentence}");
        }
        let sums = "In Schedule 2 the Annual Charge of £26,880.00 is replaced by £24,400.00 from that day.";
        assert_eq!(rewordings(sums).collect::<Vec<_>>(), [("£26,880.00", "£24,400.00")]);
        let times = "The notice period in clause 12.1 changes from 3 months to 6 months.";
        assert_eq!(rewordings(times).collect::<Vec<_>>(), [("3 months", "6 months")]);
        let anchored = "Payment is changed from sixty days after receipt of it to forty-five days after receipt of it.";
        assert_eq!(rewordings(anchored).collect::<Vec<_>>(), [("sixty days", "forty-five days")]);
        let names =
            "Ash Ltd (\"Ash\") and Burn Ltd (\"Burn\") amend the agreement signed by them and called \"Services\".";
        assert_eq!(rewordings(names).count(), 0);
        assert_eq!(rewordings("Notice is increased from 30 days to 45 days.").count(), 1);
        assert_eq!(rewordings("It takes from 30 days to 45 days.").count(), 0);
        assert_eq!(rewordings("It pays £100 on signature and £200 on delivery.").count(), 0);
        for sentence in [
            "The “Term” and the “Renewal Term” are extended.",
            "\"Fee\" means the fee; \"Day\" means a day.",
            "In clause 4, after “A days” insert “B days”.",
        ] {
            assert_eq!(rewordings(sentence).count(), 0, "{sentence}");
        }
    }
}
