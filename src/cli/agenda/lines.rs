//! The lines of lists, in words and as a table.

use std::borrow::Cow;
use std::fmt::Write as _;

use jiff::civil::Date;
use tickler::calendar::away;
use tickler::export::{counterparty, plain_title};
use tickler::schedule::{EntryKind, Openness, Standing};
use tickler::store::ContractRow;

use super::super::clean::{clean, short};
use super::super::log::entry_words;
use super::super::table;
use super::{Item, OpenItem, Whose};

/// Says that contracts which have ended or were superseded are left out of a list; `None` where none are.
pub(crate) fn left_out(ended: usize) -> Option<String> {
    let words = count(
        ended,
        "contract that has ended or was superseded is left out; --ended lists it.",
        "contracts that have ended or were superseded are left out; --ended lists them.",
    );
    (ended > 0).then_some(words)
}

/// A number with its words.
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// What an entry asks for, and where it stands, in words.
fn what(item: &Item, as_of: Date) -> String {
    let e = &item.entry;
    // The label of an obligation quotes the contract; `explain` prints it in full.
    let mut out = if e.kind.is_decision() { item.label.clone() } else { short(&item.label, 84) };
    match item.standing {
        Standing::Missed => {
            out = format!("MISSED: {out}");
            if let Some(follows) = &item.follows {
                let _ = write!(out, "; no notice is recorded, so {follows}");
            }
        }
        Standing::Now => {
            out = format!("ACT NOW: {out}; by the plain count until {}", e.last_day());
            if let Some(ways) = ways(item, as_of) {
                let _ = write!(out, "; {ways}");
            }
        }
        Standing::Ahead if e.act_by != e.date => {
            let _ = write!(out, "; must arrive by {}", e.date);
        }
        Standing::Ahead | Standing::Past | Standing::Settled => {}
    }
    match item.said.as_ref().and_then(entry_words) {
        Some(said) if item.is_to_send() => format!("SEND THE NOTICE: {out}; {said}"),
        Some(said) => format!("{out}; {said}"),
        None => out,
    }
}

/// Which ways of sending are too late, and until when the others are in time: "too late by post; by hand until 2026-12-01".
/// `None` where nothing is said of ways.
pub(crate) fn ways(item: &Item, as_of: Date) -> Option<String> {
    let ways = item.entry.send_by.iter().filter_map(|way| Some((way.method?, way.date)));
    let (left, late): (Vec<_>, Vec<_>) = ways.partition(|(_, day)| *day >= as_of);
    let names: Vec<_> = late.into_iter().map(|(method, _)| method.in_words()).collect();
    let late = (!names.is_empty()).then(|| format!("too late {}", names.join(", ")));
    let left = left.into_iter().map(|(method, day)| format!("{} until {day}", method.in_words()));
    let parts: Vec<String> = late.into_iter().chain(left).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// Entries, then the open ones: one line each on a terminal, else a table with everything.
pub(crate) fn table<'a>(
    items: impl IntoIterator<Item = &'a Item>,
    open: impl IntoIterator<Item = &'a OpenItem>,
    as_of: Date,
    us: &[String],
) -> String {
    if let Some(width) = table::screen() {
        return lines(items, open, us, usize::from(width).max(80));
    }
    let (items, open): (Vec<&Item>, Vec<&OpenItem>) = (items.into_iter().collect(), open.into_iter().collect());
    // A column that would be empty is left out.
    let owned = items.iter().map(|i| &i.whose).chain(open.iter().map(|o| &o.whose)).any(|w| w.owner.is_some());
    let header = ["ACT BY", "WHEN", "WHAT", "CONTRACT", "PARTIES", "ID", "OWNER"];
    let mut out = table::table(if owned { &header } else { &header[..6] });
    for item in items {
        let e = &item.entry;
        let mark = if item.is_assumed() { " (assumed)" } else { "" };
        let day = format!("{}{mark}", e.act_by);
        line(&mut out, &item.whose, us, [&day, &away(as_of, e.act_by), &what(item, as_of), e.id.as_str()]);
    }
    for item in open {
        let e = &item.entry;
        let text = format!("{}: {} (page {})", short(&e.label, 84), short(&e.missing, 84), e.page);
        line(&mut out, &item.whose, us, [undated(item), "", &text, e.id.as_str()]);
    }
    table::text(&out)
}

