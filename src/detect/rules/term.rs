//! The initial term: "for a period of three (3) years from the Effective Date", "until 31 December 2026", "until
//! terminated". Wording knowledge: C3.

mod alone;
mod ended;
mod endless;
mod label;
mod option;
mod sentence;
mod start;
mod words;

use std::ops::Range;

use super::pattern::{contains_fold, pattern};
use super::reader::{Reader, head, tail};
use crate::detect::Findings;
use crate::detect::hints::Topic;
use crate::lexicon::bound;
use crate::lexicon::subject;
use crate::lexicon::{Class, Found, PeriodText, dates, periods};
use crate::record::value::TermEnd;
use crate::record::{Confidence, Diagnostic, Fact, Origin, Part as _, Severity, Span, Stage, Status};
use alone::{PAPERS, PAST};
pub(super) use ended::ended;
pub(super) use sentence::aside;
pub(super) use start::begun;
use words::{
    ANNOUNCED, ASIDE_DUTY, CALENDAR_YEAR, EFFECTIVE, ENDS, ENDS_ON, FOREIGN, GATE, HABENDUM, HEADS, IF, INITIAL,
    LENGTH_BEGINS, LENGTH_FIRST, NAMED_BEFORE, OBLIGATIONS, OTHER_PERIOD, OWN_TERM, PARENT, RESTRICTED, SECRECY,
    SERVES, SUPPOSES, SURVIVES, TERM_HEADING, WHICH_IS, WITHIN,
};

/// Scores of an end that an amendment gives, and of the time for which somebody promises to act.
const EXTENDED: i32 = 20_000;
const SERVED: i32 = 4_000;

/// One way to read the term from one sentence.
struct TermCandidate {
    score: i32,
    sentence: usize,
    /// The words of the value, within the document.
    words: Span,
    end: Ending,
    rule: &'static str,
    disputed: bool,
}

enum Ending {
    Known(TermEnd),
    Gap(Status),
}

// A sentence to a party.
pattern!(ADDRESSED, ["^ your/you/we/our"]);

/// Most candidates that are compared: a contract has some dozens.
const MOST: usize = 3_000;

