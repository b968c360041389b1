//! Hashes and signatures of bytes.

use ecdsa::signature::hazmat::PrehashVerifier as _;
use rsa::{BoxedUint, Pkcs1v15Sign, Pss, PublicKey};
use sha1::Sha1;
use sha2::digest::{Digest, FixedOutputReset};
use sha2::{Sha256, Sha384, Sha512};
use sha3::{Sha3_256, Sha3_384, Sha3_512};

use super::asn1::{self, Element, INTEGER, OID, SEQUENCE};

/// Largest RSA key in bits: larger ones only cost time.
const MAX_RSA_BITS: usize = 8192;
/// RSA keys below this are weak (NIST SP 800-131A).
const WEAK_RSA_BITS: u32 = 2048;

/// A hash function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
    Sha3By256,
    Sha3By384,
    Sha3By512,
}

impl Hash {
    /// The hash with this identifier.
    pub(super) fn by_oid(oid: &[u8]) -> Option<Self> {
        Some(match oid {
            [0x2b, 0x0e, 0x03, 0x02, 0x1a] => Self::Sha1,
            [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, n] => match n {
                1 => Self::Sha256,
                2 => Self::Sha384,
                3 => Self::Sha512,
                8 => Self::Sha3By256,
                9 => Self::Sha3By384,
                10 => Self::Sha3By512,
                _ => return None,
            },
            _ => return None,
        })
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Sha1 => "SHA-1",
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
            Self::Sha3By256 => "SHA3-256",
            Self::Sha3By384 => "SHA3-384",
            Self::Sha3By512 => "SHA3-512",
        }
    }

    /// The hash of `parts`, one after the other.
    pub(super) fn of(self, parts: &[&[u8]]) -> Vec<u8> {
        fn run<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
            let mut digest = D::new();
            for part in parts {
                digest.update(part);
            }
            digest.finalize().to_vec()
        }
        match self {
            Self::Sha1 => run::<Sha1>(parts),
            Self::Sha256 => run::<Sha256>(parts),
            Self::Sha384 => run::<Sha384>(parts),
            Self::Sha512 => run::<Sha512>(parts),
            Self::Sha3By256 => run::<Sha3_256>(parts),
            Self::Sha3By384 => run::<Sha3_384>(parts),
            Self::Sha3By512 => run::<Sha3_512>(parts),
        }
    }
}

/// How a signature was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scheme {
    pub(super) hash: Hash,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Rsa,
    Pss {
        salt: usize,
    },
    Ecdsa,
    /// Signs the message itself (RFC 8419).
    Edwards,
}

impl Scheme {
    /// The scheme of an algorithm identifier. Some name only the kind of key; then the hash is `digest`.
    pub(super) fn read(identifier: Element<'_>, digest: Option<Hash>) -> Option<Self> {
        let mut parts = identifier.is(SEQUENCE)?.inside();
        let oid = parts.take(OID)?.body;
        let parameters = parts.next();
        let (hash, kind) = match oid {
            // PKCS #1: 1.2.840.113549.1.1
            [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, n] => match n {
                1 => (digest?, Kind::Rsa),
                5 => (Hash::Sha1, Kind::Rsa),
                10 => pss(parameters)?,
                11 => (Hash::Sha256, Kind::Rsa),
                12 => (Hash::Sha384, Kind::Rsa),
                13 => (Hash::Sha512, Kind::Rsa),
                _ => return None,
            },
            // ANSI X9.62: 1.2.840.10045
            [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01] => (digest?, Kind::Ecdsa),
            [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x01] => (Hash::Sha1, Kind::Ecdsa),
            [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, n] => match n {
                2 => (Hash::Sha256, Kind::Ecdsa),
                3 => (Hash::Sha384, Kind::Ecdsa),
                4 => (Hash::Sha512, Kind::Ecdsa),
                _ => return None,
            },
            // NIST: 2.16.840.1.101.3.4.3, with SHA-3
            [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, n] => match n {
                10 => (Hash::Sha3By256, Kind::Ecdsa),
                11 => (Hash::Sha3By384, Kind::Ecdsa),
                12 => (Hash::Sha3By512, Kind::Ecdsa),
                14 => (Hash::Sha3By256, Kind::Rsa),
                15 => (Hash::Sha3By384, Kind::Rsa),
                16 => (Hash::Sha3By512, Kind::Rsa),
                _ => return None,
            },
            [0x2b, 0x65, 0x70] => (digest.unwrap_or(Hash::Sha512), Kind::Edwards),
            _ => return None,
        };
        Some(Self { hash, kind })
    }
}

