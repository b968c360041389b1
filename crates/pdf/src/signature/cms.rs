//! Cryptographic Message Syntax (RFC 5652): signed data, and the time stamps (RFC 3161) that come with it.

use std::borrow::Cow;

use jiff::Timestamp;

use super::algorithm::{Hash, Scheme};
use super::asn1::{Element, INTEGER, OID, SEQUENCE, SET, context, encode};
use super::certificate::Certificate;

/// 1.2.840.113549.1.7.2
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
/// Attributes: 1.2.840.113549.1.9
const MESSAGE_DIGEST: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x04];
const SIGNING_TIME: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x05];
const TIME_STAMP: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x02, 0x0e];
/// Which certificate is meant (RFC 5035); the second is the old one, by SHA-1.
const CERTIFICATE_V2: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x02, 0x2f];
const CERTIFICATE_V1: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x02, 0x0c];
/// Most certificates that are read from one signature.
const MOST: usize = 64;

/// A signature, taken apart. It points into the bytes that it was read from.
#[derive(Debug)]
pub(super) struct Signed<'a> {
    /// What is signed, where the signature carries it.
    pub(super) content: Option<Cow<'a, [u8]>>,
    pub(super) certificates: Vec<Certificate<'a>>,
    /// Place of the signer's certificate among them.
    signer: Option<usize>,
    digest: Option<Hash>,
    scheme: Option<Scheme>,
    attributes: Option<Element<'a>>,
    signature: Cow<'a, [u8]>,
    unsigned: Option<Element<'a>>,
}

/// What the mathematics say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The signature is one of these bytes.
    Good,
    /// It is a signature of something else.
    Digest,
    /// It is not the signature of the certificate it names.
    Signature,
    /// The certificate of the signer is not there.
    NoCertificate,
    /// It was made in a way that is not known here.
    Unsupported,
}