/// What stands where a day would.
fn undated(item: &OpenItem) -> &'static str {
    if item.entry.why == Openness::Rolling { "any time" } else { "open" }
}

/// One line each, none wider than the screen, with its ID whole.
fn lines<'a>(
    items: impl IntoIterator<Item = &'a Item>,
    open: impl IntoIterator<Item = &'a OpenItem>,
    us: &[String],
    width: usize,
) -> String {
    let mut out = String::new();
    let mut add = |mark: &str, day: &str, text: &str, id: &str| {
        let room = width - 32;
        let _ = writeln!(out, " {mark}{day:<10}  {:<room$}  {id}", short(text, room));
    };
    let mut assumed = false;
    for item in items {
        let standing = match item.standing {
            _ if item.is_to_send() => "SEND THE NOTICE: ",
            Standing::Missed => "MISSED: ",
            Standing::Now => "ACT NOW: ",
            Standing::Settled => "SEEN TO: ",
            Standing::Ahead | Standing::Past => "",
        };
        assumed |= item.is_assumed();
        let text = format!("{standing}{}", short_line(item, us));
        add(mark(item.is_assumed()), &item.entry.act_by.to_string(), &text, item.entry.id.as_str());
    }
    for item in open {
        let text = format!("{}: {}", whom(&item.whose, us), item.entry.label);
        add(mark(false), undated(item), &text, item.entry.id.as_str());
    }
    if assumed {
        let _ = writeln!(out, "  {LEGEND}");
    }
    out
}

/// Says what [`mark`] means.
pub(crate) const LEGEND: &str = "~ before a day: it rests on an assumption, which `tickler explain` tells.";

/// What stands before a day on a narrow screen, where words behind it could be cut off.
pub(crate) fn mark(assumed: bool) -> &'static str {
    if assumed { "~" } else { " " }
}

/// What somebody has to do, and about which contract.
pub(crate) fn short_line(item: &Item, us: &[String]) -> String {
    let whom = whom(&item.whose, us);
    // Of a duty the label tells who must do what.
    if item.entry.kind.is_duty() { format!("{whom}: {}", item.label) } else { format!("{}: {whom}", to_do(item)) }
}

/// What somebody has to do, in few words.
fn to_do(item: &Item) -> Cow<'_, str> {
    let words = match item.entry.kind {
        EntryKind::NoticeWindowOpens => "Notice counts from now",
        EntryKind::NoticeDeadline => "Notice to end",
        EntryKind::OptionDeadline => "Notice to renew",
        EntryKind::BreakDeadline => "Notice to break",
        EntryKind::Expiration => "Term ends",
        EntryKind::Renewal => "Renews",
        EntryKind::ObligationDue => "Due",
        EntryKind::ClaimDeadline => "Claim",
        EntryKind::PriceChange => "Price may change",
        // A point of the list of a review, so short that the contract beside it can be read.
        EntryKind::Review if item.entry.occurrence > 0 => {
            let point = item.label.split(',').next().unwrap_or_default();
            return Cow::Owned(point.replacen("Review of the", "Review", 1));
        }
        EntryKind::Review => "Review",
    };
    Cow::Borrowed(words)
}

/// Whom a contract is with, and what it is; its file where nobody said which party is us.
pub(crate) fn whom(whose: &Whose, us: &[String]) -> String {
    match counterparty(&whose.parties, us) {
        Some(other) => clean(&format!("{other}, {}", plain_title(whose.title.as_deref().unwrap_or(&whose.file_name)))),
        None => clean(&whose.file_name),
    }
}

/// Whom a contract is with, and what it is.
pub(crate) fn name(row: &ContractRow, us: &[String]) -> String {
    whom(&Whose::of(row, None), us)
}

/// Whom a contract is with, for a column of a table; all parties where nobody said which one is us.
pub(crate) fn parties(parties: &[String], us: &[String]) -> String {
    short(&counterparty(parties, us).unwrap_or_else(|| parties.join(", ")), 60)
}

fn line(out: &mut comfy_table::Table, whose: &Whose, us: &[String], [day, when, what, id]: [&str; 4]) {
    let parties = parties(&whose.parties, us);
    let owner = whose.owner.as_deref().map_or_else(String::new, |owner| short(owner, 24));
    let file = short(&whose.file_name, 48);
    let mut cells = vec![day, when, what, &file, &parties, id];
    if out.column_count() > cells.len() {
        cells.push(&owner);
    }
    table::row(out, &cells);
}