/// Fills in the ends of the initial term, the best first.
pub(super) fn find(reader: &Reader<'_>, findings: &mut Findings) {
    let mut found: Vec<TermCandidate> = Vec::new();
    label::labelled(reader, findings, &mut found);
    let kind = findings.facts.kind.as_ref().and_then(Fact::value);
    let changes = kind.is_some_and(|k| super::title::changes_another(k)) || findings.facts.amends.is_some();
    for (i, place, words) in reader.sentences() {
        let dated = || reader.dates.binary_search_by_key(&i, |d| d.sentence).is_ok();
        if found.len() >= MOST {
            break;
        }
        let spoken = words.len() >= 12 && words.len() <= 6_000 && (GATE.is_match(words) || dated());
        if !spoken
            || found.iter().any(|c| c.rule == "term.label" && place.contains(c.words))
            || label::is_another(reader, place)
            || label::is_least(reader, place)
        {
            continue;
        }
        let heading = reader.heading(i);
        let other = |heading: &str| FOREIGN.is_match(heading) || contains_fold(heading, "notice");
        let above = if i > 0 { head(reader.sentence(i - 1), 80) } else { "" };
        let announced = ANNOUNCED.is_match(above) && !other(above);
        // Not "Probationary period", which is no heading of the term.
        let over = TERM_HEADING.is_match(heading) && heading.len() < 80 && !other(heading);
        let titled = announced || over;
        let within = |m: &Range<usize>| {
            let left = words.part(..m.start);
            WITHIN.is_match(tail(left, 40))
                && !HABENDUM.is_match(tail(left, 170))
                && !WHICH_IS.is_match(words.part(m.end..))
                && (reader.phrases(i).has(Class::Not) || !ranged(reader, words.part(m.start..)))
        };
        let own = heads(words).into_iter().find(|m| !within(m));
        let own = own.or_else(|| reader.nda.then(|| OBLIGATIONS.find(words)).flatten().map(|m| m.range()));
        let Some(subject) = own.or_else(|| {
            let alone = titled && [&EFFECTIVE, &CALENDAR_YEAR, &LENGTH_FIRST].iter().any(|p| p.is_match(words))
                || INITIAL.is_match(words);
            // "1. The tenancy will start on 2 March 2026. 2. And will end on 1 March 2027".
            let goes_on = || i > 0 && ENDS_ON.is_match(words) && !heads(reader.sentence(i - 1)).is_empty();
            let alone = alone
                || goes_on()
                || LENGTH_BEGINS.is_match(words)
                || announced && !IF.is_match(words)
                || reader.hint(i, Topic::Expiration) > 1;
            (alone && !SUPPOSES.is_match(head(words, 60))).then_some(0..0)
        }) else {
            continue;
        };
        let hint = reader.hint(i, Topic::Expiration);
        let mut score = context_score(reader, i, words, &subject, titled);
        // The model can let a sentence in; what the rule is sure of, it can only rank lower.
        if score + hint.max(0) < 4 {
            continue;
        }
        score += hint;
        // Beside the end of this document, that of the one it amends is told too; it ranks behind.
        let around = words.part(subject.start..);
        let around = head(around, subject.len() + 160);
        let speaks_at = if subject.end > 0 { subject.start } else { INITIAL.find(words).map_or(0, |m| m.start()) };
        if NAMED_BEFORE.is_match(words.part(..speaks_at)) {
            continue;
        }
        let parent = PARENT.find(around).or_else(|| PARENT.find(tail(words.part(..subject.start), 60)));
        if let Some(parent) = parent {
            if !changes && subject.start == 0 && !is_in_title(findings, parent.as_str()) {
                continue;
            }
            score = score.min(3);
        }
        // A sentence that opens with the other one goes on to tell what that one says.
        if PARENT.is_match(head(words, 60)) {
            score = score.min(2);
        }
        // Earlier sentences win among equals.
        score = score * 1000 - i32::try_from(found.len().min(900)).unwrap_or(900);
        sentence::read(reader, findings, i, place.start(), words, subject, score, &mut found);
    }
    extended(reader, findings, &mut found);
    if !found.iter().any(|c| matches!(c.end, Ending::Known(TermEnd::On(_)))) {
        served(reader, findings, &mut found);
    }
    if found.is_empty() {
        option::find(reader, findings, &mut found);
    }
    if found.is_empty() {
        open(reader, findings, &mut found);
    }
    if found.is_empty() {
        renewed(reader, &mut found);
    }
    if found.is_empty() {
        alone::find(reader, findings, &mut found);
    }
    found.sort_by_key(|c| std::cmp::Reverse(c.score));
    // A label outranks every clause; how far a clause is behind is told by the other clauses.
    let best_of = |label: bool| found.iter().filter(|c| (c.rule == "term.label") == label).map(|c| c.score).max();
    let (by_label, by_clause) = (best_of(true).unwrap_or(0), best_of(false).unwrap_or(0));
    findings.diagnostics.extend(found.first().and_then(|c| told(reader, c)));
    for c in found.into_iter().take(8) {
        let proof = reader.quote(c.sentence, c.words);
        let raw = reader.text.slice(c.words);
        let origin = Origin::rule(c.rule);
        let best = if c.rule == "term.label" { by_label } else { by_clause };
        let confidence = Confidence::new(confidence(c.rule, c.score, best - c.score, c.disputed));
        findings.term_ends.push(match c.end {
            Ending::Known(end) => {
                let fact = Fact::found("term_end", reader.text.cited(end, proof), raw, origin, confidence);
                if c.disputed { fact.with_status(Status::Conflicting) } else { fact }
            }
            Ending::Gap(status) => Fact::unknown("term_end", reader.text.cite(proof), raw, status, origin, confidence),
        });
    }
}

/// Whether the words for another agreement, "the Master Agreement", are those by which the document calls itself.
fn is_in_title(findings: &Findings, other: &str) -> bool {
    let title = findings.facts.title.as_ref().and_then(Fact::value).map_or("", String::as_str);
    other.split(' ').nth(1).is_some_and(|word| contains_fold(title, word))
}

