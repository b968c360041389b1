//! Options that select contracts; dates and spans of time as arguments.

use clap::Args;
use jiff::ToSpan as _;
use jiff::civil::Date;
use tickler::record::Part as _;
use tickler::record::value::RenewalKind;
use tickler::record::value::signature::Execution;
use tickler::store::{ContractRow, Filter, Store};

use super::agenda;
use super::app::App;
use super::current::Current;

/// Which contracts a command looks at.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Filters")]
pub(super) struct Chosen {
    /// Party name contains NAME
    #[arg(long, value_name = "NAME")]
    party: Option<String>,
    /// Contract type is TYPE, such as msa, nda or lease
    // Its own name for clap: `schedule` has a `kind` too.
    #[arg(id = "contract_type", long = "type", value_name = "TYPE")]
    kind: Option<String>,
    /// Governing law contains NAME
    #[arg(long, value_name = "NAME")]
    law: Option<String>,
    /// Renewal is of this KIND, such as automatic, option or none
    #[arg(long, value_name = "KIND", value_parser = renewal)]
    renewal: Option<String>,
    /// Effective on DATE or later
    #[arg(long, value_name = "DATE", value_parser = date)]
    effective_after: Option<Date>,
    /// Effective on DATE or earlier
    #[arg(long, value_name = "DATE", value_parser = date)]
    effective_before: Option<Date>,
    /// Initial term ends on DATE or later
    #[arg(long, value_name = "DATE", value_parser = date)]
    expires_after: Option<Date>,
    /// Initial term ends on DATE or earlier
    #[arg(long, value_name = "DATE", value_parser = date)]
    expires_before: Option<Date>,
    /// Next notice deadline is DATE or later
    #[arg(long, value_name = "DATE", value_parser = date)]
    notice_after: Option<Date>,
    /// Next notice deadline is DATE or earlier
    #[arg(long, value_name = "DATE", value_parser = date)]
    notice_before: Option<Date>,
    /// Signature status is STATUS: signed, partially-signed, unsigned or unknown
    #[arg(long, value_name = "STATUS", value_parser = execution)]
    signed: Option<Execution>,
    /// Use the terms in force on DATE, without later amendments [default: all amendments]
    #[arg(long, value_name = "DATE", value_parser = date)]
    version_as_of: Option<Date>,
}

impl Chosen {
    /// Whether no filter is set.
    pub(super) fn is_all(&self) -> bool {
        self.filter() == Filter::default() && !self.by_notice() && self.signed.is_none()
    }

    fn by_notice(&self) -> bool {
        self.notice_after.is_some() || self.notice_before.is_some()
    }

    fn filter(&self) -> Filter {
        Filter {
            party: self.party.clone(),
            kind: self.kind.clone(),
            law: self.law.clone(),
            renewal: self.renewal.clone(),
            effective_after: self.effective_after,
            effective_before: self.effective_before,
            expires_after: self.expires_after,
            expires_before: self.expires_before,
        }
    }

    /// The documents of the store, with the terms in force on the day asked for.
    pub(super) fn current<'a>(&self, store: &'a Store) -> anyhow::Result<Current<'a>> {
        Ok(Current::new(store, self.version_as_of)?)
    }

    /// The contracts that pass the filters. The notice deadline depends on the day, so it is computed and not stored.
    pub(super) fn rows(
        &self,
        app: &App,
        store: &Store,
        current: &Current<'_>,
        as_of: Date,
    ) -> anyhow::Result<Vec<ContractRow>> {
        let mut rows = store.list()?;
        for row in &mut rows {
            if current.families.is_amended(&row.id)
                && let Some(view) = current.view(&row.id)?
            {
                row.take(&view.contract);
            }
        }
        let filter = self.filter();
        rows.retain(|row| filter.admits(row));
        if let Some(wanted) = self.signed {
            let mut kept = Vec::new();
            for row in rows {
                let contract = store.contract(&row.id)?;
                if contract.and_then(|c| c.execution).is_some_and(|f| f.value() == Some(&wanted)) {
                    kept.push(row);
                }
            }
            rows = kept;
        }
        if self.by_notice() {
            let glances = agenda::glances(app, current, &rows, as_of)?;
            rows.retain(|row| {
                glances.get(&row.id).and_then(|glance| glance.next_deadline).is_some_and(|date| {
                    self.notice_after.is_none_or(|after| date >= after)
                        && self.notice_before.is_none_or(|before| date <= before)
                })
            });
        }
        Ok(rows)
    }
}

fn renewal(text: &str) -> Result<String, String> {
    let kind: Result<RenewalKind, _> = serde_json::from_value(text.to_lowercase().replace('-', "_").into());
    let name = kind.ok().and_then(|k| serde_json::to_value(k).ok()).and_then(|v| v.as_str().map(str::to_owned));
    name.ok_or_else(|| "use automatic, option, mutual-agreement, evergreen, month-to-month or none".to_owned())
}

fn execution(text: &str) -> Result<Execution, String> {
    let status = serde_json::from_value(text.to_lowercase().replace('-', "_").into());
    status.map_err(|_| "use signed, partially-signed, unsigned or unknown".to_owned())
}

/// A day as `YYYY-MM-DD`.
pub(super) fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "write a date as YYYY-MM-DD, such as 2026-03-31".to_owned())
}

/// A span of time as an argument: a number with `d`, `w`, `m` or `y`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Within(jiff::Span);

impl Within {
    /// The day that lies this far after `from`.
    pub(super) fn after(self, from: Date) -> Date {
        from.saturating_add(self.0)
    }
}

/// Reads a [`Within`].
pub(super) fn within(text: &str) -> Result<Within, String> {
    let bad = || "write a number and a unit, such as 90d, 12w, 6m or 2y".to_owned();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let count: i32 = digits.parse().ok().filter(|n| (0..=36_500).contains(n)).ok_or_else(bad)?;
    match text.part(digits.len()..) {
        "" | "d" => Ok(Within(count.days())),
        "w" => Ok(Within(count.weeks())),
        "m" => Ok(Within(count.months())),
        "y" if count <= 1000 => Ok(Within(count.years())),
        _ => Err(bad()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_of_time() {
        let from = jiff::civil::date(2024, 1, 31);
        let after = |t: &str| within(t).map(|w| w.after(from).to_string());
        assert_eq!(after("90d").unwrap(), "2024-04-30");
        assert_eq!(after("1m").unwrap(), "2024-02-29");
        assert_eq!(after("2w").unwrap(), "2024-02-14");
        for bad in ["", "d", "-3d", "3 d", "99999999999d", "5h", "1e3", "ü", "36500y"] {
            assert!(after(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn renewal_kinds() {
        assert_eq!(renewal("Month-to-month").unwrap(), "month_to_month");
        assert!(renewal("sometimes").is_err());
        assert_eq!(execution("Partially-signed").unwrap(), Execution::PartiallySigned);
        assert!(execution("half").is_err());
    }
}
