//! Provisions with a time or an amount, by one table: what a sentence speaks of, and what to read there. Wording: C5.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::{Pattern, pattern};
use super::reader::{Reader, head, tail};
use crate::calendar::{Period, Unit};
use crate::detect::Findings;
use crate::lexicon::{Found, PeriodText, periods};
use crate::record::value::price::{Provision, ProvisionKind};
use crate::record::{Confidence, Fact, Origin, Span};

/// What to read in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Read {
    /// "For five years after the end".
    Lasts,
    /// "Within thirty days after".
    Within,
    /// "For up to ninety days".
    UpTo,
    /// Notice, and how often.
    Visits,
    /// Sums of money.
    Amount,
    /// Sums of money, or for how long.
    AmountOrLasts,
    /// For how long, or the sections named.
    LastsOrSections,
}

/// One row: a sentence with one of `stems` (in lower case) and `cue`, and without `not`, is of `kind`.
struct Row {
    kind: ProvisionKind,
    rule: &'static str,
    stems: &'static [&'static str],
    cue: Pattern,
    not: Option<Pattern>,
    read: Read,
    confidence: f32,
}

// A sentence that may hold a time, a sum or a section.
pattern!(COUNTS, r"\b(?:days?|weeks?|months?|years?|sections?|articles?|clauses?|paragraphs?)\b|[$£€]|\beur\b");
static ROWS: LazyLock<[Row; 11]> = LazyLock::new(|| {
    use ProvisionKind as K;
    let row = |kind, rule, stems, cue: &str, not: &str, read, confidence| Row {
        kind,
        rule,
        stems,
        cue: Pattern::new(cue),
        not: (!not.is_empty()).then(|| Pattern::new(not)),
        read,
        confidence,
    };
    [
        row(
            K::Insurance,
            "provision.insurance",
            &["insur", "umbrella", "liability"],
            r"\b(?:insurance|umbrella|polic(?:y|ies)|liability\s+coverage|(?:general|professional|cyber|automobile|employers?['’]?s?)\s+liability)\b[^;]{0,400}\b(?:limits?|amounts?|less\s+than|at\s+least|minimum|coverage|maintain|cover)\b|\b(?:limits?|amounts?|minimum|coverage|maintain|carry)\b[^;]{0,200}\binsurance\b",
            r"\b(?:liability\s+(?:of|under|for|to|shall|will|hereunder)[^.;]{0,120}(?:exceed|limited)|deductibles?|(?:in\s+no\s+event|neither\s+party)[^.;]{0,80}\bliab|premiums?\s+(?:of|paid)|insurance\s+proceeds)",
            Read::AmountOrLasts,
            0.8,
        ),
        row(
            K::Audit,
            "provision.audit",
            &["audit", "inspect", "examin"],
            r"\b(?:right|entitled|may|permit|allow|access|conduct|available|open|shall\s+(?:be\s+)?(?:subject|make|give|provide|grant)|(?:no|not)\s+more\s+(?:often\s+|frequently\s+)?than)\b[^;]{0,200}\b(?:audit|inspect|examin)|\b(?:audits?|inspections?|examinations?)\b[^;]{0,160}\b(?:notice|once)\b",
            r"\b(?:goods|shipments?|deliver(?:y|ed)|products?\s+on\s+arrival|reject|defects?|audit\s+committee)\b",
            Read::Visits,
            0.75,
        ),
        row(
            K::ConfidentialityTail,
            "provision.confidentiality_tail",
            &["confiden", "secrecy", "nondisclosure", "non-disclosure"],
            r"\b(?:confiden|secrecy|non-?disclosure)",
            r"\b(?:solicit|compet(?:e|ing|ition)|insurance|audit|books|records\s+for|retain\b[^.;]{0,60}\brecords)",
            Read::Lasts,
            0.8,
        ),
        row(
            K::Survival,
            "provision.survival",
            &["surviv"],
            r"\b(?:shall|will|does|do|expressly|and|that|to|hereby|hereof|obligations|provisions|agreement)\s+(?:[\w-]+\s+){0,2}?survives?\b|\bsurviv(?:e|al)\s+(?:of\s+)?(?:the\s+|any\s+)?(?:expir|terminat)",
            r"\bsurviving\s+(?:corporation|entity|company|spouse)|\bconfiden",
            Read::LastsOrSections,
            0.8,
        ),
        row(
            K::DataReturn,
            "provision.data_return",
            &["return", "destr", "delet", "eras", "purg"],
            r"\b(?:return|destroy|destruction|delet|eras|purg)\w*\b[^;]{0,200}\b(?:data|information|materials?|copies|documents|records|property)\b|\b(?:data|information|materials?|copies)\b[^;]{0,160}\b(?:return|destroy|destruction|delet|eras|purg)",
            r"\b(?:goods|shipments?|defective|refund|deposit|invoice|tax\s+returns?|returned\s+products?|rejected|cure)\b",
            Read::Within,
            0.75,
        ),
        row(
            K::Transition,
            "provision.transition",
            &["transition", "wind-down", "wind down", "disengagement", "termination assistance", "migrat"],
            r"\b(?:transition(?:al)?|wind[\s-]?down|disengagement|termination\s+assistance|migration)\b[^;]{0,160}\b(?:assistance|services?|period|cooperat|support)|\b(?:assist|cooperat|support|services?)\w*\b[^;]{0,120}\b(?:transition|wind[\s-]?down|migrat)",
            r"\btransition\s+services\s+agreement\b",
            Read::UpTo,
            0.7,
        ),
        row(
            K::MinimumCommitment,
            "provision.minimum_commitment",
            &["minimum", "shortfall", "take-or-pay", "take or pay"],
            r"\bminimum\s+(?:[\w-]+\s+){0,3}?(?:purchases?|commitments?|orders?|spend|payments?|royalt|fees?|guarantee|revenues?)\b|\b(?:commits?|agrees?|shall|must|will)\b[^.;]{0,60}\bpurchase\b[^.;]{0,40}\bminimum\b|\btake[\s-]or[\s-]pay\b",
            r"\binsurance|\bcoverage|\bliability\b|\bno\s+minimum|\bnet\s+worth|\bminimum\s+wage|\bcomplian|\bminimum\s+(?:advertised|resale)",
            Read::Amount,
            0.7,
        ),
        row(
            K::TrueUp,
            "provision.true_up",
            &["true-up", "true up", "reconcil"],
            r"\btrue[\s-]?ups?\b|\breconcil(?:e|iation)s?\b[^.;]{0,120}\b(?:payments?|amounts?|costs?|usage|estimate|invoices?|charges|expenses|fees|actual)\b",
            "",
            Read::Within,
            0.7,
        ),
        row(
            K::DisputeWindow,
            "provision.dispute_window",
            &["disput", "object", "contest", "discrepan", "waive"],
            r"\b(?:disput|object|contest|discrepan)\w*\b[^;]{0,160}\b(?:invoices?|invoiced|charges?|fees|bills?|billing|statements?|amounts?)\b|\b(?:invoices?|invoiced|charges?|bills?|billing|statements?)\b[^;]{0,200}\b(?:disput|object|contest|discrepan|waive)",
            r"\b(?:arbitrat|mediat|resol(?:ve|ution)|negotiat|executives?|terminat|suspend|auditor|undisputed)\w*\b",
            Read::Within,
            0.75,
        ),
        row(
            K::NonCompete,
            "provision.non_compete",
            &["compet"],
            r"\b(?:not|neither|nor|refrain|prohibit\w*|non-?compet\w*)\b[^;]{0,400}\b(?:compet(?:e|es|ing|itive|itor|ition))\b|\bnon-?compet",
            r"\bsolicit|\bcompetent|\bgovernmental|\bcourt\b",
            Read::Lasts,
            0.7,
        ),
        row(
            K::NonSolicitation,
            "provision.non_solicitation",
            &["solicit"],
            r"\b(?:not|neither|nor|refrain|prohibit\w*|no\s+party)\b[^;]{0,400}\b(?:solicit|hire|recruit|entice)|\bnon-?solicit",
            r"\bgeneral\s+solicitation\s+of\s+(?:offers|interest)|\bsecurities\b",
            Read::Lasts,
            0.75,
        ),
    ]
});
pattern!(
    LASTS_BEFORE,
    r"\b(?:for|period\s+of|term\s+of|until|through|and|within|during\s+the|least|than|to|additional|further)\s+(?:(?:an?|the|up\s+to|additional|further|at\s+least|period\s+of|another|minimum)\s+)*$"
);
pattern!(
    LASTS_AFTER,
    r"^[\s'’)]*(?:period\s+)?(?:(?:immediately\s+)?(?:after|following|from|subsequent\s+to|beyond|post)\b|thereafter\b|from\s+and\s+after)"
);
pattern!(
    SURVIVES_FOR,
    r"\b(?:surviv|remain\s+in\s+(?:full\s+force|effect)|continue\b|(?:keep|hold|held|kept|maintain\w*)\b)[^;]{0,200}\bfor\s+(?:(?:an?|the|at\s+least|additional|further|period\s+of|term\s+of|minimum)\s+)*$"
);
pattern!(
    WITHIN_BEFORE,
    r"\b(?:within|no\s+later\s+than|not\s+later\s+than|not\s+more\s+than)\s+(?:(?:an?|the|a\s+period\s+of|period\s+of)\s+)*$"
);
pattern!(RUNS_FROM, r"^[\s'’)]*(?:period\s+)?(?:after|following|from|of|upon)\b");
// What data are given back after: the end, or a request for them.
pattern!(END, r"\b(?:terminat|expir|request|complet|cessation|end\s+of|conclusion|no\s+longer)");
// What an objection is made after.
pattern!(
    BILLED,
    r"^[\s'’)]*(?:period\s+)?(?:after|following|from|of)\b[^.;]{0,60}\b(?:receipt|receiv|invoice|date|deliver|statement|bill)"
);
pattern!(
    UP_TO_BEFORE,
    r"\b(?:for|up\s+to|period\s+of|period\s+not\s+to\s+exceed|exceed(?:ing)?|than)\s+(?:(?:an?|the|up\s+to|additional|further|at\s+least|period\s+of|maximum\s+of|no\s+more\s+than)\s+)*$"
);
pattern!(
    NOTICE_AFTER,
    r"^[\s'’)]*s?['’]?\s*(?:(?:prior|advance|advanced|written|previous|calendar|reasonable|in|and)[\s,'’]+){0,4}notice\b"
);
pattern!(
    ONCE,
    r"\bonce\s+(?:(?:per|in|during|within|each|every|a|any|in\s+any)\s+)+(?:given\s+|single\s+|rolling\s+|consecutive\s+)?((?:calendar\s+|contract\s+|fiscal\s+|agreement\s+|license\s+)?year|(?:calendar\s+)?quarter|annum|12|twelve)|\bonce\s+(annually)"
);
pattern!(
    MONEY,
    r"(?:\b(?:us|usd|cad|aud|eur|gbp|c|a)\s?)?[$£€]\s?[0-9][0-9,]*(?:\.[0-9]+)?(?:\s*(?:million|billion|thousand)\b)?|\b(?:usd|eur|gbp)\s?[0-9][0-9,]*(?:\.[0-9]+)?(?:\s*(?:million|billion|thousand)\b)?"
);
pattern!(
    EACH,
    r"^\)?\s*(?:(?:us\s+)?dollars\s*)?(?:(?:per|each|for\s+each|in\s+the|general|annual|combined\s+single|policy)\s+(?:occurrence|claim|accident|person|incident|aggregate|annual\s+aggregate|limit|year|annum|month|quarter|calendar\s+year|contract\s+year|employee|event)|aggregate|annually|per\s+claim)(?:\s+and\s+(?:in\s+the\s+)?(?:annual\s+)?aggregate)?"
);
pattern!(DUTY, r"\b(?:shall|must|will|agrees?|commits?|undertakes?|required|obligated|guarantees?)\b");
pattern!(
    SECTIONS,
    r"\b(?:sections?|articles?|clauses?|paragraphs?)\s+((?:[0-9]+(?:\.[0-9]+)*|[ivxlc]+)(?:\s*\([a-z0-9]+\))*(?:(?:\s*,\s*(?:and\s+|or\s+)?|\s+and\s+|\s*&\s*|\s+through\s+|\s+to\s+|\s*-\s*)(?:(?:sections?|articles?)\s+)?(?:[0-9]+(?:\.[0-9]+)*|[ivxlc]+)\b(?:\s*\([a-z0-9]+\))*)*)"
);

