//! Words that cannot be, or cannot begin, the name of a party; the lists of them stand in `lexicon/lists.txt`.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::lexicon::ways;

/// Words in lower case.
type Words = LazyLock<HashSet<&'static str>>;

/// Declares sets of words by the names of their lists.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident $list:literal;)*) => {
        $($(#[$doc])* pub(super) static $name: Words = LazyLock::new(|| ways($list).iter().copied().collect());)*
    };
}

words! {
    /// Words that begin no name, in lower case: what they stand for is a role, a document, or the next sentence.
    NOT_A_NAME "not_a_name";
    /// Words that alone are no name but can begin one ("General Harbor, Inc.").
    NOT_ALONE "not_alone";
    /// Words that alone name a role and no one.
    ROLE_WORDS "role_words";
    /// Words that, in the middle of capitalised words, begin something new.
    STOPPERS "stoppers";
    /// Legal forms that end a name, without dots and in lower case.
    LEGAL_FORMS "legal_forms";
    /// Those whose letters alone are a word.
    DOTTED_FORMS "dotted_forms";
    /// Legal forms that are no less a word of the name: they stand before a comma and not behind it.
    FORMS_OF_NAMES "forms_of_names";
    /// What else stands behind a comma and belongs to the name.
    BEHIND_COMMA "behind_comma";
    /// Words after which a name may go on ("Trust Company Americas"), but it is no person's.
    SOFT_FORMS "soft_forms";
    /// Those of them that alone show an organisation.
    STRONG_FORMS "strong_forms";
}
