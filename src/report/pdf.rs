//! The report as PDF: A4 pages to print, with the typeface in the file.

mod letters;
mod sheet;
mod table;

use super::part::{FOOTER, Part, parts, title};
use super::{Line, Month, Report, chart};
use sheet::{Color, DIM, INK, ROOM, RULE, Sheet, Style};

/// The colours of the report, as in its HTML.
const BAR: Color = Color(0x2f_66_90);
const BLANK: Color = Color(0xed_f0_f3);
const FEW: Color = Color(0x47_77_9f);
const MANY: Color = Color(0x16_34_4c);
const WARN: Color = Color(0xa3_34_1f);
const WHITE: Color = Color(0xff_ff_ff);

/// The height of a heading with its rule.
const HEADING: f32 = 28.0;

/// The names of months beside the strip, and the side of its cells.
const LEFT: f32 = 52.0;
const CELL: f32 = (ROOM - LEFT) / chart::DAYS as f32;

/// The height of the bars, and of the numbers above them.
const HEIGHT: f32 = 92.0;
const ABOVE: f32 = 14.0;
const BARS: f32 = HEIGHT + ABOVE;

const TEXT: Style = Style::plain(9.0);
const NOTE: Style = Style::plain(8.0).color(DIM);
const AXIS: Style = Style::plain(7.0).color(DIM);

/// Why the report cannot be written as PDF.
#[derive(Debug, thiserror::Error)]
#[error("the report cannot be written as PDF: {0}")]
pub struct BadPdf(String);

/// The whole file. The same figures give the same file.
///
/// # Errors
/// An error where the typeface cannot be embedded.
pub fn pdf(report: &Report) -> Result<Vec<u8>, BadPdf> {
    let (title, months) = (title(report), report.months());
    let mut sheet = Sheet::new()?;
    sheet.paragraph(&title, Style::plain(17.0).bold(), 6.0);
    let parts = parts(report, &months);
    for (at, part) in parts.iter().enumerate() {
        sheet.part(part, parts.get(at + 1), &months);
    }
    sheet.y += 10.0;
    sheet.paragraph(&plain(FOOTER), NOTE, 0.0);
    sheet.finish(&title)
}

/// How much of a part stands together with the heading above it.
fn least(part: &Part<'_>, months: &[Month]) -> f32 {
    match part {
        Part::Strip => 16.0 + CELL * months.len() as f32,
        Part::Bars(..) => BARS + 40.0,
        Part::Tiles(_) | Part::Table(_) | Part::Names(_) | Part::List(_) => 50.0,
        Part::Heading(_) | Part::Subheading(_) | Part::Text(_) | Part::Note(_) => 20.0,
    }
}

/// A text of ours without the marks around what is typed.
fn plain(text: &str) -> String {
    text.replace('`', "")
}

impl Sheet {
    /// Draws a part; a heading stands on the page of the `next` one.
    fn part(&mut self, part: &Part<'_>, next: Option<&Part<'_>>, months: &[Month]) {
        match part {
            Part::Tiles(tiles) => self.tiles(tiles),
            Part::Heading(text) => {
                let style = Style::plain(12.0).bold();
                self.y += 12.0;
                self.make_room(HEADING + next.map_or(0.0, |next| least(next, months)));
                self.paragraph(text, style, 3.0);
                self.fill(0.0, 0.0, ROOM, 0.7, RULE);
                self.y += 5.0;
            }
            Part::Subheading(text) => {
                self.y += 5.0;
                self.make_room(HEADING + next.map_or(0.0, |next| least(next, months)));
                self.paragraph(text, Style::plain(10.0).bold(), 2.0);
            }
            Part::Text(text) => self.paragraph(&plain(text), TEXT, 4.0),
            Part::Note(text) => self.paragraph(text, NOTE, 4.0),
            Part::Table(table) => self.table(table),
            Part::Names(names) => self.names(names),
            Part::List(lines) => {
                for line in lines {
                    self.listed(line);
                }
            }
            Part::Strip => self.strip(months),
            Part::Bars(currency, caption) => self.bars(months, currency, caption),
        }
    }

    /// A text over the whole width, with space below it.
    fn paragraph(&mut self, text: &str, style: Style, below: f32) {
        for run in self.lines(text, style, ROOM) {
            self.make_room(style.height());
            self.write(0.0, 0.0, run, style);
            self.y += style.height();
        }
        self.y += below;
    }

    /// A line of a list.
    fn listed(&mut self, text: &str) {
        const INDENT: f32 = 10.0;
        for (at, run) in self.lines(text, TEXT, ROOM - INDENT).into_iter().enumerate() {
            self.make_room(TEXT.height());
            if at == 0 {
                let dot = self.letters(TEXT).run("•");
                self.write(0.0, 0.0, dot, TEXT);
            }
            self.write(INDENT, 0.0, run, TEXT);
            self.y += TEXT.height();
        }
        self.y += 1.5;
    }