/// Parameters of RSA-PSS (RFC 4055, 3.1); what is left out means SHA-1 and 20 bytes of salt.
fn pss(parameters: Option<Element<'_>>) -> Option<(Hash, Kind)> {
    let mut fields = parameters?.is(SEQUENCE)?.inside();
    let oid = |e: Element<'_>| Hash::by_oid(e.is(SEQUENCE)?.inside().take(OID)?.body);
    let hash = match fields.optional(asn1::context(0)) {
        Some(field) => oid(field.inside().next()?)?,
        None => Hash::Sha1,
    };
    let mask = match fields.optional(asn1::context(1)) {
        Some(field) => {
            let mut generator = field.inside().take(SEQUENCE)?.inside();
            generator.take(OID)?;
            oid(generator.next()?)?
        }
        None => Hash::Sha1,
    };
    let salt = match fields.optional(asn1::context(2)) {
        Some(field) => {
            let digits = field.inside().take(INTEGER)?.body;
            digits.iter().try_fold(0usize, |n, b| n.checked_mul(256)?.checked_add(usize::from(*b)))?
        }
        None => 20,
    };
    // Two different hashes are allowed and not used by anybody.
    (mask == hash && salt <= 512).then_some((hash, Kind::Pss { salt }))
}

/// A public key.
#[derive(Debug, Clone)]
pub(super) enum Key {
    Rsa(PublicKey),
    P256(p256::ecdsa::VerifyingKey),
    P384(p384::ecdsa::VerifyingKey),
    P521(p521::ecdsa::VerifyingKey),
    Brainpool256(ecdsa::VerifyingKey<bp256::BrainpoolP256r1>),
    Brainpool384(ecdsa::VerifyingKey<bp384::BrainpoolP384r1>),
    Ed25519(ed25519_dalek::VerifyingKey),
}

impl Key {
    /// The key of a `SubjectPublicKeyInfo`; none of a kind that is not known here.
    pub(super) fn read(info: Element<'_>) -> Option<Self> {
        let mut parts = info.is(SEQUENCE)?.inside();
        let mut algorithm = parts.take(SEQUENCE)?.inside();
        let oid = algorithm.take(OID)?.body;
        let parameters = algorithm.next();
        let bits = parts.next()?.bits()?;
        match oid {
            // Keys meant for PSS alone have an identifier of their own.
            [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 1 | 10] => {
                let mut numbers = Element::first(bits)?.is(SEQUENCE)?.inside();
                // Without the zero that says that it is no negative number: the crate compares widths.
                let mut number = || {
                    let digits = numbers.take(INTEGER)?.body;
                    let zeros = digits.iter().take_while(|digit| **digit == 0).count();
                    Some(BoxedUint::from_be_slice_vartime(&digits[zeros..]))
                };
                PublicKey::new_with_size_limits(number()?, number()?, 1..=MAX_RSA_BITS).ok().map(Self::Rsa)
            }
            [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01] => match parameters?.is(OID)?.body {
                [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07] => {
                    p256::ecdsa::VerifyingKey::from_sec1_bytes(bits).ok().map(Self::P256)
                }
                [0x2b, 0x81, 0x04, 0x00, 0x22] => p384::ecdsa::VerifyingKey::from_sec1_bytes(bits).ok().map(Self::P384),
                [0x2b, 0x81, 0x04, 0x00, 0x23] => p521::ecdsa::VerifyingKey::from_sec1_bytes(bits).ok().map(Self::P521),
                // Brainpool (RFC 5639): 1.3.36.3.3.2.8.1.1, the curves that are not twisted
                [0x2b, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, n] => match n {
                    7 => ecdsa::VerifyingKey::from_sec1_bytes(bits).ok().map(Self::Brainpool256),
                    11 => ecdsa::VerifyingKey::from_sec1_bytes(bits).ok().map(Self::Brainpool384),
                    _ => None,
                },
                _ => None,
            },
            [0x2b, 0x65, 0x70] => {
                ed25519_dalek::VerifyingKey::from_bytes(bits.try_into().ok()?).ok().map(Self::Ed25519)
            }
            _ => None,
        }
    }

