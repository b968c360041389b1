//! Words that bind: shall, must, will, agrees to, is required to. Wording: C6.

use std::ops::Range;

use super::super::pattern::{Match, contains_fold, pattern};
use super::super::reader::{head, tail};
use crate::record::Part as _;

/// What a cue makes of its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Force {
    /// Something must be done.
    Duty,
    /// Something must not be done.
    Prohibition,
    /// Something may be done, or need not be: no duty.
    Permission,
    /// Says how things are: no duty.
    Declaration,
}

/// The words that bind in a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cue {
    pub(super) force: Force,
    /// Where they stand in the piece.
    pub(super) range: Range<usize>,
    /// Where the clause begins at the earliest: behind "agrees that".
    pub(super) from: usize,
    /// Whether only a party as subject makes a duty of them ("will").
    pub(super) weak: bool,
}

// Every word that can bind.
pattern!(
    CUES,
    r"\b(?:(?:shall|must|will|'ll)(?:\s+(?:not|never)|,?\s+in\s+no\s+event)?|may(?:\s+(?:not|only))?)\b|{promising}|{owing}|{bound}|\bcovenants?\s+with\s+(?:the\s+)?[\w&' -]{2,40}?(?:\s+as\s+follows|\s+in\s+manner\s+following)?\s*:"
);
pattern!(
    HAS_DAYS,
    r"\b(?:has|have)\s+(?:up\s+to\s+)?(?:an?\s+)?[\w-]*\s*\(?[0-9]+\)?\s+(?:(?:business|calendar|working)\s+)?days?\b"
);
// "It is the Supplier's responsibility to", "the Supplier is to".
pattern!(
    NOUNS,
    r"['’]s?\s+(?:sole\s+)?(?:responsibility|duty|obligation|job|task)\s+(?:is\s+)?to\b|\b(?:is|are)\s+to\b"
);
pattern!(IT_IS, r"\bit\s+(?:is|shall\s+be|will\s+be)\s+(?:solely\s+)?(?:the\s+)?[^,;.]{2,60}$");
// "It is for the Tenant to", "it shall be the duty of the Supplier to": who is bound stands inside the words that bind.
pattern!(
    FALLS,
    r"\bit\s+(?:is|shall\s+be|will\s+be|falls)\s+(?:(?:solely|entirely)\s+)?{falls_to}\s+[^,;.]{2,60}?\s(to)\b"
);
// Words after the cue that make it a declaration.
pattern!(DECLARES, r"^(?:(?:also|only|hereafter|hereinafter|each)\s+)?(?:{declares}|be\s+(?:[a-z]+ly\s+)?{describes})");
// Words after the cue that make it a right.
pattern!(
    RIGHT,
    r"^(?:(?:also|only|each|then|be)\s+)*(?:have\s+(?:the|an?|no|any|full|sole|all)\s+(?:[\w-]+[\s,]+(?:and\s+)?){0,4}{powers}|{has_the_use}|{allowed})"
);
// "Warrants that it is", "agrees that the rights are": how things are. Where a list follows, its items say it.
pattern!(
    STATES,
    r"^[\s:]*$|^\s*(?:to\s+[\w\s]{3,30}\s)?(?:that\s+)?(?:it|they|s?he|(?:the|this|such|all|any|no)\s+(?:[\w-]+\s+){0,5}[\w-]+)\s+(?:is|are|has|have|was|were)\s"
);
// "Be required to": a duty when it is not denied.
pattern!(REQUIRED, r"^(?:(?:also|only|be)\s+)*{required}");

