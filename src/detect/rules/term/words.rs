//! Words of terms: what tells the length or the end of the contract from that of something else.

use std::sync::LazyLock;

use crate::detect::rules::pattern::{Pattern, pattern};

// A sentence that may speak of the term.
pattern!(
    pub(super) GATE,
    [
        "until/through/thru/expir*/terminat*/duration/term/terms/period/anniversar*",
        "in (full) force/effect",
        "remain/remains/indefinite*/perpetu*/continues/valid/unlimited/co-terminous/completed",
        "end/ends/closes/runs/last/lasts/from/year/years/month/months/week/weeks",
    ]
);
/// Words that make the sentence speak of the contract's own life, beside "this Agreement shall" (`lexicon::subject`).
pub(super) static HEADS: [&LazyLock<Pattern>; 10] =
    [&TERM_OF, &TERM_IS, &TERM_LONG, &TERM_FOR, &END_IS, &LABELLED, &LABELLED_AS, &IN_FORCE, &IT_REMAINS, &LET];
// "the initial term of this Agreement", "the duration of the project".
pattern!(
    TERM_OF,
    [
        "term/duration/period of/for this/the/each/your ~4 agreement/contract/amendment/addendum/order/schedule/sow",
        "term/duration/period of/for this/the/each/your ~4 lease/licence/license/tenancy/hire/franchise/appointment",
        "term/duration/period of/for this/the/each/your ~4 engagement/venture/cooperation/employment/consultancy",
        "term/duration/period of/for this/the/each/your ~4 services/sponsorship/project",
    ]
);
// "the initial term shall", "Service Period:".
pattern!(
    TERM_IS,
    at_words(b"\"'\xE2"),
    r#"["“”'’]?\b(?:term|period)\b["“”'’]?\s*(?:\([^()]{0,60}\)\s*)?(?:(?:hereof|hereunder|which|that)\s+)?(?:shall|will|is|means?|commences?|begins?|starts?|opens?|runs?|lasts?|(?:ends?|expires?)\s+(?:on|at)|:|–|be\b)"#
);
// "a minimum term of five (5) years".
pattern!(TERM_LONG, r"\bterm\s+of\s+(?:[\w()-]+\s+){1,4}?(?:years?|months?)\b");
pattern!(
    TERM_FOR,
    [
        "term/terms/period/duration of (the) project/execution/validity/cooperation/engagement/license/licence/tenancy/hire",
        "agreement/contract/licence/license/lease/hire/membership/order covers/cover (the) ~2 period/season/seasons/year/years/months",
        "term/period end/ends/expire/expires/close/closes/conclude/concludes/finishes {month_names}",
        "term/period close/closes/conclude/concludes/finish/finishes/runs on/at/by/out, term/period ends/expires by",
        "on/upon (its) expiry/expiration/ending on, first/fixed/initial/opening/minimum year/season is",
        "first/initial/current (policy/contract/membership/licence/subscription/insurance) year/period/cycle (will/shall) end/ends/expire/expires/run/runs/close/closes",
    ]
);
// "Expiration Date" means; the termination date of this lease.
pattern!(
    END_IS,
    r#"["“”'’]?\b(?:(?:expir(?:ation|y)|termination|end|sunset)\s+date|(?:last|final)\s+day)["“”'’]?\s*(?:\([^()]{0,60}\)\s*)?(?:(?:of\s+the\s+\w+\s+)?(?:means?|shall\s+(?:now\s+)?(?:be|mean)|will\s+(?:now\s+)?be|is|becomes?)|of\s+this)"#
);
// "3. Term:", "Duration -".
pattern!(
    LABELLED,
    r"^(?:(?:\(?[0-9a-z]{1,4}[.)]+\s*)+)?(?:initial\s+|contract\s+|the\s+|agreement\s+)*(?:term|duration|period\s+of\s+performance|contract\s+period|expiration|validity)\b[\s.:\t–-]"
);
// "Subscription: from 1 March 2026", "First year: 1 May 2026 – 30 April 2027".
pattern!(
    LABELLED_AS,
    r"^(?:[0-9.()]+\s*)?(?:subscription|licen[cs]e|membership|hire|rental|engagement|tenancy|tenure|(?:first|initial|opening|fixed)\s+(?:year|month|season|quarter))\s*:"
);
pattern!(
    IN_FORCE,
    r"\b(?:agreement|contract)\b[^.;]{0,80}\bin\s+(?:full\s+)?(?:force|effect)\b|\bin\s+effect\s+(?:from|until|for|through)\b"
);
pattern!(
    IT_REMAINS,
    [
        "it shall remain/continue, it shall be effective, it goes/runs/carries on, it goes/runs until, no fixed/minimum term",
        "this is a/an ~3 agreement/contract/lease/licence/tenancy beginning/starting/commencing/from",
        "^ it is concluded/made/agreed for, ^ it has no, to hold ..80 from/until/for, ^ it (will/shall) stays/opens/closes, ^ it (will/shall) close/open on/at/with/for",
        "^ access/service/use/cover (will/shall) stop/stops/end/ends/expire/expires/cease/ceases, ^ it is for, ^ it (will/shall) end/ends/expire/expires/lapse/lapses/last/lasts/run/runs/start/starts",
        "unless ..60, it will/shall end/expire/lapse, unless ..60, it ends/expires/lapses",
        "^ it (will/shall) operates/come/comes/take/takes/begin/begins/start/starts/continue/continues/remain/remains",
    ]
);
// "The shop is let to the Tenant from 1 May 2026 to 30 April 2029", "the period 1 May 2026 to 30 April 2029".
pattern!(
    LET,
    &format!(
        r"\b(?:(?:lets?|leased|demised|rented|hired|licensed)\b[^.;]{{0,60}}?\bfrom|period(?:\s+(?:from|between))?)\s+{A_DAY}"
    )
);
const A_DAY: &str =
    r"(?:and\s+including\s+)?(?:the\s+)?(?:[0-9]{1,2}(?:st|nd|rd|th)?\s+)?(?:of\s+)?(?:{month_names})\s+[0-9]";
