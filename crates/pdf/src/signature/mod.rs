//! Digital signatures (CMS and PAdES, ISO 32000-2 section 12.8): who signed a file, when, and whether it was changed since.
//!
//! All of it parses untrusted bytes, and runs in a worker.
//!
//! ```text
//! field (form), written (bytes) -> cms (signed data) -> certificate (chain to `trust`)
//!                               -> since: what was added later
//!                                    appended   the added bytes, by the standard's own syntax
//!                                    revision   both readings, object by object; permission: what signers allow
//!                                    sight      both readings, words and pictures
//! later: where the signatures after the first are shown
//! ```

mod algorithm;
mod appended;
mod asn1;
mod certificate;
mod cms;
mod field;
mod later;
mod permission;
mod revision;
mod second;
mod sight;
mod since;
mod syntax;
#[cfg(test)]
mod tests;
mod trust;
mod written;

use hayro_syntax::object::{Array, Dict, FromBytes as _, Name, Number, ObjectIdentifier, String as PdfString};
use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use certificate::{CertificateInfo, TrustLevel, Validity};
pub use field::Place;
pub(crate) use later::later_widgets;
pub use trust::{Trust, TrustError};

use cms::{Signed, Verdict};
use field::Covered;
use written::Written;

use crate::contained;
use crate::text::open;

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
    /// Why it is broken or unverified, what was changed, or what was done later that it permits; in words.
    pub problem: Option<String>,
}

/// Whether a file may hold signatures. Their dictionaries stand open in the file, because their bytes are counted.
#[must_use]
pub fn may_be_signed(bytes: &[u8]) -> bool {
    // "/SigFlags" and "/FT/Sig" may be hidden in object streams; then the fields are empty.
    names_bytes(bytes) || contains(bytes, b"/SigFlags")
}

fn contains(bytes: &[u8], word: &[u8]) -> bool {
    memchr::memmem::find(bytes, word).is_some()
}

/// The signatures of a file, and its empty places for them, in the order of its form; then those that no form names.
/// `trust` is whom the user trusts; `passwords` are tried where the file needs one.
///
/// Nothing here fails: a signature that makes no sense is `Broken`, one that is there and cannot be read `Unverified`.
#[must_use]
pub fn signatures(bytes: &[u8], trust: &Trust, passwords: &[String]) -> Vec<DigitalSignature> {
    let file = open(bytes.to_vec(), passwords).ok().map(|opened| opened.pdf);
    let written = written::find(bytes);
    let fields = file.as_ref().and_then(|pdf| contained(|| field::fields(pdf)).ok()).unwrap_or_default();
    let mut found: Vec<Found> = Vec::new();
    for field in fields.iter().take(field::MOST) {
        let mut one = Found::new(DigitalSignature::empty(field.name.clone(), field.place));
        if let Some(value) = &field.value {
            one.judge(bytes, Some(value), &written, trust);
        }
        found.push(one);
    }
    for one in written.iter().filter(|w| !w.is_usage_right()) {
        let is_same = |range| range == Some(one.range) || one.rivals(&written).any(|rival| Some(rival.range) == range);
        if found.len() < field::MOST && !found.iter().any(|f| is_same(f.range)) {
            found.push(Found::stray(bytes, one, &written, trust));
        }
    }
    let made: Vec<(ObjectIdentifier, usize)> = found.iter().filter_map(|f| f.id.zip(f.end)).collect();
    for one in &mut found {
        let Some(end) = one.end else { continue };
        let since = since::Since { bytes, end, file: file.as_ref(), passwords, made: &made, id: one.id };
        (one.out.integrity, one.out.problem) = since.verdict();
    }
    let is_judged = found.iter().any(|f| f.out.integrity != Integrity::Unsigned);
    let is_known = !written.is_empty() && written.iter().all(Written::is_usage_right);
    let mut out: Vec<_> = found.into_iter().map(|f| f.out).collect();
    if !is_judged && !is_known && names_bytes(bytes) {
        out.push(DigitalSignature::unread("it cannot be found in the structure of the file"));
    }
    out
}

/// Whether a file names bytes that a signature covers.
#[must_use]
pub fn names_bytes(bytes: &[u8]) -> bool {
    contains(bytes, b"/ByteRange")
}

/// A signature on its way to a verdict.
struct Found {
    out: DigitalSignature,
    range: Option<[usize; 4]>,
    /// The object that it stands in.
    id: Option<ObjectIdentifier>,
    /// Where its revision ends, if it is one of these bytes.
    end: Option<usize>,
}

impl Found {
    fn new(out: DigitalSignature) -> Self {
        Self { out, range: None, id: None, end: None }
    }

