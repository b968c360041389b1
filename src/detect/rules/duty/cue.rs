//! Words that bind: shall, must, will, agrees to, is required to. Wording: C6.

use std::ops::Range;

use super::super::pattern::{Match, contains_fold, pattern};
use super::super::reader::{head, tail};

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
    /// Whether only a party as subject makes a duty of them ("will").
    pub(super) weak: bool,
}

// Every word that can bind.
pattern!(
    CUES,
    r"\b(?:(?:shall|must|will)(?:\s+(?:not|never)\b|,?\s+in\s+no\s+event\b)?|may\s+(?:not|only)\b|may\b|(?:hereby\s+)?(?:agrees?|undertakes?|covenants?|commits?|promises|warrants)(?:\s+and\s+(?:agrees?|undertakes?|covenants?|warrants?))?(?:\s+(?:not\s+)?to\b|\s+that\b)|(?:has|have)\s+(?:the\s+|a\s+|an\s+)?(?:sole\s+)?(?:responsibility|duty|obligation)\s+(?:to|of|for)\b|(?:is|are)\s+(?:not\s+)?(?:hereby\s+|solely\s+|also\s+)?(?:required|obligated|obliged|responsible|entitled|permitted|prohibited|allowed)\s+(?:to|for|from)\b|(?:is|are)\s+(?:due|payable)\b|(?:warrants?|guarantees?)\b|(?:has|have)\s+(?:up\s+to\s+)?(?:a\s+|an\s+)?[\w-]*\s*\(?[0-9]+\)?\s+(?:business\s+|calendar\s+|working\s+)?days?\b)"
);
// "It is the Supplier's responsibility to", "the Supplier is to".
pattern!(NOUNS, r"'s?\s+(?:sole\s+)?(?:responsibility|duty|obligation)\s+(?:is\s+)?to\b|\b(?:is|are)\s+to\b");
pattern!(IT_IS, r"\bit\s+(?:is|shall\s+be|will\s+be)\s+(?:solely\s+)?(?:the\s+)?[^,;.]{2,60}$");
// "It is for the Tenant to", "it shall be the duty of the Supplier to": who is bound stands inside the words that bind.
pattern!(
    FALLS,
    r"\bit\s+(?:is|shall\s+be|will\s+be|falls)\s+(?:solely\s+|entirely\s+)?(?:for|to|up\s+to|on|incumbent\s+(?:up)?on|the\s+(?:sole\s+)?(?:responsibility|duty|obligation|task|job)\s+of)\s+[^,;.]{2,60}?\s(to)\b"
);
// Words after the cue that make it a declaration.
pattern!(
    DECLARES,
    r"^(?:also\s+|only\s+|hereafter\s+|hereinafter\s+|each\s+)?(?:mean\b|refer\s+to\b|include\b|constitute\b|survive\b|have\s+(?:the\s+)?(?:following\s+)?(?:same\s+)?meanings?\b|have\s+no\s+|have\s+any\s+|inure\b|supersede\b|prevail\b|control\b|govern\b|apply\b|take\s+(?:effect|precedence)|become\s+(?:effective|due|null|void|part|the\s+property)|vest\b|accrue\b|arise\b|affect\b|limit\b|impair\b|prejudice\b|preclude\b|prevent\b|operate\b|amount\s+to|equal\b|exceed\b|expire\b|terminate\b|lapse\b|cease\s+to\s+(?:be|have)|commence\s+(?:on|as\s+of|upon|at)\s+the\s+(?:effective|commencement|date|start)|begin\b|end\b|renew\b|automatically\b|remain\s+(?:the|in\s+(?:full\s+)?(?:force|effect)|valid|liable|at\s+all\s+times\s+the|vested|exclusively|binding|unaffected)|continue\s+(?:in\s+(?:full\s+)?(?:force|effect)|to\s+be\s+the)|own\b|retain\s+(?:all\s+(?:right|its|of\s+its|ownership)|its\s+(?:right|own)|ownership|title|the\s+right|sole|exclusive)|depend\b|run\b|fail\b|default\b|breach\b|mature\b|result\s+in|entitle\b|give\s+rise|grant\s+to|consist\b|replace\b|stand\b|no\s+longer\b|bear\s+interest|be\s+(?:deemed|governed|construed|interpreted|binding|effective|enforceable|valid|void|null|invalid|unenforceable|considered|treated\s+as|regarded|the\s+(?:sole|exclusive|property|only|same|lesser|greater|date|first|last|parties)|a\s|an\s|entitled|liable|subject\s+to|in\s+(?:addition|effect|force|full|default|breach|lieu|writing|accordance|the\s+form)|of\s|for\s+(?:a|the)\s+term|without|cumulative|severable|limited|equal|exclusive|sole|one\b|part\b|as\s+(?:follows|set|specified|described|stated|provided|defined|agreed)|at\s+(?:the\s+)?(?:sole|such|no)|on\s+an?\s|under\s+no|applicable|available|permitted|able|free|relieved|excused|defined|referred\s+to|known|calculated|computed|determined|measured|based|considered|extended|renewed|automatically|terminable|terminated|amended|modified|waived|superseded|unaffected|affected|impaired|restricted|prorated|pro-rated|adjusted|expressed|escalated\s+by|allocated|reduced|increased|inclusive|exclusive|worth|two\b|three\b|jointly\s+and|joint\b|owned|vested|borne\s+by\s+the\s+party))"
);
// Words after the cue that make it a right.
pattern!(
    RIGHT,
    r"^(?:also\s+|only\s+|each\s+|then\s+|be\s+)*(?:have\s+(?:the|a|an|no|any|full|sole|all)\s+(?:\w+[\s,]+(?:and\s+)?){0,4}(?:rights?|options?|obligations?|liability|authority|discretion|duty|election|power|responsibility)\b|entitled\b|permitted\b|allowed\b|free\s+to\b|authorized\b|required\b|obligated\b|obliged\b|be\s+able)"
);
// "Be required to": a duty when it is not denied.
pattern!(REQUIRED, r"^(?:also\s+|only\s+|be\s+)*(?:required|obligated|obliged|responsible)\b");

