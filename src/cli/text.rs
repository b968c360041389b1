//! `tickler text`

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;
use tickler::record::{Diagnostic, PageRegion, Severity, Span};
use tickler::source;
use tickler::text::{Block, BlockKind, DocumentText, Hidden, extract_with};

use super::Format;
use super::app::{App, DIM};
use super::clean::clean;
use super::exit::SOME_FAILED;
use super::passwords::PasswordArgs;
use super::scans::{self, OcrArgs};
use super::worker;

/// Print the text of a file as it is read, and the words that are not part of it
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Every value is read from this text. Each paragraph is one line; the cells of a table row are separated by \
    tabs. Words that nobody sees on the page, and words that are struck out, are not part of it: --hidden prints them.\n\n\
    Examples:\n  \
    tickler text fixtures/contracts/cloud-msa-auto-renewal.pdf\n  \
    tickler text fixtures/contracts/order-form-key-terms.pdf --pages 1 --layout\n  \
    tickler text fixtures/contracts/order-form-key-terms.pdf --format json    # with places\n  \
    tickler text fixtures/contracts/cloud-msa-auto-renewal.pdf --hidden"
)]
pub(super) struct Args {
    /// PDF file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Print only these pages, such as 3, 2-5, 7- or 1,4-6
    #[arg(long, value_name = "PAGES", value_parser = pages)]
    pages: Option<Pages>,
    /// Print the lines where they stand on the page
    #[arg(long)]
    layout: bool,
    /// Print the words that are not part of the text, and why, instead of the text
    #[arg(long, conflicts_with = "layout")]
    hidden: bool,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    passwords: PasswordArgs,
    #[command(flatten)]
    ocr: OcrArgs,
}

/// Ranges of pages, from 1.
#[derive(Debug, Clone)]
struct Pages(Vec<(u32, u32)>);

impl Pages {
    fn has(&self, page: u32) -> bool {
        self.0.iter().any(|(from, to)| (*from..=*to).contains(&page))
    }
}

fn pages(text: &str) -> Result<Pages, String> {
    let number = |part: &str| part.trim().parse::<u32>().ok().filter(|n| *n > 0);
    let range = |part: &str| match part.split_once('-') {
        None => number(part).map(|n| (n, n)),
        Some((from, "")) => number(from).map(|from| (from, u32::MAX)),
        Some((from, to)) => number(from).zip(number(to)).filter(|(from, to)| from <= to),
    };
    let ranges = text.split(',').map(range).collect::<Option<_>>();
    ranges.map(Pages).ok_or_else(|| "give pages such as 3, 2-5, 7- or 1,4-6".to_owned())
}

/// A part of a block that stands on one page.
struct Part<'a> {
    page: u32,
    kind: &'static str,
    lines: Vec<&'a str>,
    spans: Vec<Span>,
    span: Span,
}

#[derive(Serialize)]
struct Shown<'a> {
    file: &'a str,
    pages: Vec<Sheet<'a>>,
    hidden: Vec<&'a Hidden>,
    diagnostics: &'a [Diagnostic],
}

#[derive(Serialize)]
struct Sheet<'a> {
    page: u32,
    width: f32,
    height: f32,
    blocks: Vec<Paragraph<'a>>,
}

#[derive(Serialize)]
struct Paragraph<'a> {
    kind: &'static str,
    span: Span,
    text: &'a str,
    lines: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    text: &'a str,
    regions: Vec<PageRegion>,
    words: Vec<Word<'a>>,
}

#[derive(Serialize)]
struct Word<'a> {
    text: &'a str,
    regions: Vec<PageRegion>,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let tesseract = args.ocr.reader(app);
    let engines = worker::engines(args.passwords.load()?)?;
    let name = args.file.to_string_lossy();
    let read = source::read_limited(&args.file, app.settings.max_file_mib.saturating_mul(1024 * 1024))
        .map_err(|error| error.diagnostic().message);
    let read = read.and_then(|bytes| {
        extract_with(&bytes, &*engines, scans::scans(&tesseract, &app.settings))
            .map_err(|failure| failure.diagnostic.message)
    });
    let extraction = match read {
        Ok(extraction) => extraction,
        Err(why) => {
            app.failed(&name, &why)?;
            return Ok(ExitCode::from(SOME_FAILED));
        }
    };
    let text = &extraction.text;
    let wanted = |page: u32| args.pages.as_ref().is_none_or(|pages| pages.has(page));
    let hidden: Vec<&Hidden> = text.hidden().iter().filter(|hidden| wanted(hidden.region.page)).collect();
    let mut by_page: BTreeMap<u32, Vec<Part<'_>>> = BTreeMap::new();
    let margins = text.margins().iter().map(|block| (block, "margin"));
    for (block, kind) in text.blocks().iter().map(|block| (block, kind(block))).chain(margins) {
        for part in parts(text, block, kind).into_iter().filter(|part| wanted(part.page)) {
            by_page.entry(part.page).or_default().push(part);
        }
    }
    match args.format {
        Format::Json => {
            let pages = if args.hidden { Vec::new() } else { json(text, &by_page) };
            app.json(&Shown { file: &name, pages, hidden, diagnostics: &extraction.diagnostics })?;
        }
        Format::Text if args.hidden => print_hidden(&hidden, &mut app.out)?,
        Format::Text => {
            for (page, parts) in &by_page {
                writeln!(app.out, "{DIM}--- page {page} ---{DIM:#}")?;
                if args.layout { print_layout(text, parts, &mut app.out)? } else { print(text, parts, &mut app.out)? }
            }
        }
    }
    for remark in extraction.diagnostics.iter().filter(|d| d.severity > Severity::Info && args.format == Format::Text) {
        app.note(&remark.message)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn kind(block: &Block) -> &'static str {
    match block.kind {
        BlockKind::Paragraph => "paragraph",
        BlockKind::TableRow => "table_row",
    }
}

