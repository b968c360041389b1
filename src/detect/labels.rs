//! "Label: value", wherever it stands: in a line, in the cells of a row, in a column, under the label, in a form.

use crate::lexicon::label::{self, Field};
use crate::lexicon::{DateStyle, dates};
use crate::record::Span;
use crate::text::DocumentText;

/// Most rows under a head that are looked at to tell a list.
const LIST: usize = 20;

/// Longest label, in bytes.
const LONGEST: usize = 70;

/// A label that names a field, and its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Label {
    /// What the value is.
    pub(crate) field: Field,
    /// The label, without its number and its colon.
    pub(crate) name: Span,
    /// Whether it is the head of a column.
    pub(crate) column: bool,
    /// The value: the rest of the line or cell, or the cell or line beside or under the label.
    pub(crate) value: Span,
}

/// The labelled values of a document, in its order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Labels {
    list: Vec<Label>,
}

/// A cell of a row, or a whole paragraph.
#[derive(Debug, Clone, Copy)]
struct Cell<'a> {
    words: &'a str,
    start: usize,
}

impl Labels {
    /// Reads the labels of a document.
    pub(crate) fn of(text: &DocumentText) -> Self {
        let rows: Vec<Vec<Cell<'_>>> =
            text.blocks().iter().map(|b| cells(text.slice(b.span), b.span.start())).collect();
        let mut list = Vec::new();
        for (i, row) in rows.iter().enumerate() {
            let next = rows.get(i + 1).map(Vec::as_slice);
            let torn = torn(&rows[i..]);
            let head = |cells: &&[Cell<'_>]| is_head(row, cells);
            let under = torn.as_deref().filter(head).or(next.filter(head).filter(|_| !is_list(&rows[i + 1..])));
            if let Some(under) = under {
                list.extend(
                    row.iter().zip(under).filter_map(|(head, cell)| Some(Label { column: true, ..pair(head, *cell)? })),
                );
                continue;
            }
            for (k, cell) in row.iter().enumerate() {
                let beside = row.get(k + 1).copied();
                let under = next.and_then(|n| n.get(k)).filter(|n| row.len() == 1 && !is_paragraph(cell, n)).copied();
                let beside = beside.or(under).filter(|c| !begins_with_label(c));
                if is_label(cell) {
                    list.extend(beside.and_then(|value| pair(cell, value)));
                } else if let Some(label) = bare(cell) {
                    list.push(label);
                } else {
                    within(*cell, beside, &mut list);
                }
            }
        }
        Self { list }
    }

    /// Whether what stands at `span` is the value of a field.
    pub(crate) fn is_value(&self, field: Field, span: Span) -> bool {
        self.all(field).any(|l| l.value.contains(span))
    }

    /// The first value of a field.
    pub(crate) fn get(&self, field: Field) -> Option<&Label> {
        self.all(field).next()
    }

    /// Every value of a field.
    pub(crate) fn all(&self, field: Field) -> impl Iterator<Item = &Label> {
        self.list.iter().filter(move |l| l.field == field)
    }
}

/// The cells of a row, white space around them left out.
fn cells(row: &str, start: usize) -> Vec<Cell<'_>> {
    let mut at = start;
    row.split('\t')
        .map(|words| {
            let lead = words.len() - words.trim_start().len();
            let cell = Cell { words: words.trim(), start: at + lead };
            at += words.len() + 1;
            cell
        })
        .collect()
}

/// Where the label in `words` begins, behind its number: "(d) ", "2.1 ", "• ".
pub(super) fn behind_number(words: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = &words[at..];
        let mark = rest.split(' ').next().unwrap_or("");
        let bare = mark.trim_matches(['(', ')', '.']);
        let bullet = !mark.is_empty() && mark.chars().all(|c| "•·▪●*-–".contains(c));
        let numbered = mark.len() <= 7
            && (bare.len() < mark.len() && bare.len() <= 4 && bare.bytes().all(|b| b.is_ascii_alphanumeric())
                || bare.contains('.') && bare.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
        if mark.is_empty() || mark.len() == rest.len() || !(bullet || numbered && !bare.is_empty()) {
            return at;
        }
        at += mark.len() + 1;
    }
}

/// The field of a cell that is a label and nothing else.
fn whole(cell: &Cell<'_>) -> Option<(Field, Span)> {
    let lead = behind_number(cell.words);
    let words = cell.words[lead..].trim_end_matches([':', ' ', '.', '?', '-', '–']);
    let field = (words.len() <= LONGEST).then(|| label::field(words)).flatten()?;
    Some((field, Span::new(cell.start + lead, cell.start + lead + words.len())))
}

