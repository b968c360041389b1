//! Tables of service levels: a header names the columns, each row is a severity or a level.

use super::cue::{self, Amount};
use super::{Context, Held, LevelDraft};
use crate::detect::rules::reader::Reader;
use crate::record::value::service::{Comparator, LevelUnit, Metric};
use crate::record::{Part as _, Span};

/// What a column holds.
#[derive(Debug, Clone, PartialEq)]
enum Column {
    /// The severity, or the name of the level.
    Name,
    /// The time of one kind.
    Time(Metric, String),
    /// A target of the metric that the row names.
    Target,
    /// Hours in which the service is given.
    Hours,
    /// Anything else.
    Other,
}

/// The columns of a table with their places on the page, where the text has any.
#[derive(Debug, Clone)]
pub(super) struct Header {
    columns: Vec<(Column, Option<(f32, f32)>)>,
}

/// Whether a line is a row of a table: with tabs between its cells, or with bars.
pub(super) fn is_row(words: &str) -> bool {
    words.contains('\t') || words.matches(BAR).count() > 1
}

/// A bar between cells that were typed in a line.
const BAR: &str = " | ";

/// Cells of a row: place in the sentence and words.
fn cells(words: &str) -> impl Iterator<Item = (usize, &str)> {
    let mark = if words.contains('\t') { "\t" } else { BAR };
    words.split(mark).scan(0, move |at, cell| {
        let start = *at;
        *at += cell.len() + mark.len();
        Some((start, cell))
    })
}

/// The columns that row `i` names, when it is the header of a table of times or targets.
pub(super) fn header(reader: &Reader<'_>, i: usize) -> Option<Header> {
    let words = reader.sentence(i);
    if words.len() > 300
        || !cue::times(words).is_empty()
        || words.contains('%') && words.contains(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    let columns: Vec<(Column, Option<(f32, f32)>)> =
        cells(words).map(|(at, cell)| (column(cell), place(reader, i, at, cell))).collect();
    let useful = columns.iter().any(|(c, _)| matches!(c, Column::Time(..)))
        || columns.iter().any(|(c, _)| *c == Column::Target) && columns.iter().any(|(c, _)| *c == Column::Name);
    useful.then_some(Header { columns })
}

fn column(cell: &str) -> Column {
    let lower = cell.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| lower.contains(w));
    if cell.len() > 60 {
        return Column::Other;
    }
    if let Some(c) = cue::cues(cell).into_iter().find(|c| c.metric.is_some()) {
        // The definition of a priority also speaks of solutions.
        if cell.len() <= 45
            && !cue::fails(cell.part(..c.range.start))
            && let Some(metric) = c.metric
        {
            return Column::Time(metric, cell.trim().to_owned());
        }
    }
    if has(&["severity", "priority", "level", "metric", "service", "measure", "indicator", "classification", "kpi"])
        && !has(&["target", "credit", "description", "definition"])
    {
        return Column::Name;
    }
    if has(&["hours of", "coverage", "service hours", "support hours", "availability"]) && !has(&["target"]) {
        return Column::Hours;
    }
    if has(&["target", "commitment", "objective", "standard", "threshold", "requirement", "minimum", "goal"])
        && !has(&["credit"])
    {
        return Column::Target;
    }
    Column::Other
}

/// Left and right edge of a cell on the page.
fn place(reader: &Reader<'_>, i: usize, at: usize, cell: &str) -> Option<(f32, f32)> {
    let start = reader.span(i).start() + at;
    let regions = reader.text.regions(Span::new(start, start + cell.len()));
    let (x0, x1) = regions.iter().fold((f32::MAX, f32::MIN), |(a, b), r| (a.min(r.x0), b.max(r.x1)));
    (x0 < x1).then_some((x0, x1))
}

impl Header {
    /// The column of the `k`th of `n` cells: by its place on the page where cells are missing, else by its number.
    fn column(&self, k: usize, n: usize, at: Option<(f32, f32)>) -> Option<&Column> {
        if n == self.columns.len() {
            return self.columns.get(k).map(|c| &c.0);
        }
        let (x0, x1) = at?;
        let overlap = |c: &(f32, f32)| c.1.min(x1) - c.0.max(x0);
        let near = self.columns.iter().filter_map(|(c, p)| Some((c, overlap(p.as_ref()?))));
        near.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, o)| *o > -30.0).map(|(c, _)| c)
    }
}

