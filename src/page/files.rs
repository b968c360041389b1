//! The files that pages refer to: a fixed list, which is part of the program.

use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use tickler::report::PARTS_STYLE;

use super::{Shared, html};

/// Name, kind and content.
const FILES: [(&str, &str, &str); 3] = [
    ("page.css", "text/css; charset=utf-8", include_str!("page.css")),
    ("report.css", "text/css; charset=utf-8", PARTS_STYLE),
    ("page.js", "text/javascript; charset=utf-8", include_str!("page.js")),
];

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/static/{name}", get(file))
}

async fn file(Path(name): Path<String>) -> Response {
    match FILES.iter().find(|(known, ..)| *known == name) {
        Some((_, kind, content)) => ([(header::CONTENT_TYPE, *kind)], *content).into_response(),
        None => html::problem(StatusCode::NOT_FOUND, "There is no such file."),
    }
}
