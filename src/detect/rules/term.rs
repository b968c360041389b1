//! The initial term: "for a period of three (3) years from the Effective Date", "until 31 December 2026", "until
//! terminated". Wording knowledge: C3.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;

use super::anchor::{self, Start};
use super::ascii::{Pattern, pattern};
use super::reader::{Reader, around, head, tail};
use crate::calendar::{Period, Unit};
use crate::detect::Findings;
use crate::detect::value::{Anchor, DateValue, TermEnd};
use crate::lexicon::{Found, PeriodText, Reading, dates, ordinal, periods};
use crate::provenance::{Confidence, Fact, Origin, Span, Status};

/// A sentence that may speak of the term.
static GATE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\b(?:until|through|thru|expir\w*|anniversar\w+|period\s+of|terms?|terminat\w*|in\s+(?:full\s+)?(?:force|effect)|remains?|indefinite\w*|perpetu\w*|duration|continues?|valid|ends?|years?|months?|unlimited)\b",
    )
});
/// Words that make the sentence speak of the contract's own life.
static HEAD: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r#"(?:\b(?:initial\s+|primary\s+|original\s+|minimum\s+|base\s+)?(?:term|duration|period|contract\s+period)\s+(?:of|for)\s+(?:this|the|each)\s+(?:[\w-]+\s+){0,4}?(?:agreement|contract|lease|licen[sc]e|franchise|amendment|addendum|appointment|engagement|venture|sow|schedule|order|cooperation|employment|consultancy|services|sponsorship|project)\b|\b(?:this|the)\s+(?:[\w&.’'-]+\s+){0,4}?(?:agreement|contract|lease|franchise|appointment|engagement|joint\s+venture|jsma|addendum|amendment|mou|memorandum(?:\s+of\s+understanding)?|schedule|attachment|sow|letter)\s*(?:\([^()]{0,60}\)\s*)?(?:between\s+the\s+parties\s+)?(?:automatically\s+|hereby\s+|also\s+)*(?:,\s*[^,]{0,160},\s*)?(?:(?:and|or)\s+[^,;.]{0,80}?\s+)?(?:shall|will|is|are|has|have|becomes?|commences?|begins?|expires?|terminates?|remains?|continues?|takes?|comes?|enters?|may|runs?|starts?|ends?|be|to|can|made)\b|["“”'’]?\b(?:initial\s+|primary\s+|original\s+|minimum\s+|base\s+|contract\s+|service\s+|license\s+|cooperation\s+|consulting\s+|engagement\s+)?(?:term|period)\b["“”'’]?\s*(?:\([^()]{0,60}\)\s*)?(?:(?:hereof|hereunder|of\s+the\s+parties)\s+)?(?:shall|will|is|means?|commences?|begins?|starts?|runs?|:|–|be\b)|\b(?:initial\s+|primary\s+|minimum\s+|fixed\s+)?term\s+of\s+(?:[\w()-]+\s+){1,4}?(?:years?|months?)\b|\bterms?\s+of\s+(?:the\s+)?(?:project|execution|validity|cooperation|engagement)\b|["“”'’]?\b(?:expir(?:ation|y)|termination|end)\s+date["“”'’]?\s*(?:\([^()]{0,60}\)\s*)?(?::|means?|shall\s+(?:be|mean)|is|of\s+this)|(?:^|\t)\s*(?:[\w-]+\s+){0,3}(?:terms?|duration|(?:end|expiration|expiry)\s+date)\s*[:\t]|\b(?:this|the)\s+sla\s+(?:shall|will|takes?|remains?|is|commences?|begins?|continues?)\b|^(?:(?:\(?[0-9a-z]{1,4}[.)]+\s*)+)?(?:initial\s+|contract\s+|the\s+|agreement\s+)*(?:term|duration|period\s+of\s+performance|contract\s+period|expiration|validity)\b[\s.:\t–-]|\b(?:agreement|contract)\b[^.;]{0,80}\bin\s+(?:full\s+)?(?:force|effect)\b|\bit\s+shall\s+(?:be\s+effective|remain|continue)|\bin\s+effect\s+(?:from|until|for|through)\b)"#,
    )
});
/// "During the term of this Agreement" sets the time of a duty, not the term.
static WITHIN: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r#"\b(?:during|throughout|within|for|over|end\s+of|beginning\s+of|expiration\s+of|expiry\s+of|termination\s+of|remainder\s+of|balance\s+of|prior\s+to|after|following|before|maximum|portion\s+of|life\s+of|year\s+of|each|such|any|extend|renew|upon|if|when|once|while|whilst|(?:as|so)\s+long\s+as|in\s+the\s+event(?:\s+that)?|event\s+that|breach\s+of|under|pursuant\s+to|that|terminate|terminates|termination|expiration|expiry|cancel)\s+(?:the\s+|this\s+|of\s+)*(?:entire\s+|initial\s+|full\s+|applicable\s+|whole\s+)*["“]?$"#,
    )
});
/// A sentence about a case that may arise.
static SUPPOSES: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"\b(?:in\s+the\s+event|if|provided\s*,?\s+(?:that|however)|should|where)\b"));
static MONTHLY: LazyLock<Pattern> = LazyLock::new(|| pattern(r"\bmonth[\s-]+to[\s-]+month|\byear[\s-]+to[\s-]+year"));
/// Words that make what follows a renewal term.
static RENEWS: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\b(?:renew(?:s|ed|al|als|able)?|extended|extensions?|extendable|additional|extend\s+(?:the|this|it)|thereafter\s+(?:shall\s+)?continu\w+)\b",
    )
});
/// Sentences about the life of something else.
static FOREIGN: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\bsurviv\w+|non-?compet\w*|non-?solicit\w*|\bwarrant(?:y|s|ed)\b|\binsurance\b|confidential\w*\s+(?:information|obligation)|\bstandstill\b|cure\s+period|\binterest\b|\bescrow\b|purchase\s+orders?\s+(?:shall|will)|audit|books\s+and\s+records|retain\w*|force\s+majeure|\bsecret\b|keep\s+confidential|indemnif\w+|option\s+period|probation",
    )
});
/// Times of restraint, of limitation and of pay are not the term.
static RESTRICTED: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"restrict(?:ed|ion|ive)\s+period|no\s+competition|non-?compet\w*\s+(?:period|term)|non-?solicit|shall\s+not,|\bpayments?\b|section\s+409a|action\s+(?:arising|for)|must\s+be\s+commenced|claims?\s+arising|severance|stock\s+options?|\bvest(?:s|ed|ing)?\b|limitations?\s+period|salary|after\s+executive|employment\s+(?:terminates|with)|employee['’]s\s+last|general\s+release|waiver\s+of\s+rights|change\s+(?:in|of)\s+control\s+period|post-?termination|violates?\s+the\s+provisions|\bcourt\s+order",
    )
});
/// The obligations of a confidentiality agreement are its life.
static OBLIGATIONS: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\b(?:obligations?|provisions|restrictions|covenants|duties|duty)\b[^.;]{0,140}?\b(?:shall|will|expires?|terminates?|ceases?|remains?|continues?|survives?)\b|\b(?:this|the)\s+(?:letter\s+)?agreement\b[^.;]{0,80}?\b(?:expire|cease|terminate|lapse)|\bbound\s+by\b",
    )
});
static TERM_HEADING: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"\b(?:terms?|duration|expiration|period|commencement|effective|renewal|validity)\b"));
static OWN_TERM: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\binitial\s+(?:term|period)|\bterm\s+of\s+(?:this|the)\b|\bthis\s+(?:[\w-]+\s+){0,3}?(?:agreement|contract|lease)\b|\b(?:agreement|contract)\s+(?:term|period)|the\s+[“\x22]term[”\x22]",
    )
});
static INITIAL: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"\b(?:initial|first|fixed|minimum)\s+(?:term|period)\b|\bprimary\s+term"));
static EFFECTIVE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\b(?:commenc|begin|starts?\b|effective|in\s+(?:full\s+)?(?:force|effect)|remain|continue|takes?\s+effect|comes?\s+into)",
    )
});
/// Words before an end date.
static UNTIL: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r#"\b(?:until|untill|till|through|thru|to|and\s+including|expir(?:e|es|ing|ation)|expiry|end(?:s|ing)?|terminat(?:e|es|ing|ion)|conclud(?:e|es|ing)|(?:expiration|expiry|termination|end)\s+date|extends?|extended|is|(?:earlier|later|earliest|latest)\s+of|in\s+no\s+event\s+(?:be\s+)?later\s+than|means?|[0-9]{4}\s*[-–]|be)\b["“”'’:\s]*(?:[(,:\t]|\b(?:on|at|upon|as|of|the|close|business|midnight|end|day|last|and|including|p\.?m\.?|a\.?m\.?|automatically|without|notice|through|until|to|in|i+|a|b|on\s+or\s+before|later\s+than|[0-9]{1,2}[:.][0-9]{2})\b|[\s,.():“”"'’])*[-–_\s]*$"#,
    )
});
/// "the day prior to the second anniversary": the same end, said by its last day.
static DAY_BEFORE: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"\bday\s+(?:immediately\s+)?(?:prior\s+to|before|preceding)\s+(?:the\s+)?$"));
static WINDOW: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?:^|[^0-9A-Za-z])[-–]\s*$"));
/// Words that turn an end date into a condition or another event.
static NOT_END: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\b(?:dated|if|in\s+the\s+event\s+that|notice|prior\s+to|amend(?:s|ed|ing)?|entered\s+into|made|renew\w*|extend\w*\s+(?:for|beyond)|failure|fiscal\s+year|invoice)\b|\bno\s+later\s+than\s*$|\bby\s*$",
    )
});
/// Words before a period that make it the length of the term.
static LENGTH: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r#"(?:\b(?:for\s+the|for|of|be|is|least|period|term|continue|continues|effect|force|until|means?|in|lasts?|extends?|through|runs?|end|expires?|a|an|initial|minimum|maximum|total|primary|original|fixed|terminates?|date|date\s+that\s+is|longer|shorter|earlier|later|sooner|ending|expiring|terminating|conclude|expire|terminate|therefor|of:|be:|full|entire|mean|on|upon)|[:\t–,"“”(-]|\b(?:[ivx]{1,4}|[a-z]|[1-9])\s*\))[\s"“”(_:]*$"#,
    )
});
static NOT_LENGTH_BEFORE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\b(?:if|in\s+the\s+event|fail\w*|breach\w*|default\w*|notice|within|successive|consecutive|upon\s+(?:not\s+less|at\s+least)|less\s+than|prior|surviv\w*|after\s+(?:the\s+)?(?:termination|expiration|expiry)|every|payable|cure|during\s+any|royalt\w+|twice|preceding|remaining|aged?|subsequent)\b|\b(?:per|last|first|next|each|the\s+(?:first|last|next))\s*$",
    )
});
static NOT_LENGTH_AFTER: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"^[\s’']*(?:s\b|’)?[\s,]*(?:\([^()]{0,30}\)\s*)?(?:(?:calendar\s+)?(?:days?\s+)?(?:prior|before|advance|written|notice|in\s+advance|renewal|extension|after\s+(?:(?:the|such|any)\s+)*(?:termination|expiration|expiry|notice|receipt|written|delivery\s+of\s+(?:such\s+)?notice|disclosure)|following\s+(?:(?:the|such|any)\s+)*(?:termination|expiration|expiry|notice|receipt)|of\s+(?:receipt|the\s+termination|termination|experience|age|such\s+notice)|from\s+(?:(?:the|such|any)\s+)*(?:termination|expiration|receipt|disclosure)|old|shall\s+be\s+automatically\s+renewed))\b",
    )
});
/// No end of its own.
static FOREVER: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\bindefinite\s+(?:period|term|duration|time)|\b(?:continue|remain|valid|effective|effect|force|endure)\w*\s+(?:[\w,]+\s+){0,6}indefinitely\b|in\s+perpetuity|for\s+perpetuity|\bperpetual(?:ly)?\b|unlimited\s+(?:period|term|duration)|\bthereafter,?\s+(?:until|unless)\s+(?:sooner\s+|earlier\s+)?terminated|(?:continue|remain|continues|remains|effect|force|effective|last|stay|thereafter|run|valid|endure|end|hereunder|date\s+hereof|date|terminate)\b[^.;]{0,120}?\b(?:until|unless\s+and\s+until|till|when)\s+(?:such\s+time\s+as\s+)?(?:it\s+is\s+|this\s+agreement\s+is\s+|the\s+agreement\s+is\s+|either\s+party\s+|one\s+party\s+|earlier\s+|otherwise\s+|sooner\s+|is\s+|(?:the\s+)?(?:date\s+of\s+)?(?:its\s+)?)*(?:terminated|terminates|cancell?ed|termination|revoked|informs|gives|notifies)\b",
    )
});
/// The end depends on something that happens.
static HAPPENS: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\b(?:until|upon|when|on\s+the\s+date)\s+(?:the\s+)?((?:completion|expiration|expiry|termination|delivery|acceptance|closing|conclusion|end|earlier|later|last|earliest|latest|date|full\s+performance|performance|all|satisfaction|fulfil\w+|payment|consummation|dissolution|conversion)\b[^.;]{0,160})",
    )
});
static ANNIVERSARY: LazyLock<Pattern> = LazyLock::new(|| pattern(r"\banniversar(?:y|ies)\b"));
static CONTRACT_YEAR_END: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\bend\s+of\s+(?:the\s+)?((?:[\w-]+\s+){1,3}?(?:\([0-9]{1,2}(?:st|nd|rd|th)?\)\s*)?)(?:contract|agreement|license|lease)\s+year\b|\bend\s+of\s+(?:contract\s+|agreement\s+)?year\s+([0-9]{1,2}|[a-z]+)\b",
    )
});
static YEAR_END: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"\b(?:end|last\s+day|close|conclusion)\s+of\s+(?:the\s+)?(?:calendar\s+)?(?:year\s+)?((?:19|20)[0-9]{2})\b",
    )
});
/// "unless earlier terminated as provided in Section 9, ": says nothing about the length.
static ASIDE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"[,(]?\s*\b(?:unless|subject\s+to|except\s+as|and\s+unless|but\s+subject\s+to|notwithstanding)\b[^,;()]{0,220}(?:\([^()]{0,80}\)[^,;()]{0,60}){0,2}[,)]",
    )
});

