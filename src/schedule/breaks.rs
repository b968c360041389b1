//! Break dates: the last day for notice to end a contract on one of them.

use jiff::civil::Date;

use super::{EntryDraft, EntryKind, ScheduleEntry, Scheduler, count_back, delivery, terms};
use crate::calendar::{DerivationBuilder, NamedDay, Period, Readings, Roll, Rule};
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
        let mut occurrence = 0;
        let end = match (day.on, day.each) {
            (Some(on), None) => builder.anchor(on, "Break date", Rule::R2),
            (from, Some(each)) => {
                let end = self.next(each, from, day.after, right.notice?)?;
                occurrence = u32::try_from(end.year()).ok()?;
                builder.anchor(end, "Day of each year on which notice ends it", Rule::R2)
            }
            (None, None) => self.counted(&mut builder, &mut facts, day.after?)?,
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
                occurrence,
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
        renews == Some(RenewalKind::None) && self.end().is_some_and(|last| last < day)
    }

    /// The end of the first term, where it is known.
    fn end(&self) -> Option<Date> {
        self.contract.expiration_date.as_ref()?.value()?.date()
    }

    /// The next `day` of a year on which `notice` can still end the contract by the plain count. Before the end of a first
    /// term it cannot, unless the contract says from when on: the day `on`, or `after` so much time from its start.
    fn next(&self, day: NamedDay, on: Option<Date>, after: Option<Period>, notice: Period) -> Option<Date> {
        const YEARS: i16 = 20;
        let start = || terms::start(self.contract).map(|(start, _)| start);
        let counted = |after| self.counted(&mut DerivationBuilder::new(), &mut Vec::new(), after);
        let from = on.or_else(|| after.and_then(counted));
        let first = from.or_else(|| self.end()).or_else(start);
        let year = self.asked.year().or(first.map(Date::year))?;
        let ends =
            (year..year + YEARS).filter_map(|year| day.date(year, day.month?, self.business_calendar.calendar()));
        // Nobody ends a contract on a day on which it is over.
        let over = self.end().filter(|_| from.is_some() && self.contract.renewal.is_none());
        let mut ahead =
            ends.filter(|end| first.is_none_or(|first| *end >= first) && over.is_none_or(|last| *end < last));
        ahead.find(|&end| {
            let last = count_back(&mut DerivationBuilder::new(), end, end, notice);
            last.is_some_and(|last| !self.asked.has_passed(last.literal))
        })
    }

    /// The break that lies `after` the start of the contract.
    fn counted(&self, builder: &mut DerivationBuilder, facts: &mut Vec<FactId>, after: Period) -> Option<Date> {
        let (start, fact) = terms::begin(self.contract, builder, Rule::R8)?;
        facts.push(fact);
        builder.add(start, after)
    }
}
