//! What happens at the end of the term. Kinds and their order: C1.

use std::ops::Range;
use std::sync::LazyLock;

use super::ascii::{Match, Pattern, pattern};
use super::notice::{self, Notice};
use super::reader::{Reader, around, head, tail};
use super::term;
use crate::calendar::{Period, Unit};
use crate::detect::Findings;
use crate::detect::value::{Renewal, RenewalKind, TermEnd};
use crate::lexicon::{Found, PeriodText, Reading, count, periods};
use crate::provenance::{Confidence, Diagnostic, Fact, Origin, Severity, Span, Stage, Status};

/// A sentence that may speak of renewal.
static GATE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"renew|exten(?:d|sion)|successive|month[\s-]+to[\s-]+month|year[\s-]+to[\s-]+year|evergreen|prolong|thereafter|automatically\s+continu|additional\s+(?:term|period)|roll\s?-?over|indefinite|hold(?:ing)?\s*over|continues?\s+automatic",
    )
});
/// The renewing verb or noun itself. "Continue" and "extend" also speak of the first term, so they count only beside words
/// that make them renewals.
static VERB: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\b(?:self-)?renew(?:s|ed|al|als|ing|able)?\b|\bextended\b|\bextensions?\b|\bextendable\b|\b(?:may|to|automatically|can|right|mutually|shall\s+have\s+the\s+option\s+to)\s+(?:\w+\s+)?extend\b|\bextends?\s+(?:automatically|this|the\s+(?:agreement|term|contract|initial)|it|for\s+(?:an?\s+)?(?:additional|successive|further))|\bprolong\w*|\broll(?:s|ed)?\s?-?over\b|\bsuccessor\s+(?:term|franchise)|\bmonth[\s-]+to[\s-]+month|\byear[\s-]+to[\s-]+year|\bstay\s+in\s+force|\badditional\s+(?:terms?|periods?)\s+of\b|\bautomatic(?:ally)?\b[^.;]{0,40}\bcontinu\w+|\bcontinu\w+\s+automatic\w*|\b(?:thereafter|after\s+that)\b[^.;]{0,50}\b(?:continu\w+|remain)|\bcontinu\w+\b[^.;]{0,60}\b(?:thereafter\b|successive|consecutive|additional\s+(?:\(?\w+\)?[\s-]){0,3}(?:year|month|period|term))",
    )
});
/// It is the contract, or its term, that renews.
static SELF: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\b(?:this|the|said|present|such|our|your|both)\s+(?:[\w&’'-]+\s+){0,4}?(?:agreements?|contract|amendment|addendum|lease|franchise|term|appointment|engagement|schedule|attachment|sow|arrangement|venture|jsma|mou|maintenance|subscription|employment|cooperation|sla|subscription|order|letter|undertaking)\b|\b(?:initial|primary|original|first|fixed)\s+(?:[\w-]+\s+)?(?:term|period)\b|\brenewal\s+(?:term|period)|\bthe\s+contract\b|^[\s0-9.()]*it\b|\bthere\s+is\s+no\b|(?:^|\t)\s*renewals?\b|\bthereafter\b|\bautomatic(?:ally)?\s+renew",
    )
});
/// Something else renews.
static FOREIGN: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\b(?:renew\w*|extend\w*|extension)\s+(?:of\s+|to\s+|for\s+)?(?:(?:the|its|such|any|all|their|each|said|a|an|applicable|or|and)\s+)*(?:[\w-]+\s+){0,2}?(?:registrations?|insurance|polic(?:y|ies)|permits?|letters?\s+of\s+credit|patents?|trademarks?|marks?|domain\s+names?|bonds?|visas?|loans?|notes?|credit|warrants?|offer|deadline|time|cure|payment|closing|purchase\s+order|warranty|copyrights?|deadlines?|dates?\s+(?:for|of)|benefits?|rights\s+and|facility|certificat\w+|due\s+date|delivery|protection|invitation|discount|support\s+to)\b|\bforce\s+majeure|\bextended\s+(?:warranty|coverage|support)|extent\b[^.]{0,20}extend|\btime\s+(?:period\s+)?(?:for|to)\s+(?:perform|cure|pay|deliver|respond)|renewal\s+commissions?|extend\s+(?:to|beyond)\s+(?:the\s+)?(?:parties|other|persons?|successors|all|any)|\bstandstill\b|\bpatent\b|evaluation\s+period|\bcure\s+period|support\s+period|\bdelays?\b|annual\s+meeting|conversion\s+date|terms\s+contained|transition\s+period|wind-?down",
    )
});
/// Negatives are tried before everything else.
static NEVER: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\b(?:shall|will|may|does|do|is|are|can)\s*not\s+(?:be\s+)?(?:(?:subject\s+to\s+)?automatic(?:ally)?\s+(?:be\s+)?)(?:renew|extend|continu)|\bno\s+automatic\s+(?:renewal|extension)|\bnot\s+(?:subject\s+to\s+)?(?:automatic\s+)?renewable|\bnon-?renewable\b|\bno\s+(?:right|option)\s+(?:to|of)\s+(?:renew|exten)|without\s+(?:any\s+)?(?:right|option)\s+(?:to|of)\s+(?:renew|exten)|\bno\s+renewal\b|\bnot\s+subject\s+to\s+(?:any\s+)?(?:renewal|extension)|\bno\s+(?:\w+\s+){0,2}to\s+be\s+(?:renewed|extended)|\b(?:agreement|contract|term|sow|sla|lease|it)\s+(?:shall|will|may|does|is|do)\s+not\s+(?:be\s+)?(?:to\s+be\s+)?(?:renew|extend)",
    )
});
static AUTOMATIC: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\bautomatic(?:ally)?\b[^.;]{0,60}?\b(?:renew\w*|exten[ds]\w*|continu\w*|roll\w*|prolong\w*|stay|successive)|\b(?:renew\w*|exten[ds]\w*|continu\w*|prolong\w*|renewable)\b[^.;]{0,60}?\bautomatic|\btacit|\bself-?renew|\bdeemed\s+(?:to\s+(?:be|have)\s+)?(?:been\s+)?(?:renew|extend)|\bevergreen\b|\brenews?\s+(?:annually|each|every|yearly)",
    )
});
/// Renewal that happens by itself though nobody says "automatically".
static BY_ITSELF: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\b(?:shall|will|is|are|be|to)\s+(?:also\s+|then\s+|thereafter\s+|be\s+|further\s+|again\s+|itself\s+)*(?:renew|extend|continue)\w*\b[^.;]{0,140}?\b(?:successive|additional|consecutive|further|subsequent|like|another|year\s+to\s+year|year-to-year|annual|same\s+(?:duration|period|term|length)|unless|one[\s-]year|renewal\s+term)|\b(?:continu|remain)\w*\b[^.;]{0,120}\byear[\s-]+to[\s-]+year|\byear[\s-]+to[\s-]+year\b[^.;]{0,30}(?:thereafter|basis)|\brenews?\b[^.;]{0,40}\byear[\s-]+to[\s-]+year|\bfor\s+(?:successive|consecutive)\s+(?:[\w()-]+\s+){0,4}(?:terms?|periods?|years?)\b|\b(?:renewed|extended|extendable|renewable)\s+for\b[^.;]{0,120}\bunless\b",
    )
});
static STOPPABLE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\bunless\b[^.;]{0,160}\b(?:notice|notif\w+|in\s+writing|non-?renewal|part(?:y|ies)\b[^.;]{0,30}\b(?:gives?|provides?|delivers?|elects?|objects?|terminates?|cancels?))",
    )
});
static MAY: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"\b(?:may|can)\s+(?:only\s+)?be\s+(?:only\s+|further\s+)?(?:renewed|extended)"));
static MONTHLY: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"\bmonth[\s-]+to[\s-]+month|\bmonth[\s-]by[\s-]month|\bmonthly\s+basis\b"));
static OPTION: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\b(?:option|right|privilege|elect|elects|election|discretion|entitled|opportunity)\b[^.;]{0,70}?\b(?:renew\w*|exten[ds]\w*|continue|additional\s+term|successor)|\b(?:renew\w*|exten[ds]\w*)\b[^.;]{0,200}?\b(?:option|election|discretion)\b|\bmay\s*(?:,[^,]{0,80},\s*)?(?:\w+\s+){0,3}(?:renew|extend)\b|\bmay\s+be\s+(?:renewed|extended)\b[^.;]{0,160}\b(?:by|upon|on)\b[^.;]{0,60}\b(?:notice|giving|notif)|\bmay\s+be\s+(?:renewed|extended)\s+(?:by|at\s+the)\s+\w|\brenewal\s+options?\b|\bexten(?:d|sion)\s+options?\b|\bif\s+[^,]{0,60}\b(?:wishes|desires|elects|chooses)\s+to\s+(?:renew|extend)|\brenewable\s+(?:at|by)",
    )
});
static MUTUAL: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\bmutual(?:ly)?\b[^.;]{0,40}\b(?:agree\w*|consent\w*|accord|understanding|extension)|\b(?:agreement|consent|approval)\s+(?:in\s+writing\s+)?(?:of|by|between|from)\s+(?:both|the|all|each)\s+part|\bboth\s+parties\s+(?:agree|consent|so)|\bparties\s+(?:may|shall|will|can|might)\b[^.;]{0,60}\b(?:renew|extend|negotiat|agree)|\bnegotiat\w*\b[^.;]{0,80}\b(?:renew|exten)|\b(?:renew|extend|exten)\w*\b[^.;]{0,100}\b(?:(?:written|signed)\s+(?:agreement|consent|addendum|instrument)|agreed|negotiat|by\s+(?:an?\s+)?amendment|consent)|\bif\s+(?:both\s+|the\s+)?parties\s+agree|\bif\b[^.;]{0,80}\bagree\s+in\s+writing",
    )
});
/// Continues until somebody ends it.
static RUNS_ON: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\b(?:thereafter|after\s+that|afterwards|then|after\s+(?:the\s+)?(?:first|initial|minimum|fixed)\s+(?:term|period))\b[^.;]{0,120}?\b(?:until|unless)\b[^.;]{0,60}?\b(?:terminat\w+|cancel\w*|notice)|\bindefinite(?:ly)?\s+(?:after|thereafter)|\b(?:renew|extend|continue)\w*\b[^.;]{0,60}\b(?:indefinite|unlimited)",
    )
});
static YEARLY: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\b(?:annual\s+(?:basis|terms?|periods?|renewals?|extensions?|increments?)|annually|yearly|year[\s-]+to[\s-]+year|year[\s-]by[\s-]year|(?:each|every)\s+(?:subsequent\s+|successive\s+|additional\s+|contract\s+|following\s+)?year|(?:another|additional|further|subsequent|successive)\s+(?:calendar\s+|contract\s+)?year|calendar\s+year\s+basis|one\s+further\s+year|each\s+anniversary|next\s+year)\b",
    )
});
static MONTH: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\bmonth[\s-]+(?:to|by)[\s-]+month|\b(?:successive|additional|further|another)\s+months?\b|\bmonthly\s+(?:basis|terms?|periods?|renewals?)",
    )
});
/// The renewal term is as long as the first.
static SAME: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\b(?:same|equal|identical|like|equivalent|similar)\s+(?:in\s+)?(?:(?:length|duration|period|term|periods|terms|renewal|to)\b)|\b(?:length|duration)\s+(?:equal|as|of)\s+(?:to\s+)?(?:the|that)\b|\bas\s+long\s+as\s+the\s+initial",
    )
});
/// Words before and after the length of the first term, or of a time to answer.
static FIRST_TERM: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\b(?:initial\s+(?:term|period)\s+of|within(?:\s+a\s+period\s+of)?|during\s+the(?:\s+last)?|every|prior\s+to)\s*$",
    )
});
static FIRST_NAMED: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r#"^[^.;]{0,60}\(\s*(?:the\s+)?["“”']+\s*initial\s+(?:term|period)|^\s*(?:initial\s+(?:term|period)|following\s+(?:the\s+)?(?:renewal|receipt|such|notice))"#,
    )
});
/// A limit on the number of renewals.
static LIMIT: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\b(?:up\s+to|maximum\s+of|no\s+more\s+than|not\s+more\s+than|not\s+to\s+exceed|at\s+most|for|renew\w*|extend\w*)\s+(?:(?:an?|the|this\s+agreement|further|of)\s+)*((?:one|two|three|four|five|six|seven|eight|nine|ten|[0-9]{1,2})\s*(?:\([0-9]{1,2}\)\s*)?)(?:(?:additional|further|successive|consecutive|subsequent|renewal|extension|separate|more|optional|other|extended)[\s,]+)+(?:\([a-z]\)\s*)?(?:(?:one|two|three|four|five|six|ten|[0-9]{1,2})[\s-]*(?:\([0-9]{1,2}\)[\s-]*)?(?:year|month)s?[\s-]+)?(?:renewal\s+|successor\s+|extension\s+)?(?:terms?|periods?|times?|renewals?|extensions?|[\w()-]+[\s-]+(?:year|month)s?\s+(?:terms?|periods?))\b",
    )
});
static ONCE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\b(?:renew(?:ed|s|able)?|extend(?:ed)?)\b[^.;]{0,60}\bonce\b|\bonce\b[^.;]{0,12}\b(?:renew|extend)|\b(?:renew|extend)\w*\b[^.;]{0,120}\bfor\s+(?:one|a\s+single)\s*(?:\(1\)\s*)?(?:(?:additional|further|more|final|last)\s+)?(?:(?:[a-z]+\s*(?:\([0-9]{1,3}\)\s*)?|[0-9]{1,3}\s*)[\s-]*(?:year|month)|renewal|extension)\s+(?:term|period)\b",
    )
});
/// "Shall not renew automatically" leaves room for an agreement; "does not renew" does not.
static NOT_BY_ITSELF: LazyLock<Pattern> = LazyLock::new(|| pattern(r"\bautomatic"));
static CONDITION: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\b((?:provided\s*,?\s+(?:however\s*,?\s+)?(?:that\b)?|so\s+long\s+as|only\s+if|on\s+condition\s+that|subject\s+to(?:\s+the)?|if)\s+[^.;()]{12,260})",
    )
});
static TERM_HEADING: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"\b(?:terms?|duration|renewal|extension|period|option|expiration)\b"));
static GIVES_NOTICE: LazyLock<Pattern> = LazyLock::new(|| pattern(r"\bnotice\b|\bnotif"));
/// The description of a later step, not the rule itself.
static NOTICE_TALK: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\b(?:notice|intent\w*|election|decision|desire|right|decline\w*|elects?)\s+(?:of|to|not|that)[^.;]{0,40}$",
    )
});

