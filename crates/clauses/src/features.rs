//! What the first stage sees of a sentence: hashed words and word pairs, its heading, its neighbours and its shape.
//!
//! Features are numbers below [`BUCKETS`] with a weight; of two that fall on one number the larger weight counts, and
//! training knows no other names for them. So training and use need the same code, and have it: `examples/sentences.rs`
//! prints these.

use crate::passages::Passages;

/// How many numbers there are for features.
pub const BUCKETS: u32 = 1 << 18;

/// Weight of the words of the heading, of the clause above, of the list's lead-in, and of the sentences on either side.
const HEADING: f32 = 1.0;
const ABOVE: f32 = 0.5;
const LEAD_IN: f32 = 0.5;
const NEIGHBOUR: f32 = 0.35;
/// Words of a long sentence that are looked at, and those of a heading or neighbour.
const WORDS: usize = 250;
const CONTEXT_WORDS: usize = 60;

/// What a feature is about: the same word means something else in a heading.
#[derive(Debug, Clone, Copy)]
#[repr(u64)]
enum Space {
    Word = 1,
    Pair,
    Triple,
    Skip,
    Heading,
    HeadingPair,
    WholeHeading,
    Above,
    LeadIn,
    Before,
    After,
    Place,
    Length,
    Flag,
    First,
    HeadingAndWord,
}

/// The sentences of a document as words, ready for [`Vocabulary::features`].
#[derive(Debug)]
pub struct Vocabulary<'a> {
    document: &'a Passages<'a>,
    words: Vec<Vec<u64>>,
    headings: Vec<Vec<u64>>,
}

impl<'a> Vocabulary<'a> {
    /// Reads the words of every sentence and heading once.
    #[must_use]
    pub fn new(document: &'a Passages<'a>) -> Self {
        let words = document.passages.iter().map(|p| hashed(p.text, WORDS)).collect();
        let heading = |h: &str| hashed(h, CONTEXT_WORDS);
        let headings = document.sections.iter().map(|s| s.heading.map_or_else(Vec::new, heading)).collect();
        Self { document, words, headings }
    }

    /// Features of sentence `i`, in ascending order of their numbers, each number once. `out` is emptied first.
    pub fn features(&self, i: usize, out: &mut Vec<(u32, f32)>) {
        out.clear();
        let passage = self.document.passages[i];
        let words = &self.words[i];
        let mut put = |space: Space, hash: u64, weight: f32| out.push((bucket(space, hash), weight));
        for (k, &w) in words.iter().enumerate() {
            put(Space::Word, w, 1.0);
            if let Some(&next) = words.get(k + 1) {
                put(Space::Pair, join(w, next), 1.0);
                if let Some(&third) = words.get(k + 2) {
                    put(Space::Triple, join(join(w, next), third), 1.0);
                    put(Space::Skip, join(w, third), 0.7);
                }
            }
        }
        for &w in words.iter().take(3) {
            put(Space::First, w, 0.5);
        }
        let (own, above) = self.headings(passage.section);
        let whole = own.iter().fold(0, |h, &w| join(h, w));
        for (k, &w) in own.iter().enumerate() {
            put(Space::Heading, w, HEADING);
            if let Some(&next) = own.get(k + 1) {
                put(Space::HeadingPair, join(w, next), HEADING);
            }
        }
        if !own.is_empty() {
            put(Space::WholeHeading, whole, HEADING);
            for &w in words.iter().take(40) {
                put(Space::HeadingAndWord, join(whole, w), 0.25);
            }
        }
        for &w in above {
            put(Space::Above, w, ABOVE);
        }
        if let Some(lead) = passage.lead_in {
            for &w in self.words[lead].iter().take(CONTEXT_WORDS) {
                put(Space::LeadIn, w, LEAD_IN);
            }
        }
        if let Some(before) = i.checked_sub(1) {
            for &w in self.words[before].iter().rev().take(CONTEXT_WORDS) {
                put(Space::Before, w, NEIGHBOUR);
            }
        }
        if let Some(after) = self.words.get(i + 1) {
            for &w in after.iter().take(CONTEXT_WORDS) {
                put(Space::After, w, NEIGHBOUR);
            }
        }
        put(Space::Place, place(i, self.words.len()), 1.0);
        put(Space::Length, length(words.len()), 1.0);
        let letters = passage.text;
        let flags = [
            self.document.sections[passage.section].attachment,
            passage.section == 0,
            passage.lead_in.is_some(),
            passage.opens_section,
            !letters.bytes().any(|b| b.is_ascii_lowercase()),
            letters.contains('"') || letters.contains('\u{201c}'),
            letters.contains('$'),
            letters.contains('%'),
            letters.contains(':'),
            letters.contains("19") || letters.contains("20"),
        ];
        for (k, _) in flags.iter().enumerate().filter(|(_, set)| **set) {
            put(Space::Flag, k as u64, 1.0);
        }
        merge(out);
    }

    /// Words of the heading over `section`, and of the next heading above that one.
    fn headings(&self, section: usize) -> (&[u64], &[u64]) {
        let over = self.document.headings(section).map(|(s, _)| self.headings[s].as_slice());
        let mut over = over.filter(|words| !words.is_empty());
        (over.next().unwrap_or_default(), over.next().unwrap_or_default())
    }
}

/// Sorts by number; of one number the larger weight stays, so that a word said twice does not count double.
fn merge(features: &mut Vec<(u32, f32)>) {
    features.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    features.dedup_by_key(|f| f.0);
}

/// Tenth of the document in which sentence `i` of `n` stands, with its first and last sentences apart.
fn place(i: usize, n: usize) -> u64 {
    match (i, n - i) {
        (0..=2, _) => 20 + i as u64,
        (3..=9, _) => 23,
        (_, 1..=5) => 24,
        _ => (i * 10 / n) as u64,
    }
}

/// Doubling steps of length in words.
fn length(words: usize) -> u64 {
    u64::from(words.max(1).ilog2())
}

/// Hashes of the words of `text` in lower case; a number counts by its digits, whatever they are.
fn hashed(text: &str, most: usize) -> Vec<u64> {
    let mut out = Vec::new();
    let mut hash = FNV_OFFSET;
    let mut open = false;
    for c in text.chars() {
        if c.is_alphanumeric() {
            open = true;
            let c = if c.is_ascii_digit() { '0' } else { c };
            if c.is_ascii() {
                hash = fnv(hash, c.to_ascii_lowercase() as u8);
            } else {
                for l in c.to_lowercase() {
                    hash = l.encode_utf8(&mut [0; 4]).bytes().fold(hash, fnv);
                }
            }
        } else if open && !matches!(c, '\'' | '\u{2019}') {
            out.push(hash);
            (hash, open) = (FNV_OFFSET, false);
            if out.len() == most {
                return out;
            }
        }
    }
    if open {
        out.push(hash);
    }
    out
}

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// A step of FNV-1a (Fowler, Noll, Vo).
fn fnv(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
}

fn join(a: u64, b: u64) -> u64 {
    mix(a.rotate_left(17).wrapping_add(b))
}

fn bucket(space: Space, hash: u64) -> u32 {
    let h = mix(hash ^ (space as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    // The remainder is below `BUCKETS`, which fits.
    u32::try_from(h % u64::from(BUCKETS)).unwrap_or(0)
}

/// The finaliser of splitmix64 (Steele, Lea, Flood 2014).
fn mix(mut h: u64) -> u64 {
    h = (h ^ (h >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    h = (h ^ (h >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    h ^ (h >> 31)
}
