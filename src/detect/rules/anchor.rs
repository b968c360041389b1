//! What a term is counted from: "from the Effective Date", "commencing on D", "after the First Commercial Sale".

use std::sync::LazyLock;

use regex::Regex;

use super::pattern::{contains_fold, pattern, starts_fold};
use super::reader::head;
use crate::record::Part as _;
use crate::record::value::Anchor;

/// An anchor, or a date of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Start {
    /// Something with a name.
    At(Anchor),
    /// The words begin with a date.
    Date,
    /// "thereafter", "from such date": what the sentence named before.
    Backwards,
}

// A word that begins an anchor.
pattern!(LEADS, r"^[\s,)]*(?:\([^()]{0,40}\)\s*)?(?:{counting}\s+)*(?:after|following|of|since|{commences})\b");
// What may stand between that and the anchor.
pattern!(JOINS, r"^[\s,]*(?:(?:on|with|upon|from|as|of|at|for|effective|and|after|including)\s+)*");
pattern!(
    BACKWARDS,
    r"^[\s,)]*(?:\([^()]{0,20}\)\s*)?(?:thereafter|later\b|afterwards|therefrom|thereof|from\s+then\b|(?:from|after|following)\s+(?:such|that|said)\s+date)"
);
pattern!(
    EFFECTIVE,
    [
        "^ (the/its/this) (date) (of) effective-date/effectiveness, ^ (the/its/this) agreement/contract effective date",
        "^ (the/its/this) date of (the) effectiveness/effect, ^ (the/its) coming into force/effect, ^ (the/its) entry into force/effect, ^ (the) date of (its/the) entry into force/effect",
        "^ (the) day/date (on) (which/when/that) it/this/the (agreement/contract/lease) takes/comes/enters (into) effect/force, ^ (the) day/date (on) (which/when/that) it/this (agreement/contract/lease) becomes/is effective/binding/operative",
    ]
);
pattern!(
    AGREEMENT,
    [
        "^ today, ^ its date, ^ (the/this) (its) date hereof/first/last/set/stated/written/above/listed, ^ (the/this) (its) date signed, ^ (the) date and year first",
        "^ (the/this) (its) date of (this/the) ~2 agreement/contract/letter/amendment/document, ^ (the) date (this/the) agreement is",
        "^ (the/this) (its) date of (its/the/this) execution/signing/signature/entering, ^ (the) day and year, ^ (the) agreement is signed/executed",
        "^ (the/this/its/our/your) execution/signing/signature/agreement-date, ^ (the) (initial) date of execution/conclusion",
        "^ (the) first date/day (first) written/above/set/stated/mentioned",
        "^ (the) date on which this agreement is signed/executed, ^ (the) date on which it is signed/executed, ^ (the) foregoing/above date",
    ]
);
pattern!(
    LAST,
    r"^(?:the\s+)?(?:date\s+of\s+(?:the\s+)?(?:last|latest|later)|last\s+(?:date|signature)|later?(?:st)?\s+of\s+the\s+dates?|full\s+execution)"
);
// "The date stated in Schedule 1": a label there says it.
pattern!(STATED, ["^ (the) date/day stated/set/specified/given/shown/named/entered (out) in/on/under"]);
pattern!(
    COMMENCEMENT,
    r"^(?:the\s+)?(?:(?:commencement|start|starting)\s+date|(?:date\s+of\s+)?commencement(?:\s+of\s+(?:this|the)\s+(?:agreement|contract|lease|term|tenancy))?\s*(?:[,.;)]|$))"
);
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"^(?:the\s+|each\s+)?["“”]?((?:[A-Z][A-Za-z'-]*\s+){1,5}(?:Date|DATE|Day|DAY))\b"#)
        .unwrap_or_else(|e| unreachable!("{e}"))
});
pattern!(EVENT_LEAD, r"^(?:(?:the|an?|any|its|each|date\s+(?:of|on\s+which|that))\s+)*");
pattern!(
    EVENT,
    [
        "^ ~6 sale/launch/delivery/delivered/installed/accepted/complete/acceptance/opening/closing/completion/approval/commencement/shipment/receipt/installation",
        "^ ~6 live/operation/operations/service/start/ready/distribution/publication/order/release/availab*/offering",
        "^ ~6 production/introduction/possession/handover/occupation/entry/takeover/activation/registration/date",
    ]
);
// The end or passing of something else.
pattern!(
    ENDING,
    r"^[^.,;]{0,110}?\b(?:ceases?|ceased|no\s+longer|disclosure|disclosed|obtained|relationship\s+\w*\s*terminat\w+|separation|such\s+(?:written\s+)?notice)\b"
);
// A verb that names the start of the term somewhere in the sentence.
pattern!(
    COMMENCES,
    r"{commences}[\s,]*(?:(?:as|of|from|on|at|upon|with|effective|to|run|running|counting|and|including)\s+)*"
);

// "becomes binding when it has been signed by everyone".
pattern!(
    pub(super) SIGNED_BY_ALL,
    [
        "binding/effect*/force/commence/commences/begin/begins/start/starts (only) when/once/after/upon ..62 signed/executed ..22 all/both/every*/each/last",
        "binding/effect*/force/commences/begins/starts (only) when/once/after/upon ..62 sign/signs/signature/signatures ..22 all/both/every*/each/last",
        "when/once all/both/every*/each ..42 have/has signed",
        "last/second/later/other of (the) us/them/two/parties (parties) (has/have) signs/signed/executes/executed, party signing last, later signature",
    ]
);

/// The anchor that the words right after a period name; `None` if they name none.
pub(super) fn after_period(words: &str) -> Option<Start> {
    if BACKWARDS.is_match(words) {
        return Some(Start::Backwards);
    }
    let from = whole(words, lead(words)?);
    at(words.part(from..)).or_else(|| unknown(words, from).map(Start::At))
}

/// What a length counts from where no kind of anchor fits: "from Go-Live", "after the vesting of the land". It is no reason to
/// count from the date of the agreement.
fn unknown(words: &str, from: usize) -> Option<Anchor> {
    pattern!(COUNTS, r"^[\s,)]*(?:from|after|following|commencing|beginning|starting)\b");
    pattern!(NAME, r"^(?:the\s+)?([A-Za-z][\w'’-]*(?:\s+[A-Za-z][\w'’-]*){0,5})");
    let name = COUNTS.find(words).and_then(|_| NAME.captures(words.part(from..))?.get(1))?;
    Some(Anchor::Event(name.as_str().to_owned()))
}

/// Whether the words right behind a length give the day that it counts from: " from 1 June 2026".
pub(super) fn dated(words: &str) -> bool {
    after_period(words) == Some(Start::Date)
}

/// The anchor right behind a verb that names the start: "commences upon delivery of the goods".
pub(super) fn behind_verb(words: &str) -> Option<Start> {
    at(words.part(JOINS.prefix_len(words)..))
}

/// Whether the words right after a period count its first day: "from and including".
pub(super) fn includes(words: &str) -> bool {
    lead(words).is_some_and(|end| contains_fold(words.part(..end), "including"))
}

/// What the words right after a period count it from, without an article and quotes.
pub(super) fn counted_from(words: &str) -> Option<&str> {
    let from = words.part(lead(words)?..).trim_start_matches("the ");
    Some(from.trim_start_matches(['"', '“', '\'', '‘']))
}

/// The end of the words that lead an anchor in, if `words` begin with some.
fn lead(words: &str) -> Option<usize> {
    let lead = LEADS.find(words)?.end();
    Some(lead + JOINS.prefix_len(words.part(lead..)))
}

/// The anchor that a sentence names as the start of the term: "shall commence on the Effective Date".
pub(super) fn in_sentence(words: &str) -> Option<(Start, usize)> {
    let named = COMMENCES.find_iter(words).find_map(|m| match at(words.part(whole(words, m.end())..))? {
        Start::At(Anchor::Event(_) | Anchor::Ending(_)) | Start::Backwards => None,
        found => Some((found, m.end())),
    });
    named.or_else(|| SIGNED_BY_ALL.find(words).map(|m| (Start::At(Anchor::LastSignature), m.end())))
}

/// Where the name of the anchor begins: "effective" leads one in, but in "from Effective Date" it is part of the name.
fn whole(words: &str, at: usize) -> usize {
    let left = words.part(..at).trim_end();
    let named = left.len() >= 9
        && left.is_char_boundary(left.len() - 9)
        && left.part(left.len() - 9..).eq_ignore_ascii_case("effective")
        && head(words.part(at..).trim_start(), 4).eq_ignore_ascii_case("date");
    if named { left.len() - 9 } else { at }
}

/// Whether `words` begin with the day of something that happens, and not with one that the signatures or the text give: "the day
/// on which the Customer opens for business".
pub(super) fn happens(words: &str) -> bool {
    pattern!(
        A_DAY,
        r"^(?:the\s+)?(?:later\s+of\s+)?(?:first\s+)?(?:day|date)\s+(?:on\s+which|upon\s+which|when|of|that\s+is)\s+"
    );
    pattern!(OWN, r"\b(?:sign\w*|execut\w*|hereof|effective|agreement|contract|order|acceptance|accept\w*)\b");
    let known = matches!(
        at(words),
        Some(
            Start::Date
                | Start::Backwards
                | Start::At(Anchor::EffectiveDate | Anchor::AgreementDate | Anchor::LastSignature)
        )
    );
    A_DAY.is_match(words) && !known && !OWN.is_match(head(words, 120))
}

/// The anchor with which `words` begin.
pub(super) fn at(words: &str) -> Option<Start> {
    pattern!(WEEKDAY, r"^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\s*,?\s+)?(?:the\s+)?");
    // "From [1 March 2026]": a place that was filled in. "w.e.f. 1 March": the point of what leads it in.
    let words = words.trim_start_matches([' ', '[', '{', '.']);
    // "From Monday, the 1st of March".
    let day = words.part(WEEKDAY.prefix_len(words)..);
    let words = if day.starts_with(|c: char| c.is_ascii_digit()) { day } else { words };
    if ["that date", "such date", "said date", "that day", "which date", "which day"]
        .iter()
        .any(|w| starts_fold(words, w))
    {
        return Some(Start::Backwards);
    }
    if words.starts_with(|c: char| c.is_ascii_digit()) || starts_with_month(words) {
        return Some(Start::Date);
    }
    if LAST.is_match(words) {
        return Some(Start::At(Anchor::LastSignature));
    }
    if EFFECTIVE.is_match(words) {
        return Some(Start::At(Anchor::EffectiveDate));
    }
    if let Some(name) = NAMED.captures(words).and_then(|c| c.get(1)) {
        let anchor = match name.as_str().to_ascii_lowercase().as_str() {
            "effective date" => Anchor::EffectiveDate,
            _ => Anchor::Named(name.as_str().to_owned()),
        };
        return Some(Start::At(anchor));
    }
    if COMMENCEMENT.is_match(words) || STATED.is_match(words) {
        return Some(Start::At(Anchor::Named("Commencement Date".to_owned())));
    }
    if AGREEMENT.is_match(words) {
        return Some(Start::At(Anchor::AgreementDate));
    }
    if let Some(m) = ENDING.find(head(words, 160)) {
        return Some(Start::At(Anchor::Ending(m.as_str().to_owned())));
    }
    let words = head(words, 120);
    let event = EVENT.find(words.part(EVENT_LEAD.prefix_len(words)..))?;
    Some(Start::At(Anchor::Event(event.as_str().to_owned())))
}

fn starts_with_month(words: &str) -> bool {
    pattern!(
        MONTH,
        r"^(?:(?:this|the)\s+)?(?:[0-9]{1,2}(?:st|nd|rd|th)?\s+(?:day\s+)?(?:of\s+)?)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+[0-9]"
    );
    pattern!(
        DAY,
        r"^(?:(?:this|the)\s+)?[0-9]{1,2}\s?(?:st|nd|rd|th)\b|^(?:this|the)\s+[a-z-]+\s+day\s+of\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    );
    MONTH.is_match(words) || DAY.is_match(words)
}
