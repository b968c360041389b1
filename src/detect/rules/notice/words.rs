//! Words of notice (C2).

use std::sync::LazyLock;

use regex::Regex;

use crate::detect::rules::pattern::pattern;

// Comparators before a notice period (C2).
pattern!(
    pub(super) BEFORE,
    r"\b(at\s+least|not\s+less\s+than|no\s+less\s+than|not\s+later\s+than|no\s+later\s+than|not\s+fewer\s+than|no\s+fewer\s+than|on\s+or\s+before|within|minimum\s+of|not\s+more\s+than|no\s+more\s+than|no\s+earlier\s+than|not\s+earlier\s+than|upon|giving|by|more\s+than|prior\s+to)\s*(?:(?:a|an|the|minimum|of|full|date)\s+)*$"
);
/// Each party has a period of its own: "by the Supplier, not less than six months before", "the Supplier must give".
pub(super) static GIVEN_BY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"\bby\s+(?:the\s+)?([A-Z]\w+(?:\s[A-Z]\w+)?)\s*,?\s+(?:not|no|at|upon|on|with|giving)\s[^.;]{0,40}$|\b(?:the\s+)?([A-Z]\w+(?:\s[A-Z]\w+)?)\s*,?\s+(?:(?:shall|may|must|will)\s+)?(?:give|gives|provide|provides|deliver|delivers)\s[^.;]{0,60}$|\b(?:in\s+(?:the\s+)?case\s+of|where|if|for)\s+(?:a\s+)?(?:notice\s+)?(?:is\s+)?(?:given\s+)?(?:by\s+)?(?:the\s+)?([A-Z]\w+)\s*[,:]?\s*(?:at\s+least|not\s+less\s+than)?\s*$",
    )
    .unwrap_or_else(|e| unreachable!("{e}"))
});
/// The same behind the period: "sixty days by the Supplier", "(in the case of the Supplier)".
pub(super) static FOR_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^[^.;]{0,60}?\b(?:by|from|if\s+given\s+by|in\s+(?:the\s+)?case\s+of|for)\s+(?:a\s+)?(?:notice\s+)?(?:given\s+)?(?:by\s+)?(?:the\s+)?([A-Z]\w+(?:\s[A-Z]\w+)?)",
    )
    .unwrap_or_else(|e| unreachable!("{e}"))
});
// The end of the first term, or that of a renewal term, after a period.
pattern!(
    pub(super) ABOUT_FIRST,
    r"\b(?:end|expir\w+|conclusion|completion)\s+of\s+(?:the\s+)?(?:initial|first|original)\s"
);
pattern!(
    pub(super) ABOUT_RENEWAL,
    r"\b(?:any|each|such|the|a|or)\s+(?:then[\s-]current\s+|applicable\s+|relevant\s+)?(?:renewal|extension|extended|renewed|additional|further|successive|subsequent|then[\s-]current)\s+(?:[\w-]+\s+)?(?:terms?|periods?)\b"
);
pattern!(pub(super) AT_ANY_TIME, r"^at\s+any\s+time$");
// After "at any time": before the term ends.
pattern!(
    pub(super) FIXED_END,
    r"^[^.;]{0,60}\b(?:before|prior\s+to)\s+(?:the\s+)?(?:[\w-]+\s+){0,2}(?:expir\w+|end)\b"
);
// A sentence about not renewing, wherever it stands.
pattern!(pub(super) NOT_RENEWING, r"\bnot\s+to\s+(?:renew|extend)\b|\bnon-?\s?renewal\b");
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
    r"\b(?:breach|default|cure|insolven|bankrupt|for\s+cause|without\s+cause|for\s+convenience|for\s+any\s+reason|at\s+any\s+time|force\s+majeure|deficienc\w+|fails?\s+to|non-?payment|change\s+(?:of|in)\s+control)\b"
);
pub(super) static GIVER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i:\b(?:unless|until|if|provided\s+that|by|and))\s+(?:(?i:written\s+notice\s+(?:of\s+[\w-]+\s+)?is\s+(?:given|provided)\s+by|terminated\s+by|and\s+until|otherwise\s+terminated\s+by|notice\s+(?:is\s+)?given\s+by)\s+)?(?:((?i:either|any|one|a|both|each)\s+(?i:of\s+the\s+|or\s+both\s+|the\s+)?(?i:part(?:y|ies)))|(?i:the\s+)?([A-Z][\w&.’'-]*(?:\s+[A-Z][\w&.’'-]*){0,3}))\b",
    )
    .unwrap_or_else(|e| unreachable!("{e}"))
});
pub(super) static OPTION_HOLDER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"\b(?:[Tt]he\s+)?([A-Z][\w&.’'-]*(?:\s+[A-Z][\w&.’'-]*){0,3}|[Yy]ou|[Ww]e|[Ee]ither\s+[Pp]arty)\s*,?\s+(?:may|shall\s+have|will\s+have|has|have|is\s+entitled|can|elects)\b",
    )
    .unwrap_or_else(|e| unreachable!("{e}"))
});
