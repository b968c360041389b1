//! What is said on the page. Each form fills in the arguments of a command and runs it: the page checks nothing and keeps
//! nothing by itself.

use axum::Router;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::post;
use clap::ValueEnum as _;

use super::fields::Fields;
use super::{Shared, beside, html};
use crate::cli::app::App;
use crate::cli::exit::Usage;
use crate::cli::{assign, confirm, decide, dismiss, done, event, link, measure, sent, set, undo};

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/contract/{id}/{act}", post(act))
}

/// Runs a command, and goes back to the page that it was said on, which tells what came of it.
async fn act(
    State(site): State<Shared>,
    Path((id, act)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Response {
    beside(move || {
        let mut app = site.seat.app();
        if !run(&mut app, &id, &act, &fields)? {
            return Ok(html::problem(StatusCode::NOT_FOUND, "There is no such form."));
        }
        let number = site.remember(app.kept());
        // A way back that leads elsewhere is none.
        let back = fields.get("back").filter(|back| back.starts_with('/') && !back.starts_with("//"));
        let back = back.map_or_else(|| format!("/contract/{id}"), str::to_owned);
        let (page, place) = back.split_once('#').map_or((&*back, String::new()), |(p, at)| (p, format!("#{at}")));
        let joint = if page.contains('?') { '&' } else { '?' };
        Ok(Redirect::to(&format!("{page}{joint}told={number}{place}")).into_response())
    })
    .await
}

/// Runs the command of a form; false where there is none of this name.
fn run(app: &mut App, id: &str, act: &str, form: &Fields) -> anyhow::Result<bool> {
    let (contract, telling) = (id.to_owned(), form.telling());
    match act {
        "assign" => {
            let (owner, backup) = (form.text("owner"), form.text("backup"));
            let nobody = owner.is_none();
            assign::run(&assign::Args { contract, owner, backup, nobody, telling }, app)?
        }
        "confirm" => confirm::run(&confirm::Args { contract, fields: vec![form.needed("field")?], telling }, app)?,
        "set" => {
            let (field, value) = (form.needed("field")?, form.needed("value")?);
            let (quote, page) = (form.text("quote"), form.parsed("page")?.filter(|page| *page > 0));
            let page = page.filter(|_| quote.is_some());
            set::run(&set::Args { contract, field, value, quote, page, telling }, app)?
        }
        "unset" => set::unset(&set::UnsetArgs { contract, field: form.needed("field")?, telling }, app)?,
        "dismiss" => dismiss::run(&dismiss::Args { contract, item: form.needed("item")?, telling }, app)?,
        "decide" => {
            let bad = |_| Usage("choose renew, renegotiate, end or undecided".to_owned());
            let decision = decide::Choice::from_str(&form.needed("decision")?, true).map_err(bad)?;
            let (entry, until, ends) = (form.text("entry"), form.day("until")?, form.day("ends")?);
            // The form that asks for the day: without it the next decision would be meant.
            if form.has("ends") && ends.is_none() {
                return Err(Usage("name the day on which it is to end".to_owned()).into());
            }
            decide::run(&decide::Args { contract, decision, entry, ends, until, telling }, app)?
        }
        "sent" => {
            let way = sent::way(&form.needed("way")?).map_err(Usage)?;
            let (on, entry, accept) = (form.day("on")?, form.text("entry"), form.has("accept"));
            sent::run(&sent::Args { contract, on, way, accept, entry, telling }, app)?
        }
        "done" => {
            let state = form.get("state").unwrap_or("done");
            let (waived, not_ours) = (state == "waived", state == "not-ours");
            let on = form.day("on")?.filter(|_| !waived && !not_ours);
            let (duty, evidence) = (form.needed("duty")?, form.text("evidence"));
            done::run(&done::Args { contract, duty, on, evidence, waived, not_ours, telling }, app)?
        }
        "snooze" => {
            let until = form.day("until")?.ok_or_else(|| Usage("name the day on which it comes back".to_owned()))?;
            done::snooze(&done::SnoozeArgs { contract, duty: form.needed("duty")?, until, telling }, app)?
        }
        "note" => {
            let (text, about) = (form.needed("text")?, form.text("about"));
            done::note(&done::NoteArgs { contract, text, about, telling }, app)?
        }
        "event" => {
            let (name, day) = (Some(form.needed("event")?), form.day("on")?);
            let date = Some(day.ok_or_else(|| Usage("name the day of the event".to_owned()))?);
            event::run(&event::Args { contract, event: name, date, withdraw: false, telling }, app)?
        }
        "measure" => {
            let (level, about) = (form.needed("level")?, form.text("about"));
            let (period, value) = (form.needed("period")?, form.needed("value")?);
            measure::one(measure::One { contract, level, about, period, value }, app)?
        }
        "link" => {
            let how = form.needed("how")?;
            if !["part", "copy", "none", "automatic"].contains(&&*how) {
                return Err(Usage("choose how the two belong together".to_owned()).into());
            }
            link::place(&contract, &how, form.text("parent"), telling, app)?
        }
        "undo" => undo::run(&undo::Args { contract, statement: form.parsed("statement")?, telling }, app)?,
        _ => return Ok(false),
    };
    Ok(true)
}
