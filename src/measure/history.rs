//! Measured values that are kept: what became of each level over time, and which credits can still be claimed.

use std::collections::BTreeMap;

use super::{Measurement, judge};
use crate::config::Settings;
use crate::record::Contract;
use crate::schedule::{ScheduleEntry, claim};
use jiff::civil::Date;

impl Measurement {
    /// The level that it is a value of, in words: `response time, 1, Leeds`.
    #[must_use]
    pub fn told(&self) -> String {
        let parts = [Some(self.metric.as_str()), self.severity.as_deref(), self.about.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ").replace('_', " ")
    }

    /// What it is a value of: a later one of the same takes its place.
    #[must_use]
    pub fn key(&self) -> String {
        let plain = |text: &Option<String>| text.as_deref().unwrap_or_default().trim().to_lowercase();
        let metric = self.metric.trim().to_lowercase().replace([' ', '-'], "_");
        let period = self.period.map_or_else(String::new, |period| period.to_string());
        format!("{metric}/{}/{}/{period}", plain(&self.severity), plain(&self.about))
    }
}

/// The last value of each level and period among those that were kept, by level, then period.
#[must_use]
pub fn latest<'a>(kept: impl IntoIterator<Item = &'a Measurement>) -> Vec<&'a Measurement> {
    let last: BTreeMap<String, &Measurement> = kept.into_iter().map(|row| (row.key(), row)).collect();
    last.into_values().collect()
}

/// The last days to claim the credits for breaches among the kept values, as entries of the schedule.
#[must_use]
pub fn claims(contract: &Contract, kept: &[&Measurement], today: Date, settings: &Settings) -> Vec<ScheduleEntry> {
    let entry = |row: &&Measurement| {
        // What cannot be judged is told where it is listed.
        let outcome = judge(contract, row, settings).ok()?;
        let derivation = outcome.claim_by.filter(|_| !outcome.automatic)?;
        let unread = || "its amount was not read".to_owned();
        let credit = outcome.credit.as_ref().map_or_else(unread, ToString::to_string);
        let what = row.told();
        let period = row.period.map_or_else(String::new, |period| format!(" for {period}"));
        let lost = if outcome.forfeits_if_late { "; a late claim is lost" } else { "" };
        let label = format!("Claim the service credit{period} ({what}): {credit}{lost}");
        Some(claim(contract, &row.key(), label, derivation, outcome.fact, today, settings))
    };
    kept.iter().filter_map(entry).collect()
}
