//! Columns of days whose cells the layout did not keep apart: "Site Start Date End Date", and in the lines below "Main hall
//! 01/10/2025 30/09/2028".

use super::{Label, is_day};
use crate::lexicon::label::{self, Field};
use crate::lexicon::{DateStyle, dates};
use crate::record::{Part as _, Span};
use crate::text::DocumentText;

/// Longest row, in bytes.
const LONGEST: usize = 240;
/// Most words of a label.
const WORDS: usize = 4;

/// The days under the heads in block `i`, where all rows give the same ones: a list of things, each with its own days, tells
/// nothing of the contract.
pub(super) fn of_days(text: &DocumentText, i: usize) -> Vec<Label> {
    let blocks = text.blocks();
    let heads = heads(text, blocks[i].span);
    if heads.len() < 2 {
        return Vec::new();
    }
    let below = blocks.iter().skip(i + 1).flat_map(|b| text.lines(b.span));
    let rows: Vec<Vec<Span>> = below.map_while(|line| row(text, line, heads.len())).collect();
    let same = |row: &Vec<Span>| row.iter().zip(&rows[0]).all(|(a, b)| text.slice(*a) == text.slice(*b));
    let Some(first) = rows.first().filter(|_| rows.iter().all(same)) else { return Vec::new() };
    let pair = |(&(field, name), &value): (&(Field, Span), &Span)| Label { field, name, column: true, value };
    heads.iter().zip(first).map(pair).collect()
}

/// The labels of days in a row that holds the heads of columns.
fn heads(text: &DocumentText, span: Span) -> Vec<(Field, Span)> {
    let row = text.slice(span);
    let plain = span.len() <= LONGEST && !row.contains([':', ';']) && !row.contains(|c: char| c.is_ascii_digit());
    if !plain {
        return Vec::new();
    }
    let mut starts: Vec<usize> = vec![0];
    starts.extend(row.match_indices([' ', '\t']).map(|(at, _)| at + 1));
    let mut out = Vec::new();
    let mut from = 0;
    for (n, &start) in
        starts.iter().enumerate().filter(|&(_, &start)| row.part(start..).starts_with(char::is_uppercase))
    {
        if start < from {
            continue;
        }
        let end = |words: usize| starts.get(n + words).map_or(row.len(), |next| next - 1);
        let label = |words: usize| {
            let name = row.part(start..end(words));
            let field =
                label::field(name).filter(|&field| is_day(field) && name.contains(' ') && !name.contains('\t'))?;
            Some((field, end(words)))
        };
        if let Some((field, end)) = (2..=WORDS).find_map(label) {
            out.push((field, Span::new(span.start() + start, span.start() + end)));
            from = end;
        }
    }
    out
}

/// The days of a row below, where it has as many as there are heads.
fn row(text: &DocumentText, line: Span, heads: usize) -> Option<Vec<Span>> {
    let words = text.slice(line);
    let days: Vec<Span> =
        dates(words, DateStyle::default()).iter().map(|d| Span::from(d.range.clone()).shift(line.start())).collect();
    (line.len() <= LONGEST && days.len() == heads).then_some(days)
}