/// Finds the provisions, in the order of the text.
pub(super) fn find(reader: &Reader<'_>, findings: &mut Findings) {
    let mut out: Vec<(Provision, Fact<Provision>)> = Vec::new();
    for (i, _, words) in reader.sentences() {
        if words.len() > 4_000 || !COUNTS.is_match(words) {
            continue;
        }
        let lower = words.to_ascii_lowercase();
        let heading = reader.heading(i).to_ascii_lowercase();
        let mut all: Option<Vec<Found<PeriodText>>> = None;
        for row in ROWS.iter().filter(|r| r.stems.iter().any(|s| lower.contains(s))) {
            if !row.cue.is_match(words) || row.not.as_ref().is_some_and(|not| not.is_match(words)) {
                continue;
            }
            let all = all.get_or_insert_with(|| periods(words));
            let Some((value, range)) = read(row, words, &heading, all) else { continue };
            // The policies of an insurance clause differ in what they cover, not always in the sum.
            let again = row.kind != ProvisionKind::Insurance && out.iter().any(|(p, _)| *p == value);
            if !again {
                let fact = fact(reader, i, row, value.clone(), range);
                out.push((value, fact));
            }
        }
    }
    findings.facts.provisions = out.into_iter().map(|(_, fact)| fact).collect();
}