/// Adds the ends to which this document extends the term of another.
fn extended(reader: &Reader<'_>, findings: &Findings, out: &mut Vec<TermCandidate>) {
    for change in &findings.facts.changes {
        let Some(until) = change.value().and_then(|c| c.until) else { continue };
        let place = change.evidence()[0].span();
        let hit = reader.dates_in(place).find(|d| d.date.reading.known() == Some(until));
        out.extend(hit.map(|hit| TermCandidate {
            score: EXTENDED,
            sentence: hit.sentence,
            words: hit.span,
            end: Ending::Known(TermEnd::On(until)),
            rule: "term.extended",
            disputed: false,
        }));
    }
}

/// Adds the time for which the parties promise to act, with its first day, where nothing else tells the term: "shall provide
/// the services from 1 May 2026 for two years".
fn served(reader: &Reader<'_>, findings: &mut Findings, out: &mut Vec<TermCandidate>) {
    for (i, place, words) in reader.sentences() {
        let other = tells_of_another(words) || ASIDE_DUTY.is_match(words);
        if words.len() > 400 || other || reader.attached(i) {
            continue;
        }
        let lasts = |p: &Found<PeriodText>| contains_word(tail(words.part(..p.range.start), 24), "for");
        let places: Vec<_> = dates(words, reader.style).into_iter().map(|d| d.range).collect();
        // "You have the slip from 1 May 2026 to 30 April 2027".
        let phrases = reader.phrases(i);
        let near = phrases.list().iter().take(3).any(|p| p.is(Class::Party));
        let given = (near || ADDRESSED.is_match(words)) && !PAST.is_match(words);
        let ranged = (given || SERVES.is_match(words)) && !bound::ranges(words, &places).is_empty();
        if ranged
            || periods(words).iter().any(lasts)
                && dates(words, reader.style).iter().any(|d| bound::is_start(words.part(..d.range.start)))
        {
            sentence::read(reader, findings, i, place.start(), words, 0..0, SERVED, out);
        }
    }
}

/// Adds the day on which the contract renews, where nothing tells the end of its term: "shall automatically renew on 15 March
/// 2027 unless notice is given 60 days before the renewal date".
fn renewed(reader: &Reader<'_>, out: &mut Vec<TermCandidate>) {
    pattern!(
        RENEWS_ON,
        [
            "renew/renews/renewed (itself) (automatically) on/effective (the) $",
            "renewal date (of this agreement/contract/policy) is/will-be/shall-be (the) $"
        ]
    );
    for hit in reader.dates.iter().filter(|hit| !reader.attached(hit.sentence)) {
        let before = reader.before(hit, 160);
        let of_itself =
            reader.phrases(hit.sentence).has(Class::AutoRenew) || !contains_word(tail(before, 60), "renewed");
        if let Some(day) = hit.date.reading.known().filter(|_| RENEWS_ON.is_match(before) && of_itself) {
            let end = Ending::Known(TermEnd::On(day));
            let (sentence, words) = (hit.sentence, hit.span);
            out.push(TermCandidate { score: SERVED, sentence, words, end, rule: "term.renews_on", disputed: false });
        }
    }
}

/// Adds what runs until somebody ends it, where nothing tells the term by its name: "We act for the Client from D, with no limit
/// of time", "Monitoring starts on D and is ongoing until either of us stops it".
fn open(reader: &Reader<'_>, findings: &mut Findings, out: &mut Vec<TermCandidate>) {
    for (i, place, words) in reader.sentences() {
        let other = || tells_of_another(words) || PAPERS.is_match(words);
        let [hit] = reader.dates_of_sentence(i) else { continue };
        if words.len() > 400 || reader.attached(i) || other() {
            continue;
        }
        let left = words.part(..hit.span.start() - place.start());
        if bound::is_start(left) && endless::until_ended(reader.phrases(i), 0).is_some() {
            sentence::read(reader, findings, i, place.start(), words, 0..0, SERVED, out);
        }
    }
}

/// Whether a sentence supposes a case, or tells how long something else than the contract lasts.
fn tells_of_another(words: &str) -> bool {
    [&SUPPOSES, &FOREIGN, &RESTRICTED, &SECRECY].iter().any(|p| p.is_match(words))
}

/// Whether one of the words of `text` is `word`.
fn contains_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|w| w.eq_ignore_ascii_case(word))
}

