//! Which of the times of a clause are those of its duty, and which words prove it.

use std::collections::HashSet;
use std::ops::Range;

use super::super::pattern::pattern;
use super::super::reader::{head, tail};
use super::timing::Time;
use crate::lexicon::sums;
use crate::record::Part as _;
use crate::record::value::{Direction, TimingKind};

/// Longest clause that is quoted as a whole, in words.
const WHOLE: usize = 52;

// Begins a condition: a time in it is that of the condition.
pattern!(
    CONDITIONAL,
    r"^\W*(?:[\w.()]+\s+)?(?:if|unless|in\s+the\s+event|where|when|should|to\s+the\s+extent|provided|whenever|once|except)\b"
);
pattern!(FAILING, r"\b(?:not|unable|fails?|failed|failure|cannot|unsuccessful|unresolved|no)\b");

/// The times that are those of the duty itself: outside the condition if there are any. A second one is taken when it
/// is of another kind and belongs to a second verb ("within 60 days and updated annually").
pub(super) fn chosen<'t>(times: &'t [Time], words: &str, cue: usize) -> Vec<&'t Time> {
    pattern!(SECOND, r"\band\s+(?:(?:shall|will)\s+)?(?:be\s+)?[a-z]+(?:\s+[a-z]+){0,3}\s*$");
    pattern!(AGAIN, r"^\s*,?\s*(?:and|&)?\s*(?:the\s+)?$");
    // "And the balance of ZAR 250 000 on", "another third on": the next part of a sum, which is left out.
    pattern!(
        NEXT_PART,
        r"^,?\s*(?:and\s+)?(?:then\s+)?(?:as\s+to\s+)?(?:one\s+|(?:the|an?|another)\s+(?:[\w-]+%?\s+){0,4}|(?:half|[0-9]+%)\s+(?:of\s+\w+\s+)?)?\s*(?:[a-z]{1,4}\.?\s?[0-9][0-9,.]*(?:\s[0-9]{3})*\s+)?(?:on|by|on\s+or\s+before)\s+(?:the\s+|each\s+of\s+(?:the\s+)?)?$"
    );
    pattern!(
        OFTEN,
        r"^\W*once\s+(?:a|per|every|each|in\s+(?:each|every))\s+(?:\w+\s+)?(?:year|month|quarter|week|day)\b"
    );
    pattern!(OTHER_DEED, r"^[^,;.]{0,30}\band\s+(?:to\s+)?[a-z]+\s+[^,;.]{2,60}\b(?:by|on|before|than)\s+(?:the\s+)?$");
    pattern!(ON_DAY, r"\b(?:on|by|before|than)\s+(?:the\s+)?$");
    let comma = words.part(..cue).rfind(", ").unwrap_or(0);
    let condition = CONDITIONAL.is_match(words) && !OFTEN.is_match(words);
    let aside = |t: &Time| of_a_thing(words, t) || t.range.start < cue && of_an_end(words, t);
    let main: Vec<&Time> = times.iter().filter(|t| !(aside(t) || condition && t.range.start < comma)).collect();
    // "If the dispute is not resolved within 30 days": then the duty begins.
    let after = |t: &&Time| condition && t.range.start < comma && FAILING.is_match(words.part(..t.range.start));
    let pool = if main.is_empty() { times.iter().filter(after).collect() } else { main };
    // "The Supplier invoices on the last day of each month and the Client shall pay within 30 days": the second is the duty's.
    let relative = pool.iter().find(|t| t.timing.kind == TimingKind::Relative && t.range.start >= cue);
    let named = pool.iter().find(|t| t.timing.kind == TimingKind::Relative || t.timing.names_its_days());
    let best = named
        .map(|n| relative.filter(|_| n.timing.kind == TimingKind::Recurring && n.range.end <= cue).unwrap_or(n))
        .or_else(|| {
            // "The fee for the time from 1 January to 30 June 2027 by 5 February 2027".
            let all = || pool.iter().filter(|t| t.timing.kind == TimingKind::Absolute);
            all().find(|t| ON_DAY.is_match(tail(words.part(..t.range.start), 12))).or(all().next())
        })
        .or_else(|| pool.first());
    let Some(best) = best else { return Vec::new() };
    // "Net 30 days: within 30 days after the invoice date": the same time, and what it is counted from.
    let told = |t: &&&Time| t.timing.offset == best.timing.offset && t.timing.anchor.is_some();
    let best =
        pool.iter().find(told).filter(|_| best.timing.offset.is_some() && best.timing.anchor.is_none()).unwrap_or(best);
    // "A draft by 1 May and the final report within 30 days": the first comes first.
    let earlier = |t: &&&Time| {
        let told = t.timing.date.is_some() || t.timing.offset.is_some() || t.timing.names_its_days();
        told && t.range.start > cue
            && t.range.end < best.range.start
            && also(words.part(t.range.end..best.range.start)).is_some()
    };
    let best = pool.iter().find(earlier).unwrap_or(best);
    let mut out = vec![*best];
    if best.timing.kind == TimingKind::Absolute {
        // "Half on 11 January 2027 and the balance on 12 April 2027": each is due on its day.
        let days = pool.iter().filter(|t| t.timing.kind == TimingKind::Absolute && t.range.start > best.range.end);
        for day in days {
            let end = out.last().map_or(best.range.end, |last| last.range.end);
            let between = words.part(end..day.range.start);
            if !AGAIN.is_match(between) && !NEXT_PART.is_match(&without_sums(between)) {
                break;
            }
            out.push(day);
        }
        if out.len() > 1 {
            return out;
        }
    }
    let later = pool.iter().filter(|t| t.range.start > best.range.end);
    let second = later.filter(|t| {
        let between = words.part(best.range.end..t.range.start);
        t.timing.kind == TimingKind::Recurring && t.timing.kind != best.timing.kind && SECOND.is_match(between)
            // "Close the pool by 1 October of each year and open it by 1 May of each year".
            || t.timing.names_its_days() && best.timing.names_its_days() && t.timing.kind == best.timing.kind
                && best.range.start > cue && OTHER_DEED.is_match(between)
            || t.timing.offset.is_some()
                && t.timing.direction == Some(Direction::Within)
                && best.range.start > cue
                && also(between).is_some()
    });
    for second in second.take(1) {
        out.push(second);
    }
    out
}

