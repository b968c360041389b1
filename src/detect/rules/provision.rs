//! Provisions with a time or an amount, by one table: what a sentence speaks of, and what to read there. Wording: C5.

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::{Pattern, pattern};
use super::reader::{Reader, head, tail};
use crate::calendar::{Period, Unit};
use crate::detect::Findings;
use crate::lexicon::{Found, PeriodText, periods};
use crate::record::value::price::{Provision, ProvisionKind};
use crate::record::{Confidence, Fact, Origin, Part as _, Span};

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

/// One row: a sentence with one of `stems` (in lower case) and a way of the list `name`, and without one of `no_name`.
struct Row {
    kind: ProvisionKind,
    name: &'static str,
    stems: &'static str,
    cue: Pattern,
    not: Pattern,
    read: Read,
    confidence: f32,
}

// A sentence that may hold a time, a sum or a section.
pattern!(COUNTS, r"\b(?:days?|weeks?|months?|years?|sections?|articles?|clauses?|paragraphs?)\b|[$£€]|\beur\b");
static ROWS: LazyLock<[Row; 11]> = LazyLock::new(|| {
    use ProvisionKind as K;
    let row = |(kind, name, stems, read, confidence)| {
        let list = |name: String| Pattern::new(&format!("{{{name}}}"));
        Row { kind, name, stems, cue: list(name.to_owned()), not: list(format!("no_{name}")), read, confidence }
    };
    [
        (K::Insurance, "insurance", "insur umbrella liability", Read::AmountOrLasts, 0.8),
        (K::Audit, "audit", "audit inspect examin", Read::Visits, 0.75),
        (K::ConfidentialityTail, "confidentiality_tail", "confiden secrecy disclosure", Read::Lasts, 0.8),
        (K::Survival, "survival", "surviv", Read::LastsOrSections, 0.8),
        (K::DataReturn, "data_return", "return destr delet eras purg", Read::Within, 0.75),
        (K::Transition, "transition", "transition wind disengage termination migrat", Read::UpTo, 0.7),
        (K::MinimumCommitment, "minimum_commitment", "minimum take", Read::Amount, 0.7),
        (K::TrueUp, "true_up", "true reconcil", Read::Within, 0.7),
        (K::DisputeWindow, "dispute_window", "disput object contest discrepan waive", Read::Within, 0.75),
        (K::NonCompete, "non_compete", "compet", Read::Lasts, 0.7),
        (K::NonSolicitation, "non_solicitation", "solicit", Read::Lasts, 0.75),
    ]
    .map(row)
});
// Words before a length of time, and behind it, that make it the time for which something lasts.
pattern!(LASTS_BEFORE, r"{lasting}\s+(?:{fillers}\s+)*$");
pattern!(
    LASTS_AFTER,
    r"^[\s'’)]*(?:period\s+)?(?:(?:immediately\s+)?(?:after|following|from|subsequent\s+to|beyond|post)\b|thereafter\b|from\s+and\s+after)"
);
pattern!(SURVIVES_FOR, r"{keeps_on}[^;]{0,200}\bfor\s+(?:{fillers}\s+)*$");
pattern!(WITHIN_BEFORE, r"{no_later}\s+(?:{fillers}\s+)*$");
pattern!(RUNS_FROM, r"^[\s'’)]*(?:period\s+)?(?:after|following|from|of|upon)\b");
// What data are given back after: the end, or a request for them.
pattern!(END, r"\b(?:terminat|expir|request|complet|cessation|end\s+of|conclusion|no\s+longer)");
// What an objection is made after.
pattern!(
    BILLED,
    r"^[\s'’)]*(?:period\s+)?(?:after|following|from|of)\b[^.;]{0,60}\b(?:receipt|receiv|invoice|date|deliver|statement|bill)"
);
pattern!(UP_TO_BEFORE, r"\b(?:for|up\s+to|period\s+of|exceed(?:ing)?|than)\s+(?:(?:no\s+more\s+than|{fillers})\s+)*$");
pattern!(NOTICE_AFTER, r"^[\s'’)]*s?['’]?\s*(?:{of_notice}[\s,'’]+){0,4}notice\b");
pattern!(
    ONCE,
    r"\bonce\s+(?:{in_each}\s+)+(?:{kinds_of_period}\s+)*(year|quarter|annum|12|twelve)|\bonce\s+(annually)"
);
pattern!(
    MONEY,
    r"(?:\b(?:us|usd|cad|aud|eur|gbp|c|a)\s?)?[$£€]\s?[0-9][0-9,]*(?:\.[0-9]+)?(?:\s*(?:million|billion|thousand)\b)?|\b(?:usd|eur|gbp)\s?[0-9][0-9,]*(?:\.[0-9]+)?(?:\s*(?:million|billion|thousand)\b)?"
);
pattern!(
    EACH,
    r"^\)?\s*(?:(?:us\s+)?dollars\s*)?(?:{counted_by}\s+{what_happens}|(?:aggregate|annually)\b)(?:\s+and\s+(?:in\s+the\s+)?(?:annual\s+)?aggregate)?"
);
pattern!(DUTY, r"\b(?:shall|must|will|agrees?|commits?|undertakes?|required|obligated|guarantees?)\b");
// "Sections 4, 7.2 and 9": a number or a range of them, and what joins the next.
pattern!(
    SECTIONS,
    r"\b(?:sections?|articles?|clauses?|paragraphs?)\s+((?:[0-9][0-9.]*|[ivxlc]+\b)(?:\s*\([a-z0-9]+\))*)"
);
pattern!(
    SECTION_NEXT,
    r"^(?:(\s*(?:through|to|-))|\s*,\s*(?:and|or)?|\s+and|\s*&)\s*(?:(?:sections?|articles?)\s+)?((?:[0-9][0-9.]*|[ivxlc]+\b)(?:\s*\([a-z0-9]+\))*)"
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
        for row in ROWS.iter().filter(|r| r.stems.split(' ').any(|s| lower.contains(s))) {
            if !row.cue.is_match(words) || row.not.is_match(words) {
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
                    && NOTICE_AFTER.is_match(head(words.part(p.range.end..), 60))
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
            let sections = sections(words);
            value.sections = sections.iter().map(|r| words.part(r.clone()).to_owned()).collect();
            let lasting = lasts(row.kind, words, all);
            value.period = lasting.as_ref().map(|(p, _)| *p);
            // The rest of an article of confidentiality speaks of its secrets.
            if value.period.is_some() && heading.contains("confidential") && value.sections.is_empty() {
                value.kind = ProvisionKind::ConfidentialityTail;
            }
            match lasting {
                Some((_, range)) => range,
                None => sections.first()?.start..sections.last()?.end,
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
        let (before, after) = (tail(words.part(..p.range.start), 260), head(words.part(p.range.end..), 60));
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
    let (before, after) = (tail(words.part(..p.range.start), 60), head(words.part(p.range.end..), 140));
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
        && UP_TO_BEFORE.is_match(tail(words.part(..p.range.start), 80))
        && !NOTICE_AFTER.is_match(head(words.part(p.range.end..), 60))
}

/// The sums of a sentence, as written, from the first to the last that belongs with it.
fn amount(words: &str) -> Option<(String, Range<usize>)> {
    let end = |m: usize| m + EACH.find(words.part(m..)).map_or(0, |e| e.end());
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
    let text = words.part(range.clone()).trim_end_matches(')').trim();
    Some((text.split_whitespace().collect::<Vec<_>>().join(" "), range))
}

/// The places of the numbers of the sections that a sentence names, each once; a range of numbers is one place.
fn sections(words: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for first in SECTIONS.captures_iter(words).filter_map(|c| c.get(1)) {
        let mut number = first.range();
        loop {
            let next = SECTION_NEXT.captures(words.part(number.end..));
            let through = next.as_ref().is_some_and(|c| c.get(1).is_some());
            let next = next.and_then(|c| c.get(2)).map(|m| number.end + m.start()..number.end + m.end());
            if let Some(next) = next.as_ref().filter(|_| through) {
                number.end = next.end;
                continue;
            }
            let text = words.part(number.clone()).trim_end_matches('.');
            if !out.iter().any(|r| words.part(r.clone()) == text) {
                out.push(number.start..number.start + text.len());
            }
            let Some(next) = next else { break };
            number = next;
        }
    }
    out
}

fn fact(reader: &Reader<'_>, i: usize, row: &Row, value: Provision, range: Range<usize>) -> Fact<Provision> {
    let whole = reader.span(i);
    let raw = reader.sentence(i).part(range.clone());
    let place = Span::new(whole.start() + range.start, whole.start() + range.end);
    let cited = reader.text.cited(value, reader.quote(i, place));
    Fact::found(
        "provision",
        cited,
        raw,
        Origin::rule(&format!("provision.{}", row.name)),
        Confidence::new(row.confidence),
    )
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
