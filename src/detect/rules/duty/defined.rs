//! Days to which a contract gives a name ("January 15, 2027 (the "Handover Date")"), and the quarter days that it means.

use std::collections::HashMap;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::super::pattern::{contains_fold, pattern};
use super::super::reader::{Reader, known};
use super::timing::{Time, days_of_year};
use crate::calendar::{NamedDay, Period, Unit};
use crate::lexicon::{NamedDays, SCOTTISH_QUARTER_DAYS, named_days};
use crate::record::Part as _;
use crate::record::value::{Direction, Timing, TimingKind};

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
// The name of what takes place on a day: ""Event" means the Valley Run, to be held on 19 June 2027".
pattern!(
    HELD,
    r#"["“‘]([a-z][\w\s-]{2,40})["”’]\s*(?:means|shall\s+mean|is)\b[^.;"”]{0,140}\b(?:held|takes?\s+place|taking\s+place|opens?|opening|performed|scheduled)\s+(?:for|on)\s+(?:the\s+)?(?:[a-z]{3,6}day,?\s+)?$"#
);
pattern!(NOTHING_ELSE, r"^\s*(?:[.;]|$)");
/// Last words of the name of a day.
const DAYS: [&str; 16] = [
    "date",
    "day",
    "deadline",
    "closing",
    "completion",
    "live",
    "night",
    "evening",
    "opening",
    "launch",
    "premiere",
    "handover",
    "hand-over",
    "cutover",
    "cut-over",
    "kick-off",
];
// Names whose day is a value of its own, which amendments can change.
const KNOWN: [&str; 7] = ["effective", "expir", "terminat", "commencement", "start", "end ", "agreement"];

/// Names of days.
#[derive(Debug, Default)]
pub(super) struct Defined {
    /// By name in lower case; `None` for a name that stands for two days.
    dates: HashMap<String, Option<Date>>,
    /// The quarter days, where they are not the usual ones of England.
    quarter_days: Option<Vec<NamedDay>>,
    /// Days that come again under a name of their own: "Gale Days: 1 January, 1 April, 1 July and 1 October".
    lists: Vec<(String, NamedDays)>,
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
            let held = HELD.captures(reader.before(hit, 200)).and_then(|c| c.get(1).map(|m| m.as_str().to_owned()));
            let name = BEHIND.captures(after).and_then(|c| c.get(1).map(|m| m.as_str().to_owned()));
            let name = name.or_else(|| AHEAD.captures(before).and_then(|c| c.get(1).map(|m| m.as_str().to_owned())));
            let alone = || MEANS.captures(before).filter(|_| NOTHING_ELSE.is_match(after));
            let meant = alone().and_then(|c| c.get(1).map(|m| m.as_str().to_owned())).or(held);
            let is_meant = meant.is_some();
            let Some(name) = meant.or(name).map(|n| n.trim().trim_start_matches("The ").to_lowercase()) else {
                continue;
            };
            let day_like = DAYS.iter().any(|w| name.ends_with(w));
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
        let lists = reader.sentences().filter_map(|(.., words)| list(words));
        // A name that only labels its days is used nowhere else.
        let used = |name: &str| reader.sentences().filter(|(.., words)| contains_fold(words, name)).nth(1).is_some();
        out.lists = lists.filter(|(name, _)| used(name.trim_end_matches('s'))).collect();
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

    /// Puts the days that have a name into what comes again on them: "by equal quarterly payments on the Gale Days".
    pub(super) fn name_days(&self, words: &str, times: &mut Vec<Time>) {
        pattern!(ON, r"\b(?:on|by|before|than)\s+(?:(?:each|every|the|such|of|said|a)\s+)+$");
        let open = |t: &&mut Time| {
            let timing = &t.timing;
            timing.kind == TimingKind::Recurring && timing.days.is_empty() && timing.offset.is_none()
        };
        let lower = words.to_ascii_lowercase();
        let said = |name: &str| {
            let one = name.strip_suffix('s').unwrap_or(name);
            let at = lower.find(one)?;
            let len = if lower.part(at..).starts_with(name) { name.len() } else { one.len() };
            let own = ON.is_match(lower.part(..at)) && words.part(at..).starts_with(char::is_uppercase);
            own.then(|| at..at + len)
        };
        let Some((range, days)) = self.lists.iter().find_map(|(name, days)| Some((said(name)?, days))) else { return };
        if times.is_empty()
            && let Some(every) = days.every
        {
            let timing = Timing { kind: TimingKind::Recurring, every: Some(every), ..Timing::default() };
            times.push(Time { timing, range: range.clone() });
        }
        for time in times.iter_mut().filter(open) {
            time.timing.days.clone_from(&days.days);
            time.timing.every = days.every.or(time.timing.every);
            time.timing.anchor = words.get(range.clone()).map(str::to_owned);
        }
    }

    /// Whether a line only says which days have a name.
    pub(super) fn lists(&self, words: &str) -> bool {
        list(words).is_some_and(|(name, _)| self.lists.iter().any(|(known, _)| *known == name))
    }

