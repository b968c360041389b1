//! Parties of a list without a heading, whose roles stand in brackets at the ends of their lines: "Anna Reed of 4 Mill Road
//! (Lender)", and in the next line "Acme Ltd, incorporated in England (Borrower)".

use super::super::pattern::pattern;
use super::Found;
use super::label::{is_organisation, lines};
use super::name::{self, NameKind};
use crate::lexicon::label;
use crate::record::{Part as _, Span};
use crate::text::DocumentText;

/// Most parties of a list.
const MOST: usize = 6;

// The role at the end of a line.
pattern!(ROLE, exact, r#"\(\s*(?:the\s+)?["“]?([A-Z][A-Za-z ]{2,24}?)["”]?\s*\)[;,.]?(?:\s+and)?$"#);

/// The parties of lines that end with a role, where there are two of them.
pub(super) fn parties(text: &DocumentText) -> Vec<Found> {
    const BLOCKS: usize = 30;
    const LONGEST: usize = 240;
    let blocks = text.blocks().iter().take(BLOCKS).filter(|b| b.page == 1);
    let rows = blocks.flat_map(|b| lines(text, b)).filter(|line| line.len() < LONGEST);
    let rows: Vec<Span> = rows.collect();
    let mut out: Vec<Found> = rows.iter().filter_map(|&line| party(text, line)).collect();
    if out.len() < 2 {
        out = heads(text, &rows);
    }
    out.truncate(MOST);
    if out.len() > 1 { out } else { Vec::new() }
}

/// The parties of neighbouring lines that begin with a name and what it is called: "Acme Ltd (the Builder), Mill Street", and in the
/// next line "Anna Reed (the Owner), Quay Road".
fn heads(text: &DocumentText, rows: &[Span]) -> Vec<Found> {
    let all: Vec<Option<Found>> = rows.iter().map(|&line| head(text, line)).collect();
    let first = all.windows(2).position(|pair| pair.iter().all(Option::is_some));
    first.map_or_else(Vec::new, |first| all.into_iter().skip(first).map_while(|found| found).collect())
}

/// A line that is a name, its short name in brackets, and an address.
fn head(text: &DocumentText, line: Span) -> Option<Found> {
    pattern!(
        CALLED,
        exact,
        r#"^(?:,\s+[A-Z][\w’'.-]*(?:\s[A-Z][\w’'.-]*){0,3}){0,2},?\s+\((?:[Tt]he\s+|[“"])["“]?[A-Z][A-Za-z]+(?:\s[A-Z]?[a-z]+)?["”]?\)(?P<tail>.*)$"#
    );
    let words = text.slice(line).trim_end().trim_end_matches([',', ';', '.']);
    let words = words.strip_suffix(" and").unwrap_or(words);
    let name_len = name::name_len(words)?;
    let tail = CALLED.captures(words.part(name_len..))?.name("tail")?.as_str();
    // An address has no verb, and begins with a number or a name.
    let address = tail.strip_prefix(", ").or_else(|| tail.strip_prefix(" of ")).unwrap_or(tail);
    let place = address.is_empty() || address.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let small = address.split([' ', ',']).filter(|w| w.starts_with(|c: char| c.is_ascii_lowercase())).count();
    let kind = name::kind(words.part(..name_len));
    let named = kind != NameKind::Other || words.part(..name_len).contains(' ');
    let span = Span::new(line.start(), line.start() + words.len());
    (place && small < 3 && named).then_some(Found {
        span,
        name_len,
        kind,
        defined: true,
        sure: true,
        rule: "party.defined",
    })
}

fn party(text: &DocumentText, line: Span) -> Option<Found> {
    let row = text.slice(line);
    let words = row.trim_end();
    label::named_role(ROLE.captures(words)?.get(1)?.as_str())?;
    let name_len = name::name_len(words)?;
    let kind = name::kind(words.part(..name_len));
    let party = kind == NameKind::Person || is_organisation(words.part(..name_len));
    let span = Span::new(line.start(), line.start() + words.len());
    party.then_some(Found { span, name_len, kind, defined: true, sure: true, rule: "party.defined" })
}
