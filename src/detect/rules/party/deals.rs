//! Parties of an opening that says at once what one does for the other: "Acme Ltd, of 4 Harbour Row, lets to Quay Bakery Limited the
//! shop", "The Alder Fund (the Fund) makes a grant to Milton School (the School)", "Mill Farm Ltd sells and Thorn Dairies Ltd buys".

use std::sync::LazyLock;

use super::super::pattern::{Pattern, floor, pattern};
use super::Found;
use super::label::{is_public, joined, lines};
use super::name::{self, NameKind};
use crate::record::{Part as _, Span};
use crate::text::{Block, DocumentText};

/// How far from the start such a sentence stands, in bytes.
const HEAD: usize = 2_500;

/// Longest description of a party, in bytes.
const LONGEST: usize = 300;

// What one party does for the other.
static DOES: LazyLock<Pattern> = LazyLock::new(|| {
    let lets =
        r"lets?|leases?|rents?|hires?|sells?|buys?|purchases?|lends?|borrows?|takes?|gives?|grants?|makes?|awards?";
    let serves =
        r"supplies|supply|provides?|pays?|transfers?|assigns?|licen[sc]es?|loans?|donates?|offers?|allows?|permits?";
    let calls = r"appoints?|engages?|employs?|instructs?|retains?|commissions?|contracts?";
    Pattern::exact(&format!(
        r"^,?\s+(?:(?:hereby|agrees?\s+to|undertakes?\s+to|has\s+agreed\s+to|have\s+agreed\s+to)\s+)?(?:{lets}|{serves}|{calls})\b"
    ))
});
// What says that a name is at its end: a description, a short name, another sentence.
pattern!(
    ENDS,
    exact,
    r#"^\s*(?:[,(.“"]|$)|^\s+(?:of\s+[A-Z0-9]|trading\s+as\b|as\s+(?:its|his|her|their|an?|the)\b|(?:to|for|on|in|from|under|with|an?|the)\s)"#
);
pattern!(TITLE, exact, r"^(?:(?:We|I),?\s+)?(?:the\s+|(?:my|our)\s+[a-z]+\s+)?(?:(?i:{honorifics})\.?\s+)?");
// "This licence is given by Acme Ltd to Jon Bell".
pattern!(
    PASSIVE,
    exact,
    r"^(?:This|The)\s[^.;\n]{3,60}?\s(?:given|granted|made|let|lent|sold|supplied|hired|leased)\s+by\s+"
);
// Before the other party: "to", "takes on hire from".
pattern!(TOWARDS, exact, r"^\s(?:to|from|with|(?:and|which)\s+(?:hires?\s+(?:it\s+)?to))\s+(?:the\s+)?");

/// The parties of the first sentence that says so.
pub(super) fn parties(text: &DocumentText) -> Vec<Found> {
    let all = text.as_str();
    // Recitals speak of other contracts too.
    pattern!(RECITALS, r"^\W*(?:background|recitals?|whereas|preamble|introduction)\b");
    let recital = |b: &&Block| RECITALS.is_match(text.slice(b.span));
    let head = text.blocks().iter().take_while(|b| b.span.start() < HEAD && !recital(b));
    let mut starts = head.flat_map(|b| {
        let first = lines(text, b).into_iter().map(Span::start);
        first.chain([b.span.start()]).map(move |start| (start, b.span.end())).collect::<Vec<_>>()
    });
    starts.find_map(|(start, end)| pair(all, start, end)).unwrap_or_default()
}

/// Those who are named in the sentence that begins at `start`.
fn pair(all: &str, start: usize, end: usize) -> Option<Vec<Found>> {
    let sentence = all.part(start..floor(all, end.min(start + 3 * LONGEST)));
    let passive = PASSIVE.prefix_len(sentence);
    let title = passive + TITLE.prefix_len(sentence.part(passive..));
    let len = name::name_len(sentence.part(title..))?;
    let mut givers = vec![(title, len)];
    givers.extend(joined(sentence.part(title..), len, NameKind::Person).iter().map(|&(at, len)| (title + at, len)));
    let &(at, len) = givers.last()?;
    let does = if passive > 0 { (at + len, at + len) } else { verb(sentence, at + len)? };
    let other = counterpart(sentence, does.1)?;
    let strong = |&(at, len): &(usize, usize)| is_party(sentence.part(at..at + len), sentence.part(at + len..));
    if !givers.iter().all(strong) {
        return None;
    }
    let mut out: Vec<Found> = givers.iter().map(|&(at, len)| found(sentence, start, at, len, does.0)).collect();
    let (at, len) = other;
    out.push(found(sentence, start, at, len, described(sentence, at + len)));
    // A place stands behind a comma.
    let more = joined(sentence.part(at..), len, NameKind::Person);
    let and = more.first().is_some_and(|&(next, _)| sentence.part(at + len..at + next).contains("and "));
    out.extend(more.into_iter().filter(|_| and).map(|(skip, len)| {
        let at = at + skip;
        found(sentence, start, at, len, described(sentence, at + len))
    }));
    Some(out)
}

