//! What a contract went through and what lies ahead of it, day by day: its begin, its terms, amendments, events, decisions and
//! notices.

use jiff::civil::Date;
use maud::{Markup, html};
use tickler::family::Card;
use tickler::said::Content;
use tickler::schedule::EntryKind;
use tickler::store::ContractRow;

use super::html::{at, day};
use crate::cli::clean::clean;
use crate::cli::current::{Current, Planned};
use crate::cli::log;

/// A day of the line.
struct Point {
    day: Date,
    /// What happened or will happen.
    words: Markup,
}

/// The line of a contract.
pub(super) fn of(current: &Current<'_>, row: &ContractRow, planned: &Planned, today: Date) -> Markup {
    let mut points = read(current, row, planned);
    points.extend(told(current, row));
    points.sort_by_key(|point| point.day);
    let ahead = points.iter().position(|point| point.day > today).unwrap_or(points.len());
    html! {
        @if points.is_empty() { p { "No day of it is known." } } @else {
            ol.timeline {
                @for point in &points[..ahead] { (line(point, today)) }
                li.today { time datetime=(today) { (today) } " " strong { "Today" } }
                @for point in &points[ahead..] { (line(point, today)) }
            }
        }
    }
}

fn line(point: &Point, today: Date) -> Markup {
    html! { li { (day(point.day, today)) " " (point.words) } }
}

/// What the contract and what belongs to it say.
fn read(current: &Current<'_>, row: &ContractRow, planned: &Planned) -> Vec<Point> {
    let contract = &planned.contract;
    let dated = [("Date of the contract", &contract.agreement_date), ("It takes effect", &contract.effective_date)];
    let begins = dated
        .into_iter()
        .filter_map(|(words, fact)| Some(Point { day: fact.as_ref()?.value()?.date()?, words: html! { (words) } }));
    let is_shown = |kind: EntryKind| !kind.is_task() && kind != EntryKind::NoticeWindowOpens;
    let entries = planned.plan.entries.iter().filter(|entry| is_shown(entry.kind));
    let entries = entries.map(|entry| Point {
        day: if entry.kind.is_decision() { entry.act_by } else { entry.date },
        words: html! { (clean(&entry.label)) },
    });
    let members = current.families.kinship(&row.id, Vec::new()).map(|family| family.members).unwrap_or_default();
    let named = |card: &Card| html! { a href=(at(&card.document)) { (clean(&card.file_name)) } " counts" };
    let members = members.iter().filter_map(|id| {
        let card = current.families.card(id)?;
        Some(Point { day: card.since?, words: named(card) })
    });
    begins.chain(entries).chain(members).collect()
}

/// What people said happened.
fn told(current: &Current<'_>, row: &ContractRow) -> Vec<Point> {
    let point = |content: &Content, said: Date| {
        let day = match content {
            Content::Event { on, happened: true, .. } | Content::Sent { on, .. } => *on,
            Content::Decided { .. } => said,
            _ => return None,
        };
        Some(Point { day, words: html! { (clean(&log::in_words(content))) } })
    };
    let zone = jiff::tz::TimeZone::system();
    let statements = current.said.standing(&row.id);
    statements.filter_map(|s| point(&s.content, s.at.to_zoned(zone.clone()).date())).collect()
}
