//! Messages and exit codes of errors.

use std::io::{self, Write as _};
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use tickler::config::ConfigError;
use tickler::detect::model::ModelError;
use tickler::index::{IndexError, QueryError};
use tickler::signature::TrustError;
use tickler::store::StoreError;

use super::Color;
use super::app::stderr;
use super::clean::clean;

/// Some documents could not be read.
pub(crate) const SOME_FAILED: u8 = 1;
const USAGE: u8 = 2;
const INTERNAL: u8 = 3;

/// The exit code of wrong usage.
pub(crate) fn usage() -> ExitCode {
    ExitCode::from(USAGE)
}

/// A wrong argument that clap cannot see.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Usage(pub(crate) String);

/// Prints an error and gives its exit code. A reader that stopped reading (`| head`) is no error.
pub(super) fn report(error: &anyhow::Error, color: Color) -> ExitCode {
    ExitCode::from(told(error, color))
}

/// The same, with the exit code as a number.
pub(super) fn told(error: &anyhow::Error, color: Color) -> u8 {
    if is_broken_pipe(error) {
        return 0;
    }
    let bold = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
    let text = words(error);
    let lines: Vec<String> = text.lines().map(clean).collect();
    // If standard error is closed too, the message is lost.
    let _ = writeln!(stderr(color), "{bold}error:{bold:#} {}", lines.join("\n"));
    code(error)
}

/// The message of an error, with its causes.
pub(crate) fn words(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain() {
        let cause = cause.to_string();
        // Many errors contain the message of their source.
        if text.is_empty() {
            text = cause;
        } else if !text.contains(&cause) {
            text = format!("{text}: {cause}");
        }
    }
    text
}

/// Whether the user can do something about an error.
pub(crate) fn is_users(error: &anyhow::Error) -> bool {
    code(error) == USAGE
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(io::ErrorKind::BrokenPipe)
    })
}

fn code(error: &anyhow::Error) -> u8 {
    let of_store = |e: &StoreError| if e.is_users() { USAGE } else { INTERNAL };
    for cause in error.chain() {
        if let Some(e) = cause.downcast_ref::<StoreError>() {
            return of_store(e);
        }
        if let Some(IndexError::Store(e)) = cause.downcast_ref::<IndexError>() {
            return of_store(e);
        }
        if cause.is::<ConfigError>()
            || cause.is::<Usage>()
            || cause.is::<QueryError>()
            || cause.is::<ModelError>()
            || cause.is::<TrustError>()
        {
            return USAGE;
        }
    }
    INTERNAL
}
