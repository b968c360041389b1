//! Parties of contracts that have no "between": letters, policies and agreements in the first person name them where
//! they define them: "your employment with Acme, Inc. (the "Company")", "Anna Reed ("you")", "Acme hereby engages …".

use std::sync::LazyLock;

use super::super::pattern::{Pattern, ceil, floor, pattern};
use super::Found;
use super::label::{NUMBER, is_public, lines};
use super::name::{self, NameKind};
use super::signature::cells;
use crate::lexicon::{among, label, ways};
use crate::record::{Part as _, Span};
use crate::text::DocumentText;

/// How far from the start definitions of parties are looked for, in bytes.
const HEAD: usize = 6_500;

// "(hereinafter collectively called the "Buyer")", and ", hereinafter called the Buyer,".
static DEFINITION: LazyLock<Pattern> = LazyLock::new(|| {
    let lead = r#"(?:hereinafter|hereafter|herein)?\s*,?\s*(?:{called_how}?[^()“”"]{0,70}?)?\s*"#;
    let called = r#"(?:referred\s+to\s+(?:herein\s+)?as|called|the|as|a|an|or|including[^()“”"]{0,60})?\s*"#;
    let term = r#"[“"‘]\s*([^“”"()]{1,40}?)\s*,?[”"’“][^()]{0,90}\)"#;
    let bare = r#",?\s+(?:hereinafter|hereafter)\s+(?:referred\s+to\s+as|called)\s+(?:the\s+)?[“"]?([A-Z][\w ]{1,24}?)[”"]?[,.\s]"#;
    // "Acme Pty Ltd ABN 70 000 111 222 (Company)".
    let plain = r"\(\s*(?:the\s+)?((?-i:[A-Z])[a-z]+(?:\s(?-i:[A-Z])[a-z]+)?)\s*\)";
    Pattern::exact(&format!(r"(?i)\(\s*(?:{lead}{called})*{term}|{bare}|{plain}"))
});
// What may stand between a party and its definition.
pattern!(GAP, exact, &format!(r"(?i)^(?:,?\s*(?:\([^()]*\)|d/?b/?a|t/a|{{of_a_party}}|{NUMBER}$)|,|\s*$)"));
pattern!(
    OFFICE,
    exact,
    r"(?i)^(?:special\s+committee|board|stockholders|chairman|president|chief|vice|senior|executive|division|directors?|general\s+counsel|member)\b[^,.;]{0,60}?\s(?:of|with|at|for)\s"
);
pattern!(ADDRESS, exact, r"^(?:[A-Z][a-z]+\s+|[A-Z]{2}\b\s*)(?:[-–]\s*)?(?:\d{5}(?:-\d{4}|\d)?)?$");
pattern!(PUBLIC_BODY, exact, r"(?i){not_parties}");
// "Mr" before a person: no part of the name.
pattern!(TITLE, exact, r"^(?i:{honorifics})\.?\s+");
pattern!(CITY, exact, r"^,?\s+[A-Z]{2}\.?\s+\d{5}");
pattern!(SALUTATION, exact, r"(?i)^(?:dear\b|ladies\b|gentlemen\b|gentleman\b|sirs?\b|mesdames\b)");
pattern!(ADDRESSEE_NOISE, exact, r"(?i)^(?:{above_addressee}|(?:to|from)\s*:|ex-|\d|\[)");
pattern!(
    ADDRESS_LINE,
    exact,
    r"(?i)\b(?:street|st\.|avenue|ave\.?|road|rd\.|drive|suite|floor|boulevard|blvd|lane|parkway|pkwy|plaza|p\.?o\.?\s+box|highway|way|court|square|center\s+drive|[A-Z]{2}\s+\d{5})\b"
);
// ""Company" means Acme Ltd", at the start of a line or in quotes.
pattern!(
    MEANS,
    exact,
    r#"(?:(?:^|[\n.;]\s*)\W{0,4}(?:[\d.]+\s+)?|[“"‘])([A-Za-z][A-Za-z ]{0,24}?)[”"’]?\s+(?:means?|shall\s+mean|refers?\s+to|is)\s+(?:the\s+)?$"#
);
pattern!(MEANS_AT, exact, r"\b(?:means?|refers?\s+to|is)\s+(?:the\s+)?");

