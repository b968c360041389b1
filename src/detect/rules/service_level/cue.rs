//! Words that name what a service level measures, how bad a fault is, and which hours count.

use std::ops::Range;

use crate::calendar::Unit;
use crate::detect::rules::pattern::pattern;
use crate::detect::rules::reader::{head, tail};
use crate::lexicon::{Class, Decimal, periods};
use crate::phrase::{Kind, Phrase, Phrases};
use crate::record::Part as _;
use crate::record::value::service::{LevelUnit, Metric};

/// The name of a measured time in the text.
#[derive(Debug, Clone)]
pub(super) struct Cue {
    /// What it measures; `None` for a time that is no service level, such as that between updates.
    pub(super) metric: Option<Metric>,
    pub(super) range: Range<usize>,
    /// Whether it is a noun phrase such as "response time", which needs no object.
    pub(super) noun: bool,
}

/// A measured value in the text.
#[derive(Debug, Clone)]
pub(super) struct Amount {
    pub(super) value: Decimal,
    pub(super) unit: LevelUnit,
    pub(super) range: Range<usize>,
}

// What a service is called when a service level speaks of its faults.
pattern!(
    pub(super) SERVICE,
    r"\b(?:service\s+level|slas?\b|support|incident|help\s?desk|hot\s?line|maintenance|fault|outage|ticket|downtime|uptime|service\s+request|problem|defect|bugs?\b|error)"
);

// Joins names of one target: "resolution or workaround".
pattern!(JOIN, r"^\s*(?:/|,|&|\bor\b|\band\b|\band/or\b)\s*(?:a\s+|an\s+|target\s+)?$");
// The event that a time runs from, not the one that it limits: "within 4 hours of initial response".
pattern!(
    ANCHOR,
    r"\b(?:of|after|following|from|upon|until|pending|plans?\s+for|begin|commence|start|(?:respond\w*|reply|replies|attend\w*)\s+to)\s+(?:the\s+|its\s+|such\s+|an?\s+|any\s+)?$"
);
// Failing to keep a time is its condition, not its promise.
pattern!(FAILS, r"\b(?:not|fails?|failure|unable|unless|if|never|cannot|in\s+the\s+event)\s+(?:[\w'-]+\s+){0,7}$");

// "A solution is not provided within 48 hours".
pattern!(DENIED, r"^\s+(?:(?:is|are|was|were|has|have|does|do)\s+not|cannot)\b");

/// Classes of words before the name of a measured time.
const SIZES: &[Class] = &[Class::Measured, Class::Time];

fn is_any(phrase: &Phrase, classes: &[Class]) -> bool {
    classes.iter().any(|&class| phrase.is(class))
}

/// What a phrase measures.
fn measure(phrase: &Phrase) -> Option<Metric> {
    match phrase.kind {
        Kind::Words(Class::Respond) => Some(Metric::ResponseTime),
        Kind::Words(Class::Resolve) => Some(Metric::ResolutionTime),
        Kind::Words(Class::Restore) => Some(Metric::RestoreTime),
        _ => None,
    }
}

/// Whether a phrase has a time that goes with service levels and is none.
fn is_other(phrase: &Phrase, words: &str) -> bool {
    let word = || words.part(phrase.range.clone()).to_ascii_lowercase();
    let tells = || word().starts_with("noti") || word().starts_with("submit");
    is_any(phrase, &[Class::Update, Class::Refund, Class::Invoice])
        || is_any(phrase, &[Class::Notice, Class::Act]) && tells()
}

/// The measured times that `words` name, in order; names of one target are one.
pub(super) fn cues(words: &str) -> Vec<Cue> {
    let phrases = Phrases::of_dealings(words);
    let list = phrases.list();
    let joined = |a: &Phrase, b: &Phrase| words.part(a.range.end..b.range.start).trim_matches([' ', '-']).is_empty();
    let mut all: Vec<Cue> = Vec::new();
    for (i, phrase) in list.iter().enumerate() {
        let metric = measure(phrase);
        if metric.is_none() && !is_other(phrase, words) {
            continue;
        }
        let (mut from, mut to) = (i, i);
        // "Target initial response time".
        while from > 0 && metric.is_some() && is_any(&list[from - 1], SIZES) && joined(&list[from - 1], &list[from]) {
            from -= 1;
        }
        while metric.is_some() && list.get(to + 1).is_some_and(|p| p.is(Class::Time) && joined(&list[to], p)) {
            to += 1;
        }
        let range = list[from].range.start..list[to].range.end;
        let before = tail(words.part(..range.start), 24);
        // "The following response times" names them.
        let listed = before.trim_end().to_ascii_lowercase().ends_with("the following");
        if (listed || !ANCHOR.is_match(before)) && !DENIED.is_match(head(words.part(range.end..), 24)) {
            let text = words.part(range.clone()).to_ascii_lowercase();
            let noun = ["time", "target", "initial"].iter().any(|word| text.contains(word));
            all.push(Cue { metric, range, noun });
        }
    }
    let mut out: Vec<Cue> = Vec::new();
    for cue in all {
        match out.last_mut() {
            Some(known) if JOIN.is_match(words.part(known.range.end..cue.range.start)) => {
                use Metric::{ResolutionTime, RestoreTime};
                known.metric = match (known.metric, cue.metric) {
                    (a, b) if a == b => a,
                    (Some(ResolutionTime), Some(RestoreTime)) | (Some(RestoreTime), Some(ResolutionTime)) => {
                        Some(ResolutionTime)
                    }
                    // A time for both, without saying which: neither is filled from the other.
                    _ => None,
                };
                known.range.end = cue.range.end;
                known.noun |= cue.noun;
            }
            _ => out.push(cue),
        }
    }
    out
}

