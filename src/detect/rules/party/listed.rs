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
    let mut out: Vec<Found> = rows.filter_map(|line| party(text, line)).collect();
    out.truncate(MOST);
    if out.len() > 1 { out } else { Vec::new() }
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
