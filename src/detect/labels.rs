//! "Label: value", wherever it stands: in a line, in the cells of a row, in a column, under the label, in a form.

mod columns;
mod days;
mod table;
#[cfg(test)]
mod tests;

use crate::lexicon::label::{self, Field};
use crate::lexicon::{DateStyle, among, dates, periods};
use crate::record::{Part as _, Span};
use crate::text::DocumentText;
use days::{bounds, performance};
use table::{amended, first_term, is_head, is_list, torn};

/// Most labels of a document: forms of many pages have some hundreds.
const MOST: usize = 2_000;

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
            if list.len() >= MOST {
                break;
            }
            let next = rows.get(i + 1).map(Vec::as_slice);
            let torn = torn(&rows[i..]);
            let head = |cells: &&[Cell<'_>]| is_head(row, cells);
            let listed = || if is_list(&rows[i + 1..]) { first_term(&rows[i + 1..], row.len()) } else { next };
            let under = torn.as_deref().filter(head).or(next.filter(head).and_then(|_| listed()));
            if let Some(under) = under {
                list.extend(
                    row.iter().zip(under).filter_map(|(head, cell)| Some(Label { column: true, ..pair(head, *cell)? })),
                );
                continue;
            }
            let days = columns::of_days(text, i);
            if !days.is_empty() {
                list.extend(days);
                continue;
            }
            for (k, cell) in row.iter().enumerate() {
                let beside = row.get(k + 1).map(|cell| choices(text, *cell, row.get(k + 1..).unwrap_or_default()));
                let under = next.and_then(|n| n.get(k)).filter(|n| row.len() == 1 && !is_paragraph(cell, n)).copied();
                let under = under.map(|cell| choices(text, cell, next.unwrap_or_default()));
                let beside = amended(&rows[..i], row).filter(|_| k == 0).or(beside);
                let beside = beside.or(under).filter(|c| !begins_with_label(c));
                if let Some(label) = broken(cell, beside, next.filter(|_| k == 0)) {
                    list.push(label);
                } else if is_label(cell) {
                    list.extend(beside.and_then(|value| pair(cell, value)));
                } else if let Some(label) = bare(cell).or_else(|| value_first(cell)) {
                    list.push(label);
                } else {
                    within(*cell, beside, &mut list);
                    list.extend(performance(cell).or_else(|| signed_on(cell)));
                    list.extend(bounds(cell).into_iter().flatten());
                }
            }
            if let ([cell], Some([above])) = (row.as_slice(), i.checked_sub(1).map(|i| rows[i].as_slice())) {
                list.extend(below(above, cell));
            }
            if row.len() == 1 {
                in_lines(text, text.blocks()[i].span, &mut list);
            }
        }
        Self { list }
    }

    /// Keeps the labels for which `keep` holds.
    pub(crate) fn retain(&mut self, keep: impl FnMut(&Label) -> bool) {
        self.list.retain(keep);
    }

    /// Whether there may be more than were read.
    pub(crate) fn is_full(&self) -> bool {
        self.list.len() >= MOST
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

/// The cells of a row, white space around them left out. A row of dots parts cells as well, where it does not lead to the
/// number of a page.
fn cells(row: &str, start: usize) -> Vec<Cell<'_>> {
    let mut out = Vec::new();
    let mut at = start;
    for words in row.split('\t') {
        let (before, after) = led(words).unwrap_or((words, ""));
        let lead = before.len() - before.trim_start().len();
        out.push(Cell { words: before.trim(), start: at + lead });
        if !after.is_empty() {
            out.push(Cell { words: after.trim_end(), start: at + words.len() - after.len() });
        }
        at += words.len() + 1;
    }
    out
}

/// What stands before and behind a row of dots.
fn led(words: &str) -> Option<(&str, &str)> {
    const DOTS: &str = "....";
    let (before, after) = (words.part(..words.find(DOTS)?), words.part(words.rfind(DOTS)? + DOTS.len()..));
    let after = after.trim_start_matches(['.', ' ']);
    after.contains(char::is_alphabetic).then_some((before, after))
}

