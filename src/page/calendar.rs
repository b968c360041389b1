//! Twelve months of days to act, and each month with its days.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use jiff::ToSpan as _;
use jiff::civil::Date;
use maud::{Markup, html};

use super::fields::{Fields, address};
use super::html::{at, item_mark, page};
use super::{Desk, Shared, feed, show};
use crate::cli::agenda::{Item, count, short_line};
use crate::cli::clean::clean;

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/calendar", get(calendar))
}

async fn calendar(State(site): State<Shared>, Query(query): Query<Fields>) -> Response {
    show(site, move |desk| {
        let month = query.get("month").and_then(|month| format!("{month}-01").parse().ok());
        let main = html! { (content(desk, month)) (subscribe(desk)) };
        Ok(page(desk, &query, "/calendar", "Calendar", &main))
    })
    .await
}

fn content(desk: &Desk<'_>, month: Option<Date>) -> Markup {
    let today = desk.app.today;
    let first = today.first_of_month();
    let month = month.map_or(first, Date::first_of_month);
    let mut months: BTreeMap<Date, Vec<&Item>> =
        (0..12).map(|n| (first.saturating_add(n.months()), Vec::new())).collect();
    for item in &desk.snapshot.year {
        months.entry(item.entry.act_by.first_of_month()).or_default().push(item);
    }
    let none = Vec::new();
    let items = months.get(&month).unwrap_or(&none);
    html! {
        h1 { "Calendar" }
        nav aria-label="Months" {
            ol.months {
                @for (of, items) in &months {
                    li {
                        a href=(address("/calendar", &[("month", &of.strftime("%Y-%m").to_string())])) aria-current=[(*of == month).then_some("date")] {
                            (of.strftime("%B %Y")) br; span.note { (count(items.len(), "decision", "decisions")) }
                        }
                    }
                }
            }
        }
        h2 { (month.strftime("%B %Y")) }
        (grid(month, today, items))
        @if items.is_empty() { p { "Nothing has to be decided in this month." } } @else {
            ul.lines {
                @for item in items {
                    li {
                        time datetime=(item.entry.act_by) { (item.entry.act_by.strftime("%a %-d %b")) } " " (item_mark(item))
                        a href=(format!("{}#dates", at(&item.whose.contract))) { (clean(&short_line(item, &desk.app.settings.us))) }
                        @if let Some(owner) = &item.whose.owner { span.owner { " " (clean(owner)) } }
                    }
                }
            }
        }
    }
}

/// How a calendar program of this computer gets the same.
fn subscribe(desk: &Desk<'_>) -> Markup {
    html! {
        details {
            summary { "Subscribe to it" }
            p { "A calendar program of this computer can subscribe to all decisions, or to your own: " }
            p { code { (feed::link(desk.site, "")) } }
            p { code { (feed::link(desk.site, "me")) } }
            p.note { "Whoever knows these addresses can read the calendar, as long as this page runs. Start the page with "
                code { "--port" } ", so that they stay the same." }
        }
    }
}

/// The days of a month, from Monday on.
fn grid(month: Date, today: Date, items: &[&Item]) -> Markup {
    let before = i32::from(month.weekday().to_monday_zero_offset());
    let begin = month.saturating_sub(before.days());
    let weeks = (before + i32::from(month.days_in_month()) + 6) / 7;
    let on = |day: Date| items.iter().filter(|item| item.entry.act_by == day).count();
    html! {
        table.month {
            caption.hidden { "Days to act in " (month.strftime("%B %Y")) }
            thead { tr { @for day in ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] { th scope="col" { (day) } } } }
            tbody {
                @for week in 0..weeks {
                    tr { @for n in 0..7 {
                        @let day = begin.saturating_add((week * 7 + n).days());
                        @if day.month() == month.month() {
                            td.full[on(day) > 0] aria-current=[(day == today).then_some("date")] {
                                (day.day()) @if on(day) > 0 { br; strong { (on(day)) " to act" } }
                            }
                        } @else { td {} }
                    } }
                }
            }
        }
    }
}
