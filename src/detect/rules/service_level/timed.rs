//! Times: "initial response within one (1) hour; target resolution within eight (8) hours".

use super::cue::{self, Amount, Cue};
use super::{Context, Held, LevelDraft};
use crate::detect::rules::pattern::pattern;
use crate::detect::rules::reader::{Reader, head, tail};
use crate::record::Part as _;
use crate::record::value::service::{Comparator, LevelUnit, Metric};

// Planned interruptions have a limit of their own: "maintenance shall not exceed eight hours per month".
pattern!(
    MAINTENANCE,
    r"\b((?:planned|scheduled|routine|preventive|emergency)\s+(?:maintenance|downtime)|maintenance\s+windows?)\b[^.;]{0,140}?\b(?:exceed|more\s+than|maximum\s+of|up\s+to|limited\s+to)\s*$"
);
// What is beyond it is paid for: "if Downtime in a month is more than four hours, 2% are credited for each hour".
pattern!(
    DOWN_BEYOND,
    r"\b(downtime|outages?|unavailability)\b[^.;:%]{0,80}?\b(?:exceed(?:s|ing)?|(?:more|longer|greater)\s+than|in\s+excess\s+of|beyond|over|above)\s*$"
);
pattern!(CREDITED, r"\b(?:credit(?:s|ed)?|rebates?|reduc(?:ed|tion)|deduct(?:ed|ion)?s?)\b");
pattern!(
    PER_WINDOW,
    r"^\s*(?:\([^()]{0,20}\)\s*)?(?:of\s+\w+\s+)?(?:in\s+the\s+aggregate\s+)?(?:per|in\s+(?:any|a|each)|each|every|a)\s+(?:given\s+)?(?:calendar\s+)?(?:month|quarter|week|year)"
);
// Words between the name of a time and the time itself that make it a promise.
pattern!(
    LIMIT,
    r"\b(?:within|inside|in|under|(?:less|no\s+(?:more|later|longer))\s+than|not\s+(?:exceed|more|later)\w*|maximum|at\s+most|every|target)\b|[:\t=<≤]|[-–]\s|^\s*(?:is|are|(?:shall|will|must)\s+be|of)\s*$"
);
// Things that are repaired or answered.
pattern!(OBJECT, r"{faults}");
// Matters of law that also have times to respond and resolve.
pattern!(
    LEGAL,
    r"\b(?:dispute|arbitrat|mediat|negotiat|invoice|breach|terminat|cure|claim|litigat|proposal|change\s+(?:request|order)|indemn|audit|data\s+subject|request\s+for\s+(?:information|consent)|approv)"
);

/// Reads the times of sentence `i`.
pub(super) fn read(reader: &Reader<'_>, i: usize, context: &Context, out: &mut Vec<LevelDraft>) {
    let words = reader.sentence(i);
    let times = cue::times(words);
    if times.is_empty() {
        return;
    }
    let cues = cue::cues(words);
    let severities = cue::severities(words);
    let leading = cue::leading_severity(words);
    for (k, time) in times.iter().enumerate() {
        let previous = k.checked_sub(1).map_or(0, |k| times[k].range.end);
        if let Some(draft) = maintenance(i, words, time).or_else(|| allowance(i, words, time)) {
            out.push(draft);
            continue;
        }
        let own = severities.iter().rfind(|(_, r)| r.end <= time.range.start).map(|(s, _)| s.clone());
        let own = own.or_else(|| leading.as_ref().map(|(s, _)| s.clone()));
        let severity = own.map(|value| Held { value, sentence: i }).or_else(|| context.severity.clone());
        // A share of the faults in that time is one level, which the share is.
        if severity.is_none() && super::percent::has_share_of_work(words, &time.range) {
            continue;
        }
        // "P1 calls within 20 minutes, and P2 calls within three hours": one name for several times.
        let near = time.range.start.saturating_sub(previous) < 90;
        let limited = k > 0 && near && LIMIT.is_match(tail(words.part(previous..time.range.start), 24));
        let next = limited && severities.iter().any(|(_, r)| r.start >= previous && r.end <= time.range.start);
        let shared = || cues.iter().rfind(|c| next && c.range.end <= previous);
        let read = metric(words, &cues, time, previous, context, severity.is_some());
        let named = || shared().and_then(|c| Some((c.metric?, words.part(c.range.clone()).to_owned(), c.noun)));
        let Some((metric, name, noun)) = read.or_else(named) else { continue };
        let small = !matches!(time.unit, LevelUnit::Day | LevelUnit::Week);
        let sure = severity.is_some() || noun && serves(reader, i);
        if !sure && (!small || !OBJECT.is_match(words) || LEGAL.is_match(words)) {
            continue;
        }
        if severity.is_none() && LEGAL.is_match(words) {
            continue;
        }
        let business = time.unit == LevelUnit::Hour && k + 1 == times.len() && {
            let line = tail(words, words.len() - time.range.end);
            line.len() < 60 && line.trim_start().starts_with('(') && cue::in_business_hours(line)
        };
        out.push(LevelDraft {
            metric,
            name,
            comparator: Comparator::AtMost,
            target: time.value,
            unit: if business { LevelUnit::BusinessHour } else { time.unit },
            confidence: if severity.is_some() { 0.93 } else { 0.75 },
            severity,
            window: None,
            sentence: i,
            cited: start_of_quote(words, time)..time.range.end,
            words: time.range.clone(),
            rule: "service_level.time",
            passing: false,
            row: false,
        });
    }
}

