//! Tables whose rows ran together into one paragraph or stand in lines without tabs: "Priority Response Resolution P1 15 minutes
//! 4 hours P2 1 hour 8 hours". Each row must have as many times as the header has names.

use std::ops::Range;

use super::cue::{self, Amount};
use super::{Context, Held, LevelDraft};
use crate::detect::rules::pattern::pattern;
use crate::detect::rules::reader::Reader;
use crate::record::Part as _;
use crate::record::value::service::{Comparator, Metric};

/// The names of the times in a header, in order.
pub(super) type Names = Vec<(Metric, String)>;

// What the first column of such a table is called.
pattern!(
    GRADED,
    r"^\W*(?:[\w-]+\s+){0,2}?(?:priority|severity|level|class|category|grade|incident|fault|impact|urgency)\b"
);

/// The names in `words`, where they are the header of such a table.
pub(super) fn header(words: &str) -> Option<Names> {
    const LONGEST: usize = 140;
    if words.len() > LONGEST
        || words.contains(['.', ';', ':'])
        || !GRADED.is_match(words)
        || !cue::times(words).is_empty()
    {
        return None;
    }
    let cues = cue::cues(words);
    let mut end = 0;
    // "Response time Resolution time": a word of the first is no part of the second.
    let called = |c: &cue::Cue| {
        let name = words.part(c.range.start.max(end)..c.range.end);
        end = c.range.end;
        let (time, rest) = name.split_once(' ').unwrap_or(("", name));
        let name = if time.eq_ignore_ascii_case("time") { rest } else { name };
        Some((c.metric?, name.trim().to_owned()))
    };
    let names: Option<Names> = cues.iter().map(called).collect();
    let names = names.filter(|names| names.len() > 1)?;
    let distinct = names.iter().enumerate().all(|(k, (metric, _))| names.iter().skip(k + 1).all(|(m, _)| m != metric));
    distinct.then_some(names)
}

/// Reads sentence `i` as rows, with a header of its own or the one above; the header, `None` where these are no rows.
pub(super) fn rows(reader: &Reader<'_>, i: usize, context: &Context, out: &mut Vec<LevelDraft>) -> Option<Names> {
    let words = reader.sentence(i);
    let times = cue::times(words);
    let above = context.names.as_ref().map(|held| (held.value.clone(), 0));
    let (names, from) = own_header(words, &times).or(above)?;
    let rows: Option<Vec<(String, &[Amount])>> = if times.len().is_multiple_of(names.len()) {
        let mut at = from;
        let row = |row: &'_ [Amount]| {
            let severity = severity(words, at, row);
            at = row.last().map_or(at, |last| last.range.end);
            severity
        };
        times.chunks(names.len()).map(row).zip(times.chunks(names.len())).map(|(s, row)| Some((s?, row))).collect()
    } else {
        None
    };
    let rows = rows.filter(|rows| !rows.is_empty())?;
    for (severity, row) in rows {
        for ((metric, name), time) in names.iter().zip(row) {
            out.push(LevelDraft {
                metric: *metric,
                name: name.clone(),
                comparator: Comparator::AtMost,
                target: time.value,
                unit: time.unit,
                severity: Some(Held { value: severity.clone(), sentence: i }),
                window: None,
                sentence: i,
                cited: 0..time.range.end,
                words: time.range.clone(),
                rule: "service_level.table",
                confidence: 0.8,
                passing: false,
                row: true,
            });
        }
    }
    Some(names)
}

/// The header in the words before the first row, and where that row begins.
fn own_header(words: &str, times: &[Amount]) -> Option<(Names, usize)> {
    let before = words.part(..times.first()?.range.start);
    let graded = cue::severities(before).into_iter().map(|(_, range)| range.start);
    let worded = cue::grades(before).into_iter().map(|range: Range<usize>| range.start);
    let at = graded.chain(worded).filter(|at| *at > 0).min()?;
    Some((header(before.part(..at).trim_end())?, at))
}

/// The severity of a row that begins behind byte `at`, whose times stand side by side.
fn severity(words: &str, at: usize, row: &[Amount]) -> Option<String> {
    const LONGEST_LEAD: usize = 80;
    const LONGEST_GAP: usize = 4;
    let start = row.first()?.range.start;
    let lead = words.part(at..start).trim();
    let beside = |pair: &[Amount]| {
        words.part(pair[0].range.end..pair[1].range.start).trim().chars().filter(|c| c.is_alphabetic()).count()
            <= LONGEST_GAP
    };
    if lead.len() > LONGEST_LEAD || lead.contains(['.', ';']) || !row.windows(2).all(beside) {
        return None;
    }
    let grade =
        || cue::grades(lead).into_iter().find(|range| range.start == 0).map(|range| lead.part(range).to_owned());
    cue::leading_severity(lead).map(|(severity, _)| severity).or_else(grade)
}
