//! Letters that offer or confirm employment: "We are pleased to offer you employment with Acme Ltd" names the employer, and
//! the salutation the employee.

use super::super::pattern::{Pattern, floor, pattern};
use super::Found;
use super::name::{self, NameKind};
use crate::record::{Part as _, Span};
use crate::text::DocumentText;

/// How far from the start of a letter the offer stands, in bytes.
const HEAD: usize = 4_000;

pattern!(
    OFFERS,
    [
        "offer/offers/offering (to) you, offer (to) employ you, employ/engage/appoint you, your employment/appointment/engagement",
        "you will/shall/are be employed/engaged/appointed, offer of (the/a) employment/appointment/position/role/job/post",
    ]
);
pattern!(BY, exact, r"(?i)^\s(?:with|at|by|from|join|joining)\s+(?:the\s+)?");
// The same where an office may stand before it: "as Clerk of Acme Ltd".
pattern!(OF, exact, r"(?i)^\s(?:of|in|to|for)\s+(?:the\s+)?");
pattern!(DEAR, exact, r"(?i)^dear\s+(?:{honorifics}\.?\s*(?:/\s*(?:mrs|ms)\.?\s*)?)?");
pattern!(TITLE, exact, r"(?i)^(?:(?:to|name)\s*:\s*)?(?:{honorifics}\.?\s+)?");
pattern!(ACCEPTS, exact, r"\bI,\s+");

/// Employer and employee of a letter of appointment, or of a statement of the terms of a job.
pub(super) fn offered(text: &DocumentText) -> Vec<Found> {
    let stated = stated(text.as_str());
    if stated.is_empty() { lettered(text) } else { stated }
}

/// "The terms on which Acme Ltd, 2 Mill Road, employs Anna Reed".
fn stated(all: &str) -> Vec<Found> {
    pattern!(EMPLOYS, r"\bemploys\b\s*:?\s*(?:(?:mr|mrs|ms|miss|dr)\b\.?\s*)?");
    const BEFORE: usize = 300;
    let head = all.part(..floor(all, HEAD));
    let pair = EMPLOYS.find_iter(head).find_map(|m| {
        let worker = head.part(m.end()..);
        let len = name::name_len(worker).filter(|&n| name::kind(worker.part(..n)) == NameKind::Person)?;
        let from = floor(head, m.start().saturating_sub(BEFORE));
        let near = head.part(from..m.start());
        let mut employer = None;
        let mut read = 0;
        for begin in near.match_indices([' ', '\n']).map(|(at, space)| at + space.len()) {
            let Some(n) = name::name_len(near.part(begin..)).filter(|_| begin >= read) else { continue };
            read = begin + n;
            if name::kind(near.part(begin..read)) == NameKind::Company {
                employer = Some((from + begin, n));
            }
        }
        let (at, n) = employer?;
        Some(vec![found(at, n, NameKind::Company), found(m.end(), len, NameKind::Person)])
    });
    pair.unwrap_or_default()
}

/// The company for which a letter that offers a job is signed: "For Acme Ltd," in a line of its own.
fn signing(text: &DocumentText, lines: &[Span]) -> Option<Found> {
    pattern!(FOR, exact, r"^(?i:for|for\s+and\s+on\s+behalf\s+of)\s+(?i:the\s+)?");
    lines.iter().find_map(|&line| {
        let words = text.slice(line);
        let skip = FOR.prefix_len(words);
        let name = words.part(skip..).trim_end_matches([',', ' ', ':']);
        let len = name::name_len(name).filter(|&n| skip > 0 && name::kind(name.part(..n)) == NameKind::Company)?;
        (len + 1 >= name.len()).then(|| found(line.start() + skip, len, NameKind::Company))
    })
}

