//! Passwords of encrypted PDFs: an option of the commands that read documents.

use std::path::PathBuf;

use tickler::source;

use super::exit::Usage;

/// All passwords together, in bytes: they are sent to a worker with each document.
const MOST: u64 = 32 * 1024;

/// Passwords of encrypted PDFs
#[derive(Debug, clap::Args)]
pub(super) struct PasswordArgs {
    /// File of passwords for encrypted PDFs, one per line; they are neither stored nor printed
    #[arg(long, env = "TICKLER_PASSWORD_FILE", value_name = "FILE")]
    password_file: Option<PathBuf>,
}

impl PasswordArgs {
    /// The passwords, in the order of the file.
    pub(super) fn load(&self) -> Result<Vec<String>, Usage> {
        let Some(path) = &self.password_file else { return Ok(Vec::new()) };
        let fail = |why: &str| Usage(format!("cannot use the password file {}: {why}", path.display()));
        let bytes = source::read_limited(path, MOST).map_err(|error| fail(&error.diagnostic().message))?;
        let text = String::from_utf8(bytes).map_err(|_| fail("it is not UTF-8"))?;
        let lines = text.strip_prefix('\u{feff}').unwrap_or(&text).lines();
        let passwords: Vec<String> = lines.filter(|line| !line.is_empty()).map(str::to_owned).collect();
        if passwords.is_empty() { Err(fail("it is empty; write one password per line")) } else { Ok(passwords) }
    }
}
