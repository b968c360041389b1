//! A digest as a message for mail (RFC 5322), with its calendar attached.

use std::time::SystemTime;

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, Message, MultiPart, SinglePart};
use lettre::{Address, address};

use super::DeliverError;
use crate::export::calendar;
use crate::remind::Digest;

/// The address that mail comes from where the settings name none; it only ever lies in a folder.
const NOBODY: &str = "tickler@localhost";

/// The message. Its Message-ID, its date and the borders of its parts follow from the digest, so that a repeat is the same.
pub(super) fn compose(digest: &Digest, from: Option<&str>) -> Result<Message, DeliverError> {
    let wrong = |reason: String| DeliverError::Compose { recipient: digest.recipient.clone(), reason };
    let address =
        |text: &str| text.parse::<Address>().map_err(|e: address::AddressError| wrong(format!("{text}: {e}")));
    let from = address(from.unwrap_or(NOBODY))?;
    let id = format!("<{}@{}>", digest.id, from.domain());
    let named = |name: &str, address| Mailbox::new(Some(name.to_owned()).filter(|name| !name.is_empty()), address);
    // Nobody answers a program (RFC 3834).
    let automatic = HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
    let message = Message::builder()
        .from(named("tickler", from))
        .to(named(digest.name(), address(&digest.recipient)?))
        .subject(plain(&digest.subject()))
        .date(SystemTime::from(digest.at))
        .message_id(Some(id))
        .raw_header(automatic);
    let mut parts =
        MultiPart::mixed().boundary(format!("tickler-{}", digest.id)).singlepart(SinglePart::plain(digest.text()));
    if digest.events().next().is_some() {
        let events = calendar(digest.events()).map_err(|e| wrong(e.to_string()))?;
        let kind = ContentType::parse("text/calendar; charset=utf-8").map_err(|e| wrong(e.to_string()))?;
        parts = parts.singlepart(Attachment::new("contract-dates.ics".to_owned()).body(events, kind));
    }
    message.multipart(parts).map_err(|e| wrong(e.to_string()))
}

/// A subject is one line.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
