//! The lines of lists, in words and as a table.

use std::fmt::Write as _;

use jiff::civil::Date;
use tickler::calendar::Basis;
use tickler::schedule::{Openness, Standing};

use super::super::clean::short;
use super::super::table;
use super::{Item, OpenItem, Whose};

/// Says that contracts which have ended are left out of a list; `None` where none are.
pub(in super::super) fn left_out(ended: usize) -> Option<String> {
    let words = count(ended, "contract that has ended is left out", "contracts that have ended are left out");
    (ended > 0).then(|| format!("{words}; --ended lists them."))
}

/// A number with its words.
pub(in super::super) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Days from one date to another, in words.
pub(in super::super) fn away(from: Date, to: Date) -> String {
    let days = from.until(to).map_or(0, |span| span.get_days());
    match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        n if n > 0 => format!("in {n} days"),
        -1 => "yesterday".to_owned(),
        n => format!("{} days ago", -i64::from(n)),
    }
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
            let in_time: Vec<String> = e
                .send_by
                .iter()
                .filter_map(|way| Some((way.method?, way.date)))
                .filter(|(_, day)| *day >= as_of)
                .map(|(method, day)| format!("{} until {day}", method.in_words()))
                .collect();
            if !in_time.is_empty() {
                let _ = write!(out, "; {}", in_time.join(", "));
            }
        }
        Standing::Ahead if e.act_by != e.date => {
            let _ = write!(out, "; must arrive by {}", e.date);
        }
        Standing::Ahead | Standing::Past => {}
    }
    out
}

/// A table of entries, then of the open ones.
pub(in super::super) fn table<'a>(
    items: impl IntoIterator<Item = &'a Item>,
    open: impl IntoIterator<Item = &'a OpenItem>,
    as_of: Date,
) -> String {
    let mut out = table::table(&["ACT BY", "WHEN", "WHAT", "CONTRACT", "PARTIES", "ID"]);
    for item in items {
        let e = &item.entry;
        let mark = if e.basis == Basis::Assumed { " (assumed)" } else { "" };
        let day = format!("{}{mark}", e.act_by);
        line(&mut out, &item.whose, [&day, &away(as_of, e.act_by), &what(item, as_of), e.id.as_str()]);
    }
    for item in open {
        let e = &item.entry;
        let text = format!("{}: {} (page {})", short(&e.label, 84), short(&e.missing, 84), e.page);
        let day = if e.why == Openness::Rolling { "any time" } else { "open" };
        line(&mut out, &item.whose, [day, "", &text, e.id.as_str()]);
    }
    table::text(&out)
}

fn line(out: &mut comfy_table::Table, whose: &Whose, [day, when, what, id]: [&str; 4]) {
    let parties = short(&whose.parties.join(", "), 60);
    table::row(out, &[day, when, what, &short(&whose.file_name, 48), &parties, id]);
}