    /// Whether `signature` is one of `message` by this key; none where key and scheme do not fit each other.
    pub(super) fn verify(&self, scheme: Scheme, message: &[&[u8]], signature: &[u8]) -> Option<bool> {
        if let (Self::Ed25519(key), Kind::Edwards) = (self, scheme.kind) {
            let signature = ed25519_dalek::Signature::from_slice(signature);
            return Some(signature.is_ok_and(|s| key.verify_strict(&message.concat(), &s).is_ok()));
        }
        let hashed = scheme.hash.of(message);
        // As a number, a short hash is the same with zeros before it; the crates refuse one of less than half the field.
        let wide = |field: usize| [vec![0; field.saturating_sub(hashed.len())], hashed.clone()].concat();
        Some(match (self, scheme.kind) {
            (Self::Rsa(key), Kind::Rsa) => {
                let padding = match scheme.hash {
                    Hash::Sha1 => Pkcs1v15Sign::new::<Sha1>(),
                    Hash::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
                    Hash::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
                    Hash::Sha512 => Pkcs1v15Sign::new::<Sha512>(),
                    Hash::Sha3By256 => Pkcs1v15Sign::new::<Sha3_256>(),
                    Hash::Sha3By384 => Pkcs1v15Sign::new::<Sha3_384>(),
                    Hash::Sha3By512 => Pkcs1v15Sign::new::<Sha3_512>(),
                };
                key.verify(padding, &hashed, signature).is_ok()
            }
            (Self::Rsa(key), Kind::Pss { salt }) => {
                let by = match scheme.hash {
                    Hash::Sha1 => padded::<Sha1>,
                    Hash::Sha256 => padded::<Sha256>,
                    Hash::Sha384 => padded::<Sha384>,
                    Hash::Sha512 => padded::<Sha512>,
                    Hash::Sha3By256 => padded::<Sha3_256>,
                    Hash::Sha3By384 => padded::<Sha3_384>,
                    Hash::Sha3By512 => padded::<Sha3_512>,
                };
                by(key, salt, &hashed, signature)
            }
            (Self::P256(key), Kind::Ecdsa) => {
                let signature = p256::ecdsa::Signature::from_der(signature);
                signature.is_ok_and(|s| key.verify_prehash(&hashed, &s).is_ok())
            }
            (Self::P384(key), Kind::Ecdsa) => {
                let signature = p384::ecdsa::Signature::from_der(signature);
                signature.is_ok_and(|s| key.verify_prehash(&wide(48), &s).is_ok())
            }
            (Self::P521(key), Kind::Ecdsa) => {
                let signature = p521::ecdsa::Signature::from_der(signature);
                signature.is_ok_and(|s| key.verify_prehash(&wide(66), &s).is_ok())
            }
            (Self::Brainpool256(key), Kind::Ecdsa) => {
                let signature = bp256::r1::ecdsa::Signature::from_der(signature);
                signature.is_ok_and(|s| key.verify_prehash(&hashed, &s).is_ok())
            }
            (Self::Brainpool384(key), Kind::Ecdsa) => {
                let signature = bp384::r1::ecdsa::Signature::from_der(signature);
                signature.is_ok_and(|s| key.verify_prehash(&wide(48), &s).is_ok())
            }
            _ => return None,
        })
    }

    /// What the key and `scheme` are called, such as `RSA-PSS, SHA-256`.
    pub(super) fn describe(&self, scheme: Scheme) -> String {
        let key = match (self, scheme.kind) {
            (Self::Rsa(_), Kind::Pss { .. }) => "RSA-PSS",
            (Self::Rsa(_), _) => "RSA",
            (Self::P256(_), _) => "ECDSA P-256",
            (Self::P384(_), _) => "ECDSA P-384",
            (Self::P521(_), _) => "ECDSA P-521",
            (Self::Brainpool256(_), _) => "ECDSA brainpoolP256r1",
            (Self::Brainpool384(_), _) => "ECDSA brainpoolP384r1",
            (Self::Ed25519(_), _) => return "Ed25519".to_owned(),
        };
        format!("{key}, {}", scheme.hash.name())
    }

    /// Whether a signature by this key could be forged by somebody with means: SHA-1, or a short key.
    pub(super) fn is_weak(&self, scheme: Scheme) -> bool {
        use rsa::traits::PublicKeyParts as _;
        scheme.hash == Hash::Sha1 || matches!(self, Self::Rsa(key) if key.n().bit_width() < WEAK_RSA_BITS)
    }
}

