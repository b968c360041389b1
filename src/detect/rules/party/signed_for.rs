//! Parties that the lines of a signature block name, where no "By:" stands under their names: "For Acme Works", "Signed for the
//! Contractor, Acme Ltd:", "Signed: A. Reed, for Acme Works".

use super::super::pattern::{pattern, starts_fold};
use super::Found;
use super::label::{found, lines};
use super::name::{self, NameKind};
use super::signature::{Cell, cells, is_office, line_name};
use crate::lexicon::label;
use crate::record::Part as _;
use crate::text::DocumentText;

/// Most parties that sign.
const MOST: usize = 6;
/// A longer block is text.
const LONGEST: usize = 400;

// "For the Lender (Harbor Museum)", "Signed for the Contractor, Acme Ltd:".
pattern!(
    WITH_ROLE,
    exact,
    r"^(?i:signed\s+)?(?i:by|for)\s+(?i:and\s+on\s+behalf\s+of\s+)?(?i:the\s+)?([A-Za-z ]{4,24}?)\s*[(,:–—-]\s*"
);

/// The parties that blocks of signatures name behind their roles.
pub(super) fn with_role(text: &DocumentText) -> Vec<Found> {
    let named = rows(text).into_iter().filter_map(|cell| {
        // "Signed by the Company: A. Reed for Acme Works" names Acme behind the one who signs.
        let begin = WITH_ROLE.captures(cell.text).filter(|_| behind_person(cell.text).is_none())?;
        label::named_role(begin.get(1)?.as_str())?;
        let rest = cell.text.part(begin.get(0)?.end()..);
        // What brackets hold is the name, whole.
        let inside = rest.split_once(')').filter(|_| begin.get(0).is_some_and(|m| m.as_str().contains('(')));
        let len = name::name_len(rest)?;
        let len = inside.map_or(len, |(name, _)| name.len());
        let ends = inside.is_some() || rest.len() == len || rest.part(len..).trim_start().starts_with([':', ',', '_']);
        // "Signed for the Company: Tan Wei Ling, Managing Director" names who signs.
        let signs = inside.is_none() && name::kind(rest.part(..len)) == NameKind::Person && rest.len() > len;
        (ends && !signs).then(|| found(cell.start + cell.text.len() - rest.len(), rest.part(..len), len))
    });
    named.take(MOST).collect()
}

/// The cells of the short lines of a document, by line.
fn table(text: &DocumentText) -> impl Iterator<Item = Vec<Cell<'_>>> {
    let short = text.blocks().iter().filter(|b| b.span.len() < LONGEST);
    short.flat_map(|b| lines(text, b)).map(|line| cells(text, line))
}

fn rows(text: &DocumentText) -> Vec<Cell<'_>> {
    table(text).flatten().collect()
}

/// The parties whose names stand alone under the words that say who signs: "Agreed to by the Freelancer" and below it "Joel
/// Hallett, 22 June 2026", "CONTRACTOR:" over "Odalys Fahie" and "Signed: O. Fahie".
pub(super) fn under_role(text: &DocumentText) -> Vec<Found> {
    pattern!(
        BY,
        exact,
        r"^(?i:signed|agreed(?:\s+to)?|accepted|executed)\s+(?i:by)\s+(?i:the\s+)?([A-Za-z ]{4,24}?)\s*:?$"
    );
    pattern!(SIGNS, r"^\W*(?:signed|signature|sign)\b|^_{4,}|^/s/");
    let rows: Vec<Vec<Cell<'_>>> = table(text).collect();
    let mut out = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        for (k, cell) in row.iter().enumerate() {
            let by = BY.captures(cell.text).and_then(|c| c.get(1));
            let Some(label) = by.map(|m| m.as_str()).or_else(|| cell.text.strip_suffix(':')) else { continue };
            let below = |n: usize| rows.get(i + n).filter(|r| r.len() == row.len()).map(|r| &r[k]);
            let Some(under) = below(1).filter(|_| label::named_role(label).is_some()) else { continue };
            let Some(len) = name::name_len(under.text) else { continue };
            let tail = under.text.part(len..).trim_start_matches([' ', ',']);
            let alone = tail.is_empty() || by.is_some() && tail.contains(|c: char| c.is_ascii_digit());
            let signs = by.is_some() || below(2).is_some_and(|c| SIGNS.is_match(c.text));
            // Who has an office signs for another.
            let office = (1..=4).filter_map(below).any(|c| is_office(c.text));
            if alone && signs && !office && under.text.part(..len).contains(' ') {
                out.push(found(under.start, under.text.part(..len), len));
            }
        }
    }
    out.truncate(MOST);
    out
}

