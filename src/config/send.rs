//! Settings of reminders: whom to tell, when, and how it reaches them.

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Somebody who is reminded.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Name, as owners and those who stand in are named.
    pub name: String,
    /// Address for mail.
    pub email: String,
}

/// When to remind, and whom if nobody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Remind {
    /// The address for contracts that nobody answers for, and for people without an address: `to = "contracts@example.com"`.
    pub to: Option<String>,
    /// Days before a duty falls due at which to remind: `duty_days = [7, 1]`; without any, duties are not told at all.
    pub duty_days: Vec<u32>,
    /// After how many days something overdue is told again: `overdue_every_days = 7`.
    pub overdue_every_days: u32,
    /// Days after the first reminder without a reaction at which the next one is told as well: `escalate_after_days = 30`.
    pub escalate_after_days: u32,
}

impl Default for Remind {
    fn default() -> Self {
        Self { to: None, duty_days: vec![7, 1], overdue_every_days: 7, escalate_after_days: 30 }
    }
}

/// How reminders are delivered. Without any of it they become files in the folder of the store.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Send {
    /// The address that mail comes from: `from = "tickler@example.com"`.
    pub from: Option<String>,
    /// Folder for one `.eml` file a message: `folder = "/srv/mail/out"`.
    pub folder: Option<PathBuf>,
    /// Maildir to deliver to: `maildir = "/home/ann/Maildir"`.
    pub maildir: Option<PathBuf>,
    /// Mail server.
    pub smtp: Option<Smtp>,
}

/// How a connection to a mail server is made secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tls {
    /// After the greeting, by the command STARTTLS (RFC 3207); a server without it is refused.
    #[default]
    Starttls,
    /// From the first byte (RFC 8314).
    Implicit,
}

/// A mail server.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Smtp {
    /// Its name, as its certificate has it.
    pub host: String,
    /// Port; without one 587, or 465 for `tls = "implicit"`.
    pub port: Option<u16>,
    /// `tls = "starttls"` or `"implicit"`.
    #[serde(default)]
    pub tls: Tls,
    /// PEM file of the certificate, or of its authority, where the system does not know it.
    pub ca: Option<PathBuf>,
    /// Name to log in with.
    pub user: Option<String>,
    /// Password to log in with.
    pub password: Option<Secret>,
}

/// The form in which a webhook gets reminders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WebhookFormat {
    /// JSON, signed as Standard Webhooks say.
    #[default]
    Standard,
    /// Blocks of a message for an incoming webhook of Slack.
    Slack,
    /// An adaptive card for a workflow of Microsoft Teams.
    Teams,
}

/// An address to which every reminder is posted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// Name, for lists and messages.
    pub name: String,
    /// Address; `https`, or `http` on this computer. Those of Slack and Teams are secret themselves.
    pub url: Secret,
    /// `format = "standard"`, `"slack"` or `"teams"`.
    #[serde(default)]
    pub format: WebhookFormat,
    /// The key that signs, as `whsec_...`; for `standard`.
    pub secret: Option<Secret>,
}

/// Something that should not stand in a settings file: where it is found, or, with a warning, itself.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Secret {
    /// The first line of a file: `password = { file = "/run/secrets/mail" }`.
    File {
        /// The file.
        file: PathBuf,
    },
    /// What a command prints: `password = { command = ["pass", "show", "mail"] }`.
    Command {
        /// The program and its arguments.
        command: Vec<String>,
    },
    /// A variable of the environment: `password = { env = "MAIL_PASSWORD" }`.
    Env {
        /// Its name.
        env: String,
    },
    /// Itself.
    Plain(String),
}

impl Default for Secret {
    fn default() -> Self {
        Self::Plain(String::new())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { file } => write!(f, "file {}", file.display()),
            Self::Command { command } => write!(f, "command {}", command.first().map_or("", String::as_str)),
            Self::Env { env } => write!(f, "env {env}"),
            Self::Plain(_) => f.write_str("(hidden)"),
        }
    }
}

/// Whether this can be an address for mail: one name, `@`, and one domain, of characters that can be seen.
#[must_use]
pub fn is_address(text: &str) -> bool {
    let seen = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c))
    };
    text.split_once('@').is_some_and(|(name, domain)| seen(name) && seen(domain) && text.len() <= 254)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_words() {
        for good in ["ann@example.com", "ann.field+legal@mail.example.co.uk", "me@localhost"] {
            assert!(is_address(good), "{good}");
        }
        for bad in ["", "ann", "@example.com", "ann@", "a b@example.com", "ann@ex@y", "a@b\r\nBcc: c@d", "Ann <a@b.c>"]
        {
            assert!(!is_address(bad), "{bad}");
        }
    }

    #[test]
    fn a_secret_is_never_printed() {
        assert!(!format!("{:?}", Secret::Plain("hunter2".to_owned())).contains("hunter2"));
    }
}
