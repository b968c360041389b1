//! A mail server (SMTP, RFC 5321), always over TLS.

use std::cell::OnceCell;
use std::error::Error;
use std::fs;
use std::io;
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
    /// What talks to it: its password is found once, before the first message.
    transport: OnceCell<SmtpTransport>,
}

impl Server {
    pub(super) fn new(smtp: Smtp, from: Option<String>) -> Self {
        Self { smtp, from, transport: OnceCell::new() }
    }

    /// Hands the message over.
    pub(super) fn deliver(&self, digest: &Digest) -> Result<String, DeliverError> {
        let message = mime::compose(digest, self.from.as_deref())?;
        self.transport()?.send(&message).map_err(|e| self.failed(explain(&e)))?;
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
        let (tls, usual) = match tls {
            config::Tls::Starttls => (Tls::Required(parameters), 587),
            config::Tls::Implicit => (Tls::Wrapper(parameters), 465),
        };
        let us = self.from.as_deref().and_then(|from| from.split_once('@')).map_or("localhost", |(_, domain)| domain);
        let mut transport = SmtpTransport::builder_dangerous(host)
            .port(port.unwrap_or(usual))
            .tls(tls)
            .timeout(Some(PATIENCE))
            .hello_name(ClientId::Domain(us.to_owned()));
        if let (Some(user), Some(password)) = (user, password) {
            let password = secret::find(password, &format!("password for the mail server {host}"))?;
            transport = transport.credentials(Credentials::new(user.clone(), password));
        }
        Ok(transport.build())
    }
}

/// What went wrong, with what to do where that is known.
fn explain(error: &(dyn Error + 'static)) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut next = Some(error);
    while let Some(cause) = next {
        if let Some(advice) = certificate(cause) {
            return advice;
        }
        let text = cause.to_string();
        // Many errors contain the message of their source.
        if !words.iter().any(|known| known.contains(&text)) {
            words.push(text);
        }
        next = cause.source();
    }
    words.join(": ")
}

/// What is wrong with the certificate of a server, where that is what is wrong.
pub(super) fn certificate(error: &(dyn Error + 'static)) -> Option<String> {
    let of_io = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
    let tls = of_io.and_then(|e| e.downcast_ref::<rustls::Error>()).or_else(|| error.downcast_ref())?;
    let rustls::Error::InvalidCertificate(problem) = tls else { return None };
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