/// One way to read the term from one sentence.
struct Candidate {
    score: i32,
    sentence: usize,
    /// The words of the value, within the document.
    words: Span,
    end: Ending,
    rule: &'static str,
    disputed: bool,
}

enum Ending {
    Known(TermEnd),
    Gap(Status),
}

/// Fills in the ends of the initial term, the best first.
pub(super) fn find(reader: &Reader<'_>, findings: &mut Findings) {
    let mut found: Vec<Candidate> = Vec::new();
    for (i, place, words) in reader.sentences() {
        if words.len() < 12 || words.len() > 6_000 || !GATE.is_match(words) {
            continue;
        }
        let heading = reader.heading(i);
        let titled = TERM_HEADING.is_match(heading) && heading.len() < 80;
        let own = HEAD.find_iter(words).map(|m| m.range()).find(|m| !WITHIN.is_match(tail(&words[..m.start], 40)));
        let own = own.or_else(|| OBLIGATIONS.find(words).filter(|_| reader.nda).map(|m| m.range()));
        let Some(subject) = own.or_else(|| {
            let alone = titled && EFFECTIVE.is_match(words) || INITIAL.is_match(words);
            (alone && !SUPPOSES.is_match(head(words, 60))).then_some(0..0)
        }) else {
            continue;
        };
        let mut score = context_score(reader, i, words, &subject, titled);
        if score < 4 {
            continue;
        }
        // Earlier sentences win among equals.
        score = score * 1000 - i32::try_from(found.len().min(900)).unwrap_or(900);
        sentence(reader, findings, i, place.start(), words, subject, score, &mut found);
    }
    found.sort_by_key(|c| std::cmp::Reverse(c.score));
    let best = found.first().map_or(0, |c| c.score);
    for c in found.into_iter().take(8) {
        let proof = reader.quote(c.sentence, c.words);
        let raw = reader.text.slice(c.words);
        let origin = Origin::rule(c.rule);
        let confidence = Confidence::new(confidence(c.rule, c.score, best - c.score, c.disputed));
        findings.term_ends.push(match c.end {
            Ending::Known(end) => Fact::found("term_end", reader.text.cited(end, proof), raw, origin, confidence),
            Ending::Gap(status) => Fact::unknown("term_end", reader.text.cite(proof), raw, status, origin, confidence),
        });
    }
}

