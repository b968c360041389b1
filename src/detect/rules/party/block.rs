//! Signature blocks: the line to sign on, and what stands with it: name, office, day.

use super::super::pattern::{contains_fold, pattern};
use super::signature::{Cell, above, cells, is_mark, is_represented, person_len, role_label};
use super::{Found, NameKind, name};
use crate::provenance::Span;
use crate::text::DocumentText;

// A label, and the end of what stood before it. `By` and a bare `X` need no colon at the start of a line.
pattern!(
    LABEL,
    r"(?i)(?:^[\s\[(]*|\s)(?:(sign)(?:ature|ed(?:\s+by)?)|((?:print(?:ed)?\s+|typed\s+)?name(?:\s+and\s+title)?(?:\s*\((?:print|printed|please\s+print|typed)\))?)|(title|its|position|capacity|office)|(dated?(?:\s+(?:signed|of\s+signature|executed))?|signature\s+date)|(by|per))\s*:"
);
pattern!(BY_LINE, r"(?i)^(?:by|per|x|signature|signed)\b[\s:]*_*");
// "/s/ A. Reed", and what scanning makes of it.
pattern!(CONFORMED, r"(?i)(?:/s/|/s\\|\\s\\|\\s/|(?:^|[\s:_(\[])(?:s/|/s)(?:[\s_]|$))");
// What stands for a signature in a copy: "[signed]", "(signature)", "[seal]".
pattern!(MARKED, r"(?i)^[\s_]*[\[(<](?:signed|signature|sgd|illegible|signature\s+illegible|executed)[\])>]");
// What signing programs print beside a signature.
pattern!(
    ELECTRONIC,
    r"(?i)\b(?:docusigned|(?:e-?|electronically|digitally)\s*signed)\s+by\b|\b(?:docusign|adobe\s+sign|hellosign|dropbox\s+sign|pandadoc)\b|\b(?:signature|document|signer)\s+id\s*:"
);
pattern!(
    WITNESS,
    r"(?i)\b(?:witness(?:es|ed)?|attest(?:ed|ing)?|notary|sworn|approved\s+as\s+to|reviewed\s+by|prepared\s+by|countersigned\s+by\s+registrar)\b"
);
pattern!(IN_WITNESS, r"(?i)\bin\s+w[ih]tness\s+w?h?ereof|\bwitness\s+whereof|\bas\s+witness\s+the\b");
pattern!(
    OFFICE_WORDS,
    r"(?i)^(?:authori[sz]ed\s|chief|president|vice|director|secretary|managing|manager|ceo\b|cfo\b|coo\b|general\s|executive|senior|member|partner|chair|treasurer|head\s|attorney|owner|principal|trustee|controller|assistant)"
);
pattern!(BLANK, r"^[\s_.\-–—…:*]*$");

/// Rows of a block below its line.
const BELOW: usize = 7;
/// Rows between two blocks of one set of signatures.
const GAP: usize = 30;

/// A part of a block.
#[derive(Debug, Clone, Copy)]
struct Piece<'t> {
    kind: Kind,
    text: &'t str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Sign,
    Name,
    Title,
    Date,
    Plain,
}

/// One signature block.
#[derive(Debug, Clone)]
pub(in crate::detect::rules) struct Block {
    /// Whether it is signed; none where the words do not tell.
    pub(in crate::detect::rules) signed: Option<bool>,
    /// Whether the signature is a name typed in its place.
    pub(in crate::detect::rules) conformed: bool,
    pub(in crate::detect::rules) signer: Option<String>,
    pub(in crate::detect::rules) title: Option<String>,
    /// The party as the block names it.
    pub(in crate::detect::rules) party: Option<Span>,
    /// The line to sign on.
    pub(in crate::detect::rules) line: Span,
    /// All its cells, the line first.
    pub(in crate::detect::rules) cells: Vec<Span>,
    row: usize,
}

/// The signature blocks of the contract itself, in the order of the text; those of forms attached to it are left out
/// where it has its own.
pub(in crate::detect::rules) fn blocks(text: &DocumentText) -> Vec<Block> {
    let rows: Vec<Vec<Cell<'_>>> = text.blocks().iter().map(|b| cells(text, b.span)).collect();
    let mut taken: Vec<(usize, usize)> = Vec::new();
    let mut found: Vec<Block> = Vec::new();
    for i in 0..rows.len() {
        if text.blocks()[i].span.len() > 600 {
            continue;
        }
        for k in 0..rows[i].len() {
            let cell = &rows[i][k];
            if found.len() < 200 && !taken.contains(&(i, k)) && is_line(&rows, i, k) && !is_witness(&rows, i, k) {
                let (block, used) = read(&rows, i, k, cell);
                taken.extend(used);
                found.push(block);
            }
        }
    }
    own(found, &rows)
}

