//! Words of notice (C2).

use std::sync::LazyLock;

use regex::Regex;

use crate::detect::rules::pattern::pattern;

// Comparators before a notice period (C2).
pattern!(
    pub(super) BEFORE,
    r"\b((?:at|not|no)\s+(?:least|less|more|later|earlier|fewer)(?:\s+than)?|on\s+or\s+before|within|minimum\s+of|upon|giving|by|more\s+than|prior\s+to)\s*(?:(?:a|an|the|minimum|of|full|date)\s+)*$"
);
/// Each party has a period of its own: "by the Supplier, not less than six months before", "the Supplier must give", "in
/// the case of the Supplier".
pub(super) static GIVEN_BY: LazyLock<[Regex; 4]> = LazyLock::new(|| {
    [
        r"\bby\s+(?:the\s+)?([A-Z]\w+(?:\s[A-Z]\w+)?)\s*,?\s+(?:not|no|at|upon|on|with|giving)\s[^.;]{0,40}$",
        r"\b(?:the\s+)?([A-Z]\w+(?:\s[A-Z]\w+)?)\s*,?\s+(?:(?:shall|may|must|will)\s+)?(?:give|provide|deliver)s?\s[^.;]{0,60}$",
        r"\b(?:and|or)\s+(?:the\s+)?([A-Z]\w+)\s*,?\s+(?:at\s+least|(?:not|no)\s+less\s+than)\s*$",
        r"\b(?:in\s+(?:the\s+)?case\s+of|where|if|for)\s+(?:[a-z]+\s+){0,4}([A-Z]\w+)\s*[,:]?\s*(?:at\s+least|not\s+less\s+than)?\s*$",
    ]
    .map(regex)
});
/// The same behind the period: "sixty days by the Supplier", "(in the case of the Supplier)".
pub(super) static FOR_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^[^.;]{0,60}?\b(?:by|from|in\s+(?:the\s+)?case\s+of|for)\s+(?:a\s+)?(?:notice\s+)?(?:given\s+)?(?:by\s+)?(?:the\s+)?([A-Z]\w+(?:\s[A-Z]\w+)?)",
    )
});
// The end of the first term, or that of a renewal term, after a period.
pattern!(
    pub(super) ABOUT_FIRST,
    r"\b(?:end|expir\w+|conclusion|completion)\s+of\s+(?:the\s+)?(?:initial|first|original)\s"
);
pattern!(
    pub(super) ABOUT_RENEWAL,
    [
        "any/each/such/the/a/or (then-current/applicable/relevant) renewal/extension/extended/renewed/additional/further ~1 term/terms/period/periods",
        "any/each/such/the/a/or (applicable/relevant) successive/subsequent/then-current ~1 term/terms/period/periods",
    ]
);
pattern!(pub(super) AT_ANY_TIME, r"^at\s+any\s+time$");
// After "at any time": before the term ends.
pattern!(
    pub(super) FIXED_END,
    r"^[^.;]{0,60}\b(?:before|prior\s+to)\s+(?:the\s+)?(?:[\w-]+\s+){0,2}(?:expir\w+|ends?)\b"
);
// "Within three months following the Renewal Notice": an answer that stops the renewal.
pattern!(
    pub(super) REPLY_STOPS,
    r"\bunless\b[^.;]{0,160}\bwithin\b[^.;]{0,40}\b(?:days?|months?|weeks?)\s+(?:of|after|from|following)\s+(?:(?:its|the|their|such|said)\s+)*(?:[\w-]+\s+){0,3}notice\b"
);
// How a contract that runs on after its first term is ended.
pattern!(
    pub(super) RUNS_OUT,
    r"\bterminat\w*\b[^.;]{0,120}\b(?:after|during|following|from)\s+(?:the\s+)?(?:end\s+of\s+|expir\w+\s+of\s+)?(?:the\s+)?(?:initial|extended|first|renewal|minimum|fixed)\s+(?:term|period)\b"
);
// "In each of the twelve months before the renewal date" measures a condition.
pattern!(pub(super) COUNTED, r"\b(?:each\s+of\s+the|last|preceding|previous|during\s+the|first|every)\s*$");
// The time of something else: of a price told in advance, of talks that failed.
pattern!(pub(super) TIMED, r"[0-9]\s?%[^,;.]{0,30}$|\bunable\s+to\s+agree\b[^.;]{0,80}$|\bagreed\b[^,;.]{0,30}$");
// Ending for a reason, or at any time: not a matter of renewal.
pattern!(
    pub(super) OTHER_END,
    [
        "breach/default/cure, insolven*, bankrupt*, for/without cause, for convenience, for any reason, at any time",
        "force majeure, deficienc*, fail/fails to, non-payment, change of/in control",
    ]
);
/// What stands before the one who stops a renewal: "unless written notice is given by", "until terminated by", "and".
const STOPPED_BY: &str = r"(?i:\b(?:unless|until|if|provided\s+that|by|and))\s+(?:(?i:(?:[a-z]+\s+){0,6}(?:given|provided|terminated)\s+by|and\s+until)\s+)?";
/// "Either party", "one or both of the parties".
const ANY_PARTY: &str = r"((?i:either|any|one|a|both|each)\s+(?i:of\s+the\s+|or\s+both\s+|the\s+)?(?i:part(?:y|ies)))";
/// A name or a role.
const NAMED: &str = r"(?i:the\s+)?([A-Z][\w&.’'-]*(?:\s+[A-Z][\w&.’'-]*){0,3})";
pub(super) static GIVER: LazyLock<Regex> = LazyLock::new(|| regex(&format!(r"{STOPPED_BY}(?:{ANY_PARTY}|{NAMED})\b")));
// The one before is told, and whose notice it is.
pattern!(pub(super) RECEIVES, ["^ (has/have/shall/shall-have) receiv*"]);
pub(super) static SENDER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^[^.;]{0,60}?(?:([A-Z]\w+)['’]s\s+(?:[a-z]+\s+){0,3}notice|notice\s+(?:[a-z]+\s+){0,3}(?:from|by)\s+(?:the\s+)?([A-Z]\w+))",
    )
});
/// Who asks the other side to renew.
pub(super) static ASKED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(?:request|demand)\s+(?:in\s+writing\s+)?(?:of|by|from)\s+(?:the\s+)?([A-Z]\w+)|(?:Should|should|[Ii]f|[Ww]here)\s+the\s+([A-Z]\w+)\s+(?:(?:so|shall|has|have)\s+){0,3}request|\b([A-Z]\w+)['’]s\s+(?:prior\s+)?(?:written\s+)?request\b",
    )
});
/// "May be extended by the Authority".
pub(super) static RENEWED_BY: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"\b(?:may|can)\s+be\s+(?:renewed|extended|prolonged)\s+by\s+(?:the\s+)?([A-Z]\w+(?:\s[A-Z]\w+){0,2})")
});
pub(super) static OPTION_HOLDER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(?:[Tt]he\s+)?([A-Z][\w&.’'-]*(?:\s+[A-Z][\w&.’'-]*){0,3}|[Yy]ou|[Ww]e|[Ee]ither\s+[Pp]arty)\s*,?\s+(?:may|shall\s+have|will\s+have|has|have|is\s+entitled|can|elects)\b",
    )
});

fn regex(source: &str) -> Regex {
    Regex::new(source).unwrap_or_else(|e| unreachable!("{e}"))
}
