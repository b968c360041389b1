//! Parties of a letter or a form on headed paper: the name at its very top, and the one it is written to.

use super::super::pattern::{contains_fold, pattern};
use super::Found;
use super::label::{found, lines};
use super::name::{self, NameKind};
use crate::record::{Part as _, Span};
use crate::text::DocumentText;

/// Lines of the top of the first page that are searched.
const TOP: usize = 24;

// What else the first line of a document says.
pattern!(
    NO_NAME,
    r"\b(?:agreement|contract|lease|deed|orders?|forms?|quotation|quote|invoice|policy|terms|conditions|statement|notice|letter|offer|licen[cs]e|schedule|memorandum|proposal|division|department|amendment|addendum|appendix|exhibit|annex|page|copy|draft|private|confidential|summary|particulars|award|tenancy|subscription|membership|application|services?\s+level|portal)\b|{address_nouns}$"
);

/// The sender named at the top of the first page and the one addressed, where it has both.
pub(super) fn parties(text: &DocumentText) -> Vec<Found> {
    let blocks = text.blocks().iter().filter(|b| b.page == 1 && b.span.len() < 600);
    let top: Vec<Span> = blocks.flat_map(|b| lines(text, b)).take(TOP).collect();
    let sender = top.first().and_then(|&line| sender(text, line, &top[1..]));
    let addressee = addressee(text, &top);
    sender.into_iter().chain(addressee).collect()
}

/// The organisation whose name is the first line: with a legal form, or in capitals that the text uses again or that have an
/// address under them.
fn sender(text: &DocumentText, line: Span, below: &[Span]) -> Option<Found> {
    pattern!(REACHED, r"@|\b(?:tel|phone|mobile|telephone|e-?mail|www)\b|\([0-9]{3}\)\s*[0-9]{3}");
    const LONGEST: usize = 70;
    const NEAR: usize = 4;
    let words = text.slice(line).trim();
    let len = name::name_len(words).filter(|&len| len == words.len() && len < LONGEST)?;
    let company = name::kind(words) == NameKind::Company;
    let capitals = words.contains(' ') && !words.chars().any(char::is_lowercase);
    let rest = text.as_str().part(line.end()..);
    let again = || contains_fold(rest, &words.to_ascii_lowercase());
    // Three words that come again are no accident, of two there must be more.
    let least = if words.split(' ').count() > 2 { 2 } else { 3 };
    let often = || words.contains(' ') && rest.matches(words).count() >= least;
    let reached = || below.iter().take(NEAR).any(|&line| REACHED.is_match(text.slice(line)));
    let named = company || capitals && (again() || reached()) || often();
    // On headed paper, the name is that of an organisation.
    (named && !NO_NAME.is_match(words)).then(|| Found { kind: NameKind::Company, ..found(line.start(), words, len) })
}

/// The name in the lines under "To," or under a greeting without a name, else that of the person greeted.
fn addressee(text: &DocumentText, top: &[Span]) -> Option<Found> {
    under_to(text, top).or_else(|| {
        pattern!(DEAR, exact, r"^(?i:dear)\s+(?i:{honorifics}\.?\s+)?");
        top.iter().find_map(|&line| {
            let words = text.slice(line);
            let at = DEAR.prefix_len(words);
            let len = name::name_len(words.part(at..)).filter(|_| at > 0)?;
            let name = words.part(at..at + len);
            let whole = words.part(at + len..).trim_matches([',', ':', ' ']).is_empty();
            (whole && name::kind(name) == NameKind::Person).then(|| found(line.start() + at, name, len))
        })
    })
}

fn under_to(text: &DocumentText, top: &[Span]) -> Option<Found> {
    pattern!(TO, r"^(?:to|messrs|m/s|dear\s+sirs?(?:\s*(?:/|or|and)\s*madam)?)\W*$");
    const UNDER: usize = 4;
    pattern!(FIRM, exact, r"^(?i:m/s|messrs)\b\.?\s+");
    // "M/s Mewar Works,": in a line of its own.
    let firm = top.iter().find_map(|&line| {
        let words = text.slice(line).trim_end_matches([',', ' ']);
        let at = FIRM.prefix_len(words);
        let len = name::name_len(words.part(at..)).filter(|&len| at > 0 && at + len == words.len())?;
        Some(Found { kind: NameKind::Company, ..found(line.start() + at, words.part(at..), len) })
    });
    if firm.is_some() {
        return firm;
    }
    let to = top.iter().position(|&line| TO.is_match(text.slice(line).trim()))?;
    let under = top.iter().skip(to + 1).take(UNDER);
    let mut named = under.filter_map(|&line| {
        let words = text.slice(line).trim_end();
        let len = name::name_len(words)?;
        let whole = words.part(len..).trim_matches([',', '.', ' ']).is_empty();
        let name = words.part(..len);
        let known = name::kind(name) == NameKind::Company || super::label::is_public(name);
        (known && whole).then(|| found(line.start(), name, len))
    });
    named.next()
}