fn read(row: &Row, words: &str, heading: &str, all: &[Found<PeriodText>]) -> Option<(Provision, Range<usize>)> {
    let mut value =
        Provision { kind: row.kind, period: None, notice: None, every: None, amount: None, sections: Vec::new() };
    let timed = |p: &Found<PeriodText>| Some((p.value.reading.known()?, p.range.clone()));
    let mut put = |found: Option<(Period, Range<usize>)>| {
        let (period, range) = found?;
        value.period = Some(period);
        Some(range)
    };
    let range = match row.read {
        Read::Lasts => put(lasts(row.kind, words, all))?,
        Read::Within => put(all.iter().find(|p| within(row.kind, words, p)).and_then(timed))?,
        Read::UpTo => put(all.iter().find(|p| up_to(words, p)).and_then(timed))?,
        Read::Visits => {
            let notice = all.iter().find(|p| {
                sized(p, &[Unit::Hour, Unit::Day, Unit::BusinessDay, Unit::Week, Unit::Month])
                    && NOTICE_AFTER.is_match(head(&words[p.range.end..], 60))
            });
            let once = ONCE.captures(words).and_then(|c| Some((c.get(0)?, c.get(1).or(c.get(2))?)));
            value.notice = notice.and_then(|p| p.value.reading.known());
            value.every = once.as_ref().map(|(_, unit)| match unit.as_str().to_ascii_lowercase() {
                u if u.contains("quarter") => Period::new(1, Unit::Quarter),
                _ => Period::new(1, Unit::Year),
            });
            notice.map(|p| p.range.clone()).or_else(|| once.map(|(m, _)| m.range()))?
        }
        Read::Amount => {
            let (amount, range) = DUTY.is_match(words).then(|| amount(words))??;
            value.amount = Some(amount);
            range
        }
        Read::AmountOrLasts => match amount(words) {
            Some((amount, range)) => {
                value.amount = Some(amount);
                range
            }
            None => put(lasts(row.kind, words, all))?,
        },
        Read::LastsOrSections => {
            value.sections = sections(words);
            let lasting = lasts(row.kind, words, all);
            value.period = lasting.as_ref().map(|(p, _)| *p);
            // The rest of an article of confidentiality speaks of its secrets.
            if value.period.is_some() && heading.contains("confidential") && value.sections.is_empty() {
                value.kind = ProvisionKind::ConfidentialityTail;
            }
            match lasting {
                Some((_, range)) => range,
                None => SECTIONS.find(words).filter(|_| !value.sections.is_empty())?.range(),
            }
        }
    };
    Some((value, range))
}

