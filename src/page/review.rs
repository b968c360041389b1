//! The review queue: one contract a screen, the one that must be acted on first before the others.

use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use tickler::family::View;
use tickler::record::{FactRef, Field, ReviewItem};
use tickler::said::is_settable;

use super::fields::{Fields, address};
use super::html::{at, day, name, page};
use super::{Desk, Shared, contract, forms, show};
use crate::cli::clean::clean;
use crate::cli::current::{Asked, Current};
use crate::cli::facts;
use crate::cli::list::Line;
use crate::cli::review::why;

/// How many contracts are read for one screen at most, where nothing is to be looked at.
const LOOKED_AT: usize = 40;

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/review", get(review))
}

async fn review(State(site): State<Shared>, Query(query): Query<Fields>) -> Response {
    show(site, move |desk| Ok(page(desk, &query, "/review", "Review", &content(desk, &query)?))).await
}

fn content(desk: &Desk<'_>, query: &Fields) -> anyhow::Result<Markup> {
    let current = desk.current();
    let mut queue: Vec<&Line> =
        desk.snapshot.lines.iter().filter(|line| line.row.counts() && !line.is_over()).collect();
    queue.sort_by_key(|line| (line.next_notice_deadline.is_none(), line.next_notice_deadline));
    // From a contract on; it keeps its place when dates change.
    let from = query.get("from").and_then(|id| queue.iter().position(|line| line.row.id.as_str() == id)).unwrap_or(0);
    let all = query.get("all").is_some();
    let (mut looked, sure) = (from, desk.app.settings.review_below);
    for line in queue.iter().skip(from).take(LOOKED_AT) {
        looked += 1;
        let Some(view) = current.view(&line.row.id)? else { continue };
        let mut items = current.to_review(&line.row.id, &view, sure, Asked::far(desk.app.today, &desk.app.settings));
        let more = items.len();
        items.retain(|item| all || item.is_key());
        let more = more - items.len();
        if items.is_empty() {
            continue;
        }
        let next = queue.get(looked).map(|line| line.row.id.as_str());
        return screen(desk, &current, line, &view, &items, more, (looked, queue.len(), next));
    }
    Ok(html! {
        h1 { "Review" }
        @match queue.get(looked) {
            Some(line) => p { "Nothing is to be looked at in " (LOOKED_AT) " contracts. " a href=(address("/review", &[("from", line.row.id.as_str())])) { "Go on" } },
            None => p { "Nothing is to be looked at" @if from > 0 { " after this. " a href="/review" { "Begin again" } } "." },
        }
    })
}

fn screen(
    desk: &Desk<'_>,
    current: &Current<'_>,
    line: &Line,
    view: &View,
    items: &[ReviewItem],
    more: usize,
    (number, all, next): (usize, usize, Option<&str>),
) -> anyhow::Result<Markup> {
    let id = &line.row.id;
    let here = address("/review", &[("from", id.as_str())]);
    Ok(html! {
        h1 { "Review: " a href=(at(id)) { (name(&line.row)) } }
        p { "Contract " (number) " of " (all) ". "
            @if let Some(next) = line.next_notice_deadline { "Act by " (day(next, desk.app.today)) ". " }
            a #next href=(next.map_or_else(|| "/review".to_owned(), |next| address("/review", &[("from", next)]))) { "Next contract" }
        }
        p.keys { "Keys: " kbd { "a" } " accepts the first value, " kbd { "c" } " corrects it, " kbd { "n" } " goes to the next contract." }
        ol.review { @for item in items { li { (one(current, line, view, item, &here)?) } } }
        @if more > 0 { p { a href=(address("/review", &[("from", id.as_str()), ("all", "1")])) { (more) " more, of duties and other terms" } } }
    })
}

fn one(current: &Current<'_>, line: &Line, view: &View, item: &ReviewItem, back: &str) -> anyhow::Result<Markup> {
    let id = &line.row.id;
    let facts = view.contract.facts();
    let fact = facts.iter().find(|fact| *fact.id == item.fact);
    let field = Field::named(&item.field).filter(|field| is_settable(*field));
    let label = facts::label(&item.field);
    let value = fact.map(FactRef::to_json).transpose()?.and_then(|fact| fact.value().cloned());
    Ok(html! {
        h2 { (clean(label).replace('_', " ")) " " span.mark.open { (why(item.reason)) } }
        @match fact {
            Some(fact) => { p { (clean(&facts::value(fact))) } (contract::proof(current, id, fact.evidence, fact.id.as_str())) },
            None => p { (clean(&item.raw)) " " span.note { "page " (item.page) } },
        }
        div.acts {
            @if value.is_some() {
                div.accept { (forms::button(id, "confirm", back, ("field", item.fact.as_str()), "Accept", label)) }
            } @else {
                div.accept { (forms::button(id, "dismiss", back, ("item", item.fact.as_str()), "Accept as it is", label)) }
            }
            @if let Some(field) = field {
                details.correct { summary { "Correct" span.hidden { " " (label) } } (forms::correct(id, back, field.name(), &fact.map_or_else(String::new, |fact| contract::typed(&view.contract, fact)))) }
            }
            @if value.is_some() { (forms::button(id, "dismiss", back, ("item", item.fact.as_str()), "Dismiss", label)) }
        }
    })
}
