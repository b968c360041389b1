//! What a duty is about, from its words and the heading above it.

use std::sync::LazyLock;

use super::super::pattern::{Pattern, pattern};
use crate::record::value::DutyCategory;

/// A category and words that tell it.
type Table = LazyLock<Vec<(DutyCategory, Pattern)>>;

/// Topics that settle the category wherever they stand in the clause, the most telling first.
static TOPICS: Table = LazyLock::new(|| {
    use DutyCategory as C;
    [
        (C::Insurance, r"\binsurance\b|\binsurers?\b|\bcoverage\b|\bpolic(?:y|ies)\s+of\s+insurance"),
        (
            C::DataProtection,
            r"\bdata\s+breach|security\s+(?:incident|breach)|personal\s+(?:data|information)|data\s+subject|\bgdpr\b|sub-?processor|law\s+enforcement",
        ),
        // What has a gap stands by itself: a search for few words at a time is fast.
        (C::DataProtection, r"(?:delete|destroy|erase)\w*[^.;]{0,60}\bdata\b"),
        (C::Transition, r"\btransition(?:al)?\s+(?:assistance|services?|plan|period)|\bhand\s?over\b|termination\s+assistance|wind[\s-]?down"),
        (
            C::Governance,
            r"\bmediat(?:ion|or)|\barbitrat(?:ion|or)|\bescalat\w+|\bexecutives?\b|\bofficers\s+of\s+each|\bnegotiat\w+\s+(?:in\s+good\s+faith|for\b|between|among)|steering\s+committee|governance|\bchange\s+(?:request|impact)|(?:shall|will|to)\s+(?:[a-z]+ly\s+)?meet\b|\bresolve\s+(?:the|any|such)\s+dispute|dispute\s+(?:is|has)\s+not\s+(?:been\s+)?resolved|\bparties\s+(?:shall|will|agree\s+to)\s+(?:[a-z]+ly\s+)?(?:review|analy[sz]e|confer|discuss|agree|memorialize|cooperate)",
        ),
        (C::Governance, r"\bparties\b[^.;]{0,60}\bnegotiat\w+"),
        (C::Governance, r"\bmeet(?:ings?)?\b[^.;]{0,80}\b(?:resolve|discuss|review|parties|basis|person)"),
    ]
    .map(|(category, words)| (category, Pattern::new(words)))
    .into()
});
/// What is done, from the verb and its object.
static ACTS: Table = LazyLock::new(|| {
    use DutyCategory as C;
    [
        (
            C::Notice,
            r"\bnotif(?:y|ies|ied|ication)|\b(?:prior|advance|written)\s+(?:written\s+)?notice|\bnotice\b[^.;]{0,30}\b(?:of|to|prior|before)\b|days'?\s+(?:\w+\s+){0,2}notice|\b(?:give|provide)\w*\s+(?:\w+\s+){0,3}notice|\binform\b|\badvise\b|written\s+request\b|\brequested\s+by\b[^.;]{0,30}\bin\s+writing|\breport\s+any\s+(?:defects|errors)|\breview\s+and\s+test|\bto\s+(?:review|inspect)\b[^.;]{0,40}deliverables?|\boffer\b",
        ),
        (C::Audit, r"\baudit(?:s|ed|ors?)?\b|\binspect\s+(?:the\s+)?(?:books|records|premises|facilit)"),
        (
            C::Payment,
            r"\bpa(?:y|ys|id|yable|yments?)\b|\binvoic\w+|\bbill(?:ed|s)?\b|\breimburs\w+|\brefund\w*|\bremit\w*|\bfees?\b|\broyalt\w+|\bprices?\b|\bdue\b|\binterest\b|\brent\b|\bcredits?\b|\bcompensate\b",
        ),
        (
            C::Confidentiality,
            r"\bconfiden\w+|\bdisclos(?:e|ed|ure)\b|\bdivulge|\bsecre\w+",
        ),
        (
            C::Reporting,
            r"\breports?\b|\breporting\b|\bforecasts?\b|\bstatements?\b|\bsummar(?:y|ies)\b|\bmeasurements?\b|\bprogress\b|\bmetrics\b|root\s+cause|reconciliation|\bestimate\b",
        ),
        (C::Records, r"\brecords\b|\bbooks\b|\bretain\b|\blog\b|\barchive"),
        (
            C::Support,
            r"\bsupport\b|\bmaintenance\b|\bhelp\s?desk|\bback-?ups?\b|\bhealth\s+checks?|\brepair\w*|\bpatch\w*|\bincidents?\b|\bwalkthrough|\bmonitor\w*|\bcapacity\s+planning|\bcleaning|\bremed(?:y|ied)\b|\bon-site",
        ),
        (
            C::Compliance,
            r"\bcompl(?:y|ies|iance)\b|\bapplicable\s+laws?|\bwarrants?\b|\b(?:substantially\s+)?conform\b|\bsubstantial\s+accordance|\blicen[sc]es\s+and\s+permits",
        ),
        (
            C::Delivery,
            r"\bdeliver\w*|\bsuppl(?:y|ies)\b|\bship\w*|\binstall\w*|\bacceptance\b|\bcomplete\w*|\bmilestone|\bimplement\w*|\bprovide\b|\bperform\b|\bfurnish\b|\bproject\s+plan|\bmanufactur\w+|\bescrow|\bcorrect\b|\btest\b",
        ),
    ]
    .map(|(category, words)| (category, Pattern::new(words)))
    .into()
});
/// Headings that settle what the duties under them are about.
static HEADINGS: Table = LazyLock::new(|| {
    use DutyCategory as C;
    [
        (C::Insurance, r"\binsurance\b"),
        (C::Confidentiality, r"\bconfidential|non-?disclosure|proprietary\s+information"),
        (C::Governance, r"\bdispute|governance|arbitration|mediation|escalation"),
        (C::Audit, r"\baudit"),
        (C::Transition, r"\btransition|\bexit\b"),
        (C::DataProtection, r"\bdata\s+(?:protection|security|privacy|breach)|\bprivacy\b|\bsecurity\s+incident"),
        (C::Payment, r"\bpayments?\b|\binvoic|\bfees?\b|\bcharges\b|\bpric|\bcompensation\b|\broyalt|\brent\b"),
        (C::Reporting, r"\breport"),
        (C::Records, r"\brecords\b"),
        (C::Support, r"\bsupport\b|\bmaintenance\b"),
        (C::Compliance, r"\bcompliance\b|\bwarrant"),
        (C::Delivery, r"\bdeliver|\bacceptance\b|\bservices\b"),
    ]
    .map(|(category, words)| (category, Pattern::new(words)))
    .into()
});
// Amounts in dispute are paid, not discussed.
pattern!(
    OWED,
    at_words(b""),
    r"\b(?:shall|will|must|is|are)\s+(?:be\s+)?(?:[a-z]+ly\s+)?(?:paid|due|payable|invoiced|billed|reimburse|pay)\b"
);

/// The category of a duty whose clause is `words`, whose verb and object are `action`, under `heading`.
pub(super) fn category(action: &str, words: &str, heading: &str) -> DutyCategory {
    let first = |list: &Table, words: &str| list.iter().find(|(_, p)| p.is_match(words)).map(|(c, _)| *c);
    if OWED.is_match(words) {
        return DutyCategory::Payment;
    }
    first(&TOPICS, words)
        .or_else(|| first(&HEADINGS, heading).filter(|c| matches!(c, DutyCategory::Insurance)))
        .or_else(|| first(&ACTS, action))
        .or_else(|| first(&ACTS, words))
        .or_else(|| first(&HEADINGS, heading))
        .unwrap_or(DutyCategory::Other)
}

/// Whether a heading speaks of confidentiality.
pub(super) fn is_secret(heading: &str) -> bool {
    HEADINGS.iter().any(|(c, p)| *c == DutyCategory::Confidentiality && p.is_match(heading))
}
