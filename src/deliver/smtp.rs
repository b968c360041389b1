//! A mail server (SMTP, RFC 5321), always over TLS.

use std::cell::{Cell, OnceCell};
use std::error::Error;
use std::fs;
use std::io;
use std::iter::successors;
use std::time::Duration;

use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{SmtpTransport, Transport as _};
use rustls::CertificateError;

use super::{DeliverError, mime, secret};
use crate::config::{self, Smtp};
use crate::remind::Digest;

/// How long one answer of a server is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// A mail server.
#[derive(Debug)]
pub(super) struct Server {
    smtp: Smtp,
    from: Option<String>,
    /// What talks to it: its password is found and a connection tried once, before the first message.
    transport: OnceCell<SmtpTransport>,
    /// Whether that failed. The next message would wait as long, and a wrong password that is said again and again locks an
    /// account.
    lost: Cell<bool>,
}

impl Server {
    pub(super) fn new(smtp: Smtp, from: Option<String>) -> Self {
        Self { smtp, from, transport: OnceCell::new(), lost: Cell::new(false) }
    }

    /// Hands the message over.
    pub(super) fn deliver(&self, digest: &Digest) -> Result<String, DeliverError> {
        let message = mime::compose(digest, self.from.as_deref())?;
        if self.lost.get() {
            return Err(self.failed("not tried, because the connection for the message before failed".to_owned()));
        }
        let transport = self.transport().inspect_err(|_| self.lost.set(true))?;
        transport.send(&message).map_err(|e| self.failed(explain(&e)))?;
        Ok(format!("{} by {}", digest.recipient, self.smtp.host))
    }

    fn failed(&self, reason: String) -> DeliverError {
        DeliverError::Server { place: format!("mail server {}", self.smtp.host), reason }
    }

    fn transport(&self) -> Result<&SmtpTransport, DeliverError> {
        if let Some(known) = self.transport.get() {
            return Ok(known);
        }
        let new = self.prepare()?;
        Ok(self.transport.get_or_init(|| new))
    }

    fn prepare(&self) -> Result<SmtpTransport, DeliverError> {
        let Smtp { host, port, tls, ca, user, password } = &self.smtp;
        let mut parameters = TlsParameters::builder(host.clone());
        if let Some(path) = ca {
            let pem = fs::read(path)
                .map_err(|e| self.failed(format!("cannot read the certificate {}: {e}", path.display())))?;
            let bad = |e| self.failed(format!("{} is no certificate in PEM: {e}", path.display()));
            parameters = parameters.add_root_certificate(Certificate::from_pem(&pem).map_err(bad)?);
        }
        let parameters = parameters.build().map_err(|e| self.failed(explain(&e)))?;
        let (tls, usual, other) = match tls {
            config::Tls::Starttls => {
                let other =
                    "a server that speaks TLS from the first byte on needs tls = \"implicit\", mostly with port 465";
                (Tls::Required(parameters), 587, other)
            }
            config::Tls::Implicit => {
                let other = "a server that begins without TLS needs tls = \"starttls\", mostly with port 587";
                (Tls::Wrapper(parameters), 465, other)
            }
        };
        let port = port.unwrap_or(usual);
        let us = self.from.as_deref().and_then(|from| from.split_once('@')).map_or("localhost", |(_, domain)| domain);
        let mut transport = SmtpTransport::builder_dangerous(host)
            .port(port)
            .tls(tls)
            .timeout(Some(PATIENCE))
            .hello_name(ClientId::Domain(us.to_owned()));
        if let (Some(user), Some(password)) = (user, password) {
            let password = secret::find(password, &format!("password for the mail server {host}"))?;
            transport = transport.credentials(Credentials::new(user.clone(), password));
        }
        let transport = transport.build();
        match transport.test_connection() {
            Ok(_) => Ok(transport),
            // Whoever answers, or shows a certificate, is the right one.
            Err(e) if e.status().is_some() || causes(&e).any(|cause| certificate(cause).is_some()) => {
                Err(self.failed(explain(&e)))
            }
            Err(e) => {
                let why = explain(&e);
                Err(self.failed(format!("{why}. Check `host` and `port` ({port}) in the settings; {other}")))
            }
        }
    }
}

/// An error and what it came of.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    successors(Some(error), |&cause| cause.source())
}

/// What went wrong, with what to do where that is known.
fn explain(error: &(dyn Error + 'static)) -> String {
    let mut words: Vec<String> = Vec::new();
    for cause in causes(error) {
        if let Some(advice) = certificate(cause).or_else(|| silence(cause)) {
            return advice;
        }
        let text = cause.to_string();
        // Many errors contain the message of their source.
        if !words.iter().any(|known| known.contains(&text)) {
            words.push(text);
        }
    }
    words.join(": ")
}

/// What is wrong where a server says nothing, or nothing that is TLS.
fn silence(error: &(dyn Error + 'static)) -> Option<String> {
    if matches!(tls(error), Some(rustls::Error::InvalidMessage(_))) {
        return Some("it does not speak TLS where TLS is expected".to_owned());
    }
    let kind = error.downcast_ref::<io::Error>()?.kind();
    // A socket whose time is over would block.
    let is_late = matches!(kind, io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut);
    is_late.then(|| format!("no answer within {} seconds", PATIENCE.as_secs()))
}

/// The error of TLS that an error is or holds.
fn tls<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a rustls::Error> {
    let of_io = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    of_io.and_then(|e| e.downcast_ref()).or_else(|| error.downcast_ref())
}

/// What is wrong with the certificate of a server, where that is what is wrong.
pub(super) fn certificate(error: &(dyn Error + 'static)) -> Option<String> {
    let rustls::Error::InvalidCertificate(problem) = tls(error)? else { return None };
    Some(match problem {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "its certificate has expired".to_owned()
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            format!("its certificate is for another name ({problem}); give the server the name that its certificate has")
        }
        // The usual `openssl req -x509` makes one; a server must not show it, and `ca` cannot help.
        CertificateError::Other(other) if other.to_string().contains("CaUsedAsEndEntity") => {
            "its certificate is one of an authority (CA:TRUE), with which no server may answer; make one with \
             `-addext basicConstraints=CA:FALSE`, or sign one for the server with it"
                .to_owned()
        }
        CertificateError::UnknownIssuer | CertificateError::Other(_) => {
            "its certificate is signed by nobody whom this system trusts; perhaps it is self-signed. If it is the right \
             one, save it as a PEM file and name that with `ca` in the settings"
                .to_owned()
        }
        _ => format!("its certificate is not valid: {problem}"),
    })
}