/// Where the label in `words` begins, behind its number: "(d) ", "2.1 ", "• ".
pub(super) fn behind_number(words: &str) -> usize {
    // "Item 7 Terminating date".
    let mut at = label::item_len(words);
    loop {
        let rest = words.part(at..);
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
    let words = said(cell.words.part(lead..).trim_end_matches([':', ' ', '.', '?', '-', '–']));
    let named = |words: &str| (words.len() <= LONGEST).then(|| label::field(words)).flatten();
    // "6 Minimum Period": the number of a row.
    let counted = words.len() - words.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start().len();
    let capital = words.part(counted..).starts_with(char::is_uppercase);
    let row = || named(words.part(counted..)).filter(|_| capital && (2..=3).contains(&counted));
    let (field, skipped) = named(words).map(|f| (f, 0)).or_else(|| Some((row()?, counted)))?;
    let (lead, words) = (lead + skipped, words.part(skipped..));
    Some((field, Span::new(cell.start + lead, cell.start + lead + words.len())))
}

fn is_label(cell: &Cell<'_>) -> bool {
    whole(cell).is_some()
}

fn begins_with_label(cell: &Cell<'_>) -> bool {
    is_label(cell)
        || cell.words.find([':', '–']).or_else(|| cell.words.find(" - ")).is_some_and(|at| {
            at < LONGEST && label::field(cell.words.part(behind_number(cell.words).min(at)..at)).is_some()
        })
}

/// A label in brackets below its value, as forms have it.
fn below(value: &Cell<'_>, label: &Cell<'_>) -> Option<Label> {
    let name = label.words.strip_prefix('(')?.strip_suffix(')')?;
    let label = Cell { words: name, start: label.start + 1 };
    let fits = !value.words.is_empty() && value.words.len() <= LONGEST && !begins_with_label(value);
    fits.then(|| pair(&label, *value)).flatten()
}

/// Boxes to tick stand in cells of their own; together they are one value.
fn choices<'a>(text: &'a DocumentText, first: Cell<'a>, row: &[Cell<'a>]) -> Cell<'a> {
    let last = row.last().filter(|_| row.len() > 1 && first.words.starts_with(['[', '☐', '☒', '□', '■', '☑']));
    last.map_or(first, |last| {
        let span = Span::new(first.start, last.start + last.words.len());
        Cell { words: text.slice(span), start: first.start }
    })
}

/// "SIGNATURE OF CONTRACTOR A. Reed 30c. DATE SIGNED 05-28-2026": the day at the end of a cell.
fn signed_on(cell: &Cell<'_>) -> Option<Label> {
    const NAME: &str = "date signed";
    const MOST: usize = 24;
    let at = cell
        .words
        .to_ascii_lowercase()
        .rfind(NAME)
        .filter(|&at| at > 0 && cell.words.len() - at < NAME.len() + MOST)?;
    let (end, to) = (at + NAME.len(), cell.start + cell.words.len());
    let day = dates(cell.words.part(end..), DateStyle::default()).into_iter().next()?;
    let value = Span::new(cell.start + end + day.range.start, to);
    Some(Label { field: Field::Signed, name: Span::new(cell.start + at, cell.start + end), column: false, value })
}

