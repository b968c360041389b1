//! Signatures.

use super::{Describe, join};
use crate::record::value::signature::{Execution, Signature, SignatureKind};
use crate::signature::{CertificateInfo, Integrity, TrustLevel, Validity};

/// "Alice Reed, President, signed for Acme Inc. on 2024-03-14; digital signature: intact; certificate: trusted, …".
impl Describe for Signature {
    fn words(&self) -> String {
        let signer = self.signer.as_deref().unwrap_or("Somebody");
        let title = self.title.as_ref().map_or_else(String::new, |title| format!(", {title},"));
        let party = self.party.as_ref().map_or_else(String::new, |party| format!(" for {party}"));
        let on = self.signed_on.map_or_else(String::new, |day| format!(" on {day}"));
        let lead = match self.signed {
            Some(true) => format!("{signer}{title} signed{party}{on}"),
            Some(false) => format!("{signer}{title} has not signed{party}{on}"),
            None => {
                let dated = self.signed_on.map_or_else(String::new, |day| format!(", dated {day}"));
                format!("{signer}{title} may have signed{party}{dated}; it cannot be told")
            }
        };
        let kind = match self.kind {
            SignatureKind::Digital | SignatureKind::Block => None,
            SignatureKind::Conformed => Some("the name is typed".to_owned()),
            SignatureKind::Platform => Some("by the certificate of a signing platform".to_owned()),
        };
        let integrity = self.integrity.filter(|_| self.kind == SignatureKind::Digital);
        let integrity = integrity.map(|integrity| {
            let weak = if self.weak { ", made in a weak way" } else { "" };
            format!("digital signature: {}{weak}", integrity_words(integrity))
        });
        let certificate = self.certificate.as_ref().map(certificate);
        join("; ", [Some(lead), kind, integrity, certificate])
    }
}

const fn integrity_words(integrity: Integrity) -> &'static str {
    match integrity {
        Integrity::Intact => "intact",
        Integrity::ChangedAfterSigning => "the file was changed after signing",
        Integrity::Broken => "broken",
        Integrity::Unverified => "cannot be checked",
        Integrity::Unsigned => "empty",
    }
}

fn certificate(certificate: &CertificateInfo) -> String {
    let trust = match certificate.trust {
        TrustLevel::Trusted => "trusted",
        TrustLevel::Untrusted => "not trusted",
    };
    let when = match certificate.at_signing {
        Validity::Expired => ", expired at signing",
        Validity::NotYetValid => ", not yet valid at signing",
        Validity::Valid | Validity::Unknown => "",
    };
    format!("certificate: {trust}{when}, issued by {}", certificate.issuer)
}

impl Describe for Execution {
    fn words(&self) -> String {
        match self {
            Self::Signed => "Signed: every signature block is signed",
            Self::PartiallySigned => "Partly signed: at least one signature block is empty",
            Self::Unsigned => "Not signed: every signature block is empty",
            Self::Unknown => "Not known: whether the signature blocks are signed cannot be told",
        }
        .to_owned()
    }
}
