//! What a term is counted from: "from the Effective Date", "commencing on D", "after the First Commercial Sale".

use std::sync::LazyLock;

use regex::Regex;

use super::pattern::pattern;
use super::reader::head;
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
pattern!(
    LEADS,
    r"^[\s,)]*(?:\([^()]{0,40}\)\s*)?(?:(?:which\s+)?(?:shall\s+|will\s+)?(?:from(?:\s+and\s+after|\s+and\s+including)?|after|following|commenc(?:ing|es?)|beginning|begins?|starting|starts?|of|as\s+of|since|measured\s+from|effective|counted\s+from|computed\s+from|running\s+from)\b[\s,]*(?:(?:on|with|upon|from|as|of|at|for|effective|and\s+including|and\s+after|including)\s+)*)"
);
pattern!(
    BACKWARDS,
    r"^[\s,)]*(?:\([^()]{0,20}\)\s*)?(?:thereafter|later\b|afterwards|therefrom|thereof|(?:from|after|following)\s+(?:such|that|said)\s+date)"
);
pattern!(
    EFFECTIVE,
    r#"^(?:(?:the|its|this|date\s+of)\s+)*["“”'’]?(?:effective\s?date|date\s+of\s+(?:the\s+)?(?:effectiveness|effect)|(?:agreement|contract)\s+effective\s+date|coming\s+into\s+(?:force|effect))"#
);
pattern!(
    AGREEMENT,
    r#"^(?:(?:the|this|its|our|your)\s+)*["“”'’]?(?:date\s+(?:hereof|signed\b|of\s+(?:this|the)\s+(?:[\w-]+\s+){0,2}(?:agreement|contract|letter|amendment|document)|(?:and\s+year\s+)?(?:first|last|set|stated|written|above|listed)|of\s+(?:its\s+|the\s+|this\s+)?(?:execution|signing|signature|entering)|(?:this|the)\s+agreement\s+is)|day\s+and\s+year|execution(?:\s+date|\s+of|\s+hereof|\s+by)?|signing|signature|agreement\s+date|initial\s+date\s+of\s+execution|date\s+on\s+which\s+(?:this\s+agreement|it)\s+is\s+(?:signed|executed)|agreement\s+is\s+(?:signed|executed)|date\s+above|first\s+(?:date|day)|foregoing\s+date|above\s+date)"#
);
pattern!(
    LAST,
    r"^(?:the\s+)?(?:date\s+of\s+(?:the\s+)?(?:last|latest|later)|last\s+(?:date|signature)|later?(?:st)?\s+of\s+the\s+dates?|full\s+execution)"
);
pattern!(COMMENCEMENT, r"^(?:the\s+)?(?:commencement|start|starting)\s+date");
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"^(?:the\s+|each\s+)?["“”]?((?:[A-Z][A-Za-z'-]*\s+){1,5}(?:Date|DATE))\b"#)
        .unwrap_or_else(|e| unreachable!("{e}"))
});
pattern!(
    EVENT,
    r"^(?:the\s+|a\s+|an\s+|any\s+|its\s+|date\s+(?:of|on\s+which|that)\s+|each\s+)*((?:[\w'’-]+\s+){0,6}?(?:sale|launch|delivery|acceptance|opening|closing|completion|approval|commencement|shipment|receipt|installation|live|operations?|service|start|ready|distribution|publication|order|release|availab\w+|offering|production|introduction|possession|date)\b)"
);
// The end or passing of something else.
pattern!(
    ENDING,
    r"^[^.,;]{0,110}?\b(?:ceases?|ceased|no\s+longer|disclosure|disclosed|obtained|relationship\s+\w*\s*terminat\w+|separation|such\s+(?:written\s+)?notice)\b"
);
// A verb that names the start of the term somewhere in the sentence.
pattern!(
    COMMENCES,
    r"\b(?:commenc(?:e|es|ed|ing)|begins?|beginning|starts?|starting|effective|takes?\s+effect|(?:come|enter)s?\s+into\s+(?:force|effect)|from)\b[\s,]*(?:(?:as|of|from|on|at|upon|with|effective|to\s+run|and\s+including)\s+)*"
);

// "becomes binding when it has been signed by everyone".
pattern!(
    pub(super) SIGNED_BY_ALL,
    r"\b(?:binding|effect\w*|force|commences?|begins?|starts?)\s+(?:only\s+)?(?:when|once|after|upon)\b[^.;]{0,60}?\b(?:sign(?:ed|s)?|signatures?|executed)\b[^.;,]{0,20}\b(?:all|both|every\w*|each|last)\b|\b(?:when|once)\s+(?:all|both|every\w*|each)\b[^.;]{0,40}\b(?:have|has)\s+signed\b"
);

/// The anchor that the words right after a period name; `None` if they name none.
pub(super) fn after_period(words: &str) -> Option<Start> {
    if BACKWARDS.is_match(words) {
        return Some(Start::Backwards);
    }
    let lead = LEADS.find(words)?;
    at(&words[whole(words, lead.end())..])
}

/// Whether the words right after a period count its first day: "from and including".
pub(super) fn includes(words: &str) -> bool {
    LEADS.find(words).is_some_and(|lead| super::pattern::contains_fold(lead.as_str(), "including"))
}

/// The anchor that a sentence names as the start of the term: "shall commence on the Effective Date".
pub(super) fn in_sentence(words: &str) -> Option<(Start, usize)> {
    let named = COMMENCES.find_iter(words).find_map(|m| match at(&words[whole(words, m.end())..])? {
        Start::At(Anchor::Event(_) | Anchor::Ending(_)) | Start::Backwards => None,
        found => Some((found, m.end())),
    });
    named.or_else(|| SIGNED_BY_ALL.find(words).map(|m| (Start::At(Anchor::LastSignature), m.end())))
}

/// Where the name of the anchor begins: "effective" leads one in, but in "from Effective Date" it is part of the name.
fn whole(words: &str, at: usize) -> usize {
    let left = words[..at].trim_end();
    let named = left.len() >= 9
        && left.is_char_boundary(left.len() - 9)
        && left[left.len() - 9..].eq_ignore_ascii_case("effective")
        && head(words[at..].trim_start(), 4).eq_ignore_ascii_case("date");
    if named { left.len() - 9 } else { at }
}

/// The anchor with which `words` begin.
pub(super) fn at(words: &str) -> Option<Start> {
    let words = words.trim_start();
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
    if COMMENCEMENT.is_match(words) {
        return Some(Start::At(Anchor::Named("Commencement Date".to_owned())));
    }
    if AGREEMENT.is_match(words) {
        return Some(Start::At(Anchor::AgreementDate));
    }
    if let Some(m) = ENDING.find(head(words, 160)) {
        return Some(Start::At(Anchor::Ending(m.as_str().to_owned())));
    }
    let event = EVENT.captures(head(words, 120))?.get(1)?;
    Some(Start::At(Anchor::Event(event.as_str().to_owned())))
}

fn starts_with_month(words: &str) -> bool {
    pattern!(
        MONTH,
        r"^(?:this\s+|the\s+)?(?:[0-9]{1,2}(?:st|nd|rd|th)?\s+(?:day\s+)?(?:of\s+)?)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+[0-9]|^(?:this\s+|the\s+)?[0-9]{1,2}\s?(?:st|nd|rd|th)\b|^(?:this|the)\s+[a-z]+\s+day\s+of"
    );
    MONTH.is_match(words)
}
