//! The option for digital signatures.

use std::path::PathBuf;

use tickler::signature::{Trust, TrustError};

use super::app::App;

/// Whose digital signatures are trusted
#[derive(Debug, clap::Args)]
pub(super) struct TrustArgs {
    /// PEM file of the certificates that you trust for digital signatures [default: that of the settings, else none]
    #[arg(long, value_name = "FILE.pem")]
    trust: Option<PathBuf>,
}

impl TrustArgs {
    /// Puts the choice into the settings and reads the certificates.
    pub(super) fn load(&self, app: &mut App) -> Result<Trust, TrustError> {
        if self.trust.is_some() {
            app.settings.trust.clone_from(&self.trust);
        }
        app.settings.trust.as_deref().map_or_else(|| Ok(Trust::default()), Trust::load)
    }
}