/// Whether what follows `before` is the failure to keep a time.
pub(super) fn fails(before: &str) -> bool {
    FAILS.is_match(tail(before, 80))
}

// Hours of work: "during Business Hours", "(9am-5pm PST)".
pattern!(
    BUSINESS,
    r"\b(?:business|working|work|support|office|normal|service)\s+(?:business\s+)?(?:hours?|schedule|time)\b|[0-9]\s*[ap]\.?m\b\.?\s*(?:-|to|until)\s*[0-9]|\b8\s*x\s*5\b|\b[0-9]{1,2}h?\s*-\s*[0-9]{1,2}h\b"
);
// Hours and days of cover are no times: "24 hours a day, 7 days a week".
pattern!(
    COVERAGE,
    r"^\s*,?\s*(?:and\s+|x\s*|/\s*)?(?:(?:7|seven|365|5|five)\s*(?:\([0-9]+\)\s*)?(?:days|x|/)|(?:a|per|each|every)\s+day\b|/\s*7|x\s*7)"
);
pattern!(WEEKLY, r"^\s*(?:a|per|each|every|/)\s*(?:week|year)\b");
pattern!(
    NEXT_DAY,
    r"\b(day\s+after\s+(?:the\s+)?)?next\s+(business\s+day|working\s+day|work\s?day|day|calendar\s+day)\b|\bNBD\b"
);
pattern!(SECONDS, r"\b([0-9]+(?:\.[0-9]+)?)\s?(ms|msec|milli-?\s?seconds?|seconds?|secs?)\b");

/// Whether `words` say that the hours of work count.
pub(super) fn in_business_hours(words: &str) -> bool {
    BUSINESS.is_match(words)
}

/// All times in `words`, in order. Business hours and days stay what they are.
pub(super) fn times(words: &str) -> Vec<Amount> {
    let mut out: Vec<Amount> = Vec::new();
    for p in periods(words).into_iter().filter(|p| !p.value.article) {
        let Some(period) = p.value.reading.known() else { continue };
        let Some(unit) = level_unit(period.unit) else { continue };
        if COVERAGE.is_match(head(words.part(p.range.end..), 24))
            || WEEKLY.is_match(head(words.part(p.range.end..), 24))
        {
            continue;
        }
        // The hours that count stand right after the time, in brackets or not.
        let after = qualifier(words.part(p.range.end..));
        let business = unit == LevelUnit::Hour && in_business_hours(after);
        let unit = if business { LevelUnit::BusinessHour } else { unit };
        let end = p.range.end + if business { after.len() } else { 0 };
        out.push(Amount { value: Decimal::whole(period.count), unit, range: p.range.start..end });
    }
    for m in NEXT_DAY.find_iter(words) {
        let lower = m.as_str().to_ascii_lowercase();
        let n = if lower.starts_with("day after") { 2 } else { 1 };
        let plain = lower.ends_with("next day") || lower.ends_with("calendar day");
        let unit = if plain { LevelUnit::Day } else { LevelUnit::BusinessDay };
        out.push(Amount { value: Decimal::whole(n), unit, range: m.range() });
    }
    let mut rest = 0;
    while let Some(c) = SECONDS.captures(words.part(rest..)) {
        let (Some(all), Some(n), Some(unit)) = (c.get(0), c.get(1), c.get(2)) else { break };
        if let Some(value) = Decimal::parse(n.as_str()) {
            let milli = unit.as_str().starts_with(['m', 'M']);
            let value = if milli { Decimal::from_millionths(value.millionths() / 1000) } else { value };
            out.push(Amount { value, unit: LevelUnit::Second, range: rest + all.start()..rest + all.end() });
        }
        rest += all.end();
    }
    out.sort_by_key(|a| a.range.start);
    out
}