fn sized(p: &Found<PeriodText>, units: &[Unit]) -> bool {
    !p.value.article && p.value.reading.known().is_some_and(|p| p.count > 0 && units.contains(&p.unit))
}

/// "For five years after", "survive for two years".
fn lasts(kind: ProvisionKind, words: &str, all: &[Found<PeriodText>]) -> Option<(Period, Range<usize>)> {
    let long = |p: &&Found<PeriodText>| {
        let days = matches!(kind, ProvisionKind::Survival | ProvisionKind::NonSolicitation | ProvisionKind::NonCompete);
        sized(p, &[Unit::Year, Unit::Month]) || days && sized(p, &[Unit::Day]) || years_in_words(p)
    };
    let fits = |p: &&Found<PeriodText>| {
        let (before, after) = (tail(&words[..p.range.start], 260), head(&words[p.range.end..], 60));
        LASTS_AFTER.is_match(after) && LASTS_BEFORE.is_match(before) && !tail(before, 12).contains("within")
            || SURVIVES_FOR.is_match(before)
    };
    let found = all.iter().filter(long).find(fits)?;
    Some((found.value.reading.known()?, found.range.clone()))
}

/// "A year" is a time to last where the words around it say so.
fn years_in_words(p: &Found<PeriodText>) -> bool {
    p.value.article && p.value.reading.known().is_some_and(|p| p.unit == Unit::Year)
}