/// The cues of `words`, in order.
pub(super) fn cues(words: &str) -> Vec<Cue> {
    let mut out: Vec<Cue> = Vec::new();
    let falls: Vec<_> = if contains_fold(words, "it ") { FALLS.captures_iter(words).collect() } else { Vec::new() };
    let falls: Vec<_> = falls.iter().filter_map(|c| Some((c.get(0)?.start(), c.get(1)?))).collect();
    let inside = |m: &Match<'_>| falls.iter().any(|(start, to)| *start <= m.start() && m.start() < to.start());
    let cues = [&*CUES, &HAS_DAYS, &NOUNS].into_iter();
    let mut all: Vec<_> = cues.flat_map(|cue| cue.find_iter(words)).filter(|m| !inside(m)).collect();
    all.extend(falls.iter().map(|(_, to)| *to));
    all.sort_by_key(|m| (m.start(), std::cmp::Reverse(m.end())));
    all.dedup_by(|later, first| later.start() < first.end());
    for found in all {
        let text = found.as_str();
        let lower = if text == "'ll" { "will".to_owned() } else { text.to_ascii_lowercase() };
        let (before, after) = (tail(words.part(..found.start()), 24), words.part(found.end()..));
        let it_is = text.starts_with('\'') && IT_IS.is_match(tail(words.part(..found.start()), 80));
        if !it_is && lower != "to" && noise(text, &lower, before, after) {
            continue;
        }
        let negative = [" not", " not to", "never", "event"].iter().any(|w| lower.ends_with(w))
            || lower.starts_with("may not")
            || negative_subject(words.part(..found.start()));
        let has = |list: &[&str]| list.iter().any(|w| lower.contains(w));
        let inverted = before.trim_end().to_ascii_lowercase();
        let inverted =
            ["in no event", "in no way", "in no case", "circumstances"].iter().any(|w| inverted.ends_with(w));
        let modal = ["shall", "will", "must"].iter().any(|w| lower.starts_with(w));
        let states = has(&["that", "warrant"]) && STATES.is_match(after);
        let force = if inverted || lower.starts_with("it is") || modal && DECLARES.is_match(after.trim_start()) {
            Force::Declaration
        } else if modal {
            bound_to(verb(after), negative)
        } else if has(&["entitled", "permitted", "allowed"]) {
            if has(&["not "]) { Force::Prohibition } else { Force::Permission }
        } else if has(&["prohibited"]) {
            Force::Prohibition
        } else if lower == "may" && !negative
            || ["is ", "are "].iter().any(|w| lower.starts_with(w)) && has(&[" not ", " no "])
            || negative && has(&["responsib"])
        {
            Force::Permission
        } else if negative {
            Force::Prohibition
        } else if states {
            Force::Declaration
        } else {
            Force::Duty
        };
        // "Agrees that it shall", "shall agree to": the second says what is to be done.
        if let Some(last) = out.last_mut().filter(|l| l.range.end + 2 >= found.start()) {
            last.range.end = found.end();
            if force == Force::Prohibition {
                last.force = force;
            }
            continue;
        }
        // "Agrees that it shall": the later word says what is to be done.
        let (mut range, mut from) = (found.range(), 0);
        if let Some(that) = out.pop_if(|l| words.part(l.range.clone()).ends_with("that")) {
            let between = words.part(that.range.end..range.start).trim();
            let same = words.part(..that.range.start).trim_end().to_ascii_lowercase().ends_with(between);
            if matches!(between, "it" | "they" | "he" | "she" | "each") || matches!(between, "you" | "we") && same {
                range.start = that.range.start;
            } else {
                from = that.range.end;
            }
        }
        let weak = lower.starts_with("will") || lower == "is to" || lower == "are to";
        out.push(Cue { force, range, from, weak });
    }
    out
}

/// "Neither party shall", "no party will": the subject denies.
fn negative_subject(before: &str) -> bool {
    pattern!(
        DENIES,
        at_words(b""),
        r"\b(?:neither\s+(?:of\s+the\s+)?part(?:y|ies)|no\s+party|neither\s+[\w\s.,]{2,40}\s+nor\s+[\w\s.]{2,40})(?:\s+(?:hereto|hereby))?[\s,]*$"
    );
    DENIES.is_match(tail(before, 100))
}

