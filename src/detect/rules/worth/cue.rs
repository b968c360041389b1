//! What the words around a sum say of it.

use crate::detect::rules::pattern::pattern;

// A word of a price: what is paid for what the contract is about.
pattern!(
    pub(super) PRICE,
    r"\b(?:fees?|charges?|prices?|pricing|rent(?:al)?s?|subscriptions?|retainer|consideration|remuneration|compensation|salary|wages?|costs?|sum|values?|amounts?|total|tcv|acv|arr|hire|contribution|grant|funding|rates?)\b"
);
// What pays, where no word of a price stands beside the sum.
pattern!(
    pub(super) PAYS,
    r"\b(?:shall|will|must|agrees?\s+to|undertakes?\s+to|is\s+to|are\s+to|to\s+be|be|is|are)\s+(?:\w+\s+)?(?:pay|paid|payable|remunerated|charged|compensated)\b|\bpays\b|[0-9]\)?\s+(?:months?|quarters?|years?)\s+(?:at|x|@)\s*$"
);
// Sums that are no price: limits of liability, insurance, penalties, deposits, and fees that fall due once in a while.
pattern!(
    pub(super) OTHER,
    r"\b(?:liab|indemn|insur|damages|penalt|deposit|bond\b|fine[sd]?\b|interest\b|credits?\b|rebate|refund|late\b|overdue|terminat|cancel|set-?\s?up|one[\s-]?(?:time|off)|migration|onboarding|addition\b|beyond|overage|average|reference|index|benchmark|activation|installation|mobili[sz]ation|registration|administrat|processing|reconnect|reinstat|capital|shares?\b|stock|option|threshold|expense|reimburs|instal+ment|milestone|down\s+payment|advance\s+payment|initial\s+payment|upfront|up-front|additional|extra\b|reduc|discount|minimum|bonus|severance|allowance|stipend|net\s+worth|revenue|turnover|sales\b|loss(?:es)?\b|claim|coverage|deductible|excess\b|balance|principal|loan|debt|commission|royalt|replacement|example|illustrat|for\s+instance|renewal\s+fee|transfer|change\s+fee|default|breach|fail|exit|early|escrow|holdback|retention|tip\b|petty|invoice[sd]?\s+(?:over|above|below|under|exceeding)|orders?\s+(?:over|above|below|under|exceeding)|more\s+than|less\s+than|at\s+least|greater\s+of|lesser\s+of|in\s+excess)"
);
// Headings over clauses whose sums are no price.
pattern!(
    pub(super) OTHER_CLAUSE,
    r"\b(?:liabilit|indemni|insur|terminat|warrant|confidential|damages|penalt|service\s+level|credits|default|bond|security\s+deposit|arbitrat|dispute)"
);
// The words that follow make a sum something else.
pattern!(
    pub(super) OTHER_AFTER,
    r"^\W*(?:in\s+the\s+aggregate|per\s+(?:occurrence|claim|incident|event|accident|breach|default|violation)|each\s+(?:occurrence|claim|incident|accident)|(?:security\s+)?deposit|bond|(?:of|in)\s+(?:insurance|coverage|liability|damages)|(?:service\s+)?credit|or\s+more|or\s+less|fine|penalty)"
);
pattern!(
    pub(super) CEILING,
    r"\b(?:not[\s-]+(?:to[\s-]+)?exceed|exceed|no\s+more\s+than|not\s+more\s+than|at\s+most|up\s+to|maximum|ceiling|capped\s+at|cap\s+of|limited\s+to|upper\s+limit)\b"
);
pattern!(
    pub(super) ESTIMATED,
    r"\b(?:estimat|approximate|anticipat|project(?:ed|ion)|indicative|expected|forecast)"
);
// Words that name the whole.
pattern!(
    pub(super) WHOLE,
    r"\b(?:total|overall|entire|grand\s+total|tcv|lump\s+sum|flat\s+fee|fixed\s+(?:price|fee|sum|amount)|contract\s+(?:price|sum|value|amount)|agreement\s+value|order\s+value|purchase\s+price|value\s+of\s+(?:this|the)\s+(?:contract|agreement|order)|full\s+(?:price|consideration)|aggregate)\b"
);
// A price with a verb, an "of" or a colon between it and the sum.
pattern!(
    pub(super) LEADS,
    r"(?:\b(?:of|is|are|be|being|at|to|equals?|amounts?\s+to|pays?|paid)\s+(?:(?:the|a|an|sum|amount|total|exactly|only|approximately|about|around|some|hereby|fixed|at|in|of|to|not|exceed)\s+)*|[:=\t(–-]\s*|^\W*)$"
);
// How often a price is paid, before the sum: not how it is invoiced, or in which parts.
pattern!(
    pub(super) RHYTHM_BEFORE,
    r"\b(?:annual|annually|yearly|acv|arr|quarterly|monthly|pcm|fortnightly|weekly|hourly|daily|per\s+(?:annum|year|quarter|(?:calendar\s+)?month|fortnight|week|hour|day))\b"
);
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
pattern!(
    pub(super) ASIDE,
    r"^(?:/-)?(?:\s*\([^()]{0,80}\))?(?:\s*,?\s*\(?\s*(?:plus|exclusive\s+of|excluding|excl\.?|ex|including|incl\.?|inclusive\s+of|net\s+of|before)\s+(?:applicable\s+|any\s+|all\s+)*(?:vat|gst|tax(?:es)?|sales\s+tax)\s*\)?,?)?\s*"
);
pattern!(
    pub(super) RHYTHM_AFTER,
    r"^\(?\s*(?:(?:per|a|an|each|every|in\s+each|for\s+each|/)\s*(?:full\s+|calendar\s+|contract\s+|lease\s+|rental\s+|subscription\s+|successive\s+)*(?:annum|years?|yr|quarter|months?|mo|fortnight|weeks?|hour|hr|day)\b|(?:annually|yearly|p\.?\s?a\b|quarterly|monthly|p\.?c\.?m\b|fortnightly|weekly|hourly|daily)\b)"
);
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
pattern!(
    pub(super) ELSEWHERE,
    r"\b(?:fees?|charges?|prices?|rent|rates?|consideration|compensation)\b[^.;]{0,60}\b(?:set\s+(?:out|forth)|specified|stated|listed|described|shown|given|detailed|as\s+per|in\s+accordance\s+with|according\s+to|agreed\s+in)\b[^.;]{0,60}\b(?:schedule|order|exhibit|annex|appendix|attachment|statement\s+of\s+work|sow|price\s+list|quotation|quote|proposal|particulars|rate\s+card|invoice)"
);
pattern!(
    pub(super) OWES,
    r"\b(?:(?:shall|will|must|agrees?\s+to|undertakes?\s+to)\s+(?:\w+\s+)?(?:pay|be\s+paid|be\s+charged)|pays|(?:fees?|charges?|prices?|rent)\s+(?:(?:for|of)\s+(?:\w+\s+){1,4})?(?:are|is|shall\s+be|will\s+be)\s+(?:as\s+)?(?:those\s+)?(?:set|specified|stated|listed|described|shown|given|detailed))\b"
);
