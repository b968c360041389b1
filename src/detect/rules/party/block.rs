//! Signature blocks: the line to sign on, and what stands with it: name, office, day.

mod behalf;

use std::sync::LazyLock;

use super::super::pattern::{Pattern, contains_fold, pattern};
use super::signature::{Cell, above, cells, is_mark, is_represented, person_len, role_label};
use super::{Found, NameKind, name};
use crate::record::{Part as _, Span};
use crate::text::DocumentText;

// A label, and the end of what stood before it. `By` and a bare `X` need no colon at the start of a line.
static LABEL: LazyLock<Pattern> = LazyLock::new(|| {
    let print = r"(?:\s*\((?:print|printed|please\s+print|typed)\))?";
    let name = format!(r"(?:print(?:ed)?\s+|typed\s+)?name(?:\s+and\s+title)?{print}");
    let date = r"dated?(?:\s+(?:signed|of\s+signature|executed))?|signature\s+date";
    let labels =
        format!(r"(sign)(?:ature|ed(?:\s+by)?)|({name})|(title|its|position|capacity|office)|({date})|(by|per)");
    Pattern::exact(&format!(r"(?i)(?:^[\s\[(]*|\s)(?:{labels})\s*:"))
});
pattern!(BY_LINE, exact, r"(?i)^(?:by|per|x|signature|signed|sign)(?:\b[\s:]*_*|_+)");
// "/s/ A. Reed", and what scanning makes of it.
pattern!(CONFORMED, exact, r"(?i)(?:/s/|/s\\|\\s\\|\\s/|(?:^|[\s:_(\[])(?:s/|/s)(?:[\s_]|$))");
// What stands for a signature in a copy: "[signed]", "(signature)", "[seal]".
pattern!(MARKED, exact, r"(?i)^[\s_]*[\[(<](?:signed|signature|sgd|illegible|signature\s+illegible|executed)[\])>]");
// What signing programs print beside a signature.
pattern!(
    ELECTRONIC,
    exact,
    r"(?i)\b(?:docusigned|(?:e-?|electronically|digitally)\s*signed)\s+by\b|\b(?:docusign|adobe\s+sign|hellosign|dropbox\s+sign|pandadoc)\b|\b(?:signature|document|signer)\s+id\s*:"
);
pattern!(
    WITNESS,
    exact,
    r"(?i)\b(?:witness(?:es|ed)?|attest(?:ed|ing)?|notary|sworn|approved\s+as\s+to|reviewed\s+by|prepared\s+by|countersigned\s+by\s+registrar)\b"
);
pattern!(IN_WITNESS, exact, r"(?i)\bin\s+w[ih]tness\s+w?h?ereof|\bwitness\s+whereof|\bas\s+witness\s+the\b");
pattern!(OFFICE_WORDS, exact, r"(?i)^{offices}");
// "Authorized Signature:", which the rules of parties do not take for a signer's line.
pattern!(
    AUTHORISED,
    exact,
    r"(?i)^(?:{signing_roles}(?:'s)?\s+(?:signature|signatory|representative)|signature\s+of\s+authori[sz]ed\s+\w+|sign)\s*(?::|_{3})|^(?:by|per)__"
);
// Captions and sentences that begin like a line to sign on.
pattern!(
    NO_LINE,
    exact,
    r"(?i)^(?:signatures?\s*(?:$|pages?\b|of\b|\(|blocks?\b|and\b)|signed\s+(?:in|this|and|as|on|for|copies|original)\b|\(signature|by\s*$)"
);
// A form attached, or the end of the page of signatures.
pattern!(
    ATTACHED,
    exact,
    r"^\W*(?:(?:EXHIBIT|SCHEDULE|ANNEX|APPENDIX|ATTACHMENT|ADDENDUM|FORM\s+OF)|(?:Exhibit|Schedule|Annex|Appendix|Attachment)\s+[A-Z0-9]|\[?(?i:signature\s+page|remainder\s+of))"
);
pattern!(BLANK, exact, r"^[\s_.\-–—…:*]*$");

/// Rows of a block below its line.
const BELOW: usize = 7;
/// Rows between two blocks of one set of signatures.
const GAP: usize = 30;