/// How likely the sentence speaks of the contract's own term; negative for no.
fn context_score(reader: &Reader<'_>, i: usize, words: &str, subject: &Range<usize>, titled: bool) -> i32 {
    let mut score = 2;
    score += if titled { 3 } else { 0 };
    score += if OWN_TERM.is_match(words) { 3 } else { 0 };
    score += if INITIAL.is_match(words) { 3 } else { 0 };
    score += if EFFECTIVE.is_match(words) { 2 } else { 0 };
    score += if subject.end > 0 { 2 } else { 0 };
    score -= if FOREIGN.is_match(head(words, subject.end + 160)) { 4 } else { 0 };
    score -= if RESTRICTED.is_match(head(words, subject.end + 200)) { 8 } else { 0 };
    score -= if reader.attached(i) { 3 } else { 0 };
    score -= if subject.start > 200 { 2 } else { 0 };
    score
}

/// Measured on CUAD: the share of dates that were right, by rule.
fn confidence(rule: &str, score: i32, behind: i32, disputed: bool) -> f32 {
    let base = match rule {
        "term.until_date" => 0.92,
        "term.period" | "term.anniversary" => 0.88,
        "term.until_terminated" => 0.82,
        "term.contract_year" => 0.4,
        _ => 0.6,
    };
    // Far behind the best, it is the length of something else: of a duty that outlasts the contract, of a price.
    let weak = if score < 5_000 {
        0.25
    } else if behind >= 2_500 {
        0.1
    } else {
        0.0
    };
    base - weak - if disputed { 0.2 } else { 0.0 }
}

