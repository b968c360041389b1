//! ASN.1 as signers write it: definite and indefinite lengths, and every element as the very bytes of the file.
//!
//! Signatures are made over bytes. A reader that parses into structures and writes them again would have to write what
//! the signer wrote, down to default values that are spelt out; this one only points into the input.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

pub(super) const BOOLEAN: u8 = 0x01;
pub(super) const INTEGER: u8 = 0x02;
pub(super) const BITS: u8 = 0x03;
pub(super) const OCTETS: u8 = 0x04;
pub(super) const OID: u8 = 0x06;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;
/// An element of constructed octets, in pieces.
const PIECES: u8 = 0x24;

/// Deepest nesting that is followed to find the end of an indefinite length.
const DEPTH: usize = 24;

/// The tag of `[n]` with content of its own.
pub(super) const fn context(n: u8) -> u8 {
    0xa0 | n
}

/// One element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Element<'a> {
    pub(super) tag: u8,
    /// Tag, length and content.
    pub(super) whole: &'a [u8],
    /// The content.
    pub(super) body: &'a [u8],
}

impl<'a> Element<'a> {
    /// The element that `input` begins with; what follows it is not looked at.
    pub(super) fn first(input: &'a [u8]) -> Option<Self> {
        Self::read(input, DEPTH).map(|(element, _)| element)
    }

    fn read(input: &'a [u8], depth: usize) -> Option<(Self, &'a [u8])> {
        let (&tag, &length) = (input.first()?, input.get(1)?);
        // Tags of several bytes are not used by anything that is read here.
        if tag & 0x1f == 0x1f {
            return None;
        }
        let (start, end) = match length {
            0..=0x7f => (2, 2 + usize::from(length)),
            0x80 => {
                let depth = depth.checked_sub(1)?;
                let mut rest = &input[2..];
                while !rest.starts_with(&[0, 0]) {
                    rest = Self::read(rest, depth)?.1;
                }
                let end = input.len() - rest.len();
                let element = Self { tag, whole: &input[..end + 2], body: &input[2..end] };
                return Some((element, &rest[2..]));
            }
            _ => {
                let digits = input.get(2..2 + usize::from(length & 0x7f)).filter(|d| d.len() <= 4)?;
                let size = digits.iter().fold(0usize, |n, b| n << 8 | usize::from(*b));
                (2 + digits.len(), size.checked_add(2 + digits.len())?)
            }
        };
        Some((Self { tag, whole: input.get(..end)?, body: input.get(start..end)? }, input.get(end..)?))
    }

    /// The elements inside.
    pub(super) fn inside(&self) -> Elements<'a> {
        Elements(self.body)
    }

    /// This element, if it has `tag`.
    pub(super) fn is(self, tag: u8) -> Option<Self> {
        (self.tag == tag).then_some(self)
    }

    /// Octets in one piece.
    pub(super) fn octets(&self) -> Option<Cow<'a, [u8]>> {
        match self.tag {
            OCTETS => Some(Cow::Borrowed(self.body)),
            PIECES => {
                let mut out = Vec::new();
                let mut pieces = self.inside();
                while let Some(piece) = pieces.next() {
                    out.extend_from_slice(piece.is(OCTETS)?.body);
                }
                pieces.0.is_empty().then_some(Cow::Owned(out))
            }
            _ => None,
        }
    }

    /// Whole bytes of a bit string.
    pub(super) fn bits(&self) -> Option<&'a [u8]> {
        self.is(BITS)?.body.split_first().filter(|(unused, _)| **unused == 0).map(|(_, bytes)| bytes)
    }

    /// The moment that a time says.
    pub(super) fn time(&self) -> Option<Timestamp> {
        let text = std::str::from_utf8(self.body).ok()?.strip_suffix('Z')?;
        // Fractions of a second do not matter here.
        let text = text.split('.').next()?;
        let number = |from: usize, to: usize| text.get(from..to)?.parse::<i8>().ok();
        let (year, at) = match self.tag {
            // Two digits: 50 to 99 are of the last century (RFC 5280, 4.1.2.5.1).
            0x17 => number(0, 2).map(|n| (if n < 50 { 2000 } else { 1900 } + i16::from(n), 2))?,
            0x18 => (text.get(..4)?.parse().ok()?, 4),
            _ => return None,
        };
        let part = |i: usize| number(at + 2 * i, at + 2 * i + 2);
        let second = if text.len() == at + 8 { 0 } else { part(4)? };
        let time = DateTime::new(year, part(0)?, part(1)?, part(2)?, part(3)?, second, 0).ok()?;
        Offset::UTC.to_timestamp(time).ok()
    }

    /// The words of a string of any kind.
    pub(super) fn text(&self) -> Option<String> {
        let text = match self.tag {
            0x1e => char::decode_utf16(self.body.chunks_exact(2).map(|c| u16::from_be_bytes([c[0], c[1]])))
                .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect(),
            // Printable, IA5 and UTF-8; T.61 is Latin-1 in practice.
            0x14 => self.body.iter().map(|b| char::from(*b)).collect(),
            0x0c | 0x12 | 0x13 | 0x16 | 0x1a => String::from_utf8_lossy(self.body).into_owned(),
            _ => return None,
        };
        let text: String = text.chars().filter(|c| !c.is_control()).take(200).collect();
        Some(text.trim().to_owned()).filter(|t| !t.is_empty())
    }
}

