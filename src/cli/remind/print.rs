//! What `tickler remind` prints.

use std::collections::BTreeMap;
use std::io::Write as _;

use jiff::civil::Date;
use tickler::store::{Delivery, Posted};

use super::super::agenda::count;
use super::super::app::{App, BOLD};
use super::super::clean::{clean, short};
use super::super::log::when;
use super::super::table;
use super::Report;

/// What one run did: whom it tells how much, and for a dry run each date.
pub(super) fn report(report: &Report, app: &mut App) -> anyhow::Result<()> {
    let Report { as_of, dry_run, reminders, moot, waiting, .. } = report;
    let out = &mut app.out;
    writeln!(out, "{BOLD}Reminders as of {}{BOLD:#}", as_of.strftime("%A, %-d %B %Y"))?;
    let mut to: BTreeMap<&str, Vec<(Date, &str)>> = BTreeMap::new();
    for one in reminders {
        to.entry(&one.recipient).or_default().push((one.act_by, &one.words.what));
    }
    if to.is_empty() {
        writeln!(out, "  Nobody has to be told anything new.")?;
    }
    for (recipient, dates) in &mut to {
        dates.sort_unstable();
        let first = dates.first().map_or(*as_of, |(day, _)| *day);
        writeln!(out, "  {}: {}, the first by {first}", clean(recipient), count(dates.len(), "date", "dates"))?;
        for (day, what) in dates.iter().filter(|_| *dry_run) {
            writeln!(out, "    {day}  {}", short(what, 64))?;
        }
    }
    if !moot.is_empty() {
        let words = count(moot.len(), "reminder that waited is moot", "reminders that waited are moot");
        writeln!(out, "  {words}.")?;
    }
    match (dry_run, waiting) {
        (true, _) => writeln!(out, "Nothing was written.")?,
        (false, 0) => {}
        (false, n) => {
            let words = count(*n, "reminder waits", "reminders wait");
            writeln!(out, "{words}; `tickler send` delivers them.")?;
        }
    }
    Ok(())
}

/// The outbox, the newest last.
pub(super) fn list(posted: &[Posted], app: &mut App) -> anyhow::Result<()> {
    if posted.is_empty() {
        writeln!(app.out, "No reminder was written yet; `tickler remind` does it.")?;
        return Ok(());
    }
    let mut out = table::table(&["SINCE", "STATE", "TO", "ACT BY", "WHAT", "ID"]);
    for Posted { reminder, state, since, .. } in posted {
        let state = match state {
            Delivery::Waiting => "waits",
            Delivery::Delivered => "sent",
            Delivery::Lapsed => "moot",
        };
        let what = short(&reminder.words.what, 84);
        let day = reminder.act_by.to_string();
        table::row(&mut out, &[&when(*since), state, &reminder.recipient, &day, &what, reminder.entry.as_str()]);
    }
    write!(app.out, "{}", table::text(&out))?;
    Ok(())
}
