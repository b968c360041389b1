//! A running page, and what is asked of it without a browser.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::Duration;

use crate::common::{Bench, DAY};

/// A running page. It ends with the test.
pub(crate) struct Page {
    /// None once somebody took it, to end it.
    pub(crate) process: Option<Child>,
    pub(crate) port: u16,
    pub(crate) token: String,
}

impl Drop for Page {
    fn drop(&mut self) {
        if let Some(process) = &mut self.process {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

/// An answer: its code, its head and its body.
pub(crate) struct Answer {
    pub(crate) code: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Page {
    /// The page of a store, on the day of the tests.
    pub(crate) fn open(bench: &Bench) -> Self {
        Self::on(bench, DAY)
    }

    /// The same, on another day.
    pub(crate) fn on(bench: &Bench, day: &str) -> Self {
        let mut command = bench.process(&["serve", "--by", "Ann Field", "--as-of", day]);
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut link = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut link).unwrap();
        let (address, token) = link.trim().split_once("/?token=").unwrap();
        let port = address.rsplit_once(':').unwrap().1.parse().unwrap();
        Self { process: Some(process), port, token: token.to_owned() }
    }

    pub(crate) fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub(crate) fn cookie(&self) -> String {
        format!("Cookie: tickler-{}={}", self.port, self.token)
    }

    /// Sends a request with this head, and closes the connection.
    pub(crate) fn send(&self, first: &str, lines: &[&str], body: &str) -> Answer {
        self.try_send(first, lines, body).unwrap()
    }

    /// The same; an error where the page ended before it answered.
    pub(crate) fn try_send(&self, first: &str, lines: &[&str], body: &str) -> io::Result<Answer> {
        let mut stream = TcpStream::connect(self.host())?;
        stream.set_read_timeout(Some(Duration::from_mins(2)))?;
        let mut request = format!("{first} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
        for line in lines {
            request.push_str(line);
            request.push_str("\r\n");
        }
        stream.write_all(format!("{request}\r\n{body}").as_bytes())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        // A file is no text.
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").ok_or(io::ErrorKind::UnexpectedEof)?;
        let code = head.split(' ').nth(1).unwrap().parse().unwrap();
        Ok(Answer { code, head: head.to_lowercase(), body: body.to_owned() })
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.send(&format!("GET {path}"), &[&format!("Host: {}", self.host()), &self.cookie()], "")
    }

    /// What the page itself sends.
    pub(crate) fn post(&self, path: &str, form: &str) -> Answer {
        self.try_post(path, form).unwrap()
    }

    /// The same; an error where the page ended before it answered.
    pub(crate) fn try_post(&self, path: &str, form: &str) -> io::Result<Answer> {
        let (host, origin) = (format!("Host: {}", self.host()), format!("Origin: http://{}", self.host()));
        let kind = "Content-Type: application/x-www-form-urlencoded";
        self.try_send(&format!("POST {path}"), &[&host, &origin, &self.cookie(), kind], form)
    }

    /// Says something that must be possible, and gives what the next page tells of it.
    pub(crate) fn say(&self, path: &str, form: &str) -> String {
        let answer = self.post(path, form);
        assert_eq!(answer.code, 303, "{path} {form}: {}", answer.body);
        let place = answer.head.lines().find_map(|line| line.strip_prefix("location: ")).unwrap().to_owned();
        self.get(place.split('#').next().unwrap()).body
    }
}

/// The ID of the contract of a file.
pub(crate) fn id(bench: &Bench, file: &str) -> String {
    let rows = bench.json(&["list", "--ended", "--format", "json"]);
    let row = rows.as_array().unwrap().iter().find(|row| row["file_name"] == file).unwrap();
    row["id"].as_str().unwrap().to_owned()
}