fn within(kind: ProvisionKind, words: &str, p: &Found<PeriodText>) -> bool {
    let (before, after) = (tail(&words[..p.range.start], 60), head(&words[p.range.end..], 140));
    if !sized(p, &[Unit::Day, Unit::BusinessDay, Unit::Week, Unit::Month, Unit::Hour])
        || !WITHIN_BEFORE.is_match(before)
    {
        return false;
    }
    match kind {
        ProvisionKind::DataReturn => END.is_match(words),
        ProvisionKind::DisputeWindow => BILLED.is_match(after),
        _ => RUNS_FROM.is_match(after),
    }
}

fn up_to(words: &str, p: &Found<PeriodText>) -> bool {
    sized(p, &[Unit::Day, Unit::BusinessDay, Unit::Week, Unit::Month, Unit::Year])
        && UP_TO_BEFORE.is_match(tail(&words[..p.range.start], 80))
        && !NOTICE_AFTER.is_match(head(&words[p.range.end..], 60))
}

/// The sums of a sentence, as written, from the first to the last that belongs with it.
fn amount(words: &str) -> Option<(String, Range<usize>)> {
    let end = |m: usize| m + EACH.find(&words[m..]).map_or(0, |e| e.end());
    let mut all = MONEY.find_iter(words);
    let first = all.next()?;
    let mut range = first.start()..end(first.end());
    for next in all.filter(|m| m.start() >= first.end()) {
        // "... per occurrence and $2,000,000 in the aggregate".
        if next.start().saturating_sub(range.end) > 24 {
            break;
        }
        range.end = end(next.end());
    }
    let text = words[range.clone()].trim_end_matches(')').trim();
    Some((text.split_whitespace().collect::<Vec<_>>().join(" "), range))
}

/// The numbers of the sections that a sentence names, as written.
fn sections(words: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for c in SECTIONS.find_iter(words) {
        let list = c.as_str().split_once(char::is_whitespace).map_or("", |(_, rest)| rest);
        for part in list.split([',', '&']).flat_map(|p| p.split(" and ")) {
            let part = part.trim().trim_start_matches("and ").trim_start_matches("or ").trim_end_matches('.').trim();
            let bare = part.rsplit_once(' ').filter(|(word, _)| {
                word.to_ascii_lowercase().starts_with("section") || word.to_ascii_lowercase().starts_with("article")
            });
            let part = bare.map_or(part, |(_, number)| number);
            if !part.is_empty() && !out.iter().any(|p| p == part) {
                out.push(part.to_owned());
            }
        }
    }
    out
}

