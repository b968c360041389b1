//! Signature dictionaries as they stand in the bytes, whether or not any reader finds them.
//!
//! They are always in the open: their bytes are counted, so they are neither packed nor, as to the signature itself,
//! encrypted.

use super::field::MOST;
use super::syntax::{Id, Item, Scanner, is_space};

/// How far before its byte range an object may begin.
const BEFORE: usize = 1 << 20;
/// Most places that are looked at for the beginning of an object.
const TRIES: usize = 64;

/// A dictionary that names the bytes it covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) range: [usize; 4],
    /// Where the first range of its dictionary stands: one may name its bytes twice.
    dictionary: usize,
    /// The object that it stands in, and itself; none where its syntax is not plain.
    pub(super) object: Option<(Id, Item)>,
}

/// Those of a file; of many, the first.
pub(super) fn find(bytes: &[u8]) -> Vec<Written> {
    let (mut first, mut last) = (0, 0);
    let places = memchr::memmem::find_iter(bytes, b"/ByteRange").map(|at| {
        let goes_on = last > 0 && memchr::memmem::find(&bytes[last..at], b">>").is_none();
        (first, last) = (if goes_on { first } else { at }, at);
        (at, first)
    });
    places.filter_map(|(at, dictionary)| read(bytes, at, dictionary)).take(2 * MOST).collect()
}

fn read(bytes: &[u8], at: usize, dictionary: usize) -> Option<Written> {
    let mut scanner = Scanner::new(bytes, at + b"/ByteRange".len());
    scanner.space();
    let value = scanner.value()?;
    let numbers: Vec<usize> = value.items().iter().filter_map(Item::size).collect();
    let range = <[usize; 4]>::try_from(numbers).ok().filter(|_| value.items().len() == 4)?;
    Some(Written { range, dictionary, object: enclosing(bytes, at) })
}

/// The dictionary around a place, and the number of the object that it stands in.
fn enclosing(bytes: &[u8], at: usize) -> Option<(Id, Item)> {
    let from = at.saturating_sub(BEFORE);
    let starts = memchr::memmem::rfind_iter(bytes.get(from..at)?, b"obj").take(TRIES);
    let mut objects = starts.filter_map(|start| {
        let after = from + start + b"obj".len();
        let id = header(bytes, after)?;
        let mut scanner = Scanner::new(bytes, after);
        scanner.space();
        Some((id, scanner.value()?)).filter(|(_, item)| item.range.contains(&at))
    });
    let (id, item) = objects.next()?;
    Some((id, innermost(item, at)))
}

/// The number of the object whose `obj` ends at `after`.
fn header(bytes: &[u8], after: usize) -> Option<Id> {
    let before = &bytes[..after];
    let start = before.iter().rev().skip(3).take(24).take_while(|b| b.is_ascii_digit() || is_space(**b));
    let mut scanner = Scanner::new(before, after - 3 - start.count());
    scanner.space();
    // Digits of what stands before may lie in front; the last two numbers count.
    let mut best = None;
    while scanner.at < after {
        let mut attempt = scanner.clone();
        if let Some(id) = attempt.header().filter(|_| attempt.at == after) {
            best = Some(id);
        }
        scanner.digits();
        if !scanner.space() {
            break;
        }
    }
    best
}

fn innermost(item: Item, at: usize) -> Item {
    let inner = item.inside().into_iter().find(|i| i.range.contains(&at)).cloned();
    inner.map_or(item, |inner| innermost(inner, at))
}

impl Written {
    /// Whether the bytes left out are what this dictionary calls the signature.
    pub(super) fn leaves_out_its_signature(&self, bytes: &[u8]) -> bool {
        let [_, first, second, _] = self.range;
        let Some((_, item)) = &self.object else { return before_is_contents(bytes, first) };
        item.get(b"Contents").is_some_and(|contents| {
            let gap = bytes.get(first..second).unwrap_or_default();
            let start = first + (gap.len() - gap.trim_ascii_start().len());
            contents.range.start == start && contents.range.end == start + gap.trim_ascii().len()
        })
    }

    /// The other ranges of its dictionary: programs differ in which of them they take.
    pub(super) fn rivals<'a>(&'a self, all: &'a [Self]) -> impl Iterator<Item = &'a Self> {
        all.iter().filter(|other| other.dictionary == self.dictionary && other.range != self.range)
    }

    /// Whether it is no signature of a person, but the permission of a maker of programs (ISO 32000-1, 12.8.2.3).
    pub(super) fn is_usage_right(&self) -> bool {
        fn names(item: &Item) -> bool {
            item.is_name(b"UR3") || item.is_name(b"UR") || item.inside().into_iter().any(names)
        }
        self.object.as_ref().and_then(|(_, item)| item.get(b"Reference")).is_some_and(names)
    }
}

/// Whether what stands before a place is the key of a signature.
pub(super) fn before_is_contents(bytes: &[u8], at: usize) -> bool {
    bytes.get(..at).is_some_and(|before| before.trim_ascii_end().ends_with(b"/Contents"))
}