/// A part of a block.
#[derive(Debug, Clone)]
struct Piece {
    kind: Kind,
    text: String,
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
    /// Whether that name is one of an organisation, by its form.
    pub(in crate::detect::rules) is_company: bool,
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
    let pages: Vec<u32> = text.blocks().iter().map(|b| b.page).collect();
    let mut taken: Vec<(usize, usize)> = Vec::new();
    let mut found: Vec<Block> = Vec::new();
    for i in 0..rows.len() {
        if text.blocks()[i].span.len() > 600 || found.len() >= 200 {
            continue;
        }
        for k in 0..rows[i].len() {
            if taken.contains(&(i, k)) || !is_line(&rows, i, k) || is_witness(&rows, i, k) {
                continue;
            }
            let starts = lines_within(rows[i][k].text);
            if starts.len() > 1 {
                found.extend(several(&rows[i][k], i, &starts));
                continue;
            }
            let (block, used) = read(&rows, &pages, i, k);
            taken.extend(used);
            found.push(block);
        }
    }
    let more = behalf::find(text, &rows, &pages, &found);
    found.extend(more);
    found.sort_by_key(|b| b.row);
    own(found, &rows)
}

/// Where the lines to sign on begin that stand in one cell: two columns may have run together.
fn lines_within(text: &str) -> Vec<usize> {
    if ELECTRONIC.is_match(text) {
        return Vec::new();
    }
    let labels = LABEL.captures_iter(text).filter(|c| c.get(5).is_some());
    labels.filter_map(|c| c.get(0).map(|m| m.start())).collect()
}

/// Blocks whose lines stand in one cell, at `starts`: nobody can tell which of the words below belongs to which.
fn several(cell: &Cell<'_>, row: usize, starts: &[usize]) -> Vec<Block> {
    let part = |(n, &start): (usize, &usize)| {
        let end = starts.get(n + 1).copied().unwrap_or(cell.text.len());
        let line = Span::new(cell.start + start, cell.start + end);
        let mut pieces = Vec::new();
        split(cell.text.part(start..end).trim_start(), true, &mut pieces);
        judged(&pieces, row, line, vec![line], None)
    };
    starts.iter().enumerate().map(part).collect()
}

fn marks(text: &str) -> bool {
    is_mark(text) || AUTHORISED.is_match(text)
}

/// Whether a cell is a label that waits for its value in the next cell.
fn is_bare(text: &str) -> bool {
    !is_signed(text) && text.trim_end_matches([' ', ':']).len() < 24 && text.ends_with(':')
}