// "To hold for and during the term of ten years", "lets the shop for the term of six years" make the term.
pattern!(
    pub(super) HABENDUM,
    ["for and during (the/a) (full) $", "to hold ..140 for (the/a) $, lets/leases/demises ..140 for the $"]
);
// An end that may come sooner: "and conclude no later than D".
pattern!(pub(super) AT_LATEST, ["conclude/concludes/end/ends/expire/expires/finish/complete/completed no/not later than $"]);
// A right to end on a day is no end of the term.
pattern!(
    pub(super) CAN_END,
    // Not the month: "commences on May 1, 2026 and ends".
    r"\b(?:may\s+(?:[^0-9.;][^.;]{0,78}\b)?|(?:can|entitled\s+to|(?:right|option)\s+to)\b[^.;]{0,80}\b)(?:terminate|cancel|determine|break|end|close)\b"
);
// "If the Lessee has served a break notice, this Lease shall come to an end on D".
pattern!(
    pub(super) IF_NOTICED,
    r"\b(?:if|where|provided(?:\s+that)?)\s+(?:the\s+)?\w+\s+(?:has|have|had|gives?|serves?|shall|so|,)\b[^.;]{0,140}\bnotice\b[^.;]{0,60}\b(?:end|ends|cease|ceases|determine|terminate|expire)\b"
);
// "Ends without notice on D": nothing needs to be said for it.
pattern!(pub(super) SILENTLY, r"\bwithout\s+(?:\w+\s+){0,4}notice\b(?:\s+of\s+\w+)?(?:\s+being\s+(?:given|required|necessary))?,?|\bwithout\s+(?:\w+\s+){0,2}(?:action|act|formality|steps?)\b(?:\s+(?:of|by)\s+(?:either|any|the)\s+\w+)?,?|\bwithout\s+(?:needing\s+to\s+be|having\s+to\s+be|being)\s+(?:terminated|ended|cancelled)\b,?|\b(?:cannot|(?:can|may|shall|will)\s+not)\s+be\s+(?:terminated|ended)\s+(?:by|with|on|upon)\s+notice\b");
// "During the term of this Agreement" sets the time of a duty, not the term.
pattern!(
    pub(super) WITHIN,
    [
        "during/throughout/within/for/over/before/after/following (the/this) (entire/initial/full/applicable/whole) $",
        "prior to (the/this) (initial) $, pursuant to (the/this) $, in the event (that) (the/this) $",
        "maximum/each/such/any/extend/renew/terminate/terminates/cancel (the/this) (entire/initial/full/applicable) $",
        "upon/if/when/once/while/whilst/under/that/termination/expiration/expiry (the/this) (initial) $",
        "so/as long as (the/this) $",
        "end/beginning/expiration/expiry/termination/remainder/balance/portion/life/year/breach of (the/this) (entire/initial/full) $",
    ]
);
// "For as long as this agreement is in being, which is five years": the aside gives the length.
pattern!(pub(super) WHICH_IS, r"^[^.;,]{0,60},\s*(?:which|that)\s+is\s");
// A sentence about a case that may arise.
pattern!(pub(super) SUPPOSES, r"\b(?:in\s+the\s+event|if|provided\s*,?\s+(?:that|however)|should|where)\b");
pattern!(pub(super) MONTHLY, r"\bmonth[\s-]+to[\s-]+month|\byear[\s-]+to[\s-]+year");
// Words that make what follows a renewal term.
pattern!(
    pub(super) RENEWS,
    [
        "renew/renews/renewed/renewing/extending/prolonged/prolonging/renewal/renewals/renewable/extended/extension/extensions/extendable/additional, carried on",
        "roll/rolls/rolling (itself) over/on/forward/into",
        "extend the/this/it, automatically extend/extends, extend/extends automatically",
    ]
);
// Sentences about the life of something else.
pattern!(
    pub(super) FOREIGN,
    [
        "warranty/warranties/warrants/warranted/insurance/standstill",
        "waiting period, option period, cure period, long-stop, interest, escrow, force majeure, probation*",
        "non-compet*, non-solicit*, purchase order/orders shall/will, audit*, books and records, retain/retains/retained/retaining/retention, indemnif*",
    ]
);
// Periods of something else: what stands before "period".
pattern!(
    pub(super) OTHER_PERIOD,
    [
        "defect/defects/credit/correction/liability/rectification/evaluation/trial/acceptance/retention/grace/transition/review $",
        "notice/payment/claim/inspection/response/delivery/rent-free/cooling-off/probationary/data/billing/reporting $",
        "promotion/promotional/offer/competition/prize/sale/campaign/draw/entry/voting/discount $",
    ]
);
// Times of restraint, of limitation and of pay are not the term.
pattern!(
    pub(super) RESTRICTED,
    [
        "restricted/restriction/restrictive/confidentiality/look-back/limitation/limitations period, change in/of control period",
        "lease/contract/fiscal/calendar/agreement year ..3 mean/means, lease/contract/fiscal/calendar/agreement year ..3 shall mean",
        "no competition, non-compet* period/term, non-solicit*, will/shall not ..62 directly or indirectly",
        "severance, salary, incentive compensation, stock option/options, vest/vests/vested/vesting, section 409a",
        "payment/payments for/during/is/are, payments and benefits, employ (the) employees, has ceased to, after executive, employment terminates/with, employee's last",
        "waive/waives/waiver ..40 rights, waiver of rights, general release, within which to consider",
        "action arising/for, must be commenced, claim/claims arising, violate/violates the provisions, post-terminat*, court order",
    ]
);
// The obligations of a confidentiality agreement are its life.
pattern!(
    pub(super) OBLIGATIONS,
    [
        "obligation/obligations/provisions/restrictions/covenants/duties/duty ..140 shall/will/expire/expires/terminate/terminates",
        "obligation/obligations/provisions/restrictions/covenants/duties/duty ..140 cease/ceases/remain/remains/continue/continues",
        "obligation/obligations/provisions/restrictions/covenants/duties/duty ..140 survive/survives, bound by",
        "this/the (letter) agreement ..80 expire*/cease*/terminate*/lapse*",
    ]
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
    [
        "pay/pays/paid/payable/fee/fees/rent/price/prices/charge/charges/invoice/invoices/interest/discount",
        "confidential/retain/keep/records/warrant*/during/not",
    ]
);
// Acting for the other party for a time.
pattern!(
    pub(super) SERVES,
    [
        "engaged/employed/appointed/retained/hired/seconded/engages/employs/appoints/hires, provide/perform/render the services",
        "services/works/goods ~2 will/shall be provided/performed/rendered/supplied",
        "services/project/works/work/performance ~4 will/shall begin/commence/start/run, services/project/works/work/performance begins/commences/starts/run/runs",
    ]
);
pattern!(
    pub(super) OWN_TERM,
    [
        "initial term/period, term of this/the, agreement/contract term/period",
        "this ~3 agreement/contract/lease",
    ]
);
pattern!(pub(super) INITIAL, r"\b(?:initial|first|fixed|minimum)\s+(?:term|period)\b|\bprimary\s+term");
pattern!(
    pub(super) EFFECTIVE,
    r"\b(?:commenc|begin|starts?\b|effective|in\s+(?:full\s+)?(?:force|effect)|remain|continue|takes?\s+effect|comes?\s+into)"
);
// "the day prior to the second anniversary": the same end, said by its last day.
pattern!(pub(super) DAY_BEFORE, r"\bday\s+(?:immediately\s+)?(?:prior\s+to|before|preceding)\s+(?:(?:the|its|that)\s+)?$");
// A notice that must not run out before an anniversary ends nothing on it.
pattern!(pub(super) NO_EARLIER, r"\b(?:earlier|sooner)\s+than\s+(?:(?:the|its)\s+)?$|\bnot?\b[^.;]{0,60}\b(?:before|prior\s+to)\s+(?:(?:the|its)\s+)?$|\bon\s+or\s+after\s+(?:(?:the|its)\s+)?$");
// "After the second anniversary the Customer may": something begins there.
pattern!(pub(super) SINCE, ["after/following/since (the/such/that) $"]);
// Words that turn an end date into a condition or another event.
pattern!(
    pub(super) NOT_END,
    [
        "dated/if/notice/amend/amends/amended/amending/made/renew*/failure/invoice, in the event that, prior to, entered into",
        "extend* for/beyond, fiscal year, during the period, no later than $, by $, at any time",
    ]
);
// The longest time in all, of which the first term is a part.
pattern!(pub(super) CAPPED, ["total/aggregate/overall/maximum (total) duration/term/period of $"]);
// Words before a period that make it the length of the term.
pattern!(
    pub(super) LENGTH,
    [
        "for/of/be/is/least/period/term/continue/continues/effect/force/until/mean/means/in/last/lasts/extend/extends $",
        "through/run/runs/end/ends/ending/lapse/lapses/endure/endures/expire/expires/expiring/terminate/terminates/terminating/conclude/a/an/on/upon $",
        "initial/minimum/maximum/total/primary/original/fixed/full/entire/date/longer/shorter/earlier/later/sooner $",
        "for the $, date that is $, therefor/effective $",
    ]
);
// The same after a mark, or after the sign of a list.
pattern!(pub(super) LENGTH_LISTED, r#"(?:[:\t–,"“”(-]|\b(?:[ivx]{1,4}|[a-z]|[1-9])\s*\))[\s"“”(_:]*$"#);
// The length of a later term.
pattern!(
    pub(super) NEXT_TERM,
    [
        "additional/further/successive/subsequent/another/extra/extended/extension/renewal/option/second/successor (option/optional/renewal) term/terms/period/periods of $",
        "successor franchise/licence/license/agreement for a term of $, any/each/every such period/term of $, thereafter each time for $",
    ]
);
pattern!(
    pub(super) NOT_LENGTH_BEFORE,
    [
        "until at least, if/fail*/breach*/default*/notice/within/successive/consecutive/prior/survive/survives/survived/surviving, survival period, less than, in the event, upon at least, upon not less",
        "after (the) termination/expiration/expiry, every/payable/cure/exceed/royalt*/twice/preceding/remaining/age/aged/subsequent",
        "probation*/trial/notice/grace/cure/cooling-off period of/is/lasts/for/will-be/shall-be $, probation of/for $",
        "during any, per/last/first/next/each $, tenancies/leases/agreements/contracts/employees/projects of/over $",
    ]
);
pattern!(
    pub(super) NOT_LENGTH_AFTER,
    [
        "^ (s) (calendar) (day/days) prior/before/advance/written/notice/renewal/extension/old, ^ (s) in advance",
        "^ (s) after/following (the/such/any/your/his/her/its) termination/expiration/expiry/notice/receipt/written/disclosure",
        "^ (s) beforehand/ahead/earlier/notice, ^ (s) or more/longer/over/upwards, ^ (s) or earlier/sooner before/prior/ahead, ^ after delivery of ~1 notice, ^ of receipt/termination/experience/age, ^ of the termination, ^ of such notice",
        "^ from the date of ~2 notice, ^ from (the/such/any) termination/expiration/receipt/disclosure, ^ shall be automatically renewed",
    ]
);
// No end of its own; "until terminated" is a form (`term::endless`).
pattern!(
    pub(super) FOREVER,
    [
        "indefinite/unlimited/unspecified/indeterminate/undetermined period/term/duration/time, in/for perpetuity, perpetual/perpetually",
        "continue*/remain*/valid*/effective*/effect*/force*/endure* ~6 indefinitely",
    ]
);
// Under a heading that announces the term, a sentence that begins with it: "Sixty months, A to B", "From A, a Monday, to B".
pattern!(
    pub(super) LENGTH_FIRST,
    r"^\W*(?:[0-9]+(?:\.[0-9]+)*[.)]?\s+)?(?:(?:initial\s+|contract\s+)?(?:term|duration|period|length)\W{1,3})?(?:from\s|[\w-]+(?:\s*[(\[][0-9]+[)\]])?\W?\s*(?:weeks?|months?|years?)\b)"
);
// The same without a heading, where a start follows.
pattern!(
    pub(super) LENGTH_BEGINS,
    r"^\W*(?:[0-9]+(?:\.[0-9]+)*[.)]?\s+)?[\w-]+(?:\s*[(\[][0-9]+[)\]])?\W?\s*(?:weeks?|months?|years?)\W{1,3}(?:beginning|starting|commencing|running|from)\b"
);
// A heading and nothing else before a length.
pattern!(
    pub(super) BARE_HEADING,
    r"^\W*(?:[0-9]+(?:\.[0-9]+)*[.)]?\s+)?(?:initial\s+|contract\s+)?(?:term|duration|period|length)\W*$"
);
// A place to fill in: "[DATE]", "[insert date]", "[●]", a line.
pattern!(pub(super) BLANK, r"\[[^\[\]]{0,30}(?:\bdate\b|[•●_])[^\[\]]{0,10}\]|_{4,}");
// Ends with another contract.
pattern!(pub(super) WITH_ANOTHER, r"\bco-?terminous\s+with\s+([^.;,]{0,90})");
// The end depends on something that happens.
pattern!(pub(super) HAPPENS, r"\b(?:until|upon|when|on\s+the\s+date)\s+(?:the\s+)?([a-z][^.;]{0,170})");
pattern!(
    pub(super) HAPPENING,
    [
        "^ completion/expiration/expiry/termination/delivery/acceptance/closing/conclusion/end/earlier/later/last/date",
        "^ earliest/latest/performance/all/satisfaction/fulfil*/payment/consummation/dissolution/conversion, ^ full performance",
    ]
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
    r"[,(]?\s*\b(?:unless|subject\s+to|except\s+as|and\s+unless|but\s+subject\s+to|notwithstanding|barring|if\s+not\s+(?:\w+\s+)?(?:prolonged|extended|renewed|terminated|ended|cancelled))\b[^,;()]{0,220}(?:\([^()]{0,80}\)[^,;()]{0,60}){0,2}[,)]"
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
    r"\b(?:(?:last|final)\s+day|end|close|expiration)\s+of\s+the\s+(?:calendar\s+)?(month|year)\s*,?\s*(?:(?:in|during|within|of)\s+which|(?:which|that)\s+(?:contains|includes)|that|containing|following|including)?(?:\s+[a-z]+){0,2}\s*$"
);
// The calendar year in which the contract begins, or that it runs by.
pattern!(
    pub(super) CALENDAR_YEAR,
    [
        "end/close/expiration of the/that/such ~2 calendar year, last day of the/that/such ~2 calendar year",
        "established/concluded/run/runs by/for/per (the/each) calendar year, entered into by/for (the/each) calendar year",
        "december 31 of the/that/such ~2 year, december 31st of the/that/such ~2 year",
    ]
);
// "Covers the calendar year 2026".
pattern!(pub(super) NAMED_YEAR, r"\b(?:is(?:\s+for)?|covers?|for)\s+(?:the\s+)?calendar\s+year\s+((?:19|20)[0-9]{2})\b");
pattern!(pub(super) SURVIVES, r"\bsurviv\w+");
// The end of another contract: of the one that this document amends or belongs to.
pattern!(
    pub(super) PARENT,
    [
        "the/such/said parent/master/original/underlying/principal/main/head ~3 agreement/sow/contract/lease/msa/term/expiration/schedule",
        "the/such/said existing/prior/current/previous ~3 agreement/sow/contract/lease/msa/term/expiration/schedule",
        "parent term/agreement/sow/contract, currently extend*/expire*/run*/end*, originally",
    ]
);
// What is told of another agreement that was just named: "under a Hosting Agreement (the “Main Agreement”), which has".
pattern!(
    pub(super) NAMED_BEFORE,
    r#"\((?:the\s+)?["“][^"”()]{3,40}\s(?:agreement|contract|lease)["”]\),?\s+(?:which|that)\s+(?:has|had|runs?|ran|is|was|expires|ends)\b[^.;]{0,40}$"#
);
// The definition of a year of the contract, and one that counts from its start.
pattern!(
    pub(super) DEFINES_YEAR,
    [
        "contract/agreement/license/lease year ..4 mean/means/is/refers, contract/agreement/license/lease year ..4 shall mean",
    ]
);
pattern!(
    pub(super) FROM_START,
    [
        "anniversar*, effective/commencement/start date, date hereof, date of this",
    ]
);
// "the twenty-fourth (24th) full calendar month after": the Nth whole month of the term.
pattern!(
    pub(super) FULL_MONTH,
    r"\b(?:full|whole|complete)\s+(?:calendar\s+)?month\s+(?:next\s+)?(?:after|following|from)\b|\b(?:full|whole|complete)\s+(?:calendar\s+)?month\s+of\s+the\b"
);
// An end without a subject: "And will end on 1 March 2027".
pattern!(
    pub(super) ENDS_ON,
    r"^\W*(?:[0-9a-z]{1,3}[.)]\s*)?(?:and\s+)?(?:it\s+|the\s+same\s+)?(?:will|shall|must|does)?\s*(?:end|expire|cease|terminate)s?\s+(?:on|at)\b"
);
