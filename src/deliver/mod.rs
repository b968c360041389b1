//! Delivering reminders: to a folder of messages, a Maildir, a mail server, or a webhook.
//!
//! This is the one part of the program that may use the network, and only `tickler send` calls it. It sees reminders as they
//! were written ([`crate::remind`]) and never a contract. A message has one name for ever: where something is delivered and
//! the program dies before it can note that, the repeat carries the same name, and a folder never gets it twice.

mod mailbox;
mod mime;
mod secret;
mod smtp;
mod webhook;

use std::io;
use std::path::PathBuf;

use jiff::Timestamp;

use crate::config::Settings;
use crate::remind::{Channel, Digest};
use mailbox::Mailbox;
use smtp::Server;
use webhook::Hook;

/// Why a message was not delivered.
#[derive(Debug, thiserror::Error)]
pub enum DeliverError {
    /// A folder cannot be written to.
    #[error("cannot deliver to {}: {source}", path.display())]
    Folder {
        /// The folder or file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A message cannot be composed.
    #[error("cannot compose the message to {recipient}: {reason}")]
    Compose {
        /// To whom.
        recipient: String,
        /// Why.
        reason: String,
    },
    /// A password or a key cannot be found.
    #[error("cannot find the {what}: {reason}")]
    Secret {
        /// What is missing.
        what: String,
        /// Why.
        reason: String,
    },
    /// A server refuses or cannot be reached.
    #[error("{place}: {reason}")]
    Server {
        /// The server or webhook.
        place: String,
        /// What went wrong, and what to do.
        reason: String,
    },
}

/// The ways that the settings name.
#[derive(Debug)]
pub struct Ways {
    mail: Way,
    hooks: Vec<Hook>,
}

#[derive(Debug)]
enum Way {
    Mailbox(Mailbox),
    Server(Box<Server>),
}

impl Ways {
    /// The ways that `settings` name; `folder` is where messages go if they name none.
    #[must_use]
    pub fn of(settings: &Settings, folder: PathBuf) -> Self {
        let send = &settings.send;
        let mail = match (&send.smtp, &send.maildir) {
            (Some(smtp), _) => Way::Server(Box::new(Server::new(smtp.clone(), send.from.clone()))),
            (None, Some(path)) => Way::Mailbox(Mailbox::maildir(path.clone(), send.from.clone())),
            (None, None) => Way::Mailbox(Mailbox::folder(send.folder.clone().unwrap_or(folder), send.from.clone())),
        };
        Self { mail, hooks: settings.webhook.iter().cloned().map(Hook::new).collect() }
    }

    /// Delivers a message; says how. `now` is the time that signatures name.
    ///
    /// # Errors
    /// [`DeliverError`]; the message can be delivered again.
    pub fn deliver(&self, digest: &Digest, now: Timestamp) -> Result<String, DeliverError> {
        match (digest.channel, &self.mail) {
            (Channel::Mail, Way::Mailbox(mailbox)) => mailbox.deliver(digest),
            (Channel::Mail, Way::Server(server)) => server.deliver(digest),
            (Channel::Webhook, _) => match self.hooks.iter().find(|hook| hook.is_called(&digest.recipient)) {
                Some(hook) => hook.deliver(digest, now),
                None => Err(DeliverError::Server {
                    place: format!("webhook {}", digest.recipient),
                    reason: "the settings name no webhook of this name any more".to_owned(),
                }),
            },
        }
    }
}
