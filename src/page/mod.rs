//! The page in the browser of this computer: the second way to use tickler, beside the command line.
//!
//! Each request opens the store for reading, as a command does. What is said goes through the commands themselves
//! (`act`), so that the page can say nothing that they cannot, and takes the lock of the store for that moment only. Lists
//! are made once and kept while nothing is written ([`snapshot`]). Who may come in is decided in [`door`], before any page.

mod act;
mod calendar;
mod contract;
mod contracts;
mod door;
mod feed;
mod fields;
mod files;
mod forms;
mod html;
mod letter;
mod obligations;
mod performance;
mod picture;
mod reports;
mod review;
mod search;
mod server;
mod snapshot;
mod timeline;
mod today;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::response::Response;
use maud::Markup;
use tickler::detect::model::Model;
use tickler::store::{Store, StoreError};

use crate::cli::app::{App, Seat};
use crate::cli::current::Current;
use crate::cli::exit;
pub(crate) use door::Token;
pub(crate) use picture::Pictures;
pub(crate) use server::serve;
use snapshot::Snapshot;

/// Largest form that is read, in bytes.
const LARGEST_FORM: usize = 64 * 1024;

/// How many messages are remembered for the pages that show them.
const MESSAGES: usize = 64;

/// What all requests share.
struct Site {
    seat: Seat,
    /// Where it answers, such as `http://127.0.0.1:8765`.
    address: String,
    /// What opens the calendar.
    calendar: String,
    model: Option<Model>,
    pictures: Pictures,
    snapshot: Mutex<Option<Arc<Snapshot>>>,
    /// What was done, by number, until the next page has told it.
    messages: Mutex<(u64, VecDeque<(u64, String)>)>,
}

type Shared = Arc<Site>;

/// One request: the store, and what is known of it.
struct Desk<'a> {
    site: &'a Site,
    app: App,
    store: &'a Store,
    snapshot: Arc<Snapshot>,
}

impl<'a> Desk<'a> {
    /// The documents, with families and statements that are known already.
    fn current(&self) -> Current<'a> {
        Current::of(self.store, None, self.snapshot.known.clone())
    }
}

impl Site {
    fn new(seat: Seat, address: String, calendar: String, model: Option<Model>, pictures: Pictures) -> Self {
        Self { seat, address, calendar, model, pictures, snapshot: Mutex::default(), messages: Mutex::default() }
    }

    /// Makes the lists. What goes wrong is told to whoever asks for a page.
    fn prepare(&self) {
        let app = self.seat.app();
        let made = app.read_store().and_then(|store| snapshot::of(self, &app, &store).map(drop));
        if let Err(error) = made {
            tracing::debug!(%error, "the lists could not be made");
        }
    }

    /// Remembers a message, and gives its number.
    fn remember(&self, message: String) -> u64 {
        let mut messages = self.messages.lock().unwrap_or_else(PoisonError::into_inner);
        let (last, kept) = &mut *messages;
        *last += 1;
        kept.push_back((*last, message));
        if kept.len() > MESSAGES {
            kept.pop_front();
        }
        *last
    }

    fn message(&self, number: u64) -> Option<String> {
        let messages = self.messages.lock().unwrap_or_else(PoisonError::into_inner);
        messages.1.iter().find(|(n, _)| *n == number).map(|(_, message)| message.clone())
    }
}

/// All pages. Each module adds its own.
fn router(site: Shared) -> Router {
    Router::new()
        .merge(today::routes())
        .merge(contracts::routes())
        .merge(contract::routes())
        .merge(picture::routes())
        .merge(calendar::routes())
        .merge(feed::routes())
        .merge(review::routes())
        .merge(obligations::routes())
        .merge(performance::routes())
        .merge(reports::routes())
        .merge(search::routes())
        .merge(letter::routes())
        .merge(act::routes())
        .merge(files::routes())
        .fallback(|| async { html::problem(StatusCode::NOT_FOUND, "There is no such page.") })
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .with_state(site)
}

/// Makes a page beside the loop that answers: reading a store takes its time.
async fn read(site: Shared, page: impl FnOnce(&Desk<'_>) -> anyhow::Result<Response> + Send + 'static) -> Response {
    let work = move || -> anyhow::Result<Response> {
        let app = site.seat.app();
        let store = app.read_store()?;
        let snapshot = snapshot::of(&site, &app, &store)?;
        page(&Desk { site: &site, app, store: &store, snapshot })
    };
    beside(work).await
}

/// Makes a page of HTML.
async fn show(site: Shared, page: impl FnOnce(&Desk<'_>) -> anyhow::Result<Markup> + Send + 'static) -> Response {
    read(site, |desk| Ok(html::answer(page(desk)?))).await
}

/// Does work that waits for disks and locks.
async fn beside(work: impl FnOnce() -> anyhow::Result<Response> + Send + 'static) -> Response {
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => refusal(&error),
        Err(error) => {
            tracing::error!(%error, "a page failed");
            html::problem(StatusCode::INTERNAL_SERVER_ERROR, "This page failed. Please report it as a defect.")
        }
    }
}

/// The answer to what cannot be done.
fn refusal(error: &anyhow::Error) -> Response {
    if error.downcast_ref::<StoreError>().is_some_and(|e| matches!(e, StoreError::Locked { .. })) {
        let text = "Another tickler is writing to the store at this moment, such as an ingest. Nothing was changed. Go \
                    back and try again when it is done.";
        return html::problem(StatusCode::SERVICE_UNAVAILABLE, text);
    }
    let code = if exit::is_users(error) { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::INTERNAL_SERVER_ERROR };
    html::problem(code, &exit::words(error))
}