    /// Puts in the day on which a series begins that has a name: "the first rental on the First Rental Date".
    pub(super) fn begin(&self, words: &str, times: &mut [Time]) {
        pattern!(FIRST, r"\bfirst\b[^,;.]{0,40}\b(?:on|by|due)\s+(?:the\s+)?$");
        let lower = words.to_ascii_lowercase();
        let open = |t: &&mut Time| t.timing.kind == TimingKind::Recurring && t.timing.date.is_none();
        let named = |(name, day): (&String, &Option<Date>)| {
            let at = lower.match_indices(name.as_str()).find(|(at, _)| FIRST.is_match(lower.part(..*at)))?;
            Some((at.1.len(), (*day)?))
        };
        let day = self.dates.iter().filter_map(named).max_by_key(|(len, _)| *len).map(|(_, day)| day);
        if let Some(time) = times.iter_mut().find(open).filter(|_| day.is_some()) {
            time.timing.date = day;
        }
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
        // "Within three months of its financial year end".
        let whole = anchor.strip_suffix(" end").or(anchor.strip_suffix("-end")).map(|year| format!("its {year}"));
        let year = OF_THE_YEAR.captures(whole.as_deref().unwrap_or(&anchor));
        let name = year.as_ref().and_then(|c| Some(c.get(2)?.as_str()));
        let same = |known: &str, name: &str| known == name || is_fiscal(known) && is_fiscal(name);
        if let Some((_, days)) = name.and_then(|name| self.frames.iter().find(|(known, _)| same(known, name))) {
            let edge = year.as_ref().and_then(|c| c.get(1)).map(|m| m.as_str());
            let begins = edge.map_or(timing.direction == Some(Direction::Before), is_beginning);
            let days: Vec<_> = if begins { days.iter().filter_map(|&d| day_after(d)).collect() } else { days.clone() };
            let months = 12 / u32::try_from(days.len()).unwrap_or(1).max(1);
            timing.kind = TimingKind::Recurring;
            timing.every =
                Some(if months == 12 { Period::new(1, Unit::Year) } else { Period::new(months, Unit::Month) });
            timing.days = days;
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

// What counts from the end or the beginning of a year of the contract's own, or of a quarter: "before each financial year".
pattern!(
    OF_THE_YEAR,
    r"^(?:the\s+)?(?:({edge})\s+of\s+)?(?:the|each|every|any|its|that|such|a)\s+(?:[\w'’]+\s+)?((?:fiscal|financial|accounting|contract|licen[cs]e|lease|policy|franchise|marketing)\s+year|half-?\s?year|quarter)\b"
);

/// Whether the edge of a year is its first day.
fn is_beginning(edge: &str) -> bool {
    ["first", "beginning", "start", "commencement"].iter().any(|word| edge.starts_with(word))
}

/// Whether a year is that of the books, whatever it is called.
fn is_fiscal(name: &str) -> bool {
    ["fiscal", "financial", "accounting"].iter().any(|w| name.starts_with(w))
}

/// The name of days that come again, in lower case, with the days: "Payment Days: 31 March and 30 September in each year".
fn list(words: &str) -> Option<(String, NamedDays)> {
    const LONGEST: usize = 300;
    pattern!(
        NAMED,
        r#"^\W*(?:[0-9.]+\W+)?(?:the\s+)?["“]?((?:[a-z]+\s+){1,3}(?:days|dates))["”]?(?:\s*[:\t]|\s+(?:means?|are|is)\b)\s*(?:each\s+of\s+|every\s+)?(?:the\s+)?"#
    );
    let named = NAMED.captures(words).filter(|_| words.len() < LONGEST)?;
    let (all, name) = (named.get(0)?, named.get(1)?);
    let found = named_days(words.part(all.end()..)).into_iter().next()?;
    let plain = found.range.start < 4 && !found.value.days.is_empty() && found.value.offset.is_none();
    (plain && found.value.days.iter().all(|d| d.month.is_some())).then(|| (name.as_str().to_lowercase(), found.value))
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

/// The day of the year after a day of the year.
fn day_after(day: NamedDay) -> Option<NamedDay> {
    // Any year that is not a leap year.
    let first = Date::new(2_026, day.month?, 1).ok()?;
    let own = if day.nth < 0 { first.last_of_month() } else { first.with().day(day.nth).build().ok()? };
    let after = own.tomorrow().ok()?;
    Some(NamedDay { month: Some(after.month()), nth: after.day(), ..day })
}

/// The day of the year before a day of the year.
fn day_before(day: NamedDay) -> Option<NamedDay> {
    // Any year that is not a leap year.
    let before = Date::new(2_026, day.month?, day.nth).ok()?.yesterday().ok()?;
    // The last day of a calendar year is told as such, and not taken for granted.
    let last = before == before.last_of_month() && before.month() != 12;
    Some(NamedDay { month: Some(before.month()), nth: if last { -1 } else { before.day() }, ..day })
}
