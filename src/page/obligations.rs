//! What parties must do, grouped by contract.

use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use jiff::ToSpan as _;
use maud::{Markup, html};
use tickler::schedule::{EntryKind, Standing};
use tickler::store::ContractRow;

use super::contracts::{filter, filtered};
use super::fields::Fields;
use super::html::{at, day, item_mark, page, pager, part};
use super::{Desk, Shared, forms, show};
use crate::cli::agenda::{self, Agenda, Item, Wanted, whom};
use crate::cli::clean::clean;
use crate::cli::log::entry_words;

/// How far the list looks ahead, and back for what is overdue, in days.
const AHEAD: i32 = 90;

/// What somebody can say was done: duties, and the review of a contract that was signed.
const KINDS: [EntryKind; 3] = [EntryKind::ObligationDue, EntryKind::ClaimDeadline, EntryKind::Review];

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/obligations", get(obligations))
}

async fn obligations(State(site): State<Shared>, Query(query): Query<Fields>) -> Response {
    show(site, move |desk| Ok(page(desk, &query, "/obligations", "Obligations", &content(desk, &query)?))).await
}

fn content(desk: &Desk<'_>, query: &Fields) -> anyhow::Result<Markup> {
    let lines = filtered(desk, query);
    let (at_page, pages, shown) = part(&lines, query);
    // Only the contracts of this page are looked at.
    let rows: Vec<ContractRow> = shown.iter().map(|line| line.row.clone()).collect();
    let today = desk.app.today;
    let wanted = Wanted { kinds: &KINDS, ..Wanted::between(today, today.saturating_add(AHEAD.days())) };
    let Agenda { mut items, .. } = agenda::agenda(&desk.app, &desk.current(), &rows, &wanted)?;
    items.sort_by(|a, b| a.whose.file_name.cmp(&b.whose.file_name));
    let overdue = overdue(desk, &rows)?;
    let kept = ["q", "owner", "state"].map(|name| (name, query.get(name).unwrap_or_default()));
    Ok(html! {
        h1 { "Obligations" }
        (filter(desk, query, "/obligations", false))
        @if !overdue.is_empty() {
            h2 { "Overdue " span.count { (overdue.len()) } }
            p.note { "The day was in the last " (AHEAD) " days, and nobody has said that it was seen to." }
            ul.lines { @for item in &overdue { li {
                p.owner { a href=(at(&item.whose.contract)) { (whom(&item.whose, &desk.app.settings.us)) } }
                (line(desk, item))
            } } }
        }
        p.note { "What falls due in the next " (AHEAD) " days; the page of a contract has what lies further ahead." }
        @if items.is_empty() { p { "No duty of these contracts has a date in this time." } }
        @for of in items.chunk_by(|a, b| a.whose.contract == b.whose.contract) { (group(desk, of)) }
        (pager("/obligations", &kept, at_page, pages))
    })
}

/// Duties whose day has passed, and of which nobody has said what became of them. A schedule begins with the day that it is
/// asked for, so they are in those of earlier days.
fn overdue(desk: &Desk<'_>, rows: &[ContractRow]) -> anyhow::Result<Vec<Item>> {
    let today = desk.app.today;
    let (back, yesterday) = (today.saturating_sub(AHEAD.days()), today.saturating_sub(1.day()));
    let wanted = Wanted { kinds: &KINDS, quiet: today, ..Wanted::between(back, yesterday) };
    let mut items = agenda::agenda(&desk.app, &desk.current(), rows, &wanted)?.items;
    items.retain(|item| item.standing != Standing::Settled && item.entry.last_day() < today);
    Ok(items)
}

/// A duty, and what can be said of it.
fn line(desk: &Desk<'_>, item: &Item) -> Markup {
    let today = desk.app.today;
    html! {
        (day(item.entry.act_by, today)) " " (item_mark(item)) (clean(&item.label))
        @if let Some(words) = item.said.as_ref().and_then(entry_words) { p.note { (clean(&words)) } }
        (forms::duty(&item.whose.contract, "/obligations", item.entry.id.as_str(), today))
    }
}

fn group(desk: &Desk<'_>, items: &[Item]) -> Markup {
    let whose = &items[0].whose;
    html! {
        h2 { a href=(at(&whose.contract)) { (whom(whose, &desk.app.settings.us)) } }
        @if let Some(owner) = &whose.owner { p.owner { (clean(owner)) } }
        ul.lines { @for item in items { li { (line(desk, item)) } } }
    }
}
