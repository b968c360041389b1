//! Options that select contracts; dates and spans of time as arguments.

use std::collections::BTreeSet;

use clap::Args;
use jiff::ToSpan as _;
use jiff::civil::Date;
use tickler::record::Part as _;
use tickler::record::value::RenewalKind;
use tickler::record::value::signature::Execution;
use tickler::store::{ContractRow, Filter, Store};

use super::agenda;
use super::app::App;
use super::clean::clean;
use super::current::{Asked, Current};
use super::exit::Usage;
use super::reported;

/// Most names in a message.
const SHOWN: usize = 12;

/// Which contracts a command looks at.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Filters")]
pub(crate) struct Chosen {
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
    /// Nobody has decided about its next renewal, option or break
    #[arg(long)]
    undecided: bool,
    #[command(flatten)]
    owned: Owned,
    /// Use the terms in force on DATE, without later amendments [default: all amendments]
    #[arg(long, value_name = "DATE", value_parser = date)]
    version_as_of: Option<Date>,
}

/// Whose contracts a command looks at.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Filters")]
pub(crate) struct Owned {
    /// Owner's name contains NAME; `me` for yourself
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// Nobody answers for it
    #[arg(long, conflicts_with = "owner")]
    unowned: bool,
}

impl Chosen {
    /// Whether no filter is set.
    pub(super) fn is_all(&self) -> bool {
        let by_dates = self.by_notice() || self.undecided;
        self.filter() == Filter::default() && !by_dates && self.signed.is_none() && self.owned.is_all()
    }

    /// Whether all contracts are chosen, with all their amendments.
    pub(super) fn is_whole(&self) -> bool {
        self.is_all() && self.version_as_of.is_none()
    }

    /// Whether only contracts are asked for whose next decision is open.
    pub(super) fn undecided(&self) -> bool {
        self.undecided
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

    /// A range that ends before it begins holds nothing, which is no answer.
    fn refuse_reversed(&self) -> anyhow::Result<()> {
        let ranges = [
            ("effective", self.effective_after, self.effective_before),
            ("expires", self.expires_after, self.expires_before),
            ("notice", self.notice_after, self.notice_before),
        ];
        for (name, after, before) in ranges {
            if let (Some(after), Some(before)) = (after, before)
                && after > before
            {
                let problem = format!("--{name}-after {after} is later than --{name}-before {before}");
                return Err(Usage(problem).into());
            }
        }
        Ok(())
    }

    /// A name that no contract has is a mistake, not a reason to say that nothing is due.
    fn refuse_unknown(&self, rows: &[ContractRow]) -> anyhow::Result<()> {
        type Known = fn(&ContractRow) -> Vec<String>;
        let names: [(&str, &Option<String>, Filter, Known); 3] = [
            ("party", &self.party, Filter { party: self.party.clone(), ..Filter::default() }, |r| r.parties.clone()),
            ("type", &self.kind, Filter { kind: self.kind.clone(), ..Filter::default() }, |r| {
                r.kind.iter().cloned().collect()
            }),
            ("law", &self.law, Filter { law: self.law.clone(), ..Filter::default() }, |r| {
                r.governing_law.iter().cloned().collect()
            }),
        ];
        for (what, value, filter, known) in names {
            let Some(value) = value.as_ref().filter(|_| !rows.is_empty()) else { continue };
            if !rows.iter().any(|row| filter.admits(row)) {
                let known: BTreeSet<String> = rows.iter().flat_map(known).collect();
                let more = if known.len() > SHOWN { ", ..." } else { "" };
                let some: Vec<String> = known.iter().take(SHOWN).map(|name| clean(name)).collect();
                let problem = format!("no contract has the {what} {value:?}; there are {}{more}", some.join(", "));
                return Err(Usage(problem).into());
            }
        }
        Ok(())
    }

    /// The documents of the store, with the terms in force on the day asked for.
    pub(super) fn current<'a>(&self, store: &'a Store) -> anyhow::Result<Current<'a>> {
        Ok(Current::new(store, self.version_as_of)?)
    }

    /// The contracts that pass the filters.
    pub(crate) fn rows(
        &self,
        app: &App,
        store: &Store,
        current: &Current<'_>,
        as_of: Date,
    ) -> anyhow::Result<Vec<ContractRow>> {
        self.refuse_reversed()?;
        let mut rows = store.list()?;
        let asked = Asked { as_of, until: as_of, settings: &app.settings };
        for row in &mut rows {
            if !current.is_changed(&row.id) {
                continue;
            }
            if let Some(terms) = current.terms(&row.id, asked)? {
                row.take(terms);
            }
        }
        self.refuse_unknown(&rows)?;
        let filter = self.filter();
        rows.retain(|row| filter.admits(row));
        if let Some(wanted) = self.signed {
            let mut kept = Vec::new();
            for row in rows {
                let contract = current.view(&row.id)?.map(|view| view.contract);
                if contract.and_then(|c| c.execution).is_some_and(|f| f.value() == Some(&wanted)) {
                    kept.push(row);
                }
            }
            rows = kept;
        }
        self.owned.keep(app, current, &mut rows)?;
        if self.by_notice() {
            let glances = agenda::glances(app, current, &rows, as_of)?;
            rows.retain(|row| {
                glances.get(&row.id).and_then(|glance| glance.next_deadline).is_some_and(|date| {
                    self.notice_after.is_none_or(|after| date >= after)
                        && self.notice_before.is_none_or(|before| date <= before)
                })
            });
        }
        if self.undecided {
            let undecided = agenda::undecided(app, current, &rows, as_of)?;
            rows.retain(|row| undecided.contains(&row.id));
        }
        Ok(rows)
    }
}