/// Elements one after the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Elements<'a>(&'a [u8]);

impl<'a> Elements<'a> {
    /// The next element; none at the end, or where there is no element.
    pub(super) fn next(&mut self) -> Option<Element<'a>> {
        let (element, rest) = Element::read(self.0, DEPTH)?;
        self.0 = rest;
        Some(element)
    }

    /// The next element, which must have `tag`.
    pub(super) fn take(&mut self, tag: u8) -> Option<Element<'a>> {
        self.next()?.is(tag)
    }

    /// The next element, if it has `tag`.
    pub(super) fn optional(&mut self, tag: u8) -> Option<Element<'a>> {
        if self.0.first() == Some(&tag) { self.next() } else { None }
    }

    /// All that are left.
    pub(super) fn all(mut self) -> impl Iterator<Item = Element<'a>> {
        std::iter::from_fn(move || self.next())
    }
}

/// Content under another tag, with a definite length.
pub(super) fn encode(tag: u8, body: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    if let Ok(n @ 0..=0x7f) = u8::try_from(body.len()) {
        out.push(n);
    } else {
        let digits = body.len().to_be_bytes();
        let digits = &digits[digits.iter().take_while(|d| **d == 0).count()..];
        out.push(0x80 | u8::try_from(digits.len()).unwrap_or(8));
        out.extend_from_slice(digits);
    }
    out.extend_from_slice(body);
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn definite_and_indefinite_lengths() {
        let definite = encode(SEQUENCE, &[encode(INTEGER, &[5]), encode(OCTETS, b"ab")].concat());
        let element = Element::first(&definite).unwrap();
        assert_eq!(element.inside().all().map(|e| e.tag).collect::<Vec<_>>(), [INTEGER, OCTETS]);
        let indefinite = [&[PIECES, 0x80][..], &encode(OCTETS, b"ab"), &encode(OCTETS, b"c"), &[0, 0, 9, 9]].concat();
        let element = Element::first(&indefinite).unwrap();
        assert_eq!(element.octets().unwrap().as_ref(), b"abc");
        assert_eq!(element.whole.len(), indefinite.len() - 2);
        let long = encode(OCTETS, &[7; 300]);
        assert_eq!(&long[..4], [OCTETS, 0x82, 1, 44]);
        assert_eq!(Element::first(&long).unwrap().body.len(), 300);
        assert_eq!(Element::first(&long[..200]), None);
        assert_eq!(Element::first(&[0x30, 0x80].repeat(10_000)), None);
    }

    #[test]
    fn times_and_strings() {
        let time = |tag, text: &[u8]| Element::first(&encode(tag, text)).unwrap().time().map(|t| t.to_string());
        assert_eq!(time(0x17, b"240314093000Z").as_deref(), Some("2024-03-14T09:30:00Z"));
        assert_eq!(time(0x17, b"5003140930Z").as_deref(), Some("1950-03-14T09:30:00Z"));
        assert_eq!(time(0x18, b"20500314093001.5Z").as_deref(), Some("2050-03-14T09:30:01Z"));
        assert_eq!(time(0x18, b"20501314093001Z"), None);
        assert_eq!(time(0x17, b"24"), None);
        let text = |tag, bytes: &[u8]| Element::first(&encode(tag, bytes)).unwrap().text();
        assert_eq!(text(0x1e, &[0, b'A', 1, 0x0c]).as_deref(), Some("A\u{10c}"));
        assert_eq!(text(0x0c, "Jos\u{e9}\u{7}".as_bytes()).as_deref(), Some("Jos\u{e9}"));
    }

    proptest! {
        #[test]
        fn nonsense_is_no_element_and_no_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Some(element) = Element::first(&bytes) {
                prop_assert!(element.whole.len() <= bytes.len());
                let _ = (element.time(), element.text(), element.octets(), element.bits(), element.inside().all().count());
            }
        }
    }
}
