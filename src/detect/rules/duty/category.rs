//! What a duty is about, from its words and the heading above it.

use std::sync::LazyLock;

use super::super::ascii::{Pattern, pattern};
use crate::detect::value::DutyCategory;

/// Words of each category, the most telling categories first.
static WORDS: LazyLock<Vec<(DutyCategory, Pattern)>> = LazyLock::new(|| {
    use DutyCategory as C;
    [
        (C::Insurance, r"\binsur(?:ance|ers?|ed\b)|\bcoverage\b|\bpolic(?:y|ies)\s+of\s+insurance"),
        (C::DataProtection, r"\bdata\s+breach|security\s+(?:incident|breach)|personal\s+(?:data|information)|data\s+subject|\bgdpr\b|sub-?processor|(?:delete|destroy|erase|return)[^.;]{0,60}\bdata\b"),
        (C::Transition, r"\btransition(?:al)?\b|hand\s?over|termination\s+assistance|wind[\s-]?down|migrat\w+"),
        (C::Governance, r"\bdispute[sd]?\s+(?:shall|will|is|resol|is\s+not)|\bmediat\w+|\barbitrat\w+|\bescalat\w+|executives?\b[^.;]{0,60}\bmeet|\bmeet(?:ings?)?\b|\bconfer\b|\bgovernance|steering\s+committee|change\s+request|(?:parties|each\s+party)[^.;]{0,40}\breview|resolve\s+the\s+dispute|\bnegotiat\w+"),
        (C::Notice, r"\bdisput(?:e|es|ed|ing)\s+(?:any|an|the|in\s+good|invoice|amount)|\bprior\s+(?:written\s+)?notice|\b(?:advance|written)\s+(?:written\s+)?notice|\bnotif(?:y|ies|ication)|\bgive\s+notice|notice\s+of\b|'\s*(?:prior\s+)?(?:written\s+)?notice|inform\b|service\s+credit[^.;]{0,60}request|request[^.;]{0,60}service\s+credit"),
        (C::Audit, r"\baudits?\b|\bauditors?\b|\binspect(?:ion)?\s+(?:of\s+)?(?:the\s+)?(?:books|records|premises|facilit)"),
        (C::Payment, r"\bpa(?:y|ys|id|yable|yments?)\b|\binvoic\w+|\bbill(?:ed|s)?\b|\breimburs\w+|\brefund\w*|\bremit\w*|\bfees?\b|\broyalt\w+|\bprice|\bdue\s+and|\binterest\b|\brent\b|\bcredit\w*\b|\bcompensat\w+|\btaxes\b"),
        (C::Confidentiality, r"\bconfidential\w*|\bdisclos\w+|\bdivulge|\bsecre\w+|\bnon-disclosure"),
        (C::Reporting, r"\breports?\b|\breporting\b|\bforecasts?\b|\bstatements?\b|\bsummar(?:y|ies)\b|\bmeasurements?\b|\bprogress\b|\bmetrics\b|root\s+cause|post-?mortem"),
        (C::Records, r"\brecords\b|\bbooks\b|\bretain\b|\blogs?\b|\barchive"),
        (C::Support, r"\bsupport\b|\bmaint(?:ain|enance)\b|\bhelp\s?desk|\bback-?ups?\b|\bhealth\s+check|\brepairs?\b|\bpatch\w*|\bcorrect\b|\bincidents?\b|\bwalkthrough|\bmonitor\w*|\bcapacity\s+planning|\bcleaning|\btesting\b|\bremed(?:y|ied)\b|on-site"),
        (C::Delivery, r"\bdeliver\w*|\bsuppl(?:y|ies)\b|\bship\w*|\binstall\w*|\bacceptance\b|\bcomplete\w*|\bmilestone|\bimplement\w*|\bprovide\b|\bperform\b|\bfurnish\b|\bproject\s+plan|\bmanufactur\w+|\bescrow"),
        (C::Compliance, r"\bcompl(?:y|ies|iance)\b|\bapplicable\s+laws?|\bwarrants?\b|\bconform\w*|\blicen[sc]es\s+and\s+permits|\bregulat\w+|\bstandards?\b"),
    ]
    .map(|(category, words)| (category, pattern(words)))
    .into()
});
/// Headings that settle what the duties under them are about.
static HEADINGS: LazyLock<Vec<(DutyCategory, Pattern)>> = LazyLock::new(|| {
    use DutyCategory as C;
    [
        (C::Insurance, r"\binsurance\b"),
        (C::Confidentiality, r"\bconfidential|non-?disclosure|proprietary\s+information"),
        (C::Governance, r"\bdispute|governance|arbitration|mediation|escalation"),
        (C::Audit, r"\baudit"),
        (C::Transition, r"\btransition|exit\b|effects?\s+of\s+termination|consequences\s+of"),
        (C::DataProtection, r"\bdata\s+(?:protection|security|privacy|breach)|\bprivacy\b|\bsecurity\s+incident"),
        (C::Payment, r"\bpayments?\b|\binvoic|\bfees?\b|\bcharges\b|\bpric|\bcompensation\b|\broyalt|\brent\b"),
        (C::Reporting, r"\breport"),
        (C::Records, r"\brecords\b"),
        (C::Support, r"\bsupport\b|\bmaintenance\b"),
        (C::Compliance, r"\bcompliance\b|\bwarrant"),
        (C::Delivery, r"\bdeliver|\bacceptance\b|\bservices\b"),
    ]
    .map(|(category, words)| (category, pattern(words)))
    .into()
});

/// The category of a duty whose clause is `words`, whose verb and object are `action`, under `heading`.
pub(super) fn category(action: &str, words: &str, heading: &str) -> DutyCategory {
    let first = |list: &[(DutyCategory, Pattern)], words: &str| list.iter().find(|(_, p)| p.is_match(words)).map(|(c, _)| *c);
    first(&WORDS, action)
        .or_else(|| first(&HEADINGS, heading))
        .or_else(|| first(&WORDS, words))
        .unwrap_or(DutyCategory::Other)
}