impl Owned {
    /// The contracts of `owner`; `-` means those of nobody.
    pub(crate) fn of(owner: Option<&str>) -> Self {
        let unowned = owner == Some("-");
        Self { owner: owner.filter(|_| !unowned).map(str::to_owned), unowned }
    }

    /// Whether the contracts of all are asked for.
    pub(super) fn is_all(&self) -> bool {
        self.owner.is_none() && !self.unowned
    }

    /// Whose contracts are asked for, in words; `None` for those of all.
    pub(super) fn in_words(&self, app: &App) -> Option<String> {
        match &self.owner {
            Some(name) => Some(format!("of {}", app.person(name))),
            None => self.unowned.then(|| "that nobody answers for".to_owned()),
        }
    }

    /// Keeps the contracts of the owner that was asked for, or those that have none.
    pub(super) fn keep(&self, app: &App, current: &Current<'_>, rows: &mut Vec<ContractRow>) -> anyhow::Result<()> {
        if self.unowned {
            rows.retain(|row| current.owner(row, &app.settings).is_none());
        }
        let Some(name) = &self.owner else { return Ok(()) };
        let wanted = app.person(name).to_lowercase();
        let owners: Vec<Option<String>> =
            rows.iter().map(|row| current.owner(row, &app.settings).map(|owner| owner.name)).collect();
        let is_wanted = |owner: &Option<String>| owner.as_ref().is_some_and(|o| o.to_lowercase().contains(&wanted));
        if !rows.is_empty() && name != "me" && !owners.iter().any(is_wanted) {
            let known: BTreeSet<String> = owners.into_iter().flatten().map(|name| clean(&name)).collect();
            let known: Vec<&str> = known.iter().take(SHOWN).map(String::as_str).collect();
            let problem = if known.is_empty() {
                "no contract has an owner yet; `tickler assign` names one".to_owned()
            } else {
                format!("no contract has the owner {name:?}; there are {}", known.join(", "))
            };
            return Err(Usage(problem).into());
        }
        let mut owned = owners.iter().map(is_wanted);
        rows.retain(|_| owned.next().unwrap_or(false));
        Ok(())
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

/// A stretch of time as an argument: `90d` from today on, or `-30d..90d`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Within {
    from: jiff::Span,
    until: jiff::Span,
}

impl Within {
    /// Its first and its last day, seen from `today`.
    pub(super) fn around(self, today: Date) -> (Date, Date) {
        (today.saturating_add(self.from), today.saturating_add(self.until))
    }
}

/// Reads a [`Within`].
pub(super) fn within(text: &str) -> Result<Within, String> {
    match text.split_once("..") {
        Some((from, until)) => {
            let side = |text: &str| text.strip_prefix('-').map_or_else(|| span(text), |text| span(text).map(|s| -s));
            let within = Within { from: side(from)?, until: side(until)? };
            // Months have different lengths; from a day at the start of a year on they are long ones.
            let (first, last) = within.around(date("2000-01-01")?);
            if first > last {
                return Err("it ends before it begins: write the earlier side first, such as -30d..90d".to_owned());
            }
            Ok(within)
        }
        None => Ok(Within { from: 0.days(), until: span(text)? }),
    }
}

/// The day from which on something is told: a day, so long before today, or the day of the last report.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Since {
    Day(Date),
    Ago(jiff::Span),
    LastReport,
}

