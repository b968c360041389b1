//! `tickler today`

use std::collections::HashSet;
use std::io::Write as _;
use std::process::ExitCode;

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Serialize;
use tickler::schedule::{Openness, Standing};

use super::Format;
use super::agenda::{self, Agenda, Due, Item, OpenItem, Wanted, Wholes, Whose, away, count, short_line, ways, whom};
use super::app::{App, BOLD, DIM};
use super::clean::{clean, short};
use super::filter::{Chosen, date};
use super::log::entry_words;
use super::remind::Last;
use super::wrap::wrapped;

/// Widest line without its identifier, so that a line fits 80 columns.
const WIDTH: usize = 80 - 18;

/// Most open entries that are listed.
const MOST_OPEN: usize = 5;

/// Most contracts whose duties are counted.
const MOST_DUTIES: usize = 10;

/// Show what has to be decided now and soon
///
/// Decisions that were missed or are late come first, then those of this week, this month and the next 90 days. What
/// parties must do is counted by contract.
#[derive(Debug, Default, clap::Args)]
#[command(after_help = "Examples:\n  \
    tickler today\n  \
    tickler today --as-of 2026-09-01 --party Holloway")]
pub(super) struct Args {
    /// Day that counts as today [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    // Last: its heading is for all options after it.
    #[command(flatten)]
    chosen: Chosen,
}

/// What there is to do.
#[derive(Serialize)]
pub(crate) struct Today<I> {
    pub(crate) as_of: Date,
    /// What was decided, and needs a notice that was not sent yet.
    to_send: Vec<I>,
    overdue: Vec<I>,
    this_week: Vec<I>,
    this_month: Vec<I>,
    next_90_days: Vec<I>,
    pub(crate) open: Vec<OpenItem>,
    /// Duties of the next 30 days, by contract.
    pub(crate) duties: Vec<Duties>,
    /// When reminders were last looked for and sent; null where they are not in use.
    reminders: Option<Last>,
}

/// How many duties of one contract fall due.
#[derive(Serialize)]
pub(crate) struct Duties {
    #[serde(flatten)]
    pub(crate) whose: Whose,
    pub(crate) due: usize,
    pub(crate) next: Date,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let store = app.read_store()?;
    let as_of = args.as_of.unwrap_or(app.today);
    let current = args.chosen.current(&store)?;
    let rows = args.chosen.rows(app, &store, &current, as_of)?;
    let wanted = wanted(as_of);
    let found = agenda::agenda(app, &current, &rows, &wanted)?;
    let today = Today { reminders: Last::of(&store)?, ..Today::of(found, as_of) };
    match args.format {
        Format::Json => {
            let mut wholes = Wholes::new(app, &current, &wanted);
            let today = today.map(|items| wholes.of(items))?;
            app.json(&today)?;
        }
        Format::Text => print(&today, app)?,
    }
    app.keep_dates(&current, as_of);
    Ok(ExitCode::SUCCESS)
}

/// What is looked at.
pub(crate) fn wanted(as_of: Date) -> Wanted<'static> {
    Wanted {
        duties: true,
        days_of_duties: true,
        others: true,
        ..Wanted::between(as_of, as_of.saturating_add(90.days()))
    }
}

impl Today<Item> {
    pub(crate) fn of(found: Agenda, as_of: Date) -> Self {
        let mut out = Self {
            as_of,
            to_send: Vec::new(),
            overdue: Vec::new(),
            this_week: Vec::new(),
            this_month: Vec::new(),
            next_90_days: Vec::new(),
            open: found.open.into_iter().filter(|o| o.entry.why == Openness::Unknown).collect(),
            duties: Vec::new(),
            reminders: None,
        };
        let day = |n: i32| as_of.saturating_add(n.days());
        let mut decided = HashSet::new();
        for item in found.items {
            if item.standing == Standing::Settled {
                continue;
            }
            if item.is_to_send() {
                out.to_send.push(item);
                continue;
            }
            let (of, kind) = (&item.whose.contract, item.entry.kind);
            // Of what recurs each month the next one is enough.
            let again = kind.is_decision()
                && item.standing == Standing::Ahead
                && !decided.insert((of.clone(), kind, item.label.clone()));
            // What goes on by itself needs nobody on that day; its last day for notice did.
            if item.goes_on || again {
                continue;
            }
            let act_by = item.entry.act_by;
            let list = match item.standing {
                Standing::Missed | Standing::Now => &mut out.overdue,
                _ if act_by <= day(7) => &mut out.this_week,
                _ if act_by <= day(30) => &mut out.this_month,
                _ => &mut out.next_90_days,
            };
            list.push(item);
        }
        for Due { whose, days } in found.due {
            let soon = || days.iter().filter(|due| **due <= day(30));
            out.duties.extend(soon().min().map(|next| Duties { whose, due: soon().count(), next: *next }));
        }
        out.duties.sort_by(|a, b| (a.next, &a.whose.contract).cmp(&(b.next, &b.whose.contract)));
        out
    }

