//! Capitalised words that are no name: roles, offices, sums, places, stamps.

use std::sync::LazyLock;

use super::super::super::pattern::{Pattern, pattern};
use super::super::words;
use super::plain;
use crate::lexicon::jurisdiction::places;
use crate::lexicon::{among, is_number};

// Stamps, a role joined to a name that stands elsewhere, and laws: "DO NOT SIGN", "The Company & Acme", "Companies Act".
pattern!(
    NO_NAME,
    exact,
    r"(?i)\bdo not sign\b|\bsample only\b|^the company (?:&|and)\s|^(?:full|legal|company|business|trading|contact) name\b|^trading as\b|^(?:part|lot|section|schedule|annex|appendix)\s(?:[A-Z]|\d+|[ivx]+)$|\b(?:inhabitants?|nationals?)$|\b(?-i:Act|Ordinance)$|\bcompanies act\b"
);
// A place and its postcode, as addresses have them: "Galway H91 X7F2", "Leith, Edinburgh EH6 7DX", "Newton MA 02459".
static POSTCODE: LazyLock<Pattern> = LazyLock::new(|| {
    let place = r"(?:[A-Z][\w.’'-]*,? )";
    let british = r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}";
    let irish = r"[A-Z]\d[\dW] [A-Z\d]{4}";
    let canadian = r"[A-Z]\d[A-Z] ?\d[A-Z]\d";
    let american = r"[A-Z]{2}\.? \d{5}(?:-\d{4})?";
    let australian = r"(?:NSW|VIC|QLD|WA|SA|TAS|ACT|NT) \d{4}";
    // One half of them.
    let half = r"\d[A-Z]{2}|\d[A-Z]\d|[A-Z]\d[A-Z\d]{2}|[A-Z]\d\d";
    let alone = format!(r"{place}{{0,5}}(?:{british}|{irish}|{canadian})");
    Pattern::exact(&format!(r"^(?:{half}|{alone}|{place}{{1,5}}(?:{american}|{australian}))$"))
});
// "Managing Member", "Vice President and Chief Financial Officer": what somebody is, and nobody's name.
const OFFICES: &str = "chief executive financial operating technology information legal marketing officer president vice deputy director \
    managing member manager general secretary treasurer chair chairman chairperson chairwoman partner trustee authorised \
    authorized signatory representative assistant senior junior company finance operations sales procurement head \
    administrator counsel principal owner proprietor founder clerk registrar and of the";

/// Whether the words `name`, in front of `rest`, are no name.
pub(super) fn is_no_name(name: &str, rest: &str) -> bool {
    NO_NAME.is_match(name)
        || only_roles(name)
        || is_office(name)
        || is_sum(name)
        || is_place(name) && !ACTS_FOR.is_match(rest)
        || POSTCODE.is_match(name)
        || name.chars().all(|c| matches!(c, 'X' | 'x'))
}

/// Whether every word belongs to the title of an office.
fn is_office(s: &str) -> bool {
    s.contains(' ') && s.split([' ', '-', ',', '/', '&']).all(|w| w.is_empty() || among(OFFICES, &plain(w)))
}

fn only_roles(s: &str) -> bool {
    s.split_whitespace().map(plain).all(|w| {
        w.is_empty()
            || words::ROLE_WORDS.contains(&w.as_str())
            || words::NOT_A_NAME.contains(&w.as_str())
            || words::NOT_ALONE.contains(&w.as_str())
            || w == "of"
    })
}

/// "FORTY-THREE THOUSAND SIX HUNDRED": a sum in words.
fn is_sum(s: &str) -> bool {
    const SUMS: &str = "and only hundred thousand million lakh lakhs crore crores us hk canadian australian singapore dollars \
        dollar pounds sterling euros euro rupees rand naira shillings ringgit cents pence no";
    let mut words = s.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let number = |w: &str| is_number(w) || among("hundred thousand million lakh lakhs crore", &w.to_ascii_lowercase());
    words.clone().filter(|w| number(w)).count() > 1 && words.all(|w| number(w) || among(SUMS, &w.to_ascii_lowercase()))
}

fn is_place(s: &str) -> bool {
    let s = s.strip_prefix("the ").or_else(|| s.strip_prefix("THE ")).unwrap_or(s);
    // A state contracts too, but then it is described; alone it ends an address.
    places(s).first().is_some_and(|p| p.range.start == 0 && p.range.len() + 6 > s.len() && !p.adjective)
}

// A state that contracts: "the United States of America, acting by and through its Agency".
pattern!(
    ACTS_FOR,
    exact,
    r"(?i)^,?\s+(?:acting\s+(?:by|through)|(?:as\s+)?represented\s+(?:\w+\s+)?by|(?:by\s+and\s+)?through\s+(?:its|the|his|her)\b)"
);
