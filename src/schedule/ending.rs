//! The end of a contract that can be ended at any time, on a day that somebody chose.

use jiff::civil::Date;

use super::{BusinessCalendar, EntryDraft, EntryKind, ScheduleEntry, count_back, delivery, reminders};
use crate::calendar::{DerivationBuilder, Period, Rule};
use crate::config::Settings;
use crate::record::value::termination::{Effect, TerminationKind};
use crate::record::value::{Party, RenewalKind};
use crate::record::{Contract, Fact, FactId};

/// The term that a chosen end counts for: the one after the first. So it is told from the breaks that the contract itself
/// names.
pub const ENDING_TERM: u32 = 1;

/// A right to end a contract at any time.
pub(super) struct AnyTime<'a> {
    /// How long before the end notice is given.
    pub(super) notice: Period,
    /// Who has the right; `None` for each party.
    by: Option<&'a str>,
    /// The fact that gives it.
    fact: &'a FactId,
    /// The last day of the first term, where the right holds after it alone.
    after: Option<Date>,
}

/// The right to end a contract at any time: that to end what runs on, else one to end it for no reason. Where it is known which
/// party is the user, rights of the others are none.
pub(super) fn any_time(contract: &Contract) -> Option<AnyTime<'_>> {
    let parties = || contract.parties.iter().filter_map(Fact::value);
    let is_called = |party: &Party, name: &str| party.role.as_deref() == Some(name) || party.name == name;
    let usable = |by: Option<&str>| match by.filter(|by| *by != "either") {
        Some(by) => {
            parties().all(|p| p.is_us != Some(true)) || parties().any(|p| p.is_us == Some(true) && is_called(p, by))
        }
        None => true,
    };
    let end = contract.expiration_date.as_ref().and_then(|fact| fact.value()?.date());
    let renewal = contract.renewal.as_ref().and_then(|fact| Some((fact, fact.value()?)));
    let rolling = renewal.and_then(|(fact, renewal)| {
        let runs_on = matches!(renewal.kind, RenewalKind::Evergreen | RenewalKind::MonthToMonth);
        let notice = renewal.notice_period.filter(|_| runs_on)?;
        Some(AnyTime { notice, by: renewal.notice_by.as_deref(), fact: fact.id(), after: end })
    });
    let rights = contract.terminations.iter().filter_map(|fact| Some((fact, fact.value()?)));
    let free = rights.filter(|(_, right)| {
        right.kind == TerminationKind::Convenience && right.effect == Effect::Terminate && right.breaks.is_empty()
    });
    let free = free.filter_map(|(fact, right)| {
        Some(AnyTime { notice: right.notice?, by: right.by.as_deref(), fact: fact.id(), after: None })
    });
    rolling.into_iter().chain(free).find(|right| usable(right.by))
}

/// The first day on which a contract that can be ended at any time can end. `None` where it cannot be ended so, as far as it was
/// read.
#[must_use]
pub fn ends_from(contract: &Contract, today: Date) -> Option<Date> {
    Some(any_time(contract)?.after.map_or(today, |end| end.max(today)))
}

/// The last day for notice so that a contract that can be ended at any time ends on the day `on`, which somebody chose.
/// `None` where it cannot be ended so, as far as it was read, or where the calendar ends.
#[must_use]
pub fn ending(contract: &Contract, on: Date, today: Date, settings: &Settings) -> Option<ScheduleEntry> {
    let AnyTime { notice, by, fact, .. } = any_time(contract)?;
    let mut builder = DerivationBuilder::new();
    let mut facts = vec![fact.clone()];
    let end = builder.anchor(on, "The end that was decided", Rule::R2);
    facts.extend(BusinessCalendar::of(contract, settings).apply(&mut builder));
    let readings = count_back(&mut builder, end, end, notice)?;
    builder.assume("The contract is read so that notice can end it on any day; the day of its end was chosen.");
    let send_by = delivery::send_by(contract, readings.conservative, &mut builder, &mut facts);
    let by = by.filter(|by| *by != "either").map_or_else(String::new, |by| format!(", by {by}"));
    let act_by = delivery::act_by(&send_by, readings.conservative);
    let draft = EntryDraft {
        kind: EntryKind::BreakDeadline,
        key: "ending".into(),
        occurrence: ENDING_TERM,
        label: format!("Last day for notice to end the contract on {end}{by}"),
        readings,
        builder,
        reminders: reminders::before(act_by, &settings.reminders, Some(today)),
        send_by,
        facts,
    };
    Some(draft.entry(contract))
}

/// Whether an entry is the end of a contract on a day that somebody chose.
#[must_use]
pub fn is_ending(entry: &ScheduleEntry) -> bool {
    entry.kind == EntryKind::BreakDeadline && entry.occurrence == ENDING_TERM
}