/// The parts of a block on each of its pages.
fn parts<'a>(text: &'a DocumentText, block: &Block, kind: &'static str) -> Vec<Part<'a>> {
    let mut out: Vec<Part<'a>> = Vec::new();
    for line in text.lines(block.span) {
        let page = text.page_at(line.start());
        match out.last_mut().filter(|part| part.page == page) {
            Some(part) => {
                part.span = part.span.cover(line);
                part.lines.push(text.slice(line));
                part.spans.push(line);
            }
            None => out.push(Part { page, kind, lines: vec![text.slice(line)], spans: vec![line], span: line }),
        }
    }
    out
}

fn print(text: &DocumentText, parts: &[Part<'_>], out: &mut impl Write) -> io::Result<()> {
    for part in parts {
        // Tabs between cells stay: they are what rules read.
        let cells: Vec<String> = text.slice(part.span).split('\t').map(|cell| clean(cell.trim())).collect();
        writeln!(out, "{}", cells.join("\t"))?;
    }
    Ok(())
}

/// Prints lines at their places: a character of the terminal is five points wide.
fn print_layout(text: &DocumentText, parts: &[Part<'_>], out: &mut impl Write) -> io::Result<()> {
    const COLUMN: f32 = 5.0;
    const LEVEL: f32 = 4.0;
    let mut lines: Vec<(f32, f32, String)> = Vec::new();
    for part in parts {
        for span in &part.spans {
            // The cells of a row stand apart.
            let mut from = span.start();
            for cell in text.slice(*span).split('\t') {
                let place = Span::new(from, from + cell.len());
                from += cell.len() + 1;
                let region = text.regions(place).first().copied();
                let (y, x) = region.map_or((0.0, 0.0), |r| (r.y1, r.x0));
                lines.push((y, x, clean(cell.trim())));
            }
        }
    }
    lines.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut rows: Vec<Vec<(f32, f32, String)>> = Vec::new();
    for line in lines {
        match rows.last_mut().filter(|row| (row[0].0 - line.0).abs() < LEVEL) {
            Some(row) => row.push(line),
            None => rows.push(vec![line]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.1.total_cmp(&b.1));
        let mut shown = String::new();
        for (_, x, words) in row.iter().filter(|(.., words)| !words.is_empty()) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a column on a page")]
            let column = (x / COLUMN).clamp(0.0, 400.0) as usize;
            let width = shown.chars().count();
            let gap = if width == 0 { column } else { column.max(width + 1) - width };
            shown.extend(std::iter::repeat_n(' ', gap));
            shown.push_str(words);
        }
        writeln!(out, "{shown}")?;
    }
    Ok(())
}

fn print_hidden(hidden: &[&Hidden], out: &mut impl Write) -> io::Result<()> {
    for line in hidden {
        writeln!(out, "page {}  {}: {}", line.region.page, line.by.words(), clean(&line.text))?;
    }
    if hidden.is_empty() { writeln!(out, "No hidden words.") } else { Ok(()) }
}

fn json<'a>(text: &'a DocumentText, by_page: &BTreeMap<u32, Vec<Part<'a>>>) -> Vec<Sheet<'a>> {
    let words = |line: Span| {
        let mut at = line.start();
        let place = move |word: &'a str| {
            let span = Span::new(at, at + word.len());
            // All white space of the text is one byte wide.
            at = span.end() + 1;
            (!word.is_empty()).then(|| Word { text: word, regions: text.regions(span) })
        };
        text.slice(line).split([' ', '\t', '\n']).filter_map(place).collect()
    };
    let line =
        |(shown, span): (&&'a str, &Span)| Line { text: shown, regions: text.regions(*span), words: words(*span) };
    let paragraph = |part: &Part<'a>| Paragraph {
        kind: part.kind,
        span: part.span,
        text: text.slice(part.span),
        lines: part.lines.iter().zip(&part.spans).map(line).collect(),
    };
    let size = |page: u32| text.pages().get(page as usize - 1).map_or((0.0, 0.0), |info| (info.width, info.height));
    by_page
        .iter()
        .map(|(&page, parts)| {
            let (width, height) = size(page);
            Sheet { page, width, height, blocks: parts.iter().map(paragraph).collect() }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_pages() {
        let shown = |text: &str| pages(text).map(|p| (1..=9).filter(|n| p.has(*n)).collect::<Vec<u32>>());
        assert_eq!(shown("3"), Ok(vec![3]));
        assert_eq!(shown("1,4-6"), Ok(vec![1, 4, 5, 6]));
        assert_eq!(shown("7-"), Ok(vec![7, 8, 9]));
        for odd in ["", "0", "5-2", "a", "1,,2", "-3"] {
            assert!(shown(odd).is_err(), "{odd}");
        }
    }
}