impl Since {
    /// The day, seen from `today`.
    pub(crate) fn day(self, app: &App, today: Date) -> anyhow::Result<Date> {
        let unknown = || Usage("no report was written to a file before this day; name a day with --since".to_owned());
        Ok(match self {
            Self::Day(day) => day,
            Self::Ago(span) => today.saturating_sub(span),
            Self::LastReport => reported::last(app, today).ok_or_else(unknown)?,
        })
    }
}

/// Reads a [`Since`].
pub(crate) fn since(text: &str) -> Result<Since, String> {
    let bad = |_| "write a date as YYYY-MM-DD, a length of time, such as 7d, 2w or 1m, or `last`".to_owned();
    if text == "last" {
        return Ok(Since::LastReport);
    }
    text.parse().map(Since::Day).or_else(|_| span(text).map(Since::Ago)).map_err(bad)
}

/// A number with `d`, `w`, `m` or `y`.
fn span(text: &str) -> Result<jiff::Span, String> {
    let bad = || "write a number and a unit, such as 90d, 12w, 6m or 2y, or two of them: -30d..90d".to_owned();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let count: i32 = digits.parse().ok().filter(|n| (0..=36_500).contains(n)).ok_or_else(bad)?;
    match text.part(digits.len()..) {
        "" | "d" => Ok(count.days()),
        "w" => Ok(count.weeks()),
        "m" => Ok(count.months()),
        "y" if count <= 1000 => Ok(count.years()),
        _ => Err(bad()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_of_time() {
        let from = jiff::civil::date(2024, 1, 31);
        let after = |t: &str| within(t).map(|w| w.around(from).1.to_string());
        assert_eq!(after("90d").unwrap(), "2024-04-30");
        assert_eq!(after("1m").unwrap(), "2024-02-29");
        assert_eq!(after("2w").unwrap(), "2024-02-14");
        let (first, last) = within("-30d..2w").unwrap().around(from);
        assert_eq!((first.to_string().as_str(), last.to_string().as_str()), ("2024-01-01", "2024-02-14"));
        for bad in
            ["", "d", "-3d", "..", "1d..", "1d..2d..3d", "30d..10d", "3 d", "99999999999d", "5h", "1e3", "ü", "36500y"]
        {
            assert!(after(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn days_since() {
        assert!(matches!(since("7d"), Ok(Since::Ago(span)) if span.get_days() == 7));
        assert!(matches!(since("2024-01-31"), Ok(Since::Day(day)) if day == jiff::civil::date(2024, 1, 31)));
        assert!(matches!(since("last"), Ok(Since::LastReport)));
        assert!(since("yesterday").is_err());
    }

    #[test]
    fn renewal_kinds() {
        assert_eq!(renewal("Month-to-month").unwrap(), "month_to_month");
        assert!(renewal("sometimes").is_err());
        assert_eq!(execution("Partially-signed").unwrap(), Execution::PartiallySigned);
        assert!(execution("half").is_err());
    }
}
