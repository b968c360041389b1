//! How often a duty comes: "monthly", "each quarter", "twice a year", "every other Friday". Wording: C6 and C8.

use super::super::pattern::{contains_fold, pattern};
use super::super::reader::{around, head};
use super::timing::{Time, anchor, bound, overlap};
use crate::calendar::{Period, Unit, month_number};
use crate::lexicon::{count, ordinal, ways};
use crate::record::Part as _;
use crate::record::value::{Direction, Timing, TimingKind};

// A frequency: how many times in what, each of what (or every other), or an adverb.
pattern!(
    OFTEN,
    r"({how_often})[\s-]+(?:{in_each}\s+)?(?:{kinds_of_period}\s+)?({returning}|{adverbs_of_time})|\b(?:each|every|per)\s+(?:({every_other})\s+|{kinds_of_period}\s+)*({returning})|({adverbs_of_time})|\balternate\s+({returning})"
);
// Things that are made again and again when an adjective of frequency stands before them.
pattern!(
    REPEATED,
    r"^[\s,/-]*(?:(?:and|or)(?:/or)?\s+[\w-]+\s+)?(?:basis\b|in\s+(?:advance|arrears?)\b|(?:[\w/-]+\s+){0,4}?{repeated})(?:[\s,.;:)]|$)"
);
// What a thing that repeats is the price or the measure of.
pattern!(SUM, r"^\s*(?:and\s+[\w-]+\s+)?{sums}");
pattern!(
    PAID,
    r"\b(?:pay|pays|remit)\s+(?:to\s+)?(?:[\w.]+\s+){0,4}?(?:a|an|the|its|fixed|base|total)\s+(?:[\w-]+\s+){0,2}$"
);
pattern!(SUM_AHEAD, r"^\s+(?:[\w-]+\s+){0,5}?{sums_ahead}");
// Words that make a time a rate or a cap and no time.
pattern!(RATE, r"(?:%|[$€£]\s?[0-9][0-9,.]*(?:\s+\w+)?|{measures}\)?)[\s)]*(?:of\s+[\w\s]{0,40}|\([^()]*\)\s*)?$");
// Words of a measure: what is kept up, capped or averaged in each period is not due in it.
pattern!(
    MEASURED,
    r"\b(?:uptime|availability|available\s+(?:at|for|not|[0-9])|average\w*|measured|calculated)\b[^.;]{0,80}$"
);
pattern!(
    CAPPED,
    r"\b(?:not\s+(?:to\s+)?exceed\w*|up\s+to\s+(?:[^d\s]|d[^a])\w*|(?:no|not)\s+more\s+than|at\s+most|maximum|limited\s+to)\b[^.;]{0,80}$"
);
pattern!(SHARE, r"(?:%|\bper\s?cent)[^.;]{0,80}$");
pattern!(HANDS_OVER, r"\b(?:pay|remit|report|deliver|provide|submit|send|invoice|increase|adjust)");

/// The unit of time that a word names.
pub(super) fn cycle(word: &str) -> Option<Period> {
    let word = word.to_ascii_lowercase().replace(['-', ' '], "");
    let word = word.strip_suffix('s').unwrap_or(&word);
    // "Six-monthly".
    let counted = |ending: &str| word.strip_suffix(ending).and_then(count).map(|n| n.value);
    if let Some(n) = counted("monthly") {
        return Some(Period::new(n, Unit::Month));
    }
    let (n, unit) = match word {
        "day" | "daily" => (1, Unit::Day),
        "week" | "weekly" => (1, Unit::Week),
        "biweekly" | "fortnight" | "fortnightly" | "twoweekly" => (2, Unit::Week),
        "sixweekly" => (6, Unit::Week),
        "month" | "monthly" | "monthbymonth" | "monthaftermonth" => (1, Unit::Month),
        "bimonthly" => (2, Unit::Month),
        "quarter" | "quarterly" => (3, Unit::Month),
        "semiannual" | "semiannually" | "halfyearly" | "halfyear" | "biannual" | "biannually" => (6, Unit::Month),
        "year" | "yearly" | "annual" | "annually" | "anniversary" => (1, Unit::Year),
        // A day of the week.
        day if day.ends_with("day") => (1, Unit::Week),
        _ => return None,
    };
    Some(Period::new(n, unit))
}

