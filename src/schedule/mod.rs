//! From the facts of a contract to the dates that matter: ends of terms, last days to act, and when to remind.
//!
//! Reminders count back from the last day to act, not from the expiry: where notice is due months before the end, a
//! reminder before the end comes too late.

mod ahead;
mod asked;
mod breaks;
mod business_calendar;
#[cfg(test)]
mod cases;
mod claims;
mod delivery;
mod digest;
mod duties;
mod ending;
mod entry;
mod life;
mod notices;
mod open;
mod prices;
mod reminders;
mod renews;
mod sent;
mod terms;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use jiff::civil::Date;

pub use ahead::until;
pub(crate) use business_calendar::BusinessCalendar;
pub use claims::claim;
pub use digest::{Brief, Digest, Glance, VERSION as DIGEST_VERSION};
pub use duties::{EventDate, awaited, falls_due};
pub use ending::{ENDING_TERM, ending, ends_from, is_ending};
pub use entry::{Dated, EntryKind, OpenEntry, Openness, ScheduleEntry, SendBy, Standing};
pub use life::{Life, State, life};
pub use open::open;
pub use renews::Renews;
pub use sent::{Judged, Timely, judge};

use crate::calendar::{Basis, DerivationBuilder, Period, Readings, Roll, Rule, Unit};
use crate::config::Settings;
use crate::record::value::{Renewal, RenewalKind};
use crate::record::{Contract, EntryId, FactId, OriginKind, Status};
use asked::Asked;
use notices::Way;
use terms::{Term, Terms};

/// Most terms that are looked through for the next last day for notice.
const MAX_AHEAD: usize = 24;

/// What is looked at in the first weeks of a contract of high value.
const REVIEWED: [(&str, &str); 3] = [
    ("deliverables", "the deliverables"),
    ("payment_terms", "the payment terms"),
    ("escalation_contacts", "the contacts for escalation"),
];

/// The schedule of a contract, ordered by the day to act.
///
/// Holds the first term (occurrence 0) and, for a contract that renews by itself, the renewal terms up to the one that
/// contains `as_of`, as far as its limit of renewals goes; when the last day for notice about that one has passed, the
/// notice about the next one too. Past dates are listed, past reminders are not (R17). A date
/// that the contract does not give is never made up: without a dated expiration there is no term, and a contract that
/// runs until terminated has no last day for notice. Very long series leave out the middle (120 terms are listed).
#[must_use]
pub fn build(contract: &Contract, as_of: Option<Date>, settings: &Settings) -> Vec<ScheduleEntry> {
    build_with(contract, &[], as_of, settings)
}

/// [`build`], with the duties that fall due because of `events` that have happened.
///
/// A duty whose day is only assumed has no entry: it is one of the [`open()`] ones, and [`assumed`] counts its days.
#[must_use]
pub fn build_with(
    contract: &Contract,
    events: &[EventDate],
    as_of: Option<Date>,
    settings: &Settings,
) -> Vec<ScheduleEntry> {
    schedule(contract, events, &Asked::on(as_of), settings)
}

/// [`build_with`], which notes for which days it gives the same.
fn schedule(contract: &Contract, events: &[EventDate], asked: &Asked, settings: &Settings) -> Vec<ScheduleEntry> {
    let business_calendar = BusinessCalendar::of(contract, settings);
    let scheduler = Scheduler { contract, asked, settings, business_calendar };
    let mut entries = scheduler.reviews();
    if let Some(terms) = Terms::of(contract) {
        let listed = terms.list(asked);
        for term in &listed {
            scheduler.term(&terms, term, &mut entries);
        }
        if let Some(last) = listed.last() {
            scheduler.next_notice(&terms, last, &mut entries);
        }
    }
    entries.extend(scheduler.breaks());
    entries.extend(duties::entries(contract, events, asked, settings).into_iter().filter(|e| !is_guess(e)));
    entries.extend(prices::entries(contract, asked, settings));
    name_people(contract, &mut entries);
    entries.sort_by(|a, b| a.order().cmp(&b.order()));
    entries
}

/// The dates of duties that rest on an assumption, ordered by day: counted from the start of a contract that does not say
/// on which day of a month they fall.
#[must_use]
pub fn assumed(
    contract: &Contract,
    events: &[EventDate],
    as_of: Option<Date>,
    settings: &Settings,
) -> Vec<ScheduleEntry> {
    let mut entries = duties::entries(contract, events, &Asked::on(as_of), settings);
    entries.retain(is_guess);
    entries.sort_by(|a, b| a.order().cmp(&b.order()));
    entries
}