    /// A signature that stands in the bytes, and that no field of the form shows.
    fn stray(bytes: &[u8], written: &Written, all: &[Written], trust: &Trust) -> Self {
        let mut one = Self::new(DigitalSignature::empty(String::new(), None));
        one.range = Some(written.range);
        one.id = written.object.as_ref().map(|(id, _)| appended::id(*id));
        let dict = written.object.as_ref().and_then(|(_, item)| Dict::from_bytes(bytes.get(item.range.start..)?));
        one.judge(bytes, dict.as_ref(), all, trust);
        one
    }

    fn judge(&mut self, bytes: &[u8], value: Option<&Dict<'_>>, written: &[Written], trust: &Trust) {
        if let Some(value) = value {
            self.id = self.id.or_else(|| value.obj_id());
            self.range = self.range.or_else(|| range(value));
            self.out.claims(value);
        }
        let format = value.and_then(|v| v.get::<Name<'_>>(b"SubFilter")).map(|name| name.to_vec());
        self.out.is_time_stamp = format.as_deref() == Some(b"ETSI.RFC3161");
        if let Err((integrity, problem)) = self.verify(bytes, value, written, format.as_deref(), trust) {
            (self.out.integrity, self.out.problem) = (integrity, Some(problem.to_owned()));
        }
    }

    fn verify(
        &mut self,
        bytes: &[u8],
        value: Option<&Dict<'_>>,
        written: &[Written],
        format: Option<&[u8]>,
        trust: &Trust,
    ) -> Result<(), Problem> {
        let unfit = || broken("it does not name the bytes that it covers");
        let covered = Covered::read(bytes, &self.range.ok_or_else(unfit)?).ok_or_else(unfit)?;
        let at = |n: usize| n as u64;
        let first = covered.parts[0].len();
        self.out.covered = [at(first), at(covered.end - covered.parts[1].len()), at(covered.end)];
        self.out.covers_whole_file = covered.end == bytes.len();
        let der = covered.signature(LARGEST).ok_or_else(|| broken("the signature itself cannot be read"))?;
        // What is left out must be what other programs take for the signature, which is never encrypted.
        let mut same = written.iter().filter(|w| Some(w.range) == self.range).peekable();
        let is_elsewhere = same.peek().is_some();
        let own = same.find(|w| w.object.as_ref().is_none_or(|(id, _)| Some(appended::id(*id)) == self.id));
        let fits = match own {
            Some(own) => own.leaves_out_its_signature(bytes),
            None => !is_elsewhere && written::before_is_contents(bytes, first),
        };
        let shown = value.and_then(|v| v.get::<PdfString<'_>>(b"Contents"));
        if !fits || (shown.is_none_or(|shown| shown.as_bytes() != der) && !contains(bytes, b"/Encrypt")) {
            return Err(unfit());
        }
        if own.is_some_and(|own| own.rivals(written).next().is_some()) {
            return Err((Integrity::Unverified, "it names the bytes that it covers twice, and not the same ones"));
        }
        if format == Some(b"adbe.x509.rsa_sha1") {
            // It is the bare signature, and its certificate stands beside it.
            return Err(problem(Verdict::Unsupported));
        }
        let signed = Signed::read(&der).ok_or_else(|| broken("the signature itself cannot be read"))?;
        self.out.judge(&signed, &covered, format, trust)?;
        self.end = Some(covered.end);
        Ok(())
    }
}

/// The bytes that a signature names.
fn range(value: &Dict<'_>) -> Option<[usize; 4]> {
    let numbers = value.get::<Array<'_>>(b"ByteRange")?;
    let numbers: Vec<usize> =
        numbers.iter::<Number>().filter_map(|n| usize::try_from(n.as_i64()).ok()).take(5).collect();
    numbers.try_into().ok()
}

type Problem = (Integrity, &'static str);

fn broken(problem: &'static str) -> Problem {
    (Integrity::Broken, problem)
}

impl DigitalSignature {
    fn empty(field: String, place: Option<Place>) -> Self {
        Self {
            field,
            place,
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
        }
    }

    /// One that is in a file and cannot be read.
    #[must_use]
    pub fn unread(problem: &str) -> Self {
        let problem = Some(problem.to_owned());
        Self { integrity: Integrity::Unverified, problem, ..Self::empty(String::new(), None) }
    }

    /// What the file says beside the signature; the signature itself knows better.
    fn claims(&mut self, value: &Dict<'_>) {
        let said = |key: &[u8]| value.get::<PdfString<'_>>(key);
        self.signer = said(b"Name").map(|name| field::text(name.as_bytes())).filter(|t| !t.is_empty());
        if let Some((at, on)) = said(b"M").and_then(|time| field::moment(time.as_bytes())) {
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