/// One sentence's reading.
#[derive(Clone)]
struct Candidate {
    score: i32,
    sentence: usize,
    kind: RenewalKind,
    period: Option<Reading<Period>>,
    words: Range<usize>,
}

/// Fills in the renewal terms.
pub(super) fn find(reader: &Reader<'_>, findings: &mut Findings) {
    let mut best: Option<Candidate> = None;
    let mut mutual: Option<Candidate> = None;
    for (i, _, words) in reader.sentences() {
        if words.len() < 20 || words.len() > 6_000 || !GATE.is_match(words) {
            continue;
        }
        let Some(candidate) = read(reader, findings, i, words) else { continue };
        if candidate.kind == RenewalKind::MutualAgreement && mutual.as_ref().is_none_or(|m| candidate.score > m.score) {
            mutual = Some(candidate.clone());
        }
        if best.as_ref().is_none_or(|b| candidate.score > b.score) {
            best = Some(candidate);
        }
    }
    let Some(mut best) = best else { return };
    // "Shall not renew automatically; any extension needs the agreement of both": the second is what can happen.
    let possible = mutual
        .filter(|m| m.period.is_some() || NOT_BY_ITSELF.is_match(reader.sentence(best.sentence)))
        .filter(|_| best.kind == RenewalKind::None);
    if let Some(agreed) = possible {
        best = agreed;
    }
    let fact = fact(reader, findings, &best);
    findings.renewal = Some(fact);
}

