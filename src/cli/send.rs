//! `tickler send`, the one command that uses the network.

use std::io::Write as _;
use std::process::ExitCode;

use serde::Serialize;
use tickler::config::{Secret, Settings, Webhook, WebhookFormat};
use tickler::deliver::Ways;
use tickler::offline;
use tickler::remind::{Digest, digests};

use super::Format;
use super::agenda::count;
use super::app::App;
use super::clean::clean;
use super::exit::SOME_FAILED;

/// The folder of the store in which messages are put if the settings name no way.
const FOLDER: &str = "mail";

/// Deliver the reminders that `tickler remind` wrote
///
/// It is the one command that uses the network, and connects only to the servers that your settings name. It reads no
/// contract. Without a way in the settings, messages become files in the folder `mail` of the store.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The exit code is 1 when a message could not be delivered; it stays, and the next run tries again.\n\nExamples:\n  \
    tickler send --dry-run\n  \
    tickler send"
)]
pub(super) struct Args {
    /// Show what would be sent, and send nothing
    #[arg(long)]
    dry_run: bool,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// What became of a message, as JSON.
#[derive(Serialize)]
struct Line {
    id: String,
    channel: &'static str,
    recipient: String,
    subject: String,
    dates: usize,
    /// How it was delivered; null where it was not.
    delivered: Option<String>,
    /// Why it was not delivered.
    error: Option<String>,
}

impl Line {
    fn of(digest: &Digest) -> Self {
        Self {
            id: digest.id.clone(),
            channel: digest.channel.as_str(),
            recipient: digest.recipient.clone(),
            subject: digest.subject(),
            dates: digest.reminders.len(),
            delivered: None,
            error: None,
        }
    }
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    if app.settings.send.smtp.is_none() && app.settings.webhook.is_empty() {
        offline::seal();
    }
    // Held until the end, so that two do not send the same.
    let mut store = if args.dry_run { app.read_store()? } else { app.store_to_tell()? };
    let waiting = digests(store.waiting()?);
    if exposes(&app.settings) {
        app.note(
            "the settings hold a password or a key in the clear; better name a file: password = { file = \"/run/secrets/mail\" }",
        )?;
    }
    let ways = Ways::of(&app.settings, app.store_dir()?.join(FOLDER));
    if !args.dry_run {
        store.begin(waiting.iter().map(|digest| &*digest.id), app.now)?;
    }
    let mut lines = Vec::with_capacity(waiting.len());
    for digest in &waiting {
        let mut line = Line::of(digest);
        if !args.dry_run {
            match ways.deliver(digest, app.now) {
                Ok(how) => {
                    store.delivered(digest.reminders.iter().map(|one| &*one.key), &how, app.now)?;
                    line.delivered = Some(how);
                }
                Err(error) => line.error = Some(error.to_string()),
            }
        }
        lines.push(line);
    }
    let failed = lines.iter().any(|line| line.error.is_some());
    for (line, why) in lines.iter().filter_map(|line| Some((line, line.error.as_ref()?))) {
        app.failed(&format!("{} to {}", line.channel, line.recipient), why)?;
    }
    match args.format {
        Format::Json => app.json(&lines)?,
        Format::Text => print(&lines, args.dry_run, app)?,
    }
    Ok(if failed { ExitCode::from(SOME_FAILED) } else { ExitCode::SUCCESS })
}

fn print(lines: &[Line], dry_run: bool, app: &mut App) -> anyhow::Result<()> {
    let out = &mut app.out;
    if lines.is_empty() {
        writeln!(out, "Nothing waits to be sent.")?;
    }
    for line in lines {
        let dates = count(line.dates, "date", "dates");
        match &line.delivered {
            Some(how) => writeln!(out, "Sent {dates}: {}", clean(how))?,
            None if dry_run => {
                let (recipient, subject) = (clean(&line.recipient), clean(&line.subject));
                writeln!(out, "Would send {dates} to {recipient}: {subject}")?;
            }
            None => {}
        }
    }
    Ok(())
}

/// Whether the settings hold a secret themselves.
fn exposes(settings: &Settings) -> bool {
    let plain = |secret: &Secret| matches!(secret, Secret::Plain(_));
    let mail = settings.send.smtp.as_ref().and_then(|smtp| smtp.password.as_ref());
    // Whoever knows the address of a chat can write to it.
    let chat = |hook: &Webhook| hook.format != WebhookFormat::Standard && plain(&hook.url);
    mail.is_some_and(plain) || settings.webhook.iter().any(|hook| hook.secret.as_ref().is_some_and(plain) || chat(hook))
}
