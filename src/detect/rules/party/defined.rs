//! Parties of contracts that have no "between": letters, policies and agreements in the first person name them where
//! they define them: "your employment with Acme, Inc. (the "Company")", "Anna Reed ("you")", "Acme hereby engages …".

use std::sync::LazyLock;

use super::super::pattern::{Pattern, ceil, floor, pattern};
use super::Found;
use super::name::{self, NameKind};
use crate::record::Span;
use crate::text::{BlockKind, DocumentText};

/// How far from the start definitions of parties are looked for, in bytes.
const HEAD: usize = 6_500;

// "(hereinafter collectively called the "Buyer")", and ", hereinafter called the Buyer,".
static DEFINITION: LazyLock<Pattern> = LazyLock::new(|| {
    let lead = r#"(?:hereinafter|hereafter|herein)?\s*,?\s*(?:{called_how}?[^()“”"]{0,70}?)?\s*"#;
    let called = r#"(?:referred\s+to\s+(?:herein\s+)?as|called|the|as|a|an|or|including[^()“”"]{0,60})?\s*"#;
    let term = r#"[“"‘]\s*([^“”"()]{1,40}?)\s*,?[”"’“][^()]{0,90}\)"#;
    let bare = r#",?\s+(?:hereinafter|hereafter)\s+(?:referred\s+to\s+as|called)\s+(?:the\s+)?[“"]?([A-Z][\w ]{1,24}?)[”"]?[,.\s]"#;
    Pattern::exact(&format!(r"(?i)\(\s*(?:{lead}{called})*{term}|{bare}"))
});
// What may stand between a party and its definition.
pattern!(GAP, exact, r"(?i)^(?:,?\s*(?:\([^()]*\)|d/?b/?a|t/a|{of_a_party})|,|\s*$)");
pattern!(
    OFFICE,
    exact,
    r"(?i)^(?:special\s+committee|board|stockholders|chairman|president|chief|vice|senior|executive|division|directors?|general\s+counsel|member)\b[^,.;]{0,60}?\s(?:of|with|at|for)\s"
);
pattern!(ADDRESS, exact, r"^(?:[A-Z][a-z]+\s+|[A-Z]{2}\b\s*)(?:\d{5}(?:-\d{4})?)?$");
pattern!(PUBLIC_BODY, exact, r"(?i){not_parties}");
pattern!(CITY, exact, r"^,?\s+[A-Z]{2}\.?\s+\d{5}");
pattern!(SALUTATION, exact, r"(?i)^(?:dear\b|ladies\b|gentlemen\b|gentleman\b|sirs?\b|mesdames\b)");
pattern!(ADDRESSEE_NOISE, exact, r"(?i)^(?:{above_addressee}|(?:to|from)\s*:|ex-|\d|\[)");
pattern!(
    ADDRESS_LINE,
    exact,
    r"(?i)\b(?:street|st\.|avenue|ave\.?|road|rd\.|drive|suite|floor|boulevard|blvd|lane|parkway|pkwy|plaza|p\.?o\.?\s+box|highway|way|court|square|center\s+drive|[A-Z]{2}\s+\d{5})\b"
);
/// Parties defined in the opening sentences.
pub(super) fn defined(all: &str) -> Vec<Found> {
    let head = &all[..floor(all, HEAD)];
    let mut out: Vec<Found> = Vec::new();
    let mut from = 0;
    for m in DEFINITION.captures_iter(head) {
        let (Some(whole), Some(term)) = (m.get(0), m.get(1).or_else(|| m.get(2))) else { continue };
        let start = from.max(ceil(head, whole.start().saturating_sub(420)));
        from = whole.end();
        let Some((at, len)) = owner(head, start, whole.start()) else { continue };
        let len = head[at..at + len].strip_suffix("'s").map_or(len, str::len);
        let party = &head[at..at + len];
        if ADDRESS.is_match(party) && party.contains(|c: char| c.is_ascii_digit()) || party.len() < 3 {
            continue;
        }
        if !defines_party(term.as_str(), party) {
            continue;
        }
        out.push(Found {
            span: Span::new(at, whole.end()),
            name_len: len,
            kind: name::kind(party),
            defined: true,
            sure: true,
            rule: "party.defined",
        });
        if out.len() >= 6 {
            break;
        }
    }
    out
}

