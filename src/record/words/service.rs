//! Service levels and credits.

use super::{Describe, join};
use crate::lexicon::Decimal;
use crate::record::value::service::{Bound, Comparator, CreditTerms, LevelUnit, Metric, ServiceCredit, ServiceLevel};

/// "Monthly uptime (availability): at least 99.9 % per calendar month; owed by Vendor; 43.2 minutes of downtime allowed".
impl Describe for ServiceLevel {
    fn words(&self) -> String {
        let metric = metric(self.metric);
        // The contract's own name says it, or has it said after.
        let name = if self.name.is_empty() {
            metric.to_owned()
        } else if self.metric == Metric::Other || self.name.eq_ignore_ascii_case(metric) {
            self.name.clone()
        } else {
            format!("{} ({metric})", self.name)
        };
        let name = super::capital(&name);
        let side = match self.comparator {
            Comparator::AtLeast => "at least",
            Comparator::AtMost => "at most",
            Comparator::Equal => "exactly",
        };
        let severity = self.severity.as_ref().map(|severity| format!(" for {severity}"));
        let target = Some(format!(": {side} {}", quantity(self.target, self.unit)));
        let window = self.window.as_ref().map(|window| format!(" per {window}"));
        let lead = join("", [Some(name), severity, target, window]);
        let obligor = self.obligor.as_ref().map(|obligor| format!("owed by {obligor}"));
        let down = self.allowed_downtime.as_ref();
        let down = down.map(|d| format!("{} of downtime allowed", quantity(d.minutes, LevelUnit::Minute)));
        join("; ", [Some(lead), obligor, down])
    }
}

/// "10 percent of the monthly fee for availability of at least 98 and below 99, for each hour of downtime".
impl Describe for ServiceCredit {
    fn words(&self) -> String {
        let end = |bound: Option<Bound>, inclusive: &str, exclusive: &str| {
            bound.map(|b| format!("{} {}", if b.inclusive { inclusive } else { exclusive }, b.value))
        };
        let tier = join(" and ", [end(self.from, "at least", "above"), end(self.to, "at most", "below")]);
        let tier = (!tier.is_empty()).then(|| format!(" of {tier}"));
        let lead = format!("{} {} for {}", self.credit, self.unit, metric(self.metric));
        let per = self.per.as_ref().map(|per| format!(", for each {per}"));
        let severity = self.severity.as_ref().map(|severity| format!(" ({severity})"));
        join("", [Some(lead), severity, tier, per])
    }
}

/// "Credits are at most 20 % of the fees; they are claimed within 30 days of the incident; …".
impl Describe for CreditTerms {
    fn words(&self) -> String {
        let cap = self.cap.map(|cap| format!("at most {cap} % of the fees"));
        let from = self.claim_from.as_ref();
        let claim = match (self.claim_within, from) {
            (Some(time), Some(from)) => Some(format!("to be claimed within {time} of {from}")),
            (Some(time), None) => Some(format!("to be claimed within {time}")),
            (None, Some(from)) => Some(format!("to be claimed from {from}")),
            (None, None) => None,
        };
        let late = if self.forfeits_if_late { "lost if claimed late" } else { "not said to be lost if claimed late" };
        let remedy =
            self.sole_remedy.map(|sole| if sole { "the only remedy" } else { "not the only remedy" }.to_owned());
        let automatic = if self.automatic { "paid without a claim" } else { "not said to be paid without a claim" };
        let words = join("; ", [cap, claim, Some(late.to_owned()), remedy, Some(automatic.to_owned())]);
        format!("Credits: {words}")
    }
}

const fn metric(metric: Metric) -> &'static str {
    match metric {
        Metric::Availability => "availability",
        Metric::ResponseTime => "response time",
        Metric::ResolutionTime => "resolution time",
        Metric::RestoreTime => "time to restore",
        Metric::ErrorRate => "error rate",
        Metric::Latency => "latency",
        Metric::Throughput => "throughput",
        Metric::DeliveryTime => "delivery time",
        Metric::Other => "another measure",
    }
}

/// "99.9 %", "1 hour", "4 business hours".
fn quantity(count: Decimal, unit: LevelUnit) -> String {
    let name = match unit {
        LevelUnit::Percent => return format!("{count} %"),
        LevelUnit::Count => return count.to_string(),
        LevelUnit::Second => "second",
        LevelUnit::Minute => "minute",
        LevelUnit::Hour => "hour",
        LevelUnit::BusinessHour => "business hour",
        LevelUnit::Day => "day",
        LevelUnit::BusinessDay => "business day",
        LevelUnit::Week => "week",
    };
    format!("{count} {name}{}", if count == Decimal::whole(1) { "" } else { "s" })
}
