//! What a term counts from: the words behind its length, the sentence, the first day of a range.

use jiff::civil::Date;

use super::sentence::shift;
use crate::calendar::Period;
use crate::detect::Findings;
use crate::detect::rules::anchor::{self, Start};
use crate::detect::rules::pattern::{contains_fold, pattern};
use crate::detect::rules::reader::{Reader, head};
use crate::lexicon::{DateText, Found, Reading, dates};
use crate::record::value::{Anchor, DateValue, EndOf, TermEnd};
use crate::record::{Confidence, Fact, Origin, Part as _, Span};

/// What the term is counted from: the words after the period, else what the sentence says it commences on.
pub(super) fn anchor_of(
    reader: &Reader<'_>,
    findings: &mut Findings,
    index: usize,
    offset: usize,
    plain: &str,
    after: &str,
    end: usize,
) -> Anchor {
    pattern!(BACK, ["from/on which day/date, from that/such/then day/date/on"]);
    pattern!(POINTS, r"\bfrom\s+(?:and\s+including\s+)?(?:then\b|(?:that|such|said|which)\s+(?:date|day)\b)");
    pattern!(
        ON_EVENT,
        r"\b(?:commences?|begins?|starts?|effective|effect|force)\s+(?:on|from|upon|when)\s+(?:the\s+)?((?:day|date)\s+(?:on\s+which|when|that)\s+[^,;.]{4,90})"
    );
    if let Some(name) = defined(findings, after) {
        return Anchor::Named(name);
    }
    let said = anchor::after_period(head(after, 200));
    let back = said == Some(Start::Backwards) || BACK.is_match(plain.part(..end));
    let in_place = match said {
        // "From the Handover, which is 1 April 2026".
        Some(Start::At(anchor)) => {
            let day = explained(after).and_then(|at| dated(reader, findings, index, offset, plain, end + at));
            // "From the day on which onboarding is complete (the "Commencement Date")".
            let event = matches!(anchor, Anchor::Event(_));
            day.or_else(|| event.then(|| named_behind(findings, after)).flatten()).or(Some(anchor))
        }
        Some(Start::Date) => dated(reader, findings, index, offset, plain, end),
        Some(Start::Backwards) | None => None,
    };
    let in_sentence = in_place.or_else(|| match anchor::in_sentence(plain)? {
        (Start::At(anchor), _) => Some(anchor),
        (Start::Date, at) => dated(reader, findings, index, offset, plain, at),
        (Start::Backwards, _) => None,
    });
    // "The Date of Entry is 1 May 2026, and the lease runs for ten years from that date", "takes over on D, from which day it
    // applies for three years": the last day that was named before.
    let before = [POINTS.find(plain).map(|m| m.start()), back.then_some(end)];
    let pointed = in_sentence.or_else(|| {
        before.into_iter().flatten().find_map(|at| {
            let day = dates(plain.part(..at), reader.style).pop()?;
            let span = Span::from(day.range).shift(offset);
            Some(Anchor::Named(keep_start(reader, findings, index, span, day.value.reading.known()?)))
        })
    });
    // "Begins on the day on which the licence is granted, and ends five years after that day".
    let event =
        || back.then(|| Some(ON_EVENT.captures(plain.part(..end))?.get(1)?.as_str().trim().to_owned())).flatten();
    pointed
        .or_else(|| event().map(Anchor::Event))
        .or_else(|| in_next(reader, findings, index))
        .or_else(|| awaited(plain))
        .unwrap_or(Anchor::Unstated)
}

/// What the sentence says that the term waits for: "shall commence upon the issue of the occupation certificate and continue for
/// three years".
fn awaited(plain: &str) -> Option<Anchor> {
    pattern!(
        WAITS,
        r"\b(?:commences?|begins?|starts?)\s+(?:upon|when|once|on)\s+((?:the\s+)?[a-z][^.;,0-9]{5,90}?)\s*(?:,|\band\s+(?:shall\s+|will\s+)?(?:continue|remain|run|last|end|expire)s?\b)"
    );
    pattern!(OWN, r"\b(?:sign\w*|execut\w*|hereof|today|effective|agreement|contract|date|accept\w*)\b");
    let words = WAITS.captures(plain)?.get(1)?.as_str();
    (!OWN.is_match(words)).then(|| Anchor::Event(words.trim_start_matches("the ").to_owned()))
}

