//! The draft of a notice, as plain text.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

use super::fields::Fields;
use super::{Shared, beside};
use crate::cli::{Format, letter};

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/contract/{id}/letter", get(draft))
}

async fn draft(State(site): State<Shared>, Path(contract): Path<String>, Query(query): Query<Fields>) -> Response {
    beside(move || {
        let mut app = site.seat.app();
        let (entry, from, on) = (query.text("entry"), query.text("from"), query.day("on")?);
        letter::run(&letter::Args { contract, entry, from, on, format: Format::Text, output: None }, &mut app)?;
        Ok(app.kept().into_response())
    })
    .await
}
