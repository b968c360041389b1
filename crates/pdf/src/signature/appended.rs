//! An account of the bytes that follow a signed revision: objects, cross-reference tables that name exactly these, and
//! nothing else.
//!
//! Programs find an object by different ways: by the last table, by an older one, by the stream beside a table, by a search
//! for `7 0 obj`. Only where all ways lead to the same object does the comparison of two readings mean anything.

use std::collections::{BTreeMap, BTreeSet};

use hayro_syntax::Pdf;
use hayro_syntax::object::{FromBytes as _, Object, ObjectIdentifier, Stream};

use super::syntax::{Id, Indirect, Item, Scanner, is_space};

/// How far a place may be off, when white space stands between; and how far two names of one place may differ.
const SLACK: usize = 16;
/// Longest comment.
const COMMENT: usize = 200;
/// Most entries of all tables together.
const ENTRIES: usize = 2_000_000;

/// What was added.
#[derive(Debug, Default)]
pub(super) struct Appended {
    /// Objects that were added or replaced; tables are not among them, nor streams that only hold objects.
    pub(super) objects: BTreeSet<Id>,
    /// The document's properties, as trailers name them.
    pub(super) properties: BTreeSet<Id>,
    /// Everything else that trailers name.
    pub(super) named: BTreeSet<Id>,
}

/// One revision while it is read: objects, and then its table.
#[derive(Default)]
struct Section {
    objects: BTreeMap<Id, Indirect>,
    table: Option<Table>,
}

impl Section {
    fn take(&mut self, table: Table) -> Result<(), String> {
        match self.table.replace(table) {
            None => Ok(()),
            Some(_) => Err("an update with two cross-reference tables was added".to_owned()),
        }
    }
}

struct Table {
    start: usize,
    trailer: Item,
    entries: Vec<(u32, Entry)>,
    /// The stream that it is.
    stream: Option<Id>,
}

#[derive(Clone, Copy)]
enum Entry {
    Free,
    At(usize, u16),
    Within(u32, usize),
}

pub(super) fn id(id: Id) -> ObjectIdentifier {
    ObjectIdentifier::new(id.0, i32::from(id.1))
}

/// Takes account of `bytes` from `end`, where the signed revision `old` ends; `new` reads the whole of them.
///
/// # Errors
/// What cannot be accounted for, in words.
pub(super) fn account(bytes: &[u8], end: usize, old: &Pdf, new: &Pdf) -> Result<Appended, String> {
    let (signed, added) = bytes.split_at(end);
    let mut reader =
        Reader { bytes, end, old, new, previous: last_table(signed), out: Appended::default(), entries: ENTRIES };
    let touches = |b: Option<&u8>| b.is_some_and(|b| !is_space(*b));
    if touches(signed.last()) && touches(added.first()) {
        return Err("what was added begins in the middle of a line".to_owned());
    }
    let sections = reader.sections()?;
    // Searches from the end of the file find the word wherever it stands.
    if memchr::memmem::find_iter(added, b"startxref").count() != sections {
        return Err("the update names more than one cross-reference table".to_owned());
    }
    Ok(reader.out)
}

/// Where the last table of a revision is said to stand.
fn last_table(signed: &[u8]) -> Option<usize> {
    let at = memchr::memmem::rfind(signed, b"startxref")?;
    let mut scanner = Scanner::new(signed, at + b"startxref".len());
    scanner.space();
    usize::try_from(scanner.digits()?).ok()
}

struct Reader<'a> {
    bytes: &'a [u8],
    end: usize,
    old: &'a Pdf,
    new: &'a Pdf,
    previous: Option<usize>,
    out: Appended,
    entries: usize,
}

