//! Service levels: availability, times to respond, to restore and to resolve by severity, and other measured targets, in
//! prose, lists and tables. Wording: C4. A response is not a resolution: where a clause speaks of both and a time names
//! neither, nothing is read.

pub(super) mod cue;
mod percent;
mod run_together;
mod table;
#[cfg(test)]
mod tests;
mod timed;

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::pattern;
use super::reader::Reader;
use crate::detect::Findings;
use crate::lexicon::Decimal;
use crate::record::value::service::{AllowedDowntime, Comparator, LevelUnit, Metric, ServiceLevel};
use crate::record::{Confidence, Fact, Origin, Part as _, Span};

/// A level on its way to a fact.
#[derive(Debug, Clone)]
struct LevelDraft {
    metric: Metric,
    name: String,
    comparator: Comparator,
    target: Decimal,
    unit: LevelUnit,
    severity: Option<Held<String>>,
    window: Option<String>,
    sentence: usize,
    /// The words from the beginning of what is cited to the end of the value, within the sentence.
    cited: Range<usize>,
    /// The words of the value, within the sentence.
    words: Range<usize>,
    rule: &'static str,
    confidence: f32,
    /// Said in passing, as in "fails to meet the 99.9 % commitment": counts only where nothing else says it.
    passing: bool,
    /// From a table, whose rows are levels of their own.
    row: bool,
}

/// Something that holds for the lines below it.
#[derive(Debug, Clone)]
struct Held<T> {
    value: T,
    sentence: usize,
}

/// What the lines above say about the line at hand.
#[derive(Debug, Default)]
struct Context {
    severity: Option<Held<String>>,
    /// The one time that a lead-in or heading speaks of: "the following response times:".
    lead: Option<Held<(Metric, String)>>,
    table: Option<Held<table::Header>>,
    /// The times that the header of a table without tabs names.
    names: Option<Held<run_together::Names>>,
}

/// How many sentences a severity or lead-in reaches.
const REACH: usize = 14;

// Words without which a line says nothing of a level: a share, or a time shorter than months.
pattern!(VALUE, r"%|\bper\s?cent\b|hour|\bhrs?\b|minute|\bmins?\b|second|\bday|workday|business\s+day|\bms\b|\bNBD\b");
/// Words of a line that can hold for lines below, or be a level itself.
const TOPICS: &str = "availab up-?\\s?time respon[sd] acknowledg resol[uv] restor work-?around recover severity \\bsev\\b priority \
    \\b[ps][1-5]\\b latency error\\s+rate packet accura throughput emergency critical urgent medium blocking in\\s+service operational \
    maintenance repair contact solution solved \\brunning\\b answer incidents?\\b requests\\b faults?\\b break-?downs?\\b reports?\\sof call-?\\s?outs? repl(?:y|ies)\\b calls?\\b rto\\b rpo\\b \
    level\\s[1-5] downtime reachable up\\s+and on-?line accessible fix of\\s+the\\s+time on\\s+time otif";
pattern!(TOPIC, &TOPICS.split_whitespace().collect::<Vec<_>>().join("|"));

/// Finds every service level.
pub(super) fn find(reader: &Reader<'_>, findings: &mut Findings) {
    let mut context = Context::default();
    let mut drafts: Vec<LevelDraft> = Vec::new();
    for (i, _, words) in reader.sentences() {
        let in_table = context.table.as_ref().is_some_and(|t| i - t.sentence <= 40);
        if words.len() > 4_000 || !in_table && !TOPIC.is_match(words) {
            continue;
        }
        context.forget(reader, i);
        let tabs = table::is_row(words);
        if tabs && let Some(header) = table::header(reader, i) {
            context.table = Some(Held { value: header, sentence: i });
            continue;
        }
        // Rules between rows are no end of the table.
        if !tabs && words.contains(|c: char| c.is_ascii_alphanumeric()) {
            context.table = None;
        }
        let leading = cue::leading_severity(words);
        if let Some((severity, _)) = &leading {
            context.severity = Some(Held { value: severity.clone(), sentence: i });
        }
        if VALUE.is_match(words) {
            let before = drafts.len();
            if tabs {
                table::row(reader, i, &context, &mut drafts);
            }
            let plain = drafts.len() == before && !tabs;
            if let Some(names) = plain.then(|| run_together::rows(reader, i, &context, &mut drafts)).flatten() {
                context.names = Some(Held { value: names, sentence: i });
            }
            if drafts.len() == before {
                timed::read(reader, i, &context, &mut drafts);
                percent::read(reader, i, &context, &mut drafts);
            }
        }
        if let Some(names) = run_together::header(words).filter(|_| !tabs) {
            context.names = Some(Held { value: names, sentence: i });
        }
        context.lead_in(i, words, leading.is_some());
    }
    settle(&mut drafts);
    let obligor = super::payment::role_of(findings, SERVES);
    findings.facts.service_levels = drafts.iter().map(|d| d.fact(reader, obligor.as_deref())).collect();
}

impl Context {
    /// Drops what does not reach sentence `i`.
    fn forget(&mut self, reader: &Reader<'_>, i: usize) {
        if self.severity.as_ref().is_some_and(|h| !reaches(reader, h.sentence, i)) {
            self.severity = None;
        }
        if self.names.as_ref().is_some_and(|h| !reaches(reader, h.sentence, i)) {
            self.names = None;
        }
        if self.lead.as_ref().is_some_and(|h| !reaches(reader, h.sentence, i)) {
            self.lead = None;
        }
    }