/// Where the verb of the sentence begins behind the name that ends at `from`, with nothing but a description between, and where
/// it ends.
fn verb(sentence: &str, from: usize) -> Option<(usize, usize)> {
    const OF_OTHERS: &str = " shall | will | may | must | should | that |; |\t";
    let text = sentence.part(from..floor(sentence, from + LONGEST));
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ' ' | ',' | '\n' if depth == 0 => {
                let verb = DOES.prefix_len(text.part(at..));
                let between = text.part(..at);
                let plain = between.is_empty()
                    || between.starts_with([',', '(', '.'])
                    || between.trim_start().starts_with("of ")
                    || between.trim_start().starts_with(['(', '"', '“'])
                    || between.trim_start().starts_with("trading as ");
                if verb > 0 && plain {
                    let stops = OF_OTHERS.split('|').any(|word| between.contains(word));
                    return (!stops).then_some((from + at, from + at + verb));
                }
            }
            '.' if depth == 0 && text.part(at + 1..).starts_with([' ', '\n']) && between_sentences(text, at) => {
                return None;
            }
            _ => {}
        }
    }
    None
}

/// Whether the full stop at `at` ends a sentence, and no short word: "Co. Wexford".
fn between_sentences(text: &str, at: usize) -> bool {
    let word = text.part(..at).rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    word.len() > 3
}

/// The one for whom something is done: right behind the verb ("appoints Acme Ltd"), behind "to", or with a verb of its own ("and
/// Thorn Ltd buys").
fn counterpart(sentence: &str, from: usize) -> Option<(usize, usize)> {
    const NEAR: usize = 140;
    pattern!(BUYS, exact, r"^\s+and\s+");
    let text = sentence.part(..floor(sentence, from + NEAR));
    let name_at = |at: usize| {
        let at = at + TITLE.prefix_len(sentence.part(at..));
        let len = name::name_len(sentence.part(at..))?;
        // "Tom Pascoe of Higher Farm, St Ives".
        let name = sentence.part(at..at + len);
        let own = name.find(" of ").filter(|&own| name::kind(name.part(..own)) == NameKind::Person);
        let own = own.filter(|_| sentence.part(at + len..).starts_with(','));
        Some((at, own.unwrap_or(len)))
    };
    let known = |&(at, len): &(usize, usize)| {
        let (name, rest) = (sentence.part(at..at + len), sentence.part(at + len..));
        is_party(name, rest)
    };
    let direct = name_at(from + sentence.part(from..).len() - sentence.part(from..).trim_start().len())
        .filter(known)
        .filter(|&(at, len)| !sentence.part(at..at + len).contains(" to "))
        // "grants Exclusive Rights to": a person is described or ends the sentence.
        .filter(|&(at, len)| {
            let rest = sentence.part(at + len..);
            name::kind(sentence.part(at..at + len)) == NameKind::Company
                || rest.trim_start().starts_with([',', '('])
                || rest.starts_with(" of ")
                || [" as ", " a ", " an ", " the "].iter().any(|word| rest.starts_with(word))
        });
    if direct.is_some() {
        return direct;
    }
    let both = Some(from + BUYS.prefix_len(text.part(from..))).filter(|&at| at > from).and_then(name_at);
    if let Some((at, len)) = both {
        let verb = DOES.prefix_len(sentence.part(at + len..)) > 0;
        return Some((at, len)).filter(known).filter(|_| verb);
    }
    let spaces = text.part(from..).match_indices([' ', '\n']).map(|(at, _)| from + at);
    for at in spaces {
        // Another sentence.
        if text.part(from..at).ends_with('.') && between_sentences(text, at - 1) {
            return None;
        }
        let towards = TOWARDS.prefix_len(&text.part(at..).replace('\n', " "));
        if towards > 0
            && let Some(found) = name_at(at + towards).filter(known)
        {
            return Some(found);
        }
    }
    None
}

/// Whether a name is that of a party, by its form, or by what stands behind it.
fn is_party(name: &str, rest: &str) -> bool {
    let ends = ENDS.is_match(rest) || DOES.prefix_len(rest) > 0;
    match name::kind(name) {
        NameKind::Company => true,
        NameKind::Person => ends,
        NameKind::Other => name.contains(' ') && (is_public(name) || ends),
    }
}

/// Where the description ends of the party whose name ends at `from`.
fn described(sentence: &str, from: usize) -> usize {
    const ENDS: [&str; 9] = [" on th", " to ", " for ", " from ", " with ", ", the ", " as its ", ";", "\n\n"];
    let text = sentence.part(from..floor(sentence, from + LONGEST));
    let stop = text.match_indices(". ").map(|(at, _)| at).find(|&at| between_sentences(text, at));
    let text = text.part(..stop.unwrap_or(text.len()));
    let outside = |at: &usize| text.part(..*at).matches('(').count() <= text.part(..*at).matches(')').count();
    let ends = ENDS.iter().filter_map(|end| text.match_indices(end).map(|(at, _)| at).find(outside)).min();
    from + text.part(..ends.unwrap_or(text.len())).trim_end().len()
}

fn found(sentence: &str, start: usize, at: usize, len: usize, end: usize) -> Found {
    let kind = name::kind(sentence.part(at..at + len));
    let span = Span::new(start + at, start + end.max(at + len));
    Found { span, name_len: len, kind, defined: true, sure: true, rule: "party.subject" }
}
