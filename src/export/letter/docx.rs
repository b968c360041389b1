//! The draft for a word processor.

use std::io::{self, Cursor};

use docx_rs::{AlignmentType, BreakType, Docx, Header, LineSpacing, PageMargin, Paragraph, Run, RunFonts};

use super::{Draft, Purpose};
use crate::export::is_unprintable;

/// Size of the letters, in half points.
const SIZE: usize = 22;

/// That of what is no part of the letter.
const SMALL: usize = 18;

/// The margins on all sides, in twentieths of a point: one inch.
const MARGIN: i32 = 1_440;

/// The file.
pub(super) fn write(draft: &Draft) -> io::Result<Vec<u8>> {
    let margin = PageMargin::new().top(MARGIN).bottom(MARGIN).left(MARGIN).right(MARGIN);
    let mark = paragraph(Run::new().add_text(printable(&draft.mark)).bold().size(SMALL)).align(AlignmentType::Center);
    let mut docx = Docx::new()
        .page_margin(margin)
        .default_size(SIZE)
        .default_fonts(RunFonts::new().ascii("Times New Roman").hi_ansi("Times New Roman").cs("Times New Roman"))
        .header(Header::new().add_paragraph(mark));
    for line in draft.body.lines() {
        let run = Run::new().add_text(printable(line));
        let is_heading = Purpose::ALL.iter().any(|purpose| purpose.heading() == line);
        docx = docx.add_paragraph(paragraph(if is_heading { run.bold() } else { run }));
    }
    let mut advice = draft.advice.lines();
    if let Some(first) = advice.next() {
        let apart = Run::new().add_break(BreakType::Page).add_text(printable(first)).bold().size(SMALL);
        docx = docx.add_paragraph(paragraph(apart));
    }
    for line in advice {
        docx = docx.add_paragraph(paragraph(Run::new().add_text(printable(line)).size(SMALL)));
    }
    let mut out = Cursor::new(Vec::new());
    docx.build().pack(&mut out).map_err(io::Error::other)?;
    Ok(out.into_inner())
}

/// A line, without space before or behind it.
fn paragraph(run: Run) -> Paragraph {
    Paragraph::new().line_spacing(LineSpacing::new().before(0).after(0)).add_run(run)
}

/// A text without what XML cannot hold, or what would hide or reorder it.
fn printable(text: &str) -> String {
    text.chars().map(|c| if is_unprintable(c) { ' ' } else { c }).collect()
}
