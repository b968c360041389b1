//! Measured values against the service levels of a contract: breaches, the credits owed for them, and the last day to
//! claim them.

mod credit;
mod history;
mod read;

use serde::Serialize;

use crate::calendar::{Derivation, DerivationBuilder, Readings, Roll, Rule};
use crate::config::Settings;
use crate::lexicon::Decimal;
use crate::record::value::service::{Comparator, LevelUnit, Metric, ServiceLevel};
use crate::record::{Contract, Describe, Evidence, Fact, FactId, variant};
use crate::schedule::BusinessCalendar;

pub use credit::Owed;
pub use history::{claims, latest};
pub use read::{Measurement, Months, ReadError, read};

/// Why a row could not be judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Line of the file, from 1.
    pub line: u64,
    /// Stable short name, such as `measure.unknown_metric`.
    pub code: &'static str,
    /// A sentence for people.
    pub message: String,
}

/// One row judged.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    /// The row.
    pub measurement: Measurement,
    /// What was promised.
    pub level: ServiceLevel,
    /// The fact that promises it.
    pub fact: FactId,
    /// Whether it was kept.
    pub met: bool,
    /// The credit, where a tier holds for the value.
    pub credit: Option<Owed>,
    /// The last day to claim, where the contract sets one and the row names its period.
    pub claim_by: Option<Derivation>,
    /// Whether the credit comes without a claim.
    pub automatic: bool,
    /// Whether a late claim is lost.
    pub forfeits_if_late: bool,
    /// The words of the promise, and those on claims.
    pub evidence: Vec<Evidence>,
}

/// Judges one row against `contract`.
///
/// # Errors
/// [`Problem`] when the contract has no such level, has several, or counts it in a unit that cannot be compared.
pub fn judge(contract: &Contract, row: &Measurement, settings: &Settings) -> Result<Outcome, Problem> {
    let problem = |code, message: String| Problem { line: row.line, code, message };
    let by = |answers: fn(&ServiceLevel, &str) -> bool| -> Vec<&Fact<ServiceLevel>> {
        contract.service_levels.iter().filter(|f| f.value().is_some_and(|l| answers(l, &row.metric))).collect()
    };
    let mut named = by(answers);
    if named.is_empty() {
        named = by(is_called);
    }
    if named.is_empty() {
        let message = format!("The contract promises no level for {:?}.", row.metric);
        return Err(problem("measure.unknown_metric", message));
    }
    let named = about(named, row).ok_or_else(|| {
        let what = row.about.as_deref().unwrap_or_default();
        problem("measure.unknown_about", format!("The contract promises {:?}, but not for {what:?}.", row.metric))
    })?;
    let wanted = row.severity.as_deref().map(severity);
    let fits = |f: &&&Fact<ServiceLevel>| {
        let own = f.value().and_then(|l| l.severity.as_deref()).map(severity);
        // A row without severity fits the one level there is.
        own == wanted || wanted.is_none() && named.len() == 1
    };
    let matching: Vec<_> = named.iter().filter(fits).collect();
    let fact = match matching.as_slice() {
        [one] => **one,
        [] => {
            let what = row.severity.as_deref().unwrap_or("no severity");
            let message = format!("The contract promises {:?}, but not for {what}.", row.metric);
            return Err(problem("measure.unknown_severity", message));
        }
        // The same target said twice is one level.
        [first, rest @ ..] if rest.iter().all(|f| same_target(first, f)) => **first,
        many => {
            let message = format!(
                "The contract promises {} levels for {:?} ({}); name the severity, or what it is about.",
                many.len(),
                row.metric,
                many.iter().filter_map(|f| f.value()).map(Describe::words).collect::<Vec<_>>().join("; ")
            );
            return Err(problem("measure.ambiguous", message));
        }
    };
    let Some(level) = fact.value() else {
        return Err(problem("measure.unknown_metric", "The contract does not say what the level is.".to_owned()));
    };
    let Some(value) = convert(row.value, row.unit.unwrap_or(level.unit), level.unit) else {
        return Err(problem(
            "measure.unit",
            format!("{:?} cannot be compared with the unit of the contract.", row.raw),
        ));
    };
    let met = match level.comparator {
        Comparator::AtLeast => value >= level.target,
        Comparator::AtMost => value <= level.target,
        Comparator::Equal => value == level.target,
    };
    let mut outcome = Outcome {
        measurement: row.clone(),
        level: level.clone(),
        fact: fact.id().clone(),
        met,
        credit: None,
        claim_by: None,
        automatic: false,
        forfeits_if_late: false,
        evidence: fact.evidence().to_vec(),
    };
    if !met {
        outcome.credit = credit::owed(contract, level, value, row);
        claim(contract, row, &BusinessCalendar::of(contract, settings), &mut outcome);
    }
    Ok(outcome)
}

