//! The syntax of PDF as the standard has it, and nothing beyond: what is read here is read alike by every program.
//!
//! The engine that reads text forgives much, and so do other programs, each in its own way. What was added to a signed
//! file must therefore be free of everything that needs forgiving.

use std::ops::Range;

/// Deepest nesting of arrays and dictionaries.
const DEPTH: usize = 32;

/// Number and generation of an object.
pub(super) type Id = (u32, u16);

/// A value, as far as anybody asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Integer(i64),
    Name(Vec<u8>),
    Array(Vec<Item>),
    Dictionary(Vec<(Vec<u8>, Item)>),
    Reference(Id),
    /// A string, a number with a fraction, `true`, `false` or `null`.
    Other,
}

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) value: Value,
    pub(super) range: Range<usize>,
}

impl Item {
    /// The value of a key of this dictionary.
    pub(super) fn get(&self, key: &[u8]) -> Option<&Item> {
        let Value::Dictionary(entries) = &self.value else { return None };
        entries.iter().find(|(k, _)| k == key).map(|(_, item)| item)
    }

    pub(super) fn integer(&self) -> Option<i64> {
        if let Value::Integer(n) = self.value { Some(n) } else { None }
    }

    /// A number that is a place or a count.
    pub(super) fn size(&self) -> Option<usize> {
        self.integer().and_then(|n| usize::try_from(n).ok())
    }

    pub(super) fn reference(&self) -> Option<Id> {
        if let Value::Reference(id) = self.value { Some(id) } else { None }
    }

    pub(super) fn items(&self) -> &[Item] {
        if let Value::Array(items) = &self.value { items } else { &[] }
    }

    pub(super) fn is_name(&self, name: &[u8]) -> bool {
        matches!(&self.value, Value::Name(n) if n == name)
    }

    /// The values right inside this one.
    pub(super) fn inside(&self) -> Vec<&Item> {
        match &self.value {
            Value::Array(items) => items.iter().collect(),
            Value::Dictionary(entries) => entries.iter().map(|(_, item)| item).collect(),
            _ => Vec::new(),
        }
    }
}

/// An object with a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Indirect {
    pub(super) id: Id,
    /// Where its number stands.
    pub(super) start: usize,
    pub(super) item: Item,
    pub(super) is_stream: bool,
}

/// A place in the file, and the way on from there. Everything that returns nothing found no such thing, and may have moved.
#[derive(Debug, Clone)]
pub(super) struct Scanner<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
}

pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl<'a> Scanner<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn run(&mut self, of: impl Fn(u8) -> bool) -> &'a [u8] {
        let length = self.rest().iter().take_while(|b| of(**b)).count();
        let run = &self.rest()[..length];
        self.at += length;
        run
    }

    /// Skips white space, and tells whether there was any.
    pub(super) fn space(&mut self) -> bool {
        !self.run(is_space).is_empty()
    }

    /// Takes these very bytes.
    pub(super) fn tag(&mut self, tag: &[u8]) -> Option<()> {
        self.rest().starts_with(tag).then(|| self.at += tag.len())
    }

    /// Takes a word, which must end there.
    pub(super) fn word(&mut self, word: &[u8]) -> Option<()> {
        self.tag(word)?;
        self.peek().is_none_or(|b| is_space(b) || is_delimiter(b)).then_some(())
    }

    /// Digits without a sign.
    pub(super) fn digits(&mut self) -> Option<u64> {
        let digits = self.run(|b| b.is_ascii_digit());
        std::str::from_utf8(digits).ok()?.parse().ok()
    }

    /// `12 0 obj`: number and generation.
    pub(super) fn header(&mut self) -> Option<Id> {
        let number = u32::try_from(self.digits()?).ok()?;
        self.space().then_some(())?;
        let generation = u16::try_from(self.digits()?).ok()?;
        self.space().then_some(())?;
        self.tag(b"obj")?;
        Some((number, generation))
    }

    /// An object with its number. `length` tells the length of a stream that is given by reference.
    pub(super) fn indirect(&mut self, length: impl Fn(Id) -> Option<usize>) -> Option<Indirect> {
        let start = self.at;
        let id = self.header()?;
        self.space();
        let item = self.value()?;
        self.space();
        let is_stream = self.tag(b"stream").is_some();
        if is_stream {
            let said = item.get(b"Length")?;
            let length = said.size().or_else(|| length(said.reference()?))?;
            self.tag(b"\r\n").or_else(|| self.tag(b"\n"))?;
            self.at = self.at.checked_add(length).filter(|at| *at <= self.bytes.len())?;
            self.space();
            self.word(b"endstream")?;
            self.space();
        }
        self.word(b"endobj")?;
        // One object that is only the name of another one is not followed by all.
        (item.reference().is_none()).then_some(Indirect { id, start, item, is_stream })
    }

    pub(super) fn value(&mut self) -> Option<Item> {
        self.nested(DEPTH)
    }

    fn nested(&mut self, depth: usize) -> Option<Item> {
        let depth = depth.checked_sub(1)?;
        let start = self.at;
        let value = match self.peek()? {
            b'<' if self.rest().starts_with(b"<<") => self.dictionary(depth)?,
            b'<' => {
                self.at += 1;
                self.run(|b| b.is_ascii_hexdigit() || is_space(b));
                self.tag(b">")?;
                Value::Other
            }
            b'(' => self.string()?,
            b'/' => Value::Name(self.name()?),
            b'[' => {
                self.at += 1;
                let mut items = Vec::new();
                self.space();
                while self.tag(b"]").is_none() {
                    items.push(self.nested(depth)?);
                    self.space();
                }
                Value::Array(items)
            }
            b'0'..=b'9' | b'+' | b'-' | b'.' => self.number()?,
            b't' => self.word(b"true").map(|()| Value::Other)?,
            b'f' => self.word(b"false").map(|()| Value::Other)?,
            b'n' => self.word(b"null").map(|()| Value::Other)?,
            _ => return None,
        };
        Some(Item { value, range: start..self.at })
    }

    /// Of two entries with the same key, each program takes another one: there must be none.
    fn dictionary(&mut self, depth: usize) -> Option<Value> {
        self.tag(b"<<")?;
        let mut entries: Vec<(Vec<u8>, Item)> = Vec::new();
        self.space();
        while self.tag(b">>").is_none() {
            let key = self.name()?;
            self.space();
            let item = self.nested(depth)?;
            self.space();
            if entries.iter().any(|(k, _)| *k == key) {
                return None;
            }
            entries.push((key, item));
        }
        Some(Value::Dictionary(entries))
    }

    fn name(&mut self) -> Option<Vec<u8>> {
        self.tag(b"/")?;
        let mut written = self.run(|b| !is_space(b) && !is_delimiter(b)).iter();
        let mut name = Vec::new();
        while let Some(&byte) = written.next() {
            if byte == b'#' {
                let mut digit = || char::from(*written.next()?).to_digit(16);
                let both = digit()? << 4 | digit()?;
                name.push(u8::try_from(both).ok()?);
            } else {
                name.push(byte);
            }
        }
        Some(name)
    }

    fn string(&mut self) -> Option<Value> {
        let mut open = 0usize;
        loop {
            match self.peek()? {
                b'(' => open += 1,
                b')' => open -= 1,
                b'\\' => self.at += 1,
                _ => {}
            }
            self.at += 1;
            if open == 0 {
                return Some(Value::Other);
            }
        }
    }

    /// A number, or with a second one and `R` a reference.
    fn number(&mut self) -> Option<Value> {
        let written = self.run(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.'));
        let text = std::str::from_utf8(written).ok()?;
        if self.peek().is_some_and(|b| !is_space(b) && !is_delimiter(b)) {
            return None;
        }
        let Ok(integer) = text.parse::<i64>() else {
            return text.parse::<f64>().is_ok_and(f64::is_finite).then_some(Value::Other);
        };
        let number = u32::try_from(integer).ok();
        Some(match number.zip(self.generation()) {
            Some(id) => Value::Reference(id),
            None => Value::Integer(integer),
        })
    }

    /// What makes a number a reference: ` 0 R`. It is taken if it is there.
    fn generation(&mut self) -> Option<u16> {
        let mut ahead = self.clone();
        ahead.space().then_some(())?;
        let generation = u16::try_from(ahead.digits()?).ok()?;
        ahead.space().then_some(())?;
        ahead.word(b"R")?;
        self.at = ahead.at;
        Some(generation)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn indirect(text: &[u8]) -> Option<Indirect> {
        Scanner::new(text, 0).indirect(|_| Some(3))
    }

    #[test]
    fn objects_as_the_standard_has_them() {
        let object = indirect(b"7 0 obj\n<</A[1 2 0 R(x\\)(y)) <0a>]/B#42 -1.5/C/D/E null>>\nendobj").unwrap();
        assert_eq!(object.id, (7, 0));
        let items = object.item.get(b"A").unwrap().items();
        assert_eq!((items[0].integer(), items[1].reference(), items.len()), (Some(1), Some((2, 0)), 4));
        assert!(object.item.get(b"BB").is_some() && object.item.get(b"C").unwrap().is_name(b"D"));
        assert!(indirect(b"7 0 obj<</Length 3>>stream\nabc\nendstream\nendobj").unwrap().is_stream);
        assert!(indirect(b"7 0 obj<</Length 9 0 R>>stream\r\nabcendstream endobj").unwrap().is_stream);
    }

    #[test]
    fn what_needs_forgiving_is_no_object() {
        for text in [
            &b"7 0 obj <</A 1/A 2>> endobj"[..],
            b"7 0 obj <</A 00weird>> endobj",
            b"7 0 obj <</A token>> endobj",
            b"7 0 obj <</A 1>> % note\nendobj",
            b"7 0 obj <</A 1>> endobjx",
            b"7 0 obj <</A 1>>",
            b"7 0 obj <</A>> endobj",
            b"7 0 obj 8 0 R endobj",
            b"7 0 obj (open endobj",
            b"7 0 obj <</Length 9>>stream\nabc\nendstream endobj",
            b"7 0 obj [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]] endobj",
        ] {
            assert_eq!(indirect(text), None, "{}", String::from_utf8_lossy(text));
        }
    }

    proptest! {
        #[test]
        fn nonsense_is_no_panic(bytes in prop::collection::vec(any::<u8>(), 0..120)) {
            let _ = indirect(&bytes);
            let _ = indirect(&[b"1 0 obj ", &bytes[..]].concat());
            let _ = Scanner::new(&bytes, 0).value();
        }
    }
}