/// The readings of one sentence.
#[expect(clippy::too_many_arguments, reason = "the sentence with its place, and the lists that it adds to")]
fn sentence(
    reader: &Reader<'_>,
    findings: &mut Findings,
    index: usize,
    offset: usize,
    words: &str,
    subject: Range<usize>,
    score: i32,
    out: &mut Vec<Candidate>,
) {
    let mut masked = words.to_owned();
    for aside in aside(words) {
        masked.replace_range(aside.clone(), &" ".repeat(aside.len()));
    }
    let plain = masked.as_str();
    let from = subject.start;
    let push = |out: &mut Vec<Candidate>, bonus: i32, range: Range<usize>, end: Ending, rule, disputed| {
        out.push(Candidate {
            score: score + bonus * 1000,
            sentence: index,
            words: Span::from(range).shift(offset),
            end,
            rule,
            disputed,
        });
    };
    let before = out.len();

    for d in dates(plain, reader.style) {
        if d.range.start < from {
            continue;
        }
        let left = &plain[from..d.range.start];
        if !UNTIL.is_match(tail(left, 90)) && !WINDOW.is_match(left) || NOT_END.is_match(tail(left, 50)) {
            continue;
        }
        let end = match d.value.reading {
            Reading::Known(date) => Ending::Known(TermEnd::On(date)),
            Reading::Blank => Ending::Gap(Status::Unresolved),
            Reading::Redacted => Ending::Gap(Status::Redacted),
        };
        let bonus = if RENEWS.is_match(left) { -4 } else { 3 };
        push(out, bonus, d.range, end, "term.until_date", d.value.other.is_some());
    }
    if let Some(c) = YEAR_END.captures(plain)
        && let Some(year) = c.get(1)
        && year.start() >= from
        && let Some(date) = year.as_str().parse().ok().and_then(|y| Date::new(y, 12, 31).ok())
    {
        push(out, 1, year.range(), Ending::Known(TermEnd::On(date)), "term.until_date", false);
    }
    for m in ANNIVERSARY.find_iter(plain) {
        if m.start() < from {
            continue;
        }
        if let Some((period, range)) = anniversary(plain, m.start())
            && (!NOT_END.is_match(tail(&plain[..range.start], 50)) || DAY_BEFORE.is_match(&plain[..range.start]))
            && !RENEWS.is_match(&plain[from..range.start.max(from)])
        {
            let after = &plain[m.end()..];
            let anchor = anchor_of(reader, findings, index, offset, plain, after, m.end());
            let end = Ending::Known(TermEnd::After { period, anchor });
            push(out, 2, range.start..m.end(), end, "term.anniversary", false);
        }
    }
    if let Some(c) = CONTRACT_YEAR_END.captures(plain)
        && let Some(word) = c.get(1).or_else(|| c.get(2))
        && let Some(n) = ordinal(word.as_str()).or_else(|| crate::lexicon::count(word.as_str()))
    {
        let anchor = anchor_of(reader, findings, index, offset, plain, "", word.end());
        let period = Period::new(n.value, Unit::Year);
        push(out, 1, word.range(), Ending::Known(TermEnd::After { period, anchor }), "term.contract_year", false);
    }
    for p in periods(plain) {
        if p.range.start < from || !is_length(plain, from, &p) {
            continue;
        }
        let after = &plain[p.range.end..];
        let end = match p.value.reading {
            Reading::Known(period) => {
                let anchor = anchor_of(reader, findings, index, offset, plain, after, p.range.end);
                Ending::Known(TermEnd::After { period, anchor })
            }
            Reading::Blank => Ending::Gap(Status::Unresolved),
            Reading::Redacted => Ending::Gap(Status::Redacted),
        };
        let bonus = if out.len() > before { -1 } else { 1 };
        push(out, bonus, p.range, end, "term.period", p.value.disputed);
    }
    if out.len() == before {
        let goes_on = INITIAL.is_match(words) || RENEWS.is_match(words) || MONTHLY.is_match(words);
        if let Some(m) = FOREVER.find(&plain[from..]).filter(|_| !goes_on) {
            push(
                out,
                -1,
                shift(m.range(), from),
                Ending::Known(TermEnd::UntilTerminated),
                "term.until_terminated",
                false,
            );
        } else if score < 7_000 || subject.end == 0 {
            // Too little to call it the end of the contract.
        } else if let Some(event) = HAPPENS.captures(&plain[from..]).and_then(|c| c.get(1)) {
            let end = Ending::Known(TermEnd::Event(event.as_str().trim().to_owned()));
            push(out, -6, shift(event.range(), from), end, "term.event", false);
        }
    }
}

