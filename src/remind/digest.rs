//! One message with all that somebody is told at a time.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Channel, Reminder};
use crate::calendar::{away, day_in_words as day};

/// Width of the text of a message.
const WIDTH: usize = 76;

/// A message that is to be delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// Its name; a repeat has the same.
    pub id: String,
    /// When the last of them was written.
    pub at: Timestamp,
    /// How it reaches the recipient.
    pub channel: Channel,
    /// An address, or the name of a webhook.
    pub recipient: String,
    /// What it tells, by the day to act.
    pub reminders: Vec<Reminder>,
}

/// The messages that `reminders` make up, by the time at which they were written.
#[must_use]
pub fn digests(reminders: Vec<Reminder>) -> Vec<Digest> {
    let mut out: BTreeMap<String, Digest> = BTreeMap::new();
    for reminder in reminders {
        let Reminder { at, channel, .. } = reminder;
        let (id, recipient) = (reminder.message.clone(), reminder.recipient.clone());
        let digest = out.entry(id.clone());
        let digest = digest.or_insert_with(|| Digest { id, at, channel, recipient, reminders: Vec::new() });
        digest.at = digest.at.max(at);
        digest.reminders.push(reminder);
    }
    let mut out: Vec<Digest> = out.into_values().collect();
    out.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    for digest in &mut out {
        digest.reminders.sort_by(|a, b| (a.act_by, &a.words.what, &a.key).cmp(&(b.act_by, &b.words.what, &b.key)));
    }
    out
}

impl Digest {
    /// The name of the one who is told.
    #[must_use]
    pub fn name(&self) -> &str {
        self.reminders.first().map_or(&*self.recipient, |first| &first.words.name)
    }

    /// The subject of the message.
    #[must_use]
    pub fn subject(&self) -> String {
        let overdue = self.reminders.iter().filter(|one| one.words.overdue).count();
        let next = self.reminders.iter().find(|one| !one.words.overdue);
        match (&*self.reminders, overdue, next) {
            ([one], 0, _) => format!("{}, by {}", one.words.what, day(one.act_by)),
            ([one], ..) => format!("Overdue: {}, was to be done by {}", one.words.what, day(one.act_by)),
            (all, 0, Some(next)) => format!("{} contract dates, the first by {}", all.len(), day(next.act_by)),
            (all, _, None) => format!("{} contract dates are overdue", all.len()),
            (all, _, Some(_)) => format!("{} contract dates, {overdue} overdue", all.len()),
        }
    }

    /// The text of the message.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        let Some(told) = self.reminders.iter().map(|one| one.told).max() else { return out };
        let _ = writeln!(out, "Contract dates for {}, {}", self.name(), told.strftime("%A, %-d %B %Y"));
        for (heading, overdue) in [("Overdue", true), ("Coming", false)] {
            let mut part = self.reminders.iter().filter(|one| one.words.overdue == overdue).peekable();
            if part.peek().is_some() {
                let _ = writeln!(out, "\n{heading}\n{}", "-".repeat(heading.len()));
            }
            part.for_each(|one| line(&mut out, one, told));
        }
        out.push_str(
            "\n`tickler explain ID` shows the words behind a date. These reminders stop\nwhen somebody says what was \
             decided or done: `tickler decide`, `sent`,\n`done`, `snooze`.\n",
        );
        if self.reminders.iter().any(|one| !one.words.confirmed) {
            out.push_str(
                "\n* Read by the program; no person has confirmed every value behind this date.\n  `tickler confirm` does.\n",
            );
        }
        out
    }

    /// The events of its dates, one after the other.
    pub fn events(&self) -> impl Iterator<Item = &str> {
        self.reminders.iter().map(|one| &*one.words.event).filter(|event| !event.is_empty())
    }
}

/// What the text says of one date, as of the day on which it was told last.
fn line(out: &mut String, one: &Reminder, told: Date) {
    let words = &one.words;
    let mark = if words.confirmed { "" } else { " *" };
    let _ = writeln!(out, "\n{} ({}){mark}", day(one.act_by), away(told, one.act_by));
    wrap(out, &words.what, "  ");
    for note in &words.notes {
        wrap(out, note, "  ");
    }
    let whose = words.owner.as_ref().filter(|owner| **owner != words.name);
    if let Some(owner) = whose {
        wrap(out, &format!("{owner} answers for it."), "  ");
    }
    wrap(out, &format!("{}, ID {}", words.place, one.entry), "  ");
}

/// Adds a paragraph whose lines are no longer than [`WIDTH`] where its words allow that.
fn wrap(out: &mut String, text: &str, indent: &str) {
    let mut used = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if used > 0 && used + 1 + length <= WIDTH {
            out.push(' ');
            used += 1 + length;
        } else {
            out.push_str(if used > 0 { "\n" } else { "" });
            out.push_str(indent);
            used = indent.len() + length;
        }
        out.push_str(word);
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::record::DocumentId;
    use crate::remind::{Words, key};

    fn reminder(what: &str, act_by: Date, overdue: bool) -> Reminder {
        let entry = "1a2b3c4d5e6f7081".parse().unwrap();
        let (day, told) = (date(2026, 10, 1), date(2026, 10, 3));
        Reminder {
            key: key(&entry, act_by, day, Channel::Mail, "ann@example.com"),
            at: Timestamp::UNIX_EPOCH,
            message: "m".to_owned(),
            channel: Channel::Mail,
            recipient: "ann@example.com".to_owned(),
            document: DocumentId::of(b"x"),
            entry,
            act_by,
            day,
            told,
            words: Words {
                name: "Ann Field".to_owned(),
                owner: Some("Bo Lind".to_owned()),
                what: what.to_owned(),
                overdue,
                notes: vec!["It must arrive by 3 November 2026.".to_owned()],
                confirmed: overdue,
                place: "lease.pdf, page 3".to_owned(),
                event: String::new(),
            },
        }
    }

    #[test]
    fn a_digest_tells_what_is_overdue_first() {
        let coming = reminder("Notice to end: Brightwater, subscription", date(2026, 10, 31), false);
        let late = reminder("Notice to renew: Cedar, lease", date(2026, 10, 2), true);
        let all = digests(vec![coming.clone(), late]);
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].subject(), "2 contract dates, 1 overdue");
        let text = all[0].text();
        let want = "Contract dates for Ann Field, Saturday, 3 October 2026\n\nOverdue\n-------\n\n\
                    2 October 2026 (yesterday)\n  Notice to renew: Cedar, lease\n  It must arrive by 3 November 2026.\n  \
                    Bo Lind answers for it.\n  lease.pdf, page 3, ID 1a2b3c4d5e6f7081\n\nComing\n------\n\n\
                    31 October 2026 (in 28 days) *\n  Notice to end: Brightwater, subscription\n";
        assert!(text.starts_with(want), "{text}");
        assert!(text.contains("* Read by the program; no person has confirmed"), "{text}");
        assert_eq!(digests(vec![coming])[0].subject(), "Notice to end: Brightwater, subscription, by 31 October 2026");
    }

    #[test]
    fn long_lines_are_wrapped() {
        let text = digests(vec![reminder(&"lorem ".repeat(60), date(2026, 10, 31), false)])[0].text();
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH + 2), "{text}");
        assert_eq!(text.matches("lorem").count(), 60);
    }
}
