//! Service levels with the values that are kept: which were missed, what is owed for it, and by when to claim it.

use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use tickler::family::View;
use tickler::measure::{Outcome, Problem};
use tickler::record::value::service::ServiceLevel;
use tickler::record::{Describe as _, Fact};

use super::contracts::{filter, filtered};
use super::fields::Fields;
use super::html::{at, day, name, page, pager, part};
use super::{Desk, Shared, contract, forms, show};
use crate::cli::agenda::count;
use crate::cli::clean::{clean, short};
use crate::cli::current::Current;
use crate::cli::list::Line;
use crate::cli::measure;

/// Longest words of a level, in characters.
const LEVEL: usize = 120;

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/performance", get(performance))
}

async fn performance(State(site): State<Shared>, Query(query): Query<Fields>) -> Response {
    show(site, move |desk| Ok(page(desk, &query, "/performance", "Performance", &content(desk, &query)?))).await
}

fn content(desk: &Desk<'_>, query: &Fields) -> anyhow::Result<Markup> {
    let current = desk.current();
    let mut lines = filtered(desk, query);
    // Those of which values are kept come first.
    lines.sort_by_cached_key(|line| current.said.measured(&line.row.id).is_empty());
    let (at_page, pages, shown) = part(&lines, query);
    let mut groups = Vec::new();
    for line in shown.iter().filter(|line| !current.is_folded(&line.row.id)) {
        let Some(View { contract, .. }) = current.view(&line.row.id)? else { continue };
        let (outcomes, problems) = measure::kept(&current, &line.row, &contract, &desk.app.settings);
        if !(contract.service_levels.is_empty() && outcomes.is_empty() && problems.is_empty()) {
            groups.push(group(desk, &current, line, &contract.service_levels, &outcomes, &problems));
        }
    }
    let kept = ["q", "owner", "state"].map(|name| (name, query.get(name).unwrap_or_default()));
    Ok(html! {
        h1 { "Performance" }
        (filter(desk, query, "/performance", false))
        p.note { "What was measured against what was promised. " code { "tickler measure --save" } " keeps the values of a whole file." }
        @if groups.is_empty() { p { "None of these contracts promises a level of service." } }
        @for group in groups { (group) }
        (pager("/performance", &kept, at_page, pages))
    })
}

fn group(
    desk: &Desk<'_>,
    current: &Current<'_>,
    line: &Line,
    levels: &[Fact<ServiceLevel>],
    outcomes: &[Outcome],
    problems: &[Problem],
) -> Markup {
    let id = &line.row.id;
    let breaches = outcomes.iter().filter(|outcome| !outcome.met).count();
    let back = format!("/performance#of-{}", id.short());
    let words = |fact: &Fact<ServiceLevel>| fact.value().map_or_else(String::new, |l| short(&l.words(), LEVEL));
    let choices: Vec<(&str, String)> = levels.iter().map(|fact| (fact.id().as_str(), words(fact))).collect();
    let choices: Vec<(&str, &str)> = choices.iter().map(|(id, words)| (*id, words.as_str())).collect();
    html! {
        h2 id=(format!("of-{}", id.short())) { a href=(at(id)) { (name(&line.row)) } }
        @if let Some(owner) = &line.owner { p.owner { (clean(&owner.name)) } }
        p { (count(outcomes.len(), "measured value", "measured values")) ", " (count(breaches, "breach", "breaches")) "." }
        div.wide tabindex="0" role="region" aria-label=(format!("Levels of {}", name(&line.row))) {
            table {
                thead { tr {
                    th scope="col" { "Measured" } th scope="col" { "Result" }
                    th scope="col" { "Credit" } th scope="col" { "Claim by" }
                } }
                @for fact in levels {
                    @let own: Vec<&Outcome> = outcomes.iter().filter(|outcome| outcome.fact == *fact.id()).collect();
                    tbody {
                        tr { th scope="rowgroup" colspan="4" {
                            (words(fact))
                            div.note { (contract::proof(current, id, fact.evidence(), fact.id().as_str())) }
                        } }
                        @if own.is_empty() { tr { td colspan="4" { span.note { "No value is kept." } } } }
                        @for outcome in own { (row(desk, outcome)) }
                    }
                }
            }
        }
        @for problem in problems { p.remark { "A value that is kept cannot be compared: " (clean(&problem.message)) } }
        @if !choices.is_empty() { details { summary { "Keep a measured value" } (forms::measured(id, &back, &choices)) } }
    }
}

fn row(desk: &Desk<'_>, outcome: &Outcome) -> Markup {
    let Outcome { measurement, credit, claim_by, .. } = outcome;
    let arithmetic = credit.as_ref().and_then(|credit| credit.arithmetic.as_deref());
    html! {
        tr {
            td { @if let Some(period) = measurement.period { (period) ": " } (clean(&measurement.raw)) @if let Some(about) = &measurement.about { ", " (clean(about)) } }
            td { @if outcome.met { span.mark.settled { "Met" } } @else { span.mark.missed { "Breach" } } }
            td {
                @match credit { Some(credit) => (clean(&credit.to_string())), None if outcome.met => "", None => "none is named" }
                @if let Some(arithmetic) = arithmetic { p.note { (clean(arithmetic)) } }
            }
            td.day {
                @if outcome.automatic && credit.is_some() { "comes by itself" }
                @else if let Some(claim) = claim_by { (day(claim.readings.conservative, desk.app.today)) }
            }
        }
    }
}