/// What the next sentence says that the term begins with: "The term is two years. It starts on the day on which the permit is
/// granted."
fn in_next(reader: &Reader<'_>, findings: &mut Findings, index: usize) -> Option<Anchor> {
    pattern!(
        IT_BEGINS,
        [
            "^ it/they/this/these (shall/will) (be) (to) (is/are) begin/begins/start/starts/commence/commences/run/runs/count/counts/counted/reckoned",
            "^ the/this/that term/period (shall/will) (be) (to) (is/are) begin/begins/start/starts/commence/commences/run/runs/count/counts/counted/reckoned",
        ]
    );
    pattern!(
        A_DAY,
        exact,
        r"(?i)^[\s,]*(?:(?:on|from|with|upon|running)\s+)*(?:the\s+)?((?:day|date)\s+(?:on\s+which\s+|when\s+|that\s+)?[^.;,]{4,90})"
    );
    let place = reader.span(index + 1);
    let words = reader.sentence(index + 1);
    if !reader.share_section(index, index + 1) {
        return None;
    }
    let after = words.part(IT_BEGINS.find(words)?.end()..);
    let end = words.len() - after.len();
    let said = anchor::behind_verb(after);
    if let Some(at) = explained(after) {
        return dated(reader, findings, index + 1, place.start(), words, end + at);
    }
    match said {
        Some(Start::At(anchor)) => Some(anchor),
        Some(Start::Date) => dated(reader, findings, index + 1, place.start(), words, end),
        Some(Start::Backwards) => None,
        None => Some(Anchor::Event(A_DAY.captures(after)?.get(1)?.as_str().trim().to_owned())),
    }
}

/// The name with a capital that the contract gives a date, and from which a length counts: "from Go-Live".
fn defined(findings: &Findings, after: &str) -> Option<String> {
    let from = anchor::counted_from(head(after, 200))?;
    let named = findings.named_dates.iter().filter(|(_, f)| f.origin().id != "term.start" && f.value().is_some());
    let fitting = named.filter(|(name, fact)| {
        let behind = from.get(name.len()..).filter(|_| {
            // "Service start: D" and "36 months from the service start".
            let folds = fact.origin().id == "date.label" && name.contains(' ');
            let words = from.part(..name.len());
            words == name.as_str() || folds && words.eq_ignore_ascii_case(name)
        });
        // The word alone is a column of a form.
        name.as_str() != "Date"
            && name.starts_with(char::is_uppercase)
            && behind.is_some_and(|b| !b.starts_with(char::is_alphanumeric))
    });
    let fitting = fitting.map(|(name, _)| name);
    fitting.max_by_key(|name| name.len()).cloned()
}

