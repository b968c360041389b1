//! What is to be told now that was not told yet.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::stage::is_asked;
use super::{Recipient, chain, key, stage};
use crate::calendar::shift_days;
use crate::config::Settings;
use crate::record::EntryId;
use crate::schedule::EntryKind;

/// A date that somebody may have to be told of.
#[derive(Debug, Clone)]
pub struct Due<'a> {
    /// The entry.
    pub entry: &'a EntryId,
    /// What happens.
    pub kind: EntryKind,
    /// The day to act.
    pub act_by: Date,
    /// Who answers for the contract.
    pub owner: Option<&'a str>,
    /// Who stands in.
    pub backup: Option<&'a str>,
    /// Whether somebody decided, did or put off what it asks for, and nothing is left to send.
    pub reacted: bool,
}

/// What was told before.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The keys of all reminders.
    pub keys: HashSet<String>,
    /// The day on which a date was first told.
    pub first: HashMap<(EntryId, Date), Date>,
}

/// A reminder that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Its key.
    pub key: String,
    /// Which of the dates it tells of.
    pub of: usize,
    /// Who is told.
    pub recipient: Recipient,
    /// The day for which it is.
    pub day: Date,
    /// Who was told before, in another message, and did not react, where this is the next one.
    pub instead_of: Option<String>,
}