/// How often "each May and November" comes; the month's capital tells it from the verb.
fn by_month(month: &str, after: &str) -> Option<Period> {
    let first = month_number(month).filter(|_| month.starts_with(|c: char| c.is_ascii_uppercase()))?;
    let next = after.trim_start().strip_prefix("and ").and_then(|a| a.split(|c: char| !c.is_alphabetic()).next());
    let half = next.and_then(month_number).is_some_and(|second| second.abs_diff(first) == 6);
    Some(if half { Period::new(6, Unit::Month) } else { Period::new(1, Unit::Year) })
}

/// `times` in each `period`: twice a year is every six months.
fn divided(times: u32, period: Period) -> Option<Period> {
    match (period.months(), period.unit, times) {
        (_, _, 1) => Some(period),
        (Some(months), _, n) if n > 0 && months % n == 0 => Some(Period::new(months / n, Unit::Month)),
        // Half a month is fifteen days to those who pay twice a month.
        (Some(1), _, 2) => Some(Period::new(15, Unit::Day)),
        _ => None,
    }
}

/// "On the anniversary of the Commencement Date in each year", "annually on each anniversary date".
fn anniversaries(words: &str, out: &mut Vec<Time>) {
    pattern!(
        THE_DAY,
        r"\b(?:by|on|upon|at|before|than)\s+(the|its|each|every)\s+(?:yearly\s+|annual\s+)?(anniversary)\b"
    );
    pattern!(YEARLY, r"\b(?:annual(?:ly)?|yearly|(?:in|of|for)?\s*(?:each|every)\s+(?:\w+\s+)?year|each|every)\b");
    pattern!(
        THEREAFTER,
        r"\bon\s+the\s+((?:effective|commencement|start)\s+date)\b[^.;]{0,40}\b(annually|yearly|(?:each|every)\s+(?:\w+\s+)?year)\s+thereafter\b"
    );
    if let Some((day, often)) = THEREAFTER.captures(words).and_then(|c| Some((c.get(1)?, c.get(2)?))) {
        let anchor = Some(format!("anniversary of the {}", day.as_str()));
        let every = Some(Period::new(1, Unit::Year));
        let timing = Timing { kind: TimingKind::Recurring, every, anchor, ..Timing::default() };
        out.push(Time { timing, range: often.range() });
        return;
    }
    let Some(found) = THE_DAY.captures(words) else { return };
    let (Some(which), Some(day)) = (found.get(1), found.get(2)) else { return };
    let taken =
        out.iter().any(|t| overlap(&t.range, &day.range())) || within_anchor(around(words, &which.range(), 60).0);
    let told = YEARLY.is_match(words) && !taken;
    let Some(anchor) = anchor(head(words.part(day.start()..), 160)).filter(|_| told) else { return };
    // "... of the Effective Date in each year".
    let anchor = anchor.split(" in each").next().and_then(|a| a.split(" in every").next()).unwrap_or(anchor);
    let timing = Timing {
        kind: TimingKind::Recurring,
        every: Some(Period::new(1, Unit::Year)),
        anchor: Some(anchor.to_owned()),
        ..Timing::default()
    };
    let start = day.start();
    out.push(Time { timing, range: start..start + anchor.len() });
}

/// "On or before the second anniversary of the Effective Date": two years after it.
pub(super) fn nth_anniversary(words: &str) -> Option<Time> {
    pattern!(
        NTH,
        r"\b(?:by|on|before|than)\s+(?:the\s+)?([a-z0-9]+)\s+(?:\([0-9]+[a-z]{2}\)\s+)?anniversary\s+of\s+(?:the\s+)?"
    );
    if !contains_fold(words, "anniversary of") {
        return None;
    }
    let found = NTH.captures(words)?;
    let (whole, nth) = (found.get(0)?, found.get(1)?);
    let (years, of) = (ordinal(nth.as_str())?.value, anchor(head(words.part(whole.end()..), 120))?);
    // "Before" an anniversary leaves it out, which no length of time says.
    let lead = words.part(..nth.start());
    if years == 0 || bound(lead) == Direction::Before {
        return None;
    }
    let timing = Timing {
        kind: TimingKind::Relative,
        offset: Some(Period::new(years, Unit::Year)),
        direction: Some(Direction::Within),
        anchor: Some(of.to_owned()),
        ..Timing::default()
    };
    Some(Time { timing, range: nth.start()..whole.end() + of.len() })
}

