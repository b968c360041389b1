//! What is owed for a breach.

use std::fmt;

use serde::Serialize;

use super::{Measurement, severity, speaks_of};
use crate::calendar::Unit;
use crate::lexicon::{Decimal, periods};
use crate::record::value::service::{LevelUnit, Metric, ServiceCredit, ServiceLevel};
use crate::record::{Contract, Evidence, Fact, FactId};

/// A credit owed for a breach.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Owed {
    /// The credit, after the cap.
    pub credit: Decimal,
    /// What it is counted in.
    pub unit: String,
    /// What it is given for, where it grows with the shortfall; where `times` is null, it is the credit for one such step.
    pub per: Option<String>,
    /// How many full steps there were, where that can be counted.
    pub times: Option<u32>,
    /// How the credit follows from the shortfall, in a sentence.
    pub arithmetic: Option<String>,
    /// Whether the cap of the contract made it smaller.
    pub capped: bool,
    /// The tier.
    pub fact: FactId,
    /// The words of the tier.
    pub evidence: Vec<Evidence>,
}

/// `35 percent of the monthly fee (7 × 5)`.
impl fmt::Display for Owed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.credit, self.unit)?;
        match (self.times, &self.per) {
            (Some(_), _) | (None, None) => {}
            (None, Some(per)) => write!(f, " for each {per}")?,
        }
        if self.capped { f.write_str(" (capped)") } else { Ok(()) }
    }
}

/// The credit of the tier that holds for `value`, which breaks `level`.
pub(super) fn owed(contract: &Contract, level: &ServiceLevel, value: Decimal, row: &Measurement) -> Option<Owed> {
    let graded = level.severity.as_deref().or(row.severity.as_deref()).map(severity);
    let holds = |c: &ServiceCredit| {
        (c.metric == level.metric || is_downtime(level) && c.metric == Metric::Availability && c.per.is_some())
            && c.severity.as_deref().is_none_or(|own| Some(severity(own)) == graded)
            && c.from.is_none_or(|b| value > b.value || b.inclusive && value == b.value)
            && c.to.is_none_or(|b| value < b.value || b.inclusive && value == b.value)
    };
    let tiers: Vec<_> = contract.service_credits.iter().filter(|f| f.value().is_some_and(holds)).collect();
    // Of several, that of the site, and that of the severity.
    let is_own = |f: &Fact<ServiceCredit>| row.about.as_ref().is_some_and(|about| speaks_of(f, about));
    let is_graded = |f: &Fact<ServiceCredit>| f.value().is_some_and(|c| c.severity.is_some());
    let fact = tiers.into_iter().min_by_key(|f| (!is_own(f), !is_graded(f)))?;
    let tier = fact.value()?;
    let counted = tier.per.as_deref().and_then(|per| steps(per, level, value, row));
    let (credit, times, arithmetic) = match counted {
        Some((times, how)) => {
            let sum = tier.credit.saturating_mul(times);
            (sum, Some(times), Some(format!("{how}: {times} × {} {} = {sum}", tier.credit, tier.unit)))
        }
        None => (tier.credit, None, None),
    };
    let cap = contract.credit_terms.as_ref().and_then(Fact::value).and_then(|t| t.cap);
    let cap = cap.filter(|cap| tier.unit.starts_with("percent") && *cap < credit);
    Some(Owed {
        credit: cap.unwrap_or(credit),
        unit: tier.unit.clone(),
        per: tier.per.clone(),
        times,
        arithmetic,
        capped: cap.is_some(),
        fact: fact.id().clone(),
        evidence: fact.evidence().to_vec(),
    })
}

/// Whether a level is a time that a service may be down: its credits are those for availability.
fn is_downtime(level: &ServiceLevel) -> bool {
    let name = level.name.to_lowercase();
    level.unit.seconds().is_some() && ["downtime", "outage", "unavailab"].iter().any(|word| name.starts_with(word))
}

