//! The certificates that the user trusts.

use std::io;
use std::path::{Path, PathBuf};

use super::asn1::Element;
use super::certificate::Certificate;
use crate::cite::Part as _;

/// Most bytes of a bundle: that of a browser has a quarter of a mebibyte.
const MOST: u64 = 16 * 1024 * 1024;

/// Certificates that signers are checked against.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trust {
    anchors: Vec<Vec<u8>>,
}

/// Why a bundle of certificates cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// The file cannot be read.
    #[error("cannot read the certificates in {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It holds no certificate, or one that makes no sense.
    #[error("{} is no file of PEM certificates: {problem}", path.display())]
    Pem {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        problem: String,
    },
}

impl Trust {
    /// The certificates of the PEM file at `path`.
    ///
    /// # Errors
    /// [`TrustError`] when it cannot be read, or holds anything but certificates.
    pub fn load(path: &Path) -> Result<Self, TrustError> {
        let read = |source| TrustError::Read { path: path.into(), source };
        if std::fs::metadata(path).map_err(read)?.len() > MOST {
            return Err(TrustError::Pem { path: path.into(), problem: "it is too large".to_owned() });
        }
        let text = std::fs::read_to_string(path).map_err(read)?;
        Self::parse(&text).map_err(|problem| TrustError::Pem { path: path.into(), problem })
    }

    /// The certificates in the text of a PEM file; what stands between them is a comment.
    ///
    /// # Errors
    /// What is wrong, in words.
    fn parse(text: &str) -> Result<Self, String> {
        let mut anchors = Vec::new();
        for part in text.split("-----BEGIN CERTIFICATE-----").skip(1) {
            let number = anchors.len() + 1;
            let body = part.split("-----END CERTIFICATE-----").next().unwrap_or_default();
            let der = base64(body).ok_or_else(|| format!("certificate {number} is damaged"))?;
            if Element::first(&der).and_then(Certificate::read).is_none() {
                return Err(format!("certificate {number} makes no sense"));
            }
            anchors.push(der);
        }
        if anchors.is_empty() { Err("there is no certificate in it".to_owned()) } else { Ok(Self { anchors }) }
    }

    /// The certificates, in DER.
    #[must_use]
    pub fn anchors(&self) -> &[Vec<u8>] {
        &self.anchors
    }

    /// Certificates that another process sends, in DER.
    #[cfg(unix)]
    pub(crate) fn from_anchors(anchors: Vec<Vec<u8>>) -> Self {
        Self { anchors }
    }

    /// Identity of the bundle: records made with another one are made again. Empty without certificates.
    #[must_use]
    pub fn hash(&self) -> String {
        if self.anchors.is_empty() {
            return String::new();
        }
        let mut hasher = blake3::Hasher::new();
        for anchor in &self.anchors {
            hasher.update(blake3::hash(anchor).as_bytes());
        }
        hasher.finalize().to_hex().part(..16).to_owned()
    }
}

/// The bytes of base 64 text; white space is left out.
fn base64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut held) = (0u32, 0);
    for c in text.bytes().filter(|c| !c.is_ascii_whitespace() && *c != b'=') {
        let value = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.extend(u8::try_from(bits >> held & 0xff));
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bundles() {
        assert_eq!(base64("aGVs\nbG8=").unwrap(), b"hello");
        assert!(Trust::parse("").unwrap_err().contains("no certificate"));
        let wrong = "-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n";
        assert!(Trust::parse(wrong).unwrap_err().contains("certificate 1"));
        let (one, two) = (
            include_str!("../../../../fixtures/signatures/keys/authority.pem"),
            include_str!("../../../../fixtures/signatures/keys/stranger.pem"),
        );
        let both = Trust::parse(&format!("# two of them\n{one}{two}")).unwrap();
        assert_eq!(both.anchors().len(), 2);
        assert_ne!(both.hash(), Trust::parse(one).unwrap().hash());
        assert_eq!(Trust::default().hash(), "");
    }
}