/// "monthly", "each quarter", "twice a year", "every other Friday".
pub(super) fn frequencies(words: &str, out: &mut Vec<Time>) {
    anniversaries(words, out);
    let mut at = 0;
    while let Some(found) = OFTEN.captures(words.part(at..)) {
        let Some(all) = found.get(0) else { break };
        let range = at + all.start()..at + all.end();
        at = range.end;
        if out.iter().any(|t| overlap(&t.range, &range)) || measured(words.part(..range.start)) {
            continue;
        }
        let (before, after) = around(words, &range, 60);
        let text = |i: usize| found.get(i).map(|m| m.as_str());
        let every = if let (Some(often), Some(unit)) = (text(1), text(2)) {
            let times = match often.to_ascii_lowercase().split(' ').next() {
                Some("twice" | "two") => 2,
                Some("three") => 3,
                Some("four") => 4,
                _ => 1,
            };
            cycle(unit).and_then(|p| divided(times, p))
        } else if let Some(unit) = text(4) {
            if within_anchor(before) || RATE.is_match(before) {
                continue;
            }
            let every = by_month(unit, after).or_else(|| cycle(unit));
            every.map(|p| if text(3).is_some() { Period::new(p.count * 2, p.unit) } else { p })
        } else if let Some(unit) = text(6) {
            cycle(unit).map(|p| Period::new(p.count * 2, p.unit))
        } else if let Some(word) = text(5) {
            if adjective(word, before, after) {
                continue;
            }
            let twice = before.trim_end().to_ascii_lowercase().ends_with("twice");
            cycle(word).and_then(|p| if twice { divided(2, p) } else { Some(p) })
        } else {
            None
        };
        let Some(every) = every else { continue };
        let timing = Timing { kind: TimingKind::Recurring, every: Some(every), ..Timing::default() };
        out.push(Time { timing, range });
    }
}

/// Whether a frequency behind `before` is the window of a measure: "99.9% uptime in each month", "no more than 10 hours a
/// month".
fn measured(before: &str) -> bool {
    MEASURED.is_match(before) || CAPPED.is_match(before) || SHARE.is_match(before) && !HANDS_OVER.is_match(before)
}

/// "after the end of each" belongs to the period before it.
fn within_anchor(before: &str) -> bool {
    pattern!(
        INSIDE,
        r"[\w)][\s-]+{units}'?\s+(?:\([^()]*\)\s+)?(?:{since}|prior\s+to|before)\s+(?:the\s+)?(?:{edge}\s+of\s+)?$|\b(?:fees?|amounts?|charges|revenue|sales)\s+(?:paid|payable|for|in)\s+(?:in\s+)?$"
    );
    INSIDE.is_match(before)
}

/// Whether "monthly" only tells a kind of thing apart ("the monthly fee"), and does not say how often something is done.
fn adjective(word: &str, before: &str, after: &str) -> bool {
    if let Some(thing) = REPEATED.find(after) {
        // "The annual maintenance fee" is a sum, and repeats nothing by itself.
        return SUM.is_match(after.part(thing.end()..));
    }
    if before.trim_end().ends_with(',') && after.starts_with(',') {
        return true;
    }
    // "Shall pay an annual licence fee".
    if PAID.is_match(before) && after.split('.').next().is_some_and(|a| SUM_AHEAD.is_match(a)) {
        return false;
    }
    // "Shall fortnightly send".
    if ["shall", "will", "must"].iter().any(|w| before.trim_end().ends_with(w)) {
        return false;
    }
    // "Month by month, it must issue the payslips on the 28th".
    if word.contains(' ') {
        return false;
    }
    let adverb = word.ends_with("ly") || word.ends_with("LY");
    if !adverb || before.trim_end().ends_with('%') {
        return true;
    }
    // An adverb stands at the end of its phrase, or after a verb; before a noun it is an adjective.
    let next = after.trim_start();
    let word = next.split([' ', ',', '.', ';', ')', '(']).next().unwrap_or_default();
    !(word.is_empty() || ways("after_adverbs").contains(&word))
}