/// Whether a cell is the line of a signature block, and not a label of another kind.
fn is_line(rows: &[Vec<Cell<'_>>], i: usize, k: usize) -> bool {
    let cell = &rows[i][k];
    if cell.text.len() > 300 || !is_mark(cell.text) || role_label(cell.text) || is_represented(cell.text) {
        return false;
    }
    let rest = &cell.text[BY_LINE.find(cell.text).map_or(0, |m| m.end())..];
    if rest.len() == cell.text.len() && !CONFORMED.is_match(cell.text) && !cell.text.starts_with('_') {
        return false;
    }
    // "By: Acme GP LLC, its general partner" is a link in the chain of who signs for whom; "by and between", "by the
    // Board" and "signed in counterparts" are words of a sentence.
    let rest = rest.trim();
    let link = !CONFORMED.is_match(cell.text)
        && name::name_len(rest).is_some_and(|n| name::kind(&rest[..n]) == NameKind::Company);
    let bare = cell.text.starts_with('_');
    // A line to write on is one for a signature when a name, an office or a day stands under it.
    let under = |n: usize| rows.get(i + n).and_then(|r| r.get(k.min(r.len() - 1))).map(|c| c.text);
    let labelled = (1..=2)
        .filter_map(under)
        .any(|t| LABEL.is_match(t) || OFFICE_WORDS.is_match(t) || t.to_ascii_lowercase().starts_with("(signature"));
    !link && !rest.starts_with(|c: char| c.is_ascii_lowercase()) && (!bare || labelled)
}

/// Whether somebody signs here who is no party: a witness, a notary.
fn is_witness(rows: &[Vec<Cell<'_>>], i: usize, k: usize) -> bool {
    let of = |text: &str| text.len() < 200 && WITNESS.is_match(text) && !IN_WITNESS.is_match(text);
    if of(rows[i][k].text) {
        return true;
    }
    for j in (i.saturating_sub(3)..i).rev() {
        let Some(cell) = rows[j].get(k.min(rows[j].len() - 1)) else { continue };
        if is_mark(cell.text) || LABEL.is_match(cell.text) {
            return false;
        }
        if of(cell.text) {
            return true;
        }
    }
    false
}

/// The block whose line is cell `k` of row `i`, and the cells that belong to it.
fn read(rows: &[Vec<Cell<'_>>], i: usize, k: usize, line: &Cell<'_>) -> (Block, Vec<(usize, usize)>) {
    let mut used = vec![(i, k)];
    let mut spans = vec![Span::new(line.start, line.start + line.text.len())];
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    split(line.text, true, &mut pieces);
    let mut signatures = 1;
    for j in i + 1..rows.len().min(i + 1 + BELOW) {
        let columns = rows[j].len();
        // A row of twice as many cells holds labels and values.
        let own: Vec<usize> = if columns == rows[i].len() {
            vec![k]
        } else if columns == 2 * rows[i].len() {
            vec![2 * k, 2 * k + 1]
        } else if columns == 1 && k == 0 || rows[i].len() == 1 {
            (0..columns).collect()
        } else {
            break;
        };
        let text: Vec<&Cell<'_>> = own.iter().filter_map(|n| rows[j].get(*n)).collect();
        if text.iter().any(|c| c.text.len() > 160) {
            break;
        }
        let mark = text.first().is_some_and(|c| is_mark(c.text));
        if mark {
            // "By:" over "Signature:" or over the typed signature is one block; a second "By:" begins another.
            let again = CONFORMED.is_match(text[0].text) || text[0].text.to_ascii_lowercase().starts_with("sign");
            let signed = pieces.iter().any(|p| p.kind == Kind::Sign && is_signed(p.text));
            if !again || signed || signatures > 1 || is_represented(text[0].text) || role_label(text[0].text) {
                break;
            }
            signatures += 1;
        } else if text.first().is_some_and(|c| is_company(c)) {
            break;
        }
        for (n, cell) in own.iter().zip(&text) {
            split(cell.text, mark, &mut pieces);
            used.push((j, *n));
            spans.push(Span::new(cell.start, cell.start + cell.text.len()));
        }
    }
    let signs: Vec<&str> = pieces.iter().filter(|p| p.kind == Kind::Sign).map(|p| p.text).collect();
    let conformed = pieces.iter().any(|p| CONFORMED.is_match(p.text));
    let marked = conformed
        || signs.iter().any(|s| MARKED.is_match(s))
        || pieces.iter().any(|p| p.kind != Kind::Date && ELECTRONIC.is_match(p.text));
    let empty = signs.iter().all(|s| BLANK.is_match(s) || s.trim_start().starts_with("__"));
    let signed = if marked { Some(true) } else { empty.then_some(false) };
    let typed = pieces.iter().filter(|p| p.kind != Kind::Date).find_map(|p| {
        let m = CONFORMED.find(p.text)?;
        person(&p.text[m.end()..])
    });
    let printed = pieces.iter().filter(|p| p.kind == Kind::Name).find_map(|p| person(p.text));
    let plain = || {
        let lines = pieces.iter().filter(|p| matches!(p.kind, Kind::Plain | Kind::Sign));
        lines.filter(|p| !OFFICE_WORDS.is_match(p.text)).find_map(|p| person(p.text.trim_start_matches(['_', ' '])))
    };
    let block = Block {
        signed,
        conformed,
        signer: printed.or(typed).or_else(plain),
        title: title(&pieces),
        party: above(rows, i, k).map(|f: Found| Span::new(f.span.start(), f.span.start() + f.name_len)),
        line: spans[0],
        cells: spans,
        row: i,
    };
    (block, used)
}

fn is_signed(text: &str) -> bool {
    CONFORMED.is_match(text) || MARKED.is_match(text)
}

fn is_company(cell: &Cell<'_>) -> bool {
    let len = name::name_len(cell.text);
    len.is_some_and(|n| n + 2 > cell.text.len() && name::kind(cell.text) == NameKind::Company)
        && !OFFICE_WORDS.is_match(cell.text)
}

/// Cuts a line at its labels.
fn split<'t>(text: &'t str, mark: bool, out: &mut Vec<Piece<'t>>) {
    let labels: Vec<_> = LABEL
        .captures_iter(text)
        .filter_map(|c| {
            let kind = [(1, Kind::Sign), (2, Kind::Name), (3, Kind::Title), (4, Kind::Date), (5, Kind::Sign)];
            let kind = kind.into_iter().find(|(n, _)| c.get(*n).is_some())?.1;
            c.get(0).map(|m| (m.start(), m.end(), kind))
        })
        .collect();
    let first = labels.first().map_or(text.len(), |l| l.0);
    let head = &text[..first];
    if !head.trim().is_empty() || labels.is_empty() {
        let head = if mark { head.trim_start_matches(|c: char| c == 'X' || c == 'x' || c == ' ') } else { head };
        let label = BY_LINE.find(head).filter(|m| mark && !head[..m.end()].starts_with('_'));
        let kind = if mark { Kind::Sign } else { Kind::Plain };
        out.push(Piece { kind, text: &head[label.map_or(0, |m| m.end() - head[..m.end()].matches('_').count())..] });
    }
    for (n, (_, end, kind)) in labels.iter().enumerate() {
        let until = labels.get(n + 1).map_or(text.len(), |next| next.0);
        out.push(Piece { kind: *kind, text: text.get(*end..until).unwrap_or_default() });
    }
}

/// The person that a piece begins with.
fn person(text: &str) -> Option<String> {
    let text = text.trim_matches([' ', '_', ',', '.', ':', '(', '[', '"', '\'', '-']);
    let len = name::name_len(text)?;
    let len = person_len(&text[..len]);
    let found = text[..len].trim_matches([' ', ',', '_']);
    let words = found.split_whitespace().count();
    let is_name = (1..=6).contains(&words)
        && found.len() > 2
        && name::kind(found) == NameKind::Person
        && !OFFICE_WORDS.is_match(found)
        && !contains_fold(found, "date")
        && !contains_fold(found, "signature");
    is_name.then(|| found.to_owned())
}

fn title(pieces: &[Piece<'_>]) -> Option<String> {
    let clean = |text: &str| {
        let text = text.split("__").find(|t| !BLANK.is_match(t))?.trim_matches([' ', '_', ',', ';', ':']);
        (text.len() > 1 && text.len() < 100 && text.contains(|c: char| c.is_alphabetic())).then(|| text.to_owned())
    };
    let labelled = pieces.iter().filter(|p| p.kind == Kind::Title).find_map(|p| clean(p.text));
    labelled.or_else(|| {
        let plain = pieces.iter().filter(|p| p.kind == Kind::Plain);
        plain.filter(|p| OFFICE_WORDS.is_match(p.text.trim())).find_map(|p| clean(p.text))
    })
}

/// The set of signatures that is the contract's own: the first with a signature in it, else the first of all that has two
/// blocks or words of execution before it.
fn own(found: Vec<Block>, rows: &[Vec<Cell<'_>>]) -> Vec<Block> {
    let mut sets: Vec<Vec<Block>> = Vec::new();
    for block in found {
        match sets.last_mut() {
            Some(set) if set.last().is_some_and(|last| block.row <= last.row + GAP) => set.push(block),
            _ => sets.push(vec![block]),
        }
    }
    let executed = |set: &Vec<Block>| {
        let first = set[0].row;
        let before = rows[first.saturating_sub(12)..first].iter().flatten();
        let words =
            before.into_iter().any(|c| IN_WITNESS.is_match(c.text) || contains_fold(c.text, "agreed and accepted"));
        words || set.len() > 1
    };
    let best = sets
        .iter()
        .position(|set| set.iter().any(|b| b.signed == Some(true)) && executed(set))
        .or_else(|| sets.iter().position(executed))
        .or_else(|| sets.iter().position(|set| set.iter().any(|b| b.signed == Some(true))))
        .or((!sets.is_empty()).then_some(0));
    best.map(|n| sets.swap_remove(n)).unwrap_or_default()
}
