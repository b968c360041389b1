//! Files that are signed here, for what no signed fixture has.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use p256::ecdsa::signature::hazmat::PrehashSigner as _;

use super::super::asn1::{BITS, INTEGER, OCTETS, OID, SEQUENCE, SET, context, encode};
use super::super::{algorithm::Hash, revision};
use super::*;
use crate::text::{Opened, open, written};

/// Room for a signature, in hexadecimal digits, and for the numbers of the bytes that it covers.
const ROOM: usize = 2000;
const RANGE: &str = "/ByteRange [0 000000000 000000000 000000000]";

const EC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
const BY_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
const SHA256: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];
const DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];

fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    encode(SEQUENCE, &parts.concat())
}

fn oid(id: &[u8]) -> Vec<u8> {
    encode(OID, id)
}

/// A signature in the form of RFC 5652, without attributes.
fn signature(message: &[u8]) -> Vec<u8> {
    let key = p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap();
    let by_key = |message: &[u8]| -> Vec<u8> {
        let made: p256::ecdsa::Signature = key.sign_prehash(&Hash::Sha256.of(&[message])).unwrap();
        made.to_der().as_bytes().to_vec()
    };
    let number = |n: u8| encode(INTEGER, &[n]);
    let name = sequence(&[&encode(SET, &sequence(&[&oid(&[0x55, 4, 3]), &encode(0x0c, b"Ada Quill")]))]);
    let scheme = sequence(&[&oid(BY_SHA256)]);
    let period = sequence(&[&encode(0x17, b"240101000000Z"), &encode(0x17, b"340101000000Z")]);
    let point = [&[0][..], key.verifying_key().to_sec1_point(false).as_bytes()].concat();
    let public = sequence(&[&sequence(&[&oid(EC_KEY), &oid(P256)]), &encode(BITS, &point)]);
    let said = sequence(&[&encode(context(0), &number(2)), &number(5), &scheme, &name, &period, &name, &public]);
    let proof = [&[0][..], &by_key(&said)].concat();
    let certificate = sequence(&[&said, &scheme, &encode(BITS, &proof)]);
    let hash = sequence(&[&oid(SHA256)]);
    let who = sequence(&[&name, &number(5)]);
    let signer = sequence(&[&number(1), &who, &hash, &scheme, &encode(OCTETS, &by_key(message))]);
    let signers = encode(SET, &signer);
    let certificates = encode(context(0), &certificate);
    let data = sequence(&[&number(1), &encode(SET, &hash), &sequence(&[&oid(DATA)]), &certificates, &signers]);
    sequence(&[&oid(SIGNED_DATA), &encode(context(0), &data)])
}

/// A dictionary that `signed` fills.
fn place(more: &str) -> String {
    let room = "0".repeat(ROOM);
    format!("<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached{more}{RANGE}/Contents <{room}>>>")
}

/// Signs the place that is left in a file; `write` writes the signature down.
fn signed_as(file: &[u8], write: impl Fn(&[u8]) -> String) -> Vec<u8> {
    let find = |word: &str| memchr::memmem::rfind(file, word.as_bytes()).unwrap();
    let (range, start) = (find(RANGE), find(&"0".repeat(ROOM)) - 1);
    let end = start + ROOM + 2;
    let numbers = format!("/ByteRange [0 {start} {end} {}]", file.len() - end);
    let mut out = file.to_vec();
    out[range..range + RANGE.len()].copy_from_slice(format!("{numbers:width$}", width = RANGE.len()).as_bytes());
    let made = write(&signature(&[&out[..start], &out[end..]].concat()));
    out[start..end].copy_from_slice(format!("{made:width$}", width = end - start).as_bytes());
    out
}

fn signed(file: &[u8]) -> Vec<u8> {
    signed_as(file, |der| {
        let digits = der.iter().fold(String::new(), |all, byte| all + &format!("{byte:02x}"));
        format!("<{digits:0<ROOM$}>")
    })
}

