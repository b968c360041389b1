//! The draft of a notice: as plain text, or as a document for a word processor.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

use super::fields::Fields;
use super::{Shared, beside};
use crate::cli::letter;

/// The media type of .docx.
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/contract/{id}/letter", get(draft))
}

async fn draft(State(site): State<Shared>, Path(contract): Path<String>, Query(query): Query<Fields>) -> Response {
    beside(move || {
        let mut app = site.seat.app();
        let (entry, from, on) = (query.text("entry"), query.text("from"), query.day("on")?);
        let args = letter::Args { contract, entry, from, on, format: None, output: None };
        if query.get("as") == Some("docx") {
            let (.., draft) = letter::drafted(&args, &mut app)?;
            let keep = "attachment; filename=\"notice-draft.docx\"";
            return Ok(
                ([(header::CONTENT_TYPE, DOCX), (header::CONTENT_DISPOSITION, keep)], draft.docx()?).into_response()
            );
        }
        letter::run(&args, &mut app)?;
        Ok(app.kept().into_response())
    })
    .await
}
