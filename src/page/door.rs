//! Who may come in: only the browser that was opened with the printed link, and only from the page itself.
//!
//! * The link holds a token of this run. It becomes a cookie that no script reads and that no other site makes the browser
//!   send (`HttpOnly`, `SameSite=Strict`); whoever has neither gets nothing.
//! * Calendar programs have no cookie: they get the calendar, and nothing else, by a secret of its own in its address.
//! * A name that leads here but is not ours (DNS rebinding) is refused by the `Host` that the browser sends.
//! * A form of another site is refused by its `Origin`.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use std::{fmt, fs};

use anyhow::Context as _;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use tickler::private::Draft;
use tickler::source::hex;

/// The path of the calendar.
pub(super) const CALENDAR: &str = "/calendar.ics";

/// How long a request may take, with its body: as long as the first list of a large store. Strangers are not waited for.
const LONGEST: Duration = Duration::from_mins(5);

/// What every answer says. With `no-referrer` browsers would send forms of our own with the origin `null`; `same-origin`
/// tells nobody else either.
const HEADERS: [(HeaderName, HeaderValue); 7] = [
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; form-action 'self'; base-uri 'none'; \
             frame-ancestors 'none'",
        ),
    ),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

/// The secret of one run.
pub(crate) struct Token(String);

impl Token {
    /// A new one, of the randomness of the operating system.
    pub(crate) fn random() -> anyhow::Result<Self> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(hex(&bytes)))
    }

    /// That of the calendar, which is the same in every run, because calendar programs ask for one address again and again.
    /// It is kept in `file`, which only the user can read.
    pub(crate) fn kept(file: &Path) -> anyhow::Result<Self> {
        let known = || fs::read_to_string(file).ok().filter(|text| text.len() == 64);
        if let Some(text) = known() {
            return Ok(Self(text));
        }
        let mut draft = Draft::of(file)?;
        draft.file().write_all(Self::random()?.0.as_bytes())?;
        draft.publish()?;
        // Another page that began at the same time may have been faster.
        known().map(Self).context("the secret of the calendar cannot be read")
    }

    /// Whether somebody knows it. Hashes are compared, so that time tells nothing.
    fn is(&self, other: &str) -> bool {
        blake3::hash(self.0.as_bytes()) == blake3::hash(other.as_bytes())
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is asked of everybody.
pub(super) struct Door {
    token: Token,
    /// What opens the calendar, and nothing else.
    calendar: Token,
    /// The names under which browsers find the page.
    hosts: [String; 2],
    /// Other pages of this computer get cookies of all its ports, so the port is in the name.
    cookie: String,
}

impl Door {
    pub(super) fn new(token: Token, calendar: Token, port: u16) -> Self {
        let hosts = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
        Self { token, calendar, hosts, cookie: format!("tickler-{port}") }
    }

    /// Why a request is not answered; `None` when it is.
    fn refuse(&self, method: &Method, headers: &HeaderMap) -> Option<Response> {
        let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let host = text(header::HOST).filter(|host| self.hosts.iter().any(|ours| ours == host));
        let Some(host) = host else {
            return Some((StatusCode::MISDIRECTED_REQUEST, "This address is not one of the page.\n").into_response());
        };
        if *method != Method::GET
            && *method != Method::HEAD
            && text(header::ORIGIN).is_none_or(|origin| origin.strip_prefix("http://") != Some(host))
        {
            return Some((StatusCode::FORBIDDEN, "This form is not one of the page.\n").into_response());
        }
        None
    }

    fn has_cookie(&self, headers: &HeaderMap) -> bool {
        let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
        let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.any(|(name, value)| name == self.cookie && self.token.is(value))
    }

    /// Whether a program asks for the calendar with its secret.
    fn is_for_calendar(&self, request: &Request) -> bool {
        let query = request.uri().query().unwrap_or_default();
        let token = query.split('&').find_map(|pair| pair.strip_prefix("token="));
        request.uri().path() == CALENDAR
            && matches!(*request.method(), Method::GET | Method::HEAD)
            && token.is_some_and(|token| self.calendar.is(token))
    }

    /// The way in: the token of the link becomes a cookie, and leaves the address.
    fn enter(&self, request: &Request) -> Option<Response> {
        let token = request.uri().query()?.strip_prefix("token=")?;
        if request.uri().path() != "/" || !self.token.is(token) {
            return None;
        }
        let cookie = format!("{}={}; HttpOnly; SameSite=Strict; Path=/", self.cookie, self.token);
        Some(([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response())
    }
}

/// Lets a request in, or tells why not.
pub(super) async fn guard(State(door): State<Arc<Door>>, request: Request, next: Next) -> Response {
    let mut response = match door.refuse(request.method(), request.headers()) {
        Some(refused) => refused,
        None => match door.enter(&request) {
            Some(entered) => entered,
            None if door.has_cookie(request.headers()) || door.is_for_calendar(&request) => answer(request, next).await,
            None => (StatusCode::FORBIDDEN, STRANGER).into_response(),
        },
    };
    response.headers_mut().extend(HEADERS);
    response
}

async fn answer(request: Request, next: Next) -> Response {
    let late = |_| (StatusCode::REQUEST_TIMEOUT, "The request took too long.\n").into_response();
    tokio::time::timeout(LONGEST, next.run(request)).await.unwrap_or_else(late)
}

const STRANGER: &str = "This page is only for the one who started it.\n\n\
    Open the link that `tickler serve` has printed: it holds a secret that is new each time. If you came here by a link of \
    another page, load this page again.\n";
