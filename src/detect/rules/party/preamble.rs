//! Parties named by the opening of a contract: "by and between A, a Delaware corporation ("X"), and B ("Y")", numbered
//! lists, lists one a line, "made by A in favour of B".
//!
//! The list of parties is read from left to right: a name, its description up to the next place where another name
//! can begin, and so on until words that begin the recitals.

mod accepted;
mod begins;
mod lead;

use std::sync::LazyLock;

use accepted::{Before, accepts, disqualified};
use begins::{after_name, is_company, is_described_company, is_joining, is_listed, is_named, starts_word};
use lead::{first_name, skip_lead};

use super::super::pattern::{Pattern, floor, pattern};
use super::Found;
use super::name::{self, NameKind};
use super::row;
use crate::lexicon::label;
use crate::record::{Part as _, Span};
use crate::text::DocumentText;

/// How far from the start of a contract its parties are looked for, in bytes.
const HEAD: usize = 14_000;

/// Longest description of one party, in bytes.
const LONGEST: usize = 1_800;

// Words that a list of parties follows.
static CUE: LazyLock<Pattern> = LazyLock::new(|| {
    let listed = r"\b(?:parties(?:\s+to\s+(?:the|this)\s+\w+)?|the\s+covenanter|following\s+parties)(?:[^\n:]{0,60}:\s*|\s*\n\s*)";
    let into = r"\b(?:entered\s+into\s+(?:as\s+of\s+[\w ,]{6,30}\s+)?by|into\s+this\s+[\w ,]{6,40}\s+by)\b[\s:]*";
    let signed = r"\bthe\s+undersigned\s*:\s*";
    let dated = r"\b(?:made|executed|entered\s+into)\b[^.;\n]{0,90}\bday\s+of\s+\w+,?\s+[0-9]{4},?\s+by\b[\s:]*";
    let on = r"\b(?:is|was)\s+(?:made|signed|executed|entered\s+into|concluded)\s+(?:at\s+[a-z]+\s+)?on\b[^.;\n]{6,50}[0-9]{4}(?:\s*\([a-z ]+\))?,?\s+by\b[\s:]*";
    let are = r"\bthe\s+parties(?:\s+to\s+this\s+\w+(?:\s+\w+)?)?\s+(?:are|hereto\s+are)\b[\s:]*";
    Pattern::exact(&format!(
        r"(?i){{between}}[\s:]*|{are}|{signed}|{dated}|{on}|{into}|\bb\s+e\s+t\s+w\s+e\s+e\s+n\s*:?\s*|{listed}"
    ))
});
// Words that begin the recitals or another part: no party is named behind them.
static STOP: LazyLock<Pattern> = LazyLock::new(|| {
    let each = r"each\s+(?:of|a|party|individually|may|and)\b";
    let called = r"(?:are|is)\s+(?:each\s+|sometimes\s+|collectively\s+)?(?:hereinafter|referred|herein)";
    let torn = r"w\s+i\s+t\s+n\s+e\s+s|premises?\b\s*:|1\.\s|source:";
    let what = r"for\s+the\s+(?:purpos|leas|let|rent|hire|suppl|sale|provi|premises|property|use)|in\s+respect\s+of";
    Pattern::exact(&format!(r"(?i)^[\s(]*(?:{{after_parties}}|{each}|{called}|{torn}|{what})"))
});
// The heading of the first clause, whose number has no full stop: "1 Subject", and in the next line "1.1 The Operator provides".
pattern!(FIRST_CLAUSE, exact, r"^\s*1(?:\.0)?\s+[A-Z][^\n\d]{2,60}\n\s*1\.1\b");
// What a party is, before its name: "the food service company or caterer".
pattern!(WHAT_IT_IS, exact, r"^(?:(?:the|an?|its)\s+)?(?:[a-z][\w/-]*\s+){1,9}");
// The number of a party in a list: "; and (2) Hillcrest School".
pattern!(NUMBER, exact, r"\((?:[0-9]{1,2}|[ivx]{1,4}|[a-h])\)");
// The same in a line of its own: "2. Anna Reed, aged 40".
pattern!(COUNTED_LINE, exact, r"^\s*(?:[0-9]{1,2}|[ivx]{1,4}|[a-h])[.)]\s");
// That of another party behind the definition of the one before.
pattern!(COUNTED_NEXT, exact, r"^\((?:[2-9]|ii|iii|iv|v|[b-h])\)\s+");
// What describes a party right behind its name.
static DESCRIBED: LazyLock<Pattern> = LazyLock::new(|| {
    let defined = r#"\(?\s*(?:[“”"‘]|the\s+[“"]|as\s+[“"]|referred|a\s+\[|of\s+\d|f/?k/?a|d/?b/?a|t/a\b)"#;
    let form = r"an?\s+(?:[\w.’',\[\]●*_&-]+\s+){0,8}?(?:corp\b|proprietor\w*|{described_as})\b";
    let acts = r"as\s+(?:the\s+)?(?:employee|lender|borrower|buyer|seller|agent|trustee|guarantor|servicer|issuer|owner|licen[sc])";
    Pattern::exact(&format!(r"(?i)^,?\s*(?:\(?\s*{{describing}}|{defined}|{form}|{acts})"))
});
pattern!(
    ROLE_DEF,
    exact,
    r#"(?i)\(\s*[^()]{0,80}?["'][^()]{1,60}["'][^()]{0,300}\)|\bhereinafter\b|\bhereafter\b|\bherein\s+(?:called|referred|known|designated)\b"#
);
// `, called "Treasurer"`.
pattern!(CALLED, exact, r#"^,\s+(?:also\s+)?called\s+(?:the\s+)?["“][^"”]{2,40}["”]"#);
// "(Supplier)", "(the Client)", "(the school)".
pattern!(
    BARE_DEF,
    exact,
    r"^,?\s*\(\s*(?:(?:the\s+)?[A-Z][\w&.-]{1,25}(?:\s[A-Z]\w+){0,2}|the\s+[a-z]{3,16}(?:\s[a-z]{3,16})?)\s*\)"
);
pattern!(
    ADDRESS_CUE,
    exact,
    r"(?i)\b(?:offices?|located|place\s+of\s+business|headquarter\w*|resid\w+|address|seat)\b"
);
// "of London", before "and Leeds".
pattern!(OF_PLACE, exact, r"\bof [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?$");
pattern!(ACTS_BY, exact, r"(?i)\b(?:acting|represented)\s+(?:herein\s+)?(?:by|through)\s+[^;()]{0,80}$");
pattern!(ANOTHER, exact, r"(?i)^\s*(?:to|amending|amends|under|pursuant\s+to)\s+that\s+certain\b");
pattern!(FAVOUR, exact, r"(?i)^(?:to\s+and\s+)?(?:in\s+favou?r|for\s+the\s+benefit)\s+of\b");
pattern!(LISTED, exact, r"(?i)\b(?:listed|traded|quoted)\s+on\b");
pattern!(
    OPENING_VERB,
    exact,
    r"(?i)\b(?:agrees?|hereby|enter(?:ed)?\s+into|have\s+(?:entered|concluded)|concludes?|proposes?|confirms?|agreed)\b"
);
pattern!(ABBREVIATION, exact, r"(?i)(?:^|[\s,(.])(?:\p{L}|\p{L}\.\p{L}|u\.s\.a|l\.l\.c|p\.l\.c|{dotted_words})$");

// A reading that runs into a block of signatures is no opening.
pattern!(SIGNATURE, exact, r"(?i)\n\s*(?:by|signature)\s*:\s");

/// The parties of the opening, best reading first found.
pub(super) fn parties(text: &DocumentText) -> Vec<Found> {
    let all = text.as_str();
    let cued = after_cue(all);
    let named = if rate(&cued) >= 6 { Vec::new() } else { subjects(text) };
    let best = if rate(&named) > rate(&cued) { named } else { cued };
    let counted = if rate(&best) >= 6 { Vec::new() } else { counted(all) };
    let best = if rate(&counted) > rate(&best) { counted } else { best };
    // Without a company or a defined name this is some other list of words in capitals.
    if best.iter().all(|f| f.kind != NameKind::Company && !f.defined)
        && best.first().is_some_and(|f| f.span.start() > 3_000)
    {
        Vec::new()
    } else {
        best
    }
}

/// Parties that are the subject of the first sentences: "A ("X") and B ("Y") agree as follows".
fn subjects(text: &DocumentText) -> Vec<Found> {
    let all = text.as_str();
    for block in text.blocks().iter().take(40).filter(|b| b.page <= 3 && b.span.len() > 60) {
        let start =
            block.span.start() + skip_lead(all.part(block.span.start()..block.span.end())).min(block.span.len());
        if start > HEAD {
            break;
        }
        let found = list(all, start);
        let Some(last) = found.last() else { continue };
        let after = all.part(last.span.start()..floor(all, last.span.end() + 400));
        let sure = found.iter().filter(|f| f.defined || f.kind == NameKind::Company).count();
        if found.len() > 1 && sure == found.len() && found.iter().any(|f| f.defined) && OPENING_VERB.is_match(after) {
            return found.into_iter().map(|f| Found { rule: "party.subject", ..f }).collect();
        }
    }
    Vec::new()
}

/// Parties that are counted with nothing before them: "(1) Acme Ltd (the "Landlord") (2) Otto Vale (the "Tenant")".
fn counted(all: &str) -> Vec<Found> {
    const TOP: usize = 3_000;
    pattern!(FIRST, exact, r"\n\(1\)\s+");
    let found = FIRST.find(all.part(..floor(all, TOP))).map_or_else(Vec::new, |m| list(all, m.end()));
    if found.iter().all(|f| f.defined) { found } else { Vec::new() }
}

/// The parties behind the best "between", "by", "parties:".
fn after_cue(all: &str) -> Vec<Found> {
    let head = all.part(..floor(all, HEAD));
    let mut best: Vec<Found> = Vec::new();
    let mut best_score = 0;
    for cue in CUE.find_iter(head).take(40) {
        // A contents list or the recitals may hold "between"; what is far from the top must be better.
        let settled = best.iter().filter(|f| f.defined).count() > 1 || cue.start() > 6_000;
        if cue.start() > 600 && best_score >= 6 && settled {
            break;
        }
        let found = list(all, cue.end());
        let signs = found.iter().any(|f| SIGNATURE.is_match(all.part(f.span.start()..f.span.end())));
        let score = rate(&found) - i32::from(refers_back(head.part(..cue.start())) || signs) * 4;
        if score > best_score {
            best_score = score;
            best = found;
        }
    }
    best
}

/// How much a reading looks like the list of the parties.
fn rate(found: &[Found]) -> i32 {
    if found.is_empty() {
        return 0;
    }
    let defined = found.iter().filter(|f| f.defined).count();
    let companies = found.iter().filter(|f| f.kind == NameKind::Company).count();
    let clamp = |n: usize| i32::try_from(n.min(3)).unwrap_or(3);
    let sure = found.iter().filter(|f| f.sure).count();
    clamp(found.len()) + clamp(sure) + clamp(defined) + clamp(companies) - if found.len() < 2 { 2 } else { 0 }
}

/// Whether the words before a cue speak of another agreement: "that certain agreement dated … by and between".
fn refers_back(before: &str) -> bool {
    let near = before
        .part(before.len() - (before.len() - super::super::pattern::ceil(before, before.len().saturating_sub(160)))..);
    let near = near.rsplit(['\n', ';']).next().unwrap_or(near).to_lowercase();
    [
        "that certain",
        " means ",
        "pursuant to the",
        "previously entered",
        "prior agreement",
        "original agreement",
        "is party to",
    ]
    .iter()
    .any(|w| near.contains(w))
}

/// Reads a list of parties that begins at `start`.
fn list(all: &str, start: usize) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let Some(mut at) = first_name(all, start) else { return out };
    let mut joined = false;
    loop {
        let text = all.part(at..floor(all, at + LONGEST));
        let Some(len) = name::name_len(text) else { break };
        if out.is_empty() && disqualified(text.part(..len), text.part(len..)) {
            break;
        }
        let next = boundary(text, len);
        // "Acme Ltd / and / Harbor LLP" are all; what stands in the next line of a cover is who drew it up.
        let last = std::mem::replace(&mut joined, next.and);
        let description = text.part(..next.end);
        if let Some((begin, len)) = represented(description, len) {
            let span = Span::new(at + begin, at + begin + len);
            let kind = NameKind::Company;
            out.push(Found { span, name_len: len, kind, defined: next.defined, sure: true, rule: "party.preamble" });
            match next.name {
                Some(n) if out.len() < 24 => at += n,
                _ => break,
            }
            continue;
        }
        out.push(Found {
            span: Span::new(
                at,
                at + description.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).len(),
            ),
            name_len: len,
            kind: name::kind(text.part(..len)),
            defined: next.defined || ROLE_DEF.is_match(description.part(len..)),
            sure: name::kind(text.part(..len)) == NameKind::Company
                || next.defined
                || DESCRIBED.is_match(text.part(len..)),
            rule: "party.preamble",
        });
        match next.name {
            Some(n) if out.len() < 24 && !(last && next.below) => at += n,
            _ => break,
        }
    }
    row::couples(all, &mut out);
    row::together(all, &mut out);
    // Beside parties that are described or defined, a bare word in capitals belongs to the sentence.
    if out.iter().filter(|f| f.sure).count() > 1 {
        out.retain(|f| f.sure || f.kind == NameKind::Person);
    }
    out
}

