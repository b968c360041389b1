//! Words of terms: what tells the length or the end of the contract from that of something else.

use std::sync::LazyLock;

use crate::detect::rules::pattern::{Pattern, pattern};

// A sentence that may speak of the term.
pattern!(
    pub(super) GATE,
    r"\b(?:until|through|thru|expir\w*|anniversar\w+|period|terms?|terminat\w*|in\s+(?:full\s+)?(?:force|effect)|remains?|indefinite\w*|perpetu\w*|duration|continues?|valid|ends?|closes|runs?|lasts?|years?|months?|weeks?|from|unlimited)\b"
);
/// Words that make the sentence speak of the contract's own life, beside "this Agreement shall" (`lexicon::subject`).
pub(super) static HEADS: [&LazyLock<Pattern>; 8] =
    [&TERM_OF, &TERM_IS, &TERM_LONG, &TERM_FOR, &END_IS, &LABELLED, &IN_FORCE, &IT_REMAINS];
// "the initial term of this Agreement", "the duration of the project".
pattern!(
    TERM_OF,
    at_words(b""),
    r"\b(?:initial\s+|primary\s+|original\s+|minimum\s+|base\s+)?(?:contract\s+)?(?:term|duration|period)\s+(?:of|for)\s+(?:this|the|each|your)\s+(?:[\w-]+\s+){0,4}?(?:agreement|contract|lease|licen[sc]e|tenancy|hire|franchise|amendment|addendum|appointment|engagement|venture|sow|schedule|order|cooperation|employment|consultancy|services|sponsorship|project)\b"
);
// "the initial term shall", "Service Period:".
pattern!(
    TERM_IS,
    at_words(b"\"'\xE2"),
    r#"["“”'’]?\b(?:initial\s+|primary\s+|original\s+|minimum\s+|base\s+|contract\s+|service\s+|license\s+|cooperation\s+|consulting\s+|engagement\s+)?(?:term|period)\b["“”'’]?\s*(?:\([^()]{0,60}\)\s*)?(?:(?:hereof|hereunder|of\s+the\s+parties)\s+)?(?:shall|will|is|means?|commences?|begins?|starts?|runs?|:|–|be\b)"#
);
// "a minimum term of five (5) years".
pattern!(
    TERM_LONG,
    r"\b(?:initial\s+|primary\s+|minimum\s+|fixed\s+)?term\s+of\s+(?:[\w()-]+\s+){1,4}?(?:years?|months?)\b"
);
pattern!(
    TERM_FOR,
    r"\b(?:terms?|period|duration)\s+of\s+(?:the\s+)?(?:project|execution|validity|cooperation|engagement|licen[cs]e|tenancy|hire)\b"
);
// "Expiration Date" means; the termination date of this lease.
pattern!(
    END_IS,
    r#"["“”'’]?\b(?:expir(?:ation|y)|termination|end)\s+date["“”'’]?\s*(?:\([^()]{0,60}\)\s*)?(?:means?|shall\s+(?:be|mean)|is|of\s+this)"#
);
// "3. Term:", "Duration -".
pattern!(
    LABELLED,
    r"^(?:(?:\(?[0-9a-z]{1,4}[.)]+\s*)+)?(?:initial\s+|contract\s+|the\s+|agreement\s+)*(?:term|duration|period\s+of\s+performance|contract\s+period|expiration|validity)\b[\s.:\t–-]"
);
pattern!(
    IN_FORCE,
    r"\b(?:agreement|contract)\b[^.;]{0,80}\bin\s+(?:full\s+)?(?:force|effect)\b|\bin\s+effect\s+(?:from|until|for|through)\b"
);
pattern!(
    IT_REMAINS,
    r"\bit\s+shall\s+(?:be\s+effective|remain|continue)|^it\s+(?:will\s+|shall\s+)?(?:ends?|expires?|lasts?|runs?|continues?|remains?|starts?|begins?)\b"
);
// "During the term of this Agreement" sets the time of a duty, not the term.
pattern!(
    pub(super) WITHIN,
    r#"\b(?:during|throughout|within|for|over|end\s+of|beginning\s+of|expiration\s+of|expiry\s+of|termination\s+of|remainder\s+of|balance\s+of|prior\s+to|after|following|before|maximum|portion\s+of|life\s+of|year\s+of|each|such|any|extend|renew|upon|if|when|once|while|whilst|(?:as|so)\s+long\s+as|in\s+the\s+event(?:\s+that)?|event\s+that|breach\s+of|under|pursuant\s+to|that|terminate|terminates|termination|expiration|expiry|cancel)\s+(?:the\s+|this\s+|of\s+)*(?:entire\s+|initial\s+|full\s+|applicable\s+|whole\s+)*["“]?$"#
);
// A sentence about a case that may arise.
pattern!(pub(super) SUPPOSES, r"\b(?:in\s+the\s+event|if|provided\s*,?\s+(?:that|however)|should|where)\b");
pattern!(pub(super) MONTHLY, r"\bmonth[\s-]+to[\s-]+month|\byear[\s-]+to[\s-]+year");
// Words that make what follows a renewal term.
pattern!(
    pub(super) RENEWS,
    r"\b(?:renew(?:s|ed|al|als|able)?|extended|extensions?|extendable|additional|extend\s+(?:the|this|it)|thereafter\s+(?:shall\s+)?continu\w+)\b"
);
// Sentences about the life of something else.
pattern!(
    pub(super) FOREIGN,
    r"non-?compet\w*|non-?solicit\w*|\bwarrant(?:y|ies|s|ed)\b|\bwaiting\s+period|\blong\s?-?stop|\binsurance\b|\bstandstill\b|cure\s+period|\binterest\b|\bescrow\b|purchase\s+orders?\s+(?:shall|will)|audit|books\s+and\s+records|retain\w*|force\s+majeure|indemnif\w+|option\s+period|probation"
);
// Times of restraint, of limitation and of pay are not the term.
pattern!(
    pub(super) RESTRICTED,
    r"restrict(?:ed|ion|ive)\s+period|\b(?:lease|contract|fiscal|calendar|agreement)\s+year\W{0,3}\s*(?:shall\s+)?means?\b|look\s?-?back\s+period|incentive\s+compensation|confidentiality\s+period|no\s+competition|non-?compet\w*\s+(?:period|term)|non-?solicit|shall\s+not,|(?:will|shall)\s+not\s*,?\s+(?:and\s+[^,;.]{0,60},?\s+)?directly\s+or\s+indirectly|\bemploy\s+(?:the\s+)?employees|has\s+ceased\s+to|waive[sr]?\b[^.;]{0,40}\brights|period\s+of\s+[^,;.]{0,30}\s+within\s+which\s+to\s+consider|\bpayments?\b|section\s+409a|action\s+(?:arising|for)|must\s+be\s+commenced|claims?\s+arising|severance|stock\s+options?|\bvest(?:s|ed|ing)?\b|limitations?\s+period|salary|after\s+executive|employment\s+(?:terminates|with)|employee['’]s\s+last|general\s+release|waiver\s+of\s+rights|change\s+(?:in|of)\s+control\s+period|post-?termination|violates?\s+the\s+provisions|\bcourt\s+order"
);
// The obligations of a confidentiality agreement are its life.
pattern!(
    pub(super) OBLIGATIONS,
    at_words(b""),
    r"\b(?:obligations?|provisions|restrictions|covenants|duties|duty)\b[^.;]{0,140}?\b(?:shall|will|expires?|terminates?|ceases?|remains?|continues?|survives?)\b|\b(?:this|the)\s+(?:letter\s+)?agreement\b[^.;]{0,80}?\b(?:expire|cease|terminate|lapse)|\bbound\s+by\b"
);
pattern!(pub(super) TERM_HEADING, r"\b(?:terms?|duration|expiration|period|commencement|effective|renewal|validity)\b");
// A heading at the beginning of a paragraph, read as a sentence: "TERM.", "2. Term and validity".
pattern!(
    pub(super) ANNOUNCED,
    r"^\W*(?:[0-9.()]+\s*)?(?:[\w-]+\s+){0,2}(?:term|duration|period|commencement|expiration|expiry|validity)(?:\s+(?:of|and)\s+[\w\s]{1,40})?\W*$"
);
// What is paid, kept or warranted for a time.
pattern!(
    pub(super) ASIDE_DUTY,
    r"\b(?:pays?|paid|payable|fees?|rent|prices?|charges?|invoices?|interest|discount|confidential|retain|keep|records|warrant\w*|during|not)\b"
);
pattern!(
    pub(super) OWN_TERM,
    r"\binitial\s+(?:term|period)|\bterm\s+of\s+(?:this|the)\b|\bthis\s+(?:[\w-]+\s+){0,3}?(?:agreement|contract|lease)\b|\b(?:agreement|contract)\s+(?:term|period)|the\s+[“\x22]term[”\x22]"
);
pattern!(pub(super) INITIAL, r"\b(?:initial|first|fixed|minimum)\s+(?:term|period)\b|\bprimary\s+term");
pattern!(
    pub(super) EFFECTIVE,
    r"\b(?:commenc|begin|starts?\b|effective|in\s+(?:full\s+)?(?:force|effect)|remain|continue|takes?\s+effect|comes?\s+into)"
);
// "the day prior to the second anniversary": the same end, said by its last day.
pattern!(pub(super) DAY_BEFORE, r"\bday\s+(?:immediately\s+)?(?:prior\s+to|before|preceding)\s+(?:the\s+)?$");
// Words that turn an end date into a condition or another event.
pattern!(
    pub(super) NOT_END,
    r"\b(?:dated|if|in\s+the\s+event\s+that|notice|prior\s+to|amend(?:s|ed|ing)?|entered\s+into|made|renew\w*|extend\w*\s+(?:for|beyond)|failure|fiscal\s+year|invoice|during\s+the\s+period)\b|\bno\s+later\s+than\s*$|\bby\s*$"
);
// Words before a period that make it the length of the term.
pattern!(
    pub(super) LENGTH,
    r#"(?:\b(?:for\s+the|for|of|be|is|least|period|term|continue|continues|effect|force|until|means?|in|lasts?|extends?|through|runs?|end|expires?|a|an|initial|minimum|maximum|total|primary|original|fixed|terminates?|date|date\s+that\s+is|longer|shorter|earlier|later|sooner|ends|ending|expiring|terminating|conclude|expire|terminate|therefor|of:|be:|full|entire|mean|on|upon|effective)|[:\t–,"“”(-]|\b(?:[ivx]{1,4}|[a-z]|[1-9])\s*\))[\s"“”(_:]*$"#
);
pattern!(
    pub(super) NOT_LENGTH_BEFORE,
    r"\b(?:if|in\s+the\s+event|fail\w*|breach\w*|default\w*|notice|within|successive|consecutive|upon\s+(?:not\s+less|at\s+least)|less\s+than|prior|surviv\w*|after\s+(?:the\s+)?(?:termination|expiration|expiry)|every|payable|cure|during\s+any|exceed|royalt\w+|twice|preceding|remaining|aged?|subsequent)\b|\b(?:per|last|first|next|each|the\s+(?:first|last|next))\s*$"
);
pattern!(
    pub(super) NOT_LENGTH_AFTER,
    r"^[\s’']*(?:s\b|’)?[\s,]*(?:\([^()]{0,30}\)\s*)?(?:(?:calendar\s+)?(?:days?\s+)?(?:prior|before|advance|written|notice|in\s+advance|renewal|extension|after\s+(?:(?:the|such|any)\s+)*(?:termination|expiration|expiry|notice|receipt|written|delivery\s+of\s+(?:such\s+)?notice|disclosure)|following\s+(?:(?:the|such|any)\s+)*(?:termination|expiration|expiry|notice|receipt)|of\s+(?:receipt|the\s+termination|termination|experience|age|such\s+notice)|from\s+(?:(?:the|such|any)\s+)*(?:termination|expiration|receipt|disclosure)|old|shall\s+be\s+automatically\s+renewed))\b"
);
// No end of its own; "until terminated" is a form (`term::endless`).
pattern!(
    pub(super) FOREVER,
    r"\bindefinite\s+(?:period|term|duration|time)|\b(?:continue|remain|valid|effective|effect|force|endure)\w*\s+(?:[\w,]+\s+){0,6}indefinitely\b|(?:in|for)\s+perpetuity|\bperpetual(?:ly)?\b|unlimited\s+(?:period|term|duration)"
);
// A place to fill in: "[DATE]", "[insert date]", "[●]", a line.
pattern!(pub(super) BLANK, r"\[[^\[\]]{0,30}(?:\bdate\b|[•●_])[^\[\]]{0,10}\]|_{4,}");
// The end depends on something that happens.
pattern!(
    pub(super) HAPPENS,
    r"\b(?:until|upon|when|on\s+the\s+date)\s+(?:the\s+)?((?:completion|expiration|expiry|termination|delivery|acceptance|closing|conclusion|end|earlier|later|last|earliest|latest|date|full\s+performance|performance|all|satisfaction|fulfil\w+|payment|consummation|dissolution|conversion)\b[^.;]{0,160})"
);
pattern!(pub(super) ANNIVERSARY, r"\banniversar(?:y|ies)\b");
pattern!(
    pub(super) CONTRACT_YEAR_END,
    r"\bend\s+of\s+(?:the\s+)?((?:[\w-]+\s+){1,3}?(?:\([0-9]{1,2}(?:st|nd|rd|th)?\)\s*)?)(?:contract|agreement|license|lease)\s+year\b|\bend\s+of\s+(?:contract\s+|agreement\s+)?year\s+([0-9]{1,2}|[a-z]+)\b"
);
pattern!(
    pub(super) YEAR_END,
    r"\b(?:end|last\s+day|close|conclusion)\s+of\s+(?:the\s+)?(?:calendar\s+)?(?:year\s+)?((?:19|20)[0-9]{2})(?:[^0-9/–-]|$)"
);
// "unless earlier terminated as provided in Section 9, ": says nothing about the length.
pattern!(
    pub(super) ASIDE,
    r"[,(]?\s*\b(?:unless|subject\s+to|except\s+as|and\s+unless|but\s+subject\s+to|notwithstanding)\b[^,;()]{0,220}(?:\([^()]{0,80}\)[^,;()]{0,60}){0,2}[,)]"
);
// Times of secrecy; in a confidentiality agreement they are the subject.
pattern!(pub(super) SECRECY, r"\bconfidential\w*\s+(?:information|obligation)|\bsecret\b|\bkeep\s+confidential");
// A sentence that begins with a case that may arise.
pattern!(
    pub(super) IF,
    r"^[^a-z]*(?:\(?[a-z0-9.]{1,5}[.)]\s+)*(?:if|in\s+the\s+event|in\s+case|should|where|upon|when)\b"
);
// Right after the subject: ends the contract itself.
pattern!(pub(super) ENDS, r"^\s*(?:[a-z]+\s+){0,4}?(?:terminate|expire|cease|lapse|end)s?\b");
// Before an anniversary or a length: the end moves on to the end of its month or year.
pattern!(
    pub(super) TO_END_OF,
    r"\b(?:last\s+day|end|close|expiration)\s+of\s+the\s+(?:calendar\s+)?(month|year)\s*,?\s*(?:(?:in|during|within|of)\s+which\s+(?:occurs\s+|falls\s+)?|that\s+(?:is|includes|contains)\s+|containing\s+|following\s+|including\s+)?(?:the\s+)?$"
);
// The calendar year in which the contract begins, or that it runs by.
pattern!(
    pub(super) CALENDAR_YEAR,
    r"\b(?:end|last\s+day|close|expiration)\s+of\s+(?:the|that|such)\s+(?:(?:then|same|current|first|relevant|initial)[\s-]+)*calendar\s+year\b|\b(?:established|concluded|entered\s+into|runs?)\s+(?:by|for|per)\s+(?:the\s+|each\s+)?calendar\s+year\b|\bdecember\s+31(?:st)?\s*,?\s+of\s+(?:the|that|such)\s+(?:same\s+|then[\s-]+current\s+)?(?:calendar\s+)?year\b"
);
pattern!(pub(super) SURVIVES, r"\bsurviv\w+");
// The end of another contract: of the one that this document amends or belongs to.
pattern!(
    pub(super) PARENT,
    r"\b(?:the|such|said)\s+[“\x22]?(?:parent|master|original|underlying|existing|prior|current|previous)\s+(?:[\w-]+\s+){0,3}?(?:agreement|sow|contract|lease|msa|term|expiration|schedule)\b|\bparent\s+(?:term|agreement|sow|contract)\b|\bcurrently\s+(?:extend|expire|run|end)\w*|\boriginally\b"
);
// The definition of a year of the contract, and one that counts from its start.
pattern!(
    pub(super) DEFINES_YEAR,
    r"\b(?:contract|agreement|license|lease)\s+year\W{0,4}\s*(?:shall\s+|will\s+)?(?:means?|is|refers?)\b"
);
pattern!(
    pub(super) FROM_START,
    r"\banniversar|\b(?:effective|commencement|start)\s+date|\bdate\s+(?:hereof|of\s+this)"
);
// "the twenty-fourth (24th) full calendar month after": the Nth whole month of the term.
pattern!(
    pub(super) FULL_MONTH,
    r"\b(?:full|whole|complete)\s+(?:calendar\s+)?month\s+(?:after|following|from)\b|\b(?:full|whole|complete)\s+(?:calendar\s+)?month\s+of\s+the\b"
);
