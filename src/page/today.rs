//! The first page: what has to be decided now and soon.

use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};

use super::fields::Fields;
use super::html::{at, day, item_mark, page};
use super::{Desk, Shared, show};
use crate::cli::agenda::{Item, count, short_line, whom};
use crate::cli::clean::clean;
use crate::cli::today::{Duties, Today, note};

/// Most lines of each part; the other pages list all.
const MOST: usize = 50;

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/", get(today))
}

async fn today(State(site): State<Shared>, Query(query): Query<Fields>) -> Response {
    show(site, move |desk| Ok(page(desk, &query, "/", "Today", &content(desk)))).await
}

fn content(desk: &Desk<'_>) -> Markup {
    let today = &desk.snapshot.today;
    let Today { as_of, open, duties, .. } = today;
    let us = &desk.app.settings.us;
    let parts = today.parts();
    html! {
        h1 { (as_of.strftime("%A, %-d %B %Y")) }
        @if parts.iter().all(|(_, items)| items.is_empty()) { p { "Nothing has to be decided in the next 90 days." } }
        @for (name, items) in parts.iter().filter(|(_, items)| !items.is_empty()) {
            h2 { (name) " " span.count { (items.len()) } }
            ul.lines { @for item in items.iter().take(MOST) { li { (line(desk, item)) } } }
            @if items.len() > MOST { p { a href="/calendar" { (items.len() - MOST) " more in the calendar" } } }
        }
        @if !open.is_empty() {
            h2 { "Open: no date can be told " span.count { (open.len()) } }
            ul.lines {
                @for item in open.iter().take(MOST) {
                    li {
                        a href=(at(&item.whose.contract)) { (whom(&item.whose, us)) } ": " (clean(&item.entry.label))
                        p.note { (clean(&item.entry.missing)) ", page " (item.entry.page) }
                    }
                }
            }
            @if open.len() > MOST { p { a href="/contracts?sort=act" { (open.len() - MOST) " more contracts" } } }
        }
        @if !duties.is_empty() {
            h2 { "Duties of the next 30 days" }
            ul.lines {
                @for Duties { whose, due, next } in duties.iter().take(MOST) {
                    li {
                        (day(*next, *as_of)) " "
                        a href=(format!("{}#duties", at(&whose.contract))) { (whom(whose, us)) } ": " (count(*due, "duty", "duties"))
                    }
                }
            }
            @if duties.len() > MOST { p { a href="/obligations" { "All obligations" } } }
        }
    }
}

fn line(desk: &Desk<'_>, item: &Item) -> Markup {
    let as_of = desk.snapshot.today.as_of;
    html! {
        (day(item.entry.act_by, as_of)) " " (item_mark(item))
        a href=(format!("{}#dates", at(&item.whose.contract))) { (clean(&short_line(item, &desk.app.settings.us))) }
        @if let Some(owner) = &item.whose.owner { span.owner { " " (clean(owner)) } }
        @if let Some(note) = note(item, as_of) { p.note { (clean(&note)) } }
    }
}
