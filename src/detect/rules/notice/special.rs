//! Special terms on notice, which go before those of the clause.

use super::{Notice, read};
use crate::detect::rules::pattern::pattern;
use crate::detect::rules::reader::Reader;
use crate::lexicon::Class;
use crate::record::value::RenewalKind;

/// The notice of special terms that goes before that of the clause: "Notwithstanding Section 11, the notice period for non-renewal is
/// 45 days".
pub(super) fn find(reader: &Reader<'_>, kind: RenewalKind) -> Option<Notice> {
    const LONGEST: usize = 400;
    pattern!(
        INSTEAD,
        r"^\W*(?:[0-9a-z.()]{1,6}\s+)?notwithstanding\s+(?:[a-z]+\s+){0,5}(?:sections?|clauses?|articles?|paragraphs?|conditions?|terms?)\b"
    );
    let stops = |i: usize| reader.phrases(i).has(Class::NonRenewal);
    let mut all = reader.sentences().filter(|&(i, _, words)| words.len() < LONGEST && stops(i));
    all.find_map(|(i, _, words)| INSTEAD.is_match(words).then(|| read(reader, i, kind, false)).flatten())
}
