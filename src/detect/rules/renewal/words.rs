//! Words of renewal, in the order of C1.

use crate::detect::rules::pattern::pattern;

// A sentence that may speak of renewal.
pattern!(
    pub(super) GATE,
    r"renew|exten(?:d|sion)|successive|month[\s-]+to[\s-]+month|year[\s-]+to[\s-]+year|evergreen|prolong|thereafter|automatically\s+continu|additional\s+(?:term|period)|roll\s?-?over|indefinite|hold(?:ing)?\s*over|continues?\s+automatic"
);
// The renewing verb or noun itself. "Continue" and "extend" also speak of the first term, so they count only beside words
// that make them renewals.
pattern!(
    pub(super) VERB,
    r"\b(?:self-)?renew(?:s|ed|al|als|ing|able)?\b|\bextended\b|\bextensions?\b|\bextendable\b|\b(?:may|to|automatically|can|right|mutually|shall\s+have\s+the\s+option\s+to)\s+(?:\w+\s+)?extend\b|\bextends?\s+(?:automatically|this|the\s+(?:agreement|term|contract|initial)|it|for\s+(?:an?\s+)?(?:additional|successive|further))|\bprolong\w*|\broll(?:s|ed)?\s?-?over\b|\bsuccessor\s+(?:term|franchise)|\bmonth[\s-]+to[\s-]+month|\byear[\s-]+to[\s-]+year|\bstay\s+in\s+force|\badditional\s+(?:terms?|periods?)\s+of\b|\bautomatic(?:ally)?\b[^.;]{0,40}\bcontinu\w+|\bcontinu\w+\s+automatic\w*|\b(?:thereafter|after\s+that)\b[^.;]{0,50}\b(?:continu\w+|remain)|\bcontinu\w+\b[^.;]{0,60}\b(?:thereafter\b|successive|consecutive|additional\s+(?:\(?\w+\)?[\s-]){0,3}(?:year|month|period|term))"
);
// It is the contract, or its term, that renews.
pattern!(
    pub(super) SELF,
    r"\b(?:this|the|said|present|such|our|your|both)\s+(?:[\w&’'-]+\s+){0,4}?(?:agreements?|contract|amendment|addendum|lease|franchise|term|appointment|engagement|schedule|attachment|sow|arrangement|venture|jsma|mou|maintenance|subscription|employment|cooperation|sla|subscription|order|letter|undertaking)\b|\b(?:initial|primary|original|first|fixed)\s+(?:[\w-]+\s+)?(?:term|period)\b|\brenewal\s+(?:term|period)|\bthe\s+contract\b|^[\s0-9.()]*it\b|\bthere\s+is\s+no\b|(?:^|\t)\s*renewals?\b|\bthereafter\b|\bautomatic(?:ally)?\s+renew"
);
// Something else renews.
pattern!(
    pub(super) FOREIGN,
    r"\b(?:renew\w*|extend\w*|extension)\s+(?:of\s+|to\s+|for\s+)?(?:(?:the|its|such|any|all|their|each|said|a|an|applicable|or|and)\s+)*(?:[\w-]+\s+){0,2}?(?:registrations?|insurance|polic(?:y|ies)|permits?|letters?\s+of\s+credit|patents?|trademarks?|marks?|domain\s+names?|bonds?|visas?|loans?|notes?|credit|warrants?|offer|deadline|time|cure|payment|closing|purchase\s+order|warranty|copyrights?|deadlines?|dates?\s+(?:for|of)|benefits?|rights\s+and|facility|certificat\w+|due\s+date|delivery|protection|invitation|discount|support\s+to)\b|\bforce\s+majeure|\bextended\s+(?:warranty|coverage|support)|extent\b[^.]{0,20}extend|\btime\s+(?:period\s+)?(?:for|to)\s+(?:perform|cure|pay|deliver|respond)|renewal\s+commissions?|extend\s+(?:to|beyond)\s+(?:the\s+)?(?:parties|other|persons?|successors|all|any)|\bstandstill\b|\bpatent\b|evaluation\s+period|\bcure\s+period|support\s+period|\bdelays?\b|annual\s+meeting|conversion\s+date|terms\s+contained|transition\s+period|wind-?down"
);
// Negatives are tried before everything else.
pattern!(
    pub(super) NEVER,
    r"\b(?:shall|will|may|does|do|is|are|can)\s*not\s+(?:be\s+)?(?:(?:subject\s+to\s+)?automatic(?:ally)?\s+(?:be\s+)?)(?:renew|extend|continu)|\bno\s+automatic\s+(?:renewal|extension)|\bnot\s+(?:subject\s+to\s+)?(?:automatic\s+)?renewable|\bnon-?renewable\b|\bno\s+(?:right|option)\s+(?:to|of)\s+(?:renew|exten)|without\s+(?:any\s+)?(?:right|option)\s+(?:to|of)\s+(?:renew|exten)|\bno\s+renewal\b|\bnot\s+subject\s+to\s+(?:any\s+)?(?:renewal|extension)|\bno\s+(?:\w+\s+){0,2}to\s+be\s+(?:renewed|extended)|\b(?:agreement|contract|term|sow|sla|lease|it)\s+(?:shall|will|may|does|is|do)\s+not\s+(?:be\s+)?(?:to\s+be\s+)?(?:renew|extend)"
);
pattern!(
    pub(super) AUTOMATIC,
    r"\bautomatic(?:ally)?\b[^.;]{0,60}?\b(?:renew\w*|exten[ds]\w*|continu\w*|roll\w*|prolong\w*|stay|successive)|\b(?:renew\w*|exten[ds]\w*|continu\w*|prolong\w*|renewable)\b[^.;]{0,60}?\bautomatic|\btacit|\bself-?renew|\bdeemed\s+(?:to\s+(?:be|have)\s+)?(?:been\s+)?(?:renew|extend)|\bevergreen\b|\brenews?\s+(?:annually|each|every|yearly)"
);
// Renewal that happens by itself though nobody says "automatically".
pattern!(
    pub(super) BY_ITSELF,
    r"\b(?:shall|will|is|are|be|to)\s+(?:also\s+|then\s+|thereafter\s+|be\s+|further\s+|again\s+|itself\s+)*(?:renew|extend|continue)\w*\b[^.;]{0,140}?\b(?:successive|additional|consecutive|further|subsequent|like|another|year\s+to\s+year|year-to-year|annual|same\s+(?:duration|period|term|length)|unless|one[\s-]year|renewal\s+term)|\b(?:continu|remain)\w*\b[^.;]{0,120}\byear[\s-]+to[\s-]+year|\byear[\s-]+to[\s-]+year\b[^.;]{0,30}(?:thereafter|basis)|\brenews?\b[^.;]{0,40}\byear[\s-]+to[\s-]+year|\bfor\s+(?:successive|consecutive)\s+(?:[\w()-]+\s+){0,4}(?:terms?|periods?|years?)\b|\b(?:renewed|extended|extendable|renewable)\s+for\b[^.;]{0,120}\bunless\b"
);
pattern!(
    pub(super) STOPPABLE,
    r"\bunless\b[^.;]{0,160}\b(?:notice|notif\w+|in\s+writing|non-?renewal|part(?:y|ies)\b[^.;]{0,30}\b(?:gives?|provides?|delivers?|elects?|objects?|terminates?|cancels?))"
);
pattern!(pub(super) MAY, r"\b(?:may|can)\s+(?:only\s+)?be\s+(?:only\s+|further\s+)?(?:renewed|extended)");
pattern!(pub(super) MONTHLY, r"\bmonth[\s-]+to[\s-]+month|\bmonth[\s-]by[\s-]month|\bmonthly\s+basis\b");
pattern!(
    pub(super) OPTION,
    r"\b(?:option|right|privilege|elect|elects|election|discretion|entitled|opportunity)\b[^.;]{0,70}?\b(?:renew\w*|exten[ds]\w*|continue|additional\s+term|successor)|\b(?:renew\w*|exten[ds]\w*)\b[^.;]{0,200}?\b(?:option|election|discretion)\b|\bmay\s*(?:,[^,]{0,80},\s*)?(?:\w+\s+){0,3}(?:renew|extend)\b|\bmay\s+be\s+(?:renewed|extended)\b[^.;]{0,160}\b(?:by|upon|on)\b[^.;]{0,60}\b(?:notice|giving|notif)|\bmay\s+be\s+(?:renewed|extended)\s+(?:by|at\s+the)\s+\w|\brenewal\s+options?\b|\bexten(?:d|sion)\s+options?\b|\bif\s+[^,]{0,60}\b(?:wishes|desires|elects|chooses)\s+to\s+(?:renew|extend)|\brenewable\s+(?:at|by)"
);
pattern!(
    pub(super) MUTUAL,
    r"\bmutual(?:ly)?\b[^.;]{0,40}\b(?:agree\w*|consent\w*|accord|understanding|extension)|\b(?:agreement|consent|approval)\s+(?:in\s+writing\s+)?(?:of|by|between|from)\s+(?:both|the|all|each)\s+part|\bboth\s+parties\s+(?:agree|consent|so)|\bparties\s+(?:may|shall|will|can|might)\b[^.;]{0,60}\b(?:renew|extend|negotiat|agree)|\bnegotiat\w*\b[^.;]{0,80}\b(?:renew|exten)|\b(?:renew|extend|exten)\w*\b[^.;]{0,100}\b(?:(?:written|signed)\s+(?:agreement|consent|addendum|instrument)|agreed|negotiat|by\s+(?:an?\s+)?amendment|consent)|\bif\s+(?:both\s+|the\s+)?parties\s+agree|\bif\b[^.;]{0,80}\bagree\s+in\s+writing"
);
// Continues until somebody ends it.
pattern!(
    pub(super) RUNS_ON,
    r"\b(?:thereafter|after\s+that|afterwards|then|after\s+(?:the\s+)?(?:first|initial|minimum|fixed)\s+(?:term|period))\b[^.;]{0,120}?\b(?:until|unless)\b[^.;]{0,60}?\b(?:terminat\w+|cancel\w*|notice)|\bindefinite(?:ly)?\s+(?:after|thereafter)|\b(?:renew|extend|continue)\w*\b[^.;]{0,60}\b(?:indefinite|unlimited)"
);
pattern!(
    pub(super) YEARLY,
    r"\b(?:annual\s+(?:basis|terms?|periods?|renewals?|extensions?|increments?)|annually|yearly|year[\s-]+to[\s-]+year|year[\s-]by[\s-]year|(?:each|every)\s+(?:subsequent\s+|successive\s+|additional\s+|contract\s+|following\s+)?year|(?:another|additional|further|subsequent|successive)\s+(?:calendar\s+|contract\s+)?year|calendar\s+year\s+basis|one\s+further\s+year|each\s+anniversary|next\s+year)\b"
);
// A condition that begins the sentence.
pattern!(pub(super) IF, r"^[^a-z]*(?:\(?[a-z0-9.]{1,5}[.)]\s+)*(?:if|in\s+the\s+event|in\s+case|should)\b");
// "Unless extended or terminated as set out below" mentions a renewal in passing.
pattern!(
    pub(super) PASSING,
    r"\bunless\s+(?:(?:it\s+is|sooner|earlier|otherwise|further|previously|terminated|cancell?ed|or)\s+){0,4}(?:extended|renewed)\b"
);
pattern!(
    pub(super) MONTH,
    r"\bmonth[\s-]+(?:to|by)[\s-]+month|\b(?:successive|additional|further|another)\s+months?\b|\bmonthly\s+(?:basis|terms?|periods?|renewals?)"
);
// The renewal term is as long as the first.
pattern!(
    pub(super) SAME,
    r"\b(?:same|equal|identical|like|equivalent|similar)\s+(?:in\s+)?(?:(?:length|duration|period|term|periods|terms|renewal|to)\b)|\b(?:length|duration)\s+(?:equal|as|of)\s+(?:to\s+)?(?:the|that)\b|\bas\s+long\s+as\s+the\s+initial"
);
// Words before and after the length of the first term, or of a time to answer.
pattern!(
    pub(super) FIRST_TERM,
    r"\b(?:initial\s+(?:term|period)\s+of|within(?:\s+a\s+period\s+of)?|during\s+the(?:\s+last)?|every|prior\s+to)\s*$"
);
pattern!(
    pub(super) FIRST_NAMED,
    r#"^[^.;]{0,60}\(\s*(?:the\s+)?["“”']+\s*initial\s+(?:term|period)|^\s*(?:initial\s+(?:term|period)|following\s+(?:the\s+)?(?:renewal|receipt|such|notice))"#
);
// A limit on the number of renewals.
pattern!(
    pub(super) LIMIT,
    r"\b(?:up\s+to|maximum\s+of|no\s+more\s+than|not\s+more\s+than|not\s+to\s+exceed|at\s+most|for|renew\w*|extend\w*)\s+(?:(?:an?|the|this\s+agreement|further|of)\s+)*((?:one|two|three|four|five|six|seven|eight|nine|ten|[0-9]{1,2})\s*(?:\([0-9]{1,2}\)\s*)?)(?:(?:additional|further|successive|consecutive|subsequent|renewal|extension|separate|more|optional|other|extended)[\s,]+)+(?:\([a-z]\)\s*)?(?:(?:one|two|three|four|five|six|ten|[0-9]{1,2})[\s-]*(?:\([0-9]{1,2}\)[\s-]*)?(?:year|month)s?[\s-]+)?(?:renewal\s+|successor\s+|extension\s+)?(?:terms?|periods?|times?|renewals?|extensions?|[\w()-]+[\s-]+(?:year|month)s?\s+(?:terms?|periods?))\b"
);
pattern!(
    pub(super) ONCE,
    r"\b(?:renew(?:ed|s|able)?|extend(?:ed)?)\b[^.;]{0,60}\bonce\b|\bonce\b[^.;]{0,12}\b(?:renew|extend)|\b(?:renew|extend)\w*\b[^.;]{0,120}\bfor\s+(?:one|a\s+single)\s*(?:\(1\)\s*)?(?:(?:additional|further|more|final|last)\s+)?(?:(?:[a-z]+\s*(?:\([0-9]{1,3}\)\s*)?|[0-9]{1,3}\s*)[\s-]*(?:year|month)|renewal|extension)\s+(?:term|period)\b"
);
// "Shall not renew automatically" leaves room for an agreement; "does not renew" does not.
pattern!(pub(super) NOT_BY_ITSELF, r"\bautomatic");
pattern!(pub(super) TERM_HEADING, r"\b(?:terms?|duration|renewal|extension|period|option|expiration)\b");
pattern!(pub(super) GIVES_NOTICE, r"\bnotice\b|\bnotif");
// The description of a later step, not the rule itself.
pattern!(
    pub(super) NOTICE_TALK,
    r"\b(?:notice|intent\w*|election|decision|desire|right|decline\w*|elects?)\s+(?:of|to|not|that)[^.;]{0,40}$"
);
// A longest time, not a length.
pattern!(pub(super) UP_TO, r"\bup\s+to\s+(?:an?\s+)?(?:additional|further|another|[a-z]+\s*\(?[0-9])");