fn is_label(cell: &Cell<'_>) -> bool {
    whole(cell).is_some()
}

fn begins_with_label(cell: &Cell<'_>) -> bool {
    is_label(cell)
        || cell.words.find(':').is_some_and(|at| {
            at < LONGEST && label::field(&cell.words[behind_number(cell.words).min(at)..at]).is_some()
        })
}

/// Whether the cell under a label without a colon is a paragraph under its heading.
fn is_paragraph(label: &Cell<'_>, under: &Cell<'_>) -> bool {
    const MOST: usize = 14;
    !label.words.ends_with(':') && under.words.ends_with(['.', ';']) && under.words.split(' ').count() > MOST
}

/// The cells under the heads `rows[0]` where the first of them, on two lines, was taken for a row of its own.
fn torn<'a>(rows: &[Vec<Cell<'a>>]) -> Option<Vec<Cell<'a>>> {
    let [head, first, rest, ..] = rows else { return None };
    (head.len() > 2 && first.len() == 1 && rest.len() + 1 == head.len()).then(|| [first.as_slice(), rest].concat())
}

/// Whether `row` holds the heads of columns: labels over cells that are none.
fn is_head(row: &[Cell<'_>], next: &[Cell<'_>]) -> bool {
    let heads = row.iter().filter(|c| is_label(c)).count();
    let short = row.iter().all(|c| c.words.len() <= 40 && !c.words.contains(|c: char| c.is_ascii_digit()));
    row.len() == next.len() && short && (heads >= 2 || heads == 1 && row.len() >= 3) && !next.iter().any(is_label)
}

