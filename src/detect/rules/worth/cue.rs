//! What the words around a sum say of it.

use crate::detect::rules::pattern::pattern;

// A word of a price: what is paid for what the contract is about.
pattern!(pub(super) PRICE, r"{words_of_price}");
// What pays, where no word of a price stands beside the sum.
pattern!(pub(super) PAYS, r"{must_pay}\s+(?:\w+\s+)?(?:pay|paid|payable|remunerated|charged|compensated)\b|\bpays\b|[0-9]\)?\s+(?:months?|quarters?|years?)\s+(?:at|x|@)\s*$");
// Sums that are no price: limits of liability, insurance, penalties, deposits, and fees that fall due once in a while.
pattern!(pub(super) OTHER, r"{no_price}");
// Headings over clauses whose sums are no price.
pattern!(
    pub(super) OTHER_CLAUSE,
    r"\b(?:liabilit|indemni|insur|terminat|warrant|confidential|damages|penalt|service\s+level|credits|default|bond|security\s+deposit|arbitrat|dispute)"
);
// The words that follow make a sum something else.
pattern!(pub(super) OTHER_AFTER, r"^\W*{no_price_after}");
pattern!(
    pub(super) CEILING,
    r"\b(?:not[\s-]+(?:to[\s-]+)?exceed|exceed|no\s+more\s+than|not\s+more\s+than|at\s+most|up\s+to|maximum|ceiling|capped\s+at|cap\s+of|limited\s+to|upper\s+limit)\b"
);
pattern!(
    pub(super) ESTIMATED,
    r"\b(?:estimat|approximate|anticipat|project(?:ed|ion)|indicative|expected|forecast)"
);
// Words that name the whole.
pattern!(pub(super) WHOLE, r"{whole_price}");
// A price with a verb, an "of" or a colon between it and the sum.
pattern!(pub(super) LEADS, r"(?:\b(?:of|is|are|be|being|at|to|equals?|amounts?\s+to|pays?|paid)\s+(?:{before_sum}\s+)*|[:=\t(–-]\s*|^\W*)$");
// How often a price is paid, before the sum: not how it is invoiced, or in which parts.
pattern!(pub(super) RHYTHM_BEFORE, r"{rhythms}");
pattern!(
    pub(super) PAID_SO,
    r"\b(?:pay|paid|payable|pays|invoiced?|billed|charged|due|in|equal|instal+ments?)\s+(?:\w+ly\s+or\s+)?$"
);
pattern!(
    pub(super) PARTS,
    r"^\W*(?:instal+ments?|payments?\b|in\s+(?:advance|arrears)|invoices?\b|basis)"
);
// A label that names the unit of its sum: "addition per m2".
pattern!(pub(super) UNIT_BEFORE, r"\b(?:per|for\s+each|for\s+every)\s+([a-z][\w-]*)[^.;]{0,30}$");
// Taxes and what stands in brackets, between a sum and how often it is paid.
pattern!(pub(super) ASIDE, r"^(?:/-)?(?:\s*\([^()]{0,80}\))?(?:\s*,?\s*\(?\s*{with_tax}\.?\s+(?:applicable\s+|any\s+|all\s+)*(?:vat|gst|tax(?:es)?|sales\s+tax)\s*\)?,?)?\s*");
pattern!(pub(super) RHYTHM_AFTER, r"^\(?\s*(?:(?:per|an?|each|every|in\s+each|for\s+each|/)\s*(?:{kinds_of_year}\s+)*{units_of_pay}|(?:annually|yearly|p\.?\s?a|quarterly|monthly|p\.?c\.?m|fortnightly|weekly|hourly|daily)\b)");
pattern!(
    pub(super) UNIT,
    r"^\(?\s*(?:(?:per|for\s+each|for\s+every|/)\s*([a-z][a-z-]*(?:\s+(?:ton|hour|foot|feet|metre|meter|member|user|seat|licen[cs]e))?)|(each)\b)"
);
pattern!(pub(super) TAX_AFTER, r"^[^.;]{0,40}?\b(?:(excl|exclusive|excluding|plus|net\s+of|before|ex)|(incl|inclusive|including))\b[^.;]{0,20}?\b(?:vat|gst|tax)");
pattern!(pub(super) TAX_BEFORE, r"\b(?:(excl|exclusive|excluding|net|before|ex)|(incl|inclusive|including|gross))\b[^;]{0,20}?\b(?:vat|gst|tax)[^;]{0,30}$");
// A sentence that was cut at the full stop of a word.
pattern!(pub(super) CUT, r"\b(?:incl|excl|approx)\.\s*$");
// "Replaced by", "increased to" between two sums: the second one counts.
pattern!(
    pub(super) BECOMES,
    r"^[^.;]{0,60}\b(?:replaced|increas\w*|reduced|decreased|amended|changed|raised|revised)\b[^.;]{0,30}\b(?:by|to|with)\s*$"
);
pattern!(pub(super) BECOMES_FROM, r"\b(?:increased?|reduced?|decreased?|amended|changed?|raised?|revised)\s+from\s*$");
pattern!(pub(super) TO, r"^[^.;\w]*to\s*$");
// A promise to pay prices that stand elsewhere.
pattern!(pub(super) ELSEWHERE, r"{owed}[^.;]{0,60}{set_elsewhere}[^.;]{0,60}{price_papers}");
pattern!(pub(super) OWES, &format!(r"(?:\b{PROMISES}\s+(?:\w+\s+)?(?:pay|be\s+paid|be\s+charged)|\bpays|{PRICE_IS}\s+{{set_out}})\b"));
const PROMISES: &str = r"(?:shall|will|must|agrees?\s+to|undertakes?\s+to)";
const PRICE_IS: &str =
    r"{owed}\s+(?:(?:for|of)\s+(?:\w+\s+){1,4})?(?:are|is|shall\s+be|will\s+be)(?:\s+as)?(?:\s+those)?";
