//! Whether the name at a place of the opening is that of a new party: not a part of an address, not the subject of a sentence.

use std::sync::LazyLock;

use super::super::super::pattern::{Pattern, pattern};
use super::super::name::{self, NameKind};
use super::super::{label, row};
use super::{BARE_DEF, DESCRIBED};
use crate::record::Part as _;

pattern!(
    NOT_PARTY,
    exact,
    r#"(?i)^(?:["”]|\s+name\s*:|\s+(?:may|shall|will|is|are|was|were|has|have|had|owns?|means|installed|desires?|wish(?:es)?|entered\s+into|set\s+forth|described|made\s+part)\b)"#
);
// What looks like a name and is a part of an address, or a day.
static ADDRESS_NAME: LazyLock<Pattern> = LazyLock::new(|| {
    let american = r"(?:[A-Z][A-Za-z]+\s+)?(?:[A-Z]{2}|[A-Z][a-z]+)\s+\d{5,6}(?:-\d{4})?";
    let canadian = r"(?:[A-Z][a-z]+\s+)?[A-Z]\d[A-Z]\s+\d[A-Z]\d";
    let british = r"[A-Z]{1,2}\d{1,2}[A-Z]?\s+\d[A-Z]{2}";
    let street = r"\b(?:Street|Avenue|Road|Boulevard|Floor|Suite|Drive|Tower)$";
    let day = r"(?i:{month_names})\b.*\d";
    let irish = r"Co\.? [A-Z][a-z]+";
    Pattern::exact(&format!(
        r"^(?i:p\.? ?o\.? ?box|post(?:al)? (?:office )?box)\b|^(?:{american}|{canadian}|{british}|{irish}|[A-Z]{{2}}|{day})$|{street}|^[A-Z]-?\d{{4,6}}\b"
    ))
});
pattern!(STREET, exact, r"^,\s+\d+[\w-]*\s+[A-Z]\w+");

/// Whether the words after a name show that it is no party: the subject of a sentence, a term being defined, an address.
pub(super) fn disqualified(name: &str, rest: &str) -> bool {
    NOT_PARTY.is_match(rest)
        || ADDRESS_NAME.is_match(name)
        || name.len() < 40 && STREET.is_match(rest) && name::kind(name) != NameKind::Company
}

/// What stands between a party's name and the place where another may begin.
#[expect(clippy::struct_excessive_bools, reason = "independent signs, read together in one place")]
pub(super) struct Before {
    /// "and", or a letter or number that counts the parties.
    pub(super) joined: bool,
    /// A letter or number counts it behind the end of the one before: "; and (2) Hillcrest School".
    pub(super) listed: bool,
    /// A short name was defined.
    pub(super) defined: bool,
    /// Nothing stands between.
    pub(super) direct: bool,
    /// An address has begun.
    pub(super) address: bool,
    /// It is a person.
    pub(super) person: bool,
    /// It is a person, of whom something is said, and nothing else: a trade, an age, a number of identity.
    pub(super) personal: bool,
}

/// Whether a new party begins at `after`, which stands behind the separator `c`.
pub(super) fn accepts(after: &str, c: u8, before: &Before) -> bool {
    let Before { joined, listed, defined, direct, address, person, personal } = *before;
    let Some(n) = name::name_len(after) else { return false };
    let kind = name::kind(after.part(..n));
    // "… ("the Employer") and Aoife Brannigan, 18 Rail Park": a person with an address, not a street.
    // Nor is an organisation: "and Harbor Hospital, 4 Hill Road".
    let apart = kind == NameKind::Person || label::is_public(after.part(..n));
    let known = joined && defined && apart && !NOT_PARTY.is_match(after.part(n..));
    if !known && disqualified(after.part(..n), after.part(n..)) {
        return false;
    }
    // A list with a party in each line: "Anna Reed (Guarantor)".
    let below = c == b'\n' && defined && kind != NameKind::Other;
    let described = DESCRIBED.is_match(after.part(n..)) || (joined || below) && BARE_DEF.is_match(after.part(n..));
    let company = kind == NameKind::Company;
    // "with offices in Berlin and Munich ("Acme")": the last word of an address, and then the short name.
    if address && !company && after.part(..n).split(' ').count() < 3 && after.part(n..).trim_start().starts_with('(') {
        return false;
    }
    let row_goes_on = person && kind == NameKind::Person && row::is_of_all(after.part(n..));
    match c {
        // "Ada Reed, Otto Vale and Eva Vale (together the "Tenant")".
        b',' if direct && kind == NameKind::Person && row::of_persons(after, n) => true,
        // "… ("Lessor"), Ada Reed and Otto Vale, husband and wife ("Lessee")".
        b',' if defined && kind == NameKind::Person && row::are_defined(after, n) => true,
        // "Anna Reed (ID 93041), Otto Vale (ID 91072)", "Anna Reed, farmer, and Otto Vale, nurse, both of Hinds".
        b',' | b' ' | b';' if personal && kind == NameKind::Person && row::goes_on(after.part(n..)) => true,
        // "Anna Reed of 4 Mill Road and Otto Vale, both trustees of the Quay Charity".
        _ if joined && row_goes_on => true,
        // Commas separate addresses too, so the name must prove itself.
        b',' if !joined => company && (described || direct || defined) || described && defined,
        // "Dean Reed and Kim Reed, both of 9 Reef Street", in a line of their own.
        b'\n' if below && row::of_persons(after, n) => true,
        b'\n' if !joined => (company || described) && (defined || described || direct),
        b'.' if !joined => false,
        _ if described => true,
        _ if company || listed && after.part(..n).contains(' ') => true,
        _ => defined || direct,
    }
}