/// A page with a box to tick (object 6), a look of it (7), a form (8), and a field with its signature (9 and 10).
fn contract(more: &str) -> Vec<String> {
    let content =
        "BT /F1 11 Tf 72 700 Td (It ends in June.) Tj ET BT /F1 11 Tf 72 560 Td (It renews automatically.) Tj ET";
    let look = "0 0 12 12 re S 2 2 m 10 10 l S";
    vec![
        format!("<</Type/Catalog/Pages 2 0 R/AcroForm 8 0 R{}>>", if more.is_empty() { "" } else { "/Perms<</DocMDP 10 0 R>>" }),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>/Annots[6 0 R 9 0 R]>>"
            .to_owned(),
        format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
        BOX.to_owned(),
        format!("<</Type/XObject/Subtype/Form/BBox[0 0 12 12]/Length {}>>\nstream\n{look}\nendstream", look.len()),
        "<</Fields[6 0 R 9 0 R]/SigFlags 3>>".to_owned(),
        "<</Type/Annot/Subtype/Widget/FT/Sig/T(First)/F 132/Rect[0 0 0 0]/P 3 0 R/V 10 0 R>>".to_owned(),
        place(more),
    ]
}

const BOX: &str = "<</Type/Annot/Subtype/Widget/FT/Btn/T(Renews)/F 4/Rect[56 558 68 570]/P 3 0 R/V/Off/AS/Off/AP<</N<</Yes 7 0 R>>>>>>";

fn certifies(level: u8) -> String {
    format!(
        "/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/V/1.2/P {level}>>>>]"
    )
}

