//! What a contract should have a date for and has none: entries that are open, with what is missing.

use super::{EntryKind, OpenEntry, Openness, ScheduleEntry};
use crate::calendar::Period;
use crate::record::value::termination::{BreakDay, Termination, TerminationKind};
use crate::record::value::{Obligation, Renewal, RenewalKind};
use crate::record::{Contract, Diagnostic, EntryId, Evidence, Fact, Status};

/// The open entries of a contract with this `schedule`: of its renewal, its end, its breaks, and of recurring duties whose
/// day it does not name.
///
/// A contract that renews, can be renewed or can be ended on a day has an entry in its schedule or one here.
#[must_use]
pub fn open(contract: &Contract, schedule: &[ScheduleEntry]) -> Vec<OpenEntry> {
    let mut out = Vec::new();
    out.extend(renewal(contract, schedule));
    if out.is_empty() {
        out.extend(end(contract));
    }
    out.extend(breaks(contract, schedule));
    out.extend(duties(contract));
    out
}

/// The last day for notice about a renewal, or about a contract that runs on.
fn renewal(contract: &Contract, schedule: &[ScheduleEntry]) -> Option<OpenEntry> {
    let Some(fact) = &contract.renewal else { return endless(contract) };
    let Some(renewal) = fact.value() else {
        let label = "The contract speaks of its renewal; how it renews is unknown";
        return Some(entry(contract, EntryKind::Renewal, "renewal", label, &missing(fact), fact));
    };
    let kind = if renewal.kind == RenewalKind::Option { EntryKind::OptionDeadline } else { EntryKind::NoticeDeadline };
    let label = match renewal.kind {
        RenewalKind::Automatic => "Renews automatically; the last day for notice is unknown",
        RenewalKind::Option => "Can be renewed by an option; the last day to exercise it is unknown",
        RenewalKind::MutualAgreement => "Can be renewed by agreement; the day by which to agree is unknown",
        RenewalKind::Evergreen | RenewalKind::MonthToMonth => return rolling(contract, renewal, schedule, fact),
        RenewalKind::None => return endless(contract),
    };
    let ends = |e: &ScheduleEntry| renewal.kind == RenewalKind::MutualAgreement && e.kind == EntryKind::Expiration;
    if schedule.iter().any(|e| e.kind == kind || ends(e)) {
        // The dates of the first term are no dates of the others.
        let unknown = renewal.kind == RenewalKind::Automatic && renewal.period.is_none();
        let label = "Renews automatically; the last day for notice of further terms is unknown";
        let missing = "the length of a further term was not found";
        return unknown.then(|| entry(contract, kind, "renewal", label, missing, fact));
    }
    Some(entry(contract, kind, "renewal", label, &what_is_missing(contract, renewal), fact))
}

/// What runs until somebody ends it, from its first term on or from the beginning.
fn rolling(
    contract: &Contract,
    renewal: &Renewal,
    schedule: &[ScheduleEntry],
    fact: &Fact<Renewal>,
) -> Option<OpenEntry> {
    let ending = contract.terminations.iter().filter_map(Fact::value);
    // It can be ended on some days of each year alone, and the schedule has them.
    if ending.clone().any(|t| t.breaks.iter().any(|day| day.each.is_some())) {
        return None;
    }
    let notice = renewal
        .notice_period
        .or_else(|| ending.filter(|t| t.kind == TerminationKind::Convenience).find_map(|t| t.notice));
    let label = match renewal.kind {
        RenewalKind::MonthToMonth => "Runs from month to month until somebody ends it",
        _ => "Runs on until somebody ends it",
    };
    let has_first = schedule.iter().any(|e| e.kind.is_notice() || e.kind == EntryKind::Expiration);
    let (why, missing) = match notice {
        Some(notice) if has_first => {
            (Openness::Rolling, format!("after the first term {notice} of notice end it at any time"))
        }
        Some(notice) => (Openness::Rolling, no_day(Some(notice))),
        None if schedule.iter().any(|e| e.kind.is_notice()) => return None,
        None => (Openness::Unknown, "no time for notice was found".to_owned()),
    };
    Some(OpenEntry { why, ..entry(contract, EntryKind::NoticeDeadline, "renewal", label, &missing, fact) })
}