    /// The decisions, each part with its heading.
    pub(crate) fn parts(&self) -> [(&'static str, &[Item]); 5] {
        [
            ("Decided: send the notice", &self.to_send),
            ("Overdue", &self.overdue),
            ("This week", &self.this_week),
            ("This month", &self.this_month),
            ("Next 90 days", &self.next_90_days),
        ]
    }

    /// With other items.
    fn map<I>(self, mut change: impl FnMut(Vec<Item>) -> anyhow::Result<Vec<I>>) -> anyhow::Result<Today<I>> {
        let Self { as_of, to_send, overdue, this_week, this_month, next_90_days, open, duties, reminders } = self;
        let (to_send, overdue, this_week) = (change(to_send)?, change(overdue)?, change(this_week)?);
        let (this_month, next_90_days) = (change(this_month)?, change(next_90_days)?);
        Ok(Today { as_of, to_send, overdue, this_week, this_month, next_90_days, open, duties, reminders })
    }
}

fn print(today: &Today<Item>, app: &mut App) -> anyhow::Result<()> {
    let Today { as_of, open, duties, reminders, .. } = today;
    let App { out, settings, .. } = app;
    let us = &settings.us;
    writeln!(out, "{BOLD}{}{BOLD:#}", as_of.strftime("%A, %-d %B %Y"))?;
    let parts = today.parts();
    if parts.iter().all(|(_, items)| items.is_empty()) {
        writeln!(out, "\nNothing has to be decided in the next 90 days.")?;
    }
    for (name, items) in parts.iter().filter(|(_, items)| !items.is_empty()) {
        writeln!(out, "\n{BOLD}{name}{BOLD:#}")?;
        for item in *items {
            let line = short(&short_line(item, us), WIDTH - 14);
            let (mark, id, wide) = (agenda::mark(item.is_assumed()), &item.entry.id, WIDTH - 12);
            writeln!(out, " {mark}{}  {line:<wide$}{DIM}{id}{DIM:#}", item.entry.act_by)?;
            if let Some(note) = note(item, *as_of) {
                for line in wrapped(&note, 80 - 4) {
                    writeln!(out, "    {DIM}{}{DIM:#}", clean(&line))?;
                }
            }
        }
    }
    if parts.iter().any(|(_, items)| items.iter().any(Item::is_assumed)) {
        writeln!(out, "\n{DIM}{}{DIM:#}", agenda::LEGEND)?;
    }
    if !open.is_empty() {
        writeln!(out, "\n{BOLD}Open: no date can be told{BOLD:#}")?;
        for item in open.iter().take(MOST_OPEN) {
            let line = format!("{}: {}", whom(&item.whose, us), item.entry.label);
            writeln!(out, "  {:<WIDTH$}{DIM}{}{DIM:#}", short(&line, WIDTH - 2), item.entry.id)?;
        }
        if open.len() > MOST_OPEN {
            writeln!(out, "  {} more; `tickler schedule` lists them.", open.len() - MOST_OPEN)?;
        }
    }
    if !duties.is_empty() {
        writeln!(out, "\n{BOLD}Duties of the next 30 days{BOLD:#}")?;
        for of in duties.iter().take(MOST_DUTIES) {
            let due = count(of.due, "duty", "duties");
            let line = short(&format!("{due}: {}", whom(&of.whose, us)), 80 - 14);
            writeln!(out, "  {}  {line}", of.next)?;
        }
        if duties.len() > MOST_DUTIES {
            let more = count(duties.len() - MOST_DUTIES, "more contract", "more contracts");
            writeln!(out, "  {more}; `tickler schedule --duties --within 30d` lists all.")?;
        }
    }
    if let Some(last) = reminders {
        writeln!(out, "\n{DIM}Reminders: {}{DIM:#}", last.words())?;
    }
    Ok(())
}

/// What is to be known about a decision besides its day.
pub(crate) fn note(item: &Item, as_of: Date) -> Option<String> {
    let said = item.said.as_ref().and_then(entry_words);
    let due = due_note(item, as_of);
    match (due, said) {
        (Some(due), Some(said)) => Some(format!("{due}; {said}")),
        (due, said) => due.or(said),
    }
}

/// What is to be known about its day.
fn due_note(item: &Item, as_of: Date) -> Option<String> {
    let e = &item.entry;
    match item.standing {
        Standing::Missed => {
            Some(format!("missed {}; no notice is recorded, so {}", away(as_of, e.act_by), item.follows.as_deref()?))
        }
        Standing::Now => {
            let ways = ways(item, as_of).map_or_else(String::new, |ways| format!("; {ways}"));
            Some(format!("act now: by the plain count there is time until {}{ways}", e.last_day()))
        }
        _ if e.act_by != e.date => Some(format!("must arrive by {}", e.date)),
        _ => None,
    }
}