/// Whether a cell is the line of a signature block, and not a label of another kind.
fn is_line(rows: &[Vec<Cell<'_>>], i: usize, k: usize) -> bool {
    let text = rows[i][k].text;
    if text.len() > 300 || !marks(text) || role_label(text) || is_represented(text) || NO_LINE.is_match(text) {
        return false;
    }
    let below = |n: usize| rows.get(i + n).and_then(|r| r.get(k.min(r.len() - 1))).map_or("", |c| c.text);
    if is_signed(text) {
        return true;
    }
    if AUTHORISED.is_match(text) && !text.to_ascii_lowercase().starts_with("by") {
        // "Customer Signature:" over "By:" is a heading.
        return !(is_bare(text) && (1..=2).any(|n| BY_LINE.is_match(below(n))));
    }
    // "By: Acme GP LLC, its general partner" is a link in the chain of who signs for whom; "by and between", "by the
    // Board" and "signed in counterparts" are words of a sentence.
    let rest = text.part(BY_LINE.find(text).map_or(0, |m| m.end())..).trim();
    // The company may stand in the next cell or line.
    let beside = rows[i].get(k + 1).filter(|_| rest.is_empty()).map_or("", |c| c.text);
    let under = below(1);
    let link = [rest, beside].iter().any(|t| is_organisation(t)) || rest.is_empty() && is_chain(under);
    // A bare line to write on is one for a signature when its caption says so.
    let label = LABEL.captures(under);
    let captioned = NO_LINE.is_match(under)
        || label.as_ref().is_some_and(|c| c.get(1).is_some())
        || label.is_some_and(|c| c.get(2).and_then(|m| person(under.get(m.end()..)?)).is_some());
    let bare = text.starts_with('_');
    let labelled = BY_LINE.is_match(text) && (text.contains(':') || text.contains('_'));
    !link && !rest.starts_with(|c: char| c.is_ascii_lowercase()) && if bare { captioned } else { labelled }
}

/// Whether words begin with the name of an organisation.
fn is_organisation(text: &str) -> bool {
    !is_signed(text) && name::name_len(text).is_some_and(|n| name::kind(text.part(..n)) == NameKind::Company)
}

/// "Acme GP LLC, its general partner": who signs for whom.
fn is_chain(text: &str) -> bool {
    let len = name::name_len(text).filter(|n| name::kind(text.part(..*n)) == NameKind::Company);
    len.is_some_and(|n| {
        let rest = text.part(n..).trim_start_matches([',', ' ']).to_ascii_lowercase();
        ["its ", "as ", "the "].iter().any(|w| rest.starts_with(w))
    })
}

/// Whether somebody signs here who is no party: a witness, a notary.
fn is_witness(rows: &[Vec<Cell<'_>>], i: usize, k: usize) -> bool {
    let of = |text: &str| text.len() < 200 && WITNESS.is_match(text) && !IN_WITNESS.is_match(text);
    if of(rows[i][k].text) {
        return true;
    }
    for j in (i.saturating_sub(3)..i).rev() {
        let Some(cell) = rows[j].get(k.min(rows[j].len() - 1)) else { continue };
        if marks(cell.text) || LABEL.is_match(cell.text) {
            return false;
        }
        if of(cell.text) {
            return true;
        }
    }
    false
}

/// The block whose line is cell `k` of row `i`, and the cells that belong to it.
fn read(rows: &[Vec<Cell<'_>>], pages: &[u32], i: usize, k: usize) -> (Block, Vec<(usize, usize)>) {
    let here = &rows[i];
    // "By:" in one cell, and the signature in the next.
    let value = here
        .get(k + 1)
        .is_some_and(|c| is_bare(here[k].text) && (is_signed(c.text) || !marks(c.text)) && !is_bare(c.text));
    let width = if value { 2 } else { 1 };
    let mut used: Vec<(usize, usize)> = Vec::new();
    let mut spans = Vec::new();
    let mut pieces: Vec<Piece> = Vec::new();
    let mut take = |j: usize, columns: std::ops::Range<usize>, mark: bool, pieces: &mut Vec<Piece>| {
        let mut words = String::new();
        for n in columns {
            let Some(cell) = rows[j].get(n) else { continue };
            words.push_str(if words.is_empty() { "" } else { " " });
            words.push_str(cell.text);
            used.push((j, n));
            spans.push(Span::new(cell.start, cell.start + cell.text.len()));
        }
        split(&words, mark, pieces);
    };
    take(i, k..k + width, true, &mut pieces);
    let mut lines = 1;
    for j in i + 1..rows.len().min(i + 1 + BELOW) {
        let (columns, all) = (rows[j].len(), here.len());
        // A row of twice as many cells holds labels and values; one of half as many holds both in one cell.
        let own = if columns == all {
            k..k + width
        } else if columns == 2 * all && width == 1 {
            2 * k..2 * k + 2
        } else if 2 * columns == all && width == 2 && k.is_multiple_of(2) {
            k / 2..k / 2 + 1
        } else if all == width || columns == 1 && k == 0 {
            0..columns
        } else {
            break;
        };
        let Some(cell) = rows[j].get(own.start) else { break };
        if pages[j] != pages[i] || ATTACHED.is_match(cell.text) || rows[j].iter().any(|c| c.text.len() > 120) {
            break;
        }
        let mark = marks(cell.text) && !NO_LINE.is_match(cell.text);
        if mark {
            // "By:" over "Signature:" or over the typed signature is one block, and so is a typed signature over the empty
            // line that it stands on; a second "By:" begins another.
            let typed = pieces.iter().any(|p| is_signed(&p.text));
            let over = !typed
                && (is_signed(cell.text) && !BY_LINE.is_match(cell.text)
                    || j == i + 1 && cell.text.to_ascii_lowercase().starts_with("sign"));
            let under = typed
                && j == i + 1
                && !BY_LINE.is_match(here[k].text)
                && BY_LINE.is_match(cell.text)
                && !is_signed(cell.text);
            if !over && !under || lines > 1 || is_represented(cell.text) || role_label(cell.text) {
                break;
            }
            lines += 1;
        } else if is_company(cell) {
            break;
        }
        take(j, own, mark, &mut pieces);
    }
    let line = Span::new(spans[0].start(), spans[width - 1].end());
    (judged(&pieces, i, line, spans, above(rows, i, k)), used)
}

/// What the pieces of a block say.
fn judged(pieces: &[Piece], row: usize, line: Span, cells: Vec<Span>, party: Option<Found>) -> Block {
    let of = |kind: Kind| pieces.iter().filter(move |p| p.kind == kind).map(|p| p.text.as_str());
    let conformed = pieces.iter().any(|p| CONFORMED.is_match(&p.text));
    let marked = conformed
        || of(Kind::Sign).any(|s| MARKED.is_match(s))
        || pieces.iter().any(|p| p.kind != Kind::Date && ELECTRONIC.is_match(&p.text));
    let empty = of(Kind::Sign).all(|s| BLANK.is_match(s) || s.trim_start().starts_with("__"));
    let signed = if marked { Some(true) } else { empty.then_some(false) };
    let typed = pieces.iter().filter(|p| p.kind != Kind::Date).find_map(|p| {
        let m = CONFORMED.find(&p.text)?;
        person(p.text.part(m.end()..))
    });
    let plain = || {
        let mut lines = pieces.iter().filter(|p| matches!(p.kind, Kind::Plain | Kind::Sign));
        lines.find_map(|p| if OFFICE_WORDS.is_match(&p.text) { None } else { person(&p.text) })
    };
    Block {
        signed,
        conformed,
        signer: of(Kind::Name).find_map(person).or(typed).or_else(plain),
        title: title(pieces),
        is_company: party.as_ref().is_some_and(|f| f.kind == NameKind::Company),
        party: party.map(|f| Span::new(f.span.start(), f.span.start() + f.name_len)),
        line,
        cells,
        row,
    }
}

fn is_signed(text: &str) -> bool {
    CONFORMED.is_match(text) || MARKED.is_match(text)
}

fn is_company(cell: &Cell<'_>) -> bool {
    let len = name::name_len(cell.text);
    len.is_some_and(|n| n + 2 > cell.text.len() && name::kind(cell.text) == NameKind::Company)
        && !OFFICE_WORDS.is_match(cell.text)
}

/// Cuts a line at its labels. `mark`: it is one to sign on.
fn split(text: &str, mark: bool, out: &mut Vec<Piece>) {
    // "DocuSigned by:" is no label.
    if ELECTRONIC.is_match(text) {
        out.push(Piece { kind: Kind::Sign, text: text.to_owned() });
        return;
    }
    let labels: Vec<_> = LABEL
        .captures_iter(text)
        .filter_map(|c| {
            let kinds = [(1, Kind::Sign), (2, Kind::Name), (3, Kind::Title), (4, Kind::Date), (5, Kind::Sign)];
            let kind = kinds.into_iter().find(|(n, _)| c.get(*n).is_some())?.1;
            c.get(0).map(|m| (m.start(), m.end(), kind))
        })
        .collect();
    let head = text.part(..labels.first().map_or(text.len(), |l| l.0));
    // "Authorized Signature:": the words before the label say whose.
    let whose = labels.first().is_some_and(|l| l.2 == Kind::Sign) && !is_signed(head);
    if !head.trim().is_empty() && !whose {
        let label = BY_LINE.find(head).filter(|m| mark && !m.is_empty()).map_or(0, |m| m.end());
        // The line itself is no part of the label.
        let label = label - head.part(..label).chars().rev().take_while(|c| *c == '_').count();
        let kind = if mark { Kind::Sign } else { Kind::Plain };
        out.push(Piece { kind, text: head.part(label..).to_owned() });
    }
    for (n, (_, end, kind)) in labels.iter().enumerate() {
        let until = labels.get(n + 1).map_or(text.len(), |next| next.0);
        out.push(Piece { kind: *kind, text: text.get(*end..until).unwrap_or_default().to_owned() });
    }
}

/// The person that a piece begins with.
fn person(text: &str) -> Option<String> {
    let text = text.trim_matches([' ', '_', ',', '.', ':', '(', '[', '"', '\'', '-']);
    let len = name::name_len(text)?;
    let len = person_len(text.part(..len));
    let found = text.part(..len).trim_matches([' ', ',', '_']);
    let words = found.split_whitespace().count();
    let is_name = (2..=6).contains(&words)
        && name::kind(found) == NameKind::Person
        && !OFFICE_WORDS.is_match(found)
        && !["date", "signature", "exhibit", "company", "agreement", "print"].iter().any(|w| contains_fold(found, w));
    is_name.then(|| found.to_owned())
}

fn title(pieces: &[Piece]) -> Option<String> {
    let clean = |text: &str| {
        let text = text.split("__").find(|t| !BLANK.is_match(t))?.trim_matches([' ', '_', ',', ';', ':']);
        (text.len() > 1 && text.len() < 100 && text.contains(|c: char| c.is_alphabetic())).then(|| text.to_owned())
    };
    let labelled = pieces.iter().filter(|p| p.kind == Kind::Title).find_map(|p| clean(&p.text));
    labelled.or_else(|| {
        let plain = pieces.iter().filter(|p| p.kind == Kind::Plain);
        plain.filter(|p| OFFICE_WORDS.is_match(p.text.trim())).find_map(|p| clean(&p.text))
    })
}

/// The set of signatures that is the contract's own: the first with a signature in it, else the first of all that has two
/// blocks or words of execution before it.
fn own(found: Vec<Block>, rows: &[Vec<Cell<'_>>]) -> Vec<Block> {
    let attached = |from: usize, to: usize| {
        rows[from + 1..to].iter().any(|r| {
            r.len() == 1
                && r[0].text.len() < 80
                && ATTACHED.is_match(r[0].text)
                && !contains_fold(r[0].text, "signature")
                && !contains_fold(r[0].text, "remainder")
        })
    };
    let mut sets: Vec<Vec<Block>> = Vec::new();
    for block in found {
        let together =
            |last: &Block| block.row <= last.row + GAP && (block.row <= last.row + 1 || !attached(last.row, block.row));
        match sets.last_mut() {
            Some(set) if set.last().is_some_and(together) => set.push(block),
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
    let signed = |set: &Vec<Block>| set.iter().any(|b| b.signed == Some(true));
    let best = sets
        .iter()
        .position(|set| signed(set) && executed(set))
        .or_else(|| sets.iter().position(executed))
        .or_else(|| sets.iter().position(signed))
        .or((!sets.is_empty()).then_some(0));
    best.map(|n| counterparts(sets.swap_remove(n), rows)).unwrap_or_default()
}

/// Parties that sign in counterparts have a page each, with an empty line for the other: a party that has signed once has
/// signed.
fn counterparts(set: Vec<Block>, rows: &[Vec<Cell<'_>>]) -> Vec<Block> {
    let name = |b: &Block| {
        let at = b.party?;
        let cell = rows[..b.row]
            .iter()
            .rev()
            .flatten()
            .find(|c| c.start <= at.start() && at.end() <= c.start + c.text.len())?;
        let name = cell.text.part(at.start() - cell.start..at.end() - cell.start);
        Some(name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase())
    };
    let signed: Vec<String> = set.iter().filter(|b| b.signed == Some(true)).filter_map(name).collect();
    let many = set.iter().filter(|b| b.signed == Some(true)).count() > 1;
    let keep = |b: &Block| {
        // Where several have signed, an empty label that names nobody is a piece of somebody's block.
        let nobody = b.signer.is_none() && b.title.is_none() && b.party.is_none();
        b.signed == Some(true)
            || !(many && nobody) && (b.signer.is_some() || name(b).is_none_or(|n| !signed.contains(&n)))
    };
    set.into_iter().filter(keep).collect()
}

#[cfg(test)]
mod tests;
