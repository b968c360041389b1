//! The loop that answers requests.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use axum::middleware;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tickler::detect::model::Model;
use tokio::sync::Semaphore;

use super::door::{Door, guard};
use super::{Pictures, Site, Token, router};
use crate::cli::app::Seat;

/// How long somebody may take to send the head of a request, or to ask again.
const SLOWEST: Duration = Duration::from_secs(20);

/// How many connections are answered at once.
const CONNECTIONS: usize = 64;

/// Answers on `listener` until the program ends.
pub(crate) fn serve(
    listener: TcpListener,
    seat: Seat,
    token: Token,
    calendar: Token,
    model: Option<Model>,
    pictures: Pictures,
) -> anyhow::Result<()> {
    let address = listener.local_addr()?;
    let site = Arc::new(Site::new(seat, format!("http://{address}"), calendar.to_string(), model, pictures));
    let door = Arc::new(Door::new(token, calendar, address.port()));
    let pages = router(Arc::clone(&site)).layer(middleware::from_fn_with_state(door, guard));
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        // The lists of a large store take a while; they are made before somebody waits for them.
        drop(tokio::task::spawn_blocking(move || site.prepare()));
        let places = Arc::new(Semaphore::new(CONNECTIONS));
        loop {
            let place = Arc::clone(&places).acquire_owned().await?;
            let stream = match listener.accept().await {
                Ok((stream, _)) => stream,
                // Such as too many open files: it passes.
                Err(error) => {
                    tracing::debug!(%error, "a connection was not accepted");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            };
            let service = TowerToHyperService::new(pages.clone());
            tokio::spawn(async move {
                let mut server = http1::Builder::new();
                server.timer(TokioTimer::new()).header_read_timeout(SLOWEST).max_buf_size(64 * 1024);
                if let Err(error) = server.serve_connection(TokioIo::new(stream), service).await {
                    tracing::debug!(%error, "a connection ended");
                }
                drop(place);
            });
        }
    })
}