/// Whether the cell under a label without a colon is a paragraph under its heading.
fn is_paragraph(label: &Cell<'_>, under: &Cell<'_>) -> bool {
    const MOST: usize = 14;
    !label.words.ends_with(':') && under.words.ends_with(['.', ';']) && under.words.split(' ').count() > MOST
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

/// A label on two lines beside its value: "Notice period for" and, under it, "termination for convenience".
fn broken(first: &Cell<'_>, value: Option<Cell<'_>>, next: Option<&[Cell<'_>]>) -> Option<Label> {
    let (value, [rest]) = (value?, next?) else { return None };
    let open = whole(first).is_none() && !first.words.ends_with([':', '.', ';']) && rest.words.ends_with(':');
    let joined = format!("{} {}", first.words, rest.words.trim_end_matches(':'));
    let field = label::field(joined.part(behind_number(&joined)..)).filter(|_| open && joined.len() <= LONGEST)?;
    let span = |cell: &Cell<'_>| Span::new(cell.start, cell.start + cell.words.len());
    Some(Label { field, name: span(first), column: false, value: span(&value) })
}

/// A label without its verb: "The starting date is".
fn said(words: &str) -> &str {
    [" is", " shall be", " will be"].iter().find_map(|verb| words.strip_suffix(verb)).unwrap_or(words)
}

/// A label without a colon before its value in the same cell: "Start date Monday, 1 May 2026", "Notice 90 days", "The
/// starting date is 1 May 2026".
fn bare(cell: &Cell<'_>) -> Option<Label> {
    const WORDS: usize = 8;
    let lead = behind_number(cell.words);
    let words = cell.words.part(lead..).trim_end_matches('.');
    if words.len() > LONGEST
        || words.contains([':', ';'])
        || !words.starts_with(char::is_uppercase)
        || !label::opens(words)
    {
        return None;
    }
    let mut gaps: Vec<usize> = words.match_indices(' ').map(|(at, _)| at).take(WORDS).collect();
    gaps.reverse();
    let (field, name, value) = gaps.into_iter().find_map(|gap| {
        let name = said(words.part(..gap));
        // "The loan begins on the date of this agreement and ends on D" is a sentence.
        let field = label::field(name).filter(|&field| !is_day(field) || !words.contains(" and "))?;
        let value = words.part(gap..).trim_start();
        let says = name.len() < gap;
        (fits(field, name, value) && (!says || is_day(field))).then_some((field, name, value))
    })?;
    let (start, end) = (cell.start + lead, cell.start + lead + words.len());
    Some(Label {
        field,
        name: Span::new(start, start + name.len()),
        column: false,
        value: Span::new(end - value.len(), end),
    })
}

/// A day before its label in the same cell: "31 January 2029 Expiry date". Forms have the label below what is filled in.
fn value_first(cell: &Cell<'_>) -> Option<Label> {
    if cell.words.len() > LONGEST || cell.words.contains([':', ';']) {
        return None;
    }
    let day = dates(cell.words, DateStyle::default()).into_iter().next()?;
    let name = cell.words.part(day.range.end..);
    let label = name.trim_start();
    let field = label::field(label.trim_matches(['(', ')'])).filter(|field| is_day(*field))?;
    let end = cell.start + cell.words.len();
    (day.range.start == 0 && name.len() > label.len() && label.starts_with(|c: char| c == '(' || c.is_uppercase()))
        .then(|| Label {
            field,
            name: Span::new(end - label.len(), end),
            column: false,
            value: Span::from(day.range).shift(cell.start),
        })
}

fn is_day(field: Field) -> bool {
    use Field::{AgreementDate, End, FormerEnd, OrderDate, Signed, Start};
    matches!(field, Start | End | FormerEnd | AgreementDate | OrderDate | Signed)
}

/// Whether `value` is what the label `name` of `field` asks for, and no more: nothing but that tells it from a sentence.
fn fits(field: Field, name: &str, value: &str) -> bool {
    const MORE: usize = 4;
    const CHOICES: &str = "auto automatic automatically none no yes manual";
    match field {
        _ if is_day(field) => {
            let day = dates(value, DateStyle::default()).into_iter().next().filter(|d| d.range.end == value.len());
            day.is_some_and(|d| label::leads(value.part(..d.range.start)))
        }
        Field::Renewal => among(CHOICES, value.split([' ', ',', '-']).next().unwrap_or("")),
        Field::Law => {
            name.contains(' ') && value.starts_with(char::is_uppercase) && value.split(' ').count() <= MORE + 1
        }
        Field::OtherDate => false,
        _ => {
            let length = periods(value).into_iter().next().filter(|p| p.range.start <= 1);
            length.is_some_and(|p| value.part(p.range.end..).split_whitespace().count() <= MORE)
        }
    }
}

/// Labels at the beginning of lines that the layout joined to one paragraph.
fn in_lines(text: &DocumentText, block: Span, list: &mut Vec<Label>) {
    let lines = text.lines(block);
    for (i, &line) in lines.iter().enumerate().filter(|_| lines.len() > 1) {
        let open = lines.get(i + 1).is_some_and(|&next| text.slice(next).starts_with(char::is_lowercase));
        let words = text.slice(line).trim();
        let start = line.start() + (text.slice(line).len() - text.slice(line).trim_start().len());
        let cell = Cell { words, start };
        // "ends on: 1 May 2027", and under it "unless terminated early": the label has its value.
        let full = || {
            let value = words.split_once(": ").map(|(_, value)| value.trim());
            value.is_some_and(|v| dates(v, DateStyle::default()).first().is_some_and(|d| d.range == (0..v.len())))
        };
        let goes_on = open && !full();
        let mut found: Vec<Label> = bounds(&cell).into_iter().flatten().collect();
        let parted = [": ", " – ", " - "].iter().any(|mark| words.contains(mark));
        if !goes_on && parted && begins_with_label(&cell) {
            within(cell, None, &mut found);
        } else if !goes_on && (i == 0 || is_over(text.slice(lines[i - 1]))) {
            found.extend(bare(&cell));
        }
        found.retain(|l| list.iter().rev().take(8).all(|other| other.value.start() != l.value.start()));
        list.extend(found);
    }
}

/// Whether a line does not run on into the next one: it ends a sentence, or has the room of a line of a form.
fn is_over(line: &str) -> bool {
    const SHORT: usize = 60;
    let line = line.trim();
    line.len() <= SHORT || line.ends_with(['.', ':', ';'])
}

/// Where another label begins in the value of one: "48 MONTHLY PAYMENT: $100". Its words have capitals, and figures
/// with their unit stand before them.
fn other_label(value: &str) -> usize {
    const MOST: usize = 5;
    const UNITS: &str = "day days week weeks month months year years";
    let cut = |(colon, _): (usize, &str)| {
        let before: &str = value.part(..colon);
        let mut start = colon;
        let mut at = colon;
        for word in before.rsplit(' ').take(MOST) {
            at -= word.len();
            let name = word.starts_with(char::is_uppercase) && !among(UNITS, word);
            if !name || !word.chars().all(|c| c.is_alphabetic() || "-/'’&()".contains(c)) {
                break;
            }
            start = at;
            at = at.saturating_sub(1);
        }
        let figures = value.part(..start).contains(|c: char| c.is_ascii_digit());
        (start > 0 && start < colon && figures).then_some(start)
    };
    value.match_indices(": ").find_map(cut).unwrap_or(value.len())
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
                && words.part(..at).ends_with(' ')
                && words.part(at + mark.len()..).starts_with(' '))
        {
            continue;
        }
        let label = ending(words.part(from..at)).filter(|(_, start)| !dash || from + start == behind_number(words));
        found.extend(label.map(|(field, start)| (field, from + start, at, at + mark.len())));
        if !dash {
            from = at + mark.len();
        }
    }
    for (n, &(field, start, end, value)) in found.iter().enumerate() {
        let until = found.get(n + 1).map_or(words.len(), |next| next.1);
        let rest = words.part(value..until);
        let rest = rest.part(..other_label(rest));
        let lead = rest.len() - rest.trim_start().len();
        let name = Span::new(cell.start + start, cell.start + start + words.part(start..end).trim_end().len());
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
        let left = words.part(..i).trim_end();
        let apart = left.ends_with(|c: char| !c.is_alphanumeric() && c != '\'')
            || left.rsplit(' ').next().is_some_and(|w| w.contains(|c: char| c.is_ascii_digit()));
        let listed = left.ends_with([',', ';']);
        i == first || (c.is_uppercase() || listed) && words.part(..i).ends_with([' ', '"', '(']) && apart
    });
    starts
        .filter(|&(i, _)| words.len() - i <= least)
        .find_map(|(i, _)| label::field(words.part(i..).trim_end()).map(|field| (field, i)))
}