/// The asides of a sentence: "unless earlier terminated as provided in Section 9,".
pub(super) fn aside(words: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    ASIDE.find_iter(words).map(|m| m.range())
}

fn shift(range: Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

/// Whether a period is the length of the term by the words around it.
fn is_length(plain: &str, from: usize, p: &Found<PeriodText>) -> bool {
    if let Reading::Known(period) = p.value.reading {
        let short = matches!(period.unit, Unit::Hour | Unit::Minute | Unit::BusinessHour | Unit::BusinessDay);
        if short || period.count == 0 || period.unit == Unit::Day && period.count < 14 || period.count > 1_200 {
            return false;
        }
        if p.value.article && !tail(&plain[..p.range.start], 12).to_ascii_lowercase().contains("for") {
            return false;
        }
    }
    let (_, after) = around(plain, &p.range, 60);
    let left = &plain[from..p.range.start];
    if RENEWS.is_match(left) {
        return false;
    }
    LENGTH.is_match(tail(left, 30)) && !NOT_LENGTH_BEFORE.is_match(tail(left, 60)) && !NOT_LENGTH_AFTER.is_match(after)
        || left.trim().is_empty() && from < 40 && !NOT_LENGTH_AFTER.is_match(after)
}

/// The period of an anniversary: "the third (3rd) anniversary", "the five (5) year anniversary".
fn anniversary(plain: &str, at: usize) -> Option<(Period, Range<usize>)> {
    let left = tail(&plain[..at], 50);
    let base = at - left.len();
    if let Some(p) = periods(left).pop().filter(|p| left[p.range.end..].trim_matches([' ', '-', '–']).is_empty()) {
        return Some((p.value.reading.known()?, shift(p.range, base)));
    }
    // The last ordinal before the word.
    let mut found = None;
    let mut start = 0;
    while let Some(o) = ordinal(&left[start..]) {
        let range = shift(o.range, start);
        start = range.end;
        found = Some((o.value, range));
    }
    let (n, range) = found?;
    (left[range.end..].trim().len() < 12).then(|| (Period::new(n, Unit::Year), shift(range, base)))
}

/// What the term is counted from: the words after the period, else what the sentence says it commences on.
fn anchor_of(
    reader: &Reader<'_>,
    findings: &mut Findings,
    index: usize,
    offset: usize,
    plain: &str,
    after: &str,
    end: usize,
) -> Anchor {
    let in_place = match anchor::after_period(head(after, 200)) {
        Some(Start::At(anchor)) => Some(anchor),
        Some(Start::Date) => dated(reader, findings, index, offset, plain, end),
        Some(Start::Backwards) | None => None,
    };
    in_place.unwrap_or_else(|| match anchor::in_sentence(plain) {
        Some((Start::At(anchor), _)) => anchor,
        Some((Start::Date, at)) => dated(reader, findings, index, offset, plain, at).unwrap_or(Anchor::Unstated),
        _ => Anchor::Unstated,
    })
}

/// The first date of the sentence at or after `from`, kept as a named date under its own words.
fn dated(
    reader: &Reader<'_>,
    findings: &mut Findings,
    index: usize,
    offset: usize,
    plain: &str,
    from: usize,
) -> Option<Anchor> {
    let hit = dates(&plain[from..], reader.style).into_iter().next()?;
    let date = hit.value.reading.known()?;
    let span = Span::from(shift(hit.range, from)).shift(offset);
    let name = reader.text.slice(span).to_owned();
    let proof = reader.quote(index, span);
    let cited = reader.text.cited(DateValue::On(date), proof);
    let fact = Fact::found("named_date", cited, &name, Origin::rule("term.start"), Confidence::new(0.9));
    findings.named_dates.push((name.clone(), fact));
    Some(Anchor::Named(name))
}
