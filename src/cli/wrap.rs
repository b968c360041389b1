//! Sentences in lines that fit the terminal.

use std::io::{self, Write};

use super::table;

/// The lines of a sentence, none wider than `width` where its words allow that. Codes for bold and dim letters take no room.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ') {
        let wide = room(word);
        let line = lines.last_mut().filter(|l| l.is_empty() || used + 1 + wide <= width);
        match line {
            Some(line) if line.is_empty() => {
                line.push_str(word);
                used = wide;
            }
            Some(line) => {
                line.extend([" ", word]);
                used += 1 + wide;
            }
            None => {
                lines.push(word.to_owned());
                used = wide;
            }
        }
    }
    lines
}

/// How many columns a word takes.
fn room(word: &str) -> usize {
    let mut code = false;
    let seen = |c: &char| {
        let hidden = code || *c == '\u{1b}';
        // A code ends with its first letter.
        code = hidden && !c.is_ascii_alphabetic();
        !hidden
    };
    word.chars().filter(seen).count()
}

/// A writer that wraps lines at the width of the terminal, each under its own beginning. Elsewhere lines stay as they are:
/// programs read them.
pub(super) struct Wrap<W: Write> {
    inner: W,
    width: Option<usize>,
    line: Vec<u8>,
}

impl<W: Write> Wrap<W> {
    pub(super) fn screen(inner: W) -> Self {
        Self::at(inner, table::screen().map(usize::from))
    }

    fn at(inner: W, width: Option<usize>) -> Self {
        Self { inner, width, line: Vec::new() }
    }

    fn end_line(&mut self) -> io::Result<()> {
        let line = std::mem::take(&mut self.line);
        let (text, width) = (String::from_utf8_lossy(&line), self.width.unwrap_or(usize::MAX));
        if room(&text) <= width {
            return writeln!(self.inner, "{text}");
        }
        let words = text.trim_start_matches(' ');
        let indent = text.len() - words.len();
        for (n, line) in wrapped(words, width.saturating_sub(indent + 2).max(20)).into_iter().enumerate() {
            let indent = if n == 0 { indent } else { indent + 2 };
            writeln!(self.inner, "{:indent$}{line}", "")?;
        }
        Ok(())
    }
}

impl<W: Write> Write for Wrap<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for byte in bytes {
            match byte {
                b'\n' => self.end_line()?,
                byte => self.line.push(*byte),
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_the_terminal_and_stay_whole_elsewhere() {
        let text = "  1. \u{1b}[1mone two\u{1b}[0m three four five six seven eight\nshort\n";
        let shown = |width| {
            let mut out = Wrap::at(Vec::new(), width);
            out.write_all(text.as_bytes()).unwrap();
            String::from_utf8(out.inner).unwrap()
        };
        assert_eq!(shown(None), text);
        let lines = shown(Some(30));
        assert_eq!(
            lines.lines().collect::<Vec<_>>(),
            ["  1. \u{1b}[1mone two\u{1b}[0m three four five", "    six seven eight", "short"]
        );
    }
}