/// The words right after a time that may say which hours count: a bracket, or up to the next stop.
fn qualifier(after: &str) -> &str {
    let after = head(after, 70);
    let lead = after.len() - after.trim_start().len();
    if after.part(lead..).starts_with('(') {
        let end = after.find(')').map_or(after.len(), |i| i + 1);
        return after.part(..end);
    }
    let lower = after.part(lead..).to_ascii_lowercase();
    if ["during", "in ", "within"].iter().any(|w| lower.starts_with(w)) {
        let end = after.find(['.', ';', ',', '(', '\t']).unwrap_or(after.len());
        return after.part(..end);
    }
    ""
}

fn level_unit(unit: Unit) -> Option<LevelUnit> {
    Some(match unit {
        Unit::Minute => LevelUnit::Minute,
        Unit::Hour => LevelUnit::Hour,
        Unit::BusinessHour => LevelUnit::BusinessHour,
        Unit::Day => LevelUnit::Day,
        Unit::BusinessDay => LevelUnit::BusinessDay,
        Unit::Week => LevelUnit::Week,
        // Months are windows of measurement, not targets.
        Unit::Month | Unit::Quarter | Unit::Year => return None,
    })
}

/// How bad a fault is, in words.
const GRADES: &str = "very high|critical|serious|severe|cosmetic|trivial|urgent|emergency|high|medium|moderate|low|normal|minor|major|standard|blocking|non-?\\s?blocking|routine";
/// What words of severity are about.
const GRADED: &str =
    "priority|severity|impact|urgency|level|incident|issue|problem|error|bug|fault|request|defect|ticket";

// A severity with a number: "Severity 1", "P2", "Critical (Priority 1)".
pattern!(
    NUMBERED,
    &format!(
        r"\b(?:(?:{GRADES})\s*\(\s*)?(?:(?:severity|sev|priority|prio|urgency|impact)\.?(?:\s+(?:level|class|code))?[\s#:-]*(?:[1-5]|one|two|three|four|five|i{{1,3}}|iv|v)\b|[psl]-?[1-5]\b)(?:\s*\))?"
    )
);
// At the beginning of a line or cell also a plain word or a bare level.
pattern!(
    WORDED,
    &format!(
        r"^(?:(?:{GRADES})(?:[\s-]+(?:{GRADED})s?){{0,2}}|(?:level|tier|class|category)\s+[1-5])(?:\s*(?:[:\t(]|[-–—]\s|$))"
    )
);
// Markers of list items.
pattern!(LIST, r#"^(?:[\s•◦●·*"Ø§▪–—-]+|\(?[0-9a-z]{1,4}[.)]\s+|[0-9]+(?:\.[0-9]+)+\.?\s+|o\s)+"#);

/// `words` without the markers of a list item; the bytes left out.
pub(super) fn unlisted(words: &str) -> usize {
    LIST.find(words).map_or(0, |m| m.end())
}

/// The severity with which a line or cell begins, and its place.
pub(super) fn leading_severity(words: &str) -> Option<(String, Range<usize>)> {
    let skip = unlisted(words);
    let rest = words.part(skip..);
    let found = NUMBERED.find(head(rest, 60)).filter(|m| m.start() == 0).map(|m| m.range()).or_else(|| {
        let m = WORDED.find(head(rest, 60))?;
        let text = m.as_str().trim_end_matches([':', '\t', '(', '-', '\u{2013}', '\u{2014}', ' ']);
        // "Emergency priority" is the severity "Emergency".
        let bare = ["priority", "severity", "impact", "urgency", "level"]
            .iter()
            .find_map(|w| text.to_ascii_lowercase().strip_suffix(w).map(str::len));
        Some(0..text.part(..bare.unwrap_or(text.len())).trim_end().len())
    })?;
    Some((tidy(rest.part(found.clone())), found.start + skip..found.end + skip))
}

// A grade in a word, anywhere; with a capital, or it would be an adjective.
pattern!(
    GRADE,
    exact,
    r"\b(?:Critical|Serious|Severe|Urgent|Emergency|High|Medium|Moderate|Low|Normal|Minor|Major|Standard|Routine)\b"
);

/// The places of grades that are said by a word with a capital.
pub(super) fn grades(words: &str) -> Vec<Range<usize>> {
    GRADE.find_iter(words).map(|m| m.range()).collect()
}

/// Every numbered severity in `words`.
pub(in crate::detect::rules) fn severities(words: &str) -> Vec<(String, Range<usize>)> {
    NUMBERED.find_iter(words).map(|m| (tidy(m.as_str()), m.range())).collect()
}

fn tidy(words: &str) -> String {
    let text = words.split_whitespace().collect::<Vec<_>>().join(" ");
    // "Severity 1)" of "(Severity 1)".
    if text.ends_with(')') && !text.contains('(') { text.trim_end_matches([')', ' ']).to_owned() } else { text }
}