/// The name to which a definition at `end` belongs: the nearest company before it, else the nearest other name, with
/// nothing between that begins something else.
fn owner(head: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let text = &head[start..end];
    // A definition belongs to its own paragraph.
    let line = text.rfind('\n').map_or(0, |i| i + 1);
    let mut company = None;
    let mut other = None;
    let mut at = line;
    while at < text.len() {
        let rest = &text[at..];
        let starts = at == line || text[..at].ends_with([' ', '(', '\t', '“', '"']);
        if starts && OFFICE.is_match(rest) {
            // "Board of Directors of Acme": the office is not the party.
        } else if starts && let Some(len) = name::name_len(rest) {
            let gap = &rest[len..];
            let fits = gap.trim().is_empty() || GAP.is_match(gap) && !breaks(gap);
            if fits {
                if name::kind(&rest[..len]) == NameKind::Company {
                    company = Some((start + at, len));
                } else if gap.len() < 60 || gap.trim_start().starts_with([',', '(']) {
                    other = Some((start + at, len));
                }
            }
            at += len;
            continue;
        }
        at += rest.find([' ', '\t', '(']).map_or(rest.len(), |i| i + 1);
        while at < text.len() && !text.is_char_boundary(at) {
            at += 1;
        }
    }
    company.or(other)
}

/// Whether the words between a name and a definition hold a verb of their own: then the definition is of something else.
fn breaks(gap: &str) -> bool {
    let lower = gap.to_lowercase();
    if lower.trim_end().ends_with(" and") {
        return true;
    }
    [
        " shall ",
        " will ",
        " has ",
        " have ",
        " agree",
        " desires",
        " wishes",
        " may ",
        " dated ",
        " that ",
        " to ",
        " between ",
        "; ",
        "__",
        "[ ]",
        "[*",
    ]
    .iter()
    .any(|w| lower.contains(w))
        || lower.contains(". ") && !lower.contains("inc. ") && !lower.contains("corp. ") && !lower.contains("ltd. ")
}

/// Whether `term` stands for the party `name`: a role, a pronoun, or a short form of the name.
fn defines_party(term: &str, name: &str) -> bool {
    let term = term.trim().trim_start_matches("the ");
    let lower = term.to_lowercase();
    if [
        "affiliate",
        "affiliates",
        "parent",
        "subsidiary",
        "subsidiaries",
        "representatives",
        "group",
        "third party",
        "bank",
        "stockholder",
        "shareholder",
        "directors",
        "issuer",
        "trustee",
        "guarantor",
        "underwriter",
    ]
    .contains(&lower.as_str())
    {
        return false;
    }
    if matches!(lower.as_str(), "you" | "i" | "me" | "us" | "we" | "my" | "your" | "our" | "undersigned")
        || name::is_role(term)
    {
        return name::kind(name) != NameKind::Other
            || name.split_whitespace().count() < 6 && !PUBLIC_BODY.is_match(name);
    }
    let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let (t, n) = (letters(term), letters(name));
    let initials: String = name
        .split(|c: char| !c.is_alphanumeric())
        .filter_map(|w| w.chars().next())
        .flat_map(char::to_lowercase)
        .collect();
    // A short form needs a company; otherwise every defined term of the law ("Securities Act") would be a party.
    name::kind(name) == NameKind::Company
        && !PUBLIC_BODY.is_match(name)
        && t != n
        && t.len() > 1
        && (n.starts_with(&t) || n.contains(&t) && t.len() > 3 || t.len() < 6 && abbreviates(&t, &initials))
}

/// Whether the letters of `short` occur in `initials` in the same order, from the first.
fn abbreviates(short: &str, initials: &str) -> bool {
    let mut left = initials.chars();
    short.chars().next() == initials.chars().next() && short.chars().all(|c| left.any(|i| i == c))
}

/// The addressee of a letter: the first name above the salutation that is not an address.
pub(super) fn addressee(text: &DocumentText) -> Option<Found> {
    let blocks = text.blocks();
    let greeting = blocks
        .iter()
        .take(40)
        .position(|b| b.page <= 2 && b.span.len() < 90 && SALUTATION.is_match(text.slice(b.span)))?;
    let from = greeting.saturating_sub(10);
    let mut best: Option<Found> = None;
    for b in &blocks[from..greeting] {
        let mut at = b.span.start();
        for line in text.slice(b.span).split('\t') {
            let begin = at;
            at += line.len() + 1;
            if ADDRESSEE_NOISE.is_match(line) || line.len() > 160 {
                continue;
            }
            let Some(len) = name::name_len(line) else { continue };
            let whole =
                len + 3 >= line.len() || line[len..].starts_with([',', ' ']) && ADDRESS_LINE.is_match(&line[len..]);
            let kind = name::kind(&line[..len]);
            if !whole || ADDRESS_LINE.is_match(&line[..len]) || CITY.is_match(&line[len..]) || kind == NameKind::Other {
                continue;
            }
            let found = Found {
                span: Span::new(begin, begin + len),
                name_len: len,
                kind,
                defined: false,
                sure: true,
                rule: "party.addressee",
            };
            // The company, where there is one, and not the person at it. The nearest block above the greeting is the
            // addressee's; a letterhead stands higher.
            if kind == NameKind::Company || best.is_none() {
                best = Some(found);
            }
        }
    }
    best
}