/// Reads one sentence as a renewal clause.
fn read(reader: &Reader<'_>, findings: &Findings, i: usize, words: &str) -> Option<Candidate> {
    let verb = VERB.find(words);
    let runs_on = RUNS_ON.is_match(words);
    if verb.is_none() && !runs_on || !SELF.is_match(words) {
        return None;
    }
    let own_subject = verb.as_ref().is_some_and(|m| {
        let lower = tail(&words[..m.start()], 120).to_ascii_lowercase();
        ["this agreement", "the agreement", "the term", "initial term", "this contract", "the contract", "this lease"]
            .iter()
            .any(|s| lower.contains(s))
    });
    if FOREIGN.is_match(words) && !own_subject {
        return None;
    }
    let heading = reader.heading(i);
    let titled = heading.len() < 80 && TERM_HEADING.is_match(heading);
    let (kind, mut score) = kind(words, runs_on)?;
    // "Unless extended by mutual agreement, shall continue for three years": the years are those of the first term.
    let aside = verb.as_ref().and_then(|m| {
        let weak = matches!(kind, RenewalKind::MutualAgreement | RenewalKind::Option);
        term::aside(words).find(|r| weak && r.start <= m.start() && m.end() <= r.end)
    });
    let within = aside.map_or(words, |r| &words[..r.end]);
    let period = verb.as_ref().and_then(|m| renewal_period(within, &m.range(), kind, findings));
    score += match period {
        Some((Reading::Known(_), _)) => 4,
        Some(_) => 2,
        None => 0,
    };
    score += i32::from(titled) * 2 + i32::from(own_subject) * 2;
    score -= i32::from(reader.attached(i)) * 3;
    let (period, words_of) = match period {
        Some((p, range)) => (Some(p), range),
        None => (None, verb.map_or(0..0, |m| m.range())),
    };
    // An option or an agreement without a length is often only mentioned in passing.
    if matches!(kind, RenewalKind::MutualAgreement | RenewalKind::Option) && period.is_none() && !titled && !own_subject
    {
        return None;
    }
    Some(Candidate { score, sentence: i, kind, period, words: words_of })
}