/// Whether rows under a head give different days: they are a list of things, each with its own.
fn is_list(rows: &[Vec<Cell<'_>>]) -> bool {
    let Some(first) = rows.first() else { return false };
    let same = rows[1..].iter().take(LIST).take_while(|row| row.len() == first.len());
    let year = |words: &str| {
        words.split(|c: char| !c.is_ascii_digit()).any(|d| d.len() == 4 && (d.starts_with("19") || d.starts_with("20")))
    };
    same.flat_map(|row| row.iter().zip(first))
        .any(|(cell, of)| year(cell.words) && year(of.words) && cell.words != of.words)
}

/// A label in one cell and its value in another.
fn pair(label: &Cell<'_>, value: Cell<'_>) -> Option<Label> {
    let (field, name) = whole(label)?;
    (!value.words.is_empty()).then(|| Label {
        field,
        name,
        column: false,
        value: Span::new(value.start, value.start + value.words.len()),
    })
}

/// A label without a colon before its value in the same cell: "Start date 1 May 2026". Nothing stands
/// behind the date.
fn bare(cell: &Cell<'_>) -> Option<Label> {
    let words = cell.words;
    if words.len() > LONGEST || words.contains(':') || !words.starts_with(char::is_uppercase) {
        return None;
    }
    let date = dates(words, DateStyle::default()).into_iter().next().filter(|d| d.range.end == words.len())?;
    let name = words[..date.range.start].trim_end();
    let field = label::field(name)?;
    let dated = matches!(field, Field::Start | Field::End | Field::AgreementDate | Field::OrderDate);
    dated.then(|| Label {
        field,
        name: Span::new(cell.start, cell.start + name.len()),
        column: false,
        value: Span::new(cell.start + date.range.start, cell.start + words.len()),
    })
}

/// The labels inside a cell: "Order date: 1 May 2026 Term: 12 months". The last value may stand in the next cell.
fn within(cell: Cell<'_>, beside: Option<Cell<'_>>, list: &mut Vec<Label>) {
    let words = cell.words;
    let mut found: Vec<(Field, usize, usize, usize)> = Vec::new();
    let mut from = 0;
    for (at, mark) in words.match_indices([':', '–', '-']) {
        // A dash separates only where a space stands on both sides, at the beginning of a line.
        let dash = mark != ":";
        if dash
            && !(found.is_empty()
                && from == 0
                && words[..at].ends_with(' ')
                && words[at + mark.len()..].starts_with(' '))
        {
            continue;
        }
        let label = ending(&words[from..at]).filter(|(_, start)| !dash || from + start == behind_number(words));
        found.extend(label.map(|(field, start)| (field, from + start, at, at + mark.len())));
        if !dash {
            from = at + mark.len();
        }
    }
    for (n, &(field, start, end, value)) in found.iter().enumerate() {
        let until = found.get(n + 1).map_or(words.len(), |next| next.1);
        let rest = &words[value..until];
        let lead = rest.len() - rest.trim_start().len();
        let name = Span::new(cell.start + start, cell.start + start + words[start..end].trim_end().len());
        let value = Span::new(cell.start + value + lead, cell.start + value + lead + rest.trim().len());
        if !rest.trim().is_empty() {
            list.push(Label { field, name, column: false, value });
        } else if let Some(beside) = beside.filter(|b| n + 1 == found.len() && !b.words.is_empty()) {
            list.push(Label {
                field,
                name,
                column: false,
                value: Span::new(beside.start, beside.start + beside.words.len()),
            });
        }
    }
}

/// The longest label with which `words` end, and where it begins. Inside a line it begins with a capital, behind a mark
/// or a figure: the word before it would be part of it ("Passport Expiry Date").
fn ending(words: &str) -> Option<(Field, usize)> {
    let first = behind_number(words);
    let least = super::rules::reader::tail(words, LONGEST).len();
    let starts = words.char_indices().filter(|&(i, c)| {
        let left = words[..i].trim_end();
        let apart = left.ends_with(|c: char| !c.is_alphanumeric() && c != '\'')
            || left.rsplit(' ').next().is_some_and(|w| w.contains(|c: char| c.is_ascii_digit()));
        let listed = left.ends_with([',', ';']);
        i == first || (c.is_uppercase() || listed) && words[..i].ends_with([' ', '"', '(']) && apart
    });
    starts
        .filter(|&(i, _)| words.len() - i <= least)
        .find_map(|(i, _)| label::field(words[i..].trim_end()).map(|field| (field, i)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::DocumentId;

    fn read(plain: &str) -> Vec<(Field, String)> {
        let text = DocumentText::from_plain(DocumentId::of(plain.as_bytes()), plain);
        Labels::of(&text).list.iter().map(|l| (l.field, text.slice(l.value).to_owned())).collect()
    }

    #[test]
    fn places_of_values() {
        use Field::{AgreementDate, End, Extension, Length, OrderDate, RenewalNotice, Start};
        let table: &[(&str, &[(Field, &str)])] = &[
            (
                "Start date: 1 April 2026\nExpiry date: 31 March 2028",
                &[(Start, "1 April 2026"), (End, "31 March 2028")],
            ),
            ("Start date\t1 April 2026\tEnd date\t31 March 2028", &[(Start, "1 April 2026"), (End, "31 March 2028")]),
            ("Commencement Date:\t1 April 2026", &[(Start, "1 April 2026")]),
            (
                "Item\tStart date\tEnd date\nPumps\t1 April 2026\t31 March 2028",
                &[(Start, "1 April 2026"), (End, "31 March 2028")],
            ),
            ("(b) Term of the lease: ten years\n(c) Rent: 5", &[(Length, "ten years")]),
            ("Initial Term\n36 months", &[(Length, "36 months")]),
            ("Extension period:\n12 months", &[(Extension, "12 months")]),
            (
                "Order Date: February 1, 2026 Subscription Period: 2 year(s)",
                &[(OrderDate, "February 1, 2026"), (Length, "2 year(s)")],
            ),
            (
                "Auto-renewal. Non-Renewal Notice Date: At least 60 days before the end of the current term.",
                &[(RenewalNotice, "At least 60 days before the end of the current term.")],
            ),
            (
                "Agreement date 07/03/2025\tStart date 10 March 2025",
                &[(AgreementDate, "07/03/2025"), (Start, "10 March 2025")],
            ),
            ("Lease commencement date May 1, 2026", &[(Start, "May 1, 2026")]),
            ("Contract Date – 3 May 2026", &[(AgreementDate, "3 May 2026")]),
            (
                "2.1 Minimum hire period: 36 months from the delivery date",
                &[(Length, "36 months from the delivery date")],
            ),
        ];
        for (text, want) in table {
            let want: Vec<_> = want.iter().map(|(f, v)| (*f, (*v).to_owned())).collect();
            assert_eq!(read(text), want, "{text}");
        }
    }

    #[test]
    fn no_labels() {
        for text in [
            "Quote date: 04/18/2026 Quote valid until: 06/30/2026",
            "Passport Expiry Date: 3 May 2029",
            "The parties agree on the following term: twelve months of peace.",
            "Term\n1. Term: see the schedule of fees\tTerm",
            "1. Extension\nThe term of the Agreement is hereby extended for an additional twenty-four months, so that it ends in May.",
        ] {
            assert!(
                read(text).iter().all(|(f, _)| matches!(f, Field::Length | Field::OtherDate)),
                "{text}: {:?}",
                read(text)
            );
        }
    }
}
