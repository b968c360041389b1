//! Blocks without "By:": "Signed for and on behalf of ACME LIMITED", and deeds.

use super::super::super::pattern::pattern;
use super::super::name::{self, NameKind};
use super::{
    ATTACHED, BELOW, Block, CONFORMED, Cell, ELECTRONIC, Kind, LABEL, MARKED, OFFICE_WORDS, Piece, WITNESS, person,
    split, title,
};
use crate::record::{Part as _, Span};
use crate::text::DocumentText;

// "Signed as a deed by Alice Reed for and on behalf of": what follows is who is signed for.
pattern!(
    BEHALF,
    exact,
    r"(?i)^[\s_*-]*(?:(?:duly\s+)?(?:signed|executed)(?:,?\s+sealed)?(?:\s+and\s+delivered)?\s+)?(?:as\s+a\s+deed\s+)?(?:by\s+([^.:;]{2,80}?),?\s+)?for\s+(?:and\s+)?on\s+behalf\s+of\b[\s:]*"
);
// "Executed as a deed by ACME LIMITED acting by a director".
pattern!(
    DEED,
    exact,
    r"(?i)^[\s_*-]*(?:signed|executed)(?:,?\s+sealed)?(?:\s+and\s+delivered)?\s+as\s+a\s+deed\s*(?:by\b)?[\s:]*"
);
// What may follow the name in the same line.
pattern!(
    AFTER,
    exact,
    r"(?i)^[\s,.:;_)\-]*(?:\(|acting\b|by\b|in\s+the\s+presence\b|whose\b|a\s+company\b|pursuant\b|$|\.{3}|_{3})"
);
// A line to sign on, drawn with letters.
pattern!(RULE, exact, r"_{4,}|\.{6,}|…{2,}|-{8,}");

/// Space that is left to sign on, in points: less is the space between lines, and of more nobody knows what is in it.
const SPACE: std::ops::RangeInclusive<f32> = 18.0..=44.0;

/// The blocks that `found`, those with a line to sign on, does not have.
pub(super) fn find(text: &DocumentText, rows: &[Vec<Cell<'_>>], pages: &[u32], found: &[Block]) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        for k in 0..row.len() {
            out.extend(block(text, rows, pages, i, k, found));
        }
        if out.len() >= 200 {
            break;
        }
    }
    out
}

/// Whether a cell begins a block, and where in it the name begins.
fn head(cell: &str) -> Option<usize> {
    let found = BEHALF.find(cell).or_else(|| DEED.find(cell))?;
    (cell.len() < 220 && !WITNESS.is_match(cell)).then(|| found.end())
}

/// Length of the name of a party that stands at the start of some words and is not part of a sentence.
fn name_at(words: &str) -> Option<usize> {
    let len = name::name_len(words).filter(|&n| n > 3)?;
    let known = matches!(name::kind(words.part(..len)), NameKind::Company | NameKind::Person)
        || words.part(..len).chars().all(|c| !c.is_lowercase());
    (known && AFTER.is_match(words.part(len..))).then_some(len)
}

