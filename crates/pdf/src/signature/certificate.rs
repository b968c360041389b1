//! Certificates (X.509), and the way from one to somebody the user trusts.

use std::collections::BTreeSet;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::algorithm::{Key, Scheme};
use super::asn1::{BOOLEAN, Element, INTEGER, OCTETS, OID, SEQUENCE, context};
use super::trust::Trust;

/// Longest chain that is followed.
const CHAIN: usize = 8;

/// Whether a certificate was valid when it was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Validity {
    /// The day of signing lies within its period.
    Valid,
    /// It had expired.
    Expired,
    /// Its period had not begun.
    NotYetValid,
    /// The time of signing is not known.
    Unknown,
}

/// Whether a certificate leads to one that the user trusts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TrustLevel {
    /// A chain of valid certificates leads to one of the user's.
    Trusted,
    /// None does, or the user gave none.
    Untrusted,
}

/// What a certificate says, and what it is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CertificateInfo {
    /// Whom it names, such as `Alice Reed, Larkfield Instruments Inc.`.
    pub subject: String,
    /// Who issued it.
    pub issuer: String,
    /// Its number, in hexadecimal digits.
    pub serial: String,
    /// First moment of its period.
    #[schemars(with = "String")]
    pub valid_from: Timestamp,
    /// Last moment of its period.
    #[schemars(with = "String")]
    pub valid_to: Timestamp,
    /// Whether it was valid at the time of signing.
    pub at_signing: Validity,
    /// Whether it leads to a certificate that the user trusts.
    pub trust: TrustLevel,
}

/// A certificate, as far as it is looked at.
#[derive(Debug, Clone)]
pub(super) struct Certificate<'a> {
    pub(super) whole: &'a [u8],
    signed: &'a [u8],
    pub(super) serial: &'a [u8],
    pub(super) issuer: &'a [u8],
    subject: Element<'a>,
    not_before: Timestamp,
    not_after: Timestamp,
    pub(super) key: Option<Key>,
    scheme: Option<Scheme>,
    signature: &'a [u8],
    /// Identifier of its key.
    pub(super) key_id: Option<&'a [u8]>,
    is_authority: bool,
    /// Bits of its key usage; none where it may be used for everything.
    usage: Option<u8>,
}

impl<'a> Certificate<'a> {
    /// The certificate in `element`.
    pub(super) fn read(element: Element<'a>) -> Option<Self> {
        let mut parts = element.is(SEQUENCE)?.inside();
        let signed = parts.take(SEQUENCE)?;
        let scheme = Scheme::read(parts.take(SEQUENCE)?, None);
        let signature = parts.next()?.bits()?;
        let mut fields = signed.inside();
        let _version = fields.optional(context(0));
        let serial = fields.take(INTEGER)?.body;
        let _algorithm = fields.take(SEQUENCE)?;
        let issuer = fields.take(SEQUENCE)?.whole;
        let mut period = fields.take(SEQUENCE)?.inside();
        let (not_before, not_after) = (period.next()?.time()?, period.next()?.time()?);
        let subject = fields.take(SEQUENCE)?;
        let key = Key::read(fields.take(SEQUENCE)?);
        let extensions = fields.all().find(|e| e.tag == context(3));
        let mut certificate = Self {
            whole: element.whole,
            signed: signed.whole,
            serial,
            issuer,
            subject,
            not_before,
            not_after,
            key,
            scheme,
            signature,
            key_id: None,
            is_authority: false,
            usage: None,
        };
        for extension in extensions.and_then(|e| e.inside().next()).into_iter().flat_map(|e| e.inside().all()) {
            certificate.extension(extension);
        }
        Some(certificate)
    }

    /// Takes in one extension of those that matter: 2.5.29.
    fn extension(&mut self, extension: Element<'a>) -> Option<()> {
        let mut parts = extension.inside();
        let oid = parts.take(OID)?.body;
        let _critical = parts.optional(BOOLEAN);
        let value = Element::first(parts.take(OCTETS)?.body)?;
        match oid {
            [0x55, 0x1d, 14] => self.key_id = Some(value.is(OCTETS)?.body),
            [0x55, 0x1d, 15] => self.usage = value.body.get(1).copied(),
            [0x55, 0x1d, 19] => self.is_authority = value.inside().take(BOOLEAN)?.body != [0],
            _ => {}
        }
        Some(())
    }