/// The place of the organisation for which the person who begins `description` acts: "A. Reed (a.reed@acme.example) representing
/// Acme Rovers FC".
fn represented(description: &str, name_len: usize) -> Option<(usize, usize)> {
    pattern!(
        FOR,
        exact,
        r"^\s*(?:\([^()]{0,60}\))?,?\s+(?i:representing|(?:acting\s+)?(?:for\s+and\s+)?on\s+behalf\s+of)\s+(?i:the\s+)?"
    );
    let person = name::kind(description.part(..name_len)) == NameKind::Person;
    let begin = name_len + FOR.prefix_len(description.part(name_len..));
    let len = name::name_len(description.part(begin..)).filter(|_| person && begin > name_len)?;
    Some((begin, len))
}

// "Of the second part" may have a third behind it.
pattern!(LAST_PART, exact, r"(?i)\bof\s+the\s+other\s+part\W?$");

struct Next {
    /// End of the description.
    end: usize,
    /// Whether a short name was defined in it.
    defined: bool,
    /// Start of the next name, if there is one.
    name: Option<usize>,
    /// Whether "and" stands before that name.
    and: bool,
    /// Whether it only stands in the next line, with nothing between.
    below: bool,
}

impl Next {
    fn last(end: usize, defined: bool) -> Self {
        Self { end, defined, name: None, and: false, below: false }
    }
}