/// The file with these objects added.
fn added(file: &[u8], objects: &[(u32, &str)]) -> Vec<u8> {
    let word = b"startxref\n";
    let at = memchr::memmem::rfind(file, word).unwrap() + word.len();
    let previous = std::str::from_utf8(&file[at..]).unwrap().lines().next().unwrap();
    let (mut out, mut table) = (file.to_vec(), String::from("xref\n"));
    for (number, object) in objects {
        let _ = write!(table, "{number} 1\n{:010} 00000 n \n", out.len());
        out.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let trailer = format!("trailer\n<</Size 40/Root 1 0 R/Prev {previous}>>\nstartxref\n{}\n%%EOF\n", out.len());
    out.extend((table + &trailer).bytes());
    out
}

fn judged(file: &[u8]) -> Vec<Integrity> {
    signatures(file, &Trust::default(), &[]).into_iter().map(|s| s.integrity).collect()
}

const SECOND: &str =
    "<</Type/Annot/Subtype/Widget/FT/Sig/T(Second)/F 132/Rect[72 300 200 330]/P 3 0 R/V 21 0 R/AP<</N 22 0 R>>>>";
const FIELDS: (u32, &str) = (8, "<</Fields[6 0 R 9 0 R 20 0 R]/SigFlags 3>>");
const PAGE: (u32, &str) = (
    3,
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>/Annots[6 0 R 9 0 R 20 0 R]>>",
);
const LOOK: &str = "<</Type/XObject/Subtype/Form/BBox[0 0 128 30]/Length 12>>\nstream\n0 0 9 9 re f\nendstream";

#[test]
fn the_first_look_of_a_second_signature_may_be_left_behind() {
    let first = signed(&written(&contract("")));
    assert_eq!(judged(&first), [Integrity::Intact]);
    let with = |more: &[(u32, &str)]| {
        let place = place("");
        let objects = [&[PAGE, FIELDS, (20, SECOND), (21, &place), (22, LOOK)], more].concat();
        judged(&signed(&added(&first, &objects)))
    };
    assert_eq!(with(&[]), [Integrity::Intact; 2]);
    for unused in [LOOK, "null", "<</Producer(x)>>", "<</Type/Page/Contents 24 0 R>>"] {
        assert_eq!(with(&[(23, unused)]), [Integrity::Intact; 2], "{unused}");
    }
    // What the look of the field or the page leads to is in use, and must belong to the signature.
    let other = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 23 0 R/Annots[6 0 R 9 0 R 20 0 R]>>";
    assert_eq!(with(&[(3, other), (23, LOOK)])[0], Integrity::ChangedAfterSigning);
}

#[test]
fn objects_that_nothing_leads_to() {
    let reached = |objects: &[&str], named: &[u32]| {
        let mut all = contract("");
        all.extend(objects.iter().map(|o| (*o).to_owned()));
        let file = written(&all);
        let Opened { pdf, .. } = open(file.clone(), &[]).unwrap();
        let named: BTreeSet<_> = named.iter().map(|n| (*n, 0)).collect();
        revision::reached(&pdf, &file, &named).map(|all| (11..20).filter(|n| all.contains(n)).collect::<Vec<_>>())
    };
    assert_eq!(reached(&["<</A 12 0 R>>", "null"], &[]), Some(vec![]));
    assert_eq!(reached(&["<</A[<</B 12 0 R>>]>>", "<</Parent 13 0 R>>"], &[11]), Some(vec![11, 12, 13]));
    // Where an object that is there cannot be read, it cannot be told what it leads to.
    assert_eq!(reached(&["<</A 12 0 R>>", "<</B 13 0 R>>stream 13 0 R"], &[11]), None);
}

#[test]
fn a_box_may_be_ticked_where_fields_may_be_filled() {
    let ticked = BOX.replace("/V/Off/AS/Off", "/V/Yes/AS/Yes");
    for (level, verdict) in [(1, Integrity::ChangedAfterSigning), (2, Integrity::Intact)] {
        let file = signed(&written(&contract(&certifies(level))));
        assert_eq!(judged(&file), [Integrity::Intact]);
        assert_eq!(judged(&added(&file, &[(6, &ticked)])), [verdict], "{level}");
        // The box takes one of its looks, and no other one is put in their place.
        let other = ticked.replace("/Yes 7 0 R", "/Yes 23 0 R");
        let changed = added(&file, &[(6, &other), (23, LOOK)]);
        assert_eq!(judged(&changed), [Integrity::ChangedAfterSigning], "{level}");
    }
    assert_eq!(judged(&added(&signed(&written(&contract(""))), &[(6, &ticked)])), [Integrity::ChangedAfterSigning]);
}

#[test]
fn what_checks_need_may_be_added_to_a_document_that_is_certified_for_good() {
    let file = signed(&written(&contract(&certifies(1))));
    let catalog = |more: &str| format!("<</Type/Catalog/Pages 2 0 R/AcroForm 8 0 R/Perms<</DocMDP 10 0 R>>{more}>>");
    let store = catalog("/DSS<</Type/DSS/Certs[23 0 R]>>");
    assert_eq!(judged(&added(&file, &[(1, &store), (23, LOOK)])), [Integrity::Intact]);
    for (number, object) in [
        (1, catalog("/DSS<</Type/DSS/Page 23 0 R>>")),
        (1, catalog("/Lang(en)")),
        (23, "null".to_owned()),
        (6, BOX.replace("/F 4", "/F 2")),
    ] {
        let changed = added(&file, &[(number, &object)]);
        assert_eq!(judged(&changed), [Integrity::ChangedAfterSigning], "{object}");
    }
    // Its title is part of it; the day of the last change is not.
    for (properties, verdict) in
        [("<</Title(Other)>>", Integrity::ChangedAfterSigning), ("<</ModDate(D:2026)/Producer(x)>>", Integrity::Intact)]
    {
        let changed = String::from_utf8(added(&file, &[(23, properties)])).unwrap();
        let (before, update) = changed.rsplit_once("/Prev").unwrap();
        assert_eq!(judged(format!("{before}/Info 23 0 R/Prev{update}").as_bytes()), [verdict], "{properties}");
    }
    // Nobody may sign it, who is no time stamp.
    let place = place("");
    let hidden = SECOND.replace("[72 300 200 330]", "[0 0 0 0]").replace("/AP<</N 22 0 R>>", "");
    let second = signed(&added(&file, &[PAGE, FIELDS, (20, &hidden), (21, &place)]));
    assert_eq!(judged(&second), [Integrity::ChangedAfterSigning; 2]);
}

#[test]
fn signatures_in_forms_that_few_use() {
    let file = written(&contract(""));
    let literal = |der: &[u8]| der.iter().fold(String::from("("), |all, byte| all + &format!("\\{byte:03o}")) + ")";
    assert_eq!(judged(&signed_as(&file, literal)), [Integrity::Intact]);
    let two = |der: &[u8]| literal(der) + "(x)";
    assert_eq!(judged(&signed_as(&file, two)), [Integrity::Broken]);
    let bare = contract("").iter().map(|o| o.replace("adbe.pkcs7.detached", "adbe.x509.rsa_sha1")).collect::<Vec<_>>();
    assert_eq!(judged(&signed(&written(&bare))), [Integrity::Unverified]);
}
