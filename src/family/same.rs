//! Whether two texts are the same contract: other bytes, and the same words.
//!
//! Signed copies, counterparts and scans have the words of the original, with blanks filled in and letters misread. A contract
//! of the same form with another party, place, number or "not" differs in no more words than these, so the share of equal
//! words cannot tell. What differs is looked at word by word: each difference must be one of reading, or a blank that was
//! filled in. Only what was read from a picture is misread: in two texts that files hold themselves, "Alder" and "Elder" are two
//! parties. In doubt the texts are two contracts, which a person can join (`tickler link --copy`).

mod work;

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use similar::{Algorithm, DiffOp, get_diff_ratio};

use crate::lexicon::{count, ordinal};
use work::Work;

/// Texts with more words are not compared.
const MOST_WORDS: usize = 100_000;
/// The share of words that both texts have, in whatever order, below which they are not compared word by word.
/// `benches/copies.py` measures what becomes of copies and of other contracts of the same form.
const SHARED: f64 = 0.9;
/// Words in a row of which most must be in both texts as well: other texts can have the same words in another order.
const ROW: usize = 3;
/// The share of such rows that both texts have, below which they are not compared word by word. A misread word is in three.
const ROWS: f64 = 0.6;
/// Letters in common of two readings of the same word: "Supplier" and "Suppller".
const ALIKE: f32 = 0.6;
/// How many of a hundred words may be misread.
const MISREAD: usize = 5;
/// How many of a hundred words may stand in one text only, beside [`FILLED`].
const ADDED: usize = 2;
/// How many words may stand in one text only: names, titles and days of two signature blocks.
const FILLED: usize = 40;
/// How many words before the end may belong to signatures, from the first of [`BLOCK`] on.
const SIGNATURES: usize = 150;
/// Words of signature blocks.
const BLOCK: [&str; 3] = ["witness", "name", "signature"];
/// How many words of a block stand before the first of these: the party and "By".
const PARTY: usize = 8;
/// What forms have where something is to be filled in.
const BLANKS: [&str; 4] = ["___", "[_", "[\u{25cf}]", "[ ]"];
/// Words of which none is another one misread, and none is added by filling in a blank.
const DECISIVE: [&str; 20] = [
    "not", "no", "nor", "or", "and", "any", "all", "may", "must", "shall", "will", "cannot", "never", "unless",
    "except", "without", "only", "before", "after", "either",
];

/// Whether two texts have the same words, but for what is filled in, and what is misread where one of them was read from
/// `pictures`.
#[must_use]
pub fn is_same_text(a: &str, b: &str, pictures: bool) -> bool {
    let (a, b) = (Words::of(a), Words::of(b));
    let work = Work::for_words(a.words.len() + b.words.len());
    // Two texts that take more work than copies do are none.
    is_same(&a, &b, pictures, &work) && !work.is_spent()
}

/// How many blanks of a text wait to be filled in, without those of its signatures.
#[must_use]
pub fn blanks(text: &str) -> usize {
    let text = Words::of(text);
    let block = block(&text.words);
    text.blanks.iter().filter(|at| **at < block || block == text.words.len()).count()
}