/// Tells on which values that people gave a date rests.
fn name_people(contract: &Contract, entries: &mut [ScheduleEntry]) {
    let mut given = contract.facts();
    given.retain(|fact| fact.origin.kind == OriginKind::Reviewer);
    for fact in &given {
        let words = fact.words().unwrap_or_default();
        let note = format!("{}: {words}, as {} gave or confirmed it.", fact.field.label(), fact.origin.id);
        for entry in entries.iter_mut().filter(|entry| entry.facts.contains(fact.id)) {
            entry.derivation.assumptions.push(note.clone());
        }
    }
}

fn is_guess(entry: &ScheduleEntry) -> bool {
    entry.basis == Basis::Assumed
}

/// An entry before it has its identity: what differs from one kind to the next.
struct EntryDraft {
    kind: EntryKind,
    /// Fixed name within the kind, so that rewording a label does not change the identity.
    key: Cow<'static, str>,
    occurrence: u32,
    label: String,
    readings: Readings,
    builder: DerivationBuilder,
    send_by: Vec<SendBy>,
    reminders: Vec<Date>,
    facts: Vec<FactId>,
}

impl EntryDraft {
    /// The entry of `contract`, with its identity and derivation.
    fn entry(self, contract: &Contract) -> ScheduleEntry {
        let Self { kind, key, occurrence, label, readings, builder, send_by, reminders, facts } = self;
        let derivation = builder.finish(readings.conservative, readings);
        ScheduleEntry {
            id: EntryId::of(&contract.document.id, kind.as_str(), &key, occurrence),
            kind,
            act_by: delivery::act_by(&send_by, readings.conservative),
            date: readings.conservative,
            literal_date: readings.literal,
            occurrence,
            label,
            basis: derivation.basis,
            derivation,
            send_by,
            reminders,
            facts,
        }
    }
}

/// The last day for notice of `period` before a day: back from `end` in the plain count, from `last_day` in the careful one.
fn count_back(builder: &mut DerivationBuilder, end: Date, last_day: Date, period: Period) -> Option<Readings> {
    let literal = builder.subtract_literal(end, period)?;
    let back = builder.subtract_conservative(last_day, period)?;
    let clear = builder.clear_day(back)?;
    builder.assume(format!("\"{period}\" is read as clear days in the conservative reading (R4)."));
    Some(Readings { literal, conservative: builder.roll(clear, Roll::Preceding, Rule::R12)? })
}

struct Scheduler<'a> {
    contract: &'a Contract,
    asked: &'a Asked,
    settings: &'a Settings,
    business_calendar: BusinessCalendar,
}

