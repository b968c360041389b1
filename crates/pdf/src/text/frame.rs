//! Streams whose frame is damaged: `stream` with a blank behind it, and data without `endstream`. Other programs read them by
//! their length; the engine loses them, and with them a page.
//!
//! They are mended in the bytes before the engine sees them, and no byte outside of them moves, so that every place that a
//! table names stays right. What is signed is judged by the bytes as they were written.

use memchr::memmem::{Finder, find, rfind};

/// Longest dictionary of a stream that is mended.
const HEAD: usize = 16 << 10;
/// Most bytes between the end of data, as their length says it, and the end of their object.
const GAP: usize = 32;
/// Most streams of which the length is looked for in another object.
const LOOKED_FOR: usize = 200;

const OPEN: &[u8] = b"stream";
const CLOSE: &[u8] = b"endstream";
const END: &[u8] = b"endobj";

/// Mends the streams of a file, and returns how many had no end.
pub(super) fn mend(bytes: &mut [u8]) -> usize {
    let open = Finder::new(OPEN);
    let mut frames = Frames { ends: None, lengths: LOOKED_FOR };
    let (mut from, mut closed) = (0, 0);
    while let Some(at) = open.find(&bytes[from..]).map(|at| from + at) {
        from = at + OPEN.len();
        let Some(start) = opened(bytes, at) else { continue };
        let head = &bytes[start.saturating_sub(HEAD)..at];
        let said = frames.length(head, bytes).and_then(|length| start.checked_add(length));
        if let Some(end) = said.filter(|end| is_closed(bytes, *end)) {
            from = end;
            continue;
        }
        let Some((end, after)) = frames.end(bytes, start, said) else { continue };
        closed += usize::from(close(bytes, at, start..end, after).is_some());
        from = after;
    }
    closed
}

/// Whether `stream` at this place begins data, and where. Blanks behind the word are put in front of it.
fn opened(bytes: &mut [u8], at: usize) -> Option<usize> {
    bytes[..at].trim_ascii_end().ends_with(b">>").then_some(())?;
    let after = at + OPEN.len();
    let blanks = bytes[after..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    let line_end = match bytes.get(after + blanks..)? {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => return None,
    };
    bytes[at..after + blanks].rotate_right(blanks);
    Some(after + blanks + line_end)
}

fn is_closed(bytes: &[u8], end: usize) -> bool {
    bytes.get(end..).is_some_and(|rest| rest.trim_ascii_start().starts_with(CLOSE))
}

struct Frames {
    /// Where `endstream` and `endobj` stand, once somebody asks.
    ends: Option<[Vec<usize>; 2]>,
    /// How many lengths are still looked for.
    lengths: usize,
}

impl Frames {
    /// The length that the dictionary before a stream says.
    fn length(&mut self, head: &[u8], bytes: &[u8]) -> Option<usize> {
        let dictionary = &head[rfind(head, b"obj")?..];
        let key = b"/Length";
        let after = |at: usize| dictionary.get(at + key.len()).is_some_and(u8::is_ascii_whitespace);
        let at = memchr::memmem::find_iter(dictionary, key).find(|at| after(*at))? + key.len();
        let mut words =
            dictionary[at..].split(|b| b.is_ascii_whitespace() || b"/<>".contains(b)).filter(|w| !w.is_empty());
        let (first, second, third) = (words.next()?, words.next(), words.next());
        if third != Some(b"R") {
            return number(first);
        }
        self.lengths = self.lengths.checked_sub(1)?;
        let header = [b"\n", first, b" ", second?, b" obj"].concat();
        let at = find(bytes, &header)? + header.len();
        number(bytes[at..].split(|b| b.is_ascii_whitespace() || *b == b'e').find(|w| !w.is_empty())?)
    }

    /// Where the data of a stream end that says no end itself, and where its object does.
    fn end(&mut self, bytes: &[u8], start: usize, said: Option<usize>) -> Option<(usize, usize)> {
        let places = |word: &[u8]| memchr::memmem::find_iter(bytes, word).collect::<Vec<_>>();
        let ends = self.ends.get_or_insert_with(|| [places(CLOSE), places(END)]);
        let next = |list: &[usize], from: usize| list.get(list.partition_point(|at| *at < from)).copied();
        let [close, object] = ends;
        let by_length = said.and_then(|end| Some((end, next(object, end)?))).filter(|(end, after)| after - end <= GAP);
        let by_object = || {
            let after = next(object, start)?;
            Some((start + bytes[start..after].trim_ascii_end().len(), after))
        };
        let (end, after) = by_length.or_else(by_object)?;
        next(close, start).is_none_or(|close| close > after).then_some((end, after + END.len()))
    }
}

fn number(word: &[u8]) -> Option<usize> {
    std::str::from_utf8(word).ok()?.parse().ok()
}

/// Writes `endstream` behind the data of the stream whose word stands at `at`. The room is that of `endobj`, which the engine
/// does not need, and of white space around the dictionary.
fn close(bytes: &mut [u8], at: usize, data: std::ops::Range<usize>, after: usize) -> Option<()> {
    let from = rfind(&bytes[..at], b"obj")? + b"obj".len();
    let dictionary = bytes[from..at].trim_ascii();
    let mut object = [dictionary, OPEN, b"\n", &bytes[data], CLOSE].concat();
    let room = (after - from).checked_sub(object.len())?;
    if room > END.len() {
        object.extend_from_slice(b"\n");
        object.extend_from_slice(END);
    }
    object.resize(after - from, b' ');
    bytes[from..after].copy_from_slice(&object);
    Some(())
}
