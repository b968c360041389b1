//! How often a contract may renew, and options of which it says no more.

use super::forms::{LAST_TERM, LIMIT, Meaning};
use crate::detect::rules::reader::Reader;
use crate::lexicon::{Class, count};
use crate::phrase::{Kind, Phrase, Phrases};
use crate::record::Part as _;
use crate::record::value::RenewalKind;

/// How often a contract may renew, where its clause says so.
pub(super) fn read(words: &str, phrases: &Phrases) -> Option<u32> {
    let counts = |i: &usize| {
        phrases.get(*i).is_some_and(|p| {
            p.is(Class::Once) || p.kind == Kind::Number && !is_clause_number(words, phrases.list(), *i)
        })
    };
    // "2 x 12 months", "3 times for 12 months each".
    let times = |p: &Phrase| {
        let behind = words.part(p.range.end..).trim_start();
        p.kind == Kind::Number && (behind.starts_with("x ") || behind.starts_with("times "))
    };
    let counted = |&i: &usize| LIMIT.marks(phrases, i) || phrases.get(i).is_some_and(times);
    let Some(marked) = (0..phrases.list().len()).filter(counts).find(counted) else {
        return LAST_TERM.matches(phrases).then_some(1);
    };
    let said = words.part(phrases.get(marked)?.range.clone()).to_ascii_lowercase();
    match said.as_str() {
        "once" | "a single time" | "one time" | "one occasion" => Some(1),
        "twice" => Some(2),
        _ => count(&said).map(|n| n.value),
    }
}

/// How often it may renew by its clause: "extended for one Extension Term" in one sentence, and "no more than two Extension
/// Terms" in the next.
pub(super) fn of_clause(reader: &Reader<'_>, i: usize) -> Option<u32> {
    read(reader.sentence(i), reader.phrases(i)).max(behind(reader, i))
}

/// How often it may renew by one of the next sentences of the clause: "There can be four such renewals and no fifth".
fn behind(reader: &Reader<'_>, i: usize) -> Option<u32> {
    const NEXT: usize = 2;
    let section = |i: usize| reader.segments.sentences.get(i).map_or(usize::MAX, |s| s.section);
    let near = |&next: &usize| section(next).abs_diff(section(i)) <= 1;
    (i + 1..=i + NEXT).take_while(near).find_map(|next| {
        let phrases = reader.phrases(next);
        let speaks = phrases.has_any(&[Class::Renew, Class::Renewal, Class::Renewable, Class::NewTerm])
            && !phrases.has_any(&[Class::Foreign, Class::Notice, Class::Price]);
        read(reader.sentence(next), phrases).filter(|_| speaks)
    })
}

/// Options that are only counted: "a base year and four one-year option periods".
pub(super) fn counted_options(phrases: &Phrases, words: &str) -> Option<(Meaning, usize)> {
    const NEAR: usize = 4;
    let all = phrases.list();
    let verb = all.iter().position(|p| p.is(Class::NewTerm) && words.part(p.range.clone()).starts_with("option"))?;
    let before = all[..verb].iter().rev().take(NEAR).take_while(|p| p.kind != Kind::Stop);
    let counted = before.into_iter().any(|p| p.kind == Kind::Number);
    (counted && !phrases.has_any(&[Class::Not, Class::Notice, Class::Exercise, Class::If]))
        .then_some((Meaning { kind: RenewalKind::Option, score: 4 }, verb))
}

/// Whether the number at phrase `i` is that of a clause: "1.3 Renewal", "52.217-9 Option to extend", "Section 9 option".
fn is_clause_number(words: &str, list: &[Phrase], i: usize) -> bool {
    let range = &list[i].range;
    let (before, after) = (words.part(..range.start), words.part(range.end..).trim_start());
    if !words.part(range.clone()).starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let digit = |s: &str| s.ends_with(|c: char| c.is_ascii_digit());
    let part = before.strip_suffix(['.', '-']).is_some_and(digit);
    let named = before.trim_end().rsplit(' ').next().unwrap_or_default().to_ascii_lowercase();
    let named = ["section", "clause", "article", "item", "paragraph", "option", "no", "no."].contains(&named.as_str());
    // "3 Renewal" begins a clause, "2 renewals of one year" counts them.
    let one = after.split(|c: char| !c.is_alphanumeric()).next().is_some_and(|w| !w.ends_with(['s', 'S']));
    part || named || one && list[..i].iter().all(|p| p.kind == Kind::Number)
}
