//! The report as HTML: as one file, with no script, no picture and no font from elsewhere; and as a part of another page.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::part::{Cell, FOOTER, Part, Table, parts, title};
use super::{Line, Month, Report, chart};
use crate::export::is_unprintable;

const STYLE: &str = include_str!("report.css");

/// How the parts of a report look, for whoever shows [`content`]. It draws with the colours `--ink`, `--dim`, `--rule`,
/// `--warn`, `--bar`, and
/// `--blank`, `--few`, `--some` and `--many` for days with so many decisions.
pub const PARTS_STYLE: &str = include_str!("parts.css");

/// How a contract is named, such as by a link to its page.
type Name<'a> = &'a dyn Fn(&Line) -> Markup;

/// The whole file.
#[must_use]
pub fn html(report: &Report) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Contracts as of " (report.as_of) }
                style { (PreEscaped(STYLE)) (PreEscaped(PARTS_STYLE)) }
            }
            body {
                (content(report, &|line| html! { (line.name) }))
                footer { (words(FOOTER)) }
            }
        }
    };
    // Names of files and parties may hold what reorders or hides the words around it.
    let mut out = String::new();
    for c in page.into_string().chars() {
        if !matches!(c, '\n' | '\t') && is_unprintable(c) { out.extend(c.escape_unicode()) } else { out.push(c) }
    }
    out
}

/// What the report tells, from its heading on.
pub fn content(report: &Report, name: Name<'_>) -> Markup {
    let months = report.months();
    html! {
        h1 { (title(report)) }
        @for part in parts(report, &months) { (drawn(&part, &months, name)) }
    }
}

fn drawn(part: &Part<'_>, months: &[Month], name: Name<'_>) -> Markup {
    html! {
        @match part {
            Part::Tiles(tiles) => ul.tiles { @for (n, what) in tiles { li { b { (n) } " " (what) } } },
            Part::Heading(text) => h2 { (text) },
            Part::Subheading(text) => h3 { (text) },
            Part::Text(text) => p { (words(text)) },
            Part::Note(text) => p.note { (text) },
            Part::Strip => (chart::strip(months)),
            Part::Bars(currency, caption) => figure { (chart::bars(months, currency)) figcaption { (caption) } },
            Part::Names(names) => ul.names { @for (line, more) in names { li { (name(line)) (more) } } },
            Part::List(lines) => ul { @for line in lines { li { (line) } } },
            Part::Table(table) => (table_of(table, name)),
        }
    }
}

fn table_of(table: &Table<'_>, name: Name<'_>) -> Markup {
    html! {
        table {
            @if !table.heads.is_empty() {
                thead { tr { @for head in table.heads { th class=[head.is_number.then_some("number")] scope="col" { (head.title) } } } }
            }
            @for row in &table.rows {
                tr class=[row.is_missed.then_some("missed")] { @for cell in &row.cells { (cell_of(cell, name)) } }
            }
        }
    }
}

fn cell_of(cell: &Cell<'_>, name: Name<'_>) -> Markup {
    html! {
        @match cell {
            Cell::Head(text) => th scope="row" { (text) },
            Cell::Text(text) => td { (text) },
            Cell::Day(text) => td.day { (text) },
            Cell::Number(text) => td.number { (text) },
            Cell::Contract(line) => td { @if let Some(line) = line { (name(line)) } },
            Cell::Share(n, all) => td { (chart::share(*n, *all)) },
        }
    }
}

/// A text of ours, with what is typed between back quotes as code.
fn words(text: &str) -> Markup {
    html! { @for (at, part) in text.split('`').enumerate() { @if at % 2 == 1 { code { (part) } } @else { (part) } } }
}
