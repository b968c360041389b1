//! Digital signatures (CMS and PAdES, ISO 32000-2 section 12.8): who signed a file, when, and whether it was changed since.
//!
//! All of it parses untrusted bytes, and runs in a worker.
//!
//! ```text
//! field (form, ByteRange) -> cms (signed data) -> certificate (chain to `trust`)
//!                         -> revision (what was added later)
//! ```

mod algorithm;
mod asn1;
mod certificate;
mod cms;
mod field;
mod revision;
#[cfg(test)]
mod tests;
mod trust;

use jiff::Timestamp;
use jiff::civil::Date;
use lopdf::{Dictionary, Document, Object};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use certificate::{CertificateInfo, TrustLevel, Validity};
pub use field::Place;
pub use trust::{Trust, TrustError};

use cms::{Signed, Verdict};
use field::{Covered, Field};

/// Largest signature in bytes: with certificates, revocation lists and stamps a real one has some tens of kilobytes.
const LARGEST: usize = 4 * 1024 * 1024;

/// Whether a signature fits the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Integrity {
    /// What was signed is what is there; at most, later signatures were added.
    Intact,
    /// What was signed is still in the file, and something else was added or put in its place later.
    ChangedAfterSigning,
    /// The signature is not one of these bytes, or cannot be read.
    Broken,
    /// It was made in a way that is not known here, so nothing can be said.
    Unverified,
    /// The place for a signature is empty.
    Unsigned,
}

/// Whose clock says when something was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// The signer's own.
    Signer,
    /// A time stamp authority that the user trusts.
    TimeStamp,
}

/// What one signature field of a file says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DigitalSignature {
    /// Name of the field.
    pub field: String,
    /// Where it is shown.
    pub place: Option<Place>,
    /// The bytes that it covers: where the first part ends, where the second begins and ends; zeros without a signature.
    pub covered: [u64; 3],
    /// Who signed, by the certificate, else as the file says.
    pub signer: Option<String>,
    /// For whom, by the certificate.
    pub organisation: Option<String>,
    /// When, to the second.
    pub signed_at: Option<Timestamp>,
    /// The day, where the signer was if the file tells.
    pub signed_on: Option<Date>,
    /// By whose clock.
    pub clock: Option<Clock>,
    /// Whether it fits the file.
    pub integrity: Integrity,
    /// Whether every byte of the file is covered, but for the signature itself.
    pub covers_whole_file: bool,
    /// What key and hash it was made with, such as `RSA, SHA-256`.
    pub algorithm: Option<String>,
    /// Whether that is too weak to prove anything: SHA-1, or a short key.
    pub weak: bool,
    /// The signer's certificate.
    pub certificate: Option<CertificateInfo>,
    /// Whether it is a time stamp over the document, which nobody signed.
    pub is_time_stamp: bool,
    /// Why it is broken or unverified, in words.
    pub problem: Option<String>,
}

/// Whether a file may hold signatures. Their dictionaries stand open in the file, because their bytes are counted.
#[must_use]
pub fn may_be_signed(bytes: &[u8]) -> bool {
    // "/SigFlags" and "/FT/Sig" may be hidden in object streams; then the fields are empty.
    contains(bytes, b"/ByteRange") || contains(bytes, b"/SigFlags")
}

fn contains(bytes: &[u8], word: &[u8]) -> bool {
    memchr::memmem::find(bytes, word).is_some()
}

/// The signatures of a file, and its empty places for them, in the order of its form. `trust` is whom the user trusts.
///
/// Nothing here fails: a signature that makes no sense is `Broken`, and a file that makes none has no signatures.
#[must_use]
pub fn signatures(bytes: &[u8], trust: &Trust) -> Vec<DigitalSignature> {
    let Ok(document) = Document::load_mem(bytes) else { return Vec::new() };
    let fields = field::fields(&document);
    fields.iter().take(field::MOST).map(|field| signature(bytes, &document, field, trust)).collect()
}

fn signature(bytes: &[u8], document: &Document, field: &Field<'_>, trust: &Trust) -> DigitalSignature {
    let mut out = DigitalSignature {
        field: field.name.clone(),
        place: field.place,
        covered: [0; 3],
        signer: None,
        organisation: None,
        signed_at: None,
        signed_on: None,
        clock: None,
        integrity: Integrity::Unsigned,
        covers_whole_file: false,
        algorithm: None,
        weak: false,
        certificate: None,
        is_time_stamp: false,
        problem: None,
    };
    let Some(value) = field.value else { return out };
    out.claims(value, document);
    out.is_time_stamp = name(value, b"SubFilter", document) == Some(b"ETSI.RFC3161");
    let judged = covered(bytes, value, document).and_then(|covered| {
        let at = |n: usize| n as u64;
        let first = covered.parts[0].len();
        out.covered = [at(first), at(covered.end - covered.parts[1].len()), at(covered.end)];
        out.covers_whole_file = covered.end == bytes.len();
        let der = covered.signature(LARGEST).ok_or_else(|| broken("the signature itself cannot be read"))?;
        // What is left out must be what other programs take for the signature; in an encrypted file it is not decrypted.
        let shown = value.get_deref(b"Contents", document).and_then(Object::as_str);
        if !document.is_encrypted() && shown.ok() != Some(&der) {
            return Err(broken("it does not name the bytes that it covers"));
        }
        let signed = Signed::read(&der).ok_or_else(|| broken("the signature itself cannot be read"))?;
        out.judge(&signed, &covered, name(value, b"SubFilter", document), trust)?;
        let added = &bytes[covered.end..];
        let same = added.trim_ascii().is_empty()
            || Document::load_mem(&bytes[..covered.end]).is_ok_and(|old| revision::only_signatures(&old, document));
        Ok(if same { Integrity::Intact } else { Integrity::ChangedAfterSigning })
    });
    match judged {
        Ok(integrity) => out.integrity = integrity,
        Err((integrity, problem)) => (out.integrity, out.problem) = (integrity, Some(problem.to_owned())),
    }
    out
}