/// The kind that a sentence gives, in the order of C1, and how strong it is.
fn kind(words: &str, runs_on: bool) -> Option<(RenewalKind, i32)> {
    if let Some(m) = NEVER.find(words)
        && !NOTICE_TALK.is_match(tail(&words[..m.start()], 60))
        && !GIVES_NOTICE.is_match(&words[..m.start()])
    {
        return Some((RenewalKind::None, 6));
    }
    let monthly = MONTHLY.is_match(words);
    if AUTOMATIC.is_match(words) {
        let automatic = if monthly && !words.to_ascii_lowercase().contains("successive") {
            RenewalKind::MonthToMonth
        } else {
            RenewalKind::Automatic
        };
        let endless = RUNS_ON.find(words).is_some_and(|m| {
            let m = m.as_str().to_ascii_lowercase();
            m.contains("indefinite") || m.contains("unlimited")
        });
        return Some((if endless { RenewalKind::Evergreen } else { automatic }, 9));
    }
    if monthly {
        return Some((RenewalKind::MonthToMonth, 7));
    }
    let mutual = MUTUAL.is_match(words);
    let option = OPTION.is_match(words);
    let stoppable = STOPPABLE.is_match(words);
    if !option && (!mutual || stoppable) && (stoppable || !MAY.is_match(words)) && BY_ITSELF.is_match(words) {
        return Some((RenewalKind::Automatic, 7));
    }
    // "may be extended by mutual agreement" also reads as an option: agreement of both is the stronger condition.
    if mutual {
        return Some((RenewalKind::MutualAgreement, 2));
    }
    if option {
        return Some((RenewalKind::Option, 5));
    }
    // Without a first term there is nothing to go on after: such a contract is perpetual from the start.
    let lower = words.to_ascii_lowercase();
    let named = ["initial term", "initial period", "first term", "first period", "fixed term", "minimum period"];
    let has_term = named.iter().any(|n| lower.contains(n))
        || periods(words).iter().any(|p| p.value.reading.known().is_some_and(|p| p.months().is_some()));
    if runs_on && has_term {
        return Some((RenewalKind::Evergreen, 4));
    }
    None
}

