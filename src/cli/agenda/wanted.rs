//! Which entries a list has, and what is told of them.

use jiff::ToSpan as _;
use jiff::civil::Date;
use tickler::said::EntrySaid;
use tickler::schedule::{Brief, EntryKind, Standing};

use crate::cli::app::App;
use crate::cli::current::Asked;

/// For how many days a missed decision is told of after its term has ended.
const REMEMBERED: i32 = 30;

/// The kinds of entries about duties.
const EVERY_DUTY: [EntryKind; 2] = [EntryKind::ObligationDue, EntryKind::ClaimDeadline];

/// Most days of a month.
const MONTH: i32 = 31;

/// Which entries a list has.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
pub(crate) struct Wanted<'a> {
    /// The day that counts as today.
    pub(crate) as_of: Date,
    /// The day until which something must be put off to be left out.
    pub(crate) quiet: Date,
    /// The days from and to which it reaches; `None` for all.
    pub(crate) range: Option<(Date, Date)>,
    /// Only these kinds; empty for what has to be decided, and what of the others is wanted.
    pub(crate) kinds: &'a [EntryKind],
    /// With what parties must do.
    pub(crate) duties: bool,
    /// Of what parties must do the days are enough ([`super::Agenda::due`]).
    pub(crate) days_of_duties: bool,
    /// With what happens by itself: windows that open, renewals, changes of prices, reviews.
    pub(crate) others: bool,
    /// With dates of duties that are only assumed.
    pub(crate) assumed: bool,
    /// Only decisions that were missed, or are nearly.
    pub(crate) overdue: bool,
    /// What was decided stays until its notice is sent, however far ahead its day is.
    pub(crate) to_send: bool,
    /// With contracts that have ended.
    pub(crate) ended: bool,
}

impl Wanted<'_> {
    /// What has to be decided between two days.
    pub(crate) fn between(as_of: Date, until: Date) -> Self {
        Self {
            as_of,
            quiet: as_of,
            range: Some((as_of, until)),
            kinds: &[],
            duties: false,
            days_of_duties: false,
            others: false,
            assumed: false,
            overdue: false,
            to_send: true,
            ended: false,
        }
    }

    /// The last day that is looked at.
    pub(crate) fn until(&self) -> Date {
        self.range.map_or(self.as_of, |(_, until)| until)
    }

    pub(super) fn asked<'s>(&self, app: &'s App) -> Asked<'s> {
        Asked { as_of: self.as_of, until: self.until(), settings: &app.settings }
    }

    /// Whether entries of a kind are listed; of an end, whether the contract `goes_on` after it.
    pub(super) fn kind(&self, kind: EntryKind, goes_on: bool) -> bool {
        match kind {
            _ if !self.kinds.is_empty() => self.kinds.contains(&kind),
            _ if kind.is_decision() => true,
            _ if kind.is_duty() => self.duties && !self.days_of_duties,
            EntryKind::Expiration => self.others || !goes_on,
            _ => self.others,
        }
    }

    /// Whether entries of duties are listed one by one.
    pub(super) fn lists_duties(&self) -> bool {
        EVERY_DUTY.into_iter().any(|kind| self.kind(kind, false))
    }

    /// Whether open entries of a kind are listed: what nobody can date must not be missed.
    pub(super) fn has_open(&self, kind: EntryKind) -> bool {
        let unasked = self.duties || !kind.is_duty();
        !self.overdue && if self.kinds.is_empty() { unasked } else { self.kinds.contains(&kind) }
    }

    /// Whether an entry lies in the range, or still needs a person although its day has passed.
    pub(super) fn holds(&self, line: Line<'_>, all: &[&Brief]) -> bool {
        let Line { entry, said, .. } = line;
        let standing = line.standing(self.as_of);
        if self.range.is_some() && said.is_some_and(|said| self.is_quiet(entry, said)) {
            return false;
        }
        if self.to_send && !self.overdue && said.is_some_and(|said| said.to_send) && standing == Standing::Ahead {
            return true;
        }
        if self.range.is_some() && is_routine(entry, all) {
            return false;
        }
        let inside = self.range.is_none_or(|(from, until)| entry.act_by >= from && entry.act_by <= until);
        match standing {
            Standing::Now => true,
            Standing::Missed => inside || self.range.is_some() && self.remembers(line, all),
            Standing::Ahead | Standing::Past | Standing::Settled => inside && !self.overdue,
        }
    }

    /// Whether a missed decision still matters: its term has not ended, or it was missed only days ago. As long as nobody says
    /// what happened, it does until the term that followed from it ends.
    fn remembers(&self, Line { entry, said, .. }: Line<'_>, all: &[&Brief]) -> bool {
        // Where notice is possible each month, the next day for it is what matters.
        let later = |e: &&&Brief| e.kind == entry.kind && e.act_by > entry.act_by;
        let monthly = |e: &&Brief| (e.act_by - entry.act_by).get_days() < 2 * MONTH;
        let missed_again = |e: &&Brief| e.occurrence > entry.occurrence && e.act_by < self.as_of;
        if all.iter().filter(later).any(|e| monthly(e) || missed_again(e)) {
            return false;
        }
        let silent = said.is_none_or(|said| said.decision.is_none() && said.notice.is_none());
        let number = entry.occurrence.saturating_add(u32::from(silent));
        let end = of_term(all, EntryKind::Expiration, number);
        let running = entry.kind.is_notice() && end.is_some_and(|end| end >= self.as_of);
        running || entry.act_by.checked_add(REMEMBERED.days()).is_ok_and(|day| day >= self.as_of)
    }

    /// Whether nobody wants to hear of an entry: a duty that was seen to, or that is put off.
    fn is_quiet(&self, entry: &Brief, said: &EntrySaid) -> bool {
        entry.kind.is_task() && said.settled || said.snoozed_until.is_some_and(|day| day > self.quiet)
    }
}