    /// Contracts in two columns, row by row.
    fn names(&mut self, names: &[(&Line, String)]) {
        const INDENT: f32 = 10.0;
        let half = ROOM / 2.0;
        for pair in names.chunks(2) {
            let cells: Vec<_> = pair
                .iter()
                .map(|(line, more)| self.lines(&format!("{}{more}", line.name), TEXT, half - 2.0 * INDENT))
                .collect();
            let most = cells.iter().map(Vec::len).max().unwrap_or_default();
            self.make_room(most as f32 * TEXT.height());
            for (column, lines) in cells.into_iter().enumerate() {
                let x = half * column as f32;
                let dot = self.letters(TEXT).run("•");
                self.write(x, 0.0, dot, TEXT);
                for (at, run) in lines.into_iter().enumerate() {
                    self.write(x + INDENT, at as f32 * TEXT.height(), run, TEXT);
                }
            }
            self.y += most as f32 * TEXT.height() + 1.5;
        }
        self.y += 3.0;
    }

    /// Numbers in frames, side by side.
    fn tiles(&mut self, tiles: &[(usize, &'static str)]) {
        const TALL: f32 = 52.0;
        const GAP: f32 = 7.0;
        let count = tiles.len().max(1) as f32;
        let width = (ROOM - GAP * (count - 1.0)) / count;
        self.make_room(TALL);
        for (at, (n, what)) in tiles.iter().enumerate() {
            let x = at as f32 * (width + GAP);
            self.fill(x, 0.0, width, TALL, RULE);
            self.fill(x + 0.6, 0.6, width - 1.2, TALL - 1.2, WHITE);
            let big = Style::plain(15.0).bold();
            let run = self.letters(big).run(&n.to_string());
            self.write(x + 6.0, 5.0, run, big);
            let small = Style::plain(7.5).color(DIM);
            for (line, run) in self.lines(what, small, width - 12.0).into_iter().enumerate() {
                self.write(x + 6.0, 26.0 + line as f32 * small.height(), run, small);
            }
        }
        self.y += TALL;
    }

    /// Twelve months, a row a month, a cell a day, darker where more has to be decided.
    fn strip(&mut self, months: &[Month]) {
        self.make_room(least(&Part::Strip, months));
        let middle = |day: u16| LEFT + (f32::from(day) - 0.5) * CELL - 1.0;
        for day in (1..=chart::DAYS).filter(|day| day % 5 == 0 || *day == 1) {
            self.write_around(middle(day), 0.0, &day.to_string(), AXIS);
        }
        self.y += 12.0;
        for month in months {
            let name = self.letters(AXIS).run(&month.first.strftime("%b %Y").to_string());
            self.write(0.0, (CELL - AXIS.height()) / 2.0, name, AXIS);
            for day in 1..=month.first.days_in_month() {
                let n = month.days.get(&day).copied().unwrap_or_default();
                let color = match chart::shade(n) {
                    "few" => FEW,
                    "some" => BAR,
                    "many" => MANY,
                    _ => BLANK,
                };
                let day = u16::from(day.unsigned_abs());
                let x = LEFT + (f32::from(day) - 1.0) * CELL;
                self.fill(x, 0.0, CELL - 2.0, CELL - 2.0, color);
                if n > 0 {
                    let style = Style::plain(7.0).bold().color(WHITE);
                    self.write_around(middle(day), (CELL - 2.0 - style.height()) / 2.0, &n.to_string(), style);
                }
            }
            self.y += CELL;
        }
        self.y += 4.0;
    }

    /// Bars of one currency, a month each.
    fn bars(&mut self, months: &[Month], currency: &str, caption: &str) {
        self.make_room(BARS + 40.0);
        let of = |month: &Month| month.at_stake.get(currency).copied().unwrap_or_default();
        let most = months.iter().map(|month| of(month).millionths()).max().unwrap_or_default().max(1);
        let width = ROOM / months.len().max(1) as f32;
        for (at, month) in months.iter().enumerate() {
            let (amount, x) = (of(month), at as f32 * width);
            if amount.millionths() > 0 {
                let tall = (amount.millionths() as f32 / most as f32 * HEIGHT).max(0.5);
                self.fill(x + 5.0, BARS - tall, width - 10.0, tall, BAR);
                self.write_around(x + width / 2.0, HEIGHT - tall + 2.0, &chart::short(amount), AXIS);
            }
            let name = month.first.strftime("%b").to_string();
            self.write_around(x + width / 2.0, BARS + 3.0, &name, AXIS);
        }
        self.fill(0.0, BARS, ROOM, 0.7, INK);
        self.y += BARS + 15.0;
        self.paragraph(caption, NOTE, 6.0);
    }
}
