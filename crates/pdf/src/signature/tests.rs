//! The signed fixtures, each with what `fixtures/sign.py` did to it.

use super::*;

mod edits;
mod made;

const KEYS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/signatures/keys");

fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../../fixtures/signatures/{name}.pdf", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn authority(name: &str) -> Trust {
    Trust::load(format!("{KEYS}/{name}.pem").as_ref()).unwrap()
}

fn read(name: &str) -> Vec<DigitalSignature> {
    signatures(&file(name), &authority("authority"), &[])
}

fn one(name: &str) -> DigitalSignature {
    let mut all = read(name);
    assert_eq!(all.len(), 1, "{name}");
    all.remove(0)
}

#[test]
fn every_way_to_sign() {
    for (name, signer, algorithm, weak) in [
        ("rsa-pkcs1", "Alice Reed", "RSA, SHA-256", false),
        ("rsa-pss", "Alice Reed", "RSA-PSS, SHA-512", false),
        ("ecdsa-p256", "Harold Stone", "ECDSA P-256, SHA-256", false),
        ("ecdsa-p384", "Miriam Vale", "ECDSA P-384, SHA-384", false),
        ("brainpool-p256", "Jonas Brandt", "ECDSA brainpoolP256r1, SHA-256", false),
        ("brainpool-p384", "Karla Weiss", "ECDSA brainpoolP384r1, SHA-384", false),
        ("sha1", "Alice Reed", "RSA, SHA-1", true),
    ] {
        let found = one(name);
        assert_eq!(found.integrity, Integrity::Intact, "{name}: {:?}", found.problem);
        assert_eq!(found.signer.as_deref(), Some(signer), "{name}");
        assert_eq!((found.algorithm.as_deref(), found.weak), (Some(algorithm), weak), "{name}");
        assert_eq!(found.signed_at.unwrap().to_string(), "2024-03-14T09:30:00Z", "{name}");
        assert_eq!(found.signed_on.unwrap().to_string(), "2024-03-14", "{name}");
        assert_eq!(found.clock, Some(Clock::Signer), "{name}");
        assert!(found.covers_whole_file, "{name}");
        let certificate = found.certificate.unwrap();
        assert_eq!(certificate.trust, TrustLevel::Trusted, "{name}");
        assert_eq!(certificate.at_signing, Validity::Valid, "{name}");
        assert_eq!(certificate.issuer, "Tickler Test Authority, Tickler Tests", "{name}");
    }
}

#[test]
fn the_place_of_a_signature_on_its_page() {
    let place = one("rsa-pkcs1").place.unwrap();
    assert_eq!(place, Place { page: 1, edges: Some([75.0, 352.0, 280.0, 392.0]) });
}

#[test]
fn a_second_signature_leaves_the_first_intact() {
    let both = read("two-signatures");
    let said: Vec<_> = both
        .iter()
        .map(|s| (s.field.as_str(), s.integrity, s.covers_whole_file, s.signed_on.unwrap().to_string()))
        .collect();
    assert_eq!(
        said,
        [
            ("Vendor", Integrity::Intact, false, "2024-03-14".to_owned()),
            ("Customer", Integrity::Intact, true, "2024-03-27".to_owned())
        ]
    );
}

#[test]
fn what_is_written_after_signing_is_noticed() {
    let changed = one("changed-after-signing");
    assert_eq!((changed.integrity, changed.covers_whole_file), (Integrity::ChangedAfterSigning, false));
    // The second one signed the change.
    let both = read("changed-between");
    assert_eq!([both[0].integrity, both[1].integrity], [Integrity::ChangedAfterSigning, Integrity::Intact]);
}

#[test]
fn a_changed_byte_breaks_it() {
    let broken = one("broken");
    assert_eq!(broken.integrity, Integrity::Broken);
    assert!(broken.problem.unwrap().contains("not those that were signed"));
    assert_eq!(broken.certificate.unwrap().trust, TrustLevel::Untrusted);
    // Every byte is covered: any one of a sample breaks it, or takes the signature away with the file's structure.
    let bytes = file("rsa-pkcs1");
    let [first, second, end] = one("rsa-pkcs1").covered.map(|n| usize::try_from(n).unwrap());
    for at in (0..first).chain(second..end).step_by(97) {
        let mut spoilt = bytes.clone();
        spoilt[at] ^= 1;
        let found = signatures(&spoilt, &Trust::default(), &[]);
        assert!(found.iter().all(|s| s.integrity != Integrity::Intact), "byte {at}");
    }
}

#[test]
fn a_signature_that_makes_no_sense_is_broken() {
    let corrupt = one("corrupt-cms");
    assert_eq!(corrupt.integrity, Integrity::Broken);
    assert_eq!(corrupt.signed_on.unwrap().to_string(), "2024-03-14");
    // Cut anywhere, and with any byte of the signature changed, it is never intact.
    let bytes = file("ecdsa-p256");
    let [first, second, _] = one("ecdsa-p256").covered.map(|n| usize::try_from(n).unwrap());
    for at in (first + 1..(first + 3600).min(second - 1)).step_by(41) {
        let mut spoilt = bytes.clone();
        spoilt[at] = if spoilt[at] == b'7' { b'8' } else { b'7' };
        let found = &signatures(&spoilt, &authority("authority"), &[])[0];
        // What is not signed, such as the number of a version or the certificate of the authority, may change; the signer
        // and the day may not.
        if found.integrity == Integrity::Intact {
            assert_eq!(found.signed_on.unwrap().to_string(), "2024-03-14", "digit {at}");
            assert_eq!(found.signer.as_deref(), Some("Harold Stone"), "digit {at}");
        }
    }
}