/// "At will", "a will", "May 4", "warrant to purchase": not the words that bind.
fn noise(text: &str, lower: &str, before: &str, after: &str) -> bool {
    // "The aim is to": only a name is bound so, or a thing that is to be done.
    if lower == "is to" || lower == "are to" {
        let named =
            before.trim_end().rsplit(' ').next().is_some_and(|w| w.starts_with(|c: char| c.is_ascii_uppercase()));
        return !named && !after.trim_start().starts_with("be ");
    }
    let last = before.trim_end().rsplit([' ', '-']).next().unwrap_or_default();
    // "All rights that it has to the name", "the need to know".
    if lower.ends_with(" to") && ["has", "have", "need"].iter().any(|w| lower.starts_with(w)) && !lower.contains("y to")
    {
        let next = after.trim_start().split([' ', ',', '.', ';']).next().unwrap_or_default();
        return ["the", "a", "an", "any", "all", "such", "this", "its", "date", "offer", "which"].contains(&next)
            || ["the", "a", "no", "any", "with", "of", "rights"].contains(&last)
            || lower.starts_with("need") && !["you", "we"].contains(&last) && !last.starts_with(char::is_uppercase);
    }
    // "Shall bear responsibility for": the modal binds, and this is the verb.
    if ["bear", "assume", "accept"].iter().any(|w| lower.starts_with(w)) {
        return ["shall", "will", "must", "not", "and", "to"].contains(&last);
    }
    let before = before.trim_end().to_ascii_lowercase();
    if lower == "will" && (before.ends_with(" at") || before.ends_with("free") || before.ends_with("good")) {
        return true;
    }
    // "On 1 May in every year": the month, as nobody begins a sentence with the verb.
    if text.starts_with("May") && !before.is_empty()
        || text.starts_with("May")
            && after.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '_' || c == ',')
    {
        return true;
    }
    // "The Supplier's obligation to" speaks of a duty; only "it is the Supplier's obligation to" makes one.
    if lower.starts_with('\'') {
        return true;
    }
    // Verbs that are nouns as well bind only after a subject and before what is promised.
    if lower.starts_with("warrant") || lower.starts_with("guarantee") {
        let noun =
            ["the", "a", "any", "such", "this", "no", "of", "each", "and", "or", "to", "under", "express", "implied"];
        let last = before.rsplit(' ').next().unwrap_or_default();
        let promise = after.trim_start();
        return noun.contains(&last) && last != "and"
            || !(promise.starts_with("that")
                || promise.starts_with("to ")
                || promise.starts_with("the ")
                || promise.starts_with("it"));
    }
    false
}

/// What "shall" makes of the verb after it.
fn bound_to(verb: &str, negative: bool) -> Force {
    let start = head(verb, 90);
    if RIGHT.is_match(start) {
        return if REQUIRED.is_match(start) && !negative { Force::Duty } else { Force::Permission };
    }
    if DECLARES.is_match(start) {
        return Force::Declaration;
    }
    if negative {
        // "Shall not be liable", "shall not apply" are caught above; "shall not unreasonably be withheld" binds.
        return Force::Prohibition;
    }
    Force::Duty
}

/// The words from the verb on: what is thrown in between ("shall, at its own cost, promptly") is passed over.
pub(super) fn verb(after: &str) -> &str {
    let mut rest = after.trim_start();
    for _ in 0..3 {
        if let Some((_, more)) = rest.strip_prefix('(').and_then(|r| r.split_once(") ")) {
            rest = more.trim_start();
        }
        if let Some(inserted) = rest.strip_prefix(',') {
            match inserted.find(',') {
                Some(end) if end < 260 => {
                    rest = inserted.part(end + 1..).trim_start();
                    // The comma of a date: ", no later than March 31, 2002, establish".
                    let year =
                        rest.split_once(',').filter(|(y, _)| y.len() == 4 && y.bytes().all(|b| b.is_ascii_digit()));
                    rest = year.map_or(rest, |(_, more)| more.trim_start());
                }
                _ => rest = inserted.trim_start(),
            }
        }
        while let Some((word, more)) = rest.split_once(' ') {
            let adverb = word.len() > 4
                && word.ends_with("ly")
                && !matches!(word, "supply" | "apply" | "comply" | "reply" | "rely");
            if !adverb && !matches!(word, "also" | "then" | "thereafter" | "at" | "hereby")
                || word == "at" && !more.starts_with("all times")
            {
                break;
            }
            rest = more.trim_start_matches("all times").trim_start();
        }
    }
    rest
}