/// The name of the metric under which a row finds a level.
#[must_use]
pub fn metric(level: &ServiceLevel) -> String {
    if level.metric == Metric::Other { level.name.clone() } else { variant(&level.metric) }
}

/// Whether a level is what `metric` names: by its metric, or by what the contract calls it.
fn answers(level: &ServiceLevel, metric: &str) -> bool {
    let wanted = plain(metric);
    let kind = match wanted.as_str() {
        "availability" | "uptime" | "uptime percentage" => Some(Metric::Availability),
        "response time" | "response" | "initial response" => Some(Metric::ResponseTime),
        "resolution time" | "resolution" => Some(Metric::ResolutionTime),
        "restore time" | "restore" | "restoration time" | "workaround" | "rto" => Some(Metric::RestoreTime),
        "error rate" => Some(Metric::ErrorRate),
        "latency" => Some(Metric::Latency),
        "throughput" => Some(Metric::Throughput),
        "delivery time" => Some(Metric::DeliveryTime),
        _ => None,
    };
    kind.map_or_else(|| plain(&level.name) == wanted, |kind| level.metric == kind)
}

/// Whether the name of a level begins with what `metric` says: "faults" for "faults within 8 working hours".
fn is_called(level: &ServiceLevel, metric: &str) -> bool {
    let wanted = plain(metric);
    !wanted.is_empty() && plain(&level.name).starts_with(&format!("{wanted} "))
}

/// A name without marks and capitals.
fn plain(name: &str) -> String {
    name.to_lowercase().replace(['_', '-'], " ").trim().to_owned()
}

/// The levels that are about what the row names: those whose words name it. `None` where some name other things, and
/// none names this one.
fn about<'a>(named: Vec<&'a Fact<ServiceLevel>>, row: &Measurement) -> Option<Vec<&'a Fact<ServiceLevel>>> {
    let Some(about) = row.about.as_deref() else { return Some(named) };
    let (own, rest): (Vec<_>, Vec<_>) = named.into_iter().partition(|f| speaks_of(f, about));
    match (own.is_empty(), rest.as_slice()) {
        // One level without further words is that of all sites.
        (true, [_]) => Some(rest),
        (true, _) => None,
        (false, _) => Some(own),
    }
}

/// Whether a fact has all words of `about` in a quote of its evidence.
fn speaks_of<T>(fact: &Fact<T>, about: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let wanted = words(about);
    let has = |text: &str| {
        let text = words(text);
        !wanted.is_empty() && wanted.iter().all(|w| text.contains(w))
    };
    fact.evidence().iter().any(|e| has(e.quote()))
}

/// What tells severities apart: their digit, else their words.
fn severity(text: &str) -> String {
    text.chars().find(char::is_ascii_digit).map_or_else(|| text.trim().to_lowercase(), String::from)
}

fn same_target(a: &Fact<ServiceLevel>, b: &Fact<ServiceLevel>) -> bool {
    let key = |f: &Fact<ServiceLevel>| f.value().map(|l| (l.target, l.unit));
    key(a) == key(b)
}

/// `value` in another unit.
fn convert(value: Decimal, from: LevelUnit, to: LevelUnit) -> Option<Decimal> {
    if from == to {
        return Some(value);
    }
    let (a, b) = (from.seconds()?, to.seconds()?);
    Some(Decimal::from_millionths(value.millionths().checked_mul(a)? / b))
}

/// Adds the last day to claim: the time to claim from the end of the measured period.
fn claim(contract: &Contract, row: &Measurement, calendar: &BusinessCalendar, outcome: &mut Outcome) {
    let Some(fact) = contract.credit_terms.as_ref() else { return };
    let Some(terms) = fact.value() else { return };
    outcome.automatic = terms.automatic;
    outcome.forfeits_if_late = terms.forfeits_if_late;
    if let (Some(within), Some(period)) = (terms.claim_within, row.period) {
        outcome.claim_by = deadline(period, within, terms.claim_from.as_deref(), calendar);
    }
    for e in fact.evidence() {
        if !outcome.evidence.contains(e) {
            outcome.evidence.push(e.clone());
        }
    }
}

