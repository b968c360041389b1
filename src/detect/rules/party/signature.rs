//! Parties by their signature blocks: the company in the line above "By:", the person who signs for nobody else.

use std::sync::LazyLock;

use super::super::pattern::{Pattern, pattern};
use super::Found;
use super::name::{self, NameKind};
use crate::record::{Part as _, Span};
use crate::text::DocumentText;

pattern!(ON_BEHALF, exact, r"(?i)^[\s_-]*(?:signed\s+|executed\s+)?(?:for\s+(?:and\s+)?)?\.?on\s+behalf\s+of\b");
pattern!(
    SIGNS,
    exact,
    r"(?i)^(?:[\s_-]*(?:for\s+(?:and\s+)?)?\.?on\s+behalf\s+of\b|by\b\s*:?|/s/|per\s*:|signed\b|signature\b|x\s*_{3,}|_{6,}\s*$|name\s*:|print(?:ed)?\s+name)"
);
pattern!(
    OFFICE,
    exact,
    r"(?i)^(?:title|its|position|authori[sz]ed|chief|president|vice|director|secretary|managing|manager|ceo|cfo|general\s+counsel|executive\s+vice|senior|member|partner|chairman)\b"
);
// What stands before the name of a signer in its line.
static LEAD: LazyLock<Pattern> = LazyLock::new(|| {
    let witness = r"in\s+witness\s+whereof[^.]{0,200}\.";
    let dated = r"dated?\s*:?[\w ,/]*\d{2,4}|(?:as\s+of\s+)?the\s+date\s+(?:first\s+)?[\w ]{0,40}";
    Pattern::exact(&format!(r"(?i)^(?:[\s\-–—_*\[\]().]*(?:{{before_signer}}|{witness}|{dated})\b[\s,.:;]*)+"))
});
pattern!(LABEL, exact, r"^(?:[A-Z][A-Za-z’'-]*(?:[ /&]+[A-Z]?[A-Za-z’'-]*){0,3}(?:\(S\))?)\s*:\s+");
pattern!(CONFORMED, exact, r"(?i)^(?:by\b\s*:?\s*)?(?:signature\s*:?\s*|signed\s*:?\s*)?/s/\s*");
pattern!(NAMED, exact, r"(?i)^(?:(?:print(?:ed)?\s+)?name(?:\s*\(print\))?\s*[:\t]\s*|/s/\s*)");

pattern!(
    OFFICE_INSIDE,
    exact,
    r"(?i)\s(?:signature|acknowledged|president|chief|chairman|director|secretary|manager|vice|executive|senior|for\s+the|title|date|print|name|its|ceo|cfo|employee|authori[sz]ed|witness|social)\b"
);
pattern!(
    FORM_TEXT,
    exact,
    r"(?i)\b(?:name|print|number|manager|acceptance|acknowledg\w+|signature|please|agreement|page|exhibit|schedule|amount|total|date|account)\b"
);
pattern!(
    OFFICE_END,
    exact,
    r"^(?:.*\s)?(?:Signatory|Officer|Director|President|Secretary|Manager|Member|Counsel|Treasurer)\s+"
);
pattern!(
    OFFICE_LAST,
    exact,
    r"(?i)\b(?:partner|member|manager|director|officer|president|trustee|secretary|part(?:y|ies)|advis[eo]r|agent|owner|client|customer|vendor|supplier|contractor|consultant|employ(?:er|ee)|tenant|landlord|buyer|seller)$"
);
pattern!(BY, exact, r"(?i)^(?:by|per)\b");
// "RESELLER ACME TOOLS CORPORATION": the role, and then the name.
pattern!(ROLE_BEFORE, exact, r"^((?:{roles_in_capitals})\s+)[A-Z][\w&.'-]*\s+[A-Z][\w&.',-]*\s+[A-Z]");
pattern!(TRADING, exact, r"(?i)^(?:d\s?/?\s?b\s?/?\s?a\b|doing\s+business|trading\s+as|[af]\s?/\s?k\s?/\s?a\b)");
pattern!(SELF, exact, r"(?i){own_signers}");

pattern!(
    ROLE_LABEL,
    exact,
    r#"(?i)^["']?(?:the\s+)?(?:employee|executive|consultant|participant|associate|covenantor|recipient|individual)["']?\s*:?$"#
);

/// A cell of a row, or a paragraph.
pub(super) struct Cell<'t> {
    pub(super) text: &'t str,
    /// Its place in the document.
    pub(super) start: usize,
}