fn is_same(a: &Words, b: &Words, pictures: bool, work: &Work) -> bool {
    let (blanks_a, blanks_b) = (&a.blanks, &b.blanks);
    let (a, b) = (&*a.words, &*b.words);
    let longer = a.len().max(b.len());
    if a.is_empty() || b.is_empty() || longer > MOST_WORDS || shared(a, b, 1) < SHARED || shared(a, b, ROW) < ROWS {
        return false;
    }
    let share = |part: usize| longer * part / 100;
    let (most_misread, most_added) = (share(MISREAD), FILLED + share(ADDED));
    let (block_a, block_b) = (block(a), block(b));
    let (mut misread, mut added) = (0, 0);
    let (mut only_a, mut only_b): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    // Those of them that stand before the signatures.
    let (mut early_a, mut early_b): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    // Whether one text fills in what the other leaves blank.
    let (mut fills_a, mut fills_b) = (false, false);
    for op in work.diff(Algorithm::Patience, a, b) {
        let (old, new) = (&a[op.old_range()], &b[op.new_range()]);
        let late = op.old_range().start >= block_a && op.new_range().start >= block_b;
        match op {
            DiffOp::Equal { .. } => {}
            DiffOp::Delete { new_index, .. } => {
                fills_a |= !late && blanks_b.contains(&new_index);
                only_a.extend(old.iter().map(String::as_str));
                early_a.extend(old.iter().filter(|_| !late).map(String::as_str));
            }
            DiffOp::Insert { old_index, .. } => {
                fills_b |= !late && blanks_a.contains(&old_index);
                only_b.extend(new.iter().map(String::as_str));
                early_b.extend(new.iter().filter(|_| !late).map(String::as_str));
            }
            DiffOp::Replace { .. } => match difference(old, new, pictures, work) {
                Difference::Misread => misread += old.len().max(new.len()),
                Difference::Replaced if late => added += old.len().max(new.len()),
                Difference::Replaced | Difference::Decisive => return false,
            },
        }
        if misread > most_misread || added > most_added {
            return false;
        }
    }
    // Two forms that were filled in by two people: neither is a copy of the other.
    if fills_a && fills_b {
        return false;
    }
    // What a scan has at another place, such as the cells of a table, is in both.
    let (less, more) = (left(&only_a, &only_b), left(&only_b, &only_a));
    if less.iter().chain(&more).any(|word| DECISIVE.contains(word)) {
        return false;
    }
    // Words that stand in one text only are filled in or left out; where both have such words, they are others.
    let (less_early, more_early) = (left(&early_a, &only_b), left(&early_b, &only_a));
    let differ = |a: &[&str], b: &[&str]| !a.is_empty() && !b.is_empty();
    if differ(&less_early, &more_early) && (!pictures || differ(&with_numbers(&less_early), &with_numbers(&more_early)))
    {
        return false;
    }
    added + less.len() + more.len() <= most_added
}

/// The items of `a` that are not among those of `b`, each as often as it is not.
fn left<T: Copy + Eq + Hash>(a: &[T], b: &[T]) -> Vec<T> {
    let mut counts: HashMap<T, usize> = HashMap::new();
    for item in b {
        *counts.entry(*item).or_default() += 1;
    }
    let mut out = Vec::new();
    for item in a {
        match counts.get_mut(item) {
            Some(count) if *count > 0 => *count -= 1,
            _ => out.push(*item),
        }
    }
    out
}

/// What the words of one text are to other words at their place in the other text.
#[derive(Debug, PartialEq, Eq)]
enum Difference {
    /// The same words, read in another way.
    Misread,
    /// Other words.
    Replaced,
    /// Another number, or a word that decides.
    Decisive,
}

fn difference(old: &[String], new: &[String], pictures: bool, work: &Work) -> Difference {
    let (glued_old, glued_new) = (old.concat(), new.concat());
    // Words that are joined or parted.
    if glued_old == glued_new {
        return Difference::Misread;
    }
    let decides = |words: &[String]| words.iter().any(|word| DECISIVE.contains(&&**word));
    let (numbers_old, numbers_new) = (numbers(old), numbers(new));
    if (!numbers_old.is_empty() && !numbers_new.is_empty() && numbers_old != numbers_new)
        || (decides(old) && decides(new))
    {
        return Difference::Decisive;
    }
    if !pictures {
        return Difference::Replaced;
    }
    let (old_letters, new_letters): (Vec<char>, Vec<char>) = (glued_old.chars().collect(), glued_new.chars().collect());
    let ops = work.diff(Algorithm::Myers, &old_letters, &new_letters);
    let ratio = get_diff_ratio(&ops, old_letters.len(), new_letters.len());
    // One or two letters say nothing: "of" and "cf".
    let short = old_letters.len().min(new_letters.len()) <= 2 && old_letters.len().max(new_letters.len()) <= 3;
    if ratio >= ALIKE || short { Difference::Misread } else { Difference::Replaced }
}