impl Reader<'_> {
    fn sections(&mut self) -> Result<usize, String> {
        let mut scanner = Scanner::new(self.bytes, self.end);
        let (mut section, mut count) = (Section::default(), 0);
        loop {
            scanner.space();
            let at = scanner.at;
            match scanner.peek() {
                None if section.objects.is_empty() && section.table.is_none() => return Ok(count),
                None => return Err("an update without an end was added".to_owned()),
                Some(b'%') => comment(&mut scanner)?,
                Some(b'0'..=b'9') => self.object(&mut scanner, &mut section)?,
                Some(b'x') => {
                    let table =
                        self.table(&mut scanner).ok_or("a cross-reference table that cannot be read was added")?;
                    section.take(table)?;
                }
                Some(b's') => {
                    let place = start_of_table(&mut scanner).ok_or_else(|| unknown(at, self.end))?;
                    self.close(std::mem::take(&mut section), place)?;
                    count += 1;
                }
                Some(_) => return Err(unknown(at, self.end)),
            }
        }
    }

    fn object(&self, scanner: &mut Scanner<'_>, section: &mut Section) -> Result<(), String> {
        let at = scanner.at;
        let number = scanner.clone().header().ok_or_else(|| unknown(at, self.end))?.0;
        let length = |of: Id| self.new.xref().get::<Object<'_>>(id(of))?.into_number()?.as_i64().try_into().ok();
        let object = scanner
            .indirect(length)
            .ok_or_else(|| format!("object {number} was added, and does not follow the syntax of PDF"))?;
        // A table is one only where it is used as one: whatever else has the type of one is an object like any other.
        if object.is_stream && object.item.get(b"Type").is_some_and(|t| t.is_name(b"XRef")) {
            let table = self.stream_table(&object).ok_or("a cross-reference stream that cannot be read was added")?;
            section.take(table)?;
        } else if section.objects.insert(object.id, object).is_some() {
            return Err(format!("object {number} was added twice"));
        }
        Ok(())
    }

    fn table(&self, scanner: &mut Scanner<'_>) -> Option<Table> {
        let start = scanner.at;
        scanner.word(b"xref")?;
        scanner.space();
        let mut entries = Vec::new();
        while scanner.peek()?.is_ascii_digit() {
            let first = u32::try_from(scanner.digits()?).ok()?;
            scanner.space();
            let count = u32::try_from(scanner.digits()?).ok()?;
            scanner.space();
            for number in first..first.checked_add(count)? {
                if entries.len() >= self.entries {
                    return None;
                }
                // Each entry is twenty bytes long, or programs that count do not find the next.
                let entry = scanner.at;
                let place = usize::try_from(scanner.digits()?).ok()?;
                scanner.tag(b" ")?;
                let generation = u16::try_from(scanner.digits()?).ok()?;
                scanner.tag(b" ")?;
                let kind = match scanner.peek()? {
                    b'n' => Entry::At(place, generation),
                    b'f' => Entry::Free,
                    _ => return None,
                };
                let is_whole = scanner.at == entry + 17
                    && scanner.rest().get(1..3).is_some_and(|end| matches!(end, b" \r" | b" \n" | b"\r\n"));
                is_whole.then_some(())?;
                scanner.at = entry + 20;
                entries.push((number, kind));
            }
            scanner.space();
        }
        scanner.word(b"trailer")?;
        scanner.space();
        let trailer = scanner.value()?;
        Some(Table { start, trailer, entries, stream: None })
    }

    fn stream_table(&self, object: &Indirect) -> Option<Table> {
        let stream = Stream::from_bytes(self.bytes.get(object.item.range.start..)?)?;
        let data = stream.decoded_data().ok()?;
        let widths: Vec<usize> = object.item.get(b"W")?.items().iter().filter_map(Item::size).collect();
        let [kind, second, third] = widths[..] else { return None };
        let row = kind + second + third;
        if [kind, second, third].iter().any(|w| *w > 8) || row == 0 || !data.len().is_multiple_of(row) {
            return None;
        }
        let sections: Vec<usize> = match object.item.get(b"Index") {
            Some(index) => index.items().iter().filter_map(Item::size).collect(),
            None => vec![0, object.item.get(b"Size")?.size()?],
        };
        let numbers = sections.chunks(2).flat_map(|part| match part {
            [first, count] => *first..first.saturating_add(*count),
            _ => 0..0,
        });
        let total: usize = sections.chunks(2).map(|part| part.get(1).copied().unwrap_or(0)).sum();
        if total != data.len() / row || total > self.entries {
            return None;
        }
        let number = |bytes: &[u8]| bytes.iter().fold(0u64, |n, b| n << 8 | u64::from(*b));
        let mut entries = Vec::new();
        for (of, row) in numbers.zip(data.chunks(row)) {
            let (first, rest) = row.split_at(kind);
            let (second, third) = rest.split_at(second);
            let (second, third) = (number(second), number(third));
            let entry = match if kind == 0 { 1 } else { number(first) } {
                0 => Entry::Free,
                1 => Entry::At(usize::try_from(second).ok()?, u16::try_from(third).ok()?),
                2 => Entry::Within(u32::try_from(second).ok()?, usize::try_from(third).ok()?),
                _ => return None,
            };
            entries.push((u32::try_from(of).ok()?, entry));
        }
        Some(Table { start: object.start, trailer: object.item.clone(), entries, stream: Some(object.id) })
    }

    /// The end of one update: what its table says must be what it holds.
    fn close(&mut self, section: Section, place: usize) -> Result<(), String> {
        let table = section.table.ok_or("an update without a cross-reference table was added")?;
        let is_it = place <= table.start
            && table.start - place <= SLACK
            && self.bytes[place..table.start].iter().all(|b| is_space(*b));
        if !is_it {
            return Err("the update ends with the place of another cross-reference table".to_owned());
        }
        self.trailer(&table.trailer)?;
        self.entries = self.entries.saturating_sub(table.entries.len());
        let mut held: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for object in section.objects.values().filter(|o| is_holder(o)) {
            let numbers = self.held(object).ok_or("a stream of objects that cannot be read was added")?;
            held.insert(object.id.0, numbers);
        }
        let mut named: BTreeSet<Id> = BTreeSet::new();
        let mut seen = BTreeSet::new();
        for (number, entry) in &table.entries {
            if !seen.insert(*number) {
                return Err(format!("object {number} was listed twice"));
            }
            let wrong = || format!("object {number} was listed at a place where it is not");
            match *entry {
                Entry::Free => {
                    let is_there = self.old.xref().get::<Object<'_>>(id((*number, 0))).is_some();
                    if *number != 0 && is_there {
                        return Err(format!("object {number} was removed"));
                    }
                }
                Entry::At(place, generation) => {
                    let mut scanner = Scanner::new(self.bytes, place);
                    scanner.space();
                    let start = scanner.at;
                    if start - place > SLACK || scanner.header() != Some((*number, generation)) {
                        return Err(wrong());
                    }
                    let added = section
                        .objects
                        .get(&(*number, generation))
                        .map(|o| o.start)
                        .or_else(|| (table.stream == Some((*number, generation))).then_some(table.start));
                    if start >= self.end && added != Some(start) {
                        return Err(wrong());
                    }
                    if start >= self.end {
                        named.insert((*number, generation));
                    }
                }
                Entry::Within(holder, index) => {
                    if held.get(&holder).and_then(|numbers| numbers.get(index)) != Some(number) {
                        return Err(wrong());
                    }
                    named.insert((*number, 0));
                }
            }
        }
        let all = section.objects.keys().copied().chain(held.values().flatten().map(|number| (*number, 0)));
        for object in all {
            if !named.contains(&object) {
                return Err(format!("object {} was added, and no table lists it", object.0));
            }
            self.out.objects.insert(object);
        }
        for (holder, _) in held {
            self.out.objects.retain(|object| object.0 != holder);
        }
        self.previous = Some(place);
        Ok(())
    }

    fn trailer(&mut self, trailer: &Item) -> Result<(), String> {
        if trailer.get(b"XRefStm").is_some() {
            return Err("a second cross-reference table beside the first was added".to_owned());
        }
        let root = trailer.get(b"Root").and_then(Item::reference).map(id);
        if root != Some(self.old.xref().root_id()) || self.old.xref().root_id() != self.new.xref().root_id() {
            return Err("another catalog was put in place of the signed one".to_owned());
        }
        let before = trailer.get(b"Prev").and_then(Item::size);
        if before.zip(self.previous).is_none_or(|(a, b)| a.abs_diff(b) > SLACK) {
            return Err("the update does not follow on the revision before it".to_owned());
        }
        let info = trailer.get(b"Info").and_then(Item::reference);
        let mut left = trailer.inside();
        while let Some(item) = left.pop() {
            self.out.named.extend(item.reference().filter(|named| Some(*named) != info));
            left.extend(item.inside());
        }
        self.out.properties.extend(info);
        Ok(())
    }

    /// The numbers of the objects in a stream of objects, if that is all it holds.
    fn held(&self, holder: &Indirect) -> Option<Vec<u32>> {
        let stream = self.new.xref().get::<Stream<'_>>(id(holder.id))?;
        let data = stream.decoded_data().ok()?;
        let (count, first) = (holder.item.get(b"N")?.size()?, holder.item.get(b"First")?.size()?);
        if count > self.entries {
            return None;
        }
        let mut scanner = Scanner::new(data.get(..first)?, 0);
        let mut list = Vec::new();
        for _ in 0..count {
            scanner.space();
            let number = u32::try_from(scanner.digits()?).ok()?;
            scanner.space();
            list.push((number, first.checked_add(usize::try_from(scanner.digits()?).ok()?)?));
        }
        scanner.space();
        scanner.rest().is_empty().then_some(())?;
        let ends = list.iter().skip(1).map(|(_, at)| *at).chain([data.len()]);
        let mut at = first;
        for ((_, start), end) in list.iter().zip(ends) {
            let mut scanner = Scanner::new(data.get(..end)?, at);
            scanner.space();
            let mut value = Scanner::new(data.get(..end)?, *start);
            value.space();
            // Nothing stands between two objects.
            (scanner.at >= *start && value.at == scanner.at).then_some(())?;
            value.value().filter(|item| item.reference().is_none())?;
            value.space();
            value.rest().is_empty().then_some(())?;
            at = end;
        }
        let numbers: Vec<u32> = list.iter().map(|(number, _)| *number).collect();
        (numbers.iter().collect::<BTreeSet<_>>().len() == numbers.len()).then_some(numbers)
    }
}

fn is_holder(object: &Indirect) -> bool {
    object.is_stream && object.item.get(b"Type").is_some_and(|t| t.is_name(b"ObjStm"))
}

fn unknown(at: usize, end: usize) -> String {
    format!("{} bytes after the signed revision, something was added that is no part of a PDF", at - end)
}

/// A comment is skipped by all, unless a search finds a word in it that it takes for the file's own.
fn comment(scanner: &mut Scanner<'_>) -> Result<(), String> {
    let rest = scanner.rest();
    let length = rest.iter().position(|b| matches!(b, b'\r' | b'\n')).unwrap_or(rest.len());
    let text = &rest[..length];
    let speaks = [&b"obj"[..], b"xref", b"trailer", b"stream"].iter().any(|w| memchr::memmem::find(text, w).is_some());
    if speaks || length > COMMENT {
        return Err("a comment was added that some programs take for a part of the file".to_owned());
    }
    scanner.at += length;
    Ok(())
}

fn start_of_table(scanner: &mut Scanner<'_>) -> Option<usize> {
    scanner.word(b"startxref")?;
    scanner.space();
    usize::try_from(scanner.digits()?).ok()
}
