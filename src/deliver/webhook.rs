//! Posting reminders to a webhook: signed as Standard Webhooks say, or in the form of a chat.

mod body;

use std::sync::Arc;
use std::thread::sleep;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use sha2::Sha256;
use ureq::Agent;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

use super::{DeliverError, secret, smtp};
use crate::config::{Webhook, WebhookFormat};
use crate::remind::Digest;

/// How long one attempt may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// The pauses before a receiver that is busy is asked again.
const PAUSES: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(4)];

/// A webhook.
#[derive(Debug)]
pub(super) struct Hook {
    hook: Webhook,
}

/// What became of one attempt.
enum Attempt {
    Taken,
    /// It may be taken later.
    Busy(String),
    Refused(String),
}

impl Hook {
    pub(super) fn new(hook: Webhook) -> Self {
        Self { hook }
    }

    pub(super) fn is_called(&self, name: &str) -> bool {
        self.hook.name == name
    }

    /// Posts the message; a receiver that is busy is asked again, with the same name of the message.
    pub(super) fn deliver(&self, digest: &Digest, now: Timestamp) -> Result<String, DeliverError> {
        let name = &self.hook.name;
        let failed = |reason| DeliverError::Server { place: format!("webhook {name}"), reason };
        let url = secret::find(&self.hook.url, &format!("address of the webhook {name}"))?;
        if !is_safe(&url) {
            return Err(failed("its address must begin with https://; http:// is for this computer alone".to_owned()));
        }
        let body = match self.hook.format {
            WebhookFormat::Standard => body::standard(digest),
            WebhookFormat::Slack => body::slack(digest),
            WebhookFormat::Teams => body::teams(digest),
        }
        .to_string();
        let headers = self.headers(digest, now, &body)?;
        let agent = agent();
        let mut pauses = PAUSES.iter();
        loop {
            match attempt(&agent, &url, &headers, &body) {
                Attempt::Taken => return Ok(format!("webhook {name}")),
                Attempt::Refused(reason) => return Err(failed(reason)),
                Attempt::Busy(reason) => match pauses.next() {
                    Some(pause) => sleep(*pause),
                    None => return Err(failed(reason)),
                },
            }
        }
    }

    /// The headers of Standard Webhooks; those of a chat have none.
    fn headers(
        &self,
        digest: &Digest,
        now: Timestamp,
        body: &str,
    ) -> Result<Vec<(&'static str, String)>, DeliverError> {
        let Some(key) = self.hook.secret.as_ref().filter(|_| self.hook.format == WebhookFormat::Standard) else {
            return Ok(Vec::new());
        };
        let what = format!("secret of the webhook {}", self.hook.name);
        let key = secret::find(key, &what)?;
        let wrong = |reason: &str| DeliverError::Secret { what: what.clone(), reason: reason.to_owned() };
        let key = key.strip_prefix("whsec_").unwrap_or(&key);
        let key = BASE64.decode(key).map_err(|_| wrong("it is not whsec_ and a key in base64"))?;
        let (id, at) = (digest.id.clone(), now.as_second().to_string());
        let signature = sign(&key, &format!("{id}.{at}.{body}"));
        Ok(vec![("webhook-id", id), ("webhook-timestamp", at), ("webhook-signature", signature)])
    }
}

/// The signature of Standard Webhooks, version 1: HMAC-SHA256 over name, time and body.
fn sign(key: &[u8], signed: &str) -> String {
    // A key of any length is good.
    let mac = Hmac::<Sha256>::new_from_slice(key).map(|mac| mac.chain_update(signed).finalize().into_bytes());
    format!("v1,{}", BASE64.encode(mac.unwrap_or_default()))
}

/// Whether nobody on the way can read what is posted to this address.
fn is_safe(url: &str) -> bool {
    let local = |rest: &str| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        ["localhost", "127.0.0.1", "[::1]"].contains(&name)
    };
    url.starts_with("https://") || url.strip_prefix("http://").is_some_and(local)
}

/// What talks to servers: to those alone that the settings name, so neither to a proxy nor to where a server sends it.
fn agent() -> Agent {
    let roots = rustls_native_certs::load_native_certs().certs;
    let roots: Vec<Certificate<'static>> =
        roots.iter().map(|cert| Certificate::from_der(cert.as_ref()).to_owned()).collect();
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::Specific(Arc::new(roots)))
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .build();
    let config = Agent::config_builder()
        .tls_config(tls)
        .proxy(None)
        .max_redirects(0)
        .http_status_as_error(false)
        .timeout_global(Some(PATIENCE))
        .user_agent(concat!("tickler/", env!("CARGO_PKG_VERSION")));
    config.build().new_agent()
}

fn attempt(agent: &Agent, url: &str, headers: &[(&'static str, String)], body: &str) -> Attempt {
    let mut request = agent.post(url).header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(*name, value);
    }
    match request.send(body) {
        Ok(response) => match response.status().as_u16() {
            200..300 => Attempt::Taken,
            status @ (429 | 500..) => {
                Attempt::Busy(format!("it answers with status {status}; it is asked again later"))
            }
            status @ 300..400 => Attempt::Refused(format!(
                "it answers with status {status} and sends elsewhere; give its present address"
            )),
            410 => Attempt::Refused("it is gone (status 410); take it out of the settings".to_owned()),
            status => Attempt::Refused(format!("it refuses the message (status {status})")),
        },
        Err(ureq::Error::BadUri(why)) => Attempt::Refused(format!("its address is none: {why}")),
        Err(error) => match certificate(&error) {
            Some(advice) => Attempt::Refused(advice),
            // The address may be a secret, and the errors do not name it.
            None => Attempt::Busy(error.to_string()),
        },
    }
}

fn certificate(error: &ureq::Error) -> Option<String> {
    match error {
        ureq::Error::Io(error) => smtp::certificate(error),
        ureq::Error::Rustls(error) => smtp::certificate(error),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification.
    #[test]
    fn messages_are_signed_as_the_specification_says() {
        let key = BASE64.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signed = "msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{\"test\": 2432232314}";
        assert_eq!(sign(&key, signed), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn nothing_is_posted_in_the_clear() {
        for (url, safe) in [
            ("https://hooks.example.com/x", true),
            ("http://127.0.0.1:8080/x", true),
            ("http://localhost/x", true),
            ("http://[::1]:80", true),
            ("http://hooks.example.com/x", false),
            ("http://localhost.example.com/x", false),
            ("http://127.0.0.1@example.com/", false),
            ("file:///etc/passwd", false),
        ] {
            assert_eq!(is_safe(url), safe, "{url}");
        }
    }
}
