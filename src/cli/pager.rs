//! The program that shows long output page by page.

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::{Command, Stdio};

/// What shows pages unless the user named something else: leaves what fits on the screen there, and keeps colours.
const USUAL: [&str; 2] = ["less", "-FRX"];

/// A pager and its arguments.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Pager(Vec<String>);

impl Pager {
    /// The pager of the environment: `TICKLER_PAGER`, else `PAGER`, else `less`. An empty one, and `cat`, are none.
    pub(super) fn of(variable: impl Fn(&str) -> Option<OsString>) -> Option<Self> {
        let named = variable("TICKLER_PAGER").or_else(|| variable("PAGER"));
        let words = named.map_or_else(
            || USUAL.map(str::to_owned).to_vec(),
            |named| named.to_string_lossy().split_whitespace().map(str::to_owned).collect(),
        );
        words.first().is_some_and(|program| program != "cat").then_some(Self(words))
    }

    /// Shows a text, and returns when the user has seen enough.
    pub(super) fn show(&self, text: &[u8]) -> io::Result<()> {
        let Self(words) = self;
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).stdin(Stdio::piped());
        // `PAGER=less` alone would show colours as characters, and hold what fits on the screen.
        if std::env::var_os("LESS").is_none() {
            command.env("LESS", "FRX");
        }
        let mut child = command.spawn()?;
        if let Some(mut input) = child.stdin.take() {
            match input.write_all(text) {
                // The user has seen enough.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
                other => other?,
            }
        }
        child.wait().map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pager_is_the_one_that_the_user_named() {
        let with = |own: Option<&str>, usual: Option<&str>| {
            let value = |name: &str| if name == "TICKLER_PAGER" { own } else { usual }.map(OsString::from);
            Pager::of(value).map(|Pager(words)| words.join(" "))
        };
        assert_eq!(with(None, None).as_deref(), Some("less -FRX"));
        assert_eq!(with(None, Some("most -s")).as_deref(), Some("most -s"));
        assert_eq!(with(Some("less -S"), Some("most")).as_deref(), Some("less -S"));
        assert_eq!(with(Some(""), Some("most")), None);
        assert_eq!(with(None, Some("cat")), None);
    }
}