impl<'a> Signed<'a> {
    /// The first signature of the signed data that `der` begins with; PDF allows one only.
    pub(super) fn read(der: &'a [u8]) -> Option<Self> {
        let mut info = Element::first(der)?.is(SEQUENCE)?.inside();
        if info.take(OID)?.body != SIGNED_DATA {
            return None;
        }
        let mut data = info.take(context(0))?.inside().take(SEQUENCE)?.inside();
        let _version = data.take(INTEGER)?;
        let _digests = data.take(SET)?;
        let mut content = data.take(SEQUENCE)?.inside();
        let _kind = content.take(OID)?;
        let content = match content.next() {
            Some(wrapped) => Some(wrapped.is(context(0))?.inside().next()?.octets()?),
            None => None,
        };
        let certificates = data.optional(context(0)).into_iter().flat_map(|set| set.inside().all());
        let certificates: Vec<_> = certificates.filter_map(Certificate::read).take(MOST).collect();
        let _revocations = data.optional(context(1));
        let mut signer = data.take(SET)?.inside().take(SEQUENCE)?.inside();
        let _version = signer.take(INTEGER)?;
        let who = signer.next()?;
        let is_meant = |c: &Certificate<'_>| match who.tag {
            SEQUENCE => {
                let mut who = who.inside();
                who.next().is_some_and(|issuer| issuer.whole == c.issuer)
                    && who.take(INTEGER).is_some_and(|serial| serial.body == c.serial)
            }
            // The identifier of the key, without a tag of its own.
            0x80 => c.key_id == Some(who.body),
            _ => false,
        };
        let place = certificates.iter().position(is_meant);
        let digest = Hash::by_oid(signer.take(SEQUENCE)?.inside().take(OID)?.body);
        let attributes = signer.optional(context(0));
        let scheme = Scheme::read(signer.take(SEQUENCE)?, digest);
        let signature = signer.next()?.octets()?;
        let unsigned = signer.optional(context(1));
        Some(Self { content, certificates, signer: place, digest, scheme, attributes, signature, unsigned })
    }

    /// The certificate of the signer.
    pub(super) fn certificate(&self) -> Option<&Certificate<'a>> {
        self.certificates.get(self.signer?)
    }

    /// Whether this is a signature of `message`, the parts one after the other.
    pub(super) fn verify(&self, message: &[&[u8]]) -> Verdict {
        let (Some(digest), Some(scheme)) = (self.digest, self.scheme) else { return Verdict::Unsupported };
        let Some(certificate) = self.certificate() else { return Verdict::NoCertificate };
        let Some(key) = &certificate.key else { return Verdict::Unsupported };
        let good = match self.attributes {
            None => key.verify(scheme, message, &self.signature),
            Some(attributes) => {
                let Some(said) = self.attribute(MESSAGE_DIGEST) else { return Verdict::Digest };
                if said.body != digest.of(message) {
                    return Verdict::Digest;
                }
                if !self.names(certificate) {
                    return Verdict::Signature;
                }
                // What is signed is the set itself, and not the field that holds it (RFC 5652, 5.4).
                key.verify(scheme, &[&encode(SET, attributes.body)], &self.signature)
            }
        };
        match good {
            Some(true) => Verdict::Good,
            Some(false) => Verdict::Signature,
            None => Verdict::Unsupported,
        }
    }

    /// Whether the certificate is the one that was signed along; some signers sign none.
    fn names(&self, certificate: &Certificate<'_>) -> bool {
        let first = |attribute: Element<'a>| attribute.inside().next()?.inside().next();
        let same = |id: Element<'a>, default: Hash| {
            let mut parts = id.inside();
            let hash = parts.optional(SEQUENCE).map(|a| a.inside().take(OID).and_then(|oid| Hash::by_oid(oid.body)));
            let said = parts.next().and_then(|e| e.octets());
            // A hash that is not known here says nothing.
            hash.unwrap_or(Some(default))
                .is_none_or(|hash| said.is_some_and(|said| *said == hash.of(&[certificate.whole])))
        };
        [(CERTIFICATE_V2, Hash::Sha256), (CERTIFICATE_V1, Hash::Sha1)].into_iter().all(|(oid, default)| {
            self.attribute(oid).is_none_or(|attribute| first(attribute).is_some_and(|id| same(id, default)))
        })
    }

    fn attribute(&self, wanted: &[u8]) -> Option<Element<'a>> {
        find(self.attributes?, wanted)
    }

    /// The time that the signer's own clock gave.
    pub(super) fn signing_time(&self) -> Option<Timestamp> {
        self.attribute(SIGNING_TIME)?.time()
    }

    /// The time stamp over this signature, in DER.
    pub(super) fn time_stamp(&self) -> Option<&'a [u8]> {
        find(self.unsigned?, TIME_STAMP).map(|token| token.whole)
    }

    /// The bytes of the signature, which a time stamp is made over.
    pub(super) fn signature(&self) -> &[u8] {
        &self.signature
    }

    /// What key and hash it was made with, such as `RSA, SHA-256`, and whether that is weak.
    pub(super) fn algorithm(&self) -> Option<(String, bool)> {
        let (key, scheme) = (self.certificate()?.key.as_ref()?, self.scheme?);
        let weak = key.is_weak(scheme) || self.digest == Some(Hash::Sha1);
        Some((key.describe(scheme), weak))
    }
}

/// The first value of an attribute.
fn find<'a>(attributes: Element<'a>, wanted: &[u8]) -> Option<Element<'a>> {
    let mut all = attributes.inside().all().map(|a| a.inside());
    all.find_map(|mut a| (a.take(OID)?.body == wanted).then(|| a.take(SET)?.inside().next())?)
}

/// The time of a stamp over `message`, when it is one: whoever made it, it says that `message` existed then.
pub(super) fn stamped(stamp: &Signed<'_>, message: &[&[u8]]) -> Result<Timestamp, Verdict> {
    let content = stamp.content.as_deref().ok_or(Verdict::Unsupported)?;
    let read = || {
        let mut info = Element::first(content)?.is(SEQUENCE)?.inside();
        let (_version, _policy) = (info.take(INTEGER)?, info.take(OID)?);
        let mut imprint = info.take(SEQUENCE)?.inside();
        let hash = Hash::by_oid(imprint.take(SEQUENCE)?.inside().take(OID)?.body)?;
        let hashed = imprint.next()?.octets()?;
        let _number = info.take(INTEGER)?;
        Some((hash, hashed, info.next()?.time()?))
    };
    let (hash, hashed, time) = read().ok_or(Verdict::Unsupported)?;
    if hash.of(message) != *hashed {
        return Err(Verdict::Digest);
    }
    match stamp.verify(&[content]) {
        Verdict::Good => Ok(time),
        other => Err(other),
    }
}
