//! Credits for missed service levels: tiers, and what holds for all of them. Wording: C4.

mod terms;
#[cfg(test)]
mod tests;
mod tier;

use super::pattern::pattern;
use super::reader::Reader;
use crate::detect::Findings;
use crate::lexicon::Decimal;
use crate::record::value::service::{Bound, Metric, ServiceCredit, ServiceLevel};
use crate::record::{Confidence, Diagnostic, Fact, Origin, Severity, Span, Stage};
use tier::Tier;

// Words of what is given back.
pattern!(
    CREDIT,
    r"\b(?:service\s+|sla\s+|fee\s+)?(?:credit(?:s|ed)?|rebates?)\b|\bfee\s+reductions?\b|\bperformance\s+penalt|\b(?:knocked|taken|comes?|deducted)\s+(?:off|from)\b"
);
// Money lent is credit too.
pattern!(
    FINANCE,
    r"\b(?:letters?\s+of\s+credit|credit\s+(?:card|line|facilit|agreement|check|limit|rating|party|worth|risk|period)|tax\s+credits?|accredit|line\s+of\s+credit|loan|lender)"
);
pattern!(
    SERVICE,
    r"\b(?:uptime|up-time|availab|reached\s+for|service\s+level|sla\b|outage|interruption|downtime|response\s+time|resolution\s+time|service\s+credits?)"
);

/// How many sentences below the one that announces them tiers may stand.
const REACH: usize = 12;

/// Finds the tiers, checks that they meet, and reads what holds for all credits.
pub(super) fn find(reader: &Reader<'_>, findings: &mut Findings) {
    // Sentences that speak of service credits: the last one holds for the list below it.
    let mut last: Option<usize> = None;
    let mut tiers: Vec<(usize, Tier, Metric)> = Vec::new();
    let mut spoken: Vec<usize> = Vec::new();
    for (i, _, words) in reader.sentences() {
        if words.len() > 4_000 {
            continue;
        }
        if CREDIT.is_match(words) && !FINANCE.is_match(words) {
            let before = i.checked_sub(1).is_some_and(|above| SERVICE.is_match(reader.sentence(above)));
            let services = before
                || SERVICE.is_match(words)
                || SERVICE.is_match(reader.heading(i))
                || last.is_some_and(|l| i - l <= REACH);
            if services {
                last = Some(i);
                spoken.push(i);
            }
        }
        let Some(lead) = last.filter(|&l| i - l <= REACH) else { continue };
        if !words.contains(['%', '/']) && !words.to_ascii_lowercase().contains("cent") {
            continue;
        }
        for tier in tier::read(words) {
            let metric = metric(words).or_else(|| metric(reader.sentence(lead))).unwrap_or(Metric::Availability);
            tiers.push((i, tier, metric));
        }
    }
    ladder(&mut tiers);
    settle(&mut tiers, &findings.facts.service_levels);
    for pair in tiers.windows(2) {
        if let Some(remark) = seam(reader, &pair[0], &pair[1]) {
            findings.diagnostics.push(remark);
        }
    }
    findings.facts.service_credits = tiers.iter().map(|(i, tier, metric)| fact(reader, *i, tier, *metric)).collect();
    findings.facts.credit_terms = terms::read(reader, &spoken, !tiers.is_empty());
}

fn metric(words: &str) -> Option<Metric> {
    let lower = words.to_ascii_lowercase();
    let has = |list: &[&str]| list.iter().any(|w| lower.contains(w));
    if has(&["availab", "uptime", "up-time", "downtime", "outage", "interruption"]) {
        Some(Metric::Availability)
    } else if has(&["resolution", "resolve"]) && !has(&["respon"]) {
        Some(Metric::ResolutionTime)
    } else if has(&["response", "respond"]) && !has(&["resol"]) {
        Some(Metric::ResponseTime)
    } else if has(&["restoration", "restore time", "recovery time", "time to restore"]) {
        Some(Metric::RestoreTime)
    } else {
        None
    }
}