fn fact(reader: &Reader<'_>, i: usize, row: &Row, value: Provision, range: Range<usize>) -> Fact<Provision> {
    let whole = reader.span(i);
    let raw = &reader.sentence(i)[range.clone()];
    let place = Span::new(whole.start() + range.start, whole.start() + range.end);
    let cited = reader.text.cited(value, reader.quote(i, place));
    Fact::found("provision", cited, raw, Origin::rule(row.rule), Confidence::new(row.confidence))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::DocumentId;
    use crate::segment::segment;
    use crate::text::DocumentText;

    fn provisions(plain: &str) -> Vec<String> {
        let text = DocumentText::from_plain(DocumentId::of(b"t"), plain);
        let found = crate::detect::detect(&text, &segment(&text)).facts.provisions;
        let line = |p: &Provision| {
            let part = |name: &str, v: Option<String>| v.map_or_else(String::new, |v| format!(" {name} {v}"));
            let sections = (!p.sections.is_empty()).then(|| p.sections.join("|"));
            format!(
                "{:?}{}{}{}{}{}",
                p.kind,
                part("for", p.period.map(|p| p.to_string())),
                part("notice", p.notice.map(|p| p.to_string())),
                part("every", p.every.map(|p| p.to_string())),
                part("amount", p.amount.clone()),
                part("sections", sections),
            )
        };
        found.iter().filter_map(Fact::value).map(line).collect()
    }

    #[test]
    fn each_kind() {
        for (text, want) in [
            (
                "The Supplier shall maintain public liability insurance with limits of not less than $3,000,000 per occurrence and $6,000,000 in the aggregate.",
                "Insurance amount $3,000,000 per occurrence and $6,000,000 in the aggregate",
            ),
            (
                "Such insurance coverage shall be maintained for at least three (3) years after termination of this Agreement.",
                "Insurance for 3 years",
            ),
            (
                "Licensor may audit the books of Licensee upon ten (10) business days' prior written notice, but not more than once per calendar year.",
                "Audit notice 10 business days every 1 year",
            ),
            (
                "The duties of confidentiality shall continue for five (5) years after termination of this Agreement.",
                "ConfidentialityTail for 5 years",
            ),
            (
                "Sections 4, 7.2 and 9 shall survive the termination of this Agreement for two (2) years.",
                "Survival for 2 years sections 4|7.2|9",
            ),
            (
                "Within thirty (30) days after termination the Processor shall delete all personal data of the Controller.",
                "DataReturn for 30 days",
            ),
            (
                "The Provider shall give transition assistance for up to ninety (90) days after the end of the Term.",
                "Transition for 90 days",
            ),
            (
                "The Distributor shall meet a minimum annual purchase commitment of €250,000 per year.",
                "MinimumCommitment amount €250,000 per year",
            ),
            (
                "Within 45 days after the end of each quarter the parties shall carry out a true-up of the fees.",
                "TrueUp for 45 days",
            ),
            (
                "Any dispute of an invoice is waived unless the Buyer notifies the Seller within twenty (20) days after receipt of the invoice.",
                "DisputeWindow for 20 days",
            ),
            (
                "For a period of twelve (12) months following termination the Consultant shall not compete with the Company.",
                "NonCompete for 12 months",
            ),
            (
                "Neither party shall solicit the employees of the other for one (1) year after expiration of this Agreement.",
                "NonSolicitation for 1 year",
            ),
        ] {
            assert_eq!(provisions(text), [want], "{text}");
        }
    }

    #[test]
    fn what_is_no_provision() {
        for text in [
            "The liability of the Supplier shall not exceed the insurance coverage of $1,000,000.",
            "The Buyer may inspect the goods on delivery and reject them within ten days' notice.",
            "The parties shall resolve any dispute of an invoice within thirty (30) days after notice.",
            "Returned goods are credited within thirty days of receipt of the goods and documents.",
            "The Supplier is a competent company and shall deliver within 10 days after the order.",
        ] {
            assert_eq!(provisions(text), [""; 0], "{text}");
        }
    }
}