fn deadline(
    period: Months,
    within: crate::calendar::Period,
    from: Option<&str>,
    calendar: &BusinessCalendar,
) -> Option<Derivation> {
    let mut steps = DerivationBuilder::new();
    calendar.apply(&mut steps);
    let end = steps.anchor(period.last_day()?, "Last day of the measured period", Rule::R1);
    let from = from.unwrap_or_default();
    if !["end of", "month", "quarter", "period"].iter().any(|w| from.contains(w)) {
        steps.assume(format!("The time to claim runs from {from:?}; the end of the measured period was taken."));
    }
    let literal = steps.add(end, within)?;
    let conservative = steps.roll(literal, Roll::Preceding, Rule::R12)?;
    Some(steps.finish(literal, Readings { literal, conservative }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_units_convert_and_hours_of_work_do_not() {
        let two = Decimal::whole(2);
        assert_eq!(convert(Decimal::whole(120), LevelUnit::Minute, LevelUnit::Hour), Some(two));
        assert_eq!(convert(two, LevelUnit::Hour, LevelUnit::BusinessHour), None);
        assert_eq!(convert(two, LevelUnit::BusinessHour, LevelUnit::BusinessHour), Some(two));
    }

    /// A contract that says `plain`, and a row about it.
    fn judged(plain: &str, row: &str) -> Result<Outcome, Problem> {
        use crate::record::DocumentId;
        let text = crate::text::DocumentText::from_plain(DocumentId::of(b"t"), plain);
        let found = crate::detect::detect(&text, &crate::segment::segment(&text));
        let mut contract = crate::record::testing::contract();
        contract.service_levels = found.facts.service_levels;
        contract.service_credits = found.facts.service_credits;
        contract.credit_terms = found.facts.credit_terms;
        let rows = read(format!("contract,metric,severity,period,value,site\n{row}\n").as_bytes()).unwrap();
        rows.into_iter().next().unwrap().and_then(|row| judge(&contract, &row, &Settings::default()))
    }

    const PLAIN: &str = "The Vendor shall keep the Service available at least 99.9% of the time in each calendar month.\n\
        Severity 1: initial response within 1 hour.\nSeverity 2: initial response within 4 business hours.\n\
        If uptime falls short, the Client receives service credits as follows:\n\
        Uptime between 99.0% and 99.9%: 5% of the monthly fee\nUptime below 99.0%: 25% of the monthly fee\n\
        Service credits shall not exceed 20% of the monthly fee. To receive service credits, the Client must submit a \
        request within thirty (30) days after the end of the month.";

    #[test]
    fn breaches_and_credits() {
        let met = judged(PLAIN, "x,availability,,2026-01,99.9").unwrap();
        assert!(met.met && met.credit.is_none() && met.claim_by.is_none());
        let low = judged(PLAIN, "x,uptime,,2026-01,99.4%").unwrap();
        assert_eq!(low.credit.as_ref().map(|c| (c.credit, c.capped)), Some((Decimal::whole(5), false)));
        let claim = low.claim_by.unwrap();
        assert_eq!(claim.result.to_string(), "2026-03-02");
        assert!(low.forfeits_if_late);
        let capped = judged(PLAIN, "x,availability,,2026-01,90").unwrap().credit.unwrap();
        assert_eq!((capped.credit, capped.capped), (Decimal::whole(20), true));
        assert!(!judged(PLAIN, "x,response time,P1,,90 minutes").unwrap().met);
    }

    #[test]
    fn a_breach_whose_credit_was_not_read_has_a_day_to_claim() {
        let plain = "The Vendor shall keep the Service available at least 99.9% of the time in each calendar month.\n\
            If uptime falls short, the Client receives service credits as set out in Schedule 4. To receive service \
            credits, the Client must submit a request within thirty (30) days after the end of the month.";
        let low = judged(plain, "x,uptime,,2026-01,99.4%").unwrap();
        assert!(low.credit.is_none(), "{:?}", low.credit);
        assert_eq!(low.claim_by.unwrap().result.to_string(), "2026-03-02");
        assert!(judged(plain, "x,uptime,,2026-01,99.95%").unwrap().claim_by.is_none());
    }

    #[test]
    fn a_credit_for_each_full_hour_is_counted() {
        let plain = "The Vendor shall keep the Service available at least 99.9% of the time in each calendar month.\n\
            If uptime falls short, the Client receives a service credit of 5% of the monthly fee for each full hour of \
            downtime. Service credits shall not exceed 50% of the monthly fee.";
        let owed = |value: &str| judged(plain, &format!("x,uptime,,2026-01,{value}")).unwrap().credit.unwrap();
        // 1 % of the 744 hours of January are 7 hours and 26 minutes.
        let seven = owed("99%");
        assert_eq!((seven.credit, seven.times, seven.capped), (Decimal::whole(35), Some(7), false));
        assert!(seven.arithmetic.unwrap().contains("7 × 5"), "the arithmetic is told");
        let most = owed("95%");
        assert_eq!((most.credit, most.times, most.capped), (Decimal::whole(50), Some(37), true));
        // Less than one full hour: nothing is owed for it.
        assert_eq!(owed("99.89%").credit, Decimal::whole(0));
        // Without its months nobody knows how many hours they had.
        let open = judged(plain, "x,uptime,,,99%").unwrap().credit.unwrap();
        assert_eq!(
            (open.credit, open.times, open.per.as_deref()),
            (Decimal::whole(5), None, Some("full hour of downtime"))
        );
    }

    #[test]
    fn credits_are_told_apart_by_severity() {
        let levels = "Severity 1: resolution within 4 hours.\nSeverity 2: resolution within 8 hours.\nSeverity 3: resolution \
            within 16 hours.\n";
        let credits = "If the resolution time of an incident is missed, the Client receives a service credit of";
        let restored = levels.replace("resolution", "restoration");
        let plain = format!(
            "{restored}A missed restoration target gives a service credit of 5% of the monthly fee for each \
            full hour, in the case of Severity 1, and 2% in the case of Severity 2."
        );
        let restored = judged(&plain, "x,restore_time,2,2026-01,11 hours").unwrap().credit.unwrap();
        assert_eq!((restored.credit, restored.times), (Decimal::whole(6), Some(3)));
        for words in [
            "5% of the monthly fee for each full hour for Priority 1, 2% for Priority 2.",
            "5% of the monthly fee for each full hour of delay for Severity 1 and 2% for Severity 2.",
            "5% of the monthly fee for each full hour for P1; 2% of the monthly fee for each full hour for P2.",
        ] {
            let owed = |row: &str| judged(&format!("{levels}{credits} {words}"), row).unwrap().credit;
            let sum = |row: &str| owed(row).map(|c| (c.credit, c.times));
            assert_eq!(sum("x,resolution_time,1,2026-01,7 hours"), Some((Decimal::whole(15), Some(3))), "{words}");
            assert_eq!(sum("x,resolution_time,2,2026-01,11 hours"), Some((Decimal::whole(6), Some(3))), "{words}");
            assert_eq!(sum("x,resolution_time,3,2026-01,20 hours"), None, "{words}");
        }
    }

    #[test]
    fn levels_are_told_apart_by_what_they_are_about() {
        let plain = "The Vendor shall keep the Leeds site available at least 99.9% of the time in each calendar month.\n\
            The Vendor shall keep the York site available at least 99.5% of the time in each calendar month.";
        let met = |site: &str| judged(plain, &format!("x,availability,,2026-01,99.7%,{site}")).map(|o| o.met);
        assert_eq!((met("Leeds"), met("york site")), (Ok(false), Ok(true)));
        assert_eq!(met("Hull").unwrap_err().code, "measure.unknown_about");
        assert_eq!(judged(plain, "x,availability,,2026-01,99.7%").unwrap_err().code, "measure.ambiguous");
    }

    #[test]
    fn rows_that_cannot_be_judged() {
        for (row, code) in [
            ("x,throughput,,,5", "measure.unknown_metric"),
            ("x,response_time,Severity 3,,5", "measure.unknown_severity"),
            ("x,response_time,,,5", "measure.unknown_severity"),
            ("x,response_time,2,,5 hours", "measure.unit"),
        ] {
            assert_eq!(judged(PLAIN, row).unwrap_err().code, code, "{row}");
        }
    }

    #[test]
    fn the_claim_runs_from_the_end_of_the_period() {
        let period: Months = "2026-01".parse().unwrap();
        let calendar = BusinessCalendar::of(&crate::record::testing::contract(), &Settings::default());
        let thirty = crate::calendar::Period::new(30, crate::calendar::Unit::Day);
        let d = deadline(period, thirty, Some("end of the month"), &calendar).unwrap();
        assert_eq!(d.result.to_string(), "2026-03-02");
        assert!(!d.assumptions.iter().any(|a| a.contains("time to claim")));
        let d = deadline(period, thirty, Some("the incident"), &calendar).unwrap();
        assert!(d.assumptions.iter().any(|a| a.contains("the incident")));
    }
}