type Problem = (Integrity, &'static str);

fn broken(problem: &'static str) -> Problem {
    (Integrity::Broken, problem)
}

fn covered<'a>(bytes: &'a [u8], value: &Dictionary, document: &Document) -> Result<Covered<'a>, Problem> {
    Covered::read(bytes, value, document).ok_or_else(|| broken("it does not name the bytes that it covers"))
}

fn name<'a>(value: &'a Dictionary, key: &[u8], document: &'a Document) -> Option<&'a [u8]> {
    value.get_deref(key, document).and_then(Object::as_name).ok()
}

impl DigitalSignature {
    /// What the file says beside the signature; the signature itself knows better.
    fn claims(&mut self, value: &Dictionary, document: &Document) {
        let said = |key: &[u8]| value.get_deref(key, document).and_then(Object::as_str).ok();
        self.signer = said(b"Name").map(field::text).filter(|t| !t.is_empty());
        if let Some((at, on)) = said(b"M").and_then(field::moment) {
            (self.signed_at, self.signed_on, self.clock) = (at, Some(on), Some(Clock::Signer));
        }
    }

    fn judge(
        &mut self,
        signed: &Signed<'_>,
        covered: &Covered<'_>,
        format: Option<&[u8]>,
        trust: &Trust,
    ) -> Result<(), Problem> {
        if let Some((algorithm, weak)) = signed.algorithm() {
            (self.algorithm, self.weak) = (Some(algorithm), weak);
        }
        let verdict = match format {
            Some(b"adbe.x509.rsa_sha1") => Err(Verdict::Unsupported),
            Some(b"ETSI.RFC3161") => cms::stamped(signed, &covered.parts).map(Some),
            Some(b"adbe.pkcs7.sha1") => self.by_hash(signed, &covered.parts).map(|()| None),
            _ => passed(signed.verify(&covered.parts)).map(|()| None),
        };
        let time = match verdict {
            Ok(stamp) => stamp,
            Err(verdict) => {
                // Anybody can put anybody's certificate beside a signature that is none.
                self.certify(signed, &Trust::default());
                return Err(problem(verdict));
            }
        };
        if let Some(at) = signed.signing_time().or(time) {
            self.signed_on = self.signed_on.or_else(|| Some(at.to_zoned(jiff::tz::TimeZone::UTC).date()));
            (self.signed_at, self.clock) = (Some(at), Some(Clock::Signer));
        }
        self.take_stamp(signed, trust);
        self.certify(signed, trust);
        Ok(())
    }

    /// The old format in which the hash of the file is what is signed.
    fn by_hash(&mut self, signed: &Signed<'_>, parts: &[&[u8]]) -> Result<(), Verdict> {
        let content = signed.content.as_deref().ok_or(Verdict::Unsupported)?;
        self.weak = true;
        if content != algorithm::Hash::Sha1.of(parts) {
            return Err(Verdict::Digest);
        }
        passed(signed.verify(&[content]))
    }

    /// The time of a stamp counts when somebody whom the user trusts made it; anybody can make one.
    fn take_stamp(&mut self, signed: &Signed<'_>, trust: &Trust) {
        let Some(stamp) = signed.time_stamp().and_then(Signed::read) else { return };
        let Ok(at) = cms::stamped(&stamp, &[signed.signature()]) else { return };
        let made_by = stamp.certificate().map(|c| c.trust(&stamp.certificates, trust, Some(at)));
        if made_by == Some(TrustLevel::Trusted) {
            (self.signed_at, self.clock) = (Some(at), Some(Clock::TimeStamp));
            self.signed_on = Some(at.to_zoned(jiff::tz::TimeZone::UTC).date());
        } else if self.signed_at.is_none() {
            (self.signed_at, self.clock) = (Some(at), Some(Clock::Signer));
            self.signed_on = self.signed_on.or_else(|| Some(at.to_zoned(jiff::tz::TimeZone::UTC).date()));
        }
    }

    fn certify(&mut self, signed: &Signed<'_>, trust: &Trust) {
        let Some(certificate) = signed.certificate() else { return };
        let level = certificate.trust(&signed.certificates, trust, self.signed_at);
        self.certificate = Some(certificate.info(level, self.signed_at));
        self.organisation = certificate.named(10);
        self.signer = certificate.named(3).or_else(|| self.signer.take()).or_else(|| self.organisation.clone());
    }
}

fn passed(verdict: Verdict) -> Result<(), Verdict> {
    if verdict == Verdict::Good { Ok(()) } else { Err(verdict) }
}

fn problem(verdict: Verdict) -> Problem {
    match verdict {
        Verdict::Digest => broken("the bytes that it covers are not those that were signed"),
        Verdict::Signature => broken("it was not made with the key of its certificate"),
        Verdict::NoCertificate => (Integrity::Unverified, "the certificate of its signer is missing"),
        Verdict::Good | Verdict::Unsupported => {
            (Integrity::Unverified, "it was made in a way that cannot be checked here")
        }
    }
}