fn lettered(text: &DocumentText) -> Vec<Found> {
    let lines: Vec<Span> =
        text.blocks().iter().take(60).filter(|b| b.page <= 2).flat_map(|b| lines(text, b.span)).collect();
    let dear = |&line: &Span| line.len() < 90 && DEAR.is_match(text.slice(line));
    let Some(greeting) = lines.iter().position(dear) else { return Vec::new() };
    let offers = OFFERS.is_match(text.as_str().part(..floor(text.as_str(), lines[greeting].end() + HEAD)));
    let signing = || offers.then(|| signing(text, &lines[greeting..])).flatten();
    // The letterhead is that of the employer, whatever place of work the letter names.
    let headed = || offers.then(|| lines.first().and_then(|&line| headed(text, line))).flatten();
    let employer = headed().or_else(|| employer(text.as_str(), lines[greeting].end())).or_else(signing);
    let Some(employer) = employer else { return Vec::new() };
    let line = text.slice(lines[greeting]);
    let called = line.part(DEAR.prefix_len(line)..).trim_end_matches([',', ':', ' ', '-', '–']);
    let above = lines[greeting.saturating_sub(14)..greeting].iter().copied();
    let own = Span::new(lines[greeting].start() + DEAR.prefix_len(line), lines[greeting].end());
    let accepts = ACCEPTS.find_iter(text.as_str()).map(|m| Span::new(m.end(), floor(text.as_str(), m.end() + 80)));
    let places = std::iter::once(own).chain(above).chain(accepts);
    let surname = called.rsplit(' ').next().unwrap_or(called);
    // "Dear Hui Shan" under "Ms Lim Hui Shan": the fuller name, which has all the words of the other.
    let has = |name: &str, word: &str| name.split(' ').any(|w| w.eq_ignore_ascii_case(word));
    let known = |f: &Found| surname.len() > 1 && called.split(' ').all(|word| has(text.slice(f.span), word));
    let words = |f: &Found| text.slice(f.span).split(' ').count();
    let persons: Vec<Found> = places.filter_map(|span| person(text, span)).collect();
    let fullest = persons.iter().filter(|f| known(f)).rev().max_by_key(|f| words(f));
    let surnamed = || persons.iter().find(|f| surname.len() > 1 && has(text.slice(f.span), surname));
    let worker = fullest.or_else(surnamed).cloned();
    std::iter::once(employer).chain(worker).collect()
}

/// The company whose name is the first line.
fn headed(text: &DocumentText, line: Span) -> Option<Found> {
    let words = text.slice(line).trim();
    let len = name::name_len(words).filter(|&n| n == words.len() && name::kind(words) == NameKind::Company)?;
    Some(found(line.start(), len, NameKind::Company))
}

/// The lines of a block, which the layout may have joined to one paragraph.
fn lines(text: &DocumentText, block: Span) -> Vec<Span> {
    let lines = text.lines(block);
    if lines.len() > 1 { lines } else { vec![block] }
}

/// The company behind "offer you employment with".
fn employer(all: &str, from: usize) -> Option<Found> {
    let head = all.part(..floor(all, from + HEAD));
    let offer = OFFERS.find_at(head, from)?;
    let clause = head.part(offer.end()..floor(head, offer.end() + 260));
    let behind = |word: &Pattern, at: usize| {
        let begin = offer.end() + at + word.find(clause.part(at..))?.end();
        let rest = head.part(begin..);
        let len = name::name_len(rest).filter(|&n| name::kind(rest.part(..n)) == NameKind::Company)?;
        Some(found(begin, len, NameKind::Company))
    };
    let spaces = || clause.match_indices(' ').map(|(at, _)| at);
    spaces().find_map(|at| behind(&BY, at)).or_else(|| spaces().find_map(|at| behind(&OF, at)))
}

/// The person whose name begins the line at `span`.
fn person(text: &DocumentText, span: Span) -> Option<Found> {
    let line = text.slice(span);
    let skip = TITLE.prefix_len(line);
    let len =
        name::name_len(line.part(skip..)).filter(|&n| name::kind(line.part(skip..skip + n)) == NameKind::Person)?;
    Some(found(span.start() + skip, len, NameKind::Person))
}

fn found(at: usize, name_len: usize, kind: NameKind) -> Found {
    Found { span: Span::new(at, at + name_len), name_len, kind, defined: false, sure: true, rule: "party.offer" }
}
