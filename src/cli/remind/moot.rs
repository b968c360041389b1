//! Reminders that wait to be sent and need not be sent any more.

use std::collections::{BTreeMap, HashMap};

use jiff::ToSpan as _;
use jiff::civil::Date;
use tickler::config::Settings;
use tickler::record::EntryId;
use tickler::remind::{Channel, Recipient, Reminder};

use super::super::app::App;
use super::super::current::{Asked, Current};
use super::dates::{Dates, reacted};

/// Which of the reminders that wait are moot, and why: a later one says the same, their date has moved, or somebody saw to it.
/// What cannot be told stays.
pub(super) fn moot(
    app: &App,
    dates: &Dates,
    current: &Current<'_>,
    waiting: &[Reminder],
    new: &[Reminder],
    everybody: &Recipient,
    as_of: Date,
) -> anyhow::Result<BTreeMap<String, &'static str>> {
    let mut out = BTreeMap::new();
    if waiting.is_empty() {
        return Ok(out);
    }
    let mut latest: HashMap<Told<'_>, Date> = HashMap::new();
    for one in waiting.iter().chain(new) {
        let day = latest.entry(told(one)).or_insert(one.day);
        *day = one.day.max(*day);
    }
    for one in waiting {
        let why = if !is_reached(&app.settings, everybody, one) {
            Some("the settings do not name its recipient any more")
        } else if latest.get(&told(one)).is_some_and(|day| *day > one.day) {
            Some("a later one tells of the same date")
        } else if dates.rows.get(&one.document).is_none_or(|row| !row.counts()) || current.is_folded(&one.document) {
            Some("the contract has no dates of its own any more")
        } else {
            fell_away(app, current, one, as_of)?
        };
        out.extend(why.map(|why| (one.key.clone(), why)));
    }
    Ok(out)
}

/// Whether the settings still name the recipient of a reminder.
fn is_reached(settings: &Settings, everybody: &Recipient, one: &Reminder) -> bool {
    match one.channel {
        Channel::Webhook => settings.webhook.iter().any(|hook| hook.name == one.recipient),
        Channel::Mail => {
            everybody.address == one.recipient || settings.person.iter().any(|person| person.email == one.recipient)
        }
    }
}

/// What one tells to whom.
type Told<'a> = (&'a EntryId, Date, Channel, &'a str);

fn told(one: &Reminder) -> Told<'_> {
    (&one.entry, one.act_by, one.channel, &one.recipient)
}

/// Why the date of a reminder needs nobody any more.
fn fell_away(app: &App, current: &Current<'_>, one: &Reminder, as_of: Date) -> anyhow::Result<Option<&'static str>> {
    let until = one.act_by.max(as_of).saturating_add(1.year());
    // A schedule begins with its day.
    let asked = Asked { as_of: one.act_by.min(as_of), until, settings: &app.settings };
    let Some(outlook) = current.outlook(&one.document, asked, false)? else { return Ok(None) };
    if !outlook.has(&one.entry, one.act_by, until) {
        return Ok(Some("its date has moved or fallen away"));
    }
    let said = outlook.said_of(&one.entry);
    let seen_to = said.is_some_and(|said| said.settled || as_of > one.act_by && reacted(said, as_of));
    Ok(seen_to.then_some("somebody saw to it"))
}