/// How many full steps of `per` there were, and of what.
///
/// "Full hour of downtime" counts from the share of the months in which the service was not available, "0.1 %" from how far
/// the value is from its target; time beyond the target is counted where the value is a time.
fn steps(per: &str, level: &ServiceLevel, value: Decimal, row: &Measurement) -> Option<(u32, String)> {
    let full = |amount: i64, step: i64| (step > 0).then(|| u32::try_from(amount / step).ok()).flatten();
    if let Some(step) = seconds_of(per) {
        let (down, of) = if level.unit == LevelUnit::Percent {
            let all = row.period?.days()?.checked_mul(86_400)?;
            // A share of a hundred, in millionths.
            let down =
                Decimal::whole(100).millionths().checked_sub(value.millionths())?.checked_mul(all)? / 100_000_000;
            (down, "downtime")
        } else {
            let unit = level.unit.seconds()?;
            (value.millionths().checked_sub(level.target.millionths())?.checked_mul(unit)? / 1_000_000, "delay")
        };
        let (hours, minutes) = (down / 3_600, down % 3_600 / 60);
        return Some((full(down, step)?, format!("{hours} h {minutes} min of {of}, each full {}", bare(per))));
    }
    let step = share(per).filter(|_| level.unit == LevelUnit::Percent)?;
    let short = level.target.millionths().checked_sub(value.millionths())?;
    let shown = Decimal::from_millionths(short);
    Some((full(short, step.millionths())?, format!("{shown} % below the target, each full {}", bare(per))))
}

/// `per` without words that say the same again.
fn bare(per: &str) -> &str {
    ["full ", "additional ", "further "].iter().fold(per, |words, lead| words.strip_prefix(lead).unwrap_or(words))
}

/// The length of a step in seconds: "full hour of downtime", "30 minutes".
fn seconds_of(per: &str) -> Option<i64> {
    // "Full hour of downtime beyond four hours": what is free is the level, and no step.
    let per = [" beyond ", " in excess of ", " over ", " above ", " after ", " exceeding "]
        .iter()
        .fold(per, |per, word| per.split(word).next().unwrap_or(per));
    if let [one] = periods(per).as_slice()
        && let Some(period) = one.value.reading.known()
    {
        let unit = match period.unit {
            Unit::Minute => 60,
            Unit::Hour => 3_600,
            Unit::Day => 86_400,
            Unit::Week => 604_800,
            _ => return None,
        };
        return Some(i64::from(period.count) * unit);
    }
    let words = per.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
    let mut count = 1;
    for word in words.take(8) {
        let unit = match word.trim_end_matches('s') {
            "second" => 1,
            "minute" => 60,
            "hour" => 3_600,
            "day" => 86_400,
            "week" => 604_800,
            number => {
                count = number.parse().unwrap_or(count);
                continue;
            }
        };
        return Some(count * unit);
    }
    None
}

/// The share of a step: "0.1%", "1 percentage point".
fn share(per: &str) -> Option<Decimal> {
    let figure: String =
        per.chars().skip_while(|c| !c.is_ascii_digit()).take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    let percent = per.contains('%') || per.to_ascii_lowercase().contains("percent");
    percent.then(|| Decimal::parse(if figure.is_empty() { "1" } else { &figure })).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_have_a_length_or_a_share() {
        for (per, want) in [
            ("full hour of downtime", Some(3_600)),
            ("30 minutes of downtime", Some(1_800)),
            ("full day", Some(86_400)),
            ("two hours", Some(7_200)),
            ("full hour of Downtime beyond four hours", Some(3_600)),
            ("0.1%", None),
        ] {
            assert_eq!(seconds_of(per), want, "{per}");
        }
        assert_eq!(share("0.1% of availability").map(|s| s.to_string()).as_deref(), Some("0.1"));
        assert_eq!(share("percentage point"), Some(Decimal::whole(1)));
        assert_eq!(share("incident"), None);
    }
}
