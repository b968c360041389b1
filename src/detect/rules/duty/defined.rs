//! Days to which a contract gives a name ("January 15, 2027 (the "Handover Date")"), and the quarter days that it means.

use std::collections::HashMap;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::super::pattern::{contains_fold, pattern};
use super::super::reader::{Reader, known};
use super::timing::{Time, days_of_year};
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
    r#"(?:^|["'“‘\s(])((?:[a-z][\w-]*\s+){1,4}(?:date|day|deadline))["'”’]?\s*(?:means|shall\s+mean|is|shall\s+be|will\s+be|[:\t–-])\s*(?:the\s+)?(?:[a-z]{3,6}day,?\s+)?$"#
);
// The name that is defined as a day and nothing else: ""Design Freeze" means 30 November 2026."
pattern!(MEANS, r#"["“‘]([a-z][\w\s-]{2,40})["”’]\s*(?:means|shall\s+mean|is|shall\s+be)\s*(?:the\s+)?$"#);
pattern!(NOTHING_ELSE, r"^\s*(?:[.;]|$)");
// Names whose day is a value of its own, which amendments can change.
const KNOWN: [&str; 7] = ["effective", "expir", "terminat", "commencement", "start", "end ", "agreement"];

/// Names of days.
#[derive(Debug, Default)]
pub(super) struct Defined {
    /// By name in lower case; `None` for a name that stands for two days.
    dates: HashMap<String, Option<Date>>,
    /// The quarter days, where they are not the usual ones of England.
    quarter_days: Option<Vec<NamedDay>>,
    /// The last days of the years, half-years and quarters that the contract defines, by name in lower case.
    frames: Vec<(String, Vec<NamedDay>)>,
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
            let alone = || MEANS.captures(before).filter(|_| NOTHING_ELSE.is_match(after));
            let meant = alone().and_then(|c| c.get(1).map(|m| m.as_str().to_owned()));
            let is_meant = meant.is_some();
            let Some(name) = meant.or(name).map(|n| n.trim().trim_start_matches("The ").to_lowercase()) else {
                continue;
            };
            let day_like =
                ["date", "day", "deadline", "closing", "completion", "live"].iter().any(|w| name.ends_with(w));
            if (day_like || is_meant) && !KNOWN.iter().any(|k| name.starts_with(k)) {
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
        out.frames = reader.sentences().filter_map(|(.., words)| frame(words)).collect();
        out
    }

    /// The days with a name on which, or by which, something is done: "shall pay the price on the Completion Date".
    pub(super) fn on(&self, words: &str) -> Option<Time> {
        // "Claims that arise on the Closing Date" are no duty of that day.
        pattern!(
            ON,
            r"\b(?:shall|will|must|agrees?\s+to|undertakes?\s+to|is\s+to|are\s+to)\s+(?:[\w-]+\s+){0,2}?(?:be\s+)?(?:pay|paid|deliver\w*|transfer\w*|remit\w*|repay\w*|submit\w*|return\w*|vacate\w*|completed?|hand\w*\s+over)\b[^.;]{0,120}\b(?:on|by|no\s+later\s+than|not\s+later\s+than|on\s+or\s+before)\s+(?:the\s+)?$"
        );
        let lower = words.to_ascii_lowercase();
        let named = self.dates.iter().filter_map(|(name, day)| Some((name, (*day)?)));
        let found = named.filter_map(|(name, day)| {
            let at = lower.find(name.as_str()).filter(|&at| ON.is_match(words.part(..at)))?;
            let own = words.part(at..).starts_with(char::is_uppercase);
            own.then(|| Time::on(day, at..at + name.len()))
        });
        found.max_by_key(|time| time.range.len())
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
        let name = OF_THE_YEAR.captures(&anchor).and_then(|c| Some(c.get(1)?.as_str()));
        let same = |known: &str, name: &str| known == name || is_fiscal(known) && is_fiscal(name);
        if let Some((_, days)) = name.and_then(|name| self.frames.iter().find(|(known, _)| same(known, name))) {
            let months = 12 / u32::try_from(days.len()).unwrap_or(1).max(1);
            timing.kind = TimingKind::Recurring;
            timing.every =
                Some(if months == 12 { Period::new(1, Unit::Year) } else { Period::new(months, Unit::Month) });
            timing.days.clone_from(days);
            return;
        }
        // "Each anniversary of the Handover Date": that day of each year, from a year after it.
        if timing.kind == TimingKind::Recurring
            && let Some(day) = anchor.split_once("anniversary of ").and_then(|(_, of)| self.named(of))
        {
            timing.days = vec![NamedDay::yearly(day.month(), day.day())];
            timing.date = day.checked_add(1.year()).ok();
            return;
        }
        if timing.kind != TimingKind::Relative || timing.date.is_some() {
            return;
        }
        timing.date = self.named(&anchor);
    }

    /// The day whose name `words`, in lower case, begin with.
    fn named(&self, words: &str) -> Option<Date> {
        let words = words.strip_prefix("the ").unwrap_or(words);
        let named = self.dates.iter().filter(|(name, _)| words.starts_with(name.as_str()));
        named.max_by_key(|(name, _)| name.len()).and_then(|(_, day)| *day)
    }
}

// What counts from the end of a year of the contract's own, or of a quarter.
pattern!(
    OF_THE_YEAR,
    r"^(?:the\s+)?(?:end|close|expiry|expiration)\s+of\s+(?:the|each|every|its|that|such|a)\s+(?:[\w'’]+\s+)?((?:fiscal|financial|accounting|contract|licen[cs]e|lease|policy|franchise|marketing)\s+year|half-?\s?year|quarter)\b"
);

/// Whether a year is that of the books, whatever it is called.
fn is_fiscal(name: &str) -> bool {
    ["fiscal", "financial", "accounting"].iter().any(|w| name.starts_with(w))
}

/// The name of a year, half-year or quarter with its last days: "the fiscal year of the School ends on June 30", ""Quarter" means each
/// period of three months ending on the last day of February, May, August or November".
fn frame(words: &str) -> Option<(String, Vec<NamedDay>)> {
    pattern!(
        NAMED,
        r#"\b((?:fiscal|financial|accounting)\s+(?:year|period)|(?:contract|licen[cs]e|lease|policy|franchise|marketing)\s+year)s?\b|["“](half-?\s?year|quarter)["”]\s+(?:means|shall\s+mean|is)\b"#
    );
    pattern!(
        ENDS,
        r"^[^.;]{0,90}?\b(?:ends|ending|closes|(?:runs|means|from|year|period)\s[^.;]{0,60}?\b(?:to|until|through))\s+(?:on\s+)?(?:each\s+)?(?:the\s+)?(?:(?:following|next|succeeding)\s+)?"
    );
    pattern!(
        BEGINS,
        r"^[^.;]{0,90}?\b(?:begins|beginning|starts|starting|commences|commencing)\s+(?:on\s+)?(?:each\s+)?(?:the\s+)?"
    );
    if words.len() > 600 {
        return None;
    }
    let named = NAMED.captures(words)?;
    let name = named.get(1).or_else(|| named.get(2))?;
    let rest = words.part(name.end()..);
    let ends = || ENDS.find(rest).map(|m| days_of_year(rest.part(m.end()..)));
    let begins =
        || BEGINS.find(rest).map(|m| days_of_year(rest.part(m.end()..)).into_iter().filter_map(day_before).collect());
    let days =
        ends().filter(|days| !days.is_empty()).or_else(begins).filter(|days: &Vec<NamedDay>| !days.is_empty())?;
    let name = name.as_str().to_lowercase();
    let most = if name.starts_with("quarter") {
        4
    } else if name.starts_with("half") {
        2
    } else {
        1
    };
    (days.len() == most).then_some((name, days))
}

/// The day of the year before a day of the year.
fn day_before(day: NamedDay) -> Option<NamedDay> {
    // Any year that is not a leap year.
    let before = Date::new(2_026, day.month?, day.nth).ok()?.yesterday().ok()?;
    let last = before == before.last_of_month();
    Some(NamedDay { month: Some(before.month()), nth: if last { -1 } else { before.day() }, ..day })
}
