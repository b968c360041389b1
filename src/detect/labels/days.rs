//! Two days in one line: the first and the last day of a time.

use super::{Cell, Label, behind_number};
use crate::lexicon::label::{self, Field};
use crate::lexicon::{DateStyle, among, bound, dates};
use crate::record::{Part as _, Span};

/// "Starting on 1 May 2026 and ending on 30 April 2027" in a line of its own: both days.
pub(super) fn bounds(cell: &Cell<'_>) -> Option<[Label; 2]> {
    const MOST: usize = 160;
    let words = cell.words;
    let lead = behind_number(words);
    let first = words.part(lead..).split([' ', ':']).next().unwrap_or("").to_ascii_lowercase();
    if words.len() > MOST || !among("starting commencing beginning starts commences begins start commencement", &first)
    {
        return None;
    }
    let found = dates(words, DateStyle::default());
    let [from, to] = found.as_slice() else { return None };
    let (name, between) = (words.part(lead..from.range.start), words.part(from.range.end..to.range.start));
    let rest = words.part(to.range.end..).trim_start_matches(['.', ' ']);
    let alone = rest.is_empty() || rest.starts_with(['[', '(']);
    let ranged = bound::is_range(name, between) || ends(between);
    if !alone || label::field(name.trim_end_matches([':', ' '])) != Some(Field::Start) || !ranged {
        return None;
    }
    let label = |field, name: std::ops::Range<usize>, value: &std::ops::Range<usize>| Label {
        field,
        name: Span::from(name).shift(cell.start),
        column: false,
        value: Span::from(value.clone()).shift(cell.start),
    };
    let start = label(Field::Start, lead..lead + name.trim_end().len(), &from.range);
    Some([start, label(Field::End, from.range.end..to.range.start, &to.range)])
}

/// "Base year: cleaning, period of performance 10/01/2026 through 09/30/2027": the range behind the words. An option is
/// not the first term.
pub(super) fn performance(cell: &Cell<'_>) -> Option<Label> {
    const NAMES: [&str; 3] = ["period of performance", "performance period", "contract period"];
    if !cell.words.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let lower = cell.words.to_ascii_lowercase();
    let (at, name) = NAMES.iter().find_map(|name| Some((lower.find(name)?, name)))?;
    let end = at + name.len();
    let found = dates(cell.words.part(end..), DateStyle::default());
    let [from, to, ..] = found.as_slice() else { return None };
    let between = cell.words.part(end + from.range.end..end + to.range.start);
    let near = cell.words.part(end..end + from.range.start).trim_matches([' ', ':', '-']).is_empty();
    if !near || lower.part(..at).contains("option") || !bound::is_range("from ", between) {
        return None;
    }
    let span = |from: usize, to: usize| Span::new(cell.start + from, cell.start + to);
    let value = span(end + from.range.start, end + to.range.end);
    Some(Label { field: Field::Length, name: span(at, end), column: false, value })
}

/// Whether the words between two days are the label of an end: "; completion ".
fn ends(between: &str) -> bool {
    let name = between.trim_matches([';', ',', ':', '.', ' ']);
    label::field(name) == Some(Field::End) || among("completion finish", &name.to_ascii_lowercase())
}