/// The words that make a sentence speak of the contract's own life, from left to right, none within another.
fn heads(words: &str) -> Vec<Range<usize>> {
    let mut all: Vec<_> = HEADS.iter().flat_map(|head| head.find_iter(words).map(|m| m.range())).collect();
    all.extend(subject::lives(words));
    all.sort_by_key(|r| (r.start, r.end));
    let mut end = 0;
    all.retain(|r| {
        r.start >= end && {
            end = r.end;
            true
        }
    });
    all
}

/// The remark on an end that rests on an assumption, or that is one of several.
fn told(reader: &Reader<'_>, c: &TermCandidate) -> Option<Diagnostic> {
    let raw = reader.text.slice(c.words);
    let (code, severity, message) = match c.rule {
        "term.until_month" => (
            "term.month_only",
            Severity::Info,
            format!("The end of the term is given as a month (\"{raw}\"); its last day is taken."),
        ),
        "term.one_of" => (
            "term.one_of_several",
            Severity::Warning,
            format!("The term ends on the earlier or the later of several; only one of them is a day (\"{raw}\")."),
        ),
        _ => return None,
    };
    Some(Diagnostic::new(code, severity, Stage::Detect, message).at(reader.quote(c.sentence, c.words)))
}

/// Whether two days that bound a time stand close behind a word for it: "for the period of the contract, that is, D to D".
fn ranged(reader: &Reader<'_>, words: &str) -> bool {
    const NEAR: usize = 48;
    let words = head(words, 120);
    let found = dates(words, reader.style);
    let [first, last, ..] = found.as_slice() else { return false };
    first.range.start < NEAR
        && bound::is_range(words.part(..first.range.start), words.part(first.range.end..last.range.start))
}

/// How likely the sentence speaks of the contract's own term; negative for no.
fn context_score(reader: &Reader<'_>, i: usize, words: &str, subject: &Range<usize>, titled: bool) -> i32 {
    let mut score = 2;
    score += if titled { 3 } else { 0 };
    score += if OWN_TERM.is_match(words) { 3 } else { 0 };
    score += if INITIAL.is_match(words) { 3 } else { 0 };
    score += if EFFECTIVE.is_match(words) { 2 } else { 0 };
    score += if subject.end > 0 { 2 } else { 0 };
    let after = head(words.part(subject.start..), subject.len() + 160);
    let own = after.part(..after.find(';').filter(|&at| at > subject.len()).unwrap_or(after.len()));
    let before = tail(words.part(..subject.start), 60);
    let other = tail(before, 30);
    let foreign = OTHER_PERIOD.is_match(other)
        || FOREIGN.is_match(own)
        || FOREIGN.is_match(before)
        || SURVIVES.is_match(own)
        || !reader.nda && SECRECY.is_match(own);
    let ends = subject.end > 0 && ENDS.is_match(words.part(subject.end..));
    score += match (foreign, ends) {
        (true, _) => -4,
        (false, true) => 2,
        (false, false) => 0,
    };
    score -= if IF.is_match(words) { 4 } else { 0 };
    score -= if RESTRICTED.is_match(head(words, subject.end + 200)) { 8 } else { 0 };
    score -= if reader.attached(i) { 3 } else { 0 };
    // A deed of many words has its habendum far behind.
    let holds = contains_fold(head(words.part(subject.start..), "to hold".len()), "to hold");
    score -= if subject.start > 200 && !holds { 2 } else { 0 };
    score
}

/// Measured on CUAD: the share of dates that were right, by rule.
fn confidence(rule: &str, score: i32, behind: i32, disputed: bool) -> f32 {
    let base = match rule {
        "term.until_date" => 0.92,
        "term.label" | "term.extended" => 0.9,
        // It is the end of something; a person has to look.
        "term.one_of" | "term.alone" | "term.renews_on" => 0.85,
        "term.until_month" => 0.8,
        "term.period" | "term.anniversary" => 0.88,
        "term.until_terminated" => 0.82,
        // Contracts define their own years, often not those of the anniversary.
        "term.contract_year" => 0.5,
        "term.calendar_year" => 0.7,
        _ => 0.6,
    };
    // Far behind the best, it is the length of something else: of a duty that outlasts the contract, of a price.
    let weak = if score < 5_000 {
        0.25
    } else if behind >= 2_500 {
        0.1
    } else {
        0.0
    };
    base - weak - if disputed { 0.2 } else { 0.0 }
}