/// The parties that sign, in the order of the text; only the first set of signatures counts.
pub(super) fn parties(text: &DocumentText) -> Vec<Found> {
    let blocks = text.blocks();
    let rows: Vec<Vec<Cell<'_>>> = blocks.iter().map(|b| cells(text, b.span)).collect();
    let marks: Vec<usize> =
        (0..rows.len()).filter(|&i| blocks[i].span.len() < 400 && rows[i].iter().any(|c| signs(c.text))).collect();
    let mut out: Vec<Found> = Vec::new();
    let mut last = 0;
    for i in marks {
        if i > last + 45 {
            // A lone "Signed" in the body is no set of signatures yet.
            if out.len() > 1 {
                break;
            }
            out.clear();
        }
        if out.len() >= 80 {
            break;
        }
        for (k, cell) in rows[i].iter().enumerate() {
            if !is_mark(cell.text) {
                continue;
            }
            last = i;
            // "EMPLOYEE:" and under it a name, signed or not.
            if ROLE_LABEL.is_match(cell.text) {
                let mut below = (1..=2).filter_map(|n| rows.get(i + n)).filter_map(|r| r.get(k.min(r.len() - 1)));
                out.extend(below.find_map(printed));
                continue;
            }
            if ON_BEHALF.is_match(cell.text) {
                // "For and on behalf of" and the company behind it or in the next line.
                let next = rows.get(i + 1).and_then(|r| r.get(k.min(r.len() - 1)));
                let found = represented(cell)
                    .or_else(|| company(cell))
                    .or_else(|| next.and_then(|c| (c.text.len() < 120).then(|| company(c)).flatten()));
                out.extend(found);
                continue;
            }
            if let Some(found) = above(&rows, i, k).or_else(|| person(&rows, i, k)) {
                out.push(found);
            }
        }
    }
    out
}

/// The cells of a block of text.
pub(super) fn cells(text: &DocumentText, span: Span) -> Vec<Cell<'_>> {
    let mut at = span.start();
    text.slice(span)
        .split('\t')
        .map(|part| {
            let start = at + (part.len() - part.trim_start().len());
            at += part.len() + 1;
            Cell { text: part.trim(), start }
        })
        .collect()
}

fn signs(s: &str) -> bool {
    SIGNS.is_match(s) || s.len() < 24 && ROLE_LABEL.is_match(s)
}

/// Whether a cell only says in which role somebody signs: "EMPLOYEE:".
pub(super) fn role_label(s: &str) -> bool {
    ROLE_LABEL.is_match(s)
}

/// Whether a line says the office of who signs: "Managing Director", "Title: CEO".
pub(super) fn is_office(s: &str) -> bool {
    OFFICE.is_match(s) || s.to_ascii_lowercase().contains("title:")
}

/// Whether a cell says for whom somebody signs: "for and on behalf of".
pub(super) fn is_represented(s: &str) -> bool {
    ON_BEHALF.is_match(s)
}

/// A line that is a person's name and nothing else.
fn printed(cell: &Cell<'_>) -> Option<Found> {
    let len = name::name_len(cell.text)?;
    (len == cell.text.len() && name::kind(cell.text) == NameKind::Person && !OFFICE.is_match(cell.text)).then(|| {
        Found {
            span: Span::new(cell.start, cell.start + len),
            name_len: len,
            kind: NameKind::Person,
            defined: false,
            sure: true,
            rule: "party.signature",
        }
    })
}

/// Whether a cell is where somebody signs.
pub(super) fn is_mark(s: &str) -> bool {
    signs(s)
        && !s.to_ascii_lowercase().starts_with("name")
        && !s.to_ascii_lowercase().starts_with("print")
        && !s.to_ascii_lowercase().starts_with("by and ")
}