/// The role that the words before a name define: "Company" of ""Company" means".
pub(super) fn term(before: &str) -> Option<String> {
    const LONGEST: usize = 60;
    const OURS: &str = "we us our you i";
    let near = before.part(ceil(before, before.len().saturating_sub(LONGEST))..);
    let term = MEANS.captures(near)?.get(1)?.as_str().to_owned();
    if among(OURS, &term) { Some(term) } else { label::named_role(&term) }
}

/// Parties that a list of definitions names: ""Company" means Acme Ltd, a company registered in England".
pub(super) fn meant(all: &str) -> Vec<Found> {
    const REACH: usize = 14_000;
    let head = all.part(..floor(all, REACH));
    let mut named: Vec<Found> = MEANS_AT
        .find_iter(head)
        .filter_map(|m| {
            let rest = head.part(m.end()..);
            let len = name::name_len(rest)?;
            let kind = name::kind(rest.part(..len));
            let ends = rest.part(len..).starts_with(['.', ',', ';', '(']) || rest.part(len..).starts_with(" of ");
            // "The Club is Mill Cricket Club."
            let club =
                kind == NameKind::Other && rest.part(..len).contains(' ') && rest.part(len..).starts_with(['.', ',']);
            let party = kind == NameKind::Company || kind == NameKind::Person && ends || club;
            term(head.part(..m.end())).filter(|_| party)?;
            Some(found(m.end(), len, kind, "party.means"))
        })
        .take(4)
        .collect();
    if !named.iter().any(|f| f.kind != NameKind::Other) {
        named.clear();
    }
    named
}

fn found(at: usize, name_len: usize, kind: NameKind, rule: &'static str) -> Found {
    Found { span: Span::new(at, at + name_len), name_len, kind, defined: true, sure: true, rule }
}

/// The company that contracts with "the member" or "you": "a contract between the member and Harbor Gym". One without a
/// legal form must be named at the top.
pub(super) fn counterpart(text: &DocumentText) -> Option<Found> {
    pattern!(EMPLOYMENT, exact, r"(?i)\byour\s+(?:employment|appointment|engagement|job)\s+(?:with|at)\s+(?:the\s+)?");
    let all = text.as_str();
    let head = all.part(..floor(all, HEAD));
    let employer = EMPLOYMENT.find_iter(head).find_map(|m| {
        let len = name::name_len(head.part(m.end()..))?;
        let company = name::kind(head.part(m.end()..m.end() + len)) == NameKind::Company;
        company.then(|| found(m.end(), len, NameKind::Company, "party.defined"))
    });
    employer.or_else(|| with_role(all, head)).or_else(|| named_by_it(head))
}

/// The company that a contract names by itself: "Your agreement is with Harbour Water Ltd".
fn named_by_it(head: &str) -> Option<Found> {
    pattern!(
        IS_WITH,
        exact,
        r"(?i)\b(?:your|this|the)\s+(?:contract|agreement|membership|policy|tenancy|account)\s+is\s+with\s+(?:us,\s+)?(?:the\s+)?"
    );
    IS_WITH.find_iter(head).find_map(|m| {
        let len = name::name_len(head.part(m.end()..))?;
        let company = name::kind(head.part(m.end()..m.end() + len)) == NameKind::Company;
        company.then(|| found(m.end(), len, NameKind::Company, "party.defined"))
    })
}

