//! The initial term: "for a period of three (3) years from the Effective Date", "until 31 December 2026", "until
//! terminated". Wording knowledge: C3.

mod ended;
mod endless;
mod label;
mod start;
mod words;

use std::ops::Range;

use jiff::civil::Date;

use super::reader::{Reader, around, head, tail};
use crate::calendar::{Period, Unit};
use crate::detect::Findings;
use crate::detect::hints::Topic;
use crate::lexicon::bound::{self, Bound};
use crate::lexicon::subject;
use crate::lexicon::{Found, PeriodText, Reading, dates, months, ordinal, periods};
use crate::record::value::{Anchor, EndOf, TermEnd};
use crate::record::{Confidence, Diagnostic, Fact, Origin, Severity, Span, Stage, Status};
pub(super) use ended::ended;
use start::{anchor_of, begins, first_day_counts};
use words::{
    ANNIVERSARY, ANNOUNCED, ASIDE, ASIDE_DUTY, BLANK, CALENDAR_YEAR, CONTRACT_YEAR_END, DAY_BEFORE, DEFINES_YEAR,
    EFFECTIVE, ENDS, FOREIGN, FOREVER, FROM_START, FULL_MONTH, GATE, HAPPENS, HEADS, IF, INITIAL, LENGTH, MONTHLY,
    NOT_END, NOT_LENGTH_AFTER, NOT_LENGTH_BEFORE, OBLIGATIONS, OWN_TERM, PARENT, RENEWS, RESTRICTED, SECRECY, SUPPOSES,
    SURVIVES, TERM_HEADING, TO_END_OF, WITHIN, YEAR_END,
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

/// Fills in the ends of the initial term, the best first.
pub(super) fn find(reader: &Reader<'_>, findings: &mut Findings) {
    let mut found: Vec<TermCandidate> = Vec::new();
    label::labelled(reader, findings, &mut found);
    for (i, place, words) in reader.sentences() {
        let spoken = words.len() >= 12 && words.len() <= 6_000 && GATE.is_match(words);
        if !spoken
            || found.iter().any(|c| c.rule == "term.label" && place.contains(c.words))
            || label::former(reader, place)
        {
            continue;
        }
        let heading = reader.heading(i);
        let announced = i > 0 && ANNOUNCED.is_match(head(reader.sentence(i - 1), 80));
        let titled = announced || TERM_HEADING.is_match(heading) && heading.len() < 80;
        let own = heads(words).into_iter().find(|m| !WITHIN.is_match(tail(&words[..m.start], 40)));
        let own = own.or_else(|| reader.nda.then(|| OBLIGATIONS.find(words)).flatten().map(|m| m.range()));
        let Some(subject) = own.or_else(|| {
            let alone =
                titled && (EFFECTIVE.is_match(words) || CALENDAR_YEAR.is_match(words)) || INITIAL.is_match(words);
            let alone = alone || announced && !IF.is_match(words) || reader.hint(i, Topic::Expiration) > 1;
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
        let around = &words[subject.start..];
        let around = head(around, subject.len() + 160);
        if PARENT.is_match(around) || PARENT.is_match(tail(&words[..subject.start], 60)) {
            score = score.min(3);
        }
        // Earlier sentences win among equals.
        score = score * 1000 - i32::try_from(found.len().min(900)).unwrap_or(900);
        sentence(reader, findings, i, place.start(), words, subject, score, &mut found);
    }
    extended(reader, findings, &mut found);
    if found.is_empty() {
        served(reader, findings, &mut found);
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

/// Adds the ends to which this document extends the term of another.
fn extended(reader: &Reader<'_>, findings: &Findings, out: &mut Vec<TermCandidate>) {
    for change in &findings.facts.changes {
        let Some(until) = change.value().and_then(|c| c.until) else { continue };
        let place = change.evidence()[0].span();
        let hit = reader.dates.iter().find(|d| place.contains(d.span) && d.date.reading.known() == Some(until));
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
        let other = [&SUPPOSES, &FOREIGN, &RESTRICTED, &SECRECY, &ASIDE_DUTY].iter().any(|p| p.is_match(words));
        if words.len() > 400 || other || reader.attached(i) {
            continue;
        }
        let lasts = |p: &Found<PeriodText>| contains_word(tail(&words[..p.range.start], 24), "for");
        let starts = |d: &Found<crate::lexicon::DateText>| {
            matches!(bound::before(&words[..d.range.start]), Some(Bound::Start { .. }))
        };
        if periods(words).iter().any(lasts) && dates(words, reader.style).iter().any(starts) {
            sentence(reader, findings, i, place.start(), words, 0..0, SERVED, out);
        }
    }
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

/// How likely the sentence speaks of the contract's own term; negative for no.
fn context_score(reader: &Reader<'_>, i: usize, words: &str, subject: &Range<usize>, titled: bool) -> i32 {
    let mut score = 2;
    score += if titled { 3 } else { 0 };
    score += if OWN_TERM.is_match(words) { 3 } else { 0 };
    score += if INITIAL.is_match(words) { 3 } else { 0 };
    score += if EFFECTIVE.is_match(words) { 2 } else { 0 };
    score += if subject.end > 0 { 2 } else { 0 };
    let after = head(&words[subject.start..], subject.len() + 160);
    let own = &after[..after.find(';').filter(|&at| at > subject.len()).unwrap_or(after.len())];
    let before = tail(&words[..subject.start], 60);
    let foreign = FOREIGN.is_match(own)
        || FOREIGN.is_match(before)
        || SURVIVES.is_match(own)
        || !reader.nda && SECRECY.is_match(own);
    let ends = subject.end > 0 && ENDS.is_match(&words[subject.end..]);
    score += match (foreign, ends) {
        (true, _) => -4,
        (false, true) => 2,
        (false, false) => 0,
    };
    score -= if IF.is_match(words) { 4 } else { 0 };
    score -= if RESTRICTED.is_match(head(words, subject.end + 200)) { 8 } else { 0 };
    score -= if reader.attached(i) { 3 } else { 0 };
    score -= if subject.start > 200 { 2 } else { 0 };
    score
}

/// Measured on CUAD: the share of dates that were right, by rule.
fn confidence(rule: &str, score: i32, behind: i32, disputed: bool) -> f32 {
    let base = match rule {
        "term.until_date" => 0.92,
        "term.label" | "term.extended" => 0.9,
        "term.one_of" => 0.85,
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

/// The readings of one sentence.
#[expect(clippy::too_many_arguments, reason = "the sentence with its place, and the lists that it adds to")]
fn sentence(
    reader: &Reader<'_>,
    findings: &mut Findings,
    index: usize,
    offset: usize,
    words: &str,
    subject: Range<usize>,
    score: i32,
    out: &mut Vec<TermCandidate>,
) {
    let mut masked = words.to_owned();
    for aside in aside(words) {
        masked.replace_range(aside.clone(), &" ".repeat(aside.len()));
    }
    let plain = masked.as_str();
    let from = subject.start;
    let push = |out: &mut Vec<TermCandidate>, bonus: i32, range: Range<usize>, end: Ending, rule, disputed| {
        out.push(TermCandidate {
            score: score + bonus * 1000,
            sentence: index,
            words: Span::from(range).shift(offset),
            end,
            rule,
            disputed,
        });
    };
    let before = out.len();

    let named = months(plain, reader.style);
    let mut found = dates(plain, reader.style);
    found.retain(|d| d.value.reading.known().is_some() || named.iter().all(|m| m.range.start != d.range.start));
    let places: Vec<_> = found.iter().map(|d| d.range.clone()).collect();
    let opening = bound::ranges(plain, &places);
    let first = found.first().cloned();
    for (n, d) in found.into_iter().enumerate() {
        let left = &plain[from.min(d.range.start)..d.range.start];
        let closes = n > 0 && opening.contains(&(n - 1));
        if opening.contains(&n) {
            begins(reader, findings, index, offset, &d);
        }
        let bound = bound::before(left);
        let ends = match bound {
            _ if opening.contains(&n) => false,
            Some(Bound::End | Bound::Later | Bound::Earlier | Bound::Stated) => true,
            _ => closes || left.trim_end().ends_with(['-', '–']),
        };
        if d.range.start < from || !ends || bound::is_foreign(tail(left, 120)) || NOT_END.is_match(tail(left, 50)) {
            continue;
        }
        let end = match d.value.reading {
            Reading::Known(date) => Ending::Known(TermEnd::On(date)),
            Reading::Blank => Ending::Gap(Status::Unresolved),
            Reading::Redacted => Ending::Gap(Status::Redacted),
        };
        let bonus = if RENEWS.is_match(left) { -4 } else { 3 };
        let one = one_of(bound, &plain[d.range.end..]);
        if one {
            push(out, bonus, d.range, end, "term.one_of", true);
        } else {
            push(out, bonus, d.range, end, "term.until_date", d.value.other.is_some());
        }
    }
    for m in named {
        let left = &plain[from.min(m.range.start)..m.range.start];
        if let Some(d) =
            first.as_ref().filter(|d| plain.get(d.range.end..m.range.start).is_some_and(|b| bound::is_range("", b)))
        {
            begins(reader, findings, index, offset, d);
        }
        let bound = bound::before(left);
        let ends = matches!(bound, Some(Bound::End | Bound::Later | Bound::Earlier));
        if m.range.start < from || !ends || NOT_END.is_match(tail(left, 50)) {
            continue;
        }
        let bonus = if RENEWS.is_match(left) { -4 } else { 3 };
        let whole = ["end of", "last day"].iter().any(|w| super::pattern::contains_fold(tail(left, 50), w));
        let rule = if whole { "term.until_date" } else { "term.until_month" };
        let one = one_of(bound, &plain[m.range.end..]);
        let rule = if one { "term.one_of" } else { rule };
        push(out, bonus, m.range, Ending::Known(TermEnd::On(m.value.last_of_month())), rule, one);
    }
    for m in FULL_MONTH.find_iter(plain).filter(|m| m.start() >= from) {
        if let Some((n, range)) = last_ordinal(plain, m.start()) {
            let anchor = anchor_of(reader, findings, index, offset, plain, &plain[m.end() - 6..], m.end());
            let to = EndOf::FullMonth;
            let end = TermEnd::After { period: Period::new(n, Unit::Month), anchor, to };
            push(out, 3, range.start..m.end(), Ending::Known(end), "term.period", false);
        }
    }
    if let Some(c) = YEAR_END.captures(plain)
        && let Some(year) = c.get(1)
        && year.start() >= from
        && let Some(date) = year.as_str().parse().ok().and_then(|y| Date::new(y, 12, 31).ok())
    {
        push(out, 1, year.range(), Ending::Known(TermEnd::On(date)), "term.until_date", false);
    }
    if let Some(m) = CALENDAR_YEAR.find(plain).filter(|m| {
        // The definition of "Calendar Year" speaks of its last day too.
        let left = &plain[..m.start()];
        m.start() >= from
            && !RENEWS.is_match(&plain[from..m.start()])
            && !left.to_ascii_lowercase().contains("calendar year")
            && !NOT_END.is_match(tail(left, 60))
    }) {
        let anchor = anchor_of(reader, findings, index, offset, plain, "", m.end());
        let end = TermEnd::After { period: Period::new(0, Unit::Year), anchor, to: EndOf::Year };
        push(out, 1, m.range(), Ending::Known(end), "term.calendar_year", false);
    }
    for m in ANNIVERSARY.find_iter(plain) {
        if m.start() < from {
            continue;
        }
        if let Some((period, range)) = anniversary(plain, m.start())
            && (!NOT_END.is_match(tail(&plain[..range.start], 50)) || DAY_BEFORE.is_match(&plain[..range.start]))
            && !RENEWS.is_match(&plain[from..range.start.max(from)])
        {
            let after = &plain[m.end()..];
            let anchor = anchor_of(reader, findings, index, offset, plain, after, m.end());
            let to = end_of(&plain[from..range.start.max(from)]);
            let end = Ending::Known(TermEnd::After { period, anchor, to });
            push(out, 2, range.start..m.end(), end, "term.anniversary", false);
        }
    }
    if let Some(c) = CONTRACT_YEAR_END.captures(plain)
        && let Some(word) = c.get(1).or_else(|| c.get(2))
        && let Some(n) = ordinal(word.as_str()).or_else(|| crate::lexicon::count(word.as_str()))
    {
        let anchor = if counts_its_own_years(reader) {
            Anchor::Named("first Contract Year".to_owned())
        } else {
            anchor_of(reader, findings, index, offset, plain, "", word.end())
        };
        let period = Period::new(n.value, Unit::Year);
        push(
            out,
            1,
            word.range(),
            Ending::Known(TermEnd::After { period, anchor, to: EndOf::Day }),
            "term.contract_year",
            false,
        );
    }
    for p in periods(plain) {
        if p.range.start < from || !is_length(plain, from, &p) {
            continue;
        }
        let after = &plain[p.range.end..];
        let end = match p.value.reading {
            Reading::Known(period) => {
                let anchor = anchor_of(reader, findings, index, offset, plain, after, p.range.end);
                let to = end_of(&plain[from..p.range.start]);
                let to = if to == EndOf::Day && first_day_counts(plain, after) { EndOf::DayBefore } else { to };
                Ending::Known(TermEnd::After { period, anchor, to })
            }
            Reading::Blank => Ending::Gap(Status::Unresolved),
            Reading::Redacted => Ending::Gap(Status::Redacted),
        };
        let bonus = if out.len() > before { -1 } else { 1 };
        push(out, bonus, p.range, end, "term.period", p.value.disputed);
    }
    if out.len() == before {
        let goes_on = INITIAL.is_match(words) || RENEWS.is_match(words) || MONTHLY.is_match(words);
        let forever = || {
            let named = FOREVER.find(&plain[from..]).map(|m| shift(m.range(), from));
            named.or_else(|| endless::until_ended(reader.phrases(index), from))
        };
        if let Some(gap) = open_end(plain, from).filter(|_| subject.end > 0) {
            push(out, 3, gap, Ending::Gap(Status::Unresolved), "term.until_date", false);
        } else if let Some(words) = (!goes_on).then(forever).flatten() {
            push(out, -2, words, Ending::Known(TermEnd::UntilTerminated), "term.until_terminated", false);
        } else if score < 7_000 || subject.end == 0 {
            // Too little to call it the end of the contract.
        } else if let Some(event) = HAPPENS.captures(&plain[from..]).and_then(|c| c.get(1)) {
            let end = Ending::Known(TermEnd::Event(event.as_str().trim().to_owned()));
            push(out, -6, shift(event.range(), from), end, "term.event", false);
        }
    }
}

/// A place left to fill in where the last day would stand: `ends on [DATE]`.
fn open_end(plain: &str, from: usize) -> Option<Range<usize>> {
    BLANK.find_iter(&plain[from..]).map(|m| shift(m.range(), from)).find(|gap| {
        let left = &plain[from..gap.start];
        let ends = bound::before(left) == Some(Bound::End) && !left.trim_end().ends_with(" to");
        ends && !plain[gap.end..].trim_start().starts_with(char::is_alphanumeric)
    })
}

/// The asides of a sentence: "unless earlier terminated as provided in Section 9,".
pub(super) fn aside(words: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    ASIDE.find_iter(words).map(|m| m.range())
}

/// Whether the contract defines its years otherwise than from its start or the anniversaries of it: from a July 1.
fn counts_its_own_years(reader: &Reader<'_>) -> bool {
    reader.sentences().any(|(_, _, words)| DEFINES_YEAR.is_match(words) && !FROM_START.is_match(words))
}

/// Whether the words before an end move it to the end of its month or year.
fn end_of(left: &str) -> EndOf {
    match TO_END_OF.captures(tail(left, 80)).and_then(|c| c.get(1)) {
        Some(m) if m.as_str().eq_ignore_ascii_case("month") => EndOf::Month,
        Some(_) => EndOf::Year,
        None => EndOf::Day,
    }
}

/// Whether an end is one of several, of which the text does not say now which will be the last, or the first.
///
/// "The earlier of 30 June 2027 and termination" is no choice: any contract can be terminated.
fn one_of(bound: Option<Bound>, after: &str) -> bool {
    let other = head(after, 120);
    match bound {
        Some(Bound::Later) => true,
        Some(Bound::Earlier) => !["terminat", "cancel"].iter().any(|w| super::pattern::contains_fold(other, w)),
        _ => false,
    }
}

/// Whether the words behind a length make it that of something else.
fn length_anchor(after: &str) -> bool {
    NOT_LENGTH_AFTER.is_match(after)
}

fn shift(range: Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

/// Whether a period is the length of the term by the words around it.
fn is_length(plain: &str, from: usize, p: &Found<PeriodText>) -> bool {
    if let Reading::Known(period) = p.value.reading {
        let short = matches!(period.unit, Unit::Hour | Unit::Minute | Unit::BusinessHour | Unit::BusinessDay);
        if short || period.count == 0 || period.unit == Unit::Day && period.count < 14 || period.count > 1_200 {
            return false;
        }
        if p.value.article && !tail(&plain[..p.range.start], 12).to_ascii_lowercase().contains("for") {
            return false;
        }
    }
    let (_, after) = around(plain, &p.range, 60);
    let left = &plain[from..p.range.start];
    if RENEWS.is_match(left) {
        return false;
    }
    (LENGTH.is_match(tail(left, 30)) || end_of(left) != EndOf::Day)
        && !NOT_LENGTH_BEFORE.is_match(tail(left, 60))
        && !NOT_LENGTH_AFTER.is_match(after)
        || left.trim().is_empty() && from < 40 && !NOT_LENGTH_AFTER.is_match(after)
}

/// The period of an anniversary: "the third (3rd) anniversary", "the five (5) year anniversary".
fn anniversary(plain: &str, at: usize) -> Option<(Period, Range<usize>)> {
    let left = tail(&plain[..at], 50);
    let base = at - left.len();
    if let Some(p) = periods(left).pop().filter(|p| left[p.range.end..].trim_matches([' ', '-', '–']).is_empty()) {
        return Some((p.value.reading.known()?, shift(p.range, base)));
    }
    let (n, range) = last_ordinal(plain, at)?;
    (plain[range.end..at].trim().len() < 12).then(|| (Period::new(n, Unit::Year), range))
}

/// The last ordinal in the 50 bytes before `at`.
fn last_ordinal(plain: &str, at: usize) -> Option<(u32, Range<usize>)> {
    let left = tail(&plain[..at], 50);
    let base = at - left.len();
    let mut found = None;
    let mut start = 0;
    while let Some(o) = ordinal(&left[start..]) {
        let range = shift(o.range, start);
        start = range.end;
        found = Some((o.value, shift(range, base)));
    }
    found
}
