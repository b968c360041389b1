//! All contracts: filtered, sorted, fifty a page.

use std::collections::BTreeSet;

use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use tickler::schedule::State as LifeState;

use super::fields::{Fields, address};
use super::html::{at, name, page, pager, part};
use super::{Desk, Shared, show};
use crate::cli::agenda;
use crate::cli::clean::clean;
use crate::cli::list::Line;

const STATES: [LifeState; 8] = [
    LifeState::NotYetBegun,
    LifeState::InForce,
    LifeState::InNoticeWindow,
    LifeState::NoticeGiven,
    LifeState::Ended,
    LifeState::PresumedEnded,
    LifeState::Superseded,
    LifeState::Unknown,
];

/// The next decision of the contract is open.
const UNDECIDED: &str = "undecided";

/// What the list can be sorted by.
const ORDERS: [(&str, &str); 4] =
    [("act", "Day to act"), ("name", "Name"), ("ends", "End of the term"), ("owner", "Owner")];

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/contracts", get(contracts))
}

async fn contracts(State(site): State<Shared>, Query(query): Query<Fields>) -> Response {
    show(site, move |desk| Ok(page(desk, &query, "/contracts", "Contracts", &content(desk, &query)?))).await
}

/// The contracts that a filter leaves.
pub(super) fn filtered<'a>(desk: &'a Desk<'_>, query: &Fields) -> Vec<&'a Line> {
    let words = query.get("q").map(str::to_lowercase);
    let (owner, state) = (query.get("owner"), query.get("state"));
    let has = |line: &Line| {
        let of = |text: &str| words.as_deref().is_none_or(|w| text.to_lowercase().contains(w));
        let Line { row, .. } = line;
        of(&row.file_name) || row.title.as_deref().is_some_and(of) || row.parties.iter().any(|party| of(party))
    };
    let answers = |line: &Line| match (owner, &line.owner) {
        (None, _) | (Some("-"), None) => true,
        (Some(wanted), Some(is)) => desk.app.person(wanted) == is.name,
        (Some(_), None) => false,
    };
    let stands = |line: &Line| match (state, &line.life) {
        (Some("all"), _) => true,
        (Some(state), Some(life)) => life.state.as_str() == state,
        (Some(_), None) => false,
        (None, _) => !line.is_over(),
    };
    desk.snapshot.lines.iter().filter(|line| line.row.counts() && stands(line) && answers(line) && has(line)).collect()
}

fn content(desk: &Desk<'_>, query: &Fields) -> anyhow::Result<Markup> {
    let mut lines = filtered(desk, query);
    if query.get("decision") == Some(UNDECIDED) {
        let undecided = desk.snapshot.undecided(desk)?;
        lines.retain(|line| undecided.contains(&line.row.id));
    }
    let sort = query.get("sort").unwrap_or("act");
    match sort {
        "name" => lines.sort_by_cached_key(|line| name(&line.row).to_lowercase()),
        "ends" => lines.sort_by_cached_key(|line| (line.ends().is_empty(), line.ends())),
        "owner" => lines.sort_by_cached_key(|line| line.owner.as_ref().map(|owner| owner.name.to_lowercase())),
        _ => lines.sort_by_key(|line| (line.next_notice_deadline.is_none(), line.next_notice_deadline)),
    }
    let (at_page, pages, shown) = part(&lines, query);
    let kept = ["q", "owner", "state", "decision", "sort"].map(|name| (name, query.get(name).unwrap_or_default()));
    Ok(html! {
        h1 { "Contracts " span.count { (lines.len()) } }
        (filter(desk, query, "/contracts", true))
        p { a href=(address("/search", &[("q", query.get("q").unwrap_or_default())])) { "Search the clauses of all contracts" } }
        @if lines.is_empty() { p { "No contract is like that." } } @else {
            div.wide tabindex="0" role="region" aria-label="Contracts" {
                table {
                    thead { tr {
                        th scope="col" { "Contract" } th scope="col" { "Parties" } th scope="col" { "Type" }
                        th scope="col" { "State" } th scope="col" { "Term ends" } th scope="col" { "Act by" }
                        th scope="col" { "Owner" }
                    } }
                    tbody { @for line in shown { (row(desk, line)) } }
                }
            }
        }
        (pager("/contracts", &kept, at_page, pages))
    })
}

/// That a filter or an order has a value that there is not: the list then is not what was asked for.
fn unknown(query: &Fields) -> Option<String> {
    let states = || STATES.iter().map(|state| state.as_str()).chain(["all"]);
    let orders = || ORDERS.iter().map(|(order, _)| *order);
    let bad = |name: &str, known: Vec<&str>| {
        let value = query.get(name).filter(|value| !known.contains(value))?;
        Some(format!("There is no {name} {value:?}; there are {}.", known.join(", ")))
    };
    bad("state", states().collect())
        .or_else(|| bad("sort", orders().collect()))
        .or_else(|| bad("decision", vec![UNDECIDED]))
}

fn row(desk: &Desk<'_>, line: &Line) -> Markup {
    let Line { row, life, owner, .. } = line;
    html! {
        tr {
            th scope="row" {
                a href=(at(&row.id)) { (name(row)) }
                @if row.title.is_some() { br; span.note { (clean(&row.file_name)) } }
            }
            td { (agenda::parties(&row.parties, &desk.app.settings.us)) }
            td { (clean(row.kind.as_deref().unwrap_or_default()).replace('_', " ")) }
            td { @if let Some(life) = life { (life.state.as_str()) } @if row.gone { " (file is gone)" } }
            td.day { (line.ends()) }
            td.day { (line.when(desk.app.today)) @if line.assumed { " (assumed)" } }
            td { @if let Some(owner) = owner { (clean(&owner.name)) } @else { span.note { "nobody" } } }
        }
    }
}

/// A value that a list of a form offers.
fn option(query: &Fields, name: &str, value: &str, words: &str) -> Markup {
    html! { option value=(value) selected[query.get(name).unwrap_or_default() == value] { (clean(words)) } }
}

/// The list of a form that chooses an owner.
pub(super) fn owner(desk: &Desk<'_>, query: &Fields) -> Markup {
    let owners: BTreeSet<&str> =
        desk.snapshot.lines.iter().filter_map(|line| Some(line.owner.as_ref()?.name.as_str())).collect();
    let option = |value: &str, words: &str| option(query, "owner", value, words);
    html! {
        label { "Owner " select name="owner" {
            (option("", "anybody")) (option("-", "nobody")) (option("me", "me"))
            @for owner in owners { (option(owner, owner)) }
        } }
    }
}

/// The form that chooses contracts.
pub(super) fn filter(desk: &Desk<'_>, query: &Fields, path: &str, sorts: bool) -> Markup {
    let option = |name: &str, value: &str, words: &str| option(query, name, value, words);
    html! {
        form.filter method="get" action=(path) role="search" {
            label { "Name or party " input type="search" name="q" value=(query.get("q").unwrap_or_default()); }
            (owner(desk, query))
            label { "State " select name="state" {
                (option("state", "", "not ended")) (option("state", "all", "all"))
                @for state in STATES { (option("state", state.as_str(), state.as_str())) }
            } }
            @if let Some(problem) = unknown(query) { div role="alert" { p { (clean(&problem)) } } }
            @if sorts {
                label { "Next decision " select name="decision" {
                    (option("decision", "", "open or taken")) (option("decision", UNDECIDED, "undecided"))
                } }
                label { "Sort by " select name="sort" { @for (value, words) in ORDERS { (option("sort", value, words)) } } }
            }
            button type="submit" { "Show" }
        }
    }
}