/// The role that the label of a row gives the party whose name begins at `start`: "Customer" of "Customer: Acme Ltd".
pub(super) fn label(all: &str, start: usize) -> Option<String> {
    let line = all[..start].rfind('\n').map_or(0, |i| i + 1);
    let end = all[start..].find('\n').map_or(all.len(), |i| start + i);
    let found = labels(&all[line..end]).into_iter().find(|l| line + l.value == start);
    found.map(|l| l.role).filter(|role| !role.is_empty())
}

/// A label in a row and where its value begins.
struct Labelled {
    role: String,
    value: usize,
    /// Whether a colon or the edge of a cell stands between them.
    apart: bool,
}

/// The parties that a row labels: "Customer: Acme Ltd", the label in one cell and the name in the next, or both in one cell
/// without a mark between ("Vendor Acme, Inc.").
fn labels(row: &str) -> Vec<Labelled> {
    let mut out = Vec::new();
    let mut at = 0;
    for cell in row.split('\t') {
        let lead = crate::detect::labels::behind_number(cell.trim_start()) + (cell.len() - cell.trim_start().len());
        let words = &cell[lead..];
        let (label, rest) = words.split_once(':').unwrap_or((words, ""));
        let value = at + lead + if rest.trim().is_empty() { words.len() + 1 } else { label.len() + 1 };
        if let Some(role) = crate::lexicon::label::role(label)
            && value < row.len()
        {
            let value = value + (row[value..].len() - row[value..].trim_start().len());
            out.push(Labelled { role, value, apart: true });
        } else if let Some((first, name)) = words.split_once(' ')
            && row.contains('\t')
            && let Some(role) = crate::lexicon::label::role(first).filter(|r| !r.is_empty())
            && name.starts_with(char::is_uppercase)
        {
            out.push(Labelled { role, value: at + lead + first.len() + 1, apart: false });
        }
        at += cell.len() + 1;
    }
    out
}

/// Whether a name is that of a public body: "Ministry of Works".
fn is_public(name: &str) -> bool {
    const BODIES: &str = "ministry department office city county state town borough government municipality republic";
    name.split_once(" of ").is_some_and(|(body, _)| crate::lexicon::among(BODIES, body))
}

/// The persons named behind the first one, whose name has `len` bytes: "Otto Lindqvist and Ana Reed".
fn joined(rest: &str, len: usize) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut at = len;
    while let Some(mark) = [", and ", " and ", " & ", ", "].iter().find(|mark| rest[at..].starts_with(**mark)) {
        let next = &rest[at + mark.len()..];
        let Some(len) = name::name_len(next).filter(|&len| name::kind(&next[..len]) == NameKind::Person) else { break };
        out.push((at + mark.len(), len));
        at += mark.len() + len;
    }
    out
}

/// Rows of key terms: "Customer: Acme Ltd".
pub(super) fn labelled(text: &DocumentText) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    for b in text.blocks().iter().take(90).filter(|b| b.page <= 3 && b.span.len() < 400) {
        let s = text.slice(b.span);
        for label in labels(s) {
            let rest = &s[label.value..];
            let Some(len) = name::name_len(rest) else { continue };
            let kind = name::kind(&rest[..len]);
            let weak = b.kind == BlockKind::Paragraph && !is_public(&rest[..len]) || label.role.is_empty();
            if kind == NameKind::Other && weak || !label.apart && kind != NameKind::Company {
                continue;
            }
            // The rest of the cell describes the party: "Acme, Inc., a Delaware corporation".
            let described = rest.find('\t').unwrap_or(rest.len()).max(len);
            let found = |at: usize, name_len: usize, whole: usize| Found {
                span: Span::new(b.span.start() + label.value + at, b.span.start() + label.value + at + whole),
                name_len,
                kind,
                defined: true,
                sure: true,
                rule: "party.label",
            };
            let more = if kind == NameKind::Person { joined(rest, len) } else { Vec::new() };
            out.push(found(0, len, if more.is_empty() { described } else { len }));
            out.extend(more.into_iter().map(|(at, len)| found(at, len, len)));
            if out.len() > 5 {
                return out;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(s: &str) -> Vec<String> {
        defined(s).iter().map(|f| s[f.span.start()..f.span.start() + f.name_len].to_owned()).collect()
    }

    #[test]
    fn definitions_in_a_letter() {
        let s = "In consideration of your employment with Acme Tools, Inc. and its affiliates (collectively, the “Company”), you, \
                 Anna Reed (“you”), agree as follows. Information about Harbor LLC (the “Transaction”) is secret.";
        assert_eq!(names(s), ["Acme Tools, Inc.", "Anna Reed"]);
    }

    #[test]
    fn short_forms_of_the_name() {
        let s = "Harbor Works Corporation, a Nevada corporation (“Harbor”), has asked Northern Bank and Trust Company (“NBT”) to act.";
        assert_eq!(names(s), ["Harbor Works Corporation", "Northern Bank and Trust Company"]);
    }
}