/// The cues of `words`, in order.
pub(super) fn cues(words: &str) -> Vec<Cue> {
    let mut out: Vec<Cue> = Vec::new();
    let falls: Vec<_> = if contains_fold(words, "it ") { FALLS.captures_iter(words).collect() } else { Vec::new() };
    let falls: Vec<_> = falls.iter().filter_map(|c| Some((c.get(0)?.start(), c.get(1)?))).collect();
    let inside = |m: &Match<'_>| falls.iter().any(|(start, to)| *start <= m.start() && m.start() < to.start());
    let mut all: Vec<_> = CUES.find_iter(words).chain(NOUNS.find_iter(words)).filter(|m| !inside(m)).collect();
    all.extend(falls.iter().map(|(_, to)| *to));
    all.sort_by_key(Match::start);
    for found in all {
        let text = found.as_str();
        let lower = text.to_ascii_lowercase();
        let (before, after) = (tail(&words[..found.start()], 24), &words[found.end()..]);
        let it_is = text.starts_with('\'') && IT_IS.is_match(tail(&words[..found.start()], 80));
        if !it_is && lower != "to" && noise(text, &lower, before, after) {
            continue;
        }
        let negative = lower.ends_with(" not")
            || lower.ends_with(" not to")
            || lower.ends_with("never")
            || lower.ends_with("event")
            || lower.starts_with("may not")
            || negative_subject(&words[..found.start()]);
        let verb = verb(after);
        let inverted = before.to_ascii_lowercase();
        let inverted = inverted.trim_end().ends_with("in no event") || inverted.trim_end().ends_with("circumstances");
        let force = if inverted {
            Force::Declaration
        } else if lower == "may" && !negative {
            Force::Permission
        } else if lower.contains("entitled") || lower.contains("permitted") || lower.contains("allowed") {
            if lower.contains("not ") { Force::Prohibition } else { Force::Permission }
        } else if lower.contains("prohibited") {
            Force::Prohibition
        } else if (lower.starts_with("is") || lower.starts_with("are")) && lower.contains(" not ") {
            Force::Permission
        } else if lower.starts_with("shall") || lower.starts_with("will") || lower.starts_with("must") {
            if DECLARES.is_match(after.trim_start()) { Force::Declaration } else { modal(verb, negative) }
        } else if negative {
            Force::Prohibition
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
        if out.last().is_some_and(|l| words[l.range.clone()].ends_with("that")) {
            out.pop();
        }
        let weak = lower.starts_with("will") || lower == "is to" || lower == "are to";
        out.push(Cue { force, range: found.range(), weak });
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
fn modal(verb: &str, negative: bool) -> Force {
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
                Some(end) if end < 260 => rest = inserted[end + 1..].trim_start(),
                _ => rest = inserted.trim_start(),
            }
        }
        while let Some((word, more)) = rest.split_once(' ') {
            let adverb = word.len() > 4
                && word.ends_with("ly")
                && !matches!(word, "supply" | "apply" | "comply" | "reply" | "rely");
            if !adverb && !matches!(word, "also" | "then" | "at" | "hereby")
                || word == "at" && !more.starts_with("all times")
            {
                break;
            }
            rest = more.trim_start_matches("all times").trim_start();
        }
    }
    rest
}
