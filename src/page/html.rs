//! What all pages have: head, navigation, messages, and small parts.

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use jiff::civil::Date;
use maud::{DOCTYPE, Markup, html};
use tickler::export::plain_title;
use tickler::record::DocumentId;
use tickler::schedule::{OpenEntry, Standing};
use tickler::store::ContractRow;

use super::Desk;
use super::fields::{Fields, address};
use crate::cli::agenda::{Item, away};
use crate::cli::clean::clean;

/// The pages of the navigation.
const PAGES: [(&str, &str); 8] = [
    ("/", "Today"),
    ("/contracts", "Contracts"),
    ("/calendar", "Calendar"),
    ("/review", "Review"),
    ("/obligations", "Obligations"),
    ("/performance", "Performance"),
    ("/reports", "Reports"),
    ("/search", "Search"),
];

/// A page with its head and the navigation; `at` is its place there.
pub(super) fn page(desk: &Desk<'_>, query: &Fields, at: &str, title: &str, main: &Markup) -> Markup {
    let told = query.parsed("told").ok().flatten().and_then(|number| desk.site.message(number));
    let nav = html! {
        nav aria-label="Pages" {
            ul {
                @for (path, name) in PAGES {
                    li { a href=(path) aria-current=[(path == at).then_some("page")] { (name) } }
                }
            }
        }
        p.who { (clean(&desk.app.me())) ", " (desk.app.today) }
    };
    let message = html! {
        @if let Some(told) = told {
            div.told role="status" { @for line in told.lines() { p { (clean(line)) } } }
        }
    };
    whole(title, &nav, &html! { (message) (main) })
}

fn whole(title: &str, nav: &Markup, main: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (clean(title)) " – tickler" }
                link rel="stylesheet" href="/static/page.css";
                script src="/static/page.js" defer {}
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                header { (nav) }
                main id="main" tabindex="-1" { (main) }
            }
        }
    }
}

/// A page as it is sent.
pub(super) fn answer(page: Markup) -> Response {
    Html(page.into_string()).into_response()
}

/// That something cannot be done, and why.
pub(super) fn problem(code: StatusCode, text: &str) -> Response {
    let nav =
        html! { nav aria-label="Pages" { ul { @for (path, name) in PAGES { li { a href=(path) { (name) } } } } } };
    let main = html! {
        h1 { "This cannot be done" }
        div role="alert" { @for line in text.lines() { p { (clean(line)) } } }
        p { "Nothing was changed. Go back to the page before to try again." }
    };
    (code, answer(whole("This cannot be done", &nav, &main))).into_response()
}

/// The address of a contract.
pub(super) fn at(id: &DocumentId) -> String {
    format!("/contract/{id}")
}

/// What people call a contract.
pub(super) fn name(row: &ContractRow) -> String {
    clean(&row.title.as_deref().map_or_else(|| row.file_name.clone(), plain_title))
}

/// A day with how far away it is.
pub(super) fn day(day: Date, today: Date) -> Markup {
    html! { time datetime=(day) { (day) } " " span.away { (away(today, day)) } }
}

/// What an entry asks of somebody, in words: not by its colour alone.
pub(super) fn mark(standing: Standing, to_send: bool) -> Markup {
    let (class, text) = match standing {
        _ if to_send => ("now", "Send the notice"),
        Standing::Missed => ("missed", "Missed"),
        Standing::Now => ("now", "Act now"),
        Standing::Settled => ("settled", "Seen to"),
        Standing::Ahead | Standing::Past => return html! {},
    };
    html! { span.mark.(class) { (text) } " " }
}

/// What has no day, in a list of a contract.
pub(super) fn undated(open: &OpenEntry) -> Markup {
    html! {
        li { span.mark.open { "Open" } " " (clean(&open.label)) p.note { (clean(&open.missing)) ", page " (open.page) } }
    }
}

/// The mark of a line of a list.
pub(super) fn item_mark(item: &Item) -> Markup {
    mark(item.standing, item.is_to_send())
}

/// Lines of a page of a long list.
const A_PAGE: usize = 50;

/// The page of a long list that is asked for, how many there are, and its lines.
pub(super) fn part<'a, T>(all: &'a [T], query: &Fields) -> (usize, usize, &'a [T]) {
    let pages = all.len().div_ceil(A_PAGE).max(1);
    let at = query.parsed("page").ok().flatten().unwrap_or(1).clamp(1, pages);
    (at, pages, all.chunks(A_PAGE).nth(at - 1).unwrap_or_default())
}

/// Links to the pages of a long list.
pub(super) fn pager(path: &str, query: &[(&str, &str)], at: usize, pages: usize) -> Markup {
    let link = |to: usize, words: &str| {
        let number = to.to_string();
        let pairs: Vec<(&str, &str)> = query.iter().copied().chain([("page", &*number)]).collect();
        html! { a href=(address(path, &pairs)) { (words) } " " }
    };
    html! {
        @if pages > 1 {
            nav.pager aria-label="Parts of the list" {
                @if at > 1 { (link(at - 1, "Previous")) }
                span { "Page " (at) " of " (pages) " " }
                @if at < pages { (link(at + 1, "Next")) }
            }
        }
    }
}
