//! Makes control characters of documents harmless before they reach the terminal.

use std::fmt::Write as _;
use std::io::{self, Write};

use tickler::export::is_unprintable;

/// `text` on one line with control characters spelt out, such as `\u{1b}`; tabs and line feeds become spaces.
pub(crate) fn clean(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.push(' '),
            c if is_unprintable(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}

/// Whether there is nothing but the letters, digits and signs of ASCII, as in most texts: a list of thousands looks at each
/// character several times.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b' '..=b'~'))
}

/// `text` cleaned and cut to `most` characters, with dots where it was cut.
pub(crate) fn short(text: &str, most: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = clean(&words.join(" "));
    if text.chars().count() <= most {
        return text;
    }
    let cut: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

/// A writer that spells out control characters: in JSON as escapes, which changes nothing of its meaning, else as in
/// [`clean`] but keeping line breaks and tabs.
#[derive(Debug)]
pub(crate) struct Cleaned<W> {
    inner: W,
    json: bool,
}

impl<W: Write> Cleaned<W> {
    pub(crate) fn json(inner: W) -> Self {
        Self { inner, json: true }
    }

    pub(crate) fn text(inner: W) -> Self {
        Self { inner, json: false }
    }
}

impl<W: Write> Write for Cleaned<W> {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        // Our writers write whole strings. Other bytes are written unchanged.
        let Ok(text) = std::str::from_utf8(buf) else { return self.inner.write(buf) };
        if text.lines().all(is_plain) && !text.contains('\r') {
            self.inner.write_all(buf)?;
            return Ok(buf.len());
        }
        // A carriage return that ends no line would have what follows overwrite the line.
        let returns = text.contains('\r') && text.matches('\r').count() != text.matches("\r\n").count();
        let harmless = |c: char| matches!(c, '\n' | '\t') || c == '\r' && !returns || !is_unprintable(c);
        if text.chars().all(harmless) {
            self.inner.write_all(buf)?;
            return Ok(buf.len());
        }
        let mut out = String::with_capacity(text.len() + 16);
        for c in text.chars() {
            if harmless(c) {
                out.push(c);
            } else if self.json {
                // JSON escapes UTF-16: a character beyond the first plane is two of them.
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            } else {
                out.extend(c.escape_unicode());
            }
        }
        self.inner.write_all(out.as_bytes())?;
        Ok(buf.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_spelt_out() {
        assert_eq!(clean("a\u{1b}[31mb\u{9b}\u{202e}c\n"), "a\\u{1b}[31mb\\u{9b}\\u{202e}c ");
        assert_eq!(short("one  two\nthree", 8), "one two…");
    }

    #[test]
    fn json_keeps_its_meaning() {
        let value = "DEL \u{7f}, CSI \u{9b}, tag \u{e0041}, ü";
        let mut out = Vec::new();
        serde_json::to_writer(Cleaned::json(&mut out), value).unwrap();
        assert!(out.iter().all(|b| *b != 0x7f) && !String::from_utf8_lossy(&out).contains('\u{9b}'));
        assert_eq!(serde_json::from_slice::<String>(&out).unwrap(), value);
    }
}
