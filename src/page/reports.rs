//! `/reports`: the report on all contracts, and `contracts-report.html` and `.pdf`, the same as files to keep or to send.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::get;
use maud::{Markup, html};
use tickler::report::{self, Report};

use super::contracts::owner;
use super::fields::{Fields, address};
use super::html::{at, page};
use super::{Desk, Shared, read, show};
use crate::cli::clean::clean;
use crate::cli::exit::Usage;
use crate::cli::filter;

/// From when changes are told, where nobody says.
const SINCE: &str = "1m";

const HTML: &str = "/reports/contracts-report.html";
const PDF: &str = "/reports/contracts-report.pdf";

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/reports", get(shown)).route(HTML, get(file)).route(PDF, get(pdf))
}

async fn shown(State(site): State<Shared>, Query(query): Query<Fields>) -> Response {
    show(site, move |desk| {
        let report = asked(desk, &query)?;
        Ok(page(desk, &query, "/reports", "Reports", &content(desk, &query, &report)))
    })
    .await
}

/// The file is not shown in the page, where its style is not allowed: the browser keeps it.
async fn file(State(site): State<Shared>, Query(query): Query<Fields>) -> Response {
    read(site, move |desk| {
        let keep = (header::CONTENT_DISPOSITION, "attachment; filename=\"contracts-report.html\"");
        Ok(([keep], Html(report::html(&*asked(desk, &query)?))).into_response())
    })
    .await
}

async fn pdf(State(site): State<Shared>, Query(query): Query<Fields>) -> Response {
    read(site, move |desk| {
        let keep = (header::CONTENT_DISPOSITION, "attachment; filename=\"contracts-report.pdf\"");
        let file = report::pdf(&*asked(desk, &query)?)?;
        Ok(([keep, (header::CONTENT_TYPE, "application/pdf")], file).into_response())
    })
    .await
}

fn asked(desk: &Desk<'_>, query: &Fields) -> anyhow::Result<Arc<Report>> {
    let since = filter::since(query.get("since").unwrap_or(SINCE)).map_err(Usage)?;
    desk.snapshot.report(desk, query.get("owner"), since.day(&desk.app, desk.app.today)?)
}

fn content(desk: &Desk<'_>, query: &Fields, report: &Report) -> Markup {
    let asked = ["since", "owner"].map(|name| (name, query.get(name).unwrap_or_default()));
    let [(_, since), _] = asked;
    html! {
        link rel="stylesheet" href="/static/report.css";
        form.filter method="get" action="/reports" {
            label { "Changes since a day, or 7d, 2w, 1m " input type="text" name="since" value=(since) placeholder=(SINCE); }
            (owner(desk, query))
            button type="submit" { "Show" }
            a href=(address(HTML, &asked)) { "Keep it as one file" }
            a href=(address(PDF, &asked)) { "Keep it as PDF" }
        }
        (report::content(report, &|line| html! { a href=(at(&line.id)) { (clean(&line.name)) } }))
    }
}