/// The length of a renewal term and its words.
fn renewal_period(
    words: &str,
    verb: &Range<usize>,
    kind: RenewalKind,
    findings: &Findings,
) -> Option<(Reading<Period>, Range<usize>)> {
    if matches!(kind, RenewalKind::None | RenewalKind::Evergreen) {
        return None;
    }
    let all = periods(words);
    let usable = |p: &&Found<PeriodText>| {
        let (before, after) = around(words, &p.range, 70);
        !notice::is_notice(before, after)
            && !notice::is_reply(after)
            && !FIRST_TERM.is_match(before)
            && !FIRST_NAMED.is_match(after)
            && plausible(p)
    };
    if kind == RenewalKind::MonthToMonth {
        let range = MONTH.find(words).map_or_else(|| verb.clone(), |m| m.range());
        return Some((Reading::Known(Period::new(1, Unit::Month)), range));
    }
    let after_verb: Vec<_> = all.iter().filter(|p| p.range.start >= verb.start).filter(usable).collect();
    let article = |p: &&&Found<PeriodText>| !p.value.article;
    if let Some(p) = after_verb.iter().find(article) {
        return Some((p.value.reading, p.range.clone()));
    }
    let rest = &words[verb.start..];
    let shift = |m: Match<'_>| m.start() + verb.start..m.end() + verb.start;
    if let Some(m) = SAME.find(rest)
        && let Some(period) = initial(findings)
    {
        return Some((Reading::Known(period), shift(m)));
    }
    if let Some(m) = MONTH.find(rest)
        && !YEARLY.is_match(head(rest, m.start()))
    {
        return Some((Reading::Known(Period::new(1, Unit::Month)), shift(m)));
    }
    if let Some(m) = YEARLY.find(rest).or_else(|| YEARLY.find(words)) {
        let range = if m.as_str().len() + m.start() <= rest.len() && rest[m.start()..].starts_with(m.as_str()) {
            shift(m)
        } else {
            m.range()
        };
        return Some((Reading::Known(Period::new(1, Unit::Year)), range));
    }
    // "successive one-year terms shall follow automatically": the length stands before the verb.
    let before = all.iter().filter(|p| p.range.end <= verb.start).filter(usable).find(|p| {
        let (left, right) = around(words, &p.range, 40);
        let near = |s: &str| {
            let s = s.to_ascii_lowercase();
            ["successive", "additional", "renewal", "further", "consecutive", "another", "subsequent"]
                .iter()
                .any(|w| s.contains(w))
        };
        near(left) || near(head(right, 20))
    });
    before.map(|p| (p.value.reading, p.range.clone()))
}