/// The company that gives its number or its registered office behind its name, as the imprint of a form does: "Harbour Water
/// Ltd. Registered office: 3 Quay Street".
pub(super) fn imprint(text: &DocumentText) -> Option<Found> {
    const LONGEST: usize = 400;
    pattern!(LEAD, exact, r"^(?:©\s*(?:[0-9]{4}\s+)?|[Aa]ll rights reserved[.,]?\s+)?");
    pattern!(
        REGISTERED,
        exact,
        r"(?i)^[\s.,;(–-]*(?:(?:is\s+)?(?:a\s+company\s+)?registered\s+(?:in|office|address|number|no\b)|company\s+(?:registration\s+)?(?:number|no\b|reg))"
    );
    let short = text.blocks().iter().filter(|b| b.span.len() < LONGEST);
    short.flat_map(|b| lines(text, b)).find_map(|line| {
        let words = text.slice(line);
        let at = LEAD.prefix_len(words);
        let len = name::name_len(words.part(at..))?;
        let company = name::kind(words.part(at..at + len)) == NameKind::Company;
        (company && REGISTERED.is_match(words.part(at + len..))).then(|| {
            let place = Span::new(line.start() + at, line.start() + at + len);
            Found { defined: false, ..found(place.start(), len, NameKind::Company, "party.imprint") }
        })
    })
}

/// The company that contracts with a role: "a contract between the member and Harbor Gym", "between you, the client ("You"), and
/// Harbor Homes".
fn with_role(all: &str, head: &str) -> Option<Found> {
    const TOP: usize = 1_000;
    const OFTEN: usize = 4;
    pattern!(
        WITH,
        exact,
        r"(?i)\b(?:contract|agreement|terms)\b[^.;\n]{0,60}?\bbetween\s+(?:the\s+|our\s+)?([a-z]+)(?:,?\s+(?:the|our)\s+[a-z]+)?(?:\s*\([^()]{1,60}\))?,?\s+and\s+(?:the\s+|us,\s+)?"
    );
    WITH.captures_iter(head).find_map(|m| {
        let role = m.get(1)?.as_str();
        let end = m.get(0)?.end();
        let len = name::name_len(head.part(end..))?;
        let name = head.part(end..end + len);
        let company = name::kind(name) == NameKind::Company;
        let name = if company { name } else { name.trim_end_matches('.') };
        let top = head.part(..floor(head, m.get(0)?.start().min(TOP))).to_lowercase();
        // Who is named over and over contracts, whatever the name looks like.
        let often = || name.contains(' ') && all.matches(name).count() >= OFTEN;
        let heads = || top.contains(&name.to_lowercase()) || often();
        let other = among("you", role) || label::named_role(role).is_some();
        (other && (company || heads())).then(|| found(end, name.len(), name::kind(name), "party.defined"))
    })
}

