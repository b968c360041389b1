//! Finding passwords and keys where the settings say.

use std::fs;
use std::process::{Command, Stdio};

use super::DeliverError;
use crate::config::Secret;

/// The secret; `what` it is, for messages.
pub(super) fn find(secret: &Secret, what: &str) -> Result<String, DeliverError> {
    let wrong = |reason: String| DeliverError::Secret { what: what.to_owned(), reason };
    let found = match secret {
        Secret::Plain(text) => text.clone(),
        Secret::File { file } => fs::read_to_string(file).map_err(|e| wrong(format!("{}: {e}", file.display())))?,
        Secret::Env { env } => std::env::var(env).map_err(|_| wrong(format!("the variable {env} is not set")))?,
        Secret::Command { command } => {
            let (program, args) = command.split_first().ok_or_else(|| wrong("its command is empty".to_owned()))?;
            let output = Command::new(program).args(args).stdin(Stdio::null()).stderr(Stdio::inherit()).output();
            let output = output.map_err(|e| wrong(format!("{program}: {e}")))?;
            if !output.status.success() {
                return Err(wrong(format!("{program} ended with {}", output.status)));
            }
            String::from_utf8(output.stdout).map_err(|_| wrong(format!("{program} printed no text")))?
        }
    };
    let line = found.lines().next().unwrap_or_default().trim().to_owned();
    if line.is_empty() { Err(wrong("it is empty".to_owned())) } else { Ok(line) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_found_where_the_settings_say() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("key");
        fs::write(&file, "one\nnot this\n").unwrap();
        let of = |secret: Secret| find(&secret, "password").map_err(|e| e.to_string());
        assert_eq!(of(Secret::File { file }).unwrap(), "one");
        assert_eq!(of(Secret::Plain("two".to_owned())).unwrap(), "two");
        let gone = of(Secret::File { file: dir.path().join("gone") }).unwrap_err();
        assert!(gone.starts_with("cannot find the password: ") && gone.contains("gone"), "{gone}");
        assert!(of(Secret::Env { env: "TICKLER_NO_SUCH".to_owned() }).unwrap_err().contains("TICKLER_NO_SUCH"));
        if cfg!(unix) {
            let command = |words: &[&str]| Secret::Command { command: words.iter().map(|w| (*w).to_owned()).collect() };
            assert_eq!(of(command(&["printf", "three\\n"])).unwrap(), "three");
            assert!(of(command(&["false"])).unwrap_err().contains("false ended with"));
            assert!(of(command(&["true"])).unwrap_err().contains("it is empty"));
            assert!(of(command(&[])).unwrap_err().contains("its command is empty"));
        }
    }
}
