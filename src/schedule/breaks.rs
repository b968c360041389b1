//! Break dates: the last day for notice to end a contract on one of them.

use jiff::civil::Date;

use super::{EntryDraft, EntryKind, ScheduleEntry, Scheduler, count_back, delivery, terms};
use crate::calendar::{DerivationBuilder, Period, Readings, Roll, Rule};
use crate::record::value::RenewalKind;
use crate::record::value::termination::{BreakDay, Termination};
use crate::record::{Fact, FactId};

impl Scheduler<'_> {
    /// The last days for notice of every break.
    pub(super) fn breaks(&self) -> Vec<ScheduleEntry> {
        let rights = self.contract.terminations.iter().filter_map(|fact| Some((fact, fact.value()?)));
        let days = rights.flat_map(|(fact, right)| right.breaks.iter().map(move |day| (fact, right, day)));
        days.enumerate().filter_map(|(n, (fact, right, day))| self.at_break(n, fact, right, *day)).collect()
    }

    fn at_break(
        &self,
        n: usize,
        fact: &Fact<Termination>,
        right: &Termination,
        day: BreakDay,
    ) -> Option<ScheduleEntry> {
        let mut builder = DerivationBuilder::new();
        let mut facts = vec![fact.id().clone()];
        let end = match day.on {
            Some(on) => builder.anchor(on, "Break date", Rule::R2),
            None => self.counted(&mut builder, &mut facts, day.after?)?,
        };
        if self.has_ended_by(end) {
            return None;
        }
        facts.extend(self.business_calendar.apply(&mut builder));
        let readings = match day.notice_on {
            Some(on) => {
                builder.anchor(on, "Day for notice", Rule::R2);
                Readings { literal: on, conservative: builder.roll(on, Roll::Preceding, Rule::R12)? }
            }
            None => count_back(&mut builder, end, end, right.notice?)?,
        };
        let send_by = delivery::send_by(self.contract, readings.conservative, &mut builder, &mut facts);
        let by = right.by.as_deref().filter(|by| *by != "either").map_or_else(String::new, |by| format!(", by {by}"));
        Some(
            EntryDraft {
                kind: EntryKind::BreakDeadline,
                key: format!("break.{n}").into(),
                occurrence: 0,
                label: format!("Last day for notice to end the contract on {end}{by}"),
                readings,
                builder,
                reminders: self.remind_before(delivery::act_by(&send_by, readings.conservative)),
                send_by,
                facts,
            }
            .entry(self.contract),
        )
    }

    /// Whether the contract ends for good before `day`, as one does that was surrendered.
    fn has_ended_by(&self, day: Date) -> bool {
        let renews = self.contract.renewal.as_ref().and_then(Fact::value).map(|renewal| renewal.kind);
        let last = self.contract.expiration_date.as_ref().and_then(Fact::value).and_then(|end| end.date());
        renews == Some(RenewalKind::None) && last.is_some_and(|last| last < day)
    }

    /// The break that lies `after` the start of the contract.
    fn counted(&self, builder: &mut DerivationBuilder, facts: &mut Vec<FactId>, after: Period) -> Option<Date> {
        let (start, fact) = terms::begin(self.contract, builder, Rule::R8)?;
        facts.push(fact);
        builder.add(start, after)
    }
}