/// Finds where the description of the party that begins `text` ends.
fn boundary(text: &str, name_len: usize) -> Next {
    let bytes = text.as_bytes();
    let mut depth = 0_u32;
    let mut opened = 0;
    let mut defined = false;
    let person = name::kind(text.part(..name_len)) == NameKind::Person;
    let mut i = name_len;
    while i < bytes.len() {
        let c = bytes[i];
        match c {
            b'(' => {
                depth += 1;
                if depth == 1 {
                    opened = i;
                }
            }
            b')' => {
                depth = depth.saturating_sub(1);
                // A name in brackets defines a short form where it stands right behind the name or ends the description.
                let bare = || {
                    opened - name_len < 4
                        || text.part(i + 1..).starts_with([',', ';', '\n', '.'])
                        || starts_word(text.part(i + 1..).trim_start(), "and")
                        || FAVOUR.is_match(text.part(i + 1..).trim_start())
                        || STOP.is_match(text.part(i + 1..))
                        || is_listed(text.part(i + 1..).trim_start())
                };
                if depth == 0
                    && (ROLE_DEF.is_match(text.part(opened..=i)) || BARE_DEF.is_match(text.part(opened..=i)) && bare())
                {
                    defined = true;
                    // "PARTIES: Anna Reed (Employee) Acme, Inc., an Ohio corporation": nothing but a space between.
                    let rest = text.part(i + 1..).trim_start();
                    // "(together the "Owner") (2) STONE FILMS LTD", in one paragraph.
                    let number = COUNTED_NEXT.prefix_len(rest);
                    if number > 0 && is_named(rest.part(number..)) {
                        let name = Some(text.len() - rest.len() + number);
                        return Next { end: i + 1, defined, name, and: false, below: false };
                    }
                    if is_listed(rest)
                        || is_described_company(rest)
                        || BARE_DEF.is_match(after_name(rest)) && is_named(rest)
                    {
                        return Next {
                            end: i + 1,
                            defined,
                            name: Some(text.len() - rest.len()),
                            and: false,
                            below: false,
                        };
                    }
                }
            }
            // A bracket that is never closed.
            _ if depth > 0 && i - opened > 320 => {
                i = opened;
                depth = 0;
            }
            _ if depth > 0 => {}
            b',' | b';' | b'\n' | b'.' | b' ' => {
                let word = c == b' ';
                let rest = text.part(i + 1..);
                // "as an amendment to that certain agreement by and among …": the parties of another contract follow.
                if ANOTHER.is_match(rest) {
                    return Next::last(i, defined);
                }
                if name::COUNTY.is_match(text.part(i..)) {
                    i += 1;
                    continue;
                }
                let begin = rest.trim_start();
                let joined = starts_word(begin, "and")
                    || FAVOUR.is_match(begin)
                    || starts_word(begin, "with") && defined && {
                        // "… ("Customer") for the purpose of providing access with Acme tools": a party is described.
                        let other = begin.part("with".len()..).trim_start();
                        name::name_len(other).is_some_and(|n| {
                            name::kind(other.part(..n)) == NameKind::Company || DESCRIBED.is_match(other.part(n..))
                        })
                    };
                // "Of the other part for the lease of the premises": nobody is named behind the last of them.
                if !joined && LAST_PART.is_match(text.part(name_len..i)) {
                    return Next::last(i, defined);
                }
                if word && !joined || c == b'.' && !sentence_ends(text, i) {
                    i += 1;
                    continue;
                }
                // "Ada Reed and Otto Vale, both of Hinds, together with Stone Trustees Limited, as trustees".
                let more = row::WITH.prefix_len(rest);
                if c == b',' && more > 0 && is_described_company(rest.part(more..)) {
                    return Next { end: i, defined, name: Some(i + 1 + more), and: true, below: false };
                }
                if defined && c == b'\n' && FIRST_CLAUSE.is_match(rest) {
                    return Next::last(i, defined);
                }
                if !word && STOP.is_match(rest) && !rest.trim_start().starts_with('(') {
                    return Next::last(i, defined);
                }
                let said = text.part(name_len..i);
                if !defined && (said.to_ascii_lowercase().contains("hereinafter") || CALLED.is_match(said)) {
                    defined = true;
                }
                let skip = skip_lead(rest);
                let after = rest.part(skip..);
                // "Registered office: Section 38, Waigani Drive" is an address.
                let labelled = !joined && rest.part(..skip).trim_end().ends_with(':');
                if STOP.is_match(after) && !labelled && (joined || c != b',') {
                    return Next::last(i, defined);
                }
                let direct = text.part(name_len..i).trim_matches(|c: char| c.is_whitespace() || c == ',').is_empty();
                // A letter or number in brackets counts the parties: ", (b) Acme".
                let counted = rest.part(..skip).contains(['(', ')'])
                    || c == b'\n' && COUNTED_LINE.is_match(rest) && after_name(after).starts_with([',', '(']);
                // "Tenant: Anna Reed", in a line of its own.
                let row = c == b'\n'
                    && !joined
                    && rest
                        .part(..skip)
                        .trim_end()
                        .strip_suffix(':')
                        .is_some_and(|l| label::named_role(l.trim()).is_some());
                let said = text.part(name_len..i);
                let place = !defined && !direct && (ADDRESS_CUE.is_match(said) || OF_PLACE.is_match(said));
                // "acting by its administrators Ada Reed and Otto Vale": those who act for a party.
                let acts = joined && !defined && ACTS_BY.is_match(said);
                let listed = LISTED.is_match(text.part(floor(text, i.saturating_sub(90)).max(name_len)..i));
                let personal = person && row::is_personal(text.part(name_len..i));
                // The role in quotes before a name says as much as one behind it.
                let called = rest.part(..skip).contains(['"', '“']);
                let before = Before {
                    joined: joined || counted || row,
                    listed: NUMBER.is_match(rest.part(..skip))
                        && (c == b';' || joined || text.part(..i).trim_end().ends_with(';')),
                    defined: defined || called && joined || row,
                    direct,
                    address: place,
                    person,
                    personal,
                };
                let and = joined || rest.part(..skip).split_whitespace().any(|w| w.eq_ignore_ascii_case("and"));
                let below = c == b'\n' && direct && !before.joined && !before.defined;
                if !listed && (!acts || is_company(after)) && accepts(after, c, &before) {
                    return Next { end: i, defined, name: Some(i + 1 + skip), and, below };
                }
                // "and the caterer Acme LLC (referred to as the Vendor)": what it is stands before its name.
                let what = WHAT_IT_IS.find(after).map(|m| m.as_str()).filter(|words| !words.split(' ').any(is_joining));
                let what = what.map_or(0, str::len);
                if joined && what > 0 && is_described_company(after.part(what..)) {
                    return Next { end: i, defined, name: Some(i + 1 + skip + what), and, below: false };
                }
                if c == b'.' && !starts_word(begin, "hereinafter") && !joined {
                    return Next::last(i, defined);
                }
            }
            _ => {}
        }
        i += 1;
    }
    Next::last(name_len, defined)
}

/// Whether the full stop at `i` ends a sentence.
fn sentence_ends(text: &str, i: usize) -> bool {
    let after = text.part(i + 1..);
    if !after.starts_with(char::is_whitespace) {
        return false;
    }
    let next = after.trim_start();
    next.starts_with(|c: char| c.is_uppercase() || c == '"') && !ABBREVIATION.is_match(text.part(..i))
        || STOP.is_match(next) && next.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests;