/// The number that a word is, in digits or letters.
fn number(word: &str) -> Option<String> {
    let digits: String = word.chars().filter(char::is_ascii_digit).collect();
    if !digits.is_empty() {
        return Some(digits);
    }
    count(word).or_else(|| ordinal(word)).map(|n| n.value.to_string())
}

fn numbers(words: &[String]) -> Vec<String> {
    words.iter().filter_map(|word| number(word)).collect()
}

/// The words that are numbers.
fn with_numbers<'a>(words: &[&'a str]) -> Vec<&'a str> {
    words.iter().copied().filter(|word| number(word).is_some()).collect()
}

/// The words of a text, without case and punctuation, and where blanks stand among them.
struct Words {
    words: Vec<String>,
    /// The word before which each blank stands.
    blanks: HashSet<usize>,
}

impl Words {
    fn of(text: &str) -> Self {
        let mut out = Self { words: Vec::new(), blanks: HashSet::new() };
        // What stands before each word, and the word; behind the last word an empty one.
        let mut between = String::new();
        for piece in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
            let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
            if !word.is_empty() {
                out.end(&mut between);
                out.words.push(word.to_lowercase());
            }
            between.extend(piece.chars().filter(|c| !c.is_alphanumeric()));
        }
        out.end(&mut between);
        out
    }

    /// Takes in what stands between two words.
    fn end(&mut self, between: &mut String) {
        if BLANKS.iter().any(|blank| between.contains(blank)) {
            self.blanks.insert(self.words.len());
        }
        between.clear();
    }
}

/// Where the signatures of a text begin.
fn block(words: &[String]) -> usize {
    let from = words.len().saturating_sub(SIGNATURES);
    let first = words[from..].iter().position(|word| BLOCK.contains(&&**word));
    first.map_or(words.len(), |at| from + at.saturating_sub(PARTY))
}

