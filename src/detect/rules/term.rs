//! The initial term: "for a period of three (3) years from the Effective Date", "until 31 December 2026", "until
//! terminated". Wording knowledge: C3.

mod words;

use std::ops::Range;

use jiff::civil::Date;

use super::anchor::{self, Start};
use super::reader::{Reader, around, head, tail};
use crate::calendar::{Period, Unit};
use crate::detect::Findings;
use crate::detect::hints::Topic;
use crate::lexicon::{Found, PeriodText, Reading, dates, ordinal, periods};
use crate::record::value::{Anchor, DateValue, EndOf, TermEnd};
use crate::record::{Confidence, Fact, Origin, Span, Status};
use words::{
    ANNIVERSARY, ASIDE, CALENDAR_YEAR, CONTRACT_YEAR_END, DAY_BEFORE, DEFINES_YEAR, EFFECTIVE, ENDS, FOREIGN, FOREVER,
    FROM_START, GATE, HAPPENS, HEAD, IF, INITIAL, LABEL, LENGTH, MONTH_END, MONTHLY, NOT_END, NOT_LENGTH_AFTER,
    NOT_LENGTH_BEFORE, OBLIGATIONS, OWN_TERM, PARENT, REFERS, RENEWS, RESTRICTED, SECRECY, SUPPOSES, SURVIVES,
    TERM_HEADING, TO_END_OF, UNTIL, WINDOW, WITHIN, YEAR_END,
};

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
    let mut refers = false;
    for (i, place, words) in reader.sentences() {
        if words.len() < 12 || words.len() > 6_000 || !GATE.is_match(words) {
            continue;
        }
        let heading = reader.heading(i);
        let titled = TERM_HEADING.is_match(heading) && heading.len() < 80;
        let own = HEAD.find_iter(words).map(|m| m.range()).find(|m| !WITHIN.is_match(tail(&words[..m.start], 40)));
        let own = own.or_else(|| reader.nda.then(|| OBLIGATIONS.find(words)).flatten().map(|m| m.range()));
        let Some(subject) = own.or_else(|| {
            let alone =
                titled && (EFFECTIVE.is_match(words) || CALENDAR_YEAR.is_match(words)) || INITIAL.is_match(words);
            let alone = alone || reader.hint(i, Topic::Expiration) > 1;
            (alone && !SUPPOSES.is_match(head(words, 60))).then_some(0..0)
        }) else {
            continue;
        };
        refers |= REFERS.is_match(words);
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
    if refers {
        // "Until the Termination Date set out in Exhibit A": the row of the exhibit is the operative one.
        let label = |c: &&mut TermCandidate| LABEL.is_match(reader.sentence(c.sentence));
        found.iter_mut().filter(label).for_each(|c| c.score += 8_000);
    }
    found.sort_by_key(|c| std::cmp::Reverse(c.score));
    let best = found.first().map_or(0, |c| c.score);
    for c in found.into_iter().take(8) {
        let proof = reader.quote(c.sentence, c.words);
        let raw = reader.text.slice(c.words);
        let origin = Origin::rule(c.rule);
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

    for d in dates(plain, reader.style) {
        if d.range.start < from {
            continue;
        }
        let left = &plain[from..d.range.start];
        if !UNTIL.is_match(tail(left, 90)) && !WINDOW.is_match(left) || NOT_END.is_match(tail(left, 50)) {
            continue;
        }
        let end = match d.value.reading {
            Reading::Known(date) => Ending::Known(TermEnd::On(date)),
            Reading::Blank => Ending::Gap(Status::Unresolved),
            Reading::Redacted => Ending::Gap(Status::Redacted),
        };
        let bonus = if RENEWS.is_match(left) { -4 } else { 3 };
        push(out, bonus, d.range, end, "term.until_date", d.value.other.is_some());
    }
    if let Some(c) = YEAR_END.captures(plain)
        && let Some(year) = c.get(1)
        && year.start() >= from
        && let Some(date) = year.as_str().parse().ok().and_then(|y| Date::new(y, 12, 31).ok())
    {
        push(out, 1, year.range(), Ending::Known(TermEnd::On(date)), "term.until_date", false);
    }
    if let Some(c) = MONTH_END.captures(plain)
        && let (Some(month), Some(year)) = (c.get(1), c.get(2))
        && month.start() >= from
        && let Some(date) = month_end(month.as_str(), year.as_str(), reader)
    {
        push(out, 3, month.start()..year.end(), Ending::Known(TermEnd::On(date)), "term.until_date", false);
    }
    if let Some(m) = CALENDAR_YEAR.find(plain).filter(|m| {
        // The definition of "Calendar Year" speaks of its last day too.
        let left = &plain[..m.start()];
        m.start() >= from
            && !RENEWS.is_match(&plain[from..m.start()])
            && !left.to_ascii_lowercase().contains("calendar year")
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
                Ending::Known(TermEnd::After { period, anchor, to: end_of(&plain[from..p.range.start]) })
            }
            Reading::Blank => Ending::Gap(Status::Unresolved),
            Reading::Redacted => Ending::Gap(Status::Redacted),
        };
        let bonus = if out.len() > before { -1 } else { 1 };
        push(out, bonus, p.range, end, "term.period", p.value.disputed);
    }
    if out.len() == before {
        let goes_on = INITIAL.is_match(words) || RENEWS.is_match(words) || MONTHLY.is_match(words);
        if let Some(m) = (!goes_on).then(|| FOREVER.find(&plain[from..])).flatten() {
            push(
                out,
                -1,
                shift(m.range(), from),
                Ending::Known(TermEnd::UntilTerminated),
                "term.until_terminated",
                false,
            );
        } else if score < 7_000 || subject.end == 0 {
            // Too little to call it the end of the contract.
        } else if let Some(event) = HAPPENS.captures(&plain[from..]).and_then(|c| c.get(1)) {
            let end = Ending::Known(TermEnd::Event(event.as_str().trim().to_owned()));
            push(out, -6, shift(event.range(), from), end, "term.event", false);
        }
    }
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

/// The last day of a month that is given by name and year.
fn month_end(month: &str, year: &str, reader: &Reader<'_>) -> Option<Date> {
    let first = dates(&format!("{month} 1, {year}"), reader.style).into_iter().next()?;
    Some(first.value.reading.known()?.last_of_month())
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
    // The last ordinal before the word.
    let mut found = None;
    let mut start = 0;
    while let Some(o) = ordinal(&left[start..]) {
        let range = shift(o.range, start);
        start = range.end;
        found = Some((o.value, range));
    }
    let (n, range) = found?;
    (left[range.end..].trim().len() < 12).then(|| (Period::new(n, Unit::Year), shift(range, base)))
}

/// What the term is counted from: the words after the period, else what the sentence says it commences on.
fn anchor_of(
    reader: &Reader<'_>,
    findings: &mut Findings,
    index: usize,
    offset: usize,
    plain: &str,
    after: &str,
    end: usize,
) -> Anchor {
    let in_place = match anchor::after_period(head(after, 200)) {
        Some(Start::At(anchor)) => Some(anchor),
        Some(Start::Date) => dated(reader, findings, index, offset, plain, end),
        Some(Start::Backwards) | None => None,
    };
    in_place.unwrap_or_else(|| match anchor::in_sentence(plain) {
        Some((Start::At(anchor), _)) => anchor,
        Some((Start::Date, at)) => dated(reader, findings, index, offset, plain, at).unwrap_or(Anchor::Unstated),
        _ => Anchor::Unstated,
    })
}

/// The first date of the sentence at or after `from`, kept as a named date under its own words.
fn dated(
    reader: &Reader<'_>,
    findings: &mut Findings,
    index: usize,
    offset: usize,
    plain: &str,
    from: usize,
) -> Option<Anchor> {
    let hit = dates(&plain[from..], reader.style).into_iter().next()?;
    let date = hit.value.reading.known()?;
    let span = Span::from(shift(hit.range, from)).shift(offset);
    let name = reader.text.slice(span).to_owned();
    let proof = reader.quote(index, span);
    let cited = reader.text.cited(DateValue::On(date), proof);
    let fact = Fact::found("named_date", cited, &name, Origin::rule("term.start"), Confidence::new(0.9));
    findings.named_dates.push((name.clone(), fact));
    Some(Anchor::Named(name))
}