/// `words` without the sums of money in them.
fn without_sums(words: &str) -> String {
    let (mut out, mut at) = (String::with_capacity(words.len()), 0);
    for sum in sums(words) {
        out.push_str(words.part(at..sum.range.start));
        at = sum.range.end;
    }
    out + words.part(at..)
}

/// "An estimate by 15 December and a reconciliation within 120 days": where, between two times, the second thing to do begins.
pub(super) fn also(between: &str) -> Option<usize> {
    pattern!(
        ALSO,
        r"\band\s+(?:(?:then|thereafter)\s+)?(?:(?:shall|will|must)\s+)?{second_verbs}\s+[^,;.]{2,60}{no_later}\s*$"
    );
    let found = ALSO.find(between)?;
    Some(found.start() + "and ".len())
}

/// Whether a time tells things apart ("for any sale that occurs within six months") and is not that of the duty.
fn of_a_thing(words: &str, time: &Time) -> bool {
    pattern!(
        APART,
        r"\b(?:that|which|if|unless|where|when)\s+(?:[\w']+\s+){0,5}?(?:occurs?|arises?|arose|becomes?|was|were|has|have|is|are|fails?|does|did)\b[^,;]{0,80}$"
    );
    time.timing.kind == TimingKind::Relative && APART.is_match(tail(words.part(..time.range.start), 130))
}

/// Whether a day is that on which something runs out: "your policy expires on 28 February, and you will send us the next".
fn of_an_end(words: &str, time: &Time) -> bool {
    pattern!(
        RUNS_OUT,
        ["expires/expiring/expired/lapses/lapsing on/at $", "runs/running out on/at $", "comes to an end on/at $"]
    );
    time.timing.kind == TimingKind::Absolute && RUNS_OUT.is_match(tail(words.part(..time.range.start), 40))
}

/// The part of a clause that is quoted: all of it, or the words from its subject or time to where both are said.
pub(super) fn quote(words: &str, time: Option<&Time>, cue: usize) -> Range<usize> {
    let time = time.map(|t| t.range.clone()).filter(|r| !r.is_empty()).unwrap_or(cue..cue);
    let trimmed = words.trim_end().len();
    if words.split(' ').count() <= WHOLE {
        return 0..trimmed;
    }
    let back = |at: usize, n: usize| {
        let words = tail(words.part(..at), n);
        let from = at - words.len();
        if from == 0 { 0 } else { words.find(' ').map_or(from, |s| from + s + 1) }
    };
    let edge = |at: usize, n: usize| {
        let ahead = head(words.part(at..), n);
        let stop = if at + ahead.len() >= trimmed {
            trimmed
        } else {
            ahead.find([';', '.']).or_else(|| ahead.rfind(' ')).map_or(at + ahead.len(), |e| at + e)
        };
        stop.max(at)
    };
    let start = if time.start < cue { back(time.start, 40) } else { back(cue, 70) };
    let end = edge(time.end.max(cue), 120).min(trimmed);
    // A time far behind its verb is quoted with the words around it.
    let start = if end - start > 520 { back(time.start, 200) } else { start };
    start..end.max(start + 1)
}

/// The words before byte `from` that lead to it, and all up to the end of `time`.
pub(super) fn quote_from(words: &str, from: usize, time: Option<&Time>) -> Range<usize> {
    let lead = tail(words.part(..from), 48);
    let start = from - lead.len() + if lead.len() == from { 0 } else { lead.find(' ').map_or(0, |s| s + 1) };
    start..time.map_or(words.len(), |t| t.range.end).max(from)
}

/// The words of a quote that tell it from another.
pub(super) fn vocabulary(quote: &str) -> HashSet<&str> {
    quote.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 2).collect()
}

/// Whether two quotes, of which these are the words, say the same.
pub(super) fn alike(a: &HashSet<&str>, b: &HashSet<&str>) -> bool {
    let (few, many) = (a.len().min(b.len()), a.len().max(b.len()));
    if few * 10 < many * 8 {
        return false;
    }
    let both = a.intersection(b).count();
    both * 10 >= (a.len() + b.len() - both) * 8
}