impl Scheduler<'_> {
    /// A look at what was signed, some days after it took effect (R17); of a contract of high value, by a list of what to
    /// look at.
    fn reviews(&self) -> Vec<ScheduleEntry> {
        let high = self.settings.is_high_value(self.contract);
        let points = high.then_some(REVIEWED).into_iter().flatten().zip(1..);
        let points =
            points.map(|((key, what), number)| (key, format!("Review of {what}, as its value is high"), number));
        let all = std::iter::once(("after_signing", "Review after signing".to_owned(), 0)).chain(points);
        all.filter_map(|(key, label, number)| self.review(key, label, number)).collect()
    }

    fn review(&self, key: &'static str, label: String, occurrence: u32) -> Option<ScheduleEntry> {
        let mut builder = DerivationBuilder::new();
        let (start, fact) = terms::begin(self.contract, &mut builder, Rule::R17)?;
        let period = Period::new(self.settings.review_after_days, Unit::Day);
        let date = builder.add(start, period)?;
        let draft = EntryDraft {
            kind: EntryKind::Review,
            key: key.into(),
            occurrence,
            label,
            readings: Readings { literal: date, conservative: date },
            builder,
            send_by: Vec::new(),
            reminders: reminders::on(date, self.asked.day()),
            facts: vec![fact],
        };
        Some(draft.entry(self.contract))
    }

    /// Everything that hangs on one term: its notice, its end, and the renewal after it.
    fn term(&self, terms: &Terms<'_>, term: &Term, entries: &mut Vec<ScheduleEntry>) {
        let renewal = self.contract.renewal.as_ref().and_then(|f| f.value());
        let before = entries.len();
        self.notices(terms, term, entries);
        let has_notice = entries[before..].iter().any(|e| e.kind.is_notice());
        entries.push(self.expiration(terms, term, renewal, has_notice));
        entries.extend(self.renewal(terms, term));
    }

    /// The notices about one term, with the windows in which they count.
    fn notices(&self, terms: &Terms<'_>, term: &Term, entries: &mut Vec<ScheduleEntry>) {
        let Some(renewal) = self.contract.renewal.as_ref().and_then(|f| f.value()) else { return };
        let notices = renewal.notices_about(term.number == 0);
        for (n, notice) in notices.iter().enumerate() {
            let whose = if notices.len() > 1 { notice.by.as_deref().filter(|by| *by != "either") } else { None };
            let way = Way { notice, n, whose };
            entries.extend(self.window(terms, term, renewal, &way));
            entries.extend(self.notice(terms, term, renewal, &way));
        }
    }

    /// The notices about the term after `last`, when the last day for notice about `last` has passed: it renews, and
    /// there is a next day to act.
    fn next_notice(&self, terms: &Terms<'_>, last: &Term, entries: &mut Vec<ScheduleEntry>) {
        let mut term = last.clone();
        // Where notice is longer than a term, it is due before the term begins.
        for _ in 0..MAX_AHEAD {
            let of_term = |e: &&ScheduleEntry| e.kind.is_notice() && e.occurrence == term.number;
            let latest = entries.iter().filter(of_term).map(ScheduleEntry::last_day).max();
            let Some(next) = latest.filter(|day| self.asked.has_passed(*day)).and_then(|_| terms.after(&term)) else {
                return;
            };
            self.notices(terms, &next, entries);
            term = next;
        }
    }

    fn expiration(&self, terms: &Terms<'_>, term: &Term, renewal: Option<&Renewal>, has_notice: bool) -> ScheduleEntry {
        let goes_on = renewal.is_some_and(|r| r.kind != RenewalKind::None);
        let label = match term.number {
            0 if goes_on => "Initial term ends".to_owned(),
            0 => "Term ends".to_owned(),
            k => format!("Renewal term {k} ends"),
        };
        EntryDraft {
            kind: EntryKind::Expiration,
            key: "term".into(),
            occurrence: term.number,
            label,
            readings: Readings { literal: term.end, conservative: term.last_day },
            builder: term.builder.clone(),
            send_by: Vec::new(),
            // Where notice is due, the end is past acting; its own reminders would only bury those that matter.
            reminders: if has_notice { Vec::new() } else { self.remind_before(term.last_day) },
            facts: if term.number == 0 { terms.facts() } else { self.facts(terms) },
        }
        .entry(self.contract)
    }

    /// The first day of the next term, for a contract that renews by itself.
    fn renewal(&self, terms: &Terms<'_>, term: &Term) -> Option<ScheduleEntry> {
        if !terms.renews_after(term.number) {
            return None;
        }
        let mut builder = term.builder.clone();
        let date = builder.day_after(term.last_day)?;
        let number = term.number.checked_add(1)?;
        Some(
            EntryDraft {
                kind: EntryKind::Renewal,
                key: "term".into(),
                occurrence: number,
                label: format!("Renewal term {number} begins"),
                readings: Readings { literal: date, conservative: date },
                builder,
                send_by: Vec::new(),
                reminders: Vec::new(),
                facts: self.facts(terms),
            }
            .entry(self.contract),
        )
    }

    /// The last day for notice: to stop an automatic renewal, or to exercise an option.
    fn notice(&self, terms: &Terms<'_>, term: &Term, renewal: &Renewal, way: &Way<'_>) -> Option<ScheduleEntry> {
        // An option left alone ends the contract, an automatic renewal left alone goes on: the label says which.
        let (key, label) = match renewal.kind {
            RenewalKind::Automatic | RenewalKind::MonthToMonth if terms.renews_after(term.number) => {
                ("stop_renewal", "Last day for notice of non-renewal")
            }
            RenewalKind::Option => (
                "exercise_option",
                "Last day to exercise the option to renew (silence loses the right: without notice the contract ends)",
            ),
            RenewalKind::Evergreen if term.number == 0 => (
                "end_first_term",
                "Last day for notice to end the contract with its first term (after it the contract runs on)",
            ),
            RenewalKind::MutualAgreement => (
                "agree_renewal",
                "Last day to ask for the renewal (both must agree; without agreement the contract ends)",
            ),
            _ => return None,
        };
        let started = self.contract.effective_date.as_ref().and_then(|f| f.value()?.date());
        let mut builder = term.builder.clone();
        let mut facts = self.facts(terms);
        facts.extend(self.business_calendar.apply(&mut builder));
        let (mut literal, conservative) = match (way.notice.period, way.notice.on) {
            (Some(period), _) => {
                let Readings { literal, conservative } = count_back(&mut builder, term.end, term.last_day, period)?;
                (literal, conservative)
            }
            (None, Some(on)) => way.by_day(&mut builder, term, on)?,
            (None, None) => return None,
        };
        // A notice longer than the first term is none: the contract stage told so.
        if started.is_some_and(|start| term.number == 0 && literal < start && start <= term.end) {
            return None;
        }
        if let Some(fact) = &self.contract.date_roll
            && let Some(clause) = fact.value()
        {
            literal = builder.roll(literal, clause.roll, Rule::R11)?;
            facts.push(fact.id().clone());
            builder.assume(
                "The clause that moves a last day to a business day is applied to the plain count only; the careful reading \
                 never moves later (R12).",
            );
        }
        let send_by = delivery::send_by(self.contract, conservative, &mut builder, &mut facts);
        if let Some(fact) = &self.contract.time_of_essence {
            builder.assume("Time is of the essence of this contract: notice that is late is lost (R15).");
            facts.push(fact.id().clone());
        }
        self.assume_renewal(&mut builder, renewal);
        Some(
            EntryDraft {
                kind: match renewal.kind {
                    RenewalKind::Option | RenewalKind::MutualAgreement => EntryKind::OptionDeadline,
                    _ => EntryKind::NoticeDeadline,
                },
                key: way.key(key),
                occurrence: term.number,
                label: way.label(label),
                readings: Readings { literal, conservative },
                builder,
                reminders: self.remind_before(delivery::act_by(&send_by, conservative)),
                send_by,
                facts,
            }
            .entry(self.contract),
        )
    }

    /// The first day on which notice counts. Here the careful reading is the later one: early notice may be void.
    fn window(&self, terms: &Terms<'_>, term: &Term, renewal: &Renewal, way: &Way<'_>) -> Option<ScheduleEntry> {
        let label = match renewal.kind {
            RenewalKind::Automatic | RenewalKind::MonthToMonth if terms.renews_after(term.number) => {
                "Window for notice of non-renewal opens"
            }
            RenewalKind::Option => "Window to exercise the option to renew opens",
            RenewalKind::MutualAgreement => "Window for notice about renewal opens",
            _ => return None,
        };
        let mut builder = term.builder.clone();
        let date = match (way.notice.window_opens, way.notice.opens_on) {
            (Some(window), _) => {
                if window.unit == Unit::BusinessDay {
                    self.business_calendar.apply(&mut builder);
                }
                builder.subtract_literal(term.end, window)?
            }
            (None, Some(on)) => builder.anchor(on.before(term.end)?, "First day for notice", Rule::R2),
            (None, None) => return None,
        };
        builder.assume("Notice before the window may be void, so the later reading of its first day is taken (R3).");
        self.assume_renewal(&mut builder, renewal);
        Some(
            EntryDraft {
                kind: EntryKind::NoticeWindowOpens,
                key: way.key("window"),
                occurrence: term.number,
                label: way.label(label),
                readings: Readings { literal: date, conservative: date },
                builder,
                send_by: Vec::new(),
                reminders: reminders::on(date, self.asked.day()),
                facts: self.facts(terms),
            }
            .entry(self.contract),
        )
    }

    /// What is taken for granted about the renewal clause itself.
    fn assume_renewal(&self, builder: &mut DerivationBuilder, renewal: &Renewal) {
        if self.contract.renewal.as_ref().is_some_and(|f| f.status() == Status::Conflicting) {
            builder.assume("The contract gives different renewal terms; these were taken.");
        }
        if let Some(condition) = &renewal.condition {
            builder.assume(format!("The renewal hangs on a condition that is taken to be met: {condition}"));
        }
    }

    fn remind_before(&self, deadline: Date) -> Vec<Date> {
        reminders::before(deadline, &self.settings.reminders, self.asked.day())
    }

    /// The renewal clause and what the ends of terms rest on.
    fn facts(&self, terms: &Terms<'_>) -> Vec<FactId> {
        self.contract.renewal.iter().map(|f| f.id().clone()).chain(terms.facts()).collect()
    }
}