/// The share of rows of `count` words that two texts have in common, wherever they stand.
fn shared(a: &[String], b: &[String], count: usize) -> f64 {
    let (a, b): (Vec<&[String]>, Vec<&[String]>) = (a.windows(count).collect(), b.windows(count).collect());
    let common = a.len() - left(&a, &b).len();
    common as f64 / a.len().min(b.len()).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "This Services Agreement is made on 3 March 2024 between Aldermoor Foods Ltd and Brightwater Logistics \
        Inc. (the Supplier). The Supplier shall deliver the goods to the site in Leeds and shall not assign this agreement. \
        The term is twelve (12) months and renews for one year unless either party gives ninety days' notice before its end. \
        Each party shall keep what it learns of the business of the other party secret, and shall use it for this agreement \
        alone. Invoices are payable within 30 days of receipt. A party that is late shall pay interest on the amount due. \
        The rights of a party are not waived by a delay. Changes of this agreement shall be made in writing and signed by both \
        parties. This agreement is governed by the law of England. Notices shall be sent to the addresses that stand above. \
        If a court holds a term to be void, the other terms stay as they are, and the parties shall agree on a term that \
        comes as near as may be to what they wanted. The Supplier shall hold insurance against damage to the goods, and shall \
        show the policy when it is asked for it. The goods are the risk of the Supplier until they have been handed over. ";
    const BLOCK: &str =
        "Aldermoor Foods Ltd By: ____ Name: ____ Title: ____ Brightwater Logistics Inc. By: ____ Name: ____";

    fn whole() -> String {
        format!("{TEXT}{BLOCK}")
    }

    /// Whether they are the same, where nothing and where one of them was read from a picture.
    fn same(a: &str, b: &str) -> [bool; 2] {
        [false, true].map(|pictures| is_same_text(a, b, pictures))
    }

    #[test]
    fn copies_are_the_same() {
        let whole = whole();
        for (change, to) in [
            ("Supplier shall deliver the goods", "Suppller shalldeliver the go ods"),
            ("law of England", "1aw of Eng1and"),
            ("made in writing", "rnade in wrlting"),
            ("of receipt", "cf receipt"),
        ] {
            let misread = whole.replace(change, to);
            assert!(misread != whole, "{change}");
            assert_eq!([same(&whole, &misread), same(&misread, &whole)], [[false, true]; 2], "{change} and {to}");
        }
        for (change, to) in [
            (
                "By: ____ Name: ____ Title: ____",
                "By: /s/ Jane Doe Name: Jane Doe Title: Managing Director Date: 4 March 2024",
            ),
            ("Inc. By: ____ Name: ____", "Inc. By: Ole Berg Name: Ole Berg"),
            ("made on 3 March 2024", "made on ____ March ____"),
            ("shall deliver the goods", "shalldeliver the go ods"),
            // A cell of a table that is read elsewhere.
            (
                "Invoices are payable within 30 days of receipt. A party that is late shall pay interest on the amount due. \
             The rights of a party are not waived by a delay. ",
                "The rights of a party are not waived by a delay. Invoices are payable within 30 days of receipt. A party that is \
              late shall pay interest on the amount due. ",
            ),
            (" ", "\n"),
        ] {
            let other = whole.replace(change, to);
            assert!(other != whole, "{change}");
            assert_eq!([same(&whole, &other), same(&other, &whole)], [[true; 2]; 2], "{change} and {to}");
        }
    }

    #[test]
    fn contracts_of_the_same_form_are_not() {
        let whole = whole();
        for (change, to) in [
            ("Brightwater Logistics Inc.", "Carver Shipping Inc."),
            ("Aldermoor Foods", "Thornbury Mills"),
            ("in Leeds", "in Ghent"),
            ("3 March 2024", "4 March 2024"),
            ("March 2024", "June 2024"),
            ("twelve (12)", "eleven (11)"),
            ("ninety days", "sixty days"),
            ("within 30 days", "within 45 days"),
            ("shall not assign", "shall assign"),
            ("that is late shall pay", "that is late may pay"),
            ("signed by both", "signed by either"),
            ("law of England", "law of Ireland in Dublin"),
            ("renews for one year", "renews for two years"),
        ] {
            let other = whole.replace(change, to);
            assert!(other != whole, "{change}");
            assert_eq!([same(&whole, &other), same(&other, &whole)], [[false; 2]; 2], "{change} and {to}");
        }
        for other in [BLOCK, "", TEXT.part(..TEXT.len() / 2)] {
            assert_eq!(same(&whole, other), [false; 2], "{other}");
        }
        assert_eq!(same("", ""), [false; 2]);
        // A schedule that the other lacks.
        let schedule = "Schedule of places where the goods are to be handed over in the course of the year ".repeat(4);
        assert_eq!(same(&whole, &format!("{whole} {schedule}")), [false; 2]);
    }

    #[test]
    fn names_that_differ_in_a_letter_are_two_parties() {
        let whole = whole();
        for (name, other) in [
            ("Aldermoor", "Eldermoor"),
            ("Aldermoor Foods", "Aldermoor Food"),
            ("to the site in Leeds", "to a site in Leeds"),
        ] {
            assert_eq!(same(&whole, &whole.replace(name, other)), [false, true], "{other}");
        }
        // Digits are not misread as other digits, wherever they stand.
        for (one, other) in [("Aldermoor1", "Aldermoor2"), ("Aldermoor Fund 1", "Aldermoor Fund 2")] {
            let text = |name: &str| whole.replace("Aldermoor", name);
            assert_eq!(same(&text(one), &text(other)), [false; 2], "{other}");
        }
        let text = |early: &str, late: &str| {
            let text = whole.replace("made on 3 March 2024", early);
            text.replace("alone. Invoices", &format!("alone{late}. Invoices"))
        };
        let moved = [text("made in year 7 on 3 March 2024", ""), text("made on 3 March 2024", " for 8 weeks")];
        assert_eq!(same(&moved[0], &moved[1]), [false; 2]);
    }

    /// A text of `count` words, of few kinds, as contracts have them.
    fn long(count: usize) -> Vec<String> {
        let kinds: Vec<&str> = TEXT.split_whitespace().collect();
        // A number in eight words stands at one place only.
        let word = |i: usize| {
            if i.is_multiple_of(8) { format!("n{i}") } else { kinds[(i * i + i / 7) % kinds.len()].to_owned() }
        };
        (0..count).map(word).collect()
    }

    /// Whether two texts are the same, and the part of the work that was taken for it.
    fn worked(a: &[String], b: &[String]) -> (bool, f64) {
        let (a, b) = (Words::of(&a.join(" ")), Words::of(&b.join(" ")));
        let work = Work::for_words(a.words.len() + b.words.len());
        (is_same(&a, &b, true, &work) && !work.is_spent(), work.share())
    }

    #[test]
    fn work_is_in_proportion_to_the_length() {
        for count in [2_000, 8_000, 32_000] {
            let text = long(count);
            let mut misread = text.clone();
            for i in (30..count).step_by(60) {
                misread[i] = format!("{}l", text[i]);
            }
            let (same, share) = worked(&text, &misread);
            assert!(same && share < 0.5, "{count}: {share}");
            // The same words in another order are not even compared.
            let mut shuffled = text.clone();
            shuffled.sort_by_key(|word| blake3::hash(word.as_bytes()).to_hex().to_string());
            assert_eq!(worked(&text, &shuffled), (false, 0.0), "{count}");
            // Pieces in another order have the same rows of words: the work ends where copies would have needed less.
            let mut pieces: Vec<&[String]> = text.chunks(40).collect();
            pieces.sort_by_key(|piece| blake3::hash(piece[0].as_bytes()).to_hex().to_string());
            let (same, share) = worked(&text, &pieces.concat());
            assert!(share <= 1.0 && (count < 32_000 || !same), "{count}: {share}");
        }
        // Many letters in one place.
        let text = "The words of ".repeat(3_000);
        let (a, b) = (format!("{text}{}", "xy".repeat(60_000)), format!("{text}{}", "yzx".repeat(40_000)));
        assert_eq!(same(&a, &b), [false; 2]);
    }

    #[test]
    fn forms_that_two_people_filled_in_are_not_copies() {
        let form = whole().replace("twelve (12) months", "____ months").replace("within 30 days", "within ____ days");
        let (one, other) = (form.replace("____ months", "six months"), form.replace("within ____", "within ten"));
        for (a, b, is_same) in [(&form, &one, true), (&other, &form, true), (&one, &other, false)] {
            assert_eq!([same(a, b), same(b, a)], [[is_same; 2]; 2], "{a}\n{b}");
        }
        // Each party signed a counterpart.
        let (one, other) = BLOCK.split_once("Brightwater").unwrap();
        let signed = |text: &str| text.replace("Name: ____", "Name: Jane Doe").replace("By: ____", "By: /s/ Jane Doe");
        let (a, b) =
            (format!("{TEXT}{}Brightwater{other}", signed(one)), format!("{TEXT}{one}Brightwater{}", signed(other)));
        assert!(a != b);
        assert_eq!([same(&a, &b), same(&b, &a)], [[true; 2]; 2]);
        assert_eq!(
            (blanks(&form), blanks(&whole()), blanks(""), blanks("[ ] on [\u{25cf}] and ___ ___")),
            (2, 0, 0, 3)
        );
    }

    use crate::record::Part as _;
}