/// What is to be told on `today`: of each date the stage that has come, to those whom it concerns and who were not told.
/// Also those who should have been told and have no address.
#[must_use]
pub fn wanted(
    due: &[Due<'_>],
    known: &Known,
    settings: &Settings,
    everybody: &Recipient,
    today: Date,
) -> (Vec<Wanted>, Vec<String>) {
    let (mut out, mut without) = (Vec::new(), Vec::new());
    let hooks: Vec<Recipient> = settings.webhook.iter().map(|hook| Recipient::webhook(&hook.name)).collect();
    for (of, one) in due.iter().enumerate() {
        if one.reacted && today > one.act_by {
            continue;
        }
        let Some(day) = stage(one.kind, one.act_by, settings, today) else { continue };
        let chain = chain(settings, everybody, one.owner, one.backup);
        without.extend(chain.without_address);
        let first = chain.people.first().map(|recipient| (recipient, None));
        let next = chain.people.get(1).filter(|_| escalates(one, known, settings, today));
        // Where both are told at once, the first one had no time to react.
        let told_before = known.first.contains_key(&(one.entry.clone(), one.act_by));
        let instead_of = chain.people.first().filter(|_| told_before).map(|one| one.name.clone());
        let next = next.map(|recipient| (recipient, instead_of));
        for (recipient, instead_of) in first.into_iter().chain(next).chain(hooks.iter().map(|hook| (hook, None))) {
            let key = key(one.entry, one.act_by, day, recipient.channel, &recipient.address);
            if !known.keys.contains(&key) {
                out.push(Wanted { key, of, recipient: recipient.clone(), day, instead_of });
            }
        }
    }
    without.sort();
    without.dedup();
    (out, without)
}

/// Whether the next one must be told as well: nobody reacted for long, or the day to act has passed.
fn escalates(one: &Due<'_>, known: &Known, settings: &Settings, today: Date) -> bool {
    if one.reacted || !is_asked(one.kind) {
        return false;
    }
    let first = known.first.get(&(one.entry.clone(), one.act_by));
    let days = i64::from(settings.remind.escalate_after_days);
    today > one.act_by || first.and_then(|day| shift_days(*day, days)).is_some_and(|day| today >= day)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::config::{Person, Webhook};

    struct Bench {
        settings: Settings,
        known: Known,
        entry: EntryId,
    }

    impl Bench {
        fn new() -> Self {
            let person = |name: &str| Person { name: name.to_owned(), email: format!("{name}@x.org") };
            let settings = Settings { person: vec![person("ann"), person("bo")], ..Settings::default() };
            Self { settings, known: Known::default(), entry: "1a2b3c4d5e6f7081".parse().unwrap() }
        }

        /// Who is told on a day of a decision with this day to act, as if it then was told.
        fn told(&mut self, act_by: Date, today: Date, reacted: bool) -> Vec<String> {
            self.told_instead(act_by, today, reacted).into_iter().map(|(name, _)| name).collect()
        }

        /// The same, each with whom it is told instead of.
        fn told_instead(&mut self, act_by: Date, today: Date, reacted: bool) -> Vec<(String, Option<String>)> {
            let due = Due {
                entry: &self.entry.clone(),
                kind: EntryKind::NoticeDeadline,
                act_by,
                owner: Some("ann"),
                backup: Some("bo"),
                reacted,
            };
            let everybody = Recipient::mail("all", "all@x.org");
            let (wanted, without) = wanted(&[due], &self.known, &self.settings, &everybody, today);
            assert!(without.is_empty());
            for one in &wanted {
                self.known.keys.insert(one.key.clone());
                self.known.first.entry((self.entry.clone(), act_by)).or_insert(today);
            }
            wanted.into_iter().map(|one| (one.recipient.name, one.instead_of)).collect()
        }
    }

    #[test]
    fn each_stage_is_told_once_and_a_moved_date_anew() {
        let (mut bench, act_by) = (Bench::new(), date(2026, 10, 31));
        assert!(bench.told(act_by, date(2026, 8, 1), false).is_empty());
        assert_eq!(bench.told(act_by, date(2026, 8, 2), false), ["ann"]);
        assert!(bench.told(act_by, date(2026, 8, 2), false).is_empty());
        assert!(bench.told(act_by, date(2026, 8, 30), false).is_empty());
        assert_eq!(bench.told(date(2026, 10, 30), date(2026, 8, 30), false), ["ann"]);
        // The machine was off when sixty days were left.
        assert_eq!(bench.told(date(2026, 10, 30), date(2026, 9, 10), true), ["ann"]);
    }

    #[test]
    fn the_next_one_is_told_when_nobody_reacts() {
        let (mut bench, act_by) = (Bench::new(), date(2026, 10, 31));
        assert_eq!(bench.told(act_by, date(2026, 8, 2), false), ["ann"]);
        assert!(bench.told(act_by, date(2026, 8, 31), false).is_empty(), "29 days");
        assert_eq!(bench.told(act_by, date(2026, 9, 1), false), ["ann", "bo"]);
        assert_eq!(bench.told(act_by, date(2026, 10, 1), true), ["ann"], "somebody reacted");
    }

    #[test]
    fn what_is_overdue_is_told_to_both_until_somebody_reacts() {
        let (mut bench, act_by) = (Bench::new(), date(2026, 10, 31));
        assert_eq!(bench.told(act_by, date(2026, 11, 1), false), ["ann", "bo"]);
        assert!(bench.told(act_by, date(2026, 11, 7), false).is_empty());
        assert_eq!(bench.told(act_by, date(2026, 11, 8), false), ["ann", "bo"]);
        assert!(bench.told(act_by, date(2026, 11, 15), true).is_empty());
    }

    #[test]
    fn only_who_was_told_before_did_not_react() {
        let (mut bench, act_by) = (Bench::new(), date(2026, 10, 31));
        let told = |name: &str, instead_of: Option<&str>| (name.to_owned(), instead_of.map(str::to_owned));
        let first = bench.told_instead(act_by, date(2026, 11, 1), false);
        assert_eq!(first, [told("ann", None), told("bo", None)]);
        let second = bench.told_instead(act_by, date(2026, 11, 8), false);
        assert_eq!(second, [told("ann", None), told("bo", Some("ann"))]);
    }

    #[test]
    fn webhooks_get_what_is_told_to_anybody() {
        let mut bench = Bench::new();
        bench.settings.webhook.push(Webhook { name: "crm".to_owned(), ..Webhook::default() });
        let act_by = date(2026, 10, 31);
        assert_eq!(bench.told(act_by, act_by, false), ["ann", "crm"]);
        assert!(bench.told(act_by, act_by, false).is_empty());
    }
}
