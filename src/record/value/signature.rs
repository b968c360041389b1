//! Who signed.

use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::record::Span;
use crate::signature::{CertificateInfo, Clock, Integrity};

/// What a signature is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignatureKind {
    /// A digital signature of the file.
    Digital,
    /// A name typed in place of a signature: `/s/ Alice Reed`.
    Conformed,
    /// A signature block: a line to sign on, with or without a signature that can be read.
    Block,
    /// An entry in the certificate of completion of a signing platform.
    Platform,
}

/// One signatory: a signature, or a place for one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Signature {
    /// What it is made of.
    pub kind: SignatureKind,
    /// Whether it is signed; null where that cannot be told, as where a drawing lies over the line.
    pub signed: Option<bool>,
    /// Who signs.
    pub signer: Option<String>,
    /// In which office.
    pub title: Option<String>,
    /// For which party.
    pub party: Option<String>,
    /// The day of signing.
    #[schemars(with = "Option<String>")]
    pub signed_on: Option<Date>,
    /// The moment of a digital signature.
    #[schemars(with = "Option<String>")]
    pub signed_at: Option<Timestamp>,
    /// Whose clock gave that moment.
    pub clock: Option<Clock>,
    /// Whether a digital signature fits the file; `unsigned` for an empty line or field, null for ink and typed names.
    pub integrity: Option<Integrity>,
    /// Whether a digital signature covers every byte of the file.
    pub covers_whole_file: Option<bool>,
    /// What a digital signature was made with, such as `RSA, SHA-256`.
    pub algorithm: Option<String>,
    /// Whether that is too weak to prove anything.
    pub weak: bool,
    /// Name of the form field that holds a digital signature.
    pub field: Option<String>,
    /// The certificate of a digital signature.
    pub certificate: Option<CertificateInfo>,
}

impl Signature {
    /// A signature of which nothing else is known.
    #[must_use]
    pub const fn new(kind: SignatureKind, signed: Option<bool>) -> Self {
        Self {
            kind,
            signed,
            signer: None,
            title: None,
            party: None,
            signed_on: None,
            signed_at: None,
            clock: None,
            integrity: match signed {
                Some(false) => Some(Integrity::Unsigned),
                _ => None,
            },
            covers_whole_file: None,
            algorithm: None,
            weak: false,
            field: None,
            certificate: None,
        }
    }
}

/// How far a contract has been signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Execution {
    /// Every signature block is signed.
    Signed,
    /// Some are, and at least one is empty.
    PartiallySigned,
    /// All of them are empty.
    Unsigned,
    /// There are blocks, and whether they are signed cannot be told.
    Unknown,
}

impl Execution {
    /// As in the record, such as `partially_signed`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Signed => "signed",
            Self::PartiallySigned => "partially_signed",
            Self::Unsigned => "unsigned",
            Self::Unknown => "unknown",
        }
    }
}

impl std::fmt::Display for Execution {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What the certificate of completion of a signing platform says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Certified {
    /// Who shall sign, and has, in the order of the certificate.
    pub signatures: Vec<crate::record::Fact<Signature>>,
    /// Whether all have signed; none where it does not say.
    pub complete: Option<bool>,
}

/// A signature block as it was read, with the places that a digital signature or a drawing may lie over.
#[derive(Debug, Clone, PartialEq)]
pub struct Signatory {
    /// What the words say.
    pub signature: crate::record::Fact<Signature>,
    /// The line to sign on.
    pub line: Span,
}