/// Whether sentence `i`, its heading or the lines right above speak of a service and its faults.
fn serves(reader: &Reader<'_>, i: usize) -> bool {
    let above = (1..=2).filter_map(|d| i.checked_sub(d)).map(|k| reader.sentence(k)).filter(|s| s.len() < 120);
    [reader.sentence(i), reader.heading(i)].into_iter().chain(above).any(|s| cue::SERVICE.is_match(s))
}

/// The time that `time` limits, what the text calls it, and whether it is called by a noun.
fn metric(
    words: &str,
    cues: &[Cue],
    time: &Amount,
    previous: usize,
    context: &Context,
    severe: bool,
) -> Option<(Metric, String, bool)> {
    // "Response: two hours" labels its time.
    let labels = |c: &Cue| words.part(c.range.end..).starts_with([':', '\t']);
    let named = |c: &Cue| Some((c.metric?, words.part(c.range.clone()).to_owned(), c.noun || labels(c)));
    // The name stands before its time, after the time before.
    let before = cues.iter().rfind(|c| c.range.start >= previous && c.range.end <= time.range.start);
    if let Some(c) = before {
        let gap = words.part(c.range.end..time.range.start);
        if cue::fails(words.part(previous..c.range.start)) || cue::fails(gap) {
            return None;
        }
        let near = gap.len() < 90
            && (LIMIT.is_match(gap) || gap.trim().is_empty() || LIMIT.is_match(tail(words.part(..c.range.start), 24)));
        return near.then(|| named(c)).flatten();
    }
    // "+ 4 hours: response", "a four-hour response time".
    let after = cues.iter().find(|c| c.range.start >= time.range.end);
    if let Some(c) = after {
        let gap = words.part(time.range.end..c.range.start);
        if (gap.len() < 30 || gap.len() < 60 && gap.starts_with(':')) && !gap.contains([',', ';', '.']) {
            return named(c);
        }
    }
    if !severe || !cues.is_empty() {
        return None;
    }
    let lead = context.lead.as_ref()?;
    Some((lead.value.0, lead.value.1.clone(), true))
}

/// The time that planned work on a service may take.
fn maintenance(i: usize, words: &str, time: &Amount) -> Option<LevelDraft> {
    if !PER_WINDOW.is_match(words.part(time.range.end..)) {
        return None;
    }
    let c = MAINTENANCE.captures(tail(words.part(..time.range.start), 240))?;
    Some(interruption(i, words, time, c.get(1)?.as_str(), "service_level.maintenance"))
}

/// The time that a service may be down before credits are given: "more than four hours of Downtime in a month".
fn allowance(i: usize, words: &str, time: &Amount) -> Option<LevelDraft> {
    let before = words.part(..time.range.start);
    let c = DOWN_BEYOND.captures(tail(before, 240)).filter(|_| CREDITED.is_match(words))?;
    let draft = interruption(i, words, time, c.get(1)?.as_str(), "service_level.downtime");
    let window = draft.window.or_else(|| super::percent::window(tail(before, 120)));
    Some(LevelDraft { window, ..draft })
}

/// The level of sentence `i` that limits an interruption called `name` to `time`, over the window that follows.
fn interruption(i: usize, words: &str, time: &Amount, name: &str, rule: &'static str) -> LevelDraft {
    LevelDraft {
        metric: Metric::Other,
        name: name.to_owned(),
        comparator: Comparator::AtMost,
        target: time.value,
        unit: time.unit,
        severity: None,
        window: super::percent::window(head(words.part(time.range.end..), 60)),
        sentence: i,
        cited: start_of_quote(words, time)..time.range.end,
        words: time.range.clone(),
        rule,
        confidence: 0.8,
        passing: false,
        row: false,
    }
}

/// Where the quote of a value begins: with the sentence, or 400 bytes before.
fn start_of_quote(words: &str, time: &Amount) -> usize {
    words.len() - words.part(..).len() + time.range.start - tail(words.part(..time.range.start), 400).len()
}