    /// One part of the subject's name: 3 is the common name, 10 the organisation (2.5.4).
    pub(super) fn named(&self, attribute: u8) -> Option<String> {
        part(self.subject, attribute)
    }

    pub(super) fn at(&self, time: Option<Timestamp>) -> Validity {
        match time {
            None => Validity::Unknown,
            Some(t) if t < self.not_before => Validity::NotYetValid,
            Some(t) if t > self.not_after => Validity::Expired,
            Some(_) => Validity::Valid,
        }
    }

    /// Whether it may sign documents: digitalSignature or nonRepudiation.
    fn may_sign(&self) -> bool {
        self.usage.is_none_or(|bits| bits & 0xc0 != 0)
    }

    fn issued(&self, other: &Certificate<'_>) -> bool {
        // keyCertSign, where the use is limited at all.
        let may = self.is_authority && self.usage.is_none_or(|bits| bits & 0x04 != 0);
        let (Some(key), Some(scheme)) = (&self.key, other.scheme) else { return false };
        may && self.subject.whole == other.issuer && key.verify(scheme, &[other.signed], other.signature) == Some(true)
    }

    /// Whether a chain of certificates that were valid at `time` leads from this one to an anchor. Revocation, name
    /// constraints and policies are not looked at.
    pub(super) fn trust(&self, others: &[Certificate<'_>], trust: &Trust, time: Option<Timestamp>) -> TrustLevel {
        let anchors: Vec<_> =
            trust.anchors().iter().filter_map(|der| Certificate::read(Element::first(der)?)).collect();
        if !anchors.is_empty() && self.may_sign() && chained(self, others, &anchors, time, &mut BTreeSet::new()) {
            TrustLevel::Trusted
        } else {
            TrustLevel::Untrusted
        }
    }

    /// What to tell of it.
    pub(super) fn info(&self, trust: TrustLevel, time: Option<Timestamp>) -> CertificateInfo {
        let issuer = Element::first(self.issuer);
        CertificateInfo {
            subject: name(self.subject),
            issuer: issuer.map(name).unwrap_or_default(),
            serial: hexadecimal(self.serial),
            valid_from: self.not_before,
            valid_to: self.not_after,
            at_signing: self.at(time),
            trust,
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digits = bytes.iter().take(40).flat_map(|b| [b >> 4, b & 15]);
    digits.filter_map(|d| char::from_digit(u32::from(d), 16)).collect()
}

/// Each certificate is tried once, so that a tangle of them costs no more than their number.
fn chained<'a>(
    from: &Certificate<'_>,
    others: &[Certificate<'a>],
    anchors: &[Certificate<'_>],
    time: Option<Timestamp>,
    seen: &mut BTreeSet<&'a [u8]>,
) -> bool {
    if from.at(time) != Validity::Valid {
        return false;
    }
    if anchors.iter().any(|a| a.whole == from.whole || a.at(time) == Validity::Valid && a.issued(from)) {
        return true;
    }
    others.iter().any(|next| {
        seen.len() < CHAIN && next.issued(from) && seen.insert(next.whole) && chained(next, others, anchors, time, seen)
    })
}

/// The common name, organisation and unit of a name; all of its words where it has none of them.
fn name(of: Element<'_>) -> String {
    let parts: Vec<String> = [3, 10].into_iter().filter_map(|attribute| part(of, attribute)).collect();
    if parts.is_empty() {
        let words = of.inside().all().flat_map(|set| set.inside().all());
        return words.filter_map(|pair| pair.inside().all().nth(1)?.text()).collect::<Vec<_>>().join(", ");
    }
    parts.join(", ")
}

fn part(of: Element<'_>, attribute: u8) -> Option<String> {
    let pairs = of.inside().all().flat_map(|set| set.inside().all());
    let mut found = pairs.filter_map(|pair| {
        let mut pair = pair.inside();
        (pair.take(OID)?.body == [0x55, 4, attribute]).then(|| pair.next()?.text())?
    });
    found.next()
}
