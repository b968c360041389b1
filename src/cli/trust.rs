//! Whose digital signatures the user trusts: options of the commands that read documents.

use std::path::PathBuf;

use tickler::signature::{Trust, TrustError};

use super::app::App;

/// Whose digital signatures are trusted
#[derive(Debug, clap::Args)]
pub(super) struct TrustArgs {
    /// PEM file of certificates that signers must lead to [default: that of the settings, else nobody is trusted]
    #[arg(long, value_name = "FILE.pem")]
    trust: Option<PathBuf>,
}

impl TrustArgs {
    /// Takes the choice into the settings, and reads the certificates.
    pub(super) fn load(&self, app: &mut App) -> Result<Trust, TrustError> {
        if self.trust.is_some() {
            app.settings.trust.clone_from(&self.trust);
        }
        app.settings.trust.as_deref().map_or_else(|| Ok(Trust::default()), Trust::load)
    }
}