/// What has no end, and can be ended at any time.
fn endless(contract: &Contract) -> Option<OpenEntry> {
    let end = contract.expiration_date.as_ref().and_then(Fact::value);
    if end.is_some_and(|end| end.date().is_some()) || contract.initial_term.is_some() {
        return None;
    }
    let is_free = |t: &Termination| t.kind == TerminationKind::Convenience && t.breaks.is_empty();
    let free = |fact: &&Fact<Termination>| fact.value().is_some_and(is_free);
    // The longest notice is the careful one.
    let days = |fact: &&Fact<Termination>| {
        fact.value().and_then(|t| t.notice).map(|p| p.days().or_else(|| p.months().map(|m| 30 * m)))
    };
    let fact = contract.terminations.iter().filter(free).max_by_key(days)?;
    let missing = no_day(fact.value().and_then(|t| t.notice));
    let entry = entry(contract, EntryKind::NoticeDeadline, "renewal", "Runs until somebody ends it", &missing, fact);
    Some(OpenEntry { why: Openness::Rolling, ..entry })
}

/// Why what can be ended at any time has no last day for notice.
fn no_day(notice: Option<Period>) -> String {
    match notice {
        Some(notice) => format!("no day is fixed; {notice} of notice end it at any time"),
        None => "no day is fixed; it can be ended at any time".to_owned(),
    }
}

/// Why no last day for notice could be computed.
fn what_is_missing(contract: &Contract, renewal: &Renewal) -> String {
    let noticed = renewal.notices.iter().any(|n| n.period.is_some() || n.on.is_some())
        || renewal.notice_period.is_some()
        || renewal.notice_on.is_some();
    let ended = contract.expiration_date.as_ref().is_some_and(|f| f.value().is_some_and(|d| d.date().is_some()));
    let mut parts = Vec::new();
    if !ended {
        parts.push(match contract.expiration_date.as_ref().filter(|f| f.value().is_none()) {
            Some(fact) => why_open(contract, fact),
            None => "no end of the term was found".to_owned(),
        });
    }
    if !noticed && renewal.kind != RenewalKind::MutualAgreement {
        let gap = |d: &Diagnostic| d.code == "renewal.gap" && d.message.contains("notice");
        parts.push(told(contract, gap).unwrap_or_else(|| "no time for notice was found".to_owned()));
    }
    if parts.is_empty() {
        // A notice longer than the term, or one of another year.
        parts.push("the notice does not fit the term".to_owned());
    }
    parts.join("; ")
}

/// The end of the term, where the text promises one that it does not give.
fn end(contract: &Contract) -> Option<OpenEntry> {
    let fact = contract.expiration_date.as_ref().filter(|f| f.value().is_none())?;
    let missing = why_open(contract, fact);
    Some(entry(contract, EntryKind::Expiration, "end", "The term ends on a day that is unknown", &missing, fact))
}

/// Why the end of the term has no date.
fn why_open<T>(contract: &Contract, fact: &Fact<T>) -> String {
    told(contract, |d| d.code == "contract.open_expiration").unwrap_or_else(|| missing(fact))
}

/// What a remark on the contract says, as the end of a sentence.
fn told(contract: &Contract, wanted: impl Fn(&Diagnostic) -> bool) -> Option<String> {
    contract.diagnostics.iter().find(|d| wanted(d)).map(|d| lower(d.message.trim_end_matches('.')))
}

/// The breaks without a last day for notice.
fn breaks(contract: &Contract, schedule: &[ScheduleEntry]) -> Vec<OpenEntry> {
    let dated = |fact: &Fact<Termination>| {
        schedule.iter().filter(|e| e.kind == EntryKind::BreakDeadline && e.facts.contains(fact.id())).count()
    };
    let open = |fact: &Fact<Termination>| {
        let right = fact.value()?;
        if right.breaks.len() <= dated(fact) {
            return None;
        }
        let day: Option<&BreakDay> = right.breaks.first();
        let when = day.and_then(|d| d.on.map(|on| format!(" on {on}"))).unwrap_or_default();
        let label = format!("Can be ended{when}; the last day for notice is unknown");
        let missing = if right.notice.is_none() && day.is_none_or(|d| d.notice_on.is_none()) {
            "no time for notice was found"
        } else {
            "no start of the contract was found"
        };
        Some(entry(contract, EntryKind::BreakDeadline, &format!("break.{}", fact.id()), &label, missing, fact))
    };
    contract.terminations.iter().filter_map(open).collect()
}