fn block(
    text: &DocumentText,
    rows: &[Vec<Cell<'_>>],
    pages: &[u32],
    i: usize,
    k: usize,
    found: &[Block],
) -> Option<Block> {
    let cell = &rows[i][k];
    let at = head(cell.text)?;
    // Two parties side by side have a column each; else what stands beside is part of the block.
    let column = rows[i].iter().all(|c| head(c.text).is_some()).then_some(k);
    let own = |j: usize| -> &[Cell<'_>] {
        match column {
            Some(k) if rows[i].len() > 1 => {
                if rows[j].len() == rows[i].len() {
                    &rows[j][k..=k]
                } else {
                    &[]
                }
            }
            _ => &rows[j],
        }
    };
    let mut cells: Vec<(usize, &Cell<'_>)> = Vec::new();
    if column.is_none() {
        cells.extend(rows[i][k + 1..].iter().map(|c| (i, c)));
    }
    for j in i + 1..rows.len().min(i + 1 + BELOW) {
        let part = own(j);
        let stop = |c: &Cell<'_>| {
            c.text.len() > 120 || head(c.text).is_some() || WITNESS.is_match(c.text) || ATTACHED.is_match(c.text)
        };
        if part.is_empty() || pages[j] != pages[i] || part.iter().any(stop) {
            break;
        }
        cells.extend(part.iter().map(|c| (j, c)));
    }
    // A line with "By:" among them is a block of its own.
    let has = |c: &Cell<'_>| found.iter().any(|b| b.cells.iter().any(|s| s.start() == c.start));
    if has(cell) || cells.iter().any(|(_, c)| has(c)) {
        return None;
    }
    let (party, rest) = if let Some(len) = name_at(cell.text.part(at..)) {
        (Span::new(cell.start + at, cell.start + at + len), &cells[..])
    } else if cell.text.part(at..).contains(char::is_alphanumeric) {
        return None;
    } else {
        let (&(_, next), rest) = cells.split_first()?;
        let len = name_at(next.text)?;
        (Span::new(next.start, next.start + len), rest)
    };
    let mut pieces: Vec<Piece> = Vec::new();
    for (_, c) in rest {
        // The office may stand behind the name.
        let person = name::name_len(c.text).filter(|&n| name::kind(c.text.part(..n)) == NameKind::Person);
        let office = person.map(|n| c.text.part(n..).trim_start_matches([',', ' ', '-', '–']));
        match office.filter(|o| OFFICE_WORDS.is_match(o)) {
            Some(office) => {
                pieces.push(Piece { kind: Kind::Name, text: c.text.part(..c.text.len() - office.len()).to_owned() });
                pieces.push(Piece { kind: Kind::Title, text: office.to_owned() });
            }
            None => split(c.text, false, &mut pieces),
        }
    }
    let signer = pieces.iter().filter(|p| p.kind != Kind::Date && p.kind != Kind::Title).find_map(|p| person(&p.text));
    let by = BEHALF.captures(cell.text).and_then(|c| person(c.get(1)?.as_str()));
    let ruled = std::iter::once(cell).chain(rest.iter().map(|(_, c)| *c)).find(|c| is_ruled(c.text));
    let labelled = rest.iter().find(|(_, c)| LABEL.is_match(c.text)).map(|(_, c)| *c);
    let named = rest.first().map(|(_, c)| *c).filter(|c| name::name_len(c.text).is_some() && signer.is_some());
    // Words of a sentence have nothing of this.
    let line = ruled.or(named).or(labelled)?;
    let line = Span::new(line.start, line.start + line.text.len());
    let conformed = pieces.iter().any(|p| CONFORMED.is_match(&p.text));
    let marked = conformed || pieces.iter().any(|p| MARKED.is_match(&p.text) || ELECTRONIC.is_match(&p.text));
    let last = rest.first().map(|(_, c)| c.start).filter(|&s| s == line.start()).map(|_| party);
    let space = last.is_some_and(|above| gap(text, above, line).is_some_and(|g| SPACE.contains(&g)));
    // A name under no line may be printed there, or typed in place of a signature.
    let empty = ruled.is_some() || named.is_some() && space;
    let first = Span::new(cell.start, cell.start + cell.text.len());
    let others = std::iter::once(first).chain(rest.iter().map(|(_, c)| Span::new(c.start, c.start + c.text.len())));
    let mut spans = vec![line];
    spans.extend(others.filter(|s| *s != line));
    Some(Block {
        signed: if marked { Some(true) } else { empty.then_some(false) },
        conformed,
        signer: signer.or(by),
        title: title(&pieces),
        is_company: name::kind(text.slice(party)) == NameKind::Company,
        party: Some(party),
        line,
        cells: spans,
        row: i,
    })
}

/// Whether words hold a line to sign on; one for a name or a day is none.
fn is_ruled(words: &str) -> bool {
    let label = LABEL.captures(words);
    RULE.is_match(words) && label.is_none_or(|c| c.get(1).or(c.get(5)).is_some())
}

/// How far below the words `above` those `below` begin, in points.
fn gap(text: &DocumentText, above: Span, below: Span) -> Option<f32> {
    let (above, below) = (text.regions(above), text.regions(below));
    let (above, below) = (above.last()?, below.first()?);
    (above.page == below.page).then_some(below.y0 - above.y1)
}
