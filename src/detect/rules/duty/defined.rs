//! Days to which a contract gives a name ("January 15, 2027 (the "Handover Date")"), and the quarter days that it means.

use std::collections::HashMap;

use jiff::civil::Date;

use super::super::pattern::{contains_fold, pattern};
use super::super::reader::{Reader, known};
use crate::calendar::{NamedDay, Period, Unit};
use crate::lexicon::{SCOTTISH_QUARTER_DAYS, named_days};
use crate::record::Part as _;
use crate::record::value::{Timing, TimingKind};

// The name behind a date.
pattern!(
    BEHIND,
    r#"^[\s,]*\(\s*(?:(?:hereinafter|referred\s+to\s+as|called|such\s+date|being|the|each|an?)[\s,]+)*["'“‘]([A-Za-z][\w\s-]{2,40})["'”’]"#
);
// The name before a date.
pattern!(
    AHEAD,
    r#"(?:^|["'“‘\s(])((?:[a-z][\w-]*\s+){1,4}(?:date|day|deadline))["'”’]?\s*(?:means|shall\s+mean|is|shall\s+be|will\s+be|[:\t–-])\s*(?:the\s+)?$"#
);
// Names whose day is a value of its own, which amendments can change.
const KNOWN: [&str; 7] = ["effective", "expir", "terminat", "commencement", "start", "end ", "agreement"];

/// Names of days.
#[derive(Debug, Default)]
pub(super) struct Defined {
    /// By name in lower case; `None` for a name that stands for two days.
    dates: HashMap<String, Option<Date>>,
    /// The quarter days, where they are not the usual ones of England.
    quarter_days: Option<Vec<NamedDay>>,
    /// The last day of the financial year.
    year_end: Option<NamedDay>,
}

impl Defined {
    /// Reads them from the whole document; `law` settles which quarter days are the usual ones.
    pub(super) fn of(reader: &Reader<'_>, law: Option<&str>) -> Self {
        let mut out = Self::default();
        for hit in reader.dates.iter().filter(|d| d.date.other.is_none()) {
            let Some(day) = known(hit) else { continue };
            let (before, after) = (reader.before(hit, 70), reader.after(hit, 90));
            let name = BEHIND.captures(after).and_then(|c| c.get(1).map(|m| m.as_str().to_owned()));
            let name = name.or_else(|| AHEAD.captures(before).and_then(|c| c.get(1).map(|m| m.as_str().to_owned())));
            let Some(name) = name.map(|n| n.trim().trim_start_matches("The ").to_lowercase()) else { continue };
            let day_like =
                ["date", "day", "deadline", "closing", "completion", "live"].iter().any(|w| name.ends_with(w));
            if day_like && !KNOWN.iter().any(|k| name.starts_with(k)) {
                let same = |old: &mut Option<Date>| *old = old.filter(|d| *d == day);
                out.dates.entry(name).and_modify(same).or_insert(Some(day));
            }
        }
        let listed = reader.sentences().filter(|(.., words)| words.len() < 600 && contains_fold(words, "quarter day"));
        let listed = listed.flat_map(|(.., words)| named_days(words)).map(|n| n.value);
        out.quarter_days = listed
            .filter(|n| !n.quarter_days && n.days.len() == 4)
            .map(|n| n.days)
            .next()
            .or_else(|| law.filter(|l| *l == "Scotland").map(|_| SCOTTISH_QUARTER_DAYS.to_vec()));
        out.year_end = reader.sentences().find_map(|(.., words)| year_end(words));
        out
    }

    /// Puts the days into a time that speaks of them by name.
    pub(super) fn apply(&self, timing: &mut Timing) {
        let Some(anchor) = timing.anchor.as_deref().map(str::to_lowercase) else { return };
        if timing.kind == TimingKind::Recurring && anchor.contains("quarter") && anchor.contains("day") {
            if let Some(days) = self.quarter_days.as_ref().filter(|_| !anchor.contains(" of ")) {
                timing.days.clone_from(days);
            }
            return;
        }
        if let Some(end) = self.year_end.filter(|_| OF_THE_YEAR.is_match(&anchor) && timing.offset.is_some()) {
            timing.kind = TimingKind::Recurring;
            timing.every = Some(Period::new(1, Unit::Year));
            timing.days = vec![end];
            return;
        }
        if timing.kind != TimingKind::Relative || timing.date.is_some() {
            return;
        }
        let named = self.dates.iter().filter(|(name, _)| anchor.starts_with(name.as_str()));
        timing.date = named.max_by_key(|(name, _)| name.len()).and_then(|(_, day)| *day);
    }
}

// What counts from the end of the financial year.
pattern!(
    OF_THE_YEAR,
    r"^(?:the\s+)?(?:end|close|expiry|expiration)\s+of\s+(?:the|each|every|its|that|such|a)\s+(?:[\w'’]+\s+)?(?:fiscal|financial|accounting)\s+year\b"
);

/// The last day of the financial year: "the fiscal year of the School ends on June 30".
fn year_end(words: &str) -> Option<NamedDay> {
    pattern!(
        ENDS,
        r"\b(?:fiscal|financial|accounting)\s+(?:year|period)\b[^.;]{0,60}?\b(?:ends|ending|closes|runs\s[^.;]{0,40}?(?:to|until|through))\s+(?:on\s+)?(?:each\s+)?(?:the\s+)?"
    );
    if words.len() > 600 || !contains_fold(words, " year") {
        return None;
    }
    let behind = words.part(ENDS.find(words)?.end()..);
    let first = named_days(behind).into_iter().next().filter(|day| day.range.start == 0)?;
    first.value.days.into_iter().next().filter(|day| day.month.is_some())
}