/// Renewal terms last months or years; a few days are something else.
fn plausible(p: &Found<PeriodText>) -> bool {
    match p.value.reading {
        Reading::Known(p) => match p.unit {
            Unit::Year | Unit::Month | Unit::Quarter => (1..=600).contains(&p.count),
            Unit::Week => p.count >= 2,
            Unit::Day => p.count >= 28,
            _ => false,
        },
        _ => true,
    }
}

fn initial(findings: &Findings) -> Option<Period> {
    findings.term_ends.iter().find_map(|t| match t.value() {
        Some(TermEnd::After { period, .. }) => Some(*period),
        _ => None,
    })
}

/// Puts the clause and its notice together.
fn fact(reader: &Reader<'_>, findings: &mut Findings, best: &Candidate) -> Fact<Renewal> {
    let words = reader.sentence(best.sentence);
    let limit = LIMIT.captures(words).and_then(|c| c.get(1)).and_then(|m| count(m.as_str())).map(|n| n.value);
    let limit = limit.or_else(|| ONCE.is_match(words).then_some(1));
    let condition = match best.kind {
        RenewalKind::Automatic | RenewalKind::Option | RenewalKind::MonthToMonth => {
            CONDITION.captures(words).and_then(|c| c.get(1)).map(|m| m.as_str().trim().to_owned())
        }
        _ => None,
    };
    let notice = match best.kind {
        // A time to meet before the end stops nothing and secures nothing.
        RenewalKind::None | RenewalKind::MutualAgreement => None,
        _ => notice::find(reader, best.sentence, best.kind),
    };
    let mut gap = None;
    let period = match best.period {
        Some(Reading::Known(p)) => Some(p),
        Some(Reading::Redacted) => {
            gap = Some(Status::Redacted);
            None
        }
        Some(Reading::Blank) => {
            gap = Some(Status::Unresolved);
            None
        }
        None => None,
    };
    let renewal = Renewal {
        kind: best.kind,
        period,
        max_renewals: limit.filter(|_| best.kind != RenewalKind::Evergreen),
        notice_period: notice.as_ref().and_then(|n| n.period),
        window_opens: notice.as_ref().and_then(|n| n.window_opens),
        notice_by: notice.as_ref().and_then(|n| n.by.clone()),
        comparator: notice.as_ref().and_then(|n| n.comparator.clone()),
        condition,
    };
    let start = reader.span(best.sentence).start();
    let span = Span::from(best.words.clone()).shift(start);
    let raw = reader.text.slice(span);
    let cited = reader.text.cited(renewal, reader.quote(best.sentence, span));
    let (rule, confidence) = rule(best, notice.as_ref());
    let mut fact = Fact::found("renewal", cited, raw, Origin::rule(rule), Confidence::new(confidence));
    if let Some(Notice { sentence, .. }) = notice.as_ref().filter(|n| n.sentence != best.sentence) {
        fact = fact.with_evidence(reader.text.cite(reader.quote(*sentence, reader.span(*sentence))));
    }
    for (status, what, place) in [
        (gap, "length of the renewal term", span),
        (
            notice.as_ref().and_then(|n| n.gap),
            "notice period",
            notice.as_ref().map_or(span, |n| reader.span(n.sentence)),
        ),
    ] {
        let Some(status) = status else { continue };
        let how = if status == Status::Redacted { "was removed from the text" } else { "is left blank" };
        findings.diagnostics.push(
            Diagnostic::new("renewal.gap", Severity::Warning, Stage::Detect, format!("The {what} {how}.")).at(place),
        );
    }
    if let Some(n) = notice.as_ref().filter(|n| n.differs) {
        let what = "Each party has a notice period of its own; the contract gives no single one.";
        findings.diagnostics.push(
            Diagnostic::new("renewal.notice_differs", Severity::Warning, Stage::Detect, what)
                .at(reader.span(n.sentence)),
        );
    }
    if notice.as_ref().is_some_and(|n| n.disputed) {
        findings.diagnostics.push(
            Diagnostic::new(
                "period.words_and_figures",
                Severity::Warning,
                Stage::Detect,
                "Words and figure of the notice period differ; the words are taken.",
            )
            .at(notice.as_ref().map_or(span, |n| reader.span(n.sentence))),
        );
    }
    fact
}

fn rule(best: &Candidate, notice: Option<&Notice>) -> (&'static str, f32) {
    let sure = if best.period.is_some() { 0.0 } else { 0.15 } + if notice.is_some() { 0.0 } else { 0.03 };
    match best.kind {
        RenewalKind::Automatic => ("renewal.automatic", 0.95 - sure),
        RenewalKind::MonthToMonth => ("renewal.month_to_month", 0.75 - sure),
        RenewalKind::Option => ("renewal.option", 0.85 - sure),
        RenewalKind::MutualAgreement => ("renewal.mutual_agreement", 0.7 - sure),
        RenewalKind::Evergreen => ("renewal.evergreen", 0.85),
        RenewalKind::None => ("renewal.none", 0.9),
    }
}