/// Reads row `i` by the columns of its table.
pub(super) fn row(reader: &Reader<'_>, i: usize, context: &Context, out: &mut Vec<LevelDraft>) {
    let Some(table) = context.table.as_ref() else { return };
    let header = &table.value;
    let words = reader.sentence(i);
    let mut all: Vec<(usize, &str)> = cells(words).collect();
    if all.len() < 2 {
        return;
    }
    header.part_first(&mut all);
    let leading = cue::leading_severity(all[0].1).map(|(s, _)| s).or_else(|| {
        // Under "Severity", the first cell is one, whatever it is called.
        let named = header.columns.first().is_some_and(|(c, _)| *c == Column::Name)
            && header.columns.iter().any(|(c, _)| matches!(c, Column::Time(..)));
        let short = all[0].1.len() < 40 && cue::times(all[0].1).is_empty();
        (named && short).then(|| all[0].1.trim().to_owned())
    });
    let severity = leading.map(|value| Held { value, sentence: i });
    let working =
        all.iter().any(|(_, cell)| cell.len() < 60 && cue::times(cell).is_empty() && cue::in_business_hours(cell));
    for (k, &(at, cell)) in all.iter().enumerate().skip(1) {
        let column = header.column(k, all.len(), place(reader, i, at, cell));
        let named = match column {
            Some(Column::Time(metric, name)) => Some((*metric, name.clone())),
            Some(Column::Target) => row_metric(all[0].1),
            // A row with cells that run together ends in the one column of times.
            _ if k + 1 == all.len() && all.len() < header.columns.len() => header.only_time(),
            _ => None,
        };
        let Some((metric, name)) = named else { continue };
        let amount: Option<Amount> = cue::times(cell)
            .pop()
            .filter(|_| column.is_none() || !matches!(column, Some(Column::Time(..))))
            .or_else(|| cue::times(cell).into_iter().next());
        let Some(amount) = amount else { continue };
        let hour = amount.unit == LevelUnit::Hour;
        let unit = if hour
            && (working || cue::in_business_hours(cell.part(amount.range.end.min(cell.len())..)))
            && !cell.contains("24")
        {
            LevelUnit::BusinessHour
        } else {
            amount.unit
        };
        out.push(LevelDraft {
            metric,
            name,
            comparator: Comparator::AtMost,
            target: amount.value,
            unit,
            severity: severity
                .clone()
                .filter(|_| !matches!(column, Some(Column::Target)))
                .or_else(|| context.severity.clone().filter(|_| severity.is_none())),
            window: None,
            sentence: i,
            cited: 0..at + amount.range.end,
            words: at + amount.range.start..at + amount.range.end,
            rule: "service_level.table",
            confidence: 0.92,
            passing: false,
            row: true,
        });
    }
}

impl Header {
    /// Parts a first cell that ran together with the second: "Severity 1 20 minutes" under "Severity" and "Response time".
    fn part_first(&self, cells: &mut Vec<(usize, &str)>) {
        let kinds: Vec<_> = self.columns.iter().map(|(column, _)| column).collect();
        let (Some(&(at, cell)), [Column::Name, Column::Time(..), ..]) = (cells.first(), kinds.as_slice()) else {
            return;
        };
        let severity = cue::leading_severity(cell).map(|(_, range)| range.end);
        let time = severity.and_then(|end| cue::times(cell).into_iter().find(|time| time.range.start >= end));
        if let Some(time) = time.filter(|_| cells.len() + 1 == self.columns.len()) {
            let start = time.range.start;
            cells.splice(..1, [(at, cell.part(..start).trim_end()), (at + start, cell.part(start..))]);
        }
    }

    /// The only column of times, if there is just one.
    fn only_time(&self) -> Option<(Metric, String)> {
        let mut times = self.columns.iter().filter_map(|(c, _)| match c {
            Column::Time(metric, name) => Some((*metric, name.clone())),
            _ => None,
        });
        times.next().filter(|_| times.next().is_none())
    }
}

/// What the first cell of a row measures.
fn row_metric(cell: &str) -> Option<(Metric, String)> {
    let cue = cue::cues(cell).into_iter().find_map(|c| c.metric)?;
    Some((cue, cell.trim().to_owned()))
}
