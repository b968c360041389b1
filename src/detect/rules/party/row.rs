//! Persons who are named in a row, and are one party: "Robert and Lisa Carmody", "Ada Reed and Otto Vale (together the "Tenant")".

use std::sync::LazyLock;

use super::super::pattern::{Pattern, pattern};
use super::name::NameKind;
use super::{Found, label};
use crate::record::{Part as _, Span};

// What is said of one person before the next is named: the number of an identity card, the age, the parents, the trade:
// "Ada Reed (ID 9304150182085) and Otto Vale", "Ada Reed, farmer, and Otto Vale, nurse, both of Hinds".
pub(super) static PERSONAL: LazyLock<Pattern> = LazyLock::new(|| {
    let bracket = r"\s*(?:\([fmFM]\)\s*)?\([^()]{0,40}\d{4}[^()]{0,20}(?:\([0-9A-Z]\))?[^()]{0,20}\)";
    let age = r"aged?\s*:?\s+(?:about\s+)?\d{2}(?:\s+(?:years|yrs\.?))?(?:\s+old)?";
    let work = r"(?:occupation|profession|nationality|religion)\s*:?\s+[A-Za-z][a-z]+(?: [A-Za-z][a-z]+){0,2}";
    let card = r"(?:{identity_cards})(?:\s+(?:card|number|no|holder|of|no\.))*[\s.:#]*[A-Z0-9][\w/-]{3,}(?: [\w/-]*\d[\w/-]*){0,3}";
    let kin = r"(?i:{kin_of})\s+(?:[A-Z][\w.’']*\s*){1,5}";
    // Small words alone, of which none joins: "a retired civil servant".
    let trade = r"(?:an?\s+|the\s+)?[a-z-]{4,}(?:\s[a-z-]{4,}){0,2}";
    Pattern::exact(&format!(
        r"^(?:{bracket}|,?\s+(?i:{age})|,?\s+(?i:{work})|,?\s+{kin}|,?\s+(?i:{card})|,\s+{trade})+"
    ))
});
// The number of an identity card alone.
pattern!(CARD, exact, r"^\s*\([^()]{0,40}\d{4}[^()]{0,20}(?:\([0-9A-Z]\))?[^()]{0,20}\)");
// What is said of all of them together.
pattern!(
    ALL,
    exact,
    r"^[\s,]*(?i:\(?\s*(?:both|all|each|jointly|together|collectively|hereina?fter)\b|residing|of\s+the\s+same\b|(?:as|in\s+their\s+capacity\s+as)\s+(?:the\s+)?(?:joint\s+)?trustees?\b|his\s+wife)"
);
// "together with Stone Trustees Limited, as trustees".
pattern!(pub(super) WITH, exact, r"^[\s,]*(?i:together\s+with)\s+(?:the\s+)?");

/// Joins the given name of one person to the name of the other where one family name stands for both, beside another party:
/// "Robert and Lisa Carmody ("Landlord") and Kim Osei ("Tenant")". Of two alone, the single word may be a company's name.
pub(super) fn couples(all: &str, out: &mut Vec<Found>) {
    let pair = |w: &[Found]| {
        let (a, b) = (&w[0], &w[1]);
        let name = all.part(a.span.start()..a.span.start() + a.name_len);
        let between = all.part(a.span.start() + a.name_len..b.span.start()).trim();
        let given = name.len() > 2 && name.chars().all(char::is_alphabetic) && name.chars().any(char::is_lowercase);
        given && !a.sure && matches!(between, "and" | "&" | "And" | "AND") && b.kind == NameKind::Person
    };
    while out.len() > 2
        && let Some(i) = out.windows(2).position(pair)
    {
        let first = out.remove(i);
        let second = &mut out[i];
        second.name_len += second.span.start() - first.span.start();
        second.span = Span::new(first.span.start(), second.span.end());
    }
}

/// Gives persons who are named in a row the words behind the last of them: "Ada Reed and Otto Vale (together the "Tenant")".
pub(super) fn together(all: &str, out: &mut [Found]) {
    for i in (1..out.len()).rev() {
        let (a, b) = (&out[i - 1], &out[i]);
        let end = a.span.start() + a.name_len;
        let between = all.part(end..b.span.start());
        let person = b.kind == NameKind::Person;
        let of_all = || SHARED.is_match(all.part(b.span.start() + b.name_len..b.span.end()));
        let simple = JOINS.is_match(between.part(CARD.prefix_len(between)..));
        let linked =
            || !a.defined && (JOINS.is_match(between.part(PERSONAL.prefix_len(between)..)) || AND.is_match(between));
        let row = person && (simple || linked() && of_all()) || !a.defined && !person && MORE.is_match(between);
        if row && b.span.len() > b.name_len && a.kind == NameKind::Person && b.defined {
            let span = Span::new(a.span.start(), b.span.end());
            out[i - 1] = Found { span, defined: true, sure: true, ..a.clone() };
        }
    }
}

// What joins two names, and counts the second.
pattern!(JOINS, exact, r"(?i)^[\s,;]*(?:and|&)?\s*(?:\(?\d{1,2}[).]|\([a-z]\))?\s*(?:{honorifics}\.?)?\s*$");
pattern!(AND, exact, r"(?i)[\s,]and\s+(?:{honorifics}\.?\s+)?$");
pattern!(MORE, exact, r"(?i),\s+together\s+with\s+(?:the\s+)?$");
// What shows that words behind the last name speak of all: "both of Hinds", "(jointly the "Tenant")".
pattern!(SHARED, exact, r"(?i)\b(?:both|all|jointly|together|collectively|trustees|of\s+the\s+same)\b");

/// Whether the words between the name of a person and a place say something of the person, and nothing else.
pub(super) fn is_personal(between: &str) -> bool {
    !between.is_empty() && !ALL.is_match(between) && PERSONAL.prefix_len(between) == between.len()
}

/// Whether what stands behind a name speaks of all who are named in a row: "both of Hinds".
pub(super) fn is_of_all(tail: &str) -> bool {
    ALL.is_match(tail)
}

/// Whether what stands behind a name goes on about a person, or about all who are named in a row.
pub(super) fn goes_on(tail: &str) -> bool {
    PERSONAL.is_match(tail) || ALL.is_match(tail)
}

/// Whether `after` begins with persons named in a row, and words that define them as one party.
pub(super) fn of_persons(after: &str, first: usize) -> bool {
    let more = label::joined(after, first, NameKind::Person);
    more.last().is_some_and(|&(at, len)| ALL.is_match(after.part(at + len..)))
}

/// Whether `after` begins with persons joined by "and", and a bracket behind the last of them defines them.
pub(super) fn are_defined(after: &str, first: usize) -> bool {
    pattern!(CALLED, exact, r#"^[^.;()\n]{0,60}\([^()"“]{0,40}["“]"#);
    let more = label::joined(after, first, NameKind::Person);
    more.last().is_some_and(|&(at, len)| CALLED.is_match(after.part(at + len..)))
}
