//! A day of several years: "on 1 February in each of 2026, 2027 and 2028", "by 30 June in each of the years 2027 to 2029".

use std::ops::Range;

use super::super::pattern::pattern;
use super::super::reader::around;
use super::timing::{DATED, Time, bound, overlap};
use crate::calendar::{NamedDay, Period, Unit};
use crate::lexicon::{DateStyle, dates};
use crate::record::Part as _;
use crate::record::value::{Timing, TimingKind};

/// Most years of one list.
const MOST: i16 = 40;

// The years, and the words between them and their day.
pattern!(
    YEARS,
    r"(?:,|\b(?:in|of))?\s+(?:(?:each|both|all)\s+(?:of\s+)?)?(?:the\s+)?(?:calendar\s+)?(?:years?\s+)?((?:19|20)[0-9]{2}(?:\s*(?:,\s*and|[,&–-]|\b(?:and|to|until|through))\s*(?:19|20)[0-9]{2})+)\b"
);
pattern!(RANGE, r"^\s*(?:-|–|to|until|through)\s*$");
pattern!(YEAR, r"(?:19|20)[0-9]{2}");

/// Adds the days of several years, instead of the first of them that was read as one date.
pub(super) fn of_years(words: &str, style: DateStyle, out: &mut Vec<Time>) {
    const LONGEST_DAY: usize = 60;
    for found in YEARS.captures_iter(words) {
        let (Some(whole), Some(listed)) = (found.get(0), found.get(1)) else { continue };
        let (lead, _) = around(words, &whole.range(), LONGEST_DAY);
        let lead = lead.trim_end_matches([',', ' ']);
        let from = words.part(..whole.start()).trim_end_matches([',', ' ']).len() - lead.len();
        // The day is read as a date of one year, whatever its layout.
        let sample = format!("{lead} 2000");
        let day = dates(&sample, style).pop().filter(|d| d.range.end == sample.len() && d.value.other.is_none());
        let Some((date, start)) = day.and_then(|d| Some((d.value.reading.known()?, d.range.start))) else { continue };
        if !DATED.is_match(sample.part(..start)) {
            continue;
        }
        let direction = Some(bound(sample.part(..start)));
        out.retain(|t| !overlap(&t.range, &(from + start..whole.end())));
        if let Some(times) = years_between(listed.as_str()) {
            let first = listed.as_str().get(..4).and_then(|year| year.parse().ok());
            let timing = Timing {
                kind: TimingKind::Recurring,
                every: Some(Period::new(1, Unit::Year)),
                date: first.and_then(|year| date.with().year(year).build().ok()),
                days: vec![NamedDay::yearly(date.month(), date.day())],
                anchor: Some(words.part(from + start..whole.end()).to_owned()),
                times: Some(times),
                ..Timing::default()
            };
            out.push(Time { timing, range: from + start..whole.end() });
            continue;
        }
        for (year, range) in years(listed.as_str()) {
            let Ok(on) = date.with().year(year).build() else { continue };
            let first = range.start == 0;
            let range = listed.start() + range.start..listed.start() + range.end;
            let mut time = Time::on(on, if first { from + start..range.end } else { range });
            time.timing.direction = direction;
            out.push(time);
        }
    }
}

/// The years of a list, and their places.
fn years(list: &str) -> Vec<(i16, Range<usize>)> {
    YEAR.find_iter(list).filter_map(|m| Some((m.as_str().parse().ok()?, m.range()))).collect()
}

/// How many years lie from the first to the last of "2027 to 2031".
fn years_between(listed: &str) -> Option<u32> {
    let [(first, at), (last, to)] = years(listed).try_into().ok()?;
    let ranges = RANGE.is_match(listed.part(at.end..to.start)) && (first..first + MOST).contains(&last);
    ranges.then(|| u32::from((last - first + 1).unsigned_abs()))
}