/// Parties defined in the opening sentences.
pub(super) fn defined(all: &str) -> Vec<Found> {
    let head = all.part(..floor(all, HEAD));
    let mut out: Vec<Found> = Vec::new();
    let mut from = 0;
    for m in DEFINITION.captures_iter(head) {
        let (Some(whole), Some(term)) = (m.get(0), m.get(1).or_else(|| m.get(2)).or_else(|| m.get(3))) else {
            continue;
        };
        // Without quotes only a role is a definition, and only right behind its company.
        let plain = m.get(3).is_some();
        if plain && label::named_role(term.as_str()).is_none() {
            continue;
        }
        let start = from.max(ceil(head, whole.start().saturating_sub(420)));
        from = whole.end();
        let Some((at, len)) = owner(head, start, whole.start()) else { continue };
        // "(Landlord) Acme Ltd (Tenant) Anna Reed": the brackets stand before the names.
        if plain && head.part(..at).trim_end().ends_with(')') {
            continue;
        }
        let len = head.part(at..at + len).strip_suffix("'s").map_or(len, str::len);
        let party = head.part(at..at + len);
        if ADDRESS.is_match(party) && party.contains(|c: char| c.is_ascii_digit()) || party.len() < 3 {
            continue;
        }
        if !defines_party(term.as_str(), party) || plain && name::kind(party) != NameKind::Company {
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

/// The name that begins a row, behind its label, and its length, where a place or an address may follow it: "Customer: Mill Hill
/// School, Newton", "Anna Reed, 4 Mill Road, Leeds".
fn row_value(row: &str) -> Option<(usize, usize)> {
    pattern!(PLACE, exact, r"^,\s+[A-Z][\w’'-]+(?:[ ,]+[A-Z][\w’'-]+){0,5}\s*$");
    let labelled = row.split_once(':').filter(|(label, _)| label::named_role(label.trim()).is_some());
    let value = labelled.map_or(row, |(_, value)| value).trim_start();
    let len = name::name_len(value)?;
    let tail = value.part(len..);
    let place = labelled.is_some() && PLACE.is_match(tail);
    let known = name::kind(value.part(..len)) != NameKind::Other || is_public(value.part(..len));
    let described =
        labelled.is_some() && name::kind(value.part(..len)) == NameKind::Company && tail.starts_with([',', ' ']);
    let own = || !breaks(tail) && !names_company(tail);
    (place || (described || known && is_street(tail)) && own()).then(|| (row.len() - value.len(), len))
}

/// Whether the words behind a name begin with an address.
fn is_street(tail: &str) -> bool {
    pattern!(STREET, exact, r"^(?:,|\s+of)\s+(?:No\.?\s*|Unit\s+|Flat\s+|Suite\s+)?\d+[A-Za-z]?(?:[/-]\d+)?,?\s+[A-Z]");
    STREET.is_match(tail)
}

/// Whether a company is named among the words behind a name.
fn names_company(tail: &str) -> bool {
    let company = |(at, _): (usize, &str)| {
        let rest = tail.part(at + 1..);
        name::name_len(rest).is_some_and(|len| name::kind(rest.part(..len)) == NameKind::Company)
    };
    tail.match_indices(' ').any(company)
}

/// The name to which a definition at `end` belongs: the nearest company before it, else the nearest other name, with
/// nothing between that begins something else.
fn owner(head: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let text = head.part(start..end);
    // A definition belongs to its own paragraph.
    let line = text.rfind('\n').map_or(0, |i| i + 1);
    if let Some(named) = row_value(text.part(line..)) {
        return Some((start + line + named.0, named.1));
    }
    let mut company = None;
    let mut other = None;
    let mut at = line;
    while at < text.len() {
        let rest = text.part(at..);
        let starts = at == line || text.part(..at).ends_with([' ', '(', '\t', '“', '"']);
        if starts && OFFICE.is_match(rest) {
            // "Board of Directors of Acme": the office is not the party.
        } else if starts && let Some(len) = name::name_len(rest) {
            let gap = rest.part(len..);
            let fits = gap.trim().is_empty() || GAP.is_match(gap) && !breaks(gap);
            if fits {
                if name::kind(rest.part(..len)) == NameKind::Company {
                    let office = office(text.part(..at), rest.part(..len));
                    company = Some((start + at + office, len - office));
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

/// Length of the post that stands before the name of an employer: "(as) Clerk II in Acme Ltd".
fn office(before: &str, name: &str) -> usize {
    let post = [" in ", " at ", " with "].iter().filter_map(|w| Some(name.find(w)? + w.len())).min();
    let employer = |&at: &usize| {
        name::name_len(name.part(at..)).is_some_and(|n| name::kind(name.part(at..at + n)) == NameKind::Company)
    };
    post.filter(|_| before.ends_with("as ") || before.ends_with("of ")).filter(employer).unwrap_or(0)
}

/// Whether the words between a name and a definition hold a verb of their own: then the definition is of something else.
fn breaks(gap: &str) -> bool {
    const VERBS: &str =
        " shall | will | has | have | agree| desires| wishes| may | dated | that | to | between |; |__|[ ]|[*";
    // "CRO No. 528840", "Co. Kildare".
    let lower = gap.to_lowercase().replace("no. ", "no ").replace("co. ", "co ");
    if lower.trim_end().ends_with(" and") {
        return true;
    }
    VERBS.split('|').any(|w| lower.contains(w))
        || lower.contains(". ") && !lower.contains("inc. ") && !lower.contains("corp. ") && !lower.contains("ltd. ")
}

/// Whether `term` stands for the party `name`: a role, a pronoun, or a short form of the name.
fn defines_party(term: &str, name: &str) -> bool {
    let term = term.trim().trim_start_matches("the ");
    let lower = term.to_lowercase();
    if ways("beside_parties").contains(&lower.as_str()) {
        return false;
    }
    if matches!(lower.as_str(), "you" | "i" | "me" | "us" | "we" | "my" | "your" | "our" | "undersigned")
        || name::is_role(term)
    {
        return name::kind(name) != NameKind::Other
            || name.split_whitespace().count() < 6 && (!PUBLIC_BODY.is_match(name) || is_public(name));
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

/// What a letter calls the one to whom it is written: "engages you (the "Consultant")".
pub(super) fn addressed_as(all: &str) -> Option<String> {
    pattern!(YOU, exact, r#"\b[Yy]ou,?\s*\((?:hereinafter\s+)?(?:the\s+)?["“]\s*([A-Z][A-Za-z ]{2,24}?)\s*["”]\)"#);
    let term = YOU.captures(all.part(..floor(all, HEAD)))?.get(1)?.as_str();
    label::named_role(term).map(|_| term.to_owned())
}

/// The lessor or the client that a form in the first person names: "you want us (Acme Bank, N.A., the Lessor)".
pub(super) fn of_pronoun(all: &str) -> Vec<Found> {
    pattern!(PRONOUN, exact, r"\b(?:[Uu]s|[Ww]e|[Yy]ou|I|me)\s+\((?:the\s+)?");
    pattern!(ROLE, exact, r#"^,?\s+(?:as\s+)?(?:the\s+|your\s+)?["“]?([A-Z][a-z]+)["”]?\s*\)"#);
    let head = all.part(..floor(all, HEAD));
    let named = PRONOUN.find_iter(head).filter_map(|m| {
        let rest = head.part(m.end()..);
        let len = name::name_len(rest).filter(|&n| name::kind(rest.part(..n)) != NameKind::Other)?;
        let role = ROLE.captures(rest.part(len..))?;
        label::named_role(role.get(1)?.as_str())?;
        let span = Span::new(m.end(), m.end() + len + role.get(1)?.end());
        Some(Found { span, ..found(m.end(), len, name::kind(rest.part(..len)), "party.defined") })
    });
    named.take(4).collect()
}

/// The addressee of a letter: the first name above the salutation that is not an address.
pub(super) fn addressee(text: &DocumentText) -> Option<Found> {
    let blocks = text.blocks();
    let greets = |line: &Span| line.len() < 90 && SALUTATION.is_match(text.slice(*line));
    let greeting = blocks.iter().take(40).position(|b| b.page <= 2 && lines(text, b).first().is_some_and(greets))?;
    let from = greeting.saturating_sub(10);
    let mut best: Option<Found> = None;
    let mut titled = None;
    let above = blocks[from..greeting].iter().flat_map(|b| lines(text, b));
    let mut under = false;
    for (begin, line) in above.flat_map(|line| cells(text, line)).map(|cell| (cell.start, cell.text)) {
        // "Mr. Desmond Reed", and under it the company that he works for.
        let at_company = std::mem::replace(&mut under, TITLE.prefix_len(line) > 0);
        if ADDRESSEE_NOISE.is_match(line) || line.len() > 160 {
            continue;
        }
        // "Mr. Desmond Reed".
        let title = TITLE.prefix_len(line);
        let (begin, line) = (begin + title, line.part(title..));
        let Some(len) = name::name_len(line) else { continue };
        let whole = len + 3 >= line.len()
            || line.part(len..).starts_with([',', ' ']) && ADDRESS_LINE.is_match(line.part(len..));
        let kind = name::kind(line.part(..len));
        if !whole
            || ADDRESS_LINE.is_match(line.part(..len))
            || CITY.is_match(line.part(len..))
            || kind == NameKind::Other
        {
            continue;
        }
        // The company, where there is one, and not the person at it. The nearest block above the greeting is the
        // addressee's; a letterhead stands higher. Who has a title is one that the letter is written to.
        if kind == NameKind::Company && (titled.is_none() || at_company) || best.is_none() || title > 0 {
            titled = titled.or((title > 0).then_some(begin));
            best = Some(Found { defined: false, ..found(begin, len, kind, "party.addressee") });
        }
    }
    best
}

#[cfg(test)]
mod tests;