/// Whether a signature with RSA-PSS and this hash and length of salt is that of `hashed`.
fn padded<D: Digest + FixedOutputReset>(key: &PublicKey, salt: usize, hashed: &[u8], signature: &[u8]) -> bool {
    key.verify(Pss::<D>::new_with_salt(salt), hashed, signature).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Signed by OpenSSL, with keys that were thrown away.
    const MESSAGE: &[u8] = b"payable in arrears";
    const P521: &str = "30819b301006072a8648ce3d020106052b810400230381860004013ed0df98cd95557f2cf8703164158ed5f05fd184cc4c1337c1\
        cc18fa986a79676bdd21d22ac64797e078759eba68cc907f7ea3b35748eb926a45f4718d7f0e9b2b00e2506005bd14c6f1b1c0c544325ed1\
        e41b371d8516d02da5f0c1f9d2138a07b10c712e9633eb2f1cdc6e863c1c14680f2aa1951d53eb6048f55ceb6697ef243e16";
    const BY_P521: [(&str, &str); 2] = [
        (
            "06082a8648ce3d040304",
            "30818802420092b6234ad1c655b84ba8d18cc3cae1f4b13763e7a1351354cd1aa0450ed63f8578165295a0393568cd25887594e8ebdd\
             e75aa45f410b6aff6be924da67bdf60a6c024200ea2a6932f2772e5e6e00c57a58c9895517c6659deb4ddcad46535432833a9c9f7d9e\
             a7341de63d515929ffb7954b4c5e846c79012d6ea813e25a1d550745b8f801",
        ),
        (
            "060960864801650304030c",
            "308188024200b40b3ebd869d7b4c04caa2e11bee75828747e6c46942ad035ca6c32956e022d43d8a6fb333166d01d6aaab011a383d56\
             fd015aa805062e3837151b0f5c9a0275de024201a8bccfc6f668ca279233447a5874be06bae8fdb6bf0ca5ccf514ec2f5aa81c0e9a6f\
             00b0838ce68ffea51dd3488cac6d907ca2e843863c561d1a7acb18921840f3",
        ),
    ];
    const SHORT: [(&str, &str, &str, &str); 2] = [
        (
            "3076301006072a8648ce3d020106052b8104002203620004b3a8f620d7a5880201fbc2f8f35092027db1a2432443114878cb25eda4ff9960\
             be2a59fd5b30c01acae97c38eadd5df98b8d058f33c1e92e9840cbc2b16721f878959e9fe24c50c5cbca59e61ebf3872c59128bc30d923\
             509a85b21eb5e0e0a5",
            "06072a8648ce3d0401",
            "3066023100b11de44873da7a7b062f30ccc224be748ce6eacf67441e2299d22d19fceaefecddbd4ec2ebbe5a1e42a95011c8569a070231\
             00a4948f1478cc0cfd11dc8e76f60a2a237fd083bdd6709a8f01a9a3dbf4c92b40b1b04a1a0dc6971a0d601031281d4a8e",
            "ECDSA P-384, SHA-1",
        ),
        (
            "30819b301006072a8648ce3d020106052b81040023038186000400405d4ac80c4fbac5d1a3007212fe2ad6e4b98923cc2709d8267644a1\
             e2cd8ca810eb877d857cec73d13ccce15892bad4f2cf2bc740f939ebc215dc84324e56c58500755fb4b2b2da77052897dca00be279400c\
             800c368576a23e10f82e14897e19bc772b617d374c133286a78a6b7bcd7a1cc9a5651abf65f4be172e0bab947bda9eed",
            "06082a8648ce3d040302",
            "3081880242018c4c81115653bf751aefb2edf66e5ea9ca684b5bab1b7880e1272159b1ab77322fefa677ddfffbfbd67178a8c631797570\
             f5a59db9cf6b1161ce359626ae6e53a6024201197669b83697c06b4806b0c7ab663a24f821c914ad88b3c7539c676e1192561ca76d9631\
             0133cc37caced5d4c650411b3e502328dbfc32976e19336566c65cb749",
            "ECDSA P-521, SHA-256",
        ),
    ];
    const BRAINPOOL: [(&str, &str, &str, &str); 3] = [
        (
            "305a301406072a8648ce3d020106092b2403030208010107034200043f29085edadd6d5a07e99ab9415653b423504beff09fbfb5fe48c53e24c4\
             3887728475ef90089aa4e0a967ebc2d9e2ec6e4b4d452f910e462dea5707e8afde9d",
            "06082a8648ce3d040302",
            "304402206d893cf0b70e03c13cfa04a0ee5004687943d5cb0fa2f30686c340a2c0b89c170220332fdbf2deb82e00a5d90518210984a41dec72b\
             4bd6fb53ce10df166398a3ac9",
            "ECDSA brainpoolP256r1, SHA-256",
        ),
        (
            BRAINPOOL_384,
            "06082a8648ce3d040303",
            "306502307db54ce5211cb9512224a6a4ef393430d5495f25fbf2a50c642f4f92a71a513153dd7439f658a43d691b4fe056ac05e002310085b22\
             581f19209690515f374c3ab917a13f817a8a537ab46188b2dafbbf01a36050e11cb50cfd7aec35645cec7d140fc",
            "ECDSA brainpoolP384r1, SHA-384",
        ),
        (
            BRAINPOOL_384,
            "06072a8648ce3d0401",
            "3064023072562e15dd8cd96aa5ca7c31a677574f22bce7aa297e1ad3cf14e77f9567932c7750992e9b5cf7e70a59159221a527770230278565\
             3e77543d8a509ea737fbb1c2cadd8df6de7097d031f108b46dd8046f90c97516544bd3d1c7700227562a3f7e78",
            "ECDSA brainpoolP384r1, SHA-1",
        ),
    ];
    const BRAINPOOL_384: &str = "307a301406072a8648ce3d020106092b240303020801010b036200044501a9825da056eb395ffd7646ee14d9d23882\
        d0324ea77d5c266204605342c66da2b6dc1cc1690bd63c5472b5cc72a002c704d04dbe13194d887b865a2192303a57b9184caa1ad88959c9a64e\
        0d10f88caea3fe55b71703b340a3372f100f2c";
    const ED25519: &str = "302a300506032b65700321002b89ea97e4af4dd4e24e30735f764e525ef45ade44073803076ab20f9bed5341";
    const BY_ED25519: &str = "1f5b4b5d68a364e156421991245dc8202934c840f296c4664bc6e740faf5643add219787fdf3f1e5ca3f06fc43a\
        7868b7ffe760f2e2820a7d75c9aa796e43701";

    fn bytes(digits: &str) -> Vec<u8> {
        digits.as_bytes().chunks(2).map(|d| u8::from_str_radix(std::str::from_utf8(d).unwrap(), 16).unwrap()).collect()
    }

    fn check(key: &str, scheme: &str, signature: &str, name: &str) {
        let key = Key::read(Element::first(&bytes(key)).unwrap()).unwrap();
        let scheme = Scheme::read(Element::first(&asn1::encode(SEQUENCE, &bytes(scheme))).unwrap(), None).unwrap();
        let (signature, parts) = (bytes(signature), MESSAGE.split_at(7));
        assert_eq!(key.describe(scheme), name);
        assert_eq!(key.verify(scheme, &[parts.0, parts.1], &signature), Some(true), "{name}");
        assert_eq!(key.verify(scheme, &[b"payable in advance"], &signature), Some(false), "{name}");
    }

    #[test]
    fn curves_that_few_use() {
        check(P521, BY_P521[0].0, BY_P521[0].1, "ECDSA P-521, SHA-512");
        check(P521, BY_P521[1].0, BY_P521[1].1, "ECDSA P-521, SHA3-512");
        check(ED25519, "06032b6570", BY_ED25519, "Ed25519");
    }

    #[test]
    fn curves_of_brainpool() {
        for (key, scheme, signature, name) in BRAINPOOL {
            check(key, scheme, signature, name);
        }
        // 512 bits: no crate has the curve.
        let named = bytes("301406072a8648ce3d020106092b240303020801010d");
        let key = [named, asn1::encode(0x03, &[0, 4])].concat();
        assert!(Key::read(Element::first(&asn1::encode(SEQUENCE, &key)).unwrap()).is_none());
    }

    #[test]
    fn hashes_shorter_than_half_the_field() {
        for (key, scheme, signature, name) in SHORT {
            check(key, scheme, signature, name);
        }
    }
}
