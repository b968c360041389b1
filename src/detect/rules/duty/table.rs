//! Duties in tables: a row with what is due and a cell that says when.

use super::super::pattern::pattern;
use super::timing::{self, Time};
use super::words::SERVICE_LEVEL;
use super::{Bound, Finder};
use crate::lexicon::{Reading, dates};
use crate::record::Span;
use crate::record::value::{Timing, TimingKind};

// Heads of a table that says what is due when.
pattern!(
    DUE_TABLE,
    r"\b(?:due(?:\s+date)?|frequency|deadline|cadence|timing|delivery\s+date|target\s+date|completion|when|schedule)\b"
);
pattern!(
    THING,
    r"\b(?:deliverables?|reports?|milestones?|obligations?|activit(?:y|ies)|tasks?|meetings?|payments?|actions?|item|description|invoice|instal+ments?)\b"
);

impl Finder<'_> {
    /// Reads a row of a table; `false` where it is laid out text and no row.
    pub(super) fn row(&mut self, i: usize, span: Span, words: &str) -> bool {
        let cells: Vec<&str> = words.split('\t').map(str::trim).filter(|c| !c.is_empty()).collect();
        if cells.len() < 2 || cells.iter().any(|c| c.len() > 220) {
            return false;
        }
        let header = self.header(i);
        if !header.is_some_and(|h| DUE_TABLE.is_match(h) && THING.is_match(h) && h != words)
            || SERVICE_LEVEL.is_match(words)
        {
            return cells.len() > 2;
        }
        let Some(time) = self.cell_time(words) else { return true };
        let who = self.actors.mentions(words).pop().map(|m| m.who);
        let bound = Bound { who, ..Bound::new(i, words, span.start(), 0.6) };
        self.emit(&bound, &[time], 0);
        true
    }

    /// The first row of the table in which sentence `i` stands.
    fn header(&self, i: usize) -> Option<&str> {
        let mut first = None;
        for k in (i.saturating_sub(60)..i).rev() {
            let words = self.reader.sentence(k);
            if !words.contains('\t') {
                break;
            }
            first = Some(words);
        }
        first
    }

    fn cell_time(&self, words: &str) -> Option<Time> {
        if let Some(date) = dates(words, self.style()).into_iter().find(|d| d.value.other.is_none())
            && let Reading::Known(day) = date.value.reading
        {
            let timing = Timing { kind: TimingKind::Absolute, date: Some(day), ..Timing::default() };
            return Some(Time { timing, range: date.range });
        }
        timing::times(words, self.style()).into_iter().next()
    }
}
