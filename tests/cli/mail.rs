//! A mail server and a receiver of webhooks, on this computer alone, as real ones behave.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A message that the server took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Taken {
    pub(crate) from: String,
    pub(crate) to: String,
    /// With lines as they came.
    pub(crate) data: String,
    /// Whether it came over TLS.
    pub(crate) secret: bool,
    /// What the sender logged in with, as PLAIN says it.
    pub(crate) login: Option<String>,
}

impl Taken {
    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let (head, _) = self.data.split_once("\r\n\r\n")?;
        head.split("\r\n").find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// How a server begins TLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Begin {
    Starttls,
    Implicit,
    /// Never: STARTTLS is not offered.
    Never,
}

/// A mail server with a certificate of its own authority.
pub(crate) struct Smtp {
    pub(crate) port: u16,
    /// The certificate of the authority, in PEM.
    pub(crate) ca: String,
    taken: Arc<Mutex<Vec<Taken>>>,
}

impl Smtp {
    /// A server for the name `localhost`.
    pub(crate) fn start(begin: Begin) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let ca = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let key = KeyPair::generate().unwrap();
        let cert = CertificateParams::new(vec!["localhost".to_owned()]).unwrap().signed_by(&key, &ca).unwrap();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key)
            .unwrap();
        let (config, taken) = (Arc::new(config), Arc::new(Mutex::new(Vec::new())));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let to = Arc::clone(&taken);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (config, to) = (Arc::clone(&config), Arc::clone(&to));
                // A client that is killed ends its own conversation only.
                thread::spawn(move || drop(serve(stream, begin, config, &to)));
            }
        });
        Self { port, ca: ca.pem(), taken }
    }

    pub(crate) fn taken(&self) -> Vec<Taken> {
        self.taken.lock().unwrap().clone()
    }
}

fn tls(stream: TcpStream, config: Arc<ServerConfig>) -> StreamOwned<ServerConnection, TcpStream> {
    StreamOwned::new(ServerConnection::new(config).unwrap(), stream)
}

fn serve(stream: TcpStream, begin: Begin, config: Arc<ServerConfig>, taken: &Mutex<Vec<Taken>>) -> std::io::Result<()> {
    if begin == Begin::Implicit {
        return talk(&mut BufReader::new(tls(stream, config)), true, true, taken).map(drop);
    }
    let mut plain = BufReader::new(stream);
    if talk(&mut plain, false, begin == Begin::Never, taken)? {
        return talk(&mut BufReader::new(tls(plain.into_inner(), config)), true, false, taken).map(drop);
    }
    Ok(())
}

/// The conversation (RFC 5321). Says whether the client wants to begin TLS.
fn talk<S: Read + Write>(
    stream: &mut BufReader<S>,
    secret: bool,
    greets: bool,
    taken: &Mutex<Vec<Taken>>,
) -> std::io::Result<bool> {
    let offers_tls = !secret && !greets;
    let say = |stream: &mut BufReader<S>, text: &str| {
        stream.get_mut().write_all(text.as_bytes())?;
        stream.get_mut().flush()
    };
    if greets || !secret {
        say(stream, "220 localhost ready\r\n")?;
    }
    let (mut from, mut to, mut login) = (String::new(), String::new(), None);
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line)? == 0 {
            return Ok(false);
        }
        let line = line.trim_end();
        let upper = line.to_ascii_uppercase();
        match upper.split_whitespace().next().unwrap_or_default() {
            "EHLO" => {
                let more = if offers_tls { "STARTTLS" } else { "AUTH PLAIN" };
                say(stream, &format!("250-localhost\r\n250-8BITMIME\r\n250 {more}\r\n"))?;
            }
            "STARTTLS" if offers_tls => {
                say(stream, "220 go ahead\r\n")?;
                return Ok(true);
            }
            "AUTH" => {
                login = line.split_whitespace().nth(2).map(str::to_owned);
                say(stream, "235 welcome\r\n")?;
            }
            "MAIL" => {
                line.clone_into(&mut from);
                say(stream, "250 ok\r\n")?;
            }
            "RCPT" if line.contains("refused@") => say(stream, "550 5.1.1 no such mailbox\r\n")?,
            "RCPT" => {
                line.clone_into(&mut to);
                say(stream, "250 ok\r\n")?;
            }
            "DATA" => {
                say(stream, "354 go on\r\n")?;
                let mut data = String::new();
                while !data.ends_with("\r\n.\r\n") {
                    if stream.read_line(&mut data)? == 0 {
                        return Ok(false);
                    }
                }
                let data = data.trim_end_matches(".\r\n").replace("\r\n..", "\r\n.");
                let (from, to, login) = (from.clone(), to.clone(), login.clone());
                taken.lock().unwrap().push(Taken { from, to, data, secret, login });
                say(stream, "250 taken\r\n")?;
            }
            "QUIT" => {
                say(stream, "221 bye\r\n")?;
                return Ok(false);
            }
            _ => say(stream, "502 unknown\r\n")?,
        }
    }
}

/// A request that a webhook got.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) path: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

/// A receiver of webhooks.
pub(crate) struct Receiver {
    pub(crate) port: u16,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Receiver {
    /// One that answers with `statuses` one after the other, and then with 200.
    pub(crate) fn start(statuses: &'static [u16]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let to = Arc::clone(&requests);
        thread::spawn(move || {
            let mut statuses = statuses.iter();
            for stream in listener.incoming().map_while(Result::ok) {
                let status = *statuses.next().unwrap_or(&200);
                drop(answer(&stream, status, &to));
            }
        });
        Self { port, requests }
    }

    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

fn answer(stream: &TcpStream, status: u16, to: &Mutex<Vec<Request>>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    // A client that is killed leaves half a request, which no server takes for one.
    let mut line = || -> std::io::Result<String> {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let whole = line.strip_suffix("\r\n").ok_or(std::io::ErrorKind::UnexpectedEof)?;
        Ok(whole.to_owned())
    };
    let path = line()?.split_whitespace().nth(1).unwrap_or_default().to_owned();
    let mut headers = BTreeMap::new();
    loop {
        let header = line()?;
        if header.is_empty() {
            break;
        }
        let (name, value) = header.split_once(": ").ok_or(std::io::ErrorKind::InvalidData)?;
        headers.insert(name.to_ascii_lowercase(), value.to_owned());
    }
    let mut body = vec![0; headers.get("content-length").and_then(|n| n.parse().ok()).unwrap_or(0)];
    reader.read_exact(&mut body)?;
    to.lock().unwrap().push(Request { path, headers, body: String::from_utf8(body).unwrap() });
    let place = if (300..400).contains(&status) { "location: http://127.0.0.1:1/elsewhere\r\n" } else { "" };
    write!(&*stream, "HTTP/1.1 {status} x\r\n{place}content-length: 0\r\nconnection: close\r\n\r\n")
}

#[test]
fn half_a_request_is_none() {
    let receiver = Receiver::start(&[]);
    let say = |text: &[u8]| {
        let mut stream = TcpStream::connect(("127.0.0.1", receiver.port)).unwrap();
        stream.write_all(text).unwrap();
        stream
    };
    let whole = b"POST /in HTTP/1.1\r\nwebhook-id: 1\r\ncontent-length: 2\r\n\r\n{}";
    for end in 0..whole.len() {
        drop(say(&whole[..end]));
    }
    let mut answer = String::new();
    say(whole).read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert_eq!(receiver.requests().len(), 1);
}
