//! Renewal to which both parties must agree: by when, and how one asks for it.

use super::forms::AGREED_BEFORE;
use crate::detect::rules::notice::{self, Notice};
use crate::detect::rules::pattern::pattern;
use crate::detect::rules::reader::Reader;
use crate::lexicon::Class;
use crate::record::Part as _;
use crate::record::value::RenewalKind;

// To talk about a renewal is not to agree on it, or to ask for it.
pattern!(TALKS, ["negotiat*/discuss*/meet/meets/confer/consult*/talk/talks/review/consider"]);

/// The notice by which a party must ask for a renewal to which both agree: "The Franchisee must notify the Franchisor of its
/// intent to renew at least 120 days before the end".
pub(super) fn asked_for(reader: &Reader<'_>, sentence: usize) -> Option<Notice> {
    const NEXT: usize = 2;
    let asks = |&i: &usize| {
        let phrases = reader.phrases(i);
        let about = [Class::Renew, Class::Renewal, Class::Option, Class::NewTerm];
        reader.share_section(sentence, i)
            && phrases.has(Class::Must)
            && phrases.has_any(&about)
            && !phrases.has_any(&[Class::NonRenewal, Class::Mutual, Class::Unless, Class::Price])
            && !TALKS.is_match(reader.sentence(i))
    };
    let next = (sentence + 1..=sentence + NEXT).filter(asks);
    let mut found = next.filter_map(|i| notice::read(reader, i, RenewalKind::Option, false));
    found.find(|notice| notice.ways.iter().any(|way| way.period.is_some()))
}

/// The words that say how long before the end both parties must have agreed. A time to begin talks is none.
pub(super) fn agreed_before<'r>(reader: &'r Reader<'_>, sentence: usize) -> Option<&'r str> {
    let (words, phrases) = (reader.sentence(sentence), reader.phrases(sentence));
    let agreed = AGREED_BEFORE.find_at(phrases, 0)?;
    let (first, last) = (phrases.get(agreed.range.start)?, phrases.get(agreed.range.end - 1)?);
    let period = phrases.get(*agreed.marked.first()?)?;
    let said = words.part(first.range.start..last.range.end).trim_end_matches(['.', ',', ';']);
    (!TALKS.is_match(words.part(..period.range.start))).then_some(said)
}
