//! What words of the opening begin with.

use super::super::label;
use super::super::name::{self, NameKind};
use super::{BARE_DEF, DESCRIBED};
use crate::lexicon::among;
use crate::record::Part as _;

/// Whether a word joins a name to another one: "organized under the Company Act".
pub(super) fn is_joining(word: &str) -> bool {
    among("of under in with by for to at from on as", word)
}

/// Whether words begin with a party of a list that the layout joined to one line: "Acme Pty Ltd ACN 604 111 333 (Lessee)".
pub(super) fn is_listed(s: &str) -> bool {
    let behind = after_name(s);
    let number = label::registered_len(behind);
    number > 0 && is_named(s) && BARE_DEF.is_match(behind.part(number..))
}

/// Whether words begin with a company and what describes it.
pub(super) fn is_described_company(s: &str) -> bool {
    name::name_len(s).is_some_and(|n| name::kind(s.part(..n)) == NameKind::Company && DESCRIBED.is_match(s.part(n..)))
}

/// Whether words begin with the name of a company or a person.
pub(super) fn is_named(s: &str) -> bool {
    name::name_len(s).is_some_and(|n| name::kind(s.part(..n)) != NameKind::Other)
}

/// Whether words begin with the name of a company.
pub(super) fn is_company(s: &str) -> bool {
    name::name_len(s).is_some_and(|n| name::kind(s.part(..n)) == NameKind::Company)
}

/// What stands behind the name that begins `s`.
pub(super) fn after_name(s: &str) -> &str {
    name::name_len(s).map_or("", |n| s.part(n..))
}

/// Whether `s` begins with `word`, in any case, as a word of its own.
pub(super) fn starts_word(s: &str, word: &str) -> bool {
    s.len() > word.len()
        && s.is_char_boundary(word.len())
        && s.part(..word.len()).eq_ignore_ascii_case(word)
        && !s.as_bytes()[word.len()].is_ascii_alphanumeric()
}

/// Whether a bracket with the name of a company begins `s`: a blank of a form that was filled in.
pub(super) fn is_filled_in(s: &str) -> bool {
    let inside = s.strip_prefix('[').and_then(|s| s.split_once(']')).map_or("", |(inside, _)| inside);
    name::name_len(inside) == Some(inside.len()) && name::kind(inside) == NameKind::Company
}