/// "Below 99.9%: 5%; below 98%: 20%": each tier ends where the next, with the larger credit, begins.
fn ladder(tiers: &mut [(usize, Tier, Metric)]) {
    for i in 1..tiers.len() {
        let (above, below) = tiers.split_at_mut(i);
        let ((at, high, metric), (next, low, other)) = (&mut above[i - 1], &below[0]);
        let apart = metric != other
            || *next - *at > 2
            || high.per.is_some()
            || low.per.is_some()
            || high.severity != low.severity;
        if let (Some(top), None, Some(end), false) = (high.to, high.from, low.to, apart)
            && end.value < top.value
            && low.from.is_none_or(|from| from.value < end.value)
            && low.credit > high.credit
        {
            high.from = Some(bound(end.value, !end.inclusive));
        }
    }
}

/// Decides the upper ends of "between A and B": B belongs to the tier above where one begins with it, and to no tier where
/// it is the level promised; else the tier holds it.
fn settle(tiers: &mut [(usize, Tier, Metric)], levels: &[Fact<ServiceLevel>]) {
    let begins: Vec<(Metric, Decimal)> =
        tiers.iter().filter_map(|(_, t, m)| t.from.filter(|b| b.inclusive).map(|b| (*m, b.value))).collect();
    let promised: Vec<(Metric, Decimal)> =
        levels.iter().filter_map(Fact::value).map(|l| (l.metric, l.target)).collect();
    for (_, tier, metric) in tiers {
        if let Some(to) = tier.to.as_mut().filter(|_| tier.loose) {
            let taken = (*metric, to.value);
            to.inclusive = !begins.contains(&taken) && !promised.contains(&taken);
        }
    }
}

/// A remark where two tiers that follow each other leave a gap or overlap.
fn seam(reader: &Reader<'_>, a: &(usize, Tier, Metric), b: &(usize, Tier, Metric)) -> Option<Diagnostic> {
    let alike = a.2 == b.2 && a.1.severity == b.1.severity;
    if !alike || b.0 - a.0 > 2 || a.1.per.is_some() || b.1.per.is_some() {
        return None;
    }
    let (high, low) = if a.1.from.map(|f| f.value) > b.1.from.map(|f| f.value) { (&a.1, &b.1) } else { (&b.1, &a.1) };
    let (from, to) = (high.from?, low.to?);
    let at = reader.span(b.0);
    let remark = |code, severity, message: String| Some(Diagnostic::new(code, severity, Stage::Detect, message).at(at));
    if to.value > from.value || to.value == from.value && to.inclusive && from.inclusive {
        let message = format!("Two tiers of service credits hold for values from {} to {}.", from.value, to.value);
        return remark("service_credit.overlap", Severity::Warning, message);
    }
    let gap = from.value.millionths() - to.value.millionths();
    if gap == 0 && (to.inclusive || from.inclusive) {
        return None;
    }
    // "98.0 % to 98.99 %" and "99.0 % to ..." meet when values are rounded as the tiers are written.
    let places = from.value.places().max(to.value.places());
    let rounding = 10_i64.pow(6 - places);
    let message = format!("No tier of service credits holds for values between {} and {}.", to.value, from.value);
    remark("service_credit.gap", if gap <= rounding { Severity::Info } else { Severity::Warning }, message)
}

fn fact(reader: &Reader<'_>, i: usize, tier: &Tier, metric: Metric) -> Fact<ServiceCredit> {
    let start = reader.span(i).start();
    let raw = reader.text.slice(Span::from(tier.words.clone()).shift(start));
    let value = ServiceCredit {
        metric,
        severity: tier.severity.clone(),
        from: tier.from,
        to: tier.to,
        credit: tier.credit,
        unit: tier.unit.clone(),
        per: tier.per.clone(),
    };
    let cited = reader.text.cited(value, Span::from(tier.cited.clone()).shift(start));
    let confidence = if tier.from.is_some() || tier.to.is_some() { 0.92 } else { 0.75 };
    Fact::found("service_credit", cited, raw, Origin::rule("service_credit.tier"), Confidence::new(confidence))
}

/// A bound at `value`.
const fn bound(value: Decimal, inclusive: bool) -> Bound {
    Bound { value, inclusive }
}
