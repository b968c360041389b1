//! Re-ranking: features of a candidate by itself, and of how it compares with the other candidates for the same category
//! (listwise features). Most contracts have one name, one date, and each party once.
//!
//! `candidate_rows` of `models/train/stack.py` computes the same numbers.

use super::Judgement;
use super::candidate::{Candidate, Cut};
use super::stack::CLIP;

/// Features of one candidate.
pub(super) const FEATURES: usize = 16 + Cut::RULES;

/// A candidate with its scores.
struct Scored {
    kind: usize,
    /// Logit of the rule's confidence.
    confidence: f32,
    /// Logits of its sentence, by both stages.
    first: f32,
    second: f32,
    words: usize,
    passage: usize,
    /// Its letters and digits in lower case, a space before, between and after the words.
    text: String,
}

impl Scored {
    fn is_rule(&self) -> bool {
        self.kind < Cut::RULES
    }

    fn is_inside(&self, other: &Self) -> bool {
        self.text != other.text && other.text.contains(&self.text)
    }
}

/// The features of each of the `candidates`, which are all for one category: column `category` of the judgement.
pub(super) fn features(candidates: &[Candidate<'_>], category: usize, judgement: &Judgement) -> Vec<[f32; FEATURES]> {
    let scored = |c: &Candidate<'_>| {
        let p = c.confidence.clamp(0.01, 0.99);
        let second = judgement.second[c.passage].as_ref();
        Scored {
            kind: c.cut as usize,
            confidence: (p / (1.0 - p)).ln(),
            first: judgement.first[c.passage * judgement.columns + category].clamp(-CLIP, CLIP),
            second: second.map_or(-CLIP, |row| row[category].clamp(-CLIP, CLIP)),
            words: c.words.split_whitespace().count(),
            passage: c.passage,
            text: normalised(c.words),
        }
    };
    let all: Vec<Scored> = candidates.iter().map(scored).collect();
    (0..all.len()).map(|i| row(&all, i)).collect()
}

fn row(all: &[Scored], own: usize) -> [f32; FEATURES] {
    let a = &all[own];
    let others = || all.iter().enumerate().filter(|(i, _)| *i != own).map(|(_, b)| b);
    let by_rules = || others().filter(|b| b.is_rule());
    let most = |of: &mut dyn Iterator<Item = f32>| of.reduce(f32::max).unwrap_or(-CLIP);
    let count = |of: &mut dyn Iterator<Item = &Scored>| of.count() as f32;
    let within = || by_rules().filter(|b| b.is_inside(a));
    let equal = || others().filter(|b| b.text == a.text);
    let mut row = [0.0; FEATURES];
    let (known, by_kind) = row.split_at_mut(FEATURES - Cut::RULES);
    known.copy_from_slice(&[
        a.kind as f32,
        a.confidence,
        a.first,
        a.second,
        (a.words as f32).ln_1p(),
        a.passage.min(20) as f32 / 20.0,
        a.second - most(&mut others().map(|b| b.second)),
        a.second - most(&mut others().filter(|b| !b.is_rule()).map(|b| b.second)),
        count(&mut others()),
        most(&mut within().map(|b| b.confidence)),
        count(&mut within()),
        most(&mut by_rules().filter(|b| a.is_inside(b)).map(|b| b.confidence)),
        most(&mut equal().map(|b| b.confidence)),
        count(&mut equal()),
        count(&mut by_rules().filter(|b| b.passage == a.passage)),
        others().map(|b| b.passage).min().unwrap_or(0) as f32,
    ]);
    by_kind.fill(-CLIP);
    for b in by_rules() {
        by_kind[b.kind] = by_kind[b.kind].max(b.confidence);
    }
    row
}

fn normalised(words: &str) -> String {
    let mut out = String::from(" ");
    for c in words.to_lowercase().chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn candidates_are_compared_by_their_words() {
        assert_eq!(normalised("\u{201c}Acme, Inc.\u{201d}"), " acme inc ");
        assert_eq!(normalised("--"), " ");
        let scored = |kind: Cut, confidence: f32, second: f32, passage: usize, text: &str| Scored {
            kind: kind as usize,
            confidence,
            first: 0.0,
            second,
            words: 2,
            passage,
            text: normalised(text),
        };
        let all = [
            scored(Cut::Party, 2.0, 3.0, 1, "Acme, Inc."),
            scored(Cut::Alias, 1.0, 3.0, 1, "Acme"),
            scored(Cut::WholeParties, 0.0, 5.0, 2, "Acme, Inc. is a party."),
        ];
        let party = row(&all, 0);
        assert_eq!(party[6..16], [-2.0, -2.0, 2.0, 1.0, 1.0, -CLIP, -CLIP, 0.0, 1.0, 1.0]);
        assert_eq!(party[16 + Cut::Alias as usize].to_bits(), 1.0_f32.to_bits());
        assert_eq!(party[16 + Cut::Party as usize].to_bits(), (-CLIP).to_bits());
        let whole = row(&all, 2);
        assert_eq!(whole[6..12], [2.0, 5.0 + CLIP, 2.0, 2.0, 2.0, -CLIP]);
    }
}
