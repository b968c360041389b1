//! `/calendar.ics`: what has to be decided, for calendar programs of this computer that subscribe to it.

use axum::Router;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use tickler::store::ContractRow;

use super::door::CALENDAR;
use super::fields::{Fields, address};
use super::{Shared, Site, read};
use crate::cli::export::Records;
use crate::cli::feed::{self, Wanted, Whose};

pub(super) fn routes() -> Router<Shared> {
    Router::new().route(CALENDAR, get(calendar))
}

/// The address of the calendar of somebody, or of all contracts.
pub(super) fn link(site: &Site, owner: &str) -> String {
    address(&format!("{}{CALENDAR}", site.address), &[("token", &site.calendar), ("owner", owner)])
}

async fn calendar(State(site): State<Shared>, Query(query): Query<Fields>) -> Response {
    read(site, move |desk| {
        let owner = query.get("owner").map(|name| desk.app.person(name));
        let whose = owner.as_deref().map_or(Whose::Everybody, Whose::Owner);
        let (current, settings) = (desk.current(), &desk.app.settings);
        let lines = desk.snapshot.lines.iter().map(|line| &line.row);
        let rows: Vec<ContractRow> =
            lines.filter(|row| row.counts() && whose.has(&current, row, settings)).cloned().collect();
        let name = format!("page of {}", owner.as_deref().unwrap_or_default());
        // Whoever gave all contracts away still has a calendar, in which they are cancelled.
        if rows.is_empty() && owner.is_some() && desk.store.feed(&name)?.is_empty() {
            return Ok((StatusCode::NOT_FOUND, "Nobody of this name answers for a contract.\n").into_response());
        }
        let site = Some(desk.site.address.as_str());
        let as_of = desk.app.today;
        let records = Records::new(&current, &rows, as_of, settings, feed::decisions(as_of));
        let wanted = Wanted { as_of, settings, whose, name: Some(name), site };
        let mut out = Vec::new();
        feed::write(desk.store, &current, wanted, records, &mut out)?.keep(&desk.app)?;
        Ok(([(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], out).into_response())
    })
    .await
}
