//! A table that goes on over pages, with its headings on each of them.

use super::sheet::{DIM, ROOM, RULE, Sheet, Style};
use super::{BAR, BLANK, WARN};
use crate::report::part::{Cell, Row, Table};

/// The space between columns, and above and below the lines of a row.
const GAP: f32 = 9.0;
const PAD: f32 = 2.6;

/// The size of the letters, and that of the headings.
const SIZE: f32 = 8.5;
const HEAD: f32 = 7.5;

/// A bar that shows a share.
const SHARE: f32 = 140.0;

/// A column: where it begins, and how wide it is.
#[derive(Clone, Copy)]
struct Column {
    x: f32,
    width: f32,
}

impl Sheet {
    pub(super) fn table(&mut self, table: &Table<'_>) {
        let columns = self.columns(table);
        self.heads(table, &columns);
        for row in &table.rows {
            self.row(table, row, &columns);
        }
        self.y += 6.0;
    }

    /// As wide as its content where there is room; else columns of text share what the others leave.
    fn columns(&self, table: &Table<'_>) -> Vec<Column> {
        let number = table.rows.first().map_or(0, |row| row.cells.len());
        let mut natural = vec![0.0_f32; number];
        let mut least = vec![0.0_f32; number];
        let mut is_text = vec![false; number];
        let head = Style::plain(HEAD).bold();
        for (at, heading) in table.heads.iter().enumerate().take(number) {
            natural[at] = self.letters(head).width(heading.title, HEAD);
            least[at] = natural[at];
        }
        let letters = self.letters(Style::plain(SIZE));
        for row in &table.rows {
            for (at, cell) in row.cells.iter().enumerate().take(number) {
                let (width, word) = match cell {
                    Cell::Share(..) => (SHARE, SHARE),
                    Cell::Day(text) | Cell::Number(text) => {
                        let width = letters.width(text, SIZE);
                        (width, width)
                    }
                    cell => {
                        is_text[at] = true;
                        (letters.width(said(cell), SIZE), letters.widest(said(cell), SIZE))
                    }
                };
                natural[at] = natural[at].max(width);
                least[at] = least[at].max(word);
            }
        }
        let gaps = GAP * number.saturating_sub(1) as f32;
        let wanted: f32 = natural.iter().sum();
        let mut widths = natural.clone();
        if wanted + gaps > ROOM {
            let sum = |widths: &[f32], of_text: bool| -> f32 {
                widths.iter().zip(&is_text).filter(|(_, is)| **is == of_text).map(|(width, _)| *width).sum()
            };
            let left = (ROOM - gaps - sum(&natural, false)).max(0.0);
            // Each column of text gets its widest word, if it can be, and what is left by how much it holds.
            let words = sum(&least, true).min(left);
            let scale = if sum(&least, true) > 0.0 { words / sum(&least, true) } else { 0.0 };
            let more: f32 =
                natural.iter().zip(&least).zip(&is_text).filter(|(_, is)| **is).map(|((n, l), _)| n - l).sum();
            for ((width, least), _) in widths.iter_mut().zip(&least).zip(&is_text).filter(|(_, is)| **is) {
                let part = if more > 0.0 { (*width - least) / more } else { 0.0 };
                *width = least * scale + (left - words) * part;
            }
        }
        let mut x = 0.0;
        let place = |width: f32| {
            let column = Column { x, width };
            x += width + GAP;
            column
        };
        widths.into_iter().map(place).collect()
    }

    fn heads(&mut self, table: &Table<'_>, columns: &[Column]) {
        if table.heads.is_empty() {
            return;
        }
        let style = Style::plain(HEAD).bold().color(DIM);
        // With the row that follows.
        self.make_room(4.0 * style.height());
        for (head, column) in table.heads.iter().zip(columns) {
            let run = self.letters(style).run(head.title);
            if head.is_number {
                self.write_to(column.x + column.width, PAD, run, style);
            } else {
                self.write(column.x, PAD, run, style);
            }
        }
        self.y += style.height() + 2.0 * PAD;
        self.rule();
    }

    fn row(&mut self, table: &Table<'_>, row: &Row<'_>, columns: &[Column]) {
        let plain = Style::plain(SIZE);
        let style = if row.is_missed { plain.color(WARN) } else { plain };
        let cells: Vec<_> =
            row.cells.iter().zip(columns).map(|(cell, column)| self.lines(said(cell), style, column.width)).collect();
        let most = cells.iter().map(Vec::len).max().unwrap_or_default();
        let height = most as f32 * style.height() + 2.0 * PAD;
        if self.make_room(height) {
            self.heads(table, columns);
        }
        for (cell, column) in row.cells.iter().zip(columns) {
            if let Cell::Share(n, all) = cell {
                let middle = PAD + style.height() / 2.0 - 3.0;
                self.fill(column.x, middle, SHARE, 6.0, BLANK);
                let share = if *all == 0 { 0.0 } else { *n as f32 / *all as f32 };
                if share > 0.0 {
                    self.fill(column.x, middle, SHARE * share, 6.0, BAR);
                }
            }
        }
        self.y += PAD;
        for at in 0..most {
            // A row that fits on no page goes on on the next one.
            if self.make_room(style.height()) {
                self.heads(table, columns);
            }
            for ((cell, lines), column) in row.cells.iter().zip(&cells).zip(columns) {
                let Some(run) = lines.get(at).cloned() else { continue };
                match cell {
                    Cell::Number(_) => self.write_to(column.x + column.width, 0.0, run, style),
                    _ => self.write(column.x, 0.0, run, style),
                }
            }
            self.y += style.height();
        }
        self.y += PAD;
        self.rule();
    }

    fn rule(&mut self) {
        self.fill(0.0, 0.0, ROOM, 0.5, RULE);
        self.y += 0.5;
    }
}

/// What a cell says.
fn said<'a>(cell: &'a Cell<'_>) -> &'a str {
    match cell {
        Cell::Head(text) | Cell::Text(text) | Cell::Day(text) | Cell::Number(text) => text,
        Cell::Contract(line) => line.map_or("", |line| &line.name),
        Cell::Share(..) => "",
    }
}