#[test]
fn a_range_that_leaves_out_more_than_the_signature_is_broken() {
    let bytes = file("rsa-pkcs1");
    let at = memchr::memmem::find(&bytes, b"/ByteRange [").unwrap() + b"/ByteRange [".len();
    let end = at + bytes[at..].iter().position(|b| *b == b']').unwrap();
    let numbers: Vec<usize> =
        std::str::from_utf8(&bytes[at..end]).unwrap().split_whitespace().map(|n| n.parse().unwrap()).collect();
    for range in [
        [0, numbers[1] - 10, numbers[2], numbers[3]],
        [0, numbers[1], numbers[2] + 10, numbers[3] - 10],
        [0, numbers[1], numbers[2], numbers[3] + 1],
        [1, numbers[1] - 1, numbers[2], numbers[3]],
    ] {
        let mut spoilt = bytes.clone();
        let text = range.map(|n| n.to_string()).join(" ");
        let text = format!("{text:width$}", width = end - at);
        if text.len() == end - at {
            spoilt[at..end].copy_from_slice(text.as_bytes());
            assert_eq!(signatures(&spoilt, &Trust::default(), &[])[0].integrity, Integrity::Broken, "{range:?}");
        }
    }
}

#[test]
fn a_signature_that_names_its_bytes_twice_is_one() {
    let bytes = file("rsa-pkcs1");
    let [first, second, end] = one("rsa-pkcs1").covered;
    let at = memchr::memmem::find(&bytes, b"/ByteRange").unwrap();
    let after = at + bytes[at..].iter().position(|b| *b == b']').unwrap() + 1;
    let (other, moved) = ("/ByteRange [0 10 20 30]", 24);
    // They stand behind the signature.
    let right = format!("/ByteRange [0 {first} {second} {}]", end - second + moved);
    let right = format!("{right:width$}", width = after - at);
    assert_eq!((right.len(), other.len() + 1), (after - at, 24), "the places stay right");
    let told = [format!("{other} {right}"), format!("{right} {other}")].map(|ranges| {
        let found = signatures(&[&bytes[..at], ranges.as_bytes(), &bytes[after..]].concat(), &Trust::default(), &[]);
        assert_eq!(found.len(), 1, "{ranges}: {found:?}");
        (found[0].integrity, found[0].problem.clone().unwrap_or_default())
    });
    assert!(told.iter().all(|(integrity, _)| *integrity != Integrity::Intact), "{told:?}");
    let twice = |(integrity, why): &(Integrity, String)| *integrity == Integrity::Unverified && why.contains("twice");
    assert!(told.iter().any(twice), "{told:?}");
}

#[test]
fn certificates_are_worth_what_the_user_trusts() {
    let bytes = file("rsa-pkcs1");
    let trust = |trust: &Trust| signatures(&bytes, trust, &[])[0].certificate.clone().unwrap().trust;
    assert_eq!(trust(&Trust::default()), TrustLevel::Untrusted);
    assert_eq!(trust(&authority("stranger")), TrustLevel::Untrusted);
    assert_eq!(trust(&authority("authority")), TrustLevel::Trusted);
    // One may trust a person without an authority, and not another person with the same one.
    assert_eq!(trust(&authority("reed")), TrustLevel::Trusted);
    assert_eq!(trust(&authority("stone")), TrustLevel::Untrusted);
    let expired = one("expired").certificate.unwrap();
    assert_eq!((expired.at_signing, expired.trust), (Validity::Expired, TrustLevel::Untrusted));
}

#[test]
fn a_time_stamp_counts_when_its_authority_is_trusted() {
    let bytes = file("timestamped");
    let clock = |trust: &Trust| signatures(&bytes, trust, &[])[0].clock;
    assert_eq!(clock(&authority("authority")), Some(Clock::TimeStamp));
    assert_eq!(clock(&Trust::default()), Some(Clock::Signer));
}

#[test]
fn empty_places_and_files_without_any() {
    let empty = read("empty-fields");
    assert_eq!(empty.iter().map(|s| s.integrity).collect::<Vec<_>>(), [Integrity::Unsigned; 2]);
    assert!(may_be_signed(&file("empty-fields")));
    assert!(!may_be_signed(&file("unsigned")));
    assert_eq!(read("unsigned"), []);
    // One that is there and that nobody can read is told.
    let unread = signatures(b"%PDF-1.7 /ByteRange", &Trust::default(), &[]);
    assert_eq!(unread.iter().map(|s| s.integrity).collect::<Vec<_>>(), [Integrity::Unverified]);
}