    /// Takes the time that a heading or an open sentence announces. One that speaks of two times announces none.
    fn lead_in(&mut self, i: usize, words: &str, severity: bool) {
        let open = words.trim_end().ends_with(':');
        let heading = words.len() < 60 && !words.trim_end().ends_with(['.', ';', ',']);
        if severity || !open && !heading {
            return;
        }
        let mut named = cue::cues(words).into_iter().filter_map(|c| Some((c.metric?, c.range)));
        if let Some((metric, range)) = named.next() {
            let one = named.all(|(other, _)| other == metric);
            self.lead = one.then(|| Held { value: (metric, words.part(range).to_owned()), sentence: i });
        }
    }
}

/// Whether what sentence `from` says still holds in sentence `to`: in the same section or one below it.
fn reaches(reader: &Reader<'_>, from: usize, to: usize) -> bool {
    let sentences = &reader.segments.sentences;
    let (Some(a), Some(b)) = (sentences.get(from), sentences.get(to)) else { return false };
    if to - from > REACH {
        return false;
    }
    let sections = &reader.segments.sections;
    let mut at = Some(b.section);
    while let Some(c) = at {
        if c == a.section {
            return true;
        }
        at = sections.get(c).and_then(|c| c.parent).filter(|&p| p < c);
    }
    // Lines that were taken for headings stand beside each other.
    b.section - a.section <= 2
        && [a.section, b.section].iter().all(|&c| sections.get(c).is_some_and(|c| c.number.is_none()))
}

/// Drops repetitions: of what is said in passing all that is said elsewhere, and of the same level in the same words.
fn settle(drafts: &mut Vec<LevelDraft>) {
    let same = |a: &LevelDraft, b: &LevelDraft| {
        a.metric == b.metric
            && a.target == b.target
            && a.unit == b.unit
            && a.severity.as_ref().map(|h| digit(&h.value)) == b.severity.as_ref().map(|h| digit(&h.value))
    };
    let all = std::mem::take(drafts);
    for (i, draft) in all.iter().enumerate() {
        let earlier = all[..i]
            .iter()
            .any(|d| same(d, draft) && (!draft.row || d.name == draft.name) && d.passing <= draft.passing);
        let better = draft.passing && all.iter().any(|d| !d.passing && same(d, draft));
        if !earlier && !better {
            drafts.push(draft.clone());
        }
    }
}

/// What tells two severities apart: the number, else the words.
fn digit(severity: &str) -> String {
    severity.chars().find(char::is_ascii_digit).map_or_else(|| severity.to_ascii_lowercase(), |c| c.to_string())
}

/// Words of the party that serves.
const SERVES: &str = "provider vendor supplier contractor licensor consultant host seller landlord";

impl LevelDraft {
    fn fact(&self, reader: &Reader<'_>, provider: Option<&str>) -> Fact<ServiceLevel> {
        let start = reader.span(self.sentence).start();
        let cited = Span::from(self.cited.clone()).shift(start);
        let raw = reader.text.slice(Span::from(self.words.clone()).shift(start));
        let downtime = (self.metric == Metric::Availability && self.unit == LevelUnit::Percent)
            .then(|| allowed_downtime(self.target, self.window.as_deref()?))
            .flatten();
        let words = reader.sentence(self.sentence);
        let level = ServiceLevel {
            metric: self.metric,
            name: self.name.split_whitespace().collect::<Vec<_>>().join(" "),
            comparator: self.comparator,
            target: self.target,
            unit: self.unit,
            severity: self.severity.as_ref().map(|h| h.value.clone()),
            window: self.window.clone(),
            obligor: obligor(words.part(..self.words.start)).map(str::to_owned).or_else(|| provider.map(str::to_owned)),
            allowed_downtime: downtime,
        };
        let confidence = Confidence::new(if self.passing { self.confidence - 0.3 } else { self.confidence });
        let mut fact =
            Fact::found("service_level", reader.text.cited(level, cited), raw, Origin::rule(self.rule), confidence);
        if let Some(held) = self.severity.as_ref().filter(|h| h.sentence != self.sentence) {
            fact = fact.with_evidence(reader.text.cite(reader.quote(held.sentence, reader.span(held.sentence))));
        }
        fact
    }
}

static OBLIGOR: LazyLock<regex::Regex> = LazyLock::new(|| {
    regex::Regex::new(r"\b(?:[Tt]he )?([A-Z][\w&.'-]*(?: [A-Z][\w&.'-]*){0,2}) (?:shall|will|must|agrees|undertakes|guarantees|warrants|commits)\b")
        .unwrap_or_else(|e| unreachable!("{e}"))
});

/// The party that `before`, the words up to the value, says owes it.
fn obligor(before: &str) -> Option<&str> {
    let name = OBLIGOR.captures_iter(before).last()?.get(1)?.as_str();
    let thing =
        ["Service", "Services", "System", "Platform", "Software", "Availability", "Response", "Severity", "Priority"];
    let last = name.rsplit(' ').next().unwrap_or(name);
    (!thing.contains(&last)).then_some(name)
}

/// How long a service that is available `target` percent of `window` may be down.
///
/// A month is counted as 30 days, a quarter as 90 and a year as 365, and the derivation says so.
fn allowed_downtime(target: Decimal, window: &str) -> Option<AllowedDowntime> {
    let days = [("month", 30), ("quarter", 90), ("year", 365), ("week", 7), ("30", 30), ("day", 1)]
        .into_iter()
        .find(|(w, _)| window.contains(w))?
        .1;
    let minutes = days * 1_440;
    let gap = Decimal::whole(100).millionths() - target.millionths();
    let allowed = Decimal::from_millionths(gap * minutes / 100);
    let rest = Decimal::from_millionths(gap);
    Some(AllowedDowntime {
        minutes: allowed,
        derivation: format!(
            "(100 % - {target} %) x {days} days x 1440 minutes = {rest} % of {minutes} minutes = {allowed} minutes"
        ),
    })
}