/// An entry that a list may have.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) entry: &'a Brief,
    pub(super) label: &'a str,
    pub(super) said: Option<&'a EntrySaid>,
}

impl Line<'_> {
    pub(super) fn standing(&self, today: Date) -> Standing {
        if self.said.is_some_and(|said| said.settled) { Standing::Settled } else { self.entry.standing(today) }
    }
}

/// The day of the entry of a kind that belongs to a term.
fn of_term(all: &[&Brief], kind: EntryKind, number: u32) -> Option<Date> {
    all.iter().find(|e| e.kind == kind && e.occurrence == number).map(|e| e.date)
}

/// Whether an entry only says that a contract goes on from month to month.
fn is_routine(entry: &Brief, all: &[&Brief]) -> bool {
    let number = entry.occurrence;
    let near = |day: Date| (entry.date - day).get_days().abs() <= MONTH;
    match entry.kind {
        EntryKind::Expiration => {
            number > 0
                && of_term(all, EntryKind::Renewal, number.saturating_add(1)).is_some()
                && of_term(all, EntryKind::Renewal, number).is_some_and(near)
        }
        EntryKind::Renewal => number > 1 && of_term(all, EntryKind::Expiration, number).is_some_and(near),
        _ => false,
    }
}

/// Whether a contract goes on by itself at the end of a term, or at the beginning of the next one.
pub(super) fn goes_on(entry: &Brief, all: &[&Brief]) -> bool {
    let renews = |number: u32| of_term(all, EntryKind::Renewal, number.saturating_add(1)).is_some();
    entry.kind == EntryKind::Renewal || entry.kind == EntryKind::Expiration && renews(entry.occurrence)
}

/// What follows from a decision that nobody is known to have made.
pub(super) fn aftermath(entry: &Brief, all: &[&Brief], as_of: Date) -> Option<String> {
    let end = of_term(all, EntryKind::Expiration, entry.occurrence);
    match entry.kind {
        EntryKind::NoticeDeadline => {
            let Some(begins) = of_term(all, EntryKind::Renewal, entry.occurrence + 1) else {
                return end.map(|end| format!("the first term ends on {end}, and the contract runs on"));
            };
            let verb = if begins <= as_of { "renewed" } else { "renews" };
            let to = of_term(all, EntryKind::Expiration, entry.occurrence + 1);
            let to = to.map_or(String::new(), |to| format!(", until {to}"));
            Some(format!("it {verb} on {begins}{to}"))
        }
        EntryKind::OptionDeadline => end.map(|end| format!("the contract ends on {end}")),
        EntryKind::BreakDeadline => Some("the contract goes on".to_owned()),
        _ => None,
    }
}