/// The name that a bracket in quotes gives to what a length counts from.
fn named_behind(findings: &Findings, after: &str) -> Option<Anchor> {
    pattern!(NAME, exact, r#"^[^.;(]{0,160}\((?:the\s+)?["“]([A-Z][\w' -]{2,40}Date)["”]\)"#);
    let name = NAME.captures(after)?.get(1)?.as_str();
    let dated = findings.named_dates.iter().any(|(n, f)| n.eq_ignore_ascii_case(name) && f.value().is_some());
    dated.then(|| Anchor::Named(name.to_owned()))
}

/// Where the date begins that explains an anchor, within the words behind a length.
fn explained(after: &str) -> Option<usize> {
    pattern!(
        EXPLAINS,
        r"^[^.;]{0,80}?[,(]\s*(?:which\s+(?:is|was|(?:took\s+place|occurred|happened)\s+on)|(?:and\s+)?(?:the\s+parties\s+(?:\w+\s+){1,3}that\s+)?(?:this|that|it)\s+(?:was|took\s+place|occurred|happened)\s+on|being|namely|that\s+is|i\.e\.)\s*,?\s*(?:from\s+)?|^[\s,]*[^.;,(]{0,60}?(?:\s+on\s+|\s\(|\bdate\s+of\s+)"
    );
    let at = EXPLAINS.find(head(after, 160))?.end();
    matches!(anchor::at(after.part(at..)), Some(Start::Date)).then_some(at)
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
    let hit = dates(plain.part(from..), reader.style).into_iter().next()?;
    let date = hit.value.reading.known()?;
    let span = Span::from(shift(hit.range, from)).shift(offset);
    Some(Anchor::Named(keep_start(reader, findings, index, span, date)))
}

/// Keeps a day on which the term starts as a named date under its own words, which are returned.
fn keep_start(reader: &Reader<'_>, findings: &mut Findings, index: usize, span: Span, date: Date) -> String {
    let name = reader.text.slice(span).to_owned();
    let cited = reader.text.cited(DateValue::On(date), reader.quote(index, span));
    let fact = Fact::found("named_date", cited, &name, Origin::rule("term.start"), Confidence::new(0.9));
    findings.named_dates.push((name.clone(), fact));
    name
}

/// Keeps the first day of a range as the start of the term.
pub(super) fn begins(
    reader: &Reader<'_>,
    findings: &mut Findings,
    index: usize,
    offset: usize,
    date: &Found<DateText>,
) {
    if let Reading::Known(day) = date.value.reading {
        keep_start(reader, findings, index, Span::from(date.range.clone()).shift(offset), day);
    }
}

/// The end of a labelled length: what the words behind it count from, and whether the first day counts.
pub(super) fn begins_at(
    reader: &Reader<'_>,
    findings: &mut Findings,
    period: Period,
    index: usize,
    offset: usize,
    words: &str,
    end: usize,
) -> TermEnd {
    let after = words.part(end..);
    let anchor = match anchor_of(reader, findings, index, offset, words, after, end) {
        Anchor::Unstated => begun(reader).unwrap_or(Anchor::Unstated),
        stated => stated,
    };
    let to = if anchor::includes(head(after, 80)) { EndOf::DayBefore } else { EndOf::Day };
    TermEnd::After { period, anchor, to }
}

/// What the term begins on by a clause of its own, "The Term begins on delivery of the Vehicle", where that is no day.
pub(in crate::detect::rules) fn begun(reader: &Reader<'_>) -> Option<Anchor> {
    pattern!(
        BEGINS,
        [
            "the (initial/lease/hire/subscription/contract/licence/service) term/period (shall/will) commence/commences/begin/begins/start/starts",
            "the/this agreement (shall/will) commence/commences/begin/begins/start/starts on",
            "the term of this/the/each/such/any ~3 agreement/contract/lease/order/hire/licence/sow (shall/will) commence/commences/begin/begins/start/starts",
            "the/this agreement/contract/lease/hire (shall/will) continue/continues/run/runs (as) from",
        ]
    );
    reader.sentences().find_map(|(_, _, words)| {
        let verb = BEGINS.find(words)?;
        match anchor::behind_verb(words.part(verb.end()..))? {
            Start::At(anchor @ (Anchor::Named(_) | Anchor::Event(_) | Anchor::LastSignature)) => Some(anchor),
            _ => None,
        }
    })
}

/// Whether a term counts its first day: "from and including", "beginning on and including".
pub(super) fn first_day_counts(plain: &str, after: &str) -> bool {
    // "Eighteen months, the first day of which is D".
    let told = ["the first day of which", "the first day being", "the first of which days"];
    anchor::includes(head(after, 80)) || told.iter().any(|s| contains_fold(head(after, 60), s)) || {
        let starts = ["from and including", "on and including"];
        starts.iter().any(|s| contains_fold(plain, s))
            && !contains_fold(plain, "up to and including")
            && after.trim_start().starts_with(|c: char| c.is_ascii_alphabetic())
            && anchor::after_period(head(after, 200)).is_none()
    }
}