/// The recurring duties whose day the contract does not name.
fn duties(contract: &Contract) -> Vec<OpenEntry> {
    let open = |fact: &Fact<Obligation>| {
        let duty = fact.value()?;
        if !super::duties::is_undated_series(duty) {
            return None;
        }
        let who = duty.obligor.as_ref().map_or_else(String::new, |who| format!("{who}: "));
        let label = format!("{who}{}", duty.action);
        let missing = format!("{}; the day is not stated", duty.timing);
        let key = format!("duty.{}", fact.id());
        let entry = entry(contract, EntryKind::ObligationDue, &key, &label, &missing, fact);
        Some(OpenEntry { why: Openness::DayNotStated, ..entry })
    };
    contract.obligations.iter().filter_map(open).collect()
}

fn entry<T>(contract: &Contract, kind: EntryKind, key: &str, label: &str, missing: &str, fact: &Fact<T>) -> OpenEntry {
    OpenEntry {
        id: EntryId::of(&contract.document.id, kind.as_str(), &format!("open.{key}"), 0),
        kind,
        why: Openness::Unknown,
        label: label.to_owned(),
        missing: missing.to_owned(),
        page: fact.evidence().first().map_or(1, Evidence::page),
        facts: vec![fact.id().clone()],
    }
}

/// What a fact without a value lacks.
fn missing<T>(fact: &Fact<T>) -> String {
    format!("the text is {}: \u{201c}{}\u{201d}", state(fact.status()), fact.raw())
}

fn state(status: Status) -> &'static str {
    match status {
        Status::Redacted => "blacked out",
        Status::Conflicting => "contradictory",
        Status::Unresolved | Status::Found | Status::Computed => "left open",
    }
}

fn lower(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::calendar::{Period, Unit};
    use crate::config::Settings;
    use crate::record::testing::{contract, fact, running};
    use crate::schedule::build;

    fn found(contract: &Contract) -> Vec<(EntryKind, Openness, String)> {
        let schedule = build(contract, Some(date(2025, 3, 1)), &Settings::default());
        open(contract, &schedule).into_iter().map(|e| (e.kind, e.why, e.missing)).collect()
    }

    fn renewal(kind: RenewalKind, notice: Option<u32>) -> Renewal {
        let notice_period = notice.map(|n| Period::new(n, Unit::Day));
        Renewal { period: Some(Period::new(1, Unit::Year)), notice_period, ..Renewal::of(kind) }
    }

    #[test]
    fn what_renews_has_a_date_or_is_open() {
        let year = Period::new(1, Unit::Year);
        let dated = |kind, notice| found(&running(date(2025, 1, 1), year, renewal(kind, notice)));
        assert_eq!(dated(RenewalKind::Automatic, Some(30)), []);
        let unknown = |kind, why: &str| vec![(kind, Openness::Unknown, why.to_owned())];
        let no_notice = "no time for notice was found";
        assert_eq!(dated(RenewalKind::Automatic, None), unknown(EntryKind::NoticeDeadline, no_notice));
        assert_eq!(dated(RenewalKind::Option, None), unknown(EntryKind::OptionDeadline, no_notice));
        assert_eq!(dated(RenewalKind::MutualAgreement, None), []);
        assert_eq!(dated(RenewalKind::None, None), []);
        let endless = |kind, notice| {
            let renewal = fact("renewal", renewal(kind, notice), "It renews");
            found(&Contract { renewal: Some(renewal), ..contract() })
        };
        let no_end = "no end of the term was found";
        assert_eq!(endless(RenewalKind::Automatic, Some(30)), unknown(EntryKind::NoticeDeadline, no_end));
        assert_eq!(endless(RenewalKind::MutualAgreement, None), unknown(EntryKind::NoticeDeadline, no_end));
        let both = format!("{no_end}; {no_notice}");
        assert_eq!(endless(RenewalKind::Option, None), unknown(EntryKind::OptionDeadline, &both));
        let rolling = endless(RenewalKind::MonthToMonth, Some(30));
        let words = "no day is fixed; 30 days of notice end it at any time".to_owned();
        assert_eq!(rolling, [(EntryKind::NoticeDeadline, Openness::Rolling, words)]);
    }
}