/// The parties for whom somebody signs: "For Acme Works" over or under the lines of a signature, "Signed for Acme Works: A.
/// Reed", "Signed: A. Reed, for Acme Works".
pub(super) fn organisations(text: &DocumentText) -> Vec<Found> {
    let rows = rows(text);
    let mut out: Vec<Found> = Vec::new();
    for (i, cell) in rows.iter().enumerate() {
        let organisation = behind_person(cell.text).or_else(|| whom(&rows, i));
        let Some((at, len)) = organisation.or_else(|| deed(cell.text)) else { continue };
        let name = cell.text.part(at..at + len);
        // Who is signed for is an organisation, whatever its name looks like.
        let kind = if organisation.is_some() { NameKind::Company } else { name::kind(name) };
        let known = |f: &Found| text.slice(f.span).part(..f.name_len).eq_ignore_ascii_case(name);
        if label::named_role(name).is_none() && !out.iter().any(known) {
            out.push(Found { kind, ..found(cell.start + at, name, len) });
        }
    }
    out.truncate(MOST);
    out
}

/// The place of the name in "Signed by the Company: A. Reed for Acme Works".
fn behind_person(line: &str) -> Option<(usize, usize)> {
    pattern!(SIGNED, exact, r"^(?i)(?:signed|accepted|agreed|executed)(?:\s+by(?:\s+the\s+\w+)?)?\s*:\s*");
    pattern!(FOR, exact, r"^,?\s+(?i:for|for\s+and\s+on\s+behalf\s+of|on\s+behalf\s+of)\s+(?i:the\s+)?");
    let at = SIGNED.prefix_len(line);
    let person = name::name_len(line.part(at..)).filter(|_| at > 0)?;
    // A name goes on over "for": "Peter Ashdown for Brightwater".
    let cut = line.part(at..at + person).find(" for ").unwrap_or(person);
    let behind = at + cut + FOR.prefix_len(line.part(at + cut..));
    let len = name::name_len(line.part(behind..)).filter(|_| behind > at + cut)?;
    (line.part(behind + len..).trim_start().len() < 40).then_some((behind, len))
}

/// The place of the name in "Signed by Anna Reed in the presence of", "Executed as a deed by Acme Ltd acting by its director".
fn deed(line: &str) -> Option<(usize, usize)> {
    pattern!(
        BY,
        exact,
        r"^(?i)(?:signed|executed)(?:,?\s+(?:sealed|and|delivered))*(?:\s+as\s+a\s+deed)?\s+by\s+(?:the\s+)?(?:{honorifics}\.?\s+)?"
    );
    pattern!(BEHIND, exact, r"^(?i)[\s,(]*(?:in\s+the\s+presence\s+of|acting\s+by|by\s+its)\b");
    let at = BY.prefix_len(line);
    let len = line_name(line.part(at..)).filter(|_| at > 0)?;
    BEHIND.is_match(line.part(at + len..)).then_some((at, len))
}

/// The place of the name in "For Acme Works", if cell `i` of `rows` is that line of a signature block.
fn whom(rows: &[Cell<'_>], i: usize) -> Option<(usize, usize)> {
    pattern!(
        FOR,
        exact,
        r"^(?i)(?:signed\s+|executed\s+)?(?:for(?:\s+and\s+on\s+behalf\s+of)?|on\s+behalf\s+of)\s+(?:the\s+)?"
    );
    pattern!(
        MARK,
        r"^\W*(?:name|title|date|dated|signature|signed|by|designation|position|director|print(?:ed)?\s+name)\s*[:_]|^_{4,}|^\W*(?:authori[sz]ed\s+signatory|yours\s)"
    );
    pattern!(
        NO_NAME,
        r"^(?:example|instance|office|official|internal|use|more|further|all|any|each|questions|information|the|(?:state|province|commonwealth|territory)\s+of)\b"
    );
    // "by its director: Anna Reed".
    pattern!(BY, r"^by\s+(?:its|their|an?|the)\b");
    const NEAR: usize = 4;
    let line = rows[i].text;
    let at = FOR.prefix_len(line);
    let rest = line.part(at..);
    if at == 0 || NO_NAME.is_match(rest) {
        return None;
    }
    let len = line_name(rest)?;
    let tail = rest.part(len..).trim_start();
    let begins = starts_fold(line, "signed") || starts_fold(line, "executed");
    // "For Acme Ltd: Anna Reed, 3 May 2026".
    let behind = tail.strip_prefix(':').map_or("", str::trim_start);
    let person = name::name_len(behind).is_some_and(|n| name::kind(behind.part(..n)) == NameKind::Person);
    let with_person = person && name::kind(rest.part(..len)) == NameKind::Company;
    let by = begins && BY.is_match(tail);
    let apart = tail.is_empty() || (by || tail.starts_with([':', ',', '_', '.'])) && tail.len() < 80;
    let near = &rows[i.saturating_sub(NEAR)..rows.len().min(i + NEAR + 1)];
    let signed = begins || with_person || near.iter().any(|cell| MARK.is_match(cell.text));
    // "For Corrib Coaches" under the name of the person who signs a letter.
    let under_person = || {
        let above = i.checked_sub(1).map_or("", |above| rows[above].text);
        name::name_len(above) == Some(above.len()) && name::kind(above) == NameKind::Person
    };
    (apart && len > 3 && (signed || under_person())).then_some((at, len))
}
