//! Search in the clauses of all contracts, by words or by meaning.

use std::collections::BTreeSet;

use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use tickler::index::{Hit, Query as Words, Results};

use super::fields::{Fields, address};
use super::html::{at, page};
use super::{Desk, Shared, show};
use crate::cli::clean::clean;
use crate::cli::exit::Usage;
use crate::cli::search::{by_meaning, clause, excerpt};

/// Most clauses that are listed.
const MOST: usize = 50;

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/search", get(search))
}

async fn search(State(site): State<Shared>, Query(query): Query<Fields>) -> Response {
    show(site, move |desk| {
        let meaning = query.get("by") == Some("meaning");
        let found = query.get("q").map(|text| find(desk, text, meaning)).transpose()?;
        Ok(page(desk, &query, "/search", "Search", &content(&query, meaning, found.as_ref())))
    })
    .await
}

fn find(desk: &Desk<'_>, text: &str, meaning: bool) -> anyhow::Result<Results> {
    let words = Words::parse(text)?;
    // The index is brought up to date first, which needs a store of its own.
    let mut store = desk.app.read_store()?;
    let index = desk.app.index(&mut store)?;
    if !meaning {
        return Ok(index.search(&words, None, MOST)?);
    }
    let none = || Usage("this page was started without the full model, so it searches by words alone".to_owned());
    let model = desk.site.model.as_ref().ok_or_else(none)?;
    Ok(by_meaning(model, text, &store, &index, &words, None, MOST)?.ok_or_else(none)?.0)
}

fn content(query: &Fields, meaning: bool, found: Option<&Results>) -> Markup {
    html! {
        h1 { "Search" }
        form.filter method="get" action="/search" role="search" {
            label { "Words, “phrases”, or a question " input type="search" name="q" value=(query.get("q").unwrap_or_default()) required; }
            label { "By " select name="by" {
                option value="words" { "words" } option value="meaning" selected[meaning] { "meaning" }
            } }
            button type="submit" { "Search" }
        }
        @if let Some(Results { total, partial, hits }) = found {
            p role="status" {
                @if hits.is_empty() { "Nothing was found." } @else {
                    (hits.len()) " of " (total) " clauses."
                    @if *partial { " No clause has all the words; these have some of them." }
                }
            }
            ol.hits { @for hit in hits { li { (one(hit)) } } }
        }
    }
}

fn one(hit: &Hit) -> Markup {
    let title = hit.title.as_deref().unwrap_or(&hit.file_name);
    let (parts, rest) = excerpt(hit);
    html! {
        a href=(at(&hit.contract)) { (clean(title)) }
        " " span.note { a href=(place(hit)) { "page " (hit.page) } ", " (clean(&clause(hit))) }
        p { @for (before, word) in parts { (clean(before)) mark { (clean(word)) } } (clean(rest)) }
    }
}

/// Longest excerpt in an address, in words.
const QUOTE: usize = 40;

/// The page of a hit, with its words marked; of one that was found by its meaning, the words of the excerpt.
fn place(hit: &Hit) -> String {
    let words: BTreeSet<String> = excerpt(hit).0.into_iter().map(|(_, word)| word.to_lowercase()).collect();
    let words = words.into_iter().collect::<Vec<_>>().join(" ");
    let quote = if words.is_empty() {
        hit.snippet.split_whitespace().take(QUOTE).collect::<Vec<_>>().join(" ")
    } else {
        String::new()
    };
    address(&format!("{}/page/{}", at(&hit.contract), hit.page), &[("found", &words), ("quote", &quote)]) + "#mark"
}