/// The company in one of the lines above cell `k` of row `i`.
pub(super) fn above(rows: &[Vec<Cell<'_>>], i: usize, k: usize) -> Option<Found> {
    // "Accepted: ACME INC. By: …" on one line is read by the row above it; here the label's own row comes first.
    let mut left = 4;
    for j in (i.saturating_sub(12)..i).rev() {
        let row = &rows[j];
        let cell = if row.len() == 1 {
            (k == 0 || rows[i].len() == 1).then(|| &row[0])
        } else {
            row.get(if rows[i].len() > row.len() && rows[i].len() == 2 * row.len() { k / 2 } else { k })
        };
        let Some(cell) = cell else { continue };
        // "By: Acme GP LLC, its general partner" is a link in the chain of who signs for whom.
        if BY.is_match(cell.text)
            && name::name_len(cell.text.part(LEAD.prefix_len(cell.text)..).trim_start()).is_some()
            && !cell.text.contains("/s/")
            || cell.text.to_ascii_lowercase().starts_with("its")
        {
            continue;
        }
        if left == 0 || signs(cell.text) && j + 1 < i {
            break;
        }
        // "By: /s/ A. Reed Authorized Signatory HARBOR WORKS LLC": the line runs on into the next signer's name.
        if j + 1 == i
            && signs(cell.text)
            && let Some(m) = OFFICE_END.find(cell.text)
        {
            let rest = cell.text.part(m.end()..);
            let next = company(&Cell { text: rest, start: cell.start + m.end() });
            if let Some(f) = next.filter(|f| f.name_len + 2 > rest.len() && f.kind == NameKind::Company) {
                return Some(f);
            }
        }
        left -= 1;
        if let Some(f) = company(cell).or_else(|| organisation(rows, i, k, j, cell)) {
            return Some(f);
        }
    }
    None
}

/// The organisation right above "By:", whatever its name looks like, where a person with an office signs under it.
fn organisation(rows: &[Vec<Cell<'_>>], i: usize, k: usize, j: usize, cell: &Cell<'_>) -> Option<Found> {
    const BELOW: usize = 4;
    let below = || (i..rows.len().min(i + BELOW)).filter_map(|n| rows[n].get(k.min(rows[n].len() - 1)));
    let office = || below().any(|c| is_office(c.text));
    let len = name::name_len(cell.text).filter(|&len| len == cell.text.len() && cell.text.contains(' '))?;
    let own = below().any(|c| c.text.contains(cell.text)) || OFFICE_LAST.is_match(cell.text);
    let signs = j + 1 == i && BY.is_match(rows[i][k].text) && office();
    (signs && !own && !FORM_TEXT.is_match(cell.text) && !OFFICE.is_match(cell.text)).then(|| Found {
        span: Span::new(cell.start, cell.start + len),
        name_len: len,
        kind: NameKind::Company,
        defined: false,
        sure: true,
        rule: "party.signature",
    })
}

/// The organisation of "for and on behalf of Harbor Telecom": who is signed for is one, whatever its name looks like.
fn represented(cell: &Cell<'_>) -> Option<Found> {
    let rest = cell.text.part(ON_BEHALF.prefix_len(cell.text)..).trim_start_matches([' ', ':']);
    let skip = cell.text.len() - rest.len();
    let len =
        line_name(rest).filter(|&n| n > 2 && rest.part(n..).trim_matches([' ', ',', '.', '_', '-']).is_empty())?;
    let found = company(&Cell { text: rest, start: cell.start + skip });
    found.or_else(|| {
        Some(Found {
            span: Span::new(cell.start + skip, cell.start + skip + len),
            name_len: len,
            kind: NameKind::Company,
            defined: false,
            sure: true,
            rule: "party.signature",
        })
    })
}

/// Length of the name at the start of a line of a signature block. One organisation signs there, so "Harbor Growth and
/// Income Fund, LP" is one name.
pub(super) fn line_name(rest: &str) -> Option<usize> {
    let len = name::name_len(rest)?;
    let tail = rest.part(len..);
    let more = tail.strip_prefix(" and ").or_else(|| tail.strip_prefix(" & ")).or_else(|| tail.strip_prefix(" AND "));
    let Some(more) = more.filter(|_| name::kind(rest.part(..len)) != NameKind::Company) else { return Some(len) };
    let next = name::name_len(more).filter(|&n| n == more.len() && name::kind(more) == NameKind::Company);
    Some(if next.is_some() { rest.len() } else { len })
}

fn company(cell: &Cell<'_>) -> Option<Found> {
    if cell.text.len() > 260 {
        return None;
    }
    let mut skip = LEAD.prefix_len(cell.text);
    skip += LABEL.prefix_len(cell.text.part(skip..));
    skip += ROLE_BEFORE.captures(cell.text.part(skip..)).and_then(|c| c.get(1)).map_or(0, |m| m.end());
    let rest = cell.text.part(skip..).trim_start_matches(['“', '"', ' ', '(']);
    let skip = cell.text.len() - rest.len();
    let len = line_name(rest)?;
    let kind = name::kind(rest.part(..len));
    let tail = rest.part(len..).trim_matches(|c: char| !c.is_alphanumeric());
    let form = FORM_TEXT.is_match(rest) || rest.to_ascii_lowercase().contains("for the");
    let whole = tail.len() < 4
        || rest.part(len..).trim_start().starts_with([',', '('])
        || tail.starts_with("By")
        || TRADING.is_match(tail);
    let caps = rest.part(..len).chars().all(|c| !c.is_lowercase()) && len > 4 && kind != NameKind::Person;
    (whole && !form && (kind == NameKind::Company || caps) && !OFFICE.is_match(rest)).then(|| Found {
        span: Span::new(cell.start + skip, cell.start + skip + len),
        name_len: len,
        kind,
        defined: false,
        sure: true,
        rule: "party.signature",
    })
}

/// The person who signs in cell `k` of row `i`, if no office follows the name.
fn person(rows: &[Vec<Cell<'_>>], i: usize, k: usize) -> Option<Found> {
    let below = |n: usize| rows.get(i + n).and_then(|r| r.get(k.min(r.len().saturating_sub(1))));
    if (1..=3).filter_map(below).any(|c| is_office(c.text) || c.text.contains(", President")) {
        return None;
    }
    let here = &rows[i][k];
    // "Signed on behalf of the Customer:": the Customer signs, whoever holds the pen.
    let above = (0..=4).filter_map(|n| i.checked_sub(n)).filter_map(|j| rows[j].get(k.min(rows[j].len() - 1)));
    if above.take_while(|c| c.text.len() < 80).any(|c| ON_BEHALF.is_match(c.text)) {
        return None;
    }
    // Who signs "By" signs for another, unless the line above says what the signer is.
    let label = (1..=3)
        .filter_map(|n| i.checked_sub(n))
        .filter_map(|j| rows[j].get(k.min(rows[j].len() - 1)))
        .any(|c| c.text.len() < 40 && SELF.is_match(c.text));
    if BY.is_match(here.text) && !label {
        return None;
    }
    let candidates = std::iter::once(here).chain((1..=2).filter_map(below));
    let mut found = None;
    for cell in candidates {
        let skip = CONFORMED.prefix_len(cell.text).max(NAMED.prefix_len(cell.text));
        let same = std::ptr::eq(cell.text, here.text);
        if same && skip == 0 {
            continue;
        }
        let rest = cell.text.part(skip..).trim_start();
        let skip = cell.text.len() - rest.len();
        let Some(len) = name::name_len(rest) else { continue };
        let len = person_len(rest.part(..len));
        if name::kind(rest.part(..len)) != NameKind::Person
            || rest.len() > len + 60
            || OFFICE.is_match(rest.part(len..).trim_start_matches([',', ' ']))
        {
            continue;
        }
        found = Some(Found {
            span: Span::new(cell.start + skip, cell.start + skip + len),
            name_len: len,
            kind: NameKind::Person,
            defined: false,
            sure: true,
            rule: "party.signature",
        });
        // The printed name below reads better than the conformed signature.
        if !same {
            break;
        }
    }
    found
}

/// Length of a person's name without the office or mark that follows it, and once where it is written twice.
pub(super) fn person_len(s: &str) -> usize {
    let mut end = OFFICE_INSIDE.find(s).map_or(s.len(), |m| m.start());
    let words: Vec<&str> = s.part(..end).split_whitespace().collect();
    let half = words.len() / 2;
    if half > 1
        && words.len().is_multiple_of(2)
        && words[..half].iter().zip(&words[half..]).all(|(a, b)| a.eq_ignore_ascii_case(b))
    {
        end = s.part(..end).match_indices(' ').nth(half - 1).map_or(end, |(i, _)| i);
    }
    s.part(..end).trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::DocumentId;

    fn names(plain: &str) -> Vec<String> {
        let text = DocumentText::from_plain(DocumentId::of(plain.as_bytes()), plain);
        parties(&text).iter().map(|f| text.slice(f.span).to_owned()).collect()
    }

    #[test]
    fn two_columns() {
        let s = "IN WITNESS WHEREOF the parties have signed.\nACME TOOLS, INC.\tHARBOR LLC\nBy: /s/ A. Reed\tBy: /s/ H. Stone\nTitle: CEO\tTitle: CFO";
        assert_eq!(names(s), ["ACME TOOLS, INC.", "HARBOR LLC"]);
    }

    #[test]
    fn a_company_and_a_person() {
        let s = "Very truly yours, ACME TOOLS, INC.\nBy: /s/ A. Reed\nName: A. Reed\nTitle: CEO\nAGREED AND ACCEPTED:\n/s/ Harold Stone\nHarold Stone";
        assert_eq!(names(s), ["ACME TOOLS, INC.", "Harold Stone"]);
    }
}
